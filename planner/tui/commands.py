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

_NUMBERS = "1,2,3,4,5,6,7,8,9"

COMMANDS: tuple[Command, ...] = (
    Command("down", "j,down", "Next talk", MOVE),
    Command("up", "k,up", "Talk before", MOVE),
    Command("page_down", "pagedown,ctrl+d", "A page down", MOVE),
    Command("page_up", "pageup,ctrl+u", "A page up", MOVE),
    Command("first", "g,home", "First talk of the day", MOVE),
    Command("last", "G,end", "Last talk of the day", MOVE),
    Command("day_after", "right_square_bracket,l,right", "Next day", MOVE, "day", 7),
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
    Command("filter", "f", "Filter the list", FIND, "filter", 4),
    Command("order", "O", "Order by session or by time", FIND),
    Command("clashes", "exclamation_mark", "Decide clashes, one after the other", PLAN, "clashes", 3, also="overlaps"),
    Command("next_clash", "N", "Next talk that clashes", PLAN),
    Command("go_there", _NUMBERS, "Clashes: go there, skip the others", MARK, "go there", where="clashes"),
    Command("keep_both", "b", "Clashes: keep both, this one and what it clashes with", MARK, "keep both", where="clashes"),
    Command("keep_all", "B", "Clashes: keep all of the group", MARK, "keep all", where="clashes"),
    Command("leave_early", "l", "Clashes: leave the first early, in time for the next", MARK, "leave early", where="clashes"),
    Command(
        "instead", "p", "Clashes: take the paper's poster, or other talk, instead", MARK, "poster instead", where="clashes"
    ),
    Command("clash_after", "right,tab", "Clashes: the next one", MOVE, "next", where="clashes"),
    Command("clash_before", "left,shift+tab", "Clashes: the one before", MOVE, where="clashes"),
    Command("my_plan", "a", "My plan of the day", PLAN, "my plan", 3, also="agenda"),
    Command("suggest", "S", "The best plan without clashes", PLAN, also="advice"),
    Command("changes", "w", "What the last import changed", PLAN, also="news moved cancelled"),
    Command("zone", "z", "Show times in another zone", PLAN, "zone", 6, also="timezone clock"),
    Command("timetable", "v", "Timetable: rooms across, time down", PLAN, "timetable", 3, also="grid"),
    Command("export", "e", "Export the plan", PLAN, "export", 6, also="ics calendar save page table marks"),
    Command("open", "o", "Open the talk's page in the browser", PLAN),
    Command("copy", "y", "Copy title, time and link", PLAN),
    Command("conference", "C", "Show another conference", PLAN),
    Command("import", "i", "Read a file, a folder, an address, or what you paste", PROGRAM, "import", 7, also="add open"),
    Command("again", "R", "Read the sources again", PROGRAM, also="refresh update reload"),
    Command("import_keep", "enter", "Keep what was read", PROGRAM, "keep it", 0, where="import"),
    Command("import_talks", "d", "Show every talk that was read", PROGRAM, "every talk", 1, where="import"),
    Command("import_name", "n", "Change the conference's name", PROGRAM, "name", 2, where="import"),
    Command("import_year", "y", "Change the year", PROGRAM, "year", 2, where="import"),
    Command("import_zone", "z", "Change the conference's zone", PROGRAM, "zone", 2, where="import"),
    Command("import_paste", "ctrl+t", "Paste or write the text of a page", PROGRAM, "paste a page", 2, where="import"),
    Command("help", "question_mark,f1", "All keys", PROGRAM, "help", 0),
    Command("palette", "ctrl+p", "Find a command by its words", PROGRAM, "commands", 5),
    Command("theme", "T", "Dark or light", PROGRAM, also="colours"),
    Command("quit", "q,ctrl+q", "Leave the program", PROGRAM, also="exit close"),
    Command("grid_left", "h,left", "Timetable: what is on to the left", MOVE, where="timetable"),
    Command("grid_right", "l,right", "Timetable: what is on to the right", MOVE, where="timetable"),
    Command("grid_page_left", "H,shift+left", "Timetable: a screen of columns to the left", MOVE, where="timetable"),
    Command("grid_page_right", "L,shift+right", "Timetable: a screen of columns to the right", MOVE, where="timetable"),
    Command("grid_day_after", "right_square_bracket", "Timetable: next day", MOVE, "day", 6, where="timetable"),
    Command("grid_day_before", "left_square_bracket", "Timetable: day before", MOVE, where="timetable"),
    Command("grid_next_star", "tab", "Timetable: next starred talk", MOVE, "next ★", 7, where="timetable"),
    Command("grid_star_before", "shift+tab", "Timetable: starred talk before", MOVE, where="timetable"),
    Command("grid_columns", "O", "Timetable: rooms, sessions or tracks across", PLAN, "columns", 6, where="timetable"),
    Command("grid_finer", "greater_than_sign", "Timetable: fewer minutes a line", PLAN, "zoom", 7, where="timetable"),
    Command("grid_coarser", "less_than_sign", "Timetable: more minutes a line", PLAN, where="timetable"),
    Command("plan_open", "enter", "My plan: a talk in the Schedule, posters, what would fit", MOVE, where="my_plan"),
    Command("fits", "f", "My plan: what would fit into free time", PLAN, "what fits", 1, where="my_plan"),
    Command("accept", "enter", "Suggest: decide so", MARK, where="suggest"),
    Command("change_open", "enter", "Changes: the talk in the Schedule, or the talks of a number", MOVE, where="changes"),
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
    "greater_than_sign": ">",
    "less_than_sign": "<",
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
    pairs = {
        "better": "worse",
        "day_after": "day_before",
        "grid_day_after": "grid_day_before",
        "grid_finer": "grid_coarser",
    }
    entries = []
    for command in sorted(COMMANDS, key=lambda command: _FOOTER_ORDER.index(command.group)):
        if not command.footer or command.id not in ids:
            continue
        sign = keys_of(command, remapped)[:1]
        if command.id in pairs:
            other = keys_of(BY_ID[pairs[command.id]], remapped)[:1]
            sign = other + sign if command.group == MOVE else sign + other
        entries.append((command.id, " ".join(sign), command.footer, command.rank))
    return entries
