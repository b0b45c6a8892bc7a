"""The Timetable screen: a conference day as the printed grid, rooms or sessions across and time down."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual import on
from textual.content import Content
from textual.widgets import Static

from planner import heads, times
from planner.tui import grid_columns, grid_layout, rows
from planner.tui.commands import bindings
from planner.tui.grid_layout import STEPS
from planner.tui.screens import schedule_view as view
from planner.tui.screens.inner import COMMON, Inner
from planner.tui.screens.schedule_acts import ACTS as ON_SCHEDULE
from planner.tui.widgets.day_tabs import DayTabs
from planner.tui.widgets.draw import content
from planner.tui.widgets.grid import MOVES, TalkGrid
from planner.tui.widgets.grid_strip import lanes_that_fit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from typing import Any

    from textual.message import Message
    from textual.widget import Widget

    from planner.model import Talk
    from planner.plan import Plan
    from planner.tui.desk import Desk, Services
    from planner.tui.grid_layout import Grid
    from planner.tui.rows import Page, Row


# What the user does


def _move(how: str, screen: Timetable) -> None:
    screen.talks.action_move(how)


def _day(step: int, screen: Timetable) -> None:
    screen.turn_to(screen.at + step)


def _now(screen: Timetable) -> None:
    """To today, and in the column of the cursor to what is on."""
    screen.turn_to(rows.nearest(screen.pages, screen.desk.today()))
    said = view.not_now(screen.desk)
    if said:
        screen.notify(said, markup=False, timeout=4)
    elif not screen.talks.to_now():
        coming = rows.coming(screen.desk.plan, (talk.uid for talk in screen.of_day), screen.desk.now())
        screen.talks.go_to(coming, centre=True)


def _next_star(step: int, screen: Timetable) -> None:
    stars = [talk.uid for talk in screen.of_day if screen.desk.plan.mark(talk.uid).starred]
    if not screen.talks.go_to(screen.talks.moves.starred(screen.talks.uid, stars, step), centre=True):
        screen.notify("No talk of this day is starred.", markup=False, timeout=3)


def _columns(screen: Timetable) -> None:
    offered = grid_columns.modes(screen.of_day)
    if len(offered) == 1:
        screen.notify(f"This day has nothing but {offered[0]} to put across.", markup=False, timeout=3)
        return
    screen.mode = offered[(offered.index(screen.across) + 1) % len(offered)]
    screen.refresh_view()


def _zoom(by: int, screen: Timetable) -> None:
    shown = screen.talks.moves.grid.step
    screen.step = STEPS[min(max(STEPS.index(shown) + by, 0), len(STEPS) - 1)]
    if screen.step == shown:
        screen.notify(f"A line is {shown} minutes; there is no other step beyond.", markup=False, timeout=3)
    screen.refresh_view()


ACTS: Mapping[str, Callable[[Any], object]] = {
    **{how: partial(_move, how) for how in MOVES},
    "grid_day_after": partial(_day, 1),
    "grid_day_before": partial(_day, -1),
    "grid_next_star": partial(_next_star, 1),
    "grid_star_before": partial(_next_star, -1),
    "grid_columns": _columns,
    "grid_finer": partial(_zoom, -1),
    "grid_coarser": partial(_zoom, 1),
    "now": _now,
    **{name: ON_SCHEDULE[name] for name in ("star", "better", "worse", "going", "skip", "note", "open", "copy")},
}
"""What the commands of the table do here."""


class Timetable(Inner):
    """One day at a time, which the desk turns to. ``mode`` and ``step`` are what the user chose (None: what suits the day)."""

    HERE = "timetable"
    HEADING = "Timetable"
    ACTS = ACTS
    BINDINGS = bindings(*COMMON, *(id_ for id_ in ACTS if id_ not in MOVES))
    AUTO_FOCUS = "#grid"
    DEFAULT_CSS = """
    #grid { height: 1fr; scrollbar-size-vertical: 1; scrollbar-size-horizontal: 0; border-top: solid $faint; }
    #foot { height: 3; padding: 0 1; border-top: solid $faint; text-wrap: nowrap; text-overflow: ellipsis; }
    """

    def __init__(self, desk: Desk, services: Services, remapped: Mapping[str, str], uid: str = "") -> None:
        super().__init__(desk, services, remapped, uid)
        wanted = desk.page_of(uid) if uid else len(self.pages)
        desk.turn(wanted if wanted < len(self.pages) else rows.nearest(desk.pages, desk.today()))
        self.mode: str | None = None
        self.step: int | None = None
        self._live = False
        self._shown: tuple[object, ...] = ()

    def body(self) -> Iterable[Widget]:
        """The days, the grid, and the talk under its cursor in two lines."""
        yield DayTabs(id="tabs")
        yield TalkGrid(self.describe, id="grid")
        yield Static(Content(""), id="foot", markup=False)

    def keys(self) -> list[tuple[str, str, str, int]]:
        """The footer, with where enter leads."""
        return [("details", "enter", "in the list", 3), *super().keys()]

    # What is shown

    @property
    def talks(self) -> TalkGrid:
        """The grid."""
        return self.query_one("#grid", TalkGrid)

    @property
    def pages(self) -> Sequence[Page]:
        """The days of the conference."""
        return [page for page in self.desk.pages if page.day is not None]

    @property
    def page(self) -> Page | None:
        """The day that is shown; None where the conference has none."""
        return self.pages[self.at] if self.at < len(self.pages) else None

    @property
    def at(self) -> int:
        """The day's number."""
        return self.desk.at

    @property
    def of_day(self) -> Sequence[Talk]:
        """The talks of the day."""
        return [self.desk.talk(uid) for uid in self.desk.uids] if self.page is not None else ()

    def describe(self, uid: str) -> Row:
        """A talk as a row of words."""
        return rows.row(self.desk.plan, uid, self.desk.now(), live=self._live)

    def refresh_view(self) -> None:
        """The day again from the desk; where only marks are others, nothing moves."""
        plan, now = self.desk.plan, self.desk.now()
        self._live = self.desk.live
        minute = now.replace(second=0, microsecond=0)
        shown = (plan.conferences, plan.busy, plan.zone, self.desk.slug, self.at, self.mode, self.step, minute)
        before, self._shown = self._shown, shown
        if shown == before:
            self.talks.redraw()
        else:
            self.lay(self.talks.uid or self.uid)
        self.refresh_heads()
        self.refresh_foot()

    def lay(self, on_uid: str) -> None:
        """Lay the day out with the cursor on a talk, else on what is on now, else on the first."""
        plan, talks = self.desk.plan, self.of_day
        held = {talk.uid for talk in talks}
        if on_uid not in held:
            coming = rows.coming(plan, (talk.uid for talk in talks), self.desk.now()) if self._live else ""
            on_uid = coming
        empty = f"No talk of {self.desk.name} has a day yet." if self.page is None else ""
        self.talks.show(self.laid, view.clocks(self.desk)[:2], on=on_uid, empty=empty)

    def laid(self, width: int) -> Grid:
        """The day laid out for a width in cells."""
        talks = self.of_day
        step = self.step or grid_layout.natural_step(self.desk.plan, talks)
        lanes = partial(lanes_that_fit, width)
        return grid_layout.lay(
            self.desk.plan, talks, self.desk.now(), mode=self.across, step=step, lanes=lanes, live=self._live
        )

    @property
    def across(self) -> str:
        """What the columns are."""
        offered = grid_columns.modes(self.of_day)
        return self.mode if self.mode in offered else offered[0]

    def refresh_heads(self) -> None:
        """The first line and the tabs."""
        desk = self.desk
        facts = view.masthead(desk)
        across = f"{desk.name} · {self.across} across"
        said = [*(f"{across} · {zones}" for zones in facts.zones[: 3 if len(facts.zones) > 1 else 0]), across]
        self.head(*(Content.assemble(("Timetable", "bold $blue"), "  ", content(words, "$dim")) for words in said))
        tabs = view.tabs(desk)[: len(self.pages)]
        self.query_one(DayTabs).show(tabs, self.at, "")

    def refresh_foot(self) -> None:
        """The talk under the cursor in two lines."""
        uid = self.talks.uid
        self.query_one("#foot", Static).update(in_two_lines(self.desk.plan, uid) if uid else Content(""), layout=False)

    def turn_to(self, at: int) -> None:
        """Another day, in the same room at the same time of day if it has one."""
        if self.pages:
            name, clock = self.talks.here
            if self.attempt(partial(self.desk.turn, at % len(self.pages))):
                self.talks.go_near(name, clock)

    @on(TalkGrid.Reached)
    @on(TalkGrid.Opened)
    @on(TalkGrid.Starred)
    @on(DayTabs.Picked)
    def _told(self, message: Message) -> None:
        match message:
            case TalkGrid.Reached():
                self.refresh_foot()
            case TalkGrid.Opened(said=uid):
                self.leave(uid)
            case TalkGrid.Starred():
                self.action_run("star")
            case DayTabs.Picked(said=at):
                self.turn_to(at)


def in_two_lines(plan: Plan, uid: str) -> Content:
    """A talk for the foot: whole title and who; both clocks, where, and what it clashes with."""
    talk = plan.by_uid[uid]
    title = content(talk.title or "untitled slot", "bold strike $dim" if talk.cancelled else "bold $ink")
    first = [Content.styled("Cancelled  ", "bold $clash") if talk.cancelled else Content(""), title]
    if talk.speakers:
        first += [Content("   "), content(", ".join(talk.speakers), "$dim")]
    said = [content(_clocks(plan, talk), "$ink")]
    leave = plan.mark(uid).leave_at
    said += [Content.styled(f"leave at {times.clock(leave, plan.zone)}", "$blue")] if leave else []
    for other, seconds in plan.clashing(uid):
        name = plan.by_uid[other].title if other in plan.by_uid else f"your {plan.busy_title(other)}"
        said.append(Content.assemble((f"⚠ {times.lasting(seconds)} with ", "$clash"), content(name, "$ink")))
    session = plan.session(talk)
    board = f"board {talk.slot.board}" if talk.slot.board else ""
    place = " · ".join(part for part in (talk.slot.room, board, session.title if session else "", talk.track) if part)
    said += [content(place, "$dim")] if place else []
    return Content("\n").join([Content("").join(first), Content("   ").join(said)])


def _clocks(plan: Plan, talk: Talk) -> str:
    """``Thu 6 May 20:00–20:15 CEST · 11:00 PDT``."""
    start, end = talk.slot.start, talk.slot.end
    if start is None:
        return f"{times.day(talk.slot.day)}, all day" if talk.slot.day else ""
    day = times.day(times.local_day(start, plan.zone))
    mine = f"{day} {times.clock(start, plan.zone)}" + (f"–{times.clock(end, plan.zone)}" if end else " (no end given)")
    theirs = plan.zone_of(talk)
    mine += f" {heads.letters((start, end or start), plan.zone)}"
    if times.behind(start, plan.zone, theirs) == times.SAME:
        return mine
    return f"{mine} · {times.clock(start, theirs)} {times.letters(start, theirs)}"
