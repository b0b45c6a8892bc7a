"""The Schedule screen: the days as tabs, a day as a list, a talk in full beside it. State goes down, messages come up."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from textual import on
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from planner.model import fold
from planner.tui import rows, talk_text
from planner.tui.commands import READING, TYPING, bindings, footer
from planner.tui.screens import schedule_view as view
from planner.tui.screens.at_desk import AtDesk
from planner.tui.screens.schedule_acts import ACTS, NEED_ALL
from planner.tui.widgets.day_tabs import DayTabs
from planner.tui.widgets.detail import Detail
from planner.tui.widgets.keys_line import KeysLine
from planner.tui.widgets.masthead import Masthead
from planner.tui.widgets.search_bar import SearchBar
from planner.tui.widgets.talk_list import Fields, TalkList

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from textual.app import ComposeResult

    from planner.tui.desk import Desk, Services
    from planner.tui.rows import Page, Row
    from planner.tui.screens.inner import Leave

MOST_FOUND = 500
"""As many of what a search finds are listed: so a letter that finds ten thousand talks takes 1 ms, and 13 without an end."""

SCREENFUL = 50
"""So many of what a search found are read at once, as they are drawn."""


class Schedule(AtDesk[None]):
    """One conference at a time; posts :class:`Emptied` when none is left.

    ``at`` is the page that is shown, ``hits`` what a search found (None: no search), with ``more`` the best of it. It has 22
    methods because every way to a list (a page, a search, a talk, another conference, another screen) fills the same widgets;
    what a key does is in :mod:`planner.tui.screens.schedule_acts`.
    """

    HERE = ""
    acts = ACTS
    BINDINGS = bindings(*ACTS)
    AUTO_FOCUS = "#talks"

    class Emptied(Message):
        """Nothing is stored any more."""

    def __init__(self, desk: Desk, services: Services, remapped: Mapping[str, str]) -> None:
        super().__init__()
        self.desk = desk
        self.services = services
        self.remapped = remapped
        self.order: str | None = None
        self.ticks = view.Ticks()
        self.hits: list[str] | None = None
        self.searched_on = ""  # the talk under the cursor before a search, to which leaving it returns
        self.more = False
        self._live = False

    def compose(self) -> ComposeResult:
        """Masthead, tabs, search, the list beside the talk in full, the same in one line, keys."""
        # Known now, the classes need no second pass over all styles when the size arrives (10 ms).
        for known, cells in zip((self.HORIZONTAL_BREAKPOINTS, self.VERTICAL_BREAKPOINTS), self.app.size, strict=True):
            self.add_class(max(one for one in known if one[0] <= cells)[1])
        yield Masthead(id="masthead")
        yield DayTabs(id="tabs")
        yield SearchBar(id="search")
        with Horizontal(id="body"):
            yield TalkList(self.describe, id="talks")
            yield Detail(id="detail")
        yield Static(Content(""), id="fold")
        yield KeysLine(id="keys")

    def on_mount(self) -> None:
        """Begin at today, or the day nearest to it, and keep an eye on the clock and on the store."""
        now, plan = self.desk.now(), self.desk.plan
        self.refresh_list(rows.coming(plan, self.uids, now) if self.desk.live else "")
        self.begin_to_look()

    # What is shown

    @property
    def talks(self) -> TalkList:
        """The list."""
        return self.query_one("#talks", TalkList)

    @property
    def at(self) -> int:
        """The page that is shown."""
        return self.desk.at

    @property
    def uids(self) -> Sequence[str]:
        """The talks of the list: what was found, or the page's, that pass the filter."""
        uids = self.hits if self.hits is not None else self.desk.uids
        if not any(self.ticks):
            return uids
        self.have(uids)
        passes, by_uid = view.passes(self.desk.plan, self.ticks), self.desk.plan.by_uid
        return [uid for uid in uids if uid in by_uid and passes(by_uid[uid])]

    def have(self, uids: Sequence[str]) -> bool:
        """Read those of these talks that are not read yet; false where the store could not be read, which was told."""
        return self.attempt(partial(self.desk.hold, uids))

    def describe(self, uid: str) -> Row:
        """A talk as a row of the list; of what was found a screenful is read at once."""
        if uid not in self.desk.plan.by_uid:
            at = self.hits.index(uid) if self.hits and uid in self.hits else 0
            if not self.have(self.hits[at : at + SCREENFUL] if self.hits else [uid]) or uid not in self.desk.plan.by_uid:
                return rows.Row(uid, "")
        return rows.row(self.desk.plan, uid, self.desk.now(), live=self._live, with_day=self.hits is not None)

    def refresh_list(self, on_uid: str = "") -> None:
        """The list again from the desk, with the cursor on a talk, and all that says something about it."""
        if not self.desk.plan.conferences:
            self.talks.show((), lambda _width: Fields())
            self.post_message(self.Emptied())
            return
        desk, uids, found = self.desk, self.uids, self.hits is not None
        self.have(uids[:SCREENFUL])
        self._live = desk.live
        order = "found" if found else self.order or rows.natural_order(desk.plan, uids)
        lines = rows.found(uids) if found else rows.arranged(desk.plan, uids, order, desk.now())
        lines = lines or view.nothing(desk, searched=found, filtered=any(self.ticks))
        words = fold(self.query_one(SearchBar).field.value).split() if found else ()
        with self.talks.prevent(TalkList.Reached):  # the talk is shown now, so that list and talk are painted at once
            self.talks.show(lines, lambda width: view.fields(desk.plan, uids, order, width), on=on_uid, words=words)
        self.refresh_talk()
        self.refresh_heads()

    def emptied(self) -> None:
        """Say so."""
        self.refresh_list()

    def renew(self) -> None:
        """The list again with what a search finds now, the cursor where it was."""
        if self.hits is not None:
            self.attempt(partial(self.find, self.query_one(SearchBar).field.value))
        self.refresh_list(self.talks.uid)

    def refresh_heads(self) -> None:
        """Masthead, tabs and the count of what was found."""
        desk = self.desk
        number = 0 if self.hits is None else len(self.uids)
        hits = "" if self.hits is None else f"{number:,}{'+' * self.more}"
        shown = view.tabs(desk, hits)
        self.query_one(Masthead).show(view.masthead(desk))
        hint = f"only {self.ticks.words} · esc all" if any(self.ticks) else ""
        self.query_one(DayTabs).show(shown, len(shown) - 1 if hits else self.at, hint)
        self.query_one(SearchBar).say(hits and (f"{hits} talk{'s' * (hits != '1')}" if number else "nothing found"))

    def on_descendant_focus(self) -> None:
        """The keys that matter where the focus is."""
        keys = self.query_one(KeysLine)
        if isinstance(self.focused, TalkList):
            keys.show(footer(self.remapped, ACTS))
        elif isinstance(self.focused, Detail):
            keys.show([*READING, *footer(self.remapped, ("star", "going", "skip", "note", "open", "help"))])
        else:
            keys.show(TYPING)

    def refresh_talk(self) -> None:
        """The talk under the cursor in full, and in one line; nothing of one that another program took back just now."""
        uid = self.talks.uid
        if uid and self.have([uid]) and uid in self.desk.plan.by_uid:
            plan, abstract = self.desk.plan, self.asking(partial(self.desk.store.abstract, uid), None)
            self.query_one(Detail).show(uid, talk_text.in_full(plan, uid, abstract, self.desk.now(), flat=self.flat))
            self.query_one("#fold", Static).update(talk_text.in_a_line(plan, uid), layout=False)
        else:
            self.query_one(Detail).show("", Content(""))
            self.query_one("#fold", Static).update(Content(""), layout=False)

    # Moving between pages

    def turn_to(self, at: int, on_uid: str = "") -> None:
        """Show another page; a search is left."""
        if not self.attempt(partial(self.desk.turn, at)):
            return
        self.hits = None
        self.set_class(False, "-searching")
        search = self.query_one(SearchBar)
        with search.prevent(search.Changed):
            search.field.value = ""
        self.refresh_list(on_uid)
        self.talks.focus()

    def show_talk(self, uid: str) -> None:
        """Show a talk where it is: its conference, its page, with the cursor on it; a filter that hides it is taken away."""
        conference = self.desk.talk(uid).conference
        if conference != self.desk.slug:
            self.show_conference(conference)
        at = self.desk.page_of(uid)
        if self.hits is None and at == self.at and self.talks.go_to(uid):
            return
        passes = view.passes(self.desk.plan, self.ticks)
        self.ticks = self.ticks if passes(self.desk.talk(uid)) else view.Ticks()
        self.turn_to(at, uid)

    def show_conference(self, slug: str) -> None:
        """Show another conference, where it is still there."""
        if slug in self.desk.plan.conferences and self.attempt(partial(self.desk.show, slug)):
            self.ticks, self.order = view.Ticks(), None
            self.turn_to(self.at)

    def returned(self, left: Leave, shown: Page | None) -> None:
        """Another screen was left: back to the page shown before it or to the talk that it named; and do what it asked."""
        same = (at for at, page in enumerate(self.desk.pages) if shown is not None and page.day == shown.day)
        self.attempt(partial(self.desk.turn, next(same, self.at)))
        self.renew()
        if left.uid:
            self.attempt(partial(self.show_talk, left.uid))
        if left.then:
            self.action_run(left.then)

    # What the user does

    def action_run(self, command: str) -> None:
        """Do a command of the table."""
        if command not in NEED_ALL or self.attempt(self.desk.complete):
            self.attempt(partial(ACTS[command], self))

    def find(self, words: str) -> None:
        """Search for words; no word is no search. A filter picks from all that is found, else the best are enough."""
        most = -1 if any(self.ticks) else MOST_FOUND + 1
        found = self.desk.store.search(words, slugs=[self.desk.slug], limit=most) if words.strip() else None
        self.more = found is not None and len(found) == most
        self.hits = found[:MOST_FOUND] if found is not None and self.more else found

    def mark(self, uid: str, change: Callable[[], object]) -> None:
        """Change a mark through the desk, and draw the rows that differ."""
        before = self.desk.plan
        if self.attempt(change, uid):
            self.talks.redraw({uid, *view.clashes_that_differ(before, self.desk.plan)})
            self.refresh_heads()
            self.refresh_talk()

    @on(TalkList.Reached)
    @on(TalkList.Opened)
    @on(TalkList.Starred)
    @on(DayTabs.Picked)
    @on(KeysLine.Pressed)
    @on(SearchBar.Changed)
    @on(SearchBar.Accepted)
    async def _told(self, message: Message) -> None:
        match message:
            case TalkList.Reached():
                self.refresh_talk()
            case TalkList.Opened():
                self.action_run("details")
            case TalkList.Starred():
                self.action_run("star")
            case DayTabs.Picked(said=at) if at < len(self.desk.pages):
                self.turn_to(at)
            case KeysLine.Pressed(said=command):
                self.action_run(command)
            case SearchBar.Changed(said=words):
                if self.attempt(lambda: self.find(words)):
                    self.refresh_list(self.searched_on if self.hits is None else "")
                    await asyncio.sleep(0)  # meanwhile the widgets say that they changed: letter and results are one paint
            case SearchBar.Accepted():
                self.talks.focus()
