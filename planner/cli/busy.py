"""The command that reads the user's own calendar as busy time, lists what was read, and forgets it."""

from __future__ import annotations

import os
from datetime import timedelta

from planner import times
from planner.errors import PlannerError, UsageError, few
from planner.values import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from planner.cli.context import Context
    from planner.ical.busy import BusyTimes
    from planner.store import Store

    Stretch = tuple[datetime, datetime]

AROUND = timedelta(days=7)
"""Busy time is read for the days of every stored conference and so long before and after them."""

AHEAD = timedelta(days=366)
"""Where no conference has times yet it is read for the coming year."""


_LISTED = 8  # busy times to come that are listed


class Report(NamedTuple):
    """What became of one calendar file: its busy times and the stretches they were looked for in, or why there are none."""

    name: str
    read: BusyTimes | None = None
    stretches: tuple[Stretch, ...] = ()
    error: PlannerError | None = None


def busy(context: Context) -> int:
    """Read calendar files as busy time; without one list what is kept; ``--clear`` forgets all of it."""
    asked = context.asked
    if asked.clear:
        if asked.files:
            raise UsageError("--clear forgets all busy time and reads nothing: leave the files out, or leave --clear out.")
        return _clear(context)
    if not asked.files:
        return _list(context)
    stretches = stretches_wanted(context.store, context.now)
    reports = [report for said in asked.files for report in _read(context, said, stretches)]
    if asked.json:
        context.print_json({"files": [_document(context, report) for report in reports]})
    for report in reports:
        if report.error is not None:
            context.tell(f"planner: {report.error}")
        elif report.read is not None and not asked.json:
            _tell(context, report, report.read)
    return next((report.error.exit_code for report in reports if report.error), 0)


def stretches_wanted(store: Store, now: datetime) -> tuple[Stretch, ...]:
    """The stretches around the days of the stored conferences, or the coming year where none has times; apart and in order."""
    found: list[Stretch] = []
    for conference in store.conferences():
        first, last = store.stretch(conference.slug)
        if first is not None and last is not None:
            found.append((first - AROUND, last + AROUND))
    joined: list[Stretch] = []
    for since, until in sorted(found or [(now - AROUND, now + AHEAD)]):
        if joined and since <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], until))
        else:
            joined.append((since, until))
    return tuple(joined)


def tell_unread(context: Context, slugs: Iterable[str]) -> None:
    """Say in one line which calendars were not read for the days of these conferences, and so may clash unseen."""
    found = unread(context.store, frozenset(slugs))
    if found:
        names, sources = (list(dict.fromkeys(one)) for one in zip(*found, strict=True))
        were = "was" if len(sources) == 1 else "were"
        again = f"planner busy {_quoted(sources)} reads {_them(sources)} again"
        context.tell(f"  {few(sources)} {were} not read for the days of {few(names)}: {again}.")


def unread(store: Store, slugs: frozenset[str] | None = None) -> list[tuple[str, str]]:
    """Calendar files that were read before a conference was there: the conference's name and the file's path."""
    files = store.busy_files()
    found = []
    for conference in store.conferences() if files else ():
        if slugs is not None and conference.slug not in slugs:
            continue
        first, last = store.stretch(conference.slug)
        if first is not None and last is not None:
            found += [
                (conference.name, file.source)
                for file in files
                if not any(since <= first and last <= until for since, until in file.stretches)
            ]
    return found


def _read(context: Context, said: str, stretches: tuple[Stretch, ...]) -> Iterable[Report]:
    """Read one argument: a file, standard input, an address, or every file of a folder."""
    from planner.cli.sources import gather
    from planner.ical.busy import busy_times

    for name, source in gather(context, said):
        if isinstance(source, PlannerError):
            yield Report(name, error=source)
            continue
        for part in source.parts:
            try:
                read = busy_times(part.data, part.name, zone=context.zone, stretches=stretches, all_day=context.asked.all_day)
                path = said if source.url or said == "-" else os.path.abspath(part.name)
                context.store.set_busy(path, read.times, stretches, now=context.now)
            except PlannerError as error:
                yield Report(part.name, error=error)
            else:
                yield Report(part.name, read, stretches)


def _document(context: Context, report: Report) -> dict[str, object]:
    if report.read is None:
        return {"file": report.name, "busy": 0, "warnings": [], "error": str(report.error)}
    plan = context.store.load(context.zone, slugs=[])
    return {
        "file": report.name,
        "busy": len(report.read.times),
        "entries": report.read.held,
        "free": report.read.free,
        "all_day": report.read.all_day,
        "moments": report.read.moments,
        "between": [[plan.shown(since), plan.shown(until)] for since, until in report.stretches],
        "warnings": list(report.read.warnings),
        "error": None,
    }


def _tell(context: Context, report: Report, read: BusyTimes) -> None:
    context.say(f"{report.name}: {_count(len(read.times), 'busy time')} of {_count(read.held, 'entry', 'entries')}")
    context.say(f"  looked for {_looked(context, report.stretches)}")
    left = [f"{read.free} free or cancelled"] if read.free else []
    left += [f"{read.all_day} all day (--all-day counts them)"] if read.all_day else []
    left += [f"{read.moments} without a length"] if read.moments else []
    if left:
        context.say(f"  left out: {', '.join(left)}")
    for warning in read.warnings:
        context.tell(f"  ⚠ {warning}")


def _looked(context: Context, stretches: tuple[Stretch, ...]) -> str:
    """The first and the last day that were looked at, and in how many stretches where the days between were not."""
    if not stretches:
        return "no days"
    days = _days(context, stretches[0][0], max(until for _, until in stretches))
    return days if len(stretches) == 1 else f"{days}, in {len(stretches)} stretches around the conferences"


def _days(context: Context, since: datetime, until: datetime) -> str:
    first, last = times.local_day(since, context.zone), times.local_day(until, context.zone)
    return f"{times.long_day(first)} – {times.long_day(last)}"


def _list(context: Context) -> int:
    files = context.store.busy_files()
    plan = context.store.load(context.zone, slugs=[])
    if context.asked.json:
        found = [
            {
                "file": file.source,
                "busy": file.times,
                "between": [[plan.shown(since), plan.shown(until)] for since, until in file.stretches],
            }
            for file in files
        ]
        context.print_json({"files": found})
        return 0
    for file in files:
        context.say(f"{file.source}: {_count(file.times, 'busy time')}, {_looked(context, file.stretches)}")
    if not files:
        context.say("No calendar was read as busy time yet: planner busy FILE.ics reads one.")
        return 0
    last = max((until for file in files for _, until in file.stretches), default=context.now)
    coming = context.store.busy_between(context.now, max(last, context.now) + AHEAD)
    for busy in coming[:_LISTED]:
        days = [times.local_day(at, context.zone) for at in (busy.start, busy.end)]
        since, until = (times.clock(at, context.zone) for at in (busy.start, busy.end))
        later = f" +{(days[1] - days[0]).days}" if days[1] > days[0] else ""
        context.say(f"  {times.long_day(days[0])} {since}–{until}{later}  {busy.title}".rstrip())
    rest = len(coming) - _LISTED
    if rest > 0:
        context.say(f"  and {rest} more to come")
    if not coming:
        context.say("  none of it is still to come")
    return 0


def _clear(context: Context) -> int:
    sources = [file.source for file in context.store.busy_files()]
    cleared = context.store.clear_busy(now=context.now)
    if context.asked.json:
        context.print_json({"cleared": cleared})
    else:
        context.say(f"Forgot {_count(cleared, 'busy time')}." if cleared else "There was no busy time to forget.")
    if sources:
        context.tell(f"That is not part of undo: planner busy {_quoted(sources)} reads {_them(sources)} again.")
    return 0


def _quoted(sources: Iterable[str]) -> str:
    """Paths and addresses as the arguments of a command."""
    from shlex import quote

    return " ".join(map(quote, sources))


def _them(sources: Sequence[str]) -> str:
    return "it" if len(sources) == 1 else "them"


def _count(number: int, word: str, words: str = "") -> str:
    return f"{number} {word if number == 1 else words or f'{word}s'}"
