"""What users say of time."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from planner import times
from planner.errors import UsageError


class TestSaid:
    """What a user says."""

    def test_now_is_an_instant(self) -> None:
        """ISO 8601 with an offset, in UTC."""
        assert times.parse_now(" 2021-05-06T11:05-07:00 ") == datetime(2021, 5, 6, 18, 5, tzinfo=UTC)
        assert times.parse_now("2021-05-06T18:05:00Z") == datetime(2021, 5, 6, 18, 5, tzinfo=UTC)

    def test_a_date_alone_is_noon_in_a_zone(self) -> None:
        """With a zone's name; without one it is refused."""
        assert times.parse_now("2021-05-06", "America/Los_Angeles") == datetime(2021, 5, 6, 19, tzinfo=UTC)
        with pytest.raises(UsageError):
            times.parse_now("2021-05-06")
        assert times.parse_now("2021-05-06T11:05-07:00", "UTC") == datetime(2021, 5, 6, 18, 5, tzinfo=UTC)
        for wrong in ("2021-05-66", "20210506"):
            with pytest.raises(UsageError, match="or a date alone"):
                times.parse_now(wrong, "UTC")

    def test_what_is_no_now_is_told_how_to_say_it(self) -> None:
        """A date alone is offered only where there is a zone to read it in."""
        form = "“soon” is not a time with its offset; write it like 2021-05-06T11:05-07:00"
        for name, said in (("", f"{form}."), ("UTC", f"{form}, or a date alone.")):
            with pytest.raises(UsageError) as refused:
                times.parse_now("soon", name)
            assert str(refused.value) == said

    @pytest.mark.parametrize(
        ("said", "is_one"), [("thu", True), ("Monday", True), ("th", False), ("today", False), ("+2", False)]
    )
    def test_a_weekday_is_known(self, said: str, is_one: bool) -> None:
        """Three letters or more of its name."""
        assert times.is_weekday(said) is is_one

    @pytest.mark.parametrize("name", ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"])
    def test_every_day_of_the_week_may_be_said_in_full(self, name: str) -> None:
        """From Monday 3 May 2021 on, in order."""
        number = ("mon", "tue", "wed", "thu", "fri", "sat", "sun").index(name[:3])
        assert times.is_weekday(name)
        assert (
            times.parse_day(name, date(2021, 5, 3)) == times.parse_day(name[:3], date(2021, 5, 3)) == date(2021, 5, 3 + number)
        )

    @pytest.mark.parametrize(
        "text", ["", "now", "2021-05-06", "2021-05-06T11:05", "11:05-07:00", "0001-01-01T00:00+14:00", "1" * 5000]
    )
    def test_anything_else_is_no_now(self, text: str) -> None:
        """Without an offset it would be a guess."""
        with pytest.raises(UsageError, match="2021-05-06T11:05-07:00"):
            times.parse_now(text)

    @pytest.mark.parametrize(
        ("word", "day"),
        [
            ("today", 6),
            ("Tomorrow", 7),
            ("yesterday", 5),
            ("+2", 8),
            ("-1", 5),
            ("thu", 6),
            ("fri", 7),
            ("wednesday", 12),
            ("2021-05-31", 31),
        ],
    )
    def test_a_day_has_many_names(self, word: str, day: int) -> None:
        """Seen from Thursday 6 May 2021; a weekday is today or the next one."""
        assert times.parse_day(word, date(2021, 5, 6)) == date(2021, 5, day)

    @pytest.mark.parametrize(
        "word", ["", "th", "someday", "+x", "+", "6 May", "2021-02-30", "+99999999999", "+" + "9" * 5000, "+²", "+1_0", "12"]
    )
    def test_any_other_word_is_no_day(self, word: str) -> None:
        """The sentence lists what can be said."""
        with pytest.raises(UsageError, match="today, tomorrow"):
            times.parse_day(word, date(2021, 5, 6))
