"""The README says what is so: its keys, its commands, its picture, its formats."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from conftest import SCHEDULES

from planner.cli.arguments import Arguments
from planner.cli.parser import COMMANDS, everywhere, parse
from planner.readers import formats
from planner.tui.commands import COMMANDS as KEYS
from planner.tui.commands import keys_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Answer

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


def test_every_command_and_its_flags_are_told() -> None:
    """The table of commands has each with all its flags and no other; the flags of all stand below it."""
    (table,) = re.findall(r"<!-- commands -->\n(.*?)<!-- /commands -->", README, re.DOTALL)
    rows = re.findall(r"(?m)^\| `planner (\w+)[^`]*` \| (.*) \|$", table)
    flags = {}
    for command in COMMANDS:
        declared = Arguments("planner", "")
        command.arguments(declared)
        flags[command.name] = set(declared.flags)
    assert {name: set(re.findall("`(--[a-z-]+)`", said)) for name, said in rows} == flags
    for_all = Arguments("planner", "")
    everywhere(for_all)
    assert all(f"`{flag}`" in README.partition("<!-- /commands -->")[2] for flag in for_all.flags)


def test_every_format_is_named() -> None:
    """What --format takes is in the table of what is read."""
    assert [name for name in formats() if f"`{name}`" not in README] == []


ROWS = """title,date,start,end,room
Ants,2025-02-01,09:00,10:00,A
Bees,2025-02-01,09:30,10:02,A
Cats,2025-02-01,10:04,11:00,B
"""
ITEMS = {"show": ["similar"], "clashes": ["groups", "tight"], "suggest": ["drop"], "import": ["sources"]}
"""The lists of a document whose items have keys of their own, where it is not the list that is called like the command."""


def test_the_documents_for_scripts_have_the_keys_that_are_told(planner: Callable[..., Answer], tmp_path: Path) -> None:
    """Each document that the table names has the keys that it tells, and no other."""
    (table,) = re.findall(r"<!-- json -->\n(.*?)<!-- /json -->", README, re.DOTALL)
    rows = [row.split("|")[1:3] for row in table.splitlines()[2:]]
    told = {name.strip(" `"): set(re.findall(r"`(\w+)`", keys)) for name, keys in rows}
    page, name = tmp_path / "zoo.csv", ("--conference", "Zoo 2025", "--zone", "UTC")
    page.write_text(ROWS)
    assert [planner("import", SCHEDULES / "fosdem-2025").code, planner("import", page, *name).code] == [0, 0]
    page.write_text(ROWS.replace("11:00", "11:30"))
    words = {"import": [page, *name], "agenda": ["2025-02-01"], "show": ["Creating an Open"]}
    found = {"import": planner("import", page, *name, "--json").document}
    planner("star", "Ants", "Bees", "Cats")
    found |= {one: planner(one, *words.get(one, ()), "--json").document for one in told if one not in {"a talk", "import"}}
    assert set(found["talks"]["talks"][0]) == told.pop("a talk")
    for one, keys in told.items():
        lists = ITEMS.get(one, [one] if one in {"conferences", "changes"} else [])
        assert {*found[one], *(key for each in lists for key in found[one][each][0])} == keys, one
