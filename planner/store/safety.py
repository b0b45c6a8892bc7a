"""Copies of the store, and what can be found wrong with it."""

from __future__ import annotations

import os
import sqlite3
from datetime import date

from planner.errors import StoreError
from planner.store import schema
from planner.store.access import BACKUPS, FILE, PATIENCE, kept_copies, reason_of, remedy, sentence
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

_NAMED = 3  # so many damaged marks are named; more are counted
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
    covered = {day.isocalendar()[:2] for day in newest[:DAYS]}
    weeks: dict[tuple[int, int], str] = {}
    for day in newest[DAYS:]:
        if day.isocalendar()[:2] not in covered:
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
    """What is wrong with the store of a home folder, a sentence each. A flipped bit in a talk's text is not found."""
    path = os.path.join(home, FILE)
    copies = kept_copies(home)
    if not os.path.isfile(path) or os.path.getsize(path) == 0:
        what = "empty" if os.path.isfile(path) else "gone"
        return [f"{path} is {what}, but it has copies: {remedy(home)}."] if copies else []
    found = _open_to_others(path)
    try:
        db = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)
        try:
            for check in (_structure, _marks, _index, _settings):
                found += check(db, path)
        finally:
            db.close()
    except (sqlite3.Error, ValueError) as error:
        found.append(sentence(error, path))
    except StoreError as error:
        found.append(str(error))
    return [*found, *_damaged(home, copies)]


def _open_to_others(path: str) -> list[str]:
    """Whether others on the machine can read the store, which holds one person's stars and notes."""
    if os.name == "posix" and os.stat(path).st_mode & 0o077:
        return [f"{path} can be read by others on this machine: chmod 600 closes it."]
    return []


def _structure(db: sqlite3.Connection, path: str) -> list[str]:
    """Damage to the file's structure, and rows that hang in the air; an older store is looked at as it is."""
    version = schema.version_of(db, path)
    if version < schema.VERSION:
        raise StoreError(f"{path} has schema version {version}, this planner {schema.VERSION}: any command migrates it.")
    found = []
    problems = [row[0] for row in db.execute("PRAGMA integrity_check(10)") if row[0] != "ok"]
    if problems:
        more = f", and {len(problems) - 1} more" if problems[1:] else ""
        found.append(f"{path} is damaged ({problems[0]}{more}): {remedy(os.path.dirname(path))}.")
    lost = db.execute("PRAGMA foreign_key_check").fetchall()
    if lost:
        found.append(f"{path} holds {len(lost)} rows of conferences that are not there: read their schedules again.")
    return found


def _marks(db: sqlite3.Connection, path: str) -> list[str]:
    """Marks that are not what was written: a flipped bit that SQLite does not see."""
    wrong = []
    for row in db.execute("SELECT uid, starred, rating, decision, note, leave_at, kept, at, checksum FROM mark"):
        if checksum(row[: len(MARK)]) != row[len(MARK)]:
            title = db.execute("SELECT title FROM talk WHERE uid = ?", row[:1]).fetchone()
            wrong.append(f"'{title[0]}'" if title else str(row[0]))
    if not wrong:
        return []
    said = ", ".join(wrong[:_NAMED]) + (f" and {len(wrong) - _NAMED} more" if len(wrong) > _NAMED else "")
    return [f"{path} holds marks that are not as they were written, on {said}: look at them and write them again."]


def _index(db: sqlite3.Connection, path: str) -> list[str]:
    """A search index that does not say what the rows say; it is made anew at once, since nothing is lost by that."""
    if not os.access(path, os.W_OK):
        return []
    try:
        db.execute("INSERT INTO search (search, rank) VALUES ('integrity-check', 1)")
    except sqlite3.DatabaseError as error:
        if not str(getattr(error, "sqlite_errorname", "")).startswith("SQLITE_CORRUPT"):
            raise
        db.execute("INSERT INTO search (search) VALUES ('rebuild')")
        return [f"{path} had a search index that did not fit its talks: it was made anew, nothing else is to be done."]
    return []


def _settings(db: sqlite3.Connection, path: str) -> list[str]:
    """A way of writing that is not ours."""
    mode = db.execute("PRAGMA journal_mode").fetchone()[0]
    return [] if mode == "delete" else [f"{path} is in journal mode {mode}, not delete: any command sets it back."]


def _damaged(home: str, copies: list[str]) -> list[str]:
    """Kept copies that would be of no use."""
    folder = os.path.join(home, BACKUPS)
    if os.path.exists(folder) and not (os.path.isdir(folder) and os.access(folder, os.R_OK | os.W_OK | os.X_OK)):
        return [f"{folder} keeps no copies: make it a folder that you can read and write."]
    return [f"the copy {path} is damaged: remove it." for path in copies if not _is_whole(path)]


def _is_whole(path: str) -> bool:
    try:
        db = sqlite3.connect(path)
        try:
            return schema.version_of(db, path) > 0 and db.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok"
        finally:
            db.close()
    except (sqlite3.Error, StoreError, ValueError):
        return False


def facts(home: str) -> list[str]:
    """What there is to say about the store of a home folder, whole or not: a sentence each."""
    path = os.path.join(home, FILE)
    copies = kept_copies(home)
    said = [f"SQLite is {sqlite3.sqlite_version}, the schema of this planner is version {schema.VERSION}."]
    if os.path.exists(path):
        said.append(f"the store is {path}, {os.path.getsize(path) / 1e6:.1f} MB.")
    else:
        said.append(f"there is no store in {home} yet.")
    count = "1 copy is" if len(copies) == 1 else f"{len(copies)} copies are"
    said.append(f"{count} kept, the newest {copies[-1]}." if copies else "no copy is kept yet.")
    return said
