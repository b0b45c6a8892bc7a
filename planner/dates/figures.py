"""The figures of date lines: numbers of months and weekdays, offsets, and the halves of the day that a range leaves out."""

from __future__ import annotations

from planner.dates.words import DAY, MONTHS, NOON, WEEKDAYS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from planner.dates.words import Token

__all__ = ["count_of", "halves", "is_day", "iso_offset", "month_of", "weekday_of"]

_HOUR = 60
_LUNCH = 6 * _HOUR  # minutes after noon until which what begins at "12 a.m." is a slip, and no night


def halves(start: int, start_half: str, end: int, end_half: str) -> tuple[int, int, str]:
    """Start and end of a range in minutes, where a clock without a.m. or p.m. takes it from the other end; and a doubt."""
    if end_half and not start_half and _HOUR <= start < NOON + _HOUR:
        if end_half == "am" and end < _HOUR and start < NOON:
            doubt = "An end of 12 a.m. behind a start before noon is read as noon; check it."
            return start, end + NOON, doubt
        return min((start % NOON, start % NOON + NOON), key=lambda one: (end - one - 1) % DAY), end, ""
    if start_half == "am" and start < _HOUR and end_half == "pm" and NOON + start < end <= NOON + _LUNCH:
        return start + NOON, end, "A start of 12 a.m. before an end in the afternoon is read as noon; check it."
    twelve = _HOUR <= end < NOON + _HOUR
    if start_half and not end_half and twelve:
        return start, (start + 1 + (end - start - 1) % NOON) % DAY, ""
    if not start_half and not end_half and twelve and _HOUR <= start < NOON + _HOUR and end < start < end + NOON:
        doubt = f"The end {end // 60}:{end % 60:02} is read as {end // 60 + 12}:{end % 60:02}, after its start; check it."
        return start, end + NOON, doubt
    return start, end, ""


def iso_offset(text: str) -> str:
    """The offset at the end of an ISO 8601 date-time, "" where it has none."""
    clock = text[11:]
    at = max(clock.find("Z"), clock.find("+"), clock.find("-"))
    return clock[at:] if at >= 0 else ""


def is_day(day: int, month: int) -> bool:
    """Whether some year has that day."""
    return 1 <= month <= 12 and 1 <= day <= (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]  # noqa: PLR2004


def count_of(word: Token) -> int:
    """The number of ``10`` and ``10th``."""
    return int(word.text.rstrip("stndrhSTNDRH"))


def month_of(word: Token) -> int:
    """The number of a month from its name."""
    return MONTHS.index(word.text[:3].lower()) + 1


def weekday_of(word: Token | None) -> int | None:
    """The number of a weekday from its name."""
    return WEEKDAYS.index(word.text[:3].lower()) if word else None
