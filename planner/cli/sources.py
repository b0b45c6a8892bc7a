"""What stands behind an argument of ``planner import``: files, folders, standard input, addresses."""

from __future__ import annotations

import os
import sys

from planner.errors import PlannerError, ReadError
from planner.values import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.cli.context import Context
    from planner.readers import Part

LARGEST_FILE = 100_000_000
"""A file beyond this many bytes is no schedule; the longest known is 20 MB."""


class Source(NamedTuple):
    """What one import reads as a whole: a file, standard input, an address, or the files of one folder.

    ``url`` is where an address led to, ``validators`` what to say there the next time (ETag, Last-Modified; RFC 9110 8.8).
    ``same`` is the conference that it was read into where it has not changed since; then there are no parts.
    """

    name: str
    parts: tuple[Part, ...] = ()
    url: str = ""
    validators: tuple[str, str] | None = None
    same: str = ""


def gather(context: Context, said: str) -> Iterator[tuple[str, Source | PlannerError]]:
    """The sources behind one argument: a folder is one for each folder in it that holds files."""
    if said.lower().startswith(("http://", "https://")):
        yield said, _address(context, said)
    elif said == "-":
        yield said, _standard_input()
    elif os.path.isdir(said):
        found = False
        for folder, below, names in os.walk(said):
            below.sort()
            paths = [os.path.join(folder, name) for name in sorted(names) if not name.startswith(".")]
            if paths:
                found = True
                yield folder, _files(folder, paths)
        if not found:
            yield said, ReadError(f"{said} is a folder without files: name a schedule or a folder that holds one.")
    else:
        yield said, _files(said, [said])


def _files(name: str, paths: list[str]) -> Source | PlannerError:
    from planner.readers import Part

    parts = []
    for path in paths:
        try:
            with open(path, "rb") as file:
                data = file.read(LARGEST_FILE + 1)
        except OSError as error:
            reason = (error.strerror or "unknown reason").lower()
            return ReadError(f"{path} cannot be read ({reason}): check the path and try again.")
        if len(data) > LARGEST_FILE:
            return _too_large(path)
        parts.append(Part(path, data))
    return Source(name, tuple(parts))


def _standard_input() -> Source | PlannerError:
    from planner.readers import Part

    data = sys.stdin.buffer.read(LARGEST_FILE + 1)
    return _too_large("standard input") if len(data) > LARGEST_FILE else Source("-", (Part("-", data),))


def _too_large(name: str) -> ReadError:
    return ReadError(f"{name} is larger than {LARGEST_FILE // 1_000_000} MB: that is no schedule; name a smaller file.")


def _address(context: Context, url: str) -> Source | PlannerError:
    """Fetch an address; one that was read before with no other flags is only fetched again if it has changed."""
    from planner.fetch import fetch
    from planner.readers import Part

    asked = vars(context.asked)
    flags = any(asked.get(name) for name in ("conference", "year", "zone", "format"))
    slug, etag, last_modified = ("", "", "") if flags else context.store.fetched(url)
    try:
        found = fetch(url, allow_private=bool(asked.get("allow_private")), etag=etag, last_modified=last_modified)
    except PlannerError as error:
        return error
    if found.not_modified:
        return Source(url, same=slug)
    validators = (found.etag, found.last_modified)
    return Source(url, (Part(found.url, found.data),), found.url, validators if any(validators) else None)
