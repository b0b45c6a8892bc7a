"""From the cards of a page to sessions and talks: instants, identities, kinds and rooms."""

from __future__ import annotations

import re
from collections import Counter

from planner import text as texts
from planner.model import Session, Slot, Talk, fold, slug, uid_for
from planner.readers.events import web_address
from planner.readers.pages_kinds import kind_of, kind_of_title, split_kind
from planner.readers.pages_lines import looks_like_names
from planner.values import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from planner.dates import DateLine
    from planner.readers.pages_cards import Card
    from planner.readers.pages_entries import Block
    from planner.readers.pages_facts import Facts

    Clock = Callable[[DateLine], tuple[datetime | None, datetime | None, str | None]]
    """What a date line means: start and end in UTC, and the zone in which its clock was read."""

_SHORT = 2
"""Titles of so few words (``Q&A``, ``Lunch``, ``Contributed talk``) stand in many sessions: the session tells them apart."""

_HOSTS = {
    "ICLR": "https://iclr.cc",
    "ICML": "https://icml.cc",
    "NeurIPS": "https://neurips.cc",
    "NIPS": "https://neurips.cc",
    "MLSys": "https://mlsys.org",
}
_HOLDS = re.compile(r"\bsession\b|\bworkshop\b|\btutorial\b|\bposters?\b", re.IGNORECASE)
_HOLDERS = frozenset(("workshop", "tutorial"))
"""Words of a page for itself that its talks are not: below ``ICAPS 2021 Workshop`` stands the programme of one."""

_OF_SESSION = frozenset(("oral", "poster", "spotlight"))


class Made(NamedTuple):
    """What a page holds, in its order."""

    sessions: tuple[Session, ...]
    talks: tuple[Talk, ...]


class Maker:
    """Makes the sessions and talks of one page. ``conference`` is the slug, ``facts`` what the page says of itself.

    ``base`` is the address that relative links are completed with, ``source`` the page's lines as they were saved.
    """

    def __init__(self, conference: str, clock: Clock, facts: Facts, *, base: str = "", source: Sequence[str] = ()) -> None:
        self.conference = conference
        self.clock = clock
        self.site = facts.site
        self.kind = kind_of(facts.kind)
        self.of_one = facts.kind.casefold() in _HOLDERS
        self.address = web_address(facts.url)
        self.base = base
        self.source = source
        self.sessions: dict[str, Session] = {}
        self.talks: list[Talk] = []
        self.once: set[tuple[object, ...]] = set()
        self.seen: Counter[tuple[str, str]] = Counter()

    def make(self, blocks: Sequence[Block]) -> Made:
        """Read all blocks of the page."""
        self.kind = "" if self.of_one and len(blocks) > 1 else self.kind
        for block in blocks:
            session = self._session(block, self.site if len(blocks) == 1 else "")
            for entry in block.entries:
                self._entry(entry, self._parent(entry) or session)
            if not block.entries and block.head.title:
                self._container(block, session)
        return Made(tuple(self.sessions.values()), _knowing_each_other(self.talks))

    def _session(self, block: Block, site: str) -> Session | None:
        """The session of a block; None where the block is a single event or the page names none."""
        head = block.head
        title, said = split_kind(head.title)
        if (
            not title
            or all(entry.parent for entry in block.entries or (head,))
            or not (block.entries or _HOLDS.search(f"{head.kind} {head.title}"))
        ):
            return None
        start, end, _ = self.clock(head.when) if head.when else (None, None, None)
        times = [self.clock(entry.when) for entry in block.entries if entry.when]
        start = start or min((begin for begin, _, _ in times if begin), default=None)
        end = end or max((last for begin, over, _ in times if (last := over or begin)), default=None)
        if start and end and end < start:
            end = None  # the entries stand before their own head: one of the two is a slip, and the head was taken
        day = next((entry.when for entry in (head, *block.entries) if entry.when and entry.when.year), None)
        found = head.site or (site if site.startswith(("session/", "workshop/", "tutorial/")) else "")
        key = found.replace("/", "-") or "-".join(part for part in (slug(title), _date_of(day)) if part)
        session = Session(
            key=key,
            title=title,
            chairs=head.chairs,
            kind=_first_telling(kind_of(said or head.kind), kind_of(title)),
            start=start,
            end=end,
            room=head.room or None,
            url=self._absolute(head.url) or (self.address if site else None),
        )
        self.sessions.setdefault(key, session)
        return session

    def _parent(self, entry: Card) -> Session | None:
        """The session that an ``In …`` line names."""
        if not entry.parent:
            return None
        key = "-".join(part for part in (slug(entry.parent), _date_of(entry.when)) if part)
        start, end, _ = self.clock(entry.when) if entry.when else (None, None, None)
        known = self.sessions.get(key, Session(key=key, title=entry.parent, start=start, end=end))
        self.sessions[key] = known._replace(
            start=min(filter(None, (known.start, start)), default=None), end=max(filter(None, (known.end, end)), default=None)
        )
        return self.sessions[key]

    def _entry(self, entry: Card, session: Session | None) -> None:
        """A talk of a session, or one that stands alone."""
        title, said = split_kind(entry.title)
        entry, title = _named_by_speaker(entry, title, said)
        kind = kind_of(entry.kind) or kind_of(said) or self._kind(title, entry, session)
        self._add(entry, title, kind if title else "untitled", session)

    def _kind(self, title: str, entry: Card, session: Session | None) -> str:
        """The kind of a talk of which only the title tells one, where it is no paper's; else that of its session."""
        if (not entry.speakers or "session" in fold(title).split() or session is None) and (found := kind_of_title(title)):
            return found
        if session is not None:
            return session.kind if session.kind in _OF_SESSION else "talk"
        return kind_of(entry.site) or self.kind or "talk"

    def _container(self, block: Block, session: Session | None) -> None:
        """An event that lists no talks of its own: it is itself what one attends."""
        title, said = split_kind(block.head.title)
        head, title = _named_by_speaker(block.head, title, said)
        kind = kind_of(head.kind) or kind_of(said) or kind_of_title(title) or kind_of(head.site) or self.kind
        head = head._replace(speakers=head.speakers or head.chairs)
        self._add(head, title, kind or "talk", None, holds=session.key if session else None)

    def _add(self, entry: Card, title: str, kind: str, session: Session | None, *, holds: str | None = None) -> None:
        start, end, zone = self.clock(entry.when) if entry.when else (None, None, None)
        visit = session is not None and session.kind != "workshop" and ("poster" in {session.kind, kind} or entry.board)
        if entry.when is None and session is not None and visit:
            start, end = session.start, session.end
            zone = None
        room = entry.room or (session.room if session else None)
        slot = Slot(start=start, end=end, room=room or None, board=entry.board or None, zone=zone, said=entry.said)
        site = entry.site or ("" if holds or session else self.site)
        once = (title, start, end, session.key if session else "", entry.speakers, entry.board)
        if title and start and once in self.once:
            return  # the page was saved twice, one below the other
        self.once.add(once)
        self.talks.append(
            Talk(
                uid=self._uid(site, title, session),
                conference=self.conference,
                title=title,
                kind=kind,
                session=session.key if session else None,
                slot=slot if start is not None or entry.room or entry.board else Slot(),
                speakers=entry.speakers,
                abstract=entry.abstract,
                url=self._absolute(entry.url) or (self.address if site and not entry.site else None),
                links=tuple(address for link in entry.links if (address := web_address(link))),
                holds=holds,
                source_id=site,
                raw=self._raw(entry),
            )
        )

    def _uid(self, site: str, title: str, session: Session | None) -> str:
        """The identity of a talk: the site's id, else its title, short titles and untitled slots within their session."""
        key = session.key if session else ""
        if not title:
            said = f"{key} untitled"
        elif len(fold(title).split()) <= _SHORT:
            said = f"{key} {title}"
        else:
            said = title
        known = ("site", site) if site else ("title", fold(said))
        ordinal = self.seen[known]
        self.seen[known] += 1
        return uid_for(self.conference, site, title=said, ordinal=ordinal)

    def _absolute(self, url: str) -> str | None:
        """A link of the page as a whole address; None for what is none, and where the page's own address is not known."""
        return web_address(f"{self.base}{url}" if url.startswith("/") else url)

    def _raw(self, entry: Card) -> str:
        """The entry's text as it was saved."""
        numbers = [line.number for line in entry.lines if line.number]
        if self.source and numbers:
            return texts.clean("\n".join(self.source[min(numbers) - 1 : max(numbers)]), lines=True)
        return "\n".join(line.text for line in entry.lines)


def _first_telling(*kinds: str) -> str:
    """The first kind that says more than that there is a talk (``Session``)."""
    return next((kind for kind in kinds if kind not in {"", "talk"}), "talk")


def _named_by_speaker(entry: Card, title: str, said: str) -> tuple[Card, str]:
    """An invited talk of which only the speaker is named, whose title keeps the kind: ``Keynote: Ada Lovelace (London)``."""
    name = re.sub(r"\s*\([^()]{0,80}\)$", "", title)
    if kind_of(said) != "keynote" or entry.speakers or "," in name or not looks_like_names(name):
        return entry, title
    return entry._replace(speakers=(name,)), entry.title


def site_address(name: str) -> str:
    """Where the pages of a conference stand: ``ICLR 2021`` is at ``https://iclr.cc``; ``""`` where unknown."""
    return _HOSTS.get(name.split(" ", maxsplit=1)[0], "")


def _date_of(when: DateLine | None) -> str:
    """The date of a line for a key."""
    return (
        f"{when.year}-{when.month:02}-{when.day:02}"
        if when is not None and when.day is not None and when.month is not None
        else ""
    )


def _knowing_each_other(talks: Sequence[Talk]) -> tuple[Talk, ...]:
    """The talks, those of one paper (the same title and speakers, as an oral and as a poster) naming each other."""
    papers: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for talk in talks:
        if talk.title and talk.speakers:
            papers.setdefault((fold(talk.title), talk.speakers), []).append(talk.uid)
    return tuple(
        talk._replace(also=tuple(uid for uid in papers.get((fold(talk.title), talk.speakers), ()) if uid != talk.uid))
        if talk.title
        else talk
        for talk in talks
    )
