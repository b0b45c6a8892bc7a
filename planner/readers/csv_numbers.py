"""Times that spreadsheets leave as numbers: days since 1900, parts of a day, seconds since 1970, hours without minutes."""

from __future__ import annotations

import re
from datetime import date, timedelta

from planner import times
from planner.readers import csv_times
from planner.readers.abroad import bare
from planner.readers.json_times import moment, plain

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from planner.readers.csv_times import Cells

_FIRST = date(1899, 12, 30)  # day 0 of Excel, whose 1900 has a 29 February
_SERIAL = re.compile(r"([3-5][0-9]{4})(?:[.,]([0-9]{1,18}))?")  # 1982 to 2064
_PART = re.compile(r"0?[.,][0-9]{1,18}|0|1(?:[.,]0{1,18})?")
_STAMP = re.compile(r"1[0-9]{9}(?:[0-9]{3})?")
_HOUR = re.compile(r"([01]?[0-9]|2[0-4])(?:[.,]([05]))?")  # 9.5 is half past nine, 9.30 a clock
_HOURS = ("hour", "time", "heure", "hora", "ora", "uhrzeit", "zeit", "tijd", "godzina", "时间", "時間", "時刻")
_LATE = 7  # numbers that end before are those of slots
_MINUTES = 24 * 60


def in_words(rows: Sequence[Cells], heads: Mapping[str, str], warnings: list[str]) -> list[Cells]:
    """The cells with such numbers as dates and clocks, where every cell of a column is one; ``heads`` is each role's head.

    What a lone number could mean is told by its column: five figures are days, parts of one are times of day, ten or thirteen
    figures are seconds or milliseconds, and whole numbers up to 24 are hours where the column's head says so.
    """
    found = list(rows)
    for role in ("date", "start", "end", "end_date"):
        cells = [cell for row in rows if (cell := getattr(row, role).strip()) and cell.casefold() not in csv_times.UNSAID]
        reading = _reading(cells, role, heads.get(role.replace("_", ""), ""))
        if reading is None:
            continue
        if reading in {_day, _day_and_clock}:
            shown = times.long_day(_FIRST + timedelta(days=int(cells[0][:5])))
            warnings.append(f"Dates stand as a spreadsheet counts days, and were read so: {cells[0][:5]} is {shown}.")
        read = {cell: reading(cell) for cell in cells}
        found = [
            csv_times.Cells(**{**row._asdict(), role: read.get(getattr(row, role).strip(), getattr(row, role))})
            for row in found
        ]
    return found


def _reading(cells: Sequence[str], role: str, head: str) -> Callable[[str], str] | None:
    """How the numbers of a column are to be read; None where they are none, or could be something else."""
    if not cells:
        return None
    if all(map(_SERIAL.fullmatch, cells)):
        with_clocks = any(set("".join(cell[6:])) - {"0"} for cell in cells)
        return _day_and_clock if with_clocks else _day
    if role in {"date", "end_date"}:
        return None
    if all(map(_PART.fullmatch, cells)) and any(len(cell) > 1 for cell in cells):
        return _clock
    if all(map(_STAMP.fullmatch, cells)):
        return _instant
    return _full_hour if _are_hours(cells, head) else None


def _are_hours(cells: Sequence[str], head: str) -> bool:
    """Whether numbers without minutes are hours: beside clocks of the same column, or below a head that says so."""
    numbers = [int(hour[1]) for cell in cells if (hour := _HOUR.fullmatch(cell))]
    if not numbers or not all(_HOUR.fullmatch(cell) or csv_times.is_timed(cell) for cell in cells):
        return False
    name = bare(plain(head))
    return len(numbers) < len(cells) or (max(numbers) > _LATE and "slot" not in name and any(word in name for word in _HOURS))


def _day(cell: str) -> str:
    return (_FIRST + timedelta(days=int(cell[:5]))).isoformat()


def _day_and_clock(cell: str) -> str:
    return f"{_day(cell)} {_clock('0.' + (cell[6:] or '0'))}"


def _clock(cell: str) -> str:
    """A part of a day to the minute; spreadsheets are off by less than a millisecond."""
    minutes = round(float(cell.replace(",", ".")) * _MINUTES)
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _instant(cell: str) -> str:
    return at.isoformat() if (at := moment(cell)) is not None else cell


def _full_hour(cell: str) -> str:
    return f"{hour[1]}:{'30' if hour[2] == '5' else '00'}" if (hour := _HOUR.fullmatch(cell)) else cell
