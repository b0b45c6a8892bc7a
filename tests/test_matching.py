"""Which talk is which: each step of the comparison by itself, on hand-made talks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from readings import NOW, SLUG, at, row, talk

from planner.matching import days_given_twice, is_row, match, with_known_sessions
from planner.model import Conference, Session, Slot

if TYPE_CHECKING:
    from planner.model import Talk

ADA, BOB = ("Ada Lovelace",), ("Bob Metcalfe",)


def known(stored: list[Talk], read: list[Talk], *, near: bool = True) -> dict[int, str]:
    """Index of what was read -> uid of the stored talk that it is; ``near`` is whether the source speaks of those."""
    pairs, _ = match(stored, read, lambda _: near)
    return {index: one.uid for index, one in pairs.items()}


def test_what_may_be_a_row_of_a_list() -> None:
    """A paper always; of the other kinds but a plain talk what has neither slot, session, room nor board."""
    assert is_row(talk("Ants", "18:00", kind="paper"))
    assert is_row(row("Ants", kind="poster"))
    assert not is_row(row("Ants", kind="talk"))
    for slot in (talk("", "18:00").slot, Slot(day=at("00:00").date()), Slot(room="A"), Slot(board="1")):
        assert not is_row(row("Ants", kind="poster", slot=slot))
    assert not is_row(row("Ants", kind="poster", session="s11"))


# A page that does not speak for the talk


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        ({}, {}, True),
        ({"session": None}, {}, True),
        ({}, {"session": None}, True),
        ({}, {"session": "s12"}, False),
        ({}, {"session": "s12", "uid": "a"}, True),
        ({"source_id": "7"}, {"session": "s12", "source_id": "7"}, True),
        ({"source_id": "7"}, {"session": "s12", "source_id": "8"}, False),
        ({"source_id": "7"}, {"session": "s12"}, False),
        ({"speakers": ADA}, {"session": "s12", "speakers": ADA}, True),
        ({"speakers": ADA}, {"session": "s12", "speakers": BOB}, False),
        ({"speakers": ADA}, {"session": "s12", "speakers": ADA, "kind": "poster"}, False),
        ({}, {"clock": "18:15"}, False),
        ({"title": "", "session": None}, {"title": ""}, False),
    ],
)
def test_one_title_at_one_hour(old: dict[str, Any], new: dict[str, Any], *, same: bool) -> None:
    """Is one talk where the id, or kind and speakers, agree too, or one of them has no session."""
    one, other = (
        talk(fields.pop("title", "Ants"), fields.pop("clock", "18:00"), **{"uid": uid, "session": "s11", **fields})
        for uid, fields in (("a", dict(old)), ("b", dict(new)))
    )
    assert known([one], [other], near=False) == ({0: "a"} if same else {})


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        ({}, {}, True),
        ({}, {"session": "s12"}, True),
        ({}, {"kind": "poster"}, True),
        ({"session": None}, {"kind": "poster"}, True),
        ({}, {"session": None, "kind": "poster"}, True),
        ({}, {"session": "s12", "kind": "poster"}, False),
        ({"clock": ""}, {"session": "s12", "kind": "poster"}, False),
        ({"clock": ""}, {"session": "s12", "kind": "poster", "uid": "a"}, False),
        ({"source_id": "7", "clock": ""}, {"session": "s12", "kind": "poster", "source_id": "7"}, False),
        ({}, {"clock": "20:00"}, False),
    ],
)
def test_one_title_without_an_hour(old: dict[str, Any], new: dict[str, Any], *, same: bool) -> None:
    """What is read without a slot is the talk of its title, but no oral of one session is the poster of another."""
    fields = {"clock": "18:00", "uid": "a", **old}
    one = talk("Ants", fields.pop("clock"), **{"session": "s11", **fields})
    fields = {"clock": "", "uid": "b", **new}
    other = talk("Ants", fields.pop("clock"), **{"session": "s11", **fields})
    assert known([one], [other], near=False) == ({0: "a"} if same else {})


# What tells equal titles apart


def test_the_uid_tells_what_nothing_else_does() -> None:
    """Two talks that agree in all are themselves by their uids, in whatever order and zone they come."""
    one, other = talk("Ants", "18:00", uid="a"), talk("Ants", "18:00", uid="b")
    assert known([one, other], [other, one]) == {0: "b", 1: "a"}
    far = [found._replace(slot=found.slot._replace(zone="Europe/Vienna")) for found in (other, one)]
    assert known([one, other], far) == {0: "b", 1: "a"}


@pytest.mark.parametrize("field", ["session", "kind", "source_id"])
def test_a_uid_that_counts_equal_titles_tells_less_than_the_rest(field: str) -> None:
    """Where a source lists two of one title the other way round their uids are exchanged, and the rest says which is which."""
    values = {"session": ("s11", "s12"), "kind": ("oral", "poster"), "source_id": ("7", "8")}[field]
    before = [talk("Ants", "18:00", uid=uid, **{field: value}) for uid, value in zip("ab", values, strict=True)]
    after = [talk("Ants", "18:00", uid=uid, **{field: value}) for uid, value in zip("ab", reversed(values), strict=True)]
    assert known(before, after) == {0: "b", 1: "a"}


def test_whole_days_tell_equal_titles_apart() -> None:
    """Two days of one title that a source lists the other way round stay themselves."""
    days = [talk("Hotel", slot=Slot(day=at("00:00", day).date()), uid=uid) for day, uid in ((6, "a"), (7, "b"))]
    again = [talk("Hotel", slot=Slot(day=at("00:00", day).date()), uid=uid) for day, uid in ((7, "a"), (6, "b"))]
    assert known(days, again) == {0: "b", 1: "a"}


def test_of_equal_titles_the_one_that_takes_place_is_taken() -> None:
    """A talk that moves is the one of its title that still took place, not the cancelled one before it."""
    gone, there = talk("Ants", "10:00", uid="a", cancelled=True), talk("Ants", "11:00", uid="b")
    assert known([gone, there], [talk("Ants", "18:00", uid="c", session="s2")]) == {0: "b"}


def test_rooms_tell_which_title_came_although_the_ends_changed() -> None:
    """Two slots to be announced at one hour of one session get their titles by their rooms."""
    slots = [talk("TBA", "18:00", uid=room, room=room, minutes=15) for room in "AB"]
    titled = [talk(f"On {room}", "18:00", uid=f"new {room}", room=room, minutes=30) for room in "BA"]
    assert known(slots, titled) == {0: "B", 1: "A"}


def test_a_title_to_come_is_of_its_hour_and_session() -> None:
    """Neither a title of another hour nor an untitled slot of another session and hour is its own."""
    assert known([talk("TBA", "18:00", uid="a")], [talk("On Ants", "20:00", uid="b")]) == {}
    assert known([talk("", "18:00", uid="a")], [talk("", "20:00", uid="b", session="s12")]) == {}
    assert known([talk("", "18:00", uid="a")], [talk("", "20:00", uid="b")]) == {0: "a"}
    assert known([talk("", "18:00", uid="a")], [talk("", "18:00", uid="b", session="s12")]) == {0: "a"}


# By the id


def test_an_id_and_a_title_say_more_than_a_title() -> None:
    """An oral is the row of its id, though the paper's poster, of another id, stands before it."""
    poster = talk("Ants", "20:00", uid="a", kind="poster", source_id="p9")
    listed = row("Ants", uid="b", source_id="HkX")
    assert known([poster, listed], [talk("Ants", "18:00", uid="c", source_id="HkX")]) == {0: "b"}


def test_an_id_whose_title_is_gone_is_no_identity() -> None:
    """An untitled slot under the id of a titled talk is another slot."""
    assert known([talk("Ants", "18:00", source_id="x7")], [talk("", "20:00", uid="b", source_id="x7")]) == {}


def test_an_untitled_slot_is_named_under_its_id() -> None:
    """Also where another untitled slot keeps its own id."""
    before = [talk("", "18:00", uid="a", source_id="x1"), talk("", "19:00", uid="b", source_id="x2", session="s12")]
    after = [talk("Ants", "20:00", uid="c", source_id="x1"), talk("", "21:00", uid="d", source_id="x2", session="s12")]
    assert known(before, after) == {0: "a", 1: "b"}


def test_a_row_s_number_is_no_talk_s_id() -> None:
    """Oral 5 of a list and event 5 of a schedule are two, whichever came first."""
    event, listed = talk("Ants", "18:00", uid="a", source_id="5"), row("Bees", uid="b", kind="oral", source_id="5")
    assert known([event], [listed]) == {}
    assert known([listed], [event]) == {}


# By a close title

LONG = "abcdefghij klmnopqrs"  # 20 signs; 17 of them in order are 2 * 17 of 40, 85 of 100


@pytest.mark.parametrize(
    ("one", "other", "fields", "same"),
    [
        ("Ants", "Moor", {"speakers": ADA, "clock": "18:00"}, True),  # not a sign in common; speakers and slot say it all
        ("Ants", "Cats", {"speakers": ADA, "clock": "20:00"}, True),  # 3 of 4 signs in order: 75
        ("Termite", "Tormitas", {"speakers": ADA, "clock": "20:00"}, False),  # 5 of 7 and 8: 67
        (LONG, "zzzdefghij klmnopqrs", {"clock": "18:00"}, True),
        (LONG, "zzzzefghij klmnopqrs", {"clock": "18:00"}, False),
        ("The growth of a leaf", "The growth of the leaf", {"speakers": ADA, "clock": "20:00"}, True),
        ("The growth of leaf 12", "The growth of leaf 13", {"speakers": ADA, "clock": "20:00"}, False),
        ("The growth of leaf b", "The growth of leaf c", {"speakers": ADA, "clock": "20:00"}, False),
        ("The growth of leaf ix", "The growth of leaf xi", {"speakers": ADA, "clock": "20:00"}, False),
        ("Ants", "Antsy and other moods of the small", {"speakers": ADA, "clock": "20:00"}, False),  # no whole word
    ],
)
def test_how_close_titles_must_be(one: str, other: str, fields: dict[str, Any], *, same: bool) -> None:
    """75 of 100 with the same speakers, 85 in the same slot, anything with both; numbers, letters and words stay whole."""
    rest = {key: value for key, value in fields.items() if key != "clock"}
    found = known([talk(one, "18:00", uid="a", **rest)], [talk(other, fields["clock"], uid="b", **rest)])
    assert found == ({0: "a"} if same else {})


def test_of_equally_close_titles_the_one_of_the_same_kind_is_taken() -> None:
    """The poster of a paper whose title was corrected is its poster, though the oral stands first."""
    oral = talk("When Do Curricula Work?", "18:00", uid="a", speakers=ADA)
    poster = talk("When Do Curricula Work?", "20:00", uid="b", speakers=ADA, kind="poster")
    new = talk("When Do Curricula Really Work?", "21:00", uid="c", speakers=ADA, kind="poster")
    assert known([oral, poster], [new]) == {0: "b"}


# Days that were corrected


def told(left: list[Talk], added: list[Talk]) -> list[str]:
    """What is said of these days; a talk's day is that of its start in UTC."""
    return days_given_twice(left, added, lambda one: one.start.date() if one.start else one.slot.day)


def several(titles: str, day: int, **fields: Any) -> list[Talk]:
    """A talk for each letter on a day of May."""
    return [talk(title, "18:00", day=day, **fields) for title in titles]


@pytest.mark.parametrize(
    ("left", "added", "number"),
    [("a", "a", 0), ("ab", "ab", 2), ("abc", "ab", 2), ("abcd", "ab", 0), ("abcde", "abc", 3), ("abc", "axy", 0)],
)
def test_most_of_a_day_is_more_than_half_and_two_at_least(left: str, added: str, number: int) -> None:
    """Of the titles of a day that came anew on another."""
    words = f"{number} talks of Thu 6 May 2021 now stand on Fri 7 May 2021 as well: if that day was corrected, their stars "
    words += "are still on the old one, which planner talks --day 2021-05-06 lists."
    assert told(several(left, 6), several(added, 7)) == ([words] if number else [])


def test_what_is_no_sign_of_a_corrected_day() -> None:
    """The same titles on the same day or on none; titles of talks that were cancelled, and slots without a title."""
    assert told(several("ab", 6), several("ab", 6)) == []
    assert told(several("ab", 6), [talk(title) for title in "ab"]) == []
    assert told([talk(title) for title in "ab"], several("ab", 7)) == []
    assert told(several("ab", 6, cancelled=True), several("ab", 7)) == []
    assert told([talk("", "18:00"), talk("", "19:00")], [talk("", "18:00", day=7), talk("", "19:00", day=7)]) == []
    assert len(told([*several("ab", 6), talk("", "19:00"), talk("", "20:00")], several("ab", 7))) == 1
    assert len(told([*several("ab", 6), *several("cd", 6, cancelled=True)], several("ab", 7))) == 1


# Sessions under another key


def programme(*talks: Talk, start: str = "18:00") -> Conference:
    """Talks with a session for each key in them, all of one hour, with ids of the site for keys."""
    keys = dict.fromkeys(one.session for one in talks if one.session)
    sessions = tuple(Session(key, f"Session {key}", start=at(start)) for key in keys)
    return Conference(SLUG, "ICLR 2021", None, sessions, talks, read_at=NOW)


def papers(titles: str, session: str | None, **fields: Any) -> list[Talk]:
    """A talk of Ada's for each letter, at an hour of its own."""
    return [talk(title, f"1{'abcdefghi'.index(title)}:00", session=session, speakers=ADA, **fields) for title in titles]


def keys(old: Conference, read: Conference) -> dict[str, str | None]:
    """Title -> the key that its session has now."""
    return {one.title: one.session for one in with_known_sessions(old, read).talks}


def test_a_session_is_known_by_more_than_half_of_the_shorter_list() -> None:
    """Two of three are enough and one of two is not; what belongs to no session is given to none."""
    old = programme(*papers("abc", "p"), *papers("i", None))
    assert keys(old, programme(*papers("abi", "x"))) == dict.fromkeys("abi", "p")
    assert keys(old, programme(*papers("ah", "x"))) == {"a": "x", "h": "x"}
    assert keys(old, programme(*papers("abc", None), *papers("i", "x"))) == {**dict.fromkeys("abc"), "i": "x"}


def test_of_two_sessions_the_one_with_more_talks_in_common_is_it() -> None:
    """A new session of three talks of one and two of another is the first; of one that is split the larger half is it."""
    old = programme(*papers("ab", "p"), *papers("cde", "q"))
    assert set(keys(old, programme(*papers("abcde", "x"))).values()) == {"q"}
    halves = keys(programme(*papers("abcde", "p")), programme(*papers("ab", "x"), *papers("cde", "y")))
    assert halves == {**dict.fromkeys("ab", "x"), **dict.fromkeys("cde", "p")}


def test_sessions_with_a_key_of_their_own_keep_it() -> None:
    """One that took another's talks is not that, and one that shows the talks of a session still there is another."""
    old = programme(*papers("ab", "p"), *papers("cd", "q"))
    both = programme(*papers("abcd", "p"))
    assert with_known_sessions(old, both) == both
    more = programme(*papers("ab", "p"), *papers("ab", "x", kind="poster"))
    assert with_known_sessions(old, more) == more


def test_what_holds_a_renamed_session_holds_it_still() -> None:
    """The container's key follows; one of another session, and what is in no session, stays."""
    held = [talk("Block", "10:00", session=None, holds="x"), talk("Other", "10:00", session=None, holds="z")]
    found = with_known_sessions(programme(*papers("ab", "p")), programme(*papers("ab", "x"), *held))
    assert [one.holds for one in found.talks] == [None, None, "p", "z"]
    assert [one.session for one in found.talks] == ["p", "p", None, None]


def test_what_is_cancelled_or_has_no_hour_tells_of_no_session() -> None:
    """A talk that left one session for another, renamed since, was the second's; papers without a slot are nobody's."""
    (ant,) = papers("a", "p")
    old = programme(ant._replace(cancelled=True), *papers("a", "q", uid="other"))
    assert keys(old, programme(*papers("a", "x"))) == {"a": "q"}
    bare = [[talk(title, session=key, speakers=ADA) for title in "ab"] for key in "px"]
    assert set(keys(programme(*bare[0]), programme(*bare[1])).values()) == {"x"}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (
            Session("ants-and-bees-7", "Ants and Bees", start=at("18:00")),
            Session("77", "Ants and Bees", start=at("18:00")),
            True,
        ),
        (
            Session("77", "Ants and Bees", start=at("18:00")),
            Session("ants-and-bees", "Ants and bees", start=at("18:00")),
            True,
        ),
        (Session("7", "Ants and Bees", start=at("18:00")), Session("77", "Ants and Bees", start=at("18:00")), False),
        (Session("ants", "Ants", start=at("18:00")), Session("77", "Ants", start=at("19:00")), False),
        (Session("ants", "Ants", start=at("18:00")), Session("77", "Bees", start=at("18:00")), False),
        (Session("ants", "Ants"), Session("77", "Ants"), False),
        (Session("7", "", start=at("18:00")), Session("77", "", start=at("18:00")), False),
        (Session("ants", "Ants", start=at("18:00"), room="A"), Session("7", "Ants", start=at("18:00"), room="A"), True),
        (Session("ants", "Ants", start=at("18:00"), room="A"), Session("7", "Ants", start=at("18:00")), True),
        (Session("ants", "Ants", start=at("18:00")), Session("7", "Ants", start=at("18:00"), room="B"), True),
        (Session("ants", "Ants", start=at("18:00"), room="A"), Session("7", "Ants", start=at("18:00"), room="B"), False),
    ],
)
def test_sessions_of_one_title(one: Session, other: Session, *, same: bool) -> None:
    """Are one where they begin at once, no two rooms are told, and one of the keys was made from the title."""
    old, read = (Conference(SLUG, "ICLR 2021", None, (session,), ()) for session in (one, other))
    assert [session.key for session in with_known_sessions(old, read).sessions] == [one.key if same else other.key]
