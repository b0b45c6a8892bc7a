"""``planner`` without a command: the terminal UI, given the store, the clock and the schedules that come with the program."""

from __future__ import annotations

import gc
import os
import sys
from datetime import UTC, datetime

from planner.errors import UsageError
from planner.settings import key_place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from planner.cli.context import Context
    from planner.tui.opening import Opening


def run(context: Context) -> int:
    """Open the terminal UI; without a terminal, say which commands print instead."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError("the terminal UI needs a terminal; planner agenda, planner talks and planner --help print instead.")
    _check_keys(context)
    from planner.tui import opening, preview

    first = opening.begin(context.store, context.zone, context.now)
    shown = preview.lines(first, context.now, os.get_terminal_size(sys.stdout.fileno()).lines)
    sys.stdout.write(preview.painted(shown))
    sys.stdout.flush()
    try:
        return _open(context, first)
    except BaseException:
        sys.stdout.write(preview.LEFT if shown else "")
        raise


def _check_keys(context: Context) -> None:
    """Refuse ``[keys]`` that name no command, or call two commands by one key."""
    if context.settings.keys:
        from planner.tui.commands import check_keys

        wrong = check_keys(dict(context.settings.keys))
        if wrong is not None:
            raise UsageError(f"{key_place(context.home, wrong[0])}: {wrong[1]}")


def _open(context: Context, first: Opening) -> int:
    """Import Textual, which takes ten times as long as what is painted before it, and run the app."""
    os.environ.setdefault("TEXTUAL_FPS", "120")  # Textual's clock for painting: what is ready waits 4 ms on average, not 8
    gc.disable()  # until the app settles: looking for cycles among what imports make took a tenth of the start
    from planner.tui.app import PlannerApp, settle

    fixed = context.now if context.asked.now or context.environ.get("PLANNER_NOW") else None
    app = PlannerApp(
        context.store,
        context.settings,
        now=(lambda: fixed or datetime.now(UTC)),
        schedules=schedules(),
        first=first,
    )
    app.run()
    settle()
    return app.return_code or 0


def schedules() -> list[tuple[str, str]]:
    """The schedules that come with the program, as name and folder: inside the package or, in a checkout, beside it."""
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    for base in (os.path.join(package, "schedules"), os.path.join(os.path.dirname(package), "schedules")):
        if os.path.isdir(base):
            return [
                (" ".join(word.upper() for word in name.split("-")), os.path.join(base, name))
                for name in sorted(os.listdir(base))
            ]
    return []
