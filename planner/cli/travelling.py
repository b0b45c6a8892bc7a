"""Marks that travel alone: written by ``planner export --format marks``, merged by ``planner import`` of such a file."""

from __future__ import annotations

from planner import marks
from planner.errors import ReadError
from planner.values import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from planner.cli.context import Context
    from planner.cli.sources import Source
    from planner.store.travel import Merged


class Arrived(NamedTuple):
    """What a file of marks did, and a sentence for each mark that could not be read."""

    merged: Merged
    warnings: tuple[str, ...] = ()


def is_marks(source: Source, format_name: str) -> bool:
    """Whether a source is a file of marks: by its content, or because ``--format`` says so."""
    return format_name == "marks" or (not format_name and len(source.parts) == 1 and marks.claims(source.parts[0].data))


def take_in(context: Context, name: str, source: Source) -> Arrived:
    """Read a file of marks and merge it, unless ``--dry-run`` says not to."""
    if len(source.parts) != 1:
        raise ReadError(f"{name} is no file of marks: name the file that planner export --format marks wrote.")
    found, warnings = marks.read(source.parts[0].data, name, context.now)
    dry = bool(vars(context.asked).get("dry_run"))
    short = name.replace("\\", "/").rstrip("/").rpartition("/")[2] or name
    return Arrived(context.store.merge(found, source=short, now=context.now, dry=dry), tuple(warnings))


def document(name: str, arrived: Arrived) -> dict[str, object]:
    """The entry of a file of marks in the document of ``import``."""
    merged = arrived.merged
    return {
        "source": name,
        "format": "marks",
        "marks": merged.marks,
        "changed": merged.changed,
        "waiting": merged.waiting,
        "warnings": [*arrived.warnings, *merged.conflicts],
        "error": None,
    }


def words(arrived: Arrived) -> str:
    """What a file of marks did, in a line."""
    merged = arrived.merged
    said = f"{merged.marks} mark{'s' * (merged.marks != 1)}, {merged.changed or 'none'} of them new or newer"
    return f"{said}, {merged.waiting} waiting for talks that are not here yet" if merged.waiting else said


def tell_marks(context: Context, name: str, arrived: Arrived) -> None:
    """Print what a file of marks did, and what gave way."""
    context.say(f"{name}: {words(arrived)}")
    for warning in (*arrived.warnings, *arrived.merged.conflicts):
        context.tell(f"  ⚠ {warning}")


def written(context: Context) -> bytes:
    """The marks of the conferences asked for as a document; nothing where there is none."""
    carried = context.store.carried(context.slugs())
    return marks.written(carried) if carried else b""
