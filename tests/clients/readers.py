"""The libraries that read a calendar, each a process fed by lines: vobject, ics, ical, ical.js and sabre/vobject."""

from __future__ import annotations

import json
import subprocess
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Self

from clients import RefusedError, Seen
from clients.install import CACHE, SABRE, python_of

HERE = Path(__file__).parent

COMMANDS: dict[str, tuple[str | Path, ...]] = {
    "vobject": (python_of("vobject"), HERE / "with_vobject.py"),
    "ics": (python_of("ics"), HERE / "with_ics.py"),
    "ical": (python_of("ical"), HERE / "with_ical.py"),
    "ical.js": ("node", HERE / "with_icaljs.mjs", CACHE / "ical.js" / "node_modules" / "ical.js" / "dist" / "ical.js"),
    "sabre": ("php", HERE / "with_sabre.php", SABRE),
}
"""How the process of each reader is started."""


class Reader:
    """A running reader.

    It gets a calendar as one JSON string a line, and answers with one JSON document a line: a list of entries, or the
    complaint with which it refuses the calendar.
    """

    def __init__(self, name: str) -> None:
        self._process = subprocess.Popen(COMMANDS[name], stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate(timeout=60)

    def entries(self, calendar: bytes) -> list[dict[str, Any]]:
        """What it reads, as it told it; raises RefusedError."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(calendar.decode()) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline())
        if isinstance(answer, str):
            raise RefusedError(answer)
        return list(answer)

    def read(self, calendar: bytes) -> list[Seen]:
        """What it reads; raises RefusedError."""
        return [
            Seen(
                one["uid"],
                moment(one["start"]),
                moment(one["end"]),
                one["title"],
                one["place"] or "",
                one["status"],
                one["description"],
            )
            for one in self.entries(calendar)
        ]


def moment(text: str) -> datetime | date:
    """An instant (with an offset) in UTC, or a day."""
    if len(text) == len("2021-05-06"):
        return date.fromisoformat(text)
    at = datetime.fromisoformat(text)
    assert at.tzinfo is not None, f"{text} floats"
    return at.astimezone(UTC)
