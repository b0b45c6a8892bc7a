"""Heads of days in programmes: ``Day 2: Friday, June 28``, ``WEDNESDAY 15 MAY — WORKSHOPS``, ``Thursday``.

All clocks below such a head hang on it, so a line that is one and cannot be read may never be taken for text.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from planner import times
from planner.dates import DateLine, scan
from planner.dates.words import MONTH, MONTHS, WEEKDAY, WEEKDAYS
from planner.errors import ReadError
from planner.readers.pages_events import Events
from planner.readers.pages_lines import cited, says
from planner.values import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from planner.readers.pages_lines import Line

HEAD_CAP = 120
"""A line longer than this is no head of a day; the longest real one has 80 signs."""


class DayHead(NamedTuple):
    """What the head of a day says: its date, or its weekday alone, and its number (``Day 2``); None and 0 where it does not.

    ``sure`` is false where a title could be written so too (``May 4: A Retrospective``).
    """

    when: DateLine | None = None
    number: int = 0
    sure: bool = True


_DAY = r"[0-3]?[0-9](?:st|nd|rd|th)?"
_COUNT = r"(?P<count>[1-9]|1[0-4]|One|Two|Three|Four|Five|Six|Seven|I{1,3}|IV|V)"
_NUMBER = {
    word: number
    for number, words in enumerate(("one i", "two ii", "three iii", "four iv", "five v", "six", "seven"), 1)
    for word in words.split()
}
_NUMBERED = re.compile(
    rf"^(?:(?:Main |Pre-|Post-)?[A-Z][A-Za-z]{{1,20}} )?Day[ -]#?{_COUNT}(?![0-9A-Za-z])[ ]?[:,.|(\[–—-]{{0,2}}\s{{0,3}}",
    re.IGNORECASE,
)
_INTRODUCED = re.compile(
    r"^(?:(?:Dates?|When|Program(?:me)?|Schedule|Agenda|Workshops?|Tutorials?|Main Conference|Conference|Posters?)"
    r"(?: Day| Program(?:me)?| Schedule)?(?: for| of| on)?[ ]?[:,|–—-]?\s{1,3})?(?:on |the )?",
    re.IGNORECASE,
)
_DATE = re.compile(
    rf"(?:(?P<weekday>{WEEKDAY})[.,]{{0,2}}[ ]?[(|·•–—-]?\s{{0,3}}(?:the\s)?)?"
    rf"(?:(?P<day>{_DAY})[./ -]{{1,2}}(?:of\s)?(?P<month>{MONTH})(?![A-Za-z])|"
    rf"(?P<month2>{MONTH})\.?[ -]{{1,2}}(?P<day2>{_DAY})(?![0-9A-Za-z]|:[0-9]))"
    rf"\.?(?:,?[/ -]{{1,2}}(?P<year>(?:19|20)[0-9]{{2}})(?![0-9]))?"
    rf"(?:\s{{0,2}}[,(|–—-]\s{{0,2}}(?P<weekday2>{WEEKDAY})(?![A-Za-z])\.?\s{{0,2}}\)?)?",
    re.IGNORECASE,
)
_FIGURES = re.compile(
    rf"(?:(?P<weekday>{WEEKDAY})[.,]{{0,2}}\s{{0,3}}[(|–—-]?\s{{0,3}})?"
    r"(?P<first>[0-9]{1,4})(?P<sign>[./-])(?P<second>[0-9]{1,2})(?:(?P=sign)(?P<third>[0-9]{4}|[0-9]{2}))?\.?(?![0-9A-Za-z:])\)?"
    rf"(?:(?:\s{{0,2}}[,(|–—-]\s{{0,2}}|(?(third)\s|(?!)))(?P<weekday2>{WEEKDAY})(?![A-Za-z])\.?\s{{0,2}}\)?)?",
    re.IGNORECASE,
)
_ALONE = re.compile(rf"^(?P<weekday>{WEEKDAY})[.,:]{{0,2}}$", re.IGNORECASE)
_FULL = re.compile(r"^(?:mon|tues|wednes|thurs|fri|satur|sun)day\b", re.IGNORECASE)
_CLOCK = re.compile(r"[0-9]\s?[:h][0-9]{2}|[0-9]\s?[ap]\.?\s?m\b|\bnoon\b|\bmidnight\b", re.IGNORECASE)
_SEPARATED = re.compile(r"^\s{0,3}[:|,;–—(\[@•·-]\s{0,3}")
_NEWS = re.compile(r"[:|,;–—-]\s.{0,100}(?:\b(?:is|are|was|were|has|have|been|will|now)\s|[a-z]{3}[.!]$)")
_DEADLINE = re.compile(r"deadline|notification|camera.?ready", re.IGNORECASE)
_RANGE = re.compile(
    rf"^\s{{0,3}}(?:[-–—~/&]|to|and|until)\s{{0,3}}(?:{WEEKDAY}[.,]{{0,2}}\s)?(?:{_DAY}(?![:0-9h])|{MONTH}\b)", re.IGNORECASE
)
_RANGED = re.compile(r"(?<![0-9])[0-9]{1,2}(?:st|nd|rd|th)?\s{0,3}(?:[-–—~/&,]|to|and)\s{0,3}$|[0-9][./-]$", re.IGNORECASE)
_FAR = 4  # days: no programme of which a day is named has nothing for so long
_RUN_DAYS, _FEW_WORDS = 14, 8  # days of a conference; words of a line that is little more than a date
_OTHER_DATE = re.compile(
    r"deadline|submi|\bdue\b|notif|camera|regist|\bupdat|\bposted\b|publish|modif|extend|early bird|accept|\bnews\b|\bby\b|"
    r"copyright|©",
    re.IGNORECASE,
)
_WORD = r"[A-Z&][\w&'’/-]{0,20}"
_NAMES = re.compile(rf"^{_WORD}(?:\s{_WORD}){{0,5}}\s?$")  # a blank between words is no part of one: one way to part them
_BROKEN = re.compile(
    rf"^(?:{WEEKDAY}[.,]{{1,2}}|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\s(?:[^\W\d_]{{2,12}}\.?\s)?[0-9]{{1,2}}"
    r"(?:st|nd|rd|th|\.|/[0-9]{1,2})?(?:[ ,]{1,2}[^\W\d_]{3,12}\.?)?(?:[ ,/]{1,2}(?:19|20)[0-9]{2})?\s{0,3}(?:$|[:(|–—-])",
    re.IGNORECASE,
)
_BROKEN_CAP = 48


def day_head(line: Line) -> DayHead | None:
    """What a line says if it is the head of a day; None for any other line."""
    text = _bare(line)
    if not text:
        return None
    number, rest = _number(text)
    if alone := _ALONE.match(rest):
        # "THU" by itself is a link of a menu, or Tsinghua University
        when = DateLine(weekday=_weekday(alone["weekday"])) if number or line.heading or _FULL.match(rest) else None
        return DayHead(when, number) if when is not None else None
    if not rest.strip(" )]"):
        return DayHead(None, number) if number else None
    start = 0 if number else _INTRODUCED.match(rest).end()  # type: ignore[union-attr]  # it matches the empty text
    found = _DATE.match(rest, start) or _FIGURES.match(rest, start)
    if found is None:
        return None
    when = _when(found)
    tail = rest[found.end() :].strip()
    named = {_weekday(word) for word in (found["weekday"], found["weekday2"]) if word}
    if when is None or when.day is None or len(named) > 1 or _CLOCK.search(tail) or _RANGE.match(tail):
        return None
    return _headed(line, when, number, tail, introduced=start > 0, figures=found.re is _FIGURES)


def is_broken(line: Line) -> bool:
    """Whether a line begins like the head of a day, a weekday and a number, and cannot be read: ``Wednesday, Mai 15``."""
    text = _bare(line)
    if not text or len(text) > _BROKEN_CAP or not _BROKEN.match(text) or _CLOCK.search(text) or says(text) is not None:
        return False
    found = _DATE.match(text)
    return found is None or not _RANGE.match(text[found.end() :])


def names_other_day(line: Line, day: DateLine) -> bool:
    """Whether a line is little more than another day of the same weeks, though it is no head: ``Then on to May 15``."""
    if day.day is None or day.month is None or len(line.text) > HEAD_CAP or len(line.text.split()) > _FEW_WORDS:
        return False
    here = date(2000, day.month, day.day)
    others = (date(2000, when.month or 1, when.day or 1) for when in dates_in(line.text))
    return any(0 < abs((other - here).days) < _RUN_DAYS for other in others)


def dates_in(text: str) -> list[DateLine]:
    """The single days that a text names anywhere (``ICRA, May 13, 2024, Yokohama``); none of a range, and no deadlines."""
    found: list[DateLine] = []
    if _OTHER_DATE.search(text):
        return found
    for pattern in (_DATE, _FIGURES):
        for date_ in pattern.finditer(text):
            before, after = text[: date_.start()], text[date_.end() :]
            if _RANGE.match(after) or _RANGED.search(before) or before[-1:].isalnum():
                continue
            if (when := _when(date_)) is not None and when.day is not None:
                found.append(when)
    return found


def _bare(line: Line) -> str:
    """A line without the signs before its first letter or figure (``📅``, ``**``), "" for one that is too long."""
    text = line.text
    if len(text) > HEAD_CAP:
        return ""
    first = next((at for at, sign in enumerate(text) if sign.isalnum()), len(text))
    return text[first:].rstrip(" *_#~=|")


def _number(text: str) -> tuple[int, str]:
    """The number of a day at the head of a text, and the rest: ``Day 2 (May 15)`` is 2 and ``May 15)``."""
    found = _NUMBERED.match(text)
    if found is None:
        return 0, text
    word = found["count"].lower()
    return int(word) if word.isdigit() else _NUMBER[word], text[found.end() :]


def _headed(line: Line, when: DateLine, number: int, tail: str, *, introduced: bool, figures: bool) -> DayHead | None:
    """The head where what stands behind its date lets it be one; the zone's letters behind it are kept."""
    bare = tail.strip(" )].,:")
    told = bool(number or line.heading or when.weekday is not None or when.year)
    if not any(map(str.isalnum, bare)):
        return DayHead(when, number, sure=told or not figures)
    zoned = scan(f"1 May 2001 10:00 ({bare.lstrip('([ ').removeprefix('all times ').removeprefix('in ')})")
    if zoned and not (zoned.after or zoned.before) and (zoned.letters or zoned.zone or zoned.offset is not None):
        return DayHead(when._replace(letters=zoned.letters, zone=zoned.zone, offset=zoned.offset), number)
    if _SEPARATED.match(tail):
        return DayHead(when, number, sure=told)
    named = _NAMES.match(bare) is not None and (when.weekday is not None or line.heading > 0)
    return DayHead(when, number) if named or introduced else None


def _when(found: re.Match[str]) -> DateLine | None:
    """The date that was found; None for figures that are no day or could be two."""
    said = found.groupdict()
    word = said["weekday"] or said["weekday2"]
    weekday = _weekday(word) if word else None
    if "month" in said:
        month = MONTHS.index((said["month"] or said["month2"])[:3].lower()) + 1
        day = int(re.sub(r"[a-z]", "", (said["day"] or said["day2"]).lower()))
        when = DateLine(weekday=weekday, day=day, month=month, year=int(said["year"]) if said["year"] else None)
        return when if exists(when) else None
    if not said["third"] and (said["sign"] == "-" or (said["sign"] == "." and weekday is None)):
        return None  # "3.2" is a section or a version, "1-2" a range
    return _from_figures(said, weekday)


def _from_figures(said: dict[str, str | None], weekday: int | None) -> DateLine | None:
    """``14.05.2024``, ``Tuesday 14/05``, ``2024/05/14``: the only order that is a day, and the weekday that is printed."""
    first, second, third = (int(said[name] or 0) for name in ("first", "second", "third"))
    if len(said["first"] or "") == 4:  # noqa: PLR2004  (digits of a year)
        when = DateLine(weekday=weekday, day=third, month=second, year=first)
        return when if third and exists(when) else None
    if len(said["first"] or "") > 2:  # noqa: PLR2004
        return None
    year = (third + 2000 if third < 100 else third) if said["third"] else None  # noqa: PLR2004  (a year of two digits)
    orders = [(first, second)] if said["sign"] == "." else [(first, second), (second, first)]
    found = [DateLine(weekday=weekday, day=day, month=month, year=year) for day, month in dict.fromkeys(orders)]
    fitting = [when for when in found if exists(when)]
    if len(fitting) > 1 and year and weekday is not None:
        fitting = [when for when in fitting if date(year, when.month or 1, when.day or 1).weekday() == weekday]
    return fitting[0] if len(fitting) == 1 else None


def exists(when: DateLine) -> bool:
    """Whether the year, or some leap year, has that day."""
    try:
        date(when.year or 2000, when.month or 0, when.day or 0)
    except ValueError:
        return False
    return True


def _weekday(word: str) -> int:
    return WEEKDAYS.index(word[:3].lower())


class Days(Events):
    """Keeps the day that a programme has reached, by the heads of its days; ``homeless`` are the times above the first.

    ``run`` is the first of the days that the page's head names, and how many they are (:func:`.pages_facts.run_in`).
    """

    def __init__(self, *, day_long: bool = False, twelve: bool = False) -> None:
        super().__init__(day_long=day_long, twelve=twelve)
        self.days: list[tuple[int | None, int | None]] = []
        self.number = 0
        self.fresh = True
        self.right_above = False
        self.day_line = 0
        self.unplaced: Line | None = None
        self.homeless: list[Line] = []
        self.run: tuple[DateLine, int] | None = None
        self.stack: list[tuple[int | None, int | None]] = []

    def begins_day(self, line: Line, after: Line | None) -> bool:
        """Read the head of a day; whether the line, with the one ``after`` it, is one.

        Raises ReadError for one that cannot be read, because the times of all that follows hang on it.
        """
        head = day_head(line)
        if head is None:
            if is_broken(line):
                raise unreadable(line)
            if self.day is not None and (line.heading or _is_timed(after)) and names_other_day(line, self.day):
                self.unplaced = line
            self.right_above = False
            return False
        if (
            self.fresh and not head.number and self._is_news(line, head.when, after)
        ):  # later its times would be taken for the day before
            return False
        if not head.sure and (self.awaits_title() or not _is_timed(after)):
            return False
        when = head.when
        if when is None:
            self._numbered(line, head.number)
        elif when.day is None:
            self._on_weekday(line, when)
        else:
            if self.fresh and self.day is not None and self.day.day is None and when.weekday is None:
                when = when._replace(weekday=self.day.weekday)
            number = self.number if self.unplaced is not None else 0
            self.begin(line, when)
            self.number = number
        self.number, self.right_above = head.number or self.number, True
        return True

    def _is_news(self, line: Line, when: DateLine | None, after: Line | None) -> bool:
        """Whether a day without its weekday stands above a deadline or tells news, ``June 3, 2024: The call is out``.

        With a time right below it is a day of the programme all the same; and news are older than the day above them.
        """
        if when is None or when.weekday is not None or after is None or _is_timed(after):
            return False
        if _DEADLINE.search(after.text[:HEAD_CAP]) and not after.heading:
            return True
        day = self.day
        older = day is None or (when.month or 0, when.day or 0) < (day.month or 0, day.day or 0)
        return older and not line.heading and _NEWS.search(line.text) is not None

    def begin(self, line: Line, day: DateLine) -> None:
        """Begin a day."""
        self._not_stacked(day)
        self.close()
        self.day, self.day_said, self.slot, self.reached, self.lost = day, line.text, None, None, False
        self.fresh, self.unplaced, self.number, self.day_line = True, None, 0, line.number
        self.marked = False
        self.anew()

    def _not_stacked(self, day: DateLine) -> None:
        """Note that several days stand right above each other: a row of tabs, of which the last would get all times."""
        earlier = self.day
        known = earlier is not None and earlier.day is not None and day.day is not None
        if known and self.fresh and self.right_above and earlier and (earlier.day, earlier.month) != (day.day, day.month):
            self.stack = [*(self.stack or [(earlier.day, earlier.month)]), (day.day, day.month)]
        else:
            self.stack = []

    def open(self, line: Line, title: str, when: DateLine) -> None:
        """Begin an event, the first of its day or a later one."""
        if len(self.stack) > 1:
            raise ReadError(
                f"{len(self.stack)} days stand above each other, the last in line {self.day_line}, “{self.day_said}”, and "
                "which of them the times below belong to cannot be told; put each day above its own times."
            )
        if self.unplaced is not None:
            raise unreadable(self.unplaced)
        super().open(line, title, when)
        day = self.day
        if self.fresh and day is not None and day.day is not None:
            self._only_once(day)
        self.fresh = False

    def _only_once(self, day: DateLine) -> None:
        """Refuse a file that comes back to a day that it has left: whose alternative plans they are cannot be told."""
        key = (day.day, day.month)
        if key in self.days and self.days[-1] != key:
            where = f" in line {self.day_line}" if self.day_line else ""
            raise ReadError(f"It holds several schedules: “{self.day_said}” comes again{where}; keep one of them in the file")
        self.days.append(key)

    def _numbered(self, line: Line, number: int) -> None:
        """``Day 2`` alone: so many days after the one whose number is known, or the number of the day just begun."""
        if number == self.number:
            return
        if self.fresh and self.day is not None:
            self.unplaced = line if self.number else None  # "Day 1", "Day 2" right below each other are no days of these times
            return
        day = _later(self.day, number - self.number) if self.day is not None and self.number else self._of_run(number)
        self.begin(line, day or DateLine())
        self.unplaced = None if day else line

    def _of_run(self, number: int) -> DateLine | None:
        """The day of that number among those that the page's head names; None where it names none, or fewer."""
        if self.run is None or number > self.run[1] or self.day is not None:
            return None
        day = _later(self.run[0], number - 1)
        if day is not None and day.day is not None:
            said = f"{day.day} {times.MONTHS[(day.month or 1) - 1]}"
            self.notes.append(f"Day {number} was taken for {said}, by the {self.run[1]} days that the page's head names.")
        return day

    def _on_weekday(self, line: Line, when: DateLine) -> None:
        """``Wednesday`` alone: the next one, or the weekday of the day just begun."""
        day = self.day
        if day is not None and day.day is not None and self.fresh and day.weekday is None:
            self.day = day._replace(weekday=when.weekday)
        elif day is None or day.weekday != when.weekday:
            steps = ((when.weekday or 0) - day.weekday) % 7 if day is not None and day.weekday is not None else 0
            far = self.fresh and steps > _FAR
            self.begin(line, (_later(day, steps) if day is not None and steps else None) or when)
            self.unplaced = line if far else None  # "Mon" right below "Tue, 14 May" is not the Monday after


def unreadable(line: Line) -> ReadError:
    """The refusal of a head of a day or a slot that cannot be read."""
    return ReadError(
        f"{cited(line)} stands where a day or a time does and cannot be read; correct it, for other times hang on it."
    )


def _is_timed(line: Line | None) -> bool:
    """Whether a line says a time of day."""
    said = says(line.text.strip("|").partition("|")[0].strip()) if line is not None else None
    return said is not None and said.timed


def _later(day: DateLine, days: int) -> DateLine | None:
    """The day so many days later (earlier where negative); None where only the year could tell it, or no date is known."""
    if day.day is None or day.month is None:
        return None
    try:
        found = {
            (date(year, day.month, day.day) + timedelta(days=days)).timetuple()[1:3]
            for year in (day.year or 2000, day.year or 2001)
        }
    except ValueError:
        return None
    if len(found) > 1:
        return None
    month, number = found.pop()
    year = day.year + (month < day.month and days > 0) - (month > day.month and days < 0) if day.year else None
    weekday = (day.weekday + days) % 7 if day.weekday is not None else None
    return day._replace(day=number, month=month, year=year, weekday=weekday)
