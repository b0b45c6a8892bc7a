"""What stands behind an argument of ``planner import``: standard input, or what any import can name."""

from __future__ import annotations

import sys

from planner import intake
from planner.intake import LARGEST_FILE, Asked, Source, too_large

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.cli.context import Context
    from planner.errors import PlannerError


def asked(context: Context) -> Asked:
    """What the flags say beside the sources."""
    said = vars(context.asked)
    return Asked(
        name=said.get("conference") or "",
        year=said.get("year"),
        zone=said.get("zone"),
        format=said.get("format", ""),
        allow_private=bool(said.get("allow_private")),
    )


def gather(context: Context, said: str) -> Iterator[tuple[str, Source | PlannerError]]:
    """The sources behind one argument: ``-`` is standard input, a folder is one for each folder in it that holds files."""
    if said == "-":
        yield said, _standard_input()
    else:
        fetched = lambda url: context.store.fetched(url)  # noqa: E731, PLW0108  (a store is only made for an address)
        yield from intake.gather(said, asked(context), fetched)


def _standard_input() -> Source | PlannerError:
    from planner.readers import Part

    data = sys.stdin.buffer.read(LARGEST_FILE + 1)
    return too_large("standard input") if len(data) > LARGEST_FILE else Source("-", (Part("-", data),))
