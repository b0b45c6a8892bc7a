"""The best clash-free plan put to a person: what it keeps, what it gives up, for what, by how much, and what is left of that.

The choice itself is :mod:`planner.suggest`'s; here it is made of a plan, explained, and put into words and JSON.
"""

from __future__ import annotations

from datetime import UTC, datetime

from planner import agenda, clash, suggest, times, visits
from planner.values import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from planner.clash import Span
    from planner.model import Talk
    from planner.plan import Plan

    Needs = Callable[[str, str], int]


class Reason(NamedTuple):
    """Why a talk goes with nothing that is kept: it and the ``kept`` ones, of one visit or alone, exclude each other.

    They share ``seconds``; where they share no time ``gap`` seconds lie between for a way that takes ``needs``.
    """

    kept: tuple[str, ...]
    seconds: int
    gap: int | None = None
    needs: int = 0


class GivenUp(NamedTuple):
    """A talk given up: why, the ``seconds`` that kept ones take of it, and another talk of its paper that fits."""

    uid: str
    reasons: tuple[Reason, ...]
    seconds: int
    instead: str | None = None


class Advice(NamedTuple):
    """The best plan: uids to ``keep`` and talks to ``drop`` in the order of time, and the ``weight`` of what is kept.

    ``open`` are the clashes that no choice can solve, since both sides are settled: going, or busy time. ``unplaced`` counts
    planned talks without a clock, which are neither kept nor dropped.
    """

    keep: tuple[str, ...]
    drop: tuple[GivenUp, ...]
    weight: int
    open: tuple[tuple[str, str, int], ...] = ()
    unplaced: int = 0

    @property
    def decisions(self) -> dict[str, str]:
        """The advice as decisions by uid: what is kept is gone to, what is dropped skipped."""
        return {**dict.fromkeys(self.keep, "going"), **dict.fromkeys((one.uid for one in self.drop), "skipped")}


def advise(plan: Plan, needs: Needs) -> Advice:
    """The exact best choice among the planned talks of a plan; ``needs`` gives the seconds from room to room.

    Talks that one is going to and busy time are settled, skipped talks out. The weight of a talk is its rating, 3 without one.
    """
    planned = [talk for talk in plan.by_uid.values() if plan.planned(talk) and not talk.cancelled]
    spans = plan.spans(planned)
    busy = plan.busy_spans()
    weights = {span.uid: plan.weight(plan.by_uid[span.uid]) for span in spans}
    going = {span.uid for span in spans if plan.mark(span.uid).decision == "going"}
    settled = frozenset({*going, *(span.uid for span in busy)})
    best = suggest.suggest([*spans, *busy], weights, settled, needs)
    by_uid = {span.uid: span for span in (*spans, *busy)}
    instead = _instead(plan, [one.uid for one in best.drop], [by_uid[uid] for uid in best.keep], needs)
    return Advice(
        keep=tuple(uid for uid in best.keep if uid in weights),
        drop=tuple(
            GivenUp(
                one.uid, _reasons(by_uid[one.uid], map(by_uid.__getitem__, one.kept), needs), one.seconds, instead[one.uid]
            )
            for one in best.drop
        ),
        weight=best.weight,
        open=tuple((one.uid, other.uid, seconds) for one, other, seconds in clash.pairs(map(by_uid.__getitem__, settled))),
        unplaced=len(planned) - len(spans),
    )


def _reasons(span: Span, kept: Iterable[Span], needs: Needs) -> tuple[Reason, ...]:
    """Why a span goes with none of the kept ones, those of one visit together."""
    visits: dict[str, list[Span]] = {}
    for other in kept:
        visits.setdefault(other.visit if other.visit and other.visit != "busy" else other.uid, []).append(other)
    return tuple(_reason(span, others, needs) for others in visits.values())


def _reason(span: Span, kept: list[Span], needs: Needs) -> Reason:
    uids = tuple(other.uid for other in kept)
    if any(clash.clash(span, other) for other in kept):
        return Reason(uids, clash.shared(span, kept))
    before, after = min((span, kept[0]), (kept[0], span), key=lambda pair: pair[0].start)
    return Reason(uids, 0, after.start - before.end, needs(before.place, after.place))


def _instead(plan: Plan, dropped: list[str], kept: list[Span], needs: Needs) -> dict[str, str | None]:
    """For each dropped talk another talk of its paper that is kept, or would fit among the kept ones; None without one."""
    taken = {span.uid for span in kept}
    others = {uid: [plan.by_uid[also] for also in plan.by_uid[uid].also if also in plan.by_uid] for uid in dropped}
    asked = {talk.uid for talks in others.values() for talk in talks if talk.uid not in taken and plan.offered(talk)}
    candidates = [span for span in plan.spans(map(plan.by_uid.__getitem__, sorted(asked))) if span.uid not in dropped]
    ordered = sorted([*kept, *candidates])
    shared = suggest.conflicts(ordered, needs) if candidates else []
    against = {span.uid: {ordered[other].uid for other in shared[index]} for index, span in enumerate(ordered) if shared}
    fitting: set[str] = set()
    for span in sorted(candidates):
        if not against[span.uid] & (taken | fitting):
            fitting.add(span.uid)
    return {
        uid: next((talk.uid for talk in talks if talk.uid in taken), None)
        or next((talk.uid for talk in talks if talk.uid in fitting), None)
        for uid, talks in others.items()
    }


def document(plan: Plan, advice: Advice) -> dict[str, object]:
    """The JSON document of ``planner suggest``."""
    return {
        "keep": list(advice.keep),
        "drop": [_dropped_document(plan, one) for one in advice.drop],
        "rating": advice.weight,
        "exact": True,
    }


def _dropped_document(plan: Plan, one: GivenUp) -> dict[str, object]:
    kept = [(uid, plan.busy_title(uid)) for reason in one.reasons for uid in reason.kept]
    return {
        "uid": one.uid,
        "for": [uid for uid, busy in kept if busy is None],
        "busy": [busy for _, busy in kept if busy is not None],
        "minutes": one.seconds // 60,
        "instead": one.instead,
    }


def text(plan: Plan, advice: Advice) -> str:
    """The advice for a person: what to keep by day, and what to give up with the reasons."""
    blocks = [summary(advice)]
    blocks += _days(plan, [plan.by_uid[uid] for uid in advice.keep])
    if advice.drop:
        why = {one.uid: one for one in advice.drop}
        given_up = visits.gathered(plan, map(plan.by_uid.__getitem__, why))
        blocks.append("\n".join(["Given up", *(line for item in given_up for line in _dropped(plan, item, why))]))
    blocks += ["\n".join(left_open(plan, advice))] if advice.open else []
    return "\n\n".join(blocks)


def summary(advice: Advice, *, brief: bool = False) -> str:
    """What the advice comes to, in a sentence or two; ``brief`` without what the reader of a screen knows."""
    if not advice.keep and not advice.drop:
        return "No starred talk has a time yet" + ("." if brief else ": planner star TALK puts a talk into the plan.")
    whole = len(advice.keep) + len(advice.drop)
    kept = f"{len(advice.keep)} of {_talks(whole)}" if advice.drop else f"all {_talks(whole)}" if whole > 1 else "the one talk"
    counted = "" if brief else " (a star without a rating counts 3)"
    said = f"The best plan keeps {kept}, rated {advice.weight} together{counted}."
    if not advice.drop:
        said += " Nothing has to be given up."
    if advice.unplaced:
        said += f" Left aside, without a time: {_talks(advice.unplaced)}."
    return said


def _talks(number: int) -> str:
    return f"{number} talk{'s' * (number != 1)}"


def _days(plan: Plan, talks: list[Talk]) -> list[str]:
    days: dict[object, list[Talk]] = {}
    for talk in talks:
        days.setdefault(plan.day_of(talk), []).append(talk)
    blocks = []
    for held in days.values():
        day = plan.day_of(held[0])
        lines = [line for item in visits.gathered(plan, held) for line in _lines(plan, item)]
        blocks.append("\n".join([agenda.head(plan, day, held) if day else "", *lines]))
    return blocks


def _lines(plan: Plan, item: Talk | visits.Visit) -> list[str]:
    """A talk, or a visit with its posters below it in walking order."""
    if isinstance(item, visits.Visit):
        clocks = agenda.stretch(plan, item.start, item.leaves, plan.day_of(item.talks[0]))
        where = visits.place(plan, item)
        lines = [f"  {clocks:13}         {item.words}{f'   {where}' if where else ''}"]
        for talk in item.talks:
            board = f"   board {talk.slot.board}" if talk.slot.board else ""
            lines.append(f"                 {agenda.stars(plan, talk):5}  {agenda.title(plan, talk)}{board}")
        return lines
    clocks = agenda.clocks(plan, item, plan.day_of(item))
    place = agenda.place(plan, item)
    return [f"  {clocks:13}  {agenda.stars(plan, item):5}  {agenda.title(plan, item)}{f'   {place}' if place else ''}"]


def _dropped(plan: Plan, item: Talk | visits.Visit, why: Mapping[str, GivenUp]) -> list[str]:
    """What is given up, the reasons that its talks have, each once, and the other chances of their papers."""
    talks = item.talks if isinstance(item, visits.Visit) else (item,)
    day = plan.day_of(talks[0])
    first, *rest = _lines(plan, item)
    lines = [f"  {times.day(day) if day else ''} {first.lstrip()}", *rest]
    lines += dict.fromkeys(f"      {why_not(plan, talk, reason)}" for talk in talks for reason in why[talk.uid].reasons)
    others = [other for talk in talks if (other := why[talk.uid].instead) is not None]
    told = ((other, other_chance(plan, other)) for other in others)
    return lines + [f"      {said}{'' if _stays(plan, other) else f': planner going {other[:8]}'}" for other, said in told]


def why_not(plan: Plan, talk: Talk, reason: Reason) -> str:
    """Why a talk is given up, in words: what it shares with what is kept, or which way is too long."""
    kept = _kept(plan, reason.kept)
    if reason.gap is None:
        shared = f"shares {times.lasting(reason.seconds)} with" if reason.seconds else "at the same time as"
        return f"{shared} {kept}"
    other = plan.by_uid[reason.kept[0]]
    way = "from" if _begins(other) < _begins(talk) else "to"
    return f"too far {way} {kept}: {agenda.too_short(reason.gap, reason.needs)}"


def _begins(talk: Talk) -> datetime:
    return talk.slot.start or datetime.min.replace(tzinfo=UTC)


def _kept(plan: Plan, uids: tuple[str, ...]) -> str:
    """What is kept, by name: busy time, a talk with its stars, or the posters of one visit by their number."""
    busy = plan.busy_title(uids[0])
    if busy is not None:
        return f"your “{busy}”"
    talk = plan.by_uid[uids[0]]
    if len(uids) > 1:
        session = plan.session(talk)
        return f"{len(uids)} posters{f' of {session.title}' if session else ''}"
    decided = "going" if plan.mark(talk.uid).decision == "going" else agenda.stars(plan, talk)
    return f"{talk.title or 'an untitled slot'} ({decided})"


def _stays(plan: Plan, uid: str) -> bool:
    return plan.planned(plan.by_uid[uid])


def other_chance(plan: Plan, uid: str) -> str:
    """What another talk of a given-up paper is, and that it stays or would fit, in words."""
    talk = plan.by_uid[uid]
    day = plan.day_of(talk)
    where = " · ".join(part for part in (agenda.clocks(plan, talk, day), agenda.place(plan, talk)) if part)
    what = f"its {talk.kind} {times.day(day) if day else ''} {where}"
    return f"{what} stays in the plan" if _stays(plan, uid) else f"{what} would fit instead"


def left_open(plan: Plan, advice: Advice) -> list[str]:
    """The clashes that no choice can solve, a sentence each."""
    said = []
    for one, other, seconds in advice.open:
        shared = times.lasting(seconds)
        said.append(f"⚠ settled and left as it is: {_kept(plan, (one,))} and {_kept(plan, (other,))} share {shared}")
    return said
