"""The first start: the schedules that come with the program, or a path of one's own. Nobody meets an empty screen."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual import events
from textual.containers import Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, Static

from planner.errors import PlannerError
from planner.intake import Asked, Source, pasted, words
from planner.tui.commands import BY_ID, bindings, keys_of
from planner.tui.errand import Errand
from planner.tui.widgets.choice_list import ChoiceLine, ChoiceList
from planner.tui.widgets.draw import content
from planner.tui.widgets.keys_line import KeysLine
from planner.tui.widgets.source_field import PathField
from planner.tui.widgets.told import Told

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from textual.app import ComposeResult

    from planner.intake.importer import Importer
    from planner.tui.desk import Services

PICTURE = (
    ("  20:00–20:30   ", "★★★  ", "a talk you must not miss", ""),
    ("  20:15–20:45   ", "★    ", "another, in the next room", "  ⚠ 15 min"),
)


OTHER = ":other"
"""The key of the choice that opens the Import screen."""


class Welcome(Screen[None]):
    """Keeps a schedule that comes along at once and posts :class:`Read`; whatever else is named it posts as :class:`Named`."""

    class Read(Told[str]):
        """Something was read and kept: what, in words."""

    class Named(Told[str | Source]):
        """The user named a path or an address, or pasted a page: it is to be shown before it is kept. Empty to be asked."""

    BINDINGS = bindings("quit", "theme", "help", "import", "back")
    AUTO_FOCUS = "#offered"

    def __init__(self, services: Services, remapped: Mapping[str, str]) -> None:
        super().__init__()
        self.services = services
        self.remapped = remapped
        self.errand: Errand | None = None

    def compose(self) -> ComposeResult:
        """A greeting, the schedules, a field, and what went wrong."""
        along = [ChoiceLine(path, name, "enter") for name, path in self.services.schedules]
        with Vertical(id="hello"):
            yield Static(self._greeting())
            yield ChoiceList([*along, ChoiceLine(OTHER, "Something else: look for it, or paste a page", "i")], id="offered")
            yield Static(Content.styled("or a file, a folder or an address of your own", "$dim"), classes="label")
            yield PathField(hint="path or https://…, then enter", id="field")
            yield Static(Content(""), id="said")
        yield KeysLine(id="keys")

    def _greeting(self) -> Content:
        lines = [
            Content.styled("planner", "bold $blue"),
            Content("Read a schedule, star talks, see what clashes,\nand have the right hour in your calendar."),
            Content(""),
            *(
                Content.assemble((clock, "$dim"), (stars, "$star"), (title, "$ink"), (clash, "$clash"))
                for clock, stars, title, clash in PICTURE
            ),
            Content(""),
            Content.styled("Nothing is stored yet. Begin with one that comes along", "$dim"),
        ]
        return Content("\n").join(lines)

    def on_mount(self) -> None:
        """Without schedules the field has the focus."""
        self.query_one(KeysLine).styles.dock = "bottom"
        if not self.services.schedules:
            self.query_one("#field").focus()

    def on_descendant_focus(self) -> None:
        """The keys that matter where the focus is; in the field a letter is a letter."""
        typing = isinstance(self.focused, PathField)
        enter = ("", "enter", "show what is there" if typing else "begin with it", 0)
        ids = {"help": "keys", "quit": "leave"} if typing else {"help": "keys", "theme": "dark or light", "quit": "leave"}
        entries = [enter, ("", "tab", "to the list" if typing else "to the field", 1)]
        for id_, label in ids.items():
            signs = [sign for sign in keys_of(BY_ID[id_], self.remapped) if len(sign) > 1 or not typing]
            entries += [(id_, sign, label, 2) for sign in signs[:1]]
        self.query_one(KeysLine).show(entries)

    def on_keys_line_pressed(self, event: KeysLine.Pressed) -> None:
        """A click on a key is the key."""
        self.action_run(event.said)

    def on_choice_list_chosen(self, event: ChoiceList.Chosen) -> None:
        """Read a schedule that comes with the program, or go on to the Import screen."""
        if event.said == OTHER:
            self.post_message(self.Named(""))
        elif self.errand is None:
            self._say("Reading …", "$dim")
            self.errand = Errand(self, partial(_taken_in, self.services.importer, event.said))
            self.errand.start()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Show what the user names."""
        if event.value.strip():
            self.post_message(self.Named(event.value))

    def on_path_field_pasted(self, event: PathField.Pasted) -> None:
        """Show what the user pasted."""
        self.post_message(self.Named(pasted(event.said)))

    def on_paste(self, event: events.Paste) -> None:
        """What is pasted beside the field goes into it: a path stays there, a page is shown."""
        event.stop()
        field = self.query_one(PathField)
        field.focus()
        field.post_message(events.Paste(event.text))

    def on_errand_said(self, message: Errand.Said) -> None:
        """How far it is."""
        self._say(f"{message.words[:1].upper()}{message.words[1:]} …", "$dim")

    def on_errand_done(self, message: Errand.Done) -> None:
        """It is kept, or was refused."""
        self.errand = None
        if message.failure is None:
            self.post_message(self.Read(str(message.result)))
        elif isinstance(message.failure, PlannerError):
            self._say(str(message.failure), "$clash")
        else:
            raise message.failure

    def _say(self, words: str, style: str) -> None:
        self.query_one("#said", Static).update(content(words, style))

    def action_run(self, command: str | None) -> None:
        """Help lists every key; of its commands those that need no talk are done here."""
        if command == "help":
            from planner.tui.screens.help import Help

            self.app.push_screen(Help(self.remapped, [id_ for id_, one in BY_ID.items() if not one.where]), self.action_run)
        elif command == "import":
            self.post_message(self.Named(""))
        elif command == "back":
            self.query_one("#offered").focus()
        elif command in {"quit", "theme"}:
            self.call_later(self.app.run_action, {"theme": "other_theme"}.get(command, command))


def _taken_in(importer: Importer, path: str, tell: Callable[[str], None]) -> str:
    """Read and keep what comes along, and say what it is; the first refusal is raised."""
    kept = importer.keep(importer.read([path], Asked(), tell))
    for one in kept:
        if one.error is not None:
            raise one.error
    return "; ".join(f"{one.reading.conference.name}: {words.counted(one.reading)}" for one in kept if one.reading)
