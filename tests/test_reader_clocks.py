"""What a file's own word for its zone means: names of the database, Windows' names, offsets and letters."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from planner.readers import Hints, Part, read
from planner.readers.clocks import zone_named

JSON = '{{"timezone": {0}, "sessions": [{{"title": "Kites", "start": "2025-06-12T09:00", "end": "2025-06-12T10:00"}}]}}'
XML = (
    "<schedule><conference><title>Kites</title><time_zone_name>{0}</time_zone_name></conference><day date='2025-06-12'>"
    "<room name='A'><event id='1'><start>09:00</start><duration>1:00</duration><title>Kites</title></event></room></day>"
    "</schedule>"
)


@pytest.mark.parametrize(
    ("said", "zone"),
    [
        ("Europe/Riga", "Europe/Riga"),
        ("Etc/GMT+2", "Etc/GMT+2"),
        ("CET", "CET"),
        ("UTC", "UTC"),
        ("Pacific Standard Time", "America/Los_Angeles"),
        ("(UTC-05:00) Eastern Time (US & Canada)", "America/New_York"),
        ("EST", "America/New_York"),
        ("MST", "America/Denver"),
        ("PDT", "America/Los_Angeles"),
        ("Eastern Time", "America/New_York"),
        ("Berlin time", "Europe/Berlin"),
        ("GMT+2", "Etc/GMT-2"),
        ("UTC+02:00", "Etc/GMT-2"),
        ("-07:00", "Etc/GMT+7"),
        ("IST", ""),
        ("local", ""),
        ("Kite Standard Time", ""),
        ("", ""),
    ],
)
def test_words_for_a_zone(said: str, zone: str) -> None:
    """``EST`` is a clock that people change in summer, ``GMT+2`` is ahead of Greenwich, and what could be several is none."""
    assert zone_named(said) == zone


def test_what_is_known_of_the_place_picks() -> None:
    """Among families, and inside of one, the zone that is known counts; letters of another family stay."""
    assert zone_named("IST", "Asia/Kolkata") == "Asia/Kolkata"
    assert zone_named("EST", "America/Toronto") == "America/Toronto"
    assert zone_named("EST", "America/Cancun", datetime(2026, 1, 1, tzinfo=UTC)) == "America/Cancun"
    assert zone_named("PDT", "Europe/Riga") == "America/Los_Angeles"


@pytest.mark.parametrize(("said", "hour"), [("EST", 13), ("PST", 16), ("GMT+2", 7), ("W. Europe Standard Time", 7)])
@pytest.mark.parametrize("shape", ["json", "xml"])
def test_a_files_zone_that_is_no_name_is_told(shape: str, said: str, hour: int) -> None:
    """In June nine o'clock by ``EST`` is 13:00 UTC, whatever --zone says, and the import says for what it was taken."""
    text = JSON.format(json.dumps(said)) if shape == "json" else XML.format(said)
    hints = Hints(now=datetime(2026, 11, 22, tzinfo=UTC), name="Kites 2025", zone="Asia/Tokyo")
    found = read([Part(f"kites.{shape}", text.encode())], hints)
    assert found.conference.talks[0].start == datetime(2025, 6, 12, hour, tzinfo=UTC)
    assert any(f"The file's time zone “{said}” was taken for " in warning for warning in found.warnings)


def test_letters_in_a_column() -> None:
    """A column may say ``EST``, ``GMT+2`` or a generic name: each line is on its own clock; an unknown word leaves no slot."""
    zones = ("EST", "GMT+2", "Pacific Time", "Kite Time")
    text = "title,date,start,timezone\n" + "".join(f"{zone},2025-06-12,9:00,{zone}\n" for zone in zones)
    stamps = "title,start,timezone,room\n" + "".join(f"{zone},2025-06-12 09:00,{zone},X\n" for zone in zones)
    hints = Hints(now=datetime(2026, 11, 22, tzinfo=UTC), name="Kites 2025", zone="Asia/Tokyo")
    for table in (text, stamps):
        found = read([Part("kites.csv", table.encode())], hints)
        starts = [talk.start.hour if talk.start else None for talk in found.conference.talks]
        assert starts == [13, 7, 16, None]
        assert any("“Kite Time” does not exist, so there is no slot" in warning for warning in found.warnings)


NIGHTS = (
    ("2026-11-01", "00:30", "02:30", "07:30", "10:30"),
    ("2026-03-08", "01:30", "03:30", "09:30", "10:30"),
    ("2026-10-31", "23:30", "02:30", "06:30", "10:30"),
    ("2026-03-08", "02:30", "03:00", "10:30", "11:00"),
)


@pytest.mark.parametrize("night", NIGHTS)
@pytest.mark.parametrize("shape", ["json", "csv"])
def test_an_end_is_when_the_clock_shows_it(shape: str, night: tuple[str, ...]) -> None:
    """In Los Angeles 00:30 to 02:30 is three hours in November and 01:30 to 03:30 one in March; half a skipped one is half."""
    row = {"title": "Owls", "date": night[0], "start_time": night[1], "end_time": night[2], "room": "A"}
    text = json.dumps([row]) if shape == "json" else f"{','.join(row)}\n{','.join(row.values())}\n"
    hints = Hints(now=datetime(2026, 1, 1, tzinfo=UTC), name="Owls 2026", zone="America/Los_Angeles")
    slot = read([Part(f"owls.{shape}", text.encode())], hints).conference.talks[0].slot
    assert slot.start is not None
    assert slot.end is not None
    assert (f"{slot.start:%H:%M}", f"{slot.end:%H:%M}") == night[3:]
