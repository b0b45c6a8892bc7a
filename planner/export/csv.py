"""The plan as a table for spreadsheets: RFC 4180, UTF-8 without a BOM."""

from __future__ import annotations

from planner.export.choice import listed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from planner.plan import Plan

FIRST = ("uid", "conference", "start", "end", "zone", "source_zone", "title")
"""The first columns; a file is known by them as one of ours, whichever version wrote it."""

COLUMNS = (
    *FIRST,
    "speakers",
    "organisations",
    "session",
    "chairs",
    "kind",
    "track",
    "room",
    "board",
    "url",
    "starred",
    "rating",
    "decision",
    "cancelled",
    "clashes",
    "note",
    "abstract",
)
"""The columns, which mean what the keys of a talk's JSON mean; lists are joined by ``; ``, yes and no are true and false."""


def written(plan: Plan, scope: str = "starred", *, with_notes: bool = False, raw: bool = False) -> bytes:
    """The talks of a scope, a record each below a head; nothing to write is empty.

    A cell that a spreadsheet would take for a formula gets a ``'`` before it unless ``raw`` is true. Talks without a slot and
    cancelled ones are in it and say so. Without ``with_notes`` the column of notes is empty.
    """
    import csv
    import io

    talks = listed(plan, scope)
    if not talks:
        return b""
    table = io.StringIO()
    writer = csv.writer(table)  # RFC 4180: CRLF, quotes only where a cell needs them, doubled inside
    writer.writerow(COLUMNS)
    for talk in talks:
        record = plan.record(talk)
        if not with_notes:
            record["note"] = ""
        cells = (_said(record[column]) for column in COLUMNS)
        writer.writerow(cells if raw else map(_harmless, cells))
    return table.getvalue().encode("utf-8", "replace")


def _said(value: object) -> str:
    """A value of a record in one cell."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "; ".join(value)
    return "" if value is None else str(value)


def _harmless(cell: str) -> str:
    """The cell, or the cell behind a ``'`` where a spreadsheet would run it: OWASP's "CSV Injection", full-width signs too."""
    if not cell or cell[0].isalnum():
        return cell
    from unicodedata import normalize

    first = normalize("NFKC", cell.lstrip()[:1])
    return f"'{cell}" if first in {"=", "+", "-", "@"} or cell[0] in "\t\r" else cell
