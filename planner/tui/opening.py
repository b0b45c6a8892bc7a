"""What is read before the first paint: the conference nearest to now, its days by number, and the talks of the day shown.

The rest of a large store is read after it; a small one is read whole at once.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, NamedTuple

from planner import times
from planner.plan import Plan
from planner.tui import rows
from planner.tui.rows import Page

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner.model import Conference
    from planner.store import Store
    from planner.store.outline import Outline

AT_ONCE = 1_000
"""As many talks are read in 20 ms; more are read in two parts."""


class Opening(NamedTuple):
    """The plan of what was read, the conference to show, all its pages, and when its last talk ends as far as is known.

    ``whole`` says whether every talk is there; else those of one page are, and every starred one.
    """

    plan: Plan
    slug: str
    pages: list[Page]
    ends: datetime | None
    whole: bool


def nearest(outlines: Mapping[str, Outline], today: date) -> str:
    """The conference that is on, else the one with a day nearest to today, else the first; empty where there is none."""
    best: tuple[int, str] | None = None
    for slug, outline in outlines.items():
        off = 10**6
        if outline.starts:
            first, last = outline.starts[0][0].date(), outline.starts[-1][0].date()
            off = 0 if first <= today <= last else min(abs((first - today).days), abs((last - today).days))
        if best is None or off < best[0]:
            best = (off, slug)
    return best[1] if best else ""


def begin(store: Store, zone: str, now: datetime) -> Opening:
    """What the first paint needs, or everything."""
    first = first_part(store, zone, now)
    if first is not None:
        return first
    slug = nearest(store.outlines(), now.date())
    plan, pages = whole(store, zone, slug)
    return Opening(plan, slug, pages, rows.last_end(plan, pages), whole=True)


def first_part(store: Store, zone: str, now: datetime) -> Opening | None:
    """What the first paint needs; None where reading everything is as quick or is what it needs."""
    outlines = store.outlines()
    if sum(outline.talks for outline in outlines.values()) <= AT_ONCE:
        return None
    slug = nearest(outlines, now.date())
    conference = next(one for one in store.conferences() if one.slug == slug)
    outline = outlines[slug]
    if conference.zone is None or not outline.starts:
        return None
    numbers = _numbers(outline, conference)
    today = times.local_day(now, conference.zone, conference.day_change)
    day = min(numbers, key=lambda held: (abs((held - today).days), held))
    plan = _merged(
        store.load(zone, [slug], between=_stretch(outline, conference, day)), store.load(zone, only_starred=True), slug
    )
    loaded = {page.day: page for page in rows.pages(plan, slug)}
    pages = [Page(held, loaded[held].uids if held in loaded else (), numbers[held]) for held in sorted(numbers)]
    if outline.unscheduled:
        pages.append(Page(None, loaded[None].uids if None in loaded else (), outline.named))
    ends = [outline.starts[-1][0], rows.last_end(plan, pages)]
    return Opening(plan, slug, pages, max(end for end in ends if end is not None), whole=False)


def _numbers(outline: Outline, conference: Conference) -> dict[date, int]:
    """How many talks each day of the conference has."""
    numbers: dict[date, int] = {}
    for start, number in outline.starts:
        day = times.local_day(start, conference.zone or "UTC", conference.day_change)
        numbers[day] = numbers.get(day, 0) + number
    for first, last, number in outline.days:
        day = date.fromisoformat(first)
        while day <= max(date.fromisoformat(last), date.fromisoformat(first)):
            numbers[day] = numbers.get(day, 0) + number
            day += timedelta(days=1)
    return numbers


def _stretch(outline: Outline, conference: Conference, day: date) -> tuple[datetime, datetime]:
    """From the first start of a conference day to its last, and all of the date in UTC, for its all-day entries."""
    zone = conference.zone or "UTC"
    starts = [start for start, _ in outline.starts if times.local_day(start, zone, conference.day_change) == day]
    midnight = datetime.combine(day, time(), UTC)
    return min([midnight, *starts]), max([midnight, *starts]) + timedelta(seconds=1)


def _merged(part: Plan, starred: Plan, slug: str) -> Plan:
    """Both plans as one; the conference of the first part has its sessions there."""
    conferences = dict(starred.conferences)
    conference = part.conferences[slug]
    talks = {talk.uid: talk for talk in (*conferences[slug].talks, *conference.talks)}
    sessions = conference.sessions or conferences[slug].sessions
    conferences[slug] = conference._replace(talks=tuple(talks.values()), sessions=sessions)
    busy = tuple(dict.fromkeys((*part.busy, *starred.busy)))
    return Plan(conferences, {**starred.marks, **part.marks}, busy, part.zone, {**starred.starts, **part.starts})


def whole(store: Store, zone: str, slug: str) -> tuple[Plan, list[Page]]:
    """Everything, with what takes long made ready: the order of the talks, and the pages of a conference."""
    plan = store.load(zone)
    return plan, rows.pages(plan, slug)
