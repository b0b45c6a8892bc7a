"""Pages of conference sites: the founding page whole, every shape of the family, what is refused, and no input breaks them."""

from __future__ import annotations

import html
import os
import re
import subprocess
import sys
import textwrap
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.errors import MissingFactsError, PlannerError, ReadError
from planner.model import KINDS, Reading, Talk
from planner.readers import Hints, Part, read
from planner.readers.pages import FORMATS, claims

DATA = Path(__file__).parent / "data" / "pages"
SHARED = Path(__file__).parents[2] / "shared"
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
real = pytest.mark.skipif(not SHARED.is_dir(), reason="the real pages stand beside the project, not in it")

MAY = "2021-05-06"
LONDON = "Europe/London"
EDMONTON = "America/Edmonton"
ORALS = [  # read off the page by hand: 11:00 PDT is 18:00 UTC
    ("18:00", "18:15", "VCNet and Functional Targeted Regularization For Learning Causal Effects of Continuous Treatments"),
    ("18:15", "18:30", "SenSeI: Sensitive Set Invariance for Enforcing Individual Fairness"),
    ("18:30", "18:45", "When Do Curricula Work?"),
    ("18:45", "19:00", "Why Are Convolutional Nets More Sample-Efficient than Fully-Connected Nets?"),
    ("19:00", "19:10", ""),
    ("19:10", "19:20", "Correcting experience replay for multi-agent communication"),
    ("19:20", "19:30", "Contrastive Behavioral Similarity Embeddings for Generalization in Reinforcement Learning"),
    ("19:30", "19:40", "DeepAveragers: Offline Reinforcement Learning By Solving Derived Non-Parametric MDPs"),
    ("19:40", "19:50", "Data-Efficient Reinforcement Learning with Self-Predictive Representations"),
    ("19:50", "20:00", ""),
    ("20:00", "20:15", "DiffWave: A Versatile Diffusion Model for Audio Synthesis"),
    ("20:15", "20:30", "Self-training For Few-shot Transfer Across Extreme Task Differences"),
    ("20:30", "20:40", "A Panda? No, It's a Sloth: Slowdown Attacks on Adaptive Multi-Exit Neural Network Inference"),
    ("20:40", "20:50", "BUSTLE: Bottom-Up Program Synthesis Through Learning-Guided Exploration"),
    ("20:50", "21:00", "Disentangled Recurrent Wasserstein Autoencoder"),
    ("21:00", "21:13", ""),
]


def page(path: Path, *, name: str = "", year: int | None = None, zone: str | None = None, known: str | None = None) -> Reading:
    """Read one file as an import would, on the pinned day."""
    hints = Hints(now=NOW, name=name, year=year, zone=zone, known_zone=known)
    return read([Part(path.name, path.read_bytes())], hints)


def minute(at: datetime | None) -> str:
    """An instant as ``2021-05-06T18:00``; ``-`` for none."""
    return at.strftime("%Y-%m-%dT%H:%M") if at else "-"


def times(talk: Talk) -> tuple[str, str]:
    """Start and end of a talk."""
    return minute(talk.start), minute(talk.end)


FOUNDING = [
    DATA / "iclr2021-oral-session-11.txt",
    pytest.param(SHARED / "seeds" / "iclr2021-oral-session-11.txt", marks=real),
]


@pytest.mark.parametrize("path", FOUNDING)
def test_founding_page_is_read_whole(path: Path) -> None:
    """All 16 slots, with their instants in UTC and their titles, in the order of the page."""
    talks = page(path).conference.talks
    expected = [(f"{MAY}T{start}", f"{MAY}T{end}", title) for start, end, title in ORALS]
    assert [(*times(talk), talk.title) for talk in talks] == expected


@pytest.mark.parametrize("path", FOUNDING)
def test_founding_page_has_its_session(path: Path) -> None:
    """One session from 18:00 to 21:13 UTC with three chairs; 13 orals and 3 slots without a title belong to it."""
    read_page = page(path)
    (session,) = read_page.conference.sessions
    assert (session.title, session.kind) == ("Oral Session 11", "oral")
    assert session.chairs == ("Adriana Kovashka", "Furong Huang", "Guido Montufar")
    assert (minute(session.start), minute(session.end)) == (f"{MAY}T18:00", f"{MAY}T21:13")
    assert session.key == "oral-session-11-2021-05-06"
    kinds = [talk.kind for talk in read_page.conference.talks]
    assert (kinds.count("oral"), kinds.count("untitled"), len(kinds)) == (13, 3, 16)
    assert {talk.session for talk in read_page.conference.talks} == {session.key}


@pytest.mark.parametrize("path", FOUNDING)
def test_founding_page_says_how_it_was_understood(path: Path) -> None:
    """The report names format, scope, name, year and zone, and how each is known; the last slot's warning has its line."""
    understood = page(path, name="ICLR 2021")
    conference = understood.conference
    assert (understood.format, understood.scope) == ("page", "sessions")
    assert (conference.slug, conference.name, conference.zone) == ("iclr-2021", "ICLR 2021", "America/Los_Angeles")
    assert (understood.year, understood.year_from) == (2021, "the name ICLR 2021")
    assert understood.zone_from == "PDT on the page"
    (warning,) = understood.warnings
    assert warning.startswith("line 121: ")
    assert "Thu 6 May 14:00 - 14:13 PDT" in warning


@pytest.mark.parametrize("path", FOUNDING)
def test_founding_page_keeps_what_talks_are_told_by(path: Path) -> None:
    """Speakers in order, the page's own words for the time, the zone of its clock, the raw lines, and 16 identities."""
    talks = page(path).conference.talks
    assert talks[0].speakers == ("Lizhen Nie", "Mao Ye", "Qiang Liu", "Dan Nicolae")
    assert talks[2].speakers == ("Xiaoxia (Shirley) Wu", "Ethan Dyer", "Behnam Neyshabur")
    assert talks[0].slot.said == "Thu 6 May 11:00 - 11:15 PDT"
    assert talks[0].slot.zone == "America/Los_Angeles"
    assert talks[4].raw == "Thu 6 May 12:00 - 12:10 PDT"
    assert talks[0].raw.startswith("Thu 6 May 11:00 - 11:15 PDT\n\nVCNet and Functional")
    assert len({talk.uid for talk in talks}) == 16
    assert all(talk.abstract for talk in talks if talk.title)


def test_latex_in_abstracts_becomes_unicode() -> None:
    """No macro of the page's abstracts is left; the signs that it stood for are there."""
    abstracts = "\n".join(talk.abstract for talk in page(FOUNDING[0]).conference.talks)  # type: ignore[arg-type]
    assert "\\" not in abstracts
    assert "“convolutional”" in abstracts
    assert "Ω(d^2)" in abstracts
    assert "Gödel" in abstracts


@real
def test_latex_of_the_real_page_becomes_unicode() -> None:
    """The real abstracts hold quotation macros and formulas; none of their backslashes is left."""
    abstracts = "\n".join(talk.abstract for talk in page(SHARED / "seeds" / "iclr2021-oral-session-11.txt").conference.talks)
    assert "textquotedbl" not in abstracts
    assert "“better inductive bias.”" in abstracts


SHAPES: list[tuple[str, dict[str, object], int, int, str, str, str | None]] = [
    # file, what is said beside it, talks with a title, slots without, first start, last start, zone; all counted by hand
    ("icml-session.txt", {"name": "ICML 2021"}, 2, 0, "2021-07-20T13:00", "2021-07-20T13:20", "America/Los_Angeles"),
    ("neurips-session.txt", {"name": "NeurIPS 2021"}, 3, 0, "2021-12-07T08:00", "2021-12-07T08:20", "America/Los_Angeles"),
    ("neurips-day.txt", {"name": "NeurIPS 2022"}, 4, 0, "2022-12-03T13:15", "2022-12-03T20:30", "America/Chicago"),
    ("iclr-calendar.txt", {"name": "ICLR 2026"}, 9, 0, "2026-04-23T13:30", "2026-04-24T13:42", "America/Sao_Paulo"),
    ("icml-workshop-2019.md", {}, 5, 0, "2019-06-15T17:50", "2019-06-15T21:40", "America/Los_Angeles"),
    ("icml-poster-2026.md", {}, 1, 0, "2026-07-09T05:30", "2026-07-09T05:30", "America/Los_Angeles"),
    ("neurips-poster-2020.txt", {}, 2, 0, "2020-12-08T03:20", "2020-12-08T05:00", None),
    ("nips-event-2016.txt", {"zone": "Europe/Madrid"}, 1, 0, "2016-12-10T07:00", "2016-12-10T07:00", "Europe/Madrid"),
    ("workshop-weekdays.txt", {"name": "NeurIPS 2021"}, 3, 0, "2021-12-13T16:45", "2021-12-14T08:10", "America/Los_Angeles"),
    (
        "neurips-poster-session.txt",
        {"name": "NeurIPS 2023", "zone": "America/Chicago"},
        2,
        0,
        "2023-12-13T14:45",
        "2023-12-13T14:45",
        "America/Chicago",
    ),
    ("neurips-detail-2025.txt", {}, 1, 0, "2025-12-03T19:00", "2025-12-03T19:00", "America/Los_Angeles"),
    ("neurips-session-2023.txt", {}, 3, 0, "2023-12-12T16:00", "2023-12-12T16:30", "America/Los_Angeles"),
    ("iclr-day-2024.txt", {}, 6, 0, "2024-05-07T05:30", "2024-05-07T16:00", "Europe/Vienna"),
    ("events-2026.html", {}, 2, 0, "2026-04-26T11:00", "2026-04-27T11:00", "America/Sao_Paulo"),
    ("schedule-2019.txt", {"name": "NeurIPS 2019"}, 4, 0, "2019-12-11T16:30", "2019-12-11T20:45", "America/Los_Angeles"),
    # tables, places behind pins, lists: what people write for workshops and small conferences
    (
        "programme-table.md",
        {"name": "SSG 2019", "zone": "Europe/London"},
        8,
        0,
        "2019-07-15T08:30",
        "2019-07-15T13:30",
        "Europe/London",
    ),
    ("programme-pins.html", {"zone": EDMONTON}, 5, 0, "2025-08-04T20:00", "2025-08-06T00:00", EDMONTON),
    ("programme-list.md", {"name": "KCS 2023"}, 3, 0, "2023-09-26T16:00", "2023-09-26T18:00", "America/Los_Angeles"),
    ("cards-2025.html", {}, 2, 0, "2025-10-19T18:00", "2025-10-20T01:30", "UTC"),
    ("iclr2021-session.html", {}, 2, 1, "2021-05-07T02:00", "2021-05-07T02:25", "America/Los_Angeles"),
]


@pytest.mark.parametrize(
    ("file", "said", "titled", "untitled", "first", "last", "zone"), SHAPES, ids=lambda value: str(value)[:30]
)
def test_every_shape_of_the_family(  # noqa: PLR0917  (a table's columns)
    file: str, said: dict[str, object], titled: int, untitled: int, first: str, last: str, zone: str | None
) -> None:
    """The number of talks, the first and the last start and the zone of a page of each shape, counted by hand."""
    conference = page(DATA / file, **said).conference  # type: ignore[arg-type]
    starts = sorted(minute(talk.start) for talk in conference.talks if talk.start) or ["-"]
    kinds = [talk.kind == "untitled" for talk in conference.talks]
    assert (kinds.count(False), kinds.count(True), starts[0], starts[-1], conference.zone) == (
        titled,
        untitled,
        first,
        last,
        zone,
    )


def test_two_grammars_on_one_page() -> None:
    """A head with its own date line, ``midnight`` and a kind in brackets gives the session; the talks have theirs."""
    conference = page(DATA / "neurips-session.txt", name="NeurIPS 2021").conference
    (session,) = conference.sessions
    assert session.title == "Oral Session 1: Theory of Almost Everything"
    assert (minute(session.start), minute(session.end)) == ("2021-12-07T08:00", "2021-12-07T09:00")
    assert [(talk.title, talk.kind) for talk in conference.talks] == [
        ("Recurrent Nets as Kernels, Continued", "oral"),
        ("Q&A", "talk"),
        ("Smooth Fits Need Many Weights", "oral"),
    ]
    assert conference.talks[2].abstract == "Whoever wants to fit points smoothly pays with parameters."


def test_day_page_takes_title_and_start_from_one_line() -> None:
    """The kind before the title goes to the kind, ``(ends 4:00 PM)`` is the end, else the end is not known."""
    understood = page(DATA / "neurips-day.txt", name="NeurIPS 2022")
    assert understood.scope == "days"
    assert [(talk.title, talk.kind, *times(talk)) for talk in understood.conference.talks] == [
        ("Registration Desk", "break", "2022-12-03T13:15", "-"),
        ("Graphs That Change Workshop", "workshop", "2022-12-03T13:30", "-"),
        ("Eyes and Models", "workshop", "2022-12-03T13:30", "2022-12-03T22:00"),
        ("Invited Talk: Kim Larsen", "keynote", "2022-12-03T20:30", "-"),
    ]
    assert understood.conference.talks[1].speakers == ("Lena Fox", "Omar Said", "Wu Min")
    assert understood.conference.talks[1].abstract == "A day about graphs whose edges come and go."
    assert understood.conference.talks[3].speakers == ("Kim Larsen",)


def test_calendar_page_takes_halves_of_the_day_from_its_slot_heads() -> None:
    """Under ``3:15 p.m.`` ``[4:03]`` is 16:03; ``[10:30-1:00]`` ends at 13:00; the end of a list is that of its last talk."""
    conference = page(DATA / "iclr-calendar.txt", name="ICLR 2026").conference
    sessions = {session.title: (minute(session.start), minute(session.end)) for session in conference.sessions}
    assert sessions == {
        "Oral Session 1A": ("2026-04-23T13:30", "2026-04-23T15:00"),
        "Poster Session 1": ("2026-04-23T13:30", "2026-04-23T16:00"),
        "Oral Session 2A": ("2026-04-23T18:15", "2026-04-23T19:45"),
        "Poster Session 2": ("2026-04-23T18:15", "2026-04-23T20:45"),
        "Oral Session 3A": ("2026-04-24T13:30", "2026-04-24T15:00"),
    }
    talks = {talk.title: times(talk) for talk in conference.talks}
    assert talks["Memory for Long Letters"] == ("2026-04-23T13:54", "2026-04-23T14:06")
    assert talks["Reasoning without Extra Training"] == ("2026-04-23T19:03", "2026-04-23T19:15")
    assert talks["Thinking Less, Solving More"] == ("2026-04-23T13:30", "-")


def test_session_without_talks_can_be_attended_itself() -> None:
    """A poster session of a calendar is a talk that says which session it is the container of."""
    conference = page(DATA / "iclr-calendar.txt", name="ICLR 2026").conference
    held = {talk.title: (talk.kind, talk.holds) for talk in conference.talks if talk.holds}
    assert held == {
        "Poster Session 1": ("poster", "poster-session-1-2026-04-23"),
        "Poster Session 2": ("poster", "poster-session-2-2026-04-23"),
    }


def test_one_paper_with_two_slots_is_two_talks_that_know_each_other() -> None:
    """The spotlight and the poster of a paper have their own identities and name each other."""
    spotlight, poster = page(DATA / "neurips-poster-2020.txt").conference.talks
    assert (spotlight.kind, poster.kind) == ("spotlight", "poster")
    assert (spotlight.also, poster.also) == ((poster.uid,), (spotlight.uid,))
    assert spotlight.uid != poster.uid
    assert times(spotlight) == ("2020-12-08T03:20", "2020-12-08T03:30")
    assert times(poster) == ("2020-12-08T05:00", "2020-12-08T07:00")
    assert spotlight.speakers == ("Qiu Han", "Yun Fei", "Tomas Ek")


def test_posters_take_the_time_of_their_session() -> None:
    """Posters of a session page have the session's slot and hall, each its board; wrapped authors are one line."""
    conference = page(DATA / "neurips-poster-session.txt", name="NeurIPS 2023", zone="America/Chicago").conference
    (session,) = conference.sessions
    assert (session.title, session.room) == ("Poster Session 3", "Great Hall & Hall B1+B2 (level 1)")
    assert [(talk.title, talk.kind, talk.slot.board) for talk in conference.talks] == [
        ("Weights in Two Bits", "poster", "1900"),
        ("Layers One Can Skip", "poster", "1901"),
    ]
    assert all(times(talk) == ("2023-12-13T14:45", "2023-12-13T16:45") for talk in conference.talks)
    assert conference.talks[1].speakers == ("Cy Ono", "Di Paz", "Eva Quist")


def test_weekdays_take_their_date_from_the_head() -> None:
    """A programme that names weekdays only counts them from the page's own date, over midnight too."""
    talks = page(DATA / "workshop-weekdays.txt", name="NeurIPS 2021").conference.talks
    assert [(talk.title, *times(talk)) for talk in talks] == [
        ("Opening", "2021-12-13T16:45", "2021-12-13T17:00"),
        ("Compilers That Guess", "2021-12-13T17:00", "2021-12-13T17:40"),
        ("Late Questions", "2021-12-14T08:10", "2021-12-14T08:30"),
    ]
    assert talks[1].speakers == ("Vera Amis",)


def test_date_line_before_the_title_and_its_parent_session() -> None:
    """Date line first, then title, the session after ``In``, authors; equal titles are told apart, the place is kept."""
    understood = page(DATA / "icml-workshop-2019.md")
    (session,) = understood.conference.sessions
    assert session.title == "Flows and Inverses"
    talks = understood.conference.talks
    assert {talk.session for talk in talks} == {session.key}
    assert [talk.slot.room for talk in talks] == [None, "Room 104", None, None, None]
    assert [talk.title for talk in talks[3:]] == ["Contributed talk", "Contributed talk"]
    assert talks[3].uid != talks[4].uid
    assert talks[2].speakers == ("Priya Nair",)
    assert any("line 1" in warning and "Late Additions" in warning for warning in understood.warnings)


def test_newest_poster_page_crosses_midnight() -> None:
    """One zone for both ends, the end on the next day, hall and board apart, the lay summary left out of the abstract."""
    (talk,) = page(DATA / "icml-poster-2026.md").conference.talks
    assert times(talk) == ("2026-07-09T05:30", "2026-07-09T07:15")
    assert (talk.title, talk.kind, talk.slot.room, talk.slot.board) == (
        "Choosing Tools on the Fly",
        "poster",
        "HALL A",
        "2108",
    )
    assert talk.speakers == ("Jun Park", "Lia Costa", "Sven Holm")
    assert talk.abstract == "An agent learns which tool to pick up next, and when to put it down."
    assert talk.links == ("https://tools.example.org",)


def test_page_without_a_time_is_a_talk_without_a_slot() -> None:
    """A logged-out poster page gives the paper, to be scheduled later, and its abstract with the broken formula joined."""
    understood = page(DATA / "iclr-poster-no-date.txt")
    (talk,) = understood.conference.talks
    assert (understood.conference.slug, talk.title, talk.kind, talk.scheduled) == (
        "iclr-2024",
        "Streams That Never Overflow",
        "poster",
        False,
    )
    assert talk.abstract == (
        "A model keeps its first words in mind and forgets the middle, which makes it up to 22.2 × faster."
    )


def test_session_page_without_times_keeps_its_papers() -> None:
    """Boards, links and authors of a Markdown page whose times are behind a login; the site's ids are the identities."""
    conference = page(DATA / "mlsys-session-2025.md").conference
    (session,) = conference.sessions
    assert (session.key, session.title, session.chairs) == ("session-3155", "Session 8: Serving Large Models", ("Pat Dunn",))
    assert [(talk.title, talk.source_id, talk.slot.board, talk.scheduled) for talk in conference.talks] == [
        ("Rocking: Serving with Changing Shards", "poster/3253", "36", False),
        ("Fusing Scales: Video in Long Pieces", "poster/3252", "37", False),
    ]
    assert conference.talks[0].url == "https://mlsys.org/virtual/2025/poster/3253"
    assert conference.talks[0].speakers == ("Qi Su", "Wei Zo", "Gen Pek")


def test_session_with_a_hall_and_kinds_in_brackets() -> None:
    """The hall above the chairs is every talk's room; a kind in brackets leaves ``Test of Time`` a title."""
    conference = page(DATA / "neurips-session-2023.txt").conference
    (session,) = conference.sessions
    assert (session.title, session.room) == ("Oral 1A Graphs", "Hall C2 (level 1 gate 9 south of food court)")
    assert (minute(session.start), minute(session.end)) == ("2023-12-12T16:00", "2023-12-12T17:00")
    assert [(talk.title, talk.kind, talk.speakers) for talk in conference.talks] == [
        ("Rules on Subgraphs", "oral", ("Tia Liu", "Qi Lv")),
        ("Test of Time", "oral", ("Mara Solo",)),
        ("Coffee", "break", ()),
    ]


def test_day_page_with_talks_below_its_sessions() -> None:
    """A title with its start opens a session, brackets its talks; ends come from the list and from ``(ends …)``."""
    conference = page(DATA / "iclr-day-2024.txt").conference
    assert [(talk.title, talk.kind, *times(talk)) for talk in conference.talks] == [
        ("Registration", "break", "2024-05-07T05:30", "-"),
        ("First Paper of the Day", "oral", "2024-05-07T08:00", "-"),
        ("Second Paper of the Day", "oral", "2024-05-07T08:15", "-"),
        ("Third Paper of the Day", "oral", "2024-05-07T08:30", "2024-05-07T08:45"),
        ("Poster Session 1", "poster", "2024-05-07T08:45", "2024-05-07T10:45"),
        ("Queer in AI", "social", "2024-05-07T16:00", "-"),
    ]
    assert [(session.title, minute(session.end), session.room) for session in conference.sessions] == [
        ("Oral 1A", "2024-05-07T08:45", None),
        ("Poster Session 1", "2024-05-07T10:45", "Halle B"),
    ]


def test_cards_of_the_newest_design() -> None:
    """Time and room stand in spans without a blank between them; the year is the page's, the ids are the site's."""
    first, second = page(DATA / "events-2026.html").conference.talks
    assert (first.title, first.kind, first.source_id, first.slot.room) == (
        "Programs That Rewrite Themselves",
        "workshop",
        "workshop/10000",
        "201 A/B",
    )
    assert (first.speakers, first.abstract) == (("Ada Boe", "Cy Dow"), "Loops within loops.")
    assert (*times(second), second.slot.room) == ("2026-04-27T11:00", "2026-04-27T20:00", "Room 202")


def test_schedule_with_the_kind_above_the_date_line() -> None:
    """A kind that stands alone above a date line belongs to the entry below; a hall's board is taken apart."""
    talks = page(DATA / "schedule-2019.txt", name="NeurIPS 2019").conference.talks
    assert [(talk.title, talk.kind, talk.slot.room, talk.slot.board) for talk in talks] == [
        ("Social Intelligence", "keynote", "West Hall A + B + C", None),
        ("Why Bounds May Not Explain", "oral", "West Exhibition Hall C + B3", None),
        ("Bounds on a Board", "poster", "East Exhibition Hall B + C", "1"),
        ("Lunch on your own", "break", None, None),
    ]
    assert talks[0].speakers == ("Ben Aguirre y Mora",)


def test_table_programme_keeps_sessions_chairs_and_rooms() -> None:
    """Rows under a session are its talks, those without a time too; speakers stand in brackets, rooms behind ``in``."""
    conference = page(DATA / "programme-table.md", name="SSG 2019", zone="Europe/London").conference
    assert [(session.title, session.chairs, minute(session.end)) for session in conference.sessions] == [
        ("Plenary", ("Zoe",), "2019-07-15T10:00"),
        ("Open Session", (), "2019-07-15T12:00"),
    ]
    talks = {talk.title: talk for talk in conference.talks}
    assert times(talks["Site Updates (8 minutes each)"]) == ("2019-07-15T08:50", "2019-07-15T10:00")
    assert (talks["Lakeside"].scheduled, talks["Lakeside"].speakers) == (False, ("Bo Haug",))
    assert talks["Lakeside"].session == talks["Introductions"].session
    assert (talks["Rules for Rules"].slot.room, talks["Rules for Rules"].speakers) == ("FW11", ("Cy Rade",))
    assert talks["Coffee Break"].kind == "break"


def test_pinned_programme_gives_each_title_its_place() -> None:
    """Titles that share a time each have their place; the abstract and the overflow room stay with their keynote."""
    talks = {talk.title: talk for talk in page(DATA / "programme-pins.html", zone="America/Edmonton").conference.talks}
    assert {title: talk.slot.room for title, talk in talks.items()} == {
        "Badge pickup": "Foyer",
        "Workshop on Programs": "M-137",
        "Rewards and Games": "M-145",
        "Keynote: Lea Kahn": "Hall 430 (Overflow: 440)",
        "Town Hall": "Hall 430",
    }
    assert times(talks["Rewards and Games"]) == ("2025-08-05T15:00", "2025-08-05T23:00")
    assert times(talks["Town Hall"]) == ("2025-08-06T00:00", "-")
    assert "What an agent should know." in talks["Keynote: Lea Kahn"].abstract


def test_list_programme_reads_noon_as_noon() -> None:
    """``11:00 ~ 12:30 am`` after the morning's talks ends at half past noon, not at night."""
    talks = page(DATA / "programme-list.md", name="KCS 2023").conference.talks
    assert [(talk.title, *times(talk)) for talk in talks] == [
        ("Welcome: Kim Wang (Cloud Corp)", "2023-09-26T16:00", "2023-09-26T16:15"),
        ("Scheduling Updates", "2023-09-26T17:30", "2023-09-26T18:00"),
        ("Unconference", "2023-09-26T18:00", "2023-09-26T19:30"),
    ]


def test_saved_html_keeps_links_and_drops_scripts() -> None:
    """Titles carry the site's ids and addresses; what stands in scripts, styles, menus and footers is no talk."""
    conference = page(DATA / "iclr2021-session.html").conference
    (session,) = conference.sessions
    assert (session.key, session.title, session.chairs) == ("session-4237", "Oral Session 12", ("Ruth Bell", "Sam Cole"))
    assert [(talk.title, talk.source_id) for talk in conference.talks] == [
        ("Maps from ℓ_2 to Everywhere", "oral/3456"),
        ("", ""),
        ("Second to None", "oral/3457"),
    ]
    assert conference.talks[0].abstract == "Norms & maps, line by line.\nA second paragraph."
    assert conference.talks[2].speakers == ("Vic Dale",)


REFUSED = [
    ("events-without-titles.txt", "Nothing found in events-without-titles.txt: 2 entries have neither a title nor a time"),
    ("several-plans.md", "several-plans.md: It holds several schedules: “Tuesday, November 12” comes again in line 14"),
    ("times-without-days.html", "times-without-days.html has times (line 2, “8:00am”) whose days cannot be told"),
    ("weekdays-only.txt", "weekdays-only.txt names weekdays only (“Mon 8:55 a.m. - 6:00 p.m.”)"),
]


@pytest.mark.parametrize(("file", "sentence"), REFUSED)
def test_pages_that_cannot_be_read_say_why(file: str, sentence: str) -> None:
    """One sentence: what was found, and what is missing."""
    with pytest.raises(ReadError, match=re.escape(sentence)):
        page(DATA / file, name="ICML 2022", zone="UTC")


def test_cut_off_page_warns_and_is_read() -> None:
    """A page that ends in mid-word keeps all it has, with a warning that names the line."""
    understood = page(DATA / "icml-session.txt", name="ICML 2021")
    assert [warning for warning in understood.warnings if warning.startswith("line 25: the page ends in the middle")]
    assert understood.conference.talks[1].abstract.endswith("between space and ti")


ORAL_PAGE = """Oral Session

Oral 3A Reasoning

Moderator: Jane Example

Wed 16 Jul 10 a.m. PDT — 11 a.m. PDT

Abstract:

Wed 16 July 10:00 - 10:15 PDT

Thinking Backwards

Ada Quill · Ben Tarn

Half of the steps vanish.

{line}

Chains That Check Themselves

Dmitri Vale · Eun-ji Park

A model marks its own steps.

Wed 16 July 10:30 - 10:45 PDT

How Long Is A Thought?

Fatima Noor

Lengths follow a law.
"""


def oral(line: str) -> Reading:
    """The page of a session whose second talk has this date line, in line 19."""
    return read([Part("icml-2025.txt", ORAL_PAGE.format(line=line).encode())], Hints(now=NOW))


UNREAD = [
    "Wed 16 July 25:00 - 26:00 PDT",
    "Wed 16 July 10:75 - 10:90 PDT",
    "Wed 32 July 10:15 - 10:30 PDT",
    "Wedn 16 July 10:15 - 10:30 PDT",
    "Wed 16 Jully 10:15 - 10:30 PDT",
    "Wed 16 July 10h - 31h PDT",
    "Wed 16 July TBA PDT",
    "Wed 16 July 1015 - 1030 PDT",
    "Wed 16 July 10:15 - 10:30 PDT (moved)",
    "Wed 25:00 - 26:00",
    "July 16 10;15 - 10;30 PDT",
]


@pytest.mark.parametrize("line", UNREAD)
def test_a_date_line_that_cannot_be_read_costs_a_time_and_no_talk(line: str) -> None:
    """The talk stands with its title, speakers and text and without a slot; its line is warned of; nothing is cancelled."""
    understood = oral(line)
    assert [(talk.title, minute(talk.start), talk.abstract) for talk in understood.conference.talks] == [
        ("Thinking Backwards", "2025-07-16T17:00", "Half of the steps vanish."),
        ("Chains That Check Themselves", "-", "A model marks its own steps."),
        ("How Long Is A Thought?", "2025-07-16T17:30", "Lengths follow a law."),
    ]
    assert understood.conference.talks[1].speakers == ("Dmitri Vale", "Eun-ji Park")
    assert understood.partial
    (warning,) = understood.warnings
    assert warning.startswith(f"line 19: “{line}” looks like a time and cannot be read")


@pytest.mark.parametrize(
    "line", ["Wed 16 July 10h15 - 10:30 PDT", "Wed 16 July 10.15 - 10.30 PDT", "Wed 16 July 10h15 - 10h30 PDT"]
)
def test_hours_are_read_as_people_write_them(line: str) -> None:
    """``10h15`` and ``10.15`` behind a date are a quarter past ten."""
    understood = oral(line)
    assert times(understood.conference.talks[1]) == ("2025-07-16T17:15", "2025-07-16T17:30")
    assert (understood.warnings, understood.partial) == ((), False)


def test_a_session_whose_own_date_line_cannot_be_read_keeps_its_talks() -> None:
    """The line above all talks is warned of and makes no talk; the session runs from its first talk to the end of its last."""
    text = ORAL_PAGE.format(line="Wed 16 July 10:15 - 10:30 PDT").replace("11 a.m.", "25 a.m.")
    understood = read([Part("icml-2025.txt", text.encode())], Hints(now=NOW))
    (session,) = understood.conference.sessions
    assert (minute(session.start), minute(session.end)) == ("2025-07-16T17:00", "2025-07-16T17:45")
    assert len(understood.conference.talks) == 3
    assert understood.warnings[0].startswith("line 7: “Wed 16 Jul 10 a.m. PDT — 25 a.m. PDT”")


def test_a_poster_whose_date_line_cannot_be_read_does_not_take_its_sessions_time() -> None:
    """Posters without a line of their own have the session's slot; one with an unreadable line has none."""
    text = (
        ORAL_PAGE.format(line="Wed 16 July 25:00 PDT").replace("Oral Session", "Poster Session").replace("Oral 3A", "Posters")
    )
    talks = read([Part("icml-2025.txt", text.encode())], Hints(now=NOW)).conference.talks
    assert [(talk.kind, talk.scheduled) for talk in talks] == [("poster", True), ("poster", False), ("poster", True)]


def test_dates_in_running_text_begin_no_talk() -> None:
    """A date in an abstract that is no date line stays in the abstract."""
    text = ORAL_PAGE.format(line="Wed 16 July 10:15 - 10:30 PDT").replace(
        "Half of the steps vanish.", "We met\n16 July and later, from May 6 - 12,\nMonday to Friday.\n6 May was a good day."
    )
    understood = read([Part("icml-2025.txt", text.encode())], Hints(now=NOW))
    assert (len(understood.conference.talks), understood.warnings) == (3, ())
    assert understood.conference.talks[0].abstract.endswith("6 May was a good day.")


ENTRIES = "\n\nWed 16 Jul 10:00 - 10:15 PDT\n\nMaps\n\nAda Quill\n\nWed 16 Jul 10:15 - 10:30 PDT\n\nNets\n\nBen Tarn\n"
HEADS = [  # the head of a page, and what it says: conference, year and how it is known, session, kind of the talks
    ("ICML 2025\nOral 9Z", "ICML 2025", "the page's head", "Oral 9Z", "oral"),
    ("# ICML 2025\n\nOral 9Z", "ICML 2025", "the page's head", "Oral 9Z", "oral"),
    ("ICML 2025 Schedule\nOral 9Z", "ICML 2025", "the page's head", "Oral 9Z", "oral"),
    ("ICML 2025 Tutorial", "ICML 2025", "the page's head", "", "tutorial"),
    ("ICML 2025 Oral Session\nGrowing Nets\nModerator: Jane Doe", "ICML 2025", "the page's head", "Growing Nets", "oral"),
    ("https://icml.cc/virtual/2025/session/50271\nOral 9Z", "ICML 2025", "the URL", "Oral 9Z", "oral"),
    ("<https://icml.cc/virtual/2025/session/50271>\nOral 9Z", "ICML 2025", "the URL", "Oral 9Z", "oral"),
]


@pytest.mark.parametrize(("head", "name", "how", "title", "kind"), HEADS)
def test_a_page_says_its_conference_in_its_first_line(head: str, name: str, how: str, title: str, kind: str) -> None:
    """An acronym with a year, perhaps a kind, and a bare address give conference and year, and are no title, hall or room."""
    understood = read([Part("saved.txt", (head + ENTRIES).encode())], Hints(now=NOW))
    assert (understood.conference.name, understood.year, understood.year_from) == (name, 2025, how)
    assert "".join(session.title for session in understood.conference.sessions) == title
    assert [(talk.title, talk.kind, talk.slot.room) for talk in understood.conference.talks] == [
        ("Maps", kind, None),
        ("Nets", kind, None),
    ]


def test_the_address_of_a_page_is_its_sessions_identity() -> None:
    """The session of a page that begins with its address has the site's id."""
    text = f"https://icml.cc/virtual/2025/session/50271\n\nOral 9Z{ENTRIES}"
    (session,) = read([Part("saved.txt", text.encode())], Hints(now=NOW)).conference.sessions
    assert (session.key, session.url) == ("session-50271", "https://icml.cc/virtual/2025/session/50271")


def test_an_address_between_title_and_text_is_a_link() -> None:
    """It is neither names nor text of its talk."""
    text = ENTRIES.replace("Maps\n", "Maps\nhttps://maps.example.org/paper\n")
    first = read([Part("icml-2025.txt", f"Oral 9Z{text}".encode())], Hints(now=NOW)).conference.talks[0]
    assert (first.speakers, first.abstract, first.links) == (("Ada Quill",), "", ("https://maps.example.org/paper",))


def test_heads_of_two_conferences_name_none() -> None:
    """A menu of several conferences does not say which the page is of."""
    with pytest.raises(MissingFactsError, match="does not say its conference"):
        read([Part("saved.txt", f"ICML 2024\nICML 2025\nOral 9Z{ENTRIES}".encode())], Hints(now=NOW, year=2025))


def test_contradicting_letters_are_one_warning() -> None:
    """PST in July is Pacific wall time, said once for the whole import and not once a line."""
    text = (DATA / "icml-session.txt").read_text().replace("PDT", "PST")
    understood = read([Part("icml-2021.txt", text.encode())], Hints(now=NOW))
    assert minute(understood.conference.talks[0].start) == "2021-07-20T13:00"
    (warning,) = [warning for warning in understood.warnings if "PST" in warning]
    assert warning.startswith("line 10: The page says PST, but")


def test_letters_of_several_zones_are_refused_with_the_zones() -> None:
    """CST with nothing known is never guessed: the refusal names the zones it can be."""
    with pytest.raises(MissingFactsError) as caught:
        page(DATA / "neurips-poster-session.txt", name="NeurIPS 2023")
    assert caught.value.zone
    assert {"America/Chicago", "Asia/Shanghai"} <= set(caught.value.zones)
    assert "--zone" in str(caught.value)


def test_page_without_a_year_is_refused_with_the_years_that_fit() -> None:
    """A copy called page.txt, read years later, is not guessed; the refusal has everything that is missing in one sentence."""
    data = (DATA / "iclr2021-oral-session-11.txt").read_bytes()
    with pytest.raises(MissingFactsError) as caught:
        read([Part("page.txt", data)], Hints(now=NOW))
    assert caught.value.years == (2021, 2027)
    assert caught.value.conference
    assert str(caught.value) == (
        "page.txt does not say its conference and year (2021 and 2027 fit); "
        'say it, for example: planner import --conference "NAME 2027" page.txt'
    )


def test_year_near_the_day_of_import_is_taken_and_said() -> None:
    """Two weeks before the session its weekday alone decides, and the report says so."""
    data = (DATA / "iclr2021-oral-session-11.txt").read_bytes()
    understood = read([Part("page.txt", data)], Hints(now=datetime(2021, 4, 20, tzinfo=UTC), name="ICLR"))
    assert understood.year == 2021
    assert "weekday" in understood.year_from


def test_year_that_the_weekday_contradicts_is_refused() -> None:
    """``--year 2022``: 6 May is a Friday then, so the page is not read at all."""
    with pytest.raises(ReadError, match="6 May 2022 is a Friday") as caught:
        page(DATA / "iclr2021-oral-session-11.txt", year=2022)
    assert str(caught.value).count(". ") == 0


def test_one_wrong_weekday_costs_one_time() -> None:
    """Where most lines agree, the line that contradicts itself is warned of and its talk has no slot."""
    understood = oral("Wed 17 July 10:15 - 10:30 PDT")
    assert [times(talk) for talk in understood.conference.talks] == [
        ("2025-07-16T17:00", "2025-07-16T17:15"),
        ("-", "-"),
        ("2025-07-16T17:30", "2025-07-16T17:45"),
    ]
    (warning,) = understood.warnings
    assert warning.startswith("line 19: “Wed 17 July 10:15 - 10:30 PDT” says Wednesday, but 17 July 2025 is a Thursday")
    assert warning.endswith(".")
    assert not understood.partial


def test_a_wrong_weekday_of_the_session_itself_leaves_its_talks_their_times() -> None:
    """The session's own line is warned of; the session runs as its talks do."""
    text = ORAL_PAGE.format(line="Wed 16 July 10:15 - 10:30 PDT").replace("Wed 16 Jul 10 a.m.", "Wed 17 Jul 10 a.m.")
    understood = read([Part("icml-2025.txt", text.encode())], Hints(now=NOW))
    (session,) = understood.conference.sessions
    assert (session.key, minute(session.start)) == ("oral-3a-reasoning-2025-07-16", "2025-07-16T17:00")
    assert [talk.scheduled for talk in understood.conference.talks] == [True] * 3
    assert [warning[:7] for warning in understood.warnings] == ["line 7:"]


def test_half_of_the_weekdays_wrong_refuse_the_page() -> None:
    """Two lines for the year and two against it decide nothing."""
    text = ORAL_PAGE.format(line="Wed 17 July 10:15 - 10:30 PDT").replace("Wed 16 July 10:30", "Wed 17 July 10:30")
    with pytest.raises(ReadError, match=r"17 July 2025 is a Thursday \(the year is from the file's name\)"):
        read([Part("icml-2025.txt", text.encode())], Hints(now=NOW))


def test_a_year_from_another_page_is_not_called_a_flag() -> None:
    """The refusal of a second page says where its year comes from."""
    good, wrong = (
        ORAL_PAGE.format(line="Wed 16 July 10:15 - 10:30 PDT"),
        "Poster\n\nMaps\n\nAda Quill\n\nThu 16 Jul 11 a.m. PDT\n",
    )
    understood = read([Part("icml-2025.txt", good.encode()), Part("page.txt", wrong.encode())], Hints(now=NOW))
    (warning,) = understood.warnings
    assert "(the year is from the file's name)" in warning
    assert "the year is from --year" not in warning


def test_zone_of_the_page_beats_the_flag_for_letters() -> None:
    """PDT is Pacific time whatever ``--zone`` says; the flag names the conference's zone."""
    conference = page(DATA / "iclr2021-oral-session-11.txt", zone="Europe/Vienna").conference
    assert minute(conference.talks[0].start) == "2021-05-06T18:00"
    assert conference.zone == "Europe/Vienna"


def test_known_zone_serves_times_without_one() -> None:
    """What an earlier import of the conference learned serves a page that names no zone."""
    (talk,) = page(DATA / "nips-event-2016.txt", known="Europe/Madrid").conference.talks
    assert minute(talk.start) == "2016-12-10T07:00"


def test_reading_twice_gives_the_same() -> None:
    """Identities and everything else depend on the page alone."""
    for path in sorted(DATA.iterdir()):
        first, second = (answer(path.read_bytes(), path.name) for _ in range(2))
        assert first == second


def answer(data: bytes, name: str) -> object:
    """The reading or the sentence with which it is refused."""
    try:
        return read([Part(name, data)], Hints(now=NOW, zone="UTC", name="Any 2021"))
    except PlannerError as error:
        return str(error)


LINES = sorted({line for path in DATA.iterdir() for line in path.read_text().splitlines()})
BITS = st.sampled_from(
    ["\\", "$", "[", "]", "(", "](", "**", "<", ">", "</div>", "\x00", "\x1b[2J", "\u202e", "|", "12:", "99", "—"]
)


@given(
    st.lists(st.one_of(st.sampled_from(LINES), BITS, st.text(max_size=30)), max_size=40),
    st.sampled_from(["\n", "\n\n", "\r\n"]),
    st.booleans(),
)
@settings(max_examples=150)
def test_no_mixture_of_lines_breaks_the_reader(lines: list[str], end: str, as_html: bool) -> None:
    """Any mixture of real shapes and rubbish is read or refused with a sentence; what is read is sound."""
    text = end.join(lines)
    data = f"<!doctype html><html><body>{text}" if as_html else text
    got = answer(data.encode("utf-8", "surrogatepass"), "page.txt")
    if isinstance(got, Reading):
        talks = got.conference.talks
        assert len({talk.uid for talk in talks}) == len(talks)
        assert all(talk.kind in KINDS and (talk.kind == "untitled") == (not talk.title) for talk in talks)
        assert all(talk.end is None or talk.start is None or talk.start < talk.end for talk in talks)
        assert all(talk.session is None or talk.session in {one.key for one in got.conference.sessions} for talk in talks)
        assert not any(sign in talk.title + talk.abstract + talk.raw for talk in talks for sign in "\x00\x1b\u202e")


@given(st.text(max_size=300))
def test_claims_answers_for_any_text(text: str) -> None:
    """Asking whether a text is a page never raises."""
    assert claims(text, Part("x", b"")) in {True, False}
    assert FORMATS == ("page",)


def wrapped(text: str) -> str:
    """The text with its long lines broken at 70 signs, as mail and editors do."""
    return "\n".join(textwrap.fill(line, 70) if len(line) > 150 else line for line in text.split("\n"))


def html_of(text: str, before: str, after: str) -> str:
    """A saved page with each line between two pieces of HTML."""
    return (
        "<!doctype html><html><body>"
        + "".join(f"{before}{html.escape(line)}{after}\n" for line in text.split("\n"))
        + "</body></html>"
    )


SAVED = {  # how one page can come to a disk
    "carriage returns": lambda text: text.replace("\n", "\r\n").encode(),
    "byte-order mark": lambda text: b"\xef\xbb\xbf" + text.encode(),
    "UTF-16": lambda text: text.encode("utf-16"),
    "hard blanks": lambda text: re.sub(
        "^Thu.*$", lambda found: found[0].replace(" ", "\u00a0"), text, flags=re.MULTILINE
    ).encode(),
    "no empty lines": lambda text: re.sub(r"\n+", "\n", text).encode(),
    "empty lines doubled": lambda text: text.replace("\n", "\n\n").encode(),
    "indented": lambda text: textwrap.indent(text, "    ").encode(),
    "quoted": lambda text: textwrap.indent(text, "> ", lambda _: True).encode(),
    "a list": lambda text: textwrap.indent(text, "- ").encode(),
    "Markdown": lambda text: (
        re.sub(r"(^Thu.*\n\n)(\w.*)$", r"**\1### \2", text, flags=re.MULTILINE).replace("PDT\n", "PDT**\n").encode()
    ),
    "wrapped": lambda text: wrapped(text).encode(),
    "HTML paragraphs": lambda text: html_of(text, "<p>", "</p>").encode(),
    "HTML line breaks": lambda text: html_of(text, "", "<br>").encode(),
    "preformatted HTML": lambda text: f"<!doctype html><html><body><pre>{html.escape(text)}</pre></body></html>".encode(),
    "dashes": lambda text: text.replace(" - ", " — ").encode(),
    "month first": lambda text: text.replace("Thu 6 May", "Thu May 6").encode(),
    "whole dates": lambda text: text.replace("Thu 6 May", "Thursday, May 6th, 2021,").encode(),
    "places": lambda text: text.replace(" PDT", " (PDT) @ None").encode(),
    "commas": lambda text: text.replace(" · ", ", ").encode(),
}


@pytest.mark.parametrize("way", SAVED)
def test_a_page_is_the_same_however_it_was_saved(way: str) -> None:
    """Encodings, line ends, blank lines, Markdown, HTML, signs and orders of the date line change nothing of what is read."""
    text = (DATA / "iclr2021-oral-session-11.txt").read_text()
    saved = read([Part("page.txt", SAVED[way](text))], Hints(now=NOW, name="ICLR 2021")).conference
    plain = read([Part("page.txt", text.encode())], Hints(now=NOW, name="ICLR 2021")).conference
    assert [(session.title, session.chairs) for session in saved.sessions] == [
        (one.title, one.chairs) for one in plain.sessions
    ]
    assert [(talk.title, *times(talk), talk.speakers, talk.uid) for talk in saved.talks] == [
        (talk.title, *times(talk), talk.speakers, talk.uid) for talk in plain.talks
    ]


def test_reading_is_the_same_in_every_zone_and_language() -> None:
    """The machine's zone and locale play no part: a reader in Tokyo and one in Los Angeles get the same bytes."""
    code = (
        "import sys; from datetime import *; from planner.readers import *; "
        "data = open(sys.argv[1], 'rb').read(); "
        "print(ascii(read([Part('iclr2021.txt', data)], Hints(now=datetime(2026, 11, 22, tzinfo=timezone.utc)))))"
    )
    answers = set()
    for zone, language in (("Asia/Tokyo", "C"), ("America/Los_Angeles", "de_DE.UTF-8"), ("Pacific/Apia", "C.UTF-8")):
        environ = {**os.environ, "TZ": zone, "LANG": language, "LC_ALL": language}
        arguments = [sys.executable, "-c", code, str(DATA / "iclr2021-oral-session-11.txt")]
        answers.add(subprocess.run(arguments, env=environ, capture_output=True, text=True, check=True).stdout)
    assert len(answers) == 1


REAL: list[tuple[str, dict[str, object], int, int, str, str, str | None]] = [
    # counted on the pages by hand: talks with a title, slots without, first start, last start (``-``: no time), zone
    ("iclr2024_poster-18794_no-date.txt", {}, 1, 0, "-", "-", None),
    # 6+7+4+7+7+7+5 talks and two poster sessions; 10:30 and 11:42 at -03:00
    ("iclr2026_calendar_excerpt.txt", {}, 45, 0, "2026-04-23T13:30", "2026-04-24T14:42", "America/Sao_Paulo"),
    ("icml2019_workshop_talk-list_pdt-at-none.md", {}, 12, 0, "2019-06-15T17:50", "2019-06-16T00:00", "America/Los_Angeles"),
    (
        "icml2021_session-11974_automl-and-deep-architecture.txt",
        {},
        2,
        0,
        "2021-07-20T13:00",
        "2021-07-20T13:20",
        "America/Los_Angeles",
    ),
    ("icml2023_day-07-28.txt", {}, 3, 0, "2023-07-28T17:00", "2023-07-28T18:50", "Pacific/Honolulu"),
    ("icml2026_poster_autotool_markdown.md", {}, 1, 0, "2026-07-09T05:30", "2026-07-09T05:30", "America/Los_Angeles"),
    ("neurips2020_poster_public.txt", {}, 2, 0, "2020-12-08T03:20", "2020-12-08T05:00", None),
    ("neurips2021_session-44803_oral-session-1.txt", {}, 3, 0, "2021-12-07T08:00", "2021-12-07T08:20", "America/Los_Angeles"),
    ("neurips2022_day-12-03.txt", {}, 4, 0, "2022-12-03T13:15", "2022-12-03T13:30", "America/Chicago"),
    # Barcelona, which the page does not say: 8:00 at +01:00
    (
        "nips2016_schedule-multitrack-6248.txt",
        {"zone": "Europe/Madrid"},
        1,
        0,
        "2016-12-10T07:00",
        "2016-12-10T07:00",
        "Europe/Madrid",
    ),
    # Shanghai, which the page does not say: 9:00 and 11:00 at +08:00
    (
        "nb_kubernetes-contributor-summit_2023_kcscn.md",
        {"zone": "Asia/Shanghai"},
        6,
        0,
        "2023-09-26T01:00",
        "2023-09-26T03:00",
        "Asia/Shanghai",
    ),
    # 57 rows with a title beside a time or none, and 13 breaks and meals; Cambridge
    (
        "nb_delphin-cambridge_schedule.md",
        {"name": "DELPH-IN 2019", "zone": "Europe/London"},
        70,
        0,
        "2019-07-15T08:30",
        "2019-07-19T13:00",
        "Europe/London",
    ),
    # 1 + 10 + 8 + 7 + 7 + 3 entries with a time, and on three days tracks 2, 3 and 4 beside track 1; Edmonton, 14:00 at -06:00
    (
        "nb_rlc2025_schedule.html",
        {"zone": "America/Edmonton"},
        45,
        0,
        "2025-08-04T20:00",
        "2025-08-09T17:00",
        "America/Edmonton",
    ),
    ("nb_neurips2024-d3s3-workshop_schedule.md", {}, 15, 0, "2024-12-15T16:15", "2024-12-16T00:30", "America/Los_Angeles"),
]


@real
@pytest.mark.parametrize(
    ("file", "said", "titled", "untitled", "first", "last", "zone"), REAL, ids=lambda value: str(value)[:30]
)
def test_every_real_page(  # noqa: PLR0917  (a table's columns)
    file: str, said: dict[str, object], titled: int, untitled: int, first: str, last: str, zone: str | None
) -> None:
    """The number of talks, the first and the last start and the zone of each real page."""
    conference = page(SHARED / "samples" / "A" / file, **said).conference  # type: ignore[arg-type]
    starts = sorted(minute(talk.start) for talk in conference.talks if talk.start) or ["-"]
    kinds = [talk.kind == "untitled" for talk in conference.talks]
    assert (kinds.count(False), kinds.count(True), starts[0], starts[-1], conference.zone) == (
        titled,
        untitled,
        first,
        last,
        zone,
    )


REAL_REFUSED = [
    (
        "icml2022_events-workshop-list.txt",
        {},
        "Nothing found in icml2022_events-workshop-list.txt: 2 entries have neither a title",
    ),
    ("neurips2021_schedule-multitrack-21866.txt", {}, "names weekdays only (“Mon 8:55 a.m. - 6:00 p.m.”)"),
    ("nips2016_schedule-multitrack-6248.txt", {}, "does not say its time zone; say it, for example: planner import --zone"),
    (
        "nb_kubecon-na_recommended-schedules.md",
        {},
        "It holds several schedules: “Tuesday, November 12” comes again in line 267",
    ),
    ("nb_kubernetes-contributor-summit_2022_kcsna.md", {}, "is in no known format; looked for: "),
    ("nb_pyohio2026_schedule.md", {}, "does not say its time zone"),
    ("nb_rlc2024_calendar.html", {}, "has times (line 440, “8:00am”) whose days cannot be told"),
]


@real
@pytest.mark.parametrize(("file", "said", "sentence"), REAL_REFUSED, ids=lambda value: str(value)[:30])
def test_real_pages_that_cannot_be_read_say_why(file: str, said: dict[str, object], sentence: str) -> None:
    """Pages without titles, days or zone, and files with several schedules, are refused with what is wrong."""
    with pytest.raises(ReadError, match=re.escape(sentence)):
        page(SHARED / "samples" / "A" / file, **said)  # type: ignore[arg-type]


def test_titles_above_their_times_to_the_end() -> None:
    """Where nothing stands below the last date line, each ends its entry: no title gets the time of the one above it."""
    text = """Timezone: Europe/Berlin
Talk about Apples and Pears
Mon 3 May 2027 10:00 - 10:30
Talk about Bees and Wasps
Mon 3 May 2027 10:30 - 11:00
Talk about Cows and Dogs
Mon 3 May 2027 11:00 - 11:30
"""
    reading = read([Part("page.txt", text.encode())], Hints(now=NOW, name="Farm 2027"))
    assert [(talk.title, minute(talk.start)) for talk in reading.conference.talks] == [
        ("Talk about Apples and Pears", "2027-05-03T08:00"),
        ("Talk about Bees and Wasps", "2027-05-03T08:30"),
        ("Talk about Cows and Dogs", "2027-05-03T09:00"),
    ]


def test_a_page_of_markdown_with_its_programme_in_html() -> None:
    """The source of a page, as repositories hold it: its table of HTML is a table, and headings in cells are titles."""
    text = """---
layout: default
---

# Program

**Monday, October 21, 2019**
**Convention Centre, Ballroom A**

<table class="program">
  <tr>
    <td>9:00am &ndash; 9:20am</td>
    <td>Opening Remarks</td>
  </tr>
  <tr>
    <td>9:20am &ndash; 10:10am</td>
    <td>
      <h4>Bees in the Age of Data</h4>
      <i>Ann Lee</i>
    </td>
  </tr>
  <tr>
    <td>1:50pm &ndash; 2:20 pm</td>
    <td>Lunch</td>
  </tr>
</table>

# Posters

They stand there all day.
"""
    reading = read([Part("program.md", text.encode())], Hints(now=NOW, name="Hive 2019", zone="America/Vancouver"))
    assert [(talk.title, minute(talk.start), minute(talk.end), talk.speakers) for talk in reading.conference.talks] == [
        ("Opening Remarks", "2019-10-21T16:00", "2019-10-21T16:20", ()),
        ("Bees in the Age of Data", "2019-10-21T16:20", "2019-10-21T17:10", ("Ann Lee",)),
        ("Lunch", "2019-10-21T20:50", "2019-10-21T21:20", ()),
    ]
    assert not any(talk.abstract for talk in reading.conference.talks)


@pytest.mark.parametrize(
    ("sentence", "zone"),
    [
        ("Timings are based on the host time in the UK (BST/GMT+01/UTC+01).", "Europe/London"),
        ("All time is local time in New York EDT. All sessions will be recorded.", "America/New_York"),
        ("All times are shown in CEST (UTC+2).", "Europe/Berlin"),
        ("All times below are UTC+9.", "Etc/GMT-9"),
        ("Displayed time zone: Eastern Time (US & Canada) change", "America/New_York"),
        ("Displayed time zone: Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna", "Europe/Berlin"),
    ],
)
def test_a_sentence_that_says_the_zone_of_all_times(sentence: str, zone: str) -> None:
    """Letters come before the offset beside them, an offset alone is exact."""
    text = f"{sentence}\n\nTuesday 7 July 2026\n9:00 - 10:00 Bees\n14:00 - 15:00 Wasps\n"
    reading = read([Part("page.txt", text.encode())], Hints(now=NOW, name="Hive 2026"))
    start = datetime(2026, 7, 7, 9, tzinfo=ZoneInfo(zone)).astimezone(UTC)
    assert reading.conference.talks[0].start == start


def test_a_registration_of_images_is_no_break() -> None:
    """Only the registration of people is."""
    text = (
        "Timezone: UTC\n\nTuesday 7 July 2026\n8:00 - 9:00 Registration\n9:00 - 9:30 Deformable Image Registration of Bees\n"
    )
    reading = read([Part("page.txt", f"{text}14:00 - 15:00 Wasps\n".encode())], Hints(now=NOW, name="Hive 2026"))
    assert [talk.kind for talk in reading.conference.talks] == ["break", "talk", "talk"]


def cards(*titles: str) -> Reading:
    """A session page with a talk of each title, its names and a time, read on the pinned day."""
    talks = (
        f"Thu 6 May 1{at}:00 - 1{at}:15 PDT\n\n{title}\n\n{'Bob Cee' if at else 'Ann Dee'} · Eve Fay\n"
        for at, title in enumerate(titles)
    )
    text = "\n".join(("Oral Session 1\n\nModerators: Gil Haa\n", *talks))
    return read([Part("page.txt", text.encode())], Hints(now=NOW, name="ICLR 2021"))


@pytest.mark.parametrize("title", ["14:30", "14:00-14:30", "Thu 6 May 2021", "204", "12.", "Schedule"])
def test_a_title_that_names_no_talk_is_doubted(title: str) -> None:
    """Clocks, dates, numbers and phrases of the site: told with their line, and nothing is cancelled."""
    found = cards("Bees", title, "Wasps")
    assert [warning.partition(";")[0] for warning in found.warnings] == [f"line 13: no talk can be called “{title}”"]
    assert found.partial


def test_a_page_without_a_title_that_names_a_talk_is_refused() -> None:
    """Numbers in the places of titles: the first is told with its line, and how many there are."""
    with pytest.raises(
        ReadError, match=r"line 7: no talk can be called “12.” \(and 2 more like it\), and page.txt has no other"
    ):
        cards("12.", "14.", "16.")


def test_one_title_on_most_talks_is_doubted() -> None:
    """Three of four talks called alike are told; as many kinds, or two of four, are not."""
    said = "line 7: 3 of 4 talks are called “Click me”; if that is no title, save it as HTML"
    assert any(warning.startswith(said) for warning in cards("Click me", "Click me", "Bees", "Click me").warnings)
    assert cards("Click me", "Click me", "Bees", "Wasps").warnings == ()
    assert cards("Invited Talk", "Invited Talk", "Bees", "Invited Talk").warnings == ()
    assert cards("3D Bees at 9:30", "2048: a Game", "At Midnight", "Friday").warnings == ()
