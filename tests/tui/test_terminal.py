"""The program as its user starts it: in a terminal, driven by keys, looked at through a terminal's eyes."""

from __future__ import annotations

import os
import signal
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from terminal import Terminal
from tui_made import EVE, MARKS, iclr, stored, uid

from planner.store import open_store

if TYPE_CHECKING:
    from pathlib import Path

SIZES = [(80, 24), (160, 50)]


@pytest.fixture
def home(tmp_path: Path) -> str:
    """A home with ICLR 2021 and a few stars."""
    folder = str(tmp_path / "home")
    stored(folder, iclr(), marks=MARKS).close()
    return folder


def words(home: str) -> tuple[str, ...]:
    """The program over a home, at a pinned now and zone."""
    return ("--home", home, "--tz", "Europe/Berlin", "--now", EVE.isoformat())


@pytest.mark.parametrize(("columns", "rows"), SIZES)
def test_leaving_gives_the_terminal_back(home: str, columns: int, rows: int) -> None:
    """``q`` ends it with 0, and the modes that it set are taken back: screen, cursor, mouse, pasting."""
    with Terminal(*words(home), columns=columns, rows=rows) as terminal:
        terminal.shows("ICLR 2021", "VCNet", "? help")
        terminal.press("q")
        assert terminal.ends() == 0
    for mode in (b"?1049", b"?1003", b"?2004"):
        assert terminal.raw.rindex(b"\x1b[" + mode + b"l") > terminal.raw.rindex(b"\x1b[" + mode + b"h")
    assert terminal.raw.rindex(b"\x1b[?25h") > terminal.raw.rindex(b"\x1b[?25l")


def test_a_terminal_that_goes_away_ends_it(home: str) -> None:
    """Closing the window ends the program, and what was starred stays."""
    with Terminal(*words(home), columns=80, rows=24) as terminal:
        terminal.shows("VCNet", "? help")
        terminal.press("j", "s")
        terminal.shows("★ 6")
        terminal.child.kill(signal.SIGHUP)
        terminal.ends()
        assert not terminal.child.isalive()
    with open_store(home, now=EVE) as store:
        assert store.marks([uid(2)])[uid(2)].starred


def test_letters_of_several_bytes(home: str) -> None:
    """A letter that takes two or three bytes arrives whole, also where its bytes come one by one."""
    with Terminal(*words(home), columns=80, rows=24) as terminal:
        terminal.shows("VCNet", "? help")
        terminal.press("/")
        for byte in "é中".encode():
            os.write(terminal.child.child_fd, bytes([byte]))
        terminal.shows("é中", "nothing found")
        terminal.press("escape")
        terminal.shows("VCNet")


def test_another_terminal(home: str) -> None:
    """A star that another program sets is seen without a key."""
    with Terminal(*words(home), columns=120, rows=40) as terminal:
        terminal.shows("VCNet", "? help", "★ 5")
        with open_store(home, now=EVE) as store:
            store.star([uid(4)], now=EVE + timedelta(seconds=1))
        terminal.shows("★ 6")


def test_what_is_typed_fast(home: str) -> None:
    """Keys that come in one burst do what they do one by one: letters after a slash are the field's, not the list's."""
    with open_store(home, now=EVE) as store:
        before = store.load("UTC").marks
    with Terminal(*words(home), columns=120, rows=40) as terminal:
        terminal.shows("VCNet", "? help", "★ 5")
        terminal.press("/diffwave\rcs")
        terminal.shows("/ diffwave", "1 talk", "★ 4")
        terminal.press("ztoky\r")
        terminal.shows("Tokyo JST", "DiffWave")
        terminal.press("q")
        assert terminal.ends() == 0
    with open_store(home, now=EVE) as store:
        plan = store.load("UTC")
    changed = [plan.by_uid[marked].title for marked, mark in plan.marks.items() if mark != before.get(marked)]
    assert [title[:8] for title in changed] == ["DiffWave"]
