"""The paste area: the text of a page, pasted or written, as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.widgets import TextArea

from planner.tui.screens.modal import Modal

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import ClassVar

    from textual.binding import BindingType
    from textual.widget import Widget


class PasteArea(Modal[str]):
    """Returns the text, None for none."""

    HEADING = "The text of a page"
    KEYS = "paste or write · ctrl+s read it · esc leave"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+s,ctrl+r", "read", show=False, priority=True)]

    def parts(self) -> Iterable[Widget]:
        """The area."""
        area = TextArea("", soft_wrap=True, id="paste")
        area.cursor_blink = False
        area.highlight_cursor_line = False
        yield area

    def action_read(self) -> None:
        """Return what is there."""
        self.dismiss(self.query_one(TextArea).text.strip("\n") or None)
