"""What stands behind an argument of ``planner import``: standard input, or what any import can name."""

from __future__ import annotations

import sys
from itertools import count

from planner import intake
from planner.intake import LARGEST_FILE, Asked, Source, too_large

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.cli.context import Context
    from planner.errors import PlannerError
    from planner.intake import Tell


STEPS = 50
"""So many files are opened or read in a second or so."""


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


def progress(context: Context) -> Tell:
    """What tells a terminal how far a long import is: every :data:`STEPS` steps a line, so that a short one says nothing."""
    if not sys.stderr.isatty():
        return str
    steps = count(1)

    def tell(text: str) -> None:
        if next(steps) % STEPS == 0:
            context.tell(f"  {text}")

    return tell


def gather(context: Context, said: str, tell: Tell = str) -> Iterator[tuple[str, Source | PlannerError]]:
    """The sources behind one argument: ``-`` is standard input, a folder is one for each folder in it that holds files."""
    if said == "-":
        yield said, _standard_input()
    else:
        fetched = lambda url: context.store.fetched(url)  # noqa: E731, PLW0108  (a store is only made for an address)
        yield from intake.gather(said, asked(context), fetched, tell)


def _standard_input() -> Source | PlannerError:
    from planner.model import Part

    data = sys.stdin.buffer.read(LARGEST_FILE + 1)
    return too_large("standard input") if len(data) > LARGEST_FILE else Source("-", (Part("-", data),))
