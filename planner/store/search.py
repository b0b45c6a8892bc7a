"""Finding talks by words, best first, over title, speakers, abstract, room, track and session (SQLite's FTS5)."""

from __future__ import annotations

from planner.model import fold
from planner.store.rows import sayable, talk_of
from planner.store.schedule import BY_PREFIX, ONE

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from planner.model import Talk

LEAST_PREFIX = 4
"""The fewest signs of a uid that name a talk."""

MATCHING = """
    SELECT talk.uid, talk.conference FROM search JOIN talk ON talk.id = search.rowid
    WHERE search MATCH ? ORDER BY bm25(search, 10, 5, 1, 2, 2, 2), search.rowid LIMIT ?
"""
"""Talks that answer to words. A word in the title counts ten times one in the abstract, a speaker's name five times."""

MATCHING_IN = """
    SELECT talk.uid, talk.conference FROM search JOIN talk ON talk.id = search.rowid
    WHERE search MATCH ? AND talk.conference = ? ORDER BY bm25(search, 10, 5, 1, 2, 2, 2), search.rowid LIMIT ?
"""
"""The same within one conference."""

TITLED = """
    SELECT talk.uid FROM search JOIN talk ON talk.id = search.rowid
    WHERE search MATCH ? ORDER BY talk.conference, talk.position, talk.id LIMIT ?
"""
"""Talks whose title answers to words, in the order of their source."""


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
    """The uids of the talks that answer to all the words, best first."""
    asked = query(words)
    if not asked:
        return []
    if slugs is not None and len(slugs) == 1:
        found = db.execute(MATCHING_IN, (asked, slugs[0], limit)).fetchall()
    elif slugs is None:
        found = db.execute(MATCHING, (asked, limit)).fetchall()
    else:
        found = [row for row in db.execute(MATCHING, (asked, -1)) if row[1] in slugs][: limit if limit >= 0 else None]
    return [uid for uid, _ in found]


def find(db: sqlite3.Connection, said: str) -> list[Talk]:
    """The talks that a uid, the start of one or words of a title name.

    A whole uid beats an exact title, that beats the start of a uid, that the start of a title, and that words of it.
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
            return found
    return [talk for talk in titled if fold(talk.title).startswith(folded)] or titled


def _titled(db: sqlite3.Connection, said: str) -> list[Talk]:
    asked = query(said, "title")
    if not asked:
        return []
    uids = [uid for (uid,) in db.execute(TITLED, (asked, -1))]
    return [talk_of(row) for uid in uids for row in db.execute(ONE, (uid,))]
