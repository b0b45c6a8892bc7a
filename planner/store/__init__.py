"""The store: what was read and what the user put on it, in one SQLite file; the only SQL of the program."""

from __future__ import annotations

from planner.store import busy, marks, schedule
from planner.store.access import Access, open_access
from planner.values import Acyclic

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime
    from types import TracebackType
    from typing import Self

    from planner.marks import Carried
    from planner.model import Busy, Change, Conference, Exported, Mark, Reading, Talk
    from planner.plan import Plan
    from planner.similar import Alike
    from planner.store.busy import BusyFile
    from planner.store.examine import Contents
    from planner.store.marks import Step
    from planner.store.outline import Outline
    from planner.store.safety import Restored
    from planner.store.saving import Run, Saved
    from planner.store.together import Together
    from planner.store.travel import Merged

    Pairs = Sequence[tuple[str, str]]
    Stretch = tuple[datetime, datetime]

__all__ = ["Store", "check_store", "copy_store", "open_store", "restore_store", "store_copies", "store_facts"]


def open_store(home: str, *, now: datetime, create: bool = True) -> Store:
    """Open the store in a home folder. It is made if it is missing, unless ``create`` is false: then what reads is empty.

    StoreError where the file cannot be opened, is damaged, is no store, or was written by a newer version.
    """
    return Store(open_access(home, now, create=create))


def check_store(home: str) -> list[str]:
    """What is wrong with the store of a home folder, a sentence each; nothing where all is well."""
    from planner.store.examine import findings

    return findings(home)


def store_facts(home: str) -> list[str]:
    """What there is to say about the store of a home folder, whole or not: a sentence each."""
    from planner.store.examine import facts

    return facts(home)


def copy_store(home: str, target: str, *, now: datetime) -> Contents:
    """Write a whole copy of a live store to a file, or into a folder; see :func:`planner.store.safety.save`."""
    from planner.store.safety import save

    return save(home, target, now)


def store_copies(home: str) -> list[Contents]:
    """The copies that are kept of a store with what they hold, newest first."""
    from planner.store.safety import found_copies

    return found_copies(home)


def restore_store(home: str, source: str, *, now: datetime, damaged: bool = False) -> Restored:
    """Put a copy in the place of the store, which is kept; see :func:`planner.store.safety.put_back`."""
    from planner.store.safety import put_back

    return put_back(home, source, now, damaged=damaged)


class Store:
    """An open store. Each verb is one transaction and one step of undo; what it returned from is on the disk.

    ``read_only`` is empty or the reason why nothing can be written; ``notices`` are sentences for the user. Every method
    raises StoreError where the file cannot be read or written, and then has changed nothing. It has more than twenty methods
    because it is the one door to the file: each is a verb of a few lines, and what it does is in the module named for it.
    """

    def __init__(self, access: Access) -> None:
        self._access = access
        self._run: Run | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._access.leave(error)

    def close(self) -> None:
        """Let go of the file."""
        self._access.db.close()

    def stay_small(self) -> None:
        """Hold 0.5 MiB of the file in memory instead of 2, for hours; a search takes 0.4 ms longer so."""
        with self._access.reading() as db:
            db.execute("PRAGMA cache_size = -512")

    @property
    def read_only(self) -> str:
        """Why nothing can be written, as a sentence; empty where it can."""
        return self._access.read_only

    @property
    def notices(self) -> Sequence[str]:
        """What the user should know besides: a copy that could not be made."""
        return self._access.notices

    # The schedule

    def save(self, reading: Reading, *, source: str, now: datetime) -> Saved:
        """Bring what was read into the store as one step.

        The sources that one run reads at one instant are one import: :meth:`changes` tells what all of them did.
        """
        from planner.store import saving

        slug = reading.conference.slug
        if self._run is None or self._run.now != now:
            self._run = saving.Run(now)
        with self.together(now=now) as joined, Acyclic():
            rows = saving.stored(joined.db, slug)
            before = rows.value()
            result = saving.merged(joined.db, rows, before, reading, source, now=now)
            number = self._run.number(joined.db, slug, source)
            saved, images = saving.write(joined.db, rows, result, number=number, now=now, copy=self._access.copy_before_import)
            joined.add(slug, before, number, saved)
            joined.step(f"the import of {saving.short(result.conference.source)}", images)
        return joined.ended.get(slug, saved)

    def together(self, *, now: datetime) -> Together:
        """Let all that is saved within be one transaction and one step; see :class:`planner.store.together.Together`."""
        from planner.store.together import Together

        return self._access.joined or Together(self._access, now)

    def rehearsal(self) -> Store:
        """A copy of the store in memory, to see there what would come of writing."""
        return Store(self._access.rehearsal())

    def conferences(self) -> tuple[Conference, ...]:
        """Every conference by its slug, without sessions and talks."""
        with self._access.reading() as db:
            return schedule.conferences(db)

    def conference(self, slug: str) -> Conference | None:
        """One conference without sessions and talks; its ``zone`` is what later files without one take."""
        with self._access.reading() as db:
            return schedule.conference(db, slug)

    def counts(self) -> dict[str, tuple[int, int]]:
        """Slug -> how many talks (untitled slots and cancelled talks do not count), and how many are starred."""
        with self._access.reading() as db:
            return schedule.counts(db)

    def stretch(self, slug: str) -> tuple[datetime | None, datetime | None]:
        """The first start and the last end of a conference's talks, None where none has a clock."""
        with self._access.reading() as db:
            return schedule.stretch(db, slug)

    def outlines(self) -> dict[str, Outline]:
        """Slug -> when its talks are and how many, without the talks."""
        from planner.store.outline import outlines

        with self._access.reading() as db:
            return outlines(db)

    def load(
        self,
        zone: str,
        slugs: Sequence[str] | None = None,
        *,
        between: Stretch | None = None,
        only_starred: bool = False,
        uids: Sequence[str] | None = None,
        brief: bool = False,
    ) -> Plan:
        """The plan of the conferences ``slugs`` (None for all), those without such talks too, seen in a display zone.

        ``between`` asks for the talks that start in that half-open stretch, and all-day entries that touch its days in UTC;
        ``only_starred`` for starred ones; ``uids`` for those talks, besides starred ones. However few are loaded, a talk
        without an end has its assumed end. ``brief`` leaves out abstracts and other long texts.
        """
        with self._access.reading() as db:
            return schedule.load(db, zone, slugs, between, uids, only_starred=only_starred, brief=brief)

    def page(self, zone: str, slugs: Sequence[str], between: Stretch | None) -> Plan:
        """In brief all stars, and the talks of conferences in a stretch as :meth:`load` has it, or (None) without a slot."""
        with self._access.reading() as db:
            return schedule.page(db, zone, slugs, between)

    def times(self, zone: str) -> Plan:
        """When talks are: a plan with one nameless talk for each time, kind and state that any of a conference has."""
        with self._access.reading() as db:
            return schedule.times(db, zone)

    def abstract(self, uid: str) -> str:
        """The abstract of a talk; empty where there is none."""
        with self._access.reading() as db:
            return schedule.abstract(db, uid)

    def offered(self, slug: str) -> list[tuple[str, str | None, str | None, int, int, int]]:
        """Kind, track and room of a conference's talks, how many have all three, are starred, and will be gone to."""
        with self._access.reading() as db:
            return schedule.offered(db, slug)

    def changes(self, slug: str | None = None, *, added: bool = True) -> tuple[Change, ...]:
        """What the last import of each conference, or of one, did to its talks; with or without those that it added."""
        from planner.store import saving

        with self._access.reading() as db:
            return saving.changes(db, slug, added=added)

    def added(self, slug: str) -> tuple[str, ...]:
        """The uids of the talks that the last import of a conference added, starred ones first."""
        with self._access.reading() as db:
            return schedule.added(db, slug)

    def fetched(self, url: str) -> tuple[str, str, str]:
        """Slug and what is kept of a path or an address since its last reading; empty where it has to be read anew."""
        from planner.store import fetched

        with self._access.reading() as db:
            return fetched.known(db, url)

    def remember_fetched(self, url: str, slug: str, validators: tuple[str, str], *, now: datetime) -> None:
        """Keep a place that was just read into a conference, and what to know it by; a step only within :meth:`together`."""
        from planner.store import fetched

        with self._access.writing(now) as db:
            image = fetched.remember(db, url, slug, validators, now)
            if self._access.joined is not None:
                self._access.joined.images.append(image)

    def read_again(self, place: str, validators: tuple[str, str], *, source: str, now: datetime) -> bool:
        """Note an import that changed nothing, for a place is as it was; False where that is no longer what is kept of it."""
        from planner.store import fetched

        with self._access.writing(now) as db:
            return fetched.read_again(db, place, validators, source, now)

    def sources(self, slug: str) -> tuple[str, ...]:
        """The paths and addresses that a conference was read from, in the order of their last reading."""
        from planner.store import fetched

        with self._access.reading() as db:
            return fetched.sources(db, slug)

    # Finding

    def search(self, words: str, *, slugs: Sequence[str] | None = None, limit: int = -1) -> list[str]:
        """The uids of the talks that answer to all the words, best first; the last word may be the start of one.

        Case and diacritics do not count. Of more than 2,000 those with the words in the title are first. No limit is -1.
        """
        from planner.store import search

        with self._access.reading() as db:
            return search.search(db, words, slugs, limit)

    def find(self, said: str) -> list[Talk]:
        """The talks that a uid, the start of one (4 signs or more) or words of a title name."""
        from planner.store import search

        with self._access.reading() as db:
            return search.find(db, said)

    def similar(
        self, uids: Sequence[str], *, slugs: Sequence[str] | None = None, limit: int | None = 5, least: float = 0.1
    ) -> list[Alike]:
        """The talks most like those of the uids by the words of title and abstract, best first, with the words shared.

        They score ``least`` or more, and are not those, no other talks of their papers, cancelled, breaks or untitled;
        ``limit`` None is none.
        """
        from planner.store import similar

        with self._access.reading() as db:
            return similar.alike(db, uids, slugs, limit, least)

    # Marks: what they refuse they refuse with a UsageError, or a NoSuchTalkError for a uid that nothing has

    def marks(self, uids: Iterable[str]) -> dict[str, Mark]:
        """The marks of talks, an empty one where there is none."""
        with self._access.reading() as db:
            return marks.marks(db, uids)

    def star(self, uids: Sequence[str], starred: bool = True, rating: int | None = None, *, now: datetime) -> None:
        """Star talks or take their stars away. A rating of 1 to 5 is set, 0 taken away, None left as it is."""
        with self._access.writing(now) as db:
            before = marks.known(db, uids)
            words = "unstarring" if not starred else f"rating {rating} of" if rating else "star on"
            marks.put(db, before, [marks.star(mark, starred, rating) for mark in before.values()], words, now)

    def decide(self, uids: Sequence[str], decision: str, *, now: datetime) -> None:
        """Decide on talks: undecided, going (which stars them too) or skipped."""
        with self._access.writing(now) as db:
            before = marks.known(db, uids)
            after = [marks.decide(mark, decision) for mark in before.values()]
            marks.put(db, before, after, marks.DOING[decision], now)

    def settle(
        self, decisions: Pairs = (), kept: Pairs = (), leaving: Sequence[tuple[str, datetime]] = (), *, now: datetime
    ) -> None:
        """Settle several talks as one step: decisions by uid, pairs that may overlap, when talks are left.

        The second of a pair may be the key of busy time.
        """
        with self._access.writing(now) as db:
            before = marks.known(db, marks.settling(decisions, kept, leaving))
            words = "keeping" if kept and not decisions else "leaving time of" if leaving else "deciding on"
            marks.put(db, before, marks.settled(before, decisions, kept, leaving), words, now)

    def note(self, uid: str, text: str, *, now: datetime) -> None:
        """Write the note on a talk; an empty one takes it away."""
        from planner.text import clean

        text = clean(text, lines=True)
        with self._access.writing(now) as db:
            before = marks.known(db, [uid])
            marks.put(db, before, [before[uid]._replace(note=text)], "note on", now)

    def last_step(self) -> Step | None:
        """What :meth:`undo` would take back, None where there is nothing."""
        with self._access.reading() as db:
            return marks.last_step(db)

    def carried(self, slugs: Sequence[str] | None = None) -> list[Carried]:
        """The marks of the conferences (None for all) with what tells their talks elsewhere, ready to travel."""
        from planner.store import travel

        with self._access.reading() as db:
            return travel.carried(db, slugs)

    def merge(self, marks: Sequence[Carried], *, source: str, now: datetime) -> Merged:
        """Merge marks that came from elsewhere, part by part the newer; those without a talk here wait for it."""
        from planner.store import travel

        images: list[tuple[str, object, object]] = []
        with self.together(now=now) as joined:
            merged = travel.merge(joined.db, marks, images)
            joined.step(f"the marks of {source}", images)
        return merged

    def undo(self, *, now: datetime, only: Step | None = None) -> str | None:
        """Take the last change back, refused where it is not the ``only`` one wanted; its words, None where there is none."""
        with self._access.writing(now) as db:
            return marks.undo(db, now, only)

    # Busy time: the user's own calendar; no step of undo

    def set_busy(self, source: str, times: Iterable[Busy], stretches: Sequence[Stretch], *, now: datetime) -> None:
        """Keep a calendar file's busy times in the place of those that it had; it was read for these stretches."""
        with self._access.writing(now) as db:
            busy.put(db, source, times, stretches)

    def busy_between(self, since: datetime, until: datetime) -> tuple[Busy, ...]:
        """The busy times that touch a stretch, in order, each once however many files have it."""
        with self._access.reading() as db:
            return busy.touching(db, since, until)

    def clear_busy(self, *, now: datetime) -> int:
        """Forget all busy time; how many times that were."""
        with self._access.writing(now) as db:
            return busy.clear(db)

    def busy_files(self) -> tuple[BusyFile, ...]:
        """The calendar files whose busy times are kept, and the stretches that each was read for."""
        with self._access.reading() as db:
            return busy.files(db)

    # Calendars

    def exported(self, calendar: str) -> dict[str, Exported]:
        """What a calendar (a file's path, or stdout) was last told, by uid."""
        from planner.store import exports

        with self._access.reading() as db:
            return exports.exported(db, calendar)

    def remember_exported(self, calendar: str, told: Mapping[str, Exported], *, now: datetime) -> None:
        """Keep what a calendar was told now; no step of undo."""
        from planner.store import exports

        with self._access.writing(now) as db:
            exports.remember(db, calendar, told)

    def version(self) -> int:
        """A number that changes whenever another program has written (``PRAGMA data_version``)."""
        with self._access.reading() as db:
            return int(db.execute("PRAGMA data_version").fetchone()[0])
