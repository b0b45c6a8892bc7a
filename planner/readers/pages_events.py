"""The events of a calendar page while it is read: the day, the head of the slot, the open event and talk, the time reached."""

from __future__ import annotations

from planner.dates import DateLine, settle
from planner.dates.words import DAY
from planner.readers.pages_cards import Card, can_be_title, card
from planner.readers.pages_entries import Block
from planner.readers.pages_kinds import is_kind_line, kind_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from planner.readers.pages_lines import Line

_LABEL_CAP = 40
_EARLY, _LATE = 5 * 60, 20 * 60  # minutes after midnight: what begins so early after what began so late is the same night


class Events:
    """Puts events and their talks together; ``blocks`` are those that are over.

    An event is opened by a line that has its title and its time, or by the first line under the head of a slot, whose time
    it takes. ``day_long`` tells that the page's clocks have 24 hours, ``lost``
    that the time last met could not be read, so that clocks that hang on it mean nothing.
    """

    def __init__(self, *, day_long: bool = False) -> None:
        self.day_long = day_long
        self.day: DateLine | None = None
        self.day_said = ""
        self.slot: int | None = None
        self.slot_said = ""
        self.slot_zone = DateLine()
        self.reached: int | None = None
        self.lost = False
        self.blocks: list[Block] = []
        self.event: list[Line] = []
        self.event_when: DateLine | None = None
        self.event_said = ""
        self.event_over = False
        self.talk: list[Line] = []
        self.talk_when: DateLine | None = None
        self.talk_said = ""
        self.talks: list[Card] = []
        self.kind = ""
        self.kind_end: int | None = None
        self.label: Line | None = None

    def close(self) -> None:
        """End the open event with its talks; a kind that stood alone (``Coffee Break:``) is one."""
        self.close_talk()
        self._label_alone()
        if self.event:
            head = card(self.event, title=self.event[0])
            kind = head.kind or (self.label.text.rstrip(": ") if self.label is not None else "")
            head = head._replace(when=self.event_when, said=self.event_said, kind=kind, lines=tuple(self.event))
            self.blocks.append(Block(head, tuple(self.talks)))
        self.event, self.event_when, self.talks, self.kind, self.kind_end = [], None, [], "", None
        self.event_over, self.label = False, None

    def open(self, line: Line, title: str, when: DateLine) -> None:
        """Begin an event under its title; a kind that stands alone above it is its kind."""
        label, self.label = (None, self.label) if self.event else (self.label, None)
        self.close()
        self.label = label
        self.event, self.event_when, self.event_said = [line._replace(text=title)], when, self.words(line, title)
        self.reached, self.lost = when.start, False
        if when.dated and (self.day is None or (when.day, when.month) != (self.day.day, self.day.month)):
            self.day_said = ""
            self.day = DateLine(weekday=when.weekday, day=when.day, month=when.month, year=when.year, letters=when.letters)

    def open_lost(self, line: Line, title: str, said: str, *, nested: bool) -> None:
        """Begin a talk of the open event (``nested``) or an event whose time, ``said``, could not be read."""
        if nested:
            self.close_talk()
            self.talk, self.talk_when, self.talk_said = [line._replace(text=title)], DateLine(), said
            return
        reached = self.reached if self.slot is None else self.slot
        self.open(line, title, DateLine())
        self.event_said, self.reached = said, reached
        self.lost = self.slot is None or not said.startswith("[")

    def headed(self, line: Line) -> bool:
        """Begin an event that stands under the head of a slot, with its kind or its title; whether the line is one of these.

        A kind with a colon begins one wherever it stands, a title only where no event is open.
        """
        if self.slot is None or self.day is None:
            return False
        said = line.text[:-1].strip() if line.text.endswith(":") and len(line.text) <= _LABEL_CAP else ""
        if said and (is_kind_line(said) or kind_of(said)):
            self.close()
            self.label = line
            return True
        if (self.event and not self.event_over) or not can_be_title(line):
            return False
        self._under_head(line)
        return True

    def _under_head(self, line: Line) -> None:
        """Begin an event at the time of its slot."""
        if self.slot is not None:
            self.open(line, line.text.rstrip(": "), on_day(self.day, self.slot_zone._replace(start=self.slot)))
            self.event_said = f"{self.day_said} {self.slot_said}".strip()

    def _label_alone(self) -> None:
        """Begin the event of which only the kind is said."""
        if self.label is not None and not self.event:
            line, self.label = self.label, None
            self._under_head(line)

    def nested(self, line: Line, said: DateLine) -> None:
        """Begin a talk of the open event."""
        if self.lost:
            self.open_lost(line, said.after, self.words(line, said.after), nested=True)
            return
        self.close_talk()
        when = self.settled(said)
        self.talk, self.talk_when, self.talk_said = (
            [line._replace(text=said.after)],
            on_day(self.day, when),
            self.words(line, said.after),
        )
        self.reached = when.start

    def close_talk(self) -> None:
        """End the open talk."""
        if self.talk:
            read = card(self.talk, title=self.talk[0])
            lines = tuple(self.talk)
            self.talks.append(
                read._replace(when=self.talk_when, said=self.talk_said, kind=read.kind or self.kind, lines=lines)
            )
        self.talk, self.talk_when = [], None

    def words(self, line: Line, title: str) -> str:
        """The page's own words for a time: what the line has beside its title, after the day head."""
        return f"{self.day_said} {line.text.replace(title, '', 1).strip(' |:·–—-')}".strip()

    def ends(self, said: DateLine) -> None:
        """``(ends 12:00 PM)``: the end of the event, and of the last talk where its list says when it is over."""
        self._label_alone()
        if self.event_when is not None and self.event_when.start is not None and said.end is not None:
            end = (
                said.end
                if said.end_half
                else settle(self.event_when._replace(end=said.end, end_half=""), self.reached or 0).end
            )
            self.event_when = self.event_when._replace(end=end)
        self.close_talk()
        if self.talks and self.kind_end is not None and (last := self.talks[-1]).when is not None and last.when.timed:
            self.talks[-1] = last._replace(when=last.when._replace(end=self.kind_end))
        self.event_over = True

    def settled(self, said: DateLine) -> DateLine:
        """The line in the half of the day that the time reached asks for, or after midnight where the evening went before."""
        if self.reached is None or said.start is None:
            return said
        if not self.day_long:
            said = settle(said, self.reached)
        if (said.start or 0) < _EARLY and self.reached >= _LATE and not said.dated:
            return said._replace(start=(said.start or 0) + DAY, end=None if said.end is None else said.end + DAY)
        return said


def on_day(day: DateLine | None, when: DateLine) -> DateLine:
    """The line with the day that the page has reached."""
    if day is None or when.dated:
        return when
    placed = when._replace(weekday=day.weekday, day=day.day, month=day.month, year=day.year)
    if when.letters or when.zone or when.offset is not None:
        return placed
    return placed._replace(letters=day.letters, zone=day.zone, offset=day.offset)
