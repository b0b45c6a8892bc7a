"""What the modal screens have in common: a box with a title and its keys; Escape leaves without a value."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen

from planner.tui.screens.at_desk import Closing
from planner.tui.widgets.keys_line import clickable

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import ClassVar

    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.widget import Widget

Value = TypeVar("Value")


class Modal(Closing[Value], ModalScreen[Value | None], Generic[Value]):
    """A box over the screen that returns a value, or None when the user steps out."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", show=False)]
    HEADING = ""
    KEYS = "esc leave"

    def compose(self) -> ComposeResult:
        """The box around the parts."""
        with Vertical(id="box") as box:
            box.border_title = Content(f" {self.HEADING} ")
            box.border_subtitle = Content.assemble(" ", clickable(self.KEYS), " ")
            yield from self.parts()

    def parts(self) -> Iterable[Widget]:
        """What is in the box; a subclass puts it there."""
        return ()

    def action_leave(self) -> None:
        """Step out without a value."""
        self.dismiss(None)

    def below_changed(self) -> None:
        """The plan below is another now; a box that shows something of it shows it again."""

    def on_click(self, event: events.Click) -> None:
        """A click beside the box steps out."""
        if self.get_widget_at(event.screen_x, event.screen_y)[0] is self:
            self.dismiss(None)
