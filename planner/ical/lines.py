"""Content lines of iCalendar (RFC 5545 3.1) and what may stand in them: text, web addresses, instants."""

from __future__ import annotations

from datetime import UTC

from planner.values import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import datetime

    from icalendar.prop import vInline

PRODID = "-//planner//conference planner//EN"
"""What wrote a calendar of ours (RFC 5545 3.7.3), without a version, so that a new one does not change every file."""

LINE_OCTETS = 75
"""Octets of a line without its line break (RFC 5545 3.1)."""

LONGEST_LINK = 2000
"""Characters of a URL; a longer one is no link that a client opens, and would leave the DESCRIPTION no room."""

_BREAKS = "\r\n|[\r\x0b\x0c\x85\u2028\u2029]"  # patterns that re compiles at their first use: reading a calendar needs none
_CONTROLS = "[\x00-\x08\x0e-\x1f\x7f-\x9f]"
_SURROGATES = "[\ud800-\udfff]"
_NO_LINK = r"[\x00-\x1f\x7f-\xa0\u2028\u2029\ud800-\udfff]"
_BARE_PERCENT = "%(?![0-9A-Fa-f]{2})"
_INNER_OCTETS = range(0b1000_0000, 0b1100_0000)  # those of a UTF-8 sequence after its first


def value(said: str, **params: str) -> vInline:
    """A property's value, escaped already; the library refuses one with a line break in it."""
    from icalendar.prop import vInline  # loaded by the calendar already

    return vInline(said, params=params)


def content_line(name: str, value: object) -> str:
    """A property as a content line (RFC 5545 3.1); the library gives BEGIN and END with bytes for a value."""
    if isinstance(value, bytes):
        return f"{name}:{value.decode()}"
    params = getattr(value, "params", None)
    return f"{name};{params.to_ical().decode()}:{value}" if params else f"{name}:{value}"


def folded(line: str) -> bytes:
    """A content line in lines of at most 75 octets (RFC 5545 3.1), cut neither inside a character nor inside an escape.

    The library's own fold looks at each character, which costs more than all the rest of an export.
    """
    data = line.encode()
    pieces, start, room = [], 0, LINE_OCTETS
    while len(data) - start > room:
        end = start + room
        while data[end] in _INNER_OCTETS:
            end -= 1
        slashes = end - start - len(data[start:end].rstrip(b"\\"))
        end -= slashes % 2
        pieces.append(data[start:end])
        start, room = end, LINE_OCTETS - 1  # the blank that begins the next line counts
    pieces.append(data[start:])
    return b"\r\n ".join(pieces)


def utc(at: datetime) -> str:
    """An instant as RFC 5545 3.3.5 writes it in form 2."""
    at = at.astimezone(UTC)
    return f"{at.year:04}{at.month:02}{at.day:02}T{at.hour:02}{at.minute:02}{at.second:02}Z"


def clean(text: str) -> str:
    """Text with newlines as its only control characters, and nothing that UTF-8 has no form for."""
    if text.isprintable():
        return text
    text = re.sub(_CONTROLS, "", re.sub(_BREAKS, "\n", text.replace("\t", " ")))
    return re.sub(_SURROGATES, "\N{REPLACEMENT CHARACTER}", text)


def one_line(text: str) -> str:
    """Text in one line."""
    return " ".join(clean(text).split())


def escaped(text: str) -> str:
    """A clean text escaped as RFC 5545 3.3.11 asks; the library's own way loses a backslash before an N."""
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def link(url: str | None) -> str:
    """A web address as a URI (RFC 3986): http or https with a host, in ASCII; empty for anything else."""
    said = (url or "").strip()
    scheme, colon, rest = said.partition("://")
    if scheme.lower() not in {"http", "https"} or not colon or not rest.strip("/?#") or rest[0] in "/?#":
        return ""
    if re.search(_NO_LINK, said):
        return ""
    from urllib.parse import quote  # 3 ms that reading a calendar need not pay

    whole = quote(re.sub(_BARE_PERCENT, "%25", said), safe="%/:?#[]@!$&'()*+,;=-._~")
    return whole if len(whole) <= LONGEST_LINK else ""
