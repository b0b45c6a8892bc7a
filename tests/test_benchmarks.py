"""The benchmarks: that the one command prints its table. What it measures is read by people, never asserted."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parent / "benchmarks"
LINES = """
planner --help|planner agenda|planner clashes|planner talks WORD, 3 hits|planner talks WORD, 50 hits|memory of planner agenda
planner import made.ics|planner import made.xml|planner import made.txt (a page)|the same .ics again, unchanged
the search index|reading a schedule.xml|storing it|reading page alone|all clashing pairs|suggest: the best plan
search, a keystroke|talks like one|the store|export a calendar|export CSV
UI: a talk to read|UI: the screen with its keys|UI: key to repaint, p50|UI: letter to results, p99|UI: q to the end
memory of the UI
"""


@pytest.mark.ci
@pytest.mark.skipif(sys.platform != "linux", reason="memory is asked of /proc, and screens of pseudo-terminals")
def test_the_one_command_prints_a_line_for_everything_measured() -> None:
    """A small dose ends well, and each line has a figure for both numbers of talks."""
    environment = {key: value for key, value in os.environ.items() if key not in {"KHAL", "CALCURSE", "GCALCLI"}}
    done = subprocess.run(
        [sys.executable, BENCHMARKS / "run.py", "--quick"],
        check=False,
        capture_output=True,
        text=True,
        env=environment,
        timeout=600,
    )
    assert done.returncode == 0, done.stderr
    head, *table = done.stdout.splitlines()
    assert "200 talks" in head
    assert "1,000 talks" in head
    printed = {line[:46].strip(): line for line in table}
    assert set(LINES.strip().replace("\n", "|").split("|")) <= set(printed)
    for line in table:
        assert line[70:92].strip(" -"), line
        assert line[92:114].strip(" -"), line
