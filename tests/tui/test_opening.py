"""The desk holds a day and the stars: each page is that of the whole plan, and nothing done on the way is lost."""

from __future__ import annotations

import subprocess
import sys
from contextlib import contextmanager
from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest
from tui_driver import SIZE, kept, said, screen, shows, text
from tui_made import ABSTRACT, EVE, all_day, at, iclr, many, pycon, stored, talk, uid

from planner import dayplan, gaps
from planner.errors import StoreError
from planner.model import Busy, Conference, Mark, Reading, Slot
from planner.store import Store, open_store
from planner.tui import opening, rows
from planner.tui.desk import NEEDS, Desk
from planner.tui.screens.schedule import MOST_FOUND
from planner.tui.screens.schedule_view import Ticks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from planner.dayplan import Programme
    from planner.plan import Plan
    from planner.tui.app import PlannerApp

    Make = Callable[..., PlannerApp]

MANY = many(1200)
A_DAY = 300
STARS = (0, 2, 5, 40, 803)
STARRED = tuple(Mark(uid(1000 + number), starred=True) for number in STARS)
BERLIN = "Europe/Berlin"


def endless(conference: Conference) -> Conference:
    """The same without ends, every third talk a poster."""
    talks = (one._replace(slot=one.slot._replace(end=None)) for one in conference.talks)
    posters = (one._replace(kind="poster") if number % 3 == 0 else one for number, one in enumerate(talks))
    return conference._replace(talks=tuple(posters))


def homeless(conference: Conference) -> Conference:
    """The same without a zone; of its talks every second one has its own."""
    own = ("Asia/Tokyo", None)
    talks = (one._replace(slot=one.slot._replace(zone=own[number % 2])) for number, one in enumerate(conference.talks))
    return conference._replace(zone=None, talks=tuple(talks))


SCHEDULES = {
    "large": (MANY, pycon()),
    "all day and no slot": (iclr(all_day()),),
    "three days in full": (iclr(all_day()._replace(slot=Slot(day=date(2021, 5, 6), last_day=date(2021, 5, 8)))),),
    "a last day before the first": (iclr(all_day()._replace(slot=Slot(day=date(2021, 5, 6), last_day=date(2021, 5, 4)))),),
    "ends after midnight": (iclr()._replace(day_change=300),),
    "abroad": (MANY._replace(zone="Asia/Tokyo"),),
    "no ends": (endless(MANY), endless(iclr())._replace(slug="other")),
    "no zone": (homeless(iclr(all_day())),),
    "a list without slots": (Conference("iclr-2021", "List", None, talks=iclr().talks[-5:]),),
    "nothing": (Conference("iclr-2021", "Nothing yet", "Europe/Rome"),),
}


@contextmanager
def everything(tmp_path: Path, name: str) -> Iterator[Store]:
    """A store of these schedules, with stars in each, some skipped, and busy time."""
    schedules = [
        one._replace(talks=tuple(talk._replace(conference=one.slug) for talk in one.talks)) for one in SCHEDULES[name]
    ]
    known = dict.fromkeys(talk.uid for one in schedules for talk in one.talks)
    marks = (*STARRED, *(Mark(one, starred=True, rating=2) for one in list(known)[:9:2]), Mark(uid(2), decision="skipped"))
    times = [Busy(at(15, day=4), at(15, 20, day=4), "tea"), Busy(at(23, day=6), at(23, 30, day=6), "call")]
    with stored(str(tmp_path), *_apart(schedules), marks=marks) as store:
        store.set_busy("me.ics", times, [(at(0, day=3), at(0, day=8))], now=EVE)
        yield store


def pages_of(plan: Plan, slug: str) -> dict[date | None, list[str]]:
    """The pages of a conference as the whole plan has them: each day's talks in the order of time, last those without one."""
    found: dict[date | None, list[str]] = {}
    for one in plan.by_uid.values():
        if one.conference == slug:
            days: list[date | None] = [*plan.days_of(one)] or [None]
            for day in days:
                found.setdefault(day, []).append(one.uid)
    dated = sorted(day for day in found if day is not None)
    return {day: found[day] for day in [*dated, *([None] if None in found else [])]}


def lines_and_rows(plan: Plan, uids: list[str], now: datetime) -> list[object]:
    """All that the list draws of a page."""
    lines = rows.arranged(plan, uids, rows.natural_order(plan, uids), now)
    return [lines, *(rows.row(plan, uid, now, live=True) for uid in uids), *(plan.until(plan.by_uid[uid]) for uid in uids)]


def lived(plan: Plan, programme: Programme) -> list[object]:
    """All that My plan tells of a day: its entries, what they clash with and what would fit into each free one."""
    found = dayplan.entries(plan, programme, NEEDS)
    free = [(one.start, one.end) for one in found if one.what == "free" and one.start and one.end]
    fits = gaps.fitting(plan, free, dayplan.talks(plan)[programme.day], NEEDS)
    return [
        fits,
        *((one.what, one.start, one.end, one.title, [talk.uid for talk in one.talks], one.hurry) for one in found),
        *([(plan.busy_title(uid) or uid, seconds) for uid, seconds in one.clashes] for one in found),
    ]


@pytest.mark.parametrize("zone", [BERLIN, "America/Los_Angeles"])
@pytest.mark.parametrize("name", SCHEDULES)
def test_each_day_is_lived_as_in_the_whole(tmp_path: Path, name: str, zone: str) -> None:
    """The days of the times alone, and of each the entries and what fits, are those of the plan of everything."""
    with everything(tmp_path, name) as store:
        desk, whole = Desk(store, zone, lambda: EVE), store.load(zone)
        for slug in whole.conferences:
            near, week = dayplan.week(whole, slug), dayplan.week(store.times(zone), slug)
            assert (list(near.conferences), dayplan.days(near)) == (list(week.conferences), dayplan.days(week))
            for programme in dayplan.days(week).values():
                desk.hold_day(programme, frozenset(week.conferences))
                assert lived(desk.plan.only(week.conferences), programme) == lived(near, programme)


@pytest.mark.parametrize("zone", [BERLIN, "America/Los_Angeles"])
@pytest.mark.parametrize("name", SCHEDULES)
def test_each_page_is_that_of_the_whole(tmp_path: Path, name: str, zone: str) -> None:
    """Days, their talks in order, lines, rows, ends and clashes are those of the plan of everything."""
    now = at(12, day=5)
    with everything(tmp_path, name) as store:
        whole = store.load(zone)
        desk = Desk(store, zone, lambda: now)
        for slug in whole.conferences:
            expected = pages_of(whole, slug)
            desk.show(slug)
            assert [page.day for page in desk.pages] == list(expected)
            for number, (day, uids) in enumerate(expected.items()):
                desk.turn(number)
                assert list(desk.uids) == uids
                assert desk.plan.pairs() == whole.pairs()
                assert lines_and_rows(desk.plan, uids, now) == lines_and_rows(whole, uids, now)
                titled = sum(whole.by_uid[one].kind != "untitled" for one in uids)
                assert desk.pages[number].talks == (len(uids) if day else titled)
                assert desk.stars()[number] == sum(whole.mark(one).starred for one in uids)


def _apart(conferences: list[Conference]) -> list[Conference]:
    """The conferences with uids of their own."""
    made = [
        one._replace(talks=tuple(talk._replace(uid=f"{number}{talk.uid[1:]}") for talk in one.talks))
        for number, one in enumerate(conferences)
    ]
    return made if len(made) > 1 else list(conferences)


@pytest.mark.parametrize(("hour", "day", "live"), [(12, 5, True), (5, 7, True), (6, 7, True), (7, 7, False), (0, 20, False)])
def test_live_until_the_last_talk_is_over(tmp_path: Path, hour: int, day: int, live: bool) -> None:
    """The late social ends at 06:30 on the 7th in UTC, the last talk to begin; where it has no end, it lasts 15 minutes."""
    social = [one for one in iclr().talks if one.uid != uid(47)]
    now = at(hour, day=day)
    with stored(str(tmp_path), iclr()._replace(talks=tuple(social))) as store:
        assert Desk(store, BERLIN, lambda: now).live is live


# Nothing is lost on the way


async def test_a_star_on_what_was_found(make_app: Make) -> None:
    """A talk of another day is starred in the search, by a key and with all that was found; undo takes it back."""
    app = make_app(MANY, marks=())
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("slash", *"part 1003", "enter", "space")
        assert kept(app, 2003).starred
        assert app.desk.plan.planned(app.desk.plan.by_uid[uid(2003)])
        await pilot.press("escape")
        assert screen(app).talks.uid == uid(2003)
        assert sum(app.desk.stars()) == 1
        await pilot.press("slash", *"part 11", "enter", "asterisk")
        assert sum(app.desk.stars()) == 112  # 11 itself, 110 to 119 and 1100 to 1199, and the one from before
        await pilot.press("u")
        assert sum(app.desk.stars()) == 1
        assert sum(mark.starred for mark in app.store.load(BERLIN).marks.values()) == 1


async def test_a_star_on_what_was_found_in_busy_time(make_app: Make) -> None:
    """A talk of another day comes with the busy time around it: its star is a clash at once."""
    app = make_app(MANY, marks=())
    first = uid(1000)  # Mon 3 May, 07:00 to 07:15 in UTC
    app.store.set_busy("me.ics", [Busy(at(7, day=3), at(7, 10, day=3), "tea")], [(at(0, day=1), at(0, day=20))], now=EVE)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("slash", *"part", "space", "0", "enter")
        assert screen(app).talks.go_to(first)
        assert app.desk.pages[app.desk.at].day == date(2021, 5, 6)
        await pilot.press("space")
        assert "★ 1 · ⚠ 1 clash" in text(app)
        assert "10 min shared with your tea" in text(app)


async def test_a_search_within_a_filter(make_app: Make) -> None:
    """All that is found on all days is picked from, beyond what a search without a filter lists."""
    app = make_app(MANY, marks=STARRED)
    async with app.run_test(size=SIZE) as pilot:
        screen(app).ticks = screen(app).ticks._replace(rooms=frozenset({"Hall C"}))
        await pilot.press("slash", *"part")
        assert len(screen(app).uids) == 152  # of 300 a day in eight halls 38 each are in the first four


async def test_a_filter_on_a_search(make_app: Make) -> None:
    """Set after the search it picks from all that is found, too; taken away, the best are listed again."""
    app = make_app(MANY, marks=())
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("slash", *"part", "enter")
        assert len(screen(app).uids) == MOST_FOUND
        for ticks, number in ((Ticks(rooms=frozenset({"Hall C"})), 152), (Ticks(), MOST_FOUND)):
            await pilot.press("f")
            app.screen.dismiss(ticks)
            await pilot.pause()
            assert len(screen(app).uids) == number


async def test_the_abstract_is_there(make_app: Make) -> None:
    """The plan on the desk is without abstracts; the talk under the cursor is shown with its own."""
    app = make_app(MANY, marks=STARRED)
    async with app.run_test(size=SIZE) as pilot:
        await shows(pilot, "Waveforms are made from noise")
        assert all(one.abstract == "" for one in app.desk.plan.by_uid.values())
        await pilot.press("slash", *"part 1003", "enter")
        assert app.desk.store.abstract(screen(app).talks.uid) == ABSTRACT
        await shows(pilot, "Waveforms are made from noise")


async def test_an_export_has_the_abstracts(make_app: Make, tmp_path: Path) -> None:
    """What is written to a file is written whole."""
    app = make_app(MANY, marks=STARRED)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("e", "enter")
        await pilot.pause()
        (told,) = said(app)
        assert "5 talks" in told
    unfolded = (tmp_path / "iclr-2021.ics").read_text().replace("\n ", "")
    assert unfolded.count("Waveforms are made from noise") == len(STARS)


async def test_the_timetable_leaves_the_day_of_the_schedule(make_app: Make) -> None:
    """Other days seen there are not those that one comes back to; a talk that is opened there is."""
    app = make_app(MANY, marks=STARRED)
    async with app.run_test(size=SIZE) as pilot:
        day, on = app.desk.at, screen(app).talks.uid
        await pilot.press("v", "]", "]", "escape")
        assert (app.desk.at, screen(app).talks.uid) == (day, on)
        await shows(pilot, "Waveforms are made from noise")
        await pilot.press("v", "[", "enter")
        assert app.desk.at == day - 1
        assert screen(app).talks.uid in app.desk.uids


async def test_a_page_that_cannot_be_read(make_app: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its sentence is shown, the program goes on, and the page is there as soon as the store is."""
    app = make_app(MANY, marks=STARRED)

    def fails(*_: object, **_more: object) -> Plan:
        raise StoreError("the disk refused it: see whether it is full.")

    async with app.run_test(size=SIZE) as pilot:
        for name in ("page", "load", "abstract"):
            monkeypatch.setattr(Store, name, fails)
        await pilot.press("]", "j", "v", "escape", "[", "T")
        assert said(app)[-1] == "the disk refused it: see whether it is full."
        monkeypatch.undo()
        await pilot.press("]", "j")
        await shows(pilot, "Waveforms are made from noise")
        assert len(app.desk.uids) == A_DAY


@pytest.mark.parametrize("key", ["escape", "a", "exclamation_mark"])
async def test_an_abstract_that_cannot_be_read(make_app: Make, monkeypatch: pytest.MonkeyPatch, key: str) -> None:
    """That there is none is said only where the store said so."""
    stars = (Mark(uid(2), starred=True), Mark(uid(21), starred=True))  # at the same time, both without an abstract
    app = make_app(marks=stars)

    def fails(*_: object) -> str:
        raise StoreError("the disk refused it: see whether it is full.")

    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("j", key)
        await shows(pilot, "No abstract was given.")
        await pilot.press("escape")
        monkeypatch.setattr(Store, "abstract", fails)
        await pilot.press("k", "j", key)
        assert "the disk refused it: see whether it is full." in said(app)
        assert "No abstract was given." not in text(app)


def test_a_talk_that_was_moved_to_a_new_day(tmp_path: Path) -> None:
    """Moved by another program it is shown where one is until the next look, then on its new page."""
    with stored(str(tmp_path), iclr(), marks=()) as store:
        desk = Desk(store, BERLIN, lambda: EVE)
        talks = [one._replace(slot=Slot(at(15, day=20), zone="UTC")) if one.uid == uid(43) else one for one in iclr().talks]
        with open_store(str(tmp_path), now=EVE) as other:
            other.save(Reading(iclr()._replace(talks=tuple(talks)), "moved"), source="made by hand", now=EVE)
        assert desk.page_of(uid(43)) == desk.at
        assert desk.changed_elsewhere()
        assert desk.pages[desk.page_of(uid(43))].day == date(2021, 5, 20)


def test_a_conference_that_is_gone(tmp_path: Path) -> None:
    """Where the import that made it is taken back, the one that is nearest to now is shown."""
    with stored(str(tmp_path), pycon(), iclr()) as store:
        desk = Desk(store, BERLIN, lambda: EVE)
        assert desk.slug == "iclr-2021"
        assert store.undo(now=EVE) is not None  # the stars
        while desk.slug == "iclr-2021" and (step := store.last_step()):
            desk.undo(step)
        assert desk.slug == "pycon-2021"
        assert [page.talks for page in desk.pages] == [4]
        last = store.last_step()
        assert last is not None
        desk.undo(last)
        assert (desk.slug, desk.pages, desk.uids) == ("", (), ())


def test_asyncio_is_imported_without_tls_and_tls_is_there() -> None:
    """The UI begins without OpenSSL; what fetches a page imports it as ever, and asyncio had been imported alike by others."""
    asked = (
        "import sys; from planner.cli.screen import load_asyncio; load_asyncio(); import planner.tui.app;"
        "assert '_ssl' not in sys.modules and 'ssl' not in sys.modules; import ssl; ssl.create_default_context();"
        "load_asyncio(); assert sys.modules['ssl'] is ssl"
    )
    subprocess.run([sys.executable, "-c", asked], check=True)


def test_tls_is_there_where_asyncio_could_not_be_imported() -> None:
    """An import that fails fails as it is, and leaves OpenSSL to whoever wants it."""
    asked = (
        "import sys; from planner.cli.screen import load_asyncio; sys.modules['asyncio'] = None\n"
        "try: load_asyncio()\n"
        "except ImportError: import ssl; ssl.create_default_context()\n"
        "else: sys.exit(1)"
    )
    subprocess.run([sys.executable, "-c", asked], check=True)


def test_a_page_is_chosen_by_its_day(tmp_path: Path) -> None:
    """The same day where it is there, else the nearest; the page of talks with no slot stays that."""
    with stored(str(tmp_path), iclr()) as store:
        for day, expected in ((5, 5), (6, 6), (1, 3), (30, 7)):
            laid = opening.lay(store, BERLIN, "iclr-2021", rows.Page(date(2021, 5, day), 1), EVE)
            assert laid.pages[laid.at].day == date(2021, 5, expected)
        laid = opening.lay(store, BERLIN, "iclr-2021", rows.Page(None, 5), EVE)
        assert [laid.plan.by_uid[one].title[-1] for one in laid.uids] == ["1", "2", "3", "4", "5"]
        assert talk(1, "x", None).uid in laid.plan.by_uid  # a star
