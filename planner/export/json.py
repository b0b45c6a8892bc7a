"""The plan as one JSON document, the one that ``planner talks --json`` prints."""

from __future__ import annotations

from planner.export.choice import listed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import datetime

    from planner.plan import Plan


def written(plan: Plan, now: datetime, scope: str = "starred", *, with_notes: bool = False) -> bytes:
    """The talks of a scope, a record each, in UTF-8; nothing to write is empty.

    Talks without a slot and cancelled ones are in it and say so. Without ``with_notes`` every ``note`` is "".
    """
    from json import dumps

    records = [plan.record(talk) for talk in listed(plan, scope)]
    if not records:
        return b""
    if not with_notes:
        records = [{**record, "note": ""} for record in records]
    document = {"now": plan.shown(now), "zone": plan.zone, "talks": records}
    return dumps(document, ensure_ascii=False, indent=1).encode("utf-8", "replace") + b"\n"
