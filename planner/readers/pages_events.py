"""The events of a calendar page while it is read: the day, the head of the slot, the open event and talk, the time reached."""

from __future__ import annotations

import re

from planner.dates import DateLine, settle
from planner.dates.words import DAY, NOON
from planner.errors import ReadError
from planner.readers.clocks import clock_of, lasts
from planner.readers.pages_cards import Card, can_be_title, card
from planner.readers.pages_entries import Block
from planner.readers.pages_kinds import is_kind_line, kind_of, kind_of_title
from planner.readers.pages_lines import place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from planner.readers.pages_lines import Line

_LABEL_CAP = 40
_ROOM_ALONE = re.compile(
    r"^(?:(?:Room|Hall|Track|Stage|Auditorium|Ballroom|Theat(?:er|re)|Salle|Raum|Saal|Aula)\s[\w.-]{1,6}|"
    r"[A-Z][\w'’]{1,20}\s(?:Hall|Room|Auditorium|Ballroom|Theat(?:er|re)|Stage))$"
)
PARALLEL = re.compile(
    r"(?P<word>Track|Stream|Parallel(?: Track| Session)?)\s(?P<which>[0-9]{1,2}|[A-Z])"
    r"(?:\s?\((?P<room>[^()]{2,40})\))?\s?(?:$|:\s)"
)
"""The name of a track, alone or before a title: ``Track 1 (Room A): Bees``."""
_AFTERNOON = re.compile(r"^\W{0,4}(?:afternoon|after lunch|nachmittag|après-midi|tarde|pomeriggio)\b", re.IGNORECASE)
_ROOMS = 200  # events back to which one that goes on is looked for: rooms side by side, and rows
TRACK = re.compile(
    r"\b(?:track|room|stream|hall|stage|session|parallel|theat(?:er|re)|auditorium|ballroom|salle|raum|saal|aula|workshop|amphi)\b",
    re.IGNORECASE,
)
_FAR, _LATEST_NOON = 4 * 60, 14 * 60  # minutes: a day that has gone so far, and goes back so far, may have begun anew
_GAP = 2 * 60  # minutes: a break that no programme leaves between its afternoon and its evening
_ONE, MORNING = 60, 7 * 60  # minutes after midnight between which a clock without a.m. or p.m. is the afternoon's
_EVENING = re.compile(
    r"\b(?:dinner|supper|banquet|reception|party|drinks?|gala|cocktails?|concert|evening|night|social|after)\b", re.IGNORECASE
)
_EARLY, _LATE = 5 * 60, 20 * 60  # minutes after midnight: what begins so early after what began so late is the same night
SESSION = re.compile(
    r"\bsessions?\b|\btrack\b|\bpapers\b|\btalks\b|\bpresentations\b|\bworkshop\b|\bsymposium\b|\borals\b|\bspotlights\b",
    re.IGNORECASE,
)
"""A title that holds talks."""


class Events:
    """Puts events and their talks together; ``blocks`` are those that are over.

    An event is opened by a line that has its title and its time, or by the first line under the head of a slot, whose time
    it takes. ``day_long`` tells that the page's clocks have 24 hours, ``twelve`` that they surely have 12, ``lost`` that the
    time last met could not be read, so that clocks that hang on it mean nothing. ``over`` is the latest end of the day so far,
    ``last`` the start of its last event, ``nights`` whether one began before the morning, ``turned`` whether the clock just
    read, such as 8:30, was taken for the evening for what came before it, ``marked`` whether a heading, a room or a track
    stands between the last event and this one, ``again`` whether the day's times have begun again. ``slot_end`` is the end of
    the slot where a length stands below its time, ``slot_room`` a room above the title below it, ``rooms_above`` whether rooms
    stand so on this page. ``warnings`` are doubts about what was read, ``notes`` say how it was read.
    """

    def __init__(self, *, day_long: bool = False, twelve: bool = False) -> None:
        self.day_long = day_long
        self.twelve = twelve
        self.day: DateLine | None = None
        self.day_said = ""
        self.slot: int | None = None
        self.slot_said = ""
        self.slot_end: int | None = None
        self.slot_room: Line | None = None
        self.rooms_above = False
        self.slot_zone = DateLine()
        self.reached: int | None = None
        self.over = 0
        self.last: int | None = None
        self.nights = False
        self.turned = False
        self.lost = False
        self.again = False
        self.marked = False
        self.warnings: list[str] = []
        self.notes: list[str] = []
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
        self.kind_when: DateLine | None = None
        self.label: Line | None = None

    def close(self) -> None:
        """End the open event with its talks; a kind or a room that stood alone (``Coffee Break:``) is one."""
        self.close_talk()
        self._label_alone()
        if self.event:
            head = card(self.event, title=self.event[0])
            kind = head.kind or (self.label.text.rstrip(": ") if self.label is not None else "")
            head = head._replace(when=self.event_when, said=self.event_said, kind=kind, lines=tuple(self.event))
            self.blocks.append(Block(head, tuple(self.talks)))
        elif self.talks:  # of a kind below its slot, with no session above it
            self.blocks.append(Block(Card(), tuple(self.talks)))
        self.event, self.event_when, self.talks, self.kind, self.kind_when = [], None, [], "", None
        self.event_over, self.label, self.slot_room = False, None, None

    def open(self, line: Line, title: str, when: DateLine) -> None:
        """Begin an event under its title; a kind that stands alone above it is its kind."""
        label, self.label = (None, self.label) if self.event else (self.label, None)
        self.slot_room = None
        self.close()
        self.label = label
        self.event, self.event_when, self.event_said = [line._replace(text=title)], when, words_of(self.day_said, line, title)
        if when.dated and (self.day is None or (when.day, when.month) != (self.day.day, self.day.month)):
            self.day_said = ""
            self.day = DateLine(weekday=when.weekday, day=when.day, month=when.month, year=when.year, letters=when.letters)
            self.anew()
        if (track := PARALLEL.match(title)) and place(track["room"] or "", sure=False):
            self.event.append(line._replace(text=f"Room: {track['room']}", links=(), heading=0))
        self._in_order(line, title, when)
        self.reached, self.lost = when.start, False

    def anew(self) -> None:
        """Forget the times of the day before."""
        self.over, self.last, self.nights, self.again = 0, None, False, False

    def _in_order(self, line: Line, title: str, when: DateLine) -> None:
        """Refuse or warn of an event that can be of another half of the day or of another day, which no line says.

        On a clock of twelve hours 8:30 behind 17:30 could be the evening or the next morning, on one of 24 hours 1:30 behind
        12:30 the afternoon, and 12:10 a.m. behind 11:30 a.m. is a slip: these hours are refused. Where a day begins again on
        a clock of 24 hours only the day is in doubt, because tracks stand below each other too.
        """
        turned, self.turned = self.turned, False
        marked, self.marked = self.marked, False
        start, last = when.start, self.last
        if start is None:
            return
        where = f"line {line.number}" if line.number else f"“{line.text[:60]}”"
        self.last = start
        if turned and start >= self.over + _GAP and kind_of_title(title) != "social" and not _EVENING.search(title):
            raise ReadError(
                f"In {where} the times go on with {clock_of(start % NOON)} behind {clock_of(self.over)}, which can be the "
                "evening or the morning of another day; put its day above it, or write a.m. and p.m."
            )
        night = start < (_ONE if when.start_half else MORNING) and last is not None and not self.nights
        if night and MORNING <= (last or 0) < _LATE:
            raise ReadError(
                f"In {where} the times go on with {clock_of(start)} behind {clock_of(last or 0)}, which can be night or day; "
                "write a.m. or p.m. behind it, and the next day above it if it is night."
            )
        self.nights = self.nights or start < MORNING
        if start < NOON and self.over >= _LATEST_NOON and not (marked or self.again) and (last or 0) >= start + _FAR:
            self.again = True
            self.warnings.append(
                f"In {where} the times begin again with {clock_of(start)} behind {clock_of(self.over)} and no line says that "
                f"it is another day: “{self.day_said}” was taken for it too; put its day above it if it is another."
            )
        self.over = max(self.over, when.end if when.end is not None and when.end > start else start)

    def mark(self, line: Line) -> None:
        """Note a heading, a room or a track, below which the times of a day may begin again, and the afternoon's name."""
        self.twelve = self.twelve or _AFTERNOON.match(line.text) is not None
        self.marked = self.marked or bool(line.heading) or (len(line.text) <= _LABEL_CAP and bool(TRACK.search(line.text)))

    def lengthen(self, cell: str, end: int) -> None:
        """Let the last event whose title is in a cell end later, where its own row had an end."""
        if self.event and self.event[0].text in cell:
            if self.event_when is not None and self.event_when.end is not None:
                self.event_when = self.event_when._replace(end=end)
            return
        for at in range(len(self.blocks) - 1, max(len(self.blocks) - _ROOMS, 0) - 1, -1):
            head = self.blocks[at].head
            if head.lines and head.lines[0].text in cell:
                if head.when is not None and head.when.end is not None:
                    self.blocks[at] = self.blocks[at]._replace(head=head._replace(when=head.when._replace(end=end)))
                return

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
        if not self.event and (length := lasts(line.text.strip("()"))) is not None and not line.text.strip("()").isdigit():
            self.slot_end = self.slot + int(length.total_seconds()) // 60
            return True
        if (not self.event or self.rooms_above) and _is_room(line.text):
            self.slot_room = line
            return True
        said = line.text[:-1].strip() if line.text.endswith(":") and len(line.text) <= _LABEL_CAP else ""
        if said and (is_kind_line(said) or kind_of(said)):
            self.close()
            self.label = line
            return True
        follows = self.event_over or self.slot_room is not None or not self.event or self.is_sibling(line)
        if not follows or not can_be_title(line):
            return False
        self._under_head(line)
        return True

    def awaits_title(self) -> bool:
        """Whether a time was read that stands alone, and its title comes next."""
        return self.slot is not None and not self.event

    def is_sibling(self, line: Line) -> bool:
        """Whether a line is a heading like the open event's, a track beside its own, or links to a page beside its own.

        Several then are under one time.
        """
        first = self.event[0]
        if line.heading and line.heading == first.heading:
            return True
        track, other = PARALLEL.match(first.text), PARALLEL.match(line.text)
        if track and other and track["word"] == other["word"] and track["which"] != other["which"]:
            return True
        return is_beside(line, first)

    def _under_head(self, line: Line) -> None:
        """Begin an event at the time of its slot."""
        if self.slot is not None:
            room = self.slot_room
            self.open(
                line, line.text.rstrip(": "), on_day(self.day, self.slot_zone._replace(start=self.slot, end=self.slot_end))
            )
            if room:
                self.event.append(line._replace(text=f"Room: {room.text}", links=()))
                self.rooms_above = True
            self.event_said = f"{self.day_said} {self.slot_said}".strip()

    def _label_alone(self) -> None:
        """Begin the event of which only the kind is said, or what stands alone where a room does (``Green Room``)."""
        line = None if self.event else self.label or self.slot_room
        if line is not None:
            self.slot_room, self.label = self.slot_room if self.label else None, None
            self._under_head(line)

    def nested(self, line: Line, said: DateLine) -> None:
        """Begin a talk of the open event."""
        if self.lost:
            self.open_lost(line, said.after, words_of(self.day_said, line, said.after), nested=True)
            return
        self.close_talk()
        when = self.settled(said)
        self.talk, self.talk_when, self.talk_said = (
            [line._replace(text=said.after)],
            on_day(self.day, when),
            words_of(self.day_said, line, said.after),
        )
        self.reached = when.start

    def holds(self, title: str, when: DateLine) -> bool:
        """Whether a line with a start and no end is a talk of the open event: a session, and the talk begins within it."""
        session = self.event_when
        if (
            not self.event
            or session is None
            or session.start is None
            or session.end is None
            or session.dated != bool(self.day)
        ):
            return False
        if when.start is None or when.end is not None or when.dated or not session.start <= when.start < session.end:
            return False
        known = bool(self.talk or self.talks) or when.start == session.start
        return known and bool(SESSION.search(self.event[0].text)) and kind_of_title(title) not in {"break", "social"}

    def close_talk(self) -> None:
        """End the open talk."""
        if self.talk:
            read = card(self.talk, title=self.talk[0])
            lines = tuple(self.talk)
            self.talks.append(
                read._replace(when=self.talk_when, said=self.talk_said, kind=read.kind or self.kind, lines=lines)
            )
        self.talk, self.talk_when = [], None

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
        if self.talks and self.kind_when and (last := self.talks[-1]).when is not None and last.when.timed:
            self.talks[-1] = last._replace(when=last.when._replace(end=self.kind_when.end))
        self.event_over = True

    def settled(self, said: DateLine) -> DateLine:
        """The line in the half of the day that the time reached asks for, or after midnight where the evening went before."""
        self.turned = False
        if said.start is None or said.dated:
            return said
        if not self.day_long:
            begins_anew = self.reached is None or (self.marked and MORNING <= said.start < self.reached < NOON)
            late = settle(
                said, (self._opening(said) if self.reached is None else said.start) if begins_anew else self.reached or 0
            )
            told = said.start_half or (self.slot is not None and self.slot_zone.start_half)
            self.turned = MORNING <= said.start < NOON <= (late.start or 0) and not told
            self.twelve = self.twelve or (
                _ONE <= said.start < MORNING <= (self.reached or 0) and NOON <= (late.start or 0) < DAY
            )
            said = late
        if (said.start or 0) < _EARLY and (self.reached or 0) >= _LATE:
            return said._replace(start=(said.start or 0) + DAY, end=None if said.end is None else said.end + DAY)
        return said

    def _opening(self, said: DateLine) -> int:
        """The time at or after which the first event of a day begins: on a clock of twelve hours 1:30 is the afternoon's.

        Raises ReadError where nothing tells that the clock is one.
        """
        start = said.start or 0
        if said.start_half or said.end_half or not _ONE <= start < MORNING:
            return start
        told = f"“{self.day_said}” begins with {clock_of(start)}, which"
        if not self.twelve:
            raise ReadError(f"{told} can be night or day; write a.m. or p.m. behind it.")
        self.notes.append(f"{told} was taken for the afternoon.")
        return start + NOON


def on_day(day: DateLine | None, when: DateLine) -> DateLine:
    """The line with the day that the page has reached."""
    if day is None or when.dated:
        return when
    placed = when._replace(weekday=day.weekday, day=day.day, month=day.month, year=day.year)
    if when.letters or when.zone or when.offset is not None:
        return placed
    return placed._replace(letters=day.letters, zone=day.zone, offset=day.offset)


def words_of(day: str, line: Line, title: str) -> str:
    """The page's own words for a time: what the line has beside its title, after the head of its day."""
    return f"{day} {line.text.replace(title, '', 1).strip(' |:·–—-')}".strip()


def _is_room(text: str) -> bool:
    """Whether a line under the head of a slot is a room's name, and no title such as ``Town Hall``."""
    return len(text) <= _LABEL_CAP and _ROOM_ALONE.match(text) is not None and not kind_of_title(text)


def is_beside(line: Line, other: Line) -> bool:
    """Whether two lines link to two pages beside each other."""
    here, there = line.links, other.links
    return bool(here and there) and here[0] != there[0] and "/" in here[0] and _folder(here[0]) == _folder(there[0])


def _folder(link: str) -> str:
    return link.rstrip("/").rpartition("/")[0]
