"""Pictures of the UI: each state as it is meant to look, in the sizes that people have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from tui_made import at, iclr, many, pycon, stored, talk, uid

from planner.model import Conference

if TYPE_CHECKING:
    from collections.abc import Callable

    from planner.tui.app import PlannerApp

    Compare = Callable[..., bool]
    Make = Callable[..., PlannerApp]

SIZES = {"80x24": (80, 24), "100x30": (100, 30), "120x40": (120, 40), "160x50": (160, 50)}

HOSTILE = (
    "A closing tag [/b] and [/] and [TODO]",
    "Click [@click=app.quit]here[/] or [link=https://evil.example]there[/link]",
    "Escape \x1b[31mred\x1b[0m \x1b]0;title\x07 \x9b2J \u202egnp.exe\u202c end",
    "[bold red]not bold[/bold red] {braces} $ink %s \\[",
)
WIDE = (
    "深層学習による音声合成のための多様な拡散モデルと、その条件付けに関する包括的な研究の現状と今後の課題について",
    "👩‍🔬 Emoji 🎉🎊 in titles 🚀 that go on 🧪 and on 🦾 until they have to be cut 🪓 somewhere 🧭 near the edge 🌊",
    "تعلم عميق للكشف عن الأنماط في البيانات الكبيرة",
    "למידה עמוקה לזיהוי תבניות בנתונים גדולים",
    "Ĺ̈́o͋̄n̈́g̀ marks: naïve café Ångström Łódź 𝔘𝔫𝔦𝔠𝔬𝔡𝔢",
)


def titled(*titles: str) -> Conference:
    """One session whose talks have these titles, also as speakers and abstract."""
    talks = [
        talk(500 + n, title, at(18, 15 * n), speakers=(title[:30],), abstract=title, room="Hall 大")
        for n, title in enumerate(titles)
    ]
    return Conference("iclr-2021", "ICLR 2021", "America/Los_Angeles", talks=tuple(talks))


@pytest.mark.parametrize("theme", ["dark", "light"])
@pytest.mark.parametrize("size", SIZES)
def test_schedule(make_app: Make, snap_compare: Compare, size: str, theme: str) -> None:
    """The first screen, five minutes before the first talk, with a clash."""
    assert snap_compare(make_app(theme=theme), press=["j", "j"], terminal_size=SIZES[size])


def test_narrow_reading(make_app: Make, snap_compare: Compare) -> None:
    """At 80 columns the talk in full takes the place of the list."""
    assert snap_compare(make_app(), press=["j", "j", "enter"], terminal_size=SIZES["80x24"])


def test_very_narrow(make_app: Make, snap_compare: Compare) -> None:
    """At 60 columns all is still there."""
    assert snap_compare(make_app(), terminal_size=(60, 20))


def test_by_time(make_app: Make, snap_compare: Compare) -> None:
    """In the order of time parallel talks stand together, with room or session where the title leaves cells for it."""
    assert snap_compare(make_app(), press=["O"], terminal_size=SIZES["120x40"])


def test_no_slot_yet(make_app: Make, snap_compare: Compare) -> None:
    """Papers without a slot have a tab of their own, and a list's degree is shown as hollow stars."""
    assert snap_compare(make_app(), press=["]", "]"], terminal_size=SIZES["120x40"])


def test_mid_session(make_app: Make, snap_compare: Compare, clock: Any) -> None:
    """While talks run: what is past is dim, what is on is marked, the line stands at now."""
    clock.at = at(18, 50)
    assert snap_compare(make_app(), terminal_size=SIZES["120x40"])


def test_years_later(make_app: Make, snap_compare: Compare, clock: Any) -> None:
    """A conference that is over is shown bright: there is nothing left to come that it should stand back for."""
    clock.at = at(0).replace(year=2026)
    assert snap_compare(make_app(), terminal_size=SIZES["120x40"])


def test_busy_day(make_app: Make, snap_compare: Compare) -> None:
    """Five hundred talks a day scroll."""
    assert snap_compare(make_app(many(2000)), press=["pagedown", "pagedown"], terminal_size=SIZES["120x40"])


def test_one_talk(make_app: Make, snap_compare: Compare) -> None:
    """A conference of one talk."""
    assert snap_compare(make_app(titled("The only talk")), terminal_size=SIZES["80x24"])


def test_no_talk(make_app: Make, snap_compare: Compare) -> None:
    """A conference without any."""
    assert snap_compare(make_app(titled()), terminal_size=SIZES["80x24"])


@pytest.mark.parametrize("size", ["80x24", "160x50"])
def test_wide_signs(make_app: Make, snap_compare: Compare, size: str) -> None:
    """Wide, joined and right-to-left signs are cut by cells and keep the columns."""
    assert snap_compare(make_app(titled(*WIDE)), terminal_size=SIZES[size])


def test_hostile(make_app: Make, snap_compare: Compare) -> None:
    """Markup and escape sequences from a schedule are plain text."""
    assert snap_compare(make_app(titled(*HOSTILE)), press=["j", "j"], terminal_size=SIZES["120x40"])


def test_cancelled(make_app: Make, snap_compare: Compare) -> None:
    """A talk that is gone from the source stays, struck out, with the word."""
    app = make_app()
    left = iclr()
    stored(app.settings.home, left._replace(talks=tuple(one for one in left.talks if one.uid != uid(3))), marks=()).close()
    app.desk.load("Europe/Berlin")
    assert snap_compare(app, press=["j", "j"], terminal_size=SIZES["120x40"])


def test_no_colour(make_app: Make, snap_compare: Compare, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without colours every sign and word is still there."""
    monkeypatch.setenv("NO_COLOR", "1")
    assert snap_compare(make_app(), press=["j", "j"], terminal_size=SIZES["120x40"])


MODALS = {
    "note": ["j", "n", *"why?"],
    "zone": ["z", *"new"],
    "export": ["e"],
    "filter": ["f", "space", "j", "j"],
    "help": ["question_mark"],
    "palette": ["ctrl+p", *"ra"],
    "conferences": ["C"],
    "search": ["slash", *"self"],
    "found": ["slash", *"learning", "enter", "j"],
    "nothing_found": ["slash", *"zzz"],
    "filtered": ["f", "space", "enter"],
}


def test_very_wide(make_app: Make, snap_compare: Compare) -> None:
    """At 200 columns speakers have room beside the titles."""
    assert snap_compare(make_app(), press=["j", "j"], terminal_size=(200, 50))


def test_no_abstract(make_app: Make, snap_compare: Compare) -> None:
    """A talk without an abstract says so."""
    assert snap_compare(make_app(), press=["j"], terminal_size=SIZES["120x40"])


def test_an_error(make_app: Make, snap_compare: Compare) -> None:
    """What cannot be written is told in its sentence, over the list that shows what is kept."""
    app = make_app()
    app.store._access.read_only = "The store is read-only: nothing can be changed."
    assert snap_compare(app, press=["j", "space"], terminal_size=SIZES["120x40"])


@pytest.mark.parametrize("what", MODALS)
def test_over_the_list(make_app: Make, snap_compare: Compare, what: str) -> None:
    """Each modal screen, and the search."""
    assert snap_compare(make_app(iclr(), pycon()), press=MODALS[what], terminal_size=SIZES["120x40"])


@pytest.mark.parametrize("what", ["note", "zone", "export", "help"])
def test_over_a_narrow_list(make_app: Make, snap_compare: Compare, what: str) -> None:
    """The modal screens fit into 80 columns and 24 lines."""
    assert snap_compare(make_app(theme="light"), press=MODALS[what], terminal_size=SIZES["80x24"])


def test_nothing_found_in_a_narrow_list(make_app: Make, snap_compare: Compare) -> None:
    """A search without a result, at 80 columns."""
    assert snap_compare(make_app(), press=["slash", *"zzz"], terminal_size=SIZES["80x24"])


@pytest.mark.parametrize("size", ["80x24", "120x40"])
def test_welcome(make_app: Make, snap_compare: Compare, size: str) -> None:
    """The first start."""
    assert snap_compare(make_app(empty=True), terminal_size=SIZES[size])
