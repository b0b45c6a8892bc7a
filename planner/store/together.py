"""Several imports as one: one transaction, one step of undo, and what they change taken together."""

from __future__ import annotations

from planner.changes import told
from planner.model import Conference
from planner.store import marks, saving
from planner.store.rows import TALK, sayable

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable
    from datetime import datetime
    from types import TracebackType
    from typing import Self

    from planner.store.access import Access
    from planner.store.saving import Image, Saved

_ROW = f"SELECT {', '.join(TALK)} FROM talk WHERE uid = ?"  # noqa: S608  (constants of this package)


class Together:
    """What is saved within it is one transaction and one step; an error that leaves it takes all back.

    ``db`` is where to write meanwhile, ``images`` are rows as they were. ``ended`` says at its end what all of it changed, by
    the conference's slug: a talk that one source moves and the next one moves back has not moved. Within it another one is
    the same.
    """

    db: sqlite3.Connection

    def __init__(self, access: Access, now: datetime) -> None:
        self.ended: dict[str, Saved] = {}
        self.images: list[Image] = []
        self._access = access
        self._transaction = access.writing(now)
        self._now = now
        self._depth = 0
        self._words: list[str] = []
        self._before: dict[str, Conference] = {}
        self._saved: dict[str, list[Saved]] = {}
        self._numbers: dict[str, set[int]] = {}

    def __enter__(self) -> Self:
        if not self._depth:
            self.db = self._transaction.__enter__()
            self._access.joined = self
        self._depth += 1
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._depth -= 1
        if self._depth:
            return
        self._access.joined = None
        try:
            if error is None:
                self._end()
        except BaseException as failure:
            self._transaction.__exit__(type(failure), failure, failure.__traceback__)
            raise
        self._transaction.__exit__(kind, error, trace)

    def add(self, slug: str, before: Conference | None, number: int, saved: Saved) -> None:
        """Note what was saved: into which conference, as it was before, as which import."""
        self._before.setdefault(slug, before or Conference(slug, slug))
        self._saved.setdefault(slug, []).append(saved)
        self._numbers.setdefault(slug, set()).add(number)

    def step(self, words: str, images: Iterable[Image]) -> None:
        """Note what was done, in words, and the rows that it changed as they were; where there is none it changed nothing."""
        number = len(self.images)
        self.images += images
        if len(self.images) > number:
            self._words.append(sayable(words))

    def _end(self) -> None:
        """Make one step of all steps, and one import of the imports of each conference."""
        cleared = self._outdated()
        for slug, saved in self._saved.items():
            whole = saved[0] if len(saved) == 1 else self._whole(slug, saved)
            said = [sentence for conference, sentence in cleared if conference == slug]
            self.ended[slug] = whole._replace(near=(*whole.near, *said))
        if not self._words:
            return
        words = self._words[0] if len(self._words) == 1 else f"the import of {len(self._words)} sources"
        kept: dict[tuple[str, str], Image] = {}
        for image in self.images:
            kept.setdefault((image[0], str(image[1])), image)
        marks.remember(self.db, words, list(kept.values()), self._now)

    def _outdated(self) -> list[tuple[str, str]]:
        """Take away what marks say of old times; each ``(conference, sentence)``."""
        before = {row[0]: row for table, _, row in reversed(self.images) if table == "talk" and row is not None}
        if not before:
            return []
        from planner.store import outdated  # a first import moves nothing

        after = {uid: self.db.execute(_ROW, (uid,)).fetchone() for uid in before}
        return outdated.clear(self.db, outdated.moved(before.values(), after), self.images, self._now)

    def _whole(self, slug: str, saved: list[Saved]) -> Saved:
        """What all sources of a conference changed; the log of changes says the same."""
        rows = saving.stored(self.db, slug)
        new = rows.value() or self._before[slug]
        gone = {talk.uid for talk in new.talks if talk.cancelled}
        _, found = told(self._before[slug], new, self._now)
        changes = tuple(one for one in found if one.what != "added" or one.uid not in gone)  # what came and went is no news
        for number in self._numbers[slug]:
            saving.unlog(self.db, slug, number)
        added = [rows.talks[one.uid][-1] for one in changes if one.what == "added"]
        saving.log(self.db, slug, max(self._numbers[slug]), changes, added)
        near = dict.fromkeys(sentence for one in saved for sentence in one.near)
        old = self._before[slug] if self._before[slug].read_at else None
        return saving.counted(changes, len(new.talks) - len(found), tuple(near), old, new)
