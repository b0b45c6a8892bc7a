"""Programmes of conf.researchr.org: sessions of time slots, mirrored talks, and a zone by its name."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from planner.errors import MissingFactsError, ReadError
from planner.readers import Hints, Part, read

if TYPE_CHECKING:
    from planner.model import Reading

CHICAGO = ZoneInfo("America/Chicago")
HINTS = Hints(now=datetime(2026, 11, 22, tzinfo=UTC), name="KITE 2021")


def slot(number: int, title: str, start: str, end: str, *, more: str = "", event: int = 0) -> str:
    """One time slot; start and end with their dates."""
    (day, clock), (last, until) = start.split(" "), end.split(" ")
    return (
        f"<timeslot{more}><slot_id>slot-{number}</slot_id><event_id>event-{event or number}</event_id><title>{title}</title>"
        f"<room>Hotel | Zurich C</room><date>{day}</date><start_time>{clock}</start_time><end_date>{last}</end_date>"
        f"<end_time>{until}</end_time><description>undefined</description>"
        "<persons><person><role>Author</role><first_name>Ada</first_name><last_name>Ek</last_name>"
        "<affiliation>Kite Works</affiliation></person></persons><tracks><track>OOPSLA</track></tracks>"
        '<badges><badge>Keynote</badge><badge property="Event Form">Virtual</badge></badges></timeslot>'
    )


def session(*slots: str, number: int = 1) -> str:
    """A session with a chair."""
    return (
        f"<subevent><subevent_id>sub-{number}</subevent_id><title>Types &amp; tails</title><subevent_type type='regular'/>"
        "<room>Hotel | Zurich C</room><date>2021/10/19</date><url>https://conf.example.org/track/a</url>"
        "<persons><person><role>Session Chair</role><first_name>Bo</first_name><last_name>Fuchs</last_name></person></persons>"
        f"<tracks><track>OOPSLA</track></tracks>{''.join(slots)}</subevent>"
    )


def reading(body: str, head: str = "<timezone_id>America/Chicago</timezone_id>") -> Reading:
    """The reading of a programme."""
    text = f"<?xml version='1.0' encoding='UTF-8'?><event><event_id>splash</event_id>{head}{body}</event>"
    return read([Part("schedule.xml", text.encode())], HINTS)


def test_slots_are_talks_of_their_session() -> None:
    """Each slot is a talk on the clock of the zone, past midnight too; the session lasts from first to last."""
    night = slot(2, "Two", "2021/10/19 23:30", "2021/10/20 00:15")
    found = reading(session(slot(1, "One", "2021/10/19 18:20", "2021/10/19 18:50"), night))
    one, two = found.conference.talks
    assert (one.title, one.start, one.end) == (
        "One",
        datetime(2021, 10, 19, 18, 20, tzinfo=CHICAGO),
        datetime(2021, 10, 19, 18, 50, tzinfo=CHICAGO),
    )
    assert two.end == datetime(2021, 10, 20, 0, 15, tzinfo=CHICAGO)
    assert (one.slot.room, one.speakers, one.organisations, one.track) == (
        "Hotel | Zurich C",
        ("Ada Ek",),
        ("Kite Works",),
        "OOPSLA",
    )
    assert (one.kind, one.abstract) == ("keynote", "")
    (block,) = found.conference.sessions
    assert (block.title, block.chairs, block.start, block.end) == ("Types & tails", ("Bo Fuchs",), one.start, two.end)
    assert (found.format, found.conference.zone, one.session) == ("researchr", "America/Chicago", block.key)


def test_a_mirrored_talk_is_two_that_know_each_other() -> None:
    """The same event in a second slot, half a day later, names the first."""
    first = slot(1, "One", "2021/10/19 09:00", "2021/10/19 09:30", event=7)
    mirror = slot(2, "One", "2021/10/19 21:00", "2021/10/19 21:30", more=" is_mirror='true'", event=7)
    one, two = reading(session(first) + session(mirror, number=2)).conference.talks
    assert (one.also, two.also) == ((two.uid,), (one.uid,))


def test_the_zone_is_asked_and_nothing_is_refused() -> None:
    """Without its zone the flag is named; a programme without a slot says so; one that breaks off cancels nothing."""
    body = session(slot(1, "One", "2021/10/19 09:00", "2021/10/19 09:30"))
    with pytest.raises(MissingFactsError, match="time zone"):
        reading(body, "")
    with pytest.raises(ReadError, match="nothing found"):
        reading("<subevent><title>T</title></subevent><!-- <timeslot> -->")
    cut = read(
        [Part("schedule.xml", f"<event><timezone_id>America/Chicago</timezone_id>{body}<subevent><subevent_id>2".encode())],
        HINTS,
    )
    assert cut.partial
    assert cut.conference.talks[0].title == "One"
