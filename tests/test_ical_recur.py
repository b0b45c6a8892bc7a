"""Repeated entries, against dateutil's rules."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st

from planner.ical.read import Entry, entries
from planner.ical.recur import MOST, occurrences


def event(*lines: str) -> Entry:
    """The one entry of a calendar with these lines."""
    text = "\n".join(["BEGIN:VCALENDAR", "BEGIN:VEVENT", "UID:1", *lines, "END:VEVENT", "END:VCALENDAR"])
    (found,) = entries(text.encode()).entries
    return found


def starts(*lines: str) -> list[object]:
    """The starts of such an entry."""
    return [one.start for one in occurrences(event(*lines))[0]]


@given(
    first=st.datetimes(datetime(2030, 1, 1), datetime(2032, 1, 1)).map(lambda at: at.replace(microsecond=0)),
    freq=st.sampled_from(["DAILY", "WEEKLY"]),
    every=st.integers(1, 5),
    count=st.integers(1, 40),
    days=st.sets(st.sampled_from(["MO", "TU", "WE", "TH", "FR", "SA", "SU"])),
    week=st.sampled_from(["", ";WKST=SU", ";WKST=MO"]),
)
def test_days_and_weeks_are_those_of_dateutil(
    *, first: datetime, freq: str, every: int, count: int, days: set[str], week: str
) -> None:
    """Every rule by day or week with a count, on any weekdays (the first one's among them, as calendars write it)."""
    on = sorted(days | {first.strftime("%a").upper()[:2]}) if days else []
    rule = f"FREQ={freq};INTERVAL={every};COUNT={count}{week}" + (f";BYDAY={','.join(on)}" if on else "")
    expected = [at.replace(tzinfo=UTC) for at in rrulestr(rule, dtstart=first)]
    assert starts(f"DTSTART:{first:%Y%m%dT%H%M%SZ}", f"RRULE:{rule}") == expected


@pytest.mark.parametrize(
    ("until", "last"),
    [("20311028T000000Z", 27), ("20311027T130000Z", 27), ("20311027T125959Z", 26), ("20311027", 27), ("20311027T140000", 27)],
)
def test_until_is_the_last_start_and_wall_clocks_repeat(until: str, last: int) -> None:
    """Nine in New York is at 13:00 UTC before 2 November 2031 and at 14:00 after it; UNTIL counts itself."""
    found = starts("DTSTART;TZID=America/New_York:20311024T090000", f"RRULE:FREQ=DAILY;UNTIL={until}")
    assert found == [datetime(2031, 10, day, 13, tzinfo=UTC) for day in range(24, last + 1)]


def test_nine_stays_nine_over_a_clock_change() -> None:
    """Wall clocks repeat, not instants."""
    found = occurrences(
        event(
            "DTSTART;TZID=America/New_York:20311101T090000",
            "DTEND;TZID=America/New_York:20311101T100000",
            "RRULE:FREQ=DAILY;COUNT=3",
        )
    )[0]
    here = ZoneInfo("America/New_York")
    assert [one.start for one in found] == [datetime(2031, 11, day, 9, tzinfo=here).astimezone(UTC) for day in (1, 2, 3)]
    assert all(isinstance(one.end, datetime) and one.end - one.start == timedelta(hours=1) for one in found)  # type: ignore[operator]


def test_whole_days_repeat_as_days() -> None:
    """An all-day entry of two days, weekly, three times."""
    found = occurrences(event("DTSTART;VALUE=DATE:20311101", "DTEND;VALUE=DATE:20311103", "RRULE:FREQ=WEEKLY;COUNT=3"))[0]
    assert [(one.start, one.end) for one in found] == [
        (date(2031, 11, 1), date(2031, 11, 3)),
        (date(2031, 11, 8), date(2031, 11, 10)),
        (date(2031, 11, 15), date(2031, 11, 17)),
    ]


def test_exdate_leaves_out_and_rdate_adds() -> None:
    """In the order of time, each once; EXDATE in another zone is the same instant."""
    found = starts(
        "DTSTART:20311101T090000Z",
        "RRULE:FREQ=DAILY;COUNT=4",
        "EXDATE;TZID=Europe/Rome:20311102T100000",
        "RDATE:20311010T070000Z,20311101T090000Z",
    )
    assert found == [datetime(2031, 10, 10, 7, tzinfo=UTC), *(datetime(2031, 11, day, 9, tzinfo=UTC) for day in (1, 3, 4))]


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("FREQ=MONTHLY;COUNT=3", "by a rule that is not read"),
        ("FREQ=WEEKLY;BYDAY=1MO;COUNT=3", "by a rule that is not read"),
        ("FREQ=DAILY;BYHOUR=9,17;COUNT=3", "by a rule that is not read"),
        ("FREQ=DAILY;INTERVAL=0;COUNT=3", "by a rule that is not read"),
        ("FREQ=DAILY;COUNT=many", "by a rule that is not read"),
        ("FREQ=DAILY;UNTIL=20310230T000000Z", "by a rule that is not read"),
        ("AnythingRandom", "by a rule that is not read"),
        ("FREQ=WEEKLY;BYDAY=TH", "without an end"),
    ],
)
def test_what_is_not_followed_is_said(rule: str, said: str) -> None:
    """The first time stays, a sentence says that the others are missing."""
    found, sentence = occurrences(event("DTSTART:20311101T090000Z", f"RRULE:{rule}"))
    assert [one.start for one in found] == [datetime(2031, 11, 1, 9, tzinfo=UTC)]
    assert said in sentence


@pytest.mark.parametrize(
    "rule", ["FREQ=DAILY;COUNT=999999", "FREQ=DAILY;UNTIL=99991231", "FREQ=WEEKLY;INTERVAL=999999;COUNT=9"]
)
def test_a_rule_makes_no_more_than_it_may(rule: str) -> None:
    """Hostile rules end: by the number of times, and by the end of the calendar."""
    assert len(occurrences(event("DTSTART:20311101T090000Z", f"RRULE:{rule}"))[0]) in {MOST, 1}
    assert len(occurrences(event("DTSTART:20311101T090000Z", f"RRULE:{rule}"), 3)[0]) <= 3


def test_an_end_beyond_the_calendar_is_no_failure() -> None:
    """A series of two centuries, each time as long as the first."""
    found = occurrences(
        event("DTSTART:20310101T000000Z", "DTEND:21991231T000000Z", "RRULE:FREQ=DAILY;INTERVAL=60000;COUNT=9")
    )[0]
    assert [one.start for one in found] == [datetime(2031, 1, 1, tzinfo=UTC), datetime(2195, 4, 11, tzinfo=UTC)]


def test_a_day_that_a_zone_left_out_is_left_out() -> None:
    """There was no 30 December 2011 in Apia."""
    found = starts("DTSTART;TZID=Pacific/Apia:20111229T100000", "RRULE:FREQ=DAILY;COUNT=3")
    assert [at.astimezone(ZoneInfo("Pacific/Apia")).day for at in found if isinstance(at, datetime)] == [29, 31, 1]
