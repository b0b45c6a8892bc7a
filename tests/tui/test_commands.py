"""Zones, calendars, conferences, help, palette, themes and keys of one's own."""

from __future__ import annotations

import sys
import webbrowser
from argparse import Namespace
from typing import TYPE_CHECKING

import pytest
from textual.widgets import Static
from tui_driver import SIZE, kept, said, shows, text, write
from tui_made import at, iclr, pycon, talk

from planner.cli.context import Context
from planner.cli.screen import run
from planner.dates.letters import refuse_letters
from planner.errors import UsageError
from planner.tui.commands import BY_ID, COMMANDS, check_keys
from planner.tui.screens.chooser import Chooser
from planner.tui.screens.export import ExportDialog
from planner.tui.screens.help import Help
from planner.tui.screens.palette import Palette
from planner.tui.screens.schedule import Schedule
from planner.tui.screens.zone import ZonePicker
from planner.tui.widgets.choice_list import ChoiceList

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from planner.tui.app import PlannerApp

    Make = Callable[..., PlannerApp]

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


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (160, 50)])
async def test_export_in_a_small_terminal(make_app: Make, size: tuple[int, int]) -> None:
    """Every format, every scope, the number of talks and the keys are in sight."""
    app = make_app()
    async with app.run_test(size=size) as pilot:
        await pilot.press("e")
        await shows(pilot, "5 talks to iclr-2021.ics")
        shown = text(app)
        dialog = app.screen
        assert isinstance(dialog, ExportDialog)
        for _, words, more in dialog.FORMS:
            assert any(words in line and more in line for line in shown.splitlines())
        assert all(f"· {words}" in shown or f"✓ {words}" in shown for _, words, _ in dialog.SCOPES)
        assert dialog.KEYS in shown


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("EST", ["America/New_York", "Australia/Sydney", "Etc/GMT+5"]),
        ("est", ["America/New_York", "Australia/Sydney", "Etc/GMT+5"]),
        ("pst", ["America/Los_Angeles", "Asia/Manila"]),
        ("pt", ["America/Los_Angeles"]),
    ],
)
async def test_letters_are_no_zone(make_app: Make, typed: str, offered: list[str]) -> None:
    """Letters are refused in the words of ``--tz``; the zones that keep them are offered first, none is taken by itself."""
    with pytest.raises(UsageError) as refused:
        refuse_letters(typed.upper())
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("z", *typed)
        await shows(pilot, "the letters of a time")
        assert str(app.screen.query_one("#said", Static).content) == str(refused.value)
        listed = [choice.key for choice in app.screen.query_one(ChoiceList).choices]
        assert listed[: len(offered)] == offered
        assert typed.upper() not in listed
        await pilot.press("enter")
        assert isinstance(app.screen, ZonePicker)
        await pilot.press("down", "enter")
        assert app.desk.plan.zone == offered[0]


async def test_letters_that_begin_a_city(make_app: Make) -> None:
    """Two letters of a city's name are let be; what was said of three is gone with the fourth, and the box stays in place."""
    app = make_app()
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.press("z", *"is")
        before = app.screen.query_one("#box").region
        assert not app.screen.query_one("#said").display
        await pilot.press("t")
        await shows(pilot, "Europe/Dublin keeps IST")
        assert app.screen.query_one("#box").region == before
        await pilot.press("a")
        assert not app.screen.query_one("#said").display
        await pilot.press("down", "enter")
        assert app.desk.plan.zone == "Europe/Istanbul"


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (200, 50)])
@pytest.mark.parametrize("keys", [["question_mark", "G"], ["z", "pagedown", "pagedown"], ["ctrl+p", *["down"] * 30]])
async def test_what_the_cursor_reaches_is_seen(make_app: Make, size: tuple[int, int], keys: list[str]) -> None:
    """However far down a list of a box one goes, the line under the cursor is within the box."""
    app = make_app()
    async with app.run_test(size=size) as pilot:
        await pilot.press(*keys)
        await pilot.pause()
        choices = app.screen.query_one(ChoiceList)
        y = choices.region.y + choices.cursor - choices.scroll_offset.y
        assert f"▌ {choices.choices[choices.cursor].words[:20]}" in text(app).splitlines()[y]
        assert y < app.screen.query_one("#box").region.bottom - 1


@pytest.mark.parametrize(("key", "first"), [("z", "Europe/Berlin"), ("ctrl+p", "Star, or take"), ("C", "ICLR 2021")])
async def test_a_list_begins_where_its_cursor_is(make_app: Make, key: str, first: str) -> None:
    """Before anything is typed the first choice is seen, and enter would take it."""
    app = make_app(iclr(), pycon())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(key)
        await pilot.pause()
        choices = app.screen.query_one(ChoiceList)
        assert choices.scroll_offset.y == 0
        assert choices.choices[choices.cursor].words.startswith(first)
        assert f"▌ {first}" in text(app)


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
        assert any(f"5 talks written to {tmp_path / 'iclr-2021.ics'}" in toast.message for toast in app._notifications)


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
        assert isinstance(app.screen, Chooser)
        await pilot.press("j", "enter")
        await shows(pilot, "PyCon 2021 · 11 Sep 2021")
        await shows(pilot, "Python talk 0")
        await pilot.press("ctrl+p", *"show iclr".replace(" ", ""), "escape")
        await pilot.press("ctrl+p", *"iclr", "enter")
        await shows(pilot, "ICLR 2021 · 3–7 May 2021")


@pytest.mark.parametrize("view", ["a", "v", "S", "w", "exclamation_mark"])
async def test_no_key_is_silent_on_another_screen(make_app: Make, view: str) -> None:
    """C shows another conference from everywhere; a key that only the Schedule knows says that it is there."""
    app = make_app(iclr(), pycon())
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press(view, "asterisk")
        assert said(app) == ["* works in the Schedule, not here."]
        assert type(app.screen) is not Schedule
        await pilot.press("C", "j", "enter")
        assert isinstance(app.screen, Schedule)
        await shows(pilot, "PyCon 2021 · 11 Sep 2021")


async def test_a_key_of_ones_own_on_another_screen(make_app: Make) -> None:
    """A key that one gives to a command of a screen does it there, whatever the Schedule does with it."""
    app = make_app(keys=(("go_there", "s"), ("fits", "asterisk")))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("exclamation_mark", "s")
        assert not said(app)
        assert "✓ go to" in text(app)
        await pilot.press("escape", "a", "asterisk")
        assert not any("works in the Schedule" in one for one in said(app))


async def test_the_only_conference(make_app: Make) -> None:
    """Where there is no other one, C says so."""
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("C")
        assert said(app) == ["ICLR 2021 is the only conference that is stored; i reads another."]


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("undo", "undo"),
        ("quit", "quit"),
        ("help", "help"),
        ("theme", "theme"),
        ("find", "search"),
        ("rating", "better"),
        ("page down", "page_down"),
    ],
)
async def test_palette_finds_by_id_and_footer(make_app: Make, words: str, first: str) -> None:
    """A command answers to its id, its word in the footer and its group, not only to its label."""
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("ctrl+p")
        await write(pilot, words)
        assert app.screen.query_one(ChoiceList).key == first


async def test_palette_says_that_nothing_is_found(make_app: Make) -> None:
    """Words that nothing answers to are told so, and Enter does nothing."""
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("ctrl+p", *"zzz", "enter")
        await shows(pilot, "nothing found")
        assert isinstance(app.screen, Palette)


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
    async with app.run_test(size=(120, 100)) as pilot:
        await pilot.press(key)
        assert isinstance(app.screen, Help)
        shown = text(app)
        assert all(command.label in shown for command in COMMANDS if not command.where)
        await pilot.press("escape")
        assert isinstance(app.screen, Schedule)


@pytest.mark.parametrize("view", ["v", "a", "exclamation_mark"])
async def test_help_of_a_screen_names_each_group_once(make_app: Make, view: str) -> None:
    """What only this screen knows is first, as one group; no group comes twice."""
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press(view, "question_mark")
        heads = [one.words for one in app.screen.query_one(ChoiceList).choices if one.words and not one.key]
        assert heads[0] == "Here"
        assert len(heads) == len(set(heads))


async def test_open_and_copy(make_app: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page is opened only when its link is http or https; the copy holds title, time and link."""
    links = ["https://iclr.cc/virtual/2021/oral/1", "file:///etc/passwd", "javascript:alert(1)", None]
    talks = [talk(500 + n, f"Talk {n}", at(18, 15 * n), url=link) for n, link in enumerate(links)]
    opened: list[str] = []
    app = make_app(iclr()._replace(talks=tuple(talks)), marks=())
    monkeypatch.setattr(app, "open_url", lambda url, **_: opened.append(url))
    monkeypatch.setattr(webbrowser, "get", lambda: None)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("o", "j", "o", "j", "o", "j", "o")
        assert opened == links[:1]
        await pilot.press("g", "y")
        assert app.clipboard == "Talk 0\n20:00–20:15\nhttps://iclr.cc/virtual/2021/oral/1"


async def test_what_cannot_be_opened_is_said(make_app: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a page, and on a machine without a browser, the key answers with a line."""

    def none() -> None:
        raise webbrowser.Error

    talks = (talk(500, "With", at(18), url="https://iclr.cc/1"), talk(501, "Without", at(19)))
    app = make_app(iclr()._replace(talks=talks), marks=())
    monkeypatch.setattr(webbrowser, "get", none)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("o")
        assert said(app) == ["There is no browser here; y copies the link."]
        await pilot.press("j", "o")
        assert said(app) == ["This talk has no page to open."]


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


@pytest.mark.parametrize(
    "said", [{}, {"star": "b"}, {"star": "x", "skip": "b"}, {"star": "slash", "search": "?", "help": "f1"}]
)
def test_keys_of_ones_own(said: dict[str, str]) -> None:
    """New keys, and keys that change places, are well."""
    assert check_keys(said) is None


def test_an_unknown_command_is_named_with_those_there_are() -> None:
    """A name that no command has is at fault, and every name is told."""
    id_, sentence = check_keys({"star": "b", "stra": "s"}) or ("", "")
    assert id_ == "stra"
    assert "'stra'" in sentence
    assert all(name in sentence for name in BY_ID)


@pytest.mark.parametrize(
    ("said", "at_fault"),
    [({"going": "s"}, "going"), ({"search": "/", "filter": "slash"}, "filter"), ({"note": "x, m"}, "note")],
)
def test_a_key_calls_one_command(said: dict[str, str], at_fault: str) -> None:
    """A key that another command has, by default or by the same table, is refused in whatever way it is written."""
    id_, sentence = check_keys(said) or ("", "")
    assert id_ == at_fault
    assert "give one of them another key" in sentence


@pytest.mark.parametrize(
    ("config", "line"),
    [
        ('theme = "dark"\n\n[keys]\nstar = "b"\nstra = "s"\n', 5),
        ('keys = { stra = "s" }\n', 1),
        ('zone = "UTC"\n[keys]\nzone = "s"\n', 3),
    ],
)
def test_wrong_keys_are_refused_before_the_screen_opens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, config: str, line: int
) -> None:
    """File and line are told, as for any setting."""
    (tmp_path / "config.toml").write_text(config, encoding="utf-8")
    for stream in (sys.stdin, sys.stdout):
        monkeypatch.setattr(stream, "isatty", lambda: True)
    asked = Namespace(home=str(tmp_path), now=None, tz="UTC")
    with pytest.raises(UsageError, match=rf"config\.toml, line {line}: "):
        run(Context(asked, {}, "linux"))


async def test_quit(make_app: Make) -> None:
    """The program ends at once, with exit code 0."""
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("q")
        await pilot.pause()
    assert not app.is_running
    assert app.return_code == 0


@pytest.mark.parametrize(
    ("before", "own", "told"),
    [("", (), "q"), ("a", (), "q"), ("slash", (), "ctrl+q"), ("", (("quit", "full_stop"),), ".")],
)
async def test_ctrl_c_says_which_key_leaves(make_app: Make, before: str, own: tuple[tuple[str, str], ...], told: str) -> None:
    """It ends nothing, and names in plain words the key that does where the keys go just now."""
    app = make_app(keys=own)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press(*[before] if before else [], "ctrl+c")
        assert [toast.title for toast in app._notifications] == [""]
        assert said(app) == [f"{told} leaves the program."]
        await pilot.press(told if told != "." else "full_stop")
        await pilot.pause()
    assert not app.is_running
    assert app.return_code == 0


@pytest.mark.parametrize("width", [40, 60, 80, 113])
async def test_what_is_said_is_seen_to_its_end(make_app: Make, width: int) -> None:
    """Whatever its length, in words of every length: the last word of it is on the screen."""
    app = make_app()
    async with app.run_test(size=(width, 24), notifications=True) as pilot:
        for length in (*range(width - 8, width + 3), *range(2 * width - 14, 2 * width + 3), 198, 199, 200):
            app.notify(("abcde " * 40)[: min(length, 200) - 3] + "END")
            await pilot.pause()
            assert "END" in "\n".join(strip.text for strip in app.screen._compositor.render_strips()), length
