"""A day of the plan as lines of a list: talks, visits, busy and free time, with what is amiss in words; pure functions."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from textual.content import Content

from planner import agenda, gaps, heads, times, visits
from planner.tui import rows
from planner.tui.rows import Line, count
from planner.tui.widgets.draw import content
from planner.tui.widgets.plan_list import Aside

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from planner.dayplan import Entry
    from planner.gaps import Fit
    from planner.model import Talk
    from planner.plan import Plan

_NAMED = 6  # talks that fit, told with their reasons in the pane; the list has them all
_FAR = timedelta(days=7)  # "next, in 3 years" helps nobody


class Day(NamedTuple):
    """What a day is made of: its date, its entries in order, what fits into each free one by its start, and the instant now.

    ``live`` is whether what is past is to be shown as past, ``decide`` the key that leads to the ways out of a clash.
    """

    day: date
    entries: tuple[Entry, ...]
    fits: Mapping[datetime, Sequence[Fit]]
    now: datetime
    live: bool
    decide: str


class Shown(NamedTuple):
    """A day's lines, the asides on them, the entries that are no talks by their uid, and the boards of unfolded posters."""

    lines: list[Line]
    asides: dict[int, Aside]
    entries: dict[str, Entry]
    boards: dict[str, str]

    def add(self, aside: Aside, uid: str = "", entry: Entry | None = None) -> None:
        """A line that is no talk."""
        self.asides[len(self.lines)] = aside
        self.lines.append(Line("aside" if uid else "words", uid))
        if entry is not None:
            self.entries[uid] = entry


def key(entry: Entry) -> str:
    """What names an entry as a line: a talk's uid, or words that stay the same while marks change."""
    if entry.what in {"talk", "all day"}:
        return entry.talks[0].uid
    if entry.what == "visit":
        return f"visit {entry.talks[0].conference} {entry.talks[0].session or entry.start}"
    return f"{entry.what} {entry.start}"


def shown(plan: Plan, day: Day, unfolded: set[str]) -> Shown:
    """The lines of a day; ``unfolded`` are the visits whose posters are listed."""
    found = Shown([], {}, {}, {})
    told: set[str] = set()
    marked = not _running(day)
    decides = f"{day.decide} decides" if day.decide else ""
    for entry in day.entries:
        if not marked and entry.start is not None and entry.start > day.now:
            found.lines.append(_now(plan, day))
            marked = True
        _entry(plan, day, entry, found, unfolded)
        against = _against(plan, entry, told)
        if against:
            found.add(Aside(f"clashes with {against}", tone="dim", right=decides))
            decides = ""  # said once
        told |= {talk.uid for talk in entry.talks}
    if not marked:
        found.lines.append(_now(plan, day))
    return found


def _running(day: Day) -> bool:
    """Whether now is within what the day holds, or less than a day before it."""
    timed = [entry for entry in day.entries if entry.start is not None and entry.end is not None]
    if not timed:
        return False
    first, last = min(one.start for one in timed if one.start), max(one.end for one in timed if one.end)
    return day.now < last and (first - day.now).total_seconds() < 12 * 3600


def _now(plan: Plan, day: Day) -> Line:
    return Line("now", words=f"now {times.clock(day.now, plan.zone)}")


def _entry(plan: Plan, day: Day, entry: Entry, found: Shown, unfolded: set[str]) -> None:
    """The lines of one entry."""
    if entry.hurry is not None:
        found.add(Aside(f"⚠ {agenda.hurry(entry.hurry)}", tone="clash"))
    if entry.what == "visit":
        name = key(entry)
        found.add(_visit(plan, day, entry, open_=name in unfolded), name, entry)
        for talk in entry.talks if name in unfolded else ():
            found.boards[talk.uid] = talk.slot.board or ""
            found.lines.append(Line("talk", talk.uid))
    elif entry.what == "busy":
        aside = Aside(f"“{entry.title}”", *_clocks(plan, day.day, entry), sign="busy", tone="dim")
        found.add(aside)
    elif entry.what == "free":
        found.add(_free(plan, day, entry), key(entry), entry)
    else:
        found.lines.append(Line("talk", entry.talks[0].uid))


def _clocks(plan: Plan, day: date, entry: Entry) -> tuple[str, str, str]:
    """When an entry is, in the columns of the talks: on the display zone's clocks, the conference's, and the days between."""
    if entry.start is None or entry.end is None:
        return "", "", ""
    off = (times.local_day(entry.start, plan.zone) - day).days
    clock = f"{times.clock(entry.start, plan.zone)}–{times.clock(entry.end, plan.zone)}"
    if (entry.end - entry.start).total_seconds() >= 86_400:  # noqa: PLR2004  (a whole day or more)
        clock = "all day"
    theirs = times.clock(entry.start, plan.zone_of(entry.talks[0])) if entry.talks else ""
    return clock, theirs, f"{off:+d}".replace("-", "−") if off else ""


def _visit(plan: Plan, day: Day, entry: Entry, *, open_: bool) -> Aside:
    visit = visits.Visit(entry.talks, entry.start, entry.end, entry.end)  # type: ignore[arg-type]  # a visit has both
    going = sum(plan.mark(talk.uid).decision == "going" for talk in entry.talks)
    said = f"{going} going" if 0 < going < len(entry.talks) else "✓ going" if going else ""
    boards = [talk.slot.board for talk in entry.talks if talk.slot.board]
    more = ", ".join(part for part in (visits.place(plan, visit), f"boards {', '.join(boards)}" if boards else "") if part)
    state = [said] if said else []
    if entry.start is not None and entry.end is not None and entry.start <= day.now < entry.end:
        state.append(f"{times.lasting(entry.end - day.now)} left")
    longest = max((seconds for _, seconds in entry.clashes), default=None)
    return Aside(
        visit.words,
        *_clocks(plan, day.day, entry),
        fold="▾" if open_ else "▸",
        more=more,
        right=" · ".join(state),
        amiss=f"⚠ {times.lasting(longest)}" if longest is not None else "",
        strong=True,
    )


def _free(plan: Plan, day: Day, entry: Entry) -> Aside:
    assert entry.start is not None  # noqa: S101  (free time has both)
    assert entry.end is not None  # noqa: S101
    fits = day.fits.get(entry.start, ())
    past = day.live and entry.end <= day.now
    best = [fit for fit in fits if fit.why != "other"]
    if best:
        talk = plan.by_uid[best[0].uid]
        clock = times.clock(talk.slot.start, plan.zone) if talk.slot.start else ""
        more = f"{len(fits):,} would fit · {clock} {talk.title}"
    else:
        more = f"{count(len(fits), 'talk')} would fit" if fits else ""
    length = times.lasting(entry.end - entry.start if past else _left(day, entry))
    words = f"{length} left free" if day.live and entry.start <= day.now < entry.end else f"{length} free"
    return Aside(words, *_clocks(plan, day.day, entry), more="" if past else more, tone="dim" if past else "good")


def _left(day: Day, entry: Entry) -> timedelta:
    """How much of an entry is still to come; all of it where the day is not watched live."""
    if entry.start is None or entry.end is None:
        return timedelta()
    return max(entry.end - max(entry.start, day.now), timedelta()) if day.live else entry.end - entry.start


def _against(plan: Plan, entry: Entry, told: set[str]) -> str:
    """What an entry clashes with, by name: busy time, and talks that stand above it."""
    found = [uid for uid, _ in entry.clashes]
    planned = [plan.by_uid[uid] for uid in found if uid in plan.by_uid]
    visit_of = {talk.uid: visit for visit in visits.visits(plan, planned) for talk in visit.talks}
    names: dict[str, None] = {}
    for uid in found:
        busy = plan.busy_title(uid)
        if busy is not None:
            names[f"your “{busy}”"] = None
        elif uid in told:
            names[visits.named(plan, visit_of[uid]) if uid in visit_of else plan.by_uid[uid].title] = None
    return ", ".join(names)


def following(plan: Plan, now: datetime) -> tuple[str, str]:
    """The talk of the plan that begins next, and that it does in words; empty where that is far away."""
    talk = agenda.following(plan.planned_talks(), now)
    if talk is None or talk.slot.start is None or talk.slot.start - now >= _FAR:
        return "", ""
    return talk.uid, f"next, in {times.lasting(talk.slot.start - now)}"


def heading(plan: Plan, day: Day) -> tuple[Content, ...]:
    """The day in a line: what it holds, what is amiss, what is free, and the clocks; in fewer words; without the clocks."""
    talks = [talk for entry in day.entries for talk in entry.talks]
    here = {talk.uid for talk in talks}
    clashes = sum(any(span.uid in here for span in group.spans) for group in plan.clashes())
    tight = sum(entry.hurry is not None for entry in day.entries)
    free = sum((_left(day, entry) for entry in day.entries if entry.what == "free"), timedelta())
    facts = [(f"  {count(len(talks), 'talk')}" if talks else "  nothing planned", "$ink")]
    if talks:
        facts.append((f" · ⚠ {count(clashes, 'clash')}", "$clash") if clashes else (" · no clash", "$dim"))
    if tight:
        facts.append((f" · ⚠ {count(tight, 'tight change')}", "$clash"))
    if free:
        facts.append((f" · {times.lasting(free)} free", "$dim"))
    short = Content.assemble(("My plan", "bold $blue"), *facts)
    return *(Content.assemble(short, (f"   {words}", "$dim")) for words in _zones(plan, day)), short


def _zones(plan: Plan, day: Day) -> tuple[str, str]:
    """Both clocks of the day in words: the display zone's, and those of its conferences that keep another; and in letters."""
    shown = sorted({at for entry in day.entries for at in (entry.start, entry.end) if at is not None}) or [day.now]
    held: dict[str, list[Talk]] = {}
    for talk in (talk for entry in day.entries for talk in entry.talks if talk.slot.start is not None):
        held.setdefault(talk.conference, []).append(talk)
    spans = [(talks, heads.instants(plan, talks)) for talks in held.values()]
    found = [heads.clocks(plan, heads.own_zone(plan, talks, at), at) for talks, at in spans]
    mine = heads.letters(shown, plan.zone)
    words = dict.fromkeys(f"{one.theirs} ({one.apart})" if one.apart else one.theirs for one in found if one.theirs)
    theirs = dict.fromkeys(one.theirs for one in found if one.theirs)
    return " ⇄ ".join([f"times in {rows.zone(plan.zone, mine)}", *words]), " ⇄ ".join([mine, *theirs])


def of_visit(plan: Plan, entry: Entry) -> Content:
    """The posters of a visit, one below the other in walking order."""
    lines = [content(f"{len(entry.talks)} posters", "bold $ink")]
    for talk in entry.talks:
        board = f"board {talk.slot.board}" if talk.slot.board else ""
        head = ((agenda.stars(plan, talk), "$star"), "  " if board else "", content(board, "$blue"))
        lines += [Content(""), Content.assemble(*head), content(talk.title, "$ink")]
    return Content("\n").join(lines)


def of_free(plan: Plan, entry: Entry, fits: Sequence[Fit]) -> Content:
    """What would fit into free time, with the reasons; what only fits is counted."""
    assert entry.start is not None  # noqa: S101  (free time has both)
    assert entry.end is not None  # noqa: S101
    clocks = f"{times.clock(entry.start, plan.zone)}–{times.clock(entry.end, plan.zone)}"
    lines = [Content.assemble((f"{times.lasting(entry.end - entry.start)} free", "bold $good"), (f"  {clocks}", "$dim"))]
    named = [fit for fit in fits if fit.why != "other"][:_NAMED]
    for fit in named:
        talk = plan.by_uid[fit.uid]
        clock = agenda.clocks(plan, talk, plan.day_of(talk))
        lines += [Content(""), Content.assemble((f"{clock}  ", "$blue"), content(agenda.place(plan, talk), "$dim"))]
        lines += [content(talk.title, "bold $ink"), content(gaps.words(plan, fit), "$dim")]
    rest = len(fits) - len(named)
    if rest:
        lines += [
            Content(""),
            Content.styled(f"{'and ' if named else ''}{count(rest, 'talk')} {'more ' if named else ''}would fit", "$dim"),
        ]
    elif not fits:
        lines += [Content(""), Content.styled("No talk fits into this time.", "$dim")]
    if fits:
        lines.append(Content.styled("enter lists them; there enter stars one", "$dim"))
    return Content("\n").join(lines)
