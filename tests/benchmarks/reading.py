"""What reading costs: against the least it could cost, and for ten and a hundred times the input.

``python tests/benchmarks/reading.py`` prints ratios, medians of paired runs in processor time; nothing is asserted, because
a busy machine says little. The first table sets reading and storing a 2 MB schedule.xml against lxml parsing it and SQLite
inserting the rows that were stored, with the store's own tables and settings (aim: 3 at most). The file is FOSDEM 2025's
from ``../shared/samples``, or one of its shape where that is missing. The second shows each reader at one, ten and a hundred
times an input: the time for a megabyte against that of the smallest (1.0 is linear), and the most memory held at once in
bytes for each byte read.
"""

from __future__ import annotations

import gc
import json
import sqlite3
import tempfile
import time
import tracemalloc
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from lxml import etree  # type: ignore[import-untyped]  # it has no types of its own

from planner.readers import Hints, Part, read
from planner.store import open_store
from planner.store.access import FILE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

FOSDEM = Path(__file__).parents[3] / "shared" / "samples" / "C" / "fosdem2025_pentabarf.xml"
NOW = datetime(2025, 1, 1, tzinfo=UTC)
TOLD = Hints(NOW, name="Made 2025", year=2025, zone="Europe/Brussels")
RUNS = 9
TABLES = ("conference", "session", "talk", "change", "step")
INDEXED = ("rowid", "title", "speakers", "abstract", "room", "track", "session_title")
SIZES = (1, 10, 100)
FEW = 30
"""Talks of the smallest input."""

TEXT = "graphs learn sparse models of noisy data while every robust method keeps its promise under shifted labels"
WORDS = TEXT.split()


def main() -> None:
    """Print both tables."""
    data, name = (FOSDEM.read_bytes(), FOSDEM.name) if FOSDEM.exists() else (pentabarf(950, 8), "made.xml")
    print(f"{name}, {len(data) / 1e6:.1f} MB, median of {RUNS} paired runs\n")
    for words, ratio, ours, least in against_the_least(Part(name, data)):
        print(f"{words:58} {ratio:5.2f}   ({ours:.0f} ms / {least:.0f} ms)")
    print(f"\n{'reader':14}" + "".join(f"{f'{size} x':>24}" for size in SIZES))
    for form, make in INPUTS.items():
        print(f"{form:14}" + "".join(f"{cell:>24}" for cell in growth(form, make)), flush=True)


def against_the_least(part: Part) -> Iterator[tuple[str, float, float, float]]:
    """Words, the ratio, and the milliseconds of both, for each comparison."""
    hints = Hints(NOW)
    reading = read([part], hints)
    with tempfile.TemporaryDirectory() as folder:
        stored(reading, f"{folder}/first")
        rows = rows_of(f"{folder}/first/{FILE}")
        runs: dict[str, list[float]] = {"read": [], "save": [], "parse": [], "plain": [], "rows": [], "again": []}
        gc.collect()
        gc.freeze()  # what the benchmark holds itself is not to be walked through by every collection
        for number in range(RUNS):
            home = f"{folder}/{number}"
            runs["parse"].append(clocked(lambda: etree.fromstring(part.data)))
            runs["read"].append(clocked(lambda: read([part], hints)))
            runs["rows"].append(inserted(f"{home}-rows", rows))
            runs["save"].append(stored(reading, home))
            runs["plain"].append(inserted(f"{home}-plain", {table: rows[table] for table in TABLES}))
            runs["again"].append(stored(reading, home))
    yield compared("reading / lxml alone", runs, ("read",), ("parse",))
    yield compared("storing / inserting the same rows, search index too", runs, ("save",), ("rows",))
    yield compared("reading and storing / lxml and the same rows", runs, ("read", "save"), ("parse", "rows"))
    yield compared("the same, the index not counted as rows", runs, ("read", "save"), ("parse", "plain"))
    yield compared("again, unchanged / lxml and the same rows", runs, ("read", "again"), ("parse", "rows"))


def compared(
    words: str, runs: dict[str, list[float]], ours: Sequence[str], least: Sequence[str]
) -> tuple[str, float, float, float]:
    """The median of the ratios of runs that were made side by side, and the medians of both."""
    tops = [sum(each) for each in zip(*(runs[name] for name in ours), strict=True)]
    floors = [sum(each) for each in zip(*(runs[name] for name in least), strict=True)]
    ratio = median(top / floor for top, floor in zip(tops, floors, strict=True))
    return words, ratio, median(tops) * 1000, median(floors) * 1000


def clocked(work: Callable[[], object]) -> float:
    """Seconds of the processor that some work takes: waiting for the disk or for other programs does not count."""
    start = time.process_time()
    work()
    return time.process_time() - start


def stored(reading: Any, home: str) -> float:
    """Seconds to store a reading in the store of a home folder, which is opened outside of the clock."""
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
    """Seconds to insert rows into the tables of a new store in one transaction, at the store's own settings."""
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


def growth(form: str, make: Callable[[int], bytes]) -> Iterator[str]:
    """For each size the megabytes, the time for a megabyte against that of the smallest, and bytes held for a byte read."""
    first = 0.0
    for size in SIZES:
        part = Part(f"made.{form}", make(FEW * size))
        hints = TOLD._replace(format=form.partition(" ")[0])
        work = partial(read, [part], hints)
        found = len(work().conference.talks)
        each = median(clocked(work) for _ in range(3 if size == SIZES[-1] else RUNS)) / len(part.data)
        first = first or each
        tracemalloc.start()
        work()
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        talks = "" if found == FEW * size else f" ({found} talks!)"
        yield f"{len(part.data) / 1e6:.2f} MB {each / first:5.2f} {peak / len(part.data):5.1f} B{talks}"


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
        at = start_of(number)
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
            "date": start_of(number).isoformat(),
            "start": f"{start_of(number):%H:%M}",
            "duration": "00:10",
            "room": "Hall",
            "title": title(number),
            "abstract": abstract(number),
            "persons": [{"public_name": "Ada Boe"}],
        }
        for number in range(talks)
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
    main()
