"""Every benchmark in one table: what it costs, beside its floor and beside other people's programs, and how it grows.

``python tests/benchmarks/run.py`` prints it for 1,000, 10,000 and 100,000 talks, which takes half an hour; ``--quick`` for 200
and 1,000, in under a minute, only shows that every line works; numbers of talks are asked for by naming them. Each file of
this folder prints its own lines in the same way. Nothing is asserted, because a busy machine says little: read the ratios,
which are medians of runs that were made in turns. What stands under "others" is the library alone that does the work, or
another program (see ``peers.py``), against the same floor at the smallest number of talks.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

import export
import importing
import planning
import reading
import startup
import ui
from measuring import Dose, Row, main

if TYPE_CHECKING:
    from collections.abc import Iterator


def rows(dose: Dose) -> Iterator[Row]:
    """The lines of every file."""
    return chain.from_iterable(part.rows(dose) for part in (startup, importing, reading, planning, export, ui))


if __name__ == "__main__":
    main(rows)
