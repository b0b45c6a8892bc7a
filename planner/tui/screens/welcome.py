"""The first start: the schedules that come with the program, or a path of one's own. Nobody meets an empty screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Input, Static

from planner.errors import PlannerError
from planner.tui.commands import BY_ID, bindings
from planner.tui.widgets.choice_list import Choice, ChoiceList
from planner.tui.widgets.draw import content
from planner.tui.widgets.field import Field

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.app import ComposeResult

    from planner.tui.desk import Services

PICTURE = (
    ("  20:00–20:30   ", "★★★  ", "a talk you must not miss", ""),
    ("  20:15–20:45   ", "★    ", "another, in the next room", "  ⚠ 15 min"),
)


class Welcome(Screen[None]):
    """Posts :class:`Read` once something was read."""

    class Read(Message):
        """Something was read; ``words`` say what."""

        def __init__(self, words: str) -> None:
            self.words = words
            super().__init__()

    BINDINGS = bindings("quit", "theme", "help")
    AUTO_FOCUS = "#offered"

    def __init__(self, services: Services, remapped: Mapping[str, str]) -> None:
        super().__init__()
        self.services = services
        self.remapped = remapped

    def compose(self) -> ComposeResult:
        """A greeting, the schedules, a field, and what went wrong."""
        with Vertical(id="hello"):
            yield Static(self._greeting())
            yield ChoiceList([Choice(path, name, "enter") for name, path in self.services.schedules], id="offered")
            yield Static(Content.styled("or a file, a folder or a saved page of your own", "$dim"), classes="label")
            yield Field(hint="path, then enter", id="field")
            yield Static(Content(""), id="said")
            yield Static(Content.styled("tab next field · T dark or light · ? keys · q leave", "$dim"), classes="label")

    def _greeting(self) -> Content:
        lines = [
            Content.styled("planner", "bold $blue"),
            Content("Read a conference's schedule, star talks, see what clashes,\nget the right hour in your calendar."),
            Content(""),
            *(
                Content.assemble((clock, "$dim"), (stars, "$star"), (title, "$ink"), (clash, "$clash"))
                for clock, stars, title, clash in PICTURE
            ),
            Content(""),
            Content.styled("Nothing is stored yet. Begin with a schedule that comes along", "$dim"),
        ]
        return Content("\n").join(lines)

    def on_mount(self) -> None:
        """Without schedules the field has the focus."""
        if not self.services.schedules:
            self.query_one("#field").focus()

    def on_choice_list_chosen(self, event: ChoiceList.Chosen) -> None:
        """Read a schedule that comes with the program."""
        self._read(event.key)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Read what the user names."""
        if event.value.strip():
            self._read(event.value.strip())

    def _read(self, source: str) -> None:
        self._say("Reading …", "$dim")
        self.call_after_refresh(self._read_now, source)

    def _read_now(self, source: str) -> None:
        try:
            words = self.services.read(source)
        except PlannerError as error:
            self._say(str(error), "$clash")
            return
        self.post_message(self.Read(words))

    def _say(self, words: str, style: str) -> None:
        self.query_one("#said", Static).update(content(words, style))

    def action_run(self, command: str | None) -> None:
        """Help lists every key; of its commands those that need no talk are done here."""
        if command == "help":
            from planner.tui.screens.help import Help

            self.app.push_screen(Help(self.remapped, BY_ID), self.action_run)
        elif command in {"quit", "theme"}:
            self.call_later(self.app.run_action, {"theme": "other_theme"}.get(command, command))
