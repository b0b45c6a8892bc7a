"""The year of a page that prints none."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from planner.dates import DateLine, scan
from planner.dates.years import on_weekday, year_for, years_in
from planner.errors import MissingFactsError, ReadError
from planner.times import DAYS, MONTHS


def _lines(*texts: str) -> list[DateLine]:
    """What a page's lines say."""
    found = [scan(text) for text in texts]
    assert None not in found
    return [line for line in found if line is not None]


@pytest.mark.parametrize(
    ("said", "now", "years"),
    [
        ("Tue July 14", "2026-06-01", [2026]),
        ("Tue Jan 12", "2026-12-01", [2027]),
        ("Thu 6 May", "2021-04-20", [2021]),
        ("Tue Feb 29", "2027-11-10", [2028]),
        ("Thu Dec 31 and Fri Jan 1", "2026-12-20", [2026, 2027]),
        ("Thu 6 May", "2021-05-20", [2021]),
        ("Thu 6 May", "2021-01-06", [2021]),
        ("Mon Nov 30 and Tue Dec 1", "2026-11-22", [2026, 2026]),
        ("Fri Jan 1 and Thu Dec 31", "2026-12-20", [2027, 2026]),
        ("Fri Dec 28 and Mon Dec 31", "2018-12-31", [2018, 2018]),
    ],
)
def test_a_weekday_that_fits_a_near_year_is_taken(said: str, now: str, years: list[int]) -> None:
    """From two weeks ago to four months ahead; the words name the date it was known by."""
    found = year_for(_lines(*said.split(" and ")), now=date.fromisoformat(now))
    assert [day.year for day in found.dates if day] == years
    assert found.year == min(years)
    assert "weekday" in found.how
    assert str(min(years)) in found.how


@pytest.mark.parametrize(
    ("said", "now", "years"),
    [
        ("Thu 6 May", "2026-11-22", (2021, 2027)),
        ("Fri July 11", "2026-06-01", (2025,)),
        ("Wed July 14", "2026-06-01", (2021, 2027)),
        ("Mon Feb 29", "2027-01-10", ()),
        ("Thu 6 May", "2021-05-21", (2021,)),
        ("Thu 6 May", "2021-01-05", (2021,)),
        ("6 May", "2021-04-20", tuple(range(2011, 2024))),
        ("29 Feb", "2021-04-20", (2012, 2016, 2020)),
    ],
)
def test_any_other_is_asked_with_the_years_that_fit(said: str, now: str, years: tuple[int, ...]) -> None:
    """Between ten years back and two ahead, earliest first; the sentence says the flag."""
    with pytest.raises(MissingFactsError, match="--year") as asked:
        year_for(_lines(said), now=date.fromisoformat(now))
    assert asked.value.year
    assert asked.value.years == years


def test_the_years_of_the_refusal_are_those_of_the_calendar() -> None:
    """6 May was a Thursday in 2021 and will be in 2027, and in no other year of the reach."""
    with pytest.raises(MissingFactsError) as asked:
        year_for(_lines("Thu 6 May 11:00 - 11:15 PDT"), now=date(2026, 11, 22))
    assert asked.value.years == (2021, 2027)
    assert "2021 and 2027 fit" in str(asked.value)


class TestOrder:
    """Where a year may come from, in this order."""

    TEXTS = (
        ("Skip to yearly menu bar", "the page's head"),
        ("https://iclr.cc/virtual/2021/x", "the URL"),
        ("ICLR 2020", "the name"),
    )

    def test_the_users_year_comes_first(self) -> None:
        """--year beats the page and everything else."""
        found = year_for(_lines("6 May"), year=2019, texts=self.TEXTS, now=date(2026, 11, 22))
        assert (found.dates, found.year, found.how) == ((date(2019, 5, 6),), 2019, "--year")

    def test_a_line_that_prints_its_year_comes_next(self) -> None:
        """And serves the lines beside it that do not, over New Year too."""
        lines = _lines("Thu, Dec 31, 2026", "Fri Jan 1", "9:00 - 10:00", "Wed Dec 30")
        found = year_for(lines, texts=self.TEXTS, now=date(2020, 1, 1))
        assert found.dates == (date(2026, 12, 31), date(2027, 1, 1), None, date(2026, 12, 30))
        assert found.how == "the page"

    def test_the_first_text_with_a_year_comes_next(self) -> None:
        """The order is the caller's; a text without a year is passed over."""
        found = year_for(_lines("Thu 6 May"), texts=self.TEXTS, now=date(2026, 11, 22))
        assert (found.year, found.how) == (2021, "the URL")

    def test_a_text_with_several_years_counts_where_one_alone_fits(self) -> None:
        """A head with a menu of years is decided by the weekdays, or not at all."""
        menu = [("ICML 2026 2025 2024", "the page's head")]
        assert year_for(_lines("Wed 16 Jul"), texts=menu, now=date(2029, 1, 1)).year == 2025
        with pytest.raises(MissingFactsError):
            year_for(_lines("16 Jul"), texts=menu, now=date(2029, 1, 1))

    def test_a_page_without_dates_has_no_year_of_its_own(self) -> None:
        """Times alone are passed through."""
        assert year_for(_lines("9:00 - 10:00"), now=date(2026, 1, 1)).dates == (None,)


class TestContradictions:
    """A weekday that contradicts the year."""

    @pytest.mark.parametrize(("year", "texts"), [(2022, ()), (None, [("ICLR 2022", "the name")])])
    def test_the_weekday_that_it_really_is_is_named(self, year: int | None, texts: list[tuple[str, str]]) -> None:
        """6 May 2022 was a Friday."""
        with pytest.raises(ReadError, match=r"says Thursday, but 6 May 2022 is a Friday.*--year") as refused:
            year_for(_lines("Thu 6 May"), year=year, texts=texts, now=date(2021, 4, 20))
        assert not isinstance(refused.value, MissingFactsError)

    def test_few_that_contradict_most_are_odd(self) -> None:
        """With two right lines a third that is wrong has no date, and the one that it prints is told; of two it is refused."""
        lines = _lines("Thu 6 May", "Thu 7 May", "Fri 7 May")
        found = year_for(lines, now=date(2026, 11, 22), year=2021, lenient=True)
        assert found.dates == (date(2021, 5, 6), None, date(2021, 5, 7))
        assert found.odd == {1: date(2021, 5, 7)}
        for few in (lines[:2], lines[1:2]):
            with pytest.raises(ReadError, match="7 May 2021 is a Friday"):
                year_for(few, now=date(2026, 11, 22), year=2021, lenient=True)

    def test_a_line_that_contradicts_itself_is_refused(self) -> None:
        """The page's own year is no excuse."""
        with pytest.raises(ReadError, match="is a Wednesday"):
            year_for(_lines("Thu, Jul 8, 2026"), now=date(2026, 6, 1))

    def test_a_day_that_the_year_has_not_is_refused(self) -> None:
        """29 February 2027."""
        with pytest.raises(ReadError, match="no 29 February 2027"):
            year_for(_lines("29 Feb"), year=2027, now=date(2026, 6, 1))

    def test_dates_too_far_apart_are_asked(self) -> None:
        """Fifteen days are no run; with a year that the user says they are read."""
        texts = [("ICLR 2021", "the name")]
        assert year_for(_lines("3 May", "16 May"), texts=texts, now=date(2021, 4, 20)).year == 2021
        with pytest.raises(MissingFactsError, match="two weeks apart"):
            year_for(_lines("3 May", "17 May"), texts=texts, now=date(2021, 4, 20))
        assert year_for(_lines("3 May", "17 May"), year=2021, now=date(2021, 4, 20)).year == 2021


class TestNewYear:
    """A span over New Year."""

    def test_the_year_is_that_of_the_december(self) -> None:
        """It counts up from the year that is said."""
        found = year_for(_lines("31 Dec", "1 Jan"), year=2026, now=date(2026, 6, 1))
        assert found.dates == (date(2026, 12, 31), date(2027, 1, 1))

    def test_unless_the_weekdays_say_that_it_is_the_januarys(self) -> None:
        """A conference of January 2027 may begin on 31 December 2026, a Thursday."""
        found = year_for(_lines("Thu 31 Dec", "Fri 1 Jan"), texts=[("SODA 2027", "the name")], now=date(2026, 6, 1))
        assert found.dates == (date(2026, 12, 31), date(2027, 1, 1))


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("https://iclr.cc/virtual/2021/oral/3155", {2021}),
        ("iclr2021-oral-session-11.txt", {2021}),
        ("ICML’22 and NIPS'16", {2022, 2016}),
        ("arXiv 2101.12345, room 1234, 12021", set()),
        ("", set()),
    ],
)
def test_years_are_found_in_names_and_addresses(text: str, years: set[int]) -> None:
    """Four digits, or two behind an apostrophe."""
    assert years_in(text) == years


def test_the_only_day_of_a_week_is_found() -> None:
    """Monday of NeurIPS 2020's week; no Monday from Tuesday to Sunday; two in a fortnight are none."""
    assert on_weekday(0, date(2020, 12, 6), date(2020, 12, 12)) == date(2020, 12, 7)
    assert on_weekday(0, date(2020, 12, 8), date(2020, 12, 13)) is None
    assert on_weekday(0, date(2020, 12, 6), date(2020, 12, 19)) is None


@given(
    day=st.dates(date(2000, 1, 1), date(2040, 12, 31)),
    steps=st.lists(st.integers(0, 13), min_size=1, max_size=6),
    now=st.dates(date(2000, 1, 1), date(2040, 12, 31)),
)
def test_a_run_of_days_is_read_as_it_was_written_or_asked(day: date, steps: list[int], now: date) -> None:
    """With its year a run comes back itself; without, in a near year where every weekday fits, or it is asked."""
    days = [day + timedelta(days=step) for step in steps]
    assume(max(days) - min(days) < timedelta(days=14))
    lines = _lines(*(f"{DAYS[at.weekday()][:3]} {at.day} {MONTHS[at.month - 1]}" for at in days))
    assert year_for(lines, year=min(days).year, now=now).dates == tuple(days)
    try:
        found = year_for(lines, now=now)
    except MissingFactsError:
        return
    assert all(at and at.weekday() == line.weekday for at, line in zip(found.dates, lines, strict=True))
    assert all(at and now - timedelta(days=14) <= at <= now + timedelta(days=124) for at in found.dates)
