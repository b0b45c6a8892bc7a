"""Programmes of one day, which print its date once, in their head: ``Workshop on Legs, Monday 11 March 2024, Yokohama``."""

from __future__ import annotations

from itertools import islice

from planner import times
from planner.readers.abroad import head_in_english
from planner.readers.pages_days import dates_in, day_head, names_other_day
from planner.readers.pages_forms import times_first
from planner.readers.pages_lines import Line, says, with_colons

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.dates import DateLine

HEAD = 200
"""Lines above the first time in which the date is looked for; real heads have up to 70."""

TEXT_CAP = 400
"""A line longer than this is running text, whatever dates it speaks of."""

_FEW = 3  # times that make a programme: one or two may stand in any text


def time_of(line: Line) -> DateLine | None:
    """What a line, or the first cell of a row, says of a time of day; None where it gives no start."""
    text = with_colons(line).text
    said = says(text.strip("| ").partition("|")[0].strip() if text.startswith("|") else text)
    return said if said is not None and said.start is not None else None


def is_programme(lines: Sequence[Line]) -> bool:
    """Whether a text has several times of day at the heads of its lines, as a programme has whose date stands elsewhere."""
    found = (said for line in lines if (said := time_of(line)) is not None and not said.before)
    return len(list(islice(found, _FEW))) == _FEW


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
