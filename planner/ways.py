"""Ways out of a clash, and of a change of room that leaves too little time: each in words, with what it writes.

One goes to one of them and skips the others, keeps both, leaves one early, takes another talk of the same paper, or skips.
"""

from __future__ import annotations

from datetime import UTC, datetime

from planner import agenda, clash, times, visits
from planner.plan import BUSY_KEY
from planner.values import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from planner.clash import Span
    from planner.model import Talk
    from planner.plan import Plan

    Needs = Callable[[str, str], int]

_LONGEST = 40  # signs of a title in a sentence
_NAMED = 2  # so many talks are named in a sentence; more are counted


class Member(NamedTuple):
    """What wants one's presence from ``start`` to ``end`` (UTC seconds): a talk, the posters of a visit, or busy time.

    ``uids`` are those of the talks, posters in walking order; ``busy`` is whether it is the user's own calendar.
    """

    start: int
    end: int
    uids: tuple[str, ...]
    busy: bool = False


class Case(NamedTuple):
    """What is to be decided: a clash with all that hangs together with it, or a change of room that is too short.

    ``members`` are in the order of time, ``pairs`` the indices of two that exclude each other and the seconds that they share,
    ``against`` for each member the indices of those that exclude it, in order; ``seconds`` is how long more than one wants
    one's presence. For a change of room ``gap`` seconds lie between the two members for a way that takes ``needs``; for a
    clash ``gap`` is None and the way takes none.
    """

    start: int
    end: int
    seconds: int
    members: tuple[Member, ...]
    pairs: tuple[tuple[int, int, int], ...]
    against: tuple[tuple[int, ...], ...]
    gap: int | None = None
    needs: int = 0

    @property
    def key(self) -> tuple[bool, frozenset[str]]:
        """What tells it from others while marks change: whether it is a change of room, and the uids."""
        return self.gap is not None, frozenset(uid for member in self.members for uid in member.uids)


class Way(NamedTuple):
    """One way out: ``what`` is ``go``, ``keep``, ``leave``, ``instead`` or ``skip``, ``uids`` the talks that it is about.

    It writes, as one step, ``decisions`` (uid and decision), pairs of uids whose overlap is accepted (``kept``; the second
    may be the key of busy time) and the instants at which talks are left (``leaving``).
    """

    what: str
    uids: tuple[str, ...]
    words: str
    decisions: tuple[tuple[str, str], ...] = ()
    kept: tuple[tuple[str, str], ...] = ()
    leaving: tuple[tuple[str, datetime], ...] = ()

    @property
    def changed(self) -> tuple[str, ...]:
        """The talks whose marks it changes."""
        decided = [uid for uid, _ in self.decisions]
        left = [uid for uid, _ in self.leaving]
        accepted = [uid for pair in self.kept for uid in pair if not uid.startswith(BUSY_KEY)]
        return tuple(dict.fromkeys((*decided, *left, *accepted)))


# What is to be decided


def cases(plan: Plan, needs: Needs) -> list[Case]:
    """Every clash, then every change of room that is too short, each in the order of time.

    ``needs`` gives the seconds from room to room.
    """
    found = [_case(plan, group) for group in plan.clashes()]
    planned: dict[tuple[str, int, int], list[Span]] = {}
    for span in plan.planned_spans():
        planned.setdefault((span.visit or span.uid, span.start, span.end), []).append(span)
    members = {key: _member(plan, spans) for key, spans in planned.items()}
    for one in plan.tight(needs):
        sides = sorted(members[side.visit or side.uid, side.start, side.end] for side in one[:2])
        found.append(Case(one.before.start, one.after.end, 0, tuple(sides), ((0, 1, 0),), ((1,), (0,)), one.gap, one.needs))
    return found


def _case(plan: Plan, group: clash.Group) -> Case:
    """Spans of one visit are one member, and two members are one pair with the most seconds that two of theirs share."""
    together: dict[str, list[Span]] = {}
    for span in sorted(group.spans):
        together.setdefault(span.uid if span.visit in {"", "busy"} else span.visit, []).append(span)
    members = sorted(_member(plan, held) for held in together.values())
    place = {uid: at for at, member in enumerate(members) for uid in member.uids}
    most: dict[tuple[int, int], int] = {}
    for one, other, shared in group.pairs:
        both = min(place[one.uid], place[other.uid]), max(place[one.uid], place[other.uid])
        most[both] = max(most.get(both, 0), shared)
    against: list[list[int]] = [[] for _ in members]
    for first, second in most:
        against[first].append(second)
        against[second].append(first)
    pairs = tuple((*both, shared) for both, shared in sorted(most.items()))
    return Case(group.start, group.end, group.seconds, tuple(members), pairs, tuple(tuple(sorted(at)) for at in against))


def _member(plan: Plan, spans: Sequence[Span]) -> Member:
    start, end = min(span.start for span in spans), max(span.end for span in spans)
    if plan.busy_title(spans[0].uid) is not None:
        return Member(start, end, (spans[0].uid,), busy=True)
    talks = sorted((plan.by_uid[span.uid] for span in spans), key=visits.walking_order)
    return Member(start, end, tuple(talk.uid for talk in talks))


def others(plan: Plan, uids: Iterable[str]) -> dict[str, int]:
    """The planned talks that clash with any of these, in the order of time, and the most seconds shared; no busy time."""
    chosen = set(uids)
    found: dict[str, int] = {}
    for uid in chosen:
        for other, seconds in plan.clashing(uid):
            found[other] = max(found.get(other, 0), seconds)
    ordered = [span.uid for span in sorted(plan.planned_spans())]
    return {uid: found[uid] for uid in ordered if uid in found and uid not in chosen}


# Ways


def ways(plan: Plan, case: Case) -> list[Way]:
    """All that one can do, the same kind together: go to one, keep all, leave one early, another talk of the paper, skip."""
    mine = [at for at, member in enumerate(case.members) if not member.busy]
    early = [way for at in mine if (way := leave(plan, case, at)) is not None]
    other = [way for at in mine if (way := instead(plan, case, at)) is not None]
    going = [go(plan, case, at) for at in mine]
    return [*going, keep(plan, case), *early, *other, *(skip(plan, case, at) for at in mine)]


def go(plan: Plan, case: Case, at: int) -> Way:
    """Go to a member, and skip those that clash with it; the others of the group stay. Busy time gives way."""
    member, against = case.members[at], [case.members[other] for other in case.against[at]]
    skipped = [uid for other in against if not other.busy for uid in other.uids]
    busy = [uid for other in against if other.busy for uid in other.uids]
    words = [f"go to {_names(plan, member.uids)}"]
    words += [f"skip {_names(plan, skipped)}"] if skipped else []
    words += [f"{_names(plan, busy)} gives way"] if busy else []
    decisions = [*((uid, "going") for uid in member.uids), *((uid, "skipped") for uid in skipped)]
    kept = tuple((uid, plan.busy_key(call)) for uid in member.uids for call in busy)
    return Way("go", member.uids, ", ".join(words), tuple(decisions), kept)


def skip(plan: Plan, case: Case, at: int) -> Way:
    """Skip a member."""
    uids = case.members[at].uids
    return Way("skip", uids, f"skip {_names(plan, uids)}", tuple((uid, "skipped") for uid in uids))


def keep(plan: Plan, case: Case, at: int | None = None) -> Way:
    """Accept that a member overlaps what it clashes with, or that it comes a little late; without ``at`` all of the group."""
    pairs = [pair[:2] for pair in case.pairs if at is None or at in pair[:2]]
    members = [case.members[one] for one in sorted({one for pair in pairs for one in pair})]
    uids = tuple(uid for member in members if not member.busy for uid in member.uids)
    kept = []
    for one, other in pairs:
        talk, second = sorted((case.members[one], case.members[other]), key=lambda member: member.busy)
        names = [plan.busy_key(uid) if second.busy else uid for uid in second.uids]
        kept += [(uid, name) for uid in talk.uids for name in names]
    if case.gap is not None:
        return Way(
            "keep", uids, f"hurry from {whole(plan, case.members[0])} to {whole(plan, case.members[1])}", kept=tuple(kept)
        )
    named = " and ".join(whole(plan, member) for member in members)
    words = f"keep both {named}" if len(members) == _NAMED else f"keep all {len(members)}"
    return Way("keep", uids, words, kept=tuple(kept))


def leave(plan: Plan, case: Case, at: int) -> Way | None:
    """Leave a member as the first of those begins that clash with it, in time for the way to it; None where none is later."""
    member = case.members[at]
    later = [case.members[other] for other in case.against[at] if case.members[other].start > member.start]
    if not later:
        return None
    following = min(later)
    end = following.start - case.needs
    spans = plan.spans(plan.by_uid[uid] for uid in member.uids)
    uids = tuple(span.uid for span in spans if span.start < end < span.end)
    if not uids:
        return None
    instant = datetime.fromtimestamp(end, UTC)
    words = f"leave {_names(plan, uids)} at {times.clock(instant, plan.zone)}, in time for {whole(plan, following)}"
    return Way("leave", uids, words, leaving=tuple((uid, instant) for uid in uids))


def instead(plan: Plan, case: Case, at: int) -> Way | None:
    """Skip a talk and go to another of its paper, best one that clashes with nothing planned; None where there is none."""
    member = case.members[at]
    if member.busy or len(member.uids) > 1:
        return None
    talk = plan.by_uid[member.uids[0]]
    open_ = (plan.by_uid[uid] for uid in talk.also if uid in plan.by_uid and plan.mark(uid).decision != "going")
    chances = [one for one in open_ if plan.offered(one)]  # where one is going already there is nothing to take
    spans = plan.spans(chances)
    if not spans:
        return None
    planned = [span for span in (*plan.planned_spans(), *plan.busy_spans()) if span.uid != talk.uid]
    booked = {span.uid: any(clash.clash(span, other) for other in planned) for span in spans}
    chosen = plan.by_uid[min(spans, key=lambda span: (booked[span.uid], span)).uid]
    words = f"take its {chosen.kind} instead ({_when_and_where(plan, chosen)}), skip {_names(plan, member.uids)}"
    if booked[chosen.uid]:
        words += "; that clashes with others"
    return Way("instead", (chosen.uid,), words, ((chosen.uid, "going"), (talk.uid, "skipped")))


def _when_and_where(plan: Plan, talk: Talk) -> str:
    day = plan.day_of(talk)
    when = f"{times.day(day)} {agenda.clocks(plan, talk, day)}" if day else ""
    return ", ".join(part for part in (when, agenda.place(plan, talk)) if part)


# Words


def said(plan: Plan, case: Case) -> str:
    """The case in a line: day, from when to when, and how much is double booked or how little time there is."""
    start, end = (datetime.fromtimestamp(at, UTC) for at in (case.start, case.end))
    day = times.long_day(times.local_day(start, plan.zone))
    return f"{day} {times.clock(start, plan.zone)}–{times.clock(end, plan.zone)} · {trouble(case)}"


def trouble(case: Case) -> str:
    """What is wrong in a few words: ``15 min double booked``, ``2 min for a way of 5 min``."""
    if case.gap is None:
        return f"{times.lasting(case.seconds)} double booked"
    return agenda.too_short(case.gap, case.needs)


def _names(plan: Plan, uids: Sequence[str]) -> str:
    """Talks and busy times by name, more than two of them by their number."""
    if len(uids) > _NAMED:
        return f"{len(uids)} talks"
    return " and ".join(named(plan, uid) for uid in uids)


def whole(plan: Plan, member: Member) -> str:
    """A member by name: the posters of a visit by their number."""
    return f"{len(member.uids)} posters" if len(member.uids) > 1 else named(plan, member.uids[0])


def named(plan: Plan, uid: str) -> str:
    """A talk or busy time by its name, a long one by its beginning: a sentence holds two or three of them."""
    busy = plan.busy_title(uid)
    return _short(plan.by_uid[uid].title) or "an untitled slot" if busy is None else f"your “{_short(busy)}”"


def _short(title: str) -> str:
    if len(title) <= _LONGEST:
        return title
    whole, blank, _ = title[:_LONGEST].rpartition(" ")
    return (whole if blank else title[: _LONGEST - 1]).rstrip(" ,;:–-") + "…"
