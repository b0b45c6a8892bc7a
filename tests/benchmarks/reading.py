"""What reading costs inside the program: against the least it could cost, and with the length of the input.

``python tests/benchmarks/reading.py [--quick] [TALKS…]`` prints its lines of the table, in processor time. The first set
reading and storing a schedule.xml against lxml parsing it and SQLite inserting the rows that were stored, with the store's
own tables and settings (aim: 3 at most); at 1,000 talks it is FOSDEM 2025's from ``../shared/samples`` where that is there,
else one of its shape. Then each reader by itself, whose cost should grow as the input does, and the bytes of memory that it
held at once for each byte read.
"""

from __future__ import annotations

import gc
import json
import sqlite3
import tempfile
import tracemalloc
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from lxml import etree  # type: ignore[import-untyped]  # it has no types of its own
from measuring import Dose, Figure, Row, clocked, main

from planner.readers import Hints, Part, read
from planner.store import open_store
from planner.store.access import FILE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from planner.model import Reading

BRUSSELS = ZoneInfo("Europe/Brussels")
FOSDEM = Path(__file__).parents[3] / "shared" / "samples" / "C" / "fosdem2025_pentabarf.xml"
NOW = datetime(2025, 1, 1, tzinfo=UTC)
TOLD = Hints(NOW, name="Made 2025", year=2025, zone="Europe/Brussels")
RUNS = 9
TABLES = ("conference", "session", "talk", "change", "step")
INDEXED = ("rowid", "title", "speakers", "abstract", "room", "track", "session_title")
MOST = 10_000
"""The most talks of an input here: 100,000 are 100 MB of XML, more than the program takes."""

LIKE_FOSDEM = 1_000
"""Nearest to its number of talks."""

TEXT = "graphs learn sparse models of noisy data while every robust method keeps its promise under shifted labels"
WORDS = TEXT.split()


def rows(dose: Dose) -> Iterator[Row]:
    """The lines."""
    sizes = [size for size in dose.sizes if size <= MOST]
    table: dict[tuple[str, str], dict[int, Figure]] = {}
    for size in sizes:
        real = size == LIKE_FOSDEM and FOSDEM.exists()
        part = Part(FOSDEM.name, FOSDEM.read_bytes()) if real else Part("made.xml", pentabarf(size, 8))
        for name, figure in against_the_least(part, min(dose.runs, RUNS)).items():
            table.setdefault(name, {})[size] = figure
    for (what, floor), figures in table.items():
        yield Row(what, floor, figures)
    for form, make in INPUTS.items():
        figures = {size: Figure(median(_times(form, make(size), dose.runs))) for size in sizes}
        held = f"{_held(form, make(sizes[0])):.1f} bytes held for each read"
        yield Row(f"reading {form} alone", "", figures, peers=held)


def against_the_least(part: Part, times: int) -> dict[tuple[str, str], Figure]:
    """Reading and storing, new and unchanged, against parsing and the same rows, each with the words for its floor."""
    hints = Hints(NOW)
    reading = read([part], hints)
    with tempfile.TemporaryDirectory() as folder:
        stored(reading, f"{folder}/first")
        rows = rows_of(f"{folder}/first/{FILE}")
        runs: dict[str, list[float]] = {"read": [], "save": [], "parse": [], "plain": [], "rows": [], "again": []}
        gc.collect()
        gc.freeze()  # what the benchmark holds itself is not to be walked through by every collection
        for number in range(times):
            home = f"{folder}/{number}"
            runs["parse"].append(clocked(lambda: etree.fromstring(part.data)))
            runs["read"].append(clocked(lambda: read([part], hints)))
            runs["rows"].append(inserted(f"{home}-rows", rows))
            runs["save"].append(stored(reading, home))
            runs["plain"].append(inserted(f"{home}-plain", {table: rows[table] for table in TABLES}))
            runs["again"].append(stored(reading, home))
    return {
        ("reading a schedule.xml", "lxml alone"): compared(runs, ("read",), ("parse",)),
        ("storing it", "inserting the same rows"): compared(runs, ("save",), ("rows",)),
        ("both", "both floors"): compared(runs, ("read", "save"), ("parse", "rows")),
        ("both, the index not counted as rows", "both floors"): compared(runs, ("read", "save"), ("parse", "plain")),
        ("both again, unchanged", "both floors"): compared(runs, ("read", "again"), ("parse", "rows")),
    }


def compared(runs: dict[str, list[float]], ours: Sequence[str], least: Sequence[str]) -> Figure:
    """Parts of our runs against parts of the floor's that were made side by side."""
    return Figure.of(*([sum(each) for each in zip(*(runs[name] for name in names), strict=True)] for names in (ours, least)))


def stored(reading: Any, home: str) -> float:
    """Milliseconds to store a reading in the store of a home folder, which is opened outside of the clock."""
    with open_store(home, now=NOW) as store:
        return clocked(lambda: store.save(reading, source="made", now=NOW))


def rows_of(path: str) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of a store, and those of its search index."""
    db = sqlite3.connect(path)
    rows = {table: db.execute(f"SELECT * FROM {table}").fetchall() for table in TABLES}  # noqa: S608  (our own names)
    rows["search"] = db.execute(f"SELECT id, {', '.join(INDEXED[1:])} FROM talk").fetchall()  # noqa: S608  (our own names)
    db.close()
    return rows


def inserted(home: str, rows: dict[str, list[tuple[Any, ...]]]) -> float:
    """Milliseconds to insert rows into the tables of a new store in one transaction, at the store's own settings."""
    with open_store(home, now=NOW) as store:
        db = store._access.db

        def work() -> None:
            db.execute("BEGIN IMMEDIATE")
            for table, some in rows.items():
                columns = f" ({', '.join(INDEXED)})" if table == "search" else ""
                if some:
                    signs = ", ".join("?" * len(some[0]))
                    db.executemany(f"INSERT INTO {table}{columns} VALUES ({signs})", some)  # noqa: S608  (our own names)
            db.execute("COMMIT")

        return clocked(work)


def _times(form: str, data: bytes, runs: int) -> list[float]:
    """Milliseconds of some runs of a reader."""
    work = _reading(form, data)
    return [clocked(work) for _ in range(max(1, min(runs, RUNS * 1_000_000 // len(data))))]


def _held(form: str, data: bytes) -> float:
    """The most bytes that a reader held at once for each byte of its input."""
    work = _reading(form, data)
    tracemalloc.start()
    work()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / len(data)


def _reading(form: str, data: bytes) -> Callable[[], Reading]:
    """A reader's work, done once, so that what it imports and compiles is there."""
    work = partial(read, [Part(f"made.{form}", data)], TOLD._replace(format=form.partition(" ")[0]))
    work()
    return work


# Inputs


def title(number: int) -> str:
    """A title that no other number has."""
    return f"{' '.join(WORDS[number % 7 : number % 7 + 5]).capitalize()} {number:05}"


def abstract(number: int, sentences: int = 5) -> str:
    """A text of some sentences."""
    return " ".join(f"{' '.join(WORDS[(number + n) % 5 :]).capitalize()}." for n in range(sentences))


def start_of(number: int) -> datetime:
    """When a talk starts: ten minutes after the last, 48 a day, within one year's end for 3,000 of them."""
    return datetime(2025, 2, 1, 9, tzinfo=UTC) + timedelta(days=number // 48, minutes=number % 48 * 10)


def page(talks: int) -> bytes:
    """A session page of a conference site, as text."""
    entries = []
    for number in range(talks):
        at = start_of(number)
        when = f"{at:%a} {at.day} {at:%b} {at:%H:%M} - {at + timedelta(minutes=10):%H:%M} CET"
        entries.append(f"{when}\n\n{title(number)}\n\nAda Boe · Cy Dow\n\n{abstract(number)}\n")
    head = "Skip to yearly menu bar Skip to main content\n\n\nOral Session\n\nOral 1A Graphs\n\nChat is not available.\n"
    return "\n".join([head, *entries]).encode()


def paper_list(talks: int) -> bytes:
    """A Markdown table of papers."""
    head = "Number | Paper title | Link | Abstract | Authors\n:-- | --- | --- | --- | ---\n"
    rows = (
        f"{number} | {title(number)} | <https://example.org/{number}> | {abstract(number)} | Ada Boe, Cy Dow"
        for number in range(talks)
    )
    return (head + "\n".join(rows) + "\n").encode()


def pentabarf(talks: int, sentences: int = 5) -> bytes:
    """A schedule.xml in the shape of FOSDEM's."""
    events = []
    for number in range(talks):
        at = start_of(number).astimezone(BRUSSELS)
        events.append(
            f'<event guid="{number:08}-0000-4000-8000-000000000000" id="{number}"><date>{at.isoformat()}</date>'
            f"<start>{at:%H:%M}</start><duration>00:10</duration><room>Room {number % 30}</room><slug>s{number}</slug>"
            f"<url>https://example.org/{number}</url><title>{title(number)}</title><subtitle/>"
            f"<track>Track {number % 60}</track><type>devroom</type><language>en</language>"
            f"<abstract>&lt;p&gt;{abstract(number, sentences)}&lt;/p&gt;\n\n"
            f"&lt;p&gt;{abstract(number + 1, sentences)}&lt;/p&gt;</abstract><description></description>"
            f'<persons><person id="{number}">Ada Boe {number}</person></persons><links/></event>'
        )
    head = "<conference><title>Made 2025</title><city>Brussels</city></conference>"
    return f'<?xml version="1.0"?>\n<schedule>{head}<day date="2025-02-01">\n{"".join(events)}</day></schedule>\n'.encode()


def frab_json(talks: int) -> bytes:
    """A schedule.json."""
    events = [
        {
            "id": number,
            "date": at.isoformat(),
            "start": f"{at:%H:%M}",
            "duration": "00:10",
            "room": "Hall",
            "title": title(number),
            "abstract": abstract(number),
            "persons": [{"public_name": "Ada Boe"}],
        }
        for number in range(talks)
        for at in [start_of(number).astimezone(BRUSSELS)]
    ]
    days = [{"date": "2025-02-01", "rooms": {"Hall": events}}]
    return json.dumps({"schedule": {"conference": {"title": "Made 2025", "days": days}}}).encode()


def calendar(talks: int) -> bytes:
    """An iCalendar file as Sched exports it."""
    events = (
        f"BEGIN:VEVENT\r\nUID:{number}\r\nDTSTART:{start_of(number):%Y%m%dT%H%M%SZ}\r\nDTEND:"
        f"{start_of(number) + timedelta(minutes=10):%Y%m%dT%H%M%SZ}\r\nSUMMARY:{title(number)}\r\nLOCATION:Hall\r\n"
        f"DESCRIPTION:{abstract(number)}\r\nEND:VEVENT\r\n"
        for number in range(talks)
    )
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Made//EN\r\n{''.join(events)}END:VCALENDAR\r\n".encode()


def site_json(talks: int) -> bytes:
    """The JSON behind a conference site."""
    results = [
        {
            "id": number,
            "name": title(number),
            "authors": [{"id": 1, "fullname": "Ada Boe", "institution": "Lamp Lab"}],
            "abstract": abstract(number),
            "session": f"Oral Session {number // 48}",
            "eventtype": "Oral",
            "room_name": "Hall 1",
            "virtualsite_url": f"/virtual/2025/oral/{number}",
            "starttime": start_of(number).isoformat(),
            "endtime": (start_of(number) + timedelta(minutes=10)).isoformat(),
            "related_events_ids": [],
        }
        for number in range(talks)
    ]
    return json.dumps({"count": talks, "next": None, "previous": None, "results": results}).encode()


INPUTS: dict[str, Callable[[int], bytes]] = {
    "page": page,
    "list-markdown": paper_list,
    "frab": pentabarf,
    "frab (JSON)": frab_json,
    "ical": calendar,
    "site-json": site_json,
}
"""Makers of inputs by the format that reads them; what follows in brackets is for the table."""


if __name__ == "__main__":
    main(rows)
