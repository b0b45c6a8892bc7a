"""How fast the terminal UI is, in a pseudo-terminal, against an app with one Static started in the same run.

``python tests/benchmarks/ui.py [--quick] [TALKS…]`` prints its lines of the table: when a talk can first be read and when the
screen with its keys is there, from a key to the repaint, from a letter to the results, from ``q`` to the end, and the most
memory that is held until talks were read, found and starred on every day. A screen is there when it is painted, so these are
wall clocks; read the ratios. Aims at 10,000 talks: letters 25 ms, 60 at the 99th
percentile.
"""

from __future__ import annotations

import os
import pty
import select
import statistics
import sys
import tempfile
import termios
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Self

from measuring import Dose, Figure, Row, held, main

from planner.model import Conference, Reading, Session, Slot, Talk, uid_for
from planner.store import open_store

if TYPE_CHECKING:
    from collections.abc import Iterator

NOW = datetime(2021, 5, 4, 9, tzinfo=UTC)
EMPTY = """
from textual.app import App
from textual.widgets import Static
class Empty(App):
    ENABLE_COMMAND_PALETTE = False
    def compose(self):
        yield Static("READY")
    def key_q(self):
        self.exit()
Empty().run()
"""
ROUNDS = 9
KEYS = 30
LAST = b"timetable"
"""A word of the keys at the foot, which are painted last."""

DAYS = (b"]", b"j", b" ") * 4
"""Round the four days, with a star on each."""

QUIET = 0.15
"""Seconds without output after which a screen is taken to be done; they are not part of any figure."""

PATIENCE = 60.0
WORDS = ("learning", "graphs", "proteins", "attention", "diffusion", "fairness", "sparsity", "bayes")
ABSTRACT = "A model without autoregression makes waveforms from noise in a few steps of a learned reverse process. " * 8


class Terminal:
    """A program in a pseudo-terminal of 120 columns and 40 lines."""

    def __init__(self, *words: str) -> None:
        self.begun = time.perf_counter()
        self.painted = b""  # what nobody asked for yet
        self.child, self.screen = pty.fork()
        if self.child == 0:
            os.environ.update(TERM="xterm-256color", COLUMNS="120", LINES="40")
            os.execv(sys.executable, [sys.executable, *words])  # noqa: S606  (the program itself)
        termios.tcsetwinsize(self.screen, (40, 120))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self.screen)

    def until(self, wanted: bytes, *, patience: float = PATIENCE) -> float:
        """Read until the bytes were painted; the instant. No bytes: whatever is painted first."""
        deadline = time.perf_counter() + patience
        while not wanted or wanted not in self.painted:
            if not select.select([self.screen], [], [], max(deadline - time.perf_counter(), 0))[0]:
                raise TimeoutError(f"{wanted!r} was not painted in {patience} s")
            self.painted += os.read(self.screen, 1 << 16)
            if not wanted:
                break
        self.painted = self.painted.partition(wanted)[2] if wanted else b""
        return time.perf_counter()

    def settle(self) -> None:
        """Read until nothing more comes."""
        self.painted = b""
        while select.select([self.screen], [], [], QUIET)[0]:
            os.read(self.screen, 1 << 16)

    def press(self, key: bytes, wanted: bytes = b"") -> float:
        """Press a key and give the seconds until the bytes are painted."""
        self.settle()
        begun = time.perf_counter()
        os.write(self.screen, key)
        return self.until(wanted) - begun

    def memory(self) -> float:
        """The most MiB that the program has held so far; nothing where the system does not tell."""
        status = Path(f"/proc/{self.child}/status")
        return held(status.read_text()) if status.exists() else float("nan")

    def leave(self) -> float:
        """Press q and give the seconds until the program is gone."""
        self.settle()
        begun = time.perf_counter()
        os.write(self.screen, b"q")
        while True:
            try:
                if not os.read(self.screen, 1 << 16):
                    break
            except OSError:  # Linux ends a pseudo-terminal so
                break
        os.waitpid(self.child, 0)
        return time.perf_counter() - begun


class Figures(NamedTuple):
    """Seconds: the empty app's paint, a talk to read, the screen with its keys; keys, letters and ends; MiB."""

    empty: list[float]
    paint: list[float]
    ready: list[float]
    keys: list[float]
    letters: list[float]
    ends: list[float]
    empty_ends: list[float]
    memory: list[float]
    empty_memory: list[float]


def conference(talks: int) -> Conference:
    """Talks of a quarter of an hour in up to 60 parallel rooms over four days."""
    rooms = max(4, talks // 160)
    made = []
    for number in range(talks):
        day, rest = number % 4, number // 4
        start = datetime(2021, 5, 3 + day, 7, tzinfo=UTC) + timedelta(minutes=15 * (rest // rooms))
        title = " ".join(WORDS[number // step % 8] for step in (1, 3, 7)) + f" part {number}"
        slot = Slot(start, start + timedelta(minutes=15), room=f"Hall {rest % rooms}", zone="Europe/Berlin")
        speakers = (f"Ada Lovelace {number}", "Grace Hopper")
        uid = uid_for("bench", str(number))
        session = str(rest % rooms)
        talk = Talk(
            uid, "bench", title, session=session, slot=slot, speakers=speakers, abstract=ABSTRACT, source_id=str(number)
        )
        made.append(talk)
    sessions = tuple(Session(str(room), f"Track {room}") for room in range(rooms))
    return Conference("bench", "BENCH", "Europe/Berlin", sessions, tuple(made))


def measure(home: str, dose: Dose) -> Figures:
    """All figures over the store in a folder; the empty app and the program take turns."""
    program = ("-m", "planner", "--home", home, "--tz", "Europe/Berlin", "--now", NOW.isoformat())
    figures = Figures([], [], [], [], [], [], [], [], [])
    for _ in range(min(ROUNDS, dose.runs)):
        with Terminal("-c", EMPTY) as empty:
            figures.empty.append(empty.until(b"READY") - empty.begun)
            most = empty.memory()
            figures.empty_ends.append(empty.leave())
        with Terminal(*program) as ours:
            figures.paint.append(ours.until(b" part ") - ours.begun)
            figures.ready.append(ours.until(LAST) - ours.begun)
            figures.ends.append(ours.leave())
    with Terminal(*program) as ours:
        ours.until(LAST)
        keys = min(KEYS, 2 * dose.runs)
        for at in range(keys):
            figures.keys.append(ours.press(b"jjk"[at % 3 : at % 3 + 1]))
        ours.press(b"/")
        for at in range(keys):
            word = WORDS[at % len(WORDS)][:3].encode()
            for letter in word:
                figures.letters.append(ours.press(bytes([letter]), b"talk"))
            for _ in word:
                ours.press(b"\x7f")
        ours.press(b"\x1b")
        for key in DAYS:
            ours.press(key)
        figures.memory.append(ours.memory())
        figures.empty_memory.append(most)
        ours.leave()
    return figures


def rows(dose: Dose) -> Iterator[Row]:
    """The lines."""
    table: dict[tuple[str, str], dict[int, Figure]] = {}
    for talks in dose.sizes:
        with tempfile.TemporaryDirectory() as home:
            with open_store(home, now=NOW) as store:
                store.save(Reading(conference(talks), "made"), source="made", now=NOW)
                store.star([uid_for("bench", str(number)) for number in range(0, talks, talks // 50)], now=NOW)
            for name, figure in told(measure(home, dose)).items():
                table.setdefault(name, {})[talks] = figure
    for (what, floor), figures in table.items():
        yield Row(what, floor, figures, "MiB" if what.startswith("memory") else "ms")


def told(found: Figures) -> dict[tuple[str, str], Figure]:
    """The lines' figures, those of time in milliseconds."""
    app = "an app with one Static"
    timed = Figures(*([one * 1000 for one in seconds] for seconds in found))
    return {
        ("UI: a talk to read", app): Figure.of(timed.paint, timed.empty),
        ("UI: the screen with its keys", app): Figure.of(timed.ready, timed.empty),
        ("UI: key to repaint, p50", ""): Figure(_of_100(timed.keys, 50)),
        ("UI: key to repaint, p99", ""): Figure(_of_100(timed.keys, 99)),
        ("UI: letter to results, p50", ""): Figure(_of_100(timed.letters, 50)),
        ("UI: letter to results, p99", ""): Figure(_of_100(timed.letters, 99)),
        ("UI: q to the end", app): Figure.of(timed.ends, timed.empty_ends),
        ("memory of the UI", app): Figure.of(found.memory, found.empty_memory),
    }


def _of_100(times: list[float], at: int) -> float:
    """A percentile."""
    return statistics.quantiles(times, n=100, method="inclusive")[at - 1]


if __name__ == "__main__":
    main(rows)
