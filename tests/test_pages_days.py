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


PAGE = "<html><head><title>{title}</title></head><body><p>Time zone: UTC</p>{body}</body></html>"
TIMES = "<p>9:00 - 10:00 Bees</p><p>13:00 - 14:00 Wasps</p>"


def days(title: str, body: str) -> list[str]:
    """The days and hours of a page, in UTC, which is its zone."""
    page = PAGE.format(title=title, body=body)
    understood = read([Part("icra-2024.html", page.encode())], Hints(now=datetime(2026, 11, 22, tzinfo=UTC)))
    return [talk.start.strftime("%d %H") if talk.start else "-" for talk in understood.conference.talks]


@pytest.mark.parametrize(
    "second",
    ["Mercoledì, 15.05.2024", "Mittwoch, 15.05.2024", "Quarta-feira (15/05)", "Day 2 | |", "Date: Wednesday, 15/May/2024"],
)
def test_days_as_other_languages_and_programs_write_them(second: str) -> None:
    """No day of such a page lands on the one before it."""
    first = "Dienstag, 14.05.2024" if "|" not in second else "Day 1: May 14, 2024"
    both = days("ICRA 2024", f"<h3>{first}</h3>{TIMES}<h3>{second}</h3>{TIMES}")
    assert both == ["14 09", "14 13", "15 09", "15 13"]


@pytest.mark.parametrize(
    "body", [f"<h2>May 14, 2024</h2>{TIMES}<p>Then on to May 15</p>{TIMES}", f"{TIMES}<p>Then on to May 15</p>{TIMES}"]
)
def test_another_day_that_is_no_head_refuses_the_page(body: str) -> None:
    """What stands below such a line belongs to no day before it, whether that stood above its times or in the page's head."""
    with pytest.raises(ReadError, match=r"cannot be read|whose days cannot be told"):
        days("ICRA 2024, May 14, 2024", body)


def test_a_date_in_a_text_begins_no_day() -> None:
    """A deadline and a sentence that name another day stand in the way of nothing."""
    text = "<p>Poster deadline: May 13</p><p>It goes back to a walk that he and she took in the hills on May 12.</p>"
    assert days("ICRA 2024", f"<h2>May 14, 2024</h2><p>9:00 - 10:00 Bees</p>{text}<p>13:00 - 14:00 Wasps</p>") == [
        "14 09",
        "14 13",
    ]


def test_times_that_are_rough_and_dotted_are_read() -> None:
    """``ca. 10.30`` is no text of the talk above it, where the page's times are dotted."""
    body = "<h2>May 14, 2024</h2><p>9.00 - 10.00 Bees</p><p>10.00 - 10.30 Ants</p><p>ca. 10.30 Break</p><p>12.30 Flies</p>"
    assert days("ICRA 2024", body) == ["14 09", "14 10", "14 10", "14 12"]


RUN = "<h1>May 14-15, 2024</h1>"
PANES = f'<div id="d1">{TIMES}</div><div id="d2">{TIMES}</div>'


def test_tabs_that_number_the_days() -> None:
    """What a tab ``Day 2`` shows is on the second of the days that the page's head names."""
    tabs = '<ul><li><a href="#d1">Day 1</a></li><li><a href="#d2">Day 2</a></li></ul>'
    assert days("ICRA 2024", RUN + tabs + PANES) == ["14 09", "14 13", "15 09", "15 13"]


@pytest.mark.parametrize(
    "tabs",
    [
        "<span>Day 1</span><br><span>Day 2</span>",
        "<div>May 14, 2024</div> <div>May 15, 2024</div>",
        '<button onclick="show(1)">May 14, 2024</button><button onclick="show(2)">May 15, 2024</button>',
    ],
)
def test_tabs_that_name_nothing_they_show_are_refused(tabs: str) -> None:
    """Days beside each other are no heads: none of them gets the times below."""
    with pytest.raises(ReadError, match=r"stands? where a day|days stand above each other|whose days cannot be told"):
        days("ICRA 2024", RUN + tabs + PANES)


def test_buttons_that_unfold_a_day() -> None:
    """The name of a day on a button above its own times is the head of that day; other buttons say nothing."""
    body = "".join(
        f"<button>{day}</button><div>{TIMES}<button>More</button></div>" for day in ("Day 1 - May 14, 2024", "May 15")
    )
    assert days("ICRA 2024", body) == ["14 09", "14 13", "15 09", "15 13"]


def test_cards_with_their_own_day_and_time() -> None:
    """A card with its title above its day and its time keeps all three, whatever stands behind them."""
    card = "<h3>{}</h3><p>Date: May {}, 2024</p><p>Time: {}:00 - 18:00</p><p>Speaker: Ann Lee</p>"
    page = PAGE.format(
        title="ICRA 2024", body=card.format("Bees", 14, 10) + card.format("Ants", 15, 16) + card.format("Flies", 16, 9)
    )
    found = read([Part("icra-2024.html", page.encode())], Hints(now=datetime(2026, 11, 22, tzinfo=UTC))).conference.talks
    assert [(talk.title, talk.start and talk.start.strftime("%d %H"), talk.speakers) for talk in found] == [
        ("Bees", "14 10", ("Ann Lee",)),
        ("Ants", "15 16", ("Ann Lee",)),
        ("Flies", "16 09", ("Ann Lee",)),
    ]


@pytest.mark.parametrize(
    "other",
    [
        "<p>April 20, 2024</p><p>Submission deadline</p><p>May 2, 2024</p><p>Notification of acceptance</p>",
        "<p>May 2, 2024: The call is out</p>",
        "<ul><li>May 2, 2024: The list of talks has been announced.</li></ul>",
    ],
)
def test_deadlines_and_news_begin_no_day(other: str) -> None:
    """The times below a list of deadlines or news are those of the day that the page's head names."""
    body = f"<p>May 14, 2024, Main Building</p><h2>Dates</h2>{other}<h2>Schedule</h2>{TIMES}<p>15:00 Tea</p>"
    assert days("ICRA Workshop", body) == ["14 09", "14 13", "14 15"]


def test_a_weekday_far_from_the_day_above_it_is_refused() -> None:
    """``Mon`` at the head of a table below ``Tue, 14 May`` is a slip, and not the Monday after."""
    body = "<tr><td>9:00</td><td>Bees</td></tr><tr><td>13:00</td><td>Ants</td></tr>"
    table = f"<table><tr><th>Time</th><th>Mon</th></tr>{body}</table>"
    with pytest.raises(ReadError, match="“Mon”, stands where a day or a time does and cannot be read"):
        days("ICRA 2024", f"<h2>Tue, 14 May 2024</h2>{table}")


@pytest.mark.parametrize("head", ["This day is all about bees", "Main conference (all day will be hybrid)", "A day of bees."])
@pytest.mark.parametrize("below", ["", "\nMorning session"])
def test_a_sentence_behind_the_date_of_a_later_day_begins_it(head: str, below: str) -> None:
    """A day whose head reads like news is a day: its times would be given to the one before."""
    assert starts("14 May 2024: Workshops", f"15 May 2024: {head}{below}") == TWO_DAYS


def test_a_sentence_behind_a_day_below_one_without_times() -> None:
    """News are older than the programme: a later day is the next one, though none of the first has a time."""
    page = "May 13, 2024\n\nRegistration in the hall\n\nMay 14, 2024: This day is all about bees"
    assert starts(f"{page}\n\nMorning", "15 May 2024") == TWO_DAYS


@pytest.mark.parametrize("below", ["Early bird breakfast", "Submission award ceremony", "A call for bees"])
def test_what_is_no_deadline_below_the_first_day(below: str) -> None:
    """Breakfasts and awards stand below days of a programme."""
    assert starts(f"14 May 2024\n\n{below}\n", "15 May 2024") == TWO_DAYS


def test_a_day_that_begins_with_a_notice_is_no_part_of_the_one_before() -> None:
    """Below a day, the next one is a day whatever stands first in it: its times would be given to the wrong one."""
    page = "# Hive 2024\n\n## 3 June 2024\n\n9:00 Bees\n\n## 4 June 2024\n\nNotification: 20 February\n\n9:00 Wasps\n"
    hints = Hints(now=datetime(2026, 11, 22, tzinfo=UTC), name="Hive 2024", zone="UTC")
    talks = read([Part("hive.md", page.encode())], hints).conference.talks
    assert [(talk.title, talk.start and talk.start.day) for talk in talks] == [("Bees", 3), ("Wasps", 4)]


def test_a_day_in_the_brackets_behind_a_session_s_name_heads_it() -> None:
    """Both sessions' times are those of their own day: Tokyo's 9:00 is midnight in UTC."""
    assert starts("## Session A (Tuesday, 14 May 2024)", "## Session B (Wed 15 May)") == TWO_DAYS


def test_a_name_with_a_day_in_brackets_above_a_lone_time_is_no_day() -> None:
    """The name could be the title of the time below it, so nothing is guessed."""
    text = PROGRAMME.partition("{first}")[0] + "".join(
        f"## {name} ({day} May)\n\n{time}\n\nMain Hall\n\n"
        for name, day, time in (
            ("Posters", "Tue 14", "9:00 - 10:00"),
            ("Talks", "Wed 15", "9:00 - 10:00"),
            ("Wine", "Wed 15", "18:00"),
        )
    )
    with pytest.raises(ReadError, match="days cannot be told"):
        read([Part("icra-2024.md", text.encode())], Hints(now=datetime(2026, 11, 22, tzinfo=UTC)))


@pytest.mark.parametrize(
    ("head", "day"),
    [("07/08/2024 Monday", (8, 7)), ("07/08/2024 Wed", (7, 8)), ("07/08/2024 Friday", None), ("3.2 Sat solving", None)],
)
def test_a_weekday_behind_a_date_in_figures_tells_its_order(head: str, day: tuple[int, int] | None) -> None:
    """8 July 2024 is a Monday, 7 August a Wednesday; no Friday is either, and a section's number is no date."""
    found = day_head(Line(1, head, (), 2))
    assert (found.when and (found.when.day, found.when.month) if found else None) == day
