"""A question: Enter does what it asks about, Escape does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.widgets import Static

from planner.tui.screens.modal import Modal
from planner.tui.widgets.draw import content

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import ClassVar

    from textual.binding import BindingType
    from textual.widget import Widget


class Confirm(Modal[bool]):
    """Returns True where the user agrees; ``yes`` says what Enter does, ``no`` what Escape does."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "agree", show=False)]

    def __init__(self, heading: str, question: str, yes: str, no: str = "leave it") -> None:
        super().__init__()
        self.HEADING = heading
        self.KEYS = f"enter {yes} · esc {no}"
        self.question = question

    def parts(self) -> Iterable[Widget]:
        """The question."""
        yield Static(content(self.question, lines=True), id="question")

    def action_agree(self) -> None:
        """Do it."""
        self.dismiss(True)
