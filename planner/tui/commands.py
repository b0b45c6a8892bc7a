"""What a user can do, as one table: it feeds keys, footer, palette, help and the README's list of keys.

Keys are Textual's names, several separated by commas. Each command has an id, which is what ``keys`` in ``config.toml`` maps.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from textual.binding import Binding

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from textual.binding import BindingType


class Command(NamedTuple):
    """One thing that a user can do.

    ``label`` says it in words (palette, help), ``footer`` in one or two (empty: not in the footer), ``group`` is where help
    lists it. ``rank`` orders the footer: where a terminal is narrow, the highest ranks go first. ``also`` are words that
    the palette finds it by besides. ``where`` is the one screen that knows it (its keys may mean something else on the
    others); empty for a command of the Schedule screen, which the screens over it may know too.
    """

    id: str
    keys: str
    label: str
    group: str
    footer: str = ""
    rank: int = 9
    also: str = ""
    where: str = ""


MOVE, MARK, FIND, PLAN, PROGRAM = "Move", "Mark", "Find", "Plan", "Program"

COMMANDS: tuple[Command, ...] = (
    Command("down", "j,down", "Next talk", MOVE),
    Command("up", "k,up", "Talk before", MOVE),
    Command("page_down", "pagedown,ctrl+d", "A page down", MOVE),
    Command("page_up", "pageup,ctrl+u", "A page up", MOVE),
    Command("first", "g,home", "First talk of the day", MOVE),
    Command("last", "G,end", "Last talk of the day", MOVE),
    Command("day_after", "right_square_bracket,l,right", "Next day", MOVE, "day", 6),
    Command("day_before", "left_square_bracket,h,left", "Day before", MOVE),
    Command("now", "t", "Go to what is on now", MOVE),
    Command("details", "enter", "Read the talk in full", MOVE),
    Command("read_down", "J,shift+down", "Scroll the text of the talk down", MOVE),
    Command("read_up", "K,shift+up", "Scroll the text of the talk up", MOVE),
    Command("back", "escape", "Step out by one", MOVE),
    Command("star", "space,s", "Star, or take the star away", MARK, "star", 1),
    Command("better", "plus,equals_sign", "Rate higher (stars the talk)", MARK, "rating", 4),
    Command("worse", "minus", "Rate lower", MARK, also="rating"),
    Command("going", "c", "Going, or undecided again", MARK, "going", 5),
    Command("skip", "x", "Skip, or undecided again", MARK, "skip", 5),
    Command("star_all", "asterisk", "Star all talks of the list, or take their stars away", MARK, also="every"),
    Command("note", "n", "Write a note", MARK, "note", 5, also="comment"),
    Command("undo", "u", "Take back the last change", MARK, "undo", 8),
    Command("search", "slash", "Search as you type", FIND, "search", 2),
    Command("filter", "f", "Filter the list", FIND, "filter", 3),
    Command("order", "O", "Order by session or by time", FIND),
    Command("next_clash", "exclamation_mark,N", "Next talk that clashes", PLAN, "clashes", 6),
    Command("zone", "z", "Show times in another zone", PLAN, "zone", 7, also="timezone clock"),
    Command("export", "e", "Export to a calendar", PLAN, "export", 7, also="ics save"),
    Command("open", "o", "Open the talk's page in the browser", PLAN),
    Command("copy", "y", "Copy title, time and link", PLAN),
    Command("conference", "C", "Show another conference", PLAN),
    Command("help", "question_mark,f1", "All keys", PROGRAM, "help", 0),
    Command("palette", "ctrl+p", "Find a command by its words", PROGRAM, "commands", 2),
    Command("theme", "T", "Dark or light", PROGRAM, also="colours"),
    Command("quit", "q,ctrl+q", "Leave the program", PROGRAM, also="exit close"),
)
"""Every command, in the order in which help shows them."""

BY_ID: Mapping[str, Command] = {command.id: command for command in COMMANDS}

_SIGNS = {
    "space": "space",
    "plus": "+",
    "equals_sign": "=",
    "minus": "-",
    "slash": "/",
    "question_mark": "?",
    "exclamation_mark": "!",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "full_stop": ".",
    "comma": ",",
    "asterisk": "*",
    "escape": "esc",
    "pageup": "page up",
    "pagedown": "page down",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "f1": "F1",
}


def key_sign(key: str) -> str:
    """A key as people say it: ``slash`` is ``/``, ``shift+up`` is ``shift+↑``."""
    *held, last = key.strip().split("+") if len(key.strip()) > 1 else [key.strip()]
    return "+".join([*held, _SIGNS.get(last, last)])


def keys_of(command: Command, remapped: Mapping[str, str]) -> list[str]:
    """The keys that call a command, as people say them, with the user's own mapping applied."""
    return [key_sign(key) for key in remapped.get(command.id, command.keys).split(",") if key.strip()]


def check_keys(said: Mapping[str, str]) -> tuple[str, str] | None:
    """What is wrong with keys of one's own: the id at fault and a sentence; None where all is well.

    Every id is a command's, and no key calls two commands of one screen.
    """
    for id_ in said:
        if id_ not in BY_ID:
            return id_, f"there is no command {id_!r}; there are {', '.join(BY_ID)}."
    owners: dict[tuple[str, str], str] = {}
    for command in sorted(COMMANDS, key=lambda command: command.id in said):
        for key in keys_of(command, said):
            other = owners.setdefault((key, command.where), command.id)
            if other != command.id:
                return command.id, f"the key {key} calls {command.id} and {other}: give one of them another key."
    return None


def bindings(*ids: str, action: str = "run") -> list[BindingType]:
    """Textual's bindings for commands; each carries the command's id, by which a keymap finds it."""
    return [Binding(BY_ID[id_].keys, f"{action}('{id_}')", BY_ID[id_].label, show=False, id=id_) for id_ in ids]


_FOOTER_ORDER = (MARK, FIND, MOVE, PLAN, PROGRAM)


TYPING = (("details", "enter", "to the list", 0), ("back", "esc", "leave the search", 0))
"""The footer while one types in the search: letters are letters there."""

READING = (("back", "esc", "back to the list", 0), ("read_down", "↑ ↓", "scroll", 1), ("down", "j k", "next talk", 1))
"""What the footer says first while one reads a talk."""


def footer(remapped: Mapping[str, str], ids: Iterable[str]) -> list[tuple[str, str, str, int]]:
    """The footer's entries as (id, keys, words, rank); a pair such as + and - or [ and ] is one entry."""
    pairs = {"better": "worse", "day_after": "day_before"}
    entries = []
    for command in sorted(COMMANDS, key=lambda command: _FOOTER_ORDER.index(command.group)):
        if not command.footer or command.id not in ids:
            continue
        sign = keys_of(command, remapped)[:1]
        if command.id in pairs:
            other = keys_of(BY_ID[pairs[command.id]], remapped)[:1]
            sign = other + sign if command.id == "day_after" else sign + other
        entries.append((command.id, " ".join(sign), command.footer, command.rank))
    return entries
