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


def test_columns_that_slots_name() -> None:
    """A slot of parallel tracks says which of them it is in: that one's title is its room."""
    slots = (
        '- date: "2014-10-24"\n  tracks:\n    - {parallel: 1, title: Hackathon}\n    - {parallel: 2, title: Workshops}\n'
        '  timeslots:\n    - {startTime: "10:00", endTime: "11:00", parallel: 2, sessionIds: [701]}\n'
    )
    given = [part("schedule.yml", slots), part("sessions.yml", "- id: 701\n  title: Kites\n  speakers: []\n")]
    found = read(given, Hints(now=NOW, name="DevFest 2014", zone="Europe/Riga"))
    assert [(talk.title, talk.slot.room) for talk in found.conference.talks] == [("Kites", "Workshops")]


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


def test_talks_and_speakers_beside_a_schedule() -> None:
    """Times that name their talk by number, and talks their speakers, whatever a speaker's title is."""
    schedule = [{"date": "2017-11-04", "schedule": [{"startTime": "16:30", "endTime": "18:30", "session": 100}]}]
    talks = [{"id": 100, "title": "Kites", "speakers": [1, 2], "room": "R 1"}]
    people = [{"id": 1, "name": "Ada Ek", "title": "CTO", "bio": "Flies."}, {"id": 2, "name": "Bo Fuchs"}]
    folder = [part("schedule.json", schedule), part("sessions.json", talks), part("speakers.json", people)]
    (talk,) = read(folder, Hints(NOW, name="DevFest 2017", zone="Europe/Riga")).conference.talks
    assert (talk.title, talk.speakers, talk.slot.room) == ("Kites", ("Ada Ek", "Bo Fuchs"), "R 1")
    assert talk.start == datetime(2017, 11, 4, 16, 30, tzinfo=RIGA)


@pytest.mark.parametrize("key", ["speakers", "speaker_ids", "speaker"])
def test_speakers_beside_talks(key: str) -> None:
    """Talks with their own times take the names of their speakers from the file beside them."""
    talks = [{"title": "Ants", "start": "2031-05-06T10:00:00+03:00", key: "ada-ek" if key == "speaker" else ["ada-ek"]}]
    people = {"ada-ek": {"name": "Ada Ek", "title": "CTO", "bio": "Flies."}}
    folder = [part("talks.json", talks), part("speakers.json", people)]
    (talk,) = read(folder, Hints(NOW, name="Kites 2031")).conference.talks
    assert (talk.title, talk.speakers) == ("Ants", ("Ada Ek",))
    assert talk.start == datetime(2031, 5, 6, 10, tzinfo=RIGA)


def test_files_of_two_conferences_are_not_put_together() -> None:
    """Numbers of one year's schedule are not those of another year's talks."""
    schedule = [{"date": "2017-11-04", "schedule": [{"startTime": "16:30", "title": "", "session": 1}]}]
    parts = [part(f"kites-{year}/schedule.json", schedule) for year in (2017, 2018)]
    with pytest.raises(ReadError):
        read([*parts, part("kites-2017/sessions.json", [{"id": 1, "title": "Kites"}])], Hints(NOW, zone="Europe/Riga"))
