"""A field to type in: Textual's, with a cursor that does not blink."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from textual.widgets import Input

if TYPE_CHECKING:
    from textual.geometry import Region


class Field(Input):
    """A calm field."""

    def __init__(self, value: str = "", *, hint: str = "", id: str | None = None) -> None:  # noqa: A002  (Textual's name)
        super().__init__(value, placeholder=hint, id=id, select_on_focus=False)
        self.cursor_blink = False

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        """Draw again. What is typed moves no widget, so that once the field has its place no letter lays out the screen."""
        return super().refresh(*regions, repaint=repaint, layout=layout and not self.size, recompose=recompose)
