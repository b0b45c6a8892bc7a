"""Export: where to, which talks, in which format, and what will be written, before it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from textual import on
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, Static

from planner.export import form_of
from planner.tui import exporting
from planner.tui.screens.modal import Modal
from planner.tui.widgets.choice_list import ChoiceLine, ChoiceList
from planner.tui.widgets.draw import content
from planner.tui.widgets.field import Field

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from typing import ClassVar

    from textual.binding import BindingType
    from textual.widget import Widget

_ROOM = 72  # columns from which the scopes are explained
_LEFT, _NARROW_LEFT = 40, 20  # cells of the scopes
_PREVIEW = 6  # lines of the preview
_AROUND = 16  # lines of the box besides it


class Wanted(NamedTuple):
    """What the user wants written: the file or folder, the scope (starred, going or all) and the format."""

    path: str
    scope: str
    form: str


class ExportDialog(Modal[Wanted]):
    """Returns what was written; ``preview`` tells the lines that a path, a scope and a format would give, head first.

    ``write`` writes what is wanted and tells whether it could: where not, the box stays for another name. The ending of the
    name and the format follow each other.
    """

    HEADING = "Export"
    KEYS = "tab next · space choose · enter write · esc leave"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "write", show=False, priority=True)]
    DEFAULT_CSS = """
    ExportDialog #which { height: 8; }
    ExportDialog #left { padding: 0 2 0 0; }
    ExportDialog #forms { height: 6; }
    """
    PARTS: ClassVar[Mapping[str, str]] = {"field": "file or folder", "scopes": "talks", "forms": "as"}
    SCOPES = (
        ("starred", "starred", "starred and not skipped"),
        ("going", "going", "what you said you go to"),
        ("all", "all", "the whole conference"),
    )
    FORMS = (
        ("ics", "calendar", "a file"),
        ("vdir", "calendar", "a folder"),
        ("html", "page", "to read, print"),
        ("markdown", "Markdown", ""),
        ("csv", "CSV", ""),
        ("json", "JSON", ""),
    )

    def __init__(self, path: str, preview: Callable[[str, str, str], Sequence[str]], write: Callable[[Wanted], bool]) -> None:
        super().__init__()
        self.path = path
        self.scope = "starred"
        self.form = "ics"
        self.preview = preview
        self.write = write

    def parts(self) -> Iterable[Widget]:
        """The file, the scope and the format side by side, and what will be written."""
        yield Static(id="first")
        yield Field(self.path, id="field")
        with Horizontal(id="which"):
            with Vertical(id="left"):
                yield Static(classes="label")
                yield ChoiceList(self._scopes(), id="scopes")
            with Vertical():
                yield Static(classes="label")
                yield ChoiceList(self._forms(), id="forms")
        yield Static(Content("  what will be written"), classes="label")
        yield Static(Content(""), id="preview")

    def on_mount(self) -> None:
        """The first preview."""
        for id_ in ("#field", "#preview"):
            self.query_one(id_).styles.padding = (0, 2)
        self.on_resize()

    def on_resize(self) -> None:
        """In a small terminal the scopes are named only, and the preview is shorter."""
        width, height = self.app.size
        self.query_one("#left").styles.width = _LEFT if width >= _ROOM else _NARROW_LEFT
        self.query_one("#preview").styles.height = max(1, min(_PREVIEW, height - _AROUND))
        self._show()

    def on_descendant_focus(self) -> None:
        """A sign before the name of the part that the keys go to."""
        labels = (self.query_one("#first", Static), *self.query(".label").results(Static))
        for label, (id_, words) in zip(labels, self.PARTS.items(), strict=False):
            here = self.focused is not None and self.focused.id == id_
            label.update(Content.styled(f"{'▸' if here else ' '} {words}", "bold $ink" if here else "$dim"))

    def below_changed(self) -> None:
        """What will be written may be other talks now."""
        self._show()

    def _scopes(self) -> list[ChoiceLine]:
        room = self.app.size.width >= _ROOM
        return [ChoiceLine(key, words, more if room else "", on=key == self.scope) for key, words, more in self.SCOPES]

    def _forms(self) -> list[ChoiceLine]:
        return [ChoiceLine(key, words, more, on=key == self.form) for key, words, more in self.FORMS]

    @on(ChoiceList.Chosen)
    def _chose(self, event: ChoiceList.Chosen) -> None:
        if event.said in {key for key, _, _ in self.SCOPES}:
            self.scope = event.said
        else:
            self.form = event.said
            field = self.query_one("#field", Field)
            field.value = exporting.renamed(field.value.strip(), self.form)
        self._show()

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self.form = form_of(event.value.strip(), self.form)
        self._show()

    def action_write(self) -> None:
        """Write what is wanted; an empty file name is nothing to write to."""
        field = self.query_one("#field", Field)
        wanted = Wanted(field.value.strip(), self.scope, self.form)
        if not wanted.path:
            return
        if self.write(wanted):
            self.dismiss(wanted)
        else:
            field.focus()

    def _show(self) -> None:
        self.query_one("#scopes", ChoiceList).tick(self._scopes())
        self.query_one("#forms", ChoiceList).tick(self._forms())
        head, *rest = self.preview(self.query_one("#field", Field).value.strip(), self.scope, self.form)
        lines = [content(head, "bold $ink"), *(content(one, "$dim") for one in rest)]
        self.query_one("#preview", Static).update(Content("\n").join(lines))
