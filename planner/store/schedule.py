"""What was read from schedules: the rows of conferences, sessions and talks, loaded as one plan."""

from __future__ import annotations

from datetime import timedelta

from planner.model import Talk
from planner.plan import Plan
from planner.store.busy import touching
from planner.store.rows import conference_of, instant, mark_of, seconds, session_of, slot_of, talk_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
    from datetime import datetime
    from typing import Any

    from planner.model import Busy, Conference, Mark, Session

    Stretch = tuple[datetime, datetime]

_NEAR = timedelta(hours=12)
_WIDTH = 28  # the columns of a talk; those of its mark follow

_TALKS = """
    SELECT t.uid, t.conference, t.title, t.kind, t.session, t.start_at, t.end_at, t.room, t.board, t.day, t.last_day, t.zone,
        t.said, t.speakers, t.organisations, t.abstract, t.track, t.url, t.links, t.also, t.holds, t.source_id, t.degree,
        t.reason, t.raw, t.cancelled, t.sequence, t.modified,
        mark.uid, mark.starred, mark.rating, mark.decision, mark.note, mark.leave_at, mark.kept, mark.at
"""

_LONG = ("t.said", "t.organisations", "t.abstract", "t.links", "t.raw")
"""The columns of what only a talk in full says, half of all that a talk holds."""

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
    WHERE t.conference = ? AND t.day IS NOT NULL AND t.day <= ? AND max(t.day, coalesce(t.last_day, t.day)) >= ?
    """
)
"""The all-day entries of a conference that touch a stretch of days."""

STARRED = _TALKS + "FROM mark JOIN talk AS t ON t.uid = mark.uid WHERE mark.starred = 1"
"""The starred talks of every conference."""

WITHOUT_SLOT = (
    _TALKS
    + """
    FROM talk AS t LEFT JOIN mark ON mark.uid = t.uid WHERE t.conference = ? AND t.start_at IS NULL AND t.day IS NULL
    """
)
"""The talks of a conference that have no slot yet."""

TIMES = """
    SELECT DISTINCT start_at, end_at, day, last_day, zone, kind, cancelled, CASE WHEN end_at IS NULL THEN session END
    FROM talk WHERE conference = ? AND (start_at IS NOT NULL OR day IS NOT NULL)
"""
"""When talks of a conference are, each time once, with all that the length of a day hangs on."""

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

ABSTRACT = "SELECT abstract FROM talk WHERE uid = ?"
"""The abstract of a talk."""

OFFERED = """
    SELECT t.kind, t.track, t.room, count(*), total(mark.starred), total(mark.decision = 'going')
    FROM talk AS t LEFT JOIN mark ON mark.uid = t.uid WHERE t.conference = ? GROUP BY 1, 2, 3
"""
"""What the talks of a conference can be told apart by, and how many of them are starred or will be gone to."""

ADDED = """
    SELECT talk.uid FROM conference JOIN added ON added.conference = conference.slug AND added.import = conference.import
    JOIN talk ON talk.id BETWEEN first AND last LEFT JOIN mark ON mark.uid = talk.uid
    WHERE conference.slug = ? ORDER BY coalesce(mark.starred, 0) DESC, talk.position, talk.id
"""
"""The talks that the last import of a conference added, starred ones first."""

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


def abstract(db: sqlite3.Connection, uid: str) -> str:
    """The abstract of a talk; empty where there is none."""
    row = db.execute(ABSTRACT, (uid,)).fetchone()
    return "" if row is None else str(row[0])


def offered(db: sqlite3.Connection, slug: str) -> list[tuple[str, str | None, str | None, int, int, int]]:
    """Kind, track and room of a conference's talks, and the numbers of talks, stars and talks to go to."""
    return [(*row[:4], int(row[4]), int(row[5])) for row in db.execute(OFFERED, (slug,))]


def added(db: sqlite3.Connection, slug: str) -> tuple[str, ...]:
    """The uids of the talks that the last import of a conference added, starred ones first."""
    return tuple(uid for (uid,) in db.execute(ADDED, (slug,)))


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
    between: Stretch | None,
    uids: Sequence[str] | None,
    *,
    only_starred: bool,
    brief: bool,
) -> Plan:
    """The plan of what is asked for; see :meth:`planner.store.Store.load`."""
    heads = {head.slug: head for head in conferences(db) if slugs is None or head.slug in slugs}
    part = between is not None or uids is not None or only_starred
    rows = _rows(db, heads, between, uids, only_starred=only_starred, brief=brief)
    return _plan(db, zone, heads, rows, part=part)


def page(db: sqlite3.Connection, zone: str, slugs: Sequence[str], between: Stretch | None) -> Plan:
    """The plan of a page and of all stars; see :meth:`planner.store.Store.page`."""
    heads = {head.slug: head for head in conferences(db)}
    return _plan(db, zone, heads, _on_page(db, slugs, between), part=True, between=between)


def times(db: sqlite3.Connection, zone: str) -> Plan:
    """The plan of the times alone; see :meth:`planner.store.Store.times`."""
    found = {}
    for head in conferences(db):
        rows = enumerate(db.execute(TIMES, (head.slug,)))
        talks = tuple(_stand_in(f"{head.slug} {number}", head.slug, row) for number, row in rows)
        found[head.slug] = head._replace(talks=talks)
    return Plan(found, {}, (), zone, _starts(db, [head.talks for head in found.values()]))


def _stand_in(uid: str, slug: str, row: tuple[Any, ...]) -> Talk:
    """A talk that stands for all of one time."""
    start, end, day, last_day, zone, kind, cancelled, session = row
    slot = slot_of((start, end, None, None, day, last_day, zone, ""))
    return Talk(uid, slug, "", kind, session, slot, cancelled=cancelled == 1)


def _plan(
    db: sqlite3.Connection,
    zone: str,
    heads: Mapping[str, Conference],
    rows: Generator[tuple[Any, ...]],
    *,
    part: bool,
    between: Stretch | None = None,
) -> Plan:
    """The plan of the talks of some rows, each once, with the busy time around them and a stretch.

    ``part`` says that there may be more talks in their sessions.
    """
    talks: dict[str, dict[str, Talk]] = {slug: {} for slug in heads}
    marks: dict[str, Mark] = {}
    try:
        for row in rows:
            held = talks.get(row[1])
            if held is not None and row[0] not in held:
                held[row[0]] = talk_of(row)
                if row[_WIDTH] is not None:
                    marks[row[0]] = mark_of(row[_WIDTH:])
    finally:
        rows.close()  # where a row is damaged: a statement that is not at its end keeps the store locked
    found = {
        slug: head._replace(sessions=sessions(db, slug) if talks[slug] else (), talks=tuple(talks[slug].values()))
        for slug, head in heads.items()
    }
    loaded = [conference.talks for conference in found.values()]
    return Plan(found, marks, _busy(db, loaded, between), zone, _starts(db, loaded) if part else None)


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


def _busy(db: sqlite3.Connection, talks: Iterable[Sequence[Talk]], between: Stretch | None) -> tuple[Busy, ...]:
    """The busy time that can matter to talks or in a stretch: from half a day before it all to half a day after."""
    slots = [talk.slot for held in talks for talk in held if talk.slot.start is not None]
    instants = [at for slot in slots for at in (slot.start, slot.end) if at is not None]
    instants += between or ()
    return touching(db, min(instants) - _NEAR, max(instants) + _NEAR) if instants else ()


def _rows(
    db: sqlite3.Connection,
    slugs: Iterable[str],
    between: Stretch | None,
    uids: Sequence[str] | None,
    *,
    only_starred: bool,
    brief: bool,
) -> Generator[tuple[Any, ...]]:
    if uids is not None:
        for uid in uids:
            yield from db.execute(_select(ONE, brief), (uid,))
    if only_starred:
        yield from _starred(db, between, brief=brief)
    elif uids is None and between is not None:
        for slug in slugs:
            yield from _between(db, slug, between, brief=brief)
    elif uids is None:
        for slug in slugs:
            yield from db.execute(_select(ALL, brief), (slug,))


def _select(statement: str, brief: bool) -> str:
    """A statement that asks for talks; in brief with empty texts in the place of the columns of a talk in full."""
    for column in _LONG if brief else ():
        statement = statement.replace(column, "''")
    return statement


def _on_page(db: sqlite3.Connection, slugs: Sequence[str], between: Stretch | None) -> Generator[tuple[Any, ...]]:
    """In brief the talks of a stretch, or without one those that have no slot, and all starred ones."""
    for slug in slugs:
        if between is not None:
            yield from _between(db, slug, between, brief=True)
        else:
            yield from db.execute(_select(WITHOUT_SLOT, brief=True), (slug,))
    yield from _starred(db, None, brief=True)


def _between(db: sqlite3.Connection, slug: str, between: Stretch, *, brief: bool) -> Iterator[tuple[Any, ...]]:
    """The talks of a conference that start in a stretch, and the all-day entries that touch its days."""
    first, last = between[0].date().isoformat(), between[1].date().isoformat()
    yield from db.execute(_select(ALL_DAY, brief), (slug, last, first))
    yield from db.execute(_select(BETWEEN, brief), (slug, seconds(between[0]), seconds(between[1])))


def _starred(db: sqlite3.Connection, between: Stretch | None, *, brief: bool) -> Iterator[tuple[Any, ...]]:
    """The starred talks, or those of them that touch a stretch."""
    rows: Iterable[tuple[Any, ...]] = db.execute(_select(STARRED, brief))
    if between is not None:
        since, until = seconds(between[0]) or 0, seconds(between[1]) or 0
        first, last = between[0].date().isoformat(), between[1].date().isoformat()
        rows = (
            row
            for row in rows
            if (since <= row[5] < until if row[5] is not None else row[9] and row[9] <= last and (row[10] or row[9]) >= first)
        )
    yield from rows
