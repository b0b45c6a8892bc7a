"""The folder with one calendar file a talk: exactly the plan after each export, other people's files as they were."""

from __future__ import annotations

import fcntl
import os
import re
import string
import subprocess
import sys
import uuid
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ical_lint import instants, lint
from icalendar import Calendar
from plans import at, evening, star, talk

from planner import export
from planner.errors import PlannerError
from planner.export import vdir
from planner.model import Slot

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Answer

    from planner.model import Exported, Mark, Talk
    from planner.plan import Plan

    Planner = Callable[..., Answer]

FOREIGN = (
    b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//someone//else//EN\r\n"
    b"BEGIN:VEVENT\r\nUID:%s\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


class Told(NamedTuple):
    """A folder after an export: what was done, and what is remembered."""

    step: vdir.Step
    remembered: dict[str, Exported]


def exported(plan: Plan, folder: Path, before: Told | None = None, **flags: Any) -> Told:
    """Bring a folder to the plan, as the command does."""
    remembered = before.remembered if before else {}
    pieces = export.calendars(plan, export.Choice(**flags), remembered=remembered)
    step = vdir.compared(str(folder), pieces, remembered)
    with vdir._alone(str(folder)):
        vdir.bring(str(folder), step)
    return Told(step, {**remembered, **{uid: one for uid, one in pieces.remember.items() if uid not in step.foreign.values()}})


def state(folder: Path) -> dict[str, tuple[str, int, str]]:
    """Title, sequence and status of the one event of each file, as the icalendar library reads them."""
    found = {}
    for path in folder.glob("*.ics"):
        (event,) = Calendar.from_ical(path.read_bytes()).events
        assert path.name == f"{event['UID']}.ics"
        found[path.stem] = (str(event["SUMMARY"]), int(str(event["SEQUENCE"])), str(event["STATUS"]))
    return found


# What is in the folder


def test_one_file_a_talk_with_the_instants_of_the_one_calendar(tmp_path: Path) -> None:
    """Each file is a clean calendar of one talk; together they say what the single file says, in both forms of times."""
    plan = evening(star("vcnet"), star("performers", decision="going"), star("diffwave"), star("paper"))
    for times in ("zone", "utc"):
        folder = tmp_path / times
        exported(plan, folder, times=times)
        assert sorted(os.listdir(folder)) == ["diffwave.ics", "performers.ics", "vcnet.ics"]
        made = export.calendar(plan, export.Choice(times=times))
        assert made is not None
        whole: dict[str, Any] = {}
        for path in folder.iterdir():
            assert lint(path.read_bytes()) == []
            assert path.read_bytes().count(b"BEGIN:VEVENT") == 1
            whole |= instants(path.read_bytes())
        assert whole == instants(made.data)
        assert (b"TZID" in (folder / "vcnet.ics").read_bytes()) == (times == "zone")


def test_alarm_and_notes_are_those_asked_for(tmp_path: Path) -> None:
    """An alarm in each file, the note only with ``with_notes``."""
    plan = evening(star("vcnet", note="bring a pen"), star("diffwave"))
    exported(plan, tmp_path / "a", alarm=10, with_notes=True)
    exported(plan, tmp_path / "b")
    assert all(b"TRIGGER:-PT10M" in path.read_bytes() for path in (tmp_path / "a").iterdir())
    assert b"bring a pen" in (tmp_path / "a" / "vcnet.ics").read_bytes()
    assert not any(word in path.read_bytes() for path in (tmp_path / "b").iterdir() for word in (b"VALARM", b"bring a pen"))


def test_what_is_right_already_is_not_written_again(tmp_path: Path) -> None:
    """The same plan touches no file, and one change writes one file."""
    folder = tmp_path / "cal"
    first = exported(evening(star("vcnet"), star("diffwave")), folder)
    before = {path.name: (path.stat().st_mtime_ns, path.stat().st_ino) for path in folder.iterdir()}
    second = exported(evening(star("vcnet"), star("diffwave")), folder, first)
    assert (second.step.write, second.step.remove, second.step.same) == ({}, (), 2)
    assert second.remembered == first.remembered
    assert {path.name: (path.stat().st_mtime_ns, path.stat().st_ino) for path in folder.iterdir()} == before
    third = exported(evening(star("vcnet"), star("diffwave", decision="going")), folder, second)
    assert list(third.step.write) == ["diffwave.ics"]
    assert (folder / "vcnet.ics").stat().st_ino == before["vcnet.ics"][1]


# The story of one talk


def moved(one: Talk) -> Talk:
    """Half an hour later and in another room, as an import would store it."""
    return one._replace(slot=Slot(at("18:30"), at("18:45"), "Hall B"), sequence=one.sequence + 1)


ONE = talk("aaaa", "A", "18:00", room="Hall A")
OTHER = talk("bbbb", "B", "20:00")
STORY: tuple[tuple[str, Talk, tuple[Mark, ...], tuple[str, int, str], tuple[str, int, str] | None], ...] = (
    ("first export", ONE, (star("aaaa"),), ("A", 0, "TENTATIVE"), ("A", 0, "TENTATIVE")),
    ("nothing new", ONE, (star("aaaa"),), ("A", 0, "TENTATIVE"), ("A", 0, "TENTATIVE")),
    ("moved", moved(ONE), (star("aaaa"),), ("A", 1, "TENTATIVE"), ("A", 1, "TENTATIVE")),
    ("renamed", moved(ONE)._replace(title="A2", sequence=2), (star("aaaa"),), ("A2", 2, "TENTATIVE"), ("A2", 2, "TENTATIVE")),
    ("decided", moved(ONE), (star("aaaa", decision="going"),), ("A", 3, "CONFIRMED"), ("A", 3, "CONFIRMED")),
    ("unstarred", moved(ONE), (), ("Cancelled: A", 4, "CANCELLED"), None),
    ("still unstarred", moved(ONE), (), ("Cancelled: A", 4, "CANCELLED"), None),
    ("starred again", moved(ONE), (star("aaaa"),), ("A", 5, "TENTATIVE"), ("A", 5, "TENTATIVE")),
    ("skipped", moved(ONE), (star("aaaa", decision="skipped"),), ("Cancelled: A", 6, "CANCELLED"), None),
    ("back again", moved(ONE), (star("aaaa"),), ("A", 7, "TENTATIVE"), ("A", 7, "TENTATIVE")),
    (
        "cancelled by the organisers",
        moved(ONE)._replace(cancelled=True, sequence=3),
        (star("aaaa"),),
        ("Cancelled: A", 8, "CANCELLED"),
        ("Cancelled: A", 8, "CANCELLED"),
    ),
    ("on again", ONE._replace(sequence=4), (star("aaaa"),), ("A", 9, "TENTATIVE"), ("A", 9, "TENTATIVE")),
    (
        "without a slot",
        ONE._replace(slot=Slot(), sequence=5),
        (star("aaaa"),),
        ("Cancelled: A", 10, "CANCELLED"),
        ("Cancelled: A", 10, "CANCELLED"),
    ),
)


def test_the_story_of_a_talk(tmp_path: Path) -> None:
    """Move, rename, decide, unstar, skip, cancel and come back: the file and the folder are at the new state at each step.

    The sequence never falls and rises with each change. The file tells what left as cancelled; the folder drops what the user
    took out and tells what the organisers took out.
    """
    folder = tmp_path / "cal"
    told: Told | None = None
    remembered: dict[str, Exported] = {}
    for name, one, marks, in_file, in_folder in STORY:
        plan = evening(star("bbbb"), *marks, talks=(one, OTHER))
        made = export.calendar(plan, remembered=remembered)
        assert made is not None
        remembered |= made.remember
        events = {str(event["UID"]): event for event in Calendar.from_ical(made.data).events}
        event = events["aaaa"]
        assert (str(event["SUMMARY"]), int(str(event["SEQUENCE"])), str(event["STATUS"])) == in_file, name
        assert lint(made.data) == []
        told = exported(plan, folder, told)
        expected = {"bbbb": ("B", 0, "TENTATIVE")}
        assert state(folder) == (expected | {"aaaa": in_folder} if in_folder else expected), name
        assert sorted(os.listdir(folder)) == [f"{uid}.ics" for uid in sorted(state(folder))], name
        again = exported(plan, folder, told)
        assert (again.step.write, again.step.remove) == ({}, ()), name


def test_the_story_on_the_command_line(planner: Planner, tmp_path: Path) -> None:
    """A page read again with a talk moved and one gone; marks set and taken away; file and folder follow."""
    page = tmp_path / "iclr 2021.csv"
    rows = {"a": ("A talk", "2021-05-06T11:00"), "b": ("Another talk", "2021-05-06T12:00"), "c": ("Third", "2021-05-06T13:00")}

    def read(**changed: tuple[str, str] | None) -> None:
        lines = [f"{key},{one[0]},{one[1]},Ann" for key, one in {**rows, **changed}.items() if one]
        page.write_text("id,title,start,speakers\n" + "\n".join(lines) + "\n", encoding="utf-8")
        answer = planner("import", page, "--conference", "ICLR 2021", "--zone", "America/Los_Angeles")
        assert answer.code == 0, answer.err

    def events() -> list[tuple[str, str, str]]:
        assert planner("export", "--format", "vdir", tmp_path / "cal").code == 0
        assert planner("export", tmp_path / "plan.ics").code == 0
        whole = [event for path in (tmp_path / "cal").iterdir() for event in Calendar.from_ical(path.read_bytes()).events]
        alone = Calendar.from_ical((tmp_path / "plan.ics").read_bytes()).events
        kept = {str(event["UID"]): event.to_ical() for event in alone}
        assert all(kept[str(event["UID"])] == event.to_ical() for event in whole)
        return sorted((str(event["SUMMARY"]), f"{event.start:%H:%M}", str(event["STATUS"])) for event in whole)

    read()
    planner("star", "A talk", "Another talk", "Third")
    t, c = "TENTATIVE", "CANCELLED"
    assert events() == [("A talk", "20:00", t), ("Another talk", "21:00", t), ("Third", "22:00", t)]
    read(a=("A talk", "2021-05-06T11:30"), b=None)
    assert events() == [("A talk", "20:30", t), ("Cancelled: Another talk", "21:00", c), ("Third", "22:00", t)]
    read(c=("Third renamed", "2021-05-06T13:00"))
    planner("going", "Another talk")
    planner("unstar", "A talk")
    assert events() == [("Another talk", "21:00", "CONFIRMED"), ("Third renamed", "22:00", t)]
    planner("undo")
    assert events() == [("A talk", "20:00", t), ("Another talk", "21:00", "CONFIRMED"), ("Third renamed", "22:00", t)]


def test_talks_without_the_plan_go_when_the_scope_narrows(tmp_path: Path) -> None:
    """After all talks, the plan alone: the rest of our files goes. A talk that was never told is not told as cancelled."""
    plan = evening(star("vcnet"), star("performers", decision="going"))
    told = exported(plan, tmp_path, scope="all")
    assert set(state(tmp_path)) == {"vcnet", "performers", "curricula", "diffwave"}
    told = exported(plan, tmp_path, told)
    assert set(state(tmp_path)) == {"vcnet", "performers"}
    exported(plan, tmp_path, told, scope="going")
    assert set(state(tmp_path)) == {"performers"}
    here = talk("y", "Y", "18:00")
    told = exported(evening(talks=(here,)), tmp_path / "all", scope="all")
    exported(evening(talks=(here._replace(cancelled=True),)), tmp_path / "all", told, scope="all")
    assert os.listdir(tmp_path / "all") == []
    gone = talk("x", "X", "18:00", cancelled=True)
    exported(evening(star("x"), talks=(gone,)), tmp_path / "new")
    assert os.listdir(tmp_path / "new") == []


# Other people's files


def test_other_files_are_neither_read_nor_touched(tmp_path: Path) -> None:
    """Notes, other programs' entries, folders and our own entries of talks that are not stored here stay to the byte."""
    exported(evening(star("elsewhere"), talks=(talk("elsewhere", "E", "18:00"),)), tmp_path)
    (tmp_path / "meeting.ics").write_bytes(FOREIGN % b"meeting")
    (tmp_path / "broken.ics").write_bytes(b"\xff\x00 no calendar")
    (tmp_path / "color").write_text("#ff0000")
    (tmp_path / "folder.ics").mkdir()
    before = {path.name: (path.stat().st_mtime_ns, path.is_file() and path.read_bytes()) for path in tmp_path.iterdir()}
    told = exported(evening(star("vcnet")), tmp_path)
    exported(evening(), tmp_path, told)
    assert {
        path.name: (path.stat().st_mtime_ns, path.is_file() and path.read_bytes()) for path in tmp_path.iterdir()
    } == before


@pytest.mark.parametrize("kind", ["other entry", "same uid", "no calendar", "empty", "link", "folder", "two entries"])
def test_a_foreign_file_with_a_talks_name_is_never_overwritten(tmp_path: Path, kind: str) -> None:
    """It is named and stays to the byte, also when the talk leaves; the other talks are written."""
    path = tmp_path / "vcnet.ics"
    if kind == "link":
        (tmp_path / "target").write_bytes(FOREIGN % b"vcnet")
        path.symlink_to(tmp_path / "target")
    elif kind == "folder":
        path.mkdir()
    elif kind == "two entries":
        made = export.calendar(evening(star("vcnet"), star("diffwave")))
        path.write_bytes(made.data if made else b"")
    else:
        path.write_bytes(
            {"other entry": FOREIGN % b"x", "same uid": FOREIGN % b"vcnet", "no calendar": b"hello"}.get(kind, b"")
        )
    held = path.is_file() and path.read_bytes()
    told = exported(evening(star("vcnet"), star("diffwave")), tmp_path)
    assert told.step.foreign == {"vcnet.ics": "vcnet"}
    assert (tmp_path / "diffwave.ics").exists()
    told = exported(evening(star("vcnet"), star("diffwave")), tmp_path, told)
    assert told.step.foreign == {"vcnet.ics": "vcnet"}
    exported(evening(star("diffwave")), tmp_path, told)
    assert (path.is_file() and path.read_bytes()) == held
    assert path.is_symlink() == (kind == "link")


def test_what_was_refused_is_not_taken_for_ours_later(tmp_path: Path) -> None:
    """Another program's entry of the same uid is refused at every export, for the folder was never told of that talk."""
    (tmp_path / "vcnet.ics").write_bytes(FOREIGN % b"vcnet")
    remembered: dict[str, Exported] = {}
    for decision in ("undecided", "going"):
        plan = evening(star("vcnet", decision=decision), star("diffwave"))
        with pytest.raises(PlannerError, match=r"vcnet\.ics is not this program's file"):
            vdir.export(plan, str(tmp_path), export.Choice(), remembered=remembered, remember=remembered.update)
    assert set(remembered) == {"diffwave"}
    assert (tmp_path / "vcnet.ics").read_bytes() == FOREIGN % b"vcnet"


def test_an_entry_that_another_program_changed_is_still_ours(tmp_path: Path) -> None:
    """Other programs put their own PRODID in: what the folder was told of under this uid is brought up to date."""
    told = exported(evening(star("vcnet")), tmp_path)
    path = tmp_path / "vcnet.ics"
    path.write_bytes(path.read_bytes().replace(b"-//planner//conference planner//EN", b"-//PIMUTILS.ORG//NONSGML khal//EN"))
    told = exported(evening(star("vcnet", decision="going")), tmp_path, told)
    assert told.step.foreign == {}
    assert state(tmp_path) == {"vcnet": ("VCNet and Functional Targeted Regularization", 1, "CONFIRMED")}


def test_what_this_program_wrote_is_ours_without_a_memory_of_it(tmp_path: Path) -> None:
    """A store that was made anew, or another of the user's machines, takes the folder over: PRODID and UID say whose it is."""
    exported(evening(star("vcnet")), tmp_path)
    told = exported(evening(star("vcnet", decision="going")), tmp_path)
    assert (list(told.step.write), told.step.foreign) == (["vcnet.ics"], {})


@pytest.mark.parametrize(("size", "ours"), [(10_000_000, True), (10_000_001, False)])
def test_a_file_of_more_than_ten_megabytes_is_not_ours(tmp_path: Path, size: int, *, ours: bool) -> None:
    """No entry is as large, so it is not even read; one of ten, by its signs ours, is brought up to date."""
    told = exported(evening(star("vcnet")), tmp_path)
    path = tmp_path / "vcnet.ics"
    held = path.read_bytes()
    first, end, rest = held.partition(b"END:VEVENT")
    path.write_bytes(first + b"COMMENT:".ljust(size - len(held) - 2, b"x") + b"\r\n" + end + rest)
    assert path.stat().st_size == size
    again = exported(evening(star("vcnet")), tmp_path, told)
    assert (path.read_bytes() == held, again.step.foreign == {}) == (ours, ours)


@pytest.mark.parametrize(("held", "named"), [(["vcnet"], ""), (["diffwave", "vcnet"], " and 1 more")])
def test_what_is_not_ours_is_said_with_the_talk_and_the_way_out(tmp_path: Path, held: list[str], named: str) -> None:
    """The first file and the talk that it hides; how many more there are; and that all else is written."""
    for uid in held:
        (tmp_path / f"{uid}.ics").write_bytes(b"mine")
    plan = evening(star("vcnet"), star("performers"), star("diffwave"))
    with pytest.raises(PlannerError) as caught:
        vdir.export(plan, str(tmp_path), export.Choice(), remembered={}, remember=lambda _: None)
    assert str(caught.value) == (
        f"{tmp_path / 'vcnet.ics'}{named} is not this program's file and was left as it is, so the talk “VCNet and Functional"
        " Targeted Regularization” is not in the folder; all else is: move the file away, or name another folder."
    )
    assert (tmp_path / "performers.ics").exists()


def test_a_foreign_file_is_one_sentence_on_the_command_line(planner: Planner, tmp_path: Path) -> None:
    """Exit code 2, the file and the talk named; with it moved away the next export completes the folder."""
    rows = "id,title,start,speakers\na,A talk,2021-05-06T11:00,Ann\nb,Another,2021-05-06T12:00,Bob\n"
    (tmp_path / "iclr 2021.csv").write_text(rows, encoding="utf-8")
    planner("import", tmp_path / "iclr 2021.csv", "--conference", "ICLR 2021", "--zone", "Europe/Berlin")
    planner("star", "A talk", "Another")
    folder = tmp_path / "cal"
    assert planner("export", "--format", "vdir", folder).code == 0
    mine = min(folder.iterdir())
    whole = mine.read_bytes()
    mine.write_bytes(b"mine")
    answer = planner("export", "--format", "vdir", folder)
    assert (answer.code, answer.out, answer.err.count("\n")) == (2, "", 1)
    assert str(mine) in answer.err
    assert mine.read_bytes() == b"mine"
    mine.unlink()
    answer = planner("export", "--format", "vdir", folder)
    assert (answer.code, mine.read_bytes()) == (0, whole)
    assert "2 talks" in answer.err
    assert "1 written, 0 removed, 1 unchanged" in answer.err


# Names


@given(st.lists(st.text(max_size=100), min_size=2, max_size=6, unique=True))
def test_every_uid_has_a_safe_name_of_its_own(uids: list[str]) -> None:
    """One part of a path, short, in ASCII, no device of Windows, not hidden; different also where case is folded."""
    names = [vdir.file_name(uid) for uid in uids]
    for name in names:
        assert re.fullmatch(r"[0-9a-z][0-9a-z_-]{0,79}\.ics", name)
    assert len({name.lower() for name in names}) == len(uids)


@pytest.mark.parametrize(
    "uid", ["../../x", "/x", "a/b", "a\\b", "nul", "com1", "-rf", ".hidden", "", "x" * 300, "A", "a.", "é", "\ud800"]
)
def test_hostile_uids_name_no_path(uid: str) -> None:
    """What no file system should see becomes a UUID."""
    assert re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.ics", vdir.file_name(uid))
    assert vdir.file_name("3f2b8c1e-0000-5000-8000-000000000001") == "3f2b8c1e-0000-5000-8000-000000000001.ics"


def test_a_name_is_of_signs_that_every_file_system_keeps_apart() -> None:
    """Small letters, digits, and from the second sign on hyphen and underscore; each of the first 400 signs is looked at."""
    for sign in map(chr, range(400)):
        plain = sign in string.ascii_lowercase + string.digits
        assert (vdir.file_name(sign) == f"{sign}.ics") == plain
        assert (vdir.file_name(f"a{sign}") == f"a{sign}.ics") == (plain or sign in "-_")


def test_a_name_of_eighty_signs_is_kept() -> None:
    """One of more becomes a UUID, which is the same on every machine: that of the URI uid:… (RFC 4122, 4.3)."""
    assert vdir.file_name("x" * 80) == "x" * 80 + ".ics"
    for uid in ("x" * 81, "A", "é"):
        assert vdir.file_name(uid) == f"{uuid.uuid5(uuid.NAMESPACE_URL, f'uid:{uid}')}.ics"


def test_no_name_is_a_device_of_windows() -> None:
    """Those that Microsoft's "Naming Files, Paths, and Namespaces" lists; what only begins like one is none."""
    devices = ["con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(10))]
    assert [uid for uid in devices if vdir.file_name(uid) == f"{uid}.ics"] == []
    kept = ["com10", "lpt10", "com", "lpt", "con1", "nulls"]
    assert [vdir.file_name(uid) for uid in kept] == [f"{uid}.ics" for uid in kept]


# Interruptions and refusals

KILLED = """
import os, sys
from planner.cli import main
replace, calls = os.replace, []
def dying(old, new):
    if new.endswith(".ics"):
        calls.append(new)
        if len(calls) > int(sys.argv[1]):
            os._exit(9)
    replace(old, new)
os.replace = dying
sys.exit(main(sys.argv[2:]))
"""


@pytest.mark.parametrize("after", [0, 1, 2])
def test_a_killed_export_is_completed_by_the_next(planner: Planner, home: Path, tmp_path: Path, after: int) -> None:
    """Whatever it had written stands whole; the next run brings every file and clears what was half written."""
    rows = "".join(f"{key},Talk {key},2021-05-06T1{key}:00,Ann\n" for key in range(4))
    (tmp_path / "iclr 2021.csv").write_text(f"id,title,start,speakers\n{rows}", encoding="utf-8")
    planner("import", tmp_path / "iclr 2021.csv", "--conference", "ICLR 2021", "--zone", "Europe/Berlin")
    planner("star", "Talk 0", "Talk 1", "Talk 2")
    folder = tmp_path / "cal"
    words = ("export", "--format", "vdir", str(folder))
    assert planner(*words).code == 0
    planner("going", "Talk 0")
    planner("going", "Talk 1")
    planner("unstar", "Talk 2")
    planner("star", "Talk 3")
    flags = ("--home", str(home), "--now", "2021-05-06T11:05-07:00", "--tz", "Europe/Berlin")
    done = subprocess.run([sys.executable, "-c", KILLED, str(after), *words, *flags], capture_output=True, check=False)
    assert done.returncode == 9
    assert any(name.startswith(".planner-") for name in os.listdir(folder))
    for path in folder.glob("*.ics"):
        assert lint(path.read_bytes()) == []
    assert planner(*words).code == 0
    assert {one[0]: one[1:] for one in state(folder).values()} == {
        "Talk 0": (1, "CONFIRMED"),
        "Talk 1": (1, "CONFIRMED"),
        "Talk 3": (0, "TENTATIVE"),
    }
    assert len(os.listdir(folder)) == 3
    assert "0 written, 0 removed, 3 unchanged" in planner(*words).err


def test_an_export_is_alone_in_the_folder_and_on_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It locks the folder before the first file is written, syncs it after the last, and leaves it open to others."""
    told: list[str] = []
    folder = os.stat(tmp_path).st_ino
    real: dict[str, Callable[..., None]] = {"flock": fcntl.flock, "fsync": os.fsync, "replace": os.replace}

    def noted(name: str, *said: Any) -> None:
        if name == "replace" or os.fstat(said[0]).st_ino == folder:
            told.append(name)
        real[name](*said)

    monkeypatch.setattr(fcntl, "flock", lambda *said: noted("flock", *said))
    monkeypatch.setattr(os, "fsync", lambda *said: noted("fsync", *said))
    monkeypatch.setattr(os, "replace", lambda *said: noted("replace", *said))
    exported(evening(star("vcnet"), star("diffwave")), tmp_path)
    assert told == ["flock", "replace", "replace", "fsync"]
    handle = os.open(tmp_path, os.O_RDONLY)
    real["flock"](handle, fcntl.LOCK_EX | fcntl.LOCK_NB)  # raises where it is locked still
    os.close(handle)


def leftovers(folder: Path) -> list[str]:
    """Lay three files into a folder, the first of which a killed export left half written, and name all three."""
    names = [".planner-half.tmp", ".planner-notes", "mine.tmp"]
    for name in names:
        (folder / name).write_bytes(b"half")
    return names


def test_what_a_killed_export_left_is_cleared_away(tmp_path: Path) -> None:
    """And nothing else whose name only begins or only ends like that."""
    half, *others = leftovers(tmp_path)
    exported(evening(star("vcnet")), tmp_path)
    assert half not in os.listdir(tmp_path)
    assert sorted(os.listdir(tmp_path)) == sorted([*others, "vcnet.ics"])


@pytest.mark.parametrize("missing", ["locks of this file system", "locks of this system"])
def test_without_locks_the_plan_is_written_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, missing: str) -> None:
    """What is half written stays then, for another export may be at it; nothing is left open."""
    if missing == "locks of this system":
        monkeypatch.setitem(sys.modules, "fcntl", None)
    else:
        monkeypatch.setattr("fcntl.flock", lambda *_: (_ for _ in ()).throw(OSError(95, "Operation not supported")))
    names = leftovers(tmp_path)
    before = os.listdir("/dev/fd")
    exported(evening(star("vcnet")), tmp_path)
    assert len(os.listdir("/dev/fd")) == len(before)
    assert sorted(os.listdir(tmp_path)) == sorted([*names, "vcnet.ics"])


def test_a_file_that_cannot_be_read_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whose it is nobody knows then: nothing is written, and the path and the reason are said."""
    told = exported(evening(star("vcnet")), tmp_path)
    look = os.lstat

    def denied(path: Any, **rest: Any) -> os.stat_result:
        if str(path).endswith("vcnet.ics"):
            raise PermissionError(13, "Permission denied")
        return look(path, **rest)

    monkeypatch.setattr(os, "lstat", denied)
    with pytest.raises(PlannerError, match=r"vcnet\.ics cannot be written \(permission denied\)"):
        exported(evening(star("vcnet", decision="going")), tmp_path, told)


def test_a_place_without_its_folder_is_said_with_it(tmp_path: Path) -> None:
    """The folder that is missing, or the file in the folder's place, and what to do."""
    (tmp_path / "file").write_text("mine")
    plan = evening(star("vcnet"))
    for place, words in (
        ("none/cal", f"cannot be made (no folder {tmp_path / 'none'}): make that folder or name another place."),
        ("file", "is a file, and vdir writes a folder with one file a talk: name a folder."),
    ):
        with pytest.raises(PlannerError) as caught:
            exported(plan, tmp_path / place)
        assert str(caught.value) == f"{tmp_path / place} {words}"


@pytest.mark.parametrize(
    ("place", "named"),
    [
        ("file.txt", "is a file"),
        ("none/cal", "make that folder"),
        ("file.txt/cal", "make that folder"),
        ("-", "name the folder"),
    ],
)
def test_a_place_that_cannot_be_is_one_sentence(planner: Planner, tmp_path: Path, place: str, named: str) -> None:
    """A path that is a file, a parent that is missing, stdout: exit code 2, nothing made, nothing remembered."""
    (tmp_path / "file.txt").write_text("mine")
    (tmp_path / "iclr 2021.csv").write_text("id,title,start,speakers\na,A talk,2021-05-06T11:00,Ann\n", encoding="utf-8")
    planner("import", tmp_path / "iclr 2021.csv", "--conference", "ICLR 2021", "--zone", "Europe/Berlin")
    planner("star", "A talk")
    answer = planner("export", "--format", "vdir", place if place == "-" else tmp_path / place)
    assert (answer.code, answer.out, answer.err.count("\n")) == (2, "", 1)
    assert named in answer.err
    assert (tmp_path / "file.txt").read_text() == "mine"
    assert sorted(os.listdir(tmp_path)) == sorted(["file.txt", "iclr 2021.csv", "dätä folder"])


@pytest.mark.parametrize("call", ["tempfile.mkstemp", "os.mkdir", "os.listdir"])
def test_a_folder_that_may_not_be_written_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str) -> None:
    """Permission denied while a file, or the folder, is made or looked through: the path and the reason."""
    folder = tmp_path / "cal"
    if call != "os.mkdir":
        folder.mkdir()

    look = os.listdir

    def denied(*said: str, **_: object) -> list[str]:
        if call == "os.listdir" and said != (str(folder),):
            return look(*said)  # a zone that was not asked for yet
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(call, denied)
    with pytest.raises(PlannerError, match=r"cal cannot be written \(permission denied\)") as caught:
        exported(evening(star("vcnet")), folder)
    assert caught.value.exit_code == 2


def test_nothing_to_export_makes_no_folder(planner: Planner, tmp_path: Path) -> None:
    """A sentence and exit 0; once told, an empty plan empties the folder of our files."""
    rows = "id,title,start,speakers\na,A talk,2021-05-06T11:00,Ann\n"
    (tmp_path / "iclr 2021.csv").write_text(rows, encoding="utf-8")
    planner("import", tmp_path / "iclr 2021.csv", "--conference", "ICLR 2021", "--zone", "Europe/Berlin")
    folder = tmp_path / "cal"
    answer = planner("export", "--format", "vdir", folder)
    assert (answer.code, "nothing to export" in answer.err, folder.exists()) == (0, True, False)
    planner("star", "A talk")
    planner("export", "--format", "vdir", folder)
    assert len(os.listdir(folder)) == 1
    planner("unstar", "A talk")
    answer = planner("export", "--format", "vdir", folder, "--json")
    assert answer.document == {"file": str(folder), "format": "vdir", "talks": 0, "written": 0, "removed": 1, "unchanged": 0}
    assert os.listdir(folder) == []
