"""Pipe tables (GitHub Flavored Markdown 4.10) taken apart and put together, and lists written again as they were read.

A layout is text: JSON that holds the whole document, its rows apart from what stands between them.
"""

from __future__ import annotations

import json
import re

from planner.values import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


class Entry(NamedTuple):
    """One row, or one block, of a list: whose it is (uid, the source's id, the title as read) and its own text."""

    uid: str
    source_id: str
    title: str
    raw: str


class Piece(NamedTuple):
    """Rows in a row, and the columns (from 0) of the reason and the degree of recommendation; None where there are none."""

    entries: tuple[Entry, ...]
    reason: int | None = None
    degree: int | None = None


_SIGNS = re.compile(r"\\.|\|")


def bounds(row: str) -> list[tuple[int, int]]:
    """Where the cells of a row begin and end, without the pipes; an escaped pipe is no border."""
    pipes = [found.start() for found in _SIGNS.finditer(row) if found[0] == "|"]
    first, last = len(row) - len(row.lstrip()), len(row.rstrip())
    starts = [first, *(at + 1 for at in pipes)]
    ends = [*pipes, last]
    if pipes and pipes[0] == first:
        del starts[0], ends[0]
    if pipes and pipes[-1] == last - 1 and len(starts) > 1:
        del starts[-1], ends[-1]
    return list(zip(starts, ends, strict=True))


def cells(row: str) -> list[str]:
    """The cells of a row, stripped, their escapes as they stand."""
    return [row[start:end].strip() for start, end in bounds(row)]


def is_delimiter(line: str) -> bool:
    """Whether a line is the one under a table's head: ``| --- | :-: |``."""
    if "-" not in line or "|" not in line or line.strip(" \t|:-"):
        return False
    return all("-" in cell and not cell.strip(":").strip("-") for cell in cells(line))


def with_cells(row: str, new: dict[int, str]) -> str:
    """The row with some cells replaced, the others as they are to the last blank; a cell that it does not have is left out."""
    places = bounds(row)
    for column in sorted(new, reverse=True):
        if column < len(places):
            start, end = places[column]
            said = escaped(new[column])
            padded = row[start : start + 1] == " " or said.endswith("\\")
            row = row[:start] + (f" {said} " if padded else said) + row[end:]
    return row


def escaped(text: str) -> str:
    """Text that can stand in a cell: in one line, its pipes escaped (as an entity where a backslash stands before one)."""
    return re.sub(r"\\?\|", lambda found: "\\&#124;" if len(found[0]) > 1 else "\\|", " ".join(text.split()))


def pack(pieces: Sequence[str | Piece], newline: str = "\n") -> str:
    """The layout of a document: texts between the rows, and rows, in their order; each piece stands on lines of its own."""
    packed = [
        piece if isinstance(piece, str) else {"rows": piece.entries, "reason": piece.reason, "degree": piece.degree}
        for piece in pieces
    ]
    return json.dumps({"newline": newline, "pieces": packed}, ensure_ascii=False, separators=(",", ":"))


def written(layout: str, told: Callable[[Entry], tuple[str | None, str | None]]) -> str:
    """The document again. ``told`` says the reason and the degree that an entry gets now, None for what it had."""
    packed = json.loads(layout)
    lines: list[str] = []
    for piece in packed["pieces"]:
        if isinstance(piece, str):
            lines.append(piece)
            continue
        for row in piece["rows"]:
            entry = Entry(*row)
            said = zip((piece["reason"], piece["degree"]), told(entry), strict=True)
            new = {column: text for column, text in said if column is not None and text is not None}
            lines.append(with_cells(entry.raw, new) if new else entry.raw)
    return str(packed["newline"]).join("\n".join(lines).split("\n"))
