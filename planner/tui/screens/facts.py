"""What a source leaves open, or left to be confirmed: the conference's name, its year and its zone.

What is not known is not the first choice by itself: a guess would be a wrong hour, or another conference's talks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner import times
from planner.text import clean
from planner.tui.screens.finder import Finder, answers
from planner.tui.screens.zone import ZonePicker
from planner.tui.widgets.choice_list import ChoiceLine
from planner.tui.widgets.field import Field

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

_LONGEST_NAME = 80


class NamePicker(Finder):
    """Returns a conference's name: one that is typed, or one that is stored already."""

    HEADING = "The conference's name"
    HINT = "a name and a year: ICLR 2021"
    KEYS = "type a name · enter take it · esc leave"

    def __init__(self, name: str, stored: Sequence[str]) -> None:
        super().__init__()
        self.names = tuple(dict.fromkeys((*((name,) if name else ()), *stored)))
        self.known = bool(name)

    def doubt(self, wanted: Sequence[str]) -> str:
        """That the source does not tell its name, until one is typed."""
        stored = ", or go down to a conference that is stored" if self.names else ""
        return "" if wanted or self.known else f"The source does not tell: type it{stored}."

    def choices_for(self, wanted: Sequence[str]) -> Sequence[ChoiceLine]:
        """What is typed first, then the names that begin so."""
        typed = clean(self.query_one("#field", Field).value).strip()[:_LONGEST_NAME] if wanted else ""
        known = [ChoiceLine(name, name, "") for name in self.names if answers(name, wanted)]
        return [*([ChoiceLine(typed, typed, "as typed")] if typed and typed not in self.names else []), *known]


class YearPicker(Finder):
    """Returns a year: one of those that fit, or any of four digits that is typed."""

    HEADING = "The year"
    HINT = "a year of four digits"
    KEYS = "enter take it · esc leave"

    def __init__(self, years: Sequence[int], words: str) -> None:
        super().__init__()
        self.years = tuple(map(str, years))
        self.words = words

    def doubt(self, wanted: Sequence[str]) -> str:
        """That one of several years is not to be guessed, until one is typed."""
        return "" if wanted or len(self.years) == 1 else "Type the year, or go down to it."

    def choices_for(self, wanted: Sequence[str]) -> Sequence[ChoiceLine]:
        """The years that fit and begin so, and what is typed where that is a year."""
        typed = "".join(wanted)
        known = [ChoiceLine(year, year, self.words) for year in self.years if year.startswith(typed)]
        whole = len(typed) == 4 and typed.isascii() and typed.isdigit() and typed > "1900"  # noqa: PLR2004  (digits of a year)
        return [*known, *([ChoiceLine(typed, typed, "as typed")] if whole and typed not in self.years else [])]


class ConferenceZone(ZonePicker):
    """Returns the zone of a conference; ``likely`` are those that it can be, clocks are those at the instant ``at``."""

    HEADING = "The conference's zone"

    def __init__(self, likely: Sequence[str], mine: str, at: datetime) -> None:
        super().__init__(likely[0] if likely else mine, (*likely, mine), at)
        self.mine = mine
        self.known = len(likely) == 1

    def doubt(self, wanted: Sequence[str]) -> str:
        """That the zone is not known, until something is typed; then what there is to say to that."""
        if wanted or self.known:
            return super().doubt(wanted)
        return "The source does not tell which: go down to the zone, or type its city."

    def _choice(self, name: str) -> ChoiceLine:
        away = "your own" if name == self.mine else times.behind(self.at, self.mine, name)
        return self.clock(name, away)
