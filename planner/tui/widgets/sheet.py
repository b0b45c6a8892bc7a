"""Lines of words that scroll, on the line API; a line can stand for a command, which a click on it asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len
from textual.binding import Binding
from textual.geometry import Size
from textual.scroll_view import ScrollView

from planner.text import clean
from planner.tui.widgets.draw import Ink, Piece, cut, ink, line
from planner.tui.widgets.told import Told

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import ClassVar

    from textual import events
    from textual.binding import BindingType
    from textual.strip import Strip


class SheetLine(NamedTuple):
    """Pieces from the left, pieces at the right edge, and the command that a click between two cells asks for."""

    left: tuple[Piece, ...] = ()
    right: tuple[Piece, ...] = ()
    command: str = ""
    since: int = 0


class Sheet(ScrollView, can_focus=True):
    """Shows what :meth:`show` was given, made anew for each width."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "scroll_down", show=False),
        Binding("k", "scroll_up", show=False),
        Binding("g", "scroll_home", show=False),
        Binding("G", "scroll_end", show=False),
    ]

    class Pressed(Told[str]):
        """The user clicked on a line that stands for a command."""

    make: Callable[[Ink, int], Sequence[SheetLine]] = staticmethod(lambda _colours, _width: ())
    lines: Sequence[SheetLine] = ()
    _made = (-1, "")

    def show(self, make: Callable[[Ink, int], Sequence[SheetLine]]) -> None:
        """Show the lines that this makes for the colours and a width."""
        self.make = make
        self._made = (-1, "")
        self._fit()
        self.refresh()

    def _fit(self) -> None:
        width = self.scrollable_content_region.width or self.size.width
        if self._made != (width, self.app.theme) and width:
            self._made = (width, self.app.theme)
            self.lines = self.make(ink(self.app.theme_variables), width)
            self.virtual_size = Size(0, len(self.lines))

    def on_resize(self) -> None:
        """Other widths have other lines."""
        self._fit()

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        self._fit()
        colours = ink(self.app.theme_variables)
        width, at = self.scrollable_content_region.width, y + self.scroll_offset.y
        shown = self.lines[at] if 0 <= at < len(self.lines) else SheetLine()
        return line(list(shown.left), list(shown.right), width, colours.ground)

    def on_click(self, event: events.Click) -> None:
        """A click on such a line is its command."""
        at = event.y + self.scroll_offset.y
        if 0 <= at < len(self.lines) and self.lines[at].command and event.x >= self.lines[at].since:
            self.post_message(self.Pressed(self.lines[at].command))


def wrapped(text: str, cells: int) -> list[str]:
    """The text, made safe, in lines of at most that many cells; a word that is longer is cut."""
    lines = [""]
    for word in clean(text).split():
        longer = f"{lines[-1]} {word}" if lines[-1] else word
        if cell_len(longer) <= cells:
            lines[-1] = longer
        elif lines[-1]:
            lines.append(cut(word, cells))
        else:
            lines[-1] = cut(word, cells)
    return lines
