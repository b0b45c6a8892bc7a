"""Paper lists in Markdown: pipe tables, blocks of labelled fields under a title, and bold titles with links below them."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from planner import tables
from planner.readers.lists_columns import Found, Row, is_paper_list, role_of, roles_of, said
from planner.readers.pages_days import day_head
from planner.readers.pages_lines import Line, looks_like_names, says
from planner.values import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LEAST = 2
"""So many blocks make a list; one title with a link is on any page."""

_REACH = 2000  # signs in which a link's URL must end

_IMAGE = re.compile(r"!\[[^\[\]]{0,300}\]\([^()]{0,2000}\)")
_BRACKET = re.compile(r"\\.|[\[\]]")
_URL = re.compile(r"https?://[^\s<>()\[\]|\"'`]{1,2000}")
_ESCAPE = re.compile(r"\\([|`*<>\[\]])")
_CODE = re.compile(r"(?<![\\`])`(?!`)([^`]{1,300})`(?!`)")
_HEADING = re.compile(r"\s{0,3}(#{1,6})\s+(.*)")
_RULE = re.compile(r"\s{0,3}(?:-{3,}|\*{3,}|_{3,}|<[^<>]{0,200}>)\s*")
_MARKER = re.compile(r"\s{0,12}(?:(?:[-*+•]|\d{1,5}[.)、])\s+)?(?:\[\d{1,5}\]|\(\d{1,5}\)|\d{1,5}[.)、])?\s*")
_BOLD = re.compile(r"\[?(?:\*\*|__)(?!\s)([^*]{3,500})(?:\*\*|__)")
_ITALIC = re.compile(r"(?<![*\w])([*_])(?![*_\s])([^*_]{3,2000})\1(?![*\w])")
_LABEL = re.compile(r"[\s>*_+\-•]{0,8}([^\W\d_][\w './()&-]{0,38})[*_\s]{0,4}[:：][*_]{0,2}\s*(.*)")
_CLOCK = re.compile(r"\b\d{1,2}:\d\d\b|\b\d{1,2}\s?[ap]\.?m\b", re.IGNORECASE)
_ITEM = re.compile(r"\s{0,12}(?:[-*+•]|\d{1,5}[.)])\s+(?=\[)")
_LINKED = re.compile(r"\[(?P<text>[^\[\]]{8,300})\]\((?P<url>https?://[^()\s]{5,500})\)")
_SITE = re.compile(r"arxiv\.org|openreview\.net|aclanthology|thecvf|doi\.org|proceedings|\.pdf\b", re.IGNORECASE)
_PAPER = re.compile(r"arxiv|openreview|pdf|paper|doi\.org|aclanthology|thecvf|proceedings|论文", re.IGNORECASE)


class _Title(NamedTuple):
    """A line that may begin a paper: a heading of some level, or a bold line (level 0) with what follows it."""

    line: int
    text: str
    level: int = 0
    tail: str = ""


def claims(text: str) -> bool:
    """Whether there is a table of papers, or blocks that look like papers, and no programme around them."""
    lines = text.split("\n")
    fenced = _fenced(lines)
    if _is_programme(lines):
        return False
    if any(_head(lines, at) for at in range(1, len(lines)) if at not in fenced):
        return True
    return len(_read_blocks(lines, fenced).rows) >= LEAST


def _is_programme(lines: Sequence[str]) -> bool:
    """Whether there are headings with a day and headings with a range of times: what stands below them has times."""
    texts = [plain(found[2].strip("# ")) for line in lines if (found := _HEADING.match(line[:300]))]
    if not any((said := says(text)) is not None and said.end is not None for text in texts):
        return False
    heads = [day_head(Line(0, text, (), 2)) for text in texts]
    return any(head is not None and head.when is not None and head.when.day is not None for head in heads)


def read(text: str) -> Found:
    """The rows of every table of papers in the text, or, where there is none, its blocks."""
    lines = text.split("\n")
    fenced = _fenced(lines)
    found = _read_tables(lines, fenced)
    return found if found.rows else _read_blocks(lines, fenced)


def plain(text: str) -> str:
    """Markdown in a line to the text that it shows; LaTeX and HTML stay."""
    return linked(text)[0]


def linked(text: str) -> tuple[str, list[str]]:
    """The text that a line of Markdown shows, and the URLs of its links."""
    text = _IMAGE.sub("", text)
    shown, urls, at = [], [], 0
    opened: list[int] = []
    for found in _BRACKET.finditer(text):
        if found[0] == "[":
            opened.append(found.start())
        elif found[0] == "]" and opened:
            opening, closing = opened.pop(), _closing(text, found.end())
            if opening >= at and closing >= 0:
                urls.append(text[found.end() + 1 : closing].strip().partition(" ")[0].strip("<>"))
                shown += [text[at:opening], text[opening + 1 : found.start()]]
                at = closing + 1
    bare = "".join([*shown, text[at:]])
    urls += [url.rstrip(".,;:") for url in _URL.findall(bare)]
    bare = _CODE.sub(r"\1", bare.replace("**", "").replace("~~", "")).strip()
    for sign in "*_":
        if len(bare) > 2 and bare[0] == bare[-1] == sign and bare.count(sign) == 2:  # noqa: PLR2004  (a pair of signs round it)
            bare = bare[1:-1]
    return _ESCAPE.sub(r"\1", bare).strip(), urls


def _closing(text: str, start: int) -> int:
    """Where the bracket closes in which a link's URL stands; -1 where there is none. A URL holds no square brackets."""
    depth = 0
    if text[start : start + 1] == "(":
        for at in range(start + 1, min(len(text), start + _REACH)):
            if text[at] in "[]" or (text[at] == ")" and not depth):
                return at if text[at] == ")" else -1
            depth += {"(": 1, ")": -1}.get(text[at], 0)
    return -1


def _fenced(lines: Sequence[str]) -> set[int]:
    """The lines between code fences (CommonMark 4.5)."""
    inside, fenced = "", set()
    for number, line in enumerate(lines):
        bare = line.lstrip()
        if inside:
            fenced.add(number)
            if bare.startswith(inside) and not bare.strip("`~ "):
                inside = ""
        elif bare.startswith(("```", "~~~")):
            fenced.add(number)
            inside = bare[:3]
    return fenced


# Tables


def _head(lines: Sequence[str], delimiter: int) -> list[str]:
    """The roles of the columns of the table whose delimiter is at this line; empty where it is no table of papers."""
    if not tables.is_delimiter(lines[delimiter]) or "|" not in lines[delimiter - 1]:
        return []
    head = [plain(cell) for cell in tables.cells(lines[delimiter - 1])]
    return roles_of(head) if is_paper_list(head) else []


def _read_tables(lines: Sequence[str], fenced: set[int]) -> Found:
    """The rows of all tables of papers."""
    warnings: list[str] = []
    read = [_row(lines[at], at, roles, warnings) for at, roles in _table_lines(lines, fenced)]
    names = [found[2] for found in map(_HEADING.match, lines) if found and len(found[1]) <= 2]  # noqa: PLR2004  (title and subtitle)
    return Found(tuple(row for row in read if row), tuple(warnings), tuple(map(plain, names)))


def _table_lines(lines: Sequence[str], fenced: set[int]) -> Iterator[tuple[int, list[str]]]:
    """Every line that is a row of a table of papers, with the roles of its columns.

    As people write them, not only as the specification has them: an empty line between rows does not end a table.
    """
    roles: list[str] = []
    parted = True
    for at, line in enumerate(lines):
        bare = line.lstrip()
        if not bare:
            parted = True
        elif at in fenced or bare.startswith("#"):
            roles = []
        elif parted or not roles:
            if at + 1 < len(lines) and tables.is_delimiter(lines[at + 1]):
                roles = _head(lines, at + 1)
            elif roles and bare.startswith("|"):
                yield at, roles
            elif not tables.is_delimiter(line):
                roles = []
            parted = False
        elif not tables.is_delimiter(line):
            yield at, roles


def _row(line: str, at: int, roles: list[str], warnings: list[str]) -> Row | None:
    """One row of a table; None, with a warning, where it names no paper."""
    where = f"Line {at + 1}"
    cells = tables.cells(line)
    if len(cells) > len(roles):
        cells = _rejoined(cells)
    if not any(cells) or (len(cells) == 1 and not line.lstrip().startswith("|")):
        warnings.append(f"{where} is no row of the table; it was left out.")
        return None
    fields: dict[str, str] = {}
    links: list[str] = []
    for role, cell in zip(roles, cells, strict=False):
        links += _read_cell(role, cell, fields)
    linked_title = fields.pop("linked", "")
    if not fields.setdefault("title", linked_title):
        warnings.append(f"{where} names no paper; it was left out.")
        return None
    if len(cells) > len(roles):
        warnings.append(f"{where} has {len(cells)} cells in a table of {len(roles)} columns; what is too much was not read.")
    elif len(cells) < len(roles) and not line.rstrip().endswith("|"):
        warnings.append(f"{where} is cut off after {len(cells)} of {len(roles)} cells.")
    return Row(where, fields, line, tuple(links), (at, at + 1), (_column(roles, "reason"), _column(roles, "degree")))


def _read_cell(role: str, cell: str, fields: dict[str, str]) -> list[str]:
    """Put what a cell says into the fields; its links are returned."""
    shown, urls = linked(cell)
    if shown.startswith("[") and shown.count("[") > shown.count("]"):  # cut off where the file ends
        shown = shown[1:].partition("](")[0]
    if role in {"link", "title"} and urls:
        fields.setdefault("link", urls[0])
    if role == "link" and not shown.startswith(("http://", "https://")):
        role = "linked"  # the founding list has its titles in the column of links
    if role in {"title", "linked"} and cell.count("~~") == 2:  # noqa: PLR2004  (a pair: struck out)
        fields.setdefault("decision", "Withdrawn")
    if role not in {"", "link", "links"} and said(shown):
        fields[role] = shown
    return urls


def _column(roles: list[str], role: str) -> int | None:
    return roles.index(role) if role in roles else None


def _rejoined(cells: list[str]) -> list[str]:
    """Cells put together again where an unescaped pipe stands inside a link's text or a formula."""
    whole: list[str] = []
    for cell in cells:
        if whole and (whole[-1].count("[") > whole[-1].count("]") or whole[-1].count("$") % 2):
            whole[-1] += f"|{cell}"
        else:
            whole.append(cell)
    return whole


# Blocks


def _read_blocks(lines: Sequence[str], fenced: set[int]) -> Found:
    """Titles with fields or links below them; the heading above several of them is their track."""
    rows: list[Row] = []
    names: list[str] = []
    section = ""
    for title, following in pairwise([*_titles(lines, fenced), _Title(len(lines), "")]):
        row = _block(title, lines, following.line)
        if row is not None:
            rows.append(row if not section else row._replace(fields={"track": section, **row.fields}))
        elif title.level:
            section = title.text if title.level > 1 or names else ""
            names.append(title.text)
    said_in = Counter(row.fields["conference"] for row in rows if "conference" in row.fields)
    return Found(tuple(rows), (), (*(name for name, _ in said_in.most_common(1)), *names))


def _titles(lines: Sequence[str], fenced: set[int]) -> Iterator[_Title]:
    """The lines that may begin a paper."""
    for at, line in enumerate(lines):
        if at in fenced or not line.strip():
            continue
        if heading := _HEADING.match(line):
            text = plain(heading[2].strip("# "))
            yield _Title(at, text[_MARKER.match(text).end() :] or text, len(heading[1]))  # type: ignore[union-attr]
            continue
        item = _ITEM.match(line)
        link = _LINKED.match(line, item.end()) if item else None
        if link and " " in link["text"] and _SITE.search(link["url"]):
            yield _Title(at, plain(link["text"]), 0, line[link.start() :])
            continue
        rest = line[_MARKER.match(line).end() :]  # type: ignore[union-attr]
        bold = _BOLD.match(rest)
        if (
            bold
            and not role_of(bold[1].rstrip(":： "))
            and bold[1][-1] not in ":："
            and rest[bold.end() :].lstrip()[:1] not in {":", "："}
        ):
            whole, tail = rest[: bold.end()], rest[bold.end() :]
            yield _Title(at, plain(bold[1]), 0, rest if whole.startswith("[") else tail)


def _block(title: _Title, lines: Sequence[str], after: int) -> Row | None:
    """A paper out of a title and the lines to the next one; None where they do not look like a paper."""
    end = next((at for at in range(title.line + 1, after) if _RULE.fullmatch(lines[at][:300])), after)
    body = [title.tail, *lines[title.line + 1 : end]]
    fields, links = _fields(body)
    if not {"authors", "abstract"} & fields.keys() and (
        title.level or not links or not any(_PAPER.search(line) for line in body)
    ):
        return None
    if _CLOCK.search(title.text) or any(_CLOCK.search(line) for line in body if len(line) < 120):  # noqa: PLR2004  (no abstract)
        return None
    while end > title.line + 1 and not lines[end - 1].strip():
        end -= 1
    raw = "\n".join(lines[title.line : end])
    if "authors" not in fields and (
        italic := next((one for one in map(_ITALIC.search, body) if one and not one[2].startswith("et al")), None)
    ):
        fields["authors"] = plain(italic[2])
    if "authors" not in fields and (names := next(filter(None, map(_names_in, body[:3])), "")):
        fields["authors"] = names
    return Row(f"Line {title.line + 1}", {**fields, "title": title.text}, raw, tuple(links), (title.line, end))


def _names_in(line: str) -> str:
    """The authors in a line behind a title's link (``- Ann Lee, Bob Ray. [[code]](…)``) or alone in one; "" where none are."""
    bare = _LINKED.sub("", line, count=1) if _LINKED.match(line) else line
    bare = re.sub(r"(?<!\[)\[+[^\[\]]{0,100}\]+(?:\([^()]{0,500}\))?\]?", "", bare).strip(" ,;:–—-*_").partition(". ")[0]
    names = bare.removesuffix("et al").strip(" .,*_")
    joined = ", " in names or names != bare.strip(" .,*_")
    return names if looks_like_names(names) and (joined or len(names.split()) <= 3) else ""  # noqa: PLR2004  (words of one name)


def _fields(body: Sequence[str]) -> tuple[dict[str, str], list[str]]:
    """The labelled fields below a title, and the links; a field without text takes the lines up to the next label."""
    gathered: dict[str, list[str]] = {}
    links: list[str] = []
    role = ""
    for line in body:
        shown, urls = linked(line)
        links += urls
        label = _LABEL.match(line)
        known = role_of(label[1]) if label else ""
        if label and known:
            role = "link" if known == "title" else known
            shown = plain(label[2])
            if urls and role in {"link", "links"}:
                shown, role = urls[0], "link" if known != "links" else ""
        elif role != "abstract" and gathered.get(role):
            role = ""
        if role and role not in gathered:
            gathered[role] = []
        if role and shown:
            gathered[role].append(shown)
    return {role: "\n".join(said_so) for role, said_so in gathered.items() if said_so and said("".join(said_so))}, links
