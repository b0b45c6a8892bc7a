"""What an exported calendar promises: read back with the icalendar library, with the lint's own parser, and byte for byte."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import icalendar
import pytest
from any_text import ANY, exported, plain
from hypothesis import example, given, settings
from hypothesis import strategies as st
from ical_bytes import text_of
from ical_lint import instants, lint

from planner.errors import UsageError
from planner.ical.write import calendar
from planner.model import Conference, Mark, Session, Slot, Talk
from planner.plan import Plan

if TYPE_CHECKING:
    from collections.abc import Sequence

GOLDEN = Path(__file__).parent / "data" / "golden" / "plan.ics"
UID = "3f2b8c1e-0000-5000-8000-00000000000{}"


def at(text: str) -> datetime:
    """An instant in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def slot(start: str, minutes: int | None = 15, **rest: Any) -> Slot:
    """A slot from an instant in UTC; without an end where ``minutes`` is None."""
    return Slot(at(start), None if minutes is None else at(start) + timedelta(minutes=minutes), **rest)


def talk(number: int, title: str, where: Slot, **rest: Any) -> Talk:
    """A talk of the fixed plan."""
    return Talk(UID.format(number), "iclr-2021", title, slot=where, modified=at("2021-04-20T09:00"))._replace(**rest)


SESSION = Session("11", "Oral Session 11", ("Adriana Kovashka", "Furong Huang"))
TALKS = (
    talk(
        1,
        "DiffWave: A Versatile Diffusion Model; for “Audio”, C:\\New",
        slot("2021-05-06T20:00", room="Hall A"),
        kind="oral",
        session="11",
        speakers=("Zhifeng Kong", "Müller, Jr."),
        track="Speech, audio",
        abstract="Waveforms from noise.\nOne \\NodeNet, one sampler; 5,000 steps.",
        url="https://iclr.cc/virtual/2021/oral/3455?a=1,2;b",
        sequence=2,
        modified=at("2021-05-01T12:30"),
    ),
    talk(2, "When Do Curricula Work?", slot("2021-05-06T20:00", 30, room="Hall B"), kind="oral"),
    talk(3, "A poster without an end", slot("2021-05-06T21:30", None, room="Hall P", board="12"), kind="poster"),
    talk(4, "Gone from the programme", slot("2021-05-07T16:00"), cancelled=True, sequence=1),
    talk(5, "No longer wanted", slot("2021-05-07T16:00"), sequence=3),
    talk(6, "Workshop days", Slot(day=date(2021, 5, 7), last_day=date(2021, 5, 8)), kind="workshop"),
    talk(7, "As the clocks go back in Berlin", slot("2021-10-31T00:30", 60), modified=None),
    talk(8, "A row of a list", Slot(), kind="paper"),
    talk(9, "", slot("2021-05-06T23:00", 10), kind="untitled", session="11"),
)
MARKS = (
    Mark(UID.format(1), starred=True, decision="going", note="ask about the vocoder;\nnumbers"),
    Mark(UID.format(2), starred=True, leave_at=at("2021-05-06T20:20")),
    *(Mark(UID.format(number), starred=True) for number in (3, 4, 6, 7, 8, 9)),
)


def plan_of(talks: Sequence[Talk] = TALKS, marks: Sequence[Mark] = MARKS, zone: str | None = "America/Los_Angeles") -> Plan:
    """A plan of one conference, read on 1 April 2021, seen from Berlin."""
    conference = Conference("iclr-2021", "ICLR 2021", zone, (SESSION,), tuple(talks), read_at=at("2021-04-01T08:00"))
    return Plan({"iclr-2021": conference}, {mark.uid: mark for mark in marks}, zone="Europe/Berlin")


def golden() -> bytes:
    """The fixed plan as a calendar: the fifth talk has left it."""
    kept = [one for one in TALKS if one.uid != UID.format(5)]
    return calendar(
        plan_of(), kept, left=[TALKS[4]], zone="Europe/Berlin", name="ICLR 2021, my plan", alarm=10, with_notes=True
    )


def events(data: bytes) -> dict[str, Any]:
    """The events of a calendar by uid, as the icalendar library reads them."""
    return {str(event["UID"]): event for event in icalendar.Calendar.from_ical(data).walk("VEVENT")}


def only(one: Talk, *marks: Mark, zone: str = "Europe/Berlin", **rest: Any) -> Any:
    """A talk exported alone and read back; the file is clean by the lint."""
    data = calendar(plan_of((one,), marks), [one], zone=zone, name="x", **rest)
    assert lint(data) == []
    (event,) = events(data).values()
    return event


# The file as a whole


def test_golden() -> None:
    """The fixed plan gives the bytes that were read line by line, and they are clean by the lint."""
    assert golden() == GOLDEN.read_bytes()
    assert lint(golden()) == []


def test_same_plan_same_bytes_whatever_the_order() -> None:
    """The order in which talks are given, and a talk given twice, leave no trace."""
    plan = plan_of()
    ordered = calendar(plan, TALKS[:4], left=TALKS[4:5], zone="Europe/Berlin", name="x")
    again = calendar(plan_of(), [*TALKS[3::-1], *TALKS[:4]], left=[*TALKS[4:5], TALKS[0]], zone="Europe/Berlin", name="x")
    assert again == ordered
    assert ordered.count(b"BEGIN:VEVENT") == 5


def test_zone_of_the_plan_is_the_default() -> None:
    """Without a zone the calendar is in the plan's."""
    assert calendar(plan_of(), TALKS[:1], name="x") == calendar(plan_of(), TALKS[:1], zone="Europe/Berlin", name="x")


def test_nothing_with_a_slot_is_no_file() -> None:
    """Talks without a slot are not written, and a calendar of none of them is empty bytes."""
    assert calendar(plan_of(), [TALKS[7]], zone="Europe/Berlin", name="x") == b""
    assert calendar(plan_of(), [], zone="Europe/Berlin", name="x") == b""


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"zone": "Mars/Base", "times": "utc"}, r"^There is no time zone called “Mars/Base”\..*\.$"),
        ({"times": "local"}, r"^Times are written by “zone” or “utc”, not “local”\.$"),
        ({"alarm": -5}, r"^An alarm comes before a talk: -5 minutes .*\.$"),
    ],
    ids=["unknown zone", "unknown form", "alarm after"],
)
@pytest.mark.parametrize("talks", [TALKS, ()], ids=["a plan", "nothing"])
def test_wrong_use_is_refused(wrong: dict[str, Any], said: str, talks: Sequence[Talk]) -> None:
    """An unknown zone, another word for the form of times and a negative alarm are one sentence each, whatever is written."""
    with pytest.raises(UsageError, match=said):
        calendar(plan_of(), talks, **{"zone": "Europe/Berlin", "name": "x", **wrong})


def test_name_is_said_twice_in_one_line() -> None:
    """NAME and X-WR-CALNAME carry the name, its line breaks gone; without one the calendar still has a name."""
    whole = icalendar.Calendar.from_ical(calendar(plan_of(), TALKS[:1], zone="Europe/Berlin", name="My\r\nplan, 2021"))
    assert [text_of(str(whole[name])) for name in ("NAME", "X-WR-CALNAME")] == ["My plan, 2021", "My plan, 2021"]
    nameless = calendar(plan_of(), TALKS[:1], zone="Europe/Berlin", name=" ")
    assert lint(nameless) == []
    assert str(icalendar.Calendar.from_ical(nameless)["NAME"]) == "Conference plan"


# Times


def test_zone_form_and_utc_where_it_is_unsafe() -> None:
    """Berlin times carry the TZID, the talk beside Berlin's change of clocks is in UTC, the all-day entry is dates."""
    forms = {
        uid[-1]: event["DTSTART"].to_ical() + str(event["DTSTART"].params).encode() for uid, event in events(golden()).items()
    }
    assert b"20210506T220000" in forms["1"]
    assert b"Europe/Berlin" in forms["1"]
    assert forms["7"].startswith(b"20211031T003000Z")
    assert forms["6"].startswith(b"20210507")
    assert b"DATE" in forms["6"]


def test_an_instant_that_the_file_s_own_rule_would_show_wrong_is_in_utc() -> None:
    """Norfolk has had summer time since October 2019: 16:45 UTC there in November 2023 follows no rule of a talk of 2018."""
    early, late = talk(1, "x", slot("2018-07-06T20:00")), talk(2, "y", slot("2023-11-24T16:45"))
    data = calendar(plan_of((early, late)), [early, late], zone="Pacific/Norfolk", name="x")
    assert lint(data) == []
    assert b"DTSTART;TZID=Pacific/Norfolk:20180707T070000" in data
    assert b"DTSTART:20231124T164500Z" in data
    assert [instants(data)[one.uid][0] for one in (early, late)] == [at("2018-07-06T20:00"), at("2023-11-24T16:45")]


@pytest.mark.parametrize(("start", "mark"), [("2021-10-30T21:30", ""), ("2021-10-30T22:30", "Z"), ("2021-10-31T03:30", "Z")])
def test_beside_a_change_of_clocks_all_is_in_utc(start: str, mark: str) -> None:
    """Berlin's clocks go back on 31 October 2021 at 1:00 UTC: three hours on both sides of that, nothing names the zone."""
    data = calendar(plan_of([talk(1, "Owls", slot(start))]), [talk(1, "Owls", slot(start))], zone="Europe/Berlin", name="x")
    assert (b"DTSTART;TZID=Europe/Berlin:" in data) == (not mark)
    assert (b"DTSTART:" + start.translate({45: None, 58: None}).encode() + b"00Z" in data) == bool(mark)


def test_both_ends_of_a_talk_are_in_the_zone_or_in_utc() -> None:
    """A night that ends with a talk of the day: what only its end could be in the zone for is in UTC."""
    talks = [talk(1, "Night", slot("2021-10-31T01:30", 570)), talk(2, "Day", slot("2021-10-31T10:00", 60))]
    lines = calendar(plan_of(talks), talks, zone="Europe/Berlin", name="x").split(b"\r\n")
    assert [line for line in lines if line.startswith((b"DTSTART", b"DTEND")) and b"2021" in line] == [
        b"DTSTART:20211031T013000Z",
        b"DTEND:20211031T110000Z",
        b"DTSTART;TZID=Europe/Berlin:20211031T110000",
        b"DTEND;TZID=Europe/Berlin:20211031T120000",
    ]


def test_times_utc_writes_no_zone() -> None:
    """With ``times="utc"`` there is no TZID and no VTIMEZONE, and the instants are the same."""
    data = calendar(plan_of(), TALKS, zone="Europe/Berlin", name="x", times="utc")
    assert b"TZID" not in data
    assert b"VTIMEZONE" not in data
    assert lint(data) == []
    assert instants(data) == instants(calendar(plan_of(), TALKS, zone="Europe/Berlin", name="x"))


@pytest.mark.parametrize("zone", ["UTC", "Etc/GMT+5", "EST", "CET", "GMT", "PST8PDT", "Japan"])
def test_zones_that_are_no_place_are_written_in_utc(zone: str) -> None:
    """Letters and Etc names never become a TZID."""
    data = calendar(plan_of(), TALKS[:3], zone=zone, name="x")
    assert b"TZID" not in data
    assert lint(data) == []


def test_end_of_the_page_is_dtend() -> None:
    """DTEND is the end that the source gives, and nothing is said about it."""
    event = only(TALKS[1])
    assert event["DTEND"].dt == at("2021-05-06T20:30")
    assert "no end" not in str(event["DESCRIPTION"])


@pytest.mark.parametrize(
    ("one", "minutes"),
    [
        (talk(1, "x", slot("2021-05-06T20:00", None)), 15),
        (talk(1, "x", slot("2021-05-06T20:00", None), kind="poster"), 120),
        (talk(1, "x", slot("2021-05-06T20:00", 0)), 15),
        (talk(1, "x", slot("2021-05-06T20:00:00.750000", None)), 15),
        (talk(1, "x", Slot(at("2021-05-06T20:00"), at("2021-05-06T20:00:00.5"))), 15),
        (talk(1, "x", slot("2021-05-06T20:00", -30)), 15),
    ],
    ids=["no end", "poster", "no length", "parts of a second", "half a second", "ends before it starts"],
)
def test_missing_end_is_stated(one: Talk, minutes: int) -> None:
    """A talk without a usable end gets the plan's default, in DTEND and in words."""
    event = only(one)
    assert event["DTEND"].dt - event["DTSTART"].dt == timedelta(minutes=minutes)
    assert f"The programme gives no end: {minutes} minutes are assumed." in str(event["DESCRIPTION"]).splitlines()


def test_leaving_early_shortens_dtend() -> None:
    """The mark's leave_at is DTEND, the talk's own end stays in the words; one outside the talk counts for nothing."""
    event = only(TALKS[1], MARKS[1])
    assert event["DTEND"].dt == at("2021-05-06T20:20")
    lines = str(event["DESCRIPTION"]).splitlines()
    assert lines[0] == "Thu 6 May 2021, 13:00–13:30 PDT (Los Angeles) · 20:00–20:30 UTC"
    assert lines[1] == "You leave before the end, at 13:20 PDT (20:20 UTC)."
    for outside in ("2021-05-06T20:00", "2021-05-06T20:30", "2021-05-07T20:20"):
        assert only(TALKS[1], MARKS[1]._replace(leave_at=at(outside)))["DTEND"].dt == at("2021-05-06T20:30")


def test_leaving_early_is_said_once_where_the_conference_is_in_utc() -> None:
    """The hour of leaving has no second form where the first is UTC already."""
    plan = plan_of(TALKS[1:2], MARKS[1:2], zone="UTC")
    said = str(events(calendar(plan, TALKS[1:2], zone="Europe/Berlin", name="x"))[UID.format(2)]["DESCRIPTION"])
    assert said.splitlines() == ["Thu 6 May 2021, 20:00–20:30 UTC", "You leave before the end, at 20:20 UTC."]


@pytest.mark.parametrize(
    ("start", "minutes", "zone", "line"),
    [
        ("2021-05-06T20:00", 15, "America/Los_Angeles", "Thu 6 May 2021, 13:00–13:15 PDT (Los Angeles) · 20:00–20:15 UTC"),
        (
            "2021-05-07T05:00",
            15,
            "America/Los_Angeles",
            "Thu 6 May 2021, 22:00–22:15 PDT (Los Angeles) · Fri 7 May 2021, 05:00–05:15 UTC",
        ),
        ("2021-05-06T20:00", 15, "UTC", "Thu 6 May 2021, 20:00–20:15 UTC"),
        (
            "2026-07-10T04:15",
            60,
            "Asia/Kathmandu",
            "Fri 10 Jul 2026, 10:00–11:00 UTC+05:45 (Kathmandu) · 04:15–05:15 UTC",
        ),
        (
            "2026-11-01T07:30",
            180,
            "America/Los_Angeles",
            "Sun 1 Nov 2026, 00:30 PDT–02:30 PST (Los Angeles) · 07:30–10:30 UTC",
        ),
        (
            "2026-07-14T21:30",
            60,
            "Europe/Berlin",
            "Tue 14 Jul 2026, 23:30 – Wed 15 Jul 2026, 00:30 CEST (Berlin) · Tue 14 Jul 2026, 21:30–22:30 UTC",
        ),
    ],
)
def test_first_line_says_both_times(start: str, minutes: int, zone: str, line: str) -> None:
    """The description begins with the time in the conference's zone and in UTC, dates where they differ."""
    one = talk(1, "x", slot(start, minutes))
    data = calendar(plan_of((one,), zone=zone), [one], zone="Europe/Berlin", name="x")
    assert str(events(data)[one.uid]["DESCRIPTION"]) == line


def test_all_day_entry_has_an_exclusive_end() -> None:
    """A workshop of 7 and 8 May ends on the 9th, blocks nobody and has no alarm; one of one day ends on the next."""
    event = only(TALKS[5], MARKS[4], alarm=10)
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (date(2021, 5, 7), date(2021, 5, 9))
    assert event["TRANSP"] == "TRANSPARENT"
    assert event.subcomponents == []
    assert str(event["DESCRIPTION"]) == "All day, Fri 7 May 2021 – Sat 8 May 2021"
    single = only(TALKS[5]._replace(slot=Slot(day=date(2021, 12, 31))))
    assert single["DTEND"].dt == date(2022, 1, 1)
    assert str(single["DESCRIPTION"]) == "All day, Fri 31 Dec 2021"


def test_parts_of_a_second_are_dropped() -> None:
    """An instant with microseconds is written to the whole second."""
    one = talk(1, "x", slot("2021-05-06T20:00:00.750000", 1))
    assert only(one)["DTSTART"].dt == at("2021-05-06T20:00")


# What tells an event and its versions apart


def test_stamps_are_the_talks_last_change() -> None:
    """DTSTAMP and LAST-MODIFIED are when the talk changed, else when its conference was read; SEQUENCE is the talk's."""
    found = events(golden())
    first = found[UID.format(1)]
    assert first["DTSTAMP"].dt == first["LAST-MODIFIED"].dt == at("2021-05-01T12:30")
    assert first["SEQUENCE"] == 2
    assert found[UID.format(7)]["DTSTAMP"].dt == at("2021-04-01T08:00")


def test_without_a_date_of_its_own_a_talk_is_stamped_1970() -> None:
    """A talk that never changed, of a conference whose reading has no date or that nobody knows, tells no time of export."""
    one = TALKS[6]
    for known in ({"iclr-2021": Conference("iclr-2021", "ICLR 2021", "UTC", (), (one,))}, {}):
        event = events(calendar(Plan(known, {}, zone="UTC"), [one], name="x"))[one.uid]
        assert event["DTSTAMP"].dt == event["LAST-MODIFIED"].dt == at("1970-01-01")


@pytest.mark.parametrize(
    ("mark", "status", "transparency"),
    [
        (Mark(UID.format(2), starred=True, decision="going"), "CONFIRMED", "OPAQUE"),
        (Mark(UID.format(2), decision="going"), "CONFIRMED", "OPAQUE"),
        (Mark(UID.format(2), starred=True), "TENTATIVE", "OPAQUE"),
        (Mark(UID.format(2), starred=True, decision="skipped"), "TENTATIVE", "TRANSPARENT"),
        (Mark(UID.format(2)), "TENTATIVE", "TRANSPARENT"),
    ],
    ids=["going", "going unstarred", "undecided", "skipped", "unstarred"],
)
def test_status_is_the_decision(mark: Mark, status: str, transparency: str) -> None:
    """Going is confirmed, undecided tentative; what is not planned leaves the time free."""
    event = only(TALKS[1], mark)
    assert (event["STATUS"], event["TRANSP"]) == (status, transparency)


@pytest.mark.parametrize("number", [4, 5], ids=["cancelled by the source", "left the plan"])
def test_cancelled_and_left_go_out_as_cancelled(number: int) -> None:
    """Both say so in STATUS and SUMMARY, free the time and have no alarm."""
    event = events(golden())[UID.format(number)]
    assert (event["STATUS"], event["TRANSP"]) == ("CANCELLED", "TRANSPARENT")
    assert str(event["SUMMARY"]) == f"Cancelled: {TALKS[number - 1].title}"
    assert event.subcomponents == []


def test_talk_in_the_plan_has_not_left_it() -> None:
    """A talk that is given as planned and as left goes out once, as planned."""
    data = calendar(plan_of(), TALKS[:1], left=TALKS[:1], zone="Europe/Berlin", name="x")
    assert events(data)[UID.format(1)]["STATUS"] == "CONFIRMED"
    assert data.count(b"BEGIN:VEVENT") == 1


@pytest.mark.parametrize("minutes", [0, 10, 1440])
def test_alarm_is_relative_and_alone(minutes: int) -> None:
    """An alarm is one display that many minutes before the start; without being asked for there is none."""
    (alarm,) = only(TALKS[1], alarm=minutes).subcomponents
    assert alarm["TRIGGER"].dt == timedelta(minutes=-minutes)
    assert (alarm["ACTION"], alarm["DESCRIPTION"]) == ("DISPLAY", TALKS[1].title)
    assert only(TALKS[1]).subcomponents == []


# Words


def test_notes_only_when_asked() -> None:
    """The user's note, or a list's reason, is in the description with ``with_notes`` and nowhere in the file without."""
    assert "Note: ask about the vocoder;\nnumbers" in str(events(golden())[UID.format(1)]["DESCRIPTION"])
    assert b"vocoder" not in calendar(plan_of(), TALKS, zone="Europe/Berlin", name="x")
    listed = TALKS[1]._replace(reason="best paper")
    assert "Note: best paper" in str(only(listed, with_notes=True)["DESCRIPTION"])
    assert "best paper" not in str(only(listed)["DESCRIPTION"])


def test_session_is_said_with_its_chairs_if_it_has_any() -> None:
    """The fixed plan's session names two chairs; without them there are no brackets, without a title there is no line."""
    assert "Session: Oral Session 11 (chairs: Adriana Kovashka · Furong Huang)" in str(only(TALKS[0])["DESCRIPTION"])
    conference = Conference("iclr-2021", "ICLR 2021", "UTC", (SESSION._replace(chairs=()),), TALKS[:1])
    data = calendar(Plan({"iclr-2021": conference}, {}, zone="UTC"), TALKS[:1], name="x")
    lines = str(events(data)[UID.format(1)]["DESCRIPTION"]).splitlines()
    assert "Session: Oral Session 11" in lines
    nameless = conference._replace(sessions=(SESSION._replace(title=""),))
    data = calendar(Plan({"iclr-2021": nameless}, {}, zone="UTC"), TALKS[:1], name="x")
    assert "Session:" not in str(events(data)[UID.format(1)]["DESCRIPTION"])


def test_leaving_at_the_end_is_not_early() -> None:
    """Who leaves as the talk ends is told nothing; a second before, it is said."""
    end = at("2021-05-06T20:30")
    said = [
        "You leave before the end" in str(only(TALKS[1], MARKS[1]._replace(leave_at=leaves))["DESCRIPTION"])
        for leaves in (end, end.replace(microsecond=500_000), end - timedelta(seconds=1), at("2021-05-06T20:00"))
    ]
    assert said == [False, False, True, False]
    later = TALKS[1]._replace(slot=TALKS[1].slot._replace(end=end.replace(microsecond=500_000)))
    assert "You leave" not in str(only(later, MARKS[1]._replace(leave_at=end))["DESCRIPTION"])


def test_untitled_slot_has_a_summary() -> None:
    """A slot without a title is named by its session, else by what it is, and has no kind for a category."""
    assert str(only(TALKS[8])["SUMMARY"]) == "Untitled slot, Oral Session 11"
    assert str(only(TALKS[8]._replace(session=None))["SUMMARY"]) == "Untitled slot"
    conference = Conference("iclr-2021", "ICLR 2021", "UTC", (SESSION._replace(title=" \n"),), TALKS[8:])
    data = calendar(Plan({"iclr-2021": conference}, {}, zone="UTC"), TALKS[8:], name="x")
    assert str(events(data)[UID.format(9)]["SUMMARY"]) == "Untitled slot"
    assert "CATEGORIES" not in only(TALKS[8])


@pytest.mark.parametrize(
    ("room", "board", "place"),
    [("Hall A", None, "Hall A"), ("Hall A", "12", "Hall A, board 12"), (None, "12", "Board 12"), (None, None, None)],
)
def test_location_is_room_and_board(room: str | None, board: str | None, place: str | None) -> None:
    """LOCATION is where one has to go, absent where nobody knows."""
    event = only(TALKS[1]._replace(slot=TALKS[1].slot._replace(room=room, board=board)))
    assert event.get("LOCATION") == place


@pytest.mark.parametrize(
    ("url", "written"),
    [
        ("https://iclr.cc/virtual/2021/oral/3455?a=1,2;b", "https://iclr.cc/virtual/2021/oral/3455?a=1,2;b"),
        ("HTTP://example.org", "HTTP://example.org"),
        (" https://example.org/a b ", "https://example.org/a%20b"),
        ("https://example.org/é?q=100%", "https://example.org/%C3%A9?q=100%25"),
        ("https://example.org/%C3%A9", "https://example.org/%C3%A9"),
        ('https://example.org/"<>\\^`{|}', "https://example.org/%22%3C%3E%5C%5E%60%7B%7C%7D"),
        ("javascript:alert(1)", None),
        ("ftp://example.org/x", None),
        ("file:///etc/passwd", None),
        ("https://", None),
        ("https:///path", None),
        ("//example.org/x", None),
        ("example.org", None),
        ("https://example.org/\r\nATTENDEE:x", None),
        ("https://example.org/\u2028x", None),
        ("https://example.org/\ud800", None),
        ("https://example.org/" + "x" * 2000, None),
        ("", None),
        (None, None),
    ],
)
def test_url_is_a_web_address_or_nothing(url: str | None, written: str | None) -> None:
    """Only http(s) addresses go out, in ASCII, not escaped as text, and again in the first lines of the description."""
    event = only(TALKS[1]._replace(url=url))
    assert (str(event["URL"]) if "URL" in event else None) == written
    assert written is None or str(event["DESCRIPTION"]).splitlines()[1] == written


def test_summary_is_cut_at_255_utf16_units() -> None:
    """A long title ends in an ellipsis within 255 units, prefix included, and no character is torn."""
    for sign in ("x", "é", "😀"):
        for cancelled in (False, True):
            title = str(only(TALKS[1]._replace(title=sign * 300, cancelled=cancelled, sequence=1))["SUMMARY"])
            assert 250 < len(title.encode("utf-16-le")) // 2 <= 255
            assert title.removeprefix("Cancelled: ").rstrip("…") == sign * (len(title.removeprefix("Cancelled: ")) - 1)
    assert str(only(TALKS[1]._replace(title="y" * 255))["SUMMARY"]) == "y" * 255


@pytest.mark.parametrize(("signs", "said"), [(255, "y" * 255), (256, "y" * 254 + "…"), (300, "y" * 254 + "…")])
def test_summary_uses_all_255_units(signs: int, said: str) -> None:
    """One sign more than fits makes room for the ellipsis; none is given away."""
    assert str(only(TALKS[1]._replace(title="y" * signs))["SUMMARY"]) == said


@pytest.mark.parametrize("more", [0, 1, 100])
def test_description_uses_all_4000_characters(more: int) -> None:
    """What fills the description to the last is whole; one sign more makes room for the ellipsis."""
    first = str(only(TALKS[1])["DESCRIPTION"])
    left = 4000 - len(f"{first}\n\n")
    said = str(only(TALKS[1]._replace(abstract="y" * (left + more)))["DESCRIPTION"])
    assert said == f"{first}\n\n" + ("y" * (left - 1) + "…" if more else "y" * left)


def test_description_is_cut_at_4000_with_the_link_kept() -> None:
    """Ten thousand characters of abstract are cut behind the link, and the cut is shown."""
    url = "https://example.org/" + "p" * 1900
    said = str(only(TALKS[1]._replace(abstract="a b " * 2500, url=url))["DESCRIPTION"])
    assert len(said) <= 4000
    assert said.splitlines()[1] == url
    assert said.endswith("…")
    assert said[:-1].endswith(("a b a b", "b a b a"))


# Any text


@settings(max_examples=200)
@given(st.tuples(*[ANY] * 8))
@example(("\\N",) * 8)
@example(("x\r\nATTENDEE:mailto:a@example.org\r\nEND:VEVENT\r\nBEGIN:VEVENT",) * 8)
def test_any_text_in_any_field_survives(texts: tuple[str, ...]) -> None:
    """Whatever stands in a field is read back by the icalendar library, and no property or event can be put in by it."""
    title, speaker, abstract, track, room, board, note, _ = texts
    data = exported(texts)
    assert data.count(b"\r\nBEGIN:VEVENT") == 1
    assert [fault for fault in lint(data) if not fault.startswith("28")] == []
    (event,) = events(data).values()
    assert set(event) <= {
        *("UID", "DTSTAMP", "LAST-MODIFIED", "SEQUENCE", "DTSTART", "DTEND", "SUMMARY", "LOCATION"),
        *("DESCRIPTION", "URL", "CATEGORIES", "STATUS", "TRANSP"),
    }
    summary = plain(title, lines=False)
    if summary and len(summary) < 120:
        assert str(event["SUMMARY"]) == summary
    if plain(room, lines=False) and not board:
        assert str(event["LOCATION"]) == plain(room, lines=False)
    assert list(map(str, event["CATEGORIES"].cats)) == [said for said in ("oral", plain(track, lines=False)) if said]
    description = str(event["DESCRIPTION"])
    if len(description) < 3900:
        assert plain(abstract).strip() in description
        assert plain(note).strip() in description
        assert plain(speaker, lines=False) in description


@settings(max_examples=100)
@given(st.text(st.characters(exclude_categories=()), min_size=1, max_size=80).map(lambda text: (text * 10_000)[:10_000]))
def test_ten_thousand_characters_survive_up_to_the_cut(text: str) -> None:
    """Of a very long abstract the first part is read back, sign by sign, and its end is an ellipsis."""
    data = calendar(plan_of(), [TALKS[1]._replace(abstract=text)], zone="Europe/Berlin", name="x")
    assert [fault for fault in lint(data) if not fault.startswith("28")] == []
    _, _, rest = str(events(data)[TALKS[1].uid]["DESCRIPTION"]).partition("\n\n")
    whole = plain(text).strip()
    if len(whole) < 3900:
        assert rest == whole
    else:
        assert rest.endswith("…")
        assert whole.startswith(rest[:-1])
        assert len(rest) > 3800
