"""Conference schedules in iCalendar (RFC 5545): the exports of Sched, Indico, pretalx, Google, Apple and MiniConf sites.

An instant that a file gives is never changed by a zone; the conference's zone is for its clock, its days, and for times that
carry none: those are read in the zone that the file or the user says, or not at all.
"""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from planner import text as texts
from planner import times
from planner.errors import ReadError
from planner.ical.read import entries, is_real_zone
from planner.model import Conference, Reading, Slot, slug
from planner.readers import markup
from planner.readers.events import Faults, shortly, talks
from planner.readers.ical_events import all_day, understand
from planner.readers.sources import Hints, Part, conference, conference_name, is_url, missing, shown
from planner.values import NamedTuple, maker, re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.ical.read import Calendar, Entry

FORMATS = ("ical",)

_HEAD = 5000  # signs in which a file shows what it is
_MANY = 20_000  # occurrences that all repeated entries of a file may have beyond their first
_ONE_OCCASION = 92  # days: a calendar that spans more is of no single year
_LONGEST_NAME = 100
_OPENING = r"(?im)^[ \t\ufeff]*BEGIN:VCALENDAR[ \t]*$"
_SCHED = r"(?i)-//Sched(?:\.com|\.org)?\s([^/\n]{3,100})//"
_PRETALX = r"(?i)pretalx-([a-z0-9-]{2,60}?)-?((?:19|20)[0-9]{2})?-[A-Z0-9]{4,10}(?:-[0-9]{1,4})?@"
_WORDS_OF_ANY = (
    "agenda calendar conference default event events home kalendarz kalender my of personal private program programme schedule"
    " the timetable untitled work"
)
_GENERIC = frozenset(_WORDS_OF_ANY.split())
_COMMON_WORDS = frozenset({"nice", "split", "cork", "como", "orlando", "charlotte", "reading", "jordan", "georgia", "chad"})


class _Zone(NamedTuple):
    """The conference's zone and how it is known; ``guess`` where nothing says it and UTC stands in."""

    name: str | None = None
    words: str = ""
    guess: bool = False


def claims(text: str, part: Part) -> bool:  # noqa: ARG001  (every reader is asked with both)
    """Whether the text is a calendar."""
    if text.startswith("BEGIN:VCALENDAR\n"):
        return True
    opening = re.search(_OPENING, text[:_HEAD])
    return opening is not None and "<html" not in text[: opening.start()].lower()


def read(text: str, part: Part, hints: Hints) -> Reading:
    """The whole conference of a calendar file.

    Raises ReadError where there is no event, MissingFactsError where the conference's name, or the zone of times that carry
    none, is nowhere said.
    """
    calendar = entries(part.data, shown(part), hints.zone or hints.known_zone, text)
    if not calendar.entries:
        raise ReadError(f"{shown(part)} is a calendar without a single event; {markup.advice(text)}")
    faults = Faults()
    found = _repeated(_newest(calendar.entries, faults), faults)
    if all(entry.start is None for entry in found):
        raise ReadError(f"{shown(part)} is a calendar in which no event has a time that can be read; {markup.advice(text)}")
    zone = _zone(calendar, found, hints)
    year = _year(found, zone)
    name = _name(calendar, found, part, hints, year)
    floating = [entry for entry in found if _floats(entry)]
    homeless = _without_zone(found, floating, zone, hints)
    if homeless is not None:
        raise missing(part, conference=not slug(name), zone=True, why=homeless)
    if not slug(name):
        raise missing(part, conference=True)
    base = hints.url or (part.name if is_url(part.name) else "")
    product = calendar.product.lower()
    events = [
        understand(entry, _slot(entry, zone, hints, faults), product=product, base=base, cancelled=calendar.cancels)
        for entry in found
    ]
    warnings = [*calendar.warnings, *faults.warnings(), *_doubts(found, floating, zone, hints, name=name, year=year)]
    conference_ = Conference(slug(name), name, zone.name, (), talks(slug(name), events, titled=True))
    how = "the dates of the file" if year else ""
    cut = not calendar.whole
    return Reading(conference_, FORMATS[0], "conference", zone.words, year, how, tuple(warnings), partial=cut)


# Entries


def _newest(found: Sequence[Entry], faults: Faults) -> Sequence[Entry]:
    """The entries without the older states of one: a smaller SEQUENCE with the same UID (RFC 5545 3.8.7.4).

    A UID with several titles is no identity: all its entries stay.
    """
    if len({entry.uid for entry in found}) == len(found):
        return found
    titles: dict[str, set[str]] = {}
    newest: dict[str, int] = {}
    for entry in found:
        if entry.replaces is None and entry.uid:
            titles.setdefault(entry.uid, set()).add(entry.summary)
            newest[entry.uid] = max(newest.get(entry.uid, 0), entry.sequence)
    kept = []
    for entry in found:
        if entry.replaces is None and entry.sequence < newest.get(entry.uid, 0) and len(titles[entry.uid]) == 1:
            faults.add("An older state of an entry (its SEQUENCE is smaller) was left out", shortly(entry.summary))
        else:
            kept.append(entry)
    return kept


def _repeated(found: Sequence[Entry], faults: Faults) -> list[Entry]:
    """The entries with the occurrences of those that repeat, without those that another entry replaces."""
    if not any(entry.rules or entry.added for entry in found):
        return list(found)
    from planner.ical.recur import MOST, occurrences

    replaced = {(entry.uid, entry.replaces) for entry in found if entry.replaces is not None}
    kept: list[Entry] = []
    left = _MANY
    for entry in found:
        if entry.replaces is not None or not (entry.rules or entry.added):
            kept.append(entry)
            continue
        made, said = occurrences(entry, min(MOST, left + 1))
        left -= len(made) - 1
        kept += [one for one in made if (one.uid, one.start) not in replaced]
        if said:
            faults.add(said, shortly(entry.summary))
    return kept


def _floats(entry: Entry) -> bool:
    """Whether an entry's start is a wall clock without any zone."""
    return isinstance(entry.start, datetime) and entry.start.tzinfo is None and not entry.tzid


def _without_zone(found: Sequence[Entry], floating: Sequence[Entry], zone: _Zone, hints: Hints) -> str | None:
    """Why the file cannot be read without being told a zone: "" for times that float, else a reason; None where it can."""
    if any(not (entry.zone or (zone.name and not zone.guess)) for entry in floating):
        return ""
    timed = [entry for entry in found if isinstance(entry.start, datetime)] if not hints.zone else []
    if timed and all(entry.tzid for entry in timed):
        return f"its time zone {shortly(timed[0].tzid)} is defined nowhere"
    return None


_made = maker(Slot)


def _slot(entry: Entry, zone: _Zone, hints: Hints, faults: Faults) -> Slot:
    """When: instants, whole days, or nothing where no time could be read."""
    start, end = entry.start, entry.end
    said = texts.clean(entry.said[:200])
    if start is None:
        return Slot(said=said)
    if not isinstance(start, datetime):
        return all_day(start, None if isinstance(end, datetime) else end)._replace(said=said)
    here = hints.zone if entry.tzid else entry.zone or zone.name
    if start.tzinfo is None:
        if here is None:
            faults.add(
                f"The time zone {shortly(entry.tzid)} is defined nowhere, so there is no slot (--zone would say it)",
                shortly(entry.summary),
            )
            return Slot(said=said)
        start = _instant(start, here, entry, faults)
        end = _instant(end, here, entry, faults) if isinstance(end, datetime) else None
    if start is None or not isinstance(end, datetime) or end <= start:
        if start is not None and isinstance(end, datetime) and end < start:
            faults.add("The end is before the start, so it is open", shortly(entry.summary))
        end = None
    return _made(start, end, zone=here if is_real_zone(here) else zone.name, said=said)


def _instant(wall: datetime, zone: str, entry: Entry, faults: Faults) -> datetime | None:
    """The instant of a wall clock in a zone; None, and noted, where there is none."""
    try:
        at, doubt = times.instant(wall, zone)
    except ReadError as error:
        faults.add(f"{str(error).rstrip('.')}, so there is no slot", shortly(entry.summary))
        return None
    if doubt:
        faults.add(doubt.rstrip("."), shortly(entry.summary))
    return at


# The conference


def _zone(calendar: Calendar, found: Sequence[Entry], hints: Hints) -> _Zone:
    """The conference's zone: ``--zone``, an earlier import's, the events', the calendar's, a city's; else UTC as a guess."""
    known = hints.known_zone if is_real_zone(hints.known_zone) else None
    said = (
        _said(hints.zone, "--zone")
        or _said(known, "an earlier import of this conference")
        or _said(_zone_of_events(calendar, found), "the time zone of its events")
        or _said(calendar.zone, "the calendar's own time zone")
        or _said(_zone_of_places(found), "the city in the places of its events")
        or _said(_zone_of_name(calendar), "the city in the calendar's name")
    )
    if said:
        return said
    if not any(isinstance(entry.start, datetime) for entry in found):
        return _Zone(hints.known_zone, "an earlier import of this conference" if hints.known_zone else "")
    return _Zone("UTC", "its times are in UTC and nothing names the place", guess=True)


def _said(name: str | None, words: str) -> _Zone | None:
    return _Zone(name, words) if name else None


def _zone_of_events(calendar: Calendar, found: Sequence[Entry]) -> str | None:
    """The zone that half of the timed events name, where the calendar's head does not name the same."""
    timed = [entry.zone for entry in found if isinstance(entry.start, datetime)]
    named = Counter(zone for zone in timed if is_real_zone(zone))
    zone, count = next(iter(named.most_common(1)), (None, 0))
    return zone if 2 * count >= len(timed) and zone != calendar.zone else None


def _zone_of_places(found: Sequence[Entry]) -> str | None:
    """The zone of the city that stands in most of the places."""
    from planner.dates.places import zone_of_city  # dates in words cost 10 ms to import, and few calendars need them

    places = Counter(" ".join(entry.location.split()) for entry in found if entry.location.strip())
    zones: Counter[str] = Counter()
    for place, count in places.most_common(200):
        if zone := zone_of_city(place):
            zones[zone] += count
    return next((zone for zone, count in zones.most_common(1) if 2 * count > places.total()), None)


def _zone_of_name(calendar: Calendar) -> str | None:
    """The zone of the one city that a calendar's name with a year holds: ``PyCon Berlin 2026``."""
    from planner.dates.places import zone_of_city

    for said in (calendar.name, calendar.description):
        words = texts.read_title(said).split()
        if not _years(said) or len(words) > 20:  # noqa: PLR2004  (a name, not a text)
            continue
        spans = (words[at : at + length] for length in (1, 2, 3) for at in range(len(words) - length + 1))
        tidy = (" ".join(span).strip(",.:;()") for span in spans)
        zones = {zone for name in tidy if _can_be_city(name) and (zone := zone_of_city(name))}
        if len(zones) == 1:
            return zones.pop()
    return None


def _can_be_city(words: str) -> bool:
    """Whether words of a name can be a city: no acronym and no small word, which may be codes of countries (``at``)."""
    return len(words) > 3 and words[0].isupper() and not words.isupper() and words.casefold() not in _COMMON_WORDS  # noqa: PLR2004  (letters)


def _name(calendar: Calendar, found: Sequence[Entry], part: Part, hints: Hints, year: int | None) -> str:
    """The conference's name; one of its own that lacks the year gets that of its dates, because next year's has it too."""
    own = _own_name(calendar, found)
    if own and year and not _years(own) and _days(found) <= _ONE_OCCASION:
        own = f"{own} {year}"
    return texts.read_title(conference_name(part, hints, own))


def _own_name(calendar: Calendar, found: Sequence[Entry]) -> str:
    """What the calendar calls itself, or ""."""
    # Sched's X-WR-CALNAME is the name of its web site.
    sched = re.match(_SCHED, calendar.product) if "sched" in calendar.product.lower() else None
    if sched and _years(sched[1]):
        return texts.read_title(sched[1])
    name = texts.read_title(calendar.name)
    if _is_name(name):
        return name
    named_so, _, last = calendar.product.rpartition(" ")
    if last.lower() not in {"calendar", "schedule"} or "/" in named_so:
        named_so = ""
    for said in (calendar.description, named_so):
        title = texts.read_title(said)
        if _is_name(title) and _years(title):
            return title
    if found[0].uid.lower().startswith("pretalx") and (pretalx := re.match(_PRETALX, found[0].uid)):
        return conference(pretalx[1], pretalx[2]) if pretalx[2] else pretalx[1]
    return ""


def _is_name(name: str) -> bool:
    """Whether a text can be a conference's name: no address, no word that every calendar may have, no template."""
    words = name.casefold().split()
    generic = _GENERIC.issuperset(words)
    return bool(words) and len(name) <= _LONGEST_NAME and "@" not in words[0] and not generic and not markup.is_template(name)


def _years(text: str) -> list[int]:
    """The years that a text names: four digits by themselves."""
    numbers = "".join([sign if sign in "0123456789" else " " for sign in text]).split()
    return [int(number) for number in numbers if len(number) == 4 and number[:2] in {"19", "20"}]  # noqa: PLR2004


def _days(found: Sequence[Entry]) -> int:
    """The days between the first and the last start."""
    days = sorted(entry.start.toordinal() for entry in found if entry.start is not None)
    return days[-1] - days[0] if days else 0


def _year(found: Sequence[Entry], zone: _Zone) -> int | None:
    """The year of the first start, on the conference's clock."""
    instants, years = [], []
    for entry in found:
        if isinstance(entry.start, datetime) and entry.start.tzinfo is not None:
            instants.append(entry.start)
        elif entry.start is not None:
            years.append(entry.start.year)
    if instants:
        first = min(instants)
        years.append((times.local(first, zone.name) if zone.name else first).year)
    return min(years, default=None)


def _doubts(
    found: Sequence[Entry], floating: Sequence[Entry], zone: _Zone, hints: Hints, *, name: str, year: int | None
) -> list[str]:
    """What the user should know about zone and year."""
    said = []
    if zone.guess:
        said.append(
            "The times are in UTC and nothing names the conference's place: its clock is shown as UTC until --zone says more."
        )
    own = {entry.zone for entry in floating if entry.zone}
    if hints.zone and own - {hints.zone}:
        said.append(
            f"The file says {', '.join(sorted(filter(None, own)))} for its times; --zone {hints.zone} did not change them."
        )
    last = max([entry.start.year for entry in found if entry.start is not None], default=0)
    if year and hints.year and hints.year_from == "--year" and not year <= hints.year <= last:
        said.append(f"The dates of the file are in {year}; --year {hints.year} was not used.")
    elif year and (named := _years(name)) and not any(year <= one <= last for one in named):
        said.append(f"The name says {named[0]}, but the dates of the file are in {year}.")
    return said
