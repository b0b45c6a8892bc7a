"""The year of a page that prints none: from what is said of it, else from the weekday, else asked; never guessed silently."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

from planner import times
from planner.dates import DateLine, check_weekday, day_of
from planner.errors import MissingFactsError, ReadError
from planner.values import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

__all__ = ["Years", "on_weekday", "year_for", "years_in"]

RUN = 14
"""The dates of one page lie within this many days, the first and the last counted."""

_BACK, _AHEAD = timedelta(days=14), 4  # a near fit: from two weeks ago to four months ahead
_YEARS_BACK, _YEARS_AHEAD = 10, 2  # the years that a refusal names
_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])|(?<=['’])[0-9]{2}(?![0-9])")


class Years(NamedTuple):
    """The dates of a page with their years, one for each line asked (None for a line without a date).

    ``year`` is that of the earliest date, None for a page without dates; ``how`` says in words how it is known ("the URL").
    ``odd`` holds the date of each line, by its place, whose weekday contradicts it: that line has none in ``dates``.
    """

    dates: tuple[date | None, ...]
    year: int | None
    how: str
    odd: Mapping[int, date] = {}


def years_in(text: str) -> frozenset[int]:
    """The years that a name, a URL or a page's head names: four digits, or two behind an apostrophe (``ICML’22``)."""
    return frozenset(int(found) if len(found) > 2 else 2000 + int(found) for found in _YEAR.findall(text))  # noqa: PLR2004


def year_for(
    lines: Sequence[DateLine],
    *,
    now: date,
    year: int | None = None,
    how: str = "--year",
    texts: Iterable[tuple[str, str]] = (),
    lenient: bool = False,
) -> Years:
    """The years of a page's date lines, in the order: ``year`` (the user's), the lines themselves, ``texts``, a near fit.

    ``texts`` are pairs of a text that may name the year and the words for it, the most telling first: the page's head, the
    URL, the conference's name, the file's, the folder's; never a title or an abstract. ``now`` is the day of the import,
    ``how`` says where ``year`` comes from. Raises MissingFactsError (with ``years`` that fit) where nothing decides or the
    dates lie further apart than a run, and ReadError where a weekday contradicts the year; if ``lenient`` only where the
    weekdays of half of the lines or more do.
    """
    dated = [line for line in lines if line.day is not None]
    if not dated:
        return Years(tuple(None for _ in lines), year, how if year else "")
    if year is None and any(line.year for line in dated):
        return _years(lines, _from_lines(dated), "the page", lenient=lenient)
    if year is None and not _is_run(dated):
        raise MissingFactsError("The page's dates lie more than two weeks apart; say their year with --year.", year=True)
    first, how = (year, how) if year is not None else _named(dated, texts) or _near(dated, now)
    placed = _placed(dated, first)
    if not _fits(placed) and _fits(earlier := _placed(dated, first - 1)) and any(day.year == first for _, day in earlier):
        placed = earlier  # a conference named after the January that it ends in
    return _years(lines, placed, how, lenient=lenient)


def on_weekday(weekday: int, first: date, last: date) -> date | None:
    """The only day from ``first`` to ``last`` that is this weekday; None where there is none or more than one."""
    day = first + timedelta(days=(weekday - first.weekday()) % 7)
    return day if day <= last < day + timedelta(days=7) else None


def _from_lines(dated: list[DateLine]) -> list[tuple[DateLine, date]]:
    """The dates where at least one line prints its own: the others are the nearest to a line that does."""
    known = [day_of(line.year, line.month or 1, line.day or 1) for line in dated if line.year]
    placed: list[tuple[DateLine, date]] = []
    for line in dated:
        if line.year:
            day = day_of(line.year, line.month or 1, line.day or 1)
        else:
            around = {at.year + step for at in known for step in (-1, 0, 1)}
            days = [at for year in around if (at := _day(line, year))]
            if not days:
                raise ReadError(f"No year near {known[0].year} has a {line.day} {times.MONTHS[(line.month or 1) - 1]}.")
            day = min(days, key=lambda one: (min(abs(one - at) for at in known), one))
        placed.append((line, day))
    return placed


def _named(dated: list[DateLine], texts: Iterable[tuple[str, str]]) -> tuple[int, str] | None:
    """The year of the first text that names one; of several in one text only one that alone fits the weekdays."""
    for text, how in texts:
        years = years_in(text)
        if len(years) > 1 and any(line.weekday is not None for line in dated):
            years = frozenset(year for year in years if _fits(_try(dated, year)))
        if len(years) == 1:
            return min(years), how
    return None


def _near(dated: list[DateLine], now: date) -> tuple[int, str]:
    """The year in which the weekdays fit between two weeks ago and four months ahead; asked where there is none."""
    if any(line.weekday is not None for line in dated):
        earliest, latest = now - _BACK, _months_later(now, _AHEAD)
        for year in range(now.year - 1, now.year + 2):
            placed = _try(dated, year)
            if _fits(placed) and all(earliest <= day <= latest for _, day in placed):
                return year, f"the weekday, {times.long_day(min(day for _, day in placed))} being near"
    raise _missing(dated, now)


def _missing(dated: list[DateLine], now: date) -> MissingFactsError:
    """The refusal that names the years that fit."""
    reach = range(now.year - _YEARS_BACK, now.year + _YEARS_AHEAD + 1)
    line = dated[0]
    said = f"{times.DAYS[line.weekday][:3]} " if line.weekday is not None else ""
    said += f"{line.day} {times.MONTHS[(line.month or 1) - 1][:3]}"
    years = tuple(year for year in reach if _fits(_try(dated, year)))
    if not years:
        reason = f"no year from {reach[0]} to {reach[-1]} fits it"
    elif any(other.weekday is not None for other in dated):
        reason = f"{' and '.join(map(str, years))} {'fit' if len(years) > 1 else 'fits'} its weekdays"
    else:
        reason = "without a weekday every year fits"
    return MissingFactsError(f"“{said}” has no year: {reason}; say the year with --year.", year=True, years=years)


def _is_run(dated: list[DateLine]) -> bool:
    """Whether the dates lie within a run of days, New Year in between or not."""
    days = [day for _, day in _try(dated, 2001) or _try(dated, 2000)]  # a leap year only for 29 February
    return bool(days) and (max(days) - min(days)).days < RUN


def _placed(dated: list[DateLine], first: int) -> list[tuple[DateLine, date]]:
    """The dates where the first of them, in the order of a run, is in that year; ReadError for a day that it has not."""
    turn = _turn(dated)
    return [(line, day_of(line.year or first + ((line.month or 1) < turn), line.month or 1, line.day or 1)) for line in dated]


def _try(dated: list[DateLine], first: int) -> list[tuple[DateLine, date]]:
    """The same, empty where a day does not exist."""
    try:
        return _placed(dated, first)
    except ReadError:
        return []


def _turn(dated: list[DateLine]) -> int:
    """The month from which on a date is in the first year: 7 where the dates span New Year, else 0."""
    return 7 if {line.month for line in dated} == {1, 12} else 0


def _fits(placed: list[tuple[DateLine, date]]) -> bool:
    """Whether there are dates and every weekday is right."""
    return bool(placed) and all(line.weekday in {None, day.weekday()} for line, day in placed)


def _day(line: DateLine, year: int) -> date | None:
    """The date of a line in that year, None where there is no such day."""
    try:
        return date(year, line.month or 1, line.day or 1)
    except ValueError:
        return None


def _months_later(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month."""
    years, month = divmod(day.month - 1 + months, 12)
    last = calendar.monthrange(day.year + years, month + 1)[1]
    return date(day.year + years, month + 1, min(day.day, last))


def _years(lines: Sequence[DateLine], placed: list[tuple[DateLine, date]], how: str, *, lenient: bool) -> Years:
    """The outcome for every line asked, in order; ReadError where weekdays contradict it."""
    wrong = [(line, day) for line, day in placed if line.weekday not in {None, day.weekday()}]
    told = sum(line.weekday is not None for line, _ in placed)
    for line, day in wrong if not lenient or len(wrong) * 2 >= told else ():
        check_weekday(day, line.weekday or 0, how)
    days = iter(day for _, day in placed)
    dates = [None if line.day is None else next(days) for line in lines]
    odd = {at: day for at, (line, day) in enumerate(zip(lines, dates, strict=True)) if day and (line, day) in wrong}
    kept = tuple(None if at in odd else day for at, day in enumerate(dates))
    return Years(kept, min(day for day in kept if day).year, how, odd)
