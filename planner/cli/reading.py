"""The commands around what is stored: import, conferences, changes, doctor."""

from __future__ import annotations

import os
from functools import cache

from planner import intake, times
from planner.cli.context import NOTHING_STORED
from planner.cli.sources import asked, gather, progress
from planner.errors import PlannerError, UnknownFormatError, few
from planner.intake import Taken, words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from planner.cli.context import Context
    from planner.intake import Source, Tell
    from planner.intake.words import Told
    from planner.model import Change
    from planner.plan import Plan
    from planner.store import Store
    from planner.store.saving import Saved

_CHANGES_SHOWN = 12  # lines of changes, and of new clashes, that an import prints; planner changes and clashes have them all


def read(context: Context) -> int:
    """Read every source and store it, with ``--dry-run`` in a rehearsal; one that fails stores nothing of itself."""
    _known_zone(context.asked.zone)
    if not context.asked.dry_run:
        return _read_into(lambda: context.store, context)
    with context.store.rehearsal() as rehearsed:
        return _read_into(lambda: rehearsed, context)


def _read_into(target: Callable[[], Store], context: Context) -> int:
    """Read every source into the target and tell of it; where one fails the others go on."""
    before = cache(lambda: _clashing(context))
    tell = progress(context)
    reports = [
        report
        for said in context.asked.sources
        for report in _of_one(
            said,
            [
                take_in(context, name, found, tell=tell, target=target, before=before)
                for name, found in gather(context, said, tell)
            ],
        )
    ]
    if context.asked.json:
        context.print_json({"sources": [_document(context, report) for report in reports]})
    for report in reports:
        if report.error is not None:
            context.tell(f"planner: {report.error}")
        elif not context.asked.json:
            _tell(context, report)
    if not context.asked.dry_run and not context.asked.json:
        if not all(report.same for report in reports):
            _tell_new_clashes(context, before())
        if context.store.busy_files():
            from planner.cli.busy import tell_unread

            tell_unread(context, [report.told.slug for report in reports if report.told])
    return next((report.error.exit_code for report in reports if report.error), 0)


def _of_one(said: str, reports: list[Taken]) -> list[Taken]:
    """The reports on one argument: its folders that hold nothing in a known format are one, no failure if another was read."""
    unknown = [report.error for report in reports if isinstance(report.error, UnknownFormatError)]
    if len(reports) == 1 or not unknown:
        return reports
    names = tuple(name for error in unknown for name in error.names)
    were = "was" if len(names) == 1 else "were"
    left = f"{said}: {words.count(len(names), 'file')} in no known format {were} left: {few(names)}"
    read = [report for report in reports if not isinstance(report.error, UnknownFormatError)]
    if any(report.error is None for report in read):
        return [*read, Taken(said, left=f"{left}.")]
    return [*read, Taken(said, error=UnknownFormatError(f"{left}; name a schedule, or say --format.", names))]


def take_in(
    context: Context,
    name: str,
    source: Source | PlannerError,
    *,
    tell: Tell,
    target: Callable[[], Store],
    before: Callable[[], object],
) -> Taken:
    """Read one source with the flags as hints and keep it in the ``target``: the store, or with ``--dry-run`` a rehearsal.

    ``before`` is called before anything can change.
    """
    if isinstance(source, PlannerError):
        return Taken(name, error=source)
    said, now = asked(context), context.now
    same = intake.same(target(), name, source, said, now=now)
    if same is not None:
        return same
    before()
    return intake.keep(target(), intake.understand(target(), name, source, said, now=now, tell=tell), now=now)._replace(
        gathered=None
    )


def _known_zone(name: str | None) -> None:
    """Refuse a zone that is none before anything is read."""
    if name and "/" not in name:
        from planner.dates.letters import refuse_letters  # 5 ms; names such as Europe/Berlin need none of it

        refuse_letters(name)
    if name:
        times.zone(name)


def _document(context: Context, report: Taken) -> dict[str, object]:
    """The entry of a source in the document of ``import``: every key is there, also where nothing was read."""
    told, saved = report.told, report.saved
    entry: dict[str, object] = {"source": report.source, **dict.fromkeys(_WORDS), **dict.fromkeys(_COUNTS, 0)}
    entry |= {"warnings": [report.left] if report.left else [], "error": str(report.error) if report.error else None}
    if report.same and told is None:
        count = context.store.counts().get(report.same, (0, 0))[0]
        entry |= {"conference": report.same, "talks": count, "unchanged": count}
    elif report.marks is not None:
        from planner.cli.travelling import document

        entry |= document(report.marks)
    elif told is not None:
        plan = context.store.load(context.zone, slugs=[])
        entry |= {"conference": told.slug, **{key: getattr(told, key) for key in _TOLD}}
        entry |= {"first": plan.shown(told.first), "last": plan.shown(told.last)}
        entry |= {key: getattr(saved, key) for key in _SAVED} if saved else {"unchanged": told.unchanged * bool(report.same)}
        entry["warnings"] = list(_warnings(context, report))
    return entry


_WORDS = ("format", "conference", "name", "first", "last", "zone", "zone_from", "year", "year_from")
_SAVED = ("added", "moved", "edited", "cancelled", "back", "unchanged")
_COUNTS = ("talks", "untitled", "sessions", *_SAVED)
_TOLD = ("format", "name", "talks", "untitled", "sessions", "zone", "zone_from", "year", "year_from")
"""The keys of an entry: null and 0 where there is nothing to tell; those of what was stored, and of what was understood."""


def _warnings(context: Context, report: Taken) -> tuple[str, ...]:
    """What to doubt of a source: that it is whole, what was read of it, and how that was known again."""
    read = report.reading.warnings if report.reading else ()
    return (*_doubts(context, report.saved), *read, *report.saved.near) if report.saved else read


def _doubts(context: Context, saved: Saved) -> tuple[str, ...]:
    """The question whether a source is whole that cancels much of what was there, with how many of that are starred."""
    were = saved.moved + saved.edited + saved.cancelled + saved.unchanged
    if not words.perhaps_part(saved.cancelled, were):
        return ()
    starred = len(_starred(context, [change for change in saved.changes if change.what == "cancelled"]))
    stars = f", {starred} of them starred" if starred else ""
    undo = "" if context.asked.dry_run else " planner undo takes it back."
    return (f"{saved.cancelled} of {were} talks are cancelled{stars}: is this the whole schedule?{undo}",)


def _starred(context: Context, changes: list[Change]) -> set[str]:
    """The uids of the starred ones among changed talks."""
    return {uid for uid, mark in context.store.marks(change.uid for change in changes).items() if mark.starred}


def _tell(context: Context, report: Taken) -> None:
    if report.left:
        context.tell(f"  {report.left}")
    if report.marks is not None:
        from planner.cli.travelling import tell_marks

        tell_marks(context, report.source, report.marks)
    if report.told is not None:
        _tell_told(context, report, report.told)
    elif report.same:
        context.say(f"{report.source}: not changed since it was read into {report.same}")


def _tell_told(context: Context, report: Taken, told: Told) -> None:
    """What was understood of a source, what that did to the store, and the warnings."""
    context.say(f"{report.source}: {told.format}")
    context.say(f"  {told.name}: {told.holds}")
    if told.first and told.last:
        context.say(f"  {words.stretch(told.first, told.last, context.zone)} in {context.zone}")
        if told.zone and told.zone != context.zone:
            context.say(f"  {words.stretch(told.first, told.last, told.zone)} in {told.zone}, the conference's zone")
    known = [f"zone {told.zone}: {told.zone_from}"] if told.zone and told.zone_from else []
    known += [f"year {told.year}: {told.year_from}"] if told.year and told.year_from else []
    if known:
        context.say(f"  {'; '.join(known)}")
    would = "would store" if context.asked.dry_run else "stored"
    if report.same:
        context.say(f"  {would}: {told.unchanged} unchanged")
    if report.saved is not None:
        context.say(f"  {would}: {words.stored(report.saved)}")
        _tell_changes(context, report.saved)
    named = f"{report.source}: " if len(context.asked.sources) > 1 else ""
    for warning in _warnings(context, report):
        context.tell(f"  ⚠ {named}{warning}")


def _tell_changes(context: Context, saved: Saved) -> None:
    """What an update did to talks that were there, starred ones first, as far as fits on a screen."""
    found = [change for change in saved.changes if change.what != "added"]
    starred = _starred(context, found)
    for change in words.weighed(found, starred)[:_CHANGES_SHOWN]:
        context.say(f"  {'★' if change.uid in starred else ' '} {words.change_line(change, context.zone)}")
    if len(found) > _CHANGES_SHOWN:
        context.say(f"    and {len(found) - _CHANGES_SHOWN} more: planner changes lists them all")


def _clashing(context: Context) -> frozenset[frozenset[object]]:
    if not os.path.exists(os.path.join(context.home, "planner.db")):
        return frozenset()
    return frozenset(words.pairs(context.store.load(context.zone, only_starred=True)))


def _tell_new_clashes(context: Context, before: frozenset[frozenset[object]]) -> None:
    """Say which clashes among the starred talks the import brought."""
    found = words.pairs(context.store.load(context.zone, only_starred=True))
    new = [sentence for pair, sentence in found.items() if pair not in before]
    for sentence in new[:_CHANGES_SHOWN]:
        context.tell(f"  ⚠ now {sentence}")
    if len(new) > _CHANGES_SHOWN:
        context.tell(f"  ⚠ and {len(new) - _CHANGES_SHOWN} more clashes: planner clashes tells of them")


def conferences(context: Context) -> int:
    """Print what is stored, one conference a line, dated by its own days."""
    from planner.store.outline import own_days

    stored, counts = context.store.conferences(), context.store.counts()
    if context.asked.json:
        context.print_json({"conferences": [_conference(context, one.slug) for one in stored]})
        return 0
    if not stored:
        context.say(NOTHING_STORED)
    outlines = context.store.outlines()
    for one in stored:
        talks, starred = counts.get(one.slug, (0, 0))
        days = " – ".join(own_days(outlines[one.slug], one, context.zone))
        read_at = f"read {times.long_day(times.local_day(one.read_at, context.zone))}" if one.read_at else ""
        said = (
            one.name,
            days or "no slots yet",
            one.zone or "no zone yet",
            words.count(talks, "talk"),
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
    found = words.weighed(found, {mark.uid for mark in plan.marks.values() if mark.starred})
    if context.asked.json:
        context.print_json({"changes": [_change_document(plan, change) for change in found]})
    elif not plan.conferences:
        context.say(NOTHING_STORED)
    else:
        newest = sorted(plan.conferences.values(), key=lambda one: one.read_at or context.now, reverse=True)
        for slug, conference in ((one.slug, one) for one in newest):
            here = {talk.uid for talk in conference.talks}
            _tell_last_import(context, plan, slug, [change for change in found if change.uid in here])
    return int(context.asked.check and bool(found))


def _tell_last_import(context: Context, plan: Plan, slug: str, found: list[Change]) -> None:
    conference = plan.conferences[slug]
    read_at = conference.read_at or context.now
    when = f"{times.long_day(times.local_day(read_at, context.zone))} {times.clock(read_at, context.zone)}"
    head = f"{conference.name}, imported {when}"
    if len(found) == len(conference.talks) and all(change.what == "added" for change in found):
        context.say(f"{head}: read for the first time, {words.count(len(found), 'talk')} added")
        return
    context.say(f"{head} (times in {context.zone})")
    shown = [change for change in found if change.what != "added" or len(found) <= _CHANGES_SHOWN]
    for change in shown:
        context.say(f"{'★' if plan.mark(change.uid).starred else ' '} {words.change_line(change, context.zone)}")
    if len(found) > len(shown):
        context.say(f"  {words.count(len(found) - len(shown), 'talk')} added; --json lists them")
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


def doctor(context: Context) -> int:
    """Check the store and the keys of one's own, name SQLite and the zone database at work; 1 where something is wrong."""
    from planner.cli.screen import wrong_keys
    from planner.store import check_store, store_facts

    findings, keys = check_store(context.home), wrong_keys(context)
    newer = times.newer_database()
    facts = [*store_facts(context.home), f"the zone database is {times.database()}, pytz's.", *([newer] if newer else [])]
    if context.asked.json:
        context.print_json({"findings": [*findings, *([keys] if keys else [])], "facts": facts})
    else:
        for fact in facts:
            context.say(f"  {fact}")
        for finding in findings:
            context.say(f"⚠ {finding}")
        if not findings:
            context.say("No damage was found.")
        if keys:
            context.say(f"⚠ {keys} Until then the terminal UI does not start.")
    return int(bool(findings or keys))
