"""Every command by its words: the palette."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.tui.commands import COMMANDS, MOVE, keys_of
from planner.tui.screens.finder import Finder, answers
from planner.tui.widgets.choice_list import Choice

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Palette(Finder):
    """Returns the id of a command, or ``conference`` and a slug; ``conferences`` are slugs and names."""

    HEADING = "Commands"
    HINT = "what do you want to do?"
    KEYS = "type to find · enter do it · esc leave"

    def __init__(self, remapped: Mapping[str, str], conferences: Mapping[str, str]) -> None:
        super().__init__()
        shown = sorted((one for one in COMMANDS if one.id != "palette"), key=lambda one: one.group == MOVE)
        self.choices = [Choice(one.id, one.label, "  ".join(keys_of(one, remapped))) for one in shown]
        self.choices += [Choice(f"conference {slug}", f"Show {name}") for slug, name in conferences.items()]

    def choices_for(self, wanted: Sequence[str]) -> Sequence[Choice]:
        """The commands whose words begin so."""
        return [choice for choice in self.choices if answers(choice.words, wanted)]
