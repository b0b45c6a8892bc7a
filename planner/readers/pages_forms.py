"""Clocks and dates of a page that only its other lines make clear: ``9.30 Opening``, ``10:30-11 Break``, ``12/05/2025``."""

from __future__ import annotations

import re
from datetime import date

from planner import times
from planner.dates.words import NOON
from planner.errors import ReadError
from planner.readers.abroad import is_month
from planner.readers.pages_cards import can_be_title
from planner.readers.pages_days import day_head
from planner.readers.pages_lines import is_clock, label, looks_like_names, place, says, with_colons

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
_MILITARY_RANGE = re.compile(
    rf"{_LEAD}(?P<hour>[0-2][0-9])(?P<minute>[0-5][05])\s?[-–—]\s?(?P<last>[0-2][0-9])(?P<after>[0-5][05])(?![0-9A-Za-z./-]|:[0-9])"
)
_LABEL = re.compile(r"^(?:Date|Day|When|Time|Hours?)\s{0,2}:\s{0,3}", re.IGNORECASE)
_ABOUT = re.compile(
    rf"^(?P<lead>[|\s(\[*]{{0,4}})(?:ca|circa|approx|about|around)\b\.?\s{{0,2}}(?={_HOUR}[:.h][0-5][0-9])", re.IGNORECASE
)
_NO_END = re.compile(
    rf"(?P<start>^[|\s(\[*]{{0,4}}{_HOUR}[:.h][0-5][0-9](?:\s?[ap]\.?m\.?)?)\s?[-–—]\s?"
    r"(?:open end|onwards?|late|end|TBA|TBD|TBC|\?{1,3})\s{0,3}(?=[|:])",
    re.IGNORECASE,
)
_DOT_AND_HALF = re.compile(
    rf"{_LEAD}(?P<hour>{_HOUR})\.(?P<minute>[0-5][05])(?=\s?[-–—]\s?{_HOUR}\s?[ap]\.?m\b)", re.IGNORECASE
)
_HALF_AND_TITLE = re.compile(rf"{_LEAD}{_HOUR}:[0-5][0-9]\s?[AP]M(?=[A-Z])")  # "08:30 AMWelcome", as a browser copies it
_HALF = re.compile(rf"{_LEAD}{_HOUR}:[0-5][0-9]\s?[AP]M")
_COLON = re.compile(rf"{_LEAD}{_HOUR}[:h][0-5][0-9]")
_FIGURES = re.compile(r"(?<![0-9/.-])(?P<first>[0-9]{1,2})/(?P<second>[0-9]{1,2})/(?P<year>20[0-9]{2})(?![0-9/])")
_DATED = re.compile(r"^\W{0,6}[0-9]{1,2}/[0-9]{1,2}/20[0-9]{2}(?![0-9]).{0,60}$|^\|.{0,300}/20[0-9]{2}(?![0-9])")
_CLOCK = r"(?:[01]?[0-9]|2[0-3])(?:[:.][0-5][0-9](?:\s?[ap]\.?m\.?)?|\s?[ap]\.?m\.?)"
_ALONE = re.compile(rf"^[|\s]{{0,4}}{_CLOCK}\s{{0,3}}[-–—→]?[|\s]{{0,4}}$", re.IGNORECASE)
_DASH = re.compile(r"[-–—→]|to")
_OPEN = re.compile(r"\s{0,3}[-–—→][|\s]{0,4}$")
_LAST = re.compile(rf"^(?P<dash>[-–—→]?)\s{{0,3}}(?P<end>{_CLOCK})(?![0-9])(?P<rest>.{{0,300}})$", re.IGNORECASE)
_CENTURIES = {"19", "20"}
_WORD = 20  # signs of a word that can be a month
_MOST = 4  # times below a title for each one that is below none
_FEW = 3  # lines that make a way of writing one of the page
_LONGEST = 4 * 60  # minutes of a range that both ends give in whole hours
_RUN = 14  # days of a conference
_ALONE_ABOVE = frozenset(("chair", "location", "room"))
_ABSTRACT = " (abstract)"
_APART = re.compile(r"[,;:|·•(\[@–—-]\s{0,3}$")  # between a time and its place
_ROOM, _ROOM_CAP = "Room: ", 40  # before a place that stands alone; signs of the place behind a time


def cleared(lines: list[Line]) -> list[Line]:
    """The lines with their clocks as ``9:30`` and their dates with the month in letters, where other lines tell what is meant.

    Raises ReadError for dates in figures that can be read in two ways, of which no line tells which.
    """
    lines = [
        line._replace(
            text=_NO_END.sub(
                r"\g<start> ", _DOT_AND_HALF.sub(r"\g<lead>\g<hour>:\g<minute>", _ABOUT.sub(r"\g<lead>", line.text))
            )
        )
        for line in _titles_apart(_dates(_one_line_each(lines)))
    ]
    colons = sum(_COLON.match(line.text) is not None for line in lines)
    dotted = sum(_DOTTED.match(line.text) is not None or with_colons(line) is not line for line in lines)
    patterns = [_DOTTED] if dotted >= _FEW and not colons else []
    patterns += [_LETTERED] if colons > 1 else []
    ranges = [found for line in lines if (found := _MILITARY_RANGE.match(line.text))]
    if any(not {found["hour"], found["last"]} <= _CENTURIES for found in ranges):
        patterns += [_MILITARY, _MILITARY_RANGE]  # "1945 - 2015" are years elsewhere
    return [_clock(line, patterns) for line in lines]


def _titles_apart(lines: list[Line]) -> list[Line]:
    """The lines with a blank behind a.m. and p.m., where titles are glued to them and each clock of the page has its half."""
    clocks = [line for line in lines if _COLON.match(line.text)]
    glued = sum(_HALF_AND_TITLE.match(line.text) is not None for line in clocks)
    if glued < _FEW or not all(_HALF.match(line.text) for line in clocks):
        return lines
    return [line._replace(text=_HALF_AND_TITLE.sub(r"\g<0> ", line.text)) for line in lines]


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


def lines_closed(lines: list[Line]) -> list[Line]:
    """The lines with what was written on several in one: ``(``, ``Oral``, ``)``; ``CHAIR:``, ``Ann Lee``; and no ``>`` alone.

    Names above a title that ends with ``(abstract)``, as EasyChair writes them, are put below it.
    """
    done: list[Line] = []
    for line in lines:
        before = done[-1] if done else line
        word, rest = label(before.text)
        if line.text == ")" and len(done) > 1 and done[-2].text == "(":
            done[-2:] = [done[-2]._replace(text=f"({before.text})")]
        elif word in _ALONE_ABOVE and not (rest or line.after_blank or label(line.text)[0]) and says(line.text) is None:
            done[-1] = before._replace(text=f"{before.text} {line.text}")
        elif line.text.endswith(_ABSTRACT) and done and looks_like_names(before.text):
            title = line._replace(text=line.text.removesuffix(_ABSTRACT))
            done[-1:] = [title, before._replace(text=f"Speaker: {before.text}", after_blank=False)]
        elif line.text != ">":
            done.append(line)
    return done


def dates_with_times(lines: list[Line]) -> list[Line]:
    """The lines with each day and the time right below it in one, where each day of the page has one time, and only so.

    ``A Talk``, ``Date: March 8``, ``Time: 10:00 - 11:00``: neither begins a day of a programme.
    """
    days = [
        at for at, line in enumerate(lines) if (head := day_head(line)) is not None and head.when is not None and head.sure
    ]
    timed = [at for at, line in enumerate(lines) if _is_alone(line)]
    if len(days) < 2 or [at + 1 for at in days] != timed:  # noqa: PLR2004  (one day is a programme's)
        return lines
    joined = {at: f"{_LABEL.sub('', lines[at].text)}, {_LABEL.sub('', lines[at + 1].text)}" for at in days}
    if any((said := says(text)) is None or not said.dated or not said.timed for text in joined.values()):
        return lines
    return [
        line._replace(text=joined.get(at, line.text), heading=0 if at in joined else line.heading)
        for at, line in enumerate(lines)
        if at - 1 not in joined
    ]


def times_first(lines: list[Line]) -> list[Line]:
    """The lines with each time above its title, where all that stand alone stand below one: a heading's, a paragraph's.

    ``Session A``, ``9:00-10:30``; or ``A Talk``, ``Ada Lovelace``, ``Time: 9:00`` and an empty line.
    """
    alone = [at for at, line in enumerate(lines) if _is_alone(line)]
    roomed = len(alone) > 1 and all(at > 1 and place(lines[at - 1].text, sure=False) for at in alone)
    head = day_head(lines[alone[0] - 2]) if roomed else None
    if head is not None and head.sure and alone[-1] + 1 < len(lines):  # no title stands above the first
        return _rooms_below(lines, alone)
    for above in (_heading_above, _paragraph_above) if len(alone) > 1 else ():  # one title may stand above all the times
        titles = [above(lines, at) for at in alone]
        found = [title for title in titles if title is not None]
        odd = len(titles) - len(found)
        if len(set(found)) < len(found) or len(found) < max(2, _MOST * odd) or _begin_titles(lines, alone, found):
            continue
        if odd:
            raise _refusal(lines[alone[titles.index(None)]], "stands below no title, as the other times do; put one above it")
        moved = list(lines)
        for at, title in zip(alone, found, strict=True):
            moved.insert(title, moved.pop(at))
        return moved
    if roomed:
        said = (
            "stands above a time, and whether the title is above or below both cannot be told; put each time above its title"
        )
        raise _refusal(lines[alone[0] - 1], said)
    return _swapped(lines, [at + 1 for at in alone if lines[at + 1 : at + 2] and lines[at + 1].text.startswith(_ROOM)])


def places_apart(lines: list[Line]) -> list[Line]:
    """The lines with the place behind each time on a line of its own, where all that stands behind times are places.

    ``9:00 - 10:00, Main Hall``, ``Tuesday, May 14, 9:00 (Room 2)``, ``9:00 @ Room 2``.
    """
    told = {at: said for at, line in enumerate(lines) if (said := says(line.text)) is not None and said.start is not None}
    behind = {
        at: said.after or said.place
        for at, said in told.items()
        if said.after or (said.place and not (said.dated or said.weekday is not None))
    }
    rooms = {at: one.strip("()[] ") for at, one in behind.items() if len(one) <= _ROOM_CAP and not told[at].before}
    sure = all(
        told[at].place or (place(one, sure=False) and not one.isdigit() and _APART.search(lines[at].text.partition(one)[0]))
        for at, one in rooms.items()
    )  # "9:00 Level Set Methods" is a title
    if len(rooms) < max(2, len(behind)) or not sure or len(lines) < 2 * len(told):
        return lines  # the place of one may be its title
    done: list[Line] = []
    for at, line in enumerate(lines):
        room = rooms.get(at, "")
        time = line.text[: line.text.rfind(room)].rstrip(" ,;|·•(@–—-[")
        done.append(line._replace(text=time if room else line.text))
        done += [line._replace(text=f"{_ROOM}{room}", links=(), heading=0, after_blank=False)] if room else []
    return done


def _swapped(lines: list[Line], places: Sequence[int]) -> list[Line]:
    """The lines with those at some places behind the next ones."""
    moved = list(lines)
    for at in places:
        moved[at : at + 2] = moved[at : at + 2][::-1]
    return moved


def _refusal(line: Line, said: str) -> ReadError:
    where = f"line {line.number}, " if line.number else ""
    return ReadError(f"{where}“{line.text[:60]}” {said}")


def _begin_titles(lines: Sequence[Line], alone: Sequence[int], titles: Sequence[int]) -> bool:
    """Whether the times stand above their titles after all: each above a heading, or the first below that of the page."""
    below = [at + 1 < len(lines) and lines[at + 1].heading for at in alone]
    return all(below) or (lines[titles[0]].heading > 0 and not any(lines[title].heading for title in titles[1:]))


def _rooms_below(lines: list[Line], timed: Sequence[int]) -> list[Line]:
    """The lines with each room that stands above its time below the title: ``Main Hall``, ``9:00 - 10:00``, ``Bees``."""
    moved = list(lines)
    for at in timed:
        room, time, title = lines[at - 1 : at + 2]
        moved[at - 1 : at + 2] = time, title, room._replace(text=f"Room: {room.text}", links=(), heading=0)
    return moved


def _is_alone(line: Line) -> bool:
    """Whether a line is a time of day, or a range of it, and nothing else."""
    return line.text[0] not in "([" and is_clock(line.text)


def _heading_above(lines: Sequence[Line], at: int) -> int | None:
    """The next heading above a line; None where there is none, a day's, or another time between."""
    above = next((one for one in range(at - 1, -1, -1) if lines[one].heading or _is_alone(lines[one])), None)
    return above if above is not None and _is_title(lines[above]) else None


def _paragraph_above(lines: Sequence[Line], at: int) -> int | None:
    """The first line of the paragraph in which a line stands, below a day's head or a heading too; None where it is itself."""
    first = next((one for one in range(at, 0, -1) if lines[one].after_blank or lines[one].heading), 0)
    first += first < at and not _is_title(lines[first])
    first -= first == at > 0 and bool(lines[at - 1].heading) and _is_title(lines[at - 1])
    return first if first < at else None


def _is_title(line: Line) -> bool:
    """Whether a line can be the title of a talk, and is no head of a day and no time; ``May 4: A Retrospective`` is one."""
    head, said = day_head(line), says(line.text)
    return can_be_title(line) and not (head and head.sure) and (said is None or bool(said.after and not said.timed))


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
        if (found := pattern.match(text)) and not (pattern is _MILITARY and found["hour"] in _CENTURIES):
            minute = found["minute"] if pattern is not _LETTERED else "00"
            end = f" - {found['last']}:{found['after']}" if pattern is _MILITARY_RANGE else ""
            return line._replace(text=f"{found['lead']}{found['hour']}:{minute}{end}{text[found.end() :]}")
    return line


def _with_minutes(clock: str) -> str:
    return clock if ":" in clock or not clock.isdigit() else f"{clock}:00"


def _dates(lines: list[Line]) -> list[Line]:
    """The lines with ``12/05/2025`` as ``12 May 2025`` or ``December 5, 2025``: as the page's other dates are, or in a row."""
    dated = [line for line in lines if _DATED.match(line.text) and not _is_told(line)]
    days = [tuple(map(int, found.groups())) for line in dated for found in _FIGURES.finditer(line.text)]
    if not any(first != second and max(first, second) <= 12 for first, second, _ in days):  # noqa: PLR2004  (months)
        return lines
    orders = [order for order in (_day_first, _month_first) if _is_run([order(*day) for day in days])]
    if len(orders) != 1:
        raise _refusal(dated[0], "can be two days; write its month in letters and import the page again")

    def said(found: re.Match[str]) -> str:
        day = orders[0](*map(int, found.groups()))
        return f"{day.day} {times.MONTHS[day.month - 1]} {day.year}" if day is not None else found[0]

    return [line._replace(text=_FIGURES.sub(said, line.text)) if line in dated else line for line in lines]


def _is_told(line: Line) -> bool:
    """Whether a weekday beside a date in figures tells which day it is: ``07/08/2024 Monday``."""
    head = day_head(line)
    return head is not None and head.when is not None and head.when.weekday is not None


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
