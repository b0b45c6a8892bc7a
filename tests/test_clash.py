"""What the interval arithmetic promises, held against a second-by-second oracle on random schedules."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.clash import Group, Span, Tight, clash, gaps, groups, pairs, shared, tight

HOUR = 3600
NAMES = st.sampled_from(("", "", "", "x", "y"))


def seconds_of(span: Span) -> set[int]:
    """Every second that a span takes; one without length has the second in which it begins."""
    return set(range(span.start, span.end)) or {span.start}


def excused(a: Span, b: Span) -> bool:
    """The exceptions, each said from the words of the design."""
    one_visit = bool(a.visit) and a.visit == b.visit
    holder = bool(a.holds) and a.holds == b.inside
    held = bool(b.holds) and b.holds == a.inside
    one_paper = bool(a.paper) and a.paper == b.paper
    return one_visit or holder or held or one_paper or b.uid in a.kept or a.uid in b.kept


def brute(spans: list[Span]) -> set[tuple[frozenset[str], int]]:
    """Every clash by trying every two spans, second by second."""
    found = set()
    for a, b in combinations(spans, 2):
        both = seconds_of(a) & seconds_of(b)
        if both and not excused(a, b):
            long = len(both) if a.end > a.start and b.end > b.start else 0
            found.add((frozenset((a.uid, b.uid)), long))
    return found


ROWS = st.lists(
    st.tuples(
        st.integers(-20, 40),
        st.sampled_from((0, 1, 2, 5, 5, 10, 30)),
        st.tuples(NAMES, NAMES, NAMES, NAMES),
        st.sampled_from(("", "A", "B")),
        st.sampled_from((frozenset(), frozenset(), frozenset(), frozenset(("u0",)), frozenset(("u1", "u3")))),
    ),
    max_size=10,
)


def schedule(rows: list[tuple[int, int, tuple[str, str, str, str], str, frozenset[str]]]) -> list[Span]:
    """A day with equal ends, moments, long containers, poster visits, papers and kept pairs, before and after midnight."""
    spans = []
    for number, (start, length, (visit, inside, holds, paper), place, kept) in enumerate(rows):
        uid = f"u{number}"
        spans.append(Span(start, start + length, uid, visit, inside, holds, paper, place, kept - {uid}))
    return spans


SCHEDULES = ROWS.map(schedule)


def named(found: list[tuple[Span, Span, int]]) -> set[tuple[frozenset[str], int]]:
    """The pairs as sets of uids."""
    return {(frozenset((a.uid, b.uid)), seconds) for a, b, seconds in found}


@pytest.mark.slow
def test_pairs_equal_brute_force(request: pytest.FixtureRequest) -> None:
    """The sweep finds exactly the clashes that trying every two spans second by second finds, each once."""

    @settings(max_examples=3000 if request.config.getoption("--slow") else 200, deadline=None)
    @given(SCHEDULES)
    def holds(spans: list[Span]) -> None:
        found = pairs(spans)
        assert named(found) == brute(spans)
        assert len(found) == len(named(found))

    holds()


@settings(max_examples=200, deadline=None)
@given(SCHEDULES)
def test_clash_is_symmetric_and_never_with_itself(spans: list[Span]) -> None:
    """Clash holds both ways, never of a span with itself, and says the same as the sweep."""
    found = {both for both, _ in named(pairs(spans))}
    for a, b in combinations(spans, 2):
        assert clash(a, b) == clash(b, a) == (frozenset((a.uid, b.uid)) in found)
    assert not any(clash(span, span) for span in spans)


@settings(max_examples=200, deadline=None)
@given(SCHEDULES, st.randoms(use_true_random=False))
def test_order_of_the_input_does_not_matter(spans: list[Span], chance: object) -> None:
    """The same spans in any order give the same pairs, in order of when they begin to overlap."""
    mixed = list(spans)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert pairs(mixed) == pairs(spans)
    begins = [max(a.start, b.start) for a, b, _ in pairs(spans)]
    assert begins == sorted(begins)
    assert all((a.start, a.end, a.uid) < (b.start, b.end, b.uid) for a, b, _ in pairs(spans))


@settings(max_examples=200, deadline=None)
@given(SCHEDULES)
def test_groups_are_the_connected_components(spans: list[Span]) -> None:
    """Two spans share a group exactly if a chain of clashes leads from one to the other."""
    found = pairs(spans)
    near = {span.uid: {span.uid} for span in spans}
    for a, b, _ in found:
        whole = near[a.uid] | near[b.uid]
        for uid in whole:
            near[uid] = whole
    expected = {frozenset(whole) for whole in near.values() if len(whole) > 1}
    made = groups(found)
    assert {frozenset(span.uid for span in group.spans) for group in made} == expected
    assert sum(len(group.pairs) for group in made) == len(found)
    assert [group.start for group in made] == sorted(group.start for group in made)


@settings(max_examples=200, deadline=None)
@given(SCHEDULES)
def test_seconds_of_a_group_are_those_of_its_overlaps_counted_once(spans: list[Span]) -> None:
    """A group's seconds are the size of the union of its pairs' common seconds; start and end hold its spans."""
    for group in groups(pairs(spans)):
        booked: set[int] = set()
        for a, b, _ in group.pairs:
            booked |= set(range(a.start, a.end)) & set(range(b.start, b.end))
        assert group.seconds == len(booked)
        assert group.start == min(span.start for span in group.spans)
        assert group.end == max(span.end for span in group.spans)


@settings(max_examples=200, deadline=None)
@given(SCHEDULES, st.integers(0, 12))
def test_tight_equals_brute_force(spans: list[Span], least: int) -> None:
    """A change is tight exactly if nothing begins sooner after the first, the places differ and the gap is too short."""
    walks = set()
    for before in spans:
        later = [span for span in spans if span.start > max(seconds_of(before))]
        soonest = min((span.start for span in later), default=0)
        for after in later:
            gap = after.start - before.end
            other = before.place and after.place and before.place != after.place
            visits = (before.visit or before.uid, after.visit or after.uid)
            if after.start == soonest and other and gap < least and visits[0] != visits[1]:
                walks.add(visits)
    found = tight(spans, lambda _a, _b: least)
    assert {(a.visit or a.uid, b.visit or b.uid) for a, b, _, _ in found} == walks
    assert len(found) == len(walks)
    assert not any(clash(change.before, change.after) for change in found)


@settings(max_examples=200, deadline=None)
@given(SCHEDULES, st.integers(-25, 45), st.integers(0, 60), st.integers(1, 6))
def test_gaps_equal_brute_force(spans: list[Span], start: int, length: int, least: int) -> None:
    """The free stretches are the maximal runs of seconds that no span takes, those that are long enough."""
    taken: set[int] = set()
    for span in spans:
        taken |= set(range(span.start, span.end))
    expected, since = [], start
    for second in range(start, start + length + 1):
        if second in taken or second == start + length:
            if second - since >= least:
                expected.append((since, second))
            since = second + 1
    assert gaps(spans, start, start + length, least) == expected


def test_end_and_next_start_are_no_clash() -> None:
    """A talk that ends as the next begins does not clash with it; one second more does."""
    assert pairs([Span(0, 900, "a"), Span(900, 1800, "b")]) == []
    a, b = Span(0, 901, "a"), Span(900, 1800, "b")
    assert pairs([b, a]) == [(a, b, 1)]


def test_moments_clash_with_what_goes_on_as_they_begin() -> None:
    """A span without length clashes with one that holds or begins at that second, not with one that ends there."""
    moment = Span(900, 900, "m")
    assert named(pairs([Span(0, 1800, "a"), moment, Span(900, 1000, "b"), Span(0, 900, "c")])) == {
        (frozenset("ma"), 0),
        (frozenset("mb"), 0),
        (frozenset("ab"), 100),
        (frozenset("ac"), 900),
    }
    assert named(pairs([moment, Span(900, 900, "n")])) == {(frozenset("mn"), 0)}


def test_container_does_not_glue_what_it_holds() -> None:
    """A workshop of eight hours with two pairs that clash in it is two groups, and clashes with neither."""
    workshop = Span(0, 8 * HOUR, "w", holds="s")
    inner = [Span(start, start + HOUR, f"t{start}{name}", inside="s") for start in (0, 5 * HOUR) for name in "ab"]
    made = groups(pairs([workshop, *inner]))
    assert [len(group.spans) for group in made] == [2, 2]
    assert all(workshop not in group.spans for group in made)
    elsewhere = Span(HOUR, 2 * HOUR, "e")
    assert named(pairs([workshop, elsewhere])) == {(frozenset(("w", "e")), HOUR)}


def test_posters_of_one_visit_clash_with_others_each() -> None:
    """Seven posters of one session are one visit: no clash among them, one each with the talk that runs meanwhile."""
    posters = [Span(0, 2 * HOUR, f"p{number}", visit="poster session 3") for number in range(7)]
    talk = Span(HOUR, 2 * HOUR, "t")
    assert pairs(posters) == []
    found = pairs([*posters, talk])
    assert len(found) == 7
    assert all(b == talk and seconds == HOUR for _, b, seconds in found)
    (group,) = groups(found)
    assert group.seconds == HOUR


def test_kept_pair_is_no_clash_whichever_side_keeps_it() -> None:
    """A pair that the user accepted no longer clashes; a third talk still does."""
    a, b, c = Span(0, 60, "a", kept=frozenset("b")), Span(0, 60, "b"), Span(30, 60, "c")
    assert named(pairs([a, b, c])) == {(frozenset("ac"), 30), (frozenset("bc"), 30)}


def test_oral_and_poster_of_one_paper_are_no_clash() -> None:
    """A paper's poster does not clash with its own oral."""
    assert pairs([Span(0, 60, "oral", paper="p"), Span(0, 600, "poster", paper="p")]) == []


def test_group_is_a_value_with_everything_a_screen_says() -> None:
    """The group of the design's picture: 15 minutes double booked between 20:15 and 20:45."""
    a, b = Span(20 * HOUR + 900, 20 * HOUR + 2700, "a"), Span(20 * HOUR + 1800, 20 * HOUR + 2700, "b")
    assert groups(pairs([a, b])) == [Group(20 * HOUR + 900, 20 * HOUR + 2700, 900, (a, b), ((a, b, 900),))]


def test_tight_says_gap_and_need() -> None:
    """Two minutes from hall A to hall B where five are needed is tight; three rooms on, the need is asked per pair."""
    a, b, c = Span(0, 900, "a", place="A"), Span(1020, 1900, "b", place="B"), Span(1900, 2000, "c", place="C")
    needs = {("A", "B"): 300, ("B", "C"): 0}
    assert tight([c, b, a], lambda one, other: needs[one, other]) == [Tight(a, b, 120, 300)]


def test_whole_visit_is_one_change() -> None:
    """Going to seven posters after a talk, and from them to another, is one tight change each."""
    talk, last = Span(0, 60, "t", place="A"), Span(120, 180, "u", place="B")
    posters = [Span(60, 120, f"p{number}", visit="v", place="P") for number in range(7)]
    found = tight([talk, last, *posters], lambda _a, _b: 300)
    assert [(a.visit or a.uid, b.visit or b.uid, gap) for a, b, gap, _ in found] == [("t", "v", 0), ("v", "u", 0)]


def test_within_a_visit_nobody_walks() -> None:
    """Two halves of a poster session that are in two halls, one after the other, are no change of room."""
    halves = [Span(0, 60, "one", visit="v", place="A"), Span(60, 120, "two", visit="v", place="B")]
    assert tight(halves, lambda _a, _b: 300) == []


def test_two_talks_that_begin_together_elsewhere_are_two_changes() -> None:
    """After a talk in A, one in B and one in C begin a minute later: neither is within reach, and each is told."""
    talk, near, far = Span(0, 60, "t", place="A"), Span(120, 180, "u", place="B"), Span(120, 180, "v", place="C")
    assert tight([talk, near, far], lambda _a, _b: 300) == [Tight(talk, near, 60, 300), Tight(talk, far, 60, 300)]


def test_only_what_begins_next_is_a_change() -> None:
    """After a talk in A, one in B begins, and a second later one in C: one walks to B, and nobody from A to C."""
    talk, near, later = Span(0, 60, "t", place="A"), Span(120, 180, "u", place="B"), Span(121, 180, "v", place="C")
    assert tight([talk, near, later], lambda _a, _b: 300) == [Tight(talk, near, 60, 300)]


def test_changes_are_told_in_the_order_in_which_one_walks() -> None:
    """Out of a long talk one walks after those that began and ended in it; who walks at the same time, by where from."""
    long, short = Span(0, 100, "long", place="A"), Span(50, 90, "short", place="B")
    soon, late = Span(95, 99, "soon", place="C"), Span(100, 200, "late", place="D")
    walks = [(change.before.uid, change.after.uid) for change in tight([long, short, soon, late], lambda _a, _b: 300)]
    assert walks == [("short", "soon"), ("long", "late"), ("soon", "late")]


def test_a_stretch_that_is_too_short_or_empty_is_not_free_time() -> None:
    """Five seconds late in a day are fewer than ten; between two talks back to back, and after the last, there is nothing."""
    assert gaps([], 100, 105, 10) == []
    assert gaps([Span(0, 10, "a"), Span(10, 20, "b")], 0, 20, 0) == []


def test_a_span_belongs_to_nothing_unless_it_says_so() -> None:
    """Where only time and uid are given there is no visit, no session, no paper, no place and nobody to keep it with."""
    assert Span(0, 60, "t") == (0, 60, "t", "", "", "", "", "", frozenset())


def test_visit_of_many_is_not_compared_with_itself() -> None:
    """Twenty thousand posters of one session and one talk give twenty thousand pairs, in time for a test."""
    posters = [Span(0, 7200, f"p{number:05}", visit="v") for number in range(20_000)]
    assert len(pairs([*posters, Span(60, 90, "x")])) == 20_000


@given(ROWS)
def test_shared_seconds_are_counted_once(rows: list[tuple[int, int, tuple[str, str, str, str], str, frozenset[str]]]) -> None:
    """What others take of a span, second by second, however many take the same."""
    spans = schedule(rows)
    for span in spans:
        others = [other for other in spans if other is not span]
        taken = set().union(*(range(other.start, other.end) for other in others)) if others else set()
        assert shared(span, others) == len(taken & set(range(span.start, span.end)))
