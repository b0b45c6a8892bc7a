"""Where the cursor goes on a grid: along a column by time, across to what is on at that time. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.tui.grid_columns import Block
    from planner.tui.grid_layout import Grid


class Moves:
    """The ways over one grid. A place is a uid and the column that one came by: an all-day entry is in all of them."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self.block: dict[str, Block] = {uid: block for block in grid.blocks for uid in block.uids}
        self.days = [block for block in grid.blocks if block.column < 0]
        self.columns: list[list[Block]] = [[] for _ in grid.columns]
        for block in grid.blocks:
            if block.column >= 0:
                self.columns[block.column].append(block)

    def _order(self, column: int) -> list[str]:
        held = self.columns[column] if 0 <= column < len(self.columns) else []
        return [uid for block in (*self.days, *held) for uid in block.uids]

    def along(self, uid: str, column: int, step: int) -> str:
        """The talk so many further down the column, or the last one there."""
        order = self._order(column)
        if uid not in order:
            return order[0] if order else ""
        return order[min(max(order.index(uid) + step, 0), len(order) - 1)]

    def across(self, uid: str, column: int, line: int, step: int) -> tuple[str, int]:
        """The talk to the right (1) or left (-1) that is on at a line, else the nearest; at the edge one stays."""
        here = self.block[uid]
        if here.column >= 0:
            beside = [
                one for one in self.columns[column] if (one.lane - here.lane) * step > 0 and one.top <= line < one.bottom
            ]
            if beside:
                return min(beside, key=lambda one: one.lane * step).uids[0], column
        following = column + step
        if not 0 <= following < len(self.columns):
            return uid, column
        return self.at(following, line, step), following

    def at(self, column: int, line: int, step: int = 1) -> str:
        """The talk of a column that is on at a line, else the one nearest to it."""

        def far(one: Block) -> tuple[int, int]:
            return max(0, one.top - line, line - one.bottom + 1), one.lane * step

        return min(self.columns[column], key=far).uids[0]

    def page(self, column: int, line: int) -> str:
        """The talk of a column nearest to a line, an all-day entry too."""
        if self.days and (line < len(self.days) or not self.columns):
            return self.days[min(max(line, 0), len(self.days) - 1)].uids[0]
        return self.at(column, line)

    def first(self, step: int = 1) -> str:
        """The talk that begins first (step 1) or last (-1)."""
        if not self.grid.blocks:
            return ""
        found = min(self.grid.blocks, key=lambda one: (one.top * step, one.column * step, one.lane * step))
        return found.uids[0 if step > 0 else -1]

    def starred(self, uid: str, stars: Sequence[str], step: int) -> str:
        """The next starred talk in the order of time, and round."""
        here = self._place(uid) if uid in self.block else (-1, -1, -1, -1)
        places = sorted((self._place(star), star) for star in stars if star in self.block)
        if not places:
            return ""
        if step > 0:
            return next((star for place, star in places if place > here), places[0][1])
        return next((star for place, star in reversed(places) if place < here), places[-1][1])

    def _place(self, uid: str) -> tuple[int, int, int, int]:
        block = self.block[uid]
        return block.top, block.column, block.lane, block.uids.index(uid)
