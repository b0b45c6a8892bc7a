"""The lines of a calendar file: unfolding, cutting, nesting."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.ical.scan import Notes, blocks, params_of, text_list, unescape, unfold


def test_a_fold_inside_a_character_is_undone_before_decoding() -> None:
    """RFC 5545 3.1: octets are folded, so the two bytes of one letter may stand on two lines."""
    assert unfold(b"SUMMARY:Gr\xc3\r\n \xbcn\r\nUID:1") == ["SUMMARY:Grün", "UID:1"]


@pytest.mark.parametrize(
    ("data", "lines"),
    [
        (b"A:1\r\nB:2\r\n", ["A:1", "B:2", ""]),
        (b"A:1\nB:2", ["A:1", "B:2"]),
        (b"A:1\rB:2", ["A:1", "B:2"]),
        (b"A:1\r\r\nB:2", ["A:1", "B:2"]),
        (b"\xef\xbb\xbfA:1\r\n", ["A:1", ""]),
        ("\ufeffA:ü\r\nB:2".encode("utf-16"), ["A:ü", "B:2"]),
        (b"A\n\n :1\n\n\nB:2", ["A:1", "B:2"]),
        (b"A:one\n\ttwo\n \n three", ["A:onetwothree"]),
        (b"A:caf\xe9 au lait", ["A:café au lait"]),
    ],
    ids=["crlf", "lf", "cr", "crcrlf", "bom", "utf-16", "empty lines in a fold", "tabs and empty folds", "latin-1"],
)
def test_every_kind_of_line_end_and_encoding_is_read(data: bytes, lines: list[str]) -> None:
    """LF, CR, doubled CR, BOMs, old Mozilla's empty lines, tabs: all give the same lines."""
    assert unfold(data) == lines


def test_components_nest_and_an_alarm_keeps_its_own_properties() -> None:
    """A VALARM's UID and SUMMARY are not its event's."""
    text = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nBEGIN:VALARM\nUID:alarm\nEND:VALARM\nSUMMARY:Talk\nEND:VEVENT\nEND:VCALENDAR"
    event = blocks(text.split("\n"), Notes()).parts[0].parts[0]
    assert (event.value("UID"), event.value("SUMMARY"), event.closed) == ("1", "Talk", True)
    assert event.parts[0].value("UID") == "alarm"


def test_an_event_whose_end_is_lost_ends_where_the_next_begins() -> None:
    """Two events stay two, and the line is named."""
    notes = Notes()
    data = b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nBEGIN:VEVENT\nUID:2\nEND:VEVENT\nEND:VCALENDAR"
    events = blocks(unfold(data), notes).parts[0].parts
    assert [event.value("UID") for event in events] == ["1", "2"]
    assert notes.warnings(data) == ("BEGIN:VEVENT comes before the END of the one before (line 4).",)


def test_lines_after_a_description_that_are_no_property_belong_to_it() -> None:
    """Exporters that do not escape line ends lose no text: some of it has colons."""
    text = "BEGIN:VEVENT\nDESCRIPTION:\nAda Oak,Elm Ash\nTrees: a survey (URL: x)\nUID:1\nEND:VEVENT"
    event = blocks(text.split("\n"), Notes()).parts[0]
    assert event.value("DESCRIPTION") == "Ada Oak,Elm Ash\nTrees: a survey (URL: x)"


def test_a_line_behind_an_event_belongs_to_none_of_its_texts() -> None:
    """What comes after END is no part of the description; it is named in a warning."""
    text = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDESCRIPTION:Oaks\nEND:VEVENT\nand elms\nEND:VCALENDAR"
    notes = Notes()
    event = blocks(text.split("\n"), notes).parts[0].parts[0]
    assert event.value("DESCRIPTION") == "Oaks"
    assert notes.warnings(text.encode()) == ("A line that is no property of a calendar was left out (line 5).",)


def test_a_warning_names_the_lines_of_the_file_not_of_the_unfolded_text() -> None:
    """Folds and empty lines before a fault do not shift its number; many faults stay one warning."""
    data = b"BEGIN:VCALENDAR\r\nX-A:1\r\n 2\r\n\r\n 3\r\nnothing here\r\nBEGIN:VEVENT\r\nEND:VEVENT\r\n" + b"bad\r\n" * 9
    notes = Notes()
    blocks(unfold(data), notes)
    sentence = "A line that is no property of a calendar was left out"
    assert notes.warnings(data) == (f"{sentence} (lines 6, 9, 10, 11, 12 and 5 more).",)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ('TZID="(UTC-05:00) Eastern; Time"', {"TZID": "(UTC-05:00) Eastern; Time"}),
        ("tzid=Europe/Rome;VALUE=DATE-TIME", {"TZID": "Europe/Rome", "VALUE": "DATE-TIME"}),
        ("TZID= 1", {"TZID": "1"}),
        ("ALTREP", {"ALTREP": ""}),
    ],
)
def test_parameters_are_read_with_and_without_quotes(written: str, read: dict[str, str]) -> None:
    """Colons and semicolons inside quotes belong to the value (RFC 5545 3.2)."""
    assert params_of(written) == read


def test_a_colon_in_quotes_does_not_end_the_name() -> None:
    """Exchange: ``DTSTART;TZID="(UTC-05:00) …":20201028T133000``; lower-case names are names."""
    lines = ["BEGIN:VEVENT", 'dtstart;TZID="(UTC-05:00) X":20201028T133000', "END:VEVENT"]
    event = blocks(lines, Notes()).parts[0]
    assert event.properties["DTSTART"][0][:2] == ('TZID="(UTC-05:00) X"', "20201028T133000")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (r"a\, b\; c\\n\nd\Ne", "a, b; c\\n\nd\ne"),
        (r"\alpha and \\beta", r"\alpha and \beta"),
        (r"&nbsp\;", "&nbsp;"),
        ("end\\", "end\\"),
    ],
)
def test_text_is_unescaped_once(written: str, meant: str) -> None:
    r"""RFC 5545 3.3.11; ``\\n`` is a backslash and an n, LaTeX that nobody escaped stays."""
    assert unescape(written) == meant


@given(st.text('\\\\\\,;:nNx"\n'))
def test_any_escapes_are_read_from_the_left(text: str) -> None:
    """Whatever stands in a row, a pattern that goes over it once finds the same."""
    assert unescape(text) == re.sub(r"\\([\\,;:nN\"])", lambda found: "\n" if found[1] in "nN" else found[1], text)


def test_an_escaped_comma_does_not_split_a_list() -> None:
    """CATEGORIES: two values, not three."""
    assert text_list(r"AI\, ML,Ops") == ["AI, ML", "Ops"]


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029\x00\ufeff")))
def test_folding_anywhere_changes_nothing(text: str) -> None:
    """However a writer folds a line, byte by byte even, the same line comes out."""
    line = f"SUMMARY:{text}".encode()
    folded = b"\r\n ".join(line[at : at + 1] for at in range(len(line)))
    assert unfold(folded) == [f"SUMMARY:{text}"]


@given(st.lists(st.text("aB: \t;=", max_size=4)))
def test_a_plain_file_is_read_as_one_with_a_letter_that_is_not_ascii(lines: list[str]) -> None:
    """Files in ASCII without folds are not unfolded; whether one is such a file is seen right, whatever its lines."""
    data = "\n".join(lines).encode()
    assert [*unfold(data + b"\nX:"), "é"] == unfold(data + "\nX:\né".encode())


@given(
    st.lists(
        st.sampled_from(["BEGIN:VEVENT", "END:VEVENT", "BEGIN:X", "END:X", "END:VCALENDAR", "BEGIN:VCALENDAR", "UID:1", "?"])
    )
)
def test_any_nesting_is_survived(lines: list[str]) -> None:
    """No order of BEGIN and END raises, and no event is inside another."""
    root = blocks(lines, Notes())
    waiting = [(root, 0)]
    while waiting:
        block, inside = waiting.pop()
        assert inside <= 1
        waiting += [(part, inside + (part.name == "VEVENT")) for part in block.parts]
