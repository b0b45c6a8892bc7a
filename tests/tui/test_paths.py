"""Paths as they are typed: what begins so, how far it can be completed, how it is shown."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from planner.tui import paths

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def _files(tmp_path: Path) -> None:
    """Files and a folder in the folder that one is in."""
    for name in ("Alpha.txt", "alps.md", ".hidden", "beta", "bad\x1b]2;x\x07"):
        (tmp_path / name).write_text("x", encoding="utf-8")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "inner.txt").write_text("x", encoding="utf-8")
    os.chdir(tmp_path)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", ["Alpha.txt", "alps.md", "beta", "folder/"]),
        ("al", ["Alpha.txt", "alps.md"]),
        (".", [".hidden"]),
        ("folder/", ["folder/inner.txt"]),
        ("./f", ["./folder/"]),
        ("away/", []),
        ("bad", []),
    ],
)
def test_what_begins_so(typed: str, found: list[str]) -> None:
    """Case does not count, hidden names are found by their dot, names with control signs not at all."""
    assert paths.beginning(typed) == found


@pytest.mark.parametrize(
    ("typed", "found", "completed"),
    [
        ("al", ["Alpha.txt", "alps.md"], "Alp"),
        ("b", ["beta"], "beta"),
        ("x", [], "x"),
        ("Alp", ["Alpha.txt", "alps.md"], "Alp"),
    ],
)
def test_completion(typed: str, found: list[str], completed: str) -> None:
    """As far as all go on alike, in the spelling of the first."""
    assert paths.completed(typed, found) == completed


def test_short(monkeypatch: pytest.MonkeyPatch) -> None:
    """The home folder is a tilde, and of a long path the end is shown."""
    monkeypatch.setenv("HOME", "/home/me")
    assert paths.short("/home/me/talks/a.txt") == "~/talks/a.txt"
    assert paths.short("/home/mean/a.txt") == "/home/mean/a.txt"
    assert paths.short("/home/me/talks/a.txt", 8) == "…s/a.txt"
