"""Talks as pages of a Jekyll or Hugo site, one a file: what YAML or TOML at the head of the page says of it.

A page's ``date`` is when it was published, unless it has a clock and the page also says where the talk is or when it ends.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time

from planner import text as texts
from planner.errors import ReadError
from planner.readers import open_json, yaml_data
from planner.readers.json_times import END, START, day_of, first, moment, normal
from planner.readers.records import said
from planner.readers.sources import Part, shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from planner.model import Reading
    from planner.readers.sources import Hints

FORMATS = ("front-matter",)

_LONGEST = 60_000  # signs of the head of a page
_HEAD = re.compile(r"\A\ufeff?(---|\+\+\+)[ \t]{0,9}\n")
_TITLE = re.compile(r"^(?:title|name)\s{0,9}[:=]", re.MULTILINE)
_START = re.compile(
    r"^(?:talk_|session_|event_|slot_)?(?:starts?(?:_?(?:at|time|date))?|time(?:_start)?|begin)\s{0,9}[:=]\s{0,9}[\"']?[0-9]",
    re.MULTILINE | re.IGNORECASE,
)
_DATE = re.compile(r"^date\s{0,9}[:=]\s{0,9}[\"']?[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]", re.MULTILINE)
_PLACE = re.compile(r"^(?:end|end_?date|end_?time|ends_?at|duration|room|venue)\s{0,9}[:=]", re.MULTILINE)
_RANGE = re.compile(r"[0-9]{1,2}:[0-9]{2}\s{0,3}(?:[-–—~]|to)\s{0,3}[0-9]{1,2}:[0-9]{2}")
_SLUG = re.compile(r"[a-z]{1,20}(?:-[a-z]{1,20}){1,4}")
_PEOPLE = ("speakers", "speaker", "presenters", "presenter")


def claims(text: str, part: Part) -> bool:  # noqa: ARG001  (every reader is asked with both)
    """Whether a page has a head that is of one talk, and no programme below it."""
    parts = _parts(text)
    if parts is None:
        return False
    _, head, body = parts
    timed = _START.search(head) or (_DATE.search(head) and _PLACE.search(head))
    return bool(timed and _TITLE.search(head)) and len(_RANGE.findall(body[:_LONGEST])) < 2  # noqa: PLR2004  (a programme has more)


def read(text: str, part: Part, hints: Hints) -> Reading:
    """The talk of one page; raises as :func:`gather` does."""
    return gather((part._replace(data=text.encode("utf-8", "replace")),), hints)


def companions(parts: Sequence[Part], hints: Hints) -> tuple[Part, ...]:  # noqa: ARG001  (every gatherer is asked with both)
    """The pages of talks in a folder."""
    return tuple(
        part for part in parts if part.data[:3] in {b"---", b"+++", b"\xef\xbb\xbf"} and claims(texts.decode(part.data), part)
    )


def gather(parts: Sequence[Part], hints: Hints) -> Reading:
    """The pages of several talks as one conference.

    Raises ReadError where a head cannot be read or none is of a talk, MissingFactsError as the readers of JSON do.
    """
    entries = [entry for part in parts if (entry := _entry(_head(texts.decode(part.data), part))) is not None]
    if not entries:
        raise ReadError(f"{shown(parts[0])} says no time of a talk at its head: nothing found; name the pages of the talks")
    reading = open_json.of_document({"sessions": entries}, "", parts[0], hints)
    return reading._replace(format=FORMATS[0], scope="conference" if len(parts) > 1 else "list")


def _parts(text: str) -> tuple[str, str, str] | None:
    """The fence, the head and the body of a page; None where it has no head."""
    fence = _HEAD.match(text)
    if fence is None:
        return None
    end = text.find(f"\n{fence[1]}", fence.end() - 1, _LONGEST)
    return (fence[1], text[fence.end() : end + 1], text[end + 4 :]) if end > 0 else None


def _head(text: str, part: Part) -> dict[str, Any]:
    """What the head of a page says, with plain keys."""
    fence, head, _ = _parts(text) or ("", "", "")
    if fence == "---":
        found = yaml_data.load(head, part)
    else:
        import tomllib  # 3 ms, only for pages of Hugo

        try:
            found = tomllib.loads(head)
        except tomllib.TOMLDecodeError as error:
            raise ReadError(f"{shown(part)} has a head that is not TOML ({error}); save the page again") from None
    raw = normal(found) if isinstance(found, dict) else {}
    return {key: value.isoformat() if isinstance(value, (datetime, date, time)) else value for key, value in raw.items()}


def _entry(raw: dict[str, Any]) -> dict[str, Any] | None:
    """The talk that a head is of; None where it tells no time."""
    if said(raw.get("draft")) == "true" or raw.get("draft") is True:
        return None
    start = first(raw, START)
    if start is None:
        if moment(raw.get("date")) is None or first(raw, (*END, "duration", "room", "venue")) is None:
            return None
        raw["start"] = raw.pop("date")
    elif moment(start) is not None or day_of(raw.get("day")):
        raw.pop("date", None)
    for key in _PEOPLE:  # slugs of other pages: ``ann-lee``
        if isinstance(raw.get(key), list):
            raw[key] = [
                one.replace("-", " ").title() if isinstance(one, str) and _SLUG.fullmatch(one) else one for one in raw[key]
            ]
    return raw
