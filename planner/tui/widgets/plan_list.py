"""A list of talks with other lines among them: free and busy time, visits to posters, and words below a talk."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len

from planner.text import clean
from planner.tui.rows import STARS
from planner.tui.widgets.draw import BOLD, Ink, Piece, cut, line, pad, width_of
from planner.tui.widgets.row_strip import CLOCKS
from planner.tui.widgets.talk_list import TalkList

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from rich.style import Style
    from textual.strip import Strip

    from planner.tui.rows import Line
    from planner.tui.widgets.talk_list import Fields

_ROOM_FOR_MORE = 8  # fewer cells after the words hold nothing worth reading


class Aside(NamedTuple):
    """A line that is no talk, in the columns of the talks.

    ``clock``, ``theirs`` and ``shift`` stand under their times, ``sign`` (5 cells) under their stars, ``fold`` under their
    decision, ``words`` under the titles (``wide``: from the left edge on), ``more`` after them, ``amiss`` and
    ``right`` at the edge.
    ``tone`` names the words' colour (:class:`~planner.tui.widgets.draw.Ink`), ``strong`` makes them bold.
    """

    words: str
    clock: str = ""
    theirs: str = ""
    shift: str = ""
    sign: str = ""
    fold: str = ""
    more: str = ""
    right: str = ""
    amiss: str = ""
    tone: str = "ink"
    strong: bool = False
    wide: bool = False


class PlanList(TalkList):
    """Like the list of talks; ``asides`` are what stands on the lines of those numbers, which the cursor reaches by a uid."""

    asides: Mapping[int, Aside] = {}

    def show_plan(
        self,
        lines: Sequence[Line],
        asides: Mapping[int, Aside],
        columns: Callable[[int], Fields],
        *,
        on: str = "",
    ) -> None:
        """Show these lines with the cursor on one; where it is gone, on what stands in its place now."""
        uids = [one.uid for one in lines]
        if on and on not in uids:
            uids_from = [uid for uid in uids[max(self.cursor, 0) :] if uid] + [uid for uid in reversed(uids) if uid]
            on = next(iter(uids_from), "")
        self.asides = asides
        self.show(lines, columns, on=on)

    def action_move(self, how: str) -> None:
        """Move the cursor, or open what is under it; where nothing is, the screen may still know what enter means."""
        if how == "details" and not self.uid:
            self.post_message(self.Opened(""))
        else:
            super().action_move(how)

    def uids(self) -> Iterable[str]:
        """What the cursor can reach, in order."""
        return (one.uid for one in self.lines if one.uid)

    def _drawn(self, at: int, colours: Ink) -> Strip:
        aside = self.asides.get(at)
        if aside is None:
            return super()._drawn(at, colours)
        here, ground = at == self.cursor, colours.ground
        if here:
            ground = colours.cursor if self.has_focus else colours.resting
        return strip(aside, self.fields, colours, width=self._width, ground=ground, here=here)

    def _reveal(self, *, centre: bool = False) -> None:
        """Scroll so that what is said below the cursor's line is in sight too."""
        super()._reveal(centre=centre)
        last = self.cursor
        while last + 1 < len(self.lines) and not self.lines[last + 1].uid and self.lines[last + 1].what == "words":
            last += 1
        height = self.size.height
        if self.cursor >= 0 and height and last >= self.scroll_offset.y + height:
            self.scroll_to(y=min(self.cursor, last - height + 1), animate=False, force=True)


def strip(aside: Aside, fields: Fields, ink: Ink, *, width: int, ground: Style, here: bool) -> Strip:
    """The line as it is drawn."""
    tone: Style = getattr(ink, aside.tone)
    left: list[Piece] = [("▌ " if here else "  ", ink.blue), *([] if aside.wide else _columns(aside, fields, ink, tone))]
    left.append((pad(aside.fold, 2) if aside.fold or not aside.wide else "", ink.blue))
    right: list[Piece] = [(f"  {aside.amiss} ", ink.clash)] if aside.amiss else []
    right += [(f"  {clean(aside.right)} ", ink.dim)] if aside.right else []
    room = width - width_of(left) - (width_of(right) or 1)
    words = cut(clean(aside.words), room)
    left.append((words, tone + BOLD if aside.strong else tone))
    spare = room - cell_len(words) - 3
    if aside.more and spare >= _ROOM_FOR_MORE:
        left.append((f"   {cut(clean(aside.more), spare)}", ink.dim))
    return line(left, right, width, ground)


def _columns(aside: Aside, fields: Fields, ink: Ink, tone: Style) -> list[Piece]:
    """What stands before the titles."""
    pieces = [(" " * (fields.day + 1), ink.dim)] if fields.day else []
    pieces.append((pad(aside.clock, CLOCKS), tone))
    if fields.shift:
        pieces.append((pad(aside.shift.rjust(3), fields.shift), ink.blue))
    if fields.theirs:
        pieces.append((f"  {pad(aside.theirs, fields.theirs)}", ink.dim))
    return [*pieces, (f"  {pad(clean(aside.sign), STARS)} ", tone)]
