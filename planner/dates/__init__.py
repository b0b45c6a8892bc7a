"""The language of date lines: what ``Wed 16 Jul 11 a.m. PDT — 1:30 p.m. PDT`` or ``[10:30-1:00]`` says, and nothing more.

A line is read by itself; :func:`settle` adds what the head of its slot says, :func:`resolve` the year and the zone. Prose is
left alone: a date between words, ``A 2021 Retrospective``, ``[ Room 314 - 315 ]``.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone

from planner import times
from planner.dates.grammar import STARTERS, DateLine, Run
from planner.dates.letters import choose, families_of
from planner.dates.words import DAY, NOON, Token, hinted, tokens, with_colons
from planner.errors import MissingFactsError, ReadError
from planner.values import NamedTuple

__all__ = ["DateLine", "Times", "check_weekday", "day_of", "fixed_zone", "resolve", "scan", "settle"]

_SLACK = 60  # minutes: a talk may start this much before the head of its slot
_BEFORE_A_TIME = {"on", "at", "by", "from", "until", "till", "before", "since", "after", "is", "was", "between", "to", "and"}
_IN_ROOM = re.compile(
    r"in (?:the )?(?P<room>(?:[A-Z][\w&.'’/-]{0,30}|[0-9]{1,4}[A-Z]?)(?:,? (?:[A-Z&][\w&.'’/-]{0,30}|[0-9]{1,4}[A-Z]?)){0,5})$"
)
_MARKS = " \t|:,;•·⋅*_`»–—~-"
_COUNTED = {"number", "ordinal", "month", "weekday", "year"}


def scan(line: str) -> DateLine | None:
    """What a line says of a date or a time of day, or None where it is prose, a place or anything else.

    Read are: a whole date line (``Sat Jun 15 11:30 AM -- 11:50 AM (PDT) @ None``), also behind a title on the same line
    (``… Workshop Sat 3 Dec 07:30 a.m.``); a date alone (``THU 23 APR``) or a weekday written out (``Monday``); a time alone
    (``noon``, ``2 PM – 7 PM``, ``6 PM+``, ``(ends 12:00 PM)``: only ``end``), before a title (``[10:42] Title``,
    ``09:00 ~ 09:15 am - Title``) or, in brackets or as a range, behind one (``Oral Session 1A [10:30-12:00]``,
    ``Day 1 — 11:00-12:30``); ISO 8601.
    A range of days (``Dec 6 - 12``) is None.
    """
    if not hinted(line):
        return None
    line = with_colons(line)
    words = list(tokens(line))
    first = 0
    while first < len(words) and words[first].kind in {"mark", "dash", "other"} and not words[first].text.isalnum():
        first += 1
    for begin in range(first, len(words)):
        if begin == first or words[begin].kind in STARTERS:
            run = Run(line, words, begin)
            if run.read() and (found := _accepted(run, first)):
                return found
    return None


def settle(line: DateLine, head: int) -> DateLine:
    """The line on a page of 12-hour clocks, under a slot head (or behind a time) of ``head`` minutes after midnight.

    Clocks without a.m. or p.m. are taken at or after the head, the end after the start: under ``3:15 p.m.`` ``[3:15-4:45]``
    is 15:15 to 16:45. A start beyond midnight comes out above 1440. A clock that says its half, or an hour that only a
    24-hour clock has, stays.
    """
    start, end = line.start, line.end
    if start is not None and end is not None and line.end_half and not line.start_half and line.doubt:
        late = head >= NOON  # "11:00 - 12:30 am": at night if the slot before it was in the evening, else at noon
        return line._replace(start=start % NOON + NOON, end=end % NOON, doubt="") if late else line._replace(doubt="")
    if start is not None and not line.start_half and not line.end_half and _twelve(start):
        start = head - _SLACK + (start - head + _SLACK) % NOON
    if end is not None and not line.end_half and (_twelve(end) or line.doubt):
        base = head if start is None else start
        end = base + (end - base) % NOON
        end = end if end <= DAY or base > DAY else end % DAY
    return line._replace(start=start, end=end, doubt=line.doubt if line.letters or line.start_half else "")


class Times(NamedTuple):
    """A date line made instants: ``start`` and ``end`` in UTC (None where the line has none), and the warnings for the user.

    ``zone`` is the zone in which the wall clock was read, None for an offset with minutes that no known zone has.
    """

    start: datetime | None
    end: datetime | None
    zone: str | None
    warnings: tuple[str, ...] = ()


def resolve(line: DateLine, on: date | None = None, *, zone: str | None = None, known: str | None = None) -> Times:
    """The instants of a date line, on the day ``on`` (of :func:`.years.year_for`; default: the date that it prints).

    An offset on the line is exact; a zone or letters on it come next, and ``known`` (what is known of the conference,
    default: ``zone``) picks among the readings of the letters; a line with none of them is in ``zone``. An end before its
    start is on the next day; one that a start overtakes which the clocks skip is as much later as printed. Raises
    MissingFactsError without any zone, or with letters that mean several; ReadError for a day that the zone left out, a
    weekday that the date contradicts, and letters that nobody uses.
    """
    day = on or _printed(line)
    if line.weekday is not None:
        check_weekday(day, line.weekday)
    start = None if line.start is None else _wall(day, line.start)
    end = _end(line, day)
    first = start or end
    if first is None:
        return Times(None, None, line.zone or zone)
    warnings = [line.doubt]
    if line.offset is not None:
        return _by_offset(line, (start, end), (line.zone, known, zone), warnings)
    name = line.zone or zone
    if line.letters and not line.zone:
        name, warning = choose(line.letters, first, known or zone)
        warnings.append(warning)
    if name is None:
        raise MissingFactsError(
            f"“{times.day(day)} {first:%H:%M}” names no time zone; say the conference's, like --zone Europe/Berlin.",
            zone=True,
        )
    read = [times.instant(wall, name, line.letters) if wall else (None, "") for wall in (start, end)]
    (begin, doubt), (until, other) = read
    if begin and until and until <= begin and start and end and start < end:
        until = begin + (end - start)
        other = f"The end {end:%H:%M} is not behind it, so the length as printed is taken."
    return _times(begin, until, name, [*warnings, doubt, other])


def check_weekday(day: date, weekday: int, how: str = "") -> None:
    """Raise ReadError, naming the weekday that the date really is, where it is not the one that the page prints.

    ``how`` tells where the year comes from ("the URL").
    """
    if day.weekday() == weekday:
        return
    source = f" (the year is from {how})" if how else ""
    raise ReadError(
        f"The page says {times.DAYS[weekday]}, but {day.day} {times.MONTHS[day.month - 1]} {day.year} is a"
        f" {times.DAYS[day.weekday()]}{source}; say the right year with --year or correct the date."
    )


def _printed(line: DateLine) -> date:
    """The date that a line prints in full."""
    if line.day is None or line.month is None:
        raise ReadError("A time of day stands where no date is known; put the date above it.")
    if line.year is None:
        raise MissingFactsError(f"“{line.day} {times.MONTHS[line.month - 1]}” names no year; say it with --year.", year=True)
    return day_of(line.year, line.month, line.day)


def day_of(year: int, month: int, day: int) -> date:
    """That date; ReadError where the year has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        raise ReadError(f"There is no {day} {times.MONTHS[month - 1]} {year}; check the date or the year.") from None


def _wall(day: date, minutes: int) -> datetime:
    """The wall clock so many minutes after midnight of a day, counted as clocks show them."""
    return datetime.combine(day, time()) + timedelta(minutes=minutes)


def _end(line: DateLine, day: date) -> datetime | None:
    """The wall clock of the end: on its own date where the line prints one, else the first behind the start."""
    if line.end is None:
        return None
    if line.until:
        last_day, month, year = line.until
        last = day_of(year or (day.year + (month < day.month)), month, last_day)
        if last < day:
            raise ReadError(f"The end {times.long_day(last)} lies before the start {times.long_day(day)}; check the dates.")
        return _wall(last, line.end)
    days = -((line.end - line.start) // DAY) if line.start is not None and line.end < line.start else 0
    return _wall(day, line.end + days * DAY)


def _by_offset(
    line: DateLine, walls: tuple[datetime | None, datetime | None], zones: tuple[str | None, ...], warnings: list[str]
) -> Times:
    """Instants by the offset on the line; the zone is one that is known or meant by the letters and has that offset then."""
    east = timedelta(minutes=line.offset or 0)
    start, end = [wall.replace(tzinfo=timezone(east)).astimezone(UTC) if wall else None for wall in walls]
    first = start or end
    names = [*zones, *(family.zone for family in families_of(line.letters))]
    fitting = [name for name in names if name and first and times.local(first, name).utcoffset() == east]
    if not fitting and (line.letters or line.zone):
        warnings.append(f"The page's offset is not that of {line.zone or line.letters} then; the offset is taken.")
    return _times(start, end, fitting[0] if fitting else fixed_zone(line.offset or 0), warnings)


def fixed_zone(offset: int) -> str | None:
    """The zone that has an offset of so many minutes for ever, None where there is none.

    ``Etc/GMT-2`` for +02:00: its sign is reversed. There are those of whole hours from -12 to +14.
    """
    hours, rest = divmod(offset, 60)
    if rest or not -12 <= hours <= 14:  # noqa: PLR2004  (hours)
        return None
    return f"Etc/GMT{-hours:+}" if hours else "UTC"


def _times(start: datetime | None, end: datetime | None, zone: str | None, warnings: list[str]) -> Times:
    """The outcome, where nothing is said twice."""
    return Times(start, end, zone, tuple(dict.fromkeys(warning for warning in warnings if warning)))


def _twelve(minutes: int) -> bool:
    """Whether a clock could be read off either half of the day."""
    return NOON // 12 <= minutes < NOON + NOON // 12


def _accepted(run: Run, first: int) -> DateLine | None:
    """The line that a run of words makes, where what stands around it does not make it prose."""
    begin, tail = run.words[run.begin].start, run.line[run.words[run.at - 1].end :].strip()
    said = run.said
    if not said.dated and not said.timed and not run.words[run.at - 1].text.lower().endswith("day"):
        return None  # "THU" alone is a link of a menu, or Tsinghua University
    if tail.startswith("@"):
        place = tail[1:].strip(_MARKS)
        said, tail = said._replace(place="" if place.lower() == "none" else place), ""
    elif (said.dated or said.weekday is not None) and said.end is not None and (found := _IN_ROOM.match(tail)):
        said, tail = said._replace(place=found["room"]), ""
    after = tail.strip(_MARKS) if any(sign.isalnum() for sign in tail) else ""
    said = said._replace(after=after)
    if run.begin == first:
        return said if not after or _leads(run, said, tail) else None
    if after or not _follows(run, said, first):
        return None
    return said._replace(before=run.line[:begin].lstrip(_MARKS + "#>").rstrip(_MARKS))


def _leads(run: Run, said: DateLine, tail: str) -> bool:
    """Whether a run at the head of a line may stand before the text that follows it."""
    separated = tail[0] in "|:•·⋅–—*-([" or tail.startswith(", ")
    if said.dated and not said.timed:
        return separated and not (run.peek().kind in {"dash", "mark"} and run.peek(1).kind in _COUNTED)
    if not said.timed or run.peek().kind in {"clock", "hour", "special"}:
        return False
    if said.dated or said.bracketed or said.weekday is not None or separated:
        return True
    if run.words[run.begin].kind == "special":
        return said.end is not None or run.words[run.begin].text[0].isdigit()
    return not said.after[0].islower()


def _follows(run: Run, said: DateLine, first: int) -> bool:
    """Whether a run at the end of a line may stand behind a title."""
    previous: Token = run.words[run.begin - 1]
    if previous.text in _BEFORE_A_TIME or previous.kind in {"weekday", "month"}:
        return False  # prose has small letters: "The House We Live On Sat 3 Dec 07:30 a.m." is a title
    separated = previous.kind in {"dash", "mark"}
    if said.dated:
        counted = separated and run.begin - 2 >= first and run.words[run.begin - 2].kind in _COUNTED
        return not counted and (said.timed or (separated and (said.weekday is not None or said.year is not None)))
    if said.weekday is not None:
        return separated and said.timed
    if separated and run.begin - 2 >= first and run.words[run.begin - 2].kind in {"clock", "hour"}:
        return False  # the rest of a range that could not be read whole
    written = said.start_half or said.end_half or run.words[run.begin].kind == "clock"
    ranged = said.start is not None and said.end is not None
    return said.bracketed or separated or bool(ranged and written)
