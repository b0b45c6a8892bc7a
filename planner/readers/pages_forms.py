"""Clocks and dates of a page that only its other lines make clear: ``9.30 Opening``, ``10:30-11 Break``, ``12/05/2025``."""

from __future__ import annotations

import re
from datetime import date

from planner import times
from planner.dates.words import NOON
from planner.errors import ReadError
from planner.readers.abroad import is_month

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.readers.pages_lines import Line

_LEAD = r"^(?P<lead>[|\s(\[*]{0,4})"
_HOUR = r"(?:[01]?[0-9]|2[0-3])"
_TITLE = (
    r"(?=\s{0,3}(?:[-–—:|]\s{0,3})?[^\W\d_a-zß-ÿ]|\s{0,3}$|\s{0,3}\|)"  # a capital letter, the end of the line or of a cell
)
_ONE_BARE = re.compile(
    rf"{_LEAD}(?P<start>{_HOUR}(?::[0-5][0-9])?|[Nn]oon)\s?[-–—]\s?(?P<end>{_HOUR}(?::[0-5][0-9])?)(?P<half>\s?[ap]\.?m\b\.?)?{_TITLE}"
)
_DOTTED = re.compile(rf"{_LEAD}(?P<hour>{_HOUR})\.(?P<minute>[0-5][05]){_TITLE}")
_LETTERED = re.compile(rf"{_LEAD}(?P<hour>{_HOUR})\s?[hH]{_TITLE}")
_MILITARY = re.compile(rf"{_LEAD}(?P<hour>[01][0-9]|2[0-3])(?P<minute>[0-5][05]){_TITLE}")
_MILITARY_RANGE = re.compile(rf"{_LEAD}[0-2][0-9][0-5][05]\s?[-–—]\s?[0-2][0-9][0-5][05]\b")
_COLON = re.compile(rf"{_LEAD}{_HOUR}[:h][0-5][0-9]")
_FIGURES = re.compile(
    r"^(?P<lead>\W{0,6})(?P<first>[0-9]{1,2})/(?P<second>[0-9]{1,2})/(?P<year>20[0-9]{2})(?![0-9])(?P<rest>.{0,60})$"
)
_CLOCK = r"(?:[01]?[0-9]|2[0-3])(?:[:.][0-5][0-9](?:\s?[ap]\.?m\.?)?|\s?[ap]\.?m\.?)"
_ALONE = re.compile(rf"^[|\s]{{0,4}}{_CLOCK}\s{{0,3}}[-–—→]?[|\s]{{0,4}}$", re.IGNORECASE)
_DASH = re.compile(r"[-–—→]|to")
_OPEN = re.compile(r"\s{0,3}[-–—→][|\s]{0,4}$")
_LAST = re.compile(rf"^(?P<dash>[-–—→]?)\s{{0,3}}(?P<end>{_CLOCK})(?![0-9])(?P<rest>.{{0,300}})$", re.IGNORECASE)
_WORD = 20  # signs of a word that can be a month
_FEW = 3  # lines that make a way of writing one of the page
_LONGEST = 4 * 60  # minutes of a range that both ends give in whole hours
_RUN = 14  # days of a conference


def cleared(lines: list[Line]) -> list[Line]:
    """The lines with their clocks as ``9:30`` and their dates with the month in letters, where other lines tell what is meant.

    Raises ReadError for dates in figures that can be read in two ways, of which no line tells which.
    """
    lines = _dates(_one_line_each(lines))
    colons = sum(_COLON.match(line.text) is not None for line in lines)
    dotted = sum(_DOTTED.match(line.text) is not None for line in lines)
    patterns = [_DOTTED] if dotted >= _FEW and not colons else []
    patterns += [_LETTERED] if colons > 1 else []
    patterns += [_MILITARY] if any(_MILITARY_RANGE.match(line.text) for line in lines) else []
    return [_clock(line, patterns) for line in lines]


def _one_line_each(lines: list[Line]) -> list[Line]:
    """The lines with each range in one that was broken at its dash: ``09:00``, ``→ 09:10``; ``4:00 pm -``, ``6:00 pm``."""
    done: list[Line] = []
    for line in lines:
        before = done[-1].text if done else ""
        after = line.text.strip("| ")
        ends = _LAST.match(after)
        if _ALONE.match(before) and _DASH.fullmatch(after):
            done[-1] = done[-1]._replace(text=f"{before.strip('| ')} –")
        elif _ALONE.match(before) and ends and (ends["dash"] or _OPEN.search(before)):
            start = _OPEN.sub("", before).strip("| ")
            done[-1] = done[-1]._replace(text=f"{start} – {ends['end']}{ends['rest']}")
        else:
            done.append(line)
    return done


def _clock(line: Line, patterns: Sequence[re.Pattern[str]]) -> Line:
    """A line with colons in the clocks at its head."""
    text = line.text
    found = _ONE_BARE.match(text)
    if (
        found
        and not is_month(text[found.end() :].strip()[:_WORD].partition(" ")[0])
        and not (":" in found["start"] and ":" in found["end"])
    ):
        start, end = found["start"], found["end"]
        whole = ":" not in start and ":" not in end and not found["half"]
        if "oon" not in start and whole and not 0 < (int(end) - int(start)) * 60 % NOON <= _LONGEST:
            return line
        clocks = " - ".join(_with_minutes(one) for one in (start, end)) + (found["half"] or "")
        return line._replace(text=f"{found['lead']}{clocks}{text[found.end() :]}")
    for pattern in patterns:
        if (found := pattern.match(text)) and not (pattern is _MILITARY and found["hour"] in {"19", "20"}):
            minute = found["minute"] if pattern is not _LETTERED else "00"
            return line._replace(text=f"{found['lead']}{found['hour']}:{minute}{text[found.end() :]}")
    return line


def _with_minutes(clock: str) -> str:
    return clock if ":" in clock or not clock.isdigit() else f"{clock}:00"


def _dates(lines: list[Line]) -> list[Line]:
    """The lines with ``12/05/2025`` as ``12 May 2025`` or ``December 5, 2025``: as the page's other dates are, or in a row."""
    found = {at: match for at, line in enumerate(lines) if (match := _FIGURES.match(line.text))}
    days = {at: (int(match["first"]), int(match["second"]), int(match["year"])) for at, match in found.items()}
    unclear = [at for at, (first, second, _) in days.items() if first != second and max(first, second) <= 12]  # noqa: PLR2004
    if not unclear:
        return lines
    orders = [order for order in (_day_first, _month_first) if _is_run([order(*day) for day in days.values()])]
    if len(orders) != 1:
        line = lines[unclear[0]]
        where = f"line {line.number}, " if line.number else ""
        raise ReadError(f"{where}“{line.text[:60]}” can be two days; write its month in letters and import the page again")
    done = list(lines)
    for at, match in found.items():
        day = orders[0](*days[at])
        if day is not None:
            said = f"{day.day} {times.MONTHS[day.month - 1]} {day.year}"
            done[at] = lines[at]._replace(text=f"{match['lead']}{said}{match['rest']}")
    return done


def _day_first(first: int, second: int, year: int) -> date | None:
    try:
        return date(year, second, first)
    except ValueError:
        return None


def _month_first(first: int, second: int, year: int) -> date | None:
    return _day_first(second, first, year)


def _is_run(days: Sequence[date | None]) -> bool:
    """Whether the days are days of one conference: all exist and lie within two weeks."""
    known = [day for day in days if day is not None]
    return len(known) == len(days) and (max(known) - min(known)).days < _RUN
