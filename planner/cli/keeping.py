"""The commands that keep the store: backup and restore."""

from __future__ import annotations

import os
from datetime import datetime

from planner.errors import ReadError
from planner.store import copy_store, restore_store, store_copies

TYPE_CHECKING = False
if TYPE_CHECKING:
    from planner.cli.context import Context
    from planner.store.examine import Contents

_KINDS = {"day": "first change of the day", "import": "before an import", "migration": "before an upgrade"}
_KINDS["restore"] = "before a restore"
"""Why a copy was kept, by the word in its name."""


def backup(context: Context) -> int:
    """Write a copy of the store to a file."""
    target = os.path.abspath(os.path.expanduser(context.asked.file))
    copy = copy_store(context.home, target, now=context.now)
    if context.asked.json:
        context.print_json({"backup": _document(copy)})
    else:
        context.say(f"{copy.path}: {_holds(copy)}, {_size(copy.size)}.")
        context.tell("planner restore FILE puts it back.")
    if copy.marks:
        context.tell("⚠ some marks in the store are not as they were written, and so in the copy: planner doctor names them.")
    return 0


def restore(context: Context) -> int:
    """Put a copy back, or list the copies that are kept."""
    if context.asked.file is None:
        return _list(context)
    source = _found(context, context.asked.file)
    restored = restore_store(context.home, source, now=context.now, damaged=context.asked.damaged)
    if context.asked.json:
        context.print_json({"restored": _document(restored.contents), "kept": restored.kept or None})
        return 0
    context.say(f"{source} is in its place: {_holds(restored.contents)}.")
    name = os.path.basename(restored.kept)
    if "-restore" in name:
        context.say(f"What was there before is kept: planner restore {name} takes this back.")
    elif restored.kept:
        context.say(f"What was there before was no whole store; it moved to {restored.kept}.")
    return 0


def _found(context: Context, said: str) -> str:
    """The file that was named: a path, or the name of a kept copy or the start of one that no other begins with."""
    path = os.path.abspath(os.path.expanduser(said))
    if os.path.exists(path) or os.path.dirname(said):
        return path
    copies = [copy.path for copy in store_copies(context.home)]
    exact = [copy for copy in copies if os.path.basename(copy) in {said, f"{said}.db"}]
    found = exact or [copy for copy in copies if os.path.basename(copy).startswith(said)]
    if len(found) == 1:
        return found[0]
    if found:
        names = ", ".join(os.path.basename(copy) for copy in found)
        raise ReadError(f"several copies begin with {said}, so nothing was put back: name one of {names}.")
    raise ReadError(f"there is no file {said} and no kept copy of that name: planner restore lists the copies.")


def _list(context: Context) -> int:
    """Print the kept copies, newest first: when and why each was kept, and what it holds."""
    copies = store_copies(context.home)
    if context.asked.json:
        context.print_json({"copies": [_document(copy) for copy in copies]})
        return 0
    for copy in copies:
        name = os.path.basename(copy.path)
        holds = f"⚠ of no use, it {copy.damage}" if copy.damage else f"{_holds(copy)}, {_size(copy.size)}"
        context.say(f"{name}  {_reason(name)}: {holds}{'; ⚠ some marks are damaged' if copy.marks else ''}")
    if copies:
        context.tell("planner restore NAME puts one back; what is there now is kept before.")
    else:
        context.tell(f"No copy is kept in {context.home} yet: the first change of each day makes one.")
    return 0


def _reason(name: str) -> str:
    """Why a copy was kept, from its name."""
    said = name.removesuffix(".db")[len("2021-05-06-110500-") :].split("-")[0]
    return _KINDS.get(said, "not made by planner")


def _at(name: str) -> str | None:
    """When a copy was kept, in UTC, from its name."""
    try:
        return f"{datetime.strptime(f'{name[:17]}+0000', '%Y-%m-%d-%H%M%S%z'):%Y-%m-%dT%H:%M:%S+00:00}"
    except ValueError:
        return None


def _holds(copy: Contents) -> str:
    """What a copy holds, in words."""
    counted = ((copy.conferences, "conference"), (copy.talks, "talk"), (copy.starred, "star"))
    return ", ".join(f"{number} {word}{'s' * (number != 1)}" for number, word in counted)


def _size(count: int) -> str:
    return f"{count / 1e6:.1f} MB"


def _document(copy: Contents) -> dict[str, object]:
    """A copy as JSON: its file and name, when it was kept (null where its name does not say), and what it holds."""
    name = os.path.basename(copy.path)
    return {
        "file": copy.path,
        "name": name,
        "at": _at(name),
        "bytes": copy.size,
        "conferences": copy.conferences,
        "talks": copy.talks,
        "starred": copy.starred,
        "damage": copy.damage or None,
        "damaged_marks": list(copy.marks),
    }
