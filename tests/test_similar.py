"""Similar talks: which words make talks alike, and what the store finds by them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from conftest import SCHEDULES
from hypothesis import given
from hypothesis import strategies as st

from planner import similar
from planner.model import Conference, Reading, Talk
from planner.store import Store, open_store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from conftest import Answer

    Planner = Callable[..., Answer]

NOW = datetime(2025, 1, 20, tzinfo=UTC)
TOPICS = {
    "maps": "imagery tiles cartography projection basemap geocoding raster routing",
    "databases": "index transaction query planner replication vacuum joins columnar",
    "radio": "antenna modulation spectrum receiver demodulator waveform carrier amplifier",
}


def held(*extra: Talk) -> Reading:
    """Four talks on each of three topics, each with its own half of the topic's words among words that all have."""
    talks = []
    for topic, words in TOPICS.items():
        pool = words.split()
        for number in range(4):
            said = " ".join(pool[number : number + 5])
            talks.append(
                Talk(
                    f"{topic}-{number}",
                    "c",
                    f"On {said.split()[0]}",
                    abstract=f"In this talk we show how to use {said} today.",
                )
            )
    return Reading(Conference("c", "C", talks=(*talks, *extra)), "made")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A store with the three topics."""
    with open_store(str(tmp_path), now=NOW) as opened:
        opened.save(held(), source="made", now=NOW)
        yield opened


@pytest.mark.parametrize("topic", list(TOPICS))
def test_talks_of_one_topic_find_each_other(store: Store, topic: str) -> None:
    """The three others of the topic come first and share no word but its own; the score falls."""
    found = store.similar([f"{topic}-0"])
    assert {one.uid for one in found} <= {f"{topic}-{number}" for number in (1, 2, 3)}
    assert found[0].uid == f"{topic}-1"
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
    for one in found:
        assert 0 < one.score <= 1
        assert set(one.because) <= set(TOPICS[topic].split())


def test_several_talks_are_asked_at_once(store: Store) -> None:
    """Like both: the other two of the topic, never those themselves."""
    assert {one.uid for one in store.similar(["maps-0", "maps-1"])} == {"maps-2", "maps-3"}


def test_what_is_no_answer_is_not_given(store: Store) -> None:
    """Neither the paper's own poster, an equal title, a cancelled talk nor a break; an equal text scores 1."""
    text = "We show imagery tiles cartography projection basemap."
    extra = (
        Talk("asked", "c", "Maps", abstract=text, also=("poster",)),
        Talk("poster", "c", "Maps, on a board", "poster", abstract=text, also=("asked",)),
        Talk("same", "c", "MAPS!", abstract=text),
        Talk("gone", "c", "Maps that left", abstract=text, cancelled=True),
        Talk("break", "c", "Imagery tiles break", "break", abstract=text),
        Talk("twin", "c", "Maps?", "poster", abstract=text),
        Talk("other", "c", "Maps again", abstract=text),
        Talk("other-poster", "c", "Maps again", "poster", abstract=text),
    )
    store.save(held(*extra), source="made", now=NOW)
    found = store.similar(["asked"], limit=99)
    assert found[0].score == pytest.approx(1)
    assert {one.uid for one in found} & {one.uid for one in extra} == {"other"}


def test_one_conference_is_asked_or_all(store: Store) -> None:
    """A talk of another conference answers only where it is asked."""
    elsewhere = Talk("elsewhere", "d", "Tiles", abstract="imagery tiles cartography projection basemap")
    store.save(Reading(Conference("d", "D", talks=(elsewhere,)), "made"), source="d", now=NOW)
    assert "elsewhere" in {one.uid for one in store.similar(["maps-0"])}
    assert "elsewhere" not in {one.uid for one in store.similar(["maps-0"], slugs=["c"])}
    assert [one.uid for one in store.similar(["maps-0"], slugs=["d"])] == ["elsewhere"]
    assert store.similar(["maps-0"], slugs=["no-such"]) == []


@pytest.mark.parametrize("uid", ["no-such-uid", "empty", "numbers"])
def test_a_talk_without_words_is_like_nothing(store: Store, uid: str) -> None:
    """No title, no letters, no talk: nothing, and no error."""
    store.save(held(Talk("empty", "c", "", "untitled"), Talk("numbers", "c", "2025 42")), source="made", now=NOW)
    assert store.similar([uid]) == []


def test_words_are_named_as_they_are_written(store: Store) -> None:
    """Folded they are one word, shown is the asked talk's own way of writing."""
    extra = (Talk("a", "c", "ZÜRICH naïve"), Talk("b", "c", "naive, zurich"))
    store.save(held(*extra), source="made", now=NOW)
    (found,) = store.similar(["a"])
    assert (found.uid, found.because) == ("b", ("naïve", "ZÜRICH"))


def test_a_word_counts_the_more_the_fewer_talks_have_it() -> None:
    """The heaviest comes first; a word of one talk, one that nobody counted and one of a tenth of all talks are none."""
    profile = similar.profile("rare common own unknown everywhere")
    terms = similar.terms([profile], {"rare": 2, "common": 90, "own": 1, "everywhere": 101}, 1000)
    assert list(terms) == ["rare", "common"]
    assert terms["rare"] > terms["common"] > 0


def test_the_title_counts_more_than_the_abstract() -> None:
    """One word there as three here; what every text has counts nowhere."""
    assert similar.profile("spam", "eggs eggs eggs and the ham") == {
        "spam": pytest.approx(2.0986, abs=1e-4),
        "eggs": pytest.approx(2.0986, abs=1e-4),
        "ham": 1.0,
    }


@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=60), min_size=2, max_size=2))
def test_any_text_has_a_profile_and_a_likeness(texts: list[str]) -> None:
    """No word is empty, weights are positive, and nothing is more like a talk than the talk itself with all its words."""
    one, other = (similar.profile(text) for text in texts)
    assert all(word and weight >= 1 for word, weight in {**one, **other}.items())
    rare = dict.fromkeys(one, 1.0)
    wanted = similar.terms([one], dict.fromkeys(one, 2), 9)
    score, because = similar.likeness(wanted, other, rare)
    assert score >= 0
    assert set(because) <= set(one) & set(other)
    if len(one) <= similar.MOST_TERMS:
        assert score <= similar.likeness(wanted, one, rare)[0] + 1e-9


@given(st.text(max_size=200))
def test_any_text_can_be_asked_for(text: str) -> None:
    """What becomes a query is never a syntax error: only letters and digits between quotes."""
    from planner.store.similar import query

    profile = similar.profile(text)
    said = query(profile)
    assert all(word.isalnum() for word in profile)
    assert said.count('"') == 2 * min(len(profile), 16)


def test_show_prints_similar_talks_with_their_words(planner: Planner) -> None:
    """On FOSDEM 2025 a talk on Arrow is like other talks on Arrow; text and document say the same."""
    planner("import", SCHEDULES / "fosdem-2025")
    found = planner("show", "ODBC Takes an Arrow", "--json").document["similar"]
    assert found
    assert "Arrow" in found[0]["title"]
    assert set(found[0]) == {"uid", "title", "score", "because"}
    assert "Arrow" in found[0]["because"]
    assert all(0 < one["score"] <= 1 for one in found)
    text = planner("show", "ODBC Takes an Arrow").out
    assert "Like it, by the words they share" in text
    assert all(one["title"] in text and ", ".join(one["because"]) in text for one in found)
