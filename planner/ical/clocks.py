"""What the TZID of a calendar means (RFC 5545 3.2.19): a zone of the database where it can be known, else the file's rules.

One zone database for everything: where a file's VTIMEZONE and the database call different instants by one name, the database
wins, and the difference is said. A TZID is only ever looked up in a list of names; it never becomes part of a path.
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import UTC, datetime, timedelta
from functools import cache, lru_cache

from planner import times
from planner.errors import MissingFactsError, ReadError
from planner.values import NamedTuple, re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import tzinfo

    from planner.ical.scan import Block
    from planner.ical.zones import Rule

FIRST_YEAR, LAST_YEAR = 1900, 2200
"""The years of which a calendar's time can be meant, and in which every zone and every end can be computed."""

_LONGEST_NAME = 200  # signs of a TZID that can be a name; Exchange's longest has 70
_NO_NAMES = frozenset({"Factory", "localtime"})  # names of the database that say nothing
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_RULE_PARTS = frozenset({"FREQ", "BYMONTH", "BYDAY", "BYMONTHDAY", "UNTIL", "INTERVAL", "WKST", "COUNT"})
_TIME_PARTS = (("BYHOUR", "hour"), ("BYMINUTE", "minute"), ("BYSECOND", "second"))
_OFFSET = r"([+-])([0-9]{2}):?([0-9]{2}):?([0-9]{2})?"
_DATE = r"([0-9]{4})([0-9]{2})([0-9]{2})(?:T([0-9]{2})([0-9]{2})([0-9]{2}))?"
_SHOWN_AS = r"\((?:UTC|GMT)(?:([+-])([0-9]{1,2}):?([0-9]{2}))?\)\s*(\S.*)"
_NAMED_OFFSET = r"(?:GMT|UTC)([+-])([0-9]{2}):?00"
_AMERICAN = {
    "atlantic time": "America/Halifax",
    "eastern time": "America/New_York",
    "central time": "America/Chicago",
    "mountain time": "America/Denver",
    "pacific time": "America/Los_Angeles",
    "alaska": "America/Anchorage",
    "hawaii": "Pacific/Honolulu",
    "arizona": "America/Phoenix",
}


class Clock(NamedTuple):
    """How a TZID's wall clocks are read: by the zone ``name`` of the database, else (name None) by the file's own ``rules``.

    Both are there where the file describes a zone that the database knows.
    """

    tzid: str
    name: str | None
    rules: Rules | None = None

    def instant(self, wall: datetime) -> tuple[datetime, str]:
        """The instant in UTC at which the clock shows a naive wall time, and a warning without its stop, or "".

        Raises ReadError for a day that the zone left out or a year beyond the calendar.
        """
        try:
            if self.name is None:
                return self.rules.instant(wall) if self.rules else (wall.replace(tzinfo=UTC), "")
            at, warning = by_database(wall, self.name)
        except (OverflowError, ValueError):
            raise ReadError(f"The year {wall.year} is beyond the calendar; check the date.") from None
        if minutes := self._difference(wall, at):
            warning = (
                f"The file's own rules for {self.name} differ by {minutes} minutes from the zone database, which was taken"
            )
        return at, warning.rstrip(".")

    def _difference(self, wall: datetime, at: datetime) -> int:
        """The minutes by which the file's rules miss the instant; 0 where it has none that speak of it."""
        try:
            return 0 if self.rules is None else abs(self.rules.instant(wall)[0] - at) // timedelta(minutes=1)
        except (OverflowError, ValueError):
            return 0

    def wall(self, at: datetime) -> datetime:
        """What the clock shows at an instant: a naive wall time. Raises OverflowError beyond the calendar's years."""
        if self.name is not None:
            return at.astimezone(times.zone(self.name)).replace(tzinfo=None)
        utc = at.astimezone(UTC).replace(tzinfo=None)
        return utc + self.rules.offset_at(utc) if self.rules else utc


def by_database(wall: datetime, name: str) -> tuple[datetime, str]:
    """The instant of a wall clock in a zone of the database, and a warning or ""; two offsets at once are left to `times`."""
    here = times.zone(name)
    offset = _offset(wall, here, 0)
    if offset == _offset(wall, here, 1):
        return (wall - offset).replace(tzinfo=UTC), ""
    return times.instant(wall, name)


def clocks(zones: Iterable[Block]) -> dict[str, Clock]:
    """The clock of each VTIMEZONE of a calendar, by its TZID; one without a known name or readable rules is left out."""
    found: dict[str, Clock] = {}
    for block in zones:
        tzids = block.properties.get("TZID", [])
        if len(tzids) == 1:  # a block with two names is two zones mixed up
            tzid = tzids[0].value.strip()
            name = zone_of(tzid) or zone_of(block.value("X-LIC-LOCATION"))
            rules = _rules(block)
            if rules and name and "/" not in name and name not in {"UTC", "GMT"}:
                name = None  # EST, CET: letters that people use for zones of many rules; here the file says which
            if name or rules:
                found.setdefault(tzid, Clock(tzid, name, rules))
    return found


@lru_cache(maxsize=1024)
def zone_of(tzid: str) -> str | None:
    """The zone of the database that a TZID names, or None.

    Known are the database's own names (in any case, with ``_`` for the first ``/``, behind the prefixes of Mozilla, Evolution
    and others), Windows' names, the words in which Windows shows a zone: ``(UTC-05:00) Eastern Time (US & Canada)``, and
    offsets of whole hours with their minutes: ``GMT+0900`` (not ``GMT+9``, whose sign POSIX turns round).
    """
    tzid = tzid.strip().strip('"')
    if not tzid or len(tzid) > _LONGEST_NAME:
        return None
    if tzid not in _NO_NAMES and times.is_zone(tzid):
        return tzid  # as most files write it: no list of names is needed
    names = _names()
    pieces = tzid.casefold().split("/")
    for first in range(max(len(pieces) - 3, 0), len(pieces) - 1):
        if found := names.get("/".join(pieces[first:])):
            return found
    if found := names.get(tzid.casefold()) or names.get(tzid.casefold().replace("_", "/", 1)):
        return found
    shown = re.fullmatch(_SHOWN_AS, tzid)
    if shown is None:
        return _by_offset(tzid) or names.get(_windows().get(tzid, "").casefold())
    hours, minutes = int(shown[2] or 0), int(shown[3] or 0)
    offset = timedelta(hours=hours, minutes=minutes) * (-1 if shown[1] == "-" else 1)
    return _by_cities(shown[4], offset)


def zone_of_letters(tzid: str, wall: datetime, known: str | None) -> str | None:
    """The zone that people mean by letters (``EST``, ``PDT``) where no VTIMEZONE says it, or None for others.

    ``known`` picks where several use them about the time ``wall``. The database's own ``EST`` keeps one offset all year,
    an hour off in summer.
    """
    from planner.dates.letters import ONE_OFFSET, choose  # few calendars have letters for a zone

    if times.is_zone(tzid) and tzid not in ONE_OFFSET:
        return None
    try:
        return choose(tzid, wall, known)[0]
    except (MissingFactsError, ReadError):
        return None


@cache
def _names() -> dict[str, str]:
    """The names of the database by their small letters; ``Factory`` and its like say nothing."""
    return {name.casefold(): name for name in times.zone_names() if name not in _NO_NAMES}


@cache
def _windows() -> Mapping[str, str]:
    """Windows' names of zones and those of the database, as Unicode's CLDR pairs them."""
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON  # 50 ms; only for a TZID that is no zone's name

    return WINDOWS_TO_OLSON


def _by_offset(tzid: str) -> str | None:
    """The zone with an offset for ever that ``GMT+0900`` or ``UTC-05:00`` names; None for anything else."""
    found = re.fullmatch(_NAMED_OFFSET, tzid)
    hours = int(f"{found[1]}{found[2]}") if found else 99
    return (f"Etc/GMT{-hours:+}" if hours else "UTC") if -12 <= hours <= 14 else None  # noqa: PLR2004  (those that exist)


def _by_cities(words: str, offset: timedelta) -> str | None:
    """The zone of the first city in ``Canberra, Melbourne, Sydney`` that has one, if its winter time has the offset said."""
    plain = words.casefold().partition(" (")[0]
    known = _AMERICAN.get(plain)
    cities = {} if known else _cities()
    found = [known] if known else [cities[city] for piece in plain.split(",") if (city := piece.strip()) in cities]
    for name in found:
        here = times.zone(name)
        if min(_offset(datetime(2024, month, 1), here, 0) for month in (1, 7)) == offset:
            return name
    return None


@cache
def _cities() -> dict[str, str]:
    """The database's zones by the city in their name."""
    return {times.city(name).casefold(): name for name in times.zone_names() if name.count("/")}


class _Change(NamedTuple):
    """A change of the clocks: the instant in UTC (naive), and the offsets before and after it."""

    at: datetime
    before: timedelta
    after: timedelta


class _Observance(NamedTuple):
    """A STANDARD or DAYLIGHT: its offsets, its single onsets in order, and its yearly rule with the years it holds in."""

    before: timedelta
    after: timedelta
    onsets: tuple[datetime, ...]
    yearly: _Yearly | None = None

    def changes(self, year: int) -> list[_Change]:
        """Those that can matter to a wall clock of that year: in the years around it, and the last one before them."""
        found = [onset for onset in self._single(year) if onset.year <= year + 1]
        if self.yearly:
            found += [onset for one in self.yearly.years(year) if (onset := self.yearly.onset(one)) is not None]
        return [_Change(_utc(onset, self.before), self.before, self.after) for onset in found]

    def _single(self, year: int) -> Sequence[datetime]:
        """The single onsets from the last one before the year on."""
        at = bisect_right(self.onsets, datetime(max(year - 1, 1), 1, 1))
        return self.onsets[max(at - 1, 0) :]


class _Yearly(NamedTuple):
    """A yearly onset: on a day by weekday (``rule``), or on a weekday among days of a month, from ``start`` to ``until``."""

    start: datetime
    until: datetime
    every: int
    rule: Rule | None
    month: int
    weekday: int | None
    days: tuple[int, ...]

    def years(self, year: int) -> list[int]:
        """The years with an onset that can matter in ``year``, at most four."""
        first, last = self.start.year, min(self.until.year, year + 1)
        if last < first:
            return []
        newest = last - (last - first) % self.every
        return [one for one in range(newest, max(first, newest - 3 * self.every) - 1, -self.every) if one >= first]

    def onset(self, year: int) -> datetime | None:
        """The wall clock at which it comes into force in a year, or None."""
        day = self._day(year)
        if day is None:
            return None
        onset = datetime.combine(day, self.start.time())
        return onset if self.start <= onset <= self.until else None

    def _day(self, year: int) -> datetime | None:
        if self.rule is not None:
            return datetime.combine(self.rule.day(year), datetime.min.time())
        for number in self.days:
            try:
                day = datetime(year, self.month, number)
            except ValueError:  # the 30th of February
                continue
            if self.weekday is None or day.weekday() == self.weekday:
                return day
        return None


class Rules:
    """The observances of one VTIMEZONE (RFC 5545 3.6.5)."""

    def __init__(self, observances: Sequence[_Observance]) -> None:
        self.observances = observances
        self._known: dict[int, list[_Change]] = {}

    def instant(self, wall: datetime) -> tuple[datetime, str]:
        """The instant of a wall clock, and a warning: a skipped time takes the offset before, of two the first counts."""
        offsets = self._offsets(wall)
        fitting = [at for offset in offsets if self.offset_at(at := wall - offset) == offset]
        if not fitting:
            return (wall - offsets[0]).replace(tzinfo=UTC), "A time that the file's own zone skips was read as if it did not"
        warning = "Of a time that comes twice in the file's own zone the first was taken" if len(fitting) > 1 else ""
        return min(fitting).replace(tzinfo=UTC), warning

    def _offsets(self, wall: datetime) -> list[timedelta]:
        """The offsets that may hold at a wall clock, in the order in which they came."""
        changes = self._changes(wall.year)
        near = [change for change in changes if abs(change.at - wall) <= timedelta(days=2)]
        if not near:
            return [self.offset_at(wall)]
        return list(dict.fromkeys(offset for change in near for offset in (change.before, change.after)))

    def offset_at(self, at: datetime) -> timedelta:
        """The offset at an instant (UTC, naive)."""
        changes = self._changes(at.year)
        before = [change for change in changes if change.at <= at]
        return before[-1].after if before else changes[0].before

    def _changes(self, year: int) -> list[_Change]:
        if year not in self._known:
            found = sorted(change for one in self.observances for change in one.changes(year))
            self._known[year] = found or [min(_Change(one.onsets[0], one.before, one.after) for one in self.observances)]
        return self._known[year]


def _rules(block: Block) -> Rules | None:
    """The rules of a VTIMEZONE, or None where one of its parts cannot be read: half of a zone's rules is no zone."""
    made = []
    for part in block.parts:
        if part.name in {"STANDARD", "DAYLIGHT"}:
            try:
                made.append(_observance(part))
            except (ValueError, OverflowError, KeyError):
                return None
    return Rules(made) if made else None


def _observance(part: Block) -> _Observance:
    """Raises ValueError, OverflowError or KeyError for one that cannot be read."""
    start = _wall(part.value("DTSTART"))
    before, after = (_said_offset(part.value(name)) for name in ("TZOFFSETFROM", "TZOFFSETTO"))
    singles = [_wall(one) for said in part.properties.get("RDATE", []) for one in said.value.split(",")]
    rules = part.properties.get("RRULE", [])
    if len(rules) > 1:
        raise ValueError
    yearly = _yearly(rules[0].value, start, before) if rules else None
    onsets = tuple(sorted({*singles, start}))
    return _Observance(before, after, onsets, yearly)


def _yearly(said: str, start: datetime, before: timedelta) -> _Yearly:
    """A yearly RRULE of a VTIMEZONE; raises ValueError or KeyError for one of another kind."""
    from planner.ical.zones import Rule  # what a calendar in UTC needs none of

    rule = dict(piece.strip().upper().split("=", 1) for piece in said.strip().strip(";").split(";"))
    month = int(rule.get("BYMONTH", start.month))
    for part, unit in _TIME_PARTS:  # Lotus Notes says the onset's time once more
        if int(rule.pop(part, getattr(start, unit))) != getattr(start, unit):
            raise ValueError
    if rule["FREQ"] != "YEARLY" or not rule.keys() <= _RULE_PARTS or not 1 <= month <= 12:  # noqa: PLR2004  (months)
        raise ValueError
    until = datetime(9999, 12, 31)
    if "UNTIL" in rule:
        until = _wall(rule["UNTIL"].removesuffix("Z"))
        until += before if rule["UNTIL"].endswith("Z") else timedelta(days="T" not in rule["UNTIL"])
    every = int(rule.get("INTERVAL", 1))
    if "COUNT" in rule:
        until = min(until, datetime(start.year + every * (int(rule["COUNT"]) - 1), 12, 31, 23, 59))
    days = tuple(int(day) for day in rule.get("BYMONTHDAY", "").split(",") if day)
    nth, day = rule.get("BYDAY", "").strip()[:-2], rule.get("BYDAY", "").strip()[-2:]
    weekday = _DAYS.index(day) if day else None
    if weekday is not None and not days:
        number = int(nth or "1")
        if not (-1 <= number <= 4 and number):  # noqa: PLR2004  (a fifth Sunday is no yearly rule)
            raise ValueError
        return _Yearly(start, until, max(every, 1), Rule(month, weekday, number), month, weekday, ())
    return _Yearly(start, until, max(every, 1), None, month, weekday, days or (start.day,))


def _utc(onset: datetime, before: timedelta) -> datetime:
    """An onset in UTC; those of the year 1, as some programs write, stay inside the calendar."""
    try:
        return onset - before
    except OverflowError:
        return onset


def _wall(said: str) -> datetime:
    """A DATE-TIME or DATE without a zone; raises ValueError."""
    found = re.fullmatch(_DATE, said.strip().removesuffix("Z"))
    if found is None:
        raise ValueError
    return datetime(*(int(piece or 0) for piece in found.groups()))  # type: ignore[arg-type]  # year to second


def _said_offset(said: str) -> timedelta:
    """An offset from UTC as RFC 5545 3.3.14 writes it; raises ValueError for one that is none, or a day and more."""
    found = re.fullmatch(_OFFSET, said.strip())
    if found is None or int(found[2]) > 23:  # noqa: PLR2004  (hours)
        raise ValueError
    offset = timedelta(hours=int(found[2]), minutes=int(found[3]), seconds=int(found[4] or 0))
    return -offset if found[1] == "-" else offset


def _offset(wall: datetime, here: tzinfo, fold: int) -> timedelta:
    return wall.replace(tzinfo=here, fold=fold).utcoffset() or timedelta()
