"""What each calendar was last told of each talk, so that a talk that left the plan goes out once more as cancelled."""

from __future__ import annotations

from planner.model import Exported

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping


def exported(db: sqlite3.Connection, calendar: str) -> dict[str, Exported]:
    """What a calendar was told, by uid."""
    rows = db.execute("SELECT uid, sequence, facts FROM exported WHERE calendar = ?", (calendar,))
    return {uid: Exported(sequence, facts) for uid, sequence, facts in rows}


def remember(db: sqlite3.Connection, calendar: str, told: Mapping[str, Exported]) -> None:
    """Add what a calendar was told now; what it was told of other talks, of another conference say, stays."""
    db.executemany(
        "INSERT OR REPLACE INTO exported (calendar, uid, sequence, facts) VALUES (?, ?, ?, ?)",
        [(calendar, uid, *one) for uid, one in told.items()],
    )
