"""Times that spreadsheets leave as numbers, in the cells of a table."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.readers import Hints, Part, read

if TYPE_CHECKING:
    from planner.model import Reading

RIGA = ZoneInfo("Europe/Riga")


def reading(text: str) -> Reading:
    """The reading of a table of a conference in Riga."""
    hints = Hints(now=datetime(2026, 11, 22, tzinfo=UTC), name="Kites 2025", zone="Europe/Riga")
    return read([Part("kites.csv", text.encode())], hints)


def spans(text: str) -> list[tuple[datetime | None, datetime | None]]:
    """Start and end of each line."""
    return [(talk.start, talk.end) for talk in reading(text).conference.talks]


def riga(*figures: int) -> datetime:
    """A wall clock in Riga."""
    return datetime(*figures, tzinfo=RIGA)  # type: ignore[arg-type, misc]


MEANT = [(riga(2025, 6, 12, 9), riga(2025, 6, 12, 10)), (riga(2025, 6, 13, 14, 30), riga(2025, 6, 13, 15, 30))]


@pytest.mark.parametrize(
    "text",
    [
        "Title,Date,Start Time,End Time\nA,45820,0.375,0.416666666666667\nB,45821,0.604166666666667,0.645833333333333\n",
        "Title;Date;Start;End\nA;45820;0,375;0,416666666666667\nB;45821;0,604166666666667;0,645833333333333\n",
        "Title,Start,End,Room\nA,45820.375,45820.4166666667,X\nB,45821.6041666667,45821.6458333333,X\n",
        "Title,Start,End,Room\nA,1749708000,1749711600,X\nB,1749814200,1749817800,X\n",
        "Title,Start,End,Room\nA,1749708000000,1749711600000,X\nB,1749814200000,1749817800000,X\n",
        "Title,Date,Start Hour,End Hour\nA,2025-06-12,9,10\nB,2025-06-13,14.5,15.5\n",
        "Title,Date,Start,End\nA,2025-06-12,9,10\nB,2025-06-13,14:30,15:30\n",
    ],
)
def test_numbers_that_their_column_makes_certain(text: str) -> None:
    """Days since 1900, parts of a day, seconds and milliseconds since 1970, and hours: all are the same two talks."""
    assert spans(text) == MEANT


def test_what_a_number_was_taken_for_is_said() -> None:
    """A spreadsheet's day is shown with its weekday, so that a wrong count of years would be seen."""
    warnings = reading("Title,Date,Start Time,End Time\nA,45820,0.375,0.5\nB,45821,0.5,0.75\n").warnings
    assert warnings == ("Dates stand as a spreadsheet counts days, and were read so: 45820 is Thu 12 Jun 2025.",)


@given(st.dates(date(1990, 1, 1), date(2060, 1, 1)), st.integers(0, 24 * 60 - 1))
def test_every_minute_of_a_spreadsheet(day: date, minute: int) -> None:
    """A day and a part of it, as a double has it, are that minute of that day."""
    from planner.readers.csv_numbers import in_words
    from planner.readers.csv_times import Cells

    serial = (day - date(1899, 12, 30)).days + minute / (24 * 60)
    (found,) = in_words([Cells(start=f"{serial:.10f}")], {"start": "Start"}, [])
    assert found.start == (f"{day} {minute // 60:02}:{minute % 60:02}" if minute else day.isoformat())


@pytest.mark.parametrize(
    "text",
    [
        "Title,Date,Timeslot,Room\nA,2025-06-12,8,X\nB,2025-06-12,9,X\n",
        "Title,Date,Start,Room\nA,2025-06-12,8,X\nB,2025-06-12,9,X\n",
        "Title,Date,Time,Room\nA,2025-06-12,1,X\nB,2025-06-12,2,X\n",
    ],
)
def test_numbers_that_may_be_those_of_slots_are_no_hours(text: str) -> None:
    """``2`` below ``Start`` may be the second slot: nothing is guessed, and what is not read is told."""
    found = reading(text)
    assert [talk.start for talk in found.conference.talks] == [None, None]
    assert any("so there is no slot" in warning for warning in found.warnings)


def test_an_end_that_cannot_be_read_is_told() -> None:
    """An end in words leaves it open, with a warning that names the line."""
    text = "Title,Date,Start,End\nA,2025-06-12,9:00,late\nB,2025-06-12,10:00,11:00\n"
    found = reading(text)
    assert [talk.end for talk in found.conference.talks] == [None, riga(2025, 6, 12, 11)]
    assert "The end “late” could not be read, so it is open (event in line 2)." in found.warnings
