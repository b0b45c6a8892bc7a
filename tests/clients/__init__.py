"""Calendar programs as judges of an export: a module for each, which tells what that program reads in a calendar.

Where a program is looked for and how it gets there is in :mod:`clients.install`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date, datetime


class Seen(NamedTuple):
    """One entry of a calendar as a program reads it; None stands for what it does not tell.

    ``start`` and ``end`` are instants in UTC, or days for an all-day entry (``end`` is then the day after the last).
    ``place`` is empty where there is none.
    """

    uid: str | None
    start: datetime | date
    end: datetime | date
    title: str
    place: str | None = ""
    status: str | None = None
    description: str | None = None


class RefusedError(Exception):
    """A program would not read a calendar; the text is its own complaint."""
