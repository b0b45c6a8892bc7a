"""Which talks an export holds."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from planner.model import Talk
    from planner.plan import Plan

SCOPES = ("starred", "going", "all")
"""Which talks: starred and not skipped, those that the user is going to, or every one."""


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
