"""Where a conference was read, and what an address said of itself then: it is fetched again if it changed (RFC 9110 13.1)."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable
    from typing import Any

KNOWN = """
    SELECT fetched.conference, etag, last_modified FROM fetched
    JOIN conference ON conference.slug = fetched.conference AND conference.read_at = fetched.read_at
    WHERE url = ?
"""
"""Only while the conference is as that reading left it: after an undo or another import the address is read again."""


SOURCES = """
    SELECT url FROM fetched JOIN conference ON conference.slug = fetched.conference AND fetched.read_at <= conference.read_at
    WHERE fetched.conference = ? ORDER BY fetched.read_at, url
"""
"""What was read later than the conference itself was taken back by an undo, and does not count."""

_ROW = "SELECT url, conference, etag, last_modified, read_at FROM fetched WHERE url = ?"
_OTHERS = "SELECT url, read_at FROM fetched WHERE conference = ? AND url <> ? ORDER BY read_at DESC, url DESC"


def sources(db: sqlite3.Connection, slug: str) -> tuple[str, ...]:
    """The paths and addresses that a conference was read from, in the order of their last reading."""
    return tuple(url for (url,) in db.execute(SOURCES, (slug,)))


def known(db: sqlite3.Connection, url: str) -> tuple[str, str, str]:
    """Slug, ETag and Last-Modified of an address; empty where it has to be fetched anew."""
    return db.execute(KNOWN, (url,)).fetchone() or ("", "", "")


def remember(db: sqlite3.Connection, url: str, slug: str, validators: tuple[str, str], at: int) -> tuple[str, str, Any]:
    """Keep that a conference was read there; a file says nothing of itself. Gives the image of the row as it was.

    What was read before gets an earlier second, also where one run read all: in which order is what later readings go by.
    """
    before = db.execute(_ROW, (url,)).fetchone()
    row = (url, slug, *validators, at)
    db.execute("INSERT OR REPLACE INTO fetched (url, conference, etag, last_modified, read_at) VALUES (?, ?, ?, ?, ?)", row)
    for other, read_at in db.execute(_OTHERS, (slug, url)).fetchall():
        at -= 1
        if read_at > at:
            db.execute("UPDATE fetched SET read_at = ? WHERE url = ?", (at, other))
        at = min(at, read_at)
    return "fetched", url, before and list(before)


def put_back(db: sqlite3.Connection, images: Iterable[tuple[str, Any]]) -> None:
    """Forget readings that were taken back, or have what was known before them."""
    for url, row in images:
        if row is None:
            db.execute("DELETE FROM fetched WHERE url = ?", (url,))
        else:
            db.execute(
                "INSERT OR REPLACE INTO fetched (url, conference, etag, last_modified, read_at) VALUES (?, ?, ?, ?, ?)", row
            )
