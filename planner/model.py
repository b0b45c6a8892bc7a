"""The values of the house: conference, session, talk, slot, mark and busy time.

All are frozen. Every time is an aware :class:`~datetime.datetime` in UTC; zones are IANA names. Text has been through
:func:`planner.text.clean` before it gets here. The words follow frab/pretalx and iCalendar (README, "Words").
"""

from __future__ import annotations

from functools import cache

from planner.values import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date, datetime
    from typing import Any

KINDS = (
    "oral",
    "spotlight",
    "poster",
    "keynote",
    "tutorial",
    "workshop",
    "panel",
    "social",
    "break",
    "talk",
    "paper",
    "untitled",
)
"""What a talk can be. ``paper`` is a row of a list that has no slot yet, ``untitled`` a slot that the page left nameless."""

DECISIONS = ("undecided", "going", "skipped")
"""What the user can decide about a starred talk."""

UNRATED = 3
"""A star without a rating counts this much, on the scale of 1 to 5."""


class Slot(NamedTuple):
    """When and where a talk is. An empty slot is that of a talk which is not scheduled yet.

    ``start`` and ``end`` are instants in UTC; ``end`` alone is None where the source gives none. An all-day entry has no
    clock: ``day`` and ``last_day`` (inclusive) instead. ``zone`` is the zone in which the wall clock was read, ``said`` the
    source's own words for the time.
    """

    start: datetime | None = None
    end: datetime | None = None
    room: str | None = None
    board: str | None = None
    day: date | None = None
    last_day: date | None = None
    zone: str | None = None
    said: str = ""


class Session(NamedTuple):
    """A named block that holds talks. ``key`` is its identity within the conference and outlives a change of time."""

    key: str
    title: str
    chairs: tuple[str, ...] = ()
    kind: str = "talk"
    start: datetime | None = None
    end: datetime | None = None
    room: str | None = None
    url: str | None = None


class Talk(NamedTuple):
    """One thing that one can attend; a paper with an oral and a poster is two talks that name each other in ``also``.

    ``conference`` is a slug, ``session`` the key of the session it belongs to, ``holds`` the key of the session that it is
    the container of (a workshop that lists its own talks). ``source_id`` is the source's own id, empty where it has none.
    ``degree`` and ``reason`` are a paper list's recommendation as read; ``raw`` is the source's own text. ``sequence``
    counts the changes of time, place, title or status (RFC 5545 3.8.7.4), ``modified`` is when the talk last changed.
    """

    uid: str
    conference: str
    title: str
    kind: str = "talk"
    session: str | None = None
    slot: Slot = Slot()
    speakers: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    abstract: str = ""
    track: str | None = None
    url: str | None = None
    links: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    holds: str | None = None
    source_id: str = ""
    degree: str = ""
    reason: str = ""
    raw: str = ""
    cancelled: bool = False
    sequence: int = 0
    modified: datetime | None = None

    @property
    def start(self) -> datetime | None:
        """The instant at which it starts, in UTC; None without a slot and for an all-day entry."""
        return self.slot.start

    @property
    def end(self) -> datetime | None:
        """The instant at which it ends, in UTC; None where the source gives none."""
        return self.slot.end

    @property
    def scheduled(self) -> bool:
        """Whether it has a place in the calendar: a start or a day."""
        return self.slot.start is not None or self.slot.day is not None

    @property
    def untitled(self) -> bool:
        """Whether it is a slot that the source left without a title: shown dim, never counted as a talk."""
        return self.kind == "untitled"


class Conference(NamedTuple):
    """The whole occasion, with one zone (None while nothing that was read names one).

    ``slug`` is its key; ``day_change`` the minutes after midnight at which its day ends (frab ``day_change``: a talk at
    01:00 belongs to the evening before). ``layout`` is what a paper list needs to be written again as it was read.
    """

    slug: str
    name: str
    zone: str | None = None
    sessions: tuple[Session, ...] = ()
    talks: tuple[Talk, ...] = ()
    day_change: int = 0
    source: str = ""
    read_at: datetime | None = None
    layout: str = ""


class Reading(NamedTuple):
    """What a reader understood of a source, and how it knows.

    ``scope`` says what the source speaks for: ``conference`` (all of it: what is missing is cancelled), ``sessions`` (only
    the sessions it shows), ``days`` (only the days), ``kinds`` (only talks of the kinds it shows: a file of posters) or
    ``list`` (nothing is ever cancelled by it). ``zone_from`` and ``year_from`` are words for a person: "PDT on the page",
    "the name ICLR 2021". ``partial`` tells that something in it could not be read, or that it calls itself an excerpt, so
    that what it lacks may be there all the same: nothing is
    cancelled by it.
    """

    conference: Conference
    format: str
    scope: str = "conference"
    zone_from: str = ""
    year: int | None = None
    year_from: str = ""
    warnings: tuple[str, ...] = ()
    partial: bool = False


class Mark(NamedTuple):
    """What the user put on a talk. ``rating`` is 1 to 5, or 0 for none; rating a talk stars it.

    ``leave_at`` is the instant in UTC at which the user means to leave, ``kept`` the uids, and keys of busy time, whose
    overlap was accepted.
    """

    uid: str
    starred: bool = False
    rating: int = 0
    decision: str = "undecided"
    note: str = ""
    leave_at: datetime | None = None
    kept: frozenset[str] = frozenset()
    at: datetime | None = None


class Busy(NamedTuple):
    """A stretch of the user's own calendar, in UTC."""

    start: datetime
    end: datetime
    title: str = ""


class Change(NamedTuple):
    """What an import did to one talk: ``what`` is added, moved, edited, cancelled or back."""

    uid: str
    what: str
    before: dict[str, object]
    after: dict[str, object]
    at: datetime | None = None


class Part(NamedTuple):
    """One file or answer to be read: its path or URL (for warnings, the name and the year) and its bytes."""

    name: str
    data: bytes


class Exported(NamedTuple):
    """What a calendar was last told of a talk: the sequence (RFC 5545 3.8.7.4) and the facts that this sequence stands for."""

    sequence: int
    facts: str


def slug(name: str) -> str:
    """The key of a conference: ``ICLR 2021`` and ``iclr-2021`` are one; at most 80 bytes, safe as a file name."""
    return "-".join(words_of(name)).encode()[:80].decode(errors="ignore").strip("-")


def uid_for(conference: str, source_id: str = "", *, title: str = "", ordinal: int = 0) -> str:
    """The identity of a talk for ever: a UUIDv5 (RFC 9562 5.5) of the slug and the source's own id, or else of its title.

    A source id that is a UUID already stays as it is. ``title`` is normalised by :func:`fold`; ``ordinal`` tells equal
    titles, or the slots of one paper, apart. Never the room, the time or a host name.
    """
    given = _uuid(source_id) if len(source_id) >= _UUID_DIGITS and not ordinal else None
    if given is not None:
        return given
    space = _spaces.get(conference)
    if space is None:
        space = _spaces[conference] = bytes.fromhex(_named(_SPACE, conference).replace("-", ""))
    name = f"id {source_id}" if source_id else f"title {fold(title)}"
    return _named(space, f"{name} {ordinal}" if ordinal else name)


_UUID_DIGITS = 32
_VARIANT = dict(zip("0123456789abcdef", "89ab" * 4, strict=True))  # a digit whose two highest bits are those of a UUID
_SPACE = bytes.fromhex("5d1f5d0c3a4e5a9e9c1b6f0f6f2a7c11")
_spaces: dict[str, bytes] = {}  # the space of each conference that was met, a third of the work of a uid


def _named(space: bytes, name: str) -> str:
    """A UUIDv5 (RFC 9562 5.5): the module ``uuid`` and OpenSSL, which it loads, are dearer than 1,000 of them."""
    found: str = _sha1()(space + name.encode()).hexdigest()
    return f"{found[:8]}-{found[8:12]}-5{found[13:16]}-{_VARIANT[found[16]]}{found[17:20]}-{found[20:32]}"


@cache
def _sha1() -> Any:
    """SHA-1 as the interpreter has it by itself; the few that were built without it have OpenSSL's."""
    try:
        from _sha1 import sha1  # type: ignore[import-not-found]  # only CPython has it
    except ImportError:
        from hashlib import sha1
    return sha1


def _uuid(said: str) -> str | None:
    """A UUID as it is written, from any of the forms that ``uuid.UUID`` reads; None for anything else."""
    digits = said.replace("urn:", "").replace("uuid:", "").strip("{}").replace("-", "")
    try:
        digits = f"{int(digits, 16):032x}" if len(digits) == _UUID_DIGITS else ""
    except ValueError:
        return None
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}" if digits else None


def fold(title: str) -> str:
    """A title reduced to what tells it apart: case, punctuation, dashes, blanks and diacritics folded away."""
    return " ".join(words_of(title))


def words_of(title: str) -> list[str]:
    """The words that :func:`fold` and :func:`slug` join: identities hang on them, so that they may never be others."""
    if title.isascii():
        return title.encode().translate(_FOLDED).decode().split()  # a quarter of the time of str.translate
    import unicodedata

    plain = unicodedata.normalize("NFKD", title).casefold()
    return "".join(sign if sign.isalnum() else " " for sign in plain if not unicodedata.combining(sign)).split()


_FOLDED = bytes(sign if bytes([sign]).isalnum() else ord(" ") for sign in bytes(range(128)).lower()).ljust(256)
