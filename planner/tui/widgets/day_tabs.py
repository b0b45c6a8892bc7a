"""The days of a conference as tabs, with the stars on each; the last may be the talks with no slot yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len

from planner.text import clean
from planner.tui.widgets.draw import BOLD, Ink, Piece, cut, width_of
from planner.tui.widgets.one_line import OneLine
from planner.tui.widgets.told import Told

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events


class Tab(NamedTuple):
    """A tab: its words, how many stars are behind it, and whether it is today."""

    words: str
    stars: int = 0
    today: bool = False


class DayTabs(OneLine):
    """Tabs in one line; where they do not fit, those around the active one are shown."""

    class Picked(Told[int]):
        """The user clicked on a tab."""

    tabs: Sequence[Tab] = ()
    active = 0
    hint = ""
    _edges: Sequence[tuple[int, int, int]] = ()

    def show(self, tabs: Sequence[Tab], active: int, hint: str) -> None:
        """Show these tabs; ``hint`` stands at the right edge and the tabs give way to it."""
        if (tabs, active, hint) != (self.tabs, self.active, self.hint):
            self.tabs, self.active, self.hint = tabs, active, hint
            self.refresh()

    def pieces(self, colours: Ink, width: int) -> tuple[list[Piece], list[Piece]]:
        """The tabs that fit, ``‹`` and ``›`` where there are more, and the hint."""
        drawn = [self._tab(colours, at) for at in range(len(self.tabs))]
        least = width_of(drawn[self.active]) + 6 if drawn else 0
        hint: list[Piece] = [(f"  {cut(clean(self.hint), width - least)} ", colours.blue)] if self.hint else []
        first, last = self._window([width_of(tab) for tab in drawn], width - 4 - width_of(hint))
        left: list[Piece] = [("‹ " if first else " ", colours.dim)]
        edges = []
        used = cell_len(left[0][0])
        for at in range(first, last):
            cells = width_of(drawn[at])
            edges.append((used, used + cells, at))
            left += drawn[at]
            used += cells
        self._edges = edges
        if last < len(drawn):
            left.append((" ›", colours.dim))
        return left, hint

    def _tab(self, colours: Ink, at: int) -> list[Piece]:
        tab = self.tabs[at]
        words = f"{tab.words} · today" if tab.today else tab.words
        if at == self.active:
            ground = colours.cursor
            stars = [(f" ★{tab.stars}", ground + colours.star)] if tab.stars else []
            return [("▌", ground + colours.blue), (f"{words}", ground + colours.ink + BOLD), *stars, (" ", ground)]
        stars = [(f" ★{tab.stars}", colours.star)] if tab.stars else []
        return [(f" {words}", colours.ink if tab.today else colours.dim), *stars, (" ", colours.dim)]

    def _window(self, cells: list[int], room: int) -> tuple[int, int]:
        """Which tabs are shown: the active one and its neighbours on both sides, as many as fit."""
        if not cells:
            return 0, 0
        first, last = self.active, self.active + 1
        used = cells[self.active]
        grown = True
        while grown:
            grown = False
            if last < len(cells) and used + cells[last] <= room:
                used, last, grown = used + cells[last], last + 1, True
            if first and used + cells[first - 1] <= room:
                used, first, grown = used + cells[first - 1], first - 1, True
        return first, last

    def on_click(self, event: events.Click) -> None:
        """A click on a tab picks it."""
        for left, right, at in self._edges:
            if left <= event.x < right:
                self.post_message(self.Picked(at))
