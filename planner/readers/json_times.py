"""When an entry of a JSON or YAML document is: what its keys of time are called, and the forms in which they say it."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from functools import lru_cache

from planner.dates import scan
from planner.readers import clocks, csv_times
from planner.readers.abroad import bare, weekday_in
from planner.readers.csv_times import Dated
from planner.readers.records import said

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from planner.readers.records import Row

    Raw = Mapping[str, Any]

_START_UTC = ("startutc", "utcstart", "utcstarttime", "starttimeutc", "startdateutc", "startdatetimeutc", "startsatutc")
_END_UTC = ("endutc", "utcend", "utcendtime", "endtimeutc", "enddateutc", "enddatetimeutc", "endsatutc")
_OF_SESSION = ("eventstart", "sessionstart")  # beside a start of its own, that of what a talk is in
_END_OF_SESSION = ("eventend", "sessionend")
START = (
    "startsat", "starttime", "start", "starttimestamp", "startdatetime", "startat", "startdate", "talkstart",
    "timestart", "datestart", "fromtimemillis", "fromdate", "scheduledat", "scheduledstart",
    "begin", "begins", "beginsat", "begintime", "from", "datetime", "startdt", "dtstart", *_START_UTC, "time",
    *_OF_SESSION,
)  # fmt: skip
END = (
    "endsat", "endtime", "end", "endtimestamp", "enddatetime", "endat", "enddate", "talkend",
    "timeend", "dateend", "timestop", "stop", "totimemillis", "todate", "scheduledend",
    "finish", "until", "to", "dtend", *_END_UTC, *_END_OF_SESSION,
)  # fmt: skip
_ZONE = ("timezone", "timezonename", "tz", "starttimezone")
_DAY = ("startdate", "startday", "date", "day", *_OF_SESSION)
_LENGTH = ("duration", "length", "durationminutes", "minutes", "durationmin")
_FOREIGN = {
    word: english
    for english, words in (
        ("title", "titulo titre titel titolo"),
        ("date", "fecha datum"),
        ("time", "hora horario heure uhrzeit zeit"),
        ("start", "inicio debut beginn inizio"),
        ("end", "fin fim ende"),
        ("duration", "duracion duracao duree dauer"),
        ("room", "sala salle raum lugar lieu"),
        ("speaker", "ponente palestrante intervenant referent relatore"),
    )
    for word in words.split()
}
_FRACTION = re.compile(r"[0-9]?\.(?:5|75)|[1-4]|[0-9]{1,3}\.0")
_DECIMAL_HOURS = re.compile(r"(0[0-9]|[0-4](?!\.(?:25|50)))\.([0-5][0-9])")  # 45.00 are rather minutes
_LOOSE = re.compile(
    r"([0-9]{4})[-/]([0-9]{1,2})[-/]([0-9]{1,2})[T ]([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?"
    r"(?:\s?(Z|UTC)|\s?([+-][0-9]{2}):?([0-9]{2}))?"
)
_JAVASCRIPT = re.compile(
    r"[A-Z][a-z]{2} ([A-Z][a-z]{2} [0-9]{1,2} [0-9]{4} [0-9]{2}:[0-9]{2}:[0-9]{2}) GMT([+-][0-9]{4})(?: \([^()]{0,60}\))?"
)
_SECONDS, _MILLISECONDS = 10**9, 10**11  # stamps at least this large count from 1970 in seconds, in milliseconds
_LAST_STAMP = 7 * 10**12  # the year 2191
_HOUR = 60
_FEW = 5  # minutes that a talk has at least
_SHORTEST, _LONGEST = 5 * 60, 12 * 60  # seconds of a file's shortest talk, and minutes of its longest
_FARTHEST, _STEP = timedelta(hours=14), timedelta(minutes=15)  # of the offsets that clocks have


@lru_cache(maxsize=4096)
def plain(key: str) -> str:
    """A key without case and signs, in English: ``starts-at`` and ``startsAt`` are ``startsat``, ``hora`` is ``time``."""
    folded = key[:60].casefold() if key.isascii() else bare(key[:60])
    name = "".join(sign for sign in folded if sign.isalnum())
    return _FOREIGN.get(name, name)


def normal(raw: Raw) -> dict[str, Any]:
    """An object with plain keys; of two that fold to one the first that says something counts."""
    found: dict[str, Any] = {}
    for key, value in raw.items():
        name = plain(key)
        if name not in found or found[name] in (None, "", [], {}):
            found[name] = value
    return found


def first(raw: Raw, keys: Sequence[str]) -> Any:
    """The first of some keys that says something, None where none does."""
    return next((raw[key] for key in keys if raw.get(key) not in (None, "", [], {})), None)


def when(raw: Raw, day: str = "") -> Dated:
    """What an object tells of its time; ``day`` is that of the objects around it."""
    utc = _as_utc(first(raw, _START_UTC))
    if utc is None:
        return _by_its_clock(raw, day)
    local = {key: value for key, value in raw.items() if key not in {*_START_UTC, *_END_UTC}}
    found = _by_its_clock(local, day)
    if found.line:  # letters beside it say no more
        found = _by_its_clock({key: value for key, value in local.items() if key not in _ZONE}, day)
    return Dated(_with_utc(found.told, utc, _as_utc(first(raw, _END_UTC))))


def _by_its_clock(raw: Raw, day: str) -> Dated:
    """What an object tells by its own clock: in its cells, as a row of a table has them, but for whole days."""
    start, end = _whole(raw, START), _whole(raw, END)
    at, until = moment(start), moment(end)
    words = " – ".join(text for text in (_words(start), _words(end)) if text)
    cells = csv_times.Cells(start=_text(start), end=_text(end), duration=duration(first(raw, _LENGTH)), zone=_zone(start, raw))
    if at is not None:
        if _is_whole_day(raw):
            return Dated(_all_day(at, until, words))
        clock = csv_times.minutes_of(cells.end) if until is None else None
        until = _next(at, clock) if clock is not None and at.utcoffset() else until
        shown = until.isoformat() if until is not None else csv_times.shown_clock(clock)
        found = csv_times.when(cells._replace(start=at.isoformat(), end=shown), None)
        return found._replace(told=found.told._replace(words=words))
    line = scan(cells.start[:100]) if clocks.minutes(cells.start) is None else None
    printed = day_of(start) if line is not None and line.dated and line.start is not None else ""
    own = printed or next((one for key in _DAY if (one := day_of(raw.get(key)))), "") or day
    if (whole := _only_date(start)) or (start is None and raw.keys() & set(START) and own):
        return Dated(clocks.Told(day=whole or own, end=_last_day(raw, start, end), words=words or own, all_day=True))
    if start is None:
        return Dated()
    if not (cells.start and day_of(own)):
        return Dated(clocks.Told(start=said(start), words=words))
    cells = cells._replace(date=own, end="" if _only_date(end) else cells.end)
    found = csv_times.when(cells, date.fromisoformat(own))
    return found._replace(told=found.told._replace(words=f"{own} {words}" if found.told.day else words))


def _text(value: Any) -> str:
    """A value as a cell; a number alone is no time of day."""
    return "" if isinstance(value, (int, float)) else said(value)


def _as_utc(value: Any) -> datetime | None:
    """The moment of a key that says UTC, whatever its figures say."""
    at = moment(value)
    return at.replace(tzinfo=UTC) if at is not None and at.tzinfo is None else at


def _with_utc(told: clocks.Told, utc: datetime, until: datetime | None) -> clocks.Told:
    """A time that is told in UTC too: the same instant, on the clock that the local figures beside it show."""
    wall = told.at or clocks.moment(f"{told.day}T{told.start:0>5}")
    if wall is not None and wall.tzinfo is not None:
        return told
    offset = timedelta() if wall is None else wall - utc.replace(tzinfo=None)
    here = timezone(offset) if abs(offset) <= _FARTHEST and not offset % _STEP else UTC
    at = utc.astimezone(here)
    if until is None and told.until is not None:
        until = told.until.replace(tzinfo=told.until.tzinfo or here)
    elif until is None and (clock := clocks.minutes(told.end)) is not None:
        until = _next(at, clock)
    return told._replace(at=at, until=until and until.astimezone(here), end="", all_day=False)


def _next(at: datetime, last: int) -> datetime:
    """The next time after a moment with an offset at which its clock shows so many minutes after midnight."""
    return at + timedelta(minutes=(last - at.hour * _HOUR - at.minute) % clocks.DAY)


def _is_whole_day(raw: Raw) -> bool:
    """Whether an entry of a calendar calls itself all-day."""
    return any(raw.get(key) is True or said(raw.get(key)).casefold() == "true" for key in ("allday", "isallday"))


def _all_day(at: datetime, until: datetime | None, words: str) -> clocks.Told:
    """The days of an entry that calls itself all-day; the midnight at its end belongs to no further day."""
    last = until - timedelta(minutes=1) if until is not None and (until.tzinfo is None) == (at.tzinfo is None) else at
    return clocks.Told(day=at.date().isoformat(), end=max(at, last).date().isoformat(), words=words, all_day=True)


def _last_day(raw: Raw, start: Any, end: Any) -> str:
    """The last day of whole days; calendars (Google's, FullCalendar's ``allDay``) name the one after it."""
    last = _only_date(end)
    if not last or not (isinstance(end, dict) or _is_whole_day(raw)) or last <= _only_date(start):
        return last
    return (date.fromisoformat(last) - timedelta(days=1)).isoformat()


def _whole(raw: Raw, keys: Sequence[str]) -> Any:
    """The first of some keys that is a date with a clock, else the first that says something."""
    found = first(raw, keys)
    if moment(found) is not None:
        return found
    of_session = {*_OF_SESSION, *_END_OF_SESSION}
    whole = (raw[key] for key in keys if key not in of_session and isinstance(raw.get(key), str))
    return next((one for one in whole if moment(one) is not None), found)


def _only_date(value: Any) -> str:
    """A value that is a date in full and no clock, as ``2025-11-19``; "" for anything else."""
    text = said(value)
    line = scan(text[:100]) if text and clocks.minutes(text) is None and clocks.moment(text) is None else None
    return day_of(text) if line is not None and line.dated and not (line.timed or line.before or line.after) else ""


def moment(value: Any) -> datetime | None:
    """A date with a clock: ISO 8601, a stamp from 1970, Indico's object of ``date`` and ``time``, Google's of ``dateTime``."""
    if isinstance(value, dict):
        whole = said(value.get("dateTime") or value.get("local") or value.get("utc"))
        return clocks.moment(whole or f"{said(value.get('date'))}T{said(value.get('time'))}")
    if isinstance(value, bool):
        return None
    text = value.strip() if isinstance(value, str) else value
    if isinstance(text, str) and text.isascii() and text.isdigit() and len(text) >= len(str(_SECONDS)):
        text = int(text) if len(text) < 14 else None  # noqa: PLR2004  (digits of milliseconds in the year 2286)
    if isinstance(text, (int, float)):
        if not _SECONDS <= text <= _LAST_STAMP:
            return None
        return datetime.fromtimestamp(text / 1000 if text >= _MILLISECONDS else text, UTC)
    return (clocks.moment(text) or _loosely(text)) if isinstance(text, str) else None


def _loosely(text: str) -> datetime | None:
    """A moment with unpadded figures (``2022-9-12 8:00 +0000``), or as JavaScript prints it."""
    try:
        if found := _JAVASCRIPT.fullmatch(text):
            return datetime.strptime(f"{found[1]} {found[2]}", "%b %d %Y %H:%M:%S %z")
        if not (found := _LOOSE.fullmatch(text)):
            return None
        offset = "Z" if found[7] else f"{found[8]}:{found[9]}" if found[8] else ""
        day = f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}"
        return datetime.fromisoformat(f"{day}T{int(found[4]):02}:{found[5]}:{found[6] or '00'}{offset}")
    except ValueError:
        return None


def day_of(value: Any) -> str:
    """The date that a value names in full, as ``2025-11-19``; "" for a weekday, a number, and a date on another weekday."""
    text = said(value)
    if (at := clocks.moment(text)) is not None:
        return at.date().isoformat()
    text = csv_times.COMPACT.sub(r"\1-\2-\3", text) if isinstance(value, str) else text
    line = scan(text[:100]) if text else None
    if line is None or not (line.year and line.month and line.day):
        return ""
    try:
        day = date(line.year, line.month, line.day)
    except ValueError:
        return ""
    named = weekday_in(text[:100]) or f"{day:%A}"
    return day.isoformat() if line.weekday in {None, day.weekday()} and f"{day:%A}" == named else ""


def duration(value: Any) -> str:
    """A length of time as :func:`planner.readers.clocks.lasts` reads it: ``01.00`` is an hour, 2700000 are milliseconds.

    A number is minutes, with a fraction hours (1.5, 0.75); from 1 to 4 it may be either, and is none, as is a text ``1.25``.
    """
    if isinstance(value, str) and _FRACTION.fullmatch(value.strip()):
        value = float(value)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        if 0 < value < _FEW and value != int(value):
            return str(round(value * _HOUR))
        if 0 < value < _FEW:
            return f"{int(value)} without a unit"
        if value >= 60_000:  # noqa: PLR2004  (as minutes more than a month)
            value /= 60_000
        return str(int(value)) if 0 < value < 60_000 else ""  # noqa: PLR2004
    found = _DECIMAL_HOURS.fullmatch(text := said(value))
    return ":".join(found.groups()) if found else text


def _zone(value: Any, raw: Raw) -> str:
    """The zone that stands beside a time or in its entry, as it is written."""
    beside = normal(value) if isinstance(value, dict) else {}
    return said(first(beside, _ZONE)) or said(first(raw, _ZONE))


def _words(value: Any) -> str:
    """A time as the source writes it."""
    return f"{said(value.get('date'))} {said(value.get('time'))}" if isinstance(value, dict) else said(value)


def in_seconds(rows: Sequence[Row]) -> list[Row]:
    """The rows, their lengths in seconds where numbers such as 1800 and 2700 can be no minutes."""
    lengths = {at: int(row.told.duration) for at, row in enumerate(rows) if row.told.duration.isdigit()}
    found = list(rows)
    if lengths and min(lengths.values()) >= _SHORTEST and max(lengths.values()) > _LONGEST:
        for at in lengths if not any(length % 60 for length in lengths.values()) else ():
            found[at] = rows[at]._replace(told=rows[at].told._replace(duration=f"{lengths[at]} s"))
    return found
