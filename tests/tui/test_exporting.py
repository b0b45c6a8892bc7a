"""The export dialog: endings and formats follow each other, and the preview is what is written."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest
from tui_driver import SIZE, said, shows
from tui_made import EVE, iclr, pycon

from planner.errors import StoreError
from planner.export import form_of
from planner.export.csv import COLUMNS
from planner.store import open_store
from planner.tui import exporting
from planner.tui.screens.export import ExportDialog
from planner.tui.screens.schedule import Schedule
from planner.tui.widgets.field import Field

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from planner.model import Conference
    from planner.tui.app import PlannerApp

    Make = Callable[..., PlannerApp]


@pytest.mark.parametrize(
    ("path", "form", "found"),
    [
        ("plan.html", "ics", "html"),
        ("~/a b/plan.CSV", "ics", "csv"),
        ("plan.md", "json", "markdown"),
        ("plan.json", "vdir", "json"),
        ("cal.ics", "vdir", "ics"),
        ("cal", "vdir", "vdir"),
        ("cal", "html", "html"),
        ("plan.v2", "csv", "csv"),
        ("", "ics", "ics"),
        (".ics", "csv", "csv"),
    ],
)
def test_the_ending_names_the_format(path: str, form: str, found: str) -> None:
    """A known ending decides, in any case; anything else leaves what was chosen."""
    assert form_of(path, form) == found


@pytest.mark.parametrize(
    ("path", "form", "found"),
    [
        ("plan.ics", "html", "plan.html"),
        ("plan.ics", "vdir", "plan"),
        ("plan", "markdown", "plan.md"),
        ("~/a.b/plan.HTML", "csv", "~/a.b/plan.csv"),
        ("plan.v2", "json", "plan.v2.json"),
        ("plan.v2.json", "vdir", "plan.v2"),
        ("", "csv", ""),
    ],
)
def test_the_format_changes_the_ending(path: str, form: str, found: str) -> None:
    """The ending of a format gives way to another; what is no such ending stays part of the name."""
    assert exporting.renamed(path, form) == found


FORMS = {"vdir": 1, "html": 2, "markdown": 3, "csv": 4, "json": 5}


@pytest.mark.parametrize("form", FORMS)
async def test_every_format_is_written_as_the_preview_says(make_app: Make, tmp_path: Path, form: str) -> None:
    """Chosen from the list: the name gets its ending, five talks are promised, and five are there."""
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("e", "tab", "tab", *["j"] * FORMS[form], "space")
        assert isinstance(app.screen, ExportDialog)
        name = exporting.renamed("iclr-2021.ics", form)
        await shows(pilot, f"5 talks to {name}")
        await pilot.press("enter")
        assert any(name in toast.message for toast in app._notifications)
    path = tmp_path / name
    if form == "vdir":
        assert len([one for one in path.iterdir() if one.read_bytes().count(b"BEGIN:VEVENT") == 1]) == 5
    elif form == "json":
        assert len(json.loads(path.read_bytes())["talks"]) == 5
    else:
        marks = {"html": "<h3", "markdown": "\n- ", "csv": ",true,"}
        assert path.read_text(encoding="utf-8").count(marks[form]) == 5


async def test_only_for_all_talks_are_all_read(make_app: Make) -> None:
    """The preview of one's stars, of other days too, reads no other talk; what all of them needed is let go afterwards."""
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        held = len(app.desk.plan.by_uid)
        await pilot.press("e")
        await shows(pilot, "5 talks to iclr-2021.ics")
        assert len(app.desk.plan.by_uid) == held
        await pilot.press("tab", "j", "j", "space")
        titled = [one for one in iclr().talks if one.scheduled and not one.untitled]
        await shows(pilot, f"{len(titled)} talks to iclr-2021.ics")
        await pilot.press("escape")
        assert len(app.desk.plan.by_uid) == held


async def test_a_store_that_cannot_be_read_is_told_in_the_box(make_app: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where all talks are wanted and cannot be read, the box says why in the place of the preview."""
    app = make_app()

    def broken() -> None:
        raise StoreError("the store is broken: see doctor.")

    async with app.run_test(size=SIZE) as pilot:
        monkeypatch.setattr(app.desk, "complete", broken)
        await pilot.press("e", "tab", "j", "j", "space")
        await shows(pilot, "the store is broken: see doctor.")


async def test_a_typed_ending_chooses_and_what_is_there_is_told(make_app: Make, tmp_path: Path) -> None:
    """Over the old name another with .csv: the preview says that the file there will be replaced, and it is."""
    (tmp_path / "old.csv").write_text(",".join(COLUMNS) + "\n")
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("e", "ctrl+u", *"old.csv")
        await shows(pilot, "5 talks to old.csv (it is there and will be replaced)")
        await pilot.press("enter")
        assert any("old.csv" in toast.message for toast in app._notifications)
    assert (tmp_path / "old.csv").read_text(encoding="utf-8").startswith("uid,")


@pytest.mark.parametrize("name", ["keep.ics", "keep.md"])
async def test_a_file_of_somebody_else_is_left_as_it_is(make_app: Make, tmp_path: Path, name: str) -> None:
    """The box says that it is another's; enter writes nothing, says what to do, and stays for another name."""
    (tmp_path / name).write_text("mine")
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("e", "ctrl+u", *name)
        await shows(pilot, f"5 talks to {name} (another's file: name another)")
        await pilot.press("enter")
        (sentence,) = said(app)
        assert sentence.endswith("not of this program's making: name another file, or remove that one first.")
        assert isinstance(app.screen, ExportDialog)
        await pilot.press("ctrl+u", *name.replace("keep", "own"), "enter")
        assert isinstance(app.screen, Schedule)
    assert (tmp_path / name).read_text() == "mine"
    assert (tmp_path / name.replace("keep", "own")).exists()


@pytest.mark.parametrize("form", FORMS)
async def test_nothing_to_write_is_said_and_the_box_stays(make_app: Make, tmp_path: Path, form: str) -> None:
    """Another scope may hold something; of what one goes to it is said how to decide."""
    app = make_app(marks=())
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("e", "tab", "j", "space", "tab", *["j"] * FORMS[form], "space", "enter")
        assert said(app) == ["There is nothing to export: decide to go to a talk first."]
        assert isinstance(app.screen, ExportDialog)
    assert os.listdir(tmp_path) == ["home"]


async def test_a_file_in_the_place_of_the_folder_is_a_sentence(make_app: Make, tmp_path: Path) -> None:
    """A vdir on the path of a file says so and leaves the file."""
    (tmp_path / "iclr-2021").write_text("mine")
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("e", "tab", "tab", "j", "space", "enter")
        assert any("is a file" in toast.message for toast in app._notifications)
        assert app.screen.focused is app.screen.query_one(Field)
    assert (tmp_path / "iclr-2021").read_text() == "mine"


@pytest.mark.parametrize("others", [(), (pycon(),)], ids=["nothing else", "another one"])
async def test_a_conference_that_is_taken_back_meanwhile(
    make_app: Make, tmp_path: Path, others: tuple[Conference, ...]
) -> None:
    """What the box was opened for is gone: the box says so at each letter, and another conference is not written for it."""
    app = make_app(*others, iclr(), marks=())
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("e")
        await shows(pilot, "0 talks to iclr-2021.ics")
        with open_store(str(tmp_path / "home"), now=EVE) as other:
            assert other.undo(now=EVE)
            assert [one.slug for one in other.conferences()] == [one.slug for one in others]
            other.star([talk.uid for one in others for talk in one.talks], now=EVE)
        await pilot.press("x")
        app.screen_stack[-2].look()  # type: ignore[attr-defined]
        await shows(pilot, "stored no more")
        await pilot.press("backspace")
        await shows(pilot, "stored no more")
        await pilot.press("enter")
        assert exporting.GONE in said(app)
    assert os.listdir(tmp_path) == ["home"]


async def test_nothing_to_export_is_said(make_app: Make, tmp_path: Path) -> None:
    """Without a decision there is nothing that one goes to: a sentence, no file, and the box stays; no name, no file."""
    app = make_app(marks=())
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("e", "tab", "j", "space", "tab", *"jjj", "space", "enter")
        assert said(app) == ["There is nothing to export: decide to go to a talk first."]
        assert isinstance(app.screen, ExportDialog)
        await pilot.press("ctrl+u", "enter")
        assert isinstance(app.screen, ExportDialog)
    assert not [name for name in os.listdir(tmp_path) if name.startswith("iclr-2021")]
