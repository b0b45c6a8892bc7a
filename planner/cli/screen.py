"""``planner`` without a command: the terminal UI, given the store, the clock and the schedules that come with the program."""

from __future__ import annotations

import gc
import os
import sys
from datetime import UTC, datetime

from planner.errors import UsageError
from planner.settings import setting_place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from planner.cli.context import Context
    from planner.tui.app import PlannerApp
    from planner.tui.opening import Opening


def run(context: Context) -> int:
    """Open the terminal UI; without a terminal, say which commands print instead."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError("the terminal UI needs a terminal; planner agenda, planner talks and planner --help print instead.")
    wrong = wrong_keys(context)
    if wrong:
        raise UsageError(wrong)
    from planner.tui import opening, preview

    context.store.stay_small()
    first = opening.begin(context.store, context.zone, context.now)
    shown = preview.lines(first, context.now, os.get_terminal_size(sys.stdout.fileno()).lines)
    sys.stdout.write(preview.painted(shown))
    sys.stdout.flush()
    try:
        app = _app(context, first)
        del first  # the app lets go of its talks when another day is turned to
        return _run(app)
    except BaseException:
        sys.stdout.write(preview.LEFT if shown else "")
        raise


def wrong_keys(context: Context) -> str:
    """Which line of ``[keys]`` names no command, or calls two commands by one key, as a sentence; empty where none does."""
    if not context.settings.keys:
        return ""
    from planner.tui.commands import check_keys

    wrong = check_keys(dict(context.settings.keys))
    return f"{setting_place(context.home, wrong[0], 'keys')}: {wrong[1]}" if wrong else ""


def _app(context: Context, first: Opening) -> PlannerApp:
    """Import Textual, which takes ten times as long as what is painted before it, and make the app."""
    os.environ.setdefault("TEXTUAL_FPS", "120")  # Textual's clock for painting: what is ready waits 4 ms on average, not 8
    gc.disable()  # until the app settles: looking for cycles among what imports make took a tenth of the start
    load_asyncio()
    from planner.tui.app import PlannerApp

    fixed = context.now if context.asked.now or context.environ.get("PLANNER_NOW") else None
    return PlannerApp(
        context.store,
        context.settings,
        now=(lambda: fixed or datetime.now(UTC)),
        schedules=schedules(),
        first=first,
    )


def _run(app: PlannerApp) -> int:
    """Run the app until it is left."""
    from planner.tui.app import settle

    app.run()
    settle()
    return app.return_code or 0


def load_asyncio() -> None:
    """Import asyncio as in a Python without TLS: no screen speaks it, and OpenSSL is 4 MiB and a twentieth of the start.

    What fetches and publishes imports ``ssl`` itself, and has it.
    """
    known = sys.modules.get("ssl")
    sys.modules["ssl"] = known  # type: ignore[assignment]  # None refuses the import, which asyncio is made for
    try:
        import asyncio  # noqa: F401  (loaded for Textual)
    finally:
        if known is None:
            del sys.modules["ssl"]


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
