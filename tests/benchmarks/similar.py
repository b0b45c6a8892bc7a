"""How well similar talks are found: mean average precision with sessions and tracks of real conferences as the truth.

``python tests/benchmarks/similar.py`` prints, for each list with abstracts in ``../shared/samples``, the figure of
``Store.similar`` beside those of a random order and of the most words in common. Talks of one session should rank first.
What is not found comes last, in a random order.
"""

from __future__ import annotations

import csv
import random
import re
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree as ET

from planner.model import Conference, Reading, Talk, uid_for
from planner.store import Store, open_store

SAMPLES = Path(__file__).parents[3] / "shared" / "samples"
NOW = datetime(2026, 1, 1, tzinfo=UTC)
LISTS = (
    ("B/ismir2023_papers.csv", "session"),
    ("B/colt2020_papers.csv", "session"),
    ("B/icwsm2021_papers.csv", "session"),
    ("B/acl-emnlp_main_papers.csv", "track"),
    ("C/fosdem2024_pretalx-final.xml", "track"),
    ("C/fosdem2025_pentabarf.xml", "track"),
)

Order = Callable[[int], list[int]]


class Paper(NamedTuple):
    """A talk of a list and the session or track that it is in, which no ranking is told."""

    title: str
    abstract: str
    session: str


def papers(name: str, truth: str) -> list[Paper]:
    """The talks of a CSV or a schedule.xml, read by the standard library."""
    path = SAMPLES / name
    if path.suffix == ".csv":
        with path.open(encoding="utf-8", errors="replace", newline="") as file:
            return [Paper(row["title"], row["abstract"], row[truth]) for row in csv.DictReader(file)]
    tag = re.compile(r"<[^>]{0,2000}>")
    return [
        Paper(
            event.findtext("title") or "",
            tag.sub(" ", f"{event.findtext('abstract') or ''} {event.findtext('description') or ''}"),
            event.findtext(truth) or "",
        )
        for event in ET.parse(path).iter("event")  # noqa: S314  (files that we chose)
    ]


def precision(order: Sequence[int], right: frozenset[int]) -> float:
    """The average precision of one ranking: at each right hit, the share of right ones so far."""
    hits, total = 0, 0.0
    for rank, found in enumerate(order, 1):
        if found in right:
            hits += 1
            total += hits / rank
    return total / len(right)


def mean(held: Sequence[Paper], order: Order, chance: random.Random) -> float:
    """The mean average precision over all talks that have company in their session."""
    sessions: dict[str, set[int]] = {}
    for number, paper in enumerate(held):
        if paper.session:
            sessions.setdefault(paper.session, set()).add(number)
    found = []
    for number, paper in enumerate(held):
        right = frozenset(sessions.get(paper.session, set()) - {number})
        if right:
            ranked = order(number)
            rest = [other for other in range(len(held)) if other != number and other not in set(ranked)]
            chance.shuffle(rest)
            found.append(precision([*ranked, *rest], right))
    return sum(found) / len(found)


def by_words_in_common(held: Sequence[Paper]) -> Order:
    """The plain baseline: the more different words two talks have in common, the more alike they are."""
    words = [frozenset(re.findall(r"\w+", f"{paper.title} {paper.abstract}".lower())) for paper in held]
    return lambda number: sorted(
        (other for other in range(len(held)) if other != number), key=lambda other: -len(words[number] & words[other])
    )


def by_store(store: Store, uids: Sequence[str]) -> Order:
    """The program's own order."""
    numbers = {uid: number for number, uid in enumerate(uids)}
    return lambda number: [numbers[one.uid] for one in store.similar([uids[number]], limit=len(uids), least=0.0)]


def stored(home: str, name: str, held: Sequence[Paper]) -> tuple[Store, list[str]]:
    """A store that holds the titles and abstracts alone."""
    uids = [uid_for(name, str(number)) for number in range(len(held))]
    talks = tuple(
        Talk(uid, name, paper.title, abstract=paper.abstract, source_id=str(number))
        for number, (uid, paper) in enumerate(zip(uids, held, strict=True))
    )
    store = open_store(home, now=NOW)
    store.save(Reading(Conference(name, name, talks=talks), "csv"), source=name, now=NOW)
    return store, uids


def main() -> None:
    """Print the table."""
    print(
        f"{'list':34} {'talks':>6} {'random':>7} {'words':>7} {'similar':>8} {'× random':>9} {'× words':>8} {'ms a talk':>10}"
    )
    for name, truth in LISTS:
        held = papers(name, truth)
        with tempfile.TemporaryDirectory() as home:
            store, uids = stored(home, "list", held)
            with store:
                chance = random.Random(1)
                by_chance = mean(held, lambda _: [], chance)
                by_words = mean(held, by_words_in_common(held), chance)
                begun = time.perf_counter()
                found = mean(held, by_store(store, uids), chance)
                each = (time.perf_counter() - begun) / len(held) * 1000
        ratios = f"{found / by_chance:9.1f} {found / by_words:8.1f}"
        print(f"{Path(name).stem:34} {len(held):6} {by_chance:7.3f} {by_words:7.3f} {found:8.3f} {ratios} {each:10.1f}")


if __name__ == "__main__":
    main()
