"""What scrolling widgets on the line API share: how long they are; and what one that shows talks tells its screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.geometry import Size
from textual.scroll_view import ScrollView

from planner.tui.widgets.told import Told

if TYPE_CHECKING:
    from collections.abc import Callable

    from planner.tui.rows import Row


class Scrolled(ScrollView):
    """Lines that scroll."""

    def be_long(self, lines: int) -> None:
        """Scroll over so many lines. Where the scrollbar stays, or stays away, no widget is laid out anew for that."""
        scrolls = self.show_vertical_scrollbar
        if not self.size or scrolls != (lines > self.size.height):
            self.virtual_size = Size(0, lines)
            return
        self.set_reactive(Scrolled.virtual_size, Size(0, lines))
        if scrolls:
            self.vertical_scrollbar.window_virtual_size = lines
        if self.scroll_offset.y > self.max_scroll_y:
            self.scroll_to(y=self.max_scroll_y, animate=False, force=True)


class Talks(Scrolled, can_focus=True):
    """Talks and a cursor on one of them; ``describe`` gives a talk's row."""

    class Reached(Told[str]):
        """The cursor is on another talk (an empty uid: there is none)."""

    class Opened(Told[str]):
        """The user wants to read the talk in full."""

    class Starred(Told[str]):
        """The user clicked on the star of a talk."""

    def __init__(self, describe: Callable[[str], Row], *, id: str | None = None) -> None:  # noqa: A002  (Textual's name)
        super().__init__(id=id)
        self.describe = describe
