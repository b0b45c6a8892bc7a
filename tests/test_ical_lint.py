"""What the lint promises: silence about a good calendar, and a complaint with the right rule about each of many bad ones."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from ical_lint import instants, lint

GOOD = (Path(__file__).parent / "data" / "golden" / "plan.ics").read_bytes()

TZID = b"DTSTART;TZID=Europe/Berlin:20210506T220000\r\nDTEND;TZID=Europe/Berlin:20210506T222000\r\n"
ALARM = b"BEGIN:VALARM\r\nACTION:DISPLAY\r\nDESCRIPTION:When Do Curricula Work?\r\nTRIGGER:-PT10M\r\nEND:VALARM\r\n"
LONG = b"DESCRIPTION:" + b"\r\n ".join(b"x" * 74 for _ in range(60)) + b"\r\n"
CURRICULA = b"SUMMARY:When Do Curricula Work?\r\n"
FIRST_UID = b"3f2b8c1e-0000-5000-8000-000000000001"
SECOND_UID = b"3f2b8c1e-0000-5000-8000-000000000002"
ZONE = GOOD[GOOD.index(b"BEGIN:VTIMEZONE") : GOOD.index(b"END:VTIMEZONE\r\n") + len(b"END:VTIMEZONE\r\n")]
STANDARD = ZONE[ZONE.index(b"BEGIN:STANDARD") : ZONE.index(b"BEGIN:DAYLIGHT")]
DAYLIGHT = ZONE[ZONE.index(b"BEGIN:DAYLIGHT") : ZONE.index(b"END:VTIMEZONE")]
WHOLE_DAY = b"DTSTART;VALUE=DATE:20210507\r\nDTEND;VALUE=DATE:20210509\r\n"

DEFECTS = {
    "a BOM": (b"BEGIN:VCALENDAR", b"\xef\xbb\xbfBEGIN:VCALENDAR", 1),
    "LF line ends": (b"\r\n", b"\n", 1),
    "a lone CR": (CURRICULA, CURRICULA.replace(b" Do", b"\rDo"), 1),
    "no last line end": (b"END:VCALENDAR\r\n", b"END:VCALENDAR", 1),
    "an empty line": (b"BEGIN:VEVENT\r\nUID:" + FIRST_UID, b"\r\nBEGIN:VEVENT\r\nUID:" + FIRST_UID, 1),
    "a line that is none": (CURRICULA, CURRICULA + b"this is no property\r\n", 1),
    "latin-1": (CURRICULA, b"SUMMARY:M\xfcller\r\n", 2),
    "76 octets": (CURRICULA, b"SUMMARY:" + b"x" * 68 + b"\r\n", 2),
    "a fold inside a character": (CURRICULA, b"SUMMARY:M\xc3\r\n \xbcller\r\n", 2),
    "a fold with a tab": (CURRICULA, b"SUMMARY:When Do\r\n\t Curricula Work?\r\n", 2),
    "no VERSION": (b"VERSION:2.0\r\n", b"", 3),
    "another VERSION": (b"VERSION:2.0\r\n", b"VERSION:1.0\r\n", 3),
    "VERSION second": (b"VERSION:2.0\r\nPRODID:-//planner//conference planner//EN\r\n", b"PRODID:x\r\nVERSION:2.0\r\n", 3),
    "no PRODID": (b"PRODID:-//planner//conference planner//EN\r\n", b"", 3),
    "two PRODIDs": (b"CALSCALE:GREGORIAN\r\n", b"PRODID:x\r\n", 3),
    "METHOD": (b"CALSCALE:GREGORIAN\r\n", b"CALSCALE:GREGORIAN\r\nMETHOD:PUBLISH\r\n", 4),
    "ORGANIZER": (CURRICULA, CURRICULA + b"ORGANIZER:mailto:a@example.org\r\n", 5),
    "ATTENDEE": (CURRICULA, CURRICULA + b"ATTENDEE:mailto:a@example.org\r\n", 5),
    "no UID": (b"UID:" + SECOND_UID + b"\r\n", b"", 6),
    "one UID twice": (SECOND_UID, FIRST_UID, 6),
    "two UIDs in an event": (CURRICULA, CURRICULA + b"UID:other\r\n", 6),
    "a counter for a UID": (SECOND_UID, b"42", 6),
    "a start time for a UID": (SECOND_UID, b"20210506T2000", 6),
    "a host name in a UID": (SECOND_UID, SECOND_UID + b"@laptop.local", 7),
    "a path for a UID": (SECOND_UID, b"../../etc/passwd", 7),
    "a blank in a UID": (SECOND_UID, b"a b", 7),
    "no DTSTAMP": (b"DTSTAMP:20210501T123000Z\r\n", b"", 8),
    "a local DTSTAMP": (b"DTSTAMP:20210501T123000Z", b"DTSTAMP:20210501T123000", 8),
    "no LAST-MODIFIED": (b"LAST-MODIFIED:20210501T123000Z\r\n", b"", 9),
    "DTSTAMP of the export": (b"DTSTAMP:20210501T123000Z", b"DTSTAMP:20261122T031500Z", 9),
    "no SEQUENCE": (b"SEQUENCE:2\r\n", b"", 10),
    "SEQUENCE below zero": (b"SEQUENCE:2\r\n", b"SEQUENCE:-1\r\n", 10),
    "SEQUENCE in words": (b"SEQUENCE:2\r\n", b"SEQUENCE:two\r\n", 10),
    "first line without UTC": (b"20:00\xe2\x80\x9320:\r\n 30 UTC\\nYou", b"20:00\xe2\x80\x9320:\r\n 30\\nYou", 11),
    "another time in the first line": (b"20:00\xe2\x80\x9320:\r\n 30 UTC", b"21:00\xe2\x80\x9321:\r\n 30 UTC", 11),
    "no VTIMEZONE": (ZONE, b"", 12),
    "a VTIMEZONE of another name": (b"\r\nTZID:Europe/Berlin", b"\r\nTZID:Europe/Paris", 12),
    "a VTIMEZONE too many": (ZONE, ZONE + ZONE.replace(b"Berlin", b"Paris"), 12),
    "a VTIMEZONE twice": (ZONE, ZONE + ZONE, 12),
    "a TZID on UTC": (TZID, TZID.replace(b"222000", b"202000Z"), 12),
    "no STANDARD": (STANDARD, b"", 13),
    "two DAYLIGHTs": (DAYLIGHT, DAYLIGHT + DAYLIGHT, 13),
    "RDATE for a rule": (b"RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU", b"RDATE:20211031T030000", 13),
    "an RDATE more": (b"TZNAME:CET\r\n", b"TZNAME:CET\r\nRDATE:20211031T030000\r\n", 13),
    "a rule without BYDAY": (b"FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU", b"FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=28", 13),
    "no TZOFFSETTO": (b"TZOFFSETTO:+0200\r\n", b"", 13),
    "a malformed offset": (b"TZOFFSETTO:+0200", b"TZOFFSETTO:2", 13),
    "a zero with a minus": (b"TZOFFSETTO:+0100", b"TZOFFSETTO:-0000", 13),
    "the wrong offset": (b"TZOFFSETTO:+0200", b"TZOFFSETTO:+0300", 13),
    "the wrong month": (b"BYMONTH=3;", b"BYMONTH=6;", 13),
    "DAYLIGHT from too late": (b"DTSTART:19960331T020000", b"DTSTART:20220327T020000", 13),
    "letters for a TZID": (b"Europe/Berlin", b"CEST", 14),
    "an invented TZID": (b"Europe/Berlin", b"Planner/Berlin", 14),
    "a reversed sign": (b"Europe/Berlin", b"Etc/GMT-2", 14),
    "a wall clock in a fold": (
        b"DTSTART:20211031T003000Z\r\nDTEND:20211031T013000Z",
        b"DTSTART;TZID=Europe/Berlin:20211031T023000\r\nDTEND:20211031T013000Z",
        15,
    ),
    "a wall clock in a gap": (TZID, TZID.replace(b"20210506T220000", b"20210328T023000"), 15),
    "a floating time": (TZID, TZID.replace(b";TZID=Europe/Berlin:20210506T22", b":20210506T22"), 16),
    "no NAME": (b"NAME:ICLR 2021\\, my plan\r\nX-WR", b"X-WR", 18),
    "no X-WR-CALNAME": (b"X-WR-CALNAME:ICLR 2021\\, my plan\r\n", b"", 18),
    "two names": (b"X-WR-CALNAME:ICLR 2021\\, my plan", b"X-WR-CALNAME:My plan", 18),
    "refresh said once": (b"CALSCALE:GREGORIAN\r\n", b"CALSCALE:GREGORIAN\r\nREFRESH-INTERVAL;VALUE=DURATION:PT12H\r\n", 19),
    "no DTSTART": (b"DTSTART;TZID=Europe/Berlin:20210506T233000\r\n", b"", 20),
    "no DTEND": (b"DTEND;TZID=Europe/Berlin:20210506T222000\r\n", b"", 20),
    "DURATION": (b"DTEND;TZID=Europe/Berlin:20210506T222000\r\n", b"DURATION:PT20M\r\n", 20),
    "the end before the start": (TZID, TZID.replace(b"222000", b"212000"), 20),
    "an end of another kind": (WHOLE_DAY, WHOLE_DAY.replace(b"DTEND;VALUE=DATE:20210509", b"DTEND:20210509T000000Z"), 20),
    "the 31st of June": (TZID, TZID.replace(b"20210506T222000", b"20210631T222000"), 20),
    "an inclusive end": (WHOLE_DAY, WHOLE_DAY.replace(b"20210509", b"20210507"), 21),
    "a clock in a date": (WHOLE_DAY, WHOLE_DAY.replace(b"20210509", b"20210509T000000"), 21),
    "no length": (TZID, TZID.replace(b"222000", b"220000"), 22),
    "a bare comma": (CURRICULA, b"SUMMARY:When, do curricula work?\r\n", 23),
    "a bare semicolon": (b"LOCATION:Hall B", b"LOCATION:Hall; B", 23),
    "a bare backslash": (CURRICULA, b"SUMMARY:C:\\Users\r\n", 23),
    "a backslash at the end": (CURRICULA, b"SUMMARY:x\\\r\n", 23),
    "two LOCATIONs": (b"LOCATION:Hall B\r\n", b"LOCATION:Hall B\r\nLOCATION:Hall C\r\n", 23),
    "NUL": (CURRICULA, b"SUMMARY:When\x00\r\n", 24),
    "ESC": (CURRICULA, b"SUMMARY:\x1b]0;x\x07\r\n", 24),
    "C1": (CURRICULA, "SUMMARY:\x9bx\r\n".encode(), 24),
    "a line separator": (CURRICULA, "SUMMARY:a\u2028b\r\n".encode(), 24),
    "two CATEGORIES": (b"CATEGORIES:poster\r\n", b"CATEGORIES:poster\r\nCATEGORIES:more\r\n", 25),
    "an empty category": (b"CATEGORIES:poster\r\n", b"CATEGORIES:poster,\r\n", 25),
    "a parameter of CATEGORIES": (b"CATEGORIES:poster\r\n", b"CATEGORIES;LANGUAGE=en:poster\r\n", 25),
    "no SUMMARY": (CURRICULA, b"", 26),
    "an empty SUMMARY": (CURRICULA, b"SUMMARY:\r\n", 26),
    "a SUMMARY of two lines": (CURRICULA, b"SUMMARY:When\\nDo Curricula Work?\r\n", 26),
    "a SUMMARY of 256 units": (CURRICULA, b"SUMMARY:" + b"\r\n ".join([b"x" * 64] * 4) + b"\r\n", 26),
    "a DESCRIPTION of 4,440 characters": (
        b"DESCRIPTION:Thu 6 May 2021\\, 14:30",
        LONG + b"X-PLANNER-REST:Thu 6 May 2021\\, 14:30",
        27,
    ),
    "HTML": (b"assumed.\r\n", b"assumed.<br>\r\n", 28),
    "X-ALT-DESC": (b"TRANSP:OPAQUE\r\n", b"TRANSP:OPAQUE\r\nX-ALT-DESC;FMTTYPE=text/html:<p>x</p>\r\n", 28),
    "javascript": (b"URL:https://iclr.cc", b"URL:javascript://iclr.cc", 29),
    "an escaped URL": (
        b"URL:https://iclr.cc/virtual/2021/oral/3455?a=1,2;b",
        b"URL:https://iclr.cc/virtual/2021/oral/3455?a=1\\,2\\;b",
        29,
    ),
    "a link only in URL": (CURRICULA, CURRICULA + b"URL:https://example.org/x\r\n", 29),
    "two alarms": (ALARM, ALARM + ALARM, 30),
    "an alarm by mail": (ALARM, ALARM.replace(b"DISPLAY", b"EMAIL"), 30),
    "an alarm without a text": (ALARM, ALARM.replace(b"DESCRIPTION:When Do Curricula Work?\r\n", b""), 30),
    "an alarm after the end": (ALARM, ALARM.replace(b"TRIGGER:", b"TRIGGER;RELATED=END:"), 30),
    "a broken TRIGGER": (ALARM, ALARM.replace(b"-PT10M", b"-PT-10M"), 30),
    "an alarm on a whole day": (b"TRANSP:TRANSPARENT\r\nEND", b"TRANSP:TRANSPARENT\r\n" + ALARM + b"END", 30),
    "a UID in an alarm": (ALARM, ALARM.replace(b"ACTION", b"UID:x\r\nACTION"), 31),
    "cancelled without a word": (b"SUMMARY:Cancelled: Gone", b"SUMMARY:Gone", 33),
    "the word without the status": (CURRICULA, b"SUMMARY:Cancelled: When?\r\n", 33),
    "cancelled at SEQUENCE 0": (b"SEQUENCE:1\r\n", b"SEQUENCE:0\r\n", 33),
    "no STATUS": (b"STATUS:CONFIRMED\r\n", b"", 34),
    "an unknown STATUS": (b"STATUS:CONFIRMED\r\n", b"STATUS:GOING\r\n", 34),
    "an unknown TRANSP": (b"TRANSP:OPAQUE\r\n", b"TRANSP:BUSY\r\n", 34),
    "RRULE": (CURRICULA, CURRICULA + b"RRULE:FREQ=DAILY;COUNT=2\r\n", 35),
    "ATTACH": (CURRICULA, CURRICULA + b"ATTACH:https://example.org/x\r\n", 35),
    "two calendars": (b"END:VCALENDAR\r\n", b"END:VCALENDAR\r\n" + GOOD, 36),
    "a to-do": (b"END:VCALENDAR\r\n", b"BEGIN:VTODO\r\nUID:x\r\nEND:VTODO\r\nEND:VCALENDAR\r\n", 36),
    "an event that does not end": (b"END:VEVENT\r\nEND:VCALENDAR", b"END:VCALENDAR", 36),
    "an end without a beginning": (b"END:VCALENDAR\r\n", b"END:VEVENT\r\nEND:VCALENDAR\r\n", 36),
    "text after the end": (b"END:VCALENDAR\r\n", b"END:VCALENDAR\r\nNOTE:x\r\n", 36),
    "a property of others": (CURRICULA, CURRICULA + b"X-MICROSOFT-CDO-BUSYSTATUS:BUSY\r\n", 37),
    "a property unknown to many": (CURRICULA, CURRICULA + b"CONFERENCE:https://example.org\r\n", 37),
    "X- properties first": (CURRICULA, b"X-PLANNER-RATING:3\r\n" + CURRICULA, 37),
    "a zone of its own in the calendar": (b"CALSCALE:GREGORIAN\r\n", b"CALSCALE:GREGORIAN\r\nX-LIC-LOCATION:x\r\n", 37),
}


def test_good_file_is_clean() -> None:
    """Nothing is said about the golden calendar."""
    assert lint(GOOD) == []


@pytest.mark.parametrize("name", DEFECTS)
def test_defect_is_found(name: str) -> None:
    """The defect, put into the good file, is complained about under its rule."""
    old, new, rule = DEFECTS[name]
    assert old in GOOD, "the defect must change the file"
    faults = lint(GOOD.replace(old, new))
    assert any(fault.startswith(f"{rule}: ") for fault in faults), faults


def test_events_out_of_order_are_found() -> None:
    """Two events that changed places are complained about under rule 40."""
    first, second = re.findall(rb"BEGIN:VEVENT\r\n.*?END:VEVENT\r\n", GOOD, re.DOTALL)[:2]
    assert lint(GOOD.replace(first + second, second + first)) == ["40: the events are not in order of start and UID"]


def test_no_event_is_found() -> None:
    """A calendar without an event is complained about under rule 36."""
    empty = re.sub(rb"BEGIN:VEVENT\r\n.*END:VEVENT\r\n", b"", GOOD.replace(ZONE, b""), flags=re.DOTALL)
    assert lint(empty) == ["36: no event"]


def test_instants_are_read_through_the_vtimezone() -> None:
    """The lint reads 22:00 in Berlin in May as 20:00 UTC, and with another VTIMEZONE as another hour."""
    uid = FIRST_UID.decode()
    assert instants(GOOD)[uid][0].isoformat() == "2021-05-06T20:00:00+00:00"
    shifted = GOOD.replace(b"TZOFFSETTO:+0200", b"TZOFFSETTO:+0330")
    assert instants(shifted)[uid][0].isoformat() == "2021-05-06T18:30:00+00:00"


@pytest.mark.parametrize(
    "data", [b"", b"\xff\xfe", b"\r\n", b"BEGIN", b"BEGIN:\r\n" * 50, b"END:VCALENDAR\r\n", b'a;b="c:d\r\n']
)
def test_what_is_no_calendar_is_a_complaint(data: bytes) -> None:
    """Any bytes are judged, never a crash."""
    assert lint(data)
