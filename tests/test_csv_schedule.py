"""What schedules in tables become, how their cells tell dates and times, and what a bad one may do."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

import pytest
from alone import HINTS, NAME, Alone, small_files, utc
from hypothesis import given
from hypothesis import strategies as st

from planner.changes import merge
from planner.errors import MissingFactsError, PlannerError, ReadError
from planner.readers import csv_schedule
from planner.readers.sources import Hints, Part

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.model import Reading, Talk

OWN = small_files("csv_schedule")
ALONE = Alone(csv_schedule, "sessions.csv", OWN)
reading, own = ALONE.reading, ALONE.own
BERLIN = "Europe/Berlin"

# The real files, counted with csv and zoneinfo


class Real(NamedTuple):
    """A real file: its talks, the first and last start and the last end in UTC, its scope, and the zone to say, if any."""

    file: str
    talks: int
    first: str
    last: str
    end: str
    scope: str
    zone: str | None = None


ROME = "Europe/Rome"
SAMPLES = (
    Real("C/droidcon2025_sessions.csv", 28, "2025-11-19 08:30", "2025-11-20 15:45", "2025-11-20 16:30", "conference", ROME),
    Real("B/icwsm2021_papers.csv", 104, "2021-06-08 15:30", "2021-06-10 16:45", "2021-06-10 17:45", "sessions"),
    Real("B/ismir2023_events.csv", 37, "2023-11-05 07:00", "2023-11-10 08:00", "2023-11-10 16:30", "conference", ROME),
)  # fmt: skip


def told(path: Path) -> Iterator[tuple[str, datetime]]:
    """Title and start of every line, by csv alone."""
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if "droidcon" in path.name:
                yield row["Proposal title"], stamp(f"{row['Date']} {row['Start Time']}", "Europe/Rome")
            elif "icwsm" in path.name:
                yield row["title"], stamp(f"{row['date']} {row['time'][1:6]}", "UTC")
            else:
                yield row["title"], stamp(f"{row['start_date'].strip()} {row['start_time']}", "Europe/Rome")


def stamp(text: str, zone: str) -> datetime:
    """``2023-11-05 8:00`` in a zone as an instant."""
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


@pytest.mark.parametrize("sample", SAMPLES, ids=[sample.file for sample in SAMPLES])
def test_every_sample_is_read_whole(sample: Real, shared: Path) -> None:
    """Each real file gives the counted number of talks, in its order, with the counted instants."""
    path = shared / "samples" / sample.file
    text = path.read_text(encoding="utf-8")
    assert csv_schedule.claims(text, Part(str(path), b""))
    found = reading(text, file=str(path), zone=sample.zone)
    talks = found.conference.talks
    starts = [talk.start for talk in talks if talk.start]
    assert starts == [at for _, at in told(path)]
    assert (len(talks), min(starts), max(starts)) == (sample.talks, utc(sample.first), utc(sample.last))
    assert max(talk.end for talk in talks if talk.end) == utc(sample.end)
    assert (found.format, found.scope, found.year) == ("csv-schedule", sample.scope, utc(sample.first).year)
    assert len({talk.uid for talk in talks}) == sample.talks


@pytest.mark.parametrize("file", ["C/droidcon2025_sessions.csv", "B/ismir2023_events.csv"])
def test_what_a_sample_lacks_is_asked(file: str, shared: Path) -> None:
    """Local times without a zone are refused with the flag that would say it."""
    path = shared / "samples" / file
    with pytest.raises(MissingFactsError, match=r"does not say its time zone; .*--zone"):
        reading(path.read_text(encoding="utf-8"), file=str(path))


def test_gmt_in_june_is_no_london_clock(shared: Path) -> None:
    """ICWSM's ``(16:45-17:45 GMT)`` is 17:45 in London, as its calendar says: GMT is exact whatever ``--zone`` is."""
    path = shared / "samples" / "B" / "icwsm2021_papers.csv"
    text = path.read_text(encoding="utf-8")
    plain, london = (reading(text, file=str(path), zone=zone) for zone in (None, "Europe/London"))
    assert [talk.start for talk in plain.conference.talks] == [talk.start for talk in london.conference.talks]
    assert max(talk.start for talk in plain.conference.talks if talk.start) == utc("2021-06-10 16:45")


def test_sessions_of_a_sample(shared: Path) -> None:
    """ICWSM's 104 papers stand in 22 sessions, counted with csv."""
    path = shared / "samples" / "B" / "icwsm2021_papers.csv"
    with path.open(encoding="utf-8", newline="") as file:
        counted = Counter(row["session"].lower() for row in csv.DictReader(file))
    found = reading(path.read_text(encoding="utf-8"), file=str(path)).conference
    assert Counter(talk.session for talk in found.talks) == counted
    assert {session.key for session in found.sessions} == set(counted)


def test_speakers_without_times(shared: Path) -> None:
    """A table of speakers and their talks is read without slots, and cancels nothing."""
    path = shared / "samples" / "B" / "miniconf-demo_speakers.csv"
    found = reading(path.read_text(encoding="utf-8"), file=str(path), name="ICLR 2020")
    assert [talk.speakers for talk in found.conference.talks] == [("Dr. Aisha Walcott-Bryant",), ("Prof. Leslie Kaelbling",)]
    assert (found.scope, any(talk.scheduled for talk in found.conference.talks)) == ("list", False)


def test_paper_lists_are_left_to_their_reader(shared: Path) -> None:
    """Tables of papers without times are claimed by others; of all real files this reader claims four."""
    paths = sorted((shared / "samples").glob("*/*"))
    claimed = {path.name for path in paths if csv_schedule.claims(path.read_bytes().decode(errors="replace"), Part("", b""))}
    assert claimed == {Path(sample.file).name for sample in SAMPLES} | {"miniconf-demo_speakers.csv"}


# The small files


def test_date_start_and_duration() -> None:
    """Three columns make a slot, over the clock change too; states decide; one odd time spoils one line."""
    found = own("sessions.csv", zone=BERLIN)
    talks = {talk.source_id: talk for talk in found.conference.talks}
    assert set(talks) == {"AAAAAA", "BBBBBB", "DDDDDD", "EEEEEE", "FFFFFF"}
    lamps, gap = talks["AAAAAA"], talks["BBBBBB"]
    assert (lamps.title, lamps.speakers) == ('Lamps: "the" talk', ("Maya Pole", "Tenzin"))
    assert (lamps.start, lamps.end) == (utc("2031-03-29 10:30"), utc("2031-03-29 11:15"))
    assert lamps.abstract == "First paragraph.\n\nSecond paragraph, after a blank line."
    assert (gap.start, gap.end) == (utc("2031-03-30 00:30"), utc("2031-03-30 01:30"))
    assert (talks["DDDDDD"].cancelled, talks["EEEEEE"].scheduled, talks["FFFFFF"].scheduled) == (True, False, False)
    assert any("1 rejected" in warning for warning in found.warnings)
    assert any("line 9" in warning for warning in found.warnings)


def test_german_columns() -> None:
    """Heads, dates and times as a German table writes them; an empty date is that of the line above."""
    lamps, wicks, walk = own("german.csv", zone=BERLIN).conference.talks
    assert (lamps.start, lamps.end) == (utc("2031-05-12 07:30"), utc("2031-05-12 08:15"))
    assert (lamps.speakers, lamps.organisations) == (("Dr. Ada Bright",), ("Lampenhaus",))
    assert (wicks.start, wicks.slot.room) == (utc("2031-05-12 08:30"), "Saal 1")
    assert (walk.start, walk.end) == (utc("2031-05-13 20:00"), utc("2031-05-13 23:00"))


def test_letters_in_the_heads() -> None:
    """``Start (PT)`` over ``7/18/2031 9:00 AM`` is Pacific time, whatever ``--zone`` says; an end may be on the next day."""
    for zone in (None, BERLIN):
        found = own("pacific.tsv", zone=zone)
        light, stars = found.conference.talks
        assert (light.start, light.end, light.kind) == (utc("2031-07-18 16:00"), utc("2031-07-18 17:00"), "keynote")
        assert (stars.start, stars.end) == (utc("2031-07-20 06:30"), utc("2031-07-20 07:30"))
    assert own("pacific.tsv").conference.zone == "America/Los_Angeles"


def test_papers_with_their_own_times() -> None:
    """A range in brackets with its letters is the slot; the session column makes sessions."""
    found = own("papers.csv")
    bright, dark = found.conference.talks
    assert (bright.start, bright.end, bright.slot.room) == (utc("2031-06-10 16:45"), utc("2031-06-10 17:45"), "Room A")
    assert bright.session == dark.session == found.conference.sessions[0].key
    assert (bright.url, found.scope) == ("https://papers.example/A1", "sessions")


def test_dates_of_numbers_are_read_alike() -> None:
    """The order of day and month is the one in which all dates lie within a fortnight, else it is asked."""
    first, second = own("day-first.csv", zone=BERLIN).conference.talks
    assert (first.start, second.start) == (utc("2031-06-05 08:00"), utc("2031-06-06 08:00"))
    with pytest.raises(ReadError, match=r"“05/06/2031” may be Thu 5 Jun 2031 or Tue 6 May 2031"):
        own("unclear.csv", zone=BERLIN)


def test_a_weekday_beside_a_date_of_numbers_counts() -> None:
    """5 June 2031 is a Thursday, 6 May a Tuesday: a weekday in any language tells the order; one that fits none is refused."""
    text = "title,date,start\nOn oil,{} 05/06/2031,09:00\n"
    for weekday, start in (("Thu", "2031-06-05 07:00"), ("Mardi", "2031-05-06 07:00"), ("Di.", "2031-05-06 07:00")):
        (talk,) = reading(text.format(weekday), name=NAME, zone=BERLIN).conference.talks
        assert talk.start == utc(start)
    for odd in ("Sat", "Samstag"):
        with pytest.raises(ReadError, match="may be"):
            reading(text.format(odd), name=NAME, zone=BERLIN)
    with pytest.raises(ReadError, match=r"“lundi 15/05/2031” is no Monday but Thu 15 May 2031; correct the date"):
        reading(text.format("lundi").replace("05/06", "15/05"), name=NAME, zone=BERLIN)


def test_a_year_that_no_date_prints() -> None:
    """``Thu 5 June`` has the name's year, ``--year``'s, or is near; a weekday that contradicts it is refused."""
    assert own("no-year.csv", zone=BERLIN).conference.talks[0].start == utc("2031-06-05 08:00")
    assert own("no-year.csv", zone=BERLIN, name="LAMP", now=datetime(2031, 5, 1, tzinfo=UTC)).year == 2031
    with pytest.raises(ReadError, match="2030"):
        own("no-year.csv", zone=BERLIN, year=2030)
    with pytest.raises(MissingFactsError) as caught:
        own("no-year.csv", zone=BERLIN, name="LAMP", now=datetime(2033, 12, 1, tzinfo=UTC))
    assert 2031 in caught.value.years


# Rules

CELLS = [
    # date, start, end -> start and end in Berlin's summer of 2031 (two hours ahead), in UTC
    ("2031-06-05", "9:00", "10:30", "07:00", "08:30"),
    ("2031-06-05", "09:00:00", "10:30:00", "07:00", "08:30"),
    ("2031-06-05", "0900", "1030", "07:00", "08:30"),
    ("2031-06-05", "9.00", "10.30", "07:00", "08:30"),
    ("2031-06-05", "9h00", "10h30", "07:00", "08:30"),
    ("2031-06-05", "9:00 Uhr", "10:30 Uhr", "07:00", "08:30"),
    ("2031-06-05", "9:00 AM", "1:30 PM", "07:00", "11:30"),
    ("2031-06-05", "9 a.m.", "noon", "07:00", "10:00"),
    ("2031-06-05", "9:00 - 10:30", "", "07:00", "08:30"),
    ("2031-06-05", "(9:00–10:30)", "", "07:00", "08:30"),
    ("2031-06-05", "2031-06-05 09:00", "2031-06-05 10:30", "07:00", "08:30"),
    ("2031-06-05", "2031-06-05T09:00:00+05:30", "2031-06-05T10:30:00+05:30", "03:30", "05:00"),
    ("2031-06-05", "9:00 EDT", "10:30", "13:00", "14:30"),
    ("2031/06/05", "9:00", "10:30", "07:00", "08:30"),
    ("5.6.2031", "9:00", "10:30", "07:00", "08:30"),
    ("5.6.31", "9:00", "10:30", "07:00", "08:30"),
    ("05/06/2031", "9:00", "10:30", None, None),
    ("Thu 5 June 2031", "9:00", "10:30", "07:00", "08:30"),
    ("June 5, 2031", "9:00", "10:30", "07:00", "08:30"),
    ("Thursday, June 5, 2031", "9:00", "10:30", "07:00", "08:30"),
    ("", "2031-06-05 09:00", "10:30", "07:00", "08:30"),
    ("", "6/5/2031 9:00 AM", "10:30 AM", None, None),
    ("2031-06-05", "23:00", "", "21:00", None),
]


@pytest.mark.parametrize(("day", "start", "end", "first", "last"), CELLS)
def test_cells(day: str, start: str, end: str, first: str | None, last: str | None) -> None:
    """Every way of writing a date and a time of day that was met; what could be two dates is refused."""
    text = f'title,date,start,end,room\n"T","{day}","{start}","{end}","R"\n'
    if first is None:
        with pytest.raises(ReadError, match="may be"):
            reading(text, name=NAME, zone=BERLIN)
        return
    (talk,) = reading(text, name=NAME, zone=BERLIN).conference.talks
    assert talk.start == utc(f"2031-06-05 {first}")
    assert talk.end == (utc(f"2031-06-05 {last}") if last else None)


def test_an_end_on_another_day() -> None:
    """With a column for the day of the end, an entry can last over several days."""
    text = "title,start date,start time,end date,end time\nT,2031-06-05,9:00,2031-06-07,17:00\n"
    (talk,) = reading(text, name=NAME, zone=BERLIN).conference.talks
    assert (talk.start, talk.end) == (utc("2031-06-05 07:00"), utc("2031-06-07 15:00"))


@pytest.mark.parametrize(("zone", "expected"), [("Asia/Tokyo", "00:00"), ("PST", "17:00"), ("", "07:00")])
def test_a_column_of_zones(zone: str, expected: str) -> None:
    """A cell may name the zone of its line, as a name or by letters; without one it is the conference's."""
    (talk,) = reading(f"title,date,start,timezone\nT,2031-12-05,9:00,{zone}\n", name=NAME, zone=BERLIN).conference.talks
    assert talk.start == utc(f"2031-12-05 {expected}") + timedelta(hours=1 if zone == "" else 0)


def test_clocks_of_twelve_hours_without_their_half_are_refused() -> None:
    """Where no hour is beyond 12 and an end is before its start, nobody knows which half is meant; one 14:00 tells."""
    text = "title,date,start,end\nA,2031-06-05,9:00,10:00\nB,2031-06-05,11:30,1:00\n"
    with pytest.raises(ReadError, match=r"11:30 to 1:00, .*a\.m\. and p\.m\."):
        reading(text, name=NAME, zone=BERLIN)
    _, night, _ = reading(f"{text}C,2031-06-05,14:00,15:00\n", name=NAME, zone=BERLIN).conference.talks
    assert (night.start, night.end) == (utc("2031-06-05 09:30"), utc("2031-06-05 23:00"))


def test_letters_of_several_places_are_asked() -> None:
    """``IST`` with nothing known is refused with the zones that it can mean, and read once one is said."""
    text = "title,date,start (IST)\nT,2031-06-05,9:00\n"
    with pytest.raises(MissingFactsError, match="Asia/Kolkata") as caught:
        reading(text, name=NAME)
    assert "Asia/Kolkata" in caught.value.zones
    assert reading(text, name=NAME, zone="Asia/Kolkata").conference.talks[0].start == utc("2031-06-05 03:30")


def test_all_that_is_missing_is_asked_at_once() -> None:
    """Name and zone are asked in one sentence."""
    with pytest.raises(MissingFactsError) as caught:
        reading("title,date,start\nT,2031-06-05,9:00\n")
    assert (caught.value.conference, caught.value.zone) == (True, True)


@pytest.mark.parametrize(
    "text", ["title,date,start\n", "title,date,start\n,,\n", "a,b,c\n1,2,3\n", "title,start,room,state\nT,9:00,R,rejected\n"]
)
def test_nothing_found_is_said(text: str) -> None:
    """A head without a line, lines without a title, and a table without a column of titles are refused with one sentence."""
    with pytest.raises(ReadError, match="nothing found"):
        reading(text, name=NAME, zone=BERLIN)


def test_an_open_quote_does_not_swallow_the_file_silently() -> None:
    """A record of hundreds of lines is told, because a quote in it may not be closed."""
    text = 'title,date,start,abstract\nA,2031-06-05,9:00,"open\n' + "B,2031-06-05,10:00,x\n" * 500
    assert any("quote" in warning for warning in reading(text, name=NAME, zone=BERLIN).warnings)


WORDS = """title date start end room , ; \t 2031-06-05 05/06/2031 9:00 25:99 GMT IST state rejected 5.6.31 0000-00-00 Mon"""
PIECES = st.sampled_from([*WORDS.split(" "), "\n", '"', "\x00", "\ud800", "(9:00-10:00 PT)", "9:00 AM", "x" * 300])


@given(st.lists(PIECES, max_size=60).map("".join), st.sampled_from([None, BERLIN, "Pacific/Apia"]), st.booleans())
def test_whatever_stands_there_only_known_errors_come(text: str, zone: str | None, headed: bool) -> None:
    """Any text is read or refused with a sentence of the house; no two talks share a uid."""
    text = f"title,date,start,end,room\n{text}" if headed else text
    csv_schedule.claims(text, Part("", b""))
    try:
        found: Reading = reading(text, zone=zone, name=NAME)
    except PlannerError:
        return
    talks: tuple[Talk, ...] = found.conference.talks
    assert len({talk.uid for talk in talks}) == len(talks)


def test_conftool_and_its_kin_name_the_sessions() -> None:
    """``session_start`` is the time, ``session_title`` the session's, and numbers behind authors are no organisations."""
    text = (
        '"session_ID";"session_title";"session_start";"session_end";"session_room";"chair1";"paper_ID";"title";"authors";'
        '"organisations"\n'
        '"5";"Opening Session";"2024-09-03 09:00";"2024-09-03 10:30";"HS 1";"Cy Ulm";"101";"First";"Ada Ek (1); Bo Fuchs (2)";'
        '"1: Uni X; 2: Uni Y"\n'
    )
    part = Part("conf-2024.csv", text.encode())
    found = csv_schedule.read(text, part, Hints(now=HINTS.now, zone="Europe/Berlin", name="Conf 2024")).conference
    (talk,) = found.talks
    assert (talk.title, talk.speakers, talk.organisations) == ("First", ("Ada Ek", "Bo Fuchs"), ("Uni X", "Uni Y"))
    assert talk.start == datetime(2024, 9, 3, 9, tzinfo=ZoneInfo("Europe/Berlin"))
    assert [(one.title, one.chairs) for one in found.sessions] == [("Opening Session", ("Cy Ulm",))]


def test_a_line_for_each_author_is_one_talk() -> None:
    """Lines that differ in the presenter only are one talk with all of them; another title stays another talk."""
    text = (
        '"date","time","panel_title","title","presenter","presenter_affiliation"\n'
        '"24.09.2024","14:00-15:30 Uhr","Panel A","On nets","Ada Ek","Uni X"\n'
        '"24.09.2024","14:00-15:30 Uhr","Panel A","On nets","Bo Fuchs","Uni Y"\n'
        '"24.09.2024","14:00-15:30 Uhr","Panel A","On seas","Bo Fuchs","Uni Y"\n'
    )
    part = Part("conf-2024.csv", text.encode())
    found = csv_schedule.read(text, part, Hints(now=HINTS.now, zone="Europe/Berlin", name="Conf 2024")).conference
    assert [(talk.title, talk.speakers, talk.organisations) for talk in found.talks] == [
        ("On nets", ("Ada Ek", "Bo Fuchs"), ("Uni X", "Uni Y")),
        ("On seas", ("Bo Fuchs",), ("Uni Y",)),
    ]
    assert [one.title for one in found.sessions] == ["Panel A"]


def test_talks_with_speakers_and_no_time_are_a_list() -> None:
    """A table of titles, speakers and categories is a list of talks without slots."""
    text = "Title,Speakers,Category\nOn ducks,Ada Ek,Talk\nHTMX,Bo Fuchs & Cy Ulm,Tutorial\n"
    part = Part("pyconza-2024.csv", text.encode())
    assert csv_schedule.claims(text, part)
    found = csv_schedule.read(text, part, Hints(now=HINTS.now, name="PyConZA 2024"))
    assert found.scope == "list"
    assert [(talk.title, talk.speakers, talk.kind) for talk in found.conference.talks] == [
        ("On ducks", ("Ada Ek",), "talk"),
        ("HTMX", ("Bo Fuchs", "Cy Ulm"), "tutorial"),
    ]


WHOVA = (
    '*Date,*Time Start,*Time End,"Tracks\n(Separated by ;)",*Session Title,Room/Location,"Speakers\n(Separated by ;)",'
    '"Session or \nSub-session(Sub)"\n'
    "6/14/2031,9:00 AM,10:30 AM,,On lamps,Hall,Cy Ulm,\n"
    "6/14/2031,9:00 AM,9:45 AM,,Wicks,,Ada Ek,sub\n"
    "6/14/2031,,,,Shades,Cellar,Bo Fuchs,Sub\n"
    "6/15/2031,,,,Oil,,Bo Fuchs,Sub\n"
    "6/14/2031,2:00 PM,3:00 PM,,Walk,,,Session\n"
)


def test_sub_sessions_stand_in_the_session_above() -> None:
    """Whova: a sub-session is of the session above it, at its hours and in its room if it tells none; never on another day."""
    found = reading(WHOVA, name=NAME, zone=BERLIN).conference
    berlin = ZoneInfo(BERLIN)
    whole, *talks = found.talks
    assert [(talk.title, talk.start, talk.end, talk.slot.room) for talk in talks] == [
        ("Wicks", datetime(2031, 6, 14, 9, tzinfo=berlin), datetime(2031, 6, 14, 9, 45, tzinfo=berlin), "Hall"),
        ("Shades", datetime(2031, 6, 14, 9, tzinfo=berlin), datetime(2031, 6, 14, 10, 30, tzinfo=berlin), "Cellar"),
        ("Oil", None, None, "Hall"),
        ("Walk", datetime(2031, 6, 14, 14, tzinfo=berlin), datetime(2031, 6, 14, 15, tzinfo=berlin), None),
    ]
    (session,) = found.sessions
    held = [talk.title for talk in found.talks if talk.session == session.key]
    assert (whole.title, whole.holds, session.title, held) == ("On lamps", session.key, "On lamps", ["Wicks", "Shades", "Oil"])


def test_a_keynote_of_no_session_that_moves_keeps_its_mark() -> None:
    """Where a table shows all sessions of a day, what stands outside of them and moved is not left at its old hour as well."""
    text = "title,session,date,start,end\nOn oil,Wicks,2031-05-06,09:00,10:00\nKeynote,,2031-05-06,11:00,12:00\n"
    first = reading(text, name=NAME, zone=BERLIN)
    again = reading(text.replace("11:00,12:00", "15:00,16:00"), name=NAME, zone=BERLIN)
    before = merge(None, first, now=HINTS.now).conference
    after = merge(before, again, now=HINTS.now).conference
    assert (first.scope, len(after.talks)) == ("sessions", 2)
    (old,), (new,) = ([talk for talk in one.talks if talk.title == "Keynote"] for one in (before, after))
    assert (new.uid, new.start, new.cancelled) == (old.uid, utc("2031-05-06 13:00"), False)


def test_a_table_of_other_sessions_cancels_none_of_the_day() -> None:
    """Orals and posters of one day in two tables, each with what is of no session: the second leaves the first as it is."""
    head = "title,session,date,start,end\n"
    orals = f"{head}On oil,Orals,2031-05-06,09:00,10:00\nCoffee,,2031-05-06,10:00,10:30\n"
    posters = f"{head}Wicks,Posters,2031-05-06,16:00,18:00\nCoffee,,2031-05-06,15:30,16:00\n"
    before = merge(None, reading(orals, name=NAME, zone=BERLIN), now=HINTS.now).conference
    after = merge(before, reading(posters, name=NAME, zone=BERLIN), now=HINTS.now).conference
    kept = {talk.uid: talk for talk in after.talks}
    assert [(kept[talk.uid].start, kept[talk.uid].cancelled) for talk in before.talks] == [
        (talk.start, False) for talk in before.talks
    ]
    assert len(after.talks) == 4


def test_sessions_of_one_name_and_day_hold_their_own_talks() -> None:
    """Whova: sessions called alike side by side, and again in the afternoon, are three, as they are where no room is named."""
    rows = [("9:00", "Orals", "Hall", "Session"), ("9:00", "Wicks", "Hall", "Sub")]
    rows += [("9:00", "Orals", "Attic", "Session"), ("9:00", "Shades", "Attic", "Sub"), ("9:30", "Oil", "Attic", "Sub")]
    rows += [("14:00", "Orals", "Attic", "Session"), ("14:00", "Glass", "Attic", "Sub")]
    for places in (True, False):
        text = "Date,Start,Title,Room,Session or Sub-session(Sub)\n"
        text += "".join(f"2031-06-14,{at},{title},{room if places else ''},{sub}\n" for at, title, room, sub in rows)
        found = reading(text, name=NAME, zone=BERLIN).conference
        held = [[talk.title for talk in found.talks if talk.session == one.holds] for one in found.talks if one.holds]
        assert held == [["Wicks"], ["Shades", "Oil"], ["Glass"]]
        assert len(found.sessions) == 3


def test_a_state_that_begins_a_sentence_counts() -> None:
    """What is called off in more words stays, as cancelled."""
    text = "title,start,room,date,state\nA,9:00,Hall,2031-06-05,Cancelled by speaker\nB,9:30,Hall,2031-06-05,not accepted\n"
    assert [(talk.title, talk.cancelled) for talk in reading(text, name=NAME, zone=BERLIN).conference.talks] == [("A", True)]
