"""Talks as the command line lists and shows them: each filter, all of them together, and what a talk without a clock says."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from make_store import ANTS, BEES, CATS, PAPER
from readings import NOW, reading

from planner.model import Slot
from planner.store import open_store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Answer

FAIR = CATS._replace(uid="fair", title="Fair of posters", kind="poster", slot=Slot(day=date(2021, 5, 7), room="Hall A"))
DOGS = PAPER._replace(organisations=("Kennel Club", "Dog Lab"))


@pytest.fixture
def stored(home: Path, planner: Callable[..., Answer]) -> Callable[..., Answer]:
    """The command line over a store of five talks."""
    with open_store(str(home), now=NOW) as store:
        store.save(reading(ANTS, BEES, CATS, FAIR, DOGS), source="page.txt", now=NOW)
        store.note(DOGS.uid, "for the train\nand back", now=NOW)
    return planner


@pytest.mark.parametrize(
    ("words", "titles"),
    [
        (("--track", "insects"), {"Bees and their hives"}),
        (("--room", "hall a"), {"Ants at work", "Fair of posters"}),
        (("--room", "hall a", "--kind", "poster"), {"Fair of posters"}),
        (("--room", "hall a", "--track", "insects"), set()),
        (("--unscheduled",), {"Dogs in the paper list"}),
        (("--unscheduled", "--starred"), set()),
        (("--speaker", "borel", "--day", "2021-05-06"), {"Ants at work"}),
        (("--speaker", "borel", "--day", "2021-05-07"), set()),
        (("dogs", "--unscheduled"), {"Dogs in the paper list"}),
    ],
)
def test_every_filter_narrows_the_list(stored: Callable[..., Answer], words: tuple[str, ...], titles: set[str]) -> None:
    """A talk is listed when it answers to all that is asked; nothing that does is no error."""
    answer = stored("talks", *words, "--json")
    assert answer.code == 0
    assert {talk["title"] for talk in answer.document["talks"]} == titles


def test_a_paper_without_a_slot_is_shown_in_full(stored: Callable[..., Answer]) -> None:
    """Organisations, that it has no slot yet, and each line of the note."""
    lines = stored("show", "dogs").out.splitlines()
    assert lines[:4] == ["Dogs in the paper list", "Kennel Club · Dog Lab", "", "no slot yet"]
    assert "✎ for the train" in lines
    assert lines[lines.index("✎ for the train") + 1] == "and back"


def test_an_all_day_entry_is_shown_with_its_day(stored: Callable[..., Answer]) -> None:
    """The day of its conference stands where others have clocks, in every display zone."""
    for zone in ("Europe/Berlin", "Pacific/Kiritimati"):
        assert stored("show", "fair", tz=zone).out.splitlines()[2] == "Fri 7 May 2021, all day"


def test_a_day_on_which_clocks_change_says_so(home: Path, planner: Callable[..., Answer]) -> None:
    """On 25 March 2018 Berlin's clocks go forward at 01:00 UTC: head and talk name the letters of both ends."""
    early, late = (datetime(2018, 3, 25, hour, 30, tzinfo=UTC) for hour in (0, 2))
    hour = timedelta(hours=1)
    night = ANTS._replace(slot=Slot(early, early + hour, zone="Etc/GMT-8"))
    day = BEES._replace(slot=Slot(late, late + hour, zone="Etc/GMT-8"))
    with open_store(str(home), now=NOW) as store:
        store.save(reading(night, day, zone=None), source="page.txt", now=NOW)
    lines = planner("talks").out.splitlines()
    assert lines[0] == (
        "Sun 25 Mar 2018 · times in Europe/Berlin (CET/CEST); the conference keeps UTC+08:00, 7 then 6 hours ahead"
    )
    assert "01:30–03:30" in lines[1]
    assert "04:30–05:30" in lines[2]
    assert "Sun 25 Mar 2018 01:30–03:30 CET/CEST (Europe/Berlin)" in planner("show", "ants").out.splitlines()
    assert "Sun 25 Mar 2018 04:30–05:30 CEST (Europe/Berlin)" in planner("show", "bees").out.splitlines()


@pytest.mark.parametrize("tz", ["UTC", "Australia/Adelaide", "America/Los_Angeles", "Pacific/Kiritimati"])
def test_a_conference_is_dated_by_its_own_days(home: Path, planner: Callable[..., Answer], tz: str) -> None:
    """In Los Angeles, UTC-7 in May, talks at 18:00, 18:15 and 06:30 UTC of the next day are on 6 May, whoever asks."""
    late = CATS._replace(slot=Slot(datetime(2021, 5, 7, 6, 30, tzinfo=UTC), zone="America/Los_Angeles"))
    with open_store(str(home), now=NOW) as store:
        store.save(reading(ANTS, BEES, late), source="page.txt", now=NOW)
    assert " · 2021-05-06 · " in planner("conferences", tz=tz).out


def test_an_all_day_entry_dates_its_conference(stored: Callable[..., Answer]) -> None:
    """The fair on 7 May has no clock, and the conference lasts until then."""
    assert " · 2021-05-06 – 2021-05-07 · " in stored("conferences").out
