"""Whose a calendar object is: what wrote it, and which entries it holds. For folders and servers that others write to."""

from __future__ import annotations

from planner.ical import lines, scan
from planner.ical.lines import PRODID
from planner.values import NamedTuple


class Whose(NamedTuple):
    """Whether this program wrote an object (by its PRODID, RFC 5545 3.7.3), and the UIDs of all entries in it, each once."""

    ours: bool
    uids: tuple[str, ...]

    def holds_only(self, uid: str) -> bool:
        """Whether the one entry in it is that talk's."""
        return self.uids == (lines.one_line(uid),)


def written_here(data: bytes) -> bool:
    """Whether this program wrote a calendar, without a look at its entries: PRODID stands before them."""
    return data.startswith(b"BEGIN:VCALENDAR") and f"PRODID:{PRODID}".encode() in data[:500]


def whose(data: bytes) -> Whose:
    """Read an object as far as that; bytes that are no calendar are nobody's."""
    top = scan.blocks(scan.unfold(data), scan.Notes())
    calendars = [block for block in top.parts if block.name == "VCALENDAR"]
    entries = [part for calendar in calendars for part in calendar.parts if part.name != "VTIMEZONE"]
    uids = tuple(dict.fromkeys(scan.unescape(entry.value("UID")) for entry in entries))
    return Whose(len(calendars) == 1 and calendars[0].value("PRODID") == PRODID, uids)
