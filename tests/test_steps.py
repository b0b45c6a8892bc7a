"""What undo would take back, told before it does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from readings import LATER, NOW, reading, talk

from planner.store import open_store

if TYPE_CHECKING:
    from pathlib import Path

ANTS = talk("Ants at work", "18:00")


def test_the_last_step_is_what_undo_takes_back(tmp_path: Path) -> None:
    """It is told in undo's words, with whether it is an import, and telling it changes nothing."""
    with open_store(str(tmp_path), now=NOW) as store:
        assert store.last_step() is None
        store.save(reading(ANTS), source="/somewhere/page.txt", now=NOW)
        store.star([ANTS.uid], now=LATER)
        told = []
        while (step := store.last_step()) is not None:
            assert store.last_step() == step
            assert store.undo(now=LATER) == step.words
            told.append(step)
        assert told == [("star on 'Ants at work'", False), ("the import of page.txt", True)]
        assert store.undo(now=LATER) is None
