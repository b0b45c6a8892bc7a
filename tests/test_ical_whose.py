"""Whose a calendar object is: by PRODID and UIDs, whatever the bytes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plans import evening, star

from planner import export
from planner.ical.whose import Whose, whose

OTHER = (
    b"BEGIN:VCALENDAR\r\nPRODID:-//someone//else//EN\r\nVERSION:2.0\r\n"
    b"BEGIN:VTIMEZONE\r\nTZID:X\r\nEND:VTIMEZONE\r\n"
    b"BEGIN:VEVENT\r\nUID:one\\,\r\n  two\r\nBEGIN:VALARM\r\nUID:alarm\r\nEND:VALARM\r\nEND:VEVENT\r\n"
    b"BEGIN:VTODO\r\nUID:todo\r\nEND:VTODO\r\nEND:VCALENDAR\r\n"
)


def test_what_we_write_is_ours() -> None:
    """Each piece holds its talk alone; the whole calendar holds all."""
    plan = evening(star("vcnet"), star("diffwave"))
    for uid, data in export.calendars(plan).data.items():
        assert whose(data) == Whose(ours=True, uids=(uid,))
        assert whose(data).holds_only(uid)
    made = export.calendar(plan)
    assert made is not None
    assert whose(made.data) == Whose(ours=True, uids=("vcnet", "diffwave"))
    assert not whose(made.data).holds_only("vcnet")


def test_what_others_write_is_theirs() -> None:
    """UIDs of events and tasks, unfolded and unescaped, those of alarms and zones left out."""
    assert whose(OTHER) == Whose(ours=False, uids=("one, two", "todo"))
    assert whose(OTHER.replace(b"\r\n", b"\n")) == whose(OTHER)


@pytest.mark.parametrize("data", [b"", b"hello", b"\xff\xfe\x00", b"BEGIN:VEVENT\r\nUID:x\r\nEND:VEVENT\r\n"])
def test_what_is_no_calendar_is_nobodys(data: bytes) -> None:
    """No UID, not ours."""
    assert whose(data) == Whose(ours=False, uids=())


def test_two_calendars_in_one_object_are_not_ours() -> None:
    """We write one VCALENDAR a file."""
    made = export.calendar(evening(star("vcnet")))
    assert made is not None
    assert not whose(made.data * 2).ours


@given(st.binary(max_size=300))
def test_any_bytes_have_an_answer(data: bytes) -> None:
    """Nothing is raised, and nothing random is ours."""
    assert not whose(data).ours
    assert not whose(b"BEGIN:VCALENDAR\r\n" + data + b"\r\nEND:VCALENDAR").ours
