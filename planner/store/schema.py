"""The tables of the store, their migrations, and what tells a store of this program from any other file.

Two lifetimes: conference, session and talk rows can be read again from a page; mark rows exist nowhere else. A mark hangs on
the uid alone, with no foreign key, and the schema itself refuses to delete one. Times are UTC seconds, zones names, lists are
joined by U+001F (cleaned text holds no control sign).
"""

from __future__ import annotations

from planner.errors import StoreError

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable

APPLICATION_ID = 0x504C4E52
"""``PLNR`` in ASCII: the application id in the header of the file (SQLite file format 1.3.15)."""

VERSION = 3
"""The schema that this program reads and writes: ``PRAGMA user_version``."""

MARK_MADE = """
    CREATE TRIGGER mark_made AFTER INSERT ON mark
    BEGIN
        INSERT INTO touched SELECT NEW.uid, 'star', NEW.at WHERE NEW.starred OR NEW.rating
            ON CONFLICT (uid, part) DO UPDATE SET at = excluded.at;
        INSERT INTO touched SELECT NEW.uid, 'decision', NEW.at
            WHERE NEW.decision <> 'undecided' OR NEW.leave_at IS NOT NULL OR NEW.kept <> ''
            ON CONFLICT (uid, part) DO UPDATE SET at = excluded.at;
        INSERT INTO touched SELECT NEW.uid, 'note', NEW.at WHERE NEW.note <> ''
            ON CONFLICT (uid, part) DO UPDATE SET at = excluded.at;
    END
"""
"""A mark may be made where its parts were touched already: a merge tells when a star was taken away that never was here."""

TALK_SESSION = "CREATE INDEX talk_session ON talk (conference, session) WHERE session IS NOT NULL"

ADDED = """
    CREATE TABLE IF NOT EXISTS added (
        conference TEXT NOT NULL,
        import INTEGER NOT NULL,
        first INTEGER NOT NULL,
        last INTEGER NOT NULL,
        PRIMARY KEY (conference, import, first)
    ) WITHOUT ROWID
"""
"""What an import added: talks whose ids follow each other, from the first to the last. A row of ``change`` for each of them
took an eighth of a first import, to say what the talk says itself."""

SEARCH = """
    CREATE VIRTUAL TABLE search USING fts5 (
        title, speakers, abstract, room, track, session_title,
        content = 'talk', content_rowid = 'id', prefix = '1',
        tokenize = "unicode61 remove_diacritics 2"
    )
"""
"""Prefixes of one letter are indexed: a first letter over 10,000 talks takes 0.7 ms at the 99th percentile instead of 32.
Those of two would make 3 ms of the second letter's 7, for a third more of the time of learning and half the index again.

The index is kept in step by :mod:`planner.store.search`: triggers would flush it at every row and take three times as long.
"""

SCHEMA = (
    """
    CREATE TABLE conference (
        slug TEXT PRIMARY KEY NOT NULL,
        name TEXT NOT NULL,
        zone TEXT,
        day_change INTEGER NOT NULL,
        source TEXT NOT NULL,
        read_at INTEGER,
        import INTEGER NOT NULL,
        layout TEXT NOT NULL,
        number INTEGER NOT NULL UNIQUE
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE session (
        conference TEXT NOT NULL REFERENCES conference (slug),
        key TEXT NOT NULL,
        position INTEGER NOT NULL,
        title TEXT NOT NULL,
        chairs TEXT NOT NULL,
        kind TEXT NOT NULL,
        start_at INTEGER,
        end_at INTEGER,
        room TEXT,
        url TEXT,
        PRIMARY KEY (conference, key)
    ) WITHOUT ROWID
    """,
    # The ids of a conference's talks begin at its number times 2**32: a search within it is a range of the index. The long
    # texts come last: what is asked for without them is read without their pages.
    """
    CREATE TABLE talk (
        id INTEGER PRIMARY KEY,
        uid TEXT NOT NULL UNIQUE,
        conference TEXT NOT NULL REFERENCES conference (slug),
        title TEXT NOT NULL,
        kind TEXT NOT NULL,
        session TEXT,
        start_at INTEGER,
        end_at INTEGER,
        room TEXT,
        board TEXT,
        day TEXT,
        last_day TEXT,
        zone TEXT,
        said TEXT NOT NULL,
        speakers TEXT NOT NULL,
        organisations TEXT NOT NULL,
        track TEXT,
        url TEXT,
        links TEXT NOT NULL,
        also TEXT NOT NULL,
        holds TEXT,
        source_id TEXT NOT NULL,
        degree TEXT NOT NULL,
        reason TEXT NOT NULL,
        cancelled INTEGER NOT NULL,
        sequence INTEGER NOT NULL,
        modified INTEGER,
        position INTEGER NOT NULL,
        session_title TEXT NOT NULL,
        abstract TEXT NOT NULL,
        raw TEXT NOT NULL
    )
    """,
    "CREATE INDEX talk_order ON talk (conference, position)",
    "CREATE INDEX talk_start ON talk (conference, start_at)",
    "CREATE INDEX talk_day ON talk (conference, day) WHERE day IS NOT NULL",
    TALK_SESSION,
    """
    CREATE TABLE mark (
        uid TEXT PRIMARY KEY NOT NULL,
        starred INTEGER NOT NULL CHECK (starred IN (0, 1)),
        rating INTEGER NOT NULL CHECK (rating BETWEEN 0 AND 5),
        decision TEXT NOT NULL CHECK (decision IN ('undecided', 'going', 'skipped')),
        note TEXT NOT NULL,
        leave_at INTEGER,
        kept TEXT NOT NULL,
        at INTEGER,
        checksum INTEGER NOT NULL
    ) WITHOUT ROWID
    """,
    "CREATE INDEX mark_starred ON mark (starred)",
    """
    CREATE TRIGGER mark_stays BEFORE DELETE ON mark
    BEGIN
        SELECT RAISE(ABORT, 'a mark is never deleted');
    END
    """,
    """
    CREATE TABLE change (
        id INTEGER PRIMARY KEY,
        conference TEXT NOT NULL,
        import INTEGER NOT NULL,
        uid TEXT NOT NULL,
        what TEXT NOT NULL,
        before TEXT NOT NULL,
        after TEXT NOT NULL,
        at INTEGER NOT NULL
    )
    """,
    "CREATE INDEX change_import ON change (conference, import)",
    ADDED,
    """
    CREATE TABLE exported (
        calendar TEXT NOT NULL,
        uid TEXT NOT NULL,
        sequence INTEGER NOT NULL,
        facts TEXT NOT NULL,
        PRIMARY KEY (calendar, uid)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE fetched (
        url TEXT PRIMARY KEY NOT NULL,
        conference TEXT NOT NULL,
        etag TEXT NOT NULL,
        last_modified TEXT NOT NULL,
        read_at INTEGER NOT NULL
    ) WITHOUT ROWID
    """,
    # The user's own calendar, apart from everything else: a file's rows are replaced when it is read again, and busy_days are
    # the stretches that it was read for.
    """
    CREATE TABLE busy (
        source TEXT NOT NULL,
        start_at INTEGER NOT NULL,
        end_at INTEGER NOT NULL,
        title TEXT NOT NULL,
        PRIMARY KEY (source, start_at, end_at, title)
    ) WITHOUT ROWID
    """,
    "CREATE INDEX busy_end ON busy (end_at)",
    """
    CREATE TABLE busy_days (
        source TEXT NOT NULL,
        since_at INTEGER NOT NULL,
        until_at INTEGER NOT NULL,
        PRIMARY KEY (source, since_at)
    ) WITHOUT ROWID
    """,
    # When each part of a mark was last changed, so that of two laptops' marks the newer star and the newer note can win apart.
    """
    CREATE TABLE touched (
        uid TEXT NOT NULL,
        part TEXT NOT NULL CHECK (part IN ('star', 'decision', 'note')),
        at INTEGER,
        PRIMARY KEY (uid, part)
    ) WITHOUT ROWID
    """,
    MARK_MADE,
    """
    CREATE TRIGGER mark_changed AFTER UPDATE ON mark
    BEGIN
        INSERT INTO touched SELECT NEW.uid, 'star', NEW.at
            WHERE (NEW.starred, NEW.rating) IS NOT (OLD.starred, OLD.rating)
            ON CONFLICT (uid, part) DO UPDATE SET at = excluded.at;
        INSERT INTO touched SELECT NEW.uid, 'decision', NEW.at
            WHERE (NEW.decision, NEW.leave_at, NEW.kept) IS NOT (OLD.decision, OLD.leave_at, OLD.kept)
            ON CONFLICT (uid, part) DO UPDATE SET at = excluded.at;
        INSERT INTO touched SELECT NEW.uid, 'note', NEW.at WHERE NEW.note <> OLD.note
            ON CONFLICT (uid, part) DO UPDATE SET at = excluded.at;
    END
    """,
    # Marks that came from elsewhere for talks that are not here: what tells such a talk when it comes under another uid.
    """
    CREATE TABLE awaited (
        uid TEXT PRIMARY KEY NOT NULL,
        conference TEXT NOT NULL,
        source_id TEXT NOT NULL,
        title TEXT NOT NULL
    ) WITHOUT ROWID
    """,
    "CREATE INDEX awaited_conference ON awaited (conference)",
    """
    CREATE TABLE step (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        at INTEGER NOT NULL,
        words TEXT NOT NULL,
        before TEXT NOT NULL
    )
    """,
    SEARCH,
)
"""The statements that make an empty store of :data:`VERSION`."""

_TO_ADDED = """
    INSERT OR IGNORE INTO added SELECT conference, import, min(id), max(id) FROM (
        SELECT change.conference, import, talk.id,
            talk.id - dense_rank() OVER (PARTITION BY change.conference, import ORDER BY talk.id) AS stretch
        FROM change JOIN talk ON talk.uid = change.uid AND talk.conference = change.conference WHERE what = 'added'
    ) GROUP BY conference, import, stretch
"""

_SEARCH_ANEW = (
    SEARCH.replace("search", "IF NOT EXISTS search", 1),
    "INSERT OR REPLACE INTO search_config VALUES ('version', 4)",
    *("DROP TABLE search", SEARCH, "INSERT INTO search (search) VALUES ('rebuild')"),
)
"""SQLite drops no search that is not there, nor one in a format that it does not know, as a flipped bit may call it."""

MIGRATIONS: dict[int, tuple[str, ...]] = {
    1: ("DROP TRIGGER IF EXISTS mark_made", MARK_MADE),
    2: (
        *("DROP INDEX IF EXISTS talk_session", TALK_SESSION),
        *(ADDED, _TO_ADDED, "DELETE FROM change WHERE what = 'added'"),
        *_SEARCH_ANEW,
    ),
}
"""From a schema version to the statements that lead to the next one; each runs in one transaction after a copy.

The images in ``step`` are whole rows: a migration that changes the columns of one of those tables empties it.
"""


def prepare(store: sqlite3.Connection, path: str, *, copy: Callable[[], None]) -> None:
    """Make the tables of a new store, or bring an older one up to date; ``copy`` keeps a copy before a migration.

    Raises:
        StoreError: the file belongs to another program, or to a newer version of this one.

    """
    if version_of(store, path) == VERSION:
        return
    if version_of(store, path) == 0:
        _in_one(store, path, 0, SCHEMA, VERSION)
    while (version := version_of(store, path)) < VERSION:
        if version not in MIGRATIONS:
            raise StoreError(f"{path} has schema version {version}, which no planner writes: planner doctor says what to do.")
        copy()
        _in_one(store, path, version, MIGRATIONS[version], version + 1)


def version_of(store: sqlite3.Connection, path: str) -> int:
    """The schema version of a store; 0 for an empty file.

    Raises:
        StoreError: the file belongs to another program, or to a newer version of this one.

    """
    version: int = store.execute("PRAGMA user_version").fetchone()[0]
    (application,) = store.execute("PRAGMA application_id").fetchone()
    tables = 0
    if application != APPLICATION_ID:  # in one statement, for another program may be making the tables just now
        version, application, tables = store.execute(
            "SELECT user_version, application_id, (SELECT count(*) FROM sqlite_master)"
            " FROM pragma_user_version, pragma_application_id"
        ).fetchone()
    if application == APPLICATION_ID and version > VERSION:
        raise StoreError(
            f"{path} has schema version {version} and this planner knows {VERSION}: "
            "update planner, or name another folder with --home."
        )
    if application != APPLICATION_ID and (application or version or tables):
        raise StoreError(
            f"{path} is another program's database, no planner store: move it away, or name another folder with --home."
        )
    return version


def _in_one(store: sqlite3.Connection, path: str, version: int, statements: tuple[str, ...], following: int) -> None:
    """Run statements in one transaction that also sets the version, unless another program did so meanwhile."""
    store.execute("BEGIN IMMEDIATE")
    try:
        if version_of(store, path) == version:
            for statement in statements:
                store.execute(statement)
            store.execute(f"PRAGMA application_id = {APPLICATION_ID:d}")
            store.execute(f"PRAGMA user_version = {following:d}")
        store.execute("COMMIT")
    except BaseException:
        if store.in_transaction:
            store.execute("ROLLBACK")
        raise
