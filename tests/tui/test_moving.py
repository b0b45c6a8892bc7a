"""Where the cursor and the days go."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from tui_driver import SIZE, kept, reads_beside, said, screen, shows, until
from tui_made import at, many, uid

from planner.tui.widgets.day_tabs import DayTabs
from planner.tui.widgets.detail import Detail
from planner.tui.widgets.keys_line import KeysLine
from planner.tui.widgets.talk_list import TalkList

if TYPE_CHECKING:
    from collections.abc import Callable

    from planner.tui.app import PlannerApp

    Make = Callable[..., PlannerApp]

# Moving


async def test_begins_at_what_is_on(make_app: Make, clock: Any) -> None:
    """The program opens on today with the cursor on the talk that is on."""
    clock.at = at(18, 50)
    app = make_app()
    async with app.run_test(size=SIZE):
        assert screen(app).talks.uid == uid(4)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (1, ["ICLR 2021 begins on Mon 3 May 2021, in 2 days."]),
        (5, []),
        (9, ["ICLR 2021 is over; its last day was Fri 7 May 2021."]),
    ],
)
async def test_now_is_said_where_there_is_none(make_app: Make, clock: Any, day: int, words: list[str]) -> None:
    """Outside the conference the key for now says when it is; during it there is nothing to say."""
    clock.at = at(20, day=day)
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("t")
        assert said(app) == words


async def test_letters_are_those_of_the_conference(make_app: Make, clock: Any) -> None:
    """Talks without a slot say the zone's letters of the conference's date, in winter too; a zone is named once."""
    clock.at = at(0).replace(year=2026, month=1)
    app = make_app(zone="UTC")
    async with app.run_test(size=SIZE) as pilot:
        await shows(pilot, "times in UTC ⇄ conference PDT, 7 hours behind")
        await pilot.press("]")
        await shows(pilot, "▌No slot yet 5")
        await shows(pilot, "times in UTC ⇄ conference PDT, 7 hours behind")


@pytest.mark.parametrize(("day", "tab"), [(1, "Mon 3"), (5, "Wed 5 · today"), (20, "Fri 7")])
async def test_begins_at_the_nearest_day(make_app: Make, clock: Any, day: int, tab: str) -> None:
    """Before the conference it opens on the first day, during it on today, after it on the last."""
    clock.at = at(20, day=day)
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await shows(pilot, f"▌{tab}")


async def test_days(make_app: Make) -> None:
    """The brackets go round the days and the talks with no slot yet; t comes back to now."""
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        seen = []
        for key in ("]", "]", "]", "[", "h", "l", "right", "left", "t"):
            await pilot.press(key)
            seen.append(screen(app).at)
        assert seen == [4, 5, 0, 5, 4, 5, 0, 5, 3]
        assert screen(app).talks.uid == uid(1)


async def test_tabs_by_mouse(make_app: Make) -> None:
    """A click on a tab shows its day."""
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.click(DayTabs, offset=(10, 0))
        assert screen(app).at == 1
        await shows(pilot, "Invited talk 2")


async def test_footer_by_mouse(make_app: Make) -> None:
    """A click on a key in the footer is the key."""
    app = make_app(marks=())
    async with app.run_test(size=SIZE) as pilot:
        await pilot.click(KeysLine, offset=(3, 0))
        assert kept(app, 1).starred


async def test_keys_move_the_cursor(make_app: Make) -> None:
    """The cursor passes over heads, stops at both ends, and pages."""
    app = make_app(many(400, days=1, rooms=2), marks=())
    async with app.run_test(size=SIZE) as pilot:
        talks = screen(app).talks
        first = talks.uid
        await pilot.press("k", "up")
        assert talks.uid == first
        await pilot.press("G")
        last = talks.cursor
        assert last == len(talks.lines) - 1
        assert talks.scroll_offset.y == len(talks.lines) - talks.size.height
        await pilot.press("j", "down", "end")
        assert talks.cursor == last
        await pilot.press("pageup")
        assert last - talks.size.height <= talks.cursor < last
        await pilot.press("g")
        assert (talks.uid, talks.scroll_offset.y) == (first, 0)
        await pilot.press("pagedown", "pagedown")
        assert talks.scroll_offset.y <= talks.cursor < talks.scroll_offset.y + talks.size.height
        assert all(talks.lines[at].uid for at in [talks.cursor])


async def test_the_wheel_scrolls(make_app: Make) -> None:
    """The wheel scrolls the list and leaves the cursor where it is."""
    app = make_app(many(400, days=1), marks=())
    async with app.run_test(size=SIZE) as pilot:
        talks = screen(app).talks
        before = talks.cursor
        await pilot._post_mouse_events([__import__("textual.events", fromlist=["x"]).MouseScrollDown], TalkList)
        await pilot.pause()
        assert talks.scroll_offset.y > 0
        assert talks.cursor == before


async def test_enter_reads_and_escape_returns(make_app: Make) -> None:
    """Enter gives the talk in full the focus, j goes on to the next talk, Escape returns to the list."""
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        detail = app.screen.query_one(Detail)
        assert reads_beside(app, shown=False)
        await pilot.press("enter")
        assert reads_beside(app, shown=True)
        assert detail.has_focus
        await pilot.press("j")
        assert detail.uid == uid(2)
        await pilot.press("escape")
        assert reads_beside(app, shown=False)
        assert screen(app).talks.has_focus


async def test_resizing_folds_the_detail(make_app: Make) -> None:
    """Below 112 columns of few lines the detail is a line, from there on a pane; the cursor stays."""
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("j")
        for width, shown in ((80, False), (111, False), (112, True), (200, True), (40, False), (120, True)):
            await pilot.resize_terminal(width, 24)
            await until(pilot, partial(reads_beside, app, shown=shown))
            assert screen(app).talks.uid == uid(2)


async def test_the_talk_is_below_the_list_where_that_is_narrow_and_high(make_app: Make) -> None:
    """At 100×30 titles have the whole width; the talk with its abstract is below, over all lines where one reads it."""
    app = make_app()
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("j", "j")
        detail, talks = screen(app).query_one(Detail), screen(app).talks
        assert talks.size.width > 95
        assert detail.region.y >= talks.region.bottom
        assert talks.size.height > detail.size.height >= 7
        assert not screen(app).query_one("#fold").display
        await shows(pilot, "When Do Curricula Work?   Xiaoxia (Shirley) Wu")
        await shows(pilot, "CEST  your time   Thu 6 May")
        await pilot.press("enter")
        await until(pilot, lambda: detail.size.height > 20)
        assert not talks.display
        await pilot.press("escape")
        await until(pilot, lambda: detail.region.y >= talks.region.bottom > 10)
        await pilot.resize_terminal(120, 30)
        await until(pilot, lambda: detail.region.x >= talks.region.right > 0)
        assert "\nXiaoxia (Shirley) Wu" in detail.text.plain


async def test_order(make_app: Make) -> None:
    """By session the blocks follow each other, by time the parallel talks do; the cursor stays on its talk."""
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("j", "j")
        talks = screen(app).talks
        blocks = [line.uid for line in talks.lines if line.uid]
        assert blocks[:4] == [uid(1), uid(2), uid(3), uid(4)]
        await pilot.press("O")
        assert [line.uid for line in talks.lines if line.uid][:4] == [uid(1), uid(2), uid(21), uid(3)]
        assert talks.uid == uid(3)
        await pilot.press("O")
        assert [line.uid for line in talks.lines if line.uid] == blocks
