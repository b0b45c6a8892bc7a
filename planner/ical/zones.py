"""VTIMEZONE (RFC 5545 3.6.5) for the instants of one calendar, and which instants may be written with a TZID at all.

Outlook keeps one yearly pair of changes and reads only an RRULE of month and weekday, never an RDATE list. So a zone is
written as one STANDARD and at most one DAYLIGHT that hold for the years used, every instant is read back through them, and
what they would show wrong is for UTC.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from planner import times
from planner.ical.lines import value
from planner.values import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import tzinfo

    from icalendar import Component

MARGIN = timedelta(hours=3)
"""So near to a change of the clocks an instant is written in UTC: readers differ about which side it is on."""

FIRST_YEAR, LAST_YEAR = 1970, 2037
"""The years in which every zone database speaks; RFC 5545 and the 32-bit half of zone files know no others."""

_NEIGHBOURS = 5  # years either side of one used, to tell "the fourth Sunday" from "the last"
_DAY = timedelta(days=1)


class Rule(NamedTuple):
    """A day of each year: the ``nth`` (1 to 4, or -1 for the last) ``weekday`` (0 is Monday) of ``month``."""

    month: int
    weekday: int
    nth: int

    def day(self, year: int) -> date:
        """The day that it falls on in a year."""
        if self.nth > 0:
            first = date(year, self.month, 1)
            return first + _DAY * ((self.weekday - first.weekday()) % 7 + 7 * (self.nth - 1))
        last = date(year + self.month // 12, self.month % 12 + 1, 1) - _DAY
        return last - _DAY * ((last.weekday() - self.weekday) % 7)

    def __str__(self) -> str:
        """The RRULE of RFC 5545 3.3.10, in the form that Outlook reads."""
        return f"FREQ=YEARLY;BYMONTH={self.month};BYDAY={self.nth}{('MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU')[self.weekday]}"


class Observance(NamedTuple):
    """A STANDARD or DAYLIGHT: from ``onset`` (wall clock before it) on, and each year by ``rule``, ``after`` holds.

    ``before`` and ``after`` are offsets from UTC in whole minutes; an observance without a rule holds for ever.
    """

    daylight: bool
    onset: datetime
    before: int
    after: int
    name: str
    rule: Rule | None = None

    def last_onset(self, wall: datetime) -> datetime | None:
        """The last time, not later than a wall clock, that it came into force; None where it had not yet."""
        if self.rule is None:
            return self.onset if self.onset <= wall else None
        for year in (wall.year, wall.year - 1):
            onset = datetime.combine(self.rule.day(year), self.onset.time())
            if self.onset <= onset <= wall:
                return onset
        return None


class _Change(NamedTuple):
    """A change of the clocks: the instant, the offsets in minutes on both sides, the letters after it."""

    at: datetime
    before: int
    after: int
    name: str

    @property
    def onset(self) -> datetime:
        """The wall clock, by the old offset, at which it happens."""
        return (self.at + timedelta(minutes=self.before)).replace(tzinfo=None)


def has_tzid(name: str) -> bool:
    """Whether the zone can be named in a calendar: an area and a place, not letters (``EST``), not ``Etc`` with its signs."""
    return "/" in name and not name.startswith("Etc/")


def steady(at: datetime, name: str) -> bool:
    """Whether all databases on this machine give the instant one and the same offset, with no change of clocks near.

    False outside the years that all of them know, and for offsets that are not whole minutes.
    """
    if not FIRST_YEAR < at.year < LAST_YEAR:
        return False
    moments = (at - MARGIN, at, at + MARGIN)
    offsets = {moment.astimezone(database).utcoffset() for database in _databases(name) for moment in moments}
    offset = offsets.pop()
    if offsets or offset is None or offset % timedelta(minutes=1):
        return False
    here = times.zone(name)
    wall = at.astimezone(here)
    return all(wall.replace(fold=fold).astimezone(UTC) == at for fold in (0, 1))


def observances(name: str, instants: Iterable[datetime]) -> tuple[Observance, ...]:
    """The STANDARD, and DAYLIGHT where there is one, for the years in which the instants are.

    That is the yearly pair of changes of these years, where they have one by month and weekday; one observance for ever
    where the clocks do not change in them; else what is right on most of their days. The instants themselves have no say:
    a server that keeps one calendar a talk may read all of them through the zone of the first (Radicale does).
    """
    here = times.zone(name)
    return _of_years(name, tuple(sorted({at.astimezone(here).year for at in instants})))


@lru_cache(maxsize=256)
def _of_years(name: str, years: tuple[int, ...]) -> tuple[Observance, ...]:
    """The observances for some years."""
    if any(_changes(name, year) for year in years):
        whole = _pair(name, years)
        if whole:
            return whole
    here = times.zone(name)
    noons = [datetime(year, 1, 1, 12, tzinfo=UTC) + day * _DAY for year in years for day in range(366)]
    offsets = dict.fromkeys(sorted((_minutes(at, here), at.astimezone(here).tzname() or "") for at in noons))
    candidates = [pair for year in years if (pair := _pair(name, [year]))]
    candidates += [_forever(offset, letters) for offset, letters in offsets]
    return max(candidates, key=lambda made: sum(reads_right(made, at, name) for at in noons), default=())


def reads_right(made: Sequence[Observance], at: datetime, name: str) -> bool:
    """Whether the instant's wall clock, read through the observances, is the instant again."""
    return read_back(made, at.astimezone(times.zone(name)).replace(tzinfo=None, fold=0)) == at


def read_back(made: Sequence[Observance], wall: datetime) -> datetime | None:
    """The instant at which a clock that follows the observances shows ``wall``; None before the first of them."""
    onsets = [(onset, one.after) for one in made if (onset := one.last_onset(wall)) is not None]
    if not onsets:
        return None
    _, offset = max(onsets)
    return wall.replace(tzinfo=UTC) - timedelta(minutes=offset)


def component(name: str, made: Sequence[Observance]) -> Component:
    """The VTIMEZONE as a component of the icalendar library."""
    import icalendar  # 50 ms; only a calendar needs it

    zone = icalendar.Timezone()
    zone["TZID"] = value(name)
    for one in made:
        part = icalendar.TimezoneDaylight() if one.daylight else icalendar.TimezoneStandard()
        part["DTSTART"] = value(one.onset.strftime("%Y%m%dT%H%M%S"))
        part["TZOFFSETFROM"] = value(_signed(one.before))
        part["TZOFFSETTO"] = value(_signed(one.after))
        if one.rule is not None:
            part["RRULE"] = value(str(one.rule))
        if one.name:
            part["TZNAME"] = value(one.name)
        zone.add_component(part)
    return zone


@lru_cache(maxsize=64)
def _databases(name: str) -> tuple[tzinfo, ...]:
    """The zone in every database of this machine, ours first."""
    return (times.zone(name), *times.other_databases(name))


def _minutes(at: datetime, here: tzinfo) -> int:
    """The offset from UTC at an instant, in minutes."""
    return (at.astimezone(here).utcoffset() or timedelta()) // timedelta(minutes=1)


def _signed(minutes: int) -> str:
    """An offset as RFC 5545 3.3.14 writes it; zero has a plus."""
    hours, rest = divmod(abs(minutes), 60)
    return f"{'-' if minutes < 0 else '+'}{hours:02}{rest:02}"


@lru_cache(maxsize=1024)
def _changes(name: str, year: int) -> tuple[_Change, ...]:
    """Every change of the offset in a year of local time, to the second, found by halving the days that differ."""
    here = times.zone(name)
    found = []
    start = datetime(year, 1, 1, tzinfo=UTC) - _DAY
    for day in range(368):
        low = start + day * _DAY
        high = low + _DAY
        before, after = _minutes(low, here), _minutes(high, here)
        if before == after:
            continue
        while high - low > timedelta(seconds=1):
            middle = (low + (high - low) / 2).replace(microsecond=0)
            low, high = (middle, high) if _minutes(middle, here) == before else (low, middle)
        change = _Change(high, before, after, high.astimezone(here).tzname() or "")
        if change.onset.year == year:
            found.append(change)
    return tuple(found)


@lru_cache(maxsize=256)
def _year_pair(name: str, year: int) -> tuple[_Change, _Change] | None:
    """The change forward and the change back of a year that has exactly these two."""
    changes = _changes(name, year)
    ups = [change for change in changes if change.after > change.before]
    downs = [change for change in changes if change.after < change.before]
    return (ups[0], downs[0]) if len(ups) == len(downs) == 1 else None


def _pair(name: str, years: Sequence[int]) -> tuple[Observance, ...]:
    """STANDARD and DAYLIGHT with the rules that all the years follow; nothing where they do not follow any."""
    pairs = [_year_pair(name, year) for year in years]
    made = []
    for daylight in (False, True):
        series = [pair[0 if daylight else 1] for pair in pairs if pair is not None]
        first = series[0] if series else None
        if first is None or len(series) < len(years):
            return ()
        if any(_shape(change) != _shape(first) for change in series):
            return ()
        rule = _rule(name, series, daylight=daylight)
        if rule is None:
            return ()
        onset = datetime.combine(rule.day(years[0] - 1), first.onset.time())
        made.append(Observance(daylight, onset, first.before, first.after, first.name, rule))
    standard, summer = made
    return _since(name, years[0], made) if standard.before == summer.after and standard.after == summer.before else ()


def _since(name: str, year: int, made: list[Observance]) -> tuple[Observance, ...]:
    """The same observances from the first of the years before ``year`` that follow them without a break.

    A server may read all of its calendars through the first VTIMEZONE of a name that it met (Radicale does): ours must be
    right for more than our own talks.
    """
    while year > FIRST_YEAR and _follow(name, year - 1, made):
        year -= 1
    begun = ((one, one.rule.day(year)) for one in made if one.rule is not None)
    return tuple(one._replace(onset=min(one.onset, datetime.combine(day, one.onset.time()))) for one, day in begun)


def _follow(name: str, year: int, made: list[Observance]) -> bool:
    """Whether the clocks of a year went by the observances: their changes to the second, else every 25 days."""
    here = times.zone(name)
    early = []
    for one in made:
        if one.rule is not None:
            wall = datetime.combine(one.rule.day(year), one.onset.time(), UTC)
            at = wall - timedelta(minutes=one.before)
            if (_minutes(at - timedelta(seconds=1), here), _minutes(at, here)) != (one.before, one.after):
                return False
            early.append(one._replace(onset=datetime.combine(one.rule.day(year - 1), one.onset.time())))
    noons = (datetime(year, 1, 1, 12, tzinfo=UTC) + day * _DAY for day in range(0, 366, 25))  # Ramadan's are 30
    return all(reads_right(early, at, name) for at in noons)


def _shape(change: _Change) -> tuple[int, int, object]:
    """What stays the same from year to year: both offsets and the time of day."""
    return change.before, change.after, change.onset.time()


def _rule(name: str, series: list[_Change], *, daylight: bool) -> Rule | None:
    """The rule that gives every change of the series; of two, the one that more of the years around follow too."""
    fitting = set.intersection(*(_rules(change.onset.date()) for change in series))
    if len(fitting) < 2:  # noqa: PLR2004  (one or none leaves no choice)
        return fitting.pop() if fitting else None
    around: dict[Rule, int] = dict.fromkeys(sorted(fitting), 0)
    for year in range(series[0].onset.year - _NEIGHBOURS, series[-1].onset.year + _NEIGHBOURS + 1):
        pair = _year_pair(name, year)
        if pair is not None:
            day = pair[0 if daylight else 1].onset.date()
            for rule in around:
                around[rule] += rule.day(year) == day
    return max(around, key=lambda rule: around[rule])


def _rules(day: date) -> set[Rule]:
    """The rules by which a yearly change may fall on a day: its place in the month, counted from either end."""
    found = set()
    nth = (day.day - 1) // 7 + 1
    if nth < 5:  # noqa: PLR2004  (many months have no fifth of a weekday)
        found.add(Rule(day.month, day.weekday(), nth))
    if (day + 7 * _DAY).month != day.month:
        found.add(Rule(day.month, day.weekday(), -1))
    return found


def _forever(minutes: int, letters: str) -> tuple[Observance, ...]:
    """One observance for all times."""
    return (Observance(daylight=False, onset=datetime(1970, 1, 1), before=minutes, after=minutes, name=letters),)
