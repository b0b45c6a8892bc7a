"""Files that are never half there: written beside, synced and renamed; and never over what somebody else wrote."""

from __future__ import annotations

import os

from planner.errors import PlannerError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

_HEAD = 2000  # bytes in which each format says what it is

TEMPORARY = ".planner-"
"""What the name of a file begins with while it is written; one that a killed run left behind means nothing."""


def write_over(path: str, data: bytes, *, known: Callable[[], bool]) -> bool:
    """Write a file as :func:`write_file` does, but not over somebody else's; ``known`` tells of this one.

    Whether the path has to be remembered, because the bytes do not tell whose they are. Raises PlannerError.
    """
    if foreign(path) and not known():
        raise PlannerError(f"{path} is there and not of this program's making: name another file, or remove that one first.")
    write_file(path, data)
    return not ours(data)


def foreign(path: str) -> bool:
    """Whether a file is there that this program did not write, as far as its bytes tell; an empty one is nobody's.

    Raises PlannerError where it cannot be read.
    """
    if not os.path.isfile(path):
        return False
    try:
        with open(path, "rb") as file:
            head = file.read(_HEAD)
    except OSError as error:
        raise unwritable(path, error) from error
    return bool(head) and not ours(head)


def ours(data: bytes) -> bool:
    """Whether bytes begin as what this program exports in some format does, now or in an earlier version.

    A paper list as a table is like any other, also like the one that it was read from: only its path is known, where that is
    remembered.
    """
    import re

    from planner import marks
    from planner.export.csv import FIRST
    from planner.ical.whose import written_here

    head = data[:_HEAD].removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n")
    return (
        written_here(head)
        or marks.claims(head)
        or head.startswith(",".join(FIRST).encode() + b",")
        or (head[:1] == b"<" and b'<meta name="generator" content="planner">' in head)
        or re.match(rb'\{\s*"now": "[^"]*",\s*"zone": "[^"]*",\s*"talks": \[', head) is not None
        or re.match(rb"# .+\n\n## (?:No slot yet\n\n- |\w+ \d+ \w+ \d{4}.*\n\n- \*\*(?:\d\d:\d\d|all day))", head) is not None
    )


def write_file(path: str, data: bytes) -> None:
    """Write beside, sync and rename, so that the file is the old one or the new one whatever happens.

    Raises PlannerError naming the path and the reason; the old file is then as it was.
    """
    try:
        put(path, data)
    except OSError as error:
        raise unwritable(path, error) from error


def unwritable(path: str, error: OSError) -> PlannerError:
    """What cannot be written, and why, in a sentence."""
    reason = (error.strerror or "unknown reason").lower()
    return PlannerError(f"{path} cannot be written ({reason}): what was there is untouched; name another place.")


def put(path: str, data: bytes) -> None:
    """Write a file as :func:`write_file` does. Raises OSError and leaves nothing beside it."""
    import tempfile

    temporary = ""
    try:
        handle, temporary = tempfile.mkstemp(prefix=TEMPORARY, suffix=".tmp", dir=os.path.dirname(os.path.abspath(path)))
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, _mode(path))
        os.replace(temporary, path)
    except OSError:
        if temporary and os.path.exists(temporary):
            os.unlink(temporary)
        raise


def _mode(path: str) -> int:
    """The permissions of the file that is replaced, else those that any new file gets."""
    try:
        return os.stat(path).st_mode & 0o777
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask
