"""Paper lists: tables and blocks in Markdown, CSV, TSV and JSON. A row is a talk that has no slot yet.

Its kind is ``paper`` where no column says that it is an oral, a poster or another kind of talk.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict

from planner import tables
from planner import text as texts
from planner.errors import ReadError
from planner.model import KINDS, Conference, Reading, Talk, fold, slug, uid_for
from planner.readers import lists_data, lists_markdown
from planner.readers.records import people
from planner.readers.sources import ACRONYMS, Hints, Part, conference, conference_name, missing, not_too_many, shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from planner.readers.lists_columns import Found, Row

FORMATS = ("list-markdown", "list-csv", "list-tsv", "list-json")

MOST_WARNINGS = 20
"""So many rows are warned of one by one; of more, only how many."""

_OTHER = ("<!doctype", "<html", "<?xml", "<schedule", "begin:vcalendar")
_OPENREVIEW = re.compile(r"openreview\.net/(?:forum|pdf|attachment|revisions)\?(?:[^#\s]{0,200}&)?id=([\w-]{4,40})")
_NAMED = re.compile(r"(?<![A-Za-z])([A-Za-z][A-Za-z-]{1,13})[-_ '’]{0,2}((?:19|20)\d\d)(?!\d)")
_WORD = re.compile(r"[A-Za-z]{3,14}")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_IN_BRACKETS = re.compile(r"\([^()]{1,200}, [^()]{1,200}\)")  # CMT's authors: Ann Lee (University of California, Davis)
_NO_TRACK = frozenset({"main", "main track", "main conference"})
_LISTED_KINDS = frozenset(KINDS) - {"untitled", "paper", "talk", "break"}
_ACCEPTED = re.compile(r"\s*accept(?:ed)?\s{0,3}[-:(,]?\s{0,3}(?:(?:as|for)\s(?:an?\s)?)?(\w{4,20})\)?\s*$", re.IGNORECASE)
_OUT = re.compile(r"reject|withdraw|desk", re.IGNORECASE)


def claims(text: str, part: Part) -> bool:  # noqa: ARG001  (every reader is asked with both)
    """Whether the text is a list of papers: by the heads of its columns, its keys or its labels; never one with times."""
    return bool(_kind(text))


def _kind(text: str) -> str:
    """The format of a list, ``""`` for anything else."""
    head = text[:1000].lstrip()
    if head.casefold().startswith(_OTHER):
        return ""
    if lists_data.claims_json(text):
        return "list-json"
    if sign := lists_data.delimiter(text):
        return "list-tsv" if sign == "\t" else "list-csv"
    return "list-markdown" if lists_markdown.claims(text) else ""


def read(text: str, part: Part, hints: Hints) -> Reading:
    """The papers of a list, in its order, without slots.

    Raises ReadError where it names no paper, MissingFactsError where the conference's name is nowhere said.
    """
    kind = hints.format if hints.format in FORMATS else _kind(text) or FORMATS[0]
    if kind == "list-json":
        found = lists_data.read_json(text, part)
    else:
        found = lists_markdown.read(text) if kind == "list-markdown" else lists_data.read_table(text)
    if not found.rows:
        raise ReadError(f"{shown(part)} is a list in which nothing was found: no row names a paper; save the whole list again")
    name = texts.read_title(conference_name(part, hints, _own_name(found.names, hints)))
    if not slug(name):
        raise missing(part, conference=True, year=hints.year is None)
    talks = _talks(found.rows, slug(name))
    year, year_from = _year(name, hints)
    whole = Conference(slug(name), name, hints.zone, (), talks, layout=_layout(text, part, found.rows, talks))
    return Reading(whole, kind, "list", "", year, year_from, _warnings(found))


def _own_name(said: Iterable[str], hints: Hints) -> str:
    """The conference that the list names itself after, with its year: ``# ICLR2020`` is ``ICLR 2020``."""
    for text in said:
        for found in _NAMED.finditer(text[:500]):
            if _is_acronym(found[1]):
                return conference(found[1], found[2])
        known = next((word for word in _WORD.findall(text[:500]) if hints.year and word.casefold() in ACRONYMS), "")
        if known:
            return conference(known, str(hints.year))
    return ""


def _is_acronym(word: str) -> bool:
    return word.casefold() in ACRONYMS or sum(map(str.isupper, word)) > 1


def _year(name: str, hints: Hints) -> tuple[int | None, str]:
    if hints.year:
        return hints.year, hints.year_from
    found = _YEAR.search(name)
    return (int(found[0]), f"the name {name}") if found else (None, "")


def _warnings(found: Found) -> tuple[str, ...]:
    """What the rows were warned of, and what the list itself says of many of them."""
    warnings = list(found.warnings[:MOST_WARNINGS])
    if len(found.warnings) > MOST_WARNINGS:
        warnings.append(f"{len(found.warnings) - MOST_WARNINGS} more rows were like these.")
    out = sum(1 for row in found.rows if _OUT.search(row.fields.get("decision", "") or row.fields.get("kind", "")))
    if out:
        warnings.append(
            f"{out} of {len(found.rows)} papers are rejected or withdrawn by the list's own word; their track says so."
        )
    timed = next((row.fields["time"] for row in found.rows if "time" in row.fields), "")
    if timed:
        warnings.append(f"The times in the list ({texts.clean(timed)[:60]}) were not read: they name no date.")
    nameless = sum(1 for row in found.rows if not row.fields.get("title"))
    if nameless:
        warnings.append(
            f"{nameless} of {len(found.rows)} papers have no title in the list; their id stands in until one is known."
        )
    return tuple(warnings)


def _talks(rows: Sequence[Row], conference_slug: str) -> tuple[Talk, ...]:
    """A talk for each row. Rows of one id are talks that know each other: a paper's oral and its poster."""
    not_too_many(len(rows))
    talks: list[Talk] = []
    ordinals: Counter[str] = Counter()
    together: defaultdict[str, list[str]] = defaultdict(list)
    long_scale = any(_number(row.fields.get("average", "")) > 5 for row in rows)  # noqa: PLR2004  (then it is no scale of 1 to 5)
    for row in rows:
        talk = _talk(row, conference_slug, long_scale=long_scale)
        key = f"id {talk.source_id}" if talk.source_id else f"title {fold(talk.title)}"
        uid = uid_for(conference_slug, talk.source_id, title=talk.title, ordinal=ordinals[key])
        ordinals[key] += 1
        if talk.source_id:
            together[talk.source_id].append(uid)
        talks.append(talk._replace(uid=uid))
    return tuple(
        talk._replace(also=tuple(uid for uid in together[talk.source_id] if uid != talk.uid)) if talk.source_id else talk
        for talk in talks
    )


def _talk(row: Row, conference_slug: str, *, long_scale: bool) -> Talk:
    """The talk of one row, still without its identity."""
    said = row.fields
    source_id = _source_id(row)
    urls = dict.fromkeys([said.get("link", ""), *row.links])
    links = [url for url in urls if url.startswith(("http://", "https://")) and url.isprintable() and " " not in url]
    return Talk(
        uid="",
        conference=conference_slug,
        title=texts.read_title(said.get("title", "")) or source_id or texts.clean(said.get("title", "")) or row.where,
        kind=_listed_kind(said.get("kind", "")) or _accepted_as(said.get("decision", "")) or "paper",
        speakers=people(authors)[0] if _IN_BRACKETS.search(authors := said.get("authors", "")) else texts.names(authors),
        organisations=_organisations(said.get("organisation", "")),
        abstract=texts.read_abstract(said.get("abstract") or said.get("short", "")),
        track=_track(said) or None,
        url=links[0] if links else None,
        links=tuple(links[1:]),
        source_id=source_id,
        degree=_degree(said, long_scale=long_scale),
        reason=texts.read_title(said.get("reason", "")),
        raw=row.raw,
    )


def _track(said: Mapping[str, str]) -> str:
    """The track or topic, else what was decided, else a type that is no kind of talk; a track called "main" says nothing."""
    track = texts.read_title(said.get("track", ""))
    if track and track.casefold() not in _NO_TRACK:
        return track
    kind = said.get("kind", "")
    return texts.read_title(said.get("decision") or ("" if _listed_kind(kind) else kind))


def _listed_kind(word: str) -> str:
    """The kind of talk that a cell names, ``Oral``, ``posters`` or ``Poster presentation``; ``""`` for any other type."""
    bare = word.strip().casefold().removesuffix(" presentation").removesuffix("s")
    return bare if bare in _LISTED_KINDS else ""


def _accepted_as(decision: str) -> str:
    """The kind of talk that a decision names: ``Accept (Oral)``, ``accept as poster``; ``""`` for any other."""
    found = _ACCEPTED.match(decision[:200])
    return _listed_kind(found[1]) if found else ""


def _source_id(row: Row) -> str:
    """OpenReview's id of the paper from its link, else the list's own id."""
    for url in (row.fields.get("link", ""), *row.links):
        if found := _OPENREVIEW.search(url[:2000]):
            return found[1]
    return texts.clean(row.fields.get("id", "")[:200])


def _organisations(text: str) -> tuple[str, ...]:
    """Each organisation once; a comma is part of a name (University of California, Berkeley)."""
    return tuple(dict.fromkeys(name for name in map(texts.read_title, re.split(r"[;|·；、]", text)) if name))


def _degree(said: Mapping[str, str], *, long_scale: bool) -> str:
    """The degree of recommendation as read, else the reviewers' average; on a scale beyond 5 a 4 is no four stars."""
    degree = texts.clean(said.get("degree") or said.get("average") or said.get("ratings", ""))
    if "degree" not in said and long_scale and _number(degree) in {1, 2, 3, 4, 5}:
        return f"{degree} of 10"
    return degree


def _number(text: str) -> float:
    """The number that a cell is; 0 for anything else."""
    return float(text) if re.fullmatch(r"\d{1,4}(?:\.\d{1,20})?", text) else 0


def _layout(text: str, part: Part, rows: Sequence[Row], talks: Sequence[Talk]) -> str:
    """What is needed to write the document again: its text around the rows, and the rows with whose they are."""
    if rows[0].lines is None:
        return ""
    lines = text.split("\n")
    pieces: list[str | tables.Piece] = []
    entries: list[tables.Entry] = []
    written = 0
    for number, (row, talk) in enumerate(zip(rows, talks, strict=True)):
        start, end = row.lines or (written, written)
        if start > written:
            pieces.append("\n".join(lines[written:start]))
        entries.append(tables.Entry(talk.uid, talk.source_id, talk.title, row.raw))
        written = end
        following = rows[number + 1] if number + 1 < len(rows) else None
        if following is None or following.columns != row.columns or (following.lines or (0, 0))[0] > written:
            pieces.append(tables.Piece(tuple(entries), *row.columns))
            entries = []
    if written < len(lines):
        pieces.append("\n".join(lines[written:]))
    return tables.pack(pieces, "\r\n" if b"\r\n" in part.data else "\n")
