"""Programmes whose slots name their talks by id, in one document and in a folder."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from planner.errors import ReadError
from planner.readers import Hints, Part, read

NOW = datetime(2026, 11, 22, tzinfo=UTC)
RIGA = ZoneInfo("Europe/Riga")

SCHEDULE = {
    "2016-09-09": {
        "date": "2016-09-09",
        "timeslots": [
            {"startTime": "09:00", "endTime": "10:00", "sessions": [{"items": [100]}]},
            {"startTime": "10:00", "endTime": "11:00", "sessions": [{"items": [101]}, {"extend": 2, "items": [102]}]},
            {"startTime": "11:00", "endTime": "12:00", "sessions": [{"items": [103, 104]}]},
        ],
        "tracks": [{"title": "Main Hall"}, {"title": "Room 2"}],
    }
}
SESSIONS = {
    "100": {"title": "Registration"},
    "101": {"title": "Kotlin", "speakers": ["ada"]},
    "102": {"title": "Codelab", "speakers": ["bo", "ada"]},
    "103": {"title": "Short one", "speakers": ["ada"]},
    "104": {"title": "Short two", "speakers": ["bo"]},
}
SPEAKERS = {"ada": {"name": "Ada Ek"}, "bo": {"name": "Bo Fuchs"}}
MEANT = [
    ("Registration", 9, 10, "Main Hall", ()),
    ("Kotlin", 10, 11, "Main Hall", ("Ada Ek",)),
    ("Codelab", 10, 12, "Room 2", ("Bo Fuchs", "Ada Ek")),
    ("Short one", 11, 12, "Main Hall", ("Ada Ek",)),
    ("Short two", 11, 12, "Main Hall", ("Bo Fuchs",)),
]


def part(name: str, document: object) -> Part:
    """A JSON document, or a text, as a part."""
    return Part(name, (document if isinstance(document, str) else json.dumps(document)).encode())


@pytest.mark.parametrize("apart", [False, True])
def test_hoverboard(apart: bool) -> None:
    """Slots, talks and people in one document or in three; a talk may go over two slots, and two talks share one."""
    if apart:
        given = [part("schedule.json", SCHEDULE), part("sessions.json", SESSIONS), part("speakers.json", SPEAKERS)]
    else:
        given = [part("devfest.json", {"schedule": SCHEDULE, "sessions": SESSIONS, "speakers": SPEAKERS})]
    found = read(given, Hints(now=NOW, name="DevFest 2016", zone="Europe/Riga"))
    assert found.format == "slots-by-id"
    assert [
        (talk.title, talk.start and talk.start.astimezone(RIGA).hour, talk.end and talk.end.astimezone(RIGA).hour)
        for talk in found.conference.talks
    ] == [(title, start, end) for title, start, end, _, _ in MEANT]
    assert [(talk.slot.room, talk.speakers) for talk in found.conference.talks] == [(room, names) for *_, room, names in MEANT]


def test_zeppelin() -> None:
    """``001`` in the slots is 1 in the sessions, a surname belongs to the name, and a service is a break."""
    slots = (
        '-\n  date: "2018-06-18"\n  tracks:\n    - {title: "Track 1"}\n  timeslots:\n'
        '    - {startTime: "10:00", endTime: "11:00", sessionIds: [001]}\n'
        '    - {startTime: "12:00", endTime: "13:00", sessionIds: [503]}\n'
    )
    talks = (
        '-\n  id: 1\n  title: "Kites"\n  speakers: [7]\n  place: "Hall 9"\n-\n  id: 503\n  title: "Pizza"\n  service: true\n'
    )
    people = "-\n  id: 7\n  name: Ada\n  surname: Ek\n"
    given = [part("schedule.yml", slots), part("sessions.yml", talks), part("speakers.yml", people)]
    found = read(given, Hints(now=NOW, name="DevFest 2018", zone="Europe/Riga")).conference
    kites, pizza = found.talks
    assert (kites.title, kites.speakers, kites.slot.room) == ("Kites", ("Ada Ek",), "Hall 9")
    assert kites.start == datetime(2018, 6, 18, 10, tzinfo=RIGA)
    assert pizza.kind == "break"
    with pytest.raises(ReadError, match="read the folder"):
        read(given[:1], Hints(now=NOW, name="DevFest 2018", zone="Europe/Riga"))


def test_aclpub() -> None:
    """Papers stand in the sessions that name them, at their own time or the session's, and the details name the workshop."""
    programme = (
        "- title: Poster Session I\n  start_time: 2026-03-29 09:30:00\n  end_time: 2026-03-29 10:30:00\n  type: poster\n"
        "  papers:\n  - id: 7\n"
        "- title: Lunch Break\n  start_time: 2026-03-29 12:00:00\n  end_time: 2026-03-29 14:00:00\n"
        "- title: Oral Session I\n  start_time: 2026-03-29 15:00:00\n  end_time: 2026-03-29 15:30:00\n  type: oral\n"
        "  papers:\n  - id: 74\n    start_time: 2026-03-29 15:15:00\n    end_time: 2026-03-29 15:30:00\n"
    )
    papers = (
        "- id: 7\n  title: Morphology\n  authors:\n  - name: Ada Ek\n    institution: Uni X\n"
        "- id: 74\n  title: Parsing\n  authors:\n  - name: Bo Fuchs\n"
    )
    details = "book_title: Proceedings\nevent_name: KiteLM 2026\nlocation: Rabat, Morocco\n"
    given = [part("conference_details.yml", details), part("papers.yml", papers), part("program.yml", programme)]
    found = read(given, Hints(now=NOW, zone="Africa/Casablanca"))
    assert found.conference.name == "KiteLM 2026"
    zone = ZoneInfo("Africa/Casablanca")
    assert [
        (talk.title, talk.kind, talk.start and talk.start.astimezone(zone).strftime("%H:%M"))
        for talk in found.conference.talks
    ] == [
        ("Poster Session I", "poster", "09:30"),
        ("Morphology", "poster", "09:30"),
        ("Lunch Break", "break", "12:00"),
        ("Oral Session I", "oral", "15:00"),
        ("Parsing", "oral", "15:15"),
    ]
    assert not found.warnings


def test_a_day_in_words_takes_its_year_from_the_name() -> None:
    """Zeppelin's days may say no date but what people read."""
    schedule = [{"dateReadable": "June 25", "timeslots": [{"startTime": "9:50", "sessionIds": ["kotlin"]}]}]
    folder = [part("schedule.json", schedule), part("sessions.json", [{"id": "kotlin", "title": "Kotlin"}])]
    (talk,) = read(folder, Hints(NOW, name="DevFest 2016", zone="Europe/Riga")).conference.talks
    assert talk.start == datetime(2016, 6, 25, 9, 50, tzinfo=RIGA)


def test_a_session_that_stands_nowhere_is_told() -> None:
    """Slots may name sessions of a file that was not read: that is said, and nothing is cancelled; 404 is an empty column."""
    schedule = [{"date": "2016-06-25", "timeslots": [{"startTime": "9:50", "sessionIds": [1, 404, 3]}]}]
    folder = [part("schedule.json", schedule), part("sessions.json", [{"id": 1, "title": "Kotlin"}])]
    found = read(folder, Hints(NOW, name="DevFest 2016", zone="Europe/Riga"))
    assert [talk.title for talk in found.conference.talks] == ["Kotlin"]
    assert any("stand in none of the files, so they were left out: 3." in one for one in found.warnings)
    assert found.partial
