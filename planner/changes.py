"""Two versions of a schedule: which talk is which, what changed, and what is to be stored now.

A talk keeps its uid for ever, because marks hang on it. It is known again by its source's id, by its title, or by a close
title with the same speakers or the same slot; only what is none of these is new. What a source no longer shows is cancelled,
never deleted, and only as far as the source speaks for it.
"""

from __future__ import annotations

from planner.matching import days_given_twice, is_row, match, with_known_sessions
from planner.model import Change, Conference, Slot, Talk, fold, uid_for
from planner.values import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date, datetime

    from planner.model import Reading, Session

PAPERS = frozenset({"oral", "spotlight", "poster", "talk", "paper"})
"""The kinds in which one paper can be met twice."""

MOVES = frozenset({"start", "end", "room", "board"})
"""A change of one of these is a move; of anything else that one can see, an edit."""

RAISES = frozenset({"start", "end", "room", "title"})
"""A change of one of these, or of the status, raises SEQUENCE: it makes an attendee look again (RFC 5546 2.1.4)."""

_COUNTED = Talk._fields.index("sequence")  # what is counted of a talk follows what a source says of it

_TOLD = frozenset({"oral", "spotlight", "poster"})  # the kind of a slot: a list that calls its paper another means another


class Merge(NamedTuple):
    """What an import leads to.

    ``conference`` is what is to be stored, whole and in order. ``changes`` are those of its talks, of one that was added
    nothing but that (see :func:`first_said`); ``unchanged`` counts the talks that were read and are as they were. ``near``
    says in words which talks were known by a close title only. ``heirs`` are pairs of uids: a talk that left its slot, and
    the talk of the same paper that stands in another.
    """

    conference: Conference
    changes: tuple[Change, ...] = ()
    unchanged: int = 0
    near: tuple[str, ...] = ()
    heirs: tuple[tuple[str, str], ...] = ()


class Scope:
    """How far a source speaks for the stored conference."""

    def __init__(self, stored: Conference, reading: Reading) -> None:
        read = reading.conference
        self.what = reading.scope
        self.partial = reading.partial
        self.zone = stored.zone or read.zone
        self.day_change = stored.day_change or read.day_change
        self.slots = any(talk.scheduled for talk in read.talks)
        self.slotless = any(not talk.scheduled for talk in read.talks)
        self.listed = bool(stored.layout)
        self._filled = {talk.session for talk in read.talks if talk.session}
        self._sessions = {session.key for session in read.sessions} | self._filled
        self._stored, self._read = stored, read
        self._kinds = {talk.kind for talk in read.talks}
        self._titles: dict[str, str] = {}
        self._named: set[str] | None = None
        self._days = {self.day(talk) for talk in read.talks if talk.scheduled} if reading.scope == "days" else set()
        self._closed = [talk for talk in read.talks if talk.holds and talk.holds not in self._filled]
        held = stored.sessions if reading.scope == "sessions" else ()
        days = [(one.key in self._sessions, self._local(one.start)) for one in held if one.start]
        self._whole = {day for known, day in days if known} - {day for known, day in days if not known}

    def day(self, talk: Talk) -> date | None:
        """The conference day of a talk."""
        slot = talk.slot
        return slot.day if slot.start is None else self._local(slot.start, slot.zone)

    def _local(self, start: datetime, zone: str | None = None) -> date:
        from planner.times import local_day

        return local_day(start, self.zone or zone or "UTC", self.day_change)

    def shows(self, talk: Talk) -> bool:
        """Whether the source would show the talk if it still took place."""
        if self.what == "sessions":
            return talk.session in self._sessions or talk.holds in self._sessions
        if self.what == "kinds":
            return talk.kind in self._kinds
        return self.day(talk) in self._days if self.what == "days" else self.what == "conference"

    def reaches(self, talk: Talk) -> bool:
        """Whether a talk of the source can be this stored one.

        A page of one session knows nothing of the others: the same title there is the paper's other slot, not this one moved.
        A talk of no session is known where the source shows all sessions of its day.
        """
        known = self.what == "list" or not talk.scheduled or talk.cancelled or self.shows(talk)
        return known or (not (talk.session or talk.holds) and self.day(talk) in self._whole)

    def cancels(self, talk: Talk) -> bool:
        """Whether the talk, which the source does not show, is cancelled by that.

        A row of a paper list never is; another talk without a slot only by a source that shows such talks; none is by a
        source of which a part could not be read, or which is an excerpt.
        """
        if self.partial:
            return False
        judged = talk.scheduled or (self.slotless and not is_row(talk))
        hidden = self.only_names(talk.session) or (self.what == "days" and self._hides(talk))
        return not talk.cancelled and judged and self.shows(talk) and not hidden

    def _hides(self, talk: Talk) -> bool:
        """Whether a paper of no session, as its own page has it, may be in a block that a calendar only names.

        So is a poster during a poster session, and any paper during a workshop. A block without an end goes on.
        """
        if talk.session or not talk.start or talk.kind not in _TOLD:
            return False
        blocks = [one for one in self._closed if one.kind == talk.kind or one.kind not in _TOLD]
        return any(one.start and one.start <= talk.start and (not one.end or talk.start < one.end) for one in blocks)

    def only_names(self, session: str | None) -> bool:
        """Whether the source shows a session, by key or title, and none of its talks: so calendars show posters."""
        if session is None or self.what == "conference" or session in self._filled:
            return False
        if self._named is None:
            read = self._read
            self._titles = {one.key: fold(one.title) for one in self._stored.sessions}
            self._named = {one.key for one in read.sessions} | {talk.holds for talk in read.talks if talk.holds}
            self._named |= {fold(one.title) for one in read.sessions} | {fold(one.title) for one in read.talks if one.title}
        return session in self._named or self._titles.get(session) in self._named


def merge(stored: Conference | None, reading: Reading, *, now: datetime, taken: Callable[[str], bool] | None = None) -> Merge:
    """What was stored and what was read, as one; ``taken`` tells whether another conference has a uid already."""
    old = Conference(reading.conference.slug, reading.conference.name) if stored is None else stored
    read = with_known_sessions(old, reading.conference)
    reading = reading._replace(conference=read)
    scope = Scope(old, reading)
    pairs, near = match(old.talks, read.talks, scope.reaches)
    uids = _identities(old, read.talks, pairs, taken)
    talks, order = _together(old, read.talks, uids, pairs, scope)
    shown = set(uids)
    left = [talk for talk in old.talks if read.talks and talk.uid not in shown]
    gone = [talk for talk in left if scope.cancels(talk)]
    added = [talk for index, talk in enumerate(read.talks) if index not in pairs]
    near += days_given_twice([talk for talk in left if not scope.shows(talk)], added, scope.day)
    talks |= {talk.uid: talk._replace(cancelled=True) for talk in gone}
    _link(talks, {talk.uid: talk for talk in old.talks})
    whole = _conference(old, reading, tuple(talks[uid] for uid in order), scope)
    talks_told, changes = told(old, whole, now)
    unchanged = len(shown) - sum(change.uid in shown for change in changes)
    whole = whole._replace(talks=talks_told, read_at=now)
    return Merge(whole, changes, unchanged, tuple(near), _heirs(gone, talks))


def _identities(
    old: Conference, read: Sequence[Talk], pairs: Mapping[int, Talk], taken: Callable[[str], bool] | None
) -> list[str]:
    """The uid of each talk that was read: the stored one, else its own, else the first of its kind that is free."""
    used = {talk.uid for talk in old.talks}
    uids = []
    for index, talk in enumerate(read):
        known = pairs.get(index)
        uid, ordinal = (known or talk).uid, 0
        while known is None and (uid in used or (taken is not None and taken(uid))):
            ordinal += 1
            uid = uid_for(old.slug, talk.source_id, title=talk.title, ordinal=ordinal)
        used.add(uid)
        uids.append(uid)
    return uids


# What becomes of it


def _together(
    old: Conference, read: Sequence[Talk], uids: Sequence[str], pairs: Mapping[int, Talk], scope: Scope
) -> tuple[dict[str, Talk], list[str]]:
    """The stored talks with what was read, by uid; and the uids in order, a new talk after the one that it follows."""
    talks = {talk.uid: talk for talk in old.talks}
    final = {talk.uid: uid for talk, uid in zip(reversed(read), reversed(uids), strict=True)}
    there = {*talks, *uids}
    followers: dict[str, list[str]] = {}
    anchor = "" if pairs or not old.talks else old.talks[-1].uid
    for index, (talk, uid) in enumerate(zip(read, uids, strict=True)):
        others = dict.fromkeys(final.get(other, other) for other in talk.also) if talk.also else ()
        also = tuple([other for other in others if other != uid and other in there])
        if index in pairs:
            talks[uid] = _joined(pairs[index], talk._replace(also=also), scope)
            anchor = uid
        else:
            fits = (talk.uid, talk.conference, talk.also) == (uid, old.slug, also)
            talks[uid] = talk if fits else talk._replace(uid=uid, conference=old.slug, also=also)
            followers.setdefault(anchor, []).append(uid)
    heads = ["", *(talk.uid for talk in old.talks)]
    return talks, [uid for head in heads for uid in (head, *followers.get(head, ())) if uid]


def _joined(known: Talk, talk: Talk, scope: Scope) -> Talk:
    """A stored talk with what was read of it: what is said wins, what is not said stays.

    A row of a paper list has no slot to give; to a talk of a schedule it adds what is missing there, and its own cells.
    """
    if known[:_COUNTED] == talk[:_COUNTED]:
        return known  # most talks of a source that is read again
    row = scope.what == "list" and not talk.scheduled
    said, other = (known, talk) if row and not is_row(known) else (talk, known)
    listed = talk if row else known if scope.listed else talk
    return known._replace(
        title=other.title if _nameless(said) and not _nameless(other) else said.title or other.title,
        kind=known.kind if row and known.scheduled and known.kind in _TOLD else _kind(known, talk),
        session=said.session or other.session,
        slot=known.slot if row else _slot(known.slot, talk.slot, scope),
        speakers=said.speakers or other.speakers,
        organisations=said.organisations or other.organisations,
        abstract=said.abstract or other.abstract,
        track=said.track or other.track,
        url=said.url or other.url,
        links=said.links or other.links,
        also=tuple(dict.fromkeys((*known.also, *talk.also))),
        holds=said.holds or other.holds,
        source_id=said.source_id or other.source_id,
        degree=talk.degree or known.degree,
        reason=talk.reason or known.reason,
        raw=listed.raw or known.raw or talk.raw,
        cancelled=known.cancelled if row else talk.cancelled,
    )


def _nameless(talk: Talk) -> bool:
    """Whether the source has no title for a talk: where a list has none, the paper's id stands in its place."""
    return talk.title in {"", talk.source_id}


def _kind(known: Talk, talk: Talk) -> str:
    """The kind that says more: of a paper and of an untitled slot anything, of a talk anything else."""
    vague = known.kind in {"paper", "untitled"}
    return talk.kind if vague or talk.kind not in {"paper", "untitled", "talk"} else known.kind


def _slot(known: Slot, read: Slot, scope: Scope) -> Slot:
    """The slot that was read, with what the stored one knows better; a source without any slot takes none away."""
    room, board = read.room or known.room, read.board or known.board
    if read.start is None and read.day is None:
        return Slot(room=room, board=board) if scope.slots else known._replace(room=room, board=board)
    same = read.start == known.start and read.day == known.day
    return read._replace(
        end=read.end or (known.end if same else None),
        last_day=read.last_day or (known.last_day if same else None),
        room=room,
        board=board,
        zone=read.zone or known.zone,
        said=read.said or known.said,
    )


def _link(talks: dict[str, Talk], before: Mapping[str, Talk]) -> None:
    """Let the slots of one paper name each other, where a talk is new or has a new title."""
    if all(uid in before and before[uid].title == talk.title for uid, talk in talks.items()):
        return
    papers: dict[str, list[Talk]] = {}
    for talk in talks.values():
        if talk.kind in PAPERS and talk.title and not talk.cancelled:
            papers.setdefault(fold(talk.title), []).append(talk)
    for same in papers.values():
        for talk in same if len(same) > 1 else ():
            others = [other.uid for other in same if other.uid != talk.uid and _one_paper(talk, other)]
            talks[talk.uid] = talk._replace(also=tuple(dict.fromkeys((*talk.also, *others))))


def _one_paper(talk: Talk, other: Talk) -> bool:
    """Whether two talks of one title are one paper: the same speakers, or two kinds of which one names no speakers."""
    if talk.speakers and other.speakers:
        return set(map(fold, talk.speakers)) == set(map(fold, other.speakers))
    return talk.kind != other.kind


def _heirs(gone: Sequence[Talk], talks: Mapping[str, Talk]) -> tuple[tuple[str, str], ...]:
    """For each cancelled talk the one talk of the same paper and kind that still takes place, where there is one."""
    heirs = []
    for talk in gone:
        others = [talks[uid] for uid in talks[talk.uid].also if uid in talks]
        alive = [other.uid for other in others if other.kind == talk.kind and other.scheduled and not other.cancelled]
        if len(alive) == 1:
            heirs.append((talk.uid, alive[0]))
    return tuple(heirs)


def _conference(old: Conference, reading: Reading, talks: tuple[Talk, ...], scope: Scope) -> Conference:
    """The conference as it is now. The first of its files that says the zone says it; one that shows all may correct it."""
    read = reading.conference
    whole = all(scope.shows(talk) for talk in old.talks if talk.scheduled)
    return old._replace(
        name=read.name or old.name,
        zone=(read.zone or old.zone) if whole else (old.zone or read.zone),
        day_change=(read.day_change or old.day_change) if whole else (old.day_change or read.day_change),
        sessions=_sessions(old.sessions, read.sessions, {talk.session for talk in talks} if whole else None),
        talks=talks,
        source=read.source or old.source,
        layout=read.layout or old.layout,
    )


def _sessions(old: Sequence[Session], read: Sequence[Session], used: set[str | None] | None) -> tuple[Session, ...]:
    """The sessions that were read, and the stored ones that they leave; of those only the used where ``used`` is given."""
    new = {session.key: session for session in read}
    merged = {session.key: session for session in old if used is None or session.key in used or session.key in new}
    for key, session in new.items():
        known = merged.get(key, session)
        merged[key] = session._replace(
            title=session.title or known.title,
            chairs=session.chairs or known.chairs,
            room=session.room or known.room,
            url=session.url or known.url,
            start=session.start or known.start,
            end=session.end or known.end,
        )
    return tuple(merged.values())


# What it was


def told(old: Conference, new: Conference, now: datetime) -> tuple[tuple[Talk, ...], tuple[Change, ...]]:
    """The talks of ``new``, which have the count of changes of ``old``, with the new count, and what changed of each."""
    before = {talk.uid: talk for talk in old.talks}
    old_titles = {session.key: session.title for session in old.sessions}
    new_titles = {session.key: session.title for session in new.sessions}
    talks, changes, make = [], [], tuple.__new__
    for talk in new.talks:
        known = before.get(talk.uid)
        if known is None:
            talks.append(make(Talk, (*talk[:-1], now)))  # a quarter of the time of _replace
            changes.append(make(Change, (talk.uid, "added", {}, {}, now)))
            continue
        renamed = talk.session and old_titles.get(talk.session) != new_titles.get(talk.session)
        what, was, then = _difference(known, talk, old_titles, new_titles) if renamed or known != talk else ("", {}, {})
        if what:
            raised = what in {"cancelled", "back"} or any(was.get(key) != then.get(key) for key in RAISES)
            talks.append(talk._replace(sequence=known.sequence + raised, modified=now))
            changes.append(Change(talk.uid, what, was, then, now))
        else:
            talks.append(talk)
    return tuple(talks), tuple(changes)


def _difference(
    known: Talk, talk: Talk, old_titles: Mapping[str, str], new_titles: Mapping[str, str]
) -> tuple[str, dict[str, object], dict[str, object]]:
    """What happened to a talk ("" for nothing that one can see), and the fields in question before and after."""
    before, after = _said(known, old_titles), _said(talk, new_titles)
    differ = [key for key in before if before[key] != after[key]]
    if known.cancelled != talk.cancelled:
        what = "cancelled" if talk.cancelled else "back"
    elif any(key in MOVES for key in differ):
        what = "moved"
    else:
        what = "edited" if differ else ""
    shown = dict.fromkeys(("title", *differ))
    return what, {key: before[key] for key in shown}, {key: after[key] for key in shown}


def first_said(talk: Talk) -> dict[str, object]:
    """The fields that a new talk is told by, as far as it has them: the rest is there to be read."""
    start, end = _times(talk.slot)
    said = {"title": talk.title, "start": start, "end": end, "room": talk.slot.room, "kind": talk.kind}
    return {key: value for key, value in said.items() if value}


def _times(slot: Slot) -> tuple[str | None, str | None]:
    """Start and end as JSON prints them: instants in UTC, whole days as plain dates."""
    first, last = slot.start or slot.day, slot.end or slot.last_day
    return first.isoformat() if first else None, last.isoformat() if last else None


def _said(talk: Talk, titles: Mapping[str, str]) -> dict[str, object]:
    """The fields of a talk that a change is told by, as JSON prints them."""
    slot = talk.slot
    start, end = _times(slot)
    return {
        "title": talk.title,
        "start": start,
        "end": end,
        "room": slot.room,
        "board": slot.board,
        "kind": talk.kind,
        "track": talk.track,
        "session": titles.get(talk.session, talk.session) if talk.session else None,
        "speakers": list(talk.speakers),
        "organisations": list(talk.organisations),
        "abstract": talk.abstract,
        "url": talk.url,
        "links": list(talk.links),
        "degree": talk.degree,
        "reason": talk.reason,
    }
