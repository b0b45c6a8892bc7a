"""A calendar as busy time: real files against another way of counting, own ones against hand counts, and hostile ones."""

from __future__ import annotations

import warnings
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import busy_oracle
import pytest
from conftest import SHARED
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.errors import ReadError
from planner.ical.busy import BusyTimes, busy_times
from planner.ical.rules import checked

if TYPE_CHECKING:
    from collections.abc import Iterable

E = SHARED / "samples" / "E"
FILES = sorted(E.glob("*.ics")) if E.is_dir() else []
SPRING = Path(__file__).parent / "data" / "busy" / "spring.ics"
BERLIN = "Europe/Berlin"
AGES = (datetime(2000, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC))


def utc(said: str) -> datetime:
    """An instant: ``2021-03-15 08:00``."""
    return datetime.fromisoformat(said).replace(tzinfo=UTC)


def spans(*said: str) -> set[tuple[datetime, datetime]]:
    """Stretches of one day each: ``2021-03-15 08:00 09:00``, in UTC; an end at or before its start is the next day's."""
    found = set()
    for one in said:
        day, start, end = one.split()
        first, last = utc(f"{day} {start}"), utc(f"{day} {end}")
        found.add((first, last if last > first else last + timedelta(days=1)))
    return found


def busy(
    data: bytes | Path, *, zone: str = BERLIN, all_day: bool = False, within: tuple[datetime, datetime] = AGES
) -> BusyTimes:
    """The busy times of a file or of bytes."""
    read = data.read_bytes() if isinstance(data, Path) else data
    return busy_times(read, "me.ics", zone=zone, stretches=[within], all_day=all_day)


def times(read: BusyTimes) -> set[tuple[datetime, datetime]]:
    """The busy times without their titles."""
    return {(one.start, one.end) for one in read.times}


def calendar(*events: str) -> bytes:
    """A calendar of events, each given by its lines."""
    body = "\r\n".join(f"BEGIN:VEVENT\r\n{event}\r\nEND:VEVENT" for event in events)
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{body}\r\nEND:VCALENDAR\r\n".encode()


BY_HAND: dict[str, set[tuple[datetime, datetime]] | int] = {
    # The library refuses these files, or reads them otherwise than they are meant; numbers are counts over all years.
    "icalendar_america_new_york_forward_reference.ics": 0,  # a start and no end
    "icalendar_multiple_timezones.ics": 0,  # the ends are clocks without a day
    "icalendar_pacific_fiji.ics": 0,  # a start and no end
    "khal_tz_windows_format.ics": spans("2019-11-20 00:00 01:30"),  # 13:00 in New Zealand's summer, +13 h; the file says +1
    # Lotus Notes: the change of a series that is not there lists its own four days; 16:00 at +1 h.
    "icalendar_issue_156_RDATE_with_PERIOD_TZID_khal_2.ics": spans(
        *(f"{day} 15:00 15:30" for day in ("2021-11-01", "2021-12-06", "2022-01-03", "2022-02-07"))
    ),
    # Weekdays with blanks between them, from Friday 3 to Wednesday 22 July 2015, 10:00 at +2 h.
    "icalendar_issue_165_missing_event.ics": spans(
        *(f"2015-07-{day:02} 08:00 08:30" for day in (3, 6, 7, 8, 9, 10, 13, 14, 15, 16, 17, 20, 21, 22))
    ),
    "icaljs_google_birthday.ics": 0,  # three birthdays, all day
    "khal_invalid_tzoffset.ics": spans("2012-12-02 07:00 08:30"),
    "khal_non_dst_error.ics": spans("2023-02-03 14:15 17:06", "2023-02-06 08:50 11:50"),
    # 401 entries of an hour: six on days that do not exist, one without an end, the others at 359 different times.
    "nodeical_large-file-with-late-error.ics": 359,
    "nodeical_multi-event-basic.ics": 0,  # spans of days, a start without an end and “Next Year”
    "nodeical_test_date_duration.ics": 0,  # a week of days
    "nodeical_test_with_multiple_tzids_in_vtimezone.ics": spans("2024-06-26 22:00 21:00"),  # floating: in Berlin's time
    # A change that ends before it starts is left out: of ten days two are left out, the others are as the series has them.
    "nodeical_daily-count-exdate-recurrence-id.ics": spans(
        *(f"2015-07-{day:02} 19:00 20:00" for day in (6, 7, 9, 11, 12, 13, 14, 15))
    ),
    # One is 9:00 in Berlin, the other 8:30 in Los Angeles, both in September; two more are free.
    "nodeical_ms_timezones.ics": spans("2020-09-10 07:00 07:30", "2020-09-15 15:30 16:30"),
}
"""What was counted by hand, without all-day entries."""


@pytest.mark.skipif(not FILES, reason="the real files (../shared) are not here")
def test_there_are_real_files_to_compare() -> None:
    """Family E holds 83 calendars."""
    assert len(FILES) == len(set(FILES)) >= 80


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_real_calendars_are_busy_when_another_count_says_so(path: Path) -> None:
    """Every occurrence from 2000 to 2027, with and without whole days; where the other reader fails, as counted by hand."""
    found = {all_day: times(busy(path, all_day=all_day)) for all_day in (False, True)}
    if path.name in {*BY_HAND, "rie_issue_75_range_parameter.ics", "nodeical_Office-2012-owa.ics"}:
        by_hand = BY_HAND.get(path.name)
        if by_hand is not None:
            assert (len(found[False]) if isinstance(by_hand, int) else found[False]) == by_hand
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        timed, whole_days = busy_oracle.busy(path.read_bytes(), *AGES, BERLIN)
    assert found == {False: timed, True: timed | whole_days}


@pytest.mark.skipif(not FILES, reason="the real files (../shared) are not here")
def test_a_change_can_speak_for_all_later_ones() -> None:
    """Every second day at 12:00; from the 13th three hours earlier and seven long, one apart, from the 21st a day later."""
    september = (utc("2024-09-01 00:00"), utc("2024-09-28 00:00"))
    assert times(busy(E / "rie_issue_75_range_parameter.ics", within=september)) == {
        *spans(*(f"2024-09-{day:02} 12:00 14:00" for day in (1, 3, 5, 7, 9, 11))),
        *spans(*(f"2024-09-{day:02} 09:00 16:00" for day in (13, 17, 19))),
        *spans("2024-09-14 06:00 13:00"),  # an added one moves too
        *spans("2024-09-15 17:00 19:00"),
        *spans(*(f"2024-09-{day:02} 14:22 16:13" for day in (22, 24, 26))),
    }


@pytest.mark.skipif(not FILES, reason="the real files (../shared) are not here")
def test_zones_by_the_words_of_windows() -> None:
    """``(GMT+10:00) Canberra, Melbourne, Sydney`` has summer time in October, ``(UTC-05:00) Eastern Time`` has it too."""
    october = (utc("2020-10-28 00:00"), utc("2020-11-04 00:00"))
    assert times(busy(E / "nodeical_Office-2012-owa.ics", within=october)) == spans(
        "2020-10-28 02:30 04:00", "2020-10-28 17:30 19:00", "2020-11-02 18:30 20:00"
    )


@pytest.mark.ci
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_narrow_stretch_holds_what_a_wide_one_has_there(path: Path) -> None:
    """Asked for three weeks around each of the first busy times, one gets just what touches them."""
    whole = busy(path, all_day=True).times
    for one in whole[:: max(len(whole) // 5, 1)]:
        since, until = one.start - timedelta(days=10), min(one.start + timedelta(days=11), AGES[1])
        near = busy(path, all_day=True, within=(since, until)).times
        assert near == tuple(other for other in whole if other.start < until and since < other.end)


def test_an_own_calendar_is_counted_by_hand() -> None:
    """Summer time begins on 28 March in Berlin and on the moon (+3.5 h), on the 14th in New York; NZ has +13 h."""
    read = busy(SPRING)
    assert [(f"{one.start:%m-%d %H:%M}–{one.end:%H:%M}", one.title) for one in read.times] == [
        ("03-15 08:00–09:00", "Jour fixe"),
        ("03-20 07:00–07:45", "Breakfast"),
        ("03-21 14:00–14:00", "Tick"),
        ("03-23 14:00–15:00", "First of two"),
        ("03-24 14:00–15:00", "Second of two"),
        ("03-26 09:30–10:30", "Call the moon"),
        ("03-28 08:30–09:30", "Call the moon"),
        ("03-30 08:30–09:30", "Call the moon"),
        ("03-30 13:00–13:30", "Jour fixe, moved"),
        ("03-31 21:00–22:00", "Kiwi call"),
        ("04-02 08:00–09:00", "Somewhere"),
        ("04-12 07:00–08:00", "Jour fixe"),
    ]
    assert (read.held, read.free, read.all_day, read.moments) == (15, 2, 1, 1)


def test_what_is_broken_is_named_with_its_line() -> None:
    """No start, an end before its start, a rule by the second, a zone that is nowhere: a sentence each."""
    said = " ".join(busy(SPRING).warnings)
    for words in (
        "Someday",
        "Backwards",
        "FREQ=SECONDLY",
        "“Europe/Atlantis” is defined nowhere",
        "were read in Europe/Berlin",
    ):
        assert words in said, said
    assert "was left out (line 91: “Backwards”)" in said


def test_days_are_busy_only_where_that_is_asked() -> None:
    """From midnight to midnight in the user's zone: 27 and 28 March in Berlin have 47 hours."""
    assert (utc("2021-03-26 23:00"), utc("2021-03-28 22:00")) in times(busy(SPRING, all_day=True))
    assert (utc("2021-03-27 00:00"), utc("2021-03-29 00:00")) in times(busy(SPRING, all_day=True, zone="UTC"))
    assert busy(SPRING, all_day=True).all_day == 0


@pytest.mark.parametrize(("zone", "start"), [(BERLIN, "07:00"), ("America/New_York", "12:00"), ("Asia/Kathmandu", "02:15")])
def test_floating_times_are_the_users(zone: str, start: str) -> None:
    """8:00 is 8:00 wherever the user is."""
    assert utc(f"2021-03-20 {start}") in {one.start for one in busy(SPRING, zone=zone).times}


def test_a_cancelling_file_is_never_busy() -> None:
    """METHOD:CANCEL takes back what it lists."""
    data = calendar("UID:1\r\nDTSTART:20210320T120000Z\r\nDTEND:20210320T130000Z").replace(
        b"VERSION:2.0", b"METHOD:CANCEL\r\nVERSION:2.0"
    )
    assert busy(data).times == ()


def test_a_newer_version_of_an_entry_replaces_the_older() -> None:
    """One UID, SEQUENCE 0 and 2: only the second counts (RFC 5546 2.1.5)."""
    data = calendar(
        "UID:1\r\nSEQUENCE:0\r\nDTSTART:20210320T120000Z\r\nDTEND:20210320T130000Z\r\nRRULE:FREQ=DAILY;COUNT=2",
        "UID:1\r\nSEQUENCE:2\r\nDTSTART:20210320T150000Z\r\nDTEND:20210320T160000Z\r\nRRULE:FREQ=DAILY;COUNT=2",
    )
    assert times(busy(data)) == spans("2021-03-20 15:00 16:00", "2021-03-21 15:00 16:00")


def test_the_stretches_asked_for_are_half_open() -> None:
    """What ends as one begins, or begins as it ends, does not touch it."""
    data = calendar(*(f"UID:{h}\r\nDTSTART:20210320T{h:02}0000Z\r\nDTEND:20210320T{h + 1:02}0000Z" for h in range(8, 12)))
    asked = (utc("2021-03-20 09:00"), utc("2021-03-20 11:00"))
    assert times(busy(data, within=asked)) == spans("2021-03-20 09:00 10:00", "2021-03-20 10:00 11:00")


def test_a_file_without_a_calendar_is_refused() -> None:
    """With its name and what to do."""
    with pytest.raises(ReadError, match=r"me\.ics is no iCalendar file"):
        busy(b"nothing of the kind")


# Random series, against the other count

ZONES = st.sampled_from(["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "UTC", ""])
STARTS = st.datetimes(datetime(2020, 1, 1), datetime(2021, 12, 31)).map(lambda at: at.replace(second=0, microsecond=0))
RULES = st.one_of(
    st.builds("FREQ=DAILY;INTERVAL={}".format, st.integers(1, 9)),
    st.builds(
        "FREQ=WEEKLY;INTERVAL={};BYDAY={}".format,
        st.integers(1, 4),
        st.sets(st.sampled_from(["MO", "TU", "WE", "TH", "FR", "SA", "SU"]), min_size=1).map(",".join),
    ),
    st.builds("FREQ=MONTHLY;BYDAY={}{}".format, st.sampled_from([1, 2, -1]), st.sampled_from(["MO", "SU"])),
    st.builds("FREQ=MONTHLY;BYMONTHDAY={}".format, st.sampled_from([1, 15, 31, -1])),
    st.just("FREQ=YEARLY"),
    st.just("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"),
)
ENDS = st.one_of(st.just(""), st.builds(";COUNT={}".format, st.integers(1, 60)), st.just(";UNTIL=20220301T120000Z"))


@st.composite
def series(draw: st.DrawFn) -> bytes:
    """A calendar with one series in some zone, some of its first days left out, one moved."""
    start, zone, minutes = draw(STARTS), draw(ZONES), draw(st.integers(1, 3000))
    rule, end = draw(RULES), draw(ENDS)
    if zone in {"", "UTC"}:
        end = end.replace("Z", "") if not zone else end
    param, mark = (f";TZID={zone}", "") if zone not in {"", "UTC"} else ("", "Z" if zone else "")

    def at(name: str, wall: datetime) -> str:
        return f"{name}{param}:{wall:%Y%m%dT%H%M%S}{mark}"

    lines = ["UID:s", at("DTSTART", start), f"DURATION:PT{minutes}M", f"RRULE:{rule}{end}"]
    lines += [at("EXDATE", start + timedelta(days=days)) for days in draw(st.sets(st.integers(0, 40), max_size=4))]
    events = ["\r\n".join(lines)]
    if draw(st.booleans()):
        moved = start + timedelta(days=draw(st.integers(0, 14)))
        new = moved + timedelta(minutes=draw(st.integers(-3000, 3000)))
        events.append("\r\n".join(["UID:s", at("RECURRENCE-ID", moved), at("DTSTART", new), "DURATION:PT1H"]))
    return calendar(*events)


def test_what_is_left_out_and_moved_is_where_it_went() -> None:
    """An EXDATE of the time that another entry moves, as some programs write both."""
    series = "UID:s\r\nDTSTART:20210320T090000Z\r\nDURATION:PT1H\r\nRRULE:FREQ=DAILY;COUNT=2\r\nEXDATE:20210321T090000Z"
    moved = "UID:s\r\nRECURRENCE-ID:20210321T090000Z\r\nDTSTART:20210321T150000Z\r\nDURATION:PT1H"
    assert times(busy(calendar(series, moved))) == spans("2021-03-20 09:00 10:00", "2021-03-21 15:00 16:00")


@given(series(), st.sampled_from([BERLIN, "Asia/Tokyo"]))
@settings(max_examples=150)
def test_any_series_is_followed_as_another_count_follows_it(data: bytes, zone: str) -> None:
    """Days, weeks, months and years, in several zones, over clock changes, with ends, gaps and a moved one."""
    within = (utc("2021-02-20 00:00"), utc("2021-05-10 00:00"))
    assert times(busy(data, zone=zone, within=within)) == busy_oracle.busy(data, *within, zone)[0]


# Hostile calendars

ENDLESS = "UID:{0}\r\nSUMMARY:{0}\r\nDTSTART:{1}\r\nDURATION:PT1H\r\nRRULE:{2}"


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY",
        "FREQ=MINUTELY;INTERVAL=7",
        "FREQ=HOURLY",
        "FREQ=DAILY;BYHOUR=0,1,2,3,4,5,6,7;BYMINUTE=0,1,2,3,4,5",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;INTERVAL=99999999999999",
        "FREQ=DAILY;COUNT=0",
        "FREQ=DAILY;UNTIL=tomorrow",
        "FREQ=DAILY;UNTIL=20219999",
        "FREQ=DAILY;FREQ=WEEKLY",
        "FREQ=WEEKLY;BYDAY=XX",
        "FREQ=YEARLY;BYDAY=99MO",
        "FREQ=YEARLY;BYMONTH=13",
        "FREQ=YEARLY;BYEASTER=0",
        "FREQ=YEARLY;RSCALE=HEBREW",
        "FREQ=SOMETIMES",
        "COUNT=3",
        "",
        "FREQ=DAILY;" + "BYDAY=" + ",".join(["MO"] * 5000),
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",  # these never fall, or could not: to see it would take minutes
        "FREQ=WEEKLY;BYMONTH=2;BYYEARDAY=366;COUNT=3",
        "FREQ=DAILY;BYHOUR=1,2,3;BYSETPOS=366",
        "FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30;BYSETPOS=" + ",".join(map(str, range(1, 367))),
        "\r\nRRULE:".join(f"FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30;COUNT={n}" for n in range(1, 400)),
        "FREQ=DAILY\r\nEXDATE:" + ",".join(["20210321T120000Z"] * 20_001),
    ],
)
def test_a_rule_that_is_not_followed_leaves_its_first_time(rule: str) -> None:
    """Named, and what is known for certain counts."""
    data = calendar(
        ENDLESS.format("bad", "20210320T120000Z", rule), ENDLESS.format("good", "20210320T150000Z", "FREQ=DAILY;COUNT=2")
    )
    read = busy(data)
    assert times(read) == spans("2021-03-20 12:00 13:00", "2021-03-20 15:00 16:00", "2021-03-21 15:00 16:00")
    assert any("only its first time was taken" in warning for warning in read.warnings)


def test_a_series_that_repeats_for_too_long_is_named() -> None:
    """Twelve times a day since 1900 is; once a day since then is followed, to each day of the stretch."""
    within = (utc("2026-01-01 00:00"), utc("2026-01-11 00:00"))
    often = "FREQ=DAILY;BYHOUR=0,1,2,3,4,5,6,7,8,9,10,11"
    read = busy(calendar(ENDLESS.format("old", "19000101T120000Z", often)), within=within)
    assert any("repeats for too long" in warning for warning in read.warnings)
    assert len(busy(calendar(ENDLESS.format("old", "19000101T120000Z", "FREQ=DAILY")), within=within).times) == 10


def test_patience_ends() -> None:
    """When time is up the series that are left are named and give their first time; what does not repeat counts."""
    data = calendar(
        *(ENDLESS.format(f"s{n}", "20210320T120000Z", "FREQ=DAILY") for n in range(3)),
        "UID:single\r\nDTSTART:20210322T120000Z\r\nDURATION:PT1H",
    )
    read = busy_times(data, "me.ics", zone=BERLIN, stretches=[AGES], patience=0.0)
    assert times(read) == spans("2021-03-20 12:00 13:00", "2021-03-22 12:00 13:00")
    assert any("takes too long" in warning for warning in read.warnings)


def test_a_rule_that_never_falls_ends() -> None:
    """The 30th of February is looked for by the month until the year 9999, and then given up."""
    read = busy(calendar(ENDLESS.format("never", "20210320T120000Z", "FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30")))
    assert times(read) == spans("2021-03-20 12:00 13:00")
    assert read.warnings == ()


def test_so_many_entries_are_kept_and_no_more() -> None:
    """21,000 entries of an hour: 20,000 busy times, and a sentence."""
    first = utc("2001-01-01 00:00")
    starts: Iterable[datetime] = (first + timedelta(hours=2 * n) for n in range(21_000))
    read = busy(calendar(*(f"UID:{n}\r\nDTSTART:{at:%Y%m%dT%H%M%SZ}\r\nDURATION:PT1H" for n, at in enumerate(starts))))
    assert len(read.times) == 20_000
    assert any("more than 20000 times" in warning for warning in read.warnings)


@given(
    st.binary(max_size=300), st.sampled_from(["RRULE:", "DTSTART:", "RECURRENCE-ID:", "EXDATE:", "RDATE:", "TZID:", "BEGIN:"])
)
def test_any_bytes_in_an_entry_spoil_only_that_entry(junk: bytes, name: str) -> None:
    """Whatever stands in one entry, the other one counts."""
    line = name.encode() + junk.replace(b"\n", b"").replace(b"\r", b"")
    data = calendar(
        "UID:bad\r\nDTSTART:20210320T090000Z\r\nRRULE:FREQ=DAILY;COUNT=2\r\nJUNK",
        "UID:good\r\nDTSTART:20210320T150000Z\r\nDURATION:PT1H",
    )
    read = busy(data.replace(b"JUNK", line))
    if b"good" in data and line.upper() not in {b"BEGIN:VCALENDAR", b"BEGIN:VTIMEZONE"}:
        assert spans("2021-03-20 15:00 16:00") <= times(read)


@given(st.text(st.characters(codec="ascii"), max_size=80))
def test_what_passes_the_check_of_rules_is_short_and_known(said: str) -> None:
    """Either a ValueError, or a rule that dateutil reads too."""
    from dateutil.rrule import rrulestr

    try:
        rule = checked(
            f"FREQ=DAILY;{said}", wall=lambda at: at.astimezone(ZoneInfo(BERLIN)).replace(tzinfo=None), all_day=False
        )
    except ValueError:
        return
    assert rrulestr(rule.text, dtstart=datetime(2021, 1, 1)) is not None
    assert rule.a_day <= 24


@pytest.mark.parametrize("day", ["20210327", "20210328"])
def test_no_time_of_a_series_is_lost_where_the_clocks_skip_its_start(day: str) -> None:
    """2:00 to 3:00 in Berlin, where that hour does not exist on 28 March 2021: it is 3:00 to 4:00 then, and busy."""
    lines = [f"DTSTART;TZID={BERLIN}:{day}T020000", f"DTEND;TZID={BERLIN}:{day}T030000", "RRULE:FREQ=DAILY"]
    within = (utc("2021-03-28 00:00"), utc("2021-03-29 00:00"))
    for series in (lines, lines[:2], [lines[0], "DURATION:PT1H", lines[2]]):
        found = times(busy(calendar("\r\n".join(["UID:s", *series])), within=within))
        assert found == (spans("2021-03-28 01:00 02:00") if day == "20210328" or len(series) > 2 else set())


def test_a_series_that_begins_on_the_night_of_a_change_of_clocks() -> None:
    """Each time lasts what the DURATION says, not what the wall showed in a night an hour short."""
    lines = ["UID:s", "DTSTART;TZID=Europe/Berlin:20200328T214000", "DURATION:PT260M", "RRULE:FREQ=DAILY"]
    within = (utc("2021-05-01 12:00"), utc("2021-05-02 12:00"))
    assert times(busy(calendar("\r\n".join(lines)), within=within)) == {(utc("2021-05-01 19:40"), utc("2021-05-02 00:00"))}
