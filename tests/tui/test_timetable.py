"""The Timetable screen: where the cursor goes, what a key keeps, what follows clock, store and terminal."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from textual.events import MouseScrollDown, MouseScrollLeft, MouseScrollRight
from tui_day import MARKS, NOON, full_day, number
from tui_driver import SIZE, kept, said, screen, shows, text, until
from tui_made import at, iclr, many, stored, talk, uid

from planner.model import Conference, Slot
from planner.tui.screens.confirm import Confirm
from planner.tui.screens.schedule import Schedule
from planner.tui.screens.timetable import Timetable
from planner.tui.widgets.block_strip import wrap
from planner.tui.widgets.day_tabs import DayTabs
from planner.tui.widgets.grid import TalkGrid
from planner.tui.widgets.grid_strip import HEADS
from planner.ways import Way

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from textual.pilot import Pilot

    from planner.tui.app import PlannerApp

    Make = Callable[..., PlannerApp]


@pytest.fixture
def app(make_app: Make, clock: Any) -> PlannerApp:
    """An app over a full day, at a quarter to ten in the halls."""
    clock.at = NOON
    return make_app(full_day(), marks=MARKS)


def grid(app: PlannerApp) -> TalkGrid:
    """The grid of the Timetable."""
    assert isinstance(app.screen, Timetable)
    return app.screen.talks


def on(app: PlannerApp) -> int:
    """The number of the talk under the cursor."""
    return number(grid(app).uid)


@contextlib.asynccontextmanager
async def opened_at(app: PlannerApp, talk: int, size: tuple[int, int] = SIZE) -> AsyncIterator[Pilot[None]]:
    """The Timetable, opened on the Schedule's talk of that number."""
    async with app.run_test(size=size) as pilot:
        screen(app).show_talk(uid(talk))
        await pilot.press("v")
        yield pilot


async def test_opens_on_the_talk_of_the_schedule_and_goes_back_to_one(app: PlannerApp) -> None:
    """The cursor is on the Schedule's talk; Escape leaves that as it was, Enter takes it to the talk under the cursor."""
    async with opened_at(app, 104) as pilot:
        assert on(app) == 104
        await pilot.press("k", "escape")
        assert screen(app).talks.uid == uid(104)
        await pilot.press("v", "k", "enter")
        assert isinstance(app.screen, Schedule)
        assert screen(app).talks.uid == uid(103)
        await pilot.press("v", "v")
        assert isinstance(app.screen, Schedule)


async def test_moves_by_column_and_by_time(app: PlannerApp) -> None:
    """Down and up stay in the hall, sideways lands on what is on at that time, and the way back is the way one came."""
    async with opened_at(app, 102) as pilot:
        await pilot.press("l")
        assert on(app) == 200
        await pilot.press("right")
        assert on(app) == 121
        await pilot.press("l")
        assert on(app) == 121
        await pilot.press("h", "left")
        assert on(app) == 102
        await pilot.press("j", "down", "k", "up", "up", "up", "up", "up")
        assert on(app) == 280
        await pilot.press("G")
        assert on(app) == 114
        await pilot.press("g")
        assert on(app) == 280


async def test_every_poster_of_a_pile_can_be_reached(app: PlannerApp) -> None:
    """The cursor walks through a poster session, and the poster under it is always to be read in the block."""
    async with opened_at(app, 200) as pilot:
        for poster in range(200, 241):
            assert on(app) == poster
            assert sum(f"Poster about subject {poster - 200} " in f"{line} " for line in text(app).splitlines()) >= 2
            await pilot.press("j")
        assert on(app) == 250


async def test_marks_are_kept(app: PlannerApp) -> None:
    """Star, rating and decisions go to the store first, and the block says them; undo takes the last one back."""
    async with opened_at(app, 104) as pilot:
        await pilot.press("s", "plus", "plus", "c")
        mark = kept(app, 104)
        assert (mark.starred, mark.rating, mark.decision) == (True, 4, "going")
        assert isinstance(app.screen, Confirm)  # whether to skip the other one, as everywhere
        await pilot.press("escape")
        await shows(pilot, "★4 ✓ ⚠")
        await pilot.press("x")
        await shows(pilot, "★4 × Graph networks")
        await pilot.press("u")
        assert kept(app, 104).decision == "going"
        assert on(app) == 104
        await pilot.press("space")
        assert not kept(app, 104).starred


async def test_a_note_is_written_here_too(app: PlannerApp) -> None:
    """What is done to a talk on the Schedule is done here with the same keys: a note, and what is copied."""
    async with opened_at(app, 104) as pilot:
        await pilot.press("n", *"ask", "enter")
        assert kept(app, 104).note == "ask"
        await shows(pilot, "✎")
        await pilot.press("y")
        assert app.clipboard.startswith("Graph networks")


async def test_an_untitled_slot_has_no_star(app: PlannerApp) -> None:
    """It can be reached and not be starred."""
    async with opened_at(app, 112) as pilot:
        await pilot.press("s")
        assert said(app) == ["A slot without a title cannot be starred."]
        assert not kept(app, 112).starred


async def test_a_clash_says_how_long(make_app: Make) -> None:
    """Both talks of a clash are outlined with its minutes, and the foot says with which."""
    app = make_app()
    async with opened_at(app, 3) as pilot:
        await shows(pilot, "⚠ 15 min with Theoretical Analysis of Self-Training")
        assert sum("┏" in line or "┓" in line for line in text(app).splitlines()) >= 1
        assert text(app).count("⚠ 15 min ") >= 3


async def test_days(app: PlannerApp) -> None:
    """The brackets turn the days, in the same hall; a click on a tab too; t comes back to now in that hall."""
    async with opened_at(app, 200) as pilot:
        await pilot.press("]")
        assert on(app) == 291
        await pilot.press("t")
        assert on(app) == 200
        await pilot.press("[")
        assert on(app) == 291
        await pilot.click(DayTabs, offset=(3, 0))
        assert on(app) == 200


async def test_now_outside_of_the_conference_is_said(app: PlannerApp, clock: Any) -> None:
    """Years later there is no line at now, and the key for it says when the conference was."""
    clock.at = NOON.replace(year=2026)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("v", "t")
        assert said(app) == ["ICLR 2021 is over; its last day was Fri 7 May 2021."]
        assert "now" not in {line.what for line in grid(app).moves.grid.lines}


async def test_stars_in_the_order_of_time(app: PlannerApp) -> None:
    """Tab goes through the starred talks of the day and round, shift and tab back."""
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("v", "g")
        seen = []
        for _ in range(10):
            await pilot.press("tab")
            seen.append(on(app))
        assert sorted(seen[:9]) == [101, 102, 121, 203, 217, 240, 252, 260, 270]
        assert seen[9] == seen[0]
        await pilot.press("shift+tab", "shift+tab")
        assert on(app) == seen[7]


async def test_the_line_at_now_moves_and_nothing_else(app: PlannerApp, clock: Any) -> None:
    """A minute later the line says it; cursor and scroll stay."""
    async with opened_at(app, 102, size=(120, 30)) as pilot:
        await pilot.press("G", "k")
        before = on(app), grid(app).scroll_offset, grid(app).left
        clock.at = at(16, 53)
        app.screen.look()  # type: ignore[attr-defined]
        await pilot.pause()
        assert (on(app), grid(app).scroll_offset, grid(app).left) == before
        await pilot.press("t")
        await shows(pilot, "▶18:53 now")


async def test_a_star_of_another_terminal(app: PlannerApp) -> None:
    """It shows up, and the cursor stays."""
    async with opened_at(app, 104) as pilot:
        with stored(app.settings.home, marks=()) as theirs:
            theirs.star([uid(104)], rating=5, now=NOON)
        app.screen.look()  # type: ignore[attr-defined]
        await shows(pilot, "★5 ⚠")
        assert on(app) == 104


async def test_columns_and_zoom(make_app: Make) -> None:
    """O puts rooms, sessions or tracks across, > and < change the minutes of a line; the cursor stays on its talk."""
    app = make_app(many(400))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("v", "j")
        here = grid(app).uid
        assert [column.name for column in grid(app).moves.grid.columns] == [f"Hall {sign}" for sign in "ABCDEFGH"]
        await pilot.press("O")
        assert [column.parts[0].words for column in grid(app).moves.grid.columns] == [f"Track {sign}" for sign in "ABCDEFGH"]
        for key, step in (("<", 10), ("<", 15), (">", 10), (">", 5), (">", 5)):
            await pilot.press({"<": "less_than_sign", ">": "greater_than_sign"}[key])
            assert (grid(app).moves.grid.step, grid(app).uid) == (step, here)
        assert said(app) == ["A line is 5 minutes; there is no other step beyond."]


@pytest.mark.parametrize(("width", "fit"), [(60, 2), (80, 3), (120, 5), (200, 8)])
async def test_columns_of_a_width(make_app: Make, width: int, fit: int) -> None:
    """As many columns as have room; heads stay on top, arrows say how many more there are, and the cursor pulls them along."""
    app = make_app(many(400))
    async with app.run_test(size=(width, 24)) as pilot:
        await pilot.press("v")
        assert len(grid(app).view.form.columns) == fit
        assert (f" {8 - fit} ›" in text(app)) == (fit < 8)
        await pilot.press(*"llllllll", *"jjjjjjjjj")
        assert grid(app).column == 7
        assert (f"‹ {8 - fit}" in text(app)) == (fit < 8)
        assert "Hall H" in text(app).splitlines()[3]
        view = grid(app).view
        assert view.top <= view.here < view.top + grid(app).size.height - HEADS
        await pilot.press("H")
        assert grid(app).column == max(0, 7 - fit)
        await pilot.resize_terminal(90, 40)
        assert grid(app).column == max(0, 7 - fit)
        assert f"Hall {'ABCDEFGH'[grid(app).column]}" in text(app)


async def test_by_mouse(app: PlannerApp) -> None:
    """A click selects, on the star it stars, a second click opens; heads and arrows move; the wheel scrolls."""
    async with opened_at(app, 100, size=(60, 40)) as pilot:

        def find(words: str) -> tuple[int, int]:
            lines = text(app).splitlines()
            y = next(n for n, line in enumerate(lines[:35]) if words in line)
            return lines[y].index(words), y

        await pilot.click(offset=find("Sparse attention"))
        assert on(app) == 102
        x, y = find("★4")
        await pilot.click(offset=(x, y))
        assert on(app) == 101
        assert not kept(app, 101).starred
        await pilot.click(offset=find("41 posters"))
        assert on(app) == 200
        await pilot.click(offset=find("1 ›"))
        assert grid(app).left == 1
        await pilot.click(offset=find("Hall W"))
        assert grid(app).column == 2
        await pilot.click(offset=find("‹ 1"))
        assert grid(app).left == 0
        await pilot._post_mouse_events([MouseScrollDown], TalkGrid, (20, 10))
        await until(pilot, lambda: grid(app).scroll_offset.y > 0)
        await pilot.click(offset=find("Graph networks"), times=2)
        assert isinstance(app.screen, Schedule)
        assert screen(app).talks.uid == uid(104)


async def test_columns_are_straight(make_app: Make) -> None:
    """Where several talks share a room at one time, each line is as wide as the screen and each room begins under its name."""
    app = make_app(many(2000), marks=())
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("v", "pagedown", "pagedown")
        edges = [start for start, _ in grid(app).view.form.columns][1:]
        lines = text(app).splitlines()[3:36]
        assert len(edges) == 4
        assert {line[edge] for line in lines for edge in edges} == {"│"}


async def test_nothing_has_a_day(make_app: Make) -> None:
    """A conference without a slot says so; keys do nothing, Escape leaves."""
    only = iclr()
    papers = Conference("iclr-2021", "ICLR 2021", None, talks=tuple(one for one in only.talks if not one.scheduled))
    app = make_app(papers)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("v", *"jkhlgGts", "]", "tab", "O", "enter")
        await shows(pilot, "No talk of ICLR 2021 has a day yet.")
        await pilot.press("escape")
        assert isinstance(app.screen, Schedule)


@pytest.mark.parametrize("words", ["a bb ccc", "深層学習による音声合成 のための", "onewordthatislong and more", "", "x" * 50])
def test_titles_wrap_by_cells(words: str) -> None:
    """No line is wider than the block; with lines enough nothing of the words is lost."""
    from rich.cells import cell_len

    for cells in (5, 8, 13):
        for first in (0, 3, cells):
            lines = wrap(words, first, cells, 40)
            assert [cell_len(line) <= (cells if n else first) for n, line in enumerate(lines)] == [True] * len(lines)
            assert "".join(lines).replace(" ", "") == words.replace(" ", "")
            short = wrap(words, first, cells, 2)
            assert len(short) <= 2
            assert len(lines) <= 2 or short[-1].endswith("…")


async def test_a_move_draws_only_what_differs(app: PlannerApp) -> None:
    """What the screen shows after any move is what it shows when all of it is drawn again; most moves draw few lines."""
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("v")
        drawn: set[int] = set()
        numbers: list[int] = []
        whole = grid(app).render_line

        def counted(y: int) -> Any:
            drawn.add(y)
            return whole(y)

        grid(app).render_line = counted  # type: ignore[method-assign]
        for key in ("j", "l", "h", "l", "j", "k", "tab", "tab", "tab", "l", "j", "k", "h", "g", "G", "space", "H", "L"):
            drawn.clear()
            top = grid(app).scroll_offset
            await pilot.press(key)
            shown = app.screen._compositor.render_strips(app.size)
            if key in "jkhl" and grid(app).scroll_offset == top:
                numbers.append(len(drawn))
            grid(app).refresh()
            await pilot.pause()
            assert app.screen._compositor.render_strips(app.size) == shown, key
        assert len(numbers) >= 5
        assert min(numbers) <= grid(app).size.height // 2


async def test_a_talk_that_is_left_early(app: PlannerApp) -> None:
    """From when the user means to leave, a block is lit no more; it and the foot say when that is."""
    async with app.run_test(size=SIZE) as pilot:
        app.desk.settle(Way("leave", (uid(121),), "", leaving=((uid(121), at(16, 45)),)))
        screen(app).show_talk(uid(121))
        await pilot.press("v")
        await shows(pilot, "leave at 18:45")
        assert text(app).count("leave at 18:45") == 2
        assert "leave at 18:45" in text(app).splitlines()[-2]
        await pilot.press("h")
        block, first = grid(app).moves.block[uid(121)], grid(app).content_region.y + HEADS - grid(app).scroll_offset.y
        strips = app.screen._compositor.render_strips(app.size)
        x = text(app).splitlines()[first + block.top].index("Fairness")
        grounds = [strips[first + line].crop(x, x + 1)._segments[0].style for line in range(block.top, block.bottom)]
        colours = [style.bgcolor for style in grounds if style is not None]
        assert len(set(colours[:3])) == 1
        assert set(colours[:3]).isdisjoint(colours[4:])


def nowhere(*own: str, day: datetime = datetime(2018, 3, 25, tzinfo=UTC)) -> Conference:
    """A conference whose source names no place: talks of an hour at 00:00, 02:00, … UTC in their own zones, a room each."""
    hour = timedelta(hours=1)
    starts = [day + 2 * number * hour for number in range(len(own))]
    slots = [
        Slot(start, start + hour, f"Room {at}", zone=zone) for at, (start, zone) in enumerate(zip(starts, own, strict=True))
    ]
    talks = tuple(talk(number, f"Talk {number}", None, slot=slot) for number, slot in enumerate(slots, 1))
    return Conference("iclr-2021", "FOSSASIA 2018", None, (), talks)


async def test_the_second_clock_is_named_where_nothing_names_a_place(make_app: Make, clock: Any) -> None:
    """In July Berlin keeps CEST, UTC+2: talks that say -04:00 are six hours behind, in every head."""
    clock.at = datetime(2020, 7, 9, 12, tzinfo=UTC)
    app = make_app(nowhere("Etc/GMT+4", "Etc/GMT+4", day=clock.at), marks=())
    async with app.run_test(size=(130, 30)) as pilot:
        await shows(pilot, "times in Berlin CEST ⇄ conference UTC-04:00, 6 hours behind")
        await pilot.press("v")
        await shows(pilot, "times in Berlin CEST ⇄ conference UTC-04:00, 6 hours behind")
        head = next(line for line in text(app).splitlines() if "Room 0" in line)
        assert head.split("Room")[0].split() == ["CEST", "-04:00"]
        rows = [line.lstrip("▌ ").split()[:2] for line in text(app).splitlines()]
        assert ["14:00", "08:00"] in rows
        assert ["16:00", "10:00"] in rows


async def test_a_day_on_which_clocks_change_names_both(make_app: Make, clock: Any) -> None:
    """On 25 March 2018 Berlin goes from CET to CEST at 01:00 UTC: 08:00 in Singapore is 01:00, 10:00 there is 04:00."""
    clock.at = datetime(2018, 3, 24, 12, tzinfo=UTC)
    app = make_app(nowhere("Etc/GMT-8", "Etc/GMT-8"), marks=())
    async with app.run_test(size=(130, 30)) as pilot:
        await shows(pilot, "times in Berlin CET/CEST ⇄ conference UTC+08:00, 7 then 6 hours ahead")
        await pilot.press("v")
        lines = text(app).splitlines()
        first = next(at for at, line in enumerate(lines) if "Room 0" in line)
        assert lines[first].split("Room")[0].split() == ["CET", "+08:00"]
        assert lines[first + 1].split("│")[0].split() == ["CEST"]
        assert any(line.lstrip("▌ ").startswith("01:00  08:00") for line in lines)
        assert any(line.lstrip("▌ ").startswith("04:00  10:00") for line in lines)


async def test_columns_to_the_left_are_counted_beside_both_letters(make_app: Make, clock: Any) -> None:
    """Where both lines of the head name clocks, what is hidden at the left is counted in the first column's name."""
    clock.at = datetime(2018, 3, 24, 12, tzinfo=UTC)
    app = make_app(nowhere(*["Etc/GMT-8"] * 8), marks=())
    async with app.run_test(size=(60, 24)) as pilot:
        await pilot.press("v", "G", "L")
        head = next(line for line in text(app).splitlines() if line.startswith(" CEST"))
        assert head.split()[:2] == ["CEST", "‹"]


async def test_talks_of_several_clocks_have_no_second_one(make_app: Make, clock: Any) -> None:
    """Talks that say +08:00 and -04:00 have no clock in common: the head says so, the grid shows the display zone's alone."""
    clock.at = datetime(2018, 3, 24, 12, tzinfo=UTC)
    app = make_app(nowhere("Etc/GMT-8", "Etc/GMT+4", day=datetime(2018, 3, 25, 4, tzinfo=UTC)), marks=())
    async with app.run_test(size=(130, 30)) as pilot:
        await shows(pilot, "times in Berlin CEST ⇄ several clocks")
        await pilot.press("v")
        head = next(line for line in text(app).splitlines() if "Room 0" in line)
        assert head.split("Room")[0].split() == ["CEST"]


async def test_the_wheel_shows_other_columns(app: PlannerApp) -> None:
    """A wheel to the side shows the next column, or the one before, and no further than there are; the cursor stays."""
    async with opened_at(app, 104, (60, 24)) as pilot:
        here = on(app)
        for event, left in ((MouseScrollRight, 1), (MouseScrollLeft, 0), (MouseScrollLeft, 0)):
            grid(app).post_message(event(grid(app), 5, 5, 0, 0, 0, False, False, False))
            await pilot.pause()
            assert (grid(app).left, on(app)) == (left, here)


async def test_a_click_where_nothing_is(app: PlannerApp) -> None:
    """On the clocks, and between talks, a click changes nothing."""
    async with opened_at(app, 104) as pilot:
        here, face = on(app), grid(app)
        start, _ = face.view.form.columns[0]
        top = int(face.scroll_offset.y) - HEADS
        rows = [y for y in range(HEADS, 30) if face.moves.grid.lines[y + top].what == "row"]
        blank = next(y for y in rows if not face._face._at(0, y + top))
        for x, y in ((3, 8), (start + 5, blank)):
            await pilot.click("#grid", offset=(x, y + 1))  # its border is the first line
            assert on(app) == here
