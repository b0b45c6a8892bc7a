"""The values: frozen, cheap, with identities that last."""

from __future__ import annotations

import pickle
import sys
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner import model
from planner.filters import Unscheduled
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


OURS = uuid.UUID("5d1f5d0c-3a4e-5a9e-9c1b-6f0f6f2a7c11")


@given(
    st.text(st.characters(exclude_categories=["Cs"])),
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=31),
)
def test_an_identity_is_the_uuid_5_that_the_standard_library_makes(conference: str, source_id: str) -> None:
    """The same with the module ``uuid``, which an import does not load."""
    space = uuid.uuid5(OURS, conference)
    assert uid_for(conference, source_id) == str(uuid.uuid5(space, f"id {source_id}"))
    assert uid_for(conference, source_id, ordinal=3) == str(uuid.uuid5(space, f"id {source_id} 3"))
    assert uid_for(conference, title=source_id) == str(uuid.uuid5(space, f"title {fold(source_id)}"))


@given(
    st.one_of(
        st.uuids().flatmap(lambda one: st.sampled_from([str(one), one.hex, one.urn, f"{{{one}}}", str(one).upper()])),
        st.text("0123456789abcdefABCDEFxX-_{}+ ", min_size=32, max_size=40),
        st.text("0123456789abcdefABCDEFxX_+ ", min_size=32, max_size=32),
    )
)
def test_a_source_id_is_a_uuid_where_the_standard_library_reads_one(said: str) -> None:
    """In every form and with every oddity of ``uuid.UUID``; any other id of that length makes a UUID of its own."""
    try:
        expected = str(uuid.UUID(said))
    except ValueError:
        expected = str(uuid.uuid5(uuid.uuid5(OURS, "c"), f"id {said}"))
    assert uid_for("c", said) == expected


def test_identities_are_the_same_without_the_interpreters_own_sha_1(monkeypatch: pytest.MonkeyPatch) -> None:
    """A build without it has that of hashlib."""
    expected = uid_for("iclr-2021", "18794")
    monkeypatch.setitem(sys.modules, "_sha1", None)
    model._sha1.cache_clear()
    try:
        assert uid_for("iclr-2021", "18794") == expected
    finally:
        model._sha1.cache_clear()


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
    with pytest.raises(ValueError, match="has no place"):
        talk._replace(place="B")  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        Talk("u", "c")  # type: ignore[call-arg]
    assert (Unscheduled(), repr(Unscheduled())) == ((), "Unscheduled()")
    assert repr(Slot(room="Hall A")).startswith("Slot(start=None, end=None, room='Hall A', ")


@given(st.text(st.characters(max_codepoint=127)))
def test_folding_ascii_is_folding(title: str) -> None:
    """The quick way for ASCII agrees with the way for all: a letter beyond ASCII at the end changes nothing before it."""
    assert fold(title + " é").removesuffix("e").strip() == fold(title)
