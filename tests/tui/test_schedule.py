"""What the Schedule screen does: each key and click ends in the store, and what is shown is what is kept."""

from __future__ import annotations

import asyncio
import os
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tui_made import EVE, at, iclr, many, pycon, stored, talk, uid

from planner.errors import ReadError
from planner.model import Mark
from planner.store import open_store
from planner.tui.commands import COMMANDS
from planner.tui.screens.conferences import ConferencePicker
from planner.tui.screens.export import ExportDialog
from planner.tui.screens.filter import FilterPicker
from planner.tui.screens.help import Help
from planner.tui.screens.note import NoteEditor
from planner.tui.screens.palette import Palette
from planner.tui.screens.schedule import Schedule
from planner.tui.screens.schedule_acts import ACTS
from planner.tui.screens.welcome import Welcome
from planner.tui.screens.zone import ZonePicker
from planner.tui.widgets.day_tabs import DayTabs
from planner.tui.widgets.detail import Detail
from planner.tui.widgets.keys_line import KeysLine
from planner.tui.widgets.masthead import Masthead
from planner.tui.widgets.row_strip import star_cells
from planner.tui.widgets.talk_list import TalkList

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from textual.app import App
    from textual.message import Message
    from textual.pilot import Pilot

    from planner.tui.app import PlannerApp

    Make = Callable[..., PlannerApp]

SIZE = (120, 40)


def screen(app: PlannerApp) -> Schedule:
    """The Schedule screen."""
    found = app.screen
    assert isinstance(found, Schedule)
    return found


def kept(app: PlannerApp, number: int) -> Mark:
    """The mark as the store has it."""
    return app.store.marks([uid(number)])[uid(number)]


def text(app: App[None]) -> str:
    """What the screen says, line by line."""
    width = app.size.width
    lines = app.screen._compositor.render_strips(app.size)
    return "\n".join(strip.text[:width].rstrip() for strip in lines)


def reads_beside(app: App[None], shown: bool) -> bool:
    """Whether the pane with the talk in full is there, or is not."""
    return app.screen.query_one(Detail).display is shown


async def until(pilot: Pilot[None], true: Callable[[], bool]) -> None:
    """Wait for what takes a layout or a timer; a guard of many seconds against a hang."""
    async with asyncio.timeout(20):
        while not true():
            await pilot.pause()
            await asyncio.sleep(0.005)


async def shows(pilot: Pilot[None], words: str) -> None:
    """Wait until the screen says the words."""
    await until(pilot, lambda: words in text(pilot.app))


async def write(pilot: Pilot[None], words: str) -> None:
    """Type words."""
    await pilot.press(*("space" if sign == " " else sign for sign in words))


# Marks


@pytest.mark.parametrize("key", ["space", "s"])
async def test_star(make_app: Make, key: str) -> None:
    """Star and unstar end in the store, and the row, the tab and the masthead say so."""
    app = make_app(marks=())
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press(key)
        assert kept(app, 1).starred
        assert "★ VCNet" not in text(app)
        await shows(pilot, "  ★       VCNet")
        await shows(pilot, "today ★1")
        assert app.screen.query_one(Masthead).facts.stars == 1
        await pilot.press(key)
        assert not kept(app, 1).starred
        assert app.screen.query_one(Masthead).facts.stars == 0


async def test_star_by_mouse(make_app: Make) -> None:
    """A click selects; a click on the star's cells posts Starred for that talk and stars it."""
    seen: list[Message] = []
    app = make_app(marks=())
    async with app.run_test(size=SIZE, message_hook=seen.append) as pilot:
        talks = screen(app).talks
        row = next(at for at, line in enumerate(talks.lines) if line.uid == uid(3))
        await pilot.click(TalkList, offset=(40, row))
        assert talks.uid == uid(3)
        assert not kept(app, 3).starred
        await pilot.click(TalkList, offset=(star_cells(talks.fields)[0] + 1, row + 1))
        assert kept(app, 4).starred
        assert {message.uid for message in seen if isinstance(message, TalkList.Starred)} == {uid(4)}


async def test_rating(make_app: Make) -> None:
    """Plus on a bare talk stars it with 3, further ones rise to 5 and no higher, minus falls to 1 and no lower."""
    app = make_app(marks=())
    async with app.run_test(size=SIZE) as pilot:
        seen = []
        for key in ("+", "+", "=", "+", "-", "-", "-", "-", "-"):
            await pilot.press(key)
            seen.append(kept(app, 1).rating)
        assert seen == [3, 4, 5, 5, 4, 3, 2, 1, 1]
        await shows(pilot, "★····")


async def test_decisions(make_app: Make) -> None:
    """Going stars and shows a tick, skip a cross and dims; the same key again leaves it undecided."""
    app = make_app(marks=())
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("c")
        assert kept(app, 1)._replace(at=None) == Mark(uid(1), starred=True, decision="going")
        await shows(pilot, "✓ VCNet")
        await pilot.press("x")
        assert kept(app, 1).decision == "skipped"
        await shows(pilot, "× VCNet")
        await pilot.press("x")
        assert kept(app, 1).decision == "undecided"


async def test_note(make_app: Make) -> None:
    """A note keeps its lines; Escape keeps the old one; an empty one takes it away."""
    app = make_app(marks=())
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("n")
        assert isinstance(app.screen, NoteEditor)
        await write(pilot, "why")
        await pilot.press("ctrl+j")
        await write(pilot, "[b] and q")
        await pilot.press("enter")
        assert kept(app, 1).note == "why\n[b] and q"
        await shows(pilot, "✎ why")
        await pilot.press("n", "x", "escape")
        assert kept(app, 1).note == "why\n[b] and q"
        await pilot.press("n", "f7", "delete", "enter")
        assert kept(app, 1).note == ""


async def test_undo(make_app: Make) -> None:
    """Undo takes back the last mark, says what it was, and the screen follows."""
    app = make_app(marks=())
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("j", "space", "+", "u")
        assert kept(app, 2)._replace(at=None) == Mark(uid(2), starred=True)
        await pilot.press("u")
        assert not kept(app, 2).starred
        assert screen(app).talks.uid == uid(2)
        assert any("SenSeI" in toast.message for toast in app._notifications)


async def test_undo_of_the_import(make_app: Make) -> None:
    """Undo covers the import too: without a conference the first start is back, and nothing more can be taken back."""
    app = make_app(marks=())
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("u")
        assert isinstance(app.screen, Welcome)
        assert app.store.undo(now=EVE) is None


async def test_untitled_slots_take_no_star(make_app: Make) -> None:
    """A slot without a title is no talk: it is not starred, and the screen says so."""
    app = make_app(marks=())
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("j", "j", "j", "j", "space", "c")
        assert screen(app).talks.uid == uid(5)
        assert kept(app, 5) == Mark(uid(5))


async def test_a_clash_shows_on_both_talks(make_app: Make) -> None:
    """A second star at the same time puts the clash on both rows and into the masthead; taking it away takes it off."""
    app = make_app(marks=(Mark(uid(3), starred=True),))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("slash", *"theoretical", "enter", "space", "escape")
        await until(pilot, lambda: text(app).count("⚠ 15 min") == 3)  # two rows, and the talk in full
        assert app.screen.query_one(Masthead).facts.clashes == 1
        await pilot.press("space")
        assert "⚠" not in text(app)


async def test_next_clash(make_app: Make) -> None:
    """The clash key goes from clash to clash and round, also from another day."""
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("[", "!")
        assert screen(app).talks.uid == uid(3)
        await pilot.press("!")
        assert screen(app).talks.uid == uid(22)
        await pilot.press("!")
        assert screen(app).talks.uid == uid(3)


async def test_no_clash_is_said(make_app: Make) -> None:
    """Without a clash the key says so."""
    app = make_app(marks=())
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("!")
        assert any("clash" in toast.message for toast in app._notifications)


async def test_a_failing_store_is_told(make_app: Make, tmp_path: Path) -> None:
    """A mark that cannot be written is told in its sentence, and the screen shows what is kept: no star."""
    app = make_app(marks=())
    async with app.run_test(size=SIZE) as pilot:
        app.store._access.read_only = "The store is read-only: nothing can be changed."
        await pilot.press("space")
        assert [toast.message for toast in app._notifications] == ["The store is read-only: nothing can be changed."]
        assert "★" not in text(app).partition("\n")[2]


# Moving


async def test_begins_at_what_is_on(make_app: Make, clock: Any) -> None:
    """The program opens on today with the cursor on the talk that is on."""
    clock.at = at(18, 50)
    app = make_app()
    async with app.run_test(size=SIZE):
        assert screen(app).talks.uid == uid(4)


@pytest.mark.parametrize(("day", "tab"), [(1, "Mon 3"), (5, "Wed 5 · today"), (20, "Fri 7")])
async def test_begins_at_the_nearest_day(make_app: Make, clock: Any, day: int, tab: str) -> None:
    """Before the conference it opens on the first day, during it on today, after it on the last."""
    clock.at = at(20, day=day)
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await shows(pilot, f"▌{tab}")


async def test_days(make_app: Make) -> None:
    """The brackets go round the days and the talks with no slot yet; t comes back to now."""
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        seen = []
        for key in ("]", "]", "]", "[", "h", "l", "right", "left", "t"):
            await pilot.press(key)
            seen.append(screen(app).at)
        assert seen == [4, 5, 0, 5, 4, 5, 0, 5, 3]
        assert screen(app).talks.uid == uid(1)


async def test_tabs_by_mouse(make_app: Make) -> None:
    """A click on a tab shows its day."""
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.click(DayTabs, offset=(10, 0))
        assert screen(app).at == 1
        await shows(pilot, "Invited talk 2")


async def test_footer_by_mouse(make_app: Make) -> None:
    """A click on a key in the footer is the key."""
    app = make_app(marks=())
    async with app.run_test(size=SIZE) as pilot:
        await pilot.click(KeysLine, offset=(3, 0))
        assert kept(app, 1).starred


async def test_keys_move_the_cursor(make_app: Make) -> None:
    """The cursor passes over heads, stops at both ends, and pages."""
    app = make_app(many(400, days=1, rooms=2), marks=())
    async with app.run_test(size=SIZE) as pilot:
        talks = screen(app).talks
        first = talks.uid
        await pilot.press("k", "up")
        assert talks.uid == first
        await pilot.press("G")
        last = talks.cursor
        assert last == len(talks.lines) - 1
        assert talks.scroll_offset.y == len(talks.lines) - talks.size.height
        await pilot.press("j", "down", "end")
        assert talks.cursor == last
        await pilot.press("pageup")
        assert last - talks.size.height <= talks.cursor < last
        await pilot.press("g")
        assert (talks.uid, talks.scroll_offset.y) == (first, 0)
        await pilot.press("pagedown", "pagedown")
        assert talks.scroll_offset.y <= talks.cursor < talks.scroll_offset.y + talks.size.height
        assert all(talks.lines[at].uid for at in [talks.cursor])


async def test_the_wheel_scrolls(make_app: Make) -> None:
    """The wheel scrolls the list and leaves the cursor where it is."""
    app = make_app(many(400, days=1), marks=())
    async with app.run_test(size=SIZE) as pilot:
        talks = screen(app).talks
        before = talks.cursor
        await pilot._post_mouse_events([__import__("textual.events", fromlist=["x"]).MouseScrollDown], TalkList)
        await pilot.pause()
        assert talks.scroll_offset.y > 0
        assert talks.cursor == before


async def test_enter_reads_and_escape_returns(make_app: Make) -> None:
    """Enter gives the talk in full the focus, j goes on to the next talk, Escape returns to the list."""
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        detail = app.screen.query_one(Detail)
        assert reads_beside(app, shown=False)
        await pilot.press("enter")
        assert reads_beside(app, shown=True)
        assert detail.has_focus
        await pilot.press("j")
        assert detail.uid == uid(2)
        await pilot.press("escape")
        assert reads_beside(app, shown=False)
        assert screen(app).talks.has_focus


async def test_resizing_folds_the_detail(make_app: Make) -> None:
    """Below 100 columns the detail is a line, from there on a pane; the cursor stays."""
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("j")
        for width, shown in ((80, False), (99, False), (100, True), (200, True), (40, False), (120, True)):
            await pilot.resize_terminal(width, 30)
            await until(pilot, partial(reads_beside, app, shown=shown))
            assert screen(app).talks.uid == uid(2)


async def test_order(make_app: Make) -> None:
    """By session the blocks follow each other, by time the parallel talks do; the cursor stays on its talk."""
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("j", "j")
        talks = screen(app).talks
        blocks = [line.uid for line in talks.lines if line.uid]
        assert blocks[:4] == [uid(1), uid(2), uid(3), uid(4)]
        await pilot.press("O")
        assert [line.uid for line in talks.lines if line.uid][:4] == [uid(1), uid(2), uid(21), uid(3)]
        assert talks.uid == uid(3)
        await pilot.press("O")
        assert [line.uid for line in talks.lines if line.uid] == blocks


# Finding


async def test_search_as_you_type(make_app: Make) -> None:
    """Each letter narrows the list at once; Enter gives the list the focus with the first hit, Escape shows it in its day."""
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("[", "slash")
        found = []
        for letter in "diffw":
            await pilot.press(letter)
            found.append(len(screen(app).hits or ()))
        assert found[-1] == 1
        assert sorted(found, reverse=True) == found
        await pilot.press("enter")
        assert screen(app).talks.has_focus
        assert screen(app).talks.uid == uid(9)
        await pilot.press("escape")
        assert screen(app).hits is None
        assert (screen(app).at, screen(app).talks.uid) == (3, uid(9))


async def test_escape_leaves_a_search(make_app: Make) -> None:
    """Escape while typing returns to the day as it was; the field is empty the next time."""
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("slash", *"zzz")
        await shows(pilot, "nothing found")
        await pilot.press("escape")
        assert screen(app).at == 3
        assert len([line for line in screen(app).talks.lines if line.uid]) == 15
        await pilot.press("slash", "enter")
        assert screen(app).hits is None


async def test_letters_are_letters_in_a_field(make_app: Make) -> None:
    """No command acts while one types."""
    app = make_app(marks=())
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("slash", *(sign for sign in "sxcqnuzeft"), "space", "q")
        assert app.is_running
        assert isinstance(app.screen, Schedule)
        assert all(not kept(app, number).starred for number in range(1, 11))


async def test_starring_what_was_found(make_app: Make) -> None:
    """A found talk is starred in place, and the search stays."""
    app = make_app(marks=())
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("slash", *"panda")
        await pilot.press("escape", "slash", *"diffwave", "enter", "space")
        assert kept(app, 9).starred
        assert screen(app).hits == [uid(9)]


async def test_filter(make_app: Make) -> None:
    """Ticks narrow the list, are said at the tabs, and Escape takes them away."""
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("f")
        assert isinstance(app.screen, FilterPicker)
        await pilot.press("space", "enter")
        assert [line.uid for line in screen(app).talks.lines if line.uid] == [uid(1), uid(3), uid(6), uid(9), uid(22)]
        await shows(pilot, "only starred")
        await pilot.press("f", "j", "space", "enter")
        assert len([line for line in screen(app).talks.lines if line.uid]) == 5  # starred or going
        await pilot.press("escape")
        assert len([line for line in screen(app).talks.lines if line.uid]) == 15


async def test_filter_by_kind_and_room(make_app: Make) -> None:
    """Heads add to each other: a social in the garden is one talk, an oral in the garden none."""
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("f")
        keys = [choice.key for choice in app.screen.query_one("#choices").choices if choice.key]  # type: ignore[attr-defined]
        for wanted in ("kinds social", "rooms Garden"):
            await pilot.press("g", *["j"] * keys.index(wanted), "space")
        await pilot.press("enter")
        assert [line.uid for line in screen(app).talks.lines if line.uid] == [uid(60)]
        await pilot.press("f", "0", "g", *["j"] * keys.index("kinds oral"), "space", *["j"] * 9, "space", "enter")
        await shows(pilot, "No talk passes the filter.")


# Zones, calendars, conferences, help


async def test_zone(make_app: Make) -> None:
    """The zone picker finds a city by letters; every clock follows, the day stays the conference's."""
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("z")
        assert isinstance(app.screen, ZonePicker)
        await pilot.press(*"tok", "enter")
        await shows(pilot, "Tokyo JST ⇄ conference PDT, 16 hours behind")
        await shows(pilot, "03:00–03:15 +1  11:00")
        await pilot.press("z", *"los angeles".replace(" ", ""), "escape")
        await shows(pilot, "Tokyo")
        await pilot.press("z", *"los", "enter")
        await shows(pilot, "11:00–11:15  ★★★★★")


async def test_export(make_app: Make, tmp_path: Path) -> None:
    """What the preview promises is what is written: a calendar of the starred talks, in the zone that is shown."""
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("e")
        assert isinstance(app.screen, ExportDialog)
        await shows(pilot, "5 talks to iclr-2021.ics")
        await pilot.press("enter")
        data = (tmp_path / "iclr-2021.ics").read_bytes().decode()
        assert data.count("BEGIN:VEVENT") == 5
        assert "DTSTART;TZID=Europe/Berlin:20210506T200000" in data
        assert any("5 talks written to iclr-2021.ics" in toast.message for toast in app._notifications)


async def test_export_of_a_scope(make_app: Make, tmp_path: Path) -> None:
    """Another scope and file; Escape writes nothing; a folder that is not there is told in a sentence."""
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("e", "escape")
        assert not (tmp_path / "iclr-2021.ics").exists()
        await pilot.press("e", "tab", "j", "space")
        await shows(pilot, "1 talk to")
        await pilot.press("enter")
        assert (tmp_path / "iclr-2021.ics").read_bytes().count(b"BEGIN:VEVENT") == 1
        await pilot.press("e", *"/no", "enter")
        assert any("cannot be written" in toast.message for toast in app._notifications)


async def test_conferences(make_app: Make) -> None:
    """Another conference is chosen from a list, and found in the palette by its name."""
    app = make_app(iclr(), pycon())
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("C")
        assert isinstance(app.screen, ConferencePicker)
        await pilot.press("j", "enter")
        await shows(pilot, "PyCon 2021 · 11 Sep 2021")
        await shows(pilot, "Python talk 0")
        await pilot.press("ctrl+p", *"show iclr".replace(" ", ""), "escape")
        await pilot.press("ctrl+p", *"iclr", "enter")
        await shows(pilot, "ICLR 2021 · 3–7 May 2021")


async def test_palette(make_app: Make) -> None:
    """The palette finds a command by words and does it."""
    app = make_app(marks=())
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("ctrl+p")
        assert isinstance(app.screen, Palette)
        await pilot.press(*"higher", "enter")
        assert kept(app, 1).rating == 3


@pytest.mark.parametrize("key", ["?", "f1"])
async def test_help(make_app: Make, key: str) -> None:
    """Help lists every command of the table with its keys, and does the one that is chosen."""
    app = make_app(marks=())
    async with app.run_test(size=(120, 60)) as pilot:
        await pilot.press(key)
        assert isinstance(app.screen, Help)
        shown = text(app)
        assert all(command.label in shown for command in COMMANDS)
        await pilot.press("escape")
        assert isinstance(app.screen, Schedule)


async def test_open_and_copy(make_app: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page is opened only when its link is http or https; the copy holds title, time and link."""
    links = ["https://iclr.cc/virtual/2021/oral/1", "file:///etc/passwd", "javascript:alert(1)", None]
    talks = [talk(500 + n, f"Talk {n}", at(18, 15 * n), url=link) for n, link in enumerate(links)]
    opened: list[str] = []
    app = make_app(iclr()._replace(talks=tuple(talks)), marks=())
    monkeypatch.setattr(app, "open_url", lambda url, **_: opened.append(url))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("o", "j", "o", "j", "o", "j", "o")
        assert opened == links[:1]
        await pilot.press("g", "y")
        assert app.clipboard == "Talk 0\n20:00–20:15\nhttps://iclr.cc/virtual/2021/oral/1"


async def test_theme(make_app: Make) -> None:
    """T changes between dark and light, and everything is drawn anew."""
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        dark = app.export_screenshot()
        await pilot.press("T")
        await pilot.pause()
        assert app.theme == "planner-light"
        light = app.export_screenshot()
        assert "#14171c" in dark.lower()
        assert "#14171c" not in light.lower()
        await pilot.press("T")
        assert app.theme == "planner-dark"


async def test_remapped_keys(make_app: Make) -> None:
    """A key of the user's own replaces the command's keys, in the footer and in help too."""
    app = make_app(marks=(), keys=(("star", "b"), ("help", "f2")))
    async with app.run_test(size=SIZE) as pilot:
        await shows(pilot, "b star")
        await pilot.press("space")
        assert not kept(app, 1).starred
        await pilot.press("b")
        assert kept(app, 1).starred
        await pilot.press("f2")
        assert isinstance(app.screen, Help)


async def test_quit(make_app: Make) -> None:
    """The program ends at once, with exit code 0."""
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("q")
        await pilot.pause()
    assert not app.is_running
    assert app.return_code == 0


# First start


async def test_first_start(make_app: Make, tmp_path: Path) -> None:
    """An empty store offers the schedules that come along; choosing one reads it and opens the schedule."""
    asked: list[str] = []

    def read(source: str) -> str:
        asked.append(source)
        stored(str(tmp_path / "home"), iclr(), marks=()).close()
        return "ICLR 2021: 22 talks"

    app = make_app(empty=True, read=read)
    async with app.run_test(size=SIZE) as pilot:
        assert isinstance(app.screen, Welcome)
        await pilot.press("j", "enter")
        await until(pilot, lambda: isinstance(app.screen, Schedule) and "VCNet" in text(app))
        assert asked == ["schedules/fosdem-2025"]


async def test_first_start_with_a_path(make_app: Make) -> None:
    """A path that cannot be read is told in its sentence, and one can try again."""

    def read(source: str) -> str:
        raise ReadError(f"{source} does not exist [b]: name another.")

    app = make_app(empty=True, read=read)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("tab", *"page.txt", "enter")
        await until(pilot, lambda: "page.txt does not exist [b]: name another." in text(app))
        assert isinstance(app.screen, Welcome)


# Live


async def test_another_program_writes(make_app: Make, tmp_path: Path) -> None:
    """A star set by another program is seen at the next look; the cursor stays."""
    app = make_app(marks=())
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("j")
        with open_store(str(tmp_path / "home"), now=EVE) as other:
            other.star([uid(4)], now=EVE)
        screen(app).look()
        await pilot.pause()
        assert app.screen.query_one(Masthead).facts.stars == 1
        await shows(pilot, "★       Why Are")
        assert screen(app).talks.uid == uid(2)


async def test_the_clock_moves(make_app: Make, clock: Any) -> None:
    """When the minute changes the now line moves and the talk that begins is marked."""
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        screen(app).look()
        await shows(pilot, "now 19:55")
        assert "▶20:00" not in text(app)
        clock.at = at(18, 1)
        screen(app).look()
        await shows(pilot, "now 20:01")
        await shows(pilot, "▶20:00")


# Hostile and random


PAYLOADS = (
    "[/b] [/] [TODO] [@click=app.quit]x[/]",
    "\x1b]2;CANARY\x07 \x1b[2J \x9b2J \u202egnp.exe",
)
SCREENS = ([], ["enter"], ["slash"], ["n"], ["f"], ["C"], ["ctrl+p"], ["e"], ["z"], ["?"], ["O"], ["y"], ["space"], ["u"])


@pytest.mark.parametrize("payload", PAYLOADS)
async def test_text_is_data(make_app: Make, payload: str) -> None:
    """Whatever a schedule says in any field appears as text on every screen and does nothing."""
    fields = {"speakers": (payload,), "abstract": payload, "track": payload, "room": payload, "organisations": (payload,)}
    hostile = talk(500, payload, at(18), url=f"https://e.example/{payload}", session="11", **fields)
    other = hostile._replace(uid=uid(501), track="other", kind="poster")
    made = iclr()._replace(name=f"ICLR {payload}", talks=(hostile, other))
    made = made._replace(sessions=(made.sessions[0]._replace(title=payload, chairs=(payload,), room=payload),))
    marks = (Mark(uid(500), starred=True, note=payload), Mark(uid(501), starred=True))
    app = make_app(made, pycon(), marks=marks)
    async with app.run_test(size=SIZE) as pilot:
        for keys in SCREENS:
            await pilot.press(*keys)
            drawn = text(app)
            assert not set(drawn) & set("\x1b\x07\x9b\u202e")
            assert "ICLR" in drawn
            await pilot.press("escape", "escape")
        assert app.is_running


KEYS = (
    *"jkhlgGsxcnuzeftTCOoy+-=[]!/?JK ",
    *(
        "enter",
        "escape",
        "tab",
        "up",
        "down",
        "left",
        "right",
        "pageup",
        "pagedown",
        "home",
        "end",
        "ctrl+p",
        "f1",
        "backspace",
    ),
)


@settings(max_examples=4, suppress_health_check=list(HealthCheck))
@given(keys=st.lists(st.sampled_from(KEYS), min_size=20, max_size=60))
async def test_random_keys(make_app: Make, tmp_path_factory: pytest.TempPathFactory, keys: list[str]) -> None:
    """Any keys in any order: no traceback, and every mark that the screen shows is the one in the store."""
    os.chdir(tmp_path_factory.mktemp("keys"))
    app = make_app(iclr(), pycon(), home=str(tmp_path_factory.mktemp("home")))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press(*("space" if key == " " else key for key in keys))
        await pilot.pause()
        for _ in range(5):
            await pilot.press("escape")
        plan = screen(app).desk.plan
        assert app.store.marks(list(plan.marks)) == dict(plan.marks)


def test_every_command_is_done() -> None:
    """Each command of the table is done by the Schedule screen, and nothing else is."""
    assert set(ACTS) == {command.id for command in COMMANDS}


def test_keys_are_not_taken_twice() -> None:
    """No two commands have a key in common."""
    keys = [key for command in COMMANDS for key in command.keys.split(",")]
    assert len(keys) == len(set(keys))
