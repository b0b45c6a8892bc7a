"""A reader tried alone: what it makes of text, a value as JSON and the small files of the tests; instants to compare with."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo

from planner.readers.sources import Hints, Part

if TYPE_CHECKING:
    from types import ModuleType

    from planner.model import Reading, Talk

HINTS = Hints(now=datetime(2031, 1, 1, tzinfo=UTC))
NAME = "LAMP 2031"


class Alone(NamedTuple):
    """A reader's module, the file that its text is said to stand in, the small files for it and their conference's name."""

    reader: ModuleType
    file: str
    folder: Path = Path()
    name: str = NAME

    def reading(self, data: object, *, file: str = "", **hints: Any) -> Reading:
        """Read text, or a value as JSON, as the importer would hand it over."""
        text = data if isinstance(data, str) else json.dumps(data)
        part = Part(file or self.file, text.encode("utf-8", "surrogatepass"))
        found: Reading = self.reader.read(text, part, HINTS._replace(**hints))
        return found

    def own(self, file: str, **hints: Any) -> Reading:
        """Read one of the project's small files."""
        text = (self.folder / file).read_text(encoding="utf-8")
        assert self.reader.claims(text, Part(file, b""))
        return self.reading(text, file=file, **{"name": self.name, **hints})


def small_files(format_: str) -> Path:
    """The folder of the project's small files for a reader."""
    return Path(__file__).parent / "data" / format_


def utc(text: str) -> datetime:
    """``2031-05-06 17:30`` as an instant."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def at(zone: str, *figures: int) -> datetime:
    """A wall clock in a zone."""
    return datetime(*figures, tzinfo=ZoneInfo(zone))  # type: ignore[arg-type, misc]


def by_title(found: Reading) -> dict[str, Talk]:
    """The talks by their titles."""
    return {talk.title: talk for talk in found.conference.talks}
