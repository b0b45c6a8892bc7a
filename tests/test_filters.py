"""What the filters promise: which talks pass, and how a filter says itself."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.filters import (
    And,
    BySpeaker,
    Going,
    InRoom,
    InTrack,
    OfKind,
    OnDay,
    Or,
    Starred,
    Unscheduled,
    matches,
)
from planner.model import Slot, Talk

TALK = Talk(
    "u1",
    "iclr-2021",
    "A title",
    kind="oral",
    session="s11",
    slot=Slot(datetime(2021, 5, 6, 18, tzinfo=UTC), datetime(2021, 5, 6, 18, 15, tzinfo=UTC), room="K.1.105 (La Fontaine)"),
    speakers=("Thomas Müller", "Zhifeng Kong"),
    track="Vision & Language",
)
LISTED = Talk("u2", "iclr-2021", "A paper", kind="paper")


def day_of(talk: Talk) -> date | None:
    """The UTC day."""
    return talk.slot.start.date() if talk.slot.start else None


@pytest.mark.parametrize(
    ("wanted", "text", "expected"),
    [
        ("vision", "Vision & Language", True),
        ("LANG", "Vision & Language", True),
        ("language vision", "Vision & Language", True),
        ("ision", "Vision & Language", False),
        ("ai", "Maintenance", False),
        ("AI", "AI and Health", True),
        ("muller", "Thomas Müller", True),
        ("MÜLLER", "thomas muller", True),
        ("strasse", "Hauptstraße", False),
        ("hauptstrasse", "Hauptstraße", True),
        ("hall a", "Hall A", True),
        ("hall a", "Hall B", False),
        ("hall a", "Hall Annex", False),
        ("1308", "H.1308 (Rolin)", True),
        ("h1308", "H.1308 (Rolin)", True),
        ("130", "H.1308 (Rolin)", False),
        ("k1105", "K.1.105 (La Fontaine)", True),
        ("UB2252", "UB2.252A (Lameere)", True),
        ("oral session 1", "Oral Session 11", False),
        ("oral session 11", "Oral Session 11", True),
        ("room 12", "Room 120", False),
        ("学習", "機械学習", True),
        ("", "anything", True),
        ("", None, True),
        ("★", "a ★ b", True),
        ("★", "a b", False),
        ("x", None, False),
    ],
)
def test_matches(wanted: str, text: str | None, expected: bool) -> None:
    """Beginnings of words match, folded; numbers and single letters are whole."""
    assert matches(wanted, text) is expected


@given(st.text(max_size=30), st.text(max_size=30), st.text(max_size=30))
def test_a_text_matches_itself_within_any_other(before: str, text: str, after: str) -> None:
    """Whatever stands in a text, word for word, is found in it."""
    assert matches(text, f"{before} {text} {after}")


@pytest.mark.parametrize(
    ("one", "passes", "words"),
    [
        (InTrack("vis"), True, "in track “vis”"),
        (InTrack("theory"), False, "in track “theory”"),
        (InRoom("fontaine"), True, "in room “fontaine”"),
        (InRoom("janson"), False, "in room “janson”"),
        (OnDay(date(2021, 5, 6), day_of), True, "on Thu 6 May 2021"),
        (OnDay(date(2021, 5, 7), day_of), False, "on Fri 7 May 2021"),
        (BySpeaker("kong zhi"), True, "by “kong zhi”"),
        (BySpeaker("thomas kong"), False, "by “thomas kong”"),
        (OfKind("Orals"), True, "of kind “Orals”"),
        (OfKind("poster"), False, "of kind “poster”"),
        (Starred(frozenset({"u1"})), True, "starred"),
        (Going(frozenset({"u2"})), False, "going"),
        (Unscheduled(), False, "with no slot yet"),
        (And(), True, "all"),
        (Or(), False, "none"),
    ],
)
def test_each_filter_answers_and_says_itself(one: object, passes: bool, words: str) -> None:
    """Every filter answers for a talk and has its words."""
    assert one(TALK) is passes  # type: ignore[operator]
    assert one.words == words  # type: ignore[attr-defined]
    assert one  # a filter is never taken for "no filter"


def test_a_listed_paper_passes_only_what_it_can() -> None:
    """A talk without slot, track and speakers is unscheduled, on no day, in no room and by nobody."""
    assert Unscheduled()(LISTED)
    assert not InRoom("a")(LISTED)
    assert not InTrack("a")(LISTED)
    assert not BySpeaker("a")(LISTED)
    assert not OnDay(date(2021, 5, 6), day_of)(LISTED)


def test_combinations_say_their_brackets() -> None:
    """And and Or combine, and their words leave no doubt about what belongs together."""
    either = Or((InTrack("vision"), InTrack("theory")))
    whole = And((Starred(frozenset({"u1"})), either, InRoom("fontaine")))
    assert whole.words == "starred and (in track “vision” or in track “theory”) and in room “fontaine”"
    assert whole(TALK)
    assert not whole(LISTED)
    assert And((either,)).words == either.words.join("()")


def test_all_day_entry_is_on_each_of_its_days() -> None:
    """A workshop of three days without a clock is found on all three, not on the day after."""
    talk = Talk("u3", "c", "Workshop", slot=Slot(day=date(2026, 7, 1), last_day=date(2026, 7, 3)))
    days = [OnDay(date(2026, 7, number), lambda talk: talk.slot.day)(talk) for number in (1, 2, 3, 4)]
    assert days == [True, True, True, False]
