"""The shown conference as a calendar file, as ``planner export`` writes it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from planner import export
from planner.plan import Plan

if TYPE_CHECKING:
    from planner.tui.desk import Desk


def alone(desk: Desk) -> Plan:
    """The plan of the shown conference only."""
    plan = desk.plan
    return Plan({desk.slug: plan.conferences[desk.slug]}, plan.marks, plan.busy, plan.zone)


def write(desk: Desk, path: str, scope: str) -> str:
    """Write the shown conference to a calendar file; what was written, in a sentence."""
    target = os.path.abspath(os.path.expanduser(path))
    made = export.calendar(alone(desk), scope=scope, remembered=desk.store.exported(target), alarm=desk.alarm)
    if made is None:
        return "There is nothing to export: star a talk first."
    export.write_file(target, made.data)
    if scope != "all":
        desk.store.remember_exported(target, made.remember, now=desk.now())
    return f"{made.words} written to {target}"
