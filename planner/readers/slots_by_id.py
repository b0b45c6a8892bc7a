"""Programmes that name talks or speakers by id: GDG's Zeppelin and Hoverboard sites, ACL's aclpub2, SIGCHI's programmes.

Talks and people stand in the same document or in other files of the folder; they are put where they are named, and
:mod:`planner.readers.open_json` reads the whole.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime

from planner import text as texts
from planner.errors import ReadError, few
from planner.model import slug
from planner.readers import open_json, yaml_data
from planner.readers.json_rows import person
from planner.readers.json_times import START, first, moment, normal
from planner.readers.records import items, load_json, records, said
from planner.readers.sources import Hints, Part, conference_name, shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    from planner.model import Reading

    Raw = Mapping[str, Any]

FORMATS = ("slots-by-id",)

_HEAD = 60_000
_SLOTS = re.compile(r"[\"' -]timeslots[\"']?\s{0,9}:", re.IGNORECASE)
_DEEPEST = 4
_FILES = (".json", ".yml", ".yaml")
_DEEPEST_NAME = 12
_TALK = ("session", "talk", "sessionid", "talkid", "presentation", "presentationid", "eventid", "proposal")
_PEOPLE = ("speakers", "speaker", "speakerids", "speakerid", "presenters", "presenter", "authors", "hosts")
_OF_PEOPLE = frozenset(
    {"bio", "biography", "company", "twitter", "github", "linkedin", "avatar", "photo", "photourl", "firstname", "lastname"}
    | {"affiliation", "tagline", "jobtitle", "socials", "social"}
)
_EMPTY = frozenset({"", "404"})  # what Zeppelin's sites put into a column that has nothing at that time


def claims(text: str, part: Part) -> bool:  # noqa: ARG001  (every reader is asked with both)
    """Whether the text is JSON or YAML with slots that name sessions."""
    head = text[:_HEAD].lstrip("\ufeff \t\n")
    return (
        not head.startswith("<")
        and bool(_SLOTS.search(head))
        and bool(re.search(r"sessionIds|items|contentIds|timeSlotId", head))
    )


def read(text: str, part: Part, hints: Hints) -> Reading:
    """One document with its slots and its talks; raises ReadError where the talks stand in other files."""
    document = _document(text, part)
    if _is_sigchi(document):
        return open_json.of_document(_sigchi(document), "", part, hints)._replace(format=FORMATS[0])
    if not _tables([document])[0]:
        raise ReadError(f"{shown(part)} names its sessions by id only; read the folder in which they stand too")
    return _read([document], [document], part, hints)


def companions(parts: Sequence[Part], hints: Hints) -> tuple[Part, ...]:
    """The files of such a folder: those with times that name talks or people, and those that hold them.

    None where no file names what another holds, or where their names are those of several conferences.
    """
    found = _documents(parts)
    programmes = _programmes(found)
    named = {slug(name) for part, _ in programmes if (name := conference_name(part, hints))}
    if not programmes or len(named) > 1:
        return ()
    taken = {id(part) for part, _ in programmes}
    others = [part for part, document in found if id(part) not in taken and (any(_tables([document])) or _is_about(document))]
    return (*(part for part, _ in programmes), *others)


def gather(parts: Sequence[Part], hints: Hints) -> Reading:
    """Several files as one programme; raises as :func:`read` does."""
    found = _documents(parts)
    programmes = _programmes(found)
    return _read([document for _, document in programmes], [document for _, document in found], programmes[0][0], hints)


def _programmes(found: Sequence[tuple[Part, Any]]) -> list[tuple[Part, Any]]:
    """The files with times that name what stands in another one: slots their talks, or talks their speakers."""
    made = []
    for part, document in found:
        others = _tables([other for _, other in found if other is not document])
        if (_is_programme(document) and _tables([other for _, other in found])[0]) or _Filled(*others).names_some(document):
            made.append((part, document))
    return made


def _read(programmes: Sequence[Any], documents: Sequence[Any], part: Part, hints: Hints) -> Reading:
    """The reading of talks in their slots, with what a document says of the conference itself.

    A slot that names a talk which stands nowhere is told, and nothing is cancelled then.
    """
    talks, people = _tables(documents)
    slots = [
        slot
        for document in programmes
        for slot in (_programme(document, talks, people) if _is_programme(document) else [_Filled(talks, people).of(document)])
    ]
    facts: Raw = next(filter(_is_about, documents), {})
    whole = {"event_name": facts.get("event_name"), "city": facts.get("location"), "schedule": slots}
    reading = open_json.of_document(whole, "", part, hints)._replace(format=FORMATS[0])
    named = dict.fromkeys(identity for document in programmes for identity in _ids_in(document))
    unknown = [identity for identity in named if identity not in talks and identity not in _EMPTY]
    if not unknown:
        return reading
    said_of = f"Slots name sessions that stand in none of the files, so they were left out: {few(unknown)}."
    return reading._replace(warnings=(*reading.warnings, said_of), partial=True)


def _ids_in(document: Any) -> Iterator[str]:
    """The ids that the slots and sessions of a programme name."""
    for _, day in _days(document, 0):
        for slot in records(day["timeslots"]):
            yield from (identity for _, identity, _ in _named(normal(slot)))
    for raw in map(normal, records(document) if isinstance(document, list) else []):
        yield from (_id(one) for one in items(raw.get("papers")) if not (isinstance(one, dict) and one.get("title")))


class _Filled:
    """Puts talks and people of other files where a document names them by their ids; ``found`` counts how often."""

    def __init__(self, talks: Mapping[str, Raw], people: Mapping[str, str]) -> None:
        self.talks, self.people = talks, people
        self.found = 0

    def names_some(self, document: Any) -> bool:
        """Whether a document names one of them beside a time."""
        if self.talks or self.people:
            self.of(document)
        return self.found > 0

    def of(self, value: Any, depth: int = 0) -> Any:
        """The same value with what it names."""
        if depth > _DEEPEST_NAME:
            return value
        if isinstance(value, list):
            return [self.of(one, depth + 1) for one in value]
        if not isinstance(value, dict):
            return value
        raw = normal(value)
        if first(raw, START) is None:
            return {key: self.of(one, depth + 1) for key, one in value.items()}
        talk = next((talk for key in _TALK if (talk := self.talks.get(_id(raw.get(key)) or " ")) is not None), None)
        if talk is not None and not said(raw.get("title")):
            self.found += 1
            raw = {**talk, **{key: one for key, one in raw.items() if key not in _TALK}}
        for key in (key for key in _PEOPLE if raw.get(key)):
            named = raw[key] if isinstance(raw[key], list) else [raw[key]]
            known = [one for one in named if not isinstance(one, dict) and _id(one) in self.people]
            self.found += len(known)
            raw[key] = [self.people[_id(one)] if one in known else one for one in named] if known else raw[key]
        return {key: self.of(one, depth + 1) if key not in _PEOPLE else one for key, one in raw.items()}


def _is_about(document: Any) -> bool:
    """Whether a document is aclpub2's ``conference_details.yml``."""
    return isinstance(document, dict) and isinstance(document.get("event_name"), str)


def _document(text: str, part: Part) -> Any:
    bare = text.lstrip("\ufeff \t\n")
    return load_json(bare, part) if bare.startswith(("{", "[")) else yaml_data.load(text, part)


def _documents(parts: Sequence[Part]) -> list[tuple[Part, Any]]:
    """The parts that are data, read; one that cannot be read is told when it is read alone."""
    found = []
    for part in parts:
        if part.name.lower().endswith(_FILES) and not texts.looks_binary(part.data):
            try:
                found.append((part, _document(texts.decode(part.data), part)))
            except ReadError:
                continue
    return found


def _is_programme(document: Any) -> bool:
    """Whether days with slots of ids stand there, or sessions with the ids of their papers."""
    if any(True for _ in _days(document, 0)):
        return True
    timed = [raw for raw in map(normal, records(document)) if first(raw, START) and "papers" in raw]
    return any(_id(one) and not (isinstance(one, dict) and "title" in one) for raw in timed for one in items(raw["papers"]))


def _days(value: Any, depth: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """The days with slots, each with the key under which it stands."""
    pairs = value.items() if isinstance(value, dict) else (("", one) for one in items(value))
    for key, one in pairs if depth < _DEEPEST else ():
        if isinstance(one, dict) and items(normal(one).get("timeslots")):
            yield key, normal(one)
        elif isinstance(one, (dict, list)):
            yield from _days(one, depth + 1)


def _id(value: Any) -> str:
    """An id as it is compared: ``001`` and 1 are one."""
    text = said(first(value, ("id", "slug", "key")) if isinstance(value, dict) else value)
    return text.lstrip("0") or text[:1]


def _tables(documents: Sequence[Any]) -> tuple[dict[str, Raw], dict[str, str]]:
    """The talks and the names of people by id, in lists or objects of their own or under ``sessions`` and ``speakers``."""
    talks: dict[str, Raw] = {}
    people: dict[str, str] = {}
    for document in documents:
        named = [document[key] for key in ("sessions", "speakers") if isinstance(document, dict) and key in document]
        for table in named or [document]:
            pairs = table.items() if isinstance(table, dict) else (("", one) for one in items(table))
            for key, one in pairs:
                raw = normal(one) if isinstance(one, dict) else {}
                identity = _id(raw) or _id(key)
                human = person(raw)[0] and ("title" not in raw or not _OF_PEOPLE.isdisjoint(raw))
                if identity and said(raw.get("title")) and not human and first(raw, START) is None and "timeslots" not in raw:
                    talks.setdefault(identity, {**raw, "id": identity})
                elif identity and human and (name := person(raw)[0]):
                    surname = said(raw.get("surname"))
                    people.setdefault(identity, f"{name} {surname}".strip())
    return talks, people


def _programme(document: Any, talks: Mapping[str, Raw], people: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """The talks in their slots, and the sessions with their papers."""
    for key, day in _days(document, 0):
        tracks = [said(one.get("title")) for one in records(day.get("tracks"))]
        numbered = {said(one.get("parallel")) or "-": said(one.get("title")) for one in records(day.get("tracks"))}
        date = said(first(day, ("date", "datereadable"))) or key
        slots = [normal(one) for one in records(day["timeslots"])]
        for at, slot in enumerate(slots):
            for column, identity, length in _named(slot):
                raw = talks.get(identity)
                if raw is not None:
                    last = slots[min(at + length, len(slots)) - 1]
                    own = said(first(raw, ("place", "room"))) or numbered.get(said(slot.get("parallel")), "")
                    room = own or (tracks[column] if len(tracks) > column else "")
                    yield _talk(raw, people, date=date, start=slot, end=last, room=room)
    for raw in map(normal, records(document) if isinstance(document, list) else []):
        if first(raw, START) is not None:
            inside = [
                (own, talks.get(_id(one), own if own.get("title") else None))
                for one in items(raw.get("papers"))
                for own in [normal(one) if isinstance(one, dict) else {}]
            ]
            when: dict[str, Any] = {name: raw[name] for name in ("starttime", "endtime", "start", "end") if name in raw}
            when["sessiontype"] = raw.get("type")
            yield {**raw, "papers": [{**when, **_spoken(paper, people), **own} for own, paper in inside if paper is not None]}


def _named(slot: Raw) -> Iterator[tuple[int, str, int]]:
    """The column, the id and the number of slots of each session that a slot names."""
    for column, one in enumerate(items(slot.get("sessionids"))):
        yield column, _id(one), 1
    for column, one in enumerate(items(slot.get("sessions"))):
        listed = items(one.get("items")) if isinstance(one, dict) else items(one)
        length = said(one.get("extend")) if isinstance(one, dict) else ""
        for identity in listed:
            yield column, _id(identity), int(length) if length.isdigit() and 0 < int(length) < 50 else 1  # noqa: PLR2004  (slots of a day)


def _talk(raw: Raw, people: Mapping[str, str], *, date: str, start: Raw, end: Raw, room: str) -> dict[str, Any]:
    """A talk in its slot."""
    return {
        **_spoken(raw, people),
        "date": date,
        "starttime": start.get("starttime"),
        "endtime": end.get("endtime"),
        "room": room,
        "isservicesession": said(raw.get("service")) == "true" or raw.get("service") is True,
    }


def _spoken(raw: Raw, people: Mapping[str, str]) -> dict[str, Any]:
    """A talk with the names of its speakers."""
    if not isinstance(raw.get("speakers"), list):
        return dict(raw)
    return {**raw, "speakers": [one if isinstance(one, dict) else people.get(_id(one), one) for one in raw["speakers"]]}


# SIGCHI (CHI, UIST, CSCW, …): sessions name their slot, room, chairs and papers. Their milliseconds count the clock of the
# conference as if it were UTC's, so they are wall times in its ``timeZoneName``.


def _is_sigchi(document: Any) -> bool:
    """Whether a document is such a programme."""
    keys = ("timeSlots", "sessions", "contents")
    return isinstance(document, dict) and all(isinstance(document.get(key), list) for key in keys)


def _sigchi(document: Raw) -> dict[str, Any]:
    """The same with everything in its place, as :mod:`planner.readers.open_json` reads it; papers of no session come last."""
    tables = {
        key: {said(one.get("id")): one for one in records(document.get(key))}
        for key in ("timeSlots", "rooms", "contentTypes", "tracks", "people")
    }
    papers = {said(one.get("id")): _content(one, tables) for one in records(document.get("contents"))}
    both = [*records(document["sessions"]), *records(document.get("events"))]
    sessions = [_session(one, papers, tables) for one in both if one.get("name")]
    named = {said(one) for raw in both for one in items(raw.get("contentIds"))}
    left = [{**paper, "start": None} for identity, paper in papers.items() if identity not in named]
    conference: Raw = document["conference"] if isinstance(document.get("conference"), dict) else {}
    name = said(conference.get("fullName")) or said(conference.get("name")) or said(conference.get("shortName"))
    return {"event_name": name, "timezone": said(conference.get("timeZoneName")), "schedule": [*sessions, *left]}


def _session(raw: Raw, papers: Mapping[str, Raw], tables: Mapping[str, Mapping[str, Raw]]) -> dict[str, Any]:
    """A session in its slot, or an event with its own times, and the papers in it."""
    slot = tables["timeSlots"].get(said(raw.get("timeSlotId")), raw)
    return {
        "id": said(raw.get("id")),
        "title": said(raw.get("name")),
        "start": _wall(slot.get("startDate")),
        "end": _wall(slot.get("endDate")),
        "room": _named_in(tables["rooms"], raw.get("roomId")),
        "type": _named_in(tables["contentTypes"], raw.get("typeId")),
        "abstract": said(raw.get("description")),
        "chairs": [tables["people"][name] for one in items(raw.get("chairIds")) if (name := said(one)) in tables["people"]],
        "talks": [papers[name] for one in items(raw.get("contentIds")) if (name := said(one)) in papers],
    }


def _content(raw: Raw, tables: Mapping[str, Mapping[str, Raw]]) -> dict[str, Any]:
    return {
        "id": f"content-{said(raw.get('id'))}",
        "title": said(raw.get("title")),
        "abstract": said(raw.get("abstract")),
        "type": _named_in(tables["contentTypes"], raw.get("typeId")),
        "track": _named_in(tables["tracks"], raw.get("trackId")),
        "authors": [_author(one, tables["people"]) for one in records(raw.get("authors"))],
    }


def _author(raw: Raw, people: Mapping[str, Raw]) -> Raw:
    """A person with the institution that the paper gives them."""
    places = [place for one in records(raw.get("affiliations")) if (place := said(one.get("institution")))]
    return {**people.get(said(raw.get("personId")), {}), "institution": places[0] if places else ""}


def _named_in(table: Mapping[str, Raw], identity: Any) -> str:
    return said(table.get(said(identity), {}).get("name"))


def _wall(value: Any) -> str | None:
    """Milliseconds of the conference's own clock as a time without a zone."""
    at = moment(value)
    return at.astimezone(UTC).replace(tzinfo=None).isoformat() if isinstance(at, datetime) and at.tzinfo else None
