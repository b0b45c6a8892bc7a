"""Hostile input: a store full of harmful texts, and nothing of it obeyed by terminal, calendar, spreadsheet, shell or disk."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hostile_pages import PAGES
from payloads import CALENDAR, FORMULAS, PATHS, PAYLOADS, TERMINAL, WORDS, harmful_store, storable, uid
from terminal_guard import broken, command_line, in_terminal

from planner.cli.parser import COMMANDS
from planner.readers import Hints, Part, read

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Answer

NOW = ("--now", "2021-05-06T18:05Z", "--tz", "Europe/Berlin")
TITLE = TERMINAL["title"]


@pytest.fixture(scope="module")
def harmful(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of a store full of harmful texts."""
    folder = tmp_path_factory.mktemp("harmful") / "home"
    harmful_store(str(folder)).close()
    return folder


@pytest.fixture
def theirs(harmful: Path, home: Path) -> Path:
    """A copy of it for a test that writes."""
    shutil.copytree(harmful, home)
    return home


# The guard itself


@pytest.mark.parametrize("name", [name for name in TERMINAL if name != "surrogate"])  # no stream takes one
def test_the_guard_sees_what_a_naive_program_lets_through(name: str) -> None:
    """The control: ``print(payload)`` fails the guard, every payload alone; a screen may only clear, ask and return."""
    code = "import sys; sys.stdout.buffer.write(sys.argv[1].encode() + b'\\n')"
    _, written = in_terminal([sys.executable, "-c", code, TERMINAL[name].replace("\0", "")])
    assert broken(written)
    assert broken(written, screen=True) or name in {"report", "return"}


def test_the_guard_lets_honest_text_through() -> None:
    """Colours where they are allowed, letters of any script, and nothing else."""
    assert broken("Grüße, 你好, ★ \x1b[33m★\x1b[0m שלום\r\n".encode(), colour=True) == []
    assert broken("\x1b[33m★\x1b[0m".encode()) != []
    assert broken(b"\x1b[?1049h\x1b[4;5Hx\x1b7", screen=True) == []


# Every command


def words_of(folder: Path) -> dict[str, list[list[object]]]:
    """For every command, the ways in which it is run."""
    ones = [uid(number) for number in range(len(PAYLOADS))]
    said = [text.replace("\0", "") or "-" for text in map(storable, PAYLOADS.values())]
    page = folder / f"page {TITLE} \x9b2J 2021.md"
    page.write_text("| Title | Authors |\n|---|---|\n" + "".join(f"| T {text} | {text} |\n" for text in said))
    ours = folder / "busy.ics"
    event = f"UID:1\r\nDTSTART:20210506T180000Z\r\nDTEND:20210506T190000Z\r\nSUMMARY:{TITLE}\r\n"
    event = f"BEGIN:VEVENT\r\n{event}END:VEVENT"
    ours.write_text(f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{event}\r\nEND:VCALENDAR\r\n", newline="")
    formats = ("ics", "markdown", "csv", "json", "html", "marks")
    return {
        "import": [
            [page],
            [page, "--dry-run"],
            [page, "--conference", f"Conf 2021 {TITLE}"],
            [folder / TITLE],
            [f"http://{TITLE}"],
        ],
        "conferences": [[]],
        "talks": [[], ["CANARY"], ["--day", "all"], ["--speaker", "CANARY"], *([word] for word in said[:6])],
        "show": [[one] for one in ones[:17]] + [[TITLE], ["\x9b2J"], ["CANARY"]],
        "star": [[ones[0]], [ones[1], "--rating", "4"], [TITLE], ["--search", "CANARY"]],
        "unstar": [[ones[2]], [TITLE]],
        "going": [[ones[3]], [TITLE]],
        "skip": [[ones[4]], [TITLE]],
        "undecided": [[ones[4]], [TITLE]],
        "note": [[ones[0], TITLE], [ones[0], "\x9b2J\u202e"]],
        "undo": [[], []],
        "clashes": [[], ["--check"], ["--conference", TITLE]],
        "suggest": [[], ["--apply"]],
        "busy": [[], [ours], [folder / TITLE], ["--clear"]],
        "agenda": [[], ["all"], ["--all"], ["--next"], [TITLE]],
        "export": [["--format", name, "--scope", "all", "--with-notes"][:5] for name in formats] + [[folder / f"{TITLE}.ics"]],
        "publish": [[f"http://127.0.0.1:1/{TITLE}"], ["http://127.0.0.1:1/x", "--dry-run"]],
        "changes": [[], ["--check"]],
        "backup": [[folder / f"{TITLE}.db"], [folder / "none" / TITLE]],
        "restore": [[], [TITLE], [page]],
        "doctor": [[]],
        "completion": [["bash"], [TITLE]],
    }


@pytest.mark.ci
@pytest.mark.parametrize("command", [command.name for command in COMMANDS])
def test_no_command_lets_a_payload_reach_the_terminal(theirs: Path, tmp_path: Path, command: str) -> None:
    """In a pseudo-terminal, in answers, narration and refusals, in colours and as JSON; never a traceback."""
    ways = words_of(tmp_path)[command]
    for words in [
        *ways,
        [*ways[0], "--json"],
        [f"--{TITLE}"],
        ["--tz", TITLE],
        ["--now", TITLE],
        ["--home", tmp_path / TITLE],
    ]:
        code, written = in_terminal(command_line("--home", theirs, *NOW, command, *words))
        assert code in {0, 1, 2, 3, 4, 5}, written
        assert b"Traceback" not in written
        assert broken(written, colour=True) == [], (words, written)


def test_wrong_words_are_said_back_harmlessly(theirs: Path) -> None:
    """An unknown command, a setting, an environment variable and bytes that are no UTF-8."""
    for words in ([TITLE], [b"\xff\x1b[2J"], ["show", b"\xff\x1b[2J"], ["import", b"\xff\x9b2J"]):
        code, written = in_terminal(command_line("--home", theirs, *words))
        assert code in {2, 3, 4}
        assert broken(written) == [], written
    for settings in (f'"{TITLE}" = 1\n'.replace("\x1b", "\\u001b").replace("\x07", "\\u0007"), "zone = '\x1b[2J'\n"):
        (theirs / "config.toml").write_text(settings)
        code, written = in_terminal(command_line("--home", theirs, "agenda"))
        assert code == 2
        assert broken(written) == [], written
    (theirs / "config.toml").unlink()
    code, written = in_terminal(command_line("--home", theirs, "agenda"), PLANNER_NOW=TITLE, TZ="\x1b[2J")
    assert code == 2
    assert broken(written) == [], written


# Every way in


@pytest.mark.parametrize("form", PAGES)
def test_readers_clean_what_they_read(form: str, tmp_path: Path, home: Path) -> None:
    """A harmful text in any field of a format is harmless in the store, and the report of its import in a terminal."""
    path = tmp_path / f"page.{PAGES[form].ending}"
    path.write_bytes(PAGES[form].data)
    code, written = in_terminal(
        command_line(
            "--home", home, *NOW, "import", path, "--conference", "Conf 2021", "--zone", "Europe/Berlin", "--format", form
        )
    )
    assert code == 0, written
    assert broken(written, colour=True) == [], written
    done = subprocess.run(
        command_line("--home", home, *NOW, "talks", "--json"), capture_output=True, text=True, check=True, encoding="utf-8"
    )
    texts = list(strings(json.loads(done.stdout)))
    assert any("CANARY" in text for text in texts), "the payload is read, only its harm is not"
    for text in texts:
        assert broken(text.replace("\n", " ").encode(), colour=False) == [], text


def strings(value: object) -> list[str]:
    """Every text in a JSON document."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for one in value.values() for text in strings(one)]
    return [text for one in value for text in strings(one)] if isinstance(value, list) else []


# Calendars, spreadsheets, pages, folders, shells


def test_no_line_of_a_calendar_is_a_payload_s(theirs: Path, tmp_path: Path, planner: Callable[..., Answer]) -> None:
    """As many events as were exported, no attendee, no control sign, every property one that we write."""
    answer = planner("export", tmp_path / "plan.ics", "--scope", "all", "--with-notes", "--json", now="2021-05-06T18:05Z")
    assert answer.code == 0
    data = (tmp_path / "plan.ics").read_bytes()
    events = data.count(b"\r\nBEGIN:VEVENT\r\n")
    assert events == data.count(b"\r\nEND:VEVENT\r\n") == planner("talks", "--json").out.count('"uid"') - 1
    assert re.findall(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|\r(?!\n)|(?<!\r)\n|\xc2[\x80-\x9f]", data) == []
    unfolded = data.replace(b"\r\n ", b"")
    assert b"\r\nATTENDEE" not in unfolded.upper()
    assert {line.split(b":")[0].split(b";")[0] for line in unfolded.split(b"\r\n") if line} <= {
        *(b"BEGIN", b"END", b"VERSION", b"PRODID", b"UID", b"DTSTAMP", b"DTSTART", b"DTEND", b"DURATION", b"SUMMARY", b"NAME"),
        *(b"DESCRIPTION", b"LOCATION", b"URL", b"CATEGORIES", b"STATUS", b"SEQUENCE", b"LAST-MODIFIED", b"TRIGGER", b"ACTION"),
        *(b"X-WR-CALNAME", b"X-WR-TIMEZONE", b"METHOD", b"CALSCALE", b"TZID", b"TZOFFSETFROM", b"TZOFFSETTO", b"TZNAME"),
        *(b"RRULE", b"RDATE", b"TRANSP", b"CLASS", b"CREATED", b"TZURL", b"COMMENT", b"PRIORITY", b"REFRESH-INTERVAL"),
        *(b"X-PUBLISHED-TTL", b"CONFERENCE", b"RELATED-TO", b"IMAGE", b"COLOR", b"X-LIC-LOCATION"),
    }


def test_the_control_for_calendars() -> None:
    """The same count sees an event that a naive writer lets in."""
    naive = f"BEGIN:VEVENT\r\nSUMMARY:{CALENDAR['event']}\r\nEND:VEVENT\r\n"
    assert naive.count("BEGIN:VEVENT\r\n") == 2


def test_no_cell_is_a_formula(theirs: Path, tmp_path: Path, planner: Callable[..., Answer]) -> None:
    """No cell of the CSV begins as a formula does; with ``--raw`` they are as they were read."""
    begins = tuple("=+-@\t\r\uff1d\uff0b\uff0d\uff20")
    for flags, harmless in (((), True), (("--raw",), False)):
        path = tmp_path / f"plan{len(flags)}.csv"
        assert planner("export", path, "--format", "csv", "--with-notes", *flags).code == 0
        with path.open(encoding="utf-8-sig", newline="") as file:
            cells = [cell for row in csv.reader(file) for cell in row]
        assert any(FORMULAS["equals"] in cell for cell in cells)
        assert (not any(cell.startswith(begins) for cell in cells)) == harmless


def test_no_payload_is_markup_in_a_page(theirs: Path, tmp_path: Path, planner: Callable[..., Answer]) -> None:
    """In the HTML another parser finds no script, no handler and no address that a payload made."""
    from lxml import html

    assert planner("export", tmp_path / "plan.html", "--format", "html", "--with-notes").code == 0
    tree = html.fromstring((tmp_path / "plan.html").read_bytes())
    assert "CANARY" in tree.text_content()
    assert [
        script for script in tree.iter("script", "iframe", "object", "embed") if "CANARY" in html.tostring(script).decode()
    ] == []
    for element in tree.iter():
        for name, value in getattr(element, "attrib", {}).items():
            assert not name.lower().startswith("on"), value
            assert name.lower() not in {"href", "src", "action"} or not value.lower().lstrip().startswith(
                ("javascript", "data")
            )


def test_no_file_is_named_by_content(theirs: Path, tmp_path: Path, planner: Callable[..., Answer]) -> None:
    """A folder of one file a talk, an import and every export leave nothing outside what the user named."""
    before = {str(path) for path in tmp_path.rglob("*")}
    (tmp_path / "calendar").mkdir()
    assert planner("export", tmp_path / "calendar", "--format", "vdir", "--scope", "all").code == 0
    names = os.listdir(tmp_path / "calendar")
    assert len(names) > len(PATHS)
    assert all(re.fullmatch(r"[0-9A-Za-z][0-9A-Za-z._@-]{0,100}", name) for name in names), names
    made = {str(path) for path in tmp_path.rglob("*")} - before
    assert all(path.startswith((str(tmp_path / "calendar"), str(theirs))) for path in made)
    assert not Path("/CANARY").exists()


def test_no_shell_reads_a_payload(
    theirs: Path, tmp_path: Path, planner: Callable[..., Answer], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever is run on the store, no program is started: the words of a payload stay words."""

    def never(*words: object, **rest: object) -> None:
        raise AssertionError(words)

    monkeypatch.chdir(tmp_path)
    for name in ("system", "popen", "execv", "execve", "posix_spawn"):
        monkeypatch.setattr(os, name, never)
    monkeypatch.setattr(subprocess, "Popen", never)
    for words in (
        ("talks",),
        ("show", uid(list(PAYLOADS).index("words shell"))),
        ("export",),
        ("talks", WORDS["shell"]),
        ("clashes",),
    ):
        planner(*words)
    assert not (tmp_path / "CANARY").exists()


@pytest.mark.parametrize("name", PAYLOADS)
def test_any_words_may_be_searched_for(harmful: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    """No payload is an expression of the search or of SQL: an answer or nothing found, and the marks stay."""
    from planner.cli import main

    begin = ["--home", str(harmful), *NOW]
    assert main([*begin, "talks", "--", storable(PAYLOADS[name])]) == 0
    assert main([*begin, "show", "--", storable(PAYLOADS[name])]) in {0, 4}
    capsys.readouterr()
    main([*begin, "conferences", "--json"])
    assert json.loads(capsys.readouterr().out)["conferences"][0]["starred"] == len(PAYLOADS)


@pytest.mark.parametrize("piped", [False, True])
def test_no_file_is_read_beyond_its_limit(
    piped: bool, tmp_path: Path, planner: Callable[..., Answer], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One byte more than there may be is refused, from a file and through a pipe, and nothing is stored."""
    page = (b"Oral Session 1\nMon 5 May 2025\n[10:00] Kites\n" + b" " * 1000)[:1000]
    monkeypatch.setattr("planner.intake.LARGEST_FILE", 1000)
    monkeypatch.setattr("planner.cli.sources.LARGEST_FILE", 1000)
    for data, code in ((page + b" ", 3), (page, 0)):
        (tmp_path / "page.txt").write_bytes(data)
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
        said = planner("import", "-" if piped else tmp_path / "page.txt", "--conference", "C 2025", "--zone", "UTC")
        assert said.code == code, said.err
        assert ("is larger than" in said.err) == bool(code)


def test_a_line_is_not_read_beyond_its_limit() -> None:
    """Of a line of 30,000 signs the first 10,000 are read: what a pattern costs at most is what it costs on these."""
    page = f"Oral Session 1\nMon 5 May 2025\n[10:00] Of kites\nAnn Lee\nAbstract: {'kites ' * 5000}\n[10:15] Of strings\n"
    hints = Hints(datetime(2026, 1, 1, tzinfo=UTC), name="C 2025", zone="UTC", format="page")
    kites, strings = read([Part("page.txt", page.encode())], hints).conference.talks
    assert 9_900 < len(kites.abstract) < 10_000
    assert strings.title == "Of strings"


def test_the_limits_that_the_readme_names_are_the_program_s() -> None:
    """Size, depth, number, redirects and time, as the modules that hold them have them."""
    from planner import fetch, intake, text
    from planner.ical import recur
    from planner.readers import ical, markup, pages, pages_lines, sources, yaml_data

    readme = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
    table = readme.split("<!-- limits -->")[1].split("<!-- /limits -->")[0]
    rows = [[cell.strip() for cell in line.strip("| ").split("|")] for line in table.splitlines() if line.startswith("| ")]
    said = [f"{intake.LARGEST_FILE // 10**6} MB", f"{fetch.LARGEST // 10**6} MB, {fetch.SECONDS:.0f} s, {fetch.REDIRECTS}"]
    said += ["only with `--allow-private`", f"{sources.TALKS_CAP:,}; {pages.LINES_CAP:,}"]
    said += [f"{markup.DEPTH_CAP:,}; {yaml_data._LARGEST:,}", f"{pages_lines.LINE_CAP:,}; {text.LATEX_CAP:,}"]
    said += [f"{recur.MOST:,}; {ical._MANY:,}", "none"]
    assert [at for _, at in rows[1:]] == said
