"""Which reader takes a source, how a conference gets its name, and how many parts become one conference."""

from __future__ import annotations

import contextlib
import subprocess
import sys
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.errors import MissingFactsError, PlannerError, ReadError, UsageError
from planner.readers import READERS, Hints, Part, formats, missing, read, shown
from planner.readers.sources import conference, conference_name, name_from_site, place_in_path

DATA = Path(__file__).parent / "data" / "pages"
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
HINTS = Hints(now=NOW)


def part(file: str, name: str = "") -> Part:
    """One of the pages, under its own or another name."""
    return Part(name or file, (DATA / file).read_bytes())


NAMES = [
    # part, --conference, URL, the file's own name -> the name; settled in this order
    ("x.txt", "ICLR 2021", "https://icml.cc/virtual/2022/x", "RLC 2024", "ICLR 2021"),
    ("x.txt", "", "https://icml.cc/virtual/2022/x", "RLC 2024", "RLC 2024"),
    ("iclr2021.txt", "", "https://icml.cc/virtual/2022/session/1", "", "ICML 2022"),
    ("https://neurips.cc/virtual/2021/session/44803", "", "", "", "NeurIPS 2021"),
    ("https://nips.cc/Conferences/2016/Schedule", "", "", "", "NIPS 2016"),
    ("https://nips.cc/virtual/2020/public/poster_1.html", "", "", "", "NeurIPS 2020"),
    ("https://cvpr.thecvf.com/virtual/2024/poster/1", "", "", "", "CVPR 2024"),
    ("https://www.mlsys.org/virtual/2025/session/3155", "", "", "", "MLSys 2025"),
    ("iclr2021-oral-session-11.txt", "", "", "", "ICLR 2021"),
    ("/home/me/down loads/ICLR_2021.html", "", "", "", "ICLR 2021"),
    ("/home/me/icml-2022/session one.html", "", "", "", "ICML 2022"),
    ("/home/me/neurips-2023/orals/1.html", "", "", "", "NeurIPS 2023"),
    ("posters of neurips, 2020.html", "", "", "", "NeurIPS 2020"),
    ("2019-mlss/program.html", "", "", "", "MLSS 2019"),
    ("C:\\conferences\\iclr2021\\page.txt", "", "", "", "ICLR 2021"),
    ("schedule-2021.html", "", "", "", ""),
    ("may2021.txt", "", "", "", ""),
    ("page.txt", "", "", "", ""),
    ("-", "", "", "", ""),
]


@pytest.mark.parametrize(("name", "said", "url", "own", "expected"), NAMES)
def test_conference_gets_its_name(name: str, said: str, url: str, own: str, expected: str) -> None:
    """The flag beats the file's own name, that the URL, that an acronym and a year in the file's or folder's name."""
    assert conference_name(Part(name, b""), HINTS._replace(name=said, url=url), own) == expected


def test_names_are_written_as_their_conferences_write_them() -> None:
    """Known names keep their letters, short unknown ones become capitals, others one capital; NIPS was renamed after 2017."""
    written = [conference(*said) for said in (("mlsys", "2026"), ("xyz", "2026"), ("pyohio", "2026"), ("KubeCon", "2026"))]
    assert written == ["MLSys 2026", "XYZ 2026", "Pyohio 2026", "KubeCon 2026"]
    assert [conference("nips", year) for year in ("2016", "2020")] == ["NIPS 2016", "NeurIPS 2020"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("/a/b/c.txt", "c.txt"),
        ("-", "standard input"),
        ("https://x.org/a", "https://x.org/a"),
        ("a\\b.txt", "b.txt"),
        ("/a/b/", "b"),
    ],
)
def test_parts_are_shown_by_their_own_name(name: str, expected: str) -> None:
    """A sentence names the file, not the way to it; a URL whole."""
    assert shown(Part(name, b"")) == expected


def test_refusal_names_all_that_is_missing_in_one_go() -> None:
    """Conference, years that fit and zones that fit stand in one sentence with one command that would do."""
    error = missing(
        Part("my page.txt", b""),
        conference=True,
        year=True,
        zone=True,
        years=(2021, 2027),
        zones=("America/Chicago", "Asia/Shanghai"),
    )
    assert str(error) == (
        "my page.txt does not say its conference, year (2021 and 2027 fit) and time zone (it can be that of America/Chicago "
        "or Asia/Shanghai); say it, for example: "
        "planner import --conference \"NAME 2027\" --zone America/Chicago 'my page.txt'"
    )
    assert (error.conference, error.year, error.zone, error.years) == (True, True, True, (2021, 2027))
    assert error.exit_code == 3


WRONG = [
    (b"", "x.txt is empty"),
    (b" \n\t\n", "x.txt is empty"),
    (b"\x89PNG\r\n\x1a\n\x00\x00", "x.txt is binary, not text"),
    (b"PK\x03\x04rest", "x.txt is binary, not text"),
    (b"Dear diary, nothing happened.", "x.txt is in no known format; looked for: "),
    (b"<html><body><p>Hello</p></body></html>", "Nothing found in x.txt"),
    (b"Skip to yearly menu bar Skip to main content\n", "Nothing found in x.txt"),
]


@pytest.mark.parametrize(("data", "sentence"), WRONG)
def test_what_cannot_be_read_says_so(data: bytes, sentence: str) -> None:
    """Empty, binary, unknown and talkless sources: one sentence that begins with what is wrong, exit code 3."""
    with pytest.raises(ReadError) as caught:
        read([Part("dir/x.txt", data)], HINTS)
    assert str(caught.value).startswith(sentence)
    assert caught.value.exit_code == 3


def test_unknown_format_says_what_was_looked_for() -> None:
    """The refusal of an unknown source names what every reader looks for, and the flag that overrides."""
    with pytest.raises(ReadError) as caught:
        read([Part("x", b"nothing of that kind")], HINTS)
    assert all(reader.finds in str(caught.value) for reader in READERS)
    assert "--format" in str(caught.value)


def test_warnings_and_refusals_are_sentences() -> None:
    """Each ends with its full stop, but for the refusal that ends with a command to be copied."""
    said = []
    for path in sorted(DATA.iterdir()):
        for data in (path.read_bytes(), path.read_bytes().replace(b"PDT", b"PST"), b"", b"notes"):
            try:
                said += read([Part(path.name, data)], HINTS._replace(name="ICML 2021", zone="UTC")).warnings
            except ReadError as error:
                said.append(str(error).removesuffix(f" {path.name}") + "." * isinstance(error, MissingFactsError))
    assert len(said) > len(list(DATA.iterdir()))
    assert [one for one in said if not one.endswith(".")] == []


def test_nothing_to_read_is_said() -> None:
    """An empty folder is not an empty conference."""
    with pytest.raises(ReadError, match="no file to read"):
        read([], HINTS)


def test_unknown_zone_and_format_are_wrong_use() -> None:
    """They are refused before a page is looked at, with the names that would do."""
    with pytest.raises(UsageError, match="Mars/Base"):
        read([part("icml-session.txt")], HINTS._replace(zone="Mars/Base"))
    with pytest.raises(UsageError, match=r"--format fax is not known; the formats are .*page"):
        read([part("icml-session.txt")], HINTS._replace(format="fax"))


def test_format_overrides_detection() -> None:
    """A text that claims nothing of a page is read as one when told so."""
    understood = read([Part("iclr-2021.txt", b"Poster\nOf Mice and Models\nJo Mo\n")], HINTS._replace(format="page"))
    assert [talk.title for talk in understood.conference.talks] == ["Of Mice and Models"]


def test_every_format_has_one_reader() -> None:
    """No two readers answer to one name."""
    assert len(set(formats())) == len(formats())
    assert "page" in formats()


def test_pages_of_a_folder_become_one_conference() -> None:
    """Sessions and talks of all parts, each once; a part without a year or a name takes those of the first that has them."""
    parts = [part("iclr2021-oral-session-11.txt", "page one.txt"), part("iclr2021-session.html", "page two.html")]
    understood = read(parts, HINTS)
    whole = understood.conference
    assert (whole.slug, whole.zone, understood.year) == ("iclr-2021", "America/Los_Angeles", 2021)
    assert [session.title for session in whole.sessions] == ["Oral Session 11", "Oral Session 12"]
    assert len(whole.talks) == 19
    assert len({talk.uid for talk in whole.talks}) == 19


def test_parts_that_hold_nothing_are_warnings() -> None:
    """A picture and an unknown text between the pages of a folder spoil nothing, and are named."""
    parts = [
        part("icml-session.txt", "icml2021/a.txt"),
        Part("icml2021/b.png", b"\x89PNG\r\n\x1a\n\x00"),
        Part("icml2021/c.txt", b"notes to myself"),
    ]
    understood = read(parts, HINTS)
    assert len(understood.conference.talks) == 2
    assert understood.warnings[0] == "2 files in no known format were left: b.png, c.txt."
    assert any(warning.startswith("a.txt: line 25") for warning in understood.warnings)


def test_what_two_parts_warn_of_is_said_once() -> None:
    """Letters that contradict the date on every page of a folder are one warning."""
    text = (DATA / "icml-session.txt").read_text().replace("PDT", "PST")
    parts = [Part(f"icml2021/{number}.txt", text.replace("Search", f"Search {number}").encode()) for number in (1, 2, 3)]
    warnings = [warning for warning in read(parts, HINTS).warnings if "PST" in warning]
    assert len(warnings) == 1
    assert warnings[0].startswith("1.txt: ")


def test_parts_of_two_conferences_are_not_mixed() -> None:
    """Two conferences in one folder are refused with both names."""
    with pytest.raises(ReadError, match=r"a\.txt belongs to ICML 2021, b\.html to ICLR 2021"):
        read([part("icml-session.txt", "icml2021/a.txt"), part("iclr2021-session.html", "b.html")], HINTS)


def test_a_part_that_stays_unclear_refuses_the_source() -> None:
    """Where no part says the conference, nothing of the source is read."""
    with pytest.raises(MissingFactsError):
        read([part("icml-session.txt", "a.txt"), part("neurips-session.txt", "b.txt")], HINTS)


def test_the_same_page_twice_is_one() -> None:
    """A page and its copy give the talks of one."""
    one = read([part("iclr2021-oral-session-11.txt")], HINTS).conference
    two = read(
        [part("iclr2021-oral-session-11.txt"), part("iclr2021-oral-session-11.txt", "copy of iclr2021.txt")], HINTS
    ).conference
    assert two.talks == one.talks
    assert two.sessions == one.sessions


def test_a_talk_on_two_pages_is_one_with_the_fields_of_both() -> None:
    """A calendar gives the slot and the poster page the abstract: the talk has both, and one identity."""
    calendar = b"Timezone: America/Sao_Paulo\nTHU 23 APR\n10:30 a.m.\nOral Session 1A [10:30-12:00]\n[10:30] Thinking Less"
    detail = b"Oral\nThinking Less\nAl Bo \xc2\xb7 Cy Di\nAbstract: Less is more.\n"
    understood = read(
        [Part("iclr2026/calendar.txt", calendar), Part("iclr2026/detail.txt", detail)], HINTS._replace(format="page")
    )
    (talk,) = understood.conference.talks
    assert talk.start == datetime(2026, 4, 23, 13, 30, tzinfo=UTC)
    assert (talk.abstract, talk.speakers) == ("Less is more.", ("Al Bo", "Cy Di"))


def test_equal_titles_in_two_sessions_stay_two_talks() -> None:
    """A Q&A of one session is not that of another."""
    first = (DATA / "neurips-session.txt").read_text()
    second = (
        first.replace("Oral Session 1", "Oral Session 2")
        .replace("0:", "1:")
        .replace("midnight", "1 a.m.")
        .replace("— 1 a.m.", "— 2 a.m.")
    )
    parts = [Part("neurips2021/1.txt", first.encode()), Part("neurips2021/2.txt", second.encode())]
    talks = [talk for talk in read(parts, HINTS).conference.talks if talk.title == "Q&A"]
    assert [talk.start for talk in talks] == [
        datetime(2021, 12, 7, 8, 15, tzinfo=UTC),
        datetime(2021, 12, 7, 9, 15, tzinfo=UTC),
    ]
    assert len({talk.uid for talk in talks}) == 2


@pytest.mark.usefixtures("unmeasured")
def test_readers_are_imported_when_they_are_asked() -> None:
    """Importing the package loads no reader, no HTML parser and no LaTeX; a fresh interpreter proves it."""
    heavy = "('planner.readers.p', 'selectolax', 'pylatexenc')"
    code = f"import sys, planner.readers; print([m for m in sys.modules if m.startswith({heavy})])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


OPENINGS = (
    '{"schedule": {"conference": {"days": [{"date": "2025-02-01", "rooms": {"events": []}}]}}}',
    "<schedule><conference><day><event>",
    "<icalendar><vcalendar>",
    "{% load x %}<schedule><conference><icalendar><vcalendar>",
    '[{"title": "x", "start": "2025-02-01T10:00", "id": "1"}]',
    '{"results": [{"starttime": 1, "endtime": 2, "eventtype": 3, "virtualsite_url": 4, "room_name": 5, "authors": []}]}',
)
"""What a reader that looks at the first sign claims."""


@given(st.text(st.sampled_from("\ufeff \t\n"), max_size=3), st.characters(codec="utf-8"), st.sampled_from(OPENINGS))
def test_a_reader_that_is_not_asked_would_not_have_claimed(blanks: str, sign: str, opening: str) -> None:
    """Whatever sign a text begins with: where a module is not imported for it, the module does not claim it."""
    for text in (blanks + opening, blanks + sign + opening):
        for reader in READERS:
            module = import_module(f"planner.readers.{reader.module}")
            assert reader.may_claim(text) or not module.claims(text, Part("x", b""))


@pytest.mark.usefixtures("unmeasured")
def test_a_calendar_is_read_without_the_readers_of_json() -> None:
    """In a fresh interpreter nothing of other formats, of dates in words or of LaTeX is imported for a plain calendar."""
    event = "BEGIN:VEVENT\nUID:1\nDTSTART:20250201T090000Z\nSUMMARY:Ants\nEND:VEVENT\n"
    data = f"BEGIN:VCALENDAR\nX-WR-CALNAME:Ants 2025\nX-WR-TIMEZONE:Europe/Rome\n{event}END:VCALENDAR\n".encode()
    code = (
        "import sys\nfrom datetime import *\nfrom planner.readers import *\n"
        f"assert read([Part('a.ics', {data!r})], Hints(datetime(2025, 1, 1, tzinfo=UTC))).conference.talks\n"
        "print(' '.join(sys.modules))"
    )
    loaded = set(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split())
    assert "planner.readers.ical" in loaded
    assert not loaded & {"json", "urllib.parse", "icalendar", "pytz", "pylatexenc", "planner.dates", "planner.readers.frab"}


@given(st.lists(st.binary(max_size=200), max_size=3), st.sampled_from(["a.txt", "https://x.org/y", "-", "", "..", "\x00"]))
def test_no_bytes_break_reading(pieces: list[bytes], name: str) -> None:
    """Any bytes under any name are read or refused with a sentence."""
    with contextlib.suppress(PlannerError):
        read([Part(name, piece) for piece in pieces], HINTS)


@given(st.text(max_size=200))
def test_no_text_breaks_the_names(text: str) -> None:
    """Any text as a file name, URL or own name gives a name or none."""
    some = Part(text, b"")
    assert isinstance(conference_name(some, HINTS._replace(url=text)), str)
    assert isinstance(name_from_site(text), str)
    assert len(place_in_path(some)) <= 3
