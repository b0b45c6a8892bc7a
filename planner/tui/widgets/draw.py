"""Text from schedules on its way to the screen: made safe once more, cut by cells, and laid into lines with their colours.

Textual reads plain strings as markup and lets escape sequences through; so text from a schedule becomes segments or
:class:`~textual.content.Content` here, after :func:`planner.text.clean` a second time, and never reaches a widget as a string.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.content import Content
from textual.strip import Strip

from planner.text import clean
from planner.tui.themes import NAMES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def cut(text: str, cells: int) -> str:
    """The text in at most that many cells; what was cut ends in ``…``. Wide signs count two cells and are never halved."""
    if cells <= 0:
        return ""
    if cell_len(text) <= cells:
        return text
    return set_cell_size(text[: cells + 1], cells - 1).rstrip() + "…" if cells > 1 else "…"


def pad(text: str, cells: int) -> str:
    """The text with blanks up to so many cells."""
    return text + " " * (cells - cell_len(text))


def content(text: str, style: str = "", *, lines: bool = False) -> Content:
    """Text from a schedule as content: plain, whatever brackets it holds."""
    return Content.styled(clean(text, lines=lines), style) if text else Content("")


class Ink(NamedTuple):
    """The styles of a theme by what they mean, for widgets that draw their own lines."""

    ink: Style
    dim: Style
    faint: Style
    star: Style
    clash: Style
    good: Style
    blue: Style
    cursor: Style
    resting: Style
    ground: Style
    raised: Style


def ink(variables: Mapping[str, str]) -> Ink:
    """The styles for a theme's variables; the last four are grounds."""
    grounds = {"cursor", "resting", "ground", "raised"}
    made = {
        name: Style(bgcolor=variables[name]) if name in grounds else Style(color=variables[name])
        for name in NAMES
        if name in variables
    }
    return Ink(**made)


BOLD, STRIKE, UNDERLINE, ITALIC = Style(bold=True), Style(strike=True), Style(underline=True), Style(italic=True)

Piece = tuple[str, Style]


def width_of(pieces: Iterable[Piece]) -> int:
    """How many cells the pieces take."""
    return sum(cell_len(text) for text, _ in pieces)


def line(left: list[Piece], right: list[Piece], width: int, ground: Style) -> Strip:
    """One line: pieces from the left, pieces at the right edge, ground between; the left one gives way."""
    room = width - width_of(right)
    pieces: list[Piece] = []
    used = 0
    for text, style in left:
        if used >= room:
            break
        fitted = cut(text, room - used)
        pieces.append((fitted, style))
        used += cell_len(fitted)
    pieces.append((" " * max(0, room - used), ground))
    segments = [Segment(text, ground + style) for text, style in pieces + right if text]
    return Strip(segments).adjust_cell_length(width, ground)
