"""What columns hold by their heads: which of several times are those of the talks, in tables of data and of pages."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from planner.readers import Hints, Part, read
from planner.readers.columns import own_times, role_of

RIGA = ZoneInfo("Europe/Riga")
SESSION, FIRST, SECOND = ("9:00", "10:30"), ("9:00", "9:30"), ("9:30", "10:00")
TABLES: dict[str, tuple[list[str], list[list[str]], bool]] = {
    # the heads of times, the cells of two talks (from 9:00 and from 9:30), whether the ends are theirs
    "a session's beside bare ones": (
        ["Session Start", "Session End", "Start", "End"],
        [[*SESSION, *FIRST], [*SESSION, *SECOND]],
        True,
    ),
    "an event's beside the talks'": (
        ["Event Start", "Event End", "Talk Start", "Talk End"],
        [[*SESSION, *FIRST], [*SESSION, *SECOND]],
        True,
    ),
    "bare ones beside the talks'": (
        ["Start", "End", "Presentation Start", "Presentation End"],
        [[*SESSION, *FIRST], [*SESSION, *SECOND]],
        True,
    ),
    "a slot's start": (["Slot Start", "Start Time"], [["9:00", "9:00"], ["9:00", "9:30"]], False),
    "only the session's end": (["Talk Start", "Session End"], [["9:00", "10:30"], ["9:30", "10:30"]], False),
    "only the session's length": (["Talk Start", "Session Duration"], [["9:00", "90 min"], ["9:30", "90 min"]], False),
    "an end of the bare start": (["Start", "End", "Talk Start"], [[*SESSION, "9:00"], [*SESSION, "9:30"]], False),
    "a bare end": (["Talk Start", "End"], [[*FIRST], [*SECOND]], True),
    "the session's alone": (["Session Start", "Session End"], [[*FIRST], [*SECOND]], True),
}


def clock(*figures: int) -> datetime:
    """A wall clock in Riga on the day of the tables."""
    return datetime(2025, 6, 12, *figures, tzinfo=RIGA)  # type: ignore[misc, arg-type]


def as_csv(rows: list[list[str]]) -> Part:
    """A table of data."""
    lines = [["Date", *rows[0], "Title"], *(["2025-06-12", *row, title] for row, title in zip(rows[1:], "AB", strict=True))]
    return Part("kites.csv", "".join(",".join(line) + "\n" for line in lines).encode())


def as_page(rows: list[list[str]]) -> Part:
    """The same as a table of a page."""
    lines = [[*rows[0], "Title"], ["---"] * (len(rows[0]) + 1), [*rows[1], "A of it"], [*rows[2], "B of it"]]
    table = "".join("| " + " | ".join(line) + " |\n" for line in lines)
    return Part("kites.md", f"# Kites 2025\n\n## Thursday, 12 June 2025\n\n{table}".encode())


@pytest.mark.parametrize("made", [as_csv, as_page])
@pytest.mark.parametrize("case", TABLES)
def test_talks_have_their_own_times(case: str, made: object) -> None:
    """A session's, an event's or a slot's times are no talk's that has its own, nor is their end alone."""
    heads, rows, ended = TABLES[case]
    part = (as_csv if made is as_csv else as_page)([heads, *rows])
    hints = Hints(now=datetime(2026, 11, 22, tzinfo=UTC), name="Kites 2025", zone="Europe/Riga")
    ends = [clock(9, 30), clock(10)] if ended else [None, None]
    found = [(talk.start, talk.end) for talk in read([part], hints).conference.talks]
    assert found == list(zip([clock(9), clock(9, 30)], ends, strict=True))


def test_columns_of_no_time_keep_their_roles() -> None:
    """Titles and rooms of sessions and of talks have nothing to do with it."""
    heads = ["Session Title", "Talk Start", "Session Start", "Talk Room", "Session Date", "Wind"]
    assert own_times(heads, list(map(role_of, heads)), left="skip") == ["title", "start", "skip", "room", "date", ""]
