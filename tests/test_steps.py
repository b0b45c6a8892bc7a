"""What undo would take back, told before it does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from readings import LATER, NOW, reading, talk

from planner.errors import UsageError
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
            told.append((step.words, step.imported))
        assert told == [("star on 'Ants at work'", False), ("the import of page.txt", True)]
        assert store.undo(now=LATER) is None


def test_only_the_step_that_was_asked_for_is_taken_back(tmp_path: Path) -> None:
    """Where another step is the last by then, also one of the same words, or none is left, nothing is taken back."""
    with open_store(str(tmp_path), now=NOW) as store:
        store.save(reading(ANTS), source="page.txt", now=NOW)
        first = store.last_step()
        store.star([ANTS.uid], rating=5, now=LATER)
        with pytest.raises(
            UsageError, match=r"the last change is rating 5 of 'Ants at work' by now, and not the import of page"
        ):
            store.undo(now=LATER, only=first)
        starred = store.last_step()
        assert store.undo(now=LATER, only=starred) == "rating 5 of 'Ants at work'"
        store.star([ANTS.uid], rating=5, now=LATER)
        with pytest.raises(UsageError):
            store.undo(now=LATER, only=starred)
        assert store.marks([ANTS.uid])[ANTS.uid].rating == 5
        assert store.undo(now=LATER)
        assert store.undo(now=LATER, only=first) == "the import of page.txt"
        with pytest.raises(UsageError, match="nothing to take back any more"):
            store.undo(now=LATER, only=first)
