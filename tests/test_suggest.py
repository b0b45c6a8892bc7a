"""Suggest: the best clash-free plan, equal to brute force, with its reasons."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from planner.clash import Span, clash, excused
from planner.suggest import conflicts, suggest


def never(_here: str, _there: str) -> int:
    """Every room is next door."""
    return 0


def ten(here: str, there: str) -> int:
    """Ten seconds from any room to any other."""
    return 10 if here != there else 0


def excludes(a: Span, b: Span, needs: object) -> bool:
    """Whether nobody can do both: they clash, or the way from the first to the second takes longer than there is."""
    if clash(a, b):
        return True
    if excused(a, b) or not a.place or not b.place or a.place == b.place or not callable(needs):
        return False
    before, after = (a, b) if (a.end, a.start) <= (b.start, b.start) else (b, a)
    return before.end <= after.start and after.start - before.end < needs(before.place, after.place)


def best_weight(spans: list[Span], weights: dict[str, int], fixed: frozenset[str], needs: object) -> int:
    """The largest sum by trying every choice: what is fixed stays, the rest must exclude nothing chosen."""
    chosen = [span for span in spans if span.uid in fixed]
    free = [span for span in spans if span.uid not in fixed and not any(excludes(span, other, needs) for other in chosen)]
    best = 0
    for size in range(len(free) + 1):
        for choice in combinations(free, size):
            if not any(excludes(a, b, needs) for a, b in combinations(choice, 2)):
                best = max(best, sum(weights[span.uid] for span in choice))
    return best + sum(weights[span.uid] for span in chosen)


@st.composite
def schedules(draw: st.DrawFn) -> tuple[list[Span], dict[str, int], frozenset[str]]:
    """Up to nine spans on a short clock, with equal ends, no length, visits, containers, papers, rooms and kept pairs."""
    spans = []
    for number in range(draw(st.integers(0, 9))):
        start = draw(st.integers(0, 60))
        spans.append(
            Span(
                start,
                start + draw(st.integers(0, 30)),
                f"t{number}",
                visit=draw(st.sampled_from(["", "", "", "posters"])),
                inside=draw(st.sampled_from(["", "w"])),
                holds=draw(st.sampled_from(["", "", "", "w"])),
                paper=draw(st.sampled_from(["", "", "p"])),
                place=draw(st.sampled_from(["", "A", "B"])),
                kept=draw(st.sampled_from([frozenset(), frozenset(), frozenset({"t0"})])),
            )
        )
    weights = {span.uid: draw(st.integers(1, 5)) for span in spans}
    fixed = frozenset(span.uid for span in spans if draw(st.integers(0, 5)) == 0)
    return spans, weights, fixed


@given(schedules(), st.sampled_from([never, ten]))
@settings(max_examples=300)
def test_no_other_choice_is_better(case: tuple[list[Span], dict[str, int], frozenset[str]], needs: object) -> None:
    """The sum equals that of the best of all choices, and what is kept excludes nothing else that is kept."""
    spans, weights, fixed = case
    assert callable(needs)
    found = suggest(spans, weights, fixed, needs)
    by_uid = {span.uid: span for span in spans}
    assert found.weight == best_weight(spans, weights, fixed, needs)
    assert found.weight == sum(weights[uid] for uid in found.keep)
    assert fixed <= set(found.keep)
    assert sorted((*found.keep, *(one.uid for one in found.drop))) == sorted(by_uid)
    for a, b in combinations(found.keep, 2):
        assert {a, b} <= fixed or not excludes(by_uid[a], by_uid[b], needs)
    for dropped in found.drop:
        assert dropped.kept
        assert dropped.kept == tuple(uid for uid in found.keep if excludes(by_uid[dropped.uid], by_uid[uid], needs))


def test_a_long_talk_yields_to_two_short_ones_that_are_worth_more() -> None:
    """4 against 3 + 2, and the reason names both with the seconds shared."""
    spans = [Span(0, 100, "long"), Span(0, 50, "a"), Span(50, 90, "b")]
    found = suggest(spans, {"long": 4, "a": 3, "b": 2}, frozenset(), never)
    assert (found.keep, found.weight) == (("a", "b"), 5)
    assert found.drop == ((("long", ("a", "b"), 90)),)


def test_what_is_dropped_too_is_no_reason() -> None:
    """A talk that overlaps one that is kept by 40 seconds and one that is dropped by 50 yields to the kept one, for 40."""
    spans = [Span(0, 60, "kept"), Span(20, 100, "dropped"), Span(50, 130, "also dropped"), Span(100, 200, "kept late")]
    found = suggest(spans, {"kept": 9, "dropped": 1, "also dropped": 1, "kept late": 9}, frozenset(), never)
    assert found.drop == (("dropped", ("kept",), 40), ("also dropped", ("kept", "kept late"), 40))


def test_a_talk_of_no_weight_adds_none() -> None:
    """Between two that overlap, the one that is worth something is kept, though the other begins first."""
    found = suggest([Span(0, 60, "none"), Span(30, 90, "one")], {"one": 1}, frozenset(), never)
    assert found == (("one",), (("none", ("one",), 30),), 1)


def test_where_nobody_knows_the_place_no_way_is_too_long() -> None:
    """Before, between and after talks whose rooms lie ten seconds apart, one without a room is kept."""
    spans = [Span(60 * n, 60 * n + 60, f"t{n}", place=place) for n, place in enumerate(("", "A", "", "B", ""))]
    assert conflicts(spans, ten) == [{}, {}, {}, {}, {}]


def test_no_way_is_too_long_within_what_may_overlap() -> None:
    """From a paper's oral to its poster, from a workshop to a talk of it, and between two that the user keeps."""
    a, b = Span(0, 60, "a", place="A"), Span(60, 90, "b", place="B")
    for one, other in (
        (a._replace(paper="p"), b._replace(paper="p")),
        (a._replace(holds="w"), b._replace(inside="w")),
        (a._replace(visit="v"), b._replace(visit="v")),
        (a._replace(kept=frozenset({"b"})), b),
    ):
        assert conflicts([one, other], ten) == [{}, {}]
    assert conflicts([a, b], ten) == [{1: 0}, {0: 0}]


def test_going_is_fixed_whatever_it_costs() -> None:
    """A talk that one goes to beats five that are worth more."""
    spans = [Span(0, 100, "going"), *(Span(n * 20, n * 20 + 20, f"t{n}") for n in range(5))]
    found = suggest(spans, {"going": 1, **{f"t{n}": 5 for n in range(5)}}, frozenset({"going"}), never)
    assert found.keep == ("going",)


def test_of_equal_sums_the_one_with_more_talks_is_taken() -> None:
    """3 + 3 beats 6 in one."""
    spans = [Span(0, 100, "one"), Span(0, 50, "a"), Span(50, 100, "b")]
    assert suggest(spans, {"one": 6, "a": 3, "b": 3}, frozenset(), never).keep == ("a", "b")


def test_exactly_enough_time_for_the_way_is_enough() -> None:
    """Ten seconds from A to B are kept with ten to go there, though it is twenty to C, and given up with nine."""
    ways = {frozenset("AB"): 10, frozenset("AC"): 20, frozenset("BC"): 20}
    spans = [Span(0, 60, "a", place="A"), Span(70, 130, "b", place="B"), Span(500, 560, "c", place="C"), Span(600, 660, "d")]
    weights = dict.fromkeys("abcd", 1)
    assert suggest(spans, weights, frozenset(), lambda one, other: ways[frozenset((one, other))]).keep == ("a", "b", "c", "d")
    ways[frozenset("AB")] = 11
    found = suggest(spans, weights, frozenset(), lambda one, other: ways[frozenset((one, other))])
    assert (found.keep, found.drop) == (("a", "c", "d"), (("b", ("a",), 0),))


def test_staying_in_a_room_takes_no_time() -> None:
    """Two talks back to back in one room are both kept, whatever the ways cost."""
    spans = [Span(0, 60, "a", place="A"), Span(60, 120, "b", place="A"), Span(500, 560, "c", place="B")]
    assert suggest(spans, {"c": 2}, frozenset(), lambda _a, _b: 30) == (("a", "b", "c"), (), 2)


def test_what_excludes_what_has_its_seconds() -> None:
    """An overlap has those that are shared, a way that is too long has none, both ways round."""
    spans = [Span(0, 60, "a", place="A"), Span(50, 100, "b", place="A"), Span(105, 160, "c", place="B")]
    assert conflicts(spans, ten) == [{1: 10}, {0: 10, 2: 0}, {1: 0}]


def test_of_equal_sums_and_counts_the_earlier_is_taken() -> None:
    """Of two talks that overlap and are worth the same the first is kept, and of four in a chain the first and third."""
    chain = [Span(30 * n, 30 * n + 50, name) for n, name in enumerate("abcd")]
    weights = dict.fromkeys("abcd", 1)
    assert suggest(chain[:2], weights, frozenset(), never).keep == ("a",)
    assert suggest(chain, weights, frozenset(), never).keep == ("a", "c")


def test_a_poster_session_of_hundreds_is_decided_at_once() -> None:
    """400 posters of one visit against a talk in the middle: all of them or the talk, without trying their subsets."""
    spans = [
        *(Span(0, 7200, f"p{n}", visit="posters", place="Hall") for n in range(400)),
        Span(3600, 4500, "talk", place="Room"),
    ]
    weights = {**{f"p{n}": 1 for n in range(400)}, "talk": 399}
    assert len(suggest(spans, weights, frozenset(), ten).keep) == 400
    assert suggest(spans, {**weights, "talk": 401}, frozenset(), ten).keep == ("talk",)
