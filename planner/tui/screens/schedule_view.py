"""What the Schedule screen hands down: the masthead's facts, the tabs, the list's lines and columns; pure functions."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len

from planner import filters, heads, times
from planner.tui import opening, rows
from planner.tui.rows import Line, count
from planner.tui.widgets import row_strip
from planner.tui.widgets.day_tabs import Tab
from planner.tui.widgets.masthead import Facts
from planner.tui.widgets.talk_list import Fields

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.clash import Group
    from planner.filters import Filter
    from planner.heads import Clocks
    from planner.model import Talk
    from planner.plan import Plan
    from planner.tui.desk import Desk

_ROOM_FOR_SPEAKERS = 98  # cells of the list from which speakers, or a second clock beside the day, leave the title enough


class Ticks(NamedTuple):
    """What is ticked: ``mine`` of starred and going, and any of the schedule's kinds, tracks and rooms."""

    mine: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    tracks: frozenset[str] = frozenset()
    rooms: frozenset[str] = frozenset()

    @property
    def words(self) -> str:
        """What is ticked, in words; empty where nothing is."""
        return " and ".join(" or ".join(sorted(part)) for part in self if part)


def masthead(desk: Desk) -> Facts:
    """The conference in a line, with the clocks of the page; a search, which reads talks as they are drawn, changes none."""
    conference = desk.conference
    if conference is None:
        return Facts("planner")
    return Facts(
        conference.name,
        rows.dates(desk.pages),
        _zones(desk.plan, clocks(desk), placed=conference.zone is not None),
        sum(desk.stars()),
        len(found := clashes(desk)),
        _abroad(desk, found),
    )


def clocks(desk: Desk) -> Clocks:
    """The clocks of the talks of the page; where they have no slot, those of the conference's time."""
    plan = desk.plan
    talks = [plan.by_uid[uid] for uid in desk.uids]
    shown = heads.instants(plan, talks) or [desk.instant]
    zone = desk.conference.zone if desk.conference else None
    return heads.clocks(plan, zone or heads.own_zone(plan, talks, shown), shown)


def clashes(desk: Desk) -> list[Group]:
    """The clashes that a talk of the shown conference has a part in."""
    by_uid = desk.plan.by_uid
    return [
        group
        for group in desk.plan.clashes()
        if any(span.uid in by_uid and by_uid[span.uid].conference == desk.slug for span in group.spans)
    ]


def _abroad(desk: Desk, found: Sequence[Group]) -> str:
    """How many of the clashes are with other conferences, in words: ``1 with FOSDEM 2025``."""
    plan = desk.plan
    others = [
        {plan.by_uid[span.uid].conference for span in group.spans if span.uid in plan.by_uid} - {desk.slug} for group in found
    ]
    names = {slug for slugs in others for slug in slugs}
    number = sum(bool(slugs) for slugs in others)
    if not number:
        return ""
    with_whom = plan.conferences[names.pop()].name if len(names) == 1 else "other conferences"
    return f"{number} with {with_whom}"


def no_clash(desk: Desk) -> str:
    """That nothing clashes here; and where something does."""
    names: dict[str, int] = {}
    for group in desk.plan.clashes():
        for slug in {desk.talk(span.uid).conference for span in group.spans if span.uid in desk.plan.by_uid}:
            names[slug] = names.get(slug, 0) + 1
    there = ", ".join(f"{desk.plan.conferences[slug].name} has {number}" for slug, number in names.items())
    return f"No two of your stars clash in {desk.name}" + (f"; {there}." if there else ".")


def not_now(desk: Desk) -> str:
    """When the conference is, where that is not now; empty while it is on or has no day."""
    today, days = desk.today(), [page.day for page in desk.pages if page.day is not None]
    if not days or days[0] <= today <= days[-1]:
        return ""
    if today < days[0]:
        return f"{desk.name} begins on {times.long_day(days[0])}, in {count((days[0] - today).days, 'day')}."
    return f"{desk.name} is over; its last day was {times.long_day(days[-1])}."


def _zones(plan: Plan, found: Clocks, *, placed: bool) -> tuple[str, ...]:
    """The clocks from long to short; ``placed`` is whether the conference has a zone."""
    mine = rows.zone(plan.zone, found.mine)
    if found.theirs:
        both = f"{mine} ⇄ {'conference ' if found.apart else ''}{found.theirs}"
        return (", ".join(filter(None, (f"times in {both}", found.apart))), both, f"{found.mine} ⇄ {found.theirs}")
    return (f"times in {mine}, the conference's own", mine, found.mine) if placed else (f"times in {mine}", mine)


def tabs(desk: Desk, hits: str = "") -> list[Tab]:
    """A tab a day, one for talks with no slot, and one for what a search found: how many ``hits``."""
    today, months = desk.today(), {page.day.month for page in desk.pages if page.day is not None}
    made = []
    for page, stars in zip(desk.pages, desk.stars(), strict=True):
        if page.day is None:
            words = f"No slot yet {page.talks:,}"
        else:
            words = times.day(page.day) if len(months) > 1 else times.day(page.day).rpartition(" ")[0]
        made.append(Tab(words, stars, page.day == today))
    return [*made, Tab(f"Found {hits}")] if hits else made


def conferences(desk: Desk) -> list[tuple[str, str, str]]:
    """Slug and name of each conference; when it is, how many talks it has and how many of them are starred."""
    outlines, counts = desk.store.outlines(), desk.store.counts()
    found = []
    for slug, conference in desk.plan.conferences.items():
        talks, stars = counts.get(slug, (0, 0))
        days = rows.dates(opening.pages_of(outlines[slug], conference, desk.plan.zone))
        found.append((slug, conference.name, f"{days}  {count(talks, 'talk')}  ★ {stars}"))
    return found


def passes(plan: Plan, ticks: Ticks) -> Filter:
    """The ticks as one filter: any of a head's ticks, and all heads."""
    marks = plan.marks.values()
    mine: dict[str, Filter] = {
        "starred": filters.Starred(frozenset(mark.uid for mark in marks if mark.starred)),
        "going": filters.Going(frozenset(mark.uid for mark in marks if mark.decision == "going")),
    }
    parts: list[tuple[Filter, ...]] = [
        tuple(mine[name] for name in sorted(ticks.mine)),
        tuple(filters.OfKind(name) for name in sorted(ticks.kinds)),
        tuple(filters.InTrack(name) for name in sorted(ticks.tracks)),
        tuple(filters.InRoom(name) for name in sorted(ticks.rooms)),
    ]
    return filters.And(tuple(filters.Or(part) for part in parts if part))


def offered(desk: Desk) -> dict[str, dict[str, int]]:
    """What there is to filter by in this conference, with the number of talks of each."""
    found: dict[str, dict[str, int]] = {"mine": {"starred": 0, "going": 0}, "kinds": {}, "tracks": {}, "rooms": {}}
    for *names, talks, starred, going in desk.store.offered(desk.slug):
        found["mine"]["starred"] += starred
        found["mine"]["going"] += going
        for field, name in zip(("kinds", "tracks", "rooms"), names, strict=True):
            if name and name != "untitled":
                found[field][name] = found[field].get(name, 0) + talks
    return {field: dict(sorted(names.items())) if field != "mine" else names for field, names in found.items()}


def fields(plan: Plan, uids: Sequence[str], order: str, width: int) -> Fields:
    """The columns for these talks in a list of that width.

    Both clocks of a day drift apart in one direction only, so its first and last talk tell whether dates differ. Of what a
    search found those talks tell it that the plan has.
    """
    by_uid = plan.by_uid
    talks = [by_uid[uid] for uid in uids if uid in by_uid]
    timed = [talk for talk in talks if talk.slot.start is not None]
    ends = [(talk.slot.start, talk) for talk in (timed[0], timed[-1]) if talk.slot.start] if timed else []
    theirs = any(times.behind(at, plan.zone, plan.zone_of(talk)) != times.SAME for at, talk in ends)
    shift = theirs and (order == "found" or any(times.local_day(at, plan.zone) != plan.day_of(talk) for at, talk in ends))
    kinds = [talk.kind for talk in talks if not talk.untitled]
    wide, searched = width >= _ROOM_FOR_SPEAKERS, order == "found"  # what was found has its day in each row already
    found = Fields(
        day=10 if searched else 0,
        shift=3 if shift else 0,
        theirs=5 if theirs and (wide or not searched) else 0,
        speakers=wide,
        usual=max(set(kinds), key=kinds.count) if kinds else "",
    )
    places = _places(plan, talks, order)
    widest, spare = max(map(cell_len, places), default=0), width - row_strip.before_title(found) - 3 - row_strip.LEAST_TITLE
    place = min(18, width // 5, widest, spare)
    fits = len(places) > 1 and (wide if searched else place >= min(widest, row_strip.LEAST_PLACE))
    return found._replace(place=place) if fits else found


def _places(plan: Plan, talks: Sequence[Talk], order: str) -> set[str]:
    """The places that a column would tell; none where each session has one room, which its head tells."""
    places: set[str] = set()
    rooms: dict[str, str | None] = {}
    several = False
    for talk in talks:
        session = plan.session(talk)
        places.add(talk.slot.room or (session.title if session else "") or "")
        if talk.session is not None:
            several = several or rooms.setdefault(talk.session, talk.slot.room) != talk.slot.room
    return places if order != "session" or several else set()


def nothing(desk: Desk, *, searched: bool, filtered: bool) -> list[Line]:
    """The lines of a list without talks: why there are none, and what helps."""
    words = f"{desk.name} has no talks yet; i reads another source of it."
    if searched:
        words = "Nothing found; esc leaves the search."
    elif filtered:
        words = "No talk passes the filter; esc takes it away."
    return [rows.BLANK, Line("words", words=words)]


def clashes_that_differ(before: Plan, after: Plan) -> set[str]:
    """The talks whose clashes are not the same in two plans."""
    seen = {uid for plan in (before, after) for one, other, _ in plan.pairs() for uid in (one.uid, other.uid)}
    return {uid for uid in seen if before.clashing(uid) != after.clashing(uid)}
