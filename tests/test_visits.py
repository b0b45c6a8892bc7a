"""Posters of one session as one visit: counted, in walking order, said once wherever they clash."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plans import at, evening, star, talk

from planner import advice, agenda, visits, ways
from planner.cli.planning import _case_text
from planner.model import Busy, Mark, Talk
from planner.plan import Plan


def poster(uid: str, board: str | None = None, start: str = "18:30", **rest: object) -> Talk:
    """A poster of two hours in Hall B, of Oral Session 12."""
    fields: dict[str, object] = {"kind": "poster", "session": "12", "room": "Hall B", **rest}
    made = talk(uid, f"Poster {uid}", start, 120, **fields)
    return made._replace(slot=made.slot._replace(board=board))


def fair(*marks: Mark) -> Plan:
    """A talk of 45 minutes, four posters whose boards are out of order, a dentist, a talk at their end."""
    held = (poster("p0", "103"), poster("p1", "9"), poster("p2", "A12"), poster("p3"))
    talks = (
        talk("vcnet", "VCNet", "18:00", 45, room="A"),
        *held,
        talk("diffwave", "DiffWave", "20:15", 30, room="A"),
    )
    marks = marks or (
        star("vcnet", 2),
        *(star(one.uid, 3, note="ask" if one.uid == "p2" else "") for one in held),
        star("diffwave"),
    )
    return evening(*marks, talks=talks, busy=(Busy(at("19:05"), at("19:30"), "Dentist"),))


def test_the_agenda_has_one_line_for_the_visit_and_its_boards_below() -> None:
    """``4 posters in 120 min``, 9 before 103 before A12, what overlaps said once, notes where they belong."""
    plan = fair()
    shown = agenda.agenda(plan, lambda *_: True, at("18:40"))
    assert agenda.text(plan, shown, at("18:40")).splitlines()[2:-2] == [
        "▶ 20:00–20:45  ★★   VCNet                 A   now, 5 min left",
        "▶ 20:30–22:30       4 posters in 120 min  Oral Session 12, Hall B   now, 110 min left",
        "               ⚠ overlaps VCNet by 15 min",
        "               ⚠ overlaps your “Dentist” by 25 min",
        "               ★★★  Poster p1             board 9",
        "               ★★★  Poster p0             board 103",
        "               ★★★  Poster p2             board A12",
        "               ✎ ask",
        "               ★★★  Poster p3",
        "  ·  21:05–21:30  busy: Dentist",
        "  22:15–22:45  ★    DiffWave              A",
        "               ⚠ overlaps 4 posters of Oral Session 12, Hall B by 15 min",
    ]
    assert agenda.document(plan, shown, at("18:40"))["visits"] == [
        {
            "start": "2021-05-06T20:30:00+02:00",
            "end": "2021-05-06T22:30:00+02:00",
            "place": "Oral Session 12, Hall B",
            "talks": ["p1", "p0", "p2", "p3"],
        }
    ]


def test_a_visit_that_is_left_early_says_so() -> None:
    """All four posters are left at 19:00 of 18:30 to 20:30; where one of them is stayed for, the visit is whole."""
    uids = ("p0", "p1", "p2", "p3")
    plan = fair(*(star(uid, leave_at=at("19:00")) for uid in uids))
    (visit,) = visits.visits(plan, plan.planned_talks())
    assert (visit.words, visit.end, visit.leaves) == ("4 posters in 30 min", at("20:30"), at("19:00"))
    shown = agenda.agenda(plan, lambda *_: True, at("18:40"))
    assert "▶ 20:30–22:30, leave at 21:00       4 posters in 30 min" in agenda.text(plan, shown, at("18:40"))
    assert "now, 20 min left" in agenda.text(plan, shown, at("18:40"))
    plan = plan.with_marks(star("p3"))
    (visit,) = visits.visits(plan, plan.planned_talks())
    assert (visit.words, visit.leaves) == ("4 posters in 120 min", at("20:30"))


def test_a_visit_on_another_date_says_so() -> None:
    """Posters at 18:30 UTC on 6 May are at 03:30 on 7 May in Tokyo: +1 under the conference's day, as for a talk."""
    marks = fair().marks
    plan = Plan(fair().conferences, {uid: marks[uid] for uid in ("p0", "p1")}, (), "Asia/Tokyo")
    shown = agenda.agenda(plan, lambda *_: True, at("12:00"))
    assert "  03:30–05:30 +1       2 posters in 120 min" in agenda.text(plan, shown, at("12:00"))
    assert "  03:30–05:30 +1         2 posters in 120 min" in advice.text(plan, advice.advise(plan, lambda *_: 0))


def test_a_clash_names_the_visit_once() -> None:
    """Four posters and a talk are one overlap of 15 minutes to the reader, and four pairs to a script."""
    (group,) = fair().clashes()
    assert len(group.pairs) == 12
    (case, *_) = ways.cases(fair(), lambda *_: 0)
    assert _case_text(fair(), case).splitlines() == [
        "Thu 6 May 2021 20:00–22:45 CEST · 55 min double booked",
        "  20:00–20:45  ★★     VCNet   A",
        "  20:30–22:30         4 posters in 120 min   Oral Session 12, Hall B",
        "               ★★★    board 9  Poster p1",
        "               ★★★    board 103  Poster p0",
        "               ★★★    board A12  Poster p2",
        "               ★★★    Poster p3",
        "  21:05–21:30  busy   your “Dentist”",
        "  22:15–22:45  ★      DiffWave   A",
        "  ⚠ 15 min: VCNet · 4 posters of Oral Session 12, Hall B",
        "  ⚠ 25 min: 4 posters of Oral Session 12, Hall B · your “Dentist”",
        "  ⚠ 15 min: 4 posters of Oral Session 12, Hall B · DiffWave",
    ]


def test_posters_of_two_sessions_are_two_visits_and_one_alone_is_none() -> None:
    """By session; without one by the common start; a cancelled one is no part of a visit."""
    held = (
        poster("a1"),
        poster("a2"),
        poster("b1", session="11"),
        poster("c1", session=None, start="20:00"),
        poster("c2", session=None, start="20:00"),
        poster("a3", cancelled=True),
        talk("oral", "An oral", "18:30", session="12"),
    )
    plan = evening(*(star(one.uid) for one in held), talks=held)
    found = visits.visits(plan, held)
    assert [[one.uid for one in visit.talks] for visit in found] == [["a1", "a2"], ["c1", "c2"]]
    gathered = [item.words if isinstance(item, visits.Visit) else item.uid for item in visits.gathered(plan, held)]
    assert gathered == ["2 posters in 120 min", "b1", "2 posters in 120 min", "a3", "oral"]


@pytest.mark.parametrize(
    ("boards", "walked"),
    [
        (["10", "9", "1"], ["1", "9", "10"]),
        (["B2", "A10", "A9", "a1"], ["a1", "A9", "A10", "B2"]),
        (["#12", "#3"], ["#3", "#12"]),
        (["12-b", "12-a", "12"], ["12", "12-a", "12-b"]),
        (["٣", "3"], ["3", "٣"]),
    ],
)
def test_boards_are_walked_by_their_numbers(boards: list[str], walked: list[str]) -> None:
    """As numbers where they are numbers, by letter before that."""
    held = sorted((poster(f"p{n}", board) for n, board in enumerate(boards)), key=visits.walking_order)
    assert [one.slot.board for one in held] == walked


@given(st.lists(st.tuples(st.none() | st.text(max_size=5), st.none() | st.sampled_from(["A", "B"])), max_size=6))
def test_any_boards_have_an_order(rows: list[tuple[str | None, str | None]]) -> None:
    """One hall after the other, those without a board last in theirs, none lost."""
    held = [poster(f"p{n}", board, room=room) for n, (board, room) in enumerate(rows)]
    walked = sorted(held, key=visits.walking_order)
    assert sorted(one.uid for one in walked) == sorted(one.uid for one in held)
    halls = [one.slot.room or "" for one in walked]
    assert halls == sorted(halls)
    for hall in set(halls):
        boards = [bool(one.slot.board) for one in walked if (one.slot.room or "") == hall]
        assert boards == sorted(boards, reverse=True)
