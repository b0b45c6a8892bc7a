"""Events that a page marks with schema.org's words (microdata or RDFa), as lines: each a date with its title behind it."""

from __future__ import annotations

import re

from planner import text as texts
from planner.readers.pages_lines import Line

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborHTMLParser, LexborNode

_EVENTS = '[itemscope][itemtype*="schema.org/"][itemtype$="Event"], [typeof$="Event"]'
_FEWEST = 2  # events that make a programme: one is the conference itself
_CLOCK = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(?P<seconds>:[0-9]{2})?(?P<zone>Z|[+-][0-9]{2}:?[0-9]{2})?")


def event_lines(tree: LexborHTMLParser) -> dict[int, list[Line]]:
    """The events that have a start with a clock, by the id of their node; none where the page has fewer than two."""
    found = {node.mem_id: lines for node in tree.css(_EVENTS) if (lines := list(_lines(node)))}
    return found if len(found) >= _FEWEST else {}


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
