"""What the readers of data files (JSON, YAML, CSV) share: rows and blocks, and the talks and sessions that they become."""

from __future__ import annotations

import json
import re
from datetime import datetime, timedelta

from planner import text as texts
from planner import times
from planner.dates import fixed_zone, resolve
from planner.dates.letters import choose
from planner.errors import MissingFactsError, ReadError
from planner.model import Conference, Reading, Session, Slot, slug
from planner.readers import clocks, markup
from planner.readers.events import Event, Faults, shortly, talks
from planner.readers.halves import in_halves, past_midnight
from planner.readers.pages_kinds import kind_of as kind_in_words
from planner.readers.sources import Hints, Part, conference_name, missing, shown
from planner.values import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any

    from planner.dates import DateLine
    from planner.model import Talk

_MANY_SLOTS = 12  # slots that one paper may have; more rows that share a name are no paper
_MANY_WARNINGS = 20
_FEW_WORDS = 6  # a title of so few is the name of an occasion, no paper's
_NO_TIME = clocks.Told()
_BRACKETS = re.compile(r"\s{0,9}\(([^()]{1,200})\)")
_PARTS = frozenset(
    {"keynote", "oral", "poster", "social", "spotlight", "tutorial", "workshop"}
)  # of which there are own files
_EXACT = frozenset({"GMT", "UTC", "Z"})

_ABBREVIATED = {
    word: kind
    for kind, words in (
        ("break", "coffee"), ("keynote", "all key"), ("panel", "pan"), ("poster", "lbd pos"), ("social", "meet mus music soc"),
        ("spotlight", "spo"), ("talk", "qa"), ("tutorial", "tut"), ("workshop", "dat wor wrk"),
    )
    for word in words.split()
}  # fmt: skip
"""Kinds by the abbreviations that calendars colour their entries with."""


class Row(NamedTuple):
    """One entry of a file: an event (its slot still empty), and what is told of its time and place.

    ``told`` is a time as data, ``line`` one in words with its whole date. ``label`` is what a warning calls the row.
    ``session`` is the key of the block it belongs to, ``holds`` of the one that it is the container of. Rows with an equal
    ``together`` are the slots of one paper. ``kind`` is left empty where the event's type and title tell it.
    """

    event: Event
    told: clocks.Told = _NO_TIME
    line: DateLine | None = None
    label: str = ""
    kind: str = ""
    session: str = ""
    holds: str = ""
    room: str = ""
    board: str = ""
    organisations: tuple[str, ...] = ()
    together: str = ""


class Block(NamedTuple):
    """A session as a file has it; its time is that of its rows where it tells none."""

    key: str
    title: str
    chairs: tuple[str, ...] = ()
    kind: str = ""
    told: clocks.Told = _NO_TIME
    line: DateLine | None = None
    room: str = ""
    url: str | None = None


class Found(NamedTuple):
    """What a file holds. ``name`` is its own for the conference, ``zone`` a name with the words for where it stands."""

    format: str
    rows: tuple[Row, ...] = ()
    blocks: tuple[Block, ...] = ()
    name: str = ""
    zone: tuple[str, str] = ("", "")
    city: str = ""
    scope: str = "conference"
    warnings: tuple[str, ...] = ()
    partial: bool = False


def reading(found: Found, part: Part, hints: Hints) -> Reading:
    """The conference that rows and blocks make.

    Raises ReadError where there is no row, or no telling morning from afternoon; MissingFactsError where the conference's
    name, or the zone of times that carry none, is nowhere said.
    """
    if not found.rows:
        raise ReadError(f"{shown(part)} holds no talk: nothing found; save or export the schedule again")
    warnings = list(found.warnings)
    told = past_midnight([(row.told, row.room) for row in found.rows], warnings)
    told = in_halves([(one, row.room) for one, row in zip(told, found.rows, strict=True)], part, warnings)
    found = found._replace(rows=tuple(row._replace(told=one) for row, one in zip(found.rows, told, strict=True)))
    name = texts.read_title(conference_name(part, hints, found.name))
    zone, zone_from = _zone(found, part, hints, name, warnings)
    if not slug(name):
        raise missing(part, conference=True)
    clock = _Clock(zone, Faults())
    try:
        slots = [clock.slot(row) for row in found.rows]
        made = talks(slug(name), [row.event._replace(slot=slot) for row, slot in zip(found.rows, slots, strict=True)])
        finished = [_finished(row, talk) for row, talk in zip(found.rows, made, strict=True)]
        inside: dict[str | None, list[Talk]] = {}
        for talk in finished:
            inside.setdefault(talk.session, []).append(talk)
        sessions = tuple(_session(block, inside.get(block.key, ()), clock) for block in found.blocks)
    except MissingFactsError as error:
        raise missing(part, zone=error.zone, zones=error.zones, year=error.year, years=error.years) from None
    whole = Conference(slug(name), name, zone, sessions, _together(found.rows, finished), source=hints.url or part.name)
    warnings += clock.faults.warnings()
    known = zone or next((slot.zone for slot in slots if slot.zone), None) or "UTC"
    year, year_from = clocks.year_of(slots, known, hints, warnings)
    scope = _scope(found, whole.talks)
    return Reading(whole, found.format, scope, zone_from, year, year_from, _few(warnings), found.partial)


def _scope(found: Found, made: Sequence[Talk]) -> str:
    """What the file speaks for: of its posters alone where it has nothing else, of nothing where its clocks have no day."""
    if any(row.told.start for row in found.rows) and not any(talk.scheduled for talk in made):
        return "list"
    kinds = {talk.kind for talk in made}
    return "kinds" if found.scope == "conference" and len(kinds) == 1 and kinds <= _PARTS else found.scope


def _few(warnings: Sequence[str]) -> tuple[str, ...]:
    """The first twenty warnings, and how many more there are."""
    more = len(warnings) - _MANY_WARNINGS
    return (*warnings[:_MANY_WARNINGS], *([f"{more} more were like these."] if more > 0 else []))


# Time


def _zone(found: Found, part: Part, hints: Hints, name: str, warnings: list[str]) -> tuple[str | None, str]:
    """The conference's zone and how it is known; None where every time carries its offset and nothing names a place."""
    times_told = [*(row.told for row in found.rows), *(block.told for block in found.blocks)]
    lines = [
        line for line in (*(row.line for row in found.rows), *(block.line for block in found.blocks)) if line and line.timed
    ]
    dated = [at for told in times_told for at in (told.at, told.until) if at is not None and at.tzinfo is not None]
    own = {told.zone for told in times_told if _floats(told._replace(zone=""))} if not found.zone[0] else set()
    own -= {"UTC"} if hints.zone or hints.known_zone else set()  # exact, and no place
    said_zone = (min(own), "the entries' time zone") if len(own) == 1 and all(map(times.is_zone, own)) else found.zone
    zone, words = clocks.choose_zone(said_zone, found.city, hints, dated, warnings)
    if zone:
        return zone, words
    lettered = {line.letters for line in lines if line.letters and line.letters.upper() not in _EXACT}
    floating = any(map(_floats, times_told)) or any(not (line.letters or line.zone) and line.offset is None for line in lines)
    open_letters = _unsettled(lettered)
    if floating or open_letters:
        zones = open_letters.zones if open_letters else ()
        raise missing(part, conference=not slug(name), zone=True, zones=zones)
    if len(lettered) == 1 and not dated:
        said = lettered.pop()
        return choose(said, datetime(2000, 1, 1), None)[0], f"{said} in the file"  # any day: it does not decide the family
    if dated:
        warnings.append(
            f"The times are at {dated[0].tzinfo} and nothing names the conference's place: "
            "its clock is shown so until --zone says more."
        )
    return None, ""


def _unsettled(lettered: Iterable[str]) -> MissingFactsError | None:
    """The refusal of letters that mean several zones while nothing is known of the place."""
    for letters in sorted(lettered):
        try:
            choose(letters, datetime(2000, 1, 1), None)
        except MissingFactsError as error:
            return error
        except ReadError:  # letters that nobody uses are told with their row, as a fault
            continue
    return None


def _floats(told: clocks.Told) -> bool:
    """Whether a time hangs on a zone that it does not say."""
    if told.zone:
        return False
    return told.at.tzinfo is None if told.at is not None else bool(told.day and told.start)


def zone_of_offset(at: datetime) -> str:
    """The zone whose clocks have that time's offset for ever, UTC where there is none."""
    return fixed_zone(int((at.utcoffset() or timedelta()).total_seconds() // 60)) or "UTC"


class _Clock(NamedTuple):
    """The conference's zone, None where nothing names one, and where faults are noted."""

    zone: str | None
    faults: Faults

    def slot(self, row: Row) -> Slot:
        """When and where a row is."""
        found = self._spoken(row.line, row.label) if row.line is not None else self._told(row.told, row.label)
        return found._replace(room=row.room or None, board=row.board or None)

    def _told(self, told: clocks.Told, label: str) -> Slot:
        """The slot of a time as data."""
        if told == _NO_TIME:
            return Slot()
        if told.all_day and (slot := clocks.whole_days(told)) is not None:
            return slot
        if told.at is not None and told.at.tzinfo is not None and not (told.zone or self.zone):
            told = told._replace(zone=zone_of_offset(told.at))
        if told.at is not None and told.at == told.until and not (told.at.hour or told.at.minute):
            self.faults.add("The file lets it start and end at midnight, which may stand for no time at all", label)
        return clocks.Clocks(self.zone or "UTC", 0, self.faults).slot(told, "", label)

    def _spoken(self, line: DateLine, label: str) -> Slot:
        """The slot of a time in words."""
        clock = "-".join(f"{minutes // 60}:{minutes % 60:02}" for minutes in (line.start, line.end) if minutes is not None)
        said = f"{line.year}-{line.month:02}-{line.day:02} {clock} {line.letters}".strip()
        if line.letters.upper() in _EXACT and line.offset is None:
            line = line._replace(letters="", offset=0)  # GMT in June is no London clock: a data file says what it says
        try:
            found = resolve(line, zone=self.zone, known=self.zone)
        except MissingFactsError:
            raise
        except ReadError as error:
            self.faults.add(f"{str(error).rstrip('.')}, so there is no slot", label)
            return Slot()
        for warning in found.warnings:
            self.faults.add(warning.rstrip("."), label)
        if found.start is None:
            return Slot()
        end = found.end if found.end is not None and found.end > found.start else None
        return Slot(found.start, end, zone=found.zone or self.zone, said=said)


# Talks and sessions


def _finished(row: Row, talk: Talk) -> Talk:
    """A talk with what only its row knows."""
    kind = row.kind or kind_of(row.event.type, talk.title, named=bool(talk.speakers)) if talk.title else talk.kind
    return talk._replace(
        kind=kind or talk.kind,
        session=row.session or None,
        holds=row.holds or None,
        organisations=tuple(dict.fromkeys(tidy for said in row.organisations if (tidy := texts.read_title(said)))),
    )


def kind_of(words: str, title: str, *, named: bool = False) -> str:
    """The kind by the words of a type or a colour, else by a title that is the name of an occasion; "" where neither tells.

    Where speakers are ``named`` the title may be a paper's (``Uncovering Networks on Social Media: …``), so only a title that
    opens with a kind counts (``Panel: …``).
    """
    type_ = words.strip().casefold()
    found = _ABBREVIATED.get(type_) or (kind_in_words(words[:200]) if type_ else "")
    if found and found != "talk":
        return found
    first = title[:200].partition(": ")[0]
    if named:
        first = first.rstrip(" -–#.0123456789") if ": " in title[:200] or " " not in title else ""
    if len(first.split()) <= (1 if named else _FEW_WORDS):
        return kind_in_words(first) or found
    return found


def _together(rows: Sequence[Row], made: Sequence[Talk]) -> tuple[Talk, ...]:
    """The talks, the slots of one paper naming each other."""
    papers: dict[str, list[str]] = {}
    for row, talk in zip(rows, made, strict=True):
        if row.together:
            papers.setdefault(row.together, []).append(talk.uid)
    finished = []
    for row, talk in zip(rows, made, strict=True):
        others = papers.get(row.together, [])
        also = (*talk.also, *others) if len(others) <= _MANY_SLOTS else talk.also
        finished.append(talk._replace(also=tuple(uid for uid in dict.fromkeys(also) if uid != talk.uid)))
    return tuple(finished)


def _session(block: Block, inside: Sequence[Talk], clock: _Clock) -> Session:
    """A block as a session, with the talks inside of it."""
    title = texts.read_title(block.title)
    slot = clock.slot(Row(Event(block.title), block.told, block.line, shortly(block.title)))
    start = slot.start or min((talk.start for talk in inside if talk.start), default=None)
    end = slot.end or max((last for talk in inside if (last := talk.end or talk.start)), default=None)
    if start is not None and end is not None and end < start:  # its own start is none of its talks': they tell both
        start = min((talk.start for talk in inside if talk.start), default=None)
    chairs = tuple(name for said in block.chairs if (name := texts.read_title(said)))
    room = texts.read_title(block.room) or None
    return Session(block.key, title, chairs, block.kind or kind_of("", title) or "talk", start, end, room, block.url)


# Values


def load_json(text: str, part: Part) -> Any:
    """The value of a JSON text, or the list of those that have a line each; ReadError where it is none."""
    try:
        return json.loads(text.lstrip("\ufeff"))
    except RecursionError:
        raise ReadError(
            f"{shown(part)} is JSON nested too deep to be a schedule: nothing found; export the schedule again"
        ) from None
    except ValueError as error:
        if (lines := _json_lines(text)) is not None:
            return lines
        raise ReadError(f"{shown(part)} is not JSON that can be read ({error}); {markup.advice(text)}") from None


def _json_lines(text: str) -> list[Any] | None:
    """The objects of a text that has one a line; None where a line is none."""
    try:
        found = [json.loads(line) for line in text.lstrip("\ufeff").splitlines() if line.strip()]
    except (ValueError, RecursionError):
        return None
    return found if all(isinstance(one, dict) for one in found) else None


def said(value: object) -> str:
    """A JSON value as text: of one in several languages the English, else the first; of an object its name; "" for a list."""
    for _ in range(3):  # {"name": {"en": …}} was met, deeper was not
        if isinstance(value, dict):
            value = value.get("en") or value.get("name") or value.get("title") or next(iter(value.values()), "")
    if isinstance(value, str):
        return value.strip()
    return str(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else ""


def people(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names in a line of speakers, and the organisations that stand in brackets behind them."""
    text = text if any(map(str.isalnum, text)) else ""
    places = tuple(dict.fromkeys(place for said in _BRACKETS.findall(text) if (place := texts.read_title(said))))
    return texts.names(_BRACKETS.sub("", text)), places


def items(value: object) -> list[Any]:
    """A JSON list, or an empty one."""
    return value if isinstance(value, list) else []


def records(value: object) -> list[Mapping[str, Any]]:
    """The objects of a JSON list, or of an object of objects."""
    if isinstance(value, dict):
        value = list(value.values())
    return [one for one in items(value) if isinstance(one, dict)]
