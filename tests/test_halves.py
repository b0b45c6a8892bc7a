"""Clocks of twelve hours without their half: what the order of the entries tells, and what it does not."""

from __future__ import annotations

from datetime import datetime

import pytest

from planner.errors import ReadError
from planner.readers.clocks import Told
from planner.readers.halves import in_halves, past_midnight
from planner.readers.sources import Part

PART = Part("days.yml", b"")


def rows(*spans: str, day: str = "2018-06-04", room: str = "") -> list[tuple[Told, str]]:
    """Times of one day with these starts and ends, each with its room."""
    return [(Told(day=day, start=span.partition("-")[0], end=span.partition("-")[2]), room) for span in spans]


def clocks(found: list[Told]) -> list[str]:
    """Starts and ends of times."""
    return [f"{told.start}-{told.end}" for told in found]


def test_a_day_from_morning_to_one_o_clock_is_told_by_its_order() -> None:
    """After 12:00 comes 13:00, in the evening 19:00, and a day that begins at 2:00 begins at 14:00; it is said."""
    warnings: list[str] = []
    first = rows("2:00-3:15", day="2018-06-03")
    found = in_halves([*first, *rows("10:00-11:00", "12:00-1:00", "1:00-2:00", "5:30-6:30", "7:00-9:00")], PART, warnings)
    assert clocks(found) == ["14:00-15:15", "10:00-11:00", "12:00-13:00", "13:00-14:00", "17:30-18:30", "19:00-21:00"]
    assert len(warnings) == 1


def test_a_clock_of_24_hours_stays_as_it_is() -> None:
    """One time after 13:00 shows that 1:00 is the night's."""
    given = rows("9:00-10:00", "14:00-15:00", "1:00-2:00")
    warnings: list[str] = []
    assert in_halves(given, PART, warnings) == [told for told, _ in given]
    assert not warnings


@pytest.mark.parametrize(
    "spans",
    [
        ("9:00-10:00", "11:30-1:00"),  # only an end before its start: the evening would do too
        ("9:00-10:00", "1:00-2:00", "12:00-1:00"),  # noon after one
        ("9:00-10:00", "3:00-4:00", "2:00-3:00"),
    ],
)
def test_what_the_order_does_not_tell_is_refused(spans: tuple[str, ...]) -> None:
    """Where the halves hang on nothing the file says, it is refused with what to write."""
    with pytest.raises(ReadError, match=r"a\.m\. and p\.m\."):
        in_halves(rows(*spans), PART, [])


def test_each_room_has_its_own_order() -> None:
    """A file that goes room by room begins the day anew in each."""
    found = in_halves([*rows("9:00-10:00", "1:00-2:00", room="A"), *rows("10:00-11:00", "2:00-3:00", room="B")], PART, [])
    assert clocks(found) == ["9:00-10:00", "13:00-14:00", "10:00-11:00", "14:00-15:00"]


def test_a_place_of_its_own_in_the_evening_is_refused() -> None:
    """A dinner at 7:00 after the afternoon of other rooms may be no morning, unless the rooms come one after the other."""
    mixed = [*rows("9:00-10:00", room="A"), *rows("1:00-2:00", room="B"), *rows("2:00-3:00", room="A")]
    assert clocks(in_halves(mixed, PART, []))[-1] == "14:00-15:00"
    with pytest.raises(ReadError, match="which half of the day"):
        in_halves([*mixed, *rows("7:00-9:00", room="Pub")], PART, [])
    apart = [*rows("9:00-10:00", "1:00-2:00", room="A"), *rows("9:30-10:30", "2:00-3:00", room="B")]
    assert clocks(in_halves(apart, PART, []))[2] == "9:30-10:30"


def test_a_length_of_an_hour_is_no_start() -> None:
    """A night that is written with its zero is one, whatever length stands behind it; without the zero it is refused."""
    day = "2018-06-04"
    night, short = (Told(day=day, start=start, duration="1:00", words=f"{day} {start} 1:00") for start in ("01:00", "1:00"))
    assert in_halves([(night, "")], PART, []) == [night]
    with pytest.raises(ReadError, match="which half of the day"):
        in_halves([(short, "")], PART, [])


@pytest.mark.parametrize(
    ("starts", "read"),
    [
        (("21:00", "23:30", "00:30", "2:00"), ("21:00", "23:30", "24:30", "26:00")),
        (("18:00", "5:59"), ("18:00", "29:59")),
        (("00:30", "21:00", "23:30"), ("00:30", "21:00", "23:30")),
        (("17:59", "00:30"), ("17:59", "00:30")),
        (("18:00", "6:00"), ("18:00", "6:00")),
        (("23:30", "21:00", "00:30"), ("23:30", "21:00", "00:30")),
        (("21:00", "00:30", "9:00"), ("21:00", "00:30", "9:00")),
    ],
)
def test_a_list_of_one_day_that_goes_past_midnight(starts: tuple[str, ...], read: tuple[str, ...]) -> None:
    """Behind an evening the night is the next day's, where the list rises but for that; what moved is told."""
    warnings: list[str] = []
    assert [told.start for told in past_midnight(rows(*starts), warnings)] == list(read)
    assert len(warnings) == (starts != read)


def test_a_night_of_another_room_or_with_a_date_of_its_own_stays() -> None:
    """Each room is a list of its own, and a whole stamp says its day."""
    warnings: list[str] = []
    given = [*rows("23:30", room="A"), *rows("00:30", room="B"), (Told(at=datetime(2018, 6, 4, 0, 30)), "A")]
    assert past_midnight(given, warnings) == [told for told, _ in given]
    assert not warnings
