"""What the tests of the UI stand on: an app over a store of its own, at a pinned now and zone, without animation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from tui_made import EVE, MARKS, iclr, stored

from planner.settings import Settings
from planner.tui.app import PlannerApp

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from planner.model import Conference, Mark
    from planner.store import Store

SCHEDULES = [("ICLR 2021", "schedules/iclr-2021"), ("FOSDEM 2025", "schedules/fosdem-2025")]


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.at = EVE

    def __call__(self) -> Any:
        """Now."""
        return self.at


@pytest.fixture(autouse=True)
def _still(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nothing moves by itself, and relative paths are the test's own."""
    monkeypatch.setattr("textual.constants.TEXTUAL_ANIMATIONS", "none")
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def clock() -> Clock:
    """The app's clock."""
    return Clock()


@pytest.fixture
def make_app(tmp_path: Path, clock: Clock) -> Iterator[Callable[..., PlannerApp]]:
    """``make_app(conference, …, theme="light")``: an app over a new store; ICLR 2021 with a few stars by default."""
    opened: list[Store] = []

    def make(
        *conferences: Conference,
        marks: tuple[Mark, ...] = MARKS,
        empty: bool = False,
        read: Callable[[str], str] = str,
        **said: Any,
    ) -> PlannerApp:
        shown = () if empty else conferences or (iclr(),)
        store = stored(str(tmp_path / "home"), *shown, marks=marks)
        opened.append(store)
        settings = Settings(str(tmp_path / "home"), **{"zone": "Europe/Berlin", "theme": "dark", **said})
        return PlannerApp(store, settings, now=clock, schedules=SCHEDULES, import_source=read)

    yield make
    for store in opened:
        store.close()
