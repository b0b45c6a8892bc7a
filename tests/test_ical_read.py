"""Calendar files to entries: against the icalendar library on every real file, and by hand where that one fails."""

from __future__ import annotations

import contextlib
import time
import warnings
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import icalendar
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from planner.errors import ReadError
from planner.ical.read import entries

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.ical.read import Entry

OWN = Path(__file__).parent / "data" / "ical"
SHARED = Path(__file__).parents[2] / "shared" / "samples"
NOT_FOR_THE_LIBRARY = {"broken.ics", "fold.ics"}  # it refuses stray lines, and decodes before it unfolds
REAL = sorted(SHARED.glob("[A-E]/*.ics"))
FILES = [*(path for path in sorted(OWN.glob("*.ics")) if path.name not in NOT_FOR_THE_LIBRARY), *REAL]

MENDED = {
    "miniconf.ics": (b"DTSTART:2031-11-02 08:00:00+05:53\r\n", b""),
    "ismir2023_ISMIR_2022.ics": (b"DTSTART:2022-12-04 08:00:00+05:53", b"X-A:"),
    "ismir2023_ISMIR_2023.ics": (b"DTSTART:2023-11-05 09:00:00+00:50", b"X-A:"),
    "khal_invalid_tzoffset.ics": (b"+5328", b"+0053"),
    "khal_non_dst_error.ics": (b"PT-2H", b"-PT2H"),
    "nodeical_test_with_multiple_tzids_in_vtimezone.ics": (b"TZID:Africa/Abidjan\n", b""),
    "leap2025_festival.ics": (b"<!--\n", b""),
}
"""What the library cannot read, mended for it alone; none of it is inside an event."""


def at(zone: str, *clock: int) -> datetime:
    """A wall clock in a zone, in UTC, by zoneinfo."""
    return datetime(*clock, tzinfo=ZoneInfo(zone)).astimezone(UTC)  # type: ignore[misc,arg-type]  # year to minute


RIGHT: dict[str, dict[tuple[str, str], object]] = {
    # DTEND has TZID and Z, its start has neither: both are the wall clocks that they show
    "khal_event_dt_mixed_awareness.ics": {
        ("http://wiki.hamburg.ccc.de/Termin:Junghackertag", "end"): datetime(2015, 5, 30, 16),
        ("S9HZETRQne", "end"): at("Europe/Berlin", 2015, 6, 2, 16),  # in the zone of its start
    },
    # the library knows no zones by the words in which Windows shows them
    "nodeical_Office-2012-owa.ics": {
        ("(GMT+10:00) Canberra, Melbourne, Sydney", "zone"): "Australia/Sydney",
        ("(UTC-05:00) Eastern Time (US & Canada)", "zone"): "America/New_York",
    },
    "exchange.ics": {
        ("(GMT+10:00) Canberra, Melbourne, Sydney", "zone"): "Australia/Sydney",
        ("(UTC-05:00) Eastern Time (US & Canada)", "zone"): "America/New_York",
        ("contradicts", "start"): at("America/New_York", 2031, 7, 3, 10),  # the library takes the file's wrong rules
        ("contradicts", "end"): at("America/New_York", 2031, 7, 3, 11),
    },
    "nodeical_germany_at_end_of_day_repeating.ics": {
        ("", "end"): None
    },  # TZID=TZID=Europe/Germany is another than Europe/Germany
    "nodeical_ms_timezones.ics": {("", "start"): at("Europe/Berlin", 2020, 6, 9, 9)},  # a quote in the wrong place
    "nodeical_multi-event-basic.ics": {("", "end"): None},  # a date after a time; a date after "Next Year"
    "khal_tz_windows_format.ics": {  # its VTIMEZONE has half of Berlin and half of Auckland
        ("PERSOYPOYGVR55JMICVAFVDWWBIKPC9PTAG6SN4B2YT", "start"): at("Pacific/Auckland", 2019, 11, 20, 13),
        ("PERSOYPOYGVR55JMICVAFVDWWBIKPC9PTAG6SN4B2YT", "end"): at("Pacific/Auckland", 2019, 11, 20, 14, 30),
    },
    "nodeical_test_date_duration.ics": {("", "end"): date(2024, 2, 22)},  # PT1W
    "nodeical_test_with_int_tzid.ics": {(" 1", "zone"): "Europe/Paris"},  # the rules of its VTIMEZONE
}
"""What is right where the library gives nothing, a wall clock or a wrong instant: by uid or TZID and field."""


def by_library(path: Path) -> list[icalendar.Event]:
    """The events of a file as the icalendar library has them."""
    data = path.read_bytes().removeprefix(b"\xef\xbb\xbf").replace(*MENDED.get(path.name, (b"\0", b"")))
    icalendar.use_zoneinfo()  # it keeps the zones of one file for the next
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        calendars = icalendar.Calendar.from_ical(data.replace(b"-->", b""), multiple=True)
        return [event for calendar in calendars for event in calendar.walk("VEVENT")]


def moment(event: icalendar.Event, name: str) -> object:
    """A time of the library's, in UTC where it is an instant; None where it has none."""
    try:
        found = event.end if name == "DTEND" and "DTEND" not in event and "DURATION" in event else event.decoded(name, None)
    except Exception:  # noqa: BLE001  (it raises what it likes on a broken property)
        return None
    found = found[0] if isinstance(found, list) else found
    if isinstance(found, datetime) and found.tzinfo is not None:
        return found.astimezone(UTC)
    return found if isinstance(found, date) else None


def expected(path: Path, entry: Entry, field: str, library: object) -> object:
    """What is right for a start or an end: the library's answer, unless it is known to be wrong or missing."""
    table = RIGHT.get(path.name, {})
    tzid = entry.said.partition("TZID=")[2].strip('"')
    if (zone := table.get((tzid, "zone"))) and isinstance(library, datetime):
        return library.replace(tzinfo=ZoneInfo(str(zone))).astimezone(UTC)
    if (entry.uid, field) in table:
        return table[entry.uid, field]
    ours = getattr(entry, field)
    return table[("", field)] if ("", field) in table and ours != library else library


@pytest.mark.skipif(not SHARED.is_dir(), reason="the real files (../shared) are not here")
def test_there_are_real_files_to_compare() -> None:
    """The families B, C and E hold 102 calendars."""
    assert len(REAL) == 102


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_event_is_what_the_library_reads(path: Path) -> None:
    """uid, summary, start and end of every event of every file; where it fails, what is right was found by hand."""
    ours = entries(path.read_bytes()).entries
    library = by_library(path)
    assert len(ours) == len(library)
    for entry, event in zip(ours, library, strict=True):
        assert (entry.uid, entry.summary) == (str(event.get("UID", "")), str(event.get("SUMMARY", "")))
        assert entry.start == expected(path, entry, "start", moment(event, "DTSTART")), entry.said
        assert entry.end == expected(path, entry, "end", moment(event, "DTEND")), entry.said


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_texts_are_what_the_library_reads(path: Path) -> None:
    """Location, URL, status and categories of every event; descriptions but for line ends that nobody escaped."""
    for entry, event in zip(entries(path.read_bytes()).entries, by_library(path), strict=True):
        assert entry.location == str(event.get("LOCATION", ""))
        assert entry.url == str(event.get("URL", "")).strip()
        assert entry.status == str(event.get("STATUS", "")).upper()
        library = event.get("CATEGORIES", [])
        every = [str(one) for line in (library if isinstance(library, list) else [library]) for one in line.cats]
        assert entry.categories == tuple(one.strip() for one in every if one.strip())
        assert str(event.get("DESCRIPTION", "")).replace('\\"', '"') in entry.description


# What a file says


def read_event(*lines: str, head: tuple[str, ...] = ()) -> Entry:
    """The one entry of a calendar with these lines."""
    text = "\r\n".join(["BEGIN:VCALENDAR", *head, "BEGIN:VEVENT", "UID:1", *lines, "END:VEVENT", "END:VCALENDAR", ""])
    (found,) = entries(text.encode()).entries
    return found


@pytest.mark.parametrize(
    ("said", "start"),
    [
        ("DTSTART:20310313T090000Z", datetime(2031, 3, 13, 9, tzinfo=UTC)),
        ("DTSTART:20310313T0900Z", datetime(2031, 3, 13, 9, tzinfo=UTC)),
        ("DTSTART:2031-03-13T09:00:00Z", datetime(2031, 3, 13, 9, tzinfo=UTC)),
        ("DTSTART:20310313T090000+0530", datetime(2031, 3, 13, 3, 30, tzinfo=UTC)),
        ("DTSTART:20310313T090000-08:00", datetime(2031, 3, 13, 17, tzinfo=UTC)),
        ("DTSTART:20310313T235960Z", datetime(2031, 3, 13, 23, 59, 59, tzinfo=UTC)),
        ("DTSTART;TZID=Europe/Rome:20310313T240000", datetime(2031, 3, 13, 23, tzinfo=UTC)),
        ("DTSTART;TZID=Europe/Rome;VALUE=DATE-TIME:20310313T090000", datetime(2031, 3, 13, 8, tzinfo=UTC)),
        ("DTSTART;VALUE=DATE:20310313", date(2031, 3, 13)),
        ("DTSTART:20310313", date(2031, 3, 13)),
        ("DTSTART:20310313T090000", datetime(2031, 3, 13, 9)),
        ("DTSTART;TZID=foo:20310313T090000", datetime(2031, 3, 13, 9)),
        ("DTSTART:tomorrow", None),
        ("DTSTART:20310230T090000Z", None),
        ("DTSTART:99999999999999999999", None),
        ("DTSTART:00010101T000000Z", None),
        ("DTSTART;TZID=Europe/Rome:99991231T235959", None),
        ("DTSTART:", None),
        ("X-NOTHING:1", None),
    ],
)
def test_every_way_to_write_a_start(said: str, start: object) -> None:
    """RFC 5545 3.3.4 and 3.3.5, the signs of ISO 8601 that some write, and what is no time at all."""
    assert read_event(said).start == start


@pytest.mark.parametrize(
    ("lasts", "end"),
    [
        ("PT45M", at("Europe/Rome", 2031, 3, 29, 9, 45)),
        ("PT1H30M", at("Europe/Rome", 2031, 3, 29, 10, 30)),
        ("P1D", at("Europe/Rome", 2031, 3, 30, 9)),  # a day of 23 hours: nine in the morning again
        ("PT24H", at("Europe/Rome", 2031, 3, 30, 10)),  # 24 hours: ten
        ("P1W", at("Europe/Rome", 2031, 4, 5, 9)),
        ("P1DT2H", at("Europe/Rome", 2031, 3, 30, 11)),
        ("P", None),
        ("1 hour", None),
        ("P99999999999999999999D", None),
        ("P999999999W", None),
    ],
)
def test_durations_count_days_on_the_calendar_and_hours_on_the_clock(lasts: str, end: object) -> None:
    """RFC 5545 3.3.6; clocks go forward in Rome on 30 March 2031."""
    assert read_event("DTSTART;TZID=Europe/Rome:20310329T090000", f"DURATION:{lasts}").end == end


@pytest.mark.parametrize(
    ("head", "zone"),
    [
        (("X-WR-TIMEZONE:Europe/Rome",), "Europe/Rome"),
        (("X-WR-TIMEZONE:UTC",), None),
        (("X-WR-TIMEZONE:Etc/GMT",), None),
        (("X-LIC-LOCATION:Asia/Kolkata",), "Asia/Kolkata"),
        (("BEGIN:VTIMEZONE", "TZID:Europe/Rome", "END:VTIMEZONE"), "Europe/Rome"),
        (("X-WR-TIMEZONE:Nowhere/Land",), None),
        ((), None),
    ],
)
def test_floating_times_name_the_zone_of_the_calendar(head: tuple[str, ...], zone: str | None) -> None:
    """The start stays a wall clock; the zone says how it is meant, and UTC alone says nothing."""
    found = read_event("DTSTART:20310313T090000", head=head)
    assert (found.start, found.zone) == (datetime(2031, 3, 13, 9), zone)


def test_zones_of_every_kind_in_one_file() -> None:
    """The file's own rules, Windows' names and words, a prefix, a contradiction, and a name that nobody knows."""
    calendar = entries((OWN / "exchange.ics").read_bytes())
    assert {entry.uid: (entry.start, entry.zone) for entry in calendar.entries} == {
        "custom": (at("Europe/Berlin", 2031, 7, 3, 10), None),
        "windows": (at("Europe/Berlin", 2031, 7, 3, 10), "Europe/Berlin"),
        "display": (at("America/New_York", 2031, 10, 28, 13, 30), "America/New_York"),
        "cities": (at("Australia/Sydney", 2031, 10, 28, 13, 30), "Australia/Canberra"),
        "mozilla": (at("America/Los_Angeles", 2031, 7, 3, 10), "America/Los_Angeles"),
        "contradicts": (at("America/New_York", 2031, 7, 3, 10), "America/New_York"),
        "nowhere": (datetime(2031, 7, 3, 10), None),
    }
    contradiction = "The file's own rules for America/New_York differ by 60 minutes from the zone database, which was taken"
    nowhere = "The time zone “foo” is defined nowhere"
    assert calendar.warnings == (f"{contradiction} (lines 61 and 62).", f"{nowhere} (lines 67 and 68).")
    assert calendar.entries[-1].tzid == "foo"


def test_gaps_and_folds_are_decided_and_said() -> None:
    """RFC 5545 3.3.5: the offset before a gap, the first of two; the line is named."""
    text = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;TZID=America/Los_Angeles:20260308T023000\nEND:VEVENT\n"
    text += "BEGIN:VEVENT\nDTSTART;TZID=America/Los_Angeles:20261101T013000\nEND:VEVENT\nEND:VCALENDAR"
    calendar = entries(text.encode())
    assert [entry.start for entry in calendar.entries] == [
        datetime(2026, 3, 8, 10, 30, tzinfo=UTC),
        datetime(2026, 11, 1, 8, 30, tzinfo=UTC),
    ]
    assert len(calendar.warnings) == 2
    assert "(line 3)" in calendar.warnings[0]
    assert "(line 6)" in calendar.warnings[1]


def test_what_one_event_spoils_is_a_warning_with_its_line() -> None:
    """Every event stays; what could not be read of it is missing and said."""
    calendar = entries((OWN / "broken.ics").read_bytes())
    assert [entry.uid for entry in calendar.entries] == ["good", "thirtieth", "backwards", "unclosed", "timeless"]
    assert [entry.start is None for entry in calendar.entries] == [False, True, False, False, True]
    assert calendar.warnings == (
        "A line that is no property of a calendar was left out (line 27).",
        "BEGIN:VEVENT comes before the END of the one before (line 32).",
        "A time could not be read (line 18: “20310230T090000Z”).",
        "An event has no DTSTART and so no time (line 32).",
    )


@pytest.mark.parametrize("cut", [40, 300, 500, 700, 1000])
def test_a_file_that_breaks_off_is_known_as_such(cut: int) -> None:
    """The event in which it breaks off is left out, because its hour may be half an hour; the others stay."""
    data = (OWN / "sched.ics").read_bytes()
    calendar = entries(data[:cut])
    assert not calendar.whole
    assert len(calendar.entries) == data[:cut].count(b"END:VEVENT")
    assert any("breaks off" in warning for warning in calendar.warnings)


def test_a_fold_inside_a_character_and_an_escape() -> None:
    """Both are whole again."""
    (entry,) = entries((OWN / "fold.ics").read_bytes()).entries
    assert entry.summary == "Grüße aus K, Köln"


def test_two_calendars_in_one_file_keep_their_own_zones() -> None:
    """A floating time is meant in the zone of the calendar that it stands in."""
    one = "BEGIN:VCALENDAR\nX-WR-TIMEZONE:{}\nBEGIN:VEVENT\nDTSTART:20310313T090000\nEND:VEVENT\nEND:VCALENDAR\n"
    calendar = entries((one.format("Europe/Rome") + one.format("Asia/Tokyo")).encode())
    assert [entry.zone for entry in calendar.entries] == ["Europe/Rome", "Asia/Tokyo"]


@pytest.mark.parametrize("data", [b"", b"hello", b"BEGIN:VCARD\nEND:VCARD", b"\x00\x01\x02"])
def test_what_is_no_calendar_is_refused(data: bytes) -> None:
    """One sentence that names the file."""
    with pytest.raises(ReadError, match=r"^x\.ics is no iCalendar file"):
        entries(data, "x.ics")


# Hostile files


def scraps() -> Iterator[str]:
    """Pieces of calendars, good and bad."""
    for name in ("exchange.ics", "broken.ics", "pretalx.ics"):
        yield from (OWN / name).read_text(encoding="utf-8").splitlines()
    yield from ("RRULE:FREQ=DAILY;COUNT=99999999", "DTSTART;TZID=" + "x" * 5000 + ":20310101T000000", "DURATION:P999999999W")
    yield from (
        "TZOFFSETTO:+9999",
        "DTSTART:00010101T000000",
        "DTEND;TZID=Europe/Rome:99991231T235959",
        "\x00",
        "\ud800",
        ' "',
        ":",
    )
    yield from (
        "DTSTART;TZID=Pacific/Apia:20111230T100000",
        "RDATE;VALUE=PERIOD:20310101T000000Z/PT1H,",
        "X-WR-TIMEZONE:../../etc",
    )


@given(st.lists(st.sampled_from(sorted(set(scraps()))), max_size=60), st.sampled_from(["\n", "\r\n", "\r", "\n "]))
@example(["BEGIN:VCALENDAR", "BEGIN:VEVENT", "DTSTART;TZID=Customized Time Zone:00010101T000000"], "\n")
def test_any_mixture_of_lines_is_read_or_refused(lines: list[str], ends: str) -> None:
    """Whatever stands in a calendar: entries, or a ReadError."""
    data = b"BEGIN:VCALENDAR\nVERSION:2.0" + ends.encode() + ends.join(lines).encode(errors="surrogatepass")
    assert all(entry.start is None or isinstance(entry.start, date) for entry in entries(data).entries)


@given(st.binary(max_size=400), st.integers(0, 1800), st.integers(0, 300))
def test_any_bytes_are_read_or_refused(new: bytes, start: int, length: int) -> None:
    """A real file with any stretch of it replaced by any bytes."""
    data = (OWN / "exchange.ics").read_bytes()
    with contextlib.suppress(ReadError):
        entries(data[:start] + new + data[start + length :])


@pytest.mark.parametrize(
    "data",
    [
        b"BEGIN:VCALENDAR\n" + b"BEGIN:X\n" * 300_000,
        b"BEGIN:VCALENDAR\n" + b"END:VEVENT\n" * 300_000,
        b"BEGIN:VCALENDAR\n" + b"BEGIN:VEVENT\n" * 100_000,
        b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nDESCRIPTION:" + b"\n\n \\" * 600_000,
        b"BEGIN:VCALENDAR\n" + b"\n" * 3_000_000,
        b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;TZID=" + b'"' * 1_000_000 + b":20310101T000000\nEND:VEVENT\nEND:VCALENDAR",
        b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nCATEGORIES:" + b"a\\,," * 500_000 + b"\nEND:VEVENT\nEND:VCALENDAR",
        b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nDESCRIPTION:\n" + b"stray words\n" * 20_000 + b"END:VEVENT\nEND:VCALENDAR",
        b"BEGIN:VCALENDAR\n" + b"BEGIN:VEVENT\nDTSTART;TZID=%d:20310101T000000\nEND:VEVENT\n" % 7 * 20_000,
    ],
    ids=["deep", "ends", "unclosed", "folds", "empty lines", "quotes", "categories", "stray", "unknown zones"],
)
def test_a_hostile_file_takes_no_more_time_than_its_size(data: bytes) -> None:
    """A guard against a hang: each of these is read in about a second, and would take minutes if any step were quadratic."""
    began = time.process_time()
    entries(data)
    assert time.process_time() - began < 30
