"""A person's own calendar as busy time: every occurrence of every entry that takes time, within stretches of days.

Rules are followed by recurring_ical_events (74 ms to import; only for entries that repeat), one series at a time and on naive
wall clocks, so that a broken or hostile series spoils nothing but itself and one zone database decides what the clocks mean.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from time import monotonic

from planner.errors import ReadError
from planner.ical.clocks import Clock
from planner.ical.read import entries
from planner.ical.rules import checked
from planner.ical.scan import Notes
from planner.model import Busy
from planner.text import clean
from planner.values import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from icalendar import Event

    from planner.ical.read import Entry, Moment
    from planner.ical.rules import Rule

    Stretch = tuple[datetime, datetime]

MOST = 20_000
"""So many busy times are taken from one file: a person who is busy every hour has 8,800 a year.

A series may have as many times added, left out and changed.
"""

MOST_DAYS = 400_000
"""A series is followed over so many days at most, times how often it can fall on one: about a second's work."""

MOST_RULES = 4
"""Rules of one series; the standard asks for one at most, and one that never falls takes half a second until the year 9999."""

PATIENCE = 10.0
"""Seconds after which no further series is followed."""


class BusyTimes(NamedTuple):
    """What a calendar takes of the stretches asked for, in order, each a start, an end and the entry's own words.

    ``held`` counts the file's entries; of them ``free`` are transparent or cancelled, ``all_day`` whole days that were not
    asked for, ``moments`` without length. Warnings are sentences with lines.
    """

    times: tuple[Busy, ...] = ()
    held: int = 0
    free: int = 0
    all_day: int = 0
    moments: int = 0
    warnings: tuple[str, ...] = ()


class _Series(NamedTuple):
    """An entry and the entries that change single occurrences of it; no entry where the file has only the changes."""

    entry: Entry | None
    changes: tuple[Entry, ...]


def busy_times(
    data: bytes,
    name: str,
    *,
    zone: str,
    stretches: Sequence[Stretch],
    all_day: bool = False,
    patience: float = PATIENCE,
) -> BusyTimes:
    """The busy times of a calendar file that touch one of the stretches (half-open, UTC).

    ``zone`` is the user's: times without a zone are read in it, and so are days where ``all_day`` asks for them. Cancelled and
    transparent entries are not busy, nor is what has no length. An entry that cannot be read or followed is named in a
    warning, and the others count. Raises ReadError for bytes that hold no calendar.
    """
    calendar = entries(data, name)
    notes = Notes()
    read = _Read(notes, zone, calendar.zone, stretches)
    settled = [one for entry in calendar.entries if (one := read.settled(entry)) is not None]
    taken = [entry for entry in settled if not (calendar.cancels or _is_free(entry))]
    whole_days = [entry for entry in taken if not isinstance(entry.start, datetime)]
    moments = [entry for entry in taken if isinstance(entry.start, datetime) and entry.end is None]
    unwanted = {id(entry) for entry in whole_days if not all_day}
    found: dict[Busy, None] = {}
    end = monotonic() + patience
    for series in _series(settled):
        if len(found) >= MOST:
            notes.add(f"The calendar is busy more than {MOST} times, and only those were taken", 0)
            break
        for entry, start, until in read.occurrences(series, follow=monotonic() < end):
            if not (calendar.cancels or _is_free(entry) or id(entry) in unwanted):
                found[Busy(start, until, clean(entry.summary) or "busy")] = None
    return BusyTimes(
        times=tuple(sorted(found)[:MOST]),
        held=len(calendar.entries),
        free=len(settled) - len(taken),
        all_day=0 if all_day else len(whole_days),
        moments=len(moments),
        warnings=(*calendar.warnings, *notes.warnings(data)),
    )


def _is_free(entry: Entry) -> bool:
    return entry.transparent or entry.status == "CANCELLED"


def _series(settled: Iterable[Entry]) -> Iterator[_Series]:
    """The entries by their series. A UID without changes may stand on many entries; of several versions the last counts."""
    by_uid: dict[str, list[Entry]] = {}
    for number, entry in enumerate(settled):
        by_uid.setdefault(entry.uid or f"\n{number}", []).append(entry)
    for group in by_uid.values():
        changes: dict[Moment, Entry] = {}
        for entry in group:
            if entry.replaces is not None and (
                entry.replaces not in changes or changes[entry.replaces].sequence < entry.sequence
            ):
                changes[entry.replaces] = entry
        wholes = [entry for entry in group if entry.replaces is None]
        version = max((entry.sequence for entry in wholes), default=0)
        kept = tuple(changes.values())
        for entry in wholes:
            if entry.sequence == version:
                yield _Series(entry, kept)
        if not wholes:
            # Lotus Notes writes a series as the change of one that it does not write.
            for entry in kept:
                yield _Series(entry if entry.onwards else None, () if entry.onwards else (entry,))


class _Read:
    """The reading of one file: its notes, the zones that naive times are read in, and the stretches asked for."""

    def __init__(self, notes: Notes, zone: str, calendar_zone: str | None, stretches: Sequence[Stretch]) -> None:
        self.notes = notes
        self.floating = Clock("", zone)
        self.invented = Clock("", calendar_zone or zone)
        self.stretches = stretches

    def settled(self, entry: Entry) -> Entry | None:
        """The entry with instants for its naive times, its end after its start or None; None without a start."""
        clock = entry.clock
        if clock is None and isinstance(entry.start, datetime):
            clock = self.invented if entry.tzid else self.floating
            if entry.tzid:
                self.notes.add(f"Times of a zone that is defined nowhere were read in {clock.name}", entry.line)
        clock = clock or self.floating
        try:
            start = None if entry.start is None else self._instant(entry.start, clock)
            end = None if entry.end is None else self._instant(entry.end, clock)
            settled = entry._replace(
                start=start,
                clock=clock,
                replaces=None if entry.replaces is None else self._instant(entry.replaces, clock),
                added=tuple(self._instant(at, clock) for at in entry.added),
                left_out=tuple(self._instant(at, clock) for at in entry.left_out),
                periods=tuple((self._instant(since, clock), self._instant(until, clock)) for since, until in entry.periods),
            )
        except (ReadError, OverflowError, ValueError):
            start, end, settled = None, None, entry
        if start is None:
            self.notes.add("An entry has no time that can be read and was left out", entry.line, entry.summary)
            return None
        if isinstance(start, datetime):
            if end is not None and end != start and not _after(end, start):
                self.notes.add("An entry ends before it starts and was left out", entry.line, entry.summary)
                return None
            return settled._replace(end=end if end != start else None)
        return settled._replace(end=end if _after(end, start) else start + timedelta(days=1))

    def _instant(self, at: Moment, clock: Clock) -> Moment:
        """A naive time as its instant; a date and an instant stay."""
        return clock.instant(at)[0] if isinstance(at, datetime) and at.tzinfo is None else at

    def occurrences(self, series: _Series, *, follow: bool) -> Iterator[tuple[Entry, datetime, datetime]]:
        """The occurrences of a series that touch a stretch: the entry that speaks for each, its start and its end."""
        entry, replaced = series.entry, {one.replaces for one in series.changes}
        repeats = entry is not None and bool(entry.rules or entry.added)
        if entry is not None and repeats and follow:
            found = self._followed(entry, series.changes)
            if found is not None:
                yield from found
                return
        elif repeats and entry is not None:
            self.notes.add("Following all series takes too long; of this one only its first time was taken", entry.line)
        for one in (*([entry] if entry is not None and entry.start not in replaced else []), *series.changes):
            yield from self._touching(one, one.start, one.end)

    def _followed(self, entry: Entry, changes: tuple[Entry, ...]) -> list[tuple[Entry, datetime, datetime]] | None:
        """The occurrences of an entry that repeats; None, with a note, where it cannot be followed."""
        clock, all_day = entry.clock or self.floating, not isinstance(entry.start, datetime)
        try:
            rules = [checked(said, wall=clock.wall, all_day=all_day) for said in entry.rules]
            for rule in rules:
                if rule.odd:
                    self.notes.add("A rule of repetition was followed without a part that means nothing", entry.line, rule.odd)
            if self._too_long(entry, changes, rules):
                self.notes.add("An entry repeats for too long, and only its first time was taken", entry.line, entry.summary)
                return None
            return list(self._expanded(entry, changes, rules, clock))
        except (ReadError, ValueError, ArithmeticError, LookupError, TypeError, AttributeError):  # what its library lets out
            said = "An entry repeats by a rule that cannot be followed, and only its first time was taken"
            self.notes.add(said, entry.line, "; ".join(entry.rules))
            return None

    def _too_long(self, entry: Entry, changes: tuple[Entry, ...], rules: Sequence[Rule]) -> bool:
        """Whether a series would be followed over too many days, falls too often in the stretches, or says too much."""
        if len(rules) > MOST_RULES or len(entry.added) + len(entry.left_out) + len(changes) > MOST:
            return True
        first = _noon(entry.start)
        last = max((until for _, until in self.stretches), default=first)
        asked = sum((until - since).days + 2 for since, until in self.stretches)
        return any(
            max((last - first).days, 0) * rule.a_day > MOST_DAYS or asked * rule.a_day / min(rule.days, 1) > MOST
            for rule in rules
        )

    def _expanded(
        self, entry: Entry, changes: tuple[Entry, ...], rules: Sequence[Rule], clock: Clock
    ) -> Iterator[tuple[Entry, datetime, datetime]]:
        """The occurrences by recurring_ical_events, made instants again; those of a change have its own."""
        import recurring_ical_events
        from icalendar import Calendar

        speakers = [entry, *changes]
        moved = {one.replaces for one in changes}  # also left out by EXDATE, as some programs write: it is where it went
        calendar = Calendar()
        for number, one in enumerate(speakers):
            told = one._replace(left_out=tuple(at for at in one.left_out if at not in moved))
            calendar.add_component(
                _component(number, told, rules if one is entry else (), clock, None if one is entry else entry)
            )
        query = recurring_ical_events.of(calendar)
        for since, until in self.stretches:
            margin = timedelta(days=2)  # no zone is further from another, and no clock changes by more
            for found in query.between(clock.wall(since) - margin, clock.wall(until) + margin):
                one = speakers[int(found["X-ENTRY"])]
                start, end = found["DTSTART"].dt, found["DTEND"].dt
                if one is not entry and start == _wall(one.start, clock):
                    yield from self._touching(one, one.start, one.end, (since, until))
                else:
                    begin, last = self._instant(start, clock), self._instant(end, clock)
                    if last <= begin:  # the clocks skip its start, so that it is later than its end
                        last = begin + (end - start)
                    yield from self._touching(one, begin, last, (since, until))

    def _touching(
        self, entry: Entry, start: Moment | None, end: Moment | None, *stretches: Stretch
    ) -> Iterator[tuple[Entry, datetime, datetime]]:
        """The entry at that time, if it touches a stretch; days last from midnight to midnight in the user's zone."""
        begin, until = self._midnight(start), self._midnight(end)
        if begin is None or until is None or begin >= until:
            return
        if any(begin < last and first < until for first, last in stretches or self.stretches):
            yield entry, begin, until

    def _midnight(self, at: Moment | None) -> datetime | None:
        """An instant; a day's is its first in the user's zone."""
        if at is None or isinstance(at, datetime):
            return at
        return self.floating.instant(datetime(at.year, at.month, at.day))[0]


def _component(number: int, entry: Entry, rules: Sequence[Rule], clock: Clock, series: Entry | None) -> Event:
    """An entry as recurring_ical_events reads it: numbered, on the naive wall clock of its series, with checked rules.

    ``series`` is the entry that it changes one time of, None where it is the series itself.
    """
    from icalendar import Event, vRecur

    event = Event()
    event.add("uid", "series")
    event.add("x-entry", str(number))
    event.add("sequence", entry.sequence)
    event.add("dtstart", _wall(entry.start, clock))
    event.add("dtend", _last(entry, clock))
    if series is not None:
        event.add("recurrence-id", _of_series(entry.replaces, series, clock))
        if entry.onwards:
            event["RECURRENCE-ID"].params["RANGE"] = "THISANDFUTURE"
        return event
    for rule in rules:
        event.add("rrule", vRecur.from_ical(rule.text))
    longer = {since: until for since, until in entry.periods if _after(until, since)}
    for at in entry.added:
        start, until = _of_series(at, entry, clock), _wall(longer.get(at), clock)
        event.add("rdate", [start if until is None else (start, until)])
    for at in entry.left_out:
        event.add("exdate", [_wall(at, clock) if isinstance(entry.start, datetime) else _of_series(at, entry, clock)])
    return event


def _last(entry: Entry, clock: Clock) -> Moment | None:
    """Where the first of a series ends on its clock, from which the length of all is taken.

    By the DURATION where it has one: the first may lie over a change of clocks, where the wall shows another length.
    """
    start = _wall(entry.start, clock)
    if entry.lasts is not None and isinstance(start, datetime) and entry.end is not None:
        return start + entry.lasts
    return _wall(entry.end, clock) if entry.end is not None else start


def _of_series(at: Moment | None, series: Entry, clock: Clock) -> Moment | None:
    """A start as the series has them: a day in a series of days, on a series' clock the time of its day."""
    if not isinstance(series.start, datetime):
        return clock.wall(at).date() if isinstance(at, datetime) else at
    if at is None or isinstance(at, datetime):
        return _wall(at, clock)
    return datetime.combine(at, clock.wall(series.start).time())


def _wall(at: Moment | None, clock: Clock) -> Moment | None:
    """An instant as the series' clock shows it; a date stays."""
    return clock.wall(at) if isinstance(at, datetime) else at


def _noon(at: Moment | None) -> datetime:
    """An instant on or near a moment, to count days by."""
    if isinstance(at, datetime):
        return at
    return datetime(at.year, at.month, at.day, 12, tzinfo=UTC) if at is not None else datetime.max.replace(tzinfo=UTC)


def _after(end: Moment | None, start: Moment) -> bool:
    """Whether an end is after a start of the same kind."""
    if isinstance(end, datetime) != isinstance(start, datetime):
        return False
    return end is not None and end > start
