"""Talks that another program takes out of the store: what is pressed before the next look ends in a sentence at most."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest
from tui_driver import SIZE, said, shows, text, write
from tui_made import iclr, many, pycon

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from planner.tui.app import PlannerApp

    Make = Callable[..., PlannerApp]

KEYS = ["enter", "down", "G", "escape", *"]/s+cxnf*uON!aSwzveoyCiRt"]
"""What one may press on a list of talks."""


def take_out(home: Path, where: str) -> None:
    """Take talks out with SQL, as no planner does."""
    db = sqlite3.connect(home / "planner.db")
    db.execute(f"DELETE FROM talk WHERE {where}")  # noqa: S608  (constants of this file)
    db.commit()
    db.close()


@pytest.fixture(autouse=True)
def _no_look(monkeypatch: pytest.MonkeyPatch) -> None:
    """The next look at the store is far away."""
    monkeypatch.setattr("planner.tui.screens.at_desk.TICK", 3600)


@pytest.mark.parametrize("key", KEYS)
async def test_a_key_on_a_talk_that_is_gone(make_app: Make, tmp_path: Path, key: str) -> None:
    """The program goes on, and has the other talks."""
    app = make_app(iclr(), pycon())
    async with app.run_test(size=SIZE) as pilot:
        take_out(tmp_path / "home", "title LIKE 'VCNet%'")
        await pilot.press(key, "escape", "escape")
        app.screen.look()  # type: ignore[attr-defined]
        assert app.is_running


@pytest.mark.parametrize("key", KEYS)
async def test_a_key_in_a_search_of_talks_that_are_gone(make_app: Make, tmp_path: Path, key: str) -> None:
    """Of what a search found most is not read yet, and cannot be any more."""
    app = make_app(many(400))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("slash")
        await write(pilot, "learning")
        await pilot.press("enter")
        take_out(tmp_path / "home", "1")
        await pilot.press("G", key, "escape", "escape")
        assert app.is_running


@pytest.mark.parametrize("view", ["v", "a", "exclamation_mark", "S", "w"])
async def test_a_key_over_the_schedule(make_app: Make, tmp_path: Path, view: str) -> None:
    """On each screen over the Schedule, and on the way back to the talk from there."""
    app = make_app(iclr(), pycon())
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press(view)
        take_out(tmp_path / "home", "conference = 'iclr-2021'")
        await pilot.press("j", "l", "space", "c", "x", "n", "escape", "f", "escape", "enter", "escape", "escape")
        assert app.is_running


async def test_a_talk_that_is_gone_is_said(make_app: Make, tmp_path: Path) -> None:
    """Who marks it is told; the next look shows what is left."""
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("slash")
        await write(pilot, "paper")
        await pilot.press("enter")
        take_out(tmp_path / "home", "start_at IS NULL")
        await pilot.press("G", "space")
        assert len(said(app)) == 1
        assert "another program" in said(app)[0]
        app.screen.look()  # type: ignore[attr-defined]
        await shows(pilot, "Found 0")
        assert "A paper without" not in text(app)
