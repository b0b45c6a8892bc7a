"""Talks that are like others: the heaviest words of those, OR-ed into the full-text index, and the best hits compared."""

from __future__ import annotations

from planner import similar
from planner.model import fold
from planner.store.rows import parted
from planner.store.search import range_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any

ASKED_FOR = 16
"""So many of the heaviest words the index is asked for: 40 take twice as long and find what counts no better."""

CANDIDATES = 100
"""So many of its hits are compared word by word: 200 raise the average precision by a hundredth and take twice as long."""

TEXTS = "SELECT id, title, abstract, also FROM talk WHERE uid = ?"
"""The texts of a talk."""

HITS = """
    SELECT talk.id, talk.uid, talk.title, talk.abstract, talk.also FROM (
        SELECT rowid AS id, bm25(search, 3, 1, 1, 1, 1, 1) AS score FROM search
        WHERE search MATCH ? AND rowid BETWEEN ? AND ? ORDER BY score, rowid LIMIT ?
    ) AS hit JOIN talk ON talk.id = hit.id
    WHERE NOT talk.cancelled AND talk.kind NOT IN ('untitled', 'break') ORDER BY hit.score, hit.id
"""
"""Talks that have some of the words in title or abstract, best first."""


def alike(
    db: sqlite3.Connection, uids: Iterable[str], slugs: Sequence[str] | None, limit: int | None, least: float
) -> list[similar.Alike]:
    """The talks most like those of the uids, best first, down to the ``least`` score.

    Neither those talks themselves nor the other talks of their papers.
    """
    asked = [row for uid in dict.fromkeys(uids) for row in db.execute(TEXTS, (uid,))]
    profiles = [similar.profile(title, abstract) for _, title, abstract, _ in asked]
    (talks,) = db.execute("SELECT count(*) FROM talk").fetchone()
    counts = _talks_with(db, {word for one in profiles for word in one})
    wanted = similar.terms(profiles, counts, talks)
    if not wanted:
        return []
    own = {uid for *_, also in asked for uid in parted(also)}
    seen = {fold(title) for _, title, _, _ in asked}
    rare = {word: similar.rarity(counts[word], talks) for word in wanted}
    top = max(similar.likeness(wanted, one, rare)[0] for one in profiles)
    written: dict[str, str] = {}
    for _, title, abstract, _ in asked:
        written = {**similar.as_written(f"{title} {abstract}"), **written}
    found = []
    for number, uid, title, abstract, also in _hits(db, wanted, slugs, [row[0] for row in asked]):
        score, because = similar.likeness(wanted, similar.profile(title, abstract), rare)
        score = min(score / top, 1.0)
        if uid not in own and score >= least:
            words = tuple(written[word] for word in because)
            found.append((-score, number, similar.Alike(uid, title, score, words, parted(also))))
    kept = []
    for _, _, one in sorted(found):
        if fold(one.title) not in seen:  # an oral and its poster are one to the reader
            seen.add(fold(one.title))
            kept.append(one)
    return kept[:limit]


def query(wanted: Iterable[str]) -> str:
    """The first of the words as an FTS5 query: any of them, in title or abstract."""
    phrases = [f'"{word}"' for word in wanted][:ASKED_FOR]
    return f"{{title abstract}} : ({' OR '.join(phrases)})"


def _hits(
    db: sqlite3.Connection, wanted: Mapping[str, float], slugs: Sequence[str] | None, without: Sequence[int]
) -> list[tuple[Any, ...]]:
    found = []
    for slug in [None] if slugs is None else dict.fromkeys(slugs):
        first, last = range_of(db, slug)
        found += db.execute(HITS, (query(wanted), first, last, CANDIDATES + len(without))).fetchall()
    return [row for row in found if row[0] not in without]


def _talks_with(db: sqlite3.Connection, words: Iterable[str]) -> dict[str, int]:
    """In how many talks each word is (fts5vocab, section "The fts5vocab Virtual Table Module" of the FTS5 documentation)."""
    db.execute("CREATE VIRTUAL TABLE IF NOT EXISTS temp.word USING fts5vocab(main, search, row)")
    found = {}
    for word in words:
        row = db.execute("SELECT doc FROM temp.word WHERE term = ?", (word,)).fetchone()
        if row is not None:
            found[word] = row[0]
    return found
