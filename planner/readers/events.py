"""Events of schedule exports (frab, xCal) to talks: identity, kind, cleaned text, and how many small faults are reported."""

from __future__ import annotations

from functools import lru_cache

from planner import text as texts
from planner.model import Slot, Talk, fold, uid_for
from planner.readers.sources import not_too_many
from planner.values import NamedTuple, maker

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

_MANY_LINKS = 50  # links kept of one talk
_MANY_SLOTS = 12  # slots that one submission may have; a UID that more events share is no submission (one real calendar: 67)
_NAMED = 5  # events that one warning names

_KINDS = {
    "keynote": ("keynote", "keynotes", "plenary"),
    "poster": ("poster", "posters"),
    "tutorial": ("tutorial", "tutorials", "training", "masterclass"),
    "workshop": ("workshop", "workshops", "sprint", "sprints"),
    "panel": ("panel", "panels", "podium", "podiumsdiskussion", "roundtable", "discussion"),
    "spotlight": ("spotlight", "spotlights"),
    "oral": ("oral", "orals"),
    "social": ("social", "socials", "bof", "meetup", "meeting", "party", "concert", "dj", "djset"),
    "break": ("break", "breaks", "lunch", "breakfast", "dinner", "coffee", "meal", "meals"),
}
_KIND_OF = {word: kind for kind, words in _KINDS.items() for word in words}

_BREAKS = frozenset(
    {"break", "coffee", "coffee break", "tea break", "morning break", "afternoon break", "breakfast", "lunch", "lunch break"}
    | {"dinner", "pause", "mittagspause"}
)


class Event(NamedTuple):
    """One event of a file, its texts as the file has them.

    ``source_id`` is what the file calls it, ``paper`` the submission that several of its events may share; ``texts`` are
    subtitle, abstract and description in this order. ``kind`` is the talk's where the reader knows it, else ``type`` tells it.
    ``raw`` is the source's own text where ``texts`` lack a part of it.
    """

    title: str
    slot: Slot = Slot()
    source_id: str = ""
    paper: str = ""
    type: str = ""
    track: str = ""
    persons: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    url: str | None = None
    links: tuple[str, ...] = ()
    cancelled: bool = False
    kind: str = ""
    organisations: tuple[str, ...] = ()
    raw: str = ""


class Faults:
    """What was wrong with single events: a sentence each, with the events' ids, so that 900 of them stay one line."""

    def __init__(self) -> None:
        self._events: dict[str, list[str]] = {}

    def add(self, sentence: str, event: str) -> None:
        """Note an event for which the sentence (without its stop) is true."""
        self._events.setdefault(sentence, []).append(event)

    def warnings(self) -> tuple[str, ...]:
        """One warning a sentence: the first five events by id, and how many more."""
        return tuple(f"{sentence} ({_named(events)})." for sentence, events in self._events.items())


def shortly(text: str) -> str:
    """A source's own words inside a warning: cleaned, and not longer than a line."""
    text = texts.clean(text[:200])
    return f"“{text[:60]}…”" if len(text) > 60 else f"“{text}”"  # noqa: PLR2004  (half a line of a warning)


@lru_cache(maxsize=256)
def _kind_of_type(type_: str) -> str:
    """The kind that the words of a type name, "" for a type without words."""
    words = fold(type_).split()
    return next((_KIND_OF[word] for word in words if word in _KIND_OF), "talk") if words else ""


def kind_of(type_: str, title: str = "") -> str:
    """The kind of a talk by the words of its type; by its title where it has no type and is a break."""
    if not title:
        return "untitled"
    return _kind_of_type(type_[:200]) or ("break" if fold(title[:200]) in _BREAKS else "talk")


def web_address(text: str, base: str = "") -> str | None:
    """An http(s) address, made whole by the ``base`` it stands on; None for anything else."""
    text = text.strip()
    if not text or len(text) > texts.LINE_CAP or " " in text or not text.isprintable():
        return None
    if not text.lower().startswith(("http://", "https://")) and base:
        from urllib.parse import urljoin  # few files have relative links

        try:
            text = urljoin(base, text)
        except ValueError:  # a bracket of an IPv6 address that is left open
            return None
    return text if text.lower().startswith(("http://", "https://")) else None


_made = maker(Talk)


def talks(slug: str, events: Sequence[Event], *, titled: bool = False) -> tuple[Talk, ...]:
    """The talks of the conference with that slug, in the file's order; the slots of one submission name each other.

    The events are ``titled`` where their titles were read already. Raises ReadError for more talks than any conference has.
    """
    not_too_many(len(events))
    cleaned = _Cleaned()
    titles = [event.title if titled else texts.read_title(event.title) for event in events]
    ids = [texts.clean(event.source_id) for event in events]
    uids = _uids(slug, events, ids, titles)
    also = _also(uids, events, titles)
    return tuple(
        [
            _talk(event, cleaned, slug=slug, uid=uid, title=title, source_id=source_id, also=also.get(uid, ()))
            for event, uid, title, source_id in zip(events, uids, titles, ids, strict=True)
        ]
    )


def _talk(event: Event, cleaned: _Cleaned, *, slug: str, uid: str, title: str, source_id: str, also: tuple[str, ...]) -> Talk:
    """One event as a talk."""
    paragraphs = [text.strip() for text in event.texts if text.strip()]
    raw = event.raw or "\n\n".join(paragraphs)
    abstract = _joined([texts.read_abstract(text) for text in paragraphs])
    slot, room = event.slot, cleaned[event.slot.room or ""] or None
    return _made(
        uid,
        slug,
        title,
        event.kind or kind_of(event.type, title),
        slot=slot if slot.room == room else slot._replace(room=room),
        speakers=tuple([name for person in event.persons if (name := cleaned[person])]),
        organisations=event.organisations,
        abstract=abstract,
        track=cleaned[event.track] or None,
        url=event.url,
        links=tuple(dict.fromkeys(event.links[:_MANY_LINKS])) if event.links else (),
        also=also,
        source_id=source_id,
        raw="" if raw == abstract else raw,
        cancelled=event.cancelled or _says_cancelled(title),
    )


class _Cleaned(dict[str, str]):
    """Names that come back a hundred times (rooms, tracks, speakers), each cleaned once."""

    def __missing__(self, text: str) -> str:
        """Clean a name that was not met before."""
        self[text] = texts.clean(texts.entities(text))
        return self[text]


def _uids(slug: str, events: Sequence[Event], ids: Sequence[str], titles: Sequence[str]) -> list[str]:
    """An identity for each event; where several claim the same, they are counted in the order of time and room."""
    uids = [uid_for(slug, id_, title=title) for id_, title in zip(ids, titles, strict=True)]
    if len(set(uids)) == len(uids):
        return uids
    claims: dict[str, list[int]] = {}
    for number, uid in enumerate(uids):
        claims.setdefault(uid, []).append(number)
    for numbers in [numbers for numbers in claims.values() if len(numbers) > 1]:
        numbers.sort(key=lambda number: _order(events[number].slot))
        ordinal = 0
        for number in numbers[1:]:
            while uids[number] in claims:
                ordinal += 1
                uids[number] = uid_for(slug, ids[number], title=titles[number], ordinal=ordinal)
            claims[uids[number]] = [number]
    return uids


def _also(uids: Sequence[str], events: Sequence[Event], titles: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """The other slots of each submission that has several: the same id and the same title."""
    papers: dict[str, list[int]] = {}
    for number, event in enumerate(events):
        if paper := event.paper or event.source_id:
            papers.setdefault(paper, []).append(number)
    also: dict[str, tuple[str, ...]] = {}
    for numbers in papers.values():
        if 1 < len(numbers) <= _MANY_SLOTS:
            folded = {number: fold(titles[number]) for number in numbers}
            for number in numbers:
                also[uids[number]] = tuple(uids[one] for one in numbers if one != number and folded[one] == folded[number])
    return also


def _order(slot: Slot) -> tuple[float, str]:
    return (slot.start.timestamp() if slot.start else float("inf"), slot.room or "")


def _joined(paragraphs: Sequence[str]) -> str:
    """Subtitle, abstract and description as one text; what another one begins with is not said twice."""
    if len(paragraphs) == 1:
        return paragraphs[0]
    kept = [
        one
        for number, one in enumerate(paragraphs)
        if one
        and not any(
            other.startswith(one) and (other != one or at < number) for at, other in enumerate(paragraphs) if at != number
        )
    ]
    return "\n\n".join(kept)


def _says_cancelled(title: str) -> bool:
    """Whether organisers wrote it in capitals before the title: ``CANCELLED: Cockpit``, ``[CANCELED] Minitel``."""
    if "CANCEL" not in title:
        return False
    bare = title.lstrip("[(* ")
    return any(bare.startswith(word) and not bare[len(word) : len(word) + 1].isalnum() for word in ("CANCELLED", "CANCELED"))


def _named(events: Sequence[str]) -> str:
    """``event 3``, ``events 3, 4 and 12 more``."""
    if len(events) == 1:
        return f"event {events[0]}"
    if len(events) <= _NAMED:
        return f"events {', '.join(events[:-1])} and {events[-1]}"
    return f"events {', '.join(events[:_NAMED])} and {len(events) - _NAMED} more"
