"""A day as it will be lived: what is in it, in which order, what is free, and what is too near."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st
from plans import LOS_ANGELES, at, evening, star, talk

from planner import dayplan
from planner.model import Busy, Conference, Slot, Talk
from planner.plan import Plan

DAY = date(2021, 5, 6)


def far(here: str, there: str) -> int:
    """Five minutes from any room to any other."""
    return 300 if here != there else 0


def told(plan: Plan, hours: tuple[int, int] = (0, 24)) -> list[tuple[str, str, str]]:
    """The entries of the evening: what, from when to when in UTC."""
    found = dayplan.entries(plan, dayplan.days(plan)[DAY], far, hours)
    return [(one.what, f"{one.start:%H:%M}" if one.start else "", f"{one.end:%H:%M}" if one.end else "") for one in found]


def test_talks_busy_and_free_time_stand_in_order() -> None:
    """The evening from 18:00 to 20:15 with two stars and a call: free is what none of them takes."""
    call = Busy(at("19:00"), at("19:30"), "Team call")
    plan = evening(star("vcnet"), star("diffwave"), busy=(call,))
    assert told(plan) == [
        ("talk", "18:00", "18:15"),
        ("free", "18:15", "19:00"),
        ("busy", "19:00", "19:30"),
        ("free", "19:30", "20:00"),
        ("talk", "20:00", "20:15"),
    ]


def test_before_the_first_and_after_the_last_counts_within_the_hours() -> None:
    """Only DiffWave is starred: from 18:00 the programme runs; at 21:30 in Berlin, 19:30, the user's day ends."""
    assert told(evening(star("diffwave")), (0, 24)) == [("free", "18:00", "20:00"), ("talk", "20:00", "20:15")]
    assert told(evening(star("vcnet")), (8, 21)) == [("talk", "18:00", "18:15"), ("free", "18:15", "19:00")]
    assert told(evening(star("vcnet")), (8, 20)) == [("talk", "18:00", "18:15")]


def test_the_morning_after_counts_where_something_begins_then() -> None:
    """A social from 05:30 UTC ends after eight in Berlin, on the next date: no free time, unless a talk begins at eight."""
    social = talk("social", "Social", session=None)._replace(slot=Slot(at("05:30", "2021-05-07"), at("06:30", "2021-05-07")))
    last = social._replace(uid="last", title="Last", slot=Slot(at("06:00", "2021-05-07"), at("06:30", "2021-05-07")))
    early = talk("early", "Early", "18:00")
    for stars in ((), (star("early"),)):
        evenings = [("free", "18:00", "20:00")] if not stars else [("talk", "18:00", "18:15"), ("free", "18:15", "20:00")]
        assert told(evening(*stars, talks=(early, social)), (8, 22)) == evenings
        assert told(evening(*stars, talks=(early, social, last)), (8, 22)) == [*evenings, ("free", "06:00", "06:30")]


def test_a_day_without_plans_is_free_while_the_programme_runs() -> None:
    """From the first start to the last end, whatever is untitled left out."""
    assert told(evening()) == [("free", "18:00", "20:15")]


def test_posters_of_a_session_are_one_entry_and_all_day_comes_first() -> None:
    """Two posters are a visit in walking order; a workshop day heads the day."""
    posters = tuple(
        talk(f"p{board}", f"Poster {board}", "18:00", 120, kind="poster")._replace(
            slot=Slot(at("18:00"), at("20:00"), "Hall", str(board))
        )
        for board in (10, 9)
    )
    whole = talk("whole", "Workshop day", session=None)._replace(slot=Slot(day=DAY))
    plan = evening(star("p10"), star("p9"), star("whole"), talks=(*posters, whole))
    found = dayplan.entries(plan, dayplan.days(plan)[DAY], far)
    assert [(one.what, [held.uid for held in one.talks]) for one in found] == [
        ("all day", ["whole"]),
        ("visit", ["p9", "p10"]),
    ]


def test_a_short_way_and_a_clash_are_told_on_the_entry() -> None:
    """Two minutes for a way of five, and a call that takes ten minutes."""
    talks = (talk("a", "A", "18:00", 13, room="A"), talk("b", "B", "18:15", room="B"))
    plan = evening(star("a"), star("b"), talks=talks, busy=(Busy(at("18:20"), at("19:00"), "Call"),))
    first, second, _ = dayplan.entries(plan, dayplan.days(plan)[DAY], far)
    assert first.hurry is None
    assert second.hurry is not None
    assert (second.hurry.before.uid, second.hurry.gap, second.hurry.needs) == ("a", 120, 300)
    assert second.clashes == (("busy 0", 600),)


def test_leaving_early_frees_the_rest() -> None:
    """Left at 18:20, the talk of 18:15 to 18:45 ends then."""
    mark = star("performers", leave_at=at("18:20"))
    assert told(evening(mark, star("diffwave"))) == [
        ("free", "18:00", "18:15"),
        ("talk", "18:15", "18:20"),
        ("free", "18:20", "20:00"),
        ("talk", "20:00", "20:15"),
    ]


def test_a_day_that_changes_at_night_is_an_hour_shorter_where_clocks_go_forward() -> None:
    """Where days end at 05:00, 28 March 2021 in Berlin begins at 04:00 UTC of the winter and ends at 03:00 of the summer."""
    late = talk("late", "Late", session=None)._replace(slot=Slot(at("20:00", "2021-03-27"), at("21:00", "2021-03-27")))
    berlin = evening(talks=(late,)).conferences["iclr-2021"]._replace(zone="Europe/Berlin", day_change=300)
    programme = dayplan.days(Plan({"iclr-2021": berlin}, {}))[date(2021, 3, 27)]
    assert (programme.since, programme.until) == (at("04:00", "2021-03-27"), at("03:00", "2021-03-28"))


def test_what_is_planned_on_the_day_before_is_no_free_time() -> None:
    """Tokyo's 7 May runs from 00:00 to 05:00 UTC; a talk at 02:00 is still on 6 May in Los Angeles."""
    west = talk("west", "West", session=None)._replace(slot=Slot(at("02:00", "2021-05-07"), at("03:00", "2021-05-07")))
    slot = Slot(at("00:00", "2021-05-07"), at("05:00", "2021-05-07"))
    east = Conference("east", "East", "Asia/Tokyo", (), (Talk("long", "east", "Long", slot=slot),))
    plan = Plan({**evening(talks=(west,)).conferences, "east": east}, {"west": star("west")})
    programme = dayplan.days(plan)[date(2021, 5, 7)]
    assert [one.uid for one in dayplan.talks(plan)[programme.day]] == ["long"]
    assert [(start.hour, end.hour) for start, end in dayplan.free(plan, programme, (0, 24))] == [(0, 2), (3, 5)]


def test_busy_time_of_the_day_is_that_of_the_conference_day() -> None:
    """6 May in Los Angeles is 09:00 to 09:00 in Berlin: a call at 08:00 UTC on 7 May is no longer its."""
    early = Busy(at("08:30", "2021-05-07"), at("09:30", "2021-05-07"), "Standup")
    late = Busy(at("06:30", "2021-05-07"), at("06:45", "2021-05-07"), "Breakfast call")
    assert ("busy", "06:30", "06:45") in told(evening(busy=(late,)))
    assert "busy" not in [what for what, *_ in told(evening(busy=(early,)))]
    assert "busy" not in [what for what, *_ in told(evening(busy=(early._replace(start=at("07:00", "2021-05-07")),)))]


def test_a_week_holds_the_conferences_near_by() -> None:
    """Four days apart is one journey, four months are not."""
    near = Talk("near", "b", "Near", slot=Slot(at("10:00", "2021-05-10"), at("11:00", "2021-05-10")))
    away = Talk("away", "c", "Away", slot=Slot(at("10:00", "2021-09-10"), at("11:00", "2021-09-10")))
    whole = evening(star("near"))
    conferences = {**whole.conferences, "b": Conference("b", "B", talks=(near,)), "c": Conference("c", "C", talks=(away,))}
    plan = Plan(conferences, whole.marks, (), "Europe/Berlin")
    assert list(dayplan.week(plan, "iclr-2021").conferences) == ["iclr-2021", "b"]
    assert list(dayplan.week(plan, "c").conferences) == ["c"]
    assert dayplan.week(plan, "b").marks == plan.marks
    assert dayplan.week(whole, "iclr-2021") is whole


def test_an_all_day_entry_is_on_each_of_its_days() -> None:
    """Three days of a workshop are three days of the plan."""
    whole = talk("whole", "Workshop", session=None)._replace(slot=Slot(day=DAY, last_day=DAY + timedelta(days=2)))
    assert [day.day for day in dayplan.days(evening(talks=(whole,)))] == [6, 7, 8]


ROWS = st.lists(st.tuples(st.integers(0, 300), st.integers(0, 60), st.booleans()), min_size=1, max_size=8)
BUSY = st.lists(st.tuples(st.integers(0, 300), st.integers(1, 60)), max_size=3)


@given(ROWS, BUSY)
def test_every_minute_is_taken_or_free(rows: list[tuple[int, int, bool]], busy: list[tuple[int, int]]) -> None:
    """Minute by minute while the programme runs: free is where nothing is on, for at least 15 minutes."""
    start = at("10:00")
    talks = tuple(
        talk(f"t{n}", f"Talk {n}", session=None)._replace(
            slot=Slot(start + timedelta(minutes=begin), start + timedelta(minutes=begin + length), zone=LOS_ANGELES)
        )
        for n, (begin, length, _) in enumerate(rows)
    )
    marks = [star(one.uid) for one, (*_, starred) in zip(talks, rows, strict=True) if starred]
    mine = tuple(Busy(start + timedelta(minutes=at_), start + timedelta(minutes=at_ + length)) for at_, length in busy)
    plan = evening(*marks, talks=talks, busy=mine)
    taken = {minute for begin, length, starred in rows if starred for minute in range(begin, begin + length)}
    taken |= {minute for begin, length in busy for minute in range(begin, begin + length)}
    open_ = [n for n in range(min(r[0] for r in rows), max(r[0] + r[1] for r in rows)) if n not in taken]
    runs: list[list[int]] = []
    for minute in open_:
        if runs and runs[-1][-1] == minute - 1:
            runs[-1].append(minute)
        else:
            runs.append([minute])
    expected = [(run[0], run[-1] + 1) for run in runs if len(run) >= 15]
    found = dayplan.free(plan, dayplan.days(plan)[DAY], (0, 24))
    assert [tuple(int((one - start).total_seconds()) // 60 for one in pair) for pair in found] == expected
