"""The plan written for other programs: as a calendar, one file or one a talk, as Markdown, CSV, JSON and a page to read.

Which talks go out is decided by :mod:`~planner.export.choice`, a file that is never half there by
:mod:`~planner.export.files`; each format has a module of its own.
"""

from __future__ import annotations

from planner.export.choice import SCOPES, chosen, listed
from planner.export.files import write_file
from planner.export.ics import Made, Pieces, calendar, calendars
from planner.export.markdown import markdown_list

FORMATS = ("ics", "vdir", "markdown", "csv", "json", "html")
"""What the plan can be written as: a calendar file, a folder of calendar files, and four texts."""

__all__ = ("FORMATS", "SCOPES", "Made", "Pieces", "calendar", "calendars", "chosen", "listed", "markdown_list", "write_file")
