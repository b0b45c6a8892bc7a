"""The project's own lint of a calendar: bytes in, complaints out. No reader of calendars is a validator, so this is ours.

It knows nothing of the program: an own parser, own VTIMEZONE reading, and the zone databases of this machine as judges.
Each complaint begins with the number of the rule for exports that it stands for.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import NamedTuple
from zoneinfo import TZPATH, ZoneInfo

import pytz
import tzdata  # type: ignore[import-untyped]  # no stubs
from ical_bytes import Block, Line, text_of, tree, unfold

EVENT_ONCE = {
    "UID": 6,
    "DTSTAMP": 8,
    "LAST-MODIFIED": 9,
    "SEQUENCE": 10,
    "DTSTART": 20,
    "DTEND": 20,
    "SUMMARY": 26,
    "DESCRIPTION": 27,
    "STATUS": 34,
    "TRANSP": 34,
}
EVENT_AT_MOST_ONCE = {"LOCATION": 23, "URL": 29, "CATEGORIES": 25}
CALENDAR_ONCE = {"VERSION": 3, "PRODID": 3, "NAME": 18, "X-WR-CALNAME": 18}
CALENDAR_MAY = {*CALENDAR_ONCE, "CALSCALE", "REFRESH-INTERVAL", "X-PUBLISHED-TTL"}
FORBIDDEN = {
    "METHOD": 4,
    "ORGANIZER": 5,
    "ATTENDEE": 5,
    "DURATION": 20,
    "X-ALT-DESC": 28,
    "RRULE": 35,
    "RDATE": 35,
    "EXDATE": 35,
    "RSCALE": 35,
    "RECURRENCE-ID": 35,
    "ATTACH": 35,
}
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
HTML = re.compile(r"<(?:br|p|div|html)\b[^<>]*>|</(?:a|b|i|p|div|span|ul|li|html)>", re.IGNORECASE)
WALL = re.compile(r"\d{8}T\d{6}")


def lint(data: bytes) -> list[str]:
    """Every complaint about a calendar file, in no promised order; an empty list for a good one."""
    faults, logical = unfold(data)
    top, more = tree(logical)
    faults += more
    calendars = top.within("VCALENDAR")
    if len(calendars) != 1 or len(top.blocks) != 1 or top.lines:
        faults.append("36: not exactly one VCALENDAR and nothing else")
    for calendar in calendars:
        faults += _calendar(calendar)
        zones = _zones(calendar, faults)
        events = calendar.within("VEVENT")
        used = {line.params["TZID"] for event in events for line in event.lines if "TZID" in line.params}
        faults += [f"12: VTIMEZONE {name} is not used" for name in sorted(set(zones) - used)]
        for event in events:
            faults += _event(event) + _times(event, zones)
        faults += _together(events, zones)
    return faults


# The calendar


def _counts(block: Block, once: dict[str, int], at_most: dict[str, int]) -> list[str]:
    """Complaints about properties that are missing or too many."""
    faults = []
    for name, rule in {**once, **at_most}.items():
        count = len(block.all(name))
        if count > 1 or (count == 0 and name in once):
            faults.append(f"{rule}: {block.kind} at line {block.number} has {count} {name}")
    return faults


def _calendar(calendar: Block) -> list[str]:
    """Complaints about the calendar's own properties."""
    faults = _counts(calendar, CALENDAR_ONCE, {})
    if not calendar.lines or calendar.lines[0].name != "VERSION" or calendar.one("VERSION").value != "2.0":
        faults.append("3: VERSION:2.0 does not come first")
    if not calendar.one("PRODID").value.strip():
        faults.append("3: PRODID is empty")
    if calendar.one("NAME").value != calendar.one("X-WR-CALNAME").value:
        faults.append("18: NAME and X-WR-CALNAME differ")
    for line in calendar.lines:
        if line.name in FORBIDDEN:
            faults.append(f"{FORBIDDEN[line.name]}: line {line.number}: {line.name} in the calendar")
        elif line.name not in CALENDAR_MAY and not line.name.startswith("X-PLANNER-"):
            faults.append(f"37: line {line.number}: {line.name} is unknown to many readers")
    if bool(calendar.all("REFRESH-INTERVAL")) != bool(calendar.all("X-PUBLISHED-TTL")):
        faults.append("19: the refresh is said only once")
    faults += _late_known(calendar)
    if not calendar.within("VEVENT"):
        faults.append("36: no event")
    kinds = {block.kind for block in calendar.blocks}
    return faults + [f"36: a {kind} is no talk" for kind in sorted(kinds - {"VEVENT", "VTIMEZONE"})]


def _late_known(block: Block) -> list[str]:
    """A complaint where a property known to all follows one of somebody's own."""
    own = [line.name.startswith("X-") for line in block.lines]
    return [f"37: X- properties do not come last in the {block.kind} at line {block.number}"] if own != sorted(own) else []


# Zones


class Change(NamedTuple):
    """A STANDARD or DAYLIGHT as the lint reads it."""

    start: datetime
    before: timedelta
    after: timedelta
    month: int
    day: str

    def onsets(self, year: int) -> list[datetime]:
        """The wall clocks, by the offset before, at which it comes into force in a year."""
        if not self.month:
            return [self.start]
        first = date(year, self.month, 1)
        every = [first + timedelta(days=count) for count in range(31)]
        same = [day for day in every if day.month == self.month and DAYS[day.weekday()] == self.day[-2:]]
        count = int(self.day[:-2])
        onset = datetime.combine(same[count - 1 if count > 0 else count], self.start.time())
        return [onset] if onset >= self.start else []


def _zones(calendar: Block, faults: list[str]) -> dict[str, list[Change]]:
    """The VTIMEZONEs by their TZID; complaints are added to the list."""
    zones: dict[str, list[Change]] = {}
    for block in calendar.within("VTIMEZONE"):
        name = block.one("TZID").value
        if len(block.all("TZID")) != 1 or name in zones:
            faults.append(f"12: TZID of the VTIMEZONE at line {block.number} is missing or said twice")
        standard, daylight = len(block.within("STANDARD")), len(block.within("DAYLIGHT"))
        if standard != 1 or daylight > 1 or len(block.blocks) != standard + daylight:
            faults.append(f"13: VTIMEZONE {name} has {standard} STANDARD and {daylight} DAYLIGHT")
        zones[name] = [change for part in block.blocks if (change := _change(part, bool(daylight), faults))]
    return zones


def _change(part: Block, paired: bool, faults: list[str]) -> Change | None:
    """An observance, or None where it cannot be read."""
    where = f"{part.kind} at line {part.number}"
    faults += _counts(part, {"DTSTART": 13, "TZOFFSETFROM": 13, "TZOFFSETTO": 13}, {"RRULE": 13, "TZNAME": 13})
    faults += [
        f"13: {line.name} in the {where}: Outlook ignores it" for line in part.lines if line.name in {"RDATE", "EXDATE"}
    ]
    start = part.one("DTSTART").value
    offsets = [re.fullmatch(r"([+-])(\d\d)([0-5]\d)", part.one(name).value) for name in ("TZOFFSETFROM", "TZOFFSETTO")]
    rule = re.fullmatch(r"FREQ=YEARLY;BYMONTH=(\d+);BYDAY=(-1|[1-4])(MO|TU|WE|TH|FR|SA|SU)", part.one("RRULE").value)
    if (
        not WALL.fullmatch(start)
        or None in offsets
        or "-0000" in {part.one("TZOFFSETTO").value, part.one("TZOFFSETFROM").value}
    ):
        faults.append(f"13: DTSTART or an offset of the {where} is malformed")
        return None
    if (paired or part.all("RRULE")) and not rule:
        faults.append(f"13: the {where} has no yearly RRULE of BYMONTH and BYDAY")
        return None
    minutes = [int(f"{found[1]}{int(found[2]) * 60 + int(found[3])}") for found in offsets if found]
    before, after = (timedelta(minutes=count) for count in minutes)
    return Change(datetime.fromisoformat(start), before, after, int(rule[1]) if rule else 0, rule[2] + rule[3] if rule else "")


def read_wall(wall: datetime, changes: list[Change]) -> datetime | None:
    """The instant that a wall clock stands for by a VTIMEZONE; None where it says nothing."""
    onsets = [
        (onset, change.after) for change in changes for year in (wall.year - 1, wall.year) for onset in change.onsets(year)
    ]
    past = [(onset, after) for onset, after in onsets if onset <= wall]
    return (wall - max(past)[1]).replace(tzinfo=UTC) if past else None


@cache
def databases(name: str) -> list[ZoneInfo]:
    """The zone in every database of this machine: the system's, tzdata's and pytz's."""
    found = []
    for folder in (*TZPATH, f"{tzdata.__path__[0]}/zoneinfo"):
        try:
            with open(f"{folder}/{name}", "rb") as file:
                found.append(ZoneInfo.from_file(file, key=name))
        except (OSError, ValueError):
            continue
    with pytz.open_resource(name) as file:  # type: ignore[attr-defined]  # missing from the stubs
        found.append(ZoneInfo.from_file(file, key=name))
    return found


# Events


def _event(event: Block) -> list[str]:
    """Complaints about an event that need no zone."""
    where = f"of the event at line {event.number}"
    faults = _counts(event, EVENT_ONCE, EVENT_AT_MOST_ONCE) + _late_known(event)
    for line in event.lines:
        if line.name in FORBIDDEN:
            faults.append(f"{FORBIDDEN[line.name]}: {line.name} {where}")
        elif line.name not in EVENT_ONCE and line.name not in EVENT_AT_MOST_ONCE and not line.name.startswith("X-PLANNER-"):
            faults.append(f"37: {line.name} {where} is unknown to many readers")
        if set(line.params) - ({"VALUE", "TZID"} if line.name in {"DTSTART", "DTEND"} else set()):
            faults.append(f"25: parameters of {line.name} {where}")
    return faults + _identity(event, where) + _words(event, where) + _status(event, where) + _alarms(event, where)


def _identity(event: Block, where: str) -> list[str]:
    """Complaints about what tells an event and its versions apart."""
    faults = []
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,199}", event.one("UID").value):
        faults.append(f"7: UID {where} is no safe file name")
    if event.one("UID").value.isdigit() or re.search(r"\d{8}T\d{4}", event.one("UID").value):
        faults.append(f"6: UID {where} is a counter or a time")
    for name, rule in (("DTSTAMP", 8), ("LAST-MODIFIED", 9)):
        if not re.fullmatch(r"\d{8}T\d{6}Z", event.one(name).value):
            faults.append(f"{rule}: {name} {where} is not in UTC")
    if event.one("DTSTAMP").value != event.one("LAST-MODIFIED").value:
        faults.append(f"9: DTSTAMP {where} is not its LAST-MODIFIED")
    if not re.fullmatch(r"0|[1-9]\d{0,9}", event.one("SEQUENCE").value):
        faults.append(f"10: SEQUENCE {where} is no count")
    return faults


def _words(event: Block, where: str) -> list[str]:
    """Complaints about summary, description, link and categories."""
    faults = []
    summary, description = text_of(event.one("SUMMARY").value), text_of(event.one("DESCRIPTION").value)
    if not summary.strip() or "\n" in summary or len(summary.encode("utf-16-le")) > 2 * 255:
        faults.append(f"26: SUMMARY {where} is empty, of several lines or over 255 UTF-16 units")
    if len(description) > 4000:
        faults.append(f"27: DESCRIPTION {where} is over 4,000 characters")
    if HTML.search(description):
        faults.append(f"28: DESCRIPTION {where} is HTML")
    for line in event.all("URL"):
        if not re.fullmatch(r"[Hh][Tt][Tt][Pp][Ss]?://[^\s\\\"<>^`{|}\x00-\x20\x7f-\U0010ffff]+", line.value):
            faults.append(f"29: URL {where} is no web address")
        elif line.value not in description.split("\n")[:4]:
            faults.append(f"29: URL {where} is not in the first lines of the DESCRIPTION")
    named = [re.sub(r"\\.", "x", line.value).split(",") for line in event.all("CATEGORIES")]
    return faults + [f"25: an empty category {where}" for names in named if not all(name.strip() for name in names)]


def _status(event: Block, where: str) -> list[str]:
    """Complaints about STATUS, TRANSP and what a cancelled event must say."""
    faults = []
    status, cancelled = event.one("STATUS").value, event.one("SUMMARY").value.startswith("Cancelled: ")
    if status not in {"TENTATIVE", "CONFIRMED", "CANCELLED"}:
        faults.append(f"34: STATUS {where} is {status!r}")
    if event.one("TRANSP").value not in {"OPAQUE", "TRANSPARENT"}:
        faults.append(f"34: TRANSP {where} is {event.one('TRANSP').value!r}")
    if (status == "CANCELLED") != cancelled:
        faults.append(f"33: STATUS and the “Cancelled: ” before the SUMMARY {where} contradict each other")
    if status == "CANCELLED" and event.one("SEQUENCE").value == "0":
        faults.append(f"33: cancelled without a higher SEQUENCE {where}")
    return faults


def _alarms(event: Block, where: str) -> list[str]:
    """Complaints about alarms."""
    faults = []
    if [block.kind for block in event.blocks] not in ([], ["VALARM"]):
        faults.append(f"30: more than one alarm, or another component, {where}")
    for alarm in event.within("VALARM"):
        faults += _counts(alarm, {"ACTION": 30, "DESCRIPTION": 30, "TRIGGER": 30}, {})
        if alarm.one("ACTION").value != "DISPLAY":
            faults.append(f"30: the alarm {where} is not shown")
        if not re.fullmatch(r"-PT\d+M", alarm.one("TRIGGER").value) or alarm.one("TRIGGER").params:
            faults.append(f"30: the TRIGGER {where} is no count of whole minutes before the start")
        strange = sorted({line.name for line in alarm.lines} - {"ACTION", "DESCRIPTION", "TRIGGER"})
        faults += [f"31: {name} in the alarm {where}" for name in strange]
    return faults


# Times


class Moment(NamedTuple):
    """A DTSTART or DTEND: the instant (midnight UTC of a date), and whether it is a date."""

    at: datetime
    whole_day: bool


def moment(line: Line, zones: dict[str, list[Change]]) -> Moment | None:
    """What a DTSTART or DTEND says, or None where it says nothing that all readers share."""
    try:
        if line.params.get("VALUE") == "DATE":
            return Moment(datetime.strptime(line.value, "%Y%m%d").replace(tzinfo=UTC), whole_day=True)
        if line.value.endswith("Z"):
            return Moment(datetime.strptime(line.value, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC), whole_day=False)
    except ValueError:
        return None
    wall = clock_of(line.value)
    at = read_wall(wall, zones.get(line.params.get("TZID", ""), [])) if wall else None
    return Moment(at, whole_day=False) if at else None


def clock_of(value: str) -> datetime | None:
    """A wall clock, or None for anything else."""
    try:
        return datetime.strptime(value, "%Y%m%dT%H%M%S")  # noqa: DTZ007  (the wall clock is what is read)
    except ValueError:
        return None


def _times(event: Block, zones: dict[str, list[Change]]) -> list[str]:
    """Complaints about when an event is."""
    where = f"of the event at line {event.number}"
    faults = [fault for line in event.lines if line.name in {"DTSTART", "DTEND"} for fault in _wall(line, zones, where)]
    start, end = (moment(event.one(name), zones) for name in ("DTSTART", "DTEND"))
    if start is None or end is None:
        return [*faults, f"20: DTSTART or DTEND {where} cannot be read"]
    if start.whole_day != end.whole_day:
        faults.append(f"20: DTSTART and DTEND {where} are of two kinds")
    elif start.at == end.at:
        faults.append(f"{21 if start.whole_day else 22}: the event at line {event.number} has no length")
    elif end.at < start.at:
        faults.append(f"20: DTEND {where} comes before its DTSTART")
    first = text_of(event.one("DESCRIPTION").value).split("\n")[0]
    if not start.whole_day and not ("UTC" in first and f"{start.at:%H:%M}" in first):
        faults.append(f"11: the first line of the DESCRIPTION {where} does not give the time in UTC")
    if start.whole_day and event.blocks:
        faults.append(f"30: an alarm on a whole day {where}")
    return faults


def _wall(line: Line, zones: dict[str, list[Change]], where: str) -> list[str]:
    """Complaints about the form of a time."""
    name = line.params.get("TZID")
    if line.params.get("VALUE") == "DATE":
        return [f"21: {line.name} {where} is no date"] if name or not re.fullmatch(r"\d{8}", line.value) else []
    if line.value.endswith("Z"):
        return [f"12: {line.name} {where} has a TZID and is in UTC"] if name else []
    if name is None:
        return [f"16: {line.name} {where} is floating"]
    return _zoned(line, name, zones, where)


def _zoned(line: Line, name: str, zones: dict[str, list[Change]], where: str) -> list[str]:
    """Complaints about a wall clock that not all readers read alike."""
    if "/" not in name or name.startswith("Etc/") or name not in pytz.all_timezones_set:
        return [f"14: TZID {name} {where} is no IANA name of a place"]
    if name not in zones:
        return [f"12: TZID {name} {where} has no VTIMEZONE"]
    wall = clock_of(line.value)
    if wall is None:
        return [f"20: {line.name} {where} is no time"]
    near = [wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for zone in databases(name) for fold in (0, 1)]
    if len(set(near)) != 1:
        return [f"15: {line.name} {where} is in a fold or gap, or the zone databases disagree about it"]
    return [] if read_wall(wall, zones[name]) == near[0] else [f"13: {line.name} {where} is another hour by its VTIMEZONE"]


def _together(events: list[Block], zones: dict[str, list[Change]]) -> list[str]:
    """Complaints about the events as a whole."""
    counted = Counter(event.one("UID").value for event in events)
    faults = [f"6: UID {uid} {count} times" for uid, count in counted.items() if count > 1]
    starts = [moment(event.one("DTSTART"), zones) for event in events]
    order = [(start.at, event.one("UID").value) for start, event in zip(starts, events, strict=True) if start]
    return [*faults, "40: the events are not in order of start and UID"] if order != sorted(order) else faults


def instants(data: bytes) -> dict[str, tuple[datetime, datetime]]:
    """Start and end of every event by its UID, read through the file's own VTIMEZONEs."""
    _, logical = unfold(data)
    top, _ = tree(logical)
    (calendar,) = top.within("VCALENDAR")
    zones = _zones(calendar, [])
    found = {}
    for event in calendar.within("VEVENT"):
        start, end = (moment(event.one(name), zones) for name in ("DTSTART", "DTEND"))
        assert start is not None
        assert end is not None
        found[event.one("UID").value] = (start.at, end.at)
    return found
