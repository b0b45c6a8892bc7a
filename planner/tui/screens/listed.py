"""What the screens share that list the plan: the list, beside it what is under the cursor, and the keys for a talk."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual import on
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from planner import dayplan
from planner.plan import Plan
from planner.tui import rows, talk_text
from planner.tui.screens.inner import COMMON, VIEWS, Inner
from planner.tui.screens.schedule_acts import ACTS as ON_SCHEDULE
from planner.tui.widgets.detail import Detail
from planner.tui.widgets.draw import cut
from planner.tui.widgets.plan_list import PlanList
from planner.tui.widgets.row_strip import CLOCKS
from planner.tui.widgets.talk_list import TalkList

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import Any

    from textual.widget import Widget

    from planner.tui.rows import Row
    from planner.tui.widgets.talk_list import Fields


_SHORT = 3  # a board of so many signs has room for the word before it


class Listed(Inner):
    """A list on the desk's plan with a pane beside it; the talk under its cursor can be marked as on the Schedule.

    ``ENTER`` is the command of enter and of a double click.
    """

    AUTO_FOCUS = "#talks"
    ENTER = "details"
    _near: tuple[Plan, Plan] | None = None
    _week: tuple[Plan, Plan] | None = None

    def body(self) -> Iterable[Widget]:
        """The list beside the pane, and the same in one line for a narrow terminal."""
        with Horizontal(id="body"):
            yield PlanList(self.describe, id="talks")
            yield Detail(id="detail")
        yield Static(Content(""), id="fold")

    @property
    def talks(self) -> PlanList:
        """The list."""
        return self.query_one("#talks", PlanList)

    @property
    def week(self) -> Plan:
        """When talks of the conference that is shown are, and of those of its week; none where that cannot be read."""
        times = self.asking(self.desk.times, Plan({}, {}))
        if self._week is None or self._week[0] is not times:
            self._week = (times, dayplan.week(times, self.desk.slug))
        return self._week[1]

    @property
    def plan(self) -> Plan:
        """The plan of the conference that is shown, and of those of the same week."""
        whole, near = self.desk.plan, self.week.conferences
        if near.keys() >= whole.conferences.keys():
            return whole
        if self._near is None or self._near[0] is not whole:
            self._near = (whole, whole.only(slug for slug in near if slug in whole.conferences))
        return self._near[1]

    def describe(self, uid: str) -> Row:
        """A talk as a row of the list."""
        return rows.row(self.desk.plan, uid, self.desk.now(), live=self.desk.live)

    def in_full(self, uid: str) -> Content:
        """What the pane says of a line of the list; a subclass knows the lines that are no talks."""
        if uid not in self.desk.plan.by_uid:
            return Content("")
        abstract = self.asking(partial(self.desk.store.abstract, uid), None)
        return talk_text.in_full(self.desk.plan, uid, abstract, self.desk.now(), flat=self.flat)

    def in_a_line(self, uid: str) -> Content:
        """The same in one line."""
        if uid in self.desk.plan.by_uid:
            return talk_text.in_a_line(self.desk.plan, uid)
        return self.in_full(uid).split("\n")[0] if uid else Content("")

    @on(TalkList.Reached)
    def refresh_talk(self) -> None:
        """What is under the cursor, in full and in one line."""
        uid = self.talks.uid
        self.query_one(Detail).show(uid, self.in_full(uid))
        self.query_one("#fold", Static).update(self.in_a_line(uid), layout=False)

    @on(TalkList.Opened)
    def _opened(self) -> None:
        self.action_run(self.ENTER)

    @on(TalkList.Starred)
    def _starred(self) -> None:
        self.action_run("star")

    @property
    def talk_uid(self) -> str:
        """The talk under the cursor, empty where the line is no talk."""
        uid = self.talks.uid
        return uid if uid in self.desk.plan.by_uid else ""


def _on_talk(act: Callable[[Any], object], screen: Listed) -> None:
    """What the Schedule does to the talk under its cursor, where this one is on a talk."""
    if screen.talk_uid:
        act(screen)


def go(screen: Listed) -> None:
    """To the talk in the Schedule."""
    if screen.talk_uid:
        screen.leave(screen.talk_uid)


def _onward(command: str, screen: Listed) -> None:
    """Another screen in the place of this one, at the same talk; the key of this one leaves it."""
    screen.leave(screen.talk_uid, "" if command == screen.HERE else command)


TALK_ACTS: Mapping[str, Callable[[Any], object]] = {
    **{
        name: partial(_on_talk, ON_SCHEDULE[name])
        for name in ("star", "better", "worse", "going", "skip", "note", "open", "copy")
    },
    "read_down": ON_SCHEDULE["read_down"],
    "read_up": ON_SCHEDULE["read_up"],
    **{name: partial(_onward, name) for name in (*VIEWS, "next_clash")},
}
"""What these screens do with the talk under the cursor."""


def at_board(row: Row, board: str, fields: Fields) -> Row:
    """A poster below the line of its visit: its board stands in the place of its time."""
    said = f"board {board}" if board and len(board) <= _SHORT else board
    return row._replace(mine=cut(f"  {said}", CLOCKS), theirs="", shift="", place="", kind=fields.usual, clash=None)


def known(acts: Mapping[str, object]) -> list[str]:
    """The commands to bind: what every screen knows, and these."""
    return list({**COMMON, **acts})
