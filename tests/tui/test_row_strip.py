"""A talk's line: what has room, and what gives way."""

from __future__ import annotations

import pytest
from tui_made import uid

from planner.tui.rows import Row
from planner.tui.themes import DARK
from planner.tui.widgets import row_strip
from planner.tui.widgets.draw import ink
from planner.tui.widgets.talk_list import Fields

FIELDS = Fields(place=16, usual="talk")
INK = ink(DARK.variables)
TITLE = "Creating an open knowledge graph for climate"


def drawn(width: int, title: str, **fields: object) -> str:
    """The line as text."""
    row = Row(uid(1), title, mine="10:30–10:55", kind="talk", **fields)  # type: ignore[arg-type]
    return row_strip.talk(row, FIELDS, INK, width=width, ground=INK.ground).text


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
