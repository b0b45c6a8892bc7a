"""The commands that list and show talks."""

from __future__ import annotations

from itertools import groupby

from planner import agenda, heads, times, visits
from planner.cli.context import NOTHING_STORED
from planner.cli.marking import find
from planner.cli.planning import on_days, own_days
from planner.errors import UsageError
from planner.model import KINDS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from planner.cli.context import Context
    from planner.filters import Filter
    from planner.model import Talk
    from planner.plan import Plan
    from planner.similar import Alike

_WIDEST = "m" * 64  # a longer title pushes its place to the right


def talks(context: Context) -> int:
    """List talks: the best match first when there are words, otherwise by time."""
    asked, slugs = context.asked, context.slugs()
    if asked.words:
        uids = context.store.search(" ".join(asked.words), slugs=slugs)
        plan = context.store.load(context.zone, uids=uids, only_starred=True)  # clashes are with any of the starred
        found: Iterable[Talk] = (plan.by_uid[uid] for uid in uids if uid in plan.by_uid)
    else:
        plan = context.store.load(context.zone, slugs=slugs, only_starred=asked.starred)
        found = plan.by_uid.values()
    wanted, (on, label) = _wanted(context, plan), on_days(context, plan, asked.day or "all")
    matching = [talk for talk in found if wanted(talk)]
    chosen = [talk for talk in matching if not asked.day or any(on(talk, day) for day in plan.days_of(talk))]
    if context.asked.json:
        records = [plan.record(talk) for talk in chosen]
        context.print_json({"now": plan.shown(context.now), "zone": context.zone, "talks": records})
    else:
        _list(context, plan, chosen, label)
        here = {talk.uid for talk in chosen}
        hidden = (talk for talk in matching if talk.uid not in here)
        for sentence in own_days(plan, hidden, label, 1, "planner talks --day") if label else ():
            context.tell(sentence)
    return 0


def _wanted(context: Context, plan: Plan) -> Callable[[Talk], bool]:
    asked = context.asked
    if not any((asked.track, asked.room, asked.kind, asked.speaker, asked.starred, asked.unscheduled)):
        return lambda _: True
    from planner import filters  # 1 ms

    if asked.kind and not filters.matches(asked.kind, " ".join(f"{kind} {kind}s" for kind in KINDS)):
        raise UsageError(f"--kind is one of {', '.join(KINDS)}, not “{asked.kind}”.")
    by_words = ((filters.InTrack, asked.track), (filters.InRoom, asked.room), (filters.OfKind, asked.kind))
    chosen: list[Filter] = [narrow(words) for narrow, words in (*by_words, (filters.BySpeaker, asked.speaker)) if words]
    if asked.starred:
        chosen.append(filters.Starred(frozenset(uid for uid, mark in plan.marks.items() if mark.starred)))
    if asked.unscheduled:
        chosen.append(filters.Unscheduled())
    return filters.And(tuple(chosen)).__call__


def _list(context: Context, plan: Plan, chosen: list[Talk], label: date | None) -> None:
    """Print talks under their days; ``label`` is the day that was asked for."""
    if not plan.conferences and not context.store.conferences():
        context.tell(NOTHING_STORED)
        return
    if context.asked.words and any(talk.scheduled for talk in chosen):
        context.say(f"times in {context.zone}")
    days = [(None, chosen)] if context.asked.words else [(day, list(talks)) for day, talks in groupby(chosen, plan.day_of)]
    for number, (day, talks) in enumerate(days):
        if not context.asked.words:
            context.say("\n" * (number > 0) + (agenda.head(plan, day, talks) if day else "No slot yet"))
        clocks = [_clocks(context, plan, talk) for talk in talks]
        width = max(map(len, clocks), default=0)
        for talk, when in zip(talks, clocks, strict=True):
            context.say(_line(context, plan, talk, f"{when:{width}}"))
    untitled = sum(talk.untitled for talk in chosen)
    also = f" and {untitled} slot{'s' * (untitled != 1)} without a title" if untitled else ""
    count = len(chosen) - untitled
    none = f"No talk matches{f' on {times.long_day(label)}' if label else ''}."
    context.tell(f"{count} talk{'s' * (count != 1)}{also}." if chosen else none)


def _clocks(context: Context, plan: Plan, talk: Talk) -> str:
    """When a talk is: beside its conference's day that it stands under, or with the date of the display zone."""
    if context.asked.words and talk.slot.start is not None:
        return f"{times.day(times.local_day(talk.slot.start, plan.zone))} {agenda.clocks(plan, talk, None)}"
    return agenda.clocks(plan, talk, plan.day_of(talk)) if talk.scheduled else ""


def _line(context: Context, plan: Plan, talk: Talk, when: str) -> str:
    title, place = agenda.title(plan, talk), agenda.place(plan, talk)
    room = agenda.title_room(len(when) + 15, [_WIDEST], [place], context.width)
    title = agenda.pad(agenda.fit(title, room) if context.width else title, room)
    return agenda.fit(f"{talk.uid[:8]}  {when}  {agenda.stars(plan, talk):5}  {title}  {place}".rstrip(), context.width)


def show(context: Context) -> int:
    """Print one talk in full, with both clocks, what it clashes with and what is like it."""
    talk = find(context, context.asked.talk)
    plan = context.store.load(context.zone, uids=[talk.uid], only_starred=True)
    alike = context.store.similar([talk.uid], slugs=[talk.conference])
    if context.asked.json:
        similar = [
            {"uid": one.uid, "title": one.title, "score": round(one.score, 3), "because": list(one.because)} for one in alike
        ]
        context.print_json({"talk": plan.record(talk), "similar": similar})
    else:
        context.say("\n".join(_in_full(context, plan, talk) + _like_it(context, alike)))
    return 0


def _like_it(context: Context, alike: Sequence[Alike]) -> list[str]:
    """Talks like it, with the words that they share."""
    if not alike:
        return []
    plan = context.store.load(context.zone, uids=[one.uid for one in alike])
    lines = ["", "Like it, by the words they share"]
    for one in alike:
        start = plan.by_uid[one.uid].slot.start
        when = f"{times.day(times.local_day(start, context.zone))} {times.clock(start, context.zone)}" if start else ""
        lines.append(f"  {one.uid[:8]}  {one.score:4.0%}  {when:16}  {one.title}   {', '.join(one.because)}")
    return lines


def _in_full(context: Context, plan: Plan, talk: Talk) -> list[str]:
    mark, session = plan.mark(talk.uid), plan.session(talk)
    lines = [("Cancelled: " if talk.cancelled else "") + (talk.title or "· untitled slot ·")]
    if talk.speakers:
        lines.append(" · ".join(talk.speakers))
    if talk.organisations:
        lines.append(" · ".join(talk.organisations))
    lines += ["", *_when(context, plan, talk)]
    block = [session.title, *([f"chairs {', '.join(session.chairs)}"] if session.chairs else [])] if session else []
    board = f"board {talk.slot.board}" if talk.slot.board else None
    lines.append(" · ".join(part for part in (talk.kind, *block, talk.track, talk.slot.room, board) if part))
    lines.append(
        " · ".join([agenda.stars(plan, talk) or "no star", *([mark.decision] if mark.decision != "undecided" else [])])
    )
    lines += visits.overlaps(plan, plan.clashing(talk.uid))
    if plan.note(talk):
        lines.append(f"✎ {plan.note(talk)}")
    lines += [link for link in dict.fromkeys((talk.url, *talk.links)) if link]
    lines.append(f"uid {talk.uid}")
    if talk.abstract:
        lines += ["", talk.abstract]
    return lines


def _when(context: Context, plan: Plan, talk: Talk) -> list[str]:
    start, end = talk.slot.start, plan.until(talk)
    if start is None or end is None:
        return [times.long_day(talk.slot.day) + ", all day" if talk.slot.day else "no slot yet"]
    lines = []
    for zone in dict.fromkeys((context.zone, plan.zone_of(talk))):
        day = times.long_day(times.local_day(start, zone))
        lines.append(f"{day} {times.clock(start, zone)}–{times.clock(end, zone)} {heads.letters((start, end), zone)} ({zone})")
    if talk.slot.end is None:
        lines.append(f"the source gives no end: {times.clock(end, context.zone)} is assumed")
    return lines
