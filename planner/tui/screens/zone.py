"""The zone picker: every zone of the database, found by the beginning of its city or name, with its clock."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner import times
from planner.dates.letters import ONE_OFFSET, refuse_letters
from planner.errors import UsageError
from planner.tui.screens.finder import Finder, answers
from planner.tui.widgets.choice_list import ChoiceLine

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime


_SURE = 3  # so many letters are meant as letters
_ROOM = 72  # columns from which a zone's line has room for how far away it is


class ZonePicker(Finder):
    """Returns the IANA name of a zone; clocks are those at the instant ``at``.

    Letters such as EST are no zone: they are refused as on the command line, and the zones that keep them are offered.
    """

    HEADING = "Show times in"
    HINT = "a city or a zone: berlin, new york, utc"

    def __init__(self, zone: str, near: Sequence[str], at: datetime) -> None:
        super().__init__()
        self.zone = zone
        self.at = at
        likely = tuple(dict.fromkeys((zone, *near, "UTC")))
        others = (name for name in times.zone_names() if name not in likely and name not in ONE_OFFSET)
        self.names = (*likely, *others)

    def doubt(self, wanted: Sequence[str]) -> str:
        """Why what is typed is no zone but letters, in a sentence that names the zones that keep them; empty for all else.

        Two letters may be the beginning of a city.
        """
        typed = "".join(wanted).upper()
        if "/" in typed or (len(typed) < _SURE and any(answers(name, wanted) for name in self.names)):
            return ""
        try:
            refuse_letters(typed)
        except UsageError as error:
            return str(error)
        return ""

    def choices_for(self, wanted: Sequence[str]) -> Sequence[ChoiceLine]:
        """The zones that keep these letters, and those whose words begin so, with the clock there; the likely ones first."""
        said = (word.strip(",;.") for word in self.doubt(wanted).split())
        offered = dict.fromkeys(word for word in said if "/" in word)
        found = (name for name in self.names if answers(name, wanted) and name not in offered)
        return [self._choice(name) for name in (*offered, *found)]

    def _choice(self, name: str) -> ChoiceLine:
        said = "shown now" if name == self.zone else times.behind(self.at, self.zone, name)
        return self.clock(name, said)

    def clock(self, name: str, said: str) -> ChoiceLine:
        """A zone with words, where there is room for them, and what its clocks show."""
        room = self.app.size.width >= _ROOM
        letters, clock = times.letters(self.at, name), times.clock(self.at, name)
        return ChoiceLine(name, name.replace("_", " "), f"{said if room else ''}  {letters:>9}  {clock}")
