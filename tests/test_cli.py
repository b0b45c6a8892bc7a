"""The promised command line: answers, exit codes, JSON documents, exact bytes."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, ClassVar

import pytest
from conftest import NOW, SCHEDULES

from planner.cli.parser import COMMANDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from conftest import Answer

    Planner = Callable[..., Answer]

GOLDEN = Path(__file__).parent / "data" / "golden"
PAGE = SCHEDULES / "iclr-2021" / "oral-session-11.txt"
DAY = "2021-05-06"
BARE_MINIMUM = {"planner", "gc", "collections", "itertools", "keyword", "operator", "reprlib"}
LIGHT = BARE_MINIMUM | {"bisect", "datetime", "functools", "math", "types"}
HEAVY = {
    "textual",
    "rich",
    "icalendar",
    "recurring_ical_events",
    "dateutil",
    "pytz",
    "selectolax",
    "lxml",
    "defusedxml",
    "xml",
    "html",
    "pylatexenc",
    "rapidfuzz",
    "yaml",
    "tzlocal",
    "platformdirs",
    "tomllib",
    "typing",
    "dataclasses",
    "pathlib",
    "asyncio",
}
"""What the agenda has no time for: each costs from a quarter of a bare interpreter's start to fifteen of them."""


@pytest.fixture
def stored(planner: Planner) -> Planner:
    """The data folder with the ICLR 2021 page read and three talks starred."""
    assert planner("import", PAGE).code == 0
    assert planner("star", "When Do Curricula Work?", "SenSeI", "--rating", "3").code == 0
    assert planner("star", "DiffWave").code == 0
    return planner


def test_the_founding_page_is_reported_as_it_was_understood(planner: Planner) -> None:
    """13 talks, 3 untitled slots, 1 session, from 18:00 to 21:13 UTC, with how zone and year are known."""
    source = planner("import", PAGE, "--json").document["sources"][0]
    assert {
        key: source[key] for key in ("conference", "name", "talks", "untitled", "sessions", "zone", "year", "added", "error")
    } == {
        "conference": "iclr-2021",
        "name": "ICLR 2021",
        "talks": 13,
        "untitled": 3,
        "sessions": 1,
        "zone": "America/Los_Angeles",
        "year": 2021,
        "added": 16,
        "error": None,
    }
    assert (source["first"], source["last"]) == ("2021-05-06T20:00:00+02:00", "2021-05-06T23:13:00+02:00")
    assert "PDT" in source["zone_from"]
    assert source["year_from"]


def test_a_second_import_changes_nothing(stored: Planner) -> None:
    """The same page again: 16 unchanged, the stars still there."""
    source = stored("import", PAGE, "--json").document["sources"][0]
    assert (source["added"], source["moved"], source["edited"], source["cancelled"], source["unchanged"]) == (0, 0, 0, 0, 16)
    assert len(stored("talks", "--starred", "--json").document["talks"]) == 3


@pytest.mark.parametrize("name", ["agenda.txt", "agenda.json", "export.ics"])
def test_the_bytes_of_an_output_are_exact(stored: Planner, name: str, tmp_path: Path) -> None:
    """Agenda text, agenda JSON and calendar at a fixed now and zone, read and checked by hand once."""
    if name == "export.ics":
        stored("export", tmp_path / name)
        made = (tmp_path / name).read_bytes()
    else:
        made = stored("agenda", DAY, *(["--json"] if name.endswith("json") else [])).out.encode()
    assert made == (GOLDEN / name).read_bytes()


@pytest.mark.usefixtures("unmeasured")
@pytest.mark.parametrize(
    ("words", "now"),
    [
        (("--help",), NOW),
        (("agenda",), NOW),
        (("agenda", "all"), NOW),
        (("talks", "when"), NOW),
        (("clashes",), NOW),
        (("suggest",), NOW),
    ],
)
def test_the_quick_commands_load_nothing_heavy(stored: Planner, home: Path, words: tuple[str, ...], now: str) -> None:
    """In a fresh interpreter neither Textual, Rich, icalendar, dateutil, pytz nor a parser of HTML or XML is imported."""
    code = (
        "import sys\nfrom planner.cli import main\n"
        "try:\n    main(sys.argv[1:])\nexcept SystemExit:\n    pass\n"
        "sys.stderr.write('\\n'.join(sys.modules))"
    )
    asked = [sys.executable, "-c", code, *words, "--home", str(home), "--now", now, "--tz", "Europe/Berlin"]
    done = subprocess.run(asked, capture_output=True, text=True, check=True)
    loaded = {name.split(".")[0] for name in done.stderr.splitlines()}
    assert done.stdout
    assert "planner" in loaded
    assert not loaded & HEAVY


@pytest.mark.usefixtures("unmeasured")
@pytest.mark.parametrize("words", [("--help",), ("agenda", DAY), ("talks", "when"), ("clashes",), ("agenda", DAY, "--json")])
def test_what_the_quick_commands_load_is_counted(stored: Planner, home: Path, words: tuple[str, ...]) -> None:
    """With home and zone from the machine, all that is imported over a bare interpreter, its SQLite and its zones is listed.

    Not argparse, re, enum or locale, which cost half of a bare start; and neither tzlocal, platformdirs nor tomllib.
    """
    code = (
        f"import site, sys\n{'' if words == ('--help',) else 'import sqlite3, zoneinfo'}\n"
        "bare = set(sys.modules)\nfrom planner.cli import main\n"
        "try:\n    main(sys.argv[1:])\nexcept SystemExit:\n    pass\n"
        "sys.stderr.write('\\n' + '\\n'.join(set(sys.modules) - bare))"
    )
    environment = {"XDG_DATA_HOME": str(home.parent), "HOME": str(home), "TZ": "Asia/Tokyo", "PATH": "/usr/bin:/bin"}
    environment["PYTHONPATH"] = os.pathsep.join(filter(None, sys.path))
    (home.parent / "planner").symlink_to(home)
    asked = [sys.executable, "-S", "-c", code, *words]  # the .pth files of some packages load half of what is forbidden here
    done = subprocess.run(asked, capture_output=True, text=True, check=True, env=environment)
    assert {"--help": "usage", "clashes": "No clashes"}.get(words[0], "When Do Curricula Work?") in done.stdout
    loaded = {name.split(".")[0] for name in done.stderr.splitlines() if name.replace("_", "").replace(".", "").isidentifier()}
    allowed = (
        BARE_MINIMUM if words == ("--help",) else LIGHT | ({"json", "re", "enum", "copyreg"} if "--json" in words else set())
    )
    assert {name for name in loaded if not name.startswith("_")} - allowed == set()


@pytest.mark.usefixtures("unmeasured")
def test_a_plain_calendar_is_imported_without_what_half_a_start_costs(home: Path, tmp_path: Path) -> None:
    """In a fresh interpreter neither re nor json, and what they load, is imported for a calendar that needs no pattern."""
    path = tmp_path / "made.ics"
    event = 'BEGIN:VEVENT\r\nUID:1\r\nDTSTART:20250201T090000Z\r\nSUMMARY:"Oaks"\\, elms\r\nEND:VEVENT\r\n'
    path.write_text(f"BEGIN:VCALENDAR\r\n{event}END:VCALENDAR\r\n", newline="")
    code = "import sys\nfrom planner.cli import main\nmain(sys.argv[1:])\nsys.stderr.write('\\n'.join(sys.modules))"
    said = ["--home", str(home), "--conference", "Made 2025", "--zone", "Europe/Rome", "--tz", "Europe/Rome"]
    environment = {"PATH": "/usr/bin:/bin", "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    asked = [sys.executable, "-S", "-c", code, "import", str(path), *said]
    done = subprocess.run(asked, capture_output=True, text=True, check=True, env=environment)
    assert "1 added" in done.stdout
    assert not set(done.stderr.splitlines()) & {"re", "enum", "json", "contextlib"}


BAD = [
    (("import", "no-such-file.txt"), 3, "no-such-file.txt"),
    (("import", "EMPTY"), 3, "empty"),
    (("import", "BINARY"), 3, "binary"),
    (("import", "PROSE"), 3, ""),
    (("import", "FOLDER"), 3, "folder"),
    (("import", PAGE, "--year", "2022"), 3, "2022"),
    (("import", PAGE, "--zone", "Mars/Base"), 2, "Mars/Base"),
    (("import", PAGE, "--format", "nonsense"), 2, "nonsense"),
    (("agenda", "someday"), 2, "someday"),
    (("agenda", "--conference", "NIPS 1987"), 4, "NIPS 1987"),
    (("talks", "--day", "31st"), 2, "31st"),
    (("show", "no talk has this name"), 4, "no talk has this name"),
    (("star", "DiffWave", "--rating", "9"), 2, "rating"),
    (("nonsense",), 2, "nonsense"),
    (("agenda", "--nonsense"), 2, "nonsense"),
    (("export", "NOWHERE/plan.ics"), 2, "cannot be written"),
    ((), 2, "terminal"),
]


@pytest.mark.parametrize(("words", "code", "named"), BAD)
def test_bad_input_is_one_sentence_with_its_exit_code(
    stored: Planner, tmp_path: Path, words: tuple[str, ...], code: int, named: str
) -> None:
    """What, where and what next on one line of stderr; nothing on stdout, nothing stored, nothing lost."""
    (tmp_path / "EMPTY").write_bytes(b"")
    (tmp_path / "BINARY").write_bytes(bytes(range(256)) * 40)
    (tmp_path / "PROSE").write_text("A page about nothing in particular.\n\nIt holds no talk at all.\n")
    (tmp_path / "FOLDER").mkdir()
    placed = {"EMPTY", "BINARY", "PROSE", "FOLDER", "NOWHERE/plan.ics"}
    before = stored("talks", "--json").out
    answer = stored(*(tmp_path / word if word in placed else word for word in words))
    assert answer.code == code
    assert answer.out == ""
    assert answer.err.count("\n") == 1
    assert answer.err.startswith("planner: ")
    assert named in answer.err
    assert stored("talks", "--json").out == before


def test_a_page_without_a_year_is_refused_with_the_years_that_fit(planner: Planner, tmp_path: Path) -> None:
    """A copy called page.txt on a day years later: Thu 6 May is in 2021 and 2027, and the command that would do is said."""
    page = tmp_path / "page.txt"
    page.write_bytes(PAGE.read_bytes())
    answer = planner("import", page, now="2026-11-22T12:00+00:00")
    assert answer.code == 3
    assert all(word in answer.err for word in ("2021", "2027", "--conference"))
    assert planner("conferences", "--json").document == {"conferences": []}
    assert planner("import", page, "--conference", "ICLR 2021", now="2026-11-22T12:00+00:00").code == 0


def test_one_source_that_fails_stops_no_other(planner: Planner, tmp_path: Path) -> None:
    """The good one is stored, the exit code is the bad one's, both are in the document."""
    answer = planner("import", tmp_path / "none.txt", PAGE, "--json")
    assert answer.code == 3
    assert [bool(source["error"]) for source in answer.document["sources"]] == [True, False]
    assert len(planner("conferences", "--json").document["conferences"]) == 1


def test_a_dry_run_stores_nothing(planner: Planner) -> None:
    """What would be read is said, and the store stays empty."""
    assert planner("import", PAGE, "--dry-run", "--json").document["sources"][0]["talks"] == 13
    assert planner("conferences", "--json").document == {"conferences": []}


def test_standard_input_is_a_source(home: Path) -> None:
    """``-`` reads the page from a pipe."""
    asked = [sys.executable, "-m", "planner", "import", "-", "--conference", "ICLR 2021", "--home", str(home), "--json"]
    done = subprocess.run(asked, input=PAGE.read_bytes(), capture_output=True, check=True)
    assert json.loads(done.stdout)["sources"][0]["talks"] == 13


def test_every_command_answers_in_json(stored: Planner, tmp_path: Path) -> None:
    """One document each, with its promised key, and nothing else on stdout."""
    arguments = {
        "import": (PAGE,),
        "show": ("DiffWave",),
        "star": ("DiffWave",),
        "unstar": ("SenSeI",),
        "going": ("DiffWave",),
        "skip": ("DiffWave",),
        "undecided": ("DiffWave",),
        "note": ("DiffWave", "bring questions"),
        "backup": (tmp_path / "copy.db",),
    }
    keys = {"import": "sources", "show": "talk", "undo": "undone", "clashes": "groups", "doctor": "findings"}
    keys |= {"conferences": "conferences", "changes": "changes", "suggest": "keep", "busy": "files"}
    keys |= {"backup": "backup", "restore": "copies"}
    for command in COMMANDS:
        if command.name not in {"export", "publish", "completion"}:  # documents of their own kind; publish asks a server
            answer = stored(command.name, *arguments.get(command.name, ()), "--json")
            assert answer.code == 0, command.name
            assert keys.get(command.name, "talks") in answer.document, command.name


def test_a_talk_answers_to_its_uid_a_prefix_of_it_and_words_of_its_title(stored: Planner) -> None:
    """All three find the same talk; three characters of a uid are too few."""
    uid = stored("show", "DiffWave", "--json").document["talk"]["uid"]
    for said in (uid, uid[:8], "versatile diffusion", "DIFFWAVE: a versatile diffusion model for audio synthesis"):
        assert stored("show", said, "--json").document["talk"]["uid"] == uid, said
    assert stored("show", uid[:3]).code == 4


def test_several_answers_are_listed_and_refused(stored: Planner) -> None:
    """``reinforcement learning`` is in more than one title: exit 4, each with its uid."""
    answer = stored("show", "reinforcement learning")
    assert answer.code == 4
    assert answer.err.count("Reinforcement Learning") >= 2


def test_marks_are_put_changed_and_taken_back(stored: Planner) -> None:
    """Star, rating, note and decision are seen at once; each undo takes back one step, the last first."""

    def talk() -> dict[str, object]:
        return dict(stored("show", "BUSTLE", "--json").document["talk"])

    assert (talk()["starred"], talk()["rating"]) == (False, 0)
    stored("star", "BUSTLE", "--rating", "5")
    stored("note", "BUSTLE", "ask for the code")
    stored("going", "BUSTLE")
    assert (talk()["starred"], talk()["rating"], talk()["note"], talk()["decision"]) == (True, 5, "ask for the code", "going")
    assert "BUSTLE" in stored("undo").out
    assert talk()["decision"] == "undecided"
    stored("undo")
    assert talk()["note"] == ""
    stored("undo")
    assert talk()["starred"] is False


def test_skipping_takes_a_talk_out_of_agenda_and_export_and_keeps_its_star(stored: Planner, tmp_path: Path) -> None:
    """The star is still listed; the plan is one talk shorter."""
    stored("skip", "DiffWave")
    assert len(stored("talks", "--starred", "--json").document["talks"]) == 3
    assert len(stored("agenda", DAY, "--json").document["talks"]) == 2
    stored("export", tmp_path / "plan.ics")
    assert (tmp_path / "plan.ics").read_bytes().count(b"BEGIN:VEVENT") == 2


def test_a_source_that_cancels_much_is_doubted(planner: Planner, tmp_path: Path) -> None:
    """Nine of ten talks are gone from the page: it may be a part, and what of it is starred is counted; one says nothing."""
    page = tmp_path / "iclr-2021.txt"

    def written(numbers: range, *flags: str) -> Answer:
        clocks = [f"10:{5 * at:02} - 10:{5 * at + 5:02}" for at in range(10)]
        talks = [f"Thu 6 May {clocks[n]} PDT\n\nThe thought of number {n}\n\nAnn Ode\n" for n in numbers]
        page.write_text("Oral Session 1\n\n" + "\n".join(talks), encoding="utf-8")
        return planner("import", page, *flags)

    assert written(range(10)).code == 0
    assert "whole schedule" not in written(range(9)).err
    answer = written(range(8, 9))
    assert "⚠ 8 of 9 talks are cancelled: is this the whole schedule? planner undo takes it back." in answer.err
    assert planner("undo").code == planner("star", "number 1", "number 8", "number 3").code == 0
    said = "8 of 9 talks are cancelled, 2 of them starred: is this the whole schedule?"
    assert f"  ⚠ {said}\n" in written(range(8, 9), "--dry-run").err
    assert said in written(range(8, 9), "--dry-run", "--json").document["sources"][0]["warnings"]


def test_clashes_name_both_talks_and_the_minutes(planner: Planner) -> None:
    """Two FOSDEM rooms at once: the check answers 1, and the overlap is what zone-free arithmetic on the file says."""
    planner("import", SCHEDULES / "fosdem-2025")
    talks = planner("talks", "--json").document["talks"]
    first = next(one for one in talks if one["room"])
    other = next(one for one in talks if one["room"] != first["room"] and first["start"] <= one["start"] < first["end"])
    planner("star", first["uid"], other["uid"])
    answer = planner("clashes", "--json", "--check")
    assert answer.code == 1
    group = answer.document["groups"][0]
    assert set(group["talks"]) == {first["uid"], other["uid"]}
    assert planner("clashes").out.count("⚠") == 1
    planner("skip", other["uid"])
    assert planner("clashes", "--check").code == 0


def test_the_agenda_of_an_empty_day_says_when_something_is(stored: Planner) -> None:
    """Before, the next day; after, the last; exit 0 both times."""
    before, after = stored("agenda", "2021-05-01"), stored("agenda", "2021-05-20")
    assert (before.code, after.code) == (0, 0)
    assert "the next day with something is Thu 6 May 2021" in before.out
    assert "the last day with something was Thu 6 May 2021" in after.out


def test_talks_are_filtered_and_searched(stored: Planner) -> None:
    """By day, kind, speaker and words; no match is no error."""
    assert len(stored("talks", "--json").document["talks"]) == 16
    assert len(stored("talks", "--day", DAY, "--kind", "oral", "--json").document["talks"]) == 13
    assert [one["title"] for one in stored("talks", "--speaker", "catanzaro", "--json").document["talks"]] == [
        "DiffWave: A Versatile Diffusion Model for Audio Synthesis"
    ]
    assert stored("talks", "curric", "--json").document["talks"][0]["title"] == "When Do Curricula Work?"
    assert stored("talks", "zzzz").code == 0


def test_nothing_to_export_is_a_sentence_and_no_file(planner: Planner, tmp_path: Path) -> None:
    """Exit 0, no file."""
    planner("import", PAGE)
    answer = planner("export", tmp_path / "plan.ics")
    assert (answer.code, answer.out) == (0, "")
    assert "nothing to export" in answer.err
    assert not (tmp_path / "plan.ics").exists()


def test_export_to_stdout_is_the_calendar_alone(stored: Planner) -> None:
    """Narration goes to stderr."""
    answer = stored("export")
    assert answer.out.startswith("BEGIN:VCALENDAR")
    assert answer.out.rstrip().endswith("END:VCALENDAR")
    assert "3 talks" in answer.err


def test_a_pipe_that_closes_early_is_silent(stored: Planner, home: Path) -> None:
    """``planner talks | head -1`` ends with 0 and says nothing."""
    command = f"'{sys.executable}' -m planner talks --home '{home}' --json; echo $? >&2"
    done = subprocess.run(["bash", "-c", f"({command}) | head -c 1"], capture_output=True, text=True, check=True)
    assert done.stderr == "0\n"


def test_flags_stand_before_the_command_and_after_it(stored: Planner, home: Path) -> None:
    """--home and --tz in front are not forgotten by the command behind them."""
    asked = [sys.executable, "-m", "planner", "--home", str(home), "--tz", "Asia/Tokyo", "agenda", DAY, "--json"]
    done = subprocess.run(asked, capture_output=True, text=True, check=True)
    document = json.loads(done.stdout)
    assert (document["zone"], len(document["talks"])) == ("Asia/Tokyo", 3)


def test_colour_is_for_terminals_or_on_demand(stored: Planner) -> None:
    """No escape sequence without a terminal; with --color always the same text is in it, and what is no talk is dim."""
    plain, coloured = stored("agenda", DAY).out, stored("agenda", DAY, "--color", "always").out
    assert "\x1b" not in plain
    assert "\x1b[33m★" in coloured
    (free,) = [line for line in plain.splitlines() if line.startswith("  ·") and line.endswith(" free")]
    assert f"\x1b[2m{free}\x1b[0m\n" in coloured
    assert re.sub("\x1b\\[[0-9]+m", "", coloured) == plain


def test_a_dry_run_of_several_sources_goes_on_from_each_other(planner: Planner, tmp_path: Path) -> None:
    """The second source is told what it would do after the first, though neither is stored."""
    page = "Oral Session 1\n\nThu 6 May 10:00 - 10:15 PDT\n\nThe first thought\n\nAnn Ode\n"
    for name, text in (("a", page), ("b", page.replace("10:00 - 10:15", "10:30 - 10:45"))):
        (tmp_path / f"iclr2021-{name}.txt").write_text(text, encoding="utf-8")
    said = [tmp_path / "iclr2021-a.txt", tmp_path / "iclr2021-b.txt"]
    first, second = planner("import", *said, "--dry-run", "--json").document["sources"]
    assert (first["added"], second["added"], second["moved"]) == (1, 0, 1)
    assert planner("conferences", "--json").document["conferences"] == []


def test_an_import_in_another_locale_and_zone_reads_the_same(home: Path) -> None:
    """The machine's locale and $TZ do not reach what is read."""
    found = []
    for number, (locale, zone) in enumerate(
        [("C", "UTC"), ("tr_TR.UTF-8", "Asia/Kathmandu"), ("C.UTF-8", "America/St_Johns")]
    ):
        environment = {"LC_ALL": locale, "TZ": zone, "HOME": str(home), "PATH": "/usr/bin:/bin", "PYTHONUTF8": "1"}
        base = [sys.executable, "-m", "planner", "--home", str(home / str(number)), "--tz", "Europe/Berlin", "--now", NOW]
        subprocess.run([*base, "import", str(PAGE)], env=environment, capture_output=True, check=True)
        talks = subprocess.run([*base, "talks", "--json"], env=environment, capture_output=True, check=True)
        found.append(talks.stdout)
    assert found[0] == found[1] == found[2]


def test_doctor_finds_a_healthy_store(stored: Planner) -> None:
    """Exit 0, and the versions that matter are named."""
    answer = stored("doctor")
    assert answer.code == 0
    assert "zone database" in answer.out


@pytest.mark.parametrize(
    ("keys", "line", "said"),
    [('star = "s"\nstarr = "x"', 4, "there is no command 'starr'"), ('star = "j"', 3, "the key j calls star and down")],
)
def test_doctor_names_keys_that_the_screens_refuse(stored: Planner, home: Path, keys: str, line: int, said: str) -> None:
    """Commands work on with them, and the UI would not start: doctor says which line it is, and answers 1."""
    (home / "config.toml").write_text(f'zone = "UTC"\n[keys]\n{keys}\n')
    assert stored("talks").code == 0
    answer = stored("doctor")
    assert (answer.code, "No damage was found." in answer.out) == (1, True)
    assert f"⚠ {home}/config.toml, line {line}: {said}" in answer.out
    assert [said in one for one in stored("doctor", "--json").document["findings"]] == [True]


LIST = """# ICLR2021

| 序号 | 标题 | 链接 | 推荐理由 | 推荐度 | 摘要 | 作者 | 组织 |
| --- | --- | --- | --- | --- | --- | --- | --- |
| 1 |  | [DiffWave: a versatile diffusion model for audio synthesis](https://openreview.net/forum?id=a-xFK8Ymz5J) | vocoders | 4 |  | Zhifeng Kong |  |
| 2 |  | [A paper that no session holds](https://openreview.net/forum?id=zzzzzzzzzz1) |  | 0 |  | Nobody |  |
"""  # noqa: E501  (a row of a table is a line)


def test_a_row_of_a_list_gets_its_slot_when_the_schedule_comes(planner: Planner, tmp_path: Path) -> None:
    """Title and uid are one before and after; star, degree and reason stay; 13 + 1 talks in all."""
    papers = tmp_path / "papers.md"
    papers.write_text(LIST, encoding="utf-8")
    assert planner("import", papers, "--json").document["sources"][0]["talks"] == 2
    planner("star", "DiffWave")
    before = planner("show", "DiffWave", "--json").document["talk"]
    planner("import", PAGE)
    after = planner("show", "DiffWave", "--json").document["talk"]
    assert (before["start"], after["start"]) == (None, "2021-05-06T22:00:00+02:00")
    assert after["uid"] == before["uid"]
    assert (after["starred"], after["rating"], after["note"], after["kind"]) == (True, 4, "vocoders", "oral")
    assert len([one for one in planner("talks", "--json").document["talks"] if one["kind"] != "untitled"]) == 14


def test_a_list_and_a_page_in_one_folder_are_joined_too(planner: Planner, tmp_path: Path) -> None:
    """Read at once or one after the other, the same talks come of it."""
    (tmp_path / "both").mkdir()
    (tmp_path / "both" / "papers.md").write_text(LIST, encoding="utf-8")
    (tmp_path / "both" / "page.txt").write_bytes(PAGE.read_bytes())
    source = planner("import", tmp_path / "both", "--json").document["sources"][0]
    assert (source["talks"], source["untitled"], source["error"]) == (14, 3, None)
    assert planner("show", "DiffWave", "--json").document["talk"]["note"] == "vocoders"


def test_a_paper_list_goes_out_cell_for_cell_as_it_came(planner: Planner, tmp_path: Path) -> None:
    """Untouched, the same bytes; with a rating and a note of the user's, those two cells and no other."""
    papers, out = tmp_path / "papers.md", tmp_path / "out.md"
    papers.write_text(LIST, encoding="utf-8")
    planner("import", papers)
    planner("export", "--format", "markdown", "--scope", "all", out)
    assert out.read_text(encoding="utf-8") == LIST
    planner("star", "DiffWave", "--rating", "5")
    planner("note", "DiffWave", "a | in it")
    planner("export", "--format", "markdown", "--scope", "all", out)
    before, after = LIST.splitlines(), out.read_text(encoding="utf-8").splitlines()
    assert [one for one, other in zip(before, after, strict=True) if one != other] == [before[4]]
    assert after[4] == before[4].replace("| vocoders | 4 |", "| a \\| in it | 5 |")


def test_the_founding_list_comes_back_byte_for_byte(planner: Planner, tmp_path: Path, shared: Path) -> None:
    """687 rows, untouched."""
    founding, out = shared / "seeds" / "iclr2020-paper-list.md", tmp_path / "out.md"
    planner("import", founding)
    planner("export", "--format", "markdown", "--scope", "all", out)
    assert out.read_bytes() == founding.read_bytes()


def test_the_plan_as_markdown(stored: Planner) -> None:
    """A heading a day, a line a talk, nothing of a title taken as markup."""
    assert stored("export", "--format", "markdown").out == (
        "# ICLR 2021\n\n## Thu 6 May 2021 · times in Europe/Berlin (CEST); the conference keeps PDT, 9 hours behind\n\n"
        "- **20:15–20:30** SenSeI: Sensitive Set Invariance for Enforcing Individual Fairness — ★★★ — "
        "Mikhail Yurochkin · Yuekai Sun — Oral Session 11\n"
        "- **20:30–20:45** When Do Curricula Work? — ★★★ — "
        "Xiaoxia (Shirley) Wu · Ethan Dyer · Behnam Neyshabur — Oral Session 11\n"
        "- **22:00–22:15** DiffWave: A Versatile Diffusion Model for Audio Synthesis — ★ — "
        "Zhifeng Kong · Wei Ping · Jiaji Huang · Kexin Zhao · Bryan Catanzaro — Oral Session 11\n"
    )


class Site(BaseHTTPRequestHandler):
    """A site with one page and an ETag; ``asked`` holds what If-None-Match each request said."""

    asked: ClassVar[list[str | None]] = []

    def do_GET(self) -> None:
        """Answer the page, or that it is the same."""
        said = self.headers.get("If-None-Match")
        self.asked.append(said)
        same = said == '"one"'
        self.send_response(304 if same else 200)
        self.send_header("ETag", '"one"')
        self.end_headers()
        if not same:
            self.wfile.write(PAGE.read_bytes())

    def log_message(self, *_: object) -> None:
        """Say nothing on stderr."""


@pytest.fixture
def site() -> Iterator[str]:
    """The address of a site on loopback whose path names conference and year, as iclr.cc's does."""
    Site.asked.clear()
    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/ICLR2021/session-11.txt"
        server.shutdown()
        thread.join()


def test_an_address_is_read_and_not_read_again_before_it_changes(planner: Planner, site: str) -> None:
    """13 talks; the second time only a question; after an undo, or with a flag, the whole page again."""
    source = planner("import", site, "--allow-private", "--json").document["sources"][0]
    assert (source["error"], source["talks"], source["conference"]) == (None, 13, "iclr-2021")
    planner("import", site, "--allow-private")
    assert planner("import", site, "--allow-private", "--json").document["sources"][0]["unchanged"] == 13
    assert Site.asked == [None, '"one"', '"one"']
    planner("import", site, "--allow-private", "--conference", "ICLR 2021")
    planner("undo")
    planner("import", site, "--allow-private")
    assert Site.asked[3:] == [None, None]


def test_an_address_on_this_machine_needs_a_flag(planner: Planner, site: str) -> None:
    """Without --allow-private it is refused before anything is asked there."""
    answer = planner("import", site)
    assert (answer.code, answer.out, Site.asked) == (3, "", [])
    assert "--allow-private" in answer.err


FAILURES = (
    *((2, (command, "--nonsense")) for command in (one.name for one in COMMANDS)),
    (2, ("nocommand",)),
    (2, ("agenda", "nonday")),
    (2, ("agenda", "--days", "0")),
    (2, ("agenda", "--days", "99999999999")),
    (2, ("export",)),
    (2, ("publish", "http://dav.example")),
    (3, ("import", "nofile")),
    (3, ("busy", "nofile.ics")),
    (3, ("restore", "nofile")),
    (4, ("show", "nothere")),
    (4, ("star", "nothere")),
    (4, ("note", "nothere", "x")),
    (4, ("going", "nothere")),
    (4, ("suggest", "--conference", "nothere")),
    (5, ("backup", "nofolder/copy")),
)
"""Exit codes, and commands that end with them."""


ENTRY = (
    "source format conference name talks untitled sessions first last zone zone_from year year_from added moved edited "
    "cancelled unchanged warnings error"
)
"""The keys that are promised of each source of an import."""


def test_every_key_of_an_import_is_always_there(planner: Planner, tmp_path: Path) -> None:
    """Of a source that was read, one that is as it was, one that failed, a dry run, and a file of marks."""
    marks = tmp_path / "marks.json"
    (tmp_path / "notes.txt").write_text("nothing of a schedule")
    documents = [planner("import", PAGE, "--json"), planner("import", PAGE, "nofile", "--json")]
    planner("star", "DiffWave")
    planner("export", "--format", "marks", marks)
    documents += [planner("import", *words, "--json") for words in ((tmp_path / "notes.txt",), (marks,), (PAGE, "--dry-run"))]
    entries = [one for answer in documents for one in answer.document["sources"]]
    assert [set(ENTRY.split()) - one.keys() for one in entries] == [set()] * 6
    assert [one["talks"] for one in entries] == [13, 13, 0, 0, 0, 13]


@pytest.mark.parametrize(("code", "words"), FAILURES, ids=lambda said: " ".join(said) if isinstance(said, tuple) else None)
def test_a_failure_with_json(stored: Planner, code: int, words: tuple[str, ...]) -> None:
    """One sentence on stderr as without the flag; stdout has the promised document of what was read, or nothing."""
    answer = stored(*words, "--json")
    assert answer.code == code
    assert re.fullmatch(r"planner: [^\n]+\.\n", answer.err)
    if words[0] in {"import", "busy"} and code == 3:
        (one,) = answer.document["sources" if words[0] == "import" else "files"]
        assert answer.err == f"planner: {one['error']}\n"
    else:
        assert answer.out == ""


@pytest.mark.parametrize("words", [["doctor"], ["conferences"], ["completion", "bash"], ["agenda"], ["restore"]])
def test_a_wrong_clock_or_zone_is_refused_everywhere(planner: Planner, words: list[str]) -> None:
    """Before anything runs, also by a command that asks neither."""
    assert [planner(*words, now="soon").code, planner(*words, tz="Nowhere").code] == [2, 2]
