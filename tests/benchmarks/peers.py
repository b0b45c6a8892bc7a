"""Other people's programs at the same work: khal, calcurse and gcalcli, where they are on this machine.

Each is looked for at the path that ``$KHAL``, ``$CALCURSE`` or ``$GCALCLI`` says, on the PATH, and in
``~/.cache/planner-peers/bin``, an environment of their own: ``python -m venv ~/.cache/planner-peers`` and
``~/.cache/planner-peers/bin/pip install khal gcalcli``.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from measuring import bare, child

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

CACHE = Path.home() / ".cache" / "planner-peers" / "bin"
RUNS = 3
"""They are slow, and their ratios far from ours: more runs would tell nothing more."""

CONFIG = """
[calendars]
[[made]]
path = {home}/calendar
[locale]
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
[default]
default_calendar = made
"""


def found(name: str) -> str | None:
    """The path of another program, None where it is not here."""
    return os.environ.get(name.upper()) or shutil.which(name) or shutil.which(name, path=str(CACHE))


def told(name: str, work: Callable[[str], float], environment: Mapping[str, str], runs: int) -> str:
    """A program and how many bare interpreters it takes, or a dash and why there is no figure."""
    path = found(name)
    if path is None:
        return f"{name} - (not here)"
    ratios = []
    for _ in range(runs):
        least = bare(environment)
        ratios.append(work(path) / least)
    return f"{name} {median(ratios):.1f} x"


class Calendars:
    """Calendars of khal and calcurse in folders of their own, into which the same file is imported."""

    def __init__(self, folder: str, path: Path, environment: Mapping[str, str], runs: int) -> None:
        self.runs = 1 if runs < RUNS else RUNS
        self.folder = Path(folder)
        self.path = path
        self.environment = {**environment, "HOME": folder, "XDG_DATA_HOME": folder, "XDG_CACHE_HOME": folder}
        self.number = 0

    def imports(self) -> str:
        """What importing the file into an empty calendar takes each."""
        return ", ".join(
            (
                told("khal", self._khal_import, self.environment, self.runs),
                told("calcurse", self._calcurse_import, self.environment, self.runs),
            )
        )

    def lists(self, day: date) -> str:
        """What listing a day takes each, once their caches are warm; gcalcli asks a server, so that only its help is run."""
        return ", ".join(
            (
                told("khal", lambda path: self._khal(path, "list", day), self.environment, self.runs),
                told("calcurse", lambda path: self._calcurse(path, "-d", f"{day:%m/%d/%Y}"), self.environment, self.runs),
            )
        )

    def finds(self, word: str) -> str:
        """What looking for a word takes each."""
        return ", ".join(
            (
                told("khal", lambda path: self._khal(path, "search", word), self.environment, self.runs),
                told(
                    "calcurse", lambda path: self._calcurse(path, "-Q", "--filter-pattern", word), self.environment, self.runs
                ),
            )
        )

    def helps(self) -> str:
        """What the help of each takes."""
        return ", ".join(
            told(name, lambda path: child(("--help",), self.environment, path), self.environment, self.runs)
            for name in ("khal", "calcurse", "gcalcli")
        )

    def _khal_import(self, path: str) -> float:
        self.number += 1
        home = self.folder / f"khal-{self.number}"
        (home / "calendar").mkdir(parents=True)
        (home / "config").write_text(CONFIG.format(home=home))
        self.environment |= {"HOME": str(home), "XDG_DATA_HOME": str(home), "XDG_CACHE_HOME": str(home)}
        return self._khal(path, "import", "--batch", self.path)

    def _khal(self, path: str, *words: object) -> float:
        return child(("-c", f"{self.folder}/khal-{self.number}/config", *words), self.environment, path)

    def _calcurse_import(self, path: str) -> float:
        home = self.folder / "calcurse"
        shutil.rmtree(home, ignore_errors=True)
        home.mkdir()
        return self._calcurse(path, "-q", "-i", self.path)

    def _calcurse(self, path: str, *words: object) -> float:
        home = self.folder / "calcurse"
        return child(("-D", home, "-C", home, *words), self.environment, path)
