"""Pictures of the Timetable: each state as it is meant to look, in the sizes that people have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from test_pictures import WIDE, titled
from tui_day import MARKS, NOON, full_day
from tui_made import EVE, at, iclr, many, stored

from planner.model import Busy

if TYPE_CHECKING:
    from collections.abc import Callable

    from planner.tui.app import PlannerApp

    Compare = Callable[..., bool]
    Make = Callable[..., PlannerApp]

SIZES = {"60x24": (60, 24), "80x24": (80, 24), "120x40": (120, 40), "200x50": (200, 50)}


@pytest.fixture
def full(make_app: Make, clock: Any) -> Callable[..., PlannerApp]:
    """An app over a full day of the user's own, with a call in it and a talk that was withdrawn."""

    def made(**said: Any) -> PlannerApp:
        clock.at = NOON
        app = make_app(full_day(), marks=MARKS, **said)
        left = full_day()
        kept = tuple(one for one in left.talks if not one.title.startswith("Withdrawn"))
        with stored(app.settings.home, left._replace(talks=kept), marks=()) as store:
            busy = [Busy(at(16, 30), at(17, 15), "Team call"), Busy(at(19), at(20), "Dentist")]
            store.set_busy("me.ics", busy, [(at(0), at(23))], now=EVE)
        app.desk.load("Europe/Berlin")
        return app

    return made


@pytest.mark.parametrize(
    ("size", "theme"),
    [("60x24", "dark"), ("80x24", "dark"), ("80x24", "light"), ("120x40", "dark"), ("120x40", "light"), ("200x50", "dark")],
)
def test_full_day(full: Make, snap_compare: Compare, size: str, theme: str) -> None:
    """Everything that a day can hold, while talks are on."""
    assert snap_compare(full(theme=theme), press=["v", "tab"], terminal_size=SIZES[size])


def test_inside_a_poster_session(full: Make, snap_compare: Compare) -> None:
    """The cursor on a poster among forty."""
    assert snap_compare(full(), press=["v", "tab", "tab", "tab", "j", "j"], terminal_size=SIZES["120x40"])


def test_sessions_across(make_app: Make, snap_compare: Compare) -> None:
    """Sessions that have no room side by side, with a clash."""
    assert snap_compare(make_app(iclr()), press=["v", "j", "j"], terminal_size=SIZES["120x40"])


def test_many_rooms(make_app: Make, snap_compare: Compare) -> None:
    """More rooms and more time than the screen has, scrolled both ways."""
    assert snap_compare(make_app(many(2000)), press=["v", "L", "pagedown", "pagedown"], terminal_size=SIZES["120x40"])


def test_no_colour(full: Make, snap_compare: Compare, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without colours every sign and word is still there."""
    monkeypatch.setenv("NO_COLOR", "1")
    assert snap_compare(full(), press=["v", "tab"], terminal_size=SIZES["120x40"])


def test_wide_signs(make_app: Make, snap_compare: Compare) -> None:
    """Wide, joined and right-to-left signs stay inside their blocks."""
    assert snap_compare(make_app(titled(*WIDE)), press=["v"], terminal_size=SIZES["80x24"])


def test_no_day(make_app: Make, snap_compare: Compare) -> None:
    """A conference without a talk says that there is nothing to put across."""
    assert snap_compare(make_app(titled()), press=["v"], terminal_size=SIZES["80x24"])
