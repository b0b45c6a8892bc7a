"""Inputs that nobody would send: those that once failed, our own files written over, and very large and deep ones."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from fuzz import stores
from fuzz.targets import CRASHERS, TARGETS, check_sound, crashers, seeds
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.errors import PlannerError, ReadError
from planner.readers import Hints, Part, formats, read

if TYPE_CHECKING:
    from collections.abc import Callable

SEEDS = {name: list(seeds(name)) for name in TARGETS}
PIECES = [
    *(
        b"\x00",
        b"\xff",
        b"\x1b[31m",
        b"\x1e",
        b"\r",
        b"\n\n",
        b"\t",
        b"<",
        b">",
        b"&",
        b"]]>",
        b"{",
        b"}",
        b"[",
        b'"',
        b"|",
        b",",
    ),
    *("\u2028".encode(), "\u202e".encode(), "\u0301".encode(), "\u202f".encode(), b"\xed\xa0\x80", b"\xc2\x85"),
    *(b"-1", b"99999999999999999999", b"1e999", b"NaN", b"null", b"0000-00-00", b"24:00", b"2021-02-29", b"T23:59:60Z"),
    *(b"+99:99", b"AoE", b"PT", b"P1D", b"Mar 14 2:30 a.m.", b"BEGIN:VEVENT\n", b"END:VEVENT\n", b"DTSTART:", b"<a href="),
]
"""What readers trip over: control signs, broken UTF-8, numbers and dates beyond all bounds, halves of a syntax."""

SMALL = 100_000
LARGE = {
    "one line": lambda size: b"x" * size,
    "one text in JSON": lambda size: b'["' + b"x" * size + b'"]',
    "short lines": lambda size: b"word\n" * (size // 5),
    "dates": lambda size: b"Tue 6 May 10:00 - 11:00\n\nTalk\n\n" * (size // 31),
    "brackets": lambda size: b"[" * size,
    "objects": lambda size: b'{"a":' * (size // 5),
    "days in days": lambda size: b"<schedule><conference>" + b"<day>" * (size // 5),
    "elements": lambda size: b"<!doctype html>" + b"<div>" * (size // 5),
    "paragraphs": lambda size: b"<!doctype html><body>" + b"<p>x" * (size // 4),
    "columns": lambda size: b"title,date\n" + b"," * size,
    "bars": lambda size: b"| Title |\n| --- |\n" + b"|" * size,
    "open quotes": lambda size: b"title,date\n" + b'"x\n' * (size // 3),
    "events": lambda size: b"BEGIN:VCALENDAR\n" + b"BEGIN:VEVENT\n" * (size // 13),
    "folds": lambda size: b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:" + b"x\n " * (size // 3),
    "items": lambda size: b"- " * (size // 2),
    "headings": lambda size: b"# a\n- b\n" * (size // 8),
    "capitals after a day": lambda size: (b"Fri 7 May " + b"A" * 60 + b"!\n\n10:00 - 11:00\n\nTalk\n\n") * (size // 94),
    "dots in a name": lambda size: (
        b"Fri 7 May\n" + (b"10:00 - 11:00\n\nTalk\n\nAnn" + b"." * 60 + b"1 Ode\n\n") * (size // 94)
    ),
}
"""Makers of inputs of about so many bytes that are long or deep in one way."""


@st.composite
def damaged(draw: st.DrawFn, name: str) -> bytes:
    """A seed of a target with some stretches taken out, doubled, or replaced by pieces that readers trip over."""
    data = draw(st.sampled_from(SEEDS[name]))
    for _ in range(draw(st.integers(1, 6))):
        first = draw(st.integers(0, len(data)))
        last = first + draw(st.sampled_from((0, 1, 2, 5, 20, 100, 1000)))
        twice = data[first:last] * 2
        piece = draw(st.one_of(st.sampled_from(PIECES), st.just(b""), st.just(twice), st.binary(max_size=8)))
        data = data[:first] + piece + data[last:]
    return data


@pytest.mark.parametrize(
    "path", [path for name in TARGETS for path in crashers(name)], ids=lambda path: f"{path.parent.name}-{path.name}"
)
def test_what_once_failed_is_read_or_refused(path: Path) -> None:
    """An input that once broke a reader is read soundly or refused with a sentence."""
    TARGETS[path.parent.name].take(path.read_bytes())


@pytest.mark.ci
@pytest.mark.parametrize("name", TARGETS)
def test_damaged_files_are_read_or_refused(name: str, request: pytest.FixtureRequest) -> None:
    """A file of the family with damage of any kind is read soundly or refused with a sentence, never a traceback."""

    @settings(max_examples=3000 if request.config.getoption("--slow") else 120)
    @given(damaged(name))
    def take(data: bytes) -> None:
        TARGETS[name].take(data)

    take()


@pytest.mark.ci
@pytest.mark.parametrize("script", stores.SEEDS)
def test_damage_of_each_kind_is_met(script: str) -> None:
    """Whatever is wrong in a store: answers or one sentence, the doctor finds what is refused, and no mark is lost."""
    TARGETS["store"].take(script.encode("utf-8", "surrogateescape"))


@pytest.mark.ci
@pytest.mark.parametrize("form", formats())
@pytest.mark.parametrize("shape", LARGE)
def test_long_and_deep_inputs_come_to_an_end(form: str, shape: str, request: pytest.FixtureRequest) -> None:
    """Whatever is long or deep in one way is read soundly or refused with a sentence; of 20 MB with ``--slow``."""
    make: Callable[[int], bytes] = LARGE[shape]
    data = make(20_000_000 if request.config.getoption("--slow") else SMALL)
    hints = Hints(datetime(2026, 1, 1, tzinfo=UTC), name="Conf 2025", year=2025, zone="Europe/Berlin", format=form)
    try:
        check_sound(read([Part("input.txt", data)], hints))
    except PlannerError as error:
        assert len(str(error)) < 1000, "a refusal is a sentence"  # noqa: PT017  (a reading is as good as a refusal)


def test_every_format_is_fuzzed() -> None:
    """No reader is left out: the formats of the targets are all that there are."""
    assert {one for target in TARGETS.values() for one in target.formats} == {"", *formats()}


def test_crashers_belong_to_targets() -> None:
    """Each kept input is in the folder of a target that reads it again."""
    assert {path.name for path in CRASHERS.iterdir()} <= set(TARGETS)


def test_without_atheris_the_command_says_so() -> None:
    """Where atheris is not installed, the one command says how to get it and ends with 2."""
    run = Path(__file__).parent / "fuzz" / "run.py"
    code = f"import runpy, sys; sys.path = [one for one in sys.path if 'site-packages' not in one]; sys.argv = [{str(run)!r}]"
    code += f"; runpy.run_path({str(run)!r}, run_name='__main__')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 2, done.stderr
    assert "pip install" in done.stderr


@pytest.mark.parametrize(
    ("form", "data", "sentence"),
    [
        ("page", b"word\n" * 250_000, "more than 200,000 lines"),
        ("page", b"<!doctype html><body>" + b"<div>" * 1001, "more than 1000 elements inside each other"),
        ("list-csv", b"title,authors\n" + b"A,B\n" * 100_001, "more than 100,000 talks"),
        ("csv-schedule", b"title,date,start\n" + b"A,2025-05-06,10:00\n" * 100_001, "more than 100,000 talks"),
        ("list-json", b"[" * 100_000, "nested too deep"),
        ("frab", b'{"schedule": ' + b"[" * 100_000, "nested too deep"),
    ],
    ids=["page lines", "page depth", "list rows", "csv rows", "JSON depth", "frab depth"],
)
def test_caps_are_told(form: str, data: bytes, sentence: str) -> None:
    """What is beyond any real schedule is refused with what there is too much of."""
    hints = Hints(datetime(2026, 1, 1, tzinfo=UTC), name="Conf 2025", year=2025, zone="Europe/Berlin", format=form)
    with pytest.raises(ReadError, match=sentence):
        read([Part("input.txt", data)], hints)
