"""When a conference's talks are, without the talks: what tabs need before anything else is loaded."""

from __future__ import annotations

from planner.store.rows import instant
from planner.values import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from datetime import datetime

STARTS = "SELECT conference, start_at, count(*) FROM talk WHERE start_at IS NOT NULL GROUP BY conference, start_at"
"""How many talks of a conference start at an instant, in the order of time; read from the index on starts alone."""

REST = """
    SELECT day, coalesce(last_day, day), count(*), total(kind <> 'untitled') FROM talk
    WHERE conference = ? AND start_at IS NULL GROUP BY 1, 2
"""
"""How many talks of a conference have no clock, by the first and last day of all-day entries (null: no slot yet), and how
many of them a title."""


class Outline(NamedTuple):
    """The instants at which talks start (UTC, in order) with their numbers, the days of all-day entries, those with no slot.

    ``days`` are the first and the last of all-day entries as ISO dates, with numbers; of the ``unscheduled`` talks ``named``
    have a title.
    """

    starts: tuple[tuple[datetime, int], ...] = ()
    days: tuple[tuple[str, str, int], ...] = ()
    unscheduled: int = 0
    named: int = 0

    @property
    def talks(self) -> int:
        """How many talks there are."""
        return sum(number for _, number in self.starts) + sum(number for *_, number in self.days) + self.unscheduled


def outlines(db: sqlite3.Connection) -> dict[str, Outline]:
    """The outline of each conference by its slug."""
    starts: dict[str, list[tuple[datetime, int]]] = {slug: [] for (slug,) in db.execute("SELECT slug FROM conference")}
    for slug, at, number in db.execute(STARTS):
        start = instant(at)
        if start is not None and slug in starts:
            starts[slug].append((start, number))
    found = {}
    for slug, held in starts.items():
        rest = db.execute(REST, (slug,)).fetchall()
        days = tuple((day, last, number) for day, last, number, _ in rest if day is not None)
        unscheduled, named = next(((number, int(named)) for day, _, number, named in rest if day is None), (0, 0))
        found[slug] = Outline(tuple(held), days, unscheduled, named)
    return found
