"""The whole way: a schedule that organisers write, and write again, leaves as a calendar at the instants that were meant."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import NAMESPACE_URL, uuid5
from xml.sax.saxutils import escape
from zoneinfo import ZoneInfo

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from planner.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

ZONES = (
    "Europe/Berlin",
    "America/St_Johns",
    "America/Los_Angeles",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Pacific/Chatham",
)
SHOWN = ("Europe/Berlin", "America/New_York", "Australia/Sydney")
DAYS = ("2025-03-08", "2025-03-29", "2025-04-05", "2025-07-14", "2025-10-04", "2025-10-25", "2025-11-01", "2025-12-31")
"""Mostly the day before clocks change, in the north or in the south."""
WORDS = ("Ants", "R&D, again", "a < b; c", "“Größe”", "C++", 'A "quoted" word', "Back\\slash", "Emoji 🐜")
LATER = timedelta(hours=6)


class Talk(NamedTuple):
    """What the organisers mean; the start is in UTC."""

    number: int
    title: str
    start: datetime
    minutes: int
    room: str

    @property
    def end(self) -> datetime:
        """In UTC."""
        return self.start + timedelta(minutes=self.minutes)

    @property
    def guid(self) -> str:
        """The same as long as the talk is."""
        return str(uuid5(NAMESPACE_URL, f"https://made.example/{self.number}"))


def days_of(talks: Iterable[Talk], zone: ZoneInfo) -> dict[str, dict[str, list[Talk]]]:
    """Talks by their day and room."""
    days: dict[str, dict[str, list[Talk]]] = {}
    for talk in sorted(talks, key=lambda talk: talk.start):
        days.setdefault(f"{talk.start.astimezone(zone):%F}", {}).setdefault(talk.room, []).append(talk)
    return days


def frab(talks: list[Talk], zone: ZoneInfo) -> str:
    """As frab writes schedule.xml: dates with offsets."""
    days = ""
    for day, rooms in days_of(talks, zone).items():
        days += f'<day date="{day}">'
        for room, held in rooms.items():
            days += f'<room name="{room}">'
            for talk in held:
                wall = talk.start.astimezone(zone)
                days += f'<event id="{talk.number + 1}" guid="{talk.guid}">'
                days += f"<date>{wall.isoformat()}</date><start>{wall:%H:%M}</start>"
                days += f"<duration>{talk.minutes // 60:02}:{talk.minutes % 60:02}</duration><room>{room}</room>"
                days += f"<title>{escape(talk.title)}</title><type>lecture</type><persons></persons></event>"
            days += "</room>"
        days += "</day>"
    head = f"<title>Made 2025</title><acronym>made25</acronym><time_zone_name>{zone.key}</time_zone_name>"
    return f"<schedule><version>1</version><conference>{head}</conference>{days}</schedule>"


def pretalx(talks: list[Talk], zone: ZoneInfo) -> str:
    """As pretalx writes schedule.json."""
    days = [
        {"index": index, "date": day, "rooms": {room: [entry(talk, zone) for talk in held] for room, held in rooms.items()}}
        for index, (day, rooms) in enumerate(days_of(talks, zone).items(), 1)
    ]
    conference = {"acronym": "made25", "title": "Made 2025", "time_zone_name": zone.key, "daysCount": len(days), "days": days}
    return json.dumps({"schedule": {"version": "1", "conference": conference}})


def entry(talk: Talk, zone: ZoneInfo) -> dict[str, object]:
    """One event of pretalx."""
    wall = talk.start.astimezone(zone)
    facts = {"guid": talk.guid, "code": f"T{talk.number}", "id": talk.number + 1, "title": talk.title, "room": talk.room}
    lasts = f"{talk.minutes // 60:02}:{talk.minutes % 60:02}"
    return {**facts, "date": wall.isoformat(), "start": f"{wall:%H:%M}", "duration": lasts, "type": "Talk", "persons": []}


def ics(talks: list[Talk], zone: ZoneInfo) -> str:
    """As a site writes its calendar: wall clocks with the zone's name."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Made//EN", "X-WR-CALNAME:Made 2025", f"X-WR-TIMEZONE:{zone.key}"]
    for talk in talks:
        said = talk.title.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
        lines += ["BEGIN:VEVENT", f"UID:{talk.number}@made.example", f"SUMMARY:{said}", f"LOCATION:{talk.room}"]
        for name, at in (("DTSTART", talk.start), ("DTEND", talk.end)):
            lines.append(f"{name};TZID={zone.key}:{at.astimezone(zone):%Y%m%dT%H%M%S}")
        lines.append("END:VEVENT")
    return "\r\n".join([*lines, "END:VCALENDAR", ""])


def sheet(talks: list[Talk], zone: ZoneInfo) -> str:
    """As a spreadsheet is downloaded: wall clocks, and the zone beside them."""
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(("ID", "Title", "Date", "Start", "End", "Room", "Timezone"))
    for talk in talks:
        start, end = talk.start.astimezone(zone), talk.end.astimezone(zone)
        rows.writerow((talk.number, talk.title, f"{start:%F}", f"{start:%H:%M}", f"{end:%H:%M}", talk.room, zone.key))
    return out.getvalue()


@st.composite
def changes(draw: st.DrawFn) -> tuple[str, list[Talk], list[Talk], str]:
    """A zone, a schedule there, what becomes of it, and the zone of the calendar.

    The first talk begins six hours later, the second has another title, the third is gone, and one is new. No clock of theirs
    is one that comes twice or never, which a sheet cannot say.
    """
    zone = draw(st.sampled_from(ZONES))
    midnight = datetime.fromisoformat(draw(st.sampled_from(DAYS))).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    starts = st.integers(10, 80).map(lambda halves: midnight + timedelta(minutes=30 * halves))
    lasts, rooms = st.sampled_from((5, 45, 150)), st.sampled_from("AB")
    talks = []
    for number, word in enumerate(draw(st.permutations(WORDS))[: draw(st.integers(4, 8))]):
        made = st.builds(Talk, st.just(number), st.just(f"{word} {number}"), starts, lasts, rooms)
        talks.append(
            draw(made.filter(lambda talk: all(once(at, zone) and once(at + LATER, zone) for at in (talk.start, talk.end))))
        )
    talks.append(Talk(50, "A late one, so that all clocks are of 24 hours", midnight + timedelta(hours=20), 30, "A"))
    moved = talks[0]._replace(start=talks[0].start + LATER)
    retitled = talks[1]._replace(title=f"{talks[1].title}, revised")
    new = talks[3]._replace(number=99, title="Nobody saw this coming", room="C")
    return zone, talks, [moved, retitled, *talks[3:], new], draw(st.sampled_from((*SHOWN, zone)))


def once(at: datetime, zone: str) -> bool:
    """Whether the wall clock shows this time once."""
    wall = at.astimezone(ZoneInfo(zone))
    return wall.replace(fold=0).utcoffset() == wall.replace(fold=1).utcoffset()


def planner(home: Path, *words: str) -> str:
    """One command; it must be done. What it printed."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main([*words, "--home", str(home), "--now", "2025-01-02T12:00Z"])
    for each in (out, err):
        each.seek(0)
    assert code == 0, err.read()
    return out.read()


def exported(home: Path, tz: str) -> dict[str, tuple[str, tuple[datetime, datetime], int, str]]:
    """By its name in the calendar: UID, start and end in UTC, SEQUENCE and STATUS, as another reader takes them."""
    planner(home, "export", str(home / "out.ics"), "--tz", tz)
    found = {}
    event: Any  # a component of the library: its values are of thirty types
    for event in Calendar.from_ical((home / "out.ics").read_bytes()).walk("VEVENT"):
        span = event["DTSTART"].dt.astimezone(UTC), event["DTEND"].dt.astimezone(UTC)
        found[str(event["SUMMARY"])] = str(event["UID"]), span, int(event["SEQUENCE"]), str(event["STATUS"])
    return found


@pytest.mark.parametrize(("write", "name"), [(frab, "s.xml"), (pretalx, "s.json"), (ics, "s.ics"), (sheet, "s.csv")])
@given(changes())
@settings(max_examples=4, phases=(Phase.explicit, Phase.reuse, Phase.generate))  # to make a failure small takes minutes
def test_what_was_meant_is_what_the_calendar_says(
    write: Callable[[list[Talk], ZoneInfo], str], name: str, made: tuple[str, list[Talk], list[Talk], str]
) -> None:
    """Every starred talk at its instants, before and after a change.

    After it with the same UIDs and a higher SEQUENCE where something changed, and what is gone is cancelled at its old hours.
    """
    zone, talks, after, tz = made
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        told = ("import", str(home / name), "--conference", "Made 2025")
        (home / name).write_text(write(talks, ZoneInfo(zone)), encoding="utf-8", newline="")
        planner(home, *told)
        planner(home, "star", *(one["uid"] for one in json.loads(planner(home, "talks", "--json"))["talks"]))
        first = exported(home, tz)
        assert {title: span for title, (_, span, _, _) in first.items()} == {one.title: (one.start, one.end) for one in talks}

        (home / name).write_text(write(after, ZoneInfo(zone)), encoding="utf-8", newline="")
        planner(home, *told)
        second = exported(home, tz)
    gone = talks[2]
    expected = {one.title: (one.start, one.end) for one in after[:-1]} | {f"Cancelled: {gone.title}": (gone.start, gone.end)}
    assert {title: span for title, (_, span, _, _) in second.items()} == expected
    was = {uid: sequence for uid, _, sequence, _ in first.values()}
    assert {uid for uid, *_ in second.values()} == was.keys()
    raised = {title for title, (uid, _, sequence, _) in second.items() if sequence > was[uid]}
    assert raised == {after[0].title, after[1].title, f"Cancelled: {gone.title}"}
    assert [title for title, (*_, status) in second.items() if status == "CANCELLED"] == [f"Cancelled: {gone.title}"]
