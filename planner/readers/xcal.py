"""xCal: iCalendar in XML, by RFC 6321 and as Pentabarf and pretalx write it (elements right under ``vevent``, no parameters).

A local time without a zone is on the conference's clock. Repetitions are not followed; schedules have none.
"""

from __future__ import annotations

from datetime import date, timedelta

from planner import text as texts
from planner.errors import ReadError
from planner.model import Conference, Reading, Slot, slug
from planner.readers import clocks, markup
from planner.readers.events import Event, Faults, shortly, talks, web_address
from planner.readers.sources import Hints, Part, conference_name, missing, shown
from planner.values import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from xml.etree.ElementTree import Element

FORMATS = ("xcal",)

_HEAD = 5000  # signs in which a file shows what it is
_REPEATS = ("rrule", "rdate")


class _Value(NamedTuple):
    """One property: its values as text and the zone that its parameters name."""

    texts: tuple[str, ...] = ()
    zone: str = ""

    @property
    def text(self) -> str:
        """The first value, stripped; "" where there is none."""
        return self.texts[0].strip() if self.texts else ""


class _Vevent(NamedTuple):
    """The properties of one event by name; those that come several times (``attendee``) one after the other."""

    properties: dict[str, list[_Value]]

    def one(self, *names: str) -> _Value:
        """The first of these properties that says something."""
        return next((value for name in names for value in self.properties.get(name, ()) if value.text), _Value())

    def all(self, *names: str) -> tuple[str, ...]:
        """Every value of these properties."""
        return tuple(text for name in names for value in self.properties.get(name, ()) for text in value.texts if text.strip())


def claims(text: str, part: Part) -> bool:  # noqa: ARG001  (every reader is asked with both)
    """Whether the text is a calendar in XML."""
    head = text[:_HEAD]
    return head.lstrip("\ufeff \t\n").startswith(("<", "{%")) and "<icalendar" in head.lower() and "<vcalendar" in head.lower()


def read(text: str, part: Part, hints: Hints) -> Reading:
    """The whole conference of an xCal file.

    Raises ReadError where there is no event, MissingFactsError where the conference's name or its zone is nowhere said.
    """
    tree = markup.parse(text.lstrip("\ufeff \t\n"), part)
    found = [_properties(element) for element in tree.root.iter("vevent")]
    if found and tree.last_is_cut("vevent"):
        found.pop()
    if not found:
        raise ReadError(f"{shown(part)} is a calendar without a single event; {markup.advice(text)}")
    warnings = [tree.warning + "."] if tree.warning else []
    calendar = next((_properties(element) for element in tree.root.iter("vcalendar")), _Vevent({}))
    own = texts.read_title(calendar.one("name", "x-wr-calname", "x-wr-caldesc").text)  # RFC 7986 NAME, or the common ones
    name = texts.read_title(conference_name(part, hints, "" if markup.is_template(own) else own))
    starts = (clocks.moment(vevent.one("dtstart").text) for vevent in found)
    exact = [at for at in starts if at is not None and at.tzinfo is not None]
    zone, zone_from = clocks.choose_zone(_own_zone(calendar, found), "", hints, exact, warnings)
    if not zone or not slug(name):
        raise missing(part, conference=not slug(name), zone=not zone)
    faults = Faults()
    kept = clocks.Clocks(zone, 0, faults)
    events = [_event(vevent, kept) for vevent in found]
    warnings += faults.warnings()
    year, year_from = clocks.year_of([event.slot for event in events], zone, hints, warnings)
    conference = Conference(slug(name), name, zone, (), talks(slug(name), events))
    cut = tree.read is not None
    return Reading(conference, FORMATS[0], "conference", zone_from, year, year_from, tuple(warnings), partial=cut)


def _properties(component: Element) -> _Vevent:
    """The properties of a calendar or an event, whether in a ``properties`` element (RFC 6321) or right under it."""
    properties: dict[str, list[_Value]] = {}
    holder = component.find("properties")
    for element in component if holder is None else holder:
        tzid = element.find("parameters/tzid")
        zone = "" if tzid is None else markup.inner(tzid)
        values = [child for child in element if child.tag != "parameters"]
        said = tuple(markup.inner(child) for child in values) if values else (element.text or "",)
        properties.setdefault(element.tag.lower(), []).append(_Value(said, zone.strip()))
    return _Vevent(properties)


def _own_zone(calendar: _Vevent, vevents: Sequence[_Vevent]) -> tuple[str, str]:
    """The calendar's zone, else the one that all its events name, and where it is said."""
    said = calendar.one("x-wr-timezone", "timezone-id").text
    if said:
        return said, "the calendar's x-wr-timezone"
    named = {zone for vevent in vevents if (zone := vevent.one("dtstart").zone)}
    return (named.pop(), "the zone of its events") if len(named) == 1 else ("", "")


def _event(vevent: _Vevent, kept: clocks.Clocks) -> Event:
    """One ``vevent`` as an event; its id is the UID without its host, which says nothing about the talk."""
    uid = vevent.one("uid").text
    title = vevent.one("title", "summary").text  # frab's summary has the subtitle behind it
    label = texts.clean(uid[:40]) or shortly(title)
    if any(vevent.one(name).texts for name in _REPEATS):
        kept.faults.add("Repetitions are not followed, only the first time was read", label)
    return Event(
        title=title,
        slot=_slot(vevent, kept, label),
        source_id=uid.partition("@")[0] or uid,
        type=vevent.one("category", "categories").text,
        track=vevent.one("track").text,
        persons=vevent.all("attendee"),
        texts=(vevent.one("subtitle").text, vevent.one("description").text),
        url=web_address(vevent.one("url").text),
        cancelled=vevent.one("status").text.upper() == "CANCELLED",
    )


def _slot(vevent: _Vevent, kept: clocks.Clocks, label: str) -> Slot:
    """When and where: an instant, or whole days where the start has no clock."""
    start, end, room = vevent.one("dtstart"), vevent.one("dtend"), vevent.one("location").text
    if (day := _day(start.text)) is not None:
        last = _day(end.text)
        return Slot(room=room, day=day, last_day=last - timedelta(days=1) if last and last > day else day)
    zone = clocks.zone_named(start.zone) if start.zone else ""
    if start.zone and not zone:
        kept.faults.add(f"The zone {shortly(start.zone)} does not exist and was not used", label)
    words = " ".join(said for said in (start.text, end.text or vevent.one("duration").text) if said)
    told = clocks.Told(
        at=clocks.moment(start.text),
        duration=vevent.one("duration").text,
        until=clocks.moment(end.text),
        zone=zone,
        words=words,
    )
    return kept.slot(told, room, label)


def _day(said: str) -> date | None:
    """A date without a clock, ``2024-09-06`` or ``20240906``."""
    try:
        return date.fromisoformat(said) if len(said) in {len("20240906"), len("2024-09-06")} else None
    except ValueError:
        return None
