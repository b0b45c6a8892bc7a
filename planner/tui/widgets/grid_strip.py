"""How the lines of the timetable look: the clocks at the left, the heads on top, and the cells of blocks between."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len
from rich.style import Style
from textual.color import Color

from planner import times
from planner.text import clean
from planner.tui.widgets.block_strip import wrap
from planner.tui.widgets.draw import BOLD, Ink, Piece, cut, ink, pad

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from planner.tui.grid_layout import Busy, Column, Grid, Line, Part

CLOCK, SHIFT = 5, 3
"""Cells of ``20:00`` and of ``+1`` with the blank before it."""

COLUMN_LEAST = 20
"""Cells that a column has at least: ``★ When Do Curricula``."""

LANE_LEAST = 14
"""Cells that each of several blocks side by side has at least."""

HEADS = 2
"""Lines of the heads."""

BUSY = 13
"""Cells of busy time beside the clocks; 2 where the terminal is narrow."""

_WIDE = 100
_CLOCKS = 18  # cells of clocks and dates at most
_FULL_HOUR = ":00"


class Paint(NamedTuple):
    """The colours: those of the theme, and the ground of a starred talk."""

    ink: Ink
    lit: Style


def paint(variables: Mapping[str, str]) -> Paint:
    """The colours for a theme's variables: a star's ground is a fifth of the star's own colour."""
    ground = Color.parse(variables["ground"]).blend(Color.parse(variables["star"]), 0.22)
    return Paint(ink(variables), Style(bgcolor=ground.hex))


class Shape(NamedTuple):
    """Where things are on the screen: the first cell of each visible column and its width.

    ``clocks`` is how many cells the clocks take, ``busy`` how many busy time does; ``shift`` and ``both`` tell whether a
    date differs from the grid's and whether the conference's clock is another one.
    """

    clocks: int
    busy: int
    left: int
    columns: tuple[tuple[int, int], ...]
    shift: bool
    both: bool

    def column(self, x: int) -> int:
        """The column at a cell of the screen, -1 where none is."""
        return next((self.left + at for at, (start, width) in enumerate(self.columns) if start <= x < start + width), -1)


def lanes_that_fit(width: int, columns: int) -> int:
    """How many blocks fit side by side in each of so many columns of a terminal; two always do."""
    room = width - _CLOCKS
    shown = min(columns, max(1, room // COLUMN_LEAST))
    return max(2, room // max(1, shown) // LANE_LEAST)


def clocks_width(grid: Grid) -> int:
    """Cells of the clocks: a blank, the user's, what the date is off, the conference's, a blank."""
    both, shift = any(line.theirs for line in grid.lines), any(line.shift for line in grid.lines)
    return 1 + CLOCK + SHIFT * shift + (CLOCK + 2) * both + 1


def shape(grid: Grid, width: int, left: int) -> Shape:
    """The columns that are visible from column ``left`` on in so many cells; they share what there is."""
    both, shift = any(line.theirs for line in grid.lines), any(line.shift for line in grid.lines)
    clocks = clocks_width(grid)
    busy = (BUSY if width >= _WIDE else 2) if grid.busy else 0
    room = width - clocks - busy
    total = len(grid.columns)
    shown = min(total, max(1, room // COLUMN_LEAST))
    left = min(max(left, 0), total - shown)
    edges = [clocks + busy + room * at // shown for at in range(shown + 1)] if shown else []
    spans = tuple((start, end - start) for start, end in pairwise(edges))
    return Shape(clocks, busy, left, spans, shift, both)


def _pad(text: str, cells: int) -> str:
    return pad(cut(text, cells), cells)


def clocks(line: Line, form: Shape, ink: Ink, *, here: bool) -> list[Piece]:
    """The clocks of a line, or words where it has none; ``here`` is whether the talk under the cursor begins at it."""
    if line.what in {"day", "gap"}:
        words = " all day" if line.what == "day" else ""
        return [("▌" if here else " ", ink.blue), (_pad(words[1:], form.clocks - 1), ink.dim)]
    if line.what == "now":
        words = next(words for words in (f"{line.mine} now ", line.mine) if len(words) < form.clocks or words == line.mine)
        return [("▶", ink.blue + BOLD), (words, ink.blue + BOLD), ("─" * (form.clocks - 1 - len(words)), ink.blue)]
    full = line.mine.endswith(_FULL_HOUR)
    style = ink.blue + BOLD if here else ink.ink if full else ink.dim
    made: list[Piece] = [("▌" if here else " ", ink.blue), (line.mine, style)]
    if form.shift:
        made.append((line.shift.rjust(SHIFT), ink.blue if here or full else ink.dim))
    if form.both:
        made.append((f"  {line.theirs or line.mine}", ink.blue if here else ink.dim))
    return [*made, (" ", ink.dim)]


def busy(found: Sequence[Busy], at: int, form: Shape, ink: Ink, top: int, *, now: bool) -> list[Piece]:
    """Busy time on a line: its title where it begins or comes into sight, shade below."""
    if not form.busy:
        return []
    on = next((one for one in found if one.top <= at < one.bottom), None)
    if now:
        return [("▒" * (form.busy - 1) if on else "─" * (form.busy - 1), ink.dim if on else ink.blue), ("─", ink.blue)]
    if on is None:
        return [(" " * form.busy, ink.dim)]
    beginning = next((one for one in found if max(one.top, min(top, one.bottom - 1)) == at), None)
    if beginning and form.busy > 2:  # noqa: PLR2004  (the narrow band has no words)
        return [("▒", ink.clash), (_pad(f" {clean(beginning.title) or 'busy'}", form.busy - 2), ink.ink), (" ", ink.dim)]
    return [("▒" * (form.busy - 1), ink.dim), (" ", ink.dim)]


def head(grid: Grid, form: Shape, ink: Ink, y: int, *, top: int, here: int, letters: tuple[str, str]) -> list[Piece]:
    """A line of the heads: the letters of both zones and which columns there are; names, and what is on in them."""
    made: list[Piece] = []
    more = len(grid.columns) - form.left - len(form.columns)
    said = _letters(letters, form, y)
    hidden = f"‹ {form.left} " if form.left and y else ""
    if y == 0:
        made = [(said, ink.dim), (_pad("busy" if form.busy > 2 else "", form.busy), ink.dim)]  # noqa: PLR2004
    elif said.strip():
        made = [(said, ink.dim), (" " * form.busy, ink.dim)]
    else:
        made = [(_pad(f" {hidden}", form.clocks + form.busy), ink.blue + BOLD)]
        hidden = ""
    for at, (_, width) in enumerate(form.columns):
        column = grid.columns[form.left + at]
        part = column.at(top)
        last = at == len(form.columns) - 1
        tail = f" {more} ›" if last and more and y == HEADS - 1 else ""
        alone = not column.name and not (part and part.more)
        style = (ink.blue if form.left + at == here else ink.ink) + BOLD if y == 0 or alone else ink.dim
        lead = hidden if at == 0 else ""
        room = max(0, width - cell_len(lead) - cell_len(tail) - 1)
        words = _named(column, part, width - 1)[y]
        made += [("│" if at or form.busy else " ", ink.faint), (lead, ink.blue + BOLD)]
        made += [(_pad(words, room), style), (tail, ink.blue + BOLD)]
    return made


def _letters(letters: tuple[str, str], form: Shape, y: int) -> str:
    """The letters above the clocks; where clocks change on the day, those before it, and below them those after."""
    mine, theirs = ([*map(_short, one.split("/")), ""][y] for one in letters)
    said = _pad(f" {mine}", 2 + CLOCK + SHIFT * form.shift) + (f" {theirs}" if form.both else "")
    return _pad(said, form.clocks)


def _short(letters: str) -> str:
    """A zone's letters in the cells of a clock: ``-03:00`` of ``UTC-03:00``."""
    return letters if len(letters) <= CLOCK else letters.removeprefix("UTC")


def _named(column: Column, part: Part | None, room: int) -> tuple[str, str]:
    """The two lines of a head: the name, and what is on in it; a name that stands alone takes both."""
    words, more = (clean(part.words), clean(part.more)) if part else ("", "")
    if column.name or more:
        return (clean(column.name), words) if column.name else (words, more)
    first, second, *_ = [*wrap(words, room, room, 2), "", ""]
    return first, second


def edge(at: int, top: int, bottom: int, *, here: bool, heavy: bool) -> tuple[str, str]:
    """The left and the right edge of a block on a line: thin at the left only, heavy all round where it clashes."""
    if heavy:
        left, right = (
            ("┣", "┫") if bottom - top == 1 else ("┏", "┓") if at == top else ("┗", "┛") if at == bottom - 1 else ("┃", "┃")
        )
        return ("▌" if here else left), right
    if here:
        return "▌", ""
    return ("╶" if bottom - top == 1 else "╭" if at == top else "╰" if at == bottom - 1 else "│"), ""


def gap_words(line: Line) -> str:
    """How long nothing is on."""
    return f"· · · {times.lasting(line.seconds)}"
