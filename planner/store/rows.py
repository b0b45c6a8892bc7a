"""Values to rows and back: times as UTC seconds, days as ISO dates, lists joined by U+001F."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import cache, lru_cache

from planner.model import Conference, Mark, Session, Slot, Talk

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any

SEPARATOR = "\x1f"
"""Between the items of a list; cleaned text holds no control sign."""

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DAY = 86400
_NO_SLOT = Slot()
_NO_SLOT_ROW = (None, None, None, None, None, None, None, "")

CONFERENCE = ("slug", "name", "zone", "day_change", "source", "read_at", "import", "layout", "number")
"""The columns of a conference, in the order of its row."""

SESSION = ("conference", "key", "position", "title", "chairs", "kind", "start_at", "end_at", "room", "url")
"""The columns of a session, in the order of its row."""

TALK = (
    *("uid", "conference", "title", "kind", "session"),
    *("start_at", "end_at", "room", "board", "day", "last_day", "zone", "said"),
    *("speakers", "organisations", "abstract", "track", "url", "links", "also", "holds"),
    *("source_id", "degree", "reason", "raw", "cancelled", "sequence", "modified", "position", "session_title"),
)
"""The columns of a talk, in the order of its row; its id follows where a row was read."""

MARK = ("uid", "starred", "rating", "decision", "note", "leave_at", "kept", "at")
"""The columns of a mark, in the order of its row; its checksum is made of them."""


def seconds(at: datetime | None) -> int | None:
    """An instant as UTC seconds. A naive time is a mistake and raises TypeError."""
    if at is None:
        return None
    since = at - EPOCH
    return since.days * _DAY + since.seconds


@lru_cache(512)
def instant(at: int | None) -> datetime | None:
    """UTC seconds as an instant, one object where many talks begin; also before 1970, unlike ``fromtimestamp`` on Windows."""
    return None if at is None else EPOCH + timedelta(0, at)


def joined(items: Iterable[str]) -> str:
    """A list as one text; empty items are none."""
    return SEPARATOR.join(filter(None, items)) if items else ""


def parted(text: str) -> tuple[str, ...]:
    """The list that :func:`joined` made one text of."""
    return tuple(text.split(SEPARATOR)) if text else ()


def written(value: object) -> str:
    """A value as JSON; TypeError for one that has no form there."""
    return _encoder()(value)


def _formless(value: object) -> object:
    raise TypeError(f"a {type(value).__name__} has no form in JSON")


@cache
def _encoder() -> Callable[[object], str]:
    """The C part of ``json``: the module itself, and ``re`` which it loads, would take 7 ms of an import."""
    try:
        from _json import encode_basestring, make_encoder

        encode = make_encoder(None, _formless, encode_basestring, None, ":", ",", False, False, False)
    except (ImportError, TypeError):  # only CPython has it, for its own use
        from json import JSONEncoder

        return JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    return lambda value: "".join(encode(value, 0))


def sayable(text: str) -> str:
    """A text that SQLite takes, whatever came from a terminal or is a path: no lone surrogate, no NUL.

    Two paths that differ in a byte that is no UTF-8 are two texts.
    """
    return text.replace("\0", " ").encode("utf-8", "backslashreplace").decode()


def conference_row(conference: Conference, imports: int, number: int) -> tuple[object, ...]:
    """A conference as a row: the number of its last import, and its own."""
    return (
        conference.slug,
        conference.name,
        conference.zone,
        conference.day_change,
        conference.source,
        seconds(conference.read_at),
        imports,
        conference.layout,
        number,
    )


def conference_of(row: tuple[Any, ...], sessions: tuple[Session, ...] = (), talks: tuple[Talk, ...] = ()) -> Conference:
    """A conference out of its row."""
    slug, name, zone, day_change, source, read_at, _, layout, _ = row
    return Conference(slug, name, zone, sessions, talks, day_change, source, instant(read_at), layout)


def session_row(slug: str, session: Session, position: int) -> tuple[object, ...]:
    """A session as a row."""
    start, end = seconds(session.start), seconds(session.end)
    chairs = joined(session.chairs)
    return (slug, session.key, position, session.title, chairs, session.kind, start, end, session.room, session.url)


def session_of(row: tuple[Any, ...]) -> Session:
    """A session out of its row."""
    _, key, _, title, chairs, kind, start, end, room, url = row
    return Session(key, title, parted(chairs), kind, instant(start), instant(end), room, url)


def talk_row(talk: Talk, position: int, session_title: str) -> tuple[object, ...]:
    """A talk as a row; ``session_title`` is there for the search."""
    uid, conference, title, kind, session, slot, speakers, organisations, abstract, track, url = talk[:11]
    links, also, holds, source_id, degree, reason, raw, cancelled, sequence, modified = talk[11:]
    start, end, room, board, day, last_day, zone, said = slot
    return (
        uid,
        conference,
        title,
        kind,
        session,
        seconds(start),
        seconds(end),
        room,
        board,
        day and day.isoformat(),
        last_day and last_day.isoformat(),
        zone,
        said,
        joined(speakers),
        joined(organisations),
        abstract,
        track,
        url,
        joined(links),
        joined(also),
        holds,
        source_id,
        degree,
        reason,
        raw,
        int(cancelled),
        sequence,
        seconds(modified),
        position,
        session_title,
    )


@lru_cache(1024)
def _one(text: Any) -> Any:
    """The same object for equal texts: rooms, kinds and zones are few, and were a third of what a talk in brief holds."""
    return text


def talk_of(row: tuple[Any, ...]) -> Talk:
    """A talk out of the first 28 columns of its row."""
    uid, conference, title, kind, session = row[:5]
    speakers, organisations, abstract, track, url, links, also, holds = row[13:21]
    source_id, degree, reason, raw, cancelled, sequence, modified = row[21:28]
    return Talk(
        uid,
        _one(conference),
        title,
        _one(kind),
        _one(session),
        slot_of(row[5:13]),
        parted(speakers),
        parted(organisations),
        abstract,
        _one(track),
        url,
        parted(links),
        parted(also),
        holds,
        source_id,
        degree,
        reason,
        raw,
        cancelled == 1,
        sequence,
        instant(modified),
    )


def slot_of(row: tuple[Any, ...]) -> Slot:
    """A slot out of its columns, from the start to what was said."""
    if row == _NO_SLOT_ROW:
        return _NO_SLOT
    start, end, room, board, day, last_day, zone, said = row
    first = date.fromisoformat(day) if day else None
    last = date.fromisoformat(last_day) if last_day else None
    return Slot(instant(start), instant(end), _one(room), board, first, last, _one(zone), said)


def mark_row(mark: Mark) -> tuple[object, ...]:
    """A mark as a row, its checksum last."""
    kept = joined(sorted(mark.kept))
    row = (
        mark.uid,
        int(mark.starred),
        mark.rating,
        mark.decision,
        mark.note,
        seconds(mark.leave_at),
        kept,
        seconds(mark.at),
    )
    return (*row, checksum(row))


def mark_of(row: tuple[Any, ...]) -> Mark:
    """A mark out of its row; the checksum is doctor's business: a star with a wrong one is still a star."""
    uid, starred, rating, decision, note, leave_at, kept, at = row[:8]
    return Mark(uid, starred == 1, rating, decision, note, instant(leave_at), frozenset(parted(kept)), instant(at))


def checksum(row: tuple[object, ...]) -> int:
    """The CRC-32 of a mark's columns: SQLite's own check sees structure, and missed 245 of 300 flipped bits."""
    from zlib import crc32

    return crc32(SEPARATOR.join("" if value is None else str(value) for value in row).encode("utf-8", "surrogatepass"))
