"""Calendar, day and programme pages: times that hang on a day head, a slot head or a title, and talks under their session.

``THU 23 APR`` / ``10:30 a.m.`` / ``Oral Session 1A [10:30-12:00]`` / ``Oral s 10:30-11:40`` / ``[10:42] Title`` /
``(ends 12:00 PM)``, and ``Temporal Graph Learning Workshop Sat 3 Dec 07:30 a.m.`` with its authors and abstract below. Beside
the sites' own pages these are the programmes that people write: ``09:00 ~ 09:15 am - Title``, tables with the time in their
first column, and ``2 PM - 6 PM`` above titles with their places (``📍 Hall C``).
"""

from __future__ import annotations

import re

from planner.dates import DateLine, scan, settle
from planner.errors import ReadError
from planner.readers.pages_cards import Card, can_be_title, card
from planner.readers.pages_entries import DATE_CAP, Block, date_line
from planner.readers.pages_lines import looks_like_names, says

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.readers.pages_lines import Line

_ROUGH = re.compile(r"^(?P<time>\d{1,2}[:.]\d{2}(?:\s?[ap]\.?m\.?)?)\s+(?:ish|in\s+(?P<room>\w[\w -]{0,30}))$", re.IGNORECASE)
_PIN = re.compile(r"^📍\s*(?P<place>\S.{0,120})$")
_SPEAKER = re.compile(r"^(?P<title>\S.*\S)\s+\((?P<name>[^():]{3,60})(?::[^()]{0,20})?\)(?:\s+\w{1,20})?$")
_KIND_HEAD = re.compile(
    r"^(?:In-person |Virtual )?(?P<kind>Orals?|Spotlights?|Posters?|Talks?|Invited Talks?|Events?|Expo Demonstrations?) ?s?$"
)


def is_calendar(lines: Sequence[Line]) -> bool:
    """Whether most times of the page hang on a head or a title instead of standing on date lines of their own."""
    hanging = alone = days = spans = 0
    for line in lines:
        said = _said(line)
        if said is None:
            continue
        beside = said.before or said.after
        if date_line(line) is not None:
            alone += 1
        elif said.dated:
            days += not said.timed and not said.before
            hanging += 2 * bool(said.timed and said.before)
        elif said.timed:
            hanging += bool(beside)
            spans += not beside and said.start is not None and said.end is not None
    return (hanging > 0 and (days > 0 or hanging > alone)) or (days > 0 and spans > alone)


def head_of(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines above the first day or time: a programme's own title and introduction."""
    first = next((number for number, line in enumerate(lines) if _said(line) is not None), len(lines))
    return lines[:first]


def blocks_of(lines: Sequence[Line]) -> list[Block]:
    """The sessions and single events of the page in order; an event without talks of its own is a block without entries."""
    walk = _Walk()
    for line in lines:
        said = _said(line)
        if not walk.row(line) and (said is None or not walk.timed(line, said)):
            walk.text(line)
    walk.close()
    return walk.blocks


def _said(line: Line) -> DateLine | None:
    return says(line.text) if len(line.text) <= DATE_CAP * 2 else None


def _speaker_apart(title: str) -> tuple[str, str]:
    """A title without the speaker in brackets behind it, and the speaker: ``Unbound reflexives (Sanghoun Song: 10+10)``."""
    found = _SPEAKER.match(title)
    return (found["title"], found["name"]) if found and looks_like_names(found["name"]) else (title, "")


class _Walk:
    """The page read line by line: the day, the head of the slot, the open event, the time reached in it, the open talk."""

    def __init__(self) -> None:
        self.day: DateLine | None = None
        self.day_said = ""
        self.days: list[tuple[int | None, int | None]] = []
        self.slot: int | None = None
        self.reached: int | None = None
        self.blocks: list[Block] = []
        self.event: list[Line] = []
        self.event_when: DateLine | None = None
        self.event_said = ""
        self.talk: list[Line] = []
        self.talk_when: DateLine | None = None
        self.talk_said = ""
        self.talks: list[Card] = []
        self.kind = ""
        self.kind_end: int | None = None
        self.span: DateLine | None = None
        self.span_said = ""
        self.pending: list[Line] | None = None
        self.in_table = False

    def row(self, line: Line) -> bool:
        """Read a row of a table whose first column has the times; whether it is one."""
        if not line.text.startswith("|"):
            return False
        first, *others = [cell.strip() for cell in line.text.strip("|").split("|")]
        cells = [cell for cell in others if any(map(str.isalnum, cell))]
        found = _ROUGH.match(first)
        said = scan(found["time"] if found else first)
        if said is None:
            if first or not cells or not self.in_table or not self.event:
                return not first and not cells
            self._untimed(line, cells)
        elif said.dated or said.start is None or said.before:
            return self.timed(line._replace(text=first), said)
        elif self.day is None:
            return False
        elif said.after or not cells:
            self._session_row(line, said)
        else:
            self._timed_row(line, said, cells, found["room"] if found else "")
            words = f"{self.day_said} {first}".strip()
            self.talk_said, self.event_said = (words, self.event_said) if self.talk else ("", words)
        return True

    def _session_row(self, line: Line, said: DateLine) -> None:
        """``9:30-11:00 Plenary Session 1 -- Chair: John``: a session whose talks are the rows below."""
        if said.after:
            title, _, chair = said.after.partition(" -- Chair: ")
            self._open(line._replace(text=line.text.strip("| ")), title, _on_day(self.day, self._settled(said)))
            self.event += [line._replace(text=f"Chair: {chair}", links=())] if chair else []
            self.in_table = True

    def _timed_row(self, line: Line, said: DateLine, cells: list[str], room: str) -> None:
        """A row with a time and a title: a talk of the open session if it begins within it, else an event of its own."""
        title, speaker = _speaker_apart(cells[0])
        beside = [f"Room: {room}"] * bool(room) + [f"Speaker: {speaker}"] * bool(speaker) + cells[1:]
        extra = [line._replace(text=text, links=()) for text in beside]
        settled, session = self._settled(said), self.event_when
        within = session is not None and (session.start or 0) <= (settled.start or 0) < (session.end or 0)
        if self.in_table and within:
            self._nested(line._replace(text=cells[0]), settled._replace(after=title))
            self.talk += extra
        else:
            self._open(line, title, _on_day(self.day, settled))
            self.event += extra

    def _untimed(self, line: Line, cells: list[str]) -> None:
        """A row without a time under a session: a talk whose time within the session is not said."""
        self._close_talk()
        title, speaker = _speaker_apart(cells[0])
        self.talk, self.talk_when, self.talk_said = [line._replace(text=title)], None, ""
        self.talk += [line._replace(text=f"Speaker: {speaker}", links=())] if speaker else []

    def timed(self, line: Line, said: DateLine) -> bool:
        """Read a line that says something of time; whether it belongs to the calendar."""
        if said.dated:
            return self._dated(line, said)
        if said.weekday is not None or not said.timed:
            return False
        if said.start is None:
            self._ends(said)
        elif not said.before and not said.after:
            return self._slot_head(line, said)
        elif self.day is None:
            return False
        elif said.before and (found := _KIND_HEAD.match(said.before)):
            self._close_talk()
            self.kind, self.kind_end = found["kind"], self._settled(said).end
        elif said.bracketed and said.after:
            self._nested(line, said)
        else:
            self.reached = self.slot if self.slot is not None else self.reached
            self._open(line, said.before or said.after, _on_day(self.day, self._settled(said)))
        return True

    def _dated(self, line: Line, said: DateLine) -> bool:
        """A line with a date: a day head, a title with its start, or a date line, which belongs to no calendar."""
        if said.timed and (said.before or said.after):
            self._open(line, said.before or said.after, said)
            return True
        if said.timed:
            self.close()
            return False
        if said.before or (said.after and not said.after.startswith("(")):
            return False
        self.close()
        self._new_day(line, said)
        self.day, self.day_said, self.slot, self.reached = said, line.text, None, None
        return True

    def text(self, line: Line) -> None:
        """Keep a line of the open talk or event: authors, a place, an abstract."""
        if self.span is not None and self.day is not None and not self.in_table:
            self._under_span(line)
        elif self.talk:
            self.talk.append(line)
        elif self.event:
            self.event.append(line)

    def _under_span(self, line: Line) -> None:
        """A line under ``2 PM - 6 PM``: a title, its text, its place; behind a place the next title with its own place."""
        pin = _PIN.match(line.text)
        if pin is None:
            if self.pending is not None:
                self.pending.append(line)
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
            self._open(line, line.text, _on_day(self.day, span))
            self.span, self.event_said = span, f"{self.day_said} {self.span_said}".strip()

    def close(self) -> None:
        """End the open event with its talks."""
        self._close_talk()
        if self.event and self.pending:
            self.event += self.pending
        self.span, self.pending, self.in_table = None, None, False
        if self.event:
            head = card(self.event, title=self.event[0])._replace(
                when=self.event_when, said=self.event_said, lines=tuple(self.event)
            )
            self.blocks.append(Block(head, tuple(self.talks)))
        self.event, self.event_when, self.talks, self.kind, self.kind_end = [], None, [], "", None

    def _new_day(self, line: Line, said: DateLine) -> None:
        """Refuse a file that begins again with a day that it has left: whose alternative plans they are cannot be told."""
        day = (said.day, said.month)
        if day in self.days and self.days[-1] != day:
            where = f" in line {line.number}" if line.number else ""
            raise ReadError(f"It holds several schedules: “{line.text}” comes again{where}; keep one of them in the file")
        self.days.append(day)

    def _slot_head(self, line: Line, said: DateLine) -> bool:
        if said.bracketed and (self.event or said.end is not None):
            return False
        if said.end is None and not self.span_said:
            self.close()
            self.slot = self.reached = said.start
            return True
        self.close()
        self.span, self.span_said = self._settled(said), line.text
        return True

    def _open(self, line: Line, title: str, when: DateLine) -> None:
        """Begin an event under its title."""
        self.close()
        self.event, self.event_when, self.event_said = [line._replace(text=title)], when, self._words(line, title)
        self.reached = when.start
        if when.dated and (self.day is None or (when.day, when.month) != (self.day.day, self.day.month)):
            self.day_said = ""
            self.day = DateLine(weekday=when.weekday, day=when.day, month=when.month, year=when.year, letters=when.letters)

    def _nested(self, line: Line, said: DateLine) -> None:
        """Begin a talk of the open event."""
        self._close_talk()
        when = self._settled(said)
        self.talk, self.talk_when, self.talk_said = (
            [line._replace(text=said.after)],
            _on_day(self.day, when),
            self._words(line, said.after),
        )
        self.reached = when.start

    def _close_talk(self) -> None:
        if self.talk:
            read = card(self.talk, title=self.talk[0])
            lines = tuple(self.talk)
            self.talks.append(
                read._replace(when=self.talk_when, said=self.talk_said, kind=read.kind or self.kind, lines=lines)
            )
        self.talk, self.talk_when = [], None

    def _words(self, line: Line, title: str) -> str:
        """The page's own words for a time: what the line has beside its title, after the day head."""
        return f"{self.day_said} {line.text.replace(title, '', 1).strip(' |:·–—-')}".strip()

    def _ends(self, said: DateLine) -> None:
        """``(ends 12:00 PM)``: the end of the event, and of the last talk where its list says when it is over."""
        if self.event_when is not None and said.end is not None:
            end = (
                said.end
                if said.end_half
                else settle(self.event_when._replace(end=said.end, end_half=""), self.reached or 0).end
            )
            self.event_when = self.event_when._replace(end=end)
        self._close_talk()
        if self.talks and self.kind_end is not None and (last := self.talks[-1]).when is not None:
            self.talks[-1] = last._replace(when=last.when._replace(end=self.kind_end))

    def _settled(self, said: DateLine) -> DateLine:
        """The line in the half of the day that the time reached asks for."""
        return settle(said, self.reached) if self.reached is not None else said


def _on_day(day: DateLine | None, when: DateLine) -> DateLine:
    """The line with the day that the page has reached."""
    if day is None or when.dated:
        return when
    letters = when.letters or day.letters
    return when._replace(weekday=day.weekday, day=day.day, month=day.month, year=day.year, letters=letters)
