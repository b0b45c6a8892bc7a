"""Tables of programmes: the time in one column, and beside it the title, or what happens in several rooms at once.

The words at the heads of the columns tell which holds what (``Time (PDT)``, ``Speaker``, ``Location``); columns whose
heads are no such words are rooms or tracks side by side, and each of their cells is an event.
"""

from __future__ import annotations

from planner.dates import DateLine
from planner.errors import ReadError
from planner.readers import pages_columns as on
from planner.readers.pages_cards import room_apart, speaker_apart
from planner.readers.pages_dates import in_calendar
from planner.readers.pages_days import Days, day_head
from planner.readers.pages_events import SESSION, TRACK, on_day
from planner.readers.pages_kinds import bracketed
from planner.readers.pages_lines import DITTO, PIECE, Line, cited, is_clock, looks_like_names, says
from planner.readers.pages_lines import place as place_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence


class Tables(Days):
    """Reads the rows of tables; ``heads`` and ``roles`` are those of the columns of the table last begun.

    ``above`` are the cells of its last row. ``counted`` tells that the row says how long its talk lasts, which sites do for
    the talks of a session. ``times_across`` are the times of a table with them side by side; ``days_across`` are the heads of
    one with days so, ``grid`` its rows so far. ``order`` are the columns with the date and the time first, ``head_day`` is
    the day in the head of the times. ``listing`` tells that the table lists talks of the open session without times.
    """

    def __init__(self, *, day_long: bool = False, twelve: bool = False) -> None:
        super().__init__(day_long=day_long, twelve=twelve)
        self.in_table = False
        self.at_top = True
        self.heads: list[str] = []
        self.roles: list[str] = []
        self.above: dict[int, str] = {}
        self.head_day = ""
        self.times_across: list[str] = []
        self.days_across: list[Line] = []
        self.grid: list[tuple[Line, list[str]]] = []
        self.order: list[int] = []
        self.counted = False
        self.listing = False

    def row(self, line: Line) -> bool:
        """Read a row of a table; whether it is one that belongs to a programme."""
        top, self.at_top = self.at_top or line.heading > 0, not line.text.startswith("|")
        if not line.text.startswith("|"):
            self.end_table()
            self.order, self.head_day, self.times_across, self.listing = [], "", [], False
            return False
        self.right_above = False
        cells = on.cells(line.text)
        if not any(map(on.wordy, cells)) or self._across(line, cells) or self._lists(line, cells, top=top):
            return True
        if self.days_across and not (self._is_head(cells, top=top) and (self.grid or any(map(on.names_day, cells)))):
            self.grid.append((line, cells))  # a second row of heads has the tracks of each day
            return True
        cells = self._without_day(line, cells)
        if self._is_head(cells, top=top):
            self.order = on.order(on.roles(cells))
            cells = [cells[at] for at in self.order]
            self.marked = self.marked or cells != self.heads
            self.heads, self.roles = cells, on.roles(cells)
            self.end_table()
            if any(on.names_day(cell) for cell in cells):
                self.days_across = [line._replace(text=cell) for cell in cells]
            return True
        if len(cells) == len(self.order):
            cells = [cells[at] for at in self.order]
        if self.roles and len(cells) > 1 and "time" in self.roles[1:2] and self.roles[0] == "date":
            cells = self._dated_row(line, cells)
        if len(list(filter(on.wordy, cells))) == 1 and self.begins_day(
            line._replace(text=next(filter(on.wordy, cells))), None
        ):
            return True
        return self._row(line, cells)

    def _lists(self, line: Line, cells: list[str], *, top: bool) -> bool:
        """Read the head or a row of a table of titles without times below a session: talks of it with no time of their own."""
        self.listing = (self.listing or top) and bool(self.event) and not any(map(on.is_time, cells))
        if self.listing and top and SESSION.search(self.event[0].text):
            roles = on.roles(cells)
            self.listing = "title" in roles and bool({"people", "board"} & set(roles)) and not {"time", "date"} & set(roles)
            self.heads, self.roles = (cells, roles) if self.listing else (self.heads, self.roles)
            return self.listing
        titles = [cell for role, cell in zip(self.roles, cells, strict=False) if role == "title" and on.wordy(cell)]
        if not self.listing or top or not titles:
            self.listing = False
            return False
        self.close_talk()
        beside = [(role, cell) for role, cell in zip(self.roles, cells, strict=False) if on.wordy(cell) and cell != titles[0]]
        said = [on.SAID.get(role, "{}").format(cell) for role, cell in beside if role not in on.NO_TEXT]
        self.talk = [line._replace(text=text.replace(PIECE, ", ")) for text in (titles[0], *said)]
        self.talk_when, self.talk_said = None, ""
        return True

    def _across(self, line: Line, cells: list[str]) -> bool:
        """Read a row of a table with times side by side, its room or its day in front; whether it is one, or has the times."""
        first, *others = cells
        if len(others) > 1 and all(map(is_clock, others)) and not on.is_time(first):
            self.times_across = others
            return True
        if not self.times_across or line.heading or is_clock(first):
            self.times_across = []
            return False
        day = on.names_day(first) and self._begins(line, first)
        self.heads, self.roles, self.reached, self.marked = [], [], None, True
        self.anew()
        for clock, cell, before in zip(self.times_across, others, ("", *others), strict=False):
            said = self.settled(says(clock) or DateLine())
            if on.wordy(cell) and cell != before:
                self._row(line, [clock if day else f"{clock}{PIECE}{first}", cell])
            elif on.wordy(cell) and said.end is not None:
                self.lengthen(cell, said.end)
            self.reached = said.start
        return True

    def _begins(self, line: Line, cell: str) -> bool:
        """Read a cell that stands for the day of its row or column, where ``Mon`` alone is one; whether it is."""
        return self.begins_day(line._replace(text=cell, heading=2), None)

    def _without_day(self, line: Line, cells: list[str]) -> list[str]:
        """The cells of a table's head with the word for a time in place of the day, which begins with the first time below.

        ``Saturday, May 4 | Room 1 | Room 2`` stands so above the times and the rooms.
        """
        first, *others = cells
        if (
            self.roles[:1] != ["date"]
            and on.names_day(first)
            and not any(on.names_day(one) or on.is_time(one) for one in others)
        ):
            self.head_day = first if any(map(on.wordy, others)) else ""
            return ["Time", *others] if self.head_day else cells
        if self.head_day and on.is_time(cells[0]):
            self._begins(line, self.head_day)
            self.head_day = ""
        return cells

    def end_table(self) -> None:
        """Read a table with days side by side, column by column: each has its own times from the morning on."""
        columns, rows = self.days_across, self.grid
        self.days_across, self.grid = [], []
        for column, head in enumerate(columns):
            if not rows or not on.names_day(head.text):
                continue
            self.heads, self.roles, self.above, self.at_top = [], [], {}, False
            self._begins(head, head.text)
            unnamed = not on.wordy(columns[1].text) and all(len(cells) > 1 and on.is_time(cells[1]) for _, cells in rows)
            end = next((at for at, one in enumerate(columns) if on.role(one.text) == "end"), int(unnamed))
            for line, cells in rows:
                at = column + (len(cells) == len(columns) + 1)  # the times may have no head
                if len(cells) > len(columns) + 1:
                    raise ReadError(f"{cited(line)} has more cells than its table has days; write one day below the other")
                clock = f"{cells[0]} - {cells[end]}" if 0 < end < len(cells) else cells[0]
                if at < len(cells) and on.wordy(cells[at]):
                    self._row(line, [clock, cells[at]])
                elif at < len(cells) and (said := says(clock)) is not None:
                    self._go_on(["", cells[at]], self.settled(said))
        if columns:
            bare = [line for line, cells in rows if on.wordy(cells[0]) and says(cells[0]) is None]
            self.warnings += [f"{cited(line)} has no time and was left out." for line in bare]
            self.close()
            self.day, self.day_said = None, ""  # what stands below is not the last column's

    def _is_head(self, cells: Sequence[str], *, top: bool) -> bool:
        """Whether a row has the heads of columns: a time's first, or none in the first row of a table of several."""
        days = [cell for cell in cells if on.names_day(cell)]
        if len(days) > 1 and len(days) == len([cell for cell in cells if on.wordy(cell) and on.role(cell) not in on.NO_TEXT]):
            return True
        if any(len(cell) > on.HEAD_CAP or on.is_time(cell) for cell in cells) or len(cells) < 2:  # noqa: PLR2004  (columns)
            return False
        roles = on.roles(cells)
        named = [cell for cell in cells[1:] if on.wordy(cell)]
        tracks = len(named) > 1 and not on.wordy(cells[0]) and all(map(TRACK.search, named))
        corner = roles[0] == "room" and len(named) > 1 and not any(roles[1:])  # "Room | 1 | 2 | 3" above the times
        if ("title" in roles and {"time", "date"} & set(roles)) or tracks or corner:
            return True
        return roles[0] == "time" or roles[:2] == ["date", "time"] or (top and not on.wordy(cells[0]) and len(named) > 1)

    def _dated_row(self, line: Line, cells: list[str]) -> list[str]:
        """The cells behind that of the day, which is the one above where it is empty."""
        if on.wordy(cells[0]) and (head := day_head(line._replace(text=cells[0], heading=2))) is not None:
            when = head.when
            if when is None or self.day is None or (when.day, when.month, when.weekday) != self.day[1:3] + self.day[:1]:
                self._begins(line, cells[0])
        elif on.wordy(cells[0]):
            return cells
        return cells[1:]

    def _row(self, line: Line, cells: list[str]) -> bool:
        """A row by its first cell: a time with what it holds, or what belongs to the time above."""
        first, notes = on.time_cell(on.pieces(cells[0]))
        if len(cells) > 2 and not self.roles and on.pieces(cells[1])[0] == first:  # noqa: PLR2004  (the time stands twice)
            notes, cells = [*notes, *on.pieces(cells[1])[1:]], cells[1:]
        cells = [first, *cells[1:]]
        wordy = [cell for cell in cells[1:] if on.wordy(cell)]
        found = on.ROUGH.match(first)
        said = says(found["time"] if found else first)
        unsaid = first.casefold() in on.NOT_SAID or not on.wordy(first) or in_calendar(line._replace(text=first)) is not None
        if said is None and wordy and first and unsaid:
            title = next(iter(on.titles(self._beside(cells))), wordy[0])
            self.open_lost(line, on.pieces(title)[0], first, nested=self.in_table and bool(self.event))
        elif said is None:
            holds = bool(self.event) and (self.in_table or SESSION.search(self.event[0].text) is not None)
            if first or not wordy or not holds:
                return not first and not wordy
            self._untimed(line, wordy)
        elif said.start is None or said.before or (said.dated and (said.after or not wordy)):
            return self.timed(line._replace(text=first), said)
        elif self.day is None and not said.dated:
            self.homeless.append(line)
            return False
        elif not said.after and DITTO in cells and not wordy:
            self._go_on(cells, self.settled(said))
        elif said.after or not wordy:
            if not said.after:
                return self.timed(line._replace(text=first), said)
            self._session_row(line, said)
        else:
            self.counted = any(map(on.LENGTH.fullmatch, notes))
            said, notes = on.lasting(said, notes)
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
        roles, heads = self._columns(cells)
        known = len(roles) == len(cells)
        if known:
            said = self._clocked_by(said, roles, heads, cells)
        words = f"{self.day_said} {cells[0]}".strip()
        others = self._beside(cells)
        one = {"title", "people"} & set(roles)
        side = len([role for role in roles[1:] if not role]) > 1 and not one and any(map(on.wordy, heads[1:]))
        if not side or not others:
            titles = on.titles(others)
            self._go_on(cells, self.settled(said))
            if not known and len(others) > 1 and on.is_type(on.pieces(others[0][2])[0]) and on.is_titled(others[1][2]):
                titles = [others[1][2]]
            titles = titles or [cell for _, _, cell in others] or [cell for cell in cells[1:] if on.wordy(cell)]
            beside = [
                on.SAID.get(role or "room" * (place_of(cell, sure=False) is not None), "{}").format(cell.strip("[]"))
                for role, _, cell in others
                if cell != titles[0]
            ]
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
            place = names[0] if len(names) == 1 and (on.PLACED.search(names[0]) or place_of(names[0], sure=False)) else ""
            self._timed_row(line, settled, cell, [*notes, *[f"Room: {place}"] * bool(place)])
            self._said(words)

    def _columns(self, cells: Sequence[str]) -> tuple[list[str], list[str]]:
        """The roles and the heads of the columns of a row, from which the one of its day was taken."""
        roles = self.roles[len(self.roles) - len(cells) :] if self.roles[:1] == ["date"] else self.roles
        return roles, self.heads[len(self.heads) - len(roles) :]

    def _beside(self, cells: Sequence[str]) -> list[tuple[str, str, str]]:
        """What stands beside the time of a row, with its column's role and head where they are known."""
        roles, heads = self._columns(cells)
        known = len(roles) == len(cells)
        others = list(zip(roles, heads, cells, strict=True))[1:] if known else [("", "", cell) for cell in cells[1:]]
        return [
            (role, head, cell) for role, head, cell in others if on.wordy(cell) and cell != cells[0] and role not in on.NO_TEXT
        ]

    def _go_on(self, cells: Sequence[str], said: DateLine) -> None:
        """Let what stands in cells that go on from the row above last until this row ends; note what this row's cells hold."""
        for column, cell in enumerate(cells):
            if cell != DITTO:
                self.above[column] = cell if on.own_time(said, on.pieces(cell))[0] is said else ""
            elif said.end is not None and (above := self.above.get(column)):
                self.lengthen(above, said.end)

    def _clocked_by(self, said: DateLine, roles: Sequence[str], heads: Sequence[str], cells: Sequence[str]) -> DateLine:
        """The time of a row with the end of its own column and the zone that the head of its column names."""
        if said.end is None and "end" in roles and (end := says(cells[roles.index("end")])) is not None:
            said = says(f"{cells[0]} - {cells[roles.index('end')]}") or said
            said = said if said.end is not None else said._replace(end=end.start, end_half=end.start_half)
        if "length" in roles:
            said = on.until(said, cells[roles.index("length")])
        if said.letters or said.zone or said.offset is not None:
            return said
        zone, letters = on.zone_of(heads[0])
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
        said, pieces = on.own_time(said, on.pieces(cell))
        first, *more = sorted(pieces, key=lambda piece: piece.startswith("Speaker: ") or bool(bracketed(piece)))
        more.sort(key=lambda piece: not piece.startswith("Speaker: "))  # above the abstract
        title, speaker = speaker_apart(first)
        title, room = room_apart(title)
        labels = [f"Room: {room}"] * bool(room) + [f"Speaker: {speaker}"] * bool(speaker)
        labels += [one for one in beside if one.startswith(on.LABELS)]
        others = [piece for one in beside if one not in labels for piece in on.pieces(one)]
        more = [f"Speaker: {one[1:-1]}" if one[:1] == "(" and looks_like_names(one[1:-1]) else one for one in more]
        extra = [line._replace(text=text.replace(PIECE, ", "), links=()) for text in (*labels, *more, *others)]
        settled, session = self.settled(said), self.event_when
        within = session is not None and (session.start or 0) <= (settled.start or 0) < (session.end or 0)
        if ((self.in_table or self.counted) and within) or self.holds(title, settled):
            self.nested(line._replace(text=first), settled._replace(after=title))
            self.talk += extra
        else:
            self.open(line, title, on_day(self.day, settled))
            inner = [one for one in extra if (own := says(one.text)) is not None and own.start is not None and own.after]
            self.event += [one for one in extra if one not in inner or len(inner) == 1]
            self._inner_talks(inner if len(inner) > 1 else [])

    def _inner_talks(self, lines: Sequence[Line]) -> None:
        """The talks of a session that stand in its own cell, each behind its time: ``9:30 Bees (Ann Lee)``."""
        for line in lines:
            said = says(line.text)
            if said is not None:
                title, speaker = speaker_apart(said.after)
                self.nested(line, said._replace(after=title))
                self.talk += [line._replace(text=f"Speaker: {speaker}")] if speaker else []

    def _untimed(self, line: Line, cells: Sequence[str]) -> None:
        """A row without a time under a session: a talk whose time within the session is not said."""
        self.close_talk()
        title, speaker = speaker_apart(on.pieces(cells[0])[0])
        self.talk, self.talk_when, self.talk_said = [line._replace(text=title)], None, ""
        self.talk += [line._replace(text=f"Speaker: {speaker}", links=())] if speaker else []
