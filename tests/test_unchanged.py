"""Files that are as they were: left out only where reading them again would change nothing, and told as if they were read."""

from __future__ import annotations

import io
import json
import os
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from planner import intake, readers, times
from planner.intake import Asked, Source, unchanged, words
from planner.intake.importer import Importer
from planner.readers import Hints, Part
from planner.store import Store, open_store

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Answer

    Planner = Callable[..., Answer]

FRIDAY = "2021-05-07T11:05-07:00"
PAGE = "ICLR 2021\n\nOral Session 1\n\nThu 6 May 10:00 - 10:15 PDT\n\nThe first thought\n\nAnn Ode\n"
SECOND = "ICLR 2021\n\nOral Session 2\n\nThu 6 May 14:00 - 14:15 PDT\n\nThe second thought\n\nBo Dee\n"
ICS = (
    "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//Made//EN\nX-WR-CALNAME:Made 2025\nX-WR-TIMEZONE:Europe/Brussels\n"
    "BEGIN:VEVENT\nUID:1@made\nDTSTART;TZID=Europe/Brussels:20250201T100000\nDTEND;TZID=Europe/Brussels:20250201T103000\n"
    "SUMMARY:Ants at work\nEND:VEVENT\nEND:VCALENDAR\n"
)
XML = (
    "<schedule><conference><title>Made 2025</title><time_zone_name>Europe/Brussels</time_zone_name></conference>"
    '<day date="2025-02-01"><room name="Hall"><event id="1"><date>2025-02-01T10:00:00+01:00</date><start>10:00</start>'
    "<duration>00:30</duration><room>Hall</room><title>Ants at work</title></event></room></day></schedule>"
)
CSV = "Title,Date,Start,End,Timezone\nAnts at work,2025-02-01,10:00,10:30,Europe/Brussels\n"
LIST = "| Title | Authors |\n|---|---|\n| Ants at work | Ann Ode |\n"
JSON = json.dumps([{"title": "Ants at work", "start": "2025-02-01T10:00:00+01:00", "end": "2025-02-01T10:30:00+01:00"}])
KINDS = {
    "made-2025.ics": ICS,
    "schedule.xml": XML,
    "iclr2021.txt": PAGE,
    "made-2025.csv": CSV,
    "made-2025.md": LIST,
    "made-2025.json": JSON,
}
NAMED = {"made-2025.csv": ("--conference", "Made 2025"), "made-2025.json": ("--zone", "Europe/Brussels")}


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that were read, in order."""
    names: list[str] = []
    read = readers.read

    def counted(parts: Any, *rest: Any) -> Any:
        names.extend(os.path.basename(part.name) for part in parts)
        return read(parts, *rest)

    monkeypatch.setattr(readers, "read", counted)
    return names


def written(folder: Path, name: str, text: str) -> Path:
    """A file with a text."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def source(planner: Planner, *said: object, **named: str) -> dict[str, Any]:
    """What ``import`` says of its one source."""
    answer = planner("import", "--json", *said, **named)
    return dict(answer.document["sources"][0])


def starts(planner: Planner) -> list[str]:
    """When the stored talks start, in UTC."""
    return [talk["start"] for talk in planner("talks", "--json", tz="UTC").document["talks"]]


# Left out


@pytest.mark.parametrize("name", [*KINDS, "folder"])
def test_it_is_not_read_and_told_as_if_it_were(
    planner: Planner, tmp_path: Path, reads: list[str], monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """The second import of a file or a folder reads nothing, and says word for word what reading it again would say."""
    path = written(tmp_path, "made-2025/a.ics" if name == "folder" else name, KINDS.get(name, ICS))
    said = (path.parent if name == "folder" else path, *NAMED.get(name, ()))
    first = source(planner, *said)
    assert (first["error"], first["added"], first["warnings"]) == (None, 1, [])
    assert reads == [path.name]
    again, plain = source(planner, *said), planner("import", *said)
    assert reads == [path.name]
    monkeypatch.setattr(intake, "same", lambda *_, **__: None)
    full, fully = source(planner, *said), planner("import", *said)
    assert reads == [path.name] * 3
    for one in (again, full):  # a zone that is stored may be told as that: the first reading says how it was known
        one.pop("zone_from")
    assert again == full
    assert again["unchanged"] == 1
    assert plain.out.replace(first["zone_from"], "") == fully.out.replace("an earlier import of this conference", "").replace(
        first["zone_from"], ""
    )


def test_an_import_that_changes_nothing_is_one(planner: Planner, tmp_path: Path, reads: list[str]) -> None:
    """It is the last import, which has no changes, at its own time; what undo takes back is the one before."""
    path = written(tmp_path, "made-2025.ics", ICS)
    planner("import", path)
    assert planner("changes", "--check").code == 1
    source(planner, path, now=FRIDAY)
    assert planner("changes", "--check").code == 0
    assert planner("conferences", "--json", tz="UTC").document["conferences"][0]["read"] == "2021-05-07T18:05:00+00:00"
    assert len(reads) == 1
    assert "import of made-2025.ics" in planner("undo").out
    assert planner("conferences", "--json").document == {"conferences": []}


def test_what_a_run_changed_stays_told(planner: Planner, tmp_path: Path) -> None:
    """An unchanged file in the same run hides no changes: of another conference, or of a file that changes nothing anew."""
    ics, page = written(tmp_path, "made-2025.ics", ICS), written(tmp_path, "iclr2021.txt", PAGE)
    planner("import", ics, page)
    written(tmp_path, "iclr2021.txt", PAGE.replace("10:00 - 10:15", "10:30 - 10:45"))
    planner("import", page, ics)
    assert [one["what"] for one in planner("changes", "--json").document["changes"]] == ["moved"]


def test_a_rehearsal_leaves_it_out_and_stores_nothing(planner: Planner, tmp_path: Path, reads: list[str]) -> None:
    """``--dry-run`` says what would be stored, and the time of the last import stays."""
    path = written(tmp_path, "made-2025.ics", ICS)
    planner("import", path)
    before = planner("conferences", "--json").out
    assert "would store: 1 unchanged" in planner("import", "--dry-run", path, now=FRIDAY).out
    assert len(reads) == 1
    assert planner("conferences", "--json").out == before


# Read again: it is not what it was


def test_other_bytes(planner: Planner, tmp_path: Path, reads: list[str]) -> None:
    """A file that changed is read, also one that was changed back."""
    path = written(tmp_path, "made-2025.ics", ICS)
    planner("import", path)
    moved = ICS.replace("T100000", "T101500")
    for text, start in ((moved, "2025-02-01T09:15:00+00:00"), (ICS, "2025-02-01T09:00:00+00:00")):
        written(tmp_path, "made-2025.ics", text)
        assert source(planner, path)["moved"] == 1
        assert starts(planner) == [start]
    assert len(reads) == 3


def test_another_file_in_the_folder(planner: Planner, tmp_path: Path, reads: list[str]) -> None:
    """A folder is read again where a file came, went or has another name."""
    page = written(tmp_path, "iclr2021/a.txt", PAGE)
    planner("import", page.parent)
    page.rename(page.with_name("c.txt"))
    planner("import", page.parent)
    assert reads == ["a.txt", "c.txt"]
    written(tmp_path, "iclr2021/b.txt", SECOND)
    assert source(planner, page.parent)["added"] == 1
    planner("import", page.parent)
    assert len(reads) == 4
    page.with_name("b.txt").unlink()
    assert source(planner, page.parent)["unchanged"] == 1
    assert len(reads) == 5


FLAGS = [
    ("--year", "2021"),
    ("--zone", "Europe/Berlin"),
    ("--conference", "Other 2021"),
    ("--format", "page"),
]


@pytest.mark.parametrize("flags", FLAGS)
def test_other_flags(planner: Planner, tmp_path: Path, reads: list[str], flags: tuple[str, ...]) -> None:
    """A flag that was not said before, or is not said any more, has it read again."""
    path = written(tmp_path, "iclr2021.txt", PAGE)
    planner("import", path)
    planner("import", path, *flags)
    planner("import", path)
    assert len(reads) == 3


def test_a_zone_that_is_said_only_now(planner: Planner, tmp_path: Path) -> None:
    """Times without a zone move to that which ``--zone`` says, whatever was read before."""
    path = written(tmp_path, "made-2025.csv", CSV.replace(",Timezone", "").replace(",Europe/Brussels", ""))
    source(planner, path, "--conference", "Made 2025", "--zone", "Europe/Brussels")
    assert source(planner, path, "--conference", "Made 2025", "--zone", "Asia/Tokyo")["moved"] == 1
    assert starts(planner) == ["2025-02-01T01:00:00+00:00"]


def test_another_zone_database_program_or_library(
    planner: Planner, tmp_path: Path, reads: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """After an update of the zone files, of this program or of what it reads with, a file is read again, and then known."""
    path = written(tmp_path, "made-2025.ics", ICS)
    monkeypatch.setattr(unchanged, "_program", unchanged._program.__wrapped__)
    planner("import", path)
    (tmp_path / "site-packages").mkdir()
    news: list[tuple[Any, str, Any]] = [
        (unchanged, "_zones", lambda: "another folder"),
        (unchanged, "__version__", "9.9"),
        (sys, "path", [*sys.path, str(tmp_path / "site-packages")]),
    ]
    for number, (where, name, value) in enumerate(news, 2):
        monkeypatch.setattr(where, name, value)
        planner("import", path)
        planner("import", path)
        assert len(reads) == number


def test_zone_files_of_another_time_have_another_stamp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder and the nanosecond of its change tell them apart, without pytz; where there is no folder nothing does."""
    monkeypatch.setitem(sys.modules, "pytz", None)
    stamps = []
    for name, changed in (("one", 7), ("one", 8), ("other", 7), ("one", 7)):
        folder = tmp_path / name
        folder.mkdir(exist_ok=True)
        os.utime(folder, ns=(0, changed))
        monkeypatch.setattr(times, "zone_folder", lambda folder=folder: str(folder))
        stamps.append(unchanged._zones())
    assert stamps == [f"{tmp_path}/{said}" for said in ("one 7", "one 8", "other 7", "one 7")]
    for nowhere in (None, f"{tmp_path}/nowhere"):
        monkeypatch.setattr(times, "zone_folder", lambda nowhere=nowhere: nowhere)
        assert unchanged._zones() == ""


def test_a_module_of_a_checkout_that_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A module that is written anew changes every tag, though the version stays."""
    for folder in ("", "readers", "dates", "ical", "intake", "store"):
        written(tmp_path, f"planner/{folder}/a.py", "x = 1\n")
    monkeypatch.setattr(unchanged, "__file__", str(tmp_path / "planner" / "intake" / "unchanged.py"))
    before = unchanged._program.__wrapped__()
    assert before
    assert unchanged._program.__wrapped__() == before
    os.utime(tmp_path / "planner" / "readers" / "a.py", (1, 1))
    assert unchanged._program.__wrapped__() != before
    monkeypatch.setattr(unchanged, "_zones", lambda: "")
    assert unchanged._program.__wrapped__() == b"", "nothing tells one zone database from another"
    monkeypatch.undo()
    monkeypatch.setattr(unchanged, "__file__", str(tmp_path / "planner" / "intake" / "unchanged.py"))
    (tmp_path / "planner" / "readers" / "a.py").unlink()
    (tmp_path / "planner" / "readers").rmdir()
    assert unchanged._program.__wrapped__() == b""


def test_without_zone_files_of_a_known_state_everything_is_read(
    planner: Planner, tmp_path: Path, reads: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where nothing tells one zone database from another no file is known."""
    monkeypatch.setattr(unchanged, "_program", lambda: b"")
    path = written(tmp_path, "made-2025.ics", ICS)
    planner("import", path)
    planner("import", path)
    assert len(reads) == 2


def test_the_day_that_decides_the_year(
    planner: Planner, tmp_path: Path, reads: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page whose year is the near one is read again on another day, a year later into the next one; a calendar is not."""
    monkeypatch.chdir(tmp_path)
    page = written(tmp_path, "page.txt", PAGE.replace("ICLR 2021\n\n", "")).name
    ics = written(tmp_path, "made-2025.ics", ICS)
    flags = ("--conference", "ICLR")
    assert "near" in source(planner, page, *flags)["year_from"]
    planner("import", page, *flags)
    planner("import", ics)
    assert reads == ["page.txt", "made-2025.ics"]
    planner("import", page, *flags, now=FRIDAY)
    planner("import", ics, now=FRIDAY)
    assert reads == ["page.txt", "made-2025.ics", "page.txt"]
    assert source(planner, page, *flags, now="2027-05-01T12:00Z")["year"] == 2027


@pytest.mark.parametrize("name", ["made-2025.ics", "schedule.xml"])
def test_formats_with_years_never_look_at_the_day(name: str) -> None:
    """What is known on any day is read by a reader that works without a clock."""
    clockless: Any = None
    found = readers.read([Part(name, KINDS[name].encode())], Hints(clockless))
    assert found.format in unchanged.DATED
    assert found.conference.talks[0].start == datetime(2025, 2, 1, 9, tzinfo=UTC)


# Read again: what is stored is not what it was


def test_another_source_changed_the_conference(planner: Planner, tmp_path: Path, reads: list[str]) -> None:
    """A file is read again after another one moved a talk, and has its word; one that changes nothing leaves it known."""
    first = written(tmp_path, "iclr2021-a.txt", PAGE)
    other = written(tmp_path, "iclr2021-b.txt", PAGE.replace("10:00 - 10:15", "10:30 - 10:45"))
    planner("import", first)
    assert source(planner, other)["moved"] == 1
    assert source(planner, first)["moved"] == 1
    assert starts(planner) == ["2021-05-06T17:00:00+00:00"]
    same = written(tmp_path, "iclr2021-c.txt", PAGE)
    assert source(planner, same)["unchanged"] == 1
    number = len(reads)
    assert source(planner, first)["unchanged"] == source(planner, same)["unchanged"] == 1
    assert len(reads) == number


def test_several_sources_of_one_conference_come_to_rest(planner: Planner, tmp_path: Path, reads: list[str]) -> None:
    """Once none of them changes anything none is read: after the second run, for each has to see what the others brought."""
    paths = [written(tmp_path, f"iclr2021-{name}.txt", text) for name, text in {"a": PAGE, "b": SECOND}.items()]
    planner("import", *paths)
    planner("import", *paths)
    assert reads == ["iclr2021-a.txt", "iclr2021-b.txt", "iclr2021-a.txt"]
    planner("import", *paths)
    planner("import", *reversed(paths))
    assert len(reads) == 3


def kept_as_one(home: Path, paths: list[Path], now: datetime) -> Store:
    """The store with what was read of files, kept in one step."""
    store = open_store(str(home), now=now)
    sources = [one for path in paths for one in intake.gather(str(path), Asked(), store.fetched)]
    intake.keep_all(store, [intake.understand(store, *one, Asked(), now=now) for one in sources], now=now)
    return store


def test_sources_kept_as_one(tmp_path: Path) -> None:
    """Of sources that are kept in one step each is known only where nothing after it changed the conference."""
    paths = [written(tmp_path, f"iclr2021-{name}.txt", text) for name, text in {"a": PAGE, "b": SECOND}.items()]
    with kept_as_one(tmp_path / "home", paths, datetime(2021, 5, 6, 18, tzinfo=UTC)) as store:
        assert [bool(store.fetched(str(path))[1]) for path in paths] == [False, True]


def test_an_import_that_was_taken_back(planner: Planner, tmp_path: Path, reads: list[str]) -> None:
    """After an undo a file is read again: of the first import, and of one that had moved a talk."""
    path = written(tmp_path, "made-2025.ics", ICS)
    planner("import", path)
    planner("undo")
    assert source(planner, path)["added"] == 1
    written(tmp_path, "made-2025.ics", ICS.replace("T100000", "T101500"))
    planner("import", path)
    planner("undo")
    assert starts(planner) == ["2025-02-01T09:00:00+00:00"]
    assert source(planner, path)["moved"] == 1
    assert starts(planner) == ["2025-02-01T09:15:00+00:00"]
    assert len(reads) == 4


def test_an_undo_of_another_source(planner: Planner, tmp_path: Path) -> None:
    """A file that agreed with an import that is taken back is read again, and has its word."""
    moved = PAGE.replace("10:00 - 10:15", "10:30 - 10:45")
    first, other, third = (
        written(tmp_path, f"iclr2021-{name}.txt", text) for name, text in {"a": PAGE, "b": moved, "c": moved}.items()
    )
    planner("import", first)
    planner("import", other)
    assert source(planner, third)["unchanged"] == 1
    planner("undo")
    assert starts(planner) == ["2021-05-06T17:00:00+00:00"]
    assert source(planner, third)["moved"] == 1


def test_a_copy_that_was_put_back(planner: Planner, tmp_path: Path) -> None:
    """The store of a copy knows the files that were read into it, and no later ones."""
    path = written(tmp_path, "made-2025.ics", ICS)
    planner("import", path)
    planner("backup", tmp_path / "copy.db")
    written(tmp_path, "made-2025.ics", ICS.replace("T100000", "T101500"))
    assert source(planner, path)["moved"] == 1
    planner("restore", tmp_path / "copy.db")
    assert starts(planner) == ["2025-02-01T09:00:00+00:00"]
    assert source(planner, path)["moved"] == 1
    assert starts(planner) == ["2025-02-01T09:15:00+00:00"]


def test_what_another_program_changed_meanwhile(tmp_path: Path) -> None:
    """Between the look at a file's tag and the import the tag may go: then nothing is noted, and the file is to be read."""
    now = datetime(2021, 5, 6, 18, tzinfo=UTC)
    path = str(written(tmp_path, "made-2025.ics", ICS))
    with kept_as_one(tmp_path / "home", [Path(path)], now) as store:
        _, *kept = store.fetched(path)
        assert kept[0]
        store.undo(now=now)
        assert not store.read_again(path, (kept[0], kept[1]), source=path, now=now)
        assert store.conferences() == ()


# Read again: the user is to see it


def test_a_reading_with_warnings(planner: Planner, tmp_path: Path, reads: list[str]) -> None:
    """What is to be doubted is said at each import."""
    path = written(
        tmp_path, "made-2025.ics", ICS.replace("SUMMARY", "DTSTART:99\nSUMMARY").replace("DTEND;", "DTEND:99\nX-A;")
    )
    first = source(planner, path)
    assert first["warnings"]
    assert source(planner, path)["warnings"] == first["warnings"]
    assert len(reads) == 2


def test_a_talk_that_was_known_by_a_close_title(planner: Planner, tmp_path: Path, reads: list[str]) -> None:
    """An import that doubts which talk is which is not the last word on a file."""
    path = written(tmp_path, "iclr2021.txt", PAGE)
    planner("import", path)
    written(tmp_path, "iclr2021.txt", PAGE.replace("The first thought", "The first thoughts"))
    assert source(planner, path)["warnings"]
    planner("import", path)
    assert len(reads) == 3


def test_a_name_without_its_year(planner: Planner, tmp_path: Path, reads: list[str]) -> None:
    """A name that is taken for that of a stored conference is said to be so each time."""
    path = written(tmp_path, "page.txt", PAGE)
    planner("import", path)
    number = len(reads)
    said = [source(planner, path, "--conference", "iclr")["warnings"] for _ in range(2)]
    assert said[0]
    assert said[0] == said[1]
    assert len(reads) > number + 1


def test_the_zone_of_another_conference(planner: Planner, tmp_path: Path, reads: list[str]) -> None:
    """A file that went by the zone of a conference of another name is read again: that one may change."""
    path = written(tmp_path, "iclr-2021.ics", ICS)
    assert source(planner, path)["conference"] == "made-2025"
    planner("import", path)
    assert len(reads) == 1
    planner("import", written(tmp_path, "iclr2021.txt", PAGE))
    written(tmp_path, "iclr-2021.ics", ICS.replace("Ants", "Cats"))
    planner("import", path)
    planner("import", path)
    assert len(reads) == 4


def test_files_of_this_program(planner: Planner, tmp_path: Path) -> None:
    """A file of marks is merged each time; a calendar that was exported is refused each time."""
    planner("import", written(tmp_path, "iclr2021.txt", PAGE))
    planner("star", "first thought")
    planner("export", "--format", "marks", tmp_path / "marks.json")
    planner("export", tmp_path / "plan.ics")
    for _ in range(2):
        planner("unstar", "first thought", now="2021-05-06T10:00Z")
        assert source(planner, tmp_path / "marks.json")["marks"] == 1
        assert planner("import", tmp_path / "plan.ics").code == 3


def test_standard_input_and_pasted_text(planner: Planner, monkeypatch: pytest.MonkeyPatch, reads: list[str]) -> None:
    """What came from nowhere is never known."""
    for _ in range(2):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(ICS.encode())))
        assert source(planner, "-")["error"] is None
    assert len(reads) == 2


def test_a_screen_reads_what_it_shows(tmp_path: Path, reads: list[str]) -> None:
    """The Import screen and Read again read unchanged files too: what was understood is there to be seen."""
    now = datetime(2021, 5, 6, 18, tzinfo=UTC)
    path = str(written(tmp_path, "made-2025.ics", ICS))
    importer = Importer(str(tmp_path / "home"), lambda: now)
    importer.keep(importer.read([path], Asked()))
    (found,) = importer.read([path], Asked())
    assert found.reading is not None
    assert importer.again([path], Asked(name="Made 2025", again=True)).shown is None
    assert len(reads) == 3


def test_real_files_that_are_known(shared: Path, tmp_path: Path) -> None:
    """Read again in full, a real file that would be left out changes nothing, warns of nothing, and holds as many talks."""
    now = datetime(2025, 1, 20, 12, tzinfo=UTC)
    paths = sorted(path for path in (shared / "samples").rglob("*") if path.is_file() and path.stat().st_size < 100_000)
    known = 0
    for number, path in enumerate(paths[::3]):
        with open_store(str(tmp_path / str(number)), now=now) as store:
            ((name, found),) = intake.gather(str(path), Asked(), store.fetched)
            intake.keep(store, intake.understand(store, name, found, Asked(), now=now), now=now)
            left = intake.same(store, name, found, Asked(), now=now)
            if left is None or left.told is None:
                continue
            again = intake.keep(store, intake.understand(store, name, found, Asked(), now=now), now=now)
            assert again.reading is not None
            assert again.saved is not None
            assert (intake.changed(again), again.reading.warnings, again.saved.near) == (False, (), ()), path
            assert again.saved.unchanged == left.told.unchanged, path
            known += 1
    assert known > 5, "this proves nothing"


# Tags


def test_a_tag_tells_pieces_apart() -> None:
    """Bytes that move from one file to the next, or from a name into its file, make another tag; the same make the same."""
    now = datetime(2021, 5, 6, 18, tzinfo=UTC)
    makes = [
        (("a", b"bc"), ("d", b"e")),
        (("a", b"b"), ("cd", b"e")),
        (("ab", b"c"), ("d", b"e")),
        (("d", b"e"), ("a", b"bc")),
        (("a", b"bcde"),),
    ]
    found = {unchanged.tags(Source("x", tuple(Part(*part) for part in parts)), Asked(), now) for parts in makes}
    assert len(found) == len(makes)
    one = Source("x", (Part("a", b"b"),))
    assert unchanged.tags(one, Asked(), now) == unchanged.tags(one, Asked(), now + timedelta(hours=1))
    (ever, today), (later, tomorrow) = (unchanged.tags(one, Asked(), now + timedelta(days=days)) for days in (0, 1))
    assert ever == later
    assert len({ever, today, tomorrow}) == 3
    assert unchanged.tags(Source("x"), Asked(), now) == ("", "")


@pytest.mark.parametrize("name", KINDS)
def test_what_was_told_travels(name: str) -> None:
    """What is told of a reading comes back from its text as it was."""
    hints = Hints(datetime(2021, 5, 6, tzinfo=UTC), name="Made 2025", zone="Europe/Brussels")
    told = words.told(readers.read([Part(name, KINDS[name].encode())], hints))
    assert unchanged.unpacked(unchanged.packed(told)) == told


def test_what_a_screen_keeps_is_read_again(planner: Planner, tmp_path: Path, home: Path, reads: list[str]) -> None:
    """A screen understands now and keeps later, and runs while the program is updated: its sources are read once more."""
    path = written(tmp_path, "made-2025.csv", CSV)
    importer = Importer(str(home), lambda: datetime.fromisoformat(FRIDAY))
    kept = importer.keep(importer.read([str(path)], Asked(name="Made 2025")))
    assert kept[0].saved is not None
    assert kept[0].saved.added == 1
    reads.clear()
    source(planner, path, "--conference", "Made 2025")
    assert len(reads) == 1
    source(planner, path, "--conference", "Made 2025")
    assert len(reads) == 1
