"""Dates and times as tables write them in cells: ``2025-11-19`` and ``11:30``, ``(16:45-17:45 GMT)``, ``19.11.2025``."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from planner import times
from planner.dates import DateLine, scan
from planner.dates.figures import is_day as is_day_of
from planner.dates.letters import ONE_OFFSET, known_letters
from planner.dates.years import year_for
from planner.errors import MissingFactsError, ReadError
from planner.readers import clocks
from planner.readers.abroad import clock_in_figures, day_in_english, is_month, weekday_in
from planner.readers.events import shortly
from planner.readers.sources import is_url, missing, place_in_path, shown
from planner.values import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planner.readers.sources import Hints, Part

_NUMBERS = re.compile(r"([0-9]{1,4})([./-])([0-9]{1,2})\2([0-9]{2,4})")
COMPACT = re.compile(r"^(20[0-9]{2})(0[1-9]|1[0-2])([0-3][0-9])$")
"""A date in eight figures."""

_MONTH_INSIDE = re.compile(r"^([0-9]{1,2})([-/])([A-Za-z]{3,9})\2(?:20)?([0-9]{2})(?![0-9])")

_PAIR = re.compile(r"([0-9]{1,2})/([0-9]{1,2})")
_DOTTED = re.compile(r"([01]?[0-9]|2[0-4])\s?[.:hH]\s?([0-5][0-9])(?:\s?[hH])?(?:\s?Uhr)?")
_IN_HEAD = re.compile(r"[(\[]\s{0,3}([A-Za-z]{1,5}|[A-Z][A-Za-z]{2,15}/[A-Za-z_/]{2,30})\s{0,3}[)\]]")
_DATES_BEFORE = re.compile(r"([0-9]{1,4}[./-][0-9]{1,2}[./-][0-9]{2,4}|20[0-9]{6})[\s,T]{1,4}(\S.{0,60})")
_LIKE_LETTERS = re.compile(r"[A-Z]{2,4}T")  # of a zone that nobody knows: a clock of it is none of the conference's
_HOUR, _DAY, _MONTHS = 60, 24 * 60, 12
_RUN = 14  # days: the dates of one schedule lie within so many
_CENTURY = 2000
_LONGEST_CELL, _LONGEST_HEAD = 200, 40
UNSAID = frozenset({"tba", "tbd", "tbc", "-", "–", "n/a"})
"""Cells that say that a time is not known yet, in small letters."""


class Cells(NamedTuple):
    """The cells of one row that tell its time, as text; ``zone`` is a cell or a column's own word for the zone.

    ``has_start`` tells that the table has a column of starts, so that a row without one is of whole days.
    """

    date: str = ""
    start: str = ""
    end: str = ""
    end_date: str = ""
    duration: str = ""
    zone: str = ""
    has_start: bool = False


class Dated(NamedTuple):
    """What the cells of a row tell: as data, or in words with letters or an offset; neither where there is no time."""

    told: clocks.Told = clocks.Told()
    line: DateLine | None = None


def letters_in(head: str) -> str:
    """The zone that a column's head names: ``Start (PT)`` is ``PT``, ``Time [Europe/Berlin]`` an IANA name; else ""."""
    found = _IN_HEAD.search(head[:100])
    if found is None:
        return ""
    return found[1] if known_letters(found[1]) or times.is_zone(found[1]) else ""


def dated(rows: Sequence[Cells], part: Part, hints: Hints, own: str = "") -> list[Dated]:
    """What each row tells of its time. ``own`` is the conference's name where it is known: it may tell the year.

    Raises ReadError where the dates of numbers could be read in two ways, MissingFactsError where no year is to be had.
    """
    texts = [_date_text(cells) for cells in rows]
    ends = [cells.end_date[:_LONGEST_CELL] for cells in rows]
    known = _with_years(_lines([text for text in dict.fromkeys((*texts, *ends)) if text], part), part, hints, own)
    found = []
    above: date | None = None
    for cells, text in zip(rows, texts, strict=True):
        day = known.get(text)
        if day is None and not cells.date and _is_clock_alone(cells.start):
            day = above  # an empty cell in a row with a time means the day above it
        found.append(when(cells, day, known.get(cells.end_date[:_LONGEST_CELL])))
        above = day if day or cells.date else above
    return found


# Days


def _date_text(cells: Cells) -> str:
    """The text that may be a row's date: its own cell, or the head of a start that has both."""
    if cells.date:
        return cells.date[:_LONGEST_CELL]
    found = _DATES_BEFORE.fullmatch(cells.start)
    return found[1] if found else cells.start[:_LONGEST_CELL] if cells.start and not clocks.moment(cells.start) else ""


def _lines(said: Sequence[str], part: Part) -> dict[str, DateLine]:
    """The dates by their text; text that is none is left out."""
    numbers = {text: found for text in said if (found := _NUMBERS.fullmatch(day_in_english(text)))}
    lines = {text: line for text in said if text not in numbers and (line := _line(text)) is not None}
    if numbers:
        lines |= _from_numbers(numbers, part)
    return lines | _from_pairs({text: found for text in said if (found := _PAIR.fullmatch(text))})


def days_of(said: Sequence[str], part: Part, hints: Hints, own: str = "") -> dict[str, date | None]:
    """Dates in words or figures with their years; raises as :func:`dated` does."""
    return _with_years(_lines(said, part), part, hints, own)


def is_day(text: str) -> bool:
    """Whether a text is a date and nothing else: ``Monday, 3 June 2024``, ``3.6.2024``."""
    line = None if is_numbered(text) else _line(text[:_LONGEST_CELL])
    return is_numbered(text) or (line is not None and not (line.timed or line.before or line.after))


def is_like_day(text: str) -> bool:
    """Whether a text has a number at a month (``The 13th of June or so``): the head of a day, even if it cannot be read."""
    words = text.replace(",", " ").split() if len(text) <= _LONGEST_HEAD else []
    near = (one for at, word in enumerate(words) if is_month(word) for one in words[max(at - 2, 0) : at + 2])
    return any(one[-1:] != ":" and any(map(str.isdigit, one)) for one in near)


def is_numbered(text: str) -> bool:
    """Whether a text is a date of three numbers, of which the others tell the order."""
    return bool(_NUMBERS.fullmatch(day_in_english(text)))


def parts_of(text: str) -> re.Match[str] | None:
    """The date of three numbers (1) and the time (2) of a text that holds both: ``6/12/2025 9:00 AM``; None for any other."""
    found = _DATES_BEFORE.fullmatch(text) if len(text) <= _LONGEST_CELL and not clocks.moment(text) else None
    return found if found and len(found[1].replace("-", "/").split("/")[0]) < 4 else None  # noqa: PLR2004  (no year in front)


def is_timed(text: str) -> bool:
    """Whether a cell is a time of day, or a range of it."""
    clock = _clock(text)
    return clock is not None and clock.start is not None


def _is_clock_alone(text: str) -> bool:
    """Whether a cell is a time of day, and no date that could not be read stands in it."""
    clock = _clock(text)
    dated = clock is not None and (clock.dated or clock.weekday is not None or bool(clock.before))
    return clock is not None and clock.start is not None and not dated and _DATES_BEFORE.fullmatch(text) is None


def minutes_of(text: str) -> int | None:
    """A time of day without letters or an end, in minutes after midnight; None for anything else."""
    clock = _clock(text)
    return clock.start if clock and clock.end is None and not clock.letters and clock.offset is None else None


def _line(text: str) -> DateLine | None:
    """A date in words, in English as it stands, else in another language; ``13-May-2025`` and ``20250513`` too."""
    text = _MONTH_INSIDE.sub(r"\1 \3 20\4", COMPACT.sub(r"\1-\2-\3", text))
    for said in dict.fromkeys((text, day_in_english(text))):
        line = scan(said)
        if line is not None and line.dated and not line.before.isdigit():  # "6 May 25 9:00" is not the 25th
            return line
    return None


def _from_numbers(numbers: dict[str, re.Match[str]], part: Part) -> dict[str, DateLine]:
    """Dates of three numbers, all read alike: year first, with full stops the day first, else what all of them allow."""
    readings = []
    for day_first in (True, False):
        found = {text: _numbered(one, day_first=day_first) for text, one in numbers.items()}
        days = [day for day in found.values() if day is not None]
        if len(days) == len(found):
            readings.append((found, (max(days) - min(days)).days))
    told = {text: weekday for text in numbers if (weekday := weekday_in(text))}
    agree = [one for one in readings if told and all(f"{one[0][text]:%A}" == weekday for text, weekday in told.items())]
    readings = agree or readings
    close = [found for found, span in readings if span <= _RUN] or [found for found, _ in readings]
    if not close:
        raise ReadError(f"{shown(part)}: “{next(iter(numbers))}” is no date; write the dates like 2025-11-19")
    if len(close) > 1 and close[0] != close[1]:
        text = next(text for text in numbers if close[0][text] != close[1][text])
        raise ReadError(
            f"{shown(part)}: “{text}” may be {_shown(close[0][text])} or {_shown(close[1][text])}; "
            "write the dates like 2025-11-19"
        )
    for text, weekday in told.items():
        if f"{(day := close[0][text]):%A}" != weekday:
            raise ReadError(f"{shown(part)}: “{text}” is no {weekday} but {_shown(day)}; correct the date")
    return {text: DateLine(year=day.year, month=day.month, day=day.day) for text, day in close[0].items() if day}


def _from_pairs(pairs: dict[str, re.Match[str]]) -> dict[str, DateLine]:
    """Dates such as ``9/29``, where one of them shows which number is the month; else none."""
    read = [
        {
            text: DateLine(day=int(one[day]), month=int(one[month]))
            for text, one in pairs.items()
            if is_day_of(int(one[day]), int(one[month]))
        }
        for day, month in ((1, 2), (2, 1))
    ]
    whole = [found for found in read if len(found) == len(pairs)]
    return whole[0] if len(whole) == 1 else {}


def _numbered(found: re.Match[str], *, day_first: bool) -> date | None:
    """One date of numbers in one of the two orders; None where it is no day."""
    first, second, third = int(found[1]), int(found[3]), int(found[4])
    if len(found[1]) == 4:  # noqa: PLR2004  (digits of a year)
        year, month, day = first, second, third
    elif len(found[1]) > 2 or len(found[4]) == 3:  # noqa: PLR2004  (digits)
        return None
    else:
        year = third if len(found[4]) == 4 else _CENTURY + third  # noqa: PLR2004  (digits of a year)
        day, month = (first, second) if day_first or found[2] == "." else (second, first)
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _shown(day: date | None) -> str:
    return times.long_day(day) if day else "no day"


def _with_years(lines: dict[str, DateLine], part: Part, hints: Hints, own: str) -> dict[str, date | None]:
    """The dates with their years: printed, ``--year``, the name, the URL, the file's or folder's name, a near fit."""
    whole = list(lines.values())
    if not whole:
        return {}
    try:
        found = year_for(
            whole,
            now=hints.now.date(),
            year=_year(whole, hints),
            how=hints.year_from,
            texts=list(_texts(part, hints, own)),
        )
    except MissingFactsError as error:
        raise missing(part, year=True, years=error.years) from None
    return dict(zip(lines, found.dates, strict=True))


def _year(lines: Sequence[DateLine], hints: Hints) -> int | None:
    """``--year`` where the table prints none; dates with a year keep it."""
    return None if any(line.year for line in lines) else hints.year


def _texts(part: Part, hints: Hints, own: str) -> Iterator[tuple[str, str]]:
    """Where the year may stand."""
    if hints.url or is_url(part.name):
        yield hints.url or part.name, "the URL"
    if hints.name or own:
        yield hints.name or own, f"the name {hints.name or own}"
    yield from zip(place_in_path(part), ("the file's name", "the folder's name", "the folder's name"), strict=False)


# Times of day


def when(cells: Cells, day: date | None, last: date | None = None) -> Dated:
    """What one row tells, where its day and the day of its end are known or not."""
    words = " ".join(one for one in (cells.date, cells.start, cells.end) if one)[:_LONGEST_CELL]
    at = clocks.moment(cells.start)
    if at is not None:
        return _at(cells, at, words)
    clock = _clock(cells.start)
    unsaid = not cells.start or cells.start.casefold() in UNSAID
    if unsaid or (clock is None and not cells.date and is_day(cells.start)):
        return _whole_day(cells, day, last, words)
    if clock is None or clock.start is None or day is None:
        return Dated(clocks.Told(start=cells.start, words=words))
    end = clock.end if clock.end is not None else _end(cells, clock)
    letters = clock.letters or (cells.zone if known_letters(cells.zone) else "")
    zone = clock.zone or _zone(cells.zone)
    doubted = clock.doubt and (clock.start_half or clock.end_half)  # "12:00 am - 1:30 pm": read as noon, and told
    if letters or clock.offset is not None or doubted:
        line = clock._replace(day=day.day, month=day.month, year=day.year, weekday=None, letters=letters, zone=zone or None)
        return Dated(line=_ending(line, end, cells))
    told_end = shown_clock(end) or ("" if cells.end.casefold() in UNSAID else cells.end)
    length = "" if clock.end is not None else cells.duration
    told = clocks.Told(
        day=day.isoformat(), start=shown_clock(clock.start), duration=length, end=told_end, zone=zone, words=words
    )
    if last is not None and last != day and end is not None:
        told = told._replace(at=_wall(day, clock.start), until=_wall(last, end))
    return Dated(told)


def _at(cells: Cells, at: datetime, words: str) -> Dated:
    """A row whose start is a date with a clock."""
    until = clocks.moment(cells.end)
    until = until.replace(tzinfo=at.tzinfo) if until is not None and until.tzinfo is None else until
    zone = _zone(cells.zone)
    if zone or at.tzinfo or not known_letters(cells.zone):
        return Dated(clocks.Told(at, duration=cells.duration, end=cells.end, until=until, zone=zone, words=words))
    line = DateLine(day=at.day, month=at.month, year=at.year, start=at.hour * _HOUR + at.minute, letters=cells.zone)
    if until is None:
        return Dated(line=_ending(line, _end(cells, line), cells))
    later = until.replace(tzinfo=None) - at
    night = until.date() == at.date() and later <= timedelta(hours=-12)  # 23:00 to 0:30 with the same date twice
    near = until.tzinfo is None and (night or timedelta() <= later < timedelta(days=1))
    return Dated(line=_ending(line, until.hour * _HOUR + until.minute if near else None, cells))


def _ending(line: DateLine, end: int | None, cells: Cells) -> DateLine:
    """A start in words with its end, else that after its length; one that the row says and that is none is a doubt."""
    length = clocks.lasts(cells.duration) if end is None else None
    said = cells.end if cells.end.casefold() not in UNSAID else cells.duration
    if length and line.start is not None:
        end = (line.start + int(length.total_seconds()) // _HOUR) % _DAY
    elif end is None and said:
        line = line._replace(doubt=f"The end {shortly(said)} could not be read, so it is open.")
    return line._replace(end=end)


def _zone(said: str) -> str:
    """The zone that a cell names, as it stands where nobody knows it; "" for none and for letters."""
    if not said or (known_letters(said) and (said in ONE_OFFSET or not times.is_zone(said))):
        return ""
    *_, letters, last = ("", "", *said.split())  # Lisbon WEST UTC+1; "Berlin UTC+1" in July contradicts itself
    exact = last.startswith(("UTC", "GMT")) and known_letters(letters)
    return clocks.zone_named(said) or (clocks.zone_named(last) if exact else "") or said


def _whole_day(cells: Cells, day: date | None, last: date | None, words: str) -> Dated:
    """A row with a day and no clock; nothing where the table has no starts at all, or the start is no date.

    An end at midnight (Outlook's whole days) is that of the day before.
    """
    if not cells.start and not cells.has_start:
        return Dated()
    if day is None:
        said = "" if cells.start.casefold() in UNSAID else cells.start
        return Dated(clocks.Told(start=said, words=words)) if said else Dated()
    if last is not None and last > day and (clock := _clock(cells.end)) is not None and clock.start == 0:
        last -= timedelta(days=1)
    return Dated(clocks.Told(day=day.isoformat(), end=last.isoformat() if last else "", words=words, all_day=True))


def _wall(day: date, minutes: int) -> datetime:
    return datetime.combine(day, time()) + timedelta(minutes=minutes)


def _end(cells: Cells, start: DateLine) -> int | None:
    """Where a row says that it ends, in minutes after midnight; None on another clock than that of its start."""
    clock = _clock(cells.end)
    if clock is None or clock.offset not in {None, start.offset} or clock.letters not in {"", start.letters, cells.zone}:
        return None
    return clock.start


def shown_clock(minutes: int | None) -> str:
    """Minutes after midnight as ``9:05``, "" for none."""
    return "" if minutes is None else f"{minutes // _HOUR}:{minutes % _HOUR:02}"


def _clock(text: str) -> DateLine | None:
    """A cell as a time of day, or a range of it; None for anything else."""
    text = _MONTH_INSIDE.sub(r"\1 \3 20\4", text.strip()[:_LONGEST_CELL])
    if (minutes := clocks.minutes(text)) is not None:
        return DateLine(start=minutes)
    if found := _DOTTED.fullmatch(text):
        return DateLine(start=int(found[1]) * _HOUR + int(found[2]))
    if found := _DATES_BEFORE.fullmatch(text):
        return _clock(found[2])
    line = scan(text)
    if line is not None and line.timed:
        return None if _LIKE_LETTERS.fullmatch(line.after.strip(" ()")) else line
    figures = clock_in_figures(text)
    return _clock(figures) if figures != text else None
