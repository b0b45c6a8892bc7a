"""The commands that answer what to do when: clashes, suggest, agenda."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from planner import agenda as days
from planner import heads, times, visits
from planner.cli.context import NOTHING_STORED
from planner.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from planner.clash import Group, Tight
    from planner.cli.arguments import Asked
    from planner.cli.context import Context
    from planner.dayplan import Programme
    from planner.model import Talk
    from planner.plan import Plan
    from planner.ways import Case, Member, Way


_MOST_DAYS = 366


def clashes(context: Context) -> int:
    """Print every group of planned talks that overlap, busy time included, every short change of room, and the ways out."""
    plan = _with_other_talks(context)
    groups, tight = plan.clashes(), plan.tight(context.settings.walking_seconds)
    if context.asked.json:
        context.print_json(
            {"groups": [_group_document(plan, group) for group in groups], "tight": [_tight_document(one) for one in tight]}
        )
    elif not groups and not tight:
        context.say("No clashes, and no change of room is too short.")
    else:
        from planner import ways

        cases = ways.cases(plan, context.settings.walking_seconds)
        blocks = [_case_text(plan, case) for case in cases[: len(groups)]] + [_tight_text(plan, one) for one in tight]
        context.say("\n\n".join(f"{said}\n{_ways_text(plan, case)}" for said, case in zip(blocks, cases, strict=True)))
    _tell_unread(context, plan)
    return int(context.asked.check and bool(groups or tight))


def _tell_unread(context: Context, plan: Plan) -> None:
    """Say which calendars may clash with the plan unseen."""
    if not context.asked.json:
        from planner.cli.busy import tell_unread

        tell_unread(context, {talk.conference for talk in plan.planned_talks()})


def _group_document(plan: Plan, group: Group) -> dict[str, object]:
    titles = {span.uid: plan.busy_title(span.uid) for span in group.spans}
    return {
        "start": plan.shown(_at(group.start)),
        "end": plan.shown(_at(group.end)),
        "talks": [uid for uid, busy in titles.items() if busy is None],
        "busy": [busy for busy in titles.values() if busy is not None],
        "minutes": group.seconds // 60,
        "pairs": [_pair_document(titles, pair[0].uid, pair[1].uid, pair[2]) for pair in group.pairs],
    }


def _pair_document(titles: dict[str, str | None], one: str, other: str, seconds: int) -> dict[str, object]:
    talk, busy = (one, other) if titles[one] is None else (other, one)
    title = titles[busy]
    return {"a": talk, "b": busy if title is None else None, "busy": title, "minutes": seconds // 60}


def _tight_document(one: Tight) -> dict[str, object]:
    return {"from": one.before.uid, "to": one.after.uid, "gap": one.gap // 60, "needs": one.needs // 60}


def _case_text(plan: Plan, case: Case) -> str:
    """A clash: when it is, what wants one's presence, and which two exclude each other."""
    from planner import ways

    start, end = _at(case.start), _at(case.end)
    when = f"{times.long_day(times.local_day(start, plan.zone))} {days.stretch(plan, start, end, None)}"
    lines = [f"{when} {heads.letters((start, end), plan.zone)} · {ways.trouble(case)}"]
    lines += [line for member in case.members for line in _member_lines(plan, member)]
    for one, other, shared in case.pairs[:_PAIRS]:
        both = " · ".join(_name(plan, case.members[at]) for at in (one, other))
        lines.append(f"  ⚠ {times.lasting(shared)}: {both}")
    return "\n".join(lines + ([f"  ⚠ and {len(case.pairs) - _PAIRS} more pairs"] if len(case.pairs) > _PAIRS else []))


def _member_lines(plan: Plan, member: Member) -> list[str]:
    """What wants one's presence: busy time, a talk, or a whole visit, boards in walking order."""
    clocks = days.stretch(plan, _at(member.start), _at(member.end), None)
    if member.busy:
        return [f"  {clocks}  busy   {_name(plan, member)}"]
    talk, visit = plan.by_uid[member.uids[0]], _visit(plan, member)
    if visit is None:
        place = days.place(plan, talk)
        return [f"  {clocks}  {days.stars(plan, talk):5}  {days.title(plan, talk)}{f'   {place}' if place else ''}"]
    where = visits.place(plan, visit)
    lines = [f"  {clocks}         {visit.words}{f'   {where}' if where else ''}"]
    for talk in visit.talks:
        board = f"board {talk.slot.board}  " if talk.slot.board else ""
        lines.append(f"               {days.stars(plan, talk):5}  {board}{days.title(plan, talk)}")
    return lines


def _visit(plan: Plan, member: Member) -> visits.Visit | None:
    """The visit that its posters are, None where it is one talk."""
    return next(iter(visits.visits(plan, (plan.by_uid[uid] for uid in member.uids))), None)


def _name(plan: Plan, member: Member) -> str:
    """Busy time, a talk or a visit in full, inside a sentence."""
    if member.busy:
        return f"your “{plan.busy_title(member.uids[0])}”"
    visit = _visit(plan, member)
    return visits.named(plan, visit) if visit else plan.by_uid[member.uids[0]].title


def _tight_text(plan: Plan, one: Tight) -> str:
    start, zone = _at(one.after.start), plan.zone
    when = f"{times.long_day(times.local_day(start, zone))} {times.clock(start, zone)} {times.letters(start, zone)}"
    before, after = (f"{plan.by_uid[side.uid].title} ({side.place})" for side in (one.before, one.after))
    return f"{when} · tight: {days.too_short(one.gap, one.needs)}, from {before} to {after}"


def _at(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


_PAIRS = 12  # so many are said of one clash, which has 20,000 where 200 talks of one hour are starred
_SIGNS = 8  # of a uid: they name a talk among thousands
_WAYS = 12  # so many are said of one clash
_KEYS = {"keep": "b", "leave": "l", "go": "1 to 9"}


def _ways_text(plan: Plan, case: Case) -> str:
    """What one can do, a line each, with the command that does it, or the keys where there is no command."""
    from planner import ways

    talks = sum(not member.busy for member in case.members)
    alone = case.gap is not None or talks == 1  # going to one skips the others: then a skip is a way of its own
    found = [way for way in ways.ways(plan, case) if way.what != ("go" if case.gap is not None else "" if alone else "skip")]
    said = [(_command(way), way.words) for way in found[:_WAYS]]
    said += [("planner, then !", f"{len(found) - _WAYS} more")] if len(found) > _WAYS else []
    wide = max(len(command) for command, _ in said)
    return "\n".join(f"  → {command:{wide}}   {words}" for command, words in said)


def _command(way: Way) -> str:
    decided = [(uid[:_SIGNS], "going" if decision == "going" else "skip") for uid, decision in way.decisions]
    if way.kept or way.leaving:
        return f"planner, then ! and {_KEYS[way.what]}"
    if way.what == "go":
        return f"planner going {' '.join(uid for uid, verb in decided if verb == 'going')} --skip-others"
    verbs = dict.fromkeys(verb for _, verb in decided)
    return " && ".join(f"planner {verb} {' '.join(uid for uid, said in decided if said == verb)}" for verb in verbs)


def _with_other_talks(context: Context) -> Plan:
    """The plan, with the other talks of its papers, starred or not: one of them may fit where the first does not."""
    slugs = context.slugs()
    plan = context.store.load(context.zone, slugs=slugs, only_starred=True)
    others = [uid for uid in plan.other_talks() if uid not in plan.by_uid]
    return context.store.load(context.zone, slugs=slugs, only_starred=True, uids=others) if others else plan


def suggest(context: Context) -> int:
    """Print the best plan without clashes and what it gives up; ``--apply`` writes it as decisions, one step of undo."""
    from planner import advice as advising

    plan = _with_other_talks(context)
    advice = advising.advise(plan, context.settings.walking_seconds)
    decided = context.asked.apply and bool(advice.decisions)
    if decided:
        context.store.settle(list(advice.decisions.items()), now=context.now)
    if context.asked.json:
        context.print_json(advising.document(plan, advice))
    else:
        context.say(advising.text(plan, advice))
    _tell_unread(context, plan)
    if decided:
        context.tell(f"Decided: going to {len(advice.keep)}, skipping {len(advice.drop)}; planner undo takes it back.")
    elif advice.drop:
        context.tell("planner suggest --apply decides so; planner undo takes it back.")
    return 0


def agenda(context: Context) -> int:
    """Print the plan of a day; with ``--gaps`` also what would fit into its free time."""
    asked, slugs = context.asked, context.slugs()
    if not 1 <= asked.days <= _MOST_DAYS:
        raise UsageError(f"--days is from 1 to {_MOST_DAYS}, not {asked.days}: all is every day, as in planner agenda all.")
    plan = context.store.load(context.zone, slugs=slugs, only_starred=not (asked.all or asked.gaps))
    on, label = on_days(context, plan, asked.day, asked.days)
    shown = days.agenda(plan, on, context.now, every=asked.all, only_next=asked.next)
    if asked.gaps:
        return _agenda_with_gaps(context, plan, on, label, shown)
    if asked.json:
        context.print_json(days.document(plan, shown, context.now))
        return 0
    _say(context, plan, label, shown)
    return 0


def _say(
    context: Context,
    plan: Plan,
    label: date | None,
    shown: days.Agenda,
    open_times: Mapping[date, Sequence[days.Open]] | None = None,
) -> None:
    """Print an agenda, or when something else is planned, and what stands elsewhere of the asked days.

    Of today only what is to begin: the rest was shown while it was today there too.
    """
    asked, here = context.asked, {talk.uid for talk in shown.talks}
    since = context.now if asked.day.lower() == "today" else datetime.min.replace(tzinfo=UTC)
    talks = plan.by_uid.values() if asked.all else plan.planned_talks()
    hidden = (talk for talk in talks if talk.uid not in here and days.following([talk], since))
    elsewhere = own_days(plan, hidden, label, asked.days, "planner agenda") if label and not asked.next else []
    if shown.days:
        said = days.text(plan, shown, context.now, context.settings.walking_seconds, context.width, open_times=open_times)
    else:
        said = _nothing(asked, plan, label, there=bool(elsewhere))
    context.say("\n".join([said, *elsewhere]))


def own_days(plan: Plan, talks: Iterable[Talk], label: date, count: int, command: str) -> list[str]:
    """Which talks begin on ``count`` days of the display zone but stand under another one, their conference's: sentences.

    ``talks`` are those that are not shown, ``command`` is what shows them with a day behind it.
    """
    elsewhere: dict[tuple[date, date], int] = {}
    for talk in talks:
        own, day = _own_day(plan, talk), plan.day_of(talk)
        if own and day and 0 <= (own - label).days < count:
            elsewhere[own, day] = elsewhere.get((own, day), 0) + 1
    return [
        f"{number} {'talk begins' if number == 1 else 'talks begin'} on {times.long_day(own)} in {plan.zone}, on the "
        f"conference's {times.long_day(day)}: {command} {day} shows {'it' if number == 1 else 'them'}."
        for (own, day), number in sorted(elsewhere.items())
    ]


def _own_day(plan: Plan, talk: Talk) -> date | None:
    """The date on which a talk begins in the display zone; None for one without a clock."""
    return times.local_day(talk.slot.start, plan.zone) if talk.slot.start else None


def _agenda_with_gaps(context: Context, plan: Plan, on: days.On, label: date | None, shown: days.Agenda) -> int:
    """Print an agenda with the free time of its days, as My plan counts it, and what would fit into it."""
    from planner import dayplan, gaps

    by_day = dayplan.talks(plan)
    programmes = {day: held for day, held in dayplan.days(plan).items() if any(on(talk, day) for talk in by_day[day])}
    if context.asked.next:
        programmes = {day: held for day, held in programmes.items() if day in dict(shown.days)}
    free = {day: _free(context, plan, held, shown) for day, held in programmes.items()}
    starred = [mark.uid for mark in plan.marks.values() if mark.starred and mark.uid in plan.by_uid]
    alike = context.store.similar(starred, slugs=list(plan.conferences), limit=None) if starred else []
    fits: dict[tuple[datetime, datetime], list[gaps.Fit]] = {}
    for day, held in programmes.items():
        since = context.now if held.since <= context.now < held.until else None  # what has begun is no proposal
        fits.update(
            zip(
                free[day],
                gaps.fitting(plan, free[day], by_day[day], context.settings.walking_seconds, alike=alike, since=since),
                strict=True,
            )
        )
    if context.asked.json:
        said = days.document(plan, shown, context.now)
        context.print_json({**said, "free": gaps.document(plan, sorted(fits), [fits[gap] for gap in sorted(fits)])})
        return 0
    listed = {**dict.fromkeys(programmes, ()), **dict(shown.days)}
    open_times = {
        day: [days.Open(*gap, gaps.lines(plan, fits[gap]) or ["nothing fits"]) for gap in here] for day, here in free.items()
    }
    shown = shown._replace(days=tuple((day, listed[day]) for day in sorted(listed)))
    _say(context, plan, label, shown, open_times)
    return 0


def _free(context: Context, plan: Plan, programme: Programme, shown: days.Agenda) -> list[tuple[datetime, datetime]]:
    """The free time of a day as My plan counts it; with ``--next`` what is left of it before what comes next."""
    from planner import dayplan

    found = dayplan.free(plan, programme, context.settings.day_hours)
    if not context.asked.next:
        return found
    until = shown.following.slot.start if shown.following else None
    return [gap for gap in found if gap[1] > context.now and (until is None or gap[0] < until)]


def on_days(context: Context, plan: Plan, said: str, count: int = 1) -> tuple[days.On, date | None]:
    """What accepts ``count`` days from a DAY word on, and the day taken; ``today`` is each conference's own day.

    A weekday is the next one; where nothing is then, the one day of the plan that is such a weekday.
    """
    if said.lower() == "all":
        return (lambda _talk, _day: True), None

    there: date | None = None
    label = times.parse_day(said, times.local_day(context.now, context.zone))
    if times.is_weekday(said):
        held = {day for talk in plan.by_uid.values() for day in (*plan.days_of(talk), _own_day(plan, talk)) if day}
        meant = [label] if label in held else [day for day in held if day.weekday() == label.weekday()]
        if len(meant) == 1:
            label = there = meant[0]

    def first(talk: Talk) -> date:
        if there is not None:
            return there
        conference = plan.conferences[talk.conference]
        return times.parse_day(said, times.local_day(context.now, plan.zone_of(talk), conference.day_change))

    length = timedelta(days=count)
    return (lambda talk, day: first(talk) <= day < first(talk) + length), label


def _nothing(asked: Asked, plan: Plan, label: date | None, *, there: bool) -> str:
    """What to say of a day without anything (``there`` by the conference's date alone): the next planned day, or the last."""
    if not plan.conferences:
        return NOTHING_STORED
    planned = sorted(
        {day for talk in plan.by_uid.values() if (asked.all or plan.planned(talk)) and (day := plan.day_of(talk))}
    )
    whose = "the conference's " if there else ""
    said = "Nothing is left" if asked.next else "Nothing is planned"
    said += f" on {whose}{times.long_day(label)}" if label else ""
    if not planned:
        return f"{said}: planner talks lists what there is, planner star TALK plans it."
    later = next((day for day in planned if label and day > label), None)
    if later:
        return f"{said}; the next day with something is {times.long_day(later)}: planner agenda {later}."
    return f"{said}; the last day with something was {times.long_day(planned[-1])}: planner agenda {planned[-1]}."
