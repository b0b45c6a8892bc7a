"""Marks that travel alone: stars, ratings, decisions and notes as a JSON document, and two people's marks made one.

A mark has three parts that change apart: the star with its rating, the decision with what hangs on it, and the note. Of two
versions of a part the newer wins; a note that loses is kept below the one that wins, unless that has all its words.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from planner.errors import ReadError
from planner.model import DECISIONS, Mark, slug
from planner.text import clean
from planner.values import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

FORMAT = "planner marks"
"""What the document calls itself, under the key ``format``."""

VERSION = 1
"""The version of the document that is written; newer ones are refused."""

_MARGIN = timedelta(days=400)  # what is looked at reaches a year beyond an instant
FIRST = datetime.min.replace(tzinfo=UTC) + _MARGIN
LAST = datetime.max.replace(tzinfo=UTC, microsecond=0) - _MARGIN
"""The earliest and the latest instant that a store takes."""

_LONGEST_UID = 200
_SAID = 60  # signs of a note in a sentence
_RATINGS = range(6)


class When(NamedTuple):
    """When each part of a mark was last changed, in UTC; None for one that nobody touched."""

    star: datetime | None = None
    decision: datetime | None = None
    note: datetime | None = None


class Carried(NamedTuple):
    """A mark on its way, and what tells its talk where that has another uid."""

    mark: Mark
    when: When
    conference: str = ""
    source_id: str = ""
    title: str = ""


class Conflict(NamedTuple):
    """A part that both sides changed, differently: the words for ours and for theirs, and whether theirs is the newer."""

    ours: str
    theirs: str
    theirs_wins: bool


def claims(data: bytes) -> bool:
    """Whether the bytes are such a document, by their head."""
    return data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") and f'"{FORMAT}"'.encode() in data[:200]


def written(carried: Iterable[Carried]) -> bytes:
    """The document: one mark a line, so that two versions of the file can be compared."""
    from json import dumps

    lines = [dumps(_document(one), ensure_ascii=False) for one in carried]
    head = f'{{"format": "{FORMAT}", "version": {VERSION}, "marks": ['
    return (head + ",".join(f"\n {line}" for line in lines) + "\n]}\n").encode("utf-8", "replace")


def _document(one: Carried) -> dict[str, object]:
    mark = one.mark
    return {
        "uid": mark.uid,
        "conference": one.conference,
        "source_id": one.source_id,
        "title": one.title,
        "starred": mark.starred,
        "rating": mark.rating,
        "star_at": _said_at(one.when.star),
        "decision": mark.decision,
        "leave_at": _said_at(mark.leave_at),
        "kept": sorted(mark.kept),
        "decision_at": _said_at(one.when.decision),
        "note": mark.note,
        "note_at": _said_at(one.when.note),
        "at": _said_at(mark.at),
    }


def _said_at(at: datetime | None) -> str | None:
    return None if at is None else at.astimezone(UTC).isoformat()


def read(data: bytes, name: str, now: datetime) -> tuple[list[Carried], list[str]]:
    """The marks of a document, and a sentence for each that is broken and was left out.

    No change is later than ``now``: a clock that is ahead must not win for ever. Raises ReadError for anything else.
    """
    from json import loads

    try:
        document = loads(data)
        version, found = document["version"], document["marks"]
    except (ValueError, RecursionError, KeyError, TypeError) as error:
        raise ReadError(
            f"{name} is no file of marks that is whole: write it again with planner export --format marks."
        ) from error
    if version != VERSION or not isinstance(found, list):
        raise ReadError(
            f"{name} holds marks of version {str(version)[:20]} and this planner knows {VERSION}: update planner, or write "
            "the file again with this version."
        )
    carried, warnings = [], []
    for number, one in enumerate(found, start=1):
        try:
            carried.append(_carried(one, now))
        except (ValueError, TypeError, KeyError, AttributeError, OverflowError) as error:
            warnings.append(f"mark {number} cannot be read ({clean(str(error))[:80]}) and was left out.")
    return carried, warnings


def _carried(one: Any, now: datetime) -> Carried:
    """One mark; raises ValueError, TypeError, KeyError or AttributeError for one that is broken."""
    uid = clean(one["uid"])
    if not uid or len(uid) > _LONGEST_UID:
        raise ValueError("no uid")
    starred, rating, decision = bool(one.get("starred")), one.get("rating") or 0, one.get("decision") or "undecided"
    if rating not in _RATINGS or isinstance(rating, bool) or decision not in DECISIONS:
        raise ValueError("a rating is 0 to 5, a decision undecided, going or skipped")
    mark = Mark(
        uid=uid,
        starred=starred or rating > 0,
        rating=int(rating),
        decision=decision,
        note=clean(one.get("note") or "", lines=True),
        leave_at=_at(one.get("leave_at")),
        kept=frozenset(clean(other) for other in one.get("kept") or () if other),
        at=_not_after(_at(one.get("at")), now),
    )
    plain, when = Mark(uid), []
    for part in When._fields:
        at = _at(one.get(f"{part}_at"))
        at = mark.at or now if at is None and _part(mark, part) != _part(plain, part) else at
        when.append(_not_after(at, now))
    return Carried(
        mark, When(*when), slug(one.get("conference") or ""), clean(one.get("source_id") or ""), clean(one.get("title") or "")
    )


def _at(said: object) -> datetime | None:
    """An instant in whole seconds of UTC; raises ValueError for a time without an offset, or that a store does not take."""
    if said is None:
        return None
    at = datetime.fromisoformat(str(said))
    if at.tzinfo is None:
        raise ValueError(f"{said} has no offset")
    at = at.astimezone(UTC).replace(microsecond=0)
    if not FIRST <= at <= LAST:
        raise ValueError(f"{said} is beyond all schedules")
    return at


def _not_after(at: datetime | None, now: datetime) -> datetime | None:
    return at if at is None else min(at, now)


def merged(ours: Mark, our_when: When, theirs: Mark, their_when: When) -> tuple[Mark, When, list[Conflict]]:
    """Our mark with what is newer in theirs, and where both had changed a part in different ways so that one gave way.

    The order does not matter: theirs with ours gives the same parts, so that two stores that read each other's file agree.
    """
    mark, when, conflicts = ours, our_when, []
    for part in When._fields:
        mine, other = _part(ours, part), _part(theirs, part)
        my_at, other_at = getattr(our_when, part), getattr(their_when, part)
        if other_at is None or (my_at is not None and mine == other and my_at >= other_at):
            continue
        wins = my_at is None or (other_at, _rank(other)) > (my_at, _rank(mine))
        chosen, lost = (other, mine) if wins else (mine, other)
        differ = my_at is not None and mine != other
        if differ and part == "note":
            both = _both_notes(chosen, lost)
            differ, chosen = both != chosen, both
        if differ:
            conflicts.append(Conflict(_words(ours, part), _words(theirs, part), wins))
        mark = _with_part(mark, part, chosen)
        when = when._replace(**{part: other_at if my_at is None else max(my_at, other_at)})
    latest = max((at for at in (mark.at, *when) if at is not None), default=None)
    return mark._replace(at=latest), when, conflicts


def _part(mark: Mark, part: str) -> Any:
    """A part as one value."""
    if part == "star":
        return mark.starred, mark.rating
    return (mark.decision, mark.leave_at, mark.kept) if part == "decision" else mark.note


def _with_part(mark: Mark, part: str, value: Any) -> Mark:
    if part == "star":
        return mark._replace(starred=value[0], rating=value[1])
    if part == "decision":
        return mark._replace(decision=value[0], leave_at=value[1], kept=value[2])
    return mark._replace(note=value)


def _rank(value: Any) -> str:
    """What decides between two versions of one instant: anything, as long as both sides decide alike."""
    if isinstance(value, tuple):
        return " ".join(str(sorted(one)) if isinstance(one, frozenset) else str(one) for one in value)
    return f"{len(value):09} {value}"


def _both_notes(winner: str, loser: str) -> str:
    """The note that wins, and below it the other if that says something that is not in it."""
    if set(loser.split()) <= set(winner.split()):
        return winner
    return f"{winner}\n{loser}" if winner else loser


def _words(mark: Mark, part: str) -> str:
    """A part in words."""
    if part == "star":
        return ("★" * (mark.rating or 1)) if mark.starred else "no star"
    if part == "decision":
        return mark.decision
    line = " ".join(mark.note.split())
    return f"“{line[:_SAID]}{'…' if len(line) > _SAID else ''}”" if line else "no note"
