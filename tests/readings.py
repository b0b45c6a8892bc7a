"""Hand-made readings that the tests of changes and of the store share: one day of a conference in Los Angeles."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from planner.model import Conference, Reading, Session, Slot, Talk, uid_for

SLUG = "iclr-2021"
ZONE = "America/Los_Angeles"
NOW = datetime(2021, 4, 20, 9, 0, tzinfo=UTC)
LATER = datetime(2021, 5, 1, 9, 0, tzinfo=UTC)


def at(clock: str, day: int = 6) -> datetime:
    """An instant in UTC, in May 2021."""
    return datetime.fromisoformat(f"2021-05-{day:02d}T{clock}").replace(tzinfo=UTC)


def talk(title: str, clock: str = "", **fields: Any) -> Talk:
    """A talk of Oral Session 11 as a reader gives it, without a clock without a slot; ``day``, ``minutes``, ``room`` too."""
    day, minutes, room = fields.pop("day", 6), fields.pop("minutes", 15), fields.pop("room", None)
    ordinal = fields.pop("ordinal", 0)
    slot = Slot(room=room)
    if clock:
        start = at(clock, day)
        slot = Slot(start, start + timedelta(minutes=minutes) if minutes else None, room, zone=ZONE)
    uid = uid_for(SLUG, fields.get("source_id", ""), title=title, ordinal=ordinal)
    kind = "oral" if title else "untitled"
    return Talk(uid=uid, conference=SLUG, title=title)._replace(**{"kind": kind, "session": "s11", "slot": slot, **fields})


def row(title: str, **fields: Any) -> Talk:
    """A row of a paper list."""
    return talk(title, **{"kind": "paper", "session": None, "raw": f"| {title} |", **fields})


def reading(*talks: Talk, scope: str = "conference", **fields: Any) -> Reading:
    """What a reader says, with a session for every key that the talks use: ``s11`` is Oral Session 11."""
    keys = dict.fromkeys(talk.session for talk in talks if talk.session)
    sessions = fields.pop("sessions", tuple(Session(key, f"Oral Session {key[1:]}") for key in keys))
    zone = None if scope == "list" else ZONE
    conference = Conference(SLUG, "ICLR 2021", zone, sessions, talks)._replace(**fields)
    return Reading(conference, "hand-made", scope)
