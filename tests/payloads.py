"""Texts that would do harm where they are let through, by the kind of harm, and a store that is full of them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from planner.model import Busy, Conference, Reading, Session, Slot, Talk
from planner.store import open_store
from planner.store.rows import MARK, checksum

if TYPE_CHECKING:
    from planner.store import Store

TERMINAL = {
    "title": "\x1b]2;CANARY\x07",
    "clipboard": "\x1b]52;c;Q0FOQVJZ\x07",
    "link": "\x1b]8;;https://canary.example\x1b\\CANARY\x1b]8;;\x1b\\",
    "colour": "\x1b[4242mCANARY",
    "clear": "\x1b[2J\x1b[4242H",
    "report": "\x1b[6n",
    "C1 CSI": "\x9b2J",
    "C1 OSC": "\x9d2;CANARY\x9c",
    "DCS": "\x1bPCANARY\x1b\\",
    "reset": "\x1bc",
    "return": "true\rCANARY",
    "backspace": "true\b\b\b\bCANARY",
    "override": "\u202eYRANAC\u202c",
    "isolate": "\u2066CANARY\u2069",
    "line": "CANARY\u2028CANARY\u2029CANARY",
    "NUL and DEL": "CANARY\x00\x7f\x85",
    "surrogate": "CANARY\ud800",
}
"""What a terminal takes for a command."""

MARKUP = {
    "end": "[/b]",
    "end of all": "[/]",
    "word": "[TODO]",
    "action": "[@click=app.exit]CANARY[/]",
    "address": "[link=https://canary.example]CANARY[/link]",
    "colour": "[red]CANARY",
    "nested": "[[b]CANARY[/",
    "open": "[",
}
"""What Textual and Rich take for markup."""

CALENDAR = {
    "line": "x\r\nATTENDEE:mailto:canary@example.org",
    "event": "x\r\nEND:VEVENT\r\nBEGIN:VEVENT",
    "feed": "x\x0b\x0c\x00",
}
"""What would end a line of iCalendar."""

FORMULAS = {
    "equals": "=cmd|' /C CANARY'!A0",
    "at": "@SUM(1)",
    "plus": "+1+1",
    "minus": "-1+1",
    "tab": "\t=1+1",
    "return": "\r=1+1",
    "wide": "\uff1d1+1",
}
"""What a spreadsheet takes for a formula."""

PATHS = {"up": "../../CANARY", "root": "/CANARY", "below": "a/b", "long": "x" * 300, "flag": "-rf", "device": "nul.txt"}
"""What would lead out of a folder where a file is named for its content."""

WORDS = {
    "HTML": "<script>CANARY()</script><img src=x onerror=CANARY()>",
    "attribute": '" onmouseover="CANARY()',
    "Markdown": "[x](javascript:CANARY())",
    "shell": "$(touch CANARY) `touch CANARY`; touch CANARY",
    "SQL": "'; DROP TABLE mark; --",
    "search": '"CANARY* NEAR( OR',
    "format": "{0.__class__} %s%n ${CANARY}",
}
"""What other languages would act upon."""

PAYLOADS = {
    f"{kind} {name}": text
    for kind, some in (
        ("terminal", TERMINAL),
        ("markup", MARKUP),
        ("calendar", CALENDAR),
        ("formula", FORMULAS),
        ("path", PATHS),
        ("words", WORDS),
    )
    for name, text in some.items()
}
"""All of them."""

NOW = datetime(2021, 5, 6, 18, 5, tzinfo=UTC)
SLUG = "conf-2021"


def uid(number: int) -> str:
    """The uid of the talk with the payload of that number."""
    return f"00000000-0000-5000-8000-{number:012}"


def storable(text: str) -> str:
    """A text as SQLite takes it: it has no lone surrogates."""
    return text.encode("utf-8", "replace").decode()


def harmful_talks() -> tuple[Talk, ...]:
    """A talk for each payload, which stands in every text that it has; two at a time overlap."""
    talks = []
    for number, text in enumerate(map(storable, PAYLOADS.values())):
        start = NOW + timedelta(minutes=10 * (number % 30))
        slot = Slot(start, start + timedelta(minutes=15), room=text, board=text, zone="America/Los_Angeles")
        talks.append(
            Talk(
                uid(number),
                SLUG,
                f"Talk {number} {text}",
                "oral",
                session="s" if number % 2 else "t",
                slot=slot,
                speakers=(text, f"Ada {text}"),
                organisations=(text,),
                abstract=f"{text}\n{text}",
                track=text,
                url=f"https://example.org/{text}",
                links=(f"https://example.org/{text}",),
                source_id=str(number),
            )
        )
    return tuple(talks)


def harmful_conference(**said: object) -> Conference:
    """A conference whose name, sessions and chairs hold payloads, too."""
    every = storable("".join((*MARKUP.values(), *TERMINAL.values())))
    sessions = tuple(Session(key, f"Session {every}", (every,), "oral", NOW, NOW + timedelta(hours=5), every) for key in "st")
    name = f"Conf 2021 {every}"
    return Conference(SLUG, name, "America/Los_Angeles", sessions, harmful_talks())._replace(**said)  # type: ignore[arg-type]


def harmful_store(home: str) -> Store:
    """A store as a stranger might send one: the texts are in it as they are, nothing was read by a reader of ours."""
    store = open_store(home, now=NOW)
    fill(store)
    return store


def fill(store: Store) -> None:
    """Put the harmful conference into a store, with stars, notes, busy time, and a second import that changed rooms."""
    store.save(Reading(harmful_conference(), "by hand"), source=TERMINAL["title"], now=NOW)
    uids = [uid(number) for number in range(len(PAYLOADS))]
    store.star(uids, now=NOW)
    with store._access.writing(NOW) as db:
        for number, text in enumerate(PAYLOADS.values()):
            row = db.execute(f"SELECT {', '.join(MARK)} FROM mark WHERE uid = ?", (uids[number],)).fetchone()  # noqa: S608  (names)
            row = tuple(storable(text) if name == "note" else value for name, value in zip(MARK, row, strict=True))
            db.execute("UPDATE mark SET note = ?, checksum = ? WHERE uid = ?", (storable(text), checksum(row), uids[number]))
    store.set_busy(
        TERMINAL["title"], [Busy(NOW, NOW + timedelta(hours=1), TERMINAL["title"])], [(NOW, NOW + timedelta(days=1))], now=NOW
    )
    talks = [talk._replace(slot=talk.slot._replace(room=f"Other {talk.slot.room}")) for talk in harmful_talks()[:-1]]
    store.save(Reading(harmful_conference(talks=tuple(talks)), "by hand"), source="second", now=NOW + timedelta(minutes=1))
