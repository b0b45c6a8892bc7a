"""The plan as CSV, JSON and Markdown: every talk once, every cell readable again, nothing that a spreadsheet runs."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from conftest import SCHEDULES
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from plans import at, evening, star, talk

from planner.export import csv as tables
from planner.export import html, markdown
from planner.export import json as documents
from planner.model import Busy, Conference, Mark
from planner.plan import Plan

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Answer

    Planner = Callable[..., Answer]

GONE = talk("gone", "A talk that was taken away", "19:00", cancelled=True)
NOW = at("18:05")


def plan(**rest: Any) -> Plan:
    """Two talks of the evening, a cancelled one and a paper without a slot."""
    held = (
        talk(
            "one",
            'A "quoted", title',
            "18:00",
            speakers=("Müller, Jr.", "李明"),
            room="Hall A",
            abstract="First.\nSecond, third.",
        ),
        talk("two", "Two", "18:10"),
        GONE,
        talk("paper", "A paper", session=None, kind="paper", reason="read it"),
        talk("q", "", "19:30", kind="untitled"),
        talk("other", "Not in the plan", "20:00"),
    )
    marks = (star("one", 5, "going", note="=bring\na pen"), star("two"), star("gone"), star("paper"), star("q"))
    return evening(*marks, talks=held, **rest)


def rows(data: bytes) -> list[dict[str, str]]:
    """The records of a table, as the standard library reads RFC 4180."""
    return list(csv.DictReader(io.StringIO(data.decode(), newline="")))


def test_each_format_has_the_talks_of_its_scope() -> None:
    """Starred and not skipped, those one goes to, or all with a title: cancelled and without a slot too."""
    for scope, uids in (
        ("starred", ["one", "two", "gone", "paper"]),
        ("going", ["one"]),
        ("all", ["one", "two", "gone", "other", "paper"]),
    ):
        assert [row["uid"] for row in rows(tables.written(plan(), scope))] == uids
        assert [one["uid"] for one in json.loads(documents.written(plan(), NOW, scope))["talks"]] == uids
        said = re.findall(r"(?m)^- .*", markdown.written(plan(), scope).decode())
        titles = [plan().by_uid[uid].title for uid in uids]
        assert [sum(f" {title} —" in f"{line} —" for line in said) for title in titles] == [1] * len(uids)
        assert len(said) == len(uids)


def test_what_was_decided_stands_behind_the_title() -> None:
    """In Markdown, where all talks go out: ✓ for what one goes to, ✗ for what was skipped."""
    held = plan().with_marks(star("two", decision="skipped"))
    said = markdown.written(held, "all").decode().splitlines()
    assert [line.split(" — ")[2] for line in said if "✓" in line or "✗" in line] == ["✓ going", "✗ skipped"]


def test_nothing_to_write_is_empty() -> None:
    """No head without a record, no document without a talk."""
    empty = evening()
    assert (tables.written(empty), documents.written(empty, NOW), markdown.written(empty)) == (b"", b"", b"")


def test_the_cells_are_those_of_the_record() -> None:
    """The columns are promised by name and order; lists are joined, null is empty, line breaks and quotes are kept."""
    data = tables.written(plan())
    assert data.startswith(
        b"uid,conference,start,end,zone,source_zone,title,speakers,organisations,session,chairs,kind,track,room,board,url,"
        b"starred,rating,decision,cancelled,clashes,note,abstract\r\n"
    )
    one, two, gone, paper = rows(data)
    assert (one["title"], one["speakers"]) == ('A "quoted", title', "Müller, Jr.; 李明")
    assert (one["start"], one["end"]) == ("2021-05-06T20:00:00+02:00", "2021-05-06T20:15:00+02:00")
    assert (one["chairs"], one["session"]) == ("Adriana Kovashka; Furong Huang; Guido Montufar", "Oral Session 11")
    assert (one["starred"], one["rating"], one["decision"], one["cancelled"]) == ("true", "5", "going", "false")
    assert (one["clashes"], two["clashes"]) == ("two", "one")
    assert one["abstract"] == "First.\nSecond, third."
    assert (gone["cancelled"], paper["start"], paper["room"]) == ("true", "", "")


def test_lines_end_as_rfc_4180_says() -> None:
    """CRLF after each record, quotes doubled, no BOM."""
    data = tables.written(plan())
    assert data.endswith(b"\r\n")
    assert b'"A ""quoted"", title"' in data
    assert not re.search(rb"\r(?!\n)", data)


def test_notes_go_out_only_when_asked() -> None:
    """The user's note and a list's reason, in all three formats."""
    for said in (
        tables.written(plan()),
        documents.written(plan(), NOW),
        markdown.written(plan()),
    ):
        assert b"a pen" not in said
        assert b"read it" not in said
    assert [row["note"] for row in rows(tables.written(plan(), with_notes=True))] == ["'=bring\na pen", "", "", "read it"]
    notes = [one["note"] for one in json.loads(documents.written(plan(), NOW, with_notes=True))["talks"]]
    assert notes == ["=bring\na pen", "", "", "read it"]
    said = MarkdownIt().render(markdown.written(plan(), with_notes=True).decode())
    assert re.search(r"<blockquote>\s*<p>=bring\s*a pen</p>", said)


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(1)",
        "=cmd|' /C calc'!A0",
        "\t=1",
        "\rx",
        "\tx",
        "＝1",
        "＋1",
        "－1",
        "＠x",
        "﹦1",
        " =1",
        "\u3000=1",
    ],
)
def test_what_a_spreadsheet_would_run_is_quoted(cell: str) -> None:
    """A ' before each cell that begins like a formula, in every column with text; none with ``raw``."""
    one = talk("one", cell, "18:00", speakers=(cell,), abstract=cell, track=cell, room=cell, url=cell, organisations=(cell,))
    held = evening(star("one", note=cell), talks=(one,))
    (row,) = rows(tables.written(held, with_notes=True))
    (raw,) = rows(tables.written(held, with_notes=True, raw=True))
    for column in ("title", "speakers", "organisations", "track", "room", "url", "note", "abstract"):
        assert row[column] == f"'{cell}"
        assert raw[column] == cell


@pytest.mark.parametrize("cell", ["A = B", "2+2", "x@y", "'quoted'", "–dash", "· dot", "(a)", "5", "é", "“=1”"])
def test_what_is_no_formula_stays(cell: str) -> None:
    """Nothing is put before an ordinary title."""
    (row,) = rows(tables.written(evening(star("one"), talks=(talk("one", cell, "18:00"),))))
    assert row["title"] == cell


@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=60), min_size=6, max_size=6))
def test_any_text_comes_back(texts: list[str]) -> None:
    """Raw CSV and JSON give back every sign of every field; the quoted CSV gives it back behind at most one sign."""
    title, speaker, abstract, track, room, note = texts
    one = talk("one", title, "18:00", speakers=(speaker,), abstract=abstract, track=track, room=room)
    held = evening(star("one", note=note), talks=(one,))
    (raw,) = rows(tables.written(held, with_notes=True, raw=True))
    (quoted,) = rows(tables.written(held, with_notes=True))
    (document,) = json.loads(documents.written(held, NOW, with_notes=True))["talks"]
    said = {"title": title, "speakers": speaker, "abstract": abstract, "track": track, "room": room, "note": note}
    assert {key: raw[key] for key in said} == said
    assert {key: quoted[key].removeprefix("'") for key in said} == {key: one.removeprefix("'") for key, one in said.items()}
    assert {key: document[key] for key in said} == said | {"speakers": [speaker]}


def test_text_that_utf_8_has_no_form_for_is_replaced() -> None:
    """A lone surrogate stops no export."""
    held = evening(star("one"), talks=(talk("one", "x\ud800y", "18:00"),))
    assert [b"x?y" in said for said in (tables.written(held), documents.written(held, NOW), markdown.written(held))] == [
        True
    ] * 3


def test_the_document_is_that_of_talks(planner: Planner, tmp_path: Path) -> None:
    """``export --format json`` is ``talks --starred --json``, but for the notes that nobody asked for."""
    planner("import", SCHEDULES / "iclr-2021")
    planner("star", "DiffWave", "VCNet")
    planner("note", "VCNet", "why?")
    path = tmp_path / "plan.json"
    assert planner("export", "--format", "json", path, "--with-notes").code == 0
    assert json.loads(path.read_bytes()) == planner("talks", "--starred", "--json").document
    assert planner("export", "--format", "json").document["talks"][0]["note"] == ""


def test_our_own_reader_reads_the_table(planner: Planner, tmp_path: Path) -> None:
    """The CSV of all talks is a schedule again: the same titles at the same instants."""
    planner("import", SCHEDULES / "fosdem-2025")
    before = {(one["title"], one["start"]) for one in planner("talks", "--json").document["talks"]}
    path = tmp_path / "FOSDEM again 2025.csv"
    assert planner("export", "--format", "csv", "--scope", "all", "--raw", path).code == 0
    answer = planner("import", path, "--conference", "Again 2025", "--zone", "Europe/Brussels")
    assert answer.code == 0, answer.err
    after = {
        (one["title"], one["start"]) for one in planner("talks", "--conference", "Again 2025", "--json").document["talks"]
    }
    assert after == before


def test_flags_reach_every_format(planner: Planner, tmp_path: Path) -> None:
    """``--conference``, ``--tz``, ``--scope`` and ``--raw``."""
    planner("import", SCHEDULES / "iclr-2021", SCHEDULES / "fosdem-2025")
    planner("star", "DiffWave")
    assert planner("export", "--format", "csv", tz="Asia/Tokyo").out.count("2021-05-07T05:00:00+09:00") == 1
    for form in ("csv", "json", "markdown", "html"):
        said = planner("export", "--format", form, "--scope", "all", "--conference", "fosdem 2025").out
        assert "MapTCHA" in said
        assert "DiffWave" not in said
        assert planner("export", "--format", form, "--conference", "NIPS 1987").code == 4
        answer = planner("export", "--format", form, "--conference", "fosdem 2025")
        assert (answer.code, answer.out, "nothing to export" in answer.err) == (0, "", True)


def test_each_format_tells_the_same_of_a_talk() -> None:
    """Cancelled, clashes, the user's own calendar without a name, short ways, decisions: what one tells the others tell."""
    soon = talk("soon", "Soon in Hall B", "18:26", room="Hall B")
    held = (talk("one", "One <b>", "18:00", room="Hall A"), talk("two", "Two", "18:10", room="Hall A"), GONE, soon)
    marks = (star("one", 5, "going"), star("two"), star("gone"), star("soon"))
    told = evening(*marks, talks=held, busy=(Busy(at("18:30"), at("18:35"), "Dentist"),))
    page = html.written(told, needs=lambda *_: 300).decode()
    said = markdown.written(told, needs=lambda *_: 300).decode()
    lines = re.sub(r"[\\*]", "", said).splitlines()
    assert lines[4:] == [
        "- 20:00–20:15 One <b> — ★★★★★ — ✓ going — Hall A",
        "  - ⚠ Clash: 5 min with Two",
        "- 20:10–20:25 Two — ★ — Hall A",
        "  - ⚠ Clash: 5 min with One <b>",
        "- 20:26–20:41 Soon in Hall B — ★ — Hall B",
        "  - ⚠ Clash: 5 min with your own calendar",
        "  - ⚠ Tight: 1 min for a way of 5 min, from Hall A to Hall B",
        "- 21:00–21:15 Cancelled: A talk that was taken away — ★ — Oral Session 11",
    ]
    assert ("Dentist" in page, "Dentist" in said) == (False, False)
    assert [said.count(sign) for sign in ("Clash:", "Tight:", "Cancelled", "going")] == [
        page.count(sign) for sign in ("Clash:", "Tight:", ">Cancelled<", "✓ going")
    ]
    assert [(row["clashes"], row["cancelled"], row["decision"]) for row in rows(tables.written(told))] == [
        ("two", "false", "going"),
        ("one", "false", "undecided"),
        ("", "false", "undecided"),
        ("", "true", "undecided"),
    ]


def test_a_star_on_everything_is_no_hundred_megabytes() -> None:
    """300 talks at one hour: eight of the 299 others are named for people and the rest counted; machines get every one."""
    held = evening(
        *(star(str(number)) for number in range(300)),
        talks=tuple(talk(str(number), f"Talk {number}", "18:00") for number in range(300)),
    )
    for data in (html.written(held), markdown.written(held)):
        assert len(data) < 300 * 2000
        assert [data.count(b"15 min with "), data.count(b"with 291 more")] == [300 * 8, 300]
    assert {len(row["clashes"].split("; ")) for row in rows(tables.written(held))} == {299}
    nine = evening(*(star(str(number)) for number in range(10)), talks=held.conferences["iclr-2021"].talks[:10])
    assert markdown.written(nine).count(b"15 min with ") == 90
    assert b"more" not in markdown.written(nine)


def test_markdown_has_no_markup_of_a_title() -> None:
    """Headings a day, a line a talk; brackets, stars and pipes of a title are text to another parser."""
    title = "[a](http://x) *b* `c` <i>d</i> | e # f _g_ \\h"
    held = evening(star("one"), talks=(talk("one", title, "18:00", url="https://example.org/(1)"),))
    tokens = [token for token in MarkdownIt().parse(markdown.written(held).decode()) if token.type == "inline"]
    assert tokens[0].content == "ICLR 2021"
    hostile = talk("two", "Two", "18:15", url="javascript:alert(1)")
    assert b"javascript" not in markdown.written(evening(star("two"), talks=(hostile,)))
    (link,) = [child for child in tokens[-1].children or [] if child.type == "link_open"]
    assert link.attrs["href"] == "https://example.org/%281%29"
    assert title in "".join(child.content for child in tokens[-1].children or [])


def test_conferences_have_heads_of_their_own() -> None:
    """Talks of two conferences are told apart in Markdown, and by a column in CSV."""
    one, two = talk("one", "One", "18:00"), talk("two", "Two", "18:00")._replace(conference="other")
    conferences = {"iclr-2021": Conference("iclr-2021", "ICLR 2021", "UTC", (), (one,))}
    conferences["other"] = Conference("other", "Other 2021", "UTC", (), (two,))
    held = Plan(conferences, {uid: Mark(uid, starred=True) for uid in ("one", "two")}, zone="UTC")
    assert re.findall("(?m)^# (.*)", markdown.written(held).decode()) == ["ICLR 2021", "Other 2021"]
    assert [row["conference"] for row in rows(tables.written(held))] == ["iclr-2021", "other"]
