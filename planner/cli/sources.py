"""What stands behind an argument of ``planner import``: standard input, or what any import can name."""

from __future__ import annotations

import sys
from shutil import get_terminal_size

from planner import intake
from planner.cli.context import safe
from planner.intake import LARGEST_FILE, Asked, Source, too_large

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.cli.context import Context
    from planner.errors import PlannerError
    from planner.intake import Tell


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


def progress() -> Tell:
    """What tells in one line of a terminal how far an import is, and clears the line for an empty text; elsewhere nothing."""
    if not sys.stderr.isatty():
        return str

    def tell(text: str) -> None:
        columns = max(get_terminal_size().columns - 1, 1)
        sys.stderr.write(f"\r\x1b[K{safe(text).replace(chr(10), ' ')[:columns]}")
        sys.stderr.flush()

    return tell


def gather(context: Context, said: str, tell: Tell = str) -> Iterator[tuple[str, Source | PlannerError]]:
    """The sources behind one argument: ``-`` is standard input, a folder is one for each folder in it that holds files."""
    if said == "-":
        yield said, _standard_input()
    else:
        fetched = lambda url: context.store.fetched(url)  # noqa: E731, PLW0108  (a store is only made for an address)
        yield from intake.gather(said, asked(context), fetched, tell)


def _standard_input() -> Source | PlannerError:
    from planner.readers import Part

    data = sys.stdin.buffer.read(LARGEST_FILE + 1)
    return too_large("standard input") if len(data) > LARGEST_FILE else Source("-", (Part("-", data),))
