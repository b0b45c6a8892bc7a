"""What fits into free time: equal to looking at every talk against everything planned, and in the order of its reasons."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from conftest import SCHEDULES
from hypothesis import given, settings
from hypothesis import strategies as st
from plans import at, evening, star, talk

from planner import agenda, clash, gaps
from planner.gaps import Fit
from planner.model import Busy, Mark, Slot, Talk
from planner.similar import Alike

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Answer

    from planner.clash import Span
    from planner.plan import Plan

NOON = at("12:00")
JANUARY = "2025-01-20T10:00+01:00"


def near(_here: str, _there: str) -> int:
    """Every room is next door."""
    return 0


def ways(here: str, there: str) -> int:
    """Five minutes for any two rooms, as the settings say it also of a room and itself, but twelve between A and C."""
    return 720 if {here, there} == {"A", "C"} else 300


def placed(uid: str, start: int, minutes: int, room: str = "A", **rest: Any) -> Talk:
    """A talk some minutes after noon."""
    begin = NOON + timedelta(minutes=start)
    return talk(uid, uid.upper(), session=None, **rest)._replace(slot=Slot(begin, begin + timedelta(minutes=minutes), room))


def stretch(start: int, end: int) -> tuple[datetime, datetime]:
    """A stretch in minutes after noon."""
    return NOON + timedelta(minutes=start), NOON + timedelta(minutes=end)


def fits_by_hand(span: Span, free: tuple[datetime, datetime], planned: list[Span], needs: Callable[[str, str], int]) -> bool:
    """Whether a span lies in the stretch, clashes with nothing planned and has the time for the way from and to all of it."""
    if span.start < free[0].timestamp() or span.end > free[1].timestamp() or span.start >= free[1].timestamp():
        return False
    for other in planned:
        if clash.clash(span, other):
            return False
        if not span.place or not other.place or span.place == other.place:
            continue
        if other.end <= span.start and span.start - other.end < needs(other.place, span.place):
            return False
        if span.end <= other.start and other.start - span.end < needs(span.place, other.place):
            return False
    return True


ROOMS = ["A", "B", "C", ""]
ROWS = st.lists(  # start, minutes, room, and whether it is planned (0, 1), skipped (2) or without a star
    st.tuples(st.integers(0, 120), st.integers(0, 30), st.sampled_from(ROOMS), st.integers(0, 5)), min_size=3, max_size=14
)
PLANNED = st.lists(
    st.tuples(st.integers(0, 120), st.integers(0, 20), st.sampled_from(ROOMS), st.just(0)), min_size=2, max_size=4
)
BUSY = st.lists(st.tuples(st.integers(0, 120), st.integers(1, 30)), max_size=1)


@given(ROWS, PLANNED, BUSY, st.sampled_from([near, ways]))
@settings(max_examples=500)
def test_what_fits_is_what_one_finds_by_looking_at_every_pair(
    others: list[tuple[int, int, str, int]],
    sure: list[tuple[int, int, str, int]],
    busy: list[tuple[int, int]],
    needs: Callable[[str, str], int],
) -> None:
    """Of random talks (planned, skipped, without a star) and busy time: the same talks fit the same stretches."""
    rows = [*others, *sure]
    talks = tuple(placed(f"t{n}", start, length, room) for n, (start, length, room, _) in enumerate(rows))
    marks = []
    for one, (*_, what) in zip(talks, rows, strict=True):
        marks += [star(one.uid)] if what < 2 else [star(one.uid, decision="skipped")] if what == 2 else []
    own = tuple(Busy(*stretch(start, start + length), "mine") for start, length in busy)
    plan = evening(*marks, talks=talks, busy=own)
    free = agenda.free(plan, [one for one in talks if plan.planned(one)])
    planned = plan.spans(one for one in talks if plan.planned(one)) + plan.busy_spans()
    candidates = plan.spans(one for one in talks if not plan.planned(one))
    found = gaps.fitting(plan, free, talks, needs)
    assert [{fit.uid for fit in fits} for fits in found] == [
        {span.uid for span in candidates if fits_by_hand(span, one, planned, needs)} for one in free
    ]


def afternoon(*marks: Mark) -> Plan:
    """Two talks in A an hour apart, and between them others; the first is an oral whose poster fits, one is cancelled."""
    talks = (
        placed("oral", 0, 30, also=("poster",)),
        placed("last", 90, 30),
        placed("poster", 35, 20, kind="poster", also=("oral",)),
        placed("other", 40, 20),
        placed("like", 45, 20),
        placed("gone", 50, 20, cancelled=True),
        placed("skipped", 55, 20),
        placed("break", 30, 60, kind="break"),
        placed("untitled", 30, 60, kind="untitled"),
        placed("across", 20, 30),
        placed("long", 30, 61),
    )
    return evening(star("oral"), star("last"), *marks, talks=talks)


def fitting(plan: Plan, **rest: object) -> list[Fit]:
    """What fits between half past twelve and half past one."""
    (found,) = gaps.fitting(plan, [stretch(30, 90)], plan.by_uid.values(), near, **rest)  # type: ignore[arg-type]
    return found


def test_skipped_stars_come_first_then_the_paper_then_what_is_alike_then_the_rest() -> None:
    """Never cancelled ones, breaks, untitled slots, nor what is too long or overlaps."""
    found = fitting(afternoon(star("skipped", decision="skipped")), alike=[Alike("like", "", 0.4, ("graphs", "trees"))])
    assert found == [
        Fit("skipped", "skipped"),
        Fit("poster", "paper", of="oral"),
        Fit("like", "alike", because=("graphs", "trees")),
        Fit("other", "other"),
    ]
    assert [fit.why for fit in found] == list(gaps.REASONS)


def test_of_two_skipped_stars_the_better_rated_comes_first() -> None:
    """5 before 2, whatever begins first."""
    found = fitting(afternoon(star("other", 2, decision="skipped"), star("skipped", 5, decision="skipped")))
    assert [fit.uid for fit in found][:2] == ["skipped", "other"]


def test_the_other_slot_is_of_the_star_that_one_misses_else_of_the_best_rated() -> None:
    """A poster of three starred slots of its paper is named after the skipped one; of two that are planned after the 5."""
    slots = {"a": "talk", "b": "oral", "c": "spotlight", "poster": "poster"}
    talks = tuple(
        placed(uid, {"poster": 35}.get(uid, 90), 20, kind=kind, also=tuple(set(slots) - {uid})) for uid, kind in slots.items()
    )
    for marks, of in (
        ((star("a"), star("b"), star("c", decision="skipped")), "c"),
        ((star("a", 2), star("b", 5), star("c")), "b"),
        ((star("c"), star("b"), star("a")), "a"),
    ):
        plan = evening(*marks, talks=talks)
        (fit,) = fitting(plan)
        assert fit == Fit("poster", "paper", of=of)
        assert gaps.words(plan, fit) == f"the same paper as your {slots[of]}"


def test_only_stars_of_talks_that_are_here_give_reasons() -> None:
    """Neither a note without a star nor the star on a talk of another conference makes the poster of a paper wanted."""
    talks = (placed("oral", 90, 30, also=("poster",)), placed("poster", 35, 20, kind="poster", also=("oral",)))
    plan = evening(Mark("oral", note="loud"), star("elsewhere"), talks=talks)
    assert fitting(plan) == [Fit("poster", "other")]


def test_what_was_skipped_without_a_star_is_not_proposed() -> None:
    """The user said no to it."""
    assert "other" not in [fit.uid for fit in fitting(afternoon(Mark("other", decision="skipped")))]


def test_the_other_slot_of_an_alike_paper_is_alike() -> None:
    """The index names one talk of a paper; the one that fits may be the other."""
    plan = evening(
        star("first"),
        star("last"),
        talks=(
            placed("first", 0, 30),
            placed("last", 90, 30),
            placed("oral", 95, 20, also=("poster",)),
            placed("poster", 40, 40, kind="poster", also=("oral",)),
        ),
    )
    found = fitting(plan, alike=[Alike("oral", "", 0.4, ("graphs",), ("poster",))])
    assert found == [Fit("poster", "alike", because=("graphs",))]


def test_what_has_begun_is_not_proposed() -> None:
    """At 12:41 the talks of 12:35 and 12:40 are not."""
    found = fitting(afternoon(), since=NOON + timedelta(minutes=41))
    assert {fit.uid for fit in found} == {"like", "skipped"}


def test_what_begins_just_now_is_proposed() -> None:
    """At 12:45 the talk of 12:45 is, and what has no hour is not."""
    plan = afternoon()
    talks = (*plan.by_uid.values(), talk("whenever", "Whenever"))
    (found,) = gaps.fitting(plan, [stretch(30, 90)], talks, near, since=NOON + timedelta(minutes=45))
    assert {fit.uid for fit in found} == {"like", "skipped"}


def test_what_takes_no_time_does_not_fit_at_the_end() -> None:
    """A moment at 13:30 is not in the free time from half past twelve until then."""
    talks = (placed("at the end", 90, 0), placed("at the start", 30, 0), placed("before", 89, 0))
    (found,) = gaps.fitting(evening(talks=talks), [stretch(30, 90)], talks, near)
    assert [fit.uid for fit in found] == ["at the start", "before"]


def test_a_stay_in_one_room_or_in_one_that_nobody_knows_is_no_way() -> None:
    """Straight after a talk in A, and until the next one there, fit a talk in A and one without a room, but none in B."""
    talks = (placed("first", 0, 30), placed("last", 90, 30), *(placed(room or "?", 30, 60, room) for room in ("A", "B", "")))
    plan = evening(star("first"), star("last"), talks=talks)
    (found,) = gaps.fitting(plan, [stretch(30, 90)], talks, ways)
    assert {fit.uid for fit in found} == {"A", "?"}


def test_the_way_from_and_to_the_neighbours_has_its_time() -> None:
    """Twelve minutes from A to C and back: of 11, 12 and 18 minutes' distance to both neighbours only enough fits."""
    talks = (placed("first", 0, 30), placed("last", 90, 30), placed("early", 41, 20, "C"), placed("right", 42, 36, "C"))
    late, long_ago, much_later = placed("late", 45, 34, "C"), placed("long ago", -60, 20), placed("much later", 200, 20)
    marks = (star("first"), star("last"), star("long ago"), star("much later"))
    plan = evening(*marks, talks=(*talks, late, long_ago, much_later))
    (found,) = gaps.fitting(plan, [stretch(30, 90)], plan.by_uid.values(), ways)
    assert [fit.uid for fit in found] == ["right"]


def test_the_way_from_an_earlier_room_counts_too() -> None:
    """Two planned talks clash; the one that ends first is twelve minutes away, and the one after it five."""
    talks = (placed("far", 0, 29, "C"), placed("near", 5, 25, "B"), placed("last", 90, 30), placed("a", 36, 20))
    plan = evening(star("far"), star("near"), star("last"), talks=talks)
    assert gaps.fitting(plan, [stretch(30, 90)], talks, ways) == [[]]


def test_the_way_to_a_planned_moment_has_its_time() -> None:
    """What takes no time is no end of free time: from A to it at 30 minutes in B are five, so one leaves at 25, not at 27."""
    talks = (placed("m", 30, 0, "B"), placed("end", 60, 5), placed("late", 10, 17), placed("good", 10, 15))
    held = evening(star("m"), star("end"), talks=talks)
    ((fit,),) = gaps.fitting(held, [stretch(0, 60)], talks, ways)
    assert fit == Fit("good", "other")


@pytest.mark.parametrize(
    ("room", "start", "minutes", "fits"),
    [
        ("A", 35, 10, True),  # five minutes after the moment in B, and the way is five
        ("A", 34, 10, False),
        ("A", 15, 10, True),  # five minutes before
        ("A", 15, 15, False),  # it ends as the moment begins
        ("B", 31, 10, True),  # the moment's own room
        ("B", 20, 10, True),
        ("", 31, 10, True),  # nobody knows where
        ("", 20, 10, True),
    ],
)
def test_the_way_from_and_to_a_moment(room: str, start: int, minutes: int, *, fits: bool) -> None:
    """One that is planned at half past in B leaves room for what can be reached from it, or left in time."""
    for place in ("B", ""):
        talks = (placed("m", 30, 0, place), placed("one", start, minutes, room))
        (found,) = gaps.fitting(evening(star("m"), talks=talks), [stretch(0, 60)], talks, ways)
        assert bool(found) == (fits or not place)


@pytest.mark.parametrize(("start", "fits"), [(20, True), (30, False), (35, True)])
def test_a_moment_of_the_same_paper_is_no_clash_but_has_its_way(start: int, *, fits: bool) -> None:
    """A planned moment of a paper in B lets the paper's talk in A pass around it, not begin with it: the way is five."""
    talks = (placed("m", 30, 0, "B", also=("one",)), placed("one", start, 20, also=("m",)))
    (found,) = gaps.fitting(evening(star("m"), talks=talks), [stretch(0, 60)], talks, ways)
    assert bool(found) == fits


def test_three_are_named_and_the_rest_is_counted() -> None:
    """Those with a reason first; in JSON what is of no paper has no talk of it."""
    talks = tuple(placed(f"t{number}", 10 * number, 5) for number in range(6))
    held = evening(*(star(f"t{number}", decision="skipped") for number in range(5)), talks=talks)
    (fits,) = gaps.fitting(held, [stretch(0, 60)], talks, near)
    lines = gaps.lines(held, fits)
    assert [line[0] for line in lines] == ["+", "+", "+", "a"]
    assert lines[0].startswith("+ 14:00–14:05  ✗ T0  A  starred and skipped (★)")
    assert lines[3] == "and 3 other talks would fit"
    (said,) = gaps.document(held, [stretch(0, 60)], [fits])
    assert said["fits"][0] == {"uid": "t0", "why": "skipped", "of": None, "because": []}  # type: ignore[index]


def test_what_only_fits_is_counted() -> None:
    """One other talk, three other talks; a talk of an unknown room has no gap in its line, and of a paper in JSON its star."""
    pair = placed("oral", 60, 5, also=("poster",)), placed("poster", 0, 5, "", also=("oral",))
    talks = (*pair, *(placed(f"t{number}", 10 * number, 5) for number in range(1, 4)))
    plan = evening(star("oral"), talks=talks)
    free = [stretch(0, 60)]
    (fits,) = gaps.fitting(plan, free, talks, near)
    assert gaps.lines(plan, fits[1:]) == ["3 other talks would fit"]
    assert gaps.lines(plan, fits[3:]) == ["1 other talk would fit"]
    assert gaps.lines(plan, fits[:2]) == ["+ 14:00–14:05  POSTER  the same paper as your oral", "and 1 other talk would fit"]
    assert gaps.lines(plan, fits[:1]) == ["+ 14:00–14:05  POSTER  the same paper as your oral"]
    (said,) = gaps.document(plan, free, [fits])
    assert said["fits"][0] == {"uid": "poster", "why": "paper", "of": "oral", "because": []}  # type: ignore[index]


def test_why_in_words() -> None:
    """The reason names the stars, the kind of the paper's other slot, or the words shared."""
    plan = afternoon(star("skipped", 4, decision="skipped"))
    said = [gaps.words(plan, fit) for fit in fitting(plan, alike=[Alike("like", "", 0.4, ("graphs", "trees"))])]
    assert said == ["starred and skipped (★★★★)", "the same paper as your oral", "like your stars: graphs, trees", ""]


def test_the_agenda_names_what_fits_below_each_gap(planner: Callable[..., Answer]) -> None:
    """At FOSDEM between 11:25 and 13:50: the skipped talk is proposed with its time, room and reason; without --gaps not."""

    def asked(*words: object) -> Answer:
        return planner(*words, now=JANUARY)

    assert asked("import", SCHEDULES / "fosdem-2025").code == 0
    asked("star", "48885f7c", "fb05c4b6", "22922c28")
    asked("skip", "22922c28")
    told = asked("agenda", "2025-02-01", "--gaps").out
    line = next(line for line in told.splitlines() if "Panoramax" in line)
    assert line.split("  ", 1)[1].strip().startswith("+ 11:50–12:15  ✗ Panoramax")
    assert line.endswith("AW1.120  starred and skipped (★)")
    assert "Panoramax" not in asked("agenda", "2025-02-01").out
    around = asked("agenda", "2025-02-01", "--gaps", "--json").document["free"]
    (gap,) = [one for one in around if one["start"] == "2025-02-01T11:25:00+01:00"]
    assert gap["end"] == "2025-02-01T13:50:00+01:00"
    assert gap["fits"][0]["uid"].startswith("22922c28")
    assert gap["fits"][0]["why"] == "skipped"
    assert {"uid", "why", "of", "because"} == set(gap["fits"][-1])


def test_the_agenda_counts_the_free_time_of_my_plan(planner: Callable[..., Answer]) -> None:
    """One talk at 10:30 of a day until 19:00: free from its end on, and all the next day; what does not fit is said."""

    def asked(*words: object) -> Answer:
        return planner(*words, now=JANUARY)

    assert asked("import", SCHEDULES / "fosdem-2025").code == 0
    asked("star", "MapTCHA")
    (gap,) = asked("agenda", "2025-02-01", "--gaps", "--json").document["free"]
    assert (gap["start"][11:16], gap["end"][11:16]) == ("10:55", "19:00")
    assert gap["fits"]
    told = asked("agenda", "2025-02-01", "--gaps").out
    assert "·  10:55–19:00  8 h 05 min free" in told
    assert "would fit" in told
    assert "free" not in asked("agenda", "2025-02-01").out
    assert "·  09:00–17:00  8 h free" in asked("agenda", "2025-02-02", "--gaps").out
    assert "Nothing is planned" in asked("agenda", "2025-02-05", "--gaps").out


def test_the_agenda_says_where_nothing_fits(planner: Callable[..., Answer], tmp_path: Path) -> None:
    """Two talks with two hours between them, and no other."""
    page = tmp_path / "page.csv"
    page.write_text("title,date,start,end\nAnts,2026-04-23,09:00,10:00\nBees,2026-04-23,12:00,13:00\n")
    assert planner("import", page, "--conference", "X 2026", "--zone", "Europe/Berlin").code == 0
    planner("star", "Ants", "Bees")
    told = planner("agenda", "2026-04-23", "--gaps").out
    assert told.count("nothing fits") == 1
    assert "·  10:00–12:00  120 min free" in told
