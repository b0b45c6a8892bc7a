"""What planning costs, from 1,000 to 100,000 talks: clashes and the best plan against sorting, searching against its floor.

``python tests/benchmarks/planning.py [--quick] [TALKS…]`` prints its lines of the table, in processor time. Clashes should
grow like n log n plus the number of pairs: their ratio to sorting the same spans stays about the same (aim at 10,000: 6). A
keystroke is one search for a prefix of words that some talk has, best first; its floor is what SQLite's FTS5 takes to count
the same matches. At 10,000 talks it has 16 ms, one frame at 60 Hz.
"""

from __future__ import annotations

import random
import sqlite3
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from measuring import Dose, Figure, Row, clocked, main

from planner import advice, clash, suggest
from planner.model import Conference, Mark, Reading, Session, Slot, Talk, uid_for
from planner.plan import Plan
from planner.store import Store, open_store
from planner.store.access import FILE
from planner.store.search import query

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

NOW = datetime(2026, 1, 1, tzinfo=UTC)
RUNS = 5
ROOMS = 8
VOCABULARY = 30_000
ABSTRACT = 120
"""Words of an abstract; with Zipf's law on the vocabulary 10,000 of them are 9 MB."""
KEYSTROKES = 120


def rows(dose: Dose) -> Iterator[Row]:
    """The lines."""
    table: dict[tuple[str, str], dict[int, Figure]] = {}
    for size in dose.sizes:
        for part in (arithmetic, whole_plan, searching):
            for name, figure in part(size, min(dose.runs, RUNS)).items():
                table.setdefault(name, {})[size] = figure
    for (what, floor), figures in table.items():
        yield Row(what, floor, figures, "MB" if what == "the store" else "ms")


def arithmetic(size: int, runs: int) -> dict[tuple[str, str], Figure]:
    """Pairs, groups and the best plan of bare spans, with about as many pairs as spans, against sorting those."""
    chance = random.Random(size)
    spans = []
    for number in range(size):
        start = chance.randrange(size * 1_800)
        spans.append(
            clash.Span(start, start + chance.choice((600, 900, 900, 1_200)), f"t{number}", place=f"R{number % ROOMS}")
        )
    weights = {span.uid: chance.randint(1, 5) for span in spans}
    chance.shuffle(spans)
    found = clash.pairs(spans)
    works: dict[str, Callable[[], object]] = {
        "all clashing pairs": lambda: clash.pairs(spans),
        "groups of clashing talks": lambda: clash.groups(found),
        "suggest: the best plan": lambda: suggest.suggest(
            spans, weights, frozenset(), lambda here, there: 300 * (here != there)
        ),
    }
    times = [(clocked(lambda: sorted(spans)), *map(clocked, works.values())) for _ in range(runs)]
    least, *ours = zip(*times, strict=True)
    return {(name, "sorting the spans"): Figure.of(one, least) for name, one in zip(works, ours, strict=True)}


def talks_of(size: int, *, texts: bool) -> tuple[Talk, ...]:
    """Talks in parallel rooms, a quarter of them overlapping another one; with abstracts by Zipf's law."""
    chance = random.Random(size)
    words = [
        f"{chance.choice('bcdfglmnprst')}{number:x}{chance.choice(('ing', 'tion', 'al', 'er', ''))}"
        for number in range(VOCABULARY)
    ]
    weights = [1 / (rank + 3) for rank in range(VOCABULARY)]
    made = []
    for number in range(size):
        start = NOW + timedelta(minutes=20 * number + chance.choice((0, 0, 0, 10)))
        said = chance.choices(words, weights, k=ABSTRACT + 8) if texts else ["word"] * 8
        slot = Slot(start, start + timedelta(minutes=20), f"Room {number % ROOMS}", zone="UTC")
        made.append(
            Talk(
                uid_for("made", str(number)),
                "made",
                " ".join(said[:8]),
                "talk",
                f"s{number % 40}",
                slot,
                abstract=" ".join(said[8:]),
                source_id=str(number),
            )
        )
    return tuple(made)


def whole_plan(size: int, runs: int) -> dict[tuple[str, str], Figure]:
    """The clashes and the advice of a plan in which every talk is starred."""
    talks = talks_of(size, texts=False)
    sessions = tuple(Session(f"s{number}", f"Session {number}") for number in range(40))
    conference = Conference("made", "Made", "UTC", sessions, talks)
    marks = {talk.uid: Mark(talk.uid, starred=True, rating=number % 5 + 1) for number, talk in enumerate(talks)}
    times = []
    for _ in range(min(runs, 3)):
        plan = Plan({"made": conference}, marks)
        spans = plan.spans(plan.by_uid.values())
        least = clocked(lambda: clash.pairs(spans))  # noqa: B023  (run at once)
        times.append((least, clocked(plan.clashes), clocked(lambda: advice.advise(plan, _walk))))  # noqa: B023
    least, clashes, advised = zip(*times, strict=True)
    return {
        ("clashes of a plan, every talk starred", "the pairs alone"): Figure.of(clashes, least),
        ("advice on it", "the pairs alone"): Figure.of(advised, least),
    }


def _walk(here: str, there: str) -> int:
    return 300 * (here != there)


def searching(size: int, runs: int) -> dict[tuple[str, str], Figure]:
    """Keystrokes and similar talks in a store of that many, and the floor of the same matches."""
    chance = random.Random(1)
    talks = talks_of(size, texts=True)
    with tempfile.TemporaryDirectory() as home, open_store(home, now=NOW) as store:
        store.save(Reading(Conference("made", "Made", "UTC", talks=talks), "made"), source="made", now=NOW)
        typed = [keystroke(chance, chance.choice(talks)) for _ in range(KEYSTROKES)]
        bare = sqlite3.connect(Path(home) / FILE)
        floor = [clocked(lambda: count(bare, words)) for words in typed]  # noqa: B023  (run at once)
        found = [clocked(lambda: store.search(words, limit=200)) for words in typed]  # noqa: B023
        alike = [clocked(lambda: similar(store, talk)) for talk in chance.sample(talks, KEYSTROKES // 4)]  # noqa: B023
        bare.close()
        megabytes = (Path(home) / FILE).stat().st_size / 1e6
    counting = "counting the matches"
    return {
        ("search, a keystroke", counting): Figure.of(found, floor),
        ("search, the slowest of 100", counting): Figure(p99(found), p99(found) / max(p99(floor), 0.001)),
        ("talks like one", counting): Figure(median(alike), median(alike) / max(median(floor), 0.001)),
        ("the store", ""): Figure(megabytes),
    }


def keystroke(chance: random.Random, talk: Talk) -> str:
    """What somebody who looks for a talk has typed so far: one or two of its words, the last cut."""
    words = chance.sample(f"{talk.title} {talk.abstract}".split(), chance.choice((1, 1, 2)))
    return " ".join([*words[:-1], words[-1][: chance.randint(1, len(words[-1]))]])


def count(bare: sqlite3.Connection, words: str) -> int:
    """The floor: how many talks answer, unordered."""
    return int(bare.execute("SELECT count(*) FROM search WHERE search MATCH ?", (query(words),)).fetchone()[0])


def similar(store: Store, talk: Talk) -> object:
    """The five talks most like one."""
    return store.similar([talk.uid])


def p99(times: Sequence[float]) -> float:
    """The 99th percentile."""
    return sorted(times)[int(len(times) * 0.99)]


if __name__ == "__main__":
    main(rows)
