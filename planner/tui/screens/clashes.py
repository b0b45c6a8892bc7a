"""Clashes: one group at a time as bars on a common clock, its talks side by side, and a key for each way out."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from planner import ways
from planner.tui.commands import BY_ID, bindings
from planner.tui.screens import clash_view as view
from planner.tui.screens.inner import COMMON, Inner, take_back
from planner.tui.widgets.bars import NOTHING, Bars
from planner.tui.widgets.detail import Detail
from planner.tui.widgets.draw import content
from planner.tui.widgets.keys_line import KeysLine

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from textual import events
    from textual.app import ComposeResult

    from planner.plan import Plan
    from planner.tui.desk import Desk, Services
    from planner.ways import Case, Way

MOST_CARDS = 4
"""So many talks stand side by side at most; the cells that each of them needs:"""

CARD_CELLS = 40


class Card(Detail, can_focus=False):
    """A member of the group in full; a click points at it as one on its bar does, a second one opens it."""

    member = 0
    drawn: tuple[Plan, Case, int] | None = None

    def on_click(self, event: events.Click) -> None:
        """A click points at it; a second one opens it."""
        self.post_message(Bars.Picked(self.member, opened=event.chain == 2))  # noqa: PLR2004  (a double click)


# What each command does


def _move(step: int, screen: Clashes) -> None:
    if screen.case is not None:
        place = screen.mine.index(screen.marked) + step
        screen.point(screen.mine[min(max(place, 0), len(screen.mine) - 1)])


def _scroll(step: int, screen: Clashes) -> None:
    for card in screen.query(Card):
        if card.has_class("-here") and card.display:
            card.scroll_relative(y=step, animate=False, immediate=True)


def _details(screen: Clashes) -> None:
    """To the talk in the Schedule; where nothing is left, back."""
    screen.leave(screen.uid_here)


def _go(screen: Clashes) -> None:
    screen.decide(screen.way(ways.go))


def _keep(screen: Clashes) -> None:
    screen.decide(screen.way(ways.keep))


def _keep_all(screen: Clashes) -> None:
    if screen.case is not None:
        screen.decide(ways.keep(screen.desk.plan, screen.case))


def _leave(screen: Clashes) -> None:
    screen.decide(screen.first(ways.leave), "None can be left early for a later one: they begin at once.")


def _instead(screen: Clashes) -> None:
    screen.decide(screen.first(ways.instead), "The paper has no other talk to go to.")


def _skip(screen: Clashes) -> None:
    screen.decide(screen.way(ways.skip))


def _undo(screen: Clashes) -> None:
    """As everywhere, and back to the group that is open again."""
    before, step = screen.cases, take_back(screen)
    if step is not None:
        screen.taken_back(step.words, before)


_WITHOUT = ("undo", "help", "palette")  # what is offered where nothing is left
_FOOTER = (
    *("go_there", "back", "keep_both", "leave_early", "skip", "instead", "undo", "clash_after", "keep_all", "help"),
    *("suggest", "palette", "zone", "export"),
)
_PAIR = 2
_MANY = 4  # so many numbers are said as the first and the last
_ACTS: dict[str, Callable[[Any], object]] = {
    "go_there": _go,
    "keep_both": _keep,
    "keep_all": _keep_all,
    "leave_early": _leave,
    "instead": _instead,
    "clash_after": lambda screen: screen.turn(1),
    "clash_before": lambda screen: screen.turn(-1),
    "going": _go,
    "skip": _skip,
    "details": _details,
    "down": partial(_move, 1),
    "up": partial(_move, -1),
    "first": partial(_move, -1000),
    "last": partial(_move, 1000),
    "read_down": partial(_scroll, 3),
    "read_up": partial(_scroll, -3),
    "page_down": partial(_scroll, 10),
    "page_up": partial(_scroll, -10),
    "undo": _undo,
}


class Clashes(Inner):
    """Opens at the group of the talk that the Schedule's cursor was on, else at the first that is not over.

    ``cases`` are what is left to decide, ``at`` the one that is shown, ``marked`` the index of the member under the cursor
    and ``uid_here`` its talk, ``decided`` what was decided since the screen was opened.
    """

    HERE = "clashes"
    HEADING = "Clashes"
    ACTS = _ACTS
    BINDINGS = bindings(*(id_ for id_ in {**COMMON, **_ACTS} if id_ != "go_there"))
    CSS = """
    #bars { background: $ground; scrollbar-size-vertical: 1; scrollbar-size-horizontal: 0; }
    #done { height: 1; padding: 0 1; text-wrap: nowrap; text-overflow: ellipsis; }
    #cards { height: 1fr; margin-top: 1; }
    Card {
        width: 1fr; padding: 0 1; background: $ground; scrollbar-size-vertical: 1; border: round $faint;
        border-title-color: $dim; border-subtitle-color: $dim;
    }
    Card.-here { border: round $blue; border-title-color: $blue; border-title-style: bold; }
    #none { height: 1fr; content-align: center middle; }
    """

    def __init__(self, desk: Desk, services: Services, remapped: Mapping[str, str], uid: str = "") -> None:
        super().__init__(desk, services, remapped, uid)
        self.cases: list[Case] = []
        self.at = 0
        self.marked = 0
        self.uid_here = uid
        self.decided: list[view.Decided] = []
        for number, key in enumerate(remapped.get("go_there", BY_ID["go_there"].keys).split(",")):
            self._bindings.bind(key.strip(), f"go_there({number})", show=False)

    def body(self) -> ComposeResult:
        """What was done last, the bars, the cards; or the word that nothing is left."""
        yield Static(Content(""), id="done")
        yield Bars(id="bars")
        with Horizontal(id="cards"):
            for _ in range(MOST_CARDS):
                yield Card()
        yield Static(Content(""), id="none")

    # What is shown

    @property
    def case(self) -> Case | None:
        """What is being decided; None where nothing is left."""
        return self.cases[self.at] if self.cases else None

    @property
    def mine(self) -> list[int]:
        """The members that have a number: all that are no busy time."""
        return [at for at, member in enumerate(self.case.members) if not member.busy] if self.case else []

    def refresh_view(self) -> None:
        """What is left, from the desk: the same group as before, else the one that follows it."""
        before, here = self.case, self.uid_here
        self.asking(self.desk.hold_papers, None)
        self.cases = ways.cases(self.desk.plan, self.desk.needs)
        self.at = self._found(before, here)
        self.point_at(here)

    def _found(self, before: Case | None, uid: str) -> int:
        """Where the group is that was shown, or the first after it; at the beginning that of a talk, or the first to come."""
        keys = [case.key for case in self.cases]
        if before is not None:
            if before.key in keys:
                return keys.index(before.key)
            order = (before.gap is not None, before.start)
            return next((at for at, case in enumerate(self.cases) if (case.gap is not None, case.start) >= order), 0)
        now = self.desk.now().timestamp()
        own = next((at for at, (_, uids) in enumerate(keys) if uid in uids), None)
        coming = next((at for at, case in enumerate(self.cases) if case.end > now), 0)
        return coming if own is None else own

    def point_at(self, uid: str) -> None:
        """Put the cursor on a talk of the group, or on its first."""
        places = [at for at in self.mine if self.case and uid in self.case.members[at].uids]
        self.point(places[0] if places else min(self.mine, default=0))

    def point(self, at: int) -> None:
        """Put the cursor on a member, and draw all that depends on it."""
        self.marked = at
        self.uid_here = self.case.members[at].uids[0] if self.case else ""
        for id_ in ("done", "bars", "cards", "none"):
            self.query_one(f"#{id_}").display = (id_ == "none") is (self.case is None)
        self.query_one(KeysLine).show(self.keys())
        last = self.decided[-1].words if self.decided else ""
        self.query_one("#done", Static).update(view.done(last), layout=False)
        bars = self.query_one(Bars)
        if self.case is None:
            self.head(Content.styled("Clashes", "bold $blue"))
            bars.show(NOTHING, -1)
            self.query_one("#none", Static).update(view.nothing_left(self.decided))
            return
        self.head(*view.heading(self.desk.plan, self.cases, self.at))
        bars.show(view.shown(self.desk.plan, self.case, self.mine), at)
        bars.styles.height = min(bars.wanted, max(bars.above + 2, self.size.height * 2 // 5))
        self._fill_cards(self.case)

    def _fill_cards(self, case: Case) -> None:
        """The talks side by side, as many as there is room for, that of the cursor among them; drawn where they differ."""
        plan = self.desk.plan
        for card, at in zip(self.query(Card), [*self.beside(), *[None] * MOST_CARDS], strict=False):
            card.display = at is not None
            if at is None:
                continue
            card.set_class(at == self.marked, "-here")
            card.member = at
            if card.drawn is not None and card.drawn[0] is plan and card.drawn[1] is case and card.drawn[2] == at:
                continue
            card.drawn = (plan, case, at)
            member = case.members[at]
            card.border_title = content(f" {self.mine.index(at) + 1}  {view.clocks(plan, member)} ")
            card.border_subtitle = content(view.offers(plan, case, at))
            abstract = self.asking(partial(self.desk.store.abstract, member.uids[0]), None)
            card.show(member.uids[0], view.card(plan, case, at, abstract))

    def beside(self) -> list[int]:
        """The members whose cards are shown."""
        many = min(len(self.mine), MOST_CARDS, max(1, self.size.width // CARD_CELLS))
        place = self.mine.index(self.marked)
        first = min(max(0, place - many + 1), len(self.mine) - many)
        return self.mine[first : first + many]

    def keys(self) -> list[tuple[str, str, str, int]]:
        """The footer: what can be done with this group, then how to go on."""
        entries = {entry[0]: entry for entry in Inner.keys(self)}
        case = self.case
        if case is None:
            return [("back", "enter esc", "back", 0), *(entries[id_] for id_ in _WITHOUT)]
        no = {"leave_early"} if self.first(ways.leave) is None else set()
        no |= {"instead"} if self.first(ways.instead) is None else set()
        no |= {"keep_all"} if len(case.pairs) == 1 else set()  # the same as to keep both
        no |= {"clash_after"} if len(self.cases) == 1 else set()
        if "go_there" not in self.remapped:
            numbers = [str(number) for number in range(1, len(self.mine) + 1)]
            signs = " ".join(numbers) if len(numbers) < _MANY else f"1 … {min(len(numbers), 9)}"
            entries["go_there"] = (
                "go_there",
                signs,
                "go there, skip the other" if len(self.mine) == len(case.members) == _PAIR else "go there",
                0,
            )
        return [(*entries[id_][:3], rank) for rank, id_ in enumerate(_FOOTER) if id_ in entries and id_ not in no]

    def on_resize(self) -> None:
        """Other cards have room."""
        if self.is_mounted and self.case is not None:
            self.point(self.marked)

    # Ways out

    def decide(self, way: Way | None, otherwise: str = "") -> None:
        """Write a way out as one step; the group that follows is shown. Without one it is said why (``otherwise``)."""
        if way is None:
            if self.case is not None:
                self.notify(otherwise, markup=False, timeout=4)
            return

        before = self.desk.plan

        def change() -> None:
            self.desk.settle(way)
            if all(self.desk.plan.mark(uid) == before.mark(uid) for uid in way.changed):
                return  # there is no step of undo either: the last one is another's
            step = self.desk.store.last_step()
            self.decided.append(view.Decided(way.words, step.words if step else ""))

        self.attempt(change)

    def way(self, made: Callable[[Plan, Case, int], Way], at: int | None = None) -> Way | None:
        """A way for a member, else for the one under the cursor."""
        return made(self.desk.plan, self.case, self.marked if at is None else at) if self.case else None

    def first(self, made: Callable[[Plan, Case, int], Way | None]) -> Way | None:
        """A way for the member under the cursor, else for the first of those that it clashes with; None without one."""
        if self.case is None:
            return None
        near = [at for at in (self.marked, *self.case.against[self.marked]) if not self.case.members[at].busy]
        return next((way for at in near if (way := made(self.desk.plan, self.case, at)) is not None), None)

    def action_go_there(self, number: int) -> None:
        """Go to the member of a number, counted from 0."""
        if number < len(self.mine):
            self.decide(self.way(ways.go, self.mine[number]))

    def turn(self, step: int) -> None:
        """Another group."""
        if self.cases:
            self.at = (self.at + step) % len(self.cases)
            self.point_at("")

    def taken_back(self, step: str, before: list[Case]) -> None:
        """A step was taken back: what it had decided is here again, and shown."""
        if self.decided and self.decided[-1].step == step:
            self.decided.pop()
        known = {case.key for case in before}
        again = [at for at, case in enumerate(self.cases) if case.key not in known]
        self.at = again[0] if again else self.at
        self.point_at(self.uid_here)

    def on_bars_picked(self, event: Bars.Picked) -> None:
        """A click on a bar or a card points at it; a second one opens the talk in the Schedule."""
        self.point(event.at)
        if event.opened:
            self.action_run("details")
