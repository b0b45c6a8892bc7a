"""Clocks without a.m. or p.m.: what the other times of a programme tell of their half, and what is refused as none does."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from planner.errors import MissingFactsError, ReadError
from planner.readers import Hints, Part, read

DAY = "<html><head><title>ICRA 2024</title></head><body><p>Time zone: UTC</p><h2>Tuesday, May 14, 2024</h2>"


def starts(*lines: str) -> list[str]:
    """The starts of a programme of paragraphs, in UTC, which is its zone; a line that begins with ``#`` is a heading."""
    page = DAY + "".join(f"<h3>{line[1:]}</h3>" if line[0] == "#" else f"<p>{line}</p>" for line in lines)
    found = read([Part("icra-2024.html", page.encode())], Hints(now=datetime(2026, 11, 22, tzinfo=UTC)))
    return [talk.start.strftime("%d %H:%M") if talk.start else "-" for talk in found.conference.talks]


def test_rooms_below_each_other_begin_their_morning_again() -> None:
    """9:00 under the next room is no evening, though no time of the page has passed noon."""
    assert starts("#Room A", "9:00 Bees", "11:00 Wasps", "#Room B", "9:00 Ants", "10:00 Flies") == [
        "14 09:00",
        "14 11:00",
        "14 09:00",
        "14 10:00",
    ]


@pytest.mark.parametrize(
    "lines",
    [
        ("9:00 Bees", "11:00 Wasps", "9:00 Ants"),  # another room's morning, or the evening
        ("9:00 - 10:00 Bees", "11:00 - 13:00 Wasps", "1:00 - 2:30 Ants"),  # 13:00 speaks for a clock of 24 hours
        ("9:00 - 10:00 Bees", "11:00 - 13:00 Wasps", "#Room B", "1:00 - 2:30 Ants"),
        ("9:00", "Bees", "13:00", "Wasps", "2:00", "Ants"),
        ("11:30 am Bees", "12:10 am Wasps", "1:00 pm Ants"),
        ("1:00 - 2:30 Bees", "2:30 - 4:00 Wasps", "5:00 - 6:00 Ants"),
    ],
)
def test_a_half_that_nothing_tells_is_refused(lines: tuple[str, ...]) -> None:
    """A clock that can be day or night, by what stands before it, is no hour to be stored."""
    with pytest.raises(ReadError, match=r"which can be (night or day|the evening or the morning)"):
        starts(*lines)


def test_an_afternoon_on_a_clock_of_twelve_hours() -> None:
    """Where the page goes from 12:00 to 1:00, a day that begins at 1:00 begins in the afternoon."""
    assert starts(
        "11:00 - 12:00 Bees", "12:00 - 1:00 Lunch", "1:00 - 2:00 Ants", "#Wednesday, May 15", "1:00 - 2:30 Flies"
    ) == [
        "14 11:00",
        "14 12:00",
        "14 13:00",
        "15 13:00",
    ]
    assert starts("9:00", "Bees", "11:30", "Wasps", "1:00", "Ants") == ["14 09:00", "14 11:30", "14 13:00"]


def test_nights_that_the_page_says() -> None:
    """A programme around the clock and an evening past midnight keep their hours."""
    assert starts("1:00 - 2:00 Bees", "13:00 - 14:00 Wasps", "#Track 2", "3:00 - 4:00 Ants") == [
        "14 01:00",
        "14 13:00",
        "14 03:00",
    ]
    assert starts("9:00 - 10:00 Bees", "21:00 - 23:00 Party", "1:00 - 2:00 Last drinks") == [
        "14 09:00",
        "14 21:00",
        "15 01:00",
    ]


HOURS = [
    "<p>Registration desk hours</p><ul><li>Tue. May 14 — 2:00–6:00 PM</li><li>Wed. May 15 — 7:30 AM–5:00 PM</li></ul>",
    "<p>The desk is open:</p><table><tr><th>Day</th><th>Time</th></tr><tr><td>May 15</td><td>8:00 - 9:00</td></tr></table>",
    "<h4>Opening hours</h4><dl><dt>Wednesday, May 15</dt><dd>10:00 - 18:00</dd><dt>Thursday, May 16</dt><dd>closed</dd></dl>",
    "<p>The museum is open Tuesday to Sunday, 10:00 - 18:00.</p>",
    "<table><tr><td>Monday to Friday</td><td>9am - 5pm</td></tr><tr><td>Weekend</td><td>10am - 4pm</td></tr></table>",
]


@pytest.mark.parametrize("hours", HOURS)
def test_opening_hours_are_no_talks(hours: str) -> None:
    """They are left out and named, wherever they stand, and the days and talks around them stay as they are."""
    talks = "<h2>{}</h2><p>9:00 - 10:00 Bees</p><p>13:00 - 14:00 Registration opens</p>"
    first, second = talks.format("Tuesday, May 14, 2024"), talks.format("Wednesday, May 15")
    page = DAY[: DAY.index("<h2>")] + hours + first + hours + second
    found = read([Part("icra-2024.html", page.encode())], Hints(now=datetime(2026, 11, 22, tzinfo=UTC)))
    assert [talk.start.strftime("%d %H") for talk in found.conference.talks if talk.start] == [
        "14 09",
        "14 13",
        "15 09",
        "15 13",
    ]
    assert len(found.conference.talks) == 4
    assert any("when something is open, and were left out" in warning for warning in found.warnings)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("9:00 - 10:00", "Why the hive is open:", "10:00 - 11:00", "Ants", "13:00 - 14:00", "Flies"), "14 09|14 10|14 13"),
        (("9:00 - 10:00", "Why the hive is open", "10:00 - 11:00", "Ants", "13:00 - 14:00", "Flies"), "14 09|14 10|14 13"),
        (("13:00 Bees", "18:00 The hive is open", "Wednesday, May 15, 2024", "9:00 Ants"), "14 13|14 18|15 09"),
        (("13:00 Bees", "Museum hours", "Wednesday, May 15, 2024", "9:00 Ants"), "14 13|15 09"),
        (("9:00 - 10:00", "Opening hours", "13:00 - 14:00", "Ants"), "14 09|14 13"),
        (("9:00 The hive is open every day", "13:00 Daily bees", "14:00 Ants"), "14 09|14 13|14 14"),
    ],
)
def test_talks_of_what_is_open_stay(lines: tuple[str, ...], expected: str) -> None:
    """A title right below its time or behind it is one whatever it says, and the day below it keeps its talks."""
    assert [at[:5] for at in starts(*lines)] == expected.split("|")


def test_an_afternoon_that_other_words_tell() -> None:
    """A heading of the afternoon, or another day that goes from its morning to 2:00, tells in which half a day begins."""
    assert starts("#Afternoon", "1:00 Bees", "1:30 Wasps", "6:00 Dinner") == ["14 13:00", "14 13:30", "14 18:00"]
    lines = ("9:00-10:30 Bees", "2:00-3:30 Wasps", "4:00-5:30 Flies", "#Wednesday, May 15", "2:00-3:30 Ants")
    assert starts(*lines) == ["14 09:00", "14 14:00", "14 16:00", "15 14:00"]


DEADLINES = [
    "- Submission deadline: January 15, 2024, 23:59 AoE\n- Paper submission: Jan 20, 2024 11:59 PM PST\n",
    "Deadline for submissions: Jan 20, 11:59 PM PST\nJanuary 30, 2024, 17:00 EST: Author notification\n",
    "| What | When |\n|---|---|\n| Submission deadline | January 15, 23:59 PST |\n| Camera-ready | March 1, 12:00 PST |\n\n",
    "Abstracts due (extended): 15 January 2024, 5 pm PST\n",
    "Early-bird registration deadline: 15 January 2024, 5 pm PST\nFirst round notification: 3 March 2024, 5 pm PST\n",
    "Video upload: 15 January 2024, 23:59 AoE\n",
]


@pytest.mark.parametrize("deadlines", DEADLINES)
def test_deadlines_are_no_talks_and_say_no_zone(deadlines: str) -> None:
    """What is to be sent until when is no event, and its day and the letters of its clock are not the programme's."""
    page = f"# Hive 2024\n\n{deadlines}\n{{}}9:00 - 9:30 Bees\n9:30 - 10:00 Submission systems\n14:00 - 15:00 Ants\n"
    hints = Hints(now=datetime(2026, 11, 22, tzinfo=UTC), name="Hive 2024")
    parts = [Part("hive.md", page.format("## Monday, 3 June 2024\n\n").encode())]
    with pytest.raises(MissingFactsError, match="time zone"):
        read(parts, hints)
    found = read(parts, hints._replace(zone="Asia/Tokyo")).conference.talks
    assert [(talk.title, talk.start and talk.start.isoformat()) for talk in found] == [
        ("Bees", "2024-06-03T00:00:00+00:00"),
        ("Submission systems", "2024-06-03T00:30:00+00:00"),
        ("Ants", "2024-06-03T05:00:00+00:00"),
    ]
    with pytest.raises(ReadError, match="days cannot be told"):
        read([Part("hive.md", page.format("").encode())], hints._replace(zone="Asia/Tokyo"))


def test_talks_that_are_titled_like_deadlines_stay_and_a_deadline_left_out_is_named() -> None:
    """What has an end, or a title of other words, is no deadline, nor is an hour of the day anywhere on Earth."""
    hints = Hints(now=datetime(2026, 11, 22, tzinfo=UTC), name="Hive 2024", zone="Asia/Tokyo")
    rows = [("9:00 - 9:30", "Web Push Notifications"), ("10:00", "Meeting Deadlines"), ("11:00 - 12:00", "Paper submission")]
    table = "| Date | Time | Title |\n|---|---|---|\n" + "".join(f"| 3 June 2024 | {at} | {title} |\n" for at, title in rows)
    table += "| 3 June 2024 | 13:00 | Bees |\n"
    lines = "".join(f"3 June 2024, {at} {title}\n" for at, title in rows) + "3 June 2024, 13:00 Bees\n"
    for text in (table, lines):
        found = read([Part("hive.md", f"# Hive 2024\n\n{text}".encode())], hints)
        assert [talk.title for talk in found.conference.talks] == [*(title for _, title in rows), "Bees"]
    earth = "3 June 2024, 10:00 - 11:00 AoE Bees\n3 June 2024, 14:00 AoE Ants\n3 June 2024, 23:59 AoE Video upload\n"
    found = read([Part("hive.md", f"# Hive 2024\n\n{earth}".encode())], hints)
    starts = [(talk.title, talk.start and talk.start.isoformat()) for talk in found.conference.talks]
    assert starts == [("Bees", "2024-06-03T22:00:00+00:00"), ("Ants", "2024-06-04T02:00:00+00:00")]
    assert any("23:59 AoE Video upload” tell when something is due" in one for one in found.warnings)


def test_letters_of_both_halves_of_a_year_say_nothing_of_an_hour_that_comes_twice() -> None:
    """Below ``All times PST/PDT`` 1:30 a.m. of 1 November 2026 is the first of the two, 8:30 in UTC, and the page says so."""
    page = "# ICRA 2026\n\nAll times PST/PDT\n\n## Sunday, November 1, 2026\n\n12:30 a.m. Bees\n1:30 a.m. Ants\n"
    found = read([Part("icra-2026.md", page.encode())], Hints(now=datetime(2026, 11, 22, tzinfo=UTC)))
    assert [talk.start for talk in found.conference.talks] == [datetime(2026, 11, 1, hour, 30, tzinfo=UTC) for hour in (7, 8)]
    assert len(found.warnings) == 1
    assert "comes twice in America/Los_Angeles" in found.warnings[0]


def test_titles_glued_to_the_halves_of_their_clocks() -> None:
    """Where each clock has its half, titles copied without a blank lose no letter to it; elsewhere AMD is a name."""
    day = "# ICRA 2024\nTime zone: UTC\n\n## Tuesday, May 14\n\n"

    def found(lines: str) -> list[tuple[str, str]]:
        talks = read(
            [Part("icra-2024.md", (day + lines).encode())], Hints(now=datetime(2026, 11, 22, tzinfo=UTC))
        ).conference.talks
        return [(f"{talk.start:%H:%M}", talk.title) for talk in talks]

    assert found("11:30 AMBees\n\n12:05 PMAI for Ants\n\n01:30 PMPMI and Wasps\n\n05:00 PM Wine\n") == [
        ("11:30", "Bees"),
        ("12:05", "AI for Ants"),
        ("13:30", "PMI and Wasps"),
        ("17:00", "Wine"),
    ]
    assert found("9:00 AMD Keynote\n\n10:00 AMD Demo\n\n11:00 AMD Panel\n\n14:00 Wine\n")[0] == ("09:00", "AMD Keynote")


def test_a_dot_before_a_whole_hour_with_its_half() -> None:
    """``3.15 - 5pm`` among dotted clocks is a quarter past three in the afternoon."""
    assert starts("9.30 - 10.15 Bees", "10.45 - 12.15 Wasps", "1.15 - 2.45 Ants", "3.15 - 5pm Flies") == [
        "14 09:30",
        "14 10:45",
        "14 13:15",
        "14 15:15",
    ]
