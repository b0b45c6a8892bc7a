"""Faults: whatever happens to file, disk or process, what was acknowledged is there, and a sentence says what to do."""

from __future__ import annotations

import json
import os
import pickle
import random
import re
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
import tempfile
import warnings
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import make_store
import pytest
from make_store import ANTS, BEES, CATS, PAPER
from readings import LATER, NOW, SLUG, at, reading, talk

from planner.cli import listing
from planner.errors import ReadError, StoreError
from planner.model import Mark
from planner.store import (
    access,
    check_store,
    copy_store,
    open_store,
    restore_store,
    safety,
    saving,
    schedule,
    schema,
    search,
    store_facts,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

DAY = timedelta(days=1)
STORES = Path(__file__).parent / "data" / "stores"
LOADED = (saving, search)  # before a test becomes another user, who may not read the interpreter's folder


@pytest.fixture
def filled(home: Path) -> Path:
    """The home of a store with two imports and every kind of mark."""
    with open_store(str(home), now=NOW) as store:
        make_store.fill(store)
    return home


def copies(home: Path) -> list[str]:
    """The names of the kept copies."""
    return sorted(os.listdir(home / "backups")) if (home / "backups").exists() else []


def refused(home: Path, *, now: datetime = LATER) -> str:
    """The sentence with which a store is refused; it ends with a full stop and names the file."""
    with pytest.raises(StoreError) as caught:
        open_store(str(home), now=now)
    assert caught.value.exit_code == 5
    sentence = str(caught.value)
    assert sentence.endswith(".")
    assert str(home) in sentence
    return sentence


# The file


def test_the_store_is_its_owner_s_alone(home: Path) -> None:
    """Folder and file are made for their owner alone, the copies too, whatever the umask."""
    before = os.umask(0)
    try:
        with open_store(str(home / "a" / "b"), now=NOW) as store:
            store.save(reading(ANTS), source="x", now=NOW)
            store.save(reading(BEES), source="x", now=LATER)
    finally:
        os.umask(before)
    paths = [home / "a" / "b", home / "a" / "b" / "planner.db", home / "a" / "b" / "backups"]
    paths += list((home / "a" / "b" / "backups").iterdir())
    assert len(paths) == 4
    assert [stat.S_IMODE(path.stat().st_mode) & 0o077 for path in paths] == [0] * 4


def test_how_the_file_is_written(filled: Path) -> None:
    """DELETE journal, EXTRA synchronous, foreign keys, ten seconds of patience, and our application id in the header."""
    with open_store(str(filled), now=LATER) as store:
        db = store._access.db
        pragmas = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout", "application_id", "user_version")
        found = [db.execute(f"PRAGMA {name}").fetchone()[0] for name in pragmas]
    assert found == ["delete", 3, 1, 10000, 0x504C4E52, schema.VERSION]
    header = (filled / "planner.db").read_bytes()[:100]
    assert header[68:72] == b"PLNR"


def test_wal_is_set_back(filled: Path) -> None:
    """A store that somebody put into WAL mode is read, reported, and set back by the next command."""
    db = sqlite3.connect(filled / "planner.db")
    db.execute("PRAGMA journal_mode = WAL")
    db.close()
    assert any("journal mode wal" in sentence for sentence in check_store(str(filled)))
    with open_store(str(filled), now=LATER) as store:
        assert store.counts() == {SLUG: (3, 3)}
    assert check_store(str(filled)) == []


def test_another_store_s_shm_alone_does_no_harm(filled: Path) -> None:
    """Shared memory without its log is never looked at by SQLite, and keeps doctor from nothing."""
    (filled / "planner.db-shm").write_bytes(b"\0" * 32768)
    assert check_store(str(filled)) == []
    with open_store(str(filled), now=LATER) as store:
        assert store.counts() == {SLUG: (3, 3)}
        assert store.notices == []


def test_a_mark_cannot_be_deleted(filled: Path) -> None:
    """The schema itself refuses, whoever asks; a mark needs no talk."""
    db = sqlite3.connect(filled / "planner.db")
    with pytest.raises(sqlite3.IntegrityError, match="a mark is never deleted"):
        db.execute("DELETE FROM mark")
    db.execute("PRAGMA foreign_keys = ON")
    db.execute("DELETE FROM talk")
    assert db.execute("SELECT count(*) FROM mark WHERE starred").fetchone() == (3,)
    db.close()


def test_nothing_is_made_to_read_a_store_that_is_not_there(home: Path) -> None:
    """A reading command meets an empty store, makes no folder, and a write says that there is none."""
    with open_store(str(home), now=NOW, create=False) as store:
        assert store.load("UTC").conferences == {}
        assert (store.search("x"), store.find("x")) == ([], [])
        with pytest.raises(StoreError, match="there is no store in"):
            store.save(reading(ANTS), source="x", now=NOW)
    assert not home.exists()


def test_an_empty_file_is_a_new_store(home: Path) -> None:
    """A file of 0 bytes without copies, left by a crash at the first start, is made a store."""
    home.mkdir()
    (home / "planner.db").touch()
    with open_store(str(home), now=NOW) as store:
        store.save(reading(ANTS), source="x", now=NOW)
        assert store.counts() == {SLUG: (1, 0)}


def test_an_empty_file_with_copies_is_damage(filled: Path) -> None:
    """A file of 0 bytes beside copies is refused with the newest copy's name, not made a new store; doctor says so too."""
    (filled / "planner.db").write_bytes(b"")
    newest = copies(filled)[-1]
    assert "is empty, which is damage" in refused(filled)
    assert newest in refused(filled)
    assert (filled / "planner.db").read_bytes() == b""
    assert newest in check_store(str(filled))[0]


def test_a_store_that_is_gone_is_said(filled: Path) -> None:
    """Where the file is gone but copies are there a new one is begun, with a notice that names the newest copy."""
    (filled / "planner.db").unlink()
    assert "is gone" in check_store(str(filled))[0]
    with open_store(str(filled), now=LATER) as store:
        assert store.conferences() == ()
        assert copies(filled)[-1] in store.notices[0]


@pytest.mark.parametrize(
    "content", [b"a text file\n" * 100, b"\0" * 4096, b"SQLite format 3\0" + b"\xff" * 4080], ids=["text", "zeros", "broken"]
)
def test_another_file_is_refused(filled: Path, content: bytes) -> None:
    """A text file, zeros, a broken header: refused with the copy to put in its place, and left as it is."""
    (filled / "planner.db").write_bytes(content)
    assert copies(filled)[-1] in refused(filled)
    assert (filled / "planner.db").read_bytes() == content
    assert check_store(str(filled))


def test_damage_without_any_copy(home: Path) -> None:
    """Where no copy is kept the file is to be moved away and kept."""
    home.mkdir()
    (home / "planner.db").write_bytes(b"a text file\n" * 100)
    assert "no copy of it is kept, so move it away to begin anew, and keep it" in refused(home)


def test_another_program_s_database_is_refused(home: Path) -> None:
    """A database with other tables, or another application id, is not written into."""
    home.mkdir()
    for statement in ("CREATE TABLE theirs (x)", "PRAGMA application_id = 7", "PRAGMA user_version = 3"):
        (home / "planner.db").unlink(missing_ok=True)
        db = sqlite3.connect(home / "planner.db")
        db.execute(statement)
        db.commit()
        db.close()
        before = (home / "planner.db").read_bytes()
        assert "another program's database" in refused(home)
        assert (home / "planner.db").read_bytes() == before
        assert "another program's database" in " ".join(check_store(str(home)))


def test_a_newer_store_is_refused(filled: Path) -> None:
    """A store of a later program is not opened, and both versions are named."""
    db = sqlite3.connect(filled / "planner.db")
    db.execute("PRAGMA user_version = 99")
    db.close()
    before = (filled / "planner.db").read_bytes()
    sentence = refused(filled)
    assert "schema version 99" in sentence
    assert f"knows {schema.VERSION}" in sentence
    assert (filled / "planner.db").read_bytes() == before
    assert "schema version 99" in check_store(str(filled))[0]


def test_a_version_that_no_planner_writes(filled: Path) -> None:
    """It is refused without a change, and doctor names the copy that takes its place."""
    db = sqlite3.connect(filled / "planner.db")
    db.execute("PRAGMA user_version = -7")
    db.close()
    before = copies(filled)
    assert "has schema version -7, which no planner writes" in refused(filled)
    assert f"planner restore {before[-1]} puts its newest copy" in check_store(str(filled))[0]
    assert copies(filled) == before
    with pytest.raises(StoreError, match="has a schema version that no planner writes, so no copy was written"):
        copy_store(str(filled), str(filled / "copy.db"), now=LATER)
    shutil.copy(filled / "planner.db", filled / "copy.db")
    with pytest.raises(ReadError, match="has a schema version that no planner writes, so nothing was put back"):
        restore_store(str(filled), str(filled / "copy.db"), now=LATER)


def test_a_folder_in_its_place(home: Path) -> None:
    """A folder called planner.db, and a home that is a file, are told with their path."""
    (home / "planner.db").mkdir(parents=True)
    assert "is not a file" in refused(home)
    (home / "file").touch()
    assert "cannot be made" in refused(home / "file")


def test_a_locked_store_is_said(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another program in the middle of a write: reading and writing say so, nothing is lost, and then all works again."""
    monkeypatch.setattr(access, "PATIENCE", 0.05)
    other = sqlite3.connect(filled / "planner.db", isolation_level=None)
    with open_store(str(filled), now=LATER) as store:
        other.execute("BEGIN IMMEDIATE")
        assert store.counts() == {SLUG: (3, 3)}
        with pytest.raises(StoreError, match="in use by another program"):
            store.note(CATS.uid, "x", now=LATER)
        other.execute("ROLLBACK")
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StoreError, match="in use by another program"):
            store.counts()
        assert "in use by another program" in refused(filled)
        other.execute("ROLLBACK")
        store.note(CATS.uid, "x", now=LATER)
        assert store.marks([CATS.uid])[CATS.uid].note == "x"
    other.close()


def test_a_reader_that_blocks_the_commit(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program that is still reading when a write is to be completed: the write is refused whole and works afterwards."""
    monkeypatch.setattr(access, "PATIENCE", 0.05)
    other = sqlite3.connect(filled / "planner.db", isolation_level=None)
    reader = other.execute("SELECT uid FROM talk")
    reader.fetchone()
    with open_store(str(filled), now=LATER) as store:
        with pytest.raises(StoreError, match="in use by another program"):
            store.note(CATS.uid, "x", now=LATER)
        assert store.marks([CATS.uid])[CATS.uid].note == ""
        reader.close()
        store.note(CATS.uid, "x", now=LATER)
        assert store.marks([CATS.uid])[CATS.uid].note == "x"
    other.close()


# Who may write


def _is_nobody() -> bool:
    """Whether this process is an ordinary user's now."""
    try:
        if os.geteuid() == 0:
            os.setgroups([])
            os.setgid(65534)
            os.setuid(65534)
    except PermissionError:
        return False
    return True


def as_nobody(act: Callable[[], Any]) -> Any:
    """What a function gives when an ordinary user calls it, in a process of its own: chmod says nothing to root."""
    reading_end, writing_end = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # fork beside threads: the child only opens files
        child = os.fork()
    if child == 0:
        try:
            found = act() if _is_nobody() else None
        except BaseException as error:  # noqa: BLE001  (whatever it is, the parent has to hear of it)
            found = error
        os.write(writing_end, pickle.dumps(found))
        os._exit(0)
    os.close(writing_end)
    with os.fdopen(reading_end, "rb") as pipe:
        found = pickle.loads(pipe.read())  # noqa: S301  (from our own child)
    os.waitpid(child, 0)
    if found is None:
        pytest.skip("this machine lets root become no other user")
    if isinstance(found, BaseException):
        raise found
    return found


@pytest.fixture
def public(filled: Path) -> Any:
    """A copy of the filled home where an ordinary user may look."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    shutil.copytree(filled, folder / "home")
    yield folder / "home"
    shutil.rmtree(folder)


@pytest.mark.parametrize("what", ["file", "folder"])
def test_read_only(public: Path, what: str) -> None:
    """A file or a folder that may only be read is read; a write is refused with what is read-only, and nothing changes."""
    (public / "planner.db").chmod(0o444 if what == "file" else 0o666)
    public.chmod(0o555 if what == "folder" else 0o777)

    def act() -> tuple[Any, ...]:
        with open_store(str(public), now=LATER) as store:
            said = store.read_only
            try:
                store.star([PAPER.uid], now=LATER)
            except StoreError as error:
                return said, str(error), store.counts(), store.search("ants"), store.changes()[0].what
        return (said,)

    said, refusal, counts, found, what_changed = as_nobody(act)
    assert said == refusal
    assert f"the {what} {public / 'planner.db' if what == 'file' else public} is read-only" in refusal
    assert (counts, found, what_changed) == ({SLUG: (3, 3)}, [ANTS.uid], "edited")
    found = " ".join(as_nobody(lambda: check_store(str(public))))
    assert "can be read by others" in found
    assert "keeps no copies" in found


def test_a_folder_that_may_not_be_entered(public: Path) -> None:
    """A home of somebody else is told with its path and the reason."""
    public.chmod(0o700)

    def act() -> str:
        try:
            open_store(str(public), now=LATER)
        except StoreError as error:
            return str(error)
        return "opened"

    if os.geteuid() != 0:
        public.chmod(0o000)
    sentence = as_nobody(act)
    public.chmod(0o700)
    assert str(public) in sentence
    assert "permission denied" in sentence


def test_a_file_that_may_not_be_read(public: Path) -> None:
    """A store of somebody else in an open folder is told with its path."""
    (public / "planner.db").chmod(0o000)
    public.chmod(0o777)

    def act() -> str:
        try:
            open_store(str(public), now=LATER)
        except StoreError as error:
            return str(error)
        return "opened"

    assert as_nobody(act).endswith(f"see that you may read and write in {public}.")


# A full disk


FULL = """
import os, resource, sys
from datetime import datetime, UTC
from planner.errors import ReadError, StoreError
from planner.store import open_store
sys.path.insert(0, sys.argv[2])
from readings import reading, talk
home, now = sys.argv[1], datetime(2021, 5, 1, 9, tzinfo=UTC)
with open_store(home, now=now) as store:
    store.note(sys.argv[3], "before", now=now)
    size = os.path.getsize(home + "/planner.db")
    hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
    resource.setrlimit(resource.RLIMIT_FSIZE, (size + 20_000, hard))
    many = [talk(f"Talk {number}", "10:00", minutes=number, abstract="words " * 200) for number in range(1, 200)]
    try:
        store.save(reading(*many), source="x", now=now)
    except StoreError as error:
        print(error)
    print(store.marks([sys.argv[3]])[sys.argv[3]].note, store.counts())
    store.note(sys.argv[3], "still small enough", now=now)
    resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
    print(store.save(reading(*many), source="x", now=now).added)
"""


def test_a_limit_on_file_sizes(filled: Path) -> None:
    """An import beyond ulimit -f is refused whole; what was there stays, reading and small writes work, then all works."""
    done = subprocess.run(
        [sys.executable, "-c", FULL, str(filled), str(Path(__file__).parent), CATS.uid],
        capture_output=True,
        text=True,
        check=True,
    )
    sentence, kept, added = done.stdout.splitlines()
    assert "nothing was stored" in sentence or "no copy of the store could be kept" in sentence
    assert sentence.endswith(".")
    assert kept == f"before {{{SLUG!r}: (3, 3)}}"
    assert added == "199"
    assert check_store(str(filled)) == []


def test_a_full_disk(filled: Path) -> None:
    """SQLITE_FULL in the middle of an import: one sentence, nothing of it stored, and the next import works."""
    many = reading(*(talk(f"Talk {number}", "10:00", minutes=number, abstract="words " * 200) for number in range(1, 200)))
    with open_store(str(filled), now=LATER) as store:
        db = store._access.db
        pages = db.execute("PRAGMA page_count").fetchone()[0]
        db.execute(f"PRAGMA max_page_count = {pages + 5}")
        with pytest.raises(StoreError, match="is full, so nothing was stored: make room"):
            store.save(many, source="x", now=LATER)
        assert store.counts() == {SLUG: (3, 3)}
        db.execute("PRAGMA max_page_count = 1000000")
        assert store.save(many, source="x", now=LATER).added == 199


# Copies


def test_a_copy_on_the_first_write_of_a_day(filled: Path) -> None:
    """The first write of a day keeps the store as it was before; later ones of that day keep none; a first start neither."""
    assert copies(filled) == ["2021-05-01-090000-day.db"]  # the second import was the first write of its day
    when = LATER + DAY
    with open_store(str(filled), now=when) as store:
        store.note(CATS.uid, "one", now=when)
        store.note(CATS.uid, "two", now=when + timedelta(hours=1))
    assert copies(filled)[1:] == ["2021-05-02-090000-day.db"]
    db = sqlite3.connect(filled / "backups" / copies(filled)[1])
    assert db.execute("SELECT note FROM mark WHERE uid = ?", (CATS.uid,)).fetchone() == ("",)
    db.close()


def test_a_copy_before_an_import_that_changes_something(filled: Path) -> None:
    """An import keeps a copy if it changes something, two within a second two; a dry run and an unchanged one keep none."""

    def imports(title: str, now: datetime, dry: bool = False) -> list[str]:
        with open_store(str(filled), now=now) as store:
            kept = store.rehearsal() if dry else store
            kept.save(reading(ANTS._replace(title=title)), source="x", now=now)
        return copies(filled)[1:]

    hour = LATER + timedelta(hours=1)
    assert imports("Ants", hour, dry=True) == []
    assert imports("Ants", hour) == ["2021-05-01-100000-import.db"]
    assert imports("Ants", hour) == ["2021-05-01-100000-import.db"]
    assert imports("Aunts", hour) == ["2021-05-01-100000-import-2.db", "2021-05-01-100000-import.db"]
    assert imports("Uncles", hour + DAY)[2:] == ["2021-05-02-100000-day.db"]


def test_seven_days_and_four_weeks_are_kept(home: Path) -> None:
    """After a hundred days with a write each, seven daily copies and one of each of the four weeks before are there."""
    with open_store(str(home), now=NOW) as store:
        store.save(reading(ANTS), source="x", now=NOW)
    for day in range(1, 101):
        with open_store(str(home), now=NOW + day * DAY) as store:
            store.note(ANTS.uid, str(day), now=NOW + day * DAY)
    days = [datetime.fromisoformat(name[:10]).date() for name in copies(home)]
    last = (NOW + 100 * DAY).date()
    assert days[-7:] == [last - number * DAY for number in range(6, -1, -1)]
    weekly = days[:-7]
    assert len(weekly) == 4
    assert len({day.isocalendar()[:2] for day in weekly}) == 4
    assert last - weekly[0] <= 42 * DAY


def test_copies_of_events_are_thinned_and_foreign_files_left(home: Path) -> None:
    """Of imports' copies the last four stay; a file that the user put there is not touched, a half-made copy goes."""
    with open_store(str(home), now=NOW) as store:
        store.save(reading(ANTS), source="x", now=NOW)
        store.note(ANTS.uid, "x", now=NOW + DAY)
        (home / "backups" / "mine.db").write_bytes(b"mine")
        (home / "backups" / "2021-04-01 mine.db").write_bytes(b"mine")
        (home / "backups" / "2021-04-01-day-trip.db").write_bytes(b"mine")
        (home / "backups" / "2021-04-01-000000-day.db.77.partial").write_bytes(b"half")
        for number in range(1, 8):
            when = NOW + DAY + timedelta(hours=number)
            store.save(reading(ANTS._replace(title=f"Ants {number}")), source=str(number), now=when)
    assert copies(home) == [
        "2021-04-01 mine.db",
        "2021-04-01-day-trip.db",
        "2021-04-21-090000-day.db",
        "2021-04-21-130000-import.db",
        "2021-04-21-140000-import.db",
        "2021-04-21-150000-import.db",
        "2021-04-21-160000-import.db",
        "mine.db",
    ]


def test_a_copy_that_cannot_be_made(filled: Path) -> None:
    """Where no copy can be kept a star is stored with a notice, but an import is refused: it can be made again."""
    shutil.rmtree(filled / "backups")
    (filled / "backups").touch()
    with open_store(str(filled), now=LATER + DAY) as store:
        store.star([PAPER.uid], now=LATER + DAY)
        assert "no copy of the store could be kept" in store.notices[0]
        with pytest.raises(StoreError, match="no copy of the store could be kept"):
            store.save(reading(ANTS._replace(title="Other")), source="x", now=LATER + DAY)
        assert store.counts() == {SLUG: (3, 4)}


def test_a_clock_set_back_loses_nothing(filled: Path) -> None:
    """A write years before the last one is stored, copied and undone like any other."""
    before = datetime(2001, 1, 1, tzinfo=UTC)
    with open_store(str(filled), now=before) as store:
        store.note(CATS.uid, "in the past", now=before)
        store.save(reading(ANTS._replace(title="Other")), source="x", now=before)
        assert store.undo(now=before) == "the import of x"
        assert store.undo(now=before) == "note on 'Cats'"
        assert store.marks([CATS.uid])[CATS.uid].starred
    assert "2021-05-01-090000-day.db" in copies(filled)


# Migrations

NOW_AT = schema.VERSION
TWO = ("ALTER TABLE mark ADD COLUMN mood TEXT NOT NULL DEFAULT ''", "CREATE TABLE moods (name TEXT)", "DELETE FROM step")


def next_version(monkeypatch: pytest.MonkeyPatch, *statements: str) -> None:
    """A made-up next schema version."""
    monkeypatch.setattr(schema, "MIGRATIONS", {schema.VERSION: statements})
    monkeypatch.setattr(schema, "VERSION", schema.VERSION + 1)


def test_a_migration(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An older store is copied, then brought up to date, with all marks; the copy is of the old version and whole."""
    with open_store(str(filled), now=LATER) as store:
        before = store.load("UTC")
    next_version(monkeypatch, *TWO)
    assert f"has schema version {NOW_AT}" in check_store(str(filled))[0]
    with open_store(str(filled), now=LATER) as store:
        after = store.load("UTC")
        assert (after.marks, after.conferences) == (before.marks, before.conferences)
        store.note(CATS.uid, "still works", now=LATER)
    assert copies(filled)[1:] == ["2021-05-01-090000-migration.db"]
    assert check_store(str(filled)) == []
    db = sqlite3.connect(filled / "backups" / copies(filled)[1])
    assert db.execute("PRAGMA user_version").fetchone() == (NOW_AT,)
    assert db.execute("SELECT count(*) FROM mark").fetchone() == (4,)
    db.close()


def test_a_migration_that_fails_changes_nothing(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A migration that breaks half way leaves the store at its version with all that it held."""
    next_version(monkeypatch, *TWO, "INSERT INTO nowhere VALUES (1)")
    assert "nothing was stored" in refused(filled)
    monkeypatch.undo()
    with open_store(str(filled), now=LATER) as store:
        assert store.counts() == {SLUG: (3, 3)}
    db = sqlite3.connect(filled / "planner.db")
    assert db.execute("SELECT count(*) FROM sqlite_master WHERE name = 'moods'").fetchone() == (0,)
    assert db.execute("PRAGMA user_version").fetchone() == (NOW_AT,)
    db.close()


def test_a_migration_without_room_for_its_copy(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a copy there is no migration."""
    next_version(monkeypatch, *TWO)
    shutil.rmtree(filled / "backups")
    (filled / "backups").touch()
    assert "no copy of the store could be kept" in refused(filled)
    db = sqlite3.connect(filled / "planner.db")
    assert db.execute("PRAGMA user_version").fetchone() == (NOW_AT,)
    db.close()


def test_an_older_store_that_cannot_be_written_is_read(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is brought up to date in memory; the file stays as it is."""
    next_version(monkeypatch, *TWO)
    monkeypatch.setattr(access, "_why_read_only", lambda _home, path: f"{path} is read-only.")
    before = (filled / "planner.db").read_bytes()
    with open_store(str(filled), now=LATER) as store:
        assert store.counts() == {SLUG: (3, 3)}
        assert store._access.db.execute("SELECT mood FROM mark").fetchall() == [("",)] * 4
        with pytest.raises(StoreError, match="is read-only"):
            store.note(CATS.uid, "x", now=LATER)
    assert (filled / "planner.db").read_bytes() == before


HOURS = [
    (f"2021-05-06T{start}:00+00:00", f"2021-05-06T{end}:00+00:00")
    for start, end in (("18:00", "18:15"), ("18:15", "18:30"), ("20:00", "21:00"))
]
MARKS = {
    ANTS.uid: Mark(ANTS.uid, True, 5, "going", "ask Émile about the leaves", at("18:10"), frozenset({BEES.uid}), NOW),
    BEES.uid: Mark(BEES.uid, True, 0, "skipped", "", None, frozenset({ANTS.uid}), NOW),
    CATS.uid: Mark(CATS.uid, True, at=NOW),
    PAPER.uid: Mark(PAPER.uid, note="read", at=LATER),
}


@pytest.mark.parametrize("name", sorted(path.name for path in STORES.glob("*.db")))
def test_stores_of_released_versions_open_with_all_marks(home: Path, name: str) -> None:
    """A store that an earlier version wrote opens whole: marks, talks, changes, search."""
    home.mkdir()
    shutil.copy(STORES / name, home / "planner.db")
    with open_store(str(home), now=LATER) as store:
        plan = store.load("UTC")
        assert plan.marks == MARKS
        assert {found.uid: (found.title, found.cancelled) for found in plan.by_uid.values()} == {
            ANTS.uid: ("Ants at work", False),
            BEES.uid: ("Bees & their hives", False),
            CATS.uid: ("Cats", True),
            PAPER.uid: ("Dogs in the paper list", False),
        }
        assert [(change.uid, change.what) for change in store.changes()] == [(BEES.uid, "edited"), (CATS.uid, "cancelled")]
        assert store.search("emile") == [ANTS.uid]
        assert store.undo(now=LATER) == "note on 'Dogs in the paper list'"
        assert store.undo(now=LATER) == "the import of page-2.txt"
        hours = [{"start": start, "end": end} for start, end in HOURS]
        assert [change[1:] for change in store.changes()] == [
            ("added", {}, {"title": "Ants at work", **hours[0], "room": "Hall A", "kind": "oral"}, NOW),
            ("added", {}, {"title": "Bees and their hives", **hours[1], "kind": "oral"}, NOW),
            ("added", {}, {"title": "Cats", **hours[2], "kind": "oral"}, NOW),
            ("added", {}, {"title": "Dogs in the paper list", "kind": "paper"}, NOW),
        ]
    (home / "planner.db").chmod(0o600)
    assert check_store(str(home)) == []


def test_a_migration_knows_which_talks_an_import_added(home: Path) -> None:
    """Those that version 2 has a change for, also where their ids do not follow each other."""
    home.mkdir()
    shutil.copy(STORES / "v2.db", home / "planner.db")
    with closing(sqlite3.connect(home / "planner.db", isolation_level=None)) as db:
        db.execute("DELETE FROM change WHERE what = 'added' AND uid = ?", (BEES.uid,))
    with open_store(str(home), now=LATER) as store:
        assert store.added(SLUG) == ()
        assert store.undo(now=LATER) and store.undo(now=LATER)  # noqa: PT018  (a note, then the second import)
        assert store.added(SLUG) == (ANTS.uid, CATS.uid, PAPER.uid)


@pytest.mark.parametrize("search", ["DROP TABLE search", "UPDATE search_config SET v = 99"])
def test_an_older_store_without_what_a_migration_makes_anew_opens(home: Path, search: str) -> None:
    """An index, a trigger and a search that are gone or cannot be read are no reason to keep the marks shut away."""
    home.mkdir(mode=0o700)
    shutil.copy(STORES / "v1.db", home / "planner.db")
    (home / "planner.db").chmod(0o600)
    twice = "INSERT INTO change SELECT id + 90, conference, import, uid, what, before, after, at FROM change WHERE import = 1"
    for damage in ("DROP INDEX talk_session", "DROP TRIGGER mark_made", twice, search):
        with closing(sqlite3.connect(home / "planner.db", isolation_level=None)) as db:
            db.execute(damage)
    with open_store(str(home), now=LATER) as store:
        assert store.marks(MARKS) == MARKS
        assert store.search("emile") == [ANTS.uid]
        assert store.undo(now=LATER) and store.undo(now=LATER)  # noqa: PT018  (a note, then the second import)
        assert len(store.added(SLUG)) == 4
    with closing(sqlite3.connect(home / "planner.db", isolation_level=None)) as db:
        db.execute("PRAGMA user_version = 1")  # another flipped bit
    open_store(str(home), now=LATER).close()
    assert check_store(str(home)) == []


def test_what_an_older_program_writes_meanwhile_is_no_damage(filled: Path) -> None:
    """One of version 2 that was open during the migration says of each talk that it was added; it is told so, and well."""
    with closing(sqlite3.connect(filled / "planner.db", isolation_level=None)) as db:
        row = (SLUG, 9, CATS.uid, "added", "{}", '{"title": "Cats"}', 1620000000)
        db.execute("INSERT INTO change (conference, import, uid, what, before, after, at) VALUES (?, ?, ?, ?, ?, ?, ?)", row)
    spoil(filled, "UPDATE conference SET import = 9")
    assert check_store(str(filled)) == []
    with open_store(str(filled), now=LATER) as store:
        assert [(change.uid, change.what, change.after) for change in store.changes()] == [
            (CATS.uid, "added", {"title": "Cats"})
        ]


def test_a_store_of_every_released_version_is_kept() -> None:
    """None is missing, from the first to this one's, and each is of the version that its name says."""
    assert sorted(path.name for path in STORES.glob("*.db")) == sorted(f"v{one}.db" for one in range(1, schema.VERSION + 1))
    for path in STORES.glob("*.db"):
        db = sqlite3.connect(path)
        assert f"v{db.execute('PRAGMA user_version').fetchone()[0]}.db" == path.name
        db.close()


def test_the_fixture_of_this_version_is_what_this_version_writes(filled: Path) -> None:
    """The schema of the kept store of this version is that of a new one, statement by statement."""

    def tables(path: Path) -> list[tuple[object, ...]]:
        db = sqlite3.connect(path)
        try:
            return db.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()
        finally:
            db.close()

    assert tables(STORES / f"v{schema.VERSION}.db") == tables(filled / "planner.db")


# Doctor


def test_a_whole_store_has_no_findings(filled: Path, home: Path) -> None:
    """A store that is well, and one that is not there, have nothing wrong; the facts name versions, file and copies."""
    assert check_store(str(filled)) == []
    assert check_store(str(home / "none")) == []
    facts = " ".join(store_facts(str(filled)))
    assert sqlite3.sqlite_version in facts
    assert str(filled / "planner.db") in facts
    assert "1 copies" in facts or "1 copy" in facts
    assert "no store" in " ".join(store_facts(str(home / "none")))


def test_a_flipped_bit_in_a_note_is_found(filled: Path) -> None:
    """SQLite sees structure only; the checksum of the mark sees the note, and doctor names the talk."""
    content = (filled / "planner.db").read_bytes()
    place = content.index("ask Émile about the leaves".encode())
    broken = bytearray(content)
    broken[place] ^= 1
    (filled / "planner.db").write_bytes(bytes(broken))
    (sentence,) = check_store(str(filled))
    assert "'Ants at work'" in sentence
    assert "not as they were written" in sentence
    with open_store(str(filled), now=LATER) as store:
        assert store.marks([ANTS.uid])[ANTS.uid].starred


def test_damage_to_the_structure_is_found(filled: Path) -> None:
    """An index page whose cells are gone: the store still opens, and doctor says that it is damaged and what to do."""
    db = sqlite3.connect(filled / "planner.db")
    (page,) = db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'talk_session'").fetchone()
    (size,) = db.execute("PRAGMA page_size").fetchone()
    db.close()
    broken = bytearray((filled / "planner.db").read_bytes())
    broken[(page - 1) * size + 3 : (page - 1) * size + 5] = b"\0\0"  # the number of its cells (file format 1.6)
    (filled / "planner.db").write_bytes(bytes(broken))
    with open_store(str(filled), now=LATER) as store:
        assert store.marks([ANTS.uid])[ANTS.uid].starred
    (sentence,) = check_store(str(filled))
    assert "is damaged (" in sentence
    assert copies(filled)[-1] in sentence


def test_a_search_index_that_does_not_fit_is_made_anew(filled: Path) -> None:
    """Doctor finds it, makes it anew from the talks, and is content the next time."""
    db = sqlite3.connect(filled / "planner.db")
    db.execute("UPDATE talk SET title = 'Giraffes' WHERE uid = ?", (CATS.uid,))
    db.commit()
    db.close()
    (sentence,) = check_store(str(filled))
    assert "search index" in sentence
    assert check_store(str(filled)) == []
    with open_store(str(filled), now=LATER) as store:
        assert store.search("giraf") == [CATS.uid]


@pytest.mark.parametrize(
    ("statement", "place"),
    [
        ("UPDATE talk SET title = CAST(title AS BLOB) WHERE uid = ?", "talk.title"),
        ("UPDATE talk SET title = CAST(x'41FF42' AS TEXT) WHERE uid = ?", "talk.title"),
        ("UPDATE talk SET start_at = 9223372036854775807 WHERE uid = ?", "talk.start_at"),
        ("UPDATE talk SET zone = 'Nowhere/At_All' WHERE uid = ?", "talk.zone"),
        ("UPDATE talk SET day = '2021-02-30' WHERE uid = ?", "talk.day"),
        ("UPDATE mark SET leave_at = 1.5 WHERE uid = ?", "mark.leave_at"),
        ("UPDATE step SET before = '[[1]]' WHERE ? <> ''", "step.before"),
        ("UPDATE step SET before = '[[\"talk\",\"x\",null]]' WHERE ? <> ''", "step.before"),
        ("UPDATE change SET after = '[' WHERE uid = ?", "change.after"),
        ('INSERT INTO step (at, words, before) VALUES (0, ?, \'[["awaited","x",null]]\')', "step.before"),
        ("UPDATE conference SET day_change = 99999999 WHERE ? <> ''", "conference.day_change"),
    ],
)
def test_values_that_no_planner_writes_are_found(filled: Path, statement: str, place: str) -> None:
    """SQLite takes any value anywhere: doctor names the column, and the copy that can take the store's place."""
    db = sqlite3.connect(filled / "planner.db")
    assert db.execute(statement, (CATS.uid,)).rowcount
    db.commit()
    db.close()
    found = " ".join(check_store(str(filled)))
    assert f"holds values that no planner writes, in {place}: planner export --format marks marks.json writes" in found
    assert f" first, then planner restore {copies(filled)[-1]} puts the newest copy without them in its place" in found


def test_the_way_out_of_a_wrong_value_costs_no_mark(filled: Path, planner: Callable[..., Any], tmp_path: Path) -> None:
    """What doctor says to do, done word by word: marks that no copy has are there at the end, and all is well."""
    planner("star", CATS.uid, "--rating", "4")
    planner("unstar", ANTS.uid)
    before = {one["uid"]: one for one in planner("export", "--format", "marks").document["marks"]}
    spoil(filled, "UPDATE talk SET start_at = 'ten'")
    (said,) = check_store(str(filled))
    (copy,) = re.findall(r"planner restore (\S+)", said)
    marks = tmp_path / "marks.json"
    for words in (("export", "--format", "marks", marks), ("restore", copy), ("import", marks)):
        assert f"planner {' '.join(map(str, words[:2]))}" in said.replace("marks.json", str(marks))
        assert planner(*words).code == 0
    after = {one["uid"]: one for one in planner("export", "--format", "marks").document["marks"]}
    assert {uid: (one["starred"], one["rating"], one["note"]) for uid, one in after.items()} == {
        uid: (one["starred"], one["rating"], one["note"]) for uid, one in before.items()
    }
    assert check_store(str(filled)) == []


@pytest.mark.parametrize(
    ("statement", "place", "way"),
    [
        ("INSERT INTO busy VALUES ('a.ics', 'ten', 2, 'Dentist')", "busy.start_at", "planner busy FILE"),
        ("INSERT INTO busy_days VALUES (x'00', 1, 2)", "busy_days.source", "planner busy FILE"),
        ("INSERT INTO fetched VALUES (CAST(x'FF' AS TEXT), 'a', '', '', 1)", "fetched.url", "planner import"),
        ("INSERT INTO exported VALUES ('a.ics', 'x', 0, 'told')", "exported.facts", "planner export"),
        (
            "INSERT INTO exported VALUES ('a.ics', 'x', 0, replace('ten||||||||', '|', char(31)))",
            "exported.facts",
            "planner ex",
        ),
    ],
)
def test_wrong_values_that_can_be_read_again_are_taken_out(filled: Path, statement: str, place: str, way: str) -> None:
    """Doctor says what it took out and what makes it again, and asks for no copy; all other rows are as they were."""

    def rows() -> list[object]:
        tables = (f"SELECT * FROM {table}" for table in ("busy", "busy_days", "fetched", "exported", "mark"))  # noqa: S608  (names)
        with closing(sqlite3.connect(f"file:{filled / 'planner.db'}?mode=ro", uri=True)) as db:
            db.text_factory = bytes
            return [db.execute(one).fetchall() for one in tables]

    spoil(filled, "INSERT INTO busy VALUES ('b.ics', 1, 2, 'Tennis')")
    before = rows()
    spoil(filled, statement)
    assert rows() != before
    (said,) = check_store(str(filled))
    assert f"held values that no planner writes, in {place}: their rows were taken out, and no mark with them; {way}" in said
    assert rows() == before
    assert check_store(str(filled)) == []


def test_values_that_every_copy_holds_leave_the_marks(filled: Path, planner: Callable[..., Any], tmp_path: Path) -> None:
    """Where no copy is without a wrong value doctor says how the marks go on, and that way is open: none of them is lost."""
    before = {one["uid"]: one for one in planner("export", "--format", "marks").document["marks"]}
    for path in (filled / "planner.db", *(filled / "backups").iterdir()):
        db = sqlite3.connect(path)
        db.execute("UPDATE talk SET start_at = 'ten'")
        db.commit()
        db.close()
    (filled / "backups" / "2021-04-30-090000-day.db").write_bytes(b"half")
    found = " ".join(check_store(str(filled)))
    assert "no copy is without them, so write your marks with planner export --format marks marks.json" in found
    assert planner("export", tmp_path / "marks.json", "--format", "marks").code == 0
    shutil.move(filled, tmp_path / "away")
    assert planner("import", tmp_path / "marks.json").code == 0
    after = {one["uid"]: one for one in planner("export", "--format", "marks").document["marks"]}
    assert after == before


@pytest.mark.parametrize("name", ["v1", "v2"])
def test_a_copy_of_an_older_version_can_be_the_one_without_them(home: Path, name: str) -> None:
    """The copy that a migration keeps is named where the store took damage since."""
    home.mkdir(mode=0o700)
    shutil.copy(STORES / f"{name}.db", home / "planner.db")
    (home / "planner.db").chmod(0o600)
    open_store(str(home), now=LATER).close()
    spoil(home, "UPDATE talk SET start_at = 'ten'")
    found = " ".join(check_store(str(home)))
    assert f"planner restore {copies(home)[-1]} puts the newest copy without them in its place" in found


@pytest.mark.parametrize("name", ["step", "mark_stays", "talk_session", "touched"])
def test_what_a_store_lacks_is_found(filled: Path, name: str) -> None:
    """A table, an index or a trigger that is gone is named, whatever still works without it."""
    db = sqlite3.connect(filled / "planner.db")
    (kind,) = db.execute("SELECT type FROM sqlite_master WHERE name = ?", (name,)).fetchone()
    db.execute(f"DROP {kind} {name}")
    db.close()
    assert f"lacks {name}: " in check_store(str(filled))[0]


def test_a_column_that_a_store_lacks_is_found(filled: Path) -> None:
    """A table without a column that every command asks for."""
    db = sqlite3.connect(filled / "planner.db")
    db.execute("ALTER TABLE talk DROP COLUMN raw")
    db.close()
    assert "lacks talk.raw: " in check_store(str(filled))[0]


def test_a_value_of_another_type_is_no_traceback(
    filled: Path, planner: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a command makes of a damaged value is one sentence on the store; an error that is not the store's stays one."""
    monkeypatch.setattr(listing, "talks", lambda context: context.store.counts().nothing)
    with pytest.raises(AttributeError):
        planner("talks")
    monkeypatch.undo()
    db = sqlite3.connect(filled / "planner.db")
    db.execute("UPDATE talk SET title = x'4142' WHERE uid = ?", (CATS.uid,))
    db.commit()
    db.close()
    said = planner("talks", "--json")
    assert (said.code, said.err.count("\n")) == (5, 1)
    assert "in talk.title, and this failed (TypeError: " in said.err
    assert said.err.endswith("): planner doctor says what to do.\n")


def spoil(home: Path, statement: str) -> None:
    """Write into a store what no planner writes there."""
    db = sqlite3.connect(home / "planner.db")
    assert db.execute(statement).rowcount
    db.commit()
    db.close()


def test_a_mistake_of_the_program_is_no_damage(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error in reading stays what it is, also beside a wrong value that was not read; one that was read is named."""
    monkeypatch.setattr(schedule, "offered", lambda db, slug: {db.execute("SELECT title FROM talk").fetchone(): slug}["oops"])
    with pytest.raises(KeyError, match="oops"), open_store(str(filled), now=LATER) as store:
        store.offered(SLUG)
    spoil(filled, "INSERT INTO busy VALUES ('a.ics', 1, 2, '')")
    with pytest.raises(KeyError, match="oops"), open_store(str(filled), now=LATER) as store:
        store.offered(SLUG)
    spoil(filled, "UPDATE talk SET position = 'first'")
    with open_store(str(filled), now=LATER) as store:
        with pytest.raises(
            StoreError, match=r"in talk\.position, and this failed \(KeyError: 'oops'\): planner doctor"
        ) as said:
            store.offered(SLUG)
        assert isinstance(said.value.__cause__, KeyError)
        assert store.counts(), "the store still answers"


def test_a_text_that_sqlite_does_not_take_is_no_damage(filled: Path) -> None:
    """What is asked with half a sign is the caller's mistake, and a text of the store that is no UTF-8 is its damage."""
    with pytest.raises(UnicodeEncodeError), open_store(str(filled), now=LATER) as store:
        store.abstract("\udce9")
    spoil(filled, "UPDATE talk SET abstract = CAST(x'41FF42' AS TEXT)")
    with (
        pytest.raises(StoreError, match=r"in talk\.abstract, .*: planner doctor says"),
        open_store(str(filled), now=LATER) as store,
    ):
        store.abstract(CATS.uid)


def test_a_damaged_uid_of_a_mark_is_told(filled: Path, planner: Callable[..., Any]) -> None:
    """Doctor names it, and the other marks go out."""
    number = len(planner("export", "--format", "marks").document["marks"])
    spoil(filled, "UPDATE mark SET uid = CAST(x'80AE' AS TEXT) WHERE rating = 5")
    assert "no planner writes, in mark.uid" in planner("doctor").out
    assert len(planner("export", "--format", "marks").document["marks"]) == number - 1


def test_marks_leave_a_damaged_store(filled: Path, planner: Callable[..., Any]) -> None:
    """A mark with a damaged value goes out with all that can be read of it, and the other marks as they are; that is said."""
    before = {one["uid"]: one for one in planner("export", "--format", "marks").document["marks"]}
    db = sqlite3.connect(filled / "planner.db")
    db.execute("UPDATE mark SET leave_at = 'soon', note = x'4869FF' WHERE uid = ?", (ANTS.uid,))
    db.execute("UPDATE talk SET title = CAST(x'FFFE' AS TEXT) WHERE uid = ?", (BEES.uid,))
    db.commit()
    db.close()
    said = planner("export", "--format", "marks")
    after = {one["uid"]: one for one in said.document["marks"]}
    assert after[ANTS.uid] == {**before[ANTS.uid], "leave_at": None, "note": "Hi\ufffd", "note_at": after[ANTS.uid]["note_at"]}
    assert {**after[BEES.uid], "title": ""} == {**before[BEES.uid], "title": ""}
    assert [after[uid] for uid in (CATS.uid, PAPER.uid)] == [before[uid] for uid in (CATS.uid, PAPER.uid)]
    assert "damaged" in said.err


def commands(sentence: str) -> list[list[str]]:
    """The commands that a sentence names, in its order."""
    return [words.split() for words in re.findall(r"planner ((?:export --format marks|restore|import) [\w.-]+)", sentence)]


def test_marks_outlive_any_damaged_page(
    filled: Path, planner: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever page is zeros: who does what doctor says has a whole store again, with marks that no copy knew of.

    Of marks on the very page an index tells that they are starred. A store whose schema cannot be read gives none.
    """
    monkeypatch.chdir(tmp_path)
    with open_store(str(filled), now=LATER) as store:
        store.star([PAPER.uid], rating=2, now=LATER)
        store.note(BEES.uid, "set since the last copy", now=LATER)
    shutil.copytree(filled, tmp_path / "before")
    told = ("starred", "rating", "decision", "kept", "note", "note_at")

    def marks() -> dict[str, list[Any]]:
        found = planner("export", "--format", "marks").document["marks"]
        return {one["uid"]: [one[name] for name in told] for one in found}

    kept, path = marks(), filled / "planner.db"
    whole = path.read_bytes()
    db = sqlite3.connect(path)
    owners = db.execute("SELECT pageno, name, pgsize FROM dbstat").fetchall()
    db.close()
    for page, owner, size in owners:
        shutil.rmtree(filled)
        shutil.copytree(tmp_path / "before", filled)
        path.write_bytes(whole[: (page - 1) * size] + bytes(size) + whole[page * size :])
        said = planner("doctor").out.split("\u26a0")[1]  # its sentence on the structure; the next ones are on single values
        steps = re.findall(r"planner ((?:export --format marks|restore|import) [\w.-]+)", said)
        assert len(steps) == (1 if owner == "sqlite_schema" else 3), said
        assert [planner(*step.split()).code for step in steps] == [0] * len(steps), said
        assert planner("doctor").code == 0
        if owner == "mark":
            assert {uid for uid, mark in marks().items() if mark[0]} == {uid for uid, mark in kept.items() if mark[0]}
        elif owner not in {"sqlite_schema", "touched"}:
            assert marks() == kept, owner


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("PRAGMA user_version = 0", "is of no use, it is no planner store: remove it"),
        ("DROP TABLE conference", "is of no use, it cannot be read (no such table: conference): remove it"),
        ("UPDATE mark SET rating = 1 WHERE rating = 5", "holds marks that are not as they were written, on 'Ants at work'"),
    ],
)
def test_copies_that_are_worse_are_told(filled: Path, statement: str, said: str) -> None:
    """Doctor looks into each kept copy, says what is wrong with it and what to do, and finds nothing wrong with the store."""
    with open_store(str(filled), now=LATER + DAY) as store:
        store.note(CATS.uid, "a day later", now=LATER + DAY)
    copy = filled / "backups" / copies(filled)[-1]
    db = sqlite3.connect(copy)
    db.execute(statement)
    db.commit()
    db.close()
    (sentence,) = check_store(str(filled))
    assert sentence.startswith(f"the copy {copy} {said}")


def test_a_copy_with_a_broken_page_is_of_no_use(filled: Path, tmp_path: Path) -> None:
    """What SQLite finds in the structure of a copy is told, and neither that copy nor one of such a store is taken."""
    copy = filled / "backups" / copies(filled)[-1]
    for path in (copy, filled / "planner.db"):
        db = sqlite3.connect(path)
        (size,) = db.execute("PRAGMA page_size").fetchone()
        (page,) = db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'talk_session'").fetchone()
        db.close()
        broken = bytearray(path.read_bytes())
        broken[(page - 1) * size + 3 : (page - 1) * size + 5] = b"\0\0"  # the number of its cells (file format 1.6)
        path.write_bytes(bytes(broken))
    assert any(said.startswith(f"the copy {copy} is of no use, it is damaged (") for said in check_store(str(filled)))
    with pytest.raises(StoreError, match="so no copy was written: planner doctor says what to do"):
        copy_store(str(filled), str(tmp_path / "copy.db"), now=LATER)
    assert not (tmp_path / "copy.db").exists()


def test_a_file_format_of_no_sqlite_gives_way_to_a_copy(filled: Path, planner: Callable[..., Any]) -> None:
    """Bytes 44 to 47 of the header say how the schema is written, 1 to 4 (file format 1.3.10): another number is damage."""
    broken = bytearray((filled / "planner.db").read_bytes())
    broken[47] = 0xB8
    (filled / "planner.db").write_bytes(bytes(broken))
    assert "unsupported file format" in check_store(str(filled))[0]
    said = planner("restore", copies(filled)[-1])
    assert said.code == 0
    assert "was no whole store; it moved to" in said.out
    assert check_store(str(filled)) == []


def test_a_schema_in_bytes_of_no_text_gives_way_to_a_copy(filled: Path, planner: Callable[..., Any]) -> None:
    """SQLite quotes the name of a damaged table; where that is no UTF-8, Python cannot read the message, and all is told."""
    whole = (filled / "planner.db").read_bytes()
    assert whole.count(b"CREATE TABLE busy") > 0
    (filled / "planner.db").write_bytes(
        whole.replace(b"CREATE TABLE busy", b"CREATE T\xc1BLE busy").replace(b"tablebusy", b"tableb\xf5sy")
    )
    assert "is damaged: " in check_store(str(filled))[0]
    assert planner("talks").code == 5
    said = planner("restore", copies(filled)[-1])
    assert said.code == 0
    assert check_store(str(filled)) == []


def test_what_else_doctor_finds(filled: Path) -> None:
    """A damaged copy, a file that others can read, talks of a conference that is not there."""
    (filled / "backups" / "2021-04-30-090000-day.db").write_bytes(b"half")
    (filled / "planner.db").chmod(0o644)
    db = sqlite3.connect(filled / "planner.db")
    db.execute("DELETE FROM conference")
    db.commit()
    db.close()
    found = " ".join(check_store(str(filled)))
    assert "the copy" in found
    assert "can be read by others" in found
    assert "conferences that are not there" in found


def test_flipped_bits_are_told_or_harmless(filled: Path, request: pytest.FixtureRequest) -> None:
    """With any bit flipped, doctor and every reading end in an answer or in a StoreError, never in another error."""
    content = (filled / "planner.db").read_bytes()
    chance, told = random.Random(7), [str(filled)]
    for _ in range(600 if request.config.getoption("--slow") else 60):
        broken = bytearray(content)
        for _ in range(chance.choice((1, 1, 8))):
            broken[chance.randrange(len(broken))] ^= 1 << chance.randrange(8)
        (filled / "planner.db").write_bytes(bytes(broken))
        assert all(sentence.endswith(".") for sentence in check_store(str(filled)))
        try:
            with open_store(str(filled), now=LATER) as store:
                store.load("UTC")
                store.search("ants")
                store.changes()
                store.counts()
        except StoreError as error:
            told.append(str(error))
        for name in ("planner.db-journal", "planner.db"):
            (filled / name).unlink(missing_ok=True)
    assert all(str(filled) in sentence for sentence in told)


# Killed


WRITER = """
import sys
from datetime import datetime, UTC, timedelta
sys.path.insert(0, sys.argv[2])
from readings import reading, talk
from planner.store import open_store
home, uid, first = sys.argv[1], sys.argv[3], int(sys.argv[4])
now = datetime(2021, 5, 1, 9, tzinfo=UTC)
with open_store(home, now=now) as store:
    print("open", flush=True)
    for number in range(first, first + 10_000):
        now += timedelta(hours=5)
        if number % 3 == 0:
            store.note(uid, str(number), now=now)
        elif number % 3 == 1:
            store.save(reading(talk("Cats", "20:00", session="s12", abstract=str(number) * 500)), source="x", now=now)
        else:
            store.star([uid], rating=store.marks([uid])[uid].rating % 5 + 1, now=now)  # always a step to take back
            store.undo(now=now)
        print(number, flush=True)
"""


def killed_after(command: list[str], lines: int) -> list[bytes]:
    """The lines that a process had written when it was killed at once after so many of them."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert process.stdout is not None
    got = [process.stdout.readline() for _ in range(lines)]
    process.send_signal(signal.SIGKILL)
    got += process.stdout.readlines()
    process.wait()
    process.stdout.close()
    return [line for line in got if line.endswith(b"\n")]


@pytest.mark.slow
def test_killed_while_writing(filled: Path, request: pytest.FixtureRequest) -> None:
    """Killed in notes, imports, stars and undo the store opens each time, is whole, and holds all that was acknowledged."""
    chance, first, known = random.Random(11), 0, (-1, -1)
    for _ in range(250 if request.config.getoption("--slow") else 6):
        command = [sys.executable, "-c", WRITER, str(filled), str(Path(__file__).parent), CATS.uid, str(first)]
        last = int(killed_after(command, chance.randrange(2, 25))[-1])
        acknowledged = told(known, range(first, last + 1))
        with open_store(str(filled), now=LATER) as store:
            plan = store.load("UTC")
            written = plan.by_uid[CATS.uid].abstract
            known = (int(plan.marks[CATS.uid].note or -1), int(written[: len(written) // 500] or -1))
            assert known in {acknowledged, told(acknowledged, [last + 1])}
            assert plan.marks[ANTS.uid] == MARKS[ANTS.uid]
        assert [sentence for sentence in check_store(str(filled)) if "copy" not in sentence] == []
        first = last + 3 - last % 3


def told(known: tuple[int, int], numbers: Iterable[int]) -> tuple[int, int]:
    """The last note and the last import of the writer above after more of its steps."""
    note, version = known
    for number in numbers:
        note, version = (number, version) if number % 3 == 0 else (note, number) if number % 3 == 1 else (note, version)
    return note, version


CONTROL = """
import json, sys
path = sys.argv[1]
for number in range(10_000):
    with open(path, "w") as file:
        json.dump({"number": number, "rest": ["x" * 100] * 3000}, file)
    print(number, flush=True)
"""


def test_the_control_writer_loses(tmp_path: Path) -> None:
    """The same kills ruin a file that is written in place: what the other test shows is the store's doing, not luck."""
    path, chance = tmp_path / "control.json", random.Random(11)
    for _ in range(40):
        killed_after([sys.executable, "-c", CONTROL, str(path)], chance.randrange(1, 6))
        try:
            json.loads(path.read_text())
        except ValueError:
            return
    pytest.fail("the control writer lost nothing: these kills prove nothing")


MIGRATOR = """
import signal, sys, time
from datetime import datetime, UTC
from planner.store import open_store, schema
home, instant = sys.argv[1], float(sys.argv[2])
schema.VERSION += 1
schema.MIGRATIONS = {schema.VERSION - 1: tuple(
    ["ALTER TABLE mark ADD COLUMN mood TEXT NOT NULL DEFAULT 'calm'", "CREATE TABLE moods (name TEXT)"]
    + ["INSERT INTO moods SELECT hex(randomblob(900)) FROM talk"] * 300
)}
begun = time.perf_counter()
signal.setitimer(signal.ITIMER_REAL, instant)  # SIGALRM ends it, unless that is never
open_store(home, now=datetime(2021, 5, 1, 9, tzinfo=UTC)).close()
signal.setitimer(signal.ITIMER_REAL, 0)
print("done", time.perf_counter() - begun, flush=True)
"""


@pytest.mark.slow
def test_killed_while_migrating(filled: Path, request: pytest.FixtureRequest) -> None:
    """Ended at a random instant of a migration, the store is at the old version or at the new one, with all marks."""
    content = (filled / "planner.db").read_bytes()
    ends: set[tuple[int, int]] = set()
    whole, lasting = request.config.getoption("--slow"), 0.0  # the first is not ended, and tells how long one lasts
    for seed in range(250 if whole else 60):
        if not whole and seed >= 8 and len(ends) > 1:
            break  # a slow machine needs longer to see both ends
        (filled / "planner.db").write_bytes(content)
        instant = random.Random(seed).uniform(0.0002, 1.5 * lasting) if lasting else 0
        done = subprocess.run(
            [sys.executable, "-c", MIGRATOR, str(filled), str(instant)], capture_output=True, text=True, check=False
        )
        lasting = float(done.stdout.split()[-1]) if done.stdout else 1.2 * lasting  # the machine has other work now and then
        db = sqlite3.connect(filled / "planner.db")
        version = db.execute("PRAGMA user_version").fetchone()[0]
        moods = db.execute("SELECT count(*) FROM sqlite_master WHERE name = 'moods'").fetchone()[0]
        stars = db.execute("SELECT uid, rating FROM mark WHERE starred ORDER BY rating").fetchall()
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        db.close()
        assert (version, moods) in {(NOW_AT, 0), (NOW_AT + 1, 1)}
        assert "done" not in done.stdout or version == NOW_AT + 1
        assert (len(stars), stars[-1]) == (3, (ANTS.uid, 5))
        ends.add((version, done.returncode))
    assert len(ends) > 1  # the instants were not all before, or all after


# Many at once

OPENER = """
import sys
from datetime import datetime, UTC
sys.path.insert(0, sys.argv[2])
from readings import reading, talk
from planner.store import open_store
now = datetime(2021, 5, 1, 9, tzinfo=UTC)
with open_store(sys.argv[1], now=now) as store:
    for number in range(5):
        one = talk(f"Talk {number} of {sys.argv[3]}", "10:00")
        store.save(reading(one, slug="c" + sys.argv[3], name=sys.argv[3]), source="x", now=now)
        store.star([one.uid], now=now)
"""


def test_four_programs_make_and_fill_a_store_at_once(home: Path) -> None:
    """Four programs that meet at a store that is not there yet all find their talks and stars in it."""
    command = [sys.executable, "-c", OPENER, str(home), str(Path(__file__).parent)]
    programs = [subprocess.Popen([*command, str(number)], stderr=subprocess.PIPE) for number in range(4)]
    assert [program.communicate(timeout=300)[1] for program in programs] == [b""] * 4
    with open_store(str(home), now=LATER) as store:
        assert store.counts() == {f"c{number}": (1, 5) for number in range(4)}
    assert check_store(str(home)) == []


def test_thinning_keeps_what_it_says() -> None:
    """The choice among names: the days' and weeks' copies, four of each event, and nothing of names that are no dates."""
    names = [f"/b/2021-05-{day:02d}-090000-day.db" for day in range(1, 32)]
    names += [f"/b/2021-05-{day:02d}-100000-import.db" for day in range(1, 32)]
    names += ["/b/2021-05-03-110000-migration.db", "/b/mine.db", "/b/2021-05-30-my-import.db", "/b/2021-13-45-090000-day.db"]
    kept = safety.chosen(names)
    days = sorted(int(name[11:13]) for name in kept if name.endswith("-day.db"))
    assert days == [2, 9, 16, 23, 25, 26, 27, 28, 29, 30, 31]  # 2021-05-02, 09, 16 and 23 are Sundays; the 24th's week goes on
    assert sorted(int(name[11:13]) for name in kept if "import" in name) == [28, 29, 30, 31]
    assert "/b/2021-05-03-110000-migration.db" in kept
    assert not {"/b/mine.db", "/b/2021-05-30-my-import.db", "/b/2021-13-45-090000-day.db"} & kept
