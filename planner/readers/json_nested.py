"""JSON whose talks do not stand in lists: Indico's exports, and days of minutes of rooms (pretalx's interface, regrouped)."""

from __future__ import annotations

from datetime import datetime, timedelta

from planner.errors import ReadError
from planner.readers import clocks
from planner.readers.json_rows import Around, Tables, fate, person, row_of
from planner.readers.json_times import first, moment, normal
from planner.readers.records import Block, Found, Row, records, said
from planner.readers.sources import Part, shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import tzinfo
    from typing import Any

_EVENTS = frozenset({"Conference", "Meeting", "Lecture", "SimpleEvent"})
_HOUR, _LAST_MINUTE = 60, 2 * 24 * 60
_NO_TABLES = Tables()


# Indico (https://docs.getindico.io/en/stable/http-api/): export/event and export/timetable


def indico(document: Any, part: Part) -> Found:
    """The rows of an Indico export; ReadError where it holds an event without its contributions."""
    results = document.get("results") if isinstance(document, dict) else document
    if isinstance(results, dict) and not {"startDate", "title"} <= results.keys():
        return _timetable(results, part)
    events = [results] if isinstance(results, dict) else records(results)
    made = _Made()
    for event in events:
        made.event(event)
    if not made.rows and len(events) == 1:
        raise ReadError(
            f"{shown(part)} holds the event itself and none of its contributions: nothing found; "
            "export it again with detail=sessions (…/export/event/ID.json?detail=sessions)"
        )
    head = events[0] if events else {}
    zone = said(head.get("timezone")) or said(normal(head).get("timezone"))
    return Found(
        "indico",
        tuple(made.rows),
        tuple(made.blocks),
        said(head.get("title")),
        (zone, "the event's time zone"),
        warnings=made.said(),
    )


def _timetable(results: Mapping[str, Any], part: Part) -> Found:
    """The rows of a timetable: event > day > entries, sessions with entries of their own."""
    made = _Made()
    for days in records(results):
        for day in records(days):
            for entry in records(day):
                made.entry(entry)
    if not made.rows:
        raise ReadError(f"{shown(part)} is a timetable without an entry: nothing found; export it again")
    zones = [row.told.zone for row in made.rows if row.told.zone]
    zone = max(sorted(set(zones)), key=zones.count) if zones else ""
    return Found("indico", tuple(made.rows), tuple(made.blocks), zone=(zone, "the entries' time zone"), warnings=made.said())


class _Made:
    """Collects rows and blocks."""

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self.blocks: list[Block] = []
        self.parts = 0

    def said(self) -> tuple[str, ...]:
        """What of the export could be no talk."""
        if not self.parts:
            return ()
        return (f"Parts of contributions have no time of their own and were left out: {self.parts}.",)

    def event(self, event: Mapping[str, Any]) -> None:
        """The contributions and sessions of one event."""
        for session in records(event.get("sessions")):
            self._session(session, records(session.get("contributions")))
        seen = {row.event.source_id for row in self.rows}
        for one in records(event.get("contributions")):
            if f"contribution-{said(one.get('id'))}" not in seen:
                self._talk(one, "contribution")

    def entry(self, entry: Mapping[str, Any]) -> None:
        """One entry of a timetable: a contribution, a break, or a session with entries."""
        kind = said(entry.get("entryType")).casefold()
        if kind == "session" or "entries" in entry:
            self._session(entry, records(entry.get("entries")))
        else:
            self._talk(entry, "break" if kind == "break" else "contribution")

    def _session(self, session: Mapping[str, Any], inside: list[Mapping[str, Any]]) -> None:
        """A session with what it holds; one that holds nothing is itself what one attends."""
        row = _row(session, "session", "")
        slot_title = said(session.get("slotTitle"))
        title = f"{row.event.title}: {slot_title}" if slot_title and slot_title != row.event.title else row.event.title
        key = row.event.source_id
        row = row._replace(event=row.event._replace(title=title), kind="poster" if session.get("isPoster") is True else "")
        if not inside:
            self.rows.append(row)
            return
        conveners = session.get("sessionConveners") or session.get("conveners")
        chairs = tuple(name for one in records(conveners) if (name := person(one)[0]))
        self.blocks.append(Block(key, title, chairs, row.kind, row.told, room=row.room, url=row.event.url))
        for one in inside:
            word = "break" if said(one.get("entryType")).casefold() == "break" else "contribution"
            self._talk(one, word, session=key, room=row.room)

    def _talk(self, raw: Mapping[str, Any], word: str, *, session: str = "", room: str = "") -> None:
        row = _row(raw, word, session)
        self.parts += len(records(raw.get("subContributions")))
        self.rows.append(row._replace(kind="break" if word == "break" else "", room=row.room or room))


def _row(raw: Mapping[str, Any], word: str, session: str) -> Row:
    """One object of an export as a row, its id told apart from those of other kinds."""
    plain = normal(raw)
    plain.pop("location", None)  # the building or the laboratory, not the room
    if word == "session" and "startdate" not in plain:
        plain["startdate"] = None
    identity = said(first(plain, (f"{word}id", "id")))
    row = row_of(plain, _NO_TABLES, Around(session=session), f"{word} {identity}")
    type_ = said(first(plain, ("type",))) if word == "contribution" else ""
    return row._replace(event=row.event._replace(source_id=f"{word}-{identity}" if identity else "", type=type_))


# Days of minutes of rooms


def grid(document: Any, tables: Tables) -> tuple[Row, ...]:
    """The rows of ``{"schedule": {"2025-11-01": {"510": {"12": talk}}}}``: day, minutes after midnight, room."""
    cells = list(_cells(document))
    offsets = _offsets(cells)
    rows = []
    for day, minute, room, raw in cells:
        plain = normal(raw)
        if fate(plain) in {"", "cancelled"}:
            own = next((said(one["room"]) for one in _slot_objects(raw) if one.get("room")), "")
            around = Around(day=day, room=tables.rooms.get(room, own))
            row = row_of(plain, tables, around, f"{day} {minute // _HOUR}:{minute % _HOUR:02}")
            rows.append(row._replace(told=_told(plain, day, minute, offsets.get(day))))
    return tuple(rows)


def _cells(document: Any) -> Iterator[tuple[str, int, str, Mapping[str, Any]]]:
    """Every cell with its day, minute and room ("" where a cell is of all rooms)."""
    for days in records(document) if isinstance(document, dict) else ():
        for day, hours in days.items():
            for minute, cell in hours.items() if isinstance(hours, dict) and clocks.moment(f"{day}T00:00") else ():
                if not (minute.isascii() and minute.isdigit() and len(minute) < 5 and isinstance(cell, dict)):  # noqa: PLR2004  (digits of a day)
                    continue
                if int(minute) < _LAST_MINUTE:
                    whole = "title" in cell
                    yield from (
                        (day, int(minute), room, one)
                        for room, one in ([("", cell)] if whole else cell.items())
                        if isinstance(one, dict)
                    )


def _slot_objects(raw: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The slots of a talk, or its one slot (pretalx's interface before 2025)."""
    return [raw["slot"]] if isinstance(raw.get("slot"), dict) else records(raw.get("slots"))


def _slots(raw: Mapping[str, Any]) -> Iterator[tuple[datetime, datetime | None]]:
    """The slots of a talk as instants with their offsets."""
    for slot in _slot_objects(raw):
        at = moment(slot.get("start"))
        if at is not None and at.tzinfo is not None:
            yield at, moment(slot.get("end"))


def _offsets(cells: list[tuple[str, int, str, Mapping[str, Any]]]) -> dict[str, tzinfo]:
    """The offset of each day on which every slot that stands at its own minute has the same."""
    found: dict[str, set[tzinfo]] = {}
    for day, minute, _, raw in cells:
        for at, _ in _slots(raw):
            if at.tzinfo is not None and at.date().isoformat() == day and at.hour * _HOUR + at.minute == minute:
                found.setdefault(day, set()).add(at.tzinfo)
    return {day: min(offsets, key=str) for day, offsets in found.items() if len(offsets) == 1}


def _told(raw: Mapping[str, Any], day: str, minute: int, offset: tzinfo | None) -> clocks.Told:
    """The time of a cell: its own slot at that minute, else the minute in the offset of its day."""
    wall = datetime.fromisoformat(day) + timedelta(minutes=minute)
    words = f"{day} {minute // _HOUR}:{minute % _HOUR:02}"
    length = raw.get("duration")
    lasts = str(length) if isinstance(length, int) and not isinstance(length, bool) else ""
    for at, until in _slots(raw):
        if at.replace(tzinfo=None) == wall:
            return clocks.Told(
                at, duration=lasts, until=until if until is None or until.tzinfo is not None else None, words=words
            )
    return clocks.Told(wall.replace(tzinfo=offset), duration=lasts, words=words)
