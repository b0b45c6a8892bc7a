"""Folders given to an import: what is looked into, what is left and how that is said, and when to stop."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from conftest import SCHEDULES

from planner.errors import ReadError, few
from planner.intake import folder

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Answer

    Planner = Callable[..., Answer]

PAGE = SCHEDULES / "iclr-2021" / "oral-session-11.txt"


def _filled(root: Path, *names: str) -> Path:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{name}: words that are no schedule\n")
    return root


def test_hidden_files_stores_and_pipes_are_left(tmp_path: Path) -> None:
    """What is looked into is what a person put there; backups is a folder like any other where no store is beside it."""
    root = _filled(
        tmp_path,
        "a.txt",
        ".hidden",
        ".git/config",
        "node_modules/x/y.js",
        "mine/planner.db",
        "mine/planner.db-journal",
        "mine/backups/planner-2026.db",
        "theirs/backups/b.txt",
    )
    os.mkfifo(root / "pipe")
    told: list[str] = []
    found = folder.files_below(str(root), told.append)
    assert [path for _, paths in found for path in paths] == [str(root / "a.txt"), str(root / "theirs/backups/b.txt")]
    assert told[-1] == "found 2 files to open"


@pytest.mark.parametrize("limit", ["MOST_FILES", "MOST_FOLDERS"])
def test_too_many_files_or_folders_end_soon(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str) -> None:
    """One above the limit is a sentence, and nothing further is looked at; the limit itself is read."""
    root = _filled(tmp_path, "a/1", "b/2", "c/3", "d/4")
    monkeypatch.setattr(folder, limit, 5 if limit == "MOST_FOLDERS" else 4)
    assert len(folder.files_below(str(root), str)) == 4
    monkeypatch.setattr(folder, limit, 3)
    with pytest.raises(ReadError, match=r"holds more than 3 (files|folders): name the folder of one conference"):
        folder.files_below(str(root), str)


def test_files_in_no_known_format_are_one_line(planner: Planner, tmp_path: Path) -> None:
    """Five beside a page and five in other folders: a line for the page's folder, one for the rest, and no failure."""
    root = _filled(
        tmp_path / "down", *(f"{number}.doc" for number in range(5)), *(f"sub{number}/x.doc" for number in range(5))
    )
    (root / "page").mkdir()
    (root / "page" / PAGE.name).write_bytes(PAGE.read_bytes())
    _filled(root / "page", "one.doc", "two.doc")
    answer = planner("import", root, "--conference", "ICLR 2021")
    assert answer.code == 0
    assert answer.err.count("known format") == 2
    assert "10 files in no known format were left: 0.doc, 1.doc, 2.doc and 7 more" in answer.err
    assert "2 files in no known format were left: one.doc, two.doc" in answer.err
    alone = planner("import", root / "sub1", root / "sub2")
    assert (alone.code, alone.err.count("known format")) == (3, 2)
    nothing = planner("import", _filled(tmp_path / "none", "a/x", "b/y"))
    assert (nothing.code, nothing.err.count("\n")) == (3, 1)


def test_a_calendar_of_our_own_is_no_conference(planner: Planner, tmp_path: Path) -> None:
    """Alone it is refused with the way for marks; beside a schedule it is left, said in one line; nothing is there twice."""
    planner("import", PAGE)
    planner("star", "DiffWave")
    mine = tmp_path / "both"
    mine.mkdir()
    planner("export", mine / "plan.ics")
    answer = planner("import", mine / "plan.ics")
    assert (answer.code, "--format marks" in answer.err) == (3, True)
    (mine / PAGE.name).write_bytes(PAGE.read_bytes())
    answer = planner("import", mine, "--conference", "ICLR 2021")
    assert answer.code == 0
    assert answer.err.count("exported by this program, left out") == 1
    assert len(planner("talks", "--json").document["talks"]) == 16
    assert planner("import", mine / "plan.ics", "--dry-run", "--format", "ical").code == 0


@pytest.mark.parametrize(
    ("names", "said"), [("a", "a"), ("abcd", "a, b, c, d"), ("abcde", "a, b, c and 2 more"), ("abcdefg", "a, b, c and 4 more")]
)
def test_few_names_of_many(names: str, said: str) -> None:
    """One more than fits is named, too: “and 1 more” is no shorter."""
    assert few(tuple(names)) == said


def test_a_terminal_is_told_how_far_a_long_import_is(
    planner: Planner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Now and then a plain line on stderr; nothing for one file, and nothing where stderr is no terminal."""
    root = _filled(tmp_path / "down", *(f"{number}.doc" for number in range(70)))
    assert "opening" not in planner("import", root).err
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    told = planner("import", root).err
    assert "  opening 49 of 70 files\n" in told
    assert "\r" not in told
    assert "opening" not in planner("import", PAGE).err
