"""Work that takes long, in a thread of its own: the screen goes on meanwhile, is told how far it is, and may call it off."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.message_pump import MessagePump


class CalledOff(Exception):  # noqa: N818  (no error: the user wanted it)
    """The work is not wanted any more; what it is told goes nowhere, and it ends at its next word."""


class Errand:
    """One piece of work for a screen or widget, to which it posts :class:`Said` and at its end :class:`Done`.

    ``work`` is given a function to which it tells in words how far it is. The thread dies with the program, which therefore
    never waits for a slow server.
    """

    class Said(Message):
        """How far it is, in words."""

        def __init__(self, errand: Errand, words: str) -> None:
            self.errand = errand
            self.words = words
            super().__init__()

    class Done(Message):
        """It is done: ``result`` is what the work returned, ``failure`` what it raised in its place."""

        def __init__(self, errand: Errand, result: object, failure: Exception | None) -> None:
            self.errand = errand
            self.result = result
            self.failure = failure
            super().__init__()

    def __init__(self, owner: MessagePump, work: Callable[[Callable[[str], None]], object]) -> None:
        self.owner = owner
        self.work = work
        self._off = threading.Event()

    def start(self) -> Errand:
        """Begin."""
        threading.Thread(target=self._run, daemon=True).start()
        return self

    def call_off(self) -> None:
        """Stop it at its next word, and hear nothing more of it."""
        self._off.set()

    def _tell(self, words: str) -> None:
        if self._off.is_set():
            raise CalledOff
        self.owner.post_message(self.Said(self, words))

    def _run(self) -> None:
        result: object = None
        failure: Exception | None = None
        try:
            result = self.work(self._tell)
        except CalledOff:
            return
        except Exception as error:  # noqa: BLE001  (whatever it is, it is raised where the screen is)
            failure = error
        if not self._off.is_set():
            self.owner.post_message(self.Done(self, result, failure))
