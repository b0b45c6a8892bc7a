"""A plan as calendar bytes: RFC 5545 and 7986, in the form that Google, Apple, Outlook, Thunderbird and khal all accept.

Pure: the same plan gives the same bytes, for no clock is read. The components and their content lines are the icalendar
library's; values reach it escaped already.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from planner import times as clocks
from planner.errors import UsageError
from planner.ical import lines, zones
from planner.values import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from icalendar import Component
    from icalendar.prop import vInline

    from planner.model import Slot, Talk
    from planner.plan import Plan

LONGEST_SUMMARY = 255
"""UTF-16 units of a SUMMARY: Outlook cuts there (MS-OXCICAL 2.1.3.1.1.20.24)."""

LONGEST_DESCRIPTION = 4000
"""Characters of a DESCRIPTION: Google stops at 8,000, mail to Outlook broke far below."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DAY = timedelta(days=1)


class _Entry(NamedTuple):
    """A talk as it goes into the calendar.

    ``start`` and ``end`` are the talk's, ``leaves`` when the user means to leave, all in UTC; or it is all day and lasts
    from ``day`` to before ``after``. ``assumed`` says that the source gave no end.
    """

    talk: Talk
    left: bool
    start: datetime | None = None
    end: datetime | None = None
    leaves: datetime | None = None
    assumed: bool = False
    day: date | None = None
    after: date | None = None

    @property
    def cancelled(self) -> bool:
        """Whether it goes out as cancelled: left the plan, or gone from the source."""
        return self.left or self.talk.cancelled

    @property
    def order(self) -> tuple[datetime, str]:
        """Its place in the file: by start (an all-day entry at midnight UTC), then by uid."""
        day = self.day
        return self.start or (datetime(day.year, day.month, day.day, tzinfo=UTC) if day else _EPOCH), self.talk.uid


class _Form(NamedTuple):
    """How this calendar is to be written: the flags, and the zone with its observances for times that may name it."""

    zone: str
    observances: tuple[zones.Observance, ...]
    zoned: frozenset[datetime]
    alarm: int | None
    with_notes: bool


def calendar(
    plan: Plan,
    talks: Iterable[Talk],
    *,
    left: Iterable[Talk] = (),
    zone: str | None = None,
    name: str,
    times: str = "zone",
    alarm: int | None = None,
    with_notes: bool = False,
) -> bytes:
    """The calendar file of these talks, ordered by start; empty bytes where none of them has a slot.

    ``left`` are talks that an earlier calendar held and the plan no longer does: they go out as cancelled, with the
    ``sequence`` that they carry here. Times are in ``zone`` (IANA name; None for the plan's), or all in UTC with
    ``times="utc"``; an instant that some reader might show wrong in the zone is in UTC anyway. ``alarm`` is in minutes
    before each talk, ``with_notes`` puts the user's notes in. Talks without a slot are not written, nor is a uid twice.
    Raises UsageError for an unknown zone, another word for ``times`` and a negative alarm.
    """
    zone = zone or plan.zone
    clocks.zone(zone)
    if times not in {"zone", "utc"}:
        raise UsageError(f"Times are written by “zone” or “utc”, not “{times}”.")
    if alarm is not None and alarm < 0:
        raise UsageError(f"An alarm comes before a talk: {alarm} minutes is no time to wait; say 0 or more.")
    entries = _entries(plan, talks, left)
    if not entries:
        return b""
    form = _form(entries, zone, times, alarm, with_notes=with_notes)
    import icalendar  # 50 ms; only a calendar needs it

    whole = icalendar.Calendar()
    title = lines.escaped(lines.one_line(name) or "Conference plan")
    for key, value in (
        ("VERSION", "2.0"),
        ("PRODID", lines.PRODID),
        ("CALSCALE", "GREGORIAN"),
        ("NAME", title),
        ("X-WR-CALNAME", title),
    ):
        whole[key] = lines.value(value)
    if form.zoned:
        whole.add_component(zones.component(zone, form.observances))
    for entry in entries:
        whole.add_component(_event(plan, entry, form))
    return b"".join(
        lines.folded(lines.content_line(name, value)) + b"\r\n" for name, value in whole.property_items(sorted=False)
    )


# Which talks, and when


def _entries(plan: Plan, talks: Iterable[Talk], left: Iterable[Talk]) -> list[_Entry]:
    """What has a slot, each uid once, in order."""
    found: dict[str, _Entry] = {}
    for gone, some in ((False, talks), (True, left)):
        for talk in some:
            if talk.scheduled and talk.uid not in found:
                found[talk.uid] = _entry(plan, talk, left=gone)
    return sorted(found.values(), key=lambda entry: entry.order)


def _entry(plan: Plan, talk: Talk, *, left: bool) -> _Entry:
    """When a talk is, by the rules of a calendar: whole seconds, and an end after the start."""
    slot = talk.slot
    if slot.start is None:
        return _Entry(talk, left, day=slot.day, after=_last_day(slot) + _DAY)
    start = slot.start.replace(microsecond=0)
    end = plan.until(talk)
    assumed = slot.end is None or end is None or end.replace(microsecond=0) <= start
    if assumed:
        end = plan.until(talk._replace(slot=slot._replace(end=None)))
    end = end.replace(microsecond=0) if end is not None else start
    leaves = plan.mark(talk.uid).leave_at
    early = leaves.replace(microsecond=0) if leaves is not None else end
    return _Entry(talk, left, start=start, end=end, leaves=early if start < early < end else None, assumed=assumed)


def _last_day(slot: Slot) -> date:
    """The last day of an all-day entry."""
    days = [day for day in (slot.day, slot.last_day) if day is not None]
    return max(days)


def _form(entries: list[_Entry], zone: str, times: str, alarm: int | None, *, with_notes: bool) -> _Form:
    """Which of the instants may be written in the zone: all that every reader shows right."""
    wanted: set[datetime] = set()
    if times == "zone" and zones.has_tzid(zone):
        for entry in entries:
            wanted.update(at for at in (entry.start, entry.leaves or entry.end) if at is not None)
    wanted = {at for at in wanted if zones.steady(at, zone)}
    made = zones.observances(zone, sorted(wanted)) if wanted else ()
    right = {at for at in wanted if zones.reads_right(made, at, zone)}
    pairs = ((entry.start, entry.leaves or entry.end) for entry in entries)
    both = (at for pair in pairs if right.issuperset(pair) for at in pair if at is not None)
    return _Form(zone, made, frozenset(both), alarm, with_notes)


# One event


def _event(plan: Plan, entry: _Entry, form: _Form) -> Component:
    """The VEVENT of a talk."""
    import icalendar  # loaded by the calendar already

    talk = entry.talk
    link = lines.link(talk.url)
    event = icalendar.Event()
    event["UID"] = lines.value(lines.escaped(lines.one_line(talk.uid)))
    stamp = lines.utc(_modified(plan, talk))
    event["DTSTAMP"] = lines.value(stamp)
    event["LAST-MODIFIED"] = lines.value(stamp)
    event["SEQUENCE"] = lines.value(str(talk.sequence))
    event["DTSTART"], event["DTEND"] = _stretch(entry, form)
    summary = lines.escaped(_summary(plan, entry))
    event["SUMMARY"] = lines.value(summary)
    place = lines.one_line(_place(talk.slot))
    if place:
        event["LOCATION"] = lines.value(lines.escaped(place))
    event["DESCRIPTION"] = lines.value(lines.escaped(_description(plan, entry, link, with_notes=form.with_notes)))
    if link:
        event["URL"] = lines.value(link)
    categories = [
        lines.escaped(said) for said in map(lines.one_line, ("" if talk.untitled else talk.kind, talk.track or "")) if said
    ]
    if categories:
        event["CATEGORIES"] = lines.value(",".join(categories))
    status, blocks = _status(plan, entry)
    event["STATUS"] = lines.value(status)
    event["TRANSP"] = lines.value("OPAQUE" if blocks else "TRANSPARENT")
    if form.alarm is not None and entry.start is not None and not entry.cancelled:
        event.add_component(_alarm(form.alarm, summary))
    return event


def _stretch(entry: _Entry, form: _Form) -> tuple[vInline, vInline]:
    """DTSTART and DTEND: dates with an exclusive end, or times, both in the zone or both in UTC."""
    start, end = entry.start, entry.leaves or entry.end
    if start is None or end is None:
        first, after = ("" if day is None else f"{day.year:04}{day.month:02}{day.day:02}" for day in (entry.day, entry.after))
        return lines.value(first, VALUE="DATE"), lines.value(after, VALUE="DATE")
    if start in form.zoned and end in form.zoned:
        here = clocks.zone(form.zone)
        wall = (f"{at.astimezone(here):%Y%m%dT%H%M%S}" for at in (start, end))
        first, after = (lines.value(said, TZID=form.zone) for said in wall)
        return first, after
    return lines.value(lines.utc(start)), lines.value(lines.utc(end))


def _status(plan: Plan, entry: _Entry) -> tuple[str, bool]:
    """STATUS, and whether the entry blocks the user's time: what is planned and has a clock does."""
    if entry.cancelled:
        return "CANCELLED", False
    going = plan.mark(entry.talk.uid).decision == "going"
    return ("CONFIRMED" if going else "TENTATIVE"), (going or plan.planned(entry.talk)) and entry.start is not None


def _alarm(minutes: int, summary: str) -> Component:
    """A VALARM with nothing but what RFC 5545 3.6.6 asks of one that shows a text: Apple drops files over more."""
    import icalendar  # loaded by the calendar already

    alarm = icalendar.Alarm()
    alarm["ACTION"] = lines.value("DISPLAY")
    alarm["DESCRIPTION"] = lines.value(summary)
    alarm["TRIGGER"] = lines.value(f"-PT{minutes}M")
    return alarm


def _modified(plan: Plan, talk: Talk) -> datetime:
    """When the talk last changed, else when its conference was read; never the time of the export."""
    conference = plan.conferences.get(talk.conference)
    return talk.modified or (conference.read_at if conference else None) or _EPOCH


# Words


def _summary(plan: Plan, entry: _Entry) -> str:
    """The title in one line, at most 255 UTF-16 units long."""
    talk = entry.talk
    title = lines.one_line(talk.title)
    if not title:
        session = plan.session(talk)
        title = (
            f"Untitled slot, {lines.one_line(session.title)}" if session and lines.one_line(session.title) else "Untitled slot"
        )
    said = f"Cancelled: {title}" if entry.cancelled else title
    units = said.encode("utf-16-le")
    if len(units) <= 2 * LONGEST_SUMMARY:
        return said
    return units[: 2 * (LONGEST_SUMMARY - 1)].decode("utf-16-le", errors="ignore").rstrip() + "…"


def _place(slot: Slot) -> str:
    """Room and board."""
    if slot.room and slot.board:
        return f"{slot.room}, board {slot.board}"
    return slot.room or (f"Board {slot.board}" if slot.board else "")


def _description(plan: Plan, entry: _Entry, link: str, *, with_notes: bool) -> str:
    """Both times and the link in the first lines, then who, where it belongs and what about; cut at 4,000 characters."""
    talk, session = entry.talk, plan.session(entry.talk)
    head = [_when(plan, entry)]
    if entry.assumed and entry.start is not None and entry.end is not None:
        head.append(f"The programme gives no end: {(entry.end - entry.start) // timedelta(minutes=1)} minutes are assumed.")
    if entry.leaves is not None:
        head.append(f"You leave before the end, at {_clock(entry.leaves, plan.zone_of(talk))}.")
    if link:
        head.append(link)
    rest = []
    if talk.speakers:
        rest.append(f"Speakers: {' · '.join(map(lines.one_line, talk.speakers))}")
    if session is not None and session.title:
        chairs = f" (chairs: {' · '.join(map(lines.one_line, session.chairs))})" if session.chairs else ""
        rest.append(f"Session: {lines.one_line(session.title)}{chairs}")
    if with_notes and plan.note(talk):
        rest += ["", f"Note: {lines.clean(plan.note(talk))}"]
    if talk.abstract:
        rest += ["", lines.clean(talk.abstract)]
    first, more = "\n".join(head), "\n".join(rest).strip()
    room = LONGEST_DESCRIPTION - len(first) - 2
    if len(more) > room:
        more = more[: room - 1].rstrip() + "…"
    return f"{first}\n\n{more}" if more else first


def _when(plan: Plan, entry: _Entry) -> str:
    """The time in the conference's zone and in UTC: ``Thu 6 May 2021, 11:00–11:15 PDT (Los Angeles) · 18:00–18:15 UTC``."""
    if entry.start is None or entry.end is None:
        last = entry.after - _DAY if entry.after else None
        days = [clocks.long_day(day) for day in dict.fromkeys((entry.day, last)) if day is not None]
        return f"All day, {' – '.join(days)}"
    zone = plan.zone_of(entry.talk)
    here, utc = _between(entry.start, entry.end, zone), _between(entry.start, entry.end, "UTC")
    if here == utc:
        return utc
    day, comma, rest = utc.partition(", ")
    same = here.startswith(day + comma) and here.count(", ") == utc.count(", ")
    return f"{here} ({clocks.city(zone)}) · {rest if same else utc}"


def _between(start: datetime, end: datetime, zone: str) -> str:
    """A stretch on the clocks of a zone: ``Thu 6 May 2021, 11:00–11:15 PDT``."""
    first, last = (clocks.local(at, zone) for at in (start, end))
    here, there = (clocks.letters(at, zone) for at in (start, end))
    before = f"{clocks.long_day(first.date())}, {first:%H:%M}{'' if here == there else ' ' + here}"
    after = f"{last:%H:%M} {there}"
    if first.date() == last.date():
        return f"{before}–{after}"
    return f"{before} – {clocks.long_day(last.date())}, {after}"


def _clock(at: datetime, zone: str) -> str:
    """A time of day with its letters and in UTC."""
    said = f"{clocks.clock(at, zone)} {clocks.letters(at, zone)}"
    utc = f"{clocks.clock(at, 'UTC')} UTC"
    return said if said == utc else f"{said} ({utc})"
