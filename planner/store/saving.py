"""An import is written, and taken back: only the rows that differ, and what they were before."""

from __future__ import annotations

from itertools import count
from operator import itemgetter

from planner.changes import first_said, merge
from planner.errors import StoreError
from planner.model import Change, Mark
from planner.store import fetched, marks, search
from planner.store.rows import (
    CONFERENCE,
    SESSION,
    TALK,
    conference_of,
    conference_row,
    instant,
    sayable,
    seconds,
    session_of,
    session_row,
    talk_of,
    talk_row,
    written,
)
from planner.values import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import datetime
    from typing import Any

    from planner.changes import Merge
    from planner.model import Conference, Reading, Session

    Image = tuple[str, Any, Any]

MANY = 5000
"""From this many written talks on, the search index is made compact at once instead of bit by bit.

With fewer, which is one conference, a search is as fast in the seven pieces that 4,700 talks make as in one; making one of
them is a quarter of an import, and doubles the file.
"""

_NOTHING = {None: "NULL", "": "''", 0: "0"}
_AT_ONCE = 500  # values asked for in one statement; SQLite takes 999 everywhere


class Saved(NamedTuple):
    """What an import did: how many talks it added, moved and so on, each change, and what was known by a close title only.

    ``conference`` is what it made of the conference, whole; None where nothing differs from what was stored. ``facts`` names
    what else of it changed besides its talks: the name, the zone, when its days end, sessions.
    """

    added: int = 0
    moved: int = 0
    edited: int = 0
    cancelled: int = 0
    back: int = 0
    unchanged: int = 0
    changes: tuple[Change, ...] = ()
    near: tuple[str, ...] = ()
    conference: Conference | None = None
    facts: tuple[str, ...] = ()


class Rows(NamedTuple):
    """The stored rows of one conference: its own, those of its sessions by key, and of its talks by uid, each with its id."""

    conference: tuple[Any, ...] | None
    sessions: dict[str, tuple[Any, ...]]
    talks: dict[str, tuple[Any, ...]]

    def value(self) -> Conference | None:
        """The conference, whole."""
        if self.conference is None:
            return None
        sessions = tuple(session_of(row) for row in self.sessions.values())
        return conference_of(self.conference, sessions, tuple(talk_of(row) for row in self.talks.values()))


def _select(columns: Sequence[str], rest: str) -> str:
    return f"SELECT {', '.join(columns)} FROM {rest}"  # noqa: S608  (both are constants of this package)


def _put(table: str, columns: Sequence[str], key: str) -> str:
    sets = ", ".join(f"{column} = excluded.{column}" for column in columns)
    signs = ", ".join("?" * len(columns))
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({signs}) ON CONFLICT ({key}) DO UPDATE SET {sets}"  # noqa: S608  (constants of this package)


_READ_CONFERENCE = _select(CONFERENCE, "conference WHERE slug = ?")
_READ_SESSIONS = _select(SESSION, "session WHERE conference = ? ORDER BY position")
_READ_TALKS = _select((*TALK, "id"), "talk WHERE conference = ? ORDER BY position, id")
_READ_TALK = _select((*TALK, "id"), "talk WHERE uid = ?")
_PUT_CONFERENCE = _put("conference", CONFERENCE, "slug")
_PUT_SESSION = _put("session", SESSION, "conference, key")
_LAST_CHANGE = "SELECT coalesce(max(id), 0) FROM change"
_CHANGE_TALK = f"UPDATE talk SET {', '.join(f'{column} = ?' for column in TALK)} WHERE id = ?"  # noqa: S608  (constants)


_DROP_SESSION = "DELETE FROM session WHERE conference = ? AND key = ?"
_POSITION, _SEQUENCE, _MODIFIED = TALK.index("position"), TALK.index("sequence"), TALK.index("modified")
_IMPORT = CONFERENCE.index("import")

CHANGES = """
    SELECT change.uid, what, before, after, at FROM conference JOIN change
    ON change.conference = conference.slug AND change.import = conference.import
    WHERE conference.slug = ? ORDER BY change.id
"""
"""What the last import of a conference did to talks that were there."""

ADDED = f"""
    SELECT {", ".join(f"talk.{column}" for column in TALK)}, conference.read_at FROM conference JOIN added
    ON added.conference = conference.slug AND added.import = conference.import
    JOIN talk ON talk.id BETWEEN first AND last WHERE conference.slug = ? ORDER BY talk.position, talk.id
"""  # noqa: S608  (constants of this package)
"""The talks that it added, and when that was."""


def stored(db: sqlite3.Connection, slug: str) -> Rows:
    """Read the rows of a conference."""
    return Rows(
        db.execute(_READ_CONFERENCE, (slug,)).fetchone(),
        {row[1]: row for row in db.execute(_READ_SESSIONS, (slug,))},
        {row[0]: row for row in db.execute(_READ_TALKS, (slug,))},
    )


def merged(
    db: sqlite3.Connection, rows: Rows, old: Conference | None, reading: Reading, source: str, *, now: datetime
) -> Merge:
    """What the import leads to for the conference ``old``, which the rows hold."""
    slug = reading.conference.slug
    uids = [talk.uid for talk in reading.conference.talks if talk.uid not in rows.talks]
    held = _held_elsewhere(db, slug, uids)
    asked = frozenset(uids)

    def taken(uid: str) -> bool:
        return uid in held or (uid not in asked and bool(_held_elsewhere(db, slug, [uid])))

    reading = reading._replace(conference=reading.conference._replace(source=sayable(source)))
    return merge(old, reading, now=now, taken=taken)


def _held_elsewhere(db: sqlite3.Connection, slug: str, uids: Sequence[str]) -> set[str]:
    """Those of the uids that talks of other conferences have."""
    held: set[str] = set()
    alone = db.execute("SELECT 1 FROM conference WHERE slug < ?1 OR slug > ?1 LIMIT 1", (slug,)).fetchone() is None
    for first in () if alone else range(0, len(uids), _AT_ONCE):
        some = uids[first : first + _AT_ONCE]
        signs = ", ".join("?" * len(some))
        found = db.execute(f"SELECT uid FROM talk WHERE conference <> ? AND uid IN ({signs})", (slug, *some))  # noqa: S608  (signs alone)
        held.update(uid for (uid,) in found)
    return held


def write(
    db: sqlite3.Connection, rows: Rows, result: Merge, *, number: int, now: datetime, copy: Callable[[datetime], None]
) -> tuple[Saved, list[Image]]:
    """Write what differs as import ``number``, and give what undo needs; ``copy`` keeps a copy before, if anything differs."""
    new = result.conference
    block = rows.conference[-1] if rows.conference else _next_block(db)
    head = conference_row(new, number, block)
    sessions = {session.key: session_row(new.slug, session, index) for index, session in enumerate(new.sessions)}
    talks = _talk_rows(new, rows)
    other_talks = [row for uid, row in talks.items() if uid not in rows.talks or rows.talks[uid][:-1] != row]
    other_sessions = [key for key in {**rows.sessions, **sessions} if rows.sessions.get(key) != sessions.get(key)]
    if not other_talks and not other_sessions and _lasting(rows.conference) == _lasting(head):
        db.execute(_PUT_CONFERENCE, head)
        return Saved(unchanged=result.unchanged), []
    copy(now)
    images: list[Image] = [("conference", new.slug, rows.conference)]
    images += [("session", [new.slug, key], rows.sessions.get(key)) for key in other_sessions]
    images += [("talk", row[0], rows.talks[row[0]][:-1] if row[0] in rows.talks else None) for row in other_talks]
    last = max((row[-1] for row in rows.talks.values()), default=block << 32)
    joins = rows.conference is not None and rows.conference[_IMPORT] == number  # a later source of the same run
    images += [("change", [new.slug, number, *((*db.execute(_LAST_CHANGE).fetchone(), last) if joins else ())], None)]
    fetched.forget(db, [new.slug])
    db.execute(_PUT_CONFERENCE, head)
    db.executemany(_DROP_SESSION, [(new.slug, key) for key in other_sessions if key not in sessions])
    db.executemany(_PUT_SESSION, [sessions[key] for key in other_sessions if key in sessions])
    added = _put_talks(db, other_talks, rows.talks, last)
    log(db, new.slug, number, result.changes, added)
    said = _pass_on(db, result.heirs, images, now)
    if db.execute("SELECT 1 FROM awaited WHERE conference = ? LIMIT 1", (new.slug,)).fetchone():
        from planner.store import travel  # marks that came before their talks are rare

        said += travel.arrive(db, new.slug, images)
    sessions_before = tuple(session_of(row) for row in rows.sessions.values())
    old = conference_of(rows.conference, sessions_before) if rows.conference else None
    return counted(result.changes, result.unchanged, (*result.near, *said), old, new), images


def _put_talks(
    db: sqlite3.Connection, new: Sequence[tuple[Any, ...]], old: Mapping[str, tuple[Any, ...]], last: int
) -> list[int]:
    """Write rows of talks, the index in step with them; a new one gets the next id after ``last``. Gives the ids of those."""
    added = [(*row, number) for number, row in zip(count(last + 1), (row for row in new if row[0] not in old), strict=False)]
    changed = [(old[row[0]][-1], row) for row in new if row[0] in old]
    reworded = [(number, row) for number, row in changed if search.texts(old[row[0]]) != search.texts(row)]
    search.forget(db, [(number, old[row[0]]) for number, row in reworded])
    db.executemany(_CHANGE_TALK, [(*row, number) for number, row in changed])
    search.learn(db, reworded)
    if added:
        _add_talks(db, added)
        search.learn_between(db, added[0][-1], added[-1][-1])
    if len(reworded) + len(added) >= MANY:
        search.tidy(db)
    return [row[-1] for row in added]


def _add_talks(db: sqlite3.Connection, rows: Sequence[tuple[Any, ...]]) -> None:
    """Write rows of new talks, each with its id. What all of them lack stands in the statement: each value costs a call."""
    signs, given = [], []
    for index, column in enumerate(zip(*rows, strict=True)):
        lacks = column[0] in _NOTHING and column.count(column[0]) == len(rows)
        signs.append(_NOTHING[column[0]] if lacks else "?")
        given += [] if lacks else [index]
    statement = f"INSERT INTO talk ({', '.join(TALK)}, id) VALUES ({', '.join(signs)})"  # noqa: S608  (constants of this package)
    db.executemany(statement, map(itemgetter(*given), rows))


def _next_block(db: sqlite3.Connection) -> int:
    """A number for a conference that none has."""
    return int(db.execute("SELECT coalesce(max(number), 0) + 1 FROM conference").fetchone()[0])


def _talk_rows(new: Conference, rows: Rows) -> dict[str, tuple[Any, ...]]:
    """The rows of the talks. A stored one keeps its place; a new one takes that of the talk before it, and comes after it."""
    titles = {session.key: session.title for session in new.sessions}
    found = {}
    position = 0
    for talk in new.talks:
        known = rows.talks.get(talk.uid)
        if known is not None:
            position = known[_POSITION]
        elif not rows.talks:
            position += 1
        found[talk.uid] = talk_row(talk, position, titles.get(talk.session or "", ""))
    return found


def _lasting(row: tuple[Any, ...] | None) -> tuple[Any, ...] | None:
    """A conference's row without what every import changes: its source, its instant and its number."""
    return row and (*row[:4], *row[7:])


def log(db: sqlite3.Connection, slug: str, number: int, changes: Iterable[Change], added: Iterable[int]) -> None:
    """Write what an import did to talks that were there, and the ids of those that it added."""
    db.executemany(
        "INSERT INTO change (conference, import, uid, what, before, after, at) VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (slug, number, uid, what, written(before), written(after), seconds(at))
            for uid, what, before, after, at in changes
            if what != "added"
        ],
    )
    stretches: list[list[int]] = []
    for one in added:
        if stretches and stretches[-1][1] == one - 1:
            stretches[-1][1] = one
        else:
            stretches.append([one, one])
    db.executemany("INSERT INTO added VALUES (?, ?, ?, ?)", [(slug, number, *stretch) for stretch in stretches])


def unlog(db: sqlite3.Connection, slug: str, number: int, change: int = 0, talk: int = 0) -> None:
    """Forget what an import did to talks; of one of several sources only what came after these ids."""
    db.execute("DELETE FROM change WHERE conference = ? AND import = ? AND id > ?", (slug, number, change))
    db.execute("DELETE FROM added WHERE conference = ? AND import = ? AND first > ?", (slug, number, talk))


def _pass_on(db: sqlite3.Connection, heirs: Iterable[tuple[str, str]], images: list[Image], now: datetime) -> list[str]:
    """Give the marks of talks that left their slot to the same paper's talk in another, where that has none; in words."""
    said = []
    for uid, heir in heirs:
        found = marks.marks(db, (uid, heir))
        if found[uid]._replace(uid=heir, at=None) == Mark(heir) or found[heir]._replace(at=None) != Mark(heir):
            continue
        images.append(("mark", heir, marks.image(db, heir)))
        marks.write(db, found[uid]._replace(uid=heir, at=now))
        said.append(f"{marks.titles(db, [uid])} is cancelled in its old slot and stands in another: it has your marks too.")
    return said


def short(source: str) -> str:
    """A source in few words: a file's name without its folder."""
    if source == "-":
        return "standard input"
    return source if "://" in source else source.replace("\\", "/").rstrip("/").rpartition("/")[2] or source


def counted(
    changes: tuple[Change, ...], unchanged: int, near: tuple[str, ...], old: Conference | None, new: Conference
) -> Saved:
    """What an import did to the conference that was ``old``, its changes counted by their kind."""
    counts = dict.fromkeys(("added", "moved", "edited", "cancelled", "back"), 0)
    for change in changes:
        counts[change.what] += 1
    return Saved(
        **counts, unchanged=unchanged, changes=changes, near=near, conference=new, facts=facts(old, new, times=not changes)
    )


def facts(old: Conference | None, new: Conference, *, times: bool) -> tuple[str, ...]:
    """What changed of a conference besides its talks, in words; nothing where it is new.

    Unless ``times`` is true those of sessions do not count: they are told by the talks that moved.
    """
    if old is None:
        return ()
    said = [("name", old.name, new.name), ("zone", old.zone, new.zone), ("end of days", old.day_change, new.day_change)]
    names = [word for word, before, after in said if before != after]
    before, after = ({session.key: _seen(session, times=times) for session in one.sessions} for one in (old, new))
    number = sum(before.get(key) != after.get(key) for key in {**before, **after})
    return (*names, *([f"{number} session{'s' * (number != 1)}"] if number else []))


def _seen(session: Session, *, times: bool) -> Session:
    return session if times else session._replace(start=None, end=None)


class Run:
    """The imports of one run at one instant, which count as one; a source that comes twice begins the next."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self._numbers: dict[str, int] = {}
        self._sources: set[tuple[str, str]] = set()

    def number(self, db: sqlite3.Connection, slug: str, source: str) -> int:
        """The number of the import that a source of a conference is part of."""
        if slug not in self._numbers or (slug, source) in self._sources:
            self._numbers[slug] = fetched.next_import(db, slug)
        self._sources.add((slug, source))
        return self._numbers[slug]


def changes(db: sqlite3.Connection, slug: str | None, *, added: bool) -> tuple[Change, ...]:
    """What the last import of each conference, or of one, did to its talks; with or without those that it added."""
    from json import loads

    slugs = db.execute("SELECT slug FROM conference ORDER BY slug").fetchall() if slug is None else [(slug,)]
    rows = [row for one in slugs for row in db.execute(CHANGES, one)]
    found = [Change(uid, what, loads(before), loads(after), instant(at)) for uid, what, before, after, at in rows]
    for *row, at in [row for one in slugs if added for row in db.execute(ADDED, one)]:
        talk = talk_of(tuple(row))
        found.append(Change(talk.uid, "added", {}, first_said(talk), instant(at)))
    return tuple(found)


def restore(db: sqlite3.Connection, images: Sequence[Image], now: datetime) -> None:
    """Put the rows of an import back as they were, and take away those that it added.

    A calendar may hold what the import said: a talk that it changed goes back with a higher sequence, not with its old one.
    """
    tables = ("conference", "session", "talk", "change", "awaited", "fetched")
    rows: dict[str, list[tuple[Any, Any]]] = {table: [] for table in tables}
    for table, key, row in images:
        rows[table].append((key, row))
    if rows["awaited"]:
        from planner.store import travel

        travel.put_back(db, [row for _, row in rows["awaited"]])
    fetched.put_back(db, rows["fetched"])
    fetched.forget(db, [slug for slug, _ in rows["conference"]])
    for logged, _ in rows["change"]:
        unlog(db, *logged)
    there = {uid: db.execute(_READ_TALK, (uid,)).fetchone() for uid, _ in rows["talk"]}
    if None in there.values():
        raise StoreError(
            "a talk that the last step changed is not there any more, so it stays: planner doctor says what to do."
        )
    added = [there[uid] for uid, row in rows["talk"] if row is None]
    search.forget(db, [(row[-1], row) for row in added])
    db.executemany("DELETE FROM talk WHERE id = ?", [row[-1:] for row in added])
    db.executemany(_DROP_SESSION, [key for key, row in rows["session"] if row is None])
    db.executemany("DELETE FROM conference WHERE slug = ?", [(slug,) for slug, row in rows["conference"] if row is None])
    db.executemany(_PUT_CONFERENCE, [row for _, row in rows["conference"] if row is not None])
    db.executemany(_PUT_SESSION, [row for _, row in rows["session"] if row is not None])
    put = []
    for uid, row in rows["talk"]:
        if row is not None:
            if row[_SEQUENCE] != there[uid][_SEQUENCE]:
                row[_SEQUENCE], row[_MODIFIED] = there[uid][_SEQUENCE] + 1, seconds(now)
            put.append(tuple(row))
    _put_talks(db, put, there, 0)
