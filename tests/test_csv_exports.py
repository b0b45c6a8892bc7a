"""Tables as other programs export them: Indico's contributions, Sessionize's sheets, Google's and Outlook's calendars."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from planner.changes import merge
from planner.errors import ReadError
from planner.readers import Hints, Part, read

if TYPE_CHECKING:
    from planner.model import Reading

RIGA = ZoneInfo("Europe/Riga")


def reading(text: str, zone: str | None = "Europe/Riga") -> Reading:
    """The reading of a table of a conference in Riga."""
    return read(
        [Part("kites.csv", text.encode())], Hints(now=datetime(2026, 11, 22, tzinfo=UTC), name="Kites 2025", zone=zone)
    )


def riga(*figures: int) -> datetime:
    """A wall clock in Riga."""
    return datetime(*figures, tzinfo=RIGA)  # type: ignore[arg-type, misc]


@pytest.mark.parametrize(
    ("first", "second"), [("2025-06-12T09:00:00+03:00", "2025-06-13T14:20:00+03:00"), ("12/06/2025 09:00", "13/06/2025 14:20")]
)
def test_contributions_whose_date_has_the_clock(first: str, second: str) -> None:
    """Indico has no column of starts: its dates have the clock, with an offset or in figures."""
    text = (
        "Id,Title,Description,Date,Duration,Type,Session,Track,Presenters,Materials\n"
        f'1,Kites,Hi,{first},0:20:00,Oral,Plenary,T1,"Ada Ek (CERN)",\n2,Tails,Hi,{second},0:20:00,Oral,Plenary,T1,Bo Fuchs,\n'
        "3,Wind,Hi,,0:20:00,Poster,,T1,Cy Graf,\n"
    )
    assert [(talk.title, talk.start, talk.end, talk.speakers) for talk in reading(text).conference.talks] == [
        ("Kites", riga(2025, 6, 12, 9), riga(2025, 6, 12, 9, 20), ("Ada Ek",)),
        ("Tails", riga(2025, 6, 13, 14, 20), riga(2025, 6, 13, 14, 40), ("Bo Fuchs",)),
        ("Wind", None, None, ("Cy Graf",)),
    ]


def test_times_in_two_zones() -> None:
    """Where columns show one time in several zones the first is taken, with its own letters and its own end."""
    text = (
        "Title,Date,Start (PDT),End (UTC),End (PDT),Start (UTC),Speaker\n"
        "Ants,2025-05-01,9:00,17:00,10:00,16:00,Ada Ek\nBees,2025-05-01,17:00,1:00,18:00,0:00,Bo Fuchs\n"
    )
    assert [(talk.start, talk.end) for talk in reading(text, None).conference.talks] == [
        (datetime(2025, 5, 1, 16, tzinfo=UTC), datetime(2025, 5, 1, 17, tzinfo=UTC)),
        (datetime(2025, 5, 2, 0, tzinfo=UTC), datetime(2025, 5, 2, 1, tzinfo=UTC)),
    ]


def test_a_name_beside_a_title_and_a_bio_is_the_speakers() -> None:
    """Workshops keep their programme as one line a speaker; a name beside columns of speakers says nothing."""
    text = "name,day,start,affiliation,title,bio\nAda Ek,2025-06-12,13:40,LTU,Ants,Ada is\n"
    (talk,) = reading(text).conference.talks
    assert (talk.title, talk.speakers, talk.organisations) == ("Ants", ("Ada Ek",), ("LTU",))
    (talk,) = reading("name,day,start,speaker,title,bio\nants1,2025-06-12,13:40,Bo Fuchs,Ants,Ada is\n").conference.talks
    assert (talk.title, talk.speakers) == ("Ants", ("Bo Fuchs",))


def test_a_zone_in_a_cell_with_its_offset_behind() -> None:
    """``Lisbon WEST UTC+1`` is an hour ahead of UTC, ``Lisbon WET UTC`` is UTC."""
    text = (
        "title,day,starttime,endtime,timezone\nAnts,2021-03-30,08:30,09:30,Lisbon WEST UTC+1\n"
        "Bees,2021-03-27,10:00,11:45,Lisbon WET UTC\n"
    )
    assert [(talk.start, talk.end) for talk in reading(text, None).conference.talks] == [
        (datetime(2021, 3, 30, 7, 30, tzinfo=UTC), datetime(2021, 3, 30, 8, 30, tzinfo=UTC)),
        (datetime(2021, 3, 27, 10, tzinfo=UTC), datetime(2021, 3, 27, 11, 45, tzinfo=UTC)),
    ]


@pytest.mark.parametrize("zone", ["Berlin UTC+1", "London GMT"])
def test_a_place_that_contradicts_its_offset(zone: str) -> None:
    """No such clock is the place's in July: no slot, with a warning."""
    found = reading(f"title,day,starttime,timezone\nAnts,2025-07-01,08:30,{zone}\n")
    assert (found.conference.talks[0].start, f"“{zone}” does not exist" in found.warnings[0]) == (None, True)


def test_a_start_of_twelve_that_is_read_as_noon_is_told() -> None:
    """``12:30 am - 2:00 pm`` is a slip, and its reading a doubt."""
    found = reading("Title,Date,Time\nAnts,2025-06-12,12:30 am - 2:00 pm\nBees,2025-06-12,11:30 - 1:00\n")
    assert found.conference.talks[0].start == riga(2025, 6, 12, 12, 30)
    assert "A start of 12 a.m. before an end in the afternoon is read as noon; check it (event in line 2)" in found.warnings[0]


def test_a_slot_beside_a_start() -> None:
    """A column of slots holds their codes beside starts, and the times where a line has no start."""
    head = "Title,Date,Time Slot,Start\n"
    found = reading(f"{head}Ants,2025-06-12,TH01,9:00\nBees,2025-06-12,10:00 - 10:30,\nCats,2025-06-12,TH02,\n")
    assert [(talk.start, talk.end, talk.slot.day) for talk in found.conference.talks] == [
        (riga(2025, 6, 12, 9), None, None),
        (riga(2025, 6, 12, 10), riga(2025, 6, 12, 10, 30), None),
        (None, None, None),
    ]


def test_a_table_without_dates_says_what_would_help() -> None:
    """Hours without any date are no schedule: what is missing is named."""
    assert "give it a column “date”" in reading("time,title,speaker\n9:00,Ants,Ada Ek\n").warnings[0]
    found = reading("day,time,title,speaker,published\nMonday,9:00,Ants,---,Y\nMonday,10:00,Bees,Ada Ek,N\n")
    assert ("give it a column “date”" in found.warnings[1], found.conference.talks[0].speakers) == (True, ())
    assert found.warnings[0] == "Lines that are no talks were left out: 1 unpublished."


@pytest.mark.parametrize("day", ["13-May-2025", "13-May-25", "13/May/2025", "20250513", "13-05-2025", "2025-05-13"])
def test_dates_as_sheets_write_them(day: str) -> None:
    """Excel's own form with the month in letters, and eight figures."""
    (talk,) = reading(f"Title,Date,Hours,Room\nAnts,{day},9:00 - 10:00,R1\n").conference.talks
    assert (talk.start, talk.end) == (riga(2025, 5, 13, 9), riga(2025, 5, 13, 10))


def test_a_month_in_letters_and_a_clock_in_one_cell() -> None:
    """``13-Oct-2025 09h00`` has both; a start with more than a date, which cannot be read, is no whole day."""
    head = "Title;Begins;End Time;Venue\n"
    for start, end in (
        ("2025 09h00", "2025 10h30"),
        ("25 9:00:00 AM", "25 10:30:00 AM"),
        ("25 09:00", "25 10.30"),
        ("25 9am", "25 10:30"),
    ):
        (talk,) = reading(f"{head}Ants;13-Oct-{start};13-Oct-{end};R1\n").conference.talks
        assert (talk.start, talk.end) == (riga(2025, 10, 13, 9), riga(2025, 10, 13, 10, 30))
    assert reading(f"{head}Ants;6 May 25 9:00;;R1\n").conference.talks[0].slot.start is None  # not the 25th
    found = reading(f"{head}Ants;13-Oct-2025 9ish;;R1\nBees;14-Oct-2025;;R1\n")
    assert [(talk.start, talk.slot.day) for talk in found.conference.talks] == [(None, None), (None, date(2025, 10, 14))]
    assert any("could be read" in warning for warning in found.warnings)


def test_lengths_in_hours() -> None:
    """``0.5`` and ``1.5`` are hours; a lone 1 may be an hour or a minute, so the end is open, which is told."""
    text = "Title,Date,Start,Duration (hours)\nAnts,2025-05-05,9:00,1.5\nBees,2025-05-05,12:00,1\nCod,2025-05-05,13:00,45\n"
    found = reading(text)
    ends = [riga(2025, 5, 5, 10, 30), None, riga(2025, 5, 5, 13, 45)]
    assert ([talk.end for talk in found.conference.talks], len(found.warnings)) == (ends, 1)


def test_eight_figures_and_a_clock_with_a_full_stop() -> None:
    """``20251024 08.30`` is half past eight."""
    (talk,) = reading("Title,Start Time,End,Venue\nAnts,20251024 08.30,20251024 10.00,R1\n").conference.talks
    assert (talk.start, talk.end) == (riga(2025, 10, 24, 8, 30), riga(2025, 10, 24, 10))


def test_codes_of_slots_beside_starts() -> None:
    """A column of slots' codes is no start where there is one, an id of a session no title where it has a name."""
    text = (
        "id,session_id,session_name,time_slot,room,date,start_time,end_time\n"
        "66,GIS1,Ants and Bees,TH01,R1,2025-09-03,14:05:00,15:15:00\n"
    )
    (talk,) = reading(text).conference.talks
    assert (talk.title, talk.start, talk.end) == ("Ants and Bees", riga(2025, 9, 3, 14, 5), riga(2025, 9, 3, 15, 15))


def test_occasions_that_only_their_type_names() -> None:
    """A line without a title is called by its type where that is no talk's."""
    text = "Title,Date,Start,Type\n,2025-05-13,19:00,Conference dinner\n,2025-05-13,9:00,Talk\n"
    assert [talk.title for talk in reading(text).conference.talks] == ["Conference dinner", ""]


def test_dates_without_times_are_told() -> None:
    """A table with dates and no column of hours has no slot to give, and says so."""
    found = reading("Title,Date,Duration,Room\nAnts,2025-05-13,30,R1\n")
    assert found.warnings == ("The table has dates and no times of day, so its talks have no slot.",)


def test_lines_of_sessions_without_a_talk_are_told() -> None:
    """In a table of papers a line may be a session alone: it is no talk, and not lost in silence."""
    text = (
        "Session Title,Presentation Title,Session Start,Presentation Start,Room\n"
        "S1,Ants,2025-05-01 09:00,2025-05-01 09:00,R1\nS2,,2025-05-01 11:00,,R1\n"
    )
    found = reading(text)
    assert [talk.title for talk in found.conference.talks] == ["Ants"]
    assert found.warnings == ("Lines that are no talks were left out: 1 of sessions alone.",)


def test_a_table_of_posters_speaks_for_no_other_talk() -> None:
    """Posters in a file of their own cancel no oral, nor do they move one of the same title; a poster that is gone they do."""
    head = "Title,Date,Start,End,Room,Type\n"
    orals = reading(f"{head}Ants,2025-05-01,10:00,10:20,R1,Oral\nBees,2025-05-01,10:20,10:40,R1,Oral\n")
    ants = "Ants,2025-05-02,15:00,17:00,R2,Poster\n"
    now = datetime(2025, 4, 1, tzinfo=UTC)
    stored = merge(None, orals, now=now).conference
    stored = merge(stored, reading(f"{head}{ants}Cod,2025-05-02,15:00,17:00,R2,Poster\n"), now=now).conference
    stored = merge(stored, reading(f"{head}{ants}"), now=now).conference
    assert sorted((talk.title, talk.kind, talk.start, talk.cancelled) for talk in stored.talks) == [
        ("Ants", "oral", riga(2025, 5, 1, 10), False),
        ("Ants", "poster", riga(2025, 5, 2, 15), False),
        ("Bees", "oral", riga(2025, 5, 1, 10, 20), False),
        ("Cod", "poster", riga(2025, 5, 2, 15), True),
    ]


@pytest.mark.parametrize("sign", ["\t", ";", ","])
def test_days_in_rows_of_their_own(sign: str) -> None:
    """A row with a date alone, above the heads or between the talks, is the day of the talks below it, and no talk."""
    rows = [
        ["12 June 2025"], ["Time", "Talk", "Speaker"], ["9:00 - 9:30", "Kites", "Ada Ek"], ["", "", ""], ["14:00", "Tails"],
        ["", "13 June 2025"], ["9:00 - 9:20", "Wind", "Bo Fuchs"],
    ]  # fmt: skip
    text = "\n".join(sign.join(row) for row in rows) + "\n"
    assert [(talk.title, talk.start, talk.end) for talk in reading(text).conference.talks] == [
        ("Kites", riga(2025, 6, 12, 9), riga(2025, 6, 12, 9, 30)),
        ("Tails", riga(2025, 6, 12, 14), None),
        ("Wind", riga(2025, 6, 13, 9), riga(2025, 6, 13, 9, 20)),
    ]


def test_times_of_talks_beside_those_of_their_session() -> None:
    """``Presentation Start`` is when a talk begins, ``Session Start`` its session, whose title is no talk's."""
    text = (
        "Session Title,Session Date,Session Start,Session End,Presentation Title,Presentation Start,Presentation End,Speaker\n"
        "Kites,2025-06-12,9:00,10:30,Tails,9:00,9:30,Ada Ek\nKites,2025-06-12,9:00,10:30,Strings,9:30,10:00,Bo Fuchs\n"
    )
    assert [(talk.title, talk.start, talk.end, talk.session) for talk in reading(text).conference.talks] == [
        ("Tails", riga(2025, 6, 12, 9), riga(2025, 6, 12, 9, 30), "kites"),
        ("Strings", riga(2025, 6, 12, 9, 30), riga(2025, 6, 12, 10), "kites"),
    ]


def test_columns_named_by_what_they_are_of() -> None:
    """``Event Start`` is a start, ``Talk Room`` a room."""
    text = "Event ID,Name,Event Start,Event End,Talk Room,Speakers\n1,Tails,2025-06-12 09:00,2025-06-12 09:30,Aula,Ada Ek\n"
    (talk,) = reading(text).conference.talks
    assert (talk.title, talk.start, talk.end, talk.slot.room) == (
        "Tails",
        riga(2025, 6, 12, 9),
        riga(2025, 6, 12, 9, 30),
        "Aula",
    )


def test_only_afternoons_on_a_clock_of_twelve_hours_are_refused() -> None:
    """1:30 may be night or afternoon where nothing is after 13:00; 01:30 and 1:30 AM say that it is night."""
    text = "Date,Start,End,Title,Speaker\n2025-06-12,{0},{1},Kites,Ada Ek\n"
    with pytest.raises(ReadError, match="which half of the day"):
        reading(text.format("1:30", "2:30"))
    for night in (("01:30", "02:30"), ("1:30 AM", "2:30 AM"), ("1:30:00 am", "2:30:00 am")):
        assert [talk.start for talk in reading(text.format(*night)).conference.talks] == [riga(2025, 6, 12, 1, 30)]


def test_a_range_over_noon_is_no_clock_of_a_whole_day() -> None:
    """12:15 - 1:15 ends at 13:15, and what begins then is no night; where 14:00 stands too, 1:30 is one."""
    rows = ["9:00 - 10:00,Kites,Ada Ek", "12:15 - 1:15,Tails,Bo Fuchs", "1:15 - 2:15,Wind,Cy Graf"]
    text = "Date,Time,Title,Speaker\n" + "".join(f"2025-06-12,{row}\n" for row in rows)
    assert [(talk.start, talk.end) for talk in reading(text).conference.talks[1:]] == [
        (riga(2025, 6, 12, 12, 15), riga(2025, 6, 12, 13, 15)),
        (riga(2025, 6, 12, 13, 15), riga(2025, 6, 12, 14, 15)),
    ]


def test_a_day_that_cannot_be_read_is_not_the_one_above() -> None:
    """Talks below such a row have no time, and are told."""
    text = "Time,Title,Speaker\n12 June 2025,,\n9:00,Kites,Ada Ek\nThe 13th of June or so,,\n9:00,Wind,Cy Graf\n"
    text += '"14 June, Saturday",,\n9:00,Tails,Bo\n'
    found = reading(text)
    assert [talk.start for talk in found.conference.talks] == [riga(2025, 6, 12, 9), None, riga(2025, 6, 14, 9)]
    assert any("no slot" in warning for warning in found.warnings)


def test_an_empty_date_means_the_day_above_wherever_it_stands() -> None:
    """A day alone in its row is over where a row has a date of its own."""
    text = "Date,Start,Title,Speaker\n2025-06-12,,,\n,9:00,Kites,Ada Ek\n2025-06-13,9:00,Tails,Bo\n,10:00,Wind,Cy Graf\n"
    starts = [talk.start for talk in reading(text).conference.talks]
    assert starts == [riga(2025, 6, 12, 9), riga(2025, 6, 13, 9), riga(2025, 6, 13, 10)]
    starts = [talk.start for talk in reading(text.replace("2025-06-13", "to be found")).conference.talks]
    assert starts == [riga(2025, 6, 12, 9), None, None]


def test_a_session_with_a_number_is_no_day() -> None:
    """``may`` far from a number is no month: the day above goes on below it."""
    text = "Start,Title,Speaker\n12 June 2025,,\n,Session 2: What we may do,\n9:00,Kites,Ada Ek\n"
    assert {talk.title: talk.start for talk in reading(text).conference.talks}["Kites"] == riga(2025, 6, 12, 9)


def test_a_start_whose_own_date_cannot_be_read_has_no_other_day() -> None:
    """The day above serves a bare clock, no cell with words beside it; 10.15 behind a date is no part of an hour."""
    text = "Start,End,Title,Speaker\n2025-06-12 10.15,11.00,Kites,Ada Ek\n14:00,15:00,Tails,Bo Fuchs\n"
    text += "13 Juneteenth 16:00,17:00,Wind,Cy Graf\n"
    assert [talk.start for talk in reading(text).conference.talks] == [riga(2025, 6, 12, 10, 15), riga(2025, 6, 12, 14), None]


def test_dates_of_two_numbers() -> None:
    """``6/13`` shows that ``6/12`` is in June; ``6/12`` alone may be in December, and tells nothing."""
    text = "Date,Time,Title,Speaker\n6/12,9:00 - 9:30,Kites,Ada Ek\n6/13,14:00,Wind,Bo Fuchs\n"
    assert [talk.start for talk in reading(text).conference.talks] == [riga(2025, 6, 12, 9), riga(2025, 6, 13, 14)]
    assert [talk.start for talk in reading(text.replace("6/13", "6/11")).conference.talks] == [None, None]


def test_sheets_of_submissions_with_their_schedule() -> None:
    """Sessionize says when under ``Scheduled At``; declined ones are told, two lines of one talk are its two speakers."""
    head = (
        '"Session Id","Title","Description","Owner","Session format","Status",'
        '"Date Submitted","FirstName","LastName","Room","Scheduled At","Scheduled Duration"\n'
    )
    rows = [
        "1,Kites,Hi,Ada Ek,Session,Accepted,12 Jan 2025 10:00 PM,Ada,Ek,Main,12 Jun 2025 09:00 AM,60",
        "1,Kites,Hi,Ada Ek,Session,Accepted,12 Jan 2025 10:00 PM,Bo,Fuchs,Main,12 Jun 2025 09:00 AM,60",
        "2,Tails,Hi,Cy Graf,Session,Accepted,13 Jan 2025 10:00 PM,Cy,Graf,B,12 Jun 2025 01:00 PM,45",
        "3,Wind,Hi,Cy Graf,Session,Declined,13 Jan 2025 10:00 PM,Cy,Graf,,,",
    ]
    found = reading(head + "\n".join(rows) + "\n")
    assert [(talk.title, talk.start, talk.end, talk.speakers) for talk in found.conference.talks] == [
        ("Kites", riga(2025, 6, 12, 9), riga(2025, 6, 12, 10), ("Ada Ek", "Bo Fuchs")),
        ("Tails", riga(2025, 6, 12, 13), riga(2025, 6, 12, 13, 45), ("Cy Graf",)),
    ]
    assert "1 declined" in found.warnings[0]


def test_whole_days_of_calendars() -> None:
    """Google's last day is the one it says, Outlook's end at midnight is that of the day before; neither has a clock."""
    text = (
        "Subject,Start Date,Start Time,End Date,End Time,All Day Event,Location\n"
        "Kites,6/12/2025,10:00:00 PM,6/13/2025,1:00:00 AM,False,Hall A\n"
        "Google,6/14/2025,,6/15/2025,,True,Hall B\nOutlook,6/14/2025,12:00:00 AM,6/16/2025,12:00:00 AM,TRUE,Hall B\n"
    )
    kites, *days = reading(text).conference.talks
    assert (kites.start, kites.end) == (riga(2025, 6, 12, 22), riga(2025, 6, 13, 1))
    assert [(talk.start, talk.slot.day, talk.slot.last_day) for talk in days] == [
        (None, date(2025, 6, 14), date(2025, 6, 15))
    ] * 2


def test_a_zone_that_every_line_names_is_the_conferences() -> None:
    """With the zone in a column nothing is asked; ``UTC`` in it is exact, and --zone still says the place."""
    text = (
        "title,start,end,timezone\nKites,2025-06-12 09:00,2025-06-12 10:00,{0}\nTails,2025-06-12 23:00,2025-06-13 01:00,{0}\n"
    )
    found = reading(text.format("America/Chicago"), None)
    assert found.conference.zone == "America/Chicago"
    assert found.conference.talks[1].end == datetime(2025, 6, 13, 6, tzinfo=UTC)
    assert reading(text.format("UTC")).conference.zone == "Europe/Riga"
    assert reading(text.format("UTC")).conference.talks[0].start == datetime(2025, 6, 12, 9, tzinfo=UTC)


def test_talks_with_a_day_and_no_clock() -> None:
    """A table of speakers, titles and dates is of whole days; one of authors has no such day."""
    talks = reading("Date,Speaker,Title\n2025-06-12,Ada Ek,Kites\n13 June 2025,Bo Fuchs,Tails\n").conference.talks
    assert [(talk.title, talk.slot.day) for talk in talks] == [("Kites", date(2025, 6, 12)), ("Tails", date(2025, 6, 13))]
