"""What real calendar programs read in the exports: the instants, titles and places of the plan, and updates as promised.

``python3 tests/clients/install.py --debian`` installs the programs; what is not there is skipped with the reason.
"""

from __future__ import annotations

import contextlib
import functools
import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from any_text import ANY, exported, plain
from clients import RefusedError, Seen
from clients.calcurse import Calcurse
from clients.exports import Export, by_case, by_command, cases, story
from clients.install import missing
from clients.khal import Khal
from clients.radicale import Radicale
from clients.readers import COMMANDS, Reader
from hypothesis import example, given, settings
from hypothesis import strategies as st
from ical_bytes import text_of, tree, unfold
from ical_lint import lint
from icalendar import vDuration

if TYPE_CHECKING:
    from collections.abc import Iterable

ROOT = Path(__file__).parents[1]
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
TEXTS = ("title", "place", "description")
PROPERTIES = {
    *("uid", "dtstamp", "last-modified", "sequence", "dtstart", "dtend", "summary", "location", "description", "url"),
    *("categories", "status", "transp"),
}


def need(client: str) -> None:
    """Skip the test where a client is not there."""
    reason = missing(client)
    if reason:
        pytest.skip(reason)


def together(client: str) -> pytest.MarkDecorator:
    """The tests of one client run in one worker."""
    return pytest.mark.xdist_group(f"client {client}")


@functools.cache
def made() -> tuple[Export, ...]:
    """The cases, exported."""
    return tuple(by_case(case) for case in cases())


@pytest.fixture(scope="module")
def exports(tmp_path_factory: pytest.TempPathFactory) -> tuple[Export, ...]:
    """Every export: those of the cases, and both schedules that come with the program, by its commands."""
    iclr, fosdem = (tmp_path_factory.mktemp("stored") for _ in range(2))
    return (
        *made(),
        by_command(iclr, "ICLR 2021", "--conference", "ICLR 2021", str(ROOT / "schedules" / "iclr-2021")),
        by_command(fosdem, "FOSDEM 2025", str(ROOT / "schedules" / "fosdem-2025")),
    )


def order(one: Seen) -> tuple[str, str, str]:
    """An order for entries of which some are days, some have no uid."""
    return str(one.start), one.title, one.uid or ""


def differences(found: Iterable[Seen], expected: Iterable[Seen]) -> list[Seen]:
    """What is only found, or only expected, or not as often."""
    left, more = sorted(expected, key=order), []
    for one in found:
        if one in left:
            left.remove(one)
        else:
            more.append(one)
    return left + more


def described(data: bytes) -> dict[str, str]:
    """The description of each entry by its uid, by the lint's own parser."""
    (whole,) = tree(unfold(data)[1])[0].blocks
    return {one.one("UID").value: text_of(one.one("DESCRIPTION").value) for one in whole.within("VEVENT")}


def expected_of(export: Export) -> list[Seen]:
    """What a program that tells everything has to read."""
    words = described(export.data)
    return [one._replace(description=words[one.uid or ""]) for one in export.seen]


def test_the_exports_are_those_that_matter(exports: tuple[Export, ...]) -> None:
    """At least 20, clean by the lint, no uid in two of them, and in each an entry for an entry expected."""
    assert len(exports) >= 20
    uids = [one.uid for export in exports for one in export.seen]
    assert len(set(uids)) == len(uids) > 500
    for export in exports:
        assert lint(export.data) == []
        assert sorted(described(export.data)) == sorted(one.uid or "" for one in export.seen)
    forms = b"".join(export.data for export in exports)
    assert all(forms.count(form) > 20 for form in (b"DTSTART;TZID=", b"DTSTART:2026", b"BEGIN:VALARM"))


# Readers


def as_ics_reads(text: str) -> str:
    """``ics`` undoes the escape of a line break before that of a backslash: a backslash and an n become the two."""
    return re.sub(r"\\[nN]", "\\\n", text)


@pytest.mark.parametrize("client", [pytest.param(name, marks=together(name)) for name in COMMANDS])
def test_readers_read_the_plan(client: str, exports: tuple[Export, ...]) -> None:
    """Each refuses none of the exports, and reads the instants, titles, places, status and words of the plan."""
    need(client)
    wrong = {}
    with Reader(client) as reader:
        for export in exports:
            expected = expected_of(export)
            if client == "ics":
                expected = [one._replace(**{key: as_ics_reads(getattr(one, key)) for key in TEXTS}) for one in expected]
            wrong[export.name] = differences(reader.read(export.data), expected)
    assert {name: found for name, found in wrong.items() if found} == {}


@pytest.mark.parametrize("client", [pytest.param(name, marks=together(name)) for name in COMMANDS])
def test_readers_see_what_is_wrong(client: str, exports: tuple[Export, ...]) -> None:
    """The comparison is no formality: an hour, a room, a title or an entry that is changed in the file is found."""
    need(client)
    data, expected = exports[0].data, exports[0].seen
    assert exports[0].name == "week Europe/Berlin"
    broken = (
        data.replace(b"T090000\r\n", b"T100000\r\n"),
        data.replace(b"T094500\r\n", b"T094600\r\n"),
        data.replace(b"LOCATION:Hall 3", b"LOCATION:Hall 4"),
        data.replace(b"SUMMARY:Europe/Berlin 1", b"SUMMARY:Europe/Bern 1"),
        re.sub(rb"BEGIN:VEVENT\r\n.*?END:VEVENT\r\n", b"", data, count=1, flags=re.DOTALL),
    )
    with Reader(client) as reader:
        for one in broken:
            assert one != data
            with contextlib.suppress(RefusedError):
                assert differences((seen._replace(description=None) for seen in reader.read(one)), expected)


@together("ical.js")
def test_any_text_in_any_field_survives_in_icaljs(request: pytest.FixtureRequest) -> None:
    """Whatever stands in a field is read back by ical.js, and no property or entry can be put in by it."""
    need("ical.js")
    with Reader("ical.js") as reader:

        @settings(max_examples=3000 if request.config.getoption("--slow") else 150)
        @given(st.tuples(*[ANY] * 8))
        @example(("\\N",) * 8)
        @example(("x\r\nATTENDEE:mailto:a@example.org\r\nEND:VEVENT\r\nBEGIN:VEVENT",) * 8)
        @example(("語\u0301😀,;:\\" * 2000,) * 8)
        def survives(texts: tuple[str, ...]) -> None:
            title, speaker, abstract, track, room, board, note, _ = texts
            (event,) = reader.entries(exported(texts))
            assert set(event["names"]) <= PROPERTIES
            summary = plain(title, lines=False)
            if summary and len(summary) < 120:
                assert event["title"] == summary
                assert event["alarms"] == [event["title"]]
            # ical.js does not know NAME (RFC 7986 5.1) and hands it out as it stands
            assert text_of(event["calendar"]) == (summary or "Conference plan")
            if plain(room, lines=False) and not board:
                assert event["place"] == plain(room, lines=False)
            assert event["categories"] == [said for said in ("oral", plain(track, lines=False)) if said]
            if len(event["description"]) < 3900:
                assert all(plain(text).strip() in event["description"] for text in (abstract, note))
                assert plain(speaker, lines=False) in event["description"]

        survives()


# khal


def span(seen: Iterable[Seen]) -> tuple[date, date]:
    """The days from two before the first entry to two after the last."""
    days = sorted(date(at.year, at.month, at.day) for one in seen for at in one[1:3])
    return days[0] - timedelta(days=2), days[-1] + timedelta(days=2)


def as_khal_imports(one: Seen) -> Seen:
    """At an import it keeps what the icalendar library writes again: a backslash and an N have become a line break."""
    texts = {key: said.replace("\\N", "\n") for key, said in one._asdict().items() if key in TEXTS and said}
    return one._replace(**texts)


@pytest.fixture
def files(exports: tuple[Export, ...], tmp_path: Path) -> list[Path]:
    """Every export as a file."""
    found = []
    for number, one in enumerate(exports):
        found.append(tmp_path / f"{number:02} an export.ics")
        found[-1].write_bytes(one.data)
    return found


@together("khal")
def test_khal_imports_the_plan(
    exports: tuple[Export, ...], files: list[Path], tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """``khal import`` takes the exports (one of three without ``--slow``), and ``khal list`` has what the plan has in them."""
    need("khal")
    every = 1 if request.config.getoption("--slow") else 3
    khal = Khal(tmp_path / "khal")
    khal.bring_in(files[::every])
    expected = [as_khal_imports(one) for export in exports[::every] for one in expected_of(export)]
    assert differences(khal.listed(*span(expected)), expected) == []


@pytest.mark.ci
@together("khal")
def test_khal_reads_the_vdir(exports: tuple[Export, ...], tmp_path: Path) -> None:
    """A folder with one file an entry is a calendar of khal's as it is, and stays as it is."""
    need("khal")
    khal = Khal(tmp_path / "khal", tmp_path / "vdir")
    objects = {f"{uid}.ics": data for export in exports for uid, data in export.objects.items()}
    for name, data in objects.items():
        (tmp_path / "vdir" / name).write_bytes(data)
    expected = [one for export in exports for one in export.kept]
    found = [one._replace(description=None) for one in khal.listed(*span(expected))]
    assert differences(found, expected) == []
    assert {path.name: path.read_bytes() for path in (tmp_path / "vdir").iterdir()} == objects


@together("khal")
def test_a_second_import_updates_khal(tmp_path: Path) -> None:
    """As the README says: what moved, was renamed, cancelled or came back is as it is now, and nothing is doubled."""
    need("khal")
    khal = Khal(tmp_path / "khal")
    for number, export in enumerate(story()):
        file = tmp_path / f"{number}.ics"
        file.write_bytes(export.data)
        khal.bring_in([file])
        found = [one._replace(description=None) for one in khal.listed(*span(export.seen))]
        assert differences(found, export.seen) == []


@together("khal")
def test_khal_follows_the_vdir(tmp_path: Path) -> None:
    """Files that change or go are seen at the next listing: the vdir updates exactly."""
    need("khal")
    khal = Khal(tmp_path / "khal", tmp_path / "vdir")
    for export in story():
        for path in (tmp_path / "vdir").iterdir():
            path.unlink()
        for uid, data in export.objects.items():
            (tmp_path / "vdir" / f"{uid}.ics").write_bytes(data)
        found = [one._replace(description=None) for one in khal.listed(*span(export.seen))]
        assert differences(found, export.kept) == []


# calcurse


def as_calcurse_tells(seen: Iterable[Seen]) -> list[Seen]:
    """It has neither identities nor a status."""
    return [one._replace(uid=None, status=None, description=None) for one in seen]


@together("calcurse")
def test_calcurse_imports_the_plan(exports: tuple[Export, ...], files: list[Path], tmp_path: Path) -> None:
    """``calcurse -i`` skips nothing, and lists the instants, titles and places."""
    need("calcurse")
    wrong = {}
    for export, file in zip(exports, files, strict=True):
        calcurse = Calcurse(tmp_path / f"{file.stem}.calcurse")
        calcurse.bring_in(file)
        wrong[export.name] = differences(as_calcurse_tells(calcurse.listed()), as_calcurse_tells(export.seen))
    assert {name: found for name, found in wrong.items() if found} == {}


@together("calcurse")
def test_a_second_import_doubles_in_calcurse(tmp_path: Path) -> None:
    """As the README says: both imports are there, unless the folder is made anew."""
    need("calcurse")
    before, after, _ = story()
    both, anew = Calcurse(tmp_path / "both"), Calcurse(tmp_path / "anew")
    for export in (before, after):
        (tmp_path / "plan.ics").write_bytes(export.data)
        both.bring_in(tmp_path / "plan.ics")
    anew.bring_in(tmp_path / "plan.ics")
    assert differences(as_calcurse_tells(both.listed()), as_calcurse_tells([*before.seen, *after.seen])) == []
    assert differences(as_calcurse_tells(anew.listed()), as_calcurse_tells(after.seen)) == []


# A CalDAV server


@together("radicale")
def test_radicale_keeps_and_finds_the_plan(
    exports: tuple[Export, ...], tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """Each object of each vdir is taken; the server finds it at its time alone, and gives the same entry out again.

    An entry takes six questions of 5 to 10 ms; without ``--slow`` it is one entry of six.
    """
    need("radicale")
    every = 1 if request.config.getoption("--slow") else 6
    with Radicale(tmp_path / "radicale") as server:
        for number, export in enumerate(exports):
            collection = str(number)
            server.make(collection)
            some = export.kept[number % every :: every] or export.kept
            sent = {f"{one.uid}.ics": export.objects[one.uid or ""] for one in some}
            for name, data in sent.items():
                server.put(collection, name, data)
            assert {name: content(server.get(collection, name)) for name in sent} == {
                name: content(data) for name, data in sent.items()
            }
            for one in some:
                assert found_around(server, collection, one) == [False, True, True, False], one


def content(data: bytes) -> list[str]:
    """The content lines of a calendar, in no order and alarms as lengths of time: servers write both in their own way."""
    lines = (line.partition("TRIGGER:") for _, line in unfold(data)[1])
    return sorted(f"{key}{vDuration.from_ical(value)}" if key else line for line, key, value in lines)


def found_around(server: Radicale, collection: str, one: Seen) -> list[bool]:
    """Whether the server finds an entry in the minute before it, its first and last second, and the minute after it."""
    start, end = (at if isinstance(at, datetime) else datetime(at.year, at.month, at.day, tzinfo=UTC) for at in one[1:3])
    asked = ((start - MINUTE, start), (start, start + SECOND), (end - SECOND, end), (end, end + MINUTE))
    return [f"{one.uid}.ics" in server.between(collection, *between) for between in asked]
