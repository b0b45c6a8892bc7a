"""YAML from outside to lists, mappings and text: every scalar stays as written, nothing nests or unfolds without limit.

PyYAML's own loaders guess (``9:00`` becomes 540) and recurse: 100,000 open brackets end the process, and merged aliases grow
tenfold a line. Its events are safe, so the data is built from those.
"""

from __future__ import annotations

from planner.errors import ReadError
from planner.readers.sources import Part, shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

_DEEPEST = 40  # levels; the deepest real file that was met has 6
_LARGEST = 2_000_000  # values, those that aliases repeat counted each time; the largest real file has 8,000
_NOTHING = frozenset({"", "~", "null", "Null", "NULL"})


def load(text: str, part: Part) -> Any:
    """The first document of a YAML text as lists, mappings with text as keys, text, and None for what is left empty.

    Raises ReadError where it is not YAML, nests deeper than 40 levels, or unfolds beyond two million values.
    """
    import yaml  # 12 ms, only for YAML

    loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    built = _Builder(part)
    try:
        for event in yaml.parse(_tidy(text), Loader=loader):
            built.take(event)
            if isinstance(event, yaml.DocumentEndEvent):
                break
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f" in line {mark.line + 1}" if mark else ""
        reason = getattr(error, "problem", None) or "it cannot be read"
        mend = "put the text of that line in quotes" if "mapping values" in reason else "save the file again"
        raise ReadError(f"{shown(part)} is not YAML that can be read ({reason}{where}); {mend}") from None
    return built.whole()


def _tidy(text: str) -> str:
    """The text without the signs that YAML forbids (YAML 1.2, 5.1)."""
    if text.isprintable():
        return text
    bad = {sign for sign in set(text) if not sign.isprintable() and (sign < " " or sign in "\x7f\ufffe\uffff")} - set("\t\n")
    surrogates = {sign for sign in set(text) if "\ud800" <= sign <= "\udfff"}
    return text.translate({ord(sign): "\ufffd" for sign in bad | surrogates})


class _Builder:
    """Builds the data of one document event by event, with a stack of its own."""

    def __init__(self, part: Part) -> None:
        self.part = part
        self.top: list[Any] = []
        self.open: list[tuple[list[Any], str | None]] = [(self.top, None)]
        self.anchors: dict[str, tuple[Any, int]] = {}
        self.size = 0
        self.starts: list[int] = []

    def whole(self) -> Any:
        """What was built; None for an empty document."""
        return self.top[0] if self.top else None

    def take(self, event: Any) -> None:
        """Take the next event of the parser."""
        kind = type(event).__name__
        if kind == "ScalarEvent":
            plain = event.implicit[0] and event.value in _NOTHING
            self._add(None if plain else event.value, 1, event.anchor)
        elif kind in {"SequenceStartEvent", "MappingStartEvent"}:
            if len(self.open) > _DEEPEST:
                raise ReadError(f"{shown(self.part)} nests deeper than {_DEEPEST} levels: that is no schedule")
            self.open.append(([], event.anchor))
            self.starts.append(self.size)
        elif kind in {"SequenceEndEvent", "MappingEndEvent"}:
            items, anchor = self.open.pop()
            size = self.size - self.starts.pop()
            self.size -= size
            self._add(items if kind == "SequenceEndEvent" else dict(_pairs(items)), size + 1, anchor)
        elif kind == "AliasEvent":
            if event.anchor not in self.anchors:
                raise ReadError(f"{shown(self.part)} uses *{event.anchor[:40]} before it is whole; save the file again")
            self._add(*self.anchors[event.anchor], None)

    def _add(self, value: Any, size: int, anchor: str | None) -> None:
        self.size += size
        if self.size > _LARGEST:
            raise ReadError(f"{shown(self.part)} unfolds to more than {_LARGEST:,} values: that is no schedule")
        self.open[-1][0].append(value)
        if anchor:
            self.anchors[anchor] = (value, size)


def _pairs(items: list[Any]) -> Iterator[tuple[str, Any]]:
    """The keys and values of a mapping; what ``<<`` takes in comes first, so that its own keys win."""
    pairs = list(zip(items[::2], items[1::2], strict=False))
    yield from (pair for key, value in pairs if key == "<<" and isinstance(value, dict) for pair in value.items())
    yield from ((key if isinstance(key, str) else "", value) for key, value in pairs if key != "<<")
