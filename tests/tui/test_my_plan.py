"""My plan and the best plan as a dry run: what the day says, and what its keys do to the store."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from tui_driver import SIZE, kept, said, screen, shows, text, until
from tui_made import EVE, all_day, at, iclr, pycon, talk, uid

from planner.errors import StoreError
from planner.gaps import Fit
from planner.model import Busy, Mark, Slot
from planner.plan import Plan
from planner.similar import Alike
from planner.store import open_store
from planner.tui.errand import Errand
from planner.tui.screens.fits import Fits, choices
from planner.tui.screens.my_plan import MyPlan
from planner.tui.screens.schedule import Schedule
from planner.tui.screens.suggest import Suggest
from planner.tui.widgets.choice_list import ChoiceList
from planner.tui.widgets.day_tabs import DayTabs
from planner.tui.widgets.detail import Detail
from planner.tui.widgets.plan_list import PlanList

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from planner.tui.app import PlannerApp

    Make = Callable[..., PlannerApp]

WIDE = (160, 40)


def plan(app: PlannerApp) -> MyPlan:
    """The screen."""
    found = app.screen
    assert isinstance(found, MyPlan)
    return found


def line(app: PlannerApp, words: str) -> str:
    """The line of the screen that says the words."""
    return next(one for one in text(app).splitlines() if words in one)


def posters() -> list[object]:
    """Three posters of one session, not in walking order."""
    return [
        talk(
            board,
            f"Poster number {board}",
            at(19),
            120,
            kind="poster",
            session="P",
            slot=Slot(at(19), at(21), "Hall B", str(board - 100), zone="America/Los_Angeles"),
        )
        for board in (110, 109, 112)
    ]


def busy(app: PlannerApp, *times: tuple[datetime, datetime, str]) -> None:
    """Busy time in the app's store, before it opens."""
    first, last = at(0, day=1), at(0, day=20)
    app.store.set_busy("me.ics", [Busy(*one) for one in times], [(first, last)], now=EVE)
    app.desk.load(app.desk.plan.zone)


async def test_the_day_as_it_will_be_lived(make_app: Make) -> None:
    """Talks, busy time and free time in order, both clocks, the clash by name, what is next; skipped ones are not there."""
    app = make_app()
    busy(app, (at(19, 40), at(19, 55), "Team call"))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("a")
        await shows(pilot, "My plan  5 talks · ⚠ 2 clashes")
        lines = text(app).splitlines()
        order = ("VCNet", "Theoretical Analysis", "clashes with", "When Do", "Correcting", "Team call", "DiffWave")
        places = [next(at for at, one in enumerate(lines) if words in one.partition("│")[0]) for words in order]
        assert places[0] < places[-1]
        assert "20:00–20:15  11:00" in line(app, "★★★★★   VCNet")
        assert "next, in 5 min" in line(app, "★★★★★   VCNet")
        assert "21:40–21:55" in line(app, "busy    “Team call”")
        assert uid(2) not in plan(app).talks.uids()


async def test_a_clash_leads_to_the_ways_out(make_app: Make) -> None:
    """The later of two that clash names the other, and the key that decides."""
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("a")
        await shows(pilot, "! decides")
        assert "When Do Curricula Work?" in line(app, "clashes with")
        plan(app).talks.go_to(uid(22))
        await pilot.press("!")
        await until(pilot, lambda: not isinstance(app.screen, MyPlan))


async def test_posters_are_one_visit_that_unfolds(make_app: Make) -> None:
    """``3 posters in 120 min`` with the boards in walking order; enter lists them, enter folds them away."""
    app = make_app(iclr(*posters()), marks=tuple(Mark(uid(number), starred=True) for number in (110, 109, 112)))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("a")
        await shows(pilot, "3 posters in 120 min")
        assert "boards 9, 10, 12" in line(app, "3 posters in 120 min")
        while not plan(app).talks.uid.startswith("visit"):
            await pilot.press("j")
        await pilot.press("enter")
        shown = [one for one in plan(app).talks.lines if one.uid in {uid(109), uid(110), uid(112)}]
        assert [one.uid for one in shown] == [uid(109), uid(110), uid(112)]
        await pilot.press("enter")
        assert not [one for one in plan(app).talks.lines if one.uid == uid(109)]


async def test_a_visit_is_decided_as_a_whole(make_app: Make) -> None:
    """Going goes to all of its posters in one step of undo; again, they are undecided."""
    app = make_app(iclr(*posters()), marks=tuple(Mark(uid(number), starred=True) for number in (110, 109, 112)))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("a")
        while not plan(app).talks.uid.startswith("visit"):
            await pilot.press("j")
        await pilot.press("c")
        assert {kept(app, number).decision for number in (110, 109, 112)} == {"going"}
        await shows(pilot, "✓ going")
        await pilot.press("u")
        assert {kept(app, number).decision for number in (110, 109, 112)} == {"undecided"}


async def test_marks(make_app: Make) -> None:
    """Going, skip, star and rating end in the store; what is skipped or unstarred leaves the day, undo brings it back."""
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("a", "c", "+")
        assert (kept(app, 1).decision, kept(app, 1).rating) == ("going", 5)
        await pilot.press("x")
        assert kept(app, 1).decision == "skipped"
        assert uid(1) not in plan(app).talks.uids()
        await pilot.press("u")
        assert uid(1) in plan(app).talks.uids()
        plan(app).talks.go_to(uid(6))
        await pilot.press("space")
        assert not kept(app, 6).starred
        assert uid(6) not in plan(app).talks.uids()


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("space", "No longer starred; u takes it back."),
        ("x", "Skipped, so not in the plan; u takes it back."),
    ],
)
async def test_what_leaves_the_plan_is_told(make_app: Make, key: str, words: str) -> None:
    """A talk that a key takes out of the plan is gone from the screen, so that it is said, and u brings it back."""
    app = make_app(marks=(Mark(uid(3), starred=True),))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("a")
        await shows(pilot, "When Do Curricula Work?")
        await pilot.press(key)
        assert said(app) == [words]
        assert uid(3) not in plan(app).talks.uids()
        await pilot.press("u")
        await until(pilot, lambda: uid(3) in plan(app).talks.uids())


async def test_enter_goes_to_the_talk_in_the_schedule(make_app: Make) -> None:
    """The cursor of the Schedule is on it."""
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("a")
        plan(app).talks.go_to(uid(9))
        await pilot.press("enter")
        assert screen(app).talks.uid == uid(9)


async def test_it_opens_at_the_talk_of_the_schedule_and_escape_leaves(make_app: Make) -> None:
    """The cursor begins where the Schedule's was; escape changes nothing."""
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("j", "j", "a")
        assert plan(app).talks.uid == uid(3)
        await pilot.press("escape")
        assert screen(app).talks.uid == uid(3)


async def test_days(make_app: Make) -> None:
    """The day keys go round all days of the conference, also those without a plan; a click on a tab shows its day."""
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("a")
        assert [tab.stars for tab in app.screen.query_one(DayTabs).tabs] == [0, 0, 0, 5, 0]
        await pilot.press("]")
        await shows(pilot, "nothing planned")
        await pilot.press("[", "[")
        assert app.screen.query_one(DayTabs).active == 2
        await pilot.press("t")
        assert app.screen.query_one(DayTabs).active == 3
        await pilot.click(DayTabs, offset=(3, 0))
        assert app.screen.query_one(DayTabs).active == 0


async def test_now_is_the_conferences_day(make_app: Make, clock: object) -> None:
    """At 05:00 in Berlin on 7 May it is 20:00 on 6 May in Los Angeles: t goes to the tab that is marked."""
    app = make_app()
    clock.at = at(3, day=7)  # type: ignore[attr-defined]
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("a", "[", "t")
        tabs = app.screen.query_one(DayTabs)
        assert [tab.words for tab in tabs.tabs if tab.today] == ["Thu 6"]
        assert tabs.tabs[tabs.active].today


def on_page(app: PlannerApp, at: int) -> Sequence[str]:
    """The talks of a page of the desk."""
    app.desk.turn(at)
    return app.desk.uids


async def test_days_in_full_are_the_same_on_every_screen(make_app: Make) -> None:
    """A workshop from 7 to 9 May without a clock is on three tabs of Schedule, Timetable and My plan, its star on each."""
    whole = all_day()._replace(slot=Slot(day=date(2021, 5, 7), last_day=date(2021, 5, 9)))
    app = make_app(iclr(whole), marks=(Mark(whole.uid, starred=True),))
    async with app.run_test(size=WIDE) as pilot:
        assert [day.day for at in range(7) if whole.uid in on_page(app, at) and (day := app.desk.pages[at].day)] == [7, 8, 9]
        assert app.desk.stars() == [0, 0, 0, 0, 1, 1, 1, 0]
        assert app.desk.live
        await pilot.press("a")
        assert [tab.stars for tab in app.screen.query_one(DayTabs).tabs] == [0, 0, 0, 0, 1, 1, 1]
        await pilot.press("escape", "v")
        tabs = app.screen.query_one(DayTabs)
        assert [tab.stars for tab in tabs.tabs] == [0, 0, 0, 0, 1, 1, 1]


async def test_what_is_like_the_stars_is_an_extra(make_app: Make) -> None:
    """Where that cannot be read nothing is said, for what needs the store says why; a fault of the program is not hidden."""
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("a")
        await until(pilot, lambda: bool(plan(app)._alike))
        asked = plan(app).errand = Errand(plan(app), lambda _tell: [])
        plan(app).on_errand_done(Errand.Done(asked, None, StoreError("the store is broken.")))
        assert said(app) == []
        asked = plan(app).errand = Errand(plan(app), lambda _tell: [])
        with pytest.raises(ZeroDivisionError):
            plan(app).on_errand_done(Errand.Done(asked, None, ZeroDivisionError()))


async def test_an_answer_to_an_older_question_is_dropped(make_app: Make) -> None:
    """What comes late tells of other stars."""
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("a")
        await until(pilot, lambda: bool(plan(app)._alike))
        older, newer = (Errand(plan(app), lambda _tell: []) for _ in range(2))
        plan(app).errand = newer
        plan(app).on_errand_done(Errand.Done(older, [Alike(uid(4), "T", 1.0, ("old",))], None))
        assert all(one.because != ("old",) for one in plan(app)._alike)
        plan(app).on_errand_done(Errand.Done(newer, [Alike(uid(4), "T", 1.0, ("new",))], None))
        assert [one.because for one in plan(app)._alike] == [("new",)]


def test_what_fits_says_that_it_is_on_another_date() -> None:
    """23:00 on 6 May in Los Angeles is 08:00 on 7 May in Berlin."""
    late = talk(50, "Late", at(6, day=7), 15)
    held = Plan({"iclr-2021": iclr(late)}, {}, (), "Europe/Berlin")
    (_, choice) = choices(held, [Fit(uid(50), "other")])
    assert choice.words == "08:00–08:15 +1 · Late"


async def test_conferences_of_one_week_are_one_plan(make_app: Make) -> None:
    """A talk of another conference that week stands in the day, with its own clock; one of September does not."""
    near = pycon()._replace(
        slug="pycon-2021",
        talks=(pycon().talks[0]._replace(title="A talk elsewhere", slot=Slot(at(18, 40), at(18, 55), "R1")),),
    )
    app = make_app(iclr(), near, marks=(Mark(uid(1), starred=True), Mark(near.talks[0].uid, starred=True)))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("a")
        await shows(pilot, "A talk elsewhere")
        assert "20:40–20:55  19:40" in line(app, "A talk elsewhere")
    later = make_app(iclr(), pycon(), home=str(app.settings.home) + "2", marks=())
    async with later.run_test(size=WIDE) as pilot:
        await pilot.press("a")
        assert len(app_tabs(later)) == 5


def app_tabs(app: PlannerApp) -> list[str]:
    """The words of the tabs."""
    return [tab.words for tab in app.screen.query_one(DayTabs).tabs]


async def test_a_tight_change_is_said_with_its_minutes(make_app: Make) -> None:
    """Two minutes from Hall A to Hall B; where the settings say that the way takes two, nothing is tight."""
    pair = (talk(91, "First", at(16), 13, room="Hall A"), talk(92, "Second", at(16, 15), room="Hall B"))
    marks = (Mark(uid(91), starred=True), Mark(uid(92), starred=True))
    app = make_app(iclr(*pair), marks=marks)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("a")
        await shows(pilot, "2 min for a way of 5 min, from Hall A to Hall B")
        await shows(pilot, "1 tight change")
    slow = make_app(iclr(*pair), marks=marks, home=str(app.settings.home) + "2", walking_minutes=2)
    async with slow.run_test(size=WIDE) as pilot:
        await pilot.press("a")
        await shows(pilot, "My plan  2 talks")
        assert "for a way of" not in text(slow)


async def test_what_fits_is_listed_and_starred(make_app: Make) -> None:
    """``f`` lists what fits into the next free time with the reasons; enter stars it, and it stands in the day."""
    app = make_app(
        marks=(Mark(uid(1), starred=True), Mark(uid(9), starred=True), Mark(uid(6), starred=True, decision="skipped"))
    )
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("a")
        await until(pilot, lambda: any(plan(app).fits.values()))
        await pilot.press("f")
        assert isinstance(app.screen, Fits)
        choices = app.screen.query_one(ChoiceList)
        assert choices.key == uid(6)
        assert next(one.words for one in choices.choices if not one.key and one.words) == "Starred and skipped"
        await pilot.press("enter")
        assert (kept(app, 6).starred, kept(app, 6).decision) == (True, "undecided")
        assert plan(app).talks.uid == uid(6)
        await until(pilot, lambda: any(plan(app).fits.values()))
        await pilot.press("f", "enter")
        assert sum(app.desk.plan.mark(one.uid).starred for one in app.desk.plan.by_uid.values()) == 4


async def test_what_is_like_the_stars_is_said_with_the_words_shared(make_app: Make) -> None:
    """Self-training is starred; the other paper on it fits into the free time, for the words that both have."""
    app = make_app(marks=(Mark(uid(22), starred=True),), day_hours=(8, 24))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("a")
        while not plan(app).talks.uid.startswith("free"):
            await pilot.press("j")
        await shows(pilot, "like your stars: Self, Training")


async def test_nothing_fits(make_app: Make) -> None:
    """Where no talk fits, the key says so."""
    app = make_app(marks=tuple(Mark(one.uid, starred=True) for one in iclr().talks if one.title and one.scheduled))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("a", "f")
        assert said(app) == ["There is no free time on this day that a talk would fit into."]


async def test_while_it_runs(make_app: Make, clock: object) -> None:
    """At 21:30 the now line stands before what is to come, and only what is still to begin is proposed."""
    app = make_app(marks=(Mark(uid(1), starred=True), Mark(uid(9), starred=True)))
    clock.at = at(19, 15)  # type: ignore[attr-defined]
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("a")
        await shows(pilot, "now 21:15")
        await shows(pilot, "next, in ")
        await until(pilot, lambda: any(plan(app).fits.values()))
        fits = [app.desk.talk(fit.uid).slot.start for found in plan(app).fits.values() for fit in found]
        assert fits
        assert all(start >= at(19, 15) for start in fits)


async def test_the_minute_and_another_program_are_seen(make_app: Make, clock: object, tmp_path: Path) -> None:
    """A star of another terminal shows up, and so does a new minute."""
    app = make_app(marks=())
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("a")
        await shows(pilot, "nothing planned")
        with open_store(str(tmp_path / "home"), now=EVE) as other:
            other.star([uid(3)], now=EVE)
        await shows(pilot, "My plan  1 talk")
        await shows(pilot, "in 35 min")
        clock.at += timedelta(minutes=1)  # type: ignore[attr-defined]
        await shows(pilot, "in 34 min")


async def test_by_mouse(make_app: Make) -> None:
    """A click selects, a second one opens; a click on a key of the footer is the key."""
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("a")
        row = next(number for number, one in enumerate(plan(app).talks.lines) if one.uid == uid(9))
        await pilot.click(PlanList, offset=(60, row))
        assert plan(app).talks.uid == uid(9)
        await pilot.click(PlanList, offset=(60, row), times=2)
        await until(pilot, lambda: isinstance(app.screen, Schedule))


# Suggest


async def test_suggest_is_a_dry_run_until_it_is_accepted(make_app: Make) -> None:
    """It says what is kept, dropped and why; escape leaves all as it was."""
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("S")
        assert isinstance(app.screen, Suggest)
        await shows(pilot, "The best plan keeps 4 of 5 talks, rated 13 together")
        assert "given up" in line(app, "When Do Curricula Work?")
        await shows(pilot, "shares 15 min with Theoretical Analysis")
        await pilot.press("escape")
        assert isinstance(app.screen, Schedule)
        assert kept(app, 3).decision == "undecided"


async def test_accepted_it_is_one_step(make_app: Make) -> None:
    """Kept ones are going, dropped ones skipped and still starred; one undo takes all of it back."""
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("a", "S", "enter")
        assert isinstance(app.screen, MyPlan)
        assert said(app) == ["Going to 3, skipping 1; u takes it back."]
        assert [kept(app, number).decision for number in (1, 3, 6, 9, 22)] == ["going", "skipped", "going", "going", "going"]
        assert kept(app, 3).starred
        await shows(pilot, "no clash")
        await pilot.press("u")
        assert [kept(app, number).decision for number in (1, 3, 6, 9, 22)] == ["undecided", "undecided", "going"] + [
            "undecided"
        ] * 2


async def test_nothing_to_suggest(make_app: Make) -> None:
    """Without stars it says how they come, and accepting does nothing."""
    app = make_app(marks=())
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("S", "enter")
        assert said(app) == ["There is nothing to decide: esc leaves."]
        await shows(pilot, "No starred talk has a time yet")


async def test_from_suggest_one_goes_on(make_app: Make) -> None:
    """Another view's key over My plan goes there by way of the Schedule."""
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("a", "S", "w")
        assert type(app.screen).__name__ == "Changes"


@pytest.mark.parametrize("key", ["j", "k", "G", "g", "f", "enter", "space", "c", "x", "+", "n", "o", "y", "!", "S", "]"])
async def test_nothing_stored_with_a_day(make_app: Make, key: str) -> None:
    """A conference whose talks have no slot yet has no day to plan: every key is harmless."""
    bare = iclr()._replace(talks=tuple(one for one in iclr().talks if not one.scheduled), sessions=())
    app = make_app(bare, marks=())
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("a")
        await shows(pilot, "no talk has a day yet")
        await pilot.press(key)


async def test_the_head_names_each_clock_once(make_app: Make) -> None:
    """UTC is its own city; in May Los Angeles keeps PDT, UTC-7."""
    app = make_app(zone="UTC")
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("a")
        await shows(pilot, "times in UTC ⇄ PDT (7 hours behind)")
        assert "UTC UTC" not in text(app)


async def test_why_a_talk_is_given_up_is_beside_it(make_app: Make) -> None:
    """The pane gives the reasons whole, before the talk itself, for a line may be too short for them."""
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("S")
        assert isinstance(app.screen, Suggest)
        app.screen.talks.go_to(uid(3))
        await shows(pilot, "Given up")
        said_beside = app.screen.query_one(Detail).text.plain
        assert said_beside.startswith("Given up\nshares 15 min with Theoretical Analysis of Self-Training")
        assert "\n\nWhen Do Curricula Work?" in said_beside


async def test_a_visit_is_skipped_as_a_whole(make_app: Make) -> None:
    """Its posters leave the plan in one step, which is said and can be taken back; the star key folds it open."""
    app = make_app(iclr(*posters()), marks=tuple(Mark(uid(number), starred=True) for number in (110, 109, 112)))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("a")
        while not plan(app).talks.uid.startswith("visit"):
            await pilot.press("j")
        await pilot.press("space")
        assert [one for one in plan(app).talks.lines if one.uid == uid(109)]
        await pilot.press("x")
        assert said(app) == ["3 posters skipped; u takes it back."]
        assert {kept(app, number).decision for number in (110, 109, 112)} == {"skipped"}
        await pilot.press("u")
        assert {kept(app, number).decision for number in (110, 109, 112)} == {"undecided"}


async def test_free_time_is_opened_and_left(make_app: Make) -> None:
    """Enter on free time lists what fits into it; escape stars nothing."""
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("a")
        await until(pilot, lambda: "would fit" in text(app))
        before = {number: kept(app, number) for number in range(1, 25)}
        for key in ("enter", "space", "c"):
            free = next(
                one for one, entry in plan(app).shown.entries.items() if entry.start and plan(app).fits.get(entry.start)
            )
            plan(app).talks.go_to(free)
            await pilot.press(key)
            assert isinstance(app.screen, Fits)
            await pilot.press("escape")
            assert isinstance(app.screen, MyPlan)
        assert {number: kept(app, number) for number in range(1, 25)} == before
