"""What the command line says of days and clashes where the display zone is far away, and where very much is starred."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from conftest import SCHEDULES
from readings import NOW, reading, talk

from planner.cli import context
from planner.store import open_store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Answer

    Planner = Callable[..., Answer]

EARLY = talk("Before noon", "17:45")  # 10:45 on Thursday 6 May 2021 in Los Angeles, 05:45 on Friday in Auckland
LATE = talk("In the evening", "03:00", day=7)  # 20:00 on Thursday in Los Angeles, 15:00 on Friday in Auckland
FRIDAY = talk("The day after", "17:45", day=7)
SHOWS = "on the conference's Thu 6 May 2021: planner agenda 2021-05-06 shows"


@pytest.fixture
def abroad(home: Path, planner: Planner) -> Callable[..., str]:
    """The text of an agenda in Auckland's time of a conference in Los Angeles, its two talks of Thursday starred."""
    with open_store(str(home), now=NOW) as store:
        store.save(reading(EARLY, LATE, FRIDAY), source="page.txt", now=NOW)
        store.star([EARLY.uid, LATE.uid], now=NOW)
    return lambda *words, now="2021-05-05T12:00+12:00": planner("agenda", *words, now=now, tz="Pacific/Auckland").out


@pytest.mark.parametrize("day", ["2021-05-07", "fri"])
def test_an_empty_day_tells_what_begins_on_ones_own(abroad: Callable[..., str], day: str) -> None:
    """05:45 and 15:00 on Friday in Auckland stand under Thursday: an empty Friday says so, and how to see them."""
    nothing, own = abroad(day).splitlines()
    assert nothing.startswith("Nothing is planned on the conference's Fri 7 May 2021; the last day with something was Thu")
    assert own == f"2 talks begin on Fri 7 May 2021 in Pacific/Auckland, {SHOWS} them."
    assert {"05:45–06:00", "15:00–15:15"} <= set(abroad("2021-05-06").split())


def test_what_is_shown_under_its_own_day_is_not_told_again(abroad: Callable[..., str]) -> None:
    """Not by the day that shows it, by both days together, by a day on which nothing begins, nor by --next or ``all``."""
    for words in (["2021-05-06"], ["2021-05-06", "--days", "2"], ["2021-05-08"], ["2021-05-07", "--next"], ["all"]):
        assert SHOWS not in abroad(*words)
    assert f"2 talks begin on Fri 7 May 2021 in Pacific/Auckland, {SHOWS}" in abroad("fri", "--gaps")


@pytest.mark.usefixtures("abroad")
def test_a_list_of_an_empty_day_tells_so_too(planner: Planner) -> None:
    """Talks of Saturday in Auckland: none by the conference's calendar, one by one's own; a filter counts."""
    words = ("talks", "--day", "2021-05-08")
    found, speaker = (planner(*words, *more, tz="Pacific/Auckland").err.splitlines() for more in ((), ("--speaker", "nobody")))
    assert found[0] == speaker[0] == "No talk matches on Sat 8 May 2021."
    assert found[1].endswith("on the conference's Fri 7 May 2021: planner talks --day 2021-05-07 shows it.")
    assert speaker[1:] == []


def test_with_all_talks_those_without_a_star_are_told_too(home: Path, planner: Planner, abroad: Callable[..., str]) -> None:
    """Friday in Los Angeles has a talk, which is Saturday's in Auckland; without a star only --all tells of it."""
    assert planner("unstar", EARLY.uid, LATE.uid, "--home", home).code == 0
    assert "begin" not in abroad("2021-05-08")
    assert "1 talk begins on Sat 8 May 2021 in Pacific/Auckland, on the conference's Fri 7 May 2021" in abroad(
        "2021-05-08", "--all"
    )


def test_of_today_only_what_is_to_come_is_told(abroad: Callable[..., str]) -> None:
    """At 14:00 on Friday in Auckland it is Thursday there, and all is shown; at 20:00 that is over there, and so are they."""
    assert abroad(now="2021-05-07T14:00+12:00").startswith("Thu 6 May 2021")
    assert SHOWS not in abroad(now="2021-05-07T20:00+12:00")


def test_today_tells_what_is_ahead_where_it_is_tomorrow(home: Path, planner: Planner) -> None:
    """At 10:00 on Thursday in Los Angeles a talk at 18:00 there is on Friday in Auckland, and no talk of its today."""
    with open_store(str(home), now=NOW) as store:
        store.save(reading(talk("Ahead", "01:00", day=7), zone="Pacific/Auckland"), source="page.txt", now=NOW)
    planner("star", "Ahead")
    said = planner("agenda", now="2021-05-06T02:00-07:00", tz="America/Los_Angeles").out
    assert "1 talk begins on Thu 6 May 2021 in America/Los_Angeles, on the conference's Fri 7 May 2021" in said


def test_a_talk_behind_midnight_is_under_the_day_before(home: Path, planner: Planner) -> None:
    """Also in the conference's own zone, where its days end at 4 in the morning: its date is no other one there."""
    night = reading(talk("Night talk", "07:30"), talk("Second day", "17:00"))
    whole = night.conference._replace(day_change=4 * 60)
    with open_store(str(home), now=NOW) as store:
        store.save(night._replace(conference=whole), source="page.txt", now=NOW)
    planner("star", "Night talk")  # 00:30 on Thursday 6 May in Los Angeles
    nothing, own = planner("agenda", "2021-05-06", now="2021-05-05T12:00-07:00", tz="America/Los_Angeles").out.splitlines()
    assert nothing.startswith("Nothing is planned on the conference's Thu 6 May 2021; the last day with something was Wed")
    assert own == (
        "1 talk begins on Thu 6 May 2021 in America/Los_Angeles, on the conference's Wed 5 May 2021: "
        "planner agenda 2021-05-05 shows it."
    )


def test_what_is_over_is_not_left(home: Path, planner: Planner) -> None:
    """--next behind the last talk says that nothing is left, and which day was the last; an empty store says how to begin."""
    assert planner("agenda").out == "Nothing is stored yet: planner import FILE reads a schedule.\n"
    with open_store(str(home), now=NOW) as store:
        store.save(reading(EARLY), source="page.txt", now=NOW)
        store.star([EARLY.uid], now=NOW)
    last = "the last day with something was Thu 6 May 2021: planner agenda 2021-05-06.\n"
    assert planner("agenda", "--next", now="2021-05-06T23:00-07:00").out == f"Nothing is left on Fri 7 May 2021; {last}"
    assert planner("agenda", "all", "--next", now="2021-05-09").out == f"Nothing is left; {last}"


def test_hundreds_of_clashes_are_counted(home: Path, planner: Planner) -> None:
    """40 talks of one hour: agenda, show and clashes name the first and tell how many more there are."""
    with open_store(str(home), now=NOW) as store:
        store.save(reading(*(talk(f"Talk {number:02}", "18:00") for number in range(40))), source="page.txt", now=NOW)
    planner("star", "--search", "talk")
    assert planner("show", "Talk 07").out.splitlines().count("⚠ overlaps 31 more") == 1
    said = planner("agenda", "2021-05-06").out
    assert len(re.findall("⚠ overlaps Talk", said)) == sum(range(10)) + 30 * 8  # nine are still named
    assert "⚠ overlaps 31 more" in said
    lines = planner("clashes").out.splitlines()
    assert lines[0] == "Thu 6 May 2021 20:00–20:15 CEST · 15 min double booked"
    assert [line for line in lines if line.startswith("  ⚠")][12:] == [f"  ⚠ and {40 * 39 // 2 - 12} more pairs"]
    assert len(planner("clashes", "--json").document["groups"][0]["pairs"]) == 40 * 39 // 2


def test_an_import_tells_the_first_of_the_clashes_that_it_brings(planner: Planner, tmp_path: Path) -> None:
    """Nine starred talks, moved to one hour, are 36 clashes: twelve are told, and how many more there are."""
    page, flags = tmp_path / "zoo-2025.csv", ("--conference", "Zoo 2025", "--zone", "UTC")
    head = "title,date,start,end,room\n"
    page.write_text(head + "".join(f"Talk {n},2025-02-01,{9 + n:02}:00,{9 + n:02}:30,A\n" for n in range(9)))
    assert planner("import", page, *flags).code == planner("star", "--search", "talk").code == 0
    page.write_text(head + "".join(f"Talk {n},2025-02-01,09:00,09:30,A{n}\n" for n in range(9)))
    said = [line for line in planner("import", page, *flags).err.splitlines() if line.startswith("  ⚠ ")]
    assert [line[:8] for line in said[:-1]] == ["  ⚠ now "] * 12
    assert said[-1] == "  ⚠ and 24 more clashes: planner clashes tells of them"


def test_a_change_of_room_that_is_too_short_is_found_by_a_check(home: Path, planner: Planner) -> None:
    """Exit 1 for it alone, with the day, the clock and its letters; when one of the two is skipped all is well."""
    with open_store(str(home), now=NOW) as store:
        held = (talk("Ants", "18:00", room="Hall A"), talk("Bees", "18:15", room="Hall B"))
        store.save(reading(*held), source="page.txt", now=NOW)
    planner("star", "Ants", "Bees")
    answer = planner("clashes", "--check")
    assert answer.code == 1
    assert answer.out.startswith(
        "Thu 6 May 2021 20:15 CEST · tight: no time for a way of 5 min, from Ants (Hall A) to Bees (Hall B)"
    )
    assert planner("skip", "Ants").code == planner("clashes", "--check").code == 0


@pytest.mark.parametrize("command", ["import", "publish"])
def test_a_dry_run_in_a_new_home_leaves_nothing_behind(planner: Planner, home: Path, command: str) -> None:
    """No store and no folder; what would be done is said."""
    page = SCHEDULES / "iclr-2021"
    told = {"import": (page, "would store: 16 added"), "publish": ("http://127.0.0.1:9/c/", "")}[command]
    answer = planner(command, told[0], "--dry-run")
    assert told[1] in answer.out
    assert not home.exists()


def test_free_time_says_why_on_a_narrow_terminal(planner: Planner, monkeypatch: pytest.MonkeyPatch) -> None:
    """In 80 columns a talk that would fit still has its room and its reason."""
    planner("import", SCHEDULES / "fosdem-2025")
    planner("star", "MapTCHA", "Creating an Open Knowledge Graph for Climate")
    planner("skip", "MapTCHA")
    planner("star", "Graph Databases after 15 Years", "--rating", "4")
    planner("skip", "Graph Databases after 15 Years")
    monkeypatch.setattr(context, "columns", lambda _: 80)
    said = " ".join(planner("agenda", "2025-02-01", "--gaps", tz="UTC").out.split())
    assert "UB5.132 starred and skipped (★★★★)" in said


@pytest.mark.usefixtures("unmeasured")
def test_free_time_of_a_day_without_a_star(planner: Planner, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a terminal too: no talk stands there, only the time, what would fit, and the sum."""
    planner("import", SCHEDULES / "fosdem-2025")
    monkeypatch.setattr(context, "columns", lambda _: 80)
    lines = planner("agenda", "2025-02-01", "--gaps", tz="UTC").out.splitlines()
    assert lines[2:] == ["  ·  09:30–18:00  8 h 30 min free", f"{'':15}44 other talks would fit", "", "0 talks, no clash."]


def test_narration_follows_what_it_is_about(home: Path) -> None:
    """Where stdout and stderr are one file, the warning stands behind the lines of its source."""
    done = subprocess.run(
        [sys.executable, "-m", "planner", "import", str(SCHEDULES / "iclr-2021"), "--home", str(home)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=True,
    )
    assert done.stdout.index("13 talks") < done.stdout.index("⚠ line 121")


def test_without_a_terminal_the_screens_stay_closed(planner: Planner, home: Path) -> None:
    """In a pipe or a job: exit 2, the commands that print instead, and no store is made."""
    answer = planner()
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith("planner: the terminal UI needs a terminal; planner agenda, planner talks")
    assert not home.exists()


def test_a_list_without_heads_has_one_date_a_talk(home: Path, planner: Planner) -> None:
    """05:45 on Friday in Auckland: +1 beside the clock under Thursday's head, Friday's date alone among what was found."""
    with open_store(str(home), now=NOW) as store:
        store.save(reading(EARLY, LATE, FRIDAY), source="page.txt", now=NOW)
    listed, found = (planner("talks", *words, tz="Pacific/Auckland").out for words in ((), ("before noon",)))
    assert "05:45–06:00 +1" in next(line for line in listed.splitlines() if "Before noon" in line)
    assert re.search(r"  Fri 7 May 05:45–06:00  +Before noon", found)


def test_the_columns_of_a_list_stand_below_each_other(home: Path, planner: Planner) -> None:
    """Also where clocks are of several widths: with +1, with ~ and without."""
    with open_store(str(home), now=NOW) as store:
        held = (talk("Plain", "18:00"), talk("Later", "23:30"), talk("Open", "23:30", minutes=None, session=None))
        store.save(reading(*held), source="page.txt", now=NOW)
    rows = [line for line in planner("talks").out.splitlines() if "–" in line and "·" not in line]
    assert len(rows) == 3
    assert len({min(row.find(title) for title in ("Plain", "Later", "Open") if title in row) for row in rows}) == 1


def test_a_kind_that_is_none_is_refused(planner: Planner) -> None:
    """With all that there are, exit 2; in capitals and in the plural they are known."""
    planner("import", SCHEDULES / "iclr-2021")
    assert planner("talks", "--kind", "Orals").out.count("\n") == 14
    answer = planner("talks", "--kind", "nonsense")
    assert (answer.code, answer.out) == (2, "")
    assert "--kind is one of oral, spotlight, poster, keynote, " in answer.err
