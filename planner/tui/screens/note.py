"""The note on a talk: a field of a few lines; Enter keeps it, Escape leaves it as it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.message import Message
from textual.widgets import Static, TextArea

from planner.text import clean
from planner.tui.screens.modal import Modal
from planner.tui.widgets.draw import content

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import ClassVar

    from textual import events
    from textual.binding import BindingType
    from textual.widget import Widget


class NoteField(TextArea):
    """A text field in which Enter is done and ctrl+j (shift+enter where the terminal tells it) begins a line."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+j,shift+enter", "insert_line", show=False)]

    class Done(Message):
        """The note is written."""

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "enter":
            event.stop()
            event.prevent_default()
            self.post_message(self.Done())
            return
        await super()._on_key(event)

    def action_insert_line(self) -> None:
        """Begin a line."""
        self.insert("\n")


class NoteEditor(Modal[str]):
    """Returns the text of the note; an empty one takes the note away."""

    HEADING = "Note"
    KEYS = "enter keep · ctrl+j new line · esc leave it"

    def __init__(self, title: str, note: str) -> None:
        super().__init__()
        self.talk_title = title
        self.note = note

    def parts(self) -> Iterable[Widget]:
        """The talk's title and the field."""
        yield Static(content(self.talk_title, "$dim"), id="about")
        field = NoteField(clean(self.note, lines=True), soft_wrap=True, id="note")
        field.cursor_blink = False
        field.highlight_cursor_line = False
        field.move_cursor(field.document.end)
        yield field

    def on_note_field_done(self) -> None:
        """Return what is written."""
        self.dismiss(clean(self.query_one(NoteField).text, lines=True))
