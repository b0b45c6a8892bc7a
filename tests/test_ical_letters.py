"""Calendars whose TZID is letters that no VTIMEZONE explains."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from planner.readers import Hints, Part, read

CALENDAR = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//K//EN\r\nX-WR-CALNAME:Kites 2025\r\n{0}BEGIN:VEVENT\r\nUID:1\r\n"
    "DTSTAMP:20250101T000000Z\r\nSUMMARY:Kites\r\nDTSTART;TZID={1}:20250612T090000\r\nDTEND;TZID={1}:20250612T100000\r\n"
    "END:VEVENT\r\nEND:VCALENDAR\r\n"
)


@pytest.mark.parametrize(
    ("letters", "zone", "hour"),
    [
        ("EST", None, 13),
        ("EST", "America/New_York", 13),
        ("EST", "America/Cancun", 14),
        ("MST", "America/Phoenix", 16),
        ("PDT", "Asia/Tokyo", 16),
        ("IST", "Asia/Kolkata", 3),
    ],
)
def test_letters_are_the_clock_that_people_mean(letters: str, zone: str | None, hour: int) -> None:
    """Nine by EST in June is 13:00 UTC, but where that zone has no summer time; --zone picks, and what was taken is said."""
    hints = Hints(now=datetime(2026, 11, 22, tzinfo=UTC), zone=zone)
    found = read([Part("kites.ics", CALENDAR.format("", letters).encode())], hints)
    start = found.conference.talks[0].start
    assert start is not None
    assert (start.date().isoformat(), start.hour) == ("2025-06-12", hour)
    assert any(f"The time zone “{letters}” is defined nowhere; it was taken for " in warning for warning in found.warnings)


def test_what_a_calendar_says_of_its_letters_counts() -> None:
    """A VTIMEZONE of that name, and the calendar's own zone, beat what people mean by the letters."""
    rules = (
        "BEGIN:VTIMEZONE\r\nTZID:EST\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:-0500\r\nTZOFFSETTO:-0500\r\n"
        "END:STANDARD\r\nEND:VTIMEZONE\r\n"
    )
    for head in (rules, "X-WR-TIMEZONE:America/Cancun\r\n"):
        hints = Hints(now=datetime(2026, 11, 22, tzinfo=UTC))
        found = read([Part("kites.ics", CALENDAR.format(head, "EST").encode())], hints)
        assert found.conference.talks[0].start == datetime(2025, 6, 12, 14, tzinfo=UTC)
