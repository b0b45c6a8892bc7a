"""Reading and keeping for a screen: several sources after each other, shown before they are kept, kept as one."""

from __future__ import annotations

from planner.errors import MissingFactsError
from planner.intake import Source, Taken, changed, gather, keep, keep_all, understand
from planner.values import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

    from planner.intake import Asked, Tell
    from planner.store import Store


class Again(NamedTuple):
    """What reading all sources of a conference again comes to, in the order in which they were read before.

    ``taken`` are those that can be kept, all of them or none: each may put back what only a later one corrects. ``refusals``
    say why others cannot. ``shown`` stands for all: the one that lacks a fact, else the last one that has news, with what
    all of them do; None where nothing would change.
    """

    taken: tuple[Taken, ...]
    refusals: tuple[str, ...]
    shown: Taken | None


class Importer:
    """Reads and keeps for a screen. Every call opens the store itself, so that it can be made in any thread.

    ``home`` is the data folder, ``now`` gives the instant in UTC.
    """

    def __init__(self, home: str, now: Callable[[], datetime]) -> None:
        self.home = home
        self.now = now

    def read(self, said: Sequence[str | Source], asked: Asked, tell: Tell = str) -> list[Taken]:
        """Understand sources and tell what each would do, kept after those before it. ``tell`` may raise to stop.

        ``tell`` is told in words how far it is. What is said is a path, an address, or a source that was gathered before.
        """
        from planner.store import open_store

        now = self.now()
        taken = []
        with open_store(self.home, now=now) as store, store.rehearsal() as rehearsed:
            for understood in _understood(rehearsed, said, asked, now, tell):
                tell("comparing with what is stored")
                taken.append(keep(rehearsed, understood, now=now))
        return taken

    def again(self, said: Sequence[str | Source], asked: Asked, tell: Tell = str) -> Again:
        """Understand all sources of a conference again, and compare where they end with what is stored.

        Where one of several cannot be read, those before it are left too: it may have corrected them.
        """
        from planner.store import open_store

        now = self.now()
        with open_store(self.home, now=now) as store, store.rehearsal() as rehearsed:
            taken = list(_understood(rehearsed, said, asked, now, tell, all_anew=len(said) > 1))
            lost = [at for at, one in enumerate(taken) if one.error and not isinstance(one.error, MissingFactsError)]
            refusals = [str(taken[at].error) for at in lost]
            if lost and lost[-1] > len(lost) - 1:
                refusals.append("What was read before it stays as it is, for it may be out of date: i reads one source alone.")
            rest = taken[lost[-1] + 1 :] if lost else taken
            shown = next((one for one in rest if one.error), None)
            if shown is None and rest:
                tell("comparing with what is stored")
                with store.rehearsal() as whole:
                    kept = keep_all(whole, rest, now=now)
                shown = _together(kept, [keep(rehearsed, one, now=now) for one in rest])
        return Again(tuple(rest), tuple(refusals), shown)

    def compare(self, after: Sequence[Taken], taken: Sequence[Taken]) -> list[Taken]:
        """What sources that were understood would do, each kept after those before it; first come those of ``after``."""
        from planner.store import open_store

        now = self.now()
        with open_store(self.home, now=now) as store, store.rehearsal() as rehearsed:
            return [keep(rehearsed, one, now=now) for one in (*after, *taken)][len(after) :]

    def keep(self, taken: Sequence[Taken]) -> list[Taken]:
        """Store what was understood, all of it as one import and one step of undo; or nothing, and why not."""
        from planner.store import open_store

        now = self.now()
        with open_store(self.home, now=now) as store:
            return keep_all(store, taken, now=now)


def _understood(
    store: Store, said: Sequence[str | Source], asked: Asked, now: datetime, tell: Tell, *, all_anew: bool = False
) -> Iterator[Taken]:
    """Each source as it is understood; ``all_anew`` fetches addresses that did not change too.

    None has a tag: between reading and keeping the store may change, and under a program that runs for hours its own files.
    """
    fetched = (lambda _url: ("", "", "")) if all_anew else store.fetched
    for one in said:
        for name, source in [(one.name, one)] if isinstance(one, Source) else gather(one, asked, fetched, tell):
            yield understand(store, name, source, asked, now=now, tell=tell)._replace(tag="")


def _together(kept: Sequence[Taken], single: Sequence[Taken]) -> Taken | None:
    """One for all sources of a conference: the last one with news, and what all of them do."""
    ended = [one for one in kept if changed(one)]
    if not ended:
        return None
    shown = next((one for one in reversed(single) if changed(one)), ended[-1])
    if shown.reading is None or len(single) == 1:
        return ended[-1]
    warnings = dict.fromkeys(said for one in single if one.reading is not None for said in one.reading.warnings)
    return shown._replace(reading=shown.reading._replace(warnings=tuple(warnings)), saved=ended[-1].saved)
