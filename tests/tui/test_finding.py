"""Search as you type, and the filter."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from tui_driver import SIZE, kept, screen, shows, text
from tui_made import at, iclr, many, talk, uid

from planner.tui.screens.filter import FilterPicker
from planner.tui.screens.schedule import Schedule
from planner.tui.widgets.masthead import Masthead

if TYPE_CHECKING:
    from collections.abc import Callable

    from planner.tui.app import PlannerApp

    Make = Callable[..., PlannerApp]

# Finding


async def test_search_as_you_type(make_app: Make) -> None:
    """Each letter narrows the list at once; Enter gives the list the focus with the first hit, Escape shows it in its day."""
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("[", "slash")
        found = []
        for letter in "diffw":
            await pilot.press(letter)
            found.append(len(screen(app).hits or ()))
        assert found[-1] == 1
        assert sorted(found, reverse=True) == found
        await pilot.press("enter")
        assert screen(app).talks.has_focus
        assert screen(app).talks.uid == uid(9)
        await pilot.press("escape")
        assert screen(app).hits is None
        assert (screen(app).at, screen(app).talks.uid) == (3, uid(9))


async def test_escape_leaves_a_search(make_app: Make) -> None:
    """Escape while typing returns to the day and the talk as they were; the field is empty the next time."""
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("j", "slash", "escape")
        assert screen(app).talks.uid == uid(2)
        await pilot.press("j", "slash", "z", "backspace")
        assert screen(app).talks.uid == uid(3)
        await pilot.press(*"zzz")
        await shows(pilot, "nothing found")
        await pilot.press("escape")
        assert (screen(app).at, screen(app).talks.uid) == (3, uid(3))
        assert len([line for line in screen(app).talks.lines if line.uid]) == 15
        await pilot.press("slash", "enter")
        assert screen(app).hits is None


async def test_letters_are_letters_in_a_field(make_app: Make) -> None:
    """No command acts while one types."""
    app = make_app(marks=())
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("slash", *(sign for sign in "sxcqnuzeft"), "space", "q")
        assert app.is_running
        assert isinstance(app.screen, Schedule)
        assert all(not kept(app, number).starred for number in range(1, 11))


async def test_starring_what_was_found(make_app: Make) -> None:
    """A found talk is starred in place, and the search stays."""
    app = make_app(marks=())
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("slash", *"panda")
        await pilot.press("escape", "slash", *"diffwave", "enter", "space")
        assert kept(app, 9).starred
        assert screen(app).hits == [uid(9)]


async def test_filter(make_app: Make) -> None:
    """Ticks narrow the list, are said at the tabs, and Escape takes them away."""
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("f")
        assert isinstance(app.screen, FilterPicker)
        await pilot.press("space", "enter")
        assert [line.uid for line in screen(app).talks.lines if line.uid] == [uid(1), uid(3), uid(6), uid(9), uid(22)]
        await shows(pilot, "only starred · esc all")
        await pilot.press("f", "j", "space", "enter")
        assert len([line for line in screen(app).talks.lines if line.uid]) == 5  # starred or going
        await pilot.press("escape")
        assert len([line for line in screen(app).talks.lines if line.uid]) == 15


async def test_the_filter_is_said_where_tabs_are_many(make_app: Make) -> None:
    """At 60 columns the tabs give way to what is filtered and how to clear it."""
    app = make_app()
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.press("f", "space", "enter")
        await shows(pilot, "only starred · esc all")
        await shows(pilot, "▌Thu 6 · today")


async def test_filter_by_kind_and_room(make_app: Make) -> None:
    """Heads add to each other: a social in the garden is one talk, an oral in the garden none, which the list says."""
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("f")
        keys = [choice.key for choice in app.screen.query_one("#choices").choices if choice.key]  # type: ignore[attr-defined]
        for wanted in ("kinds social", "rooms Garden"):
            await pilot.press("g", *["j"] * keys.index(wanted), "space")
        await pilot.press("enter")
        assert [line.uid for line in screen(app).talks.lines if line.uid] == [uid(60)]
        await pilot.press("f", "0", "g", *["j"] * keys.index("kinds oral"), "space", *["j"] * 9, "space", "enter")
        await shows(pilot, "No talk passes the filter")
        await pilot.press("j", "G", "pageup", "space", "enter")
        assert screen(app).talks.uid == ""


@pytest.mark.parametrize("width", [60, 80, 120, 200])
async def test_an_empty_list_says_why(make_app: Make, width: int) -> None:
    """Once, at the head of the list, at any width; with the next letter that finds something it is gone."""
    app = make_app()
    async with app.run_test(size=(width, 24)) as pilot:
        await pilot.press("slash", *"zzz")
        await shows(pilot, "Nothing found; esc leaves the search.")
        lines = text(app).splitlines()
        (at,) = (number for number, line in enumerate(lines) if "Nothing found" in line)
        assert at == screen(app).talks.region.y + 1
        await pilot.press("backspace", "backspace", "backspace", *"diffw")
        await shows(pilot, "DiffWave")
        assert "Nothing found" not in text(app)


@pytest.mark.parametrize(("number", "said"), [(499, "499"), (500, "500"), (501, "500+")])
async def test_how_many_were_found(make_app: Make, number: int, said: str) -> None:
    """A sign of more only where there is more, on the tab and beside the words alike."""
    app = make_app(many(number), marks=())
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("slash", *"part")
        await shows(pilot, f" {said} talks")
        assert f"Found {said} " in f"{text(app).splitlines()[1]} "
        assert len(screen(app).uids) == min(number, 500)


async def test_a_search_changes_no_clock_of_the_first_line(make_app: Make) -> None:
    """The clocks are those of the day that is shown, whatever talks of other seasons are found and read meanwhile."""
    winter = [talk(300 + n, f"Winter talk {n}", at(18) + timedelta(days=200, minutes=n)) for n in range(60)]
    app = make_app(iclr(*winter))
    async with app.run_test(size=SIZE) as pilot:
        facts = app.screen.query_one(Masthead).facts
        assert "PDT" in facts.zones[0]
        await pilot.press("slash", *"winter")
        await shows(pilot, " 60 talks")
        assert app.screen.query_one(Masthead).facts == facts
        await pilot.press("enter", "G")
        await pilot.pause()
        assert app.screen.query_one(Masthead).facts == facts
