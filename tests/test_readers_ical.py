"""Conference calendars to readings: the real files of two families counted with icalendar, and small ones by hand."""

from __future__ import annotations

import contextlib
import re
import warnings
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner import text as texts
from planner.errors import MissingFactsError, PlannerError, ReadError
from planner.readers import ical
from planner.readers.sources import Hints, Part

if TYPE_CHECKING:
    from planner.model import Reading, Talk

OWN = Path(__file__).parent / "data" / "ical"
NOW = datetime(2026, 3, 1, tzinfo=UTC)


def read(data: bytes, file: str = "calendar.ics", **hints: object) -> Reading:
    """The reading of some bytes."""
    part = Part(file, data)
    return ical.read(texts.decode(data), part, Hints(now=NOW, **hints))  # type: ignore[arg-type]


def own(file: str, **hints: object) -> Reading:
    """The reading of one of the small files."""
    return read((OWN / file).read_bytes(), file, **hints)


def calendar(*lines: str, called: str = "Sumcon 2031", **hints: object) -> Reading:
    """The reading of a calendar with these lines."""
    text = "\n".join(["BEGIN:VCALENDAR", f"X-WR-CALNAME:{called}", *lines, "END:VCALENDAR"])
    return read(text.encode(), **hints)


def event(*lines: str) -> str:
    """A VEVENT."""
    return "\n".join(["BEGIN:VEVENT", *lines, "END:VEVENT"])


def the_talk(*lines: str, head: str = "X-A:1", **hints: object) -> Talk:
    """The talk of the one event with these lines."""
    (talk,) = calendar(head, event("UID:1", *lines), **hints).conference.talks
    return talk


# The real files


class Row(NamedTuple):
    """What a real file must give: name, zone, talks, all-day entries, first and last start and last end in UTC.

    ``said`` is the zone that the user says; ``doubts`` are words of its warnings.
    """

    file: str
    name: str
    zone: str
    talks: int
    days: int
    first: str
    last: str
    end: str
    said: str | None = None
    doubts: tuple[str, ...] = ()


NO_PLACE = ("nothing names the conference's place",)
TABLE = [
    Row("B/colt2020_colt", "COLT 2020", "America/New_York", 43, 0, "2020-07-08T15:00", "2020-07-13T10:00", "2020-07-13T11:00"),
    Row("B/iclr2020_basic", "ICLR 2020", "Africa/Nairobi", 56, 0, "2020-04-27T05:00", "2020-04-30T23:00", "2020-05-01T01:00"),
    Row("B/iclr2020_iclr", "ICLR 2020", "Africa/Nairobi", 28, 0, "2020-04-27T05:00", "2020-04-30T20:00", "2020-04-30T22:00"),
    Row(
        "B/iclr2020_workshop_BAICS",
        "BAICS 2020",
        "America/New_York",
        17,
        0,
        "2020-04-26T13:00",
        "2020-04-26T21:00",
        "2020-04-26T22:00",
    ),
    Row(
        "B/iclr2020_workshop_MLIRL",
        "ML-IRL 2020",
        "America/New_York",
        12,
        0,
        "2020-04-26T11:50",
        "2020-04-26T20:00",
        "2020-04-26T20:05",
    ),
    Row(
        *("B/iclr2020_workshop_climatechange", "Climate change workshop @ ICLR 2020", "UTC", 43, 5),
        *("2020-04-26T08:30", "2020-04-30T19:00", "2020-04-30T20:00", None, NO_PLACE),
    ),
    Row(
        "B/icwsm2021_session_D4",
        "ICWSM 2021",
        "UTC",
        1,
        0,
        "2021-06-10T14:15",
        "2021-06-10T14:15",
        "2021-06-10T15:15",
        None,
        NO_PLACE,
    ),
    Row(
        "B/ismir2023_ISMIR_2022",
        "ISMIR 2022",
        "Asia/Kolkata",
        42,
        0,
        "2022-12-04T02:30",
        "2022-12-09T04:30",
        "2022-12-09T12:30",
    ),
    Row(
        "B/ismir2023_ISMIR_2023",
        "ISMIR 2023",
        "Europe/Rome",
        37,
        0,
        "2023-11-05T07:00",
        "2023-11-10T08:00",
        "2023-11-10T16:30",
    ),
    Row(
        "B/miniconf-demo_sample_cal",
        "ICLR 2020",
        "America/New_York",
        56,
        0,
        "2020-04-27T05:00",
        "2020-04-30T23:00",
        "2020-05-01T01:00",
    ),
    Row(
        *("C/fossasia2016", "FOSSASIA 2016", "Asia/Singapore", 181, 1),
        *("2015-03-12T16:00", "2015-03-15T09:00", "", "Asia/Singapore", ("The name says 2016",)),
    ),
    Row(
        *("C/kielux2020", "18. Kieler Open Source und Linux Tage 2020", "UTC", 24, 0),
        *("2020-09-18T09:00", "2020-09-19T15:00", "2020-09-19T16:00", None, NO_PLACE),
    ),
    Row(
        *("C/kubecon-eu2026_sched", "KubeCon + CloudNativeCon Europe 2026", "Europe/Amsterdam", 596, 0),
        *("2026-03-22T07:00", "2026-03-27T08:00", "2026-03-27T15:00"),
    ),
    Row(
        "C/lca2020",
        "linux.conf.au 2020",
        "Australia/Brisbane",
        262,
        0,
        "2020-01-12T05:00",
        "2020-01-17T06:40",
        "2020-01-17T07:25",
    ),
    Row(
        "C/leap2025_festival",
        "Bristol Data Week 2025",
        "Europe/London",
        21,
        0,
        "2025-06-02T08:30",
        "2025-06-06T13:00",
        "2025-06-06T16:00",
    ),
    Row(
        "C/pyconau2023_pretalx",
        "Pyconau 2023",
        "Australia/Adelaide",
        94,
        0,
        "2023-08-17T23:30",
        "2023-08-20T07:20",
        "2023-08-20T07:30",
    ),
]
"""Counted with the icalendar library; names and zones by reading the files."""


def by_icalendar(path: Path) -> list[icalendar.Event]:
    """The events of a file by the library; what it refuses outside of events is taken out."""
    data = re.sub(rb"(?m)^DTSTART:\d{4}-.*\r?\n", b"", path.read_bytes().removeprefix(b"<!--\n")).replace(b"-->", b"")
    icalendar.use_zoneinfo()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return list(icalendar.Calendar.from_ical(data).walk("VEVENT"))


def minute(at: datetime | None) -> str:
    """An instant as the table has it."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M") if at else ""


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.file)
def test_a_real_calendar_is_read_whole(shared: Path, row: Row) -> None:
    """Name, zone, number of talks, first and last instant, and every single start and end by another parser."""
    path = shared / "samples" / f"{row.file}.ics"
    reading = read(path.read_bytes(), str(path), zone=row.said)
    talks = reading.conference.talks
    starts = sorted(talk.start for talk in talks if talk.start)
    ends = [talk.end for talk in talks if talk.end]
    assert (reading.conference.name, reading.conference.zone, reading.format, reading.scope) == (
        row.name,
        row.zone,
        "ical",
        "conference",
    )
    assert (len(talks), sum(talk.slot.day is not None for talk in talks)) == (row.talks, row.days)
    assert (minute(starts[0]), minute(starts[-1]), minute(max(ends, default=None))) == (row.first, row.last, row.end)
    assert len({talk.uid for talk in talks}) == row.talks
    assert reading.year == int(row.first[:4])
    assert len(reading.warnings) == len(row.doubts)
    assert all(doubt in warning for doubt, warning in zip(row.doubts, reading.warnings, strict=True))


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.file)
def test_every_talk_of_a_real_calendar_has_its_hour(shared: Path, row: Row) -> None:
    """Start, end and days of each talk, in the file's order, are what the icalendar library and zoneinfo say."""
    path = shared / "samples" / f"{row.file}.ics"
    talks = read(path.read_bytes(), str(path), zone=row.said).conference.talks
    for talk, other in zip(talks, by_icalendar(path), strict=True):
        start, end = other.decoded("DTSTART"), other.decoded("DTEND", None)
        if not isinstance(start, datetime):
            last = end - timedelta(days=1) if end and end > start else start
            assert (talk.slot.day, talk.slot.last_day, talk.start) == (start, last, None)
            continue
        if start.tzinfo is None:
            start, end = (at.replace(tzinfo=ZoneInfo(str(row.said))) for at in (start, end))
        assert talk.start == start.astimezone(UTC)
        assert talk.end == (end.astimezone(UTC) if end > start else None)


def test_a_floating_calendar_is_refused(shared: Path) -> None:
    """FOSSASIA's calendar names no zone: exit 3, with the command that would do."""
    path = shared / "samples" / "C" / "fossasia2016.ics"
    with pytest.raises(MissingFactsError, match=r"^fossasia2016\.ics does not say its time zone; .* --zone ") as refused:
        read(path.read_bytes(), str(path))
    assert (refused.value.zone, refused.value.conference, refused.value.exit_code) == (True, False, 3)


# Small files


def test_sched_keeps_instants_and_takes_the_zone_of_its_city() -> None:
    """Sched loses the venue's zone: the hours in UTC are right, Amsterdam in the places gives the conference's clock."""
    reading = own("sched.ics")
    badge, keynote, leaves = reading.conference.talks
    assert (reading.conference.name, reading.conference.slug) == ("TreeConf Europe 2031", "treeconf-europe-2031")
    assert (reading.conference.zone, reading.zone_from) == ("Europe/Amsterdam", "the city in the places of its events")
    assert (keynote.start, keynote.end) == (datetime(2031, 3, 24, 9, tzinfo=UTC), datetime(2031, 3, 24, 9, 30, tzinfo=UTC))
    assert keynote.abstract.startswith("How trees grow. A line of its own:\n\nBring boots; it may rain.")
    assert (keynote.slot.room, keynote.url) == (
        "Hall 1 | Room A, Amsterdam, Netherlands",
        "http://treeconfeu2031.sched.com/event/1db2c5",
    )
    assert [(talk.kind, talk.track) for talk in (badge, keynote, leaves)] == [
        ("break", "REGISTRATION"),
        ("keynote", "KEYNOTE SESSIONS"),
        ("spotlight", "⚡ LIGHTNING TALKS"),
    ]


def test_pretalx_puts_speakers_behind_the_title() -> None:
    """``Title - Speakers``: the last dash counts, and an empty list of speakers leaves no dash behind."""
    reading = own("pretalx.ics")
    ice, fair = reading.conference.talks
    assert (reading.conference.name, reading.conference.zone) == ("Snowcon 2031", "Australia/Adelaide")
    assert (ice.title, ice.speakers) == ("Ice - the long way home", ("Pia Frost", "Ian Sleet"))
    assert (fair.title, fair.speakers) == ("Snow Fair", ())
    assert ice.start == datetime(2031, 1, 18, 9, tzinfo=ZoneInfo("Australia/Adelaide"))
    assert fair.start == datetime(2031, 7, 18, 13, 30, tzinfo=ZoneInfo("Australia/Adelaide"))
    assert ice.slot.zone == "Australia/Adelaide"


def test_indico_names_speakers_in_the_first_line() -> None:
    """Names, and their organisations in brackets, leave the abstract; what the file had stays as the raw text."""
    (talk,) = own("indico.ics", name="Muon Days 2031").conference.talks
    assert talk.speakers == ("Marie Fermi", "Enrico Noether")
    assert talk.organisations == ("University of Nowhere", "Institute of Sums")
    assert talk.abstract.startswith("We count them again.")
    assert talk.raw.startswith("Speakers: Marie Fermi")


def test_miniconf_tags_are_kinds_and_its_pages_no_rooms() -> None:
    """``#tut Title``; the name is in PRODID, the zone in every TZID, and a page is a link once the site is known."""
    reading = own("miniconf.ics", url="https://sumcon.example.org/2031/")
    assert (reading.conference.name, reading.conference.zone) == ("SUMCON 2031", "Asia/Kolkata")
    desk, tutorial = reading.conference.talks
    assert (desk.title, desk.kind, tutorial.title, tutorial.kind) == ("Registration", "break", "T1(M): Adding up", "tutorial")
    assert (tutorial.slot.room, tutorial.url) == (None, "https://sumcon.example.org/2031/tutorials.html#T1")


def test_one_uid_on_many_events_keeps_them_all() -> None:
    """The first has the UID's identity, the others are counted in the order of time, and none names another as its paper."""
    first, second, third = own("one_uid.ics").conference.talks
    assert [talk.title for talk in (first, second, third)] == ["Session 1", "Session 2", "Session 3"]
    assert len({first.uid, second.uid, third.uid}) == 3
    assert first.source_id == second.source_id == third.source_id == "same"
    assert (first.also, third.cancelled, first.cancelled) == ((), True, False)
    reordered = (OWN / "one_uid.ics").read_bytes().replace(b"Session 1", b"Session 0")
    assert [talk.uid for talk in read(reordered).conference.talks] == [first.uid, second.uid, third.uid]


def test_floating_times_are_read_in_the_calendars_zone() -> None:
    """X-WR-TIMEZONE: nine in Rome is 8:00 UTC in winter time and 7:00 in summer time."""
    first, _, third = own("one_uid.ics").conference.talks
    assert (first.start, third.start) == (datetime(2031, 3, 13, 8, tzinfo=UTC), datetime(2031, 3, 31, 9, tzinfo=UTC))
    assert own("one_uid.ics", zone="Asia/Tokyo").conference.talks[0].start == first.start
    assert any("--zone Asia/Tokyo did not change" in warning for warning in own("one_uid.ics", zone="Asia/Tokyo").warnings)


def test_all_day_entries_have_days_and_no_clock() -> None:
    """A hotel from the 12th to the 14th (DTEND is the day after), and an end that is its start is no end."""
    opening, hotel = own("floating.ics", name="Sumcon 2031", zone="Asia/Singapore").conference.talks
    assert (hotel.slot.day, hotel.slot.last_day, hotel.start, hotel.end) == (date(2031, 3, 12), date(2031, 3, 14), None, None)
    assert (opening.start, opening.end) == (datetime(2031, 3, 13, 1, tzinfo=UTC), None)


def test_what_is_missing_is_named_in_one_go() -> None:
    """Neither a name nor a zone: one sentence says both and the command."""
    with pytest.raises(MissingFactsError) as refused:
        own("floating.ics")
    assert str(refused.value) == (
        "floating.ics does not say its conference and time zone; say it, for example: "
        'planner import --conference "NAME YEAR" --zone Europe/Berlin floating.ics'
    )


def test_what_one_event_spoils_leaves_the_others() -> None:
    """Five events, five talks; two have no slot, one has no end, and each fault is said."""
    reading = own("broken.ics")
    assert [talk.scheduled for talk in reading.conference.talks] == [True, False, True, True, False]
    assert reading.conference.talks[2].end is None
    assert reading.scope == "conference"
    said = " ".join(reading.warnings)
    assert all(words in said for words in ("line 18: “20310230T090000Z”", "line 27", "line 32", "“Ends before it starts”"))


def test_a_file_that_breaks_off_cancels_nothing() -> None:
    """What could be read is read, and the reading does not speak for the conference."""
    data = (OWN / "sched.ics").read_bytes()
    reading = read(data[: data.rindex(b"SUMMARY")])
    assert (len(reading.conference.talks), reading.partial) == (2, True)
    assert any("breaks off" in warning for warning in reading.warnings)


# Zones


def zone_of(
    *head: str, start: str = "DTSTART:20310313T090000Z", place: str = "", called: str = "Sumcon 2031", **hints: object
) -> str:
    """The zone of a calendar of one event, and how it is known."""
    reading = calendar(*head, event("UID:1", "SUMMARY:A", start, f"LOCATION:{place}"), called=called, **hints)
    return f"{reading.conference.zone}: {reading.zone_from}"


def test_where_the_conferences_zone_comes_from() -> None:
    """In this order: --zone, an earlier import, the events' TZID, the head, the places, the name; else UTC."""
    rome = "DTSTART;TZID=Europe/Rome:20310313T090000"
    tokyo = "X-WR-TIMEZONE:Asia/Tokyo"
    assert zone_of(tokyo, start=rome, zone="Asia/Dubai", known_zone="Asia/Seoul") == "Asia/Dubai: --zone"
    assert zone_of(tokyo, start=rome, known_zone="Asia/Seoul") == "Asia/Seoul: an earlier import of this conference"
    assert zone_of(tokyo, start=rome, known_zone="UTC") == "Europe/Rome: the time zone of its events"
    assert zone_of(tokyo, place="Hall 3\\, Vienna") == "Asia/Tokyo: the calendar's own time zone"
    assert (
        zone_of(place="Hall 3\\, Vienna", called="PyCon Berlin 2031") == "Europe/Vienna: the city in the places of its events"
    )
    assert zone_of(called="PyCon Berlin 2031") == "Europe/Berlin: the city in the calendar's name"
    assert zone_of("X-WR-TIMEZONE:UTC") == "UTC: its times are in UTC and nothing names the place"


@pytest.mark.parametrize(
    "name", ["Berlin", "AI at ICML 2031", "Meet me in the US 2031", "Paris meets Berlin 2031", "A Nice Conference 2031"]
)
def test_a_name_gives_a_zone_only_where_it_is_plain(name: str) -> None:
    """Not without a year, not by a code of a country, not where two cities are named, not by a common word."""
    assert zone_of(called=name).startswith("UTC: ")


def test_the_conferences_zone_changes_no_instant() -> None:
    """Nine UTC stays nine UTC whatever the zone."""
    for zone in ("Asia/Tokyo", "America/Los_Angeles", None):
        assert the_talk("DTSTART:20310313T090000Z", zone=zone).start == datetime(2031, 3, 13, 9, tzinfo=UTC)


def test_floating_times_never_take_utc_for_want_of_better() -> None:
    """Beside instants in UTC, and under X-WR-TIMEZONE:UTC, a floating time is still refused; an earlier import's UTC too."""
    lines = (event("UID:1", "DTSTART:20310313T090000Z"), event("UID:2", "DTSTART:20310313T090000"))
    for hints in ({}, {"known_zone": "UTC"}):
        with pytest.raises(MissingFactsError, match="time zone"):
            calendar("X-WR-TIMEZONE:UTC", *lines, **hints)
    found = calendar("X-WR-TIMEZONE:UTC", *lines, known_zone="Europe/Rome").conference.talks
    assert [talk.start for talk in found] == [datetime(2031, 3, 13, 9, tzinfo=UTC), datetime(2031, 3, 13, 8, tzinfo=UTC)]


def test_a_zone_that_is_defined_nowhere_is_asked_for() -> None:
    """All times in it: refused. Some: no slot and a warning. With --zone: read so."""
    foo, utc = event("UID:1", "SUMMARY:Foo", "DTSTART;TZID=foo:20310313T090000"), event("UID:2", "DTSTART:20310313T090000Z")
    with pytest.raises(MissingFactsError, match="its time zone “foo” is defined nowhere"):
        calendar("X-WR-TIMEZONE:Europe/Rome", foo)
    mixed = calendar("X-WR-TIMEZONE:Europe/Rome", foo, utc)
    assert [talk.scheduled for talk in mixed.conference.talks] == [False, True]
    assert any("“foo” is defined nowhere, so there is no slot" in warning for warning in mixed.warnings)
    said = calendar(foo, utc, zone="Asia/Tokyo").conference.talks[0]
    assert (said.start, said.slot.zone) == (datetime(2031, 3, 13, tzinfo=UTC), "Asia/Tokyo")


def test_gaps_and_folds_of_floating_times_are_said() -> None:
    """02:30 on 30 March 2031 is skipped in Rome."""
    reading = calendar("X-WR-TIMEZONE:Europe/Rome", event("UID:1", "SUMMARY:Early", "DTSTART:20310330T023000"))
    assert reading.conference.talks[0].start == datetime(2031, 3, 30, 1, 30, tzinfo=UTC)
    assert any("does not exist" in warning and "“Early”" in warning for warning in reading.warnings)


# Names and years


@pytest.mark.parametrize(
    ("name", "file", "expected"),
    [
        ("Sumcon 2031", "x.ics", "Sumcon 2031"),
        ("Sumcon", "x.ics", "Sumcon 2031"),
        ("Sumcon", "iclr2031.ics", "Sumcon 2031"),
        ("My Calendar", "iclr2031.ics", "ICLR 2031"),
        ("ada@example.org", "iclr2031.ics", "ICLR 2031"),
        ("{{ conference }}", "iclr2031.ics", "ICLR 2031"),
        ("", "iclr2031.ics", "ICLR 2031"),
        ("", "https://icml.cc/virtual/2031/calendar.ics", "ICML 2031"),
    ],
)
def test_the_conferences_name(name: str, file: str, expected: str) -> None:
    """Its own name with the year of its dates, unless every calendar could have it; else the URL or the file's name."""
    data = "\n".join(
        ["BEGIN:VCALENDAR", f"X-WR-CALNAME:{name}", event("UID:1", "DTSTART:20310313T090000Z"), "END:VCALENDAR"]
    ).encode()
    assert read(data, file).conference.name == expected
    assert read(data, file, name="Mine 2031").conference.name == "Mine 2031"


def test_a_calendar_of_many_years_gets_no_year() -> None:
    """Next year's export of it is the same calendar."""
    reading = calendar(
        *(event(f"UID:{year}", f"DTSTART:{year}0313T090000Z") for year in (2029, 2031)),
        called="Seminar",
    )
    assert (reading.conference.name, reading.year) == ("Seminar", 2029)


@pytest.mark.parametrize(
    ("hints", "doubt"), [({"year": 2030}, "--year 2030 was not used"), ({"name": "Sumcon 2030"}, "The name says 2030")]
)
def test_dates_win_over_a_year_that_is_said(hints: dict[str, object], doubt: str) -> None:
    """The dates of a calendar have a year; another one is a warning."""
    reading = calendar("X-WR-TIMEZONE:Europe/Rome", event("UID:1", "DTSTART:20310313T090000Z"), **hints)
    assert reading.year == 2031
    assert any(doubt in warning for warning in reading.warnings)


# Talks


@pytest.mark.parametrize(
    ("lines", "kind"),
    [
        (("SUMMARY:Keynote: Who cares?",), "keynote"),
        (("SUMMARY:Poster Day 1 Session 3 (P1S3)",), "poster"),
        (("SUMMARY:Coffee Break 2B and Baidu booth",), "break"),
        (("SUMMARY:ML-IRL: Invited Talk - Suchi Saria",), "keynote"),
        (("SUMMARY:QueerInAI Social",), "social"),
        (("SUMMARY:Project Lightning Talk: A Tour",), "spotlight"),
        (("SUMMARY:Why the coffee that you drink may break your keyboard",), "talk"),
        (("SUMMARY:How to hold a keynote in front of many people",), "talk"),
        (("SUMMARY:A talk", "CATEGORIES:Workshops,Deep\\, Learning"), "workshop"),
        (("SUMMARY:Image registration at scale", "DESCRIPTION:Speakers: Ann Lee"), "talk"),
        (("SUMMARY:Party politics", "DESCRIPTION:Speakers: Ann Lee"), "talk"),
        (("SUMMARY:Lunch", "DESCRIPTION:Speakers: Ann Lee"), "break"),
        (("SUMMARY:",), "untitled"),
    ],
)
def test_kinds_by_category_and_title(lines: tuple[str, ...], kind: str) -> None:
    """By CATEGORIES first, else by a title that is the name of an occasion and not a sentence."""
    assert the_talk(*lines, "DTSTART:20310313T090000Z").kind == kind


@pytest.mark.parametrize(
    ("line", "speakers"),
    [
        ("DESCRIPTION:Speaker: A/Prof Ada Oak\\nI begin.", ("A/Prof Ada Oak",)),
        ("DESCRIPTION:von: Jürgen Groß\\n\\nXen.", ("Jürgen Groß",)),
        ("DESCRIPTION:The speaker: nobody", ()),
        ('ATTENDEE;CN="Jakob Semere";CUTYPE=INDIVIDUAL:invalid:nomail', ("Jakob Semere",)),
        ("ATTENDEE;CN=Guest:mailto:guest@example.org", ()),
    ],
)
def test_who_speaks(line: str, speakers: tuple[str, ...]) -> None:
    """A first line that says it, frab's ATTENDEEs; invited guests are no speakers."""
    assert the_talk("SUMMARY:A", line, "DTSTART:20310313T090000Z").speakers == speakers


@pytest.mark.parametrize(
    ("place", "room", "url"),
    [
        ("Room 5", "Room 5", None),
        ("https://example.org/zoom", None, "https://example.org/zoom"),
        ("javascript:alert(1)", "javascript:alert(1)", None),
        ("papers.html?session=7", None, None),
        ("", None, None),
    ],
)
def test_a_place_is_a_room_or_a_link(place: str, room: str | None, url: str | None) -> None:
    """A web address as LOCATION is where to click, not where to go; only http(s) is one."""
    talk = the_talk("SUMMARY:A", f"LOCATION:{place}", "DTSTART:20310313T090000Z")
    assert (talk.slot.room, talk.url) == (room, url)


def test_texts_are_made_safe_and_readable() -> None:
    """HTML to text, control signs and bidirectional overrides away, LaTeX read."""
    talk = the_talk(
        "SUMMARY:On $\\\\alpha$ \u202e\x1b]2;x\x07",
        "DESCRIPTION:<p>One</p><p>Two &amp\\; three</p>",
        "DTSTART:20310313T090000Z",
    )
    assert talk.title.isprintable()
    assert "α" in talk.title
    assert talk.abstract == "One\nTwo & three"


def test_a_repeated_event_is_a_talk_each_time() -> None:
    """Registration on three mornings, of which one is moved and one left out: identities stay apart."""
    series = event(
        "UID:desk", "SUMMARY:Registration", "DTSTART:20310313T080000Z", "RRULE:FREQ=DAILY;COUNT=4", "EXDATE:20310314T080000Z"
    )
    moved = event("UID:desk", "SUMMARY:Registration", "RECURRENCE-ID:20310315T080000Z", "DTSTART:20310315T100000Z")
    reading = calendar("X-WR-TIMEZONE:Europe/Rome", series, moved)
    assert sorted(minute(talk.start) for talk in reading.conference.talks) == [
        "2031-03-13T08:00",
        "2031-03-15T10:00",
        "2031-03-16T08:00",
    ]
    assert len({talk.uid for talk in reading.conference.talks}) == 3


def test_a_calendar_that_cancels() -> None:
    """METHOD:CANCEL cancels all that it shows."""
    assert the_talk("SUMMARY:A", "DTSTART:20310313T090000Z", head="METHOD:CANCEL").cancelled


# What is no schedule


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("BEGIN:VCALENDAR\nBEGIN:VTODO\nEND:VTODO\nEND:VCALENDAR", "is a calendar without a single event; nothing found"),
        ("BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:A\nEND:VEVENT\nEND:VCALENDAR", "no event has a time that can be read"),
        (
            "BEGIN:VCALENDAR\n{% for talk in talks %}\nBEGIN:VEVENT\nDTSTART:{{ talk }}\nEND:VEVENT\nEND:VCALENDAR",
            "it is a template",
        ),
        ("nothing of the kind", "is no iCalendar file"),
        (
            "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20310313\nRRULE:FREQ=DAILY;COUNT=1\nEXDATE:20310313\nEND:VEVENT\nEND:VCALENDAR",
            "no event has a time",
        ),
    ],
)
def test_a_calendar_without_a_schedule_is_refused(text: str, sentence: str) -> None:
    """To-dos, templates, other files: one sentence."""
    with pytest.raises(ReadError, match=sentence):
        read(text.encode())


@pytest.mark.parametrize(
    ("text", "claimed"),
    [
        ("BEGIN:VCALENDAR\nVERSION:2.0", True),
        ("\ufeff begin:vcalendar \n", True),
        ("<!--\nBEGIN:VCALENDAR\n", True),
        ("BEGIN:VCALENDAR\nX-ALT-DESC:<html>", True),
        ("<html><pre>\nBEGIN:VCALENDAR\n", False),
        ("A page about BEGIN:VCALENDAR lines", False),
        ("", False),
    ],
)
def test_a_calendar_is_known_by_its_content(text: str, claimed: bool) -> None:
    """By the line that opens it, near the head; a page that shows one is a page."""
    assert ical.claims(text, Part("x", text.encode())) is claimed


@given(
    st.binary(max_size=300),
    st.integers(0, 1800),
    st.integers(0, 200),
    st.sampled_from(["exchange.ics", "sched.ics", "one_uid.ics"]),
)
def test_any_bytes_give_a_reading_or_a_sentence(new: bytes, start: int, length: int, name: str) -> None:
    """A file with any stretch of it replaced by any bytes: no failure but the program's own."""
    data = (OWN / name).read_bytes()
    with contextlib.suppress(PlannerError):
        read(data[:start] + new + data[start + length :], name="Sumcon 2031", zone="Europe/Rome")


# Shapes of other exporters


def test_a_zone_at_the_head_under_a_wrong_name_is_the_calendars() -> None:
    """``VTIMEZONE: Europe/Rome`` at the head of a calendar, as a camp's own exporter writes it, is its zone."""
    conference = calendar(
        "VTIMEZONE: Europe/Rome", event("UID:46939", "DTSTART:20240915T130000Z", "SUMMARY:Closing")
    ).conference
    assert conference.zone == "Europe/Rome"
    assert conference.talks[0].start == datetime(2024, 9, 15, 15, tzinfo=ZoneInfo("Europe/Rome"))


def test_a_newer_state_replaces_the_older_one() -> None:
    """Two entries of one UID and title with different SEQUENCE are one talk, in its newest state, and that is said."""
    old = event("UID:7", "SEQUENCE:0", "DTSTART:20250401T190000Z", "SUMMARY:Posters")
    new = event("UID:7", "SEQUENCE:2", "DTSTART:20250401T193000Z", "SUMMARY:Posters")
    for entries in ((old, new), (new, old)):
        found = calendar(*entries)
        assert [talk.start for talk in found.conference.talks] == [datetime(2025, 4, 1, 19, 30, tzinfo=UTC)]
        assert any("older state" in said and "Posters" in said for said in found.warnings)


def test_a_uid_of_several_titles_is_no_identity() -> None:
    """Entries that share a UID under different titles all stay, whatever their SEQUENCE."""
    found = calendar(
        event("UID:7", "SEQUENCE:0", "DTSTART:20250401T190000Z", "SUMMARY:Break"),
        event("UID:7", "SEQUENCE:1", "DTSTART:20250401T200000Z", "SUMMARY:A talk"),
        event("UID:7", "SEQUENCE:2", "DTSTART:20250401T210000Z", "SUMMARY:Break"),
    )
    assert len(found.conference.talks) == 3


def test_speakers_in_later_lines_and_with_bracketed_houses() -> None:
    """A line of speakers below the abstract counts; brackets in an organisation belong to it."""
    talk = the_talk("DTSTART:20250401T190000Z", r"DESCRIPTION:On shutters.\nPresenter(s): Ada Byron (CERN (CH))\, Bo Ek")
    assert talk.speakers == ("Ada Byron", "Bo Ek")
    assert talk.organisations == ("CERN (CH)",)
    assert talk.abstract == "On shutters."


def test_a_speaker_behind_the_title() -> None:
    """``Title (talk by Name)`` is that title and that speaker."""
    talk = the_talk("DTSTART:20150918T103000Z", "SUMMARY:Python's Infamous GIL (talk by Larry Hastings)")
    assert (talk.title, talk.speakers) == ("Python's Infamous GIL", ("Larry Hastings",))


def test_quoted_printable_is_decoded() -> None:
    """Texts that vCalendar 1.0 writes as quoted-printable, over soft line breaks too, are read in plain."""
    talk = the_talk(
        "DTSTART:20030610T090000Z",
        "SUMMARY;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:K=C3=B6ln =",
        "again",
        "DESCRIPTION;ENCODING=QUOTED-PRINTABLE:one=0D=0Atwo",
        "LOCATION:Aula",
    )
    assert (talk.title, talk.abstract, talk.slot.room) == ("Köln again", "one\ntwo", "Aula")


@pytest.mark.parametrize(("tzid", "hour"), [("GMT+0900", 3), ("UTC-05:00", 17), ("GMT+0000", 12)])
def test_a_zone_named_by_its_offset(tzid: str, hour: int) -> None:
    """A TZID that says its offset with minutes is that offset: 12:00 at +09:00 is 3:00 in UTC."""
    talk = the_talk(f'DTSTART;TZID="{tzid}":20250520T120000')
    assert talk.start == datetime(2025, 5, 20, hour, tzinfo=UTC)
