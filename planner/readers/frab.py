"""``schedule.xml`` and ``schedule.json`` as frab, Pentabarf, pretalx and wafer write them, and what grew from them.

The XML follows https://c3voc.de/schedule/schema.xsd where anything does: ``conference``, then ``day`` > ``room`` > ``event``.
Pentabarf has no ``date`` with an offset in its events, EuroPython's own dialect says ``entry`` and ``speakers``.
"""

from __future__ import annotations

from planner import text as texts
from planner import times
from planner.errors import ReadError
from planner.model import Conference, Reading, slug
from planner.readers import clocks, markup
from planner.readers.events import Event, Faults, shortly, talks, web_address
from planner.readers.halves import in_halves, past_midnight
from planner.readers.records import items, load_json, zone_of_offset
from planner.readers.records import said as said_of
from planner.readers.sources import Hints, Part, conference_name, missing, shown
from planner.values import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime
    from typing import Any
    from xml.etree.ElementTree import Element

    Raw = Mapping[str, Any]

FORMATS = ("frab",)

_HEAD = 5000  # signs in which a file shows what it is; FOSDEM's list of tracks ends at 4,600
_EVENT_TAGS = frozenset({"event", "entry"})
_LISTS = frozenset({"persons", "speakers", "links", "attachments"})
_EXCERPT = ("excerpt", "selection")  # how the version of a file begins that says it is a part, as those do that come with us


class _Row(NamedTuple):
    """An event as the file has it, with the day and room it stands under."""

    raw: Raw
    day: str = ""
    room: str = ""


class _Head(NamedTuple):
    """What the file says of the conference; ``days`` holds start and end of each day as written."""

    name: str = ""
    zone: str = ""
    city: str = ""
    base: str = ""
    day_change: str = ""
    days: tuple[tuple[str, str], ...] = ()


class _File(NamedTuple):
    """A file taken apart: its head, its events, whether it is whole, and what was wrong with it."""

    head: _Head
    rows: tuple[_Row, ...]
    whole: bool = True
    warnings: tuple[str, ...] = ()


def claims(text: str, part: Part) -> bool:  # noqa: ARG001  (every reader is asked with both)
    """Whether the text is a schedule of days, rooms and events in XML or JSON."""
    head = text[:_HEAD]
    bare = head.lstrip("\ufeff \t\n")
    if bare.startswith(("<", "{%")):
        return "<schedule" in head and any(tag in head for tag in ("<conference", "<day", "<event"))
    if not bare.startswith(("{", "[")):
        return False
    if '"schedule"' in head and '"conference"' in head:
        return True
    return '"rooms"' in head and '"events"' in head and '"date"' in head


def read(text: str, part: Part, hints: Hints) -> Reading:
    """The whole conference of a schedule file.

    Raises ReadError where there is no event, MissingFactsError where the conference's name is nowhere said, or the zone
    of times without an offset.
    """
    bare = text.lstrip("\ufeff \t\n")
    file = _from_json(bare, part) if bare.startswith(("{", "[")) and not bare.startswith("{%") else _from_xml(text, part)
    if not file.rows:
        raise ReadError(f"{shown(part)} is a schedule without a single event; {markup.advice(text)}")
    warnings = list(file.warnings)
    dates = [_date(row.raw) for row in file.rows]
    name = texts.read_title(conference_name(part, hints, file.head.name))
    said = (file.head.zone, "the file's time_zone_name")
    with_offset = [at for at in dates if at is not None and at.tzinfo is not None]
    zone, zone_from = clocks.choose_zone(said, file.head.city, hints, with_offset, warnings)
    clock = zone or (zone_of_offset(with_offset[0]) if with_offset and len(with_offset) == len(dates) else "")
    if not clock or not slug(name):
        raise missing(part, conference=not slug(name), zone=not clock)
    if not zone:
        warnings.append(
            f"The file names no zone: its hours are right by their offset, {with_offset[0].tzinfo}; --zone names one."
        )
    day_change = clocks.day_change(file.head.day_change, file.head.days, clock)
    faults = Faults()
    kept = clocks.Clocks(clock, day_change, faults)
    _is_one_clock(file.rows, dates, zone, part)
    told = [_told(row, at) for row, at in zip(file.rows, dates, strict=True)]
    if not day_change:  # a file that knows nights has clocks of 24 hours
        told = past_midnight(list(zip(told, (row.room for row in file.rows), strict=True)), warnings)
        told = in_halves(list(zip(told, (row.room for row in file.rows), strict=True)), part, warnings)
    events = [_event(row, one, kept, file.head.base) for row, one in zip(file.rows, told, strict=True)]
    warnings += [*_clocks_differ(file.rows, dates, zone), *faults.warnings()]
    year, year_from = clocks.year_of([event.slot for event in events], clock, hints, warnings)
    nights = day_change if clocks.goes_past_midnight([event.slot for event in events], day_change, clock) else 0
    conference = Conference(slug(name), name, zone or None, (), talks(slug(name), events), nights)
    return Reading(conference, FORMATS[0], "conference", zone_from, year, year_from, tuple(warnings), partial=not file.whole)


# XML and JSON to rows


def _from_xml(text: str, part: Part) -> _File:
    """The rows of a ``schedule.xml``."""
    tree = markup.parse(text.lstrip("\ufeff \t\n"), part)
    days = list(tree.root.iter("day"))
    found = [(row, element) for day in days for row, element in _day_rows(day)]
    if tree.read is not None and found and tree.last_is_cut(found[-1][1].tag):
        found.pop()
    conference = tree.root.find("conference")
    said = {} if conference is None else _fields(conference)
    base = said.get("base_url") or tree.root.findtext("base_url") or ""
    head = _head(said, base, [(day.get("start", ""), day.get("end", "")) for day in days])
    warnings = [tree.warning + "."] if tree.warning else []
    lost = sum(1 for tag in _EVENT_TAGS for _ in tree.root.iter(tag)) - len(found)
    if lost > (tree.read is not None):
        warnings.append(f"Events outside of a day were not read: {lost}.")
    whole = tree.read is None and not _is_excerpt(tree.root.findtext("version"))
    return _File(head, tuple(row for row, _ in found), whole, tuple(warnings))


def _day_rows(day: Element) -> Iterator[tuple[_Row, Element]]:
    """The events of a day, in rooms (frab) or right under it (FOSDEM 2007)."""
    date_said = day.get("date", "")
    for child in day:
        if child.tag in _EVENT_TAGS:
            yield _Row(_fields(child), date_said), child
        elif child.tag == "room":
            for element in child:
                if element.tag in _EVENT_TAGS:
                    yield _Row(_fields(element), date_said, child.get("name", "")), element


def _fields(event: Element) -> dict[str, Any]:
    """An event's attributes and children as JSON would have them."""
    attributes = event.attrib
    fields: dict[str, Any] = dict(attributes)
    for child in event:
        tag = child.tag
        if tag in _LISTS:
            if tag in {"persons", "speakers"}:  # EuroPython puts a name into an element of its own
                names = [next((one for one in person if one.tag in {"name", "public_name"}), person) for person in child]
                fields["persons"] = list(map(markup.inner, names))
            else:
                fields[tag] = [link.get("href") or markup.inner(link) for link in child]
        elif tag not in attributes:
            fields[tag] = markup.inner(child) if len(child) else child.text or ""
    return fields


def _from_json(text: str, part: Part) -> _File:
    """The rows of a ``schedule.json``: the voc's schema, or only its days."""
    found = load_json(text, part)
    top = found.get("schedule", found) if isinstance(found, dict) else {"days": found}
    top = top if isinstance(top, dict) else {"days": top}
    conference = top.get("conference")
    conference = conference if isinstance(conference, dict) else top
    days = [day for day in items(conference.get("days") or top.get("days")) if isinstance(day, dict)]
    rows: list[_Row] = []
    lost = 0
    for day in days:
        for room, events in _rooms(day):
            rows += [_Row(event, said_of(day.get("date")), room) for event in events if isinstance(event, dict)]
            lost += sum(not isinstance(event, dict) for event in events)
    named = {said_of(one.get("slug")): said_of(one) for one in items(conference.get("tracks")) if isinstance(one, dict)}
    flat = [event for event in items(top.get("events")) if isinstance(event, dict)]  # version 2 of the format
    for event in flat:
        track = event["track"].get("slug") if isinstance(event.get("track"), dict) else ""
        rows.append(_Row({**event, "track": named.get(said_of(track), "")}))
    said = {key: said_of(value) for key, value in conference.items() if isinstance(value, (str, dict))}
    spans = [
        (said_of(day.get("day_start") or day.get("start")), said_of(day.get("day_end") or day.get("end"))) for day in days
    ]
    head = _head(said, said.get("base_url") or said_of(top.get("base_url")), spans)
    warnings = [f"Entries that are no events were left out: {lost}."] if lost else []
    worded = [row for row in rows if isinstance(row.raw.get("id"), str) and found is not top]
    if worded:
        warnings.append(
            f"Ids are text where the format has numbers, and were taken as they are ({len(worded)} of {len(rows)})."
        )
    return _File(head, tuple(rows), not _is_excerpt(said_of(top.get("version"))), tuple(warnings))


def _rooms(day: Mapping[str, Any]) -> Iterator[tuple[str, list[Any]]]:
    """The rooms of a day, by name or as a list, each with its events; also events right under the day."""
    rooms = day.get("rooms")
    if isinstance(rooms, dict):
        yield from ((room, items(events)) for room, events in rooms.items())
    for room in items(rooms):
        if isinstance(room, dict):
            yield said_of(room.get("name")), items(room.get("events") or room.get("talks"))
    yield "", items(day.get("events"))


def _head(said: Mapping[str, str], base: str, days: Sequence[tuple[str, str]]) -> _Head:
    """What a conference element says; the title, else the acronym, is its name."""
    zone = said.get("time_zone_name") or said.get("timezone") or said.get("time_zone") or ""
    name = texts.read_title(said.get("title", "")) or texts.read_title(said.get("acronym", ""))
    city = texts.read_title(said.get("city", ""))
    base = web_address(base or said.get("url", "")) or ""
    return _Head("" if markup.is_template(name) else name, zone.strip(), city, base, said.get("day_change", ""), tuple(days))


def _is_excerpt(version: str | None) -> bool:
    """Whether a file says of itself that it is a part of the schedule: ``selection of six devrooms``."""
    return (version or "").strip().casefold().startswith(_EXCERPT)


# Rows to events


def _date(raw: Raw) -> datetime | None:
    """The event's ``date`` (in some JSON its ``start``) where it is a date with a clock, with its offset if it has one."""
    return clocks.moment(said_of(raw.get("date"))) or clocks.moment(said_of(raw.get("start")))


def _event(row: _Row, told: clocks.Told, kept: clocks.Clocks, base: str) -> Event:
    """One row as an event."""
    raw = row.raw
    guid, code, number = (said_of(raw.get(key)) for key in ("guid", "code", "id"))
    links = [*items(raw.get("links")), *items(raw.get("attachments"))]
    hrefs = [(link.get("url") or link.get("href")) if isinstance(link, dict) else link for link in links]
    return Event(
        title=said_of(raw.get("title")),
        slot=kept.slot(told, said_of(raw.get("room")) or row.room, _label(raw)),
        source_id=guid or code or number,
        paper=code or number,
        type=said_of(raw.get("type") or raw.get("category")),
        track=said_of(raw.get("track")),
        persons=tuple(_name(person) for person in items(raw.get("persons") or raw.get("speakers") or raw.get("participants"))),
        texts=tuple(said_of(raw.get(key)) for key in ("subtitle", "abstract", "description")),
        url=web_address(said_of(raw.get("url")), base),
        links=tuple(found for href in hrefs if (found := web_address(said_of(href), base))),
        cancelled=said_of(raw.get("status")).lower() in {"cancelled", "canceled"},
    )


def _label(raw: Raw) -> str:
    """What a warning calls an event: its number, code or guid, else its title."""
    for key in ("id", "code", "guid"):
        if number := texts.clean(said_of(raw.get(key))[:40]):
            return number
    return shortly(said_of(raw.get("title")))


def _told(row: _Row, at: datetime | None) -> clocks.Told:
    """What the row tells of its time."""
    day, start, duration, end = (said_of(row.raw.get(key)) for key in ("date", "start", "duration", "end"))
    words = " ".join(said for said in (day or row.day, start, duration) if said)
    if at is None and start and clocks.minutes(start) is None:
        start, end = (_in_24_hours(said) for said in (start, end))
    return clocks.Told(at, day or row.day, start, duration, end, until=clocks.moment(end), words=words)


def _in_24_hours(said: str) -> str:
    """A clock such as ``1:30 PM`` as ``13:30``; any other text as it is."""
    from planner.readers.csv_times import (
        minutes_of,
        shown_clock,
    )  # words of dates cost 10 ms, and no exporter but one by hand writes so

    return shown_clock(minutes_of(said)) or said


def _name(person: object) -> str:
    """A speaker's name in JSON."""
    if not isinstance(person, dict):
        return said_of(person)
    return next((name for key in ("public_name", "full_public_name", "name") if (name := said_of(person.get(key)))), "")


def _is_one_clock(rows: Sequence[_Row], dates: Sequence[datetime | None], zone: str, part: Part) -> None:
    """Raise ReadError where ``date`` in UTC and ``start`` show one clock, and the place of the conference another one.

    By the format ``start`` is the clock of the place; sites that know no zone print that with a Z behind it.
    """
    doubt = ""
    for row, at in zip(rows, dates, strict=True):
        start = clocks.minutes(said_of(row.raw.get("start"))) if zone and at and at.tzinfo and not at.utcoffset() else None
        if at is None or start is None:
            continue
        here = times.local(at, zone)
        if start % clocks.DAY == here.hour * 60 + here.minute or start % clocks.DAY != at.hour * 60 + at.minute:
            return
        doubt = (
            doubt or f"event {_label(row.raw)} starts at {at:%H:%M} in UTC and by its own clock, but {here:%H:%M} in {zone}"
        )
    if doubt:
        raise ReadError(
            f"{shown(part)}: {doubt}, so one of them is wrong; --zone UTC takes its clocks for UTC's, "
            "without the Z behind its dates they are those of the place"
        )


def _clocks_differ(rows: Sequence[_Row], dates: Sequence[datetime | None], zone: str) -> list[str]:
    """One warning where ``start`` is the clock of neither ``date`` nor the place: ``date`` was taken, it says its offset."""
    differ = []
    for row, at in zip(rows, dates, strict=True):
        start = clocks.minutes(said_of(row.raw.get("start"))) if at else None
        if at is None or start is None or start % clocks.DAY == at.hour * 60 + at.minute:
            continue
        here = times.local(at, zone) if zone and at.tzinfo else at
        if start % clocks.DAY != here.hour * 60 + here.minute:
            differ.append(f"event {_label(row.raw)}: {at:%H:%M%z} and {start // 60:02}:{start % 60:02}")
    if not differ:
        return []
    return [
        f"<date> and <start> show different clocks in {len(differ)} of {len(rows)} events ({differ[0]}): <date> was taken."
    ]
