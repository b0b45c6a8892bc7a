"""Everything by the mouse alone: what a key does, a click does, on every screen and in every box."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from tui_driver import SIZE, kept, said, screen, shows, text, until
from tui_made import at, iclr, pycon, talk

from planner.tui.commands import BY_ID
from planner.tui.screens.changes import Changes
from planner.tui.screens.chooser import Chooser
from planner.tui.screens.clashes import Clashes
from planner.tui.screens.confirm import Confirm
from planner.tui.screens.export import ExportDialog
from planner.tui.screens.facts import NamePicker, YearPicker
from planner.tui.screens.filter import FilterPicker
from planner.tui.screens.fits import Fits
from planner.tui.screens.help import Help
from planner.tui.screens.importing import Import
from planner.tui.screens.modal import Modal
from planner.tui.screens.my_plan import MyPlan
from planner.tui.screens.note import NoteEditor
from planner.tui.screens.palette import Palette
from planner.tui.screens.paste import PasteArea
from planner.tui.screens.schedule import Schedule
from planner.tui.screens.suggest import Suggest
from planner.tui.screens.timetable import Timetable
from planner.tui.screens.zone import ZonePicker
from planner.tui.widgets.choice_list import ChoiceList
from planner.tui.widgets.day_tabs import DayTabs
from planner.tui.widgets.keys_line import KEYS, clickable
from planner.tui.widgets.source_field import PathField

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from textual.pilot import Pilot

    from planner.tui.app import PlannerApp

    Make = Callable[..., PlannerApp]

WIDE = (160, 50)


async def click(pilot: Pilot[None], words: str, *, line: int | None = None, times: int = 1) -> None:
    """Click on words where the screen says them, from the top, or in a line (negative ones from below)."""
    lines = text(pilot.app).splitlines()
    lines += [""] * (pilot.app.size.height - len(lines))
    y = next(y for y, one in enumerate(lines) if words in one) if line is None else line % len(lines)
    await pilot.click(offset=(lines[y].index(words), y), times=times)
    await pilot.pause()


@pytest.mark.parametrize(
    ("words", "opened"),
    [("my plan", MyPlan), ("timetable", Timetable), ("clashes", Clashes)],
)
@pytest.mark.parametrize("size", [WIDE, (80, 24)])
async def test_to_a_screen_and_back(make_app: Make, words: str, opened: type, size: tuple[int, int]) -> None:
    """A word of the footer opens its screen, and one of its own leads back, also where there is room for few."""
    app = make_app()
    async with app.run_test(size=size) as pilot:
        await click(pilot, words, line=-1)
        assert isinstance(app.screen, opened)
        await click(pilot, "esc back", line=-1)
        assert isinstance(app.screen, Schedule)


@pytest.mark.parametrize(
    ("id_", "opened"),
    [("suggest", Suggest), ("changes", Changes), ("import", Import), ("my_plan", MyPlan), ("timetable", Timetable)],
)
async def test_what_the_footer_has_no_room_for(make_app: Make, id_: str, opened: type) -> None:
    """At 80 columns help lists it, and a click there does it; its label is found by the wheel or at once."""
    app = make_app()
    async with app.run_test(size=(80, 60)) as pilot:
        await click(pilot, "help", line=-1)
        await click(pilot, BY_ID[id_].label)
        await until(pilot, lambda: isinstance(app.screen, opened))


@pytest.mark.parametrize("key", ["n", "f", "z", "e", "C", "question_mark", "ctrl+p"])
async def test_a_click_beside_a_box_closes_it(make_app: Make, key: str) -> None:
    """As escape does: nothing is done. Two fast clicks close one box, not the screen below."""
    app = make_app(iclr(), pycon())
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press(key)
        assert isinstance(app.screen, Modal)
        await pilot.click(offset=(0, 20), times=2)
        await pilot.pause()
        assert isinstance(app.screen, Schedule)
        assert len(app.screen_stack) == 1


async def test_the_keys_at_the_edge_of_a_box(make_app: Make, tmp_path: Path) -> None:
    """What stands there to press can be clicked: export is written, a question answered, a filter taken."""
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await click(pilot, "When Do Curricula")
        await pilot.press("e")
        await click(pilot, "going  ")
        await shows(pilot, "1 talk to iclr-2021.ics")
        await click(pilot, "Markdown")
        await shows(pilot, "iclr-2021.md")
        await click(pilot, "enter write")
        await until(pilot, (tmp_path / "iclr-2021.md").exists)
        await pilot.press("c")
        await shows(pilot, "Skip the other")
        await click(pilot, "enter skip it")
        await until(pilot, lambda: kept(app, 22).decision == "skipped")
        await pilot.press("f")
        await click(pilot, "going")
        await click(pilot, "enter show")
        await until(pilot, lambda: isinstance(app.screen, Schedule))
        assert [one[-1:] for one in screen(app).uids] == ["3", "6"]


@pytest.mark.parametrize(("words", "note"), [("esc leave", ""), ("enter keep", "x")])
async def test_the_keys_at_the_edge_of_the_note(make_app: Make, words: str, note: str) -> None:
    """They are pressed in the field, which keeps the focus."""
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("j", "j", "n", "x")
        await click(pilot, words)
        await until(pilot, lambda: isinstance(app.screen, Schedule))
        assert kept(app, 3).note == note


async def test_zone_conference_and_palette(make_app: Make) -> None:
    """A click on a line of a list chooses it."""
    app = make_app(iclr(), pycon())
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("C")
        await click(pilot, "PyCon 2021")
        await shows(pilot, "Python talk 0")
        await pilot.press("z")
        await click(pilot, "America/Los Angeles")
        assert app.desk.plan.zone == "America/Los_Angeles"
        await pilot.press("ctrl+p", *"dark")
        await click(pilot, "Dark or light")
        await until(pilot, lambda: app.theme == "planner-light")


async def test_import(make_app: Make, tmp_path: Path) -> None:
    """The words of the footer press what they name, also where no command stands behind them."""
    (tmp_path / "away.txt").write_text("nothing of a schedule", encoding="utf-8")
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("i", *"away.txt")
        for words in ("choose", "complete", "read it"):
            await click(pilot, words, line=-1)
        await shows(pilot, "is in no known format")
        await click(pilot, "leave", line=-1)
        await until(pilot, lambda: isinstance(app.screen, Schedule))


async def test_my_plan_suggest_and_changes(make_app: Make) -> None:
    """Days by their tabs, what fits and what is advised by a click, the star by its own cells."""
    app = make_app(iclr(talk(90, "Between two stars", at(19, 26), 8, room="Side room")))
    async with app.run_test(size=WIDE) as pilot:
        await click(pilot, "my plan", line=-1)
        await click(pilot, "what fits", line=-1)
        await click(pilot, "Between two stars")
        await until(pilot, lambda: kept(app, 90).starred)
        await pilot.click(DayTabs, offset=(3, 0))
        assert isinstance(app.screen, MyPlan)
        assert app.screen.at == 0
        await pilot.press("S")
        await click(pilot, "decide so", line=-1)
        await until(pilot, lambda: any(words.startswith("Going to") for words in said(app)))
        await pilot.press("w")
        await click(pilot, "talks added")
        await click(pilot, "open", line=-1)
        await shows(pilot, "▾")
        await click(pilot, "Rethinking Attention", times=2)
        assert isinstance(app.screen, Schedule)


@pytest.mark.parametrize(("words", "done"), [("keys", Help), ("dark or light", "planner-light"), ("leave", None)])
async def test_the_footer_of_the_first_start(make_app: Make, words: str, done: object) -> None:
    """What it names is done by a click: keys, theme and the way out."""
    app = make_app(empty=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await click(pilot, words, line=-1)
        if done is None:
            assert app._exit
        else:
            await until(pilot, lambda: done in {type(app.screen), app.theme})


async def test_the_footer_of_the_first_start_tells_where_the_keys_go(make_app: Make) -> None:
    """By a click one goes to the field and back; what is named there are no letters, which are typed."""
    app = make_app(empty=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await click(pilot, "tab to the field", line=-1)
        assert isinstance(app.screen.focused, PathField)
        footer = text(app).splitlines()[-1]
        assert "F1 keys" in footer
        assert "ctrl+q leave" in footer
        assert "T dark" not in footer
        await pilot.press("T", "q", "?")
        assert app.screen.focused.value == "Tq?"
        await click(pilot, "tab to the list", line=-1)
        assert isinstance(app.screen.focused, ChoiceList)
        assert "q leave" in text(app).splitlines()[-1]


BOXES = (
    ZonePicker,
    Confirm,
    Chooser,
    ExportDialog,
    NamePicker,
    YearPicker,
    FilterPicker,
    Fits,
    Help,
    NoteEditor,
    Palette,
    PasteArea,
)


@pytest.mark.parametrize("box", BOXES)
def test_a_box_says_keys_that_can_be_clicked(box: Any) -> None:
    """Each part of what a box says at its edge that begins with a key presses it; its words are unchanged."""
    shown = clickable(box.KEYS)
    assert shown.plain == box.KEYS
    keys = [part.partition(" ")[0] for part in box.KEYS.split(" · ")]
    assert len(shown.spans) == sum(key in KEYS for key in keys) >= 1
    assert len(shown.plain) <= 50  # what the edge of a box has room for at 60 columns
