"""What the benchmarks share: how much of it is run, clocks, paired runs of whole programs, and the one table.

Costs are processor time where it can be had, because a busy machine makes a wall clock lie; ratios are medians of runs that
were made side by side.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence


class Dose(NamedTuple):
    """How much is run: the numbers of talks, the smallest first, and how often each pair is run."""

    sizes: tuple[int, ...]
    runs: int


FULL = Dose((1_000, 10_000, 100_000), 21)
QUICK = Dose((200, 1_000), 2)
"""Shows that every line works; its figures say little."""

WHAT, FLOOR, CELL, GROWTH = 46, 24, 22, 14
"""Widths of the table's columns."""


class Figure(NamedTuple):
    """A cost in the unit of its line, and how many times that of the floor it is: None where a line has no floor."""

    cost: float
    ratio: float | None = None

    @classmethod
    def of(cls, ours: Sequence[float], floor: Sequence[float]) -> Figure:
        """The medians of runs that were made side by side."""
        return cls(median(ours), median(one / max(least, 0.001) for one, least in zip(ours, floor, strict=True)))


class Row(NamedTuple):
    """A line of the table: what is measured, against which floor, the figure for each number of talks, and what others take.

    ``peers`` are words: the library alone or another program for the same work, as a ratio to the same floor at the smallest
    number of talks; a dash and the reason where there is none.
    """

    what: str
    floor: str
    figures: Mapping[int, Figure]
    unit: str = "ms"
    peers: str = ""


def show(rows: Iterable[Row], dose: Dose) -> None:
    """Print the table, each line as soon as it is known."""
    sizes = "".join(f"{f'{size:,} talks':>{CELL}}" for size in dose.sizes)
    print(f"{'what':{WHAT}}{'floor':{FLOOR}}{sizes}{'growth':>{GROWTH}}  others")
    for row in rows:
        print(line(row, dose), flush=True)


def line(row: Row, dose: Dose) -> str:
    """A line: for each number of talks the cost and how many floors it is; then how much the cost and the talks grew."""
    cells = "".join(f"{_cell(row.figures.get(size), row.unit):>{CELL}}" for size in dose.sizes)
    first, last = min(row.figures), max(row.figures)
    grown = f"{row.figures[last].cost / max(row.figures[first].cost, 0.001):,.1f} of {last // first}"
    return f"{row.what:{WHAT}}{row.floor:{FLOOR}}{cells}{grown:>{GROWTH}}  {row.peers}".rstrip()


def _cell(figure: Figure | None, unit: str) -> str:
    if figure is None:
        return "-"
    cost = f"{figure.cost:,.{0 if figure.cost >= 100 else 1 if figure.cost >= 1 else 2}f} {unit}"
    return cost if figure.ratio is None else f"{cost} {figure.ratio:7.2f} x"


def main(rows: Callable[[Dose], Iterable[Row]]) -> None:
    """Print the lines of one file: ``--quick`` for a small dose, numbers of talks for others than the usual."""
    dose = QUICK if "--quick" in sys.argv else FULL
    sizes = tuple(sorted(int(word) for word in sys.argv[1:] if word.isdecimal()))
    dose = dose._replace(sizes=sizes or dose.sizes)
    show(rows(dose), dose)


def clocked(work: Callable[[], object]) -> float:
    """Milliseconds of the processor that some work takes: waiting for the disk or for other programs does not count."""
    begun = time.process_time()
    work()
    return (time.process_time() - begun) * 1000


PROGRAM = "import sys; from planner.cli import main; sys.exit(main())"
"""What the script that an installer writes comes down to."""


def child(words: Sequence[object], environment: Mapping[str, str], program: str = sys.executable) -> float:
    """Milliseconds of the processor that the interpreter, or another program, takes with some words."""
    silent = [(os.POSIX_SPAWN_OPEN, number, os.devnull, os.O_WRONLY, 0) for number in (1, 2)]
    number = os.posix_spawn(program, [program, *map(str, words)], dict(environment), file_actions=silent)
    _, status, used = os.wait4(number, 0)
    if status:
        raise SystemExit(f"{program} {' '.join(map(str, words))} failed with {status}")
    return (used.ru_utime + used.ru_stime) * 1000


def bare(environment: Mapping[str, str]) -> float:
    """Milliseconds that the interpreter takes to do nothing: the floor of every command."""
    return child(("-c", "pass"), environment)


def against_bare(work: Callable[[], float], environment: Mapping[str, str], runs: int) -> Figure:
    """A whole program against the bare interpreter, in turns."""
    pairs = [(bare(environment), work()) for _ in range(runs)]
    return Figure.of([ours for _, ours in pairs], [least for least, _ in pairs])


def peak(code: str, words: Sequence[str], environment: Mapping[str, str]) -> float:
    """The most MiB that the interpreter held at once, as Linux tells it of a process from within; elsewhere nothing."""
    if not Path("/proc/self/status").exists():
        return float("nan")
    said = f"import atexit, sys; atexit.register(lambda: sys.stderr.write(open('/proc/self/status').read())); {code}"
    asked = [sys.executable, "-c", said, *words]
    done = subprocess.run(asked, capture_output=True, text=True, check=True, env=dict(environment))
    return held(done.stderr)


def held(status: str) -> float:
    """The MiB of the line ``VmHWM`` in what Linux tells of a process."""
    (found,) = [part for part in status.splitlines() if part.startswith("VmHWM:")]
    return int(found.split()[1]) / 1024
