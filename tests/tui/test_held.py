"""How much the desk holds: a day and the stars, whatever screen is over the Schedule; it is memory, counted in talks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from test_opening import A_DAY, BERLIN, MANY, STARRED, STARS
from tui_driver import SIZE, screen, shows, text
from tui_made import EVE, pycon, stored

from planner.tui.desk import MOST_BESIDE, Desk
from planner.tui.screens.schedule import SCREENFUL
from planner.tui.widgets.talk_list import TalkList

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from planner.tui.app import PlannerApp

    Make = Callable[..., PlannerApp]


async def test_days_are_let_go(make_app: Make) -> None:
    """Round all days, with a star on each, the plan has one day and the stars of the others."""
    app = make_app(MANY, pycon(), marks=STARRED)
    async with app.run_test(size=SIZE) as pilot:
        for turned in range(8):
            await pilot.press("]", "j", "j", "space")
            assert len(app.desk.uids) == A_DAY
            assert len(app.desk.plan.by_uid) < A_DAY + len(STARS) + turned + 1
        assert not app.desk.whole


def test_what_was_asked_for_is_let_go(tmp_path: Path) -> None:
    """However many talks are asked for one after the other, the plan has the page, the stars, those asked for."""
    with stored(str(tmp_path), MANY, marks=STARRED) as store:
        desk = Desk(store, BERLIN, lambda: EVE)
        laid, every = len(desk.plan.by_uid), list(store.load(BERLIN).by_uid)
        beside = [one for one in every if one not in desk.plan.by_uid]
        most = MOST_BESIDE
        assert len(beside) > most + 150
        for first in range(0, len(beside), 25):
            asked = beside[max(0, first - 10) : first + 25]
            desk.hold(asked)
            assert desk.plan.by_uid.keys() >= {*asked, *desk.uids, *(mark.uid for mark in STARRED)}
            assert len(desk.plan.by_uid) <= laid + most + 50
        assert desk.plan.pairs() == store.load(BERLIN).pairs()


async def test_what_a_search_finds_is_read_as_it_is_drawn(make_app: Make) -> None:
    """A screenful for each letter, another where the cursor goes; back on the day all of it is let go."""
    app = make_app(MANY, marks=STARRED)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("slash", *"part")
        await shows(pilot, "500+ talks")
        assert A_DAY < len(app.desk.plan.by_uid) <= A_DAY + len(STARS) + 4 * SCREENFUL
        await pilot.press("enter", "G")
        await pilot.pause()
        assert app.screen.focused is screen(app).talks
        assert len(app.desk.plan.by_uid) <= A_DAY + len(STARS) + 5 * SCREENFUL + 1
        await pilot.press("slash", "escape")
        assert len(app.desk.plan.by_uid) <= A_DAY + len(STARS)


@pytest.mark.parametrize("key", ["a", "S", "w", "v", "e", "i"])
async def test_another_screen_lets_go_what_it_held(make_app: Make, key: str) -> None:
    """Only where all may be written or compared are all there; back on the Schedule the day is again, and what was starred."""
    app = make_app(MANY, marks=STARRED)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("]", "j", "space")
        starred, day = screen(app).talks.uid, app.desk.pages[app.desk.at]
        before = text(app)
        await pilot.press(key)
        assert len(app.desk.plan.by_uid) == 1200 if key == "i" else len(app.desk.plan.by_uid) <= A_DAY + len(STARS) + 1
        assert app.desk.plan.mark(starred).starred
        await pilot.press("escape")
        assert len(app.desk.plan.by_uid) < A_DAY + len(STARS) + 1
        assert app.desk.pages[app.desk.at] == day
        assert screen(app).talks.uid == starred
        assert text(app) == before


@pytest.mark.parametrize("keys", ["v", "v ] ]", "exclamation_mark", "f", "C", "z", "N", "t", "a", "a ]", "a ] ] S", "S", "w"])
async def test_what_needs_no_more_than_a_day_reads_no_more(make_app: Make, keys: str) -> None:
    """A timetable, clashes, what to filter by, conferences, zones, the next clash, now, the plan, advice, changes."""
    app = make_app(MANY, pycon(), marks=STARRED)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press(*keys.split())
        assert len(app.desk.plan.by_uid) <= A_DAY + len(STARS)


async def test_what_an_import_added_is_read_as_it_is_drawn(make_app: Make) -> None:
    """All 1,200 new talks are listed, no more held than were drawn last, and the one under the cursor can be starred."""
    app = make_app(MANY)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("w", "enter", *["pagedown"] * 12)
        listed = app.screen.query_one(TalkList)
        assert sum(one.what == "talk" for one in listed.lines) == 1200
        await pilot.press("space")
        assert app.store.marks([listed.uid])[listed.uid].starred
        assert len(app.desk.plan.by_uid) <= A_DAY + MOST_BESIDE + SCREENFUL + 1
