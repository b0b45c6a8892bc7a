"""Programmes of ACM SIGCHI's conferences (CHI, UIST, CSCW, …): sessions that name their slot, room, chairs and papers by id.

Their milliseconds count the clock of the conference as if it were UTC's, so they are wall times in its ``timeZoneName``.
"""

from __future__ import annotations

from datetime import UTC, datetime

from planner.readers.json_times import moment
from planner.readers.records import items, records, said

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    Raw = Mapping[str, Any]


def is_programme(document: Any) -> bool:
    """Whether a document is such a programme."""
    return isinstance(document, dict) and all(
        isinstance(document.get(key), list) for key in ("timeSlots", "sessions", "contents")
    )


def programme(document: Raw) -> dict[str, Any]:
    """The same with everything in its place, as :mod:`planner.readers.open_json` reads it; papers of no session come last."""
    tables = {key: _by_id(document.get(key)) for key in ("timeSlots", "rooms", "contentTypes", "tracks", "people")}
    papers = {said(one.get("id")): _paper(one, tables) for one in records(document.get("contents"))}
    sessions = [
        _session(one, papers, tables)
        for key in ("sessions", "events")
        for one in records(document.get(key))
        if one.get("name")
    ]
    named = {
        said(one)
        for key in ("sessions", "events")
        for raw in records(document.get(key))
        for one in items(raw.get("contentIds"))
    }
    left = [{**paper, "start": None} for identity, paper in papers.items() if identity not in named]
    conference: Raw = document["conference"] if isinstance(document.get("conference"), dict) else {}
    name = said(conference.get("fullName")) or said(conference.get("name")) or said(conference.get("shortName"))
    return {"event_name": name, "timezone": said(conference.get("timeZoneName")), "schedule": [*sessions, *left]}


def _by_id(value: Any) -> dict[str, Raw]:
    return {said(one.get("id")): one for one in records(value)}


def _session(raw: Raw, papers: Mapping[str, Raw], tables: Mapping[str, Mapping[str, Raw]]) -> dict[str, Any]:
    """A session in its slot, or an event with its own times, and the papers in it."""
    slot = tables["timeSlots"].get(said(raw.get("timeSlotId")), raw)
    return {
        "id": said(raw.get("id")),
        "title": said(raw.get("name")),
        "start": _wall(slot.get("startDate")),
        "end": _wall(slot.get("endDate")),
        "room": _name(tables["rooms"], raw.get("roomId")),
        "type": _name(tables["contentTypes"], raw.get("typeId")),
        "abstract": said(raw.get("description")),
        "chairs": [tables["people"][name] for one in items(raw.get("chairIds")) if (name := said(one)) in tables["people"]],
        "talks": [papers[name] for one in items(raw.get("contentIds")) if (name := said(one)) in papers],
    }


def _paper(raw: Raw, tables: Mapping[str, Mapping[str, Raw]]) -> dict[str, Any]:
    return {
        "id": f"content-{said(raw.get('id'))}",
        "title": said(raw.get("title")),
        "abstract": said(raw.get("abstract")),
        "type": _name(tables["contentTypes"], raw.get("typeId")),
        "track": _name(tables["tracks"], raw.get("trackId")),
        "authors": [_author(one, tables["people"]) for one in records(raw.get("authors"))],
    }


def _author(raw: Raw, people: Mapping[str, Raw]) -> Raw:
    """A person with the institution that the paper gives them."""
    places = [place for one in records(raw.get("affiliations")) if (place := said(one.get("institution")))]
    return {**people.get(said(raw.get("personId")), {}), "institution": places[0] if places else ""}


def _name(table: Mapping[str, Raw], identity: Any) -> str:
    return said(table.get(said(identity), {}).get("name"))


def _wall(value: Any) -> str | None:
    """Milliseconds of the conference's own clock as a time without a zone."""
    at = moment(value)
    return at.astimezone(UTC).replace(tzinfo=None).isoformat() if isinstance(at, datetime) and at.tzinfo else None
