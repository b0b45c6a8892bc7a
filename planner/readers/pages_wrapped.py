"""Pages that a tool broke at a column (pandoc at 72, html2text at 78, w3m, lynx): their lines joined again.

A tool breaks a line only where the next word has no more room. Where nearly all lines of a page end so, they were broken;
where lines have the lengths that their writers gave them, hardly any two do, and the page is left as it is.
"""

from __future__ import annotations

import re
from itertools import pairwise

from planner.readers.pages_kinds import bracketed, is_button, is_kind_line
from planner.readers.pages_lines import JOINED, LINE_CAP, has_separators, label, looks_like_names, says

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

_NARROW, _WIDE = 50, 100  # columns at which tools break lines
_LEAST = 5  # broken lines that tell a wrapped page
_ITEM = r"\s*(?:[|#>•◦▪●]|[*+–—-]\s|[0-9]{1,3}[.)]\s|[=_*~-]{3}"
_FIRST = re.compile(rf"{_ITEM}|[\[<])")
_HEADING = re.compile(  # a heading with a link that was broken in two, each with the sign of a heading
    r"^((#{1,6})\s[^\n]{0,200}?\[[^\[\]\n]{1,300})\n\2\s([^\[\]\n]{1,300}\][\[(][^\n]{1,500})$", re.MULTILINE
)
_HYPHEN = re.compile(r"[a-zA-Z]- (?!(?:and|or|to)\b(?!-))[a-zA-Z]")
_ROW = re.compile(r"[|\t]|\S {3,}\S")


def unwrapped(text: str) -> str:
    """The text with the lines joined that a tool broke, :data:`JOINED` in the place of each that went to the one above."""
    text = _HEADING.sub(rf"\1 \3\n{JOINED}", text)
    lines = text.split("\n")
    width = _width(lines)
    behind = width > 0 and any(_is_dated(line) and not _begins(line) for line in lines)
    broken = [_is_broken(above, line, width, behind=behind) for above, line in pairwise(lines)] if width else []
    full = {above for above, is_so in zip(lines, broken, strict=False) if is_so}
    firsts = [is_so for before, is_so in pairwise([None, *broken]) if before is None]
    apart = firsts.count(False) * 5 <= firsts.count(True)  # blocks stand apart: what is in one belongs together
    if len(full) < _LEAST or not (apart or sum(map(all, pairwise(broken))) >= max(_LEAST, broken.count(False) / 3)):
        return text
    names = _speakers(lines, broken)
    joined = lines[:1]
    first = 0
    for at, (above, line) in enumerate(pairwise(map(str.strip, lines)), 1):
        if broken[at - 1] and at not in names and (apart or not _stands_alone(above, line)):
            blank = "" if _HYPHEN.search(f"{above} {line}", len(above) - 2) else " "
            joined[first] = f"{joined[first].rstrip()}{blank}{line}"
            joined.append(JOINED)
        else:
            joined.append(lines[at])
            first = at
    return "\n".join(joined)


def _speakers(lines: Sequence[str], broken: Sequence[bool | None]) -> set[int]:
    """The lines that are the one speaker of a full title above, where speakers stand right below titles.

    No authors follow them, as they do the rest of a title that looks like a name (``Continuous Treatments``); nor do titles
    of calendars, ``[10:30] Bees``, have speakers.
    """
    found, others, following = set(), 0, ""
    for at in range(len(lines) - 1, 0, -1):
        above, line = lines[at - 1].strip(), lines[at].strip()
        if broken[at - 1] is not None and looks_like_names(line):
            rest = above.startswith("[") or above.endswith(",") or looks_like_names(above) or looks_like_names(following)
            if broken[at - 1] and not rest:
                found.add(at)
            others += not broken[at - 1]
        following = line or following
    return found if others or len(found) * 2 > broken.count(True) else set()


def _width(lines: Sequence[str]) -> int:
    """The column at which the lines are broken; 0 where they are too long for that, or too short.

    Items, headings and rows do not count, which not every tool breaks, nor lines that are one long word.
    """
    width = 0
    for line in lines:
        length = len(line.rstrip())
        if length > width and not re.match(f"{_ITEM})", line) and not _ROW.search(line[:LINE_CAP]):
            if max(map(len, line.split())) * 2 > length:
                continue
            if length > _WIDE:
                return 0
            width = length
    return width if width >= _NARROW else 0


def _is_broken(above: str, line: str, width: int, *, behind: bool) -> bool | None:
    """Whether the first word of a line had no room in the line above; None where the two are not of one paragraph.

    What begins with a date or a time is its own, unless it is the rest of one, or stands ``behind`` its title on other lines.
    """
    if not above.strip() or not line.strip() or _FIRST.match(line) or above.endswith(("  ", "\\")):
        return None
    above, line = above.rstrip(), line.strip()
    said = says(above)
    whole = said is not None and not (said.before or said.after)
    if whole or above.lstrip().startswith("#") or _ROW.search(above) or _ROW.search(line):
        return None
    if _begins(line) and not _is_rest_of_date(above, line, behind=behind):
        return None
    return len(above) + 1 + len(line.split(maxsplit=1)[0]) > width and (len(above) <= width or len(above.split()) == 1)


def _begins(line: str) -> bool:
    """Whether a line begins with a date or a time."""
    said = says(line.strip())
    return said is not None and not said.before


def _is_dated(line: str) -> bool:
    said = says(line.strip())
    return said is not None and said.dated and said.timed


def _is_rest_of_date(above: str, line: str, *, behind: bool) -> bool:
    """Whether a line ends a date that begins in the line above, or is the date of its title where dates are ``behind``."""
    if _is_dated(line):
        return behind and says(above) is None
    return _is_dated(f"{above} {line}") and not _is_dated(above)


def _stands_alone(above: str, line: str) -> bool:
    """Whether a line is no rest of the one above though that is full: a kind, a label or names below a title."""
    if any(bracketed(one) or is_kind_line(one) or is_button(one) for one in (above, line)) or label(line)[0]:
        return True
    if has_separators(line):
        return not has_separators(above)
    return ", " in line and looks_like_names(line) and not looks_like_names(above.rpartition(",")[0])
