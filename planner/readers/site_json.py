"""The JSON behind the conference sites iclr.cc, neurips.cc, icml.cc and their kin (``iclr-2025-orals-posters.json``).

An object ``{"count", "next", "results"}``, or only its results; an oral and the poster of one paper are two results.
"""

from __future__ import annotations

import re

from planner import text as texts
from planner.errors import ReadError
from planner.model import fold, slug
from planner.readers.clocks import Told, moment
from planner.readers.events import Event, web_address
from planner.readers.pages_kinds import kind_of
from planner.readers.pages_talks import site_address
from planner.readers.records import Block, Found, Row, items, load_json, reading, records, said
from planner.readers.sources import Hints, Part, conference, shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any

    from planner.model import Reading

    Raw = Mapping[str, Any]

FORMATS = ("site-json",)

_HEAD = 60_000  # signs in which a file shows its keys; the longest first record that was met has 6,000
_OWN_KEYS = (
    "virtualsite_url",
    "eventtype",
    "event_type",
    "poster_position",
    "room_name",
    "starttime",
    "show_in_schedule_overview",
)
_FEW_KEYS = 3  # of these a file of the family has at least so many
_VENUE = re.compile(r"\b([A-Za-z]{3,10})\.(?:cc|org)/(?:virtual/)?((?:19|20)[0-9]{2})\b")
_SITE = re.compile(r"https?://(?:www\.|dev\.)?([a-z]{3,10})\.(?:cc|org)/")
_PAGE = re.compile(r"/virtual/((?:19|20)[0-9]{2})/([a-z][a-z-]{1,30}/[0-9]{1,9})(?![0-9])")
_PAPER = re.compile(r"openreview\.net/[a-z]{3,10}\?(?:[^#\s]{0,200}&)?id=([\w-]{4,40})")
_NO_PAPER = re.compile(r"reject|withdraw|desk", re.IGNORECASE)
_UNFILLED = re.compile(r"\{[a-z_]{1,30}\}\s{0,3}")  # "{location} Poster": a gap that the site did not fill


def claims(text: str, part: Part) -> bool:  # noqa: ARG001  (every reader is asked with both)
    """Whether the text is JSON with the keys of these sites."""
    head = text[:_HEAD].lstrip("\ufeff \t\n")
    return head.startswith(("{", "[")) and sum(f'"{key}"' in head for key in _OWN_KEYS) >= _FEW_KEYS


def read(text: str, part: Part, hints: Hints) -> Reading:
    """The orals and posters of a site's JSON.

    Raises ReadError where it holds none, MissingFactsError where the conference's name, or the zone of times that carry no
    offset, is nowhere said.
    """
    document = load_json(text, part)
    results = records(document.get("results", [document]) if isinstance(document, dict) else document)
    kept, warnings = _kept(results, document)
    if not kept:
        raise ReadError(f"{shown(part)} holds no oral and no poster: nothing found; save the whole JSON of the site again")
    name = _name(kept)
    base = site_address(name)
    papers = _papers(kept)
    rows: list[Row] = []
    blocks: dict[str, Block] = {}
    for number, (raw, paper) in enumerate(zip(kept, papers, strict=True), 1):
        made = _rows(raw, paper, base, f"record {number}")
        session = _block(raw, made[0])
        if session is not None:
            blocks.setdefault(session.key, session)
        rows += [made[0]._replace(session=session.key if session else ""), *made[1:]]
    found = Found(FORMATS[0], tuple(rows), tuple(blocks.values()), name, warnings=tuple(warnings))
    # It has orals and posters and no keynote, so it speaks for the sessions that it names and for nothing else.
    return reading(found._replace(scope="sessions", partial=_is_partial(document, results)), part, hints)


def _kept(results: Sequence[Raw], document: Any) -> tuple[list[Raw], list[str]]:
    """The results that are talks, and what was left out."""
    titled = [raw for raw in results if said(raw.get("name")) or said(raw.get("title"))]
    kept = [raw for raw in titled if raw.get("visible") is not False and not _NO_PAPER.search(said(raw.get("decision")))]
    warnings = []
    if len(titled) < len(results):
        warnings.append(f"Results without a name were left out: {len(results) - len(titled)}.")
    if len(kept) < len(titled):
        warnings.append(f"Results that are hidden, rejected or withdrawn were left out: {len(titled) - len(kept)}.")
    if _is_partial(document, results):
        warnings.append(
            f"The file is one page of several ({len(results)} of {_count(document)} results): nothing is cancelled by it."
        )
    return kept, warnings


def _is_partial(document: Any, results: Sequence[Raw]) -> bool:
    """Whether the file is one page of an answer of several."""
    return isinstance(document, dict) and (
        bool(document.get("next") or document.get("previous")) or _count(document) > len(results)
    )


def _count(document: Any) -> int:
    count = document.get("count")
    return count if isinstance(count, int) and not isinstance(count, bool) else 0


def _name(results: Iterable[Raw]) -> str:
    """The conference by the venue of its papers (``NeurIPS.cc/2025/Conference``), else by the site of its people and pages."""
    site, year = "", ""
    for raw in results:
        if found := _VENUE.search(said(raw.get("sourceurl"))):
            return conference(found[1], found[2])
        page = _PAGE.search(said(raw.get("virtualsite_url")))
        year = year or (page[1] if page else "")
        person = next((found for one in records(raw.get("authors")) if (found := _SITE.match(said(one.get("url"))))), None)
        site = site or (person[1] if person else "")
    return conference(site, year) if site and year else ""


def _papers(results: Sequence[Raw]) -> list[str]:
    """For each result what it shares with the other slots of its paper: OpenReview's id, else title and first author."""
    ids = {said(raw.get("id")): number for number, raw in enumerate(results)}
    names = []
    for number, raw in enumerate(results):
        found = next(
            (found for key in ("paper_url", "url", "paper_pdf_url") if (found := _PAPER.search(said(raw.get(key))))), None
        )
        author = next((said(one.get("fullname")) for one in records(raw.get("authors"))), "")
        title = fold(said(raw.get("name")) or said(raw.get("title")))
        names.append(found[1] if found else f"{title} {author}" if author else f"result {number}")
    for number, raw in enumerate(results):
        related = [ids[key] for one in items(raw.get("related_events_ids")) if (key := said(one)) in ids]
        for other in related:
            first, second = sorted((number, other))
            names[second] = names[first]
    return names


def _rows(raw: Raw, paper: str, base: str, label: str) -> list[Row]:
    """One result as a row for each of its slots."""
    page = said(raw.get("virtualsite_url"))
    found = _PAGE.search(page)
    authors = records(raw.get("authors"))
    links = (web_address(said(raw.get(key))) for key in ("paper_url", "paper_pdf_url", "url"))
    event = Event(
        title=said(raw.get("name")) or said(raw.get("title")),
        source_id=found[2] if found else said(raw.get("id")) or said(raw.get("uid")),
        type=said(raw.get("eventtype")) or _UNFILLED.sub("", said(raw.get("event_type"))),
        track=said(raw.get("topic")).replace("->", " → "),
        persons=tuple(name for one in authors if (name := said(one.get("fullname")) or said(one.get("name"))))
        or texts.names(said(raw.get("authors"))),
        texts=(said(raw.get("abstract")),),
        url=web_address(page, base),
        links=tuple(dict.fromkeys(link for link in links if link)),
    )
    row = Row(
        event,
        _told(raw, ""),
        label=event.source_id or label,
        kind=kind_of(event.type) or kind_of(event.source_id.partition("/")[0]) or "talk",
        room=said(raw.get("room_name")),
        board=said(raw.get("poster_position")).rpartition("#")[2].strip(),
        organisations=tuple(place for one in authors if (place := said(one.get("institution")))),
        together=paper,
    )
    second = _told(raw, "2")
    return [row] if second == Told() or second == row.told else [row, row._replace(told=second)]


def _told(raw: Raw, which: str) -> Told:
    """The first slot (``which`` is "") or the second ("2")."""
    start, end = said(raw.get(f"starttime{which}")), said(raw.get(f"endtime{which}"))
    at, until = moment(start), moment(end)
    if at is not None and until is not None and (at.tzinfo is None) != (until.tzinfo is None):
        until = None
    if at is None:
        return Told(start=start, words=start) if start else Told()
    return Told(at, until=until, words=f"{start} – {end}" if end else start)


def _block(raw: Raw, row: Row) -> Block | None:
    """The session that a result belongs to; its key has the day, as that of a page has."""
    title = texts.read_title(said(raw.get("session")))
    if not title:
        return None
    day = row.told.at.date().isoformat() if row.told.at else ""
    key = "-".join(part for part in (slug(title), day) if part)
    return Block(key, title, kind=kind_of(title) or row.kind) if key else None
