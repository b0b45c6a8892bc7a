"""Every key, from the table of commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.binding import Binding

from planner.tui.commands import COMMANDS, keys_of
from planner.tui.screens.modal import Modal
from planner.tui.widgets.choice_list import Choice, ChoiceList

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from typing import ClassVar

    from textual.binding import BindingType
    from textual.widget import Widget


class Help(Modal[str]):
    """Lists the keys of the screen below by group; choosing one returns its command, which is then done.

    ``ids`` are the commands that the screen knows, ``here`` its name: what only it knows comes first.
    """

    HEADING = "Keys"
    KEYS = "enter do it · esc leave"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("question_mark,f1,q", "leave", show=False)]

    def __init__(self, remapped: Mapping[str, str], ids: Collection[str], here: str = "") -> None:
        super().__init__()
        self.remapped = remapped
        self.commands = sorted((one for one in COMMANDS if one.id in ids), key=lambda one: one.where != here)

    def parts(self) -> Iterable[Widget]:
        """The list."""
        choices = []
        group = ""
        for command in self.commands:
            if command.group != group:
                choices += [Choice("", "")] * bool(group) + [Choice("", command.group)]
                group = command.group
            choices.append(Choice(command.id, command.label, "  ".join(keys_of(command, self.remapped))))
        yield ChoiceList(choices, id="choices")

    def on_choice_list_chosen(self, event: ChoiceList.Chosen) -> None:
        """Do it."""
        self.dismiss(event.key)
