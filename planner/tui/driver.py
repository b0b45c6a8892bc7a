"""The terminal's keys, read so that leaving is immediate.

Textual's own reader waits 0.1 s for a key, and once more to be sure, before it sees that the program ends: a fifth of a second
between ``q`` and the shell. This one is woken.
"""

from __future__ import annotations

import os
import select
from codecs import getincrementaldecoder
from typing import Any

from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver

WAIT = 0.1
"""Seconds after which a lone escape is the key of that name and not the start of a sequence; Textual waits as long."""


class Driver(LinuxDriver):
    """Textual's driver for terminals of Unix; the thread that reads keys also listens to a pipe that ends it."""

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self._ended, self._end = os.pipe()

    def disable_input(self) -> None:
        """Stop reading keys, at once."""
        if self._key_thread is not None and self._key_thread.is_alive():
            os.write(self._end, b"\0")
        super().disable_input()

    def run_input_thread(self) -> None:
        """Turn what the terminal sends into events, until the pipe says that it is over or the terminal is gone."""
        parser, decode = XTermParser(self._debug), getincrementaldecoder("utf-8")("replace").decode
        while True:
            ready, _, _ = select.select((self.fileno, self._ended), (), (), WAIT)
            if self._ended in ready:
                os.read(self._ended, 1)
                return
            if ready:
                try:
                    data = os.read(self.fileno, 4096)
                except OSError:
                    data = b""
                if not data:
                    self._app.call_later(self._app.exit)
                    return
                for event in parser.feed(decode(data)):
                    self.process_message(event)
            for event in parser.tick():
                self.process_message(event)
