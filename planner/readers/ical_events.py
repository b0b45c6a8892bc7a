"""Entries of a calendar as events of a conference: what exporters put into SUMMARY, LOCATION and DESCRIPTION, taken apart.

pretalx writes ``Title - Speakers``, Indico and linux.conf.au a first line ``Speakers: …``, MiniConf a ``#tag`` before the
title and a page for a place, frab its speakers as ATTENDEEs without an address.
"""

from __future__ import annotations

from datetime import timedelta

from planner import text as texts
from planner.model import Slot, words_of
from planner.readers.events import Event, web_address
from planner.values import maker, re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from planner.ical.read import Entry, Moment

_TAG = r"\s*#([A-Za-z][\w-]{0,30})\s+(?=\S)"
_SPEAKERS = (
    r"(?i)(?:Speakers?|Speaker\(s\)|Presenters?|Presenter\(s\)|Presented by|Vortragende|Referent(?:in|en|innen)?|Von|Par|Por):"
    r"[ \t]{0,9}(\S[^\n]{0,600})(?:\n|$)"
)
_LATER = r"(?m)^(?:Speakers?|Speaker\(s\)|Presenters?|Presenter\(s\)):[ \t]{0,9}(\S[^\n]{0,600})(?:\n|$)"
_BY = r"(?i)\s\((?:talk|workshop|tutorial|keynote|panel)\sby\s([^()]{2,200})\)\s*$"
_NAMING = ("speaker", "present", "vortragende", "referent", "von:", "par:", "por:")  # how what _SPEAKERS finds begins
_AFFILIATION = r"\s*\(([^()]{1,200}(?:\([^()]{0,60}\)[^()]{0,60})?)\)"
_PAGE = r"(?a)[\w./-]{1,200}\.html?(?:[?#]\S{0,500})?"
_PIECES = r":\s|\s[-–—|]\s"
_SHORT = 6  # words: a title or a part of one that is nothing but the name of an occasion

_KINDS = {
    "break": "break breaks coffee tea lunch breakfast dinner registration",
    "keynote": "keynote keynotes plenary invited key",
    "tutorial": "tutorial tutorials tut training",
    "workshop": "workshop workshops",
    "poster": "poster posters pos lbd",
    "panel": "panel panels",
    "spotlight": "spotlight spotlights lightning",
    "oral": "oral orals",
    "social": "social socials reception banquet party meetup",
}
_KIND_OF = {word: kind for kind, words in _KINDS.items() for word in words.split()}
_WORDS = frozenset(_KIND_OF)
_OPENS = frozenset({"keynote", "tutorial", "workshop", "poster", "panel"})

_event = maker(Event)


def understand(entry: Entry, slot: Slot, *, product: str, base: str, cancelled: bool) -> Event:
    """An entry as an event in that slot, its title read; ``product`` is the PRODID in small letters, ``base`` a site or ""."""
    tag = re.match(_TAG, entry.summary) if "#" in entry.summary else None
    title = entry.summary[tag.end() :] if tag else entry.summary
    speakers: tuple[str, ...] = ()
    if "//pretalx//" in product and " - " in title:
        title, _, names = title.rpartition(" - ")
        speakers = texts.names(names)
    if entry.people and not speakers:
        speakers = tuple(name for name, address in entry.people if name and address.lower().startswith("invalid:"))
    if title.rstrip().endswith(")") and (by := re.search(_BY, title[-250:])):
        title, speakers = title.removesuffix(by[0]), speakers or texts.names(by[1])
    title = texts.read_title(title)
    description, named, organisations = _speakers(entry.description)
    room, link = _place(entry.location, base)
    url = web_address(entry.url, base) or link
    return _event(
        title=title,
        slot=Slot(slot.start, slot.end, room, *slot[3:]) if room else slot,
        source_id=entry.uid.partition("@")[0] or entry.uid,
        track=", ".join(entry.categories),
        persons=speakers or named,
        texts=(description,),
        url=url,
        links=(link,) if link and link != url else (),
        cancelled=cancelled or entry.status == "CANCELLED",
        kind=_kind((*([tag[1]] if tag else []), *entry.categories), title, named=bool(speakers or named)),
        organisations=organisations,
        raw=entry.description if description != entry.description else "",
    )


def all_day(start: Moment, end: Moment | None) -> Slot:
    """The slot of an all-day entry; ``end`` is the day after its last (RFC 5545 3.6.1)."""
    last = end - timedelta(days=1) if end is not None and end > start else start
    return Slot(day=start, last_day=last)


def _speakers(description: str) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """A description without the line that names speakers, their names, and what stands in brackets behind them."""
    head = description.lstrip()[:1000]
    found = re.match(_SPEAKERS, head) if head[:20].lower().startswith(_NAMING) else None
    if found is None and "\n" in description and ("Speaker" in description or "Presenter" in description):
        found = re.search(_LATER, description)
    if found is None:
        return description, (), ()
    organisations = tuple(
        dict.fromkeys(name for said in re.findall(_AFFILIATION, found[1]) if (name := texts.read_title(said)))
    )
    return description.replace(found[0], "", 1), texts.names(re.sub(_AFFILIATION, "", found[1])), organisations


def _place(location: str, base: str) -> tuple[str, str | None]:
    """A room, and an address where the place is a page: MiniConf's are relative to its site."""
    place = location.strip()
    if place.lower().startswith(("http://", "https://")) and not any(sign.isspace() for sign in place):
        return "", web_address(place)
    if ".htm" in place and re.fullmatch(_PAGE, place):
        return "", web_address(place, base)
    return location, None


def _kind(said: tuple[str, ...], title: str, *, named: bool) -> str:
    """The kind by the words of tag and categories, else by the title where that is the name of an occasion.

    Where somebody is ``named`` who speaks it is no break and no party (``Image registration at scale``).
    """
    if not title:
        return "untitled"
    for words in said:
        if kind := next((_KIND_OF[word] for word in words_of(words[:200]) if word in _KIND_OF), ""):
            return kind
    if _WORDS.isdisjoint(words_of(title[:200])):
        return "talk"
    for number, piece in enumerate(re.split(_PIECES, title[:200])):
        found = words_of(piece) or [""]
        if len(found) <= _SHORT:
            kind = next((_KIND_OF[word] for word in (found[0], found[-1], *found[:2]) if word in _KIND_OF), "")
            if kind and not (named and len(found) > 1 and kind in {"break", "social"}):
                return kind
        elif not number and _KIND_OF.get(found[0]) in _OPENS:
            return _KIND_OF[found[0]]
    return "talk"
