"""Programmes as people publish them: rooms side by side, several zones on one line, evenings over midnight, odd clocks."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from planner.readers import Hints, Part, read

NOW = datetime(2026, 11, 22, tzinfo=UTC)


def rows(text: str, name: str = "icra-2024.md") -> list[tuple[str, str, str, str]]:
    """Title, start and end in UTC, and room of each talk; ``-`` for none."""
    return [
        (talk.title, *(at.strftime("%d %H:%M") if at else "-" for at in (talk.start, talk.end)), talk.slot.room or "-")
        for talk in read([Part(name, text.encode())], Hints(now=NOW)).conference.talks
    ]


TOKYO = "# ICRA 2024\nTimezone: Asia/Tokyo\n\n## Tuesday, May 14\n\n"


def test_rooms_side_by_side_are_events_of_their_own() -> None:
    """Each cell of a row is an event in the room at the head of its column; one that is everywhere is one event."""
    table = """| Time | Hall A | Hall B |
|------|--------|--------|
| 09:00 – 10:00 | Legs | |
| 10:00 – 10:30 | Coffee Break | Coffee Break |
| 10:30 – 11:30 | Hands | Eyes |
"""
    assert rows(TOKYO + table) == [
        ("Legs", "14 00:00", "14 01:00", "Hall A"),
        ("Coffee Break", "14 01:00", "14 01:30", "-"),
        ("Hands", "14 01:30", "14 02:30", "Hall A"),
        ("Eyes", "14 01:30", "14 02:30", "Hall B"),
    ]


def test_cells_over_several_rows_and_columns() -> None:
    """A break across all rooms is one event, and a time over two rows is that of both."""
    page = """<html><body><h1>ICRA 2024</h1><p>Timezone: Asia/Tokyo</p><h2>Tuesday, May 14</h2><table>
<tr><th>Time</th><th>Room 1</th><th>Room 2</th></tr>
<tr><td><p>09:00 - 10:00</p></td><td><p>Legs</p></td><td><p>Eyes</p></td></tr>
<tr><td>10:00 - 10:30</td><td colspan="2">Coffee Break</td></tr>
<tr><td rowspan="2">10:30 - 12:00</td><td>Hands</td><td>Ears</td></tr>
<tr><td>Feet</td><td>Noses</td></tr></table></body></html>"""
    assert rows(page, "icra-2024.html") == [
        ("Legs", "14 00:00", "14 01:00", "Room 1"),
        ("Eyes", "14 00:00", "14 01:00", "Room 2"),
        ("Coffee Break", "14 01:00", "14 01:30", "-"),
        ("Hands", "14 01:30", "14 03:00", "Room 1"),
        ("Ears", "14 01:30", "14 03:00", "Room 2"),
        ("Feet", "14 01:30", "14 03:00", "Room 1"),
        ("Noses", "14 01:30", "14 03:00", "Room 2"),
    ]


def test_columns_with_known_heads_say_who_and_where() -> None:
    """A second column of times, in another zone, is no title; speakers and places go where they belong."""
    table = """| Time (JST) | Time (CEST) | Event | Speaker | Location |
|---|---|---|---|---|
| 09:00 - 10:00 | 02:00 - 03:00 | On Legs | Ann Lee | Hall A |
"""
    understood = read([Part("icra-2024.md", (TOKYO + table).encode())], Hints(now=NOW))
    (talk,) = understood.conference.talks
    assert (talk.title, talk.speakers, talk.slot.room) == ("On Legs", ("Ann Lee",), "Hall A")
    assert (talk.start, talk.end) == (datetime(2024, 5, 14, tzinfo=UTC), datetime(2024, 5, 14, 1, tzinfo=UTC))


def test_day_and_time_in_the_first_two_columns() -> None:
    """Each row says its day, or leaves it to the row above."""
    table = """# ICRA 2024
Timezone: Asia/Tokyo

| Day | Time | Event |
|---|---|---|
| Tuesday, May 14 | 09:00 - 10:00 | Legs |
| | 10:00 - 11:00 | Hands |
| Wednesday, May 15 | 09:00 - 10:00 | Eyes |
"""
    assert [row[:2] for row in rows(table)] == [("Legs", "14 00:00"), ("Hands", "14 01:00"), ("Eyes", "15 00:00")]


@pytest.mark.parametrize(
    "said",
    ["9:00 - 9:20 PDT / 12:00 - 12:20 EDT / 18:00 - 18:20 CEST", "9:00 - 9:20 PDT (16:00 - 16:20 UTC)"],
)
def test_one_time_in_several_zones(said: str) -> None:
    """The first of several clocks counts; the others say the same again."""
    page = f"ICML 2023\nOral Session 2\nChair: Ann Lee\nThu 15 Jun 2023 {said}\nPixels\nBob Ray · Cid Foo\n"
    assert rows(page, "page.txt") == [("Pixels", "15 16:00", "15 16:20", "-")]


def test_an_evening_goes_on_after_midnight() -> None:
    """What begins at half past midnight below what began at half past eleven is of the next date."""
    said = "- 22:00 - 23:30: Late Keynote\n- 23:30 - 00:30: Posters\n- 00:30 - 01:30: Dance\n"
    assert [row[:3] for row in rows(TOKYO + said)] == [
        ("Late Keynote", "14 13:00", "14 14:30"),
        ("Posters", "14 14:30", "14 15:30"),
        ("Dance", "14 15:30", "14 16:30"),
    ]


def test_tracks_one_below_the_other_on_clocks_of_a_whole_day() -> None:
    """Where clocks have 24 hours, 9:00 below 14:00 is the morning of the second track, not 21:00."""
    said = "- 09:00 - 10:00: Legs\n- 14:00 - 15:00: Arms\n\n### Track 2\n\n- 9:00 - 10:00: Eyes\n- 14:00 - 15:00: Ears\n"
    assert [row[1] for row in rows(TOKYO + said)] == ["14 00:00", "14 05:00", "14 00:00", "14 05:00"]


@pytest.mark.parametrize(
    ("line", "start", "end"),
    [
        ("0900 - 0930 Opening", "14 00:00", "14 00:30"),
        ("9h – 9h30 Opening", "14 00:00", "14 00:30"),
        ("9.00 – 9.30 Opening", "14 00:00", "14 00:30"),
        ("9:00 AM onwards: Opening", "14 00:00", "-"),
        ("9 AM-Noon: Opening", "14 00:00", "14 03:00"),
        ("09:00-09:30: Opening", "14 00:00", "14 00:30"),
    ],
)
def test_clocks_as_people_write_them(line: str, start: str, end: str) -> None:
    """Without a colon, with an h, with a full stop, with an open end, with a colon behind them."""
    assert rows(f"{TOKYO}{line}\n14:00 - 15:00 Closing\n")[0] == ("Opening", start, end, "-")


def test_a_time_to_be_announced_costs_no_talk() -> None:
    """The talk stays, without a time, and is not text of the one before."""
    found = rows(TOKYO + "09:00 - 10:00 Legs\nTBA: Town hall\n14:00 - 15:00 Arms\n")
    assert [row[:2] for row in found] == [("Legs", "14 00:00"), ("Town hall", "-"), ("Arms", "14 05:00")]


def test_cards_above_their_own_times_below_the_time_of_the_session() -> None:
    """The date line below the head is the session's; each of the others belongs to the card above it."""
    page = """# Oral 1A: Reasoning

Tue, Jul 7, 2026 • 10:00 AM – 11:00 AM KST

- [A First Paper](/virtual/2026/oral/70001)
  Ann Lee ⋅ Bob Ray
  Tue, Jul 7, 2026 • 10:00 AM – 10:15 AM KST
- [A Second Paper](/virtual/2026/oral/70002)
  Cid Foo
  Tue, Jul 7, 2026 • 10:15 AM – 10:30 AM KST
"""
    assert rows(page, "icml-2026.md") == [
        ("A First Paper", "07 01:00", "07 01:15", "-"),
        ("A Second Paper", "07 01:15", "07 01:30", "-"),
    ]


def test_a_page_saved_twice_has_each_talk_once() -> None:
    """The same title at the same time in the same session is the same talk."""
    talk = "Tue 7 Dec. 9:00 - 9:15 PST\n(Oral)\nA Paper\nBob Ray · Cid Foo\nText.\n"
    page = f"NeurIPS 2021\nOral Session\nOral Session 3\nModerator: Ann Lee\n\n{talk}{talk}"
    assert [row[0] for row in rows(page, "page.txt")] == ["A Paper"]


def test_place_and_chairs_of_a_head_that_nobody_labelled() -> None:
    """A line above the chairs is the room; authors whose first name is In are no session."""
    page = """MLSys 2024
Session
LLM 1
Mission B4 & B10
Moderator: Tim Lee
Mon 13 May 13:30 - 13:50 PDT
A First Paper
Ji Lin · Song Han
Mon 13 May 13:50 - 14:10 PDT
A Second Paper
In Gim · Lin Zhong
"""
    understood = read([Part("page.txt", page.encode())], Hints(now=NOW))
    (session,) = understood.conference.sessions
    assert (session.title, session.chairs, session.room) == ("LLM 1", ("Tim Lee",), "Mission B4 & B10")
    assert [talk.speakers for talk in understood.conference.talks] == [("Ji Lin", "Song Han"), ("In Gim", "Lin Zhong")]


def test_twelve_hours_without_their_half_in_data_go_on_after_noon() -> None:
    """A table that goes from 11:00 to 1:00 goes on to the afternoon, and says that it was read so."""
    table = "Date,Start,End,Title,Speaker\n2024-06-14,11:00,12:00,Legs,Ann\n2024-06-14,1:00,2:00,Arms,Bob\n"
    found = read([Part("icra-2024.csv", table.encode())], Hints(now=NOW, zone="Asia/Tokyo"))
    starts = [talk.slot.start for talk in found.conference.talks]
    assert starts == [datetime(2024, 6, 14, 2, tzinfo=UTC), datetime(2024, 6, 14, 4, tzinfo=UTC)]
    assert any("taken for afternoon" in warning for warning in found.warnings)


def test_lines_with_date_time_and_title() -> None:
    """A whole date line with its title behind it is an event, whether the date is in words or in figures."""
    said = "**Mon, Jul 31, 9:00 AM – 10:00 AM**: Legs\n**Tue, Aug 1, 1:00 PM – 2:00 PM**: Arms\n"
    assert rows(f"# UAI 2023\nTimezone: Asia/Tokyo\n\n{said}") == [
        ("Legs", "31 00:00", "31 01:00", "-"),
        ("Arms", "01 04:00", "01 05:00", "-"),
    ]
    iso = "UAI 2023\nTimezone: Asia/Tokyo\n2023-07-31 09:00 - 10:00 Legs\n2023-08-01 13:00 - 14:00 Arms\n"
    assert [row[1] for row in rows(iso, "page.txt")] == ["31 00:00", "01 04:00"]


def test_days_side_by_side_have_their_own_times() -> None:
    """Each column is a day from its morning on; what goes over several days is an event of each, a dash is none."""
    table = """| Time | Tuesday, May 14 | Wednesday, May 15 |
|---|---|---|
| 9:00 - 10:00 | Legs | Arms |
| 10:00 - 10:30 | Tea | Tea |
| 13:00 - 14:00 | Hands | - |
"""
    assert rows(TOKYO + table) == [
        ("Legs", "14 00:00", "14 01:00", "-"),
        ("Tea", "14 01:00", "14 01:30", "-"),
        ("Hands", "14 04:00", "14 05:00", "-"),
        ("Arms", "15 00:00", "15 01:00", "-"),
        ("Tea", "15 01:00", "15 01:30", "-"),
    ]


def test_days_side_by_side_whose_times_have_no_head() -> None:
    """In HTML the head of the times may stand a row above the days, and a cell may go on from the row above it."""
    page = """<table><thead><tr><th rowspan="2">Time</th><th colspan="2">Aula</th></tr>
<tr><th>Tue, May 14</th><th>Wed, May 15</th></tr></thead><tbody>
<tr><td>9:00 - 10:00</td><td>Bees</td><td rowspan="2">Wasps</td></tr><tr><td>10:00 - 11:00</td><td>Ants</td></tr>
<tr><td>13:00 - 14:00</td><td colspan="2">Lunch</td></tr></tbody></table>"""
    assert [row[:2] for row in told(page)] == [
        ("Bees", "09:00-10:00"),
        ("Ants", "10:00-11:00"),
        ("Lunch", "13:00-14:00"),
        ("Wasps", "09:00-11:00"),
        ("Lunch", "13:00-14:00"),
    ]


def test_a_part_without_a_place_takes_the_zone_of_its_folder() -> None:
    """A calendar with offsets only beside one that names its zone needs no warning that nothing does."""
    entry = '[{"title": "Legs", "start": "2024-05-14T09:00:00+09:00", "end": "2024-05-14T10:00:00+09:00", "calendarId": "x"}]'
    calendar = (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nX-WR-CALNAME:ICRA 2024\r\nX-WR-TIMEZONE:Asia/Tokyo\r\nBEGIN:VEVENT\r\n"
        "UID:1\r\nDTSTART:20240514T020000Z\r\nDTEND:20240514T030000Z\r\nSUMMARY:Arms\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    parts = [Part("icra-2024/main_calendar.json", entry.encode()), Part("icra-2024/all.ics", calendar.encode())]
    understood = read(parts, Hints(now=NOW))
    assert (understood.conference.zone, understood.warnings) == ("Asia/Tokyo", ())
    assert sorted(talk.title for talk in understood.conference.talks) == ["Arms", "Legs"]


def told(page: str) -> list[tuple[str, str, str | None, tuple[str, ...], bool]]:
    """Title, start and end in Tokyo, room, speakers and whether in a session, of the talks of a page of 14 May 2024."""
    text = f"<html><head><title>Hive 2024</title></head><body><h2>Tuesday 14 May 2024</h2>{page}</body></html>"
    reading = read([Part("page.html", text.encode())], Hints(now=NOW, name="Hive 2024", zone="Asia/Tokyo"))
    tokyo = ZoneInfo("Asia/Tokyo")
    return [
        (
            talk.title,
            "-".join(f"{at.astimezone(tokyo):%H:%M}" if at else "?" for at in (talk.start, talk.end)),
            talk.slot.room,
            talk.speakers,
            talk.session is not None,
        )
        for talk in reading.conference.talks
    ]


@pytest.mark.parametrize(
    "heads",
    ["Horaire | Activité | Lieu | Intervenant", "Zeit | Veranstaltung | Raum | Referent", "Hora | Ponencia | Sala | Ponente"],
)
def test_heads_of_columns_in_other_languages(heads: str) -> None:
    """The heads that tables of data have in other languages are known on pages too, and no room is a talk."""
    page = f"{TOKYO}| {heads} |\n|---|---|---|---|\n"
    page += "| 9:00 - 9:30 | Bees | Aula Magna | Ada Lovelace |\n| 14:00 | Wasps | B2 | Kurt Gödel |\n"
    assert rows(page) == [("Bees", "14 00:00", "14 00:30", "Aula Magna"), ("Wasps", "14 05:00", "-", "B2")]


def test_one_talk_a_row_whatever_else_its_columns_say() -> None:
    """Below a column of speakers others of unknown heads are no rooms side by side; a kind is no speaker, nor glued to one."""
    page = (
        f"{TOKYO}| Orario | Room | Sessione | Speaker | Livello | Lingua |\n|---|---|---|---|---|---|\n"
        "| 9:00 - 9:30 | Room 1 | Bees that dance | Ada Lovelace | Advanced | EN |\n"
        "| 9:00 - 9:30 | Room 2 | Wasps that sing | Kurt Gödel | Introductory | IT |\n\n"
        "|Time|Type|Title|\n|---|---|---|\n|14:00 - 15:00|Vision Paper|**Ants**<br><br>Alan Turing and Grace Hopper|\n"
    )
    talks = read([Part("icra-2024.md", page.encode())], Hints(now=NOW)).conference.talks
    assert [(talk.title, talk.speakers, talk.slot.room) for talk in talks] == [
        ("Bees that dance", ("Ada Lovelace",), "Room 1"),
        ("Wasps that sing", ("Kurt Gödel",), "Room 2"),
        ("Ants", ("Alan Turing", "Grace Hopper"), None),
    ]


@pytest.mark.parametrize(
    "table",
    [
        "Time | Talk | Room\n:--|:-:|---\n9:00 - 9:30 | Bees | A1\n10:00 | Wasps | A2\n13:00 - 14:00 | Ants | A1\n",
        "Time\tTalk\tRoom\n9:00 - 9:30\tBees\tA1\n10:00\tWasps\tA2\n13:00 - 14:00\tAnts\tA1\n",
        "9:00 - 9:30\tBees\tRoom: A1\n10:00\tWasps\tRoom: A2\n\n13:00 - 14:00\tAnts\tRoom: A1\n",
    ],
)
def test_tables_without_bars_at_their_edges(table: str) -> None:
    """Columns that only bars between them, or tabs, tell apart are those of a table."""
    assert rows(f"{TOKYO}{table}") == [
        ("Bees", "14 00:00", "14 00:30", "A1"),
        ("Wasps", "14 01:00", "-", "A2"),
        ("Ants", "14 04:00", "14 05:00", "A1"),
    ]


def test_rooms_side_by_side_with_a_tutorial_over_two_rows() -> None:
    """What goes on in the next row lasts until that row ends, and what follows below it is in its own room."""
    page = """<table><tr><th>&nbsp;</th><th>Room 1</th><th>Room 2</th></tr>
<tr><th>10:30-11:15</th><td>Bees in the dark<br>Ann Lee</td><td rowspan="2">Hands on hives</td></tr>
<tr><th>11:30-12:15</th><td>Wasps at noon</td></tr>
<tr><th>12:15-1:30</th><td colspan="2">Lunch</td></tr>
<tr><th>1:30-2:15</th><td>Ants on the march</td><td>Moths and lamps</td></tr></table>"""
    assert told(page) == [
        ("Bees in the dark", "10:30-11:15", "Room 1", ("Ann Lee",), False),
        ("Hands on hives", "10:30-12:15", "Room 2", (), False),
        ("Wasps at noon", "11:30-12:15", "Room 1", (), False),
        ("Lunch", "12:15-13:30", None, (), False),
        ("Ants on the march", "13:30-14:15", "Room 1", (), False),
        ("Moths and lamps", "13:30-14:15", "Room 2", (), False),
    ]


def test_a_session_with_talks_that_say_how_long_they_last() -> None:
    """A start, a length and a kind in the first cell: the title is in the next one, and the session's row is no talk."""
    page = """<table><tr><td><div>10:30 - 12:00</div></td><td colspan="3"><div>Testing 1 at <a>Room 101</a></div></td></tr>
<tr><td><div>10:30</div><strong>15m</strong><br><div>Talk</div></td><td><strong>Testing hives with honey</strong>
<div class="performers"><a>Eve Ott</a></div></td></tr>
<tr><td><div>10:45</div><strong>30m</strong></td><td><strong>Fuzzing the queen</strong></td></tr></table>"""
    assert told(page) == [
        ("Testing hives with honey", "10:30-10:45", "Room 101", ("Eve Ott",), True),
        ("Fuzzing the queen", "10:45-11:15", "Room 101", (), True),
    ]


def test_start_and_end_below_each_other_in_one_cell() -> None:
    """Two clocks in the lines of one cell are a range."""
    page = "<table><tr><td>9:00<br>9:45</td><td>Bees</td></tr><tr><td>9:45 –<br>10:30</td><td>Wasps</td></tr></table>"
    assert [row[:2] for row in told(page)] == [("Bees", "09:00-09:45"), ("Wasps", "09:45-10:30")]


def test_a_column_that_only_says_the_kind() -> None:
    """In a table without heads the title stands behind ``Full Paper``, its authors in brackets below it."""
    page = """<table>
<tr><td>13:10</td><td>Keynote <div>(live)</div></td><td>Learning Structured Hives<div>Ann Lee</div></td></tr>
<tr><td>14:10</td><td>Full Paper</td><td><a href="x">A Survey of Bees</a><div>(Bob Ray, Eve Ott)</div></td></tr>
<tr><td>15:10</td><td>Break</td><td></td></tr></table>"""
    assert [(row[0], row[3]) for row in told(page)] == [
        ("Learning Structured Hives", ("Ann Lee",)),
        ("A Survey of Bees", ("Bob Ray", "Eve Ott")),
        ("Break", ()),
    ]


def test_a_row_with_nothing_but_its_time() -> None:
    """The titles under it are not lost."""
    row = "<table><tr><td>{}</td></tr></table><p>{}</p>"
    page = row.format("9:00 - 9:30", "Bees in the dark") + row.format("9:30 - 10:00", "Ants")
    assert [found[:2] for found in told(page)] == [("Bees in the dark", "09:00-09:30"), ("Ants", "09:30-10:00")]


@pytest.mark.parametrize(
    "table",
    [
        "| Room | Time | Title |\n|---|---|---|\n| A1 | 9:00 - 9:30 | Bees |\n| A2 | 13:00 - 14:00 | Wasps |\n",
        "| Title | Room | Time |\n|---|---|---|\n| Bees | A1 | 9:00 - 9:30 |\n| Wasps | A2 | 13:00 - 14:00 |\n",
        "|#| Start | End | Talk | Room |\n|-|-|-|-|-|\n| 1 | 9:00 | 9:30 | Bees | A1 |\n| 2 | 13:00 | 14:00 | Wasps | A2 |\n",
    ],
)
def test_a_time_in_any_column_under_its_head(table: str) -> None:
    """The heads of the columns tell which holds the time, the title and the room, in whatever order they stand."""
    assert rows(TOKYO + table) == [
        ("Bees", "14 00:00", "14 00:30", "A1"),
        ("Wasps", "14 04:00", "14 05:00", "A2"),
    ]


def html_rows(table: str) -> list[tuple[str, str, str, str]]:
    """The talks of a page with a table of HTML, below its day in Tokyo, which is nine hours ahead of UTC."""
    page = f"<html><body><h1>ICRA 2024</h1><p>Timezone: Asia/Tokyo</p><h2>Tuesday, May 14</h2>{table}</body></html>"
    return rows(page, "icra-2024.html")


def test_two_days_of_two_tracks_side_by_side() -> None:
    """The head of a day over two columns is the day of both; a break over all columns is on both days."""
    table = """<table><tr><th></th><th colspan="2">Tuesday, May 14</th><th colspan="2">Wednesday, May 15</th></tr>
<tr><th></th><th>Track 1</th><th>Track 2</th><th>Track 1</th><th>Track 2</th></tr>
<tr><th>9:00</th><td>Bees</td><td>Wasps</td><td>Ants</td><td>Flies</td></tr>
<tr><th>13:00</th><td colspan="4">Tea</td></tr></table>"""
    assert sorted(row[1::-1] for row in html_rows(table)) == [
        ("14 00:00", "Bees"),
        ("14 00:00", "Wasps"),
        ("14 04:00", "Tea"),
        ("15 00:00", "Ants"),
        ("15 00:00", "Flies"),
        ("15 04:00", "Tea"),
    ]


def test_start_and_end_before_days_side_by_side() -> None:
    """The second column of times is the end of what stands in each day's column; a cell over two rows lasts as long."""
    table = """<table><tr><th>Start</th><th>End</th><th>Tuesday, May 14</th><th>Wednesday, May 15</th></tr>
<tr><td>9:00</td><td>9:45</td><td rowspan="2">Bees (Ann Lee)</td><td>Ants</td></tr>
<tr><td>10:00</td><td>10:30</td><td>Flies</td></tr></table>"""
    assert [row[:3] for row in html_rows(table)] == [
        ("Bees", "14 00:00", "14 01:30"),
        ("Ants", "15 00:00", "15 00:45"),
        ("Flies", "15 01:00", "15 01:30"),
    ]


def test_a_day_at_the_head_of_the_times_beside_the_rooms() -> None:
    """The day in the first head of each table is that of its times, also where one table stands right below the other."""
    table = "".join(
        f"<table><tr><th>{day}</th><th>Hall 1</th><th>Hall 2</th></tr>"
        f"<tr><td>9:00 - 10:00</td><td>{one}</td><td>{two}</td></tr></table>"
        for day, one, two in (("Tuesday 14 May", "Bees", "Wasps"), ("Wednesday 15 May", "Ants", "Flies"))
    )
    expected = [
        ("Bees", "14 00:00", "14 01:00", "Hall 1"),
        ("Wasps", "14 00:00", "14 01:00", "Hall 2"),
        ("Ants", "15 00:00", "15 01:00", "Hall 1"),
        ("Flies", "15 00:00", "15 01:00", "Hall 2"),
    ]
    assert (
        rows(f"<html><body><h1>ICRA 2024</h1><p>Timezone: Asia/Tokyo</p>{table}</body></html>", "icra-2024.html") == expected
    )
    assert html_rows(table.replace("th>", "td>"))[2:] == expected[2:]


def test_cells_over_rows_that_have_nothing_else_and_cells_with_times_of_their_own() -> None:
    """A talk over rows of half hours lasts until the last ends; a cell that says its own time is taken at its word."""
    table = """<table><tr><th>Time</th><th>Room 1</th><th>Room 2</th></tr>
<tr><td>9:00 - 9:30</td><td rowspan="3">Bees</td><td rowspan="2"><div>Wasps</div><div>9:00 - 9:50</div></td></tr>
<tr><td>9:30 - 10:00</td></tr><tr><td>10:00 - 10:30</td><td></td></tr>
<tr><td>13:00 - 13:30</td><td><div>101</div><div>Ants</div></td><td></td></tr></table>"""
    assert html_rows(table) == [
        ("Bees", "14 00:00", "14 01:30", "Room 1"),
        ("Wasps", "14 00:00", "14 00:50", "Room 2"),
        ("Ants", "14 04:00", "14 04:30", "Room 1"),
    ]


def test_lengths_sessions_and_times_to_be_announced_in_columns() -> None:
    """A column of lengths gives the ends, a session's column is no title beside one, and a time that is not said is none."""
    table = """<table><tr><th>Start</th><th>Duration</th><th>Session</th><th>Title</th></tr>
<tr><td>9:00</td><td>45</td><td>Insects I</td><td>Bees</td></tr>
<tr><td>9:45</td><td>1h 30min</td><td>Insects I</td><td>Wasps</td></tr>
<tr><td>TBA</td><td></td><td>Insects II</td><td>Ants</td></tr>
<tr><td>13:00 - TBD</td><td></td><td></td><td>Flies</td></tr></table>"""
    assert [row[:3] for row in html_rows(table)] == [
        ("Bees", "14 00:00", "14 00:45"),
        ("Wasps", "14 00:45", "14 02:15"),
        ("Ants", "-", "-"),
        ("Flies", "14 04:00", "-"),
    ]


def test_days_side_by_side_with_times_on_both_sides_and_rows_of_nothing() -> None:
    """Dotted times, bare rows below cells over several rows, and times repeated at the end: each cell keeps its column."""
    table = """<table><tr><th></th><th>Tuesday, May 14</th><th>Wednesday, May 15</th><th></th></tr>
<tr><td>9.00-9.30</td><td rowspan="3">Bees</td><td>Ants</td><td>9.00-9.30</td></tr>
<tr><td> </td><td> </td></tr>
<tr><td>9.30-10.30</td><td>Flies</td><td>9.30-10.30</td></tr>
<tr><td>Evening</td><td>Party</td><td></td><td></td></tr></table><p>12:00 - 13:00 Lunch</p>"""
    page = f"<html><body><h1>ICRA 2024</h1><p>Timezone: Asia/Tokyo</p>{table}</body></html>"
    assert [row[:3] for row in rows(page, "icra-2024.html")] == [
        ("Bees", "14 00:00", "14 01:30"),
        ("Ants", "15 00:00", "15 00:30"),
        ("Flies", "15 00:30", "15 01:30"),
    ]
    warnings = read([Part("icra-2024.html", page.encode())], Hints(now=NOW)).warnings
    assert any("“| Evening | Party" in said and "has no time and was left out" in said for said in warnings)
    assert any("12:00 - 13:00 Lunch" in said and "left out" in said for said in warnings)


def test_days_in_figures_side_by_side_and_an_end_without_a_head() -> None:
    """Days in a row that only one order of day and month makes are read so; a second column of times is the ends'."""
    table = "| | | 08/07/2024 | 09/07/2024 |\n|-|-|-|-|\n| 9:00 | 10:30 | Bees | Ants |\n| 13:00 | 14:00 | Wasps | Flies |\n"
    table += "| 15:00 | 16:00 | | |\n"
    assert [row[:3] for row in rows(f"# ICRA 2024\nTimezone: Asia/Tokyo\n\n{table}")] == [
        ("Bees", "08 00:00", "08 01:30"),
        ("Wasps", "08 04:00", "08 05:00"),
        ("Ants", "09 00:00", "09 01:30"),
        ("Flies", "09 04:00", "09 05:00"),
    ]


def test_heads_of_tracks_in_the_middle_of_a_table() -> None:
    """Behind a row of tracks each cell is a talk of its own, and none is the speaker of the one beside it."""
    table = """<table><tr><td>8:50-9:00</td><td colspan="2">Opening</td></tr>
<tr><td></td><td><b>Track 1: Bees</b></td><td><b>Track 2: Ants</b></td></tr>
<tr><td>9:00-9:30</td><td>Bee Talk</td><td>Ant Walk</td></tr><tr><td>13:00-14:00</td><td colspan="2">Tea</td></tr></table>"""
    assert html_rows(table) == [
        ("Opening", "13 23:50", "14 00:00", "-"),
        ("Bee Talk", "14 00:00", "14 00:30", "Track 1: Bees"),
        ("Ant Walk", "14 00:00", "14 00:30", "Track 2: Ants"),
        ("Tea", "14 04:00", "14 05:00", "-"),
    ]


def test_talks_of_a_session_without_times_of_their_own() -> None:
    """Rows without a time below a session are its talks, at a time that is not said; below any other event they are text."""
    table = """<table><tr><td>9:00-10:00</td><td>Oral presentations</td></tr>
<tr><td></td><td><i>On Bees</i><br>Ann Lee</td></tr><tr><td></td><td><i>On Ants</i><br>Bob Ray</td></tr>
<tr><td>10:00-11:00</td><td>Lunch</td></tr><tr><td></td><td>bring your own</td></tr>
<tr><td>13:00</td><td>End</td></tr></table>"""
    page = f"<html><body><h1>ICRA 2024</h1><p>Timezone: Asia/Tokyo</p><h2>Tuesday, May 14</h2>{table}</body></html>"
    found = read([Part("icra-2024.html", page.encode())], Hints(now=NOW)).conference
    assert [(talk.title, talk.session, talk.start is None) for talk in found.talks] == [
        ("On Bees", found.sessions[0].key, True),
        ("On Ants", found.sessions[0].key, True),
        ("Lunch", None, False),
        ("End", None, False),
    ]
    assert [session.title for session in found.sessions] == ["Oral presentations"]


def test_a_time_that_stands_twice_and_names_above_titles() -> None:
    """The length below a repeated time is the talk's, the kind beside it no title, and names above it are its speakers."""
    table = """<table><tr><td>9:00</td><td><div>9:00</div><strong>5m</strong></td><td>Talk</td><td>On Bees and Ants</td></tr>
<tr><td>9:05</td><td><div>9:05</div><strong>10m</strong></td><td>Talk</td><td><div class="authors">Ann Lee<br>Bob Ray</div>
<div>On Flies and Wasps</div><div>Abstract of it all.</div></td></tr>
<tr><td>13:00</td><td><div>13:00</div></td><td>Tea</td></tr></table>"""
    page = f"<html><body><h1>ICRA 2024</h1><p>Timezone: Asia/Tokyo</p><h2>Tuesday, May 14</h2>{table}</body></html>"
    found = read([Part("icra-2024.html", page.encode())], Hints(now=NOW)).conference.talks
    assert [(talk.title, talk.slot.end and talk.slot.end.strftime("%H:%M"), talk.speakers) for talk in found] == [
        ("On Bees and Ants", "00:05", ()),
        ("On Flies and Wasps", "00:15", ("Ann Lee", "Bob Ray")),
        ("Tea", None, ()),
    ]


@pytest.mark.parametrize("tag", ["th", "td"])
def test_times_side_by_side(tag: str) -> None:
    """Each cell of such a table is at the time above it, in the room or on the day in front of its row."""
    clocks = "".join(f"<{tag}>{clock}</{tag}>" for clock in ("9:00-10:00", "10:00-11:00", "1:00-2:00"))
    head = f"<tr><{tag}></{tag}>{clocks}</tr>"
    rooms = "<tr><td>Room 1</td><td>Bees</td><td colspan='2'>Wasps</td></tr>"
    rooms += "<tr><td>Room 2</td><td>Ants</td><td rowspan='2'></td><td>Tea</td></tr>"
    rooms += "<tr><td>Room 3</td><td></td><td>Flies</td></tr>"
    assert html_rows(f"<table>{head}{rooms}</table>") == [
        ("Bees", "14 00:00", "14 01:00", "Room 1"),
        ("Wasps", "14 01:00", "14 05:00", "Room 1"),
        ("Ants", "14 00:00", "14 01:00", "Room 2"),
        ("Tea", "14 04:00", "14 05:00", "Room 2"),
        ("Flies", "14 04:00", "14 05:00", "Room 3"),
    ]
    days = (
        "<tr><td>May 15</td><td>Bees</td><td>Wasps</td><td></td></tr><tr><td>May 16</td><td></td><td></td><td>Ants</td></tr>"
    )
    assert html_rows(f"<table>{head}{days}</table>") == [
        ("Bees", "15 00:00", "15 01:00", "-"),
        ("Wasps", "15 01:00", "15 02:00", "-"),
        ("Ants", "16 04:00", "16 05:00", "-"),
    ]


def test_talks_with_their_times_in_the_cell_of_their_session() -> None:
    """Several times inside one cell are those of the session's talks."""
    table = """<table><tr><th>Time</th><th>Program</th></tr>
<tr><td>9:00-10:30</td><td><b>Session 1</b><br>9:00 Bees (Bob Ray)<br>9:45 Wasps</td></tr>
<tr><td>13:00-14:00</td><td>Panel</td></tr></table>"""
    assert [row[:2] for row in html_rows(table)] == [("Bees", "14 00:00"), ("Wasps", "14 00:45"), ("Panel", "14 04:00")]


@pytest.mark.parametrize(
    "heads", [("New York", "London", "Tokyo"), ("Time (New York)", "Time (London)", "Time (Tokyo)"), ("EDT", "BST", "JST")]
)
def test_the_clocks_of_cities_side_by_side(heads: tuple[str, ...]) -> None:
    """The first column of times is read in the zone of its own head, and the others are no titles."""
    head = "".join(f"<th>{one}</th>" for one in (*heads, "Talk"))
    body = "<tr><td>9:00</td><td>14:00</td><td>22:00</td><td>Bees</td></tr>"
    body += "<tr><td>10:00</td><td>15:00</td><td>23:00</td><td>Ants</td></tr>"
    assert [row[:2] for row in html_rows(f"<table><tr>{head}</tr>{body}</table>")] == [
        ("Bees", "14 13:00"),
        ("Ants", "14 14:00"),
    ]


def test_rooms_that_are_called_like_cities_name_no_zone() -> None:
    """Beside a column of times cities are rooms."""
    table = """<table><tr><th>Time</th><th>Paris</th><th>London</th></tr>
<tr><td>9:00 - 10:00</td><td>Bees</td><td>Ants</td></tr>
<tr><td>13:00 - 14:00</td><td>Wasps</td><td></td></tr></table>"""
    assert [row[:2] for row in html_rows(table)] == [("Bees", "14 00:00"), ("Ants", "14 00:00"), ("Wasps", "14 04:00")]


@pytest.mark.parametrize(
    ("head", "warned"), [("Session 2 (MST)", True), ("Session 2: Computer-Aided Translation (CAT)", False)]
)
def test_letters_behind_the_name_of_a_session_move_no_times(head: str, *, warned: bool) -> None:
    """They may be a topic as well as a zone, so that the times stay the page's; a name without a topic is warned of."""
    page = f"{TOKYO}### Session 1\n9:00 - 10:00 Bees\n### {head}\n13:00 - 14:00 Ants\n"
    assert [row[:2] for row in rows(page)] == [("Bees", "14 00:00"), ("Ants", "14 04:00")]
    understood = read([Part("icra-2024.md", page.encode())], Hints(now=NOW))
    assert [f"“{head}” may name a zone" in warning for warning in understood.warnings] == [True] * warned


def test_a_room_before_the_title_in_a_table_without_heads() -> None:
    """Of cells that no head names, a place is the room and not the title."""
    table = "".join(
        f"<tr><td>{time}</td><td>{room}</td><td>{title}</td></tr>"
        for time, room, title in (
            ("9:00 - 10:00", "Room 1", "Bees"),
            ("9:00 - 10:00", "Room 2", "Ants"),
            ("13:00", "Hall", "Tea"),
        )
    )
    assert [(row[0], row[3]) for row in html_rows(f"<table>{table}</table>")] == [
        ("Bees", "Room 1"),
        ("Ants", "Room 2"),
        ("Tea", "Hall"),
    ]


def test_columns_beside_a_place_are_no_rooms() -> None:
    """A table that has a column of places lists one event a row, whatever its other heads are called."""
    table = """<table><tr><th>Time</th><th>Sponsor</th><th>Event &amp; Link</th><th>Location</th><th>Added</th></tr>
<tr><td>9:00-10:00</td><td>Lab</td><td>Bees</td><td>Hall A</td><td>9/11</td></tr>
<tr><td>13:00-14:00</td><td>Lab</td><td>Ants</td><td>Hall B</td><td>9/12</td></tr></table>"""
    assert [(row[0], row[3]) for row in html_rows(table)] == [("Bees", "Hall A"), ("Ants", "Hall B")]


def test_rooms_below_the_word_for_them_and_dotted_starts() -> None:
    """``Room | 1 | 2`` are the heads of rooms; a time of a dot only is one where all are written so."""
    table = """<table><tr><th>Room</th><th>1</th><th>2</th></tr><tr><td>9.00</td><td>Bees<br>on bees</td><td>Ants</td></tr>
<tr><td>10.00</td><td colspan="2">Tea</td></tr><tr><td>13.30</td><td></td><td>Wasps</td></tr></table>"""
    assert [(row[0], row[1], row[3]) for row in html_rows(table)] == [
        ("Bees", "14 00:00", "1"),
        ("Ants", "14 00:00", "2"),
        ("Tea", "14 01:00", "-"),
        ("Wasps", "14 04:30", "2"),
    ]


def test_a_row_whose_time_is_a_dash_is_no_text_of_the_row_above() -> None:
    """It is a talk whose time is not said, and that is told."""
    table = """<table><tr><td>9:00-10:00</td><td>Bees</td></tr><tr><td>-</td><td>Ants</td></tr>
<tr><td>13:00-14:00</td><td>Wasps</td></tr></table>"""
    assert [row[:2] for row in html_rows(table)] == [("Bees", "14 00:00"), ("Ants", "-"), ("Wasps", "14 04:00")]


def test_a_day_between_blank_heads() -> None:
    """The only word in a row of heads is no head of columns: a day there begins."""
    table = "".join(
        f'<table><tr><th>&nbsp;</th><th colspan="2">{day}</th><th>&nbsp;</th></tr>'
        f"<tr><td></td><td>9:00 - 10:00</td><td>{title}</td><td></td></tr></table>"
        for day, title in (("Tuesday, May 14", "Bees"), ("Wednesday, May 15", "Ants"))
    )
    page = f"<html><body><h1>ICRA 2024</h1><p>Timezone: Asia/Tokyo</p>{table}</body></html>"
    assert [row[:2] for row in rows(page, "icra-2024.html")] == [("Bees", "14 00:00"), ("Ants", "15 00:00")]


def test_rooms_above_their_times() -> None:
    """A room right above each time is the room of the title below it, not of the one above."""
    page = "".join(
        f"<div>{room}<br>{time}</div><div>{title}</div>"
        for room, time, title in (
            ("Main Hall", "9:00 - 10:00", "Bees"),
            ("Main Hall", "10:00 - 11:00", "Ants"),
            ("Room 5", "13:00 - 14:00", "Tea"),
        )
    )
    assert [(row[0], row[1], row[3]) for row in html_rows(page)] == [
        ("Bees", "14 00:00", "Main Hall"),
        ("Ants", "14 01:00", "Main Hall"),
        ("Tea", "14 04:00", "Room 5"),
    ]


@pytest.mark.parametrize(
    "table",
    [
        "| Time | Tue | Wed |\n|---|---|---|\n| 9:00 | Bees | Ants |\n| 10:00 | Wasps | Flies |",
        "| Day | 9:00 | 10:00 |\n|---|---|---|\n| Tue | Bees | Wasps |\n| Wed | Ants | Flies |",
        "| Day | Time | T |\n|-|-|-|\n| Tue | 9:00 | Bees |\n| | 10:00 | Wasps |\n| Wed | 9:00 | Ants |\n| | 10:00 | Flies |",
        "| Tue | H |\n|--|--|\n| 9:00 | Bees |\n| 10:00 | Wasps |\n\n| Wed | H |\n|--|--|\n| 9:00 | Ants |\n| 10:00 | Flies |",
    ],
)
def test_short_weekdays_of_columns_and_rows_begin_days(table: str) -> None:
    """Below the date of the first day the columns, or the rows, of the next days are theirs."""
    found = {row[0]: row[1] for row in rows(f"{TOKYO}{table}\n")}
    assert found == {"Bees": "14 00:00", "Wasps": "14 01:00", "Ants": "15 00:00", "Flies": "15 01:00"}


@pytest.mark.parametrize("names", ["NLP | MT | CV", "East | West | Art"])
def test_tracks_whose_names_are_letters_of_a_zone(names: str) -> None:
    """Beside a column of times such a name without a title's column is a track, and its talks are there."""
    table = f"| Time | {names} |\n|---|---|---|---|\n| 9:00 | Bees | Ants | Cows |\n| 10:00 | Legs | Hands | Eyes |\n"
    assert [row[:2] for row in rows(TOKYO + table)] == [
        *((title, "14 00:00") for title in ("Bees", "Ants", "Cows")),
        *((title, "14 01:00") for title in ("Legs", "Hands", "Eyes")),
    ]


def test_who_speaks_is_no_break_and_no_place() -> None:
    """Of what stands in brackets behind a title only what can be a name is the speaker's, and nobody speaks at lunch."""
    cells = ["Bees (Ann Lee)", "Lunch (On Your Own)", "Legs (Extended Abstract)", "Hands (Main Hall)"]
    table = "| Time | Title |\n|---|---|\n" + "".join(f"| {9 + at}:00 | {cell} |\n" for at, cell in enumerate(cells))
    talks = read([Part("icra-2024.md", (TOKYO + table).encode())], Hints(now=NOW)).conference.talks
    assert [(talk.title, talk.speakers) for talk in talks] == [("Bees", ("Ann Lee",)), *((cell, ()) for cell in cells[1:])]


def test_dates_with_their_times_in_one_column() -> None:
    """Each row of a series has its own day, and its other cells are what their columns say."""
    table = "| Date | Title | Speaker |\n|---|---|---|\n"
    table += "| 13 May 2024, 14:00 | Bees | Ann Lee |\n| 20 May 2024, 14:00 | Ants | Bo Chen |\n"
    talks = read([Part("icra-2024.md", (TOKYO + table).encode())], Hints(now=NOW)).conference.talks
    assert [(talk.title, talk.speakers, f"{talk.start:%d %H:%M}" if talk.start else "-") for talk in talks] == [
        ("Bees", ("Ann Lee",), "13 05:00"),
        ("Ants", ("Bo Chen",), "20 05:00"),
    ]


def test_cells_with_brackets_and_tabs() -> None:
    """Brackets of a link without an address are no part of names, a tab behind a bar is none of its cell."""
    table = "| Time | Title | Speakers |\n|---|---|---|\n| 9:00 | Bees | [Ann Lee, Bo Chen] |\n| 10:00 |\tLegs | |\n"
    table += "| 11:00 |\tHands | |\n| 13:00 |\tSession A (Young Researchers) | |\n"
    talks = read([Part("icra-2024.md", (TOKYO + table).encode())], Hints(now=NOW)).conference.talks
    assert [(talk.title, talk.speakers) for talk in talks] == [
        ("Bees", ("Ann Lee", "Bo Chen")),
        ("Legs", ()),
        ("Hands", ()),
        ("Session A (Young Researchers)", ()),
    ]
