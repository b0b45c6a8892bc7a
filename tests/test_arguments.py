"""The parser of the command line, beside argparse fed with the same table."""

from __future__ import annotations

import argparse
from typing import Any, NoReturn

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.cli.arguments import Arguments
from planner.cli.parser import COMMANDS, Command, everywhere, parse
from planner.errors import UsageError

NAMES = {command.name: command for command in COMMANDS}
WORDS = ("3", "-2", "2.5", "thu", "a b", "-", "", "-- ", "ICLR 2021", "- bring it", "ics", "zone", "auto", "=")
ASKED = st.lists(st.sampled_from(WORDS) | st.text("ab-= 1", max_size=4).filter(lambda word: word != "--"), max_size=3)


class RefusedError(Exception):
    """What the oracle says of a line that it refuses."""


class Oracle(argparse.ArgumentParser):
    """argparse, which raises instead of leaving."""

    def error(self, message: str) -> NoReturn:
        """Refuse."""
        raise RefusedError(message)


def oracle(command: Command) -> Oracle:
    """The oracle of one command."""
    parser = Oracle(allow_abbrev=False, add_help=False)
    command.arguments(parser)
    everywhere(parser)
    return parser


def ours(words: list[str]) -> dict[str, Any]:
    """What our parser makes of a line, without what runs it."""
    return {name: value for name, value in vars(parse(words)).items() if name != "run"}


@st.composite
def lines(draw: st.DrawFn) -> tuple[str, list[str]]:
    """A command with some of its flags, in any order, with fitting and other values, and its words in one place."""
    command = draw(st.sampled_from(COMMANDS))
    declared = Arguments("planner", "")
    command.arguments(declared)
    everywhere(declared)
    pieces = []
    for name in draw(st.lists(st.sampled_from(sorted(declared.flags)), max_size=4)):
        flag = declared.flags[name]
        fitting = [str(choice) for choice in flag.choices] or (["7", "-7"] if flag.type is int else ["Hall A", "x"])
        value = draw(st.sampled_from(fitting) | st.sampled_from(WORDS))
        pieces.append([name] if flag.switch else draw(st.sampled_from([[name, value], [f"{name}={value}"], [name]])))
    pieces.insert(draw(st.integers(0, len(pieces))), draw(ASKED))
    return command.name, [word for piece in pieces for word in piece]


@given(lines())
def test_reads_as_argparse_does(line: tuple[str, list[str]]) -> None:
    """The same line gives the same values or is refused by both."""
    name, words = line
    try:
        expected: dict[str, Any] | None = vars(oracle(NAMES[name]).parse_args(words))
    except RefusedError:
        expected = None
    try:
        read: dict[str, Any] | None = ours([name, *words])
    except UsageError:
        read = None
    assert read == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["--tz", "UTC", "agenda", "thu"], {"tz": "UTC", "day": "thu"}),
        (["--json", "agenda"], {"json": True, "day": "today"}),
        (["--tz", "UTC", "agenda", "--tz", "Asia/Tokyo"], {"tz": "Asia/Tokyo"}),
        (["agenda", "--home=a=b"], {"home": "a=b"}),
        (["talks", "graphs", "--day", "thu", "networks"], {"words": ["graphs", "networks"], "day": "thu"}),
        (["talks", "--starred", "--", "--day"], {"words": ["--day"], "starred": True, "day": None}),
        (["note", "DiffWave", "- bring it"], {"talk": "DiffWave", "text": "- bring it"}),
        (["note", "DiffWave", ""], {"text": ""}),
        (["export", "--alarm", "-5"], {"alarm": -5}),
        ([], {"home": None, "color": "auto", "json": False}),
    ],
)
def test_what_a_line_means(words: list[str], expected: dict[str, Any]) -> None:
    """Flags stand before the command and after it, values behind a blank or ``=``; behind ``--`` nothing is a flag."""
    read = ours(words)
    assert {name: read[name] for name in expected} == expected


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nonsense"], "there is no command “nonsense”; there are import, conferences,"),
        (["imprt"], "there is no command “imprt” (did you mean import?)"),
        (["Unstart"], "there is no command “Unstart” (did you mean unstar or star?)"),
        (["--nonsense"], "planner has no --nonsense"),
        (["agenda", "--nonsense=1"], "planner agenda has no --nonsense"),
        (["agenda", "--days"], "--days needs a value, its N"),
        (["agenda", "--days", "--json"], "--days needs a value, its N"),
        (["agenda", "--days", "two"], "--days is a whole number, not “two”"),
        (["agenda", "--all=yes"], "--all takes no value, but “yes” is given"),
        (["agenda", "thu", "fri"], "“fri” is one word too many for planner agenda"),
        (["export", "--times", "gmt"], "--times is one of zone, utc, not “gmt”"),
        (["star", "--rating", "9"], "--rating is one of 1, 2, 3, 4, 5, not “9”"),
        (["completion", "tcsh"], "SHELL is one of bash, zsh, fish, not “tcsh”"),
        (["note"], "TALK and TEXT are missing"),
        (["import"], "SOURCE is missing"),
    ],
)
def test_what_is_refused(words: list[str], said: str) -> None:
    """A sentence says what is wrong, and which help shows what there is."""
    with pytest.raises(UsageError) as refused:
        parse(words)
    assert said in str(refused.value)
    assert str(refused.value).endswith("--help` shows what there is.")


@pytest.mark.parametrize("name", ["", *NAMES])
@pytest.mark.parametrize("columns", [60, 80, 200])
def test_help_names_everything(
    name: str, columns: int, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every argument with its explanation, or every command, in lines that the terminal has room for."""
    monkeypatch.setenv("COLUMNS", str(columns))
    with pytest.raises(SystemExit) as left:
        parse([name, "--help"] if name else ["-h"])
    assert left.value.code == 0
    text = capsys.readouterr().out
    assert max(map(len, text.splitlines())) <= min(columns, 100)
    flat = " ".join(text.split())
    if name:
        actions = [
            (one.option_strings[:1] or [one.metavar or one.dest], one.help or "") for one in oracle(NAMES[name])._actions
        ]
        assert all((flag in flat or name == "completion") and said in flat for (flag,), said in actions)
    else:
        assert all(f" {one.name} " in flat and one.help in flat for one in COMMANDS)


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    """``--version`` says it and leaves, before a command too."""
    for words in (["--version"], ["--version", "agenda"]):
        with pytest.raises(SystemExit) as left:
            parse(words)
        assert left.value.code == 0
    assert capsys.readouterr().out.splitlines() == ["planner 0.1.0"] * 2
