"""Every command by its words: the palette."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.tui.commands import COMMANDS, MOVE, keys_of
from planner.tui.screens.finder import Finder, answers
from planner.tui.widgets.choice_list import ChoiceLine

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from planner.tui.commands import Command


class Palette(Finder):
    """Returns the id of a command, or ``conference`` and a slug.

    ``ids`` are the commands that the screen below knows, ``conferences`` slugs and names.
    """

    HEADING = "Commands"
    HINT = "what do you want to do?"
    KEYS = "type to find · enter do it · esc leave"

    def __init__(self, remapped: Mapping[str, str], ids: Collection[str], conferences: Mapping[str, str]) -> None:
        super().__init__()
        shown = sorted((one for one in COMMANDS if one.id in ids and one.id != "palette"), key=lambda one: one.group == MOVE)
        self.choices = [
            (f"{one.label} {one.id} {one.footer} {one.group} {one.also}", ChoiceLine(one.id, one.label, _keys(one, remapped)))
            for one in shown
        ]
        self.choices += [
            (f"show {name} conference", ChoiceLine(f"conference {slug}", f"Show {name}")) for slug, name in conferences.items()
        ]

    def choices_for(self, wanted: Sequence[str]) -> Sequence[ChoiceLine]:
        """The commands that answer to the words by label, id, footer or group; those whose label does come first."""
        found = [choice for words, choice in self.choices if answers(words.replace("_", " "), wanted)]
        return sorted(found, key=lambda choice: not answers(choice.words, wanted))


def _keys(command: Command, remapped: Mapping[str, str]) -> str:
    return "  ".join(keys_of(command, remapped))
