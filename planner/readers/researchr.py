"""Programmes that conf.researchr.org exports as XML (POPL, PLDI, ICSE, SPLASH, …): sessions (``subevent``) of time slots.

Clocks are those of ``timezone_id``. A mirrored slot is the same talk at a second time.
"""

from __future__ import annotations

from planner.errors import ReadError
from planner.readers import clocks, markup
from planner.readers.events import Event, shortly, web_address
from planner.readers.json_times import moment
from planner.readers.records import Block, Found, Row, reading
from planner.readers.sources import shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from planner.model import Reading
    from planner.readers.sources import Hints, Part

FORMATS = ("researchr",)

_HEAD = 20_000  # signs in which a file shows what it is
_NOTHING = frozenset({"", "undefined", "null"})


def claims(text: str, part: Part) -> bool:  # noqa: ARG001  (every reader is asked with both)
    """Whether the text is XML with sessions and their time slots."""
    head = text[:_HEAD]
    return head.lstrip("\ufeff \t\n").startswith("<") and "<subevent>" in head and ("<timeslot" in head or "<slot_id>" in head)


def read(text: str, part: Part, hints: Hints) -> Reading:
    """The whole conference of such a programme.

    Raises ReadError where it holds no slot, MissingFactsError where the conference's name or its zone is nowhere said.
    """
    tree = markup.parse(text.lstrip("\ufeff \t\n"), part)
    rows: list[Row] = []
    blocks: list[Block] = []
    sessions = [one for one in tree.root.iter("subevent") if _said(one, "subevent_id")]
    for number, session in enumerate(sessions):
        slots = [one for one in session if one.tag == "timeslot"]
        if not slots:
            rows.append(_row(session, "subevent_id", ""))
            continue
        key = f"session-{_said(session, 'subevent_id') or number}"
        blocks.append(
            Block(
                key,
                _said(session, "title"),
                tuple(name for name, _ in _people(session, chairs=True)),
                room=_said(session, "room"),
                url=_url(session),
            )
        )
        rows += [_row(slot, "slot_id", key) for slot in slots]
    inside = {id(slot) for session in sessions for slot in session}
    rows += [_row(slot, "slot_id", "") for slot in tree.root.iter("timeslot") if id(slot) not in inside]
    if tree.read is not None and rows and tree.last_is_cut("timeslot"):
        rows.pop()
    if not rows:
        raise ReadError(f"{shown(part)} is a programme without a time slot; {markup.advice(text)}")
    warnings = (f"{tree.warning}.",) if tree.warning else ()
    zone = next((said for one in tree.root.iter("timezone_id") if (said := (one.text or "").strip())), "")
    told = (zone, "the file's timezone_id")
    name = next((said for tag in ("conference", "title", "name") if (said := _said(tree.root, tag))), "")
    found = Found(FORMATS[0], tuple(rows), tuple(blocks), name, told, warnings=warnings, partial=tree.read is not None)
    return reading(found, part, hints)


def _row(element: Element, identity: str, session: str) -> Row:
    """A slot, or a session without any, as a row; slots of one ``event_id`` are one talk's."""
    people = list(_people(element, chairs=False))
    held = [one for one in element.findall("badges/badge") if not one.get("property")]  # else it says how: "Virtual"
    badges = [said for one in held if (said := (one.text or "").strip())]
    event = Event(
        title=_said(element, "title"),
        source_id=_said(element, identity),
        type=" ".join(dict.fromkeys((*badges, *(one.get("type", "") for one in element.iter("subevent_type"))))).strip(),
        track=next((said for one in element.findall("tracks/track") if (said := (one.text or "").strip())), ""),
        persons=tuple(name for name, _ in people),
        texts=(_said(element, "description"),),
        url=_url(element),
    )
    return Row(
        event,
        _told(element),
        label=shortly(event.title),
        session=session,
        room=_said(element, "room"),
        organisations=tuple(dict.fromkeys(place for _, place in people if place)),
        together=_said(element, "event_id"),
    )


def _told(element: Element) -> clocks.Told:
    """When a slot is, on the conference's clock."""
    day, start, last = _said(element, "date"), _said(element, "start_time"), _said(element, "end_date")
    end = _said(element, "end_time")
    words = " ".join(said for said in (day, start, end) if said)
    at, until = moment(f"{day} {start}"), moment(f"{last or day} {end}")
    return (
        clocks.Told(at, until=until, words=words)
        if at is not None
        else clocks.Told(day=day.replace("/", "-"), start=start, end=end, words=words)
    )


def _people(element: Element, *, chairs: bool) -> Iterator[tuple[str, str]]:
    """The names and organisations of the chairs, or of those who present."""
    for one in element.findall("persons/person"):
        parts = [said for tag in ("first_name", "last_name") if (said := _said(one, tag))]
        name = " ".join(parts) or _said(one, "name") or ("" if len(one) else (one.text or "").strip())
        if name and ("chair" in _said(one, "role").casefold()) == chairs:
            yield name, _said(one, "affiliation")


def _url(element: Element) -> str | None:
    return web_address(_said(element, "url"))


def _said(element: Element, tag: str) -> str:
    """The text of a child; "" where there is none, and for what the site writes in its place."""
    child = element.find(tag)
    text = markup.inner(child).strip() if child is not None else ""
    return "" if text in _NOTHING else text
