"""Finding talks by words, best first, over title, speakers, abstract, room, track and session (SQLite's FTS5)."""

from __future__ import annotations

from planner.model import fold
from planner.store.rows import TALK, sayable, talk_of
from planner.store.schedule import BY_PREFIX, ONE

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence
    from typing import Any

    from planner.model import Talk

LEAST_PREFIX = 4
"""The fewest signs of a uid that name a talk."""

MOST_RANKED = 2_000
"""More talks than these are not ranked: their scores take 12 ms at 10,000, and words that so many answer to tell little."""

COUNT = "SELECT count(*) FROM (SELECT 1 FROM search WHERE search MATCH ? AND rowid BETWEEN ? AND ? LIMIT ?)"
"""How many talks answer to words, as far as it is asked."""

PLAIN = """
    SELECT talk.uid FROM search CROSS JOIN talk ON talk.id = search.rowid
    WHERE search MATCH ? AND search.rowid BETWEEN ? AND ? ORDER BY search.rowid LIMIT ?
"""
"""Talks that answer to words, in the order in which they were first read."""

MATCHING = """
    SELECT hit.score, talk.uid FROM (
        SELECT rowid AS id, bm25(search, 10, 5, 1, 2, 2, 2) AS score FROM search
        WHERE search MATCH ? AND rowid BETWEEN ? AND ? ORDER BY score, rowid LIMIT ?
    ) AS hit JOIN talk ON talk.id = hit.id ORDER BY hit.score, hit.id
"""
"""Talks that answer to words. A word in the title counts ten times one in the abstract, a speaker's name five times."""

TITLED = """
    SELECT talk.uid FROM search JOIN talk ON talk.id = search.rowid
    WHERE search MATCH ? ORDER BY talk.conference, talk.position, talk.id LIMIT ?
"""
"""Talks whose title answers to words, in the order of their source."""


_INDEXED = tuple(map(TALK.index, ("title", "speakers", "abstract", "room", "track", "session_title")))
_END = 2**63 - 1  # the largest id of a row


def texts(row: tuple[Any, ...]) -> tuple[object, ...]:
    """What the index knows of a talk's row."""
    return tuple(row[index] for index in _INDEXED)


def learn(db: sqlite3.Connection, rows: Iterable[tuple[int, tuple[Any, ...]]]) -> None:
    """Put talks into the index, each an id and a row."""
    db.executemany(
        "INSERT INTO search (rowid, title, speakers, abstract, room, track, session_title) VALUES (?, ?, ?, ?, ?, ?, ?)",
        [(number, *texts(row)) for number, row in rows],
    )


def learn_between(db: sqlite3.Connection, first: int, last: int) -> None:
    """Put the talks from one id to another into the index as they stand in the table: one statement takes 20 % less."""
    db.execute(
        "INSERT INTO search (rowid, title, speakers, abstract, room, track, session_title)"
        " SELECT id, title, speakers, abstract, room, track, session_title FROM talk WHERE id BETWEEN ? AND ?",
        (first, last),
    )


def forget(db: sqlite3.Connection, rows: Iterable[tuple[int, tuple[Any, ...]]]) -> None:
    """Take talks out of the index, each an id and the row as it was put in (FTS5, section 6.3)."""
    db.executemany(
        "INSERT INTO search (search, rowid, title, speakers, abstract, room, track, session_title)"
        " VALUES ('delete', ?, ?, ?, ?, ?, ?, ?)",
        [(number, *texts(row)) for number, row in rows],
    )


def tidy(db: sqlite3.Connection) -> None:
    """Make the index compact at once instead of bit by bit."""
    db.execute("INSERT INTO search (search) VALUES ('optimize')")


def query(words: str, column: str = "") -> str:
    """The user's words as an FTS5 query that is never a syntax error; empty where nothing can be looked for.

    Each word is a quoted string (FTS5, section 3.1), the last one a prefix, since it may be still in the making. A word
    without a letter or a digit has no token and is left out.
    """
    kept = [word for word in sayable(words).split() if any(map(str.isalnum, word))]
    if not kept:
        return ""
    quoted = " ".join('"' + word.replace('"', '""') + '"' for word in kept) + "*"
    return f"{column} : ({quoted})" if column else quoted


def search(db: sqlite3.Connection, words: str, slugs: Sequence[str] | None, limit: int) -> list[str]:
    """The uids of the talks that answer to all the words, best first; a limit below 0 is none.

    Where more than :data:`MOST_RANKED` answer, those with all the words in the title are first, then the others, both in the
    order in which they were first read.
    """
    asked = query(words)
    if not asked:
        return []
    ranges = [range_of(db, None)] if slugs is None else sorted({range_of(db, slug) for slug in slugs})
    many = sum(db.execute(COUNT, (asked, *ids, MOST_RANKED + 1)).fetchone()[0] for ids in ranges) > MOST_RANKED
    if many:
        steps = (query(words, "title"), asked)
        found = dict.fromkeys(uid for step in steps for ids in ranges for (uid,) in db.execute(PLAIN, (step, *ids, limit)))
    else:
        scored = [hit for ids in ranges for hit in db.execute(MATCHING, (asked, *ids, limit))]
        found = dict.fromkeys(uid for _, uid in sorted(scored, key=lambda hit: hit[0]))
    return list(found)[: limit if limit >= 0 else None]


def range_of(db: sqlite3.Connection, slug: str | None) -> tuple[int, int]:
    """The first and the last id that talks of a conference can have, or those of all where it is None."""
    if slug is None:
        return 0, _END
    row = db.execute("SELECT number FROM conference WHERE slug = ?", (slug,)).fetchone()
    return (row[0] << 32, (row[0] + 1 << 32) - 1) if row else (0, 0)


def find(db: sqlite3.Connection, said: str) -> list[Talk]:
    """The talks that a uid, the start of one or words of a title name.

    A whole uid beats an exact title, and that beats the rest. Several words that begin one title name it, wherever else they
    stand; one word that many titles have names them all, though one begins with it, and so does one that begins a uid too.
    """
    said = sayable(said).strip()
    exact = [talk_of(row) for row in db.execute(ONE, (said.lower(),))]
    if exact or not said:
        return exact
    titled = _titled(db, said)
    folded = fold(said)
    same = [talk for talk in titled if fold(talk.title) == folded]
    if same:
        return same
    prefix = said.lower()
    if len(prefix) >= LEAST_PREFIX:
        found = [talk_of(row) for row in db.execute(BY_PREFIX, (prefix, prefix + "\U0010ffff"))]
        if found:
            return list({talk.uid: talk for talk in (*found, *titled)}.values())
    begun = [talk for talk in titled if fold(talk.title).startswith(folded)]
    return begun if len(begun) == 1 and " " in folded else titled


def _titled(db: sqlite3.Connection, said: str) -> list[Talk]:
    asked = query(said, "title")
    if not asked:
        return []
    uids = [uid for (uid,) in db.execute(TITLED, (asked, -1))]
    return [talk_of(row) for uid in uids for row in db.execute(ONE, (uid,))]
