"""Harmful texts on every screen: no command of the table lets one reach the terminal, or turns it into an action."""

from __future__ import annotations

import os
import pty
import select
import termios
from typing import TYPE_CHECKING

import pytest
from payloads import MARKUP, NOW, TERMINAL, fill, harmful_store
from rich.text import Text
from terminal_guard import PATIENCE, broken, command_line
from textual.app import App
from textual.events import Paste
from textual.widgets import Static

from planner.tui.commands import BY_ID, COMMANDS, Command
from planner.tui.screens.schedule import Schedule

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Clock
    from textual.app import ComposeResult

    from planner.tui.app import PlannerApp

NARROW = (80, 24)
WALKED = [command for command in COMMANDS if command.id != "quit"]


def obeyed(app: App[None]) -> list[str]:
    """What on the screen a terminal would obey, or a click: control signs, links and actions that no widget of ours makes."""
    found = []
    for strip in app.screen._compositor.render_strips(app.size):
        for text, style, control in strip:
            found += [] if control else broken(text.encode("utf-8", "replace"))
            if style is not None:
                found += [f"link {style.link}"] if style.link else []
                found += [f"action {value}" for value in style.meta.values() if "exit" in str(value)]
    return found


@pytest.mark.ci
@pytest.mark.parametrize("command", WALKED, ids=lambda command: command.id)
async def test_no_command_shows_what_is_obeyed(
    make_app: Callable[..., PlannerApp], clock: Clock, monkeypatch: pytest.MonkeyPatch, command: Command
) -> None:
    """At 80 columns and 24 lines, after the command and after what a user does next, whatever screen it opened."""
    monkeypatch.setattr("webbrowser.open", lambda *_words, **_rest: True)
    clock.at = NOW
    fill(make_app(empty=True).store)
    app = make_app(empty=True)  # of the same store, which is full of them now
    async with app.run_test(size=NARROW, notifications=True) as pilot:
        assert isinstance(app.screen, Schedule)
        await pilot.press("g")
        assert obeyed(app) == []
        for key in (command.keys.split(",")[0], "down", "enter"):
            await pilot.press(key)
            await pilot.pause()
            if not app.is_running:
                break
            assert obeyed(app) == [], key
        assert app.return_code in {None, 0}


FIELDS = ("search", "note", "filter", "zone", "export", "palette", "conference")


@pytest.mark.parametrize("id_", FIELDS)
async def test_what_is_pasted_is_cleaned(make_app: Callable[..., PlannerApp], id_: str) -> None:
    """A text from elsewhere, pasted where one writes."""
    app = make_app()
    async with app.run_test(size=NARROW) as pilot:
        await pilot.press(BY_ID[id_].keys.split(",")[0])
        await pilot.pause()
        for name in ("title", "C1 CSI", "override"):
            app.post_message(Paste(f"{TERMINAL[name]}CANARY"))
            await pilot.pause()
            assert obeyed(app) == []


async def test_the_control_for_screens() -> None:
    """The same eye sees what a naive widget lets through."""

    class Naive(App[None]):
        def compose(self) -> ComposeResult:
            for text in (*(TERMINAL[name] for name in ("title", "C1 CSI", "override")), MARKUP["action"]):
                yield Static(text)
            yield Static(Text.from_markup(MARKUP["address"]))

    app = Naive()
    async with app.run_test(size=NARROW):
        found = " ".join(obeyed(app))
    for what in ("escape", "C1", "bidirectional", "action", "link"):
        assert what in found


def quiet(master: int) -> bytes:
    """What a program writes until it has nothing more to say for a while."""
    got = b""
    while select.select([master], [], [], PATIENCE if not got else 0.06)[0]:
        try:
            piece = os.read(master, 65536)
        except OSError:
            break
        if not piece:
            break
        got += piece
    return got


@pytest.mark.ci
def test_the_program_in_a_terminal(tmp_path: Path) -> None:
    """Every key of the table, pressed in a real terminal: nothing that a payload says reaches it, and the program goes on."""
    harmful_store(str(tmp_path / "home")).close()
    words = [str(word) for word in command_line("--home", tmp_path / "home", "--now", "2021-05-06T18:05Z", "--tz", "UTC")]
    child, master = pty.fork()
    if child == 0:
        os.environ.update(TERM="xterm-256color", BROWSER="true", TEXTUAL_ANIMATIONS="none")
        os.execv(words[0], words)  # noqa: S606  (the program itself, without a shell)
    termios.tcsetwinsize(master, NARROW[::-1])
    written = b""
    while b"Talk" not in written:
        piece = quiet(master)
        assert piece, written
        written += piece
    for command in WALKED:
        for key in (SENT.get(one := command.keys.split(",")[0], one), "\x1b"):
            os.write(master, key.encode())
            written += quiet_after(master)
    os.write(master, b"\x11")
    while piece := quiet(master):  # to the end of the program
        written += piece
    _, status = os.waitpid(child, 0)
    os.close(master)
    assert b"Traceback" not in written
    assert os.waitstatus_to_exitcode(status) == 0, written[-2000:]
    assert broken(written, screen=True) == []


def quiet_after(master: int) -> bytes:
    """What a program writes after a key, which may be nothing."""
    return quiet(master) if select.select([master], [], [], 0.06)[0] else b""


SENT = {
    "down": "\x1b[B",
    "pagedown": "\x1b[6~",
    "pageup": "\x1b[5~",
    "right_square_bracket": "]",
    "left_square_bracket": "[",
    "enter": "\r",
    "escape": "\x1b",
    "space": " ",
    "plus": "+",
    "minus": "-",
    "asterisk": "*",
    "slash": "/",
    "exclamation_mark": "!",
    "question_mark": "?",
    "full_stop": ".",
    "comma": ",",
    "equals_sign": "=",
    "tab": "\t",
    "ctrl+p": "\x10",
}
"""The bytes that a terminal sends for a key with a name; a letter is itself."""
