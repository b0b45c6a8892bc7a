"""The values: frozen, cheap, with identities that last."""

from __future__ import annotations

import pickle
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.model import Slot, Talk, fold, slug, uid_for


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("ICLR 2021", "iclr-2021"),
        ("iclr-2021", "iclr-2021"),
        ("  FOSDEM   2025 ", "fosdem-2025"),
        ("Bücher & Häfen", "bucher-hafen"),
        ("../../etc/passwd", "etc-passwd"),
        ("東京 2020", "東京-2020"),
    ],
)
def test_a_slug_is_the_key_of_a_conference(name: str, expected: str) -> None:
    """Case, punctuation and diacritics are folded away."""
    assert slug(name) == expected


@given(st.text())
def test_a_slug_is_safe_as_a_file_name_and_stays_itself(name: str) -> None:
    """At most 80 bytes, no separator, no leading dot or dash, and its own slug."""
    made = slug(name)
    assert len(made.encode()) <= 80
    assert not set(made) & set("/\\.\0: ")
    assert not made.startswith("-")
    assert slug(made) == made


def test_a_uuid_of_the_source_stays_and_any_other_id_makes_a_uuid_5() -> None:
    """Frab's guid is kept; RFC 9562 gives version 5 to the rest."""
    guid = "701a6d4a-c547-5781-88ad-644386438c39"
    assert uid_for("fosdem-2025", guid) == guid
    made = uuid.UUID(uid_for("iclr-2021", "18794"))
    assert made.version == 5


def test_slots_of_one_paper_and_equal_titles_are_told_apart() -> None:
    """The ordinal makes another identity, also for a UUID, and an id is never taken for a title."""
    guid = "701a6d4a-c547-5781-88ad-644386438c39"
    made = {
        uid_for("c", guid),
        uid_for("c", guid, ordinal=1),
        uid_for("c", "7"),
        uid_for("c", title="7"),
        uid_for("c", title="7", ordinal=1),
        uid_for("d", "7"),
    }
    assert len(made) == 6


def test_an_identity_outlives_case_dashes_and_blanks() -> None:
    """A title that is set in another way is the same title."""
    assert uid_for("c", title="A Panda? No, It's a Sloth") == uid_for("c", title="a panda  no it’s a sloth".replace("’", "'"))
    assert fold("Few-shot – Transfer") == fold("few shot transfer")


def test_values_are_frozen_equal_and_can_be_pickled() -> None:
    """Talk behaves as typing.NamedTuple's classes do."""
    talk = Talk("u", "c", "A title", slot=Slot(room="Hall A"))
    assert pickle.loads(pickle.dumps(talk)) == talk  # noqa: S301  (our own bytes)
    assert talk._replace(title="B").title == "B"
    assert not talk.scheduled
    with pytest.raises(AttributeError):
        talk.title = "other"  # type: ignore[misc]


@given(st.text(st.characters(max_codepoint=127)))
def test_folding_ascii_is_folding(title: str) -> None:
    """The quick way for ASCII agrees with the way for all: a letter beyond ASCII at the end changes nothing before it."""
    assert fold(title + " é").removesuffix("e").strip() == fold(title)
