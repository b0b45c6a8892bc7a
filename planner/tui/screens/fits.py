"""What would fit into a stretch of free time, and why; one of it can be starred."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner import agenda, gaps, times
from planner.text import clean
from planner.tui.screens.chooser import Chooser
from planner.tui.widgets.choice_list import ChoiceLine
from planner.tui.widgets.draw import cut

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.dayplan import Entry
    from planner.gaps import Fit
    from planner.plan import Plan

HEADS = {
    "skipped": "Starred and skipped",
    "paper": "Of the paper of a star",
    "alike": "Like your stars",
    "other": "Also in this time",
}
"""What talks that fit are listed under, by their reason."""

_REASON = 30  # cells; a longer reason leaves the title too few


class Fits(Chooser):
    """Returns the uid of a talk that shall be starred."""

    def __init__(self, plan: Plan, entry: Entry, fits: Sequence[Fit]) -> None:
        super().__init__(f"{length(entry)} free · {clocks(plan, entry)}", choices(plan, fits), "star it")


def length(entry: Entry) -> str:
    """How long an entry is, in words."""
    return times.lasting(entry.end - entry.start) if entry.start and entry.end else ""


def clocks(plan: Plan, entry: Entry) -> str:
    """From when to when, on the display zone's clocks."""
    if entry.start is None or entry.end is None:
        return ""
    return f"{times.clock(entry.start, plan.zone)}–{times.clock(entry.end, plan.zone)}"


def choices(plan: Plan, fits: Sequence[Fit]) -> list[ChoiceLine]:
    """The talks under a head for each reason, best first."""
    found: list[ChoiceLine] = []
    for why in gaps.REASONS:
        held = [fit for fit in fits if fit.why == why]
        if held:
            found += [ChoiceLine("", "")] * bool(found) + [ChoiceLine("", HEADS[why])]
        for fit in held:
            talk = plan.by_uid[fit.uid]
            clock = agenda.clocks(plan, talk, plan.day_of(talk))
            said = ", ".join(fit.because) if why == "alike" else talk.kind if why == "paper" else agenda.stars(plan, talk)
            found.append(ChoiceLine(fit.uid, f"{clock} · {talk.title}", cut(clean(said), _REASON)))
    return found
