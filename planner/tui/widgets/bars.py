"""Bars on a common clock: what wants one's presence when, one line each, and where more than one does.

Drawn by the line API; it is told its bars and posts which one the user pointed at.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView

from planner.text import clean
from planner.tui.rows import STARS
from planner.tui.widgets.draw import BOLD, Ink, Piece, cut, ink, line, width_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rich.style import Style
    from textual import events
    from textual.strip import Strip

STEPS = tuple(minutes * 60 for minutes in (1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440, 2880, 10080))
"""Seconds between two labels of the clock; the first that leaves each its room is taken."""

_LABEL = 8  # cells of "20:15" and a gap that keeps two of them apart
_LEFT = 5  # cells before the lane: the cursor, a number of two digits, blanks
_LEAST_TITLE = 12  # a title with fewer cells has no place beside it


class Bar(NamedTuple):
    """One line: from ``start`` to ``end`` (UTC seconds), its number (empty: it cannot be pointed at), and its words.

    ``stars`` are lit signs and unlit ones (``★★★``, ``··``), ``sign`` a decision's, ``busy`` the user's own calendar.
    """

    start: int
    end: int
    words: str
    number: str = ""
    stars: tuple[str, str] = ("", "")
    sign: str = ""
    place: str = ""
    busy: bool = False


class Clock(NamedTuple):
    """A line of the clock: what an instant (UTC seconds) is called, and the letters of the zone."""

    said: Callable[[int], str]
    letters: str


class Shown(NamedTuple):
    """What is drawn: the bars from ``start`` to ``end``, the clocks, what is ``wrong`` (stretches, and words for them).

    ``offset`` are the seconds by which the first clock is ahead of UTC, so that its labels are round.
    """

    start: int
    end: int
    bars: Sequence[Bar]
    clocks: Sequence[Clock]
    wrong: Sequence[tuple[int, int]] = ()
    words: str = ""
    offset: int = 0


NOTHING = Shown(0, 0, (), ())


def lane(width: int) -> int:
    """How many cells of a width the bars take; the rest is for titles."""
    return max(16, width * 3 // 8 - 2)


def cells(start: int, end: int, shown: Shown, width: int) -> tuple[int, int]:
    """From which cell of a lane to which a stretch goes: one at least, and two that touch in time touch there."""
    whole = max(1, shown.end - shown.start)
    first, last = (min(width, max(0, round((at - shown.start) * width / whole))) for at in (start, end))
    first = min(first, width - 1)
    return first, max(last, first + 1)


def labelled(shown: Shown, width: int) -> list[tuple[int, int]]:
    """The instants that the clock names, round ones, each with its cell in the lane."""
    whole = max(1, shown.end - shown.start)
    step = next((step for step in STEPS if step * width >= _LABEL * whole), STEPS[-1])
    first = shown.start + -(shown.start + shown.offset) % step
    return [(at, round((at - shown.start) * width / whole)) for at in range(first, shown.end + 1, step)]


class Bars(ScrollView, can_focus=False):
    """The bars; the clocks above them stay when there are more than the room holds."""

    class Picked(Message):
        """The user clicked on a bar, twice to open it (``opened``)."""

        def __init__(self, at: int, *, opened: bool) -> None:
            self.at = at
            self.opened = opened
            super().__init__()

    shown = NOTHING
    cursor = -1

    @property
    def above(self) -> int:
        """The lines above the bars: the clocks, and what is wrong."""
        return len(self.shown.clocks) + 1

    @property
    def wanted(self) -> int:
        """The lines that all of it takes."""
        return self.above + len(self.shown.bars)

    def show(self, shown: Shown, cursor: int) -> None:
        """Show these bars, with the cursor on one of them."""
        self.shown, self.cursor = shown, cursor
        self.virtual_size = Size(0, self.wanted)
        self.reveal()
        self.refresh()

    def reveal(self) -> None:
        """Scroll so that the cursor is in sight."""
        room = self.size.height - self.above
        top = self.scroll_offset.y
        if room > 0 and not top <= self.cursor < top + room:
            self.scroll_to(y=self.cursor if self.cursor < top else self.cursor - room + 1, animate=False, force=True)

    def on_resize(self) -> None:
        """The cursor stays in sight."""
        self.reveal()

    def on_click(self, event: events.Click) -> None:
        """A click points at a bar; a second one opens it."""
        at = event.y - self.above + self.scroll_offset.y
        if event.y >= self.above and at < len(self.shown.bars) and self.shown.bars[at].number:
            self.post_message(self.Picked(at, opened=event.chain == 2))  # noqa: PLR2004  (a double click)

    # Drawing

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        colours, width = ink(self.app.theme_variables), self.scrollable_content_region.width
        clocks, at = len(self.shown.clocks), y - self.above + self.scroll_offset.y
        if y < clocks:
            return line(self._clock(y, colours, width), [], width, colours.ground)
        if y == clocks and clocks:
            return line(self._wrong(colours, width), [], width, colours.ground)
        if not 0 <= at < len(self.shown.bars):
            return line([], [], width, colours.ground)
        bar, here = self.shown.bars[at], at == self.cursor
        ground = colours.cursor if here else colours.ground
        left = [*self._lane(bar, colours, width, here=here), *_words(bar, colours, here=here)]
        room = width - width_of(left[:-1])
        spare = max(room // 3, room - width_of(left[-1:]) - 3)
        place = cut(clean(bar.place), max(0, min(spare, room - _LEAST_TITLE - 3)))
        return line(left, [(f"  {place} ", colours.dim)] if place else [(" ", colours.dim)], width, ground)

    def _clock(self, y: int, colours: Ink, width: int) -> list[Piece]:
        clock, across = self.shown.clocks[y], lane(width)
        signs = ""
        for at, cell in labelled(self.shown, across):
            if cell >= len(signs):
                signs = signs.ljust(cell) + f"{clock.said(at)}  "
        style = colours.ink if y == 0 else colours.dim
        return [(" " * _LEFT, style), (f"{signs.rstrip():<{across}}  ", style), (clock.letters, colours.blue)]

    def _wrong(self, colours: Ink, width: int) -> list[Piece]:
        """What is wrong, above the bars: where, by a line, and in words."""
        across = lane(width)
        signs = self._ticked(across)
        for start, end in self.shown.wrong:
            first, last = cells(start, end, self.shown, across)
            signs[first:last] = "▂" * (last - first)
        pieces: list[Piece] = [(" " * (_LEFT - 2), colours.ink), ("⚠ ", colours.clash)]
        pieces += [(sign, colours.clash if sign == "▂" else colours.faint) for sign in signs]
        return [*pieces, ("  ", colours.ink), (self.shown.words, colours.clash)]

    def _lane(self, bar: Bar, colours: Ink, width: int, *, here: bool) -> list[Piece]:
        across = lane(width)
        first, last = cells(bar.start, bar.end, self.shown, across)
        style = colours.dim if bar.busy else colours.blue if here else colours.ink
        styles = [colours.faint] * first + [style] * (last - first) + [colours.faint] * (across - last)
        signs = self._ticked(across)
        signs[first:last] = ("░" if bar.busy else "▆") * (last - first)
        for start, end in self.shown.wrong:
            if max(start, bar.start) < min(end, bar.end):
                begin, until = cells(max(start, bar.start), min(end, bar.end), self.shown, across)
                styles[begin:until] = [colours.clash] * (until - begin)
        left: list[Piece] = [("▌" if here else " ", colours.blue), (f"{bar.number:>2}  ", colours.blue + BOLD)]
        return left + list(zip(signs, styles, strict=True))

    def _ticked(self, across: int) -> list[str]:
        signs = [" "] * across
        for _, cell in labelled(self.shown, across):
            if cell < across:
                signs[cell] = "│"
        return signs


def _words(bar: Bar, colours: Ink, *, here: bool) -> list[Piece]:
    """Stars, decision and title; the title last."""
    lit, unlit = bar.stars
    style: Style = colours.dim if bar.busy else colours.ink + BOLD if here else colours.ink
    sign = f"{bar.sign} " if bar.sign else ""
    return [
        ("  ", colours.ink),
        (lit, colours.star),
        (unlit, colours.faint),
        (" " * (STARS - len(lit) - len(unlit) + 1), colours.ink),
        (sign, colours.good),
        (clean(bar.words), style),
    ]
