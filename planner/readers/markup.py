"""XML from outside to a tree: no entities of its own, no network; a file that breaks off is told apart from a whole one.

HTML has a parser of its own, which is kept from pages that take it minutes.
"""

from __future__ import annotations

from collections import Counter

from planner.errors import ReadError
from planner.readers.sources import Part, shown
from planner.values import NamedTuple, re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from xml.etree.ElementTree import Element

DEPTH_CAP = 1000
"""Elements inside each other; the parser needs the square of the depth (3 s for 40,000, whatever their names)."""

FORMATS_CAP = 100
"""Open elements of formatting: the parser begins each of them anew in every later block (1 s for 2,000 of each)."""

_TAG = r"<(?P<close>/?)(?P<name>[a-zA-Z][a-zA-Z0-9:-]{0,40})(?=[\s/>])(?P<rest>[^<>]{0,2000})"
_LEAF_NAMES = """
a area base br col embed hr img input link meta param source track wbr p li dt dd option optgroup tr td th thead tbody
tfoot colgroup caption rt rp html head body
"""
_LEAVES = frozenset(_LEAF_NAMES.split())  # without an end, or ended by the next of their kind: they do not nest
_FORMATS = frozenset(("b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"))
_XML_ENTITIES = frozenset({"&amp;", "&lt;", "&gt;", "&quot;", "&apos;"})
_REPLACED = "\ufffd"


class Tree(NamedTuple):
    """The root of a document, its elements' names without namespaces.

    ``warning`` says what was wrong with it, "" when nothing was; ``read`` is the text before the place at which a broken
    document stops, None when the document is whole.
    """

    root: Element
    warning: str = ""
    read: str | None = None

    def last_is_cut(self, tag: str) -> bool:
        """Whether the last element of that name was still open where a broken document stops."""
        return self.read is not None and f"</{tag}" not in self.read[max(self.read.rfind(f"<{tag}"), 0) :]


def parse(text: str, part: Part) -> Tree:
    """Read XML; where it is not well-formed (stray signs, ``&nbsp;``), mend that, else keep what comes before the fault.

    Raises ReadError for a document that declares entities (a bomb, or a way to other files) and for one without any element.
    """
    root, fault, at = _parsed(text, part)
    if root is not None and not fault:
        return Tree(root)
    warning = f"The XML is not well-formed ({fault}); it was read as it was meant"
    mended = _mended(text)
    if mended != text:
        root, fault, at = _parsed(mended, part)
        if root is not None and not fault:
            return Tree(root, warning)
    if root is None and is_template(text):
        raise ReadError(f"{shown(part)}: {advice(text)}")
    if root is None:
        raise ReadError(f"{shown(part)} is not XML that can be read ({fault}); {advice(text)}")
    return Tree(
        root, f"The XML breaks off ({fault}); what comes before was read and nothing is taken as cancelled", mended[:at]
    )


def not_too_deep(text: str, name: str, blocks: Collection[str]) -> None:
    """Refuse a page of HTML on which its parser would take minutes; ``blocks`` are elements that always have an end."""
    open_now: Counter[str] = Counter()
    depth = formats = 0
    for found in re.finditer(_TAG, text):
        tag = found["name"].lower()
        if tag in _LEAVES or (found["close"] and not open_now[tag]):
            continue
        if not found["close"] and found["rest"].endswith("/") and tag not in blocks and tag not in _FORMATS:
            continue  # in a drawing "<path/>" is whole
        step = -1 if found["close"] else 1
        open_now[tag] += step
        depth += step
        formats += step * (tag in _FORMATS)
        if depth > DEPTH_CAP or formats > FORMATS_CAP:
            raise ReadError(
                f"{name} has more than {DEPTH_CAP} elements inside each other or {FORMATS_CAP} that never end, which no page "
                "has; save it again as text."
            )


def advice(text: str) -> str:
    """What to do about a file in which nothing was found: a template is not what a site makes of it."""
    if is_template(text):
        return "it is a template, so nothing found: save what the site makes of it"
    return "nothing found: save or export the schedule again"


def is_template(text: str) -> bool:
    """Whether the text has the marks of a Django or Jinja template that was never filled in."""
    return ("{%" in text and "%}" in text) or ("{{" in text and "}}" in text)


def inner(element: Element) -> str:
    """The text of an element, with that of elements inside it."""
    return "".join(element.itertext()) if len(element) else element.text or ""


def _parsed(text: str, part: Part) -> tuple[Element | None, str, int]:
    """The root, what is wrong in words, and the position in the text of the fault."""
    from xml.etree.ElementTree import ParseError, TreeBuilder, XMLParser  # guarded below; only XML pays its 10 ms

    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import DefusedXMLParser

    builder = TreeBuilder()
    # Entities are declared in a DOCTYPE only (XML 1.0 2.8): 2 MB without one take 17 ms in C, where defusedxml takes 26.
    kind: type[XMLParser[Element]] = DefusedXMLParser if "<!DOCTYPE" in text else XMLParser
    parser = kind(target=builder)
    try:
        parser.feed(text)
        return _bare(parser.close(), text), "", len(text)
    except DefusedXmlException:
        raise ReadError(
            f"{shown(part)} declares entities of its own, which can be a bomb or fetch other files, so nothing was read; "
            "take the DOCTYPE out or export the schedule again"
        ) from None
    except ParseError as error:
        line, column = error.position
        return _bare(builder.close(), text), str(error), _position(text, line, column)


def _bare(root: Element | None, text: str) -> Element | None:
    """The tree with its elements' names freed of namespaces, in place."""
    if root is not None and "xmlns" in text:
        for element in root.iter():
            element.tag = element.tag.rpartition("}")[2]
    return root


def _position(text: str, line: int, column: int) -> int:
    """The offset of a line (from 1) and a column (from 0)."""
    at = 0
    for _ in range(line - 1):
        at = text.find("\n", at) + 1
    return at + column


def _mended(text: str) -> str:
    """The text without the signs that XML forbids, with HTML's entities read and a bare ``&`` written out."""
    text = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", _REPLACED, text)
    return re.sub(r"&(?:#(?:[0-9]{1,7}|x[0-9a-fA-F]{1,6});|[A-Za-z][A-Za-z0-9]{1,31};)?", _entity(), text)


def _entity() -> Callable[[re.Match[str]], str]:
    from html import unescape  # 4 ms, only for broken files
    from xml.sax.saxutils import escape

    def mend(found: re.Match[str]) -> str:
        said = found[0]
        if said in _XML_ENTITIES:
            return said
        meant = unescape(said)
        return escape(meant if meant.isprintable() or meant.isspace() else _REPLACED)

    return mend
