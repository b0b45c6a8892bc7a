"""Tables of programmes: the time in one column, and beside it the title, or what happens in several rooms at once.

The words at the heads of the columns tell which holds what (``Time (PDT)``, ``Speaker``, ``Location``); columns whose
heads are no such words are rooms or tracks side by side, and each of their cells is an event.
"""

from __future__ import annotations

import re

from planner.dates import DateLine, scan
from planner.dates.letters import known_letters
from planner.readers.clocks import lasts
from planner.readers.csv_times import letters_in
from planner.readers.pages_days import Days, day_head
from planner.readers.pages_events import on_day
from planner.readers.pages_facts import zone_named
from planner.readers.pages_kinds import kind_of
from planner.readers.pages_lines import DITTO, PIECE, Line, looks_like_names, says
from planner.readers.pages_lines import place as place_of
from planner.readers.pages_unread import in_calendar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

_WORDS = {
    "time": "time times start starts begin from hour hours when slot timeslot timeslots zeit uhrzeit beginn heure horaire",
    "end": "end ends until to finish ende",
    "date": "date day datum jour fecha",
    "title": (
        "title event events talk talks session sessions activity activities program programme agenda topic topics description"
        " what presentation presentations paper papers item subject content details lecture titel talktitle papertitle"
    ),
    "people": "speaker speakers presenter presenters author authors who by instructor instructors panelists",
    "room": "room rooms location locations venue place where hall raum salle",
    "chair": "chair chairs sessionchair sessionchairs moderator moderators host",
    "kind": "type kind format category",
    "skip": "slides video videos link links material materials recording recordings pdf duration length min no number id",
}
_ROLES = {word: role for role, words in _WORDS.items() for word in words.split()}
_SAID = {"people": "Speaker", "room": "Room", "chair": "Chair"}
_HEAD_CAP = 60
_LENGTH = re.compile(r"[0-9]{1,3}\s?(?:m|min|mins|minutes?)\.?|[0-9]\s?(?:h|hrs?|hours?)", re.IGNORECASE)
_TYPE = re.compile(
    r"(?:[\w-]{1,20} ){0,3}(?:papers?|talks?|keynotes?|speakers?|panel|tutorial|presentations?|oral|spotlight|lecture)"
    r"(?: #?\d{1,2})?",
    re.IGNORECASE,
)
_ROUGH = re.compile(r"^(?P<time>\d{1,2}[:.]\d{2}(?:\s?[ap]\.?m\.?)?)\s+(?:ish|in\s+(?P<room>\w[\w -]{0,30}))$", re.IGNORECASE)
_SPEAKER = re.compile(r"^(?P<title>\S.*\S)\s+\((?P<name>[^():]{3,60})(?::[^()]{0,20})?\)(?:\s+\w{1,20})?$")
_PLACED = re.compile(
    r"\b(?:room|hall|track|stage|auditorium|aula|theat(?:er|re)|ballroom|lab|studio|salle|raum|level)\b|\d", re.IGNORECASE
)


def _wordy(cell: str) -> bool:
    return any(map(str.isalnum, cell))


def _speaker_apart(title: str) -> tuple[str, str]:
    """A title without the speaker in brackets behind it, and the speaker: ``Unbound reflexives (Sanghoun Song: 10+10)``."""
    found = _SPEAKER.match(title)
    return (found["title"], found["name"]) if found and looks_like_names(found["name"]) else (title, "")


def _room_apart(title: str) -> tuple[str, str]:
    """A title without the room behind ``at``, and the room: ``Testing 1 at Room 101``."""
    before, _, room = title.rpartition(" at ")
    return (before.strip(), room) if before and place_of(room, sure=False) else (title, "")


def _is_type(said: str) -> bool:
    """Whether a cell only says what kind of talk its row has: ``Full Paper``, ``Keynote``, ``Invited Talk 2``."""
    return _TYPE.fullmatch(said) is not None


def _is_titled(cell: str) -> bool:
    """Whether a cell begins with words that can be a title, and no names: ``(Chairs)`` and ``Ann Lee`` are none."""
    first, *more = _pieces(cell)
    return len(first.split()) > 1 and not first.startswith("(") and bool(more or not looks_like_names(first))


def _order(roles: Sequence[str]) -> list[int]:
    """The columns of a table with those of the date and the start of the time before all others."""
    first = [roles.index(role) for role in ("date", "time") if role in roles]
    return [*first, *(at for at in range(len(roles)) if at not in first)] if "time" in roles else list(range(len(roles)))


def _names_day(cell: str) -> bool:
    """Whether the head of a column is a day: ``Wed 15 May``, ``Day 2``, ``Friday``."""
    return day_head(Line(0, cell, (), 2)) is not None


def _role(head: str) -> str:
    """What a column holds by its head, "" for a head that is a name."""
    bare = re.sub(r"[(\[][^()\[\]]{0,40}[)\]]", "", head)
    folded = "".join(sign for sign in bare.casefold() if sign.isalnum())  # "Room 1" is a name
    if folded in _ROLES:
        return _ROLES[folded]
    words = bare.split()
    zoned = words and known_letters(words[0].strip("*")) and (len(words) == 1 or words[1].casefold() == "time")
    return "time" if zoned or (words and words[0].casefold() in {"time", "start"} and letters_in(head)) else ""


class Tables(Days):
    """Reads the rows of tables; ``heads`` and ``roles`` are those of the columns of the table last begun.

    ``above`` are the titles of its last row. ``counted`` tells that the row says how long its talk lasts, which sites do for
    the talks of a session. ``days_across`` are the heads of a table with days side by side, ``grid`` its rows so far,
    ``order`` the columns with the date and the time first.
    """

    def __init__(self, *, day_long: bool = False, twelve: bool = False) -> None:
        super().__init__(day_long=day_long, twelve=twelve)
        self.in_table = False
        self.at_top = True
        self.heads: list[str] = []
        self.roles: list[str] = []
        self.above: dict[int, str] = {}
        self.days_across: list[Line] = []
        self.grid: list[tuple[Line, list[str]]] = []
        self.order: list[int] = []
        self.counted = False

    def row(self, line: Line) -> bool:
        """Read a row of a table; whether it is one that belongs to a programme."""
        top, self.at_top = self.at_top, not line.text.startswith("|")
        if not line.text.startswith("|"):
            self.end_table()
            self.order = []
            return False
        cells = _cells(line.text)
        if not any(map(_wordy, cells)):
            return True
        if self.days_across and not self._is_head(cells, top=top):
            self.grid.append((line, cells))
            return True
        if self._is_head(cells, top=top):
            self.order = _order([_role(cell) for cell in cells])
            cells = [cells[at] for at in self.order]
            self.marked = self.marked or cells != self.heads
            self.heads, self.roles = cells, [_role(cell) for cell in cells]
            self.end_table()
            if any(_names_day(cell) for cell in cells):
                self.days_across = [line._replace(text=cell) for cell in cells]
            return True
        if len(cells) == len(self.order):
            cells = [cells[at] for at in self.order]
        if self.roles and len(cells) > 1 and "time" in self.roles[1:2] and self.roles[0] == "date":
            cells = self._dated_row(line, cells)
        if len(list(filter(_wordy, cells))) == 1 and self.begins_day(line._replace(text=next(filter(_wordy, cells))), None):
            return True
        return self._row(line, cells)

    def end_table(self) -> None:
        """Read a table with days side by side, column by column: each has its own times from the morning on."""
        columns, rows = self.days_across, self.grid
        self.days_across, self.grid = [], []
        for column, head in enumerate(columns):
            if not rows or not _names_day(head.text):
                continue
            self.heads, self.roles, self.above, self.at_top = [], [], {}, False
            self.begins_day(head, rows[0][0])
            for line, cells in rows:
                at = column + (len(cells) - len(columns) if len(cells) > len(columns) else 0)  # the times may have no head
                if at < len(cells) and _wordy(cells[at]):
                    self._row(line, [cells[0], cells[at]])
                elif at < len(cells) and (said := scan(cells[0])) is not None:
                    self._go_on(["", cells[at]], self.settled(said))

    def _is_head(self, cells: Sequence[str], *, top: bool) -> bool:
        """Whether a row has the heads of columns: a time's first, or none in the first row of a table of several."""
        days = [cell for cell in cells if _names_day(cell)]
        if len(days) > 1 and len(days) == len(list(filter(_wordy, cells[1:]))) + _names_day(cells[0]):
            return True
        if any(len(cell) > _HEAD_CAP or _is_time(cell) for cell in cells) or len(cells) < 2:  # noqa: PLR2004  (columns)
            return False
        roles = [_role(cell) for cell in cells]
        named = [cell for cell in cells[1:] if _wordy(cell)]
        if "time" in roles and "title" in roles:
            return True
        return roles[0] == "time" or roles[:2] == ["date", "time"] or (top and not _wordy(cells[0]) and len(named) > 1)

    def _dated_row(self, line: Line, cells: list[str]) -> list[str]:
        """The cells behind that of the day, which is the one above where it is empty."""
        if _wordy(cells[0]) and (head := day_head(line._replace(text=cells[0]))) is not None:
            when = head.when
            if when is None or self.day is None or (when.day, when.month, when.weekday) != self.day[1:3] + self.day[:1]:
                self.begins_day(line._replace(text=cells[0]), line)
        elif _wordy(cells[0]):
            return cells
        return cells[1:]

    def _row(self, line: Line, cells: list[str]) -> bool:
        """A row by its first cell: a time with what it holds, or what belongs to the time above."""
        first, notes = _time_cell(_pieces(cells[0]))
        cells = [first, *cells[1:]]
        wordy = [cell for cell in cells[1:] if _wordy(cell)]
        found = _ROUGH.match(first)
        said = says(found["time"] if found else first)
        if said is None and wordy and first and in_calendar(line._replace(text=first)) is not None:
            self.open_lost(line, _pieces(wordy[0])[0], first, nested=self.in_table and bool(self.event))
        elif said is None:
            if first or not wordy or not self.in_table or not self.event:
                return not first and not wordy
            self._untimed(line, wordy)
        elif said.dated or said.start is None or said.before:
            return self.timed(line._replace(text=first), said)
        elif self.day is None:
            self.homeless.append(line)
            return False
        elif said.after or not wordy:
            if not said.after:
                return self.timed(line._replace(text=first), said)
            self._session_row(line, said)
        else:
            self.counted = any(map(_LENGTH.fullmatch, notes))
            said, notes = _lasting(said, notes)
            self._of_columns(line, said, cells, [f"Room: {found['room']}", *notes] if found and found["room"] else notes)
        return True

    def timed(self, line: Line, said: DateLine) -> bool:
        """Read a line that says something of time; whether it belongs to the calendar, which a subclass knows."""
        del line, said
        return False

    def _of_columns(self, line: Line, said: DateLine, cells: list[str], notes: list[str]) -> None:
        """A row with a time: one event by the roles of its columns, or one for each cell of columns side by side.

        ``notes`` are the lines beside the time in its own cell; a cell that goes on from the row above lasts until this one
        ends.
        """
        roles = self.roles[len(self.roles) - len(cells) :] if self.roles[:1] == ["date"] else self.roles
        heads = self.heads[len(self.heads) - len(roles) :]
        known = len(roles) == len(cells)
        if known:
            said = self._clocked_by(said, roles, heads, cells)
        words = f"{self.day_said} {cells[0]}".strip()
        others = list(zip(roles, heads, cells, strict=True))[1:] if known else [("", "", cell) for cell in cells[1:]]
        others = [
            (role, head, cell) for role, head, cell in others if _wordy(cell) and role not in {"time", "end", "date", "skip"}
        ]
        side = len([role for role in roles[1:] if not role]) > 1 and "title" not in roles and any(map(_wordy, heads[1:]))
        if not side or not others:
            titles = [cell for role, _, cell in others if role == "title"] or [cell for role, _, cell in others if not role]
            self._go_on(cells, self.settled(said))
            if not known and len(others) > 1 and _is_type(_pieces(others[0][2])[0]) and _is_titled(others[1][2]):
                titles = [others[1][2]]
            titles = titles or [cell for _, _, cell in others] or [cell for cell in cells[1:] if _wordy(cell)]
            beside = [f"{_SAID[role]}: {cell}" if role in _SAID else cell for role, _, cell in others if cell != titles[0]]
            self._timed_row(line, said, titles[0], [*notes, *beside])
            self._said(words)
            return
        told: dict[str, list[str]] = {}
        for role, head, cell in others:
            if not role or not told:
                told.setdefault(cell, []).append(head)
        settled = self.settled(said)
        self._go_on(cells, settled)
        for cell, names in told.items():
            place = names[0] if len(names) == 1 and (_PLACED.search(names[0]) or place_of(names[0], sure=False)) else ""
            self._timed_row(line, settled, cell, [*notes, *[f"Room: {place}"] * bool(place)])
            self._said(words)

    def _go_on(self, cells: Sequence[str], said: DateLine) -> None:
        """Let what stands in cells that go on from the row above last until this row ends; note what this row's cells hold."""
        for column, cell in enumerate(cells):
            if cell != DITTO:
                self.above[column] = _pieces(cell)[0]
            elif said.end is not None and (title := self.above.get(column)):
                self.lengthen(title, said.end)

    def _clocked_by(self, said: DateLine, roles: Sequence[str], heads: Sequence[str], cells: Sequence[str]) -> DateLine:
        """The time of a row with the end of its own column and the zone that the head of its column names."""
        if said.end is None and "end" in roles and (end := scan(cells[roles.index("end")])) is not None:
            said = scan(f"{cells[0]} - {cells[roles.index('end')]}") or said
            said = said if said.end is not None else said._replace(end=end.start, end_half=end.start_half)
        if said.letters or said.zone or said.offset is not None:
            return said
        zoned = letters_in(heads[0]) or known_letters(heads[0].split(" ", maxsplit=1)[0])
        zone, letters = ("", zoned) if known_letters(zoned) else (zoned, "") if zoned else zone_named(heads[0])
        return said._replace(letters=letters, zone=zone or None)

    def _said(self, words: str) -> None:
        """Keep the page's own words for the time of the row just read."""
        self.talk_said, self.event_said = (words, self.event_said) if self.talk else ("", words)

    def _session_row(self, line: Line, said: DateLine) -> None:
        """``9:30-11:00 Plenary Session 1 -- Chair: John``: a session whose talks are the rows below."""
        if said.after:
            title, _, chair = said.after.partition(" -- Chair: ")
            self.open(line._replace(text=line.text.strip("| ")), title, on_day(self.day, self.settled(said)))
            self.event += [line._replace(text=f"Chair: {chair}", links=())] if chair else []
            self.in_table = True

    def _timed_row(self, line: Line, said: DateLine, cell: str, beside: Sequence[str]) -> None:
        """A row with a time and a title: a talk of the open session if it begins within it, else an event of its own."""
        first, *more = sorted(_pieces(cell), key=lambda piece: piece.startswith("Speaker: "))
        title, speaker = _speaker_apart(first)
        title, room = _room_apart(title)
        labels = [f"Room: {room}"] * bool(room) + [f"Speaker: {speaker}"] * bool(speaker)
        labels += [one for one in beside if one.startswith(tuple(f"{word}: " for word in _SAID.values()))]
        others = [piece for one in beside if one not in labels for piece in _pieces(one)]
        more = [f"Speaker: {one[1:-1]}" if one[:1] == "(" and looks_like_names(one[1:-1]) else one for one in more]
        extra = [line._replace(text=text.replace(PIECE, ", "), links=()) for text in (*labels, *more, *others)]
        settled, session = self.settled(said), self.event_when
        within = session is not None and (session.start or 0) <= (settled.start or 0) < (session.end or 0)
        if ((self.in_table or self.counted) and within) or self.holds(title, settled):
            self.nested(line._replace(text=first), settled._replace(after=title))
            self.talk += extra
        else:
            self.open(line, title, on_day(self.day, settled))
            self.event += extra

    def _untimed(self, line: Line, cells: Sequence[str]) -> None:
        """A row without a time under a session: a talk whose time within the session is not said."""
        self.close_talk()
        title, speaker = _speaker_apart(_pieces(cells[0])[0])
        self.talk, self.talk_when, self.talk_said = [line._replace(text=title)], None, ""
        self.talk += [line._replace(text=f"Speaker: {speaker}", links=())] if speaker else []


def _cells(text: str) -> list[str]:
    """The cells of a row; a bar at its end closes the last one and begins none."""
    bare = text.strip()
    return [cell.strip() for cell in bare[1 : -1 if bare.endswith("|") and len(bare) > 1 else None].split("|")]


def _pieces(cell: str) -> list[str]:
    """The lines that a cell was written in."""
    return [piece for said in cell.split(PIECE) if (piece := said.strip())] or [""]


def _time_cell(pieces: list[str]) -> tuple[str, list[str]]:
    """The time of a row out of the lines of its cell, and the others.

    ``9:00`` and ``9:30`` below each other are a range; ``30m`` below ``9:00`` is none.
    """
    first, *others = pieces
    if scan(first) is None:
        return " ".join(pieces), []
    ranged = f"{first.rstrip('-–— ')} - {others[0].lstrip('-–— ')}" if others else ""
    said = scan(ranged)
    if said is not None and said.end is not None and not (said.before or said.after):
        return ranged, others[1:]
    return first, others


def _lasting(said: DateLine, notes: list[str]) -> tuple[DateLine, list[str]]:
    """The time with the end that a length beside it tells (``10:30``, ``15m``), and the other notes, such as a room."""
    lengths = [note for note in notes if _LENGTH.fullmatch(note)]
    if lengths and said.end is None and said.start is not None and (length := lasts(lengths[0])) is not None:
        said = said._replace(end=said.start + int(length.total_seconds()) // 60, end_half=said.start_half)
    kept = [note for note in notes if note not in lengths]
    return said, [f"Room: {note}" if place_of(note, sure=False) else f"({note})" if kind_of(note) else note for note in kept]


def _is_time(cell: str) -> bool:
    said = scan(cell)
    return said is not None and (said.timed or said.dated)
