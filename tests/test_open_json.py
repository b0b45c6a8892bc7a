"""What open JSON becomes (Sessionize, Open Event, Indico, EuroPython, pretalx, ACL's booklet), and what a bad one may do."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo

import pytest
from alone import HINTS, NAME, Alone, by_title, small_files, utc
from hypothesis import given
from hypothesis import strategies as st

from planner.errors import MissingFactsError, PlannerError, ReadError
from planner.readers import open_json, read
from planner.readers.sources import Hints, Part

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


OWN = small_files("open_json")
ALONE = Alone(open_json, "sessions.json", OWN)
reading, own = ALONE.reading, ALONE.own

# The real files, counted with json and zoneinfo


class Real(NamedTuple):
    """A real file: its talks, the first and last start and the last end in UTC, its format, and the zone to say, if any."""

    file: str
    talks: int
    first: str
    last: str
    end: str
    format: str
    zone: str | None = None


COPENHAGEN = "Europe/Copenhagen"
OPEN = "open-event"
SAMPLES = (
    Real("C/fossasia2018_openevent_sessions.json", 234, "2018-03-22 05:00", "2018-03-25 09:00", "2018-03-25 09:20", OPEN),
    Real("C/googleio2017_openevent_sessions.json", 268, "2017-05-17 17:00", "2017-05-19 22:30", "2017-05-19 23:30", OPEN),
    Real("C/oscal2017_openevent_sessions.json", 58, "2017-05-12 22:00", "2017-05-14 15:15", "2017-05-14 15:45", OPEN),
    Real(
        "C/kotlinconf2025_sessionize-like.json",
        112,
        "2025-05-21 06:00",
        "2025-05-23 15:15",
        "2025-05-23 16:00",
        "sessionize",
        COPENHAGEN,
    ),
    Real("C/pyconfr2025_pretalx-api.json", 98, "2025-10-30 09:00", "2025-11-02 15:30", "2025-11-02 16:00", "pretalx-json"),
    Real("B/acl-emnlp_booklet_data.json", 37, "2023-07-09 13:00", "2023-07-14 13:00", "2023-07-12 19:00", "acl-booklet"),
)


def told(path: Path) -> Iterator[datetime]:
    """The start of every talk of a real file, by json alone."""
    document = json.loads(path.read_bytes())
    if "openevent" in path.name:
        yield from (stamp(one.get("start_time") or one["starts-at"]) for one in document if one["state"] == "accepted")
    elif "kotlinconf" in path.name:
        yield from (stamp(one["startsAt"], COPENHAGEN) for one in document["sessions"])
    elif "booklet" in path.name:
        lists = (document[key] for key in ("plenaries", "tutorials", "workshops", "social_events"))
        yield from (stamp(one["start_time"], "America/Toronto") for entries in lists for one in entries)
    else:
        yield from cells(document)


def stamp(text: str, zone: str = "UTC") -> datetime:
    """A date with a clock, in that zone where it says none."""
    at = datetime.fromisoformat(text)
    return at if at.tzinfo else at.replace(tzinfo=ZoneInfo(zone))


def cells(document: Any) -> Iterator[datetime]:
    """The instant of every cell of PyConFR's days of minutes."""
    for days in (document["schedule"], document["sprints"], document["extra"]):
        for day, hours in days.items():
            for minute, cell in hours.items():
                start = stamp(day, "Europe/Paris") + timedelta(minutes=int(minute))
                yield from [start] * (1 if "title" in cell else len(cell))


@pytest.mark.parametrize("sample", SAMPLES, ids=[sample.file for sample in SAMPLES])
def test_every_sample_is_read_whole(sample: Real, shared: Path) -> None:
    """Each real file gives the counted number of talks with the counted instants, each talk with its own uid."""
    path = shared / "samples" / sample.file
    text = path.read_text(encoding="utf-8")
    assert open_json.claims(text, Part(str(path), b""))
    name = "ACL 2023" if "booklet" in path.name else ""
    found = reading(text, file=str(path), zone=sample.zone, name=name)
    talks = found.conference.talks
    starts = [talk.start for talk in talks if talk.start]
    assert Counter(starts) == Counter(at.astimezone(UTC) for at in told(path))
    assert (len(talks), min(starts), max(starts)) == (sample.talks, utc(sample.first), utc(sample.last))
    assert max(talk.end for talk in talks if talk.end) == utc(sample.end)
    assert (found.format, found.scope, found.year) == (sample.format, "conference", utc(sample.first).year)
    assert len({talk.uid for talk in talks}) == sample.talks


def test_unplaced_sessions_of_a_sample(shared: Path) -> None:
    """EuroPython's example has two sessions, neither with a time and both with codes for speakers: two talks, one warning."""
    path = shared / "samples" / "C" / "europython2024_sessions-example.json"
    found = reading(path.read_text(encoding="utf-8"), file=str(path))
    assert [talk.source_id for talk in found.conference.talks] == ["A8CD3F", "B8CD4F"]
    assert not any(talk.scheduled or talk.speakers for talk in found.conference.talks)
    assert (found.format, found.conference.slug) == ("europython", "europython-2024")
    assert any("2 talks are named by codes only" in warning for warning in found.warnings)


REFUSED = (
    ("C/kotlinconf2025_sessionize-like.json", r"does not say its time zone; .*--zone"),
    ("B/acl-emnlp_booklet_data.json", r"does not say its conference; .*--conference"),
)


@pytest.mark.parametrize(("file", "sentence"), REFUSED)
def test_what_a_sample_lacks_is_asked(file: str, sentence: str, shared: Path) -> None:
    """A real file that names no zone, or no conference, is refused with the flag that would say it."""
    path = shared / "samples" / file
    with pytest.raises(MissingFactsError, match=sentence):
        reading(path.read_text(encoding="utf-8"), file=str(path))


def test_left_out_entries_are_counted(shared: Path) -> None:
    """Of FOSSASIA's 371 entries the 137 that are not accepted are named by their state."""
    path = shared / "samples" / "C" / "fossasia2018_openevent_sessions.json"
    states = Counter(one["state"] for one in json.loads(path.read_bytes()))
    (warning, *_) = reading(path.read_text(encoding="utf-8"), file=str(path)).warnings
    assert all(f"{states[word]} {word}" in warning for word in ("rejected", "pending", "draft"))


def test_paper_lists_are_left_to_their_reader(shared: Path) -> None:
    """JSON of papers, with years and ratings but no starts, is claimed by others."""
    for file in (
        "B/papercopilot_aistats2019.json",
        "B/papercopilot_corl2024.json",
        "B/iclr2020_papers.json",
        "B/midl2024_papers.json",
    ):
        text = (shared / "samples" / file).read_text(encoding="utf-8")
        assert not open_json.claims(text, Part(file, b""))


def test_indico_documentation_is_refused_plainly(shared: Path) -> None:
    """The documentation of Indico's exports is no JSON and no schedule."""
    from planner.readers import read

    for file in ("indico_docs_event-export.rst", "indico_docs_timetable-export.rst"):
        path = shared / "samples" / "C" / file
        with pytest.raises(ReadError):
            read([Part(str(path), path.read_bytes())], HINTS._replace(name="X 2031", zone="Europe/Zurich"))


# The small files


def test_sessionize() -> None:
    """Ids of rooms, speakers and categories are resolved, wall clocks are the zone's, what was declined is left out."""
    found = own("sessionize-all.json", zone="Europe/Berlin")
    talks = by_title(found)
    assert set(talks) == {"Welcome", "Lamps & Moths"}
    lamps = talks["Lamps & Moths"]
    assert (lamps.start, lamps.end) == (utc("2031-03-30 08:00"), utc("2031-03-30 08:45"))
    assert (lamps.slot.room, lamps.speakers, lamps.track, lamps.kind) == ("Small Hall", ("Maya Pole",), "Insects", "workshop")
    assert (lamps.abstract, lamps.links) == ("Why moths come.\n\nAnd go.", ("https://video.example/2",))
    assert (talks["Welcome"].kind, found.format) == ("break", "sessionize")


def test_sessionize_grid() -> None:
    """In the grid a plenary stands in every room: it is one talk in all of them; the time slots say nothing new."""
    talks = by_title(own("sessionize-grid.json"))
    assert (talks["Welcome"].slot.room, talks["Welcome"].start) == ("Great Hall, Small Hall", utc("2031-03-30 09:00"))
    assert (talks["Lamps"].track, talks["Lamps"].speakers) == ("Insects", ("Maya Pole",))
    assert len(talks) == 2


def test_stamps_count_from_1970() -> None:
    """Milliseconds and seconds are instants as they are; the year is theirs."""
    found = own("google-io.json")
    talks = by_title(found)
    keynote = talks["Keynote: The Year of Lamps"]
    assert keynote.start == datetime.fromtimestamp(1_557_277_200, UTC)
    assert talks["Batteries"].start == datetime.fromtimestamp(1_557_358_200, UTC)
    assert (keynote.slot.room, keynote.speakers, keynote.organisations) == ("Amphitheatre", ("Guia Snake",), ("Snake & Sons",))
    assert (keynote.kind, found.year, found.conference.zone) == ("keynote", 2019, None)


def test_open_event() -> None:
    """Accepted and confirmed entries are talks, a called-off one is cancelled; ``01.30`` is an hour and a half."""
    found = own("openevent.json")
    talks = by_title(found)
    assert set(talks) == {"Mutants & Zombies", "Open End", "No Time", "Called Off"}
    assert (talks["Open End"].start, talks["Open End"].end) == (utc("2031-05-14 12:00"), utc("2031-05-14 13:30"))
    mutants = talks["Mutants & Zombies"]
    assert (mutants.kind, mutants.track, mutants.slot.room) == ("spotlight", "Free Software", "Hall 2")
    assert (mutants.abstract, mutants.organisations) == ("Tests\n\nWhy tests lie.", ("Red Roof",))
    assert [title for title, talk in talks.items() if talk.cancelled] == ["Called Off"]
    assert talks["No Time"].end is None
    assert any("1 rejected, 1 withdrawn, 1 draft, 1 pending" in warning for warning in found.warnings)
    assert any("midnight" in warning and "event 3" in warning for warning in found.warnings)


def test_open_event_of_the_second_version() -> None:
    """In JSON:API a session's fields are attributes."""
    (only,) = own("openevent-v2.json").conference.talks
    assert (only.title, only.source_id, only.start) == ("Lamps Again", "77", utc("2031-05-14 12:00"))


def test_europython_schedule() -> None:
    """Days of events with durations, codes of speakers beside their names, rooms as a list."""
    talks = by_title(own("europython-schedule.json"))
    assert (talks["Lunch"].kind, talks["Lunch"].slot.room, talks["Lunch"].end) == (
        "break",
        "Forum, South",
        utc("2031-07-10 12:00"),
    )
    snakes = talks["Snakes at Night"]
    assert (snakes.speakers, snakes.end, snakes.track) == (("Guia Snake",), utc("2031-07-10 12:45"), "Night")


def test_days_of_events_with_clocks_only() -> None:
    """The date stands around the clocks; a talk of a night session whose clock is before the session's is on the next day."""
    found = own("days-of-events.json", zone="Europe/Berlin")
    talks = by_title(found)
    night = talks["Night Session"]
    assert (night.start, night.end) == (utc("2024-05-18 21:30"), utc("2024-05-18 22:30"))
    assert (talks["Owls"].start, talks["Bats"].start) == (utc("2024-05-18 21:30"), utc("2024-05-18 22:00"))
    assert night.holds == talks["Owls"].session == talks["Bats"].session == found.conference.sessions[0].key
    assert talks["Coffee/Tea break"].kind == "break"


def test_booklet() -> None:
    """The lists tell the kinds, the letters behind a talk's own clock the zone, unless ``--zone`` is one of theirs."""
    found = own("booklet.json")
    assert [talk.kind for talk in found.conference.talks] == ["keynote", "tutorial", "workshop", "social"]
    assert (found.conference.zone, found.zone_from) == ("America/New_York", "EDT in the descriptions")
    assert own("booklet.json", zone="America/Toronto").conference.zone == "America/Toronto"
    paths, lamps, oil, _ = found.conference.talks
    assert (paths.start, paths.speakers, paths.slot.room) == (utc("2023-07-10 13:30"), ("Guia Snake",), "Pier 4&5")
    assert (lamps.speakers, oil.end) == (("Ada Bright", "Maya Pole"), None)


# Rules


def session(**fields: Any) -> dict[str, Any]:
    """A session with some fields changed."""
    return {"id": "1", "title": "T", "startsAt": "2031-07-01T09:00", "endsAt": "2031-07-01T10:00", "speakers": []} | fields


@pytest.mark.parametrize(
    ("start", "zone", "expected"),
    [
        ("2031-07-01T09:00", "Europe/Berlin", "2031-07-01 07:00"),
        ("2031-07-01T09:00:00+05:30", "Europe/Berlin", "2031-07-01 03:30"),
        ("2031-07-01T09:00:00Z", "Europe/Berlin", "2031-07-01 09:00"),
        ("20310701T090000Z", None, "2031-07-01 09:00"),
        ("2031-07-01 09:00:00", "Asia/Kathmandu", "2031-07-01 03:15"),
        (1_940_749_200_000, None, "2031-07-02 09:00"),
        ("1940749200", None, "2031-07-02 09:00"),
        ("2031-03-30T02:30", "Europe/Berlin", "2031-03-30 01:30"),
        ("2031-10-26T02:30", "Europe/Berlin", "2031-10-26 00:30"),
    ],
)
def test_starts(start: object, zone: str | None, expected: str) -> None:
    """An offset, a Z and a stamp are exact whatever the zone; a wall clock is the zone's, in the gap and the fold too."""
    (talk,) = reading({"sessions": [session(startsAt=start, endsAt=None)]}, zone=zone, name=NAME).conference.talks
    assert talk.start == utc(expected)


def test_a_zone_in_the_file_is_for_its_wall_clocks() -> None:
    """``timezone`` at the head of the document is the conference's zone, and its name gets the year of its dates."""
    document = {"name": "Lamp Days", "timezone": "Asia/Tokyo", "sessions": [session()]}
    found = reading(document)
    assert (found.conference.name, found.conference.zone) == ("Lamp Days 2031", "Asia/Tokyo")
    assert found.conference.talks[0].start == utc("2031-07-01 00:00")


def test_an_unreadable_time_is_a_talk_without_a_slot() -> None:
    """What one entry spoils is a warning with its id; the rest is read."""
    found = reading([session(), session(id="2", title="U", startsAt="soon")], name=NAME, zone="Asia/Tokyo")
    assert [talk.scheduled for talk in found.conference.talks] == [True, False]
    assert any("event 2" in warning for warning in found.warnings)


def test_one_submission_in_two_slots() -> None:
    """One id twice, at two times, is two talks that know each other; twice at one time it is one."""
    twice = [session(), session(startsAt="2031-07-02T09:00", endsAt=None), session()]
    first, second = reading(twice, name=NAME, zone="Asia/Tokyo").conference.talks
    assert (first.also, second.also) == ((second.uid,), (first.uid,))


@pytest.mark.parametrize(
    "text",
    [
        "{}",
        "[]",
        '[{"title": 1}]',
        '{"sessions": [{"title": "", "startsAt": null, "speakerIds": []}]}',
        json.dumps([session(state="rejected")]),
        "{",
        "[" * 100_000,
        '{"results": {}, "_type": "HTTPAPIResult"}',
        '{"results": [], "_type": "HTTPAPIResult"}',
    ],
)
def test_nothing_found_is_said(text: str) -> None:
    """Nothing, nothing with a title and a start, and what is no JSON are refused with one sentence."""
    with pytest.raises(ReadError) as caught:
        reading(text, name=NAME, zone="Asia/Tokyo")
    assert "\n" not in str(caught.value)


# Anything at all

SEEDS = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(OWN.glob("*.json"))]
JUNK: Any = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**15), 10**15),
    st.floats(),
    st.text(max_size=8),
    st.sampled_from(
        ["2031-02-30T10:00", "0001-01-01T00:00:00+14:00", "25:99", "10:00", "\ud800", "PDT", "2031-99-99", "x" * 500]
    ),
    st.sampled_from([[], {}, [[]], [{}], {"date": 1, "tz": []}, {"en": {"x": 1}}, ["x"], [None]]),
)
KEYS = st.sampled_from(
    ["id", "title", "start", "end", "date", "rooms", "sessions", "talks", "timezone", "2031-99-99", "510", ""]
)


@st.composite
def mutated(draw: st.DrawFn) -> Any:
    """One of the small documents with some values and keys replaced, or gone."""
    document = draw(st.sampled_from(SEEDS))
    left = draw(st.integers(1, 6))
    spots = Counter(draw(st.lists(st.integers(0, 120), min_size=left, max_size=left)))
    seen = -1

    def walk(value: Any) -> Any:
        nonlocal seen
        seen += 1
        if spots[seen]:
            return draw(JUNK)
        if isinstance(value, dict):
            return {draw(KEYS) if spots[len(key) + 100] else key: walk(one) for key, one in value.items()}
        return [walk(one) for one in value] if isinstance(value, list) else value

    return walk(document)


@given(mutated(), st.sampled_from([None, "Europe/Berlin", "Pacific/Apia"]), st.sampled_from(["", NAME]))
def test_whatever_stands_there_only_known_errors_come(document: Any, zone: str | None, name: str) -> None:
    """A damaged document is read or refused with a sentence of the house; no two talks share a uid."""
    text = json.dumps(document)
    open_json.claims(text, Part("", b""))
    try:
        found = reading(text, zone=zone, name=name)
    except PlannerError:
        return
    assert len({talk.uid for talk in found.conference.talks}) == len(found.conference.talks)
    assert all(talk.start is None or talk.start.tzinfo is not None for talk in found.conference.talks)


SLOTS = """---
title: Schedule
schedule:
  - day: Saturday, July 25
    date: '2026-07-25'
    rows:
      - time: 8:00 AM
        title: Registration
      - time: 1:15 PM
        cells:
          - title: Legs
            speakers: Ann Lee
          - title: Arms
            speakers: Bob Ray
---
"""


def test_talks_of_a_slot_take_its_time() -> None:
    """YAML at the head of a page, in which the rows have the times and their cells the talks: New York is at -04:00."""
    hints = Hints(now=datetime(2026, 11, 22, tzinfo=UTC), zone="America/New_York")
    talks = read([Part("pyohio-2026.md", SLOTS.encode())], hints).conference.talks
    assert [(talk.title, talk.start, talk.speakers) for talk in talks] == [
        ("Registration", datetime(2026, 7, 25, 12, 0, tzinfo=UTC), ()),
        ("Legs", datetime(2026, 7, 25, 17, 15, tzinfo=UTC), ("Ann Lee",)),
        ("Arms", datetime(2026, 7, 25, 17, 15, tzinfo=UTC), ("Bob Ray",)),
    ]


def test_a_date_without_a_clock_is_a_whole_day() -> None:
    """A start that is only a date puts the talk at the head of its days, with no warning."""
    said = (
        b'{"name": "Foo 2024", "timezone": "Europe/Berlin", "sessions": ['
        b'{"id": 1, "title": "Sprint", "start": "2024-06-13", "end": "2024-06-14"},'
        b'{"id": 2, "title": "Legs", "start": "2024-06-14T10:00:00", "end": "2024-06-14T10:30:00"}]}'
    )
    understood = read([Part("foo-2024.json", said)], Hints(now=datetime(2026, 11, 22, tzinfo=UTC)))
    sprint, legs = understood.conference.talks
    assert (sprint.slot.day, sprint.slot.last_day, sprint.start) == (date(2024, 6, 13), date(2024, 6, 14), None)
    assert (legs.slot.day, legs.start, understood.warnings) == (None, datetime(2024, 6, 14, 8, 0, tzinfo=UTC), ())


def test_papers_inside_a_session_are_talks_of_it() -> None:
    """A session of a MiniConf site holds its papers under that name, and its chair."""
    said = b"""{"timezone": "Asia/Singapore", "sessions": [{"name": "Session 1", "start_time": "2023-12-08 09:00",
        "end_time": "2023-12-08 10:30", "chair": "Ann Lee", "papers": [
        {"title": "Legs", "authors": ["Bob Ray"], "start_time": "2023-12-08 09:15", "end_time": "2023-12-08 09:30"}]}]}"""
    whole = read([Part("emnlp-2023.json", said)], Hints(now=datetime(2026, 11, 22, tzinfo=UTC))).conference
    assert [(session.title, session.chairs) for session in whole.sessions] == [("Session 1", ("Ann Lee",))]
    assert [(talk.title, talk.start) for talk in whole.talks][1:] == [("Legs", datetime(2023, 12, 8, 1, 15, tzinfo=UTC))]
