"""What a line says, and which lines say nothing."""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING

import pytest

from planner.dates import DateLine, scan, settle
from planner.dates.words import with_colons

if TYPE_CHECKING:
    from pathlib import Path

MON, TUE, WED, THU, FRI, SAT, SUN = range(7)


def _at(clock: str) -> int:
    """Minutes after midnight."""
    hour, minute = clock.split(":")
    return int(hour) * 60 + int(minute)


def _line(when: str = "", weekday: int | None = None, date: str = "", **rest: object) -> DateLine:
    """A line with the times of ``11:00-11:15`` and the date of ``6.5.`` or ``6.5.2021``."""
    start, _, end = when.partition("-")
    day, month, year = [*date.split("."), "", ""][:3] if date else ("", "", "")
    return DateLine(
        weekday=weekday,
        day=int(day) if day else None,
        month=int(month) if month else None,
        year=int(year) if year else None,
        start=_at(start) if start else None,
        end=_at(end) if end else None,
    )._replace(**rest)  # type: ignore[arg-type]


AM = {"start_half": "am", "end_half": "am"}
PM = {"start_half": "pm", "end_half": "pm"}
DAY = {"start_half": "am", "end_half": "pm"}

SHAPES = [
    # an hour and its minutes parted by "h", or behind a date by a full stop
    ("Wed 16 July 10h15 - 10:30 PDT", _line("10:15-10:30", WED, "16.7", letters="PDT")),
    ("Wed 16 July 9h30 - 10h15", _line("9:30-10:15", WED, "16.7")),
    ("Wed 16 July 14.30 - 15.00 CEST", _line("14:30-15:00", WED, "16.7", letters="CEST")),
    ("Wed 16 July 10 - 10.30", _line("10:00-10:30", WED, "16.7")),
    ("Jul 8, 2026, 14.30-15.30", _line("14:30-15:30", None, "8.7.2026")),
    ("9h30", _line("9:30")),
    ("[9h30] Maps of Nowhere", _line("9:30", bracketed=True, after="Maps of Nowhere")),
    # the shapes that real conferences printed
    ("Thu 6 May 11:00 - 11:15 PDT", _line("11:00-11:15", THU, "6.5", letters="PDT")),
    ("Tue 20 July 6:00 - 6:20 PDT", _line("6:00-6:20", TUE, "20.7", letters="PDT")),
    ("Tue 7 Dec. 0:00 - 0:15 PST", _line("0:00-0:15", TUE, "7.12", letters="PST")),
    ("Tue 7 Dec midnight PST — 1 a.m. PST", _line("0:00-1:00", TUE, "7.12", letters="PST", **AM)),
    ("Wed 16 Jul 11 a.m. PDT — 1:30 p.m. PDT", _line("11:00-13:30", WED, "16.7", letters="PDT", **DAY)),
    (
        "Wed, Jul 8, 2026 • 10:30 PM – 12:15 AM PDT",
        _line("22:30-0:15", WED, "8.7.2026", letters="PDT", start_half="pm", end_half="am"),
    ),
    (
        "Temporal Graph Learning Workshop Sat 3 Dec 07:30 a.m.  ",
        _line("7:30", SAT, "3.12", start_half="am", before="Temporal Graph Learning Workshop"),
    ),
    ("2nd ICML Workshop Fri 28 Jul 08:50 a.m.", _line("8:50", FRI, "28.7", start_half="am", before="2nd ICML Workshop")),
    ("What LLMs Dream Of Sat 3 Dec 07:30 a.m.", _line("7:30", SAT, "3.12", start_half="am", before="What LLMs Dream Of")),
    (
        "Top 5 Papers of Session 3 Sat 3 Dec 07:30 a.m.",
        _line("7:30", SAT, "3.12", start_half="am", before="Top 5 Papers of Session 3"),
    ),
    ("THU 23 APR", _line("", THU, "23.4")),
    ("10:30 a.m.", _line("10:30", start_half="am")),
    ("noon", _line("12:00", start_half="pm")),
    ("Oral Session 1A [10:30-12:00]  ", _line("10:30-12:00", before="Oral Session 1A", bracketed=True)),
    ("Oral s 10:30-11:40", _line("10:30-11:40", before="Oral s")),
    ("[10:42] $\\mathbf{T^3}$: Reducing", _line("10:42", after="$\\mathbf{T^3}$: Reducing", bracketed=True)),
    ("[3:15] iGPT: a model", _line("3:15", after="iGPT: a model", bracketed=True)),
    ("(ends 12:00 PM)", _line("-12:00", end_half="pm", bracketed=True)),
    ("Sat Dec 10th 08:00 AM -- 06:30 PM @ Room 116", _line("8:00-18:30", SAT, "10.12", place="Room 116", **DAY)),
    ("Sat Jun 15 11:30 AM -- 11:50 AM (PDT) @ None", _line("11:30-11:50", SAT, "15.6", letters="PDT", **AM)),
    (
        "Sat Jun 15 02:00 PM -- 02:20 PM (PDT) @ West 211 - 214",
        _line("14:00-14:20", SAT, "15.6", letters="PDT", place="West 211 - 214", **PM),
    ),
    ("Tue Dec 4th 10:00 -- 10:15 AM @ Room 220 CD", _line("10:00-10:15", TUE, "4.12", end_half="am", place="Room 220 CD")),
    ("Thu Jul 12 11:50 -- 12:10 PM (CEST) @ A7", _line("11:50-12:10", THU, "12.7", letters="CEST", end_half="pm", place="A7")),
    ("Mon 8:55 a.m. - 6:00 p.m.", _line("8:55-18:00", MON, **DAY)),
    ("Mon 9:00 a.m. ", _line("9:00", MON, start_half="am")),
    (
        "on 2020-12-07T19:20:00-08:00 - 2020-12-07T19:30:00-08:00",
        _line("19:20-19:30", None, "7.12.2020", offset=-480, until=(7, 12, 2020)),
    ),
    ("2 PM - 6 PM", _line("14:00-18:00", **PM)),
    ("2 PM – 7 PM", _line("14:00-19:00", **PM)),
    ("6 PM+", _line("18:00", start_half="pm", open_end=True)),
    ("(8am-5pm)", _line("8:00-17:00", bracketed=True, **DAY)),
    (
        "- 09:00 ~ 09:15 am - Welcome: [Kevin](https://x.y)",
        _line("9:00-9:15", end_half="am", after="Welcome: [Kevin](https://x.y)"),
    ),
    ("| 08:15 -- 08:30 | **Introduction** |", _line("8:15-8:30", after="Introduction")),
    ("(15:30 - 16:30 GMT)", _line("15:30-16:30", letters="GMT", bracketed=True)),
    ("Day 1 — 11:00-12:30", _line("11:00-12:30", before="Day 1")),
    ("2025-05-21T15:00", _line("15:00", None, "21.5.2025")),
    ("9:30-11:00 *Plenary Session 1 -- Chair: John*", _line("9:30-11:00", after="Plenary Session 1 -- Chair: John")),
    ("Tuesday, September 26th", _line("", TUE, "26.9")),
    ("Saturday, May 18, 2024", _line("", SAT, "18.5.2024")),
    ("**Monday, 15 July**", _line("", MON, "15.7")),
    ("#### Wednesday, November 13", _line("", WED, "13.11")),
    ("Wednesday August 6th (6pm)", _line("18:00", WED, "6.8", start_half="pm", bracketed=True)),
    ("1 January, Wednesday", _line("", WED, "1.1")),
    ("12:00 noon Lunch", _line("12:00", start_half="pm", after="Lunch")),
    ("7pm, 5th August", _line("19:00", None, "5.8", start_half="pm")),
    ("19:00 on 5 August: Looking Back", _line("19:00", None, "5.8", after="Looking Back")),
    ("10:00 - 10:30 May 4: Looking Back", _line("10:00-10:30", after="May 4: Looking Back")),
    ("10:00 - May 4: Looking Back", _line("10:00", after="May 4: Looking Back")),
    ("**09:00am:**", _line("9:00", start_half="am")),
    # their neighbours
    ("Thu 24 Apr 10 a.m. +08 — 12:30 p.m. +08", _line("10:00-12:30", THU, "24.4", offset=480, **DAY)),
    ("Thu 23 Apr 10:30 - 10:42 -03", _line("10:30-10:42", THU, "23.4", offset=-180)),
    ("Thu, Apr 23, 2026 • 10:30 AM – 1:00 PM GMT-3", _line("10:30-13:00", THU, "23.4.2026", offset=-180, **DAY)),
    ("Monday", _line("", MON)),
    ("Date: Saturday 3 December 2022", _line("", SAT, "3.12.2022")),
    ("Sun, the 1st of March", _line("", SUN, "1.3")),
    ("6 May (Thu) 11:00", _line("11:00", THU, "6.5")),
    ("SEPT. 4, 2023 @ 9 a.m. EDT", _line("9:00", None, "4.9.2023", start_half="am", letters="EDT")),
    ("Thu 6 May 11:00 – 11:15 PDT | Hall A", _line("11:00-11:15", THU, "6.5", letters="PDT", after="Hall A")),
    ("Thu 6 May 12:00 - 13:00 LUNCH", _line("12:00-13:00", THU, "6.5", after="LUNCH")),
    ("Sat 3 Dec 22:00 - Sun 4 Dec 02:00", _line("22:00-2:00", SAT, "3.12", until=(4, 12, None))),
    ("11:00 UTC - 12:00 UTC", _line("11:00-12:00", letters="UTC")),
    ("9:00 - 10:00 (UTC-8)", _line("9:00-10:00", offset=-480)),
    ("9:00 - 10:00 (PDT, UTC-7)", _line("9:00-10:00", letters="PDT", offset=-420)),
    ("2026-07-12 09:20-10:30", _line("9:20-10:30", None, "12.7.2026")),
    ("2-4pm", _line("14:00-16:00", end_half="pm")),
    ("9am–noon", _line("9:00-12:00", **DAY)),
    ("18:00 -", _line("18:00", open_end=True)),
    # letters that are words as well
    ("9:00 - 10:00 MT Session", _line("9:00-10:00", after="MT Session")),
    ("9:00 - 10:00 MT", _line("9:00-10:00", letters="MT")),
    ("9:00 - 10:00 PDT Welcome", _line("9:00-10:00", letters="PDT", after="Welcome")),
    ("[10:42] AST parsing", _line("10:42", after="AST parsing", bracketed=True)),
    ("12:00 - 13:00 LUNCH", _line("12:00-13:00", after="LUNCH")),
    ("12:00 - 13:00 NLP", _line("12:00-13:00", after="NLP")),
]

PROSE = [
    "The 3h45 Marathon",
    "10.30 - 11.00 Points on the Board",
    "Python 3.10 and 3.11",
    "Wed 16 July 25:00 - 26:00 PDT",
    "Wed 16 July 9.75 - 10.00",
    "",
    "[ Room 314 - 315 ]",
    "A 2021 Retrospective",
    "2024 Poster",
    "Arch 4A-E Poster #352",
    "Exhibit Hall C,D,E #2504",
    "West Exhibition Hall B2-B3 #W-204",
    "HALL A #2108",
    "Room 10 - 12",
    "Schedule Thu  Fri  Sat  Sun  Mon  ",
    "THU",
    "Sun et al. 2019",
    "Mon Dieu",
    "May 10 models suffice?",
    "March 2020",
    "May",
    "Midnight in Paris",
    "High noon for language models",
    "Dec 6 - 12, 2020",
    "December 6 – December 12, 2020",
    "8–10 July 2026",
    "June 07th - 10th 2021",
    "Join us on Thu 6 May 11:00 - 11:15 PDT for pizza",
    "Submissions close on 3 Dec 11:59 p.m. AoE",
    "Coffee and drinks provided from 8:30 AM to 5 PM",
    "We meet at 8:00 AM",
    "10:30 and then we saw that",
    "scaling laws hold at 10:1 and 3:15 ratios",
    "GPT-4 3 - 5 shots",
    "Thu 32 May 11:00 - 11:15",
    "32 May",
    "25:00",
    "11:75 - 12:00",
    "version 3.11 - 3.12",
    "arXiv:2101.12345",
    "1 Mar 2021 Mar 2 2021",
    "10:30 11:30 12:30",
    "x" * 9_000,
    "10:30 " * 2_000,
    "6 May 11:00 " + "and a title that goes on " * 40,
]


class TestShapes:
    """Every shape in which a date line was met."""

    @pytest.mark.parametrize(("text", "said"), SHAPES, ids=[text for text, _ in SHAPES])
    def test_every_shape_says_what_it_says(self, text: str, said: DateLine) -> None:
        """Field by field, by hand."""
        assert scan(text) == said

    @pytest.mark.parametrize("text", PROSE, ids=[text[:40] or "nothing" for text in PROSE])
    def test_prose_places_and_menus_say_nothing(self, text: str) -> None:
        """None, so that no abstract starts a talk."""
        assert scan(text) is None

    def test_no_sentence_of_published_abstracts_is_a_date_line(self, shared: Path) -> None:
        """Some 30,000 sentences, titles and names of 1,600 papers hold no date, no time and no heading."""
        csv.field_size_limit(10**7)
        found = []
        for name in ("miniconf-demo_papers.csv", "acl-emnlp_main_papers.csv", "ismir2023_papers.csv", "colt2020_papers.csv"):
            with open(shared / "samples" / "B" / name, encoding="utf-8", newline="") as file:
                for row in csv.reader(file):
                    sentences = [part.strip() for cell in row for part in re.split(r"(?<=[.;:!?])\s|\n", cell)]
                    found += [sentence for sentence in sentences if scan(sentence)]
        assert found == []


class TestDoubt:
    """Readings that a line does not force."""

    def test_a_range_that_passes_noon_is_read_so_and_said(self) -> None:
        """[10:30-1:00] ends in the afternoon."""
        said = scan("Poster Session 1 [10:30-1:00]")
        assert said is not None
        assert (said.start, said.end) == (630, 780)
        assert "13:00" in said.doubt

    def test_two_zones_on_one_line_are_said(self) -> None:
        """The first is taken."""
        said = scan("Thu 6 May 2021 11 a.m. PDT — 1:30 p.m. PST")
        assert said is not None
        assert said.letters == "PDT"
        assert "both PDT and PST" in said.doubt


class TestSettle:
    """Clocks without a half of the day under the head of a slot."""

    @pytest.mark.parametrize(
        ("text", "head", "start", "end"),
        [
            ("[3:15] Title", "15:15", "15:15", ""),
            ("[4:03] Title", "15:15", "16:03", ""),
            ("Oral Session 2A [3:15-4:45]", "15:15", "15:15", "16:45"),
            ("Oral Session 1A [10:30-12:00]", "10:30", "10:30", "12:00"),
            ("Poster Session 1 [10:30-1:00]", "10:30", "10:30", "13:00"),
            ("[10:28] Title", "10:30", "10:28", ""),
            ("[12:15] Title", "10:30", "12:15", ""),
            ("[1:05] Title", "10:30", "13:05", ""),
            ("Party [10:00-1:00]", "22:00", "22:00", "1:00"),
            ("Party [11:30-12:30]", "22:00", "23:30", "0:30"),
            ("15:15 - 16:00", "9:00", "15:15", "16:00"),
            ("9:00 AM - 10:00 AM", "15:15", "9:00", "10:00"),
            ("9:00 AM - 10:00", "15:15", "9:00", "10:00"),
            ("11:00 ~ 12:30 am", "10:30", "11:00", "12:30"),
            ("11:00 ~ 12:30 am", "20:00", "23:00", "0:30"),
            ("0:15 - 0:30", "10:30", "0:15", "0:30"),
            ("[1:15] Title", "23:00", "25:15", ""),
        ],
    )
    def test_a_clock_is_taken_at_or_after_the_head(self, text: str, head: str, start: str, end: str) -> None:
        """And its end after its start; whatever says its half, or can only be a 24-hour clock, stays."""
        said = scan(text)
        assert said is not None
        settled = settle(said, _at(head))
        assert settled.start == _at(start)
        assert settled.end == (_at(end) if end else None)
        assert settled.doubt == ""

    def test_an_end_alone_is_after_the_head(self) -> None:
        """``(ends 1:00)`` under half past ten."""
        assert settle(DateLine(end=60), 630).end == 780


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("0900hrs Bees", "09:00 Bees"),
        ("0900 - 1000 hrs Bees", "09:00 - 10:00 Bees"),
        ("| 1300hrs to 1400hrs | Bees |", "| 13:00 to 14:00 | Bees |"),
        ("Bees (0800hrs - 0810 hrs)", "Bees (08:00 - 08:10)"),
        ("1000 hrs How we saved 1500 hrs of work", "10:00 How we saved 1500 hrs of work"),
        ("10:00 How we saved 1500 hrs of work", "10:00 How we saved 1500 hrs of work"),
    ],
)
def test_four_figures_before_hrs_are_a_clock_at_the_head_of_a_line_or_in_a_range(line: str, expected: str) -> None:
    """Alone behind a clock or inside a title they are as likely a length."""
    assert with_colons(line) == expected
