"""Calendar, day and programme pages: times that hang on a day head, a slot head or a title, and talks under their session.

``THU 23 APR`` / ``10:30 a.m.`` / ``Oral Session 1A [10:30-12:00]`` / ``Oral s 10:30-11:40`` / ``[10:42] Title`` /
``(ends 12:00 PM)``, and ``Temporal Graph Learning Workshop Sat 3 Dec 07:30 a.m.`` with its authors and abstract below. Beside
the sites' own pages these are the programmes that people write: ``09:00 ~ 09:15 am - Title``, tables with the time in their
first column, and ``2 PM - 6 PM`` above titles with their places (``📍 Hall C``).
"""

from __future__ import annotations

import re

from planner.dates import DateLine, scan
from planner.errors import ReadError
from planner.readers.pages_cards import can_be_title
from planner.readers.pages_entries import DATE_CAP, Block, date_line
from planner.readers.pages_events import Events, on_day
from planner.readers.pages_lines import looks_like_names, says
from planner.readers.pages_unread import in_calendar

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
    hanging = alone = days = spans = heads = 0
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
            heads += not beside and said.start is not None and said.end is None
    return (hanging > 0 and (days > 0 or hanging > alone)) or (days > 0 and max(spans, heads) > alone)


def head_of(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines above the first day or time: a programme's own title and introduction."""
    first = next((number for number, line in enumerate(lines) if _said(line) is not None), len(lines))
    return lines[:first]


def blocks_of(lines: Sequence[Line]) -> list[Block]:
    """The sessions and single events of the page in order; an event without talks of its own is a block without entries."""
    walk = _Walk()
    for line in lines:
        said = _said(line)
        if not (walk.row(line) or (walk.timed(line, said) if said is not None else walk.unread(line))):
            walk.text(line)
    walk.close()
    return walk.blocks


def _said(line: Line) -> DateLine | None:
    return says(line.text) if len(line.text) <= DATE_CAP * 2 else None


def _speaker_apart(title: str) -> tuple[str, str]:
    """A title without the speaker in brackets behind it, and the speaker: ``Unbound reflexives (Sanghoun Song: 10+10)``."""
    found = _SPEAKER.match(title)
    return (found["title"], found["name"]) if found and looks_like_names(found["name"]) else (title, "")


class _Walk(Events):
    """The page read line by line, with its tables and the spans above titles."""

    def __init__(self) -> None:
        super().__init__()
        self.days: list[tuple[int | None, int | None]] = []
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
        if said is None and cells and first and in_calendar(line._replace(text=first)) is not None:
            self.open_lost(line, cells[0], first, nested=self.in_table and bool(self.event))
        elif said is None:
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
            self.open(line._replace(text=line.text.strip("| ")), title, on_day(self.day, self.settled(said)))
            self.event += [line._replace(text=f"Chair: {chair}", links=())] if chair else []
            self.in_table = True

    def _timed_row(self, line: Line, said: DateLine, cells: list[str], room: str) -> None:
        """A row with a time and a title: a talk of the open session if it begins within it, else an event of its own."""
        title, speaker = _speaker_apart(cells[0])
        beside = [f"Room: {room}"] * bool(room) + [f"Speaker: {speaker}"] * bool(speaker) + cells[1:]
        extra = [line._replace(text=text, links=()) for text in beside]
        settled, session = self.settled(said), self.event_when
        within = session is not None and (session.start or 0) <= (settled.start or 0) < (session.end or 0)
        if self.in_table and within:
            self.nested(line._replace(text=cells[0]), settled._replace(after=title))
            self.talk += extra
        else:
            self.open(line, title, on_day(self.day, settled))
            self.event += extra

    def _untimed(self, line: Line, cells: list[str]) -> None:
        """A row without a time under a session: a talk whose time within the session is not said."""
        self.close_talk()
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
            self.ends(said)
        elif not said.before and not said.after:
            return self._slot_head(line, said)
        elif self.day is None:
            return False
        elif said.before and (found := _KIND_HEAD.match(said.before)):
            self.close_talk()
            self.kind, self.kind_end = found["kind"], self.settled(said).end
        elif said.bracketed and said.after:
            self.nested(line, said)
        else:
            self.reached = self.slot if self.slot is not None else self.reached
            self.open(line, said.before or said.after, on_day(self.day, self.settled(said)))
        return True

    def unread(self, line: Line) -> bool:
        """Read a line that looks like a time and says nothing that is understood; whether it is one.

        Refused is the head of a day or a slot: on it hang the times of all that follows.
        """
        found = in_calendar(line)
        if found is None:
            return False
        if not found.title:
            where = f"Line {line.number}, “{line.text}”," if line.number else f"“{line.text}”"
            raise ReadError(
                f"{where} stands where a day or a time does and cannot be read; correct it, for other times hang on it."
            )
        self.open_lost(line, found.title, found.said, nested=found.nested and bool(self.event))
        return True

    def _dated(self, line: Line, said: DateLine) -> bool:
        """A line with a date: a day head, a title with its start, or a date line, which belongs to no calendar."""
        if said.timed and (said.before or said.after):
            self.open(line, said.before or said.after, said)
            return True
        if said.timed:
            self.close()
            return False
        if said.before or (said.after and not said.after.startswith("(")):
            return False
        self.close()
        self._new_day(line, said)
        self.day, self.day_said, self.slot, self.reached, self.lost = said, line.text, None, None, False
        return True

    def text(self, line: Line) -> None:
        """Keep a line of the open talk or event: authors, a place, an abstract."""
        if self.span is not None and self.day is not None and not self.in_table:
            self._under_span(line)
        elif not self.in_table and self.headed(line):
            return
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
            self.open(line, line.text, on_day(self.day, span))
            self.span, self.event_said = span, f"{self.day_said} {self.span_said}".strip()

    def close(self) -> None:
        """End the open event, with what stood behind the place of the last title of a span."""
        if self.event and self.pending:
            self.close_talk()
            self.event += self.pending
        self.span, self.pending, self.in_table = None, None, False
        super().close()

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
            self.slot_said, self.lost = line.text, False
            return True
        self.close()
        self.span, self.span_said = self.settled(said), line.text
        return True
