"""When an entry of JSON is: its own zone, UTC beside the local clock, whole days, ends, and dates in figures."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from alone import at

from planner.errors import MissingFactsError
from planner.readers import Hints, Part, read

if TYPE_CHECKING:
    from planner.model import Reading, Slot


def reading(document: object, **hints: object) -> Reading:
    """The reading of a JSON value."""
    part = Part("kites-2025.json", json.dumps(document).encode())
    return read([part], Hints(now=datetime(2026, 11, 22, tzinfo=UTC), **hints))  # type: ignore[arg-type]


def slots(found: Reading) -> list[Slot]:
    """The slots in the file's order."""
    return [talk.slot for talk in found.conference.talks]


def utc(*figures: int) -> datetime:
    """A clock of UTC."""
    return datetime(*figures, tzinfo=UTC)  # type: ignore[arg-type, misc]


@pytest.mark.parametrize("zone", [None, "Europe/Riga", "America/Los_Angeles"])
def test_a_key_that_says_utc_is_utc_whatever_the_zone(zone: str | None) -> None:
    """``start_utc`` without an offset is UTC's clock, not the conference's."""
    one = {"title": "Kites", "start_utc": "2025-06-12 14:00:00", "end_utc": "2025-06-12 15:00:00"}
    two = {"title": "Tails", "start_utc": "2025-06-12 16:00:00", "end_utc": "2025-06-12 17:00:00"}
    assert [slot.start for slot in slots(reading([one, two], zone=zone))] == [utc(2025, 6, 12, 14), utc(2025, 6, 12, 16)]


@pytest.mark.parametrize(
    "local",
    [
        {"start": "2025-06-12 17:00", "end": "2025-06-12 18:00"},
        {"date": "2025-06-12", "start": "17:00", "end": "18:00"},
        {"date": "2025-06-12", "start": "17:00", "end": "18:00", "tz": "CEST"},
        {"start": "2025-06-12T17:00", "end": "2025-06-12T15:00:00Z"},
    ],
)
def test_an_end_by_the_local_clock_alone(local: dict[str, str]) -> None:
    """Where only the start is told in UTC too, the end is on the clock that the two starts show."""
    found = slots(reading([{"title": "A", "start_utc": "2025-06-12T14:00:00", **local}]))[0]
    assert (found.start, found.end) == (utc(2025, 6, 12, 14), utc(2025, 6, 12, 15))


def test_the_times_of_a_session_beside_those_of_its_talk() -> None:
    """The session's start gives the day; its end is none of the talk's."""
    own = {"title": "A", "start_time": "09:20", "end_time": "09:40"}
    around = {"session_start": "2025-06-12T09:00:00", "session_end": "2025-06-12T10:30:00"}
    found = slots(reading([{**own, **around}], zone="Europe/Riga"))[0]
    assert (found.start, found.end) == (utc(2025, 6, 12, 6, 20), utc(2025, 6, 12, 6, 40))


@pytest.mark.parametrize("fields", [{"day": 1, "weekday": "Thu"}, {"day": "Day 1"}, {"day": "Thursday"}])
def test_one_day_in_several_words(fields: dict[str, object]) -> None:
    """What talks of one day say of it besides is no second day: they have the date around them."""
    talks = [{"title": title, "start": "09:00", "end": "09:20", **fields} for title in ("Kites", "Tails")]
    talks[1]["day"] = fields["day"] if fields["day"] != "Day 1" else "1"
    found = slots(reading([{"date": "2025-06-12", "sessions": talks}], zone="Europe/Riga"))
    assert {slot.start for slot in found} == {utc(2025, 6, 12, 6)}


def test_slots_inside_of_talks_say_local_clock_and_utc() -> None:
    """RainFocus puts each of a talk's slots into ``times``: both are read, exact without any zone being said."""

    def slot(day: int, hours: str, utc_hours: str, room: str) -> dict[str, object]:
        start, end, first, last = *hours.split("-"), *utc_hours.split("-")
        said = {"date": f"2025-11-{day}", "startTime": start, "endTime": end, "time": start, "room": room, "length": 60}
        return {**said, "utcStartTime": f"2025/11/{day} {first}:00", "utcEndTime": f"2025/11/{day} {last}:00", "day": f"{day}"}

    talk = {
        "sessionID": "17",
        "title": "Kites",
        "utcEndTime": "2025/11/28 20:30:00",
        "times": [
            slot(28, "11:30-12:30", "19:30-20:30", "Forum 1"),
            slot(29, "09:00-10:00", "17:00-18:00", "Forum 2"),
        ],
        "participants": [{"fullName": "Ada Ek", "companyName": "Kite Works", "session": [{"title": "Other"}]}],
    }
    found = reading([{"sectionId": "1", "from": 0, "items": [talk]}])
    assert [(one.start, one.end, one.room) for one in slots(found)] == [
        (utc(2025, 11, 28, 19, 30), utc(2025, 11, 28, 20, 30), "Forum 1"),
        (utc(2025, 11, 29, 17), utc(2025, 11, 29, 18), "Forum 2"),
    ]
    assert [one.start.astimezone(ZoneInfo(one.zone)).hour for one in slots(found) if one.start and one.zone] == [11, 9]
    assert {talk.speakers for talk in found.conference.talks} == {("Ada Ek",)}


def test_an_entry_may_name_its_own_zone() -> None:
    """``timezone`` beside a time without an offset is that time's zone; one that all entries name is the conference's."""
    document = [
        {"title": title, "start": f"2025-06-12T{hour}:00", "timezone": "America/Chicago"}
        for title, hour in (("A", "09"), ("B", "11"))
    ]
    found = reading(document, zone="Europe/Riga")
    assert [slot.start for slot in slots(found)] == [utc(2025, 6, 12, 14), utc(2025, 6, 12, 16)]
    assert found.conference.zone == "America/Chicago"


def test_an_entry_may_name_its_zone_by_letters() -> None:
    """``PDT`` in the zone's key is the Pacific's clock, its end too."""
    document = [
        {"title": "A", "start": "2025-06-12T09:00", "end": "2025-06-12T10:30", "tz": "PDT"},
        {"title": "B", "start": "2025-06-12T11:00", "tz": "PDT"},
    ]
    found = slots(reading(document, zone="Europe/Riga"))
    assert [(slot.start, slot.end) for slot in found] == [
        (utc(2025, 6, 12, 16), utc(2025, 6, 12, 17, 30)),
        (utc(2025, 6, 12, 18), None),
    ]


def test_the_zones_that_windows_names() -> None:
    """Microsoft's calendar says ``Pacific Standard Time`` beside its clocks, and UTC beside others."""

    def event(title: str, clock: str, zone: str) -> dict[str, object]:
        start, end = ({"dateTime": f"2025-06-12T{hour}:00:00.0000000", "timeZone": zone} for hour in clock.split("-"))
        return {"subject": title, "start": start, "end": end, "location": {"displayName": "Hall"}, "isAllDay": False}

    found = slots(
        reading({"value": [event("A", "09-10", "Pacific Standard Time"), event("B", "19-20", "UTC")]}, zone="Europe/Riga")
    )
    assert [(slot.start, slot.end) for slot in found] == [
        (utc(2025, 6, 12, 16), utc(2025, 6, 12, 17)),
        (utc(2025, 6, 12, 19), utc(2025, 6, 12, 20)),
    ]


def test_a_zone_that_nobody_knows_leaves_no_slot() -> None:
    """A clock in an unknown zone is not taken for the conference's."""
    document = [{"title": title, "start": "2025-06-12T09:00", "timezone": "Kite Standard Time"} for title in "AB"]
    found = reading(document, zone="Europe/Riga")
    assert [slot.start for slot in slots(found)] == [None, None]
    assert "The zone “Kite Standard Time” does not exist, so there is no slot" in found.warnings[0]


def test_the_last_day_of_a_calendar_is_not_its_end() -> None:
    """Google's and FullCalendar's whole days end with the day before their end; plain dates end with the day they say."""
    google = {"summary": "Hack", "start": {"date": "2025-06-13"}, "end": {"date": "2025-06-14"}}
    full = {"title": "Hack", "start": "2025-06-13", "end": "2025-06-15", "allDay": True}
    midnight = {"title": "Hack", "start": "2025-06-13T00:00:00", "end": "2025-06-14T00:00:00", "allDay": True}
    plain = {"title": "Hack", "start": "2025-06-13", "end": "2025-06-14"}
    other = {"title": "Opening", "start": "2025-06-12T09:00:00Z"}
    spans = [
        (slot.day, slot.last_day) for entry in (google, full, midnight, plain) for slot in slots(reading([other, entry]))[1:]
    ]
    first = date(2025, 6, 13)
    assert spans == [(first, first), (first, date(2025, 6, 14)), (first, first), (first, date(2025, 6, 14))]


def test_local_and_utc_in_one_object() -> None:
    """Eventbrite says the local clock, its zone and UTC of each end; the name stands in an object of texts."""

    def moment(hour: int) -> dict[str, str]:
        return {
            "timezone": "America/Los_Angeles",
            "local": f"2025-06-12T{hour:02}:00:00",
            "utc": f"2025-06-12T{hour + 7}:00:00Z",
        }

    document = {
        "events": [{"name": {"text": "Kites", "html": "Kites"}, "start": moment(9), "end": moment(10), "status": "canceled"}]
    }
    found = reading(document)
    assert [(slot.start, slot.end) for slot in slots(found)] == [(utc(2025, 6, 12, 16), utc(2025, 6, 12, 17))]
    assert found.conference.talks[0].cancelled


def test_an_end_on_the_clock_of_its_start() -> None:
    """``10:30`` as the end of a start with an offset is on that clock, and letters stand for both ends."""
    offset = [{"title": "A", "start": "2025-06-12T09:00:00-07:00", "end": "10:30"}]
    letters = [{"title": "A", "start": "2025-06-12 09:00 PDT", "end": "2025-06-12 10:30 PDT"}]
    for document in (offset, letters):
        found = slots(reading([*document, {"title": "B", "start": "2025-06-12T11:00:00-07:00"}], zone="Europe/Riga"))[0]
        assert (found.start, found.end) == (utc(2025, 6, 12, 16), utc(2025, 6, 12, 17, 30))


def test_an_end_before_its_start() -> None:
    """The same date twice past midnight is the next day; a day before is no end, and that is told."""
    night = {"title": "A", "start": "2025-06-12T23:00", "end": "2025-06-12T00:30"}
    wrong = {"id": "b1", "title": "B", "start": "2025-06-12T09:00", "end": "2025-06-11T10:00"}
    found = reading([night, wrong], zone="Europe/Riga")
    lengths = [slot.end - slot.start if slot.end and slot.start else None for slot in slots(found)]
    assert lengths == [timedelta(minutes=90), None]
    assert "Its end is before its start, so the end is open (event b1)." in found.warnings


@pytest.mark.parametrize(
    ("keys", "first", "second"),
    [
        ("date start end", "12.06.2025|09:00|10:00", "13.06.2025|14:15|15:00"),
        ("date start end", "12/06/2025|9:00 AM|10:00 AM", "13/06/2025|2:15 PM|3 PM"),
        ("start end", "6/12/2025 9:00 AM|6/12/2025 10:00 AM", "6/13/2025 2:15 PM|6/13/2025 3:00 PM"),
        ("date start end", "20250612|0900|1000", "20250613|1415|1500"),
        ("dateStart dateEnd", "2025-06-12T09:00|2025-06-12T10:00", "2025-06-13T14:15|2025-06-13T15:00"),
        ("time_start time_stop", "2025-06-12 09:00:00|2025-06-12 10:00:00", "2025-06-13 14:15:00|2025-06-13 15:00:00"),
        ("scheduled_at duration", "2025-06-12T09:00|60", "2025-06-13T14:15|45"),
        ("beginsAt endsAt", "2025-06-12T09:00|2025-06-12T10:00", "2025-06-13T14:15|2025-06-13T15:00"),
        ("when.start when.end", "2025-06-12T09:00|2025-06-12T10:00", "2025-06-13T14:15|2025-06-13T15:00"),
    ],
)
def test_ways_of_writing_two_times(keys: str, first: str, second: str) -> None:
    """Dates in figures whose order the file settles, and keys that other sites have for start and end."""
    document: list[dict[str, object]] = []
    for title, cells in (("A", first), ("B", second)):
        said = dict(zip(keys.split(), cells.split("|"), strict=True))
        inner = {key.removeprefix("when."): cell for key, cell in said.items()}
        document.append({"title": title, **({"when": inner} if "when" in keys else said)})
    found = slots(reading(document, zone="Europe/Riga"))
    assert [(slot.start, slot.end) for slot in found] == [
        (at("Europe/Riga", 2025, 6, 12, 9), at("Europe/Riga", 2025, 6, 12, 10)),
        (at("Europe/Riga", 2025, 6, 13, 14, 15), at("Europe/Riga", 2025, 6, 13, 15)),
    ]


def test_a_date_in_figures_that_may_be_two_is_refused() -> None:
    """``06/07/2025`` alone is June or July: it is asked, not guessed; and a wall clock asks for its zone."""
    document = [{"title": title, "date": "06/07/2025", "start": "09:00"} for title in "AB"]
    with pytest.raises(Exception, match="may be"):
        reading(document, zone="Europe/Riga")
    with pytest.raises(MissingFactsError, match="time zone"):
        reading([{"title": title, "date": "26/07/2025", "start": "09:00"} for title in "AB"])


def test_a_post_is_not_held_when_it_is_published() -> None:
    """WordPress says in ``date`` when a session was published; WordCamp's own time stands in its meta, in seconds."""
    session = {
        "id": 40,
        "date": "2025-03-10T10:00:00",
        "date_gmt": "2025-03-10T08:00:00",
        "status": "publish",
        "title": {"rendered": "Opening &#8211; Kites &amp; more"},
        "meta": {"_wcpt_session_time": 1749711600, "_wcpt_session_duration": 900, "_wcpt_session_type": "session"},
    }
    draft = {**session, "id": 41, "title": {"rendered": "Later"}, "meta": {"_wcpt_session_time": 0}}
    found = reading([session, draft], zone="Europe/Riga")
    assert [(talk.title, talk.start) for talk in found.conference.talks] == [
        ("Opening – Kites & more", utc(2025, 6, 12, 7)),
        ("Later", None),
    ]
    assert slots(found)[0].end == utc(2025, 6, 12, 7, 15)


def lengths(*durations: object) -> list[float | None]:
    """The minutes that talks with these lengths take."""
    document = [
        {"title": f"T{number}", "start": "2025-06-12T09:00:00Z", "duration": one} for number, one in enumerate(durations)
    ]
    return [
        (slot.end - slot.start).total_seconds() / 60 if slot.end and slot.start else None for slot in slots(reading(document))
    ]


def test_what_a_number_of_a_length_counts() -> None:
    """Minutes; hours where it has a fraction; seconds where a whole file of them can be nothing else."""
    assert lengths(30, 45, "50") == [30, 45, 50]
    assert lengths(1.5, 0.5, 45) == [90, 30, 45]
    assert lengths(1800, "2700", 600) == [30, 45, 10]
    assert lengths(30, 1440, 600) == [30, 1440, 600]
    assert lengths("PT1H30M", {"minutes": 30}, "1 hr 15 min", "26:00") == [90, 30, 75, 26 * 60]


def test_a_length_that_may_be_hours_or_minutes_is_told() -> None:
    """``2`` is two hours or two minutes: the end is left open, with a warning."""
    found = reading([{"id": "a1", "title": "A", "start": "2025-06-12T09:00:00Z", "duration": 2}])
    assert slots(found)[0].end is None
    assert any("“2 without a unit” could not be read, so the end is open (event a1)" in warning for warning in found.warnings)


@pytest.mark.parametrize("end", ["2025-06-12T10:00:00+02:00", "2025-06-12T10:00:00Z", "10:00 PDT"])
def test_an_end_on_another_clock_than_its_start(end: str) -> None:
    """A start of the conference's clock and an end of another one: the end is open, and that is told."""
    found = reading([{"title": "A", "date": "2025-06-12", "start": "9:00", "end": end}], zone="Europe/Riga")
    assert [(slot.start, slot.end) for slot in slots(found)] == [(utc(2025, 6, 12, 6), None)]
    assert "so it is open" in found.warnings[0]


def test_letters_beside_ends_of_another_day_or_offset() -> None:
    """Where a zone's letters stand in a key the end is the same day's or next night's clock; any other is open, and told."""
    rows = [
        {"title": "A", "start": "2025-06-12T22:00", "end": "2025-06-14T01:00", "tz": "PDT"},
        {"title": "B", "start": "2025-06-12T22:00", "end": "2025-06-12T23:00+02:00", "tz": "PDT"},
        {"title": "C", "start": "2025-06-12T22:00", "end": "2025-06-13T01:00", "tz": "PDT"},
        {"title": "D", "start": "2025-06-12T22:00", "end": "2025-06-12T01:00", "tz": "PDT"},
        {"title": "E", "start": "2025-06-12T22:00", "end": "2025-06-12T21:00", "tz": "PDT"},
        {"title": "F", "date": "2025-06-12", "start": "22:00 PDT", "end": "23:00 PST"},
    ]
    found = reading(rows)
    assert {slot.start for slot in slots(found)} == {utc(2025, 6, 13, 5)}
    ends = [None, None, utc(2025, 6, 13, 8), utc(2025, 6, 13, 8), None, None]
    assert [slot.end for slot in slots(found)] == ends
    assert sum("could not be read, so it is open" in warning for warning in found.warnings) == ends.count(None)


def test_an_end_with_an_offset_of_a_start_without() -> None:
    """Each end is exact by what it says of itself."""
    found = slots(reading([{"title": "A", "start": "2025-06-12T09:00", "end": "2025-06-12T08:00Z"}], zone="Europe/Riga"))[0]
    assert (found.start, found.end) == (utc(2025, 6, 12, 6), utc(2025, 6, 12, 8))


@pytest.mark.parametrize(
    ("fields", "end"),
    [
        ({"start": "2025-06-12T20:00", "end": "2025-06-12T04:00"}, utc(2025, 6, 13, 1)),
        ({"start": "2023-03-27T22:55:00Z", "end": "2023-03-27T13:15:00Z"}, None),
        ({"date": "2025-06-12", "start": "18:00", "end": "10:00"}, utc(2025, 6, 13, 7)),
        ({"start": "2025-06-12T12:00", "end": "2025-06-12T11:45"}, None),
        ({"date": "2025-06-12", "start": "14:00", "end": "13:30"}, None),
        ({"start": "2025-06-12T12:00", "end": "2025-06-12T08:00Z"}, None),  # 11:00 there
    ],
)
def test_an_end_shortly_before_its_start_is_a_slip(fields: dict[str, str], end: datetime | None) -> None:
    """An end before its start is the next day's; a day less a quarter of an hour is no length: the end is open, and told."""
    found = reading([{"title": "A", **fields}], zone="Europe/Riga")
    assert slots(found)[0].end == end
    assert any("Its end is before its start, so the end is open" in warning for warning in found.warnings) == (end is None)


def test_a_time_with_letters_that_ends_days_later() -> None:
    """Letters beside a start and an end of another date give no end on the first day."""
    days = {"start": "2025-06-12T10:00", "end": "2025-06-14T12:00", "timezone": "EDT"}
    (slot,) = slots(reading([{"title": "A", **days}], name="Kites"))
    assert (slot.start, slot.end) == (utc(2025, 6, 12, 14), None)
    (slot,) = slots(reading([{"title": "A", **days, "end": "2025-06-13T01:00"}], name="Kites"))
    assert slot.end == utc(2025, 6, 13, 5)
