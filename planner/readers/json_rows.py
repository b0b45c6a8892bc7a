"""One JSON object to one row: what the keys of a talk are called (``startsAt``, ``start_time``, ``startTimestamp``).

Rooms, speakers and tracks may be named, nested, or only numbered: then tables of the whole document resolve them.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from functools import lru_cache

from planner import text as texts
from planner.dates import scan
from planner.readers import clocks
from planner.readers.events import Event, shortly, web_address
from planner.readers.pages_kinds import kind_of as kind_in_words
from planner.readers.records import Row, items, people, records, said
from planner.values import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    from planner.dates import DateLine

    Raw = Mapping[str, Any]

TITLE = ("title", "name", "sessiontitle", "talktitle", "event", "talk", "activity", "summary")
START = (
    "startsat", "starttime", "start", "starttimestamp", "startdatetime", "startat", "startdate", "startutc", "eventstart",
    "sessionstart", "begin", "begins", "from", "datetime", "startdt", "dtstart", "time",
)  # fmt: skip
END = (
    "endsat", "endtime", "end", "endtimestamp", "enddatetime", "endat", "enddate", "endutc", "eventend", "sessionend",
    "finish", "until", "to", "dtend",
)  # fmt: skip
_DAY = ("date", "day", "startdate", "startday")
_LENGTH = ("duration", "length", "durationminutes", "minutes", "durationmin")
_ROOM = ("room", "roomname", "microlocation", "location", "rooms", "venue", "place", "hall", "stage", "roomid", "locationid")
_PEOPLE = (
    "speakers", "speakernames", "speakerids", "presenters", "persons", "speaker", "speakername", "presenter", "authors",
    "hosts", "host", "primaryauthors", "organizers", "organisers", "instructors", "panelists", "performer", "performers",
)  # fmt: skip
_TEXTS = ("subtitle", "abstract", "shortabstract", "longabstract", "description", "desc", "summary", "details", "body")
_TYPE = ("sessiontype", "submissiontype", "eventtype", "entrytype", "type", "format", "sessionformat", "kind", "calendarid")
_TRACK = ("track", "trackname", "maintag", "category", "theme", "topic")
_URL = ("websiteurl", "weburl", "url", "website", "link", "html", "page", "permalink", "href")
_LINK_WORDS = "videourl video slidesurl slides recordingurl youtubeurl resources links signupurl liveurl"
_LINKS = tuple(_LINK_WORDS.split())
_ID = ("guid", "uuid", "id", "code", "uid", "sessionid", "slug")
_STATE = ("state", "status")
_ORGANISATION = ("organisation", "organization", "affiliation", "institution", "company")
_KEPT = frozenset({"accepted", "confirmed", "scheduled", "published", "approved", "active", "public", "final", "live", "open"})
_OUT_WORDS = "rejected withdrawn draft pending deleted declined nominated submitted hidden decline_queue waitlisted waitlist"
_OUT = frozenset(_OUT_WORDS.split())
_CANCELLED = frozenset({"canceled", "cancelled"})
_CODE = re.compile(r"[A-Z0-9]{6}|[0-9a-f]{8}-[0-9a-f-]{27}|[0-9]{1,12}")
_DECIMAL_HOURS = re.compile(r"([0-9]{1,2})\.([0-9]{2})")
_SECONDS, _MILLISECONDS = 10**9, 10**11  # stamps at least this large count from 1970 in seconds, in milliseconds
_LAST_STAMP = 7 * 10**12  # the year 2191
_HOUR = 60


class Tables(NamedTuple):
    """The names behind the ids of a document: of rooms, of speakers (with their organisations), and of tracks and types."""

    rooms: Mapping[str, str] = {}
    people: Mapping[str, tuple[str, str]] = {}
    tracks: Mapping[str, str] = {}
    types: Mapping[str, str] = {}


class Around(NamedTuple):
    """What the objects around a record say for it: its day, its room, its type, the key of its session, and its time."""

    day: str = ""
    room: str = ""
    type: str = ""
    session: str = ""
    told: clocks.Told = clocks.Told()


@lru_cache(maxsize=4096)
def plain(key: str) -> str:
    """A key without case and signs: ``starts-at`` and ``startsAt`` are ``startsat``."""
    return "".join(sign for sign in key[:60].casefold() if sign.isalnum())


def normal(raw: Raw) -> dict[str, Any]:
    """An object with plain keys; of two that fold to one the first that says something counts."""
    found: dict[str, Any] = {}
    for key, value in raw.items():
        name = plain(key)
        if name not in found or found[name] in (None, "", [], {}):
            found[name] = value
    return found


def first(raw: Raw, keys: Sequence[str]) -> Any:
    """The first of some keys that says something, None where none does."""
    return next((raw[key] for key in keys if raw.get(key) not in (None, "", [], {})), None)


def is_talk(raw: Raw) -> bool:
    """Whether an object with plain keys can be a talk: it has a title and a key for its start, even an empty one."""
    return any(key in raw for key in TITLE) and any(key in raw for key in START)


def is_in_slot(raw: Raw, around: Around) -> bool:
    """Whether an object with plain keys is a talk in the slot around it: a title and something about it, but no time."""
    bare = around.told != clocks.Told() and first(raw, TITLE) and not any(key in raw for key in START)
    return bool(bare) and any(
        first(raw, keys) is not None for keys in (_PEOPLE, _TEXTS, _ROOM, _URL, _TYPE, _TRACK, ("slug", "code"))
    )


def fate(raw: Raw) -> str:
    """What an entry's state makes of it: "" for a talk, "cancelled", or the word for which it is none."""
    state, status = (said(raw.get(key)).casefold().replace(" ", "_") for key in _STATE)
    if {state, status} & _CANCELLED:
        return "cancelled"
    if state and state not in _KEPT:
        return state
    return status if status in _OUT else ""


def row_of(raw: Raw, tables: Tables, around: Around, label: str) -> Row:
    """An object with plain keys as a row."""
    title = said(first(raw, TITLE))
    people, organisations = people_of(raw, tables)
    identity = said(first(raw, _ID))
    links = [address for value in (raw.get(key) for key in _LINKS) for address in _addresses(value)]
    category = _categories(raw, tables)
    event = Event(
        title=title,
        source_id=identity,
        type=_type(raw, tables) or category.type or around.type,
        track=_named(first(raw, _TRACK), tables.tracks) or _named(raw.get("trackid"), tables.tracks) or category.track,
        persons=people,
        texts=tuple(text for key in _TEXTS if (text := said(raw.get(key))) and text != title),
        url=web_address(said(first(raw, _URL))),
        links=tuple(dict.fromkeys(links)),
        cancelled=fate(raw) == "cancelled",
    )
    return Row(
        event,
        around.told if is_in_slot(raw, around) else told_of(raw, around.day),
        label=texts.clean(identity[:40]) or label or shortly(title),
        kind="break" if raw.get("isservicesession") is True and not people else "",
        session=around.session,
        room=_room(raw, tables) or around.room,
        organisations=organisations,
    )


# Time


def told_of(raw: Raw, day: str = "") -> clocks.Told:
    """What an object tells of its time; ``day`` is that of the objects around it."""
    start, end = first(raw, START), first(raw, END)
    length = duration(first(raw, _LENGTH))
    at, until = moment(start), moment(end)
    words = " – ".join(text for text in (_words(start), _words(end)) if text)
    if at is not None:
        clock = "" if until is not None else _clock(end)
        return clocks.Told(at, duration=length, end=clock, until=_same_kind(until, at), zone=_zone_of(start), words=words)
    line = _line(start)
    printed = day_of(start) if line is not None and line.dated else ""
    own = printed or next((found for key in _DAY if (found := day_of(raw.get(key)))), "") or day
    clock = _shown(line.start) if line is not None else _clock(start)
    if (whole := _only_date(start)) or (start is None and raw.keys() & set(START) and own):
        return clocks.Told(day=whole or own, end=_only_date(end), words=words or own, all_day=True)
    if not (own and clock):
        return clocks.Told(start=said(start), words=words) if start is not None else clocks.Told()
    last = _shown(line.end) if line is not None and line.end is not None else _clock(end)
    return clocks.Told(day=own, start=clock, duration=length, end=last, words=f"{own} {words}")


def _only_date(value: Any) -> str:
    """A value that is a date in full and no clock, as ``2025-11-19``; "" for anything else."""
    text = said(value)
    line = scan(text[:100]) if text and clocks.moment(text) is None else None
    return day_of(text) if line is not None and line.dated and not (line.timed or line.before or line.after) else ""


def _line(value: Any) -> DateLine | None:
    """A start in words, with its date or as a range; None where a clock stands alone, or letters that no row can keep."""
    text = said(value)
    line = scan(text[:100]) if text and clocks.minutes(text) is None else None
    return line if line is not None and line.start is not None and not (line.letters or line.offset is not None) else None


def _shown(minutes: int | None) -> str:
    return "" if minutes is None else f"{minutes // _HOUR}:{minutes % _HOUR:02}"


def moment(value: Any) -> datetime | None:
    """A date with a clock: ISO 8601, a stamp from 1970, Indico's ``{"date", "time", "tz"}``, Google's ``dateTime``."""
    if isinstance(value, dict):
        return clocks.moment(said(value.get("dateTime")) or f"{said(value.get('date'))}T{said(value.get('time'))}")
    if isinstance(value, bool):
        return None
    text = value.strip() if isinstance(value, str) else value
    if isinstance(text, str) and text.isascii() and text.isdigit() and len(text) >= len(str(_SECONDS)):
        text = int(text) if len(text) < 14 else None  # noqa: PLR2004  (digits of milliseconds in the year 2286)
    if isinstance(text, (int, float)):
        if not _SECONDS <= text <= _LAST_STAMP:
            return None
        return datetime.fromtimestamp(text / 1000 if text >= _MILLISECONDS else text, UTC)
    return clocks.moment(text) if isinstance(text, str) else None


def day_of(value: Any) -> str:
    """The date that a value names in full, as ``2025-11-19``; "" for a weekday, a number, and a date on another weekday."""
    text = said(value)
    if (at := clocks.moment(text)) is not None:
        return at.date().isoformat()
    line = scan(text[:100]) if text else None
    if line is None or not (line.year and line.month and line.day):
        return ""
    try:
        day = date(line.year, line.month, line.day)
    except ValueError:
        return ""
    return day.isoformat() if line.weekday in {None, day.weekday()} else ""


def duration(value: Any) -> str:
    """A length of time as :func:`planner.readers.clocks.lasts` reads it: ``01.00`` is an hour, 2700000 are milliseconds."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        if value >= 60_000:  # noqa: PLR2004  (as minutes more than a month)
            value /= 60_000
        return str(int(value)) if 0 < value < 60_000 else ""  # noqa: PLR2004
    found = _DECIMAL_HOURS.fullmatch(text := said(value))
    return f"{found[1]}:{found[2]}" if found else text


def _clock(value: Any) -> str:
    """A time of day as ``16:45``; "" for anything else."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return ""
    text = said(value)
    if clocks.minutes(text) is not None:
        return text
    line = _line(text)
    return _shown(line.start) if line is not None else ""


def _same_kind(until: datetime | None, at: datetime) -> datetime | None:
    """An end that has an offset if and only if its start has one."""
    if until is None or (until.tzinfo is None) == (at.tzinfo is None):
        return until
    return until.replace(tzinfo=at.tzinfo) if until.tzinfo is None else None


def _zone_of(value: Any) -> str:
    """The zone that Indico writes beside a time; "" where there is none that exists."""
    from planner.times import is_zone

    zone = said(value.get("tz") or value.get("timeZone")) if isinstance(value, dict) else ""
    return zone if zone and is_zone(zone) else ""


def _words(value: Any) -> str:
    """A time as the source writes it."""
    return f"{said(value.get('date'))} {said(value.get('time'))}" if isinstance(value, dict) else said(value)


# Names


class _Category(NamedTuple):
    track: str = ""
    type: str = ""


def _room(raw: Raw, tables: Tables) -> str:
    """The room by name, the rooms of a plenary joined."""
    for key in _ROOM:
        value = raw.get(key)
        many = value if isinstance(value, list) else [value]
        names = [name for one in many if (name := _named(one, tables.rooms))]
        if key.endswith("id"):
            names = [tables.rooms[name] for name in names if name in tables.rooms] or [
                name for name in names if name in tables.rooms.values()
            ]
        if names and not _is_page(names[0]):
            room = ", ".join(dict.fromkeys(names))
            return texts.read_title(room) if "\\" in room else room
    return ""


def _is_page(text: str) -> bool:
    """Whether a place is an address: ``papers.html?session=1``, ``https://…``, the word ``link``."""
    return "://" in text or ".html" in text or text.casefold() == "link"


def _named(value: Any, names: Mapping[str, str]) -> str:
    """The name of a thing that is named, nested or numbered."""
    text = said(value)
    if isinstance(value, dict) and not text:
        text = said(value.get("id"))
    return names.get(text, text)


def _type(raw: Raw, tables: Tables) -> str:
    """The type, else the first tag that is one (``Workshop`` among ``Android``, ``Advanced``)."""
    tags = (said(one) for one in items(first(raw, ("tags", "tagnames"))))
    return _named(first(raw, _TYPE), tables.types) or next(
        (tag for tag in tags if kind_in_words(tag[:100]) not in {"", "talk"}), ""
    )


def people_of(raw: Raw, tables: Tables, keys: Sequence[str] = _PEOPLE) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names of the speakers, or of those under other ``keys``, and their organisations.

    Codes that no table explains are nobody.
    """
    names: list[str] = []
    organisations: list[str] = []
    value = first(raw, keys)
    if isinstance(value, str):
        names, organisations = map(list, people(value))
    for one in items(value) if isinstance(value, list) else records(value):
        name, organisation = _person(one, tables)
        names += [name] if name else []
        organisations += [organisation] if organisation else []
    own = said(first(raw, _ORGANISATION))
    return tuple(dict.fromkeys(names)), tuple(dict.fromkeys([*organisations, *([own] if own else [])]))


def _person(one: Any, tables: Tables) -> tuple[str, str]:
    """A speaker's name and organisation."""
    if isinstance(one, dict):
        name, organisation = person(one)
        return (name, organisation) if name else tables.people.get(said(one.get("id")), ("", ""))
    text = said(one)
    if text in tables.people:
        return tables.people[text]
    return ("", "") if _CODE.fullmatch(text) else (text, "")


def person(one: Raw) -> tuple[str, str]:
    """The name and organisation of an object for a person."""
    raw = normal(one)
    name = said(first(raw, ("fullname", "publicname", "displayname", "name")))
    if not name or ", " in name:  # Indico's full names begin with the family's
        parts = [part for key in ("firstname", "familyname", "lastname") if (part := said(raw.get(key)))]
        name = " ".join(parts) if len(parts) > 1 or not name else name
    return name, said(first(raw, _ORGANISATION))


def _categories(raw: Raw, tables: Tables) -> _Category:
    """Track and type by the ids of Sessionize's category items, or the nested categories of its other views."""
    track, type_ = "", ""
    for one in items(raw.get("categoryitems")):
        track, type_ = track or tables.tracks.get(said(one), ""), type_ or tables.types.get(said(one), "")
    for group in records(raw.get("categories")):
        names = [said(one.get("name")) for one in records(group.get("categoryItems"))]
        word = said(group.get("name")).casefold()
        track = track or (names[0] if names and "track" in word else "")
        type_ = type_ or (names[0] if names and ("format" in word or "type" in word) else "")
    return _Category(track, type_)


def tables_of(document: Any) -> Tables:
    """The tables of a document: its lists of rooms, speakers, tracks and categories."""
    raw = normal(document) if isinstance(document, dict) else {}
    people = {key: person(one) for key, one in _keyed(raw.get("speakers"))}
    tracks = {key: said(one.get("name") or one.get("title")) for key, one in _keyed(raw.get("tracks"))}
    types = {key: said(one.get("name")) for key, one in _keyed(raw.get("sessiontypes"))}
    for group in records(raw.get("categories")):
        word = said(group.get("title")).casefold()
        names = {said(one.get("id")): said(one.get("name")) for one in records(group.get("items"))}
        tracks |= names if "track" in word else {}
        types |= names if "format" in word or "type" in word else {}
    rooms: dict[str, str] = {}
    for name in ("rooms", "microlocations", "locations"):
        rooms |= {key: said(one.get("name") or one.get("title")) for key, one in _keyed(raw.get(name))}
    return Tables(rooms, {key: found for key, found in people.items() if found[0]}, tracks, types)


def _keyed(value: Any) -> Iterator[tuple[str, Raw]]:
    """The objects of a list or of an object by each of their ids."""
    pairs = value.items() if isinstance(value, dict) else (("", one) for one in items(value))
    for key, one in pairs:
        if isinstance(one, dict):
            for name in {key, said(one.get("id")), said(one.get("code"))} - {""}:
                yield name, one


def _addresses(value: Any) -> list[str]:
    """The addresses in a link, a list of links or of objects with links."""
    found = []
    for one in items(value) if isinstance(value, list) else [value]:
        text = said(first(normal(one), ("url", "link", "href", "resource"))) if isinstance(one, dict) else said(one)
        found += [address] if (address := web_address(text)) else []
    return found
