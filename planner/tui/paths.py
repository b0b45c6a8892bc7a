"""Paths as they are typed: what is there that begins so, and how far it can be completed."""

from __future__ import annotations

import os

from planner.text import clean

MOST = 200
"""Names that are shown of one folder; who looks for another types one more letter."""


def beginning(typed: str) -> list[str]:
    """What begins as typed, written as it would go on being typed, a folder with its slash; nothing where nothing is.

    A name that holds control signs is left out: it could not be shown as it is.
    """
    head, prefix = _split(typed)
    folder = os.path.expanduser(head) or "."
    try:
        with os.scandir(folder) as entries:
            found = sorted(
                (entry.name.casefold(), entry.name, _is_folder(entry))
                for entry in entries
                if entry.name.casefold().startswith(prefix.casefold())
                and (prefix.startswith(".") or not entry.name.startswith("."))
                and clean(entry.name) == entry.name
            )
    except (OSError, ValueError):
        return []
    return [f"{head}{name}{'/' if folder else ''}" for _, name, folder in found[:MOST]]


def completed(typed: str, found: list[str]) -> str:
    """What is typed, as far as all that was found goes on alike."""
    if not found:
        return typed
    alike = 0
    for signs in zip(*(one.casefold() for one in found), strict=False):
        if len(set(signs)) > 1:
            break
        alike += 1
    return found[0][:alike] if alike >= len(typed) else typed


def at_home(sentence: str) -> str:
    """A sentence whose paths in the home folder begin with ``~``: whole ones take two lines of a small terminal."""
    home = os.path.expanduser("~")
    return sentence.replace(home + os.sep, "~" + os.sep) if len(home) > 1 else sentence


def short(path: str, width: int = 0) -> str:
    """A path with the home folder as ``~``; of one that is too long for the width, its end."""
    home = os.path.expanduser("~")
    said = clean("~" + path[len(home) :] if path.startswith(home + os.sep) else path)
    return said if not width or len(said) <= width else "…" + said[1 - width :]


def _split(typed: str) -> tuple[str, str]:
    """The folder as typed, with its slash, and the beginning of a name in it."""
    at = max(typed.rfind(sign) for sign in {"/", os.sep}) + 1
    return typed[:at], typed[at:]


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False
