"""Makes the corpus of broken inputs: ``python tests/make_corpus.py`` writes ``tests/data/hostile/FAMILY.jsonl``.

Each line is one input: its name, the ending of its file, and its bytes as pieces, each in base64 with how often it is repeated
(what is deep or long stays short here). The damage is drawn from the name, so the same corpus is made each time; it is kept
so that what once was right stays right when this script changes.
"""

from __future__ import annotations

import base64
import json
import random
import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

DATA = Path(__file__).parent / "data"
CORPUS = DATA / "hostile"

GOOD = {
    "page": ("pages/neurips-session.txt", "pages/icml-workshop-2019.md", "pages/cards-2025.html"),
    "list": ("lists/blocks.md", "lists/english.md", "lists/notes.json", "lists/papers2020.csv"),
    "frab": ("frab/pentabarf.xml", "frab/voc.json", "frab/entries.xml"),
    "xcal": ("xcal/standard.xcal",),
    "ical": ("ical/pretalx.ics", "ical/indico.ics", "ical/exchange.ics"),
    "json": ("open_json/sessionize-all.json", "open_json/indico-timetable.json", "open_json/booklet.json"),
    "csv": ("csv_schedule/sessions.csv", "csv_schedule/german.csv"),
    "miniconf": ("miniconf/main_calendar.json", "miniconf/schedule.yml", "miniconf/speakers.yml"),
}
"""The whole files of each family that are broken, under ``tests/data``."""


class Broken(NamedTuple):
    """An input: its name, the ending of its file's name, and its bytes as pieces with how often each is repeated."""

    name: str
    ending: str
    pieces: tuple[tuple[bytes, int], ...]

    @property
    def data(self) -> bytes:
        """All of its bytes."""
        return b"".join(piece * times for piece, times in self.pieces)


def _cut(share: float) -> Callable[[bytes, random.Random], bytes]:
    return lambda data, _: data[: int(len(data) * share)]


def _flipped(data: bytes, chance: random.Random) -> bytes:
    broken = bytearray(data)
    for _ in range(12):
        broken[chance.randrange(len(broken))] ^= 1 << chance.randrange(8)
    return bytes(broken)


def _without_lines(data: bytes, chance: random.Random) -> bytes:
    return b"\n".join(line for line in data.split(b"\n") if chance.random() < 0.7)


def _shuffled(data: bytes, chance: random.Random) -> bytes:
    lines = data.split(b"\n")
    chance.shuffle(lines)
    return b"\n".join(lines)


def _doubled(data: bytes, _: random.Random) -> bytes:
    """Each line twice: each key of an object, each property of an event, each element stands there two times."""
    return b"\n".join(line for one in data.split(b"\n") for line in (one, one))


def _numbers(number: bytes) -> Callable[[bytes, random.Random], bytes]:
    return lambda data, _: re.sub(rb"\d+", number, data)


def _some_numbers(data: bytes, chance: random.Random) -> bytes:
    odd = (b"-1", b"00", b"99", b"1e999", b"0x10", b"24", b"60", b"31", b"2147483648", "٣".encode(), b"NaN", b"")
    return re.sub(rb"\d+", lambda found: chance.choice((found[0], chance.choice(odd))), data)


def _types(value: bytes) -> Callable[[bytes, random.Random], bytes]:
    """Texts in quotes, elements and values after a colon become something else."""
    return lambda data, chance: re.sub(
        rb'"[^"\n]*"(?=\s*[,\n}\]])|(?<=>)[^<>\n]+(?=<)|(?<=: )[^\n"]+', lambda found: chance.choice((found[0], value)), data
    )


def _sprinkled(*signs: bytes) -> Callable[[bytes, random.Random], bytes]:
    def sprinkle(data: bytes, chance: random.Random) -> bytes:
        for _ in range(15):
            place = chance.randrange(len(data))
            data = data[:place] + chance.choice(signs) + data[place:]
        return data

    return sprinkle


def _turned(data: bytes, _: random.Random) -> bytes:
    """Brackets, quotes and angles the other way round."""
    return data.translate(bytes.maketrans(b"{}[]<>\"'", b"}{][><'\""))


DAMAGES: dict[str, Callable[[bytes, random.Random], bytes]] = {
    "cut at a tenth": _cut(0.1),
    "cut in the middle": _cut(0.5),
    "cut before the end": _cut(0.97),
    "bits flipped": _flipped,
    "lines lost": _without_lines,
    "lines shuffled": _shuffled,
    "lines doubled": _doubled,
    "numbers of 400 digits": lambda data, _: re.sub(rb"\d+", b"9" * 400, data, count=8),
    "numbers negative": _numbers(b"-1"),
    "numbers zero": _numbers(b"0"),
    "numbers odd": _some_numbers,
    "values null": _types(b"null"),
    "values a list": _types(b"[[]]"),
    "values an object": _types(b'{"x": {}}'),
    "values a number": _types(b"1e400"),
    "NULs": _sprinkled(b"\0"),
    "line ends mixed": _sprinkled(b"\r", b"\r\n", b"\n\r", b"\x0b", b"\x0c", b"\xc2\x85", "\u2028".encode()),
    "escapes": _sprinkled(b"\x1b]2;CANARY\x07", b"\xc2\x9b2J", "\u202e".encode(), b"[/b]"),
    "broken UTF-8": _sprinkled(b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xf4\x90\x80\x80"),
    "entities": _sprinkled(b"&#0;", b"&#x110000;", b"&xxe;", b"&amp;amp;", b"<![CDATA[", b"]]>", b"<!--"),
    "brackets": _sprinkled(b"[", b"{", b"}", b"]", b"<", b">", b'"', b"'", b"|", b","),
    "turned": _turned,
    "UTF-16 without a mark": lambda data, _: data.decode().encode("utf-16-le"),
    "UTF-16 with the wrong mark": lambda data, _: b"\xfe\xff" + data.decode().encode("utf-16-le"),
    "read as Latin-1 twice": lambda data, _: data.decode("latin-1").encode().decode("latin-1").encode(),
    "EBCDIC": lambda data, _: data.decode().encode("cp500", "replace"),
    "after rubbish": lambda data, chance: chance.randbytes(40) + data,
    "before rubbish": lambda data, chance: data + chance.randbytes(40),
    "one line": lambda data, _: data.replace(b"\n", b" "),
    "backwards": lambda data, _: data[::-1],
}
"""How a whole file is broken."""

BOMB = b'<!DOCTYPE x [<!ENTITY a "' + b"x" * 50 + b'">'
BOMB += b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(12)) + b"]>"
XXE = b'<!DOCTYPE x [<!ENTITY xxe SYSTEM "file:///etc/passwd"><!ENTITY % p SYSTEM "http://127.0.0.1:1/x"> %p;]>'
HEAD = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n"

DEEP: dict[str, tuple[str, str, tuple[tuple[bytes, int], ...]]] = {
    "JSON lists in lists": ("json", "json", ((b"[", 100_000),)),
    "JSON objects in objects": ("json", "json", ((b'{"sessions":', 100_000), (b"}", 100_000))),
    "JSON number of 5,000 digits": ("json", "json", ((b'[{"title": "x", "start": ', 1), (b"9", 5000), (b"}]", 1))),
    "JSON keys 200 times": ("json", "json", ((b'[{"title": "x"', 1), (b', "title": ["x"]', 200), (b"}]", 1))),
    "elements in elements": ("frab", "xml", ((b"<schedule>", 1), (b"<day>", 100_000))),
    "a billion laughs": ("frab", "xml", ((b"<?xml version='1.0'?>" + BOMB + b"<schedule><conference><title>&m;", 1),)),
    "an entity 100,000 times": ("frab", "xml", ((BOMB + b"<schedule>", 1), (b"&a;", 100_000), (b"</schedule>", 1))),
    "a file as an entity": (
        "frab",
        "xml",
        ((XXE + b"<schedule><conference><title>&xxe;</title></conference></schedule>", 1),),
    ),
    "a billion laughs in xCal": ("xcal", "xcal", ((BOMB + b"<iCalendar><vcalendar><vevent><summary>&m;", 1),)),
    "attributes 20,000 times": ("xcal", "xcal", ((b"<iCalendar ", 1), (b'x="1" ', 20_000), (b"/>", 1))),
    "events in events": ("ical", "ics", ((HEAD, 1), (b"BEGIN:VEVENT\r\n", 20_000))),
    "a fold 50,000 times": ("ical", "ics", ((HEAD + b"BEGIN:VEVENT\r\nSUMMARY:x", 1), (b"\r\n x", 50_000))),
    "a zone of 300 signs": (
        "ical",
        "ics",
        ((HEAD + b"BEGIN:VEVENT\r\nDTSTART;TZID=", 1), (b"x/", 150), (b":20210506T100000\r\n", 1)),
    ),
    "a rule for ever": (
        "ical",
        "ics",
        (
            (
                HEAD
                + b"BEGIN:VEVENT\r\nUID:1\r\nDTSTART:00010101T000000Z\r\nRRULE:FREQ=SECONDLY\r\nEND:VEVENT\r\nEND:VCALENDAR",
                1,
            ),
        ),
    ),
    "a zone of rules": (
        "ical",
        "ics",
        (
            (HEAD + b"BEGIN:VTIMEZONE\r\nTZID:x\r\n", 1),
            (b"BEGIN:STANDARD\r\nDTSTART:16010101T000000\r\nTZOFFSETFROM:+9999\r\nRRULE:FREQ=DAILY\r\nEND:STANDARD\r\n", 300),
        ),
    ),
    "YAML aliases": (
        "miniconf",
        "yml",
        (
            (
                b"a: &a [x,x,x,x,x,x,x,x,x]\n"
                + b"".join(b"%c: &%c [%s]\n" % (98 + n, 98 + n, b",".join([b"*%c" % (97 + n)] * 9)) for n in range(9)),
                1,
            ),
        ),
    ),
    "a YAML object": ("miniconf", "yml", ((b"- !!python/object/apply:os.system ['touch CANARY']\n", 1),)),
    "YAML lists in lists": ("miniconf", "yml", ((b"- ", 5000), (b"x\n", 1))),
    "a cell of a megabyte": ("csv", "csv", ((b"title,date,start\n", 1), (b"x", 1_000_000), (b",2021-05-06,10:00\n", 1))),
    "20,000 columns": ("csv", "csv", ((b"title,date,start", 1), (b",x", 20_000), (b"\nA,2021-05-06,10:00\n", 1))),
    "a quote that never ends": ("csv", "csv", ((b'title,date,start\n"', 1), (b"A,2021-05-06,10:00\n", 5000))),
    "bars": ("list", "md", ((b"| Title | Authors |\n| --- | --- |\n", 1), (b"|", 200_000))),
    "brackets behind links": (
        "list",
        "md",
        ((b"# Papers\n\n", 1), (b"- [Kites and their strings](https://arxiv.org/abs/2101.00001) " + b"[" * 9000 + b"\n", 60)),
    ),
    "headings": ("list", "md", ((b"# a\n- b\n", 5000),)),
    "a title of a megabyte": (
        "list",
        "md",
        ((b"| Title | Authors |\n|---|---|\n| ", 1), (b"word ", 200_000), (b" | x |\n", 1)),
    ),
    "HTML in HTML": ("page", "html", ((b"<!doctype html><body>", 1), (b"<div>", 50_000))),
    "an attribute of a megabyte": ("page", "html", ((b"<!doctype html><body><a href='", 1), (b"x", 1_000_000), (b"'>x", 1))),
    "words like a time": ("page", "txt", ((b"a ", 50_000), (b"!\n", 1))),
    "blanks": ("page", "txt", ((b" ", 60_000), (b"x\n", 1))),
    "3,000 dates": ("page", "txt", ((b"Thu 6 May 10:00 - 11:00 PDT\n\n", 3000),)),
    "dates without end": ("page", "txt", ((b"Thu 6 May 99:99 - 1:1:1:1:1:1 -- -- XYZT\n\nT\n\n", 100),)),
    "accents": ("list", "md", ((b"| Title | Authors |\n|---|---|\n| e", 1), ("\u0301".encode(), 50_000), (b" | x |\n", 1))),
    "LaTeX": ("list", "md", ((b"| Title | Authors |\n|---|---|\n| ", 1), (b"{\\bf $", 3000), (b" | x |\n", 1))),
}
"""What is long or deep: its name, with the family, the ending and the pieces."""

SMALL = (
    b"",
    b"\n",
    b"\0",
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b" " * 40,
    b"null",
    b"[]",
    b"{}",
    b"<a/>",
    b"- ",
    b"%PDF-1.7\n",
    b"PK\x03\x04",
)


def corpus() -> Iterator[tuple[str, Broken]]:
    """Every input with its family."""
    for family, names in GOOD.items():
        for number, name in enumerate(names):
            data, ending = (DATA / name).read_bytes(), name.rpartition(".")[2]
            for turn, (damage, broken) in enumerate(DAMAGES.items()):
                if len(names) > 1 and (turn + number) % 2:  # each damage to every other file of a family
                    continue
                said = f"{name.rpartition('/')[2]}, {damage}"
                yield family, Broken(said, ending, ((broken(data, random.Random(said)), 1),))
    for name, (family, ending, pieces) in DEEP.items():
        yield family, Broken(name, ending, pieces)
    for number, data in enumerate(SMALL):
        yield "small", Broken(f"small {number}", ("txt", "json", "xml", "ics", "csv")[number % 5], ((data, 1),))


def kept() -> Iterator[tuple[str, Broken]]:
    """The corpus as it is kept."""
    for path in sorted(CORPUS.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            said = json.loads(line)
            pieces = tuple((base64.b64decode(piece), times) for piece, times in said["pieces"])
            yield path.stem, Broken(said["name"], said["ending"], pieces)


def write() -> None:
    """Write a file for each family."""
    lines: dict[str, list[str]] = {}
    for family, (name, ending, pieces) in corpus():
        said = {
            "name": name,
            "ending": ending,
            "pieces": [[base64.b64encode(piece).decode(), times] for piece, times in pieces],
        }
        lines.setdefault(family, []).append(json.dumps(said))
    CORPUS.mkdir(exist_ok=True)
    for family, some in lines.items():
        (CORPUS / f"{family}.jsonl").write_text("\n".join([*some, ""]), encoding="utf-8")


if __name__ == "__main__":
    write()
