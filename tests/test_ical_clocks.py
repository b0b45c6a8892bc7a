"""What a TZID means: names of zones, and the rules that a file brings itself, against zoneinfo."""

from __future__ import annotations

import builtins
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.errors import ReadError
from planner.ical.clocks import Clock, clocks, zone_of
from planner.ical.scan import Notes, blocks

if TYPE_CHECKING:
    from planner.ical.scan import Block


def read_zones(text: str) -> dict[str, Clock]:
    """The clocks of the VTIMEZONEs in a text."""
    found: list[Block] = blocks(text.replace("\r\n ", "").splitlines(), Notes()).parts
    return clocks(found)


def observance(kind: str, start: str, before: str, after: str, *more: str) -> str:
    """A STANDARD or DAYLIGHT as text."""
    lines = [f"BEGIN:{kind}", f"DTSTART:{start}", f"TZOFFSETFROM:{before}", f"TZOFFSETTO:{after}", *more, f"END:{kind}"]
    return "\n".join(lines)


def zone_text(tzid: str, *observances: str) -> str:
    """A VTIMEZONE as text."""
    return "\n".join(["BEGIN:VTIMEZONE", f"TZID:{tzid}", *observances, "END:VTIMEZONE"])


OUTLOOK_BERLIN = (
    observance("STANDARD", "16010101T030000", "+0200", "+0100", "RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10"),
    observance("DAYLIGHT", "16010101T020000", "+0100", "+0200", "RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3"),
)


@pytest.mark.parametrize(
    ("tzid", "zone"),
    [
        ("Europe/Berlin", "Europe/Berlin"),
        ("europe/berlin", "Europe/Berlin"),
        ("UTC", "UTC"),
        ("Etc/GMT", "Etc/GMT"),
        ("Europe_Berlin", "Europe/Berlin"),
        ("America_New_York", "America/New_York"),
        ("/mozilla.org/20070129_1/America/New_York", "America/New_York"),
        ("/freeassociation.sourceforge.net/Tzfile/America/Argentina/Buenos_Aires", "America/Argentina/Buenos_Aires"),
        ("/citadel.org/20260101_1/Asia/Kolkata", "Asia/Kolkata"),
        ("posix/Europe/Vaduz", "Europe/Vaduz"),
        ("Pacific Standard Time", "America/Los_Angeles"),
        ("W. Europe Standard Time", "Europe/Berlin"),
        ("(UTC-05:00) Eastern Time (US & Canada)", "America/New_York"),
        ("(GMT+10:00) Canberra, Melbourne, Sydney", "Australia/Melbourne"),
        ("(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna", "Europe/Amsterdam"),
        ("(UTC+08:00) Beijing, Chongqing, Hong Kong, Urumqi", "Asia/Hong_Kong"),
        ("(UTC+05:30) Chennai, Kolkata, Mumbai, New Delhi", "Asia/Kolkata"),
        ("(UTC) Dublin, Edinburgh, Lisbon, London", "Europe/Dublin"),
        ("foo", None),
        ("Europe/Germany", None),
        ("PDT", None),
        ("(UTC-05:00) Amsterdam", None),
        ("(UTC+01:00) Nowhere", None),
        ("../../etc/passwd", None),
        ("/etc/localtime", None),
        ("Factory", None),
        ("x" * 5000, None),
        ("", None),
    ],
)
def test_names_of_zones_in_the_wild(tzid: str, zone: str | None) -> None:
    """Names of the database, of Mozilla and Evolution, of Windows; anything else is no zone rather than a guess."""
    found = zone_of(tzid)
    if zone is None or found is None:
        assert found == zone
        return
    at = [datetime(2026, month, 14, tzinfo=UTC) for month in range(1, 13)]
    assert [one.astimezone(ZoneInfo(found)).utcoffset() for one in at] == [
        one.astimezone(ZoneInfo(zone)).utcoffset() for one in at
    ]


def test_a_tzid_never_reaches_the_file_system(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is opened by a name that a calendar brings, however it is written."""
    real = builtins.open

    def guarded(path: object, *args: object, **kwargs: object) -> object:
        assert "CANARY" not in str(path)
        return real(path, *args, **kwargs)  # type: ignore[call-overload]

    monkeypatch.setattr(builtins, "open", guarded)
    for tzid in (
        "CANARY",
        "../CANARY",
        "/CANARY",
        "Europe/CANARY",
        "/mozilla.org/1/Europe/CANARY",
        "Europe/../CANARY",
        "CANARY\0",
    ):
        assert zone_of(tzid) is None


def rules_of(zone: str, first: int, last: int) -> str:
    """The changes of a zone in some years as a VTIMEZONE of single onsets, found in zoneinfo by halving days."""
    here = ZoneInfo(zone)

    def offset(at: datetime) -> timedelta:
        return at.astimezone(here).utcoffset() or timedelta()

    def signed(of: timedelta) -> str:
        minutes = int(of.total_seconds()) // 60
        return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}{abs(minutes) % 60:02}"

    parts = []
    day = datetime(first, 1, 1, tzinfo=UTC)
    start = signed(offset(day))
    parts.append(observance("STANDARD", f"{first - 1}0101T000000", start, start))
    while day.year <= last:
        low, high = day, day + timedelta(days=1)
        day = high
        if (before := offset(low)) == (after := offset(high)):
            continue
        while high - low > timedelta(minutes=1):
            middle = low + (high - low) / 2
            low, high = (middle, high) if offset(middle) == before else (low, middle)
        onset = (high.replace(second=0, microsecond=0, tzinfo=None) + before).strftime("%Y%m%dT%H%M00")
        parts.append(observance("DAYLIGHT" if after > before else "STANDARD", onset, signed(before), signed(after)))
    return zone_text("My Own", *parts)


@pytest.mark.ci
@pytest.mark.parametrize(
    "zone", ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "Asia/Kolkata"]
)
@pytest.mark.parametrize("year", [1998, 2007, 2018, 2031])
def test_the_rules_of_a_file_are_evaluated(zone: str, year: int) -> None:
    """A zone's changes under a name that nobody knows are that zone as zoneinfo has it, every 25 minutes of a year."""
    clock = read_zones(rules_of(zone, year - 1, year + 1))["My Own"]
    assert clock.name is None
    at = datetime(year, 1, 1)
    while at.year == year:
        assert clock.instant(at)[0] == at.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC), at
        at += timedelta(minutes=25)


@given(st.datetimes(datetime(1996, 11, 1), datetime(2037, 1, 1)))
def test_outlooks_rules_are_the_zones(wall: datetime) -> None:
    """Rules that begin in 1601 and hold for ever; gaps take the offset before, of two the first, as zoneinfo's fold 0 does."""
    clock = read_zones(zone_text("Customized Time Zone", *OUTLOOK_BERLIN))["Customized Time Zone"]
    assert clock.instant(wall)[0] == wall.replace(tzinfo=ZoneInfo("Europe/Berlin"), fold=0).astimezone(UTC)


def test_gap_and_fold_of_a_files_own_zone_are_said() -> None:
    """02:30 that is skipped and 02:30 that comes twice are read by RFC 5545 3.3.5, each with a warning."""
    clock = read_zones(zone_text("Customized Time Zone", *OUTLOOK_BERLIN))["Customized Time Zone"]
    gap, said_of_gap = clock.instant(datetime(2031, 3, 30, 2, 30))
    fold, said_of_fold = clock.instant(datetime(2031, 10, 26, 2, 30))
    assert (gap, fold) == (datetime(2031, 3, 30, 1, 30, tzinfo=UTC), datetime(2031, 10, 26, 0, 30, tzinfo=UTC))
    assert "skips" in said_of_gap
    assert "twice" in said_of_fold


@pytest.mark.parametrize(
    ("rule", "month", "day"),
    [
        ("FREQ=YEARLY;BYMONTH=3;BYDAY=2SU", 3, 9),
        ("FREQ=YEARLY;BYMONTH=3;BYDAY=SU;BYMONTHDAY=8,9,10,11,12,13,14", 3, 9),
        ("FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=1", 4, 1),
        ("FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU;BYHOUR=2;BYMINUTE=0", 3, 30),
        ("FREQ=YEARLY", 3, 1),
        ("FREQ=YEARLY;INTERVAL=2;BYMONTH=3;BYDAY=1SU", 3, 2),
    ],
)
def test_every_shape_of_a_yearly_rule(rule: str, month: int, day: int) -> None:
    """The hour before the onset has the old offset, the hour after it the new one (2031 is 60 years after the start)."""
    start = "19710301T020000"
    text = zone_text(
        "own",
        observance("DAYLIGHT", start, "+0000", "+0100", f"RRULE:{rule}"),
        observance("STANDARD", "19701101T020000", "+0100", "+0000", "RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU"),
    )
    clock = read_zones(text)["own"]
    onset = datetime(2031, month, day, 2)
    assert clock.instant(onset - timedelta(hours=1))[0] == (onset - timedelta(hours=1)).replace(tzinfo=UTC)
    assert clock.instant(onset + timedelta(hours=1))[0] == onset.replace(tzinfo=UTC)


def test_until_ends_a_rule() -> None:
    """After a rule's UNTIL the offset that it brought last stays."""
    text = zone_text(
        "own",
        observance(
            "DAYLIGHT", "20000301T020000", "+0000", "+0100", "RRULE:FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=1;UNTIL=20050301T020000Z"
        ),
        observance(
            "STANDARD", "20001101T020000", "+0100", "+0000", "RRULE:FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=1;UNTIL=20041101T010000Z"
        ),
    )
    clock = read_zones(text)["own"]
    assert clock.instant(datetime(2004, 12, 1))[0] == datetime(2004, 12, 1, tzinfo=UTC)
    assert clock.instant(datetime(2031, 12, 1))[0] == datetime(2031, 11, 30, 23, tzinfo=UTC)


def test_a_single_onset_and_rdates() -> None:
    """Onsets that the file lists one by one; before the first of them its own "from" holds."""
    text = zone_text(
        "own", observance("STANDARD", "20200101T000000", "+0300", "+0400", "RDATE:20220101T000000,20240101T000000")
    )
    clock = read_zones(text)["own"]
    assert clock.instant(datetime(2019, 6, 1))[0] == datetime(2019, 5, 31, 21, tzinfo=UTC)
    assert clock.instant(datetime(2031, 6, 1))[0] == datetime(2031, 5, 31, 20, tzinfo=UTC)


def test_the_database_wins_over_a_file_that_contradicts_it() -> None:
    """A VTIMEZONE of a known name with wrong rules changes no instant, and the difference is said."""
    text = zone_text("America/New_York", observance("STANDARD", "19700101T000000", "-0500", "-0500"))
    at, said = read_zones(text)["America/New_York"].instant(datetime(2031, 7, 3, 10))
    assert at == datetime(2031, 7, 3, 14, tzinfo=UTC)
    assert said == "The file's own rules for America/New_York differ by 60 minutes from the zone database, which was taken"
    assert read_zones(text)["America/New_York"].instant(datetime(2031, 1, 3, 10)) == (datetime(2031, 1, 3, 15, tzinfo=UTC), "")


def test_letters_with_rules_of_their_own_are_what_the_file_says() -> None:
    """``EST`` in the database is -05:00 all year; a file that brings summer time under that name means it."""
    text = zone_text(
        "EST",
        observance("STANDARD", "20071104T020000", "-0400", "-0500", "RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU"),
        observance("DAYLIGHT", "20070311T020000", "-0500", "-0400", "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU"),
    )
    assert read_zones(text)["EST"].instant(datetime(2031, 7, 3, 10))[0] == datetime(2031, 7, 3, 14, tzinfo=UTC)


def test_x_lic_location_names_a_zone_of_another_name() -> None:
    """What the TZID does not say, the block's own X-LIC-LOCATION may."""
    text = "BEGIN:VTIMEZONE\nTZID:mine\nX-LIC-LOCATION:Europe/Rome\nEND:VTIMEZONE"
    assert read_zones(text)["mine"].name == "Europe/Rome"


@pytest.mark.parametrize(
    "part",
    [
        observance("STANDARD", "nonsense", "+0100", "+0100"),
        observance("STANDARD", "20000101T000000", "+5328", "+0100"),
        observance("STANDARD", "20000101T000000", "+0100", "+0200", "RRULE:FREQ=MONTHLY"),
        observance("STANDARD", "20000101T000000", "+0100", "+0200", "RRULE:FREQ=YEARLY;BYMONTH=13"),
        observance("STANDARD", "20000101T000000", "+0100", "+0200", "RRULE:FREQ=YEARLY;BYDAY=5SU;BYMONTH=3"),
        observance("STANDARD", "20000101T000000", "+0100", "+0200", "RRULE:AnythingRandom"),
        observance("STANDARD", "20000101T000000", "+0100", "+0200", "RRULE:FREQ=YEARLY", "RRULE:FREQ=YEARLY"),
        "",
    ],
)
def test_half_of_a_zones_rules_is_no_zone(part: str) -> None:
    """A block with a part that cannot be read is left out, so its TZID is reported instead of being read wrong."""
    assert read_zones(zone_text("own", part, *OUTLOOK_BERLIN) if part else zone_text("own")) == {}


def test_a_block_with_two_names_is_no_zone() -> None:
    """One real calendar has two TZIDs in one VTIMEZONE; the rules may be of either."""
    assert read_zones(zone_text("Africa/Abidjan\nTZID:America/Los_Angeles", *OUTLOOK_BERLIN)) == {}


@pytest.mark.parametrize(("wall", "offset"), [(datetime(1, 1, 1), "+1400"), (datetime(9999, 12, 31, 23, 59), "-1200")])
def test_an_instant_beyond_the_calendar_is_refused(wall: datetime, offset: str) -> None:
    """Midnight of the year 1 in the east is in the year 0, which there is not."""
    clock = read_zones(zone_text("far", observance("STANDARD", "00010101T000000", offset, offset)))["far"]
    with pytest.raises(ReadError, match="beyond the calendar"):
        clock.instant(wall)


@pytest.mark.parametrize(("wall", "offset"), [(datetime(1, 1, 1), "-1200"), (datetime(9999, 12, 31, 23, 59), "+1400")])
def test_the_first_and_the_last_minute_are_read(wall: datetime, offset: str) -> None:
    """At the other end of each day there is an instant."""
    clock = read_zones(zone_text("far", observance("STANDARD", "00010101T000000", offset, offset)))["far"]
    hours = int(offset[:3])
    assert clock.instant(wall)[0] == (wall - timedelta(hours=hours)).replace(tzinfo=UTC)
