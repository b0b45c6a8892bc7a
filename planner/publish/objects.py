"""What is remembered of each object in a collection, whose an object is, and whether it says what it should."""

from __future__ import annotations

from hashlib import sha256

from planner.ical import scan
from planner.ical.whose import whose
from planner.model import Exported
from planner.values import NamedTuple

_APART = "\x1e"  # the record separator: neither a talk's facts nor an ETag (RFC 9110 8.8.3) holds one
_NO_FACTS = "\x1f" * 7  # eight empty facts: whatever the talk is, it is news
_DIGITS = 10  # of a sequence: RFC 5545 3.3.8 stops at 2147483647
_SAID = ("DTSTART", "DTEND", "SUMMARY", "LOCATION", "DESCRIPTION", "URL", "CATEGORIES", "STATUS", "TRANSP")
_REPEATS = ("RRULE", "RDATE", "EXDATE", "RECURRENCE-ID", "DURATION")


class Told(NamedTuple):
    """What a collection was told of a talk: its sequence and facts, the digest of the bytes and the ETag they got.

    No digest: there is no object of ours. No ETag: it was sent, but the server's answer did not come or gave none.
    """

    exported: Exported
    digest: str = ""
    etag: str = ""

    def packed(self) -> Exported:
        """All of it in the form in which the store keeps what calendars are told."""
        return self.exported._replace(facts=_APART.join((self.exported.facts, self.digest, self.etag)))


def told(kept: Exported) -> Told:
    """What :meth:`Told.packed` made."""
    facts, digest, etag = (*kept.facts.split(_APART, 2), "", "")[:3]
    return Told(kept._replace(facts=facts), digest, etag)


def digest(data: bytes) -> str:
    """What tells the bytes of one object from others."""
    return sha256(data).hexdigest()


def is_ours(held: bytes, uid: str, known: Told | None) -> bool:
    """Whether an object holds a talk of ours and nothing else: by its PRODID, or because it was sent before."""
    found = whose(held)
    return found.holds_only(uid) and (found.ours or bool(known and known.digest))


def recognised(known: Told | None, held: bytes) -> Told:
    """What is known of a talk whose object was read and is ours: that it is, and its sequence if somebody raised it."""
    said = [event.value("SEQUENCE") for event in _events(held)]
    sequence = max((int(one) for one in said if one.isascii() and one.isdecimal() and len(one) <= _DIGITS), default=0)
    if known is None:
        known = Told(Exported(sequence, _NO_FACTS))
    elif sequence > known.exported.sequence:
        known = known._replace(exported=Exported(sequence, _NO_FACTS))
    return known._replace(digest=known.digest or digest(held))


def says(held: bytes, data: bytes) -> bool:
    """Whether an object on a server tells what ``data`` does.

    Servers write objects anew, and people add alarms to them: only what we say of the talk has to be there, and nothing that
    would give it another time.
    """
    there, ours = _event(held), _event(data)
    return there is not None and ours is not None and there[0] == ours[0] and ours[1] <= there[1]


def _event(data: bytes) -> tuple[dict[str, list[tuple[dict[str, str], str]]], set[str]] | None:
    """What the one event of a calendar says, and when its alarms ring."""
    events = _events(data)
    if len(events) != 1:
        return None
    (event,) = events
    said = {
        name: [(scan.params_of(one.params), scan.unescape(one.value).strip()) for one in found]
        for name in (*_SAID, *_REPEATS)
        if (found := event.properties.get(name))
    }
    rings = {line.rpartition(":")[2].strip() for line in scan.unfold(data) if line[:7].upper() == "TRIGGER"}
    return said, rings


def _events(data: bytes) -> list[scan.Block]:
    top = scan.blocks(scan.unfold(data), scan.Notes())
    return [part for calendar in top.parts for part in calendar.parts if part.name == "VEVENT"]
