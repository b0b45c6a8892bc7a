"""How the tests of the UI look at it: the screen, what it says, what is kept, and waiting for it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from textual._context import visible_screen_stack
from tui_made import uid

from planner.tui.screens.schedule import Schedule
from planner.tui.widgets.detail import Detail

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import App
    from textual.pilot import Pilot

    from planner.model import Mark
    from planner.tui.app import PlannerApp

SIZE = (120, 40)


def screen(app: PlannerApp) -> Schedule:
    """The Schedule screen."""
    found = app.screen
    assert isinstance(found, Schedule)
    return found


def kept(app: PlannerApp, number: int) -> Mark:
    """The mark as the store has it."""
    return app.store.marks([uid(number)])[uid(number)]


def text(app: App[None]) -> str:
    """What the screen says, line by line."""
    width = app.size.width
    visible_screen_stack.set(app._background_screens)  # as the app does: else a box is drawn, and kept, over nothing
    lines = app.screen._compositor.render_strips(app.size)
    return "\n".join(strip.text[:width].rstrip() for strip in lines)


def said(app: App[None]) -> list[str]:
    """What is said in the corner of the screen."""
    return [toast.message for toast in app._notifications]


def reads_beside(app: App[None], shown: bool) -> bool:
    """Whether the pane with the talk in full is there, or is not."""
    return app.screen.query_one(Detail).display is shown


async def until(pilot: Pilot[None], true: Callable[[], bool]) -> None:
    """Wait for what takes a layout or a timer; a guard of many seconds against a hang."""
    async with asyncio.timeout(20):
        while not true():
            await pilot.pause()
            await asyncio.sleep(0.005)


async def shows(pilot: Pilot[None], words: str) -> None:
    """Wait until the screen says the words."""
    await until(pilot, lambda: words in text(pilot.app))


async def write(pilot: Pilot[None], words: str) -> None:
    """Type words."""
    await pilot.press(*("space" if sign == " " else sign for sign in words))
