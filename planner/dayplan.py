"""A day of the plan as it will be lived: talks, visits to posters, busy time and free time, in order, with what is amiss."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from planner import agenda, clash, times, visits
from planner.values import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from planner.model import Conference, Talk
    from planner.plan import Plan

    Needs = Callable[[str, str], int]

WEEK = timedelta(days=7)
"""Conferences that are no further apart than this are planned together."""


class Entry(NamedTuple):
    """One stretch of a day: ``what`` is ``all day``, ``talk``, ``visit`` (posters), ``busy`` or ``free``.

    ``start`` and ``end`` are instants in UTC (None for all day). ``talks`` are the talk, or the posters of the visit in
    walking order; ``title`` is the busy time's. ``clashes`` names what it clashes with, as :meth:`Plan.clashing` does, and
    ``hurry`` is the change of room before it where that is too short.
    """

    what: str
    start: datetime | None = None
    end: datetime | None = None
    talks: tuple[Talk, ...] = ()
    title: str = ""
    clashes: tuple[tuple[str, int], ...] = ()
    hurry: clash.Tight | None = None


def week(plan: Plan, slug: str) -> Plan:
    """The plan of a conference and of those that are not further than a week from it: one goes to them in one journey."""
    stretches = {one: _stretch(conference) for one, conference in plan.conferences.items()}
    here = stretches.get(slug)
    near = [
        one
        for one, there in stretches.items()
        if one == slug or (here and there and there[0] <= here[1] + WEEK and here[0] <= there[1] + WEEK)
    ]
    return plan if len(near) == len(plan.conferences) else plan.only(near)


def _stretch(conference: Conference) -> tuple[datetime, datetime] | None:
    """The first and the last start of a conference's talks; None where none has a day."""
    starts = [talk.slot.start for talk in conference.talks if talk.slot.start is not None]
    starts += [datetime.combine(talk.slot.day, time(), UTC) for talk in conference.talks if talk.slot.day is not None]
    return (min(starts), max(starts)) if starts else None


class Programme(NamedTuple):
    """From when to when a conference day has talks, planned or not.

    The day lasts from ``since`` to ``until``: midnight to midnight, or where its conferences change their day. ``start`` and
    ``end`` are those of its titled talks that take place, of which the last begins at ``latest``; None where none has a clock.
    All are instants in UTC.
    """

    day: date
    since: datetime
    until: datetime
    start: datetime | None = None
    end: datetime | None = None
    latest: datetime | None = None


def talks(plan: Plan) -> dict[date, list[Talk]]:
    """The talks of every conference day in the order of time, planned or not."""
    found: dict[date, list[Talk]] = {}
    for talk in plan.by_uid.values():
        for day in plan.days_of(talk):
            found.setdefault(day, []).append(talk)
    return found


def days(plan: Plan) -> dict[date, Programme]:
    """Every conference day in order; it hangs on when talks are, so a plan of their times alone has the same days."""
    return {day: _programme(plan, day, held) for day, held in sorted(talks(plan).items())}


def _programme(plan: Plan, day: date, talks: Sequence[Talk]) -> Programme:
    timed = [talk for talk in talks if not talk.cancelled and not talk.untitled]
    starts = [talk.slot.start for talk in timed if talk.slot.start is not None]
    ends = [end for talk in timed if (end := plan.until(talk)) is not None]
    return Programme(
        day,
        *plan.day_span(day, talks),
        min(starts, default=None),
        max(ends, default=None),
        max(starts, default=None),
    )


def entries(plan: Plan, programme: Programme, needs: Needs, hours: tuple[int, int] = (8, 22)) -> tuple[Entry, ...]:
    """A day as it will be lived.

    ``needs`` gives the seconds from room to room, ``hours`` the user's day for :func:`free`.
    """
    hurried = agenda.short(plan, needs)
    found = [_entry(plan, item, hurried) for item in visits.gathered(plan, planned(plan, programme))]
    held = (one for one in plan.busy if one.start < programme.until and one.end > programme.since)
    found += [Entry("busy", one.start, one.end, title=one.title) for one in held]
    found += [Entry("free", start, end) for start, end in free(plan, programme, hours)]
    return tuple(sorted(found, key=_place))


def planned(plan: Plan, programme: Programme) -> list[Talk]:
    """The planned talks of a day, in the order of time."""
    return [talk for talk in plan.by_uid.values() if plan.planned(talk) and programme.day in plan.days_of(talk)]


def _place(entry: Entry) -> tuple[float, int, float]:
    """All-day entries first, then by start; of what begins together the longer first, and free time last."""
    if entry.start is None or entry.end is None:
        return float("-inf"), 0, 0
    return entry.start.timestamp(), entry.what == "free", -entry.end.timestamp()


def _entry(plan: Plan, item: Talk | visits.Visit, hurried: Mapping[str, clash.Tight]) -> Entry:
    if isinstance(item, visits.Visit):
        hurry = next((hurried[talk.uid] for talk in item.talks if talk.uid in hurried), None)
        return Entry("visit", item.start, item.leaves, item.talks, "", tuple(visits.clashing(plan, item)), hurry)
    start, end = item.slot.start, plan.leaves(item)
    if start is None or end is None:
        return Entry("all day", talks=(item,))
    return Entry("talk", start, end, (item,), "", tuple(plan.clashing(item.uid)), hurried.get(item.uid))


def free(plan: Plan, programme: Programme, hours: tuple[int, int]) -> list[tuple[datetime, datetime]]:
    """The free time of a day, in UTC: between its planned talks, and around them while the programme runs.

    What is before the first and after the last planned one counts only within ``hours`` of the display zone's clocks, and
    after a night only where a talk is still to begin: to get up for the end of the last one is no use of free time. What is
    planned on other days takes its time too: where conferences keep clocks far apart their days overlap.
    """
    if programme.start is None or programme.end is None or programme.latest is None:
        return []
    here = plan.spans(planned(plan, programme))
    start, end, latest = (int(at.timestamp()) for at in (programme.start, programme.end, programme.latest))
    first = min((span.start for span in here), default=end)
    last = max((span.end for span in here), default=end)
    least = agenda.LEAST_FREE_MINUTES * 60
    found: list[tuple[int, int]] = []
    taken = [*plan.planned_spans(), *plan.busy_spans()]
    for since, until in clash.gaps(taken, start, end, least):
        inner = first <= since and until <= last
        awake = [(since, until)] if inner else _awake(since, until, hours, plan.zone, least)
        found += [part for part in awake if part[0] == since or part[0] <= latest]
    return [(datetime.fromtimestamp(since, UTC), datetime.fromtimestamp(until, UTC)) for since, until in found]


def _awake(since: int, until: int, hours: tuple[int, int], zone: str, least: int) -> Iterator[tuple[int, int]]:
    """The parts of a stretch that lie within the hours of the zone's days."""
    day = times.local_day(datetime.fromtimestamp(since, UTC), zone)
    while (morning := int(times.day_start(day, zone, hours[0] * 60).timestamp())) < until:
        begin = max(since, morning)
        end = min(until, int(times.day_start(day, zone, hours[1] * 60).timestamp()))
        if end - begin >= least:
            yield begin, end
        day += timedelta(days=1)
