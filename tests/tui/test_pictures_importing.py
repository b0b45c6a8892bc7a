"""Pictures of Import: each state as it is meant to look, in the sizes that people have."""

from __future__ import annotations

import os
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tui_driver import text, until
from tui_made import EVE

from planner.intake import Asked, Taken
from planner.intake.importer import Importer
from planner.tui.screens.import_acts import SHOW, WAIT
from planner.tui.screens.importing import Import
from planner.tui.widgets.source_field import PathField

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.pilot import Pilot

    from planner.tui.app import PlannerApp

    Compare = Callable[..., bool]
    Make = Callable[..., PlannerApp]

SIZES = {"60x20": (60, 20), "80x24": (80, 24), "120x40": (120, 40), "160x50": (160, 50)}
ROOT = Path(__file__).parents[2]
ORAL = ROOT / "schedules" / "iclr-2021" / "oral-session-11.txt"


@pytest.fixture(autouse=True)
def _files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A home with a page in it, so that paths are short and the same everywhere."""
    folder = tmp_path / "talks"
    folder.mkdir()
    (folder / "iclr2021-oral.txt").write_bytes(ORAL.read_bytes())
    (folder / "posters.txt").write_bytes((ROOT / "tests/data/pages/neurips-poster-session.txt").read_bytes())
    monkeypatch.setenv("HOME", str(tmp_path))
    os.chdir(folder)


def named(source: str, *keys: str, state: str = SHOW) -> Callable[[Pilot[None]], Any]:
    """Open Import, name a source, wait for what comes of it, press more keys."""

    async def run(pilot: Pilot[None]) -> None:
        await pilot.press("i")
        pilot.app.screen.query_one(PathField).value = source
        await pilot.press("enter")
        screen = pilot.app.screen
        assert isinstance(screen, Import)
        await until(pilot, lambda: screen.mode == state)
        await pilot.press(*keys)

    return run


@pytest.mark.parametrize("size", ["80x24", "120x40"])
def test_asking(make_app: Make, snap_compare: Compare, size: str) -> None:
    """What can be read is offered before a letter is typed."""
    assert snap_compare(make_app(marks=()), press=["i"], terminal_size=SIZES[size])


def test_completing(make_app: Make, snap_compare: Compare) -> None:
    """What begins as typed, with one of it chosen."""
    assert snap_compare(make_app(marks=()), press=["i", "p", "down"], terminal_size=SIZES["80x24"])


def test_refused(make_app: Make, snap_compare: Compare, monkeypatch: pytest.MonkeyPatch) -> None:
    """A refusal stands under the field."""
    monkeypatch.setenv("HOME", os.getcwd())

    async def run(pilot: Pilot[None]) -> None:
        await pilot.press("i", *"away.txt", "enter")
        screen = pilot.app.screen
        assert isinstance(screen, Import)
        await until(pilot, lambda: bool(screen.refusals))

    assert snap_compare(make_app(marks=()), run_before=run, terminal_size=SIZES["80x24"])


@pytest.mark.parametrize("size", SIZES)
def test_understood(make_app: Make, snap_compare: Compare, size: str) -> None:
    """What was understood of the founding page."""
    app = make_app(empty=False, marks=())
    assert snap_compare(app, run_before=named("iclr2021-oral.txt"), terminal_size=SIZES[size])


def test_understood_light(make_app: Make, snap_compare: Compare) -> None:
    """The same by day."""
    app = make_app(marks=(), theme="light")
    assert snap_compare(app, run_before=named("iclr2021-oral.txt"), terminal_size=SIZES["120x40"])


def test_missing(make_app: Make, snap_compare: Compare) -> None:
    """What the page leaves open is asked for."""
    assert snap_compare(make_app(marks=()), run_before=named("posters.txt"), terminal_size=SIZES["80x24"])


def test_every_talk(make_app: Make, snap_compare: Compare) -> None:
    """All talks with both clocks."""
    assert snap_compare(make_app(marks=()), run_before=named("iclr2021-oral.txt", "d"), terminal_size=SIZES["120x40"])


def test_changes(make_app: Make, snap_compare: Compare, tmp_path: Path) -> None:
    """An update that cancels much and touches stars says so before it is kept."""
    importer = Importer(str(tmp_path / "home"), lambda: EVE)
    kept = importer.keep(importer.read([str(tmp_path / "talks/iclr2021-oral.txt")], Asked()))
    shorter = ORAL.read_text(encoding="utf-8").replace("11:00 - 11:15", "11:05 - 11:20")
    (tmp_path / "talks/iclr2021-oral.txt").write_text("\n".join(shorter.splitlines()[:60]), encoding="utf-8")
    app = make_app(empty=True)
    app.store.star([one.uid for one in kept[0].reading.conference.talks[:2]], now=EVE)  # type: ignore[union-attr]
    app.desk.load("Europe/Berlin")
    assert snap_compare(app, run_before=named("iclr2021-oral.txt"), terminal_size=SIZES["120x40"])


def test_waiting(make_app: Make, snap_compare: Compare, tmp_path: Path) -> None:
    """Long work says how far it is."""

    class Slow(Importer):
        def read(self, said: Any, asked: Asked, tell: Callable[[str], object] = str) -> list[Taken]:
            tell("reading 3 of 12 files")
            threading.Event().wait(30)
            return []

    async def run(pilot: Pilot[None]) -> None:
        await named("iclr2021-oral.txt", state=WAIT)(pilot)
        await pilot.pause()
        await until(pilot, lambda: "3 of 12" in text(pilot.app))

    app = make_app(marks=(), importer=Slow(str(tmp_path / "home"), lambda: EVE))
    assert snap_compare(app, run_before=run, terminal_size=SIZES["80x24"])
