"""The main job as its user does it, against an installed ``planner``: import, star, clash, agenda, calendar, terminal UI.

Run as ``python main_job.py PATH/OF/planner``; needs nothing but the standard library and stands outside the checkout.
"""

from __future__ import annotations

import json
import os
import pty
import select
import subprocess
import sys
import tempfile
import termios
import time
from pathlib import Path

NOW = "2021-05-06T11:05-07:00"
PATIENCE = 60  # seconds; a guard against a hang, far beyond what anything here takes


def run(planner: str, home: str, *words: str, code: int = 0) -> str:
    """Run one command in the data folder and give its stdout; any other exit code than ``code`` ends the job."""
    asked = [planner, *words, "--home", home, "--tz", "Europe/Berlin", "--now", NOW]
    done = subprocess.run(asked, capture_output=True, text=True, timeout=PATIENCE, check=False)
    print("$", "planner", *words)
    print(done.stdout, done.stderr, sep="")
    if done.returncode != code:
        sys.exit(f"planner {' '.join(words)} answered {done.returncode}, not {code}")
    return done.stdout


def expect(what: bool, sentence: str) -> None:
    """End the job where something does not hold."""
    if not what:
        sys.exit(f"not so: {sentence}")


def open_ui(planner: str, home: str) -> str:
    """Open the UI in a pseudo-terminal, wait for a talk on the screen, press q and give what it painted."""
    child, screen = pty.fork()
    if child == 0:
        environment = {**os.environ, "TERM": "xterm-256color"}
        os.execve(planner, [planner, "--home", home, "--tz", "Europe/Berlin", "--now", NOW], environment)
    termios.tcsetwinsize(screen, (40, 120))
    painted, asked, deadline = b"", False, time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        ready, _, _ = select.select([screen], [], [], 0.2)
        if ready:
            try:
                painted += os.read(screen, 65536)
            except OSError:
                break
        if not asked and b"DiffWave" in painted:
            os.write(screen, b"q")
            asked = True
    _, status = os.waitpid(child, 0)
    expect(os.waitstatus_to_exitcode(status) == 0, "the UI ends with exit code 0")
    return painted.decode(errors="replace")


def main() -> None:
    """Do the whole job once."""
    planner = os.path.abspath(sys.argv[1])
    python = os.path.join(os.path.dirname(planner), "python")
    found = "import json; from planner.cli.screen import schedules; print(json.dumps(dict(schedules())))"
    bundled = subprocess.run([python, "-I", "-c", found], capture_output=True, text=True, check=True).stdout
    iclr, fosdem = (path for _, path in sorted(json.loads(bundled).items(), reverse=True))
    with tempfile.TemporaryDirectory() as folder:
        home = os.path.join(folder, "data")
        report = json.loads(run(planner, home, "import", iclr, "--json"))["sources"][0]
        expect(
            (report["talks"], report["untitled"], report["sessions"]) == (13, 3, 1), "13 talks, 3 untitled slots, 1 session"
        )
        run(planner, home, "import", fosdem)
        run(planner, home, "star", "When Do Curricula Work?", "DiffWave", "--rating", "4")
        expect("22:00–22:15" in run(planner, home, "agenda", "2021-05-06"), "DiffWave is at 22:00 in Berlin")
        run(planner, home, "clashes")
        calendar = Path(folder) / "plan.ics"
        run(planner, home, "export", str(calendar))
        expect(calendar.read_bytes().count(b"BEGIN:VEVENT") == 2, "two talks are in the calendar")
        run(planner, home, "doctor")
        expect("DiffWave" in open_ui(planner, home), "the UI shows the talks")
    print("The main job is done.")


if __name__ == "__main__":
    main()
