"""Storms: any keys in any order and any size of the terminal, on every screen; no traceback, no lost mark, and a way out."""

from __future__ import annotations

import os
import random
from typing import TYPE_CHECKING, Any

import pytest
from test_importing import PAGE, page
from tui_made import EVE, MARKS, at, iclr, pycon, talk, uid

from planner.errors import UsageError
from planner.intake import Source
from planner.intake.importer import Importer
from planner.model import Busy, Mark
from planner.tui.app import PlannerApp
from planner.tui.commands import COMMANDS
from planner.tui.screens.at_desk import Closing
from planner.tui.screens.clashes import Clashes
from planner.tui.screens.inner import Inner
from planner.tui.screens.schedule import Schedule
from planner.tui.screens.welcome import Welcome

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from textual.pilot import Pilot

    Make = Callable[..., PlannerApp]

STARTS: dict[str, tuple[str, ...]] = {
    "schedule": (),
    "reading": ("enter",),
    "search": ("slash", *"learn"),
    "found": ("slash", *"learn", "enter"),
    "note": ("n",),
    "filter": ("f",),
    "zone": ("z",),
    "export": ("e",),
    "conferences": ("C",),
    "help": ("question_mark",),
    "palette": ("ctrl+p",),
    "going": ("j", "j", "c"),
    "timetable": ("v",),
    "my plan": ("a",),
    "what fits": ("a", "f"),
    "clashes": ("exclamation_mark",),
    "suggest": ("S",),
    "changes": ("w",),
    "import": ("i",),
    "paste": ("i", "ctrl+t"),
    "understood": ("i", *"minds-2021.txt", "enter"),
    "again": ("R",),
    "help over the timetable": ("v", "question_mark"),
    "help over an import": ("i", *"minds-2021.txt", "enter", "question_mark"),
    "welcome": (),
}
"""Every screen and box, and the keys that lead there."""

LEAVING = {"q", "ctrl+q"}
NAMED = sorted({key for command in COMMANDS for key in command.keys.split(",")} - LEAVING)
KEYS: tuple[str, ...] = (*NAMED, *"aeiorst0", "backspace", "delete", "ctrl+s", "ctrl+j", "ctrl+a", "é", "中")

MARKING = {
    *("star", "better", "worse", "going", "skip", "star_all", "undo", "accept", "plan_open", "import_keep"),
    *("go_there", "keep_both", "keep_all", "leave_early", "instead", "NoteEditor", "Confirm", "Fits"),
}
"""What changes a mark: commands of the table, and boxes that were agreed to."""


def drawn(chance: random.Random) -> str | tuple[int, int]:
    """Nine keys to a new size of the terminal; three sizes of four are small, which are painted six times as fast."""
    if chance.random() < 0.9:
        return chance.choice(KEYS)
    wide, high = (110, 35) if chance.random() < 0.75 else (250, 80)
    return chance.randint(20, wide), chance.randint(5, high)


class Caged(Importer):
    """Reads nothing but what is pasted, and files beside the test."""

    def read(self, said: Any, asked: Any, tell: Any = str) -> Any:
        """Refuse what is elsewhere."""
        for one in said:
            if not isinstance(one, Source) and not one.startswith(os.getcwd() + os.sep):
                raise UsageError("Nothing is read from elsewhere here.")
        return super().read(said, asked, tell)


def said(marks: Mapping[str, Mark]) -> dict[str, Mark]:
    """What marks say, whenever it was said; one that undo took back stays and says nothing."""
    timeless = {one: mark._replace(at=None) for one, mark in marks.items()}
    return {one: mark for one, mark in timeless.items() if mark != Mark(one)}


class Model:
    """What the marks must be: they change only where something that changes marks was done, and undo gives them back."""

    def __init__(self, app: PlannerApp) -> None:
        self.app = app
        self.done: list[str] = []
        self.now = self.stored()
        self.before: list[dict[str, Mark]] = []

    def stored(self) -> dict[str, Mark]:
        """The marks of the store."""
        return said(self.app.store.load("UTC").marks)

    def check(self, step: object) -> None:
        """Look at the marks after a key or another size."""
        found = self.stored()
        plan = self.app.desk.plan
        assert said(plan.marks) == {one: mark for one, mark in found.items() if mark.starred or one in plan.by_uid}, step
        if found != self.now:
            assert MARKING & set(self.done), (step, self.done)
            if "undo" not in self.done and "Confirm" not in self.done:
                self.before.append(self.now)
            elif self.before and "undo" in self.done:
                assert found == self.before.pop(), step
            self.now = found
        self.done.clear()


@pytest.fixture
def watched(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was done: commands by their ids, boxes that were closed with a value by their names. Nothing leaves the test."""
    done: list[str] = []

    def note(owner: type, name: str, told: Callable[..., str]) -> None:
        whole = getattr(owner, name)

        def noted(self: Any, *words: Any) -> Any:
            done.append(told(self, *words))
            return whole(self, *words)

        monkeypatch.setattr(owner, name, noted)

    note(Schedule, "action_run", lambda _self, command: command)
    note(Inner, "action_run", lambda _self, command: command)
    note(Clashes, "action_go_there", lambda _self, _number: "go_there")
    note(Closing, "dismiss", lambda self, result=None: type(self).__name__ if result is not None else "")
    for outside in ("open_url", "copy_to_clipboard"):
        monkeypatch.setattr(PlannerApp, outside, lambda *_words, **_rest: None)
    return done


def crowded(make_app: Make, folder: Path) -> PlannerApp:
    """Two conferences, clashes, a poster, busy time, notes and decisions."""
    more = (
        talk(80, "A poster on noise", at(19), 90, kind="poster", session="P", room="Hall"),
        talk(81, "[bold]Late[/] 深層学習 \x1b[31m", at(20, 30), 30, room="Garden", speakers=("تعلم",)),
    )
    marks = (*MARKS, Mark(uid(80), starred=True), Mark(uid(81), starred=True, note="two\nlines"))
    home = str(folder / "home")
    app = make_app(iclr(*more), pycon(), marks=marks, home=home, importer=Caged(home, lambda: EVE))
    app.store.set_busy("me.ics", [Busy(at(18, 45), at(19), "Team call")], [(at(0, day=1), at(0, day=20))], now=EVE)
    app.desk.load(app.desk.plan.zone)
    return app


async def leave(pilot: Pilot[None]) -> None:
    """Step out until the first screen, and quit there by its key."""
    for _ in range(9):
        await pilot.press("escape")
    assert isinstance(pilot.app.screen, (Schedule, Welcome))
    await pilot.press("q" if isinstance(pilot.app.screen, Schedule) else "ctrl+q")
    assert pilot.app._exit
    assert pilot.app.return_code in {None, 0}


@pytest.mark.ci
@pytest.mark.parametrize("where", STARTS)
async def test_a_storm(
    make_app: Make,
    watched: list[str],
    tmp_path: Path,
    request: pytest.FixtureRequest,
    where: str,
) -> None:
    """Any keys and sizes: no traceback; marks change only by what changes marks, undo restores them, ``q`` leaves.

    The same ``--randomly-seed`` makes the same storm.
    """
    chance = random.Random(where if os.environ.get("CI") else f"{where} {random.random()}")
    page(tmp_path, PAGE, "minds-2021.txt")
    app = make_app(empty=True) if where == "welcome" else crowded(make_app, tmp_path)
    async with app.run_test(size=(100, 30)) as pilot:
        model = Model(app)
        model.done = watched
        await pilot.press(*STARTS[where])
        model.check("the way there")
        for step in (drawn(chance) for _ in range(500 if request.config.getoption("--slow") else 25)):
            print(step)  # noqa: T201  (shown where the storm fails)
            if isinstance(step, str):
                await pilot.press(step)
            else:
                await pilot.resize_terminal(*step)
            model.check(step)
        await leave(pilot)
