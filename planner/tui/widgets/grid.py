"""The timetable: blocks on the line API, with heads that stay on top and clocks that stay at the left.

It is told how to lay a day out for a width and how to describe a talk; it posts what the user does and changes nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.segment import Segment
from textual.geometry import Region
from textual.strip import Strip

from planner.tui.commands import bindings
from planner.tui.grid_layout import Grid
from planner.tui.grid_moves import Moves
from planner.tui.widgets import grid_strip
from planner.tui.widgets.draw import cut
from planner.tui.widgets.grid_face import GridFace, View
from planner.tui.widgets.grid_strip import HEADS, Paint, Shape, paint
from planner.tui.widgets.scrolled import Talks

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.style import Style
    from textual import events

    from planner.tui.grid_columns import Block
    from planner.tui.rows import Row
    from planner.tui.widgets.draw import Piece

MOVES = (
    *("down", "up", "page_down", "page_up", "first", "last", "details"),
    *("grid_left", "grid_right", "grid_page_left", "grid_page_right"),
)
"""The commands that the grid does by itself."""


class TalkGrid(Talks):
    """A day as a grid; the cursor is always on a talk.

    ``uid`` and ``column`` are where the cursor is, ``line`` the time at which it moves sideways, ``left`` the first column in
    sight, ``empty`` what is said where there is no talk. It has more than 20 methods because Textual wants a handler for
    each event of the mouse; drawing is :mod:`planner.tui.widgets.grid_face`'s.
    """

    BINDINGS = bindings(*MOVES, action="move")

    def __init__(self, describe: Callable[[str], Row], *, id: str | None = None) -> None:  # noqa: A002  (Textual's name)
        super().__init__(describe, id=id)
        self.empty = ""
        self.uid = ""
        self.column = self.line = self.left = 0
        self.letters = ("", "")
        self.lay: Callable[[int], Grid] = lambda _width: Grid()
        self.moves = Moves(Grid())
        self._face = GridFace(Grid(), describe)
        self._width = -1
        self._forms: dict[tuple[int, int], Shape] = {}
        self._paint: Paint | None = None

    # State comes down

    def show(self, lay: Callable[[int], Grid], letters: tuple[str, str], *, on: str = "", empty: str = "") -> None:
        """Show a day with the cursor on a talk, else on the first; where it was on that talk, nothing scrolls.

        ``lay`` gives the grid for a width in cells, ``letters`` are those of both zones.
        """
        before = self.moves.block.get(on) if on == self.uid else None
        above = before.top - self.scroll_offset.y if before is not None else None
        line, column, left = self.line, self.column, self.left
        self.lay, self.letters, self.empty, self.uid = lay, letters, empty, on
        self._lay_out()
        if before is not None and above is not None and self.uid == on:
            moved = self.moves.block[on].top - before.top
            self.line, self.left = line + moved, left
            self.column = column if before.column < 0 else self.column
            self.scroll_to(y=max(0, self.moves.block[on].top - above), animate=False, force=True)
        elif self.uid:
            self._enter(self.uid, centre=True)
        self.post_message(self.Reached(self.uid))

    def _lay_out(self) -> None:
        """Lay the day out for the width that there is."""
        self._width = self.scrollable_content_region.width
        self.moves = Moves(self.lay(self._width))
        self._face = GridFace(self.moves.grid, self.describe)
        self._paint = None
        self._forms.clear()
        if self.uid not in self.moves.block:
            self.uid = self.moves.first()
        self.column = self._column_of(self.uid)
        self.be_long(len(self.moves.grid.lines) + HEADS)
        self.refresh()

    def _column_of(self, uid: str) -> int:
        block = self.moves.block.get(uid)
        column = block.column if block is not None and block.column >= 0 else self.column
        return min(column, max(0, len(self.moves.columns) - 1))

    def redraw(self) -> None:
        """Draw all again: marks changed."""
        self._face.forget()
        self.refresh()

    @property
    def view(self) -> View:
        """What is looked at."""
        asked = (self._width, self.left)
        form = self._forms.get(asked)
        if form is None:
            form = self._forms[asked] = grid_strip.shape(self.moves.grid, *asked)
        block = self.moves.block.get(self.uid)
        here = block.top if block is not None else -1
        return View(form, self._width, self.scroll_offset.y, self.uid, self.column, here, self.has_focus)

    # Moving

    def action_move(self, how: str) -> None:
        """Move the cursor, or open the talk under it."""
        block = self.moves.block.get(self.uid)
        if block is None:
            return
        page = max(1, self.size.height - HEADS - 2)
        if how.startswith("grid"):
            many = len(self.view.form.columns) if "page" in how else 1
            self._across(1 if how.endswith("right") else -1, many)
        elif how == "details":
            self.post_message(self.Opened(self.uid))
        else:
            step = 1 if how in {"down", "page_down", "first"} else -1
            to = {"page": lambda: self.moves.page(self.column, block.top + page * step)}
            to |= {name: lambda: self.moves.along(self.uid, self.column, step) for name in ("down", "up")}
            to |= {name: lambda: self.moves.first(step) for name in ("first", "last")}
            before = self.uid
            self.go_to(to[how.partition("_")[0]]())
            if how.startswith("page") and self.uid == before:
                self.scroll_relative(y=page * step, animate=False)  # through a talk that is longer than the screen

    def _across(self, step: int, many: int) -> None:
        line = self.line
        uid, column = self.uid, self.column
        for _ in range(many):
            uid, column = self.moves.across(uid, column, line, step)
        self.column = column
        self.go_to(uid)
        self.line = line  # the way back is the way one came

    def go_to(self, uid: str, *, centre: bool = False) -> bool:
        """Put the cursor on a talk; False where the day does not have it."""
        if uid not in self.moves.block:
            return False
        before, self.uid = self.uid, uid
        self._enter(uid, centre=centre)
        self._refresh_blocks(before, uid)
        if before != uid:
            self.post_message(self.Reached(uid))
        return True

    def _refresh_blocks(self, *uids: str) -> None:
        """Draw again what the cursor changes: the lines of these talks, and the heads. A whole screen of lines takes 15 ms."""
        self.refresh(Region(0, 0, self._width, HEADS))
        for block in {self.moves.block[uid] for uid in uids if uid in self.moves.block}:
            top, bottom = self._face.lines_of(block)
            first = max(HEADS, HEADS + top - self.scroll_offset.y)
            last = min(self.size.height, HEADS + bottom - self.scroll_offset.y)
            if first < last:
                self.refresh(Region(0, first, self._width, last - first))

    @property
    def here(self) -> tuple[str, str]:
        """The name of the cursor's column, and the clock at which it moves sideways."""
        grid = self.moves.grid
        name = grid.columns[self.column].name if self.column < len(grid.columns) else ""
        return name, grid.lines[self.line].mine if self.line < len(grid.lines) else ""

    def go_near(self, name: str, clock: str) -> None:
        """To the column of that name, at that time of day; nowhere where none has the name."""
        grid = self.moves.grid
        column = next((at for at, one in enumerate(grid.columns) if name and one.name == name), -1)
        line = next((at for at, one in enumerate(grid.lines) if one.mine >= clock), len(grid.lines) - 1)
        if column >= 0:
            self.go_to(self.moves.at(column, line), centre=True)

    def to_now(self) -> bool:
        """What is on in the column of the cursor, or nearest to now there; False where the day has no line at now."""
        now = next((at for at, line in enumerate(self.moves.grid.lines) if line.what == "now"), -1)
        if now < 0:
            return False
        self.go_to(self.moves.at(self.column, now))
        self.line = now
        height = self.size.height - HEADS
        if not self.scroll_offset.y <= now < self.scroll_offset.y + height:
            self.scroll_to(y=max(0, now - height // 3), animate=False, force=True)
        return True

    def _enter(self, uid: str, *, centre: bool = False) -> None:
        """Scroll so that the cursor is in sight both ways."""
        block = self.moves.block[uid]
        self.column = self._column_of(uid)
        self.line = block.top
        shown, before = len(self.view.form.columns), self.left
        if not self.left <= self.column < self.left + shown:
            self.left = self.column if self.column < self.left else self.column - shown + 1
            if centre:
                self.left = self.column - shown // 2
        self.pan(0)
        if self.left != before:
            self.refresh()
        self._reveal(block, centre=centre)

    def _reveal(self, block: Block, *, centre: bool) -> None:
        height, top = self.size.height - HEADS, self.scroll_offset.y
        if height <= 0:
            return
        first = max(0, block.top - 1)
        last = min(block.bottom, first + height)
        if first < top or last > top + height:
            nearest = first if first < top else last - height
            self.scroll_to(y=max(0, first - height // 3) if centre else nearest, animate=False, force=True)

    def pan(self, step: int) -> None:
        """Show other columns; the cursor stays where it is."""
        most = len(self.moves.columns) - len(self.view.form.columns)
        before, self.left = self.left, min(max(0, self.left + step), max(0, most))
        if before != self.left:
            self.refresh()

    # Drawing

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        if self.scrollable_content_region.width != self._width:
            self._lay_out()
        if self._paint is None:
            self._paint = paint(self.app.theme_variables)
        ink, view, at = self._paint.ink, self.view, y - HEADS + self.scroll_offset.y
        if not self.moves.grid.lines:
            return self._strip([(f"  {cut(self.empty, self._width - 2)}" if y == 1 else "", ink.dim)], ink.ground)
        if y < HEADS:
            return self._strip(self._face.head(y, view, self._paint, self.letters), ink.raised)
        if at >= len(self.moves.grid.lines):
            return self._strip([], ink.ground)
        return self._strip(self._face.line(at, view, self._paint), ink.ground)

    def _strip(self, pieces: list[Piece], ground: Style) -> Strip:
        segments = [Segment(text, ground + style) for text, style in pieces if text]
        return Strip(segments).adjust_cell_length(self._width, ground)

    def notify_style_update(self) -> None:
        """The theme changed: all is drawn again."""
        super().notify_style_update()
        self._paint = None
        self.redraw()

    def on_resize(self) -> None:
        """The cursor stays in sight."""
        if self.scrollable_content_region.width != self._width:
            self._lay_out()
        if self.uid:
            self._enter(self.uid, centre=True)

    # The mouse

    def on_click(self, event: events.Click) -> None:
        """A click selects; on a star it takes it away; a second one opens; on a head it goes to that column."""
        view, cell = self.view, event.get_content_offset(self)
        if cell is None or self._paint is None or not self.moves.grid.lines:
            return
        if cell.y < HEADS:
            self._click_head(cell.x, view)
            return
        uid, star = self._face.hit(cell.x, cell.y - HEADS + self.scroll_offset.y, view, self._paint)
        if not uid:
            return
        self.go_to(uid)
        if star:
            self.post_message(self.Starred(uid))
        elif event.chain == 2:  # noqa: PLR2004  (a double click)
            self.post_message(self.Opened(uid))

    def _click_head(self, x: int, view: View) -> None:
        """The arrows show other columns, a name takes the cursor to its column."""
        column = view.form.column(x)
        shown = len(view.form.columns)
        if column < 0:
            self.pan(-shown)
        elif column == view.form.left + shown - 1 and x >= view.width - len(f" {len(self.moves.columns)} ›"):
            self.pan(shown)
        else:
            self.go_to(self.moves.at(column, self.line))

    def on_mouse_scroll_left(self, event: events.MouseScrollLeft) -> None:
        """A wheel to the left shows the column before."""
        event.stop()
        self.pan(-1)

    def on_mouse_scroll_right(self, event: events.MouseScrollRight) -> None:
        """A wheel to the right shows the next column."""
        event.stop()
        self.pan(1)
