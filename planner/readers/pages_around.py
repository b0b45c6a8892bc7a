"""What stands around the programme of a page: opening hours and deadlines, left out, and the only date in its head."""

from __future__ import annotations

import re
from itertools import takewhile

from planner import times
from planner.dates.words import MONTH, WEEKDAY
from planner.readers.abroad import head_in_english
from planner.readers.pages_dates import is_programme, time_of
from planner.readers.pages_days import HEAD_CAP, dates_in, day_head, names_other_day
from planner.readers.pages_forms import times_first
from planner.readers.pages_lines import Line, first_of, says

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.dates import DateLine

_NAMED = (
    r"(?:(?:opening|registration|check-?in|(?:help|front|information) ?desk|desk|museum|exhibit(?:ion|s)?|expo|library|"
    r"badge pick-?up)\s(?:desk\s)?(?:opening\s)?(?:hours|times)|hours of operation|öffnungszeiten|horaires d.ouverture|"
    r"orari di apertura|horarios? de (?:apertura|atención|atendimento|funcionamento))"
)
_HEAD = re.compile(rf"^[^0-9]*\b(?:{_NAMED}\s?:?|(?:is|are|be)\sopen(?:ed)?(?:\s(?:on|at|as follows))?\s?:)$", re.IGNORECASE)
_BETWEEN = r"\s{0,2}(?:-|–|—|to|till|until|through|bis|à|al)\s{0,2}"
_DAYS = rf"{WEEKDAY}s?\.?{_BETWEEN}{WEEKDAY}s?\.?(?![A-Za-z])"
_EVERY = r"\b(?:weekdays?|weekends?|daily|(?:every|each) day)\b"
_OPEN = re.compile(
    rf"^\W{{0,4}}(?:{_NAMED}\s{{0,2}}[:|–—-]|{_DAYS}|{_EVERY}\W{{0,5}}[0-9])|"
    rf"^[^|0-9]{{0,60}}\b(?:is|are)\sopen\b.{{0,60}}(?:{_DAYS}|{_EVERY})",
    re.IGNORECASE,
)
_BARE = re.compile(
    rf"{WEEKDAY}|{MONTH}|st|nd|rd|th|[ap]|[ap]?m|h|uhr|to|till|until|and|on|at|from|noon|midnight|daily|closed|days?|dates?|"
    r"times?|hours?|open|close|closing|opening",
    re.IGNORECASE,
)
_DEADLINE = re.compile(
    r"\W{0,4}(?=.{0,60}\b(?:deadlines?|submissions?|notifications?|camera|due|call for|cfp)\b)(?:\b(?:deadlines?|submissions?|"
    r"notifications?|camera|ready|due|call|cfp|for|of|to|the|is|are|dates?|versions?|papers?|abstracts?|posters?|workshops?|"
    r"tutorials?|demos?|talks?|proposals?|full|short|long|final|late|acceptance|authors?|closes?|ends?|opens?|"
    r"regular|extended|main|industry|research|track|first|second|round|early|bird|registration)\b"
    r"[ /-]{0,2}){1,9}(?:\([^()]{0,40}\))?\W{0,4}",
    re.IGNORECASE,
)
HEAD = 200  # lines above the first time in which the date is looked for; real heads have up to 70
TEXT_CAP = 400  # signs of a line that is running text, whatever dates it speaks of
_MOST = 30  # lines of opening hours below one head
_LAST = 23 * 60 + 59  # minutes after midnight at which a day of deadlines ends
_WORD = re.compile(r"[^\W\d_]+")


def without_hours(lines: list[Line], notes: list[str]) -> list[Line]:
    """The lines without those that say when something is due or open; the first of either is put to ``notes``."""
    due = [line for line in lines if _is_deadline(line)]
    hours = list(_hours(lines))
    for left, what in ((due, "due"), (hours if any(map(_is_timed, hours)) else [], "open")):
        if left:
            notes.append(f"{first_of(left)} tell when something is {what}, and were left out.")
    left_out = set(map(id, (*due, *hours)))
    return [line for line in lines if id(line) not in left_out]


def _hours(lines: list[Line]) -> Iterator[Line]:
    """The lines of opening hours, with the heads above them; no head is what stands right below a time, as its title."""
    end = 0
    for at, line in enumerate(lines):
        if len(line.text) > HEAD_CAP:
            continue
        if _HEAD.match(line.text) and not (at > end and _is_time(lines[at - 1])):
            below = lines[at + 1 : at + _MOST]
            run = list(takewhile(_is_bare, below))
            if not line.heading or any(one.heading == 0 for one in below[len(run) : len(run) + 1]):
                run = list(takewhile(_is_span, run))  # a day alone may be that of the talks below
            end = at + 1 + len(run)
            yield from (line, *run) if run else ()
        elif _OPEN.match(line.text) and _is_timed(line):
            yield line


def _is_deadline(line: Line) -> bool:
    """Whether a line, or a row, says until when something is to be sent: its day is not the programme's, nor its zone.

    What has an end is a talk, whatever its title; of what is said for anywhere on Earth only the last minute is a deadline.
    """
    if len(line.text) > HEAD_CAP:
        return False
    told = _told(line.text)
    if not any(said.dated for said in told) or any(said.end is not None for said in told):
        return False
    if any(said.letters.upper() == "AOE" and said.start == _LAST for said in told):
        return True
    words = _cells(line.text) if line.text.startswith("|") else [told[0].before or told[0].after]
    return any(map(_DEADLINE.fullmatch, words))


def _is_bare(line: Line) -> bool:
    """Whether a line has nothing but days and times, or the heads of their columns."""
    text = line.text
    said = any(map(str.isdigit, text)) or text.startswith("|") or "closed" in text.casefold()
    said = said and (not line.heading or text.startswith("|")) and len(text) <= HEAD_CAP
    return said and all(map(_BARE.fullmatch, _WORD.findall(text)))


def _is_span(line: Line) -> bool:
    """Whether a line says from when until when, is a row, or says that something is closed."""
    return line.text[0] == "|" or "closed" in line.text.casefold() or any(one.end is not None for one in _told(line.text))


def _is_timed(line: Line) -> bool:
    return any(said.timed for said in _told(line.text))


def _is_time(line: Line) -> bool:
    """Whether a line is a time, with its day or without, and nothing else."""
    said = says(line.text)
    return said is not None and said.timed and not (said.before or said.after)


def _told(text: str) -> list[DateLine]:
    """What a line, or each cell of a row, says of time."""
    return [said for one in _cells(text) if (said := says(one)) is not None]


def _cells(text: str) -> list[str]:
    return [cell.strip() for cell in text.strip("|").split("|")] if text.startswith("|") else [text]


def under_its_date(lines: list[Line], title: str, warnings: list[str]) -> list[Line]:
    """The lines with the only date of the page's head above their first time, where no day stands above any time.

    ``title`` is the page's HTML title. The date is put to ``warnings``. A page with several dates in its head, or with a day
    of its own, is left as it is.
    """
    first = next((at for at, line in enumerate(times_first(lines)) if time_of(line) is not None), None)
    if first is None or not is_programme(lines) or any(map(_names_day, lines)):
        return lines
    head = [Line(0, head_in_english(title)), *lines[max(first - HEAD, 0) : first]]
    found: dict[DateLine, Line] = {}
    for line in head:
        if len(line.text) <= TEXT_CAP:
            for when in dates_in(line.text):
                found.setdefault(when, line)
    days = {(when.day, when.month) for when in found}
    if len(days) != 1:
        return lines
    when = max(found, key=lambda one: (one.year is not None, one.weekday is not None))
    if any(names_other_day(line, when) for line in lines[first:]):
        return lines
    number = found[when].number
    said = f"{when.day} {times.MONTHS[(when.month or 1) - 1]}{f' {when.year}' if when.year else ''}"
    said = f"{times.DAYS[when.weekday]} {said}" if when.weekday is not None else said
    where = f"line {number}" if number else "its title"
    warnings.append(f"No day stands above the times; they were taken for {said}, the only date in the page's head ({where}).")
    while first and lines[first - 1].heading and lines[first - 1] is not found[when]:
        first -= 1  # the heading of the first session
    return [*lines[:first], Line(number, said, (), 2, after_blank=True), *lines[first:]]


def _names_day(line: Line) -> bool:
    """Whether a line is the head of a day, or says a date or a weekday together with a time."""
    said = says(line.text)
    if said is not None and said.timed:
        return said.dated or said.weekday is not None
    head = day_head(line)
    return head is not None and head.sure
