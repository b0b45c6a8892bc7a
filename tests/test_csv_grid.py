"""Timetables as CSV: rooms across, times down."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from planner.errors import ReadError
from planner.readers import Hints, Part, read

RIGA = ZoneInfo("Europe/Riga")
TALKS = [
    ("Opening", 12, 9, 0, 10, 0, "Aula"),
    ("Strings, and more", 12, 10, 0, 10, 30, "Aula"),
    ("Tails / wings", 12, 10, 0, 10, 30, "Lab 2"),
    ("Wind", 13, 14, 0, 15, 0, "Lab 2"),
]


def hints(**more: str) -> Hints:
    """Somewhere in Riga."""
    return Hints(now=datetime(2026, 11, 22, tzinfo=UTC), name="Kites 2025", zone="Europe/Riga", **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    [
        (
            "Time,Aula,Lab 2\nThursday 12 June 2025,,\n9:00-10:00,Opening,\n"
            '10:00-10:30,"Strings, and more",Tails | wings\nFriday 13 June 2025,,\n14:00-15:00,,Wind\n'
        ),
        (
            "Kites by the sea,,,\nStart;End;Aula;Lab 2\nThursday 12 June 2025;;;\n9:00;10:00;Opening;\n"
            "10:00;10:30;Strings, and more;Tails | wings\nFriday 13 June 2025;;;\n14:00;15:00;;Wind\n"
        ),
        (
            "\ufeff\tAula\tLab 2\nThursday 12 June 2025\t\t\n9:00 AM - 10:00 AM\tOpening\t\n"
            "10:00 AM - 10:30 AM\tStrings, and more\tTails | wings\nFriday 13 June 2025\t\t\n2:00 PM - 3:00 PM\t\tWind\n"
        ),
    ],
)
def test_each_cell_is_a_talk_in_its_room(text: str) -> None:
    """Start and end may stand in one column or in two; an empty cell is no talk; a day is a line of its own."""
    found = read([Part("grid.csv", text.encode())], hints())
    assert found.format == "csv-grid"
    assert [(talk.title, talk.start, talk.end, talk.slot.room) for talk in found.conference.talks] == [
        (title, datetime(2025, 6, day, hour, minute, tzinfo=RIGA), datetime(2025, 6, day, end, last, tzinfo=RIGA), room)
        for title, day, hour, minute, end, last, room in TALKS
    ]


def test_lines_of_a_cell_stay_apart() -> None:
    """A cell with the speaker on a line of its own keeps both, with a dash between them."""
    text = 'Time,Aula,Lab\nThursday 12 June 2025,,\n9:00-10:00,"Opening\nAda Ek",Other\n10:00-11:00,Second,Third\n'
    found = read([Part("grid.csv", text.encode())], hints())
    assert found.conference.talks[0].title == "Opening – Ada Ek"


def test_days_may_stand_across() -> None:
    """Below a day each cell is a talk of that day; what is no grid is refused when --format says that it is one."""
    days = ",Monday 9 June 2025,Tuesday 10 June 2025\n09:00,Registration,Keynote\n10:00,Opening,Talk\n"
    found = read([Part("grid.csv", days.encode())], hints())
    assert [(talk.title, talk.start) for talk in found.conference.talks] == [
        (title, datetime(2025, 6, day, hour, tzinfo=RIGA))
        for title, day, hour in (("Registration", 9, 9), ("Opening", 9, 10), ("Keynote", 10, 9), ("Talk", 10, 10))
    ]
    with pytest.raises(ReadError, match="no timetable"):
        read([Part("grid.csv", b"a,b,c\n1,2,3\n")], hints(format="csv-grid"))


def test_other_tables_are_not_claimed() -> None:
    """A table of papers, of numbers, and a schedule with titles are no grids."""
    from planner.readers import csv_grid

    for text in (
        "id,title,authors\n1,A,B\n",
        "Time,Temperature,Wind\n1,2,3\n4,5,6\n",
        "Time,Title,Speaker\n9:00,A,B\n10:00,C,D\n",
    ):
        assert not csv_grid.claims(text, Part("x.csv", text.encode()))
