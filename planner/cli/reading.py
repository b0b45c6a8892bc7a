"""The commands around what is stored: import, conferences, changes, doctor."""

from __future__ import annotations

import os

from planner import times
from planner.cli.sources import gather
from planner.cli.travelling import document as marks_document
from planner.cli.travelling import is_marks, tell_marks
from planner.cli.travelling import take_in as take_in_marks
from planner.errors import PlannerError
from planner.values import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import datetime

    from planner.cli.context import Context
    from planner.cli.sources import Source
    from planner.cli.travelling import Arrived
    from planner.model import Change, Conference, Reading
    from planner.plan import Plan
    from planner.store.saving import Saved

_CHANGES_SHOWN = 12  # lines of changes that an import prints; planner changes has them all
_SHOWN_WHOLE = ("title", "start", "end", "room", "board", "day", "last_day")  # of other fields that they changed is enough


class Report(NamedTuple):
    """What became of one source: what was understood and what was stored, or the sentence that says why not.

    ``same`` is the conference that an address which did not change since the last time was read into, ``marks`` what a file of
    marks did.
    """

    source: str
    reading: Reading | None = None
    saved: Saved | None = None
    error: PlannerError | None = None
    same: str = ""
    marks: Arrived | None = None


def read(context: Context) -> int:
    """Read every source and store it; one that fails stores nothing of itself and the others go on."""
    if context.asked.zone:
        times.zone(context.asked.zone)
    before = _clashing(context)
    reports = [take_in(context, name, found) for said in context.asked.sources for name, found in gather(context, said)]
    if context.asked.json:
        context.print_json({"sources": [_document(context, report) for report in reports]})
    else:
        for report in reports:
            _tell(context, report)
    if not context.asked.dry_run and not context.asked.json:
        _tell_new_clashes(context, before)
        _tell_unread_busy(context)
    return next((report.error.exit_code for report in reports if report.error), 0)


def take_in(context: Context, name: str, source: Source | PlannerError) -> Report:
    """Read one source with the flags as hints and store it, unless ``--dry-run`` says not to."""
    from planner.readers import Hints
    from planner.readers import read as understand

    if isinstance(source, PlannerError):
        return Report(name, error=source)
    if source.same:
        return Report(name, same=source.same)
    asked = vars(context.asked)
    if is_marks(source, asked.get("format", "")):
        try:
            return Report(name, marks=take_in_marks(context, name, source))
        except PlannerError as error:
            return Report(name, error=error)
    hints = Hints(
        name=asked.get("conference") or "",
        year=asked.get("year"),
        url=source.url,
        zone=asked.get("zone"),
        now=context.now,
        format=asked.get("format", ""),
        known_zones={one.slug: one.zone for one in context.store.conferences() if one.zone},
    )
    reading = None
    try:
        reading = understand(source.parts, hints)
        saved = context.store.save(reading, source=name, now=context.now, dry=bool(asked.get("dry_run")))
        if source.validators and not asked.get("dry_run"):
            context.store.remember_fetched(name, reading.conference.slug, source.validators, now=context.now)
    except PlannerError as error:
        return Report(name, reading, error=error)
    return Report(name, reading, saved)


def _document(context: Context, report: Report) -> dict[str, object]:
    error = str(report.error) if report.error else None
    if report.same:
        count = context.store.counts().get(report.same, (0, 0))[0]
        return {
            "source": report.source,
            "conference": report.same,
            "talks": count,
            "unchanged": count,
            "warnings": [],
            "error": None,
        }
    if report.marks is not None:
        return marks_document(report.source, report.marks)
    if report.reading is None:
        return {"source": report.source, "warnings": [], "error": error}
    reading, saved = report.reading, report.saved
    conference = reading.conference
    first, last = _first_and_last(conference)
    plan = context.store.load(context.zone, slugs=[])
    return {
        "source": report.source,
        "format": reading.format,
        "conference": conference.slug,
        "name": conference.name,
        "talks": sum(not talk.untitled for talk in conference.talks),
        "untitled": sum(talk.untitled for talk in conference.talks),
        "sessions": len(conference.sessions),
        "first": plan.shown(first),
        "last": plan.shown(last),
        "zone": conference.zone,
        "zone_from": reading.zone_from,
        "year": reading.year,
        "year_from": reading.year_from,
        "added": saved.added if saved else 0,
        "moved": saved.moved if saved else 0,
        "edited": saved.edited if saved else 0,
        "cancelled": saved.cancelled if saved else 0,
        "back": saved.back if saved else 0,
        "unchanged": saved.unchanged if saved else 0,
        "warnings": [*reading.warnings, *(saved.near if saved else ())],
        "error": error,
    }


def _tell(context: Context, report: Report) -> None:
    if report.error is not None:
        context.tell(f"planner: {report.error}")
        return
    if report.same:
        context.say(f"{report.source}: not changed since it was read into {report.same}")
    if report.marks is not None:
        tell_marks(context, report.source, report.marks)
    reading = report.reading
    if reading is None:
        return
    conference = reading.conference
    context.say(f"{report.source}: {reading.format}")
    context.say(f"  {conference.name}: {counted(reading)}")
    first, last = _first_and_last(conference)
    if first and last:
        context.say(f"  {_stretch(first, last, context.zone)} in {context.zone}")
        if conference.zone and conference.zone != context.zone:
            context.say(f"  {_stretch(first, last, conference.zone)} in {conference.zone}, the conference's zone")
    known = [f"zone {conference.zone}: {reading.zone_from}"] if conference.zone and reading.zone_from else []
    known += [f"year {reading.year}: {reading.year_from}"] if reading.year and reading.year_from else []
    if known:
        context.say(f"  {'; '.join(known)}")
    if report.saved is not None:
        context.say(f"  {'would store' if context.asked.dry_run else 'stored'}: {_stored(report.saved)}")
        _tell_changes(context, report.saved)
    named = f"{report.source}: " if len(context.asked.sources) > 1 else ""
    for warning in (*reading.warnings, *(report.saved.near if report.saved else ())):
        context.tell(f"  ⚠ {named}{warning}")


def _tell_changes(context: Context, saved: Saved) -> None:
    """What an update did to talks that were there, starred ones first, as far as fits on a screen."""
    found = [change for change in saved.changes if change.what != "added"]
    starred = context.store.marks(change.uid for change in found)
    found.sort(key=lambda change: not starred[change.uid].starred)
    for change in found[:_CHANGES_SHOWN]:
        context.say(f"  {'★' if starred[change.uid].starred else ' '} {_change_line(context, change)}")
    if len(found) > _CHANGES_SHOWN:
        context.say(f"    and {len(found) - _CHANGES_SHOWN} more: planner changes lists them all")


def _first_and_last(conference: Conference) -> tuple[datetime | None, datetime | None]:
    """The first start and the last end."""
    slots = [talk.slot for talk in conference.talks]
    starts = [slot.start for slot in slots if slot.start]
    return min(starts, default=None), max([slot.end for slot in slots if slot.end] + starts, default=None)


def counted(reading: Reading) -> str:
    """What a reading holds, in words: talks, untitled slots, sessions and chairs."""
    conference = reading.conference
    untitled = sum(talk.untitled for talk in conference.talks)
    chairs = sum(len(session.chairs) for session in conference.sessions)
    unscheduled = sum(not talk.scheduled for talk in conference.talks)
    said = [_count(len(conference.talks) - untitled, "talk")]
    if untitled:
        said.append(_count(untitled, "slot") + " without a title")
    if conference.sessions:
        said.append(_count(len(conference.sessions), "session") + (f" with {_count(chairs, 'chair')}" if chairs else ""))
    if unscheduled:
        said.append(f"{unscheduled} with no slot yet")
    return ", ".join(said)


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'s' * (number != 1)}"


def _stretch(first: datetime, last: datetime, zone: str) -> str:
    begin, end = times.local_day(first, zone), times.local_day(last, zone)
    day = "" if begin == end else f"{times.long_day(end)} "
    return f"{times.long_day(begin)} {times.clock(first, zone)} – {day}{times.clock(last, zone)} {times.letters(last, zone)}"


def _stored(saved: Saved) -> str:
    counts = ("added", "moved", "edited", "cancelled", "back", "unchanged")
    said = [f"{number} {what}" for what in counts if (number := getattr(saved, what))]
    return ", ".join(said) or "nothing new"


def _clashing(context: Context) -> set[frozenset[object]]:
    if not os.path.exists(os.path.join(context.home, "planner.db")):
        return set()
    return _pairs(context.store.load(context.zone, only_starred=True))


def _pairs(plan: Plan) -> set[frozenset[object]]:
    return {_pair(plan, one.uid, other.uid) for one, other, _ in plan.pairs()}


def _pair(plan: Plan, *uids: str) -> frozenset[object]:
    """Two that clash, whatever else is loaded: busy time by itself, not by its number in this plan."""
    return frozenset(uid if plan.busy_title(uid) is None else plan.busy[int(uid.removeprefix("busy "))] for uid in uids)


def _tell_unread_busy(context: Context) -> None:
    """Say which calendars were read as busy time before a conference was there, and so may clash with it unseen."""
    from planner.cli.busy import unread

    for name, source in unread(context.store):
        context.tell(f"  {source} was not read for the days of {name}: planner busy {source} reads it again.")


def _tell_new_clashes(context: Context, before: set[frozenset[object]]) -> None:
    """Say which clashes among the starred talks the import brought."""
    plan = context.store.load(context.zone, only_starred=True)
    for one, other, seconds in plan.pairs():
        if _pair(plan, one.uid, other.uid) not in before:
            names = [plan.busy_title(span.uid) or plan.by_uid[span.uid].title for span in (one, other)]
            context.tell(f"  ⚠ now clash for {seconds // 60} min: {names[0]} · {names[1]}")


def conferences(context: Context) -> int:
    """Print what is stored, one conference a line."""
    stored, counts = context.store.conferences(), context.store.counts()
    if context.asked.json:
        context.print_json({"conferences": [_conference(context, one.slug) for one in stored]})
        return 0
    if not stored:
        context.say("Nothing is stored yet: planner import FILE reads a schedule.")
    for one in stored:
        talks, starred = counts.get(one.slug, (0, 0))
        document = _conference(context, one.slug)
        days = " – ".join(dict.fromkeys(str(document[key])[:10] for key in ("first", "last") if document[key]))
        read_at = f"read {times.long_day(times.local_day(one.read_at, context.zone))}" if one.read_at else ""
        said = (
            one.name,
            days or "no slots yet",
            one.zone or "no zone yet",
            _count(talks, "talk"),
            f"★ {starred}",
            one.source,
            read_at,
        )
        context.say(" · ".join(part for part in said if part))
    return 0


def _conference(context: Context, slug: str) -> dict[str, object]:
    conference = context.store.conference(slug)
    talks, starred = context.store.counts().get(slug, (0, 0))
    first, last = context.store.stretch(slug)
    plan = context.store.load(context.zone, slugs=[])
    return {
        "slug": slug,
        "name": conference.name if conference else slug,
        "zone": conference.zone if conference else None,
        "first": plan.shown(first),
        "last": plan.shown(last),
        "talks": talks,
        "starred": starred,
        "source": conference.source if conference else "",
        "read": plan.shown(conference.read_at) if conference else None,
    }


def changes(context: Context) -> int:
    """Print what the last import of each conference changed, starred talks first."""
    slugs = context.slugs()
    found = [change for slug in slugs for change in context.store.changes(slug)] if slugs else list(context.store.changes())
    plan = context.store.load(context.zone, slugs=slugs)
    found.sort(key=lambda change: not plan.mark(change.uid).starred)
    if context.asked.json:
        context.print_json({"changes": [_change_document(plan, change) for change in found]})
    elif not plan.conferences:
        context.say("Nothing is stored yet: planner import FILE reads a schedule.")
    else:
        for slug, conference in plan.conferences.items():
            here = {talk.uid for talk in conference.talks}
            _tell_last_import(context, plan, slug, [change for change in found if change.uid in here])
    return int(context.asked.check and bool(found))


def _tell_last_import(context: Context, plan: Plan, slug: str, found: list[Change]) -> None:
    conference = plan.conferences[slug]
    read_at = conference.read_at or context.now
    when = f"{times.long_day(times.local_day(read_at, context.zone))} {times.clock(read_at, context.zone)}"
    context.say(f"{conference.name}, imported {when} (times in {context.zone})")
    shown = [change for change in found if change.what != "added" or len(found) <= _CHANGES_SHOWN]
    for change in shown:
        context.say(f"{'★' if plan.mark(change.uid).starred else ' '} {_change_line(context, change)}")
    if len(found) > len(shown):
        context.say(f"  {_count(len(found) - len(shown), 'talk')} added; --json lists them")
    if not found:
        context.say("  nothing changed")


def _change_document(plan: Plan, change: Change) -> dict[str, object]:
    return {
        "uid": change.uid,
        "what": change.what,
        "starred": plan.mark(change.uid).starred,
        "before": change.before,
        "after": change.after,
        "at": plan.shown(change.at),
    }


def _change_line(context: Context, change: Change) -> str:
    title = change.after.get("title") or change.before.get("title") or change.uid
    changed = [key for key in change.before if change.before[key] != change.after.get(key)]
    parts = [
        f"{key} {_shown(context, change.before[key])} → {_shown(context, change.after.get(key))}"
        for key in changed
        if key in _SHOWN_WHOLE
    ]
    parts += [key for key in changed if key not in _SHOWN_WHOLE]
    detail = f": {', '.join(parts)}" if parts and change.what != "added" else ""
    return f"{change.what:9} {title}{detail}"


def _shown(context: Context, value: object) -> str:
    from datetime import datetime

    try:
        at = datetime.fromisoformat(str(value))
    except ValueError:
        return str(value or "–")
    return f"{times.day(times.local_day(at, context.zone))} {times.clock(at, context.zone)}" if at.tzinfo else str(value)


def doctor(context: Context) -> int:
    """Check the store and say which versions of SQLite and of the zone database are at work; 1 where something is wrong."""
    from planner.store import check_store, store_facts

    findings = check_store(context.home)
    newer = times.newer_database()
    facts = [*store_facts(context.home), f"the zone database is {times.database()}, pytz's.", *([newer] if newer else [])]
    if context.asked.json:
        context.print_json({"findings": findings, "facts": facts})
    else:
        for fact in facts:
            context.say(f"  {fact}")
        for finding in findings:
            context.say(f"⚠ {finding}")
        if not findings:
            context.say("No damage was found.")
    return int(bool(findings))
