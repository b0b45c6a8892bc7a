"""Calendar bytes (RFC 5545) to entries: every VEVENT with its identity, its instants and its texts, as the file has them.

It reads by itself what the icalendar library reads, many times as fast and without raising on broken files; of the library
only the table of Windows' zone names is used. An entry that cannot be read whole keeps what can be read, and a warning names
its line.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from planner.errors import ReadError
from planner.ical import stamps
from planner.ical.clocks import FIRST_YEAR, LAST_YEAR, Clock, clocks, zone_of, zone_of_letters
from planner.ical.scan import Block, Notes, Property, blocks, params_of, shortly, text_list, unescape, unfold
from planner.values import NamedTuple, maker

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    Moment = datetime | date
    Series = tuple[
        tuple[str, ...], tuple[Moment, ...], tuple[tuple[Moment, Moment], ...], tuple[Moment, ...], Moment | None, bool
    ]

__all__ = ["Calendar", "Entry", "entries", "is_real_zone"]

_ZONE_KEYS = ("X-WR-TIMEZONE", "TIMEZONE-ID", "X-LIC-LOCATION", "TZID", "VTIMEZONE")  # the last two at the head, by mistake
_TEXTS = ("UID", "SUMMARY", "DESCRIPTION", "LOCATION", "URL", "STATUS", "TRANSP", "SEQUENCE")
_SERIES = frozenset({"RRULE", "RDATE", "EXDATE", "RECURRENCE-ID"})
_ONCE: Series = ((), (), (), (), None, False)  # what the few events that are one of several say of that
_NO_ZONES = frozenset({"UTC", "GMT", "Zulu", "Universal", "Greenwich", "UCT", "GMT0", "GMT+0", "GMT-0"})


class Entry(NamedTuple):
    """One VEVENT, its texts unescaped but not cleaned.

    ``start`` and ``end`` are instants in UTC; dates for an all-day entry (``end`` is the day after its last); naive wall
    clocks where the file gives no zone that is known; None where nothing could be read. ``zone`` is the zone in which a wall
    clock was, or for a naive one has to be, read: of the database, ``UTC``, or None. ``tzid`` is the TZID of a naive time that
    is defined nowhere, else "". ``said`` is the start as written.

    ``rules`` are RRULEs as written, ``added`` the starts of RDATE (``periods``: start and end of those that have one),
    ``left_out`` those of EXDATE, ``replaces`` the start of RECURRENCE-ID: one occurrence of the entry with the same uid, and
    with ``onwards`` all later ones (RANGE=THISANDFUTURE). ``wall`` and ``clock`` tell how a start was read.
    ``people`` are the ATTENDEEs: name and address. ``line`` is the number of its first line, unfolded, from 0; ``lasts`` is
    the DURATION of an entry that repeats, which each of its times lasts (RFC 5545 3.8.5.3).
    """

    uid: str = ""
    summary: str = ""
    start: Moment | None = None
    end: Moment | None = None
    zone: str | None = None
    tzid: str = ""
    said: str = ""
    description: str = ""
    location: str = ""
    url: str = ""
    categories: tuple[str, ...] = ()
    people: tuple[tuple[str, str], ...] = ()
    status: str = ""
    transparent: bool = False
    sequence: int = 0
    rules: tuple[str, ...] = ()
    added: tuple[Moment, ...] = ()
    periods: tuple[tuple[Moment, Moment], ...] = ()
    left_out: tuple[Moment, ...] = ()
    replaces: Moment | None = None
    onwards: bool = False
    wall: datetime | None = None
    clock: Clock | None = None
    line: int = 0
    lasts: timedelta | None = None


_made = maker(Entry)


class Calendar(NamedTuple):
    """What a file says. ``zone`` is the zone that its head names, where that is a place and not just UTC.

    ``whole`` is false for a file that was cut off; ``cancels`` is true for METHOD:CANCEL; warnings are sentences with lines.
    """

    name: str = ""
    description: str = ""
    product: str = ""
    zone: str | None = None
    entries: tuple[Entry, ...] = ()
    whole: bool = True
    cancels: bool = False
    warnings: tuple[str, ...] = ()


class _Moment(NamedTuple):
    """A date or time as read: see :class:`Entry` for its fields."""

    at: Moment | None = None
    zone: str | None = None
    tzid: str = ""
    wall: datetime | None = None
    clock: Clock | None = None


_at = maker(_Moment)


def entries(data: bytes, name: str = "The file", zone: str | None = None, text: str | None = None) -> Calendar:
    """The entries of a calendar file, in the file's order; ``zone`` is what is known of its place, for letters such as EST.

    ``text`` is the file decoded, where that was done already. Takes time and memory in proportion to its size. Raises
    ReadError for bytes that hold no calendar at all.
    """
    notes = Notes()
    lines = unfold(data, text)
    root = blocks(lines, notes)
    calendars = [part for part in root.parts if part.name == "VCALENDAR"]
    if not calendars and not any(part.name == "VEVENT" for part in root.parts):
        raise ReadError(f"{name} is no iCalendar file: there is no BEGIN:VCALENDAR in it; export the calendar again as .ics")
    whole = all(part.closed for part in root.parts)
    if not whole:
        notes.add("The file breaks off, so nothing is taken as cancelled", len(lines) - 1)
    read = [_Reader(calendar, lines, notes, zone) for calendar in calendars or [root]]
    found = tuple(entry for reader in read for entry in reader.entries())
    return Calendar(
        name=_first(calendars, "NAME", "X-WR-CALNAME"),
        description=_first(calendars, "X-WR-CALDESC", "DESCRIPTION"),
        product=_first(calendars, "PRODID"),
        zone=next((reader.zone for reader in read if reader.zone), None),
        entries=found,
        whole=whole,
        cancels=_first(calendars, "METHOD").upper() == "CANCEL",
        warnings=notes.warnings(data),
    )


def is_real_zone(name: str | None) -> bool:
    """Whether a zone is a place: ``UTC`` and its like are what exporters write that have lost the place."""
    return bool(name) and name not in _NO_ZONES and not str(name).startswith("Etc/")


def _first(calendars: Sequence[Block], *names: str) -> str:
    """The first value that one of the calendars has under one of the names, unescaped."""
    return next((unescape(value) for one in calendars for name in names if (value := one.value(name))), "")


class _Reader:
    """One VCALENDAR: its zones, and its events read with them."""

    def __init__(self, calendar: Block, lines: Sequence[str], notes: Notes, known: str | None) -> None:
        self.events = [part for part in calendar.parts if part.name == "VEVENT"]
        self.lines = lines
        self.notes = notes
        self._read: dict[tuple[str, str], _Moment] = {}
        self.clocks = clocks(part for part in calendar.parts if part.name == "VTIMEZONE")
        said = next((value for key in _ZONE_KEYS if (value := calendar.value(key))), "")
        named = {clock.name for clock in self.clocks.values()}
        zone = zone_of(said) or (min(named, key=str) if len(named) == 1 else None)
        self.zone = zone if is_real_zone(zone) else None
        self.known = known or self.zone
        if said and zone_of(said) is None:
            self.notes.add(f"The calendar's time zone {shortly(said)} does not exist and was not used", calendar.first)

    def entries(self) -> list[Entry]:
        """The events that the file holds whole."""
        return [self._entry(block) for block in self.events if block.closed or self._is_left(block)]

    def _is_left(self, block: Block) -> bool:
        """Whether an event without its END is followed by others; the last of a file that was cut off may end in mid-word."""
        if block.last < len(self.lines) - 1:
            return True
        self.notes.add("The last event breaks off and was left out", block.first)
        return False

    def _entry(self, block: Block) -> Entry:
        start_said = block.one("DTSTART")
        start = self._moment(start_said) if start_said else _at()
        if start_said is None:
            self.notes.add("An event has no DTSTART and so no time", block.first)
        uid, summary, description, location, url, status, transparent, sequence = [
            said[0].value if said else "" for said in map(block.properties.get, _TEXTS)
        ]
        sequence = sequence.strip()
        return _made(  # by place, because 24 names cost more than all the rest of it
            uid.strip(),
            unescape(summary),
            start.at,
            self._end(block, start),
            start.zone,
            start.tzid,
            f"{start_said.value.strip()} {start_said.params}".strip() if start_said else "",
            unescape(description),
            unescape(location),
            url.strip(),
            _texts(block.properties.get("CATEGORIES", ())),
            _people(block) if "ATTENDEE" in block.properties else (),
            status.strip().upper(),
            transparent.strip().upper() == "TRANSPARENT",
            int(sequence) if sequence.isascii() and sequence.isdecimal() and len(sequence) < 10 else 0,  # noqa: PLR2004
            *(_ONCE if _SERIES.isdisjoint(block.properties) else self._series(block)),
            start.wall,
            start.clock,
            block.first,
            _nominal(block) if "RRULE" in block.properties else None,
        )

    def _series(self, block: Block) -> Series:
        """What an event says that is one of several: the fields of :class:`Entry` from ``rules`` to ``onwards``."""
        return (
            tuple([one.value.strip() for one in block.properties.get("RRULE", ())]),
            self._moments(block, "RDATE"),
            self._periods(block),
            self._moments(block, "EXDATE"),
            *self._replaced(block),
        )

    def _replaced(self, block: Block) -> tuple[Moment | None, bool]:
        """The start of RECURRENCE-ID, and whether all later ones are meant too."""
        said = block.one("RECURRENCE-ID")
        if said is None:
            return None, False
        return self._moment(said).at, params_of(said.params).get("RANGE", "").upper() == "THISANDFUTURE"

    def _end(self, block: Block, start: _Moment) -> Moment | None:
        """The end by DTEND or DURATION, of the same kind as the start; None where there is none."""
        if start.at is None:
            return None
        if (end_said := block.one("DTEND")) is not None:
            return self._end_said(end_said, start, start.at)
        if (lasts_said := block.one("DURATION")) is None:
            return None
        try:
            return _after(start, start.at, stamps.lasts(lasts_said.value))
        except (ValueError, OverflowError, ReadError):
            self.notes.add("A DURATION could not be read, so the end is open", lasts_said.line)
            return None

    def _end_said(self, said: Property, start: _Moment, start_at: Moment) -> Moment | None:
        """A DTEND; None, with a note, where it is of another kind than the start."""
        end = self._moment(said)
        if end.at is None:
            return None
        if (_kind(end.at), end.tzid) == (_kind(start_at), start.tzid):
            if end.at <= start_at and end.clock == start.clock and end.wall and start.wall and end.wall > start.wall:
                self.notes.add("The clocks skip a start, and its end with it: it lasts as long as it says", said.line)
                return start_at + (end.wall - start.wall)
            return end.at
        if _kind(start_at) == "wall" and not start.tzid and end.zone and end.zone != "UTC" and end.wall is not None:
            self.notes.add("A start names no time zone but its end does; both were read without", said.line)
            return end.wall
        if _kind(end.at) == "wall" and not end.tzid and start.zone and start.zone != "UTC":
            self.notes.add("An end names no time zone and was read in that of its start", said.line)
            return self._moment(said._replace(params=f"TZID={start.zone}")).at
        of = "is a date" if "date" in {_kind(end.at), _kind(start_at)} else "names a time zone that is known"
        self.notes.add(f"Of start and end only one {of}, so the end is open", said.line)
        return None

    def _moments(self, block: Block, name: str) -> tuple[Moment, ...]:
        """The times of RDATE or EXDATE lines; of a period its start."""
        found = []
        for line in block.properties.get(name, ()):
            for one in line.value.split(","):
                at = self._moment(line._replace(value=one.partition("/")[0])).at
                if at is not None:
                    found.append(at)
        return tuple(found)

    def _periods(self, block: Block) -> tuple[tuple[Moment, Moment], ...]:
        """The RDATEs that are periods (RFC 5545 3.3.9), as start and end; one that cannot be read has no end of its own."""
        found = []
        for line in block.properties.get("RDATE", ()):
            for said, _, until in (one.partition("/") for one in line.value.split(",") if "/" in one):
                start = self._moment(line._replace(value=said))
                if start.at is None:
                    continue
                if until.strip()[:1] in "Pp+-":
                    try:
                        found.append((start.at, _after(start, start.at, stamps.lasts(until))))
                    except (ValueError, OverflowError, ReadError):
                        self.notes.add("A DURATION could not be read, so the end is open", line.line)
                elif (end := self._moment(line._replace(value=until)).at) is not None and _kind(end) == _kind(start.at):
                    found.append((start.at, end))
        return tuple(found)

    def _moment(self, said: Property) -> _Moment:
        """A DATE or DATE-TIME; an empty one, with a note, where it cannot be read.

        Talks in parallel rooms begin and end together: what was read without a note is not read again.
        """
        written = said.params, said.value
        known = self._read.get(written)
        if known is None:
            noted = self.notes.count
            known = self._moment_of(said)
            if self.notes.count == noted:
                self._read[written] = known
        return known

    def _moment_of(self, said: Property) -> _Moment:
        try:
            stamp = stamps.stamp(said.value)
            if not isinstance(stamp, datetime):
                return _at(stamp)
            if stamp.tzinfo is None:
                return self._zoned(stamp, said)
            if said.params and is_real_zone(zone_of(params_of(said.params).get("TZID", ""))):
                self.notes.add("A time has the Z of UTC and a time zone too; it was read in that zone", said.line, said.value)
                return self._zoned(stamp.replace(tzinfo=None), said)
            return _at(stamp, "UTC", wall=datetime.combine(stamp.date(), stamp.time()), clock=_UTC)
        except (ValueError, OverflowError):
            self.notes.add("A time could not be read", said.line, said.value)
        except ReadError as error:
            self.notes.add(f"A time could not be read: {str(error).rstrip('.')}", said.line, said.value)
        return _at()

    def _zoned(self, wall: datetime, said: Property) -> _Moment:
        """A wall clock in the zone of its TZID; left naive where it has none or one that is defined nowhere."""
        tzid = params_of(said.params).get("TZID", "") if said.params else ""
        if not tzid:
            return _at(wall, self.zone, wall=wall)
        clock = self._clock(tzid, wall, said.line)
        if clock is None:
            self.notes.add(f"The time zone {shortly(tzid)} is defined nowhere", said.line)
            return _at(wall, None, tzid, wall)
        at, warning = clock.instant(wall)
        if warning:
            self.notes.add(warning, said.line)
        return _at(at, clock.name, wall=wall, clock=clock)

    def _clock(self, tzid: str, wall: datetime, line: int) -> Clock | None:
        """The clock of a TZID: the file's, else the database's, else that of its letters."""
        if tzid not in self.clocks:
            lettered = zone_of_letters(tzid, wall, self.known)
            name = lettered or zone_of(tzid)
            if name is None:
                return None
            if lettered:
                self.notes.add(f"The time zone {shortly(tzid)} is defined nowhere; it was taken for {name}", line)
            self.clocks[tzid] = Clock(tzid, name)
        return self.clocks[tzid]


_UTC = Clock("UTC", None)


def _kind(at: Moment) -> str:
    if not isinstance(at, datetime):
        return "date"
    return "wall" if at.tzinfo is None else "instant"


def _nominal(block: Block) -> timedelta | None:
    """The DURATION of an entry that repeats, where it says how long it lasts and can be read."""
    said = block.one("DURATION") if "DTEND" not in block.properties else None
    try:
        return sum(stamps.lasts(said.value), timedelta()) if said is not None else None
    except (ValueError, OverflowError):
        return None


def _after(start: _Moment, at: Moment, lasts: tuple[timedelta, timedelta]) -> Moment:
    """The end of what starts then and lasts so long."""
    days, rest = lasts
    if start.clock is not None and start.wall is not None and days:
        at, days = start.clock.instant(start.wall + days)[0], timedelta()
    if not FIRST_YEAR <= (end := at + days + rest if isinstance(at, datetime) else at + days).year <= LAST_YEAR:
        raise ValueError
    return end


def _people(block: Block) -> tuple[tuple[str, str], ...]:
    """The name and the address of each ATTENDEE."""
    return tuple((params_of(one.params).get("CN", ""), one.value.strip()) for one in block.properties.get("ATTENDEE", ()))


def _texts(lines: Sequence[Property]) -> tuple[str, ...]:
    """The values of comma lists, in order."""
    if not lines:
        return ()
    return tuple(text for line in lines for one in text_list(line.value) if (text := one.strip()))
