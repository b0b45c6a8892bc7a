"""Poster sessions as one goes to them: the posters of one session are one visit, its boards in walking order."""

from __future__ import annotations

from planner import times
from planner.values import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator
    from datetime import datetime
    from typing import TypeVar

    from planner.model import Talk
    from planner.plan import Plan

    Clash = TypeVar("Clash")

MOST_CLASHES = 8
"""So many clashes of one talk are told by name, for people; machines get them all."""


class Visit(NamedTuple):
    """Two or more posters of one session, in walking order; ``start`` of the first and ``end`` of the last, in UTC.

    ``leaves`` is when one is through with them: the end, or earlier where the user means to leave all of them early.
    """

    talks: tuple[Talk, ...]
    start: datetime
    end: datetime
    leaves: datetime

    @property
    def words(self) -> str:
        """How many posters in how much time: ``7 posters in 120 min``."""
        return f"{len(self.talks)} posters in {times.lasting(self.leaves - self.start)}"


def gathered(plan: Plan, talks: Iterable[Talk]) -> Iterator[Talk | Visit]:
    """The talks in their order, the posters of one session as one visit in the place of the first of them."""
    held = list(talks)
    found = {talk.uid: visit for visit in visits(plan, held) for talk in visit.talks}
    shown: set[str] = set()
    for talk in held:
        visit = found.get(talk.uid)
        if visit is None:
            yield talk
        elif talk.uid not in shown:
            shown.update(other.uid for other in visit.talks)
            yield visit


def visits(plan: Plan, talks: Iterable[Talk]) -> list[Visit]:
    """The visits among talks; a poster that is alone in its session is none."""
    posters = {talk.uid: talk for talk in talks if talk.kind == "poster" and not talk.cancelled}
    together: dict[str, list[Talk]] = {}
    for span in plan.spans(posters.values()):
        together.setdefault(span.visit, []).append(posters[span.uid])
    found = []
    for held in together.values():
        starts = [talk.slot.start for talk in held if talk.slot.start is not None]
        ends = [end for talk in held if (end := plan.until(talk)) is not None]
        leaves = [at for talk in held if (at := plan.leaves(talk)) is not None]
        if len(held) > 1:
            found.append(Visit(tuple(sorted(held, key=walking_order)), min(starts), max(ends), max(leaves)))
    return found


def walking_order(talk: Talk) -> tuple[str, list[tuple[int, int, str]], str]:
    """What one walks by: the hall, then the board with its numbers as numbers (9 before 10), those without a board last."""
    return talk.slot.room or "", _natural(talk.slot.board) if talk.slot.board else [(2, 0, "")], talk.title


def _natural(board: str) -> list[tuple[int, int, str]]:
    """A board as letters and numbers in turn."""
    pieces: list[tuple[int, int, str]] = []
    for sign in board.casefold():
        digit = sign.isascii() and sign.isdigit()
        if digit and pieces and pieces[-1][0] == 0:
            pieces[-1] = (0, pieces[-1][1] * 10 + int(sign), "")
        elif digit:
            pieces.append((0, int(sign), ""))
        elif pieces and pieces[-1][0] == 1:
            pieces[-1] = (1, 0, pieces[-1][2] + sign)
        else:
            pieces.append((1, 0, sign))
    return pieces


def place(plan: Plan, visit: Visit) -> str:
    """Where the visit is: the session, and the halls it is in."""
    session = plan.session(visit.talks[0])
    rooms = dict.fromkeys(talk.slot.room for talk in visit.talks if talk.slot.room)
    return ", ".join(part for part in (session.title if session else visit.talks[0].track, *rooms) if part)


def named(plan: Plan, visit: Visit) -> str:
    """The visit inside a sentence: ``7 posters of Poster Session 3, Hall B``."""
    return f"{len(visit.talks)} posters of {place(plan, visit) or 'one session'}"


def clashing(plan: Plan, visit: Visit) -> list[tuple[str, int]]:
    """What the visit clashes with, and the most seconds that one of its posters shares with that."""
    most: dict[str, int] = {}
    for talk in visit.talks:
        for uid, seconds in plan.clashing(talk.uid):
            most[uid] = max(most.get(uid, 0), seconds)
    return list(most.items())


def overlaps(plan: Plan, found: Iterable[tuple[str, int]], later: Container[str] = ()) -> list[str]:
    """The clashes said below a talk or a visit, but those with what is ``later`` and says them; posters of one visit once."""
    talks = [plan.by_uid[uid] for uid, _ in found if uid in plan.by_uid]
    visit_of = {talk.uid: visit for visit in visits(plan, talks) for talk in visit.talks}
    said: dict[str, int] = {}
    for uid, seconds in found:
        if uid not in later:
            busy, visit = plan.busy_title(uid), visit_of.get(uid)
            other = plan.by_uid[uid].title if busy is None else f"your “{busy}”"
            other = other if visit is None else named(plan, visit)
            said[other] = max(said.get(other, 0), seconds)
    shown, more = first_clashes(said.items())
    lines = [f"⚠ overlaps {other} by {times.lasting(seconds)}" for other, seconds in shown]
    return lines + ([f"⚠ overlaps {more} more"] if more else [])


def first_clashes(clashes: Iterable[Clash]) -> tuple[list[Clash], int]:
    """The first of what one talk clashes with, as many as are told by name, and how many more there are.

    Who stars a whole day of a large conference has hundreds a talk, which were a hundred megabytes on a page.
    """
    every = list(clashes)
    shown = every[: MOST_CLASHES if len(every) > MOST_CLASHES + 1 else None]
    return shown, len(every) - len(shown)
