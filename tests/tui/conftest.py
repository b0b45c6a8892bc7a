"""What the tests of the UI stand on: an app over a store of its own, at a pinned now and zone, without animation."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest
from textual._context import active_app
from textual.css.stylesheet import Stylesheet
from tui_made import EVE, MARKS, iclr, stored

from planner.settings import Settings
from planner.tui.app import PlannerApp

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from planner.intake.importer import Importer
    from planner.model import Conference, Mark
    from planner.store import Store

PARSED: dict[tuple[Any, ...], Any] = {}
"""Rules of style sheets, by their text, where they stand and the colours of the theme."""

QUIET = 40
"""Turns of the event loop without a message after which a key is done: a message may be on its way in a task of its own."""

SCHEDULES = [("ICLR 2021", "schedules/iclr-2021"), ("FOSDEM 2025", "schedules/fosdem-2025")]


async def _turn(*_: object) -> None:
    """Let the event loop turn until no widget has had a message for a while."""
    app = active_app.get()
    quiet = 0
    for _turns in range(10_000):
        await asyncio.sleep(0)
        pumps = (app, *app.screen_stack, *app.screen.walk_children()) if app.screen_stack else (app,)
        quiet = 0 if any(pump.message_queue_size for pump in pumps) else quiet + 1
        if quiet > QUIET:
            return


def _parsed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Textual parses its style sheets anew for every app, a tenth of what the tests take: here once for all of a theme."""
    parse = Stylesheet._parse_rules

    def kept(sheet: Stylesheet, css: str, **said: Any) -> Any:
        key = (css, *said.items(), *sheet._variables.items())
        if key not in PARSED:
            PARSED[key] = parse(sheet, css, **said)
        return PARSED[key]

    monkeypatch.setattr(Stylesheet, "_parse_rules", kept)


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.at = EVE

    def __call__(self) -> Any:
        """Now."""
        return self.at


@pytest.fixture(autouse=True)
def _still(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nothing moves by itself, paths are the test's own and begin at its home, a key is done when the event loop has turned.

    Textual's pilot waits for the process to be idle, 40 ms a key at best; that all widgets have read their messages it
    knows anyway.
    """
    _parsed_once(monkeypatch)
    monkeypatch.setattr("textual.constants.TEXTUAL_ANIMATIONS", "none")
    for module in ("textual.app", "textual.pilot"):
        monkeypatch.setattr(f"{module}.wait_for_idle", _turn)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))


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
        importer: Importer | None = None,
        **said: Any,
    ) -> PlannerApp:
        shown = () if empty else conferences or (iclr(),)
        home = said.pop("home", str(tmp_path / "home"))
        store = stored(home, *shown, marks=marks)
        opened.append(store)
        settings = Settings(home, **{"zone": "Europe/Berlin", "theme": "dark", **said})
        return PlannerApp(store, settings, now=clock, schedules=SCHEDULES, importer=importer)

    yield make
    for store in opened:
        store.close()
