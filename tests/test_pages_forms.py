"""Clocks and dates that only the other lines of a page make clear, and lines that would be lost without a word."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from planner.errors import MissingFactsError, ReadError
from planner.readers import Hints, Part, read

BERLIN = ZoneInfo("Europe/Berlin")
DAY = "Tuesday 14 May 2024\n"


def told(text: str, name: str = "page.txt") -> list[str]:
    """Day, start, end and title of each talk of a page of Berlin."""
    hints = Hints(now=datetime(2026, 11, 22, tzinfo=UTC), name="Hive", zone="Europe/Berlin")
    talks = read([Part(name, text.encode())], hints).conference.talks
    return [
        " ".join(
            (*(f"{at.astimezone(BERLIN):{form}}" if at else "?" for at, form in _clocks(talk.start, talk.end)), talk.title)
        )
        for talk in talks
    ]


def _clocks(start: datetime | None, end: datetime | None) -> list[tuple[datetime | None, str]]:
    return [(start, "%d %H:%M"), (end, "%H:%M")]


def warnings(text: str) -> tuple[str, ...]:
    """What an import of such a page is told."""
    hints = Hints(now=datetime(2026, 11, 22, tzinfo=UTC), name="Hive", zone="Europe/Berlin")
    return read([Part("page.txt", text.encode())], hints).warnings


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("9-10:30 Bees\n10:30-11 Break\n11-12:30 Wasps\n14-15:30 Ants\n", "09:00 10:30|10:30 11:00|11:00 12:30|14:00 15:30"),
        ("11:30-12:15 Bees\nnoon-1 Lunch\n2-3:30 Ants\n4-5 Moths\n", "11:30 12:15|12:00 13:00|14:00 15:30|16:00 17:00"),
        ("8.30 Bees\n9.00 Wasps\n10.15 Ants\n14.00 Moths\n", "08:30 ?|09:00 ?|10:15 ?|14:00 ?"),
        ("8h30 Bees\n9h-10h30 Wasps\n14h Ants\n15h Moths\n", "08:30 ?|09:00 10:30|14:00 ?|15:00 ?"),
        ("0900-0930: Bees\n1300-1400: Wasps\n14:30 bis 15:00 Uhr: Ants\n", "09:00 09:30|13:00 14:00|14:30 15:00"),
        ("0900-0930 Bees\n1300-1400 Wasps\n1400 Ants\n1530 Moths\n", "09:00 09:30|13:00 14:00|14:00 ?|15:30 ?"),
        ("0900hrs Bees\n1300 hrs - 1400 hrs Wasps\n1500hrs Ants\n", "09:00 ?|13:00 14:00|15:00 ?"),
        ("0900-0930 Bees\n1300-1400 Wasps\n1915-1930 Ants\n", "09:00 09:30|13:00 14:00|19:15 19:30"),
        ("09H00-10H15: Bees\n10H15-11H00: Wasps\n14H00 : Ants\n", "09:00 10:15|10:15 11:00|14:00 ?"),
        ("9:00 (30 min) Bees\n13:00 [1 hour] Wasps\n14:00 Ants\n15:00 Moths\n", "09:00 09:30|13:00 14:00|14:00 ?|15:00 ?"),
        ("09:00 Uhr Bees\n10:00 - 11:00 Uhr Wasps\n12:00 hrs Ants\n13:00h Moths\n", "09:00 ?|10:00 11:00|12:00 ?|13:00 ?"),
    ],
)
def test_clocks_of_a_programme(lines: str, expected: str) -> None:
    """Whole hours, dots, hours with a letter, four figures and lengths are clocks where the page's other lines are."""
    titles = [line.split()[-1] for line in lines.splitlines()]
    assert told(DAY + lines) == [f"14 {one} {title}" for one, title in zip(expected.split("|"), titles, strict=True)]


def test_a_title_that_begins_with_a_date_is_no_day() -> None:
    """Below its time, or as the one among others with their times below, ``May 4: Looking Back`` is a title."""
    assert told(f"{DAY}9:00\nMay 4: Looking Back\n\n10:00\nWasps\n") == ["14 09:00 ? May 4: Looking Back", "14 10:00 ? Wasps"]
    below = "".join(
        f"{name}\nAda Lovelace\n{hour}:00\n\n" for hour, name in enumerate(("Bees", "May 4: Looking Back", "Ants"), 9)
    )
    assert told(f"{DAY}\n{below}") == ["14 09:00 ? Bees", "14 10:00 ? May 4: Looking Back", "14 11:00 ? Ants"]


def test_a_time_below_no_title_among_many_is_refused() -> None:
    """Where the others stand below their titles, one that stands below none would take the next talk's."""
    cards = "".join(f"### Bees {hour}\n{hour}:00\nAda Lovelace\n" for hour in range(9, 15))
    with pytest.raises(ReadError, match="“15:00” stands below no title"):
        told(f"# Hive\n## {DAY}{cards}## Wednesday 15 May 2024\n15:00\nGrace Hopper\n", "page.md")


def test_times_above_headings_stay_there() -> None:
    """A heading over the whole programme makes no time that of the heading above it."""
    page = f"# Hive, {DAY}\n## Programme\n\n9:00\n\n### Bees\n\n10:00\n\n### Wasps\n\n14:00\n\n### Ants\n"
    assert told(page, "page.md") == ["14 09:00 ? Bees", "14 10:00 ? Wasps", "14 14:00 ? Ants"]


@pytest.mark.parametrize(
    "lines",
    [
        "9:00 (30 min)\nBees\n\n10:00 (45')\nWasps\n\n14:00 (1 h)\nAnts\n",
        "| Time | Talk |\n|---|---|\n| 9:00 (30 min) | Bees |\n| 10:00 (45’) | Wasps |\n| 14:00 [1 hour] | Ants |\n",
    ],
)
def test_a_length_alone_beside_its_time(lines: str) -> None:
    """A length in brackets behind a time is no title, wherever the title stands."""
    assert told(DAY + lines) == ["14 09:00 09:30 Bees", "14 10:00 10:45 Wasps", "14 14:00 15:00 Ants"]


def test_starts_in_brackets_hold_no_talks() -> None:
    """Of ``[9:15] Title`` line by line the first is a talk like the others, not their session."""
    assert told(f"{DAY}[9:15] Bees\n[10:15] Wasps\n[14:00] Ants\n") == [
        "14 09:15 ? Bees",
        "14 10:15 ? Wasps",
        "14 14:00 ? Ants",
    ]


def test_two_years_are_no_clocks() -> None:
    """On a page without clocks of four figures ``1945-2015`` stays text."""
    assert told(f"{DAY}10:00 Bees\n1945-2015, a history\n11:00 Wasps\n12:00 Ants\n") == [
        "14 10:00 ? Bees",
        "14 11:00 ? Wasps",
        "14 12:00 ? Ants",
    ]


BELOW = [
    "Bees\nAda Lovelace\n{0}\n\nWasps\nAlan Turing\n{1}\n\nAnts\nGrace Hopper\n{2}\n",
    "Bees\n{0}\nAda Lovelace\n\nWasps\n{1}\nAlan Turing\n\nAnts\n{2}\nGrace Hopper\n",
    "### Bees\n**Time:** {0}\nAda Lovelace\n### Wasps\nTime: {1}\nAlan Turing\n### Ants\nTime: {2}\nGrace Hopper\n",
    "### Bees\n\nAda Lovelace\n\n{0}\n\n### Wasps\n\nAlan Turing\n\n{1}\n\n### Ants\n\nGrace Hopper\n\n{2}\n",
    "{0}\nBees\nAda Lovelace\n\n{1}\nWasps\nAlan Turing\n\n{2}\nAnts\nGrace Hopper\n",
    "{0}\n\nBees\n\nAda Lovelace\n\n{1}\n\nWasps\n\nAlan Turing\n\n{2}\n\nAnts\n\nGrace Hopper\n",
]


@pytest.mark.parametrize(
    "clocks", [("9:00", "9:45", "14:15"), ("9:00 - 9:30", "9:45 - 10:15", "14:15 - 15:00"), ("9.00", "9.45", "14.15")]
)
@pytest.mark.parametrize(
    "head", ["Hive 2024\n\nTuesday 14 May 2024\n\n", f"{DAY}\nAll talks are in the garden.\n\n", "# Hive, 14 May 2024\n\n"]
)
@pytest.mark.parametrize("lines", BELOW)
def test_times_below_their_titles(lines: str, head: str, clocks: tuple[str, str, str]) -> None:
    """A time that closes a paragraph, or stands under a heading, is that of the title above it, not of the next one."""
    if "." in clocks[0] and head.startswith("#"):
        return  # without a day above it "9.00" may be a version
    hints = Hints(now=datetime(2026, 11, 22, tzinfo=UTC), name="Hive", zone="Europe/Berlin")
    talks = read([Part("page.md", (head + lines.format(*clocks)).encode())], hints).conference.talks
    found = [(talk.title, talk.start and f"{talk.start.astimezone(BERLIN):%H:%M}", talk.speakers) for talk in talks]
    assert found == [
        ("Bees", "09:00", ("Ada Lovelace",)),
        ("Wasps", "09:45", ("Alan Turing",)),
        ("Ants", "14:15", ("Grace Hopper",)),
    ]


def test_what_only_looks_like_such_a_clock() -> None:
    """A number before a title is no hour where no time stands there."""
    text = f"{DAY}10:00 - 11:00 Bees\n2-30 Ways to count bees\n2020 Vision of bees\n1.10 Sections\n13:00 - 14:00 Wasps\n"
    assert told(text) == ["14 10:00 11:00 Bees", "14 13:00 14:00 Wasps"]


@pytest.mark.parametrize("days", [("12/05/2025", "13/05/2025"), ("05/12/2025", "05/13/2025"), ("11/05/2025", "12/05/2025")])
def test_days_in_figures_are_read_in_the_order_in_which_they_are_days_of_one_conference(days: tuple[str, str]) -> None:
    """Another date with a 13 in it, or their being next to each other, tells day from month."""
    found = told(f"{days[0]}\n9:00 - 10:00 Bees\n13:00 - 14:00 Wasps\n{days[1]}\n9:00 - 10:00 Ants\n")
    first = 11 if days[0].startswith("11") else 12
    assert found == [f"{first} 09:00 10:00 Bees", f"{first} 13:00 14:00 Wasps", f"{first + 1} 09:00 10:00 Ants"]


def test_a_day_that_can_be_two_is_refused() -> None:
    """Nothing tells whether it is in May or in December: it is not guessed."""
    with pytest.raises(ReadError, match="“12/05/2025” can be two days; write its month in letters"):
        told("Wednesday\n12/05/2025\n9:00 - 10:00 Bees\n13:00 - 14:00 Wasps\n15:00 - 16:00 Ants\n")


def test_days_above_each_other_are_refused() -> None:
    """A row of tabs, saved as text, leaves the last of its days above all times: none of them is taken."""
    with pytest.raises(ReadError, match="3 days stand above each other, the last in line 3, “Thursday 16 May 2024”"):
        told("Tuesday 14 May 2024\nWednesday 15 May 2024\nThursday 16 May 2024\n9:00-10:00 Bees\n13:00-14:00 Wasps\n")


def test_a_line_that_begins_like_a_time_is_not_lost_without_a_word() -> None:
    """What is taken for the text of the talk above it is named."""
    assert warnings(f"{DAY}9:00 - 10:00 Bees\n11:00 is when it ends\n13:00 - 14:00 Wasps\n") == (
        "line 3: “11:00 is when it ends” begins like a time and was taken for text; look whether it is a talk.",
    )


def test_an_end_that_is_a_slip_is_said() -> None:
    """The end is on the next day, as everywhere, but nothing lasts for 23 hours."""
    assert warnings(f"{DAY}9:00 - 10:00 Bees\n17:30 - 17:00 Prizes\n") == (
        "line 3: 17:30 to 17:00 is read as lasting until the next day; check it.",
    )


def test_what_is_struck_out_is_not_there() -> None:
    """Neither in HTML nor in Markdown is a time that was struck out taken for the new one."""
    expected = ["14 10:00 10:30 Bees", "14 13:00 14:00 Ants"]
    assert told("## Tuesday 14 May 2024\n- ~~9:00-9:30~~ 10:00-10:30 Bees\n- 13:00-14:00 ~~Wasps~~ Ants\n") == expected
    html = "<p><del>9:00-9:30</del> 10:00-10:30 Bees</p><p>13:00-14:00 <s>Wasps</s> Ants</p>"
    assert told(f"<html><body><h2>Tuesday 14 May 2024</h2>{html}</body></html>", "page.html") == expected


def test_times_with_their_date_in_an_attribute() -> None:
    """``<time datetime>`` tells the day that the text leaves out; where its clock is not the text's, the text counts."""
    one = '<div><time datetime="2024-05-{}T{}:00+02:00">{}</time> <span>{}</span></div>'
    page = (
        one.format(14, "10:00", "10:00", "Bees")
        + one.format(14, "13:00", "1:00", "Wasps")
        + one.format(15, "09:00", "9:00", "Ants")
    )
    assert told(f"<html><body>{page}</body></html>", "page.html") == ["14 10:00 ? Bees", "14 13:00 ? Wasps", "15 09:00 ? Ants"]
    stale = one.format(14, "10:00", "11:00", "Bees") + one.format(14, "10:00", "13:00", "Wasps")
    head = "<html><body><h2>Wednesday 15 May 2024</h2>"
    assert told(f"{head}{stale}</body></html>", "page.html") == ["15 11:00 ? Bees", "15 13:00 ? Wasps"]


def test_the_year_of_the_copyright_counts_only_where_the_weekdays_fit_it() -> None:
    """14 May is a Tuesday in 2019 and 2024, and no Tuesday in 2023."""
    page = "<html><body><h2>Tuesday 14 May</h2><p>10:00-10:30 Bees</p><p>13:00-14:00 Wasps</p><footer>© 2018-{} Hive</footer>"
    assert told(page.format(2024), "page.html") == ["14 10:00 10:30 Bees", "14 13:00 14:00 Wasps"]
    with pytest.raises(ReadError, match=r"does not say its year \(2019 and 2024 fit\)"):
        told(page.format(2023), "page.html")


@pytest.mark.parametrize(
    ("head", "start"),
    [("Time (Eastern Time)", "15:00"), ("Time (UTC+9)", "02:00"), ("Time (Tokyo time)", "02:00"), ("Time", "09:00")],
)
def test_the_zone_in_the_head_of_a_column(head: str, start: str) -> None:
    """The zone of the column counts before the conference's, however it is written."""
    text = f"## Tuesday 14 May 2024\n| {head} | Title |\n|---|---|\n| 9:00 | Bees |\n| 13:00 | Wasps |\n"
    assert told(text, "page.md")[0] == f"14 {start} ? Bees"


@pytest.mark.parametrize(
    "lines",
    [
        "09:00\n→\n09:10\nBees\n13:30 → 14:00\nWasps\n",
        "09:00\n→ 09:10\nBees\n13:30\n→ 14:00\nWasps\n",
        "| 9:00 am - |\n9:10 am |\nBees |\n| 1:30 pm - |\n2:00 pm |\nWasps |\n",
        "09:00 → 09:10 Bees\n13:30 → 14:00 Wasps\n",
    ],
)
def test_a_range_broken_at_its_dash(lines: str) -> None:
    """An arrow is a dash, and an end on a line of its own is no start of the talk below it."""
    found = [one.rstrip(" |") for one in told(DAY + lines)]
    assert found == ["14 09:00 09:10 Bees", "14 13:30 14:00 Wasps"]


def test_lengths_rooms_and_ranges_around_a_title() -> None:
    """Under the time of a slot a length is its end, a room stands above its title, and a range below it is its own."""
    text = f"{DAY}9:00\n30min\nBees at scale\n13:00\nRoom 1\nWasps at noon\n13:00 - 13:45\n15:00\nAnts on the march\n"
    hints = Hints(now=datetime(2026, 11, 22, tzinfo=UTC), name="Hive", zone="Europe/Berlin")
    talks = read([Part("page.txt", text.encode())], hints).conference.talks
    assert [talk.slot.room for talk in talks] == [None, "Room 1", None]
    assert told(text) == ["14 09:00 09:30 Bees at scale", "14 13:00 13:45 Wasps at noon", "14 15:00 ? Ants on the march"]


def test_when_a_page_was_written_is_no_talk() -> None:
    """The date on which it was last changed stands in the head of many pages."""
    text = f"Updated 2024-05-13 10:20 CET\n{DAY}9:00 - 10:00 Bees\n13:00 - 14:00 Wasps\n"
    assert told(text) == ["14 09:00 10:00 Bees", "14 13:00 14:00 Wasps"]


def test_days_are_no_hours() -> None:
    """``14–15 May 2024`` in the head of a page is a run of days."""
    text = "Hive Meeting\n14–15 May 2024\nTue 14/05\n09:00 Bees\nWed 15/05\n09:00 Wasps\n"
    assert told(text) == ["14 09:00 ? Bees", "15 09:00 ? Wasps"]


def test_comments_that_never_end_are_read_in_no_time() -> None:
    """A hundred thousand beginnings of a comment cost one look, and the talks above them are there."""
    assert told(f"{DAY}9:00 - 10:00 Bees\n13:00 - 14:00 Wasps\n" + "<!--" * 100_000) == [
        "14 09:00 10:00 Bees",
        "14 13:00 14:00 Wasps",
    ]


def test_a_deadline_anywhere_on_earth_is_no_zone_of_the_talks() -> None:
    """Letters that stand on all lines that have some are the page's; ``AoE`` is only that of its own line."""
    assert told(f"{DAY}9:00 - 10:00 Bees\n13:00 - 14:00 Wasps\n23:59 AoE Papers are due\n") == [
        "14 09:00 10:00 Bees",
        "14 13:00 14:00 Wasps",
        "15 13:59 ? Papers are due",
    ]


@pytest.mark.parametrize("sign", ["", "### "])
def test_rooms_between_titles_and_their_times(sign: str) -> None:
    """Titles above their rooms and times keep them, whatever text is below the last."""
    talks = "\n".join(
        f"{sign}{title}\nMain Hall\n{time}\n" for title, time in (("Bees", "9:00 - 10:00"), ("Ants", "10:00 - 11:00"))
    )
    page = f"# Hive\n\n{DAY}\n{talks}\nAll talks are in English this time\n"
    assert told(page, "page.md") == ["14 09:00 10:00 Bees", "14 10:00 11:00 Ants"]


def test_rooms_and_times_whose_titles_can_be_above_or_below() -> None:
    """Where nothing but the order tells, the page is refused: an hour could be another talk's."""
    page = f"{DAY}\nBees\n\nMain Hall\n\n9:00 - 10:00\n\nAnts\n\nMain Hall\n\n10:00 - 11:00\n\nAll are in English\n"
    with pytest.raises(ReadError, match="“Main Hall” stands above a time"):
        told(page)


CARDS = "<html><body><h2>Tuesday 14 May 2024</h2>{}</body></html>"


def cards(form: str) -> list[tuple[str, str | None, tuple[str, ...]]]:
    """Start and title, room and speakers of two talks on cards, whose lines a form says."""
    one = "".join(f"<p>{line}</p>" if "<" not in line else line for line in form.split("|"))
    talks = "".join(
        f"<div>{one.format(title, name, time, room)}</div>"
        for title, name, time, room in (
            ("Bees", "Ann Lee", "9:00 - 10:00", "Hall A"),
            ("Ants", "Bo Chen", "10:00 - 11:00", "Room 12B"),
        )
    )
    hints = Hints(now=datetime(2026, 11, 22, tzinfo=UTC), name="Hive", zone="Europe/Berlin", year=2024)
    found = read([Part("page.html", CARDS.format(talks).encode())], hints).conference.talks
    return [
        (f"{talk.start.astimezone(BERLIN):%d %H:%M} {talk.title}", talk.slot.room, talk.speakers)
        for talk in found
        if talk.start
    ]


@pytest.mark.parametrize(
    "form",
    [
        "<h3>{0}</h3>|{1}|{2}, {3}|We talk of it.",
        "<h3>{0}</h3>|{1}|{2} @ {3}|We talk of it.",
        "<h3>{0}</h3>|{1}|Tuesday, May 14, {2}, {3}|We talk of it.",
        "<h3>{0}</h3>|{1}|Tuesday, May 14, {2} in {3}|We talk of it.",
        "{2} ({3})|<h3>{0}</h3>|{1}",
    ],
)
def test_places_behind_times(form: str) -> None:
    """A place behind the time is the room of the title above both, or below both where times are first; it is no title."""
    assert cards(form) == [("14 09:00 Bees", "Hall A", ("Ann Lee",)), ("14 10:00 Ants", "Room 12B", ("Bo Chen",))]


def test_titles_that_begin_like_places() -> None:
    """What stands behind a time with nothing between is its title, also where all on the page begin with a place's word."""
    lines = "9:00 - 10:00 Level Set Methods\nAnn Lee\n10:00 - 11:00 Stage Structured Models\nBo Chen\n"
    assert told(DAY + lines) == ["14 09:00 10:00 Level Set Methods", "14 10:00 11:00 Stage Structured Models"]


@pytest.mark.parametrize(
    ("above", "below"),
    [("# 2024", "# 2025"), ("## Author Information\n\nPosters are tall.", "## Related Events")],
)
def test_signs_in_titles_and_heads_that_are_no_markup(above: str, below: str) -> None:
    """A year alone is no board, what authors should know above the times no end of the page, and signs of code stay."""
    hints = Hints(now=datetime(2026, 11, 22, tzinfo=UTC), name="Hive", zone="Europe/Berlin")
    titles = ["A __dunder__ and a _bee_", "C --> Rust ->", "Python >>>", "Ants"]
    rows = "".join(f"| {at}:00 | {title} |\n" for at, title in enumerate(titles[:-1], 10))
    page = f"# Hive\n\n{above}\n\n## {DAY}\n{rows}\n{below}\n\n15:00 Ants\n"
    talks = read([Part("page.md", page.encode())], hints).conference.talks
    assert [(talk.title, talk.slot.board) for talk in talks] == [(title, None) for title in titles]


def test_a_room_alone_under_a_time_is_the_title() -> None:
    """``Town Hall`` is a meeting wherever it stands, ``Green Room`` where no other title follows; no talk is lost."""
    text = f"{DAY}9:00\nTown Hall\n10:00\nGreen Room\n11:00\nRoom 1\nBees\nRoom 2\nAnts\n13:00\nWasps\n"
    assert told(text) == [
        "14 09:00 ? Town Hall",
        "14 10:00 ? Green Room",
        "14 11:00 ? Bees",
        "14 11:00 ? Ants",
        "14 13:00 ? Wasps",
    ]


def test_a_first_day_above_a_title_about_deadlines() -> None:
    """A heading below the head of a day is a session's; only text there can be news of a deadline."""
    text = "### May 14, 2024\n### Deadline-aware scheduling\n9:00 - 10:00 Bees\n### May 15, 2024\n9:00 - 10:00 Ants\n"
    assert told(text, "page.md") == ["14 09:00 10:00 Bees", "15 09:00 10:00 Ants"]


def test_an_attribute_in_utc_gives_no_zone() -> None:
    """``09:00Z`` beside ``9:00`` is what programs write that know no zone; letters in the text are the time's."""
    one = '<p><time datetime="2024-05-14T{0}:00Z">{0}{1}</time> {2}</p>'
    page = one.format("09:00", "", "Bees") + one.format("10:00", " UTC", "Ants") + one.format("13:00", " CEST", "Wasps")
    assert told(f"<html><body>{page}</body></html>", "page.html") == [
        "14 09:00 ? Bees",
        "14 12:00 ? Ants",
        "14 13:00 ? Wasps",
    ]


def test_a_lunch_at_twelve_in_the_morning_is_at_noon() -> None:
    """The slip is frequent: what ends in the early afternoon began at noon, and the page's reader is told."""
    text = f"{DAY}9:00 AM - 9:30 AM Bees\n12:00 AM - 1:00 PM Lunch\n1:00 PM - 2:00 PM Ants\n"
    assert told(text) == ["14 09:00 09:30 Bees", "14 12:00 13:00 Lunch", "14 13:00 14:00 Ants"]
    assert warnings(text) == ("line 3: A start of 12 a.m. before an end in the afternoon is read as noon; check it.",)
    with pytest.raises(ReadError, match="can be night or day"):
        told(f"{DAY}9:00 AM Bees\n12:00 AM Lunch\n1:00 PM Ants\n")


def test_days_with_their_dates_in_brackets() -> None:
    """``Freitag (22. November 2024)`` begins a day as ``Friday (22 November 2024)`` does."""
    for first in ("Freitag (22. November 2024)", "Friday (22 November 2024)"):
        assert told(f"## {first}\n- 9:00 Bees\n- 13:00 Ants\n", "page.md") == ["22 09:00 ? Bees", "22 13:00 ? Ants"]


def test_names_above_titles_with_abstracts() -> None:
    """EasyChair writes the names above the title, and the chair below the word for it."""
    text = f"{DAY}9:00-10:00 Session 1\nCHAIR:\nAda Moss\n"
    text += "9:00\nAnn Lee and Bo Chen\nBees (abstract)\n9:30\nCy Dee\nAnts (abstract)\n"
    hints = Hints(now=datetime(2026, 11, 22, tzinfo=UTC), name="Hive", zone="Europe/Berlin")
    found = read([Part("page.txt", text.encode())], hints).conference.talks
    assert [(talk.title, talk.speakers) for talk in found] == [
        ("Session 1", ("Ada Moss",)),
        ("Bees", ("Ann Lee", "Bo Chen")),
        ("Ants", ("Cy Dee",)),
    ]


def test_two_talks_below_one_time() -> None:
    """Each range below a title is that title's, and the room below it, too."""
    text = f"{DAY}9:00\nBees\n9:00 - 9:30\nRoom 2\nAnts\n9:00 - 9:45\nRoom 3\n10:00\nWasps\n10:00 - 11:00\nRoom 2\n"
    assert told(text) == ["14 09:00 09:30 Bees", "14 09:00 09:45 Ants", "14 10:00 11:00 Wasps"]


@pytest.mark.parametrize(
    "head",
    [
        "# Programme (EDT)",
        "# Hive, Asia/Tokyo",
        "Hive, 14-15 May 2024 (JST)",
        "Times: Asia/Tokyo",
        "The programme in Japan Standard Time is shown below:",
    ],
)
def test_zones_in_the_head_of_a_page(head: str) -> None:
    """A zone at the end of a heading or of the line with the days, or in words, is that of the times below."""
    hints = Hints(now=datetime(2026, 11, 22, tzinfo=UTC), name="Hive")
    reading = read([Part("page.md", f"{head}\n\n{DAY}9:00 Bees\n13:00 Ants\n".encode())], hints)
    assert reading.conference.zone == ("America/New_York" if "EDT" in head else "Asia/Tokyo")


@pytest.mark.parametrize(
    "head",
    [
        "# Optimizing the ROC",
        "# Minimum Spanning Trees (MST)",
        "# Learning in Real Time",
        "Programme, 14 May 2024, European School of Theory (EST)",
        "All deadlines are in Pacific Time.",
        "Submissions close on 1 May 2024, in Eastern Time.",
    ],
)
def test_words_that_are_no_zone(head: str) -> None:
    """Letters of a field or a school, and the zone of a deadline, are none of the talks: it is asked for."""
    with pytest.raises(MissingFactsError, match="time zone"):
        read(
            [Part("page.md", f"{head}\n\n{DAY}9:00 Bees\n".encode())],
            Hints(now=datetime(2026, 11, 22, tzinfo=UTC), name="Hive"),
        )


@pytest.mark.parametrize("letters", ["EST", "EDT"])
def test_letters_in_the_head_are_no_fixed_zone(letters: str) -> None:
    """The database has a zone ``EST`` that is an hour off in May; where the wall clock is another the reader is told."""
    hints = Hints(now=datetime(2026, 11, 22, tzinfo=UTC), name="Hive")
    reading = read([Part("page.md", f"# Hive\nMay 14, 2024, Atlanta ({letters})\n\n{DAY}9:00 Bees\n".encode())], hints)
    assert reading.conference.talks[0].start == datetime(2024, 5, 14, 13, tzinfo=UTC)
    assert any("The page says EST" in said for said in reading.warnings) is (letters == "EST")


@pytest.mark.parametrize("day", ["## Do, 23.10.2025", "Thurs 23rd October 2025", "## Do., 23.10.2025"])
def test_short_weekdays_before_dates(day: str) -> None:
    """German ones stand before a date in figures; ``Weds`` is as good as ``Wed``."""
    other = "Weds 22nd October 2025"
    assert told(f"{other}\n9:00 Bees\n13:00 Wasps\n{day}\n9:00 Ants\n", "page.md") == [
        "22 09:00 ? Bees",
        "22 13:00 ? Wasps",
        "23 09:00 ? Ants",
    ]


def test_a_heading_ends_the_time_above_it() -> None:
    """What stands below the next section without a time has none, nor its board: it is left out, and that is said."""
    link = "https://neurips.cc/Conferences/2019/Schedule?event="
    page = f"## Talks\n\n16:30 : Hall A\\\n[Moths]({link}3)\n\n17:30 : Hall A\\\n[Bees]({link}1)\n\n"
    page += f"## Demos\n\nHall B #8\\\n[Ants]({link}2)\n"
    hints = Hints(now=datetime(2026, 11, 22, tzinfo=UTC), name="Hive", zone="Europe/Berlin")
    reading = read([Part("page.md", f"# {DAY}\n{page}".encode())], hints)
    talks = reading.conference.talks
    assert [(talk.title, talk.slot.board, f"{talk.start:%H:%M}") for talk in talks] == [
        ("Moths", None, "14:30"),
        ("Bees", None, "15:30"),
    ]
    assert any("“Ants” stands below a heading without a time" in said for said in reading.warnings)


def test_orals_without_their_times_do_not_last_the_whole_session() -> None:
    """A calendar lists posters below the span of all; orals there begin one after the other, and one alone is no hour long."""
    page = "10 a.m.\n\n{kind} Session 1 [10:00-11:00]\n\n{kind}s 10:00-11:00\n\n"
    page += "Bees Dance\n\nAnn Lee, Bo Chen\n\n(ends 11:00 AM)\n"
    assert told(f"{DAY}\n{page.format(kind='Oral')}") == ["14 10:00 11:00 Oral Session 1"]
    assert told(f"{DAY}\n{page.format(kind='Poster')}") == ["14 10:00 11:00 Bees Dance"]
