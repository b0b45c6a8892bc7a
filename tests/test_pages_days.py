"""Heads of days in programmes: all clocks below hang on them, so each must be read right or refused."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from planner.errors import ReadError
from planner.readers import Hints, Part, read
from planner.readers.pages_days import day_head
from planner.readers.pages_lines import Line

PROGRAMME = """# ICRA 2024 Program
Timezone: Asia/Tokyo

{first}
09:00 - 10:00 Keynote: Legs
10:00 - 10:30 Coffee Break
{second}
09:00 - 10:00 Keynote: Hands
10:00 - 10:30 Tea Break
"""


def starts(first: str, second: str) -> list[str]:
    """The starts in UTC of a programme of two days; Tokyo is nine hours ahead of UTC."""
    text = PROGRAMME.format(first=first, second=second)
    understood = read([Part("icra-2024.md", text.encode())], Hints(now=datetime(2026, 11, 22, tzinfo=UTC)))
    return [talk.start.strftime("%m-%d %H:%M") if talk.start else "-" for talk in understood.conference.talks]


TWO_DAYS = ["05-14 00:00", "05-14 01:00", "05-15 00:00", "05-15 01:00"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Tuesday 14 May", "Wednesday 15 May"),
        ("Day 1: Tuesday, May 14, 2024", "Day 2: Wednesday, May 15, 2024"),
        ("Day 1 (May 14)", "Day 2 (May 15)"),
        ("Conference Day 1 – Tuesday 14 May", "Conference Day 2 – Wednesday 15 May"),
        ("Tuesday, May 14 - Main Conference Day 1", "Wednesday, May 15 - Main Conference Day 2"),
        ("TUESDAY 14 MAY", "WEDNESDAY 15 MAY — WORKSHOPS"),
        ("Tuesday 14 May", "Wednesday 15 May: Workshops and Tutorials"),
        ("Tuesday May 14 Main Conference", "Wednesday May 15 Workshops"),
        ("Tue, May 14, 2024 | Pacifico Yokohama", "Wed, May 15, 2024 | Pacifico Yokohama"),
        ("Tuesday | May 14", "Wednesday | May 15"),
        ("14 May 2024, Tuesday", "15 May 2024, Wednesday"),
        ("May 14 (Tue)", "May 15 (Wed)"),
        ("Tuesday, May 14th", "Wednesday the 15th of May (Workshops)"),
        ("Tuesday 14/05/2024", "Wednesday 15/05/2024"),
        ("Tuesday 5/14/2024", "Wednesday 5/15/2024"),
        ("14.05.2024", "15.05.2024"),
        ("2024-05-14", "2024-05-15"),
        ("## Tuesday, May 14", "## Wednesday"),
        ("Tuesday\nMay 14", "Wednesday\nMay 15"),
        ("Day 1\nTuesday, May 14", "Day 2"),
        ("📅 Tuesday, May 14", "📅 Wednesday, May 15"),
        ("Tuesday, May 14 (all times JST)", "Wednesday, May 15 (all times JST)"),
        ("Tuesday 14 May 09:00 - 17:00", "Wednesday 15 May 09:00 - 17:00"),
    ],
)
def test_days_as_people_head_them(first: str, second: str) -> None:
    """A programme of two days keeps them apart whatever its heads look like."""
    assert starts(first, second) == TWO_DAYS


@pytest.mark.parametrize("second", ["Wednesday, Mai 15", "Day 2", "Wednesday 32 May"])
def test_a_head_that_cannot_be_read_refuses_the_page(second: str) -> None:
    """What stands below such a head would land on the day before."""
    with pytest.raises(ReadError, match=f"“{second}”, stands where a day or a time does and cannot be read"):
        starts("Tuesday, May 14", second)


@pytest.mark.parametrize(
    "text",
    [
        "Tuesday, May 14 - Friday, May 17",
        "May 4: A Retrospective of One Day",
        "Mon",
        "Sun 3D: Light from One Picture",
        "March 11 Aftershocks",
        "Submission deadline: May 14",
        "3.2",
        "12/13",
        "Day by Day",
        "Friday Night Lights",
    ],
)
def test_titles_and_ranges_are_no_sure_heads(text: str) -> None:
    """A range of days, a title with a date in it, a page's number: none of them begins a day."""
    found = day_head(Line(1, text))
    assert found is None or not found.sure
