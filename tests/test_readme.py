"""The README says what is so: its keys, its commands, its picture, its formats."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from planner.cli.parser import COMMANDS, parse
from planner.readers import formats
from planner.tui.commands import COMMANDS as KEYS
from planner.tui.commands import keys_of

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def key_table() -> str:
    """The table of keys as the README has to show it, from the one table of commands."""
    rows = [
        f"| {' '.join(f'`{key}`' for key in keys_of(command, {}))} | {command.label} | `{command.id}` |" for command in KEYS
    ]
    return "\n".join(["| keys | what | its name in `[keys]` |", "|---|---|---|", *rows])


def block(marker: str) -> list[str]:
    """The lines of the code block after a marker."""
    found = re.search(rf"<!-- {marker} -->\n```sh\n(.*?)```", README, re.DOTALL)
    assert found
    return found[1].splitlines()


def test_the_keys_are_those_of_the_program() -> None:
    """One table feeds keys, footer, palette, help and README."""
    assert key_table() in README


@pytest.mark.parametrize("marker", ["main job", "tests"])
def test_each_of_the_two_commands_is_one_line(marker: str) -> None:
    """They make the environment themselves, from python3 and its venv alone."""
    (line,) = block(marker)
    assert line.startswith("python3 -m venv .venv && .venv/bin/pip install")


def test_every_line_of_the_tour_is_a_command_of_the_program() -> None:
    """Each parses as it stands there."""
    found = re.search(r"## The tour\n.*?```sh\n(.*?)```", README, re.DOTALL)
    assert found
    lines = [shlex.split(line, comments=True) for line in found[1].splitlines()]
    assert len(lines) >= 5
    for program, *words in lines:
        assert program == "planner"
        assert callable(parse(words).run)


def test_every_picture_is_there() -> None:
    """Pictures are the program's own snapshots, under tests."""
    pictures = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", README)
    assert pictures
    for picture in pictures:
        assert (ROOT / picture.replace("%5B", "[").replace("%5D", "]")).is_file()
        assert picture.startswith("tests/")


def test_only_commands_of_the_program_are_named() -> None:
    """What the README calls ``planner WORD`` is a command."""
    named = set(re.findall(r"`planner ([a-z]+)", README))
    assert named <= {command.name for command in COMMANDS}


def test_every_format_is_named() -> None:
    """What --format takes is in the table of what is read."""
    assert [name for name in formats() if f"`{name}`" not in README] == []
