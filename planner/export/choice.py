"""Which talks an export holds, and how a calendar tells of them."""

from __future__ import annotations

from planner import visits
from planner.times import lasting
from planner.values import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from planner.model import Talk
    from planner.plan import Plan

SCOPES = ("starred", "going", "all")
"""Which talks: starred and not skipped, those that the user is going to, or every one."""


class Choice(NamedTuple):
    """What of a plan goes into a calendar: the talks of a ``scope``, with ``times`` in the ``zone`` of the plan or in ``utc``.

    ``alarm`` is in minutes before the start, None for no alarm; the user's notes go out only ``with_notes``.
    """

    scope: str = "starred"
    times: str = "zone"
    alarm: int | None = None
    with_notes: bool = False


STARRED = Choice()
"""What a calendar holds where nothing is said."""


def chosen(plan: Plan, scope: str) -> list[Talk]:
    """The talks of a scope that have a slot, in the order of time; what a calendar holds. Cancelled ones are in no scope."""
    return [talk for talk in plan.by_uid.values() if talk.scheduled and not talk.cancelled and wanted(plan, talk, scope)]


def listed(plan: Plan, scope: str) -> list[Talk]:
    """The talks of a scope as a table or a page has them, in the order of time: without a slot and cancelled ones too."""
    return [talk for talk in plan.by_uid.values() if wanted(plan, talk, scope)]


def wanted(plan: Plan, talk: Talk, scope: str) -> bool:
    """Whether a scope holds the talk, cancelled or not; none holds one without a title."""
    if talk.untitled:
        return False
    return scope == "all" or (plan.planned(talk) and (scope == "starred" or plan.mark(talk.uid).decision == "going"))


def clashes(plan: Plan, talks: Iterable[Talk], named: Callable[[Talk], str]) -> list[str]:
    """What talks clash with, as the ends of sentences, the titles in the words of ``named``: ``15 min with Two``.

    The user's own calendar is told without a name, and what is beyond the :func:`~planner.visits.first_clashes` is counted.
    """
    shared: dict[str, int] = {}
    for talk in talks:
        for uid, seconds in plan.clashing(talk.uid):
            key = uid if uid in plan.by_uid else ""
            shared[key] = max(shared.get(key, 0), seconds)
    shown, more = visits.first_clashes(shared.items())
    said = [f"{lasting(seconds)} with {named(plan.by_uid[uid]) if uid else 'your own calendar'}" for uid, seconds in shown]
    return said + ([f"with {more} more"] if more else [])
