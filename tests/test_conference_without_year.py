"""``--conference icml`` beside a stored ``ICML 2025``: one conference, not two."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

PAPERS = "title,authors,abstract\nLegs,Ann Lee,x\nArms,Bob Ray,y\n"
PAGE = "Oral Session 1\nModerator: Ann Lee\nTue 15 Jul {year}10:00 - 10:15 PDT\n(Oral)\nEyes\nBob Ray · Cid Foo\n"


def planner(home: Path, *said: str) -> subprocess.CompletedProcess[str]:
    """Run the program on a store of its own."""
    command = [sys.executable, "-m", "planner", "--home", str(home), "--now", "2026-11-22T12:00+00:00", *said]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_a_bare_name_is_that_of_the_only_stored_conference(tmp_path: Path) -> None:
    """It is taken with its year, which is said; a page of another year is a conference of its own."""
    home = tmp_path / "home"
    (tmp_path / "papers.csv").write_text(PAPERS, encoding="utf-8")
    (tmp_path / "other.txt").write_text(PAGE.format(year="2031, "), encoding="utf-8")
    assert planner(home, "import", "--conference", "ICML 2025", str(tmp_path / "papers.csv")).returncode == 0
    again = planner(home, "import", "--conference", "icml", str(tmp_path / "papers.csv"))
    assert "“icml” is taken for the stored ICML 2025" in again.stderr
    assert "2 unchanged" in again.stdout
    planner(home, "import", "--conference", "icml", str(tmp_path / "other.txt"))
    stored = planner(home, "conferences").stdout
    assert [word in stored for word in ("ICML 2025", "icml")] == [True, True]
