"""Which clocks stand under one head, in words: the display zone's, and the talks' own where it shows another time.

Where clocks change between what is shown under the head, it says both: ``CET/CEST``, ``7 then 6 hours ahead``.
"""

from __future__ import annotations

from planner import times
from planner.values import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from planner.model import Talk
    from planner.plan import Plan

SEVERAL = "several clocks"
"""The letters of talks whose own clocks are not one."""


class Clocks(NamedTuple):
    """``mine`` are the display zone's letters, ``theirs`` those of the talks' own clock, ``apart`` is how far that is from it.

    ``theirs`` and ``apart`` are empty where both show the same; of :data:`SEVERAL` clocks ``apart`` is empty.
    """

    mine: str
    theirs: str = ""
    apart: str = ""


def clocks(plan: Plan, zone: str | None, shown: Sequence[datetime]) -> Clocks:
    """The clocks at the instants that are ``shown``, one at least, of talks that :func:`own_zone` gives the ``zone``."""
    mine = letters(shown, plan.zone)
    if zone is None:
        return Clocks(mine, SEVERAL)
    away = apart(shown, plan.zone, zone)
    return Clocks(mine) if away == times.SAME else Clocks(mine, letters(shown, zone), away)


def instants(plan: Plan, talks: Iterable[Talk]) -> list[datetime]:
    """Every start and end of the talks, each once, in order."""
    return sorted({at for talk in talks for at in (talk.slot.start, plan.until(talk)) if at is not None})


def own_zone(plan: Plan, talks: Sequence[Talk], shown: Sequence[datetime]) -> str | None:
    """The zone of the clock that all of the talks with a time keep; None where they keep several at the ``shown`` instants."""
    timed = [talk for talk in talks if talk.slot.start is not None] or talks
    zones = dict.fromkeys(plan.zone_of(talk) for talk in timed) or {plan.zone: None}
    kept = {tuple(times.local(at, zone).utcoffset() for at in shown): zone for zone in zones} if len(zones) > 1 else zones
    return next(iter(zones)) if len(kept) == 1 else None


def letters(shown: Iterable[datetime], zone: str) -> str:
    """What the zone calls its time at these instants: ``CEST``; ``CET/CEST`` where its clocks change between them."""
    return "/".join(dict.fromkeys(times.letters(at, zone) for at in shown))


def apart(shown: Iterable[datetime], zone: str, other: str) -> str:
    """How far clocks in ``other`` are from those in ``zone``: ``9 hours behind``, ``7 then 6 hours ahead``."""
    said = list(dict.fromkeys(times.behind(at, zone, other) for at in shown))
    numbers, _, units = zip(*(one.partition(" ") for one in said), strict=True)
    return f"{' then '.join(numbers)} {units[0]}" if len(set(units)) == 1 else ", then ".join(said)
