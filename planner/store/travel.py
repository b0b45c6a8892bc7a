"""Marks on their way out and in: with what tells their talks, merged part by part, kept for talks that are not here yet."""

from __future__ import annotations

import sqlite3

from planner import marks as travelling
from planner.marks import Carried, Conflict, When
from planner.model import Mark, fold
from planner.store import marks
from planner.store.rows import MARK, instant, mark_of, mark_row, sayable, seconds
from planner.values import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any

    from planner.store.content import Column

_MARK = """
    CAST(mark.uid AS BLOB), starred, rating, CAST(decision AS BLOB), CAST(note AS BLOB),
    iif(typeof(leave_at) = 'integer', leave_at, NULL), CAST(kept AS BLOB), iif(typeof(mark.at) = 'integer', mark.at, NULL)
"""
"""The columns of a mark on its way: no texts but as bytes, since one that is no UTF-8 any more would refuse all the others."""

MARKED = (
    *(f"SELECT {_MARK} FROM mark ORDER BY uid {way}" for way in ("ASC", "DESC")),  # noqa: S608  (columns of the schema)
    "SELECT CAST(uid AS BLOB), 1 FROM mark INDEXED BY mark_starred WHERE starred = 1",
)
"""Every mark; where a page of them is damaged, those before it, those behind it, and of the others that they are starred."""

_TOLD = tuple(
    f"SELECT CAST(conference AS BLOB), {place}, CAST(source_id AS BLOB), CAST(title AS BLOB) FROM {table} WHERE uid = ?"  # noqa: S608  (constants)
    for table, place in (("talk", "iif(typeof(position) = 'integer', position, 0)"), ("awaited", "NULL"))
)
"""What tells the talk of a mark, which is here, or waited for."""

_TOUCHED = "SELECT part, iif(typeof(at) = 'integer', at, NULL) FROM touched WHERE uid = ?"
_TOUCH = "INSERT INTO touched (uid, part, at) VALUES (?, ?, ?) ON CONFLICT (uid, part) DO UPDATE SET at = excluded.at"
_AWAIT = "INSERT OR REPLACE INTO awaited (uid, conference, source_id, title) VALUES (?, ?, ?, ?)"


class Merged(NamedTuple):
    """What a file of marks did: how many marks it holds, how many changed something here, how many wait for their talk.

    ``conflicts`` are sentences on what both sides had changed differently.
    """

    marks: int
    changed: int = 0
    waiting: int = 0
    conflicts: tuple[str, ...] = ()


def carried(db: sqlite3.Connection, slugs: Sequence[str] | None) -> list[Carried]:
    """Every mark with what tells its talk, in the order of the sources; those that wait for their talk last.

    Of a damaged store it is what can be read of each: so marks leave it before a copy takes its place.
    """
    from planner.store import content

    found, takes = [], content.columns()
    for mark in _marks_left(db, takes["mark"]):
        told = _told(db, mark.uid)
        parts = [(part, at) for part, at in _left(db, _TOUCHED, mark.uid)[0] if takes["touched"]["at"].takes(at)]
        when = When(**{part: instant(at) for part, at in parts if part in When._fields})
        if told is None or (when == When() and mark._replace(at=None) == Mark(mark.uid)):
            continue
        conference, place, source_id, title = told
        if slugs is None or conference in slugs:
            one = Carried(mark, when, conference, source_id, title)
            found.append((place is None, conference, place or 0, title, mark.uid, one))
    return [one for *_, one in sorted(found, key=lambda row: row[:-1])]


def _told(db: sqlite3.Connection, uid: str) -> tuple[str, int | None, str, str] | None:
    """What tells the talk of a mark: its conference, its place there (None while it is waited for), its id there, its title.

    None where there is no such talk, all of it empty where that cannot be read.
    """
    damaged = False
    for query in _TOLD:
        rows, whole = _left(db, query, uid)
        damaged = damaged or not whole
        for conference, place, source_id, title in rows:
            return _text(conference or b""), place, _text(source_id or b""), _text(title or b"")
    return ("", None, "", "") if damaged else None


def _marks_left(db: sqlite3.Connection, takes: Mapping[str, Column]) -> Iterable[Mark]:
    """The marks as far as they can be read."""
    found: dict[object, Mark] = {}
    for query in MARKED:
        rows, whole = _left(db, query)
        for values in ([_text(value) for value in row] for row in rows):
            found.setdefault(values[0], _readable(values, takes))
        if whole:
            break
    return found.values()


def _left(db: sqlite3.Connection, query: str, *said: str) -> tuple[list[Any], bool]:
    """The rows of a query up to the first that is on a damaged page, and whether they are all."""
    rows: list[Any] = []
    try:
        rows.extend(db.execute(query, said))
    except sqlite3.DatabaseError as error:
        if not str(getattr(error, "sqlite_errorname", "")).startswith("SQLITE_CORRUPT"):
            raise
        return rows, False
    return rows, True


def _text(value: Any) -> Any:
    """The text that bytes are; any other value as it is."""
    return value.decode(errors="replace") if isinstance(value, bytes) else value


def _readable(values: Sequence[Any], takes: Mapping[str, Column]) -> Mark:
    """A mark out of the values of its row, or of the first of them, without those that no planner writes."""
    plain = mark_row(Mark(values[0]))[: len(MARK)]
    read = [*values, *plain[len(values) :]]
    return mark_of(tuple(one if takes[name].takes(one) else none for name, one, none in zip(MARK, read, plain, strict=True)))


def merge(db: sqlite3.Connection, theirs: Iterable[Carried], images: list[Any]) -> Merged:
    """Merge marks that came from elsewhere into those that are here; ``images`` gets what undo needs."""
    known = _Known(db)
    conflicts: list[str] = []
    number = waiting = 0
    for one in theirs:
        number += 1
        uid = known.uid_of(one)
        if uid is None:
            waiting += 1
            db.execute(_AWAIT, (sayable(one.mark.uid), one.conference, sayable(one.source_id), sayable(one.title)))
        found = _merge_one(db, one, uid or one.mark.uid, images)
        conflicts += [_sentence(one, conflict) for conflict in found]
    return Merged(number, len(images), waiting, tuple(conflicts))


def arrive(db: sqlite3.Connection, slug: str, images: list[Any]) -> list[str]:
    """Put marks that came before their talks on the talks of a conference that are here now; in words.

    ``images`` gets what undo needs. A mark on a talk that nobody marked is taken whole.
    """
    rows = db.execute("SELECT uid, conference, source_id, title FROM awaited WHERE conference = ?", (slug,)).fetchall()
    known, said = _Known(db), []
    for row in rows:
        waiting, conference, source_id, title = row
        mark = marks.marks(db, [waiting])[waiting]
        one = Carried(mark, _when(db, waiting), conference, source_id, title)
        uid = known.uid_of(one)
        if uid is None:
            continue
        images.append(("awaited", waiting, list(row)))
        db.execute("DELETE FROM awaited WHERE uid = ?", (waiting,))
        if uid != waiting:
            if marks.marks(db, [uid])[uid]._replace(at=None) == Mark(uid):
                db.execute("DELETE FROM touched WHERE uid = ?", (uid,))
            _merge_one(db, one, uid, images)
        said.append(f"{marks.titles(db, [uid])} has the marks that came before it.")
    return said


def put_back(db: sqlite3.Connection, rows: Iterable[Sequence[object]]) -> None:
    """Let marks wait again for talks that were taken back."""
    db.executemany(_AWAIT, rows)


def _merge_one(db: sqlite3.Connection, one: Carried, uid: str, images: list[Any]) -> list[Conflict]:
    """Merge one mark into that of a talk, with its image before if it changes; the conflicts."""
    ours, when = marks.marks(db, [uid])[uid], _when(db, uid)
    mark, new, conflicts = travelling.merged(ours, when, one.mark._replace(uid=uid), one.when)
    if mark._replace(at=None) != ours._replace(at=None):
        images.append(("mark", uid, marks.image(db, uid)))
        marks.write(db, mark)
    if new != when:
        db.executemany(_TOUCH, [(uid, part, seconds(at)) for part, at in zip(new._fields, new, strict=True) if at is not None])
    return conflicts


def _when(db: sqlite3.Connection, uid: str) -> When:
    """When each part of a mark was last changed."""
    return When(**{part: instant(at) for part, at in db.execute(_TOUCHED, (uid,))})


def _sentence(one: Carried, conflict: Conflict) -> str:
    """Which side gave way."""
    named = f"“{one.title}”" if one.title else one.mark.uid
    if conflict.theirs_wins:
        return f"{named}: {conflict.theirs} in the file is newer than {conflict.ours} here and takes its place."
    return f"{named}: {conflict.ours} here is newer than {conflict.theirs} in the file and stays."


class _Known:
    """The talks that are here, by what tells them; a conference is looked at when it is first asked for."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db
        self.conferences: dict[str, tuple[dict[str, list[str]], dict[str, list[str]]]] = {}

    def uid_of(self, one: Carried) -> str | None:
        """The uid of the mark's talk: its own, else by the source's id, else by the title where one talk alone has it."""
        if self.db.execute("SELECT 1 FROM talk WHERE uid = ?", (sayable(one.mark.uid),)).fetchone():
            return one.mark.uid
        by_id, by_title = self._of(one.conference)
        for found in (by_id.get(one.source_id, []), by_title.get(fold(one.title), [])):
            if len(found) == 1:
                return found[0]
        return None

    def _of(self, slug: str) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
        if slug not in self.conferences:
            by_id: dict[str, list[str]] = {}
            by_title: dict[str, list[str]] = {}
            for uid, source_id, title in self.db.execute(
                "SELECT uid, source_id, title FROM talk WHERE conference = ?", (slug,)
            ):
                if source_id:
                    by_id.setdefault(source_id, []).append(uid)
                if title:
                    by_title.setdefault(fold(title), []).append(uid)
            self.conferences[slug] = by_id, by_title
        return self.conferences[slug]
