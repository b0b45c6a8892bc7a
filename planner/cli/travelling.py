"""Marks that travel alone: written by ``planner export --format marks``, merged by ``planner import`` of such a file."""

from __future__ import annotations

import os

from planner import marks
from planner.intake import words
from planner.store.access import FILE
from planner.store.examine import examined

TYPE_CHECKING = False
if TYPE_CHECKING:
    from planner.cli.context import Context
    from planner.intake import Arrived


def document(arrived: Arrived) -> dict[str, object]:
    """What the entry of a file of marks has in the document of ``import``."""
    merged = arrived.merged
    return {
        "format": "marks",
        "marks": merged.marks,
        "changed": merged.changed,
        "waiting": merged.waiting,
        "warnings": [*arrived.warnings, *merged.conflicts],
    }


def tell_marks(context: Context, name: str, arrived: Arrived) -> None:
    """Print what a file of marks did, and what gave way."""
    context.say(f"{name}: {words.marks(arrived)}")
    for warning in (*arrived.warnings, *arrived.merged.conflicts):
        context.tell(f"  ⚠ {warning}")


def written(context: Context) -> bytes:
    """The marks of the conferences asked for as a document; nothing where there is none."""
    carried = context.store.carried(context.slugs())
    found = examined(os.path.join(context.home, FILE))
    if found.damage or found.marks:
        what = "the store" if found.damage else "some marks"
        context.tell(f"  ⚠ {what} {'is' if found.damage else 'are'} damaged: marks go out as far as they can be read.")
    return marks.written(carried) if carried else b""
