"""How fast the terminal UI is, in a pseudo-terminal, against an app with one Static started in the same run.

``python tests/benchmarks/ui.py`` prints, for 100 and 10,000 talks, when a talk can first be read and when the screen with
its keys is there, both as ratios to that app's first paint, then from a key to the repaint, from a letter to the results,
and from ``q`` to the end, in milliseconds. Read the ratios; the rest depends on the machine.
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
from typing import NamedTuple, Self

from planner.model import Conference, Reading, Session, Slot, Talk, uid_for
from planner.store import open_store

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
QUIET = 0.15
"""Seconds without output after which a screen is taken to be done; they are not part of any figure."""

PATIENCE = 60.0
WORDS = ("learning", "graphs", "proteins", "attention", "diffusion", "fairness", "sparsity", "bayes")
ABSTRACT = "A model without autoregression makes waveforms from noise in a few steps of a learned reverse process. " * 8


class Terminal:
    """A program in a pseudo-terminal of 120 columns and 40 lines."""

    def __init__(self, *words: str) -> None:
        self.begun = time.perf_counter()
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
        painted = b""
        deadline = time.perf_counter() + patience
        while time.perf_counter() < deadline:
            if not select.select([self.screen], [], [], patience)[0]:
                break
            painted += os.read(self.screen, 1 << 16)
            if wanted in painted:
                return time.perf_counter()
        raise TimeoutError(f"{wanted!r} was not painted in {patience} s")

    def settle(self) -> None:
        """Read until nothing more comes."""
        while select.select([self.screen], [], [], QUIET)[0]:
            os.read(self.screen, 1 << 16)

    def press(self, key: bytes, wanted: bytes = b"") -> float:
        """Press a key and give the seconds until the bytes are painted."""
        self.settle()
        begun = time.perf_counter()
        os.write(self.screen, key)
        return self.until(wanted) - begun

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
    """Seconds: the empty app's paint, a talk to read, the screen with its keys; keys, letters and ends."""

    empty: list[float]
    paint: list[float]
    ready: list[float]
    keys: list[float]
    letters: list[float]
    ends: list[float]
    empty_ends: list[float]


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


def measure(home: str) -> Figures:
    """All figures over the store in a folder; the empty app and the program take turns."""
    program = ("-m", "planner", "--home", home, "--tz", "Europe/Berlin", "--now", NOW.isoformat())
    figures = Figures([], [], [], [], [], [], [])
    for _ in range(ROUNDS):
        with Terminal("-c", EMPTY) as empty:
            figures.empty.append(empty.until(b"READY") - empty.begun)
            figures.empty_ends.append(empty.leave())
        with Terminal(*program) as ours:
            figures.paint.append(ours.until(b" part ") - ours.begun)
            figures.ready.append(ours.until(b"commands") - ours.begun)
            figures.ends.append(ours.leave())
    with Terminal(*program) as ours:
        ours.until(b"commands")
        for at in range(KEYS):
            figures.keys.append(ours.press(b"jjk"[at % 3 : at % 3 + 1]))
        ours.press(b"/")
        for at in range(KEYS):
            word = WORDS[at % len(WORDS)][:3].encode()
            for letter in word:
                figures.letters.append(ours.press(bytes([letter]), b"talk"))
            for _ in word:
                ours.press(b"\x7f")
        ours.press(b"\x1b")
        ours.leave()
    return figures


def spread(seconds: list[float]) -> str:
    """The middle and the worst of a hundred, in milliseconds."""
    cuts = statistics.quantiles(seconds, n=100, method="inclusive")
    return f"{cuts[49] * 1000:5.0f} / {cuts[98] * 1000:4.0f}"


def main() -> None:
    """Print the table."""
    print(" talks  empty app ms  a talk to read  with keys   key p50/p99  letter p50/p99   q ms")
    for talks in (100, 10_000):
        with tempfile.TemporaryDirectory() as home:
            with open_store(home, now=NOW) as store:
                store.save(Reading(conference(talks), "made"), source="made", now=NOW)
                store.star([uid_for("bench", str(number)) for number in range(0, talks, talks // 50)], now=NOW)
            found = measure(home)
        read, ready = (
            statistics.median(ours / theirs for ours, theirs in zip(held, found.empty, strict=True))
            for held in (found.paint, found.ready)
        )
        left = f"{statistics.median(found.ends) * 1000:4.0f} (empty {statistics.median(found.empty_ends) * 1000:.0f})"
        print(
            f"{talks:6} {statistics.median(found.empty) * 1000:13.0f} {read:14.2f}× {ready:9.2f}× {spread(found.keys):>13} "
            f"{spread(found.letters):>15} {left}"
        )


if __name__ == "__main__":
    main()
