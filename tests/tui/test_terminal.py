"""The program as its user starts it: in a terminal, driven by keys, looked at through a terminal's eyes."""

from __future__ import annotations

import os
import re
from datetime import timedelta
from pathlib import Path

import pytest
from terminal import Terminal
from tui_made import EVE, MARKS, iclr, stored, uid

from planner.store import open_store

SIZES = [(80, 24), (160, 50)]
README = Path(__file__).parents[2] / "README.md"


@pytest.fixture
def home(tmp_path: Path) -> str:
    """A home with ICLR 2021 and a few stars."""
    folder = str(tmp_path / "home")
    stored(folder, iclr(), marks=MARKS).close()
    return folder


def words(home: str, now: str = EVE.isoformat()) -> tuple[str, ...]:
    """The program over a home, at a pinned now and zone."""
    return ("--home", home, "--tz", "Europe/Berlin", "--now", now)


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


def test_a_start_that_is_broken_off_gives_the_terminal_back(home: str, tmp_path: Path) -> None:
    """Ctrl-C while the screens are loaded, behind a first picture that is there already: exit 130, no traceback."""
    textual = tmp_path / "first" / "textual"
    textual.mkdir(parents=True)
    (textual / "__init__.py").write_text("raise KeyboardInterrupt\n", encoding="utf-8")
    path = os.pathsep.join(filter(None, (str(textual.parent), os.environ.get("PYTHONPATH"))))
    with Terminal(*words(home), columns=80, rows=24, environ={"PYTHONPATH": path}) as terminal:
        assert terminal.ends() == 130
    assert b"VCNet" in terminal.raw
    assert b"Traceback" not in terminal.raw
    for on, off in ((b"\x1b[?1049h", b"\x1b[?1049l"), (b"\x1b[?25l", b"\x1b[?25h"), (b"\x1b[?7l", b"\x1b[?7h")):
        assert terminal.raw.rindex(off) > terminal.raw.rindex(on)


def test_a_terminal_that_goes_away_ends_it(home: str) -> None:
    """Closing the window ends the program, and what was starred stays."""
    with Terminal(*words(home), columns=80, rows=24) as terminal:
        terminal.shows("VCNet", "? help")
        terminal.press("j", "s")
        terminal.shows("★ 6")
        assert terminal.goes_away()
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


TOLD = (
    ("FOSDEM 2025 · 1–2 Feb 2025", "★ 0 · no clash", "? help"),
    ("Sat 1 ★1", "★ 1 · no clash", "★★★··", "Creating an Open Knowledge", "Model for Economic"),
    ("★ 2 · ⚠ 1 clash", "⚠ 25 min", "Model for Economic"),
    ("Timetable  FOSDEM 2025 · rooms across", "AW1.120", "UB5.132", "Sat 1 ★3", "┏"),
    ("Clash 1 of 1", "25 min double booked", "1 2 3 go there", "MapTCHA"),
    ("No clash is left.", "✓ go to Creating an Open Knowledge Graph", "skip MapTCHA"),
    ("My plan  1 talk · no clash · 8 h 05 min free", "41 would fit"),
    ("My plan  2 talks · no clash · 7 h 35 min free", "Graph Databases", "In the plan; u takes it back."),
    ("My plan  2 talks", "Going to 1; u takes it back.", "✓ Graph Databases"),
    ("Import  iclr-2021", "13 talks, 3 slots without a title", "America/Los Angeles  from PDT on the page", "New: 16 added"),
    ("ICLR 2021 · 6 May 2021", "20:00–20:15  11:00", "★ 0 · no clash", "16 added. u takes it back."),
    ("20:00–20:15  11:00  ★", "★ 1 · no clash"),
    ("1 talk written to", "iclr-2021.ics"),
)
"""What the screen says after each line of the tour but the last."""


def tour() -> list[list[str]]:
    """The keys of each line of the README's tour of the UI; words are typed sign by sign."""
    said = README.read_text(encoding="utf-8").partition("<!-- ui tour -->")[2].partition("<!-- /ui tour -->")[0]
    rows = [line.split("|")[1] for line in said.splitlines() if line.startswith("| `")]
    names = {"space": " ", "esc": "escape", "↓": "down"}
    return [[names.get(key, key) for key in re.findall("`([^`]+)`", row)] for row in rows]


@pytest.mark.parametrize(
    ("columns", "rows", "now"),
    [
        (80, 24, EVE.isoformat()),
        pytest.param(160, 50, EVE.isoformat(), marks=pytest.mark.ci),
        pytest.param(80, 24, "2031-11-22T10:00+01:00", marks=pytest.mark.ci),
    ],
)
def test_the_tour_of_the_readme(tmp_path: Path, columns: int, rows: int, now: str) -> None:
    """From an empty data folder, key by key, before and long after the conferences: what is said, kept, written."""
    home = str(tmp_path / "home")
    *lines, last = tour()
    with Terminal(*words(home, now), columns=columns, rows=rows) as terminal:
        terminal.shows("Nothing is stored yet", "FOSDEM 2025")
        for keys, told in zip(lines, TOLD, strict=True):
            terminal.press(*keys)
            terminal.shows(*told)
        terminal.press(*last)
        assert terminal.ends() == 0
    assert b"Traceback" not in terminal.raw
    with open_store(home, now=EVE) as store:
        plan = store.load("Europe/Berlin")
    kept = {plan.by_uid[mark.uid].title[:8]: (mark.starred, mark.rating, mark.decision) for mark in plan.marks.values()}
    assert kept == {
        "Creating": (True, 3, "going"),
        "MapTCHA,": (True, 0, "skipped"),
        "What the": (True, 0, "skipped"),
        "Graph Da": (True, 0, "going"),
        "VCNet an": (False, 0, "undecided"),
    }
    written = (tmp_path / "iclr-2021.ics").read_text(encoding="utf-8")
    assert written.count("BEGIN:VEVENT") == 1
    assert "DTSTART;TZID=Europe/Berlin:20210506T200000" in written


@pytest.mark.ci
@pytest.mark.parametrize("terminal_name", ["xterm", "xterm-16color", "linux"])
def test_sixteen_colours(home: str, terminal_name: str) -> None:
    """In a terminal of few colours each sign stands out from its ground, and no colour beyond its own is sent."""
    with Terminal(*words(home), columns=120, rows=40, environ={"TERM": terminal_name, "COLORTERM": ""}) as terminal:
        terminal.shows("VCNet", "? help")
        for key, told in (("j", "SenSeI"), ("v", "Timetable"), ("a", "My plan"), ("!", "Clash 1 of 1")):
            terminal.press(key)
            terminal.shows(told, "? help")
            terminal.press("") if key == "j" else None
            hidden = [
                (y, x, sign.data)
                for y, line in terminal.screen.buffer.items()
                for x, sign in line.items()
                if sign.data.strip() and sign.fg == sign.bg != "default"
            ]
            assert hidden == [], key
        terminal.press("q")
        assert terminal.ends() == 0
    sent = terminal.raw[terminal.raw.index(b"\x1b[?1049h") :]
    assert b"38;2;" not in sent
    assert b"48;2;" not in sent
