"""A conference as it lies on the table: its days by number, and of its talks those of one day, besides every starred one.

All of 10,000 talks would take 10 MiB and a quarter of a second; a day of them takes a quarter of that.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, NamedTuple

from planner import times
from planner.store import outline as outlined
from planner.store.outline import Outline
from planner.tui import rows
from planner.tui.rows import Page

if TYPE_CHECKING:
    from collections.abc import Container, Mapping, Sequence

    from planner.model import Conference
    from planner.plan import Plan
    from planner.store import Store


class Opening(NamedTuple):
    """What is read to show a page: the plan, the conference, its pages, the number of the one shown, and its talks in order.

    The plan holds these and every starred one, all in brief; ``outline`` tells when the others are. ``version`` is the store's
    before anything was read.
    """

    plan: Plan
    slug: str = ""
    pages: tuple[Page, ...] = ()
    at: int = 0
    uids: tuple[str, ...] = ()
    outline: Outline = Outline()
    version: int = 0


def begin(store: Store, zone: str, now: datetime) -> Opening:
    """What the first paint needs: the conference that is nearest to now, at its day that is."""
    return lay(store, zone, "", now, now)


def nearest(outlines: Mapping[str, Outline], today: date) -> str:
    """The conference that is on, else the one with a day nearest to today, else the first; empty where there is none."""
    best: tuple[int, str] | None = None
    for slug, outline in outlines.items():
        off = 10**6
        if outline.starts:
            first, last = outline.starts[0].at.date(), outline.starts[-1].at.date()
            off = 0 if first <= today <= last else min(abs((first - today).days), abs((last - today).days))
        if best is None or off < best[0]:
            best = (off, slug)
    return best[1] if best else ""


def lay(store: Store, zone: str, slug: str, wanted: datetime | Page, now: datetime) -> Opening:
    """A conference at a page, or at the day nearest to that or to an instant; the one nearest to now where it is not there."""
    version, outlines = store.version(), store.outlines()
    if slug not in outlines:
        slug, wanted = nearest(outlines, now.date()), now
    conference = store.conference(slug)
    if conference is None:
        return Opening(store.load(zone, only_starred=True, brief=True), version=version)
    outline = outlines[slug]
    pages = pages_of(outline, conference, zone)
    if isinstance(wanted, datetime):
        at = rows.nearest(pages, times.local_day(wanted, conference.zone or zone, conference.day_change))
    else:
        same = (number for number, page in enumerate(pages) if page.day == wanted.day)
        at = next(same, rows.nearest(pages, wanted.day) if wanted.day else 0)
    day = pages[at].day if pages else None
    plan = store.page(zone, [slug], None if day is None else _stretch(outline, conference, zone, day))
    return Opening(plan, slug, pages, at, talks_of(plan, [slug], day), outline, version)


def pages_of(outline: Outline, conference: Conference, zone: str) -> tuple[Page, ...]:
    """The days of a conference in order, and last the page of talks with no slot yet if there are any."""
    numbers: dict[date, int] = {}
    for start in outline.starts:
        day = outlined.day(start, conference, zone)
        numbers[day] = numbers.get(day, 0) + start.talks
    for first, last, number in outline.days:
        day = date.fromisoformat(first)
        while day <= max(date.fromisoformat(last), date.fromisoformat(first)):
            numbers[day] = numbers.get(day, 0) + number
            day += timedelta(days=1)
    unscheduled = (Page(None, outline.named),) if outline.unscheduled else ()
    return (*(Page(day, numbers[day]) for day in sorted(numbers)), *unscheduled)


def _stretch(outline: Outline, conference: Conference, zone: str, day: date) -> tuple[datetime, datetime]:
    """From the first start of a conference day to its last, and all of the date in UTC, for its all-day entries."""
    midnight = datetime.combine(day, time(), UTC)
    starts = [midnight, *(start.at for start in outline.starts if outlined.day(start, conference, zone) == day)]
    return min(starts), max(starts) + timedelta(seconds=1)


def talks_of(plan: Plan, slugs: Container[str], day: date | None) -> tuple[str, ...]:
    """The talks of a day of conferences (None: those with no slot yet) among those of a plan, in the order of time."""
    known: dict[tuple[object, ...], bool] = {}  # many talks begin together: a quarter of the time that turning a page takes
    found = []
    for talk in plan.by_uid.values():
        if talk.conference in slugs:
            when = (talk.conference, talk.slot.start, talk.slot.zone, talk.slot.day, talk.slot.last_day)
            there = known.get(when)
            if there is None:
                there = known[when] = day in plan.days_of(talk) if day else not talk.scheduled
            found += [talk.uid] * there
    return tuple(found)


def live(plan: Plan, uids: Sequence[str], outline: Outline, now: datetime) -> bool:
    """Whether a conference has still something to come; once its last talk has begun, as far as these talks tell."""
    if not outline.starts:
        return False
    return outline.starts[-1].at > now or bool(rows.coming(plan, uids, now))
