"""``planner completion``: the shells themselves complete commands, flags, choices and file names with its scripts."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from importlib.util import find_spec
from typing import TYPE_CHECKING

import pexpect
import pytest
from conftest import SCHEDULES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Answer

pytestmark = pytest.mark.skipif(find_spec("shtab") is None, reason="shtab, which writes the scripts, is not installed")

SAY = """planner () {{ [ $1 = conferences ] && cat {folder}/stored && return; printf '<%s>' "$@"; echo E''ND; }}"""

BEGIN = {
    "bash": "PS1='> '; bind 'set enable-bracketed-paste off'; bind 'set bell-style none'; source {script}; " + SAY,
    "zsh": "PS1='> '; autoload -Uz compinit; compinit -u -d {folder}/dump; eval \"$(cat {script})\"; " + SAY,
}
FLAGS = {"bash": ["--norc", "--noprofile", "-i"], "zsh": ["-f", "-i"]}


@pytest.fixture
def script(tmp_path: Path, planner: Callable[..., Answer]) -> Callable[[str], Path]:
    """``script("bash")``: the file of a shell's script; the folder has a file called plan.ics and a folder planning.

    ICLR 2021 and FOSDEM 2025 are stored.
    """
    (tmp_path / "plan.ics").touch()
    (tmp_path / "planning").mkdir()
    planner("import", SCHEDULES / "iclr-2021", SCHEDULES / "fosdem-2025")
    (tmp_path / "stored").write_text(planner("conferences", "--json").out)

    def write(shell: str) -> Path:
        path = tmp_path / f"script.{shell}"
        path.write_text(planner("completion", shell).out)
        return path

    return write


def typed(shell: str, script: Path, *lines: str) -> list[list[str]]:
    """The words that a line gives after a TAB typed at its end, in an interactive shell in a terminal."""
    if not shutil.which(shell):
        pytest.skip(f"{shell} is not installed")
    home = {**os.environ, "HOME": str(script.parent), "TERM": "xterm"}
    child = pexpect.spawn(
        shell, FLAGS[shell], env=home, cwd=str(script.parent), encoding="utf-8", dimensions=(24, 200), timeout=60
    )
    said = []
    try:
        child.sendline(BEGIN[shell].format(script=script, folder=script.parent))
        for line in lines:
            child.send(f"{line}\t\r")
            child.expect(r"((?:<[^<>]*>)+)END")
            said.append(re.findall("<([^<>]*)>", child.match[1]))
    finally:
        child.close(force=True)
    return said


def fish(script: Path, line: str) -> set[str]:
    """What fish offers at the end of a line."""
    if not shutil.which("fish"):
        pytest.skip("fish is not installed")
    done = subprocess.run(
        ["fish", "--no-config", "-c", f"source '{script}'; function planner; cat stored; end; complete -C '{line}'"],
        capture_output=True,
        text=True,
        check=True,
        cwd=script.parent,
        env={**os.environ, "HOME": str(script.parent)},
    )
    return {said.split("\t")[0].strip() for said in done.stdout.splitlines()}


@pytest.mark.parametrize("shell", ["bash", "zsh"])
def test_typed_into_a_terminal(script: Callable[[str], Path], shell: str) -> None:
    """Commands, flags of a command, choices of a flag, file names, folders, and the shells of completion itself."""
    lines = ["planner exp", "planner export --sco", "planner export --format mark", "planner import plan."]
    lines += ("planner agenda --home planni", "planner completion fi", "planner talks --conference fos")
    command, flag, choice, file, folder, itself, conference = typed(shell, script(shell), *lines)
    assert command == ["export"]
    assert flag == ["export", "--scope"]
    assert choice[:2] == ["export", "--format"]
    assert choice[2].startswith("mark")
    assert file == ["import", "plan.ics"]
    assert [word.rstrip("/") for word in folder] == ["agenda", "--home", "planning"]
    assert itself == ["completion", "fish"]
    assert conference == ["talks", "--conference", "fosdem-2025"]


def test_fish(script: Callable[[str], Path]) -> None:
    """The same as fish itself lists it."""
    path = script("fish")
    assert fish(path, "planner exp") == {"export"}
    assert {"--scope", "--alarm", "--home"} <= fish(path, "planner export --")
    assert fish(path, "planner export --format m") == {"markdown", "marks"}
    assert {"plan.ics"} <= fish(path, "planner import plan.")
    assert fish(path, "planner completion ") >= {"bash", "zsh", "fish"}
    assert fish(path, "planner star --conference ") == {"fosdem-2025", "iclr-2021"}


def test_no_other_shell(planner: Callable[..., Answer]) -> None:
    """A shell that has no script is refused, and those that have are named."""
    answer = planner("completion", "tcsh")
    assert answer.code == 2
    assert "bash" in answer.err


def test_every_command_is_completed(script: Callable[[str], Path]) -> None:
    """The scripts are made from the table of commands: none is left out."""
    from planner.cli.parser import COMMANDS

    for shell in ("bash", "zsh", "fish"):
        text = script(shell).read_text()
        assert [command.name for command in COMMANDS if command.name not in text] == []


def test_json(planner: Callable[..., Answer]) -> None:
    """One document, as everywhere."""
    assert planner("completion", "bash", "--json").document["shell"] == "bash"
