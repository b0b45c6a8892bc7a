"""What the screens share: one plan of what is stored, changed only through the store. It knows no widget.

Store first, screen second: a mark is written, and only then is the plan that the screens show replaced.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from planner import times
from planner.model import UNRATED
from planner.settings import Settings
from planner.tui import opening, rows

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date, datetime

    from planner.intake.importer import Importer
    from planner.model import Conference, Mark, Talk
    from planner.plan import Plan
    from planner.store import Store
    from planner.tui.opening import Opening
    from planner.tui.rows import Page
    from planner.ways import Way


NEEDS = Settings("").walking_seconds
"""The seconds from room to room where the user set nothing."""

HOURS = Settings("").day_hours
"""The first and the last hour of a day in which free time counts, where the user set nothing."""


class Services(NamedTuple):
    """What the screens can ask of the rest of the house besides the store.

    ``importer`` reads files, folders and addresses and keeps what was understood, in any thread. ``schedules`` are the names
    and paths of those that come with the program. ``home`` is the data folder.
    """

    importer: Importer
    schedules: Sequence[tuple[str, str]] = ()
    home: str = ""


class Desk:
    """The plan on the table: ``plan``, the conference that is shown (``slug``) and its ``pages``.

    Until it is ``whole`` the plan has the talks of the day nearest to now and every starred one, and the pages their numbers.
    It has more than twenty methods because it is the one thing that every screen has: each is a verb of the store followed by
    the plan as it then is, or a question that several screens ask of both.
    ``now`` gives the instant in UTC; nothing here reads a clock. ``needs`` gives the seconds from room to room, ``hours``
    are the first and the last of a day in which free time counts.
    """

    def __init__(
        self,
        store: Store,
        zone: str,
        now: Callable[[], datetime],
        *,
        alarm: int | None = None,
        needs: Callable[[str, str], int] = NEEDS,
        hours: tuple[int, int] = HOURS,
        first: Opening | None = None,
    ) -> None:
        self.store = store
        self.alarm = alarm
        self.needs = needs
        self.hours = hours
        self.now = now
        self._version = self.store.version()
        self._touched: set[str] = set()
        self.plan, self.slug, pages, self._ends, self.whole = first or opening.begin(store, zone, now())
        self._turn(pages)

    def load(self, zone: str) -> None:
        """Read all that is stored again; the conference that is shown stays unless it is gone."""
        self._version = self.store.version()
        self.plan = self.store.load(zone)
        self.whole = True
        if self.slug not in self.plan.conferences:
            self.slug = opening.nearest(self.store.outlines(), self.now().date())
        self._open()

    def complete(self) -> None:
        """Have all talks: what is not read yet is read now."""
        if not self.whole:
            self.load(self.plan.zone)

    def take(self, plan: Plan, pages: list[Page]) -> None:
        """Go on with the whole plan that was read meanwhile, with the marks that were set since."""
        if self.whole:
            return
        self.whole = True
        self.plan = plan if plan.zone == self.plan.zone else plan.with_zone(self.plan.zone)
        if self._touched:
            self._again(*self._touched)
        self._turn(pages)
        self._ends = rows.last_end(self.plan, self.pages)

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
        self._turn(rows.pages(self.plan, self.slug))
        self._ends = rows.last_end(self.plan, self.pages)

    def _turn(self, pages: list[Page]) -> None:
        self.pages = pages
        self._pages_of: dict[str, list[int]] = {}
        for at, page in enumerate(pages):
            for uid in page.uids:
                self._pages_of.setdefault(uid, []).append(at)

    def today(self) -> date:
        """Today, where the conference that is shown is."""
        conference = self.conference
        zone = (conference and conference.zone) or self.plan.zone
        return times.local_day(self.now(), zone, conference.day_change if conference else 0)

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

    # Marks: each is one call of the store, then the plan with what the store now says

    def star(self, uid: str) -> None:
        """Star a talk, or take its star away."""
        self.store.star([uid], not self.plan.mark(uid).starred, now=self.now())
        self._again(uid)

    def star_all(self, uids: Sequence[str], starred: bool) -> None:
        """Star talks, or take their stars away, as one step."""
        self.store.star(uids, starred, now=self.now())
        self._again(*uids)

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

    def decide_each(self, decisions: Mapping[str, str]) -> None:
        """Decide on several talks as one step: uid to decision."""
        self.store.settle(list(decisions.items()), now=self.now())
        self._again(*decisions)

    def settle(self, way: Way) -> None:
        """Write a way out of a clash as one step."""
        self.store.settle(way.decisions, way.kept, way.leaving, now=self.now())
        self._again(*way.changed)

    def note(self, uid: str, text: str) -> None:
        """Write the note on a talk."""
        self.store.note(uid, text, now=self.now())
        self._again(uid)

    def undo(self) -> str | None:
        """Take back the last change; what it was in words, None where there was none."""
        words = self.store.undo(now=self.now())
        self.load(self.plan.zone)
        return words

    @property
    def name(self) -> str:
        """The name of the conference that is shown."""
        return self.conference.name if self.conference is not None else ""

    def stars(self) -> list[int]:
        """How many talks of each page are starred; the marks are few where the talks are many."""
        found = [0] * len(self.pages)
        for mark in self.plan.marks.values():
            for at in self._pages_of.get(mark.uid, ()) if mark.starred else ():
                found[at] += 1
        return found

    def _again(self, *uids: str) -> None:
        self._touched.update(uids)
        marks: dict[str, Mark] = self.store.marks(uids)
        self.plan = self.plan.with_marks(*(marks[uid] for uid in uids))
