"""Date lines and times of a page, those that can be read and those that cannot (``Wed 16 Jul 25:00 - 26:00``)."""

from __future__ import annotations

import re
from itertools import islice

from planner.dates.letters import known_letters
from planner.dates.words import MONTH, WEEKDAY
from planner.readers.pages_kinds import is_kind_line, kind_of
from planner.readers.pages_lines import TITLE_CAP, says, with_colons
from planner.values import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.dates import DateLine
    from planner.readers.pages_lines import Line

DATE_CAP = 200
"""A line longer than this is running text, whatever times it speaks of."""

DATED_CAP = 100
"""A line longer than this is running text, whatever it begins with; the longest real date line has 70 signs."""

_FEW = 3  # times that make a programme: one or two may stand in any text
_DAY = r"[0-9]{1,3}(?:st|nd|rd|th)?"
_HALF = r"[ap]\.?m\b\.?"
_CLOCK = rf"[0-9]{{1,3}}(?:\s?:\s?[0-9]{{1,3}}(?![0-9:])(?:\s?{_HALF})?|\s?h(?:\s?[0-9]{{1,3}})?\b|\s?{_HALF})"
_DATED = re.compile(
    rf"^[-*>|(\[\s]{{0,4}}(?:on\s+)?(?:{WEEKDAY}[.,]{{0,2}}\s+(?=[0-9])|(?:{WEEKDAY}[.,]{{0,2}}\s+)?"
    rf"(?:{_DAY}\.?,?\s+(?:of\s+)?{MONTH}\b|{MONTH}\.?\s+{_DAY}\b))(?P<rest>.*)$",
    re.IGNORECASE,
)
_TIME = re.compile(
    rf"(?<![0-9]){_CLOCK}|[0-9]\.[0-9]{{2}}\b|\bnoon\b|\bmidnight\b|(?<![0-9])[0-9]{{1,4}}\s?[-–—~]\s?[0-9]{{1,4}}",
    re.IGNORECASE,
)
_NO_PROSE = re.compile(r"[^\w]{0,5}(?:[0-9]|[A-Z]{2}|noon|midnight|(?:at|from)\s+[0-9])")
_WORD = re.compile(r"\b[A-Z]{3,5}\b")

_FULL = rf"[0-9]{{1,3}}(?:[:h][0-9]{{2}}(?![0-9:])(?:\s?{_HALF})?|\s?{_HALF})"  # "24h Hackathon" is a title
_RANGE = rf"{_FULL}(?:\s?(?:-{{1,3}}|[–—~])\s?{_FULL})?"
_LEADING = re.compile(
    rf"^(?P<open>[\[(]?)\s?(?P<said>{_RANGE}(?:\s(?-i:[A-Z]{{2,5}})\b)?)\s?[\])]?\s{{0,3}}[-–—:|·]?\s{{0,3}}(?P<title>.*)$",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    rf"^(?P<title>\S.*?)\s+(?P<said>\[\s?{_RANGE}\s?\]|{WEEKDAY}[.,]{{0,2}}\s+{_DAY}\s+[A-Za-z]{{3,9}}\.?,?\s+{_RANGE})$",
    re.IGNORECASE,
)
_DAY_HEAD = re.compile(
    rf"^{WEEKDAY}[.,]{{0,2}}\s+(?:{_DAY}\s+[A-Za-z]{{3,9}}|{MONTH}\.?\s+{_DAY})\.?(?:,?\s+[0-9]{{4}})?$", re.IGNORECASE
)


_UNSAID = re.compile(
    r"^(?P<said>TBA|TBD|TBC|(?:Time )?(?:to be|To be|To Be) (?:announced|Announced))\s{0,3}[:|–—-]\s{0,3}(?P<title>[^\W_].*)$"
)
_YEARLIKE = re.compile(r"^(?P<said>(?:19|20)[0-5][05]\s?[-–—]\s?(?:19|20)[0-5][05])\s{1,3}[:|–—-]?\s{0,3}(?P<title>[A-Z].*)$")


class Unread(NamedTuple):
    """A line of a calendar that should give a time: the words for it, and the title beside them (``""``: a head alone)."""

    said: str
    title: str = ""
    nested: bool = False


def date_line(line: Line) -> DateLine | None:
    """What a line says of time if it is a date line: a date or weekday with a start, perhaps end, zone and place, no more."""
    if len(line.text) > DATE_CAP:
        return None
    when = says(beside_kind(line.text)[0])
    if when is None or when.start is None or (when.day is None and when.weekday is None):
        return None
    alone = not when.before.strip(" ([|") or when.before.strip().casefold() == "on"
    return when if alone and not when.after.strip(" )]|.,") else None


def beside_kind(text: str) -> tuple[str, str]:
    """A date line without the kind before or behind it, and that kind: ``Tue 7 Dec. 0:00 (Oral)``, ``Oral | Tue 7 Dec``."""
    first, bar, rest = text.partition(" | ")
    if bar and is_kind_line(first):
        return rest, first
    date, bracket, said = text.rpartition("(")
    kind = said[:-1] if bracket and said.endswith(")") else ""
    return (date.rstrip(), kind) if kind and kind_of(kind) else (text, "")


def time_of(line: Line) -> DateLine | None:
    """What a line, or the first cell of a row, says of a time of day; None where it gives no start."""
    text = with_colons(line).text
    said = says(text.strip("| ").partition("|")[0].strip() if text.startswith("|") else text)
    return said if said is not None and said.start is not None else None


def is_programme(lines: Sequence[Line]) -> bool:
    """Whether a text has several times of day at the heads of its lines, as a programme has whose date stands elsewhere."""
    found = (said for line in lines if (said := time_of(line)) is not None and not said.before)
    return len(list(islice(found, _FEW))) == _FEW


def looks_dated(line: Line) -> bool:
    """Whether a line that is no date line begins like one: a weekday or a date, and then a clock, a range or zone letters.

    A date and time behind a single word is one too, because the word may be a weekday with a slip (``Wedn 16 July 10:15``).
    """
    text = line.text
    if len(text) > DATED_CAP:
        return False
    if found := _DATED.match(text):
        rest = found["rest"]
        zones = [word for word in _WORD.findall(rest) if known_letters(word)]
        return bool((zones or _TIME.search(rest)) and (_NO_PROSE.match(rest) or (zones and rest.endswith(zones[-1]))))
    said = says(text)
    return said is not None and said.dated and said.end is not None and len(said.before.split()) == 1


def in_calendar(line: Line) -> Unread | None:
    """What a line of a calendar holds that the grammar of dates says nothing of and that looks like a time all the same."""
    text = line.text
    if len(text) > TITLE_CAP:
        return None
    if _DAY_HEAD.match(text):
        return Unread(text)
    if (found := _UNSAID.match(text)) or (found := _YEARLIKE.match(text)):
        return Unread(found["said"], found["title"])
    if found := _LEADING.match(text):
        title = found["title"].strip()
        return None if title[:1].islower() else Unread(found["said"], title, bool(found["open"]))
    if found := _BEHIND.match(text):
        return Unread(found["said"], found["title"])
    return None
