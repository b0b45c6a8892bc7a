"""What users and data files say of time."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from planner import times
from planner.errors import ReadError, UsageError


class TestSaid:
    """What a user says."""

    def test_now_is_an_instant(self) -> None:
        """ISO 8601 with an offset, in UTC."""
        assert times.parse_now(" 2021-05-06T11:05-07:00 ") == datetime(2021, 5, 6, 18, 5, tzinfo=UTC)
        assert times.parse_now("2021-05-06T18:05:00Z") == datetime(2021, 5, 6, 18, 5, tzinfo=UTC)

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


class TestStamps:
    """What data files say."""

    @pytest.mark.parametrize(
        ("text", "stamp", "letters"),
        [
            ("2020-12-07T19:20:00-08:00", "2020-12-07T19:20:00-08:00", ""),
            ("2020-12-07T19:20:00.000Z", "2020-12-07T19:20:00+00:00", ""),
            ("2020-12-07T19:20:00+0000", "2020-12-07T19:20:00+00:00", ""),
            ("2025-05-21T15:00", "2025-05-21T15:00:00", ""),
            ("2025-05-21 15:00", "2025-05-21T15:00:00", ""),
            ("2025-05-21", "2025-05-21", ""),
            ("2024/05/18 9:00 AM", "2024-05-18T09:00:00", ""),
            ("Saturday, May 18, 2024", "2024-05-18", ""),
            ("5/18/2024 9:00 AM", "2024-05-18T09:00:00", ""),
            ("18.05.2024 09:00", "2024-05-18T09:00:00", ""),
            ("Tue, 14 Jul 2026 09:00:00 -0700", "2026-07-14T09:00:00-07:00", ""),
            ("Tue, 14 Jul 2026 09:00:00 PDT", "2026-07-14T09:00:00", "PDT"),
            ("14 Jul 2026 09:00 UTC", "2026-07-14T09:00:00+00:00", ""),
        ],
    )
    def test_common_writings_are_read(self, text: str, stamp: str, letters: str) -> None:
        """Aware where an offset is written, naive where none is, a date where no clock is."""
        read, said = times.parse_stamp(text)
        assert (read.isoformat(), said) == (stamp, letters)

    @pytest.mark.parametrize(
        "text", ["", "5/6/2021", "6 May 11:00", "10:30", "May 2021", "10 July 2026 10:00 GMT+2", "soon", "9" * 400]
    )
    def test_a_text_with_two_meanings_or_none_is_refused(self, text: str) -> None:
        """Day and month in an unknown order, a missing year, and a sign that dateutil would turn round."""
        with pytest.raises(ReadError, match="no date and time with one meaning"):
            times.parse_stamp(text)
