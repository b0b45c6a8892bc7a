"""Zones, instants and clocks: the only module that knows a zone database, and it is pytz's, for reading and showing alike.

Zone objects are zoneinfo's, made from pytz's own files, because they show an instant 7 to 18 times faster; pytz itself is
imported only to read a wall clock, where it can refuse a gap or a fold. Month and day names are English whatever the locale.
"""

from __future__ import annotations

import io
import os
import sys
from datetime import UTC as UTC  # noqa: PLC0414  (the repeated name re-exports it)
from datetime import date, datetime, time, timedelta
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

from planner.errors import ReadError, UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
"""The days of the week as :meth:`datetime.date.weekday` counts them."""

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"
)  # fmt: skip
"""The months; the first is ``MONTHS[0]``."""

SAME = "the same time"
"""What :func:`behind` says of clocks that show the same."""

_PYTZ_ENDS = 2038  # pytz reads the 32-bit half of a zone's file, which ends on 19 January 2038; zoneinfo knows the rule beyond
_DATE_SIGNS = 10  # of 2021-05-06
_WHOLE_DAY = timedelta(days=1)


@cache
def zone(name: str) -> ZoneInfo:
    """The zone of that IANA name, from pytz's file; the same object at every call.

    Raises UsageError, naming close names, for a name that is not in the database.
    """
    data = _zone_file(name)
    if data is None:
        raise UsageError(f"There is no time zone called “{_shown(name)}”. {_close_names(name)}")
    return ZoneInfo.from_file(io.BytesIO(data), key=name)


def is_zone(name: str) -> bool:
    """Whether the database has a zone of exactly that name."""
    return _zone_file(name) is not None


def zone_names() -> tuple[str, ...]:
    """Every zone name of the database, sorted, links such as ``US/Pacific`` included."""
    import pytz  # 10 ms; only pickers, readers and refusals list the names

    return tuple(sorted(pytz.all_timezones_set))


@cache
def countries() -> dict[str, tuple[str, tuple[str, ...]]]:
    """Each country by its ISO 3166 code: its English name in the database (``Korea (South)``) and its zones."""
    import pytz  # 10 ms; only a place read from a page asks

    return {code: (pytz.country_names.get(code, code), tuple(zones)) for code, zones in pytz.country_timezones.items()}


def database() -> str:
    """The version of the zone database in use, as IANA writes it: ``2026f``."""
    import pytz  # 10 ms; only the doctor asks

    return str(pytz.OLSON_VERSION)  # type: ignore[attr-defined]  # missing from the stubs


def newer_database() -> str:
    """A zone database on this machine that is newer than the one in use, ``2027a (its folder)``, or an empty string."""
    found = [(_version_in(folder), folder) for folder in _other_folders()]
    version, folder = max(found, default=("", ""))
    return f"{version} ({folder})" if version > database() else ""


def other_databases(name: str) -> tuple[ZoneInfo, ...]:
    """The zone of that name as other programs on this machine may know it: from the system's files and from tzdata.

    A database that does not have the name is left out. Raises UsageError for a name that is not in ours.
    """
    zone(name)
    found = []
    for folder in _other_folders():
        try:
            with open(os.path.join(folder, *name.split("/")), "rb") as file:
                found.append(ZoneInfo.from_file(file, key=name))
        except (OSError, ValueError):  # not there, or no TZif file: nobody can read an instant with it
            continue
    return tuple(found)


def machine_zone(environ: Mapping[str, str], readlink: Callable[[str], str] = os.readlink) -> str | None:
    """The IANA name of the machine's zone: ``$TZ``, else where ``/etc/localtime`` points, else what tzlocal finds.

    None where none of them is a name of the database (a POSIX rule in ``$TZ``, for example).
    """
    said = environ.get("TZ")
    if said is not None:
        return "UTC" if not said.strip(":") else _name_in_path(said.lstrip(":"))
    try:
        name = _name_in_path(readlink("/etc/localtime"))
    except OSError:
        name = None
    return name or _tzlocal_name()


# Wall clocks to instants


def instant(wall: datetime, name: str, letters: str = "") -> tuple[datetime, str]:
    """The instant in UTC at which clocks in zone ``name`` show the naive ``wall``, and a warning sentence or "".

    In the spring gap the offset before it holds (RFC 5545 3.3.5). Of an hour that comes twice, ``letters`` (``PST``) choose,
    else it is the first. Raises ReadError for a day that the zone left out, such as 30 December 2011 in Apia.
    """
    here = zone(name)
    try:
        if wall.year < _PYTZ_ENDS:
            return _by_pytz(wall, here, letters)
        found = {at for fold in (0, 1) if _shows(here, at := wall.replace(tzinfo=here, fold=fold).astimezone(UTC)) == wall}
        if len(found) == 1:
            return found.pop(), ""
        return _in_fold(wall, here, letters) if found else _in_gap(wall, here)
    except OverflowError:
        raise ReadError(f"The year {wall.year} is beyond the calendar; check the date.") from None


@lru_cache(maxsize=1024)  # the talks of a schedule begin and end at a hundred times, and pytz takes 15 µs for each
def _by_pytz(wall: datetime, here: ZoneInfo, letters: str) -> tuple[datetime, str]:
    """A wall clock as pytz reads it, with its refusals of gaps and folds decided."""
    import pytz  # 10 ms; the agenda shows instants, it does not read wall clocks

    try:
        return pytz.timezone(here.key).localize(wall, is_dst=None).astimezone(UTC), ""
    except pytz.NonExistentTimeError:
        return _in_gap(wall, here)
    except pytz.AmbiguousTimeError:
        return _in_fold(wall, here, letters)


def _in_gap(wall: datetime, here: ZoneInfo) -> tuple[datetime, str]:
    """A wall clock that was skipped, read with the offset before the gap."""
    before = wall.replace(tzinfo=here, fold=0)
    after = wall.replace(tzinfo=here, fold=1)
    if abs(_offset(after) - _offset(before)) >= _WHOLE_DAY:
        raise ReadError(f"{long_day(wall.date())} did not exist in {here.key}: the calendar there skipped it; check the date.")
    at = before.astimezone(UTC)
    shown, skipped = _shows(here, at), f"{wall:%H:%M} on {long_day(wall.date())}"
    return at, f"{skipped} does not exist in {here.key}, clocks go forward; {shown:%H:%M} is taken."


def _in_fold(wall: datetime, here: ZoneInfo, letters: str) -> tuple[datetime, str]:
    """A wall clock that is shown twice: the one with these letters, else the first, with a warning."""
    both = [wall.replace(tzinfo=here, fold=fold) for fold in (0, 1)]
    meant = [at for at in both if at.tzname() == letters.upper()]
    if len(meant) == 1:
        return meant[0].astimezone(UTC), ""
    warning = f"{wall:%H:%M} on {long_day(wall.date())} comes twice in {here.key}, clocks go back; the first is taken."
    return both[0].astimezone(UTC), warning


# Instants shown


def local(at: datetime, name: str) -> datetime:
    """The instant ``at`` on the clocks of zone ``name``, aware."""
    return at.astimezone(zone(name))


def clock(at: datetime, name: str) -> str:
    """The time of day in zone ``name``: ``20:00``."""
    here = local(at, name)
    return f"{here.hour:02}:{here.minute:02}"


def day(of: date) -> str:
    """A date for people who know the year: ``Thu 6 May``."""
    return f"{DAYS[of.weekday()][:3]} {of.day} {MONTHS[of.month - 1][:3]}"


def long_day(of: date) -> str:
    """A date in full: ``Thu 6 May 2021``."""
    return f"{day(of)} {of.year}"


def letters(at: datetime, name: str) -> str:
    """What the zone calls its time at that instant: ``CEST``; ``UTC+05:45`` where the database has only numbers."""
    here = local(at, name)
    said = here.tzname() or ""
    if said[:1] not in {"+", "-"}:
        return said
    minutes = _offset(here) // timedelta(minutes=1)
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'-' if minutes < 0 else '+'}{hours:02}:{rest:02}"


def city(name: str) -> str:
    """The zone's name as people say it: ``Berlin``, ``Buenos Aires``; ``UTC-12`` for ``Etc/GMT+12`` (its sign is reversed)."""
    last = name.rpartition("/")[2]
    if name.startswith("Etc/GMT") and last[3:].strip("+-0"):
        return f"UTC{'-' if last[3] == '+' else '+'}{last[4:]}"
    return last.replace("_", " ")


def behind(at: datetime, name: str, other: str) -> str:
    """How far clocks in ``other`` are from those in ``name`` at that instant: ``9 hours behind``, ``30 minutes ahead``."""
    minutes = (_offset(local(at, other)) - _offset(local(at, name))) // timedelta(minutes=1)
    if not minutes:
        return SAME
    hours, rest = divmod(abs(minutes), 60)
    parts = [f"{count} {unit}{'s' * (count != 1)}" for count, unit in ((hours, "hour"), (rest, "minute")) if count]
    return f"{' '.join(parts)} {'behind' if minutes < 0 else 'ahead'}"


def local_day(at: datetime, name: str, day_change: int = 0) -> date:
    """The day in zone ``name`` that the instant belongs to, where a day ends ``day_change`` minutes after midnight."""
    return (local(at, name) - timedelta(minutes=day_change)).date()


def day_start(of: date, name: str, day_change: int = 0) -> datetime:
    """When that day begins in zone ``name``, in UTC: the first one that :func:`local_day` gives to it, or to a later one."""
    wall = datetime.combine(of, time()) + timedelta(minutes=day_change)
    start, before = (wall.replace(tzinfo=zone(name), fold=fold).astimezone(UTC) for fold in (0, 1))
    while start - before > timedelta(seconds=1):  # clocks skipped it: the day begins as they go forward, between the two
        middle = before + timedelta(seconds=(start - before) // timedelta(seconds=2))
        start, before = (start, middle) if local_day(middle, name, day_change) < of else (middle, before)
    return start


def lasting(length: timedelta | int) -> str:
    """A length of time, or of so many seconds, in words: ``75 min``, ``2 h 05 min``, ``3 days``, ``under 1 min``.

    What is begun of a minute, and of a day beyond the second, is left out: nobody is promised more time than there is.
    """
    whole = int(length / timedelta(minutes=1)) if isinstance(length, timedelta) else length // 60
    if whole <= 120:  # noqa: PLR2004  (a poster session of 120 min reads at once, 125 min do not)
        return f"{whole} min" if whole else "under 1 min"
    hours, rest = divmod(whole, 60)
    if hours >= 48:  # noqa: PLR2004  (two days)
        return f"{hours // 24} days"
    return f"{hours} h {rest:02} min" if rest else f"{hours} h"


# What a user says


def parse_now(text: str, name: str = "") -> datetime:
    """The instant of an ISO 8601 text with an offset, ``2021-05-06T11:05-07:00``, in UTC; UsageError for anything else.

    With the name of a zone also a date alone, which is noon there: by then it is that day at every conference, also where a
    conference day begins at nine.
    """
    try:
        if name and len(text.strip()) == _DATE_SIGNS:
            return datetime.combine(date.fromisoformat(text.strip()), time(12), zone(name)).astimezone(UTC)
        at = datetime.fromisoformat(text.strip())
        found = at.astimezone(UTC) if at.tzinfo is not None else None
    except (ValueError, OverflowError):
        found = None
    if found is not None:
        return found
    also = ", or a date alone" if name else ""
    raise UsageError(f"“{_shown(text)}” is not a time with its offset; write it like 2021-05-06T11:05-07:00{also}.")


def is_weekday(text: str) -> bool:
    """Whether a day is said as a day of the week: ``thu``, ``Thursday``."""
    word = text.strip().lower()
    return len(word) > 2 and any(name.lower().startswith(word) for name in DAYS)  # noqa: PLR2004  (three letters tell them)


def parse_day(text: str, today: date) -> date:
    """The day of ``today``, ``tomorrow``, ``yesterday``, ``+2``, ``thu`` (or today) or ``2021-05-06``; else UsageError."""
    word = text.strip().lower()
    named = {"today": 0, "tomorrow": 1, "yesterday": -1}
    try:
        if word in named:
            return today + timedelta(days=named[word])
        if word[:1] in {"+", "-"} and word[1:].isdecimal():
            return today + timedelta(days=int(word))
        for number, name in enumerate(DAYS):
            if len(word) > 2 and name.lower().startswith(word):  # noqa: PLR2004  (three letters tell the days apart)
                return today + timedelta(days=(number - today.weekday()) % 7)
        return date.fromisoformat(word)
    except (ValueError, OverflowError):
        raise UsageError(f"“{_shown(text)}” is no day; say today, tomorrow, yesterday, +2, thu, 2021-05-06 or all.") from None


def _offset(at: datetime) -> timedelta:
    """The offset from UTC of an aware time."""
    return at.utcoffset() or timedelta()


def _shows(here: ZoneInfo, at: datetime) -> datetime:
    """What clocks in ``here`` show at the instant, naive."""
    return at.astimezone(here).replace(tzinfo=None)


def _shown(text: str) -> str:
    """Text from a user inside a sentence: printable and not longer than a line."""
    return "".join(sign if sign.isprintable() else "?" for sign in text[:60])


@cache
def zone_folder() -> str | None:
    """The folder of zone files that pytz brings, found without importing pytz; None where only pytz itself can open them."""
    said = os.environ.get("PYTZ_TZDATADIR")  # pytz obeys it, and both must read the same files
    if said:
        return said
    for entry in sys.path:
        package = os.path.join(entry, "pytz")
        if os.path.isfile(os.path.join(package, "__init__.py")):
            folder = os.path.join(package, "zoneinfo")
            return folder if os.path.isdir(folder) else None
    return None


@lru_cache(maxsize=16)  # a zone is asked for once as a name and once as a zone
def _zone_file(name: str) -> bytes | None:
    """The bytes of a zone's file (TZif, RFC 9636), or None where the database has none of exactly that name."""
    folder = zone_folder()
    if folder is None:
        import pytz  # only for a pytz inside a zip or one that reads the system's files

        if name not in pytz.all_timezones_set:
            return None
        with pytz.open_resource(name) as file:  # type: ignore[attr-defined]  # missing from the stubs
            return bytes(file.read())
    for part in name.split("/"):
        # Listing is what refuses "..", an absolute path, and a wrong case on a file system that would not mind it.
        if not os.path.isdir(folder) or part not in os.listdir(folder):
            return None
        folder = os.path.join(folder, part)
    if os.path.isdir(folder) or name == "Factory":
        return None
    with open(folder, "rb") as file:
        data = file.read()
    return data if data.startswith(b"TZif") else None


def _close_names(name: str) -> str:
    """A sentence with the names that the user may have meant."""
    import difflib  # 5 ms; only on the way to a refusal

    wanted = name[:60].strip().replace(" ", "_").casefold()
    names = {known.casefold(): known for known in zone_names()}
    same_city = [known for low, known in names.items() if low.rpartition("/")[2] == wanted.rpartition("/")[2]]
    close = [names[low] for low in difflib.get_close_matches(wanted, names, n=3, cutoff=0.8)]
    found = list(dict.fromkeys(same_city + close))[:4]
    return f"Did you mean {' or '.join(found)}?" if found else "Names look like Europe/Berlin or America/Los_Angeles."


def _name_in_path(path: str) -> str | None:
    """The zone that a path into a zone folder, or a plain name, stands for; None where the database has no such name."""
    name = path.rpartition("zoneinfo/")[2] if path.startswith(("/", ".")) else path
    name = name.removeprefix("posix/").removeprefix("right/")
    return name if _zone_file(name) is not None else None


def _tzlocal_name() -> str | None:
    """The machine's zone as tzlocal knows it (Windows, /etc/timezone, …), or None."""
    import tzlocal  # 18 ms; only where no link tells the zone

    try:
        name = tzlocal.get_localzone_name()
    except (LookupError, ValueError, OSError):  # tzlocal's own ways to say that the machine contradicts itself
        return None
    return name if name and _zone_file(name) is not None else None


def _other_folders() -> list[str]:
    """The folders of zone files that other programs on this machine read: the system's and the tzdata package's."""
    import zoneinfo  # already loaded; asked by the doctor and by exports

    try:
        import tzdata  # type: ignore[import-untyped]  # an optional package without stubs
    except ImportError:
        return list(zoneinfo.TZPATH)
    return [*zoneinfo.TZPATH, *(os.path.join(folder, "zoneinfo") for folder in tzdata.__path__)]


def _version_in(folder: str) -> str:
    """The version of a folder of zone files, from the first line of its tzdata.zi; empty where it does not say."""
    try:
        with open(os.path.join(folder, "tzdata.zi"), encoding="utf-8", errors="replace") as file:
            version = file.readline(80).removeprefix("# version ").strip()
    except OSError:
        return ""
    return version if version[:4].isdecimal() else ""
