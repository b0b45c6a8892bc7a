"""What a written VTIMEZONE promises: every instant in the zone form is read right by everybody, all others are in UTC."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
import pytz
from dateutil.tz import tzical
from hypothesis import given, settings
from hypothesis import strategies as st
from ical_lint import databases, instants, lint

from planner import times
from planner.ical import zones
from planner.ical.write import calendar
from planner.model import Conference, Slot, Talk
from planner.plan import Plan

if TYPE_CHECKING:
    from collections.abc import Iterator

PLACES = sorted(name for name in pytz.all_timezones if "/" in name and not name.startswith("Etc/"))


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    """No test sees another's zone databases."""
    zones._databases.cache_clear()
    yield
    zones._databases.cache_clear()


def at(text: str) -> datetime:
    """An instant in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def export(zone: str, starts: list[datetime], minutes: int = 30) -> bytes:
    """A calendar of talks that start at these instants, uids in their order."""
    talks = [
        Talk(f"t{number:03}", "c", "x", slot=Slot(start, start + timedelta(minutes=minutes)), modified=at("2021-01-01"))
        for number, start in enumerate(starts)
    ]
    plan = Plan({"c": Conference("c", "C", "UTC", talks=tuple(talks))}, {}, zone=zone)
    return calendar(plan, talks, zone=zone, name="C")


def forms(data: bytes) -> dict[str, str]:
    """The raw value of each event's DTSTART by uid."""
    found = re.findall(r"UID:(\w+)\r\n(?:(?!DTSTART).*\r\n)*DTSTART[^:]*:(\S+)\r\n", data.decode())
    return dict(found)


def vtimezone(data: bytes) -> list[str]:
    """The lines of the VTIMEZONE between its BEGIN and END."""
    whole = data.decode()
    return (
        whole[whole.index("BEGIN:VTIMEZONE") : whole.index("END:VTIMEZONE")].split("\r\n")[1:-1]
        if "VTIMEZONE" in whole
        else []
    )


def agreed(zone: str, moment: datetime) -> bool:
    """Whether all zone databases of this machine give one offset, from four hours before to four after."""
    near = (moment + timedelta(hours=hours) for hours in (-4, -2, 0, 2, 4))
    return len({one.astimezone(database).utcoffset() for one in near for database in databases(zone)}) == 1


# The hand-known zones


@pytest.mark.parametrize(
    ("zone", "start", "standard", "daylight"),
    [
        ("Europe/Berlin", "2026-07-10T08:00", ("+0200", "+0100", "10;BYDAY=-1SU", "CET"), ("3;BYDAY=-1SU", "CEST")),
        ("America/Los_Angeles", "2026-07-10T08:00", ("-0700", "-0800", "11;BYDAY=1SU", "PST"), ("3;BYDAY=2SU", "PDT")),
        ("Australia/Sydney", "2026-07-10T08:00", ("+1100", "+1000", "4;BYDAY=1SU", "AEST"), ("10;BYDAY=1SU", "AEDT")),
        ("Pacific/Auckland", "2026-01-10T08:00", ("+1300", "+1200", "4;BYDAY=1SU", "NZST"), ("9;BYDAY=-1SU", "NZDT")),
        ("Australia/Lord_Howe", "2026-07-10T08:00", ("+1100", "+1030", "4;BYDAY=1SU", "+1030"), ("10;BYDAY=1SU", "+11")),
        ("America/St_Johns", "2026-07-10T08:00", ("-0230", "-0330", "11;BYDAY=1SU", "NST"), ("3;BYDAY=2SU", "NDT")),
        ("Pacific/Chatham", "2027-01-14T20:15", ("+1345", "+1245", "4;BYDAY=1SU", "+1245"), ("9;BYDAY=-1SU", "+1345")),
        ("Europe/Dublin", "2026-07-10T08:00", ("+0100", "+0000", "10;BYDAY=-1SU", "GMT"), ("3;BYDAY=-1SU", "IST")),
        ("Europe/London", "2026-12-07T10:00", ("+0100", "+0000", "10;BYDAY=-1SU", "GMT"), ("3;BYDAY=-1SU", "BST")),
        ("Asia/Jerusalem", "2024-07-10T08:00", ("+0300", "+0200", "10;BYDAY=-1SU", "IST"), ("3;BYDAY=-1FR", "IDT")),
        ("America/Santiago", "2024-07-10T08:00", ("-0300", "-0400", "4;BYDAY=1SU", "-04"), ("9;BYDAY=2SU", "-03")),
        ("America/New_York", "2005-07-10T08:00", ("-0400", "-0500", "10;BYDAY=-1SU", "EST"), ("4;BYDAY=1SU", "EDT")),
    ],
)
def test_yearly_pair(zone: str, start: str, standard: tuple[str, str, str, str], daylight: tuple[str, str]) -> None:
    """A zone that changes its clocks is one STANDARD and one DAYLIGHT by month and day, as its law has it."""
    before, after, autumn, winter = standard
    spring, summer = daylight
    lines = vtimezone(export(zone, [at(start)]))
    assert [line for line in lines if not line.startswith("DTSTART")] == [
        f"TZID:{zone}",
        *("BEGIN:STANDARD", f"TZOFFSETFROM:{before}", f"TZOFFSETTO:{after}"),
        *(f"RRULE:FREQ=YEARLY;BYMONTH={autumn}", f"TZNAME:{winter}", "END:STANDARD"),
        *("BEGIN:DAYLIGHT", f"TZOFFSETFROM:{after}", f"TZOFFSETTO:{before}"),
        *(f"RRULE:FREQ=YEARLY;BYMONTH={spring}", f"TZNAME:{summer}", "END:DAYLIGHT"),
    ]


@pytest.mark.parametrize(
    ("zone", "offset", "letters"),
    [("Asia/Kathmandu", "+0545", "+0545"), ("Asia/Tokyo", "+0900", "JST"), ("America/Phoenix", "-0700", "MST")],
)
def test_zone_without_changes_is_one_plain_observance(zone: str, offset: str, letters: str) -> None:
    """Where no change happens in the years used there is one STANDARD, for ever, without a rule."""
    assert vtimezone(export(zone, [at("2026-07-10T08:00")])) == [
        f"TZID:{zone}",
        *("BEGIN:STANDARD", "DTSTART:19700101T000000", f"TZOFFSETFROM:{offset}", f"TZOFFSETTO:{offset}"),
        *(f"TZNAME:{letters}", "END:STANDARD"),
    ]


@pytest.mark.parametrize(
    ("zone", "start", "form"),
    [
        ("Europe/Berlin", "2026-03-29T00:59", "UTC"),
        ("Europe/Berlin", "2026-03-29T01:00", "UTC"),
        ("Europe/Berlin", "2026-03-28T20:00", "20260328T210000"),
        ("Europe/Berlin", "2026-03-29T05:00", "20260329T070000"),
        ("Europe/Berlin", "2026-10-25T00:30", "UTC"),
        ("Europe/Berlin", "2026-10-25T01:30", "UTC"),
        ("Europe/Berlin", "2026-10-25T07:00", "20261025T080000"),
        ("America/Los_Angeles", "2026-11-01T08:30", "UTC"),
        ("America/Los_Angeles", "2026-11-01T09:30", "UTC"),
        ("America/Los_Angeles", "2026-11-02T17:00", "20261102T090000"),
        ("Australia/Lord_Howe", "2026-04-04T14:45", "UTC"),
        ("Australia/Lord_Howe", "2026-04-04T15:15", "UTC"),
        ("Australia/Lord_Howe", "2026-04-05T00:00", "20260405T103000"),
        ("Antarctica/Troll", "2026-03-29T01:30", "UTC"),
        ("Pacific/Apia", "2011-12-30T09:00", "UTC"),
        ("Europe/Berlin", "1969-07-10T09:00", "UTC"),
        ("Europe/Berlin", "2040-07-10T09:00", "UTC"),
        ("Africa/Monrovia", "1971-07-10T09:00", "UTC"),
    ],
)
def test_form_of_an_instant(zone: str, start: str, form: str) -> None:
    """Within three hours of a change, out of the shared years and at offsets with seconds it is UTC, else wall time."""
    data = export(zone, [at(start)], minutes=10)
    expected = at(start).strftime("%Y%m%dT%H%M%SZ") if form == "UTC" else form
    assert forms(data) == {"t000": expected}
    assert ("VTIMEZONE" in data.decode()) == (form != "UTC")
    assert lint(data) == []


def test_both_ends_have_one_form() -> None:
    """A talk that runs into the hours of a change is in UTC with both its ends."""
    data = export("Europe/Berlin", [at("2026-03-28T20:00")], minutes=300)
    assert b"TZID" not in data
    assert instants(data) == {"t000": (at("2026-03-28T20:00"), at("2026-03-29T01:00"))}


def test_week_that_holds_a_change() -> None:
    """A conference over the last week of October has wall times on both sides of the change, each read right."""
    starts = [at("2026-10-23T08:00") + timedelta(hours=hours) for hours in range(0, 120, 4)]
    data = export("Europe/Berlin", starts)
    assert lint(data) == []
    assert [start for start, _ in instants(data).values()] == starts
    assert sum(form.endswith("Z") for form in forms(data).values()) == 1  # 00:00 UTC; the change is at 01:00


@pytest.mark.parametrize("zone", ["America/Vancouver", "America/Edmonton", "Africa/Casablanca", "America/Asuncion"])
@pytest.mark.parametrize("year", [2024, 2025, 2026, 2027])
def test_zones_whose_rules_changed(zone: str, year: int) -> None:
    """A talk a fortnight through years around a change of the law: never another instant, UTC where databases differ."""
    starts = [datetime(year, 1, 5, 17, tzinfo=UTC) + timedelta(days=14 * count) for count in range(26)]
    data = export(zone, starts)
    assert lint(data) == []
    assert [start for start, _ in instants(data).values()] == starts
    for (uid, form), start in zip(sorted(forms(data).items()), starts, strict=True):
        assert agreed(zone, start) or form.endswith("Z"), uid


def test_most_of_a_year_without_a_rule_keeps_wall_times() -> None:
    """Vancouver changed its clocks once in 2026, on 8 March: before it is UTC and after it wall time, however many talks."""
    data = export("America/Vancouver", [at("2026-01-10T17:00"), at("2026-01-11T17:00"), at("2026-07-10T17:00")])
    assert forms(data) == {"t000": "20260110T170000Z", "t001": "20260111T170000Z", "t002": "20260710T100000"}


@pytest.mark.parametrize("zone", ["America/Vancouver", "Africa/Casablanca", "Europe/Berlin"])
def test_files_of_one_year_never_contradict_each_other(zone: str) -> None:
    """Whatever talk of a year is exported alone, the VTIMEZONE is the same."""
    alone = (vtimezone(export(zone, [datetime(2026, month, 16, 17, tzinfo=UTC)])) for month in range(1, 13))
    assert len({tuple(lines) for lines in alone if lines}) == 1


@pytest.mark.parametrize(
    ("zone", "onsets"),
    [
        ("Europe/Berlin", ["19961027T030000", "19960331T020000"]),  # directive 94/21/EC: autumn in October
        ("America/Los_Angeles", ["20071104T020000", "20070311T020000"]),  # Energy Policy Act of 2005
        ("Australia/Sydney", ["20080406T030000", "20081005T020000"]),
        ("Pacific/Auckland", ["20080406T030000", "20080928T020000"]),  # New Zealand Gazette 2007, from that September
    ],
)
def test_a_pair_begins_where_its_rule_does(zone: str, onsets: list[str]) -> None:
    """The VTIMEZONE is right from the first year of the law on, for whoever reads other calendars through it."""
    lines = vtimezone(export(zone, [at("2024-07-10T08:00")]))
    assert [line.removeprefix("DTSTART:") for line in lines if line.startswith("DTSTART:")] == onsets


def test_years_with_different_rules_never_mix() -> None:
    """New York's rule changed in 2007: talks of 2006 and 2007 in one file are all read right."""
    starts = [datetime(year, month, 20, 15, tzinfo=UTC) for year in (2006, 2007) for month in range(1, 13)]
    data = export("America/New_York", starts)
    assert lint(data) == []
    assert [start for start, _ in instants(data).values()] == starts


def test_disagreement_with_another_database_is_utc(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a database that some reader may use has another offset, the instant is in UTC; where none has, in the zone."""
    with open(f"{pytz.__path__[0]}/zoneinfo/America/Caracas", "rb") as file:
        other = ZoneInfo.from_file(file, key="America/New_York")
    monkeypatch.setattr(times, "other_databases", lambda _name: (other,))
    data = export("America/New_York", [at("2026-01-10T15:00"), at("2026-07-10T15:00")])
    assert forms(data) == {"t000": "20260110T150000Z", "t001": "20260710T110000"}


def test_other_databases_are_the_systems_and_tzdatas() -> None:
    """The databases asked are at least as many as this machine has files for the zone, and a wrong name is refused."""
    assert len(times.other_databases("Europe/Berlin")) == len(databases("Europe/Berlin")) - 1
    assert all(isinstance(zone, ZoneInfo) for zone in times.other_databases("Europe/Berlin"))


# Any zone, any instants


@settings(max_examples=80)
@given(
    st.sampled_from(PLACES),
    st.integers(1971, 2036),
    st.lists(st.integers(0, 2 * 366 * 24 * 4), min_size=1, max_size=12, unique=True),
)
def test_instants_are_read_back_by_everybody(zone: str, year: int, quarters: list[int]) -> None:
    """Talks of two years in any zone: the lint's own reading, icalendar and dateutil all give the plan's instants."""
    starts = sorted(datetime(year, 1, 1, tzinfo=UTC) + timedelta(minutes=15 * count) for count in quarters)
    data = export(zone, starts)
    assert lint(data) == []
    assert [start for start, _ in instants(data).values()] == starts
    read: dict[str, Any] = {str(event["UID"]): event for event in icalendar.Calendar.from_ical(data).walk("VEVENT")}
    assert [read[f"t{number:03}"]["DTSTART"].dt.astimezone(UTC) for number in range(len(starts))] == starts
    if b"VTIMEZONE" in data:
        assert [by_dateutil(data, form) for _, form in sorted(forms(data).items())] == starts


def by_dateutil(data: bytes, form: str) -> datetime:
    """A DTSTART as dateutil reads it through the VTIMEZONE of the file."""
    here = tzical(io.StringIO(data.decode().replace("\r\n ", ""))).get()
    if form.endswith("Z"):
        return datetime.strptime(form, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    wall = datetime.strptime(form, "%Y%m%dT%H%M%S")  # noqa: DTZ007  (the zone is put on next)
    return (wall - (wall.replace(tzinfo=here).utcoffset() or timedelta())).replace(tzinfo=UTC)


@settings(max_examples=60)
@given(st.sampled_from(PLACES), st.integers(1971, 2036))
def test_changes_are_those_of_the_zone(zone: str, year: int) -> None:
    """The changes found for a year are exactly the seconds at which zoneinfo's offset differs from the second before."""
    here = times.zone(zone)
    for change in zones._changes(zone, year):
        offsets = [(change.at - timedelta(seconds=gap)).astimezone(here).utcoffset() for gap in (1, 0)]
        assert offsets[0] != offsets[1]
    hours = [datetime(year, 1, 1, tzinfo=UTC) + timedelta(hours=count) for count in range(-26, 366 * 24 + 26)]
    seen = [now.astimezone(here) for now in hours]
    expected = [
        two.astimezone(UTC)
        for one, two in pairwise(seen)
        if one.utcoffset() != two.utcoffset() and (two.astimezone(UTC) + (one.utcoffset() or timedelta())).year == year
    ]
    found = [change.at for change in zones._changes(zone, year)]
    assert all(timedelta() <= late - change < timedelta(hours=1) for late, change in zip(expected, found, strict=True))
