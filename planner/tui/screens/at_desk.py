"""What every screen on the desk does: an eye on the clock and on the store, also under a box, and sentences for what fails.

A screen over another one closes once, and only when it is on top: Textual would close whatever is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

from textual.await_complete import AwaitComplete
from textual.screen import Screen

from planner.errors import PlannerError
from planner.tui.widgets.keys_line import KeysLine

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from planner.model import Mark
    from planner.tui.desk import Desk

TICK = 0.5
"""Seconds between two looks at the clock and at what another program wrote."""

BESIDE, BELOW = 112, 28
"""Columns from which the talk in full stands beside the list; with fewer it is below, from so many lines on, else folded."""

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
            self.call_later(self._close, *held)

    def _close(self, result: Value | None) -> None:
        """Close; a screen that waited for that itself would wait for ever, which Textual refuses with an error."""
        self.dismiss(result)


class AtDesk(Screen[Value], Generic[Value]):
    """A screen that shows what the desk has. A subclass draws itself in ``renew`` and goes away in ``emptied``."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (BESIDE, "-broad")]  # noqa: RUF012  (declared so by Textual)
    VERTICAL_BREAKPOINTS = [(0, "-low"), (BELOW, "-high")]  # noqa: RUF012
    desk: Desk
    _flat = False
    _minute = ""
    _failing = False
    _empty = False

    def renew(self) -> None:
        """Draw all again: the minute changed, or another program wrote; a subclass does."""

    def emptied(self) -> None:
        """Another program took back all that was stored; a subclass gives way."""

    def refresh_talk(self) -> None:
        """Draw the talk under the cursor again; a subclass that shows one does."""

    @property
    def flat(self) -> bool:
        """Whether the talk in full is below the list, in lines that are long and few."""
        width, height = self.app.size
        return width < BESIDE and height >= BELOW and not self.has_class("-reading")

    def on_resize(self) -> None:
        """What stands below the list has other lines than what stands beside it."""
        if self.flat is not self._flat:
            self._flat = self.flat
            self.refresh_talk()

    # The clock and the store

    def begin_to_look(self) -> None:
        """Begin to look, with what is drawn now."""
        self._minute = self.desk.now().strftime("%d %H:%M")
        self.set_interval(TICK, self.look)

    @property
    def uppermost(self) -> bool:
        """Whether no other screen on the desk is over it; boxes may be."""
        return next((one for one in reversed(self.app.screen_stack) if isinstance(one, AtDesk)), None) is self

    def look(self) -> None:
        """See whether another program wrote or the minute changed, where the screen is seen; under a box, too."""
        if not self._minute or not self.uppermost:
            return
        try:
            changed = self.desk.changed_elsewhere()
        except PlannerError as error:
            if not self._failing:
                self.notify(str(error), severity="error", markup=False, timeout=10)
            self._failing = True
            return
        self._failing = False
        self._empty = self._empty or (changed and not self.desk.plan.conferences)
        minute = self.desk.now().strftime("%d %H:%M")
        if self._empty:
            if self.is_active:  # not from under a box, whose answer is still to come
                self.emptied()
            elif changed:
                self._tell_the_box()
        elif changed or minute != self._minute:
            self._minute = minute
            self.renew()
            self._tell_the_box()

    def _tell_the_box(self) -> None:
        """Let the box over this screen, where there is one, show what it shows of the plan again."""
        if not self.is_active:
            from planner.tui.screens.modal import Modal  # the Schedule opens without boxes

            over = self.app.screen
            if isinstance(over, Modal):
                over.below_changed()

    def on_screen_suspend(self) -> None:
        """A box is over it: its keys are the box's now."""
        self.query(KeysLine).refresh()

    def on_screen_resume(self) -> None:
        """The keys are this screen's again, and what was missed meanwhile is shown at once."""
        self.query(KeysLine).refresh()
        self.look()

    # What may fail

    def attempt(self, change: Callable[[], object], uid: str = "") -> bool:
        """Do what may fail with a sentence, which is shown; so is what the change takes away from the mark on a talk."""
        before = self.desk.plan.mark(uid)
        try:
            change()
        except PlannerError as error:
            self.notify(str(error), severity="error", markup=False, timeout=10)
            return False
        said = lost(before, self.desk.plan.mark(uid))
        if said:
            self.notify(f"{said}; u takes it back.", markup=False, timeout=4)
        return True

    def asking(self, question: Callable[[], Any], otherwise: Any) -> Any:
        """What the store answers; where it fails that is shown once, and ``otherwise`` is the answer."""
        try:
            return question()
        except PlannerError as error:
            self.notify(str(error), severity="error", markup=False, timeout=10)
            return otherwise


def lost(before: Mark, after: Mark) -> str:
    """What a mark no longer has, in words; empty where it has all that it had."""
    if before.starred and not after.starred:
        return "No longer starred, nor rated" if before.rating else "No longer starred"
    return "The note is taken away" if before.note and not after.note else ""
