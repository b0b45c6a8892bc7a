"""Every failure that a user can meet: a type, one sentence (what, where, what to do next) and an exit code.

Errors are raised low, where the reason is known, and printed in one place, :func:`planner.cli.main` (or by the screen that
asked). The exit codes are promises to scripts.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence


class PlannerError(Exception):
    """A failure whose text is a whole sentence for the user; ``exit_code`` is what the command line answers."""

    exit_code = 2


class UsageError(PlannerError):
    """Wrong use: a flag, a setting, a zone name or a day that means nothing here."""

    exit_code = 2


class ReadError(PlannerError):
    """An input, its year or its zone could not be read; nothing of that input was stored."""

    exit_code = 3


class UnknownFormatError(ReadError):
    """Files that are in no format that a reader knows: a folder may hold some beside its schedules. ``names`` are theirs."""

    def __init__(self, sentence: str, names: tuple[str, ...]) -> None:
        """Keep the sentence and the names."""
        super().__init__(sentence)
        self.names = names


def few(names: Sequence[str]) -> str:
    """Names inside a sentence, the first of them where they are many: ``a, b, c and 9 more``."""
    shown = names if len(names) <= _FEW + 1 else names[:_FEW]
    rest = len(names) - len(shown)
    return f"{', '.join(shown)} and {rest} more" if rest else ", ".join(shown)


_FEW = 3  # names say what kind of files they are

FOR_EXAMPLE = "; say it, for example: "
"""What stands before the command in the sentence of a :class:`MissingFactsError`."""


class MissingFactsError(ReadError):
    """An input that reads well but leaves a fact open: the conference's name, its year or its zone.

    ``conference``, ``year`` and ``zone`` tell which of them are missing; ``years`` holds the years that fit, earliest first,
    and ``zones`` the zones that the letters on the page may mean. A screen asks for them; the command line names the flags.
    """

    def __init__(
        self,
        sentence: str,
        *,
        conference: bool = False,
        year: bool = False,
        zone: bool = False,
        years: tuple[int, ...] = (),
        zones: tuple[str, ...] = (),
    ) -> None:
        """Keep the sentence and what is missing."""
        super().__init__(sentence)
        self.conference = conference
        self.year = year
        self.zone = zone
        self.years = years
        self.zones = zones

    @property
    def question(self) -> str:
        """The sentence without the command that would do, for a screen that asks."""
        return str(self).partition(FOR_EXAMPLE)[0] + "."


class NoSuchTalkError(PlannerError):
    """No talk or conference answers to what was said, or several do."""

    exit_code = 4


class StoreError(PlannerError):
    """The store could not be opened, read or written."""

    exit_code = 5
