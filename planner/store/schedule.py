"""What was read from schedules: the rows of conferences, sessions and talks, loaded as one plan."""

from __future__ import annotations

from datetime import timedelta

from planner.plan import Plan
from planner.store.busy import touching
from planner.store.rows import conference_of, instant, mark_of, seconds, session_of, talk_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime
    from typing import Any

    from planner.model import Busy, Conference, Mark, Session, Talk

_NEAR = timedelta(hours=12)
_WIDTH = 28  # the columns of a talk; those of its mark follow

_TALKS = """
    SELECT t.uid, t.conference, t.title, t.kind, t.session, t.start_at, t.end_at, t.room, t.board, t.day, t.last_day, t.zone,
        t.said, t.speakers, t.organisations, t.abstract, t.track, t.url, t.links, t.also, t.holds, t.source_id, t.degree,
        t.reason, t.raw, t.cancelled, t.sequence, t.modified,
        mark.uid, mark.starred, mark.rating, mark.decision, mark.note, mark.leave_at, mark.kept, mark.at
"""

ALL = _TALKS + "FROM talk AS t LEFT JOIN mark ON mark.uid = t.uid WHERE t.conference = ? ORDER BY t.position, t.id"
"""The talks of a conference in the order of its source."""

BETWEEN = (
    _TALKS
    + """
    FROM talk AS t LEFT JOIN mark ON mark.uid = t.uid
    WHERE t.conference = ? AND t.start_at >= ? AND t.start_at < ? ORDER BY t.start_at
    """
)
"""The talks of a conference that start within a stretch of time."""

ALL_DAY = (
    _TALKS
    + """
    FROM talk AS t LEFT JOIN mark ON mark.uid = t.uid
    WHERE t.conference = ? AND t.day IS NOT NULL AND t.day <= ? AND coalesce(t.last_day, t.day) >= ?
    """
)
"""The all-day entries of a conference that touch a stretch of days."""

STARRED = _TALKS + "FROM mark JOIN talk AS t ON t.uid = mark.uid WHERE mark.starred = 1"
"""The starred talks of every conference."""

STARTS_OF_SESSION = """
    SELECT start_at FROM talk WHERE conference = ? AND session = ? AND NOT cancelled
"""
"""When the talks of one session start: the next start is the end of a talk without one."""

ONE = _TALKS + "FROM talk AS t LEFT JOIN mark ON mark.uid = t.uid WHERE t.uid = ?"
"""The talk of a uid."""

BY_PREFIX = _TALKS + "FROM talk AS t LEFT JOIN mark ON mark.uid = t.uid WHERE t.uid >= ? AND t.uid < ?"
"""The talks whose uid lies between two texts."""

_CONFERENCES = "SELECT slug, name, zone, day_change, source, read_at, import, layout, number FROM conference"
_SESSIONS = "SELECT conference, key, position, title, chairs, kind, start_at, end_at, room, url FROM session"

COUNTS = """
    SELECT t.conference, total(t.kind <> 'untitled' AND NOT t.cancelled), total(t.kind <> 'untitled' AND mark.starred)
    FROM talk AS t LEFT JOIN mark ON mark.uid = t.uid GROUP BY t.conference
"""
"""How many talks each conference has, and how many of them are starred."""


def conferences(db: sqlite3.Connection) -> tuple[Conference, ...]:
    """Every conference by its slug, without sessions and talks."""
    return tuple(conference_of(row) for row in db.execute(_CONFERENCES + " ORDER BY slug"))


def conference(db: sqlite3.Connection, slug: str) -> Conference | None:
    """One conference, without sessions and talks."""
    row = db.execute(_CONFERENCES + " WHERE slug = ?", (slug,)).fetchone()
    return None if row is None else conference_of(row)


def sessions(db: sqlite3.Connection, slug: str) -> tuple[Session, ...]:
    """The sessions of a conference in the order of its source."""
    return tuple(session_of(row) for row in db.execute(_SESSIONS + " WHERE conference = ? ORDER BY position", (slug,)))


def counts(db: sqlite3.Connection) -> dict[str, tuple[int, int]]:
    """Slug to the number of talks (no untitled slots, no cancelled ones) and of starred ones."""
    return {slug: (int(talks), int(starred)) for slug, talks, starred in db.execute(COUNTS)}


def stretch(db: sqlite3.Connection, slug: str) -> tuple[datetime | None, datetime | None]:
    """The first start and the last end of a conference's talks, None where none has a clock."""
    first, last = db.execute(
        "SELECT min(start_at), max(coalesce(end_at, start_at)) FROM talk WHERE conference = ? AND start_at IS NOT NULL",
        (slug,),
    ).fetchone()
    return instant(first), instant(last)


def load(
    db: sqlite3.Connection,
    zone: str,
    slugs: Sequence[str] | None,
    between: tuple[datetime, datetime] | None,
    uids: Sequence[str] | None,
    *,
    only_starred: bool,
) -> Plan:
    """The plan of what is asked for; see :meth:`planner.store.Store.load`."""
    heads = {head.slug: head for head in conferences(db) if slugs is None or head.slug in slugs}
    talks: dict[str, list[Talk]] = {slug: [] for slug in heads}
    marks: dict[str, Mark] = {}
    for row in _rows(db, heads, between, uids, only_starred=only_starred):
        if row[1] in talks:
            talks[row[1]].append(talk_of(row))
            if row[_WIDTH] is not None:
                marks[row[0]] = mark_of(row[_WIDTH:])
    found = {
        slug: head._replace(sessions=sessions(db, slug) if talks[slug] else (), talks=tuple(talks[slug]))
        for slug, head in heads.items()
    }
    part = between is not None or uids is not None or only_starred
    return Plan(found, marks, _busy(db, talks.values()), zone, _starts(db, talks.values()) if part else None)


def _starts(db: sqlite3.Connection, talks: Iterable[Sequence[Talk]]) -> dict[tuple[str, str], tuple[datetime, ...]]:
    """Every start of the sessions that have a talk without an end among these, by conference and key."""
    endless = {
        (talk.conference, talk.session): None
        for held in talks
        for talk in held
        if talk.session is not None and talk.slot.start is not None and talk.slot.end is None
    }
    return {
        one: tuple(sorted(at for (start,) in db.execute(STARTS_OF_SESSION, one) if (at := instant(start)) is not None))
        for one in endless
    }


def _busy(db: sqlite3.Connection, talks: Iterable[Sequence[Talk]]) -> tuple[Busy, ...]:
    """The busy time that can matter to talks: from half a day before the first start to half a day after the last end."""
    slots = [talk.slot for held in talks for talk in held if talk.slot.start is not None]
    if not slots:
        return ()
    starts = [slot.start for slot in slots if slot.start is not None]
    ends = [slot.end for slot in slots if slot.end is not None]
    return touching(db, min(starts) - _NEAR, max(starts + ends) + _NEAR)


def _rows(
    db: sqlite3.Connection,
    slugs: Iterable[str],
    between: tuple[datetime, datetime] | None,
    uids: Sequence[str] | None,
    *,
    only_starred: bool,
) -> Iterator[tuple[Any, ...]]:
    if uids is not None:
        for uid in uids:
            yield from db.execute(ONE, (uid,))
        if only_starred:
            named = set(uids)
            yield from (row for row in _starred(db, between) if row[0] not in named)
    elif only_starred:
        yield from _starred(db, between)
    elif between is not None:
        first, last = between[0].date().isoformat(), between[1].date().isoformat()
        for slug in slugs:
            yield from db.execute(ALL_DAY, (slug, last, first))
            yield from db.execute(BETWEEN, (slug, seconds(between[0]), seconds(between[1])))
    else:
        for slug in slugs:
            yield from db.execute(ALL, (slug,))


def _starred(db: sqlite3.Connection, between: tuple[datetime, datetime] | None) -> Iterator[tuple[Any, ...]]:
    """The starred talks, or those of them that touch a stretch."""
    rows = db.execute(STARRED).fetchall()
    if between is not None:
        since, until = seconds(between[0]) or 0, seconds(between[1]) or 0
        first, last = between[0].date().isoformat(), between[1].date().isoformat()
        rows = [
            row
            for row in rows
            if (since <= row[5] < until if row[5] is not None else row[9] and row[9] <= last and (row[10] or row[9]) >= first)
        ]
    yield from rows
