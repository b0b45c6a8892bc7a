"""Calendar pages: entries without talks below them, kinds that stand alone, and times that cannot be read."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from planner.errors import ReadError
from planner.readers import Hints, Part, read

if TYPE_CHECKING:
    from planner.model import Reading

HEAD = "Timezone: America/Vancouver\n\n"


def calendar(text: str) -> Reading:
    """Read a calendar of July 2025 in Vancouver, which is seven hours behind UTC then."""
    return read([Part("icml-2025.txt", (HEAD + text).encode())], Hints(now=datetime(2026, 11, 22, tzinfo=UTC)))


def rows(understood: Reading) -> list[tuple[str, str, str, str]]:
    """Title, kind, start and end of each talk, in UTC; ``-`` for none."""
    return [
        (talk.title, talk.kind, *(at.strftime("%d %H:%M") if at else "-" for at in (talk.start, talk.end)))
        for talk in understood.conference.talks
    ]


ENTRIES = """MON 14 JUL
7:30 a.m.
Registration Desk:
Registration
(ends 6:00 PM)
9:30 a.m.
Tutorial:
Training Networks in the Dark
(ends 12:00 PM)

WED 16 JUL

8:30 a.m.

Invited Talk:

What Machines Forget

Mira Solé

(ends 9:30 AM)

1 p.m.

Affinity Workshop:

Women in Slow Learning

(ends 2:30 PM)
"""


@pytest.mark.parametrize("blank", ["\n", "\n\n"])
def test_entries_without_talks_of_their_own_are_talks(blank: str) -> None:
    """Title, kind by the word above it, start from the slot's head and the end said, with empty lines between or none."""
    understood = calendar(re.sub(r"\n+", blank, ENTRIES))
    assert rows(understood) == [
        ("Registration", "break", "14 14:30", "15 01:00"),
        ("Training Networks in the Dark", "tutorial", "14 16:30", "14 19:00"),
        ("What Machines Forget", "keynote", "16 15:30", "16 16:30"),
        ("Women in Slow Learning", "workshop", "16 20:00", "16 21:30"),
    ]
    assert understood.conference.talks[2].speakers == ("Mira Solé",)
    assert (understood.scope, understood.warnings, understood.partial) == ("days", (), False)


def test_one_entry_makes_a_page() -> None:
    """A day, a time, a kind and a title are enough."""
    assert rows(calendar("WED 16 JUL\n8:30 a.m.\nInvited Talk:\nWhat Machines Forget\n")) == [
        ("What Machines Forget", "keynote", "16 15:30", "-")
    ]


def test_entries_of_one_slot_and_sessions_with_talks_stand_side_by_side() -> None:
    """Under one head come an entry, a session with its talks, and entries again, each with its own end."""
    understood = calendar("""WED 16 JUL
10 a.m.
Coffee Break:
(ends 10:15 AM)
Oral Session:
Oral 3A Reasoning [10:00-11:00]
[10:00] Thinking Backwards
[10:15] Chains
(ends 11:00 AM)
Social:
Runners
A run along the water.
(ends 11:30 AM)
Oral 3B Trees
[10:30] Leaves
(ends 11:00 AM)
""")
    assert rows(understood) == [
        ("Coffee Break", "break", "16 17:00", "16 17:15"),
        ("Thinking Backwards", "oral", "16 17:00", "-"),
        ("Chains", "oral", "16 17:15", "-"),
        ("Runners", "social", "16 17:00", "16 18:30"),
        ("Leaves", "oral", "16 17:30", "-"),
    ]
    assert [one.title for one in understood.conference.sessions] == ["Oral 3A Reasoning", "Oral 3B Trees"]
    assert understood.conference.talks[3].abstract == "A run along the water."


def test_a_talk_whose_time_cannot_be_read_has_none() -> None:
    """The line begins its own talk, without a slot; the talks around it keep their times; a warning names the line."""
    understood = calendar(
        "WED 16 JUL\n3 p.m.\nOral 3A [3:00-4:00]\n[3:00] One\nIts text.\n[33:15] Two\nMore text.\n[3:30] Three\n"
    )
    assert rows(understood) == [
        ("One", "oral", "16 22:00", "-"),
        ("Two", "oral", "-", "-"),
        ("Three", "oral", "16 22:30", "-"),
    ]
    assert [talk.abstract for talk in understood.conference.talks] == ["Its text.", "More text.", ""]
    assert understood.partial
    assert [warning.partition(" looks ")[0] for warning in understood.warnings] == ["line 8: “33:15”"]


def test_talks_below_an_event_whose_day_cannot_be_read_have_no_time() -> None:
    """Below ``Sat 33 July`` no clock says on which day or in which half of it a talk is."""
    understood = calendar(
        "Registration Wed 16 Jul 07:30 a.m.\nGraphs Workshop Sat 33 Jul 07:30 p.m.\n[7:40] One\nLunch Wed 16 Jul 12:00 p.m.\n"
    )
    assert rows(understood) == [
        ("Registration", "break", "16 14:30", "-"),
        ("One", "talk", "-", "-"),
        ("Lunch", "break", "16 19:00", "-"),
    ]
    assert [warning.partition(":")[0] for warning in understood.warnings] == ["line 4", "line 5"]


def test_a_row_whose_time_cannot_be_read_is_a_talk_without_one() -> None:
    """A table keeps the row with its title."""
    table = "## Monday, July 14, 2025\n| Time | Talk |\n|---|---|\n| 09:00 - 09:15 | Opening |\n| 29:15 - 09:30 | Lost |\n"
    assert rows(calendar(table)) == [("Opening", "talk", "14 16:00", "14 16:15"), ("Lost", "talk", "-", "-")]


@pytest.mark.parametrize("line", ["28:30 a.m.", "WED 36 JUL", "WED 16 JULL", "29 PM - 31 PM"])
def test_a_head_that_cannot_be_read_refuses_the_page(line: str) -> None:
    """On the head of a day or a slot hang all times below it, so none of them is guessed."""
    with pytest.raises(ReadError, match=f"Line 5, “{re.escape(line)}”, stands where a day or a time does"):
        calendar(f"TUE 15 JUL\n9 a.m.\n{line}\nInvited Talk:\nWhat Machines Forget\n")


def test_numbers_in_texts_are_no_times() -> None:
    """Ratios and counts at the head of a line stay in the text of the talk."""
    understood = calendar(
        "WED 16 JUL\n9 a.m.\nOral 3A [9:00-10:00]\n[9:00] One\n10:90 splits are common.\n24h Hackathons are not.\n"
    )
    assert rows(understood) == [("One", "oral", "16 16:00", "-")]
    assert understood.conference.talks[0].abstract == "10:90 splits are common. 24h Hackathons are not."


TOKYO = "Timezone: Asia/Tokyo\n\n"


def starts(text: str) -> list[str]:
    """The starts of a programme of 2024 in UTC; Tokyo is nine hours ahead."""
    reading = read([Part("hive-2024.txt", (TOKYO + text).encode())], Hints(now=datetime(2026, 11, 22, tzinfo=UTC)))
    return [talk.start.strftime("%d %H:%M") if talk.start else "-" for talk in reading.conference.talks]


def test_a_morning_behind_an_afternoon_is_no_evening() -> None:
    """On a clock of twelve hours 8:30 behind 5:30 may be the next morning, whose head is missing: refused, not guessed."""
    day = "Tuesday 14 May\n8:30-9:30 Welcome\n11:45-12:30 Bees\n1:30-3:00 Wasps\n4:15-5:30 Closing remarks\n"
    with pytest.raises(ReadError, match=r"line 8 the times go on with 8:30 behind 17:30, which can be the evening or the"):
        starts(day + "8:30-9:30 What we learned on the first day\n")
    assert starts(day + "8:30-10:30 Banquet\n")[-1] == "14 11:30"
    assert starts(day + "6:00-7:00 Ants\n8:00-9:00 Moths\n")[-2:] == ["14 09:00", "14 11:00"]


def test_times_that_begin_again_are_said() -> None:
    """On a clock of 24 hours a second morning without a day of its own is put to the same day, and that is said."""
    day = "Tuesday 14 May\n09:00-10:00 Bees\n15:00-16:00 Wasps\n18:00-19:00 Ants\n"
    day += "{between}09:00-10:00 Moths\n10:00-10:30 Flies\n"
    text = (TOKYO + day.format(between="")).encode()
    reading = read([Part("hive-2024.txt", text)], Hints(now=datetime(2026, 11, 22, tzinfo=UTC)))
    assert reading.partial
    said = "In line 7 the times begin again with 9:00 behind 19:00 and no line says that it is another day: “Tuesday 14 May” "
    assert reading.warnings == (f"{said}was taken for it too; put its day above it if it is another.",)
    for between in ("Wednesday 15 May\n", "Track B\n", "Hall 2\n"):
        text = (TOKYO + day.format(between=between)).encode()
        assert read([Part("hive-2024.txt", text)], Hints(now=datetime(2026, 11, 22, tzinfo=UTC))).warnings == ()


def test_times_above_the_first_day_are_said() -> None:
    """What stands above the first day has no date: it is left out, and the user hears of it."""
    text = TOKYO + "9:00-9:30 Registration\n9:30-10:00 Welcome\nTuesday 14 May\n10:00-11:00 Bees\n13:00-14:00 Wasps\n"
    reading = read([Part("hive-2024.txt", text.encode())], Hints(now=datetime(2026, 11, 22, tzinfo=UTC)))
    assert [talk.title for talk in reading.conference.talks] == ["Bees", "Wasps"]
    assert reading.warnings == (
        "line 3: “9:00-9:30 Registration” and 1 more stands above the first day and was left out; put its day above it.",
    )


def test_a_numbered_list_of_talks_under_its_session() -> None:
    """Starts behind the numbers of a list are the talks of the session above, not its text."""
    text = """Timezone: Asia/Tokyo

Tuesday 14 May 2024
11:00 - 12:20    Paper Session #1
  1. 11:00 - Ek et al. Bees that dance
  2. 11:40 - Ray and Fox. Wasps that do not
12:20 - 02:00    Lunch Break
02:00 - 03:00    Paper Session #2
  1. 02:00 - Hay. Ants
"""
    reading = read([Part("hive-2024.txt", text.encode())], Hints(now=datetime(2026, 11, 22, tzinfo=UTC)))
    assert [(talk.title, f"{talk.start:%H:%M}", talk.session) for talk in reading.conference.talks] == [
        ("Ek et al. Bees that dance", "02:00", "paper-session-1-2024-05-14"),
        ("Ray and Fox. Wasps that do not", "02:40", "paper-session-1-2024-05-14"),
        ("Lunch Break", "03:20", None),
        ("Hay. Ants", "05:00", "paper-session-2-2024-05-14"),
    ]


def test_events_that_stand_below_one_time() -> None:
    """Links beside each other under one time are events of their own; a link to elsewhere belongs to the event."""
    page = """<html><body><h1>Hive 2024</h1><p>Timezone: Asia/Tokyo</p><h2>Tuesday 14 May 2024</h2><h3>9:00am</h3>
<div><a href="event/1">Bees that dance in the dark</a></div><div><a href="speaker/ann">Ann Lee</a></div>
<div><a href="event/2">Wasps that do not dance at all</a></div>
<h3>1:30pm</h3><div><a href="event/3">Ants on the march</a></div></body></html>"""
    reading = read([Part("page.html", page.encode())], Hints(now=datetime(2026, 11, 22, tzinfo=UTC), name="Hive 2024"))
    assert [(talk.title, f"{talk.start:%H:%M}", talk.speakers) for talk in reading.conference.talks] == [
        ("Bees that dance in the dark", "00:00", ("Ann Lee",)),
        ("Wasps that do not dance at all", "00:00", ()),
        ("Ants on the march", "04:30", ()),
    ]


def test_nothing_behind_a_line_of_the_footer_is_lost() -> None:
    """``Back to top`` stands below each day of some pages, and a title may begin with ``Copyright``."""
    text = "Tuesday 14 May\n10:00-11:00 Bees\nBack to top\nWednesday 15 May\n13:00-14:00 Wasps\n© 2024 Hive\nA menu\n"
    assert starts(text) == ["14 01:00", "15 04:00"]


TABS = """<html><body><p>All times JST</p><ul class="nav nav-tabs">
<li><a class="active" href="#day-1" data-bs-toggle="tab">11 Oct</a></li>
<li><a href="#day-2" data-bs-toggle="tab">12 Oct</a></li></ul>
<div id="day-1"><div><time>09:00</time></div><div><h4>Opening Remarks</h4><p>Ann Lee and Bob Ray</p></div>
<div><time>10:30-12:15</time></div><div><h4>Section 1A: Bees</h4><h4>Chair/Co-Chair: Eve Ott</h4></div>
<div><h4>Section 1B: Wasps</h4></div><div><time>13:00</time></div><div><h4>Lunch</h4></div></div>
<div id="day-2"><div><time>09:00</time></div><div><h4>The second day</h4></div></div></body></html>"""


def test_days_on_tabs_stand_above_what_they_show() -> None:
    """The days of a page are on its tabs only: each is the day of the part that it shows, not of all that follows the tabs."""
    hints = Hints(now=datetime(2026, 11, 22, tzinfo=UTC), name="Hive 2024", year=2024)
    reading = read([Part("page.html", TABS.encode())], hints)
    assert [(talk.title, f"{talk.start:%d %H:%M}", talk.speakers) for talk in reading.conference.talks] == [
        ("Opening Remarks", "11 00:00", ("Ann Lee", "Bob Ray")),
        ("Section 1A: Bees", "11 01:30", ("Eve Ott",)),
        ("Section 1B: Wasps", "11 01:30", ()),
        ("Lunch", "11 04:00", ()),
        ("The second day", "12 00:00", ()),
    ]


def test_headings_above_their_times_and_talks_in_brackets() -> None:
    """Where each range stands right below a heading, that is its title; talks in brackets belong to it while it lasts."""
    text = """# Program

July 15, 2024. Time zone: Brazil (GMT-3).

## Session A: Bees
> 9:00-10:30

Ann Lee

## Session B: Wasps
> 11:00-12:30

* (11:45-12:30) Ciprian Ek. **Wasps in games**
* (14:00-14:45) Eve Ott. **Ants in games**

<!-- Start End Event
9:00 - 10:30 Keynote of last year
16:00 - 18:00 Round table -->
"""
    hints = Hints(now=datetime(2026, 11, 22, tzinfo=UTC), name="Hive 2024")
    reading = read([Part("program.md", text.encode())], hints)
    assert [(talk.title, f"{talk.start:%H:%M}", talk.session is not None) for talk in reading.conference.talks] == [
        ("Session A: Bees", "12:00", False),
        ("Ciprian Ek. Wasps in games", "14:45", True),
        ("Eve Ott. Ants in games", "17:00", False),
    ]


def test_talks_below_a_kind_without_a_session() -> None:
    """Talks under ``Orals 10:00-11:00`` are there without a session above them; titles alone below a kind have its time."""
    text = "TUE 15 JUL\n\n10 a.m.\n\nOrals 10:00-11:00\n\n[10:00] Bees Dance\n\n[10:45] Wasps Do Not\n\n(ends 11:00 AM)\n\n"
    text += "Posters 11:00-1:30\n\nAnts in Lines\n\nFlies in Rooms\n\n(ends 1:30 PM)\n"
    assert rows(calendar(text)) == [
        ("Bees Dance", "oral", "15 17:00", "-"),
        ("Wasps Do Not", "oral", "15 17:45", "15 18:00"),
        ("Ants in Lines", "poster", "15 18:00", "15 20:30"),
        ("Flies in Rooms", "poster", "15 18:00", "15 20:30"),
    ]


def test_talks_of_the_evening_below_a_slot_that_says_its_half() -> None:
    """``10:20 p.m.`` above ``[10:20-11:20]`` is the evening; a session over midnight holds its talks."""
    text = (
        "TUE 15 JUL\n\n4 p.m.\n\nOral Session 1A\n\n[4:00-5:00]\n\nOral s 4:00-5:00\n\n[4:00] Bees Dance\n\n(ends 5:00 PM)\n\n"
    )
    text += "10:20 p.m.\n\nOral Session 2A [10:20-12:30]\n\nOral s 10:20-12:30\n\n[10:20] Ants in Lines\n\n"
    text += "[12:15] Flies in Rooms\n\n(ends 12:30 AM)\n"
    understood = calendar(text)
    assert rows(understood) == [
        ("Bees Dance", "oral", "15 23:00", "16 00:00"),
        ("Ants in Lines", "oral", "16 05:20", "-"),
        ("Flies in Rooms", "oral", "16 07:15", "16 07:30"),
    ]
    assert [session.room for session in understood.conference.sessions] == [None, None]


def test_kinds_that_are_events_themselves() -> None:
    """Where no time stands alone above them, ``Orals 10:00-10:45`` and its like are entries like their neighbours."""
    text = "Tuesday, July 15\n\nOrals 10:00-10:45\nPosters 10:45-12:45\nLunch 12:45-14:00\n"
    text += "Talks 14:00-15:00\nClosing 17:00-17:15\n"
    titles = ["Orals", "Posters", "Lunch", "Talks", "Closing"]
    assert [row[0] for row in rows(calendar(text))] == titles


def test_letters_that_are_a_zone_of_the_database_too() -> None:
    """``Timezone: EST`` is New York's time in summer as well, and that is told; the zone of that name has none."""
    text = "Timezone: EST\n\nTUE 15 JUL\n\nBees Workshop Tue 15 Jul 07:00 a.m.\n\nAnts Workshop Tue 15 Jul 08:00 a.m.\n"
    understood = read([Part("icml-2025.txt", text.encode())], Hints(now=datetime(2026, 11, 22, tzinfo=UTC)))
    assert [row[2] for row in rows(understood)] == ["15 11:00", "15 12:00"]
    assert any("The page says EST" in said for said in understood.warnings)


BERLIN = "# ICRA 2024\nTimezone: Europe/Berlin\n\n## Tuesday, May 14\n\n"


def placed(text: str) -> tuple[list[tuple[str, ...]], tuple[str, ...]]:
    """Title, start in UTC, room, board and speakers of each talk, and the warnings."""
    understood = read([Part("icra-2024.md", (BERLIN + text).encode())], Hints(now=datetime(2026, 11, 22, tzinfo=UTC)))
    return [
        (
            talk.title,
            talk.start.strftime("%H:%M") if talk.start else "-",
            talk.slot.room or "",
            talk.slot.board or "",
            *talk.speakers,
        )
        for talk in understood.conference.talks
    ], understood.warnings


def test_posters_behind_their_boards_and_in_tables_without_times_are_the_session_s() -> None:
    """Each has its board, its names and the hours of its session; the programme around a table of titles is no list."""
    found, warnings = placed("""### 10:45–12:45 Poster Session 1

- #1 Walking on Ice — Ann Lee, Bo Rey
- #12 Grasping Pears: A Study — Cy Fox
- #103 A Title – With a Dash

### 16:30–18:30 Poster Session 2

| Board | Title | Authors |
|---|---|---|
| 201 | Soft Hands | Di Gil |
| 202 | Hard Feet | Eva Hale, Flo Ito |
""")
    assert found == [
        ("Walking on Ice", "08:45", "", "1", "Ann Lee", "Bo Rey"),
        ("Grasping Pears: A Study", "08:45", "", "12", "Cy Fox"),
        ("A Title – With a Dash", "08:45", "", "103"),
        ("Soft Hands", "14:30", "", "201", "Di Gil"),
        ("Hard Feet", "14:30", "", "202", "Eva Hale", "Flo Ito"),
    ]
    assert warnings == ()


def test_tracks_under_one_time_are_events_of_their_own() -> None:
    """Each line that names another track begins one, in the room behind its name; no word is lost, and none warned of."""
    found, warnings = placed(
        "### 10:00–11:00\n\n* Track 1 (Room A): Legs\n* Track 2 (Room B): Arms\n\n### 11:00–12:00\n\n* Lunch\n"
    )
    assert found == [
        ("Track 1 (Room A): Legs", "08:00", "Room A", ""),
        ("Track 2 (Room B): Arms", "08:00", "Room B", ""),
        ("Lunch", "09:00", "", ""),
    ]
    assert warnings == ()


@pytest.mark.parametrize("head", ["10:00 – 11:00\n\nTrack 1 (Room A)\nLegs\n", "10:00 – 11:00 Talks\n\nTrack 1: Legs\n"])
def test_tracks_that_cannot_be_told_apart_are_said(head: str) -> None:
    """Names of tracks that stand where a title does, or in the text of one event, are a warning with their line."""
    _, warnings = placed(f"{head}\nTrack 2: Arms\n\n11:00 – 12:00\n\nLunch\n")
    assert len(warnings) == 1
    assert "“Track 1" in warnings[0]
    assert "line 8: " in warnings[0]


def test_rows_without_times_that_belong_to_no_session_are_said() -> None:
    """A table below an event that holds no talks stays its text, with a warning that names its first row."""
    found, warnings = placed("### 10:00–11:00 Welcome\n\n| Minutes | What |\n|---|---|\n| 10 | Words |\n| 50 | More words |\n")
    assert [title for title, *_ in found] == ["Welcome"]
    assert len(warnings) == 1
    assert "“Minutes | What” and 2 more" in warnings[0]


def test_a_lone_date_with_a_start_that_is_taken_for_a_day_is_said_and_cancels_nothing() -> None:
    """The title above it and the names below it are read as no talk, so the page is partial and the warning names the line."""
    understood = calendar(
        "Registration Sat 19 Jul 08:00 a.m.\n\nWorkshop: Eyes\n\nSat 19 Jul 08:30 a.m.\n\nAnn Lee · Bo Rey\n\n"
        "Closing Sat 19 Jul 05:00 p.m.\n"
    )
    assert [title for title, *_ in rows(understood)] == ["Registration", "Closing"]
    assert understood.partial
    assert len(understood.warnings) == 1
    assert understood.warnings[0].startswith("line 7: “Sat 19 Jul 08:30 a.m.” was taken for the head of a day")


def test_talks_of_a_workshop_s_programme_are_no_workshops() -> None:
    """The word beside the conference's name is that of the page; a talk is a workshop where its own title says so."""
    talks = "FRI 18 JUL\n\n9 a.m.\nLegs\n(ends 9:30 AM)\n\n10 a.m.\nA Workshop on Arms\n(ends 10:30 AM)\n"
    understood = calendar(f"ICML 2025 Workshop\n\n{talks}")
    assert [(title, kind) for title, kind, *_ in rows(understood)] == [("Legs", "talk"), ("A Workshop on Arms", "workshop")]


ALONE = """Workshop

Workshop on Bees

Ann Dee · Bob Cee

Mon 14 Jul 8:30 a.m. — 6 p.m. PDT

Many wish to know more of bees.

08:30 AM
Opening Remarks
(Talk)

08:45 AM
How Bees Dance
(Keynote talk)
Cy Fay
"""


def test_times_in_cells_below_a_date_line_begin_talks() -> None:
    """A workshop whose table came down to a line for each cell: its items are talks; two times may be the text's."""
    two = [("Workshop on Bees", "workshop", "14 15:30", "15 01:00")]
    assert rows(calendar(ALONE)) == two
    three = calendar(f"{ALONE}\n05:40 PM\nAwards\n")
    assert three.partial  # the day's other workshops are not on the page
    assert rows(three) == [
        ("Opening Remarks", "talk", "14 15:30", "-"),
        ("How Bees Dance", "keynote", "14 15:45", "-"),
        ("Awards", "talk", "15 00:40", "-"),
    ]


def test_a_day_head_with_the_days_span_is_no_talk() -> None:
    """Rows of a table in a line for each cell, below days with their hours: six talks on two days, in UTC."""
    items = "|\n   {0}  |\n\n   {1}  |\n"
    first = ("14:00", "Opening"), ("14:10-15:10", "Ants"), ("15:10-15:40", "Bees")
    second = ("14:00-14:30", "Wasps"), ("14:30-15:00", "Flies"), ("17:50-18:00", "Closing")
    days = zip(("August 19 – 14:00 – 18:00 UTC", "August 20 - 14:00 – 18:00 UTC"), (first, second), strict=True)
    text = "\n".join(f"|\n   {day}  |\n |\n" + "\n".join(items.format(*one) for one in rest) for day, rest in days)
    found = read([Part("page.md", text.encode())], Hints(now=datetime(2026, 11, 22, tzinfo=UTC), name="Bees 2022"))
    assert [row[0::2] for row in rows(found)] == [
        ("Opening", "19 14:00"),
        ("Ants", "19 14:10"),
        ("Bees", "19 15:10"),
        ("Wasps", "20 14:00"),
        ("Flies", "20 14:30"),
        ("Closing", "20 17:50"),
    ]
