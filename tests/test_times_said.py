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
        with pytest.raises(UsageError, match="or a date alone"):
            times.parse_now("2021-05-66", "UTC")

    @pytest.mark.parametrize(
        ("said", "is_one"), [("thu", True), ("Monday", True), ("th", False), ("today", False), ("+2", False)]
    )
    def test_a_weekday_is_known(self, said: str, is_one: bool) -> None:
        """Three letters or more of its name."""
        assert times.is_weekday(said) is is_one

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
        "word", ["", "th", "someday", "+x", "+", "6 May", "2021-02-30", "+99999999999", "+" + "9" * 5000, "+²"]
    )
    def test_any_other_word_is_no_day(self, word: str) -> None:
        """The sentence lists what can be said."""
        with pytest.raises(UsageError, match="today, tomorrow"):
            times.parse_day(word, date(2021, 5, 6))
