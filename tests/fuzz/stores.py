"""What is promised of a store file whatever is in it: each command answers or refuses in one sentence, and no mark is lost."""

from __future__ import annotations

import io
import json
import os
import shutil
import sqlite3
from contextlib import closing, redirect_stderr, redirect_stdout
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from fuzz import damage

from planner.cli import main

ANTS, DOGS = "54f5bff4-1de0-5556-8cc5-a2afbe9d23c4", "ce5bc481-6c26-5b1c-87a9-61bd3ea90395"
BASE = ("--now", "2021-05-06T20:05+02:00", "--tz", "Europe/Berlin")
MEMORY = "/dev/shm"  # noqa: S108  (a disk would wait for each of a thousand commits)
SCHEDULE = "title,date,start,end,room\nAnts at work,2021-05-06,11:30,11:45,Hall B\nFoxes,2021-05-07,09:00,09:30,Hall A\n"

READS = (
    *(("agenda", "all"), ("agenda", "--gaps"), ("agenda", "all", "--all", "--json"), ("talks",), ("talks", "ants", "--json")),
    *(("clashes",), ("suggest",), ("show", ANTS), ("show", "cats"), ("conferences",), ("changes",), ("busy",)),
    *(("export",), ("export", "--format", "json", "--scope", "all"), ("export", "--format", "html", "--with-notes")),
)
MARKS = 5  # in a store that is whole
NOT_FOUND = 4
"""The exit code where a talk is gone: nobody can tell a row that is gone from one that never was."""

LONGEST = 1000  # signs of a sentence

_SEEDS = """
cell talk title 0 x4142
cell talk start_at 1 i9223372036854775807
cell talk start_at 0 ten
cell talk day 3 never
cell talk zone 1 Nowhere/At_All
cell conference zone 0 ../../etc/passwd
cell talk session 2 s99
cell talk uid 0 x
cell talk conference 2 none
cell talk abstract 0 w300000
cell talk title 0 =1b5d303b7807e280aec29b324a0a706c616e6e65723a2078
cell talk id 0 i-5
cell talk speakers 0 null
cell talk cancelled 1 r3
cell talk end_at 0 i0
cell talk url 0 x00
cell talk title 0 Ants\udcff\udcfe
cell talk position 1 many
cell talk also 0 i7
cell talk last_day 3 0001-01-01
cell conference number 0 i4611686018427387904
cell conference day_change 0 i99999999999
cell conference slug 0 null
cell conference read_at 0 soon
cell conference import 0 i9223372036854775807
cell conference name 0 i1
cell session start_at 0 r1
cell session chairs 0 x01
cell session title 1 null
cell session key 0 i3
cell mark leave_at 0 i-99999999999999
cell mark rating 1 i77
cell mark note 0 x00ff
cell mark decision 0 maybe
cell mark at 0 r1
cell mark kept 0 i1
cell mark checksum 0 null
cell mark uid 0 no uid
cell mark starred 1 yes
copy mark uid 0 \u202e
copy talk uid 0 copy
copy mark uid 0 \udc80\udcae
cell step before 6 [["talk","\\ud800",null]]
copy conference slug 0 two
cell step before 6 {}
cell step words 6 null
cell step before 6 [[]]
cell step before 6 [["mark","x",[1]]]
cell step id 6 i9223372036854775807
cell step at 6 x
cell step before 6 [["talk","x",null]]
cell change before 0 [
cell change what 0 i1
cell change at 2 null
cell change import 1 x
cell change after 0 {}
cell touched at 0 r8
cell touched part 1 nose
cell awaited title 0 x00
cell busy start_at 0 null
cell busy title 0 i1
cell busy end_at 0 i99999999999999999
cell busy_days since_at 0 x
cell exported sequence 0 many
cell exported sequence 2 i9223372036854775807
cell exported facts 0 i1
cell exported facts 2 told / cell talk start_at 2 null
cell fetched read_at 0 x
cell search_data block 1 x00
cell search_config v 0 i99
cell sqlite_sequence seq 0 x
without search
without step
without touched
without mark_stays
without talk_order
without talk
without mark
header user_version 99
header user_version 1
header user_version -7
header application_id 7
header schema_version 5
header user_version 0
bytes file 18 0202
bytes file 0 00
bytes talk 3 0000
bytes mark 8 ffff
bytes talk_order 5 ffff
bytes search 0 0d
cut 512
cut 100
cut 16000
grow 700 41
beside -wal
beside -shm
beside -journal
beside -wal 377f0682
swap 32666165353838612d39613534 35346635626666342d31646530
base v1.db / cell mark note 0 x00 / bytes mark 9 41
cell talk title 1 Bees / without talk_day / bytes talk_start 40 00
"""  # a slash between blanks begins the next line of a script

SEEDS = ("", *(line.replace(" / ", "\n") for line in _SEEDS.strip().split("\n")))
"""The scripts that fuzzing begins with, one for each kind of damage."""


class Said(NamedTuple):
    """What a command answered."""

    words: tuple[str, ...]
    code: int
    out: str
    err: str


class StoreFiles:
    """Stores with damage: the input is a script as :mod:`damage` has it."""

    formats = ()
    seeds = ()

    def take(self, script: bytes) -> None:
        """Damage a store and hold every command to what is promised."""
        with TemporaryDirectory(dir=MEMORY if os.path.isdir(MEMORY) else None) as folder:
            home = Path(folder) / "home"
            home.mkdir(mode=0o700)
            damage.write(script, home / "planner.db")
            (home / "planner.db").chmod(0o600)
            check(home)


def run(home: Path, *words: str) -> Said:
    """Run a command here; whatever it refuses it refuses in one sentence, and nothing harms a terminal."""
    out, err = io.TextIOWrapper(io.BytesIO(), "utf-8", newline=""), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = main([*words, "--home", str(home), *BASE])
        out.flush()
    said = Said(words, code, out.buffer.getvalue().decode(), err.getvalue())  # type: ignore[attr-defined]
    assert "\x1b" not in said.err, said
    if code and words != ("doctor",):
        refusals = [line for line in said.err.splitlines() if line.startswith("planner: ")]
        assert len(refusals) == 1 or (refusals and words[0] == "import"), said
        assert all(len(line) < LONGEST and line.endswith((".", "?", "”")) for line in refusals), said
    return said


def check(home: Path) -> None:
    """Read, examine, copy, write and take back; the doctor may not call well what any of these refused.

    Where SQLite finds the structure whole, what is read and what goes out are the same marks, and all of them stay.
    """
    whole = is_whole(home)
    told = [run(home, *words) for words in READS]
    marked, starred = marks(home, told), starred_talks(home, told)
    assert not whole or starred <= {uid for uid, mark in marked.items() if mark["starred"]}, "what can be read goes out"
    ill = found_ill(home, told, ill=False)
    told = [copied(home, marked if whole else None)]
    before = marks(home, told)
    assert not whole or before == marked, "reading, doctor and backup lose nothing"
    told += written(home, before if whole else None)
    found_ill(home, told, ill=ill)
    replaced(home)


def is_whole(home: Path) -> bool:
    """Whether SQLite finds the structure of the file whole, with every table; of a copy, without what lies beside it."""
    look = shutil.copy(home / "planner.db", home.parent / "look.db")
    with closing(sqlite3.connect(look)) as db:
        try:
            found = db.execute("PRAGMA integrity_check").fetchall()
            there = {name for (name,) in db.execute("SELECT name FROM sqlite_master")}
        except (sqlite3.Error, UnicodeError):
            return False
    return found == [("ok",)] and there >= set(damage.TABLES) - {"sqlite_sequence"}


def found_ill(home: Path, told: list[Said], *, ill: bool) -> bool:
    """Whether the doctor finds something, or did: it must where anything but a talk that is not there was refused."""
    refused = [said for said in told if said.code not in {0, NOT_FOUND}]
    found = run(home, "doctor")
    assert found.code in {0, 1}, found
    assert found.code or ill or not refused, (refused, found)
    return ill or bool(found.code)


def marks(home: Path, told: list[Said]) -> dict[str, Any]:
    """The marks as they go out, by uid; none where that is refused."""
    said = run(home, "export", "--format", "marks")
    told.append(said)
    found = json.loads(said.out)["marks"] if said.out else []
    return {one["uid"]: one for one in found}


def starred_talks(home: Path, told: list[Said]) -> set[str]:
    """The uids of the starred talks that can be listed."""
    said = run(home, "talks", "--starred", "--json")
    told.append(said)
    return set() if said.code else {talk["uid"] for talk in json.loads(said.out)["talks"]}


def copied(home: Path, marked: dict[str, Any] | None) -> Said:
    """Write a copy and put it into another home, where the same marks are."""
    copy, away = home.parent / "copy.db", home.parent / "away"
    said = run(home, "backup", str(copy))
    if not said.code:
        back = run(away, "restore", str(copy), "--damaged")
        assert not back.code, back
        assert marked is None or marks(away, []) == marked
    shutil.rmtree(away, ignore_errors=True)
    return said


def replaced(home: Path) -> None:
    """Put a whole copy in the place of the store, which has to work whatever the store has become."""
    copy = home.parent / "whole.db"
    copy.write_bytes(damage.whole("v2.db"))
    back = run(home, "restore", str(copy))
    assert not back.code, back
    assert len(marks(home, [])) == MARKS
    for kept in (home / "backups").glob("*.db"):  # they may be of the ruin
        kept.unlink()
    found = run(home, "doctor")
    assert not found.code, found


def written(home: Path, before: dict[str, Any] | None) -> list[Said]:
    """Star, take back, note, import: what was acknowledged is there, and all the other marks are as they were."""
    told: list[Said] = []

    def acknowledged(*words: str) -> dict[str, Any] | None:
        told.append(run(home, *words))
        after = marks(home, told)
        if before is None or told[-2].code:
            return None
        assert without(after) == without(before)
        return dict(after.get(DOGS, {"starred": False, "rating": 0, "note": ""}))

    mark = acknowledged("star", DOGS, "--rating", "3")
    if mark is not None:
        assert (mark["starred"], mark["rating"]) == (True, 3)
        mark = acknowledged("undo")
        assert mark is None or before is None or mark["starred"] == before.get(DOGS, {"starred": False})["starred"]
    mark = acknowledged("note", DOGS, "remember")
    assert mark is None or mark["note"] == "remember"
    page = home.parent / "page.csv"
    page.write_text(SCHEDULE)
    told.append(run(home, "import", str(page), "--conference", "ICLR 2021", "--zone", "America/Los_Angeles"))
    assert before is None or marks(home, told).keys() >= before.keys()
    told += [run(home, "undo"), *(run(home, *words) for words in READS[:3])]
    return told


def without(found: dict[str, Any]) -> dict[str, Any]:
    """The marks but that of the talk that is marked here."""
    return {uid: mark for uid, mark in found.items() if uid != DOGS}
