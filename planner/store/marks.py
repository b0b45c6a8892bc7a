"""The user's marks, and the steps that undo takes back. A mark is written and rewritten, never deleted.

Each verb is one step: the rows it changed, as they were before, with words for what it did.
"""

from __future__ import annotations

from planner.errors import NoSuchTalkError, UsageError
from planner.model import DECISIONS, Mark
from planner.store.rows import mark_of, mark_row, seconds, written
from planner.values import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

STEPS = 1000
"""How many steps are kept to be taken back."""

RATINGS = (None, 0, 1, 2, 3, 4, 5)
"""What a rating can be set to: None leaves it as it is, 0 takes it away."""

DOING = {"undecided": "undecided on", "going": "going to", "skipped": "skipping"}
"""A decision in the words that undo takes it back with."""

_NAMED = 2  # so many talks are named in a step's words; more are counted

ONE = "SELECT uid, starred, rating, decision, note, leave_at, kept, at FROM mark WHERE uid = ?"
"""The mark of a uid."""

_PUT = """
    INSERT INTO mark (uid, starred, rating, decision, note, leave_at, kept, at, checksum) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (uid) DO UPDATE SET starred = excluded.starred, rating = excluded.rating, decision = excluded.decision,
        note = excluded.note, leave_at = excluded.leave_at, kept = excluded.kept, at = excluded.at,
        checksum = excluded.checksum
"""


def marks(db: sqlite3.Connection, uids: Iterable[str]) -> dict[str, Mark]:
    """The marks of talks; an empty one where there is none."""
    found = {}
    for uid in uids:
        row = db.execute(ONE, (uid,)).fetchone()
        found[uid] = mark_of(row) if row else Mark(uid)
    return found


def star(before: Mark, starred: bool, rating: int | None) -> Mark:
    """The mark with a star or without. No rating keeps the one there is, 0 takes it away; without a star there is none."""
    if rating not in RATINGS:
        raise UsageError(f"a rating is 1 to 5, not {rating}.")
    if not starred:
        if rating:
            raise UsageError("a rated talk is a starred one: rate it or take its star away.")
        return before._replace(starred=False, rating=0)
    return before._replace(starred=True, rating=before.rating if rating is None else rating)


def decide(before: Mark, decision: str) -> Mark:
    """The mark with a decision; a talk that one goes to is starred, since the plan is made of stars."""
    if decision not in DECISIONS:
        raise UsageError(f"a decision is {', '.join(DECISIONS)}, not {decision}.")
    return before._replace(decision=decision, starred=before.starred or decision == "going")


def settling(
    decisions: Sequence[tuple[str, str]],
    kept: Sequence[tuple[str, str]],
    leaving: Sequence[tuple[str, datetime]],
) -> list[str]:
    """The talks whose marks :func:`settled` changes. The key of busy time, second of a pair, has no mark of its own."""
    from planner.plan import BUSY_KEY

    accepted = [uid for pair in kept for uid in pair if not uid.startswith(BUSY_KEY)]
    return list(dict.fromkeys([*(uid for uid, _ in decisions), *(uid for uid, _ in leaving), *accepted]))


def settled(
    before: Mapping[str, Mark],
    decisions: Sequence[tuple[str, str]],
    kept: Sequence[tuple[str, str]],
    leaving: Sequence[tuple[str, datetime]],
) -> list[Mark]:
    """The marks after a way out of a clash: decisions, pairs whose overlap is accepted, and when talks are left."""
    after = dict(before)
    for uid, decision in decisions:
        after[uid] = decide(after[uid], decision)
    for pair in kept:
        for uid, other in (pair, pair[::-1]):
            if uid in after:
                after[uid] = after[uid]._replace(kept=after[uid].kept | {other})
    for uid, at in leaving:
        after[uid] = after[uid]._replace(leave_at=at)
    return list(after.values())


def put(db: sqlite3.Connection, before: dict[str, Mark], after: Iterable[Mark], words: str, now: datetime) -> None:
    """Write the marks that differ, as one step; nothing where none does."""
    changed = [mark for mark in after if mark != before[mark.uid]]
    if not changed:
        return
    rows = [("mark", mark.uid, image(db, mark.uid)) for mark in changed]
    for mark in changed:
        write(db, mark._replace(at=now))
    remember(db, f"{words} {titles(db, [mark.uid for mark in changed])}", rows, now)


def write(db: sqlite3.Connection, mark: Mark) -> None:
    """Write one mark."""
    db.execute(_PUT, mark_row(mark))


def image(db: sqlite3.Connection, uid: str) -> list[object] | None:
    """The row of a mark as it is now, None where there is none."""
    row = db.execute(ONE, (uid,)).fetchone()
    return list(row) if row else None


def known(db: sqlite3.Connection, uids: Sequence[str]) -> dict[str, Mark]:
    """The marks of talks as they are; a uid that neither a talk nor a mark has is refused."""
    for uid in uids:
        if not db.execute("SELECT 1 FROM talk WHERE uid = ?1 UNION SELECT 1 FROM mark WHERE uid = ?1", (uid,)).fetchone():
            raise NoSuchTalkError(f"no talk has the uid {uid} any more: another program took it back.")
    return marks(db, uids)


def titles(db: sqlite3.Connection, uids: Sequence[str]) -> str:
    """Talks in words: the title of one, both of two, the number of more."""
    if len(uids) > _NAMED:
        return f"{len(uids)} talks"
    said = []
    for uid in uids:
        row = db.execute("SELECT title FROM talk WHERE uid = ?", (uid,)).fetchone()
        said.append(f"'{row[0]}'" if row and row[0] else "an untitled slot" if row else "a talk that is gone")
    return " and ".join(said)


# Steps


def remember(db: sqlite3.Connection, words: str, rows: Sequence[tuple[str, object, object]], now: datetime) -> None:
    """Keep a step: ``(table, key, row as it was or None)`` of each row that it changed."""
    db.execute("INSERT INTO step (at, words, before) VALUES (?, ?, ?)", (seconds(now), words, written(rows)))
    db.execute("DELETE FROM step WHERE id <= (SELECT max(id) FROM step) - ?", (STEPS,))


class Step(NamedTuple):
    """What undo would take back: its words, whether it is an import, not only marks, and its number, which none has again."""

    words: str
    imported: bool
    number: int


def last_step(db: sqlite3.Connection) -> Step | None:
    """The last step, None where there is none."""
    step = db.execute("SELECT words, before, id FROM step ORDER BY id DESC LIMIT 1").fetchone()
    if step is None:
        return None
    from json import loads

    return Step(str(step[0]), any(table != "mark" for table, _, _ in loads(step[1])), step[2])


def undo(db: sqlite3.Connection, now: datetime, only: Step | None = None) -> str | None:
    """Take the last step back; its words, None where there is none. A UsageError where it is not the ``only`` one wanted."""
    step = db.execute("SELECT id, words, before FROM step ORDER BY id DESC LIMIT 1").fetchone()
    if only is not None and (step is None or step[:2] != (only.number, only.words)):
        last = f"the last change is {step[1]} by now" if step else "there is nothing to take back any more"
        raise UsageError(f"{last}, and not {only.words}: nothing was taken back; look, and ask for undo again.")
    if step is None:
        return None
    from json import loads

    from planner.store import saving

    number, words, before = step
    images = loads(before)
    for table, uid, row in images:
        if table == "mark":
            write(db, (mark_of(tuple(row)) if row else Mark(uid))._replace(at=now))
    saving.restore(db, [image for image in images if image[0] != "mark"], now)
    db.execute("DELETE FROM step WHERE id = ?", (number,))
    return str(words)
