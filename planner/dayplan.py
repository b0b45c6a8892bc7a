"""A day of the plan as it will be lived: talks, visits to posters, busy time and free time, in order, with what is amiss."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from planner import clash, times, visits
from planner.agenda import LEAST_FREE_MINUTES
from planner.plan import Plan
from planner.values import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from planner.model import Conference, Talk

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
    near = {
        one: plan.conferences[one]
        for one, there in stretches.items()
        if one == slug or (here and there and there[0] <= here[1] + WEEK and here[0] <= there[1] + WEEK)
    }
    return plan if len(near) == len(plan.conferences) else Plan(near, plan.marks, plan.busy, plan.zone)


def _stretch(conference: Conference) -> tuple[datetime, datetime] | None:
    """The first and the last start of a conference's talks; None where none has a day."""
    starts = [talk.slot.start for talk in conference.talks if talk.slot.start is not None]
    starts += [datetime.combine(talk.slot.day, time(), UTC) for talk in conference.talks if talk.slot.day is not None]
    return (min(starts), max(starts)) if starts else None


def days(plan: Plan) -> dict[date, tuple[Talk, ...]]:
    """Every conference day in order, with all its talks in the order of time."""
    found: dict[date, list[Talk]] = {}
    for talk in plan.by_uid.values():
        for day in plan.days_of(talk):
            found.setdefault(day, []).append(talk)
    return {day: tuple(found[day]) for day in sorted(found)}


def entries(plan: Plan, day: date, talks: Sequence[Talk], needs: Needs, hours: tuple[int, int] = (8, 22)) -> tuple[Entry, ...]:
    """A day as it will be lived; ``talks`` are all that the day has, planned or not.

    ``needs`` gives the seconds from room to room. Free time before the first and after the last planned talk counts while
    the programme runs and within ``hours`` of the display zone's clocks.
    """
    planned = [talk for talk in talks if plan.planned(talk)]
    hurried = {one.after.uid: one for one in reversed(plan.tight(needs))}
    found = [_entry(plan, item, hurried) for item in visits.gathered(plan, planned)]
    since, until = window(plan, day, talks)
    found += [Entry("busy", one.start, one.end, title=one.title) for one in plan.busy if one.start < until and one.end > since]
    found += [Entry("free", start, end) for start, end in free(plan, talks, hours)]
    return tuple(sorted(found, key=_place))


def _place(entry: Entry) -> tuple[float, int, float]:
    """All-day entries first, then by start; of what begins together the longer first, and free time last."""
    if entry.start is None or entry.end is None:
        return float("-inf"), 0, 0
    return entry.start.timestamp(), entry.what == "free", -entry.end.timestamp()


def _entry(plan: Plan, item: Talk | visits.Visit, hurried: Mapping[str, clash.Tight]) -> Entry:
    if isinstance(item, visits.Visit):
        hurry = next((hurried[talk.uid] for talk in item.talks if talk.uid in hurried), None)
        return Entry("visit", item.start, item.end, item.talks, "", tuple(visits.clashing(plan, item)), hurry)
    start, end = item.slot.start, plan.until(item)
    if start is None or end is None:
        return Entry("all day", talks=(item,))
    leave_at = plan.mark(item.uid).leave_at
    if leave_at is not None and start < leave_at < end:
        end = leave_at
    return Entry("talk", start, end, (item,), "", tuple(plan.clashing(item.uid)), hurried.get(item.uid))


def window(plan: Plan, day: date, talks: Iterable[Talk]) -> tuple[datetime, datetime]:
    """When the day begins and ends: midnight to midnight, or where they change their day, of the conferences it has."""
    slugs = dict.fromkeys(talk.conference for talk in talks)
    zones = [(plan.conferences[slug].zone or plan.zone, plan.conferences[slug].day_change) for slug in slugs]
    first = [_clock(day, 0, zone) + timedelta(minutes=change) for zone, change in zones or [(plan.zone, 0)]]
    last = [_clock(day, 24, zone) + timedelta(minutes=change) for zone, change in zones or [(plan.zone, 0)]]
    return min(first), max(last)


def _clock(day: date, hour: int, zone: str) -> datetime:
    """The instant at which clocks in a zone show that hour; 24 is the midnight after."""
    wall = datetime.combine(day + timedelta(days=hour // 24), time(hour % 24), times.zone(zone))
    return wall.astimezone(UTC)


def free(plan: Plan, talks: Iterable[Talk], hours: tuple[int, int] = (8, 22)) -> list[tuple[datetime, datetime]]:
    """The free time of a day, in UTC: between its planned talks, and around them while the programme runs.

    ``talks`` are all that the day has. What is before the first and after the last planned one counts only within ``hours``.
    """
    held = [talk for talk in talks if not talk.untitled]
    programme = plan.spans(held)
    if not programme:
        return []
    planned = plan.spans(talk for talk in held if plan.planned(talk))
    start, end = min(span.start for span in programme), max(span.end for span in programme)
    first = min((span.start for span in planned), default=end)
    last = max((span.end for span in planned), default=end)
    least = LEAST_FREE_MINUTES * 60
    found: list[tuple[int, int]] = []
    for since, until in clash.gaps([*planned, *plan.busy_spans()], start, max(end, last), least):
        inner = first <= since and until <= last
        found += [(since, until)] if inner else _awake(since, until, hours, plan.zone, least)
    return [(datetime.fromtimestamp(since, UTC), datetime.fromtimestamp(until, UTC)) for since, until in found]


def _awake(since: int, until: int, hours: tuple[int, int], zone: str, least: int) -> Iterator[tuple[int, int]]:
    """The parts of a stretch that lie within the hours of the zone's days."""
    day = times.local_day(datetime.fromtimestamp(since, UTC), zone)
    while _clock(day, hours[0], zone).timestamp() < until:
        begin = max(since, int(_clock(day, hours[0], zone).timestamp()))
        end = min(until, int(_clock(day, hours[1], zone).timestamp()))
        if end - begin >= least:
            yield begin, end
        day += timedelta(days=1)
