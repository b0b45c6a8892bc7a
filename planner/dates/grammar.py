"""The grammar of date lines: a date, a time of day or a range of it, and a zone, read out of the words of one line."""

from __future__ import annotations

from planner.dates.figures import count_of, halves, is_day, iso_offset, month_of, weekday_of
from planner.dates.letters import PHRASES, WORDLIKE, known_letters
from planner.dates.places import zone_of_city
from planner.dates.words import Token, minutes_of, offset_of
from planner.times import is_zone
from planner.values import NamedTuple

__all__ = ["STARTERS", "DateLine", "Run"]

STARTERS = frozenset({"iso", "special", "clock", "hour", "number", "ordinal", "weekday", "month", "open", "hours"})
"""The kinds of words that a date or a time can begin with."""

_NOWHERE = Token("end", "", 0, 0)
_LABELS = {"date", "time", "when", "on", "from", "at", "start", "starts", "begins", "held"}
_JOINTS = {",", "•", "·", "⋅", "|", ":", ";", "-", "--", "---", "–", "—", "at", "from", "@"}
_DATING = {"on", ",", "•", "·", "⋅", "|"}
_UNITS = {"uhr", "uur", "hrs", "hr", "h"}
_NO_ZONE = {"lunch", "break", "tba", "tbd", "oral", "talk", "demo", "panel", "hall", "room", "expo", "none", "live", "gala"}


class DateLine(NamedTuple):
    """What one line says of a date and a time of day; whatever it does not say is None, "" or False.

    ``weekday`` counts from 0, Monday. ``day`` and ``month`` come together; ``year`` only where the line prints it.
    ``start`` and ``end`` are minutes after midnight of that date, 0 to 1440 (``24:00``, an ending ``midnight``); an end
    before its start is on the next day. ``start_half`` and ``end_half`` are ``"am"``, ``"pm"`` or ``""`` as written: a
    clock without one is read as a 24-hour clock, or from the other end of its range (``2-4pm``). ``until`` is the date of the
    end (day, month, year or None) where the line prints one of its own.

    ``letters`` is an abbreviation as printed (``PDT``, ``PT``, ``AoE``), ``offset`` minutes east of UTC, ``zone`` an IANA
    name. ``place`` is the text after ``@`` (``""`` for ``@ None``), ``before`` the text before the date (a title), ``after``
    the text behind it. ``bracketed`` tells ``[10:42] Title`` from ``10:42 Title``, ``open_end`` a trailing ``+`` (``6 PM+``).
    ``doubt`` is a sentence about a reading that the line alone does not force, or ``""``.
    """

    weekday: int | None = None
    day: int | None = None
    month: int | None = None
    year: int | None = None
    start: int | None = None
    end: int | None = None
    start_half: str = ""
    end_half: str = ""
    letters: str = ""
    offset: int | None = None
    zone: str | None = None
    place: str = ""
    before: str = ""
    after: str = ""
    open_end: bool = False
    bracketed: bool = False
    until: tuple[int, int, int | None] | None = None
    doubt: str = ""

    @property
    def dated(self) -> bool:
        """Whether it names a day of the year."""
        return self.day is not None

    @property
    def timed(self) -> bool:
        """Whether it names a time of day."""
        return self.start is not None or self.end is not None


class Run:
    """A reading of a line from word ``begin`` on; ``at`` is the first word behind what was read, ``said`` the outcome."""

    def __init__(self, line: str, words: list[Token], begin: int) -> None:
        self.line = line
        self.words = words
        self.begin = begin
        self.at = begin
        self.said = DateLine()

    def peek(self, ahead: int = 0) -> Token:
        """The next word, or the one ``ahead`` of it; one of kind ``end`` behind the last."""
        return self.words[self.at + ahead] if self.at + ahead < len(self.words) else _NOWHERE

    def take(self, *kinds: str) -> Token | None:
        """The next word if it is of one of these kinds, stepped over."""
        word = self.peek()
        if word.kind not in kinds:
            return None
        self.at += 1
        return word

    def read(self) -> bool:
        """Read a date, a time of day or both; whether there was one."""
        if self.peek().text.lower() in _LABELS and (self.peek(1).text == ":" or self.peek(1).kind in STARTERS):
            self.at += 1
            while self.peek().text in {":", "*", "_"}:
                self.at += 1
        opened = bool(self.take("open"))
        found = self._date_and_time() or self._time_and_date()
        if opened and found:
            self.said = self.said._replace(bracketed=True)
            closed = bool(self.take("close"))
            self._zones()
            return closed
        return found

    def _date_and_time(self) -> bool:
        """A date and, where there is one, the time of day behind it; whether there was a date."""
        if not (self._iso() or self._date()):
            return False
        mark = self.at
        if self.peek().text in _JOINTS:
            self.at += 1
        if not self._times():
            self.at = mark
        return True

    def _time_and_date(self) -> bool:
        """A time of day and the date behind it (``7pm, 5th August``), no title (``10:00 May 4: Looking Back``); whether so."""
        if not self._times():
            return False
        mark, time, joint = self.at, self.said, self.peek().text
        if joint in _JOINTS or joint == "on":
            self.at += 1
        if self._date() and self.said.dated and (joint in _DATING or self.peek().kind in {"end", "close", "at"}):
            date = self.said
            self.said = time._replace(weekday=date.weekday, day=date.day, month=date.month, year=date.year)
        else:
            self.at, self.said = mark, time
        return True

    # Dates

    def _iso(self) -> bool:
        """An ISO 8601 date or date-time, and the end of it; whether there was one."""
        word = self.peek()
        if word.kind != "iso" or not is_day(int(word.text[8:10]), int(word.text[5:7])):
            return False
        said = DateLine(day=int(word.text[8:10]), month=int(word.text[5:7]), year=int(word.text[:4]))
        if len(word.text) > len("2020-12-07"):
            start = minutes_of(word.text[11:16])
            if start is None:
                return False
            said = _with_offset(said._replace(start=start[0]), iso_offset(word.text))
        self.at += 1
        self.said = said
        if said.timed:
            self._range()
            self._zones()
        return True

    def _date(self) -> bool:
        """``Thu 6 May``, ``Sat Dec 10th``, ``Wed, Jul 8, 2026``, ``Monday``; whether there was one."""
        mark = self.at
        weekday = self.take("weekday")
        while weekday and self.peek().text in {",", "the"}:
            self.at += 1
        day = self.take("number", "ordinal")
        if day and self.peek().text == "of":
            self.at += 1
        month = self.take("month")
        if month and not day:
            day = self.take("number", "ordinal")
        if not day or not month or not is_day(count_of(day), month_of(month)):
            self.at = mark
            weekday = self.take("weekday")
            self.said = DateLine(weekday=weekday_of(weekday))
            return bool(weekday)
        if self.peek().text == "," and self.peek(1).kind == "year":
            self.at += 1
        year = self.take("year")
        if not weekday and [self.peek(step).kind for step in range(3)] == ["open", "weekday", "close"]:
            weekday = self.peek(1)
            self.at += 3
        elif not weekday and self.peek().text == "," and self.peek(1).kind == "weekday":
            weekday = self.peek(1)
            self.at += 2
        self.said = DateLine(weekday_of(weekday), count_of(day), month_of(month), int(year.text) if year else None)
        return True

    # Times of day

    def _times(self) -> bool:
        """A time of day or a range, with its zone, perhaps in brackets; whether there was one. Nothing is read else."""
        if self.said.timed:
            return True
        mark, said = self.at, self.said
        opened = bool(self.take("open"))
        if self._only_end() or self._start():
            if opened:
                self.said = self.said._replace(bracketed=True)
            if not opened or self.take("close"):
                self._zones()
                return True
        self.at, self.said = mark, said
        return False

    def _only_end(self) -> bool:
        """``ends 12:00 PM``, ``until 5 PM``; whether there was one."""
        if self.peek().text.lower() not in {"ends", "until", "till", "end"}:
            return False
        self.at += 1
        end = self._clock(ending=True)
        if end is None:
            return False
        self.said = self.said._replace(end=end[0], end_half=end[1])
        self._zones()
        return True

    def _start(self) -> bool:
        """A time of day with its end and zone, and the same in other zones behind it; whether there was one."""
        if not self.span():
            return False
        while _other_zone(self):
            pass
        return True

    def span(self) -> bool:
        """A time of day and its end, where there is one, with their ``Uhr`` or ``hrs``; whether there was one."""
        start = self._clock()
        if start is None:
            return False
        self.said = self.said._replace(start=start[0], start_half=start[1])
        self.at += self.peek().text.lower() in _UNITS
        self._zones()
        if self.take("plus") or _onwards(self):
            self.said = self.said._replace(open_end=True)
        elif self.peek().kind == "dash":
            self._range()
        self.at += self.peek().text.lower() in _UNITS
        self._zones()
        return True

    def _range(self) -> None:
        """The end of a range, behind a dash, where there is one; a dash at the end of the line leaves it open."""
        mark, said = self.at, self.said
        if not self.take("dash"):
            return
        if not self.words[self.at :] or self.peek().kind == "close":
            self.said = said._replace(open_end=True)
            return
        until = None
        if said.dated and (self._iso() or self._date()) and self.said.dated:
            until = self.said
            if self.peek().text in {",", "•", "at"}:
                self.at += 1
        else:
            self.said = said
        end = (until.start, "") if until and until.start is not None else self._clock(ending=True)
        if end is None or end[0] is None:
            self.at, self.said = mark, said
            return
        start, finish, doubt = halves(said.start or 0, said.start_half, *end)
        if until and until.offset is not None and said.offset is not None:
            finish += said.offset - until.offset  # an end across a change of clocks, on the clock of the start
        date = (until.day or 0, until.month or 0, until.year) if until else None
        self.said = said._replace(start=start, end=finish, end_half=end[1], doubt=doubt, until=date)

    def _clock(self, *, ending: bool = False) -> tuple[int, str] | None:
        """A time of day in minutes and its half of the day; a bare number only where the other end makes it a time."""
        word = self.peek()
        dotted = word.kind == "dotted" and self.said.dated  # without a date "14.30" may be a version or a price
        hours = word.kind == "hours" and (ending or (self.peek(1).kind == "dash" and self.peek(2).kind in {"hours", "clock"}))
        if dotted or hours or word.kind in {"special", "clock", "hour"}:
            read = minutes_of(word.text, ending=ending)
        elif word.kind == "number" and self._bare(ending=ending):
            read = minutes_of(f"{word.text}:00")
        else:
            return None
        self.at += read is not None
        return read

    def _bare(self, *, ending: bool) -> bool:
        """Whether a bare number here is an hour: ``2-4pm``, ``2 PM - 4``, ``9-10:30``."""
        after = self.peek(1)
        if ending:
            return after.kind in {"end", "close", "at", "utc"} or after.text == "|" or bool(known_letters(after.text))
        clocks = {"clock", "hour", "special", "dotted"} if self.said.dated else {"clock", "hour", "special"}
        return after.kind == "dash" and self.peek(2).kind in clocks

    # Zones

    def _zones(self) -> None:
        """Zones behind a time, perhaps in brackets, perhaps two for the same: ``PDT``, ``(UTC+2)``, ``Pacific Time (PT)``."""
        for _ in range(3):
            mark, said = self.at, self.said
            opened = bool(self.take("open"))
            found = self._zone(inside=opened)
            while opened and found and self.peek().text in {",", "/", ";"}:
                self.at += 1
                found = self._zone(inside=True)
            if not found or (opened and not self.take("close")):
                self.at, self.said = mark, said
                return

    def _zone(self, *, inside: bool) -> bool:
        """One zone; whether there was one."""
        word = self.peek()
        if word.kind in {"utc", "offset"}:
            self.at += 1
            self.said = _with_offset(self.said, word.text)
            return True
        if word.kind == "dash" and _numbers(self):
            self.said = self.said._replace(offset=-60 * int(self.peek(1).text))
            self.at += 2
            return True
        if word.kind == "area" and is_zone(word.text):
            self.at += 1
            self.said = self.said._replace(zone=word.text)
            return True
        return word.kind == "word" and (self._phrase() or self._letters(word, inside=inside))

    def _phrase(self) -> bool:
        """``Pacific Time``, ``Berlin time``, ``local time``, or a city alone behind a date and time; whether there was one."""
        names: list[str] = []
        while len(names) < 4 and self.peek(len(names)).kind == "word":  # noqa: PLR2004  (Central European Summer Time)
            names.append(self.peek(len(names)).text)
        for count in range(len(names), 0, -1):
            phrase = " ".join(names[:count]).lower()
            letters = PHRASES.get(phrase, "")
            zone = None
            last = self.peek(count).kind in {"end", "close"}
            if phrase.endswith(" time") or (self.said.dated and last and not known_letters(phrase)):
                zone = zone_of_city(phrase.removesuffix(" time"))
            if letters or zone or phrase == "local time":
                self.at += count
                self.said = self.said._replace(letters=self.said.letters or letters, zone=zone or self.said.zone)
                return True
        return False

    def _letters(self, word: Token, *, inside: bool) -> bool:
        """Letters such as ``PDT``: known ones, and on a line with a date whatever looks like letters; whether there were."""
        text, after = word.text, self.peek(1)
        known = known_letters(text)
        last = inside or after.kind in {"end", "close", "dash", "at"} or after.text in {"|", ",", "•", "/", "?"}
        shouted = text.isupper() or known == "AOE"
        if known:
            meant = last or (shouted and known not in WORDLIKE)
        else:
            strange = text.isascii() and text.isupper() and 1 < len(text) < 6  # noqa: PLR2004  (letters have 2 to 5)
            closing = inside or after.kind in {"end", "at"} or (after.kind == "dash" and self.said.end is None)
            meant = strange and closing and self.said.dated and text.lower() not in _NO_ZONE
        if not meant:
            return False
        self.at += 1
        earlier = self.said.letters
        doubt = (
            f"The line says both {earlier} and {text}; {earlier} is taken." if earlier not in {"", text} else self.said.doubt
        )
        self.said = self.said._replace(letters=earlier or text, doubt=doubt)
        return True


def _other_zone(run: Run) -> bool:
    """``/ 12:00 - 12:20 EDT``, ``(16:00 UTC)``: the same time on the clocks of another zone, stepped over."""
    mark, said = run.at, run.said
    run.at += run.peek().text in {"/", "|", ",", ";", "="}
    opened = bool(run.take("open"))
    if run.at == mark:
        return False
    run.said = DateLine()
    found = run.span()
    zoned = bool(run.said.letters or run.said.zone or run.said.offset is not None)
    ended = said.end is None or run.said.end is not None or opened
    whole = found and zoned and ended and (not opened or bool(run.take("close")))
    run.said = said
    if not whole:
        run.at = mark
    return whole


def _onwards(run: Run) -> bool:
    """``onwards``, ``till late``, ``- late``: words for an end that is open, stepped over; whether there were some."""
    words = [run.peek(step).text.lower() for step in range(2)]
    found = (
        1 if words[0] in {"onward", "onwards"} else 2 if run.peek().kind == "dash" and words[1] in {"late", "open", "?"} else 0
    )
    run.at += found
    return found > 0


def _numbers(run: Run) -> bool:
    """Whether here is ``-03``, which the database (and so Django) writes for a zone without letters, no end of a range."""
    dash, hours, after = run.peek(), run.peek(1), run.peek(2)
    apart = run.at > 0 and run.words[run.at - 1].end < dash.start and dash.end == hours.start
    written = hours.kind == "number" and len(hours.text) == 2 and hours.text[0] == "0"  # noqa: PLR2004  (-01 to -09)
    return apart and written and (after.kind in {"end", "dash", "close", "at"} or after.text in {"|", ",", "•"})


def _with_offset(said: DateLine, text: str) -> DateLine:
    """The line with an offset. One that is none, and ``9:00 UTC-10:00`` (a range?), stays as letters, to be refused."""
    hours, colon, _ = text[3:].strip().lstrip("+−–-").partition(":")
    ranged = (
        bool(colon) and text[:3].isalpha() and "+" not in text and said.end is None and int(hours) * 60 > (said.start or 0)
    )
    offset = offset_of(text)
    if text and (ranged or offset is None):
        return said._replace(letters=text)
    return said._replace(offset=offset)
