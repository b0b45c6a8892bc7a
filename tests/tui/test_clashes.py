"""The Clashes screen: every key on made groups, and that the store says what the screen says."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tui_driver import SIZE, kept, said, screen, shows, text, until, write
from tui_made import EVE, at, pycon, stored, talk, uid

from planner import ways
from planner.model import Busy, Conference, Mark, Slot
from planner.settings import Settings
from planner.store import open_store
from planner.tui.app import PlannerApp
from planner.tui.commands import BY_ID
from planner.tui.screens.clashes import Card, Clashes
from planner.tui.screens.confirm import Confirm
from planner.tui.screens.help import Help
from planner.tui.screens.schedule import Schedule
from planner.tui.widgets.bars import Bar, Bars, Shown, cells, labelled, lane
from planner.tui.widgets.keys_line import KeysLine

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from textual.pilot import Pilot

    from planner.store.marks import Step
    from planner.ways import Case

    Make = Callable[..., PlannerApp]

A, B, C, POSTER, FAR, LONE = 1, 2, 3, 4, 5, 6


def stars(*numbers: int, decision: str = "undecided") -> tuple[Mark, ...]:
    """Stars on talks by their numbers."""
    return tuple(Mark(uid(number), starred=True, decision=decision) for number in numbers)


def evening() -> Conference:
    """A and B share five minutes, B and C another five, A and C none; B has a poster later; FAR is elsewhere."""
    talks = (
        talk(A, "Apples", at(18), 20, room="R1", speakers=("Ada",), abstract="All about apples."),
        talk(B, "Bananas", at(18, 15), 30, room="R2", also=(uid(POSTER),), abstract="All about bananas."),
        talk(C, "Cherries", at(18, 40), 20, room="R3"),
        talk(POSTER, "Bananas", at(20), 60, kind="poster", room="Hall", also=(uid(B),)),
        talk(FAR, "Far away", at(19, 2), 20, room="R9"),
        talk(LONE, "Lonely", at(9, day=7), 20, room="R1"),
    )
    return Conference("iclr-2021", "ICLR 2021", "America/Los_Angeles", talks=talks)


def here(app: PlannerApp) -> Clashes:
    """The Clashes screen."""
    found = app.screen
    assert isinstance(found, Clashes)
    return found


def call(app: PlannerApp, *times: Busy) -> None:
    """Give the user a calendar, and let the app read it."""
    app.store.set_busy("me.ics", times, [(at(0), at(23))], now=EVE)
    app.desk.load(app.desk.plan.zone)


def decisions(app: PlannerApp, *numbers: int) -> list[str]:
    """What the store says of talks."""
    return [kept(app, number).decision for number in numbers]


async def open_clashes(pilot: Pilot[None]) -> Clashes:
    """The screen, by its key."""
    await pilot.press("!")
    assert isinstance(pilot.app, PlannerApp)
    return here(pilot.app)


def case_of(clashes: Clashes) -> Case:
    """What is being decided."""
    assert clashes.case is not None
    return clashes.case


def last_step(app: PlannerApp) -> Step:
    """What undo would take back."""
    step = app.store.last_step()
    assert step is not None
    return step


# What is shown


async def test_a_group_at_a_time(make_app: Make) -> None:
    """Head, both clocks, bars with numbers and rooms, the minutes double booked, the talks with their abstracts."""
    app = make_app(evening(), marks=stars(A, B, C))
    async with app.run_test(size=SIZE) as pilot:
        await open_clashes(pilot)
        shown = text(app)
        assert "Clash 1 of 1  Thu 6 May 2021 20:00–21:00 · 10 min double booked" in shown
        for words in ("20:00", "11:00", "CEST", "PDT", "⚠", "10 min double booked", "Apples", "R1", "▆"):
            assert words in shown
        assert "All about apples." in shown
        assert "All about bananas." in shown
        assert "l leave at 20:15" in shown
        assert "l leave at 20:40 · p poster 22:00" in shown


async def test_busy_time_is_among_the_bars(make_app: Make) -> None:
    """Light bars with its title, no number and no card; going there lets it give way, also after another start."""
    app = make_app(evening(), marks=stars(C))
    call(app, Busy(at(18, 50), at(19, 30), "Team call"))
    async with app.run_test(size=SIZE) as pilot:
        clashes = await open_clashes(pilot)
        assert "your calendar: Team call" in text(app)
        assert "░" in text(app)
        assert [card.display for card in clashes.query(Card)] == [True, False, False, False]
        await pilot.press("j", "2")  # nothing has that number
        assert clashes.cases
        await pilot.press("1")
        assert not clashes.cases
        assert decisions(app, C) == ["going"]
    with open_store(app.settings.home, now=EVE) as store:
        assert not store.load("Europe/Berlin").clashes()


async def test_busy_time_can_be_skipped_for_or_kept_beside(make_app: Make) -> None:
    """The key x skips the talk; undo; b keeps both; undo; l leaves as the call begins."""
    app = make_app(evening(), marks=stars(C))
    call(app, Busy(at(18, 50), at(19, 30), "Team call"))
    async with app.run_test(size=SIZE) as pilot:
        clashes = await open_clashes(pilot)
        await pilot.press("x")
        assert (decisions(app, C), clashes.cases) == (["skipped"], [])
        await pilot.press("u", "b")
        assert (decisions(app, C), clashes.cases) == (["undecided"], [])
        await pilot.press("u")
        assert clashes.cases
        await pilot.press("l")
        assert (kept(app, C).leave_at, clashes.cases) == (at(18, 50), [])


async def test_it_opens_at_the_group_of_the_cursor(make_app: Make) -> None:
    """The talk under the Schedule's cursor; from a talk without a clash the first that is to come."""
    more = (talk(31, "Late one", at(20, 30), 20, room="R1"), talk(32, "Late two", at(20, 30), 20, room="R2"))
    conference = evening()._replace(talks=(*evening().talks, *more))
    app = make_app(conference, marks=stars(A, B, 31, 32))
    async with app.run_test(size=SIZE) as pilot:
        screen(app).show_talk(uid(32))
        clashes = await open_clashes(pilot)
        assert clashes.uid_here == uid(32)
        assert "Clash 2 of 2" in text(app)
        await pilot.press("escape")
        screen(app).show_talk(uid(LONE))
        assert (await open_clashes(pilot)).uid_here == uid(A)


async def test_what_is_over_is_not_first(make_app: Make, clock: Any) -> None:
    """At 20:10 UTC the evening's first clash is over."""
    more = (talk(31, "Late one", at(20, 30), 20, room="R1"), talk(32, "Late two", at(20, 30), 20, room="R2"))
    conference = evening()._replace(talks=(*evening().talks, *more))
    clock.at = at(20, 10)
    app = make_app(conference, marks=stars(A, B, 31, 32))
    async with app.run_test(size=SIZE) as pilot:
        screen(app).show_talk(uid(LONE))
        assert (await open_clashes(pilot)).uid_here == uid(31)


async def test_no_clash(make_app: Make) -> None:
    """A calm word, and enter or escape back."""
    app = make_app(evening(), marks=())
    async with app.run_test(size=SIZE) as pilot:
        for key in ("enter", "escape", "!"):
            await open_clashes(pilot)
            await shows(pilot, "No clash is left.")
            for nothing in ("1", "b", "l", "x", "p", "c", "j", "k", "right", "B", "J"):
                await pilot.press(nothing)
            assert not said(app)
            await pilot.press(key)
            assert isinstance(app.screen, Schedule)
    assert last_step(app).imported


# Deciding


@pytest.mark.parametrize(("key", "left"), [("1", [C]), ("2", []), ("3", [A])])
async def test_going_skips_only_those_that_clash(make_app: Make, key: str, left: list[int]) -> None:
    """In the chain A–B–C going to A skips B and leaves C as it was; going to B skips both."""
    app = make_app(evening(), marks=stars(A, B, C))
    async with app.run_test(size=SIZE) as pilot:
        clashes = await open_clashes(pilot)
        await pilot.press(key)
        going = int(key)
        expected = ["going" if n == going else "undecided" if n in left else "skipped" for n in (A, B, C)]
        assert decisions(app, A, B, C) == expected
        assert all(kept(app, n).starred for n in (A, B, C))
        assert not clashes.cases
        await shows(pilot, "No clash is left.")
        await shows(pilot, f"✓ go to {['Apples', 'Bananas', 'Cherries'][going - 1]}, skip")
        await pilot.press("u")
        assert decisions(app, A, B, C) == ["undecided"] * 3
        assert clashes.cases
        assert not clashes.decided


async def test_the_cursor_decides_too(make_app: Make) -> None:
    """Keys j and k move, c goes to the talk under the cursor, x skips it and the rest of the chain follows."""
    app = make_app(evening(), marks=stars(A, B, C))
    async with app.run_test(size=SIZE) as pilot:
        clashes = await open_clashes(pilot)
        await pilot.press("j", "j", "j", "k", "G", "g", "x")
        assert decisions(app, A, B, C) == ["skipped", "undecided", "undecided"]
        assert clashes.uid_here == uid(B)
        await pilot.press("j", "c")
        assert decisions(app, A, B, C) == ["skipped", "skipped", "going"]
        await pilot.press("u", "u")
        assert decisions(app, A, B, C) == ["undecided"] * 3
        assert len(case_of(clashes).members) == 3


async def test_keep_both(make_app: Make) -> None:
    """With b one keeps what the talk under the cursor clashes with, B all of the group; each is one step."""
    app = make_app(evening(), marks=stars(A, B, C))
    async with app.run_test(size=SIZE) as pilot:
        clashes = await open_clashes(pilot)
        await pilot.press("b")
        assert kept(app, A).kept == {uid(B)}
        assert [member.uids[0] for member in case_of(clashes).members] == [uid(B), uid(C)]
        await pilot.press("u", "B")
        assert [set(kept(app, n).kept) for n in (A, B, C)] == [{uid(B)}, {uid(A), uid(C)}, {uid(B)}]
        assert not clashes.cases
        await pilot.press("u")
        assert not any(kept(app, n).kept for n in (A, B, C))


async def test_leave_early(make_app: Make) -> None:
    """The earlier one is left as the later begins, whichever of the two is under the cursor."""
    app = make_app(evening(), marks=stars(A, B))
    async with app.run_test(size=SIZE) as pilot:
        clashes = await open_clashes(pilot)
        for move in ("k", "j"):
            await pilot.press(move, "l")
            assert (kept(app, A).leave_at, kept(app, B).leave_at) == (at(18, 15), None)
            await shows(pilot, "✓ leave Apples at 20:15, in time for Bananas")
            await pilot.press("u")
            assert clashes.cases


async def test_what_begins_at_once_cannot_be_left_early(make_app: Make) -> None:
    """It is said, the footer does not offer it, nothing is written."""
    talks = (talk(31, "One", at(18), 20, room="R"), talk(32, "Two", at(18), 30, room="R"))
    app = make_app(Conference("iclr-2021", "ICLR 2021", "Europe/Berlin", talks=talks), marks=stars(31, 32))
    async with app.run_test(size=SIZE) as pilot:
        clashes = await open_clashes(pilot)
        step = app.store.last_step()
        await pilot.press("l", "p")
        assert said(app) == ["The paper has no other talk to go to."]
        assert "leave early" not in text(app)
        assert "poster instead" not in text(app)
        assert app.store.last_step() == step
        assert clashes.cases


async def test_the_poster_instead(make_app: Make) -> None:
    """The oral is skipped and its poster gone to, as one step; from the other talk of the pair too."""
    app = make_app(evening(), marks=stars(A, B))
    async with app.run_test(size=SIZE) as pilot:
        clashes = await open_clashes(pilot)
        await pilot.press("p")
        assert decisions(app, A, B, POSTER) == ["undecided", "skipped", "going"]
        assert kept(app, POSTER).starred
        assert not clashes.cases
        await pilot.press("u")
        assert decisions(app, A, B, POSTER) == ["undecided"] * 3
        assert not kept(app, POSTER).starred


async def test_two_conferences(make_app: Make) -> None:
    """Each talk says which it is of, and there is a clock for each zone; enter shows it in its own conference."""
    abroad = pycon().talks[0]._replace(title="A talk elsewhere", slot=Slot(at(18, 5), at(18, 20)))
    app = make_app(evening(), pycon()._replace(talks=(abroad,)), marks=(*stars(A), Mark(abroad.uid, starred=True)))
    async with app.run_test(size=SIZE) as pilot:
        clashes = await open_clashes(pilot)
        for words in ("ICLR 2021 · R1", "PyCon 2021", "CEST", "PDT", "BST"):
            assert words in text(app)
        await pilot.press("j")
        assert clashes.uid_here == abroad.uid
        await pilot.press("enter")
        assert screen(app).desk.slug == "pycon-2021"
        assert screen(app).talks.uid == abroad.uid


async def test_posters_of_a_session_are_one(make_app: Make) -> None:
    """Seven posters are one bar and one card with their boards in walking order; skipped together."""
    posters = [
        talk(30 + n, f"Poster {n}", at(18), 120, kind="poster", session="p")._replace(
            slot=Slot(at(18), at(20), room="Hall", board=str(12 - n))
        )
        for n in range(7)
    ]
    conference = evening()._replace(talks=(*evening().talks, *posters))
    app = make_app(conference, marks=stars(C, *range(30, 37)))
    async with app.run_test(size=SIZE) as pilot:
        clashes = await open_clashes(pilot)
        assert len(case_of(clashes).members) == 2
        assert "7 posters in 120 min" in text(app)
        assert text(app).index("board 6") < text(app).index("board 7")
        await pilot.press("2")
        assert decisions(app, C, *range(30, 37)) == ["going", *["skipped"] * 7]


async def test_short_changes_come_after_the_clashes(make_app: Make) -> None:
    """Two minutes for a way of five: said so; l leaves three minutes earlier, b hurries; the clash comes first."""
    app = make_app(evening(), marks=stars(A, B, C, FAR))
    async with app.run_test(size=SIZE) as pilot:
        clashes = await open_clashes(pilot)
        assert "Clash 1 of 1" in text(app)
        await pilot.press("right")
        await shows(pilot, "Tight change of room 1 of 1  Thu 6 May 2021 20:40–21:22 · 2 min for a way of 5 min")
        await pilot.press("l")
        assert kept(app, C).leave_at == at(18, 57)
        assert case_of(clashes).gap is None
        await pilot.press("u")
        assert case_of(clashes).gap == 120
        await pilot.press("b")
        assert kept(app, C).kept == {uid(FAR)}
        assert [case.gap for case in clashes.cases] == [None]


async def test_walking_minutes_are_those_of_the_settings(make_app: Make) -> None:
    """With two minutes a way nothing is tight."""
    app = make_app(evening(), marks=stars(C, FAR), walking_minutes=2)
    async with app.run_test(size=SIZE) as pilot:
        assert not (await open_clashes(pilot)).cases


async def test_what_changes_nothing_is_not_told_as_decided(make_app: Make) -> None:
    """A way that was written already has no step of its own: u takes back the one before, and its words go."""
    app = make_app(evening(), marks=stars(A, B, C))
    async with app.run_test(size=SIZE) as pilot:
        clashes = await open_clashes(pilot)
        assert clashes.case is not None
        way = ways.keep(app.desk.plan, clashes.case)
        clashes.decide(way)
        clashes.decide(way)
        assert [one.words for one in clashes.decided] == [way.words]
        await pilot.press("u")
        assert not clashes.decided


# From group to group


def pairs(number: int) -> Conference:
    """So many clashes of two talks, an hour apart."""
    talks = []
    for n in range(number):
        talks += [talk(100 + 2 * n + k, f"Talk {n}{'ab'[k]}", at(6 + n, 10 * k), 30, room="R") for k in (0, 1)]
    return Conference("iclr-2021", "ICLR 2021", "Europe/Berlin", talks=tuple(talks))


async def test_the_next_one_follows(make_app: Make) -> None:
    """Arrows and tab turn to others and round; a decision shows the next, after the last the first that is left."""
    app = make_app(pairs(4), marks=stars(*range(100, 108)))
    async with app.run_test(size=SIZE) as pilot:
        clashes = await open_clashes(pilot)
        first = clashes.at
        for key, step in (("right", 1), ("tab", 2), ("left", 1), ("shift+tab", 0), ("left", 3), ("right", 0)):
            await pilot.press(key)
            assert clashes.at == (first + step) % 4
        clashes.turn(2 - clashes.at)
        await pilot.press("1")
        await shows(pilot, "Clash 3 of 3")
        assert clashes.uid_here == uid(106)
        await pilot.press("2")
        await shows(pilot, "Clash 1 of 2")
        assert clashes.uid_here == uid(100)
        await pilot.press("1", "b")
        await shows(pilot, "No clash is left.")
        assert text(app).count("✓") == 4


async def test_undo_of_many_steps_across_restarts(make_app: Make, tmp_path: Path) -> None:
    """Four ways are taken; another program takes them back, one by one, and the screen shows what is open again."""
    app = make_app(pairs(4), marks=stars(*range(100, 108)))
    async with app.run_test(size=SIZE) as pilot:
        clashes = await open_clashes(pilot)
        while clashes.at:
            await pilot.press("right")
        await pilot.press("1", "b", "l", "x")
        assert not clashes.cases
        await pilot.press("escape")
        before = app.desk.plan.marks
    assert app.store.marks(before) == before
    home = app.settings.home
    app.store.close()
    for left in (1, 2, 3, 4):
        with open_store(home, now=EVE) as store:
            store.undo(now=EVE)
            assert len(store.load("Europe/Berlin").clashes()) == left
    with open_store(home, now=EVE) as store:
        plain = [mark._replace(at=None) for mark in store.marks([uid(n) for n in range(100, 108)]).values()]
        assert plain == list(stars(*range(100, 108)))
    again = make_app(home=home, empty=True)
    async with again.run_test(size=SIZE) as pilot:
        assert len((await open_clashes(pilot)).cases) == 4


async def test_undo_before_the_first_decision_is_the_store_s(make_app: Make) -> None:
    """What was done elsewhere is taken back too and said; an import is left to the Schedule, which asks."""
    app = make_app(evening(), marks=stars(A, B))
    async with app.run_test(size=SIZE) as pilot:
        await open_clashes(pilot)
        await pilot.press("u")
        assert said(app) == ["Taken back: star on 'Bananas'"]
        await shows(pilot, "No clash is left.")
        await pilot.press("u", "u")
        assert isinstance(app.screen, Confirm)


async def test_another_program_decides_meanwhile(make_app: Make) -> None:
    """Within a look the group is gone here too."""
    app = make_app(evening(), marks=stars(A, B))
    async with app.run_test(size=SIZE) as pilot:
        clashes = await open_clashes(pilot)
        with open_store(app.settings.home, now=EVE) as store:
            store.decide([uid(A)], "skipped", now=EVE)
        clashes.look()
        await shows(pilot, "No clash is left.")
        with open_store(app.settings.home, now=EVE) as store:
            store.decide([uid(A)], "undecided", now=EVE)
        clashes.look()
        await shows(pilot, "Clash 1 of 1")


async def test_a_way_that_cannot_be_written_is_told(make_app: Make) -> None:
    """The sentence is shown, the group stays, nothing counts as decided."""
    app = make_app(evening(), marks=stars(A, B))
    async with app.run_test(size=SIZE) as pilot:
        clashes = await open_clashes(pilot)
        app.store._access.read_only = "The store is read-only: nothing can be changed."
        for key in ("1", "b", "l", "x", "p"):
            await pilot.press(key)
        assert said(app) == ["The store is read-only: nothing can be changed."]
        assert clashes.cases
        assert not clashes.decided


# Many talks, narrow screens, the mouse


async def test_dozens_scroll(make_app: Make) -> None:
    """Forty talks at once: the cursor stays in sight, its card is shown, nine have a key, and the last can be gone to."""
    talks = tuple(talk(100 + n, f"Parallel {n:02}", at(18), 60, room=f"R{n}") for n in range(40))
    app = make_app(Conference("iclr-2021", "ICLR 2021", "Europe/Berlin", talks=talks), marks=stars(*range(100, 140)))
    async with app.run_test(size=(80, 24)) as pilot:
        clashes = await open_clashes(pilot)
        await pilot.press("G")
        await shows(pilot, "40  ▆")
        assert "39 " in text(app)
        assert "1 … 9 go there" in text(app)
        last = clashes.uid_here
        await pilot.press("c")
        others = [uid(n) for n in range(100, 140) if uid(n) != last]
        marks = app.store.marks([last, *others])
        assert marks[last].decision == "going"
        assert {marks[one].decision for one in others} == {"skipped"}
        assert last_step(app).words == "deciding on 40 talks"
        await pilot.press("u")
        assert len(case_of(clashes).members) == 40


@pytest.mark.parametrize(("width", "cards"), [(60, 1), (80, 2), (120, 3), (160, 4), (200, 4)])
async def test_as_many_cards_as_there_is_room_for(make_app: Make, width: int, cards: int) -> None:
    """The one under the cursor among them, always."""
    talks = tuple(talk(100 + n, f"Parallel {n}", at(18), 60, room=f"R{n}") for n in range(6))
    app = make_app(Conference("iclr-2021", "ICLR 2021", "Europe/Berlin", talks=talks), marks=stars(*range(100, 106)))
    async with app.run_test(size=(width, 24)) as pilot:
        clashes = await open_clashes(pilot)
        for _ in range(6):
            assert sum(card.display for card in clashes.query(Card)) == cards
            marked = [card.uid for card in clashes.query(Card) if card.display and card.has_class("-here")]
            assert marked == [clashes.uid_here]
            await pilot.press("j")


async def test_the_text_of_a_talk_scrolls(make_app: Make) -> None:
    """J and page down scroll the card under the cursor."""
    long = evening().talks[0]._replace(abstract="Word " * 2000)
    app = make_app(evening()._replace(talks=(long, *evening().talks[1:])), marks=stars(A, B))
    async with app.run_test(size=SIZE) as pilot:
        clashes = await open_clashes(pilot)
        card = clashes.query(Card).first()
        await until(pilot, lambda: card.max_scroll_y > 0)
        await pilot.press("J", "J")
        await until(pilot, lambda: card.scroll_offset.y == 6)
        await pilot.press("pagedown", "K")
        await until(pilot, lambda: card.scroll_offset.y == 13)


async def test_by_mouse(make_app: Make) -> None:
    """A click on a bar or a card points at it, the keys of the footer are clicked, a second click opens the talk."""
    app = make_app(evening(), marks=stars(A, B, C))
    async with app.run_test(size=SIZE) as pilot:
        clashes = await open_clashes(pilot)
        await pilot.click(Bars, offset=(30, clashes.query_one(Bars).above + 1))
        assert clashes.uid_here == uid(B)
        await pilot.click(Bars, offset=(30, 0))
        assert clashes.uid_here == uid(B)
        cards = list(clashes.query(Card))
        await pilot.click(cards[2], offset=(5, 5))
        assert clashes.uid_here == uid(C)
        line = clashes.query_one(KeysLine)
        x = next(left for left, _, command, _ in line._edges if command == "skip")
        await pilot.click(KeysLine, offset=(x, 0))
        assert decisions(app, C) == ["skipped"]
        await pilot.click(cards[1], offset=(5, 5), times=2)
        assert isinstance(app.screen, Schedule)
        assert screen(app).talks.uid == uid(B)


async def test_help_and_palette_know_the_keys(make_app: Make) -> None:
    """What only this screen does comes first; chosen there it is done."""
    app = make_app(evening(), marks=stars(A, B))
    async with app.run_test(size=(120, 60)) as pilot:
        await open_clashes(pilot)
        await pilot.press("?")
        assert isinstance(app.screen, Help)
        for id_ in ("go_there", "keep_both", "leave_early", "instead", "clash_after"):
            assert BY_ID[id_].label in text(app)
        await pilot.press("escape", "ctrl+p")
        await write(pilot, "keep both")
        await pilot.press("enter")
        assert kept(app, A).kept == {uid(B)}


async def test_keys_of_ones_own(make_app: Make) -> None:
    """Numbers and letters can be mapped; the footer says the new ones."""
    app = make_app(evening(), marks=stars(A, B), keys=(("go_there", "f5,f6"), ("keep_both", "K")))
    async with app.run_test(size=SIZE) as pilot:
        await open_clashes(pilot)
        assert "K keep both" in text(app)
        assert "f5 go there" in text(app)
        await pilot.press("1")
        assert decisions(app, A, B) == ["undecided", "undecided"]
        await pilot.press("f6")
        assert decisions(app, A, B) == ["skipped", "going"]


async def test_hostile_words_do_nothing(make_app: Make) -> None:
    """Markup and escape sequences in titles, rooms and calendar entries are text."""
    evil = "[/b] [@click=app.quit]x[/] \x1b[31mred \u202egnp"
    talks = (
        talk(31, evil, at(18), 20, room=evil, speakers=(evil,), abstract=evil),
        talk(32, evil + "2", at(18, 5), 20, room=evil),
    )
    app = make_app(Conference("iclr-2021", "ICLR 2021", "Europe/Berlin", talks=talks), marks=stars(31, 32))
    call(app, Busy(at(18), at(18, 10), evil))
    async with app.run_test(size=SIZE) as pilot:
        await open_clashes(pilot)
        assert "[@click=app.quit]" in text(app)
        assert "\x1b" not in text(app)
        await pilot.press("l", "u", "1")
        await shows(pilot, "No clash is left.")
        assert "[/b]" in text(app)


# The Schedule's question


async def test_going_offers_to_skip_the_others(make_app: Make) -> None:
    """The key c goes, then asks; enter skips, each is a step of its own; escape leaves them."""
    app = make_app(evening(), marks=stars(A, B, C))
    async with app.run_test(size=SIZE) as pilot:
        screen(app).show_talk(uid(B))
        await pilot.press("c")
        assert isinstance(app.screen, Confirm)
        await shows(pilot, "Going to Bananas. Skip the other 2 that clash with it?")
        await shows(pilot, "· Cherries")
        assert decisions(app, A, B, C) == ["undecided", "going", "undecided"]
        await pilot.press("escape")
        assert decisions(app, A, B, C) == ["undecided", "going", "undecided"]
        await pilot.press("c")  # undecided again: nothing to ask
        assert isinstance(app.screen, Schedule)
        await pilot.press("c", "enter")
        assert decisions(app, A, B, C) == ["skipped", "going", "skipped"]
        assert all(kept(app, n).starred for n in (A, B, C))
        await shows(pilot, "× Apples")
        await pilot.press("u")
        assert decisions(app, A, B, C) == ["undecided", "going", "undecided"]
        await pilot.press("u")
        assert decisions(app, A, B, C) == ["undecided"] * 3


async def test_nothing_is_asked_where_nothing_clashes(make_app: Make) -> None:
    """A talk alone, one whose rivals are skipped, and one that only a call overlaps."""
    app = make_app(evening(), marks=(*stars(B, LONE), *stars(A, decision="skipped")))
    call(app, Busy(at(18), at(18, 10), "Call"))
    async with app.run_test(size=SIZE) as pilot:
        for number in (A, B, LONE):
            screen(app).show_talk(uid(number))
            if number != A:
                await pilot.press("c")
                assert isinstance(app.screen, Schedule)
                assert decisions(app, number) == ["going"]


async def test_an_unstarred_talk_is_asked_about_too(make_app: Make) -> None:
    """Going stars it, and only then it clashes."""
    app = make_app(evening(), marks=stars(A))
    async with app.run_test(size=SIZE) as pilot:
        screen(app).show_talk(uid(B))
        await pilot.press("c")
        await shows(pilot, "Going to Bananas. Skip the other one that clashes with it?")
        await pilot.press("enter")
        assert decisions(app, A, B) == ["skipped", "going"]


# Random keys

KEYS = [*"123456", *"blxpcuBjkgGJK", "right", "left", "tab", "enter", "!", "escape", "pagedown", "home", "end"]


@pytest.mark.ci
@settings(max_examples=6)
@given(keys=st.lists(st.sampled_from(KEYS), min_size=100, max_size=100))
async def test_a_hundred_random_keys(tmp_path_factory: pytest.TempPathFactory, keys: list[str]) -> None:
    """No traceback; no star is lost; what the screen has is what is stored, and what it shows is what is left."""
    home = str(tmp_path_factory.mktemp("home"))
    more = (talk(31, "Late one", at(20, 30), 20, room="R1"), talk(32, "Late two", at(20, 40), 20, room="R2"))
    conference = evening()._replace(talks=(*evening().talks, *more))
    numbers = (A, B, C, FAR, 31, 32)
    store = stored(home, conference, marks=stars(*numbers))
    store.set_busy("me.ics", [Busy(at(18, 50), at(19, 30), "Call")], [(at(0), at(23))], now=EVE)
    app = PlannerApp(store, Settings(home, zone="Europe/Berlin"), now=lambda: EVE, schedules=[])
    async with app.run_test(size=(80, 24)) as pilot:
        begun = app.store.last_step()
        for key in keys:
            if isinstance(app.screen, Schedule):
                await pilot.press("!")
            step = app.store.last_step()
            if key == "u" and step is not None and (step.imported or step == begun):
                continue  # what was there at first stays
            await pilot.press(key)
            marks = app.store.marks([uid(n) for n in (*numbers, POSTER)])
            assert all(marks[uid(n)].starred for n in numbers)
            assert {one: app.desk.plan.mark(one) for one in marks} == marks
            if isinstance(app.screen, Clashes):
                assert app.screen.cases == ways.cases(store.load("Europe/Berlin"), app.settings.walking_seconds)
                assert app.screen.query_one("#none").display == (not app.screen.cases)
    store.close()


# Bars


def test_bars_touch_where_times_touch() -> None:
    """In a lane of 40 cells an hour: half an hour is half of it, a moment one cell, an end is the next one's beginning."""
    shown = Shown(0, 3600, (), ())
    assert cells(0, 1800, shown, 40) == (0, 20)
    assert cells(1800, 3600, shown, 40) == (20, 40)
    assert cells(3600, 3600, shown, 40) == (39, 40)
    assert cells(900, 900, shown, 40) == (10, 11)
    assert cells(0, 0, Shown(0, 0, (), ()), 16) == (0, 1)


@given(st.integers(0, 10**9), st.integers(0, 10**6), st.integers(40, 250))
def test_labels_are_round_and_have_room(start: int, length: int, width: int) -> None:
    """On the clock of the first zone, inside the stretch, far enough apart to be read."""
    offset = 20_700  # +05:45
    shown = Shown(start, start + length, (Bar(start, start + length, "x"),), (), offset=offset)
    found = labelled(shown, lane(width))
    assert all(start <= at_ <= start + length and (at_ + offset) % 60 == 0 for at_, _ in found)
    places = [cell for _, cell in found]
    assert all(later - first >= 7 for first, later in pairwise(places))
