"""Writes the store that stands for a schema version: ``python tests/make_store.py tests/data/stores/v1.db``.

Run once for each released version, by the program of that version; the file is then never written again.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
import tempfile

from readings import LATER, NOW, at, reading, row, talk

from planner.store import Store, open_store

ANTS = talk("Ants at work", "18:00", speakers=("Ada Lovelace", "Émile Borel"), room="Hall A", abstract="They carry leaves.")
BEES = talk("Bees and their hives", "18:15", track="Insects")
CATS = talk("Cats", "20:00", session="s12", minutes=60)
PAPER = row("Dogs in the paper list", degree="4", reason="for the train")


def fill(store: Store) -> None:
    """Two imports and every kind of mark."""
    store.save(reading(ANTS, BEES, CATS, PAPER), source="page.txt", now=NOW)
    store.star([ANTS.uid], rating=5, now=NOW)
    store.decide([ANTS.uid], "going", now=NOW)
    store.note(ANTS.uid, "ask Émile about the leaves", now=NOW)
    store.settle(leaving=[(ANTS.uid, at("18:10"))], now=NOW)
    store.star([BEES.uid, CATS.uid], now=NOW)
    store.decide([BEES.uid], "skipped", now=NOW)
    store.settle(kept=[(ANTS.uid, BEES.uid)], now=NOW)
    store.save(reading(ANTS, BEES._replace(title="Bees & their hives")), source="page-2.txt", now=LATER)
    store.note(PAPER.uid, "read", now=LATER)


def write(path: str) -> None:
    """Write the store, in small pages: the file lives in the repository."""
    with tempfile.TemporaryDirectory() as home:
        with open_store(home, now=NOW) as store:
            fill(store)
        db = sqlite3.connect(os.path.join(home, "planner.db"), isolation_level=None)
        db.execute("PRAGMA page_size = 512")
        db.execute("VACUUM")
        db.close()
        shutil.copy(os.path.join(home, "planner.db"), path)
        os.chmod(path, 0o644)


if __name__ == "__main__":
    write(sys.argv[1])
