"""``planner changes``, and what an import says of talks that got their first slot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conftest import SCHEDULES
from plans import at, evening, star

from planner.intake import words
from planner.model import Busy, Change

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Answer

    Planner = Callable[..., Answer]


def _page(path: Path, *rows: str) -> Path:
    path.write_text("\n".join(["title,date,start", *rows]) + "\n")
    return path


def test_the_newest_import_is_first_and_a_first_one_is_a_line(planner: Planner, tmp_path: Path) -> None:
    """Two conferences read for the first time are a line each; what the third import changed stands above them in full."""
    assert planner("import", SCHEDULES / "fosdem-2025", now="2021-05-01").code == 0
    rows = [f"Talk {number},2021-05-06,{number + 8:02}:00" for number in range(3)]
    page = _page(tmp_path / "page.csv", *rows)
    assert planner("import", page, "--conference", "A 2021", "--zone", "UTC", now="2021-05-02").code == 0
    told = planner("changes").out.splitlines()
    assert [line.partition(",")[0] for line in told] == ["A 2021", "FOSDEM 2025"]
    assert told[0].endswith("read for the first time, 3 talks added")
    _page(page, *rows[1:], "Talk 0,2021-05-06,20:00", "New,2021-05-06,21:00")
    assert planner("import", SCHEDULES / "iclr-2021", "--conference", "ICLR 2021", now="2021-05-03").code == 0
    assert planner("import", page, "--conference", "A 2021", "--zone", "UTC", now="2021-05-04").code == 0
    told = planner("changes").out.splitlines()
    assert [line.partition(",")[0] for line in told if "imported" in line] == ["A 2021", "ICLR 2021", "FOSDEM 2025"]
    assert any("moved" in line and "Talk 0" in line and "Thu 6 May 10:00 → 22:00" in line for line in told)
    assert any("added" in line and "New" in line for line in told)


WHATS = ("edited", "cancelled", "moved", "moved", "added")


def test_a_first_slot_is_no_move(planner: Planner, tmp_path: Path) -> None:
    """A paper of a list that a page gives a time is scheduled in words, and moved in JSON; moved again it is moved."""
    papers = tmp_path / "papers.md"
    papers.write_text(
        "| Title | Authors |\n|---|---|\n| The first thought of ants | A. Nt |\n| On the dance of bees | B. Ee |\n"
    )
    assert planner("import", papers, "--conference", "A 2021").code == 0
    page = _page(tmp_path / "page.csv", "The first thought of ants,2021-05-06,09:00")
    answer = planner("import", page, "--conference", "A 2021", "--zone", "UTC")
    assert "1 scheduled" in answer.out
    assert "moved" not in answer.out
    assert "scheduled The first thought" in planner("changes").out
    assert planner("changes", "--json").document["changes"][0]["what"] == "moved"
    _page(page, "The first thought of ants,2021-05-06,10:00")
    again = planner("import", page, "--conference", "A 2021", "--zone", "UTC")
    assert "1 moved" in again.out
    assert "scheduled" not in again.out


def test_what_is_scheduled() -> None:
    """A start or a whole day where there was neither; a new room alone is a move."""
    none: dict[str, object] = {"title": "x", "start": None, "day": None}
    assert words.kind(Change("u", "moved", none, {"title": "x", "start": "2021-05-06T09:00:00+00:00"})) == "scheduled"
    assert words.kind(Change("u", "moved", {"title": "x", "room": "A"}, {"title": "x", "room": "B"})) == "moved"
    assert words.kind(Change("u", "moved", {"title": "x", "start": "2021-05-06"}, {"title": "x", "start": None})) == "moved"
    assert words.kind(Change("u", "edited", none, none)) == "edited"


def test_what_matters_most_is_told_first() -> None:
    """Starred talks, then moves before edits, and each kind in the order of its source."""
    found = [Change(uid, what, {"start": "2021-05-06"}, {}) for uid, what in zip("abcde", WHATS, strict=True)]
    assert "".join(change.uid for change in words.weighed(found, {"a", "d"})) == "dacbe"


def test_clashes_with_busy_time_without_a_title_are_told() -> None:
    """Busy time is yours, whatever it is called."""
    plan = evening(star("vcnet"), busy=(Busy(at("18:05"), at("18:10"), ""),))
    assert list(words.pairs(plan).values()) == [
        "clash for 5 min: VCNet and Functional Targeted Regularization · your “busy time”"
    ]
