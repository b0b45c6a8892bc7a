"""What every command is given: its flags, the clock, the settings, the store, and a way to answer."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime

from planner import times
from planner.errors import NoSuchTalkError, UsageError, few
from planner.settings import Settings, home_folder, load_settings, setting_place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType
    from typing import Self, TextIO

    from planner.cli.arguments import Asked
    from planner.store import Store

_UNSAFE = dict.fromkeys(
    (*range(0x0A), *range(0x0B, 0x20), *range(0x7F, 0xA0), 0x2028, 0x2029, *range(0x202A, 0x202F), *range(0x2066, 0x206A)),
    "\ufffd",
)

_OBEYED = "[\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"  # the signs that JSON leaves as they are


NOTHING_STORED = "Nothing is stored yet: planner import FILE reads a schedule."
"""What a command says that has nothing to work on."""


def _called(said: str, stored: Mapping[str, str]) -> list[str]:
    """The slugs of the conferences whose name or slug answers to words, or to the beginnings of words."""
    from planner.filters import matches  # 1 ms; a whole name needs none of it

    return [slug for slug, name in stored.items() if matches(said, f"{name} {slug}")]


def _close(said: str, stored: Mapping[str, str]) -> list[str]:
    """The slugs that look like what was said."""
    from difflib import get_close_matches  # 5 ms; only on the way to a refusal

    return get_close_matches(said.casefold().replace(" ", "-"), stored, n=4, cutoff=0.5)


def safe(text: str) -> str:
    """The text as a terminal may have it: no control sign but the newline, no bidi override, no surrogate."""
    return text.translate(_UNSAFE).encode("utf-8", "replace").decode()


def columns(stream: TextIO) -> int:
    """The columns of the terminal that a stream is, 0 where it is none: a file or a pipe takes lines of any length."""
    try:
        return os.get_terminal_size(stream.fileno()).columns
    except (OSError, ValueError):
        return 0


def wrapped(text: str, width: int) -> str:
    """The text with its lines broken at blanks where they are wider than a terminal; what follows is indented further.

    A word that is wider by itself, such as a path, stays whole. 0 is no limit.
    """
    if not width:
        return text
    from planner.agenda import cells

    lines: list[str] = []
    for line in text.split("\n"):
        rest, indent = line, ""
        while cells(rest) > width:
            begin = len(rest) - len(rest.lstrip(" "))
            reach = range(min(len(rest) - 1, width), begin, -1)
            at = next((at for at in reach if rest[at] == " " and cells(rest[:at]) <= width), 0)
            at = at or rest.find(" ", begin)
            if at < 0 or not rest[at:].strip():
                rest = rest.rstrip(" ")
                break
            lines.append(rest[:at].rstrip())
            indent = indent or " " * min(begin + 4, width // 2)
            rest = indent + rest[at:].lstrip(" ")
        lines.append(rest)
    return "\n".join(lines)


class Context:
    """One run of a command. Clock, settings and store are read when they are first asked for."""

    def __init__(self, asked: Asked, environ: Mapping[str, str], platform: str) -> None:
        self.asked = asked
        self.environ = environ
        self.home = home_folder(asked.home, environ, platform)
        self._now: datetime | None = None
        self._settings: Settings | None = None
        self._store: Store | None = None

    def __enter__(self) -> Self:
        self.zone, self.now  # noqa: B018  (a wrong setting, zone or time is told before anything runs)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._store is not None:
            self._store.__exit__(kind, error, trace)

    @property
    def now(self) -> datetime:
        """``--now``, else ``$PLANNER_NOW``, else the clock; in UTC. A date alone is noon in the display zone."""
        if self._now is None:
            said = self.asked.now or self.environ.get("PLANNER_NOW")
            self._now = times.parse_now(said, self.zone) if said else datetime.now(UTC)
        return self._now

    @property
    def settings(self) -> Settings:
        """The settings with the flags above them, and the display zone filled in."""
        if self._settings is None:
            said = load_settings(self.home, zone=self.asked.tz, alarm=getattr(self.asked, "alarm", None))
            name = said.zone or times.machine_zone(self.environ)
            if name is None:
                raise UsageError("the machine does not say its zone: name yours with --tz, such as --tz Europe/Berlin.")
            try:
                if said.zone and "/" not in said.zone and said.zone != "UTC":
                    from planner.dates.letters import refuse_letters  # 2 ms; names such as Europe/Berlin need none of it

                    refuse_letters(said.zone)
                times.zone(name)
            except UsageError as error:
                if self.asked.tz or not said.zone:
                    raise
                raise UsageError(f"{setting_place(self.home, 'zone')}: {error}") from error
            self._settings = said._replace(zone=name)
        return self._settings

    @property
    def zone(self) -> str:
        """The display zone."""
        return self.settings.zone or "UTC"

    @property
    def store(self) -> Store:
        """The store of the data folder, made when there is none, but for a dry run."""
        if self._store is None:
            from planner.store import open_store

            self._store = open_store(self.home, now=self.now, create=not getattr(self.asked, "dry_run", False))
        return self._store

    def slugs(self) -> list[str] | None:
        """The conference that ``--conference`` names, None for all of them."""
        said = getattr(self.asked, "conference", None)
        if said is None:
            return None
        from planner.model import slug

        stored = {conference.slug: conference.name for conference in self.store.conferences()}
        if slug(said) in stored:
            return [slug(said)]
        found = _called(said, stored)
        if len(found) == 1:
            return found
        if not stored:
            raise NoSuchTalkError(f"no conference is called “{said}”: {NOTHING_STORED[:1].lower()}{NOTHING_STORED[1:]}")
        if found:
            says = f"“{said}” names {len(found)} conferences: say one of {few(found)}"
        elif close := _close(said, stored):
            says = f"no conference is called “{said}”: perhaps {few(close)}"
        else:
            says = f"no conference is called “{said}”: stored {'is' if len(stored) == 1 else 'are'} {few(list(stored))}"
        raise NoSuchTalkError(f"{says}; planner conferences lists all.")

    # The answer

    def say(self, text: str) -> None:
        """Print text on stdout, safe for a terminal whatever it holds, with colour where that is wanted."""
        _can_say_all()
        text = wrapped(safe(text), self.width)
        sys.stdout.write((_coloured(text) if self._colour() else text) + "\n")

    def tell(self, text: str) -> None:
        """Print narration on stderr, behind what is said on stdout where both are one stream."""
        sys.stdout.flush()
        sys.stderr.write(wrapped(safe(text), columns(sys.stderr)) + "\n")

    @property
    def width(self) -> int:
        """The columns of the terminal that stdout is, 0 where it is none."""
        return columns(sys.stdout)

    def print_json(self, document: dict[str, object]) -> None:
        """Print one JSON document on stdout, in UTF-8 whatever the locale; what a terminal would obey stands there escaped."""
        import re
        from json import dumps

        text = dumps(document, ensure_ascii=False, indent=1)
        if not text.isascii() or "\x7f" in text:
            text = re.sub(_OBEYED, lambda found: f"\\u{ord(found[0]):04x}", text)
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode() + b"\n")

    def send(self, data: bytes) -> None:
        """Write a document of UTF-8 on stdout, byte for byte; to a terminal only what is safe there."""
        sys.stdout.flush()
        if sys.stdout.isatty():
            data = safe(data.decode(errors="replace").replace("\r\n", "\n")).encode()
        sys.stdout.buffer.write(data)

    def _colour(self) -> bool:
        if self.asked.color == "auto":
            return sys.stdout.isatty() and not self.environ.get("NO_COLOR") and self.environ.get("TERM") != "dumb"
        return bool(self.asked.color == "always")


def _can_say_all() -> None:
    """A terminal that cannot show a sign shows a question mark in its place, and the command goes on."""
    if sys.stdout.encoding.lower().replace("-", "") != "utf8" and hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="replace")


def _coloured(text: str) -> str:
    """Stars in yellow, clashes in red, what is on now bold, free and busy time dim: each beside a sign that says the same."""
    import re

    text = re.sub("★+", lambda found: f"\x1b[33m{found[0]}\x1b[0m", text)
    text = re.sub("⚠[^\n]*", lambda found: f"\x1b[31m{found[0]}\x1b[0m", text)
    text = re.sub("(?m)^  ·  [^\n]*", lambda found: f"\x1b[2m{found[0]}\x1b[0m", text)
    return re.sub("(?m)^▶[^\n]*", lambda found: f"\x1b[1m{found[0]}\x1b[0m", text)
