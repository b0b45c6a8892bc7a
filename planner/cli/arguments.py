"""A command's arguments: declared as argparse would have them, read and explained without its import.

argparse costs 7 ms with what it loads (re, enum, gettext, locale), two thirds of a bare interpreter's start, and every command
would pay it. :meth:`Arguments.add_argument` takes the same words, so that one table of commands feeds this parser and the
argparse parser of which the completion scripts are made.
"""

from __future__ import annotations

import os
import sys

from planner.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
    from typing import Any, NoReturn

    from planner.cli.context import Context

_HELP_COLUMNS = 100  # longer lines of help read badly
_WIDEST_NAME = 22  # the explanation of a longer one begins on a line of its own


class Asked:
    """What was asked: each declared argument by its name, and ``run``, which does it."""

    def __init__(self, run: Callable[[Context], int]) -> None:
        self.run = run

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            """Any argument that a command declares."""


class Argument:
    """One declared argument. ``nargs`` is as in argparse: "" for one value, ``?``, ``*`` or ``+``; a switch takes none."""

    def __init__(
        self,
        name: str,
        *,
        help: str = "",  # noqa: A002  (argparse's own word)
        metavar: str = "",
        nargs: str = "",
        default: object = None,
        action: str = "",
        type: Callable[[str], object] = str,  # noqa: A002  (argparse's own word)
        choices: Sequence[object] = (),
    ) -> None:
        self.name = name
        self.dest = name.lstrip("-").replace("-", "_")
        self.is_flag = name.startswith("-")
        self.switch = action == "store_true"
        self.help = help
        listed = f"{{{','.join(map(str, choices))}}}" if choices else ""
        self.value = metavar or listed or (self.dest.upper() if self.is_flag else self.dest)
        self.nargs = nargs
        self.default = False if self.switch and default is None else default
        self.type = type
        self.choices = choices

    @property
    def label(self) -> str:
        """What a sentence calls it."""
        return self.name if self.is_flag else self.value

    @property
    def usage(self) -> str:
        """It in the line of usage."""
        if self.is_flag:
            return f"[{self.name}]" if self.switch else f"[{self.name} {self.value}]"
        return {"": self.value, "?": f"[{self.value}]", "*": f"[{self.value} ...]", "+": f"{self.value} ..."}[self.nargs]

    def read(self, said: str) -> object:
        """The value of a word; ValueError with the reason for one that is none."""
        try:
            value = self.type(said)
        except ValueError:
            raise ValueError(f"{self.label} is a whole number, not “{said}”") from None
        if self.choices and value not in self.choices:
            raise ValueError(f"{self.label} is one of {', '.join(map(str, self.choices))}, not “{said}”")
        return value


class Arguments:
    """The arguments of the program or of one command. ``prog`` is how one calls it."""

    def __init__(self, prog: str, description: str, epilog: str = "") -> None:
        self.prog = prog
        self.description = description
        self.epilog = epilog
        self.rest = ""
        self.commands: Iterable[tuple[str, str]] = ()
        self.groups: dict[str, list[Argument]] = {"arguments": [], "options": []}
        self._group = "options"

    def add_argument(self, name: str, /, **how: Any) -> None:
        """Declare an argument; it belongs to the group that was begun last."""
        argument = Argument(name, **how)
        self.groups[self._group if argument.is_flag else "arguments"].append(argument)

    def add_argument_group(self, title: str, /) -> Arguments:
        """Begin a group of the help."""
        self.groups[title] = []
        self._group = title
        return self

    @property
    def flags(self) -> dict[str, Argument]:
        """The declared flags by name."""
        return {one.name: one for group in self.groups.values() for one in group if one.is_flag}

    def read(self, words: Sequence[str], asked: Asked, *, first_only: bool = False) -> Sequence[str]:
        """Put what the words say into ``asked``; with ``first_only`` up to the first that is no flag: the rest comes back.

        A flag's value may stand behind ``=``; behind ``--`` nothing is a flag. Raises UsageError; ``--help`` leaves.
        """
        flags = self.flags
        plain: list[str] = []
        at = 0
        while at < len(words) and words[at] != "--":
            word = words[at]
            at += 1
            if word in {"-h", "--help"}:
                sys.stdout.write(self.help())
                raise SystemExit(0)
            if word.partition("=")[0] in flags:
                at += self._read_flag(flags, word, words[at : at + 1], asked)
            elif not _is_plain(word):
                self.refuse(f"{self.prog} has no {word.partition('=')[0]}")
            elif first_only:
                return words[at - 1 :]
            else:
                plain.append(word)
        self._place([*plain, *words[at + 1 :]], asked)
        return ()

    def _read_flag(self, flags: Mapping[str, Argument], word: str, following: Sequence[str], asked: Asked) -> int:
        """Take a flag with its value, and tell how many of the words that follow it were taken."""
        name, equals, value = word.partition("=")
        flag = flags[name]
        if flag.switch:
            if equals:
                self.refuse(f"{name} takes no value, but “{value}” is given")
            setattr(asked, flag.dest, True)
            return 0
        if not equals:
            if not following or not _is_plain(following[0], flags):
                self.refuse(f"{name} needs a value, its {flag.value}")
            value = following[0]
        setattr(asked, flag.dest, self._value(flag, value))
        return not equals

    def _place(self, words: list[str], asked: Asked) -> None:
        """Deal the words that are no flags out to the arguments that are none, and the defaults to what was not said."""
        wanted = self.groups["arguments"]
        lacking = [one for one in wanted[len(words) :] if one.nargs in {"", "+"}]
        missing = [one.label for one in lacking]
        if len(lacking) == 1 and lacking[0].choices:
            *names, last = map(str, lacking[0].choices)
            self.refuse(f"name a {lacking[0].dest}: {', '.join(names)} or {last}")
        if missing:
            self.refuse(f"{' and '.join(missing)} {'is' if len(missing) == 1 else 'are'} missing")
        for one in wanted:
            if one.nargs in {"*", "+"}:
                setattr(asked, one.dest, [self._value(one, word) for word in words])
                words = []
            elif words:
                setattr(asked, one.dest, self._value(one, words.pop(0)))
        if words:
            self.refuse(f"“{words[0]}” is one word too many for {self.prog}")
        for group in self.groups.values():
            for one in group:
                asked.__dict__.setdefault(one.dest, one.default)

    def _value(self, argument: Argument, said: str) -> object:
        try:
            return argument.read(said)
        except ValueError as error:
            self.refuse(str(error))

    def refuse(self, reason: str) -> NoReturn:
        """Raise the UsageError of a reason."""
        raise UsageError(f"{reason}; `{self.prog} --help` shows what there is.")

    def help(self) -> str:
        """The help, as wide as the terminal."""
        width = _columns()
        flags, plain = [one.usage for one in self.flags.values()], [one.usage for one in self.groups["arguments"]]
        usage = ["[-h]", *flags, *plain, *([self.rest] if self.rest else [])]
        lines = [*_filled(f"usage: {self.prog}", usage, width), "", *_filled("", self.description.split(), width)]
        tables = {title: [(_named(one), one.help) for one in group] for title, group in self.groups.items()}
        tables["options"].insert(0, ("-h, --help", "show this help"))
        for title, rows in {**tables, "commands": self.commands}.items():
            lines += ["", f"{title}:", *(line for row in rows for line in _row(*row, width))] if rows else []
        return "\n".join([*lines, *(["", self.epilog] if self.epilog else []), ""])


def _is_plain(word: str, flags: Container[str] = ()) -> bool:
    """Whether a word is no flag: it does not begin with ``-``, or is ``-`` itself, a number, or has a blank in it."""
    if not word.startswith("-") or word == "-":
        return True
    return word.partition("=")[0] not in flags and (" " in word or word[1:].replace(".", "", 1).isdecimal())


def _columns() -> int:
    """How wide the help may be."""
    try:
        width = int(os.environ.get("COLUMNS", "")) or _HELP_COLUMNS
    except ValueError:
        try:
            width = os.get_terminal_size().columns
        except OSError:
            width = _HELP_COLUMNS
    return min(width, _HELP_COLUMNS)


def _named(argument: Argument) -> str:
    """An argument's place in the column of names."""
    return f"{argument.name} {argument.value}" if argument.is_flag and not argument.switch else argument.label


def _row(name: str, said: str, width: int) -> Iterator[str]:
    """A name, and what it means beside it, or below where the name is long."""
    margin = " " * (_WIDEST_NAME + 4)
    lines = list(_filled("", said.split(), max(width - len(margin), 20)))
    if len(name) > _WIDEST_NAME:
        yield f"  {name}"
    elif lines:
        yield f"  {name:{_WIDEST_NAME}}  {lines.pop(0)}"
    else:
        yield f"  {name}"
    yield from (margin + line for line in lines)


def _filled(head: str, words: Sequence[str], width: int) -> Iterator[str]:
    """Words in lines of a width, the first behind a head, the others below its end."""
    line, margin = head, " " * len(head)
    for word in words:
        if len(line) + 1 + len(word) > width and line.strip():
            yield line
            line = margin
        line += f" {word}" if line else word
    yield line
