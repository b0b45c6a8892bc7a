"""Ways out: what each writes, what is left of the clash then, and how it is said."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from conftest import SCHEDULES
from hypothesis import given
from hypothesis import strategies as st
from plans import at, evening, star, talk

from planner import ways
from planner.cli.planning import _ways_text
from planner.model import Busy, Mark
from planner.store.marks import settled
from planner.ways import Case, Member

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Answer

    from planner.plan import Plan
    from planner.ways import Way

    Planner = Callable[..., Answer]

JANUARY = "2025-01-20T10:00+01:00"


def near(_here: str, _there: str) -> int:
    """Every room is next door."""
    return 0


def far(here: str, there: str) -> int:
    """Five minutes from any room to any other."""
    return 300 if here != there else 0


def after(plan: Plan, way: Way) -> Plan:
    """The plan once a way was written, by what the store writes."""
    before = {uid: plan.mark(uid) for uid in way.changed}
    return plan.with_marks(*settled(before, way.decisions, way.kept, way.leaving))


def said(plan: Plan, case: Case) -> list[tuple[str, str]]:
    """The ways by what they are and their words."""
    return [(way.what, way.words) for way in ways.ways(plan, case)]


def pairs(plan: Plan) -> set[frozenset[str]]:
    """Which two clash, busy time by its title."""
    return {frozenset(plan.busy_title(one.uid) or one.uid for one in pair[:2]) for pair in plan.pairs()}


CHAIN = (
    talk("a", "A", "18:00", 20, session="1", room="R1"),
    talk("b", "B", "18:15", 30, session="2", room="R2", also=("poster",)),
    talk("c", "C", "18:40", 20, session="3", room="R3"),
    talk("poster", "B", "20:00", 60, kind="poster", session="p", room="Hall", also=("b",)),
)


def chain(*marks: Mark, busy: tuple[Busy, ...] = ()) -> Plan:
    """A shares 5 minutes with B, B another 5 with C, A and C none; B has a poster later."""
    return evening(star("a"), star("b"), star("c"), *marks, talks=CHAIN, busy=busy)


def test_the_ways_out_of_a_chain() -> None:
    """One to go to each, one to keep all, early ends for those that begin first, the poster, a skip of each."""
    plan = chain()
    (case,) = ways.cases(plan, near)
    assert [member.uids for member in case.members] == [("a",), ("b",), ("c",)]
    assert case.pairs == ((0, 1, 300), (1, 2, 300))
    assert said(plan, case) == [
        ("go", "go to A, skip B"),
        ("go", "go to B, skip A and C"),
        ("go", "go to C, skip B"),
        ("keep", "keep all 3"),
        ("leave", "leave A at 20:15, in time for B"),
        ("leave", "leave B at 20:40, in time for C"),
        ("instead", "take its poster instead (Thu 6 May 22:00–23:00, Hall), skip B"),
        ("skip", "skip A"),
        ("skip", "skip B"),
        ("skip", "skip C"),
    ]
    assert ways.said(plan, case) == "Thu 6 May 2021 20:00–21:00 · 10 min double booked"


def test_what_is_to_be_decided() -> None:
    """A clash and a change of room in numbers: from when to when (UTC seconds), who excludes whom for how long, who it is."""
    plan = chain()
    (case,) = ways.cases(plan, near)
    six = int(at("18:00").timestamp())
    assert case[:3] == (six, six + 3600, 600)
    assert case.members == (
        Member(six, six + 1200, ("a",)),
        Member(six + 900, six + 2700, ("b",)),
        Member(six + 2400, six + 3600, ("c",)),
    )
    assert case[4:] == (((0, 1, 300), (1, 2, 300)), ((1,), (0, 2), (1,)), None, 0)
    assert case.key == (False, frozenset("abc"))
    talks = (talk("x", "X", "18:22", 20, session="1", room="R1"), talk("y", "Y", "18:00", 20, session="2", room="R2"))
    (short,) = ways.cases(evening(star("x"), star("y"), talks=talks), far)
    members = Member(six, six + 1200, ("y",)), Member(six + 1320, six + 2520, ("x",))
    assert short == Case(six, six + 2520, 0, members, ((0, 1, 0),), ((1,), (0,)), 120, 300)
    assert short.key == (True, frozenset("xy"))


def test_a_moment_shares_no_second() -> None:
    """What takes no time clashes with what is going on, for no second."""
    talks = (talk("a", "A", "18:00", 20, session="1"), talk("m", "M", "18:10", 0, session="2"))
    plan = evening(star("a"), star("m"), talks=talks)
    (case,) = ways.cases(plan, near)
    assert (case.seconds, case.pairs) == (0, ((0, 1, 0),))
    assert ways.others(plan, ["a"]) == {"m": 0}


@pytest.mark.parametrize(
    ("what", "which", "left"),
    [
        ("go", 0, set()),
        ("go", 1, set()),
        ("go", 2, set()),
        ("keep", 0, set()),
        ("leave", 0, {frozenset("bc")}),
        ("leave", 1, {frozenset("ab")}),
        ("instead", 0, set()),
        ("skip", 0, {frozenset("bc")}),
        ("skip", 1, set()),
        ("skip", 2, {frozenset("ab")}),
    ],
)
def test_what_is_left_of_a_chain(what: str, which: int, left: set[frozenset[str]]) -> None:
    """Going to A leaves C alone: they never clashed; leaving A early leaves B and C."""
    plan = chain()
    (case,) = ways.cases(plan, near)
    way = [way for way in ways.ways(plan, case) if way.what == what][which]
    assert pairs(after(plan, way)) == left


def test_only_those_that_clash_are_skipped() -> None:
    """Going to A skips B and not C, which hangs on B alone."""
    plan = chain()
    (case,) = ways.cases(plan, near)
    done = after(plan, ways.go(plan, case, 0))
    assert {uid: done.mark(uid).decision for uid in "abc"} == {"a": "going", "b": "skipped", "c": "undecided"}
    assert all(done.mark(uid).starred for uid in "abc")


def test_keeping_one_accepts_only_its_own_overlaps() -> None:
    """A with B; B with C stays."""
    plan = chain()
    (case,) = ways.cases(plan, near)
    way = ways.keep(plan, case, 0)
    assert (way.words, way.changed) == ("keep both A and B", ("a", "b"))
    assert {uid: set(after(plan, way).mark(uid).kept) for uid in "abc"} == {"a": {"b"}, "b": {"a"}, "c": set()}
    assert pairs(after(plan, way)) == {frozenset("bc")}


CALL = Busy(at("18:50"), at("19:30"), "Call")


@pytest.mark.parametrize("what", ["go", "keep", "leave"])
def test_busy_time_can_be_accepted_until_it_moves(what: str) -> None:
    """C against a call: going there and keeping both let the call give way, also once it is read anew, not once it moved."""
    plan = evening(star("c"), talks=CHAIN, busy=(CALL,))
    (case,) = ways.cases(plan, near)
    words = {"go": "go to C, your “Call” gives way", "keep": "keep both C and your “Call”"}
    words["leave"] = "leave C at 20:50, in time for your “Call”"
    (way,) = (way for way in ways.ways(plan, case) if way.what == what)
    assert way.words == words[what]
    done = after(plan, way)
    assert pairs(done) == set()
    other = Busy(at("10:00"), at("11:00"), "Other")
    again = evening(*done.marks.values(), talks=CHAIN, busy=(other, CALL._replace(title="Call, renamed")))
    assert pairs(again) == set()
    moved = evening(*done.marks.values(), talks=CHAIN, busy=(CALL._replace(start=at("18:45")),))
    assert pairs(moved) == {frozenset({"c", "Call"})}


def test_a_call_before_the_talk_gives_way_too() -> None:
    """Also of busy time that begins first it is the talk that is kept, left for and changed; the call has no other talk."""
    plan = evening(star("c"), talks=CHAIN, busy=(CALL._replace(start=at("18:20")),))
    (case,) = ways.cases(plan, near)
    assert [member.busy for member in case.members] == [True, False]
    way = ways.keep(plan, case)
    assert (way.words, way.uids, way.changed) == ("keep both your “Call” and C", ("c",), ("c",))
    assert pairs(after(plan, way)) == set()
    assert ways.instead(plan, case, 0) is None


def test_a_key_of_busy_time_tells_no_time() -> None:
    """It travels with marks: a number of eight signs that follows from the times, no title."""
    plan = evening(busy=(CALL, CALL._replace(title="Dentist"), CALL._replace(end=at("19:31"))))
    keys = [plan.busy_key(span.uid) for span in plan.busy_spans()]
    assert keys[0] == keys[1] != keys[2]
    assert all(key.startswith("busy:") and len(key) == 13 for key in keys)


def test_a_visit_is_one_member() -> None:
    """Posters of one session are gone to, left and skipped together, in walking order."""
    posters = tuple(
        talk(f"p{n}", f"Poster {n}", "18:00", 120, kind="poster", session="p", room="Hall")._replace() for n in (2, 0, 1)
    )
    held = tuple(one._replace(slot=one.slot._replace(board=str(10 - int(one.uid[1:])))) for one in posters)
    plan = evening(
        *(star(one.uid) for one in held), star("a"), talks=(*held, talk("a", "A", "19:00", 20, session="1", room="R"))
    )
    (case,) = ways.cases(plan, near)
    assert [member.uids for member in case.members] == [("p2", "p1", "p0"), ("a",)]
    assert [words for _, words in said(plan, case)] == [
        "go to 3 talks, skip A",
        "go to A, skip 3 talks",
        "keep both 3 posters and A",
        "leave 3 talks at 21:00, in time for A",
        "skip 3 talks",
        "skip A",
    ]
    for way in ways.ways(plan, case):
        assert pairs(after(plan, way)) == set()


def test_posters_of_a_visit_are_left_as_long_as_they_last() -> None:
    """Of two posters the one that is open before the talk is left early, not the one that opens as it begins."""
    talks = (
        talk("p1", "Poster 1", "18:00", 120, kind="poster", session="p", room="Hall", also=("oral",)),
        talk("p2", "Poster 2", "19:00", 60, kind="poster", session="p", room="Hall"),
        talk("a", "A", "19:00", 20, session="1", room="R"),
        talk("oral", "Poster 1", "22:00", 20, session="o", room="R", also=("p1",)),
    )
    plan = evening(star("p1"), star("p2"), star("a"), talks=talks)
    (case,) = ways.cases(plan, near)
    assert said(plan, case) == [
        ("go", "go to Poster 1 and Poster 2, skip A"),
        ("go", "go to A, skip Poster 1 and Poster 2"),
        ("keep", "keep both 2 posters and A"),
        ("leave", "leave Poster 1 at 21:00, in time for A"),
        ("skip", "skip Poster 1 and Poster 2"),
        ("skip", "skip A"),
    ]


def test_what_begins_at_once_is_not_left_for() -> None:
    """A and B begin together, C half an hour later: A is left for C."""
    lasting = {"a": ("18:00", 60), "b": ("18:00", 10), "c": ("18:30", 30)}
    talks = tuple(talk(uid, uid.upper(), *times, session=uid) for uid, times in lasting.items())
    plan = evening(*(star(one.uid) for one in talks), talks=talks)
    (case,) = ways.cases(plan, near)
    assert [way.words for way in ways.ways(plan, case) if way.what == "leave"] == ["leave A at 20:30, in time for C"]


def test_a_change_of_room_that_is_too_short() -> None:
    """Two minutes for a way of five: leave three minutes early, hurry, or skip one."""
    talks = (
        talk("a", "A", "18:00", 20, session="1", room="R1"),
        talk("b", "B", "18:22", 20, session="2", room="R2", also=("o",)),
        talk("o", "B", "21:00", 20, session="3", room="R3", also=("b",)),
    )
    plan = evening(star("a"), star("b"), talks=talks)
    (case,) = ways.cases(plan, far)
    assert ways.said(plan, case) == "Thu 6 May 2021 20:00–20:42 · 2 min for a way of 5 min"
    assert said(plan, case) == [
        ("go", "go to A, skip B"),
        ("go", "go to B, skip A"),
        ("keep", "hurry from A to B"),
        ("leave", "leave A at 20:17, in time for B"),
        ("instead", "take its oral instead (Thu 6 May 23:00–23:20, R3), skip B"),
        ("skip", "skip A"),
        ("skip", "skip B"),
    ]
    for way in ways.ways(plan, case):
        assert ways.cases(after(plan, way), far) == []


def test_no_time_is_said_so() -> None:
    """From 18:20 to 18:20."""
    talks = (talk("a", "A", "18:00", 20, room="R1"), talk("b", "B", "18:20", 20, room="R2"))
    plan = evening(star("a"), star("b"), talks=talks)
    (case,) = ways.cases(plan, far)
    assert ways.trouble(case) == "no time for a way of 5 min"


@pytest.mark.parametrize(
    ("marks", "busy", "words"),
    [
        ((star("poster", decision="skipped"),), (), None),
        ((star("poster", decision="going"),), (), None),
        ((star("poster"),), (), "take its poster instead (Thu 6 May 22:00–23:00, Hall), skip B"),
        ((), (Busy(at("20:30"), at("21:00"), "Call"),), "…; that clashes with others"),
    ],
)
def test_the_other_talk_of_a_paper(marks: tuple[Mark, ...], busy: tuple[Busy, ...], words: str | None) -> None:
    """Offered while nothing was decided on it, and said where it clashes in its turn."""
    plan = chain(*marks, busy=busy)
    case = ways.cases(plan, near)[0]
    way = ways.instead(plan, case, 1)
    found = way and (way.words if words and not words.startswith("…") else "…" + way.words[way.words.index(";") :])
    assert found == words


def test_of_two_other_talks_the_free_one_is_taken() -> None:
    """The earlier poster clashes with the call."""
    second = talk("poster2", "B", "22:00", 60, kind="poster", session="p2", room="Hall", also=("b", "poster"))
    talks = (*(one._replace(also=("poster", "poster2")) if one.uid == "b" else one for one in CHAIN), second)
    plan = evening(star("a"), star("b"), talks=talks, busy=(Busy(at("20:30"), at("21:00"), "Call"),))
    way = ways.instead(plan, ways.cases(plan, near)[0], 1)
    assert way is not None
    assert way.uids == ("poster2",)


def test_another_talk_in_the_place_of_the_first_does_not_clash_with_it() -> None:
    """A source links B to a poster, and to one of another conference, but not back: within B's time it clashes with none."""
    poster = talk("poster", "B", "18:20", 20, kind="poster", session="p")
    talks = tuple(one._replace(also=("poster", "elsewhere")) if one.uid == "b" else one for one in CHAIN[:2])
    plan = evening(star("a"), star("b"), talks=(*talks, poster))
    way = ways.instead(plan, ways.cases(plan, near)[0], 1)
    assert way is not None
    assert way.words == "take its poster instead (Thu 6 May 20:20–20:40), skip B"


def test_others_are_the_planned_talks_that_clash() -> None:
    """B clashes with A and C; what is skipped or busy is none of them; two that are chosen together are none to each other."""
    plan = chain(busy=(CALL,))
    assert ways.others(plan, ["b"]) == {"a": 300, "c": 300}
    assert ways.others(plan, ["b", "c"]) == {"a": 300}
    assert ways.others(plan.with_marks(star("a", decision="skipped")), ["b"]) == {"c": 300}
    first = talk("z", "Z", "18:10", 30, session="4")
    plan = evening(star("a"), star("b"), star("z"), talks=(*CHAIN, first))
    assert list(ways.others(plan, ["b"]).items()) == [("a", 300), ("z", 1500)]
    assert list(ways.others(plan, ["a"]).items()) == [("z", 600), ("b", 300)]
    assert list(ways.others(plan, ["b", "a"]).items()) == [("z", 1500)]


FORTY = "On the growth and form of ants and beetle"


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Ants", "Ants"),
        ("", "an untitled slot"),
        (FORTY[:40], FORTY[:40]),
        (FORTY, "On the growth and form of ants and…"),
        ("A new way to write code, with Mac OS X: what is new", "A new way to write code, with Mac OS X…"),
        ("a" * 40, "a" * 40),
        ("a" * 41, "a" * 39 + "…"),
    ],
)
def test_a_long_title_is_said_by_its_beginning(title: str, words: str) -> None:
    """Forty signs are said; of more the whole words that fit into forty, and of a word that is longer its beginning."""
    talks = (talk("x", title, "18:00", kind="oral"),)
    assert ways.named(evening(talks=talks), "x") == words


ROWS = st.lists(
    st.tuples(
        st.integers(0, 60), st.integers(0, 30), st.sampled_from(["R1", "R2"]), st.booleans(), st.sampled_from(["", "v", "w"])
    ),
    min_size=1,
    max_size=7,
)


def schedule(rows: list[tuple[int, int, str, bool, str]]) -> Plan:
    """Talks, some posters of two sessions (one time each, as printed), some times of the user's own calendar."""
    begins = {"v": 5, "w": 20}
    talks, busy = [], []
    for n, (start, length, room, own, visit) in enumerate(rows):
        begin = at("18:00") + timedelta(minutes=begins.get(visit, start))
        minutes = 30 if visit else length
        if own and not visit:
            busy.append(Busy(begin, begin + timedelta(minutes=minutes), f"busy {n}"))
            continue
        kind = "poster" if visit else "oral"
        one = talk(f"t{n}", f"Talk {n}", "18:00", session=visit or str(n), kind=kind, room=visit or room)
        talks.append(one._replace(slot=one.slot._replace(start=begin, end=begin + timedelta(minutes=minutes))))
    return evening(*(star(one.uid) for one in talks), talks=tuple(talks) or CHAIN, busy=tuple(busy))


@given(ROWS, st.sampled_from([near, far]))
def test_every_way_leads_out(rows: list[tuple[int, int, str, bool, str]], needs: Callable[[str, str], int]) -> None:
    """Pair by pair against the times: going, keeping and skipping end every clash of the member and no other.

    Leaving early ends some of them, those with what begins later, and nothing clashes anew.
    """
    plan = schedule(rows)
    for case in ways.cases(plan, needs):
        if case.gap is not None:
            continue
        for at_, member in enumerate(case.members):
            if member.busy:
                continue
            mine = set(member.uids)
            hurt = {pair for pair in pairs(plan) if mine & pair}
            for way in (ways.go(plan, case, at_), ways.keep(plan, case, at_), ways.skip(plan, case, at_)):
                left = pairs(after(plan, way))
                skipped = {uid for uid, decision in way.decisions if decision == "skipped"}
                assert left == {pair for pair in pairs(plan) - hurt if not skipped & pair}
            early = ways.leave(plan, case, at_)
            later = [other for other in case.against[at_] if case.members[other].start > member.start]
            assert (early is not None) == any(case.members[other].start < member.end for other in later)
            if early is not None:
                left = pairs(after(plan, early))
                assert left < pairs(plan)
                assert pairs(plan) - left <= hurt
    assert {uid for case in ways.cases(plan, near) for member in case.members for uid in member.uids} == {
        one.uid for pair in plan.pairs() for one in pair[:2]
    }


@given(ROWS)
def test_short_changes_are_solved_too(rows: list[tuple[int, int, str, bool, str]]) -> None:
    """After any way the same change is too short no longer."""
    plan = schedule(rows)
    for case in ways.cases(plan, far):
        if case.gap is not None:
            for way in ways.ways(plan, case):
                keys = [left.key for left in ways.cases(after(plan, way), far)]
                assert case.key not in keys


# The commands


@pytest.fixture
def fosdem(planner: Planner) -> Planner:
    """FOSDEM 2025 with seven starred talks: two clashes, two rooms too far apart."""

    def asked(*words: object) -> Answer:
        return planner(*words, now=JANUARY)

    assert asked("import", SCHEDULES / "fosdem-2025").code == 0
    assert asked("star", "fe0337ed", "701a6d4a", "9331872d", "85ec6854", "e0e5ce2c", "d1bd257c", "48885f7c").code == 0
    return asked


def test_clashes_show_ways_out(fosdem: Planner) -> None:
    """Below each clash and each short change of room, with the command that does it or the key."""
    first, second, *tight = fosdem("clashes").out.split("\n\n")
    assert "  → planner going 701a6d4a --skip-others   go to MapTCHA" in first
    assert "leave" not in first  # both begin at 10:30
    assert "  → planner, then ! and l                  leave Unlocking Open-Source Capabilities in… at" in second
    assert len(tight) == 2
    assert all("planner skip" in one and "hurry from" in one for one in tight)


def test_what_the_ways_say_is_what_they_do(fosdem: Planner) -> None:
    """Each printed command, done, ends its clash; one undo brings it back."""
    before = fosdem("clashes").out
    for block in before.split("\n\n"):
        for said_ in block.splitlines():
            command = said_.removeprefix("  → ").partition("   ")[0]
            if not said_.startswith("  → planner ") or "!" in command:
                continue
            assert fosdem(*command.split()[1:]).code == 0
            assert block.splitlines()[0] not in fosdem("clashes").out
            assert fosdem("undo").code == 0
            assert fosdem("clashes").out == before


def test_going_says_what_still_clashes(fosdem: Planner) -> None:
    """On stderr, with both commands; nothing is skipped unasked, and nothing is said where nothing clashes."""
    answer = fosdem("going", "701a6d4a")
    assert answer.out == "going: MapTCHA, the open source CAPTCHA that improves OpenStreetMap\n"
    assert "(25 min shared): planner skip d1bd257c" in answer.err
    assert "planner going 701a6d4a --skip-others skips it." in answer.err
    assert len(fosdem("clashes", "--json").document["groups"]) == 2
    assert not fosdem("going", "48885f7c").err


def test_skipping_the_others_is_one_step(fosdem: Planner, tmp_path: Path) -> None:
    """Skipped ones stay starred and listed, and leave agenda, clashes and export; one undo takes both back."""
    before = {one["uid"]: one for one in fosdem("talks", "--starred", "--json").document["talks"]}
    answer = fosdem("going", "701a6d4a", "--skip-others")
    assert answer.out.splitlines()[1].startswith("skipped: What the Spec?!")
    assert not answer.err
    starred = {one["uid"]: one for one in fosdem("talks", "--starred", "--json").document["talks"]}
    assert set(starred) == set(before)
    (skipped,) = (uid for uid, one in starred.items() if one["decision"] == "skipped")
    assert skipped.startswith("d1bd257c")
    assert skipped not in {one["uid"] for one in fosdem("agenda", "all", "--json").document["talks"]}
    clashing = {uid for group in fosdem("clashes", "--json").document["groups"] for uid in group["talks"]}
    assert skipped not in clashing
    fosdem("export", tmp_path / "plan.ics")
    assert skipped.encode() not in (tmp_path / "plan.ics").read_bytes().replace(b"\r\n ", b"")
    assert fosdem("undo").code == 0
    assert {one["uid"]: one for one in fosdem("talks", "--starred", "--json").document["talks"]} == before


def test_going_in_json_tells_all_that_it_changed(fosdem: Planner) -> None:
    """The talk and those that were skipped for it."""
    changed = fosdem("going", "701a6d4a", "--skip-others", "--json").document["talks"]
    assert [one["decision"] for one in changed] == ["going", "skipped"]


def test_many_ways_are_counted() -> None:
    """Twenty talks at once have 20 + 1 ways besides the skips; a dozen are said, the screen has the others."""
    talks = tuple(talk(f"t{n:02}", f"Talk {n}", "18:00", session=str(n)) for n in range(20))
    plan = evening(*(star(one.uid) for one in talks), talks=talks)
    (case,) = ways.cases(plan, near)
    lines = _ways_text(plan, case).splitlines()
    assert len(lines) == 13
    assert lines[-1].endswith("9 more")


def test_a_talk_against_the_calendar_alone_can_be_skipped() -> None:
    """No other is there to go to; the call gives way only by a key."""
    plan = evening(star("c"), talks=CHAIN, busy=(CALL,))
    (case,) = ways.cases(plan, near)
    assert [line.split("   ")[0] for line in _ways_text(plan, case).splitlines()] == [
        "  → planner, then ! and 1 to 9",
        "  → planner, then ! and b",
        "  → planner, then ! and l",
        "  → planner skip c",
    ]


def test_the_poster_instead_is_two_commands() -> None:
    """Go to the one, skip the other."""
    plan = chain()
    (case,) = ways.cases(plan, near)
    assert "  → planner going poster && planner skip b" in _ways_text(plan, case)
