"""Pictures of the Clashes screen: a pair, a group, a change of room, nothing left, in the sizes that people have."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from test_clashes import call, stars
from tui_made import at, iclr, pycon, talk, uid

from planner.model import Busy, Mark, Slot

if TYPE_CHECKING:
    from collections.abc import Callable

    from planner.tui.app import PlannerApp

    Compare = Callable[..., bool]
    Make = Callable[..., PlannerApp]

CALL = Busy(at(18, 30), at(19), "Team call")
POSTER = talk(82, "When Do Curricula Work?", at(21), 120, kind="poster", room="Hall B", also=(uid(3),))


def pair(make_app: Make, theme: str = "dark") -> PlannerApp:
    """The drawn example: two starred orals in two sessions and a call, and the poster of one."""
    given = iclr(POSTER)
    talks = tuple(one._replace(also=(uid(82),)) if one.uid == uid(3) else one for one in given.talks)
    app = make_app(given._replace(talks=talks), theme=theme)
    call(app, CALL)
    return app


def group(make_app: Make) -> PlannerApp:
    """A long workshop over three talks of two conferences, a call, a poster session, and a hall too far."""
    more = (
        talk(80, "A workshop on everything that diffusion models can and cannot do", at(18, 5), 60, room="Hall C"),
        *(
            talk(90 + n, f"Poster {n} on learning", at(18, 20), 90, kind="poster", session="p", speakers=("Ada L.",))._replace(
                slot=Slot(at(18, 20), at(19, 50), room="Hall", board=str(7 - n))
            )
            for n in range(4)
        ),
    )
    abroad = pycon().talks[0]._replace(title="A talk of another conference", slot=Slot(at(18, 50), at(19, 20), room="R1"))
    marks = (*stars(1, 3, 22, 80, *range(90, 94)), Mark(abroad.uid, starred=True, rating=2))
    app = make_app(iclr(*more), pycon()._replace(talks=(abroad,)), marks=marks)
    call(app, CALL)
    return app


SIZES = {"60x20": (60, 20), "80x24": (80, 24), "120x30": (120, 30), "160x50": (160, 50)}


@pytest.mark.parametrize("size", SIZES)
def test_pair(make_app: Make, snap_compare: Compare, size: str) -> None:
    """Two talks and the user's own calendar."""
    assert snap_compare(pair(make_app), press=["!"], terminal_size=SIZES[size])


def test_pair_in_the_light(make_app: Make, snap_compare: Compare) -> None:
    """The light theme."""
    assert snap_compare(pair(make_app, "light"), press=["!", "j"], terminal_size=SIZES["120x30"])


def test_pair_without_colour(make_app: Make, snap_compare: Compare, monkeypatch: pytest.MonkeyPatch) -> None:
    """Signs and words tell it all."""
    monkeypatch.setenv("NO_COLOR", "1")
    assert snap_compare(pair(make_app), press=["!"], terminal_size=SIZES["120x30"])


@pytest.mark.parametrize("size", ["80x24", "120x30", "200x50"])
def test_group(make_app: Make, snap_compare: Compare, size: str) -> None:
    """Six that hang together, of two conferences, with posters that are one visit."""
    assert snap_compare(group(make_app), press=["!", "j", "j"], terminal_size=tuple(map(int, size.split("x"))))


def test_change_of_room(make_app: Make, snap_compare: Compare) -> None:
    """No time for a way of five minutes."""
    app = make_app(iclr(talk(80, "A talk far away", at(18, 17), 20, room="Hall C")), marks=stars(1, 80))
    assert snap_compare(app, press=["!"], terminal_size=SIZES["120x30"])


def test_all_decided(make_app: Make, snap_compare: Compare) -> None:
    """The calm end, with what was decided."""
    assert snap_compare(pair(make_app), press=["!", "p", "1"], terminal_size=SIZES["120x30"])


def test_offer(make_app: Make, snap_compare: Compare) -> None:
    """Going on the Schedule asks about the other one."""
    assert snap_compare(make_app(), press=["j", "j", "c"], terminal_size=SIZES["120x30"])


@pytest.mark.parametrize("size", ["80x24"])
def test_wide_signs(make_app: Make, snap_compare: Compare, size: str) -> None:
    """Wide signs and right-to-left names keep the columns."""
    talks = (
        talk(
            80,
            "深層学習による音声合成のための多様な拡散モデルと、その条件付けに関する包括的な研究",
            at(18),
            30,
            room="大講堂",
            abstract="研究" * 80,
        ),
        talk(81, "למידה עמוקה לזיהוי תבניות בנתונים גדולים 🚀🚀", at(18, 10), 30, room="אולם", speakers=("דוד בן־גוריון",)),
    )
    assert snap_compare(make_app(iclr(*talks), marks=stars(80, 81)), press=["!"], terminal_size=SIZES[size])
