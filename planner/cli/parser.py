"""The table of commands with their arguments, and the parser made from it."""

from __future__ import annotations

import sys

from planner.cli.arguments import Arguments, Asked
from planner.values import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any, NoReturn, Protocol

    from planner.cli.context import Context

    class Declared(Protocol):
        """What arguments are declared to: this program's parser, or that of argparse for the completion scripts."""

        def add_argument(self, name: str, /, **how: Any) -> Any:
            """Declare one."""

        def add_argument_group(self, title: str, /) -> Any:
            """Begin a group of the help."""


DESCRIPTION = (
    "Read the schedule a conference publishes, star talks, see what clashes, and get the right hour in your calendar."
)


class Command(NamedTuple):
    """A command: its line of help, the module and function that run it, and what adds its arguments."""

    name: str
    help: str
    module: str
    function: str
    arguments: Callable[[Declared], None]

    def run(self, context: Context) -> int:
        """Import the command's module and run it."""
        module = __import__(f"planner.cli.{self.module}", fromlist=[self.function])
        return int(getattr(module, self.function)(context))


def _import(parser: Declared) -> None:
    parser.add_argument(
        "sources", nargs="+", metavar="SOURCE", help="a file, a folder, an http(s) address, or - for standard input"
    )
    parser.add_argument("--conference", metavar="NAME", help='the conference\'s name, such as "ICLR 2021"')
    parser.add_argument("--year", type=int, help="the year of a page that prints none")
    parser.add_argument("--zone", help="the conference's zone, for times that carry none and for ambiguous letters")
    parser.add_argument("--format", metavar="NAME", default="", help="read it as this format, whatever it looks like")
    parser.add_argument("--allow-private", action="store_true", help="addresses on this machine or its network too")
    parser.add_argument("--dry-run", action="store_true", help="say what would be read and store nothing")


def _nothing(_: Declared) -> None:
    pass


def _conference(parser: Declared) -> None:
    parser.add_argument("--conference", metavar="NAME", help="only this one")


_NARROWING = {
    "track": "only of tracks with these words, or their beginnings",
    "room": "only in rooms with these words",
    "kind": "only oral, spotlight, poster, keynote, tutorial, workshop, panel, social, break, talk, paper or untitled",
    "speaker": "only of speakers with these names",
}


def _talks(parser: Declared) -> None:
    parser.add_argument("words", nargs="*", metavar="WORD", help="words of title, speakers, abstract, room, track, session")
    parser.add_argument("--day", help="today, tomorrow, yesterday, +2, thu, 2021-05-06 or all")
    for name, said in _NARROWING.items():
        parser.add_argument(f"--{name}", metavar="WORDS", help=said)
    parser.add_argument("--starred", action="store_true", help="only starred ones")
    parser.add_argument("--unscheduled", action="store_true", help="only those with no slot yet")
    _conference(parser)


def _talk(parser: Declared) -> None:
    parser.add_argument("talk", metavar="TALK", help="a uid, the start of one, or words of the title")


def _some(parser: Declared) -> None:
    parser.add_argument("talks", nargs="+", metavar="TALK", help="a uid, the start of one, or words of the title in quotes")


def _going(parser: Declared) -> None:
    _some(parser)
    parser.add_argument(
        "--skip-others", action="store_true", help="skip the starred talks that clash with it, in the same step"
    )


def _unstar(parser: Declared) -> None:
    parser.add_argument("talks", nargs="*", metavar="TALK", help="a uid, the start of one, or words of the title in quotes")
    parser.add_argument("--search", metavar="WORDS", help="every talk that planner talks WORDS lists, as one step of undo")
    _conference(parser)


def _star(parser: Declared) -> None:
    _unstar(parser)
    parser.add_argument("--rating", type=int, choices=range(1, 6), metavar="1-5", help="how much you want to see it")


def _note(parser: Declared) -> None:
    _talk(parser)
    parser.add_argument("text", metavar="TEXT", help='the note; "" removes it')


def _check(parser: Declared) -> None:
    parser.add_argument("--check", action="store_true", help="answer with exit code 1 when there is one")
    _conference(parser)


def _suggest(parser: Declared) -> None:
    parser.add_argument("--apply", action="store_true", help="decide so: going to what it keeps, skipping the rest")
    _conference(parser)


def _busy(parser: Declared) -> None:
    parser.add_argument("files", nargs="*", metavar="FILE.ics", help="your own calendar; without one: what was read")
    parser.add_argument("--all-day", action="store_true", help="count all-day entries as busy")
    parser.add_argument("--clear", action="store_true", help="forget all busy time; no part of undo")


def _agenda(parser: Declared) -> None:
    parser.add_argument(
        "day", nargs="?", default="today", metavar="DAY", help="today (default), tomorrow, thu, 2021-05-06, all"
    )
    parser.add_argument("--all", action="store_true", help="every talk, not only the plan")
    parser.add_argument("--days", type=int, default=1, metavar="N", help="this many days from that on")
    parser.add_argument("--next", action="store_true", help="only what is on now and what comes next")
    parser.add_argument("--gaps", action="store_true", help="what would fit into the free time, and why")
    _conference(parser)


def _export(parser: Declared) -> None:
    parser.add_argument(
        "file", nargs="?", default="-", metavar="FILE", help="where to write, - for stdout (default); a folder for vdir"
    )
    formats = ("ics", "vdir", "markdown", "csv", "json", "html", "marks")
    said = "ics, vdir (a folder), markdown, csv, json, html, marks (stars and notes); else by FILE's ending, else ics"
    parser.add_argument("--format", choices=formats, metavar="NAME", help=said)
    _calendar(parser)
    parser.add_argument("--raw", action="store_true", help="CSV cells as they are, also those that a spreadsheet would run")
    _conference(parser)


def _calendar(parser: Declared) -> None:
    parser.add_argument("--times", choices=("zone", "utc"), default="zone", help="times in the display zone or in UTC")
    parser.add_argument("--scope", choices=("starred", "going", "all"), default="starred", help="which talks")
    parser.add_argument("--alarm", type=int, metavar="MINUTES", help="remind this many minutes before")
    parser.add_argument("--with-notes", action="store_true", help="your notes too")


def _publish(parser: Declared) -> None:
    parser.add_argument("url", metavar="URL", help="the address of a CalDAV collection; the password is never given here")
    parser.add_argument("--user", metavar="NAME", help="whose password it is; else as in the address or $PLANNER_CALDAV_USER")
    _calendar(parser)
    parser.add_argument(
        "--allow-private", action="store_true", help="plain http to your own network, where https is not to be had"
    )
    parser.add_argument("--dry-run", action="store_true", help="say what would be sent and removed, and do nothing")
    _conference(parser)


def _backup(parser: Declared) -> None:
    parser.add_argument("file", metavar="FILE", help="where to write the copy; in a folder it gets a name of its own")


def _restore(parser: Declared) -> None:
    said = "a file that planner backup wrote, or the name of a kept copy; without one: the kept copies"
    parser.add_argument("file", nargs="?", metavar="FILE", help=said)
    parser.add_argument("--damaged", action="store_true", help="take it although marks in it are not as they were written")


def _completion(parser: Declared) -> None:
    parser.add_argument("shell", choices=("bash", "zsh", "fish"), metavar="SHELL", help="bash, zsh or fish")


COMMANDS = (
    Command("import", "read schedules and paper lists", "reading", "read", _import),
    Command("conferences", "what is stored", "reading", "conferences", _nothing),
    Command("talks", "list and search talks", "listing", "talks", _talks),
    Command("show", "one talk in full", "listing", "show", _talk),
    Command("star", "star talks, and rate them", "marking", "star", _star),
    Command("unstar", "take stars away", "marking", "unstar", _unstar),
    Command("going", "decide to go", "marking", "going", _going),
    Command("skip", "decide to skip", "marking", "skip", _some),
    Command("undecided", "take a decision back", "marking", "undecided", _some),
    Command("note", "write a note on a talk", "marking", "note", _note),
    Command("undo", "take back the last change", "marking", "undo", _nothing),
    Command("clashes", "starred talks that overlap, and changes of room that are too short", "planning", "clashes", _check),
    Command("suggest", "the best plan without clashes, and what it gives up", "planning", "suggest", _suggest),
    Command("busy", "read your own calendar as busy time", "busy", "busy", _busy),
    Command("agenda", "the plan of a day", "planning", "agenda", _agenda),
    Command("export", "write the plan as a calendar, a table or a page", "exporting", "export", _export),
    Command("publish", "keep a CalDAV collection in step with the plan", "publishing", "publish", _publish),
    Command("changes", "what the last import changed", "reading", "changes", _check),
    Command("backup", "write a copy of the store, also while it is in use", "keeping", "backup", _backup),
    Command("restore", "put a copy back in the place of the store, or list the copies", "keeping", "restore", _restore),
    Command("doctor", "check the store and the zone database", "reading", "doctor", _nothing),
    Command("completion", "a script that completes commands in your shell", "completion", "completion", _completion),
)
"""Every command of the program, in the order of the help."""


def parse(argv: Sequence[str]) -> Asked:
    """What was asked, ``run`` beside the arguments. Raises UsageError; ``--help`` and ``--version`` leave."""
    asked = Asked(run=_ui)
    whole = Arguments("planner", DESCRIPTION, "Without a command: the terminal UI.")
    whole.rest = "COMMAND ..."
    whole.commands = [(command.name, command.help) for command in COMMANDS]
    whole.add_argument("--version", action="store_true", help="say the version")
    everywhere(whole)
    words = whole.read(argv, asked, first_only=True)
    if vars(asked).get("version"):
        _say_version()
    if words:
        command = next((command for command in COMMANDS if command.name == words[0]), None)
        if command is None:
            whole.refuse(f"there is no command “{words[0]}”{_instead(words[0], [name for name, _ in whole.commands])}")
        described = Arguments(f"planner {command.name}", f"{command.help[:1].upper()}{command.help[1:]}.")
        command.arguments(described)
        everywhere(described)
        described.read(words[1:], asked)
        asked.run = command.run
    return asked


def _instead(said: str, names: Sequence[str]) -> str:
    """The one or two commands that a mistyped one may stand for, else all of them, in words."""
    from difflib import get_close_matches  # 10 ms; only on the way to a refusal

    near = get_close_matches(said.casefold(), names, n=2)
    return f" (did you mean {' or '.join(near)}?)" if near else f"; there are {', '.join(names)}"


def everywhere(parser: Declared) -> None:
    """Add the flags that may stand before the command and after it."""
    group = parser.add_argument_group("everywhere")
    group.add_argument("--home", metavar="DIR", help="the data folder")
    group.add_argument("--tz", metavar="ZONE", help="the zone in which times are shown")
    group.add_argument("--now", metavar="TIME", help="stands in for the clock: 2021-05-06T11:05-07:00, or a date, at noon")
    group.add_argument("--json", action="store_true", help="one JSON document on stdout")
    group.add_argument("--color", choices=("auto", "always", "never"), default="auto", help="colour on stdout")


def _say_version() -> NoReturn:
    from planner import __version__

    sys.stdout.write(f"planner {__version__}\n")
    raise SystemExit(0)


def _ui(context: Context) -> int:
    from planner.cli.screen import run

    return run(context)
