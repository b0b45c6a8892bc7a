"""The best clash-free plan: the largest sum of weights that one person can attend, exact, with the reasons of what it drops.

Weighted interval scheduling by a sweep over the starts. What is remembered between two starts is only which chosen talks can
still conflict with a later one: at most one where every overlap is a clash, a few where some are excused.
"""

from __future__ import annotations

from bisect import bisect_left

from planner import clash
from planner.values import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from planner.clash import Span

    Chosen = tuple["Chosen", int] | None
    Best = tuple[int, int, Chosen]


class Dropped(NamedTuple):
    """A talk given up, the kept ones that it yields to, and how many of its seconds they take, each counted once.

    It is 0 where only the way is too long.
    """

    uid: str
    kept: tuple[str, ...]
    seconds: int


class Suggestion(NamedTuple):
    """What to keep and what to drop, in order of time, and the sum of the weights kept."""

    keep: tuple[str, ...]
    drop: tuple[Dropped, ...]
    weight: int


def suggest(
    spans: Iterable[Span],
    weights: Mapping[str, int],
    fixed: frozenset[str],
    needs: Callable[[str, str], int],
) -> Suggestion:
    """The choice of spans with the largest sum of weights in which no two clash and every change of room has its time.

    ``weights`` gives each uid's, ``fixed`` uids are kept whatever they cost (going, busy time), ``needs`` the seconds from
    place to place. Of equal sums the one with more talks is taken, then the earlier ones.
    """
    ordered = sorted(spans)
    shared = conflicts(ordered, needs)
    free = [
        index
        for index, span in enumerate(ordered)
        if span.uid not in fixed and not any(ordered[other].uid in fixed for other in shared[index])
    ]
    chosen = {index for index, span in enumerate(ordered) if span.uid in fixed}
    for bundles in _components(_bundles(free, ordered, shared), shared):
        chosen.update(_best(bundles, ordered, shared, weights))
    keep = tuple(ordered[index].uid for index in sorted(chosen))
    drop = tuple(
        Dropped(
            ordered[index].uid,
            tuple(ordered[other].uid for other in sorted(shared[index]) if other in chosen),
            clash.shared(ordered[index], (ordered[other] for other in shared[index] if other in chosen)),
        )
        for index in range(len(ordered))
        if index not in chosen
    )
    return Suggestion(keep, drop, sum(weights.get(uid, 0) for uid in keep))


def conflicts(ordered: list[Span], needs: Callable[[str, str], int]) -> list[dict[int, int]]:
    """For each span the indices of those that exclude it, with the seconds shared: clashes, and ways that take too long."""
    index_of = {span.uid: index for index, span in enumerate(ordered)}
    found: list[dict[int, int]] = [{} for _ in ordered]
    for one, other, seconds in clash.pairs(ordered):
        a, b = index_of[one.uid], index_of[other.uid]
        found[a][b] = found[b][a] = seconds
    places = {span.place for span in ordered if span.place}
    longest = max((needs(here, there) for here in places for there in places if here != there), default=0)
    starts = [span.start for span in ordered]
    for a, before in enumerate(ordered):
        for b in range(bisect_left(starts, before.end), bisect_left(starts, before.end + longest)):
            after = ordered[b]
            apart = before.place and after.place and before.place != after.place and not clash.excused(before, after)
            if apart and after.start - before.end < needs(before.place, after.place):
                found[a].setdefault(b, 0)
                found[b].setdefault(a, 0)
    return found


def _bundles(free: list[int], ordered: list[Span], shared: list[dict[int, int]]) -> list[list[int]]:
    """Spans of one visit that exclude the same others, in order of the first: all or none is best, so they count as one."""
    bundles: dict[tuple[str, frozenset[int]], list[int]] = {}
    for index in free:
        visit = ordered[index].visit or ordered[index].uid
        bundles.setdefault((visit, frozenset(shared[index])), []).append(index)
    return list(bundles.values())


def _components(bundles: list[list[int]], shared: list[dict[int, int]]) -> list[list[list[int]]]:
    """Bundles that hang together by conflicts, each component in their order."""
    home = {index: number for number, bundle in enumerate(bundles) for index in bundle}
    seen: set[int] = set()
    found = []
    for first in range(len(bundles)):
        if first in seen:
            continue
        seen.add(first)
        component, waiting = [], [first]
        while waiting:
            number = waiting.pop()
            component.append(number)
            near = {home[other] for other in shared[bundles[number][0]] if other in home}
            waiting += near - seen
            seen |= near
        found.append([bundles[number] for number in sorted(component)])
    return found


def _best(
    bundles: list[list[int]], ordered: list[Span], shared: list[dict[int, int]], weights: Mapping[str, int]
) -> list[int]:
    """The indices of the best choice in one component."""
    home = {index: number for number, bundle in enumerate(bundles) for index in bundle}
    near = [{home[other] for other in shared[bundle[0]] if other in home} for bundle in bundles]
    last = [max(others, default=-1) for others in near]
    states: dict[frozenset[int], Best] = {frozenset(): (0, 0, None)}
    for number, bundle in enumerate(bundles):
        weight = sum(weights.get(ordered[index].uid, 0) for index in bundle)
        after: dict[frozenset[int], Best] = {}
        for state, (sum_so_far, count, chosen) in states.items():
            choices = [(state, (sum_so_far, count, chosen))]
            if not near[number] & state:
                choices.insert(0, (state | {number}, (sum_so_far + weight, count + len(bundle), (chosen, number))))
            for taken, best in choices:
                open_still = frozenset(one for one in taken if last[one] > number)
                if open_still not in after or best[:2] > after[open_still][:2]:
                    after[open_still] = best
        states = after
    _, _, chosen = states[frozenset()]
    found: list[int] = []
    while chosen is not None:
        chosen, number = chosen
        found += bundles[number]
    return found
