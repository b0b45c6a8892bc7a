"""What the keys of an object are called, and how it tells a time, a person and its fate."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from alone import utc
from hypothesis import given
from hypothesis import strategies as st

from planner.errors import ReadError
from planner.readers import open_json
from planner.readers.json_rows import Around, Tables, fate, person, row_of
from planner.readers.json_times import day_of, duration, moment, normal, plain
from planner.readers.sources import Hints, Part

HINTS = Hints(now=datetime(2031, 1, 1, tzinfo=UTC), name="LAMP 2031", zone="Europe/Berlin")


SHAPES: list[tuple[str, Any]] = [
    # one talk, T, on 1 July 2031 from 10:00 to 11:00 in Berlin, as sites write it
    ("date and clocks", [{"title": "T", "date": "2031-07-01", "start": "10:00", "end": "11:00"}]),
    ("date and a range", [{"title": "T", "date": "2031-07-01", "time": "10:00 - 11:00"}]),
    ("date and a length", [{"name": "T", "date": "1 July 2031", "startTime": "10:00", "duration": 60}]),
    ("halves of the day", [{"title": "T", "day": "July 1, 2031", "start": "10:00 AM", "end": "11:00 AM"}]),
    ("words", [{"title": "T", "start": "July 1, 2031 10:00 AM", "end": "July 1, 2031 11:00 AM"}]),
    ("snakes", [{"name": "T", "event_start": "2031-07-01 10:00:00", "event_end": "2031-07-01 11:00:00"}]),
    ("kebabs", {"sessions": [{"title": "T", "starts-at": "2031-07-01T10:00", "ends-at": "2031-07-01T11:00"}]}),
    (
        "objects",
        {
            "items": [
                {
                    "summary": "T",
                    "start": {"dateTime": "2031-07-01T10:00:00+02:00"},
                    "end": {"dateTime": "2031-07-01T11:00:00+02:00"},
                }
            ]
        },
    ),
    (
        "a zone beside it",
        [{"title": "T", "start": {"dateTime": "2031-07-01T17:00", "timeZone": "Asia/Tokyo"}, "duration": "01:00"}],
    ),
    (
        "inside its slot",
        {
            "count": 1,
            "results": [
                {
                    "code": "A",
                    "title": "T",
                    "submission_type": "Talk",
                    "slot": {"start": "2031-07-01T10:00:00+02:00", "end": "2031-07-01T11:00:00+02:00", "room": {"en": "R"}},
                }
            ],
        },
    ),
    (
        "around its talk",
        {
            "results": [
                {
                    "id": 1,
                    "start": "2031-07-01T08:00:00Z",
                    "end": "2031-07-01T09:00:00Z",
                    "submission": {"code": "A", "title": "T"},
                }
            ]
        },
    ),
    ("days", {"2031-07-01": [{"title": "T", "start": "10:00", "end": "11:00"}]}),
    (
        "days with rooms",
        [{"date": "2031-07-01", "rooms": [{"name": "R", "talks": [{"title": "T", "start": "10:00", "end": "11:00"}]}]}],
    ),
    (
        "schema.org",
        {
            "@type": "Event",
            "name": "C",
            "startDate": "2031-07-01T08:00",
            "subEvent": [{"name": "T", "startDate": "2031-07-01T10:00", "endDate": "2031-07-01T11:00"}],
        },
    ),
    ("stamps", [{"title": "T", "startTimestamp": 1940659200000, "endTimestamp": 1940662800000}]),
]


@pytest.mark.parametrize(("shape", "document"), SHAPES, ids=[shape for shape, _ in SHAPES])
def test_shapes(shape: str, document: Any) -> None:
    """However the keys are called and the objects nested, it is the same talk at the same instants."""
    text = json.dumps(document)
    assert open_json.claims(text, Part("", b""))
    (talk,) = open_json.read(text, Part("x.json", text.encode()), HINTS).conference.talks
    assert (talk.title, talk.start, talk.end) == ("T", utc("2031-07-01 08:00"), utc("2031-07-01 09:00"))


@pytest.mark.parametrize(
    "document",
    [
        [{"title": "A paper", "authors": ["A"], "start": None}],
        [{"name": "Conf", "startDate": "2031-07-01", "endDate": "2031-07-02", "city": "Berlin"}],
        {"title": "T", "abstract": "starts at 10:00", "authors": "A"},
        [1, 2, 3],
        "text",
    ],
)
def test_what_has_no_start_is_left_to_others(document: Any) -> None:
    """Papers, lists of conferences by date and anything else are not claimed."""
    assert not open_json.claims(json.dumps(document), Part("", b""))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2031-07-01T10:00:00Z", utc("2031-07-01 10:00")),
        ("2031-07-01T10:00", datetime(2031, 7, 1, 10)),
        (1_557_277_200_000, utc("2019-05-08 01:00")),
        ("1557277200000", utc("2019-05-08 01:00")),
        (1_557_277_200, utc("2019-05-08 01:00")),
        (510, None),
        (True, None),
        (float("nan"), None),
        (10**30, None),
        ("9" * 40, None),
        ("10:00", None),
        ("2031-07-01", None),
        ("2031-02-30T10:00", None),
        ({}, None),
        ([], None),
        (None, None),
    ],
)
def test_moments(value: object, expected: datetime | None) -> None:
    """ISO 8601 and stamps are moments; clocks, dates and other numbers are none."""
    assert moment(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2031-07-01", "2031-07-01"),
        ("2031-07-01T00:00:00", "2031-07-01"),
        ("Tuesday, July 1, 2031", "2031-07-01"),
        ("Wednesday, July 1, 2031", ""),
        ("2031-02-30", ""),
        ("Saturday", ""),
        ("1", ""),
        (1, ""),
        (None, ""),
    ],
)
def test_days(value: object, expected: str) -> None:
    """A whole date is a day; a weekday, a number and a date that is on another weekday are none."""
    assert day_of(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("01.00", "01:00"),
        ("00:25", "00:25"),
        (45, "45"),
        (2_700_000, "45"),
        ("PT1H", "PT1H"),
        (0, ""),
        (None, ""),
        (-5, ""),
        ("0.75", "45"),
        (".5", "30"),
        ("1.5", "90"),
        ("0.30", "0:30"),
        ("01.50", "01:50"),
        ("1.25", "1.25"),
        ("45.0", "45"),
        ("45.00", "45.00"),
        ("10.00", "10.00"),
        ("2", "2 without a unit"),
    ],
)
def test_durations(value: object, expected: str) -> None:
    """Hours and minutes with a full stop, minutes, milliseconds, hours with a fraction; what may be two is none."""
    assert duration(value) == expected


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, ""),
        ({"state": "accepted"}, ""),
        ({"state": "Confirmed"}, ""),
        ({"state": "submitted"}, "submitted"),
        ({"state": "on hold"}, "on_hold"),
        ({"state": "Bavaria"}, ""),
        ({"status": "Declined"}, "declined"),
        ({"status": "anything else"}, ""),
        ({"state": "canceled"}, "cancelled"),
        ({"status": "CANCELLED"}, "cancelled"),
        ({"state": "Cancelled by speaker"}, "cancelled"),
        ({"state": "speaker_canceled"}, "cancelled"),
        ({"state": "not accepted"}, "not_accepted"),
        ({"status": "NOT_STARTED"}, ""),
        ({"active": "N"}, "unpublished"),
        ({"status": "Proposed"}, "proposed"),
        ({"status": "Not published"}, "not_published"),
        ({"status": "To be confirmed"}, ""),
        ({"active": "Y", "published": "2031-05-06"}, ""),
        ({"status": "decline_queue"}, "decline_queue"),
        ({"status": "Waiting list"}, "waiting_list"),
        ({"state": "backup"}, "backup"),
        ({"state": "in review"}, "in_review"),
        ({"state": "Spam"}, "spam"),
        ({"state": "Nottinghamshire"}, ""),
        ({"state": "Kuwait"}, ""),
    ],
)
def test_fates(fields: dict[str, str], expected: str) -> None:
    """Only words that say so make an entry none: a state may also be a place; called off is cancelled."""
    assert fate(fields) == expected


def test_people() -> None:
    """Names whole or in parts, the family's name last, codes that nothing explains nobody."""
    assert person({"fullName": "Maya Pole", "company": "Pole Institute"}) == ("Maya Pole", "Pole Institute")
    assert person({"first_name": "Maya", "last_name": "Pole", "fullName": "Pole, Maya"}) == ("Maya Pole", "")
    tables = Tables(people={"7": ("Tenzin", "Red Roof")})
    row = row_of(normal({"title": "T", "speakers": ["7", "F3DC8A", {"id": 7}, {"name": "Zoë Öst"}]}), tables, Around(), "")
    assert (row.event.persons, row.organisations) == (("Tenzin", "Zoë Öst"), ("Red Roof",))


def test_the_first_that_says_something_counts() -> None:
    """Of two keys that fold to one, an empty one does not hide the other."""
    assert normal({"starts-at": "", "startsAt": "x", "starts_at": "y"}) == {"startsat": "x"}


@given(st.text(max_size=80))
def test_plain_is_stable(key: str) -> None:
    """A plain key is plain."""
    assert plain(plain(key)) == plain(key)


def test_a_clock_with_letters_beside_its_date() -> None:
    """``10:00 EDT`` on a day that another key says is New York's clock; letters that nobody uses leave no slot."""
    text = json.dumps([{"title": "T", "date": "2031-07-01", "start": "10:00 EDT", "end": "11:00 EDT"}])
    (talk,) = open_json.read(text, Part("x.json", text.encode()), HINTS).conference.talks
    assert (talk.start, talk.end) == (utc("2031-07-01 14:00"), utc("2031-07-01 15:00"))
    text = json.dumps([{"title": "T", "date": "2031-07-01", "start": "10:00 QQT"}])
    found = open_json.read(text, Part("x.json", text.encode()), HINTS)
    assert not found.conference.talks[0].scheduled
    assert any("could be read" in warning for warning in found.warnings)


def test_deep_objects_are_not_followed() -> None:
    """Talks more than twelve levels down are no schedule."""
    document: Any = [{"title": "T", "start": "2031-07-01T10:00"}]
    for _ in range(20):
        document = {"more": document}
    text = json.dumps(document)
    with pytest.raises(ReadError, match="nothing found"):
        open_json.read(text, Part("x.json", text.encode()), HINTS)
