"""A saved HTML page as lines: its blocks in reading order, with links and headings; menus, scripts and styles are dropped."""

from __future__ import annotations

import re
from bisect import bisect_left

from planner import text as texts
from planner.readers import markup
from planner.readers.abroad import head_in_english
from planner.readers.pages_days import day_head
from planner.readers.pages_lines import (
    DITTO,
    LINE_CAP,
    PIECE,
    TITLE_CAP,
    Line,
    is_clock,
    label,
    looks_like_names,
    says,
    with_colons,
)
from planner.readers.pages_microdata import event_lines, instant_of, tells_more
from planner.values import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from selectolax.lexbor import LexborHTMLParser, LexborNode

_BLOCK_NAMES = """
address article aside blockquote body center dd details div dl dt fieldset figcaption figure form h1 h2 h3 h4 h5 h6
button header hr li main ol p pre section summary table tbody thead tfoot tr ul
"""
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_DROPPED_NAMES = """
script style noscript template svg head del s strike nav footer select button iframe object canvas mjx-assistive-mml
"""
_DROPPED = frozenset(_DROPPED_NAMES.split())
_CELL = re.compile(r"<(?:td|th|li|time)\b", re.IGNORECASE)
_CELLS_CAP = 200_000  # signs in which a table of HTML is looked for
_OPENS = re.compile(r"<(?:table|ul|ol|div|section)\b", re.IGNORECASE)
_CLOSES = re.compile(r"</(?:table|ul|ol|div|section)\b", re.IGNORECASE)
_MARKDOWN_LINK = re.compile(r"\[([^\[\]]{0,1000})\]\(([^()\s\"]{0,2000})\)")
_HTML = re.compile(r"<!doctype html|<html\b|<body\b|<head\b|<(?:div|table|section|article)\b[^<>]{0,500}>", re.IGNORECASE)
_SAVED_FROM = re.compile(r"<!-- saved from url=\(\d{1,5}\)(https?://\S{3,500}) -->")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_ROW_GROUPS = frozenset(("table", "tbody", "thead", "tfoot"))  # a cell over several rows ends with them
_ID = re.compile(r"[\w:.-]{1,100}")
_PILL = re.compile(r"\b(?:pill|badge|chip|time|date|room|location|author|speaker)", re.IGNORECASE)
_PEOPLE = frozenset(("author", "authors", "speaker", "speakers", "presenter", "presenters", "performers"))
_PEOPLE_CAP = 400  # signs of one talk's authors
_DOTTED = re.compile(r"(?:[01]?[0-9]|2[0-3])\.[0-5][05]")
_HEAD = 6  # the level of a row of heads: a new table begins with it, also right below another
_BUTTON = 7  # the level of the name of a day on a button
_LEVELS: dict[str | None, int] = {**{tag: level for level, tag in enumerate(_HEADINGS, 1)}, "button": _BUTTON}
_FIRST_CAP = 60  # signs of the first cell of a row of times
_PLAIN = re.compile(r"[^&<>\"'\s\u00a0][^&<>\"'\n\u00a0]{2,30}")


class HtmlPage(NamedTuple):
    """The lines of a page, its ``<title>``, and its own address where it names one (``""`` else)."""

    lines: tuple[Line, ...]
    title: str
    url: str


def is_html(text: str) -> bool:
    """Whether a text is an HTML page: it begins with a tag, a comment or a declaration, and has a page's elements."""
    head = text[:20_000]
    return head.lstrip().startswith("<") and _HTML.search(head) is not None


def holds_tables(text: str) -> bool:
    """Whether a text, such as the source of a page in Markdown, has a programme in tables or lists of HTML."""
    return len(_CELL.findall(text[:_CELLS_CAP])) > 2  # noqa: PLR2004  (one or two stand in a text about HTML)


def as_html(text: str) -> str:
    """Markdown around tables of HTML as HTML, line for line, so that the numbers of lines stay."""
    lines = []
    inside = 0
    for line in text.split("\n"):
        here = inside or line.lstrip().startswith("<")
        inside = max(inside + len(_OPENS.findall(line)) - len(_CLOSES.findall(line)), 0)
        lines.append(line if here else _marked_up(line))
    return "<html><body>" + "\n".join(lines)


def _marked_up(line: str) -> str:
    """A line of Markdown as a paragraph or a heading, its stress left out."""
    said = line.strip().replace("**", "").replace("__", "")
    said = _MARKDOWN_LINK.sub(r'<a href="\2">\1</a>', said[:LINE_CAP])
    level = len(said) - len(said.lstrip("#"))
    if 0 < level < len(_HEADINGS) + 1 and said[level : level + 1] == " ":
        return f"<h{level}>{said[level:].strip()}</h{level}>"
    return f"<p>{said.removeprefix('- ').removeprefix('* ')}</p>" if said.strip("-=") else ""


def html_page(text: str, name: str) -> HtmlPage:
    """The page as lines.

    Raises:
        ReadError: its elements are nested deeper than any page's; ``name`` is how the sentence calls it.

    """
    from selectolax.lexbor import LexborHTMLParser

    markup.not_too_deep(text, name, _BLOCKS)
    tree = LexborHTMLParser(text)
    title = tree.css_first("title")
    url = next((found for found in _addresses(tree) if found.startswith(("http://", "https://"))), "")
    if not url and (found := _SAVED_FROM.search(text[:5000])):
        url = found[1]
    root = tree.body or tree.root
    marked = event_lines(tree)
    lines = _Lines(text, _days_of_tabs(tree), marked).of(root) if root is not None else []
    of_events = [line for event in marked.values() for line in event]
    if marked and not tells_more(lines, of_events):
        lines = of_events
    return HtmlPage(tuple(_unfolding(lines)), texts.read_title(title.text()) if title is not None else "", url)


def _addresses(tree: object) -> Iterator[str]:
    """Where a page says its own address."""
    for selector, attribute in (('link[rel="canonical"]', "href"), ('meta[property="og:url"]', "content")):
        node = tree.css_first(selector)  # type: ignore[attr-defined]  # the parser has no types of its own
        if node is not None:
            yield node.attributes.get(attribute) or ""


def _days_of_tabs(tree: LexborHTMLParser) -> dict[str, str]:
    """The days that tabs name, by the id of the part of the page that each shows; the tabs themselves are taken out."""
    found: dict[str, str] = {}
    tabs = []
    for tab in tree.css("[href^='#'], [data-bs-target^='#'], [data-target^='#'], [aria-controls]"):
        said = head_in_english(texts.clean(tab.text(separator=" ")[:_FIRST_CAP]))
        head = day_head(Line(0, said, (), 2))
        targets = (tab.attributes.get(name) for name in ("data-bs-target", "data-target", "href", "aria-controls"))
        shown = next((target.lstrip("#") for target in targets if target and target != "#"), "")
        if _ID.fullmatch(shown) and head is not None and tree.css_first(f'[id="{shown}"]') is not None:
            found[shown] = said
            tabs.append(tab)
    if len(set(found.values())) < 2:  # noqa: PLR2004  (one link to a part of the page is no row of tabs)
        return {}
    for tab in tabs:
        tab.decompose()
    return found


def _unfolding(lines: list[Line]) -> Iterator[Line]:
    """The lines without buttons that stand right beside each other: those choose a day, one alone unfolds its own."""
    for at, line in enumerate(lines):
        if line.heading != _BUTTON:
            yield line
        elif all(beside.heading != _BUTTON for beside in (*lines[max(at - 1, 0) : at], *lines[at + 1 : at + 2])):
            yield line._replace(heading=2)


def _is_dropped(node: LexborNode) -> bool:
    """Whether nothing of an element is read; a button that unfolds a day has the day's name."""
    if node.tag != "button":
        return node.tag in _DROPPED
    head = day_head(Line(0, texts.clean(node.text(separator=" ")[:_FIRST_CAP]), (), 2))
    return head is None or not head.sure


def _is_pill(node: LexborNode) -> bool:
    """Whether a span is drawn as a piece of its own: a time, a date, a room, names, a badge."""
    return node.tag == "span" and _PILL.search(node.attributes.get("class") or "") is not None


def _names_people(node: LexborNode) -> bool:
    """Whether an element says by its class that it holds nothing but a talk's speakers or authors."""
    if _PEOPLE.isdisjoint((node.attributes.get("class") or "").lower().split()):
        return False
    text = node.text(strip=True)
    return 0 < len(text) < _PEOPLE_CAP and not any(one.tag in _BLOCKS for one in _children(node))


def _children(node: LexborNode) -> Iterator[LexborNode]:
    child = node.child
    while child is not None:
        yield child
        child = child.next


def _span(cell: LexborNode, name: str) -> int:
    """Over how many columns or rows a cell goes; 1 for a number that no table has."""
    said = cell.attributes.get(name) or "1"
    return int(said) if said.isascii() and said.isdigit() and len(said) < 3 and int(said) else 1  # noqa: PLR2004  (digits)


class _Lines:
    """Collects text between the edges of blocks.

    ``days`` are the days on the tabs of a page, by the id of what they show, ``events`` the lines of marked events.
    """

    def __init__(self, source: str, days: Mapping[str, str], events: Mapping[int, list[Line]]) -> None:
        self.source = source
        self.breaks = [found.start() for found in re.finditer("\n", source)]
        self.at = 0
        self.misses = 0
        self.number = 0
        self.preformatted = 0
        self.across = False
        self.people = False
        self.days = days
        self.events = events
        self.text: list[str] = []
        self.links: list[str] = []
        self.heading = 0
        self.after_blank = True
        self.spans: dict[int, tuple[int, str]] = {}
        self.classes: set[str | None] = set()
        self.done: list[Line] = []

    def of(self, root: LexborNode) -> list[Line]:
        """All lines under a node, in reading order."""
        depth = 0
        node: LexborNode | None = root
        while node is not None:
            if self.events and node.mem_id in self.events:
                self._flush(edge=True)
                self.done += self.events[node.mem_id]
                child = None
            elif node.tag == "tr" and node is not root and self._row(node):
                child = None
            else:
                self._enter(node)
                child = None if _is_dropped(node) or (node.tag == "time" and instant_of(node)) else node.child
            if child is not None:
                depth, node = depth + 1, child
                continue
            self._leave(node)
            while depth and node.next is None and node.parent is not None:
                depth, node = depth - 1, node.parent
                self._leave(node)
            node = node.next if depth else None
        self._flush(edge=True)
        return self.done

    def _row(self, row: LexborNode) -> bool:
        """Take a row of a table of times, or one of heads, as one line, its cells side by side; False for any other row.

        A cell over several columns stands in each of them, a time over several rows in each of those; of any other cell over
        several rows the later ones say that it goes on.
        """
        cells = [node for node in _children(row) if node.tag in {"td", "th"}]
        alone = len(cells) == 1 and not self._is_beside(cells[0])
        alone = alone or (bool(self.events) and any(one.mem_id in self.events for one in row.traverse()))
        if not cells or alone or row.css_first("table, h1, h2") is not None or cells[0].css_first("h3, h4") is not None:
            self.spans = {column: (rows - 1, said) for column, (rows, said) in self.spans.items() if rows > 1}
            return False
        self._flush(edge=True)
        done, self.done, at = self.done, [], self.at
        said_in, links, number = self._cells(cells)
        self.done = done
        joined = f"| {' | '.join(said_in)} |"
        clock = with_colons(Line(0, said_in[0])).text if len(said_in[0]) <= _FIRST_CAP else ""
        timed = _DOTTED.fullmatch(clock) is not None or ((first := says(clock)) is not None and first.timed)
        head = all(cell.tag == "th" for cell in cells) and all(len(said) <= _FIRST_CAP for said in said_in)
        head = head and len(set(filter(None, said_in))) > 1  # one alone is the head of a day or a session
        self.across = self.across or (len(said_in) > 2 and all(map(is_clock, said_in[1:])))  # noqa: PLR2004  (two times)
        if len(joined) > LINE_CAP or not (head or self.across or timed):
            self.at = at
            return False
        if head:
            joined = joined.replace(PIECE, " ")
        self.done.append(Line(number, joined, tuple(links), _HEAD if head else 0, self.after_blank))
        self.after_blank = True
        return True

    def _is_beside(self, cell: LexborNode) -> bool:
        """Whether a cell alone in its row stands beside cells from above: a time itself, or one more talk of the time above.

        Below a time its talk's speakers or abstract may stand as well, as names, in a cell of another class, or as sentences.
        """
        if 0 not in self.spans:
            return bool(self.spans)
        said = texts.clean(cell.text(separator=" ")[:TITLE_CAP])
        of_talk = cell.attributes.get("class") not in self.classes or looks_like_names(said) or label(said)[0]
        return is_clock(self.spans[0][1]) and not of_talk and len(said) < TITLE_CAP and not said.endswith(".")

    def _cells(self, cells: Sequence[LexborNode]) -> tuple[list[str], list[str], int]:
        """What the cells of a row say, in their columns, with their links and the number of their first line."""
        said_in: list[str] = []
        links: list[str] = []
        number = 0
        spans, self.spans = self.spans, {}
        self.classes = {cell.attributes.get("class") for cell in cells}
        for cell in cells:
            while len(said_in) in spans:
                self._spanned(said_in, spans.pop(len(said_in)))
            self.of(cell)
            said = PIECE.join(line.text for line in self.done)
            number = number or next((line.number for line in self.done), 0)
            links += [link for line in self.done for link in line.links]
            if (rows := _span(cell, "rowspan")) > 1:
                self.spans |= {
                    len(said_in) + step: (rows - 1, DITTO if said_in else said) for step in range(_span(cell, "colspan"))
                }
            said_in += [said] * _span(cell, "colspan")
            self.done = []
        while len(said_in) in spans:
            self._spanned(said_in, spans.pop(len(said_in)))
        self.spans |= spans
        return said_in, links, number

    def _spanned(self, row: list[str], span: tuple[int, str]) -> None:
        """Put the cell of a row above into a row, and keep it for the next ones."""
        rows, said = span
        if rows > 1:
            self.spans[len(row)] = (rows - 1, said)
        row.append(said)

    def _begin_tab(self, node: LexborNode) -> None:
        """Put the day of a tab above the part of the page that it shows."""
        if self.days and (day := self.days.get(node.attributes.get("id") or "")):
            self._flush(edge=True)
            self.done.append(Line(0, day, (), 2, after_blank=True))

    def _enter(self, node: LexborNode) -> None:
        tag = node.tag
        if tag == "-text":
            self._text(node.text_content or "")
            return
        self._begin_tab(node)
        if tag == "time":
            self.text.append(instant_of(node))
        elif tag == "br" and self.people:
            self.text.append(", ")
        elif tag == "br":
            self._flush(edge=False)
        elif tag == "pre":
            self._flush(edge=True)
            self.preformatted += 1
        elif tag in {"td", "th"}:
            self.text.append(" | ")
        elif tag in _ROW_GROUPS:
            self._flush(edge=True)
            self.spans, self.across = {}, self.across and tag != "table"
        elif tag in _BLOCKS or _is_pill(node):
            self._flush(edge=True)
            self.people = _names_people(node)
            self.heading = _LEVELS.get(tag, self.heading)
        elif tag == "a" and (href := node.attributes.get("href")):
            self.links.append(href)

    def _text(self, said: str) -> None:
        """A piece of text; in ``<pre>`` its lines are lines."""
        pieces = said.split("\n") if self.preformatted else [said]
        for number, piece in enumerate(pieces):
            if number:
                self._flush(edge=not piece.strip())
            if not self.number and piece.strip():
                self.number = self._number(piece)
            self.text.append(piece)

    def _leave(self, node: LexborNode) -> None:
        if node.tag in _BLOCKS or _is_pill(node):
            self._flush(edge=True)
            self.heading = 0
        if node.tag == "pre":
            self.preformatted -= 1

    def _flush(self, *, edge: bool) -> None:
        """End the line that is being collected."""
        said = texts.clean("".join(self.text)[:LINE_CAP])
        said = head_in_english(said if said.count("|") > 1 else said.removeprefix("| "))
        if self.people and said and not label(said)[0]:
            said = f"Speaker: {said}"
        self.people = False
        if said and said.strip("| "):
            self.done.append(Line(self.number, said, tuple(self.links), self.heading, self.after_blank))
            self.after_blank = False
        self.text, self.links, self.number = [], [], 0
        self.after_blank = self.after_blank or edge

    def _number(self, said: str) -> int:
        """The number of the source line in which a piece of text begins: it is sought behind the piece before it."""
        found = _PLAIN.search(said)
        if found is not None and self.misses < 50:  # noqa: PLR2004  (each miss costs a search to the end of the page)
            at = self.source.find(found[0], self.at)
            if at < 0:
                self.misses += 1
            else:
                self.at = at
        return bisect_left(self.breaks, self.at) + 1
