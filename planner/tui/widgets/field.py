"""A field to type in: Textual's, with a cursor that does not blink."""

from __future__ import annotations

from textual.widgets import Input


class Field(Input):
    """A calm field."""

    def __init__(self, value: str = "", *, hint: str = "", id: str | None = None) -> None:  # noqa: A002  (Textual's name)
        super().__init__(value, placeholder=hint, id=id, select_on_focus=False)
        self.cursor_blink = False
