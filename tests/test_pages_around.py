"""Programmes that print their date once, in their head, and those that never print it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from planner.errors import MissingFactsError, ReadError
from planner.readers import Hints, Part, read

NOW = datetime(2026, 11, 22, tzinfo=UTC)
TIMES = """{head}

9:00 - 9:15 Welcome to the hive
9:15 - 10:00 Keynote: Bees and other dancers
10:00 - 10:30 Coffee
14:00 - 14:30 Wasps, revisited
"""


def told(text: str, name: str = "page.txt") -> list[str]:
    """The starts of a page's talks in Tokyo, nine hours ahead of UTC all year."""
    reading = read([Part(name, text.encode())], Hints(now=NOW, name="Hive 2024", zone="Asia/Tokyo"))
    return [talk.start.strftime("%m-%d %H:%M") if talk.start else "-" for talk in reading.conference.talks]


@pytest.mark.parametrize(
    "head",
    [
        "Hive Workshop, Monday 11 March 2024, Yokohama",
        "# The Hive Workshop, March 11, 2024",
        "Workshop at ICRA 2024 (11 March 2024)",
        "Hive Workshop\nMonday, March 11th, 2024 in Room 301\nYokohama",
        '---\ntitle: "Schedule"\nsubtitle: "Monday, March 11th, 2024"\n---',
        "Submission deadline: 5 January 2024\nThe workshop is held on 11 March 2024 in Yokohama",
        "The conference is from March 10 to 14, 2024; our workshop is on March 11, 2024",
        "Atelier de la ruche, Yokohama\nLundi 11 mars 2024 (Salle 3)",
    ],
)
def test_the_only_date_of_the_head_is_the_day_of_all_times(head: str) -> None:
    """However it is written there, and whatever deadlines or runs of days stand beside it."""
    assert told(TIMES.format(head=head)) == ["03-11 00:00", "03-11 00:15", "03-11 01:00", "03-11 05:00"]


def test_the_date_of_the_head_is_said() -> None:
    """The user is told which day was taken, and from where."""
    part = Part("page.txt", TIMES.format(head="Hive Workshop, March 11, 2024").encode())
    reading = read([part], Hints(now=NOW, name="Hive 2024", zone="Asia/Tokyo"))
    assert reading.warnings == (
        "No day stands above the times; they were taken for 11 March 2024, the only date in the page's head (line 1).",
    )


def test_the_title_of_a_saved_page_says_its_day() -> None:
    """The date of the HTML title serves where the body of the page has none."""
    rows = "".join(f"<tr><td>{at}:00</td><td>Dance {at}</td></tr>" for at in (9, 10, 14))
    page = f"<html><head><title>Hive Day – 11 March 2024</title></head><body><table>{rows}</table></body></html>"
    assert told(page, "page.html") == ["03-11 00:00", "03-11 01:00", "03-11 05:00"]


@pytest.mark.parametrize(
    "head", ["Hive Workshop", "Hive, 10-12 March 2024", "Days: 11 March 2024, 12 March 2024", "Updated 11 March 2024"]
)
def test_times_without_a_day_are_refused(head: str) -> None:
    """No date, a run of days, several dates, and the date of something else are no day for all times."""
    with pytest.raises(ReadError, match="whose days cannot be told"):
        told(TIMES.format(head=head))


def test_days_by_number_are_those_of_the_head() -> None:
    """``Day 1`` is the first of the days that the head names, and that is said; a number beyond them is refused."""
    text = "July 25 and 26, 2022\n\n# Day 1\n9:00 - 10:00 Bees\n\n# Day {last}\n9:00 - 10:00 Wasps\n13:30 - 14:00 Ants\n"
    assert told(text.format(last=2)) == ["07-25 00:00", "07-26 00:00", "07-26 04:30"]
    reading = read([Part("p.txt", text.format(last=2).encode())], Hints(now=NOW, name="Hive 2022", zone="Asia/Tokyo"))
    assert reading.warnings == ("Day 1 was taken for 25 July, by the 2 days that the page's head names.",)


def test_weekdays_are_those_of_the_head() -> None:
    """A list of talks with weekdays only takes their dates from the run of days in the head; each time ends its entry."""
    text = """Hive 2017: December 2 & 3, 2017

How Bees Dance

Ann Lee

A long look at how bees dance and at what it tells the others, with examples from the last years.

Saturday 11:05 a.m.–11:30 a.m. in Mystic Theatre

Why Wasps Do Not

Bob Ray

Wasps do not dance, and nobody has asked them why; this talk does, and gives the answer at the end.

Sunday 11:35 a.m.–noon in Mystic Theatre
"""
    reading = read([Part("page.txt", text.encode())], Hints(now=NOW, name="Hive 2017", zone="Asia/Tokyo"))
    assert [(talk.title, f"{talk.start:%d %H:%M}", talk.speakers, talk.slot.room) for talk in reading.conference.talks] == [
        ("How Bees Dance", "02 02:05", ("Ann Lee",), "Mystic Theatre"),
        ("Why Wasps Do Not", "03 02:35", ("Bob Ray",), "Mystic Theatre"),
    ]


def test_a_weekday_outside_the_days_of_the_head_is_refused() -> None:
    """A Friday is none of the 2 and 3 December 2017: no talk is left without a time and without a word."""
    text = (
        "Hive 2017: December 2 & 3, 2017\n\nHow Bees Dance\n\nFriday 11:05 a.m.–11:30 a.m.\n\nWasps\n\nSunday 1 p.m.–2 p.m.\n"
    )
    with pytest.raises(ReadError, match="names weekdays only"):
        read([Part("page.txt", text.encode())], Hints(now=NOW, name="Hive 2017", zone="Asia/Tokyo"))


def test_only_what_is_missing_is_asked_for() -> None:
    """A page that says its zone and no year is refused for the year alone."""
    text = "All times are EDT.\n\n11 October\n9:00 - 10:00 Bees\n13:00 - 14:00 Wasps\n"
    with pytest.raises(MissingFactsError) as refused:
        read([Part("page.txt", text.encode())], Hints(now=NOW, name="Hive"))
    assert (refused.value.year, refused.value.zone) == (True, False)


def test_the_date_of_a_post_is_not_that_of_what_it_announces() -> None:
    """The front matter of a page of a static site says when it was published, unless it says the place too."""
    post = "---\ntitle: Hive Meetup\ndate: 2024-03-01\n{0}---\n\nThe bees meet on {1}!\n\n"
    assert {said[:5] for said in told(TIMES.format(head=post.format("", "March 11th")))} == {"03-11"}
    assert {said[:5] for said in told(TIMES.format(head=post.format("location: Yokohama\n", "this day")))} == {"03-01"}
    with pytest.raises(ReadError, match="days cannot be told"):
        told(TIMES.format(head=post.format("", "Monday")))
