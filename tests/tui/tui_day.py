"""A conference day with everything that a timetable has to show, made by hand."""

from __future__ import annotations

from datetime import date, timedelta

from tui_made import PACIFIC, at, talk

from planner.model import Conference, Mark, Session, Slot

DAY = 6
"""Of May 2021; the day begins at 9:00 in Los Angeles, 18:00 in Berlin."""

_TITLES = (
    "Opening remarks and a look at the programme",
    "Learning to rank proteins with very few labels",
    "Sparse attention for long documents",
    "Coffee with the organisers",
    "Graph networks that know what they do not know",
)


def full_day() -> Conference:
    """Three halls, a workshop with its talks, a poster session, talks at one time, a break, an all-day entry, late ends."""
    sessions = (
        Session("w", "Workshop on Fair Models", ("Ada Lovelace",), "workshop", at(16), at(20), "Hall W"),
        Session("p", "Poster Session 9", (), "poster", at(16), at(18), "Hall P"),
        Session("a", "Oral Session 1", ("Grace Hopper", "Barbara Liskov"), "oral", at(16), at(18), "Hall A"),
        Session("b", "Oral Session 2", (), "oral", at(21), at(22), "Hall A"),
    )
    hall_a = [
        talk(100 + n, title, at(16, 20 * n), 20, session="a", room="Hall A", speakers=("Ada Lovelace", "Alan Turing"))
        for n, title in enumerate(_TITLES)
    ]
    hall_a += [
        talk(110, "Short one", at(21), 5, session="b", room="Hall A"),
        talk(111, "Even shorter", at(21, 5), 2, session="b", room="Hall A"),
        talk(112, "", at(21, 10), 20, session="b", room="Hall A", kind="untitled"),
        talk(113, "Withdrawn at the last moment", at(21, 30), 30, session="b", room="Hall A"),
        talk(114, "A panel that goes on past midnight in Berlin and in Los Angeles", at(23), 600, room="Hall A"),
    ]
    workshop = [talk(120, "Workshop on Fair Models", at(16), 240, kind="workshop", room="Hall W", holds="w")]
    workshop += [
        talk(121 + n, f"Fairness talk number {n + 1}", at(16, 30 + 60 * n), 45, session="w", room="Hall W") for n in range(3)
    ]
    posters = [
        talk(200 + n, f"Poster about subject {n}", at(16), 120, kind="poster", session="p", room="Hall P") for n in range(41)
    ]
    posters = [one._replace(slot=one.slot._replace(board=str(n + 1))) for n, one in enumerate(posters)]
    crowd = [talk(250 + n, f"Table {n}: a demonstration", at(18, 30), 60, kind="talk", room="Hall P") for n in range(5)]
    pair = [talk(260 + n, f"Side by side, {name}", at(21), 60, room="Hall P") for n, name in enumerate(("left", "right"))]
    endless = talk(270, "Nobody said when this ends", at(21), 60, room="Hall W")
    endless = endless._replace(slot=endless.slot._replace(end=None))
    whole = talk(280, "Hackathon, all day", None, kind="workshop")._replace(slot=Slot(day=date(2021, 5, DAY), room="Garden"))
    other = [
        talk(290, "The next morning", at(16, day=7), 60, room="Hall A"),
        talk(291, "And in P", at(16, day=7), 60, room="Hall P"),
    ]
    talks = (*hall_a, *workshop, *posters, *crowd, *pair, endless, whole, *other)
    return Conference("iclr-2021", "ICLR 2021", PACIFIC, sessions, talks)


def number(uid: str) -> int:
    """The number of a talk made here."""
    return int(uid[-12:])


_UID = "00000000-0000-5000-8000-{:012}".format

MARKS = (
    Mark(_UID(101), starred=True, rating=4),
    Mark(_UID(102), starred=True, decision="going"),
    Mark(_UID(103), decision="skipped"),
    Mark(_UID(121), starred=True),
    Mark(_UID(203), starred=True),
    Mark(_UID(217), starred=True, rating=5),
    Mark(_UID(240), starred=True),
    Mark(_UID(252), starred=True),
    Mark(_UID(260), starred=True),
    Mark(_UID(270), starred=True, rating=2),
)
"""Stars, one in each place where one can be."""

NOON = at(16, 47) + timedelta(0)
"""A quarter to ten in Los Angeles: talks are on."""
