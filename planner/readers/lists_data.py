"""Paper lists as data: CSV and TSV with a head, and JSON (OpenReview notes, papercopilot and MiniConf lists)."""

from __future__ import annotations

import csv
import io
import json
import re

from planner.errors import ReadError
from planner.readers.lists_columns import Found, Row, folded, is_paper_list, role_of, roles_of, said
from planner.readers.records import load_json
from planner.readers.sources import Part, not_too_many, shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

_HEAD = 60_000  # signs in which a list of records shows its keys; the longest first record that was met has 6,000
_KEY = re.compile(r'"([^"\\\n]{1,40})"\s{0,5}:')
_HTTP = re.compile(r"https?://[^\s\"'<>|;\[\]()]{1,2000}")
_ENVELOPES = ("papers", "notes", "results", "data", "items", "accepted_papers", "submissions")
_LINKED_KEYS = frozenset({"link", "links"})
_DAYLESS = frozenset({"time", "postertime"})  # MIDL's "Day 1 — 11:00-12:30": no schedule can be made of it, but a list
_PERSONAL = frozenset({"homepage", "github"})  # papercopilot's are the authors' own, one a name

MANY_LINES = 200
"""A record that runs over more lines has a quote that is not closed (the longest abstract has 60)."""


# CSV and TSV


def read_table(text: str) -> Found:
    """The rows of a CSV or TSV with a head (RFC 4180; a cell may hold line ends).

    Raises ReadError where the head has no column of titles.
    """
    sign = delimiter(text) or ("\t" if "\t" in _first_line(text) else ",")
    skipped = len(text) - len(text.lstrip("\n"))
    lines = text.split("\n")
    warnings: list[str] = []
    rows: list[Row] = []
    roles: list[str] = []
    for start, end, cells in csv_records(text, skipped, sign, warnings):
        if not roles:
            roles = roles_of(cells)
        elif any(map(said, cells)):
            row = _table_row(f"Line {start + 1}", roles, cells, "\n".join(lines[start:end]), warnings)
            if row and rows and "last" in roles and _is_same(rows[-1], row):
                row = _with_author(rows.pop(), row)
            rows += [row] if row else []
            not_too_many(len(rows))
    return Found(tuple(rows), tuple(warnings), _names(rows))


def _is_same(first: Row, second: Row) -> bool:
    """Whether two lines are of one paper."""
    return all(first.fields.get(role) == second.fields.get(role) for role in ("id", "title"))


def _with_author(first: Row, second: Row) -> Row:
    """A paper with the author of one more line."""
    fields = dict(first.fields)
    for role in ("authors", "organisation"):
        said_before, added = fields.get(role, ""), second.fields.get(role, "")
        if added and added not in said_before.split("; "):
            fields[role] = "; ".join(filter(None, (said_before, added)))
    return first._replace(fields=fields, raw=f"{first.raw}\n{second.raw}")


def _first_line(text: str) -> str:
    return text.lstrip("\n")[:5000].partition("\n")[0]


def delimiter(text: str) -> str | None:
    """What parts the columns of the head, None where the first line is no head of a table of papers."""
    head = _first_line(text)
    for sign in "\t,;":
        if sign in head:
            try:
                cells = next(csv.reader([head], delimiter=sign), [])
            except csv.Error:
                continue
            if is_paper_list(cells):
                return sign
    return None


def csv_records(text: str, at: int, sign: str, warnings: list[str]) -> Iterator[tuple[int, int, list[str]]]:
    """The first line, the line after the last (from 0) and the cells of each record of a table that begins ``at`` a sign.

    A broken record is a warning (RFC 4180: a cell may hold line ends).
    """
    reader = csv.reader(io.StringIO(text[at:], newline=""), delimiter=sign)
    end = skipped = text.count("\n", 0, at)
    while True:
        start = end
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            end = skipped + reader.line_num
            warnings.append(f"Line {start + 1} is not CSV ({error}); it was left out.")
            continue
        end = skipped + reader.line_num
        if end - start > MANY_LINES:
            warnings.append(
                f"Line {start + 1} begins a row that runs over {end - start} lines; a quote in it may not be closed."
            )
        yield start, end, cells


def _table_row(where: str, roles: Sequence[str], cells: Sequence[str], raw: str, warnings: list[str]) -> Row | None:
    """One record as a row; None, with a warning, where it names no paper."""
    fields: dict[str, str] = {}
    links: list[str] = []
    for role, cell in zip(roles, cells, strict=False):
        if role in _LINKED_KEYS:
            links += _HTTP.findall(cell)
        if role and role not in fields and role != "links" and said(cell):
            fields[role] = cell.strip()
    if name := " ".join(fields.pop(role) for role in ("first", "last") if role in fields):
        fields["authors"] = name
    extra = [cell for cell in cells[len(roles) :] if said(cell)]
    if len(cells) < len(roles) or extra:
        warnings.append(f"{where} has {len(cells)} cells in a table of {len(roles)} columns.")
    if "ratings" not in fields and "title" not in roles:
        numbers = [cell.strip() for role, cell in zip(roles, cells, strict=False) if not role and said(cell)]
        fields |= {"ratings": ", ".join(numbers)} if numbers else {}
    return _checked(Row(where, fields, raw, tuple(links)), warnings, by_id="title" not in roles)


def _checked(row: Row, warnings: list[str], *, by_id: bool = False) -> Row | None:
    """The row if it names a paper: by its title, or by its id where the whole list has no titles."""
    if row.fields.get("title") or (by_id and row.fields.get("id")):
        return row
    warnings.append(f"{row.where} names no paper; it was left out.")
    return None


def _names(rows: Sequence[Row]) -> tuple[str, ...]:
    """What the rows say of their conference, the commonest first."""
    from collections import Counter

    found = Counter(row.fields["conference"] for row in rows if "conference" in row.fields)
    return tuple(name for name, _ in found.most_common(1))


# JSON


def claims_json(text: str) -> bool:
    """Whether the keys at the head of a JSON text are those of papers, and not of a schedule."""
    bare = text[:_HEAD].lstrip()
    if not bare.startswith(("[", "{")):
        return False
    keys = {key for key in _KEY.findall(bare) if folded(key) not in _DAYLESS}
    if {"schedule", "rooms", "sessions", "speakerIds", "session_type", "session-type"} & keys:
        return False
    return (
        is_paper_list(keys) and "title" in {key.casefold() for key in keys} and any(role_of(key) == "authors" for key in keys)
    )


def read_json(text: str, part: Part) -> Found:
    """The records of a JSON list of papers, of an object of them, or of one record a line.

    Raises ReadError where the text is no JSON or holds no papers.
    """
    records = list(_papers(load_json(text, part)))
    if not records:
        raise ReadError(f"{shown(part)} is JSON without a list of papers; save the list of accepted papers as JSON")
    warnings: list[str] = []
    rows = [_json_row(f"Record {number}", key, record, warnings) for number, (key, record) in enumerate(records, 1)]
    kept = tuple(row for row in rows if row)
    return Found(kept, tuple(warnings), _names(kept))


def _papers(found: Any) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The records, each with the key under which it stands ("" in a list)."""
    for _ in range(3):  # {"data": {"papers": […]}} was met, deeper was not
        if isinstance(found, dict):
            found = next((found[name] for name in _ENVELOPES if isinstance(found.get(name), (list, dict))), found)
    pairs = found.items() if isinstance(found, dict) else (("", record) for record in found) if isinstance(found, list) else ()
    yield from ((key, record) for key, record in pairs if isinstance(record, dict))


def _json_row(where: str, key: str, record: Mapping[str, Any], warnings: list[str]) -> Row | None:
    """One record as a row: its own keys, and those of the ``content`` of an OpenReview note, as text."""
    content = record.get("content")
    whole = {**record, **content} if isinstance(content, dict) else dict(record)
    heads = list(whole)
    fields: dict[str, str] = {}
    links: list[str] = []
    for head, role in zip(heads, roles_of(heads), strict=True):
        text = _text(whole[head], role)
        if role in _LINKED_KEYS and (head not in _PERSONAL or ";" not in text):
            links += _HTTP.findall(text)
        if role and role != "links" and said(text):
            fields[role] = text
    note = _text(whole.get("forum") or whole.get("id") or "", "id")
    if isinstance(content, dict) and note:  # OpenReview's own record: its forum is the paper
        fields |= {"id": note, "link": f"https://openreview.net/forum?id={note}"}
    elif note.startswith("http"):
        fields.setdefault("link", note)
        fields = {role: text for role, text in fields.items() if role != "id" or text != note}
    if key or "number" in fields:
        fields.setdefault("id", key or fields["number"])
    raw = json.dumps(record, ensure_ascii=False, indent=1).encode("utf-8", "replace").decode()
    return _checked(Row(where, fields, raw, tuple(links)), warnings)


def _text(value: Any, role: str) -> str:
    """A JSON value as text: lists joined, the ``value`` of OpenReview's second interface unwrapped, the rest left out."""
    value = _unwrapped(value)
    if isinstance(value, list):
        parts = (_text(each, "") for each in map(_unwrapped, value[:1000]) if isinstance(each, (str, int, float)))
        return (" · " if role == "authors" else "; ").join(part for part in parts if part)
    return str(value).strip() if isinstance(value, (str, int, float)) and not isinstance(value, bool) else ""


def _unwrapped(value: Any) -> Any:
    """What an object says where only its name or value matters: ``{"value": x}`` is ``x``."""
    if isinstance(value, dict):
        parts = [str(value[key]) for key in ("first", "last") if isinstance(value.get(key), str)]  # HotCRP's authors
        return next((value[name] for name in ("value", "name", "fullname") if name in value), " ".join(parts))
    return value
