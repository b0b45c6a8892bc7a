"""The pane that shows a talk in full and scrolls where it is long."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

if TYPE_CHECKING:
    from textual.app import ComposeResult


class Detail(VerticalScroll):
    """Shows content; each other talk is read from its beginning."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  (Textual's name)
        super().__init__(id=id)
        self.uid = ""

    def compose(self) -> ComposeResult:
        """One text."""
        yield Static(Content(""), markup=False)

    def show(self, uid: str, text: Content) -> None:
        """Show the text of a talk."""
        self.query_one(Static).update(text)
        if uid != self.uid:
            self.uid = uid
            self.scroll_home(animate=False, immediate=True)
