"""The command ``export``: which format is written where, and what is said."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from conftest import SCHEDULES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Answer

    Planner = Callable[..., Answer]


@pytest.fixture
def starred(planner: Planner) -> Planner:
    """A store with one star."""
    assert planner("import", SCHEDULES / "iclr-2021").code == 0
    assert planner("star", "DiffWave").code == 0
    return planner


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("plan.csv", b"uid,"),
        ("plan.html", b"<!doctype html>"),
        ("plan.MD", b"# "),
        ("plan.json", b"{"),
        ("plan.ics", b"BEGIN:VCALENDAR"),
        ("plan", b"BEGIN:VCALENDAR"),
    ],
)
def test_the_ending_of_a_file_chooses_the_format(starred: Planner, tmp_path: Path, name: str, begins: bytes) -> None:
    """Without --format a table is a table and a page a page, and nothing is warned of."""
    answer = starred("export", tmp_path / name)
    assert (answer.code, "⚠" in answer.err) == (0, False)
    assert (tmp_path / name).read_bytes().lstrip(b"\xef\xbb\xbf").lower().startswith(begins.lower())
    assert json.loads(starred("export", tmp_path / name, "--json").out)["file"] == str(tmp_path / name)


def test_an_ending_that_no_format_has_is_said(starred: Planner, tmp_path: Path) -> None:
    """A calendar is written, with a warning; --format silences it and wins over any ending."""
    answer = starred("export", tmp_path / "plan.xlsx")
    assert "⚠ no format has files that end with .xlsx: a calendar is written" in answer.err
    assert (tmp_path / "plan.xlsx").read_bytes().startswith(b"BEGIN:VCALENDAR")
    assert "⚠" not in starred("export", tmp_path / "plan.xlsx", "--format", "csv").err
    assert "⚠" not in starred("export", tmp_path / "plan.csv", "--format", "ics").err
    assert (tmp_path / "plan.csv").read_bytes().startswith(b"BEGIN:VCALENDAR")


def test_nothing_to_export_names_the_verb_of_the_scope(starred: Planner, planner: Planner) -> None:
    """Where nothing is decided --scope going says how to decide, not how to star."""
    assert "planner going TALK" in starred("export", "--scope", "going").err
    starred("unstar", "DiffWave")
    assert "planner star TALK" in planner("export").err
