"""What an address said of itself when it was last read, so that it is not fetched again before it changes (RFC 9110 13.1)."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3

KNOWN = """
    SELECT fetched.conference, etag, last_modified FROM fetched
    JOIN conference ON conference.slug = fetched.conference AND conference.read_at = fetched.read_at
    WHERE url = ?
"""
"""Only while the conference is as that reading left it: after an undo or another import the address is read again."""


def known(db: sqlite3.Connection, url: str) -> tuple[str, str, str]:
    """Slug, ETag and Last-Modified of an address; empty where it has to be fetched anew."""
    return db.execute(KNOWN, (url,)).fetchone() or ("", "", "")


def remember(db: sqlite3.Connection, url: str, slug: str, validators: tuple[str, str], at: int) -> None:
    """Keep what the address said when it was read into a conference."""
    row = (url, slug, *validators, at)
    db.execute("INSERT OR REPLACE INTO fetched (url, conference, etag, last_modified, read_at) VALUES (?, ?, ?, ?, ?)", row)
