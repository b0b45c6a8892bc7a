"""What a command costs from the shell: against a bare interpreter, in time and in memory, for small and large stores.

``python tests/benchmarks/startup.py [TALKS…]`` prints, for each command, the median of the ratios of paired runs to
``python -c pass`` of the same interpreter, in processor time of the child (user and system), and the most memory that it held
at once over that of the bare interpreter. Zone and home come once from the environment and once from the machine (where
``/etc/localtime`` points, and ``~/.local/share``). Nothing is asserted, because a busy machine says little. Aims at 10,000
talks: 3.2 at most for agenda, talks WORD, clashes and --help (4.5 where 50 talks are found), and 16 MiB.

A second table tells what a calendar of 1,000 events costs until its talks can be searched, the whole command (aim: 8 at
most), with the search index against the table (aim: 1.5), and ``khal import`` of the same file where ``$KHAL`` says the path
of a khal (aim: 30 times as much). An environment of its own is enough: ``python -m venv peer && peer/bin/pip install khal``.
"""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from reading import calendar

from planner.model import Conference, Reading, Session, Slot, Talk, uid_for
from planner.store import open_store
from planner.store.access import FILE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

NOW = datetime(2026, 5, 4, 9, tzinfo=UTC)
SIZES = (1_000, 10_000, 100_000)
RUNS = 21
EVENTS = 1_000
STARRED = 60
"""Starred talks, 20 of them on the day of the agenda."""

RARE, COMMON = "zebra", "quokka"
"""A word that 3 talks have, and one that 50 have."""

COMMANDS = (
    ("--help",),
    ("agenda",),
    ("clashes",),
    ("talks", RARE),
    ("talks", COMMON),
)
PROGRAM = "import sys; from planner.cli import main; sys.exit(main())"
"""What the script that an installer writes comes down to."""


def main(sizes: Sequence[int]) -> None:
    """Print the table."""
    print(f"median of {RUNS} paired runs against python -c pass, and MiB over it\n")
    print(f"{'talks':>8}  {'zone and home from':18}" + "".join(f"{' '.join(words):>18}" for words in COMMANDS))
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            home = os.path.join(folder, ".local", "share", "planner")
            fill(home, size)
            plain = {"HOME": folder, "PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8"}
            said = plain | {"PLANNER_HOME": home, "TZ": "Europe/Berlin"}
            for words, environment in (("the environment", said), ("the machine", plain)):
                cells = "".join(f"{f'{ratio:.2f} x {memory:5.1f}':>18}" for ratio, memory in measured(environment))
                print(f"{size:8}  {words:18}{cells}", flush=True)


def import_calendar() -> None:
    """Print the second table."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "made.ics")
        path.write_bytes(calendar(EVENTS))
        plain = {"PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8", "TZ": "Europe/Berlin"}
        words = ("import", str(path), "--conference", "Made 2025", "--zone", "Europe/Brussels")
        ours, peers = [], []
        for number in range(RUNS // 2):
            environment = plain | {"HOME": f"{folder}/{number}", "PLANNER_HOME": f"{folder}/{number}"}
            bare = run(("-c", "pass"), environment)
            ours.append(run(("-c", PROGRAM, *words), environment) / bare)
            if khal := os.environ.get("KHAL"):
                peers.append(imported_by(khal, path, f"{folder}/khal-{number}", plain) / bare)
        db = sqlite3.connect(f"{folder}/0/{FILE}")
        (table,) = db.execute("SELECT sum(pgsize) FROM dbstat WHERE name = 'talk'").fetchone()
        (index,) = db.execute("SELECT sum(pgsize) FROM dbstat WHERE name LIKE 'search%'").fetchone()
        db.close()
    print(f"\n{EVENTS} events, imported and searchable: {median(ours):.1f} x; the index is {index / table:.2f} of the table")
    if peers:
        print(f"khal import of the same file: {median(peers):.1f} x, {median(peers) / median(ours):.0f} times as much")


def imported_by(khal: str, path: Path, home: str, environment: Mapping[str, str]) -> float:
    """Seconds of the processor that khal takes to import a calendar into an empty one of its own."""
    config = Path(home, "config")
    Path(home, "calendar").mkdir(parents=True)
    config.write_text(f"[calendars]\n[[made]]\npath = {home}/calendar\n[default]\ndefault_calendar = made\n")
    return run(("-c", config, "import", "--batch", path), {**environment, "HOME": home, "XDG_DATA_HOME": home}, khal)


def measured(environment: Mapping[str, str]) -> Iterator[tuple[float, float]]:
    """For each command the ratio and the MiB over the bare interpreter."""
    environment = {**environment, "PLANNER_NOW": NOW.isoformat()}
    for words in COMMANDS:
        run(("-c", PROGRAM, *words), environment)  # whatever was changed is compiled now
        runs = [(run(("-c", "pass"), environment), run(("-c", PROGRAM, *words), environment)) for _ in range(RUNS)]
        yield median(ours / bare for bare, ours in runs), peak(PROGRAM, words, environment) - peak("pass", (), environment)


def run(words: Sequence[object], environment: Mapping[str, str], program: str = sys.executable) -> float:
    """Seconds of the processor that the interpreter, or another program, takes with some words."""
    silent = [(os.POSIX_SPAWN_OPEN, number, os.devnull, os.O_WRONLY, 0) for number in (1, 2)]
    child = os.posix_spawn(program, [program, *map(str, words)], dict(environment), file_actions=silent)
    _, status, used = os.wait4(child, 0)
    if status:
        raise SystemExit(f"{program} {' '.join(map(str, words))} failed with {status}")
    return used.ru_utime + used.ru_stime


def peak(code: str, words: Sequence[str], environment: Mapping[str, str]) -> float:
    """The most MiB that the interpreter held at once, as Linux tells it of a process from within; elsewhere nothing."""
    if not Path("/proc/self/status").exists():
        return float("nan")
    said = f"import atexit, sys; atexit.register(lambda: sys.stderr.write(open('/proc/self/status').read())); {code}"
    asked = [sys.executable, "-c", said, *words]
    done = subprocess.run(asked, capture_output=True, text=True, check=True, env=environment)
    (line,) = [line for line in done.stderr.splitlines() if line.startswith("VmHWM:")]
    return int(line.split()[1]) / 1024


def fill(home: str, size: int) -> None:
    """A store of that many talks in eight rooms, six a room and day, some of them starred."""
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
        store.star([talk.uid for talk in (*talks[:48:3], *talks[48 :: size // 44][:44])], now=NOW)


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or SIZES)
    import_calendar()
