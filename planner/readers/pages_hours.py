"""Opening hours and deadlines on a page: times that are no talk's, and are left out."""

from __future__ import annotations

import re

from planner.readers.pages_days import HEAD_CAP
from planner.readers.pages_lines import says
from planner.readers.pages_unread import MONTH, WEEKDAY

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.readers.pages_lines import Line

_NAMED = (
    r"(?:(?:opening|registration|check-?in|(?:help|front|information) ?desk|desk|museum|exhibit(?:ion|s)?|expo|library|"
    r"badge pick-?up)\s(?:desk\s)?(?:opening\s)?(?:hours|times)|hours of operation|öffnungszeiten|horaires d.ouverture|"
    r"orari di apertura|horarios? de (?:apertura|atención|atendimento|funcionamento))"
)
_HEAD = re.compile(rf"\b{_NAMED}\s?:?$|\b(?:is|are|be)\sopen(?:ed)?(?:\s(?:on|at|as follows))?\s?:?$", re.IGNORECASE)
_BETWEEN = r"\s{0,2}(?:-|–|—|to|till|until|through|bis|à|al)\s{0,2}"
_REPEATED = rf"(?:{WEEKDAY}s?\.?{_BETWEEN}{WEEKDAY}s?\.?|weekdays?|weekends?|daily|(?:every|each) day)(?![A-Za-z])"
_OPEN = re.compile(
    rf"^\W{{0,4}}(?:{_NAMED}\s{{0,2}}[:|–—-]|.{{0,60}}\b(?:is|are)\sopen\b.{{0,60}}{_REPEATED}|{_REPEATED})", re.IGNORECASE
)
_BARE = re.compile(
    rf"{WEEKDAY}|{MONTH}|st|nd|rd|th|[ap]|[ap]?m|h|uhr|to|till|until|and|on|at|from|noon|midnight|daily|closed|days?|dates?|"
    r"times?|hours?|open|close|closing|opening",
    re.IGNORECASE,
)
_DEADLINE = re.compile(
    r"\W{0,4}(?:[\w’'-]{1,20}[ /]{1,2}){0,5}(?:deadlines?|submissions?|notifications?|camera[- ]ready|due|call for papers|cfp)"
    r"(?:[ /]{1,2}(?:for|of|to|is|are|due|dates?|deadline|versions?|acceptance|authors?|papers?|abstracts?|posters?|"
    r"submissions?|closes?|ends?|opens?))*(?:\s?\([^()]{0,40}\))?\W{0,4}",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+")


def without_hours(lines: list[Line], notes: list[str]) -> list[Line]:
    """The lines without those that say when something is due or open; the first of the latter is put to ``notes``."""
    lines = [line for line in lines if not _is_deadline(line)]
    kept: list[Line] = []
    left: list[Line] = []
    below = False
    for line in lines:
        short = len(line.text) <= HEAD_CAP
        goes_on = below and (not line.heading or line.text.startswith("|")) and _is_bare(line.text)
        below = short and (goes_on or _HEAD.search(line.text) is not None)
        if below or (short and _OPEN.match(line.text) and _is_timed(line)):
            left.append(line)
        else:
            kept.append(line)
    if not any(map(_is_timed, left)):
        return lines
    more = f" and {len(left) - 1} more" if len(left) > 1 else ""
    where = f"line {left[0].number}: " if left[0].number else ""
    notes.append(f"{where}“{left[0].text.strip('| ')[:80]}”{more} tell when something is open, and were left out.")
    return kept


def _is_deadline(line: Line) -> bool:
    """Whether a line, or a row, says until when something is to be sent: its day is not the programme's, nor its zone."""
    if len(line.text) > HEAD_CAP:
        return False
    if line.text.startswith("|"):
        cells = [cell.strip() for cell in line.text.strip("|").split("|")]
        return any(map(_DEADLINE.fullmatch, cells)) and any((said := says(cell)) and said.dated for cell in cells)
    said = says(line.text)
    if said is None or not said.dated:
        return False
    return said.letters.upper() == "AOE" or _DEADLINE.fullmatch(said.before or said.after) is not None


def _is_bare(text: str) -> bool:
    """Whether a line has nothing but days and times, or the heads of their columns."""
    said = any(map(str.isdigit, text)) or text.startswith("|") or "closed" in text.casefold()
    return said and all(map(_BARE.fullmatch, _WORD.findall(text)))


def _is_timed(line: Line) -> bool:
    pieces: Sequence[str] = line.text.strip("| ").split("|") if line.text.startswith("|") else (line.text,)
    return any((said := says(piece.strip())) is not None and said.timed for piece in pieces)
