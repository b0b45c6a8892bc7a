"""A list to choose from, for the modal screens: on the line API like the list of talks, so that 600 zones cost nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from textual.binding import Binding
from textual.geometry import Size
from textual.scroll_view import ScrollView

from planner.text import clean
from planner.tui.widgets.draw import BOLD, Ink, Piece, ink, line
from planner.tui.widgets.told import Told

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import ClassVar

    from textual import events
    from textual.binding import BindingType
    from textual.strip import Strip


class ChoiceLine(NamedTuple):
    """A line: what choosing it means, and what it says.

    ``key`` is empty for a head. ``more`` is the program's own words, for they are laid out with blanks.

    ``on`` is whether it is ticked, None where there is nothing to tick.
    """

    key: str
    words: str
    more: str = ""
    on: bool | None = None


class ChoiceList(ScrollView, can_focus=True):
    """Choices with a cursor; enter, space and a click choose. ``GROUND`` names the colour that they stand on."""

    GROUND = "raised"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "step(1)", show=False),
        Binding("up,k", "step(-1)", show=False),
        Binding("pagedown", "step(10)", show=False),
        Binding("pageup", "step(-10)", show=False),
        Binding("home,g", "step(-1000000)", show=False),
        Binding("end,G", "step(1000000)", show=False),
        Binding("enter,space", "choose", show=False),
    ]

    class Chosen(Told[str]):
        """The user chose."""

    def __init__(self, choices: Sequence[ChoiceLine] = (), *, id: str | None = None) -> None:  # noqa: A002  (Textual's name)
        super().__init__(id=id)
        self.choices = choices
        self.cursor = self._choice_from(0, 1)
        self.virtual_size = Size(0, len(choices))

    def show(self, choices: Sequence[ChoiceLine], *, on: str | None = None, chosen: bool = True) -> None:
        """Show other choices, with the cursor on one of them or on the first; on none, where none is to be ``chosen`` yet."""
        self.choices = choices
        first = self._choice_from(0, 1) if chosen else -1
        self.cursor = next((at for at, one in enumerate(choices) if one.key and one.key == on), first)
        self.virtual_size = Size(0, len(choices))
        height = self.size.height or 1  # none before the first layout
        self.scroll_to(y=max(0, self.cursor - height + 1), animate=False, force=True)
        self.refresh(layout=True)

    def tick(self, choices: Sequence[ChoiceLine]) -> None:
        """Show the same choices with other ticks; the cursor stays."""
        self.choices = choices
        self.refresh()

    @property
    def key(self) -> str:
        """The key under the cursor, empty where there is none."""
        return self.choices[self.cursor].key if 0 <= self.cursor < len(self.choices) else ""

    def _choice_from(self, at: int, step: int) -> int:
        while 0 <= at < len(self.choices):
            if self.choices[at].key:
                return at
            at += step
        return -1

    def action_step(self, by: int) -> None:
        """Move the cursor."""
        target = min(max(self.cursor + by, 0), len(self.choices) - 1)
        step = 1 if by > 0 else -1
        found = self._choice_from(target, step)
        if found < 0:
            found = self._choice_from(target, -step)
        if found >= 0:
            self.cursor = found
            self._reveal()
        self.refresh()

    def _reveal(self) -> None:
        top, height = self.scroll_offset.y, self.size.height
        first = self.cursor - 1 if self.cursor and not self.choices[self.cursor - 1].key else self.cursor
        if first < top:
            self.scroll_to(y=first, animate=False, force=True)
        elif self.cursor >= top + height:
            self.scroll_to(y=self.cursor - height + 1, animate=False, force=True)

    def action_choose(self) -> None:
        """Choose what is under the cursor."""
        if self.key:
            self.post_message(self.Chosen(self.key))

    def on_click(self, event: events.Click) -> None:
        """A click chooses."""
        at = event.y + self.scroll_offset.y
        if 0 <= at < len(self.choices) and self.choices[at].key:
            self.cursor = at
            self.refresh()
            self.action_choose()

    def watch_has_focus(self, focused: bool) -> None:
        """The cursor is bright only where keys go."""
        super().watch_has_focus(focused)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        colours = ink(self.app.theme_variables)
        width, at = self.scrollable_content_region.width, y + self.scroll_offset.y
        if not 0 <= at < len(self.choices):
            return line([], [], width, getattr(colours, self.GROUND))
        choice, here = self.choices[at], at == self.cursor
        ground = (colours.cursor if self.has_focus else colours.resting) if here else getattr(colours, self.GROUND)
        left, right = self._pieces(choice, colours, here=here)
        return line(left, right, width, ground)

    def _pieces(self, choice: ChoiceLine, colours: Ink, *, here: bool) -> tuple[list[Piece], list[Piece]]:
        if not choice.key:
            return [(f" {clean(choice.words)}", colours.blue + BOLD)], [(f"{choice.more} ", colours.dim)]
        left: list[Piece] = [("▌ " if here else "  ", colours.blue)]
        if choice.on is not None:
            left.append(("✓ " if choice.on else "· ", colours.good if choice.on else colours.dim))
        left.append((clean(choice.words), colours.ink + BOLD if choice.on else colours.ink))
        return left, [(f"  {choice.more} ", colours.dim)] if choice.more else []
