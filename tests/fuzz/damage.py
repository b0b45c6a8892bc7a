"""A store file with damage as a script says: a line is a damage, and any bytes are a script.

A word that should name something and names nothing stands for one of the names all the same, so that a mutated script still
damages. The verbs::

    cell TABLE COLUMN ROW VALUE      a value that no version writes, NULL in a column that has none too
    copy TABLE COLUMN ROW VALUE      the row a second time, with that value
    without NAME                     a table, an index or a trigger that is gone
    header NAME NUMBER               user_version, application_id, schema_version
    bytes NAME OFFSET HEX            bytes on the first page of a table or an index, or of the whole file
    swap OLD NEW                     the first bytes OLD of the file, in hex, become NEW
    cut NUMBER    grow NUMBER        a file of another length
    beside ENDING HEX                a -wal, -shm or -journal; without HEX another store's own
    base NAME                        the released version that is damaged

A value is ``null``, ``i`` and a whole number, ``r`` and one to be divided by 7, ``x`` and hex (a blob), ``=`` and hex (a
text), ``w`` and how many letters, or else a text as it stands there.
"""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing, suppress
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from zlib import crc32

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

STORES = Path(__file__).parents[1] / "data" / "stores"
LINES = 12  # of a script that count
LONGEST_WORD = 300_000  # letters of a value
_LAST = 2**63 - 1  # the largest whole number of SQLite
_PAGE = 512  # bytes; make_store.py writes such pages

TABLES = (
    *("talk", "mark", "step", "conference", "session", "change", "touched", "awaited", "busy", "busy_days", "exported"),
    *("fetched", "added", "search_data", "search_docsize", "search_config", "search_idx", "sqlite_sequence"),
)
_TRIGGERS = ("mark_stays", "mark_made", "mark_changed")
_HEADERS = ("user_version", "application_id", "schema_version")

_TOLD = "2021-05-06 20:00:00+00:00|2021-05-06 21:00:00+00:00||||Hall A||Cats|undecided"
_MORE = f"""
    INSERT INTO busy VALUES ('cal.ics', 1620324000, 1620327600, 'Dentist'), ('cal.ics', 1620330000, 1620333600, 'Lunch');
    INSERT INTO busy_days VALUES ('cal.ics', 1620000000, 1621000000);
    INSERT INTO awaited VALUES ('4d3f9a52-0000-5000-8000-000000000001', 'iclr-2021', 'id-9', 'Elephants');
    INSERT INTO mark
        VALUES ('4d3f9a52-0000-5000-8000-000000000001', 1, 4, 'undecided', 'soon', NULL, '', 1619000000, 2431966616);
    INSERT INTO fetched VALUES ('https://example.org/a', 'iclr-2021', '"x"', '', 1619000000);
    INSERT INTO exported SELECT 'stdout', uid, sequence, replace('{_TOLD}', '|', char(31)) FROM talk;
    UPDATE talk SET day = '2021-05-07', last_day = '2021-05-08' WHERE title = 'Dogs in the paper list';
"""
"""What the stores of the released versions lack: a row in every table, and an all-day entry."""


@cache
def whole(name: str) -> bytes:
    """The bytes of a store that is whole, with a row in every table."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "planner.db"
        path.write_bytes((STORES / name).read_bytes())
        with closing(sqlite3.connect(path)) as db:
            db.executescript(_MORE)
        return path.read_bytes()


def write(script: bytes, path: Path) -> None:
    """Write the store that a script damages."""
    lines = [line.split(b" ") for line in script.split(b"\n")[:LINES] if line]
    stores = sorted((one.name for one in STORES.iterdir()), reverse=True)
    asked = [words[1] for words in lines if words[0] == b"base" and words[1:]]
    path.write_bytes(whole(_pick(asked[0], stores) if asked else stores[0]))
    _rows(path, [words for words in lines if words[0] in _IN_ROWS])
    for words in lines:
        if words[0] in _IN_FILE:
            with suppress(sqlite3.Error):  # of a file that earlier lines made none
                _IN_FILE[words[0]](path, [*words[1:], b"", b"", b""])


def _pick(word: bytes, names: Sequence[str]) -> str:
    """The name, or one of them for a word that is none."""
    said = word.decode(errors="replace")
    return said if said in names or not names else names[crc32(word) % len(names)]


def _number(word: bytes) -> int:
    """The whole number that a word begins with, within what SQLite takes; one made of it where there is none."""
    found = re.match(rb"[+-]?[0-9]{1,20}", word)
    return max(-_LAST - 1, min(_LAST, int(found[0]))) if found else crc32(word) % 1000


def _hex(word: bytes) -> bytes:
    """The bytes that a word says in hex, or itself."""
    return bytes.fromhex(word.decode()) if re.fullmatch(rb"(?:[0-9a-fA-F]{2})+", word) else word


def _value(word: bytes) -> object:
    """The value that a word says; a text as its bytes, whatever they are."""
    kind, rest = word[:1], word[1:]
    if word == b"null":
        return None
    if kind == b"i":
        return _number(rest)
    if kind == b"r":
        return _number(rest) / 7
    if kind == b"x":
        return memoryview(_hex(rest))
    if kind == b"=":
        return _hex(rest)
    return b"word " * (min(_number(rest), LONGEST_WORD) // 5) if kind == b"w" else word


# In rows, by SQL


def _rows(path: Path, lines: Sequence[Sequence[bytes]]) -> None:
    """Change rows as no version does: without what the schema forbids, which stands there again afterwards."""
    if not lines:
        return
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA writable_schema = ON; BEGIN")
        strict = db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'").fetchall()
        loose = [
            (re.sub(r"NOT NULL|CHECK \((?:[^()]|\([^()]*\))*\)|REFERENCES \w+ \(\w+\)", "", sql), name) for name, sql in strict
        ]
        triggers = db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            db.execute(f"DROP TRIGGER {name}")
        db.executemany("UPDATE sqlite_master SET sql = ? WHERE name = ? AND sql LIKE 'CREATE TABLE%'", loose)
        db.execute("COMMIT")
        db.execute("PRAGMA writable_schema = RESET")
        for words in lines:
            with suppress(sqlite3.Error, UnicodeError):  # some damages another forbids
                _IN_ROWS[words[0]](db, [*words[1:], b"", b"", b"", b""])
        db.execute("PRAGMA writable_schema = ON")
        db.executemany("UPDATE sqlite_master SET sql = ? WHERE name = ?", [(sql, name) for name, sql in strict])
        gone = {bytes(words[1]) for words in lines if words[0] == b"without" and words[1:]}
        for name, sql in triggers:
            if name.encode() not in gone:
                with suppress(sqlite3.Error):  # of a table that is gone
                    db.execute(sql)
        db.execute("PRAGMA writable_schema = RESET")


def _where(db: sqlite3.Connection, table: str, row: int) -> tuple[str, list[object]]:
    """What finds one row of a table, and its values."""
    columns = db.execute(f"PRAGMA table_info({table})").fetchall()
    keys = [column[1] for column in columns if column[5]] or ["rowid"]
    count = int(db.execute(f"SELECT count(*) FROM {table}").fetchone()[0])
    found = db.execute(f"SELECT {', '.join(keys)} FROM {table} LIMIT 1 OFFSET ?", (row % max(count, 1),)).fetchone()
    return " AND ".join(f"{key} IS ?" for key in keys), list(found or [None] * len(keys))


def _sign(value: object) -> str:
    return "CAST(? AS TEXT)" if isinstance(value, bytes) else "?"


def _cell(db: sqlite3.Connection, words: Sequence[bytes]) -> None:
    table, column, row, value = _place(db, words)
    where, key = _where(db, table, row)
    db.execute(f"UPDATE {table} SET {column} = {_sign(value)} WHERE {where}", [value, *key])


def _copy(db: sqlite3.Connection, words: Sequence[bytes]) -> None:
    table, column, row, value = _place(db, words)
    where, key = _where(db, table, row)
    columns = [one[1] for one in db.execute(f"PRAGMA table_info({table})")]
    values = list(db.execute(f"SELECT {', '.join(columns)} FROM {table} WHERE {where}", key).fetchone())
    values[columns.index(column)] = value
    if columns[0] == "id" and column != "id":
        values[0] = None
    db.execute(f"INSERT INTO {table} VALUES ({', '.join(map(_sign, values))})", values)


def _place(db: sqlite3.Connection, words: Sequence[bytes]) -> tuple[str, str, int, object]:
    """Table, column, row and value of a damage."""
    table = _pick(words[0], TABLES)
    column = _pick(words[1], [one[1] for one in db.execute(f"PRAGMA table_info({table})")])
    return table, column, _number(words[2]), _value(b" ".join(words[3:]).rstrip(b" "))


def _without(db: sqlite3.Connection, words: Sequence[bytes]) -> None:
    kinds = dict(
        db.execute(
            "SELECT name, type FROM sqlite_master WHERE name NOT LIKE 'sqlite%' AND name NOT LIKE 'search/_%' ESCAPE '/'"
        )
    )
    name = _pick(words[0], [*kinds, *_TRIGGERS])
    if name in kinds:
        db.execute(f"DROP {kinds[name]} {name}")


def _header(db: sqlite3.Connection, words: Sequence[bytes]) -> None:
    db.execute(f"PRAGMA {_pick(words[0], _HEADERS)} = {_number(words[1]) % 2**31}")


_IN_ROWS: dict[bytes, Callable[[sqlite3.Connection, Sequence[bytes]], None]] = {
    b"cell": _cell,
    b"copy": _copy,
    b"without": _without,
    b"header": _header,
}


# In the file, byte by byte


def _bytes(path: Path, words: Sequence[bytes]) -> None:
    page = 1
    if words[0] != b"file":
        with closing(sqlite3.connect(path)) as db:
            pages = dict(db.execute("SELECT name, rootpage FROM sqlite_master WHERE rootpage"))
        page = int(pages[_pick(words[0], list(pages))])
    content, new = bytearray(path.read_bytes()), _hex(words[2])
    at = ((page - 1) * _PAGE + _number(words[1])) % max(len(content), 1)
    content[at : at + len(new)] = new[: len(content) - at]
    path.write_bytes(content)


def _swap(path: Path, words: Sequence[bytes]) -> None:
    old, new = _hex(words[0]), _hex(words[1])
    path.write_bytes(path.read_bytes().replace(old or b"\0", new[: len(old)].ljust(len(old), b"\0"), 1))


def _cut(path: Path, words: Sequence[bytes]) -> None:
    path.write_bytes(path.read_bytes()[: _number(words[0]) % 40_000])


def _grow(path: Path, words: Sequence[bytes]) -> None:
    path.write_bytes(path.read_bytes() + _hex(words[1] or b"00") * (_number(words[0]) % 5000))


def _beside(path: Path, words: Sequence[bytes]) -> None:
    ending = _pick(words[0], ("-wal", "-shm", "-journal"))
    Path(f"{path}{ending}").write_bytes(_hex(words[1]) or _foreign(ending))


@cache
def _foreign(ending: str) -> bytes:
    """What lies beside another store while it is written."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "planner.db"
        path.write_bytes(whole(max(one.name for one in STORES.iterdir())))
        with closing(sqlite3.connect(path, isolation_level=None)) as db:
            db.executescript(f"PRAGMA journal_mode = {'DELETE' if ending == '-journal' else 'WAL'}; PRAGMA cache_size = 1")
            db.executescript("BEGIN; UPDATE mark SET note = 'theirs'; UPDATE talk SET title = 'Theirs'")
            if ending != "-journal":
                db.execute("COMMIT")
            return Path(f"{path}{ending}").read_bytes()


_IN_FILE: dict[bytes, Callable[[Path, Sequence[bytes]], None]] = {
    b"bytes": _bytes,
    b"swap": _swap,
    b"cut": _cut,
    b"grow": _grow,
    b"beside": _beside,
}
