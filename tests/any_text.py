"""Texts of every sign in every field of a talk: what they are made of, their export, and what must be left of them."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime

from hypothesis import strategies as st

from planner.ical.write import calendar
from planner.model import Conference, Mark, Session, Slot, Talk
from planner.plan import Plan

NASTY = st.sampled_from(
    [
        "\r\nATTENDEE:mailto:x@example.org",
        "\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\n",
        "\n DESCRIPTION:x",
        '";VALUE=DATE:',
        "\\n\\N\\,\\;\\\\",
        "\\",
        "😀é",
        "\x00\x1b]0;x\x07",
        "\ud83d",
        "\u0085\u2028",
        ";:,\"'",
        "\N{RIGHT-TO-LEFT OVERRIDE}",
        "\ufeff",
    ]
)
ANY = st.lists(st.one_of(st.text(st.characters(exclude_categories=()), max_size=30), NASTY), max_size=6).map("".join)
"""Any text, of all of Unicode, with what would end a value or a line in it."""


def plain(text: str, *, lines: bool = True) -> str:
    """What must be left of a text: newlines for every kind of line break, no other control character, no lone surrogate."""
    kept = []
    for sign in text.replace("\r\n", "\n"):
        kind = unicodedata.category(sign)
        if sign in "\n\r\x0b\x0c\x85\u2028\u2029":
            kept.append("\n")
        elif kind == "Cs":
            kept.append("\ufffd")
        elif kind != "Cc" or sign == "\t":
            kept.append(" " if sign == "\t" else sign)
    whole = "".join(kept)
    return whole if lines else " ".join(whole.split())


def exported(texts: tuple[str, ...]) -> bytes:
    """A calendar of one talk whose title, speaker, abstract, track, room, board, note and address are the eight texts.

    The title is the calendar's name too, the speaker the session's title, the track its chair.
    """
    title, speaker, abstract, track, room, board, note, url = texts
    slot = Slot(datetime(2021, 5, 6, 20, tzinfo=UTC), datetime(2021, 5, 6, 20, 30, tzinfo=UTC), room, board)
    one = Talk("3f2b8c1e", "iclr-2021", title, "oral", "s", slot, (speaker,), abstract=abstract, track=track)
    one = one._replace(url=f"https://x.org/{url}", modified=datetime(2021, 4, 20, tzinfo=UTC))
    conference = Conference("iclr-2021", title, "America/Los_Angeles", (Session("s", speaker, (track,)),), (one,))
    plan = Plan({"iclr-2021": conference}, {one.uid: Mark(one.uid, starred=True, note=note)}, zone="Europe/Berlin")
    return calendar(plan, [one], name=title, alarm=5, with_notes=True)
