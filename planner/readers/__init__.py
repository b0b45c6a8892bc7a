"""Bytes of a page, file or feed to a conference: which reader understands it, and one conference out of many parts.

Readers are pure: no clock, no network, no folder. Each is one module of this package that offers

- ``FORMATS``: the names by which ``--format`` calls it, the first being the one that it reports,
- ``claims(text, part)``: whether it knows the content, cheaply and without raising,
- ``read(text, part, hints)``: one part to a :class:`~planner.model.Reading`, or a :class:`~planner.errors.ReadError`,

and has one line in :data:`READERS`. A module is imported only when it is asked. One whose files only make sense together
also offers ``companions(parts, hints)``, those of several parts that it reads as one, and ``gather(parts, hints)``, which
reads them.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import reduce

from planner import text as texts
from planner.changes import merge
from planner.errors import MissingFactsError, ReadError, UnknownFormatError, UsageError, few
from planner.model import Reading, fold, slug, uid_for
from planner.readers.sources import Hints, Part, conference_name, is_url, missing, name_from_site, shown
from planner.values import Acyclic, NamedTuple, re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
    from typing import Any, Protocol

    from planner.model import Conference, Session, Slot, Talk

    class Module(Protocol):
        """What a reader module offers."""

        FORMATS: tuple[str, ...]

        def claims(self, text: str, part: Part) -> bool:
            """Whether the content is of this module's formats."""

        def read(self, text: str, part: Part, hints: Hints) -> Reading:
            """Read one part."""


__all__ = ["READERS", "Hints", "Part", "Reader", "conference_name", "formats", "is_url", "missing", "read", "shown"]


class Reader(NamedTuple):
    """One line of the table: the module's name, what it looks for (in words for a refusal), whether it has ``companions``.

    ``begins`` holds the signs with which its files begin: one that begins with another is not worth importing the module
    for, which takes as long as reading 300 talks. Empty where they may begin with any.
    """

    module: str
    finds: str
    gathers: bool = False
    begins: str = ""

    def may_claim(self, text: str) -> bool:
        """Whether its module is to be asked about a text."""
        first = text[:_HEAD].lstrip("\ufeff \t\n")[:1]
        return not (self.begins and first) or first in self.begins


READERS = (
    Reader("site_json", "the JSON of orals and posters behind the conference sites", begins="{["),
    Reader("researchr", "programmes of conf.researchr.org in XML", begins="<"),
    Reader("frab", "schedule.xml and schedule.json of frab, Pentabarf, pretalx and wafer", begins="<{["),
    Reader("xcal", "calendars in XML (xCal)", begins="<{"),
    Reader("ical", "iCalendar, as Sched, Indico, pretalx and Google export it"),
    Reader("miniconf", "the calendars, sessions and speakers of MiniConf sites in JSON and YAML", gathers=True),
    Reader("slots_by_id", "slots that name their talks by id, as DevFest sites and aclpub2 do", gathers=True),
    Reader("front_matter", "pages of single talks with their time in YAML or TOML at the head", gathers=True, begins="-+"),
    Reader("json_ld", "events of schema.org with their parts, in JSON-LD or in a page", begins="<{["),
    Reader("open_json", "open JSON with titles and starts: Sessionize, Open Event, Indico, EuroPython and their like"),
    Reader("csv_schedule", "CSV and TSV with columns for title, date, start and their like"),
    Reader("csv_grid", "timetables as CSV: rooms across, times down"),
    Reader("lists", "paper lists: tables and blocks in Markdown, CSV, TSV and JSON"),
    Reader("pages", "the session, day, calendar and poster pages of conference sites"),
)
"""Every reader, from the most explicit format to the least; the first that claims a part reads it."""

SCOPES = ("list", "kinds", "days", "sessions", "conference")
"""What a source can speak for; of several parts together the later word of this order counts."""


EVER = datetime(1970, 1, 1, tzinfo=UTC)
"""Stands in for the time of a change between parts that are read at once: nothing changed."""

_LINE = r"^line \d{1,9}: "
_HEAD = 4000  # signs at the head of a page in which its own address is looked for


def formats() -> tuple[str, ...]:
    """Every name that ``--format`` knows, in the order in which the readers are asked."""
    return tuple(name for reader in READERS for name in _module(reader).FORMATS)


def read(parts: Sequence[Part], hints: Hints, told: Callable[[int, int], object] | None = None) -> Reading:
    """Read one source: a file, or all the files of a folder that make one conference.

    ``told`` is told before each part which one it is and of how many; what it raises stops the reading.

    A part that tells no year, zone or name takes them from those that do. With several parts, one that is in no known format
    or holds nothing becomes a warning, unless all are so.

    Every warning and every refusal is a sentence with its full stop, but for one that ends with a command to be copied.

    Raises:
        ReadError: nothing could be read; the sentence says of which part, and why.
        MissingFactsError: it reads well, but its conference, year or zone is nowhere said.
        UsageError: ``--format`` or ``--zone`` names something unknown.

    """
    try:
        with Acyclic():
            return _read_all(parts, hints, told)
    except MissingFactsError:
        raise
    except UnknownFormatError as error:
        raise UnknownFormatError(_stopped(str(error)), error.names) from error
    except ReadError as error:
        raise ReadError(_stopped(str(error))) from error


def _stopped(sentence: str) -> str:
    """The sentence with its full stop."""
    return sentence if sentence.endswith((".", "!", "?", "…")) else f"{sentence}."


def _read_all(parts: Sequence[Part], hints: Hints, told: Callable[[int, int], object] | None) -> Reading:
    """Read all parts, those again that lacked a fact which another one says."""
    _known_flags(hints)
    if not parts:
        raise ReadError("There is no file to read in there; say the path of a saved page or of a schedule file")
    read_well: dict[int, Reading] = {}
    refused: dict[int, ReadError] = {}
    units, gatherer = _units(parts, hints)
    for round_hints in (hints, None):
        for number, unit in enumerate(units):
            if number in read_well or (round_hints is None and not isinstance(refused[number], MissingFactsError)):
                continue
            if told is not None:
                told(number + 1, len(units))
            try:
                read_well[number] = _read_unit(unit, gatherer, round_hints or _learned(hints, read_well.values()))
                refused.pop(number, None)
            except ReadError as error:
                refused[number] = error
        if not refused or not read_well:
            break
    if not read_well or any(isinstance(error, MissingFactsError) for error in refused.values()):
        raise _worst(list(refused.values()))
    warnings = tuple(_stopped(sentence) for sentence in _sentences(refused.values()))
    return _together([(units[number][0], read_well[number]) for number in sorted(read_well)], warnings)


def _sentences(errors: Collection[ReadError]) -> Iterator[str]:
    """What to say of parts that were left: those in no known format are one sentence, however many they are."""
    unknown = [error for error in errors if isinstance(error, UnknownFormatError)]
    yield from (str(error) for error in errors if len(unknown) <= 1 or not isinstance(error, UnknownFormatError))
    if len(unknown) > 1:
        yield f"{len(unknown)} files in no known format were left: {few([name for error in unknown for name in error.names])}"


def _worst(errors: Sequence[ReadError]) -> ReadError:
    """The refusal to tell where nothing was read: a fact that is missing, else a file that a reader knew, else all of them."""
    missing = [error for error in errors if isinstance(error, MissingFactsError)]
    known = [error for error in errors if not isinstance(error, UnknownFormatError)]
    if missing or known or len(errors) == 1:
        return next(iter(missing or known or errors))
    names = tuple(name for error in errors if isinstance(error, UnknownFormatError) for name in error.names)
    return UnknownFormatError(f"none of {len(names)} files is in a known format: {few(names)}; name a schedule.", names)


def _known_flags(hints: Hints) -> None:
    """Refuse a zone or a format that does not exist before anything is read."""
    if hints.zone:
        from planner.times import zone

        zone(hints.zone)
    if hints.format and hints.format not in formats():
        raise UsageError(f"--format {hints.format} is not known; the formats are {', '.join(formats())}.")


def _module(reader: Reader) -> Module:
    module: Module = __import__(f"planner.readers.{reader.module}", fromlist=["read"])  # importlib by itself takes 0.5 ms
    return module


def _units(parts: Sequence[Part], hints: Hints) -> tuple[list[tuple[Part, ...]], Any]:
    """What is read at once: each part by itself, but those first that a reader wants together; and that reader's module."""
    for reader in READERS if len(parts) > 1 else ():
        module: Any = _module(reader) if reader.gathers else None
        if module is not None and (not hints.format or hints.format in module.FORMATS):
            chosen: tuple[Part, ...] = module.companions(parts, hints)
            taken = set(map(id, chosen))
            if chosen:
                return [chosen, *((part,) for part in parts if id(part) not in taken)], module
    return [(part,) for part in parts], None


def _read_unit(unit: tuple[Part, ...], gatherer: Any, hints: Hints) -> Reading:
    """Read one part, or several as the one reader does that wants them together."""
    if len(unit) == 1:
        return _read_part(unit[0], hints)
    reading: Reading = gatherer.gather(unit, hints)
    return reading


def _read_part(part: Part, hints: Hints) -> Reading:
    """Find the reader of one part and let it read."""
    if not part.data.strip():
        said = f"{shown(part)} is empty; save the page again, or export the schedule again"
        raise UnknownFormatError(said, (shown(part),))
    if texts.looks_binary(part.data):
        said = f"{shown(part)} is binary, not text; save the page as HTML or text, or export the schedule"
        raise UnknownFormatError(said, (shown(part),))
    text = texts.decode(part.data)
    if not hints.known_zone:
        name = conference_name(part, hints, name_from_site(text[:_HEAD]))
        hints = hints._replace(known_zone=hints.known_zones.get(slug(name)))
    for reader in READERS:
        if not (hints.format or reader.may_claim(text)):
            continue
        module = _module(reader)
        if hints.format in module.FORMATS if hints.format else module.claims(text, part):
            return _named(part, module.read, text, hints)
    looked_for = "; ".join(reader.finds for reader in READERS)
    said = f"{shown(part)} is in no known format; looked for: {looked_for} (--format says which it is)"
    raise UnknownFormatError(said, (shown(part),))


def _named(part: Part, read_one: Callable[[str, Part, Hints], Reading], text: str, hints: Hints) -> Reading:
    """Read one part; a refusal that does not name it is told with its name, because a source can have many parts."""
    try:
        return read_one(text, part, hints)
    except MissingFactsError:
        raise
    except ReadError as error:
        if shown(part) in str(error):
            raise
        raise ReadError(f"{shown(part)}: {error}") from error


def _learned(hints: Hints, readings: Iterable[Reading]) -> Hints:
    """The hints with what the other parts of the source said: the first that says a fact says it for all."""
    for reading in readings:
        hints = hints._replace(
            name=hints.name or reading.conference.name,
            year=hints.year or reading.year,
            year_from=hints.year_from if hints.year else reading.year_from or "another file",
            known_zone=hints.known_zone or reading.conference.zone,
        )
    return hints


def _together(readings: Sequence[tuple[Part, Reading]], warnings: tuple[str, ...]) -> Reading:
    """One reading out of those of all parts. The talks of a schedule take the rows of a list that they are."""
    first = readings[0]
    for part, other in readings[1:]:
        if other.conference.slug != first[1].conference.slug:
            raise ReadError(
                f"{shown(first[0])} belongs to {first[1].conference.name}, {shown(part)} to {other.conference.name}; "
                "import them apart, or name the one conference with --conference"
            )
    readings = _placed(readings)
    alone = len(readings) == 1 and not warnings
    said = warnings + _named_warnings(readings, alone=alone)
    lists = [reading for _, reading in readings if reading.scope == "list"]
    schedules = [reading for _, reading in readings if reading.scope != "list"]
    if not lists or not schedules:
        return reduce(_added, lists + schedules)._replace(warnings=said)
    listed, scheduled = reduce(_added, lists), reduce(_added, schedules)
    joined = merge(listed.conference, scheduled, now=EVER)
    fresh = tuple(talk._replace(sequence=0, modified=None) for talk in joined.conference.talks)
    whole = scheduled._replace(conference=joined.conference._replace(talks=fresh, read_at=None), warnings=said + joined.near)
    return whole._replace(year=whole.year or listed.year, year_from=whole.year_from or listed.year_from)


def _placed(readings: Sequence[tuple[Part, Reading]]) -> Sequence[tuple[Part, Reading]]:
    """The readings, where those of parts that name no place take the zone of one that does, and lose their warning."""
    known = next((one for _, one in readings if one.conference.zone and not any(map(_is_placeless, one.warnings))), None)
    if known is None:
        return readings
    return [(part, _placed_as(reading, known)) for part, reading in readings]


def _placed_as(reading: Reading, known: Reading) -> Reading:
    """A reading that names no place with the zone of one that does; any other as it is."""
    kept = tuple(said for said in reading.warnings if not _is_placeless(said))
    if len(kept) == len(reading.warnings):
        return reading
    whole = reading.conference._replace(zone=known.conference.zone)
    return reading._replace(conference=whole, zone_from=known.zone_from, warnings=kept)


def _is_placeless(warning: str) -> bool:
    return "nothing names the conference's place" in warning


def _added(whole: Reading, other: Reading) -> Reading:
    """Two readings of one conference as one."""
    return whole._replace(
        conference=_merged(whole.conference, other.conference),
        scope=max(whole.scope, other.scope, key=SCOPES.index),
        zone_from=whole.zone_from or other.zone_from,
        year=whole.year or other.year,
        year_from=whole.year_from or other.year_from,
        partial=whole.partial or other.partial,
    )


def _named_warnings(readings: Sequence[tuple[Part, Reading]], *, alone: bool) -> tuple[str, ...]:
    """The warnings, each said once, with the first part that gives it where there are several parts."""
    given: dict[str, tuple[str, Part]] = {}
    for part, reading in readings:
        for one in map(_stopped, reading.warnings):
            about_all = re.sub(_LINE, "", one) if "“" not in one else one  # the same of each part, whatever the line
            given.setdefault(about_all, (one, part))
    return tuple(one if alone or shown(part) in one else f"{shown(part)}: {one}" for one, part in given.values())


def _merged(first: Conference, second: Conference) -> Conference:
    """Two parts of one conference: equal sessions and talks become one, the later fills what the earlier leaves empty."""
    sessions: dict[str, Session] = {one.key: one for one in first.sessions}
    for new in second.sessions:
        sessions[new.key] = new._replace(**_known(sessions[new.key])) if new.key in sessions else new
    return first._replace(
        zone=first.zone or second.zone,
        sessions=tuple(sessions.values()),
        talks=_merged_talks(first, second),
        day_change=first.day_change or second.day_change,
        layout=first.layout or second.layout,
    )


def _merged_talks(first: Conference, second: Conference) -> tuple[Talk, ...]:
    """The talks of both; one that both show (the same identity, or the same title at no other time) becomes one."""
    talks = {talk.uid: talk for talk in first.talks}
    titles: dict[str, list[str]] = {}
    for talk in first.talks:
        titles.setdefault(fold(talk.title), []).append(talk.uid)
    renamed: dict[str, str] = {}
    for talk in second.talks:
        shown_as = [uid for uid in titles.get(fold(talk.title), ()) if talk.title and _same_slot(talks[uid], talk)]
        uid, ordinal = shown_as[0] if shown_as else talk.uid, 0
        while uid in talks and not _same_slot(talks[uid], talk):
            ordinal += 1
            uid = uid_for(first.slug, talk.source_id or talk.uid, ordinal=ordinal)
        renamed[talk.uid] = uid
        talks[uid] = _one_talk(talks[uid], talk) if uid in talks else talk._replace(uid=uid)
    for uid in renamed.values():
        talks[uid] = talks[uid]._replace(also=tuple(dict.fromkeys(renamed.get(one, one) for one in talks[uid].also)))
    return tuple(talks.values())


def _one_talk(first: Talk, second: Talk) -> Talk:
    """What two parts say of one talk; the first counts where both say something."""
    slot = first.slot._replace(**_filling(first.slot, second.slot)) if first.scheduled else second.slot
    kind = second.kind if first.kind in {"talk", "paper"} else first.kind
    also = tuple(dict.fromkeys((*first.also, *second.also)))
    links = tuple(dict.fromkeys((*first.links, *second.links)))
    return first._replace(**_filling(first, second))._replace(slot=slot, kind=kind, also=also, links=links)


def _filling(first: Session | Slot | Talk, second: Session | Slot | Talk) -> dict[str, Any]:
    """The fields that the second has and the first lacks."""
    return {key: value for key, value in _known(second).items() if not getattr(first, key)}


def _known(value: Session | Slot | Talk) -> dict[str, Any]:
    """The fields of a value that say something."""
    return {key: field for key, field in zip(value._fields, value, strict=True) if field}


def _same_slot(one: Talk, other: Talk) -> bool:
    """Whether two talks can be one: the same time in the same session, or one of them has no time yet."""
    if not one.scheduled or not other.scheduled:
        return True
    apart = one.session and other.session and one.session != other.session and "poster" in {one.kind, other.kind}
    return (one.start, one.slot.day) == (other.start, other.slot.day) and not apart
