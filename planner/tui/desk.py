"""What the screens share: one plan of what is stored, changed only through the store. It knows no widget.

Store first, screen second: a mark is written, and only then is the plan that the screens show replaced.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from planner import export
from planner.model import UNRATED
from planner.plan import Plan
from planner.tui import rows

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from planner.clash import Group
    from planner.model import Conference, Mark, Talk
    from planner.store import Store
    from planner.tui.rows import Page


class Services(NamedTuple):
    """What the screens can ask of the rest of the house besides the store.

    ``read(source)`` reads and stores a file, folder or URL and says what it understood, or raises
    :class:`~planner.errors.PlannerError`. ``schedules`` are the names and paths of those that come with the program.
    """

    read: Callable[[str], str]
    schedules: Sequence[tuple[str, str]] = ()


class Desk:
    """The plan on the table: ``plan``, the conference that is shown (``slug``) and its ``pages``.

    ``now`` gives the instant in UTC; nothing here reads a clock.
    """

    def __init__(self, store: Store, zone: str, now: Callable[[], datetime], alarm: int | None = None) -> None:
        self.store = store
        self.alarm = alarm
        self.now = now
        self.plan: Plan
        self.slug = ""
        self.pages: list[Page] = []
        self._page_of: dict[str, int] = {}
        self._ends: datetime | None = None
        self._version = 0
        self.load(zone)

    def load(self, zone: str) -> None:
        """Read all that is stored again; the conference that is shown stays unless it is gone."""
        self._version = self.store.version()
        self.plan = self.store.load(zone)
        if self.slug not in self.plan.conferences:
            self.slug = self._nearest()
        self._open()

    def changed_elsewhere(self) -> bool:
        """Whether another program wrote since the last look; if so all is read again."""
        if self.store.version() == self._version:
            return False
        self.load(self.plan.zone)
        return True

    def show(self, slug: str) -> None:
        """Turn to another conference."""
        self.slug = slug
        self._open()

    def _open(self) -> None:
        self.pages = rows.pages(self.plan, self.slug)
        self._page_of = {uid: at for at, page in enumerate(self.pages) for uid in page.uids}
        self._ends = rows.last_end(self.plan, self.pages)

    @property
    def live(self) -> bool:
        """Whether the conference has still something to come: only then is it worth showing what is past as past."""
        return self._ends is not None and self._ends > self.now()

    def show_zone(self, zone: str) -> None:
        """Show all times in another zone."""
        self.plan = self.plan.with_zone(zone)

    @property
    def conference(self) -> Conference | None:
        """The conference that is shown; None while nothing is stored."""
        return self.plan.conferences.get(self.slug)

    def talk(self, uid: str) -> Talk:
        """The talk of that uid."""
        return self.plan.by_uid[uid]

    def _nearest(self) -> str:
        """The conference that is on, else the one with a day nearest to now, else the first."""
        today = self.now().date()
        best: tuple[int, str] | None = None
        for slug, conference in self.plan.conferences.items():
            days = [talk.slot.start.date() for talk in conference.talks if talk.slot.start is not None]
            off = min((abs((day - today).days) for day in (min(days), max(days))), default=10**6) if days else 10**6
            if days and min(days) <= today <= max(days):
                off = 0
            if best is None or off < best[0]:
                best = (off, slug)
        return best[1] if best else ""

    # Marks: each is one call of the store, then the plan with what the store now says

    def star(self, uid: str) -> None:
        """Star a talk, or take its star away."""
        self.store.star([uid], not self.plan.mark(uid).starred, now=self.now())
        self._again(uid)

    def rate(self, uid: str, step: int) -> None:
        """Rate a talk one higher or lower, from 1 to 5; an unrated one begins at 3."""
        mark = self.plan.mark(uid)
        rating = mark.rating + step if mark.rating else UNRATED
        self.store.star([uid], starred=True, rating=min(5, max(1, rating)), now=self.now())
        self._again(uid)

    def decide(self, uid: str, decision: str) -> None:
        """Decide on a talk; the same decision a second time leaves it undecided."""
        same = self.plan.mark(uid).decision == decision
        self.store.decide([uid], "undecided" if same else decision, now=self.now())
        self._again(uid)

    def note(self, uid: str, text: str) -> None:
        """Write the note on a talk."""
        self.store.note(uid, text, now=self.now())
        self._again(uid)

    def undo(self) -> str | None:
        """Take back the last change; what it was in words, None where there was none."""
        words = self.store.undo(now=self.now())
        self.load(self.plan.zone)
        return words

    def search(self, words: str) -> list[str]:
        """The uids of this conference's talks that answer to the words, best first."""
        return [uid for uid in self.store.search(words, slugs=[self.slug]) if uid in self.plan.by_uid]

    def clashes(self) -> list[Group]:
        """The clashes that a talk of the shown conference has a part in."""
        by_uid = self.plan.by_uid
        return [
            group
            for group in self.plan.clashes()
            if any(span.uid in by_uid and by_uid[span.uid].conference == self.slug for span in group.spans)
        ]

    @property
    def name(self) -> str:
        """The name of the conference that is shown."""
        return self.conference.name if self.conference is not None else ""

    def alone(self) -> Plan:
        """The plan of the shown conference only."""
        plan = self.plan
        return Plan({self.slug: plan.conferences[self.slug]}, plan.marks, plan.busy, plan.zone)

    def export(self, path: str, scope: str) -> str:
        """Write the shown conference to a calendar file, as ``planner export`` does; what was written, in a sentence."""
        target = os.path.abspath(os.path.expanduser(path))
        plan = self.alone()
        made = export.calendar(plan, scope=scope, remembered=self.store.exported(target), alarm=self.alarm)
        if made is None:
            return "There is nothing to export: star a talk first."
        export.write_file(target, made.data)
        if scope != "all":
            self.store.remember_exported(target, made.remember, now=self.now())
        return f"{made.words} written to {target}"

    def stars(self) -> list[int]:
        """How many talks of each page are starred; the marks are few where the talks are many."""
        found = [0] * len(self.pages)
        for mark in self.plan.marks.values():
            at = self._page_of.get(mark.uid) if mark.starred else None
            if at is not None:
                found[at] += 1
        return found

    def _again(self, *uids: str) -> None:
        marks: dict[str, Mark] = self.store.marks(uids)
        self.plan = self.plan.with_marks(*(marks[uid] for uid in uids))
