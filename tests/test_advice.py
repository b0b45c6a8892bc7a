"""Advice: the best plan of a person's stars, with the reasons, in words and as JSON."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from conftest import SCHEDULES
from hypothesis import given
from hypothesis import strategies as st
from plans import at, evening, star, talk

from planner import advice
from planner.model import Busy, Mark, Slot

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Answer

    from planner.plan import Plan

    Planner = Callable[..., Answer]

GOLDEN = Path(__file__).parent / "data" / "golden"
JANUARY = "2025-01-20T10:00+01:00"


def near(_here: str, _there: str) -> int:
    """Every room is next door."""
    return 0


def far(here: str, there: str) -> int:
    """Five minutes from any room to any other."""
    return 300 if here != there else 0


def crowded(*marks: Mark, busy: tuple[Busy, ...] = (), board: str = "12") -> Plan:
    """An evening in rooms: one talk overlaps the next, one is too far off, one has a poster, one has no slot."""
    poster = talk("poster", "When Do Curricula Work?", "21:00", 120, kind="poster", session="p", also=("curricula",))
    talks = (
        talk("vcnet", "VCNet", "18:00", room="A"),
        talk("performers", "Performers", "18:15", 30, session="12", room="A"),
        talk("curricula", "When Do Curricula Work?", "18:30", also=("poster",), room="A"),
        talk("next-door", "A talk next door", "18:47", 13, session="13", room="B"),
        talk("diffwave", "DiffWave", "20:00", room="A"),
        poster._replace(slot=poster.slot._replace(room="Hall", board=board)),
        talk("paper", "A paper without a slot", session=None, kind="paper"),
    )
    return evening(*marks, talks=talks, busy=busy)


def test_ratings_decide_and_a_star_without_one_counts_three() -> None:
    """5 beats 2 for the 15 minutes that they share; the sum is 3 + 5."""
    found = advice.advise(crowded(star("vcnet"), star("performers", 5), star("curricula", 2)), near)
    assert (found.keep, found.weight) == (("vcnet", "performers"), 8)
    assert [(one.uid, one.reasons, one.seconds) for one in found.drop] == [
        ("curricula", (advice.Reason(("performers",), 900),), 900)
    ]


def test_going_is_settled_and_skipped_is_out() -> None:
    """A talk that one is going to stays against a better one; a skipped one is neither kept nor dropped."""
    going = advice.advise(crowded(star("performers", 1, "going"), star("curricula", 5)), near)
    assert (going.keep, [one.uid for one in going.drop]) == (("performers",), ["curricula"])
    skipped = advice.advise(crowded(star("performers", 5, "skipped"), star("curricula", 1)), near)
    assert (skipped.keep, skipped.drop) == (("curricula",), ())


def test_busy_time_is_settled_and_named_by_its_title() -> None:
    """20:05–20:30 takes ten minutes of 20:00–20:15; the document names it beside an empty ``for``."""
    plan = crowded(star("diffwave", 5), busy=(Busy(at("20:05"), at("20:30"), "Dentist"),))
    found = advice.advise(plan, near)
    assert found.keep == ()
    assert advice.document(plan, found)["drop"] == [
        {"uid": "diffwave", "for": [], "busy": ["Dentist"], "minutes": 10, "instead": None}
    ]
    assert "shares 10 min with your “Dentist”" in advice.text(plan, found)


def test_a_way_that_takes_too_long_is_said_with_both_times() -> None:
    """From A at 18:45 to B at 18:47 there are two minutes for five."""
    plan = crowded(star("performers", 5), star("next-door", 1))
    found = advice.advise(plan, far)
    assert found.drop == (advice.GivenUp("next-door", (advice.Reason(("performers",), 0, 120, 300),), 0),)
    assert "too far from Performers (★★★★★): 2 min for a way of 5 min" in advice.text(plan, found)
    assert advice.advise(plan, near).drop == ()


def test_a_way_to_a_later_talk_is_said_so() -> None:
    """The dropped one comes first."""
    plan = crowded(star("performers", 1), star("next-door", 5))
    assert "too far to A talk next door (★★★★★)" in advice.text(plan, advice.advise(plan, far))


@pytest.mark.parametrize(
    ("marks", "busy", "instead"),
    [
        ((), (), "poster"),
        ((star("poster", decision="skipped"),), (), None),
        ((), (Busy(at("22:00"), at("22:10"), "Call"),), None),
        ((star("poster"),), (), "poster"),
    ],
)
def test_the_poster_of_a_dropped_oral_is_offered_where_it_fits(
    marks: tuple[Mark, ...], busy: tuple[Busy, ...], instead: str | None
) -> None:
    """Starred or not; not where it is skipped or clashes in its turn."""
    plan = crowded(star("performers", 5), star("curricula", 2), *marks, busy=busy)
    found = advice.advise(plan, near)
    assert {one.uid: one.instead for one in found.drop}["curricula"] == instead


def test_an_offer_says_when_where_and_how() -> None:
    """Day, clock, board and the command; a poster that is kept already stays."""
    plan = crowded(star("performers", 5), star("curricula", 2))
    offer = "its poster Thu 6 May 23:00–01:00 · Hall board 12"
    assert f"{offer} would fit instead: planner going poster" in advice.text(plan, advice.advise(plan, near))
    kept = plan.with_marks(star("poster"))
    assert f"{offer} stays in the plan" in advice.text(kept, advice.advise(kept, near))


def test_two_offers_do_not_clash_with_each_other() -> None:
    """Two dropped orals whose posters overlap in two sessions: only one poster is offered."""
    talks = (
        talk("kept", "Kept", "18:00", 60),
        talk("a", "A", "18:00", also=("pa",), session="12"),
        talk("b", "B", "18:30", also=("pb",), session="12"),
        talk("pa", "A", "20:00", 60, kind="poster", session="p1", also=("a",)),
        talk("pb", "B", "20:30", 60, kind="poster", session="p2", also=("b",)),
    )
    plan = evening(star("kept", 5), star("a", 1), star("b", 1), talks=talks)
    assert [one.instead for one in advice.advise(plan, near).drop] == ["pa", None]


def test_posters_of_one_session_are_one_reason() -> None:
    """A talk that three starred posters outweigh yields to ``3 posters of Poster Session``, for 15 minutes and not 45."""
    posters = tuple(talk(f"p{n}", f"Poster {n}", "18:00", 120, kind="poster", session="12") for n in range(3))
    plan = evening(
        star("talk", 5),
        *(star(f"p{n}", 2) for n in range(3)),
        talks=(*posters, talk("talk", "Talk", "18:30", session="11")),
    )
    found = advice.advise(plan, near)
    assert (found.drop[0].uid, found.drop[0].seconds, len(found.drop[0].reasons)) == ("talk", 900, 1)
    assert "shares 15 min with 3 posters of Oral Session 12" in advice.text(plan, found)


def test_settled_clashes_are_left_and_said() -> None:
    """Going to two talks at once is nobody's to solve but the user's."""
    plan = crowded(star("performers", decision="going"), star("curricula", decision="going"))
    found = advice.advise(plan, near)
    assert found.open == (("performers", "curricula", 900),)
    assert "⚠ settled and left as it is" in advice.text(plan, found)


def test_talks_without_a_clock_and_cancelled_ones_are_left_aside() -> None:
    """No slot, an all-day entry: counted; cancelled: gone."""
    plan = evening(
        star("day"),
        star("none"),
        star("gone"),
        talks=(
            talk("day", "A workshop day")._replace(slot=Slot(day=at("00:00").date())),
            talk("none", "Some day"),
            talk("gone", "Gone", "18:00", cancelled=True),
        ),
    )
    found = advice.advise(plan, near)
    assert (found.keep, found.drop, found.unplaced) == ((), (), 2)
    assert advice.text(plan, found).startswith("No starred talk has a time yet")


def test_decisions_are_going_for_what_is_kept_and_skipped_for_the_rest() -> None:
    """As ``--apply`` writes them."""
    found = advice.advise(crowded(star("performers", 5), star("curricula", 2)), near)
    assert found.decisions == {"performers": "going", "curricula": "skipped"}


@given(
    st.lists(
        st.tuples(st.integers(0, 90), st.integers(0, 40), st.sampled_from("AB"), st.integers(0, 5), st.booleans()), max_size=8
    ),
    st.sampled_from([near, far]),
)
def test_what_is_decided_as_advised_needs_no_more_advice(
    rows: list[tuple[int, int, str, int, bool]], needs: Callable[[str, str], int]
) -> None:
    """Applied, the same plan is advised with nothing to drop; every dropped talk has its reasons, every talk one place."""
    talks = tuple(
        talk(f"t{n}", f"Talk {n}", "18:00", length, room=room, session=str(n))._replace(
            slot=Slot(at("18:00") + timedelta(minutes=start), at("18:00") + timedelta(minutes=start + length), room)
        )
        for n, (start, length, room, _, _) in enumerate(rows)
    )
    marks = [star(f"t{n}", rating, "going" if going else "undecided") for n, (*_, rating, going) in enumerate(rows)]
    plan = evening(*marks, talks=talks) if talks else evening()
    found = advice.advise(plan, needs)
    assert sorted((*found.keep, *(one.uid for one in found.drop))) == sorted(mark.uid for mark in marks)
    for one in found.drop:
        assert one.reasons
        assert {uid for reason in one.reasons for uid in reason.kept} <= set(found.keep)
    settled = plan.with_marks(*(star(uid, plan.mark(uid).rating, what) for uid, what in found.decisions.items()))
    again = advice.advise(settled, needs)
    assert (again.keep, again.drop, again.weight) == (found.keep, (), found.weight)
    assert advice.text(plan, found)


# The command


@pytest.fixture
def fosdem(planner: Planner) -> Planner:
    """FOSDEM 2025 with eight starred talks: overlaps, a room too far, one that is going."""

    def asked(*words: object) -> Answer:
        return planner(*words, now=JANUARY)

    assert asked("import", SCHEDULES / "fosdem-2025").code == 0
    for rating, uids in {3: "fe0337ed", 4: "701a6d4a", 5: "9331872d 85ec6854", 2: "e0e5ce2c"}.items():
        assert asked("star", *uids.split(), "--rating", rating).code == 0
    assert asked("star", "d1bd257c", "48885f7c").code == 0
    assert asked("going", "fb05c4b6").code == 0
    return asked


@pytest.mark.parametrize("name", ["suggest.txt", "suggest.json"])
def test_the_bytes_of_the_advice_are_exact(fosdem: Planner, name: str) -> None:
    """4 + 3 + 3 + 2 + 3 are kept; the three that yield are worth less, as one can add up by hand."""
    made = fosdem("suggest", *(["--json"] if name.endswith("json") else [])).out
    assert made.encode() == (GOLDEN / name).read_bytes()


def test_apply_decides_in_one_step(fosdem: Planner) -> None:
    """Kept ones are going, dropped ones skipped and still starred; one undo takes all of it back."""
    before = fosdem("talks", "--starred", "--json").document["talks"]
    advised = fosdem("suggest", "--apply", "--json").document
    assert not fosdem("clashes", "--json").document["groups"]
    after = {one["uid"]: one for one in fosdem("talks", "--starred", "--json").document["talks"]}
    assert {uid for uid, one in after.items() if one["decision"] == "going"} == set(advised["keep"])
    assert {uid for uid, one in after.items() if one["decision"] == "skipped"} == {one["uid"] for one in advised["drop"]}
    fosdem("undo")
    assert fosdem("talks", "--starred", "--json").document["talks"] == before


def test_walking_minutes_come_from_the_settings(fosdem: Planner, home: Path) -> None:
    """With rooms next door nothing is too far."""
    assert "too far" in fosdem("suggest").out
    (home / "config.toml").write_text("walking_minutes = 0\n")
    assert "too far" not in fosdem("suggest").out


def test_nothing_starred_is_a_sentence(planner: Planner) -> None:
    """Exit 0, an empty document."""
    planner("import", SCHEDULES / "fosdem-2025")
    assert "planner star TALK" in planner("suggest").out
    assert planner("suggest", "--json").document == {"keep": [], "drop": [], "rating": 0, "exact": True}
    assert planner("suggest", "--apply").code == 0
