"""Pages that a tool broke at a column: they read as before, and pages whose lines are their writers' are left as they are."""

from __future__ import annotations

import re
import textwrap
from datetime import UTC, datetime
from pathlib import Path

import pytest

from planner.readers import Hints, Part, read
from planner.readers.pages_lines import JOINED
from planner.readers.pages_wrapped import unwrapped

TYPE_CHECKING = False
if TYPE_CHECKING:
    from planner.model import Reading

SHARED = Path(__file__).parents[2] / "shared"
real = pytest.mark.skipif(not SHARED.is_dir(), reason="the real pages stand beside the project, not in it")
FOUNDING = Path(__file__).parent / "data" / "pages" / "iclr2021-oral-session-11.txt"
PAGES = [
    SHARED / "seeds/iclr2021-oral-session-11.txt",
    *(
        SHARED / "samples/A" / f"{name}"
        for name in (
            "iclr2024_poster-18794_no-date.txt",
            "iclr2026_calendar_excerpt.txt",
            "icml2019_workshop_talk-list_pdt-at-none.md",
            "icml2021_session-11974_automl-and-deep-architecture.txt",
            "icml2023_day-07-28.txt",
            "icml2026_poster_autotool_markdown.md",
            "neurips2020_poster_public.txt",
            "neurips2021_session-44803_oral-session-1.txt",
            "neurips2022_day-12-03.txt",
            "nips2016_schedule-multitrack-6248.txt",
        )
    ),
]
DAY = """\
Timezone: America/Chicago

Learning to Read the Pages That Somebody Wrapped Workshop Sat 3 Dec 07:30 a.m.

Ann Bee · Cy Dee · Eli Fay · Gil Haa · Ina Jay · Kim Lee · Mia Noa · Oda Poe · Quin Ray · Sue Tim · Una Vee · Wim Xu

We read what a browser for terminals wrote, which breaks each line when the next word has no more room in it, and we say \
which words were in one line before that. Nobody has to save the page again then, whatever the tool was called that wrote it, \
and whatever its column was. There is more to say of it than three lines hold, so that one sees \
at which column they were broken.

Clocks and Those Who Trust Them, a Story Without an End in It Workshop Sat 3 Dec 09:30 a.m.

A Title of More Words Than a Line of a Browser for Terminals Has Non-Room For, and Then Some Workshop Sat 3 Dec 08:00 a.m.

Rob Sue · Tom Una
"""
"""A day page with titles, names and an abstract in a line each, and dates behind titles."""

SESSION = """\
Oral Session 1

Moderators: Ann Bee

Thu 6 May 11:00 - 11:15 PDT

A First Talk on What Is Left of a Page That Somebody Saved
Cy Dee, Eli Fay

It has an abstract that goes on for a while, so that it takes more than three lines of sixty columns, which is what tells a \
page that was broken from one whose writers had not more than that to say in a line of theirs, and so broke it here. That is \
said in as many words as it takes for six lines.

Thu 6 May 25:15 - 26:30 PDT

A Second Talk
Gil Haa, Ina Jay
"""
"""A session page with names right below titles, the first of which leaves them no room in 60 columns, and a date of no day."""


def reading(text: str, name: str = "page.txt") -> Reading:
    """The text read as an import would, in the year that its file's name says, in 2021 without one."""
    year = re.search(r"20\d\d", name)
    hints = Hints(now=datetime(2026, 11, 22, tzinfo=UTC), name=f"Conf {year[0] if year else 2021}", zone="America/Los_Angeles")
    return read([Part(name, text.encode())], hints)


def wrapped(text: str, width: int) -> str:
    """The text with each line broken at a column, as tools do; rows and empty lines stay."""
    broken = (
        line if line.startswith("|") or not line.strip() else textwrap.fill(line, width, break_long_words=False)
        for line in text.split("\n")
    )
    return "\n".join(broken)


def told(found: Reading) -> tuple[object, ...]:
    """All that was read, but for the identity of what was saved: raw text and the numbers of lines."""
    talks = [talk._replace(raw="") for talk in found.conference.talks]
    return talks, found.conference.sessions, [re.sub(r"line \d+", "line", one) for one in found.warnings]


@real
@pytest.mark.parametrize("width", [60, 72, 78, 100])
@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_real_page_reads_as_before_it_was_wrapped(path: Path, width: int) -> None:
    """Titles, names, abstracts, links, sessions and warnings of each page of the family are those of the page as it was."""
    text = path.read_text()
    assert told(reading(wrapped(text, width), path.name)) == told(reading(text, path.name))


@pytest.mark.parametrize("width", [60, 72, 78, 100])
def test_the_founding_page_reads_as_before_it_was_wrapped(width: int) -> None:
    """Sixteen talks with their titles, authors and abstracts."""
    text = FOUNDING.read_text()
    assert told(reading(wrapped(text, width))) == told(reading(text))


@pytest.mark.parametrize("width", range(50, 101))
def test_titles_and_dates_in_two_lines_are_one(width: int) -> None:
    """Titles, names, dates behind titles and words with hyphens come out whole, wherever they were broken."""
    text = wrapped(DAY, width)
    assert max(map(len, text.split("\n"))) <= width
    talks = reading(text, "day-2022.txt").conference.talks
    assert [(talk.title, talk.speakers, talk.start) for talk in talks] == [
        (
            "Learning to Read the Pages That Somebody Wrapped Workshop",
            (
                "Ann Bee",
                "Cy Dee",
                "Eli Fay",
                "Gil Haa",
                "Ina Jay",
                "Kim Lee",
                "Mia Noa",
                "Oda Poe",
                "Quin Ray",
                "Sue Tim",
                "Una Vee",
                "Wim Xu",
            ),
            datetime(2022, 12, 3, 13, 30, tzinfo=UTC),
        ),
        (
            "Clocks and Those Who Trust Them, a Story Without an End in It Workshop",
            (),
            datetime(2022, 12, 3, 15, 30, tzinfo=UTC),
        ),
        (
            "A Title of More Words Than a Line of a Browser for Terminals Has Non-Room For, and Then Some Workshop",
            ("Rob Sue", "Tom Una"),
            datetime(2022, 12, 3, 14, 0, tzinfo=UTC),
        ),
    ]


def test_warnings_name_the_lines_of_the_file() -> None:
    """A date line below a joined abstract is told by its number in the file; names below a title that is full stay names."""
    text = wrapped(SESSION, 60)
    found = reading(text)
    assert [(talk.title, talk.speakers) for talk in found.conference.talks] == [
        ("A First Talk on What Is Left of a Page That Somebody Saved", ("Cy Dee", "Eli Fay")),
        ("A Second Talk", ("Gil Haa", "Ina Jay")),
    ]
    number = text.split("\n").index("Thu 6 May 25:15 - 26:30 PDT") + 1
    assert number > SESSION.split("\n").index("Thu 6 May 25:15 - 26:30 PDT") + 1
    assert found.warnings[0].startswith(f"line {number}: “Thu 6 May 25:15 - 26:30 PDT”")


LEFT = {
    "a page with its abstracts in one line": FOUNDING.read_text(),
    "one full line in each of many cards": "\n\n".join(
        f"In The Workshop That Has the Longest Line of Each of Its Talks\nAnn Bee {number}" for number in range(30)
    ),
    "times at the heads of full lines": "\n".join(
        f"{hour:02}:00 - {hour:02}:45 A talk whose line is as full as all other lines are" for hour in range(8, 20)
    ),
    "rows": "\n".join(f"| {hour:02}:00 | A talk whose row is as long as all of the other rows |" for hour in range(8, 20)),
    "columns": "\n".join(
        f"Room {room:03}      A talk in columns      Ann Bee and many others    Chair: Cy Dee" for room in range(30)
    ),
    "items": "\n".join(
        f"- Paper {paper:03} of the many whose titles are all of one and the same length" for paper in range(30)
    ),
    "line breaks of Markdown": "\n".join(
        f"Paper {paper:03} of many whose titles are all of one and the same length  " for paper in range(30)
    ),
    "lines of less than fifty signs": textwrap.fill("many words without an end, " * 40, 40),
    "four full lines": textwrap.fill("many words without an end, " * 11, 62),
}


@pytest.mark.parametrize("what", LEFT)
def test_what_no_tool_broke_is_left(what: str) -> None:
    """Lines that begin something of their own, rows, items and meant breaks are never joined, nor lines of short texts."""
    assert unwrapped(LEFT[what]) == LEFT[what]
    assert JOINED not in LEFT[what]


def test_a_link_in_a_heading_that_was_broken_in_two() -> None:
    """Both lines are one heading, and the lines below keep their numbers; two headings with links of their own stay two."""
    joined = unwrapped("##### **[Bees Dance in a\n##### Circle][34]**\n\nAnn Lee").split("\n")
    assert joined == ["##### **[Bees Dance in a Circle][34]**", JOINED, "", "Ann Lee"]
    apart = "## [Bees](a)\n## [Ants](b)\n"
    assert unwrapped(apart) == apart


@pytest.mark.parametrize("below", ["", "They were watched for a year.\n"])
def test_a_speaker_below_a_title_as_long_as_the_lines(below: str) -> None:
    """Where speakers stand right below titles, the one below a title that fills its line is no rest of it."""
    prose = "\n\n".join(
        [wrapped("We invite all who work on bees, ants and moths at large, in gardens and beyond. " * 4, 78)] * 3
    )
    title = "How bees dance in the dark gardens of the city and why they do not stop there"
    page = f"{prose}\n\nMonday, 6 May 2024\n\n9:00\nWelcome\nAnn Bee\n{below}\n10:00\n{title}\nCy Dee\n{below}"
    talks = reading(page).conference.talks
    assert [(talk.title, talk.speakers) for talk in talks] == [("Welcome", ("Ann Bee",)), (title, ("Cy Dee",))]
