"""Which of the stored conferences is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.tui.screens.modal import Modal
from planner.tui.widgets.choice_list import ChoiceList

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.widget import Widget

    from planner.tui.widgets.choice_list import ChoiceLine


class ConferencePicker(Modal[str]):
    """Returns the slug of a conference."""

    HEADING = "Conferences"
    KEYS = "enter show · esc leave"

    def __init__(self, choices: Sequence[ChoiceLine], shown: str) -> None:
        super().__init__()
        self.choices = choices
        self.shown = shown

    def parts(self) -> Iterable[Widget]:
        """The list."""
        yield ChoiceList(self.choices, id="choices")

    def on_mount(self) -> None:
        """The cursor begins at the one that is shown."""
        self.query_one(ChoiceList).show(self.choices, on=self.shown)

    def on_choice_list_chosen(self, event: ChoiceList.Chosen) -> None:
        """Return it."""
        self.dismiss(event.key)
