"""The command ``export``: which format is written where, and what is said."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from conftest import SCHEDULES

if TYPE_CHECKING:
    from collections.abc import Callable

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


FORMATS = {"ics": "plan.ics", "markdown": "plan.md", "csv": "plan.csv", "json": "plan.json", "html": "plan.html", "marks": "m"}
"""A file name for each format that is one file."""

OTHERS = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//another//EN\r\nEND:VCALENDAR\r\n",
    "# Notes\n\n## Thu 6 May 2021\n\n- milk\n",
    "uid,title\n1,mine\n",
    '{"now": "then", "talks": [1]}',
    '<!DOCTYPE html><html><head><meta name="generator" content="another"></head></html>',
    " ",
)
"""What other programs and people write, in each format, and next to nothing."""


@pytest.mark.parametrize("held", OTHERS)
@pytest.mark.parametrize("form", FORMATS)
def test_a_file_of_somebody_else_is_left_as_it_is(starred: Planner, tmp_path: Path, form: str, held: str) -> None:
    """Exit 2 and one sentence that says what to do; the file is as it was, and the path is not taken for one of ours later."""
    path = tmp_path / FORMATS[form]
    path.write_bytes(held.encode())
    for _ in range(2):
        answer = starred("export", path, "--format", form)
        assert (answer.code, answer.out) == (2, "")
        assert answer.err == (
            f"planner: {path} is there and not of this program's making: name another file, or remove that one first.\n"
        )
    assert path.read_bytes() == held.encode()
    path.write_bytes(b"")
    assert starred("export", path, "--format", form).code == 0


@pytest.mark.parametrize("scope", ["starred", "all"])
@pytest.mark.parametrize("form", FORMATS)
def test_what_was_exported_is_replaced_also_from_another_home(
    starred: Planner, home: Path, tmp_path: Path, form: str, scope: str
) -> None:
    """The file says by itself that it is ours, in each format, also where an editor changed its ends of line."""
    path = tmp_path / FORMATS[form]
    how = ("--format", form, *(() if form == "marks" else ("--scope", scope)))
    assert starred("export", path, *how).code == 0
    starred("star", "VCNet")
    assert starred("export", path, *how).code == 0
    home.rename(tmp_path / "before")
    assert starred("import", SCHEDULES / "iclr-2021").code == 0
    starred("star", "SenSeI")
    path.write_bytes(path.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))
    assert starred("export", path, *how).code == 0
    assert b"SenSeI" in path.read_bytes()


OLDER = {
    "ics": "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//planner//conference planner//EN\r\nX-OLD:1\r\nEND:VCALENDAR\r\n",
    "markdown": "# ICLR 2021\n\n## Thu 6 May 2021 \u00b7 times in UTC\n\n- **18:15\u201318:30** SenSeI\n",
    "csv": "uid,conference,start,end,zone,source_zone,title,speakers\r\nu,iclr-2021,,,UTC,UTC,SenSeI,\r\n",
    "json": '{\n "now": "2021-05-06T18:00:00+00:00",\n "zone": "UTC",\n "talks": [\n  {"uid": "u"}\n ]\n}\n',
    "html": '<!DOCTYPE html>\n<html>\n<head>\n<meta name="generator" content="planner">\n</head></html>\n',
    "marks": '{"format": "planner marks", "version": 1, "marks": []}\n',
}
"""What versions before this one wrote, in fewer or other columns and lines."""


@pytest.mark.parametrize("form", FORMATS)
def test_what_an_older_version_exported_is_replaced(starred: Planner, tmp_path: Path, form: str) -> None:
    """Its first lines say whose it is, whatever came after them then."""
    path = tmp_path / FORMATS[form]
    path.write_bytes(OLDER[form].encode())
    assert starred("export", path, "--format", form).code == 0
    assert b"DiffWave" in path.read_bytes()


def test_a_paper_list_that_was_exported_is_replaced_by_the_next(planner: Planner, home: Path, tmp_path: Path) -> None:
    """A table like any other is known by its path, which was remembered; the list that was read is somebody else's.

    So is one that another home exported, for nobody can tell it from the list that was read.
    """
    read, path = tmp_path / "iclr-2020.md", tmp_path / "again.md"
    read.write_bytes((Path(__file__).parent / "data" / "lists" / "founding.md").read_bytes())
    assert planner("import", read, "--conference", "ICLR 2020").code == 0
    for _ in range(2):
        assert planner("export", "--scope", "all", path).code == 0
    assert planner("export", "--scope", "all", read).code == 2
    assert planner("doctor").code == 0
    home.rename(tmp_path / "before")
    assert planner("import", read, "--conference", "ICLR 2020").code == 0
    assert planner("export", "--scope", "all", path).code == 2
