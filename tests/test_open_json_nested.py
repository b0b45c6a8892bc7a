"""Talks wherever a JSON document nests them: in tracks, in sessions, below hours, beside the conference itself."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from alone import at

from planner.errors import MissingFactsError
from planner.readers import Hints, Part, read

if TYPE_CHECKING:
    from planner.model import Reading

RIGA = "Europe/Riga"


def reading(document: object, **hints: object) -> Reading:
    """The reading of a JSON value."""
    part = Part("kites.json", json.dumps(document).encode())
    return read([part], Hints(now=datetime(2026, 11, 22, tzinfo=UTC), **hints))  # type: ignore[arg-type]


DAY = "2025-06-12"
NESTED: dict[str, tuple[object, list[tuple[str, int, int, str]]]] = {
    "rooms and tracks around the sessions": (
        {
            "schedule": {
                "days": [
                    {
                        "date": DAY,
                        "start": "08:00",
                        "breaks": [{"title": "Lunch", "start": "12:00", "end": "13:00"}],
                        "tracks": [
                            {"room": "Hall 1", "sessions": [{"title": "One", "start": "10:00", "speaker": "Ada Ek"}]},
                            {"room": "Hall 2", "sessions": [{"title": "Two", "start": "10:30", "speaker": "Bo Fuchs"}]},
                        ],
                    }
                ]
            }
        },
        [("Lunch", 12, 0, ""), ("One", 10, 0, "Hall 1"), ("Two", 10, 30, "Hall 2")],
    ),
    "talks of a session under any key, by title and speaker": (
        [
            {"title": "Oral 1", "date": DAY, "start": "10:00", "session": [{"title": "P1", "authors": "Ada Ek"}], "room": "A"},
            {"title": "Oral 2", "date": DAY, "start": "11:00", "awards": [{"title": "Best", "sponsor": "Bo"}], "room": "A"},
            {"title": "Oral 3", "date": DAY, "start": "12:00", "media": [{"name": "Film", "presenter": "Bo"}], "room": "A"},
        ],
        [("Oral 1", 10, 0, "A"), ("P1", 10, 0, "A"), ("Oral 2", 11, 0, "A"), ("Oral 3", 12, 0, "A")],
    ),
    "papers without a time in their session": (
        [
            {"title": "Oral 1", "date": DAY, "start": "10:00", "end": "11:00", "room": "A", "papers": [{"title": "P1"}]},
            {"title": "Oral 2", "date": DAY, "start": "11:00", "items": [{"title": "P2", "time": "11:20", "room": "B"}]},
        ],
        [("Oral 1", 10, 0, "A"), ("P1", 10, 0, "A"), ("Oral 2", 11, 0, ""), ("P2", 11, 20, "B")],
    ),
    "slots with titles in a session": (
        {
            "vast": {
                "event": "VAST",
                "long_name": "VAST",
                "sessions": [
                    {
                        "title": "Opening",
                        "time_start": f"{DAY}T08:00",
                        "time_end": f"{DAY}T09:00",
                        "time_slots": [{"title": "Hello", "time_start": f"{DAY}T08:30", "contributors": ["Ada Ek"]}],
                    }
                ],
            }
        },
        [("Opening", 8, 0, ""), ("Hello", 8, 30, "")],
    ),
    "the conference itself beside its sessions": (
        {
            "event": {"name": "Kites", "startTime": f"{DAY}T06:00", "endTime": "2025-06-14T18:00", "tracks": [{"id": "t"}]},
            "sessions": [{"title": "One", "dateStart": f"{DAY}T09:00", "dateEnd": f"{DAY}T09:20", "trackTitle": "Main"}],
        },
        [("One", 9, 0, "")],
    ),
    "days of hours": (
        {DAY: {"09:00": [{"title": "One", "room": "A"}], "14:00 - 14:30": [{"title": "Two", "room": "B"}]}},
        [("One", 9, 0, "A"), ("Two", 14, 0, "B")],
    ),
    "records with fields": (
        {"records": [{"id": "rec1", "createdTime": "2025-01-01T00:00Z", "fields": {"Name": "One", "Start": f"{DAY}T09:00"}}]},
        [("One", 9, 0, "")],
    ),
    "serial numbers": (
        {
            "Schedule": {
                "events": [{"serial": 7, "name": "One", "time_start": f"{DAY} 09:00:00", "venue_serial": 14, "speakers": [1]}],
                "speakers": [{"serial": 1, "name": "Ada Ek"}],
                "venues": [{"serial": 14, "name": "F151"}],
            }
        },
        [("One", 9, 0, "F151")],
    ),
    "groups that meet": (
        {
            "118": [
                {"objtype": "session", "name": "", "group": {"name": "Kites"}, "start": f"{DAY}T09:00", "location": "Hall 1"},
                {"objtype": "location", "id": 5, "name": "Hall 1"},
            ]
        },
        [("Kites", 9, 0, "Hall 1")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("shape", NESTED)
def test_nothing_that_nests_is_lost_or_invented(shape: str) -> None:
    """Sessions inside of tracks, papers inside of sessions, tables of rooms: each talk once, in its place and at its time."""
    document, meant = NESTED[shape]
    found = reading(document, name="Kites 2025", zone=RIGA)
    assert [(talk.title, talk.start, talk.slot.room or "") for talk in found.conference.talks] == [
        (title, at(RIGA, 2025, 6, 12, hour, minute), room) for title, hour, minute, room in meant
    ]
    assert not found.warnings


def test_a_session_that_was_called_off_stays_called_off() -> None:
    """The IETF writes ``canceled`` into the status of a session that has no name of its own."""
    rows = [
        {"name": "", "group": {"name": name}, "start": f"{DAY}T09:00:00Z", "status": status}
        for name, status in (("A", "sched"), ("B", "canceled"))
    ]
    found = reading({"118": rows}, name="Kites 2025", zone=RIGA)
    assert [(talk.title, talk.cancelled) for talk in found.conference.talks] == [("A", False), ("B", True)]


def test_talks_of_joind_in() -> None:
    """``talk_title``, ``start_date`` with a clock, and speakers by ``speaker_name``."""
    talk = {
        "talk_title": "Kites",
        "start_date": "2013-11-01T09:30:00+00:00",
        "duration": 60,
        "speakers": [{"speaker_name": "Ada Ek"}],
    }
    found = reading({"talks": [talk], "meta": {"count": 1}}, name="Kites 2013", zone="Europe/London")
    (read_talk,) = found.conference.talks
    assert (read_talk.start, read_talk.end) == (
        datetime(2013, 11, 1, 9, 30, tzinfo=UTC),
        datetime(2013, 11, 1, 10, 30, tzinfo=UTC),
    )
    assert read_talk.speakers == ("Ada Ek",)


def test_papers_that_are_only_titles() -> None:
    """Titles in a session are talks in its slot; numbers and single words are ids that nothing explains."""
    session = {"title": "Session 1", "date": DAY, "start": "10:00", "end": "11:00"}
    document = [
        {**session, "papers": ["Kites in the wind", "Two tails"]},
        {**session, "title": "Session 2", "papers": [12, "p13"]},
    ]
    found = reading(document, name="Kites 2025", zone=RIGA)
    assert [(talk.title, talk.start) for talk in found.conference.talks] == [
        (title, at(RIGA, 2025, 6, 12, 10)) for title in ("Session 1", "Kites in the wind", "Two tails", "Session 2")
    ]


def test_of_several_years_one_is_meant() -> None:
    """A site keeps its years in one file: the one that --year or the name says is read, else it is asked."""
    rows = {year: [{"title": f"Kites of {year}", "start": f"{year}-06-12T09:00:00Z"}] for year in ("2021", "2022")}
    for hints in ({"name": "Kites 2021"}, {"name": "Kites", "year": 2021}):
        assert [talk.title for talk in reading(rows, **hints).conference.talks] == ["Kites of 2021"]
    with pytest.raises(MissingFactsError, match="2021 and 2022 fit"):
        reading(rows, name="Kites")


def test_records_one_a_line_and_yaml_in_braces() -> None:
    """JSON with an object a line, and YAML whose talks stand in braces, below tracks that name their rooms."""
    lines = "".join(f'{{"title": "{title}", "start": "{DAY}T{hour}:00"}}\n' for title, hour in (("One", "09"), ("Two", "10")))
    yaml = (
        "tracks:\n  - name: Main\n    room: Aula\n    talks:\n"
        f'      - {{title: One, start: "{DAY}T09:00", speaker: Ada Ek}}\n'
        "  - name: Side\n    room: Lab\n    talks:\n"
        f'      - {{title: Two, start: "{DAY}T10:00", speaker: Bo Fuchs}}\n'
    )
    hints = Hints(now=datetime(2026, 11, 22, tzinfo=UTC), name="Kites 2025", zone=RIGA)
    for name, text, rooms in (("kites.jsonl", lines, [None, None]), ("kites.yml", yaml, ["Aula", "Lab"])):
        talks = read([Part(name, text.encode())], hints).conference.talks
        assert [(talk.title, talk.start) for talk in talks] == [
            ("One", at(RIGA, 2025, 6, 12, 9)),
            ("Two", at(RIGA, 2025, 6, 12, 10)),
        ]
        assert [talk.slot.room for talk in talks] == rooms


def test_an_entry_with_an_end_only_is_kept() -> None:
    """What tells when it ends, and not when it begins, is a talk without a slot."""
    rows = [
        {"title": "One", "timeStart": f"{DAY}T09:00", "timeEnd": f"{DAY}T10:00"},
        {"title": "Close", "timeEnd": f"{DAY}T16:20"},
    ]
    found = reading(rows, name="Kites 2025", zone=RIGA)
    assert [(talk.title, talk.start) for talk in found.conference.talks] == [
        ("One", at(RIGA, 2025, 6, 12, 9)),
        ("Close", None),
    ]


def test_talks_that_are_called_event_are_talks() -> None:
    """Each talk may stand under ``event``, beside a break that does not; only one alone at the head is the conference."""
    rows = [
        {"event": {"title": "One", "start": f"{DAY}T10:00"}},
        {"event": {"title": "Two", "start": f"{DAY}T11:00"}},
        {"title": "Lunch", "start": f"{DAY}T12:00"},
    ]
    for document in (rows, {"schedule": rows}, {"schedule": rows[1:]}):
        found = reading(document, name="Kites", zone=RIGA).conference.talks
        meant = [("One", 10), ("Two", 11), ("Lunch", 12)][0 if document != {"schedule": rows[1:]} else 1 :]
        assert [(talk.title, talk.start) for talk in found] == [(title, at(RIGA, 2025, 6, 12, hour)) for title, hour in meant]


def test_a_conference_that_says_its_own_days() -> None:
    """A file may have a name, days and a city beside its programme; a session with its talks names no conference."""
    head = {
        "name": "2023-riga",
        "city": "Riga (Latvia)",
        "startdate": "2023-05-03T00:00:00+03:00",
        "team": [{"name": "Ada Ek"}],
    }
    talks = [{"title": "Kites", "date": "2023-05-03", "start_time": "9:15", "end_time": "10:00"}]
    found = reading({**head, "program": talks})
    assert (found.conference.name, found.conference.zone) == ("2023-riga", RIGA)
    assert [talk.start for talk in found.conference.talks] == [at(RIGA, 2023, 5, 3, 9, 15)]
    with pytest.raises(MissingFactsError, match="conference"):
        reading({"title": "Session 1", "start": "2023-05-03T09:00+03:00", "talks": talks}, zone=RIGA)
