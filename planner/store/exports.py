"""What each calendar last held, so that a talk that left the plan goes out once more as cancelled."""

from __future__ import annotations

from planner.store.rows import talk_of, talk_row

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from planner.model import Talk


def exported(db: sqlite3.Connection, slug: str, calendar: str) -> dict[str, Talk]:
    """The talks that a calendar of a conference last held, by uid."""
    from json import loads

    rows = db.execute("SELECT uid, talk FROM exported WHERE conference = ? AND calendar = ?", (slug, calendar))
    return {uid: talk_of(tuple(loads(talk))) for uid, talk in rows}


def remember(db: sqlite3.Connection, slug: str, calendar: str, talks: Iterable[Talk]) -> None:
    """Replace what a calendar of a conference holds; neither abstract nor raw text is kept with it."""
    from json import dumps

    kept = [talk._replace(abstract="", raw="") for talk in talks]
    db.execute("DELETE FROM exported WHERE conference = ? AND calendar = ?", (slug, calendar))
    db.executemany(
        "INSERT INTO exported (conference, calendar, uid, talk) VALUES (?, ?, ?, ?)",
        [(slug, calendar, talk.uid, dumps(talk_row(talk, 0, ""), ensure_ascii=False)) for talk in kept],
    )
