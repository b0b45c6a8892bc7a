"""The application: its themes, its keymap, and which screen comes first."""

from __future__ import annotations

import gc
import os
from typing import TYPE_CHECKING

from textual.app import App
from textual.events import Paste

from planner.intake.importer import Importer
from planner.text import harmless
from planner.tui.commands import key_sign
from planner.tui.desk import Desk, Services
from planner.tui.screens.schedule import Schedule
from planner.tui.themes import DARK, THEMES
from planner.tui.widgets.draw import cut

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from textual.events import Event
    from textual.notifications import SeverityLevel
    from textual.screen import Screen

    from planner.settings import Settings
    from planner.store import Store
    from planner.tui.driver import Driver
    from planner.tui.opening import Opening
    from planner.tui.screens.welcome import Welcome

LONGEST = 200
"""Cells of what is said in a corner of the screen: a sentence, six lines of a small terminal."""


def settle() -> None:
    """Look for reference cycles only in what comes from now on: a tenth of a second less at the end, and no pause at a key.

    Every line that Textual drew is in a cycle with what it was cut into, so they are looked for more often: 1 MiB less.
    """
    gc.freeze()
    gc.enable()
    gc.set_threshold(2000, 10, 3)


def _driver() -> type[Driver] | None:
    """The driver for terminals of Unix; None leaves the choice to Textual."""
    if os.name != "posix":
        return None
    from planner.tui.driver import Driver

    return Driver


class PlannerApp(App[None]):
    """The terminal UI over a store.

    The store is read when the app is made, so that its failure is told like any command's. ``now`` gives the instant in UTC,
    ``schedules`` are names and paths of the schedules that come with the program, ``importer`` reads and keeps others (None:
    into the same data folder). ``first`` is what was read already.
    """

    TITLE = "planner"
    CSS_PATH = "planner.tcss"
    ENABLE_COMMAND_PALETTE = False

    def __init__(
        self,
        store: Store,
        settings: Settings,
        *,
        now: Callable[[], datetime],
        schedules: Sequence[tuple[str, str]],
        importer: Importer | None = None,
        first: Opening | None = None,
    ) -> None:
        super().__init__(driver_class=_driver())
        self.store = store
        self.settings = settings
        for theme in THEMES.values():
            self.register_theme(theme)
        self._styled = THEMES.get(self.settings.theme or "dark", DARK).name
        self.set_reactive(PlannerApp.theme, self._styled)
        self.stylesheet.set_variables(self.get_css_variables())
        self.desk = Desk(
            store,
            settings.zone or "UTC",
            now,
            alarm=settings.alarm,
            needs=settings.walking_seconds,
            hours=settings.day_hours,
            first=first,
        )
        self.services = Services(importer or Importer(settings.home, now), schedules, settings.home)

    async def on_event(self, event: Event) -> None:
        """Let what is pasted reach a field only without what the terminal would obey: fields show what they hold as it is."""
        if isinstance(event, Paste):
            event.text = harmless(event.text)
        await super().on_event(event)

    def copy_to_clipboard(self, text: str) -> None:
        """Copy a text; what is copied is pasted into terminals, too."""
        super().copy_to_clipboard(harmless(text))

    def on_ready(self) -> None:
        """What is there stays: Python need not look through it for reference cycles, now or when the program ends."""
        self.call_after_refresh(settle)

    def get_default_screen(self) -> Screen[None]:
        """The first screen: the schedule, or the welcome where nothing is stored."""
        self.set_keymap(dict(self.settings.keys))
        if self.desk.plan.conferences:
            return Schedule(self.desk, self.services, dict(self.settings.keys))
        from planner.tui.screens.welcome import Welcome  # its list and field, 10 ms, only at the first start

        return Welcome(self.services, dict(self.settings.keys))

    def on_welcome_read(self, message: Welcome.Read) -> None:
        """Something was read: show it, and say what it was."""
        self.desk.load(self.desk.plan.zone)
        self.push_screen(self.get_default_screen())
        self.notify(message.said, markup=False, timeout=8)

    def on_welcome_named(self, message: Welcome.Named) -> None:
        """Show what is named before it is kept; once something is, it is the first schedule."""
        from planner.tui.screens.importing import Import

        def back(_left: object) -> None:
            if self.desk.plan.conferences:
                self.push_screen(self.get_default_screen())

        keys = dict(self.settings.keys)
        self.push_screen(Import(self.desk, self.services, keys, said=message.said), back)

    def on_schedule_emptied(self) -> None:
        """The last conference is gone (its import was taken back): offer what could be read."""
        self.push_screen(self.get_default_screen())

    def refresh_css(self, animate: bool = True) -> None:
        """Read the rules again after another theme was chosen; at the start they are read with its colours already (20 ms)."""
        if self.theme != self._styled:
            self._styled = self.theme
            super().refresh_css(animate=animate)

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = False,  # noqa: ARG002  (a screen says True where nothing is said)
    ) -> None:
        """Say something in place of what was said before: several would cover the list of a small terminal.

        Names and titles may be in it: nothing of it is markup, and nothing a sign that a terminal obeys.
        """
        self.clear_notifications()
        super().notify(cut(harmless(message), LONGEST), title=title, severity=severity, timeout=timeout, markup=False)

    def action_help_quit(self) -> None:
        """Ctrl+C copies in a field and ends nothing: say which key does, another one where letters are typed."""
        leaves = (key for key, here in self.active_bindings.items() if here.binding.action in {"quit", "run('quit')"})
        self.notify(f"{key_sign(next(leaves, 'ctrl+q'))} leaves the program.", timeout=4)

    def action_other_theme(self) -> None:
        """Dark, or light."""
        self.theme = next(theme.name for theme in THEMES.values() if theme.name != self.theme)
