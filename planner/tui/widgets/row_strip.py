"""How one line of the list of talks looks: its columns, signs and colours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len

from planner import times
from planner.model import fold
from planner.text import clean
from planner.tui.rows import STARS, stars
from planner.tui.widgets.draw import BOLD, STRIKE, UNDERLINE, Ink, Piece, cut, line, pad, width_of

if TYPE_CHECKING:
    from rich.style import Style
    from textual.strip import Strip

    from planner.tui.rows import Line, Row
    from planner.tui.widgets.talk_list import Fields

CLOCKS = 11
"""Cells of ``20:00–20:15``."""

LEAST_TITLE = 24
"""A title with fewer cells than this has no place beside it: it has as many in the list of 58 that a screen of 100 has."""

_TITLE = 38  # a title with fewer cells than this has no place beside it that would be cut
LEAST_PLACE = 8
"""``UB5.132``, ``Hall A``: so many cells of a place are told even where the title is cut."""

_LEAST_SPEAKERS = 12  # fewer cells after the title hold no name

_WHEN = {"now": "▶", "past": "◂"}
_DECISIONS = {"going": "✓", "skipped": "×"}


def star_cells(fields: Fields) -> tuple[int, int]:
    """From which column to which the star is, for the mouse; the blanks around it belong to it."""
    left = 2 + (fields.day + 1 if fields.day else 0) + CLOCKS + fields.shift + (fields.theirs and fields.theirs + 2)
    return left + 1, left + 2 + STARS + 1


def before_title(fields: Fields) -> int:
    """How many cells stand before the title: to the star, and the decision."""
    return star_cells(fields)[1] + 2


def other(shown: Line, width: int, ink: Ink) -> Strip:
    """A line without a talk: a head, the now line, plain words or nothing."""
    if shown.what == "now":
        words = f" {shown.words} "
        return line(
            [("──", ink.blue), (words, ink.blue + BOLD)], [("─" * (width - 2 - len(words)), ink.blue)], width, ink.ground
        )
    if shown.what == "head":
        left = [("  ", ink.ground), (clean(shown.words), ink.blue + BOLD)]
        if shown.more:
            left.append((f"  {clean(shown.more)}", ink.dim))
        return line(left, [(f"  {shown.right} ", ink.dim)] if shown.right else [], width, ink.ground)
    return line([(f"  {clean(shown.words)}", ink.dim)] if shown.words else [], [], width, ink.ground)


def talk(
    row: Row, fields: Fields, ink: Ink, *, width: int, ground: Style, words: tuple[str, ...] = (), here: bool = False
) -> Strip:
    """A talk: cursor, time in both zones, stars, decision, title, and at the right edge what else there is room for."""
    dimmed = row.untitled or row.cancelled or row.when == "past" or row.decision == "skipped"
    plain = ink.dim if dimmed else ink.ink
    running = row.when == "now"
    left: list[Piece] = [
        ("▌" if here else " ", ink.blue),
        (_WHEN.get(row.when, " "), ink.blue + BOLD if running else ink.faint),
    ]
    if fields.day:
        left.append((pad(row.day, fields.day + 1), ink.dim))
    left.append((pad(row.mine, CLOCKS), ink.blue + BOLD if running else plain))
    if fields.shift:
        left.append((pad(row.shift.rjust(3), fields.shift), ink.blue))
    if fields.theirs:
        left.append((f"  {pad(row.theirs, fields.theirs)}", ink.dim))
    given = stars(row)
    lit, unlit = given.rstrip("·"), given[len(given.rstrip("·")) :]
    left += [("  ", plain), (lit, ink.star if row.starred else ink.dim), (unlit, ink.faint)]
    left.append((" " * (STARS - len(given) + 1), plain))
    left.append((pad(_DECISIONS.get(row.decision, ""), 2), ink.good if row.decision == "going" else ink.dim))
    right = _right(row, fields, ink, room=width - width_of(left), dim=dimmed)
    room = width - width_of(left) - width_of(right)
    title = _title(row, plain, ink, room, words)
    spare = room - width_of(title) - 2
    if fields.speakers and spare >= _LEAST_SPEAKERS and row.speakers:
        title.append((f"  {cut(clean(row.speakers), spare)}", ink.dim))
    left += title
    return line(left, right, width, ground)


def _title(row: Row, plain: Style, ink: Ink, room: int, words: tuple[str, ...]) -> list[Piece]:
    if row.untitled:
        return [(cut(f"· {clean(row.title) or 'untitled slot'} ·", room), ink.dim)]
    title = cut(clean(row.title), room)
    style = plain + STRIKE if row.cancelled else plain + BOLD if row.starred and plain is ink.ink else plain
    pieces: list[Piece] = []
    at = 0
    for start, end in _hits(title, words):
        pieces += [(title[at:start], style), (title[start:end], style + ink.blue + UNDERLINE)]
        at = end
    return [*pieces, (title[at:], style)]


def _hits(title: str, words: tuple[str, ...]) -> list[tuple[int, int]]:
    """Where words of the title begin with a word that was searched for; case and diacritics are folded."""
    found = []
    start = 0
    for part in title.split(" ") if words else ():
        folded = fold(part)
        hit = next((word for word in words if folded.startswith(word)), None)
        if hit is not None:
            lead = len(part) - len(part.lstrip("([{“‘\"'¿¡"))
            found.append((start + lead, start + min(len(part), lead + len(hit))))
        start += len(part) + 1
    return found


def _right(row: Row, fields: Fields, ink: Ink, *, room: int, dim: bool) -> list[Piece]:
    """What stands at the right edge: a note's sign, the clash, then the place in what the title leaves of ``room``."""
    pieces: list[Piece] = [(f"  {row.said}", ink.blue + BOLD)] if row.said else []
    if row.cancelled:
        pieces.append(("  cancelled", ink.clash))
    if row.noted:
        pieces.append(("  ✎", ink.dim))
    if row.clash is not None:
        pieces.append((f"  ⚠ {times.lasting(row.clash)}", ink.dim if dim else ink.clash))
    if row.kind != fields.usual and not row.untitled and not row.cancelled:
        pieces.append((f"  {row.kind}", ink.dim))
    if fields.place and row.place:
        spare = room - width_of(pieces) - 1 - cell_len(clean(row.title))
        pieces.append((_place(clean(row.place), fields.place, spare - 2, room - width_of(pieces) - 3), ink.dim))
    return [*pieces, (" ", ink.dim)]


def _place(place: str, column: int, spare: int, room: int) -> str:
    """The place in its column, or narrower at the edge where the title needs the cells; nothing where too few are left."""
    whole = min(cell_len(place), column)
    if spare >= column:
        return "  " + pad(cut(place, column), column)
    cells = max(min(spare, whole), min(whole, LEAST_PLACE))
    least = LEAST_TITLE if cells >= whole else _TITLE
    return "  " + cut(place, cells) if room - cells >= least else ""
