"""What was understood of a source and what it does to the store, in words; the same for the command line and the screens."""

from __future__ import annotations

from planner import times
from planner.values import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping
    from datetime import datetime

    from planner.intake import Arrived
    from planner.model import Change, Conference, Reading
    from planner.plan import Plan
    from planner.store.saving import Saved

SHOWN_WHOLE = ("title", "room", "board")
"""Fields whose old and new value an import tells, beside the times; of other fields that they changed is enough."""

TIMES = ("start", "end")
"""Fields that :func:`moved` tells together."""

_FEW, _MANY = 3, 0.2  # of a small schedule a few talks may go, of a large one a fifth


def first_and_last(conference: Conference) -> tuple[datetime | None, datetime | None]:
    """The first start and the last end."""
    slots = [talk.slot for talk in conference.talks]
    starts = [slot.start for slot in slots if slot.start]
    return min(starts, default=None), max([slot.end for slot in slots if slot.end] + starts, default=None)


class Told(NamedTuple):
    """What is told of a reading: its conference, how zone and year are known, how much it holds, from when to when.

    ``talks`` are those that have a title and take place; ``cancelled`` are others with a title.
    """

    zone: str | None
    slug: str
    name: str
    format: str
    zone_from: str
    year_from: str
    year: int | None
    talks: int
    cancelled: int
    untitled: int
    sessions: int
    chairs: int
    unscheduled: int
    first: datetime | None
    last: datetime | None

    @property
    def unchanged(self) -> int:
        """The talks and slots that are as they were where the reading changes nothing."""
        return self.talks + self.cancelled + self.untitled

    @property
    def holds(self) -> str:
        """Talks that take place, cancelled ones, untitled slots, sessions and chairs."""
        said = [count(self.talks, "talk")]
        if self.cancelled:
            said.append(f"{self.cancelled} cancelled")
        if self.untitled:
            said.append(count(self.untitled, "slot") + " without a title")
        if self.sessions:
            said.append(count(self.sessions, "session") + (f" with {count(self.chairs, 'chair')}" if self.chairs else ""))
        if self.unscheduled:
            said.append(f"{self.unscheduled} with no slot yet")
        return ", ".join(said)


def told(reading: Reading) -> Told:
    """What is told of a reading."""
    conference = reading.conference
    untitled = sum([talk.kind == "untitled" for talk in conference.talks])
    cancelled = sum([talk.cancelled and not talk.untitled for talk in conference.talks])
    return Told(
        conference.zone,
        conference.slug,
        conference.name,
        reading.format,
        reading.zone_from,
        reading.year_from,
        reading.year,
        len(conference.talks) - cancelled - untitled,
        cancelled,
        untitled,
        len(conference.sessions),
        sum(len(session.chairs) for session in conference.sessions),
        sum([talk.slot.start is None and talk.slot.day is None for talk in conference.talks]),
        *first_and_last(conference),
    )


def counted(reading: Reading) -> str:
    """What a reading holds: talks, untitled slots, sessions and chairs."""
    return told(reading).holds


def count(number: int, word: str) -> str:
    """``1 talk``, ``2 talks``."""
    return f"{number} {word}{'s' * (number != 1)}"


def stretch(first: datetime, last: datetime, zone: str) -> str:
    """From when to when, on the clocks of a zone, with its letters at each end where they differ."""
    begin, end = times.local_day(first, zone), times.local_day(last, zone)
    day = "" if begin == end else f"{times.long_day(end)} "
    before, after = times.letters(first, zone), times.letters(last, zone)
    since = f"{times.clock(first, zone)} {before}" if before != after else times.clock(first, zone)
    return f"{times.long_day(begin)} {since} – {day}{times.clock(last, zone)} {after}"


def stored(saved: Saved) -> str:
    """How many talks were added, moved and so on."""
    scheduled = sum([kind(change) == "scheduled" for change in saved.changes if change.what == "moved"])
    counts = {what: getattr(saved, what) for what in ("added", "moved", "edited", "cancelled", "back", "unchanged")}
    counts = {"added": counts["added"], "scheduled": scheduled, **counts, "moved": saved.moved - scheduled}
    said = [f"{number} {what}" for what, number in counts.items() if number]
    if saved.facts:
        said.append(f"{' and '.join(saved.facts)} changed")
    return ", ".join(said) or "nothing new"


def perhaps_part(cancelled: int, of: int) -> bool:
    """Whether so many of the talks that were there are cancelled that the source may be only a part of the schedule."""
    return cancelled > max(_FEW, _MANY * of)


def marks(arrived: Arrived) -> str:
    """What a file of marks does."""
    merged = arrived.merged
    said = f"{merged.marks} mark{'s' * (merged.marks != 1)}, {merged.changed or 'none'} of them new or newer"
    return f"{said}, {merged.waiting} waiting for talks that are not here yet" if merged.waiting else said


def kind(change: Change) -> str:
    """What an import did to a talk, for a person: one that moved from nowhere, as of a paper list, is scheduled."""
    slotless = not change.before.get("start") and not change.before.get("day")
    return "scheduled" if change.what == "moved" and slotless and {"start", "day"} & {*change.before} else change.what


ORDER = ("moved", "cancelled", "back", "scheduled", "edited", "added")
"""What an import did to a talk, what matters most first."""


def weighed(changes: Iterable[Change], starred: Container[str]) -> list[Change]:
    """Those of starred talks first, then by kind, then in the order of their source."""
    return sorted(changes, key=lambda change: (change.uid not in starred, ORDER.index(kind(change))))


def change_line(change: Change, zone: str, untitled: str = "") -> str:
    """What an import does to one talk; times are those of a display zone. ``untitled`` names a slot without a title."""
    title = change.after.get("title") or change.before.get("title") or untitled or change.uid
    times_, short, long = differing(change)
    parts = [moved(change, zone)] * times_ + short + long
    detail = f": {', '.join(parts)}" if parts and change.what != "added" else ""
    return f"{kind(change):9} {title}{detail}"


def differing(change: Change) -> tuple[bool, list[str], list[str]]:
    """Whether the time differs, other short fields with what they were and are, and the names of long ones."""
    changed = [key for key in change.before if change.before[key] != change.after.get(key)]
    short = [f"{key} {change.before[key] or '–'} → {change.after.get(key) or '–'}" for key in changed if key in SHOWN_WHOLE]
    return any(key in TIMES for key in changed), short, [key for key in changed if key not in {*SHOWN_WHOLE, *TIMES}]


def moved(change: Change, zone: str) -> str:
    """When a talk was and when it is, on a zone's clocks: ``Thu 6 May 20:00–20:15 → 21:00–21:15``; another day is named."""
    (day, clocks), (other, now) = _when(change.before, zone), _when(change.after, zone)
    return f"{day}{clocks} → {now.lstrip(', ') if day == other else other + now}"


def _when(fields: Mapping[str, object], zone: str) -> tuple[str, str]:
    """The day and the clocks of a start and an end of the log (ISO 8601 in UTC, or plain dates)."""
    from datetime import datetime

    start, end = (datetime.fromisoformat(str(at)) if (at := fields.get(name)) else None for name in TIMES)
    first = start or end
    if first is None:
        return "", "no slot" if "start" in fields else "no end"
    until = "" if start else "until "
    if first.tzinfo is None:
        last = f"–{times.day(end.date())}" if start and end and end > start else ""
        return f"{until}{times.day(first.date())}{last}", ", all day"
    last = f"–{times.clock(end, zone)}" if start and end else ""
    return times.day(times.local_day(first, zone)), f" {until}{times.clock(first, zone)}{last}"


def pairs(plan: Plan) -> dict[frozenset[object], str]:
    """The clashes of a plan, each by what tells it in another plan too, with its sentence."""
    found = {}
    for one, other, seconds in plan.pairs():
        uids, by_uid = (one.uid, other.uid), plan.by_uid
        names = [by_uid[uid].title if uid in by_uid else f"your “{plan.busy_title(uid) or 'busy time'}”" for uid in uids]
        found[_pair(plan, *uids)] = f"clash for {times.lasting(seconds)}: {names[0]} · {names[1]}"
    return found


def _pair(plan: Plan, *uids: str) -> frozenset[object]:
    """Two that clash, whatever else is loaded: busy time by itself, not by its number in this plan."""
    return frozenset(uid if plan.busy_title(uid) is None else plan.busy[int(uid.removeprefix("busy "))] for uid in uids)
