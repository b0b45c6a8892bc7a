"""The commands backup and restore: a copy made and put back at any time, and nothing lost by either."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import make_store
import pytest
from make_store import ANTS, BEES, CATS, PAPER
from readings import LATER, NOW, SLUG, reading

from planner.errors import ReadError, StoreError
from planner.export import Choice, calendar
from planner.model import Exported
from planner.store import access, check_store, open_store, restore_store

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Answer

STORES = Path(__file__).parent / "data" / "stores"
DAY = timedelta(days=1)


def told_of(sequence: int, title: str) -> Exported:
    """What a calendar was told of a talk: its title after the facts that it lacks."""
    return Exported(sequence, "\x1f" * 7 + title)


@pytest.fixture
def filled(home: Path) -> Path:
    """The home of a store with two imports and every kind of mark; one copy is kept."""
    with open_store(str(home), now=NOW) as store:
        make_store.fill(store)
    return home


def notes(home: Path) -> dict[str, str]:
    """The notes in a store, by uid."""
    with open_store(str(home), now=LATER) as store:
        return {uid: mark.note for uid, mark in store.load("UTC").marks.items() if mark.note}


def write_note(home: Path, text: str) -> None:
    """Write a note on Cats."""
    with open_store(str(home), now=LATER) as store:
        store.note(CATS.uid, text, now=LATER)


def rows(path: Path) -> list[str]:
    """Everything in a store, as SQL."""
    db = sqlite3.connect(path)
    try:
        return list(db.iterdump())
    finally:
        db.close()


# Backup


def test_a_backup_is_the_store(filled: Path, tmp_path: Path, planner: Callable[..., Answer]) -> None:
    """It holds every row, is its owner's alone, says what it holds, and leaves nothing else in its folder."""
    (tmp_path / "away").mkdir()
    target = tmp_path / "away" / "kopie für später.db"
    before = os.umask(0)
    try:
        answer = planner("backup", target)
    finally:
        os.umask(before)
    assert answer.code == 0
    assert "1 conference, 3 talks, 3 stars" in answer.out
    assert rows(target) == rows(filled / "planner.db")
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert os.listdir(target.parent) == [target.name]


def test_a_backup_as_json(filled: Path, tmp_path: Path, planner: Callable[..., Answer]) -> None:
    """One document with the file, its size and what it holds; its size is the file's."""
    document = planner("backup", tmp_path / "b.db", "--json").document["backup"]
    assert (document["file"], document["name"], document["at"]) == (str(tmp_path / "b.db"), "b.db", None)
    assert document["bytes"] == (tmp_path / "b.db").stat().st_size
    assert (document["conferences"], document["talks"], document["starred"], document["damage"]) == (1, 3, 3, None)


def test_a_backup_into_a_folder(filled: Path, tmp_path: Path, planner: Callable[..., Answer]) -> None:
    """It gets a name of its own there, and a second one another."""
    (tmp_path / "stick").mkdir()
    planner("backup", tmp_path / "stick")
    planner("backup", tmp_path / "stick")
    assert sorted(os.listdir(tmp_path / "stick")) == ["planner-2021-05-06-180500-2.db", "planner-2021-05-06-180500.db"]


def test_a_backup_gives_way_only_to_a_backup(filled: Path, tmp_path: Path, planner: Callable[..., Answer]) -> None:
    """An earlier copy is replaced; a text, an empty file and another program's database stay as they are."""
    target = tmp_path / "b.db"
    assert planner("backup", target).code == 0
    write_note(filled, "newer")
    assert planner("backup", target).code == 0
    assert rows(target) == rows(filled / "planner.db")
    db = sqlite3.connect(tmp_path / "theirs.db")
    db.execute("CREATE TABLE theirs (x)")
    db.close()
    (tmp_path / "letter.txt").write_text("Dear Ada")
    (tmp_path / "empty").touch()
    for name in ("theirs.db", "letter.txt", "empty"):
        before = (tmp_path / name).read_bytes()
        answer = planner("backup", tmp_path / name)
        assert answer.code == 2
        assert "is there already and no copy of a store, so it stays" in answer.err
        assert (tmp_path / name).read_bytes() == before


def test_a_backup_is_never_the_store_itself(filled: Path, tmp_path: Path, planner: Callable[..., Answer]) -> None:
    """By its own path, by a link and by a hard link the store is known, and stays."""
    before = (filled / "planner.db").read_bytes()
    (tmp_path / "link.db").symlink_to(filled / "planner.db")
    os.link(filled / "planner.db", tmp_path / "hard.db")
    for target in (filled / "planner.db", tmp_path / "link.db", tmp_path / "hard.db"):
        answer = planner("backup", target)
        assert answer.code == 2
        assert "is the store itself" in answer.err
    assert (filled / "planner.db").read_bytes() == before


def test_a_backup_of_nothing(home: Path, tmp_path: Path, planner: Callable[..., Answer]) -> None:
    """Without a store there is a sentence, no file, and no store is made for it."""
    answer = planner("backup", tmp_path / "b.db")
    assert answer.code == 5
    assert "there is no store in" in answer.err
    assert not (tmp_path / "b.db").exists()
    assert not home.exists()


def test_a_backup_of_a_damaged_store(filled: Path, tmp_path: Path, planner: Callable[..., Answer]) -> None:
    """A ruin never takes the place of the last good copy."""
    assert planner("backup", tmp_path / "b.db").code == 0
    good = (tmp_path / "b.db").read_bytes()
    for content in (b"a text file\n" * 100, (filled / "planner.db").read_bytes()[:20_000]):
        (filled / "planner.db").write_bytes(content)
        answer = planner("backup", tmp_path / "b.db")
        assert answer.code == 5
        assert str(filled / "planner.db") in answer.err
        assert (tmp_path / "b.db").read_bytes() == good


def test_a_backup_where_there_is_no_folder(filled: Path, tmp_path: Path, planner: Callable[..., Answer]) -> None:
    """A folder that is not there is named with the reason."""
    answer = planner("backup", tmp_path / "none" / "b.db")
    assert answer.code == 5
    assert f"{tmp_path / 'none' / 'b.db'} cannot be written (no such file or directory)" in answer.err


WRITER = """
import sys
from datetime import datetime, UTC
from planner.store import open_store
now = datetime(2021, 5, 1, 9, tzinfo=UTC)
with open_store(sys.argv[1], now=now) as store:
    for number in range(100_000):
        store.note(sys.argv[2], str(number), now=now)
        store.note(sys.argv[3], str(number), now=now)
        print(number, flush=True)
"""


def test_backups_while_another_program_writes(filled: Path, tmp_path: Path, planner: Callable[..., Answer]) -> None:
    """Each is whole, and holds at least what was acknowledged before it began."""
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(filled), CATS.uid, PAPER.uid], stdout=subprocess.PIPE, text=True
    )
    assert writer.stdout is not None
    try:
        for number in range(10):
            last = int(writer.stdout.readline())
            target = tmp_path / f"{number}.db"
            assert planner("backup", target).code == 0
            db = sqlite3.connect(target)
            found = dict(db.execute("SELECT uid, note FROM mark").fetchall())
            assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            db.close()
            cats, paper = int(found[CATS.uid]), int(found[PAPER.uid])
            assert cats in {paper, paper + 1}
            assert paper >= last
    finally:
        writer.send_signal(signal.SIGKILL)
        writer.communicate()


# Restore


def test_restore_puts_back_what_was_saved(filled: Path, tmp_path: Path, planner: Callable[..., Answer]) -> None:
    """Row for row; what was there before is kept, named, and comes back by the command that was said."""
    planner("backup", tmp_path / "b.db")
    saved = rows(filled / "planner.db")
    write_note(filled, "after the backup")
    after = rows(filled / "planner.db")
    answer = planner("restore", tmp_path / "b.db")
    assert answer.code == 0
    assert "1 conference, 3 talks, 3 stars" in answer.out
    assert rows(filled / "planner.db") == saved
    said = answer.out.split("planner restore ")[1].split()[0]
    assert planner("restore", said).code == 0
    assert rows(filled / "planner.db") == after
    assert check_store(str(filled)) == []


def test_restore_does_not_forget_what_calendars_were_told(
    filled: Path, tmp_path: Path, planner: Callable[..., Answer]
) -> None:
    """A calendar that was told sequence 3 is told a higher one of the hour that is put back, and so is one that is new."""
    with open_store(str(filled), now=LATER) as store:
        store.remember_exported("a.ics", {ANTS.uid: told_of(0, "old"), BEES.uid: told_of(7, "of the copy")}, now=LATER)
        before = store.load("UTC").by_uid
        first = before[ANTS.uid].start
    planner("backup", tmp_path / "b.db")
    assert first is not None
    with open_store(str(filled), now=LATER) as store:
        for minutes in (30, 60, 90):
            slot = ANTS.slot._replace(start=first + timedelta(minutes=minutes), end=None)
            store.save(reading(ANTS._replace(slot=slot), scope="list"), source="x", now=LATER)
        last = store.load("UTC").by_uid[ANTS.uid].sequence
        store.remember_exported("a.ics", {ANTS.uid: told_of(last + 2, "new"), BEES.uid: told_of(1, "lower")}, now=LATER)
    assert planner("restore", tmp_path / "b.db").code == 0
    with open_store(str(filled), now=LATER) as store:
        kept = store.exported("a.ics")
        assert (kept[ANTS.uid], kept[BEES.uid]) == (told_of(last + 2, "new"), told_of(7, "of the copy"))
        plan = store.load("UTC")
        ants = plan.by_uid[ANTS.uid]
        assert (ants.start, ants.sequence) == (first, last + 3)
        assert plan.by_uid[CATS.uid] == before[CATS.uid]
        made = calendar(plan, Choice("all"), remembered=kept)
        assert made is not None
        assert made.remember[ANTS.uid].sequence == last + 3


def test_restore_lists_the_kept_copies(filled: Path, planner: Callable[..., Answer]) -> None:
    """Newest first, with why each was kept and how many talks and stars it holds; a ruin among them is said."""
    with open_store(str(filled), now=LATER + DAY) as store:
        store.star([PAPER.uid], now=LATER + DAY)
        store.save(reading(ANTS, BEES, CATS), source="x", now=LATER + DAY + timedelta(hours=1))
    (filled / "backups" / "2021-04-30-090000-day.db").write_bytes(b"half")
    answer = planner("restore")
    assert answer.code == 0
    lines = answer.out.splitlines()
    assert [line.split()[0] for line in lines] == sorted(os.listdir(filled / "backups"), reverse=True)
    assert "before an import: 1 conference, 3 talks, 4 stars" in lines[0]
    assert "first change of the day: 1 conference, 4 talks, 3 stars" in lines[2]
    assert "of no use, it is no planner store" in lines[-1]
    copies = planner("restore", "--json").document["copies"]
    assert [copy["name"] for copy in copies] == [line.split()[0] for line in lines]
    assert (copies[0]["at"], copies[0]["talks"], copies[0]["starred"]) == ("2021-05-02T10:00:00+00:00", 3, 4)
    assert copies[-1]["damage"] == "is no planner store"


def test_restore_takes_the_name_of_a_kept_copy(filled: Path, planner: Callable[..., Answer]) -> None:
    """Whole, without its ending, or a start that only one has; several are listed, and none is a sentence."""
    for said in ("2021-05-01-090000-day.db", "2021-05-01-090000-day", "2021-05-01-09"):
        write_note(filled, said)
        assert planner("restore", said).code == 0
        assert CATS.uid not in notes(filled)
    assert planner("restore", "2021-05-0").code == 3
    assert "2021-05-06-180500-restore.db" in planner("restore", "2021-05-0").err
    answer = planner("restore", "2019")
    assert answer.code == 3
    assert "no kept copy of that name: planner restore lists the copies" in answer.err


def test_restore_as_json(filled: Path, planner: Callable[..., Answer]) -> None:
    """What was put back, and where the store before it is kept."""
    document = planner("restore", "2021-05-01", "--json").document
    assert document["restored"]["name"] == "2021-05-01-090000-day.db"
    assert document["kept"] == str(filled / "backups" / "2021-05-06-180500-restore.db")
    assert Path(document["kept"]).is_file()


def test_restore_where_there_is_no_store(filled: Path, tmp_path: Path, planner: Callable[..., Answer]) -> None:
    """Into a home that is not there yet, for its owner alone: the new laptop."""
    planner("backup", tmp_path / "b.db")
    new = tmp_path / "new" / "home"
    kept = restore_store(str(new), str(tmp_path / "b.db"), now=LATER).kept
    assert kept == ""
    assert rows(new / "planner.db") == rows(filled / "planner.db")
    assert stat.S_IMODE((new / "planner.db").stat().st_mode) == 0o600
    assert check_store(str(new)) == []


@pytest.mark.parametrize("what", ["text", "empty", "cut", "theirs", "newer", "gone"])
def test_restore_in_the_place_of_a_ruin(filled: Path, what: str, planner: Callable[..., Answer]) -> None:
    """Whatever became of the store, its copy comes back; the ruin is kept beside it, with its journal, or as a copy."""
    path = filled / "planner.db"
    if what in {"text", "theirs"}:
        path.write_bytes(b"a text file\n" * 100)
    if what == "theirs":
        path.unlink()
        db = sqlite3.connect(path)
        db.execute("CREATE TABLE theirs (x)")
        db.close()
    if what == "empty":
        path.write_bytes(b"")
    if what == "cut":
        path.write_bytes(path.read_bytes()[:20_000])
    if what == "newer":
        db = sqlite3.connect(path)
        db.execute("PRAGMA user_version = 99")
        db.close()
    if what == "gone":
        path.unlink()
    ruin = path.read_bytes() if path.exists() else b""
    (filled / "planner.db-journal").write_bytes(b"left over")
    (filled / "planner.db-wal").write_bytes(b"left over")
    answer = planner("restore", "2021-05-01-090000-day.db")
    assert answer.code == 0
    assert rows(path) == rows(filled / "backups" / "2021-05-01-090000-day.db")
    assert check_store(str(filled)) == []
    aside = [name for name in os.listdir(filled) if name.startswith("planner-aside") and name.endswith(".db")]
    if what in {"text", "theirs", "newer"}:
        assert (filled / aside[0]).read_bytes() == ruin
        assert aside[0] in answer.out


@pytest.mark.parametrize(
    ("content", "code", "words"),
    [
        (b"Dear Ada\n" * 100, 3, "is no planner store"),
        (b"", 3, "is empty"),
        (b"SQLite format 3\0" + b"\xff" * 4080, 3, "is no planner store"),
        (b"theirs", 3, "is no planner store"),
        (b"cut", 3, "so nothing was put back"),
        (b"newer", 5, "was written by a newer planner: update planner"),
        (b"mark", 3, "holds marks that are not as they were written, on 'Ants at work'"),
        (b"none", 3, "is not there"),
        (b"folder", 3, "is not a file"),
    ],
    ids=["text", "empty", "broken", "theirs", "cut", "newer", "mark", "none", "folder"],
)
def test_restore_refuses_what_is_no_whole_store(
    filled: Path, tmp_path: Path, planner: Callable[..., Answer], *, content: bytes, code: int, words: str
) -> None:
    """The sentence names the file, and the store and its copies are as they were."""
    path = tmp_path / "b.db"
    make = {b"theirs": "CREATE TABLE theirs (x)", b"newer": "PRAGMA user_version = 99"}.get(content)
    if content in {b"newer", b"cut", b"mark"}:
        shutil.copy(filled / "planner.db", path)
    if make:
        db = sqlite3.connect(path)
        db.execute(make)
        db.close()
    elif content == b"cut":
        path.write_bytes(path.read_bytes()[:20_000])
    elif content == b"mark":
        path.write_bytes(path.read_bytes().replace("ask Émile about".encode(), "ask Émile aboux".encode()))
    elif content == b"folder":
        path.mkdir()
    elif content != b"none":
        path.write_bytes(content)
    before, copies = (filled / "planner.db").read_bytes(), os.listdir(filled / "backups")
    answer = planner("restore", path)
    assert answer.code == code
    assert words in answer.err
    assert str(path) in answer.err
    assert ((filled / "planner.db").read_bytes(), os.listdir(filled / "backups")) == (before, copies)
    assert sorted(os.listdir(filled)) == ["backups", "planner.db"]


def test_a_copy_with_damaged_marks_is_taken_when_asked(filled: Path, tmp_path: Path, planner: Callable[..., Answer]) -> None:
    """With ``--damaged``: it may be the only one."""
    content = (filled / "planner.db").read_bytes().replace("ask Émile about".encode(), "ask Émile aboux".encode())
    (tmp_path / "b.db").write_bytes(content)
    assert planner("restore", tmp_path / "b.db", "--damaged").code == 0
    assert notes(filled)[ANTS.uid].startswith("ask Émile aboux")


@pytest.mark.parametrize("name", ["v1", "v2", "v3"])
def test_restore_beside_an_open_program(filled: Path, name: str) -> None:
    """A program that has the store open sees what was put back, of whatever page size and version, and writes into it."""
    with open_store(str(filled), now=LATER) as store:
        version = store.version()
        store.note(CATS.uid, "before", now=LATER)
        restore_store(str(filled), str(STORES / f"{name}.db"), now=LATER)
        assert store.version() != version
        assert store.marks([CATS.uid])[CATS.uid].note == ""
        assert [(change.uid, change.what) for change in store.changes()] == [(BEES.uid, "edited"), (CATS.uid, "cancelled")]
        store.note(CATS.uid, "after", now=LATER)
    assert notes(filled)[CATS.uid] == "after"
    assert check_store(str(filled)) == []


def test_restore_waits_for_nobody_for_ever(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While another program writes, nothing is put back, and the sentence says that it is in use."""
    monkeypatch.setattr(access, "PATIENCE", 0.05)
    other = sqlite3.connect(filled / "planner.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreError, match="in use by another program"):
        restore_store(str(filled), str(STORES / "v1.db"), now=LATER)
    other.execute("ROLLBACK")
    other.close()
    assert notes(filled)[PAPER.uid] == "read"
    assert restore_store(str(filled), str(STORES / "v1.db"), now=LATER).kept


def test_the_store_is_no_copy_of_itself(filled: Path, planner: Callable[..., Answer]) -> None:
    """``planner restore planner.db`` is refused as wrong use."""
    assert planner("restore", filled / "planner.db").code == 2


def test_a_restored_store_is_copied_on_its_next_day_s_first_write(filled: Path) -> None:
    """The copy that a restore keeps holds what was there before: it is not the day's."""
    restore_store(str(filled), str(STORES / "v3.db"), now=LATER + DAY)
    with open_store(str(filled), now=LATER + DAY) as store:
        store.note(CATS.uid, "x", now=LATER + DAY)
    assert sorted(os.listdir(filled / "backups"))[-2:] == ["2021-05-02-090000-day.db", "2021-05-02-090000-restore.db"]


RESTORER = """
import signal, sys, time
from datetime import datetime, UTC
from planner.store import restore_store
from planner.store import safety
began = time.perf_counter()
signal.setitimer(signal.ITIMER_REAL, float(sys.argv[3]))  # SIGALRM ends it; zero never does
restore_store(sys.argv[1], sys.argv[2], now=datetime(2021, 5, 1, 9, tzinfo=UTC))
signal.setitimer(signal.ITIMER_REAL, 0)
print(time.perf_counter() - began, flush=True)
"""


@pytest.mark.slow
def test_killed_while_restoring(filled: Path, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """Ended at a random instant, the store is the one before or the one that was put back, whole."""
    old, source = (filled / "planner.db").read_bytes(), tmp_path / "b.db"
    shutil.copy(filled / "planner.db", source)
    db = sqlite3.connect(source)
    db.execute("CREATE TABLE many (x)")
    db.execute(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)"
        " INSERT INTO many SELECT randomblob(500) FROM n"
    )
    db.commit()
    db.close()
    both = [rows(filled / "planner.db"), rows(source)]
    ends: set[int] = set()

    def ended_after(seconds: float) -> subprocess.CompletedProcess[str]:
        (filled / "planner.db").write_bytes(old)
        command = [sys.executable, "-c", RESTORER, str(filled), str(source), str(seconds)]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    whole, chance, length = request.config.getoption("--slow"), random.Random(7), float(ended_after(0).stdout)
    for number in range(100 if whole else 40):
        if not whole and number >= 8 and len(ends) > 1:
            break
        done = ended_after(chance.uniform(0.0002, 1.5 * length))
        assert done.returncode in {0, -signal.SIGALRM}, done.stderr
        found = rows(filled / "planner.db")
        assert found in both
        assert not done.stdout or found == both[1]
        assert [said for said in check_store(str(filled)) if "copy" not in said] == []
        ends.add(done.returncode)
        length = float(done.stdout or 1.2 * length)  # the machine has other work now and then
    assert len(ends) > 1  # not all of the instants were before it, or after it


def test_a_restore_of_a_file_that_cannot_be_read_is_told(filled: Path, tmp_path: Path) -> None:
    """A header of our own before random pages: one sentence, and the store as it was."""
    content = bytearray((filled / "planner.db").read_bytes())
    content[4096:] = random.Random(3).randbytes(len(content) - 4096)
    (tmp_path / "b.db").write_bytes(bytes(content))
    with pytest.raises(ReadError, match="so nothing was put back"):
        restore_store(str(filled), str(tmp_path / "b.db"), now=LATER)
    assert json.dumps(notes(filled), ensure_ascii=False).count("read") == 1
    with open_store(str(filled), now=LATER) as store:
        assert store.counts() == {SLUG: (3, 3)}
