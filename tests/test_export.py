"""Export: what goes out, which sequence it carries, and files that are never half there."""

from __future__ import annotations

import os
import stat
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from ical_lint import instants, lint
from icalendar import Calendar
from plans import at, evening, star, talk

from planner import export
from planner.errors import PlannerError
from planner.model import Conference, Exported, Mark, Slot
from planner.plan import Plan

if TYPE_CHECKING:
    from pathlib import Path

    from planner.export import Made
    from planner.model import Talk


def events(made: Made | None) -> dict[str, tuple[int, str]]:
    """Sequence and status of each event by its title, as the icalendar library reads them."""
    assert made is not None
    return {
        str(event["SUMMARY"]): (int(str(event["SEQUENCE"])), str(event["STATUS"]))
        for event in Calendar.from_ical(made.data).events
    }


def again(plan: Plan, before: Made | None) -> Made | None:
    """The export of a plan into a calendar that was told ``before``."""
    remembered: dict[str, Exported] = before.remember if before else {}
    return export.calendar(plan, remembered=remembered)


def test_each_scope_has_its_talks() -> None:
    """Starred means starred and not skipped; going only those; all everything with a title and a slot."""
    plan = evening(star("vcnet"), star("performers", decision="going"), star("curricula", decision="skipped"), star("paper"))
    found = {scope: [one.uid for one in export.chosen(plan, scope)] for scope in export.SCOPES}
    assert found == {
        "starred": ["vcnet", "performers"],
        "going": ["performers"],
        "all": ["vcnet", "performers", "curricula", "diffwave"],
    }


def test_nothing_to_write_is_none() -> None:
    """Neither an empty calendar nor a file comes of an empty plan."""
    assert export.calendar(evening()) is None
    assert export.calendar(evening(star("paper"))) is None


def test_the_same_plan_gives_the_same_bytes_and_sequence() -> None:
    """A second export of an untouched plan changes nothing, also after a talk left it."""
    plan = evening(star("vcnet"), star("diffwave"))
    first = again(plan, None)
    second = again(plan, first)
    assert first is not None
    assert second == first
    less = evening(star("vcnet"))
    left = again(less, second)
    assert left is not None
    assert again(less, left) == left


def test_a_change_raises_the_sequence_and_an_abstract_does_not() -> None:
    """Start, room, title and decision count; nothing else does; it never falls."""
    one = talk("a", "A", "18:00", room="Hall A")
    made = again(evening(star("a"), talks=(one,)), None)
    assert events(made) == {"A": (0, "TENTATIVE")}
    made = again(evening(star("a"), talks=(one._replace(abstract="new"),)), made)
    assert events(made) == {"A": (0, "TENTATIVE")}
    moved = one._replace(slot=Slot(at("18:30"), at("18:45"), "Hall A"), sequence=1)
    made = again(evening(star("a"), talks=(moved,)), made)
    assert events(made) == {"A": (1, "TENTATIVE")}
    made = again(evening(star("a", decision="going"), talks=(moved,)), made)
    assert events(made) == {"A": (2, "CONFIRMED")}
    made = again(evening(star("a", decision="going"), talks=(moved._replace(title="B", sequence=2),)), made)
    assert events(made) == {"B": (3, "CONFIRMED")}
    made = again(evening(star("a", decision="going"), talks=(moved._replace(title="C", sequence=9),)), made)
    assert events(made) == {"C": (9, "CONFIRMED")}  # never below the talk's own, which other calendars were told


def test_a_calendar_is_called_like_the_conferences_that_are_in_it() -> None:
    """One that is stored, but of which nothing goes out, gives it no name."""
    away = talk("away", "Away", "18:00")._replace(conference="other")
    first = evening(star("vcnet"))
    conferences = {**first.conferences, "other": Conference("other", "Other 2021", "UTC", (), (away,))}
    for marks, name in ((("vcnet",), "ICLR 2021"), (("vcnet", "away"), "ICLR 2021, Other 2021"), (("away",), "Other 2021")):
        made = again(Plan(conferences, {uid: star(uid) for uid in marks}), None)
        assert made is not None
        assert Calendar.from_ical(made.data)["X-WR-CALNAME"] == name.replace(",", "\\,")  # RFC 5545 3.3.11


@pytest.mark.parametrize("gone", ["unstarred", "skipped", "cancelled"])
def test_what_left_the_plan_goes_out_as_cancelled_and_can_come_back(gone: str) -> None:
    """With a higher sequence and "Cancelled: " before its name; back again it rises once more."""
    one = talk("a", "A", "18:00")
    here = evening(star("a"), talks=(one,))
    made = again(here, None)
    if gone == "unstarred":
        less = evening(talks=(one,))
    elif gone == "skipped":
        less = evening(star("a", decision="skipped"), talks=(one,))
    else:
        less = evening(star("a"), talks=(one._replace(cancelled=True, sequence=1),))
    made = again(less, made)
    assert events(made) == {"Cancelled: A": (1, "CANCELLED")}
    made = again(here, made)
    assert events(made) == {"A": (2, "TENTATIVE")}


def test_a_talk_that_lost_its_slot_is_cancelled_where_the_calendar_has_it() -> None:
    """The organisers took the time away: the entry is cancelled at the hour at which it stands in the calendar."""
    one = talk("a", "A", "18:00", room="Hall A")
    made = again(evening(star("a"), talks=(one,)), None)
    made = again(evening(star("a"), talks=(one._replace(slot=Slot(), sequence=1),)), made)
    assert made is not None
    event: Any
    (event,) = Calendar.from_ical(made.data).events
    assert (event["STATUS"], event.start.astimezone(UTC), event.end.astimezone(UTC)) == ("CANCELLED", at("18:00"), at("18:15"))


def test_everything_is_not_the_plan() -> None:
    """An export of all talks cancels nothing."""
    plan = evening(star("vcnet"))
    made = again(plan, None)
    assert made is not None
    whole = export.calendar(evening(), export.Choice("all"), remembered=made.remember)
    assert all(status != "CANCELLED" for _, status in events(whole).values())


def test_a_file_is_replaced_as_a_whole_and_keeps_its_permissions(tmp_path: Path) -> None:
    """The new bytes are there, nothing else is left beside them, and the mode is that of the old file."""
    path = tmp_path / "plan.ics"
    export.write_file(str(path), b"one")
    path.chmod(0o640)
    export.write_file(str(path), b"two")
    assert path.read_bytes() == b"two"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert os.listdir(tmp_path) == ["plan.ics"]


def test_what_cannot_be_written_is_one_sentence_and_the_old_file_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A missing folder, and a disk that is full while the new file is written beside the old one."""
    with pytest.raises(PlannerError, match="cannot be written"):
        export.write_file(str(tmp_path / "none" / "plan.ics"), b"x")
    path = tmp_path / "plan.ics"
    path.write_bytes(b"old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(PlannerError, match="no space left on device"):
        export.write_file(str(path), b"new")
    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["plan.ics"]


# A week that holds a change of the clocks

WEEKS = {
    "Europe/Berlin": "2026-10-22",
    "America/Los_Angeles": "2026-10-29",
    "America/St_Johns": "2026-03-05",  # half an hour off, northern
    "Australia/Sydney": "2026-04-02",
    "Australia/Lord_Howe": "2026-10-01",  # half an hour off, changes by half an hour
    "Australia/Adelaide": "2026-04-02",
    "Pacific/Chatham": "2026-09-24",  # three quarters off
    "America/Santiago": "2026-09-03",
    "America/Vancouver": "2026-03-05",  # its last change of all
    "America/Edmonton": "2026-03-05",
    "Africa/Casablanca": "2026-02-12",  # as Ramadan begins
    "Asia/Kathmandu": "2026-03-05",  # no change, three quarters off
}


@pytest.mark.ci
@pytest.mark.parametrize("shown", ["the conference's", "Europe/Berlin", "America/Vancouver"])
@pytest.mark.parametrize("zone", WEEKS)
def test_a_week_with_a_change_of_the_clocks(zone: str, shown: str) -> None:
    """Eight days of talks at wall clocks around the change: file and pieces are clean and hold zoneinfo's instants."""
    here = ZoneInfo(zone)
    first = datetime.fromisoformat(WEEKS[zone])
    walls = [first + timedelta(days=day, hours=hour) for day in range(8) for hour in (0, 2, 9, 17, 23)]
    talks = tuple(
        talk(f"t{number:02}", f"Talk {number}")._replace(
            slot=Slot(start := wall.replace(tzinfo=here).astimezone(UTC), start + timedelta(minutes=30))
        )
        for number, wall in enumerate(walls)
    )
    conference = Conference("iclr-2021", "ICLR", zone, (), talks)
    marks = {one.uid: Mark(one.uid, starred=True) for one in talks}
    plan = Plan({"iclr-2021": conference}, marks, zone=zone if shown == "the conference's" else shown)
    made, pieces = export.calendar(plan), export.calendars(plan)
    assert made is not None
    assert [fault for data in (made.data, *pieces.data.values()) for fault in lint(data)] == []
    expected = {one.uid: (one.slot.start, one.slot.end) for one in talks}
    assert instants(made.data) == expected
    assert {uid: times for data in pieces.data.values() for uid, times in instants(data).items()} == expected
    read: dict[str, Any] = {str(event["UID"]): event for event in Calendar.from_ical(made.data).events}
    assert {uid: (event.start.astimezone(UTC), event.end.astimezone(UTC)) for uid, event in read.items()} == expected


# Any text in any field of any number of talks

INJECTED = "\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:x\r\nATTENDEE:mailto:x@example.org"
SIGNS = st.characters(exclude_categories=())
TEXTS = st.one_of(
    st.text(SIGNS, max_size=40),
    st.text(SIGNS, min_size=1, max_size=40).map(lambda text: (text * 10_000)[:10_000]),
    st.sampled_from(
        [INJECTED, "\\n\\N\\,\\;\\\\", '";VALUE=DATE:', "\n ATTENDEE:x", "\x00\x1b]0;x\x07", "é" * 75, "\\" * 500]
    ),
)
KNOWN = {
    *("UID", "DTSTAMP", "LAST-MODIFIED", "SEQUENCE", "DTSTART", "DTEND", "SUMMARY", "LOCATION"),
    *("DESCRIPTION", "URL", "CATEGORIES", "STATUS", "TRANSP"),
}


def any_talk(number: int, texts: tuple[str, ...]) -> Talk:
    """A talk with these texts in its fields; every third is cancelled by the organisers."""
    title, speaker, abstract, track, room, board, url, kind = texts
    one = talk(
        f"uid-{number}", title, "18:00", speakers=(speaker, title), abstract=abstract, track=track, url=f"https://x.org/{url}"
    )
    slot = one.slot._replace(room=room, board=board)
    return one._replace(kind=kind or "oral", slot=slot, cancelled=number % 3 == 2, organisations=(speaker,), links=(url,))


@pytest.mark.ci
@settings(max_examples=60)
@given(st.lists(st.tuples(*[TEXTS] * 8), min_size=1, max_size=3), TEXTS, TEXTS)
@example([(INJECTED,) * 8] * 4, INJECTED, INJECTED)
@example([("\ud800" * 10_000,) * 8], "\r", "\n")
def test_any_text_in_any_field_comes_back(fields: list[tuple[str, ...]], name: str, note: str) -> None:
    """As many events as talks, each with its own uid and no property but ours; no line over 75 octets; texts read back.

    What icalendar reads is the text without what RFC 5545 has no form for, up to the lengths that calendars show.
    """
    talks = tuple(any_talk(number, texts) for number, texts in enumerate(fields))
    conference = Conference("iclr-2021", name, "America/Los_Angeles", (), talks, read_at=at("08:00"))
    plan = Plan({"iclr-2021": conference}, {one.uid: star(one.uid, note=note) for one in talks}, zone="Europe/Berlin")
    before = {one.uid: Exported(1, "") for one in talks}
    made = export.calendar(plan, export.Choice(alarm=5, with_notes=True), remembered=before)
    pieces = export.calendars(plan, export.Choice(alarm=5, with_notes=True), remembered=before)
    assert made is not None
    assert made.data.count(b"BEGIN:VEVENT\r\n") - made.data.count(b"\\nBEGIN:VEVENT\r\n") == len(talks)
    for data in (made.data, *pieces.data.values()):
        assert max(map(len, data.split(b"\r\n"))) <= 75
    assert [fault for fault in lint(made.data) if not fault.startswith("28")] == []
    found = {str(event["UID"]): event for event in Calendar.from_ical(made.data).events}
    assert set(found) == {one.uid for one in talks} == set(pieces.data)
    for one in talks:
        event: Any = found[one.uid]
        (alone,) = Calendar.from_ical(pieces.data[one.uid]).events
        assert alone.to_ical() == event.to_ical()
        assert set(event) <= KNOWN
        assert len(event.subcomponents) == (0 if one.cancelled else 1)
        title = str(event["SUMMARY"]).removeprefix("Cancelled: ").removesuffix("…")
        assert "Untitled slot" in title or " ".join(visible(one.title).split()).startswith(title)
        description = str(event["DESCRIPTION"]).removesuffix("…")
        if len(description) < 3900:
            assert visible(one.abstract).strip() in description
            assert visible(note).strip() in description


def visible(text: str) -> str:
    """A text without what a calendar has no form for: line ends as newlines, tabs as blanks, no other control sign."""
    text = text.replace("\r\n", "\n")
    for end in "\r\x0b\x0c\x85\u2028\u2029":
        text = text.replace(end, "\n")
    kept = "".join(sign for sign in text.replace("\t", " ") if sign == "\n" or not (sign < " " or "\x7f" <= sign <= "\x9f"))
    return "".join("\ufffd" if "\ud800" <= sign <= "\udfff" else sign for sign in kept)
