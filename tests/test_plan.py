"""The plan: what every output is a function of."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from plans import at, evening, star, talk

from planner.model import Busy, Conference, Mark, Slot
from planner.plan import Plan

PROMISED = [
    "uid",
    "conference",
    "session",
    "chairs",
    "kind",
    "title",
    "speakers",
    "organisations",
    "abstract",
    "track",
    "room",
    "board",
    "url",
    "links",
    "also",
    "start",
    "end",
    "zone",
    "source_zone",
    "starred",
    "rating",
    "decision",
    "note",
    "cancelled",
    "clashes",
]


def test_talks_come_in_the_order_of_time_and_those_without_a_slot_last() -> None:
    """By start, whatever the order in the file."""
    plan = evening()
    assert list(plan.by_uid) == ["vcnet", "performers", "curricula", "q-and-a", "diffwave", "paper"]


def test_a_skipped_talk_is_starred_and_not_planned() -> None:
    """Skipping leaves the star and takes the talk out of the plan."""
    plan = evening(star("vcnet"), star("curricula", decision="skipped"))
    assert [plan.planned(plan.by_uid[uid]) for uid in ("vcnet", "curricula", "diffwave")] == [True, False, False]


@pytest.mark.parametrize(
    ("degree", "mark", "rating"), [("4", 0, 4), ("8.75", 0, 0), ("0", 0, 0), ("4", 2, 2), ("", 5, 5), ("", 0, 0)]
)
def test_a_whole_degree_is_the_rating_until_the_user_rates(degree: str, mark: int, rating: int) -> None:
    """8.75 of 10 stays text; the user's own rating beats the list's."""
    listed = talk("p", "A paper", degree=degree)
    assert evening(star("p", mark), talks=(listed,)).rating(listed) == rating


def test_a_star_without_a_rating_counts_three() -> None:
    """Unrated stars count 3 in a choice."""
    plan = evening(star("vcnet"), star("curricula", 5))
    assert [plan.weight(plan.by_uid[uid]) for uid in ("vcnet", "curricula")] == [3, 5]


def test_the_note_is_the_users_and_else_the_lists_reason() -> None:
    """A list's reason is shown as the note until the user writes one."""
    assert evening().note(evening().by_uid["paper"]) == "read it on the train"
    written = evening(star("paper", note="mine"))
    assert written.note(written.by_uid["paper"]) == "mine"


def test_an_end_that_the_source_does_not_give_is_the_next_start_of_the_session() -> None:
    """Else 15 minutes, 120 for a poster; a start of another day is not the next one."""
    talks = (
        talk("a", "First", "18:00", None),
        talk("b", "Second", "18:25", None),
        talk("c", "Elsewhere", "18:10", None, session="12"),
        talk("d", "Poster", "18:00", None, session="12", kind="poster"),
        talk("e", "Tomorrow", session="11")._replace(slot=Slot(at("18:00", "2021-05-07"))),
    )
    plan = evening(talks=talks)
    assert plan.until(talks[0]) == at("18:25")
    assert plan.until(talks[1]) == at("18:40")
    assert plan.until(talks[2]) == at("18:25")
    assert plan.until(talks[3]) == at("20:00")


def test_a_day_is_the_conferences_and_may_end_after_midnight() -> None:
    """23:30 in California is 6 May there though Berlin has the 7th; with a day change at 9:00 so is 1:00 in the night."""
    late = talk("late", "Late", "06:30")._replace(slot=Slot(at("06:30", "2021-05-07"), at("07:00", "2021-05-07")))
    night = talk("night", "Night")._replace(slot=Slot(at("08:00", "2021-05-07"), at("08:30", "2021-05-07")))
    plan = evening(talks=(late, night))
    assert plan.day_of(late) == date(2021, 5, 6)
    assert plan.day_of(night) == date(2021, 5, 7)
    conference = plan.conferences["iclr-2021"]._replace(day_change=9 * 60)
    assert Plan({"iclr-2021": conference}, {}).day_of(night) == date(2021, 5, 6)


def test_an_all_day_entry_is_on_each_of_its_days_and_clashes_with_nothing() -> None:
    """Plain dates, at the head of the day."""
    workshop = talk("w", "Workshop days")._replace(slot=Slot(day=date(2021, 5, 6), last_day=date(2021, 5, 8)))
    plan = evening(star("w"), star("v"), talks=(talk("v", "V", "18:00"), workshop))
    assert plan.days_of(workshop) == [date(2021, 5, 6), date(2021, 5, 7), date(2021, 5, 8)]
    assert next(iter(plan.by_uid)) == "w"
    assert not plan.clashes()
    record = plan.record(workshop)
    assert (record["start"], record["end"]) == ("2021-05-06", "2021-05-08")


def test_clashes_count_planned_talks_and_busy_time_only() -> None:
    """18:15–18:45 and 18:30–18:45 share 15 minutes; skipping one ends it; busy time clashes too, never with itself."""
    both = evening(star("performers"), star("curricula"))
    assert [(group.seconds, [span.uid for span in group.spans]) for group in both.clashes()] == [
        (900, ["performers", "curricula"])
    ]
    assert both.clashing("curricula") == [("performers", 900)]
    assert not evening(star("performers"), star("curricula", decision="skipped")).clashes()
    calls = (Busy(at("20:10"), at("20:40"), "Team call"), Busy(at("20:10"), at("20:20"), "Other call"))
    called = evening(star("diffwave"), busy=calls)
    assert {(called.busy_title(uid), seconds) for uid, seconds in called.clashing("diffwave")} == {
        ("Team call", 300),
        ("Other call", 300),
    }


def test_leaving_early_and_keeping_both_end_a_clash() -> None:
    """A mark's leave_at shortens the talk; an accepted pair is no clash, whichever of the two holds it."""
    assert not evening(star("performers", leave_at=at("18:30")), star("curricula")).clashes()
    assert not evening(star("performers"), star("curricula", kept=frozenset({"performers"}))).clashes()


def test_posters_containers_and_one_papers_talks_never_clash() -> None:
    """Posters of one session are one visit, a workshop holds its talks, a poster knows its own oral."""
    talks = (
        talk("p1", "Poster 1", "18:00", 120, kind="poster"),
        talk("p2", "Poster 2", "18:00", 120, kind="poster"),
        talk("w", "Workshop", "17:00", 480, session=None, holds="12", kind="workshop"),
        talk("in", "Invited talk", "18:15", 30, session="12"),
        talk("o", "Its oral", "19:00", 15, session="12", also=("p1",)),
    )
    talks = (talks[0]._replace(also=("o",)), *talks[1:])
    plan = evening(*(star(one.uid) for one in talks), talks=talks)
    found = {frozenset((a.uid, b.uid)) for a, b, _ in plan.pairs()}
    assert found == {frozenset(pair) for pair in (("p1", "w"), ("p2", "w"), ("p1", "in"), ("p2", "in"), ("p2", "o"))}


def test_a_cancelled_talk_clashes_with_nothing() -> None:
    """It stays in the plan, to be seen, and takes no time."""
    plan = evening(star("a"), star("b"), talks=(talk("a", "A", "18:00"), talk("b", "B", "18:00", cancelled=True)))
    assert not plan.clashes()


def test_a_record_has_the_promised_keys_in_the_display_zone() -> None:
    """Every key of the promised JSON talk, with times as Berlin's clocks show them (UTC+2 in May)."""
    plan = evening(star("vcnet", 3), star("curricula"))
    record = plan.record(plan.by_uid["vcnet"])
    assert list(record) == PROMISED
    assert (record["start"], record["end"]) == ("2021-05-06T20:00:00+02:00", "2021-05-06T20:15:00+02:00")
    assert (record["zone"], record["source_zone"]) == ("Europe/Berlin", "America/Los_Angeles")
    assert (record["session"], record["starred"], record["rating"]) == ("Oral Session 11", True, 3)
    empty = plan.record(plan.by_uid["paper"])
    assert (empty["start"], empty["end"], empty["session"], empty["rating"]) == (None, None, None, 4)


def test_what_may_be_proposed() -> None:
    """What takes place at a known time and was not skipped; a skipped star only where it may be taken up again."""
    gone = talk("gone", "Gone", "18:00", cancelled=True)
    held = (talk("a", "A", "18:00"), talk("paper", "Paper"), talk("q", "", "18:00", kind="untitled"), gone)
    plan = evening(talks=held)
    assert [one.uid for one in held if plan.offered(one)] == ["a"]
    for mark, offered, again in (
        (star("a"), True, True),
        (star("a", decision="going"), True, True),
        (star("a", decision="skipped"), False, True),
        (Mark("a", decision="skipped"), False, False),
    ):
        plan = evening(mark, talks=held)
        assert (plan.offered(held[0]), plan.offered(held[0], again=True)) == (offered, again)


def test_a_plan_of_some_of_its_conferences() -> None:
    """Marks, zone and the user's own calendar stay."""
    first = evening(star("vcnet"), busy=(Busy(at("18:00"), at("19:00"), "Call"),))
    plan = Plan({**first.conferences, "b": Conference("b", "B")}, first.marks, first.busy, first.zone)
    alone = plan.only(["iclr-2021"])
    assert (list(alone.conferences), alone.marks, alone.busy, alone.zone) == (
        ["iclr-2021"],
        plan.marks,
        plan.busy,
        "Europe/Berlin",
    )


def test_a_plan_does_not_change() -> None:
    """with_marks gives another plan and leaves the first as it was."""
    plan = evening()
    starred = plan.with_marks(star("vcnet"), star("performers"))
    assert not plan.marks
    assert set(starred.marks) == {"vcnet", "performers"}


def test_tight_changes_ask_how_long_the_way_takes() -> None:
    """10 minutes between two rooms are tight where the way takes 12, and fine where it takes 10."""
    talks = (talk("a", "A", "18:00", room="Hall A"), talk("b", "B", "18:25", room="Hall B"))
    plan = evening(star("a"), star("b"), talks=talks)
    assert [(one.gap, one.needs) for one in plan.tight(lambda *_: 12 * 60)] == [(600, 720)]
    assert not plan.tight(lambda *_: 10 * 60)


def test_two_conferences_in_one_week_clash_with_each_other() -> None:
    """Clashes know no border between conferences."""
    other = talk("x", "Elsewhere", "18:05")._replace(conference="other-2021", session=None)
    first = evening().conferences["iclr-2021"]
    plan = Plan(
        {"iclr-2021": first, "other-2021": Conference("other-2021", "Other 2021", "Europe/Paris", (), (other,))},
        {uid: star(uid) for uid in ("vcnet", "x")},
    )
    assert plan.clashing("x") == [("vcnet", int(timedelta(minutes=10).total_seconds()))]


def test_talks_besides_are_as_if_they_had_been_there() -> None:
    """A part with other talks of the conferences is added: order, ends, sessions, marks and clashes are those of the whole."""
    whole = evening(star("vcnet"), star("performers", 5), Mark("diffwave", decision="skipped", note="heard it"))
    for here in ({"vcnet", "performers"}, {"vcnet", "performers", "paper", "diffwave"}):
        part, rest = _part(whole, here), _part(whole, set(whole.by_uid) - here | {"vcnet"})
        assert part.pairs() == whole.pairs()
        both = part.with_talks(rest)
        assert both.by_uid == whole.by_uid
        assert list(both.by_uid) == list(whole.by_uid)
        assert both.marks == whole.marks
        assert [both.record(one) for one in both.by_uid.values()] == [whole.record(one) for one in whole.by_uid.values()]
        assert [both.until(one) for one in both.by_uid.values()] == [whole.until(one) for one in whole.by_uid.values()]
        assert set(part.by_uid) == here


def _part(plan: Plan, uids: set[str], busy: tuple[Busy, ...] = ()) -> Plan:
    """The plan with some of its talks, as the store loads it."""
    (conference,) = plan.conferences.values()
    held = conference._replace(talks=tuple(one for one in conference.talks if one.uid in uids))
    return Plan({conference.slug: held}, {uid: plan.marks[uid] for uid in uids if uid in plan.marks}, busy, plan.zone)


def test_busy_time_comes_with_the_talks_that_it_is_around() -> None:
    """Each time is there once and in order; what was accepted stays so, and a star on a talk that came clashes."""
    clocks = (("17:55", "18:05"), ("18:20", "18:30"), ("18:40", "18:50"), ("20:00", "20:10"))
    busy = tuple(Busy(at(start), at(end), "tea") for start, end in clocks)
    second = evening(busy=busy).busy_key("busy 1")
    whole = evening(star("performers", kept=frozenset({second})), busy=busy)
    part, rest = _part(whole, {"performers"}, busy[1:3]), _part(whole, set(whole.by_uid) - {"performers"}, busy[:2] + busy[3:])
    assert part.clashing("performers") == [("busy 1", 300)]
    both = part.with_talks(rest)
    assert both.busy == busy
    assert both.clashing("performers") == [("busy 2", 300)]
    assert both.with_marks(star("vcnet")).clashing("vcnet") == [("busy 0", 300)]


def test_the_stars_alone() -> None:
    """What is starred, skipped or not, is left with its clashes; what is only skipped is not."""
    plan = evening(star("vcnet"), star("performers", decision="skipped"), star("diffwave"), Mark("paper", decision="skipped"))
    alone = plan.starred()
    assert list(alone.by_uid) == ["vcnet", "performers", "diffwave"]
    assert alone.pairs() == plan.pairs()


def test_a_last_day_before_the_first_is_no_day_more() -> None:
    """An all-day entry that ends before it begins is on its first day."""
    entry = talk("fair", "Fair")._replace(slot=Slot(day=date(2021, 5, 6), last_day=date(2021, 5, 4)))
    assert evening(talks=(entry,)).days_of(entry) == [date(2021, 5, 6)]
