"""Times as schedule exports (frab, xCal) write them, and the zone in which their wall clocks are meant."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from planner import text as texts
from planner import times
from planner.dates import fixed_zone, scan
from planner.dates.letters import ONE_OFFSET, choose
from planner.dates.places import zone_of_city
from planner.errors import MissingFactsError, ReadError
from planner.model import Slot
from planner.readers.events import shortly
from planner.values import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.readers.events import Faults
    from planner.readers.sources import Hints

DAY = 24 * 60
"""Minutes of a day."""

_HOUR = 60
_NOON = 12 * 60  # a day that changes later than this is no evening that runs on
_LONGEST = timedelta(days=31)  # a longer event is a slip of the pen
_LONGEST_NIGHT = timedelta(hours=18)  # an end so much later, on the next day, is rather a slip: 12:00 to 11:45
_LONGEST_DATED = timedelta(hours=12)  # the same where the end says a date, which then is wrong
_BEFORE = "Its end is before its start, so the end is open"
_OLDEST, _LAST = 1900, 2200  # years of which a zone database says anything


class Told(NamedTuple):
    """What a file tells of one event's time: ``at`` where date and clock stand together, else ``day`` and ``start``.

    ``zone`` is the event's own zone where it names one, ``end`` a wall clock, ``until`` the end as date and clock together.
    ``all_day`` tells that there is a date and no clock: ``day`` is the first, ``end`` the last day, "" for the same.
    """

    at: datetime | None = None
    day: str = ""
    start: str = ""
    duration: str = ""
    end: str = ""
    until: datetime | None = None
    zone: str = ""
    words: str = ""
    all_day: bool = False


class Clocks(NamedTuple):
    """The conference's zone, the minutes after midnight at which its day changes, and where faults are noted."""

    zone: str
    day_change: int
    faults: Faults

    def slot(self, told: Told, room: str, event: str) -> Slot:
        """When and where an event is; what cannot be read leaves it without a slot or an end, and is noted."""
        zone = told.zone if told.zone and times.is_zone(told.zone) else self.zone
        try:
            wall = told.at or self._wall(told)
            if wall is None:
                self.faults.add("No date and start could be read, so there is no slot", event)
                return Slot(room=room)
            if wall.tzinfo is None and told.zone not in {"", zone}:
                self.faults.add(f"The zone {shortly(told.zone)} does not exist, so there is no slot", event)
                return Slot(room=room)
            start = self._instant(wall, zone, event)
            end = self._end(told, wall, start, zone, event)
            return Slot(start, end, room, zone=zone, said=texts.clean(told.words[:200]))
        except (ReadError, OverflowError) as error:
            reason = str(error).rstrip(".") if isinstance(error, ReadError) else "Its date is beyond the calendar"
            self.faults.add(f"{reason}, so there is no slot", event)
            return Slot(room=room)

    def _wall(self, told: Told) -> datetime | None:
        """The wall clock of day and start; hours before the day changes belong to the next date (Pentabarf)."""
        clock = minutes(told.start)
        try:
            midnight = datetime.combine(date.fromisoformat(told.day.strip()[:10]), datetime.min.time())
        except ValueError:
            return None
        return None if clock is None else midnight + timedelta(minutes=clock if clock >= self.day_change else clock + DAY)

    def _instant(self, wall: datetime, zone: str, event: str) -> datetime:
        """The instant of a time with or without its offset."""
        if not _OLDEST <= wall.year <= _LAST:
            raise ReadError(f"The year {wall.year} is no conference's")
        if wall.tzinfo is not None:
            return wall.astimezone(UTC)
        at, doubt = times.instant(wall, zone)
        if doubt:
            self.faults.add(doubt.rstrip("."), event)
        return at

    def _end(self, told: Told, wall: datetime, start: datetime, zone: str, event: str) -> datetime | None:
        """When it ends: as said, else after its duration, else at the next time the clock shows its end."""
        if told.until is not None:
            until = self._instant(told.until, zone, event)
            said = told.at or told.until
            alike = told.until.date() == said.date() and (told.until.tzinfo is None) == (said.tzinfo is None)
            if alike and timedelta() < start - until < timedelta(minutes=DAY):
                until = self._instant(told.until + timedelta(days=1), zone, event)  # 23:00 to 0:30 with the same date twice
                return self._night(start, until, event, _LONGEST_DATED)
            if until > start:
                return until
            if until < start:
                self.faults.add(_BEFORE, event)
        found = lasts(told.duration)
        if found is None and told.duration:
            self.faults.add(f"The duration {shortly(told.duration)} could not be read, so the end is open", event)
        end = minutes(told.end)
        if found is None and end is not None:
            here = wall if wall.tzinfo is None else times.local(start, zone).replace(tzinfo=None)
            clock = here.hour * _HOUR + here.minute
            length = timedelta(minutes=(end - clock) % DAY)
            until = self._instant(here + length, zone, event) if length else start
            found = until - start if until > start else length  # the clocks skip a start, and its end with it
            if end < clock and found:
                return self._night(start, start + found, event)
        elif found is None and told.end and told.until is None:
            self.faults.add(f"The end {shortly(told.end)} could not be read, so it is open", event)
        return start + found if found else None

    def _night(self, start: datetime, end: datetime, event: str, longest: timedelta = _LONGEST_NIGHT) -> datetime | None:
        """An end on the day after its start; None, and noted, for one that is rather a slip."""
        if end - start <= longest:
            return end
        self.faults.add(_BEFORE, event)
        return None


def moment(said: str) -> datetime | None:
    """A date with a clock (ISO 8601, basic or extended), with its offset where it has one; None for anything else."""
    said = said.strip()
    if len(said) <= len("2025-02-01") or not ("T" in said.upper() or " " in said):
        return None
    if {said[11:12], said[13:14]} & {".", ","}:  # "2025-02-01 10.15", "20250201 10.15": a quarter past ten, no part of an hour
        return None
    try:
        at = datetime.fromisoformat(said)
        at.utcoffset()
    except ValueError:
        return None
    return at


@lru_cache(maxsize=1024)  # a schedule has a hundred starts and ten durations
def minutes(clock: str) -> int | None:
    """Minutes after midnight of ``10:30``, ``9:05:00``, ``0930`` or ``25:30``; None for anything else."""
    found = _clock().fullmatch(clock.strip())
    return int(found[1]) * _HOUR + int(found[2]) if found else None


def clock_of(minutes: int) -> str:
    """Minutes after midnight as a clock shows them: 570 and 2010 are ``9:30``."""
    return f"{minutes // _HOUR % 24}:{minutes % _HOUR:02}"


def whole_days(told: Told) -> Slot | None:
    """The slot of whole days, their last one included; None where the day is none."""
    try:
        first = date.fromisoformat(told.day)
        last = date.fromisoformat(told.end) if told.end else first
    except ValueError:
        return None
    return Slot(day=first, last_day=max(first, last), said=texts.clean(told.words[:200]))


@lru_cache(maxsize=256)
def lasts(said: str) -> timedelta | None:
    """How long an event takes; None for what is no duration, is nothing, or is more than a month.

    ``00:30``, ``5:59``, ``00:05:00`` (h:m:s), ``00:05:00:00`` (d:h:m:s), ``30`` (minutes), ``PT1H30M`` (ISO 8601) and the
    ``0.02000`` of pretalx's xCal, which is an hour, three digits of minutes and two of seconds.
    """
    for pattern in _durations():
        if found := pattern.fullmatch(said.strip()):
            parts = {unit: int(number) for unit, number in found.groupdict().items() if number}
            whole = timedelta(**parts)
            return whole if timedelta() < whole <= _LONGEST else None
    return None


def choose_zone(
    said: tuple[str, str], city: str, hints: Hints, dates: Sequence[datetime], warnings: list[str]
) -> tuple[str, str]:
    """The conference's zone and how it is known: the file's, ``--zone``, an earlier import's, the city's; else "" twice.

    ``said`` is the file's own zone and the words for where it says it, ``dates`` are its times with an offset: those stay
    right whatever the zone, so a zone that contradicts them is only warned of.
    """
    zone, words = said
    if zone and (meant := zone_named(zone, hints.zone or hints.known_zone, hints.now)) != zone:
        taken = f"was taken for {meant}" if meant else "does not exist and was not used"
        warnings.append(f"The file's time zone {shortly(zone)} {taken}.")
        zone = meant
    if zone and (offset := _unexplained(zone, dates)):
        if hints.zone and not _unexplained(hints.zone, dates):
            warnings.append(f"The file calls its zone {zone}, but its dates say {offset}, as {hints.zone} does.")
            return hints.zone, "--zone, which agrees with the dates of the file"
        warnings.append(
            f"The file calls its zone {zone}, but its dates say {offset}: the dates were taken; "
            "--zone says which clock the conference keeps."
        )
    elif zone and hints.zone and hints.zone != zone:
        warnings.append(f"The file says its zone, {zone}; --zone {hints.zone} was not used.")
    if zone:
        return zone, words
    known = hints.zone or hints.known_zone
    if known:
        if offset := _unexplained(known, dates):
            warnings.append(f"The dates of the file say {offset}, which {known} has not then; the dates were taken.")
        return known, "--zone" if hints.zone else "an earlier import of this conference"
    of_city = zone_of_city(city) if city else None
    return (of_city, f"the conference's city, {city}") if of_city else ("", "")


def zone_named(said: str, known: str | None = None, now: datetime | None = None) -> str:
    """The zone of the database that a file's own word for a zone means; "" where that is none, or could be several.

    Windows' names, offsets (``GMT+2`` is two hours ahead) and letters are known. ``EST``, ``MST`` and ``HST``, which the
    database has as zones of one offset all year, are the letters that people mean by them; ``known`` picks among the
    families that use them ``now``.
    """
    said = said.strip()
    if times.is_zone(said) and said not in ONE_OFFSET:
        return said
    from planner.ical.clocks import zone_of  # few files name their zone otherwise

    if said not in ONE_OFFSET and (found := zone_of(said)):
        return found
    line = scan(f"1 January 2000 9:00 {'UTC' * said.startswith(('+', '-'))}{said[:60]}")
    if line is None or line.before or (line.after and not line.letters):
        return ""
    if line.zone or line.offset is not None:
        return line.zone or fixed_zone(line.offset or 0) or ""
    try:
        about = datetime(now.year if now else 2000, 1, 1)  # without a place any year will do
        return choose(line.letters, about, known)[0] if line.letters else ""
    except (MissingFactsError, ReadError):
        return ""


def day_change(said: str, days: Sequence[tuple[str, str]], zone: str) -> int:
    """Minutes after midnight at which a day ends: as said, else when the latest of the days (start and end) ends."""
    change = minutes(said)
    if change is not None:
        return change if change <= _NOON else 0
    ends = [0]
    for start_said, end_said in days:
        start, end = moment(start_said), moment(end_said)
        if start and end and start.tzinfo and end.tzinfo:
            opens, closes = times.local(start, zone), times.local(end, zone)
            if closes.date() > opens.date():
                ends.append(-(-(closes.hour * _HOUR + closes.minute + (closes.second > 0)) // 5) * 5)  # 03:59:59 is 04:00
    return max((end for end in ends if end <= _NOON), default=0)


def goes_past_midnight(slots: Sequence[Slot], change: int, zone: str) -> bool:
    """Whether something is on between midnight and the minute at which days change.

    Some sites say 9:00 for every conference; where nobody is there at night, a day begins at midnight as everywhere.
    """
    for slot in slots:
        if slot.start is None:
            continue
        opens, closes = times.local(slot.start, zone), times.local(slot.end or slot.start, zone)
        if opens.hour * _HOUR + opens.minute < change or (closes.date() > opens.date() and (closes.hour or closes.minute)):
            return True
    return False


def year_of(slots: Sequence[Slot], zone: str, hints: Hints, warnings: list[str]) -> tuple[int | None, str]:
    """The year of the first slot, as the file's dates say it; ``--year`` cannot change that."""
    starts = [slot.start for slot in slots if slot.start]
    if not starts:
        return None, ""
    first, last = times.local(min(starts), zone).year, times.local(max(starts), zone).year
    if hints.year and hints.year_from == "--year" and not first <= hints.year <= last:
        warnings.append(f"The dates of the file are in {first}; --year {hints.year} was not used.")
    return first, "the dates of the file"


def _unexplained(zone: str, dates: Sequence[datetime]) -> str:
    """The first offset among the dates that clocks in the zone do not have then, ``UTC+01:00``; UTC's fits any zone."""
    here = times.zone(zone)
    for at in dates:
        offset = at.utcoffset()
        if offset and _OLDEST <= at.year <= _LAST and at.astimezone(here).utcoffset() != offset:
            return str(at.tzinfo)
    return ""


@lru_cache(maxsize=1)
def _clock() -> re.Pattern[str]:
    return re.compile(r"([0-4]?[0-9]):?([0-5][0-9])(?::[0-5][0-9])?", re.ASCII)


@lru_cache(maxsize=1)
def _durations() -> tuple[re.Pattern[str], ...]:
    """The shapes of a duration, their groups named as :class:`datetime.timedelta` names its units."""
    clock = r"(?:T(?:(?P<hours>[0-9]{1,3})H)?(?:(?P<minutes>[0-9]{1,5})M)?(?:(?P<seconds>[0-9]{1,6})S)?)?"
    return tuple(
        re.compile(shape)
        for shape in (
            r"(?:(?:(?P<days>[0-9]{1,3}):)?(?P<hours>[0-9]{1,3}):(?P<minutes>[0-9]{1,3}):(?P<seconds>[0-9]{1,2}))",
            r"(?P<hours>[0-9]{1,3}):(?P<minutes>[0-9]{1,3})",
            r"(?P<minutes>[0-9]{1,5})(?:\s?(?:m|min|mins|minutes?|Minuten)\.?)?",
            r"(?P<seconds>[0-9]{1,6})\s?(?:s|secs?|seconds?)",
            r"(?P<hours>[0-9]{1,2})\s?(?:h|hrs?|hours?|Stunden?)\.?(?:,?\s?(?:and\s)?(?P<minutes>[0-9]{1,2})\s?(?:m|min|mins|minutes?)?\.?)?",
            r"(?P<hours>[0-9]{1,3})\.(?P<minutes>[0-9]{3})(?P<seconds>[0-9]{2})",
            r"P(?:(?P<weeks>[0-9]{1,2})W)?(?:(?P<days>[0-9]{1,3})D)?" + clock,
        )
    )
