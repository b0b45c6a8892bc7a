"""What each command does on the Import screen, what its keys are, and what it says while it works."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.content import Content

from planner import intake
from planner.errors import MissingFactsError
from planner.intake import Source, words
from planner.plan import Plan
from planner.text import clean
from planner.tui import paths, rows, understood
from planner.tui.commands import footer
from planner.tui.screens.inner import COMMON
from planner.tui.screens.schedule_view import fields
from planner.tui.widgets.choice_list import ChoiceLine
from planner.tui.widgets.draw import content, cut
from planner.tui.widgets.sheet import SheetLine
from planner.tui.widgets.talk_list import TalkList

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from planner.intake import Taken
    from planner.tui.desk import Desk, Services
    from planner.tui.screens.importing import Import
    from planner.tui.widgets.draw import Ink

ASK, WAIT, SHOW, TALKS = "ask", "wait", "show", "talks"
"""What the screen is at: a source is asked for, something goes on, what was understood is shown, or all its talks are."""

STORING = "storing it"
"""What the screen says while it keeps: that is not called off, for nobody could say how far it came."""

FACTS = ("import_name", "import_year", "import_zone")
"""The commands that change what was understood."""

_YEARS = 3  # years before and after the one that was understood, to choose from
_RECENT = 6  # sources that were read before, which are offered
_NAME = 24  # cells of a conference's name beside a path


# What is said


def keys(screen: Import) -> list[tuple[str, str, str, int]]:
    """The footer: what enter and escape do where one types, what can be done with what was understood."""
    mapped = screen.remapped
    if screen.mode == ASK:
        typing = [("", "enter", "read it", 0), ("", "↑ ↓", "choose", 2), ("", "tab", "complete", 2)]
        return [*typing, ("back", "esc", "leave", 1), *footer(mapped, ["import_paste"]), ("help", "F1", "help", 3)]
    if screen.mode == WAIT:
        return [("back", "esc", "stop", 0)] if screen.doing != STORING else []
    missing = isinstance(screen.now.taken.error, MissingFactsError)
    if screen.mode == TALKS:
        return [("back", "esc", "back", 0), *footer(mapped, ["import_keep", "help"])]
    own = footer(mapped, FACTS if missing else ("import_keep", "import_talks", *FACTS))
    first = [("import_keep", "enter", "say what is missing", 0)] if missing else []
    return [*first, *own, ("back", "esc", "leave it", 1), *footer(mapped, ["help"])]


def heading(screen: Import) -> Content:
    """What is read, in which format, and which of how many it is."""
    parts = [Content.styled(screen.HEADING, "bold $blue")]
    if screen.mode in {SHOW, TALKS}:
        taken = screen.now.taken
        form = taken.reading.format if taken.reading else "marks" if taken.carried else ""
        parts += [Content("  "), content(understood.source_name(taken.source), "$ink")]
        parts += [Content("   "), content(form, "$dim")]
        if len(screen.waiting) > 1:
            parts.append(Content.styled(f"   {screen.at + 1} of {len(screen.waiting)}", "$blue"))
    return Content.assemble(*parts)


def name_of(said: Sequence[str | Source]) -> str:
    """What is read, in words."""
    names = [understood.source_name(one.name if isinstance(one, Source) else one) for one in said]
    return names[0] if len(names) == 1 else rows.count(len(names), "source")


def waiting(doing: str, far: str, colours: Ink, width: int) -> list[SheetLine]:
    """What goes on, and how far it is, as lines of the sheet."""
    del width
    first = (("  … ", colours.blue), (clean(doing), colours.ink))
    return [SheetLine(), SheetLine(first), SheetLine((("    " + clean(far), colours.dim),))]


def told(taken: Sequence[Taken]) -> str:
    """What was stored."""
    said = [f"{one.reading.conference.name}: {words.stored(one.saved)}" for one in taken if one.reading and one.saved]
    said += [words.marks(one.marks) for one in taken if one.marks]
    return f"{'; '.join(said)}. u takes it back."


def known(desk: Desk, services: Services) -> list[ChoiceLine]:
    """What can be read again, the newest first, and what comes with the program."""
    stored = sorted(desk.plan.conferences.values(), key=lambda one: str(one.read_at or ""), reverse=True)
    found = {place: one.name for one in stored for place in reversed(sources_of(desk, one.slug))}
    before = [ChoiceLine(place, paths.short(place), cut(clean(name), _NAME)) for place, name in list(found.items())[:_RECENT]]
    along = [ChoiceLine(path, name, "comes along") for name, path in services.schedules]
    return [
        *([ChoiceLine("", "read before"), *before] if before else []),
        *([ChoiceLine("", "comes with the program"), *along] if along else []),
    ]


def sources_of(desk: Desk, slug: str = "") -> list[str]:
    """Where a conference (the shown one) was read from, as far as it can be read there again."""
    slug = slug or desk.slug
    places = desk.store.sources(slug)
    conference = desk.plan.conferences.get(slug)
    last = conference.source if conference is not None and not places else ""
    return [*places, *([last] if last not in intake.ELSEWHERE else [])]


# What a key does


def _back(screen: Import) -> None:
    """One step out: from the talks to the sheet, from it to the next source or to the field, from there to the Schedule."""
    if screen.mode == TALKS:
        screen.turn(SHOW)
    elif screen.mode == WAIT:
        _stop(screen)
    elif screen.mode == SHOW:
        screen.skip()
    else:
        screen.leave(screen.uid)


def _stop(screen: Import) -> None:
    """Call off a reading; what is being stored already is not."""
    if screen.errand is None or screen.doing == STORING:
        return
    screen.errand.call_off()
    screen.errand = None
    if screen.before == ASK:
        screen.refuse(["Stopped; nothing was stored."])
    else:
        screen.turn(screen.before)


def _keep(screen: Import) -> None:
    """Keep what is shown, or ask for what it leaves open."""
    if screen.mode not in {SHOW, TALKS}:
        return
    error = screen.now.taken.error
    if isinstance(error, MissingFactsError):
        _name(screen) if error.conference else _year(screen) if error.year else _zone(screen)
        return
    screen.accepted.append(screen.now)
    screen.next_one()


def _talks(screen: Import) -> None:
    """All talks that were read, by time, with both clocks."""
    reading = screen.now.taken.reading if screen.mode == SHOW else None
    if reading is None:
        return
    plan = screen.desk.plan
    screen.read_plan = Plan({reading.conference.slug: reading.conference}, plan.marks, (), plan.zone)
    uids = list(screen.read_plan.by_uid)
    screen.turn(TALKS)
    screen.query_one(TalkList).show(rows.found(uids), partial(fields, screen.read_plan, uids, "found"))


def _paste(screen: Import) -> None:
    from planner.tui.screens.paste import PasteArea

    if screen.mode != WAIT:
        screen.app.push_screen(PasteArea(), screen.take_pasted)


def _name(screen: Import) -> None:
    from planner.tui.screens.facts import NamePicker

    if screen.mode != SHOW:
        return

    def take(name: str | None) -> None:
        if name:
            screen.answer(name=name, again=False)

    reading = screen.now.taken.reading
    stored = [one.name for one in screen.desk.plan.conferences.values()]
    screen.app.push_screen(NamePicker(reading.conference.name if reading else "", stored), take)


def _year(screen: Import) -> None:
    from planner.tui.screens.facts import YearPicker

    if screen.mode != SHOW:
        return

    def take(year: str | None) -> None:
        if year:
            screen.answer(year=int(year))

    error, reading = screen.now.taken.error, screen.now.taken.reading
    if isinstance(error, MissingFactsError):
        screen.app.push_screen(YearPicker(error.years[::-1], "the weekdays fit"), take)
    elif reading is not None:
        year = reading.year or screen.desk.now().year
        screen.app.push_screen(YearPicker(range(year - _YEARS, year + _YEARS + 1), ""), take)


def _zone(screen: Import) -> None:
    from planner.tui.screens.facts import ConferenceZone

    if screen.mode != SHOW:
        return

    def take(zone: str | None) -> None:
        if zone:
            screen.answer(zone=zone)

    error, reading = screen.now.taken.error, screen.now.taken.reading
    likely = error.zones if isinstance(error, MissingFactsError) else ()
    likely = (*likely, *([reading.conference.zone] if reading and reading.conference.zone else []))
    first = words.first_and_last(reading.conference)[0] if reading else None
    screen.app.push_screen(ConferenceZone(likely, screen.desk.plan.zone, first or screen.desk.now()), take)


def _quit(screen: Import) -> None:
    """Leave the program; what was accepted before is kept first, and what cannot be is said instead."""
    screen.quitting = screen.doing == STORING or bool(screen.accepted)
    if not screen.quitting:
        COMMON["quit"](screen)
    elif screen.doing != STORING:
        screen.store()


ACTS: Mapping[str, Callable[[Import], None]] = {
    "back": _back,
    "import_keep": _keep,
    "import_talks": _talks,
    "import_name": _name,
    "import_year": _year,
    "import_zone": _zone,
    "import_paste": _paste,
    "quit": _quit,
}
"""What the screen does besides what every screen does; a key of another screen would lose what was read."""
