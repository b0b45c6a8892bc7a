"""khal: calendars imported into a folder of its own, or a vdir as it is, then listed."""

from __future__ import annotations

import json
import os
import subprocess
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from clients import RefusedError, Seen
from clients.install import CACHE

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_CONFIG = """[calendars]
[[plan]]
path = {vdir}
[sqlite]
path = {home}/khal.db
[locale]
local_timezone = UTC
default_timezone = UTC
timeformat = %H:%M:%S
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%dT%H:%M:%S
longdatetimeformat = %Y-%m-%dT%H:%M:%S
"""
_FIELDS = ("uid", "start-long", "end-long", "all-day", "title", "location", "status", "description")


class Khal:
    """A khal with one calendar, the files of which are in ``vdir``; its own things are in ``home``."""

    def __init__(self, home: Path, vdir: Path | None = None) -> None:
        self.vdir = vdir or home / "calendar"
        for folder in (home, self.vdir):
            folder.mkdir(parents=True, exist_ok=True)
        self._config = home / "config"
        self._config.write_text(_CONFIG.format(vdir=self.vdir, home=home), encoding="utf-8")
        self._environment = {**os.environ, "HOME": str(home), "XDG_CACHE_HOME": str(home), "TZ": "UTC"}

    def bring_in(self, files: Iterable[Path]) -> None:
        """``khal import``; raises RefusedError."""
        self._run("import", "--batch", "-a", "plan", *map(str, files))

    def listed(self, first: date, last: date) -> list[Seen]:
        """``khal list`` from one day to another: each entry once."""
        fields = [word for name in _FIELDS for word in ("--json", name)]
        days = (last - first).days + 1
        said = self._run("list", "--once", *fields, first.isoformat(), f"{days}d")
        return [_seen(one) for line in said.splitlines() for one in json.loads(line)]

    def _run(self, *words: str) -> str:
        done = subprocess.run(
            [CACHE / "khal" / "bin" / "khal", "-c", self._config, *words],
            env=self._environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=300,
            check=False,
        )
        if done.returncode or "error" in done.stderr.lower():
            raise RefusedError(done.stderr or done.stdout)
        return done.stdout


def _seen(one: dict[str, str]) -> Seen:
    start, end = one["start-long"], one["end-long"]
    texts = one["title"], one["location"], one["status"], one["description"]
    if one["all-day"] == "True":
        return Seen(one["uid"], date.fromisoformat(start), date.fromisoformat(end) + timedelta(days=1), *texts)
    first, last = (datetime.fromisoformat(at).replace(tzinfo=UTC) for at in (start, end))
    return Seen(one["uid"], first, last, *texts)
