"""The store's file: opened, written in whole transactions, and its failures told in sentences.

``journal_mode=DELETE`` with ``synchronous=EXTRA`` lost no acknowledged commit in simulated power cuts and reads in a
read-only folder, which SQLite's WAL mode does not; it costs 0.9 ms a commit.
"""

from __future__ import annotations

import os
import sqlite3
from datetime import date

from planner.errors import PlannerError, StoreError
from planner.store import schema

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import datetime
    from types import TracebackType
    from typing import Any

    from planner.store.together import Together

FILE = "planner.db"
"""The name of the store in the home folder."""

BACKUPS = "backups"
"""The folder of its copies beside it."""

_STAMP = "0000-00-00-000000-"  # day and second at the head of a copy's name
_REASONS = frozenset({"day", "import", "migration", "restore"})  # why it was made, behind them

PATIENCE = 10.0
"""Seconds to wait for another program's write before giving up; four programs at a person's pace wait 0.14 s at worst."""


class Access:
    """An open store file. ``read_only`` is empty, or the reason why nothing can be written; ``notices`` are for the user.

    ``joined`` is what the writes of now are part of, None where each stands by itself. ``rehearsed`` says that it is in
    memory, and only there to tell what would come of it. ``asked`` are the tables that statements named.
    """

    def __init__(self, db: sqlite3.Connection, home: str, read_only: str = "") -> None:
        self.asked: set[str | None] = set()
        self.work_on(db)
        self.home = home
        self.path = os.path.join(home, FILE)
        self.read_only = read_only
        self.notices: list[str] = []
        self.joined: Together | None = None
        self.rehearsed = False
        self._copied: date | None = None
        self._copied_now = False

    def work_on(self, db: sqlite3.Connection) -> None:
        """Ask that connection from now on, and note the tables: SQLite names them where a statement is prepared."""
        asked = self.asked

        def note(_: int, table: str | None, *__: str | None) -> int:
            asked.add(table)
            return sqlite3.SQLITE_OK

        self.db = db
        db.set_authorizer(note)

    def explain(self, error: Exception) -> None:
        """Raise a StoreError for a failure of SQLite's, and for an error that a damaged value explains; return from others."""
        from traceback import clear_frames

        clear_frames(error.__traceback__)  # a half-read answer in one of them would lock the file as long as the error is kept
        if hasattr(error, "sqlite_errorname"):
            raise StoreError(sentence(error, self.path)) from error
        if isinstance(error, (PlannerError, OSError)):
            return
        from planner.store.examine import explain

        explain(error, self.db, self.path, self.asked)

    def leave(self, error: BaseException | None) -> None:
        """Let go of the file; an error that came from it is explained."""
        try:
            if isinstance(error, Exception):
                self.explain(error)
        finally:
            self.db.close()

    def reading(self) -> Saying:
        """What surrounds a read: failures become sentences."""
        return Saying(self)

    def writing(self, now: datetime) -> Saying:
        """What surrounds a write: one transaction that is there as a whole or not at all, the day's copy before it."""
        if self.read_only:
            raise StoreError(self.read_only)
        if self.joined is not None:
            return Saying(self)
        if self.rehearsed:
            return Transaction(self)
        self._copied_now = False
        if self._copied != now.date():
            with self.reading() as db:
                if not _is_copied(self.home, now.date()) and not _is_empty(db):
                    from planner.store.safety import copy_of_the_day

                    self._copied_now = copy_of_the_day(self, now)
            self._copied = now.date()
        return Transaction(self)

    def copy_before_import(self, now: datetime) -> None:
        """Keep a copy, unless the day's was made for this very write or there is nothing to keep yet."""
        if not self._copied_now and not self.rehearsed and not _is_empty(self.db):
            from planner.store.safety import back_up

            back_up(self, now, "import")
            self._copied_now = self.joined is not None  # the next import of the same transaction needs none, and may not wait

    def rehearsal(self) -> Access:
        """The same store in memory: whatever is written there shows what would come of it, and is nowhere else."""
        db = sqlite3.connect(":memory:", isolation_level=None)
        with self.reading() as stored:
            stored.backup(db)
        db.execute("PRAGMA foreign_keys = ON")
        access = Access(db, self.home)
        access.rehearsed = True
        return access


class Saying:
    """Turns SQLite's failures, and those on values that no planner writes, into a StoreError with one sentence."""

    def __init__(self, access: Access) -> None:
        self.access = access

    def __enter__(self) -> sqlite3.Connection:
        return self.access.db

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if isinstance(error, Exception):
            self.access.explain(error)


class Transaction(Saying):
    """A write. The lock is taken at once, so that two programs wait for each other instead of failing half way."""

    def __enter__(self) -> sqlite3.Connection:
        with Saying(self.access) as db:
            db.execute("BEGIN IMMEDIATE")
            return db

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        db = self.access.db
        try:
            if error is None:
                db.execute("COMMIT")
        except sqlite3.Error as failure:
            self._roll_back()
            raise StoreError(sentence(failure, self.access.path)) from failure
        if error is not None:
            self._roll_back()
            super().__exit__(kind, error, trace)

    def _roll_back(self) -> None:
        """Leave the transaction; SQLite has left it by itself after some failures, and rolls back the journal otherwise."""
        if self.access.db.in_transaction:
            with Saying(self.access) as db:
                db.execute("ROLLBACK")


def open_access(home: str, now: datetime, *, create: bool) -> Access:
    """Open the store of a home folder, made if it is missing and ``create`` is true; else what reads is an empty one.

    Raises:
        StoreError: the file cannot be opened, is damaged, is no store, or belongs to a newer version.

    """
    path = os.path.join(home, FILE)
    lost = ""
    if not os.path.exists(path):
        if not create:
            return _in_memory(home, f"there is no store in {home} yet: planner import makes one.")
        if kept_copies(home):
            lost = f"a new store was begun in {home}: if you miss the one before, {_remedy(home)}."
        make_store(home, path)
    else:
        _check_file(home, path)
        if os.path.exists(f"{path}-wal"):
            lost = move_log(path)
    access = Access(_connect(path), home, _why_read_only(home, path))
    access.notices += [lost] if lost else []
    try:
        with access.reading() as db:
            return _prepared(access, db, now)
    except BaseException:
        access.db.close()
        raise


def _prepared(access: Access, db: sqlite3.Connection, now: datetime) -> Access:
    """Set how the file is written, then bring its schema up to date; a store that cannot be written is so in memory."""
    from_disk = not access.read_only
    if db.execute("PRAGMA journal_mode").fetchone()[0] != "delete" and from_disk:
        db.execute("PRAGMA journal_mode = DELETE")
    db.execute("PRAGMA synchronous = EXTRA")
    db.execute("PRAGMA foreign_keys = ON")

    def copy() -> None:
        from planner.store.safety import back_up

        back_up(access, now, "migration")

    if not from_disk and schema.version_of(db, access.path) < schema.VERSION:
        access.work_on(sqlite3.connect(":memory:", isolation_level=None))
        db.backup(access.db)
        db.close()
        schema.prepare(access.db, access.path, copy=lambda: None)
        return access
    schema.prepare(db, access.path, copy=copy)
    return access


class _Connection(sqlite3.Connection):
    """A connection of which a damaged schema is an error like others: SQLite quotes it, and Python reads no such message."""

    def execute(self, *asked: Any) -> sqlite3.Cursor:
        try:
            return super().execute(*asked)
        except UnicodeDecodeError as error:
            damage = sqlite3.DatabaseError("malformed database schema")
            damage.sqlite_errorname = "SQLITE_CORRUPT"
            raise damage from error


def connected(path: str) -> sqlite3.Connection:
    """A connection to a file, which waits for the writes of others; raises sqlite3.Error."""
    return sqlite3.connect(path, timeout=PATIENCE, isolation_level=None, factory=_Connection)


def _connect(path: str) -> sqlite3.Connection:
    try:
        return connected(path)
    except sqlite3.Error as error:
        raise StoreError(sentence(error, path)) from error


def _in_memory(home: str, reason: str) -> Access:
    """An empty store that is kept nowhere and refuses to be written."""
    access = Access(sqlite3.connect(":memory:", isolation_level=None), home, reason)
    schema.prepare(access.db, access.path, copy=lambda: None)
    return access


def make_store(home: str, path: str) -> None:
    """Make the folder, and an empty file that only its owner may read."""
    try:
        os.makedirs(home, mode=0o700, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
    except OSError as error:
        raise StoreError(f"{path} cannot be made ({reason_of(error)}): name another folder with --home.") from error


def _check_file(home: str, path: str) -> None:
    """Refuse what SQLite would take for a new store although it is the ruin of an old one."""
    if not os.path.isfile(path):
        raise StoreError(f"{path} is not a file: move it away or name another folder with --home.")
    if os.path.getsize(path) == 0 and kept_copies(home):
        raise StoreError(f"{path} is empty, which is damage: {_remedy(home)}.")


def foreign_log(path: str) -> list[str]:
    """The write-ahead log of another store that lies beside this one, which has none: SQLite would play it in.

    Bytes 18 and 19 of the header say how a file is written: 1 with a journal, 2 with a log (SQLite file format 1.3.3). They
    say 2 as long as a log is in use.
    """
    with open(path, "rb") as file:
        header = file.read(20)
    if header[18:] != b"\1\1" or not os.path.exists(f"{path}-wal"):  # a -shm without its log is never looked at
        return []
    return [path + ending for ending in ("-wal", "-shm") if os.path.exists(path + ending)]


def move_log(path: str) -> str:
    """Move another store's log aside, and say so; empty where it is this store's own."""
    try:
        beside = foreign_log(path)
        for log in beside:
            os.replace(log, f"{log}.aside")
    except OSError as error:
        raise StoreError(
            f"{path}-wal lies beside {path} and may belong to another store ({reason_of(error)}): move it away."
        ) from error
    return f"{' and '.join(beside)} belonged to another store: moved aside, to {beside[0]}.aside." if beside else ""


def kept_copies(home: str) -> list[str]:
    """The paths of the kept copies of a store, oldest first; none where the folder may not be read."""
    folder = os.path.join(home, BACKUPS)
    if not os.path.isdir(folder) or not os.access(folder, os.R_OK | os.X_OK):
        return []
    return [os.path.join(folder, name) for name in sorted(os.listdir(folder)) if name.endswith(".db")]


def day_of_copy(path: str) -> date | None:
    """The day that a kept copy's name says; None for a file that somebody else put there, whatever its name begins with."""
    name = os.path.basename(path)
    shape = "".join("0" if sign in "123456789" else sign for sign in name)  # re would cost each first write of a run 4 ms
    why, dash, number = shape.removesuffix(".db").removeprefix(_STAMP).partition("-")
    if f"{_STAMP}{why}{dash}{number}.db" != shape or why not in _REASONS or bool(dash) != bool(number) or number.strip("0"):
        return None
    try:
        return date.fromisoformat(name[:10])
    except ValueError:
        return None


def _is_copied(home: str, day: date) -> bool:
    """Whether a copy of that day is kept; one made before a restore holds what the user did not want."""
    return any(day_of_copy(path) == day and "-restore" not in os.path.basename(path) for path in kept_copies(home))


def _is_empty(db: sqlite3.Connection) -> bool:
    """Whether nothing is stored yet that a copy could keep."""
    return db.execute("SELECT 1 FROM conference UNION ALL SELECT 1 FROM mark LIMIT 1").fetchone() is None


def _why_read_only(home: str, path: str) -> str:
    """Why the store cannot be written, as a sentence; empty where it can."""
    for what, place in (("file", path), ("folder", home)):
        if not os.access(place, os.W_OK):
            return f"nothing was stored, since the {what} {place} is read-only: make it writable, or use --home."
    return ""


def _remedy(home: str) -> str:
    from planner.store.examine import remedy

    return remedy(home)


def reason_of(error: OSError) -> str:
    """The system's words for a failure."""
    return (error.strerror or type(error).__name__).lower()


def sentence(error: Exception, path: str) -> str:
    """What a failure means for the user, and what to do next (sqlite.org/rescode.html).

    What has no code of SQLite's is no damage that it sees.
    """
    home = os.path.dirname(path)
    code = str(getattr(error, "sqlite_errorname", ""))
    for name, words in _SENTENCES:
        if code.startswith(name):
            return words.format(path=path, home=home, remedy=_remedy(home) if "{remedy}" in words else "")
    return f"{path} failed ({error}): nothing was stored; planner doctor examines it."


_SENTENCES = (
    ("SQLITE_BUSY", "{path} is in use by another program that did not finish within 10 seconds: close it, then try again."),
    ("SQLITE_LOCKED", "{path} is in use by another program: close it, then try again."),
    ("SQLITE_FULL", "the disk that holds {path} is full, so nothing was stored: make room, then try again."),
    ("SQLITE_READONLY", "{path} cannot be written, so nothing was stored: make it and its folder writable, then try again."),
    ("SQLITE_CANTOPEN", "{path} or its journal cannot be opened: see that you may read and write in {home}."),
    (
        "SQLITE_IOERR",
        "the disk refused {path}, so nothing was stored: see whether it is full, failing or limited (ulimit -f).",
    ),
    ("SQLITE_NOTADB", "{path} is no planner store: {remedy}."),
    ("SQLITE_CORRUPT", "{path} is damaged: {remedy}."),
)
"""By the name of the result code; a code such as SQLITE_IOERR_WRITE begins with that of its family."""
