"""Dates, times and durations as calendars write them (RFC 5545 3.3.4 to 3.3.6), with the liberties that exporters take."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from planner.ical.clocks import FIRST_YEAR, LAST_YEAR
from planner.values import re

_STAMP = (
    r"([0-9]{4})-?([0-9]{2})-?([0-9]{2})"
    r"(?:Z|[T ]([0-9]{2}):?([0-9]{2}):?([0-9]{2})?(?:\.[0-9]{1,9})?(Z|[+-][0-9]{2}:?[0-9]{2})?)?"
)
_LASTS = r"([+-]?)P((?:[0-9]{1,9}[WD])*)T?((?:[0-9]{1,9}[WDHMS])*)"
_NUMBERED = r"([0-9]+)([WDHMS])"
_UNITS = {"W": 7 * 86_400, "D": 86_400, "H": 3_600, "M": 60, "S": 1}
_LONGEST_STAMP = 40
_USUAL = len("20250201T090000")


def stamp(said: str) -> datetime | date:
    """A DATE or DATE-TIME as written (RFC 5545 3.3.4, 3.3.5), also with the signs of ISO 8601; raises ValueError."""
    said = said.strip().strip('"')
    if len(said) > _LONGEST_STAMP:
        raise ValueError
    plain = said.removesuffix("Z")
    if (
        len(plain) == _USUAL
        and (plain[:8] + plain[9:]).isdecimal()
        and plain[8] == "T"
        and plain[9:] < "24"
        and plain[13:] < "60"
    ):
        at = datetime.fromisoformat(said)  # a tenth of the time that the pattern takes
        if not FIRST_YEAR <= at.year <= LAST_YEAR:
            raise ValueError
        return at
    found = re.fullmatch(_STAMP, said)
    if found is None or not FIRST_YEAR <= int(found[1]) <= LAST_YEAR:
        raise ValueError
    year, month, day = int(found[1]), int(found[2]), int(found[3])
    if found[4] is None:
        return date(year, month, day)
    hour, minute, second = int(found[4]), int(found[5]), min(int(found[6] or 0), 59)  # a leap second is none here
    later = timedelta(days=1) if (hour, minute, second) == (24, 0, 0) else timedelta()
    at = datetime(year, month, day, hour if not later else 0, minute, second) + later
    if found[7] is None:
        return at
    if found[7] == "Z":
        return at.replace(tzinfo=UTC)
    offset = timedelta(hours=int(found[7][1:3]), minutes=int(found[7][-2:]))
    return (at + offset if found[7][0] == "-" else at - offset).replace(tzinfo=UTC)


def lasts(said: str) -> tuple[timedelta, timedelta]:
    """A DURATION (RFC 5545 3.3.6) in whole days, which are counted on the calendar, and the time beyond; raises ValueError."""
    found = re.fullmatch(_LASTS, said.strip().upper()) if len(said) <= _LONGEST_STAMP else None
    if found is None or not found[2] + found[3]:
        raise ValueError
    seconds = {unit: int(number) * _UNITS[unit] for number, unit in re.findall(_NUMBERED, found[2] + found[3])}
    days = timedelta(seconds=seconds.pop("W", 0) + seconds.pop("D", 0))
    rest = timedelta(seconds=sum(seconds.values()))
    return (-days, -rest) if found[1] == "-" else (days, rest)
