"""Exports to be judged: plans of every kind, each with what a calendar program has to read in it, told by hand.

Instants are given in UTC, so that no zone database has a say in what is expected.
"""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import NAMESPACE_URL, uuid5

from clients import Seen
from planner import export
from planner.model import Conference, Mark, Session, Slot, Talk
from planner.plan import Plan

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from planner.model import Exported

READ_AT = datetime(2021, 4, 1, 8, tzinfo=UTC)


class Row(NamedTuple):
    """A talk of a case, the user's mark on it, and what has to be read of it; None where it is not exported."""

    talk: Talk
    mark: Mark
    seen: Seen | None


class Case(NamedTuple):
    """A plan to be exported. ``before`` are the rows of an earlier export into the same calendar."""

    name: str
    zone: str
    rows: tuple[Row, ...]
    flags: Mapping[str, Any]
    before: tuple[Row, ...] = ()

    def plan(self, some: tuple[Row, ...]) -> Plan:
        """The plan, in the display zone."""
        talks = tuple(row.talk for row in some)
        conference = Conference("case", "A case, of its own", self.zone, (SESSION,), talks, read_at=READ_AT)
        return Plan({"case": conference}, {row.mark.uid: row.mark for row in some}, zone=self.zone)

    def remembered(self) -> dict[str, Exported]:
        """What the earlier export told the calendar."""
        made = export.calendar(self.plan(self.before)) if self.before else None
        return made.remember if made else {}


class Export(NamedTuple):
    """A plan as it went out: one calendar, one calendar an entry by uid, and what has to be read in either.

    ``objects`` have none of what the user took out of the plan.
    """

    name: str
    data: bytes
    objects: Mapping[str, bytes]
    seen: tuple[Seen, ...]

    @property
    def kept(self) -> list[Seen]:
        """What has to be read in the objects."""
        return [one for one in self.seen if one.uid in self.objects]


def by_case(case: Case) -> Export:
    """A case, exported in both forms."""
    remembered = {}
    if case.before:
        remembered = _told(case, case.before, {})[1]
    return _told(case, case.rows, remembered)[0]


def story() -> Iterator[Export]:
    """One calendar after the other for the same place: a plan, what became of it, and the first plan again."""
    case = _left()
    remembered: dict[str, Exported] = {}
    for rows in (case.before, case.rows, case.before):
        made, remembered = _told(case, rows, remembered)
        yield made


def _told(case: Case, rows: tuple[Row, ...], remembered: dict[str, Exported]) -> tuple[Export, dict[str, Exported]]:
    """Rows exported into a calendar that was told something, and what it is told then."""
    plan = case.plan(rows)
    made = export.calendar(plan, export.Choice(**case.flags), remembered=remembered)
    assert made
    pieces = export.calendars(plan, export.Choice(**case.flags), remembered=remembered)
    seen = tuple(row.seen for row in rows if row.seen)
    return Export(case.name, made.data, pieces.data, seen), {**remembered, **made.remember}


def by_command(home: Path, name: str, *words: str) -> Export:
    """A schedule that comes with the program, imported and exported by commands; expected is what the store has."""
    flags = ("--home", str(home / "data"), "--now", "2026-01-10T09:00+01:00", "--tz", "Europe/Berlin")
    file, folder = home / "plan.ics", home / "plan"

    def planner(*words: str) -> str:
        command = [sys.executable, "-m", "planner", *words, *flags]
        return subprocess.run(command, check=True, capture_output=True, encoding="utf-8", cwd=home).stdout

    planner("import", *words)
    planner("export", "--scope", "all", str(file))
    planner("export", "--scope", "all", "--format", "vdir", str(folder))
    seen = tuple(_stored(one) for one in json.loads(planner("talks", "--json"))["talks"] if one["kind"] != "untitled")
    return Export(name, file.read_bytes(), {path.stem: path.read_bytes() for path in folder.iterdir()}, seen)


def _stored(one: Mapping[str, Any]) -> Seen:
    """What has to be read of a talk, by its record in the store."""
    start, end = (datetime.fromisoformat(one[key]).astimezone(UTC) for key in ("start", "end"))
    return Seen(one["uid"], start, end, one["title"], one["room"] or "", "TENTATIVE")


SESSION = Session("11", "Oral Session 11; the last, at last", ("Furong Huang",))


def at(text: str) -> datetime:
    """An instant in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def row(
    title: str,
    start: str,
    minutes: int | None = 60,
    *,
    read: str | None = None,
    lasts: int | None = None,
    place: str = "",
    status: str = "TENTATIVE",
    mark: Mapping[str, Any] | None = None,
    talk: Mapping[str, Any] | None = None,
    **where: Any,
) -> Row:
    """A talk from an instant in UTC; ``read`` is the title as it has to be read, ``lasts`` the minutes."""
    uid = str(uuid5(NAMESPACE_URL, f"{title} {start} {minutes}"))
    begin = at(start)
    slot = Slot(begin, None if minutes is None else begin + timedelta(minutes=minutes), **where)
    end = begin + timedelta(minutes=lasts or minutes or 0)
    one = Talk(uid, "case", title, slot=slot)._replace(**(talk or {}))
    seen = Seen(uid, begin, end, title if read is None else read, place or where.get("room") or "", status)
    return Row(one, Mark(uid, starred=True)._replace(**(mark or {})), seen)


def days(title: str, first: str, last: str | None = None, **rest: Any) -> Row:
    """An all-day entry."""
    begin = date.fromisoformat(first)
    end = date.fromisoformat(last or first)
    uid = str(uuid5(NAMESPACE_URL, f"{title} {first} {last}"))
    talk = Talk(uid, "case", title, slot=Slot(day=begin, last_day=date.fromisoformat(last) if last else None))
    seen = Seen(uid, begin, end + timedelta(days=1), title, "", "TENTATIVE")
    return Row(talk, Mark(uid, starred=True), seen)


def week(zone: str, first: str, *clocks: str) -> tuple[Row, ...]:
    """Talks at some clocks in UTC on each of seven days, in rooms, all named after the zone."""
    begin = date.fromisoformat(first)
    return tuple(
        row(f"{zone} {day} {clock}", f"{begin + timedelta(days=day)}T{clock}", 45, room=f"Hall {day}")
        for day in range(7)
        for clock in clocks
    )


WEEKS = {
    # zone: first day of a week, clocks in UTC; what changes is told for the reader
    "Europe/Berlin": ("2026-10-22", "00:30", "01:30", "07:00", "22:30"),  # 25 October: back at 01:00 UTC
    "America/Los_Angeles": ("2026-03-05", "09:30", "10:30", "17:00", "23:30"),  # 8 March: forward at 10:00 UTC
    "America/New_York": ("2025-10-30", "05:30", "06:30", "14:00"),  # 2 November: back at 06:00 UTC
    "America/Sao_Paulo": ("2026-02-12", "02:30", "12:00"),  # no change since 2019
    "America/Vancouver": ("2026-10-29", "08:30", "09:30", "17:00"),  # 1 November: the change that is no more
    "America/Edmonton": ("2026-10-29", "07:30", "08:30", "16:00"),  # the same day, the same question
    "Africa/Casablanca": ("2026-02-12", "01:30", "02:30", "10:00"),  # 15 February: Ramadan
    "Africa/Cairo": ("2026-04-22", "22:30", "08:00"),  # 24 April: forward
    "Europe/Dublin": ("2026-03-26", "00:30", "01:30", "09:00"),  # 29 March; winter is the exception there
    "Asia/Kolkata": ("2026-07-10", "04:30", "18:29", "18:30"),  # a half-hour zone
    "Asia/Kathmandu": ("2026-07-10", "04:15", "18:15"),  # three quarters
    "Asia/Tokyo": ("2026-07-10", "01:00", "14:59", "15:00"),
    "Australia/Adelaide": ("2026-04-02", "15:30", "16:30", "23:00"),  # 5 April: back, southern, half-hour
    "Australia/Sydney": ("2026-10-01", "15:30", "16:30", "23:00"),  # 4 October: forward
    "Australia/Lord_Howe": ("2026-04-02", "14:30", "15:15", "23:00"),  # 5 April: back by half an hour
    "Pacific/Auckland": ("2025-12-29", "10:30", "11:30", "21:00"),  # a year ends, in summer
    "Pacific/Chatham": ("2026-09-24", "13:30", "14:30", "21:00"),  # 27 September: forward, by three quarters
    "America/St_Johns": ("2026-07-10", "02:29", "02:30", "13:00"),
    "Etc/UTC": ("2026-07-10", "00:00", "12:00"),
}
"""A week of a conference in each zone, most of them around a change of the clocks."""

SIGNS = (
    "深層学習による音声合成、その応用；続き",
    "Emoji 🎤👩🏽‍🔬🇩🇪 in a title 😀",
    "שלום: מודלים גדולים (LLM) 2026, חלק א׳",
    "مرحبا؛ نماذج اللغة، الجزء ٢",
    r"Back\slash, C:\temp; \, \; \\ \n is no line break \\n",
    r"C:\New",
    "a,b;c:d=e\"f'g<h>i&j|k%l",
    "BEGIN:VEVENT",
    "END:VCALENDAR",
    "SUMMARY;X=1:TZID=Mars/Base",
    "Zoë’s naïve café — “quoted” …",
    "e\u0301 and é, Å and Å",  # decomposed and composed are told apart
    "👩‍👩‍👧‍👦" * 9,
    "zero\u200bwidth\u200djoined\ufeffmarks\u202eevil\u202c",
)

LONG = (
    ("x" * 255, None),
    ("y" * 256, "y" * 254 + "…"),
    ("語" * 240, None),
    ("😀" * 120, None),
    ("😀" * 128, "😀" * 127 + "…"),
    (("word, " * 50).strip(), ("word, " * 50)[:254].rstrip() + "…"),
)


def cases() -> Iterator[Case]:
    """Every case; no uid is in two of them."""
    for number, (zone, (first, *clocks)) in enumerate(WEEKS.items()):
        yield Case(f"week {zone}", zone, week(zone, first, *clocks), {"alarm": 10} if number % 3 == 0 else {})
    yield Case("utc", "Europe/Berlin", week("In UTC", "2026-10-22", "00:30", "01:30", "07:00"), {"times": "utc"})
    yield Case("two years", "Europe/Paris", (*week("One", "2025-07-01", "08:00"), *week("Two", "2026-12-01", "08:00")), {})
    yield Case("texts", "Asia/Tokyo", _texts(), {"with_notes": True, "alarm": 0})
    yield Case("long lines", "Europe/Berlin", _long(), {"alarm": 1440})
    yield Case("whole days", "Pacific/Auckland", _days(), {"alarm": 10})
    yield Case("ends", "America/Los_Angeles", _ends(), {})
    yield Case("decisions", "Europe/Berlin", _decisions(), {"with_notes": True})
    yield _left()


def _texts() -> tuple[Row, ...]:
    """Every kind of sign in every field; a line break in a title or room is a blank, a control character is nothing."""
    rows = [
        row(
            f"{number} {text}",
            f"2026-07-{10 + number}T02:00",
            place=f"Room {text}, board {text}",
            room=f"Room {text}",
            board=text,
            talk={
                "abstract": f"{text}\n\n{text}",
                "speakers": (text, text),
                "track": text,
                "session": "11",
                "url": "https://example.org/a,b;c?d=\\e",
            },
            mark={"note": f"{text}\r\nBEGIN:VEVENT\r\n{text}"},
        )
        for number, text in enumerate(SIGNS)
    ]
    rows.append(row("Line\r\nbreaks\nof\u2028every\x85kind", "2026-07-25T02:00", read="Line breaks of every kind"))
    rows.append(
        row("\x07Bells\x00 and\x1b whistles\x7f", "2026-07-26T02:00", read="Bells and whistles", room="\x08H\x9f1", place="H1")
    )
    return tuple(rows)


def _long() -> tuple[Row, ...]:
    """Titles about the length at which Outlook cuts, and texts of 10,000 characters."""
    return tuple(
        row(
            title,
            f"2026-07-{10 + number}T12:00",
            read=read,
            room="Hall of a name as long as this " * 4 + "end",
            talk={"abstract": f"{title} " * (10_000 // len(title))},
        )
        for number, (title, read) in enumerate(LONG)
    )


def _days() -> tuple[Row, ...]:
    """All-day entries beside a talk with a clock."""
    return (
        days("Workshops", "2026-07-10"),
        days("Workshops, both days", "2026-07-11", "2026-07-12"),
        days("Over the new year", "2026-12-31", "2027-01-02"),
        days("The end of a leap February", "2028-02-28", "2028-02-29"),
        days("As the clocks go forward", "2026-09-27"),
        row("With a clock", "2026-07-10T20:00", room="Hall A"),
    )


def _ends() -> tuple[Row, ...]:
    """What has no usable end, ends over midnight, or is left early."""
    return (
        row("No end", "2026-07-10T17:00", None, lasts=15),
        row(
            "A poster without an end",
            "2026-07-10T18:00",
            None,
            lasts=120,
            board="12",
            place="Board 12",
            talk={"kind": "poster"},
        ),
        row("No length", "2026-07-10T21:00", 0, lasts=15),
        row("Ends before it starts", "2026-07-11T17:00", -30, lasts=15),
        row("Over midnight there", "2026-07-12T06:30", 60, room="Bar"),
        row("Over midnight in UTC", "2026-07-12T23:30", 60, room="Bar"),
        row("A night", "2026-07-13T20:00", 900, room="Hackathon"),
        row("One minute", "2026-07-14T20:00", 1),
        row("Left early", "2026-07-15T17:00", 60, lasts=20, mark={"leave_at": at("2026-07-15T17:20")}),
    )


def _decisions() -> tuple[Row, ...]:
    """What the user decided; what is skipped, unstarred, cancelled, untitled or without a slot stays at home."""
    going = row("Going", "2026-07-10T08:00", status="CONFIRMED", mark={"decision": "going", "note": "front row, please; yes"})
    undecided = row("Undecided", "2026-07-10T08:30", room="Hall B")
    skipped = row("Skipped", "2026-07-10T09:00", mark={"decision": "skipped"})._replace(seen=None)
    unstarred = row("Unstarred", "2026-07-10T10:00", mark={"starred": False})._replace(seen=None)
    cancelled = row("Cancelled before it was ever exported", "2026-07-10T11:00", talk={"cancelled": True})._replace(seen=None)
    untitled = row("", "2026-07-10T12:00", talk={"kind": "untitled"})._replace(seen=None)
    slotless = row("A row of a list", "2026-07-10T13:00", talk={"slot": Slot(), "kind": "paper"})._replace(seen=None)
    return going, undecided, skipped, unstarred, cancelled, untitled, slotless


def _left() -> Case:
    """A second export: one talk stays, one moved, one has a new title; one was unstarred, one cancelled, one lost its slot."""
    stays = row("Stays", "2026-07-10T08:00", room="Hall A")
    moved = row("Moved", "2026-07-10T09:00", room="Hall A")
    renamed = row("Renamed", "2026-07-10T09:30", room="Hall A")
    unstarred = row("Unstarred; after all", "2026-07-10T10:00", room="Hall A")
    cancelled = row("Cancelled by them", "2026-07-10T11:00", room="Hall A")
    lost = row("Lost its slot", "2026-07-10T12:00", room="Hall A")
    later = moved.talk.slot._replace(start=at("2026-07-11T09:30"), end=at("2026-07-11T10:15"), room="Hall B")
    after = (
        stays,
        moved._replace(
            talk=moved.talk._replace(slot=later, sequence=1),
            seen=Seen(moved.talk.uid, at("2026-07-11T09:30"), at("2026-07-11T10:15"), "Moved", "Hall B", "TENTATIVE"),
        ),
        renamed._replace(
            talk=renamed.talk._replace(title="Renamed, at last", sequence=1),
            seen=renamed.seen and renamed.seen._replace(title="Renamed, at last"),
        ),
        _gone(unstarred._replace(mark=Mark(unstarred.talk.uid))),
        _gone(cancelled._replace(talk=cancelled.talk._replace(cancelled=True))),
        _gone(lost._replace(talk=lost.talk._replace(slot=Slot()))),
    )
    return Case("left", "Europe/Berlin", after, {"alarm": 10}, (stays, moved, renamed, unstarred, cancelled, lost))


def _gone(one: Row) -> Row:
    """The row, to be read as cancelled."""
    assert one.seen
    return one._replace(seen=one.seen._replace(title=f"Cancelled: {one.seen.title}", status="CANCELLED"))
