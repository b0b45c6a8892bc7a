"""The plan as a vdir: a folder with one calendar file a talk, as khal, vdirsyncer and CalDAV tools keep them.

The folder may hold other people's files. A file is ours if its name is the one we give to a talk and it holds that talk's
UID, and either our PRODID or a talk that this folder was told of before (other programs put their own PRODID in when they
change an entry). Nothing else is read, replaced or removed. The format: https://vdirsyncer.pimutils.org/en/stable/vdir.html
"""

from __future__ import annotations

import os
from contextlib import contextmanager

from planner.errors import PlannerError
from planner.export.files import TEMPORARY, put, unwritable
from planner.export.ics import calendars
from planner.values import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from planner.export.choice import Choice
    from planner.export.ics import Pieces
    from planner.model import Exported
    from planner.plan import Plan

_NAME_SIGNS = frozenset("0123456789abcdefghijklmnopqrstuvwxyz-_")  # no capitals: some file systems fold them
_LONGEST_NAME = 80
_TAKEN = {"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(10))}  # by Windows
_LARGEST = 10_000_000  # a larger file is none that we wrote: an entry has 30 kB at most


class Step(NamedTuple):
    """What brings a folder to the plan: ``write`` maps file names to new bytes, ``remove`` are names of our own files.

    ``same`` counts the files that are right already. ``foreign`` maps the names that somebody else's file has to the uids
    that would have gone there.
    """

    write: dict[str, bytes]
    remove: tuple[str, ...]
    same: int
    foreign: dict[str, str]


class Outcome(NamedTuple):
    """What an export did to a folder, counted in talks and files; ``words`` says what the folder holds now."""

    words: str
    talks: int
    written: int
    removed: int
    unchanged: int


def export(
    plan: Plan,
    folder: str,
    choice: Choice,
    *,
    remembered: Mapping[str, Exported],
    remember: Callable[[dict[str, Exported]], None],
) -> Outcome | None:
    """Bring a folder to the plan; None where there is nothing to write or remove, and then no folder is made.

    ``remembered`` is what the folder was told before. ``remember`` is given what it is told now, before a file is written: an
    export that is interrupted is completed by the next one, under the same sequences. Raises PlannerError where the folder
    cannot be written, or (after all else is written) where somebody else's file stands in the place of a talk.
    """
    pieces = calendars(plan, choice, remembered=remembered)
    step = compared(folder, pieces, remembered)
    if not pieces.data and not step.remove:
        return None
    with _alone(folder):
        step = compared(folder, pieces, remembered)  # again, for another export may have written until now
        kept = set(step.foreign.values())
        told = {uid: one for uid, one in pieces.remember.items() if uid not in kept}
        if any(remembered.get(uid) != one for uid, one in told.items()):
            remember(told)
        bring(folder, step)
    if step.foreign:
        name, uid = next(iter(step.foreign.items()))
        more = f" and {len(step.foreign) - 1} more" if len(step.foreign) > 1 else ""
        raise PlannerError(
            f"{os.path.join(folder, name)}{more} is not this program's file and was left as it is, so the talk"
            f" “{plan.by_uid[uid].title}” is not in the folder; all else is: move the file away, or name another folder."
        )
    return Outcome(pieces.words, len(pieces.data), len(step.write), len(step.remove), step.same)


def file_name(uid: str) -> str:
    """The name of a talk's file: its uid, or where that is unsafe in some file system, a UUID made from it."""
    safe = 0 < len(uid) <= _LONGEST_NAME and _NAME_SIGNS.issuperset(uid) and uid[0] not in "-_" and uid not in _TAKEN
    if safe:
        return f"{uid}.ics"
    from uuid import NAMESPACE_URL, uuid5

    return f"{uuid5(NAMESPACE_URL, 'uid:' + uid.encode('utf-8', 'backslashreplace').decode())}.ics"


def compared(folder: str, pieces: Pieces, remembered: Mapping[str, Exported]) -> Step:
    """What has to be done to a folder, which need not be there yet; nothing is changed.

    ``remembered`` is what the folder was told before. Raises PlannerError where it cannot be read.
    """
    there = _names(folder)
    write, remove, foreign, same = {}, [], {}, 0
    for uid, data in pieces.data.items():
        name = file_name(uid)
        held = _content(folder, name) if name in there else None
        if held == data:
            same += 1
        elif name in there and (held is None or not _ours(held, uid, remembered)):
            foreign[name] = uid
        else:
            write[name] = data
    for uid in sorted(pieces.gone):
        name = file_name(uid)
        if name in there and (held := _content(folder, name)) is not None and _ours(held, uid, remembered):
            remove.append(name)
    return Step(write, tuple(remove), same, foreign)


def bring(folder: str, step: Step) -> None:
    """Do what :func:`compared` found, each file beside, synced and renamed.

    A run that is interrupted leaves every file old or new, and the next one completes it. Raises PlannerError naming the
    path and the reason.
    """
    try:
        for name, data in step.write.items():
            put(os.path.join(folder, name), data)
        for name in step.remove:
            _gone(os.path.join(folder, name))
    except OSError as error:
        raise unwritable(folder, error) from error


def _names(folder: str) -> frozenset[str]:
    """What is in the folder; nothing where it is not there yet."""
    try:
        return frozenset(os.listdir(folder))
    except (FileNotFoundError, NotADirectoryError):
        parent = os.path.dirname(os.path.abspath(folder))
        if os.path.lexists(folder):
            raise PlannerError(f"{folder} is a file, and vdir writes a folder with one file a talk: name a folder.") from None
        if os.path.isdir(parent):
            return frozenset()
        raise PlannerError(f"{folder} cannot be made (no folder {parent}): make that folder or name another place.") from None
    except OSError as error:
        raise unwritable(folder, error) from error


def _content(folder: str, name: str) -> bytes | None:
    """What a file holds; None for what is no plain file (a link, a folder) or too large to be ours."""
    import stat

    path = os.path.join(folder, name)
    try:
        about = os.lstat(path)
        if not stat.S_ISREG(about.st_mode) or about.st_size > _LARGEST:
            return None
        with open(path, "rb") as file:
            return file.read()
    except OSError as error:
        raise unwritable(path, error) from error


def _ours(held: bytes, uid: str, remembered: Mapping[str, Exported]) -> bool:
    """Whether a file holds a talk of ours and nothing else."""
    from planner.ical.whose import whose

    found = whose(held)
    return found.holds_only(uid) and (found.ours or uid in remembered)


def _gone(path: str) -> None:
    """Remove a file; that it is gone already is as good."""
    from contextlib import suppress

    with suppress(FileNotFoundError):
        os.unlink(path)


@contextmanager
def _alone(folder: str) -> Iterator[None]:
    """Wait until no other export writes into the folder, and clear away what a killed one left half written.

    The folder is made where it is missing, and what was done to it is on the disk in the end. Systems without locks of
    folders (Windows) go without. Raises PlannerError naming the folder and the reason.
    """
    try:
        if not os.path.isdir(folder):
            os.mkdir(folder)
        handle = _locked(folder)
    except OSError as error:
        raise unwritable(folder, error) from error
    try:
        yield
        if handle is not None:
            os.fsync(handle)
    finally:
        if handle is not None:
            os.close(handle)


def _locked(folder: str) -> int | None:
    """The folder's handle, with the lock of whoever writes into it; None where the system has no such thing."""
    try:
        import fcntl
    except ImportError:
        return None
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
    except OSError:
        return handle  # some network file systems have no locks: what was left behind stays, for it may be in use
    for name in os.listdir(folder):
        if name.startswith(TEMPORARY) and name.endswith(".tmp"):
            _gone(os.path.join(folder, name))
    return handle
