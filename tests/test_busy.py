"""Busy time kept beside the schedule: read by a command, replaced file by file, seen by every view, exported by none."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from shlex import quote, split
from typing import TYPE_CHECKING

import pytest
from conftest import NOW, SCHEDULES
from readings import reading, talk

from planner.cli.busy import AROUND, stretches_wanted, unread
from planner.model import Busy
from planner.store import open_store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Answer

    Planner = Callable[..., Answer]

PAGE = SCHEDULES / "iclr-2021" / "oral-session-11.txt"
DAY = "2021-05-06"
AT = datetime.fromisoformat(NOW)


def calendar(path: Path, *events: tuple[str, str, str]) -> Path:
    """A calendar file of events, each a summary, a start and an end (``20210506T203000`` in Berlin, or ``…Z``)."""

    def line(name: str, at: str) -> str:
        return f"{name}:{at}" if at.endswith("Z") else f"{name};TZID=Europe/Berlin:{at}"

    body = "".join(
        f"BEGIN:VEVENT\r\nUID:{number}\r\nSUMMARY:{title}\r\n{line('DTSTART', start)}\r\n{line('DTEND', end)}\r\n"
        "END:VEVENT\r\n"
        for number, (title, start, end) in enumerate(events)
    )
    path.write_bytes(f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{body}END:VCALENDAR\r\n".encode())
    return path


@pytest.fixture
def stored(planner: Planner) -> Planner:
    """The ICLR page with two stars: 20:30–20:45 and 22:00–22:15 in Berlin."""
    planner("import", PAGE)
    planner("star", "When Do Curricula Work?", "DiffWave")
    return planner


@pytest.fixture
def dentist(tmp_path: Path) -> Path:
    """A calendar with a dentist from 20:40 to 21:00, and a day far off."""
    return calendar(
        tmp_path / "my week.ics",
        ("Dentist", "20210506T204000", "20210506T210000"),
        ("Next year", "20220506T204000", "20220506T210000"),
    )


def test_busy_time_clashes_with_stars(stored: Planner, dentist: Path) -> None:
    """Five minutes of 20:30–20:45: in clashes with a title and no uid, in the agenda, in show, in suggest."""
    answer = stored("busy", dentist)
    assert answer.code == 0
    assert "1 busy time of 2 entries" in answer.out
    (group,) = stored("clashes", "--json", "--check").document["groups"]
    assert (group["busy"], group["minutes"], group["pairs"][0]["b"], group["pairs"][0]["busy"]) == (
        ["Dentist"],
        5,
        None,
        "Dentist",
    )
    assert stored("clashes", "--check").code == 1
    assert "⚠ overlaps your “Dentist” by 5 min" in stored("agenda", DAY).out
    assert "⚠ overlaps your “Dentist” by 5 min" in stored("show", "Curricula").out
    assert stored("suggest", "--json").document["drop"][0]["busy"] == ["Dentist"]


def test_busy_time_is_not_free_and_not_exported(stored: Planner, dentist: Path, tmp_path: Path) -> None:
    """75 minutes were free from 20:45 to 22:00; now 60 are, and no calendar of ours names the dentist."""
    before = stored("agenda", DAY, "--json").document["free"]
    stored("busy", dentist)
    after = stored("agenda", DAY, "--json").document["free"]
    assert [one["start"][11:16] for one in (*before, *after)] == ["20:45", "21:00"]
    stored("export", tmp_path / "plan.ics")
    assert b"Dentist" not in (tmp_path / "plan.ics").read_bytes()
    assert all(b"Dentist" not in stored("export", "--format", name).out.encode() for name in ("csv", "json", "markdown"))


def test_a_file_replaces_itself_and_no_other(stored: Planner, dentist: Path, tmp_path: Path) -> None:
    """Read again with other entries it has those; the other file keeps its own; --clear forgets both."""
    other = calendar(tmp_path / "other.ics", ("Call", "20210506T200500Z", "20210506T201000Z"))
    stored("busy", dentist, other)
    calendar(dentist, ("Moved", "20210506T203000", "20210506T204500"))
    stored("busy", dentist)
    titles = {pair["busy"] for group in stored("clashes", "--json").document["groups"] for pair in group["pairs"]}
    assert titles == {"Moved", "Call"}
    listed = stored("busy", "--json").document["files"]
    assert [(one["file"], one["busy"]) for one in listed] == [(str(dentist), 1), (str(other), 1)]
    assert stored("busy", "--clear", "--json").document == {"cleared": 2}
    assert stored("clashes", "--check").code == 0
    assert "No calendar was read" in stored("busy").out


def test_clearing_says_that_undo_does_not_bring_it_back(stored: Planner, dentist: Path, tmp_path: Path) -> None:
    """It names the command that does, which reads the same times again; undo goes on with the mark before it, as it says."""
    other = calendar(tmp_path / "my other.ics", ("Call", "20210506T200500Z", "20210506T201000Z"))
    stored("busy", dentist, other)
    cleared = stored("busy", "--clear")
    assert cleared.out == "Forgot 2 busy times.\n"
    again = f"planner busy {quote(str(other))} {quote(str(dentist))}"
    assert cleared.err == f"That is not part of undo: {again} reads them again.\n"
    assert stored("busy", "--clear").err == ""
    assert stored("undo").out.startswith("Taken back: star on ")
    assert stored("busy", "--json").document == {"files": []}
    assert stored(*split(again)[1:]).code == 0
    assert [one["busy"] for one in stored("busy", "--json").document["files"]] == [1, 1]


def test_the_same_entry_in_two_files_is_busy_once(stored: Planner, dentist: Path, tmp_path: Path) -> None:
    """A calendar that was saved under two names doubles nothing."""
    copy = tmp_path / "copy.ics"
    copy.write_bytes(dentist.read_bytes())
    stored("busy", dentist, copy)
    assert len(stored("clashes", "--json").document["groups"][0]["pairs"]) == 1


def test_what_fails_is_named_and_the_rest_is_read(stored: Planner, dentist: Path, tmp_path: Path) -> None:
    """A file that is none, one that is not there: exit 3, a sentence each, and the good one counts."""
    (tmp_path / "notes.txt").write_text("no calendar")
    answer = stored("busy", tmp_path / "gone.ics", tmp_path / "notes.txt", dentist, "--json")
    assert answer.code == 3
    errors = [one["error"] for one in answer.document["files"]]
    assert "gone.ics cannot be read" in errors[0]
    assert "is no iCalendar file" in errors[1]
    assert (errors[2], answer.document["files"][2]["busy"]) == (None, 1)
    assert stored("busy", "--clear", dentist).code == 2


def test_an_import_says_which_calendar_was_not_read_for_it(planner: Planner, dentist: Path) -> None:
    """Read before the conference was there, a calendar may clash with it unseen; read again it does not."""
    planner("import", SCHEDULES / "fosdem-2025")
    planner("busy", dentist)
    told = planner("import", PAGE).err
    assert f"planner busy {quote(str(dentist))}" in told
    assert "ICLR 2021" in told
    planner("busy", dentist)
    assert f"planner busy {quote(str(dentist))}" not in planner("import", PAGE).err


def test_busy_time_is_read_around_the_conferences(home: Path) -> None:
    """From a week before the first start to a week after the last end; the coming year where nothing has times."""
    from planner.cli import main

    with open_store(str(home), now=AT) as store:
        assert stretches_wanted(store, AT) == ((AT - AROUND, AT + timedelta(days=366)),)
    main(["import", str(PAGE), "--home", str(home), "--now", NOW, "--tz", "Europe/Berlin"])
    with open_store(str(home), now=AT) as store:
        first, last = datetime(2021, 5, 6, 18, tzinfo=UTC), datetime(2021, 5, 6, 21, 13, tzinfo=UTC)
        ((since, until),) = stretches_wanted(store, AT)
        assert (since, until) == (first - timedelta(days=7), last + timedelta(days=7))
        store.set_busy("a.ics", [], [(since, until)], now=AT)
        store.set_busy("b.ics", [], [(first + timedelta(minutes=1), until)], now=AT)
        assert unread(store) == [("ICLR 2021", "b.ics")]


def test_conferences_that_are_near_each_other_are_one_stretch(home: Path) -> None:
    """Weeks around two conferences that meet are read as one, also where one lies within the other's; one far off is apart."""
    days = {"a": (6, 6), "b": (1, 25), "c": (30, 31)}
    with open_store(str(home), now=AT) as store:
        for slug, (first, last) in days.items():
            talks = [talk(f"{slug} {day}", "10:00", day=day, minutes=60)._replace(conference=slug) for day in (first, last)]
            store.save(reading(*dict.fromkeys(talks), slug=slug, name=slug), source="x", now=AT)
        far = talk("d", "10:00", minutes=60)._replace(conference="d")
        start = datetime(2021, 9, 1, 10, tzinfo=UTC)
        far = far._replace(slot=far.slot._replace(start=start, end=start + timedelta(hours=1)))
        store.save(reading(far, slug="d", name="d"), source="x", now=AT)
        assert stretches_wanted(store, AT) == (
            (datetime(2021, 4, 24, 10, tzinfo=UTC), datetime(2021, 6, 7, 11, tzinfo=UTC)),
            (datetime(2021, 8, 25, 10, tzinfo=UTC), datetime(2021, 9, 8, 11, tzinfo=UTC)),
        )


def test_a_plan_has_the_busy_time_of_its_days_alone(home: Path) -> None:
    """Half a day around the talks that were loaded; without talks none."""
    from planner.cli import main

    main(["import", str(PAGE), "--home", str(home), "--now", NOW, "--tz", "Europe/Berlin"])
    with open_store(str(home), now=AT) as store:
        start = datetime(2021, 5, 6, 18, tzinfo=UTC)
        near, far = (
            Busy(start, start + timedelta(hours=1), "near"),
            Busy(start - timedelta(days=3), start - timedelta(days=2), "far"),
        )
        store.set_busy("a.ics", [near, far], [], now=AT)
        assert store.load("UTC").busy == (near,)
        assert store.load("UTC", slugs=[]).busy == ()
        assert store.clear_busy(now=AT) == 2
        assert store.load("UTC").busy == ()


def test_what_was_read_is_listed_with_what_is_to_come(stored: Planner, dentist: Path) -> None:
    """The file with its number and days, and the next busy times with day, clocks and title; later none is to come."""
    stored("busy", dentist)
    told = stored("busy").out.splitlines()
    assert told[0].startswith(f"{dentist}: 1 busy time, ")
    assert len(told) == 2
    assert "Dentist" in told[1]
    assert "6 May 2021" in told[1]
    assert stored("busy", now="2022-01-01").out.splitlines()[1:] == ["  none of it is still to come"]


def test_many_conferences_are_one_line(planner: Planner, dentist: Path, tmp_path: Path) -> None:
    """Where busy time was looked for around five conferences is one line; so is what two calendars were not read for."""
    second = tmp_path / "second.ics"
    second.write_bytes(dentist.read_bytes())
    planner("busy", dentist, second)
    for year in range(2021, 2026):
        page = tmp_path / f"{year}.csv"
        page.write_text(f"title,date,start\nAnts,{year}-05-06,09:00\n")
        told = planner("import", page, "--conference", f"ICLR {year}", "--zone", "UTC").err
        assert told.count("not read for the days of") == (year > 2022)
        if year > 2022:
            assert (
                f"not read for the days of ICLR {year}: planner busy {quote(str(dentist))} {second} reads them again" in told
            )
    planner("star", "--search", "ants")
    assert planner("clashes").err.count("not read for") == 1
    assert "not read" not in planner("agenda").err
    looked = [line for line in planner("busy", dentist).out.splitlines() if "looked for" in line]
    assert looked == ["  looked for Thu 29 Apr 2021 – Tue 13 May 2025, in 5 stretches around the conferences"]
    planner("busy", second)
    assert "not read" not in planner("clashes").err


def test_of_many_busy_times_eight_are_listed(stored: Planner, tmp_path: Path) -> None:
    """Ten on the day after now are eight lines and a line for the two others."""
    hours = [(f"Meeting {hour}", f"20210507T{hour:02}0000", f"20210507T{hour:02}3000") for hour in range(8, 18)]
    stored("busy", calendar(tmp_path / "full.ics", *hours))
    told = stored("busy").out.splitlines()
    assert [line.split()[-1] for line in told[1:9]] == ["8", "9", "10", "11", "12", "13", "14", "15"]
    assert told[9:] == ["  and 2 more to come"]


def test_busy_time_that_ends_on_another_day_says_so(stored: Planner, tmp_path: Path) -> None:
    """A flight from Friday 22:00 to Saturday 12:00 does not end at noon of its first day."""
    stored("busy", calendar(tmp_path / "full.ics", ("Flight", "20210507T220000", "20210508T120000")))
    assert stored("busy").out.splitlines()[1:] == ["  Fri 7 May 2021 22:00–12:00 +1  Flight"]


def test_what_of_a_calendar_is_not_busy_is_counted(stored: Planner, tmp_path: Path) -> None:
    """A cancelled entry, a whole day and a reminder without a length are left out, and said with the flag that counts days."""
    path = calendar(tmp_path / "week.ics", ("Real", "20210507T090000", "20210507T093000"))
    others = (
        "DTSTART:20210507T100000Z\r\nDTEND:20210507T110000Z\r\nSTATUS:CANCELLED\r\n",
        "DTSTART;VALUE=DATE:20210507\r\nDTEND;VALUE=DATE:20210508\r\n",
        "DTSTART:20210507T120000Z\r\nDTEND:20210507T120000Z\r\n",
    )
    body = "".join(f"BEGIN:VEVENT\r\nUID:other-{number}\r\n{said}END:VEVENT\r\n" for number, said in enumerate(others))
    path.write_bytes(path.read_bytes().replace(b"END:VCALENDAR", body.encode() + b"END:VCALENDAR"))
    told = stored("busy", path).out.splitlines()
    assert "1 busy time of 4 entries" in told[0]
    assert "  left out: 1 free or cancelled, 1 all day (--all-day counts them), 1 without a length" in told


def test_without_a_calendar_there_is_nothing_to_list_or_forget(planner: Planner) -> None:
    """The list says which command reads one, and clearing says that there was nothing."""
    assert planner("busy").out == "No calendar was read as busy time yet: planner busy FILE.ics reads one.\n"
    assert planner("busy", "--clear").out == "There was no busy time to forget.\n"
