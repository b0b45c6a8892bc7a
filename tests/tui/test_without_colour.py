"""What a screen says without any colour or style: each state is read back from the plain text, and compared with the store."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from tui_driver import shows, text
from tui_made import MARKS, at, iclr, stored, uid

from planner.model import Mark
from planner.tui.screens.help import SIGNS
from planner.tui.widgets.talk_list import TalkList

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.pilot import Pilot

    from planner.tui.app import PlannerApp

    Make = Callable[..., PlannerApp]

SIZES = [(80, 40), (160, 50)]
CANCELLED, MOVED = 24, 9
ROW = re.compile(
    r"^(?P<here>[▌ ])(?P<when>[▶◂ ])(?:\w{3} \d+ \w{3} +)?(?P<clock>\d\d:\d\d–\d\d:\d\d)(?: [+−]\d)? +(?:\d\d:\d\d +)?"
    r"(?P<stars>[★☆]*)·* *(?P<decision>[✓×]?) +(?P<rest>.*)$"
)


class Told(NamedTuple):
    """What a row says of its talk."""

    starred: bool
    rating: int
    decision: str
    when: str
    clashes: bool
    cancelled: bool
    noted: bool


@pytest.fixture(params=["", "1"], ids=["styles stripped", "NO_COLOR"])
def app(request: pytest.FixtureRequest, make_app: Make, monkeypatch: pytest.MonkeyPatch, clock: Any) -> PlannerApp:
    """ICLR 2021 at 20:50, with every mark, a clash, a talk that moved and one that is cancelled."""
    if request.param:
        monkeypatch.setenv("NO_COLOR", request.param)
    marks = (*MARKS, Mark(uid(CANCELLED), starred=True))
    made = make_app(marks=marks)
    talks = [
        one._replace(slot=one.slot._replace(end=one.slot.end + (one.slot.end - one.slot.start)))
        if one.uid == uid(MOVED) and one.slot.start and one.slot.end
        else one
        for one in iclr().talks
        if one.uid != uid(CANCELLED)
    ]
    stored(made.settings.home, iclr()._replace(talks=tuple(talks)), marks=()).close()
    made.desk.load("Europe/Berlin")
    clock.at = at(18, 50)
    return made


def is_so(app: PlannerApp, uid_: str) -> Told:
    """What is so, by the store and by the clock."""
    plan, now = app.desk.plan, app.desk.now()
    mark, talk = app.store.marks([uid_])[uid_], plan.by_uid[uid_]
    start, end = talk.slot.start, talk.slot.end
    assert start
    assert end
    when = "over" if end <= now else "on" if start <= now else ""
    clashes = any(uid_ in {one.uid, other.uid} for one, other, _ in plan.pairs())
    return Told(mark.starred, mark.rating, mark.decision, when, clashes, talk.cancelled, bool(mark.note))


def lines(app: PlannerApp) -> list[str]:
    """The screen as plain text."""
    return text(app).splitlines()


def is_said(line: str) -> Told:
    """What a line of a list says."""
    found = ROW.match(line)
    assert found, line
    stars, rest = found["stars"], found["rest"]
    return Told(
        "★" in stars,
        stars.count("★") if len(stars) > 1 or "·" in line[found.start("stars") : found.end("stars") + 5] else 0,
        {"✓": "going", "×": "skipped", "": "undecided"}[found["decision"]],
        {"▶": "on", "◂": "over", " ": ""}[found["when"]],
        "⚠" in rest,
        rest.rstrip().endswith("cancelled") or "  cancelled" in rest,
        "✎" in rest,
    )


def by_title(app: PlannerApp, title: str) -> str:
    """The row of the list with the beginning of a title, without what is beside the list."""
    rows = [line.partition("│")[0] for line in lines(app)]
    return next(row for row in rows if (found := ROW.match(row)) and found["rest"].startswith(title[:12]))


async def opened(pilot: Pilot[None], *keys: str) -> list[str]:
    """Press keys and read the screen."""
    await pilot.press(*keys)
    await pilot.pause()
    return text(pilot.app).splitlines()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("key", ["escape", "a", "O"])
async def test_rows(app: PlannerApp, size: tuple[int, int], key: str) -> None:
    """Star, rating, decision, clash, note, cancelled, over and on now are read from a row of Schedule and My plan."""
    async with app.run_test(size=size) as pilot:
        await opened(pilot, key)
        shown = app.screen.query_one(TalkList)
        uids = [line.uid for line in shown.lines if line.uid in app.desk.plan.by_uid and line.uid != uid(60)]
        titled = [one for one in uids if not app.desk.talk(one).untitled]
        assert {uid(1), uid(3), uid(22), uid(CANCELLED)} <= set(titled)
        for one in titled:
            assert is_said(by_title(app, app.desk.talk(one).title)) == is_so(app, one), one
        kinds = {is_so(app, one) for one in titled}
        assert {told.when for told in kinds} == {"over", "on", ""} or key == "a"
        assert len({told.decision for told in kinds}) > 1


@pytest.mark.parametrize("key", ["escape", "a", "S", "w", "slash"])
async def test_the_cursor(app: PlannerApp, key: str) -> None:
    """One line of a list has the cursor's sign, and it is the line of the talk under the cursor."""
    async with app.run_test(size=SIZES[0]) as pilot:
        await opened(pilot, key, *(["r", "e", "enter"] if key == "slash" else []), "j")
        here = [line for line in lines(app)[2:] if line.startswith("▌")]
        assert len(here) == 1
        assert app.desk.talk(app.screen.query_one(TalkList).uid).title[:16] in here[0]


@pytest.mark.parametrize("key", ["escape", "a", "v"])
async def test_the_selected_tab_and_today(app: PlannerApp, key: str) -> None:
    """The selected day has a sign before it, today a word after it."""
    async with app.run_test(size=SIZES[0]) as pilot:
        await opened(pilot, key)
        assert "▌Thu 6 · today ★6" in lines(app)[1]
        await opened(pilot, "left_square_bracket")
        assert lines(app)[1].count("▌") == 1
        assert "▌Wed 5" in lines(app)[1]
        assert " Thu 6 · today ★6" in lines(app)[1]


async def test_where_the_keys_go(app: PlannerApp) -> None:
    """List, talk and search name keys of their own in the footer; the parts of a box have a sign at their names."""
    async with app.run_test(size=SIZES[1]) as pilot:
        assert "space star" in (await opened(pilot))[-1]
        assert "esc back to the list" in (await opened(pilot, "enter"))[-1]
        assert "esc leave the search" in (await opened(pilot, "escape", "slash"))[-1]
        for part in ("▸ file or folder", "▸ talks", "▸ as"):
            shown = await opened(pilot, *(["escape", "e"] if "file" in part else ["tab"]))
            assert [line for line in shown if "▸" in line] == [line for line in shown if part in line] != []


async def test_what_is_ticked(app: PlannerApp) -> None:
    """In a box a tick is a sign, and so is where one is."""
    async with app.run_test(size=SIZES[0]) as pilot:
        await opened(pilot, "f", "space", "j")
        assert "  ✓ starred" in text(app)
        assert "▌ · going" in text(app)
        await opened(pilot, "escape", "e", "tab", "down", "space")
        assert "▌ ✓ going" in text(app)
        assert "  · starred" in text(app)


@pytest.mark.parametrize("size", [(100, 50), (160, 60)])
async def test_timetable(app: PlannerApp, size: tuple[int, int]) -> None:
    """A block says star, rating, decision, clash, cancelled and on now; the line at now parts what is over from the rest."""
    async with app.run_test(size=size) as pilot:
        await opened(pilot, "v", "g")
        await shows(pilot, "VCNet")
        said = {
            1: "★5 VCNet",
            2: "× SenSeI",
            3: "★ ⚠ 15 min When Do",
            22: "★4 ⚠ 15 min Theor",
            4: "▶ Why Are",
            6: "★1 ✓ Correcting",
            CANCELLED: "cancelled ★ Getting",
        }
        for number, words in said.items():
            assert words in text(app), number
        now = next(y for y, line in enumerate(lines(app)) if "20:50 now" in line)
        for number, words in said.items():
            start = app.desk.talk(uid(number)).slot.start
            y = next(y for y, line in enumerate(lines(app)) if words in line)
            assert start is not None
            assert (y < now) is (start < app.desk.now())
        cursor = [line for line in lines(app)[3:] if "▌" in line]
        assert "▌" in next(line for line in cursor if app.desk.talk(app.screen.talks.uid).title[:5] in line)  # type: ignore[attr-defined]
        foot = lines(app)[-3]
        assert app.desk.talk(app.screen.talks.uid).title[:16] in foot  # type: ignore[attr-defined]


async def test_clashes(app: PlannerApp) -> None:
    """How long, which talks, with which stars, on which the cursor is, and what was decided last."""
    async with app.run_test(size=(120, 40)) as pilot:
        await opened(pilot, "exclamation_mark")
        assert "Clash 1 of 1" in lines(app)[0]
        assert "15 min double booked" in lines(app)[0]
        bars = [line for line in lines(app) if re.match(r"^[▌ ] \d  +▆", line)]
        assert [line[0] for line in bars] == ["▌", " "]
        assert "★     When Do" in bars[0]
        assert "★★★★· Theoretical" in bars[1]
        await opened(pilot, "j")
        assert [line[0] for line in lines(app) if re.match(r"^[▌ ] \d  +▆", line)] == [" ", "▌"]
        await opened(pilot, "1")
        assert "No clash is left." in text(app)
        assert "✓ " in text(app)


async def test_suggest(app: PlannerApp) -> None:
    """What would be kept and given up is a sign each, and why is words."""
    async with app.run_test(size=SIZES[0]) as pilot:
        await opened(pilot, "S")
        assert "★★★★★ ✓ VCNet" in text(app)
        given = by_title(app, "When Do Curricula")
        assert "× When Do" in given
        assert "given up" in given
        assert "shares 15 min with Theoretical" in text(app)
        assert "going already" in by_title(app, "Correcting experience")


async def test_changes(app: PlannerApp) -> None:
    """What became of a talk is a word on its row or the head above it, and what was and is are both there."""
    async with app.run_test(size=SIZES[0]) as pilot:
        await opened(pilot, "w")
        assert "  moved  " in by_title(app, "DiffWave")
        assert by_title(app, "Getting a CLUE").rstrip().endswith("cancelled")
        assert "until 21:55 → until 22:10" in text(app)


async def test_the_talk_in_full(app: PlannerApp) -> None:
    """Beside the list every sign of the row is a word."""
    async with app.run_test(size=SIZES[1]) as pilot:
        for number, words in {
            1: "rated 5 of 5",
            2: "× skipped",
            3: "⚠ 15 min shared with",
            6: "✓ going",
            9: "✎ ask about",
            CANCELLED: "Cancelled",
        }.items():
            app.screen.show_talk(uid(number))  # type: ignore[attr-defined]
            await pilot.pause()
            await shows(pilot, words)


async def test_help_explains_the_signs(app: PlannerApp) -> None:
    """Every sign that a row, a block or a list uses is named in help with its word."""
    async with app.run_test(size=(120, 100)) as pilot:
        shown = "\n".join(await opened(pilot, "question_mark"))
        for sign, words in SIGNS:
            assert re.search(re.escape(words) + r" +.*" + re.escape(sign), shown), words
    signs = "".join(sign for sign, _ in SIGNS)
    assert set("★☆·✓×⚠✎▶◂▌▸▾") <= set(signs)
