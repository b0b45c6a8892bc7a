"""From what a user names to what is stored: a source is gathered, understood, compared with the store, and kept.

Each step is a function, so that a screen can show what was understood before anything is kept.
"""

from __future__ import annotations

import os

from planner.errors import PlannerError, ReadError, few
from planner.values import NamedTuple, re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime
    from typing import BinaryIO

    from planner.intake.words import Told
    from planner.marks import Carried
    from planner.model import Part, Reading
    from planner.readers import Hints
    from planner.store import Store
    from planner.store.saving import Saved
    from planner.store.travel import Merged

    Tell = Callable[[str], object]
    Fetched = Callable[[str], tuple[str, str, str]]

LARGEST_FILE = 100_000_000
"""A file beyond this many bytes is no schedule; the longest known is 20 MB."""

PASTED = "pasted text"
"""The name of a source that was pasted: it cannot be read again."""

ELSEWHERE = frozenset({"", "-", PASTED})
"""Sources that are nowhere to be read again."""


class Asked(NamedTuple):
    """What the user says beside the source: the conference's name, year, zone and format, empty where the source tells them.

    ``allow_private`` lets an address be on this machine or its network. ``again`` says that the name is that of the stored
    conference, not a correction: an address is only fetched if it changed.
    """

    name: str = ""
    year: int | None = None
    zone: str | None = None
    format: str = ""
    allow_private: bool = False
    again: bool = False


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


class Arrived(NamedTuple):
    """What a file of marks does, and a sentence for each mark that could not be read."""

    merged: Merged
    warnings: tuple[str, ...] = ()


class Taken(NamedTuple):
    """What became of one source: what was understood, what that does to the store, or the sentence that says why not.

    ``gathered`` are the bytes, so that another answer to a question reads them again without fetching. ``saved`` is what the
    store did, or in a rehearsal what it would do. ``carried`` are the marks of a file of marks with the sentences of
    those that could not be read, ``marks`` what they do. ``same`` is the conference that an unchanged address was read into,
    ``left`` a sentence on files of a folder that are no schedules. ``told`` is what is told of the reading, of unchanged files
    what was told when they were read, and ``tag`` what they are known by the next time: see :mod:`planner.intake.unchanged`.
    """

    source: str
    gathered: Source | None = None
    reading: Reading | None = None
    saved: Saved | None = None
    error: PlannerError | None = None
    carried: tuple[tuple[Carried, ...], tuple[str, ...]] | None = None
    marks: Arrived | None = None
    same: str = ""
    left: str = ""
    tag: str = ""
    told: Told | None = None


def gather(said: str, asked: Asked, fetched: Fetched, tell: Tell = str) -> Iterator[tuple[str, Source | PlannerError]]:
    """The sources behind what a user names: a folder is one for each folder in it that holds files.

    ``fetched`` gives what an address said of itself at its last reading, as :meth:`planner.store.Store.fetched` does.
    """
    if is_address(said):
        tell(f"asking {said}")
        yield said, _address(said, asked, fetched)
    elif os.path.isdir(said):
        from planner.intake.folder import files_below, read_text

        try:
            found = files_below(said, tell)
        except ReadError as error:
            yield said, error
            return
        for folder, paths in found:
            yield folder, _files(folder, paths, tell, read_text)
    else:
        yield said, _files(said, [said], tell)


def is_address(said: str) -> bool:
    """Whether what a user names is on the web."""
    return said.lower().startswith(("http://", "https://"))


def _read_whole(file: BinaryIO, most: int) -> bytes:
    return file.read(most)


def _files(
    name: str, paths: list[str], tell: Tell, read: Callable[[BinaryIO, int], bytes] = _read_whole
) -> Source | PlannerError:
    """Open files; ``read`` gives the bytes of one, up to so many."""
    from planner.model import Part

    parts = []
    for number, path in enumerate(paths, 1):
        tell(f"opening {number} of {len(paths)} files" if len(paths) > 1 else "opening the file")
        try:
            with open(path, "rb") as file:
                data = read(file, LARGEST_FILE + 1)
        except OSError as error:
            reason = (error.strerror or "unknown reason").lower()
            return ReadError(f"{path} cannot be read ({reason}): check the path and try again.")
        except ValueError:  # a path with U+0000 in it
            return ReadError(f"{path!r} cannot be a path: check it and try again.")
        if len(data) > LARGEST_FILE:
            return too_large(path)
        parts.append(Part(path, data))
    return Source(name, tuple(parts))


def too_large(name: str) -> ReadError:
    """The refusal of what is longer than any schedule."""
    return ReadError(f"{name} is larger than {LARGEST_FILE // 1_000_000} MB: that is no schedule; name a smaller file.")


def _address(url: str, asked: Asked, fetched: Fetched) -> Source | PlannerError:
    """Fetch an address; one that was read before with no other flags is only fetched again if it has changed."""
    from planner.fetch import fetch
    from planner.model import Part

    flags = (asked.name and not asked.again) or asked.year or asked.zone or asked.format
    slug, etag, last_modified = ("", "", "") if flags else fetched(url)
    try:
        found = fetch(url, allow_private=asked.allow_private, etag=etag, last_modified=last_modified)
    except PlannerError as error:
        return error
    if found.not_modified:
        return Source(url, same=slug)
    validators = (found.etag, found.last_modified)
    return Source(url, (Part(found.url, found.data),), found.url, validators if any(validators) else None)


def same(store: Store, name: str, source: Source | PlannerError, asked: Asked, *, now: datetime) -> Taken | None:
    """A source that need not be read, for it would change nothing; that is kept as an import. None for any other."""
    if isinstance(source, PlannerError) or is_address(name):
        return None
    from planner.intake.unchanged import tags, unpacked

    place = os.path.abspath(name)
    slug, *kept = store.fetched(place)
    if not slug or kept[0] not in tags(source, asked, now):
        return None
    if not store.read_again(place, (kept[0], kept[1]), source=name, now=now):
        return None
    return Taken(name, same=slug, told=unpacked(kept[1]))


def understand(
    store: Store, name: str, source: Source | PlannerError, asked: Asked, *, now: datetime, tell: Tell = str
) -> Taken:
    """Read one source with what the user said as hints; nothing is compared or stored yet."""
    from planner.intake.unchanged import Zones, tag
    from planner.intake.words import told
    from planner.readers import Hints, read

    if isinstance(source, PlannerError):
        return Taken(name, error=source)
    if source.same:
        return Taken(name, source, same=source.same)
    zones = Zones({one.slug: one.zone for one in store.conferences() if one.zone})
    hints = Hints(
        name=asked.name,
        year=asked.year,
        url=source.url,
        zone=asked.zone,
        now=now,
        format=asked.format,
        known_zones=zones,
    )

    def reading(number: int, parts: int) -> None:
        tell(f"reading {number} of {parts} files" if parts > 1 else "reading")

    try:
        source, warnings = _without_ours(source) if not asked.format else (source, ())
        if _is_marks(source, asked.format):
            return Taken(name, source, carried=_marks(name, source, now))
        found = _as_stored(store, read(source.parts, hints, reading), source, hints, reading)
        found = found._replace(warnings=(*warnings, *found.warnings))
        own = zones.given <= {found.conference.slug}
        return Taken(name, source, found, tag=tag(source, asked, found, now) if own else "", told=told(found))
    except PlannerError as error:
        return Taken(name, source, error=error)


def _without_ours(source: Source) -> tuple[Source, tuple[str, ...]]:
    """A source without the calendars that this program wrote, and a warning that names them; ReadError with no other part.

    Their talks are stored already under their conference: read, they would stand there twice.
    """
    from planner.ical.whose import written_here

    ours = [part.name for part in source.parts if written_here(part.data)]
    if not ours:
        return source, ()
    if len(ours) == len(source.parts):
        which = ours[0] if len(ours) == 1 else source.name
        raise ReadError(
            f"{which} was exported by this program: its talks are stored already; planner export --format marks FILE"
            " writes stars and notes for another machine, and planner import reads those."
        )
    left = tuple(part for part in source.parts if part.name not in ours)
    count = f"{len(ours)} calendars" if len(ours) > 1 else "a calendar"
    return source._replace(parts=left), (f"{few(ours)}: {count} exported by this program, left out.",)


def _as_stored(store: Store, found: Reading, source: Source, hints: Hints, told: Callable[[int, int], None]) -> Reading:
    """A reading for ``--conference icml`` as one of the stored ``ICML 2025``, where that is the only one and the year agrees.

    A name with a year of its own, a stored conference of exactly that name, or dates in another year leave it as it is.
    """
    from planner.readers import read

    name = hints.name.strip()
    stored = store.conferences()
    if not name or not stored or re.search(r"(?:19|20)[0-9]{2}", name):
        return found
    same = [one for one in stored if re.fullmatch(rf"{re.escape(found.conference.slug)}-(?:19|20)[0-9]{{2}}", one.slug)]
    if len(same) != 1 or any(one.slug == found.conference.slug for one in stored):
        return found
    year = int(same[0].slug[-4:])
    if found.year not in {None, year}:
        return found
    again = read(source.parts, hints._replace(name=same[0].name), told)
    said = f"“{name}” is taken for the stored {same[0].name}; write --conference “{name} YEAR” for another year."
    return again._replace(warnings=(said, *again.warnings))


def _is_marks(source: Source, format_name: str) -> bool:
    """Whether a source is a file of marks: by its content, or because ``--format`` says so."""
    from planner import marks

    return format_name == "marks" or (not format_name and len(source.parts) == 1 and marks.claims(source.parts[0].data))


def _marks(name: str, source: Source, now: datetime) -> tuple[tuple[Carried, ...], tuple[str, ...]]:
    from planner import marks

    if len(source.parts) != 1:
        raise ReadError(f"{name} is no file of marks: name the file that planner export --format marks wrote.")
    found, warnings = marks.read(source.parts[0].data, name, now)
    return tuple(found), tuple(warnings)


def keep(store: Store, taken: Taken, *, now: datetime) -> Taken:
    """Store what was understood, as one step; an error says why nothing of it was."""
    return keep_all(store, [taken], now=now)[0]


def keep_all(store: Store, taken: Sequence[Taken], *, now: datetime) -> list[Taken]:
    """Store what was understood of several sources as one step; where one is refused nothing is, and each says why not.

    Of several sources of one conference the last one says what all of them did.
    """
    try:
        with store.together(now=now) as together:
            kept = [_put(store, one, now) for one in taken]
    except PlannerError as error:
        return [one._replace(error=one.error or error) for one in taken]
    ended = dict(together.ended)
    told: list[Taken] = []
    for one in reversed(kept):
        slug = one.reading.conference.slug if one.saved is not None and one.reading is not None else ""
        told.append(one._replace(saved=ended.pop(slug, None)) if slug else one)
    return told[::-1]


def _put(store: Store, taken: Taken, now: datetime) -> Taken:
    if taken.carried is not None:
        found, warnings = taken.carried
        short = taken.source.replace("\\", "/").rstrip("/").rpartition("/")[2] or taken.source
        return taken._replace(marks=Arrived(store.merge(found, source=short, now=now), warnings))
    if taken.reading is None or taken.error is not None:
        return taken
    saved = store.save(taken.reading, source=taken.source, now=now)
    _remember(store, taken, taken.reading, saved, now)
    return taken._replace(saved=saved)


def _remember(store: Store, taken: Taken, reading: Reading, saved: Saved, now: datetime) -> None:
    """Keep where a conference was read, so that it can be read there again, and what tells whether that is needed."""
    if taken.source in ELSEWHERE:
        return
    validators = (taken.gathered and taken.gathered.validators) or ("", "")
    place = taken.source
    if not is_address(place):
        from planner.intake.unchanged import packed

        place = os.path.abspath(place)
        validators = (taken.tag, packed(taken.told)) if taken.tag and taken.told and not saved.near else ("", "")
    store.remember_fetched(place, reading.conference.slug, validators, now=now)


def changed(taken: Taken) -> bool:
    """Whether keeping it would change, or changed, anything that one can see: a talk, a mark, the conference itself."""
    if taken.marks is not None:
        return bool(taken.marks.merged.changed or taken.marks.merged.waiting)
    return taken.saved is not None and bool(taken.saved.changes or taken.saved.facts)


def pasted(text: str) -> Source:
    """Text that was pasted, as a source; a terminal sends its lines with carriage returns."""
    from planner.model import Part

    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return Source(PASTED, (Part(PASTED, plain.encode("utf-8", "replace")),))


def place(said: str) -> str:
    """What a user typed or dropped on a terminal as a path or an address: quotes, ``file://`` and ``~`` resolved, absolute."""
    said = said.strip()
    if len(said) > 1 and said[0] == said[-1] and said[0] in "'\"":
        said = said[1:-1]
    if said.lower().startswith("file://"):
        from urllib.parse import unquote

        said = unquote(said[7:])
    if is_address(said):
        return said
    whole = os.path.abspath(os.path.expanduser(said))
    bare = os.path.abspath(os.path.expanduser(said.replace("\\ ", " ")))
    return bare if not os.path.exists(whole) and os.path.exists(bare) else whole
