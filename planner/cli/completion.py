"""``planner completion``: a script by which bash, zsh or fish completes commands, flags, file names and conferences."""

from __future__ import annotations

import argparse
import sys

from planner.cli.parser import COMMANDS, everywhere
from planner.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from planner.cli.context import Context

_FILES = {"FILE", "FILE.ics", "SOURCE"}
_FOLDERS = {"DIR"}
_ASK = r"""planner conferences --json 2>/dev/null | sed -n 's/^ *"slug": "\([^"]*\)".*/\1/p'"""
_CONFERENCES = {
    "bash": "_planner_conferences",
    "zsh": "_planner_conferences",
    "fish": "(_planner_conferences)",
    "preamble": {
        "bash": f'_planner_conferences() {{ compgen -W "$({_ASK})" -- "$1"; }}\n',
        "zsh": f'_planner_conferences() {{ compadd -- ${{(f)"$({_ASK})"}}; }}\n',
        "fish": f"function _planner_conferences; {_ASK}; end\n",
    },
}
"""What completes to the names of the conferences that are stored; the shell asks for them when it comes to it."""


def completion(context: Context) -> int:
    """Print the script; the shell reads it at its start."""
    try:
        import shtab
    except ImportError as error:
        raise UsageError("the library shtab is missing, which writes the script: pip install shtab.") from error
    if context.asked.json:
        context.print_json({"shell": context.asked.shell, "script": shtab.complete(whole(), shell=context.asked.shell)})
        return 0
    sys.stdout.write(shtab.complete(whole(), shell=context.asked.shell) + "\n")
    context.tell(_HOW[context.asked.shell])
    return 0


def whole() -> argparse.ArgumentParser:
    """The parser of all commands, made from the table, with what completes to files and folders."""
    parser = argparse.ArgumentParser(prog="planner")
    everywhere(parser)
    described = parser.add_subparsers(metavar="COMMAND")
    for command in COMMANDS:
        below = described.add_parser(command.name, help=command.help)
        command.arguments(below)
        everywhere(below)
        _complete_values(below)
    _complete_values(parser)
    return parser


def _complete_values(parser: argparse.ArgumentParser) -> None:
    """Say which arguments are files and folders, by the words that stand for them in the help, and which conferences."""
    import shtab

    for action in parser._actions:  # noqa: SLF001  (argparse has no other list of what was added; shtab reads the same)
        if action.metavar in _FILES:
            action.complete = shtab.FILE  # type: ignore[attr-defined]
        elif action.metavar in _FOLDERS:
            action.complete = shtab.DIRECTORY  # type: ignore[attr-defined]
        elif action.dest == "conference":
            action.complete = _CONFERENCES  # type: ignore[attr-defined]


_HOW = {
    "bash": 'Put this into ~/.bashrc: eval "$(planner completion bash 2>/dev/null)"',
    "zsh": 'Put this into ~/.zshrc, after compinit: eval "$(planner completion zsh 2>/dev/null)"',
    "fish": "Write it where fish looks: planner completion fish > ~/.config/fish/completions/planner.fish",
}
"""What a person does with the script."""
