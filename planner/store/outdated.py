"""What marks say of a talk's old time: an import that moves the talk takes it away, says so, and undo brings it back."""

from __future__ import annotations

from planner.store import marks
from planner.store.rows import TALK, parted
from planner.values import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime
    from typing import Any

    from planner.model import Mark

KEEPING = "SELECT uid, kept FROM mark WHERE kept <> ''"
"""Every mark with accepted overlaps: they are few, and a pair that came from elsewhere may stand on one side alone."""

_TIMES = tuple(TALK.index(column) for column in ("start_at", "end_at", "day", "last_day"))
_NOW = "SELECT title, talk.zone, conference.zone FROM talk JOIN conference ON slug = talk.conference WHERE uid = ?"


class Moved(NamedTuple):
    """A talk that an import gave another start or end, and its conference."""

    uid: str
    conference: str


def moved(before: Iterable[Sequence[Any]], after: Mapping[str, Sequence[Any]]) -> list[Moved]:
    """Those of the rows of talks before that have other times in the rows after."""
    found = []
    for row in before:
        now = after.get(row[0])
        if now is not None and any(row[at] != now[at] for at in _TIMES):
            found.append(Moved(row[0], row[1]))
    return found


def clear(db: sqlite3.Connection, talks: Sequence[Moved], images: list[Any], now: datetime) -> list[tuple[str, str]]:
    """Take away when moved talks were to be left, and their accepted overlaps: each ``(conference, sentence)``.

    ``images`` gets the marks as they were.
    """
    if not talks:
        return []
    slugs = {talk.uid: talk.conference for talk in talks}
    keeping = {uid: frozenset(parted(kept)) for uid, kept in db.execute(KEEPING).fetchall()}
    touched = dict.fromkeys([*slugs, *(uid for uid, kept in keeping.items() if kept & slugs.keys())])
    said: list[tuple[str, str]] = []
    pairs: dict[frozenset[str], None] = {}
    for uid, mark in marks.marks(db, touched).items():
        gone = mark.kept if uid in slugs else mark.kept & slugs.keys()
        leave_at = mark.leave_at if uid not in slugs else None
        if leave_at == mark.leave_at and not gone:
            continue
        images.append(("mark", uid, marks.image(db, uid)))
        marks.write(db, mark._replace(leave_at=leave_at, kept=mark.kept - gone, at=now))
        pairs.update(dict.fromkeys(frozenset((uid, other)) for other in gone))
        if leave_at != mark.leave_at:
            said.append((slugs[uid], _left(db, mark)))
    for pair in pairs:
        first = next(uid for uid in slugs if uid in pair)
        said.append((slugs[first], _accepted(db, first, *(pair - {first}))))
    return said


def _left(db: sqlite3.Connection, mark: Mark) -> str:
    """That a talk was to be left early, on the clocks of its conference."""
    from planner import times

    title, own, theirs = db.execute(_NOW, (mark.uid,)).fetchone()
    zone = theirs or own or "UTC"
    at = mark.leave_at
    when = f"{times.clock(at, zone)} {times.letters(at, zone)}" if at else "some time"
    return f"'{title}' has another time: you meant to leave at {when}; say anew when, if you still do."


def _accepted(db: sqlite3.Connection, uid: str, *others: str) -> str:
    """That an overlap counts as a clash again, where there still is one."""
    known = [other for other in others if db.execute("SELECT 1 FROM talk WHERE uid = ?", (other,)).fetchone()]
    other = marks.titles(db, known) if known else "your own calendar"
    return f"{marks.titles(db, [uid])} has another time: that it overlaps {other} is no longer accepted."
