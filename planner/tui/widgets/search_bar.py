"""The line in which one types what to search for; results are painted with every letter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from planner.tui.widgets.field import Field
from planner.tui.widgets.told import Told

if TYPE_CHECKING:
    from typing import ClassVar

    from textual.app import ComposeResult
    from textual.binding import BindingType


class SearchBar(Horizontal):
    """A field, and how much it finds. Escape belongs to the screen, which steps out by one."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("down,tab", "accept", show=False)]

    class Changed(Told[str]):
        """Other words."""

    class Accepted(Message):
        """The user goes on in the list."""

    def compose(self) -> ComposeResult:
        """A slash, the field, the count."""
        yield Static(Content.styled(" / ", "bold $blue"), id="slash")
        yield Field(hint="words of a title, a name, an abstract", id="words")
        yield Static(Content(""), id="hits")

    @property
    def field(self) -> Field:
        """Where one types."""
        return self.query_one("#words", Field)

    def say(self, hits: str) -> None:
        """Say how much was found; its width is fixed, so that no letter lays out the screen anew."""
        self.query_one("#hits", Static).update(Content.styled(f" {hits} ", "$dim"), layout=False)

    def on_mount(self) -> None:
        """See what is typed with the key itself: the field's own message comes after the letter is painted, a frame late."""
        self.watch(self.field, "value", self._typed, init=False)

    def _typed(self, words: str) -> None:
        self.post_message(self.Changed(words))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter goes on in the list."""
        event.stop()
        self.post_message(self.Accepted())

    def action_accept(self) -> None:
        """So does the arrow down."""
        self.post_message(self.Accepted())
