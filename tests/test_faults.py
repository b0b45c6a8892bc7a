"""Faults of disk, file and machine: the sentence, the exit code, and all that was acknowledged still there.

Each is the command line's own answer, in a process of its own, and has a control: a naive writer, or a setting that loses,
fails the same test.
"""

from __future__ import annotations

import io
import json
import os
import random
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import redirect_stderr, redirect_stdout, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import make_store
import pytest
from make_store import ANTS, CATS, PAPER
from readings import LATER, NOW
from test_store_safety import as_nobody

from planner.cli import main
from planner.errors import StoreError
from planner.store import check_store, open_store

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).parent
BASE = ("--now", "2021-05-01T11:00+02:00", "--tz", "Europe/Berlin")


class Said(NamedTuple):
    """What a command answered in a process of its own."""

    code: int
    out: str
    err: str


def run(home: Path, *words: object, limit: int | None = None) -> Said:
    """Run the program; ``limit`` caps the size of the files that it may write."""

    def prepare() -> None:
        if limit is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    done = subprocess.run(
        [sys.executable, "-m", "planner", "--home", str(home), *BASE, *map(str, words)],
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
        preexec_fn=prepare,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return Said(done.returncode, done.stdout, done.stderr)


@pytest.fixture
def filled(home: Path) -> Path:
    """The home of a store with two imports and every kind of mark."""
    with open_store(str(home), now=NOW) as store:
        make_store.fill(store)
    return home


def kept(home: Path) -> dict[str, tuple[bool, str]]:
    """Star and note of each talk that has one."""
    with open_store(str(home), now=LATER) as store:
        return {uid: (mark.starred, mark.note) for uid, mark in store.load("UTC").marks.items()}


def is_well(home: Path) -> bool:
    """Whether the store opens, is whole, and takes another note."""
    assert [said for said in check_store(str(home)) if "copy" not in said and "copies" not in said] == []
    said = run(home, "note", ANTS.uid, "after the fault")
    assert said.code == 0, said.err
    return kept(home)[ANTS.uid] == (True, "after the fault")


def one_sentence(said: Said, code: int, *words: str) -> None:
    """Exit code, one sentence on stderr with these words, nothing on stdout."""
    assert said.code == code, said
    assert said.out == ""
    assert said.err.startswith("planner: ")
    assert said.err.endswith(".\n")
    assert said.err.count("\n") == 1
    for word in words:
        assert word in said.err


# A full disk


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 1 MB with a filled store on it."""
    place = tmp_path / "small disk"
    place.mkdir()
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(place)], capture_output=True, check=False)
    if done.returncode:
        pytest.skip("this machine lets nobody mount a small disk; the limit on file sizes is tested everywhere")
    try:
        with open_store(str(place / "home"), now=NOW) as store:
            make_store.fill(store)
        yield place
    finally:
        subprocess.run(["umount", str(place)], check=True)


def fill_up(place: Path) -> Path:
    """Write a file until nothing more fits."""
    path = place / "ballast"
    try:
        with path.open("wb", buffering=0) as file:
            for size in (4096, 512, 1):
                try:
                    while True:
                        file.write(b"x" * size)
                except OSError:
                    continue
    except OSError:
        pass
    return path


def test_a_full_disk(small_disk: Path, tmp_path: Path) -> None:
    """A mark that does not fit is refused with what to do, what was there is read, and with room made all goes on."""
    home = small_disk / "home"
    before = kept(home)
    ballast = fill_up(small_disk)
    said = run(home, "note", CATS.uid, "does not fit " * 2000)
    assert said.code == 5
    assert said.err.splitlines()[-1].startswith("planner: ")
    assert "full" in said.err
    assert "nothing was stored" in said.err
    assert run(home, "talks").code == 0
    assert run(home, "agenda", "all").code == 0
    ballast.unlink()
    assert kept(home) == before
    assert is_well(home)


def test_an_import_on_a_full_disk(small_disk: Path, tmp_path: Path) -> None:
    """Nothing of it is stored, by the account of import itself, and the same import works when there is room."""
    home, page = small_disk / "home", tmp_path / "big.md"
    rows = "".join(f"| Paper number {number} about {'words ' * 20}| Ada |\n" for number in range(3000))
    page.write_text(f"| Title | Authors |\n|---|---|\n{rows}")
    before = run(home, "conferences", "--json").out
    said = run(home, "import", page, "--conference", "Other 2021")
    assert said.code == 5
    assert "full" in said.err
    assert run(home, "conferences", "--json").out == before
    assert is_well(home)
    away = tmp_path / "away"
    shutil.copytree(home, away)
    assert run(away, "import", page, "--conference", "Other 2021").code == 0


def test_files_written_on_a_full_disk(small_disk: Path) -> None:
    """An export and a backup that do not fit leave the earlier ones whole, and nothing half beside them."""
    home = small_disk / "home"
    assert run(home, "export", small_disk / "plan.ics").code == 0
    assert run(home, "backup", small_disk / "copy.db").code == 0
    plan, copy = (small_disk / "plan.ics").read_bytes(), (small_disk / "copy.db").read_bytes()
    fill_up(small_disk)
    exported = run(home, "export", small_disk / "plan.ics", "--scope", "all", "--alarm", "5")
    assert exported.code != 0
    assert str(small_disk / "plan.ics") in exported.err
    saved = run(home, "backup", small_disk / "copy.db")
    one_sentence(saved, 5, str(small_disk / "copy.db"), "make room")
    assert ((small_disk / "plan.ics").read_bytes(), (small_disk / "copy.db").read_bytes()) == (plan, copy)
    assert sorted(os.listdir(small_disk)) == ["ballast", "copy.db", "home", "plan.ics"]
    restored = run(home, "restore", small_disk / "copy.db")
    assert restored.code == 5
    (small_disk / "ballast").unlink()
    assert is_well(home)


def test_the_control_for_a_full_disk(small_disk: Path) -> None:
    """A file that is written in place is ruined by the same disk."""
    path = small_disk / "naive.json"
    path.write_text(json.dumps({"stars": ["x" * 90] * 10}))
    fill_up(small_disk)
    with suppress(OSError):
        path.write_text(json.dumps({"stars": ["x" * 90] * 2000}))
    with pytest.raises(ValueError, match="char"):
        json.loads(path.read_text())


# A limit on the size of files


@pytest.mark.usefixtures("unmeasured")
def test_a_limit_on_file_sizes(filled: Path, tmp_path: Path) -> None:
    """``ulimit -f``: mark, import, backup and export are refused with a sentence, never by a signal."""
    before = kept(filled)
    size = (filled / "planner.db").stat().st_size
    page = tmp_path / "big.md"
    page.write_text(
        "| Title | Authors |\n|---|---|\n" + "".join(f"| Paper number {number} | Ada |\n" for number in range(2000))
    )
    one_sentence(run(filled, "import", page, "--conference", "Other 2021", limit=size + 4096), 5)
    said = run(filled, "note", CATS.uid, "x" * 100_000, limit=size + 4096)
    assert said.code == 5
    assert "ulimit -f" in said.err
    one_sentence(run(filled, "backup", tmp_path / "copy.db", limit=size // 2), 5, "copy.db", "cannot be written")
    assert not (tmp_path / "copy.db").exists()
    assert run(filled, "talks", limit=0).code == 0
    assert kept(filled) == before
    assert is_well(filled)


def test_the_control_for_a_limit(tmp_path: Path) -> None:
    """The same limit cuts a file that is written in place."""
    path = tmp_path / "naive.json"
    path.write_text(json.dumps({"stars": ["x" * 90] * 10}))
    code = f"import json; json.dump(['x' * 90] * 2000, open({str(path)!r}, 'w'))"
    limit = (8192, 8192)
    subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, limit),
    )
    with pytest.raises(ValueError, match="char"):
        json.loads(path.read_text())


# Places


@pytest.mark.ci
def test_a_path_with_blanks_and_letters_of_any_script(tmp_path: Path) -> None:
    """Every verb works in such a home, given as it is, in the environment, and from within it."""
    home = tmp_path / "Мои данные" / "dätä 'and' \"quotes\" 100% #?&" / "📅"
    page = tmp_path / "página ü.md"
    page.write_text("| Title | Authors |\n|---|---|\n| Ants | Ada |\n| Bees | Ben |\n")
    assert run(home, "import", page, "--conference", "Conf 2021").code == 0
    assert run(home, "star", "Ants").code == 0
    assert run(home, "backup", home / "kopie ü.db").code == 0
    assert run(home, "restore", home / "kopie ü.db").code == 0
    assert "1 star" in run(home, "restore").out
    assert run(home, "doctor").code == 0, run(home, "doctor").out
    said = subprocess.run(
        [sys.executable, "-m", "planner", *BASE, "talks", "--starred"],
        capture_output=True,
        text=True,
        check=True,
        cwd=home,
        env={**os.environ, "PLANNER_HOME": ".", "LC_ALL": "C", "PYTHONPATH": str(HERE.parent)},
    )
    assert "Ants" in said.stdout


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no name that is not UTF-8")
def test_a_path_that_is_no_utf_8(filled: Path, tmp_path: Path) -> None:
    """A schedule, a calendar, a folder and marks of such a name are read, known again and written, and all stays whole."""
    page, calendar, folder, marks = (tmp_path / name for name in ("caf\udce9.csv", "x\udce9.ics", "d\udce9", "m\udce9.json"))
    page.write_text("title,date,start,end\nAnts,2021-05-06,11:30,11:45\n")
    asked = ("import", page, "--conference", "Caf\udce9 2021", "--zone", "UTC")
    for words, told in (((*asked, "--dry-run"), "1 added"), (asked, "1 added"), (asked, "1 unchanged")):
        assert told in run(filled, *words).out
    before = kept(filled)
    for target, more in ((calendar, ()), (folder, ("--format", "vdir")), (marks, ("--format", "marks"))):
        assert run(filled, "export", target, *more).code == 0
        assert target.exists()
    assert run(filled, "unstar", ANTS.uid).code == 0
    assert run(filled, "export", calendar).code == 0
    assert b"STATUS:CANCELLED" in calendar.read_bytes(), "what this calendar was told is known"
    assert run(filled, "undo").code == 0
    assert run(tmp_path / "new", "import", marks).code == 0
    assert run(tmp_path / "new", "undo").out == "Taken back: the marks of m\\udce9.json.\n"
    assert kept(filled)[ANTS.uid] == before[ANTS.uid]
    one_sentence(run(filled, "import", "http://127.0.0.1/\udce9"), 3, "signs in it that no address has")
    assert is_well(filled)


def test_a_home_that_is_a_file(tmp_path: Path) -> None:
    """Reading and writing name it; it stays as it is."""
    (tmp_path / "file").write_text("Dear Ada")
    for words in (("agenda",), ("star", "x"), ("restore", tmp_path / "file")):
        said = run(tmp_path / "file", *words)
        assert said.code in {3, 5}
        assert str(tmp_path / "file") in said.err
    assert run(tmp_path / "file", "doctor").code == 1
    assert "is a file, no data folder" in run(tmp_path / "file", "doctor").out
    assert (tmp_path / "file").read_text() == "Dear Ada"


def test_a_home_behind_a_link(filled: Path, tmp_path: Path) -> None:
    """A linked folder and a linked store are used where they are; a link that leads nowhere is told."""
    (tmp_path / "link").symlink_to(filled)
    assert run(tmp_path / "link", "note", CATS.uid, "by a link").code == 0
    assert kept(filled)[CATS.uid] == (True, "by a link")
    other = tmp_path / "other"
    other.mkdir()
    (other / "planner.db").symlink_to(filled / "planner.db")
    assert run(other, "note", CATS.uid, "by a linked file").code == 0
    assert kept(filled)[CATS.uid] == (True, "by a linked file")
    assert (other / "planner.db").is_symlink()
    (tmp_path / "nowhere").symlink_to(tmp_path / "none" / "at all")
    said = run(tmp_path / "nowhere", "star", "x")
    one_sentence(said, 5, str(tmp_path / "nowhere"))


# Read-only


@pytest.fixture
def public(filled: Path) -> Iterator[Path]:
    """A copy of the filled home that an ordinary user may enter; root may do everything, so he proves nothing."""
    place = Path(tempfile.mkdtemp())  # pytest's own folders are their maker's alone
    place.chmod(0o755)
    shutil.copytree(filled, place / "home")
    if os.geteuid() == 0:
        for path in (place / "home", *(place / "home").rglob("*")):
            os.chown(path, 65534, 65534)
    yield place / "home"
    shutil.rmtree(place)


def here(home: Path, *words: str) -> Said:
    """The answer of a command in this process."""
    out, err = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = main(["--home", str(home), *BASE, *words])
        out.flush()
    return Said(code, out.buffer.getvalue().decode(), err.getvalue())  # type: ignore[attr-defined]


READS = (("agenda", "all"), ("talks",), ("clashes",), ("show", CATS.uid), ("export",), ("restore",), ("conferences",))
WRITES = (("note", CATS.uid, "x"), ("star", PAPER.uid), ("undo",))


@pytest.mark.parametrize("what", ["file", "folder"])
def test_read_only(filled: Path, public: Path, what: str) -> None:
    """What may only be read is read; each command that writes says which of the two it is, and changes nothing."""
    for words in (*READS, *WRITES):  # what they import is imported before another user runs them
        assert here(filled, *words).code == 0
    before = kept(public)
    (public if what == "folder" else public / "planner.db").chmod(0o555 if what == "folder" else 0o444)
    answers = as_nobody(lambda: [tuple(here(public, *words)) for words in (*READS, *WRITES)])
    (public / "planner.db").chmod(0o600)
    public.chmod(0o700)
    for words, answer in zip((*READS, *WRITES), answers, strict=True):
        if words in READS:
            assert answer[0] == 0, answer
        else:
            one_sentence(Said(*answer), 5, f"the {what}", "is read-only: make it writable, or use --home")
    assert kept(public) == before


def test_the_control_for_read_only(public: Path) -> None:
    """The same user may write where nothing is read-only."""
    assert as_nobody(lambda: here(public, "note", CATS.uid, "x").code) == 0
    assert kept(public)[CATS.uid] == (True, "x")


# What lies beside the store


def test_a_hot_journal(filled: Path) -> None:
    """What a crash in the middle of a commit left is rolled back by the next command: no half of a write is seen."""
    before = kept(filled)
    crashed(filled)
    assert (filled / "planner.db-journal").stat().st_size > 512
    assert run(filled, "talks").code == 0
    assert not (filled / "planner.db-journal").exists()
    assert kept(filled) == before
    assert is_well(filled)


def test_the_control_for_a_hot_journal(filled: Path) -> None:
    """Without its journal the same file holds half of the write."""
    before = kept(filled)
    crashed(filled)
    (filled / "planner.db-journal").unlink()
    try:
        found = kept(filled)
    except StoreError:
        return
    assert found != before


CRASH = """
import os, signal, sqlite3, sys
db = sqlite3.connect(sys.argv[1], isolation_level=None)
db.execute("PRAGMA cache_size = 1")  # pages reach the file before the commit
db.execute("BEGIN IMMEDIATE")
db.execute("UPDATE mark SET note = 'half', starred = 1 - starred")
db.execute("CREATE TABLE more (x)")
db.executemany("INSERT INTO more VALUES (?)", [("x" * 3000,)] * 300)
os.kill(os.getpid(), signal.SIGKILL)
"""


def crashed(home: Path) -> None:
    """Leave the store as a program that was killed in the middle of a large transaction does."""
    done = subprocess.run([sys.executable, "-c", CRASH, str(home / "planner.db")], check=False)
    assert done.returncode == -signal.SIGKILL


def test_another_store_s_log_beside_it(filled: Path, tmp_path: Path) -> None:
    """A -wal that belongs to another store is not played into ours: it moves aside, with a word, and doctor finds it."""
    before = kept(filled)
    foreign_log(filled, tmp_path)
    assert run(filled, "doctor").code == 1
    assert "belong to another store" in run(filled, "doctor").out
    assert kept(filled) == before
    assert sorted(name for name in os.listdir(filled) if "wal" in name) == ["planner.db-wal.aside"]
    assert is_well(filled)


def test_the_control_for_another_store_s_log(filled: Path, tmp_path: Path) -> None:
    """SQLite by itself plays the log in."""
    foreign_log(filled, tmp_path)
    db = sqlite3.connect(filled / "planner.db")
    try:
        notes = [note for (note,) in db.execute("SELECT note FROM mark")]
        assert "from the other store" in notes or db.execute("PRAGMA integrity_check").fetchone() != ("ok",)
    except sqlite3.DatabaseError:
        pass
    finally:
        db.close()


def foreign_log(home: Path, tmp_path: Path) -> None:
    """Put the log of another store beside ours, as a careless copy does."""
    other = tmp_path / "other.db"
    shutil.copy(home / "planner.db", other)
    db = sqlite3.connect(other, isolation_level=None)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("UPDATE mark SET note = 'from the other store'")
    shutil.copy(f"{other}-wal", home / "planner.db-wal")
    db.close()


@pytest.mark.ci
@pytest.mark.parametrize("share", [0.0, 0.01, 0.3, 0.6, 0.9, 0.999])
def test_a_file_that_was_cut(filled: Path, share: float) -> None:
    """At whatever length: doctor finds it, the commands say what to do, and that command brings the copy back."""
    content = (filled / "planner.db").read_bytes()
    (filled / "planner.db").write_bytes(content[: int(len(content) * share)])
    said = run(filled, "doctor")
    assert said.code == 1
    assert "planner restore 2021-05-01-090000-day.db" in said.out
    for words in (("talks",), ("star", CATS.uid)):
        said = run(filled, *words)
        assert said.code in {0, 4, 5}
        assert said.code != 5 or "planner restore 2021-05-01-090000-day.db" in said.err
    assert run(filled, "restore", "2021-05-01-090000-day.db").code == 0
    assert kept(filled)[ANTS.uid] == (True, "ask Émile about the leaves")
    assert run(filled, "doctor").code == 0, run(filled, "doctor").out


# The clock


@pytest.mark.ci
def test_a_clock_set_back_and_forth(filled: Path) -> None:
    """A day in 2001 and a week in 2040: marks are kept, undo goes by order, and today's copies are not thinned away."""

    def note(when: str, text: str) -> None:
        words = ["--home", str(filled), "--tz", "UTC", "--now", when, "note", CATS.uid, text]
        subprocess.run([sys.executable, "-m", "planner", *words], check=True)

    for day in range(1, 10):
        note(f"2040-01-{day:02d}T10:00Z", f"future {day}")
    note("2001-01-01T10:00Z", "past")
    for day in range(3, 8):
        note(f"2021-05-{day:02d}T10:00Z", f"today {day}")
    names = sorted(os.listdir(filled / "backups"))
    assert [name[:10] for name in names if name.startswith("2021-05-0")] == [
        f"2021-05-{day:02d}" for day in (1, 3, 4, 5, 6, 7)
    ]
    assert kept(filled)[CATS.uid] == (True, "today 7")
    assert run(filled, "undo").code == 0
    assert kept(filled)[CATS.uid] == (True, "today 6")


# Several at once


MANY = """
import subprocess, sys
home, first = sys.argv[1], sys.argv[2]
for number in range(6):
    words = ["--home", home, "--now", "2021-05-01T11:00+02:00", "--tz", "UTC"]
    base = [sys.executable, "-m", "planner", *words]
    subprocess.run([*base, "import", f"{first}-{number}.md", "--conference", f"Conf {first[-1]} 2021"], check=True, stdout=-3)
    subprocess.run([*base, "star", f"Talk {number} of {first[-1]}"], check=True, stdout=-3)
"""


@pytest.mark.ci
def test_four_programs_write_at_once(filled: Path, tmp_path: Path) -> None:
    """Four command lines that import and star side by side all succeed, and every talk and star is there."""
    for one in "abcd":
        for number in range(6):
            titles = "".join(f"| Talk {below} of {one} | Ada |\n" for below in range(number + 1))
            (tmp_path / f"{one}-{number}.md").write_text(f"| Title | Authors |\n|---|---|\n{titles}")
    programs = [
        subprocess.Popen([sys.executable, "-c", MANY, str(filled), str(tmp_path / one)], stderr=subprocess.PIPE)
        for one in "abcd"
    ]
    errors = [program.communicate(timeout=600)[1] for program in programs]
    assert [program.returncode for program in programs] == [0] * 4, errors
    found = json.loads(run(filled, "conferences", "--json").out)["conferences"]
    assert {one["slug"]: (one["talks"], one["starred"]) for one in found if one["slug"] != "iclr-2021"} == {
        f"conf-{one}-2021": (6, 6) for one in "abcd"
    }
    assert is_well(filled)


def test_the_control_for_four_programs(tmp_path: Path) -> None:
    """Four writers of one JSON file lose each other's stars."""
    path, code = tmp_path / "naive.json", "import json, sys\np = sys.argv[1]\n"
    code += "for n in range(200):\n    d = json.load(open(p)); d.append(n); json.dump(d, open(p + sys.argv[2], 'w'))\n"
    code += "    __import__('os').replace(p + sys.argv[2], p)\n"
    for _ in range(5):
        path.write_text("[]")
        programs = [subprocess.Popen([sys.executable, "-c", code, str(path), one]) for one in "abcd"]
        for program in programs:
            program.wait(600)
        if len(json.loads(path.read_text())) < 800:
            return
    pytest.fail("the naive writers lost nothing: the test of four programs proves nothing")


# Power cuts


def test_what_is_acknowledged_was_synced(filled: Path, tmp_path: Path) -> None:
    """A star: file, journal and folder are synced before the command ends; with ``synchronous=OFF`` none of them is."""
    if not shutil.which("strace"):
        pytest.skip("strace is not installed: it tells what a program asks of the disk")
    plain = tmp_path / "plain"  # strace writes other letters as octal numbers
    shutil.copytree(filled, plain)
    synced = synced_by([sys.executable, "-m", "planner", "--home", str(plain), *BASE, "note", CATS.uid, "x"])
    assert any("planner.db-journal" in call for call in synced)
    assert any("planner.db>" in call for call in synced)
    assert any("plain>" in call for call in synced)
    naive = f"import sqlite3; db = sqlite3.connect({str(plain / 'planner.db')!r}); db.execute('PRAGMA synchronous = OFF')"
    naive += "; db.execute('CREATE TABLE more (x)'); db.commit()"
    assert synced_by([sys.executable, "-c", naive]) == []


def synced_by(command: list[str]) -> list[str]:
    """The calls of a program that wait for the disk, each with the path of its file."""
    done = subprocess.run(
        ["strace", "-f", "-y", "-e", "trace=fsync,fdatasync", *command], capture_output=True, text=True, check=False
    )
    if "ptrace" in done.stderr and done.returncode:
        pytest.skip("this machine lets no program be traced")
    return [line for line in done.stderr.splitlines() if "sync(" in line]


FAILING = (
    *("pwrite64:error=EIO", "pwrite64:error=ENOSPC", "fdatasync:error=EIO", "unlink:error=EIO"),
    *("pwrite64:signal=SIGKILL", "unlink:signal=SIGKILL"),
)


@pytest.mark.ci
@pytest.mark.usefixtures("unmeasured")  # coverage removes files of its own
@pytest.mark.parametrize("fault", FAILING)
def test_a_disk_that_fails_at_any_call(filled: Path, fault: str) -> None:
    """Whichever write, sync or unlink fails or is the last: a sentence and code 5, or the mark is kept; never half of it."""
    if not shutil.which("strace"):
        pytest.skip("strace is not installed: it makes a call fail")
    refused = 0
    for number in (1, 2, 3, 5, 8, 13):
        before = kept(filled)
        command = [
            "strace",
            "-f",
            "-o",
            "/dev/null",
            "-e",
            f"trace={fault.partition(':')[0]}",
            "-e",
            f"inject={fault}:when={number}",
        ]
        words = [sys.executable, "-m", "planner", "--home", str(filled), *BASE, "note", CATS.uid, f"{fault} {number}"]
        done = subprocess.run([*command, *words], capture_output=True, text=True, check=False)
        if "ptrace" in done.stderr:
            pytest.skip("this machine lets no program be traced")
        assert "Traceback" not in done.stderr, done.stderr
        assert done.returncode in {0, -signal.SIGKILL if "KILL" in fault else 5}, done.stderr
        after = kept(filled)
        if done.returncode:
            assert "KILL" in fault or done.stderr.splitlines()[-1].endswith("."), done.stderr
            assert after in (before, {**before, CATS.uid: (True, f"{fault} {number}")})
            refused += 1
        else:
            assert after == {**before, CATS.uid: (True, f"{fault} {number}")}
        assert [said for said in check_store(str(filled)) if "copy" not in said and "copies" not in said] == []
    assert refused, "no call failed: this proves nothing"


# Killed


@pytest.mark.ci
@pytest.mark.slow
def test_commands_killed_at_random_instants(filled: Path, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """import, star, undo and note, the commands themselves: after each kill the store is as before the command or after it."""
    chance = random.Random(5)
    page = tmp_path / "page.md"
    page.write_text(
        "| Title | Authors |\n|---|---|\n" + "".join(f"| Paper number {number} | Ada |\n" for number in range(300))
    )
    run(filled, "import", page, "--conference", "Other 2021")
    length = {}
    seen = set()
    for number in range(300 if request.config.getoption("--slow") else 12):
        name = ("import", "star", "undo", "note")[number % 4]
        if name == "import":
            page.write_text(
                "| Title | Authors |\n|---|---|\n"
                + "".join(f"| Paper number {row} of {number} | Ada |\n" for row in range(300))
            )
        words = {
            "import": (page, "--conference", "Other 2021"),
            "star": ("Cats", "--rating", str(number % 5 + 1)),
            "undo": (),
            "note": ("Cats", str(number)),
        }[name]
        before = state(filled)
        process = subprocess.Popen(
            [sys.executable, "-m", "planner", "--home", str(filled), *BASE, name, *map(str, words)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        began = datetime.now(UTC)
        try:
            process.wait(length.get(name, 0.4) * chance.uniform(0.2, 1.1))
        except subprocess.TimeoutExpired:
            process.kill()
        code = process.wait()
        if code == 0:
            length[name] = (datetime.now(UTC) - began).total_seconds()
        after = state(filled)
        assert [said for said in check_store(str(filled)) if "copy" not in said] == []
        assert code in {0, -signal.SIGKILL}
        assert code != 0 or after != before or name in {"undo", "star"}, "what was acknowledged is there"
        assert after[1:] == before[1:] or after[0] != before[0], "a change is one step of undo, or there is none"
        seen.add((name, code == 0, after != before))
    assert {code for _, code, _ in seen} == {True, False}


def state(home: Path) -> tuple[object, ...]:
    """The number of steps of undo, the rows of talks and marks."""
    db = sqlite3.connect(home / "planner.db")
    try:
        steps = db.execute("SELECT count(*), max(id) FROM step").fetchall()
        return (
            steps,
            db.execute("SELECT uid, title, cancelled FROM talk ORDER BY uid").fetchall(),
            *db.execute("SELECT uid, starred, rating, note FROM mark ORDER BY uid").fetchall(),
        )
    finally:
        db.close()
