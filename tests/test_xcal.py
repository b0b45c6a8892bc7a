"""What xCal, by RFC 6321 and as pretalx writes it, becomes, and what a bad one may do."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
from alone import utc
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from planner.errors import MissingFactsError, PlannerError, ReadError
from planner.readers import xcal
from planner.readers.sources import Hints, Part

if TYPE_CHECKING:
    from planner.model import Reading

DATA = Path(__file__).parent / "data" / "xcal"
HINTS = Hints(now=datetime(2026, 1, 1, tzinfo=UTC))


def reading(path: Path, **hints: Any) -> Reading:
    """Read a file as the importer would hand it over."""
    return xcal.read(path.read_text(encoding="utf-8"), Part(str(path), path.read_bytes()), HINTS._replace(**hints))


def test_state_of_the_map(shared: Path) -> None:
    """All 54 talks of State of the Map 2024 are where lxml and zoneinfo find them, once --zone says where."""
    path = shared / "samples" / "C" / "sotm2024_pretalx.xcal"
    conference = reading(path, zone="Africa/Nairobi").conference
    zone = ZoneInfo("Africa/Nairobi")
    vevents = list(etree.parse(path).iter("vevent"))
    for talk, vevent in zip(conference.talks, vevents, strict=True):
        for at, tag in ((talk.start, "dtstart"), (talk.end, "dtend")):
            assert at == datetime.strptime(vevent.findtext(tag) or "", "%Y%m%dT%H%M%S").replace(tzinfo=zone)
        assert talk.slot.room == vevent.findtext("location")
        assert len(talk.speakers) == len(vevent.findall("attendee"))
    assert (len(vevents), conference.slug) == (54, "sotm-2024")
    assert min(talk.start for talk in conference.talks if talk.start) == utc("2024-09-06 07:00")
    assert max(talk.start for talk in conference.talks if talk.start) == utc("2024-09-08 13:30")
    assert len({talk.uid for talk in conference.talks}) == 54


def test_state_of_the_map_needs_its_zone(shared: Path) -> None:
    """Local times without a zone are refused with the flag that says it."""
    with pytest.raises(MissingFactsError, match=r"time zone.*--zone") as caught:
        reading(shared / "samples" / "C" / "sotm2024_pretalx.xcal")
    assert (caught.value.zone, caught.value.conference) == (True, False)


def test_the_standards_own_example(shared: Path) -> None:
    """The two events of RFC 6321 B.2, noon and 14:00 in New York; the file has no name of its own."""
    path = shared / "samples" / "C" / "rfc6321_example.xcal"
    with pytest.raises(MissingFactsError, match="--conference"):
        reading(path)
    found = reading(path, name="Example 2006")
    assert [talk.start for talk in found.conference.talks] == [utc("2006-01-02 17:00"), utc("2006-01-04 19:00")]
    assert [talk.end for talk in found.conference.talks] == [utc("2006-01-02 18:00"), utc("2006-01-04 20:00")]
    assert found.conference.zone == "US/Eastern"
    assert any("Repetitions" in warning for warning in found.warnings)


def test_a_template_holds_nothing(shared: Path) -> None:
    """The template that pretalx fills is claimed and refused with the words "nothing found"."""
    path = shared / "samples" / "C" / "pretalx_template_schedule.xcal"
    assert xcal.claims(path.read_text(encoding="utf-8"), Part(path.name, b""))
    with pytest.raises(ReadError, match="nothing found"):
        reading(path)


def test_only_xcal_is_claimed(shared: Path) -> None:
    """Of all the real files this reader claims the three calendars in XML."""
    claimed = {
        path.suffix
        for path in sorted((shared / "samples").glob("*/*"))
        if xcal.claims(path.read_bytes().decode("utf-8", errors="replace"), Part(path.name, b""))
    }
    assert claimed == {".xcal"}


def test_pentabarfs_dialect() -> None:
    """Texts, rooms and speakers; the end from dtend, else from the odd duration; ids without their host."""
    found = reading(DATA / "pentabarf.xcal", zone="Europe/Berlin")
    cranes, night, *_ = found.conference.talks
    assert (found.conference.name, found.zone_from, found.year) == ("Harbour Talks 2024", "--zone", 2024)
    assert (cranes.title, cranes.kind, cranes.slot.room) == ("Cranes & ships", "panel", "Pier 1")
    assert (cranes.speakers, cranes.source_id) == (("Ann Chor", "Bo Oat"), "ABCDEF")
    assert cranes.abstract.split("\n\n") == ["A start", "All about cranes."]
    assert cranes.url == "https://talks.example/harbour/talk/ABCDEF/"
    assert (cranes.start, cranes.end) == (utc("2024-09-06 08:00"), utc("2024-09-06 08:20"))
    assert (night.start, night.end, night.cancelled) == (utc("2024-09-06 21:30"), utc("2024-09-06 22:30"), True)


def test_a_title_without_what_frab_puts_behind_it(tmp_path: Path) -> None:
    """The summary of frab is ``Title- Subtitle``, with the hyphen also where there is none; its own element has the title."""
    path = tmp_path / "harbour2024.xcal"
    said = "<title xmlns='p'>Ants</title><subtitle xmlns='p'/><summary>Ants-</summary><dtstart>20240906T100000</dtstart>"
    path.write_text(f"<iCalendar><vcalendar><vevent>{said}<uid>1</uid></vevent></vcalendar></iCalendar>", encoding="utf-8")
    assert [talk.title for talk in reading(path, zone="Europe/Berlin").conference.talks] == ["Ants"]


def test_what_cannot_be_read_is_left_open_and_told() -> None:
    """A strange duration leaves the end open, a missing start the slot; both are warned of with the event."""
    found = reading(DATA / "pentabarf.xcal", zone="Europe/Berlin")
    second, trip, open_ = found.conference.talks[2:]
    assert (second.start, second.end) == (utc("2024-09-07 21:30"), None)
    assert (trip.start, trip.slot.day, trip.slot.last_day) == (None, date(2024, 9, 7), date(2024, 9, 8))
    assert not open_.scheduled
    assert len(found.warnings) == 2


def test_one_uid_on_two_events_keeps_both() -> None:
    """The same UID twice gives two talks that know each other."""
    _, first, second, *_ = reading(DATA / "pentabarf.xcal", zone="Europe/Berlin").conference.talks
    assert first.uid != second.uid
    assert (first.also, second.also) == ((second.uid,), (first.uid,))


def test_the_standards_form() -> None:
    """Properties and parameters by RFC 6321: an event's own zone, UTC, an ISO duration; a repetition is warned of."""
    found = reading(DATA / "standard.xcal")
    new_york, greenwich = found.conference.talks
    assert (new_york.start, new_york.end) == (utc("2026-07-01 16:00"), utc("2026-07-01 17:30"))
    assert (greenwich.start, greenwich.end) == (utc("2026-07-01 20:00"), utc("2026-07-01 21:00"))
    assert (found.conference.zone, new_york.kind) == ("America/New_York", "tutorial")
    assert len(found.warnings) == 1


def test_an_empty_calendar_is_refused(tmp_path: Path) -> None:
    """A calendar without events says "nothing found"."""
    path = tmp_path / "empty.xcal"
    path.write_text("<icalendar><vcalendar/></icalendar>", encoding="utf-8")
    with pytest.raises(ReadError, match=r"empty\.xcal.*nothing found"):
        reading(path)


def test_a_calendar_that_breaks_off_cancels_nothing(tmp_path: Path) -> None:
    """What comes before the break is read; the event that is cut is not read."""
    whole = (DATA / "pentabarf.xcal").read_text(encoding="utf-8")
    path = tmp_path / "cut.xcal"
    path.write_text(whole[: whole.index("Boat trip")], encoding="utf-8")
    found = reading(path, zone="Europe/Berlin")
    assert (len(found.conference.talks), found.partial) == (3, True)


@given(st.data())
def test_any_mutation_is_read_or_refused_by_a_sentence(data: st.DataObject) -> None:
    """Whatever is done to a file, the reader gives talks with their own uids or raises a PlannerError."""
    text = (DATA / data.draw(st.sampled_from(["pentabarf.xcal", "standard.xcal"]))).read_text(encoding="utf-8")
    for _ in range(data.draw(st.integers(1, 5))):
        at = data.draw(st.integers(0, len(text)))
        to = min(len(text), at + data.draw(st.integers(0, 40)))
        token = st.sampled_from(
            ["<vevent>", "</properties>", "<tzid>", "\x00", "99999999", "00010101T000000Z", "P9W", "&x;", "<", ""]
        )
        text = text[:at] + data.draw(token | st.just(text[at:to] * 2) | st.text(max_size=6)) + text[to:]
    part = Part("x.xcal", b"")
    xcal.claims(text, part)
    with suppress(PlannerError):
        talks = xcal.read(text, part, HINTS._replace(name="Fuzz 2025", zone="Pacific/Apia")).conference.talks
        assert talks
        assert len({talk.uid for talk in talks}) == len(talks)
