"""What would fit into free time: talks outside the plan that one can reach from what is in it, the best reason first.

Which talks are like the starred ones is the store's to find (:meth:`planner.store.Store.similar`); it comes in ready.
"""

from __future__ import annotations

from bisect import bisect_right

from planner import agenda, clash
from planner.values import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime

    from planner.clash import Span
    from planner.model import Talk
    from planner.plan import Plan
    from planner.similar import Alike

    Needs = Callable[[str, str], int]
    Stretch = tuple[datetime, datetime]

REASONS = ("skipped", "paper", "alike", "other")
"""Why a talk may be wanted, in this order: starred and skipped, of the paper of a starred one, like them, none of these."""

LINES = 3
"""So many talks that fit are named below a stretch; the rest is counted."""


class Fit(NamedTuple):
    """A talk that fits: ``why`` is one of :data:`REASONS`.

    ``of`` is the starred talk of the same paper (of ``paper``), ``because`` are the words shared with stars (of ``alike``).
    """

    uid: str
    why: str
    of: str = ""
    because: tuple[str, ...] = ()


def fitting(
    plan: Plan,
    stretches: Iterable[Stretch],
    talks: Iterable[Talk],
    needs: Needs,
    *,
    alike: Sequence[Alike] = (),
    since: datetime | None = None,
) -> list[list[Fit]]:
    """For each free stretch the talks that fit into it, best first.

    A talk fits if it lies within the stretch, clashes with nothing planned, and leaves the ``needs`` seconds for the way
    from what is planned before it and to what is planned after. Offered are titled talks that take place, are not planned,
    were not skipped without a star, and do not begin before ``since``. Skipped ones come by their rating, those of a
    starred paper with the skipped papers first, those that are ``alike`` in the order given, the others by time.
    """
    ordered = list(stretches)
    reasons = _reasons(plan, alike)
    offered = [talk for talk in talks if _wanted(plan, talk, since)] if ordered else []
    room = _Room(ordered, plan.planned_spans() + plan.busy_spans(), needs)
    found: list[list[tuple[tuple[int, int, int], Fit]]] = [[] for _ in ordered]
    for span in plan.spans(offered):
        at = room.takes(span)
        if at is not None:
            rank, fit = reasons.get(span.uid, (_OTHER, Fit(span.uid, "other")))
            found[at].append(((*rank, span.start), fit))
    return [[fit for _, fit in sorted(one)] for one in found]


_OTHER = (REASONS.index("other"), 0)


def _wanted(plan: Plan, talk: Talk, since: datetime | None) -> bool:
    """Whether a talk is to be looked at: outside the plan, also one that was taken out of it, and not begun."""
    begun = since is not None and talk.slot.start is not None and talk.slot.start < since
    return not begun and not plan.planned(talk) and plan.offered(talk, again=True)


def _reasons(plan: Plan, alike: Sequence[Alike]) -> dict[str, tuple[tuple[int, int], Fit]]:
    """Why each talk may be wanted and how much, smaller first: the best reason of each."""
    found: dict[str, tuple[tuple[int, int], Fit]] = {}
    starred = [plan.by_uid[mark.uid] for mark in plan.marks.values() if mark.starred and mark.uid in plan.by_uid]
    for talk in starred:
        if plan.mark(talk.uid).decision == "skipped":
            found[talk.uid] = ((0, -plan.weight(talk)), Fit(talk.uid, "skipped"))
    for talk in sorted(starred, key=lambda talk: (plan.planned(talk), -plan.weight(talk), talk.uid)):
        for other in talk.also:
            found.setdefault(other, ((1, int(plan.planned(talk))), Fit(other, "paper", of=talk.uid)))
    for place, one in enumerate(alike):
        for uid in (one.uid, *one.also):
            found.setdefault(uid, ((2, place), Fit(uid, "alike", because=one.because)))
    return found


class _Room:
    """Disjoint stretches in order, with what is planned before and after each."""

    def __init__(self, stretches: Sequence[Stretch], planned: Iterable[Span], needs: Needs) -> None:
        self._stretches = [(int(start.timestamp()), int(end.timestamp())) for start, end in stretches]
        self._starts = [start for start, _ in self._stretches]
        self._needs = needs
        self._moments: list[Span] = []
        self._ends: list[tuple[int, str]] = []
        self._begins: list[tuple[int, str]] = []
        for span in planned:
            if span.end <= span.start:
                self._moments.append(span)
            elif span.place:
                self._ends.append((span.end, span.place))
                self._begins.append((span.start, span.place))
        self._bounds: dict[tuple[int, str], tuple[float, float]] = {}

    def takes(self, span: Span) -> int | None:
        """The number of the stretch that a span fits into; None where it fits into none."""
        at = bisect_right(self._starts, span.start) - 1
        if at < 0 or span.end > self._stretches[at][1] or span.start >= self._stretches[at][1]:
            return None
        earliest, latest = self._bounds.get((at, span.place)) or self._bound(at, span.place)
        if span.start < earliest or span.end > latest or not all(self._passes(span, moment) for moment in self._moments):
            return None
        return at

    def _bound(self, at: int, place: str) -> tuple[float, float]:
        """From when a talk in that place can begin in the stretch, and when it has to end, for the ways to be long enough."""
        start, end = self._stretches[at]
        before: dict[str, int] = {}
        after: dict[str, int] = {}
        if place:
            for ends, where in self._ends:
                if ends <= start and where != place:
                    before[where] = max(before.get(where, ends), ends)
            for begins, where in self._begins:
                if begins >= end and where != place:
                    after[where] = min(after.get(where, begins), begins)
        bounds = (
            max((ends + self._needs(where, place) for where, ends in before.items()), default=float("-inf")),
            min((begins - self._needs(place, where) for where, begins in after.items()), default=float("inf")),
        )
        self._bounds[at, place] = bounds
        return bounds

    def _passes(self, span: Span, moment: Span) -> bool:
        """Whether a span leaves a planned moment, which takes no time, its way."""
        if clash.clash(span, moment):
            return False
        if not span.place or not moment.place or span.place == moment.place:
            return True
        if moment.start <= span.start:
            return span.start - moment.start >= self._needs(moment.place, span.place)
        return moment.start < span.end or moment.start - span.end >= self._needs(span.place, moment.place)


def words(plan: Plan, fit: Fit) -> str:
    """Why a talk is proposed, in words; empty for one that only fits."""
    if fit.why == "skipped":
        return f"starred and skipped ({agenda.stars(plan, plan.by_uid[fit.uid])})"
    if fit.why == "paper":
        return f"the same paper as your {plan.by_uid[fit.of].kind}"
    return f"like your stars: {', '.join(fit.because)}" if fit.why == "alike" else ""


def lines(plan: Plan, fits: Sequence[Fit], most: int = LINES) -> list[str]:
    """The best of what fits for a person, a line each; talks that only fit are counted, not named."""
    named = [fit for fit in fits if fit.why != "other"][:most]
    shown = [_line(plan, fit) for fit in named]
    rest = len(fits) - len(named)
    if rest:
        shown.append(f"{'and ' if named else ''}{rest} other talk{'s' * (rest != 1)} would fit")
    return shown


def _line(plan: Plan, fit: Fit) -> str:
    talk = plan.by_uid[fit.uid]
    place = agenda.place(plan, talk)
    parts = (agenda.clocks(plan, talk, plan.day_of(talk)), agenda.title(plan, talk), place, words(plan, fit))
    return f"+ {'  '.join(part for part in parts if part)}"


def document(plan: Plan, stretches: Iterable[Stretch], found: Iterable[Sequence[Fit]]) -> list[dict[str, object]]:
    """The free stretches as JSON, with what fits into each."""
    return [
        {
            "start": plan.shown(start),
            "end": plan.shown(end),
            "fits": [{"uid": fit.uid, "why": fit.why, "of": fit.of or None, "because": list(fit.because)} for fit in fits],
        }
        for (start, end), fits in zip(stretches, found, strict=True)
    ]
