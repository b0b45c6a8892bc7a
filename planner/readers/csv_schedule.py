"""Schedules as CSV and TSV: a head with a title, a start and their like, a talk a line (pretalx's, ISMIR's events)."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter

from planner import text as texts
from planner.errors import ReadError
from planner.model import slug
from planner.readers import clocks
from planner.readers.columns import WORDS, own_times, role_of
from planner.readers.csv_numbers import in_words
from planner.readers.csv_times import Cells, dated, is_day, is_like_day, letters_in, parts_of
from planner.readers.csv_times import is_timed as is_clock
from planner.readers.events import Event, web_address
from planner.readers.json_rows import fate_of
from planner.readers.json_times import duration, plain
from planner.readers.lists_data import csv_records
from planner.readers.records import Block, Found, Row, kind_of, people, reading
from planner.readers.sources import conference_name, not_too_many, shown
from planner.values import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from planner.model import Reading
    from planner.readers.sources import Hints, Part

FORMATS = ("csv-schedule",)

_TITLES = WORDS["title"].split()
_SESSION_TITLES = frozenset({"sessiontitle", "eventtitle"})  # beside a title of another name, the session's own
_ABOUT = frozenset({"date", "end", "duration", "room", "people", "track", "type", "text", "enddate"})
_TIMES = frozenset({"date", "start", "end", "duration"})
_DATED = frozenset({"title", "date", "duration"})  # Indico's contributions, whose date has the clock
_LONGEST_HEAD = 60
_FEWEST = 3
_LINES_ABOVE = 8  # lines in which the heads of the columns are looked for
_NUMBERED = re.compile(r"^\s{0,3}[0-9]{1,2}(?::\s|\.\s|$)|^[0-9, ]{1,20}$")  # ConfTool numbers authors and their houses
_CHAIRS = re.compile(
    r"[ ]{0,9}(?:(?P<chair>(?:session[ ])?chairs?)|(?:moderator|speaker|presenter)s?)[ ]{0,9}:[ ]{0,9}", re.IGNORECASE
)
_OF_PERSON = frozenset({"affiliation", "bio", "biography", "email", "institution"})  # beside these "name" is no title
_OPEN = frozenset({"tba", "tbd", "tbc", "-", "–", "n/a"})


class Table(NamedTuple):
    """A table taken apart: the heads, the role of each column, and the records with the line that each begins in."""

    heads: tuple[str, ...]
    roles: tuple[str, ...]
    records: tuple[tuple[int, tuple[str, ...]], ...]
    warnings: tuple[str, ...] = ()

    def cells(self, record: Sequence[str]) -> dict[str, str]:
        """Role to text; of several columns of a role the first that says something."""
        found: dict[str, str] = {}
        for role, cell in zip(self.roles, record, strict=False):
            if role and cell.strip() and role not in found:
                found[role] = cell.strip()
        if "slot" in found:
            found.setdefault("start", found["slot"])
        return found


def claims(text: str, part: Part) -> bool:
    """Whether the first line is the head of a table of talks with times, or of talks with speakers.

    In a table by its name that line may have others above it; elsewhere what stands there makes it a page.
    """
    at, sign = _head(text)
    return bool(sign) and (part.name.lower().endswith((".csv", ".tsv")) or not text[:at].strip("\ufeff\n"))


def read(text: str, part: Part, hints: Hints) -> Reading:
    """The talks of a table.

    Raises ReadError where it names none, MissingFactsError where the conference, the year or the zone is nowhere said.
    """
    rows, blocks, warnings = rows_of(text, part, hints)
    timed = any(map(is_timed, rows))
    held = any(row.holds for row in rows)  # a table with the sessions themselves among its rows shows whole days
    scope = ("conference" if not blocks else "days" if held else "sessions") if timed else "list"
    if not timed:
        rows, blocks = [row._replace(session="") for row in rows], []
    return reading(Found(FORMATS[0], tuple(rows), tuple(blocks), scope=scope, warnings=tuple(warnings)), part, hints)


def is_timed(row: Row) -> bool:
    """Whether a row has a time."""
    return row.line is not None or row.told.at is not None or bool(row.told.day)


def rows_of(text: str, part: Part, hints: Hints) -> tuple[list[Row], list[Block], list[str]]:
    """The rows and sessions of a table, and what was wrong with it."""
    table = _table(text, part)
    warnings = list(table.warnings)
    above = next((said for said in map(str.strip, text[: _head(text)[0]].split("\n")) if is_day(said)), "")
    kept = _kept(table, above, warnings)
    has_start = "start" in table.roles or _has_speakers(table.heads)
    named = _zones(table)
    told_in = [_time(cells, named, has_start=has_start) for _, cells in kept]
    heads = dict(zip(reversed(table.roles), reversed(table.heads), strict=True))
    when = dated(in_words(told_in, heads, warnings), part, hints, conference_name(part, hints))
    if any(is_clock(one.told.start) for one in when) and not any(one.told.day or one.told.at or one.line for one in when):
        warnings.append("The table has hours and no dates; give it a column “date” with dates such as 2025-11-19.")
    elif "date" in table.roles and not has_start and not any(one.told.at or one.told.day for one in when):
        warnings.append("The table has dates and no times of day, so its talks have no slot.")
    blocks: dict[str, Block] = {}
    rows = []
    for (line, cells), told in zip(kept, when, strict=True):
        row = _row(cells, f"in line {line}")._replace(told=told.told, line=told.line)
        rows.append(row)
        if row.session:
            chairs = texts.names(cells.get("chairs", ""))
            known = blocks.setdefault(row.session, Block(row.session, cells["session"], chairs))
            blocks[row.session] = known._replace(chairs=known.chairs or chairs)
    rows, held = _under(rows, [cells.get("sub", "") for _, cells in kept])
    return _whole(rows), [*blocks.values(), *held], warnings


def _kept(table: Table, day: str, warnings: list[str]) -> list[tuple[int, Mapping[str, str]]]:
    """The cells of each line that is a talk; ``day`` is what stands above the table, other days above their talks."""
    kept: list[tuple[int, Mapping[str, str]]] = []
    out: Counter[str] = Counter()
    for line, record in table.records:
        said = [cell.strip() for cell in record if cell.strip()]
        if len(said) == 1 and (is_day(said[0]) or is_like_day(said[0])):
            day = said[0]  # the head of a day, whose talks stand below it
            continue
        cells = table.cells(record)
        day = "" if "date" in cells else day  # an empty date below it means this one
        fate = fate_of(cells.get("state", ""))
        if not (cells.get("title") or cells.get("start")):
            out["of sessions alone"] += "session" in cells
        elif fate in {"", "cancelled"}:
            kept.append((line, {"date": day, **cells} if day else cells))
        else:
            out[fate.replace("_", " ")] += 1
    if counts := ", ".join(f"{count} {texts.clean(word)}" for word, count in out.most_common(5) if count):
        warnings.append(f"Lines that are no talks were left out: {counts}.")
    return kept


def _under(rows: Sequence[Row], subs: Sequence[str]) -> tuple[list[Row], list[Block]]:
    """The rows; those that call themselves a sub-session (Whova) are in the session above, at its time if they tell none."""
    found = list(rows)
    blocks: dict[str, Block] = {}
    above = 0
    for at, (row, sub) in enumerate(zip(rows, subs, strict=True)):
        if not sub.casefold().startswith("sub") or not at:
            above = at
            continue
        whole = found[above]
        start = whole.told.start or whole.told.at or (whole.line and whole.line.start) or ""
        key = whole.holds or slug(f"{whole.event.title} {whole.told.day} {start} {whole.room}")
        key = f"{key}-{len(blocks)}" if key in blocks and not whole.holds else key
        told = whole.told if not (row.told.start or row.told.at) and row.told.day in {"", whole.told.day} else row.told
        found[at] = row._replace(session=key, told=told, room=row.room or whole.room)
        found[above] = whole._replace(holds=key)
        blocks[key] = Block(key, whole.event.title, told=whole.told, line=whole.line, room=whole.room)
    return found, list(blocks.values())


def _whole(rows: Sequence[Row]) -> list[Row]:
    """The rows, where those of one talk that differ in the speaker only (a line for each author) are one."""
    found: dict[object, Row] = {}
    for number, row in enumerate(rows):
        event = row.event
        same = event._replace(persons=()), row.told, row.line, row.session, row.room, row.board
        key = same if event.title and event.persons else number
        if key in found:
            first = found[key]
            both = first.event._replace(persons=tuple(dict.fromkeys((*first.event.persons, *event.persons))))
            places = tuple(dict.fromkeys((*first.organisations, *row.organisations)))
            found[key] = first._replace(event=both, organisations=places)
        else:
            found[key] = row
    return list(found.values())


def _time(cells: Mapping[str, str], named: Mapping[str, str], *, has_start: bool) -> Cells:
    """The cells of a row that tell its time; without a column of starts a date with a clock is one."""
    zone = cells.get("zone") or named.get("start") or named.get("date") or ""
    day, start = cells.get("date", ""), cells.get("start", "")
    if not start and (clocks.moment(day) or parts_of(day)):
        day, start = "", day
    if cells.get("allday", "").casefold() in {"true", "yes", "1"}:
        start = ""
    return Cells(
        date=day,
        start=start,
        end=cells.get("end", ""),
        end_date=cells.get("enddate", ""),
        duration=duration(cells.get("duration", "")),
        zone=zone,
        has_start=has_start,
    )


def _zones(table: Table) -> dict[str, str]:
    """The zones that the heads of columns name, by the column's role."""
    return {role: zone for role, head in zip(table.roles, table.heads, strict=True) if role and (zone := letters_in(head))}


def _row(cells: Mapping[str, str], label: str) -> Row:
    """One record as a row, its time still to come."""
    found = _CHAIRS.match(cells.get("people", ""))
    names, places = people("" if found and found["chair"] else cells.get("people", "")[found.end() if found else 0 :])
    if whole := " ".join(cells[role] for role in ("first", "last") if role in cells):
        names = texts.names(whole)
    category = cells.get("type", "")
    is_kind = bool(kind_of(category, ""))
    own = cells.get("organisation", "")
    event = Event(
        title=cells.get("title", "") or ("" if kind_of(category, "") in {"", "talk", "oral"} else category),
        source_id=cells.get("id", ""),
        type=category if is_kind else "",
        track=cells.get("track") or ("" if is_kind else category),
        persons=names,
        texts=(cells["text"],) if "text" in cells else (),
        url=web_address(cells.get("url", "")),
        cancelled=fate_of(cells.get("state", "")) == "cancelled",
    )
    return Row(
        event,
        label=label,
        session=slug(cells.get("session", "")),
        room="" if cells.get("room", "").casefold() in _OPEN else cells.get("room", ""),
        board=cells.get("board", "").lstrip("# "),
        organisations=tuple(
            dict.fromkeys(name for said in (*places, *own.split(";")) if (name := _NUMBERED.sub("", said).strip()))
        ),
    )


# The table


def _head(text: str) -> tuple[int, str]:
    """Where the line with the heads of the columns begins, below a title at most, and what parts them, or ""."""
    start = at = len(text) - len(text.lstrip("\ufeff\n"))
    for _ in range(_LINES_ABOVE):
        if sign := _delimiter(text[at : at + 5000]):
            return at, sign
        at = text.find("\n", at) + 1
        if not at:
            break
    return start, ""


def _roles(heads: Sequence[str]) -> tuple[str, ...]:
    """The role of each column; ``start_date`` beside ``date`` counts before it, ``session`` is the title where none is."""
    roles = [role_of(head) for head in heads]
    if "title" in roles and "id" not in roles:  # "Session Title" beside "Session ID": the rows are the sessions
        roles = ["id" if plain(head) == "sessionid" else role for head, role in zip(heads, roles, strict=True)]
    if roles.count("start") > 1:  # "time_slot" beside "start_time" may hold the slot's code: it counts where no start stands
        roles = ["slot" if plain(head) == "timeslot" else role for head, role in zip(heads, roles, strict=True)]
    if "title" not in roles and "session" in roles:
        named = [at for at, role in enumerate(roles) if role == "session"]
        roles[next((at for at in named if plain(heads[at]) != "sessionid"), named[0])] = "title"
    titles = [at for at, role in enumerate(roles) if role == "title"]
    best = min(titles, key=lambda at: _TITLES.index(plain(heads[at])) if plain(heads[at]) in _TITLES else 0, default=None)
    if best is not None and plain(heads[best]) not in _SESSION_TITLES:
        inner = [at for at in titles if plain(heads[at]) in _SESSION_TITLES]
        roles = [
            "session" if at in inner[:1] else "" if inner and role == "session" else role for at, role in enumerate(roles)
        ]
    person = "people" if not {"people", "first", "last"} & set(roles) and set(map(plain, heads)) & _OF_PERSON else ""
    roles = [
        (person if plain(head) == "name" else "") if role == "title" and at != best else role
        for at, (head, role) in enumerate(zip(heads, roles, strict=True))
    ]
    roles = own_times(heads, roles)
    first_dates = [at for at, head in enumerate(heads) if roles[at] == "date" and plain(head) not in {"day", "jour"}]
    if first_dates:
        roles = ["" if role == "date" and at not in first_dates else role for at, role in enumerate(roles)]
    return tuple(_in_one_zone(heads, roles))


def _in_one_zone(heads: Sequence[str], roles: Sequence[str]) -> list[str]:
    """The roles without the columns that show a time once more in another zone than that of the first start."""
    zones = [letters_in(head) for head in heads]
    own = next((zone for zone, role in zip(zones, roles, strict=True) if role == "start"), "")
    alike = {role for zone, role in zip(zones, roles, strict=True) if zone == own and role in _TIMES}
    return ["" if role in alike and zone != own else role for zone, role in zip(zones, roles, strict=True)]


def _delimiter(text: str) -> str:
    """What parts the columns, "" where the first record (its cells may hold line ends) is no head of such a table."""
    line = text.partition("\n")[0]
    for sign in "\t,;":
        if line.count(sign) >= _FEWEST - 1:
            try:
                heads = next(csv.reader(io.StringIO(text, newline=""), delimiter=sign), [])
            except csv.Error:
                continue
            if _is_head(heads):
                return sign
    return ""


def _is_head(heads: Sequence[str]) -> bool:
    roles = set(_roles(heads))
    short = all(len(head) <= _LONGEST_HEAD for head in heads)
    known = roles - {""}
    if not short or "title" not in known or len(known) < _FEWEST:
        return False
    if ("start" in known and bool(known & _ABOUT)) or known >= _DATED:
        return True
    return _has_speakers(heads) and ("text" in known or known & _TIMES <= {"date"})


def _has_speakers(heads: Sequence[str]) -> bool:
    """Whether a column holds those who speak, and not only authors: then a date is that of the talk."""
    return any(plain(head) in {"speaker", "speakers", "speakernames", "presenter", "presenters"} for head in heads)


def _table(text: str, part: Part) -> Table:
    """The records of a table (RFC 4180: a cell may hold line ends); a broken one is a warning."""
    at, sign = _head(text)
    sign = sign or ("\t" if "\t" in text[at : at + 5000].partition("\n")[0] else ",")
    warnings: list[str] = []
    found = csv_records(text, at, sign, warnings)
    heads = next((tuple(cells) for _, _, cells in found if cells), ())
    roles = _roles(heads)
    if "title" not in roles:
        raise ReadError(f"{shown(part)} has no column of titles in its first line: nothing found; name the columns there")
    records = []
    for line, _, cells in found:
        if any(cell.strip() for cell in cells):
            records.append((line + 1, tuple(cells)))
            not_too_many(len(records))
    return Table(heads, roles, tuple(records), tuple(warnings))
