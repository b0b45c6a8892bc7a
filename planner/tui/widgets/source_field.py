"""The field for a path or an address, with what is there under it; what is pasted with its lines is a page by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from planner.text import clean
from planner.tui import paths
from planner.tui.widgets.choice_list import ChoiceLine, ChoiceList
from planner.tui.widgets.draw import content
from planner.tui.widgets.field import Field
from planner.tui.widgets.told import Told

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import ClassVar

    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType

PASTE = ":paste"
"""The key of the choice that opens the paste area; no path begins with a colon here."""


class PathField(Field):
    """A field that takes one line; several are posted as :class:`Pasted`."""

    class Pasted(Told[str]):
        """A page was pasted."""

    def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        lines = [one for one in event.text.splitlines() if one.strip()]
        if len(lines) > 1:
            self.post_message(self.Pasted(event.text))
        elif lines:
            self.replace(clean(lines[0]).strip(), *self.selection)


class Offers(ChoiceList, can_focus=False):
    """Choices of which none is chosen before the arrows went there."""

    GROUND = "ground"

    def offer(self, choices: Sequence[ChoiceLine]) -> None:
        """Show choices."""
        apart = [[ChoiceLine("", ""), one] if not one.key and number else [one] for number, one in enumerate(choices)]
        self.show([one for some in apart for one in some])
        self.cursor = -1
        self.scroll_home(animate=False)

    def step(self, by: int) -> None:
        """Move; above the first there is none."""
        before = self.cursor
        if by > 0 or before >= 0:
            self.action_step(by)
        if by < 0 and self.cursor == before:
            self.cursor = -1
            self.refresh()


class SourceField(Vertical):
    """Posts :class:`Chosen` for what is to be read, :class:`PasteWanted` for the paste area.

    Arrows move in the choices while the field keeps the focus, tab completes a path, enter reads.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "step(1)", show=False),
        Binding("up", "step(-1)", show=False),
        Binding("pagedown", "step(10)", show=False),
        Binding("pageup", "step(-10)", show=False),
        Binding("tab", "complete", show=False),
    ]

    class Chosen(Told[str]):
        """The user wants this read."""

    class PasteWanted(Message):
        """The user wants to paste or write the text of a page."""

    def __init__(self, known: Sequence[ChoiceLine], said: str = "", *, id: str | None = None) -> None:  # noqa: A002  (Textual's name)
        super().__init__(id=id)
        self.known = known
        self.said = said

    def compose(self) -> ComposeResult:
        """What is wanted, the field, what is said to it, the choices."""
        yield Static(Content.styled("A file, a folder or an address; a page can be pasted right here", "$dim"), id="wanted")
        yield PathField(self.said, hint="path or https://…", id="from")
        yield Static(Content(""), id="refused")
        yield Offers(self.known, id="offers")

    def on_mount(self) -> None:
        """What is there to be read."""
        self.offer(self.field.value)

    @property
    def field(self) -> PathField:
        """Where one types."""
        return self.query_one("#from", PathField)

    def refuse(self, words: str) -> None:
        """Say why it was not read; what was typed stays."""
        self.query_one("#refused", Static).update(content(words, "$clash") if words else Content(""))

    def offer(self, typed: str) -> None:
        """Offer what begins as typed, or what is known."""
        head = ChoiceLine("", "a page of your own")
        paste = ChoiceLine(PASTE, "Paste or write its text", "ctrl+t")
        found = [] if "://" in typed else paths.beginning(typed)
        here = [ChoiceLine("", "begins so" if typed else "in this folder"), *(ChoiceLine(one, one) for one in found)]
        self.query_one(Offers).offer([*([] if typed else [*self.known, head, paste]), *(here if found else ())])

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self.refuse("")
        self.offer(event.value)

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        key = self.query_one(Offers).key
        if key:
            self._choose(key)
        elif event.value.strip():
            self.post_message(self.Chosen(event.value))

    @on(ChoiceList.Chosen)
    def _clicked(self, event: ChoiceList.Chosen) -> None:
        event.stop()
        self._choose(event.said)

    def _choose(self, key: str) -> None:
        """A folder that was typed towards is gone into, all else is read."""
        if key == PASTE:
            self.post_message(self.PasteWanted())
        elif key.endswith("/") and key not in {one.key for one in self.known}:
            self._type(key)
        else:
            self.post_message(self.Chosen(key))

    def _type(self, words: str) -> None:
        self.field.value = words
        self.field.cursor_position = len(words)
        self.field.focus()

    def action_step(self, by: int) -> None:
        """Move in the choices; above the first is the field alone."""
        self.query_one(Offers).step(by)

    def action_complete(self) -> None:
        """Complete the path as far as it is sure, then step through what there is."""
        typed = self.field.value
        found = [] if "://" in typed else paths.beginning(typed)
        further = paths.completed(typed, found)
        if further != typed:
            self._type(further)
        elif found:
            self.action_step(1)
