"""Files that are never half there: written beside, synced and renamed."""

from __future__ import annotations

import os

from planner.errors import PlannerError

TEMPORARY = ".planner-"
"""What the name of a file begins with while it is written; one that a killed run left behind means nothing."""


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
