"""Open JSON of conferences: Sessionize, Open Event, Indico, EuroPython, pretalx's interface, ACL's booklet and their like.

They differ in where the talks stand (a list, groups, days, rooms, a grid of minutes) and in what their keys are called; a talk
is an object with a title and a start.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, datetime, timedelta

from planner.dates.letters import choose, known_letters
from planner.errors import MissingFactsError, ReadError
from planner.readers import clocks, json_nested
from planner.readers.csv_times import Dated
from planner.readers.json_rows import Around, Tables, fate, is_in_slot, is_talk, people_of, room_around, row_of, tables_of
from planner.readers.json_shapes import (
    TITLE,
    dated,
    days_in_words,
    head_day,
    holds_lists,
    in_its_slots,
    named_days,
    opened,
    other_weekday,
)
from planner.readers.json_times import START, day_of, first, in_seconds, moment, normal, plain, when
from planner.readers.pages_kinds import kind_of as kind_in_words
from planner.readers.records import Block, Found, Row, items, load_json, reading, records, said
from planner.readers.sources import Hints, Part, conference_name, missing, place_in_path, shown
from planner.readers.yaml_data import load as load_yaml

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import Any

    from planner.model import Reading

FORMATS = ("sessions-json", "sessionize", "open-event", "indico", "europython", "pretalx-json", "acl-booklet")

_HEAD = 60_000  # signs in which a file shows what it is; the longest first record that was met has 6,000
_DEEPEST = 12  # levels; days > rooms > time slots > sessions are 8
_START = re.compile(
    r'"(?i:(?:[a-z]{1,12}[ _])?starts?[a-z _-]{0,12}|date[ _]?start|begins?[a-z _-]{0,6}|scheduled_?(?:at|start)'
    r'|from(?:Date|TimeMillis)?|datetime|dtstart|time(?:_?start)?|date|hora|horario|heure|uhrzeit|inicio|beginn)"\s{0,9}:\s{0,9}'
    r'(?:"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]|"?[0-9]{10,13}\b|"[0-9]{1,2}:[0-9]{2}'
    r'|"[0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]{4} [0-9]|\{\s{0,99}"(?:date|time|tz|dateTime|timezone|local|utc)"'
    r'|"[A-Z][a-z]{2} [A-Z][a-z]{2} [0-9]{1,2} [0-9]{4} [0-9]{2}:'
    r'|"[A-Z][a-z]{2,9},? [^"\\]{0,30}[0-9]{4}[^"\\]{0,20}[0-9]:[0-9])'
    r'|"start(?:_?[tT]ime)?"\s{0,9}:\s{0,9}"[0-9]{3,4}"'
)
_UNSCHEDULED = re.compile(r'"(?:start|startsAt|start_time|starts-at)"\s{0,9}:\s{0,9}null')
_TITLE = re.compile(
    r'"(?:(?:[a-z]{1,12}[ _-]?)?title|name|title_en|session|talk|event|activity|summary|subject|titulo|titre|titel)"\s{0,9}:',
    re.IGNORECASE,
)
_SESSION_KEYS = re.compile(
    r'"(?:session_type|sessionType|session-type|speakerIds|submission_type|microlocation|isServiceSession)"'
)
_HOURS = re.compile(r'"[0-9]{4}-[0-9]{2}-[0-9]{2}"\s{0,9}:\s{0,9}\{\s{0,99}"[0-9]{1,2}:[0-9]{2}')
_GRID = re.compile(r'\{\s{0,99}"[0-9]{4}-[0-9]{2}-[0-9]{2}"\s{0,9}:\s{0,9}\{\s{0,99}"[0-9]{1,4}"\s{0,9}:\s{0,9}\{')
_INDICO = re.compile(r'"_(?:type|fossil)"\s{0,9}:\s{0,9}"(?:HTTPAPIResult|Conference|contributionMetadata|contribSchEntry)')
_SHAPES = (
    ("sessionize", re.compile(r'"startsAt"')),
    ("open-event", re.compile(r'"(?:microlocation|starts-at|starts_at)"')),
    ("acl-booklet", re.compile(r'"(?:plenaries|social_events)"')),
    ("pretalx-json", re.compile(r'"submission_type"')),
    ("europython", re.compile(r'"(?:sessions_in_parallel|website_url|session_type)"')),
)
_SPEAKERS_VIEW = frozenset({"fullName", "tagLine", "sessions"})
_KEYS = re.compile(r'"([A-Za-z]{1,20})"\s{0,9}:')
_YAML_LINE = re.compile(r"#|\{?\w[\w -]{0,40}:(?:\s|$)")
_YAML_TITLE = re.compile(
    r"(?:^[ -]{1,40}|[{,][ ]{0,9})(?:title|name|session|talk|activity|subject|titulo|titre|titel):\s",
    re.MULTILINE | re.IGNORECASE,
)
_YAML_START = re.compile(
    r"(?:^[ -]{1,40}|[{,][ ]{0,9})"
    r"(?:(?:time|start|starts?[_-]?(?:time|at)|time_?start|begin|from|hora|horario|heure|uhrzeit|zeit|inicio|beginn):\s{0,3}[\"']?(?:from\s)?[0-9]"
    r"|date:\s{0,3}[\"']?(?:[A-Z][a-z]{2,8},?\s)?[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}[T ][0-9])",
    re.MULTILINE | re.IGNORECASE,
)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_CLOCK = re.compile(
    r"[0-9]{1,2}:[0-9]{2}(?:\s?[AaPp]\.?[Mm]\.?)?(?:\s{0,2}[–-]\s{0,2}[0-9]{1,2}:[0-9]{2}(?:\s?[AaPp]\.?[Mm]\.?)?)?"
)
_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")
_CLOCK_AND_LETTERS = re.compile(r"\b([0-9]{1,2}:[0-9]{2})\s?[–-]\s?[0-9]{1,2}:[0-9]{2}\s([A-Z]{2,5})\b")
_INSIDE = ("talks", "presentations", "papers", "contributions", "subsessions", "subevents", "subevent", "lectures")
_ABOUT = frozenset({"room", "hall", "stage", "venue", "location", "track", "type", "category", "host", "organizer"})
_AROUND = frozenset({"rooms", "tracks"})  # lists whose objects name the room or the track of the talks in them
_FRAMES = frozenset({"event", "conference", "congress"})
_FRAMED = 2  # levels at which the conference itself may stand under such a key
_CHAIRS = ("chairs", "chair", "sessionchairs", "sessionchair", "moderators", "moderator", "conveners")
_GIVEN_BY = ("speakers", "speaker", "authors", "presenters", "presenter")
_NO_TALKS = frozenset(
    {"speakers", "timeslots", "questions", "questionanswers", "answers", "categories", "sponsors", "tags", "links"}
    | {"releases", "tickets", "prices", "included", "participants", "attendees", "videos", "recordings", "attachments"}
    | {"availabilities", "people", "authors", "resources", "images", "materials", "comments", "related", *_INSIDE}
    | {"media", "video", "slides"}
)


def claims(text: str, part: Part) -> bool:  # noqa: ARG001  (every reader is asked with both)
    """Whether the text is JSON or YAML in which things have a title and a start."""
    head = text[:_HEAD].lstrip("\ufeff \t\n")
    if not head.startswith(("{", "[")):
        return _is_yaml(head)
    if _INDICO.search(head) or _GRID.search(head):
        return True
    if {*_KEYS.findall(head[:4000])} >= _SPEAKERS_VIEW:
        return True
    if not _TITLE.search(head):
        return False
    return bool(_START.search(head) or _HOURS.search(head) or (_UNSCHEDULED.search(head) and _SESSION_KEYS.search(head)))


def read(text: str, part: Part, hints: Hints) -> Reading:
    """The whole conference of a JSON document.

    Raises ReadError where it holds no talk, MissingFactsError where its name, or the zone of times that carry none,
    is nowhere said.
    """
    bare = text.lstrip("\ufeff \t\n")
    if bare.startswith(("{", "[")):
        return of_document(load_json(text, part), text[:_HEAD], part, hints)
    return of_document(load_yaml(_yaml_of(bare), part), bare[:_HEAD], part, hints)


def _yaml_of(text: str) -> str:
    """The YAML that a text is, or that stands between two lines of dashes at the head of a page."""
    if not text.startswith("---\n"):
        return text
    end = text.find("\n---", 3)
    return text[4:end] if end > 0 else text


def _is_yaml(head: str) -> bool:
    """Whether a text is YAML, or a page with YAML at its head, in which things have a title and a time."""
    said = _yaml_of(head)
    opening = said.lstrip("-\n ").partition("\n")[0]
    return bool(_YAML_LINE.match(opening) and len(_YAML_TITLE.findall(said)) > 1 and len(_YAML_START.findall(said)) > 1)


def of_document(document: Any, head: str, part: Part, hints: Hints) -> Reading:
    """The same for a document that is read already; ``head`` is the text from its beginning."""
    if _INDICO.search(head):
        found = json_nested.indico(document, part)
        return reading(found._replace(name=_with_year(found.name, found.rows)), part, hints)
    document = _of_year(document, part, hints)
    tables = tables_of(document)
    if _GRID.search(head) and (rows := json_nested.grid(document, tables)):
        found = Found("pretalx-json", rows)
    else:
        walk = _Walk(tables, days_in_words(document, part, hints, conference_name(part, hints)))
        walk.into(document, Around())
        if not walk.rows and {*_KEYS.findall(head[:4000])} >= _SPEAKERS_VIEW:
            raise ReadError(f"{shown(part)} is Sessionize's list of speakers and tells no time; save its view All or Sessions")
        if not walk.rows:
            raise ReadError(f"{shown(part)}: nothing found; {walk.said_of_nothing()}")
        format_ = next((name for name, pattern in _SHAPES if pattern.search(head)), FORMATS[0])
        found = Found(format_, tuple(in_seconds(list(walk.once()))), tuple(walk.blocks), warnings=tuple(walk.warnings()))
    return reading(_with_facts(found, document, hints), part, hints)


def _of_year(document: Any, part: Part, hints: Hints) -> Any:
    """The one conference of a document that holds several by their years (``2022:``, ``2021:``).

    Raises MissingFactsError where nothing says which of the years is meant.
    """
    years = [key for key in document if _YEAR.fullmatch(key)] if isinstance(document, dict) else []
    if len(years) < 2 or len(years) < len(document):  # noqa: PLR2004  (one year is the whole document)
        return document
    places = (hints.name, conference_name(part, hints), *place_in_path(part))
    named = str(hints.year) if hints.year else next((year for place in places for year in _YEAR.findall(place)), "")
    if named not in years:
        raise missing(part, year=True, years=sorted(map(int, years)), why="it holds several conferences")
    return document[named]


class _Walk:
    """Finds the talks of a document, however its lists and objects are nested."""

    def __init__(self, tables: Tables, days: Mapping[str, str]) -> None:
        self.tables = tables
        self.days = days
        self.rows: list[Row] = []
        self.frames: list[int] = []
        self.blocks: list[Block] = []
        self.left_out: Counter[str] = Counter()
        self.nameless = self.untitled = 0
        self.odd: dict[str, None] = {}

    def into(self, value: Any, around: Around, depth: int = 0, key: str = "") -> None:
        """Look for talks in a value; ``key`` is the name under which it stands."""
        if depth > _DEEPEST:
            return
        if isinstance(value, list):
            for one in value:
                self.into(one, around, depth + 1)
        elif isinstance(value, dict):
            raw = dated(opened(value, self.tables.entries), self.days)
            slotted = in_its_slots(raw)
            for one in slotted:
                self._talk(one, around, depth)
            if slotted:
                return
            if depth and first(raw, TITLE) and (is_talk(raw) or is_in_slot(raw, around)):
                self._talk(raw, around, depth, frame=key in _FRAMES and depth <= _FRAMED)
            else:
                self._beyond(value, raw, around, depth, key)

    def _beyond(self, value: Mapping[str, Any], raw: Mapping[str, Any], around: Around, depth: int, key: str) -> None:
        """Go on inside an object that is no talk, with what it says for the talks in it."""
        day = self._day(raw, value)
        day = around.day if not day or len(set(named_days(value, self.days))) > 1 else day
        room = (
            said(raw.get("name")) if key == "rooms" and not head_day(raw) else room_around(raw, self.tables)
        ) or around.room
        track = said(first(raw, TITLE)) if key == "tracks" else around.track
        found = when(raw, day) if first(raw, START) and not first(raw, TITLE) else around.when
        timed = found.told.at is not None or found.told.start or found.line
        around = around._replace(day=day, room=room, track=track, when=found if timed else Dated())
        inner = {name: one for name, one in value.items() if isinstance(one, (dict, list)) and one}
        self.untitled += bool(depth and timed and first(raw, START) and not first(raw, TITLE) and _is_leaf(inner))
        for name, one in inner.items():
            if _holds_no_talks(name, one):
                continue
            named = self.days.get(name) or (day_of(name) if _DATE.fullmatch(name) else "")
            within = around._replace(day=named or around.day)
            if _CLOCK.fullmatch(name):  # {"2025-06-12": {"09:00": […]}}
                within = within._replace(when=when({"start": name}, within.day))
            if isinstance(one, list) and kind_in_words(_single(name)):
                within = within._replace(type=name.replace("_", " "))
            within = within._replace(type=_single(within.type), listed=plain(name) in _INSIDE)
            if isinstance(one, dict):
                self.into(one, within, depth + 1, name)
            for each in one if isinstance(one, list) else ():
                self.into(each, within, depth + 2, name if name in _AROUND else "")

    def _day(self, raw: Mapping[str, Any], value: Mapping[str, Any]) -> str:
        """The day of a group; what is no date where its own weekday contradicts it, so that its talks have no slot."""
        odd = other_weekday(raw)
        if odd and raw.get("date") != normal(value).get("date"):  # the year was not the file's
            raise ReadError(f"{odd}; --year says which year is meant")
        self.odd |= {odd: None} if odd else {}
        return odd or day_of(raw.get("date")) or day_of(raw.get("day")) or head_day(raw) or day_of(raw.get("eventdate"))

    def _talk(self, raw: Mapping[str, Any], around: Around, depth: int, *, frame: bool = False) -> None:
        """Take one talk, and the talks that it holds; a ``frame`` is the conference itself where it holds others."""
        word = fate(raw)
        if word and word != "cancelled":
            self.left_out[word] += 1
            return
        if (odd := other_weekday(raw, ("day", "weekday"))) and moment(first(raw, START)) is None:
            self.odd[odd] = None
            raw = {**raw, "date": odd}
            around = around._replace(day=odd)
        row = row_of(raw, self.tables, around, f"record {len(self.rows) + 1}")
        self.nameless += bool(first(raw, ("speakers", "speakerids"))) and not row.event.persons
        at = len(self.rows)
        self.rows.append(row)
        self.frames += [at] if frame else []
        block = f"session-{row.event.source_id or at}"
        day = row.told.day or (row.told.at.date().isoformat() if row.told.at else around.day)
        within = Around(day=day, room=row.room, session=block, when=Dated(row.told, row.line))
        for name, one in raw.items():
            if name in _INSIDE and isinstance(one, (list, dict)):
                titled = [
                    {"title": each} if isinstance(each, str) and " " in each.strip() else each for each in items(one)
                ]  # one word may be an id
                self.into(titled if isinstance(one, list) else one, within, depth + 1)
            elif isinstance(one, list) and name not in _NO_TALKS - {"timeslots"}:
                self.into([each for each in records(one) if _is_listed(opened(each))], within, depth + 1)
        if len(self.rows) > at + 1 and not frame:
            self.rows[at] = row._replace(holds=block)
            self.rows[at + 1 :] = [_not_before(row, one) for one in self.rows[at + 1 :]]
            chairs = people_of(raw, self.tables, _CHAIRS)[0]
            self.blocks.append(Block(block, row.event.title, chairs, "", row.told, row.line, row.room, row.event.url))

    def once(self) -> Iterator[Row]:
        """The rows, each once: a plenary that stands in the lists of several rooms is one talk in all of them."""
        seen: dict[tuple[object, ...], int] = {}
        rows: list[Row] = []
        frames = set(self.frames) if len(self.frames) == 1 < len(self.rows) else set()  # several are talks called so
        for row in [row for number, row in enumerate(self.rows) if number not in frames]:
            key = (row.event.source_id, row.event.title, row.told.at or (row.told.day, row.told.start))
            if row.event.source_id and key in seen:
                known = rows[seen[key]]
                rooms = dict.fromkeys(room for room in (known.room, row.room) if room)
                rows[seen[key]] = known._replace(room=", ".join(rooms))
            else:
                seen[key] = len(rows)
                rows.append(row)
        yield from rows

    def warnings(self) -> Iterator[str]:
        """What was left out, and what the document does not tell."""
        if self.left_out:
            counts = ", ".join(f"{count} {word}" for word, count in self.left_out.most_common())
            yield f"Entries that are no talks by their own state were left out: {counts}."
        yield from (f"{sentence}, so its talks have no slot." for sentence in self.odd)
        if self.untitled:
            yield f"Entries with a time and without a title were left out: {self.untitled}."
        if self.nameless:
            yield f"The speakers of {self.nameless} talks are named by codes only, which no table in the file explains."

    def said_of_nothing(self) -> str:
        """Why there is no talk."""
        if self.left_out:
            return f"all {self.left_out.total()} entries are no talks by their own state ({', '.join(self.left_out)})"
        return "no object in it has a title and a start; save or export the schedule again"


def _holds_no_talks(name: str, value: Any) -> bool:
    """Whether what stands under a key is never a talk; slots of time are talks where they have titles of their own."""
    key = plain(name)
    if key == "timeslots" and any(is_talk(normal(one)) and first(normal(one), TITLE) for one in records(value)):
        return False
    named = key in _ABOUT and isinstance(value, dict) and not holds_lists(value)
    return (named and first(normal(value), ("title", *_GIVEN_BY)) is None) or (key in _NO_TALKS and key not in _INSIDE)


def _is_listed(raw: Mapping[str, Any]) -> bool:
    """Whether an object in a list of a session is a talk: by its time, or by its title and those who give it."""
    return is_talk(raw) or (first(raw, TITLE) is not None and first(raw, _GIVEN_BY) is not None)


def _is_leaf(inner: Mapping[str, Any]) -> bool:
    """Whether an object holds no others but those that are no talks."""
    held = [one for name, one in inner.items() if not _holds_no_talks(name, one)]
    return not any(isinstance(one, dict) or records(one) for one in held)


def _not_before(session: Row, talk: Row) -> Row:
    """A talk of a session on the next day where its clock is before the session's: ``00:00`` in one that starts at 23:30."""
    start, clock = clocks.minutes(session.told.start), clocks.minutes(talk.told.start)
    same_day = talk.told.day == session.told.day and "" < talk.told.day < "9999"
    if start is None or clock is None or clock >= start or not same_day:
        return talk
    day = date.fromisoformat(talk.told.day) + timedelta(days=1)
    return talk._replace(told=talk.told._replace(day=day.isoformat()))


def _single(name: str) -> str:
    """The name of a list as the type of what is in it: ``workshops`` are of type ``workshop``."""
    return {"plenaries": "plenary", "social events": "social", "social_events": "social"}.get(name, name.rstrip("s"))


def _with_facts(found: Found, document: Any, hints: Hints) -> Found:
    """What the document says of the conference itself."""
    raw = normal(document) if isinstance(document, dict) else {}
    inner = next((normal(raw[key]) for key in ("conference", "event", "meta") if isinstance(raw.get(key), dict)), {})
    name = said(first(raw, ("conferencename", "eventname", "title", "name")))
    if is_talk(raw) and "subevent" not in raw and not _YEAR.search(name):
        name = ""  # it may be a session with its talks
    name = name or said(first(inner, ("title", "name")))
    zone = said(first({**inner, **raw}, ("timezone", "timezonename", "tz")))
    name = _with_year(name or found.name, found.rows)
    told = (zone, "the file's time zone") if zone else found.zone
    if not told[0]:
        told = _from_letters(found.rows, hints)
    city = said(first({**inner, **raw}, ("city",))).partition(" (")[0] or _locality(raw.get("location"))
    return found._replace(name=name, zone=told, city=city)


def _locality(place: Any) -> str:
    """The city in the address of a place (schema.org)."""
    address = place.get("address") if isinstance(place, dict) else None
    return said(address.get("addressLocality")) if isinstance(address, dict) else ""


def _with_year(name: str, rows: Iterable[Row]) -> str:
    """A name with the year of the first talk, because next year's conference has the same."""
    years = {row.told.at.year for row in rows if row.told.at is not None}
    return f"{name} {min(years)}" if name and years and not _YEAR.search(name) else name


def _from_letters(rows: Iterable[Row], hints: Hints) -> tuple[str, str]:
    """The zone of the letters that descriptions print behind the very clock of their talk (ACL: ``09:30–10:30 EDT``)."""
    letters = {said for row in rows for said in _letters(row)}
    if len(letters) != 1 or not known_letters(said := letters.pop()):
        return "", ""
    try:
        zone, _ = choose(said, datetime(2000, 1, 1), hints.zone or hints.known_zone)
    except (MissingFactsError, ReadError):
        return "", ""
    return zone, f"{said} in the descriptions"


def _letters(row: Row) -> Sequence[str]:
    at = row.told.at
    if at is None or at.tzinfo is not None:
        return ()
    heads = (text[:1000] for text in row.event.texts)
    return [letters for head in heads for clock, letters in _CLOCK_AND_LETTERS.findall(head) if clock == f"{at:%H:%M}"]
