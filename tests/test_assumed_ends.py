"""Talks whose source gives no end: every way to load them, and every command, assumes the same end."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from readings import LATER, SLUG, at, reading, talk

from planner.intake import Asked, keep, understand
from planner.intake import gather as gathered
from planner.store import open_store
from planner.tui import opening

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Answer

    from planner.plan import Plan
    from planner.store import Store

    Planner = Callable[..., Answer]

PAGES = (
    ("iclr2026_calendar_excerpt.txt", Asked("ICLR 2026")),
    ("icml2023_day-07-28.txt", Asked("ICML 2023")),
    ("neurips2022_day-12-03.txt", Asked("NeurIPS 2022")),
)
"""Day pages of which some or all talks have no end."""


def _ends(plan: Plan) -> dict[str, datetime | None]:
    return {uid: plan.until(talk) for uid, talk in plan.by_uid.items()}


def _every_load_agrees(store: Store) -> int:
    """Compare each way to load with the whole; how many talks have an assumed end."""
    now = datetime(2026, 4, 1, tzinfo=UTC)
    whole = store.load("UTC")
    expected = _ends(whole)
    for uid, held in whole.by_uid.items():
        assert _ends(store.load("UTC", uids=[uid]))[uid] == expected[uid], held.title
        if held.slot.start is not None:
            since, until = held.slot.start, held.slot.start + timedelta(seconds=1)
            assert _ends(store.load("UTC", between=(since, until)))[uid] == expected[uid], held.title
            assert _ends(store.load("UTC", slugs=[held.conference]).only([held.conference]))[uid] == expected[uid]
    for uid in whole.by_uid:
        store.star([uid], now=now)
        starred = store.load("Asia/Tokyo", only_starred=True)
        assert list(starred.by_uid) == [uid]
        assert _ends(starred.with_marks()) == {uid: expected[uid]}
        store.star([uid], starred=False, now=now)
    return sum(held.slot.start is not None and held.slot.end is None for held in whole.by_uid.values())


@pytest.mark.parametrize("page", range(len(PAGES)))
def test_an_assumed_end_does_not_hang_on_what_was_loaded(shared: Path, home: Path, page: int) -> None:
    """Of real pages without ends: each talk ends alike loaded alone, by its start, starred alone, or with everything."""
    name, asked = PAGES[page]
    now = datetime(2026, 4, 1, tzinfo=UTC)
    with open_store(str(home), now=now) as store:
        for found, source in gathered(str(shared / "samples" / "A" / name), asked, store.fetched):
            taken = keep(store, understand(store, found, source, asked, now=now), now=now)
            assert taken.error is None
        assert _every_load_agrees(store) > 2


def test_the_screen_knows_the_next_starts(home: Path) -> None:
    """A store is opened with one day and the stars of the others; their ends are those of the whole."""
    with open_store(str(home), now=LATER) as store:
        days = [talk(f"{word} {day}", clock, day=day, minutes=0) for day in (6, 7) for word, clock in CLOCKS]
        store.save(reading(*days), source="x", now=LATER)
        whole = store.load("UTC")
        store.star([days[-2].uid], now=LATER)
        first = opening.begin(store, "UTC", at("08:00"))
        assert set(first.plan.conferences) == {SLUG}
        assert len(first.plan.by_uid) == 4
        assert all(first.plan.until(one) == whole.until(one) for one in first.plan.by_uid.values())
        assert first.plan.until(first.plan.by_uid[days[-2].uid]) == at("18:09", 7)


CLOCKS = (("Ants", "18:00"), ("Bees", "18:04"), ("Cats", "18:09"))


def test_every_command_says_the_same_end(planner: Planner, tmp_path: Path) -> None:
    """A talk found by its words, shown, starred, on the agenda and in the calendar: at 16:06 until the next start."""
    page = tmp_path / "page.csv"
    rows = ["title,date,start,session", "Ants march,2026-04-23,16:06,Oral 1", "Bees dance,2026-04-23,16:18,Oral 1"]
    page.write_text("\n".join(rows) + "\n")
    assert planner("import", page, "--conference", "ICLR 2026", "--zone", "Europe/Berlin").code == 0
    assert planner("star", "Ants march").code == 0
    for words in (("talks", "ants"), ("talks",), ("talks", "--starred"), ("agenda", "2026-04-23"), ("show", "Ants march")):
        assert "16:06–16:18" in planner(*words).out, words
    assert "DTEND;TZID=Europe/Berlin:20260423T161800" in planner("export").out
