"""One JSON object to one row: what the keys of a talk are called (``startsAt``, ``start_time``, ``startTimestamp``).

Rooms, speakers and tracks may be named, nested, or only numbered: then tables of the whole document resolve them.
"""

from __future__ import annotations

import re
from functools import lru_cache

from planner import text as texts
from planner.readers import clocks
from planner.readers.csv_times import Dated
from planner.readers.events import Event, shortly, web_address
from planner.readers.json_shapes import TITLE, included
from planner.readers.json_times import START, first, normal, when
from planner.readers.pages_kinds import kind_of as kind_in_words
from planner.readers.records import Row, items, people, records, said
from planner.values import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    Raw = Mapping[str, Any]

_ROOM = (
    "room", "roomname", "microlocation", "location", "locations", "rooms", "venue", "place", "hall", "stage",
    "roomid", "locationid", "venueid", "stageid", "venueserial",
)  # fmt: skip
_ROOM_AROUND = ("room", "roomname", "hall", "stage")  # a conference too has a location and a venue
_PEOPLE = (
    "speakers", "speakernames", "speakerids", "speakerid", "presenters", "persons", "speaker", "speakername", "presenter",
    "authors", "hosts", "host", "speaking", "primaryauthors", "organizers", "organisers", "instructors", "panelists",
    "performer", "performers", "participants", "contributors", "facilitators",
)  # fmt: skip
_TEXTS = (
    "subtitle", "abstract", "shortabstract", "longabstract", "description", "desc", "summary", "details", "body",
    "content",
)  # fmt: skip
_TYPE = ("sessiontype", "submissiontype", "eventtype", "entrytype", "type", "format", "sessionformat", "kind", "calendarid")
_TRACK = ("track", "trackname", "tracktitle", "maintag", "category", "theme", "topic")
_URL = ("websiteurl", "weburl", "url", "website", "link", "html", "page", "permalink", "href", "confurl", "doi")
_LINK_WORDS = "videourl video slidesurl slides recordingurl youtubeurl resources links signupurl liveurl"
_LINKS = tuple(_LINK_WORDS.split())
_ID = ("guid", "uuid", "id", "code", "uid", "sessionid", "slug")
_STATE = ("state", "status", "active", "published")
_ORGANISATION = (
    "organisation", "organization", "affiliation", "institution", "company", "companyname", "companyen", "globalcompany",
)  # fmt: skip
_OUT = re.compile(
    r"^(?:accept queue|archived|deleted|draft|hidden|inactive|nominated|on hold|pending|private|proposed|removed|submitted"
    r"|unconfirmed|unpublished)$|\b(?:declin|reject|withdr)"
    r"|\b(?:backup|not (?:accepted|approved|confirmed|published|selected)|spam|wait(?:ing|list|listed)?)\b"
    r"|\b(?:in|under) review\b"
)
_CANCELLED = re.compile(r"\bcancel")
_END = ("end", "endtime", "timeend", "endsat")
_CODE = re.compile(r"[A-Z0-9]{6}|[0-9a-f]{8}-[0-9a-f-]{27}|[0-9]{1,12}|rec[A-Za-z0-9]{14}")


class Tables(NamedTuple):
    """The names behind the ids of a document: of rooms, of speakers (with their organisations), and of tracks and types.

    ``entries`` are the ids of its talks, sessions and events themselves.
    """

    rooms: Mapping[str, str] = {}
    people: Mapping[str, tuple[str, str]] = {}
    tracks: Mapping[str, str] = {}
    types: Mapping[str, str] = {}
    entries: frozenset[str] = frozenset()


class Around(NamedTuple):
    """What the objects around a record say for it: its day, room, track and type, the key of its session, and its time.

    It is ``listed`` where it stands in a list of talks, so that its title alone makes it one.
    """

    day: str = ""
    room: str = ""
    track: str = ""
    type: str = ""
    session: str = ""
    when: Dated = Dated()
    listed: bool = False


def is_talk(raw: Raw) -> bool:
    """Whether an object with plain keys can be a talk: it has a title and a key for its start, even an empty one, or end."""
    return any(key in raw for key in TITLE) and any(key in raw for key in (*START, *_END))


def is_in_slot(raw: Raw, around: Around) -> bool:
    """Whether an object with plain keys is a talk in the slot around it: a title and keys (even empty) about it, but no time.

    In a session or a slot that lists its talks a title is enough.
    """
    if not first(raw, TITLE) or any(key in raw for key in START):
        return False
    about = (_PEOPLE, _TEXTS, _ROOM, _URL, _TYPE, _TRACK, ("slug", "code"))
    timed = around.when != Dated()
    return bool(around.session) or (timed and (around.listed or any(key in raw for keys in about for key in keys)))


def fate(raw: Raw) -> str:
    """What an entry's state makes of it: "" for a talk, "cancelled", or the word for which it is none."""
    fates = [fate_of(said(raw.get(key))) for key in _STATE]
    if "cancelled" in fates or said(raw.get("eventstatus")).endswith("EventCancelled"):
        return "cancelled"
    return next(filter(None, fates), "")


@lru_cache(maxsize=256)  # a file has five states
def fate_of(state: str) -> str:
    """What one word for a state says, as :func:`fate`; "" for others too: a state may be that of an address."""
    words = " ".join(re.findall(r"\w+", state[:60].casefold().replace("_", " ")))
    words = "unpublished" if words in {"n", "no"} else words  # Sched's "active": "N"
    if _CANCELLED.search(words):
        return "cancelled"
    return words.replace(" ", "_") if _OUT.search(words) else ""


def _title(raw: Raw) -> str:
    """The title, behind the name of the session where that says what it is: ``Oral Session 1: Multimodal Learning``."""
    title = said(first(raw, TITLE))
    session = raw["session"] if isinstance(raw.get("session"), str) and first(raw, START) is not None else ""
    is_kind = " " in session and kind_in_words(session[:100]) not in {"", "talk"}
    return f"{session}: {title}" if is_kind and session != title else title


def row_of(raw: Raw, tables: Tables, around: Around, label: str) -> Row:
    """An object with plain keys as a row."""
    title = _title(raw)
    people, organisations = people_of(raw, tables)
    identity = said(first(raw, _ID))
    links = [address for value in (raw.get(key) for key in _LINKS) for address in _addresses(value)]
    category = _categories(raw, tables)
    event = Event(
        title=title,
        source_id=identity,
        type=_type(raw, tables) or category.type or around.type,
        track=_track(raw, tables) or category.track or around.track,
        persons=people,
        texts=tuple(text for key in _TEXTS if (text := said(raw.get(key))) and text != title),
        url=web_address(said(first(raw, _URL))),
        links=tuple(dict.fromkeys(links)),
        cancelled=fate(raw) == "cancelled",
    )
    found = around.when if is_in_slot(raw, around) else when(raw, around.day)
    return Row(
        event,
        clocks.Told() if found.line else found.told,
        found.line,
        label=texts.clean(identity[:40]) or label or shortly(title),
        kind="break" if raw.get("isservicesession") is True and not people else "",
        session=around.session,
        room=room_of(raw, tables) or around.room,
        organisations=organisations,
    )


# Names


class _Category(NamedTuple):
    track: str = ""
    type: str = ""


def room_around(raw: Raw, tables: Tables) -> str:
    """The room that an object says for the talks in it."""
    return room_of(raw, tables, _ROOM_AROUND)


def room_of(raw: Raw, tables: Tables, keys: Sequence[str] = _ROOM) -> str:
    """The room by name, the rooms of a plenary joined."""
    for key in keys:
        value = raw.get(key)
        many = value if isinstance(value, list) else [value]
        names = [name for one in many if (name := _named(one, tables.rooms))]
        if key.endswith(("id", "serial")):
            names = [tables.rooms[name] for name in names if name in tables.rooms] or [
                name for name in names if name in tables.rooms.values()
            ]
        if names and not ("://" in names[0] or ".html" in names[0] or names[0].casefold() == "link"):  # it is an address
            room = ", ".join(dict.fromkeys(names))
            return texts.read_title(room) if "\\" in room else room
    return ""


def _named(value: Any, names: Mapping[str, str]) -> str:
    """The name of a thing that is named, nested or numbered."""
    text = said(value)
    if isinstance(value, dict) and not text:
        text = said(value.get("id"))
    return names.get(text, text)


def _track(raw: Raw, tables: Tables) -> str:
    """The track by name; a number that no table explains is none."""
    track = _named(first(raw, _TRACK), tables.tracks) or _named(raw.get("trackid"), tables.tracks)
    return "" if track.isdigit() else track


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
        names, organisations = map(list, people("" if value.strip().isdigit() else value))
    if isinstance(value, dict) and person(value)[0]:
        value = [value]
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
    name = said(first(raw, ("fullname", "publicname", "displayname", "speakername", "name", "nameen")))
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
    raw = normal({**_below(document), **included(document), **document}) if isinstance(document, dict) else {}
    people = {key: person(one) for key, one in _keyed(raw.get("speakers"))}
    tracks = {key: said(one.get("name") or one.get("title")) for key, one in _keyed(raw.get("tracks"))}
    types = {key: said(one.get("name")) for key, one in _keyed(raw.get("sessiontypes"))}
    for group in records(raw.get("categories")):
        word = said(group.get("title")).casefold()
        names = {said(one.get("id")): said(one.get("name")) for one in records(group.get("items"))}
        tracks |= names if "track" in word else {}
        types |= names if "format" in word or "type" in word else {}
    rooms: dict[str, str] = {}
    for name in ("rooms", "microlocations", "locations", "venues", "stages"):
        rooms |= {key: said(one.get("name") or one.get("title")) for key, one in _keyed(raw.get(name))}
    entries = frozenset(key for name in ("talks", "sessions", "events") for key, _ in _keyed(raw.get(name)))
    return Tables(rooms, {key: found for key, found in people.items() if found[0]}, tracks, types, entries)


def _below(document: Raw) -> dict[str, Any]:
    """The lists of the objects that a document consists of: ``{"Schedule": {"venues": […]}}``."""
    inner = [one for one in document.values() if isinstance(one, dict)]
    return {key: value for one in inner for key, value in one.items() if isinstance(key, str) and isinstance(value, list)}


def _keyed(value: Any) -> Iterator[tuple[str, Raw]]:
    """The objects of a list or of an object by each of their ids."""
    pairs = value.items() if isinstance(value, dict) else (("", one) for one in items(value))
    for key, one in pairs:
        if isinstance(one, dict):
            for name in {key, *(said(one.get(word)) for word in ("id", "code", "serial"))} - {""}:
                yield name, one


def _addresses(value: Any) -> list[str]:
    """The addresses in a link, a list of links or of objects with links."""
    found = []
    for one in items(value) if isinstance(value, list) else [value]:
        text = said(first(normal(one), ("url", "link", "href", "resource"))) if isinstance(one, dict) else said(one)
        found += [address] if (address := web_address(text)) else []
    return found
