"""The occurrences of a repeated entry (RFC 5545 3.8.5): by the day and by the week, as people's calendars repeat.

Wall clocks repeat, not instants: a talk at nine is at nine on both sides of a clock change. A rule of another kind, and one
without an end, is not guessed: the entry's first time stays and a sentence says why.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

from planner.errors import ReadError
from planner.ical.clocks import LAST_YEAR
from planner.values import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.ical.read import Entry, Moment

__all__ = ["MOST", "occurrences"]

MOST = 1000
"""Occurrences of one entry that are made, unless fewer are asked for: nearly three years of days."""

_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_PARTS = frozenset({"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "WKST"})
_LAST_DAY = date(LAST_YEAR, 12, 31).toordinal()
_UNTIL = r"([0-9]{8})(?:T([0-9]{6}))?(Z?)"


class _Rule(NamedTuple):
    """A rule that is read: every so many days or weeks, on these weekdays, until a count or a time ends it.

    ``until`` is the last start: an instant in UTC, or a wall clock (of a bare date its end), or None; ``times`` 0 is no count.
    """

    weekly: bool
    every: int
    days: frozenset[int]
    week_start: int
    times: int
    until: datetime | None


def occurrences(entry: Entry, most: int = MOST) -> tuple[tuple[Entry, ...], str]:
    """The entry at each of its times, in order, and a sentence without its stop on what is not there, or "".

    An entry that does not repeat is its own only occurrence. What EXDATE leaves out is not there; what another entry replaces
    is (see ``Entry.replaces``). At most so many are made.
    """
    if entry.start is None or not (entry.rules or entry.added):
        return (entry,), ""
    starts, said = _starts(entry, entry.start, most)
    starts += [at for at in entry.added if _kind(at) == _kind(entry.start)]
    left_out = set(entry.left_out)
    kept = sorted({at for at in starts if at not in left_out}, key=_order)
    if len(kept) > most:
        said = said or "An event repeats too often; only its first times were taken"
    return tuple(_moved(entry, entry.start, at) for at in kept[:most]), said


def _starts(entry: Entry, start: Moment, most: int) -> tuple[list[Moment], str]:
    """The starts by the entry's rule, its own among them, and a sentence where the rule was not followed."""
    if not entry.rules:
        return [start], ""
    rule = _read(entry.rules[0]) if len(entry.rules) == 1 else None
    if rule is None:
        return [start], "An event repeats by a rule that is not read; only its first time was taken"
    if not rule.times and rule.until is None:
        return [start], "An event repeats without an end; only its first time was taken"
    first = entry.wall or datetime(start.year, start.month, start.day)
    found: list[Moment] = [start]
    for day in _days(first.date(), rule):
        wall = datetime.combine(day, first.time())
        try:
            at = _moment(entry, start, wall)
        except ReadError:  # a day that the zone left out
            continue
        if len(found) in {rule.times, most + 1} or (rule.until is not None and _past(at, wall, rule.until)):
            break
        found.append(at)
    return found, ""


def _read(said: str) -> _Rule | None:
    """An RRULE, or None for one of another kind."""
    parts = dict(piece.strip().upper().partition("=")[::2] for piece in said.strip(" ;").split(";"))
    days = [day.strip() for day in parts.get("BYDAY", "").split(",") if day.strip()]
    if parts.get("FREQ") not in {"DAILY", "WEEKLY"} or not parts.keys() <= _PARTS or not set(days) <= set(_DAYS):
        return None
    numbers = [parts.get("INTERVAL", "1"), parts.get("COUNT", "0")]
    found = re.fullmatch(_UNTIL, parts.get("UNTIL", ""))
    if not all(number.isascii() and number.isdecimal() and len(number) <= 6 for number in numbers):  # noqa: PLR2004  (digits)
        return None
    if ("UNTIL" in parts and found is None) or int(numbers[0]) < 1 or parts.get("WKST", "MO") not in _DAYS:
        return None
    try:
        until = datetime.fromisoformat(f"{found[1]}T{found[2] or '235959'}") if found else None
    except ValueError:
        return None
    if until is not None and found is not None and found[2] and found[3]:
        until = until.replace(tzinfo=UTC)
    on = frozenset(_DAYS.index(day) for day in days)
    return _Rule(parts["FREQ"] == "WEEKLY", int(numbers[0]), on, _DAYS.index(parts.get("WKST", "MO")), int(numbers[1]), until)


def _days(first: date, rule: _Rule) -> Iterator[date]:
    """The days after the first on which the rule falls; not for ever, and not beyond the calendar."""
    on = rule.days or frozenset({first.weekday()} if rule.weekly else range(7))
    week = first.toordinal() - (first.weekday() - rule.week_start) % 7
    inside = sorted((day - rule.week_start) % 7 for day in on)
    for turn in range(7 * MOST):
        if rule.weekly:
            numbers = [week + 7 * rule.every * turn + at for at in inside]
        else:
            numbers = [first.toordinal() + rule.every * turn]
        for number in numbers:
            if number > _LAST_DAY:
                return
            if number > first.toordinal() and (day := date.fromordinal(number)).weekday() in on:
                yield day


def _moment(entry: Entry, start: Moment, wall: datetime) -> Moment:
    """A start like the entry's on another wall clock; raises ReadError for a day that the zone left out."""
    if not isinstance(start, datetime):
        return wall.date()
    return entry.clock.instant(wall)[0] if entry.clock is not None else wall


def _past(at: Moment, wall: datetime, until: datetime) -> bool:
    """Whether a start is after the last: by instants where both are known, else by the wall clock."""
    if until.tzinfo is None:
        return wall > until
    return (at if isinstance(at, datetime) and at.tzinfo is not None else wall.replace(tzinfo=UTC)) > until


def _moved(entry: Entry, start: Moment, at: Moment) -> Entry:
    """The entry at another start, as long as before."""
    if at == start:
        return entry
    if isinstance(at, datetime) and isinstance(start, datetime) and isinstance(entry.end, datetime):
        return entry._replace(start=at, end=at + (entry.end - start), wall=None)
    if entry.end is not None and not isinstance(entry.end, datetime) and not isinstance(start, datetime):
        return entry._replace(start=at, end=at + (entry.end - start))
    return entry._replace(start=at, wall=None)


def _kind(at: Moment) -> tuple[bool, bool]:
    return isinstance(at, datetime), isinstance(at, datetime) and at.tzinfo is not None


def _order(at: Moment) -> datetime:
    if not isinstance(at, datetime):
        return datetime(at.year, at.month, at.day, tzinfo=UTC)
    return at if at.tzinfo is not None else at.replace(tzinfo=UTC)
