"""The loop of a reader's process: a calendar a line in, what is in it a line out. Runs in the reader's own environment."""

from __future__ import annotations

import json
import sys
from datetime import timezone
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date


def answer(read: Callable[[str], list[dict[str, Any]]]) -> None:
    """Read calendars until there are no more; whatever a reader raises is its complaint."""
    sys.stdin.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    for line in sys.stdin:
        try:
            said: object = read(json.loads(line))
        except Exception as error:  # noqa: BLE001  (a reader refuses with whatever comes to its mind)
            said = f"{type(error).__name__}: {error}"
        sys.stdout.write(json.dumps(said) + "\n")
        sys.stdout.flush()


def moment(at: date) -> str:
    """A day, or an instant with its offset turned to UTC."""
    return at.astimezone(timezone.utc).isoformat() if hasattr(at, "astimezone") else at.isoformat()  # noqa: UP017  (any Python)
