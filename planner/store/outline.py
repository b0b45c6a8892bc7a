"""When a conference's talks are, without the talks: what tabs need before anything else is loaded."""

from __future__ import annotations

from planner import times
from planner.store.rows import instant
from planner.values import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from datetime import date, datetime

    from planner.model import Conference

STARTS = "SELECT start_at, NULL, count(*) FROM talk WHERE conference = ? AND start_at IS NOT NULL GROUP BY 1 ORDER BY 1"
"""How many talks of a conference start at an instant, in the order of time; read from the index on starts alone."""

STARTS_AND_ZONES = """
    SELECT start_at, zone, count(*) FROM talk WHERE conference = ? AND start_at IS NOT NULL GROUP BY 1, 2 ORDER BY 1, 2
"""
"""The same by the zones of the talks, which decide on the day where the conference has none."""

REST = """
    SELECT day, coalesce(last_day, day), count(*), total(kind <> 'untitled') FROM talk
    WHERE conference = ? AND start_at IS NULL GROUP BY 1, 2 ORDER BY 1, 2
"""
"""How many talks of a conference have no clock, by the first and last day of all-day entries (null: no slot yet), and how
many of them a title."""


class Start(NamedTuple):
    """An instant at which so many talks start, in UTC; their ``zone`` where the conference keeps none."""

    at: datetime
    zone: str | None
    talks: int


class Outline(NamedTuple):
    """When talks start, in the order of time, the days of all-day entries, and how many talks have no slot.

    ``days`` are the first and the last of all-day entries as ISO dates, with numbers; of the ``unscheduled`` talks ``named``
    have a title.
    """

    starts: tuple[Start, ...] = ()
    days: tuple[tuple[str, str, int], ...] = ()
    unscheduled: int = 0
    named: int = 0


def day(start: Start, conference: Conference, zone: str) -> date:
    """The conference day of talks that start together, as :meth:`planner.plan.Plan.day_of` has it in a display zone."""
    return times.local_day(start.at, conference.zone or start.zone or zone, conference.day_change)


def own_days(outline: Outline, conference: Conference, zone: str) -> list[str]:
    """The first and the last conference day as ISO dates, one where they are the same, none where no talk has a day."""
    days = [str(day(start, conference, zone)) for start in outline.starts]
    days += [one for first, last, _ in outline.days for one in (first, last)]
    return list(dict.fromkeys((min(days), max(days)))) if days else []


def outlines(db: sqlite3.Connection) -> dict[str, Outline]:
    """The outline of each conference by its slug."""
    found = {}
    for slug, zone in db.execute("SELECT slug, zone FROM conference").fetchall():
        asked = db.execute(STARTS if zone else STARTS_AND_ZONES, (slug,))
        starts = tuple(Start(at, zone, number) for start, zone, number in asked if (at := instant(start)) is not None)
        rest = db.execute(REST, (slug,)).fetchall()
        days = tuple((day, last, number) for day, last, number, _ in rest if day is not None)
        unscheduled, named = next(((number, int(named)) for day, _, number, named in rest if day is None), (0, 0))
        found[slug] = Outline(starts, days, unscheduled, named)
    return found
