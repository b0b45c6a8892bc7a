"""Import: a source is named or pasted, and what was understood of it is shown, and can be changed, before it is kept."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from textual import on

from planner import intake
from planner.errors import MissingFactsError, PlannerError
from planner.intake import Asked, Source
from planner.tui import paths, rows, understood
from planner.tui.commands import BY_ID, bindings, keys_of
from planner.tui.errand import Errand
from planner.tui.screens import import_acts
from planner.tui.screens.import_acts import ACTS, ASK, FACTS, SHOW, STORING, TALKS, WAIT
from planner.tui.screens.inner import COMMON, Inner
from planner.tui.widgets.keys_line import KeysLine
from planner.tui.widgets.sheet import Sheet
from planner.tui.widgets.source_field import PathField, SourceField
from planner.tui.widgets.talk_list import TalkList

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from textual import events
    from textual.message import Message
    from textual.widget import Widget

    from planner.intake import Taken
    from planner.intake.importer import Again as Reread
    from planner.tui.desk import Desk, Services
    from planner.tui.rows import Row


class Pending(NamedTuple):
    """A source that waits to be kept, with what the user said about it."""

    taken: Taken
    asked: Asked = Asked()


class Import(Inner):
    """Reads what ``said`` names, or asks for a source; leaves for the list of changes, or for the conference's first talk.

    ``waiting`` are the sources of one reading, shown one after the other from ``at``; ``accepted`` those that will be kept.
    It has more than twenty methods because Textual wants a handler for each message of each widget.
    """

    HERE = "import"
    HEADING = "Import"
    ACTS = ACTS
    BINDINGS = bindings("help", "palette", "theme", *ACTS)

    def __init__(
        self, desk: Desk, services: Services, remapped: Mapping[str, str], uid: str = "", *, said: str | Source = ""
    ) -> None:
        super().__init__(desk, services, remapped, uid)
        self.said = said
        self.mode = ASK
        self.before = ASK
        self.errand: Errand | None = None
        self.held: Errand.Done | None = None
        self.waiting: list[Pending] = []
        self.accepted: list[Pending] = []
        self.at = 0
        self.doing = ""
        self.refusals: list[str] = []
        self.quitting = False
        self.read_plan = desk.plan

    def body(self) -> Iterable[Widget]:
        """The field with its choices, the sheet, the list of all talks; one of them at a time."""
        yield SourceField(
            self.asking(partial(import_acts.known, self.desk, self.services), []),
            self.said if isinstance(self.said, str) else "",
            id="ask",
        )
        yield Sheet(id="sheet")
        yield TalkList(self._describe, id="talks")

    def on_mount(self) -> None:
        """Ask."""
        self.turn(ASK)
        self.begin()

    def begin(self) -> None:
        """Read at once what was named."""
        if self.said:
            self.read([self.said] if isinstance(self.said, Source) else [intake.place(self.said)], Asked())

    # What is shown

    def turn(self, mode: str) -> None:
        """Show another part of the screen, and the keys that matter there."""
        self.mode = mode
        shown = {ASK: "#ask", WAIT: "#sheet", SHOW: "#sheet", TALKS: "#talks"}[mode]
        for part in ("#ask", "#sheet", "#talks"):
            self.query_one(part).display = part == shown
        (self.query_one("#from") if mode == ASK else self.query_one(shown)).focus()
        self.query_one(KeysLine).show(self.keys())
        self.refresh_view()

    def refresh_view(self) -> None:
        """The head, and the sheet from what was understood."""
        self.head(import_acts.heading(self))
        if self.mode == SHOW:
            keys = {id_: sign for id_ in FACTS for sign in keys_of(BY_ID[id_], self.remapped)[:1]}
            done = understood.effect(self.desk.plan, self.now.taken)
            shown = understood.Shown(*self.now, self.desk.plan, done, keys, self.refusals)
            self.query_one(Sheet).show(partial(understood.lines, shown))

    @property
    def now(self) -> Pending:
        """The source that is shown."""
        return self.waiting[self.at]

    @property
    def acts(self) -> Mapping[str, Callable[[Any], object]]:
        """What can be done; a key of another screen would lose what was read."""
        return {**{id_: COMMON[id_] for id_ in ("help", "palette", "theme")}, **self.ACTS}

    def keys(self) -> list[tuple[str, str, str, int]]:
        """The keys that matter now."""
        return import_acts.keys(self)

    def _describe(self, uid: str) -> Row:
        return rows.row(self.read_plan, uid, self.desk.now(), live=False, with_day=True)

    # Reading

    def read(self, said: Sequence[str | Source], asked: Asked) -> None:
        """Read sources in a thread; what comes of it arrives as a message."""
        self.go(
            f"reading {import_acts.name_of(said)}",
            lambda tell: self.services.importer.read(said, asked, tell),
            partial(self.took, asked),
        )

    def go(self, said: str, work: Callable[[Callable[[str], None]], object], then: Callable[[Any], object]) -> None:
        """Do something in a thread; ``then`` is given what came of it."""
        self.before, self.doing, self.then = self.mode, said, then
        self.errand = Errand(self, work)
        self.turn(WAIT)
        self.query_one(Sheet).show(partial(import_acts.waiting, said, ""))
        self.errand.start()

    def on_errand_said(self, message: Errand.Said) -> None:
        """How far it is."""
        if message.errand is self.errand:
            self.query_one(Sheet).show(partial(import_acts.waiting, self.doing, message.words))

    def on_errand_done(self, message: Errand.Done) -> None:
        """It is done, or was refused."""
        if message.errand is not self.errand:
            return
        if not self.is_active:  # under help or another box, which only who opened it shall close
            self.held = message
            return
        self.errand = None
        if message.failure is None:
            self.then(message.result)
        elif isinstance(message.failure, PlannerError):
            self.refuse([str(message.failure)])
        else:
            raise message.failure

    def on_screen_resume(self) -> None:
        """What came meanwhile is shown now."""
        held, self.held = self.held, None
        if held is not None:
            self.call_later(self.on_errand_done, held)

    def refuse(self, sentences: Sequence[str]) -> None:
        """Say why not, where one was before; what could not be stored can still be."""
        self.quitting = False
        if self.doing == STORING and self.accepted:
            self.doing, last = "", self.accepted.pop()
            self.at = next((at for at, one in enumerate(self.waiting) if one is last), self.at)
        self.refusals = [paths.at_home(sentence) for sentence in sentences]
        self.turn(self.before)
        if self.before == ASK:
            self.query_one(SourceField).refuse("  ".join(self.refusals))

    def took(self, asked: Asked, taken: Sequence[Taken]) -> None:
        """Show the first of what was understood; where there is nothing, say why."""
        open_ = [one for one in taken if one.error is None or isinstance(one.error, MissingFactsError)]
        failed = [str(one.error) for one in taken if one not in open_]
        same = [f"{paths.short(one.source)} has not changed since it was read." for one in open_ if one.same]
        self.waiting = [Pending(one, asked) for one in open_ if not one.same]
        self.at, self.accepted = 0, []
        if not self.waiting:
            self.before = ASK
            self.refuse([*failed, *same])
            return
        self.refusals = failed
        self.turn(SHOW)

    def changed(self, asked: Asked, taken: Sequence[Taken]) -> None:
        """The source that is shown was read again with another answer."""
        found = taken[0]
        if found.error is not None and not isinstance(found.error, MissingFactsError):
            self.refuse([str(found.error)])
            return
        self.waiting[self.at] = Pending(found, asked)
        self.refusals = []
        self.turn(SHOW)

    def answer(self, **said: Any) -> None:
        """Read the shown source again with what the user says of it."""
        asked = self.now.asked._replace(**said)
        source = self.now.taken.gathered
        if source is not None:
            after = [one.taken for one in self.accepted]
            importer = self.services.importer

            def work(tell: Callable[[str], None]) -> list[Taken]:
                found = importer.read([source], asked, tell)
                return importer.compare(after, found) if after else found

            self.go(f"reading {understood.source_name(source.name)} again", work, partial(self.changed, asked))

    # Keeping

    def skip(self) -> None:
        """Leave the shown source; what others of its conference would do is looked at again without it."""
        left, rest = self.now.taken.reading, self.waiting[self.at + 1 :]
        slugs = {one.taken.reading.conference.slug for one in rest if one.taken.reading is not None}
        if left is None or left.conference.slug not in slugs:
            self.next_one()
            return
        after = [one.taken for one in self.accepted]
        work = partial(self.services.importer.compare, after, [one.taken for one in rest])
        self.go("comparing with what is stored", lambda _tell: work(), self.compared)

    def compared(self, taken: Sequence[Taken]) -> None:
        """Go on with what the sources after the one that was left would do without it."""
        rest = self.waiting[self.at + 1 :]
        self.waiting[self.at + 1 :] = [one._replace(taken=found) for one, found in zip(rest, taken, strict=True)]
        self.next_one()

    def next_one(self) -> None:
        """The next source; after the last one what was accepted is kept."""
        self.refusals = []
        self.at += 1
        if self.at < len(self.waiting):
            self.turn(SHOW)
        elif self.accepted:
            self.at = len(self.waiting) - 1
            self.store()
        else:
            self.waiting, self.at = [], 0
            self.give_up()

    def store(self) -> None:
        """Keep what was accepted, in a thread."""
        taken = self.to_keep()
        work = partial(self.services.importer.keep, taken)
        if self.errand is not None:
            self.errand.call_off()
        self.go(STORING, lambda _tell: work(), partial(self.kept, frozenset(self.desk.plan.conferences)))
        self.before = SHOW

    def to_keep(self) -> list[Taken]:
        """What was accepted."""
        return [one.taken for one in self.accepted]

    def give_up(self) -> None:
        """Nothing is kept: another source can be named."""
        self.turn(ASK)

    def kept(self, before: frozenset[str], taken: Sequence[Taken]) -> None:
        """Show what is stored now: the changes of a conference that was there ``before``, else its first talk."""
        failed = dict.fromkeys(str(one.error) for one in taken if one.error is not None)
        if failed:
            self.refuse(list(failed))
            return
        if self.quitting:
            COMMON["quit"](self)
            return
        desk = self.desk
        slugs = [one.reading.conference.slug for one in taken if one.reading is not None]
        desk.load(desk.plan.zone)
        self.app.notify(import_acts.told(taken), markup=False, timeout=8)
        if not slugs or slugs[0] not in desk.plan.conferences:
            self.leave(self.uid)
            return
        desk.show(slugs[0])
        desk.turn(0)
        first = next(iter(desk.uids), "")
        news = slugs[0] in before and any(one.saved is not None and one.saved.changes for one in taken)
        self.leave(first, "changes" if news else "")

    @on(SourceField.Chosen)
    @on(SourceField.PasteWanted)
    @on(PathField.Pasted)
    @on(Sheet.Pressed)
    def _told(self, message: Message) -> None:
        match message:
            case SourceField.Chosen(said=said):
                self.read([intake.place(said)], Asked())
            case SourceField.PasteWanted():
                self.action_run("import_paste")
            case PathField.Pasted(said=text):
                self.take_pasted(text)
            case Sheet.Pressed(said=command):
                self.action_run(command)

    def on_paste(self, event: events.Paste) -> None:
        """A page that is pasted where no field is."""
        event.stop()
        if self.mode != WAIT and event.text.strip():
            self.take_pasted(event.text)

    def take_pasted(self, text: str | None) -> None:
        """Read pasted text, and say in the field what it was."""
        if text:
            source = intake.pasted(text)
            self.query_one(PathField).value = f"{intake.PASTED}, {rows.count(len(text.splitlines()), 'line')}"
            self.read([source], Asked())


class Again(Import):
    """Reads all sources of the shown conference again; what they come to together is shown, and kept as one or not at all."""

    HEADING = "Read again"

    def begin(self) -> None:
        """Read what can be read again."""
        self.whole: tuple[Taken, ...] = ()
        sources = self.asking(partial(import_acts.sources_of, self.desk), None)
        if not sources:
            if sources is not None:
                self.app.notify(f"{self.desk.name} was pasted or piped in; i reads another source of it.", timeout=6)
            self.call_after_refresh(self.leave)
            return
        self.read(sources, Asked(name=self.desk.name, again=True))

    def read(self, said: Sequence[str | Source], asked: Asked) -> None:
        """Read all of them in a thread."""
        self.go(
            f"reading {import_acts.name_of(said)}",
            lambda tell: self.services.importer.again(said, asked, tell),
            partial(self.came, asked),
        )

    def answer(self, **said: Any) -> None:
        """Read all again with what the user says of them."""
        self.read([one.gathered for one in self.whole if one.gathered is not None], self.now.asked._replace(**said))

    def came(self, asked: Asked, found: Reread) -> None:
        """Show what changed; where nothing did, say so and go back."""
        self.whole = found.taken
        if found.shown is not None:
            self.waiting, self.at, self.accepted = [Pending(found.shown, asked)], 0, []
            self.refusals = [*found.refusals, *self._pasted()]
            self.turn(SHOW)
            return
        said = [f"Nothing changed in {self.desk.name}: {rows.count(len(found.taken), 'source')} read again."]
        said = [*(said if found.taken else []), *found.refusals]
        self.app.notify(" ".join(said), severity="warning" if found.refusals else "information", timeout=8)
        self.leave(self.uid)

    def _pasted(self) -> list[str]:
        """A warning where the newest reading was of what cannot be read again, which older ones may put back."""
        conference = self.desk.conference
        if conference is None or conference.source not in intake.ELSEWHERE:
            return []
        return [f"{conference.name} was last read from {conference.source}: see that older sources do not put that back."]

    def to_keep(self) -> list[Taken]:
        """All of them."""
        return list(self.whole)

    def skip(self) -> None:
        """All or none."""
        self.next_one()

    def refuse(self, sentences: Sequence[str]) -> None:
        """Say why not, and go back where nothing is shown."""
        if self.before != ASK:
            super().refuse(sentences)
            return
        self.app.notify(" ".join(sentences), severity="error", timeout=10)
        self.leave(self.uid)

    def give_up(self) -> None:
        """Nothing is kept."""
        self.leave(self.uid)
