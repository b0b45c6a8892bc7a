"""How a laid-out day looks, line by line, and what is at a cell of it: the drawing half of the timetable."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len

from planner.text import clean
from planner.tui.widgets import block_strip, grid_strip
from planner.tui.widgets.draw import BOLD, cut, width_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from planner.tui.grid_columns import Block
    from planner.tui.grid_layout import Frame, Grid
    from planner.tui.rows import Row
    from planner.tui.widgets.block_strip import Said
    from planner.tui.widgets.draw import Ink, Piece
    from planner.tui.widgets.grid_strip import Paint, Shape


_BAND = 16  # lines whose blocks are looked up together; a list for each line of 2,500 talks took 1.3 MiB


class View(NamedTuple):
    """What is looked at: the first line in sight, the columns in sight, the talk and the column under the cursor.

    ``here`` is the line at which the talk begins; ``bright`` is whether keys go to the grid.
    """

    form: Shape
    width: int
    top: int
    uid: str
    column: int
    here: int
    bright: bool


class Span(NamedTuple):
    """A block's cells on a line: from ``start`` on, ``width`` of them."""

    block: Block
    start: int
    width: int


class GridFace:
    """Draws a grid; ``describe`` gives a talk's words. What a block says is kept until :meth:`forget`."""

    def __init__(self, grid: Grid, describe: Callable[[str], Row]) -> None:
        self.grid = grid
        self._describe = describe
        self._rows: dict[str, Row] = {}
        self._blocks: dict[tuple[int, int], list[Block]] = {}
        self._frames: dict[tuple[int, int], Frame] = {}
        self._said: dict[tuple[str, int, str], list[Said]] = {}
        self._now = next((at for at, line in enumerate(grid.lines) if line.what == "now"), -1)
        for block in grid.blocks:
            for band in range(block.top // _BAND, (block.bottom - 1) // _BAND + 1):
                self._blocks.setdefault((block.column, band), []).append(block)
        for frame in grid.frames:
            for line in range(frame.top, frame.bottom):
                self._frames[frame.column, line] = frame

    def _at(self, column: int, line: int) -> list[Block]:
        """The blocks of a column (-1: of all) on a line."""
        return [one for one in self._blocks.get((column, line // _BAND), ()) if one.top <= line < one.bottom]

    def forget(self) -> None:
        """What talks say may be another now."""
        self._said.clear()
        self._rows.clear()

    def describe(self, uid: str) -> Row:
        """A talk's words, asked for once: each line of its block wants them."""
        row = self._rows.get(uid)
        if row is None:
            row = self._rows[uid] = self._describe(uid)
        return row

    def head(self, y: int, view: View, paint: Paint, letters: tuple[str, str]) -> list[Piece]:
        """A line of the heads."""
        return grid_strip.head(self.grid, view.form, paint.ink, y, top=view.top, here=view.column, letters=letters)

    def line(self, at: int, view: View, paint: Paint) -> list[Piece]:
        """A line of the day."""
        ink, form, line = paint.ink, view.form, self.grid.lines[at]
        made = grid_strip.clocks(line, form, ink, here=view.here == at)
        if line.what == "day":
            (block,) = self._at(-1, at)
            return made + self._block(Span(block, 0, view.width - width_of(made)), at, view, paint)
        made += grid_strip.busy(self.grid.busy, at, form, ink, view.top, now=at == self._now)
        for number, (start, width) in enumerate(form.columns):
            if line.what == "now":
                made += [("┼" if number else "─", ink.blue), ("─" * (width - 1), ink.blue)]
                continue
            made.append(("│" if number else " ", ink.faint))
            made += self._column(form.left + number, at, (start + 1, width - 1), view, paint)
        return made

    def _column(self, column: int, at: int, room: tuple[int, int], view: View, paint: Paint) -> list[Piece]:
        """What a column shows on a line: blocks, the edge of what surrounds them, and what is between."""
        ink, (start, width) = paint.ink, room
        frame = self._frames.get((column, at))
        spans = self._spans(column, at, room)
        made: list[Piece] = []
        if frame is not None and not any(span.block.top == frame.top and not span.block.inside for span in spans):
            made.append(("╰" if at == frame.bottom - 1 else "│", ink.dim))
        if not spans:
            words, style = self._between(column, at, column == view.form.left, ink)
            made.append((cut(words, width - width_of(made)), style))
        for span in spans:
            made.append((" " * (span.start - start - width_of(made)), ink.dim))
            made += self._block(span, at, view, paint)
        return [*made, (" " * (width - width_of(made)), ink.dim)]

    def _between(self, column: int, at: int, first: bool, ink: Ink) -> Piece:
        """The name of the part that comes next, how long nothing is on, or nothing."""
        label, line = self.grid.labels.get((column, at), ""), self.grid.lines[at]
        if label:
            return f" {clean(label)}", ink.blue + BOLD
        return f" {grid_strip.gap_words(line)}" if line.what == "gap" and first else "", ink.dim

    def _spans(self, column: int, at: int, room: tuple[int, int]) -> list[Span]:
        found = []
        for block in self._at(column, at):
            start, width = room[0] + block.inside, room[1] - block.inside
            left, right = width * block.lane // block.lanes, width * (block.lane + 1) // block.lanes
            found.append(Span(block, start + left, right - left))
        return sorted(found, key=lambda span: span.start)

    def _block(self, span: Span, at: int, view: View, paint: Paint) -> list[Piece]:
        """A block's cells on a line; what it says begins at the first line of it that is in sight."""
        block, ink = span.block, paint.ink
        row, here = self.describe(block.uids[0]), view.uid in block.uids
        left_at = _left_at(block, row)
        heavy = row.clash is not None and not block.pile and at < left_at
        end = left_at if heavy and left_at < block.bottom else self._bottom(block)
        left, right = grid_strip.edge(at, block.top, end, here=here, heavy=heavy)
        inner = self._inner(span)
        said = self._says(block, at, inner, view, paint)
        about = said.uid if said and block.pile else block.uids[0]
        lit = bool(about) and self._lit(about) and at < left_at
        ground = ink.raised + paint.lit if lit else ink.raised
        if here and about == view.uid:
            ground = ink.cursor if view.bright else ink.resting
        pieces = list(said.pieces) if said else []
        spare = " " * max(0, inner - width_of(pieces))
        if at == block.bottom - 1 and not block.pile and row.open_end and spare:
            spare = " " + "┄" * (len(spare) - 1)
        colour = ink.blue if here else ink.clash if heavy else ink.star if lit else ink.dim
        drawn = [
            (left, colour),
            (" ", ink.dim),
            *pieces,
            (spare, ink.dim),
            ((right or " ").rjust(span.width - 2 - inner), ink.clash),
        ]
        return [(text, ground + style) for text, style in drawn]

    def _inner(self, span: Span) -> int:
        """Cells for words, between the edge with its blank and the blank or the heavy edge, from which words keep away."""
        heavy = not span.block.pile and self.describe(span.block.uids[0]).clash is not None
        return max(0, span.width - 3 - heavy)

    def _bottom(self, block: Block) -> int:
        """Where a block ends; that of a container, where what surrounds its talks ends."""
        frame = self._frames.get((block.column, block.top))
        return frame.bottom if frame is not None and frame.top == block.top and not block.inside else block.bottom

    def _lit(self, uid: str) -> bool:
        row = self.describe(uid)
        return row.starred and not block_strip.dimmed(row)

    def _says(self, block: Block, at: int, width: int, view: View, paint: Paint) -> Said | None:
        """What a block says on a line."""
        on = view.uid if block.pile and view.uid in block.uids else ""
        key = (block.uids[0], width, on)
        said = self._said.get(key)
        if said is None:
            height = self._lines(block.top, block.bottom)
            if block.pile:
                held = [self.describe(uid) for uid in block.uids]
                said = block_strip.pile(block.words, held, paint.ink, width, height, on=on, head=block.head)
            else:
                said = block_strip.talk(self.describe(block.uids[0]), paint.ink, width, height)
            self._said[key] = said
        line = self._lines(max(block.top, min(view.top, block.bottom - 1)), at)
        return said[line] if line < len(said) else None

    def lines_of(self, block: Block) -> tuple[int, int]:
        """The lines that the cursor changes when it comes to a block or leaves it: first, and the one after the last."""
        return block.top, self._bottom(block)

    def _lines(self, top: int, bottom: int) -> int:
        """How many lines there are for words: the line at now has none."""
        return bottom - top - (top <= self._now < bottom)

    def hit(self, x: int, at: int, view: View, paint: Paint) -> tuple[str, bool]:
        """The talk at a cell, empty where none is; and whether the cell is its star or the blank beside it."""
        if not 0 <= at < len(self.grid.lines):
            return "", False
        column = view.form.column(x)
        spans: list[Span] = []
        if self.grid.lines[at].what == "day":
            spans = [Span(self._at(-1, at)[0], view.form.clocks, view.width - view.form.clocks)]
        elif column >= 0:
            start, width = view.form.columns[column - view.form.left]
            spans = self._spans(column, at, (start + 1, width - 1))
        span = next((span for span in spans if span.start <= x < span.start + span.width), None)
        if span is None:
            return "", False
        block = span.block
        said = self._says(block, at, self._inner(span), view, paint)
        uid = (said.uid if said and said.uid else block.uids[0]) if block.pile else block.uids[0]
        cells = span.start + 2
        for text, _ in said.pieces if said else ():
            if "★" in text:
                return uid, cells - 1 <= x < cells + cell_len(text)
            cells += cell_len(text)
        return uid, False


def _left_at(block: Block, row: Row) -> int:
    """The line of a block at which the user means to leave; where its talk is heard to the end, the one after the last."""
    if row.heard == 1 or block.pile:
        return block.bottom
    return block.top + max(1, round((block.bottom - block.top) * row.heard))
