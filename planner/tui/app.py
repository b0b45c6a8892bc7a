"""The application: its themes, its keymap, and which screen comes first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import App

from planner.tui.desk import Desk, Services
from planner.tui.screens.schedule import Schedule
from planner.tui.screens.welcome import Welcome
from planner.tui.themes import DARK, THEMES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from planner.settings import Settings
    from planner.store import Store


class PlannerApp(App[None]):
    """The terminal UI over a store.

    ``now`` gives the instant in UTC, ``schedules`` are names and paths of the schedules that come with the program,
    ``import_source(source)`` reads and stores a file, folder or URL and says in a sentence what it understood.
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
        import_source: Callable[[str], str],
    ) -> None:
        super().__init__()
        self.store = store
        self.settings = settings
        self.now = now
        for theme in THEMES.values():
            self.register_theme(theme)
        self.theme = THEMES.get(self.settings.theme or "dark", DARK).name
        self.services = Services(import_source, schedules)

    def on_mount(self) -> None:
        """The first screen: the schedule, or the welcome where nothing is stored."""
        self.set_keymap(dict(self.settings.keys))
        if self.store.conferences():
            self.open_schedule()
        else:
            self.open_welcome()

    def open_welcome(self, _left: object = None) -> None:
        """Offer what could be read first."""
        self.push_screen(Welcome(self.services), self.open_schedule)

    def open_schedule(self, _read: object = None) -> None:
        """Show what is stored."""
        desk = Desk(self.store, self.settings.zone or "UTC", self.now, alarm=self.settings.alarm)
        self.push_screen(Schedule(desk, self.services, dict(self.settings.keys)), self.open_welcome)

    def action_other_theme(self) -> None:
        """Dark, or light."""
        self.theme = next(theme.name for theme in THEMES.values() if theme.name != self.theme)
