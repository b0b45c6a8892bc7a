"""What is painted before Textual is imported: the same talks at the same lines."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from tui_driver import screen, shows, text
from tui_made import EVE, at, iclr, many, pycon, stored, talk

from planner.tui import opening, preview

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from planner.tui.app import PlannerApp

    Make = Callable[..., PlannerApp]


@pytest.mark.parametrize("name", ["sessions", "by time", "large"])
@pytest.mark.parametrize("minute", [-400, 50, 130, 100_000])
async def test_titles_stand_where_they_will_stand(make_app: Make, clock: Any, name: str, minute: int) -> None:
    """Each talk of the first screen is on the line on which the list draws it, and the rest of the line says its start."""
    clock.at = at(18, 0) if name != "by time" else at(8, day=11).replace(month=9)
    clock.at += (at(1) - at(0)) / 60 * minute
    app = make_app({"sessions": iclr(), "by time": pycon(), "large": many(300, days=2)}[name])
    said = preview.lines(opening.begin(app.store, "Europe/Berlin", clock()), clock(), 40)
    assert not any(sign in line for line in said for sign in "\x1b\n")
    async with app.run_test(size=(160, 40)) as pilot:
        await shows(pilot, screen(app).desk.talk(screen(app).talks.uid).title[:20])
        drawn = text(app).split("\n")
        talks = screen(app).talks
        top = talks.scroll_offset.y
        for number, line in enumerate(talks.lines[top : top + talks.size.height], preview.HEAD):
            if line.uid:
                assert screen(app).describe(line.uid).mine in said[number]
                assert (screen(app).desk.talk(line.uid).title or "untitled slot")[:20] in said[number]
                assert said[number].split("  ")[-1].strip()[:20] in drawn[number]


def test_nothing_is_painted_of_an_empty_store(tmp_path: Path) -> None:
    """The first start has its own screen."""
    with stored(str(tmp_path)) as store:
        assert preview.painted(preview.lines(opening.begin(store, "UTC", EVE), EVE, 40)) == ""


def test_texts_do_nothing_to_the_terminal(tmp_path: Path) -> None:
    """What a schedule says reaches the terminal without any control sign."""
    hostile = iclr()._replace(talks=(talk(500, "\x1b]0;x\x07 \x9b2J \u202egnp.exe", at(18)),), name="I \x1b[2J")
    with stored(str(tmp_path), hostile) as store:
        for line in preview.lines(opening.begin(store, "UTC", EVE), EVE, 40):
            assert not set(line) & set("\x1b\x07\x9b\u202e\n")


@pytest.mark.usefixtures("unmeasured")
def test_textual_is_not_needed_for_it() -> None:
    """It is there before the 200 ms that importing Textual takes."""
    code = "import sys, planner.tui.preview, planner.tui.opening; sys.exit('textual' in sys.modules or 'rich' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
