"""What is fuzzed: each family of readers, the language of date lines, and the store file. A target takes any bytes.

A PlannerError is right. What was read must be sound, too: instants in UTC, no end before its start, no identity twice, no sign
that could do harm in a terminal.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from fuzz import stores

from planner import times
from planner.dates import resolve, scan, settle
from planner.errors import PlannerError
from planner.model import KINDS, Reading, Talk
from planner.readers import Hints, Part, read
from planner.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).parent
DATA = HERE.parent / "data"
CRASHERS = HERE / "crashers"
"""One folder a target: inputs that once failed, to be read again by every run of the tests."""

LARGEST_SEED = 20_000
"""Bytes of a seed: a short input is mutated a thousand times a second."""

_NOW = datetime(2026, 1, 1, tzinfo=UTC)
_TOLD = Hints(_NOW, name="Conf 2025", year=2025, zone="Europe/Berlin")
_UNTOLD = Hints(_NOW)


class Target(NamedTuple):
    """The formats in which bytes are read ("" for the one that the content shows; none: they are a date line).

    ``ending`` is that of the input's name, ``seeds`` are patterns under ``tests/data``.
    """

    formats: tuple[str, ...]
    ending: str = ""
    seeds: tuple[str, ...] = ()

    def take(self, data: bytes) -> None:
        """Read bytes in each of the formats, with all facts told and with none."""
        if not self.formats:
            check_date_line(data.decode(errors="replace"))
        for name in self.formats:
            for hints in (_TOLD, _UNTOLD):
                with suppress(PlannerError):
                    check_sound(read([Part(f"input.{self.ending}", data)], hints._replace(format=name)))


def check_sound(reading: Reading) -> None:
    """Fail where a reading could not be stored, shown or exported as it is."""
    conference = reading.conference
    assert conference.slug, "a conference has a key"
    assert clean(conference.name) == conference.name
    assert len({talk.uid for talk in conference.talks}) == len(conference.talks), "a uid stands for one talk"
    assert len({session.key for session in conference.sessions}) == len(conference.sessions), "a key stands for one session"
    for talk in conference.talks:
        _check_talk(talk)
    for session in conference.sessions:
        _check_span(session.start, session.end)
        assert clean(session.title) == session.title
    for warning in reading.warnings:
        assert warning.isprintable(), "a warning goes to a terminal"


def _check_talk(talk: Talk) -> None:
    slot = talk.slot
    _check_span(slot.start, slot.end)
    assert slot.last_day is None or (slot.day is not None and slot.last_day >= slot.day)
    assert talk.kind in KINDS
    assert clean(talk.abstract, lines=True) == talk.abstract
    for text in (talk.title, talk.track, slot.room, slot.board, *talk.speakers, *talk.organisations):
        assert text is None or clean(text) == text, "text from outside was cleaned"
    for url in (talk.url, *talk.links):
        assert url is None or (url.isprintable() and url.lower().startswith(("http://", "https://"))), (
            "a link is a web address"
        )


def _check_span(start: datetime | None, end: datetime | None) -> None:
    for at in (start, end):
        assert at is None or at.utcoffset() == timedelta(), "an instant is in UTC"
    assert start is None or end is None or end >= start, "nothing ends before it starts"


def check_date_line(text: str) -> None:
    """Bring a date line to instants, with a zone and without; read it as a zone's name and as an instant, too."""
    for said in (times.zone, times.parse_now):
        with suppress(PlannerError):
            said(text)
    found = scan(text)
    for line in () if found is None else (found, settle(found, 15 * 60)):
        for zone in ("America/New_York", "Australia/Lord_Howe", None):
            for on in (date(2021, 3, 14), None):
                with suppress(PlannerError):
                    at = resolve(line, on, zone=zone)
                    _check_span(at.start, at.end)


_OPEN = (
    *("sessions-json", "sessionize", "open-event", "indico", "europython", "pretalx-json", "acl-booklet", "slots-by-id"),
    "schema-org",
)
_ALL = ("*/*.json", "*/*.xml", "*/*.ics", "*/*.?sv", "*/*.md", "*/*.txt", "*/*.yml")

TARGETS: dict[str, Target | stores.StoreFiles] = {
    "page": Target(("page",), "html", ("pages/*",)),
    "list": Target(("list-markdown", "list-json", "front-matter"), "md", ("lists/*.md", "lists/*.json")),
    "frab": Target(("frab", "researchr"), "xml", ("frab/*",)),
    "xcal": Target(("xcal",), "xml", ("xcal/*",)),
    "ical": Target(("ical",), "ics", ("ical/*.ics",)),
    "json": Target(("site-json", *_OPEN), "json", ("site_json/*", "open_json/*")),
    "csv": Target(("csv-schedule", "csv-grid", "list-csv", "list-tsv"), "csv", ("csv_schedule/*", "lists/*.?sv")),
    "miniconf": Target(("miniconf",), "yml", ("miniconf/*",)),
    "any": Target(("",), "txt", _ALL),
    "dates": Target(()),
    "store": stores.StoreFiles(),
}
"""Every target by its name."""

_LINES = (
    "Wed 16 Jul 11 a.m. PDT — 1:30 p.m. PDT",
    "Sat Jun 15 11:30 AM -- 11:50 AM (PDT) @ None",
    "… Workshop Sat 3 Dec 07:30 a.m.",
    "[10:42] Title",
    "Oral Session 1A [10:30-12:00]",
    "2021-05-06T11:05-07:00",
    "Thu, 23 APR 2020 noon - midnight CEST",
    "Dec 6 - Dec 12, 9:00-1:00 AoE",
    "08:00 - 10:30 UTC+05:45",
    "Sunday (ends 12:00 PM)",
    "Mar 14 2:30 a.m. America/New_York",
)


def seeds(name: str) -> Iterator[bytes]:
    """The inputs that a target begins with: the small files of its family."""
    yield from (line.encode("utf-8", "surrogateescape") for line in {"dates": _LINES, "store": stores.SEEDS}.get(name, ()))
    for pattern in TARGETS[name].seeds:
        for path in sorted(DATA.glob(pattern)):
            if path.is_file() and path.stat().st_size <= LARGEST_SEED:
                yield path.read_bytes()


def crashers(name: str) -> list[Path]:
    """The kept inputs of a target that once failed."""
    return sorted(path for path in (CRASHERS / name).glob("*") if path.is_file())
