"""What each calendar was last told of each talk, so that a talk that left the plan goes out once more as cancelled."""

from __future__ import annotations

import sqlite3

from planner.model import Exported
from planner.store import content
from planner.store.rows import sayable, seconds

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

_SANE = "typeof(sequence) = 'integer' AND sequence BETWEEN 0 AND 2147483646"  # 32 bits (RFC 5545 3.3.8)
_TOLD = f"SELECT calendar, uid, sequence, facts FROM exported WHERE {_SANE}"  # noqa: S608  (a constant)
_KEEP = """
    INSERT INTO exported (calendar, uid, sequence, facts) VALUES (?, ?, ?, ?) ON CONFLICT (calendar, uid)
    DO UPDATE SET sequence = excluded.sequence, facts = excluded.facts WHERE excluded.sequence >= exported.sequence
"""
_TALKS = f"""
    SELECT uid, sequence, title, start_at, end_at, day, last_day, room, board, cancelled FROM talk WHERE {_SANE}
"""  # noqa: S608  (a constant)


def exported(db: sqlite3.Connection, calendar: str) -> dict[str, Exported]:
    """What a calendar was told, by uid."""
    rows = db.execute("SELECT uid, sequence, facts FROM exported WHERE calendar = ?", (sayable(calendar),))
    return {uid: Exported(sequence, facts) for uid, sequence, facts in rows}


def remember(db: sqlite3.Connection, calendar: str, told: Mapping[str, Exported]) -> None:
    """Add what a calendar was told now; what it was told of other talks, of another conference say, stays."""
    calendar = sayable(calendar)
    db.executemany(
        "INSERT OR REPLACE INTO exported (calendar, uid, sequence, facts) VALUES (?, ?, ?, ?)",
        [(calendar, uid, *one) for uid, one in told.items()],
    )


def outlive(live: sqlite3.Connection, copy: sqlite3.Connection, now: datetime) -> None:
    """Keep in a copy that takes the place of a live store what calendars were told: that cannot be taken back.

    A talk of the copy gets a sequence above every one that was told of it: a calendar passes over a lower one (RFC 5546
    2.1.4). Of a live store so damaged that it cannot say what was told, nothing is kept.
    """
    takes = content.columns()["exported"].values()
    try:
        told = [row for row in live.execute(_TOLD) if all(map(content.Column.takes, takes, row))]
        talks = {row[0]: row[1:] for row in live.execute(_TALKS)}
    except sqlite3.DatabaseError:  # it is put right by what takes its place
        return
    copy.execute("BEGIN")
    copy.executemany(_KEEP, told)
    highest: dict[str, int] = {uid: row[0] for uid, row in talks.items()}
    for _, uid, sequence, _ in copy.execute(_TOLD):
        highest[uid] = max(sequence, highest.get(uid, 0))
    raised = []
    for uid, sequence, *facts in copy.execute(_TALKS):
        least = highest.get(uid, -1)
        other = uid in talks and tuple(facts) != talks[uid][1:]
        if least > sequence or (other and least == sequence):
            raised.append((least + 1, seconds(now), uid))
    copy.executemany("UPDATE talk SET sequence = ?, modified = ? WHERE uid = ?", raised)
    copy.execute("COMMIT")
