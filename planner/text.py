"""Text from outside made safe and readable: one boundary, :func:`clean`, and what comes before it (bytes, LaTeX, HTML, names).

Readers call :func:`read_title` and :func:`read_abstract`; whatever they return can go to a terminal, a file or a calendar.
A little over 400 lines, because one boundary is easier to trust in one file.
"""

from __future__ import annotations

from functools import cache

from planner.values import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

LINE_CAP = 10_000
"""Signs of one line that a pattern may be tried on; a longer line is no title, no time and no heading."""

LATEX_CAP = 20_000
"""Signs of one text that are read as LaTeX; a longer one stays as it was (the longest real abstract has 4,000)."""

DOLLARS_CAP = 200
"""Dollar signs of one text that are read as LaTeX: each begins a piece, which costs the library 0.6 ms at worst."""

REPLACED = "\ufffd"
"""What stands where a sign was that must not reach a terminal."""

_ZERO_WIDTH = (
    "\u200b\u2060\ufeff\u00ad"  # zero-width blank, word joiner, BOM in mid-text, soft hyphen: invisible, they break search
)
_ASCII = bytes([*range(0x20, 0x7F), 0x0A])
_SHORT = 60  # signs of a text that is looked at in no time anyway
_MARKS = (
    30  # combining signs in a row that are kept: the stream-safe limit of UAX #15; more makes NFC quadratic (3.4 s for 80,000)
)


@cache
def _table() -> dict[int, str]:
    """What :func:`clean` replaces: every sign that ends up here is one that ``str.isprintable`` refuses."""
    table = dict.fromkeys([*range(0x20), *range(0x7F, 0xA0)], REPLACED)
    table |= dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)], REPLACED)  # bidi embeddings, overrides, isolates
    table |= dict.fromkeys([*range(0xD800, 0xE000), 0xFFFE, 0xFFFF], REPLACED)  # lone surrogates, non-characters
    table |= dict.fromkeys([0x09, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000], " ")
    table |= dict.fromkeys([0x0A, 0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029], "\n")
    table |= dict.fromkeys(map(ord, _ZERO_WIDTH), "")
    return table


@cache
def _long_marks() -> re.Pattern[str]:
    """Stretches that may hold too many combining signs: from U+0300, where they begin, and neither letters nor blanks.

    The class stands there twice because ``re`` leaps to the first sign of one that is not repeated: four times as fast.
    """
    sign = r"[^\x00-\u02ff\w\s]"
    return re.compile(rf"{sign}{sign}{{{_MARKS},}}")


def _fewer_marks(found: re.Match[str]) -> str:
    """Drop what follows the thirtieth combining sign in a row."""
    import unicodedata

    kept, row = [], 0
    for sign in found[0]:
        row = row + 1 if unicodedata.combining(sign) else 0
        if row <= _MARKS:
            kept.append(sign)
    return "".join(kept)


def clean(text: str, *, lines: bool = False) -> str:
    """The one boundary for text from outside: safe in a terminal, a file and a calendar, and pleasant to read.

    Control signs (C0, DEL, C1), bidirectional embeddings, overrides and isolates (UAX #9) and lone surrogates become U+FFFD;
    tabs and every kind of blank one blank; line ends a blank, or a newline where ``lines`` is true (then at most one empty
    line in a row stays). Invisible signs go, the result is stripped and in NFC. ``clean(clean(x)) == clean(x)``.
    """
    if not _is_plain(text):
        text = text.replace("\r\n", "\n").translate(_table())
    if "\n" in text:
        if lines:
            return _lines(text)
        text = " ".join(text.split())
    elif " " in text and ("  " in text or text[0] == " " or text[-1] == " "):
        text = " ".join(text.split())
    return text if text.isascii() else _composed(text)


def _is_plain(text: str) -> bool:
    """Whether :func:`clean` replaces no sign of a text."""
    if len(text) > _SHORT and text.isascii():
        return not text.encode().translate(None, _ASCII)  # a quarter of the time of str.isprintable
    return text.isprintable() or text.replace("\n", " ").isprintable()


def harmless(text: str) -> str:
    """A text that keeps its blanks and lines, without what a terminal obeys: what a person pastes."""
    obeyed = {sign: to for sign, to in _table().items() if to in {REPLACED, "\n"}}
    return text.replace("\r\n", "\n").translate(obeyed)


def _lines(text: str) -> str:
    """Clean the lines of a text whose signs are replaced already, so that its only white space is blanks and line ends."""
    text = text.strip()
    if "  " in text or " \n" in text or "\n " in text:
        text = "\n".join(" ".join(line.split()) for line in text.split("\n"))
    while "\n\n\n" in text:
        text = text.replace("\n\n\n", "\n\n")
    return _composed(text)


def _composed(text: str) -> str:
    """NFC, in linear time on any input."""
    if text.isascii():
        return text
    import unicodedata  # 0.3 ms, and no text in ASCII needs it

    kept = _long_marks().sub(_fewer_marks, text)
    composed = unicodedata.normalize("NFC", kept)
    return composed if composed == text else _long_marks().sub(_fewer_marks, composed)  # one sign may have become two


def decode(data: bytes) -> str:
    r"""The text of a file: UTF-8 or UTF-16 by its byte-order mark, UTF-8 without one, else Windows-1252 or Latin-1.

    Never raises. A file that is UTF-8 but for a few broken bytes (a page cut in mid-sign) stays UTF-8 with U+FFFD there. Line
    ends become ``\n``.
    """
    if data.startswith((b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")):
        text = data.decode("utf-32", errors="replace")
    elif data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16", errors="replace")
    else:
        text = _decode_bytes(data.removeprefix(b"\xef\xbb\xbf"))
    text = text.replace("\r\n", "\n") if "\r" in text else text
    return text.replace("\r", "\n") if "\r" in text else text


def _decode_bytes(data: bytes) -> str:
    """UTF-8 if most of what is not ASCII is valid in it, else one byte a sign."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("utf-8", errors="replace")
    broken = text.count(REPLACED)
    whole = len(text) - len(text.encode("ascii", errors="ignore")) - broken
    if whole > broken or (broken == 1 and text.endswith(REPLACED)):
        return text
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return data.decode("latin-1")


_MAGIC = (b"%PDF-", b"PK\x03\x04", b"\x89PNG", b"\x1f\x8b", b"SQLite format 3", b"\xd0\xcf\x11\xe0", b"\xff\xd8\xff", b"GIF8")


def looks_binary(data: bytes) -> bool:
    """Whether this is no text at all: a known binary format, NUL bytes without a UTF-16 mark, or a tenth control bytes."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")):
        return False
    head = data[:8192]
    if data.startswith(_MAGIC) or b"\x00" in head:
        return True
    controls = len(head) - len(head.translate(None, bytes([*range(0x09), *range(0x0E, 0x1B), *range(0x1C, 0x20), 0x7F])))
    return controls * 10 > len(head)


@cache
def _entity() -> re.Pattern[str]:
    """An HTML entity with its semicolon: without one it may be part of a name (``AT&T``) or of a link."""
    return re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")


def entities(text: str) -> str:
    """The text with its HTML entities read once: ``&amp;`` is ``&``, an unknown name stays."""
    if "&" not in text:
        return text
    from html import unescape  # 4 ms for a table that few texts need

    return _entity().sub(lambda found: unescape(found[0]), text)


_BLOCKS = (
    "address|article|aside|blockquote|br|dd|div|dl|dt|figcaption|figure|footer|h[1-6]|header|hr|li|main|nav|ol|p|pre|section"
    "|table|tr|ul"
)
_INLINE = "a|abbr|b|big|center|cite|code|em|font|i|img|kbd|mark|q|s|small|span|strike|strong|sub|sup|td|th|tt|u|var|wbr"


@cache
def _tags() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Patterns of hidden parts, of block tags, of any tag, and of the tags that people put into titles."""
    hidden = re.compile(r"<!--|<(script|style|template|head)\b[^<>]{0,2000}>", re.IGNORECASE)
    block = re.compile(rf"</?(?:{_BLOCKS})(?:\s[^<>]{{0,2000}})?/?>", re.IGNORECASE)
    tag = re.compile(r"</?[a-zA-Z][^<>]{0,2000}>|<![a-zA-Z\[][^<>]{0,2000}>")
    known = re.compile(rf"</?(?:{_BLOCKS}|{_INLINE})(?:\s[^<>]{{0,2000}})?/?>", re.IGNORECASE)
    return hidden, block, tag, known


def html(text: str) -> str:
    r"""HTML to plain text: tags and hidden parts go, blocks and ``<br>`` begin new lines, entities are read.

    Meant for descriptions inside a format; pages have their own reader. Linear on any input, which the HTML parsers that were
    tried are not (``<div>`` 40,000 deep takes selectolax 1.6 s, and four times that at double depth).
    """
    hidden, block, tag, _ = _tags()
    text = _visible(text, hidden)
    text = tag.sub("", block.sub("\n", _one_line(text)))
    read = entities(text)
    blanks = "  " in read or read is not text  # other white space than single blanks comes from entities only
    lines = (" ".join(line.split()) if blanks else line.strip() for line in read.split("\n"))
    return "\n".join(filter(None, lines))


def _one_line(text: str) -> str:
    """The text with single blanks for all its white space, as HTML means it."""
    line = text.replace("\n", " ")
    if not line.isprintable():  # it may hold other white space
        return " ".join(text.split())
    while "  " in line:
        line = line.replace("  ", " ")
    return line.strip()


def _visible(text: str, hidden: re.Pattern[str]) -> str:
    """The text without comments, scripts and styles; an unclosed one hides the rest."""
    if (found := hidden.search(text)) is None:
        return text
    lower, kept, at = text.lower() if text.isascii() else text, [], 0
    while found := hidden.search(text, at):
        kept.append(text[at : found.start()])
        closing = f"</{found[1].lower()}" if found[1] else "-->"
        end = lower.find(closing, found.end())
        if end < 0:
            return "".join(kept)
        at = end if found[1] else end + len(closing)
    return "".join([*kept, text[at:]])


def read_title(text: str) -> str:
    """A title, a name or another text of one line, as a source gives it, ready to be shown."""
    return clean(_readable(text))


def read_abstract(text: str) -> str:
    """An abstract or a description, as a source gives it, ready to be shown; its paragraphs stay lines."""
    return clean(_readable(text), lines=True)


def _readable(text: str) -> str:
    """Tags, entities and LaTeX read, where there are any."""
    if "<" in text and _tags()[3].search(text):
        text = html(text)
    elif "&" in text:
        text = entities(text)
    return latex(text)


def latex(text: str) -> str:
    r"""LaTeX to Unicode: ``$\ell_2$`` is ``ℓ_2``, ``{\em so}`` is ``so``; what it does not know stays as it was.

    A text without a backslash or a formula is not touched, so ``5% of $10 & more`` stays. Never raises: a text that the
    library cannot read, and one over :data:`LATEX_CAP` or :data:`DOLLARS_CAP`, comes back unread.
    """
    if "\\" not in text and "$" not in text and ("`" not in text or "``" not in text):
        return text
    if len(text) > LATEX_CAP or text.count("$") > DOLLARS_CAP:
        return text
    text = re.sub(r"``([^`']{1,500})''", r"“\1”", text)
    parts = re.split(r"(?<!\\)\$", text.replace("$$", "$"))
    read, at = [_convert(_guarded(parts[0]))], 1
    while at < len(parts):
        after = parts[at + 1] if at + 1 < len(parts) else None
        if after is not None and _is_formula(parts[at], after):
            read += [_formula(parts[at]), _convert(_guarded(after))]
            at += 2
        else:
            read.append("$" + _convert(_guarded(parts[at])))
            at += 1
    return "".join(read)


def _is_formula(inner: str, after: str) -> bool:
    """Whether two dollar signs hold a formula and not a sum of money: Pandoc's rule, or a sign that only formulas have."""
    if not inner or len(inner) > 1000:  # noqa: PLR2004  (the longest real formula has 300 signs)
        return False
    if inner[0].isspace() or inner[-1].isspace():
        return any(sign in inner for sign in "\\^_<>=")
    return not after[:1].isdigit()


def _formula(inner: str) -> str:
    """A formula in Unicode; what several signs share an exponent or an index stays in brackets: ``x^(2k)``."""
    inner = re.sub(r"([_^])\{([^{}\\]{2,80})\}", r"\1(\2)", inner)
    read = _convert("$" + re.sub(r"(?<!\\)%", r"\%", inner) + "$")
    return inner if read.startswith("$") else read


def _guarded(text: str) -> str:
    """Plain text as LaTeX would have it: signs that LaTeX gives a meaning to, and that authors mean as they are."""
    if "\\" not in text:
        return text
    text = re.sub(r"\\href\{[^{}]{0,1000}\}(?=\{)", "", text)
    text = re.sub(r"(?<!\\)([%#&])", r"\\\1", text)
    return re.sub(r"(?<![\w\\])~", r"\\textasciitilde{}", text)


def _convert(text: str) -> str:
    """What the library makes of a piece of LaTeX, or the piece itself where it fails."""
    if "\\" not in text and "$" not in text:
        return text
    beyond, escaped = _escapes()
    if not beyond.search(text):
        return escaped.sub(r"\1", text)
    try:
        return _converter()(text)
    except Exception:  # noqa: BLE001  (on broken LaTeX it raises IndexError, RecursionError and more; the text itself is the answer)
        return text


@cache
def _escapes() -> tuple[re.Pattern[str], re.Pattern[str]]:
    r"""What only the library reads (macros, groups, formulas, ligatures), and the escapes (``R\&D``) that need none of it.

    The library takes 20 ms to import, and 8 ms for an abstract of 4,700 signs that holds one escape and nothing else.
    """
    return re.compile(r"\\(?![&%_$#{}])|(?<!\\)[{}~$%#&]|--|''|``|[!?]`"), re.compile(r"\\([&%_$#{}])")


@cache
def _converter() -> Callable[[str], str]:
    """The library's converter with the macros that authors use and it lacks."""
    import logging  # 21 ms together, only for texts with LaTeX

    from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db

    logging.getLogger("pylatexenc").setLevel(logging.CRITICAL)  # it prints each broken macro to stderr

    known = get_default_latex_context_db()
    known.add_context_category(
        "planner",
        prepend=True,
        macros=[MacroTextSpec(name, simplify_repl=_as_written) for name in _NOT_HERE]
        + [MacroTextSpec(name, discard=True) for name in _SILENT.split()]
        + [MacroTextSpec(name, simplify_repl=_argument) for name in ("url", "texttt", "nolinkurl", "path")]
        + [MacroTextSpec(name, simplify_repl=_citation) for name in ("cite", "citep", "citet", "ref", "eqref")]
        + [MacroTextSpec(name, simplify_repl=_accents(mark)) for name, mark in _WIDE.items()],
    )
    known.set_unknown_macro_spec(MacroTextSpec("", simplify_repl=_as_written))
    converter = LatexNodes2Text(latex_context=known, math_mode="text", keep_comments=True)
    return lambda text: str(converter.latex_to_text(text, tolerant_parsing=True))


_NOT_HERE = (
    "input",
    "include",
    "today",
    "maketitle",
    "title",
    "author",
    "date",
)  # they read files and the clock, or drop text
_SILENT = """
em it bf rm sf tt sc sl cal normalfont itshape bfseries scshape ttfamily rmfamily sffamily upshape mdseries small large tiny
footnotesize left right middle big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr boldsymbol bm pmb mathsf mathtt mathop
operatorname mbox hbox ensuremath displaystyle textstyle limits nolimits noindent centering protect xspace newline nonumber
"""  # macros of how it looks, not of what it says
_WIDE = {"widetilde": "\u0303", "widehat": "\u0302", "overline": "\u0304", "underline": "\u0332"}


def _argument(node: Any, l2tobj: Any) -> str:
    """The text of a macro's last argument."""
    given = [each for each in (node.nodeargd.argnlist if node.nodeargd else ()) if each is not None]
    return str(l2tobj.nodelist_to_text(given[-1:]))


def _as_written(node: Any, l2tobj: Any) -> str:
    """An unknown macro: its argument where the library knows that it has one, else its name as it stands."""
    if node.nodeargd and any(each is not None for each in node.nodeargd.argnlist or ()):
        return _argument(node, l2tobj)
    after = node.parsing_state.s[node.pos + node.len : node.pos + node.len + 1]
    return str(node.latex_verbatim()) + (" " if after == "{" else "")


def _citation(node: Any, l2tobj: Any) -> str:
    """A citation's or reference's key, in the brackets in which a page would show it."""
    return f"[{_argument(node, l2tobj)}]"


def _accents(mark: str) -> Callable[[Any, Any], str]:
    """A wide accent: put on a single letter, left out over several."""

    def accented(node: Any, l2tobj: Any) -> str:
        under = _argument(node, l2tobj)
        return under + mark if len(under) == 1 else under

    return accented


_SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv", "phd", "ph.d.", "md", "m.d."})


def names(text: str) -> tuple[str, ...]:
    """The names in a line of authors, speakers or chairs, in their order, each clean.

    Split at the strongest sign there is: ``·`` or ``⋅`` beside a blank, ``|``, ``;``, else at commas, ``and`` and ``&``.
    ``Wu, Jr.`` stays one name, and ``Zhang, Yixiao; Xia, Gus`` are names with the family name first.
    """
    text = latex(entities(text)).translate(_NAME_SIGNS)
    dotted = re.split(r"\s[·⋅•]|[·⋅•]\s", text)
    if len(dotted) > 1:
        found = dotted
    elif "|" in text:
        found = text.split("|")
    elif ";" in text:
        found = [_forename_first(each) for each in text.split(";")]
    else:
        found = _joined_suffixes(re.split(r",|\sand\s|\s&\s", text))
    tidy = (clean(each).strip("*†‡,; ").removeprefix("and ").strip() for each in found)
    return tuple(each for each in tidy if each)


_NAME_SIGNS = {0xFF0C: ",", 0x3001: ",", 0xFF1B: ";", 0xFF5C: "|", 0x0A: " "}  # the wide forms of Chinese lists


def _forename_first(name: str) -> str:
    """``Zhang, Yixiao*`` as ``Yixiao Zhang``; anything but one comma stays as it is."""
    family, comma, given = (each.strip(" *†‡") for each in name.partition(","))
    if comma and family and given and "," not in given and given.lower() not in _SUFFIXES:
        return f"{given} {family}"
    return name


def _joined_suffixes(found: list[str]) -> list[str]:
    """Names with ``Jr.`` and its like put back to the name before."""
    whole: list[str] = []
    for each in found:
        if whole and each.strip().lower() in _SUFFIXES:
            whole[-1] = f"{whole[-1]}, {each.strip()}"
        else:
            whole.append(each)
    return whole
