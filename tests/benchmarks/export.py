"""What an export costs, from 1,000 to 100,000 talks: the calendar against the icalendar library that serialises the same.

``python tests/benchmarks/export.py [--quick] [TALKS…]`` prints its lines of the table, in processor time. The floor is
``Calendar.to_ical`` on components that are made and typed already (the export read back), which is what is left of an export
when nobody has to decide anything. The aim at 10,000 talks is 1.3 × of it or less.
"""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import icalendar
from measuring import Dose, Figure, Row, clocked, main

from planner import export
from planner.export import csv, html, json, markdown, vdir
from planner.model import Conference, Mark, Session, Slot, Talk, uid_for
from planner.plan import Plan

if TYPE_CHECKING:
    from collections.abc import Iterator

NOW = datetime(2026, 1, 1, tzinfo=UTC)
RUNS = 5
MANY = 100_000
"""Talks of which three runs are enough."""

ROOMS = 8
WORDS = ("diffusion,", "causal", "model;", "für", "agents", "图", "learning", "of", "graphs.", "with", "self-supervised", "a")
ABSTRACT = 150
"""Words of an abstract, as at iclr.cc."""


def rows(dose: Dose) -> Iterator[Row]:
    """The lines."""
    table: dict[str, dict[int, Figure]] = {}
    for size in dose.sizes:
        held = plan(size)
        table.setdefault("export a calendar", {})[size] = calendar(held, min(dose.runs, RUNS if size < MANY else 3))
        for name, milliseconds in others(held):
            table.setdefault(name, {})[size] = Figure(milliseconds)
    for name, figures in table.items():
        yield Row(name, "icalendar alone" if name == "export a calendar" else "", figures)


def plan(size: int) -> Plan:
    """A conference of so many talks in eight rooms, every talk starred; titles and abstracts differ."""
    talks = []
    for number in range(size):
        start = NOW + timedelta(minutes=20 * (number // ROOMS))
        words = [WORDS[(number + at * at) % len(WORDS)] for at in range(ABSTRACT)]
        talks.append(
            Talk(
                uid_for("big", str(number)),
                "big",
                f"Talk {number}: {' '.join(words[:8])}",
                kind="oral",
                session=str(number % 40),
                slot=Slot(start, start + timedelta(minutes=15), f"Room {number % ROOMS}"),
                speakers=("Zhifeng Kong", "Müller, Jr.", "李明"),
                abstract=" ".join(words),
                track="Speech, audio",
                url=f"https://example.org/virtual/2026/oral/{number}",
                modified=NOW,
            )
        )
    sessions = tuple(Session(str(number), f"Oral Session {number}") for number in range(40))
    conference = Conference("big", "Big 2026", "America/Los_Angeles", sessions, tuple(talks), read_at=NOW)
    held = Plan({"big": conference}, {talk.uid: Mark(talk.uid, starred=True) for talk in talks}, zone="Europe/Berlin")
    held.by_uid  # noqa: B018  (in order before the clock runs, as a store gives it)
    return held


def calendar(held: Plan, runs: int) -> Figure:
    """A calendar of all talks."""
    made = export.calendar(held)
    assert made is not None
    whole = icalendar.Calendar.from_ical(made.data)
    times = [(clocked(lambda: export.calendar(held)), clocked(whole.to_ical)) for _ in range(runs)]
    return Figure.of([ours for ours, _ in times], [theirs for _, theirs in times])


def others(held: Plan) -> Iterator[tuple[str, float]]:
    """The other formats, each once."""
    with tempfile.TemporaryDirectory() as folder:
        yield (
            "export a folder of calendars, unwritten",
            clocked(lambda: vdir.compared(str(Path(folder) / "cal"), export.calendars(held), {})),
        )
    held.clashes()
    yield "export CSV", clocked(lambda: csv.written(held))
    yield "export JSON", clocked(lambda: json.written(held, NOW))
    yield "export HTML", clocked(lambda: html.written(held))
    yield "export Markdown", clocked(lambda: markdown.written(held))


if __name__ == "__main__":
    main(rows)
