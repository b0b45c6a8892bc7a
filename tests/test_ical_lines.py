"""What a content line promises: nothing lost by folding, escaping and cleaning."""

from __future__ import annotations

import re

from hypothesis import example, given
from hypothesis import strategies as st
from icalendar.prop import vText

from planner.ical import lines

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\n"), max_size=400)


@given(TEXT | st.text("é\\x", max_size=400) | st.text("😀\\", max_size=200))
@example("\\" * 300)
@example("x" * 75)
@example("x" * 76)
def test_folded_lines_are_short_and_whole(line: str) -> None:
    """No line has more than 75 octets, each is UTF-8 by itself, no escape is cut, and unfolding gives the line again."""
    parts = lines.folded(line).split(b"\r\n")
    assert all(len(part) <= 75 for part in parts)
    assert all(part.startswith(b" ") for part in parts[1:])
    assert all(part.decode() is not None for part in parts)
    assert b"".join([parts[0], *(part[1:] for part in parts[1:])]).decode() == line
    ends = [len(re.search(rb"\\*\Z", part)[0]) for part in parts[:-1]]  # type: ignore[index]
    assert all(count % 2 == 0 for count in ends)


def test_folds_are_as_few_as_can_be() -> None:
    """A line of ASCII is cut at 75 octets, then every 74."""
    assert [len(part) for part in lines.folded("x" * 300).split(b"\r\n")] == [75, 75, 75, 75, 4]


@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"])))
@example("\\N \\n \\\\N C:\\New; a, b")
def test_escaped_text_is_read_back(text: str) -> None:
    """Escaping is undone by one pass over the escapes, backslash-N included."""
    undone = re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], lines.escaped(text))
    assert undone == text
    if "\\N" not in text:  # the library's own escaping turns a backslash and an N into a line break
        assert lines.escaped(text) == vText(text).to_ical().decode()


@given(st.text(st.characters(exclude_categories=())))
def test_clean_text_stays_and_has_no_controls(text: str) -> None:
    """Cleaning leaves newlines as the only control characters, can be encoded, and changes nothing a second time."""
    once = lines.clean(text)
    once.encode()
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029]", once)
    assert lines.clean(once) == once
