"""The last line of the screen: the keys that matter now, from the table of commands; each can be clicked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content
from textual.style import Style as Look

from planner.tui.widgets.draw import BOLD, Ink, Piece, width_of
from planner.tui.widgets.one_line import OneLine
from planner.tui.widgets.told import Told

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.style import Style
    from textual import events

GAP = 3
"""Blanks between two entries."""


KEYS = {
    "enter": "enter",
    "esc": "escape",
    "tab": "tab",
    "space": "space",
    "ctrl+s": "ctrl+s",
    "ctrl+j": "ctrl+j",
    "↑ ↓": "down",
}
"""What a click presses where no command of the table stands behind the words."""


def clickable(said: str) -> Content:
    """``enter keep · esc leave`` as content: a click on a part that begins with a key presses that key.

    Esc is the box's own ``leave``: a text area takes the key for itself.
    """
    parts = []
    for part in said.split(" · "):
        key = KEYS.get(part.partition(" ")[0])
        action = "screen.leave" if key == "escape" else f"app.simulate_key({key!r})"
        look = Look.from_meta({"@click": action}) if key else ""
        parts.append(Content.styled(part, look))
    return Content(" · ").join(parts)


class KeysLine(OneLine):
    """Keys and words; in a narrow terminal the entries with the highest rank are left out.

    An entry without a command is the key that it names.
    """

    class Pressed(Told[str]):
        """The user clicked on a command."""

    entries: Sequence[tuple[str, str, str, int]] = ()
    _edges: Sequence[tuple[int, int, str, str]] = ()

    def show(self, entries: Sequence[tuple[str, str, str, int]]) -> None:
        """Show these entries: command, keys, words, rank."""
        if entries != self.entries:
            self.entries = entries
            self.refresh()

    def ground(self, colours: Ink) -> Style:
        """Raised from the list."""
        return colours.raised

    def pieces(self, colours: Ink, width: int) -> tuple[list[Piece], list[Piece]]:
        """The entries that fit; none under a box, which names its own."""
        self._edges = edges = []
        if not self.screen.is_active:
            return [], []
        cells = [cell_len(f"{keys} {words}") + GAP for _, keys, words, _ in self.entries]
        kept: set[int] = set()
        used = 1
        for at in sorted(range(len(self.entries)), key=lambda at: (self.entries[at][3], at)):
            if used + cells[at] - GAP + 1 > width:
                break
            kept.add(at)
            used += cells[at]
        left: list[Piece] = [(" ", colours.ink)]
        x = 1
        for at in sorted(kept):
            command, keys, words, _ = self.entries[at]
            left += [(" " * (x - width_of(left)), colours.dim), (keys, colours.blue + BOLD), (f" {words}", colours.dim)]
            edges.append((x, x + cells[at] - GAP, command, keys))
            x += cells[at]
        return left, []

    def on_click(self, event: events.Click) -> None:
        """A click on an entry is its key."""
        for left, right, command, keys in self._edges:
            if left <= event.x < right:
                if command:
                    self.post_message(self.Pressed(command))
                else:
                    self.app.simulate_key(KEYS[keys])
