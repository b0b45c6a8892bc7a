"""What a block of the timetable says: signs and title wrapped into its lines; a pile says which talks it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len, set_cell_size

from planner import times
from planner.text import clean
from planner.tui.rows import Row, count
from planner.tui.widgets.draw import BOLD, STRIKE, Ink, Piece, cut

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.style import Style

_LEAST_TITLE = 8  # fewer cells beside the signs are left empty, and the title begins in the next line
_ROOM_FOR_MINUTES = 40  # cells of a block from which a clash says how long it is
_APART, _HIGH = 3, 6  # lines from which a pile's name has a line of its own, and its number too
_DECISIONS = {"going": "✓ ", "skipped": "× "}


class Said(NamedTuple):
    """One line of a block: its pieces, and the uid of the talk that it is about where the block has several."""

    pieces: list[Piece]
    uid: str = ""


def wrap(text: str, first: int, cells: int, lines: int) -> list[str]:
    """The text in at most so many lines of ``cells``, the first of ``first``; broken at blanks, and where a word is too long.

    What does not fit ends in ``…``.
    """
    made: list[str] = []
    rest = text.strip()
    while rest and len(made) < lines:
        room = cells if made else first
        if len(made) == lines - 1 or cell_len(rest) <= room:
            made.append(cut(rest, room))
            break
        taken = set_cell_size(rest[: room + 1], room).rstrip() if room > 0 else ""
        head = rest[: len(taken)] if rest.startswith(taken) else taken[:-1]
        blank = head.rfind(" ") if rest[len(head) : len(head) + 1] != " " else len(head)
        end = blank if blank > 0 else 0 if not made and first < cells else max(1, len(head))
        made.append(rest[:end].rstrip())
        rest = rest[end:].lstrip()
    return made


def dimmed(row: Row) -> bool:
    """Whether the talk stands back: skipped, over, cancelled or without a title."""
    return row.untitled or row.cancelled or row.when == "past" or row.decision == "skipped"


def signs(row: Row, ink: Ink, width: int, height: int = 1) -> list[Piece]:
    """What stands before the title: on now, cancelled, star and rating, decision, clash and its length where there is room."""
    made: list[Piece] = []
    if row.when == "now":
        made.append(("▶ ", ink.blue + BOLD))
    if row.cancelled:
        made.append(("cancelled ", ink.clash))
    if row.starred or row.rating:
        made.append((f"{'★' if row.starred else '☆'}{row.rating or ''} ", ink.star if row.starred else ink.dim))
    if row.decision in _DECISIONS:
        made.append((_DECISIONS[row.decision], ink.good if row.decision == "going" else ink.dim))
    if row.clash is not None:
        long = f"⚠ {times.lasting(row.clash)} " if width * height >= _ROOM_FOR_MINUTES else "⚠ "
        made.append((long, ink.dim if dimmed(row) else ink.clash + BOLD))
    return made


def talk(row: Row, ink: Ink, width: int, height: int) -> list[Said]:
    """The lines of a block of one talk: signs, title, when to leave, and who speaks where a line is left."""
    plain: Style = ink.dim if dimmed(row) else ink.ink
    if row.untitled:
        return [Said([(cut(f"· {clean(row.title) or 'untitled slot'} ·", width), ink.dim)])]
    style = plain + STRIKE if row.cancelled else plain + BOLD if row.starred else plain
    before = signs(row, ink, width, height)
    used = sum(cell_len(text) for text, _ in before)
    first = width - used
    if used and first < _LEAST_TITLE and height > 1:
        first = 0
    titled = wrap(clean(row.title), first, width, height)
    made = [Said([*before, (titled[0], style)] if titled else before)]
    made += [Said([(line, style)]) for line in titled[1:]]
    if row.said and len(made) < height:
        made.append(Said([(cut(row.said, width), ink.blue)]))
    if row.speakers and len(made) < height:
        made.append(Said([(cut(clean(row.speakers), width), ink.dim)]))
    if row.noted and len(made) < height:
        made.append(Said([("✎", ink.dim)]))
    return made


def pile(name: str, rows: Sequence[Row], ink: Ink, width: int, height: int, *, on: str = "", head: str = "") -> list[Said]:
    """The lines of a block of several talks: their name and number, then as many as fit.

    ``on`` is the talk under the cursor, which is always shown; while there is none, starred ones come before others.
    ``head`` is the uid of the container that the first line is about.
    """
    held = [row for row in rows if row.uid != head]
    own = next((row for row in rows if row.uid == head), None)
    stars = sum(row.starred for row in held)
    if height == 1 and on not in {"", head}:
        at = next(at for at, row in enumerate(held) if row.uid == on)
        return [_entry(held[at], ink, width, f"{at + 1}/{len(held)} ")]
    number = (_number(held) + (f" · ★ {stars}" if stars else ""), ink.star if stars else ink.dim)
    made = _titled((clean(name), ink.ink + BOLD), signs(own or _running(held), ink, width), number, width, height)
    made = [Said(said.pieces, head) for said in made]
    lines = height - len(made)
    if lines >= len(held):
        return made + [_entry(row, ink, width) for row in held]
    window = _window(held, lines - (lines > 1), on)
    made += [_entry(row, ink, width) for row in window]
    if lines > 1:
        made.append(Said([(f"  +{len(held) - len(window)} more", ink.dim)]))
    return made


def _titled(name: Piece, before: list[Piece], number: Piece, width: int, height: int) -> list[Said]:
    """Name and number of a pile in one line; where they do not fit, as many lines as its height leaves for them."""
    room = width - sum(cell_len(text) for text, _ in before)
    title, bold = name
    spare = room - cell_len(number[0]) - 3
    if not title or (height < _APART and spare < _LEAST_TITLE):
        return [Said([*before, (cut(number[0], room), number[1])])]
    if height < _APART or cell_len(title) <= spare:
        return [Said([*before, (cut(title, spare), bold), (" · ", number[1]), number])]
    if height < _HIGH:
        return [Said([*before, (cut(title, room), bold)])]
    first, *rest = wrap(title, room, width, 2)
    return [
        Said([*before, (first, bold)]),
        *(Said([(line, bold)]) for line in rest),
        Said([(cut(number[0], width), number[1])]),
    ]


def _running(rows: Sequence[Row]) -> Row:
    """What the head of a pile without a container says: whether it is on."""
    return Row("", "", when=rows[0].when if len({row.when for row in rows}) == 1 else "")


def _number(rows: Sequence[Row]) -> str:
    kinds = {row.kind for row in rows}
    return count(len(rows), kinds.pop() if len(kinds) == 1 and kinds != {"untitled"} else "talk")


def _window(rows: Sequence[Row], lines: int, on: str) -> list[Row]:
    """Those around the talk under the cursor; else starred ones first, each in its place."""
    if lines <= 0:
        return []
    at = next((at for at, row in enumerate(rows) if row.uid == on), None)
    if at is not None:
        first = min(max(0, at - lines // 2), len(rows) - lines)
        return list(rows[first : first + lines])
    best = sorted(range(len(rows)), key=lambda at: (not rows[at].starred, at))[:lines]
    return [rows[at] for at in sorted(best)]


def _entry(row: Row, ink: Ink, width: int, before: str = "") -> Said:
    made: list[Piece] = [(before, ink.dim)] if before else []
    made += signs(row._replace(when="" if row.when == "now" else row.when), ink, width) or [("· ", ink.faint)]
    style = ink.dim if dimmed(row) else ink.ink + BOLD if row.starred else ink.ink
    room = width - sum(cell_len(text) for text, _ in made)
    title = cut(clean(row.title) or "untitled slot", room)
    return Said([*made, (title, style + STRIKE if row.cancelled else style)], row.uid)
