"""What a page marks for machines: events in schema.org's words (microdata or RDFa) as lines, and the instants of times."""

from __future__ import annotations

import re

from planner import text as texts
from planner.dates.words import offset_of
from planner.readers.pages_lines import Line, says

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from selectolax.lexbor import LexborHTMLParser, LexborNode

_EVENTS = '[itemscope][itemtype*="schema.org/"][itemtype$="Event"], [typeof$="Event"]'
_FEWEST = 2  # events that make a programme: one is the conference itself
_CLOCK = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(?P<seconds>:[0-9]{2})?(?P<zone>Z|[+-][0-9]{2}:?[0-9]{2})?")
_INSTANT = re.compile(
    r"(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})[T ](?P<hour>[0-9]{2}):(?P<minute>[0-9]{2})(?::[0-9]{2}(?:\.[0-9]{1,9})?)?"
    r"(?P<zone>Z|[+-][0-9]{2}:?[0-9]{2})?"
)
_FIRST_CAP = 60  # signs of the text of a time


def event_lines(tree: LexborHTMLParser) -> dict[int, list[Line]]:
    """The events that have a start with a clock, by the id of their node; none where the page has fewer than two."""
    found = {node.mem_id: lines for node in tree.css(_EVENTS) if (lines := list(_lines(node)))}
    return found if len(found) >= _FEWEST else {}


def tells_more(lines: Sequence[Line], of_events: Sequence[Line]) -> bool:
    """Whether a line that is no marked event's has a time of its own; the hour of one alone is that of a row or a list."""
    ids = set(map(id, of_events))
    hours = {said.start for line in of_events if (said := says(line.text)) is not None}
    told = [said for line in lines if id(line) not in ids and (said := says(line.text.strip("| "))) is not None]
    return any(said.timed and (said.before or said.after or said.start not in hours) for said in told)


def instant_of(node: LexborNode) -> str:
    """The date and time that a ``<time>`` says in its attribute, where its text only says the same time of day; else "".

    An attribute in UTC gives no zone: programs that know none write ``Z`` behind any clock.
    """
    found = _INSTANT.fullmatch((node.attributes.get("datetime") or "").strip())
    shown = says(texts.clean(node.text()[:_FIRST_CAP])) if found else None
    if found is None or shown is None or shown.dated or shown.end is not None or shown.start is None or shown.offset:
        return ""
    clock = int(found["hour"]) * 60 + int(found["minute"])
    same = shown.start == clock or (not shown.start_half and shown.start + 12 * 60 == clock)
    zone = found["zone"] if offset_of(found["zone"] or "Z") else ""
    return f"{found['day']}T{found['hour']}:{found['minute']}:00{zone} {shown.letters}".strip() if same else ""


def _lines(event: LexborNode) -> Iterator[Line]:
    """What one event says of itself; nothing for one that holds others, or whose start has no clock."""
    start, end = _clock(_said(event, "startDate")), _clock(_said(event, "endDate"))
    title = _said(event, "name")
    if not start or not title or any(one != event for one in event.css(_EVENTS)):
        return
    link = event.css_first("a[href]")
    links = (link.attributes.get("href") or "",) if link is not None else ()
    when = f"{start} - {end}" if end else start
    yield Line(0, f"{when} | {title}", links, after_blank=True)  # "EST training" right behind a clock would be its zone
    for word, name in (("Speaker", "performer"), ("Room", "location"), ("Abstract", "description")):
        if said := _said(event, name):
            yield Line(0, f"{word}: {said}")


def _said(event: LexborNode, name: str) -> str:
    """The value of a property: its attribute, else its text; of a thing with a name, that name."""
    node = event.css_first(f'[itemprop="{name}"], [property$="{name}"]')
    if node is None:
        return ""
    inner = node.css_first('[itemprop="name"], [property$="name"]')
    said = next((value for key in ("content", "datetime") if (value := node.attributes.get(key))), "")
    return texts.clean(said or (inner or node).text(separator=" "))


def _clock(said: str) -> str:
    """A date with a clock in full, ``""`` for a date alone and for what is none."""
    found = _CLOCK.fullmatch(said)
    return f"{said[:16]}{found['seconds'] or ':00'}{found['zone'] or ''}" if found else ""
