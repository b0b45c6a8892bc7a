"""Real folders of MiniConf sites read as one: papers in the slots of their sessions, each occasion once."""

from __future__ import annotations

import csv
import json
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
import yaml
from alone import utc

from planner import readers
from planner.errors import MissingFactsError
from planner.readers.sources import Hints, Part

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from planner.model import Reading, Talk

HINTS = Hints(now=datetime(2031, 1, 1, tzinfo=UTC))


def titled(found: Reading, title: str) -> list[Talk]:
    """The talks of that title."""
    return [talk for talk in found.conference.talks if talk.title == title]


def gathered(shared: Path, files: Sequence[tuple[str, str]], **hints: Any) -> Reading:
    """Real files under the names that they have in their repositories, as one folder."""
    parts = [Part(f"sitedata/{name}", (shared / "samples" / "B" / file).read_bytes()) for file, name in files]
    return readers.read(parts, HINTS._replace(**hints))


def test_colt_2020(shared: Path) -> None:
    """Each of COLT's 120 papers has the two slots of its two sessions; the sessions hold them."""
    files = (("colt2020_config.yml", "config.yml"), ("colt2020_main_calendar.json", "main_calendar.json"))
    found = gathered(shared, (*files, ("colt2020_papers.csv", "papers.csv")))
    starts = {
        one["title"]: one["start"] for one in json.loads((shared / "samples/B/colt2020_main_calendar.json").read_bytes())
    }
    expected: Counter[tuple[str, datetime]] = Counter()
    with (shared / "samples/B/colt2020_papers.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for session in row["session"].split("|"):
                expected[row["UID"], datetime.fromisoformat(starts[session]).astimezone(UTC)] += 1
    papers = [talk for talk in found.conference.talks if talk.session]
    assert Counter((talk.source_id, talk.start) for talk in papers) == expected
    assert (found.conference.slug, found.scope, len(found.conference.talks)) == ("colt-2020", "conference", 43 + 240)
    assert all(len(talk.also) == 1 for talk in papers)
    assert {talk.holds for talk in found.conference.talks if talk.holds} == {talk.session for talk in papers}


def test_emnlp_2020(shared: Path) -> None:
    """The ids in EMNLP's 115 sessions find their 810 papers in two lists."""
    names = ("demo_papers.csv", "main_papers.csv", "overall_calendar.yml", "paper_sessions.yml", "plenary_sessions.yml")
    files = [("emnlp2020_config.yml", "config.yml"), *((f"acl-emnlp_{name}", name) for name in names)]
    found = gathered(shared, files)
    sessions = yaml.safe_load((shared / "samples/B/acl-emnlp_paper_sessions.yml").read_bytes())
    expected = {paper: one["start_time"] for one in sessions.values() for paper in one["papers"]}
    assert {talk.source_id: talk.start for talk in found.conference.talks if talk.session} == expected
    assert len(found.conference.talks) == 810 + 115 + 8 + 5
    assert found.conference.name == "EMNLP 2020"


def test_iclr_2020(shared: Path) -> None:
    """ICLR's posters get the times of their sessions through three files: ids, names of sessions, slots of days."""
    names = (
        "oral_schedule.yml",
        "papers.json",
        "poster_schedule.yml",
        "schedule.yml",
        "socials.yml",
        "speakers.yml",
        "workshops.yml",
    )
    found = gathered(shared, [(f"iclr2020_{name}", name) for name in names], name="ICLR 2020")
    days = {"Mon": 27, "Tues": 28, "Wed": 29, "Thurs": 30}
    hours = {"1": 5, "2": 8, "3": 12, "4": 17, "5": 20}
    expected: Counter[tuple[str, datetime]] = Counter()
    for one in yaml.safe_load((shared / "samples/B/iclr2020_poster_schedule.yml").read_bytes()):
        day, _, number = one["name"].split()
        expected.update((poster["id"], datetime(2020, 4, days[day], hours[number], tzinfo=UTC)) for poster in one["posters"])
    assert Counter((talk.source_id, talk.start) for talk in found.conference.talks if talk.session) == expected
    assert sum(expected.values()) == 2 * 687
    (hinton,) = titled(found, "Live QA: Yoshua Bengio / Yann LeCun")
    assert (hinton.kind, hinton.start, bool(hinton.abstract)) == ("keynote", utc("2020-04-30 16:00"), True)
    risky = sorted(talk.start for talk in titled(found, "Anticipating Risky Research") if talk.start)
    assert risky == [utc("2020-04-28 23:00"), utc("2020-04-29 16:00")]


def test_icwsm_2021(shared: Path) -> None:
    """ICWSM's papers keep their own times, which are those of the calendar's sessions, and take the sessions' kind."""
    names = ("config.yml", "main_calendar.json", "papers.csv", "workshops.yml")
    found = gathered(shared, [(f"icwsm2021_{name}", name) for name in names])
    papers = [talk for talk in found.conference.talks if talk.session]
    sessions = {session.key: session for session in found.conference.sessions}
    assert (len(papers), len(found.conference.talks)) == (104, 104 + 49 + 8)
    assert all(talk.start == sessions[talk.session or ""].start for talk in papers)
    assert Counter(talk.kind for talk in papers) == {"poster": 96, "spotlight": 8}


def test_ismir_2023(shared: Path) -> None:
    """ISMIR's events and calendar say the same 37 things once: the events' clock is the calendar's, the papers find theirs."""
    names = ("events.csv", "main_calendar.json", "papers.csv")
    found = gathered(shared, [(f"ismir2023_{name}", name) for name in names], name="ISMIR 2023")
    papers = [talk for talk in found.conference.talks if talk.session]
    assert (len(papers), len(found.conference.talks)) == (113, 113 + 37)
    assert Counter(talk.start for talk in papers)[utc("2023-11-06 09:00")] == 16
    (reception,) = titled(found, "Welcome Reception and Concert")
    assert (reception.start, reception.speakers) == (utc("2023-11-05 19:00"), ("ISMIR 2023 committee",))


def test_midl_2024(shared: Path) -> None:
    """``Day 2 — 11:00-12:30`` is a slot once a configuration tells the first day and a zone; without the zone it is asked."""
    papers = Part("papers.json", (shared / "samples/B/midl2024_papers.json").read_bytes())
    config = "name: MIDL 2024\ntagline: Imaging\ndate: July 3rd - 5th 2024\n"
    with pytest.raises(MissingFactsError, match="--zone"):
        readers.read([papers, Part("config.yml", config.encode())], HINTS)
    found = readers.read([papers, Part("config.yml", f"{config}timezone: Europe/Paris\n".encode())], HINTS)
    for talk, one in zip(found.conference.talks, json.loads(papers.data), strict=True):
        day, _, clock = one["Time"].partition(" — ")
        hour, minute = map(int, clock.partition("-")[0].split(":"))
        start = datetime(2024, 7, 2, hour, minute, tzinfo=ZoneInfo("Europe/Paris")) + timedelta(days=int(day[4:]))
        assert (talk.start, talk.kind) == (start.astimezone(UTC), one["Final Decision"].lower())
    assert len(found.conference.sessions) == len({one["Session"] for one in json.loads(papers.data)})
