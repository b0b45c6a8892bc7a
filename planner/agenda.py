"""The plan of a day, in order, as text or JSON: what ``planner agenda`` prints, also into a status bar or a script."""

from __future__ import annotations

from datetime import UTC, datetime

from planner import clash, heads, times, visits
from planner.values import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from planner.model import Talk
    from planner.plan import Plan

    On = Callable[[Talk, date], bool]
    Needs = Callable[[str, str], int]

LEAST_FREE_MINUTES = 15
"""A gap shorter than this is a breather, not free time."""

_TITLE_CELLS = 80  # beyond this a title pushes its place to the right instead of everybody's
_LEAST_TITLE_CELLS = 24  # a title shorter than this says nothing
_NARROW = dict.fromkeys(map(ord, "–★·…✓✗⚠✎▶“”’"), "x")  # the signs of these lines, each one column wide
_CLOCK_CELLS = 11  # of 09:00–10:30
_PLACE_CELLS = 24  # on a terminal a longer place is cut before the titles are


class Agenda(NamedTuple):
    """Talks by conference day, in order, with the free time between them as ``(start, end)`` instants in UTC.

    ``following`` is the first of them that has not begun, None when all have. ``only_next`` tells that of the days only what
    is on now and what begins next was kept.
    """

    days: tuple[tuple[date, tuple[Talk, ...]], ...]
    free: tuple[tuple[datetime, datetime], ...]
    following: Talk | None
    only_next: bool

    @property
    def talks(self) -> list[Talk]:
        """The talks of every day, in order."""
        return [talk for _, talks in self.days for talk in talks]


def agenda(plan: Plan, on: On, now: datetime, *, every: bool = False, only_next: bool = False) -> Agenda:
    """The agenda of the days that ``on`` accepts: planned talks, or with ``every`` all of them.

    ``on`` gets a talk and its conference day. ``only_next`` keeps what is on now and what begins next.
    """
    days: dict[date, list[Talk]] = {}
    for talk in plan.by_uid.values():
        if every or plan.planned(talk):
            for day in plan.days_of(talk):
                if on(talk, day):
                    days.setdefault(day, []).append(talk)
    found = following((talk for talks in days.values() for talk in talks), now)
    if only_next:
        first = found.slot.start if found else None
        kept = {talk.uid for talks in days.values() for talk in talks if is_on(plan, talk, now)}
        kept |= {
            talk.uid for talks in days.values() for talk in talks if first and talk.slot.start == first and not talk.cancelled
        }
        days = {day: chosen for day, talks in days.items() if (chosen := [talk for talk in talks if talk.uid in kept])}
    ordered = tuple((day, tuple(days[day])) for day in sorted(days))
    return Agenda(ordered, tuple(gap for _, talks in ordered for gap in free(plan, talks)), found, only_next)


def following(talks: Iterable[Talk], now: datetime) -> Talk | None:
    """The talk that begins next, of those at one instant the first as the agenda has them; None where all have begun."""
    coming = (talk for talk in talks if _begins(talk) > now and not talk.cancelled)
    return min(coming, key=lambda talk: (_begins(talk), talk.session or "", talk.title), default=None)


def free(plan: Plan, talks: Iterable[Talk]) -> list[tuple[datetime, datetime]]:
    """The free time between the first and the last of the talks, in UTC.

    Busy time and what else is planned is no free time, of whatever day: two conferences may keep clocks far apart.
    """
    spans = plan.spans(talks)
    if not spans:
        return []
    start, end = min(span.start for span in spans), max(span.end for span in spans)
    taken = [*spans, *plan.planned_spans(), *plan.busy_spans()]
    found = clash.gaps(taken, start, end, LEAST_FREE_MINUTES * 60)
    return [(datetime.fromtimestamp(since, UTC), datetime.fromtimestamp(until, UTC)) for since, until in found]


def is_on(plan: Plan, talk: Talk, now: datetime) -> bool:
    """Whether the talk is on at that instant, and not left yet."""
    start, until = talk.slot.start, plan.leaves(talk)
    return start is not None and until is not None and start <= now < until and not talk.cancelled


def document(plan: Plan, shown: Agenda, now: datetime) -> dict[str, object]:
    """The JSON document of an agenda."""
    return {
        "now": plan.shown(now),
        "zone": plan.zone,
        "talks": [plan.record(talk) for talk in shown.talks],
        "free": [{"start": plan.shown(start), "end": plan.shown(end)} for start, end in shown.free],
        "next": shown.following.uid if shown.following else None,
        "visits": [
            {
                "start": plan.shown(visit.start),
                "end": plan.shown(visit.end),
                "place": visits.place(plan, visit),
                "talks": [talk.uid for talk in visit.talks],
            }
            for _, talks in shown.days
            for visit in visits.visits(plan, talks)
        ],
    }


def text(
    plan: Plan,
    shown: Agenda,
    now: datetime,
    needs: Needs | None = None,
    width: int = 0,
    *,
    open_times: Mapping[date, Sequence[Open]] | None = None,
) -> str:
    """The agenda as lines for a person, each day under its own head.

    ``needs`` gives the seconds from room to room, for changes that are too short; ``width`` is the terminal's, 0 for none;
    ``open_times`` is the free time of each day to show with its clocks, instead of that between its talks.
    """
    found = short(plan, needs)
    blocks = [
        _day(plan, day, talks, now, found, width, shown.only_next, None if open_times is None else open_times.get(day, ()))
        for day, talks in shown.days
    ]
    return "\n\n".join([*blocks, _sum(plan, shown.talks)])


def _begins(talk: Talk) -> datetime:
    return talk.slot.start or datetime.min.replace(tzinfo=UTC)


class Open(NamedTuple):
    """Free time from one instant to another, with the lines to stand below it."""

    start: datetime
    end: datetime
    lines: Sequence[str] = ()


class _Row(NamedTuple):
    """One line of a day: its columns, what stands below it, and when it begins (None for a poster of a visit)."""

    clock: str
    stars: str
    title: str
    rest: str
    below: list[str]
    here: bool = False
    start: datetime | None = None


def _day(  # noqa: PLR0917  (a day's lines hang on all of it)
    plan: Plan,
    day: date,
    talks: Sequence[Talk],
    now: datetime,
    short: dict[str, clash.Tight],
    width: int,
    only_next: bool,
    open_times: Sequence[Open] | None,
) -> str:
    rows = list(_rows(plan, day, talks, now, short))
    clock_cells = max((cells(row.clock) for row in rows), default=_CLOCK_CELLS)
    star_cells = max(3, 0, *(len(row.stars) for row in rows))
    title_cells = title_room(clock_cells + star_cells, (row.title for row in rows), (row.rest for row in rows), width)
    of_day = talks or [talk for talk in plan.by_uid.values() if day in plan.days_of(talk)]
    lines = [head(plan, day, of_day), ""]
    margin = " " * (4 + clock_cells)
    gaps = [Open(*gap) for gap in free(plan, talks)] if open_times is None else open_times
    asides = [(gap.end, _open_lines(plan, gap, margin, clocks=open_times is not None)) for gap in gaps]
    if plan.busy:
        asides += _busy_lines(plan, day, *((now, now + datetime.resolution) if only_next else plan.day_span(day, of_day)))
    asides.sort(key=lambda aside: aside[0])
    for row in rows:
        while asides and row.start is not None and row.start >= asides[0][0]:
            lines += asides.pop(0)[1]
        named = pad(fit(row.title, title_cells if width else 0), title_cells)
        columns = (pad(row.clock, clock_cells), pad(row.stars, star_cells), named, row.rest)
        lines.append(fit(f"{'▶' if row.here else ' '} {'  '.join(columns)}".rstrip(), width))
        lines += [f"{margin}{line}" for line in row.below]
    return "\n".join(lines + [line for _, below in asides for line in below])


def _open_lines(plan: Plan, gap: Open, margin: str, *, clocks: bool) -> list[str]:
    """Free time as a line, with its clocks where it may begin before the first talk, and what stands below it."""
    when = f"{times.clock(gap.start, plan.zone)}–{times.clock(gap.end, plan.zone)}  " if clocks else ""
    return [f"  ·  {when}{times.lasting(gap.end - gap.start)} free", *(f"{margin}{line}" for line in gap.lines)]


def _busy_lines(plan: Plan, day: date, since: datetime, until: datetime) -> Iterator[tuple[datetime, list[str]]]:
    """When each busy time of a stretch of a day begins, and its line; ``+1`` where the date is not the day's."""
    for one in plan.busy:
        if one.start < until and one.end > since:
            away = [(at, (times.local_day(at, plan.zone) - day).days) for at in (one.start, one.end)]
            shown = "–".join(f"{times.clock(at, plan.zone)}{f' {days:+}' if days else ''}" for at, days in away)
            yield one.start, [f"  ·  {shown}  busy: {one.title}".rstrip(": ")]


def _rows(plan: Plan, day: date, talks: Sequence[Talk], now: datetime, short: dict[str, clash.Tight]) -> Iterator[_Row]:
    """The lines of a day: each talk, and the posters of one session below the line of their visit, in walking order."""
    later = [talk.uid for talk in talks]
    for item in visits.gathered(plan, talks):
        if isinstance(item, visits.Visit):
            hurry = [line for talk in item.talks for line in _hurried(short, talk)]
            below = visits.overlaps(plan, visits.clashing(plan, item), set(later)) + hurry
            yield from _visit_rows(plan, day, item, now, below)
            later = [uid for uid in later if uid not in {talk.uid for talk in item.talks}]
            continue
        below = [*visits.overlaps(plan, plan.clashing(item.uid), set(later)), *_hurried(short, item), *_noted(plan, item)]
        later.remove(item.uid)
        yield _Row(
            clocks(plan, item, day),
            stars(plan, item),
            title(plan, item),
            "   ".join(part for part in (place(plan, item), _state(plan, item, now)) if part),
            below,
            is_on(plan, item, now),
            item.slot.start,
        )


def _visit_rows(plan: Plan, day: date, visit: visits.Visit, now: datetime, below: list[str]) -> Iterator[_Row]:
    here = visit.start <= now < visit.leaves
    rest = (visits.place(plan, visit), f"now, {times.lasting(visit.leaves - now)} left" if here else "")
    clock = stretch(plan, visit.start, visit.end, day)
    clock += f", {leave_words(plan, visit.leaves)}" if visit.leaves < visit.end else ""
    yield _Row(clock, "", visit.words, "   ".join(part for part in rest if part), below, here, visit.start)
    for talk in visit.talks:
        board = f"board {talk.slot.board}" if talk.slot.board else ""
        yield _Row("", stars(plan, talk), title(plan, talk), board, _noted(plan, talk))


def head(plan: Plan, day: date, talks: Sequence[Talk]) -> str:
    """A day's head: the date, the display zone, and what clock each conference keeps."""
    shown = heads.instants(plan, talks)
    if not shown:
        return times.long_day(day)
    said = f"{times.long_day(day)} · times in {plan.zone} ({heads.letters(shown, plan.zone)})"
    held: dict[str, list[Talk]] = {}
    for talk in talks:
        held.setdefault(talk.conference, []).append(talk)
    kept = []
    for slug, theirs in held.items():
        at = heads.instants(plan, theirs) or shown
        found = heads.clocks(plan, heads.own_zone(plan, theirs, at), at)
        if found.theirs:
            name = plan.conferences[slug].name if len(held) > 1 else "the conference"
            kept.append(f"{name} keeps {', '.join(filter(None, found[1:]))}")
    return "; ".join([said, *kept])


def clocks(plan: Plan, talk: Talk, day: date | None) -> str:
    """Start and end in the display zone, ``~`` after an assumed end, ``+1`` where the date is not the conference day's.

    Behind them, where the user means to leave early, ``, leave at 15:20``.
    """
    start, until = talk.slot.start, plan.until(talk)
    if start is None or until is None:
        return "all day"
    early = leaving(plan, talk)
    return stretch(plan, start, until, day, "~" if talk.slot.end is None else "") + (f", {early}" if early else "")


def stretch(plan: Plan, start: datetime, until: datetime, day: date | None, about: str = "") -> str:
    """From when to when on the display zone's clocks, with the days that the start is off the day it stands under."""
    away = (times.local_day(start, plan.zone) - day).days if day else 0
    return f"{times.clock(start, plan.zone)}–{times.clock(until, plan.zone)}{about}{f' {away:+}' if away else ''}"


def leaving(plan: Plan, talk: Talk) -> str:
    """When the user means to leave the talk before its end, ``leave at 15:20``; empty where they stay."""
    leaves = plan.leaves(talk)
    return "" if leaves is None or leaves == plan.until(talk) else leave_words(plan, leaves)


def leave_words(plan: Plan, at: datetime) -> str:
    """``leave at 15:20``, on the display zone's clocks."""
    return f"leave at {times.clock(at, plan.zone)}"


def stars(plan: Plan, talk: Talk) -> str:
    """As many stars as the rating of a starred talk, one without a rating."""
    return "★" * (plan.rating(talk) or 1) if plan.mark(talk.uid).starred else ""


def title(plan: Plan, talk: Talk) -> str:
    """The title with what must be known of it: cancelled, ✓ going, ✗ skipped."""
    named = talk.title or "· untitled slot ·"
    if talk.cancelled:
        return f"Cancelled: {named}"
    return {"going": "✓ ", "skipped": "✗ "}.get(plan.mark(talk.uid).decision, "") + named


def place(plan: Plan, talk: Talk) -> str:
    """The room, or else the session or the track, and the board."""
    session = plan.session(talk)
    places = (talk.slot.room or (session.title if session else talk.track), talk.slot.board and f"board {talk.slot.board}")
    return " ".join(place for place in places if place)


def _state(plan: Plan, talk: Talk, now: datetime) -> str:
    until = plan.leaves(talk)
    if until is None or not is_on(plan, talk, now):
        return ""
    return f"now, {times.lasting(until - now)} left"


def _hurried(short: dict[str, clash.Tight], talk: Talk) -> list[str]:
    return [f"⚠ tight: {hurry(short[talk.uid])}"] if talk.uid in short else []


def _noted(plan: Plan, talk: Talk) -> list[str]:
    return [f"✎ {line}" for line in plan.mark(talk.uid).note.splitlines()]


def short(plan: Plan, needs: Needs | None) -> dict[str, clash.Tight]:
    """The changes of room that are too short, by the talk that one comes late to; none where no way is known."""
    return {one.after.uid: one for one in plan.tight(needs)} if needs else {}


def hurry(change: clash.Tight) -> str:
    """A change of room that is too short: ``2 min for a way of 5 min, from Hall A to Hall B``."""
    return f"{too_short(change.gap, change.needs)}, from {change.before.place} to {change.after.place}"


def too_short(gap: int, needs: int) -> str:
    """How little time there is for a way, from the seconds of both: ``2 min for a way of 5 min``."""
    return f"{times.lasting(gap) if gap else 'no time'} for a way of {times.lasting(needs)}"


def _sum(plan: Plan, talks: Sequence[Talk]) -> str:
    here = {talk.uid for talk in talks}
    found = sum(1 for group in plan.clashes() if any(span.uid in here for span in group.spans))
    count = sum(1 for talk in talks if not talk.untitled)
    said = f"{count} talk{'s' * (count != 1)}, {found or 'no'} clash{'es' * (found > 1)}."
    return f"{said} planner clashes shows {'them' if found > 1 else 'it'}, planner suggest a way out." if found else said


def title_room(before: int, titles: Iterable[str], places: Iterable[str], width: int) -> int:
    """How many columns titles get: what the widest takes, 80 at most, and what a terminal leaves beside the rest."""
    widest = min(max((cells(title) for title in titles), default=0), _TITLE_CELLS)
    if not width:
        return widest
    beside = min(max((cells(place) for place in places), default=0), _PLACE_CELLS)
    return min(widest, max(width - before - beside - 8, _LEAST_TITLE_CELLS))


def fit(text: str, width: int) -> str:
    """The text cut to a number of columns, with … where something is missing; 0 is no limit."""
    if not width or cells(text) <= width:
        return text
    while cells(text) >= width:
        text = text[:-1]
    return text.rstrip() + "…"


def cells(text: str) -> int:
    """How many columns of a terminal the text takes (Unicode Standard Annex 11; combining marks take none)."""
    if text.isascii() or text.translate(_NARROW).isascii():
        return len(text)
    from unicodedata import combining, east_asian_width  # half a ms that most agendas need not pay

    return sum(0 if combining(sign) else 2 if east_asian_width(sign) in "WF" else 1 for sign in text)


def pad(text: str, width: int) -> str:
    """The text filled with blanks to a number of columns."""
    return text + " " * (width - cells(text))
