"""The words of date lines: what a line is cut into before :mod:`planner.dates` reads a date and a time of day out of it.

The months are Django's (``Sept.``, ``March``), the times its ``P`` and ``G:i`` forms (``1 a.m.``, ``noon``, ``6:00``), because
conference sites print those; every pattern is linear and a word is recognised only with a capital letter, unlike prose.
"""

from __future__ import annotations

import re

from planner.values import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "DAY",
    "LONGEST",
    "MONTH",
    "MONTHS",
    "NOON",
    "WEEKDAY",
    "WEEKDAYS",
    "Token",
    "hinted",
    "minutes_of",
    "offset_of",
    "tokens",
    "with_colons",
]

LONGEST = 400
"""A line longer than this is prose: the longest real title with a date behind it has 262 characters."""

DAY = 24 * 60
"""A day in minutes."""

NOON = 12 * 60
"""Noon in minutes after midnight."""

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
"""The first three letters of the months, which tell them apart."""

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
"""The first three letters of the days of the week, in the order of :meth:`datetime.date.weekday`."""

_WIDEST = 14 * 60  # minutes: Kiritimati is that far east of UTC
MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|"
    r"Nov(?:ember)?|Dec(?:ember)?)"
)
WEEKDAY = r"(?:Mon|Tue(?:s)?|Wed(?:s|nes)?|Thu(?:r|rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?"
"""The names of months and weekdays, whole and short, in patterns."""

_MONTH = f"(?:{MONTH}|{MONTH.upper()})"
_WEEKDAY = f"(?:{WEEKDAY}|{WEEKDAY.upper()})"
_HALF = r"[AaPp](?:\.\s?)?[Mm](?![A-Za-z])\.?"

_TOKEN = re.compile(
    rf"""
      (?P<iso>[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}(?:
            T[0-9]{{2}}:[0-9]{{2}}(?::[0-9]{{2}}(?:[.,][0-9]{{1,9}})?)?(?:Z|[+-][0-9]{{2}}:?[0-9]{{2}})?(?![0-9A-Za-z:])
          | \ [0-9]{{2}}:[0-9]{{2}}:[0-9]{{2}}(?:[.,][0-9]{{1,9}})?(?:Z|[+-][0-9]{{2}}:?[0-9]{{2}})?(?![0-9A-Za-z:])
          | (?![0-9A-Za-z:-])))
    | (?P<special>(?:12(?::00)?\s?)?(?:[Nn]oon|NOON|[Mm]idnight|MIDNIGHT)(?![A-Za-z]))
    | (?P<clock>[0-9]{{1,2}}:[0-9]{{2}}(?::[0-9]{{2}})?(?!:?[0-9])(?:\s?{_HALF})?|[0-9]{{1,2}}[Hh][0-9]{{2}}(?![0-9A-Za-z.]))
    | (?P<hours>[0-9]{{1,2}}[Hh](?![0-9A-Za-z]))
    | (?P<hour>[0-9]{{1,2}}(?:\.[0-9]{{2}})?\s?{_HALF})
    | (?P<dotted>[0-9]{{1,2}}\.[0-9]{{2}}(?![0-9A-Za-z.]))
    | (?P<year>(?:19|20)[0-9]{{2}}(?![0-9A-Za-z]))
    | (?P<ordinal>[0-9]{{1,2}}(?:st|nd|rd|th|ST|ND|RD|TH)(?![A-Za-z]))
    | (?P<number>[0-9]{{1,2}}(?![0-9A-Za-z.]))
    | (?P<figure>[0-9][0-9A-Za-z.]*)
    | (?P<weekday>{_WEEKDAY}(?![A-Za-z])\.?)
    | (?P<month>{_MONTH}(?![A-Za-z])\.?)
    | (?P<utc>(?:UTC|GMT|utc|gmt)\s?[+−–-][0-9]{{1,2}}(?::?[0-9]{{2}})?(?![0-9:]))
    | (?P<offset>\+[0-9]{{2}}(?::?[0-9]{{2}})?(?![0-9:])|(?<=\s)[−-][0-9]{{4}}(?![0-9:]))
    | (?P<dash>-{{1,3}}|[–—~‑−→]|(?:to|until|till|bis|às?)(?![A-Za-z]))
    | (?P<area>[A-Z][A-Za-z]{{2,}}/[A-Za-z_]+(?:/[A-Za-z_]+)?)
    | (?P<word>[^\W\d_]+)
    | (?P<at>@)
    | (?P<open>[(\[])
    | (?P<close>[)\]])
    | (?P<plus>\+)
    | (?P<mark>[,•·⋅|:;*_`\#>».])
    | (?P<other>\S)
    """,
    re.VERBOSE,
)

_HINT = re.compile(
    rf"^\W{{0,4}}[0-2][0-9][0-5][05]\s?[-–—]\s?[0-2][0-9][0-5][05]\b|"
    rf"[0-9]{{4}}\s?hrs|[0-9][:Hh][0-9]{{2}}|[0-9][Hh]\s?[-–—]|[0-9]\s?[AaPp]\.?[Mm](?![A-Za-z])|[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}|[Nn]oon|[Mm]idnight|NOON|MIDNIGHT"
    rf"|[0-9](?:st|nd|rd|th|ST|ND|RD|TH)?,?\s(?:of\s)?{_MONTH}(?![A-Za-z])|{_MONTH}\.?\s[0-9]|^\W*{_WEEKDAY}\W*$"
)


_MILITARY = re.compile(
    r"^(\W{0,4})(?!(?:19|20)[0-9]{2}\s?[-–—]\s?(?:19|20)[0-9]{2})"
    r"([01][0-9]|2[0-4])([0-5][05])(\s?[-–—]\s?)([01][0-9]|2[0-4])([0-5][05])(?![0-9A-Za-z./-]|:[0-9])"
)
_FOUR = r"(?:[01][0-9]|2[0-4])[0-5][0-9]"
_HOURS = re.compile(
    rf"(?:^\W{{0,4}}(?:{_FOUR}(?:\s?hrs)?\s?(?:[-–—]|to)\s?)?|(?<![0-9:.]){_FOUR}\s?hrs\s?[-–—]\s?){_FOUR}\s?hrs(?![A-Za-z])"
)
_FOUR_FIGURES = re.compile(r"([0-9]{2})([0-9]{2})(?:\s?hrs)?")


class Token(NamedTuple):
    """A word of a line: its ``kind`` (a group of the pattern), its text, and where it starts and ends in the line."""

    kind: str
    text: str
    start: int
    end: int


def hinted(line: str) -> bool:
    """Whether a line can hold a date or a time of day at all; one search, no more, because every line of a page is asked."""
    return len(line) <= LONGEST and _HINT.search(line) is not None


def with_colons(line: str) -> str:
    """The line with a colon in clocks that have none: ``0900 - 0930 Opening`` (two years stay years), ``0900hrs Opening``.

    One ``1500 hrs`` alone is a clock at the head only: elsewhere it is as likely a length.
    """
    line = _HOURS.sub(lambda found: _FOUR_FIGURES.sub(r"\1:\2", found[0]), line)
    return _MILITARY.sub(r"\1\2:\3\4\5:\6", line, count=1)


def tokens(line: str) -> Iterator[Token]:
    """The words of a line in order, without the blanks between them."""
    for found in _TOKEN.finditer(line):
        yield Token(found.lastgroup or "other", found[0], found.start(), found.end())


def minutes_of(text: str, *, ending: bool = False) -> tuple[int, str] | None:
    """A time of day in minutes after midnight and its half of the day ("am", "pm" or ""), or None where there is no such time.

    ``12:30 AM`` is 30, ``9h`` 540, ``9h30`` and ``9.30`` 570,
    ``noon`` 720, ``24:00`` 1440, and ``midnight`` 0 or, where it is an end,
    1440.
    """
    small = " ".join(text.lower().split())
    if "noon" in small:
        return NOON, "pm"
    if "midnight" in small:
        return (DAY if ending else 0), "am"
    half = f"{small.replace('.', ' ').rstrip(' m')[-1:]}m" if small.rstrip(". ").endswith("m") else ""
    figures = small.rstrip("apm. ").replace(".", ":").replace("h", ":").split(":")
    hour, minute = int(figures[0]), int(figures[1]) if figures[1:] and figures[1] else 0
    if hour > 24 or minute > 59 or (hour == 24 and (minute or half)):  # noqa: PLR2004  (the clock)
        return None
    if half and hour <= 12:  # noqa: PLR2004  (13:00 p.m. is a common slip and means 13:00)
        hour = hour % 12 + (12 if half == "pm" else 0)
    elif half == "am":
        return None
    return hour * 60 + minute, half


def offset_of(text: str) -> int | None:
    """Minutes east of UTC as ISO 8601 signs them (``+02:00``, ``-0700``, ``UTC+2``, ``GMT+2``, ``Z``); None for no offset."""
    found = re.fullmatch(r"(?:UTC|GMT|Z)?\s?(?:([+−–-])([0-9]{1,2})(?::?([0-9]{2}))?)?", text.upper())
    if not text or not found:
        return None
    minutes = int(found[2] or 0) * 60 + int(found[3] or 0)
    if minutes > _WIDEST:
        return None
    return minutes if found[1] in {"+", None} else -minutes
