"""The user's own calendar as busy time: apart from the schedule, replaced file by file, never exported."""

from __future__ import annotations

from planner.model import Busy
from planner.store.rows import instant, sayable, seconds
from planner.values import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    Stretch = tuple[datetime, datetime]

TOUCHING = (
    "SELECT DISTINCT start_at, end_at, title FROM busy WHERE end_at > ? AND start_at < ? ORDER BY start_at, end_at, title"
)
"""Busy times that touch a stretch, each once however many files have it."""


class BusyFile(NamedTuple):
    """A calendar file that was read: how many busy times it gave, and the stretches that it was read for."""

    source: str
    times: int
    stretches: tuple[Stretch, ...]


def touching(db: sqlite3.Connection, since: datetime, until: datetime) -> tuple[Busy, ...]:
    """The busy times that touch a stretch, in order."""
    return tuple(
        Busy(start, end, title)
        for start_at, end_at, title in db.execute(TOUCHING, (seconds(since), seconds(until)))
        if (start := instant(start_at)) is not None and (end := instant(end_at)) is not None
    )


def put(db: sqlite3.Connection, source: str, times: Iterable[Busy], stretches: Sequence[Stretch]) -> None:
    """Put a file's busy times in the place of those that it had."""
    source = sayable(source)
    db.execute("DELETE FROM busy WHERE source = ?", (source,))
    db.execute("DELETE FROM busy_days WHERE source = ?", (source,))
    db.executemany(
        "INSERT OR IGNORE INTO busy (source, start_at, end_at, title) VALUES (?, ?, ?, ?)",
        [(source, seconds(one.start), seconds(one.end), sayable(one.title)) for one in times],
    )
    db.executemany(
        "INSERT OR REPLACE INTO busy_days (source, since_at, until_at) VALUES (?, ?, ?)",
        [(source, seconds(since), seconds(until)) for since, until in stretches],
    )


def clear(db: sqlite3.Connection) -> int:
    """Forget all busy time; how many times that were."""
    number = db.execute("DELETE FROM busy").rowcount
    db.execute("DELETE FROM busy_days")
    return int(number)


def files(db: sqlite3.Connection) -> tuple[BusyFile, ...]:
    """The files that were read."""
    counts = dict(db.execute("SELECT source, count(*) FROM busy GROUP BY source"))
    stretches: dict[str, list[Stretch]] = {}
    for source, since_at, until_at in db.execute("SELECT source, since_at, until_at FROM busy_days ORDER BY source, since_at"):
        since, until = instant(since_at), instant(until_at)
        if since is not None and until is not None:
            stretches.setdefault(source, []).append((since, until))
    return tuple(BusyFile(source, counts.get(source, 0), tuple(read_for)) for source, read_for in stretches.items())
