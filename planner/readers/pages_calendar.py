"""Calendar, day and programme pages: times that hang on a day head, a slot head or a title, and talks under their session.

``THU 23 APR`` / ``10:30 a.m.`` / ``Oral Session 1A [10:30-12:00]`` / ``Oral s 10:30-11:40`` / ``[10:42] Title`` /
``(ends 12:00 PM)``, and ``Temporal Graph Learning Workshop Sat 3 Dec 07:30 a.m.`` with its authors and abstract below. Beside
the sites' own pages these are the programmes that people write: ``09:00 ~ 09:15 am - Title``, tables with the time in their
first column, and ``2 PM - 6 PM`` above titles with their places (``📍 Hall C``).
"""

from __future__ import annotations

import re
from itertools import islice, zip_longest

from planner.dates import DateLine
from planner.dates.words import DAY
from planner.readers.csv_times import letters_in
from planner.readers.pages_cards import can_be_title
from planner.readers.pages_dates import DATE_CAP, date_line, in_calendar, time_of
from planner.readers.pages_days import day_head, unreadable
from planner.readers.pages_events import PARALLEL, SESSION, TRACK, is_beside, on_day
from planner.readers.pages_forms import times_first
from planner.readers.pages_kinds import kind_of_title
from planner.readers.pages_lines import first_of, is_clock, label, looks_like_names, place, says, with_colons
from planner.readers.pages_tables import Tables

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.readers.pages_entries import Block
    from planner.readers.pages_lines import Line

_CLOCKLIKE = re.compile(
    r"^\W{0,4}(?:[01]?[0-9]|2[0-3])(?:[:h][0-5][0-9]|\s?[ap]\.?m\b|\.[0-5][05]\s?[-–—]|\s?[-–—]\s?(?:[01]?[0-9]|2[0-3])?\s)(?![0-9])",
    re.IGNORECASE,
)
_ONE = 13 * 60  # minutes after midnight
_FEW = 4  # words of the name of a session that says nothing of what it is about: "Oral Session A (JST)"
_PIN = re.compile(r"^📍\s*(?P<place>\S.{0,120})$")
_KIND_HEAD = re.compile(
    r"^(?:In-person |Virtual )?(?P<kind>Orals?|Spotlights?|Posters?|Talks?|Invited Talks?|Events?|Expo Demonstrations?) ?s?$"
)

_IN_BRACKETS = re.compile(r"^\D{2,60}[(\[]\s?(?P<day>[^()\[\]]{6,40})[)\]]$")
_BOARDED = re.compile(
    r"^#\s?(?P<board>[A-Z]{0,2}-?[0-9]{1,5})[:.)]?\s+(?P<title>\S.{2,300}?)(?:\s[–—|]\s(?P<names>[^–—|]{3,1000}))?$"
)
_LONE = 3  # times alone on their lines that begin talks, though only a date line stands above them


def is_calendar(lines: Sequence[Line]) -> bool:
    """Whether most times of the page hang on a head or a title instead of standing on date lines of their own."""
    hanging = alone = days = spans = heads = 0
    for line in map(with_colons, lines):
        said = _said(line)
        if (said is None or not said.timed) and day_head(line) is not None:
            days += 1
            continue
        if said is None:
            hanging += line.text.startswith("|") and any(map(is_clock, line.text.split("|")[1:]))
            continue
        beside = said.before or said.after
        if date_line(line) is not None:
            alone += 1
        elif said.dated:
            hanging += 2 * bool(said.timed and beside)
        elif said.timed:
            hanging += bool(beside)
            spans += not beside and said.start is not None and said.end is not None
            heads += not beside and said.start is not None and said.end is None
    lone = max(spans, heads)
    return (hanging > 0 and (days > 0 or hanging > alone)) or (lone > alone and (days > 0 or (alone > 0 and lone >= _LONE)))


def head_of(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines above the first day or time: a programme's own title and introduction."""
    first = next(
        (number for number, line in enumerate(lines) if _said(line) is not None or day_head(line) is not None), len(lines)
    )
    return lines[:first]


def blocks_of(
    lines: Sequence[Line], warnings: list[str], notes: list[str], run: tuple[DateLine, int] | None = None
) -> list[Block]:
    """The sessions and single events of the page in order; an event without talks of its own is a block without entries.

    ``run`` are the days that the page's head names (:func:`.pages_facts.run_in`). To ``warnings`` is put what was odd
    about their order, and which times stand above the first day and were left; to ``notes`` how it was read.
    """
    day_long = any(map(_is_day_long, lines))
    walk = _Walk(day_long=day_long, twelve=not day_long and any(map(_is_of_twelve, lines)))
    walk.run = run
    lines = times_first([with_colons(line) for line in lines])
    for line, after in zip_longest(lines, islice(lines, 1, None)):
        said = _said(line)
        if not (
            (not _clocked(line, said) and walk.begins_day(line, after))
            or walk.row(line)
            or (walk.timed(line, said) if said is not None else walk.unread(line))
        ):
            walk.text(line)
    walk.end_table()
    walk.close()
    _tell(walk, warnings, notes)
    return walk.blocks


def _tell(walk: _Walk, warnings: list[str], notes: list[str]) -> None:
    """Say what was odd about the order of a page, and how it was read."""
    warnings += walk.warnings
    if walk.homeless and walk.blocks:
        warnings.append(f"{first_of(walk.homeless)} stands above the first day and was left out; put its day above it.")
    if walk.lone:
        warnings.append(
            f"{first_of(walk.lone)} was taken for the head of a day, and what stands below it without a time was left out; if "
            "it is the time of the line above, put both on one line."
        )
    if walk.untimed:
        warnings.append(f"{first_of(walk.untimed)} stands below a heading without a time and was left out.")
    if walk.zoned and walk.blocks:
        warnings.append(
            f"{first_of(walk.zoned)} may name a zone, but the times below are read as all others; if they are that zone's, "
            "write it behind each of them."
        )
    notes += walk.notes
    if walk.parallel:
        notes.append(
            f"{first_of(walk.parallel)} names one of several tracks under one time, which could not be told apart; look at "
            "what is read there."
        )
    if walk.rows and walk.blocks:
        notes.append(f"{first_of(walk.rows)} is the row of a table without times and was taken for text; look at it.")
    if walk.swallowed and walk.blocks:
        notes.append(f"{first_of(walk.swallowed)} begins like a time and was taken for text; look whether it is a talk.")


def _clocked(line: Line, said: DateLine | None) -> bool:
    """Whether a line says a time of day, or is a row of a table: its own cells tell."""
    return line.text.startswith("|") or (said is not None and said.timed)


def _is_day_long(line: Line) -> bool:
    """Whether a line has a clock that only a day of 24 hours has: ``14:00`` without a.m. or p.m."""
    said = time_of(line)
    if said is None or said.start_half or said.end_half or said.doubt:
        return False
    return any(minutes is not None and _ONE <= minutes < DAY for minutes in (said.start, said.end))


def _is_of_twelve(line: Line) -> bool:
    """Whether a line has a clock that only one of twelve hours has: ``2 p.m.``, ``11:30 - 1:00``."""
    said = time_of(line)
    return said is not None and bool(said.start_half or said.end_half or said.doubt)


def _said(line: Line) -> DateLine | None:
    return says(line.text) if len(line.text) <= DATE_CAP * 2 else None


def _day_of(said: DateLine) -> DateLine:
    """The date of a line with its zone, without its clocks."""
    return DateLine(said.weekday, said.day, said.month, said.year, letters=said.letters, offset=said.offset, zone=said.zone)


class _Walk(Tables):
    """The page read line by line, with its tables and the spans above titles.

    ``swallowed`` are lines that begin like a time and were taken for text, ``zoned`` the names of sessions that may have a
    zone behind them (``Session B (JST)``); ``Session 2 (MT)`` is on machine translation. ``parallel`` are names of tracks that
    stand where a title does or in the text of one event, ``rows`` those of tables that were taken for text. ``head`` is the
    date with a time last read as that of a day, ``lone`` are those below which a text stands.
    ``section`` is the level of the last heading that holds times, ``ended`` the title above one that ended its time, and
    ``untimed`` are those below it.
    """

    def __init__(self, *, day_long: bool, twelve: bool) -> None:
        super().__init__(day_long=day_long, twelve=twelve)
        self.span: DateLine | None = None
        self.span_said = ""
        self.pending: list[Line] | None = None
        self.swallowed: list[Line] = []
        self.zoned: list[Line] = []
        self.parallel: list[Line] = []
        self.rows: list[Line] = []
        self.head: Line | None = None
        self.lone: list[Line] = []
        self.section = 0
        self.ended: list[Line] = []
        self.untimed: list[Line] = []

    def begins_day(self, line: Line, after: Line | None) -> bool:
        """Read the head of a day, also one behind a session's name: ``Session A (Tuesday, 5 November)``.

        The time ``after`` that one has its title beside it; else the name could be that title.
        """
        found = _IN_BRACKETS.match(line.text) if line.heading else None
        said = _said(after) if found and after is not None else None
        head = day_head(line._replace(text=found["day"])) if found and said and said.start is not None and said.after else None
        if found and head and head.when and head.when.day and head.when.weekday is not None:
            line = line._replace(text=found["day"])
        return super().begins_day(line, after)

    def timed(self, line: Line, said: DateLine) -> bool:
        """Read a line that says something of time; whether it belongs to the calendar."""
        if said.dated:
            return self._dated(line, said)
        if said.weekday is not None or not said.timed:
            return False
        if said.start is None:
            self.ends(said)
        elif not said.before and not said.after:
            return self._slot_head(line, said)
        elif self.day is None:
            self.homeless.append(line)
            return False
        elif self._begins_with(said) and (found := _KIND_HEAD.match(said.before)):
            self.close_talk()
            self.kind, self.kind_when = found["kind"], on_day(self.day, self.settled(said)._replace(before=""))
        elif said.bracketed and said.after and self._is_within(said):
            self.nested(line, said)
        else:
            self.reached = self.slot if self.slot is not None else self.reached
            settled, title = self.settled(said), said.before or said.after
            if self.holds(title, settled):
                self.nested(line, settled._replace(after=title))
            else:
                self.open(line, title, on_day(self.day, settled))
        return True

    def _begins_with(self, said: DateLine) -> bool:
        """Whether a time behind words can be that of talks of one kind: below the head of a slot, or at an event's start."""
        event = self.event_when
        return self.slot is not None or bool(event is not None and event.start == self.settled(said).start)

    def _own_range(self, said: DateLine) -> bool:
        """Take a range below a title as the time of that event, where its slot begins then and told no end."""
        when, settled = self.event_when, self.settled(said)
        if self.slot is None or not self.event or when is None or settled.end is None or settled.start != when.start:
            return False
        if when.end is not None:  # the one of another title in the same slot
            if len(self.event) == 1 or place(self.event[-1].text, sure=False) or not can_be_title(self.event[-1]):
                return False
            self._under_head(self.event.pop())
        self.event_when = when._replace(end=settled.end)
        return True

    def _is_within(self, said: DateLine) -> bool:
        """Whether a time in brackets is that of a talk of the open event: not where the event is over by then."""
        event, start = self.event_when, self.settled(said).start
        if not self.event:
            return self.slot is not None
        if event is not None and event.start is not None and event.end is None:
            return not self.event_said.endswith(("]", ")")) or bool(
                SESSION.search(self.event[0].text)
            )  # "[9:15] Lunch" holds none
        if event is None or event.start is None or event.end is None:
            return True
        return event.start <= (start or 0) < event.end + DAY * (event.end < event.start)

    def unread(self, line: Line) -> bool:
        """Read a line that looks like a time and says nothing that is understood; whether it is one.

        Refused is the head of a day or a slot: on it hang the times of all that follows.
        """
        found = in_calendar(line)
        if found is None:
            return False
        if not found.title:
            raise unreadable(line)
        self.open_lost(line, found.title, found.said, nested=found.nested and bool(self.event))
        return True

    def _dated(self, line: Line, said: DateLine) -> bool:
        """A line with a date: a day head, a title with its start, or a date line, which belongs to no calendar."""
        if said.timed and (said.before or said.after):
            self.open(line, said.before or said.after, said)
            return True
        if said.timed:
            self.close()  # "Tuesday 14 May, 9:00 - 17:00" heads a day, or is a date line, which belongs to no calendar
            self.begin(line._replace(text=""), _day_of(said))
            self.head = line if said.end is None else None
        return False

    def text(self, line: Line) -> None:
        """Keep a line of the open talk or event: authors, a place, an abstract."""
        self.mark(line)
        self._note(line)
        titles = self.slot is not None and self.kind.startswith("Poster") and self.talk_when in {None, self.kind_when}
        if titles and can_be_title(line) and not (", " in line.text and looks_like_names(line.text)):
            self.close_talk()
            self.talk, self.talk_when, self.talk_said = [line], self.kind_when, self.kind
        elif self._boarded(line):
            return
        elif self.span is not None and self.day is not None and not self.in_table:
            self._under_span(line)
        elif not self.in_table and self.headed(line):
            return
        elif line.heading and (self.slot is None or line.heading <= self.section):
            self.ended, self.section = self.event[:1] if self.slot is not None else [], line.heading
            self.close()
            self.slot = None
        elif self.talk:
            self.talk.append(line)
        elif self.event:
            self.event.append(line)
        elif self.ended and can_be_title(line) and is_beside(line, self.ended[0]):
            self.untimed.append(line)

    def _note(self, line: Line) -> None:
        """Keep a line that is read as text and may be more: a zone, a time, a row of a table, the text of a lone time."""
        if self.head is not None and line is not self.head:
            self.lone += [self.head] if not (self.event or self.span or self.slot is not None) else []
            self.head = None
        if line.heading and len(line.text.split()) <= _FEW and TRACK.search(line.text) and letters_in(line.text):
            self.zoned.append(line)
        if self.day is not None and _CLOCKLIKE.match(line.text):
            self.swallowed.append(line)
        if self.event and line.text.startswith("|") and not label(line.text.strip("| ").partition("|")[0].strip())[0]:
            self.rows.append(line)

    def _boarded(self, line: Line) -> bool:
        """Begin a poster of the open poster session with its board: ``#12 Bees — Ann Lee``; whether the line is one."""
        found = _BOARDED.match(line.text) if self.event and kind_of_title(self.event[0].text) == "poster" else None
        if found is None:
            return False
        self.close_talk()
        names = found["names"] if looks_like_names(found["names"] or "") else ""
        title = found["title"] if names else line.text[found.start("title") :]
        beside = [f"#{found['board']}", *[f"Speaker: {names}"] * bool(names)]
        self.talk = [line._replace(text=title), *(line._replace(text=text, links=()) for text in beside)]
        self.talk_when, self.talk_said, self.span = None, "", None
        return True

    def awaits_title(self) -> bool:
        """Whether a time or a range was read that stands alone, and its title comes next."""
        return super().awaits_title() or (self.span is not None and not self.event)

    def _under_span(self, line: Line) -> None:
        """A line under ``2 PM - 6 PM``: a title, its text, its place; behind a place the next title with its own place."""
        pin = _PIN.match(line.text)
        if pin is None:
            if self.pending is not None:
                self.pending.append(line)
            elif self.event and self.span is not None and can_be_title(line) and self.is_sibling(line):
                span = self.span
                self.close()
                self.span = span
                self._begin(line)
            elif self.event:
                self.event.append(line)
            elif can_be_title(line) and self.span is not None:
                self._begin(line)
            return
        if self.pending and len(self.pending) <= 2 and self.span is not None:  # noqa: PLR2004  (a title, perhaps a speaker)
            title, *others = self.pending
            span, self.pending = self.span, None
            self.close()
            self.span = span
            self._begin(title)
            self.event += others
        if self.event:
            self.event.insert(1, line._replace(text=f"Room: {pin['place']}", links=()))  # above the abstract
            self.pending = self.pending or []

    def _begin(self, line: Line) -> None:
        """Open the event of a span with its title."""
        span = self.span
        if span is not None:
            self.open(line, line.text, on_day(self.day, span))
            self.span, self.event_said = span, f"{self.day_said} {self.span_said}".strip()

    def close(self) -> None:
        """End the open event, with what stood behind the place of the last title of a span."""
        if self.event and self.pending:
            self.close_talk()
            self.event += self.pending
        tracks = [(line, found) for line in self.event if (found := PARALLEL.match(line.text))]
        if len({found["which"] for _, found in tracks}) > 1 or (tracks and tracks[0][1][0] == self.event[0].text):
            self.parallel.append(tracks[0][0])
        self.span, self.pending, self.in_table = None, None, False
        super().close()

    def _slot_head(self, line: Line, said: DateLine) -> bool:
        if self._own_range(said):
            return True
        if said.bracketed and (self.event or said.end is not None):
            return False
        if said.end is None and not self.span_said:
            self.close()
            self.slot = self.reached = self.settled(said).start
            self.slot_end = None
            self.slot_said, self.lost = line.text, False
            self.slot_zone = DateLine(start_half=said.start_half, letters=said.letters, offset=said.offset, zone=said.zone)
            return True
        self.close()
        self.span, self.span_said = self.settled(said), line.text
        return True
