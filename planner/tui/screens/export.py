"""Export: where to, which talks, and what will be written, before it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from textual import on
from textual.binding import Binding
from textual.content import Content
from textual.widgets import Input, Static

from planner.tui.screens.modal import Modal
from planner.tui.widgets.choice_list import Choice, ChoiceList
from planner.tui.widgets.draw import content
from planner.tui.widgets.field import Field

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import ClassVar

    from textual.binding import BindingType
    from textual.widget import Widget


class Wanted(NamedTuple):
    """What the user wants written: the file and the scope (starred, going or all)."""

    path: str
    scope: str


class ExportDialog(Modal[Wanted]):
    """Returns the file and the scope; ``preview`` tells the lines that a path and a scope would give, head first."""

    HEADING = "Export to a calendar"
    KEYS = "tab next field · space choose · enter write · esc leave"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "write", show=False, priority=True)]
    SCOPES = (
        ("starred", "starred", "starred and not skipped"),
        ("going", "going", "only what you said you go to"),
        ("all", "all", "the whole conference"),
    )

    def __init__(self, path: str, preview: Callable[[str, str], Sequence[str]]) -> None:
        super().__init__()
        self.path = path
        self.scope = "starred"
        self.preview = preview

    def parts(self) -> Iterable[Widget]:
        """The file, the scope, and what will be written."""
        yield Static(Content("file"), id="first")
        yield Field(self.path, id="field")
        yield Static(Content("talks"), classes="label")
        yield ChoiceList(self._choices(), id="scopes")
        yield Static(Content("what will be written"), classes="label")
        yield Static(Content(""), id="preview")

    def on_mount(self) -> None:
        """The first preview."""
        self._show()

    def _choices(self) -> list[Choice]:
        return [Choice(key, words, more, on=key == self.scope) for key, words, more in self.SCOPES]

    @on(ChoiceList.Chosen)
    def _chose(self, event: ChoiceList.Chosen) -> None:
        self.scope = event.key
        self.query_one(ChoiceList).tick(self._choices())
        self._show()

    @on(Input.Changed)
    def _typed(self) -> None:
        self._show()

    def action_write(self) -> None:
        """Return what is wanted; an empty file name is nothing to write to."""
        path = self.query_one("#field", Field).value.strip()
        if path:
            self.dismiss(Wanted(path, self.scope))

    def _show(self) -> None:
        head, *rest = self.preview(self.query_one("#field", Field).value.strip(), self.scope)
        lines = [content(head, "bold $ink"), *(content(one, "$dim") for one in rest)]
        self.query_one("#preview", Static).update(Content("\n").join(lines))
