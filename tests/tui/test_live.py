"""The first start, another program's writes, a moving clock and hostile texts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from textual.events import Paste
from tui_driver import SIZE, said, screen, shows, text, until
from tui_made import EVE, at, iclr, pycon, talk, uid

from planner.errors import StoreError
from planner.model import Mark
from planner.store import open_store
from planner.tui.commands import COMMANDS
from planner.tui.screens.help import SIGNS, Help
from planner.tui.screens.importing import Import
from planner.tui.screens.inner import Inner
from planner.tui.screens.my_plan import MyPlan
from planner.tui.screens.schedule import Schedule
from planner.tui.screens.schedule_acts import ACTS
from planner.tui.screens.welcome import Welcome
from planner.tui.widgets.choice_list import ChoiceList
from planner.tui.widgets.masthead import Masthead
from planner.tui.widgets.source_field import PathField

if TYPE_CHECKING:
    from collections.abc import Callable

    from planner.tui.app import PlannerApp

    Make = Callable[..., PlannerApp]

SCHEDULES = Path(__file__).parents[2] / "schedules"

# First start


async def test_first_start(make_app: Make, tmp_path: Path) -> None:
    """An empty store offers the schedules that come along; choosing one reads it, keeps it and opens the schedule."""
    (tmp_path / "schedules" / "fosdem-2025").mkdir(parents=True)
    (tmp_path / "schedules" / "fosdem-2025" / "schedule.xml").write_bytes(
        (SCHEDULES / "fosdem-2025/schedule.xml").read_bytes()
    )
    app = make_app(empty=True)
    async with app.run_test(size=SIZE) as pilot:
        assert isinstance(app.screen, Welcome)
        await pilot.press("j", "enter")
        await until(pilot, lambda: isinstance(app.screen, Schedule) and "MapTCHA" in text(app))
        assert app.store.counts() == {"fosdem-2025": (100, 0)}
        assert said(app) == ["FOSDEM 2025: 100 talks"]


async def test_first_start_with_a_path(make_app: Make) -> None:
    """A path that cannot be read is told in its sentence where one can correct it; from there one steps back out."""
    app = make_app(empty=True)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("tab", *"[b].txt", "enter")
        await until(pilot, lambda: "[b].txt cannot be read (no such file or directory)" in text(app))
        assert app.screen.query_one(PathField).value == "[b].txt"
        await pilot.press("escape")
        assert isinstance(app.screen, Welcome)


async def test_first_start_with_a_page_of_ones_own(make_app: Make, tmp_path: Path) -> None:
    """A page that the user names is shown before it is kept; kept, it is the first schedule."""
    (tmp_path / "iclr2021-oral.txt").write_bytes((SCHEDULES / "iclr-2021/oral-session-11.txt").read_bytes())
    app = make_app(empty=True)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("tab", *"iclr2021-oral.txt", "enter")
        await shows(pilot, "New: 16 added")
        assert app.store.counts() == {}
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, Schedule) and "VCNet" in text(app))


async def test_help_at_the_first_start(make_app: Make) -> None:
    """The keys are told before anything is read, and one that needs no talk is done from there."""
    app = make_app(empty=True)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("?")
        assert isinstance(app.screen, Help)
        await pilot.press("enter")
        assert isinstance(app.screen, Welcome)
        await pilot.press("f1", "G", "enter")  # a sign is only explained
        assert isinstance(app.screen, Help)
        keys = app.screen.query_one(ChoiceList)
        assert keys.choices[keys.cursor].words == SIGNS[-1][1]
        theme = next(at for at, choice in enumerate(keys.choices) if choice.key == "theme")
        await pilot.press("g", *["j"] * sum(bool(choice.key) for choice in keys.choices[:theme]), "enter")
        await until(pilot, lambda: app.theme == "planner-light")


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


LOOKING = ("v", "a", "exclamation_mark", "S", "w")
"""The keys of the screens over the Schedule."""


@pytest.mark.parametrize("key", LOOKING)
async def test_another_program_writes_meanwhile(make_app: Make, tmp_path: Path, key: str) -> None:
    """A star set elsewhere is seen at the next look on every screen, which then holds the plan that is stored."""
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press(key)
        over = app.screen
        assert isinstance(over, Inner)
        with open_store(str(tmp_path / "home"), now=EVE) as other:
            other.star([uid(23)], now=EVE)  # at the time of number 4
            other.star([uid(4)], now=EVE)
        before = text(app)
        over.look()
        await pilot.pause()
        assert app.screen is over
        assert app.desk.plan.mark(uid(23)).starred
        assert key == "w" or text(app) != before
        await pilot.press("escape")
        await shows(pilot, "★ 7 · ⚠ 2 clashes")


@pytest.mark.parametrize("width", [60, 80, 200])
@pytest.mark.parametrize("key", LOOKING)
async def test_the_first_line_is_whole(make_app: Make, key: str, width: int) -> None:
    """In a narrow terminal a screen says its first line in fewer words, not in cut ones."""
    app = make_app()
    async with app.run_test(size=(width, 20)) as pilot:
        await pilot.press(key)
        await pilot.pause()
        assert text(app).splitlines()[0].strip()
        assert "…" not in text(app).splitlines()[0]


@pytest.mark.parametrize("key", ["escape", "v", "a"])
async def test_midnight(make_app: Make, clock: Any, key: str) -> None:
    """At midnight where the conference is another day is today; the day that is shown stays."""
    app = make_app()
    clock.at = at(6, 59, day=7)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press(key)
        app.screen.look()  # type: ignore[attr-defined]
        await shows(pilot, "Thu 6 · today")
        clock.at = at(7, day=7)
        app.screen.look()  # type: ignore[attr-defined]
        await shows(pilot, "Fri 7 · today")
        assert "Thu 6 · today" not in text(app)
        assert "VCNet" in text(app)


@pytest.mark.parametrize(
    ("key", "before", "after"), [("escape", "▶20:00", "▶20:15"), ("v", "▶ ★5", "▶ × "), ("a", "20:15", "next, in")]
)
async def test_a_talk_begins(make_app: Make, clock: Any, key: str, before: str, after: str) -> None:
    """When a talk begins it is marked as being on, and the line at now is beside it."""
    app = make_app()
    clock.at = at(17, 59)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press(key)
        app.screen.look()  # type: ignore[attr-defined]
        await shows(pilot, "19:59")
        assert "▶20:00" not in text(app)
        assert "▶ ★5" not in text(app)
        clock.at = at(18, 1)
        app.screen.look()  # type: ignore[attr-defined]
        await shows(pilot, before)
        clock.at = at(18, 16)
        app.screen.look()  # type: ignore[attr-defined]
        await shows(pilot, after)


# Under a box


@pytest.mark.parametrize("key", ["escape", *LOOKING])
async def test_under_a_box(make_app: Make, clock: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, key: str) -> None:
    """Under a box the clock goes on and another program's star is seen, each once."""
    app = make_app()
    async with app.run_test(size=(160, 60)) as pilot:
        await pilot.press(key)
        below: Any = app.screen
        below.look()
        renew, drawn = below.renew, []

        def counted() -> None:
            drawn.append(clock.at)
            renew()

        monkeypatch.setattr(below, "renew", counted)
        await pilot.press("question_mark")
        with open_store(str(tmp_path / "home"), now=EVE) as other:
            other.star([uid(4)], now=EVE)
        below.look()
        assert app.desk.plan.mark(uid(4)).starred
        clock.at = at(18, 1)
        for _ in range(3):
            below.look()
        assert drawn == [EVE, clock.at]
        assert isinstance(app.screen, Help)


async def test_what_a_box_covers_goes_on(make_app: Make, clock: Any, tmp_path: Path) -> None:
    """Beside the box one sees the line at now move and the star come."""
    app = make_app()
    clock.at = at(18, 1)
    async with app.run_test(size=(160, 60)) as pilot:
        await pilot.press("v", "question_mark")
        await shows(pilot, "▶20:01 now")
        clock.at = at(18, 6)
        app.screen_stack[-2].look()  # type: ignore[attr-defined]
        await shows(pilot, "▶20:06 now")
        await pilot.press("escape", "escape", "question_mark")
        with open_store(str(tmp_path / "home"), now=EVE) as other:
            other.star([uid(4)], now=EVE)
        app.screen_stack[-2].look()  # type: ignore[attr-defined]
        await shows(pilot, "★ 6 · ")


@pytest.mark.parametrize("key", ["escape", *LOOKING])
async def test_no_keys_under_a_box(make_app: Make, key: str) -> None:
    """Keys are named only where they would be done: in the box while it is there, in the footer after."""
    app = make_app()
    async with app.run_test(size=(160, 60)) as pilot:
        await pilot.press(key)
        footer = text(app).splitlines()[-1]
        assert "esc" in footer or "help" in footer
        await pilot.press("ctrl+p")
        assert footer not in text(app)
        app.screen_stack[-2].renew()  # type: ignore[attr-defined]
        await pilot.pause()
        assert len(text(app).rstrip().splitlines()) < 60
        await pilot.press("escape")
        assert text(app).splitlines()[-1] == footer


async def test_when_the_box_closes(make_app: Make, clock: Any, tmp_path: Path) -> None:
    """What came while a box was open is there when it closes, before the next look at the clock."""
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("a", "ctrl+p")
        clock.at = at(18, 1)
        with open_store(str(tmp_path / "home"), now=EVE) as other:
            other.star([uid(4)], now=EVE)
        await pilot.press("escape")
        await shows(pilot, "now 20:01")
        assert "My plan  6 talks" in text(app)


async def test_the_preview_of_an_export_goes_on(make_app: Make, tmp_path: Path) -> None:
    """What another program stars while one looks at the preview is in it, and will be in the file."""
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("e")
        await shows(pilot, "5 talks to iclr-2021.ics")
        with open_store(str(tmp_path / "home"), now=EVE) as other:
            other.star([uid(4)], now=EVE)
        app.screen_stack[-2].look()  # type: ignore[attr-defined]
        await shows(pilot, "6 talks to iclr-2021.ics")


@pytest.mark.parametrize("key", ["escape", "a"])
async def test_all_is_gone_under_a_box(make_app: Make, tmp_path: Path, key: str) -> None:
    """All that is stored is taken back elsewhere: the box stays until it is answered; then what could be read is offered."""
    app = make_app(marks=())
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press(key, "question_mark")
        with open_store(str(tmp_path / "home"), now=EVE) as other:
            assert other.undo(now=EVE)
            assert not other.outlines()
        for below in app.screen_stack[:-1]:
            below.look()  # type: ignore[attr-defined]
        await pilot.pause()
        assert isinstance(app.screen, Help)
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, Welcome))


# Hostile


PAYLOADS = (
    "[/b] [/] [TODO] [@click=app.quit]x[/]",
    "\x1b]2;CANARY\x07 \x1b[2J \x9b2J \u202egnp.exe",
)
SCREENS: tuple[list[str], ...] = (
    [],
    ["enter"],
    ["slash"],
    ["n"],
    ["f"],
    ["C"],
    ["ctrl+p"],
    ["e"],
    ["z"],
    ["?"],
    ["O"],
    ["y"],
    ["space"],
    ["u"],
)


@pytest.mark.parametrize("payload", PAYLOADS)
async def test_text_is_data(make_app: Make, payload: str) -> None:
    """Whatever a schedule says in any field appears as text on every screen and does nothing."""
    fields: dict[str, Any] = {
        "speakers": (payload,),
        "abstract": payload,
        "track": payload,
        "room": payload,
        "organisations": (payload,),
    }
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
            assert drawn.strip()
            await pilot.press("escape", "escape")
        assert app.is_running


def test_every_command_is_done() -> None:
    """Each command of the table is done by the Schedule screen, and nothing else is."""
    assert set(ACTS) == {command.id for command in COMMANDS if not command.where}


def test_keys_are_not_taken_twice() -> None:
    """No two commands of one screen have a key in common."""
    keys = [(command.where, key) for command in COMMANDS for key in command.keys.split(",")]
    assert len(keys) == len(set(keys))


async def test_a_screen_under_a_box_closes_after_it(make_app: Make) -> None:
    """What asks a screen to close while help is over it closes neither help nor what is below: it waits until help is left."""
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("a", "question_mark")
        below = app.screen_stack[-2]
        assert isinstance(below, MyPlan)
        below.leave()
        await pilot.pause()
        assert isinstance(app.screen, Help)
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, Schedule))
        assert below not in app.screen_stack


async def test_a_screen_closes_once(make_app: Make) -> None:
    """Two keys in one burst close one screen, not also what is below it."""
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("a")
        first = app.screen
        assert isinstance(first, MyPlan)
        first.leave()
        first.leave()
        await until(pilot, lambda: isinstance(app.screen, Schedule))
        first.leave()
        await pilot.pause()
        assert isinstance(app.screen, Schedule)


async def test_a_store_that_fails_under_the_eyes(make_app: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """What cannot be looked at is told once, not twice a second, and again when it fails anew after it was well."""
    app = make_app()
    async with app.run_test(size=SIZE):
        answers: list[StoreError | None] = [StoreError("the disk is gone."), StoreError("the disk is gone."), None]
        told: list[str] = []

        def elsewhere() -> bool:
            answer = answers.pop(0) if answers else None
            if answer is not None:
                raise answer
            return False

        monkeypatch.setattr(app.desk, "changed_elsewhere", elsewhere)
        monkeypatch.setattr(type(app.screen), "notify", lambda _self, words, **_rest: told.append(words))
        for _ in range(3):
            screen(app).look()
        assert told == ["the disk is gone."]
        answers.append(StoreError("the disk is gone."))
        screen(app).look()
        assert told == ["the disk is gone."] * 2


async def test_first_start_with_something_else(make_app: Make) -> None:
    """The last choice and i open the Import screen, from which one steps back out."""
    app = make_app(empty=True)
    async with app.run_test(size=SIZE) as pilot:
        for keys in (("G", "enter"), ("i",)):
            await pilot.press(*keys)
            await until(pilot, lambda: isinstance(app.screen, Import))
            await pilot.press("escape")
            await until(pilot, lambda: isinstance(app.screen, Welcome))


async def test_first_start_with_a_pasted_page(make_app: Make) -> None:
    """A page that is pasted into the field is shown before it is kept."""
    app = make_app(empty=True)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("tab")
        assert app.screen.focused is not None
        app.screen.focused.post_message(Paste((SCHEDULES / "iclr-2021/oral-session-11.txt").read_text(encoding="utf-8")))
        await until(pilot, lambda: isinstance(app.screen, Import) and "pasted text" in text(app))
        assert app.store.counts() == {}


async def test_first_start_with_a_paste_beside_the_field(make_app: Make) -> None:
    """Where the list has the focus a path goes into the field, a page is shown; escape steps from the field to the list."""
    app = make_app(empty=True)
    async with app.run_test(size=SIZE) as pilot:
        assert isinstance(app.focused, ChoiceList)
        app.focused.post_message(Paste("talks.ics"))
        await until(pilot, lambda: app.screen.query_one(PathField).value == "talks.ics")
        await pilot.press("escape")
        assert isinstance(app.focused, ChoiceList)
        app.focused.post_message(Paste((SCHEDULES / "iclr-2021/oral-session-11.txt").read_text(encoding="utf-8")))
        await until(pilot, lambda: isinstance(app.screen, Import) and "pasted text" in text(app))


async def test_first_start_with_a_schedule_that_is_gone(make_app: Make) -> None:
    """What cannot be read is told in its sentence; nothing is kept, and another can be chosen."""
    app = make_app(empty=True)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("enter")
        await shows(pilot, "schedules/iclr-2021 cannot be read")
        assert app.store.counts() == {}
        assert isinstance(app.screen, Welcome)
        assert app.screen.errand is None


async def test_first_start_without_schedules(make_app: Make) -> None:
    """Where none comes along one types at once."""
    app = make_app(empty=True)
    app.services = app.services._replace(schedules=())
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("x")
        assert app.screen.query_one(PathField).value == "x"
