"""The pane that shows a talk in full and scrolls where it is long: on the line API, so that no talk lays out the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.geometry import Size
from textual.strip import Strip
from textual.visual import Visual

from planner.tui.widgets.scrolled import Scrolled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.selection import Selection


class Detail(Scrolled, can_focus=True):
    """Shows content, wrapped to its width; each other talk is read from its beginning. Its text can be selected."""

    uid = ""
    text = Content("")
    _strips: Sequence[Strip] = ()
    _room = Size(0, 0)

    def show(self, uid: str, text: Content) -> None:
        """Show the text of a talk; where it is what is shown already, nothing is drawn."""
        if not text.is_same(self.text):
            self.text = text
            self._forget()
        if uid != self.uid:
            self.uid = uid
            self.scroll_to(y=0, animate=False, force=True)

    def _forget(self) -> None:
        """Lay the text out anew when it is painted: 2 ms that a text on the way to another, and a hidden one, do not take."""
        self._room = Size(0, 0)
        self.refresh()

    def _wrap(self) -> None:
        """Lay the text into lines; where they are more than the pane is high, beside the scrollbar."""
        self._room = self.container_size
        width, height = self._room
        if width and self.text.get_height(self.styles.get_rules(), width) > height:
            width -= self.styles.scrollbar_size_vertical
        self._strips = Visual.to_strips(self, self.text, width, None, self.visual_style)
        self.be_long(len(self._strips))

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        if self.container_size != self._room:
            self._wrap()
        at = y + self.scroll_offset.y
        return self._strips[at] if at < len(self._strips) else Strip([], 0)

    def notify_style_update(self) -> None:
        """The theme changed: the text has other colours."""
        super().notify_style_update()
        self._forget()

    def selection_updated(self, selection: Selection | None) -> None:
        """Show what is selected."""
        del selection
        self._forget()

    def get_selection(self, selection: Selection) -> tuple[str, str]:
        """The text that is selected."""
        return selection.extract(self.text.plain), "\n"
