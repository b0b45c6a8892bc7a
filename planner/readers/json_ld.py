"""Events of schema.org in JSON-LD, in a file or inside a saved page: the conference with its parts (``subEvent``).

A page prints its programme too, which people read: its data for machines is taken where it has all of the printed times.
"""

from __future__ import annotations

import json
from collections import Counter
from contextlib import suppress

from planner.errors import MissingFactsError, ReadError
from planner.model import fold
from planner.readers.records import items, load_json, said

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime
    from typing import Any

    from planner.model import Reading
    from planner.readers.sources import Hints, Part

    Raw = Mapping[str, Any]

FORMATS = ("schema-org",)

_HEAD = 4000  # signs in which a file of JSON-LD names its context
_SCRIPT, _END = "application/ld+json", "</script"
_DEEPEST = 12
_FEWEST = 2  # parts that make a programme


def claims(text: str, part: Part) -> bool:  # noqa: ARG001  (every reader is asked with both)
    """Whether a file or a page holds an event of schema.org with its parts."""
    head = text[:_HEAD].lstrip("\ufeff \t\n")
    if head.startswith("<"):
        return _SCRIPT in text and _whole(_scripts(text)) is not None
    return '"@context"' in head and "schema.org" in head and ('"subEvent"' in text or '"superEvent"' in text)


def read(text: str, part: Part, hints: Hints) -> Reading:
    """The conference of a file; of a page what its JSON-LD says, or its text where that has another hour or more talks.

    Raises ReadError where no event has parts with a time, MissingFactsError where a fact is nowhere said.
    """
    from planner.readers import open_json, pages  # most files are no JSON-LD

    if not text.lstrip("\ufeff \t\n").startswith("<"):
        document = load_json(text, part)
        return open_json.of_document(_whole(document) or document, "", part, hints)._replace(format=FORMATS[0])
    try:
        found = open_json.of_document(_whole(_scripts(text)), "", part, hints)._replace(format=FORMATS[0], scope="days")
    except ReadError:
        return pages.read(text, part, hints)
    try:
        page = _page(text, part, hints, found)
    except ReadError:
        return found
    odd = _other_hour(found, page)
    if not odd and not _starts(page) - _starts(found):
        return found
    if odd or _starts(found) - _starts(page):
        which = f"another hour of “{odd}”" if odd else "other times"
        said_of = f"The page's data for machines (JSON-LD) says {which} than its text, which was taken."
        page = page._replace(warnings=(*page.warnings, said_of))
    return page


def _page(text: str, part: Part, hints: Hints, found: Reading) -> Reading:
    """What the text of a page says; the name and the zone are those ``found`` in its data where it does not say them."""
    from planner.readers import pages

    try:
        return pages.read(text, part, hints)
    except MissingFactsError:
        name, zone = found.conference.name, found.conference.zone
        page = pages.read(text, part, hints._replace(name=hints.name or name, known_zone=hints.known_zone or zone))
        return page._replace(zone_from=found.zone_from) if page.conference.zone == zone else page


def _other_hour(found: Reading, page: Reading) -> str:
    """The first talk of a title that both have once, and of which they say different hours; "" where there is none."""
    starts = [
        {fold(talk.title): talk.start for talk in one.conference.talks if talk.start is not None} for one in (found, page)
    ]
    titles = Counter(fold(talk.title) for one in (found, page) for talk in one.conference.talks)
    return next(
        (
            talk.title
            for talk in found.conference.talks
            if titles[key := fold(talk.title)] == len(starts) and len({one.get(key) for one in starts} - {None}) > 1
        ),
        "",
    )


def _starts(reading: Reading) -> Counter[datetime]:
    """The starts of a reading, each as often as talks have it."""
    return Counter(talk.start for talk in reading.conference.talks if talk.start is not None)


def _scripts(text: str) -> list[Any]:
    """The values of a page's JSON-LD; what is none is left, because the page's text says the same."""
    found = []
    at = text.find(_SCRIPT)
    while at >= 0:
        start, end = text.find(">", at) + 1, text.find(_END, at)
        if not 0 < start <= end:
            break
        with suppress(ValueError, RecursionError):
            found.append(json.loads(text[start:end]))
        at = text.find(_SCRIPT, end)
    return found


def _whole(document: Any) -> dict[str, Any] | None:
    """The one event that has parts, as open JSON has a conference; None where there is none, or several."""
    objects = list(_objects(document, 0))
    known = {identity: one for one in objects if len(one) > 1 and (identity := said(one.get("@id")))}
    events = [one for one in objects if "startDate" in one or "subEvent" in one]
    parts = {id(one): [_known(part, known) for part in _many(one.get("subEvent"))] for one in events}
    below = {id(part) for found in parts.values() for part in found}
    tops = [one for one in events if parts[id(one)] and id(one) not in below]
    above = {id(one): _known(one["superEvent"], known) for one in events if isinstance(one.get("superEvent"), dict)}
    names = Counter(said(one.get("name")) for one in above.values())
    if len(tops) > 1 or (not tops and len(names) != 1):
        return None
    top = tops[0] if tops else next(iter(above.values()))
    own = parts.get(id(top), [])
    own += [one for one in events if id(one) in above and id(one) not in below and _is_one(above[id(one)], top)]
    made = [_part(one, known, 0) for one in own]
    if sum("T" in said(one.get("startDate")) for one in made) < _FEWEST:
        return None
    return {"name": said(top.get("name")), "city": _city([top, *own], known), "subEvent": made}


def _objects(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    """Every object of a document."""
    if depth < _DEEPEST:
        if isinstance(value, dict):
            yield value
        for one in value.values() if isinstance(value, dict) else items(value):
            yield from _objects(one, depth + 1)


def _many(value: Any) -> list[dict[str, Any]]:
    """The objects of a value, which JSON-LD may write without a list where it is one."""
    return [one for one in (value if isinstance(value, list) else [value]) if isinstance(one, dict)]


def _known(one: dict[str, Any], known: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    """An object, or the one that is named by its ``@id`` alone."""
    return known.get(said(one.get("@id")), one) if len(one) == 1 else one


def _is_one(one: Raw, other: Raw) -> bool:
    return one is other or (said(one.get("name")) == said(other.get("name")) != "")


def _part(one: Raw, known: Mapping[str, dict[str, Any]], depth: int) -> dict[str, Any]:
    """An event as open JSON has it: its room by name, its own parts inside; one that is postponed has no time."""
    left = {"@type", "@context", "superEvent", "offers", "organizer"}
    raw = {key: value for key, value in one.items() if key not in left}
    places = [_known(place, known) for place in _many(one.get("location"))]
    if places:
        raw["location"] = next(
            (name for place in places if (name := said(place.get("name"))) and "Virtual" not in said(place.get("@type"))), ""
        )
    if isinstance(one.get("performer"), (dict, list)):
        raw["performer"] = [_known(person, known) for person in _many(one["performer"])]
    if said(one.get("eventStatus")).endswith("EventPostponed"):
        raw |= {"startDate": None, "endDate": None}
    parts = [_known(part, known) for part in _many(one.get("subEvent"))] if depth < _DEEPEST else []
    return {"startDate": None, **raw, "subEvent": [_part(part, known, depth + 1) for part in parts]}


def _city(events: list[dict[str, Any]], known: Mapping[str, dict[str, Any]]) -> str:
    """The city in the address of the first place that has one."""
    for event in events:
        for place in _many(event.get("location")):
            address = _known(place, known).get("address")
            if isinstance(address, dict) and (city := said(address.get("addressLocality"))):
                return city
    return ""
