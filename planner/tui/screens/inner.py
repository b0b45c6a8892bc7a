"""What the screens over the Schedule share: a head, a body, the keys that matter, an eye on clock and store, the way back."""

from __future__ import annotations

from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from textual.content import Content
from textual.widgets import Static

from planner.tui.commands import BY_ID, COMMANDS, MOVE, footer, key_sign, keys_of
from planner.tui.screens.at_desk import AtDesk, Closing
from planner.tui.widgets.keys_line import KeysLine

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import ClassVar

    from textual.app import ComposeResult
    from textual.widget import Widget

    from planner.store.marks import Step
    from planner.tui.desk import Desk, Services


class Leave(NamedTuple):
    """How a screen was left: the talk that the Schedule shall show, and the command that it shall do then; or neither."""

    uid: str = ""
    then: str = ""


def _screen(module: str, name: str) -> Callable[[], type[Inner]]:
    """A screen's class, imported when it is first wanted: the Schedule opens without it."""

    def made() -> type[Inner]:
        found: type[Inner] = getattr(import_module(f"planner.tui.screens.{module}"), name)
        return found

    return made


VIEWS: Mapping[str, Callable[[], type[Inner]]] = {
    "my_plan": _screen("my_plan", "MyPlan"),
    "suggest": _screen("suggest", "Suggest"),
    "changes": _screen("changes", "Changes"),
    "timetable": _screen("timetable", "Timetable"),
    "clashes": _screen("clashes", "Clashes"),
    "import": _screen("importing", "Import"),
    "again": _screen("importing", "Again"),
}
"""The screens over the Schedule by the command that opens them."""


class Inner(AtDesk[Leave | None], Closing[Leave]):
    """A screen over the Schedule, on the same desk. ``uid`` is the talk that the Schedule's cursor was on, empty for none.

    A subclass names itself (``HERE``, as in ``where`` of its own commands; ``HEADING`` for people), says in ``ACTS`` what its
    commands do (those of :data:`COMMON` besides), gives its ``body`` and fills it in ``refresh_view``, which is called when
    it is mounted, after every change and when the minute or the store changed.
    """

    HERE = ""
    HEADING = ""
    ACTS: ClassVar[Mapping[str, Callable[[Any], object]]] = {}

    def __init__(self, desk: Desk, services: Services, remapped: Mapping[str, str], uid: str = "") -> None:
        super().__init__()
        self.desk = desk
        self.services = services
        self.remapped = remapped
        self.uid = uid
        self._heads: tuple[Content, ...] = ()
        own = {key for id_ in self.acts for key in self._keys_of(id_)}
        for command in COMMANDS:  # what only the Schedule knows is not silent here
            if not command.where and command.group != MOVE and command.id not in self.acts:
                for key in self._keys_of(command.id) - own:
                    self._bindings.bind(key, f"elsewhere({key!r})", show=False)

    def _keys_of(self, id_: str) -> set[str]:
        """The keys of a command as Textual names them, the user's own where there are such."""
        return {key.strip() for key in self.remapped.get(id_, BY_ID[id_].keys).split(",")}

    def compose(self) -> ComposeResult:
        """Head, body, keys."""
        yield Static(Content(""), id="heading")
        yield from self.body()
        yield KeysLine(id="keys")

    def body(self) -> Iterable[Widget]:
        """What is between the head and the keys; a subclass has some."""
        return ()

    def refresh_view(self) -> None:
        """Fill the body from the desk; a subclass does."""

    def head(self, *said: Content) -> None:
        """Say the first line: the longest words (they come first) that there is room for."""
        self._heads = said
        room = self.size.width - 2
        shown = next((one for one in said if one.cell_length <= room), said[-1])
        self.query_one("#heading", Static).update(shown, layout=False)

    def on_resize(self) -> None:
        """Other words have room in the first line."""
        if self._heads:
            self.head(*self._heads)

    def on_mount(self) -> None:
        """The first look, the keys, and an eye on the clock and on the store."""
        self.query_one(KeysLine).show(self.keys())
        self.refresh_view()
        self.begin_to_look()

    def keys(self) -> list[tuple[str, str, str, int]]:
        """The footer: the way back, what only this screen knows, then the rest."""
        back = [("back", sign, "back", 0) for sign in keys_of(BY_ID["back"], self.remapped)[:1]]
        own = [id_ for id_ in self.acts if BY_ID[id_].where == self.HERE]
        others = [id_ for id_ in self.acts if id_ not in own and id_ != self.HERE]
        return back + footer(self.remapped, own) + footer(self.remapped, others)

    @property
    def acts(self) -> Mapping[str, Callable[[Any], object]]:
        """Every command that this screen knows."""
        return {**COMMON, **self.ACTS}

    def renew(self) -> None:
        """All again."""
        self.refresh_view()

    def emptied(self) -> None:
        """Nothing is stored any more: back to the Schedule, which knows what to offer."""
        self.dismiss(Leave())

    def attempt(self, change: Callable[[], object], uid: str = "") -> bool:
        """Do what may fail with a sentence, which is shown; then everything is drawn again."""
        done = super().attempt(change, uid)
        if done:
            self.refresh_view()
        return done

    def on_keys_line_pressed(self, event: KeysLine.Pressed) -> None:
        """A click on a key is the key."""
        self.action_run(event.said)

    def action_run(self, command: str) -> None:
        """Do a command of the table."""
        self.acts[command](self)

    def action_elsewhere(self, key: str) -> None:
        """Say where a key of the Schedule works, of which there may be none yet below this screen."""
        self.notify(f"{key_sign(key)} works in the Schedule, not here.", timeout=4)

    def mark(self, uid: str, change: Callable[[], object]) -> None:
        """Change a mark through the desk, and draw all again."""
        self.attempt(change, uid)

    def leave(self, uid: str = "", then: str = "") -> None:
        """Back to the Schedule, to a talk there, or on to another command."""
        self.dismiss(Leave(uid, then))


def _back(screen: Inner) -> None:
    screen.leave()


def _go_on(command: str, screen: Inner) -> None:
    """Another screen in the place of this one; the key of this one leaves it."""
    screen.leave(then="" if command == screen.HERE else command)


def take_back(screen: Inner) -> Step | None:
    """Take marks back here, and return what was; an import, which may be all that is stored, on the Schedule, which asks."""
    for step in screen.asking(lambda: [screen.desk.store.last_step()], []):
        if step is None:
            screen.notify("There is nothing to take back.", markup=False, timeout=4)
        elif step.imported:
            screen.leave(then="undo")
        elif screen.attempt(partial(screen.desk.undo, step)):
            screen.notify(f"Taken back: {step.words}", markup=False, timeout=4)
            return cast("Step", step)
    return None


def show_help(screen: Any) -> None:
    """Every key of a screen; the one that is chosen is done there."""
    from planner.tui.screens.help import Help

    screen.app.push_screen(Help(screen.remapped, screen.acts, screen.HERE), partial(_do, screen))


def _palette(screen: Inner) -> None:
    from planner.tui.screens.palette import Palette

    screen.app.push_screen(Palette(screen.remapped, screen.acts, {}), partial(_do, screen))


def _do(screen: Any, command: str | None) -> None:
    if command:
        screen.action_run(command)


def in_app(action: str, screen: Any) -> None:
    """Do what the application does."""
    screen.call_later(screen.app.run_action, action)


COMMON: Mapping[str, Callable[[Any], object]] = {
    "back": _back,
    "undo": take_back,
    **{view: partial(_go_on, view) for view in VIEWS},
    "zone": partial(_go_on, "zone"),
    "export": partial(_go_on, "export"),
    "conference": partial(_go_on, "conference"),
    "help": show_help,
    "palette": _palette,
    "theme": partial(in_app, "other_theme"),
    "quit": partial(in_app, "quit"),
}
"""What every screen over the Schedule does; each binds ``bindings(*COMMON, *ACTS)`` without the keys that it uses itself."""
