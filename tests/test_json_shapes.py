"""Shapes of JSON and YAML that sites and tools publish, each made by hand, with the instants that zoneinfo gives."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from alone import at

from planner.errors import MissingFactsError, ReadError
from planner.readers import Hints, Part, read

if TYPE_CHECKING:
    from planner.model import Reading

RIGA = "Europe/Riga"


def reading(document: object, file: str = "kites-2024.json", **hints: object) -> Reading:
    """The reading of a JSON value, or of a text."""
    text = document if isinstance(document, str) else json.dumps(document)
    return read([Part(file, text.encode())], Hints(now=datetime(2026, 11, 22, tzinfo=UTC), **hints))  # type: ignore[arg-type]


def starts(found: Reading) -> list[tuple[str, datetime | None]]:
    """Titles and starts."""
    return [(talk.title, talk.start) for talk in found.conference.talks]


def test_a_slot_with_the_talk_inside() -> None:
    """Devoxx and Voxxed put the talk into its slot; a slot without one is the break that it names."""
    new = [
        {
            "id": 1,
            "fromDate": "2024-10-07T07:30:00Z",
            "toDate": "2024-10-07T10:30:00Z",
            "room": {"id": 5, "name": "Room 8"},
            "sessionType": {"id": 6, "name": "Deep Dive"},
            "proposal": {"id": 11, "title": "Deep Java", "speakers": [{"fullName": "Ada Ek"}]},
        },
        {
            "id": 2,
            "fromDate": "2024-10-07T10:30:00Z",
            "toDate": "2024-10-07T11:30:00Z",
            "room": {"id": 5, "name": "Room 8"},
            "sessionType": {"id": 7, "name": "Lunch"},
            "proposal": None,
        },
    ]
    found = reading(new, zone="Europe/Brussels")
    assert starts(found) == [
        ("Deep Java", at("Europe/Brussels", 2024, 10, 7, 9, 30)),
        ("Lunch", at("Europe/Brussels", 2024, 10, 7, 12, 30)),
    ]
    assert found.conference.talks[0].speakers == ("Ada Ek",)
    assert [talk.kind for talk in found.conference.talks] == ["talk", "break"]
    old = {
        "slots": [
            {
                "roomName": "Room 8",
                "fromTimeMillis": 1478509200000,
                "toTimeMillis": 1478520000000,
                "fromTime": "10:00",
                "break": None,
                "talk": {"id": "A-1", "title": "Old", "speakers": [{"name": "Ada Ek"}]},
            },
            {
                "roomName": "Hall",
                "fromTimeMillis": 1478520000000,
                "toTimeMillis": 1478523600000,
                "break": {"id": "b", "nameEN": "Lunch"},
                "talk": None,
            },
        ]
    }
    assert starts(reading(old, zone="Europe/Brussels")) == [
        ("Old", at("Europe/Brussels", 2016, 11, 7, 10)),
        ("Lunch", at("Europe/Brussels", 2016, 11, 7, 13)),
    ]


def test_pretalx_new_and_old() -> None:
    """Submissions without a slot stay as talks without one, withdrawn ones are told, and a slot of nothing is its break."""
    talks = {
        "results": [
            {"code": "AAAAAA", "title": "Ids only", "submission_type": 3, "track": 5, "state": "confirmed", "slots": [77]},
            {
                "code": "BBBBBB",
                "title": "Expanded",
                "submission_type": {"name": {"en": "Workshop"}},
                "state": "confirmed",
                "slots": [{"id": 77, "room": {"name": {"en": "Hall"}}, "start": "2025-05-20T09:00:00+02:00"}],
            },
            {"code": "CCCCCC", "title": "Gone", "submission_type": 3, "state": "withdrawn", "slots": []},
            {"code": "DDDDDD", "title": "No slot", "submission_type": "Talk", "state": "confirmed", "slot": None},
        ]
    }
    found = reading(talks, "kites-2025.json", zone="Europe/Berlin")
    nine = at("Europe/Berlin", 2025, 5, 20, 9)
    assert starts(found) == [("Ids only", None), ("Expanded", nine), ("No slot", None)]
    assert found.conference.talks[0].track is None
    assert any("1 withdrawn" in said for said in found.warnings)
    schedule = {
        "slots": [
            {
                "submission": {"code": "AAAAAA", "title": "A talk", "submission_type": {"name": {"en": "Talk"}}},
                "room": {"name": {"en": "Hall"}},
                "start": "2025-05-20T09:00:00+02:00",
                "end": "2025-05-20T09:45:00+02:00",
            },
            {
                "submission": None,
                "description": {"en": "Coffee break"},
                "room": {"name": {"en": "Hall"}},
                "start": "2025-05-20T09:45:00+02:00",
                "end": "2025-05-20T10:15:00+02:00",
            },
        ]
    }
    found = reading(schedule, "kites-2025.json", zone="Europe/Berlin")
    assert starts(found) == [("A talk", nine), ("Coffee break", at("Europe/Berlin", 2025, 5, 20, 9, 45))]
    assert found.conference.talks[1].kind == "break"


def test_json_api_names_its_rooms_and_people_by_id() -> None:
    """Open Event's second interface relates a session to room, track and speakers that stand elsewhere in the document."""
    document = {
        "data": [
            {
                "type": "session",
                "id": "9",
                "attributes": {"title": "Kites", "state": "accepted", "starts-at": "2019-03-14T02:00:00+00:00"},
                "relationships": {
                    "microlocation": {"data": {"type": "microlocation", "id": "3"}},
                    "speakers": {"data": [{"type": "speaker", "id": "4"}]},
                    "track": {"data": {"type": "track", "id": "5"}},
                    "event": {"data": None},
                },
            }
        ],
        "included": [
            {"type": "microlocation", "id": "3", "attributes": {"name": "Hall A"}},
            {"type": "speaker", "id": "4", "attributes": {"name": "Ada Ek", "organisation": "Uni X"}},
            {"type": "track", "id": "5", "attributes": {"name": "Web"}},
        ],
    }
    (talk,) = reading(document, zone="Asia/Singapore").conference.talks
    assert (talk.slot.room, talk.speakers, talk.track) == ("Hall A", ("Ada Ek",), "Web")
    assert talk.start == at("Asia/Singapore", 2019, 3, 14, 10)


def test_schema_org() -> None:
    """Events of schema.org: the whole event names the conference and its city, a cancelled one is known, a performer too."""
    document = {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": "KiteConf 2025",
        "startDate": "2025-06-01",
        "location": {"@type": "Place", "name": "Hall", "address": {"addressLocality": "Berlin"}},
        "subEvent": [
            {"@type": "Event", "name": "Opening", "startDate": "2025-06-01T09:00", "performer": {"name": "Ada Ek"}},
            {
                "@type": "Event",
                "name": "Off",
                "startDate": "2025-06-01T10:00",
                "eventStatus": "https://schema.org/EventCancelled",
            },
        ],
    }
    found = reading(document, "page.json")
    assert (found.conference.name, found.conference.zone) == ("KiteConf 2025", "Europe/Berlin")
    first, second = found.conference.talks
    assert (first.start, first.speakers) == (at("Europe/Berlin", 2025, 6, 1, 9), ("Ada Ek",))
    assert (first.cancelled, second.cancelled) == (False, True)


def test_dates_as_javascript_prints_them() -> None:
    """``Fri Mar 10 2023 13:10:00 GMT+0900`` is that instant, whatever ``start_time`` says beside it; 1899 is no length."""
    document = [
        {
            "id": "j_1",
            "title_en": "Chains",
            "start_datetime": "Fri Mar 10 2023 13:10:00 GMT+0900 (日本標準時)",
            "end_datetime": "Fri Mar 10 2023 14:00:00 GMT+0900 (日本標準時)",
            "duration": "Sat Dec 30 1899 00:50:00 GMT+0900 (日本標準時)",
            "start_time": "13:10",
            "end_time": "14:00",
            "day": "10",
        }
    ]
    (talk,) = reading(document, zone="Asia/Tokyo").conference.talks
    assert (talk.title, talk.start, talk.end) == (
        "Chains",
        at("Asia/Tokyo", 2023, 3, 10, 13, 10),
        at("Asia/Tokyo", 2023, 3, 10, 14),
    )


def test_days_without_a_year_take_it_from_the_name() -> None:
    """``Friday, November 16`` in a file of 2018; talks of several tracks in one slot have the slot's time."""
    document = [
        {
            "date": "Friday, November 16",
            "timetable": [
                {"time": "09:00", "title": "Doors"},
                {
                    "time": "11:20",
                    "type": "TWO",
                    "talks": [{"title": "One", "speaker": "Ada Ek"}, {"title": "Two", "track": "iOS"}],
                },
            ],
        }
    ]
    found = reading(document, "kites2018_schedule.json", zone=RIGA)
    assert starts(found) == [
        ("Doors", at(RIGA, 2018, 11, 16, 9)),
        ("One", at(RIGA, 2018, 11, 16, 11, 20)),
        ("Two", at(RIGA, 2018, 11, 16, 11, 20)),
    ]
    with pytest.raises(MissingFactsError, match="--year"):
        reading(
            [{"date": "November 16", "timetable": [{"time": "09:00", "title": "Doors"}, {"time": "10:00", "title": "B"}]}],
            "schedule.json",
            zone=RIGA,
            name="Kites",
        )


YAML: dict[str, tuple[str, list[tuple[str, tuple[int, ...]]]]] = {
    "rooms of a day": (
        (
            "days:\n- name: Saturday\n  date: 2024-08-03\n  rooms:\n  - name: Main\n    talks:\n"
            "      - name: Opening\n        time_start: '09:00'\n        time_end: '09:15'\n"
            "      - name: Coffee Break\n        time_start: '10:20'\n        time_end: '10:50'\n"
        ),
        [("Opening", (2024, 8, 3, 9)), ("Coffee Break", (2024, 8, 3, 10, 20))],
    ),
    "a label with the whole day": (
        (
            'days:\n  - label: "Monday, 10 November 2025"\n    sessions:\n'
            '      - title: "Registration"\n        time: "From 08:00"\n'
            '      - title: "Master Class"\n        time: "08:45-10:00"\n'
        ),
        [("Registration", (2025, 11, 10, 8)), ("Master Class", (2025, 11, 10, 8, 45))],
    ),
    "a date with its clock": (
        (
            '2022:\n - title: "Tutorial 1"\n   date: "2022-09-12 9:00"\n   duration: "4:00:00"\n'
            ' - title: "Oral Session 1"\n   date: "2022-9-13 14:30:00"\n   duration: "1:00:00"\n'
        ),
        [("Tutorial 1", (2022, 9, 12, 9)), ("Oral Session 1", (2022, 9, 13, 14, 30))],
    ),
    "sessions with their own names": (
        (
            "schedule:\n  - day: Monday 22nd November\n    contents:\n"
            '      - session: Oral Session 1\n        title: "Multimodal Learning"\n        start-time: "13:00"\n'
            '      - session: Conference Welcome\n        start-time: "11:00"\n'
        ),
        [("Oral Session 1: Multimodal Learning", (2021, 11, 22, 13)), ("Conference Welcome", (2021, 11, 22, 11))],
    ),
    "talks in sessions of a twelve-hour clock": (
        (
            "- day: June 4, 2018\n  sessions:\n"
            '    - from: "9:00"\n      to: "10:15"\n      talks:\n        - speaking: Ada Ek\n          title: One\n'
            '    - from: "1:30"\n      to: "2:45"\n      talks:\n        - speaking: Bo Fuchs\n          title: Two\n'
        ),
        [("One", (2018, 6, 4, 9)), ("Two", (2018, 6, 4, 13, 30))],
    ),
    "slots of time with titles of their own": (
        (
            '- date: "2018-09-26"\n  timeslots:\n'
            '  - startTime: "10:00"\n    endTime: "11:00"\n    title: Coffee\n    type: service\n'
            '  - startTime: "13:30"\n    endTime: "14:00"\n    title: Edges\n    events:\n      - title: Ada Ek\n'
        ),
        [("Coffee", (2018, 9, 26, 10)), ("Edges", (2018, 9, 26, 13, 30))],
    ),
    "keys in capitals, clocks with full stops": (
        (
            "- Title: <b>Opening</b>\n  Time: 09.00 - 09.10\n  Day: 2031-10-04\n"
            "- Title: Talk\n  Time: 13.30 - 14.30\n  Day: 2031-10-04\n"
        ),
        [("Opening", (2031, 10, 4, 9)), ("Talk", (2031, 10, 4, 13, 30))],
    ),
    "keys in another language": (
        (
            "- fecha: 2025-10-11\n  sessions:\n  - hora: 09:00am - 10:05am\n    lugar: Sala 1\n    titulo: Registro\n"
            "  - hora: 01:45pm - 03:00pm\n    sala: Sala 1\n    titulo: Cometas\n    ponente: Ada Ek\n"
        ),
        [("Registro", (2025, 10, 11, 9)), ("Cometas", (2025, 10, 11, 13, 45))],
    ),
    "days whose slots have titles or talks of their own": (
        (
            'days:\n  - name: "Day 1"\n    date: "May 5th 2025"\n    slots:\n'
            '      - {start: "9:00", end: "9:30", talks: [{title: Ants, room: R1}, {title: Bees, room: R2}]}\n'
            '      - {start: "14:00", end: "14:30", title: Cod}\n'
            '  - name: "Day 2"\n    date: "May 6th 2025"\n    slots:\n'
            '      - {start: "9:00", end: "9:30", title: Dodo}\n'
        ),
        [("Ants", (2025, 5, 5, 9)), ("Bees", (2025, 5, 5, 9)), ("Cod", (2025, 5, 5, 14)), ("Dodo", (2025, 5, 6, 9))],
    ),
    "starts beside those of their sessions, dates beside that of the post": (
        (
            '- title: Ants\n  session_start: "2025-05-05T09:00"\n  time: "09:15"\n'
            '- title: Bees\n  session_start: "2025-05-05T09:00"\n'
            '- title: Cod\n  date: "2025-04-01T10:00:00"\n  start_date: 2025-05-06\n  start_time: "13:00"\n'
        ),
        [("Ants", (2025, 5, 5, 9, 15)), ("Bees", (2025, 5, 5, 9)), ("Cod", (2025, 5, 6, 13))],
    ),
    "a room with a name and a description of its own": (
        (
            "- date: 2025-05-05\n  slots:\n"
            '    - start: "9:00"\n      room: {id: 1, name: Hall, description: "", location: upstairs}\n'
            "      talks: [{title: Ants, speakers: [Ada Ek]}, {title: Bees}]\n"
            '    - {start: "10:00", title: Cod}\n'
        ),
        [("Ants", (2025, 5, 5, 9)), ("Bees", (2025, 5, 5, 9)), ("Cod", (2025, 5, 5, 10))],
    ),
    "rows that are one line each": (
        (
            '- {title: "Ants", date: "2025-05-06", start: "09:00", end: "09:30"}\n'
            '- {title: "Bees", date: "2025-05-06", start: "14:00", end: "15:00"}\n'
        ),
        [("Ants", (2025, 5, 6, 9)), ("Bees", (2025, 5, 6, 14))],
    ),
    "slots with talks that are only titles": (
        (
            "schedule:\n- date: 2021-10-16\n  events:\n"
            "  - end: '10:15'\n    meetings:\n    - title: Ants\n      speaker: Ada Ek\n      venue: Hall\n    start: 09:30\n"
            "  - end: '13:00'\n    meetings:\n    - title: Lunch\n      speaker: ''\n      venue: ''\n    start: '12:00'\n"
        ),
        [("Ants", (2021, 10, 16, 9, 30)), ("Lunch", (2021, 10, 16, 12))],
    ),
}


@pytest.mark.parametrize(
    "fields",
    [
        {"slots": [{"talk": 12, "event": "x25", "people": [{"name": "Bo Fuchs"}]}]},
        {"slots": [{"title": "Ants"}]},
        {"slot": {"name": "S1"}},
        {"speakers": ["Ada Ek"], "times": [{"name": "Main run"}]},
    ],
)
def test_a_talk_in_slots_that_say_more_than_a_time(fields: dict[str, Any]) -> None:
    """Ids, people, the same title or a name of the slot make it no talk of its own: the talk around it has that slot, once."""
    time = {"start": "2025-05-05T09:00", "end": "2025-05-05T09:30"}
    for key in fields.keys() - {"speakers"}:
        fields = {**fields, key: [{**one, **time} for one in fields[key]] if key != "slot" else {**fields[key], **time}}
    found = reading([{"title": "Ants", **fields}], zone=RIGA)
    assert starts(found) == [("Ants", at(RIGA, 2025, 5, 5, 9))]


@pytest.mark.parametrize("shape", YAML)
def test_a_schedule_in_yaml(shape: str) -> None:
    """Schedules of Jekyll themes and conferences' own: titles and instants on the conference's clock."""
    text, meant = YAML[shape]
    found = reading(text, "kites2021_schedule.yml", zone=RIGA)
    assert starts(found) == [(title, at(RIGA, *figures)) for title, figures in meant]


@pytest.mark.parametrize(
    "inside",
    [
        {"talks": [{"title": "Ants", "day": "Monday", "time": "9:00"}, {"title": "Bees", "day": "Tuesday", "time": "9:00"}]},
        {"talks": [{"title": "Ants", "day": 1, "time": "9:00"}, {"title": "Bees", "day": 2, "time": "9:00"}]},
        {"days": [{"name": f"Day {n}", "talks": [{"title": "Ants", "time": "9:00"}]} for n in (1, 2)]},
    ],
)
def test_the_date_of_a_whole_conference_is_not_that_of_its_days(inside: dict[str, object]) -> None:
    """A date above talks that name or count several days is that of the first one: none is put on it."""
    found = reading({"name": "Kites 2025", "date": "2025-05-05", **inside}, zone=RIGA)
    assert [talk.start for talk in found.conference.talks] == [None, None]
    assert found.scope == "list"


def test_letters_of_a_slot_are_those_of_its_talks() -> None:
    """A slot or a session whose clock has letters passes them on to the talks in it."""
    slot = {"time": "10:00 - 11:00 EDT", "talks": [{"title": "Ants"}, {"title": "Bees"}]}
    session = {"title": "Insects", "time": "13:00 - 14:00 EDT", "papers": [{"title": "Cod"}]}
    found = reading([{"date": "2025-07-01", "slots": [slot, session]}], zone=RIGA)
    at_ten, at_one = datetime(2025, 7, 1, 14, tzinfo=UTC), datetime(2025, 7, 1, 17, tzinfo=UTC)
    assert starts(found) == [("Ants", at_ten), ("Bees", at_ten), ("Insects", at_one), ("Cod", at_one)]
    assert [session.start for session in found.conference.sessions] == [at_one]


def test_the_date_of_an_event_of_one_day() -> None:
    """One date above all talks is theirs, also as ``eventDate``; a weekday beside them may be short or whole."""
    talks = [{"title": "Ants", "day": "Sat", "time": "9:00am"}, {"title": "Bees", "day": "Saturday", "time": "1:00pm"}]
    found = reading({"eventName": "Kites 2025", "eventDate": "2025-12-20", "sessions": talks}, zone=RIGA)
    assert starts(found) == [("Ants", at(RIGA, 2025, 12, 20, 9)), ("Bees", at(RIGA, 2025, 12, 20, 13))]


def test_sessions_before_they_have_times() -> None:
    """Sessionize's view before the schedule is out: talks without a slot; Guidebook names its rooms in a list."""
    early = [{"id": "523737", "title": "Ants", "startsAt": None, "endsAt": None, "isServiceSession": False, "room": None}]
    assert starts(reading([{"groupName": "All", "sessions": early}], zone=RIGA)) == [("Ants", None)]
    guide = {"sessions": [{"id": 1, "name": "Expo", "start_time": "2025-07-30T19:00:00.000000+0000", "locations": ["HALL"]}]}
    assert [talk.slot.room for talk in reading(guide).conference.talks] == ["HALL"]


def test_a_start_with_letters_in_yaml() -> None:
    """``Wednesday 2022-11-30 11:00-12:20 AEDT`` is +11:00, in a file whose other times carry an offset."""
    text = (
        "- UID: S1\n  title: Dignity\n  date: Wednesday 2022-11-30 11:00-12:20 AEDT\n  location: Theatre\n"
        "- UID: S2\n  title: Tangibles\n  date: Wednesday 2022-11-30 14:00-15:30 AEDT\n  location: Theatre\n"
    )
    found = reading(text, "ozchi2022_sessions.yml")
    assert starts(found) == [
        ("Dignity", datetime(2022, 11, 30, 0, tzinfo=UTC)),
        ("Tangibles", datetime(2022, 11, 30, 3, tzinfo=UTC)),
    ]


def test_a_list_of_speakers_is_refused_with_the_way_out() -> None:
    """Sessionize's view of speakers tells no time."""
    document = [{"id": "a", "fullName": "Ada Ek", "tagLine": "CTO", "sessions": [{"id": 1, "name": "Hello"}]}]
    with pytest.raises(ReadError, match="its view All or Sessions"):
        reading(document)


def test_entries_without_a_title_are_told() -> None:
    """A time without a title is no talk, but it is said; slots that are empty or hold talks are not counted."""
    day = {
        "date": "2031-05-06",
        "items": [
            {"time": "9:00 - 9:40", "type": "Keynote", "title": "", "speaker": "Ada Ek"},
            {"time": "10:00 - 10:40", "type": "Session", "speaker": ""},
            {"time": "11:00 - 11:40", "talks": [{"title": "Ants", "speaker": "Bo Fuchs"}]},
        ],
    }
    found = reading([day], zone=RIGA)
    assert starts(found) == [("Ants", at(RIGA, 2031, 5, 6, 11))]
    assert found.warnings == ("Entries with a time and without a title were left out: 2.",)


def test_clocks_without_any_day_are_a_list() -> None:
    """Times of which no day is to be had give no slot, and cancel nothing of the schedule that is known."""
    found = reading([{"title": "Ants", "time": "9:00 - 10:00"}, {"title": "Bees", "time": "14:00 - 15:00"}], zone=RIGA)
    assert starts(found) == [("Ants", None), ("Bees", None)]
    assert found.scope == "list"
    assert "No date and start could be read" in found.warnings[0]


def test_days_that_are_called_by_more_than_their_date() -> None:
    """A group may be ``Day 1: Monday 3 June``; its date counts before its name, and a title with a date is none."""
    document = {
        "days": [
            {"title": "Day 1: Monday 3 June", "sessions": [{"title": "Ants - 5 May", "time": "9:00 AM - 10:00 AM"}]},
            {"name": "Workshops (Tuesday, June 4th)", "events": [{"title": "Bees", "time": "2:00 PM"}]},
            {"date": "2024-06-05", "label": "Wasps - June 6th", "items": [{"title": "Wasps", "time": "9:00 AM"}]},
        ]
    }
    found = reading(document, zone=RIGA)
    assert starts(found) == [
        ("Ants - 5 May", at(RIGA, 2024, 6, 3, 9)),
        ("Bees", at(RIGA, 2024, 6, 4, 14)),
        ("Wasps", at(RIGA, 2024, 6, 5, 9)),
    ]
    assert starts(reading({"days": document["days"][2:]}, "x.json", name="Kites", zone=RIGA)) == starts(found)[2:]


def test_a_weekday_that_contradicts_its_date_gives_no_slot() -> None:
    """31 January 2020 is a Friday: whichever is wrong, the talks of that day get no slot, and it is said."""
    days = [
        {"name": "Monday", "date": "2020-01-31", "rooms": [{"name": "A", "talks": [{"name": "Ants", "time_start": "9:00"}]}]}
    ]
    alone = [{"title": "Ants", "date": "2020-01-31", "day": "Monday", "time": "9:00"}]
    for document in ({"days": days}, alone):
        found = reading(document, zone=RIGA)
        assert starts(found) == [("Ants", None)]
        assert "“Monday” stands beside 2020-01-31, which is a Friday, so its talks have no slot." in found.warnings
        right = reading(json.loads(json.dumps(document).replace("Monday", "Friday")), zone=RIGA)
        assert starts(right) == [("Ants", at(RIGA, 2020, 1, 31, 9))]
        assert not right.warnings
    abroad = reading(json.loads(json.dumps({"days": days}).replace("Monday", "Segunda-Feira")), zone=RIGA)
    assert starts(abroad) == [("Ants", None)]
    with pytest.raises(ReadError, match=r"“2020-01-31 \(Mon\)” is no Monday but Fri 31 Jan 2020"):
        reading([{"title": "Ants", "date": "2020-01-31 (Mon)", "time": "9:00"}], zone=RIGA)
    exact = {"title": "Ants", "day": "Monday", "start": "2020-01-31T09:00", "date": "2020-01-31"}
    assert starts(reading([exact], zone=RIGA)) == [("Ants", at(RIGA, 2020, 1, 31, 9))]


@pytest.mark.parametrize(
    "head", ["Friday / 7 November", "7 November - Friday", "vendredi 7 novembre", "Freitag | 7. November"]
)
def test_a_weekday_beside_a_day_without_a_year_counts(head: str) -> None:
    """7 November is a Friday in 2031 and a Sunday in 2032, whatever parts the two and in whichever language they stand."""
    document = [
        {"title": head, "sessions": [{"title": "Ants", "time": "9:00 - 10:00"}, {"title": "Bees", "time": "10:00 - 11:00"}]}
    ]
    found = reading(document, name="Kites 2031", zone=RIGA)
    assert starts(found) == [("Ants", at(RIGA, 2031, 11, 7, 9)), ("Bees", at(RIGA, 2031, 11, 7, 10))]
    with pytest.raises(ReadError, match="says Friday"):
        reading(document, name="Kites 2032", zone=RIGA)


def test_dates_of_two_numbers() -> None:
    """``9/29`` shows that ``9/2`` is in September, its year is the name's and fits the weekday; 9/10 alone may be either."""
    days = [{"date": "9/29", "day": "Friday", "events": [{"title": "Ants", "time": "9:00 - 10:00"}]}]
    days += [{"date": "10/2", "events": [{"title": "Bees", "time": "9:00 - 10:00"}]}]
    found = reading(days, "kites-2017.json", zone=RIGA)
    assert starts(found) == [("Ants", at(RIGA, 2017, 9, 29, 9)), ("Bees", at(RIGA, 2017, 10, 2, 9))]
    with pytest.raises(ReadError, match="“Friday” stands beside 2018-09-29, which is a Saturday"):
        reading(days, "kites-2018.json", zone=RIGA)
    assert starts(reading(days[1:], "kites-2017.json", zone=RIGA)) == [("Bees", None)]


def test_a_talk_that_is_only_a_number_is_told() -> None:
    """``"session": 100`` names what stands elsewhere and is no title; in words it is one where no entry has that id."""
    found = reading(
        [{"startTime": "2031-05-06T09:00", "session": 100}, {"startTime": "2031-05-06T10:00", "title": "1984"}], zone=RIGA
    )
    assert starts(found) == [("1984", at(RIGA, 2031, 5, 6, 10))]
    assert found.warnings == ("Entries with a time and without a title were left out: 1.",)
    talks = [{"start": "2031-05-06T09:00", "talk": "1984"}, {"start": "2031-05-06T10:00", "talk": "On oil"}]
    assert starts(reading({"plan": talks}, zone=RIGA)) == [
        ("1984", at(RIGA, 2031, 5, 6, 9)),
        ("On oil", at(RIGA, 2031, 5, 6, 10)),
    ]
    named = reading({"plan": talks, "sessions": [{"id": 1984, "text": "Wicks"}]}, zone=RIGA)
    assert starts(named) == [("On oil", at(RIGA, 2031, 5, 6, 10))]
