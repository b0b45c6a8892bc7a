"""The program in a pseudo-terminal, and what a terminal (pyte) makes of the bytes that it prints: the tests look at that."""

from __future__ import annotations

import os
import select
import sys
import time
from typing import TYPE_CHECKING, Self

import pexpect  # type: ignore[import-untyped]  # it has no types of its own
import pyte

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

PATIENCE = 60.0
"""Seconds after which what does not come will not come; a guard, no measure."""

KEYS = {
    "enter": "\r",
    "escape": "\x1b",
    "tab": "\t",
    "down": "\x1b[B",
    "up": "\x1b[A",
    "left": "\x1b[D",
    "right": "\x1b[C",
    "f1": "\x1bOP",
}


class Terminal:
    """``planner WORDS…`` in a terminal of some columns and rows; leaving the block ends it."""

    def __init__(self, *words: str, columns: int, rows: int, environ: Mapping[str, str] | None = None) -> None:
        self.screen = pyte.Screen(columns, rows)
        self.stream = pyte.ByteStream(self.screen)
        self.raw = b""
        known = ("PATH", "HOME", "LANG", "PYTHONPATH", "COVERAGE_")
        kept = {name: value for name, value in os.environ.items() if name.startswith(known)}
        self.child = pexpect.spawn(
            sys.executable,
            ["-m", "planner", *words],
            dimensions=(rows, columns),
            env={**kept, "TERM": "xterm-256color", "LANG": "C.UTF-8", "TEXTUAL_ANIMATIONS": "none", **(environ or {})},
            timeout=PATIENCE,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.child.close(force=True)

    def read(self, seconds: float = 0.05) -> bool:
        """Take in what was printed, if something comes within the time; whether something came."""
        try:
            data: bytes = self.child.read_nonblocking(1 << 16, timeout=seconds)
        except pexpect.TIMEOUT:
            return False
        except pexpect.EOF:
            return False
        self.raw += data
        self.stream.feed(data)
        return True

    @property
    def text(self) -> str:
        """What the screen shows, line by line."""
        return "\n".join(line.rstrip() for line in self.screen.display)

    def until(self, true: Callable[[str], bool], what: str = "") -> str:
        """Wait until something is true of the screen's text, and give that text."""
        deadline = time.monotonic() + PATIENCE
        while not true(self.text):
            if not self.read() and (time.monotonic() > deadline or not self.child.isalive()):
                raise AssertionError(f"{what or 'what was waited for'} did not come; the screen shows\n{self.text}")
        return self.text

    def shows(self, *words: str) -> str:
        """Wait until the screen says all the words."""
        return self.until(lambda text: all(word in text for word in words), " and ".join(words))

    def hides(self, *words: str) -> str:
        """Wait until the screen says none of the words."""
        return self.until(lambda text: not any(word in text for word in words), f"the end of {' and '.join(words)}")

    def press(self, *keys: str) -> None:
        """Press keys by name, or type signs."""
        for key in keys:
            self.child.send(KEYS.get(key, key))

    def resize(self, columns: int, rows: int) -> None:
        """Make the window another size."""
        self.screen.resize(rows, columns)
        self.child.setwinsize(rows, columns)

    def goes_away(self) -> bool:
        """Close the window; whether that ends the program."""
        self.child.ptyproc.fileobj.close()
        deadline = time.monotonic() + PATIENCE
        while self.child.ptyproc.isalive() and time.monotonic() < deadline:
            select.select((), (), (), 0.01)
        return not self.child.ptyproc.isalive()

    def ends(self) -> int | None:
        """Wait until the program is over; its exit code."""
        while self.read(PATIENCE):
            pass
        self.child.wait()
        code: int | None = self.child.exitstatus
        return code
