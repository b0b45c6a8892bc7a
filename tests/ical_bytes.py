"""Calendar bytes as lines and components, for tests: a parser that shares nothing with the program's."""

from __future__ import annotations

import re
from typing import NamedTuple

TEXTS = {"SUMMARY", "DESCRIPTION", "LOCATION", "NAME", "X-WR-CALNAME", "UID", "CATEGORIES", "PRODID"}
LINE = re.compile(r'([A-Za-z0-9-]+)((?:;[A-Za-z0-9-]+=(?:"[^"]*"|[^";:,]*)(?:,(?:"[^"]*"|[^";:,]*))*)*):(.*)', re.DOTALL)
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")


class Line(NamedTuple):
    """An unfolded content line."""

    number: int
    name: str
    params: dict[str, str]
    value: str


class Block:
    """A component: its lines and the components in it."""

    def __init__(self, kind: str, number: int) -> None:
        self.kind, self.number = kind, number
        self.lines: list[Line] = []
        self.blocks: list[Block] = []

    def all(self, name: str) -> list[Line]:
        """Every line of that name."""
        return [line for line in self.lines if line.name == name]

    def one(self, name: str) -> Line:
        """The first line of that name, an empty one where there is none."""
        return next(iter(self.all(name)), Line(self.number, name, {}, ""))

    def within(self, kind: str) -> list[Block]:
        """The components of that kind directly in it."""
        return [block for block in self.blocks if block.kind == kind]


def unfold(data: bytes) -> tuple[list[str], list[tuple[int, str]]]:
    """Complaints about the bytes, and the content lines with the numbers of the lines that they begin on."""
    faults = []
    if data.startswith(b"\xef\xbb\xbf"):
        faults.append("1: begins with a BOM")
    if not data.endswith(b"\r\n"):
        faults.append("1: does not end with CRLF")
    if re.search(rb"\r(?!\n)|(?<!\r)\n", data):
        faults.append("1: a CR or LF that is not part of a CRLF")
    logical: list[tuple[int, bytes]] = []
    for number, raw in enumerate(re.split(rb"\r\n|\r|\n", data.removeprefix(b"\xef\xbb\xbf"))[:-1], 1):
        faults += _line(number, raw)
        if raw[:1] in {b" ", b"\t"} and logical:
            logical[-1] = (logical[-1][0], logical[-1][1] + raw[1:])
        else:
            logical.append((number, raw))
    return faults, [(number, raw.decode(errors="replace")) for number, raw in logical]


def _line(number: int, raw: bytes) -> list[str]:
    """Complaints about a line as it stands in the file."""
    faults = []
    if len(raw) > 75:
        faults.append(f"2: line {number} has {len(raw)} octets")
    if raw[:1] == b"\t":
        faults.append(f"2: line {number} is folded with a tab")
    try:
        raw.decode()
    except UnicodeDecodeError:
        faults.append(f"2: line {number} is no UTF-8 by itself: broken, or cut inside a character")
    return faults


def tree(logical: list[tuple[int, str]]) -> tuple[Block, list[str]]:
    """The components, nested as BEGIN and END say."""
    faults = []
    stack = [Block("", 0)]
    for number, text in logical:
        found = LINE.fullmatch(text)
        if CONTROL.search(text):
            faults.append(f"24: line {number} holds a control character")
        if not found:
            faults.append(f"1: line {number} is no content line: {text[:40]!r}")
            continue
        params = dict(part.split("=", 1) for part in re.findall(r';([^;="]+=(?:"[^"]*"|[^";])*)', found[2]))
        line = Line(number, found[1].upper(), {name.upper(): said.strip('"') for name, said in params.items()}, found[3])
        if line.name == "BEGIN":
            stack.append(Block(line.value, number))
            stack[-2].blocks.append(stack[-1])
        elif line.name == "END":
            if len(stack) == 1 or line.value != stack[-1].kind:
                faults.append(f"36: line {number} ends {line.value}, which is not open")
            else:
                stack.pop()
        else:
            stack[-1].lines.append(line)
            faults += _value(line)
    faults += [f"36: {block.kind} is never closed" for block in stack[1:]]
    return stack[0], faults


def _value(line: Line) -> list[str]:
    """Complaints about a value that need no more than its line."""
    if line.name in TEXTS:
        allowed = r"(?:[^\\;,]|\\[\\;,nN])*" if line.name != "CATEGORIES" else r"(?:[^\\;]|\\[\\;,nN])*"
        if not re.fullmatch(allowed, line.value, re.DOTALL):
            return [f"23: line {line.number}: {line.name} is not escaped as TEXT"]
    return []


def text_of(value: str) -> str:
    """A TEXT value as a person reads it."""
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], value)
