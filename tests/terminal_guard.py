"""What a program wrote to a terminal, and what of it a payload would have put there."""

from __future__ import annotations

import base64
import os
import re
import select
import subprocess
import sys
import termios
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

PATIENCE = 60
"""Seconds after which a program that says nothing hangs; a guard only."""

_ESCAPE = re.compile(r"\x1b(?:\[([0-9:;<=>?]*)([ -/]*[@-~])|(.))", re.DOTALL)
_SINGLE = "78=>M"  # save and restore the cursor, the keypad, a line up: what terminals programs say themselves
_POINTER = re.compile("\x1b\\]22;[a-z-]*\x07")  # Textual sets the pointer's shape at each of its own
_COPIED = re.compile("\x1b\\]52;c;([A-Za-z0-9+/=]*)\x07")  # what a user copied: what it says is looked at, too
_FORBIDDEN = {
    "C1": re.compile("[\x80-\x9f]"),
    "bidirectional override": re.compile("[\u202a-\u202e\u2066-\u2069]"),
    "line separator": re.compile("[\u2028\u2029]"),
    "control sign": re.compile("[\x00-\x06\x0b\x0c\x0e-\x1a\x1c-\x1f\x7f]"),
    "backspace": re.compile("\x08"),
}


def broken(data: bytes, *, screen: bool = False, colour: bool = False) -> list[str]:
    """What in the bytes that reached a terminal a payload put there, in words.

    A ``screen`` may place its cursor, colour its text and set modes; a command may only write lines, with ``colour`` in
    colours. Neither may name the terminal, write its clipboard, link, ask, reset, or return to a line's beginning.
    """
    text = data.decode(errors="replace")
    if screen:
        text = _COPIED.sub(_what_was_copied, _POINTER.sub("", text))
    found = [f"{what} {sign[0]!r}" for what, pattern in _FORBIDDEN.items() for sign in pattern.finditer(text)]
    for match in _ESCAPE.finditer(text):
        parameters, last, single = match.groups()
        if single is not None:
            if not screen or single not in _SINGLE:
                found.append(f"escape {text[match.start() : match.start() + 20]!r}")
        elif "4242" in parameters:
            found.append(f"a payload's own sequence {match[0]!r}")
        elif not screen and not (colour and last == "m"):
            found.append(f"sequence {match[0]!r}")
    if not screen and re.search(r"\r(?!\n|\r\n)", text):
        found.append("return")
    return found


def _what_was_copied(found: re.Match[str]) -> str:
    """The text in the place of the sequence that copies it, but for a payload's own."""
    return found[0] if found[1] == "Q0FOQVJZ" else f"\n{base64.b64decode(found[1]).decode()}\n"


def in_terminal(command: Sequence[str | bytes | Path], **environ: str) -> tuple[int, bytes]:
    """Run a command with a pseudo-terminal for its three streams: exit code and all that it wrote."""
    master, slave = os.openpty()
    termios.tcsetwinsize(slave, (24, 80))
    process = subprocess.Popen(
        command, stdin=slave, stdout=slave, stderr=slave, env={**os.environ, "TERM": "xterm-256color", **environ}
    )
    os.close(slave)
    got = b""
    try:
        while select.select([master], [], [], PATIENCE)[0]:
            try:
                piece = os.read(master, 65536)
            except OSError:  # on Linux the end of a terminal is EIO
                break
            if not piece:
                break
            got += piece
        return process.wait(PATIENCE), got
    finally:
        process.kill()
        process.wait()
        os.close(master)


def command_line(*words: object) -> list[str | bytes]:
    """The program started as its user starts it."""
    said: list[str | bytes] = [sys.executable, "-m", "planner"]
    return said + [word if isinstance(word, bytes) else str(word) for word in words]
