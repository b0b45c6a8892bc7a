"""Whether files are as they were when they were last read: then reading them again would change nothing, and is left out.

A tag stands for their bytes and for all that decides how they are read. What no tag can stand for has none and is read again:
a reading with warnings, which the user is to see each time, and one that went by the zone of another conference.
"""

from __future__ import annotations

import os
import sys
from functools import cache

from planner import __version__, times
from planner.intake.words import Told
from planner.store.rows import SEPARATOR, instant, seconds

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from typing import Any

    from planner.intake import Asked, Source
    from planner.model import Reading

DATED = frozenset({"ical", "frab", "xcal", "site-json"})
"""Formats in which every time has its year; that of others may be the year which is nearest to the day of the reading."""

_MODULES = ("", "readers", "dates", "ical", "intake", "store")  # the folders of what decides how a file is read and kept


class Zones(dict[str, str]):
    """The zones of the stored conferences by slug. ``given`` are the conferences whose zone a reading may have gone by."""

    def __init__(self, zones: dict[str, str]) -> None:
        super().__init__(zones)
        self.given: set[str] = set()

    def get(self, slug: str, default: Any = None) -> Any:
        """The zone of a conference, None where none is known."""
        if slug in self:
            self.given.add(slug)
        return super().get(slug, default)


def tags(source: Source, asked: Asked, now: datetime) -> tuple[str, str]:
    """The tags of a source for what is read from it on any day and on this one; empty where it can have none."""
    program = _program()
    if not program or not source.parts:
        return "", ""
    whole = _blake2b()(digest_size=20)
    for piece in (program, repr(asked).encode("utf-8", "surrogatepass"), *_pieces(source)):
        whole.update(len(piece).to_bytes(8, "big"))  # so that nothing of one piece can be taken for a part of the next
        whole.update(piece)
    ever = whole.hexdigest()
    whole.update(now.date().isoformat().encode())
    return ever, whole.hexdigest()


def tag(source: Source, asked: Asked, reading: Reading, now: datetime) -> str:
    """The tag under which what was read of a source is known again; empty where it has to be read again."""
    ever, today = ("", "") if reading.warnings else tags(source, asked, now)
    dated = asked.year or (len(source.parts) == 1 and reading.format in DATED)
    return ever if dated else today


def packed(told: Told) -> str:
    """What is told of a reading as one text."""
    said = (*told[:-2], *map(seconds, told[-2:]))
    return SEPARATOR.join("" if one is None else str(one) for one in said)


def unpacked(text: str) -> Told:
    """What :func:`packed` made a text of."""
    said = text.split(SEPARATOR)
    words, numbers = said[:6], [int(one) if one else None for one in said[6:]]
    found: Any = (*(one or None for one in words[:1]), *words[1:], *numbers[:-2], *map(instant, numbers[-2:]))
    return Told(*found)


def _pieces(source: Source) -> Iterator[bytes]:
    """The names and the bytes of all parts: a name may tell the conference and its year."""
    for part in source.parts:
        yield os.fsencode(part.name)
        yield part.data


@cache
def _program() -> bytes:
    """What tells this program, its libraries and its zone files from those of another time; empty where they do not say.

    A checkout changes without its version, and any installation is an entry more or less in the folder of the libraries.
    """
    home, zones = os.path.dirname(os.path.dirname(__file__)), _zones()
    libraries = [entry for entry in sys.path if entry.endswith("-packages") and os.path.isdir(entry)]
    try:
        files = [
            (entry.name, entry.stat().st_mtime_ns, entry.stat().st_size)
            for folder in _MODULES
            for entry in os.scandir(os.path.join(home, folder))
            if entry.name.endswith(".py")
        ]
        installed = [(entry, os.stat(entry).st_mtime_ns) for entry in libraries]
    except OSError:  # the program lies in a zip file
        return b""
    return repr((__version__, sys.version, zones, installed, sorted(files))).encode("utf-8", "surrogatepass") if zones else b""


def _zones() -> str:
    """The folder of the zone files in use and when it was written; empty where pytz alone can open them.

    An update replaces the files at the head of the folder.
    """
    folder = times.zone_folder()
    return f"{folder} {os.stat(folder).st_mtime_ns}" if folder and os.path.isdir(folder) else ""


def _blake2b() -> Any:
    """BLAKE2b as the interpreter has it by itself: hashlib loads OpenSSL, half of a bare interpreter's start."""
    try:
        from _blake2 import blake2b  # only CPython has it
    except ImportError:
        from hashlib import blake2b
    return blake2b
