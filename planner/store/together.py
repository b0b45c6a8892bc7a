"""Several imports as one: one transaction, one step of undo, and what they change taken together."""

from __future__ import annotations

from contextlib import contextmanager
from json import loads

from planner.changes import told
from planner.model import Conference
from planner.store import marks, outdated, saving
from planner.store.rows import TALK

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from datetime import datetime
    from typing import Any

    from planner.store.access import Access
    from planner.store.saving import Saved

_STEPS = "SELECT words, before FROM step WHERE id > ? ORDER BY id"
_ROW = f"SELECT {', '.join(TALK)} FROM talk WHERE uid = ?"  # noqa: S608  (constants of this package)


class Together:
    """What is saved within it is one step. ``ended`` says at its end what all of it changed, by the conference's slug.

    A talk that one source moves and the next one moves back has not moved.
    """

    def __init__(self, db: sqlite3.Connection, now: datetime) -> None:
        self.ended: dict[str, Saved] = {}
        self._db = db
        self._now = now
        self._first = db.execute("SELECT coalesce(max(id), 0) FROM step").fetchone()[0]
        self._before: dict[str, Conference] = {}
        self._saved: dict[str, list[Saved]] = {}
        self._numbers: dict[str, set[int]] = {}
        self._images: list[Any] = []

    def add(self, slug: str, before: Conference | None, number: int, saved: Saved) -> None:
        """Note what was saved: into which conference, as it was before, as which import."""
        self._before.setdefault(slug, before or Conference(slug, slug))
        self._saved.setdefault(slug, []).append(saved)
        self._numbers.setdefault(slug, set()).add(number)

    def image(self, image: tuple[str, str, Any]) -> None:
        """Note the image of a row that no step of its own has."""
        self._images.append(image)

    def end(self) -> None:
        """Make one step of all steps, and one import of the imports of each conference."""
        steps = self._db.execute(_STEPS, (self._first,)).fetchall()
        images = [tuple(image) for _, before in steps for image in loads(before)]
        before = [row for table, _, row in images if table == "talk" and row is not None]
        after = {row[0]: self._db.execute(_ROW, (row[0],)).fetchone() for row in before}
        moved = outdated.moved(_firsts(before), after)
        cleared = outdated.clear(self._db, moved, images, self._now)
        for slug, saved in self._saved.items():
            whole = saved[0] if len(saved) == 1 else self._whole(slug, saved)
            said = [sentence for conference, sentence in cleared if conference == slug]
            self.ended[slug] = whole._replace(near=(*whole.near, *said))
        if not steps:
            return
        self._db.execute("DELETE FROM step WHERE id > ?", (self._first,))
        words = steps[0][0] if len(steps) == 1 else f"the import of {len(steps)} sources"
        kept: dict[tuple[str, str], Any] = {}
        for image in (*images, *self._images):
            kept.setdefault((image[0], str(image[1])), image)
        marks.remember(self._db, words, list(kept.values()), self._now)

    def _whole(self, slug: str, saved: list[Saved]) -> Saved:
        """What all sources of a conference changed; the log of changes says the same."""
        rows = saving.stored(self._db, slug)
        new = rows.value() or self._before[slug]
        gone = {talk.uid for talk in new.talks if talk.cancelled}
        _, found = told(self._before[slug], new, self._now)
        changes = tuple(one for one in found if one.what != "added" or one.uid not in gone)  # what came and went is no news
        for number in self._numbers[slug]:
            self._db.execute("DELETE FROM change WHERE conference = ? AND import = ?", (slug, number))
        saving.log(self._db, slug, max(self._numbers[slug]), changes)
        near = dict.fromkeys(sentence for one in saved for sentence in one.near)
        old = self._before[slug] if self._before[slug].read_at else None
        return saving.counted(changes, len(new.talks) - len(found), tuple(near), old, new)


def _firsts(rows: list[Any]) -> list[Any]:
    """The first row of each talk: as it was before all."""
    return list({row[0]: row for row in reversed(rows)}.values())


@contextmanager
def together(access: Access, now: datetime) -> Iterator[Together]:
    """Let every write within be part of one transaction; an error that leaves it takes all of them back."""
    with access.writing(now) as db:
        one = Together(db, now)
        access.joined = one
        try:
            yield one
            one.end()
        finally:
            access.joined = None
