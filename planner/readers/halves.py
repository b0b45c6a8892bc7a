"""Clocks of twelve hours that say neither a.m. nor p.m.: told by the order in which entries stand, or refused."""

from __future__ import annotations

import re
from itertools import pairwise

from planner.errors import ReadError
from planner.readers import clocks
from planner.readers.sources import shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.readers.clocks import Told
    from planner.readers.sources import Part

_HOUR, _HALF = 60, 12 * 60
_MORNING = 7 * 60  # minutes after midnight before which no conference begins, on a clock of twelve hours
_NIGHT = 6 * 60  # minutes after midnight before which a day begins only where the clock is one of twelve hours
_UNSURE = re.compile(r"(?<![0-9:])[1-5]:[0-5][0-9](?!:?[0-9])(?!(?::[0-9]{2})?\s?[AaPp]\.?[Mm])")
_EVENING = 18 * 60  # minutes after midnight from which on a list may go past it
_AFTERNOON = 13 * 60  # minutes after midnight that only a clock of 24 hours has


def in_halves(entries: Sequence[tuple[Told, str]], part: Part, warnings: list[str]) -> list[Told]:
    """The times of entries (each with its room), clocks of twelve hours without their half in that of the order they stand in.

    They are such clocks where no hour is beyond 12, and an end is before its start, or a day goes from hours of the morning to
    such as 1:00; only the latter tells which half. Raises ReadError where the order does not tell it.
    """
    spans = [
        (told.day, start, clocks.minutes(told.end))
        for told, _ in entries
        if told.day and told.at is None and (start := clocks.minutes(told.start)) is not None
    ]
    doubt = None if any(_is_long(told) for told, _ in entries) else _of_twelve_hours(spans) or _at_night(entries)
    if doubt is None:
        return [told for told, _ in entries]
    start, end, ordered = doubt
    last: dict[tuple[str, str], int] = {}
    found = [_in_half(told, room, last) for told, room in entries]
    if None in found or not ordered or _may_be_evening(entries, found):
        until = f" to {clocks.clock_of(end)}" if end is not None else ""
        raise ReadError(
            f"{shown(part)} has times like {clocks.clock_of(start)}{until}, "
            "and none after 13:00, so it does not say which half of the day is meant; write a.m. and p.m., or 13:00"
        )
    warnings.append(
        f"No time is after 13:00, and some go from the morning to {clocks.clock_of(start)}: 1:00 to 6:59, and what comes "
        "later on such a day, were taken for afternoon."
    )
    return [told for told in found if told is not None]


def past_midnight(entries: Sequence[tuple[Told, str]], warnings: list[str]) -> list[Told]:
    """The times of entries (each with its room), those of the night that end an evening's list on the next day, and told.

    Such a list is a day of one room whose clocks rise, fall once from the evening to the night, and rise again.
    """
    found = [told for told, _ in entries]
    lists: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for index, (told, room) in enumerate(entries):
        if told.day and told.at is None and (start := clocks.minutes(told.start)) is not None:
            lists.setdefault((told.day, room), []).append((start, index))
    moved = []
    for held in lists.values():
        falls = [number for number, (one, other) in enumerate(pairwise(held), 1) if other[0] < one[0]]
        if len(falls) == 1 and held[falls[0] - 1][0] >= _EVENING and held[-1][0] < _NIGHT:
            moved += held[falls[0] :]
    for start, index in moved:
        found[index] = found[index]._replace(start=f"{24 + start // _HOUR}:{start % _HOUR:02}")
    if moved:
        count = f" (and {len(moved) - 1} more)" if len(moved) > 1 else ""
        said = f"{clocks.clock_of(moved[0][0])}{count}"
        warnings.append(f"{said} stands behind the evening of its day and room, so it was taken for that night.")
    return found


def _of_twelve_hours(spans: Sequence[tuple[str, int, int | None]]) -> tuple[int, int | None, bool] | None:
    """The first start and end that only a clock of twelve hours can show, and whether a day goes from the morning to it.

    None where nothing speaks for such a clock.
    """
    mornings: set[str] = set()
    odd = None
    for day, start, end in spans:
        mornings |= {day} if start >= _MORNING else set()
        if _HOUR <= start < _MORNING and day in mornings:
            return start, end, True
        if odd is None and end is not None and end < start:
            odd = start, end, False
    return odd


def _is_long(told: Told) -> bool:
    """Whether a time says itself that it is after 13:00; the end of ``12:15 - 1:15`` was only taken for it."""
    late = [at for said in (told.start, told.end) if (at := clocks.minutes(said)) is not None and at >= _AFTERNOON]
    hours = "|".join(str(minutes // _HOUR) for minutes in late)
    said = rf"(?<![0-9])(?:{hours})(?:[:.hH時]?[0-5][0-9]|\s?[hHuU時])|[pP]\.?[mM]"
    return bool(late) and told.at is None and (not told.words or re.search(said, told.words) is not None)


def _at_night(entries: Sequence[tuple[Told, str]]) -> tuple[int, int | None, bool] | None:
    """A start such as 1:00, without a zero before it or its half behind it; None for none."""
    for told, _ in entries:
        start = clocks.minutes(told.start)
        words = told.words.removesuffix(told.duration)  # a length of 1:00 is no start
        if told.day and told.at is None and start is not None and _HOUR <= start < _NIGHT and _UNSURE.search(words):
            return start, clocks.minutes(told.end), False
    return None


def _in_half(told: Told, room: str, last: dict[tuple[str, str], int]) -> Told | None:
    """A time with its clock in the right half, after the ``last`` start of its day and room; None where it cannot be."""
    start, end = clocks.minutes(told.start), clocks.minutes(told.end)
    if not told.day or told.at is not None or start is None:
        return told
    key = told.day, room
    start += _HALF if start < _MORNING else 0
    start += _HALF if start < last.get(key, 0) and start < _HALF else 0
    if end is not None and end < start:
        end += _HALF
    if start < last.get(key, 0) or (end is not None and not start <= end <= start + _HALF):
        return None
    last[key] = start
    return told._replace(start=clocks.clock_of(start), end="" if end is None else clocks.clock_of(end))


def _may_be_evening(entries: Sequence[tuple[Told, str]], found: Sequence[Told | None]) -> bool:
    """Whether a room first shows hours of the morning after others' afternoon, in entries that are not room by room.

    There a dinner at 7:00 in a place of its own is no breakfast, while the second room of two begins again at 9:00.
    """
    days: dict[str, list[tuple[str, int]]] = {}
    for (_, room), told in zip(entries, found, strict=True):
        if told is not None and told.day and told.at is None and (start := clocks.minutes(told.start)) is not None:
            days.setdefault(told.day, []).append((room, start))
    for day in days.values():
        pairs = list(pairwise(day))
        in_blocks = sum(one[0] != other[0] for one, other in pairs) < len(dict(day))
        for at, ((_, before), (room, start)) in enumerate(pairs, 1):
            if not in_blocks and start < _HALF and before > _HALF and room not in dict(day[:at]):
                return True
    return False
