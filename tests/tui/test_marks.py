"""What the keys on a talk do: each ends in the store, and what is shown is what is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tui_driver import SIZE, kept, said, screen, shows, text, until, write
from tui_made import EVE, at, iclr, pycon, uid

from planner.model import Mark, Reading, Slot
from planner.store import open_store
from planner.tui.screens.confirm import Confirm
from planner.tui.screens.note import NoteEditor
from planner.tui.screens.welcome import Welcome
from planner.tui.widgets.masthead import Masthead
from planner.tui.widgets.row_strip import star_cells
from planner.tui.widgets.talk_list import TalkList

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from textual.message import Message

    from planner.tui.app import PlannerApp

    Make = Callable[..., PlannerApp]

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


@pytest.mark.parametrize("where", ["escape", "v", "a"])
@pytest.mark.parametrize("by", ["space", "s", "a click"])
async def test_what_is_taken_away_is_told(make_app: Make, where: str, by: str) -> None:
    """A star that goes, by a key or by a click, says so once and that u brings it back; one that comes says nothing."""
    app = make_app(marks=(Mark(uid(3), starred=True, rating=2),))
    async with app.run_test(size=SIZE) as pilot:
        screen(app).show_talk(uid(3))
        await pilot.press(where)
        await pilot.pause()
        if by == "a click":
            line = next(y for y, one in enumerate(text(app).splitlines()) if "★" in one and "When Do" in one)
            await pilot.click(offset=(text(app).splitlines()[line].index("★"), line))
        else:
            await pilot.press(by)
        assert not kept(app, 3).starred
        assert said(app) == ["No longer starred, nor rated; u takes it back."]
        await pilot.press("u")
        assert kept(app, 3).rating == 2
        app.clear_notifications()
        await pilot.press("plus")
        assert said(app) == []


async def test_a_note_that_is_taken_away_is_told(make_app: Make) -> None:
    """An emptied note says so, a changed one does not."""
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        screen(app).show_talk(uid(9))
        await pilot.press("n", *"!!", "enter")
        assert said(app) == []
        await pilot.press("n", *["backspace"] * 40, "enter")
        assert kept(app, 9).note == ""
        assert said(app) == ["The note is taken away; u takes it back."]


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
        assert {message.said for message in seen if isinstance(message, TalkList.Starred)} == {uid(4)}


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
    """Undo covers the import too, after it asked: then the first start is back, and nothing more can be taken back."""
    app = make_app(marks=())
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("u")
        assert isinstance(app.screen, Confirm)
        await shows(pilot, "Take back the import of made by hand?")
        await pilot.press("enter")
        assert isinstance(app.screen, Welcome)
        assert app.store.undo(now=EVE) is None


async def test_a_held_key_stops_at_an_import(make_app: Make) -> None:
    """However often undo is pressed, marks are taken back and the import stays until the user agrees; Escape keeps it."""
    app = make_app(marks=())
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("space", "j", "space", *"uuuuuuuuuu")
        assert isinstance(app.screen, Confirm)
        assert not kept(app, 1).starred
        await pilot.press("escape")
        assert len(app.store.load("UTC").by_uid) == len(iclr().talks)


async def test_an_import_is_taken_back_only_while_it_is_the_last_step(make_app: Make, tmp_path: Path) -> None:
    """What another program did while the question stood is not what the user agreed to: both stay, and that is said."""
    app = make_app(marks=())
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("u")
        with open_store(str(tmp_path / "home"), now=EVE) as other:
            other.save(Reading(pycon(), "made by hand"), source="another", now=EVE)
        await pilot.press("enter")
        assert [one.partition(":")[0] for one in said(app)] == [
            "the last change is the import of another by now, and not the import of made by hand"
        ]
        await pilot.press("u")
        await shows(pilot, "Take back the import of another?")


async def test_a_mark_of_another_shell_is_not_taken_back_for_an_import(make_app: Make, tmp_path: Path) -> None:
    """The question was of the import: a rating that came from another shell while it stood stays, and so does the import."""
    app = make_app(marks=())
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("u")
        with open_store(str(tmp_path / "home"), now=EVE) as other:
            other.star([uid(1)], rating=5, now=EVE)
        await pilot.press("enter")
        assert kept(app, 1).rating == 5
        assert len(app.store.load("UTC").by_uid) == len(iclr().talks)
        assert "rating 5 of" in said(app)[0]


@pytest.mark.parametrize("where", ["escape", "v", "exclamation_mark"])
async def test_a_mark_made_between_asking_and_taking_back(
    make_app: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    """On every screen a step that another shell writes just before the key acts is not taken back, nor told as if."""
    app = make_app(marks=(Mark(uid(3), starred=True),))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press(where)
        app.store.star([uid(1)], now=EVE)
        asked = app.store.last_step

        def raced() -> object:
            step = asked()
            with open_store(str(tmp_path / "home"), now=EVE) as other:
                other.star([uid(2)], rating=5, now=EVE)
            return step

        monkeypatch.setattr(app.store, "last_step", raced)
        await pilot.press("u")
        assert kept(app, 1).starred
        assert kept(app, 2).rating == 5
        assert not any("Taken back" in one for one in said(app))


async def test_one_thing_is_said_at_a_time(make_app: Make) -> None:
    """What is said takes the place of what was said before."""
    app = make_app(marks=())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("space", "j", "space", "u", "o", "u")
        assert [sentence.partition("'")[2][:5] for sentence in said(app)] == ["VCNet"]


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
        await pilot.press("[", "N")
        assert screen(app).talks.uid == uid(3)
        await pilot.press("N")
        assert screen(app).talks.uid == uid(22)
        await pilot.press("N")
        assert screen(app).talks.uid == uid(3)


async def test_no_clash_is_said(make_app: Make) -> None:
    """Without a clash the key says so."""
    app = make_app(marks=())
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("N")
        assert said(app) == ["No two of your stars clash in ICLR 2021."]


async def test_clashes_are_those_of_the_conference(make_app: Make) -> None:
    """A clash inside another conference is not counted here; the key says where there is one."""
    first, second, *_ = pycon().talks
    app = make_app(iclr(), pycon(), marks=(Mark(first.uid, starred=True), Mark(second.uid, starred=True)))
    async with app.run_test(size=SIZE) as pilot:
        await shows(pilot, "★ 0 · no clash")
        await pilot.press("N")
        assert said(app) == ["No two of your stars clash in ICLR 2021; PyCon 2021 has 1."]
        assert screen(app).desk.slug == "iclr-2021"


async def test_a_clash_with_another_conference(make_app: Make) -> None:
    """It is counted in both, said as such, told in the talk, and the key goes from one to the other and back."""
    abroad = pycon().talks[0]._replace(title="A talk elsewhere", slot=Slot(at(18, 5), at(18, 20)))
    other = pycon()._replace(talks=(abroad,))
    app = make_app(iclr(), other, marks=(Mark(uid(1), starred=True), Mark(abroad.uid, starred=True)))
    async with app.run_test(size=(160, 40)) as pilot:
        await shows(pilot, "⚠ 1 clash, 1 with PyCon 2021")
        await shows(pilot, "20:05–20:20 · PyCon 2021")
        await pilot.press("N")
        assert (screen(app).desk.slug, screen(app).talks.uid) == ("pycon-2021", abroad.uid)
        assert said(app) == ["The other talk is in PyCon 2021."]
        await shows(pilot, "⚠ 1 clash, 1 with ICLR 2021")
        await pilot.press("N")
        assert (screen(app).desk.slug, screen(app).talks.uid) == ("iclr-2021", uid(1))


async def test_a_failing_store_is_told(make_app: Make, tmp_path: Path) -> None:
    """A mark that cannot be written is told in its sentence, and the screen shows what is kept: no star."""
    app = make_app(marks=())
    async with app.run_test(size=SIZE) as pilot:
        app.store._access.read_only = "The store is read-only: nothing can be changed."
        await pilot.press("space")
        assert [toast.message for toast in app._notifications] == ["The store is read-only: nothing can be changed."]
        assert "★" not in text(app).partition("\n")[2]


async def test_star_all(make_app: Make) -> None:
    """All talks that the list shows are starred by one key, taken back by one undo; where all have one, the stars go."""
    app = make_app(marks=())
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("slash", *"learning", "enter", "asterisk")
        found = {uid_ for uid_ in screen(app).uids if not app.desk.talk(uid_).untitled}
        starred = {uid_ for uid_, mark in app.store.marks(found).items() if mark.starred}
        assert len(found) > 1
        assert starred == found
        assert said(app) == [f"{len(found)} talks starred; u takes it back."]
        await pilot.press("asterisk")
        assert not any(mark.starred for mark in app.store.marks(found).values())
        await pilot.press("u", "u")
        assert not any(mark.starred for mark in app.store.marks(found).values())
        step = app.store.last_step()
        assert step is None or step.imported
