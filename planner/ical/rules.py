"""RRULEs (RFC 5545 3.3.10) checked part by part before anything follows them: a calendar may hold whatever its sender likes.

A rule that has passed is short, holds no part that is not in the standard, and does not fall more than once an hour.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime

from planner.values import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

DAYS = {"DAILY": 1, "WEEKLY": 7, "MONTHLY": 28, "YEARLY": 365}
"""The frequencies that are followed, in days; what repeats by the hour, minute or second is nobody's engagement."""

MOST_A_DAY = 24
"""A rule may fall so often on one day."""

MOST_PLACES = 5
"""So many BYSETPOS are followed: the first five workdays of a month."""

_LONGEST = 2000  # signs of a rule; one with every part and list full has 1,900
_NUMBER = re.compile(r"[+-]?[0-9]{1,4}")
_WEEKDAY = re.compile(r"([+-]?[0-9]{1,2})?(MO|TU|WE|TH|FR|SA|SU)")
_UNTIL = re.compile(r"([0-9]{8})(?:T([0-9]{6})(Z?))?")
_FITFUL = frozenset({"BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYSETPOS"})
_WEEKDAYS = frozenset({"MO", "TU", "WE", "TH", "FR", "SA", "SU"})
_OTHERS = frozenset({"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYDAY"})
_LISTS = {
    "BYMONTH": (1, 12, False),
    "BYMONTHDAY": (1, 31, True),
    "BYYEARDAY": (1, 366, True),
    "BYWEEKNO": (1, 53, True),
    "BYSETPOS": (1, 366, True),
    "BYHOUR": (0, 23, False),
    "BYMINUTE": (0, 59, False),
    "BYSECOND": (0, 59, False),
}


class Rule(NamedTuple):
    """A checked rule: its text, how many days its frequency and interval make, and how often it can fall on one day.

    ``until`` is its last start as a naive wall clock, None where it has none; ``odd`` what stood in it and means nothing.
    """

    text: str
    days: int
    a_day: int
    until: datetime | None = None
    odd: str = ""


def checked(said: str, *, wall: Callable[[datetime], datetime], all_day: bool) -> Rule:
    """A rule as it is followed; ``wall`` gives the series' wall clock of an instant, in which UNTIL is then told.

    A negative COUNT, which some programs write, is no count; a date as UNTIL is that whole day. Raises ValueError for what is
    no rule of the standard, and for one that falls more often than followed. So does a part that can keep a rule from ever
    falling (``BYMONTHDAY=30;BYMONTH=2``) by the day or the week, as no calendar program writes it: each day until the year
    9999 would be looked at, which takes five seconds; by the month it is half of one.
    """
    parts, odd = _parts(said)
    every = _whole(parts.get("INTERVAL", "1"), 1, 9999)
    kept = {"FREQ": parts["FREQ"], "INTERVAL": str(every)}
    for key in _LISTS.keys() & parts.keys() | {"BYDAY"} & parts.keys():
        kept[key] = ",".join(_item(key, item) for item in parts[key].split(","))
    if "WKST" in parts:
        kept["WKST"] = parts["WKST"]
    if not parts.get("COUNT", "-").startswith("-"):
        kept["COUNT"] = str(_whole(parts["COUNT"], 1, 9999))
    until = _until(parts["UNTIL"], wall, all_day=all_day) if "UNTIL" in parts else None
    if until is not None:
        kept["UNTIL"] = until.isoformat()[: 10 if all_day else 19].replace("-", "").replace(":", "")
    if (kept["FREQ"] in {"DAILY", "WEEKLY"} and kept.keys() & _FITFUL) or kept.get("BYSETPOS", "").count(",") >= MOST_PLACES:
        raise ValueError(said)
    a_day = 1
    for key in ("BYHOUR", "BYMINUTE", "BYSECOND"):
        a_day *= len(set(kept.get(key, "").split(",")))
    if a_day > MOST_A_DAY or (all_day and a_day > 1):
        raise ValueError(said)
    return Rule(";".join(f"{key}={kept[key]}" for key in sorted(kept)), DAYS[kept["FREQ"]] * every, a_day, until, odd)


def _parts(said: str) -> tuple[dict[str, str], str]:
    """The parts by name, all of them known, and what is no part at all; raises ValueError."""
    if len(said) > _LONGEST:
        raise ValueError(said[:40])
    parts: dict[str, str] = {}
    odd = []
    for piece in said.upper().replace(" ", "").strip(";").split(";"):
        key, sign, value = piece.partition("=")
        if not sign:
            odd.append(piece)
        elif key in parts or not (key in _LISTS or key in _OTHERS or key.startswith("X-")):
            raise ValueError(piece)
        else:
            parts[key] = value
    if parts.get("FREQ") not in DAYS or parts.get("WKST", "MO") not in _WEEKDAYS:
        raise ValueError(said)
    return parts, ";".join(odd)


def _item(key: str, item: str) -> str:
    """One item of a list; raises ValueError."""
    if key == "BYDAY":
        found = _WEEKDAY.fullmatch(item)
        if found is None or (found[1] is not None and not 1 <= abs(int(found[1])) <= 53):  # noqa: PLR2004  (weeks of a year)
            raise ValueError(item)
        return item
    least, most, negative = _LISTS[key]
    return str(_whole(item.removeprefix("-") if negative else item, least, most) * (-1 if item.startswith("-") else 1))


def _whole(said: str, least: int, most: int) -> int:
    if _NUMBER.fullmatch(said) is None or not least <= int(said) <= most:
        raise ValueError(said)
    return int(said)


def _until(said: str, wall: Callable[[datetime], datetime], *, all_day: bool) -> datetime:
    """The last start as a naive wall clock; raises ValueError."""
    found = _UNTIL.fullmatch(said)
    if found is None:
        raise ValueError(said)
    at = datetime.fromisoformat(f"{found[1]}T{found[2] or '235959'}")
    if found[3]:
        try:
            at = wall(at.replace(tzinfo=UTC))
        except OverflowError:
            raise ValueError(said) from None
    return at.replace(hour=0, minute=0, second=0) if all_day else at
