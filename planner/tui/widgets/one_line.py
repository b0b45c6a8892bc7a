"""A widget of one line that draws its own pieces: the masthead, the day tabs and the keys are such lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widget import Widget

from planner.tui.widgets.draw import Ink, Piece, ink, line

if TYPE_CHECKING:
    from rich.style import Style
    from textual.strip import Strip


class OneLine(Widget):
    """Draws what :meth:`pieces` gives: some from the left, some at the right edge."""

    def pieces(self, colours: Ink, width: int) -> tuple[list[Piece], list[Piece]]:
        """The pieces for a width; a subclass says what they are."""
        del colours, width
        return [], []

    def ground(self, colours: Ink) -> Style:
        """The line's ground."""
        return colours.ground

    def render_line(self, y: int) -> Strip:
        """The line, which is the only one."""
        del y
        colours, width = ink(self.app.theme_variables), self.size.width
        return line(*self.pieces(colours, width), width, self.ground(colours))
