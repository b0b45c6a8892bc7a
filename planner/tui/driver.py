"""The terminal's keys, read one at a time and no longer than the program runs.

Textual's own reader hands on all keys that are there at once, so that what is typed fast after a key that opens a field
(``/diffusion``) acts on the list before the field has the focus; here each key waits until the one before is done. And at the
end it waits 0.1 s for a key, and once more to be sure, before it sees that the program is over; this one is woken.
"""

from __future__ import annotations

import asyncio
import os
import select
import sys
import threading
from codecs import getincrementaldecoder
from typing import TYPE_CHECKING, Any

from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver
from textual.events import Key

if TYPE_CHECKING:
    from textual.message import Message

WAIT = 0.1
"""Seconds after which a lone escape is the key of that name and not the start of a sequence; Textual waits as long."""

TURN = 0.0005
"""Seconds after which a busy thread lets another one run: what is painted is written by a thread that would wait for 5 ms."""

DONE = 0.5
"""Seconds that a key is waited for at the most: what takes longer, such as reading a file, does so beside the keys."""

QUIET = 40
"""Turns of the event loop without a message after which a key is done: one may be on its way in a task of its own. 0.4 ms."""


class Driver(LinuxDriver):
    """Textual's driver for terminals of Unix; the thread that reads keys also listens to a pipe that ends it."""

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self._ended, self._end = os.pipe()
        self._over = False
        self._done = threading.Event()

    def start_application_mode(self) -> None:
        """Begin to read keys."""
        self._over = False
        sys.setswitchinterval(TURN)
        super().start_application_mode()  # type: ignore[no-untyped-call]  # it says no types

    def disable_input(self) -> None:
        """Stop reading keys, at once."""
        self._over = True
        self._done.set()
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
                text = decode(data)
                for event in parser.feed(text) if text else ():  # no text yet: a letter's bytes are still coming
                    self.process_message(event)
            for event in parser.tick():
                self.process_message(event)

    def process_message(self, message: Message) -> None:
        """Hand an event on; a key is waited for."""
        if self._over:
            return
        super().process_message(message)
        if isinstance(message, Key):
            self._done.clear()
            asyncio.run_coroutine_threadsafe(self._until_done(), self._loop)
            self._done.wait(DONE)

    async def _until_done(self) -> None:
        """Let the event loop turn until nothing that can answer to a key has a message."""
        app, quiet = self._app, 0
        while quiet < QUIET and not self._done.is_set():
            await asyncio.sleep(0)
            focused = app.focused
            pumps = (app, *app.screen_stack, *(focused.ancestors_with_self if focused is not None else ()))
            quiet = 0 if any(pump.message_queue_size for pump in pumps) else quiet + 1
        self._done.set()
