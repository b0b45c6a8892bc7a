"""The plan written for other programs: as a calendar, one file or one a talk, as Markdown, CSV, JSON and a page to read.

Which talks go out is decided by :mod:`~planner.export.choice`, a file that is never half there by
:mod:`~planner.export.files`; each format has a module of its own.
"""

from __future__ import annotations

import os

from planner.export.choice import SCOPES, Choice, chosen, listed
from planner.export.files import foreign, write_file, write_over
from planner.export.ics import NAMELESS, Made, Pieces, calendar, calendars
from planner.export.markdown import markdown_list

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from planner.plan import Plan

ENDINGS = {"ics": ".ics", "vdir": "", "markdown": ".md", "csv": ".csv", "json": ".json", "html": ".html"}
"""What the name of a file in each format ends with; a vdir is a folder."""

FORMATS = tuple(ENDINGS)
"""What the plan can be written as: a calendar file, a folder of calendar files, and four texts."""

FORGETS = "The store is read-only: a later export will not know what this one told the calendar."
"""What to say where nothing can be remembered."""


def form_of(path: str, form: str) -> str:
    """The format that a path asks for by its ending; one whose ending no format has is ``form``."""
    ending = os.path.splitext(path)[1].lower()
    return next((one for one, theirs in ENDINGS.items() if ending and theirs == ending), form)


def document(
    plan: Plan,
    form: str,
    *,
    scope: str = "starred",
    now: datetime,
    needs: Callable[[str, str], int] | None = None,
    with_notes: bool = False,
    raw: bool = False,
) -> bytes:
    """The plan as ``markdown``, ``csv``, ``json`` or ``html``; nothing to write is empty.

    ``now`` is told by the JSON document alone. ``needs`` gives the seconds from room to room, for Markdown and the page;
    ``raw`` leaves CSV cells as they are.
    """
    from planner.export import csv, html, json, markdown

    if form == "markdown":
        return markdown.written(plan, scope, needs=needs, with_notes=with_notes)
    if form == "csv":
        return csv.written(plan, scope, with_notes=with_notes, raw=raw)
    if form == "json":
        return json.written(plan, now, scope, with_notes=with_notes)
    return html.written(plan, scope, needs=needs, with_notes=with_notes)


__all__ = (
    "ENDINGS",
    "FORGETS",
    "FORMATS",
    "NAMELESS",
    "SCOPES",
    "Choice",
    "Made",
    "Pieces",
    "calendar",
    "calendars",
    "chosen",
    "document",
    "foreign",
    "form_of",
    "listed",
    "markdown_list",
    "write_file",
    "write_over",
)
