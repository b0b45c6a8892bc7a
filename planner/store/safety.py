"""Copies of the store, and what can be found wrong with it."""

from __future__ import annotations

import os
import sqlite3
from datetime import date

from planner.errors import StoreError
from planner.store import schema
from planner.store.access import BACKUPS, FILE, kept_copies, reason_of, sentence
from planner.store.rows import MARK, checksum

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from planner.store.access import Access

DAYS = 7
"""How many days' copies are kept."""

WEEKS = 4
"""How many weeks before those keep their last copy."""

EVENTS = 4
"""How many copies made before imports are kept, and how many made before migrations."""

_PARTIAL = ".partial"  # what a copy is called until it is whole


def copy_of_the_day(access: Access, now: datetime) -> bool:
    """Keep a copy before the first write of a day, and tell whether one was made.

    A star must not be refused because its copy could not be made: that is a notice, not a failure.
    """
    day = f"{now:%Y-%m-%d}"
    if any(os.path.basename(path).startswith(day) for path in kept_copies(access.home)) or is_empty(access.db):
        return False
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
    folder = os.path.join(access.home, BACKUPS)
    path = _free(os.path.join(folder, f"{now:%Y-%m-%d-%H%M%S}-{why}"))
    partial = f"{path}.{os.getpid()}{_PARTIAL}"
    try:
        os.makedirs(folder, mode=0o700, exist_ok=True)
        os.close(os.open(partial, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        _copy(access.path, partial)
        os.replace(partial, path)
        _sync(folder)
        thin(access.home, keep=path)
    except (OSError, sqlite3.Error) as error:
        _remove(partial)
        reason = reason_of(error) if isinstance(error, OSError) else str(error)
        raise StoreError(
            f"no copy of the store could be kept in {folder} ({reason}): make room there, or make it writable."
        ) from error
    return path


def _copy(path: str, target: str) -> None:
    """Copy a live store with SQLite's backup, which is whole whatever other programs write meanwhile."""
    source, copy = sqlite3.connect(path), sqlite3.connect(target)
    try:
        source.backup(copy)
    finally:
        source.close()
        copy.close()
    _sync(target)


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


def is_empty(db: sqlite3.Connection) -> bool:
    """Whether nothing is stored yet that a copy could keep."""
    return db.execute("SELECT 1 FROM conference UNION ALL SELECT 1 FROM mark LIMIT 1").fetchone() is None


def thin(home: str, *, keep: str) -> None:
    """Remove the copies that are too many, and what is left of copies that were never finished; ``keep`` stays."""
    folder = os.path.join(home, BACKUPS)
    kept = {keep, *chosen(kept_copies(home))}
    for name in os.listdir(folder):
        path = os.path.join(folder, name)
        if (name.endswith(".db") and path not in kept and _date(path)) or (
            name.endswith(_PARTIAL) and name[:10] < os.path.basename(keep)[:10]
        ):
            _remove(path)


def chosen(copies: Iterable[str]) -> set[str]:
    """The copies that stay: the last seven days', the last one of each of four weeks before, the last four of each event."""
    stay: set[str] = set()
    days: dict[date, str] = {}
    for path in sorted(copies):
        day = _date(path)
        if day is not None and "-day" in os.path.basename(path):
            days.setdefault(day, path)
    newest = sorted(days, reverse=True)
    stay.update(days[day] for day in newest[:DAYS])
    weeks: dict[tuple[int, int], str] = {}
    for day in newest[DAYS:]:
        weeks.setdefault(day.isocalendar()[:2], days[day])
    stay.update(list(weeks.values())[:WEEKS])
    for why in ("-import", "-migration"):
        stay.update([path for path in sorted(copies) if why in os.path.basename(path)][-EVENTS:])
    return stay


def _date(path: str) -> date | None:
    """The day that a copy's name says; None for a file that somebody else put there."""
    try:
        return date.fromisoformat(os.path.basename(path)[:10])
    except ValueError:
        return None


# What can be found wrong


def findings(home: str) -> list[str]:
    """What is wrong with the store of a home folder, a sentence each."""
    path = os.path.join(home, FILE)
    copies = kept_copies(home)
    help_ = (
        f"put the newest copy, {copies[-1]}, in its place"
        if copies
        else "there is no copy of it; keep the file and ask for help"
    )
    if not os.path.exists(path):
        return [f"{path} is gone, but copies of it are kept: {help_}."] if copies else []
    if os.path.getsize(path) == 0:
        return [f"{path} is empty: {help_}."] if copies else []
    try:
        db = sqlite3.connect(path, timeout=10)
        try:
            return [*_structure(db, path, help_), *_marks(db, path), *_settings(db, path), *_copies(copies)]
        finally:
            db.close()
    except sqlite3.Error as error:
        return [sentence(error, path)]
    except StoreError as error:
        return [str(error)]


def _structure(db: sqlite3.Connection, path: str, help_: str) -> list[str]:
    found = []
    if schema.is_older(db, path):
        version = db.execute("PRAGMA user_version").fetchone()[0]
        return [f"{path} has schema version {version}, this planner {schema.VERSION}: any command brings it up to date."]
    problems = [row[0] for row in db.execute("PRAGMA integrity_check(10)") if row[0] != "ok"]
    if problems:
        found.append(f"{path} is damaged ({problems[0]}{f', and {len(problems) - 1} more' if problems[1:] else ''}): {help_}.")
    lost = db.execute("PRAGMA foreign_key_check").fetchall()
    if lost:
        found.append(f"{path} holds {len(lost)} rows of conferences that are not there: read their schedules again.")
    return found


def _marks(db: sqlite3.Connection, path: str) -> list[str]:
    rows = db.execute("SELECT uid, starred, rating, decision, note, leave_at, kept, at, checksum FROM mark")
    wrong = [row[0] for row in rows if checksum(row[: len(MARK)]) != row[len(MARK)]]
    if not wrong:
        return []
    return [f"{path} holds {len(wrong)} marks that are not as they were written, the first on {wrong[0]}: look at it."]


def _settings(db: sqlite3.Connection, path: str) -> list[str]:
    mode = db.execute("PRAGMA journal_mode").fetchone()[0]
    return [] if mode == "delete" else [f"{path} is in journal mode {mode}, not delete: any command that writes sets it back."]


def _copies(copies: list[str]) -> list[str]:
    found = []
    for path in copies:
        try:
            db = sqlite3.connect(path)
            try:
                whole = db.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok" and not schema.is_older(db, path)
            finally:
                db.close()
        except (sqlite3.Error, StoreError):
            whole = False
        if not whole and "-migration" not in path:
            found.append(f"the copy {path} is damaged: remove it.")
    return found


def facts(home: str) -> list[str]:
    """What there is to say about the store of a home folder, whole or not: a sentence each."""
    path = os.path.join(home, FILE)
    copies = kept_copies(home)
    said = [f"SQLite is {sqlite3.sqlite_version}, the schema of this planner is version {schema.VERSION}."]
    if os.path.exists(path):
        said.append(f"the store is {path}, {os.path.getsize(path) / 1e6:.1f} MB.")
    else:
        said.append(f"there is no store in {home} yet.")
    said.append(f"{len(copies)} copies are kept, the newest {copies[-1]}." if copies else "no copy is kept yet.")
    return said
