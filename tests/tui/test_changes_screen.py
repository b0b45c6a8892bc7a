"""Changes: what the last import did, starred talks first, each with what was and what is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui_driver import SIZE, kept, said, screen, shows, text, until
from tui_made import EVE, all_day, at, iclr, pycon, talk, uid

from planner.errors import StoreError
from planner.model import Change, Reading, Slot
from planner.store import Store, open_store
from planner.tui.screens.changes import Changes, told, words
from planner.tui.screens.clashes import Clashes
from planner.tui.screens.importing import Import

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    import pytest

    from planner.model import Conference, Talk
    from planner.tui.app import PlannerApp

    Make = Callable[..., PlannerApp]

BERLIN, PACIFIC = "Europe/Berlin", "America/Los_Angeles"


def revised() -> Conference:
    """The conference a day later: one star moved, one cancelled, another talk renamed, one in another room, two new."""
    talks: list[Talk] = []
    for one in iclr().talks:
        if one.uid == uid(1):
            talks.append(one._replace(slot=one.slot._replace(start=at(19, 0, day=7), end=at(19, 15, day=7))))
        elif one.uid == uid(2):
            talks.append(one._replace(speakers=("Mikhail Yurochkin",)))
        elif one.uid == uid(43):
            talks.append(one._replace(slot=one.slot._replace(room="Garden")))
        elif one.uid != uid(9):
            talks.append(one)
    new = [talk(number, f"A new talk, number {number}", at(16, 15 * (number - 200))) for number in (200, 201)]
    return iclr()._replace(talks=(*talks, *new))


def updated(app: PlannerApp, *conferences: Conference, now: datetime = EVE) -> PlannerApp:
    """The app after another import of these conferences."""
    for one in conferences or (revised(),):
        app.store.save(Reading(one, "made by hand"), source="made by hand", now=now)
    app.desk.load(app.desk.plan.zone)
    return app


def changes(app: PlannerApp) -> Changes:
    """The screen."""
    found = app.screen
    assert isinstance(found, Changes)
    return found


async def test_stars_first_then_by_kind(make_app: Make) -> None:
    """The moved and the cancelled star head the list, then moved, then edited ones; the new ones are a number."""
    app = updated(make_app())
    async with app.run_test(size=(160, 40)) as pilot:
        await pilot.press("w")
        await shows(pilot, "at the last import: 2 moved, 1 cancelled, 1 edited, 2 added · 2 of your stars")
        assert list(changes(app).talks.uids()) == [uid(1), uid(9), uid(43), uid(2), "added iclr-2021"]
        lines = [one.partition("│")[0].strip() for one in text(app).splitlines()]
        heads = [one for one in lines if one in {"Your stars", "Moved", "Edited", "Cancelled"}]
        assert heads == ["Your stars", "Moved", "Edited"]
        await shows(pilot, "2 talks added")


async def test_before_and_after_on_both_clocks(make_app: Make) -> None:
    """20:00 on Thursday in Berlin is now 21:00 on Friday, and 11:00 there is noon the day after; a room by its names."""
    app = updated(make_app())
    async with app.run_test(size=(160, 40)) as pilot:
        await pilot.press("w")
        await shows(pilot, "Thu 6 May 20:00–20:15 → Fri 7 May 21:00–21:15")
        await shows(pilot, "there Thu 6 May 11:00–11:15 → Fri 7 May 12:00–12:15")
        await shows(pilot, "room Auditorium → Garden")
        await shows(pilot, "changed: speakers")


async def test_the_added_unfold(make_app: Make) -> None:
    """Enter on the number lists the new talks, enter again folds them away."""
    app = updated(make_app())
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("w", "G", "enter")
        assert list(changes(app).talks.uids())[-2:] == [uid(200), uid(201)]
        assert changes(app).talks.uid == "added iclr-2021"
        await pilot.press("enter")
        assert list(changes(app).talks.uids())[-1] == "added iclr-2021"


async def test_enter_goes_to_the_talk(make_app: Make) -> None:
    """The Schedule shows its new day, with the cursor on it."""
    app = updated(make_app())
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("w", "enter")
        assert screen(app).talks.uid == uid(1)
        assert screen(app).desk.pages[screen(app).at].day == at(0, day=7).date()


async def test_a_new_talk_can_be_starred_here(make_app: Make) -> None:
    """Star on the unfolded talk ends in the store."""
    app = updated(make_app())
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("w", "G", "enter", "j", "space")
        assert kept(app, 200).starred


async def test_nothing_changed(make_app: Make) -> None:
    """An import of the same schedule changes nothing, and that is said calmly; escape leaves."""
    app = updated(make_app(), iclr())
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("w")
        await shows(pilot, "Nothing changed at the last import.")
        await shows(pilot, "at the last import: nothing changed")
        await pilot.press("enter", "space", "G", "escape")
        assert screen(app).talks.uid == uid(1)


async def test_each_conference_has_its_own_last_import(make_app: Make) -> None:
    """Both are listed, each under its name with when it was imported."""
    app = updated(make_app(iclr(), pycon()))
    async with app.run_test(size=(160, 40)) as pilot:
        await pilot.press("w")
        await shows(pilot, "ICLR 2021  imported Thu 6 May 19:55")
        await shows(pilot, "PyCon 2021  imported Thu 6 May 19:55")
        await shows(pilot, "4 talks added")


async def test_an_import_elsewhere_shows_up(make_app: Make, tmp_path: Path) -> None:
    """Another program's import is seen within a second or so."""
    app = make_app()
    async with app.run_test(size=(160, 40)) as pilot:
        await pilot.press("w")
        await shows(pilot, "added")
        with open_store(str(tmp_path / "home"), now=EVE) as other:
            other.save(Reading(revised(), "made by hand"), source="made by hand", now=EVE)
        await shows(pilot, "2 moved, 1 cancelled, 1 edited, 2 added")


def test_words_of_all_day_entries_and_lost_slots() -> None:
    """A day that becomes another, and a talk that loses its slot."""
    day, other = all_day().slot.day, Slot(day=at(0, day=8).date())
    moved = Change("u", "moved", {"start": str(day), "end": None}, {"start": str(other.day), "end": None})
    assert words(moved, BERLIN, PACIFIC) == ["Fri 7 May, all day → Sat 8 May, all day"]
    longer = Change("u", "moved", {"start": str(day), "end": None}, {"start": str(day), "end": str(other.day)})
    assert words(longer, BERLIN, PACIFIC) == ["Fri 7 May, all day → Fri 7 May–Sat 8 May, all day"]
    opened = Change("u", "moved", {"start": str(day), "end": None}, {"start": at(12, day=7).isoformat(), "end": None})
    assert words(opened, BERLIN, BERLIN) == ["Fri 7 May, all day → 14:00"]
    shorter = Change("u", "moved", {"end": at(18, 15).isoformat()}, {"end": at(18, 10).isoformat()})
    assert words(shorter, BERLIN, PACIFIC) == [
        "Thu 6 May until 20:15 → until 20:10",
        "there Thu 6 May until 11:15 → until 11:10",
    ]
    open_end = Change("u", "moved", {"end": at(18, 15).isoformat()}, {"end": None})
    assert words(open_end, BERLIN, BERLIN) == ["Thu 6 May until 20:15 → no end"]
    lost = Change("u", "moved", {"start": at(18).isoformat(), "end": None}, {"start": None, "end": None})
    assert words(lost, BERLIN, PACIFIC) == ["Thu 6 May 20:00 → no slot", "there Thu 6 May 11:00 → no slot"]


def test_told_counts_by_kind() -> None:
    """In the order of the list."""
    found = [Change(str(number), what, {}, {}) for number, what in enumerate(["added", "moved", "added", "back"])]
    assert told(found) == "1 moved, 1 back, 2 added"


async def test_a_store_that_cannot_be_read_is_told(make_app: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the store fails while a screen asks it for changes, places or steps, its sentence is shown and nothing breaks."""
    app = updated(make_app())

    def fail(*_: object, **__: object) -> None:
        raise StoreError("the disk is gone: plug it in.")

    async with app.run_test(size=SIZE) as pilot:
        for name in ("changes", "sources", "last_step"):
            monkeypatch.setattr(Store, name, fail)
        await pilot.press("w")
        await until(pilot, lambda: isinstance(app.screen, Changes))
        assert "the disk is gone: plug it in." in " ".join(said(app))
        await pilot.press("u")
        assert changes(app).is_active
        await pilot.press("exclamation_mark")
        await until(pilot, lambda: isinstance(app.screen, Clashes))
        await pilot.press("u")
        assert isinstance(app.screen, Clashes)
        await pilot.press("i")
        await until(pilot, lambda: isinstance(app.screen, Import))
        assert app.is_running
