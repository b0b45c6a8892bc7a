"""Cells of a programme's tables: what a column holds by the word at its head, and what the lines of one cell are."""

from __future__ import annotations

import re

from planner.dates.letters import WORDLIKE, known_letters
from planner.dates.places import zone_of_city
from planner.readers.clocks import lasts
from planner.readers.columns import WORDS, own_times, role_of
from planner.readers.csv_times import letters_in
from planner.readers.pages_days import day_head
from planner.readers.pages_facts import zone_named
from planner.readers.pages_kinds import kind_of
from planner.readers.pages_lines import PIECE, Line, looks_like_names, says
from planner.readers.pages_lines import place as place_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.dates import DateLine

_OF_DATA = {"start": "time", "duration": "length", "session": "title"} | {
    role: role for role in ("end", "date", "title", "people", "room")
}
_WORDS = {
    "time": "times hours slot timeslots",
    "title": (
        "events talks activities program programme agenda topic topics description what presentations paper papers content"
        " details lecture"
    ),
    "people": "who by",
    "room": "rooms locations",
    "chair": "chair chairs sessionchair sessionchairs moderator moderators host",
    "kind": "type kind format category",
    "length": "min",
    "board": "board boards boardnumber boardno posterboard",
    "skip": "slides video videos link links material materials recording recordings pdf no number id",
}
"""What columns hold on pages by words that head none in data, or others."""

_ROLES = {word: page for role, page in _OF_DATA.items() for word in WORDS[role].split() if word != "name"} | {
    word: role for role, words in _WORDS.items() for word in words.split()
}  # "Name" may be the speaker's
SAID = {"people": "Speaker: {}", "room": "Room: {}", "chair": "Chair: {}", "kind": "({})", "board": "#{}"}
LABELS = ("Speaker: ", "Room: ", "Chair: ")
_OVER_TITLES = frozenset(("session", "sessions", "event", "events", "activity", "activities", "program", "programme"))
NOT_SAID = frozenset(("tba", "tbd", "tbc", "t.b.a.", "t.b.d."))
NO_TEXT = frozenset(("time", "end", "date", "length", "skip"))
HEAD_CAP = 60
LENGTH = re.compile(r"[0-9]{1,3}\s?(?:m|min|mins|minutes?)\.?|[0-9]\s?(?:h|hrs?|hours?)", re.IGNORECASE)
_JOINED = re.compile(r"\s?(\w{1,20})\s?(?:&|/|and\b)")  # "Title & Speakers", "Event / Link"
_IN_BRACKETS = re.compile(r"[(\[]\s?([^()\[\]]{2,40}?)(?: time)?\s?[)\]]", re.IGNORECASE)
_TYPE = re.compile(
    r"(?:[\w-]{1,20} ){0,3}(?:papers?|talks?|keynotes?|speakers?|panel|tutorial|presentations?|oral|spotlight|lecture)"
    r"(?: #?\d{1,2})?",
    re.IGNORECASE,
)
ROUGH = re.compile(r"^(?P<time>\d{1,2}[:.]\d{2}(?:\s?[ap]\.?m\.?)?)\s+(?:ish|in\s+(?P<room>\w[\w -]{0,30}))$", re.IGNORECASE)
PLACED = re.compile(
    r"\b(?:room|hall|track|stage|auditorium|aula|theat(?:er|re)|ballroom|lab|studio|salle|raum|level)\b|\d", re.IGNORECASE
)


def wordy(cell: str) -> bool:
    """Whether a cell has a letter or a digit."""
    return any(map(str.isalnum, cell))


def is_type(said: str) -> bool:
    """Whether a cell only says what kind of talk its row has: ``Full Paper``, ``Keynote``, ``Invited Talk 2``."""
    return _TYPE.fullmatch(said) is not None


def is_titled(cell: str) -> bool:
    """Whether a cell begins with words that can be a title, and no names: ``(Chairs)`` and ``Ann Lee`` are none."""
    first, *more = pieces(cell)
    return len(first.split()) > 1 and not first.startswith("(") and bool(more or not looks_like_names(first))


def order(roles: Sequence[str]) -> list[int]:
    """The columns of a table with those of the date and the start of the time before all others."""
    first = [roles.index(role) for role in ("date", "time") if role in roles]
    return [*first, *(at for at in range(len(roles)) if at not in first)] if "time" in roles else list(range(len(roles)))


def names_day(cell: str) -> bool:
    """Whether the head of a column is a day: ``Wed 15 May``, ``Day 2``, ``Friday``."""
    return day_head(Line(0, cell, (), 2)) is not None


def roles(heads: Sequence[str]) -> list[str]:
    """What the columns hold; where no head says a time, those that name cities beside a title are the cities' clocks."""
    said = [role(head) for head in heads]
    if said.count("time") > 1 and "title" not in said:  # tracks side by side, of which one is called MT or West
        said = ["" if head.upper() in WORDLIKE else one for head, one in zip(heads, said, strict=True)]
    found = own_times(heads, said, "time", "skip")
    if "title" not in found or "time" in found:
        return found
    return [one or "time" * bool(zone_of_city(head)) for one, head in zip(found, heads, strict=True)]


def zone_of(head: str) -> tuple[str | None, str]:
    """The zone, or the letters, that the head of a column of times names: ``Time (PT)``, ``CEST``, ``Start (Paris)``."""
    if zoned := letters_in(head) or known_letters(head.split(" ", maxsplit=1)[0]):
        return (None, zoned) if known_letters(zoned) else (zoned, "")
    found = _IN_BRACKETS.search(head)
    city = zone_of_city(found[1] if found else head)
    return (city, "") if city else zone_named(head)


def role(head: str) -> str:
    """What a column holds by its head, "" for a head that is a name."""
    bare = re.sub(r"[(\[][^()\[\]]{0,40}[)\]]", "", head)
    folded = "".join(sign for sign in bare.casefold() if sign.isalnum())  # "Room 1" is a name
    if folded in _ROLES:
        return _ROLES[folded]
    if (joined := _JOINED.match(bare)) and (found := _ROLES.get(joined[1].casefold())):
        return found
    if folded != "name" and (role := _OF_DATA.get(role_of(bare), "")):
        return role
    words = bare.split()
    zoned = words and known_letters(words[0].strip("*")) and (len(words) == 1 or words[1].casefold() == "time")
    return "time" if zoned or (words and words[0].casefold() in {"time", "start"} and letters_in(head)) else ""


def cells(text: str) -> list[str]:
    """The cells of a row; a bar at its end closes the last one and begins none."""
    bare = text.strip()
    return [cell.strip() for cell in bare[1 : -1 if bare.endswith("|") and len(bare) > 1 else None].split("|")]


def pieces(cell: str) -> list[str]:
    """The lines that a cell was written in."""
    return [piece for said in cell.split(PIECE) if (piece := said.strip())] or [""]


def time_cell(pieces: list[str]) -> tuple[str, list[str]]:
    """The time of a row out of the lines of its cell, and the others.

    ``9:00`` and ``9:30`` below each other are a range; ``30m`` below ``9:00`` is none.
    """
    first, *others = pieces
    if says(first) is None:
        return " ".join(pieces), []
    ranged = f"{first.rstrip('-–— ')} - {others[0].lstrip('-–— ')}" if others else ""
    said = says(ranged)
    if said is not None and said.end is not None and not (said.before or said.after):
        return ranged, others[1:]
    return first, others


def own_time(said: DateLine, pieces: list[str]) -> tuple[DateLine, list[str]]:
    """The time that a cell says itself, else that of its row; and the cell's other lines, a bare number left out."""
    own = [(piece, one) for piece in pieces if piece[:1] in "(0123456789" and (one := says(piece)) and one.end is not None]
    if len(own) == 1 and len(pieces) > 1 and not (own[0][1].before or own[0][1].after or own[0][1].dated):
        pieces = [piece for piece in pieces if piece != own[0][0]]
        said = own[0][1]._replace(letters=said.letters, zone=said.zone, offset=said.offset)
    return said, pieces[1:] if pieces[0].isdigit() and len(pieces) > 1 else pieces


def titles(others: Sequence[tuple[str, str, str]]) -> list[str]:
    """The cells that can be the title of a row, the likeliest first: its session has another one."""
    found = sorted((one for one in others if one[0] == "title"), key=lambda one: one[1].casefold() in _OVER_TITLES)
    unnamed = [cell for role, _, cell in others if not role]
    return [cell for _, _, cell in found] or sorted(unnamed, key=lambda cell: place_of(cell, sure=False) is not None)


def lasting(said: DateLine, notes: list[str]) -> tuple[DateLine, list[str]]:
    """The time with the end that a length beside it tells (``10:30``, ``15m``), and the other notes, such as a room."""
    lengths = [note for note in notes if LENGTH.fullmatch(note)]
    kept = [note for note in notes if note not in lengths]
    kept = [f"Room: {note}" if place_of(note, sure=False) else f"({note})" if kind_of(note) else note for note in kept]
    return until(said, lengths[0]) if lengths else said, kept


def until(said: DateLine, length: str) -> DateLine:
    """The time with the end that a length tells, where it says none."""
    found = lasts(length) if said.end is None and said.start is not None else None
    return said._replace(end=(said.start or 0) + int(found.total_seconds()) // 60, end_half=said.start_half) if found else said


def is_time(cell: str) -> bool:
    """Whether a cell says a date or a time of day."""
    said = says(cell)
    return said is not None and (said.timed or said.dated)
