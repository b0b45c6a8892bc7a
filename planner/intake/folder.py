"""The files of a folder that may be schedules, found before any of them is read: no hidden ones, no store of this program."""

from __future__ import annotations

import os

from planner.errors import ReadError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from planner.intake import Tell

MOST_FILES = 2_000
"""A folder with more files below it holds more than conferences; the largest known site has some 300."""

MOST_FOLDERS = 5_000
"""So many folders are looked into: a whole disk has hundreds of thousands."""

HEAD = 8192
"""Of a file that begins like no text so many bytes are read: they say what it is."""

_STORE = "planner.db"
_NOT_OURS = frozenset({"node_modules", "__pycache__"})


def files_below(said: str, tell: Tell) -> list[tuple[str, list[str]]]:
    """The folders from ``said`` down that hold files, each with the paths of its files in order.

    Left out are hidden files and folders, what is no file (pipes, devices), the store of this program with its copies, and
    the folders in which programs keep what they fetched. Raises ReadError for a folder without files, and for one with more
    than :data:`MOST_FILES` or :data:`MOST_FOLDERS` below it.
    """
    found = []
    files = 0
    for folders, (folder, below, names) in enumerate(os.walk(said), 1):
        below[:] = sorted(name for name in below if _wanted(name, names))
        paths = list(_paths(folder, names))
        files += len(paths)
        if files > MOST_FILES or folders > MOST_FOLDERS:
            many = f"{MOST_FILES:,} files" if files > MOST_FILES else f"{MOST_FOLDERS:,} folders"
            raise ReadError(f"{said} holds more than {many}: name the folder of one conference, or a file.")
        if paths:
            found.append((folder, paths))
            tell(f"found {files} file{'s' * (files != 1)} to open")
    if not found:
        raise ReadError(f"{said} is a folder without files: name a schedule or a folder that holds one.")
    return found


def read_text(file: BinaryIO, most: int) -> bytes:
    """The bytes of a file, up to so many; only the first of what is no text."""
    head = file.read(HEAD)
    if not head.isascii() or not head.translate(None, b"\t\r\n").decode().isprintable():
        from planner.text import looks_binary  # 4 ms with what it loads; most schedules begin in plain letters

        if looks_binary(head):
            return head
    return head + file.read(most - len(head))


def _wanted(name: str, beside: list[str]) -> bool:
    """Whether a folder is to be looked into, given the files beside it."""
    return not name.startswith(".") and name not in _NOT_OURS and not (name == "backups" and _STORE in beside)


def _paths(folder: str, names: list[str]) -> Iterator[str]:
    for name in sorted(names):
        path = os.path.join(folder, name)
        if not name.startswith((".", _STORE)) and os.path.isfile(path):
            yield path
