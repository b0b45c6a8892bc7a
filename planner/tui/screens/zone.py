"""The zone picker: every zone of the database, found by letters of its city or name, with its clock."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner import times
from planner.tui.screens.finder import Finder, answers
from planner.tui.widgets.choice_list import Choice

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime


class ZonePicker(Finder):
    """Returns the IANA name of a zone; clocks are those at the instant ``at``."""

    HEADING = "Show times in"
    HINT = "a city or a zone: berlin, new york, utc"

    def __init__(self, zone: str, near: Sequence[str], at: datetime) -> None:
        super().__init__()
        self.zone = zone
        self.at = at
        likely = tuple(dict.fromkeys((zone, *near, "UTC")))
        self.names = (*likely, *(name for name in times.zone_names() if name not in likely))

    def choices_for(self, wanted: Sequence[str]) -> Sequence[Choice]:
        """The zones whose words begin so, with the clock there; the likely ones first."""
        return [self._choice(name) for name in self.names if answers(name, wanted)]

    def _choice(self, name: str) -> Choice:
        away = times.behind(self.at, self.zone, name)
        said = "shown now" if name == self.zone else away
        return Choice(name, name.replace("_", " "), f"{said}  {times.letters(self.at, name):>9}  {times.clock(self.at, name)}")
