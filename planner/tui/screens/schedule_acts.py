"""What each command does on the Schedule screen, by its id in the table of commands."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from planner.tui import rows
from planner.tui.screens.inner import VIEWS, Leave, in_app, show_help
from planner.tui.screens.schedule_view import Ticks, clashes, conferences, no_clash, not_now, offered
from planner.tui.widgets.detail import Detail
from planner.tui.widgets.search_bar import SearchBar

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from planner.store.marks import Step
    from planner.tui.screens.export import Wanted
    from planner.tui.screens.schedule import Schedule


# Moving


def _move(how: str, screen: Schedule) -> None:
    screen.talks.action_move(how)


def _day(step: int, screen: Schedule) -> None:
    screen.turn_to((screen.desk.at + step) % len(screen.desk.pages) if screen.desk.pages else 0)


def _now(screen: Schedule) -> None:
    desk = screen.desk
    screen.turn_to(rows.nearest(desk.pages, desk.today()))
    screen.talks.go_to(rows.coming(desk.plan, desk.uids, desk.now()))
    said = not_now(desk)
    if said:
        screen.notify(said, markup=False, timeout=4)


def _details(screen: Schedule) -> None:
    if screen.talks.uid:
        screen.set_class(True, "-reading")
        screen.refresh_talk()
        screen.query_one(Detail).focus()


def _read(step: int, screen: Schedule) -> None:
    screen.query_one(Detail).scroll_relative(y=step, animate=False, immediate=True)


def _back(screen: Schedule) -> None:
    """One step out: from the talk to the list, from the search to the day, from the filter to all talks."""
    typing = screen.query_one(SearchBar).field.has_focus
    if screen.has_class("-reading"):
        screen.set_class(False, "-reading")
        screen.refresh_talk()
        screen.talks.focus()
    elif screen.has_class("-searching"):
        uid = "" if typing else screen.talks.uid
        screen.show_talk(uid) if uid else screen.turn_to(screen.at, screen.searched_on)
    elif any(screen.ticks):
        screen.ticks = Ticks()
        screen.renew()
    else:
        screen.talks.focus()


# Marks


def _on_talk(change: Callable[[Schedule, str], None], screen: Schedule) -> None:
    """Change the mark of the talk under the cursor, and draw what differs."""
    uid = screen.talks.uid
    if uid and not screen.desk.talk(uid).untitled:
        screen.mark(uid, partial(change, screen, uid))
    elif uid:
        screen.notify("A slot without a title cannot be starred.", markup=False, timeout=3)


def _star(screen: Schedule, uid: str) -> None:
    screen.desk.star(uid)


def _rate(step: int, screen: Schedule, uid: str) -> None:
    screen.desk.rate(uid, step)


def _decide(decision: str, screen: Schedule, uid: str) -> None:
    screen.desk.decide(uid, decision)


def _going(screen: Schedule) -> None:
    """Going, or undecided again; where other planned talks clash with it, it is offered to skip them, a step of its own."""
    from planner import ways  # only for a decision

    _on_talk(partial(_decide, "going"), screen)
    uid, plan = screen.talks.uid, screen.desk.plan
    others = list(ways.others(plan, [uid])) if uid and plan.mark(uid).decision == "going" else []
    if not others:
        return
    from planner.tui.screens.confirm import Confirm

    def answer(yes: bool | None) -> None:
        if yes:
            screen.mark(uid, partial(screen.desk.decide_each, dict.fromkeys(others, "skipped")))

    many = f"the other {len(others)}" if len(others) > 1 else "the other one"
    verb = "clash" if len(others) > 1 else "clashes"
    titles = [f"· {plan.by_uid[other].title}" for other in others[:_TOLD]]
    titles += [f"· and {len(others) - _TOLD} more"] if len(others) > _TOLD else []
    title = plan.by_uid[uid].title
    stop = "" if title.endswith((".", "?", "!")) else "."
    question = "\n".join([f"Going to {title}{stop} Skip {many} that {verb} with it?", "", *titles])
    them = "them" if len(others) > 1 else "it"
    screen.app.push_screen(Confirm("Going", question, f"skip {them}", f"leave {them}"), answer)


_TOLD = 8  # so many titles are in the question


def _star_all(screen: Schedule) -> None:
    """Every talk that the list shows, after a search or a filter too; where all have one, their stars are taken away."""
    desk, shown = screen.desk, screen.uids
    desk.hold(shown)
    uids = [uid for uid in shown if not desk.talk(uid).untitled and not desk.talk(uid).cancelled]
    bare = [uid for uid in uids if not desk.plan.mark(uid).starred]
    if uids and screen.attempt(partial(desk.star_all, bare or uids, bool(bare))):
        screen.refresh_list(screen.talks.uid)
        done = "starred" if bare else "no longer starred"
        screen.notify(f"{rows.count(len(bare or uids), 'talk')} {done}; u takes it back.", markup=False, timeout=4)


def _note(screen: Schedule) -> None:
    from planner.tui.screens.note import NoteEditor  # 30 ms for the text area, only when one is wanted

    uid = screen.talks.uid
    if not uid:
        return

    def keep(text: str | None) -> None:
        if text is not None:
            screen.mark(uid, partial(screen.desk.note, uid, text))

    talk = screen.desk.talk(uid)
    screen.app.push_screen(NoteEditor(talk.title, screen.desk.plan.mark(uid).note), keep)


def _undo(screen: Schedule) -> None:
    """Marks at once; an import only after the user agreed, for it may be all that is stored."""
    for step in screen.asking(lambda: [screen.desk.store.last_step()], []):
        if step is None:
            screen.notify("There is nothing to take back.", markup=False, timeout=4)
        elif step.imported:
            from planner.tui.screens.confirm import Confirm

            answer = partial(_agreed, screen, step)
            screen.app.push_screen(Confirm("Undo", f"Take back {step.words}?", "take it back"), answer)
        else:
            _agreed(screen, step, True)


def _agreed(screen: Schedule, step: Step, yes: bool | None) -> None:
    """Take back that step and no other, where the user said yes."""
    if yes and screen.attempt(partial(screen.desk.undo, step)):
        screen.turn_to(screen.desk.at, screen.talks.uid)
        screen.notify(f"Taken back: {step.words}", markup=False, timeout=4)


# Finding


def _search(screen: Schedule) -> None:
    if screen.hits is None:
        screen.searched_on = screen.talks.uid
    screen.set_class(True, "-searching")
    screen.set_class(False, "-reading")
    screen.query_one(SearchBar).field.focus()


def _filter(screen: Schedule) -> None:
    from planner.tui.screens.filter import FilterPicker

    def show(ticks: Ticks | None) -> None:
        if ticks is not None:
            screen.ticks = ticks
            screen.renew()  # of a search without a filter only the best are known

    screen.app.push_screen(FilterPicker(screen.ticks, offered(screen.desk)), show)


def _order(screen: Schedule) -> None:
    shown = screen.order or rows.natural_order(screen.desk.plan, screen.uids)
    screen.order = "time" if shown == "session" else "session"
    screen.refresh_list(screen.talks.uid)


def _next_clash(screen: Schedule) -> None:
    """The next talk of the clashes that the masthead counts, in the order of time and round, also in another conference."""
    desk = screen.desk
    counted = {span.uid for group in clashes(desk) for span in group.spans}
    place = {uid: at for at, uid in enumerate(desk.plan.by_uid)}
    clashing = sorted((uid for uid in counted if uid in place), key=lambda uid: place[uid])
    if not clashing:
        screen.notify(no_clash(desk), markup=False, timeout=4)
        return
    here = place.get(screen.talks.uid, -1)
    following = next((uid for uid in clashing if place[uid] > here), clashing[0])
    before = desk.slug
    screen.show_talk(following)
    if desk.slug != before:
        screen.notify(f"The other talk is in {desk.name}.", markup=False, timeout=4)


# Plan


def _view(name: str, screen: Schedule) -> None:
    """Another screen over this one; it may send the cursor to a talk, and on to another screen."""
    pages, at = screen.desk.pages, screen.desk.at

    def back(left: Leave | None) -> None:
        screen.returned(left or Leave(), pages[at] if pages else None)

    screen.app.push_screen(VIEWS[name]()(screen.desk, screen.services, screen.remapped, screen.talks.uid), back)


def _zone(screen: Schedule) -> None:
    from planner.tui.screens.zone import ZonePicker

    desk = screen.desk

    def show(zone: str | None) -> None:
        if zone is not None and screen.attempt(partial(desk.load, zone)):
            screen.refresh_list(screen.talks.uid)

    near = [zone for zone in {conference.zone: 1 for conference in desk.plan.conferences.values()} if zone]
    screen.app.push_screen(ZonePicker(desk.plan.zone, near, desk.instant), show)


def _export(screen: Schedule) -> None:
    from planner.tui import exporting
    from planner.tui.screens.export import ExportDialog

    desk, slug = screen.desk, screen.desk.slug  # the desk turns to another conference where this one is taken back elsewhere

    def write(wanted: Wanted) -> bool:
        return screen.attempt(lambda: screen.notify(exporting.write(desk, slug, *wanted), markup=False, timeout=8))

    def left(_: Wanted | None) -> None:
        screen.attempt(partial(desk.turn, desk.at))

    screen.app.push_screen(ExportDialog(f"{slug}.ics", partial(exporting.preview, desk, slug), write), left)


def _open(screen: Schedule) -> None:
    import webbrowser

    uid = screen.talks.uid
    url = screen.desk.talk(uid).url if uid else None
    if not url or not url.startswith(("http://", "https://")):
        screen.notify("This talk has no page to open.", markup=False, timeout=3)
        return
    try:
        webbrowser.get()
    except webbrowser.Error:
        screen.notify("There is no browser here; y copies the link.", markup=False, timeout=4)
        return
    screen.app.open_url(url)


def _copy(screen: Schedule) -> None:
    uid = screen.talks.uid
    if not uid:
        return
    talk = screen.desk.talk(uid)
    row = screen.describe(uid)
    parts = (talk.title, f"{row.day} {row.mine}".strip(), row.place, talk.url or "")
    screen.app.copy_to_clipboard("\n".join(part for part in parts if part))
    screen.notify("Copied title, time and link.", markup=False, timeout=3)


def _conference(screen: Schedule) -> None:
    from planner.tui.screens.chooser import Chooser
    from planner.tui.widgets.choice_list import ChoiceLine

    def show(slug: str | None) -> None:
        if slug:
            screen.show_conference(slug)

    choices = [ChoiceLine(*said) for said in conferences(screen.desk)]
    if len(choices) == 1:
        screen.notify(f"{screen.desk.name} is the only conference that is stored; i reads another.", timeout=4)
        return
    screen.app.push_screen(Chooser("Conferences", choices, "show", screen.desk.slug), show)


# Program


def _palette(screen: Schedule) -> None:
    from planner.tui.screens.palette import Palette

    def do(chosen: str | None) -> None:
        command, _, slug = (chosen or "").partition(" ")
        if slug:
            screen.show_conference(slug)
        elif command:
            screen.action_run(command)

    conferences = screen.desk.plan.conferences
    names = {slug: conference.name for slug, conference in conferences.items()} if len(conferences) > 1 else {}
    screen.app.push_screen(Palette(screen.remapped, ACTS, names), do)


ACTS: dict[str, Callable[[Any], object]] = {
    **{how: partial(_move, how) for how in ("down", "up", "page_down", "page_up", "first", "last")},
    "day_after": partial(_day, 1),
    "day_before": partial(_day, -1),
    "now": _now,
    "details": _details,
    "read_down": partial(_read, 3),
    "read_up": partial(_read, -3),
    "back": _back,
    "star": partial(_on_talk, _star),
    "better": partial(_on_talk, partial(_rate, 1)),
    "worse": partial(_on_talk, partial(_rate, -1)),
    "going": _going,
    "skip": partial(_on_talk, partial(_decide, "skipped")),
    "note": _note,
    "undo": _undo,
    "search": _search,
    "filter": _filter,
    "order": _order,
    "next_clash": _next_clash,
    "star_all": _star_all,
    **{view: partial(_view, view) for view in VIEWS},
    "zone": _zone,
    "export": _export,
    "open": _open,
    "copy": _copy,
    "conference": _conference,
    "help": show_help,
    "palette": _palette,
    "theme": partial(in_app, "other_theme"),
    "quit": partial(in_app, "quit"),
}
"""Each command of the table, done on a screen."""

NEED_ALL = frozenset({"import", "again"})
"""The commands that need every talk; all but those of a day and the starred ones are let go after them."""

__all__ = ["ACTS", "NEED_ALL"]
