"""A box with a list, of which one is chosen: a conference, a talk for a free hour, a command by its key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.tui.screens.modal import Modal
from planner.tui.widgets.choice_list import ChoiceList

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.widget import Widget

    from planner.tui.widgets.choice_list import ChoiceLine


class Chooser(Modal[str]):
    """Returns the key of a choice; ``on`` is the one that the cursor begins at, else the first."""

    def __init__(self, heading: str, choices: Sequence[ChoiceLine], keys: str, on: str = "") -> None:
        super().__init__()
        self.HEADING = heading
        self.KEYS = f"enter {keys} · esc leave"
        self.choices = choices
        self.on = on

    def parts(self) -> Iterable[Widget]:
        """The list."""
        yield ChoiceList(self.choices, id="choices")

    def on_mount(self) -> None:
        """Where the cursor begins."""
        if self.on:
            self.query_one(ChoiceList).show(self.choices, on=self.on)

    def on_choice_list_chosen(self, event: ChoiceList.Chosen) -> None:
        """Return it."""
        self.dismiss(event.said)
