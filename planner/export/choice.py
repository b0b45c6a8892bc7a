"""Which talks an export holds, and how a calendar tells of them."""

from __future__ import annotations

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


def clashes(plan: Plan, talks: Iterable[Talk], named: Callable[[str], str]) -> dict[str, int]:
    """What talks clash with, in the words that ``named`` has for a uid (a talk's, or busy time's), and the seconds shared."""
    shared: dict[str, int] = {}
    for talk in talks:
        for uid, seconds in plan.clashing(talk.uid):
            name = named(uid)
            shared[name] = max(shared.get(name, 0), seconds)
    return shared
