"""The day as plain text, painted before Textual is imported: talks can be read after 0.1 s, and pressed upon after 0.4.

What comes after it draws the same lines at the same places, with colours and keys.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner import times
from planner.text import clean
from planner.tui import opening, rows

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from planner.plan import Plan
    from planner.tui.opening import Opening
    from planner.tui.rows import Line

ENTERED, LEFT = "\x1b[?1049h\x1b[?25l\x1b[?7l", "\x1b[?7h\x1b[?25h\x1b[?1049l"
"""The alternate screen with no cursor and lines that end at its edge, and back (xterm's control sequences)."""

HEAD = 3  # lines above the list: conference, tabs, rule
TAIL = 1  # below it: keys


def lines(first: Opening, now: datetime, height: int) -> list[str]:
    """The lines of a screen of that height, from its first; none where nothing is stored."""
    conference = first.plan.conferences.get(first.slug)
    if conference is None or not first.pages:
        return []
    uids = first.uids
    shown = rows.arranged(first.plan, uids, rows.natural_order(first.plan, uids), now)
    live = opening.live(first.plan, uids, first.outline, now)
    coming = rows.coming(first.plan, uids, now) if live else ""
    cursor = next((number for number, line in enumerate(shown) if line.uid and line.uid == coming), 0)
    room = max(1, height - HEAD - TAIL)
    top = max(0, min(cursor - room // 3, len(shown) - room)) if cursor >= room else 0
    tabs = "  ".join(times.day(page.day) if page.day else f"No slot yet {page.talks:,}" for page in first.pages)
    body = [_said(first.plan, line, now, live=live) for line in shown[top : top + room]]
    return [f" {clean(conference.name)} · {rows.dates(first.pages)}", f" {tabs}", "", *body]


def painted(said: Sequence[str]) -> str:
    """The lines as what a terminal is sent; nothing for none."""
    return ENTERED + "".join(f"\x1b[{number};1H{line}" for number, line in enumerate(said, 1)) if said else ""


def _said(plan: Plan, line: Line, now: datetime, *, live: bool) -> str:
    if not line.uid:
        return f"  {clean(line.words)}  {clean(line.more)}".rstrip() if line.words else ""
    row = rows.row(plan, line.uid, now, live=live)
    theirs = "" if row.theirs == row.mine[: len(row.theirs)] else f"  {row.theirs}"
    return f"  {row.mine:<11}{theirs}  {rows.stars(row):<{rows.STARS}}   {clean(row.title) or '· untitled slot ·'}"
