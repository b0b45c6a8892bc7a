"""What was understood of a source before it is kept: what it holds, how that is known, what it would change; as lines."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len

from planner import times
from planner.errors import MissingFactsError
from planner.intake import is_address, words
from planner.plan import Plan
from planner.tui import paths, rows
from planner.tui.widgets.draw import BOLD, Ink, cut, width_of
from planner.tui.widgets.sheet import SheetLine, wrapped

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from planner.intake import Asked, Taken
    from planner.model import Change, Conference, Reading
    from planner.tui.widgets.draw import Piece

    Lines = list[SheetLine]

_TWO_COLUMNS = 104  # cells from which the facts stand beside what the source holds
_FACTS_FROM = 0.55  # of the width, where they do
_LABEL, _LONGEST = 14, 400  # cells of a fact's key and name, signs of its value
_CHANGES = 8  # changes that are shown; the screen of changes has them all
_WARNINGS = 30
_HOW = {"--zone": "as you said", "--year": "as you said", "--conference": "as you said"}


class Fact(NamedTuple):
    """One thing that is known of the conference and how, or that is asked for; ``command`` changes it."""

    command: str
    key: str
    label: str
    value: str
    how: str = ""
    missing: bool = False


class Effect(NamedTuple):
    """What keeping a source would do to what is stored, and to the user's stars.

    ``changes`` are those of talks that were there, starred ones first; ``clashes`` sentences on those that it would bring.
    """

    counts: str
    was_there: bool
    changes: tuple[Change, ...] = ()
    starred: frozenset[str] = frozenset()
    cancelled: int = 0
    of: int = 0
    clashes: tuple[str, ...] = ()


def effect(plan: Plan, taken: Taken) -> Effect | None:
    """What keeping it would do, with the whole plan as it is; None where nothing was compared."""
    saved, reading = taken.saved, taken.reading
    if saved is None or reading is None:
        return None
    slug = reading.conference.slug
    before = plan.conferences.get(slug)
    found = [change for change in saved.changes if change.what != "added"]
    starred = frozenset(change.uid for change in found if plan.mark(change.uid).starred)
    return Effect(
        words.stored(saved),
        before is not None,
        tuple(words.weighed(found, starred)),
        starred,
        saved.cancelled,
        sum(not talk.cancelled and not talk.untitled for talk in before.talks) if before else 0,
        _new_clashes(plan, saved.conference),
    )


def _new_clashes(plan: Plan, after: Conference | None) -> tuple[str, ...]:
    if after is None:
        return ()
    new = Plan({**plan.conferences, after.slug: after}, plan.marks, plan.busy, plan.zone)
    known = words.pairs(plan)
    return tuple(f"would {sentence}" for pair, sentence in words.pairs(new).items() if pair not in known)


def facts(taken: Taken, asked: Asked, keys: Mapping[str, str]) -> list[Fact]:
    """Name, year and zone as far as they are known, or asked for; ``keys`` are those of the commands that change them."""
    error, reading = taken.error, taken.reading
    if isinstance(error, MissingFactsError):
        years = " or ".join(map(str, error.years))
        fits = f"{years} fit{'s' * (len(error.years) == 1)}" if years else ""
        said = [
            _asked("import_name", "Conference", asked.name, error.conference, "a name and a year"),
            _asked("import_year", "Year", str(asked.year or ""), error.year, fits),
            _asked("import_zone", "Zone", asked.zone or "", error.zone, _cities(error.zones)),
        ]
    elif reading is not None:
        conference = reading.conference
        zone = (conference.zone or "none yet").replace("_", " ")
        said = [
            Fact("import_name", "", "Conference", conference.name, "as you said" if asked.name and not asked.again else ""),
            Fact("import_year", "", "Year", str(reading.year), _how(reading.year_from)) if reading.year else None,
            Fact("import_zone", "", "Zone", zone, _how(reading.zone_from)),
        ]
    else:
        return []
    return [fact._replace(key=keys.get(fact.command, "")) for fact in said if fact is not None]


def _asked(command: str, label: str, said: str, missing: bool, hint: str) -> Fact | None:
    """A fact of a source that leaves some open: what the user said of it, or the question."""
    if missing:
        return Fact(command, "", label, "which?", hint, missing=True)
    return Fact(command, "", label, said.replace("_", " "), "as you said") if said else None


def _cities(zones: Sequence[str]) -> str:
    return f"that of {', '.join(zone.rpartition('/')[2].replace('_', ' ') for zone in zones)}?" if zones else ""


def _how(said: str) -> str:
    return _HOW.get(said, f"from {said}" if said else "")


def source_name(source: str) -> str:
    """A source as the head of the screen names it: a file's own name, an address whole."""
    return source if is_address(source) else os.path.basename(source.rstrip("/")) or source


class Shown(NamedTuple):
    """What a sheet shows: a source, the plan as it is, what keeping it would do.

    ``keys`` are those of the commands that change a fact, ``said`` refusals of other sources or of the last attempt.
    """

    taken: Taken
    asked: Asked
    plan: Plan
    effect: Effect | None = None
    keys: Mapping[str, str] = {}
    said: Sequence[str] = ()


def lines(shown: Shown, colours: Ink, width: int) -> Lines:
    """All that is to be read before it is kept."""
    taken, asked, plan, done, keys, said = shown
    inner = width - 4
    made: Lines = [SheetLine()]
    for sentence in said:
        made += _sentence("⚠ ", sentence, colours.clash, inner)
    made += [SheetLine()] * bool(said)
    error = taken.error
    if error is not None:
        text = error.question if isinstance(error, MissingFactsError) else str(error)
        made += [*_sentence("", text, colours.clash, inner), SheetLine()]
    held = _held(taken, plan, colours, width)
    beside = width >= _TWO_COLUMNS and taken.reading is not None
    at = int(width * _FACTS_FROM) if beside else 0
    known = [one for fact in facts(taken, asked, keys) for one in _fact(fact, colours, width - at - 4)]
    if beside:
        made += _beside(held, known, at)
    else:
        made += [*held, *([SheetLine()] if held else []), *known]
    made += _effect(done, plan, colours, inner) if done is not None else []
    if taken.marks is not None:
        made += _sentence("", f"Marks: {words.marks(taken.marks)}", colours.ink, inner)
    warned = _warnings(taken)
    for warning in warned[:_WARNINGS]:
        made += _sentence("⚠ ", warning, colours.star, inner)
    if len(warned) > _WARNINGS:
        made += _sentence("", f"… and {len(warned) - _WARNINGS} more warnings", colours.dim, inner)
    return made


def _warnings(taken: Taken) -> list[str]:
    found = [*(taken.reading.warnings if taken.reading else ()), *(taken.saved.near if taken.saved else ())]
    return [*found, *((*taken.marks.warnings, *taken.marks.merged.conflicts) if taken.marks else ())]


def _held(taken: Taken, plan: Plan, colours: Ink, width: int) -> Lines:
    """What the source holds: its place, numbers, when it is on both clocks, its first and last talk."""
    reading = taken.reading
    room = (int(width * _FACTS_FROM) if width >= _TWO_COLUMNS else width) - 4
    found = [] if taken.source == source_name(taken.source) else [(paths.short(taken.source, room), colours.dim)]
    if reading is None:
        return [SheetLine(left=(("  ", colours.ink), piece)) for piece in found]
    found.insert(0, (words.counted(reading), colours.ink + BOLD))
    first, last = words.first_and_last(reading.conference)
    if first and last:
        zone = reading.conference.zone
        found.append((f"{words.stretch(first, last, plan.zone)}, your time", colours.ink))
        if zone and times.behind(first, plan.zone, zone) != times.SAME:
            found.append((f"{words.stretch(first, last, zone)}, the conference's", colours.dim))
    else:
        found.append(("No talk has a time yet.", colours.ink))
    found += [(text, colours.dim) for text in _ends(reading, first)]
    return [SheetLine(left=(("  ", colours.ink), (one, style))) for text, style in found for one in wrapped(text, room)]


def _ends(reading: Reading, first: datetime | None) -> list[str]:
    """The first and the last talk by name."""
    named = [talk for talk in reading.conference.talks if talk.title]
    if not named:
        return []
    if first is None:
        return [f"first: {named[0].title}"] + ([f"last: {named[-1].title}"] if len(named) > 1 else [])
    timed = sorted((talk for talk in named if talk.slot.start), key=lambda talk: talk.slot.start or first)
    return [f"first: {timed[0].title}"] + ([f"last: {timed[-1].title}"] if len(timed) > 1 else []) if timed else []


def _fact(fact: Fact, colours: Ink, room: int) -> Lines:
    """Key, name and value, and how it is known where that has room beside them, else under them."""
    style = colours.clash if fact.missing else colours.ink
    value, how = cut(" ".join(wrapped(fact.value, _LONGEST)), room - _LABEL), " ".join(wrapped(fact.how, _LONGEST))
    head: list[Piece] = [
        ("  ", colours.ink),
        (f"{fact.key:<2}", colours.blue + BOLD),
        (f"{fact.label:<{_LABEL - 2}}", colours.dim),
        (value, style + BOLD),
    ]
    if _LABEL + cell_len(f"{value}  {how}") <= room:
        return [SheetLine((*head, (f"  {how}", colours.dim)), command=fact.command)]
    under = [
        SheetLine(((" " * (_LABEL + 2) + one, colours.dim),), command=fact.command) for one in wrapped(how, room - _LABEL)
    ]
    return [SheetLine(tuple(head), command=fact.command), *under]


def _beside(left: Lines, right: Lines, at: int) -> Lines:
    """Two columns as one."""
    made = []
    for number in range(max(len(left), len(right))):
        one = left[number] if number < len(left) else SheetLine()
        other = right[number] if number < len(right) else SheetLine()
        gap = at - width_of(one.left)
        pieces = (*one.left, (" " * gap, other.left[0][1]), *other.left) if other.left and gap > 0 else one.left
        made.append(SheetLine(pieces, command=other.command, since=at))
    return made


def _effect(done: Effect, plan: Plan, colours: Ink, room: int) -> Lines:
    """What would change: the numbers, the warnings that count most, then the talks themselves, starred ones first."""
    nothing = done.was_there and done.counts.endswith("unchanged") and "," not in done.counts
    head = "Nothing would change: " if nothing else "It would change what is stored: " if done.was_there else "New: "
    made = [SheetLine(), *_sentence("", head + done.counts, colours.ink + BOLD, room)]
    if done.cancelled:
        many = words.perhaps_part(done.cancelled, done.of)
        text = f"{done.cancelled} of {rows.count(done.of, 'talk')} would be cancelled"
        made += _sentence("⚠ ", text + (": is this the whole schedule?" if many else "."), colours.clash, room)
    if done.starred:
        text = f"{rows.count(len(done.starred), 'starred talk')} would change"
        made += _sentence("★ ", f"{text}: {_kinds(done)}. Your stars and notes stay.", colours.star, room)
    for clash in done.clashes:
        made += _sentence("⚠ ", clash, colours.clash, room)
    for change in done.changes[:_CHANGES]:
        mark = "★ " if change.uid in done.starred else "  "
        style = colours.clash if change.what == "cancelled" else colours.ink
        made += _sentence(mark, words.change_line(change, plan.zone, "a slot without a title"), style, room)[:2]
    if len(done.changes) > _CHANGES:
        made += _sentence("  ", f"… and {len(done.changes) - _CHANGES} more", colours.dim, room)
    return [*made, SheetLine()]


def _kinds(done: Effect) -> str:
    counts: dict[str, int] = {}
    for change in done.changes:
        if change.uid in done.starred:
            what = words.kind(change)
            counts[what] = counts.get(what, 0) + 1
    return ", ".join(f"{number} {what}" for what, number in counts.items())


def _sentence(sign: str, text: str, style: object, room: int) -> Lines:
    """A sentence in as many lines as it takes; its sign stands before the first."""
    cells = cell_len(sign)
    return [
        SheetLine((("  " + (sign if not number else " " * cells) + one, style),))  # type: ignore[arg-type]  # Rich's Style
        for number, one in enumerate(wrapped(text, room - cells))
    ]
