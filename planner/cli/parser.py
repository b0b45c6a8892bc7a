"""The table of commands with their arguments, and the parser made from it."""

from __future__ import annotations

import argparse
import os

from planner.errors import UsageError
from planner.values import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any, NoReturn

    from planner.cli.context import Context

DESCRIPTION = (
    "Read the schedule a conference publishes, star talks, see what clashes, and get the right hour in your calendar."
)

_HELP_COLUMNS = 100  # longer lines of help read badly


class Command(NamedTuple):
    """A command: its line of help, the module and function that run it, and what adds its arguments."""

    name: str
    help: str
    module: str
    function: str
    arguments: Callable[[argparse.ArgumentParser], None]

    def run(self, context: Context) -> int:
        """Import the command's module and run it."""
        from importlib import import_module

        return int(getattr(import_module(f"planner.cli.{self.module}"), self.function)(context))


def _formatter(prog: str) -> argparse.HelpFormatter:
    """Help as wide as the terminal; argparse would measure that with shutil, whose import costs 3 ms, at every argument."""
    try:
        width = int(os.environ.get("COLUMNS", "")) or _HELP_COLUMNS
    except ValueError:
        try:
            width = os.get_terminal_size().columns
        except OSError:
            width = _HELP_COLUMNS
    return argparse.HelpFormatter(prog, width=min(width - 2, _HELP_COLUMNS))


class _Parser(argparse.ArgumentParser):
    """A parser that raises the house's error for wrong use instead of ending the process."""

    def __init__(self, **rest: Any) -> None:
        super().__init__(**{"formatter_class": _formatter, "allow_abbrev": False, **rest})

    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message[:1].lower()}{message[1:]}; `{self.prog} --help` shows what there is.")


def _import(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "sources", nargs="+", metavar="SOURCE", help="a file, a folder, an http(s) address, or - for standard input"
    )
    parser.add_argument("--conference", metavar="NAME", help='the conference\'s name, such as "ICLR 2021"')
    parser.add_argument("--year", type=int, help="the year of a page that prints none")
    parser.add_argument("--zone", help="the conference's zone, for times that carry none and for ambiguous letters")
    parser.add_argument("--format", metavar="NAME", default="", help="read it as this format, whatever it looks like")
    parser.add_argument("--allow-private", action="store_true", help="addresses on this machine or its network too")
    parser.add_argument("--dry-run", action="store_true", help="say what would be read and store nothing")


def _nothing(_: argparse.ArgumentParser) -> None:
    pass


def _conference(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--conference", metavar="NAME", help="only this one")


def _talks(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("words", nargs="*", metavar="WORD", help="words of title, speakers, abstract, room, track, session")
    parser.add_argument("--day", help="today, tomorrow, yesterday, +2, thu, 2021-05-06 or all")
    for name in ("track", "room", "kind", "speaker"):
        parser.add_argument(f"--{name}")
    parser.add_argument("--starred", action="store_true", help="only starred ones")
    parser.add_argument("--unscheduled", action="store_true", help="only those with no slot yet")
    _conference(parser)


def _talk(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("talk", metavar="TALK", help="a uid, the start of one, or words of the title")


def _some(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("talks", nargs="+", metavar="TALK", help="a uid, the start of one, or words of the title in quotes")


def _star(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("talks", nargs="*", metavar="TALK", help="a uid, the start of one, or words of the title in quotes")
    parser.add_argument("--search", metavar="WORDS", help="every talk that planner talks WORDS lists, as one step of undo")
    _conference(parser)
    parser.add_argument("--rating", type=int, choices=range(1, 6), metavar="1-5", help="how much you want to see it")


def _note(parser: argparse.ArgumentParser) -> None:
    _talk(parser)
    parser.add_argument("text", metavar="TEXT", help='the note; "" removes it')


def _check(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--check", action="store_true", help="answer with exit code 1 when there is one")
    _conference(parser)


def _suggest(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--apply", action="store_true", help="decide so: going to what it keeps, skipping the rest")
    _conference(parser)


def _busy(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="*", metavar="FILE.ics", help="your own calendar; without one: what was read")
    parser.add_argument("--all-day", action="store_true", help="count all-day entries as busy")
    parser.add_argument("--clear", action="store_true", help="forget all busy time")


def _agenda(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "day", nargs="?", default="today", metavar="DAY", help="today (default), tomorrow, thu, 2021-05-06, all"
    )
    parser.add_argument("--all", action="store_true", help="every talk, not only the plan")
    parser.add_argument("--days", type=int, default=1, metavar="N", help="this many days")
    parser.add_argument("--next", action="store_true", help="only what is on now and what comes next")
    _conference(parser)


def _export(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file", nargs="?", default="-", metavar="FILE", help="where to write, - for stdout (default); a folder for vdir"
    )
    formats = ("ics", "vdir", "markdown", "csv", "json", "html", "marks")
    said = "ics (default), vdir (a folder, one file a talk), markdown, csv, json, html, or marks (stars and notes alone)"
    parser.add_argument("--format", choices=formats, default="ics", metavar="NAME", help=said)
    parser.add_argument("--times", choices=("zone", "utc"), default="zone", help="times in the display zone or in UTC")
    parser.add_argument("--scope", choices=("starred", "going", "all"), default="starred", help="which talks")
    parser.add_argument("--alarm", type=int, metavar="MINUTES", help="remind this many minutes before")
    parser.add_argument("--with-notes", action="store_true", help="your notes too")
    parser.add_argument("--raw", action="store_true", help="CSV cells as they are, also those that a spreadsheet would run")
    _conference(parser)


def _backup(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="where to write the copy; in a folder it gets a name of its own")


def _restore(parser: argparse.ArgumentParser) -> None:
    said = "a file that planner backup wrote, or the name of a kept copy; without one: the kept copies"
    parser.add_argument("file", nargs="?", metavar="FILE", help=said)
    parser.add_argument("--damaged", action="store_true", help="take it although marks in it are not as they were written")


def _completion(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("shell", choices=("bash", "zsh", "fish"), help="whose script")


COMMANDS = (
    Command("import", "read schedules and paper lists", "reading", "read", _import),
    Command("conferences", "what is stored", "reading", "conferences", _nothing),
    Command("talks", "list and search talks", "listing", "talks", _talks),
    Command("show", "one talk in full", "listing", "show", _talk),
    Command("star", "star talks, and rate them", "marking", "star", _star),
    Command("unstar", "take stars away", "marking", "unstar", _some),
    Command("going", "decide to go", "marking", "going", _some),
    Command("skip", "decide to skip", "marking", "skip", _some),
    Command("undecided", "take a decision back", "marking", "undecided", _some),
    Command("note", "write a note on a talk", "marking", "note", _note),
    Command("undo", "take back the last change", "marking", "undo", _nothing),
    Command("clashes", "starred talks that overlap, and changes of room that are too short", "planning", "clashes", _check),
    Command("suggest", "the best plan without clashes, and what it gives up", "planning", "suggest", _suggest),
    Command("busy", "read your own calendar as busy time", "busy", "busy", _busy),
    Command("agenda", "the plan of a day", "planning", "agenda", _agenda),
    Command("export", "write the plan as a calendar, a table or a page", "exporting", "export", _export),
    Command("changes", "what the last import changed", "reading", "changes", _check),
    Command("backup", "write a copy of the store, also while it is in use", "keeping", "backup", _backup),
    Command("restore", "put a copy back in the place of the store, or list the copies", "keeping", "restore", _restore),
    Command("doctor", "check the store and the zone database", "reading", "doctor", _nothing),
    Command("completion", "a script that completes commands in your shell", "completion", "completion", _completion),
)
"""Every command of the program, in the order of the help."""

_VALUED = ("--home", "--tz", "--now", "--color")


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """What was asked: a namespace with ``run`` beside the flags. Raises UsageError; ``--help`` and ``--version`` leave."""
    asked = _asked(argv)
    commands = [command for command in COMMANDS if command.name == asked] or COMMANDS
    parser = _Parser(prog="planner", description=DESCRIPTION, epilog="Without a command: the terminal UI.")
    parser.add_argument("--version", action=_Version, nargs=0, help="say the version")
    everywhere(parser, first=True)
    parser.set_defaults(run=_ui)
    described = parser.add_subparsers(prog="planner", metavar="COMMAND", title="commands", parser_class=_Parser)
    for command in commands:
        below = described.add_parser(
            command.name, help=command.help, description=f"{command.help[:1].upper()}{command.help[1:]}."
        )
        command.arguments(below)
        everywhere(below, first=False)
        below.set_defaults(run=command.run)
    return parser.parse_args(argv)


def _asked(argv: Sequence[str]) -> str:
    """The first argument that is neither a flag nor a flag's value."""
    skip = False
    for word in argv:
        if skip:
            skip = False
        elif word in _VALUED:
            skip = True
        elif not word.startswith("-"):
            return word
    return ""


def everywhere(parser: argparse.ArgumentParser, *, first: bool) -> None:
    """Add the flags that may stand before the command and after it; what was said before it is not forgotten after it."""
    group = parser.add_argument_group("everywhere")
    silent = argparse.SUPPRESS

    def default(value: object) -> object:
        return value if first else silent

    group.add_argument("--home", metavar="DIR", default=default(None), help="the data folder")
    group.add_argument("--tz", metavar="ZONE", default=default(None), help="the zone in which times are shown")
    group.add_argument("--now", metavar="TIME", default=default(None), help="stands in for the clock: 2021-05-06T11:05-07:00")
    group.add_argument("--json", action="store_true", default=default(value=False), help="one JSON document on stdout")
    group.add_argument("--color", choices=("auto", "always", "never"), default=default("auto"), help="colour on stdout")


class _Version(argparse.Action):
    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from planner import __version__

        parser.exit(message=f"planner {__version__}\n")


def _ui(context: Context) -> int:
    from planner.cli.screen import run

    return run(context)
