"""Busy times counted another way: parsed by the icalendar library, repeated by dateutil, in the zones of the tzdata package.

It shares nothing with the program: neither its reader, its rules of zones nor its way of following series.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr
from icalendar import Calendar, use_zoneinfo

if TYPE_CHECKING:
    from collections.abc import Iterator

    Event = Any  # a component of the library: its values are of thirty types
    Times = set[tuple[datetime, datetime]]


def busy(data: bytes, since: datetime, until: datetime, zone: str) -> tuple[Times, Times]:
    """The busy times that touch a stretch, as instants, and those of whole days; floating times are read in the zone."""
    use_zoneinfo()  # it keeps the zones of one file for the next
    home = ZoneInfo(zone)
    series: dict[str, list[Event]] = {}
    number = 0
    for calendar in Calendar.from_ical(data, multiple=True):
        for event in calendar.walk("VEVENT"):
            number += 1
            if "DTSTART" in event:
                series.setdefault(str(event.get("UID", f"#{number}")), []).append(event)
    timed: Times = set()
    whole_days: Times = set()
    for events in series.values():
        for event, start, end in occurrences(events):
            if str(event.get("STATUS", "")).upper() != "CANCELLED" and event.get("TRANSP", "") != "TRANSPARENT":
                first, last = instant(start, home), instant(end, home)
                if first < last and first < until and since < last:
                    (timed if isinstance(event["DTSTART"].dt, datetime) else whole_days).add((first, last))
    return timed, whole_days


def occurrences(events: list[Event]) -> Iterator[tuple[Event, Any, Any]]:
    """Each occurrence of one series: masters by their rules, with what EXDATE leaves out and changes put in its place."""
    changed: dict[datetime, Event] = {}
    for event in events:
        if "RECURRENCE-ID" in event:
            key = instant(event["RECURRENCE-ID"].dt, ZoneInfo("UTC"))
            if key not in changed or changed[key].get("SEQUENCE", 0) < event.get("SEQUENCE", 0):
                changed[key] = event
    for event in (event for event in events if "RECURRENCE-ID" not in event):
        first, length = event["DTSTART"].dt, length_of(event)
        exdates = [one.dt for line in listed(event, "EXDATE") for one in line.dts]
        days = {one for one in exdates if not isinstance(one, datetime)}
        left_out = {instant(one, ZoneInfo("UTC")) for one in exdates if isinstance(one, datetime)} | changed.keys()
        for start, lasts in starts(event, first, length):
            day = start.date() if isinstance(start, datetime) else start
            if day not in days and instant(start, ZoneInfo("UTC")) not in left_out:
                yield event, start, later(start, lasts)
    for event in changed.values():
        yield event, event["DTSTART"].dt, later(event["DTSTART"].dt, length_of(event))


def starts(event: Event, first: Any, length: timedelta) -> Iterator[tuple[Any, timedelta]]:
    """The first start, those of the rules and those added, each once with its length."""
    found = {first: length}
    zone = first.tzinfo if isinstance(first, datetime) else None
    naive = first.replace(tzinfo=None) if isinstance(first, datetime) else datetime(first.year, first.month, first.day)
    for rule in listed(event, "RRULE"):
        parts = dict(rule)
        until = (parts.pop("UNTIL", None) or [None])[0]
        text = ";".join(f"{key}={','.join(map(str, value))}" for key, value in parts.items())
        for at in rrulestr(text, dtstart=naive):
            if at.year > 2030 or (until is not None and at > last_of(until, zone, first)):
                break
            start = at.replace(tzinfo=zone) if isinstance(first, datetime) else at.date()
            found.setdefault(start, length)
    for line in listed(event, "RDATE"):
        for one in line.dts:
            start, lasts = (one.dt[0], one.dt[1] - one.dt[0]) if isinstance(one.dt, tuple) else (one.dt, length)
            found[start] = lasts
    yield from found.items()


def last_of(until: Any, zone: Any, first: Any) -> datetime:
    """UNTIL on the naive clock of the series; a date is that whole day."""
    if not isinstance(until, datetime):
        return datetime(until.year, until.month, until.day, 23, 59, 59)
    if not isinstance(first, datetime):
        return until.replace(hour=23, minute=59, tzinfo=None)
    return until.astimezone(zone).replace(tzinfo=None) if until.tzinfo is not None else until


def length_of(event: Event) -> timedelta:
    """How long an event lasts: by its end or duration, else a day for a date and nothing for a time."""
    first = event["DTSTART"].dt
    if "DTEND" in event:
        last = event["DTEND"].dt
        if isinstance(last, datetime) == isinstance(first, datetime):
            if isinstance(last, datetime) and (last.tzinfo is None) != (first.tzinfo is None):
                last = last.replace(tzinfo=first.tzinfo)
            if isinstance(last, datetime) and last.tzinfo is not None:
                last = last.astimezone(first.tzinfo)
            return last - first or (timedelta() if isinstance(first, datetime) else timedelta(days=1))
    if "DURATION" in event:
        return timedelta(seconds=event["DURATION"].dt.total_seconds())
    return timedelta() if isinstance(first, datetime) else timedelta(days=1)


def later(start: Any, length: timedelta) -> Any:
    """The end on the wall clock of the start."""
    return start + length


def listed(event: Event, name: str) -> list[Any]:
    """A property as a list, however often it stands there."""
    value = event.get(name, [])
    return value if isinstance(value, list) else [value]


def instant(at: date, home: ZoneInfo) -> datetime:
    """A date, a floating time or a time with a zone as an instant."""
    if not isinstance(at, datetime):
        at = datetime(at.year, at.month, at.day)
    return (at if at.tzinfo is not None else at.replace(tzinfo=home)).astimezone(UTC)
