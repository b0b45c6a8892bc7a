"""The hard cases of time as data, and a second opinion on zones: the tzdata package, which the program does not read."""

from __future__ import annotations

import csv
import os
from datetime import UTC, datetime
from functools import cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

import tzdata

from planner import times

_HERE = os.path.dirname(__file__)
_CHANGED_IN_2026 = {"America/Vancouver", "America/Edmonton", "America/Havana", "Africa/Casablanca", "Africa/El_Aaiun"}


class Case(NamedTuple):
    """One row of ``data/instants.tsv``: a line of a page and the instants that it means.

    ``known`` is the conference's zone if it is known, ``now`` the day of the import, ``zone`` the zone whose clock is meant,
    ``start`` and ``end`` the instants in UTC, ``wall`` and ``wall_end`` what clocks in that zone show then (empty for a clock
    in the spring gap, which none shows), ``warns`` a part of the warning (empty: there must be none), ``why`` the reason.
    """

    line: str
    known: str
    now: str
    zone: str
    start: str
    end: str
    wall: str
    wall_end: str
    warns: str
    why: str


def cases() -> list[Case]:
    """Every row of the table."""
    with open(os.path.join(_HERE, "data", "instants.tsv"), encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    assert tuple(rows[0]) == Case._fields
    return [Case(*row) for row in rows[1:]]


def utc(text: str) -> datetime:
    """The instant written as ``2026-07-14T16:00Z``."""
    return datetime.strptime(text, "%Y-%m-%dT%H:%MZ").replace(tzinfo=UTC)


@cache
def oracle(name: str) -> ZoneInfo:
    """The zone as the tzdata package has it."""
    with open(os.path.join(tzdata.__path__[0], "zoneinfo", *name.split("/")), "rb") as file:
        return ZoneInfo.from_file(file, key=name)


def comparable(name: str) -> bool:
    """Whether both databases should agree on a zone: they are of one version, or its rules did not change of late."""
    return times.database() == tzdata.IANA_VERSION or name not in _CHANGED_IN_2026
