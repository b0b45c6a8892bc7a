"""The talk in full beside the list: wrapped, scrolled, selected, and shown without a layout of the screen."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from textual._compositor import Compositor
from tui_driver import SIZE, screen, text, until
from tui_made import at, iclr, talk, uid

from planner.tui.widgets.detail import Detail

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest
    from textual.app import App
    from textual.pilot import Pilot

    from planner.tui.app import PlannerApp

    Make = Callable[..., PlannerApp]

WORDS = [f"word{number:03}" for number in range(400)]
LONG = talk(90, "Ångström long", at(9), abstract=" ".join(WORDS))


def beside(app: App[None]) -> str:
    """What the pane shows, its lines as one."""
    region = app.screen.query_one(Detail).content_region
    lines = text(app).splitlines()
    return " ".join(line[region.x : region.right].strip() for line in lines[region.y : region.bottom])


async def read_down(pilot: Pilot[None], detail: Detail) -> set[str]:
    """The words on the screens of the pane from its top to its end."""
    seen: set[str] = set()
    for line in range(0, 120, 5):
        detail.scroll_to(y=line, animate=False)
        await pilot.pause()
        seen.update(beside(pilot.app).split())
    return seen


async def test_a_long_text_is_read_to_its_end(make_app: Make) -> None:
    """Each word of an abstract is on some screen of the pane, whole, beside the scrollbar; other widths wrap anew."""
    app = make_app(iclr(LONG))
    async with app.run_test(size=SIZE) as pilot:
        for width in (120, 103, 160):
            await pilot.resize_terminal(width, 30)
            await pilot.pause()
            screen(app).talks.go_to(LONG.uid)
            detail = app.screen.query_one(Detail)
            await until(pilot, partial(getattr, detail, "show_vertical_scrollbar"))
            async with asyncio.timeout(20):  # the first pass may meet a layout that is not done
                while not (await read_down(pilot, detail)).issuperset(WORDS):
                    await pilot.pause()


async def test_each_talk_is_read_from_its_beginning(make_app: Make) -> None:
    """Scrolled down in a long text, the next talk begins at its title, and the scrollbar is gone."""
    app = make_app(iclr(LONG))
    async with app.run_test(size=SIZE) as pilot:
        detail = app.screen.query_one(Detail)
        screen(app).talks.go_to(LONG.uid)
        await until(pilot, lambda: detail.show_vertical_scrollbar)
        await pilot.press("J", "J", "J")
        await until(pilot, lambda: detail.scroll_offset.y > 0)
        screen(app).talks.go_to(uid(9))
        await until(pilot, lambda: beside(app).startswith(app.desk.talk(uid(9)).title[:20]))
        assert detail.scroll_offset.y == 0
        await until(pilot, lambda: not detail.show_vertical_scrollbar)


async def test_text_can_be_selected(make_app: Make) -> None:
    """The mouse selects words of the pane, as the terminal's own selection would without the columns beside."""
    app = make_app(iclr(LONG))
    async with app.run_test(size=SIZE) as pilot:
        screen(app).talks.go_to(LONG.uid)
        await pilot.pause()
        await pilot.mouse_down(Detail, offset=(2, 0))
        await pilot.hover(Detail, offset=(9, 0))
        await pilot.mouse_up(Detail, offset=(9, 0))
        await pilot.pause()
        assert app.screen.get_selected_text() == "Ångström"


async def test_moving_and_typing_lay_out_nothing(make_app: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """The cursor and letters that find something change lines of the screen, not where its widgets are."""
    layouts: list[object] = []
    reflow = Compositor.reflow

    def counted(self: Compositor, *args: object, **named: object) -> object:
        layouts.append(args)
        return reflow(self, *args, **named)  # type: ignore[arg-type]  # what it was called with

    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        monkeypatch.setattr(Compositor, "reflow", counted)
        await pilot.press("slash", "a", "j")
        settled = -1
        while settled != len(layouts):  # the first layouts may come late
            settled = len(layouts)
            await pilot.pause(0.3)
        layouts.clear()
        await pilot.press("backspace", "n", "backspace", "d", "enter", "j", "k")
        await pilot.pause()
        assert layouts == []


async def test_a_line_of_the_list_is_what_is_painted(make_app: Make) -> None:
    """What Textual asks of one line under the mouse is that line of the screen."""
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("j")
        region = screen(app).talks.region
        for y, line in enumerate(text(app).splitlines()[region.y : region.bottom]):
            asked = screen(app).talks.render_line(y).text
            assert line[: len(asked)].rstrip() == asked.rstrip()
