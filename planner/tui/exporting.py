"""A conference as a file or a folder, as ``planner export`` writes it, and what that will be before it is."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from planner import export, times
from planner.errors import PlannerError, UsageError
from planner.tui.rows import count

if TYPE_CHECKING:
    from planner.model import Exported
    from planner.plan import Plan
    from planner.tui.desk import Desk

_SHOWN = 4  # talks that the preview names

GONE = "This conference is stored no more: another program took it back. Nothing is written."


def renamed(path: str, form: str) -> str:
    """The path with the ending of a format; an ending that no format has is part of the name."""
    whole, ending = os.path.splitext(path)
    kept = whole if ending.lower() in export.ENDINGS.values() else path
    return kept + export.ENDINGS[form] if kept else path


def preview(desk: Desk, slug: str, path: str, scope: str, form: str) -> list[str]:
    """What an export would write of a conference: how many talks where, then the first of them.

    Only for all talks are those read that the desk is without.
    """
    try:
        if scope == "all":
            desk.complete()
    except PlannerError as error:
        return [str(error)]
    if slug not in desk.plan.conferences:
        return [GONE]
    plan = desk.plan.only([slug])
    talks = (export.chosen if form in {"ics", "vdir"} else export.listed)(plan, scope)
    where = f"to {path}{_there(desk, path, form)}" if path else "– name a file"
    shown = []
    for talk in talks[:_SHOWN]:
        start, day = talk.slot.start, plan.day_of(talk)
        clock = f"{times.day(day)} {times.clock(start, plan.zone) if start else 'all day'}" if day else "no slot"
        shown.append(f"{clock}  {'Cancelled: ' * talk.cancelled}{talk.title}")
    rest = [f"… and {count(len(talks) - _SHOWN, 'more')}".removesuffix("s")] if len(talks) > _SHOWN else []
    return [f"{count(len(talks), 'talk')} {where}", *shown, *rest]


def _there(desk: Desk, path: str, form: str) -> str:
    """What will become of what is there already; empty where nothing is."""
    target = os.path.abspath(os.path.expanduser(path))
    if not os.path.exists(target):
        return ""
    try:
        if form != "vdir" and not desk.store.exported(target) and export.foreign(target):
            return " (another's file: name another)"
    except PlannerError as error:
        return f" ({error})"
    return f" (it is there and will be {'updated' if form in {'ics', 'vdir'} else 'replaced'})"


def write(desk: Desk, slug: str, path: str, scope: str, form: str = "ics") -> str:
    """Write a conference; what was written, in a sentence. Raises PlannerError where nothing was."""
    target = os.path.abspath(os.path.expanduser(path))
    plan = desk.store.load(desk.plan.zone, [slug])  # with all its texts, which the desk's plan is without
    if slug not in plan.conferences:
        return GONE
    if form == "vdir":
        return _folder(desk, plan, target, scope)
    if form != "ics":
        data = export.document(plan, form, scope=scope, now=desk.now(), needs=desk.needs)
        if not data:
            raise _nothing(scope)
        return f"The plan is in {target}{_replaced(desk, target, data)}"
    choice = export.Choice(scope, alarm=desk.alarm)
    made = export.calendar(plan, choice, remembered=desk.store.exported(target))
    if made is None:
        raise _nothing(scope)
    said = _replaced(desk, target, made.data)
    said = _remember(desk, target, made.remember) if scope != "all" else said
    return f"{made.words} written to {target}{said}"


def _replaced(desk: Desk, target: str, data: bytes) -> str:
    """Write a file that is no one else's, and remember it where its bytes do not say so; what to say where that fails."""
    nameless = export.write_over(target, data, known=lambda: bool(desk.store.exported(target)))
    return _remember(desk, target, export.NAMELESS) if nameless else ""


def _folder(desk: Desk, plan: Plan, target: str, scope: str) -> str:
    """Bring a folder to the plan."""
    from planner.export import vdir

    said = [""]

    def remember(told: dict[str, Exported]) -> None:
        said.append(_remember(desk, target, told))

    choice = export.Choice(scope, alarm=desk.alarm)
    done = vdir.export(plan, target, choice, remembered=desk.store.exported(target), remember=remember)
    if done is None:
        raise _nothing(scope)
    return f"{done.words} in {target}{said[-1]}"


def _nothing(scope: str) -> PlannerError:
    return UsageError(f"There is nothing to export: {'decide to go to a talk' if scope == 'going' else 'star a talk'} first.")


def _remember(desk: Desk, target: str, told: dict[str, Exported]) -> str:
    """Keep what a calendar is told; where it cannot be kept, what to say of that."""
    if desk.store.read_only:
        return f". {export.FORGETS}"
    desk.store.remember_exported(target, told, now=desk.now())
    return ""
