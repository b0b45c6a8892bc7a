"""What the list shows: starred, going, kinds, tracks and rooms, ticked in a list; the ticks of one head add up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.binding import Binding

from planner.tui.screens.modal import Modal
from planner.tui.screens.schedule_view import Ticks
from planner.tui.widgets.choice_list import ChoiceLine, ChoiceList

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import ClassVar

    from textual.binding import BindingType
    from textual.widget import Widget


HEADS = {"mine": "Mine", "kinds": "Kind", "tracks": "Track", "rooms": "Room"}


class FilterPicker(Modal[Ticks]):
    """Returns the ticks."""

    HEADING = "Show only"
    KEYS = "space tick · enter show · 0 all · esc leave"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "done", show=False, priority=True),
        Binding("0", "clear", show=False),
    ]

    def __init__(self, ticks: Ticks, offered: Mapping[str, Mapping[str, int]]) -> None:
        super().__init__()
        self.ticks = ticks
        self.offered = offered

    def parts(self) -> Iterable[Widget]:
        """The list."""
        yield ChoiceList(self._choices(), id="choices")

    def _choices(self) -> list[ChoiceLine]:
        choices = []
        for field, head in HEADS.items():
            names = self.offered.get(field, {})
            if len(names) < 2 and field != "mine":  # noqa: PLR2004  (one kind or room tells nothing apart)
                continue
            choices.append(ChoiceLine("", head))
            ticked = getattr(self.ticks, field)
            choices += [ChoiceLine(f"{field} {name}", name, f"{talks:,}", on=name in ticked) for name, talks in names.items()]
        return choices

    @on(ChoiceList.Chosen)
    def _ticked(self, event: ChoiceList.Chosen) -> None:
        field, _, name = event.said.partition(" ")
        self.ticks = self.ticks._replace(**{field: getattr(self.ticks, field) ^ {name}})
        self.query_one(ChoiceList).tick(self._choices())

    def action_clear(self) -> None:
        """Tick nothing: all talks."""
        self.ticks = Ticks()
        self.query_one(ChoiceList).tick(self._choices())

    def action_done(self) -> None:
        """Return the ticks."""
        self.dismiss(self.ticks)
