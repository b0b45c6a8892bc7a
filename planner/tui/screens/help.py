"""Every key, from the table of commands, and what the signs on the screens say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.binding import Binding

from planner.tui.commands import COMMANDS, keys_of
from planner.tui.screens.chooser import Chooser
from planner.tui.widgets.choice_list import ChoiceLine, ChoiceList

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from typing import ClassVar

    from textual.binding import BindingType

SIGNS = (
    ("★", "Starred"),
    ("★★★··", "Starred, and rated 3 of 5"),
    ("☆☆☆··", "Rated so by the list that it is from, not starred"),
    ("✓", "Going"),
    ("×", "Skipped"),
    ("⚠ 15 min", "Clashes, for so long"),
    ("✎", "Has a note"),
    ("▶", "On now"),
    ("◂", "Over"),
    ("▌", "Where you are"),
    ("+1  −1", "The day after, the day before, on your clock"),
    ("▸  ▾", "Folded, unfolded"),
    ("· untitled slot ·", "A slot that the page leaves without a title"),
)
"""The signs of the screens, and what they say."""

_SIGN = "sign"  # the key of a line that explains one; no command has this id


class Help(Chooser):
    """Lists the keys of the screen below by group, then the signs; choosing a key returns its command, which is then done.

    ``ids`` are the commands that the screen knows, ``here`` its name: what only it knows comes first.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("question_mark,f1,q", "leave", show=False)]

    def __init__(self, remapped: Mapping[str, str], ids: Collection[str], here: str = "") -> None:
        choices = []
        group = ""
        for command in sorted((one for one in COMMANDS if one.id in ids), key=lambda one: one.where != here):
            named = "Here" if command.where else command.group
            if named != group:
                choices += [ChoiceLine("", "")] * bool(group) + [ChoiceLine("", named)]
                group = named
            choices.append(ChoiceLine(command.id, command.label, "  ".join(keys_of(command, remapped))))
        signs = [ChoiceLine(_SIGN, words, sign) for sign, words in SIGNS]
        super().__init__("Keys", [*choices, ChoiceLine("", ""), ChoiceLine("", "Signs"), *signs], "do it")

    def on_choice_list_chosen(self, event: ChoiceList.Chosen) -> None:
        """Do it; a sign is only explained."""
        if event.said == _SIGN:
            event.prevent_default()
