"""What can stand in a store: SQLite takes any value anywhere, so it sees no damage in one that no planner writes."""

from __future__ import annotations

import sqlite3
from datetime import date, datetime
from functools import cache

from planner import times
from planner.marks import FIRST, LAST
from planner.model import DECISIONS, KINDS
from planner.store import schema
from planner.store.rows import CONFERENCE, MARK, SEPARATOR, SESSION, TALK, seconds
from planner.values import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator
    from typing import Any

TABLES = (
    "conference",
    "session",
    "talk",
    "mark",
    "step",
    "change",
    "added",
    "touched",
    "awaited",
    "busy",
    "busy_days",
    "exported",
    "fetched",
)
"""The tables that hold what was read and what the user put on it; the search index is made of them."""

_KEYS = {"conference": {1}, "session": {2}, "talk": {1}, "mark": {1}, "change": {2, 4}, "awaited": {1}, "fetched": {1}}
"""Of how many values the key of a row is in the images of a step; of the changes of a run's later source four."""

_ORDER = {"conference": CONFERENCE, "session": SESSION, "talk": TALK, "mark": MARK}
"""The columns of images that do not stand in the order of their table."""

_BLOCKS = 2**31 - 1  # a conference's talks have ids from its number times 2**32 on, and an id has 63 bits
_DAY_MINUTES = 24 * 60


class Column(NamedTuple):
    """What a column takes: text or whole numbers, nothing at all where it is ``empty``, and of those what is ``right``."""

    text: bool
    empty: bool
    right: Callable[[Any], bool] | None

    def takes(self, value: object) -> bool:
        """Whether a planner writes such a value."""
        if value is None:
            return self.empty
        if type(value) is not (str if self.text else int):
            return False
        return _is_text(value) and (self.right is None or self.right(value))


def _is_text(value: object) -> bool:
    """Whether it is a number, or a text of whole signs: those of bytes that are no UTF-8 are read as surrogates."""
    return not isinstance(value, str) or value.isascii() or not any("\ud800" <= sign <= "\udfff" for sign in value)


def _is_day(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value and value[:4] not in {"0001", "9999"}
    except ValueError:
        return False


def _is_told(facts: str) -> bool:
    """What a calendar was told, as :mod:`planner.export.ics` joins it: start, end, leaving time, two days, then the rest."""
    try:
        start, end, _, day, last_day, _, _, _, *_ = facts.split(SEPARATOR)
        for at in (start, end) if start else ():
            datetime.fromisoformat(at)
        for on in (day, last_day) if day else ():
            date.fromisoformat(on)
    except ValueError:
        return False
    return True


def _within(first: int, last: int) -> Callable[[int], bool]:
    return lambda value: first <= value <= last


_AT = _within(seconds(FIRST) or 0, seconds(LAST) or 0)
_RIGHT: dict[str, Callable[[Any], bool]] = {
    **dict.fromkeys(("start_at", "end_at", "leave_at", "read_at", "at", "modified", "since_at", "until_at"), _AT),
    **dict.fromkeys(("day", "last_day"), _is_day),
    "zone": cache(times.is_zone),
    "day_change": _within(-_DAY_MINUTES, _DAY_MINUTES),
    "number": _within(1, _BLOCKS),
    **dict.fromkeys(("cancelled", "starred"), _within(0, 1)),
    "rating": _within(0, 5),
    "decision": DECISIONS.__contains__,
    "part": ("star", "decision", "note").__contains__,
    "what": ("added", "moved", "edited", "cancelled", "back").__contains__,  # the first by a version 2 that was open meanwhile
    "busy.title": bool,
    "facts": _is_told,
    "talk.kind": KINDS.__contains__,
    **dict.fromkeys(("import", "sequence", "position"), _within(-(2**31), 2**31 - 1)),
    **dict.fromkeys(("id", "first", "last"), _within(1, 2**62)),
}
"""By the name of a column, or of a table and a column, what it takes beyond its type."""


def columns() -> dict[str, dict[str, Column]]:
    """What the columns of each table of the present schema take."""
    db = sqlite3.connect(":memory:", isolation_level=None)
    try:
        schema.prepare(db, "", copy=lambda: None)
        return {
            table: {
                name: Column(kind == "TEXT", not (strict or key), _RIGHT.get(f"{table}.{name}", _RIGHT.get(name)))
                for _, name, kind, strict, _, key in db.execute(f"PRAGMA table_info({table})")
            }
            for table in TABLES
        }
    finally:
        db.close()


def lenient(db: sqlite3.Connection) -> None:
    """Let a connection read texts that are no UTF-8, with a surrogate for each byte that is none."""
    db.text_factory = lambda data: data.decode("utf-8", "surrogateescape")


def unfit(db: sqlite3.Connection, among: Collection[str | None] = TABLES) -> list[str]:
    """The places of values that no planner writes, such as ``talk.start_at``; ``db`` is a lenient connection."""
    found: dict[str, None] = {}
    tables = columns()
    for table in filter(among.__contains__, TABLES):
        takes = tables[table]
        for row in db.execute(f"SELECT {', '.join(map(_quoted, takes))} FROM {table}"):  # noqa: S608  (names of the schema)
            found.update(
                {f"{table}.{name}": None for name, value in zip(takes, row, strict=True) if not takes[name].takes(value)}
            )
    if "change" in among:
        found.update(dict.fromkeys(_unfit_changes(db)))
    if "step" in among and not found:  # the images of steps are compared with talks
        found.update(dict.fromkeys(_unfit_steps(db, tables)))
    return list(found)


def take_out(db: sqlite3.Connection, tables: Iterable[str]) -> None:
    """Take the rows with values that no planner writes out of tables; ``db`` is a lenient connection."""
    db.execute("BEGIN IMMEDIATE")
    for table, takes in ((table, columns()[table].values()) for table in tables):
        rows = db.execute(f"SELECT * FROM {table}").fetchall()  # noqa: S608  (a name of the schema)
        db.execute(f"DELETE FROM {table}")  # noqa: S608  (a name of the schema)
        signs = ", ".join("?" * len(takes))
        right = [row for row in rows if all(map(Column.takes, takes, row))]
        db.executemany(f"INSERT INTO {table} VALUES ({signs})", right)  # noqa: S608  (a name of the schema)
    db.execute("COMMIT")


def _quoted(name: str) -> str:
    return f'"{name}"'


def _unfit_changes(db: sqlite3.Connection) -> Iterator[str]:
    """Changes that are no JSON objects."""
    for row in db.execute("SELECT before, after FROM change"):
        for name, said in zip(("before", "after"), row, strict=True):
            if not isinstance(_json(said), dict):
                yield f"change.{name}"


def _unfit_steps(db: sqlite3.Connection, tables: dict[str, dict[str, Column]]) -> Iterator[str]:
    """Steps that cannot be taken back: no images of rows, or, of the last one, images of talks that are not there."""
    steps = [_json(said) for (said,) in db.execute("SELECT before FROM step ORDER BY id DESC")]
    for images in steps:
        if not isinstance(images, list) or not all(_is_image(one, tables) for one in images):
            yield "step.before"
            return
    for table, uid, _ in steps[0] if steps else ():
        if table == "talk" and db.execute("SELECT 1 FROM talk WHERE uid = ?", (uid,)).fetchone() is None:
            yield "step.before"


def _is_image(image: Any, tables: dict[str, dict[str, Column]]) -> bool:
    """Whether it is a table, the key of a row there, and the row as it was or None."""
    try:
        table, key, row = image
        takes = tables[table]
        keys = key if isinstance(key, list) else [key]
        if len(keys) not in _KEYS[table] or not all(isinstance(one, (str, int)) and _is_text(one) for one in keys):
            return False
        if row is None:
            return bool(table != "awaited")
        order = _ORDER.get(table, tuple(takes))
        return len(row) == len(order) and all(takes[name].takes(value) for name, value in zip(order, row, strict=True))
    except (TypeError, ValueError, KeyError):
        return False


def _json(said: object) -> Any:
    """What a text says in JSON, None where it says nothing that can be read."""
    from json import loads

    try:
        return loads(said) if isinstance(said, str) else None
    except (ValueError, RecursionError):
        return None
