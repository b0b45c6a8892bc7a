"""Suggest: the best plan without clashes as a dry run, with what it gives up and why; accepted, it is one step of undo."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from textual.content import Content

from planner import advice, heads, times, visits
from planner.tui.commands import bindings
from planner.tui.rows import Line, count
from planner.tui.screens.listed import TALK_ACTS, Listed, at_board, known
from planner.tui.screens.schedule_view import fields
from planner.tui.widgets.draw import content
from planner.tui.widgets.keys_line import KeysLine
from planner.tui.widgets.plan_list import Aside

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime
    from typing import Any, ClassVar

    from planner.advice import Advice, GivenUp
    from planner.model import Talk
    from planner.plan import Plan
    from planner.tui.rows import Row
    from planner.visits import Visit


class Dry(NamedTuple):
    """The advice as lines: what is kept and what is given up in the order of time, under a head for each day.

    ``boards`` are those of the posters of a visit, which stand in the place of their times.
    """

    lines: list[Line]
    asides: dict[int, Aside]
    boards: dict[str, str]

    def say(self, words: str, tone: str = "dim", right: str = "") -> None:
        """Words below a talk."""
        self.asides[len(self.lines)] = Aside(words, tone=tone, right=right)
        self.lines.append(Line("words"))


def dry(plan: Plan, found: Advice) -> Dry:
    """The advice, day by day."""
    made = Dry([], {}, {})
    dropped = {one.uid: one for one in found.drop}
    kept = visits.gathered(plan, map(plan.by_uid.__getitem__, found.keep))
    given_up = visits.gathered(plan, map(plan.by_uid.__getitem__, dropped))
    day = None
    for item in sorted([*kept, *given_up], key=_begins):
        talks = item.talks if isinstance(item, visits.Visit) else (item,)
        if plan.day_of(talks[0]) != day:
            day = plan.day_of(talks[0])
            made.lines.extend([Line("blank")] * bool(made.lines))
            names = {plan.conferences[one.conference].name for one in talks} if len(plan.conferences) > 1 else ()
            made.lines.append(Line("head", words=times.long_day(day) if day else "", more=", ".join(names)))
        _item(plan, item, talks, dropped, made)
    for words in advice.left_open(plan, found):
        made.say(words, "clash")
    return made


def _begins(item: Talk | Visit) -> datetime:
    start = item.start
    assert start is not None  # noqa: S101  (what has no start is neither kept nor given up)
    return start


def _item(plan: Plan, item: Talk | Visit, talks: tuple[Talk, ...], dropped: Mapping[str, GivenUp], made: Dry) -> None:
    """A talk, or a visit with its posters; given up, with the reasons, each once, and another chance of the paper."""
    if isinstance(item, visits.Visit):
        clock = f"{times.clock(item.start, plan.zone)}–{times.clock(item.end, plan.zone)}"
        theirs = times.clock(item.start, plan.zone_of(talks[0]))
        made.asides[len(made.lines)] = Aside(item.words, clock, theirs, more=visits.place(plan, item), strong=True)
        made.boards.update((talk.uid, talk.slot.board or "") for talk in talks)
        made.lines.append(Line("words"))
    made.lines.extend(Line("talk", talk.uid) for talk in talks)
    reasons = [
        advice.why_not(plan, talk, reason) for talk in talks if talk.uid in dropped for reason in dropped[talk.uid].reasons
    ]
    for words in dict.fromkeys(reasons):
        made.say(words)
    for talk in talks:
        other = dropped[talk.uid].instead if talk.uid in dropped else None
        if other is not None:
            made.say(advice.other_chance(plan, other), "good")


def _accept(screen: Suggest) -> None:
    """Decide as advised, as one step."""
    decisions = screen.news()
    if not decisions:
        screen.notify("There is nothing to decide: esc leaves.", markup=False, timeout=4)
    elif screen.attempt(partial(screen.desk.decide_each, decisions)):
        going = sum(decision == "going" for decision in decisions.values())
        skipped = len(decisions) - going
        words = f"Going to {going}" + (f", skipping {skipped}" if skipped else "")
        screen.app.notify(f"{words}; u takes it back.", markup=False, timeout=6)
        screen.leave()


class Suggest(Listed):
    """What :mod:`planner.advice` would keep and drop of the week's stars; nothing is written before the user accepts."""

    HERE = "suggest"
    HEADING = "Suggest"
    ENTER = "accept"
    ACTS: ClassVar[Mapping[str, Callable[[Any], object]]] = {
        **{name: TALK_ACTS[name] for name in ("read_down", "read_up")},
        "accept": _accept,
    }
    BINDINGS = bindings(*known(ACTS))

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.advice = advice.Advice((), (), 0)
        self.shown = Dry([], {}, {})

    def refresh_view(self) -> None:
        """The advice for what the desk has now, with the other talks of the papers that are planned."""
        self.asking(self.desk.hold_papers, None)
        plan = self.plan
        self.advice = advice.advise(plan, self.desk.needs)
        shown = self.shown = dry(plan, self.advice)
        uids = [line.uid for line in shown.lines if line.uid]
        self.talks.show_plan(shown.lines, shown.asides, partial(fields, plan, uids, "time"), on=self.talks.uid or self.uid)
        said, shown_at = advice.summary(self.advice, brief=True), heads.instants(plan, map(plan.by_uid.__getitem__, uids))
        clocks = heads.letters(shown_at or [self.desk.now()], plan.zone)
        kept, given_up = len(self.advice.keep), len(self.advice.drop)
        shorter = (said, f"{said.partition('. ')[0].rstrip('.')}.", f"{kept} of {count(kept + given_up, 'talk')} kept")
        self.head(
            *(
                Content.assemble(("Suggest", "bold $blue"), (dry_run, "$dim"), (words, "$ink"))
                for words in shorter
                for dry_run in (f"  a dry run · times in {clocks}   ", f"  a dry run · {clocks}   ", f"  {clocks}   ")
            )
        )
        self.query_one(KeysLine).show(self.keys())

    def news(self) -> dict[str, str]:
        """What accepting would decide: the decisions that are not so already."""
        plan = self.desk.plan
        return {uid: what for uid, what in self.advice.decisions.items() if plan.mark(uid).decision != what}

    def describe(self, uid: str) -> Row:
        """A talk with the decision that it would get."""
        row = super().describe(uid)
        decided = self.advice.decisions.get(uid, row.decision)
        said = "going already" if row.decision == "going" else "given up" if decided == "skipped" else ""
        row = row._replace(decision=decided, clash=None, said=said)
        return at_board(row, self.shown.boards[uid], self.talks.fields) if uid in self.shown.boards else row

    def in_full(self, uid: str) -> Content:
        """A talk; one that is given up with the reasons first, which a line may be too short for."""
        given_up = next((one for one in self.advice.drop if one.uid == uid), None)
        if given_up is None:
            return super().in_full(uid)
        plan = self.plan
        lines = [Content.styled("Given up", "bold $clash")]
        lines += [content(advice.why_not(plan, plan.by_uid[uid], reason), "$ink") for reason in given_up.reasons]
        if given_up.instead is not None:
            lines.append(content(advice.other_chance(plan, given_up.instead), "$good"))
        return Content("\n").join([*lines, Content(""), super().in_full(uid)])

    def keys(self) -> list[tuple[str, str, str, int]]:
        """The footer, with what enter does here."""
        number = len(self.news())
        return [
            ("accept", "enter", "decide so" if number else "nothing to decide", 0),
            ("back", "esc", "leave all as it is", 0),
        ]
