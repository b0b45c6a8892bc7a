"""What Indico's exports become, and days of minutes of rooms (pretalx's interface, regrouped)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from alone import NAME, Alone, by_title, small_files, utc

from planner.errors import ReadError
from planner.readers import open_json

if TYPE_CHECKING:
    from pathlib import Path

ALONE = Alone(open_json, "export.json", small_files("open_json"))
reading, own = ALONE.reading, ALONE.own


def test_the_shapes_of_indicos_documentation(shared: Path) -> None:
    """The examples in Indico's documentation, taken out of it, read as they say: no talk, four contributions twice, one."""
    text = (shared / "samples" / "C" / "indico_docs_event-export.rst").read_text(encoding="utf-8")
    blocks = ["{" + block.partition("\n\n\n")[0] for block in text.split("::\n\n    {")[1:]]
    with pytest.raises(ReadError, match="none of its contributions"):
        reading(blocks[0])
    contributions = reading(blocks[1])
    assert {talk.title: talk.start for talk in contributions.conference.talks} == {
        "d1c2": utc("2011-06-23 06:20"),
        "d1c1": utc("2011-06-23 06:00"),
        "d2s1c1": utc("2011-06-24 12:00"),
        "d2c1": utc("2011-06-24 10:00"),
    }
    sessions = reading(blocks[2])
    assert by_title(sessions)["d2s1c1"].session == sessions.conference.sessions[0].key
    assert (sessions.conference.zone, sessions.conference.name) == ("Europe/Zurich", "Export Test 2011")
    timetable = (shared / "samples" / "C" / "indico_docs_timetable-export.rst").read_text(encoding="utf-8")
    whole = timetable.partition("::\n\n")[2].rstrip() + "}}"  # the documentation lacks its last two
    (only,) = reading(whole, name="X 2013").conference.talks
    assert (only.title, only.start, only.end) == ("Contrib 1", utc("2013-04-29 14:00"), utc("2013-04-29 14:30"))


def test_indico_event() -> None:
    """Contributions in and outside of sessions, the event's zone, names forename first, a session without contributions."""
    found = own("indico-event.json", name="")
    talks = by_title(found)
    assert (found.conference.name, found.conference.zone, found.format) == ("Lamp Workshop 2031", "Asia/Tokyo", "indico")
    assert set(talks) == {"Wick & Oil", "Not Scheduled", "A Poster", "Dinner"}
    wick = talks["Wick & Oil"]
    assert (wick.start, wick.end) == (utc("2031-06-22 23:20"), utc("2031-06-22 23:40"))
    assert (wick.speakers, wick.organisations, wick.track, wick.slot.room) == (
        ("Maya Pole",),
        ("Pole Institute",),
        "Oil",
        "B1",
    )
    (posters,) = found.conference.sessions
    assert (posters.title, posters.kind, posters.chairs) == ("Posters", "poster", ("Tenzin",))
    assert (posters.start, posters.end) == (utc("2031-06-24 05:00"), utc("2031-06-24 07:00"))
    assert (talks["A Poster"].session, talks["A Poster"].slot.room) == (posters.key, "Foyer")
    assert (talks["Not Scheduled"].scheduled, talks["Dinner"].start) == (False, utc("2031-06-24 10:00"))
    assert any("left out: 1" in warning for warning in found.warnings)


def test_indico_timetable() -> None:
    """Days of entries: contributions have the ids of the event's export, breaks are breaks, sessions hold their entries."""
    event, timetable = own("indico-event.json"), own("indico-timetable.json")
    talks = by_title(timetable)
    assert talks["Wick & Oil"].uid == by_title(event)["Wick & Oil"].uid
    assert (talks["Tea"].kind, talks["Tea"].start) == ("break", utc("2031-06-23 01:00"))
    (oil,) = timetable.conference.sessions
    assert (oil.title, oil.chairs, talks["Whale Oil"].session) == ("Oil: Morning", ("Tenzin",), oil.key)
    assert (oil.start, oil.end) == (utc("2031-06-24 00:00"), utc("2031-06-24 03:00"))


def test_minutes_after_midnight() -> None:
    """Each cell is a talk in its own slot; a cell without one has the offset of its day; what was withdrawn is none."""
    found = own("pretalx-days.json")
    talks = found.conference.talks
    assert [talk.title for talk in talks] == ["Accueil / Welcome", "Two Mornings", "Two Mornings", "Lunch"]
    assert [talk.start for talk in talks] == [
        utc("2031-11-01 07:50"),
        utc("2031-11-01 09:00"),
        utc("2031-11-02 09:00"),
        utc("2031-11-01 11:30"),
    ]
    first, second = talks[1:3]
    assert (first.also, second.also) == ((second.uid,), (first.uid,))
    assert (talks[0].kind, talks[0].slot.room, talks[3].kind) == ("keynote", "B003", "break")


def test_a_cell_before_the_clock_change_keeps_its_slot() -> None:
    """On the night of the change the slot's own offset counts, and a cell without one on such a day asks for the zone."""
    slots = [{"start": "2031-10-26T02:30:00+01:00", "end": "2031-10-26T03:00:00+01:00"}]
    night = {"150": {"1": {"code": "AAAAAA", "title": "Night", "slots": slots}}}
    document = {"schedule": {"2031-10-26": night}, "rooms": []}
    (talk,) = reading(document, name=NAME, zone="Europe/Paris").conference.talks
    assert talk.start == utc("2031-10-26 01:30")


@pytest.mark.parametrize("minute", ["9999", "-5", "x", "٣٠", ""])
def test_what_is_no_minute_is_no_cell(minute: str) -> None:
    """Only minutes of a day or its night are cells."""
    cell = {"1": {"code": "B", "title": "Odd", "slots": [], "duration": 30}}
    document = {"schedule": {"2031-10-26": {"600": {"1": {"code": "A", "title": "T", "duration": 30}}, minute: cell}}}
    assert set(by_title(reading(document, name=NAME, zone="Asia/Tokyo"))) == {"T"}


@pytest.mark.parametrize("several", [False, True])
def test_a_grid_whose_talks_say_their_own_slot(several: bool) -> None:
    """Instant, room, and end or length stand in ``slot`` (pretalx before 2025) or ``slots``; rooms have several languages."""
    slot = {"room_id": 1, "room": {"en": "Hall", "fr": "Salle"}, "start": "2031-11-02T09:00:00+01:00", "end": None}
    slots = [{**slot, "room": {"id": 1, "name": slot["room"]}, "end": "2031-11-02T09:30:00+01:00"}]
    talk = {"code": "JDQLRV", "title": "Welcome", "state": "confirmed", "duration": 30, "submission_type": {"en": "Talk"}}
    talk |= {"slots": slots} if several else {"slot": slot}
    (found,) = reading({"schedule": {"2031-11-02": {"510": {}, "540": {"1": talk}}}}, name=NAME).conference.talks
    assert (found.start, found.end, found.slot.room) == (utc("2031-11-02 08:00"), utc("2031-11-02 08:30"), "Hall")
