"""Objects of JSON and YAML brought to one shape: talks inside of slots, slots inside of talks, JSON:API, days in words."""

from __future__ import annotations

import re
from datetime import date

from planner.dates import scan
from planner.readers import csv_times
from planner.readers.abroad import day_in_english, head_in_english
from planner.readers.json_times import END, START, day_of, first, moment, normal
from planner.readers.records import items, records, said

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from typing import Any

    from planner.readers.sources import Hints, Part

    Raw = Mapping[str, Any]

TITLE = (
    "title", "name", "sessiontitle", "talktitle", "eventtitle", "event", "talk", "activity", "summary", "subject", "titleen",
    "session",
)  # fmt: skip
"""What the title of a talk is called, as plain keys."""

_INNER = ("submission", "proposal", "talk", "session", "presentation")
_NAMED_BY_ID = ("session", "talk", "event")  # keys of titles, where they do not name another entry by its number
_PLACES = ("room", "roomname", "roomid", "date", "day", "duration", "timezone")
_WHEN = ("when", "time", "timeslot", "schedule", "slottime", "period")
_HEADS = ("label", "datereadable", "name", "title")
_WEEKDAY = re.compile(r"^[A-Z][a-z]{2,8},?\s{1,3}(?=[0-9]{4}-)")
_SLASHED = re.compile(r"[0-9]{1,2}/[0-9]{1,2}")
_MARKS = ("(", ": ", " - ", " – ", " — ", " | ")
_COUNTED = re.compile(r"[Dd]ay ([0-9]{1,2})\b")
_TIMES = frozenset((*START, *END))
_SPEAKING = ("speakers", "speaker", "presenters", "presenter", "participants")
_IDS = frozenset({"event", "session", "talk"})
_DEEPEST, _LONGEST = 12, 60


def opened(value: Raw, ids: Collection[str] = ()) -> dict[str, Any]:
    """An object with plain keys: of JSON:API its attributes and the ids that it names; a ``date`` with a clock is a start.

    What stands in an object of its own (Airtable's ``fields``, ``when`` with start and end, WordPress's ``meta``) comes out.
    ``ids`` are those of entries that others name: a number in words that is none of them may be a title (``"talk": "1984"``).
    """
    attributes = next((one for key in ("attributes", "fields") if isinstance(one := value.get(key), dict)), None)
    raw = normal({**attributes, "id": value.get("id")} if attributes is not None else value)
    relations = value.get("relationships") if attributes is not None else None
    for name, related in normal(relations).items() if isinstance(relations, dict) else ():
        data = related.get("data") if isinstance(related, dict) else None
        ids = [said(one.get("id")) for one in records(data if isinstance(data, list) else [data])]
        if ids and not raw.get(name):
            raw[name] = ids if isinstance(data, list) else ids[0]
    if "dategmt" in raw:
        return _of_wordpress(raw)
    for key in _NAMED_BY_ID:
        text = said(raw.get(key))
        others = {name: one for name, one in raw.items() if name != key}
        if text.isdecimal() and (isinstance(raw[key], int) or text in ids or first(others, TITLE) is not None):
            raw = others
    for key in _WHEN:
        inner = normal(raw[key]) if isinstance(raw.get(key), dict) else {}
        if any(name in inner for name in START if name != "time") and moment(raw[key]) is None:
            del raw[key]
            raw = {**raw, **{name: one for name, one in inner.items() if name in {*START, *END, *_PLACES}}}
    if not any(key in raw for key in START) and _is_timed(start := _WEEKDAY.sub("", said(raw.get("date")))):
        raw["start"] = start
        del raw["date"]
    if first(raw, TITLE) is None and isinstance(raw.get("group"), dict) and any(key in raw for key in START):
        raw["title"] = said(raw["group"])  # the IETF's sessions are called as the group that meets
    return raw


def _of_wordpress(raw: dict[str, Any]) -> dict[str, Any]:
    """A post of WordPress: its date is when it was published, its own time stands in its meta (WordCamp's in seconds)."""
    own = {name: one for key in ("meta", "acf") if isinstance(raw.get(key), dict) for name, one in normal(raw[key]).items()}
    raw = {**own, **{name: one for name, one in raw.items() if name not in {"date", "dategmt", "status"}}}
    if "wcptsessiontime" in raw:
        start, seconds = raw["wcptsessiontime"], said(raw.get("wcptsessionduration"))
        raw["start"] = start if moment(start) is not None else None
        raw["duration"] = str(int(seconds) // 60) if seconds.isdigit() else ""
    return raw


def _is_timed(text: str) -> bool:
    """Whether a text is a date with its clock."""
    if not text or len(text) > _LONGEST:
        return False
    line = scan(text) if moment(text) is None else None
    return moment(text) is not None or (line is not None and bool(line.dated and line.start is not None))


def included(document: Raw) -> dict[str, list[Any]]:
    """The objects that a JSON:API document brings along, by the plain plural of their type."""
    found: dict[str, list[Any]] = {}
    for one in records(document.get("included")):
        attributes = one.get("attributes")
        if isinstance(attributes, dict):
            found.setdefault(said(one.get("type")).rstrip("s") + "s", []).append({**attributes, "id": one.get("id")})
    return found


def in_its_slots(raw: Raw) -> list[dict[str, Any]]:
    """A talk once for each slot inside of it (pretalx, RainFocus), or a slot with the talk inside of it (pretalx, Devoxx).

    A submission without any slot is itself, a slot without a talk the break that it names; else there is none.
    """
    plain = any(isinstance(raw.get(key), str) and raw[key] for key in TITLE)
    if any(key in raw for key in START) and not plain:
        inner = next((one for key in _INNER if isinstance(one := raw.get(key), dict) and first(normal(one), TITLE)), None)
        if inner is not None:
            return [{**normal(inner), **_slot_of(raw)}]
        title = _break_of(raw) if any(key in raw and raw[key] is None for key in _INNER) else ""
        return [{"title": title, "type": "break", **_slot_of(raw)}] if title else []
    if first(raw, TITLE) is None:
        return []
    times = [one for one in map(normal, records(raw.get("times"))) if any(key in one for key in START)]
    if times and _are_own(raw, times):  # RainFocus
        left = {*START, *END, "times"}
        return [{**{key: one for key, one in raw.items() if key not in left}, **_slot_of(one)} for one in times]
    found = [raw["slot"]] if isinstance(raw.get("slot"), dict) else records(raw.get("slots"))
    slots = [one for one in map(normal, found) if "start" in one]
    if not any(key in raw for key in START) and (isinstance(raw.get("slot"), dict) or _are_own(raw, slots)):
        submitted = not slots and {"slot", "slots"} & raw.keys() and {"submissiontype", "state"} & raw.keys()
        rest = {key: one for key, one in raw.items() if key not in {"slot", "slots"}} if slots else raw
        return [{**rest, **_slot_of(one)} for one in slots or [{}] * bool(submitted)]
    return []


def _are_own(raw: Raw, slots: Sequence[Raw]) -> bool:
    """Whether slots are those of the talk around them; those with titles or with lists of talks are a group's own.

    A title may be the talk's once more; beside speakers a name is the slot's, and one word may be the id of an event or talk.
    """
    keys = [key for key in TITLE if key != "name" or first(raw, _SPEAKING) is None]
    said_of = [(key, one[key]) for one in slots for key in keys if isinstance(one.get(key), str)]
    titles = {text for key, text in said_of if " " in text or key not in _IDS}
    lists = [normal(one) for slot in slots for each in slot.values() if isinstance(each, list) for one in records(each)]
    return titles <= {said(first(raw, TITLE)), ""} and not any("title" in one or first(one, START) for one in lists)


def holds_lists(raw: Raw) -> bool:
    """Whether an object holds lists of others."""
    return any(records(one) for one in raw.values() if isinstance(one, list))


def head_day(raw: Raw) -> str:
    """The day that a group is called by, alone or beside a mark (``Day 1: Monday 3 June 2024``), as ``2024-06-03``."""
    return next((day for key in _HEADS if (text := said(raw.get(key))) and (day := day_of(_date_in(text)))), "")


def _date_in(text: str) -> str:
    """The date of a short text that is one, or has one before or behind a mark or in brackets; "" where there is none."""
    if not 3 < len(text) <= _LONGEST or not any(map(str.isdigit, text)):  # noqa: PLR2004  (5.1 is none)
        return ""
    pieces = (piece.strip(" )") for mark in _MARKS for piece in (text.rpartition(mark)[2], text.partition(mark)[0]))
    for piece in (text, *pieces):
        line = scan(day_in_english(piece)) if piece else None
        whole = line is not None and line.dated and line.start is None and not (line.before or line.after)
        if whole or csv_times.is_numbered(piece):
            return piece
    return ""


def other_weekday(raw: Raw, keys: Sequence[str] = ("day", "weekday", *_HEADS)) -> str:
    """What an object's own weekday says against its date, as a sentence without its stop; "" where they agree."""
    day = day_of(raw.get("date"))
    for key in keys if day else ():
        line = scan(head_in_english(said(raw.get(key))[:_LONGEST]))
        if line is not None and line.weekday is not None and not (line.day or line.before or line.after):
            dated = date.fromisoformat(day)
            if line.weekday != dated.weekday():
                return f"“{said(raw[key])}” stands beside {day}, which is a {dated:%A}"
    return ""


def _slot_of(raw: Raw) -> dict[str, Any]:
    return {key: raw[key] for key in (*START, *END, *_PLACES) if raw.get(key) not in (None, "")}


def _break_of(raw: Raw) -> str:
    """What a slot without a talk says of itself."""
    pause = normal(raw["break"]) if isinstance(raw.get("break"), dict) else {}
    return said(pause.get("nameen")) or said(pause) or said(raw.get("description")) or said(raw.get("sessiontype"))


def days_in_words(document: Any, part: Part, hints: Hints, name: str) -> dict[str, str]:
    """The days that a document writes in words without a year or in another language, as ``2025-11-19``.

    Raises MissingFactsError where no year is to be had.
    """
    said_days = {text: _date_in(text) or text for text in _days(document, 0)}
    found = csv_times.days_of(list(said_days.values()), part, hints, name) if said_days else {}
    return {text: day.isoformat() for text, bare in said_days.items() if (day := found.get(bare)) is not None}


def _days(value: Any, depth: int) -> Iterator[str]:
    """The texts that are such a day: of a group's head, and of the day of a talk."""
    if isinstance(value, list) and depth < _DEEPEST:
        for one in value:
            yield from _days(one, depth + 1)
    elif isinstance(value, dict) and depth < _DEEPEST:
        raw = normal(value)
        holds = any(items(one) for one in value.values()) and not any(key in raw for key in START)
        for key in () if day_of(raw.get("date")) else ("date", "day", *(_HEADS if holds else ())):
            if _is_day(text := said(raw.get(key))):
                yield text
        yield from (found[1] for key in raw if key in _TIMES and (found := csv_times.parts_of(said(raw[key]))))
        for key, one in value.items():
            if isinstance(one, (list, dict)):
                if _is_day(key):
                    yield key
                yield from _days(one, depth + 1)


def named_days(value: Any, days: Collection[str], depth: int = 0) -> Iterator[str]:
    """What the talks and groups in a value that have no date of their own say of their day: ``tue``, ``2`` for ``Day 2``."""
    for one in (value.values() if isinstance(value, dict) else items(value)) if depth < _DEEPEST else ():
        raw = normal(one) if isinstance(one, dict) else {}
        if raw.get("date") and day_of(raw["date"]):
            continue
        start = first(raw, START)
        heads = ("day", "weekday", *(_HEADS if start is None and holds_lists(raw) else ()))
        words = ((key, said(raw.get(key))) for key in heads)
        named = (
            found[1] if (found := _COUNTED.match(text)) else text[:3] * (key not in _HEADS)
            for key, text in words
            if text and text not in days and not day_of(text)
        )
        if not day_of(start) and (day := next(filter(None, named), "")):
            yield day.casefold()
        if start is None:
            yield from named_days(one, days, depth + 1)


def _is_day(text: str) -> bool:
    """Whether a short text is a day that its reader cannot take as it stands."""
    if not text or day_of(text):
        return False
    if _date_in(text) or _SLASHED.fullmatch(text):
        return True
    line = scan(day_in_english(text)) if 3 < len(text) <= _LONGEST and any(map(str.isdigit, text)) else None  # noqa: PLR2004
    return line is not None and line.dated and line.start is None


def dated(raw: dict[str, Any], days: Mapping[str, str]) -> dict[str, Any]:
    """An object whose day in words or figures is a date; ``6/12/2025 9:00 AM`` is taken apart."""
    for key in ("date", "day", *_HEADS) if days else ():
        if (day := days.get(said(raw.get(key)))) and not day_of(raw.get("date")):
            raw["date"] = day
    for key in (*START, *END) if days else ():
        found = csv_times.parts_of(said(raw.get(key)))
        clock = csv_times.minutes_of(found[2]) if found and days.get(found[1]) else None
        if found and clock is not None:
            raw[key] = f"{days[found[1]]}T{clock // 60 % 24:02}:{clock % 60:02}"
    return raw
