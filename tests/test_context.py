"""What every command says with: lines that a narrow terminal does not break inside words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from conftest import SCHEDULES
from hypothesis import given
from hypothesis import strategies as st

from planner.agenda import cells
from planner.cli import context
from planner.cli.context import wrapped

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Answer

    Planner = Callable[..., Answer]

WORDS = st.text(alphabet="ab ★é漢\n", max_size=120)


def test_a_long_line_breaks_at_blanks_with_an_indent() -> None:
    """What fits stays, columns and all; the rest goes on four columns further in, and a long word stays whole."""
    assert wrapped("  one  two three four\nshort", 12) == "  one  two\n      three\n      four\nshort"
    assert wrapped("see /a/very/long/path here", 10) == "see\n    /a/very/long/path\n    here"
    assert wrapped("漢漢漢 漢漢漢", 6) == "漢漢漢\n   漢漢漢"
    assert wrapped("漢漢 漢漢 ", 9) == "漢漢 漢漢"
    assert wrapped("as it is, however long it may be", 0) == "as it is, however long it may be"


@given(WORDS, st.integers(1, 60))
def test_wrapping_changes_blanks_only(text: str, width: int) -> None:
    """The same words in the same order; a line wider than the terminal holds nothing but one word."""
    made = wrapped(text, width)
    assert made.split() == text.split()
    assert all(cells(line) <= width or len(line.split()) <= 1 for line in made.split("\n"))
    if all(cells(line) <= width for line in text.split("\n")):
        assert made == text


@pytest.mark.parametrize(
    "words",
    [("clashes",), ("conferences",), ("talks",), ("talks", "open"), ("star", "and"), ("suggest",), ("export", "--json")],
)
def test_a_narrow_terminal_breaks_no_word(planner: Planner, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]) -> None:
    """In 60 columns no line of an answer or of an error is wider, but for a word that is."""
    planner("import", SCHEDULES / "fosdem-2025")
    planner("star", "MapTCHA", "Creating an Open Knowledge Graph for Climate")
    monkeypatch.setattr(context, "columns", lambda _: 60)
    answer = planner(*words)
    lines = (answer.out + answer.err).splitlines()
    assert lines
    assert all(cells(line) <= 60 or len(line.split()) == 1 for line in lines)
