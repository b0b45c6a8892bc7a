"""What an import costs, the whole command from the shell until its talks can be searched, against a bare interpreter.

``python tests/benchmarks/importing.py [--quick] [TALKS…]`` prints its lines of the table, for a calendar, a schedule.xml and a
page, and for a calendar that is read again unchanged; then the search index against the table that it is of. Beside them
stand the libraries that only parse the same bytes, and khal and calcurse. Aims at 1,000 events: 8 for a plain calendar, 30
times as fast as khal, 3 for an unchanged one, an index of at most 1.5 tables.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from measuring import PROGRAM, Dose, Figure, Row, against_bare, child, main
from peers import Calendars
from reading import calendar, page, pentabarf

from planner.store.access import FILE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

FLAGS = ("--conference", "Made 2025", "--zone", "Europe/Brussels", "--year", "2025")
DAYS_OF_A_PAGE = 10_000
"""More talks than these, 48 a day, go past the end of a year, which no page does."""
TALKS_OF_A_FILE = 60_000
"""More talks than these make a schedule.xml of over 100 MB, which planner refuses."""


class Source(NamedTuple):
    """A kind of file: who makes one of so many talks, a library and the code that parses it and does no more."""

    make: Callable[[int], bytes]
    parser: str
    code: str
    most: int = 1_000_000


SOURCES = {
    "planner import made.ics": Source(calendar, "icalendar", "import icalendar; icalendar.Calendar.from_ical({data})"),
    "planner import made.xml": Source(pentabarf, "lxml", "from lxml import etree; etree.fromstring({data})", TALKS_OF_A_FILE),
    "planner import made.txt (a page)": Source(page, "", "", DAYS_OF_A_PAGE),
}
DATA = "open(sys.argv[1], 'rb').read()"


def rows(dose: Dose) -> Iterator[Row]:
    """The lines."""
    environment = {"PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8", "TZ": "Europe/Berlin"}
    index: dict[int, Figure] = {}
    again: dict[int, Figure] = {}
    for name, source in SOURCES.items():
        found: dict[int, Figure] = {}
        others: list[str] = []
        for size in (size for size in dose.sizes if size <= source.most):
            with tempfile.TemporaryDirectory() as folder:
                path = Path(folder, name.split()[2])
                path.write_bytes(source.make(size))
                command = _Command(folder, path, environment)
                found[size] = against_bare(command.anew, environment, max(2, min(dose.runs, 20_000 // size)))
                if name.endswith(".ics"):
                    index[size] = command.index()
                    again[size] = against_bare(command.again, environment, max(2, min(dose.runs, 100_000 // size)))
                if size == dose.sizes[0]:
                    others = _others(source, path, environment, dose)
                    others += [Calendars(folder, path, environment, dose.runs).imports()] if name.endswith(".ics") else []
        yield Row(name, "python -c pass", found, peers=", ".join(others))
    yield Row("the same .ics again, unchanged", "python -c pass", again)
    yield Row("the search index", "the table of talks", index, "MB")


def _others(source: Source, path: Path, environment: dict[str, str], dose: Dose) -> list[str]:
    """What the library takes that parses the same bytes."""
    if not source.parser:
        return []
    code = f"import sys; {source.code.format(data=DATA)}"
    alone = against_bare(lambda: child(("-c", code, path), environment), environment, min(dose.runs, 5))
    return [f"{source.parser} alone {alone.ratio:.1f} x"]


class _Command:
    """``planner import`` of one file, each time into a new home, or once more into the last one."""

    def __init__(self, folder: str, path: Path, environment: dict[str, str]) -> None:
        self.folder = folder
        self.path = path
        self.environment = environment
        self.number = 0
        self.anew()  # whatever was changed is compiled now

    def anew(self) -> float:
        """Milliseconds for a file that is new."""
        self.number += 1
        return self.again()

    def again(self) -> float:
        """Milliseconds for one that is stored already."""
        home = f"{self.folder}/{self.number}"
        return child(("-c", PROGRAM, "import", self.path, *FLAGS), self.environment | {"HOME": home, "PLANNER_HOME": home})

    def index(self) -> Figure:
        """The megabytes of the search index, and how many tables that is."""
        db = sqlite3.connect(f"{self.folder}/{self.number}/{FILE}")
        (table,) = db.execute("SELECT sum(pgsize) FROM dbstat WHERE name = 'talk'").fetchone()
        (index,) = db.execute("SELECT sum(pgsize) FROM dbstat WHERE name LIKE 'search%'").fetchone()
        db.close()
        return Figure(index / 1e6, index / table)


if __name__ == "__main__":
    main(rows)
