"""What the user ticked to narrow the list."""

from __future__ import annotations

from typing import NamedTuple


class Ticks(NamedTuple):
    """What is ticked: ``mine`` of starred and going, and any of the schedule's kinds, tracks and rooms."""

    mine: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    tracks: frozenset[str] = frozenset()
    rooms: frozenset[str] = frozenset()

    @property
    def words(self) -> str:
        """What is ticked, in words; empty where nothing is."""
        return " and ".join(" or ".join(sorted(part)) for part in self if part)
