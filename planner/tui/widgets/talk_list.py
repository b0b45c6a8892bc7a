"""The list of talks: one widget on the line API, so that ten thousand rows cost no more than the thirty on the screen.

It is told its lines and how to describe a talk; it posts what the user does to a talk and changes nothing by itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from textual.geometry import Region
from textual.strip import Strip

from planner.tui.commands import bindings
from planner.tui.widgets import row_strip
from planner.tui.widgets.draw import Ink, ink
from planner.tui.widgets.scrolled import Talks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from textual import events

    from planner.tui.rows import Line, Row


class Fields(NamedTuple):
    """Which columns a list shows beside time, stars and title, and how wide they are, in cells (0: not shown).

    ``speakers`` says whether they follow the title in the room that it leaves. ``usual`` is the kind that most of the
    talks are of; only another one is said.
    """

    day: int = 0
    shift: int = 0
    theirs: int = 0
    place: int = 0
    speakers: bool = False
    usual: str = ""


_KEPT = 300  # lines that stay drawn; one takes 2 KiB with what Textual cuts of it


class TalkList(Talks):
    """Lines of talks with heads and a now line; the cursor is always on a talk."""

    BINDINGS = bindings("down", "up", "page_down", "page_up", "first", "last", "details", action="move")

    def __init__(self, describe: Callable[[str], Row], *, id: str | None = None) -> None:  # noqa: A002  (Textual's name)
        super().__init__(describe, id=id)
        self.lines: Sequence[Line] = ()
        self.cursor = -1
        self.words: tuple[str, ...] = ()
        self.columns: Callable[[int], Fields] = lambda _width: Fields()
        self.fields = Fields()
        self._places: dict[str, int] = {}
        self._strips: dict[int, Strip] = {}
        self._width = -1
        self._ink: Ink | None = None

    # State comes down

    def show(
        self,
        lines: Sequence[Line],
        columns: Callable[[int], Fields],
        *,
        on: str = "",
        words: Iterable[str] = (),
    ) -> None:
        """Show these lines with the cursor on a talk, else on the first; where it was on that talk, nothing scrolls.

        ``columns`` gives the columns for a width; ``words`` are marked in the titles.
        """
        above = self.cursor - self.scroll_offset.y if on and on == self.uid else None
        self.lines, self.columns, self.words = lines, columns, tuple(words)
        self._strips.clear()
        self._width = -1
        self.be_long(len(lines))
        self._places = {line.uid: at for at, line in enumerate(lines) if line.uid}
        self.cursor = self._places.get(on, self._talk_from(0, 1))
        self.scroll_to(y=0 if above is None else max(0, self.cursor - above), animate=False, force=True)
        self._reveal(centre=True)
        self.refresh()
        self.post_message(self.Reached(self.uid))

    def redraw(self, uids: Iterable[str]) -> None:
        """Draw the rows of these talks again."""
        for uid in uids:
            at = self._places.get(uid)
            if at is not None:
                self._strips.pop(at, None)
                self.refresh_line(at)

    @property
    def uid(self) -> str:
        """The talk under the cursor, empty where there is none."""
        return self.lines[self.cursor].uid if 0 <= self.cursor < len(self.lines) else ""

    def go_to(self, uid: str) -> bool:
        """Put the cursor on a talk; False where the list does not show it."""
        at = self._places.get(uid)
        if at is not None:
            self._move_to(at, centre=True)
        return at is not None

    # Moving

    def action_move(self, how: str) -> None:
        """Move the cursor, or open the talk under it."""
        page = max(1, self.size.height - 2)
        at = {
            "down": lambda: self._talk_from(self.cursor + 1, 1),
            "up": lambda: self._talk_from(self.cursor - 1, -1),
            "page_down": lambda: self._near(self.cursor + page, -1),
            "page_up": lambda: self._near(self.cursor - page, 1),
            "first": lambda: self._talk_from(0, 1),
            "last": lambda: self._talk_from(len(self.lines) - 1, -1),
        }.get(how)
        if at is None:
            if self.uid:
                self.post_message(self.Opened(self.uid))
            return
        self._move_to(at())

    def _talk_from(self, at: int, step: int) -> int:
        while 0 <= at < len(self.lines):
            if self.lines[at].uid:
                return at
            at += step
        return -1

    def _near(self, at: int, step: int) -> int:
        at = min(max(at, 0), len(self.lines) - 1)
        found = self._talk_from(at, step)
        return found if found >= 0 else self._talk_from(at, -step)

    def _move_to(self, at: int, *, centre: bool = False) -> None:
        if at < 0:
            self.scroll_to(y=0 if self.cursor <= self.size.height else self.scroll_offset.y, animate=False)
            return
        before, self.cursor = self.cursor, at
        for changed in {before, at}:
            self._strips.pop(changed, None)
            self.refresh_line(changed)
        self._reveal(centre=centre)
        if before != at:
            self.post_message(self.Reached(self.uid))

    def _reveal(self, *, centre: bool = False) -> None:
        """Scroll so that the cursor is in sight, with the head above it where that is the line before."""
        height = self.size.height
        if self.cursor < 0 or not height:
            return
        top = self.scroll_offset.y
        first = self.cursor
        while first > 0 and not self.lines[first - 1].uid and self.cursor - first < 3:  # noqa: PLR2004  (blank, head, now)
            first -= 1
        if top <= first and self.cursor < top + height:
            return
        nearest = first if first < top else self.cursor - height + 1
        self.scroll_to(y=max(0, self.cursor - height // 3) if centre else nearest, animate=False, force=True)

    # Drawing

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        return self.render_lines(Region(0, y, self.size.width, 1))[0]

    def render_lines(self, crop: Region) -> list[Strip]:
        """Lines of the screen. With no border and no padding Textual need not go through each of them: 2 ms of 5 a screen."""
        width = self.scrollable_content_region.width
        if width != self._width:
            self._width = width
            self.fields = self.columns(width)
            self._strips.clear()
        if self._ink is None:
            self._ink = ink(self.app.theme_variables)
        first, filters, ground = self.scroll_offset.y, self.get_line_filters(), self.background_colors[1]
        strips = [self._strip(y + first, self._ink) for y in crop.line_range]
        for one in filters:
            strips = [strip.apply_filter(one, ground) for strip in strips]
        return [strip.crop(crop.x, crop.right) for strip in strips]

    def _strip(self, at: int, colours: Ink) -> Strip:
        strip = self._strips.get(at)
        if strip is None:
            if len(self._strips) >= _KEPT:
                self._strips.clear()
            strip = self._strips[at] = self._drawn(at, colours)
        return strip

    def _drawn(self, at: int, colours: Ink) -> Strip:
        width = self._width
        if not 0 <= at < len(self.lines):
            return Strip.blank(width, colours.ground)
        line = self.lines[at]
        if not line.uid:
            return row_strip.other(line, width, colours)
        row, here, ground = self.describe(line.uid), at == self.cursor, colours.ground
        if here:
            ground = colours.cursor if self.has_focus else colours.resting
        return row_strip.talk(row, self.fields, colours, width=width, ground=ground, words=self.words, here=here)

    def notify_style_update(self) -> None:
        """The theme changed: all is drawn again."""
        super().notify_style_update()
        self._strips.clear()
        self._ink = None

    def on_resize(self) -> None:
        """The cursor stays in sight."""
        self._reveal(centre=True)

    def watch_has_focus(self, focused: bool) -> None:
        """The cursor is bright only where keys go."""
        super().watch_has_focus(focused)
        self._strips.pop(self.cursor, None)
        self.refresh_line(self.cursor)

    # The mouse

    def on_click(self, event: events.Click) -> None:
        """A click selects; on the star it stars; a second one opens."""
        at = event.y + self.scroll_offset.y
        if not 0 <= at < len(self.lines) or not self.lines[at].uid:
            return
        self._move_to(at)
        left, right = row_strip.star_cells(self.fields)
        if left <= event.x < right:
            self.post_message(self.Starred(self.uid))
        elif event.chain == 2:  # noqa: PLR2004  (a double click)
            self.post_message(self.Opened(self.uid))
