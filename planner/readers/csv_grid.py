"""Timetables as CSV: rooms or tracks across, times down, as people keep them in a spreadsheet."""

from __future__ import annotations

import csv
import io
from itertools import islice

from planner.errors import ReadError
from planner.readers import csv_times, pages
from planner.readers.abroad import bare
from planner.readers.columns import role_of
from planner.readers.json_times import plain
from planner.readers.sources import not_too_many, shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.model import Reading
    from planner.readers.sources import Hints, Part

FORMATS = ("csv-grid",)

_LINES_ABOVE = 8  # lines in which the names of the rooms are looked for
_LINES = 60  # lines in which a file shows what it is
_FEWEST = 3  # columns
_HEAD = 20_000
_TIMES = frozenset(("", "slot", "timeslot", "session", "timing", "timeslots", "czas", "datetime", "dayandtime"))


def claims(text: str, part: Part) -> bool:  # noqa: ARG001  (every reader is asked with both)
    """Whether times stand down the first column, and names across the line above them."""
    return bool(_grid(text[:_HEAD], _LINES))


def read(text: str, part: Part, hints: Hints) -> Reading:
    """The talks of a timetable, read as the table of a page is.

    Raises ReadError where it is none, and as :func:`planner.readers.pages.read` does.
    """
    rows = _grid(text, None)
    if not rows:
        raise ReadError(f"{shown(part)} is no timetable with times down and rooms across: nothing found; save it again as CSV")
    not_too_many(len(rows))
    width = max(map(len, rows))
    rows[0][0] = "Time"
    lines = ["| " + " | ".join(map(_cell, [*row, *[""] * (width - len(row))])) + " |" for row in rows]
    lines.insert(1, "|" + "---|" * width)
    above = text[: text.find(rows[0][1])]
    head = [" ".join(line.replace(",", " ").replace(";", " ").split()) for line in above.split("\n")[:-1]]
    reading = pages.read("\n".join([*head, "", *lines]) + "\n", part, hints)
    return reading._replace(format=FORMATS[0])


def _cell(text: str) -> str:
    """A cell as Markdown holds it, its lines in one."""
    return " – ".join(line for one in text.replace("|", "/").split("\n") if (line := one.strip()))


def _grid(text: str, most: int | None) -> list[list[str]] | None:
    """The line with the names of the columns and those below it, start and end in one cell; None where it is no timetable."""
    for sign in "\t;,":
        try:
            rows = list(islice(csv.reader(io.StringIO(text.lstrip("\ufeff"), newline=""), delimiter=sign), most))
        except csv.Error:
            continue
        for at, row in enumerate(rows[:_LINES_ABOVE]):
            if _is_head(row):
                found = [one for one in ([cell.strip() for cell in row] for row in rows[at:]) if any(one)]
                ranges = role_of(row[1]) == "end"
                found = [_joined(one) if ranges else one for one in found]
                timed = sum(1 for one in found[1:] if csv_times.is_timed(one[0]))
                return found if timed > 1 and 2 * timed > len(found) - 1 else None
    return None


def _is_head(row: Sequence[str]) -> bool:
    """Whether a line names times in its first column and several others, none of which is a talk's own (title, speaker)."""
    names = [cell for cell in row[1:] if cell.strip()]
    first = plain(row[0].partition("(")[0]) if row else ""
    if len(row) < _FEWEST or len(names) < _FEWEST - 1 or not (bare(first) in _TIMES or role_of(row[0]) == "start"):
        return False
    return not any(
        csv_times.is_timed(cell) or role_of(cell) in {"title", "date", "people", "text", "duration"} for cell in names
    )


def _joined(row: list[str]) -> list[str]:
    """A line whose first two cells are its start and its end, with both in one."""
    start, end = [*row, "", ""][:2]
    return [f"{start} - {end}" if start and end else start, *row[2:]]
