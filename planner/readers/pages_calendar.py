"""Calendar and day pages: times that hang on a day head, a slot head or a title, and talks listed under their session.

``THU 23 APR`` / ``10:30 a.m.`` / ``Oral Session 1A [10:30-12:00]`` / ``Oral s 10:30-11:40`` / ``[10:42] Title`` /
``(ends 12:00 PM)``, and ``Temporal Graph Learning Workshop Sat 3 Dec 07:30 a.m.`` with its authors and abstract below.
"""

from __future__ import annotations

import re

from planner.dates import DateLine, scan, settle
from planner.errors import ReadError
from planner.readers.pages_cards import Card, card
from planner.readers.pages_entries import DATE_CAP, Block, date_line

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.readers.pages_lines import Line

_KIND_HEAD = re.compile(
    r"^(?:In-person |Virtual )?(?P<kind>Orals?|Spotlights?|Posters?|Talks?|Invited Talks?|Events?|Expo Demonstrations?) ?s?$"
)


def is_calendar(lines: Sequence[Line]) -> bool:
    """Whether most times of the page hang on a head or a title instead of standing on date lines of their own."""
    hanging = alone = days = 0
    for line in lines:
        said = _said(line)
        if said is None:
            continue
        if date_line(line) is not None:
            alone += 1
        elif said.dated and not said.timed and not said.before and not said.after:
            days += 1
        elif said.dated and said.timed and said.before:
            hanging += 2
        elif not said.dated and said.timed and (said.before or said.after):
            hanging += 1
    return hanging > 0 and (days > 0 or hanging > alone)


def blocks_of(lines: Sequence[Line]) -> list[Block]:
    """The sessions and single events of the page in order; an event without talks of its own is a block without entries."""
    walk = _Walk()
    for line in lines:
        said = _said(line)
        if said is None or not walk.timed(line, said):
            walk.text(line)
    walk.close()
    return walk.blocks


def _said(line: Line) -> DateLine | None:
    return scan(line.text) if len(line.text) <= DATE_CAP * 2 else None


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

    def timed(self, line: Line, said: DateLine) -> bool:
        """Read a line that says something of time; whether it belongs to the calendar."""
        if said.dated and not said.timed:
            if said.before or (said.after and not said.after.startswith("(")):
                return False
            self.close()
            self._new_day(line, said)
            self.day, self.day_said, self.slot, self.reached = said, line.text, None, None
        elif said.dated and (said.before or said.after):
            self._open(line, said.before or said.after, said)
        elif said.dated or said.weekday is not None or not said.timed:
            return False
        elif said.start is None:
            self._ends(said)
        elif not said.before and not said.after:
            return self._slot_head(said)
        elif self.day is None:
            return False
        elif said.before and (found := _KIND_HEAD.match(said.before)):
            self._close_talk()
            self.kind, self.kind_end = found["kind"], self._settled(said).end
        elif said.bracketed and said.after:
            self._nested(line, said)
        else:
            self.reached = self.slot if self.slot is not None else self.reached
            self._open(line, said.before or said.after, self._on_day(self._settled(said)))
        return True

    def text(self, line: Line) -> None:
        """Keep a line of the open talk or event: authors, a place, an abstract."""
        if self.talk:
            self.talk.append(line)
        elif self.event:
            self.event.append(line)

    def close(self) -> None:
        """End the open event with its talks."""
        self._close_talk()
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

    def _slot_head(self, said: DateLine) -> bool:
        if said.end is not None or (said.bracketed and self.event):
            return False
        self.close()
        self.slot = self.reached = said.start
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
            self._on_day(when),
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

    def _on_day(self, when: DateLine) -> DateLine:
        """The line with the day that the page has reached."""
        if self.day is None or when.dated:
            return when
        return when._replace(
            weekday=self.day.weekday,
            day=self.day.day,
            month=self.day.month,
            year=self.day.year,
            letters=when.letters or self.day.letters,
        )
