"""What can be found wrong with a store and its copies, and what there is to say about them."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing

from planner.errors import StoreError
from planner.store import content, schema, travel
from planner.store.access import BACKUPS, FILE, connected, foreign_log, kept_copies, reason_of, sentence
from planner.store.rows import MARK, checksum
from planner.values import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection

_NAMED = 3  # so many damaged marks or places are named; more are counted
_SAID = 100  # signs of an error's words
_MARKS = f"SELECT mark.{', mark.'.join(MARK)}, checksum, title FROM mark LEFT JOIN talk ON talk.uid = mark.uid"  # noqa: S608  (constants)
_AGAIN = {
    **dict.fromkeys(("busy", "busy_days"), "planner busy FILE reads a calendar again"),
    "fetched": "planner import reads a schedule again",
    "exported": "planner export and planner publish tell a calendar again",
}
"""The tables whose rows can be made again, and what makes them."""

_MADE = """
    SELECT name FROM sqlite_master
    UNION SELECT made.name || '.' || held.name FROM sqlite_master AS made, pragma_table_info(made.name) AS held
    WHERE made.type = 'table' ORDER BY 1
"""
"""Tables, indexes and triggers, and the columns of tables."""


class Contents(NamedTuple):
    """What a store or a copy of one holds, or in ``damage`` the reason why it is of no use.

    ``damage`` is empty, or goes on after the name of the file ("is no planner store"). ``newer`` tells that a later version
    of this program wrote it, ``marks`` names the talks whose marks are not as they were written.
    """

    path: str
    size: int
    conferences: int = 0
    talks: int = 0
    starred: int = 0
    damage: str = ""
    newer: bool = False
    marks: tuple[str, ...] = ()


def examined(path: str) -> Contents:
    """Open a file that ought to be a store, look whether it is whole, and count what it holds. Never raises for damage."""
    size = os.path.getsize(path) if os.path.isfile(path) else 0
    if not size:
        return Contents(path, size, damage="is empty" if os.path.isfile(path) else "is not there")
    try:
        db = _connect(path)
        try:
            return _contents(db, Contents(path, size))
        finally:
            db.close()
    except sqlite3.Error as error:
        return Contents(path, size, damage=_damage(error))


def _connect(path: str) -> sqlite3.Connection:
    """A connection that reads what is there, whatever it is."""
    db = connected(path)
    content.lenient(db)
    return db


def _contents(db: sqlite3.Connection, found: Contents) -> Contents:
    try:
        version = schema.version_of(db, found.path)
    except StoreError:
        theirs = db.execute("PRAGMA application_id").fetchone()[0] != schema.APPLICATION_ID
        return found._replace(
            damage="is no planner store" if theirs else "was written by a newer planner: update planner", newer=not theirs
        )
    if not version:
        return found._replace(damage="is no planner store")
    if version not in {*schema.MIGRATIONS, schema.VERSION}:
        return found._replace(damage="has a schema version that no planner writes")
    problem = db.execute("PRAGMA integrity_check(1)").fetchone()[0]
    if problem != "ok":
        return found._replace(damage=f"is damaged ({_line(problem)})")
    (conferences,) = db.execute("SELECT count(*) FROM conference").fetchone()
    (talks,) = db.execute("SELECT count(*) FROM talk WHERE kind <> 'untitled' AND NOT cancelled").fetchone()
    (starred,) = db.execute("SELECT count(*) FROM mark WHERE starred").fetchone()
    return found._replace(conferences=conferences, talks=talks, starred=starred, marks=tuple(wrong_marks(db)))


def _line(problem: str) -> str:
    """What integrity_check found, on one line and without its heading."""
    return " ".join(problem.replace("*** in database main ***", "").split())


def _damage(error: sqlite3.Error) -> str:
    """The end of a sentence for what SQLite says of a file."""
    name = str(getattr(error, "sqlite_errorname", ""))
    return "is no planner store" if name == "SQLITE_NOTADB" else f"cannot be read ({error})"


def wrong_marks(db: sqlite3.Connection) -> list[str]:
    """The titles, or the uids, of the talks whose marks are not what was written: a flipped bit that SQLite does not see."""
    wrong = []
    for *row, said, title in db.execute(_MARKS):
        if checksum(tuple(row)) != said:
            wrong.append(str(row[0]) if title is None else f"'{title}'")
    return wrong


def named(some: list[str] | tuple[str, ...]) -> str:
    """The first of many names, and how many more there are."""
    return ", ".join(some[:_NAMED]) + (f" and {len(some) - _NAMED} more" if len(some) > _NAMED else "")


def findings(home: str) -> list[str]:
    """What is wrong with the store of a home folder, a sentence each; :func:`facts` says what cannot be found."""
    path = os.path.join(home, FILE)
    copies = kept_copies(home)
    if not os.path.isfile(path) or os.path.getsize(path) == 0:
        return _no_store(home, path, copies)
    try:
        found = [*_open_to_others(path), *_left_over(path)]
    except OSError as error:
        return [f"{path} cannot be read ({reason_of(error)}): see that it is yours."]
    if found and "another store" in found[-1]:
        return found  # opening it would play the log in
    try:
        db = _connect(path)
        try:
            for check in _CHECKS:
                found += check(db, path)
        finally:
            db.close()
    except sqlite3.Error as error:
        found.append(sentence(error, path))
    except StoreError as error:
        found.append(str(error))
    return [*found, *_damaged(home, copies)]


def _no_store(home: str, path: str, copies: list[str]) -> list[str]:
    """What is wrong where there is no store to look into."""
    if os.path.exists(path) and not os.path.isfile(path):
        return [f"{path} is not a file: move it away or name another folder with --home."]
    if os.path.exists(home) and not os.path.isdir(home):
        return [f"{home} is a file, no data folder: move it away or name another folder with --home."]
    what = "empty" if os.path.isfile(path) else "gone"
    return [f"{path} is {what}, but it has copies: {remedy(home)}."] if copies else []


def _open_to_others(path: str) -> list[str]:
    """Whether others on the machine can read the store, which holds one person's stars and notes."""
    if os.name == "posix" and os.stat(path).st_mode & 0o077:
        return [f"{path} can be read by others on this machine: chmod 600 closes it."]
    return []


def _left_over(path: str) -> list[str]:
    """Another store's log beside this one."""
    beside = foreign_log(path)
    return [f"{' and '.join(beside)} belong to another store: move them away."] if beside else []


def _structure(db: sqlite3.Connection, path: str) -> list[str]:
    """Damage to the file's structure, and rows that hang in the air; an older store is looked at as it is."""
    version = schema.version_of(db, path)
    if version < schema.VERSION:
        what = "any command migrates it" if version in schema.MIGRATIONS else remedy(os.path.dirname(path))
        raise StoreError(f"{path} has schema version {version}, this planner {schema.VERSION}: {what}.")
    found = []
    problems = [_line(row[0]) for row in db.execute("PRAGMA integrity_check(10)") if row[0] != "ok"]
    if problems:
        more = f", and {len(problems) - 1} more" if problems[1:] else ""
        found.append(f"{path} is damaged ({problems[0]}{more}): {remedy(os.path.dirname(path))}.")
    lost = db.execute("PRAGMA foreign_key_check").fetchall()
    if lost:
        found.append(f"{path} holds {len(lost)} rows of conferences that are not there: read their schedules again.")
    return found


def _schema(db: sqlite3.Connection, path: str) -> list[str]:
    """Tables, their columns, indexes and triggers that are not there."""
    made = sqlite3.connect(":memory:", isolation_level=None)
    try:
        schema.prepare(made, path, copy=lambda: None)
        ours = [name for (name,) in made.execute(_MADE)]
    finally:
        made.close()
    there = {name for (name,) in db.execute(_MADE)}
    lacks = [name for name in ours if name not in there and (_table(name) == name or _table(name) in there)]
    return [f"{path} lacks {named(lacks)}: {remedy(os.path.dirname(path))}."] if lacks else []


def _values(db: sqlite3.Connection, path: str) -> list[str]:
    """Values that no planner writes."""
    places = content.unfit(db)
    again = [place for place in places if _table(place) in _AGAIN]
    rest = [place for place in places if place not in again]
    found = [_taken_out(db, path, again)] if again else []
    if rest:
        found.append(f"{path} holds values that no planner writes, in {named(rest)}: {_without_them(os.path.dirname(path))}.")
    return found


def _table(place: str) -> str:
    return place.partition(".")[0]


def _taken_out(db: sqlite3.Connection, path: str, places: list[str]) -> str:
    """Take the rows with such values out of tables that can be made again, where the structure is whole, and say so."""
    said = f"values that no planner writes, in {named(places)}"
    if db.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok":  # what is freed could be in use
        return f"{path} holds {said}, and can only be rid of them when it is whole."
    if not os.access(path, os.W_OK):
        return f"{path} holds {said}: make it writable, and planner doctor takes them out."
    tables = list(dict.fromkeys(map(_table, places)))
    content.take_out(db, tables)
    ways = ", ".join(dict.fromkeys(_AGAIN[table] for table in tables))
    return f"{path} held {said}: their rows were taken out, and no mark with them; {ways}."


def _without_them(home: str) -> str:
    """What to do about such values, which copies hold too that were made since. Older ones are looked at in our schema."""
    for path in reversed(_wanted_copies(home)):
        try:
            with closing(_connect(path)) as copy, closing(sqlite3.connect(":memory:", isolation_level=None)) as ours:
                copy.backup(ours)
                schema.prepare(ours, path, copy=lambda: None)
                content.lenient(ours)
                whole = not content.unfit(ours)
        except (sqlite3.Error, StoreError):  # a copy of no use
            continue
        if whole:
            return _put_back(home, path, "the newest copy without them")
    return _put_back(home, "", "no copy is without them")


def remedy(home: str) -> str:
    """What to do about a store that cannot be used, in words that end a sentence."""
    copies = _wanted_copies(home) or kept_copies(home)
    if not copies:
        return _put_back(home, "", "no copy of it is kept")
    return _put_back(home, copies[-1], f"its newest copy, of {os.path.dirname(copies[-1])},")


def _wanted_copies(home: str) -> list[str]:
    """The kept copies but those made before a restore, which hold what the user did not want."""
    return [path for path in kept_copies(home) if "-restore" not in os.path.basename(path)]


def _put_back(home: str, copy: str, said: str) -> str:
    """How a copy (``said`` what it is) takes the place of the store, or without one how to begin anew.

    The marks go out first where they can be read: a copy lacks those set since.
    """
    if not copy:
        anew = "write your marks with planner export --format marks marks.json, move the store away, and import its schedules"
        return f"{said}, so {f'{anew} and marks.json' if _has_marks(home) else 'move it away to begin anew, and keep it'}"
    put = f"planner restore {os.path.basename(copy)} puts {said} in its place"
    if not _has_marks(home):
        return put
    first = "planner export --format marks marks.json writes your marks first"
    return f"{first}, then {put}, and planner import marks.json brings the marks back"


def _has_marks(home: str) -> bool:
    """Whether ``planner export --format marks`` finds a mark in the store, whatever else is damaged."""
    path = os.path.join(home, FILE)
    if not os.path.isfile(path):
        return False
    try:
        db = _connect(path)
        try:
            return schema.version_of(db, path) == schema.VERSION and bool(travel.carried(db, None))
        finally:
            db.close()
    except (sqlite3.Error, StoreError):  # nothing can be read of it
        return False


def _marks(db: sqlite3.Connection, path: str) -> list[str]:
    """Marks that are not what was written."""
    wrong = wrong_marks(db)
    if not wrong:
        return []
    said = named(wrong)
    return [f"{path} holds marks that are not as they were written, on {said}: look at them and write them again."]


def _index(db: sqlite3.Connection, path: str) -> list[str]:
    """A search index that does not say what the rows say; it is made anew at once, since nothing is lost by that.

    The index was made of the texts as they were read: where the two differ, it may as well be a text that is damaged.
    """
    if not os.access(path, os.W_OK):
        return []
    try:
        db.execute("INSERT INTO search (search, rank) VALUES ('integrity-check', 1)")
    except sqlite3.DatabaseError as error:
        if not str(getattr(error, "sqlite_errorname", "")).startswith("SQLITE_CORRUPT"):
            raise
        db.execute("INSERT INTO search (search) VALUES ('rebuild')")
        said = f"{path} had a search index that did not fit its talks: it was made anew"
        return [f"{said}; if a talk reads oddly, import its schedule again."]
    return []


def _settings(db: sqlite3.Connection, path: str) -> list[str]:
    """A way of writing that is not ours."""
    mode = db.execute("PRAGMA journal_mode").fetchone()[0]
    return [] if mode == "delete" else [f"{path} is in journal mode {mode}, not delete: any command sets it back."]


_CHECKS: tuple[Callable[[sqlite3.Connection, str], list[str]], ...] = (
    _structure,
    _schema,
    _values,
    _marks,
    _index,
    _settings,
)


def _damaged(home: str, copies: list[str]) -> list[str]:
    """Kept copies that would be of no use."""
    folder = os.path.join(home, BACKUPS)
    if os.path.exists(folder) and not (os.path.isdir(folder) and os.access(folder, os.R_OK | os.W_OK | os.X_OK)):
        return [f"{folder} keeps no copies: make it a folder that you can read and write."]
    found = []
    for path in copies:
        if "-restore" in os.path.basename(path):  # it holds what the user gave up, which may well be a ruin
            continue
        copy = examined(path)
        if copy.damage and not copy.newer:
            found.append(f"the copy {path} is of no use, it {copy.damage}: remove it.")
        elif copy.marks:
            found.append(
                f"the copy {path} holds marks that are not as they were written, on {named(copy.marks)}: prefer another."
            )
    return found


def explain(error: Exception, db: sqlite3.Connection, path: str, asked: Collection[str | None]) -> None:
    """Raise a StoreError from an error that values of the tables explain which no planner writes; return where there are none.

    Types are not looked at when rows are read: that would cost every command what only a damaged store needs.
    """
    factory = db.text_factory
    content.lenient(db)
    try:
        places = content.unfit(db, asked)
    except sqlite3.Error as failure:
        raise StoreError(sentence(failure, path)) from error
    finally:
        db.text_factory = factory
    if places:
        raise StoreError(
            f"{path} holds values that no planner writes, in {named(places)}, and this failed ({_short(error)}): "
            "planner doctor says what to do."
        ) from error
    if isinstance(error, sqlite3.Error):
        raise StoreError(sentence(error, path)) from error


def _short(error: Exception) -> str:
    """An error in few words, on one line."""
    return " ".join(f"{type(error).__name__}: {error}".split())[:_SAID]


def facts(home: str) -> list[str]:
    """What there is to say about the store of a home folder, whole or not: a sentence each."""
    path = os.path.join(home, FILE)
    copies = kept_copies(home)
    said = [f"SQLite is {sqlite3.sqlite_version}, the schema of this planner is version {schema.VERSION}."]
    if os.path.exists(path):
        said.append(f"the store is {path}, {os.path.getsize(path) / 1e6:.1f} MB.")
    else:
        said.append(f"there is no store in {home} yet.")
    count = "1 copy is" if len(copies) == 1 else f"{len(copies)} copies are"
    said.append(f"{count} kept, the newest {copies[-1]}." if copies else "no copy is kept yet.")
    said.append(
        "structure, values, marks, search index and copies are checked; a changed time or room in a schedule is not seen: "
        "import the schedule again to be sure."
    )
    return said
