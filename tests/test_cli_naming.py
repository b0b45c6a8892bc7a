"""How commands take days, conferences and the clock as people say them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from conftest import SCHEDULES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Answer

    Planner = Callable[..., Answer]


@pytest.fixture
def two(planner: Planner) -> Planner:
    """FOSDEM 2025 (Saturday 1 and Sunday 2 February) and a page of ICLR 2021 (Thursday 6 May)."""
    assert planner("import", SCHEDULES / "fosdem-2025").code == 0
    assert planner("import", SCHEDULES / "iclr-2021", "--conference", "ICLR 2021").code == 0
    return planner


def test_a_weekday_is_one_of_the_conference(two: Planner) -> None:
    """Two years later “sat” is the one Saturday there is; a coming day with talks is nearer, and no weekday is guessed."""
    days = {talk["start"][:10] for talk in two("talks", "--day", "sat", "--json").document["talks"]}
    assert days == {"2025-02-01"}
    assert "Sun 2 Feb 2025" in two("talks", "--day", "sunday", "--conference", "FOSDEM 2025", now="2026-11-22").out
    assert two("talks", "--day", "fri").err == "No talk matches on Fri 7 May 2021.\n"
    assert two("star", "DiffWave", "MapTCHA").code == 0
    assert "MapTCHA" in two("agenda", "sat").out
    assert "DiffWave" in two("agenda", "thu", now="2021-05-01").out


def test_a_weekday_that_may_be_several_is_the_next_one(planner: Planner, tmp_path: Path) -> None:
    """Two Saturdays of one conference, both over: the date that was looked for is named."""
    page = f"{tmp_path}/page.csv"
    with open(page, "w", encoding="utf-8") as file:
        file.write("title,date,start\nAnts,2025-02-01,09:00\nBees,2025-02-08,09:00\n")
    assert planner("import", page, "--conference", "X 2025", "--zone", "UTC").code == 0
    assert planner("talks", "--day", "sat", now="2026-11-22").err == "No talk matches on Sat 28 Nov 2026.\n"
    assert "Bees" in planner("talks", "--day", "sat", now="2025-02-05").out
    assert "Ants" not in planner("talks", "--day", "sat", now="2025-02-05").out


@pytest.mark.parametrize("said", ["fosdem", "FOS", "fosdem-2025", "2025", "Fosdem 2025"])
def test_a_conference_answers_to_the_beginnings_of_its_words(two: Planner, said: str) -> None:
    """Where it is the only one that does."""
    found = two("talks", "--conference", said, "--json").document["talks"]
    assert {talk["conference"] for talk in found} == {"fosdem-2025"}


def test_a_conference_that_is_none_or_several_is_refused(two: Planner, tmp_path: Path) -> None:
    """Several are named, none names the close ones, or a few."""
    for number in range(8):
        page = f"{tmp_path}/{number}.csv"
        with open(page, "w", encoding="utf-8") as file:
            file.write("title,date,start\nAnts,2025-02-01,09:00\n")
        assert two("import", page, "--conference", f"Meeting {number} 2025", "--zone", "UTC").code == 0
    several = two("talks", "--conference", "meeting")
    assert (several.code, "names 8 conferences" in several.err, "and 5 more" in several.err) == (4, True, True)
    close = two("talks", "--conference", "fodsem 2025").err
    assert "perhaps fosdem-2025; planner conferences lists all" in close
    assert "iclr" not in close
    assert two("talks", "--conference", "zzz").err.count("2025") <= 4


def test_a_date_is_a_clock(two: Planner) -> None:
    """``--now`` with a date alone is noon in the display zone."""
    assert two("talks", "--json", now="2025-02-01").document["now"] == "2025-02-01T12:00:00+01:00"
    assert two("talks", now="2025-02-31").code == 2


def test_an_empty_store_says_so(planner: Planner) -> None:
    """``talks`` like the others; in JSON it is an empty list."""
    assert "Nothing is stored yet: planner import" in planner("talks").err
    assert planner("talks", "--json").document["talks"] == []


def test_many_candidates_are_counted_before_they_are_listed(two: Planner) -> None:
    """Of all talks with “and” in their title twenty are listed, under a line that says how many are not."""
    answer = two("star", "and")
    titled = int(answer.err.splitlines()[-1].partition("names ")[2].split()[0])
    assert answer.code == 4
    assert titled > 20
    assert answer.err.splitlines()[0] == f"  (the first 20 of {titled}, {titled - 20} are left out; times in Europe/Berlin)"


def test_stars_are_taken_away_by_words_too(two: Planner) -> None:
    """Only starred ones are touched and named; one step of undo brings them back."""
    assert two("star", "--search", "graph").code == 0
    stars = len(two("talks", "--starred", "--json").document["talks"])
    assert stars > 1
    two("star", "DiffWave")
    assert two("unstar", "--search", "graph").out.count("no star:") == stars
    assert len(two("talks", "--starred", "--json").document["talks"]) == 1
    two("undo")
    assert len(two("talks", "--starred", "--json").document["talks"]) == stars + 1
    assert two("unstar", "--search", "curricula").code == 4
    assert two("unstar").code == 2


def test_a_missing_choice_is_asked_for_in_words(planner: Planner) -> None:
    """``planner completion`` without a shell names the shells."""
    answer = planner("completion")
    assert (answer.code, "name a shell: bash, zsh or fish" in answer.err) == (2, True)
