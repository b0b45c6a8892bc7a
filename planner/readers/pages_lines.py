"""A conference-site page as lines: text and Markdown taken apart, navigation and footers dropped, and what a line can be.

The sites (iclr.cc, neurips.cc, icml.cc, mlsys.org and their kin) share one program, so the same lines come back in every year;
what differs is how a page was saved. A :class:`Line` is what is left when that difference is gone.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice, zip_longest

from planner import text as texts
from planner.dates import scan
from planner.readers.abroad import head_in_english
from planner.readers.pages_kinds import NO_PERSON, is_button, is_kind_line
from planner.readers.sources import ACRONYMS
from planner.values import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.dates import DateLine

LINE_CAP = 10_000
"""Signs of a line that are read; what is longer is cut there, so that every pattern stays fast."""

TITLE_CAP = 300
"""A line longer than this is no title (the longest of 7,000 real ones has 170 signs)."""

NAMES_CAP = 5000
"""A line longer than this is no list of authors (the longest of 2,000 real ones has 574 signs)."""

OWN_CAP = 80
"""A line longer than this is not only the conference's name."""

PIECE = "⏎"
"""Stands between the lines that one cell of a table was written in, where the row became one line."""

DITTO = "〃"
"""Stands in a row of a table for a cell that goes on from the row above."""

JOINED = "\v"
"""Stands as a line of its own for one that was joined to the line above, so that all others keep their numbers."""


class Line(NamedTuple):
    """One line of a page: its number in the file (0 where the format has none), text, links, heading level and what is before.

    ``after_blank`` says whether an empty line or a block's edge stands before it.
    """

    number: int
    text: str
    links: tuple[str, ...] = ()
    heading: int = 0
    after_blank: bool = False


_IMAGE = re.compile(r"!\[[^\[\]]{0,300}\]\([^()]{0,2000}\)")
_LINK = re.compile(r"\[([^\[\]]{0,1000})\]\(([^()\s]{0,2000})[^()]{0,300}\)")
_REFERENCE = re.compile(r"\[([^\[\]]{1,1000})\]\[(\d{1,4})\]")
_DEFINITION = re.compile(r"^\s{0,3}\[(\d{1,4})\]:\s{0,9}(\S{1,2000})", re.MULTILINE)
_HEADING = re.compile(r"^(?!# [0-9]{1,3}\s*$)(#{1,6})\s+(.*)$")  # "# 155" is a board, "# 2024" a year
_UNDERLINE = re.compile(r"^(={3,}|-{3,})\s*$")
_BULLET = re.compile(r"^\s{0,12}(?:[*+-]|>)\s+|^>$")
_DELIMITER = re.compile(r"^\s{0,3}:?-{1,40}:?\s{0,40}(?:\|\s{0,40}:?-{1,200}:?\s{0,40}){1,40}\|?\s{0,40}$")
_TAB, _FEW = "\t", 3  # a sign between cells, and the rows that make a table
_STRUCK = re.compile(r"~~[^~]{1,300}~~")
_NUMBER = re.compile(r"^\s{0,12}(?:[0-9]{1,3}[.)]\s{1,3}|[•◦▪●–—-]\s{1,3})(?=[0-9]{1,2}[:.h][0-9]{2}(?![0-9]))")
_BREAK = re.compile(r"(?:<br\s?/?>\s{0,9})+", re.IGNORECASE)
_TAGS = re.compile(r"</?(?:sup|sub|b|i|em|strong|span|p)\b[^<>]{0,200}>", re.IGNORECASE)
_STRESS = re.compile(r"(?<![\w*])(?:\*([^*\s][^*]{0,200})\*|^__?([^_\s][^_]{0,200})__?\s*$)(?![\w*])")
_MARKDOWN = re.compile(
    r"\]\((?:https?:|\.{0,2}/|#|[\w./-]{1,200}\.(?:q?md|html?|ipynb|pdf|php)\b)|\]\[\d{1,4}\]|^(?!# [0-9]{1,3}\s*$)#{1,6}\s|"
    r"^(?:={4,}|-{4,})\s*$|^\|?\s?:?-{3,40}:?\s?\|",
    re.MULTILINE,
)

_MENU = (
    "skip to yearly menu bar|skip to main content|skip to yearly menu bar skip to main content|main navigation|my stuff|login|"
    "log in|getting started|help/faq|create profile|reset password|code of conduct|code of ethics|privacy policy|select year|"
    "journal to conference track|imls archives|rocketchat help|rocketchat desktop client|bookmarking/agenda|show detail|"
    "chat is not available.|chat is not available|successful page load|filter events|filter rooms:|conference_logo|"
    "diversity & inclusion|future meetings|exhibitor information|"
    "this is the public, feature-limited version of the conference webpage. after registration and login please visit the "
    "full version."
)
_NAVIGATION = frozenset(_MENU.split("|"))
_MENU_WORDS = (
    "schedule|main conference|help|faq|press|careers|downloads|inclusion|tutorials|invited talks|orals|awards|papers|"
    "test of time award|spotlight posters|workshops|community|socials|exhibitors|expo|organizers|sponsors|proceedings|"
    "recordings|paper awards|keynotes|affinity events|town hall|blog track posters|in-person orals|competitions|"
    "datasets & benchmarks|main conference orals|posters|events|program"
)
_ABOVE = frozenset(_MENU_WORDS.split("|"))
_NAVIGATION_LIKE = re.compile(
    r"^(?:select year:?\s*\(?\d{0,4}\)?|(?:19|20)\d\d|(?:contact|about) [\w.]{2,20}|filter (?:events|rooms)\b.{0,300}|"
    r"schedule(?:\s+(?:mon|tue|wed|thu|fri|sat|sun))+|[\w.]{2,20} (?:blog|twitter|logo|proceedings at openreview)|"
    r"\{[:%].{0,100}[%}]\}?|show more|bookmark|<<|>>)$",
    re.IGNORECASE,
)
_DOTTED = re.compile(
    r"^([|\s(\[]{0,4})([01]?[0-9]|2[0-4])\.([0-5][05])(\s?[-–—]{1,2}\s?)([01]?[0-9]|2[0-4])\.([0-5][05])(?![0-9.])"
)
_NAMES = "|".join(map(re.escape, ACRONYMS.values()))
_OWN = re.compile(
    rf"^(?:the )?(?P<name>{_NAMES}|(?-i:[A-Z][A-Za-z0-9]{{0,12}}[A-Z][A-Za-z0-9]{{0,3}}))[ -]?(?P<year>(?:19|20)\d\d)"
    r"(?:\s+[-–—:|]?\s?(?P<rest>[A-Za-z][A-Za-z &-]{2,40}))?$",
    re.IGNORECASE,
)
_LENGTH = re.compile(
    r"[(\[](?P<number>[0-9]{1,3})\s?(?P<unit>m|min|mins|minutes?|'|’|h|hours?)\.?[)\]](?:\s{0,3}[-–—:|]?\s{0,3}(?=\w)|$)",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"[(\[]?(?:bookmark|add to (?:my )?calendar|live|replay|recorded|new)[)\]]?", re.IGNORECASE)
_OWN_WORD_NAMES = """
agenda calendar conference day detailed events full main orals papers posters program programme schedule site timetable
tutorials virtual workshops
"""
_OWN_WORDS = frozenset(_OWN_WORD_NAMES.split())
_ADDRESS = re.compile(r"^<?(?P<url>https?://[^\s<>\"']{3,500})>?$", re.IGNORECASE)
_OVER = re.compile(r"author information|related events \(a corresponding.{0,60}|more from the same authors", re.IGNORECASE)
_END = re.compile(
    r"uses cookies for essential functions|^successful page load|^log ?in and register to view|may be used on presentations|"
    r"^(?:useful links|preview video and chat)$|^to see video, interact|^©|^copyright\s{0,3}(?:©|\(c\)|(?:19|20)\d\d)|"
    r"^\(c\)\s?(?:19|20)\d\d|"
    r"\ball rights reserved\b|^back to top$",
    re.IGNORECASE,
)
_NOTE = re.compile(
    r"^(?:last )?(?:(?:updat|modifi|chang|revis|generat|creat|print|retriev|post|publish|captur|fetch|sav|access|crawl)ed|"
    r"as of|version|update)\b(?:[^\w]|\b(?:on|at|last|date|time|page|utc)\b){0,9}$|"
    r".{0,300}\bcurrent (?:conference |local )?time is:?$",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"^(?P<word>moderators?|chairs?|session chairs?|(?:chair/)?co-?chairs?|organi[sz]ers?|hosts?|abstract|"
    r"lay summary|event url|website|timezone|time zone|source|url|speakers?|presenters?|authors?|room|location|venue)"
    r"\s*(?P<colon>:|$)\s*(?P<rest>.*)$",
    re.IGNORECASE,
)
_PARENT_CAP = 120
_PARENT = re.compile(r"^In\s+(?P<title>\S.{2,300})$")
_AUTHORS = re.compile(r"\s[·⋅∙•]\s|\s[·⋅∙•]$")
_BOARD = re.compile(r"^#\s?(?P<board>[A-Z]{0,2}-?\d{1,5})$")
_PLACE_AND_BOARD = re.compile(r"^(?P<room>\D.{0,60}?)\s*#\s?(?P<board>[A-Z]{0,2}-?\d{1,5})$")
_BRACKETS = re.compile(r"^\[\s*(?P<room>[^\[\]]{2,60}?)\s*\]$")
_ROOM = re.compile(
    r"^(?:[A-Z][\w'’]{1,20} ){0,3}(?:Halls?|HALL|Rooms?|ROOM|Ballrooms?|Exhibition|Theater|Theatre|Auditorium|"
    r"Amphitheat(?:er|re)|Pavilion|Meeting|Foyer|"
    r"Terrace|Arena|Atrium|Arch|Level|Floor|Lobby|Stage)\b[\w\s,.&+/()'’-]{0,60}$"
)
_PARTICLES = frozenset(
    ("af", "al", "bin", "da", "de", "den", "der", "di", "dos", "du", "el", "la", "le", "ter", "van", "von", "y", "zu")
)
_NAME = re.compile(r"^[(\"“']?[^\W\d_]+(?:['’.-]{1,2}[^\W\d_]+)*['’.-]{0,2}[)\"”']?[,.]?$")


def lines_of(text: str) -> list[Line]:
    """The lines of a page that was saved as text or as Markdown, empty ones left out."""
    markdown = _is_markdown(text[:100_000])
    text = _without_comments(text)
    targets = dict(_DEFINITION.findall(text)) if markdown else {}
    lines: list[Line] = []
    blank = True
    for number, said in enumerate(_with_bars([raw[:LINE_CAP] for raw in text.split("\n")]), 1):
        if said == JOINED or (markdown and _DEFINITION.match(said)):
            continue
        if markdown and _UNDERLINE.match(said):
            if lines and not blank:
                lines[-1] = lines[-1]._replace(heading=1 if said.startswith("=") else 2)
            blank = True
            continue
        line = (
            _markdown_line(number, said, targets, after_blank=blank)
            if markdown
            else Line(number, head_in_english(texts.clean(_NUMBER.sub("", said))), (), 0, blank)
        )
        blank = not line.text
        if line.text:
            lines.append(line)
    return lines


def _with_bars(lines: list[str]) -> list[str]:
    """The lines, where rows of tables begin with a bar: those of Markdown without one, and cells behind times by tabs."""
    rows = {
        at for at, line in enumerate(lines) if "\t" in line.strip() and line[0] != "|" and is_clock(line.partition("\t")[0])
    }
    if len(rows) >= _FEW:
        lines = [f"| {line.replace('|', '/').replace(_TAB, ' | ')} |" if _TAB in line.strip() else line for line in lines]
    for at, line in enumerate(lines):
        if _DELIMITER.match(line) and at and "|" in lines[at - 1] and not lines[at - 1].lstrip().startswith("|"):
            end = next((row for row in range(at, len(lines)) if "|" not in lines[row]), len(lines))
            lines[at - 1 : end] = [f"| {row}" for row in lines[at - 1 : end]]
    return lines


def is_clock(cell: str) -> bool:
    """Whether a cell is a time of day, or a range of it, and nothing else."""
    said = says(cell.strip())
    return said is not None and said.start is not None and not (said.dated or said.before or said.after)


def _without_comments(text: str) -> str:
    """A text without comments of HTML, its lines where they were; one that never ends is none."""
    kept = []
    at = 0
    while (begin := text.find("<!--", at)) >= 0 and (end := text.find("-->", begin)) >= 0:
        kept += [text[at:begin], "\n" * text.count("\n", begin, end)]
        at = end + len("-->")
    return "".join((*kept, text[at:]))


def _is_markdown(text: str) -> bool:
    """Whether a text has marks that only Markdown has, or begins most of its lines with those of lists and quotations."""
    if _MARKDOWN.search(text):
        return True
    written = [line for line in text.split("\n") if line.strip()]
    return sum(_BULLET.match(line) is not None for line in written) * 2 > len(written)


def _markdown_line(number: int, said: str, targets: dict[str, str], *, after_blank: bool) -> Line:
    """One Markdown line without its marks: headings, bullets, links, images, stress."""
    heading = 0
    if found := _HEADING.match(said):
        heading, said = len(found[1]), found[2]
    said = _STRUCK.sub("", _NUMBER.sub("", _BULLET.sub("", said.rstrip("\\"))))
    links: list[str] = []

    def read(found: re.Match[str]) -> str:
        links.append(targets.get(found[2], "") if found.re is _REFERENCE else found[2])
        return found[1]

    said = _REFERENCE.sub(read, _LINK.sub(read, _IMAGE.sub("", said)))
    said = _BREAK.sub(PIECE if said.startswith("|") else " ", said)
    said = _STRESS.sub(r"\1\2", _TAGS.sub("", said.replace("**", "")))
    return Line(number, head_in_english(texts.clean(said)), tuple(link for link in links if link), heading, after_blank)


def content(lines: Sequence[Line]) -> list[Line]:
    """What is left of a page without its menus and its footer.

    Words that can be a menu's and a title's (``Town Hall``) are taken for a menu's above the first time or kind. There the
    conference's own name (``ICML 2025``) and a bare address are nobody's title either; of ``ICML 2025 Oral Session`` the kind
    stays, but not right above a time, because it is that of all entries and not of the first.
    """
    kept: list[Line] = []
    above = True
    last = max((at for at, line in enumerate(lines) if (said := says(line.text)) is not None and said.timed), default=-1)
    for at, (line, after) in enumerate(zip_longest(lines, islice(lines, 1, None))):
        if (over := _OVER.fullmatch(line.text)) or _END.search(line.text):
            if (over and not above) or at > last:
                break
            continue  # "Back to top" stands below each day of some pages
        if (said := says(line.text)) is not None and said.dated and said.timed and _NOTE.match(said.before):
            continue  # "Updated 2023-11-05 10:20 CET"
        if is_navigation(line.text) or (above and (line.text.casefold() in _ABOVE or bare_address(line.text))):
            continue
        if above and (own := own_name(line.text)):
            if is_kind_line(own[2]) and after is not None and says(after.text) is None:
                kept.append(line._replace(text=own[2], heading=0))
            continue
        above = above and not is_kind_line(line.text) and says(line.text) is None
        kept.append(line)
    return kept


def own_name(text: str) -> tuple[str, str, str] | None:
    """Acronym, year and what follows of a line that only names the conference: ``ICML 2025``, ``NeurIPS 2024 Tutorial``."""
    found = _OWN.match(text) if len(text) <= OWN_CAP else None
    if found is None:
        return None
    rest = found["rest"] or ""
    if rest and not is_kind_line(rest) and not set(rest.casefold().split()) <= _OWN_WORDS:
        return None
    return found["name"], found["year"], rest


def bare_address(text: str) -> str:
    """The address that a line is, ``""`` for any other line."""
    found = _ADDRESS.match(text)
    return found["url"] if found else ""


@lru_cache(maxsize=65536)  # lines; with fewer than a page has each is read anew every time: 10,000 talks in 7 s, not 3.4
def says(text: str) -> DateLine | None:
    """What a line says of time, with the end that a length behind it tells (``9:00 (30 min) Opening``).

    It is asked several times of each line, so remembered for a page's worth of them.
    """
    said = scan(text)
    if said is not None and said.dated and _ASIDE.fullmatch(said.after):
        said = said._replace(after="")
    found = _LENGTH.match(said.after) if said is not None and said.start is not None and said.end is None else None
    if said is None or found is None:
        return said
    minutes = int(found["number"]) * (60 if found["unit"][0] in "hH" else 1)
    return said._replace(end=(said.start or 0) + minutes, end_half=said.start_half, after=said.after[found.end() :])


def cited(line: Line) -> str:
    """How a refusal begins that is about a line: ``Line 3, “Day 2”,``."""
    return f"Line {line.number}, “{line.text[:60]}”," if line.number else f"“{line.text[:60]}”"


def first_of(lines: Sequence[Line]) -> str:
    """The first of several lines, with its number, and how many more there are."""
    first = lines[0]
    more = f" and {len(lines) - 1} more" if len(lines) > 1 else ""
    where = f"line {first.number}: " if first.number else ""
    return f"{where}“{first.text.strip('| ')[:80]}”{more}"


def with_colons(line: Line) -> Line:
    """``9.00 – 10.30 Opening`` with colons: on a page of days it is a time, elsewhere it may be a version or a price."""
    dotted = "." in line.text[:12] and _DOTTED.match(line.text)
    return line._replace(text=_DOTTED.sub(r"\1\2:\3\4\5:\6", line.text, count=1)) if dotted else line


def is_navigation(text: str) -> bool:
    """Whether a line belongs to the site's menus: ``Skip to main content``, ``Select Year: (2024)``."""
    return text.casefold() in _NAVIGATION or text in ACRONYMS.values() or _NAVIGATION_LIKE.match(text) is not None


def label(text: str) -> tuple[str, str]:
    """The word and the rest of a labelled line: ``("moderator", "Frank Hutter")``; two empty words where it is none."""
    found = _LABEL.match(text)
    if found is None:
        return "", ""
    word = found["word"].casefold().rstrip("s").replace("organiser", "organizer")
    word = "chair" if word.endswith("chair") else word
    if not found["colon"] and word not in {"abstract", "lay summary"}:
        return "", ""
    return word, found["rest"].strip()


def parent(line: Line, *, sure: bool = True) -> str:
    """The title of the session that a line ``In [title](link)`` names, or ``""``; ``sure`` asks for the link."""
    found = _PARENT.match(line.text)
    if found is None or not (line.links or (not sure and found["title"][0].isupper() and len(line.text) < _PARENT_CAP)):
        return ""
    names = ", " in line.text and looks_like_names(line.text)
    return "" if names or has_separators(line.text) else found["title"]  # "In Gim · Lin Zhong" are authors


def has_separators(text: str) -> bool:
    """Whether names on this line are joined by a middle dot: surely a line of authors."""
    return _AUTHORS.search(text) is not None


def looks_like_names(text: str) -> bool:
    """Whether a line can be one author's name, or several joined by commas: few words, no digits, no full stop at the end."""
    if has_separators(text):
        return True
    if len(text) > NAMES_CAP or text.endswith(("?", "!", ":", ".")):
        return False
    people = [one.split() for one in re.split(r",\s+|\s+and\s+", text)]
    fit = all(2 <= len(words) <= 5 and all(map(_NAME.match, words)) for words in people)  # noqa: PLR2004  (no name is longer)
    if not fit or any(word.casefold() in NO_PERSON for words in people for word in words):
        return False
    small = sum(not (word.lstrip("(\"“'")[:1].isupper() or word in _PARTICLES) for words in people for word in words)
    return small * 4 <= sum(map(len, people)) if len(people) > 1 else small == 0  # one of several may write himself small


_ROOM_NUMBER = re.compile(
    r"^(?:(?:North|East|South|West) )?[A-Z]{0,3}-?\d{2,4}\s?[A-Z]{0,3}(?:\s?[/&+,-]\s?(?:\d{2,4}\s?)?[A-Z]{0,2})?$"
)


def place(text: str, *, sure: bool = True) -> tuple[str, str] | None:
    """The room and the board of a line that is only a place: ``HALL A #2108``, ``[ Room 314 - 315 ]``, ``Hall C2``; else None.

    ``sure`` asks for a sign that no title has: a board or brackets.
    """
    if found := _BOARD.match(text):
        return "", found["board"]
    if (found := _PLACE_AND_BOARD.match(text)) and ":" not in found["room"]:
        return found["room"].rstrip(" ,").removesuffix(" Poster"), found["board"]
    if (found := _BRACKETS.match(text)) and not (is_button(text) or is_clock(found["room"])):
        return found["room"], ""
    if not sure and (_ROOM.match(text) or _ROOM_NUMBER.match(text)):
        return text, ""
    return None


def joined(lines: Sequence[Line]) -> str:
    """Lines of running text as paragraphs: what was only wrapped is joined by a blank."""
    parts: list[str] = []
    for line in lines:
        if line.after_blank or not parts:
            parts.append(line.text)
        else:
            parts[-1] += f" {line.text}"
    return "\n".join(parts)
