"""calcurse: a calendar imported into a folder of its own, then listed. It keeps no identity and no status."""

from __future__ import annotations

import os
import re
import subprocess
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from clients import RefusedError, Seen

if TYPE_CHECKING:
    from pathlib import Path

_BETWEEN, _END = "\x1f", "\x1e\n"
_WHEN = ("--format-apt", f"%(start:epoch){_BETWEEN}%(end:epoch){_BETWEEN}%m{_BETWEEN}%n{_END}")
_WHOLE_DAY = ("--format-event", f"%(raw){_BETWEEN}%n{_END}", "--format-recur-event", f"%(raw){_BETWEEN}%n{_END}")
_DAY = re.compile(r"(\d\d/\d\d/\d{4}) \[1\] (?:\{1D -> (\d\d/\d\d/\d{4})\} )?(?:>\w+ )?(.*)")


class Calcurse:
    """A calcurse with its own folder."""

    def __init__(self, home: Path) -> None:
        self._home = home

    def bring_in(self, file: Path) -> None:
        """``calcurse -i``; raises RefusedError where it skipped an entry."""
        said = self._run("-i", str(file))
        if not re.search(r"^\d+ apps? / \d+ events? / 0 todos / 0 skipped$", said, re.MULTILINE):
            raise RefusedError(said)

    def listed(self) -> list[Seen]:
        """``calcurse -G``: every appointment and whole day; a whole day that repeats daily is one of several days."""
        said = self._run("-G", *_WHEN, *_WHOLE_DAY)
        return [self._seen(one) for one in said.split(_END) if one.strip()]

    def _run(self, *words: str) -> str:
        done = subprocess.run(
            ["calcurse", "-D", self._home, *words],
            env={**os.environ, "TZ": "UTC", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )
        if done.returncode:
            raise RefusedError(done.stderr or done.stdout)
        return done.stdout

    def _seen(self, said: str) -> Seen:
        *fields, note = said.split(_BETWEEN)
        description, place = self._note(note.strip())
        if len(fields) == 1:
            found = _DAY.match(fields[0])
            assert found, fields
            days = (datetime.strptime(day, "%m/%d/%Y").replace(tzinfo=UTC).date() for day in (found[1], found[2] or found[1]))
            first, last = days
            return Seen(None, first, last + timedelta(days=1), found[3], place, None, description)
        start, end = (datetime.fromtimestamp(int(at), UTC) for at in fields[:2])
        return Seen(None, start, end, fields[2], place, None, description)

    def _note(self, name: str) -> tuple[str, str]:
        """The description, and the place that calcurse puts below it, from the file of a note."""
        lines = (self._home / "notes" / name).read_text(encoding="utf-8", errors="replace").rstrip("\n").split("\n")
        rule = len(lines) - 1 - lines[::-1].index("-- ") if "-- " in lines else len(lines)
        place = next((line.removeprefix("Location: ") for line in lines[rule:] if line.startswith("Location: ")), "")
        return "\n".join(lines[:rule]), place
