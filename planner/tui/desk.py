"""What the screens share: one plan of what is stored, changed only through the store. It knows no widget.

Store first, screen second: a mark is written, and only then is the plan that the screens show replaced.
"""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, NamedTuple

from planner import times
from planner.errors import NoSuchTalkError
from planner.model import UNRATED
from planner.settings import Settings
from planner.tui import opening

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date

    from planner.dayplan import Programme
    from planner.intake.importer import Importer
    from planner.model import Conference, Mark, Talk
    from planner.plan import Plan
    from planner.store import Store
    from planner.store.marks import Step
    from planner.tui.opening import Opening
    from planner.tui.rows import Page
    from planner.ways import Way


NEEDS = Settings("").walking_seconds
"""The seconds from room to room where the user set nothing."""

HOURS = Settings("").day_hours
"""The first and the last hour of a day in which free time counts, where the user set nothing."""


MOST_BESIDE = 100
"""As many talks of other pages are kept in the plan: what a search finds is others with each letter."""


class Services(NamedTuple):
    """What the screens can ask of the rest of the house besides the store.

    ``importer`` reads files, folders and addresses and keeps what was understood, in any thread. ``schedules`` are the names
    and paths of those that come with the program. ``home`` is the data folder.
    """

    importer: Importer
    schedules: Sequence[tuple[str, str]] = ()
    home: str = ""


class Desk:
    """The plan on the table, the conference that is shown (``slug``), its ``pages``, and the talks (``uids``) of page ``at``.

    The plan holds those talks (or a day of several conferences, while one is asked for) and every starred one, in brief;
    others while they are asked for, until a page is turned.
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
        self._lie(first or opening.begin(store, zone, now()))

    def _lie(self, shown: Opening) -> None:
        """What was read is on the table, and nothing else."""
        self.plan, self.slug, self.pages, self.at, self.uids, self._outline, self._version = shown
        self.whole = self._more = False
        self._laid = tuple(self.plan.by_uid)
        self._day: tuple[Programme, frozenset[str]] | None = None
        self._times: Plan | None = None

    def _lay(self, zone: str, slug: str, wanted: datetime | Page) -> None:
        """Read a page of a conference, or of the one nearest to now where there is none such."""
        self._let_go()
        self._lie(opening.lay(self.store, zone, slug, wanted, self.now()))

    def _let_go(self) -> None:
        """Let go of all but the stars before other talks are read: two pages of 2,500 would be 2 MiB more at once.

        Should the store fail then, the stars are left until a page can be read.
        """
        self.store.version()  # what cannot be read at all fails here
        self.plan, self.uids, self.whole, self._more = self.plan.starred(), (), False, True
        self._laid, self._day = (), None

    # What is on the table

    def load(self, zone: str) -> None:
        """Read again what is on the table, in a zone; the conference and the day that are shown stay unless they are gone."""
        whole = self.whole
        self._lay(zone, self.slug, self.pages[self.at] if self.pages else self.now())
        if whole:
            self.complete()

    def changed_elsewhere(self) -> bool:
        """Whether another program wrote since the last look; if so all is read again."""
        if self.store.version() == self._version:
            return False
        self.load(self.plan.zone)
        return True

    def turn(self, at: int) -> None:
        """Turn to another page of the conference; what the plan held besides is let go."""
        if at != self.at or self._more:
            self._lay(self.plan.zone, self.slug, self.pages[at] if self.pages else self.now())

    def show(self, slug: str) -> None:
        """Turn to another conference, at the day nearest to now."""
        self._lay(self.plan.zone, slug, self.now())

    def hold(self, uids: Iterable[str]) -> None:
        """Have these talks in the plan, too; where many were asked for, those before them are let go."""
        wanted = list(uids)
        missing = [uid for uid in wanted if uid not in self.plan.by_uid]
        if missing:
            if len(self.plan.by_uid) > len(self._laid) + MOST_BESIDE:
                self.plan = self.plan.starred(*self._laid, *wanted)
            self.plan = self.plan.with_talks(self.store.load(self.plan.zone, uids=missing, brief=True))
            self._more = True

    def hold_papers(self) -> None:
        """Have the other talks of the papers that are planned, which one may take instead."""
        self.hold(self.plan.other_talks())

    def hold_day(self, programme: Programme, slugs: frozenset[str]) -> None:
        """Have a day of conferences in the plan, and the busy time then, in the place of the page, until one is turned."""
        if self._day == (programme, slugs):
            return
        self._let_go()
        midnight = datetime.combine(programme.day, time(), UTC)  # all-day entries are on the date in UTC
        between = (min(programme.since, midnight), programme.until)
        self.plan = self.store.page(self.plan.zone, sorted(slugs), between)
        self.uids = opening.talks_of(self.plan, [self.slug], programme.day)
        self._laid, self._day = tuple(self.plan.by_uid), (programme, slugs)

    def times(self) -> Plan:
        """When the talks of every conference are: a plan of their times alone, of what is on the table."""
        if self._times is None:
            self._times = self.store.times(self.plan.zone)
        return self._times

    def complete(self) -> None:
        """Have all talks in the plan."""
        if not self.whole:
            self.plan = self.store.load(self.plan.zone, brief=True)
            self.whole = self._more = True

    def talk(self, uid: str) -> Talk:
        """The talk of that uid; NoSuchTalkError where another program took it back since the last look."""
        self.hold([uid])
        found = self.plan.by_uid.get(uid)
        if found is None:
            raise NoSuchTalkError("this talk is not stored any more: another program took it back.")
        return found

    def page_of(self, uid: str) -> int:
        """The number of the first page that a talk of the conference is on.

        Where another program gave it a day that no page has yet, it is the page that is shown.
        """
        day = next(iter(self.plan.days_of(self.talk(uid))), None)
        return next((at for at, page in enumerate(self.pages) if page.day == day), self.at)

    # What several screens ask

    def today(self) -> date:
        """Today, where the conference that is shown is."""
        conference = self.conference
        zone = (conference and conference.zone) or self.plan.zone
        return times.local_day(self.now(), zone, conference.day_change if conference else 0)

    @property
    def live(self) -> bool:
        """Whether the conference has still something to come: only then is it worth showing what is past as past."""
        return opening.live(self.plan, self.uids, self._outline, self.now())

    @property
    def conference(self) -> Conference | None:
        """The conference that is shown; None while nothing is stored."""
        return self.plan.conferences.get(self.slug)

    @property
    def name(self) -> str:
        """The name of the conference that is shown."""
        return self.conference.name if self.conference is not None else ""

    @property
    def instant(self) -> datetime:
        """An instant of the page, else of the conference, for letters and differences that change with the season."""
        starts = (start for uid in self.uids if (start := self.plan.by_uid[uid].slot.start) is not None)
        return next(starts, None) or next((start.at for start in self._outline.starts), self.now())

    def stars(self) -> list[int]:
        """How many talks of each page are starred; the marks are few where the talks are many."""
        plan = self.plan
        talks = (plan.by_uid.get(mark.uid) for mark in plan.marks.values() if mark.starred)
        days: Counter[date | None] = Counter()
        for talk in talks:
            if talk is not None and talk.conference == self.slug:
                days.update(plan.days_of(talk) if talk.scheduled else [None])
        return [days[page.day] for page in self.pages]

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

    def undo(self, step: Step) -> None:
        """Take back this change; a UsageError where another program made or took back one since it was the last."""
        self.store.undo(now=self.now(), only=step)
        self.load(self.plan.zone)

    def _again(self, *uids: str) -> None:
        self.hold(uids)
        marks: dict[str, Mark] = self.store.marks(uids)
        self.plan = self.plan.with_marks(*(marks[uid] for uid in uids))
