"""Pages of sessions and papers in the orders that the sites and those who save them write, above or below their dates."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from planner.readers import Hints, Part, read

VANCOUVER = ZoneInfo("America/Vancouver")


def talks(text: str, name: str = "icml-2025.txt") -> list[tuple[str, str, str, tuple[str, ...]]]:
    """Day and clock in Vancouver, title, kind and speakers of each talk of a page of July 2025."""
    found = read([Part(name, text.encode())], Hints(now=datetime(2026, 11, 22, tzinfo=UTC), zone="America/Vancouver"))
    return [
        (f"{talk.start.astimezone(VANCOUVER):%d %H:%M}" if talk.start else "-", talk.title, talk.kind, talk.speakers)
        for talk in found.conference.talks
    ]


BEES, ANTS = ("Ann Lee", "Bo Chen"), ("Cy Dee", "Eve Eff")


@pytest.mark.parametrize(
    ("between", "second"),
    [
        ("Oral presentation: Oral Session 3\n", "oral"),
        ("", "poster"),
        ("[ OpenReview ]\n\nOral presentation: Bees Dance\n", "oral"),
    ],
)
def test_a_paper_with_two_slots(between: str, second: str) -> None:
    """What stands between the date lines of a paper says where its second slot is; both have its title and speakers."""
    page = "Poster\n\nBees Dance\n\nAnn Lee · Bo Chen\n\nHall A #12\n\nTue 15 July 9 a.m. PDT — 11 a.m. PDT\n\n"
    page += f"{between}Mon 14 July 7 p.m. PDT — 8 p.m. PDT\n\nAbstract:\n\nThey do.\n\n"
    page += "Related Events (a corresponding poster)\n\n2025 Poster: Wasps »\nWed. Jul 16th 06:35 -- 06:40 PM Room 307\n"
    assert talks(page) == [("15 09:00", "Bees Dance", "poster", BEES), ("14 19:00", "Bees Dance", second, BEES)]


@pytest.mark.parametrize("blank", ["", "\n"])
def test_dates_below_the_titles_of_a_day(blank: str) -> None:
    """Where authors stand below date lines, each title stands above its own; its time is not that of the talk before."""
    page = f"Registration Desk\n{blank}Tue 15 July 07:15 a.m.\n\nBees Dance\n{blank}Tue 15 July 07:30 a.m.\n\n"
    page += f"Ann Lee · Bo Chen\n\nThey do.\n\nAnts March\n{blank}Tue 15 July 08:30 a.m.\n\nCy Dee · Eve Eff\n\nIn lines.\n"
    assert talks(page) == [
        ("15 07:15", "Registration Desk", "break", ()),
        ("15 07:30", "Bees Dance", "talk", BEES),
        ("15 08:30", "Ants March", "talk", ANTS),
    ]


def test_a_workshop_with_posters_that_have_no_time() -> None:
    """The start in its head is that of the workshop; kinds stand in brackets on three lines, and a dash for no date."""
    page = "Workshop\n\nInsects at Large\n\nAda Moss · Al Fern\n\nTue 15 July, 7:30 a.m. PDT\n\n"
    page += "Insects have proven to be many.\n\nSchedule\n\n"
    page += "Tue 7:30 a.m. - 8:00 a.m.\n\nBees Dance\n\n(\nTalk\n)\n\n>\n\nAnn Lee · Bo Chen\n\n"
    page += "Tue 8:00 a.m. - 8:05 a.m.\n\nClosing Remarks\n\n-\n\nAnts March\n\n(\nPoster\n)\n\n>\n\nCy Dee · Eve Eff\n"
    assert talks(page) == [
        ("15 07:30", "Bees Dance", "talk", BEES),
        ("15 08:00", "Closing Remarks", "talk", ()),
        ("-", "Ants March", "poster", ANTS),
    ]


@pytest.mark.parametrize("aside", ["   Bookmark", " (live)", " | Add to Calendar"])
def test_what_stands_beside_dates_and_is_no_title(aside: str) -> None:
    """A button that was saved beside some of the date lines changes nothing, and a break under its own is a talk."""
    page = f"Session\n\nInsects\n\nModerator: Al Fern\n\nTue 15 July 9:00 - 9:15 PDT{aside}\n(Oral)\nBees Dance\n\n"
    page += "Ann Lee · Bo Chen\n\n"
    page += "Tue 15 July 9:15 - 9:30 PDT\nBreak\n\n"
    page += f"Tue 15 July 9:30 - 9:45 PDT{aside}\n(Oral)\nAnts March\n\nCy Dee · Eve Eff\n"
    assert talks(page) == [
        ("15 09:00", "Bees Dance", "oral", BEES),
        ("15 09:15", "Break", "break", ()),
        ("15 09:30", "Ants March", "oral", ANTS),
    ]


def test_kinds_before_dates_below_their_headings() -> None:
    """``__Tutorial | Tue July 15th 08:30 -- 10:30 AM @ Room 5__`` is a date line under the heading with its title."""
    form = "## [{}](https://icml.cc/Conferences/2025/Schedule?showEvent={})\n"
    form += "__Tutorial | Tue July 15th {} @ Room 5__\n_{}_\nOn them.\n\n"
    page = form.format("Bees Dance", 1, "08:30 -- 10:30 AM", "Ann Lee, Bo Chen")
    page += form.format("Ants March", 2, "11:00 AM -- 01:00 PM", "Cy Dee, Eve Eff")
    assert talks(page, "icml-2025.md") == [
        ("15 08:30", "Bees Dance", "tutorial", BEES),
        ("15 11:00", "Ants March", "tutorial", ANTS),
    ]


def test_a_place_between_the_date_and_the_heading() -> None:
    """The heading below it is the title; the date at which a program saved the page is nobody's."""
    page = "- Captured (UTC): 2026-06-29T16:32:51+00:00\n\nOral\n\nWed, Jul 16, 2025 • 9:00 AM – 9:15 AM PDT\n\nAuditorium\n\n"
    page += "Bees Dance\n==========\n\nAnn Lee ⋅ Bo Chen\n"
    assert talks(page, "icml-2025.md") == [("16 09:00", "Bees Dance", "oral", BEES)]


@pytest.mark.parametrize("lines", ["We show\n-\nthat they dance\n-\nAnd that they stop\n", "-\n"])
def test_a_dash_alone_that_is_no_poster(lines: str) -> None:
    """The points of an abstract, and a dash with nothing behind it, are no talks."""
    page = f"Session\n\nInsects\n\nTue 15 July 9:00 - 9:20 PDT\nBees Dance\nAnn Lee · Bo Chen\n{lines}"
    page += "Tue 15 July 9:20 - 9:40 PDT\nAnts March\nCy Dee · Eve Eff\n"
    assert talks(page) == [("15 09:00", "Bees Dance", "talk", BEES), ("15 09:20", "Ants March", "talk", ANTS)]


def test_events_titled_by_their_kind_are_no_slots_of_the_first() -> None:
    """``Tutorial: Wasps`` above a date below a talk is an event of its own, never that talk once more."""
    page = "Invited Talk\n\nBees Dance\n\nAnn Lee · Bo Chen\n\nTue 15 July 9 a.m. PDT — 11 a.m. PDT\n\n"
    page += "Tutorial: Wasps\n\nMon 14 July 7 p.m. PDT — 8 p.m. PDT\n\nAbstract:\n\nThey do.\n"
    assert ("14 19:00", "Bees Dance", "tutorial", BEES) not in talks(page)


def test_pages_of_two_sessions_in_one_file() -> None:
    """Each session has its own title, chairs and talks, and the head of the second is neither a room nor a slot."""
    page = "".join(
        f"Session\n\n{title}\n\nModerator: {chair}\n\n{day} 1 p.m. PDT — 2 p.m. PDT\n\n"
        f"{day} 13:00 - 13:30 PDT\n\n(Oral)\nBees {chair}\n\nAnn Lee\n\n"
        f"{day} 13:30 - 14:00 PDT\n\n(Oral)\nAnts {chair}\n\nCy Dee\n\n"
        for title, chair, day in (("Oral 1: Wings", "Di Fox", "Tue 15 Jul"), ("Oral 2: Legs", "Eva Gil", "Wed 16 Jul"))
    )
    found = read([Part("icml-2025.txt", page.encode())], Hints(now=datetime(2026, 11, 22, tzinfo=UTC))).conference
    assert [(one.title, one.chairs) for one in found.sessions] == [
        ("Oral 1: Wings", ("Di Fox",)),
        ("Oral 2: Legs", ("Eva Gil",)),
    ]
    assert talks(page) == [
        ("15 13:00", "Bees Di Fox", "oral", ("Ann Lee",)),
        ("15 13:30", "Ants Di Fox", "oral", ("Cy Dee",)),
        ("16 13:00", "Bees Eva Gil", "oral", ("Ann Lee",)),
        ("16 13:30", "Ants Eva Gil", "oral", ("Cy Dee",)),
    ]
    assert all(talk.slot.room is None for talk in found.talks)


def test_kinds_and_places_above_the_dates_of_cards() -> None:
    """A kind with its place before each date line belongs to the card below the date, the first and the last too."""
    cards = (("101", "Bees Dance"), ("2504", "Ants March"), ("2505", "Wasps Wait"))
    page = "ICML 2025\n\n" + "".join(
        f"Poster\nHall C,D #{board}\nWed 16 Jul 11 a.m. PDT — 2 p.m. PDT\n{title}\nAnn Lee · Bo Chen\nAbstract\nThey do.\n"
        for board, title in cards
    )
    assert talks(page) == [("16 11:00", title, "poster", BEES) for _, title in cards]
    found = read([Part("icml-2025.txt", page.encode())], Hints(now=datetime(2026, 11, 22, tzinfo=UTC))).conference.talks
    assert [(talk.slot.room, talk.slot.board, talk.abstract) for talk in found] == [
        ("Hall C,D", board, "They do.") for board, _ in cards
    ]


def test_a_card_whose_title_lost_its_link_is_one_like_its_neighbours() -> None:
    """Where the titles with links to their pages are headings, each heading of that size begins a card."""
    page = "## Session 8: Wings\n\nModerator: Di Fox\n\n" + "".join(
        f"##### **{title}**\n\nAnn Lee ⋅ Bo Chen\n\nThey do.\n\n"
        for title in ("[Bees Dance](/virtual/2025/poster/1)", "[Ants March](/virtual/2025/poster/2)", "Wasps Wait")
    )
    assert talks(page, "icml-2025.md") == [("-", title, "talk", BEES) for title in ("Bees Dance", "Ants March", "Wasps Wait")]


@pytest.mark.parametrize("linked", [1, 2])
def test_headings_below_papers_are_no_papers(linked: int) -> None:
    """What stands below the last paper of a page without times, in headings like the titles', is none of its papers."""
    papers = [("Bees Dance", "Ann Lee · Bo Chen"), ("Ants March", "Cy Dee · Eve Eff")][:linked]
    page = "# ICML 2025\n\n" + "".join(
        f"## [{title}](https://icml.cc/virtual/2025/poster/{number})\n\n{names}\n\n"
        for number, (title, names) in enumerate(papers)
    )
    found = talks(
        f"{page}## Links\n\n[Paper](https://openreview.net/forum?id=1)\n\n## Citation\n\n@inproceedings{{x}}\n", "p.md"
    )
    assert [title for _, title, _, _ in found] == [title for title, _ in papers]
