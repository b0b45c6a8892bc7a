"""What planning costs, from 1,000 to 100,000 talks: clashes and the best plan against sorting, searching against its floor.

``python tests/benchmarks/planning.py [TALKS…]`` prints ratios beside milliseconds of processor time, medians of paired runs;
nothing is asserted, because a busy machine says little. Clashes should grow like n log n plus the number of pairs: their ratio
to sorting the same spans stays about the same. A keystroke is one search for a prefix of words that some talk has, best first;
its floor is what SQLite's FTS5 takes to count the same matches. At 10,000 talks it has 16 ms, one frame at 60 Hz.
"""

from __future__ import annotations

import random
import sqlite3
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from planner import advice, clash, suggest
from planner.model import Conference, Mark, Reading, Session, Slot, Talk, uid_for
from planner.plan import Plan
from planner.store import Store, open_store
from planner.store.access import FILE
from planner.store.search import query

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

NOW = datetime(2026, 1, 1, tzinfo=UTC)
SIZES = (1_000, 10_000, 100_000)
RUNS = 5
ROOMS = 8
VOCABULARY = 30_000
ABSTRACT = 120
"""Words of an abstract; with Zipf's law on the vocabulary 10,000 of them are 9 MB."""
KEYSTROKES = 120


def main(sizes: Sequence[int]) -> None:
    """Print the three tables."""
    print(
        f"{'talks':>8} {'pairs':>8} {'sort ms':>8} {'pairs ms':>9} {'× sort':>7} {'groups ms':>10}"
        f" {'suggest ms':>11} {'× sort':>7}"
    )
    for size in sizes:
        print(arithmetic(size), flush=True)
    print(f"\n{'talks':>8} {'plan.clashes ms':>16} {'advice ms':>10}   (a whole plan, every talk starred)")
    for size in sizes:
        print(whole_plan(size), flush=True)
    print(
        f"\n{'talks':>8} {'store MB':>9} {'floor p50':>10} {'p99 ms':>7} {'search p50':>11} {'p99 ms':>7} {'× floor':>8}"
        f" {'similar p50':>12} {'p99 ms':>7}"
    )
    for size in sizes:
        print(searching(size), flush=True)


def clocked(run: Callable[[], object]) -> float:
    """Processor time of one run in milliseconds."""
    begun = time.process_time()
    run()
    return (time.process_time() - begun) * 1000


def arithmetic(size: int) -> str:
    """Sorting, pairs, groups and the best plan of bare spans, with about as many pairs as spans."""
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
    times = [
        (
            clocked(lambda: sorted(spans)),
            clocked(lambda: clash.pairs(spans)),
            clocked(lambda: clash.groups(found)),
            clocked(lambda: suggest.suggest(spans, weights, frozenset(), lambda here, there: 300 * (here != there))),
        )
        for _ in range(RUNS)
    ]
    by_sort = [median(one[column] / one[0] for one in times) for column in (1, 3)]
    sort, pairs, groups, best = (median(one[column] for one in times) for column in range(4))
    return f"{size:8} {len(found):8} {sort:8.1f} {pairs:9.1f} {by_sort[0]:7.1f} {groups:10.1f} {best:11.1f} {by_sort[1]:7.1f}"


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


def whole_plan(size: int) -> str:
    """The clashes and the advice of a plan in which every talk is starred."""
    talks = talks_of(size, texts=False)
    conference = Conference(
        "made", "Made", "UTC", tuple(Session(f"s{number}", f"Session {number}") for number in range(40)), talks
    )
    marks = {talk.uid: Mark(talk.uid, starred=True, rating=number % 5 + 1) for number, talk in enumerate(talks)}
    times = []
    for _ in range(3):
        plan = Plan({"made": conference}, marks)
        _ = plan.by_uid
        times.append((clocked(plan.clashes), clocked(lambda: advice.advise(plan, lambda here, there: 300 * (here != there)))))  # noqa: B023  (run at once)
    return f"{size:8} {median(one[0] for one in times):16.1f} {median(one[1] for one in times):10.1f}"


def searching(size: int) -> str:
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
    ratio = median(one / max(least, 0.001) for one, least in zip(found, floor, strict=True))
    search = f"{median(floor):10.2f} {p99(floor):7.1f} {median(found):11.2f} {p99(found):7.1f} {ratio:8.1f}"
    return f"{size:8} {megabytes:9.1f} {search} {median(alike):12.1f} {p99(alike):7.1f}"


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
    main([int(size) for size in sys.argv[1:]] or SIZES)
