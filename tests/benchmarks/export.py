"""What an export costs, from 1,000 to 100,000 talks: the calendar against the icalendar library that serialises the same.

``python tests/benchmarks/export.py [TALKS…]`` prints milliseconds of processor time, medians of paired runs, and ratios;
nothing is asserted, because a busy machine says little. The floor is ``Calendar.to_ical`` on components that are made and
typed already (the export read back), which is what is left of an export when nobody has to decide anything. The aim at 10,000
talks is 1.3 × of it or less. Growth should be that of the talks: milliseconds a thousand stay about the same.
"""

from __future__ import annotations

import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import icalendar

from planner import export
from planner.export import csv, html, json, markdown, vdir
from planner.model import Conference, Mark, Session, Slot, Talk, uid_for
from planner.plan import Plan

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

NOW = datetime(2026, 1, 1, tzinfo=UTC)
SIZES = (1_000, 10_000, 100_000)
RUNS = 5
ROOMS = 8
WORDS = ("diffusion,", "causal", "model;", "für", "agents", "图", "learning", "of", "graphs.", "with", "self-supervised", "a")
ABSTRACT = 150
"""Words of an abstract, as at iclr.cc."""


def main(sizes: Sequence[int]) -> None:
    """Print the two tables."""
    print(f"{'talks':>8} {'MB':>6} {'library ms':>11} {'export ms':>10} {'× library':>10} {'ms a 1,000':>11}")
    for size in sizes:
        print(calendar(size), flush=True)
    print(f"\n{'talks':>8} {'vdir ms':>9} {'csv ms':>8} {'json ms':>8} {'html ms':>8} {'markdown ms':>12}   (vdir: unwritten)")
    for size in sizes:
        print(others(size), flush=True)


def clocked(run: Callable[[], object]) -> float:
    """Milliseconds of processor time that a call takes."""
    begun = time.process_time()
    run()
    return (time.process_time() - begun) * 1000


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


def calendar(size: int) -> str:
    """A line of the first table."""
    held = plan(size)
    made = export.calendar(held)
    assert made is not None
    whole = icalendar.Calendar.from_ical(made.data)
    theirs, ours, ratios = [], [], []
    for _ in range(RUNS if size < SIZES[-1] else 3):
        theirs.append(clocked(whole.to_ical))
        ours.append(clocked(lambda: export.calendar(held)))
        ratios.append(ours[-1] / theirs[-1])
    return (
        f"{size:8,} {len(made.data) / 1e6:6.1f} {median(theirs):11.0f} {median(ours):10.0f} {median(ratios):10.2f}"
        f" {median(ours) / size * 1000:11.1f}"
    )


def others(size: int) -> str:
    """A line of the second table: each once."""
    held = plan(size)
    with tempfile.TemporaryDirectory() as folder:
        pieces = clocked(lambda: vdir.compared(str(Path(folder) / "cal"), export.calendars(held), {}))
    held.clashes()
    return (
        f"{size:8,} {pieces:9.0f} {clocked(lambda: csv.written(held)):8.0f} {clocked(lambda: json.written(held, NOW)):8.0f}"
        f" {clocked(lambda: html.written(held)):8.0f} {clocked(lambda: markdown.written(held)):12.0f}"
    )


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or SIZES)
