"""Programmes of SIGCHI's conferences: slots, rooms, chairs and papers by id, and a clock that counts as if it were UTC's."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from planner.errors import MissingFactsError
from planner.readers import Hints, Part, read

if TYPE_CHECKING:
    from planner.model import Reading

CHICAGO = ZoneInfo("America/Chicago")


def clock(*figures: int) -> int:
    """Milliseconds of a wall clock, counted as if it were UTC's."""
    return int(datetime(*figures, tzinfo=UTC).timestamp() * 1000)  # type: ignore[arg-type, misc]


def programme(**conference: object) -> dict[str, object]:
    """A small programme: a session with two papers, an event with its own time, and a paper of no session."""
    return {
        "schemeVersion": 7,
        "conference": {"id": 1, "shortName": "KITE", "year": 2022, "fullName": "KITE 2022", **conference},
        "rooms": [{"id": 11, "name": "Room 383"}],
        "tracks": [{"id": 3, "name": "Papers", "typeId": 5}],
        "contentTypes": [{"id": 5, "name": "Paper", "duration": 15}, {"id": 6, "name": "Poster"}],
        "timeSlots": [{"id": 9, "type": "SESSION", "startDate": clock(2022, 5, 2, 9), "endDate": clock(2022, 5, 2, 10, 15)}],
        "sessions": [
            {"id": 71, "name": "Games", "typeId": 5, "roomId": 11, "chairIds": [1], "contentIds": [81, 82], "timeSlotId": 9}
        ],
        "events": [
            {
                "id": 61,
                "name": "Opening",
                "roomId": 11,
                "contentIds": [],
                "startDate": clock(2022, 5, 2, 8),
                "endDate": clock(2022, 5, 2, 9),
            }
        ],
        "contents": [
            {
                "id": number,
                "title": title,
                "typeId": kind,
                "trackId": 3,
                "authors": [{"personId": 2, "affiliations": [{"institution": "Kite Works"}]}],
            }
            for number, title, kind in ((81, "Strings", 5), (82, "Tails", 5), (83, "Wind", 6))
        ],
        "people": [{"id": 1, "firstName": "Ada", "lastName": "Ek"}, {"id": 2, "firstName": "Bo", "lastName": "Fuchs"}],
    }


def reading(document: object, **hints: object) -> Reading:
    """The reading of a programme."""
    part = Part("programme.json", json.dumps(document).encode())
    return read([part], Hints(now=datetime(2026, 11, 22, tzinfo=UTC), **hints))  # type: ignore[arg-type]


def test_papers_stand_in_the_slots_of_their_sessions() -> None:
    """Nine o'clock in the milliseconds is nine in Chicago; papers of no session have no slot."""
    found = reading(programme(timeZoneOffset=-300, timeZoneName="America/Chicago"))
    nine, end = datetime(2022, 5, 2, 9, tzinfo=CHICAGO), datetime(2022, 5, 2, 10, 15, tzinfo=CHICAGO)
    assert [(talk.title, talk.start, talk.end, talk.slot.room) for talk in found.conference.talks] == [
        ("Games", nine, end, "Room 383"),
        ("Strings", nine, end, "Room 383"),
        ("Tails", nine, end, "Room 383"),
        ("Opening", datetime(2022, 5, 2, 8, tzinfo=CHICAGO), nine, "Room 383"),
        ("Wind", None, None, None),
    ]
    assert (found.format, found.conference.name, found.conference.zone) == ("slots-by-id", "KITE 2022", "America/Chicago")
    session = found.conference.sessions[0]
    strings, wind = found.conference.talks[1], found.conference.talks[4]
    assert (session.title, session.chairs, strings.session) == ("Games", ("Ada Ek",), session.key)
    assert (strings.speakers, strings.organisations, strings.track, wind.kind) == (
        ("Bo Fuchs",),
        ("Kite Works",),
        "Papers",
        "poster",
    )


def test_without_the_name_of_its_zone_it_is_asked() -> None:
    """An offset alone does not tell its sign, so the zone is asked; then the clock is its."""
    with pytest.raises(MissingFactsError, match="time zone"):
        reading(programme(timeZoneOffset=-300))
    found = reading(programme(timeZoneOffset=-300), zone="America/Chicago")
    assert found.conference.talks[0].start == datetime(2022, 5, 2, 9, tzinfo=CHICAGO)
