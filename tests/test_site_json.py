"""What the JSON behind the conference sites becomes, and what a bad one may do."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from alone import Alone, small_files, utc
from hypothesis import given
from hypothesis import strategies as st

from planner.errors import MissingFactsError, PlannerError, ReadError
from planner.readers import site_json
from planner.readers.sources import Part

if TYPE_CHECKING:
    from pathlib import Path

    from planner.model import Reading, Talk

OWN = small_files("site_json") / "iclr-2031-orals-posters.json"
reading = Alone(site_json, "orals-posters.json").reading


def own(**hints: Any) -> Reading:
    """Read the project's own file."""
    return reading(OWN.read_text(encoding="utf-8"), file=OWN.name, **hints)


def result(**fields: Any) -> dict[str, Any]:
    """One result of a site, with some fields changed."""
    known = {
        "id": 1,
        "name": "T",
        "authors": [],
        "eventtype": "Poster",
        "event_type": "Poster",
        "room_name": "Hall",
        "virtualsite_url": "/virtual/2031/poster/1",
        "starttime": "2031-05-06T09:00:00-07:00",
        "endtime": "2031-05-06T10:00:00-07:00",
        "sourceurl": "https://openreview.net/group?id=ICLR.cc/2031/Conference",
    }
    return known | fields


def only(**fields: Any) -> Talk:
    """The first talk of one result."""
    return reading({"count": 1, "results": [result(**fields)]}).conference.talks[0]


def test_the_sample_is_read_whole(shared: Path) -> None:
    """The three records of NeurIPS 2025, counted by json: instants by their offsets, two sessions, the name of the venue."""
    path = shared / "samples" / "B" / "eventhosts_neurips2025_orals-posters_excerpt.json"
    text = path.read_text(encoding="utf-8")
    results = json.loads(text)["results"]
    assert site_json.claims(text, Part(str(path), b""))
    found = reading(text, file=str(path))
    talks = found.conference.talks
    assert (found.format, found.scope, found.conference.slug) == ("site-json", "sessions", "neurips-2025")
    assert [talk.title for talk in talks] == [one["name"] for one in results]
    assert [talk.start for talk in talks] == [datetime.fromisoformat(one["starttime"]).astimezone(UTC) for one in results]
    assert [talk.end for talk in talks] == [datetime.fromisoformat(one["endtime"]).astimezone(UTC) for one in results]
    assert (talks[0].start, talks[-1].start) == (utc("2025-12-06 00:30"), utc("2025-12-08 20:15"))
    assert [(talk.kind, talk.slot.board) for talk in talks] == [("poster", "2504"), ("poster", "2449"), ("oral", None)]
    assert talks[2].organisations[0] == "Texas A&M University"
    assert len(found.conference.sessions) == len({one["session"] for one in results}) == 2


def test_only_the_sites_json_is_claimed(shared: Path) -> None:
    """Of all the real files this reader claims its one and no other."""
    paths = sorted((shared / "samples").glob("*/*"))
    claimed = [path.name for path in paths if site_json.claims(path.read_bytes().decode(errors="replace"), Part("", b""))]
    assert claimed == ["eventhosts_neurips2025_orals-posters_excerpt.json"]


def test_oral_and_poster_of_a_paper_know_each_other() -> None:
    """An oral and the poster of its paper are two talks that name each other, each with its own room, board and instant."""
    oral, poster, *_ = own().conference.talks
    assert (oral.also, poster.also) == ((poster.uid,), (oral.uid,))
    assert (oral.kind, oral.slot.room, oral.start) == ("oral", "Hall 1", utc("2031-05-06 17:30"))
    assert (poster.kind, poster.slot.board, poster.start) == ("poster", "B-17", utc("2031-05-07 06:30"))
    assert poster.end == utc("2031-05-07 08:00")


def test_texts_are_made_readable() -> None:
    """LaTeX, tags and entities are read; institutions are told once; links are whole."""
    oral = own().conference.talks[0]
    assert (oral.title, oral.abstract) == ("Sparse Lanterns ℓ_1", "We light lanterns.")
    assert (oral.speakers, oral.organisations) == (("Ada Bright", "Zoë Öst"), ("Lamp & Light Lab",))
    assert (oral.url, oral.track) == ("https://iclr.cc/virtual/2031/oral/501", "Light → Shade")
    assert oral.links == ("https://openreview.net/forum?id=LaNtErN001",)
    assert oral.source_id == "oral/501"


def test_a_second_slot_is_a_second_talk() -> None:
    """A poster that hangs twice is two talks of one id that know each other."""
    first, second = own().conference.talks[2:4]
    assert (first.start, second.start) == (utc("2031-05-05 16:00"), utc("2031-05-07 16:00"))
    assert first.uid != second.uid
    assert (first.also, second.also) == ((second.uid,), (first.uid,))


def test_what_is_no_talk_is_left_out_and_told() -> None:
    """A rejected and a hidden result are no talks, one without a time stays without a slot."""
    found = own()
    assert [talk.title for talk in found.conference.talks][-1] == "Not Yet Placed"
    assert not found.conference.talks[-1].scheduled
    assert any("left out: 2" in warning for warning in found.warnings)


def test_sessions_span_what_they_hold() -> None:
    """A session has the key of its name and day, and lasts as long as what is in it."""
    sessions = {session.key: session for session in own().conference.sessions}
    assert set(sessions) == {"oral-session-2a-2031-05-06", "poster-session-3-2031-05-06", "poster-session-1-2031-05-05"}
    oral = sessions["oral-session-2a-2031-05-06"]
    assert (oral.title, oral.kind, oral.start, oral.end) == (
        "Oral Session 2A",
        "oral",
        utc("2031-05-06 17:30"),
        utc("2031-05-06 17:45"),
    )


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"sourceurl": "https://openreview.net/group?id=ICML.cc/2031/Conference"}, "ICML 2031"),
        ({"sourceurl": None, "authors": [{"url": "http://neurips.cc/api/miniconf/users/9?format=json"}]}, "NeurIPS 2031"),
        ({"sourceurl": "", "authors": [{"url": "https://mlsys.org/api/miniconf/users/9"}]}, "MLSys 2031"),
    ],
)
def test_the_conference_names_itself(fields: dict[str, Any], expected: str) -> None:
    """The venue of the papers, else the site of the people with the year of the pages, is the conference's name."""
    assert reading({"results": [result(**fields)]}).conference.name == expected


def test_an_unfilled_kind_is_read_without_its_gap() -> None:
    """``{location} Oral`` is an oral; without any word the page's address tells."""
    assert only(eventtype=None, event_type="{location} Oral").kind == "oral"
    assert only(eventtype=None, event_type=None).kind == "poster"


def test_one_page_of_several_cancels_nothing() -> None:
    """A file that says that more follows speaks for what it shows only, and says so."""
    found = reading({"count": 300, "next": "https://x.example/?page=2", "results": [result()]})
    assert found.partial
    assert any("1 of 300" in warning for warning in found.warnings)


def test_a_bare_list_of_results_will_do() -> None:
    """The results without their envelope read the same."""
    assert reading([result()]).conference.talks == reading({"results": [result()]}).conference.talks


def test_times_without_an_offset_need_a_zone() -> None:
    """A wall clock is refused until a zone is said, with the conference's name in the same breath where that lacks too."""
    floating = result(starttime="2031-05-06T09:00:00", endtime="2031-05-06T10:00:00")
    with pytest.raises(MissingFactsError, match="--zone") as caught:
        reading([floating])
    assert (caught.value.zone, caught.value.conference) == (True, False)
    with pytest.raises(MissingFactsError) as both:
        reading([floating | {"sourceurl": ""}])
    assert (both.value.zone, both.value.conference) == (True, True)
    assert reading([floating], zone="Asia/Tokyo").conference.talks[0].start == utc("2031-05-06 00:00")


@pytest.mark.parametrize("text", ['{"results": []}', "[]", '{"results": [{"id": 1}]}', '{"results": 3}', "{", "[" * 100_000])
def test_nothing_found_is_said(text: str) -> None:
    """Nothing, nothing with a name, and what is no JSON are refused with one sentence."""
    with pytest.raises(ReadError) as caught:
        reading(text, name="ICLR 2031")
    assert str(caught.value).count("\n") == 0


VALUES: Any = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**13), 10**13),
    st.floats(),
    st.text(max_size=12),
    st.sampled_from(
        ["2031-02-30T10:00:00-07:00", "0001-01-01T00:00:00+14:00", "#", "{location}", "https://x", "/virtual/2031/"]
    ),
    st.lists(
        st.none() | st.integers() | st.dictionaries(st.sampled_from(["fullname", "url", "institution"]), st.none()), max_size=3
    ),
    st.dictionaries(st.sampled_from(["en", "name", ""]), st.text(max_size=4), max_size=2),
)


@given(
    st.lists(st.dictionaries(st.sampled_from([*result(), "session", "related_events_ids", "starttime2", "decision"]), VALUES)),
    st.sampled_from([None, "Asia/Tokyo"]),
)
def test_whatever_stands_there_only_known_errors_come(changes: list[dict[str, Any]], zone: str | None) -> None:
    """Any value under any key is read or refused with a sentence of the house; no two talks share a uid."""
    results = [result(id=number) | change for number, change in enumerate(changes)]
    try:
        found = reading({"count": len(results), "results": results}, zone=zone)
    except PlannerError:
        return
    assert len({talk.uid for talk in found.conference.talks}) == len(found.conference.talks)
