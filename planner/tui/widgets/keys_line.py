"""The last line of the screen: the keys that matter now, from the table of commands; each can be clicked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.message import Message

from planner.tui.widgets.draw import BOLD, Ink, Piece, width_of
from planner.tui.widgets.one_line import OneLine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.style import Style
    from textual import events

GAP = 3
"""Blanks between two entries."""


class KeysLine(OneLine):
    """Keys and words; in a narrow terminal the entries with the highest rank are left out."""

    class Pressed(Message):
        """The user clicked on a command."""

        def __init__(self, command: str) -> None:
            self.command = command
            super().__init__()

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  (Textual's name)
        super().__init__(id=id)
        self.entries: Sequence[tuple[str, str, str, int]] = ()
        self._edges: list[tuple[int, int, str]] = []

    def show(self, entries: Sequence[tuple[str, str, str, int]]) -> None:
        """Show these entries: command, keys, words, rank."""
        if entries != self.entries:
            self.entries = entries
            self.refresh()

    def ground(self, colours: Ink) -> Style:
        """Raised from the list."""
        return colours.raised

    def pieces(self, colours: Ink, width: int) -> tuple[list[Piece], list[Piece]]:
        """The entries that fit."""
        cells = [cell_len(f"{keys} {words}") + GAP for _, keys, words, _ in self.entries]
        kept: set[int] = set()
        used = 1
        for at in sorted(range(len(self.entries)), key=lambda at: (self.entries[at][3], at)):
            if used + cells[at] - GAP + 1 > width:
                break
            kept.add(at)
            used += cells[at]
        left: list[Piece] = [(" ", colours.ink)]
        self._edges = []
        x = 1
        for at in sorted(kept):
            command, keys, words, _ = self.entries[at]
            left += [(" " * (x - width_of(left)), colours.dim), (keys, colours.blue + BOLD), (f" {words}", colours.dim)]
            self._edges.append((x, x + cells[at] - GAP, command))
            x += cells[at]
        return left, []

    def on_click(self, event: events.Click) -> None:
        """A click on an entry is its key."""
        for left, right, command in self._edges:
            if left <= event.x < right:
                self.post_message(self.Pressed(command))
