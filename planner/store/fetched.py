"""Where a conference was read, and what is kept of a place so that it is only read again if it changed.

Of an address that is its ETag and Last-Modified (RFC 9110 13.1); of a path a tag of what was read there, and what was told
of it. They stand while the conference is as that reading left it: whatever changes it takes those of all its places away.
"""

from __future__ import annotations

from planner.store.rows import sayable, seconds

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable
    from datetime import datetime
    from typing import Any

KNOWN = """
    SELECT fetched.conference, etag, last_modified FROM fetched JOIN conference ON conference.slug = fetched.conference
    WHERE url = ? AND (conference.read_at = fetched.read_at OR instr(url, '://') = 0)
"""
"""What is kept of a place. An address is fetched again after any other import of its conference."""

SOURCES = """
    SELECT url FROM fetched JOIN conference ON conference.slug = fetched.conference AND fetched.read_at <= conference.read_at
    WHERE fetched.conference = ? ORDER BY fetched.read_at, url
"""
"""What was read later than the conference itself was taken back by an undo, and does not count."""

_ROW = "SELECT url, conference, etag, last_modified, read_at FROM fetched WHERE url = ?"
_OTHERS = "SELECT url, read_at FROM fetched WHERE conference = ? AND url <> ? ORDER BY read_at DESC, url DESC"
_PUT = "INSERT OR REPLACE INTO fetched (url, conference, etag, last_modified, read_at) VALUES (?, ?, ?, ?, ?)"
_READ_AGAIN = "UPDATE conference SET source = ?, read_at = ?, import = ? WHERE slug = ?"


def sources(db: sqlite3.Connection, slug: str) -> tuple[str, ...]:
    """The paths and addresses that a conference was read from, in the order of their last reading."""
    return tuple(url for (url,) in db.execute(SOURCES, (slug,)))


def known(db: sqlite3.Connection, url: str) -> tuple[str, str, str]:
    """Slug, ETag and Last-Modified of an address, slug, tag and what was told of a path; empty where it has to be read."""
    found = db.execute(KNOWN, (sayable(url),)).fetchone()
    return found if found and any(found[1:]) else ("", "", "")


def forget(db: sqlite3.Connection, slugs: Iterable[str]) -> None:
    """Have every place of conferences that changed read again: what was understood there may not be what is stored now."""
    db.executemany("UPDATE fetched SET etag = '', last_modified = '' WHERE conference = ?", [(slug,) for slug in slugs])


def remember(db: sqlite3.Connection, url: str, slug: str, validators: tuple[str, str], now: datetime) -> tuple[str, str, Any]:
    """Keep that a conference was read there, with what is kept of the place. Gives the image of the row as it was.

    What was read before gets an earlier second, also where one run read all: in which order is what later readings go by.
    """
    url, at = sayable(url), seconds(now) or 0
    before = db.execute(_ROW, (url,)).fetchone()
    db.execute(_PUT, (url, slug, *map(sayable, validators), at))
    for other, read_at in db.execute(_OTHERS, (slug, url)).fetchall():
        at -= 1
        if read_at > at:
            db.execute("UPDATE fetched SET read_at = ? WHERE url = ?", (at, other))
        at = min(at, read_at)
    return "fetched", url, before and list(before)


def read_again(db: sqlite3.Connection, place: str, validators: tuple[str, str], source: str, now: datetime) -> bool:
    """Note an import of a place that changed nothing; False where what is kept of it is no longer that."""
    slug, *kept = known(db, place)
    if tuple(kept) != validators:
        return False
    db.execute(_READ_AGAIN, (sayable(source), seconds(now), next_import(db, slug), slug))
    remember(db, place, slug, validators, now)
    return True


def put_back(db: sqlite3.Connection, images: Iterable[tuple[str, Any]]) -> None:
    """Forget readings that were taken back, or have what was known before them."""
    for url, row in images:
        if row is None:
            db.execute("DELETE FROM fetched WHERE url = ?", (url,))
        else:
            db.execute(_PUT, row)


def next_import(db: sqlite3.Connection, slug: str) -> int:
    """The number of the next import of a conference."""
    (number,) = db.execute(
        "SELECT max(coalesce((SELECT import FROM conference WHERE slug = ?1), 0),"
        " coalesce((SELECT max(import) FROM change WHERE conference = ?1), 0),"
        " coalesce((SELECT max(import) FROM added WHERE conference = ?1), 0)) + 1",
        (slug,),
    ).fetchone()
    return int(number)
