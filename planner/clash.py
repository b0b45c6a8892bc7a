"""Interval arithmetic on UTC seconds: which spans clash, in which groups, which changes of room are too short, what is free.

A span is half-open: one that ends as the next begins does not clash with it. All is pure and exact, on plain integers.
"""

from __future__ import annotations

from bisect import bisect_left

from planner.values import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    Pair = tuple["Span", "Span", int]


class Span(NamedTuple):
    """A stretch of time that wants one's presence: ``start`` up to, not including, ``end``, in UTC seconds.

    ``visit`` names what one goes to as a whole: spans of an equal, non-empty visit never clash (the posters of a session;
    likewise all busy time, whose overlaps with itself are nobody's problem here). ``holds`` is the key of the session that
    it is the container of and ``inside`` the key of the session that it belongs to: a container never clashes with what it
    holds. Spans of an equal, non-empty ``paper`` never clash (its oral and its poster), nor does a pair of which either
    lists the other's uid in ``kept``. ``place`` is where it is, empty where nobody knows. A span without length is a
    moment: it clashes with what is going on as it begins.
    """

    start: int
    end: int
    uid: str
    visit: str = ""
    inside: str = ""
    holds: str = ""
    paper: str = ""
    place: str = ""
    kept: frozenset[str] = frozenset()


class Group(NamedTuple):
    """Spans that hang together by their clashes: ``start`` and ``end`` of the whole, in order the ``spans`` and ``pairs``.

    ``seconds`` is how long more than one of them wants one's presence, each second counted once.
    """

    start: int
    end: int
    seconds: int
    spans: tuple[Span, ...]
    pairs: tuple[Pair, ...]


class Tight(NamedTuple):
    """A change of room with ``gap`` seconds for what ``needs`` more of them."""

    before: Span
    after: Span
    gap: int
    needs: int


def clash(a: Span, b: Span) -> bool:
    """Whether the two cannot both be attended in full."""
    return a.start < _until(b) and b.start < _until(a) and not excused(a, b)


def pairs(spans: Iterable[Span]) -> list[Pair]:
    """Every two spans that clash, the earlier first, with the seconds of their overlap; ordered by when it begins.

    A sweep over the starts: n log n and the number of pairs, for spans of one visit are never compared with each other.
    """
    found: list[Pair] = []
    alone: list[Span] = []
    visits: dict[str, list[Span]] = {}
    for span in sorted(spans):
        alone = _meet(span, alone, found)
        for visit in [visit for visit in visits if visit != span.visit] if visits else ():
            still = _meet(span, visits[visit], found)
            if still:
                visits[visit] = still
            else:
                del visits[visit]
        if span.visit:
            visits.setdefault(span.visit, []).append(span)
        else:
            alone.append(span)
    return found


def groups(pairs: Iterable[Pair]) -> list[Group]:
    """The connected components of the pairs, ordered by time; a uid names one span.

    A container does not glue together what it holds.
    """
    whole = list(pairs)
    parent: dict[str, str] = {}
    for a, b, _ in whole:
        parent[_root(parent, b.uid)] = _root(parent, a.uid)
    members: dict[str, dict[str, Span]] = {}
    inner: dict[str, list[Pair]] = {}
    for pair in whole:
        root = _root(parent, pair[0].uid)
        inner.setdefault(root, []).append(pair)
        members.setdefault(root, {}).update((span.uid, span) for span in pair[:2])
    return sorted(_group(list(members[root].values()), inner[root]) for root in members)


def tight(spans: Iterable[Span], needs: Callable[[str, str], int]) -> list[Tight]:
    """The changes of room that leave too little time, in order.

    For each span those are looked at that begin next, at its end or later, in another known place; ``needs`` gives the
    seconds from one place to the other. What overlaps is a clash and no change. A visit counts once.
    """
    ordered = sorted(spans)
    starts = [span.start for span in ordered]
    found: list[Tight] = []
    seen: set[tuple[str, str]] = set()
    for before in ordered:
        first = bisect_left(starts, _until(before))
        for after in ordered[first : bisect_left(starts, starts[first] + 1, first) if first < len(starts) else first]:
            walk = (before.visit or before.uid, after.visit or after.uid)
            if walk[0] == walk[1] or not before.place or not after.place or before.place == after.place:
                continue
            gap, least = after.start - max(before.start, before.end), needs(before.place, after.place)
            if gap < least and walk not in seen:
                seen.add(walk)
                found.append(Tight(before, after, gap, least))
    return sorted(found, key=_by_change)


def gaps(spans: Iterable[Span], start: int, end: int, least: int) -> list[tuple[int, int]]:
    """The stretches between ``start`` and ``end`` in which nothing is on, those of ``least`` seconds or more, in order."""
    free: list[tuple[int, int]] = []
    since = start
    for span in sorted(spans):
        if span.end <= span.start:
            continue
        until = min(span.start, end)
        if until > since and until - since >= least:
            free.append((since, until))
        since = max(since, span.end)
    if end > since and end - since >= least:
        free.append((since, end))
    return free


def shared(span: Span, others: Iterable[Span]) -> int:
    """How many of a span's seconds one or more of the others take, each second counted once."""
    seconds, counted = 0, span.start
    for other in sorted(others):
        since, until = max(counted, other.start), min(span.end, other.end)
        seconds += max(0, until - since)
        counted = max(counted, until)
    return seconds


def _until(span: Span) -> int:
    """The first second that it leaves free; a span without length still has the second in which it begins."""
    return span.end if span.end > span.start else span.start + 1


def excused(a: Span, b: Span) -> bool:
    """Whether the two may overlap without being a clash."""
    return (
        a.uid == b.uid
        or (a.visit != "" and a.visit == b.visit)
        or (a.holds != "" and a.holds == b.inside)
        or (b.holds != "" and b.holds == a.inside)
        or (a.paper != "" and a.paper == b.paper)
        or a.uid in b.kept
        or b.uid in a.kept
    )


def _meet(span: Span, going_on: list[Span], found: list[Pair]) -> list[Span]:
    """Pair a span with those going on as it begins; what is left of them, without those that ended before."""
    start, end = span.start, span.end
    still = [other for other in going_on if other.end > start or other.start == start]
    found += [(other, span, max(0, min(other.end, end) - start)) for other in still if not excused(other, span)]
    return still


def _root(parent: dict[str, str], uid: str) -> str:
    """The uid that stands for its component; the way to it is shortened in passing."""
    root = uid
    while parent.setdefault(root, root) != root:
        root = parent[root]
    while parent[uid] != root:
        parent[uid], uid = root, parent[uid]
    return root


def _group(spans: list[Span], pairs: list[Pair]) -> Group:
    """A component as a value; the seconds are those of the union of its overlaps."""
    seconds = 0
    counted = min(span.start for span in spans)
    for start, end in sorted((b.start, b.start + overlap) for _, b, overlap in pairs):
        seconds += max(0, end - max(start, counted))
        counted = max(counted, end)
    first = min(span.start for span in spans)
    return Group(first, max(span.end for span in spans), seconds, tuple(sorted(spans)), tuple(pairs))


def _by_change(change: Tight) -> tuple[int, Span, Span]:
    """When one has to walk, then from where and whereto."""
    return (change.after.start, change.before, change.after)
