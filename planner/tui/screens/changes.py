"""Changes: what the last import of each conference did to its talks, the starred ones first."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from textual.content import Content

from planner import times
from planner.intake.words import ORDER, differing, kind, moved
from planner.tui.commands import bindings
from planner.tui.rows import Line, Row, count
from planner.tui.screens.listed import TALK_ACTS, Listed, go, known
from planner.tui.screens.schedule import SCREENFUL
from planner.tui.screens.schedule_view import fields
from planner.tui.widgets.draw import content
from planner.tui.widgets.plan_list import Aside

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from typing import Any, ClassVar

    from planner.model import Change
    from planner.plan import Plan
    from planner.tui.widgets.talk_list import Fields

HEADS = {
    "moved": "Moved",
    "cancelled": "Cancelled",
    "back": "Back again",
    "scheduled": "Has a time now",
    "edited": "Edited",
}
"""What the changes of a kind stand under; those that were added have a head of their own."""


class News(NamedTuple):
    """The changes as lines: a head for each conference, its starred talks, then each kind."""

    lines: list[Line]
    asides: dict[int, Aside]

    def say(self, aside: Aside, uid: str = "") -> None:
        """A line that is no talk."""
        self.asides[len(self.lines)] = aside
        self.lines.append(Line("aside" if uid else "words", uid))


def news(plan: Plan, found: Sequence[Change], added: Mapping[str, Sequence[str]], unfolded: set[str]) -> News:
    """The lines for what was changed, of talks that the plan has, and for the talks that were ``added`` to a conference.

    ``unfolded`` are the conferences whose added talks are listed.
    """
    made = News([], {})
    by_conference: dict[str, list[Change]] = {slug: [] for slug in plan.conferences}
    for change in found:
        if change.uid in plan.by_uid:
            by_conference[plan.by_uid[change.uid].conference].append(change)
    for slug, held in by_conference.items():
        conference, new = plan.conferences[slug], added.get(slug, ())
        total = told(held, len(new))
        made.lines.extend([Line("blank")] * bool(made.lines))
        read = conference.read_at
        when = f"imported {times.day(times.local_day(read, plan.zone))} {times.clock(read, plan.zone)}" if read else ""
        made.lines.append(Line("head", words=conference.name, more=when, right=total if len(by_conference) > 1 else ""))
        if not total:
            made.say(Aside("Nothing changed at the last import.", tone="dim", wide=True))
        _conference(plan, held, made)
        if new:
            _added(slug, new, made, open_=slug in unfolded)
    return made


def told(found: Iterable[Change], added: int = 0) -> str:
    """How many changes of each kind, in words."""
    numbers = Counter({"added": added})
    numbers.update(map(kind, found))
    return ", ".join(f"{numbers[one]:,} {one}" for one in ORDER if numbers[one])


def _conference(plan: Plan, held: Sequence[Change], made: News) -> None:
    groups = [("Your stars", [change for change in held if plan.mark(change.uid).starred])]
    for one, head in HEADS.items():
        groups.append((head, [change for change in held if kind(change) == one and not plan.mark(change.uid).starred]))
    for head, group in groups:
        if group:
            made.say(Aside(head, tone="blue", wide=True))
        for change in group:
            _change(plan, change, made)


def _added(slug: str, uids: Sequence[str], made: News, *, open_: bool) -> None:
    made.say(Aside(f"{count(len(uids), 'talk')} added", tone="blue", fold="▾" if open_ else "▸", wide=True), f"added {slug}")
    made.lines.extend(Line("talk", uid) for uid in uids if open_)


def _change(plan: Plan, change: Change, made: News) -> None:
    """The talk as it is now, and below it what was, and is."""
    made.lines.append(Line("talk", change.uid))
    theirs = plan.zone_of(plan.by_uid[change.uid])
    for said in words(change, plan.zone, theirs):
        made.say(Aside(said, fold=" ", tone="dim", wide=True))


def words(change: Change, zone: str, theirs: str) -> list[str]:
    """What was and what is now, a line each: the times on both clocks, other short fields, and the names of long ones."""
    times, short, long = differing(change)
    mine, other = (moved(change, one) if times else "" for one in (zone, theirs))
    said = [mine] * times + [f"there {other}"] * (mine != other) + short
    return [*said, f"changed: {', '.join(long)}"] if long else said


def _open(screen: Changes) -> None:
    """To the talk in the Schedule; on a number its talks."""
    uid = screen.talks.uid
    if uid.startswith("added "):
        screen.unfolded ^= {uid.removeprefix("added ")}
        screen.refresh_view()
    else:
        go(screen)


class Changes(Listed):
    """Every stored conference with what its last import changed."""

    HERE = "changes"
    HEADING = "Changes"
    ENTER = "change_open"
    ACTS: ClassVar[Mapping[str, Callable[[Any], object]]] = {**TALK_ACTS, "change_open": _open}
    BINDINGS = bindings(*known(ACTS))

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.unfolded: set[str] = set()
        self._listed: list[str] = []
        self._what: dict[str, str] = {}

    def refresh_view(self) -> None:
        """What the store says of the last imports; the talks that they added are read as they are drawn."""
        found, added = self.asking(self._last_imports, ((), {}))
        plan = self.desk.plan
        self._what = {change.uid: kind(change) for change in found}
        shown = news(plan, found, added, self.unfolded)
        self._listed = [line.uid for line in shown.lines if line.what == "talk"]
        self.talks.show_plan(shown.lines, shown.asides, self._columns, on=self.talks.uid)
        mine = sum(plan.mark(change.uid).starred for change in found)
        said = told(found, sum(map(len, added.values()))) or "nothing changed"
        stars = (f" · {mine} of your stars" if mine else "", "$star")
        told_of = [("  at the last import: ", "$dim"), ("  ", "$dim")]
        self.head(*(Content.assemble(("Changes", "bold $blue"), since, (said, "$ink"), stars) for since in told_of))

    def _last_imports(self) -> tuple[Sequence[Change], dict[str, Sequence[str]]]:
        """What was changed, with its talks on the desk, and which talks each conference has more."""
        desk = self.desk
        found = desk.store.changes(added=False)
        desk.hold(change.uid for change in found)
        return found, {slug: desk.store.added(slug) for slug in desk.plan.conferences}

    def _columns(self, width: int) -> Fields:
        """The columns for talks of several days."""
        return fields(self.desk.plan, self._listed, "found", width)

    def describe(self, uid: str) -> Row:
        """A talk as it is now, with its day, and what became of it where it is starred; a screenful is read at once."""
        desk = self.desk
        if uid not in desk.plan.by_uid:
            at = self._listed.index(uid)
            self.asking(partial(desk.hold, self._listed[at : at + SCREENFUL]), None)
            if uid not in desk.plan.by_uid:
                return Row(uid, "")
        row = super().describe(uid)
        day = desk.plan.day_of(desk.plan.by_uid[uid])
        what = self._what.get(uid, "") if row.starred else ""
        said = {"scheduled": "has a time now", "moved": "moved", "edited": "edited", "back": "back again"}.get(what, "")
        return row._replace(day=times.day(day) if day else "no slot", said=said, clash=None)

    def in_full(self, uid: str) -> Content:
        """A talk; for a number what enter does."""
        if uid.startswith("added "):
            return content("enter lists them, or folds them away", "$dim")
        self.asking(partial(self.desk.hold, [uid]), None)
        return super().in_full(uid)

    @property
    def talk_uid(self) -> str:
        """The talk under the cursor, which the desk may have let go of; empty on a number."""
        uid = self.talks.uid
        return "" if uid.startswith("added ") else uid

    def keys(self) -> list[tuple[str, str, str, int]]:
        """The footer, with where enter leads."""
        return [("change_open", "enter", "open", 0), *super().keys()]
