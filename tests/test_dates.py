"""The language of date lines, and the hard cases of time."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from time_table import Case, cases, comparable, oracle, utc

from planner import times
from planner.dates import DateLine, Times, resolve, scan
from planner.dates.places import zone_of_city
from planner.dates.years import year_for
from planner.errors import MissingFactsError, PlannerError, ReadError

if TYPE_CHECKING:
    from pathlib import Path

CASES = cases()


def _read(line: str, known: str | None, now: str) -> Times:
    """A line as a page reader reads it: its words, its year, its zone."""
    said = scan(line)
    assert said is not None
    day = year_for([said], now=date.fromisoformat(now)).dates[0]
    return resolve(said, day, zone=known or None)


class TestHardCases:
    """The table of hard cases: at least 120, each with its reason."""

    def test_there_are_enough_of_them_each_with_a_reason(self) -> None:
        """At least 120, none twice."""
        assert len(CASES) >= 160
        assert len({(case.line, case.known) for case in CASES}) == len(CASES)
        assert all(len(case.why) >= 4 for case in CASES)

    @pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.line} ({case.known})")
    def test_the_instant_the_zone_and_the_warning_are_right(self, case: Case) -> None:
        """To the minute, in UTC, and warned about exactly where the table says so."""
        found = _read(case.line, case.known, case.now)
        assert found.start == utc(case.start), case.why
        assert found.end == (utc(case.end) if case.end else None), case.why
        assert found.zone == case.zone, case.why
        assert bool(found.warnings) == bool(case.warns), case.why
        assert case.warns in " ".join(found.warnings)
        assert all(warning.isprintable() and warning.endswith(".") for warning in found.warnings)

    @pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.line} ({case.known})")
    def test_a_second_database_shows_the_wall_clock_of_the_page(self, case: Case) -> None:
        """With the tzdata package zoneinfo finds at the table's instants the clock that the page prints."""
        if not comparable(case.zone):
            return
        for instant, wall in ((case.start, case.wall), (case.end, case.wall_end)):
            if wall:
                assert utc(instant).astimezone(oracle(case.zone)).strftime("%Y-%m-%d %H:%M") == wall, case.why
        if not case.wall:  # in a gap no instant shows the clock that the page prints
            wall_of_page = scan(case.line)
            assert wall_of_page is not None
            shown = utc(case.start).astimezone(oracle(case.zone))
            assert shown.hour * 60 + shown.minute != wall_of_page.start

    def test_lengths_are_counted_by_the_sun(self) -> None:
        """00:30 to 02:30 is three hours when clocks go back, 01:30 to 03:30 one hour when they go forward."""
        for line, hours in (("1 Nov 2026, 00:30-02:30", 3), ("8 Mar 2026, 01:30-03:30", 1)):
            found = _read(line, "America/Los_Angeles", "2026-06-01")
            assert found.start is not None
            assert found.end is not None
            assert found.end - found.start == timedelta(hours=hours)

    @pytest.mark.parametrize(
        ("line", "known", "error", "words"),
        [
            ("5 Oct 2026, 10:00 CST", None, MissingFactsError, "Asia/Shanghai"),
            ("5 Oct 2026, 10:00 CST", "Europe/Berlin", MissingFactsError, "America/Chicago"),
            ("5 Oct 2026, 10:00 IST", None, MissingFactsError, "Europe/Dublin"),
            ("5 Oct 2026, 10:00", None, MissingFactsError, "--zone"),
            ("5 Oct 2026, 10:00 XYZ", "Europe/Berlin", ReadError, "XYZ"),
            ("5 Oct 2026, 10:00 (QQT)", "Europe/Berlin", ReadError, "QQT"),
            ("5 Oct 2026, 9:00 UTC-10:00", "Europe/Berlin", ReadError, "end of a range"),
            ("5 Oct 2026, 9:00 UTC+99", "Europe/Berlin", ReadError, "UTC"),
            ("2026-10-05T09:00+99:00", "Europe/Berlin", ReadError, "99:00"),
            ("30 Dec 2011, 10:00", "Pacific/Apia", ReadError, "did not exist"),
            ("Mon 6 Oct 2026, 10:00 PDT", None, ReadError, "is a Tuesday"),
            ("29 Feb 2026, 10:00 PDT", None, ReadError, "no 29 February 2026"),
            ("Sat 5 Dec 2026 22:00 - Fri 4 Dec 2026 02:00 PST", None, ReadError, "before the start"),
        ],
    )
    def test_what_cannot_be_known_is_refused_in_a_sentence(
        self, line: str, known: str | None, error: type[PlannerError], words: str
    ) -> None:
        """Asked where several readings are left, an error else; never a guess, never UTC."""
        with pytest.raises(error, match=re.escape(words)) as refused:
            _read(line, known, "2026-06-01")
        assert type(refused.value) is error
        assert refused.value.exit_code == 3

    def test_a_time_without_a_date_or_a_year_is_refused(self) -> None:
        """The reader has to find the day first."""
        with pytest.raises(ReadError, match="no date is known"):
            resolve(DateLine(start=600), zone="UTC")
        with pytest.raises(MissingFactsError, match="6 May"):
            resolve(DateLine(day=6, month=5, start=600), zone="UTC")

    def test_a_time_hangs_on_the_day_of_its_heading(self) -> None:
        """``on`` is the heading's day; a line with only an end has only an end; a date alone has neither."""
        day = date(2026, 4, 23)
        assert resolve(DateLine(start=630, end=720), day, zone="America/Sao_Paulo").start == utc("2026-04-23T13:30Z")
        assert resolve(DateLine(end=720), day, zone="America/Sao_Paulo") == Times(
            None, utc("2026-04-23T15:00Z"), "America/Sao_Paulo"
        )
        assert resolve(DateLine(day=23, month=4), day, zone="UTC") == Times(None, None, "UTC")

    def test_a_start_beyond_midnight_is_the_next_day(self) -> None:
        """What settle gives above 1440 minutes."""
        found = resolve(DateLine(start=1500, end=1530), date(2026, 4, 23), zone="UTC")
        assert (found.start, found.end) == (utc("2026-04-24T01:00Z"), utc("2026-04-24T01:30Z"))

    def test_what_is_known_picks_the_letters_and_the_page_its_own_zone(self) -> None:
        """``known`` reads CST, ``zone`` the lines without letters."""
        line, day = DateLine(start=600, letters="CST"), date(2026, 10, 5)
        assert resolve(line, day, zone="Europe/Berlin", known="Asia/Shanghai").zone == "Asia/Shanghai"
        assert resolve(line._replace(letters=""), day, zone="Europe/Berlin", known="Asia/Shanghai").zone == "Europe/Berlin"

    @pytest.mark.parametrize("start", [120, 150])
    def test_what_begins_at_a_skipped_time_lasts_as_long_as_printed(self, start: int) -> None:
        """2:30 does not exist and is taken as 3:30; an end at 3:00 or 3:30 would be before it or at it, and is told."""
        found = resolve(DateLine(start=start, end=start + 60), date(2026, 3, 8), zone="America/Los_Angeles")
        assert found.start == utc(f"2026-03-08T10:{start % 60:02}Z")
        assert found.end == utc(f"2026-03-08T11:{start % 60:02}Z")
        assert any("The end 03:" in said and "as printed" in said for said in found.warnings)


class TestPublishedCases:
    """The published list of 44 hard cases, where it is beside the project."""

    def _zone(self, known: str) -> str | None:
        """The zone of "venue San Diego; R 2026-06-01"."""
        place = re.split(r"[;(:]", known.removeprefix("venue "))[0].strip()
        if place.startswith("R ") or place in {"", "nothing known", "Anywhere on Earth"}:
            return None
        islands = {"Lord Howe Island": "Australia/Lord_Howe", "Chatham Islands": "Pacific/Chatham"}
        return islands.get(place) or zone_of_city(place)

    def _check(self, case: dict[str, Any]) -> None:
        found = _read(case["text"], self._zone(case["known"]), "2026-06-01")
        assert found.start is not None
        written = re.findall(r"[0-9-]{10}T[0-9:]{5}Z|[0-9:]{5}Z", case["utc"])
        assert [utc(one) if "T" in one else one for one in written] == [
            at if "T" in one else at.strftime("%H:%MZ")
            for at, one in zip((found.start, found.end), written, strict=False)
            if at
        ]
        if case["wrong"] and case["wrong"][1].endswith("Z"):
            assert found.start != utc(case["wrong"][1])
        if case["zone"]:
            assert found.zone == case["zone"]
        assert bool(found.warnings) == ("WARN" in case["behaviour"] or case["id"] == "london-1970")

    def test_every_one_is_right(self, shared: Path) -> None:
        """Instant, zone and warning; the one that asks and the one that refuses do so."""
        published = json.loads((shared / "time-cases.json").read_text(encoding="utf-8"))["cases"]
        assert len(published) == 44
        for case in published:
            if case["utc"] is not None:
                self._check(case)
                continue
            with pytest.raises(ReadError) as refused:
                _read(case["text"], self._zone(case["known"]), "2026-06-01")
            assert isinstance(refused.value, MissingFactsError) == case["behaviour"].startswith("ASK")


@given(
    at=st.datetimes(datetime(2000, 1, 1), datetime(2039, 12, 31), timezones=st.just(UTC)),
    name=st.sampled_from(["America/Los_Angeles", "Europe/Berlin", "Asia/Tokyo", "America/New_York", "Australia/Sydney"]),
    minutes=st.integers(1, 11 * 60),
)
def test_what_a_site_prints_is_read_back(at: datetime, name: str, minutes: int) -> None:
    """A date line in the sites' own style, made by zoneinfo from an instant, gives the instant back."""
    start = at.replace(second=0, microsecond=0).astimezone(oracle(name))
    end = (start.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(oracle(name))
    letters = start.tzname()
    line = (
        f"{times.DAYS[start.weekday()][:3]} {start.day} {times.MONTHS[start.month - 1][:3]} {start.year}"
        f" {start.hour}:{start.minute:02} - {end.hour}:{end.minute:02} {letters}"
    )
    if letters != end.tzname():
        return  # over a change of clocks one set of letters is wrong for one of the ends
    found = _read(line, name, "2026-06-01")
    # Python calls aware times of different zones unequal in an hour that comes twice (PEP 495), so they are compared in UTC.
    assert (found.start, found.end) == (start.astimezone(UTC), end.astimezone(UTC))


@given(st.text(max_size=90))
def test_any_text_is_a_date_line_or_none(text: str) -> None:
    """No text makes a traceback, and what is read is within a day and a calendar."""
    said = scan(text)
    if said is None:
        return
    assert said.start is None or 0 <= said.start <= 1440
    assert said.end is None or -14 * 60 <= said.end <= 1440 + 14 * 60
    assert (said.day is None) == (said.month is None)
    try:
        resolve(said, zone="Europe/Berlin")
    except PlannerError:
        return
