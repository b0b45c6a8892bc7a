"""A conference day as a grid: columns across, time down, blocks as tall as talks are long. Pure, on cells and lines.

Instants are rounded to rows of a step of minutes, both ends alike, so that talks which follow each other never overlap. Rows
without a talk are pressed into one line where there are many; lines are what is drawn, rows are time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from planner import heads, times
from planner.tui import grid_columns
from planner.tui.grid_columns import Block

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime

    from planner.model import Talk
    from planner.plan import Plan
    from planner.tui.grid_columns import Stack

STEPS = (5, 10, 15, 30)
"""Minutes that a row may stand for."""

_USUAL_STEPS = STEPS[:3]
_ROWS = 2  # a talk of three in four has so many rows or more: a title needs them
_SHORT = 10  # one talk in so many may be shorter than a row
_FEW_FREE = 3  # so many free rows are drawn, more are pressed into one line


class Line(NamedTuple):
    """A line of the grid: ``row`` (a time), ``gap`` (``seconds`` without a talk), ``now`` or ``day`` (an all-day entry).

    ``mine`` and ``theirs`` are the clocks of the display zone and of the conference, ``shift`` is ``+1`` where the display
    zone's date is the day after the grid's.
    """

    what: str
    mine: str = ""
    theirs: str = ""
    shift: str = ""
    seconds: int = 0


class Part(NamedTuple):
    """What a column shows from line ``top`` to before ``bottom``: a session or a track, and what more is to say of it."""

    top: int
    bottom: int
    words: str
    more: str = ""


class Column(NamedTuple):
    """A column: its name (empty where its parts name it) and its parts in the order of time."""

    name: str
    parts: tuple[Part, ...]

    def at(self, line: int) -> Part | None:
        """The part that is on at a line, else the next, else the last."""
        return next((part for part in self.parts if part.bottom > line), self.parts[-1] if self.parts else None)


class Frame(NamedTuple):
    """What surrounds the talks of a container in a column; the container's own block is at its top."""

    column: int
    top: int
    bottom: int


class Busy(NamedTuple):
    """Busy time on the lines ``top`` to before ``bottom``."""

    top: int
    bottom: int
    title: str


class Grid(NamedTuple):
    """The day: lines down, columns across, blocks in the order of column, time and lane, ``labels`` of parts by cell.

    ``step`` is the minutes of a row, ``mode`` what the columns are.
    """

    lines: tuple[Line, ...] = ()
    columns: tuple[Column, ...] = ()
    blocks: tuple[Block, ...] = ()
    frames: tuple[Frame, ...] = ()
    busy: tuple[Busy, ...] = ()
    labels: dict[tuple[int, int], str] = {}  # noqa: RUF012  (a value: nobody changes it)
    step: int = 5
    mode: str = "rooms"


def natural_step(plan: Plan, talks: Iterable[Talk]) -> int:
    """The longest usual step that gives three talks in four two rows, and leaves few shorter than a row.

    Talks of one session at one time, such as posters, count once.
    """
    slots = {(talk.session or talk.slot.room, talk.slot.start, plan.until(talk)) for talk in talks}
    lengths = sorted(int((until - start).total_seconds()) for _, start, until in slots if start and until)
    if not lengths:
        return _USUAL_STEPS[0]
    quarter, short = lengths[len(lengths) // 4], lengths[len(lengths) // _SHORT]
    fitting = [step for step in _USUAL_STEPS if quarter >= _ROWS * step * 60 and short >= step * 60]
    return max(fitting, default=_USUAL_STEPS[0])


class Axis:
    """Time as rows of ``step`` minutes from ``zero``, in UTC seconds."""

    def __init__(self, plan: Plan, talks: Sequence[Talk], step: int) -> None:
        self.plan = plan
        self.step = step * 60
        starts = [int(talk.slot.start.timestamp()) for talk in talks if talk.slot.start is not None]
        first = min(starts, default=0)
        wall = times.local(_instant(first), plan.zone).utcoffset()
        ahead = int(wall.total_seconds()) if wall else 0
        # A container needs a row for its name above what it holds.
        lead = any(talk.holds is not None for talk in talks)
        self.zero = (first + ahead) // self.step * self.step - ahead - self.step * lead

        self.first = talks[0] if talks else None
        own = heads.own_zone(plan, talks, heads.instants(plan, talks))
        self.theirs = plan.zone if own is None else own  # talks of several clocks have none that is right beside all of them

    def line(self, seconds: float, what: str = "row") -> Line:
        """The clocks at an instant, and how many dates the display zone's is off the day's."""
        assert self.first is not None  # noqa: S101  (there are rows only where there are talks)
        at, plan = _instant(seconds), self.plan
        day = plan.day_of(self.first)
        off = (times.local_day(at, plan.zone) - day).days if day else 0
        mine, theirs = times.clock(at, plan.zone), times.clock(at, self.theirs)
        return Line(what, mine, theirs if theirs != mine else "", f"{off:+d}".replace("-", "−") if off else "")

    def row(self, seconds: float) -> int:
        """The row at whose beginning an instant is, to the nearest; halves go up."""
        return int((seconds - self.zero) * 2 // self.step + 1) // 2

    def rows(self, talk: Talk) -> tuple[int, int]:
        """The rows of a talk with a start, the last not included; at least one."""
        start, until = talk.slot.start, self.plan.until(talk)
        assert start is not None  # noqa: S101  (the caller looked)
        first = self.row(start.timestamp())
        return first, max(first + 1, self.row((until or start).timestamp()))


def _instant(seconds: float) -> datetime:
    from datetime import UTC, datetime

    return datetime.fromtimestamp(seconds, UTC)


def lay(
    plan: Plan, talks: Sequence[Talk], now: datetime, *, mode: str, step: int, lanes: Callable[[int], int], live: bool = True
) -> Grid:
    """The grid of a day's talks. ``lanes`` says how many blocks fit side by side in a column where there are so many columns.

    Every talk is in exactly one block. ``live`` shows the line at now where it is between the first start and the last end.
    """
    timed = [talk for talk in talks if talk.slot.start is not None]
    whole = [talk for talk in talks if talk.slot.start is None]
    axis = Axis(plan, timed, step)
    stacks = grid_columns.stacks(plan, timed, axis.rows, mode)
    most = lanes(len(stacks))
    placed = [grid_columns.place(plan, stack.talks, axis.rows, most) for stack in stacks]
    taken = [(one.top, one.bottom) for blocks, _ in placed for one in blocks]
    taken += [frame for _, frames in placed for frame in frames]
    used = {row for top, bottom in taken for row in range(top, bottom)}
    last = max((bottom for _, bottom in taken), default=0)
    days = [Line("day")] * len(whole)
    lines, rows = _lines(axis, used, last, now.timestamp() if live and timed else None)
    place = [len(days) + line for line in rows]
    blocks = [Block(-1, at, at + 1, (talk.uid,)) for at, talk in enumerate(whole)]
    frames = []
    for at, (own, surrounding) in enumerate(placed):
        blocks += [_block(at, one, place) for one in own]
        frames += [Frame(at, place[top], place[bottom - 1] + 1) for top, bottom in surrounding]
    columns = tuple(_column(stack, place) for stack in stacks)
    labels = _labels(columns, blocks)
    return Grid((*days, *lines), columns, tuple(blocks), tuple(frames), _busy(plan, axis, place), labels, step, mode)


def _block(column: int, one: Block, place: Sequence[int]) -> Block:
    """A block of rows as one of lines."""
    return one._replace(column=column, top=place[one.top], bottom=place[one.bottom - 1] + 1)


def _lines(axis: Axis, used: set[int], last: int, now: float | None) -> tuple[list[Line], list[int]]:
    """The lines of the rows, and the line of each row; now stands before the first row that begins then or later."""
    marker = -1 if now is None else -int((axis.zero - now) // axis.step)
    lines: list[Line] = []
    place: list[int] = []
    row = 0
    while row < last:
        free = row
        while free < last and free not in used:
            free += 1
        pressed = free - row > _FEW_FREE
        if now is not None and (row == marker or (pressed and row < marker < free)):
            lines.append(axis.line(now, "now"))
        step = free - row if pressed else 1
        place += [len(lines)] * step
        lines.append(Line("gap", seconds=step * axis.step) if pressed else axis.line(axis.zero + row * axis.step))
        row += step
    return [*lines, *([axis.line(now, "now")] if now is not None and marker == last else [])], place


def _column(stack: Stack, place: Sequence[int]) -> Column:
    parts = (Part(place[top], place[bottom - 1] + 1, words, more) for top, bottom, words, more in stack.parts)
    return Column(stack.name, tuple(parts))


def _labels(columns: Sequence[Column], blocks: Sequence[Block]) -> dict[tuple[int, int], str]:
    """The name of each part but the first in the line above it, where that is free and the part does not name itself."""
    taken = {(block.column, line) for block in blocks for line in range(block.top, block.bottom)}
    named = {(block.column, block.top) for block in blocks if block.words}
    labels = {}
    for at, column in enumerate(columns):
        for part in column.parts[1:]:
            above = (at, part.top - 1)
            if part.words and above not in taken and (at, part.top) not in named and (at, part.top) in taken:
                labels[above] = part.words
    return labels


def _busy(plan: Plan, axis: Axis, place: Sequence[int]) -> tuple[Busy, ...]:
    """The user's own calendar on the rows that there are."""
    found = []
    for span in plan.busy_spans():
        top, bottom = max(0, axis.row(span.start)), min(len(place), axis.row(span.end))
        if top < len(place) and bottom > 0 and top <= bottom:
            top = min(top, max(0, bottom - 1))
            found.append(Busy(place[top], place[max(top, bottom - 1)] + 1, plan.busy_title(span.uid) or ""))
    return tuple(sorted(found))
