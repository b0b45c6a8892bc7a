"""What the single files beside a MiniConf site say: calendars, sessions with papers, slots, speakers, and the configuration.

The files name papers by id, sessions by name and pages by address; :mod:`planner.readers.miniconf_join` brings them together.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, date, datetime, timedelta

from planner import text as texts
from planner import times
from planner.dates import DateLine, scan
from planner.dates.words import MONTHS, WEEKDAYS
from planner.model import fold, slug
from planner.readers.clocks import Told
from planner.readers.events import Event
from planner.readers.json_rows import Around, Tables, row_of
from planner.readers.json_times import day_of, first, moment, normal
from planner.readers.pages_kinds import kind_of as kind_in_words
from planner.readers.records import Block, Row, items, kind_of, records, said
from planner.values import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    Raw = Mapping[str, Any]

_NO_TABLES = Tables()
_PARAMETER = re.compile(r"[?&](?:session|search|break)=([^&#\s]{1,100})")
_PAGE = re.compile(r"([A-Za-z]{2,30}_[\w.+-]{1,60})\.html")
_SHORT = re.compile(r"\(([A-Z0-9]{2,12})\)\s*$")
_NUMBERED = re.compile(r"S(\d{1,2})$")
_WORD = re.compile(r"[A-Za-z]{2,12}")
_DAY_NUMBER = re.compile(r"(?<!\d)(\d{1,2})(?!\d)")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_HOUR = 60
_ABOUT = frozenset({"abstract", "authors", "organizers", "organisers", "description", "speaker", "speakers"})
_WEEKDAY_WORDS = frozenset({*WEEKDAYS, "thur", *(day.casefold() for day in times.DAYS)})
_PEOPLE_LISTS = {
    "speakers": "keynote",
    "workshops": "workshop",
    "socials": "social",
    "tutorials": "tutorial",
    "panels": "panel",
}
_CONFIG_KEYS = frozenset(
    {"tagline", "page_title", "proceedings_title", "chat_server", "citation_date", "site_title", "background_image", "logo"}
)


class Entry(NamedTuple):
    """A row with the names under which other files may speak of it, and its times where they name a weekday only.

    ``names`` are folded by :func:`alias`; ``whens`` pair what is said of the day (a weekday from 0, a date, or None) with a
    time of day.
    """

    row: Row
    names: frozenset[str] = frozenset()
    whens: tuple[tuple[int | date | None, DateLine], ...] = ()


class Piece(NamedTuple):
    """What one file says.

    ``kind`` is calendar, sessions, talks, slots, people, papers (ids by session name) or config. ``entries`` are its rows,
    each the container of a block of the same key as its ``holds``. ``ids`` pair a session's key or folded name with the ids
    of its papers; ``tracks`` are the tracks of papers by id. ``name``, ``zone`` and ``first`` (day) are the conference's.
    """

    kind: str
    entries: tuple[Entry, ...] = ()
    blocks: tuple[Block, ...] = ()
    ids: tuple[tuple[str, tuple[str, ...]], ...] = ()
    tracks: Mapping[str, str] = {}
    name: str = ""
    zone: str = ""
    first: date | None = None
    warnings: tuple[str, ...] = ()


def piece_of(document: Any, text: str, file: str) -> Piece | None:
    """What a document says; None where it is no file of the family. ``file`` is the file's name, which may tell a kind."""
    if isinstance(document, dict):
        return _of_mapping(document, text)
    listed = records(document) if isinstance(document, list) else []
    keys = {key for one in listed[:50] for key in normal(one)}
    if {"posters", "name"} <= keys:
        return Piece("papers", ids=tuple((alias(said(one.get("name"))), _ids(one.get("posters"))) for one in listed))
    if {"section", "day"} <= keys:
        return Piece("papers", tracks=dict(_themes(listed)))
    if "title" in keys and any(isinstance(one.get("sessions"), list) for one in listed[:50]):
        return _talks(listed)
    if {"title", "start"} <= keys:
        return _calendar(listed)
    return _people(listed, kind_in_words(file.replace("_", " "))) if {"title", "name"} & keys and _ABOUT & keys else None


def _of_mapping(document: Raw, text: str) -> Piece | None:
    """What a document of named parts says."""
    if isinstance(document.get("time_slots"), dict):
        return _slots(document, text)
    lists = {name: listed for name, value in document.items() if isinstance(value, list) and (listed := records(value))}
    if lists and lists.keys() <= _PEOPLE_LISTS.keys():  # beside any other list they are the parts of a programme
        found = [_people(listed, _PEOPLE_LISTS[name]) for name, listed in lists.items()]
        return Piece("people", tuple(entry for piece in found for entry in piece.entries))
    inner = [value for value in document.values() if isinstance(value, dict)]
    if inner and any("papers" in one and {"start_time", "start"} & one.keys() for one in inner):
        return _sessions(document)
    if "name" in document and _CONFIG_KEYS & document.keys():
        return _config(document)
    return None


def alias(name: str) -> str:
    """A name folded, its weekday cut to three letters: ``Tues Session 1`` is ``tue session 1``."""
    from urllib.parse import unquote_plus

    words = fold(unquote_plus(name[:200])).split()
    if words and words[0][:3] in WEEKDAYS and words[0].rstrip("s") in _WEEKDAY_WORDS:
        words[0] = words[0][:3]
    return " ".join(words)


# Calendars


def _calendar(listed: Sequence[Raw]) -> Piece:
    """The list of a calendar (toast-ui): each entry may be the container of a session."""
    plain = [normal(one) for one in listed]
    days = {_span(one) for one in plain if said(one.get("view")) == "day"}
    kept = [one for one in plain if not (said(one.get("view")) == "week" and _span(one) in days)]
    uids = [said(one.get("uid")) for one in kept]
    uses = Counter(uids)
    keys = _Keys()
    entries, blocks = [], []
    for number, (one, uid) in enumerate(zip(kept, uids, strict=True), 1):
        title = texts.read_title(said(one.get("title")))
        own = uid if uid and uses[uid] == 1 else ""
        key = keys.free(slug(own or title) or f"entry-{number}")
        row = row_of({**one, "uid": None, "id": None, "category": None}, _NO_TABLES, Around(), f"“{title[:40]}”")
        row = row._replace(event=row.event._replace(source_id=f"calendar-{own}" if own else ""), holds=key)
        chairs = texts.names(said(first(one, ("chair", "chairs"))))
        blocks.append(Block(key, title, chairs, kind_of(row.event.type, title), row.told, room=row.room))
        entries.append(Entry(row, _names_of(title, uid, said(first(one, ("link", "location", "url"))))))
    left = len(plain) - len(kept)
    warnings = (f"Entries of the week's view that repeat those of the day's were left out: {left}.",) if left else ()
    return Piece("calendar", tuple(entries), tuple(blocks), warnings=warnings)


def _span(one: Raw) -> tuple[str, str]:
    return said(one.get("start")), said(one.get("end"))


def _names_of(title: str, uid: str, link: str) -> frozenset[str]:
    """The names by which papers and speakers refer to an entry: its title and id, and what its link asks for."""
    short = _SHORT.search(title)
    asked = _PARAMETER.search(link)
    page = _PAGE.search(link)
    stem = page[1] if page else ""
    found = {title, uid, short[1] if short else "", asked[1] if asked else "", stem, stem.removeprefix("session_")}
    return frozenset(name for one in found if (name := alias(one)))


class _Keys:
    """Gives each block a key of its own."""

    def __init__(self) -> None:
        self.taken: set[str] = set()
        self.last: Counter[str] = Counter()

    def free(self, key: str) -> str:
        """The key, or the key with the first free number behind it."""
        free = key
        while free in self.taken:
            self.last[key] += 1
            free = f"{key}-{self.last[key] + 1}"
        self.taken.add(free)
        return free


# Sessions with papers, talks with sessions


def _sessions(document: Raw) -> Piece:
    """``{"z1A": {start_time, end_time, name, long_name, papers}}``."""
    entries, blocks, ids = [], [], []
    for key, one in document.items():
        if not isinstance(one, dict):
            continue
        name = said(one.get("name")) or key
        title = said(one.get("long_name")) or name
        plain = normal({**one, "title": title})
        row = row_of({**plain, "name": None}, _NO_TABLES, Around(), key)
        row = row._replace(event=row.event._replace(source_id=f"session-{key}"), holds=f"session-{key}")
        chairs = tuple(said(chair) for chair in items(one.get("chairs")))
        blocks.append(Block(row.holds, title, chairs, kind_of("", name), row.told, room=row.room))
        entries.append(Entry(row, frozenset(map(alias, (key, name, title)))))
        ids.append((row.holds, _ids(one.get("papers"))))
    return Piece("sessions", tuple(entries), tuple(blocks), tuple(ids))


def _ids(value: Any) -> tuple[str, ...]:
    """The ids of papers in a list of ids or of objects with one."""
    found = (said(one.get("id") or one.get("UID")) if isinstance(one, dict) else said(one) for one in items(value))
    return tuple(one for one in found if one)


def _themes(listed: Sequence[Raw]) -> Iterator[tuple[str, str]]:
    """The theme of each paper in a list of days, sections and ids."""
    for day in listed:
        for section in records(day.get("section")):
            for one in _ids(section.get("ids")):
                yield one, said(section.get("theme"))


def _talks(listed: Sequence[Raw]) -> Piece:
    """Plenaries, tutorials and socials with the sessions in which they take place: a row for each."""
    entries = []
    for number, one in enumerate(listed, 1):
        plain = normal(one)
        identity = said(plain.get("uid")) or said(plain.get("id"))
        base = row_of({**plain, "start": None}, _NO_TABLES, Around(), identity or f"entry {number}")
        source = f"talk-{identity}" if identity else ""
        base = base._replace(event=base.event._replace(source_id=source), together=source)
        slots = records(plain.get("sessions")) or [{}]
        for slot in slots:
            told = row_of({**normal(slot), "title": base.event.title}, _NO_TABLES, Around(), base.label)
            entries.append(
                Entry(
                    base._replace(told=told.told, line=told.line, room=base.room or told.room),
                    frozenset({alias(base.event.title)}),
                )
            )
    return Piece("talks", tuple(entries))


# Slots of the day (ICLR 2020)


def _slots(document: Raw, text: str) -> Piece:
    """Named times of day and the events of each day that take place in them; in UTC where the file says so."""
    spans = {name: _clock_span(value) for name, value in document["time_slots"].items()}
    zone = UTC if re.search(r"#[^\n]{0,200}\bUTC\b", text) else None
    entries, blocks = [], []
    keys = _Keys()
    lost = 0
    for day in records(document.get("conference")):
        on = moment(f"{said(day.get('day'))}T00:00")
        posters = 0
        for one in records(day.get("events")):
            start, end = spans.get(said(one.get("slot")), (None, None))
            poster = said(one.get("type")) == "poster"
            posters += poster
            if on is None or start is None:
                lost += 1
                continue
            entry = _slot_entry(one, _told_between(on, start, end, zone), keys, posters if poster else 0)
            entries.append(entry)
            blocks.append(Block(entry.row.holds, entry.row.event.title, kind="poster" if poster else "", told=entry.row.told))
    warnings = (f"Events without a day or a known slot were left out: {lost}.",) if lost else ()
    return Piece("slots", tuple(entries), tuple(blocks), warnings=warnings)


def _slot_entry(one: Raw, told: Told, keys: _Keys, poster: int) -> Entry:
    """One event of a day; ``poster`` is its number among the day's poster sessions, 0 for another event."""
    short, type_, identity = said(one.get("short")), said(one.get("type")), said(one.get("id"))
    title = said(one.get("name")) or (
        f"{type_} session {short}".strip().capitalize() if not short else f"Poster session {short}"
    )
    key = keys.free(slug(short or title) or "entry")
    event = Event(title, source_id=f"slot-{key}", type="talk" if type_ in {"qa", "expo"} else type_)
    names = {alias(title), alias(short)}
    if poster and told.at is not None:
        found = _NUMBERED.search(short)
        names.add(f"{WEEKDAYS[told.at.weekday()]} session {int(found[1]) if found else poster}")
    if type_ == "qa" and identity:
        names.add(alias(f"speaker_{identity}"))
    return Entry(Row(event, told, label=key, holds=key), frozenset(names - {""}))


def _clock_span(value: Any) -> tuple[int | None, int | None]:
    """The two times of day of a slot, in minutes after midnight."""
    found = [scan(said(one)) for one in items(value)[:2]]
    minutes = [line.start if line is not None else None for line in found]
    return (minutes[0], minutes[1]) if len(minutes) > 1 else (None, None)


def _told_between(on: datetime, start: int, end: int | None, zone: Any) -> Told:
    """A time on a day from one minute to another, which is on the next day where it is not later."""
    at = (on + timedelta(minutes=start)).replace(tzinfo=zone)
    until = None
    if end is not None:
        until = (on + timedelta(minutes=end if end > start else end + 24 * _HOUR)).replace(tzinfo=zone)
    return Told(at, until=until, words=f"{at:%Y-%m-%d %H:%M}")


# Speakers, workshops, socials


def _people(listed: Sequence[Raw], kind: str) -> Piece:
    """Keynotes, workshops and socials; what they say of their time is a weekday and a time of day, or nothing."""
    word = {"keynote": "speaker"}.get(kind, kind or "entry")
    entries = []
    for number, one in enumerate(listed, 1):
        plain = normal(one)
        title = said(first(plain, ("longtitle", "title", "name")))
        identity = said(plain.get("id")) or said(plain.get("uid"))
        row = row_of({**plain, "title": title, "links": None, "type": None, "start": None}, _NO_TABLES, Around(), identity)
        row = row._replace(
            event=row.event._replace(source_id=f"{word}-{identity}" if identity else ""),
            kind=kind,
            label=row.label or f"{word} {number}",
        )
        names = {alias(title), alias(said(plain.get("title"))), alias(f"{word}_{identity}") if identity else ""}
        entries.append(Entry(row, frozenset(names - {""}), tuple(_whens(plain))))
    return Piece("people", tuple(entries))


def _whens(plain: Raw) -> Iterator[tuple[int | date | None, DateLine]]:
    """Each day with its time, from ``day`` and ``time`` or the lists ``day`` and ``times``."""
    days, clocks = (
        [said(one) for one in (value if isinstance(value, list) else [value]) if said(one)]
        for value in (first(plain, ("day", "days", "date")), first(plain, ("times", "time")))
    )
    for number, clock in enumerate(clocks[:20]):
        line = scan(clock[:100])
        if line is not None and line.start is not None:
            yield _day_in(days[number] if number < len(days) else days[0] if len(days) == 1 else ""), line


def _day_in(text: str) -> int | date | None:
    """The one weekday that a text names (0 is Monday), or its date; None where it names none or two."""
    if day := day_of(text):
        return date.fromisoformat(day)
    found = {word[:3].casefold() for word in _WORD.findall(text[:100]) if word.casefold().rstrip("s") in _WEEKDAY_WORDS}
    return WEEKDAYS.index(found.pop()) if len(found) == 1 else None


# The configuration


def _config(document: Raw) -> Piece:
    """The conference's name, its zone where it says one, and its first day."""
    page = document.get("page_title")
    prefix = said(page.get("prefix")) if isinstance(page, dict) else ""
    when = " ".join(said(document.get(key)) for key in ("date", "citation_date"))
    names = [texts.read_title(said(one)) for one in (document.get("display_name"), document.get("name"), prefix)]
    name = next((one for one in names if _YEAR.search(one)), "")
    years = _YEAR.findall(when)
    if not name and names[1] and years:
        name = f"{names[1]} {years[0]}"
    zone = next((found for key in ("timezone", "time_zone", "tz", "zone") if (found := said(document.get(key)))), "")
    calendar = document.get("calendar")
    start = moment(f"{said(calendar.get('start'))}T00:00") if isinstance(calendar, dict) else None
    return Piece("config", name=name, zone=zone, first=start.date() if start else _first_day(when))


def _first_day(when: str) -> date | None:
    """The first day of ``June 07th - 10th 2021`` or ``9-12 July 2020``; None where it names none."""
    text = texts.html(when[:200])
    month = next((word[:3].casefold() for word in _WORD.findall(text) if word[:3].casefold() in MONTHS), "")
    bare = re.sub(r"(?<=\d)(?:st|nd|rd|th)\b", "", text)
    day, year = _DAY_NUMBER.search(bare), _YEAR.search(bare)
    if not (month and day and year):
        return None
    try:
        return date(int(year[0]), MONTHS.index(month) + 1, int(day[1]))
    except ValueError:
        return None
