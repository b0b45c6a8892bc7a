"""The clocks under one head: letters and differences of what is shown, by hand and by Python's own zone files."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plans import at, talk

from planner import agenda, heads
from planner.model import Conference, Slot, Talk
from planner.plan import Plan

CHANGE = "2018-03-25"
"""Clocks in Berlin go from 02:00 CET to 03:00 CEST at 01:00 UTC."""


def held(*starts: str, own: str = "Etc/GMT-8", length: int = 30) -> list[Talk]:
    """Talks at clocks in UTC on the day of the change, in the zone that they say themselves."""
    begins = [at(start, CHANGE) for start in starts]
    slots = [Slot(begin, begin + timedelta(minutes=length), zone=own) for begin in begins]
    return [talk(f"{own} {slot.start}", "Talk")._replace(session=None, slot=slot) for slot in slots]


def plan(talks: list[Talk], zone: str = "Europe/Berlin", place: str | None = None) -> Plan:
    """A plan of one conference that names no place, as the founding page's without its zone."""
    return Plan({"iclr-2021": Conference("iclr-2021", "ICLR 2021", place, (), tuple(talks))}, {}, (), zone)


def clocks(talks: list[Talk], zone: str = "Europe/Berlin", place: str | None = None) -> heads.Clocks:
    """The clocks of talks, all of them shown."""
    whole = plan(talks, zone, place)
    shown = heads.instants(whole, talks)
    return heads.clocks(whole, heads.own_zone(whole, talks, shown), shown)


@pytest.mark.parametrize(
    ("starts", "expected"),
    [
        (("00:00",), ("CET", "UTC+08:00", "7 hours ahead")),
        (("02:00", "09:00"), ("CEST", "UTC+08:00", "6 hours ahead")),
        (("00:00", "02:00"), ("CET/CEST", "UTC+08:00", "7 then 6 hours ahead")),
        (("00:45",), ("CET/CEST", "UTC+08:00", "7 then 6 hours ahead")),
    ],
)
def test_a_change_of_clocks_is_said(starts: tuple[str, ...], expected: tuple[str, str, str]) -> None:
    """Letters and hours of all that is shown, ends too; where nothing names a place the clock is the talks' own."""
    assert clocks(held(*starts)) == expected


def test_one_clock_is_named_once() -> None:
    """A conference that keeps the display zone's clock has no second one, also under another name, also over the change."""
    assert clocks(held("00:00", "02:00"), place="Europe/Berlin") == ("CET/CEST", "", "")
    assert clocks(held("00:00", "02:00"), place="Europe/Paris") == ("CET/CEST", "", "")
    assert clocks(held("00:00", own="Etc/GMT-1")) == ("CET", "", "")


def test_the_second_clock_comes_with_the_change() -> None:
    """A conference at UTC+01:00 shows Berlin's time before the change and is an hour behind after it."""
    assert clocks(held("00:00", "02:00", own="Etc/GMT-1")) == ("CET/CEST", "UTC+01:00", "the same time, then 1 hour behind")


def test_talks_of_several_clocks_are_not_labelled_with_one() -> None:
    """Talks that say different offsets keep several clocks; by a zone of the conference they have one."""
    both = held("00:00") + held("02:00", own="Etc/GMT+4")
    assert clocks(both) == ("CET/CEST", "several clocks", "")
    assert clocks(both, place="Asia/Singapore") == ("CET/CEST", "UTC+08:00", "7 then 6 hours ahead")


def test_zones_with_one_clock_are_one() -> None:
    """Talks in Singapore's and in China's zone keep one clock, UTC+8."""
    talks = held("02:00", own="Asia/Singapore") + held("04:00", own="Asia/Shanghai")
    assert clocks(talks)[2] == "6 hours ahead"


def test_the_head_of_a_day_says_both() -> None:
    """The text of an agenda's head over the change, from what is planned on it."""
    talks = held("00:00", "02:00")
    assert agenda.head(plan(talks), date(2018, 3, 25), talks) == (
        "Sun 25 Mar 2018 · times in Europe/Berlin (CET/CEST); the conference keeps UTC+08:00, 7 then 6 hours ahead"
    )
    several = talks + held("02:00", own="Etc/GMT+4")
    assert agenda.head(plan(several), date(2018, 3, 25), several).endswith("; the conference keeps several clocks")


@given(
    st.lists(st.datetimes(datetime(2000, 1, 1), datetime(2037, 12, 31), timezones=st.just(UTC)), min_size=1),
    st.sampled_from(["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Tokyo"]),
)
def test_letters_are_python_s(shown: list[datetime], zone: str) -> None:
    """The letters are those that Python's zone gives each instant, none twice, none left out."""
    names = [moment.astimezone(ZoneInfo(zone)).strftime("%Z %z") for moment in shown]
    said = heads.letters(shown, zone).split("/")
    expected = [name[:-6] if name[0] not in "+-" else f"UTC{name[-5:-2]}:{name[-2:]}" for name in names]
    assert said == list(dict.fromkeys(expected))
