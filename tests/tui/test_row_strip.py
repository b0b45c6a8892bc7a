"""A talk's line: what has room, and what gives way."""

from __future__ import annotations

import pytest
from tui_made import EVE, PACIFIC, at, uid
from tui_made import talk as made

from planner.model import Conference
from planner.plan import Plan
from planner.tui.rows import Row, row
from planner.tui.screens.schedule_view import fields
from planner.tui.themes import DARK
from planner.tui.widgets import row_strip
from planner.tui.widgets.draw import ink
from planner.tui.widgets.talk_list import Fields

FIELDS = Fields(place=16, usual="talk")
INK = ink(DARK.variables)
TITLE = "Creating an open knowledge graph for climate"


def drawn(width: int, title: str, **fields: object) -> str:
    """The line as text."""
    shown = Row(uid(1), title, mine="10:30–10:55", kind="talk", **fields)  # type: ignore[arg-type]
    return row_strip.talk(shown, FIELDS, INK, width=width, ground=INK.ground).text


@pytest.mark.parametrize("clash", [None, 1500])
def test_a_title_is_whole_where_there_is_room(clash: int | None) -> None:
    """A long room gives way, but for its first signs, until the title is whole; in a wide line it has its column."""
    for width in range(79 + 10 * (clash is not None), 120):
        line = drawn(width, TITLE, clash=clash, place="K.1.105 (La Fontaine)")
        assert TITLE in line, width
        assert ("⚠ 25 min" in line) is (clash is not None)
    assert drawn(119, TITLE, clash=clash, place="Hall A").endswith("  Hall A          " + " ")


def test_a_title_has_more_cells_than_a_room_of_many() -> None:
    """With a clash, in a list of 77 cells, a title that has to be cut keeps 38 cells or more and the room is left out."""
    line = drawn(77, TITLE, clash=1500, place="K.1.105 (La Fontaine)")
    assert TITLE[:37] in line
    assert "K.1" not in line


def test_a_short_room_is_told_beside_a_cut_title() -> None:
    """A room of a few signs is worth its cells."""
    line = drawn(77, TITLE + " and for more", place="UB5.132")
    assert line.endswith("…  UB5.132 ")
    assert TITLE[:36] in line


@pytest.mark.parametrize("width", [99, 100, 110, 118, 120])
def test_the_room_stays_as_the_talk_in_full_opens_beside_the_list(width: int) -> None:
    """From 100 columns on the list gives 42 to it, and 36 in a hundred of wider ones: short rooms are told in every row."""
    rooms = ("AW1.120", "UB5.132")
    talks = tuple(made(n, f"{TITLE}, part {n}", at(18, n), room=rooms[n % 2]) for n in range(6))
    plan = Plan({"iclr-2021": Conference("iclr-2021", "ICLR 2021", talks=talks)}, {}, (), PACIFIC)
    room = width - (max(42, width * 36 // 100) if width >= 100 else 0)
    columns = fields(plan, [one.uid for one in talks], "time", room)
    for number, one in enumerate(talks):
        shown = row(plan, one.uid, EVE, live=False)
        line = row_strip.talk(shown, columns, INK, width=room, ground=INK.ground).text
        assert line.endswith(f"  {rooms[number % 2]} ")
        assert TITLE[:22] in line
