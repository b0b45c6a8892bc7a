"""What a command costs from the shell: against a bare interpreter, in time and in memory, for small and large stores.

``python tests/benchmarks/startup.py [--quick] [TALKS…]`` prints its lines of the table: processor time of the child, user and
system, in turns with ``python -c pass`` of the same interpreter, and the most memory that it held at once over that of the
bare interpreter. Zone and home come once from the environment and once from the machine (where ``/etc/localtime`` points, and
``~/.local/share``). Aims at 10,000 talks: 3.2 at most for agenda, talks WORD, clashes and --help (4.5 where 50 talks are
found), and 16 MiB.
"""

from __future__ import annotations

import os
import tempfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from measuring import PROGRAM, Dose, Figure, Row, against_bare, child, main, peak
from peers import Calendars
from reading import calendar

from planner.model import Conference, Reading, Session, Slot, Talk, uid_for
from planner.store import open_store

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

NOW = datetime(2026, 5, 4, 9, tzinfo=UTC)
RARE, COMMON = "zebra", "quokka"
"""A word that 3 talks have, and one that 50 have."""

COMMANDS = {
    "planner --help": ("--help",),
    "planner agenda": ("agenda",),
    "planner clashes": ("clashes",),
    "planner talks WORD, 3 hits": ("talks", RARE),
    "planner talks WORD, 50 hits": ("talks", COMMON),
}
MACHINE = ", zone by the machine"


def rows(dose: Dose) -> Iterator[Row]:
    """The lines of the commands, then those of their memory."""
    times: dict[str, dict[int, Figure]] = {}
    memory: dict[str, dict[int, Figure]] = {}
    for size in dose.sizes:
        with tempfile.TemporaryDirectory() as folder:
            home = os.path.join(folder, ".local", "share", "planner")
            fill(home, size)
            plain = {"HOME": folder, "PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8", "PLANNER_NOW": NOW.isoformat()}
            said = plain | {"PLANNER_HOME": home, "TZ": "Europe/Berlin"}
            for name, words in COMMANDS.items():
                times.setdefault(name, {})[size] = started(words, said, dose.runs)
                over = peak(PROGRAM, words, said) - peak("pass", (), said)
                memory.setdefault(name.replace("planner", "memory of planner"), {})[size] = Figure(over)
            for name in ("planner agenda", "planner clashes"):
                times.setdefault(name + MACHINE, {})[size] = started(COMMANDS[name], plain, dose.runs)
    others = by_others(dose)
    for name, found in times.items():
        yield Row(name, "python -c pass", found, peers=others.get(name, ""))
    for name, found in memory.items():
        yield Row(name, "", found, "MiB")


def started(words: tuple[str, ...], environment: Mapping[str, str], runs: int) -> Figure:
    """A command against the bare interpreter; a run before that compiles whatever was changed."""
    child(("-c", PROGRAM, *words), environment)
    return against_bare(lambda: child(("-c", PROGRAM, *words), environment), environment, runs)


def by_others(dose: Dose) -> dict[str, str]:
    """What other programs take for the same with a calendar of as many events as the smallest store has talks."""
    environment = {"PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8", "TZ": "Europe/Berlin"}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "made.ics")
        path.write_bytes(calendar(dose.sizes[0]))
        held = Calendars(folder, path, environment, dose.runs)
        held.imports()
        return {
            "planner --help": held.helps(),
            "planner agenda": held.lists(date(2025, 2, 1)),
            "planner talks WORD, 50 hits": held.finds("learn"),
        }


def fill(home: str, size: int) -> None:
    """A store of that many talks in eight rooms, six a room and day, 60 of them starred, 16 of those on one day."""
    talks = []
    for number in range(size):
        start = NOW + timedelta(days=number // 48, minutes=number % 48 // 8 * 30)
        rare = RARE if number % (size // 3) == 1 else COMMON if number % (size // 50) == 2 else "talk"
        slot = Slot(start, start + timedelta(minutes=30), f"Room {number % 8}", zone="Europe/Berlin")
        title = f"A {rare} on sparse models of noisy data {number}"
        talks.append(
            Talk(uid_for("made", str(number)), "made", title, "talk", f"s{number % 40}", slot, abstract="It is so. " * 60)
        )
    sessions = tuple(Session(f"s{number}", f"Session {number}") for number in range(40))
    reading = Reading(Conference("made", "Made", "Europe/Berlin", sessions, tuple(talks)), "made")
    with open_store(home, now=NOW) as store:
        store.save(reading, source="made", now=NOW)
        store.star([talk.uid for talk in (*talks[:48:3], *talks[48 :: max(size // 44, 1)][:44])], now=NOW)


if __name__ == "__main__":
    main(rows)
