"""MiniConf sites (ICLR 2020, ACL, EMNLP, COLT, ICWSM, ISMIR, …): the JSON, YAML and CSV files that such a site is made from.

One file alone is read as far as it goes; the files of one folder are read together, because papers, sessions and times stand
in different ones.
"""

from __future__ import annotations

import csv
import json
import re
from itertools import dropwhile

from planner import text as texts
from planner import times
from planner.errors import ReadError
from planner.model import Conference, Reading, slug
from planner.readers import csv_schedule, lists, open_json, yaml_data
from planner.readers.json_times import plain
from planner.readers.miniconf_join import (
    OF_PAPERS,
    Paper,
    Sessions,
    beside_calendar,
    day_numbers,
    rows_together,
    with_days,
    with_papers,
)
from planner.readers.miniconf_pieces import Entry, Piece, alias, piece_of
from planner.readers.records import Found, load_json, reading, said
from planner.readers.sources import Hints, Part, conference_name, missing, shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from planner.model import Talk
    from planner.readers.records import Block, Row

FORMATS = ("miniconf",)

_HEAD = 20_000  # signs in which a file shows what it is; the longest first record that was met has 3,000
_CALENDAR = re.compile(r'\{[^{}]{0,2000}"(?:calendarId|scrollKey)"\s{0,9}:')
_NO_YAML = ("<", "{", "[", "%", "|", "#", "*", "BEGIN:", "---")
_YAML_KEYS = tuple(
    (re.compile(first, re.MULTILINE), re.compile(second, re.MULTILINE))
    for first, second in (
        (r"^time_slots:[ ]{0,9}$", r"^[ ]{1,9}- day:|^[ ]{1,9}events:"),
        (r"^[\w.-]{1,60}:[ ]{0,9}\n[ ]{1,9}start(?:_time)?:", r"^[ ]{1,9}papers:"),
        (r"^[ ]{0,9}-?[ ]{1,9}title:", r"^[ ]{1,9}(?:calendarId|start_time):|^[ ]{1,9}-?[ ]{0,9}start:[ ]"),
        (r"^- name:", r"^[ ]{1,9}posters:"),
        (r"^- day:", r"^[ ]{1,9}section:|^[ ]{1,9}- ids:"),
        (r"^(?:speakers|workshops|socials|tutorials|panels):[ ]{0,9}$", r"^[ ]{0,12}-?[ ]{0,12}(?:title|name):"),
        (
            r"^[ ]{0,12}(?:-[ ]{1,9})?(?:UID|id):[^\n]{0,200}\n[ ]{0,12}title:",
            r"^[ ]{0,12}(?:authors|abstract|speaker|organizers):",
        ),
        (r"^name:[ ]", r"^(?:tagline|page_title|proceedings_title|chat_server|citation_date|site_title|background_image):"),
    )
)


class _Files:
    """What the files of a folder are: pieces, paper lists, and tables with times."""

    def __init__(self) -> None:
        self.pieces: list[tuple[Part, Piece]] = []
        self.lists: list[tuple[Part, str]] = []
        self.tables: list[tuple[Part, str]] = []
        self.refused: list[str] = []

    @property
    def parts(self) -> list[Part]:
        """All of them."""
        return [part for part, _ in (*self.pieces, *self.lists, *self.tables)]


def claims(text: str, part: Part) -> bool:  # noqa: ARG001  (every reader is asked with both)
    """Whether the text is a calendar of toast-ui, or YAML with the keys of these sites."""
    head = text[:_HEAD].lstrip("\ufeff \t\n")
    if head.startswith("["):
        return bool(_CALENDAR.match(head[1:].lstrip()))
    return _is_yaml(head)


def _is_yaml(head: str) -> bool:
    """Whether YAML of the family stands there, and not Markdown with a head of YAML."""
    bare = "\n".join(dropwhile(lambda line: not line.strip() or line.strip().startswith("#"), head.split("\n")))
    if bare.startswith("---\n") and "\n---" not in bare[4:]:
        bare = bare[4:].lstrip("\n")
    return not bare.startswith(_NO_YAML) and any(first.search(bare) and second.search(bare) for first, second in _YAML_KEYS)


def read(text: str, part: Part, hints: Hints) -> Reading:
    """One file of such a site.

    Raises ReadError where it holds no talk by itself, MissingFactsError where the conference's name, or the zone of times that
    carry none, is nowhere said.
    """
    document = _document(text, part)
    piece = piece_of(document, text, shown(part).rpartition(".")[0])
    if piece is None:  # another site's YAML, with titles and starts as open JSON has them
        return open_json.of_document(document, "", part, hints)
    if not piece.entries:
        raise ReadError(f"{shown(part)} {_of_no_talks(piece)}: nothing found; read the folder that it stands in")
    files = _Files()
    files.pieces.append((part, piece))
    return _together(files, hints)


def _of_no_talks(piece: Piece) -> str:
    if piece.kind == "config":
        return "is the configuration of a MiniConf site and holds no talk"
    return "names papers by id and no time"


def _document(text: str, part: Part) -> Any:
    """The data of a JSON or YAML text."""
    bare = text.lstrip("\ufeff \t\n")
    return load_json(text, part) if bare.startswith(("[", "{")) else yaml_data.load(text, part)


# A folder


def companions(parts: Sequence[Part], hints: Hints) -> tuple[Part, ...]:
    """The parts that are to be read as one: the files of a MiniConf site, and the paper lists and tables beside them.

    None of them where their names are those of several conferences: then each speaks for itself.
    """
    files = _files(parts)
    others = bool(files.lists or files.tables) or len(files.pieces) > 1
    named = {slug(name) for part in files.parts if (name := conference_name(part, hints))}
    named |= {slug(piece.name) for _, piece in files.pieces if piece.name and not hints.name}
    return tuple(files.parts) if files.pieces and others and len(named) < 2 else ()  # noqa: PLR2004  (two are several)


def gather(parts: Sequence[Part], hints: Hints) -> Reading:
    """Several files of one site as one conference; raises as :func:`read` does."""
    return _together(_files(parts), hints)


def _files(parts: Sequence[Part]) -> _Files:
    """Tell the files of a folder apart; what is of no such site, or cannot be read, is left to others."""
    files = _Files()
    readable = [(part, texts.decode(part.data)) for part in parts if part.data.strip() and not texts.looks_binary(part.data)]
    if not any(claims(text, part) for part, text in readable):
        return files
    for part, text in readable:
        if claims(text, part):
            try:
                piece = piece_of(_document(text, part), text, shown(part).rpartition(".")[0])
            except ReadError:
                continue  # told when it is read alone
            if piece is not None:
                files.pieces.append((part, piece))
        elif csv_schedule.claims(text, part):
            files.tables.append((part, text))
        elif lists.claims(text, part):
            files.lists.append((part, text))
    return files


def _together(files: _Files, hints: Hints) -> Reading:
    """One reading of all files."""
    pieces = [piece for _, piece in files.pieces]
    config = next((piece for piece in pieces if piece.kind == "config"), Piece("config"))
    name = texts.read_title(
        hints.name or config.name or next((name for part in files.parts if (name := conference_name(part, hints))), "")
    )
    part = next((part for part, piece in files.pieces if piece.entries), files.parts[0])
    hints = hints._replace(name=name, known_zone=hints.known_zone or hints.known_zones.get(slug(name)))
    rows, blocks, warnings = _tables(files, pieces, hints)
    entries, said_of_rows = rows_together(pieces, config.first)
    rows = [*entries, *rows]
    found = Found(
        FORMATS[0],
        tuple(rows),
        (*(block for piece in pieces for block in piece.blocks), *blocks),
        name,
        (config.zone, "the site's configuration"),
        scope="conference" if any(piece.kind in {"calendar", "slots"} and piece.entries for piece in pieces) else "list",
        warnings=(*(one for piece in pieces for one in piece.warnings), *warnings, *said_of_rows),
    )
    whole = reading(found, part, hints) if rows else _empty(name, config, part, hints)
    return _with_lists(whole, files, pieces, config, part=part, hints=hints)


def _empty(name: str, config: Piece, part: Part, hints: Hints) -> Reading:
    """A reading without a talk yet."""
    if not slug(name):
        raise missing(part, conference=True)
    said_zone = config.zone if times.is_zone(config.zone) else None
    conference = Conference(slug(name), name, said_zone or hints.zone, source=hints.url or part.name)
    return Reading(conference, FORMATS[0], "list", "the site's configuration" if said_zone else "")


def _tables(files: _Files, pieces: list[Piece], hints: Hints) -> tuple[list[Row], list[Block], list[str]]:
    """The rows of tables: papers with their own slots; other entries become one more piece of the schedule."""
    papers: list[Row] = []
    blocks: dict[str, Block] = {}
    warnings: list[str] = []
    known = {block.key: block for piece in pieces for block in piece.blocks}
    names = {name: entry.row.holds for piece in pieces for entry in piece.entries for name in entry.names if entry.row.holds}
    for part, text in files.tables:
        rows, own, said_of = csv_schedule.rows_of(text, part, hints)
        warnings += [f"{shown(part)}: {one}" for one in said_of]
        if not any(map(csv_schedule.is_timed, rows)):
            pieces.append(_speakers(rows))
            continue
        keys = {block.key: names.get(alias(block.title), block.key) for block in own}
        blocks |= {block.key: block for block in own if keys[block.key] == block.key and block.key not in known}
        for row in rows:
            session = keys.get(row.session, "")
            kind = known[session].kind if session in known and known[session].kind in OF_PAPERS else ""
            papers += [row._replace(session=session, kind=row.kind or kind)] if session else []
        pieces.append(beside_calendar([row for row in rows if not row.session], pieces))
    return papers, list(blocks.values()), warnings


def _speakers(rows: Sequence[Row]) -> Piece:
    """A table of talks without times: their entries in the calendar may link to ``speaker_1.html``."""
    entries = []
    for row in rows:
        identity = row.event.source_id
        names = {alias(row.event.title), alias(f"speaker_{identity}") if identity else ""} - {""}
        event = row.event._replace(source_id=f"speaker-{identity}" if identity else "")
        entries.append(Entry(row._replace(event=event, session="", kind="keynote"), frozenset(names)))
    return Piece("people", tuple(entries))


def _with_lists(whole: Reading, files: _Files, pieces: Sequence[Piece], config: Piece, *, part: Part, hints: Hints) -> Reading:
    """A reading with the papers of the lists in their slots."""
    conference = whole.conference
    hints = hints._replace(name=conference.name)
    papers: list[Paper] = []
    warnings = list(whole.warnings)
    layouts = []
    for one, text in files.lists:
        listed = lists.read(text, one, hints)
        papers += _papers(listed.conference.talks, text)
        layouts.append(listed.conference.layout)
        warnings += [f"{shown(one)}: {warning}" for warning in listed.warnings if "were not read" not in warning]
    if config.first is not None and day_numbers(papers):
        zone = conference.zone or hints.zone or hints.known_zone
        if zone is None:
            raise missing(part, zone=True, why="its papers say “Day 1” and a time")
        papers, own = with_days(papers, config.first, zone)
        conference = conference._replace(zone=zone, sessions=(*conference.sessions, *own))
    sessions = Sessions(pieces, conference)
    tracks = {key: track for piece in pieces for key, track in piece.tracks.items()}
    joined, said_of = with_papers(conference, papers, sessions, tracks)
    if not whole.conference.talks and len(layouts) == 1:
        joined = joined._replace(layout=layouts[0])
    return whole._replace(conference=joined, warnings=(*warnings, *(said_of if conference.talks else ())))


def _papers(talks: Sequence[Talk], text: str) -> list[Paper]:
    """The talks of a list with the cells of their rows, from their own text."""
    head = text.lstrip("\ufeff\n")[:5000].partition("\n")[0]
    sign = "\t" if "\t" in head else ","
    names = [plain(one) for one in next(csv.reader([head], delimiter=sign), [])]
    return [Paper(talk, _cells(talk, names, sign)) for talk in talks]


def _cells(talk: Talk, names: Sequence[str], sign: str) -> Mapping[str, str]:
    """The cells of one row: of a table by its head, of a record by its keys."""
    if talk.raw.startswith("{"):
        try:
            record = json.loads(talk.raw)
        except ValueError:
            return {}
        return {plain(key): said(value) for key, value in record.items()} if isinstance(record, dict) else {}
    try:
        cells = next(csv.reader(talk.raw.split("\n"), delimiter=sign), [])
    except csv.Error:
        return {}
    return dict(zip(names, (cell.strip() for cell in cells), strict=False))
