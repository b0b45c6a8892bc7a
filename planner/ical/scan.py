"""The lines of an iCalendar file (RFC 5545 3.1): unfolded, cut into name, parameters and value, nested by BEGIN and END.

One pass over the lines, because the icalendar library takes 260 µs an event and more. It reads what people's files hold, not
only what the RFC allows, and raises nothing.
"""

from __future__ import annotations

from planner import text as texts
from planner.values import NamedTuple, re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

_FIRST = 5  # lines that one warning names
_COMPONENTS = frozenset({"VEVENT", "VCALENDAR"})
_LONG_TEXTS = frozenset({"DESCRIPTION", "COMMENT", "SUMMARY"})
_NAMES = (
    "BEGIN END UID SUMMARY DTSTART DTEND DURATION DESCRIPTION LOCATION URL CATEGORIES STATUS TRANSP SEQUENCE RRULE RDATE"
    " EXDATE RECURRENCE-ID ATTENDEE METHOD PRODID NAME X-WR-CALNAME X-WR-CALDESC X-WR-TIMEZONE X-LIC-LOCATION TIMEZONE-ID"
    " TZID TZOFFSETFROM TZOFFSETTO COMMENT VTIMEZONE"
)
_KEPT = frozenset(_NAMES.split())
_NESTS = frozenset({"BEGIN", "END"})
_PLAIN = _KEPT - _NESTS
_PRINTABLE = ("PRINTABLE", "rintable")  # words of QUOTED-PRINTABLE, found in a tenth of the time that capitals take
_CODED = rb"=([0-9A-Fa-f]{2})"


class Property(NamedTuple):
    """One property: its parameters as written (``;TZID=Europe/Rome`` without the first sign), its value, its line from 0."""

    params: str
    value: str
    line: int


class Block:
    """A component: its name, its properties by name, the components in it, and its first and last line among the unfolded.

    ``closed`` is false where its END never came.
    """

    __slots__ = ("closed", "first", "last", "name", "parts", "properties")

    def __init__(self, name: str, first: int) -> None:
        self.name = name
        self.first = first
        self.last = first
        self.closed = False
        self.parts: list[Block] = []
        self.properties: dict[str, list[Property]] = {}

    def one(self, name: str) -> Property | None:
        """The first property of that name."""
        found = self.properties.get(name)
        return found[0] if found else None

    def value(self, name: str) -> str:
        """The value of the first property of that name, stripped; "" where there is none."""
        found = self.properties.get(name)
        return found[0].value.strip() if found else ""


class Notes:
    """What was wrong, a sentence each with the lines it is true of, so that 900 of them stay one warning."""

    def __init__(self) -> None:
        self.count = 0
        self._lines: dict[str, list[int]] = {}
        self._examples: dict[str, str] = {}

    def add(self, sentence: str, line: int, example: str = "") -> None:
        """Note an unfolded line, from 0, for which the sentence (without its stop) is true, and what stands there."""
        self.count += 1
        self._lines.setdefault(sentence, []).append(line)
        if example:
            self._examples.setdefault(sentence, f": {shortly(example)}")

    def warnings(self, data: bytes) -> tuple[str, ...]:
        """One warning a sentence, with the numbers that the lines have in the file."""
        if not self._lines:
            return ()
        numbers = _line_numbers(data)
        said = {key: _named([numbers[line] for line in lines if line < len(numbers)]) for key, lines in self._lines.items()}
        return tuple(f"{sentence} ({where}{self._examples.get(sentence, '')})." for sentence, where in said.items())


def shortly(text: str) -> str:
    """A file's own words inside a warning."""
    text = texts.clean(text[:200])
    return f"“{text[:60]}…”" if len(text) > 60 else f"“{text}”"  # noqa: PLR2004  (half a line of a warning)


def unfold(data: bytes, text: str | None = None) -> list[str]:
    """The lines of a file, unfolded before they are decoded: a fold may stand inside a UTF-8 character.

    ``text`` is the file decoded, where that was done already.
    """
    text = texts.decode(data) if text is None else text
    if text.isascii() and not any(word in text for word in _PRINTABLE):
        lines = text.split("\n")
        if min(lines[:-1], default="")[:1] > " ":  # none is empty or folded, for that would sort before all others
            return lines
    whole = _line_ends(data)
    while b"\n\n" in whole:  # empty lines mean nothing, and old Mozilla puts them inside folds
        whole = whole.replace(b"\n\n", b"\n")
    whole = whole.removeprefix(b"\n")
    if b"QUOTED-PRINTABLE" in whole.upper():
        whole = b"\n".join(_unquoted(whole.split(b"\n")))
    return texts.decode(whole.replace(b"\n ", b"").replace(b"\n\t", b"")).split("\n")


def _unquoted(lines: list[bytes]) -> list[bytes]:
    """The lines with the values that vCalendar 1.0 writes as quoted-printable in plain; as many lines as there were."""
    found: list[bytes] = []
    at = 0
    while at < len(lines):
        head, colon, value = lines[at].partition(b":")
        first, at = at, at + 1
        if not colon or b"QUOTED-PRINTABLE" not in head.upper():
            found.append(lines[first])
            continue
        pieces = [value]
        while pieces[-1].endswith(b"=") and at < len(lines):
            pieces.append(lines[at].removeprefix(b" "))
            at += 1
        plain = re.sub(
            _CODED, lambda one: bytes.fromhex(one[1].decode()), b"".join(piece.removesuffix(b"=") for piece in pieces)
        )
        escaped = plain.replace(b"\r\n", b"\n").replace(b"\r", b"\n").replace(b"\n", b"\\n")
        found += [head + b":" + escaped, *[b"X-JOINED:"] * (at - first - 1)]
    return found


def blocks(lines: Sequence[str], notes: Notes) -> Block:
    """The components of a file, in a root of the name "" that stands for the file."""
    root = Block("", 0)
    nest = _Nest(root, notes)
    properties = root.properties  # of the component that is open
    before = ""  # the name of the property in the line before, whose text may go on in this one
    make = tuple.__new__  # of so many, in half the time of a call of the class
    for number, line in enumerate(lines):
        name, colon, value = line.partition(":")
        params = ""
        if name not in _PLAIN:
            if name not in _NESTS:
                if not line or line.isspace():
                    continue
                name, params, value, colon = _cut(line)
            if name in _NESTS:
                (nest.begin if name == "BEGIN" else nest.end)(value.strip().upper(), number)
                properties, before = nest.top.properties, ""
                continue
            if name not in _KEPT:
                last = properties.get(before, []) if before in _LONG_TEXTS else []
                if colon and _is_name(name) and not (last and _is_prose(line)):
                    before = ""
                else:
                    _stray(line, number, last, nest)
                continue
        before = name
        if name in properties:
            properties[name].append(make(Property, (params, value, number)))
        else:
            properties[name] = [make(Property, (params, value, number))]
    nest.finish(len(lines) - 1)
    return root


def params_of(written: str) -> dict[str, str]:
    """The parameters by name, in capitals, without the quotes: ``TZID="a:b";VALUE=DATE``."""
    found: dict[str, str] = {}
    for piece in _split_outside_quotes(written, ";"):
        key, _, value = piece.partition("=")
        found.setdefault(key.strip().upper(), value.strip().strip('"'))
    return found


def unescape(text: str) -> str:
    r"""A TEXT value as it is meant (RFC 5545 3.3.11): ``\n`` is a line end, ``\,`` a comma; other backslashes stay."""
    if "\\" not in text:
        return text
    pieces = text.split("\\\\")
    for written, meant in _ESCAPES.items():
        pieces = [piece.replace(written, meant) for piece in pieces]
    return "\\".join(pieces)


def text_list(text: str) -> list[str]:
    """The values of a comma list of TEXT, unescaped."""
    if "\\" not in text:
        return text.split(",")
    return [unescape(found[0]) for found in re.finditer(_LISTED, text)]


_ESCAPES = {"\\,": ",", "\\;": ";", "\\:": ":", "\\n": "\n", "\\N": "\n", '\\"': '"'}  # beside the backslash's own
_LISTED = r"(?:[^\\,]|\\.?)+"


class _Nest:
    """The components that are open at a line."""

    def __init__(self, root: Block, notes: Notes) -> None:
        self.open = [root]
        self.top = root
        self.counts: dict[str, int] = {}
        self.notes = notes

    def begin(self, name: str, number: int) -> None:
        """Open a component; an event or calendar that is still open has lost its END and is closed."""
        if name in _COMPONENTS and self.counts.get(name):
            while self._close(number - 1).name != name:
                pass
            self.notes.add(f"BEGIN:{name} comes before the END of the one before", number)
        block = Block(name, number)
        self.top.parts.append(block)
        self.open.append(block)
        self.top = block
        self.counts[name] = self.counts.get(name, 0) + 1

    def end(self, name: str, number: int) -> None:
        """Close the component of that name and what is open in it; an END of nothing is passed over."""
        if not self.counts.get(name):
            return
        while True:
            block = self._close(number)
            if block.name == name:
                block.closed = True
                return

    def finish(self, number: int) -> None:
        """The end of the file: what is open was cut off."""
        for block in self.open:
            block.last = number

    def _close(self, number: int) -> Block:
        block = self.open.pop()
        block.last = number
        self.counts[block.name] -= 1
        self.top = self.open[-1]
        return block


def _stray(line: str, number: int, last: list[Property], nest: _Nest) -> None:
    """A line that is no property: the rest of a text whose line ends were not escaped, else a fault."""
    if last:
        before = last.pop()
        last.append(before._replace(value=f"{before.value}\n{line}"))
    elif len(nest.open) > 1:
        nest.notes.add("A line that is no property of a calendar was left out", number)


def _cut(line: str) -> tuple[str, str, str, str]:
    """Name in capitals, parameters, value, and the colon; a colon within quotes belongs to a parameter."""
    head, colon, value = line.partition(":")
    if '"' in head and head.count('"') % 2:
        pieces = _split_outside_quotes(line, ":", most=1)
        if len(pieces) == 2:  # noqa: PLR2004  (a head and a value; a quote that never closes leaves one piece)
            head, value = pieces
    name, _, params = head.partition(";")
    return name.strip().upper(), params, value, colon


def _split_outside_quotes(text: str, sign: str, most: int = -1) -> list[str]:
    """The text split at a sign that stands outside of double quotes."""
    if '"' not in text:
        return text.split(sign, most)
    pieces, begin, quoted = [], 0, False
    for at, letter in enumerate(text):
        if letter == '"':
            quoted = not quoted
        elif letter == sign and not quoted:
            pieces.append(text[begin:at])
            begin = at + 1
            if len(pieces) == most:
                break
    return [*pieces, text[begin:]]


def _is_name(name: str) -> bool:
    return name.isascii() and name.replace("-", "").replace("_", "").isalnum()


def _is_prose(line: str) -> bool:
    """Whether a line in a text only looks like a property (``Trees: a survey``); the names of those are in capitals."""
    return not line.partition(":")[0].partition(";")[0].isupper() and not line.startswith(("X-", "x-"))


def _line_ends(data: bytes) -> bytes:
    r"""The bytes with ``\n`` as the only line end, and in UTF-8 where they were UTF-16."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")):
        data = texts.decode(data).encode("utf-8", errors="replace")
    data = data.removeprefix(b"\xef\xbb\xbf")
    if b"\r" in data:
        data = data.replace(b"\r\n", b"\n")
        if b"\r" in data:  # some write two before a line feed, and old Macs none behind
            data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return data


def _line_numbers(data: bytes) -> list[int]:
    """The number in the file, from 1, of the first piece of each unfolded line."""
    found: list[int] = []
    for number, line in enumerate(_line_ends(data).split(b"\n"), start=1):
        if line and (not found or not line.startswith((b" ", b"\t"))):
            found.append(number)
    return found


def _named(numbers: Sequence[int]) -> str:
    """``line 3``, ``lines 3 and 5``, ``lines 3, 5, 6, 7, 9 and 12 more``."""
    shown = [str(number) for number in numbers[:_FIRST]]
    more = len(numbers) - len(shown)
    if more > 0:
        return f"lines {', '.join(shown)} and {more} more"
    return f"lines {', '.join(shown[:-1])} and {shown[-1]}" if len(shown) > 1 else f"line {''.join(shown)}"
