"""Which talk or session of a newer schedule is which of the stored ones: by the source's id, by title, by a close title."""

from __future__ import annotations

from planner.model import fold, slug
from planner.times import long_day

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import date

    from planner.model import Conference, Session, Talk

    Key = Callable[[Talk], object]
    Reach = Callable[[Talk], bool]
    Test = Callable[[Talk, Talk], bool]

CLOSE = {"speakers and slot": 0, "speakers": 75, "slot": 85}
"""How alike two folded titles must be, of 100 (rapidfuzz's ratio), by what else agrees.

Measured on the 687 titles of one conference: of their 235,641 pairs five reach 75, one reaches 85, the 99.9th percentile is
61; none of the five shares a speaker, and the two papers of one group of authors are 40 alike. Corrected titles, with a word
added or an ending changed, were 77 to 97 alike. A slot says less than speakers: "Ants" and "Cats" are 75 alike.
"""

MANY = 40
"""So many talks at most are tried for one: what more of them share, a slot or a name, tells none of them apart."""

PLACEHOLDERS = frozenset({"", "tba", "tbd", "tbc", "to be announced", "to be confirmed", "to be determined", "title tba"})
"""Folded titles that stand for one to come."""


_FINER: tuple[Key, ...] = (
    lambda talk: (talk.kind, talk.session, talk.slot[:6], talk.speakers, talk.source_id),
    lambda talk: (talk.session, talk.slot[:6]),
    lambda talk: (talk.kind, talk.session, talk.start, talk.speakers),
    lambda talk: (talk.kind, talk.session, talk.start),
    lambda talk: (talk.kind, talk.start, talk.speakers),
    lambda talk: (talk.kind, talk.session),
    lambda talk: (talk.kind, talk.start),
    lambda talk: talk.uid,
    lambda talk: talk.kind,
    lambda _: True,
)
"""What tells talks apart that are alike in what matters, from the strictest to nothing but their order."""


def is_row(talk: Talk) -> bool:
    """Whether a talk may be the row of a paper list: a paper, or a poster and its like without a slot, session or place."""
    if talk.kind == "paper":
        return True
    return talk.kind != "talk" and not (talk.scheduled or talk.session or talk.slot.room or talk.slot.board)


def match(stored: Iterable[Talk], read: Sequence[Talk], reaches: Reach) -> tuple[dict[int, Talk], list[str]]:
    """Index of each talk that was read and is known -> the stored talk; and the close titles among them, in words.

    Each step takes what the steps before it left. ``reaches`` tells whether a stored talk may be one of these at all; one
    with the same title at the same hour may anyhow, where something else agrees or one of them has no session, and so may
    one with the title of a talk that was read without a slot.
    """
    table = _Matching(stored, read)
    if not table.stored:
        return table.pairs, table.near
    title = table.title
    table.steps(lambda talk: (talk.uid, talk.title, talk.slot[:6], talk.speakers), finer=_FINER[:1])
    table.steps(lambda talk: talk.start and title(talk) and (title(talk), talk.start), table.at_its_hour)
    table.steps(title, table.without_a_slot)
    table.leave_out(reaches)
    if not table.stored or not table.read:
        return table.pairs, table.near
    table.steps(lambda talk: talk.source_id and title(talk) and (talk.source_id, title(talk)))
    table.steps(lambda talk: talk.source_id, table.trusted())
    table.steps(title)
    table.steps(lambda talk: talk.start and (talk.session, talk.start, talk.slot.room), table.named_at_last)
    table.steps(lambda talk: talk.start and talk.session and (talk.session, talk.start), table.named_at_last)
    table.steps(lambda talk: talk.untitled and talk.session)
    table.steps(lambda talk: talk.untitled and talk.start)
    table.close()
    return table.pairs, table.near


class _Matching:
    """The stored and the read talks that no step has brought together yet."""

    def __init__(self, stored: Iterable[Talk], read: Sequence[Talk]) -> None:
        self.stored = {talk.uid: talk for talk in stored}
        self.read = dict(enumerate(read))
        self.pairs: dict[int, Talk] = {}
        self.near: list[str] = []
        self._folded: dict[str, str] = {}
        self._counted: dict[str, tuple[str, ...]] = {}

    def title(self, talk: Talk) -> str:
        """The folded title."""
        return self._fold(talk.title)

    def _fold(self, text: str) -> str:
        folded = self._folded.get(text)
        if folded is None:
            folded = self._folded[text] = fold(text)
        return folded

    def names(self, talk: Talk) -> frozenset[str]:
        """The folded names of the speakers."""
        return frozenset(map(self._fold, talk.speakers))

    def leave_out(self, reaches: Reach) -> None:
        """Go on with the stored talks in reach alone, those that take place before the cancelled ones."""
        kept = sorted(filter(reaches, self.stored.values()), key=lambda talk: talk.cancelled)
        self.stored = {talk.uid: talk for talk in kept}

    def steps(self, key: Key, test: Test | None = None, finer: tuple[Key, ...] = _FINER) -> None:
        """Bring together what has the same key, first what is alike in most besides; a talk with a false key stays."""
        stored = {uid: value for uid, known in self.stored.items() if (value := key(known))}
        read = {index: value for index, talk in self.read.items() if (value := key(talk))}
        shared = set(stored.values()) & set(read.values())
        uids = [uid for uid, value in stored.items() if value in shared]
        indices = [index for index, value in read.items() if value in shared]
        for more in finer if shared else ():
            waiting: dict[tuple[object, object], list[Talk]] = {}
            uids = [uid for uid in uids if uid in self.stored]
            for uid in uids:
                waiting.setdefault((stored[uid], more(self.stored[uid])), []).append(self.stored[uid])
            indices = [index for index in indices if index in self.read]
            for index in indices:
                talk = self.read[index]
                self._first(index, talk, waiting.get((read[index], more(talk)), []), test)

    def _first(self, index: int, talk: Talk, candidates: list[Talk], test: Test | None) -> None:
        """Take the first candidate that passes the test."""
        for known in candidates[:MANY]:
            if test is None or test(known, talk):
                candidates.remove(known)
                self._take(index, known)
                return

    def _take(self, index: int, known: Talk) -> None:
        self.pairs[index] = known
        del self.stored[known.uid], self.read[index]

    def trusted(self) -> Test:
        """The test whether an equal id means the same talk although the title is another.

        Not between a row of a list and a slot of a schedule, whose ids are of two kinds, not where a list's ids are row
        numbers, and not where ids were dealt out anew: the new title is another talk's, or the old title stands under an
        id that was another talk's.
        """
        ids = {talk.source_id for talk in self.stored.values()}
        titles = {self.title(talk) for talk in self.stored.values()}
        new_ids: dict[str, set[str]] = {}
        for talk in self.read.values():
            new_ids.setdefault(self.title(talk), set()).add(talk.source_id)

        def test(known: Talk, talk: Talk) -> bool:
            if (known.kind == "paper") != (talk.kind == "paper"):
                return False
            if talk.source_id.isdecimal() and (is_row(talk) or is_row(known)):
                return False
            old, new = self.title(known), self.title(talk)
            if old == new:
                return True
            return bool(new) and new not in titles and not (old and new_ids.get(old, set()) & ids)

        return test

    def at_its_hour(self, known: Talk, talk: Talk) -> bool:
        """Whether two talks of one title at one hour are the same: in one session, or where one is in none, or more agrees."""
        if known.session is None or talk.session in {None, known.session} or known.uid == talk.uid:
            return True
        if known.source_id and known.source_id == talk.source_id:
            return True
        return known.kind == talk.kind and bool(known.speakers) and self.names(known) == self.names(talk)

    def without_a_slot(self, known: Talk, talk: Talk) -> bool:
        """Whether a talk that was read without a slot is this one: never an oral of one session the poster of another."""
        apart = known.session and talk.session and known.session != talk.session and known.kind != talk.kind
        return not talk.scheduled and not apart

    def named_at_last(self, known: Talk, talk: Talk) -> bool:
        """Whether a slot without a title, or with a placeholder, got one."""
        return self.title(known) in PLACEHOLDERS and self.title(talk) not in PLACEHOLDERS

    def close(self) -> None:
        """Bring together the closest titles among talks with the same speakers or the same slot, closest first."""
        waiting: dict[object, list[Talk]] = {}
        for known in self.stored.values():
            for reason in self._reasons(known):
                waiting.setdefault(reason, []).append(known)
        found: list[tuple[float, bool, int, str, str]] = []
        for index, talk in self.read.items():
            for same, what in self._reasons(talk):
                candidates = waiting.get((same, what), [])
                for known in candidates if len(candidates) <= MANY else ():
                    alike = self._alike(known, talk)
                    if alike >= CLOSE[same]:
                        found.append((-alike, known.kind != talk.kind, index, known.uid, same))
        for _, _, index, uid, same in sorted(found):
            if index in self.read and uid in self.stored:
                talk, known = self.read[index], self.stored[uid]
                self.near.append(f"'{talk.title}' is taken for the talk that was called '{known.title}': same {same}.")
                self._take(index, known)

    def _reasons(self, talk: Talk) -> Iterator[tuple[str, object]]:
        """What makes a close title enough. Posters without a board share their slot with the whole hall."""
        if not self.title(talk):
            return
        slot = talk.slot
        speakers = self.names(talk)
        place = (slot.start, slot.day, talk.session, slot.room, slot.board)
        alone = talk.scheduled and (talk.kind != "poster" or slot.board)
        if speakers and alone:
            yield "speakers and slot", (speakers, place)
        if speakers:
            yield "speakers", speakers
        if alone:
            yield "slot", place

    def _alike(self, known: Talk, talk: Talk) -> float:
        """How alike two titles are, of 100. Those that differ by a number or a letter are two of a row, not one corrected."""
        one, other = self.title(known), self.title(talk)
        if one in PLACEHOLDERS:
            return 100
        if self._numbers(one) != self._numbers(other):
            return 0
        if one.startswith(f"{other} ") or other.startswith(f"{one} "):
            return 100
        from rapidfuzz.fuzz import ratio

        return ratio(one, other)

    def _numbers(self, title: str) -> tuple[str, ...]:
        """The words of a title that count: numbers, Roman ones too, and single letters; articles do not."""
        found = self._counted.get(title)
        if found is None:
            words = [word for word in title.split() if word != "a"]
            found = tuple(word for word in words if len(word) == 1 or word.isdecimal() or not set(word) - set("ivx"))
            self._counted[title] = found
        return found


def days_given_twice(left: Iterable[Talk], added: Iterable[Talk], day: Callable[[Talk], date | None]) -> list[str]:
    """The stored days of which most titles, two at least, came anew on another day: whether one was corrected, nobody says."""
    days: dict[date, set[str]] = {}
    for talk in left:
        if (on := day(talk)) is not None and talk.title and not talk.cancelled:
            days.setdefault(on, set()).add(fold(talk.title))
    found: dict[tuple[date, date], int] = {}
    for talk in added if days else ():
        title, on = fold(talk.title), day(talk)
        for other, titles in days.items():
            if on is not None and other != on and title in titles:
                found[other, on] = found.get((other, on), 0) + 1
    return [
        f"{number} talks of {long_day(other)} now stand on {long_day(on)} as well: if that day was corrected, their stars are "
        f"still on the old one, which planner talks --day {other} lists."
        for (other, on), number in found.items()
        if number > 1 and number * 2 > len(days[other])
    ]


def with_known_sessions(old: Conference, read: Conference) -> Conference:
    """What was read with the stored keys of its sessions, where a session has another key only because it was renamed."""
    known, shown = {one.key for one in old.sessions}, {one.key for one in read.sessions}
    fresh = [one for one in read.sessions if one.key not in known]
    left = [one for one in old.sessions if one.key not in shown]
    if not fresh or not left:
        return read
    before, after = _hours(old.talks), _hours(read.talks)
    found = []
    for session in fresh:
        for other in left:
            ours, theirs = after.get(session.key, set()), before.get(other.key, set())
            shared = len(ours & theirs)
            if shared * 2 > min(len(ours), len(theirs)) or _same_title(session, other):
                found.append((-shared, session.key, other.key))
    keys: dict[str, str] = {}
    for _, key, other_key in sorted(found):
        if key not in keys and other_key not in keys.values():
            keys[key] = other_key
    return read._replace(
        sessions=tuple(one._replace(key=keys.get(one.key, one.key)) for one in read.sessions),
        talks=tuple(
            talk._replace(session=keys.get(talk.session or "", talk.session), holds=keys.get(talk.holds or "", talk.holds))
            for talk in read.talks
        ),
    )


def _hours(talks: Sequence[Talk]) -> dict[str | None, set[tuple[object, ...]]]:
    """Title, speakers and start of the talks of each session; what names no speakers (lunch) is in many sessions."""
    hours: dict[str | None, set[tuple[object, ...]]] = {}
    for talk in talks:
        if talk.start and talk.speakers and not talk.cancelled:
            hours.setdefault(talk.session, set()).add((fold(talk.title), talk.start, *sorted(map(fold, talk.speakers))))
    return hours


def _same_title(session: Session, other: Session) -> bool:
    """Whether two sessions are one whose address only one of two pages gave: the same title, start and room.

    Two that both have an id of their site are two, whatever they are called.
    """
    named = any(one.key.startswith(slug(one.title)) for one in (session, other) if one.title)
    alike = fold(session.title) == fold(other.title) and session.start == other.start is not None
    return named and alike and (session.room == other.room or not (session.room and other.room))
