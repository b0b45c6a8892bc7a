"""Pipe tables: cells as GitHub Flavored Markdown has them, and documents that come back byte for byte."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner import tables

cell_text = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Zl", "Zp"]), max_size=20)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("| a | b |", ["a", "b"]),
        ("a | b", ["a", "b"]),
        ("|a||b|", ["a", "", "b"]),
        ("| a | b\\|c | d\\\\| e |", ["a", "b\\|c", "d\\\\", "e"]),
        ("  | a |  ", ["a"]),
        ("| a", ["a"]),
        ("a |", ["a"]),
        ("plain", ["plain"]),
        ("", [""]),
        ("|", [""]),
        ("||", [""]),
    ],
)
def test_cells(row: str, expected: list[str]) -> None:
    """Escaped pipes are no borders, outer pipes may be missing, cells are stripped."""
    assert tables.cells(row) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("| --- | :-: | --: |", True),
        ("---|---", True),
        ("|---|", True),
        ("----", False),
        ("| - - | --- |", False),
        ("|  | --- |", False),
        ("| a | --- |", False),
        ("|", False),
        ("", False),
    ],
)
def test_delimiters(line: str, expected: bool) -> None:
    """The line under a table's head is told from rules, rows and bare pipes."""
    assert tables.is_delimiter(line) is expected


@given(st.lists(cell_text, min_size=1, max_size=5))
def test_cells_can_hold_any_text(texts: list[str]) -> None:
    """Whatever text is escaped into a row, the row keeps its number of cells, in a line."""
    row = "| " + " | ".join(tables.escaped(text) for text in texts) + " |"
    assert len(tables.cells(row)) == len(texts)
    assert "\n" not in row


@given(st.text("|\\ ab", max_size=30), st.integers(0, 6), cell_text)
def test_a_replaced_cell_leaves_the_others(row: str, column: int, new: str) -> None:
    """Replacing one cell changes no other to the last blank, and a column that is not there changes nothing."""
    places = tables.bounds(row)
    changed = tables.with_cells(row, {column: new})
    if column >= len(places):
        assert changed == row
    else:
        start, end = places[column]
        assert changed.startswith(row[:start])
        assert changed.endswith(row[end:])
        assert len(tables.bounds(changed)) in {len(places), len(places) - (not new.strip()), len(places) + (not row.strip())}


def test_replaced_cells_keep_the_style_of_the_row() -> None:
    """Padded cells stay padded, tight ones tight, and a pipe in the new text is escaped."""
    assert tables.with_cells("| 1 |  | 0 |", {1: "why | not", 2: "5"}) == "| 1 | why \\| not | 5 |"
    assert tables.with_cells("|1||0|", {1: "x", 2: "5", 9: "no"}) == "|1|x|5|"


lines = st.lists(st.text("ab|\\-# \u00e9", max_size=8), min_size=1, max_size=6)


@given(st.lists(st.one_of(lines.map("\n".join), lines), max_size=6), st.sampled_from(["\n", "\r\n"]))
def test_documents_come_back(parts: list[str | list[str]], newline: str) -> None:
    """A layout of any texts and rows is written again as the same document, with its own line ends."""
    pieces = [
        part if isinstance(part, str) else tables.Piece(tuple(tables.Entry("u", "i", "t", raw) for raw in part), 0, 1)
        for part in parts
    ]
    document = "\n".join(part if isinstance(part, str) else "\n".join(part) for part in parts)
    assert tables.written(tables.pack(pieces, newline), lambda _: (None, None)) == document.replace("\n", newline)
