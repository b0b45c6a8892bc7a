"""The files of a MiniConf site brought together: papers get the slots of their sessions, keynotes those of the calendar.

A paper with several slots is several talks that know each other; the first keeps the identity that its list gives it.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

from planner import text as texts
from planner.dates import resolve, scan
from planner.dates.years import on_weekday
from planner.model import Session, Slot, fold, slug, uid_for
from planner.readers import clocks
from planner.readers.miniconf_pieces import Entry, Piece, alias
from planner.readers.pages_kinds import kind_of as kind_in_words
from planner.values import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from planner.dates import DateLine
    from planner.model import Conference, Talk
    from planner.readers.records import Row

OF_PAPERS = frozenset({"oral", "poster", "spotlight"})
"""Kinds of sessions whose papers are of the same kind."""

_WEEK = timedelta(days=6)
_DAY_OFF = timedelta(days=1)
_DAY = re.compile(r"Day ([1-9][0-9]?)", re.IGNORECASE)
_DAY_AT_HEAD = re.compile(r"\s{0,9}Day [1-9]", re.IGNORECASE)
_SEVERAL = "|;,"
_MANY_SLOTS = 12  # slots that one paper may have


# Rows: what several files say of one occasion


def rows_together(pieces: Sequence[Piece], first: date | None) -> tuple[list[Row], list[str]]:
    """The rows of all pieces, each occasion once: what speaks of one that the schedule has adds to it.

    ``first`` is the conference's first day where the configuration tells it. Also: warnings.
    """
    kept: list[Entry] = []
    seen: dict[tuple[str, datetime], int] = {}
    for piece in pieces:
        of_piece: dict[tuple[str, datetime], int] = {}
        for entry in piece.entries if piece.kind != "people" else ():
            at = entry.row.told.at
            keys = [(name, at) for name in sorted(entry.names)] if at is not None and at.tzinfo is not None else []
            known = next((seen[key] for key in keys if key in seen), None)
            if known is None:
                of_piece |= dict.fromkeys(keys, len(kept))
                kept.append(entry)
            else:
                kept[known] = kept[known]._replace(
                    row=_added(kept[known].row, entry.row), names=kept[known].names | entry.names
                )
        seen = of_piece | seen  # two entries of one file are two occasions, whatever they are called
    rows, alone = _enriched(kept, [entry for piece in pieces if piece.kind == "people" for entry in piece.entries])
    days = sorted({at.date() for row in rows if (at := row.told.at) is not None} | ({first} if first else set()))
    placed = [row for entry in alone for row in _placed(entry, days)]
    lost = sum(1 for entry in alone for day, _ in entry.whens if _date(day, days) is None)
    warnings = []
    if lost:
        warnings.append(
            f"Times that name no date were left out: {lost}; read the folder with its calendar, or the schedule, to have them."
        )
    return [*rows, *placed], warnings


def _enriched(kept: Sequence[Entry], people: Sequence[Entry]) -> tuple[list[Row], list[Entry]]:
    """The scheduled rows with the speakers and texts of those who speak of them, and who is left alone."""
    by_name: dict[str, list[int]] = {}
    for number, entry in enumerate(kept):
        for name in entry.names:
            by_name.setdefault(name, []).append(number)
    rows = [entry.row for entry in kept]
    alone = []
    for entry in people:
        numbers = {number for name in entry.names for number in by_name.get(name, ())}
        for number in numbers if len(numbers) <= _MANY_SLOTS else ():
            rows[number] = _added(rows[number], entry.row)
        if not numbers:
            alone.append(entry)
    return rows, alone


def _added(row: Row, other: Row) -> Row:
    """A row with what another one says of the same occasion and it does not."""
    event, more = row.event, other.event
    own_title = (more.title,) if fold(more.title) not in fold(event.title) else ()
    event = event._replace(
        persons=event.persons or more.persons,
        texts=event.texts or (*own_title, *more.texts),
        url=event.url or more.url,
        links=tuple(dict.fromkeys((*event.links, *more.links)))[:_MANY_SLOTS],
        track=event.track or more.track,
        type=event.type if event.type.strip("- ") else more.type,
    )
    return row._replace(
        event=event,
        kind=row.kind or other.kind,
        room=row.room or other.room,
        organisations=row.organisations or other.organisations,
    )


def _placed(entry: Entry, days: Sequence[date]) -> Iterator[Row]:
    """A row for each of its times that has a date, or one without a slot."""
    lines = [line for day, when in entry.whens if (line := _line(day, when, days)) is not None]
    identity = entry.row.event.source_id or entry.row.event.title
    for line in lines:
        yield entry.row._replace(line=line, together=identity)
    if not lines:
        yield entry.row


def _line(said: int | date | None, when: DateLine, days: Sequence[date]) -> DateLine | None:
    """A time of day on the date that is meant."""
    day = _date(said, days)
    if day is None:
        return None
    return when._replace(day=day.day, month=day.month, year=day.year, weekday=None, before="", after="")


def _date(said: int | date | None, days: Sequence[date]) -> date | None:
    """A date that is said, or the only such weekday from the first to the last day of the conference."""
    if said is None or isinstance(said, date):
        return said
    if not days:
        return None
    return on_weekday(said, days[0], max(days[-1], days[0] + _WEEK) if len(days) == 1 else days[-1])


# Tables that stand beside a calendar


def beside_calendar(rows: Sequence[Row], pieces: Sequence[Piece]) -> Piece:
    """The rows of a table as a piece: without a zone of its own, its clock is the calendar's where both show the same entries.

    The other rows take the calendar's offset only where all of that has one.
    """
    shown = {
        (fold(entry.row.event.title), at.replace(tzinfo=None)): entry.row.told
        for piece in pieces
        for entry in piece.entries
        if (at := entry.row.told.at) is not None and at.tzinfo is not None
    }
    known = [shown.get((fold(row.event.title), wall)) if (wall := _wall(row)) is not None else None for row in rows]
    zones = {told.at.utcoffset(): told.at.tzinfo for told in shown.values() if told.at is not None}
    zone = next(iter(zones.values())) if any(known) and len(zones) == 1 else None
    days = [wall for _, wall in shown]
    entries = []
    for row, told in zip(rows, known, strict=True):
        wall = _wall(row)
        when = told or row.told
        near = wall is not None and bool(days) and min(days) - _DAY_OFF <= wall <= max(days) + _DAY_OFF
        if told is None and wall is not None and zone is not None and near:  # beyond, clocks may have changed
            until = when.until.replace(tzinfo=zone) if when.until else None
            when = when._replace(at=wall.replace(tzinfo=zone), until=until, day="", start="")
        identity = row.event.source_id
        event = row.event._replace(source_id=f"event-{identity}" if identity else "")
        entries.append(Entry(row._replace(told=when, event=event), frozenset({alias(row.event.title)} - {""})))
    return Piece("calendar", tuple(entries))


def _wall(row: Row) -> datetime | None:
    """The wall clock of a row whose time carries no zone; None for any other."""
    told = row.told
    if row.line is not None or told.zone or (told.at is not None and told.at.tzinfo is not None):
        return None
    if told.at is not None:
        return told.at
    minutes = clocks.minutes(told.start)
    day = clocks.moment(f"{told.day}T00:00") if told.day else None
    return day + timedelta(minutes=minutes) if day is not None and minutes is not None else None


# Papers


class Paper(NamedTuple):
    """A talk of a paper list with the cells of its row, by the plain name of their column."""

    talk: Talk
    cells: Mapping[str, str]


class Sessions:
    """Which sessions of the schedule a paper is in, by its id or by the names that its row gives."""

    def __init__(self, pieces: Sequence[Piece], conference: Conference) -> None:
        self.by_key = {session.key: session for session in conference.sessions}
        self.slots = {talk.holds: talk.slot for talk in conference.talks if talk.holds}
        self.by_name: dict[str, list[str]] = {}
        self.by_id: dict[str, list[str]] = {}
        for piece in pieces:
            for entry in piece.entries:
                for name in entry.names if entry.row.holds in self.by_key else ():
                    keys = self.by_name.setdefault(name, [])
                    keys += [entry.row.holds] if entry.row.holds not in keys else []
        for piece in pieces:
            for name, ids in piece.ids:
                keys = [name] if name in self.by_key else self.by_name.get(name, [])
                for one in ids:
                    self.by_id.setdefault(one, []).extend(keys)

    def named(self, text: str) -> list[str]:
        """The keys of the sessions that a cell names, one or several."""
        if not text:
            return []
        if alias(text) in self.by_name:
            return self.by_name[alias(text)]
        for sign in _SEVERAL:
            if sign in text:
                return [key for one in text.split(sign)[:_MANY_SLOTS] for key in self.by_name.get(alias(one), ())]
        return []

    def of(self, paper: Paper) -> list[tuple[str, Slot]]:
        """The sessions of a paper with their slots, in the order of time."""
        ids = (paper.talk.source_id, paper.cells.get("uid", ""), paper.cells.get("id", ""))
        keys = next((self.by_id[one] for one in ids if one in self.by_id), [])
        keys = [*keys, *self.named(paper.cells.get("sessions") or paper.cells.get("session", ""))]
        found = [(key, self.slots[key]) for key in dict.fromkeys(keys) if key in self.slots]
        return sorted(found, key=lambda one: one[1].start or datetime.max.replace(tzinfo=UTC))[:_MANY_SLOTS]


def with_papers(
    conference: Conference, papers: Sequence[Paper], sessions: Sessions, tracks: Mapping[str, str]
) -> tuple[Conference, list[str]]:
    """The conference with the papers in the slots of their sessions, and what is to be said of those that have none."""
    taken = {talk.uid for talk in conference.talks}
    made: list[Talk] = []
    unplaced = 0
    for paper in papers:
        slots = sessions.of(paper)
        unplaced += not slots and not paper.talk.scheduled
        talk = paper.talk._replace(track=paper.talk.track or tracks.get(paper.talk.source_id))
        made += _slotted(talk, slots, sessions, taken)
    used = {talk.session for talk in (*made, *conference.talks) if talk.session}
    known = {one for paper in papers for one in (paper.talk.source_id, paper.cells.get("uid", ""), paper.cells.get("id", ""))}
    strangers = [one for one in sessions.by_id if one not in known]
    warnings = []
    if unplaced and unplaced < len(papers):
        warnings.append(f"{unplaced} of {len(papers)} papers are in no session of the schedule.")
    elif unplaced:
        warnings.append(f"No session of the schedule names one of the {len(papers)} papers, so they have no slot.")
    if strangers:
        warnings.append(
            f"Papers that sessions name by id only, and no list here names, were left out: {len(strangers)} "
            f"({', '.join(one[:40] for one in strangers[:3])}, …)."
        )
    talks = [talk if talk.holds is None or talk.holds in used else talk._replace(holds=None) for talk in conference.talks]
    kept = tuple(session for session in conference.sessions if session.key in used)
    return conference._replace(talks=(*talks, *made), sessions=kept), warnings


def _slotted(talk: Talk, slots: Sequence[tuple[str, Slot]], sessions: Sessions, taken: set[str]) -> list[Talk]:
    """The talks of one paper: one for each slot, the first with the paper's own identity; itself where it has none."""
    made = []
    ordinal = -1
    for key, slot in slots or [("", Slot())]:
        ordinal += 1
        uid = talk.uid if not ordinal else uid_for(talk.conference, talk.source_id, title=talk.title, ordinal=ordinal)
        while uid in taken:
            ordinal += 1
            uid = uid_for(talk.conference, talk.source_id, title=talk.title, ordinal=ordinal)
        taken.add(uid)
        session = sessions.by_key.get(key)
        kind = session.kind if session and session.kind in OF_PAPERS else "talk" if session else talk.kind
        made.append(talk._replace(uid=uid, kind=kind, session=key or talk.session, slot=slot if key else talk.slot))
    uids = [one.uid for one in made]
    return [one._replace(also=tuple(dict.fromkeys((*one.also, *(uid for uid in uids if uid != one.uid))))) for one in made]


def with_days(papers: Iterable[Paper], first: date, zone: str) -> tuple[list[Paper], list[Session]]:
    """Papers whose rows say ``Day 2 — 11:00-12:30``, in their slots and sessions; ``first`` is the conference's first day."""
    placed = []
    sessions: dict[str, Session] = {}
    for paper in papers:
        line = scan(paper.cells.get("time", "")[:100])
        found = _DAY.fullmatch(line.before.strip()) if line is not None else None
        if line is None or found is None or line.start is None:
            placed.append(paper)
            continue
        day = first + timedelta(days=int(found[1]) - 1)
        when = resolve(line._replace(day=day.day, month=day.month, year=day.year, before=""), zone=zone)
        title = paper.cells.get("session", "")
        words = (paper.cells.get("finaldecision", ""), title)
        kind = next((kind for word in words if (kind := kind_in_words(word)) in OF_PAPERS), "talk")
        slot = Slot(when.start, when.end, zone=when.zone, said=paper.cells["time"][:100])
        chairs = texts.names(paper.cells.get("chairs", ""))
        key = slug(title)
        sessions.setdefault(key, Session(key, texts.read_title(title), chairs, kind, when.start, when.end))
        placed.append(paper._replace(talk=paper.talk._replace(slot=slot, kind=kind, session=key or None)))
    return placed, [session for key, session in sessions.items() if key]


def day_numbers(papers: Iterable[Paper]) -> bool:
    """Whether a paper's row counts its day (``Day 1 — 9:15-10:30``)."""
    return any(_DAY_AT_HEAD.match(paper.cells.get("time", "")) for paper in papers)
