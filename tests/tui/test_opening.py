"""A large store is read in two parts: the first paint is that of the whole, and nothing done between them is lost."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from tui_driver import SIZE, screen, shows, text, until
from tui_made import EVE, all_day, at, iclr, many, pycon, stored, uid

from planner.model import Conference, Mark, Slot
from planner.tui import opening, rows

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from planner.tui.app import PlannerApp

    Make = Callable[..., PlannerApp]

MANY = many(1200)
STARRED = tuple(Mark(uid(1000 + number), starred=True) for number in (0, 2, 5, 40, 803))
SCHEDULES = {
    "large": (MANY, pycon()),
    "all day and no slot": (iclr(all_day()),),
    "three days in full": (iclr(all_day()._replace(slot=Slot(day=date(2021, 5, 6), last_day=date(2021, 5, 8)))),),
    "ends after midnight": (iclr()._replace(day_change=300),),
    "abroad": (MANY._replace(zone="Asia/Tokyo"),),
}


@pytest.mark.parametrize("name", SCHEDULES)
@pytest.mark.parametrize("day", [2, 3, 5, 7, 20])
def test_the_first_part_is_the_whole_for_the_day_it_shows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, day: int
) -> None:
    """The same conference, tabs and clashes, and on the nearest day the same talks in the same order."""
    monkeypatch.setattr(opening, "AT_ONCE", 0)
    now = at(12, day=day)
    with stored(str(tmp_path), *SCHEDULES[name], marks=STARRED) as store:
        first = opening.first_part(store, "Europe/Berlin", now)
        assert first is not None
        plan, pages = opening.whole(store, "Europe/Berlin", first.slug)
        assert [page.day for page in first.pages] == [page.day for page in pages]
        conference = plan.conferences[first.slug]
        today = min((abs((page.day - now.date()).days), number) for number, page in enumerate(pages) if page.day)[1]
        assert first.pages[today].uids == pages[today].uids
        assert first.plan.pairs() == plan.pairs()
        assert first.plan.conferences[first.slug].sessions == conference.sessions
        assert {mark.uid: mark for mark in plan.marks.values() if mark.starred} == dict(first.plan.marks)
        assert [page.talks for page in first.pages if page.day is None] == [page.talks for page in pages if page.day is None]
        last = rows.last_end(plan, pages)
        assert last is not None
        assert first.ends is not None
        assert (first.ends > now) == (last > now)


def test_a_small_store_is_read_at_once(tmp_path: Path) -> None:
    """So is one whose conference has no zone, or no talk with a clock."""
    with stored(str(tmp_path / "small"), iclr()) as store:
        assert opening.first_part(store, "UTC", EVE) is None
    without = Conference("list", "List", None, talks=tuple(one._replace(conference="list") for one in MANY.talks))
    with stored(str(tmp_path / "no zone"), without) as store:
        assert opening.first_part(store, "UTC", EVE) is None


async def test_the_rest_comes_by_itself(make_app: Make) -> None:
    """Soon every talk is there, and the screen shows what it showed."""
    app = make_app(MANY, marks=STARRED)
    assert not app.desk.whole
    async with app.run_test(size=SIZE) as pilot:
        await shows(pilot, "Ada Lovelace 3 · Grace Hopper")
        before = text(app)
        await until(pilot, lambda: app.desk.whole)
        await pilot.pause()
        assert text(app) == before
        assert len(app.desk.plan.by_uid) == 1200


@pytest.mark.parametrize("keys", [["]"], ["slash", *"part"], ["!"], ["f"], ["e"], ["C"], ["[", "t"]])
async def test_what_needs_the_rest_has_it(make_app: Make, monkeypatch: pytest.MonkeyPatch, keys: list[str]) -> None:
    """A key that needs other days reads them if they are not there yet; a star set before is kept."""
    monkeypatch.setattr("planner.tui.screens.schedule.Schedule._fill", lambda _screen, _home: None)
    app = make_app(MANY, marks=STARRED)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("j", "space")
        starred = screen(app).talks.uid
        assert len(app.desk.plan.by_uid) < 500
        await pilot.press(*keys)
        assert len(app.desk.plan.by_uid) == 1200
        assert app.desk.plan.mark(starred).starred


async def test_a_mark_set_meanwhile_is_kept(make_app: Make) -> None:
    """What was read before a star was set does not take the star away when it arrives."""
    app = make_app(MANY, marks=())
    held = opening.whole(app.store, "Europe/Berlin", app.desk.slug)
    app.desk.star(uid(1003))
    app.desk.show_zone("Asia/Tokyo")
    app.desk.take(*held)
    assert app.desk.plan.mark(uid(1003)).starred
    assert app.desk.plan.zone == "Asia/Tokyo"
    assert sum(app.desk.stars()) == 1
