"""The command line: one call for argv, its answer on stdout, narration on stderr, an exit code.

Only the parser of the command that was asked for is built, and its module is imported when it runs: ``planner agenda`` pays
for nothing else. The table :data:`planner.cli.parser.COMMANDS` is what the help, the completion and the tests go by.
"""

from __future__ import annotations

import gc
import os
import sys

from planner.cli.parser import parse
from planner.errors import PlannerError
from planner.values import Acyclic

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

INTERRUPTED = 130
"""The exit code after Ctrl-C, as shells expect it (128 + SIGINT)."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and answer its exit code; never a traceback for a failure that the user can meet.

    Without ``argv`` it is the process's last work: the interpreter then does not look through what is left, which took a
    third of its bare start.
    """
    try:
        with Acyclic():
            return _run(sys.argv[1:] if argv is None else argv)
    finally:
        if argv is None:
            gc.freeze()


def _run(argv: Sequence[str]) -> int:
    try:
        asked = parse(argv)
        from planner.cli.context import Context  # what --help needs nothing of

        with Context(asked, os.environ, sys.platform) as context:
            code: int = asked.run(context)
        sys.stdout.flush()
    except PlannerError as error:
        sys.stdout.flush()
        from planner.cli.context import columns, safe, wrapped

        sys.stderr.write(wrapped(f"planner: {safe(str(error))}", columns(sys.stderr)) + "\n")
        return error.exit_code
    except BrokenPipeError:
        # The reader has what it wanted. Python would complain again when it flushes at exit, so give it nowhere to do that.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return INTERRUPTED
    return code
