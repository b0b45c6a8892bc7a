"""Filters: values that take a talk and answer yes or no, and that can say themselves in words.

A filter gets all that it needs when it is made, so that asking it is pure. Texts match by the beginnings of their words,
case and diacritics folded: ``muller`` finds Thomas Müller, ``k1105`` finds K.1.105; numbers are never cut (``Oral 1`` is
not Oral 11), and a single letter is a whole word (``Hall A`` is not Hall Annex). Filters are tuples: what tells two of
them apart is their ``words``.
"""

from __future__ import annotations

from functools import lru_cache

from planner import times
from planner.model import fold
from planner.values import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from typing import Protocol

    from planner.model import Talk

    class Filter(Protocol):
        """What every filter here is."""

        @property
        def words(self) -> str:
            """The filter as a person would say it."""
            ...

        def __call__(self, talk: Talk) -> bool:
            """Whether the talk passes."""
            ...


_SCRIPTS_WITHOUT_BLANKS = 0x2E80
"""From here on (CJK radicals) scripts write words without blanks: they match anywhere in a word, not only at its start."""


class InTrack(NamedTuple):
    """Talks whose track matches."""

    track: str

    @property
    def words(self) -> str:
        """The track as it was asked for."""
        return f"in track “{self.track}”"

    def __call__(self, talk: Talk) -> bool:
        """Whether the talk's track matches."""
        return matches(self.track, talk.track)


class InRoom(NamedTuple):
    """Talks whose room matches."""

    room: str

    @property
    def words(self) -> str:
        """The room as it was asked for."""
        return f"in room “{self.room}”"

    def __call__(self, talk: Talk) -> bool:
        """Whether the talk's room matches."""
        return matches(self.room, talk.slot.room)


class OnDay(NamedTuple):
    """Talks of one conference day; ``day_of`` gives a talk's, None without a slot. All-day entries are on all their days."""

    day: date
    day_of: Callable[[Talk], date | None]

    @property
    def words(self) -> str:
        """The day in full."""
        return f"on {times.long_day(self.day)}"

    def __call__(self, talk: Talk) -> bool:
        """Whether the talk is on that day."""
        slot = talk.slot
        if slot.start is None and slot.day is not None:
            return slot.day <= self.day <= (slot.last_day or slot.day)
        return self.day_of(talk) == self.day


class BySpeaker(NamedTuple):
    """Talks that have a speaker whose name matches, in any order of its words."""

    speaker: str

    @property
    def words(self) -> str:
        """The name as it was asked for."""
        return f"by “{self.speaker}”"

    def __call__(self, talk: Talk) -> bool:
        """Whether one of the speakers matches."""
        return any(matches(self.speaker, name) for name in talk.speakers) if talk.speakers else matches(self.speaker, None)


class OfKind(NamedTuple):
    """Talks of a kind (:data:`planner.model.KINDS`), in the singular or the plural."""

    kind: str

    @property
    def words(self) -> str:
        """The kind as it was asked for."""
        return f"of kind “{self.kind}”"

    def __call__(self, talk: Talk) -> bool:
        """Whether the talk is of that kind."""
        return matches(self.kind, talk.kind) or matches(self.kind, f"{talk.kind}s")


class Starred(NamedTuple):
    """Talks that the user starred, by their uids."""

    uids: frozenset[str]

    @property
    def words(self) -> str:
        """One word."""
        return "starred"

    def __call__(self, talk: Talk) -> bool:
        """Whether the talk is starred."""
        return talk.uid in self.uids


class Going(NamedTuple):
    """Talks that the user decided to attend, by their uids."""

    uids: frozenset[str]

    @property
    def words(self) -> str:
        """One word."""
        return "going"

    def __call__(self, talk: Talk) -> bool:
        """Whether the user is going."""
        return talk.uid in self.uids


class Unscheduled(NamedTuple):
    """Talks that have no slot yet."""

    def __bool__(self) -> bool:
        """True, as every filter is, although it has no fields."""
        return True

    @property
    def words(self) -> str:
        """The state as the screens say it."""
        return "with no slot yet"

    def __call__(self, talk: Talk) -> bool:
        """Whether the talk has neither a start nor a day."""
        return not talk.scheduled


class And(NamedTuple):
    """Talks that pass every one of the filters; all talks where there is none."""

    filters: tuple[Filter, ...] = ()

    @property
    def words(self) -> str:
        """The parts, joined."""
        return " and ".join(_part(one) for one in self.filters) or "all"

    def __call__(self, talk: Talk) -> bool:
        """Whether every filter says yes."""
        return all(one(talk) for one in self.filters)


class Or(NamedTuple):
    """Talks that pass at least one of the filters; none where there is none."""

    filters: tuple[Filter, ...] = ()

    @property
    def words(self) -> str:
        """The parts, joined."""
        return " or ".join(_part(one) for one in self.filters) or "none"

    def __call__(self, talk: Talk) -> bool:
        """Whether some filter says yes."""
        return any(one(talk) for one in self.filters)


def matches(wanted: str, text: str | None) -> bool:
    """Whether every word of ``wanted`` begins a word of ``text``; one word may also leave out its dots and blanks.

    A wanted text without letters and digits (``★``) must be in the text as it is; an empty one asks for nothing.
    """
    asked = _words(wanted)
    if not asked:
        return wanted.strip() in (text or "")
    there = _words(text or "")
    if all(any(_begins(word, other) for other in there) for word in asked):
        return True
    return len(asked) == 1 and any(_begins(asked[0], "".join(there[first:])) for first in range(len(there) - 1))


@lru_cache(maxsize=65536)
def _words(text: str) -> tuple[str, ...]:
    """The folded words of a text; rooms, tracks and names come again and again."""
    return tuple(fold(text).split())


def _begins(wanted: str, word: str) -> bool:
    """Whether a word begins so, without cutting a number; in scripts without blanks, whether it holds it."""
    if len(wanted) == 1 and wanted.isascii():
        return word == wanted
    if not word.startswith(wanted):
        return ord(wanted[0]) >= _SCRIPTS_WITHOUT_BLANKS and wanted in word
    return not (wanted[-1].isdigit() and word[len(wanted) : len(wanted) + 1].isdigit())


def _part(one: Filter) -> str:
    """A filter inside another one's words: in brackets where it is made of several."""
    return f"({one.words})" if isinstance(one, And | Or) and len(one.filters) > 1 else one.words
