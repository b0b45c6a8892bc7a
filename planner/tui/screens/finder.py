"""A field and a list that it narrows: the shape of the zone picker and of the palette of commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.binding import Binding
from textual.containers import Vertical
from textual.widgets import Input, Static

from planner.model import fold
from planner.tui.screens.modal import Modal
from planner.tui.widgets.choice_list import ChoiceLine, ChoiceList
from planner.tui.widgets.draw import content
from planner.tui.widgets.field import Field

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import ClassVar

    from textual.binding import BindingType
    from textual.widget import Widget

_LINES = 18
_AROUND = 7  # lines that the list leaves to its box, the field and what is around them


class Finder(Modal[str]):
    """Returns the key of a choice. The field keeps the focus while the arrows move in the list."""

    KEYS = "type to find · enter choose · esc leave"
    HINT = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "step(1)", show=False, priority=True),
        Binding("up", "step(-1)", show=False, priority=True),
        Binding("pagedown", "step(10)", show=False, priority=True),
        Binding("pageup", "step(-10)", show=False, priority=True),
    ]

    def choices_for(self, wanted: Sequence[str]) -> Sequence[ChoiceLine]:
        """The choices that answer to the folded words, all of them for no word; a subclass has some."""
        del wanted
        return ()

    def doubt(self, wanted: Sequence[str]) -> str:
        """Why none of the choices may be taken before one goes to it, in a sentence; empty where the first may."""
        del wanted
        return ""

    def parts(self) -> Iterable[Widget]:
        """The field, and the list, which gives way to what a subclass says to what is typed."""
        yield Field(hint=self.HINT, id="field")
        with Vertical(id="found"):
            yield Static(id="said")
            yield ChoiceList(id="choices")

    def on_mount(self) -> None:
        """All choices, for nothing is typed yet."""
        self.query_one("#field").styles.padding = (0, 2)
        self.query_one("#choices").styles.height = "1fr"
        self.query_one("#said").styles.padding = (0, 2, 1, 2)
        self.narrow(())

    def on_resize(self) -> None:
        """A list of always the same height, so that no letter moves the box; less where the terminal is lower."""
        self.query_one("#found").styles.height = min(_LINES, self.size.height - _AROUND)

    def narrow(self, wanted: Sequence[str]) -> None:
        """Show the choices that answer to the folded words, and say what there is to say to them."""
        words = self.doubt(wanted)
        found = self.choices_for(wanted) or [ChoiceLine("", "nothing found")]
        self.query_one(ChoiceList).show(found, chosen=not words)
        said = self.query_one("#said", Static)
        said.display = bool(words)
        said.update(content(words, "$dim"))

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self.narrow(fold(event.value).split())

    @on(Input.Submitted)
    def _entered(self) -> None:
        key = self.query_one(ChoiceList).key
        if key:
            self.dismiss(key)

    @on(ChoiceList.Chosen)
    def _chosen(self, event: ChoiceList.Chosen) -> None:
        self.dismiss(event.said)

    def action_step(self, by: int) -> None:
        """Move in the list."""
        self.query_one(ChoiceList).action_step(by)


def answers(words: str, wanted: Sequence[str]) -> bool:
    """Whether each wanted word begins a word."""
    there = fold(words).split()
    return all(any(word.startswith(want) for word in there) for want in wanted)
