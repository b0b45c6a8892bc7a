"""Talks as pages of Jekyll and Hugo sites: what their heads say, and which pages are none."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from planner.errors import MissingFactsError, ReadError
from planner.readers import Hints, Part, front_matter, read

RIGA = ZoneInfo("Europe/Riga")
JEKYLL = """---
category: talks
date: 2023-10-17 09:45:00-04:00
end_date: 2023-10-17 10:30:00 -0400
presenters:
- name: Ada Ek
- name: bo-fuchs
room: Salon A
title: "Kites: in the wind"
track: t0
---

From 10:00 on, as in 2023-01-01.
"""
HUGO = """+++
title = "Opening"
date = 2025-01-10T10:00:00Z
talk_start = "2025-06-12T09:00"
talk_end = "2025-06-12T10:00"
speakers = ["ada-ek", "Bo"]
+++
"""
PLAIN = (
    '---\ntitle: Second\ndate: 2025-01-11\nstart_time: "10:00"\nend_time: "10:45"\nday: 2025-06-12\nspeaker: Cy Graf\n---\n'
)
CLOCK = "---\ntitle: Third\ndate: 2025-06-12\ntime: 11:00\nduration: 45\n---\nHi\n"
DRAFT = "---\ntitle: Later\ndate: 2025-06-12\ntime: 11:00\ndraft: true\n---\nHi\n"


def parts(*pages: str) -> list[Part]:
    """The pages as files of a folder."""
    return [Part(f"talks/{number}.md", page.encode()) for number, page in enumerate(pages)]


def hints(zone: str | None = "Europe/Riga") -> Hints:
    """A conference of that name."""
    return Hints(now=datetime(2026, 11, 22, tzinfo=UTC), name="Kites 2025", zone=zone)


def test_pages_of_a_folder_are_one_conference() -> None:
    """Each page is a talk; ``date`` is that of publication where another key says when; a draft is none."""
    found = read(parts(HUGO, PLAIN, CLOCK, DRAFT, "Notes without a head\n"), hints())
    assert [(talk.title, talk.start, talk.end, talk.speakers) for talk in found.conference.talks] == [
        (title, datetime(2025, 6, 12, hour, tzinfo=RIGA), datetime(2025, 6, 12, end, minute, tzinfo=RIGA), speakers)
        for title, hour, end, minute, speakers in (
            ("Opening", 9, 10, 0, ("Ada Ek", "Bo")),
            ("Second", 10, 10, 45, ("Cy Graf",)),
            ("Third", 11, 11, 45, ()),
        )
    ]
    assert (found.format, found.scope) == ("front-matter", "conference")


def test_a_date_with_a_clock_and_an_end_is_the_talks() -> None:
    """A date with a clock is the start beside an end or a room; names in objects are as written; one page cancels nothing."""
    found = read(parts(JEKYLL), hints(None))
    (talk,) = found.conference.talks
    assert (talk.start, talk.end) == (datetime(2023, 10, 17, 13, 45, tzinfo=UTC), datetime(2023, 10, 17, 14, 30, tzinfo=UTC))
    assert (talk.slot.room, talk.speakers, talk.track, found.scope) == ("Salon A", ("Ada Ek", "bo-fuchs"), "t0", "list")
    with pytest.raises(MissingFactsError, match="time zone"):
        read(parts(PLAIN), hints(None))


@pytest.mark.parametrize(
    "page",
    [
        "---\ntitle: A post\ndate: 2025-06-12 10:00:00 +0200\nauthor: Ada\n---\nHello\n",
        "---\ntitle: Programme\ntime: 10:00\n---\n\n9:00 - 10:00 Opening\n10:00 - 11:00 Kites\n",
        "---\nlayout: page\ntime: 10:00\n---\nNo title\n",
        "---\ntitle: Never closed\ntime: 10:00\n",
        "# A page\n\n---\ntitle: x\ntime: 10:00\n---\n",
    ],
)
def test_other_pages_are_not_claimed(page: str) -> None:
    """Posts, programmes below a head, and pages without a title or an end of their head are left to others."""
    assert not front_matter.claims(page, Part("a.md", page.encode()))


def test_a_head_that_cannot_be_read_is_refused() -> None:
    """Broken TOML and a head without a date are refused or told, not guessed."""
    with pytest.raises(ReadError, match="not TOML"):
        read(parts('+++\ntitle = "A"\nstart = "2025-06-12T09:00"\nroom = [1\n+++\n'), hints())
    found = read(parts("---\ntitle: A\nstart: 9:00\n---\n"), hints())
    assert found.conference.talks[0].start is None
    assert "so there is no slot" in found.warnings[0]
