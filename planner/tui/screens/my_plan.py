"""My plan: a day as it will be lived, with what would fit into its free time."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, cast

from textual import on
from textual.content import Content

from planner import dayplan, gaps, times
from planner.errors import PlannerError
from planner.store import open_store
from planner.tui import opening, rows
from planner.tui.commands import BY_ID, bindings, keys_of
from planner.tui.errand import Errand
from planner.tui.screens import my_plan_view as view
from planner.tui.screens.fits import Fits
from planner.tui.screens.inner import VIEWS, Leave
from planner.tui.screens.listed import TALK_ACTS, Listed, at_board, go, known
from planner.tui.screens.schedule_view import fields
from planner.tui.widgets.day_tabs import DayTabs, Tab

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date, datetime
    from typing import Any, ClassVar

    from textual.widget import Widget

    from planner.dayplan import Entry, Programme
    from planner.gaps import Fit
    from planner.plan import Plan
    from planner.similar import Alike
    from planner.tui.rows import Row
    from planner.tui.widgets.talk_list import Fields


def _day(step: int, screen: MyPlan) -> None:
    screen.turn(step)


def _now(screen: MyPlan) -> None:
    """The day that is now, or the nearest to it; and there what is on now or comes next."""
    days = list(screen.days)
    if days:
        screen.turn_to(screen.nearest(days))


def _on_line(decision: str, screen: MyPlan) -> None:
    """Decide on the talk under the cursor, or on all posters of a visit as one step."""
    entry = screen.shown.entries.get(screen.talks.uid)
    if entry is None:
        TALK_ACTS["going" if decision == "going" else "skip"](screen)
    elif entry.what == "visit":
        uids = [talk.uid for talk in entry.talks]
        done = all(screen.desk.plan.mark(uid).decision == decision for uid in uids)
        change = partial(screen.desk.decide_each, dict.fromkeys(uids, "undecided" if done else decision))
        if screen.attempt(change) and decision == "skipped":
            screen.notify(f"{rows.count(len(uids), 'poster')} skipped; u takes it back.", markup=False, timeout=4)
    else:
        _fits(screen)


def _star(screen: MyPlan) -> None:
    entry = screen.shown.entries.get(screen.talks.uid)
    if entry is None:
        TALK_ACTS["star"](screen)
    elif entry.what == "visit":
        _fold(screen, entry)
    else:
        _fits(screen)


def _open(screen: MyPlan) -> None:
    """To the talk in the Schedule; on a visit its posters, on free time what would fit."""
    entry = screen.shown.entries.get(screen.talks.uid)
    if entry is None:
        go(screen)
    elif entry.what == "visit":
        _fold(screen, entry)
    else:
        _fits(screen)


def _fold(screen: MyPlan, entry: Entry) -> None:
    screen.unfolded ^= {view.key(entry)}
    screen.refresh_view()


def _fits(screen: MyPlan) -> None:
    """What would fit into the free time under the cursor, else into the next that something fits into, else into the first."""
    screen.fit()  # what is proposed is of this moment, also right after a star
    uids = list(screen.talks.uids())
    here = uids.index(screen.talks.uid) if screen.talks.uid in uids else 0
    for uid in [*uids[here:], *uids[:here]]:
        entry = screen.shown.entries.get(uid)
        fits = screen.fits.get(entry.start, ()) if entry is not None and entry.start is not None else ()
        if entry is not None and fits:
            screen.talks.go_to(uid)
            screen.app.push_screen(Fits(screen.plan, entry, fits), screen.star_fit)
            return
        if entry is not None and entry.what == "free" and uid == screen.talks.uid:
            screen.notify("No talk fits into this time.", markup=False, timeout=4)
            return
    screen.notify("There is no free time on this day that a talk would fit into.", markup=False, timeout=4)


def _suggest(screen: MyPlan) -> None:
    """The best plan over this screen; what was decided there shows here."""

    def back(left: Leave | None) -> None:
        screen.refresh_view()
        if left is not None and (left.uid or left.then not in {"", screen.HERE}):
            screen.dismiss(left)

    screen.app.push_screen(VIEWS["suggest"]()(screen.desk, screen.services, screen.remapped, screen.talk_uid), back)


def _columns(plan: Plan, planned: Sequence[str], away: bool, width: int) -> Fields:
    """The columns for the talks of a day; ``away`` is whether something that is no talk is on another date."""
    found = fields(plan, planned, "time", width)
    return found._replace(shift=3) if away else found


def _alike(home: str, starred: list[str], slugs: list[str], now: datetime, tell: Callable[[str], None]) -> list[Alike]:
    """What is like the stars, through a connection of its own (100 ms for 30 stars among 10,000 talks)."""
    del tell
    with open_store(home, now=now) as store:
        store.stay_small()
        return store.similar(starred, slugs=slugs, limit=None) if starred else []


class MyPlan(Listed):
    """One day at a time, of all conferences of the week; ``at`` is its number among the days."""

    HERE = "my_plan"
    HEADING = "My plan"
    ENTER = "plan_open"
    ACTS: ClassVar[Mapping[str, Callable[[Any], object]]] = {
        **TALK_ACTS,
        "day_after": partial(_day, 1),
        "day_before": partial(_day, -1),
        "now": _now,
        "star": _star,
        "going": partial(_on_line, "going"),
        "skip": partial(_on_line, "skipped"),
        "plan_open": _open,
        "fits": _fits,
        "suggest": _suggest,
    }
    BINDINGS = bindings(*known(ACTS))

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.at = -1
        self.unfolded: set[str] = set()
        self.shown = view.Shown([], {}, {}, {})
        self.fits: Mapping[datetime, Sequence[Fit]] = {}
        self._following = ("", "")
        self._days: tuple[Plan, dict[date, Programme]] | None = None
        self._day: view.Day | None = None
        self._asked: tuple[object, frozenset[str]] | None = None
        self._alike: list[Alike] = []
        self.errand: Errand | None = None

    def body(self) -> Iterable[Widget]:
        """The days as tabs above the list."""
        yield DayTabs(id="tabs")
        yield from super().body()

    # What is shown

    @property
    def days(self) -> dict[date, Programme]:
        """The days of the week with talks, planned or not, worked out once for what is stored."""
        week = self.week
        if self._days is None or self._days[0] is not week:
            self._days = (week, dayplan.days(week))
        return self._days[1]

    def refresh_view(self) -> None:
        """The day again from the desk, the cursor where it was."""
        days = self.days
        if not days:
            self.head(Content.assemble(("My plan", "bold $blue"), ("  no talk has a day yet", "$dim")))
            self.talks.show_plan((), {}, partial(fields, self.plan, (), "time"))
            return
        if not 0 <= self.at < len(days):
            self.at = self._first_day(list(days))
        self._draw(list(days)[self.at])

    def _draw(self, date_: date, on_uid: str = "") -> None:
        self._hold(date_)
        desk, now, plan = self.desk, self.desk.now(), self.plan
        entries = dayplan.entries(plan, self.days[date_], desk.needs, desk.hours)
        self._following = view.following(plan, now)
        self._day = view.Day(date_, entries, self.fits, now, desk.live, "".join(keys_of(BY_ID["clashes"], self.remapped)[:1]))
        planned = [talk.uid for entry in entries for talk in entry.talks]
        self._show(on_uid or self.talks.uid or self._first_line(plan, planned, now))
        self.head(*view.heading(plan, self._day))
        self.query_one(DayTabs).show(self._tabs(plan, now), self.at, "")
        self.call_after_refresh(self.fit)

    def _hold(self, date_: date) -> None:
        """Have the day on the desk; where it cannot be read that is told, and the stars are shown."""
        self._near = None  # two days at once would be 2 MiB more
        hold = partial(self.desk.hold_day, self.days[date_], frozenset(self.week.conferences))
        self.asking(hold, None)

    def _show(self, on_uid: str) -> None:
        """The lines of the day."""
        if self._day is not None:
            plan = self.plan
            self.shown = view.shown(plan, self._day, self.unfolded)
            planned = [talk.uid for entry in self._day.entries for talk in entry.talks]
            away = any(aside.shift for aside in self.shown.asides.values())
            columns = lambda width: _columns(self.plan, planned, away, width)  # noqa: E731  (the plan is let go with its day)
            self.talks.show_plan(self.shown.lines, self.shown.asides, columns, on=on_uid)

    def fit(self) -> None:
        """What fits into the free time: after the day is painted, for that takes longer (10 ms for 2,500 talks a day)."""
        if self._day is None or not self.uppermost:  # an answer may come after the screen was left
            return
        plan, desk = self.plan, self.desk
        stretches = [(one.start, one.end) for one in self._day.entries if one.what == "free" and one.start and one.end]
        since = desk.now() if desk.live else None
        talks = [plan.by_uid[uid] for uid in opening.talks_of(plan, plan.conferences, self._day.day)]
        found = gaps.fitting(plan, stretches, talks, desk.needs, alike=self._alike, since=since)
        fits = {start: fits for (start, _), fits in zip(stretches, found, strict=True)}
        if fits != self.fits:
            self.fits = fits
            self._day = self._day._replace(fits=fits)
            self._show(self.talks.uid)
        self._wonder(plan)

    def _first_day(self, days: Sequence[date]) -> int:
        """The day of the talk that the Schedule's cursor is on, else the one nearest to now."""
        plan = self.desk.plan
        talk = plan.by_uid.get(self.uid)
        wanted = plan.day_of(talk) if talk is not None else None
        if wanted in days:
            return days.index(wanted)
        return self.nearest(days)

    def nearest(self, days: Sequence[date]) -> int:
        """The day that is now, or the nearest to it; of two that are now that of the conference that is shown."""
        now, today = self.desk.now(), self.desk.today()

        def away(at: int) -> tuple[timedelta, int]:
            held = self.days[days[at]]
            return max(held.since - now, now - held.until + timedelta.resolution, timedelta()), abs((days[at] - today).days)

        return min(range(len(days)), key=away)

    def _first_line(self, plan: Plan, planned: Sequence[str], now: datetime) -> str:
        """Where the cursor begins: on the Schedule's talk, else on what is on now or comes next, else on the first."""
        if self.uid in planned:
            return self.uid
        return rows.coming(plan, planned, now) if self.desk.live else ""

    def _tabs(self, plan: Plan, now: datetime) -> list[Tab]:
        months = {day.month for day in self.days}
        made = []
        stars = Counter(day for talk in plan.planned_talks() for day in plan.days_of(talk))
        for day, held in self.days.items():
            words = times.day(day) if len(months) > 1 else times.day(day).rpartition(" ")[0]
            made.append(Tab(words, stars[day], held.since <= now < held.until))
        return made

    def describe(self, uid: str) -> Row:
        """A talk of the day; a poster of a visit has its board in the place of its time."""
        row = super().describe(uid)
        if uid in self.shown.boards:
            return at_board(row, self.shown.boards[uid], self.talks.fields)
        return row._replace(said=row.said or self._following[1]) if uid == self._following[0] else row

    def mark(self, uid: str, change: Callable[[], object]) -> None:
        """As everywhere; what is skipped is no longer here, which is said."""
        super().mark(uid, change)
        if self.desk.plan.mark(uid).decision == "skipped":
            self.notify("Skipped, so not in the plan; u takes it back.", markup=False, timeout=4)

    def in_full(self, uid: str) -> Content:
        """A talk; the posters of a visit; what would fit into free time."""
        entry = self.shown.entries.get(uid)
        if entry is None:
            return super().in_full(uid)
        if entry.what == "visit":
            return view.of_visit(self.desk.plan, entry)
        return view.of_free(self.desk.plan, entry, self.fits.get(entry.start, ()) if entry.start else ())

    def keys(self) -> list[tuple[str, str, str, int]]:
        """The footer, with where enter leads."""
        return [("plan_open", "enter", "open", 2), *super().keys()]

    # What is like the stars

    def _wonder(self, plan: Plan) -> None:
        """Ask which talks are like the stars, in a thread, where they are not those of the last time."""
        starred = frozenset(mark.uid for mark in plan.marks.values() if mark.starred and mark.uid in plan.by_uid)
        if self._asked is not None and self._asked[0] is self.week and self._asked[1] == starred:
            return
        self._asked = (self.week, starred)
        if self.errand is not None:
            self.errand.call_off()
        ask = partial(_alike, self.services.home, sorted(starred), list(plan.conferences), self.desk.now())
        self.errand = Errand(self, ask).start()

    def on_errand_done(self, message: Errand.Done) -> None:
        """The answer; one to an older question is dropped. What is like the stars is an extra: a failure is told elsewhere."""
        if message.errand is not self.errand:
            return
        self.errand = None
        if message.failure is None:
            self._alike = cast("list[Alike]", message.result)
            self.fit()
        elif not isinstance(message.failure, PlannerError):
            raise message.failure

    # What the user does

    def turn(self, step: int) -> None:
        """Show another day, round."""
        if self.days:
            self.turn_to((self.at + step) % len(self.days))

    def turn_to(self, at: int, on_uid: str = "") -> None:
        """Show a day, with the cursor on what is on now or comes next, else on the first line."""
        day, programme = list(self.days.items())[at]
        self.at = at
        self._hold(day)
        planned = [talk.uid for talk in dayplan.planned(self.plan, programme)]
        begin = on_uid or (rows.coming(self.plan, planned, self.desk.now()) if self.desk.live else "")
        self.talks.cursor = -1
        self._draw(day, begin)

    @on(DayTabs.Picked)
    def _picked(self, event: DayTabs.Picked) -> None:
        self.turn_to(event.said)

    def star_fit(self, uid: str | None) -> None:
        """Star what was chosen for a gap, or take a skipped one up again; the cursor goes to it."""
        if not uid:
            return
        skipped = self.desk.plan.mark(uid).decision == "skipped"
        change = partial(self.desk.decide, uid, "skipped") if skipped else partial(self.desk.star, uid)
        if self.attempt(change):
            self.talks.go_to(uid)
            self.notify("In the plan; u takes it back.", markup=False, timeout=3)
