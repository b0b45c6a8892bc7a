"""Pictures of my plan, of what would fit, of the dry run and of the changes, in the sizes that people have."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from test_changes_screen import revised, updated
from test_pictures import HOSTILE, WIDE
from tui_driver import until
from tui_made import EVE, MARKS, all_day, at, iclr, talk, uid

from planner.model import Busy, Mark, Slot
from planner.tui.screens.my_plan import MyPlan

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from textual.pilot import Pilot

    from planner.model import Talk
    from planner.tui.app import PlannerApp

    Compare = Callable[..., bool]
    Make = Callable[..., PlannerApp]

SIZES = {"80x24": (80, 24), "120x30": (120, 30), "160x50": (160, 50)}


def asked(screen: MyPlan) -> bool:
    """Whether the store was asked what is like the stars, and answered."""
    return screen._asked is not None and screen.errand is None


def pressed(*keys: str) -> Callable[[Pilot[None]], Awaitable[None]]:
    """Press keys, and wait until it is known what is like the stars."""

    async def press(pilot: Pilot[None]) -> None:
        for key in keys:
            await pilot.press(key)
            screen = pilot.app.screen
            if isinstance(screen, MyPlan):
                await until(pilot, partial(asked, screen))
            await pilot.pause()

    return press


def full_day() -> tuple[list[Talk], tuple[Mark, ...]]:
    """Beside the orals: posters, a change of room that is too short, a workshop day, and stars on all of them."""
    hall = [
        talk(number, title, at(19, 40), 120, kind="poster", session="P")._replace(
            slot=Slot(at(19, 40), at(21, 40), "Hall B", board, zone="America/Los_Angeles")
        )
        for number, title, board in (
            (101, "Dose responses that stay continuous", "9"),
            (102, "How noise turns into speech", "12"),
            (103, "Curricula for noisy labels", "110"),
        )
    ]
    near = [
        talk(111, "Opening words of the chairs", at(16, 30), 28, kind="talk", room="Auditorium"),
        talk(112, "A panel on reviewing", at(17), 45, kind="panel", room="Garden room"),
    ]
    whole = all_day()._replace(slot=Slot(day=at(0).date()))
    marks = tuple(
        Mark(uid(number), starred=True, rating=rating) for number, rating in ((101, 4), (102, 0), (103, 2), (111, 0), (112, 4))
    )
    return [*hall, *near, whole], (*MARKS, *marks, Mark(whole.uid, starred=True))


def lived(make_app: Make, **said: Any) -> PlannerApp:
    """The app with that day and two entries of a calendar."""
    talks, marks = full_day()
    app = make_app(iclr(*talks), marks=marks, **said)
    times = [Busy(at(18, 45), at(19), "Team call"), Busy(at(21, 50), at(22, 20), "Pick up the parcel")]
    app.store.set_busy("me.ics", times, [(at(0, day=1), at(0, day=20))], now=EVE)
    app.desk.load(app.desk.plan.zone)
    return app


@pytest.mark.parametrize("theme", ["dark", "light"])
@pytest.mark.parametrize("size", SIZES)
def test_my_plan(make_app: Make, snap_compare: Compare, size: str, theme: str) -> None:
    """A full day: all-day entry, tight change, clash, posters, busy and free time."""
    assert snap_compare(lived(make_app, theme=theme), run_before=pressed("a"), terminal_size=SIZES[size])


def test_while_it_runs(make_app: Make, snap_compare: Compare, clock: Any) -> None:
    """In the middle of the evening, with the posters unfolded."""
    clock.at = at(19, 50)

    async def unfold(pilot: Pilot[None]) -> None:
        await pressed("a")(pilot)
        screen = pilot.app.screen
        assert isinstance(screen, MyPlan)
        screen.talks.go_to(next(uid_ for uid_ in screen.talks.uids() if uid_.startswith("visit")))
        await pilot.press("enter")

    assert snap_compare(lived(make_app), run_before=unfold, terminal_size=SIZES["120x30"])


def test_free(make_app: Make, snap_compare: Compare) -> None:
    """What would fit into free time, with the words shared."""
    app = make_app(marks=(Mark(uid(22), starred=True), Mark(uid(6), starred=True, decision="skipped")), day_hours=(8, 24))
    assert snap_compare(app, run_before=pressed("a", "G", "k", "f"), terminal_size=SIZES["120x30"])


def test_nothing_planned(make_app: Make, snap_compare: Compare) -> None:
    """A day without a star is free while the programme runs."""
    assert snap_compare(make_app(marks=()), run_before=pressed("a"), terminal_size=SIZES["80x24"])


def test_very_narrow(make_app: Make, snap_compare: Compare) -> None:
    """At 60 columns all is still there."""
    assert snap_compare(lived(make_app), run_before=pressed("a"), terminal_size=(60, 20))


@pytest.mark.parametrize("size", ["80x24", "120x30"])
def test_suggest(make_app: Make, snap_compare: Compare, size: str) -> None:
    """The dry run: what is kept, what is given up and why."""
    assert snap_compare(lived(make_app), run_before=pressed("S"), terminal_size=SIZES[size])


@pytest.mark.parametrize("size", ["80x24", "120x30"])
def test_changes(make_app: Make, snap_compare: Compare, size: str) -> None:
    """Moved, edited, cancelled and added talks, the stars first."""
    assert snap_compare(updated(make_app(), revised()), run_before=pressed("w"), terminal_size=SIZES[size])


@pytest.mark.parametrize("key", ["S", "w"])
def test_in_the_light(make_app: Make, snap_compare: Compare, key: str) -> None:
    """The dry run and the changes in the light theme."""
    app = lived(make_app, theme="light") if key == "S" else updated(make_app(theme="light"), revised())
    assert snap_compare(app, run_before=pressed(key), terminal_size=SIZES["120x30"])


def test_no_colour(make_app: Make, snap_compare: Compare, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without colours every sign and word is still there."""
    monkeypatch.setenv("NO_COLOR", "1")
    assert snap_compare(lived(make_app), run_before=pressed("a"), terminal_size=SIZES["120x30"])


def test_hostile(make_app: Make, snap_compare: Compare) -> None:
    """Markup, escape sequences and wide signs, in titles, rooms and busy time, are plain text in their columns."""
    titles = (*HOSTILE, *WIDE)
    talks = [talk(500 + n, title, at(18, 10 * n), 20, room=f"{title[:6]} [b]") for n, title in enumerate(titles)]
    app = make_app(iclr()._replace(talks=tuple(talks)), marks=tuple(Mark(one.uid, starred=True) for one in talks))
    app.store.set_busy("me.ics", [Busy(at(18), at(18, 5), HOSTILE[1])], [(at(0, day=1), at(0, day=20))], now=EVE)
    app.desk.load(app.desk.plan.zone)
    assert snap_compare(app, run_before=pressed("a"), terminal_size=SIZES["160x50"])
