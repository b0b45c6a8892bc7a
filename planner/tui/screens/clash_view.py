"""What the Clashes screen hands down: its first line, the bars, the cards' text, and what is said when all is decided."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from textual.content import Content

from planner import heads, times, visits, ways
from planner.tui import rows, talk_text
from planner.tui.widgets.bars import Bar, Clock, Shown
from planner.tui.widgets.draw import content

if TYPE_CHECKING:
    from planner.model import Talk
    from planner.plan import Plan
    from planner.ways import Case, Member

_LISTED = 12  # so many decisions are told at the end


class Decided(NamedTuple):
    """What was decided on the screen: the words of the way, and those of the step of undo."""

    words: str
    step: str


def heading(plan: Plan, cases: list[Case], at: int) -> tuple[Content, Content]:
    """Which one this is of how many of its kind, when, and what is wrong; and the same without that, which the bars say."""
    case = cases[at]
    same = [index for index, one in enumerate(cases) if (one.gap is None) == (case.gap is None)]
    what = "Clash" if case.gap is None else "Tight change of room"
    said = ways.said(plan, case)
    when, dot, trouble = said.partition(" · ")
    which = (f"{what} {same.index(at) + 1} of {len(same)}", "bold $clash")
    short = Content.assemble(which, (f"  {when}", "$ink"))
    return Content.assemble(short, (dot, "$ink"), (trouble, "$clash")), short


def done(words: str) -> Content:
    """What was decided last."""
    return Content.assemble(("✓ ", "$good"), content(words, "$dim")) if words else Content("")


def nothing_left(decided: list[Decided]) -> Content:
    """That all is decided, and what was."""
    lines = [Content.styled("No clash is left.", "bold $ink"), Content("")]
    lines += [Content.assemble(("✓ ", "$good"), content(one.words, "$ink")) for one in decided[-_LISTED:]]
    lines += [Content.styled(f"and {len(decided) - _LISTED} before", "$dim")] if len(decided) > _LISTED else []
    if not decided:
        lines.append(Content.styled("No two of your stars overlap, and every change of room has its time.", "$dim"))
    undo = " · u takes the last one back" if decided else ""
    return Content("\n").join([*lines, Content(""), Content.styled(f"enter or esc goes back{undo}", "$dim")])


def shown(plan: Plan, case: Case, mine: list[int]) -> Shown:
    """The group as bars: both clocks, the stretches in which more than one wants one's presence."""
    at, end = datetime.fromtimestamp(case.start, UTC), datetime.fromtimestamp(case.end, UTC)
    uids = [uid for member in case.members if not member.busy for uid in member.uids]
    zones = dict.fromkeys((plan.zone, *(plan.zone_of(plan.by_uid[uid]) for uid in uids)))
    apart = [zone for zone in zones if zone == plan.zone or heads.apart((at, end), plan.zone, zone) != times.SAME]
    named = [Clock(partial(_clock, zone=zone), heads.letters((at, end), zone)) for zone in apart]
    offset = times.local(at, plan.zone).utcoffset()
    several = len({plan.by_uid[uid].conference for uid in uids}) > 1
    numbers = {index: str(number) for number, index in enumerate(mine, 1)}
    return Shown(
        case.start,
        case.end,
        [_bar(plan, member, numbers.get(index, ""), several=several) for index, member in enumerate(case.members)],
        named,
        _wrong(case),
        ways.trouble(case),
        int(offset.total_seconds()) if offset else 0,
    )


def _wrong(case: Case) -> list[tuple[int, int]]:
    """The stretches in which more than one member wants one's presence, in order, or the gap that is too short."""
    both = [(case.members[one], case.members[other]) for one, other, _ in case.pairs]
    if case.gap is not None:
        return [(one.end, other.start) for one, other in both]
    found: list[tuple[int, int]] = []
    for start, end in sorted((max(one.start, other.start), min(one.end, other.end)) for one, other in both):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _clock(at: int, zone: str) -> str:
    return times.clock(datetime.fromtimestamp(at, UTC), zone)


def clocks(plan: Plan, member: Member) -> str:
    """From when to when a member is, in the display zone."""
    return f"{_clock(member.start, plan.zone)}–{_clock(member.end, plan.zone)}"


def _bar(plan: Plan, member: Member, number: str, *, several: bool) -> Bar:
    """A member as a bar with its words; with its conference where there are several."""
    if member.busy:
        return Bar(member.start, member.end, f"your calendar: {plan.busy_title(member.uids[0])}", busy=True)
    talk = plan.by_uid[member.uids[0]]
    abroad = plan.conferences[talk.conference].name if several else ""
    if len(member.uids) > 1:
        visit = _visit(plan, member)
        where = " · ".join(part for part in (abroad, visits.place(plan, visit)) if part)
        return Bar(member.start, member.end, visit.words, number, place=where)
    mark, rating = plan.mark(talk.uid), plan.rating(talk)
    session = plan.session(talk)
    places = (abroad, talk.slot.room or (session.title if session else talk.track))
    return Bar(
        member.start,
        member.end,
        talk.title or "untitled slot",
        number,
        ("★" * (rating or 1), "·" * (rows.STARS - rating) if rating else ""),
        "✓" if mark.decision == "going" else "",
        " · ".join(part for part in places if part),
    )


def _visit(plan: Plan, member: Member) -> visits.Visit:
    start, end = (datetime.fromtimestamp(at, UTC) for at in (member.start, member.end))
    return visits.Visit(tuple(plan.by_uid[uid] for uid in member.uids), start, end, end)


def card(plan: Plan, case: Case, at: int, abstract: str | None) -> Content:
    """A talk, or a visit with its posters in walking order; where three or more hang together also what it clashes with."""
    member = case.members[at]
    shared = _shared(plan, case, at) if len(case.pairs) > 1 else []
    if len(member.uids) == 1:
        return talk_text.beside_others(plan, member.uids[0], abstract, shared)
    visit = _visit(plan, member)
    head = [Content.styled(visit.words, "bold $ink"), content(visits.place(plan, visit), "$ink"), *shared]
    return Content("\n\n").join([Content("\n").join(head), *(_poster(plan, talk) for talk in visit.talks)])


def _shared(plan: Plan, case: Case, at: int) -> list[Content]:
    """What a member clashes with, a line each."""
    said = []
    for one, other, seconds in case.pairs:
        if at in {one, other}:
            against = case.members[other if at == one else one]
            said.append(Content.assemble((f"⚠ {times.lasting(seconds)} ", "$clash"), content(_whole(plan, against), "$dim")))
    return said


def _whole(plan: Plan, member: Member) -> str:
    """A member by its whole name; the posters of a visit by their number."""
    if len(member.uids) > 1:
        return f"{len(member.uids)} posters"
    busy = plan.busy_title(member.uids[0])
    return f"your “{busy}”" if busy is not None else plan.by_uid[member.uids[0]].title


def _poster(plan: Plan, talk: Talk) -> Content:
    board = Content.assemble(content(f"board {talk.slot.board}", "$dim"), "  ") if talk.slot.board else Content("")
    stars = ("★" * (plan.rating(talk) or 1), "$star")
    first = Content.assemble(board, stars, "  ", content(talk.title, "bold $ink"))
    return Content("\n").join([first, content(" · ".join(talk.speakers), "$blue")])


def offers(plan: Plan, case: Case, at: int) -> str:
    """What else one can do with a member than go there or skip it, with its keys."""
    early, other = ways.leave(plan, case, at), ways.instead(plan, case, at)
    said = [f"l leave at {times.clock(early.leaving[0][1], plan.zone)}"] if early else []
    if other is not None:
        talk, mine = plan.by_uid[other.uids[0]], plan.by_uid[case.members[at].uids[0]]
        day = plan.day_of(talk)
        when = f"{times.day(day)} " if day and day != plan.day_of(mine) else ""
        said.append(f"p {talk.kind} {when}{times.clock(talk.slot.start, plan.zone) if talk.slot.start else ''}")
    return f" {' · '.join(said)} " if said else ""
