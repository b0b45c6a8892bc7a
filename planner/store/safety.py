"""Copies of the store: kept before what could go wrong, written where the user wants one, put back after a check."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing

from planner.errors import ReadError, StoreError, UsageError
from planner.store import exports, schema
from planner.store.access import (
    BACKUPS,
    FILE,
    connected,
    day_of_copy,
    kept_copies,
    make_store,
    move_log,
    reason_of,
    sentence,
)
from planner.store.examine import Contents, examined, named
from planner.values import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date, datetime

    from planner.store.access import Access

DAYS = 7
"""How many days' copies are kept."""

WEEKS = 4
"""How many weeks before those keep their last copy."""

EVENTS = 4
"""How many copies made before imports are kept, and how many made before migrations and before each restore."""

_PARTIAL = ".partial"  # what a copy is called until it is whole


class Restored(NamedTuple):
    """What was put back, and where the store that was there before is now: empty where there was none.

    ``kept`` is a copy in ``backups``; where the store was no store any more, the file itself moved aside.
    """

    contents: Contents
    kept: str


# Copies that keep themselves


def copy_of_the_day(access: Access, now: datetime) -> bool:
    """Keep a copy before the first write of a day, and tell whether one was made.

    A star must not be refused because its copy could not be made: that is a notice, not a failure.
    """
    try:
        back_up(access, now, "day")
    except StoreError as error:
        access.notices.append(str(error))
        return False
    return True


def back_up(access: Access, now: datetime, why: str) -> str:
    """Keep a whole copy of the store as it is on the disk and give its path; ``why`` is day, import or migration.

    Raises:
        StoreError: the copy could not be made.

    """
    return _keep(access.home, now, why, lambda target: _copy(access.path, target))


def _keep(home: str, now: datetime, why: str, write: Callable[[str], None]) -> str:
    """Keep the copy that ``write`` makes at a path; it has its name only when it is whole."""
    folder = os.path.join(home, BACKUPS)
    path = _free(os.path.join(folder, f"{now:%Y-%m-%d-%H%M%S}-{why}"))
    try:
        os.makedirs(folder, mode=0o700, exist_ok=True)
        with _Partial(path) as partial:
            write(partial)
            os.replace(partial, path)
        _sync(folder)
        thin(home, keep=path)
    except (OSError, sqlite3.Error) as error:
        raise StoreError(
            f"no copy of the store could be kept in {folder} ({_why(error)}): make room there, or make it writable."
        ) from error
    return path


class _Partial:
    """A file of one's own beside a path, for the time until it is whole; what is left of it goes."""

    def __init__(self, path: str) -> None:
        self.path = f"{path}.{os.getpid()}{_PARTIAL}"

    def __enter__(self) -> str:
        _remove(self.path)  # of a program of that number that was killed
        os.close(os.open(self.path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        return self.path

    def __exit__(self, *_: object) -> None:
        _remove(self.path)
        _remove(f"{self.path}-journal")


def _copy(path: str, target: str) -> None:
    """Copy a live store with SQLite's backup, which is whole whatever other programs write meanwhile."""
    with closing(connected(path)) as source:
        _write(source, target)


def _write(source: sqlite3.Connection, target: str) -> None:
    """Write what a connection sees to a file, which has to be on the disk before it gets its name."""
    with closing(sqlite3.connect(target, isolation_level=None)) as copy:
        for db in (source, copy):  # each page is met once: 2 MiB of them would be held for each, and no faster
            db.execute("PRAGMA cache_size = -64")
        source.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")
    _sync(target)


def _why(error: Exception) -> str:
    return reason_of(error) if isinstance(error, OSError) else str(error)


def _sync(path: str) -> None:
    """Wait until a file or a folder is on the disk; where a folder cannot be opened (Windows) its names are safe anyhow."""
    if os.path.isdir(path) and os.name == "nt":
        return
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def _free(path: str) -> str:
    """The path with the ending of a copy, and a number where that name is taken: two imports may share a second."""
    number = 1
    while os.path.exists(free := f"{path}{'' if number == 1 else f'-{number}'}.db"):
        number += 1
    return free


def _remove(path: str) -> None:
    if os.path.exists(path):
        os.remove(path)


def thin(home: str, *, keep: str) -> None:
    """Remove the copies that are too many, and what is left of copies that were never finished; ``keep`` stays."""
    folder = os.path.join(home, BACKUPS)
    kept = {keep, *chosen(kept_copies(home), day_of_copy(keep))}
    for name in os.listdir(folder):
        path = os.path.join(folder, name)
        if (name.endswith(".db") and path not in kept and day_of_copy(path)) or (
            name.endswith(_PARTIAL) and name[:10] < os.path.basename(keep)[:10]
        ):
            _remove(path)


def chosen(copies: Iterable[str], today: date | None = None) -> set[str]:
    """The copies that stay: the last seven days', the last one of each of four weeks before, the last four of each event.

    Days after ``today`` are those of a clock that is or was wrong: they are chosen by themselves, and take no place of the
    others.
    """
    stay: set[str] = set()
    days: dict[date, str] = {}
    ours = [path for path in sorted(copies) if day_of_copy(path)]
    for path in ours:
        day = day_of_copy(path)
        if day is not None and "-day" in os.path.basename(path):
            days.setdefault(day, path)
    wrong = {day for day in days if today is not None and day > today}
    stay.update(days[day] for day in [*_generations(wrong), *_generations(set(days) - wrong)])
    for why in ("-import", "-migration", "-restore"):
        stay.update([path for path in ours if why in os.path.basename(path)][-EVENTS:])
    return stay


def _generations(days: set[date]) -> list[date]:
    """Of some days the last seven, and the last one of each of four weeks before."""
    newest = sorted(days, reverse=True)
    covered = {day.isocalendar()[:2] for day in newest[:DAYS]}
    weeks: dict[tuple[int, int], date] = {}
    for day in newest[DAYS:]:
        if day.isocalendar()[:2] not in covered:
            weeks.setdefault(day.isocalendar()[:2], day)
    return newest[:DAYS] + list(weeks.values())[:WEEKS]


# Copies that the user makes and puts back


def save(home: str, target: str, now: datetime) -> Contents:
    """Write a whole copy of the store to a file, or under a name of its own into a folder, and give what it holds.

    An earlier copy there gives way when the new one is whole; any other file does not.

    Raises:
        UsageError: the target is something else than a copy of a store.
        StoreError: there is no store, it is damaged, or the copy could not be written.

    """
    path = os.path.join(home, FILE)
    if not os.path.isfile(path):
        raise StoreError(f"there is no store in {home} yet, so there is nothing to copy: planner import makes one.")
    if os.path.isdir(target):
        target = _free(os.path.join(target, f"planner-{now:%Y-%m-%d-%H%M%S}"))
    target = os.path.realpath(target)
    _check_target(path, target)
    try:
        with _Partial(target) as partial:
            _copy(path, partial)
            found = examined(partial)
            if found.damage:
                raise StoreError(f"{path} {found.damage}, so no copy was written: planner doctor says what to do.")
            os.replace(partial, target)
        _sync(os.path.dirname(target))
    except sqlite3.DatabaseError as error:
        raise StoreError(_of_copy(error, path, target)) from error
    except OSError as error:
        raise StoreError(f"{target} cannot be written ({reason_of(error)}): name another file.") from error
    return found._replace(path=target)


def _check_target(path: str, target: str) -> None:
    """Refuse to write a copy over the store itself, or over what is no copy of one."""
    if not os.path.lexists(target):
        return
    if os.path.exists(target) and os.path.samefile(path, target):
        raise UsageError(f"{target} is the store itself: name another file for its copy.")
    if not os.path.isfile(target) or examined(target).damage:
        raise UsageError(f"{target} is there already and no copy of a store, so it stays: name another file.")


def _of_copy(error: sqlite3.Error, path: str, target: str) -> str:
    """What SQLite's failure in copying means: the store's fault, or that of the disk for the copy."""
    name = str(getattr(error, "sqlite_errorname", ""))
    if name.startswith(("SQLITE_NOTADB", "SQLITE_CORRUPT", "SQLITE_BUSY", "SQLITE_LOCKED")):
        return sentence(error, path)
    return f"{target} cannot be written ({error}): make room there, or name another file."


def found_copies(home: str) -> list[Contents]:
    """The kept copies with what they hold, newest first."""
    return [examined(path) for path in reversed(kept_copies(home))]


def put_back(home: str, source: str, now: datetime, *, damaged: bool = False) -> Restored:
    """Put a copy in the place of the store, after a check; the store that is there is kept as a copy before.

    The copy is written into the present file in one transaction under a lock: other programs that have it open wait, and then
    see what was put back. What calendars were told stays known. A file that is no store any more moves aside, with what SQLite
    left beside it. ``damaged`` takes a copy whose marks are not as they were written.

    Raises:
        ReadError: the copy is none, or damaged.
        StoreError: the copy is a newer planner's, or the store cannot be written.

    """
    path, folder = os.path.join(home, FILE), os.path.join(home, BACKUPS)
    if os.path.exists(path) and os.path.exists(source) and os.path.samefile(path, source):
        raise UsageError(f"{source} is the store itself: planner restore lists its copies.")
    if os.path.isdir(path):
        raise StoreError(f"{path} is not a file: move it away or name another folder with --home.")
    try:
        os.makedirs(folder, mode=0o700, exist_ok=True)
        with _Partial(os.path.join(folder, f"{now:%Y-%m-%d-%H%M%S}-restore")) as partial:
            contents = _taken(source, partial, damaged=damaged)
            kept = _replace(home, partial, now)
    except OSError as error:
        raise StoreError(f"nothing was put back into {home} ({reason_of(error)}): see that you may write there.") from error
    except sqlite3.Error as error:
        raise StoreError(sentence(error, path)) from error
    return Restored(contents._replace(path=source), kept)


def _taken(source: str, partial: str, *, damaged: bool) -> Contents:
    """Copy what is to be put back, and look whether it is whole: what was looked at is put back, in the present schema."""
    if not os.path.isfile(source):
        raise ReadError(
            f"{source} {'is not a file' if os.path.exists(source) else 'is not there'}: planner restore lists what is."
        )
    if not os.path.getsize(source):
        raise ReadError(f"{source} is empty, so nothing was put back: planner restore lists the copies that are kept.")
    try:
        with closing(connected(source)) as given:
            given.execute("PRAGMA application_id")  # reads its first page
            _write(given, partial)
    except sqlite3.Error as error:
        if str(getattr(error, "sqlite_errorname", "")).startswith(("SQLITE_FULL", "SQLITE_IOERR_WRITE")):
            raise
        found = examined(source)
        why = found.damage or f"cannot be read ({error})"
        raise ReadError(f"{source} {why}, so nothing was put back: planner restore lists the copies that are kept.") from error
    found = examined(partial)
    if found.newer:
        raise StoreError(f"{source} {found.damage}.")
    if found.damage:
        raise ReadError(f"{source} {found.damage}, so nothing was put back: planner restore lists the copies that are kept.")
    if found.marks and not damaged:
        raise ReadError(
            f"{source} holds marks that are not as they were written, on {named(found.marks)}, so nothing was put back: "
            "--damaged takes it even so."
        )
    try:
        with closing(connected(partial)) as copy:  # a program that has the store open reads no older schema
            schema.prepare(copy, source, copy=lambda: None)
    except sqlite3.Error as error:
        raise StoreError(sentence(error, source)) from error
    return found


def _replace(home: str, partial: str, now: datetime) -> str:
    """Put a whole copy in the place of the store; where the one that was there is now, empty where there was none."""
    path = os.path.join(home, FILE)
    if not os.path.exists(path):
        make_store(home, path)
    elif os.path.exists(f"{path}-wal"):
        move_log(path)
    with closing(connected(path)) as db:
        version = _alone(db, path)
        if version is not None:
            kept = _keep(home, now, "restore", lambda target: _write(db, target)) if version else ""
            with closing(sqlite3.connect(partial, isolation_level=None)) as copy:
                if version:
                    exports.outlive(db, copy, now)
                copy.backup(db)
            return kept
    aside = _free(os.path.join(home, f"planner-aside-{now:%Y-%m-%d-%H%M%S}"))
    for ending in ("-journal", "-wal", "-shm", ""):  # they belong to the damaged file, and would be played into ours
        if os.path.exists(path + ending):
            os.replace(path + ending, aside + ending)
    os.replace(partial, path)
    _sync(home)
    return aside


def _alone(db: sqlite3.Connection, path: str) -> int | None:
    """Keep every other program out of the store until the connection is closed, and give its schema version.

    It is 0 for a store with nothing in it, None for a file that is no store to write into.
    """
    try:
        version = schema.version_of(db, path)
        db.execute("PRAGMA journal_mode = DELETE")
        db.execute("PRAGMA synchronous = EXTRA")
        db.execute("PRAGMA locking_mode = EXCLUSIVE")  # the lock outlives the transaction that takes it
        db.execute("BEGIN EXCLUSIVE")
        db.execute("COMMIT")
    except StoreError:
        return None
    except sqlite3.DatabaseError as error:
        name = str(getattr(error, "sqlite_errorname", ""))
        if name.startswith(("SQLITE_NOTADB", "SQLITE_CORRUPT", "SQLITE_ERROR")):  # the last: a file format of no SQLite
            return None
        raise
    return version
