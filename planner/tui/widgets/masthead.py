"""The first line of the screen: which conference, when, in which two zones, how many stars and clashes."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from planner.text import clean
from planner.tui.rows import count
from planner.tui.widgets.draw import BOLD, Ink, Piece, width_of
from planner.tui.widgets.one_line import OneLine

if TYPE_CHECKING:
    from rich.style import Style


class Facts(NamedTuple):
    """What the masthead says; ``zones`` are the same words from long to short.

    ``abroad`` says how many of the clashes are with talks of other conferences.
    """

    name: str = ""
    dates: str = ""
    zones: tuple[str, ...] = ()
    stars: int = 0
    clashes: int = 0
    abroad: str = ""


class Masthead(OneLine):
    """Says its facts in as many words as the width allows."""

    facts = Facts()

    def show(self, facts: Facts) -> None:
        """Say other facts."""
        if facts != self.facts:
            self.facts = facts
            self.refresh()

    def ground(self, colours: Ink) -> Style:
        """Raised from the list."""
        return colours.raised

    def pieces(self, colours: Ink, width: int) -> tuple[list[Piece], list[Piece]]:
        """The longest words that leave two blanks between the parts."""
        for short in range(len(self.facts.zones) + 3):
            left, right = self._worded(colours, short)
            if width_of(left) + width_of(right) <= width:
                break
        return left, right

    def _worded(self, colours: Ink, short: int) -> tuple[list[Piece], list[Piece]]:
        facts = self.facts
        left: list[Piece] = [(" ", colours.ink), (clean(facts.name), colours.ink + BOLD)]
        if facts.dates and short <= len(facts.zones) + 1:
            left.append((f" · {facts.dates}", colours.dim))
        zones = facts.zones[min(short, len(facts.zones) - 1)] if facts.zones else ""
        if zones and short <= len(facts.zones):
            left.append((f"   {zones}  ", colours.dim))
        right: list[Piece] = [("★ ", colours.star), (f"{facts.stars:,}", colours.ink)]
        right.append((" · ", colours.dim))
        if facts.clashes:
            words = count(facts.clashes, "clash") if short < 2 else str(facts.clashes)  # noqa: PLR2004  (the second step)
            right += [("⚠ ", colours.clash), (words, colours.clash)]
            if facts.abroad and short <= len(facts.zones) + 1:
                right.append((f", {clean(facts.abroad)}", colours.dim))
        else:
            right.append(("no clash", colours.dim))
        return left, [*right, (" ", colours.ink)]
