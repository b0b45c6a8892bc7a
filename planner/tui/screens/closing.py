"""A screen over another one closes once, and only when it is on top: Textual would close whatever is."""

from __future__ import annotations

from typing import TypeVar

from textual.await_complete import AwaitComplete
from textual.screen import Screen

Value = TypeVar("Value")


class Closing(Screen[Value | None]):
    """Two keys in one burst, a timer or a thread may ask a screen to close that is under a box, or closed already."""

    _held: tuple[Value | None] | None = None

    def dismiss(self, result: Value | None = None) -> AwaitComplete:
        """Close with a result: at once where it is on top, when it is on top again where a box is over it, never twice."""
        if self.is_active:
            return super().dismiss(result)
        if self in self.app.screen_stack:
            self._held = (result,)
        return AwaitComplete()

    def on_screen_resume(self) -> None:
        """The box is closed: close now where that was wanted meanwhile."""
        held, self._held = self._held, None
        if held is not None:
            self.call_later(self.dismiss, *held)
