"""Two versions of a schedule: no talk loses its uid, nothing is cancelled by a source that does not speak for it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from readings import LATER, NOW, SLUG, ZONE, at, reading, row, talk

from planner.changes import Merge, first_said, merge
from planner.model import Change, Conference, Reading, Session, Slot, Talk

if TYPE_CHECKING:
    from datetime import date

ADA, BOB = ("Ada Lovelace", "Émile Borel"), ("Bob Metcalfe",)


def stored(*talks: Talk, scope: str = "conference", **fields: Any) -> Conference:
    """A conference as the store holds it after its first import."""
    return merge(None, reading(*talks, scope=scope, **fields), now=NOW).conference


def after(before: Conference, *talks: Talk, scope: str = "conference", **fields: Any) -> Merge:
    """What a later import leads to."""
    return merge(before, reading(*talks, scope=scope, **fields), now=LATER)


def whats(result: Merge) -> dict[str, str]:
    """Title -> what happened to the talk of that title."""
    titles = {talk.uid: talk.title for talk in result.conference.talks}
    return {titles[change.uid]: change.what for change in result.changes}


def only(result: Merge) -> Talk:
    """The one talk that takes place."""
    (found,) = [talk for talk in result.conference.talks if not talk.cancelled]
    return found


SAME = {
    "nothing changed": (talk("A thing", "18:00"), talk("A thing", "18:00")),
    "another time and room": (talk("A thing", "18:00", room="A"), talk("A thing", "20:00", room="B")),
    "another session": (talk("A thing", "18:00"), talk("A thing", "18:00", session="s12")),
    "case, dashes, accents": (talk("Zero–Shot naïve Learning", "18:00"), talk("zero-shot Naive learning", "18:00")),
    "the id stays, all else goes": (
        talk("Opening", "18:00", source_id="7", speakers=ADA),
        talk("Welcome", "09:00", day=7, source_id="7", speakers=BOB, session="s1"),
    ),
    "another id": (talk("A thing", "18:00", source_id="7"), talk("A thing", "18:00", source_id="a7f")),
    "the id of a list's row": (row("A thing", source_id="HkX"), row("Quite different", source_id="HkX")),
    "an id that there was none of": (talk("A thing", "18:00"), talk("A thing", "19:00", source_id="7")),
    "a word more, same speakers": (
        talk("When Do Curricula Work?", "18:00", speakers=ADA),
        talk("When Do Curricula Really Work?", "20:00", speakers=ADA),
    ),
    "a typo, same slot": (talk("Attention is al you need", "18:00"), talk("Attention Is All You Need", "18:00")),
    "a subtitle, same speakers": (
        talk("SenSeI", "18:00", speakers=ADA),
        talk("SenSeI: Sensitive Set Invariance for Individual Fairness", "20:00", speakers=ADA),
    ),
    "speakers in another order and spelling": (
        talk("When Do Curricula Work?", "18:00", speakers=ADA),
        talk("When Do Curricula Really Work?", "20:00", speakers=("Emile Borel", "Ada Lovelace")),
    ),
    "same speakers and slot, another title": (
        talk("A first idea", "18:00", speakers=ADA),
        talk("Something else entirely", "18:00", speakers=ADA),
    ),
    "an untitled slot that gets a title": (talk("", "18:00"), talk("Closing words", "18:00")),
    "a placeholder that gets a title": (talk("TBA", "18:00", room="A"), talk("On Growth and Form", "18:00", room="B")),
    "a placeholder of the same speakers": (talk("TBA", "18:00", speakers=ADA), talk("On Growth", "20:00", speakers=ADA)),
    "an untitled slot that moves": (talk("", "18:00"), talk("", "18:05")),
    "a row of a list that gets a slot": (row("A thing"), talk("A Thing", "18:00")),
    "an oral that becomes a poster": (talk("A thing", "18:00"), talk("A thing", "20:00", kind="poster")),
    "a whole day": (
        talk("Hotel", slot=Slot(day=at("00:00").date()), session=None),
        talk("Hotel", slot=Slot(day=at("00:00", 7).date()), session=None),
    ),
}


@pytest.mark.parametrize("case", SAME)
def test_a_talk_keeps_its_uid(case: str) -> None:
    """A talk that a person would call the same keeps its uid, in both directions of time."""
    one, other = SAME[case]
    assert only(after(stored(one), other)).uid == one.uid
    if not case.startswith(("an untitled slot that gets", "a placeholder", "a row")):
        assert only(after(stored(other), one)).uid == other.uid


OTHER = {
    "another title and speakers": (talk("A thing", "18:00", speakers=ADA), talk("Quite different", "18:00", speakers=BOB)),
    "a close title, neither speakers nor slot": (
        talk("When Do Curricula Work?", "18:00", speakers=ADA),
        talk("When Do Curricula Really Work?", "20:00", speakers=BOB),
    ),
    "the next of a row": (talk("Invited Talk 1", "18:00", speakers=ADA), talk("Invited Talk 2", "20:00", speakers=ADA)),
    "the next letter": (talk("Lightning talks A", "18:00"), talk("Lightning talks B", "18:00")),
    "the next Roman number": (talk("Learning Theory II", "18:00"), talk("Learning Theory IV", "18:00")),
    "another paper of the same speakers": (
        talk("A critical analysis of self-supervision", "18:00", speakers=ADA),
        talk("Self-labelling via simultaneous clustering", "20:00", speakers=ADA),
    ),
    "another paper of the same speakers, neither with a slot": (
        row("A critical analysis of self-supervision", speakers=ADA),
        row("Self-labelling via simultaneous clustering", speakers=ADA),
    ),
    "another poster of the same hall": (
        talk("Deep sets of points", "18:00", kind="poster", speakers=ADA),
        talk("Deep nets of points", "18:00", kind="poster", speakers=BOB),
    ),
    "a row number of a list": (row("A thing", source_id="7"), row("Quite different", source_id="7")),
    "a row number that is a site's id": (row("A thing", source_id="7"), talk("Quite different", "18:00", source_id="7")),
    "a title that goes from its slot": (talk("Closing words", "18:00"), talk("", "18:00")),
}


@pytest.mark.parametrize("case", OTHER)
def test_another_talk_gets_another_uid(case: str) -> None:
    """A talk that a person would call another one is new, and the old one stays, cancelled or as the list's row it is."""
    one, other = OTHER[case]
    result = after(stored(one), other)
    assert Counter(talk.title for talk in result.conference.talks) == Counter([one.title, other.title])
    assert {talk.uid for talk in result.conference.talks} >= {one.uid}
    assert len({talk.uid for talk in result.conference.talks}) == 2


def test_ids_dealt_out_anew_do_not_move_marks_to_other_titles() -> None:
    """Where a row is put in front and every id counts one on, a star stays on its title."""
    before = stored(*(talk(name, f"1{i}:00", source_id=str(i)) for i, name in enumerate(("Ants", "Bees", "Cats"))))
    names = ("Yaks", "Ants", "Bees", "Cats")
    result = after(before, *(talk(name, f"1{i}:30", source_id=str(i)) for i, name in enumerate(names)))
    titles = {talk.uid: talk.title for talk in result.conference.talks}
    assert all(titles[known.uid] == known.title for known in before.talks)
    assert whats(result) == {"Yaks": "added", "Ants": "moved", "Bees": "moved", "Cats": "moved"}


def test_two_ids_that_change_titles_follow_the_titles() -> None:
    """Where two talks change ids with each other, a star stays on its title."""
    before = stored(talk("Ants", "18:00", source_id="1"), talk("Bees", "19:00", source_id="2"))
    result = after(before, talk("Bees", "20:00", source_id="1"), talk("Ants", "21:00", source_id="2"))
    assert whats(result) == {"Ants": "moved", "Bees": "moved"}
    assert [(talk.uid, talk.title) for talk in result.conference.talks] == [(talk.uid, talk.title) for talk in before.talks]


def test_a_new_talk_with_an_old_title_does_not_take_its_star() -> None:
    """The id says which keynote is which: the one renamed keeps its uid, the new one with the old title gets another."""
    before = stored(talk("Keynote", "18:00", source_id="5"))
    result = after(before, talk("Keynote: On Growth", "18:00", source_id="5"), talk("Keynote", "20:00", source_id="20"))
    titles = {talk.uid: talk.title for talk in result.conference.talks}
    assert titles[before.talks[0].uid] == "Keynote: On Growth"
    assert len(titles) == 2


def test_one_uid_on_many_talks_keeps_them_all() -> None:
    """67 talks with one uid and one id are 67 talks, at every import the same ones."""
    many = [talk("Talk", "18:00", source_id="x")._replace(title=f"Talk about {word}") for word in "abcdefgh" * 8 + "abc"]
    first = merge(None, reading(*many), now=NOW)
    assert len({talk.uid for talk in first.conference.talks}) == 67
    second = after(first.conference, *many)
    assert (second.changes, second.unchanged) == ((), 67)


def test_of_many_talks_with_one_id_the_title_says_which() -> None:
    """Where one id is on two talks, the one whose title stays is itself, also where the other takes its slot."""
    before = stored(talk("Ants", "18:00", source_id="7"), talk("Bees", "20:00", source_id="7", ordinal=1))
    result = after(before, talk("Ants and aphids", "20:00", source_id="7"), talk("Bees", "18:00", source_id="7", ordinal=1))
    assert [(talk.title, talk.start) for talk in result.conference.talks] == [
        ("Ants and aphids", at("20:00")),
        ("Bees", at("18:00")),
    ]


TWINS: dict[str, tuple[dict[str, Any], dict[str, Any], dict[str, Any], dict[str, Any]]] = {
    "the slot, though kinds are mixed up": (
        {"clock": "18:00", "kind": "oral"},
        {"clock": "20:00", "kind": "poster"},
        {"clock": "18:00", "kind": "poster"},
        {"clock": "20:00", "kind": "oral"},
    ),
    "the session at one hour, though kinds are mixed up": (
        {"session": "s11", "kind": "oral"},
        {"session": "s12", "kind": "poster"},
        {"session": "s11", "kind": "poster"},
        {"session": "s12", "kind": "oral"},
    ),
    "the room of one slot, though kinds are mixed up": (
        {"room": "A", "kind": "oral"},
        {"room": "B", "kind": "poster"},
        {"room": "A", "kind": "poster"},
        {"room": "B", "kind": "oral"},
    ),
    "the end of one slot, though kinds are mixed up": (
        {"minutes": 15, "kind": "oral"},
        {"minutes": 30, "kind": "poster"},
        {"minutes": 15, "kind": "poster"},
        {"minutes": 30, "kind": "oral"},
    ),
    "the speakers at one hour, in other rooms": (
        {"speakers": ADA, "room": "A"},
        {"speakers": BOB, "room": "B"},
        {"speakers": ADA, "room": "C"},
        {"speakers": BOB, "room": "D"},
    ),
    "the hour, in other rooms": (
        {"clock": "18:00", "room": "A"},
        {"clock": "20:00", "room": "B"},
        {"clock": "18:00", "room": "C"},
        {"clock": "20:00", "room": "D"},
    ),
    "the hour and the speakers, in a renamed session": (
        {"speakers": ADA},
        {"speakers": BOB},
        {"speakers": ADA, "session": "s13"},
        {"speakers": BOB, "session": "s13"},
    ),
    "the session, at another hour": (
        {"session": "s11"},
        {"session": "s12"},
        {"session": "s11", "clock": "20:00"},
        {"session": "s12", "clock": "20:00"},
    ),
    "the hour, in another session": (
        {"clock": "18:00"},
        {"clock": "20:00"},
        {"clock": "18:00", "session": "s13"},
        {"clock": "20:00", "session": "s13"},
    ),
    "the uid, where nothing else stays": (
        {"uid": "a"},
        {"uid": "b"},
        {"uid": "a", "clock": "20:00", "session": "s13"},
        {"uid": "b", "clock": "20:00", "session": "s13"},
    ),
    "the kind, where nothing else stays": (
        {"kind": "oral"},
        {"kind": "poster"},
        {"kind": "oral", "clock": "20:00", "session": "s13"},
        {"kind": "poster", "clock": "20:00", "session": "s13"},
    ),
}


@pytest.mark.parametrize("case", TWINS)
def test_what_tells_equal_titles_apart(case: str) -> None:
    """Two talks of one title are themselves again by this, though they come in the other order."""
    made = [
        talk("Ants", fields.get("clock", "18:00"), **{"uid": f"u{n}", **{k: v for k, v in fields.items() if k != "clock"}})
        for n, fields in enumerate(TWINS[case])
    ]
    before = stored(*made[:2])
    result = after(before, made[3], made[2])
    assert [talk.uid for talk in result.conference.talks] == [talk.uid for talk in made[:2]]
    for found, read in zip(result.conference.talks, made[2:], strict=True):
        assert (found.start, found.end, found.slot.room) == (read.start, read.end, read.slot.room)
        assert (found.kind, found.speakers) == (read.kind, read.speakers)


def test_equal_titles_that_nothing_tells_apart_keep_their_order() -> None:
    """Where all else has changed the first is the first and the second the second."""
    before = stored(talk("Ants", "10:00", uid="a"), talk("Ants", "11:00", uid="b"))
    result = after(before, talk("Ants", "18:00", uid="c", session="s2"), talk("Ants", "19:00", uid="d", session="s2"))
    assert [(talk.uid, talk.start) for talk in result.conference.talks] == [("a", at("18:00")), ("b", at("19:00"))]


@pytest.mark.parametrize(
    "word", ["TBA", "TBD", "tbc", "To be announced", "To be confirmed.", "To be determined", "Title TBA", ""]
)
def test_what_stands_for_a_title_to_come(word: str) -> None:
    """A slot with such a title is the one that gets its title later; two of one hour are told apart by their rooms."""
    slots = [talk("", "18:00", room=room).slot for room in ("A", "B")]
    before = stored(*(talk(word, slot=slot, kind="talk" if word else "untitled", ordinal=n) for n, slot in enumerate(slots)))
    result = after(before, talk("On bees", slot=slots[1]), talk("On ants", slot=slots[0]))
    assert [(talk.uid, talk.title) for talk in result.conference.talks] == [
        (before.talks[0].uid, "On ants"),
        (before.talks[1].uid, "On bees"),
    ]


@pytest.mark.parametrize("session", [None, "s11"])
def test_a_placeholder_without_a_slot_is_any_talk_s_or_none_s(session: str | None) -> None:
    """A title to come that has no hour is not the next new talk without one; nor, without a session, that of another room."""
    result = after(stored(talk("TBA", session=session)), talk("On ants", session=session))
    assert "added" in whats(result).values()
    result = after(stored(talk("TBA", "18:00", session=None, room="A")), talk("On ants", "18:00", session=None, room="B"))
    assert whats(result) == {"TBA": "cancelled", "On ants": "added"}


ELSEWHERE: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "another hour": ({"clock": "18:00"}, {"clock": "20:00"}),
    "another session": ({"session": "s11"}, {"session": "s12"}),
    "another room": ({"room": "A"}, {"room": "B"}),
    "another board": ({"board": "1", "kind": "poster"}, {"board": "2", "kind": "poster"}),
    "another day": ({"on": at("00:00", 6).date()}, {"on": at("00:00", 7).date()}),
}


@pytest.mark.parametrize("case", ELSEWHERE)
def test_a_close_title_elsewhere_is_another_talk(case: str) -> None:
    """Without speakers a close title is the same talk in the very same slot only."""

    def made(title: str, clock: str = "18:00", board: str | None = None, on: date | None = None, **fields: Any) -> Talk:
        found = talk(title, clock, **fields)
        return found._replace(slot=Slot(day=on) if on else found.slot._replace(board=board))

    one, other = ELSEWHERE[case]
    before = stored(made("Attention is al you need", **one))
    assert "added" in whats(after(before, made("Attention Is All You Need", **other))).values()
    same = after(before, made("Attention Is All You Need", **one))
    assert [change.what for change in same.changes] == ["edited"]


def test_a_uid_of_another_conference_is_not_used_again() -> None:
    """A talk whose uid another conference has gets one of its own, the same at every import."""
    guid = "4f8f0f5e-3a43-5a6a-9c39-0d1b5a4f6c11"
    talks = [talk("A thing", "18:00", source_id=guid)]
    first = merge(None, reading(*talks), now=NOW, taken=lambda uid: uid == guid)
    assert first.conference.talks[0].uid != guid
    assert merge(first.conference, reading(*talks), now=LATER, taken=lambda uid: uid == guid).changes == ()


def test_a_uid_that_is_taken_is_counted_on() -> None:
    """Three talks of one title that came with one uid have those of its first, second and third, as a reader counts."""
    result = merge(None, reading(*(talk("Ants", clock) for clock in ("18:00", "19:00", "20:00"))), now=NOW)
    assert [found.uid for found in result.conference.talks] == [talk("Ants", ordinal=n).uid for n in range(3)]


def test_equal_titles_are_told_apart_by_slot_then_by_order() -> None:
    """Three coffee breaks of which the first moves and a fourth comes stay the breaks they are."""
    breaks = [talk("Coffee", clock, kind="break", ordinal=index) for index, clock in enumerate(("10:00", "12:00", "15:00"))]
    before = stored(*breaks)
    result = after(before, *(talk("Coffee", clock, kind="break") for clock in ("09:00", "10:15", "12:00", "15:00")))
    starts = {talk.uid: talk.start for talk in result.conference.talks}
    assert [starts[known.uid] for known in before.talks[1:]] == [at("12:00"), at("15:00")]
    assert Counter(change.what for change in result.changes) == {"moved": 1, "added": 1}


# What a source speaks for


def test_a_whole_conference_cancels_what_is_missing() -> None:
    """What a whole-conference source no longer shows is cancelled, stays stored, and its sequence is raised."""
    result = after(stored(talk("Ants", "18:00"), talk("Bees", "19:00")), talk("Ants", "18:00"))
    assert whats(result) == {"Bees": "cancelled"}
    gone = next(talk for talk in result.conference.talks if talk.title == "Bees")
    assert (gone.cancelled, gone.sequence, gone.modified, gone.start) == (True, 1, LATER, at("19:00"))
    assert result.unchanged == 1


def test_a_session_page_cancels_within_its_sessions_only() -> None:
    """A page speaks for the sessions that it shows, the container of one included."""
    before = stored(
        talk("Ants", "18:00"),
        talk("Bees", "18:15"),
        talk("Cats", "18:00", session="s12"),
        talk("Session 11", "18:00", session=None, holds="s11", minutes=60),
        talk("Lunch", "12:00", session=None),
    )
    result = after(before, talk("Ants", "18:00"), scope="sessions")
    assert whats(result) == {"Bees": "cancelled", "Session 11": "cancelled"}


def test_a_calendar_that_only_names_a_session_cancels_none_of_its_talks() -> None:
    """A calendar lists a poster session without its posters: those that the session's own page brought stay."""
    posters = stored(talk("Poster", "18:00", kind="poster", session="p"), sessions=(Session("p", "Poster Session 1"),))
    named = after(posters, talk("Poster Session 1", "18:00", session=None, holds="q"), scope="days")
    assert [one.title for one in named.conference.talks if one.cancelled] == []
    gone = after(posters, talk("Keynote", "12:00", session=None), scope="days")
    assert [one.title for one in gone.conference.talks if one.cancelled] == ["Poster"]


@pytest.mark.parametrize(
    ("kind", "clock", "minutes", "stays"),
    [
        ("poster", "18:00", 60, True),
        ("poster", "18:59", 60, True),
        ("poster", "19:00", 60, False),
        ("poster", "17:59", 60, False),
        ("poster", "23:00", None, True),
        ("oral", "18:00", 60, False),
        ("talk", "18:00", 60, False),
    ],
)
def test_a_paper_of_its_own_page_stays_during_a_block_of_its_kind(
    kind: str, clock: str, minutes: int | None, *, stays: bool
) -> None:
    """A poster whose page names no session is not cancelled by a calendar that shows its poster session, and no poster."""
    before = stored(talk("Ants", clock, kind=kind, session=None))
    block = talk("Poster Session 1", "18:00", kind="poster", session=None, holds="p", minutes=minutes or 60)
    block = block if minutes else block._replace(slot=block.slot._replace(end=None))
    assert (whats(after(before, block, scope="days")).get("Ants") != "cancelled") is stays


def test_a_paper_of_its_own_page_stays_during_a_workshop() -> None:
    """A day's page shows a workshop, not the papers in it; with talks of the block on the page, what is missing is gone."""
    before = stored(talk("Ants", "18:30", kind="oral", session=None), talk("Lunch", "18:30", kind="break", session=None))
    block = talk("Workshop", "18:00", kind="workshop", session=None, holds="w", minutes=240)
    assert whats(after(before, block, scope="days")) == {"Workshop": "added", "Lunch": "cancelled"}
    shown = (block, talk("Bees", "19:00", session="w"))
    assert whats(after(before, *shown, scope="days"))["Ants"] == "cancelled"


def test_a_block_of_a_whole_day_hides_no_paper() -> None:
    """A workshop without an hour says nothing of what is at which: a paper of its day that is not shown is cancelled."""
    before = stored(talk("Ants", "18:30", kind="oral", session=None))
    block = talk("Workshop", kind="workshop", session=None, holds="w", slot=Slot(day=at("00:00").date()))
    assert whats(after(before, block, scope="days")) == {"Workshop": "added", "Ants": "cancelled"}


NAMED: dict[str, tuple[Talk, tuple[Session, ...], bool]] = {
    "by key, under another title": (talk("Keynote", "12:00", session=None), (Session("p", "Posters"),), True),
    "by what an entry holds": (talk("Posters", "18:00", session=None, holds="p"), (), True),
    "by title, with another key": (talk("Keynote", "12:00", session=None), (Session("q", "POSTER session 1"),), True),
    "by the title of an entry": (talk("Poster Session 1", "18:00", session=None), (), True),
    "another session": (talk("Posters", "18:00", session=None, holds="q"), (Session("q", "Posters"),), False),
}


@pytest.mark.parametrize("case", NAMED)
def test_how_a_calendar_names_a_session(case: str) -> None:
    """Its talks stay where the calendar of their day has its key, or its title in any case, and none of its talks."""
    entry, sessions, stays = NAMED[case]
    posters = stored(talk("Poster", "18:00", kind="poster", session="p"), sessions=(Session("p", "Poster Session 1"),))
    found = after(posters, entry, scope="days", sessions=sessions)
    assert (whats(found).get("Poster") != "cancelled") == stays


def test_a_session_that_nobody_describes_is_not_named() -> None:
    """A talk of a session of which no title is stored is cancelled by a day that shows neither."""
    before = stored(talk("Poster", "18:00", session="p"), sessions=())
    assert whats(after(before, talk("Keynote", "12:00", session=None), scope="days", sessions=()))["Poster"] == "cancelled"


def test_a_whole_programme_that_only_names_a_session_cancels_its_talks() -> None:
    """What shows everything and of a session nothing but its title says that its talks are gone."""
    posters = stored(talk("Poster", "18:00", kind="poster", session="p"), sessions=(Session("p", "Poster Session 1"),))
    whole = after(posters, talk("Keynote", "12:00", session=None), sessions=posters.sessions)
    assert whats(whole) == {"Poster": "cancelled", "Keynote": "added"}


def test_a_day_page_cancels_within_its_conference_days_only() -> None:
    """A page speaks for the days that it shows, in the conference's zone: 06:00 UTC on the 7th is the evening of the 6th."""
    before = stored(
        talk("Evening", "06:00", day=7),
        talk("Morning", "18:00", day=6),
        talk("Tomorrow", "18:00", day=7),
        talk("Hotel", slot=Slot(day=at("00:00", 6).date())),
    )
    result = after(before, talk("Noon", "19:00", day=6), scope="days")
    assert whats(result) == {"Evening": "cancelled", "Morning": "cancelled", "Hotel": "cancelled", "Noon": "added"}


def test_a_day_that_was_corrected_is_told() -> None:
    """Most talks of a stored day that come anew on another are named with both days: their stars are on the old one."""
    before = stored(talk("Ants", "18:00"), talk("Bees", "19:00"), talk("Lunch", "20:00"), scope="days")
    other = after(before, talk("Ants", "18:00", day=7), talk("Bees", "19:00", day=7), scope="days")
    assert (
        [one for one in other.near if "2 talks of Thu 6 May 2021 now stand on Fri 7 May 2021 as well" in one]
        == list(other.near)
        != []
    )
    assert len(other.conference.talks) == 5
    assert after(before, talk("Lunch", "20:00", day=7), talk("Cats", "19:00", day=7), scope="days").near == ()
    assert after(before, talk("Ants", "18:30"), talk("Bees", "19:30"), scope="days").near == ()
    assert after(other.conference, talk("Ants", "18:00", day=7), talk("Bees", "19:00", day=7), scope="days").near == ()


def test_a_file_of_posters_cancels_posters_only() -> None:
    """What shows one kind of the whole conference speaks for all of that kind and for nothing else."""
    before = stored(talk("Ants", "18:00"), talk("Bees", "19:00", kind="poster"), talk("Cats", "20:00", kind="poster"))
    result = after(before, talk("Bees", "19:00", kind="poster"), scope="kinds")
    assert whats(result) == {"Cats": "cancelled"}


def test_a_list_cancels_nothing_and_takes_no_slot_away() -> None:
    """A paper list adds rows and cells; it moves, blanks and cancels nothing."""
    before = stored(talk("Ants", "18:00", room="A", abstract="As printed."), talk("Bees", "19:00"))
    listed = row("ANTS", degree="5", reason="read it", abstract="As listed.", track="Insects")
    result = after(before, listed, row("Cats"), scope="list")
    assert whats(result) == {"Ants": "edited", "Cats": "added"}
    ants = result.conference.talks[0]
    assert (ants.title, ants.kind, ants.slot) == ("Ants", "oral", before.talks[0].slot)
    assert (ants.degree, ants.reason, ants.abstract, ants.track) == ("5", "read it", "As printed.", "Insects")
    assert ants.sequence == 0


def test_a_schedule_does_not_cancel_the_rows_of_a_list() -> None:
    """A whole-conference schedule leaves the papers alone that it does not show."""
    result = after(stored(row("Ants"), row("Bees"), scope="list"), talk("Ants", "18:00"))
    assert whats(result) == {"Ants": "moved"}


def test_a_source_without_any_talk_cancels_nothing() -> None:
    """A page that came to nothing is no programme without talks."""
    assert after(stored(talk("Ants", "18:00"))).changes == ()


def test_a_row_keeps_its_cells_when_it_gets_a_slot() -> None:
    """A paper-list row that joins a schedule's talk keeps degree, reason and raw text and gains the slot."""
    before = stored(row("Ants", degree="3", reason="for the train", source_id="12"), scope="list", layout="| a | b |")
    result = after(before, talk("Ants", "18:00", raw="from the page", abstract="Words.", source_id="77"))
    ants = only(result)
    assert (ants.degree, ants.reason, ants.raw) == ("3", "for the train", "| Ants |")
    assert (ants.start, ants.kind, ants.abstract, ants.source_id) == (at("18:00"), "oral", "Words.", "77")
    assert result.conference.layout == "| a | b |"


def test_a_list_that_is_read_again_has_its_new_text() -> None:
    """The row's own text is that of the last list; a schedule's text does not replace it."""
    before = stored(row("Ants", raw="| Ants | 1 |"), scope="list", layout="| a | b |")
    listed = after(before, row("Ants", raw="| Ants | 2 |"), scope="list").conference
    assert [listed.talks[0].raw, only(after(listed, talk("Ants", "18:00", raw="page"))).raw] == ["| Ants | 2 |"] * 2


def test_list_and_schedule_in_turn_settle() -> None:
    """Reading list and page again and again changes nothing after the first time."""
    rows = [row("Ants!", degree="3", source_id="1", links=("https://list",)), row("Bees", source_id="2")]
    page = [talk("Ants", "18:00", source_id="501", links=("https://page",)), talk("Bees", "18:15", source_id="502")]
    state = stored(*rows, scope="list", layout="| |")
    state = after(state, *page, scope="sessions").conference
    state = after(state, *rows, scope="list").conference
    for scope, talks in (("sessions", page), ("list", rows)) * 2:
        result = after(state, *talks, scope=scope)
        assert result.changes == ()
        state = result.conference


def test_an_oral_and_a_poster_of_one_row_are_two_talks_that_know_each_other() -> None:
    """The row becomes the first of them, the other keeps its own uid, and the list read again finds its row."""
    listed = row("Ants", degree="4")
    oral, poster = talk("Ants", "18:00"), talk("Ants", "22:00", kind="poster", session="p1", ordinal=1)
    before = stored(listed, scope="list")
    result = after(before, oral, poster)
    first, second = result.conference.talks
    assert (first.uid, first.kind, second.uid, second.kind) == (listed.uid, "oral", poster.uid, "poster")
    assert (first.also, second.also) == ((second.uid,), (first.uid,))
    again = after(result.conference, row("Ants", degree="5"), scope="list")
    assert [change.uid for change in again.changes] == [listed.uid]


def test_pages_of_two_sessions_with_one_paper_are_two_talks() -> None:
    """The page of a poster session does not move the oral of the same paper, although both have one uid when read."""
    before = stored(talk("Ants", "18:00", speakers=ADA), scope="sessions")
    result = after(before, talk("Ants", "22:00", kind="poster", session="p1", speakers=ADA), scope="sessions")
    assert whats(result) == {"Ants": "added"}
    one, other = result.conference.talks
    assert (one.start, other.start) == (at("18:00"), at("22:00"))
    assert (one.also, other.also) == ((other.uid,), (one.uid,))


def test_a_session_that_is_renamed_keeps_its_talks() -> None:
    """A page whose session has another key but the same talks at the same hours shows the same talks."""
    before = stored(talk("Ants", "18:00", speakers=ADA), talk("Bees", "18:15", speakers=BOB), scope="sessions")
    page = talk("Ants", "18:00", speakers=ADA, session="x"), talk("Bees", "18:15", speakers=BOB, session="x")
    result = after(before, *page, scope="sessions", sessions=(Session("x", "Insects"),))
    assert [talk.uid for talk in result.conference.talks] == [talk.uid for talk in before.talks]
    assert {change.what for change in result.changes} == {"edited"}


def test_a_session_that_is_renamed_keeps_talks_with_other_uids() -> None:
    """The same holds where the uid says nothing: by the id that an earlier reading gave, or by the speakers."""
    before = stored(talk("Ants", "18:00"), talk("Bees", "18:15", speakers=BOB), scope="sessions")
    state = after(before, talk("Ants", "18:00", source_id="7"), talk("Bees", "18:15"), scope="sessions").conference
    page = talk("Ants", "18:00", source_id="7", session="x"), talk("Bees", "18:15", source_id="8", speakers=BOB, session="x")
    result = after(state, *page, scope="sessions")
    assert [talk.uid for talk in result.conference.talks] == [talk.uid for talk in before.talks]
    for found in ({"source_id": "8", "speakers": ADA}, {"ordinal": 5, "speakers": ADA}, {"ordinal": 5, "kind": "poster"}):
        other = after(state, talk("Bees", "18:15", session="x", **found), scope="sessions")
        assert whats(other) == {"Bees": "added"}


def test_a_talk_that_leaves_one_page_for_another_leaves_an_heir() -> None:
    """Where the new page is read first the talk is there twice; when the old page drops it, the new one is its heir."""
    before = stored(talk("Ants", "18:00", speakers=ADA), talk("Bees", "18:15"), scope="sessions")
    both = after(before, talk("Ants", "20:00", speakers=ADA, session="s12"), scope="sessions").conference
    result = after(both, talk("Bees", "18:15"), scope="sessions")
    moved = next(talk for talk in both.talks if talk.session == "s12")
    assert result.heirs == ((before.talks[0].uid, moved.uid),)


def test_a_talk_that_left_its_page_comes_back_on_another() -> None:
    """Where the old page is read first the talk is cancelled, and the new page brings the same talk back."""
    before = stored(talk("Ants", "18:00"), talk("Bees", "18:15"), scope="sessions")
    gone = after(before, talk("Bees", "18:15"), scope="sessions").conference
    result = after(gone, talk("Ants", "20:00", session="s12"), scope="sessions")
    assert [(change.uid, change.what) for change in result.changes] == [(before.talks[0].uid, "back")]


# What became of it


def test_cancelled_then_back() -> None:
    """A talk that disappears and returns is the same one; each time its sequence is raised."""
    first = stored(talk("Ants", "18:00"), talk("Bees", "19:00"))
    gone = after(first, talk("Bees", "19:00")).conference
    back = after(gone, talk("Ants", "18:00"), talk("Bees", "19:00"))
    assert whats(back) == {"Ants": "back"}
    assert (back.conference.talks[0].uid, back.conference.talks[0].sequence) == (first.talks[0].uid, 2)


@pytest.mark.parametrize(
    ("field", "value", "what", "raised"),
    [
        ("slot", Slot(at("20:00"), at("20:15"), zone=ZONE), "moved", 1),
        ("slot", Slot(at("18:00"), at("18:30"), zone=ZONE), "moved", 1),
        ("slot", Slot(at("18:00"), at("18:15"), "Hall B", zone=ZONE), "moved", 1),
        ("slot", Slot(at("18:00"), at("18:15"), board="12", zone=ZONE), "moved", 0),
        ("slot", Slot(day=at("00:00").date()), "moved", 1),
        ("title", "ANTS", "edited", 1),
        ("abstract", "More words.", "edited", 0),
        ("speakers", ADA, "edited", 0),
        ("track", "Insects", "edited", 0),
        ("kind", "keynote", "edited", 0),
        ("url", "https://example.org", "edited", 0),
        ("cancelled", True, "cancelled", 1),
    ],
)
def test_what_raises_the_sequence(field: str, value: Any, what: str, raised: int) -> None:
    """Start, end, room, title and status raise the sequence (RFC 5545 3.8.7.4), the rest only tells that it changed."""
    before = stored(talk("Ants", "18:00"))
    result = after(before, talk("Ants", "18:00")._replace(**{field: value}))
    (change,), (new,) = result.changes, result.conference.talks
    assert (change.what, new.sequence, new.modified) == (what, raised, LATER)
    assert (change.at, result.unchanged) == (LATER, 0)


def test_what_nobody_sees_is_no_change() -> None:
    """Another wording of the same time, another source id and other raw text are stored without a change being told."""
    result = after(
        stored(talk("Ants", "18:00", raw="old")),
        talk("Ants", "18:00", raw="new", source_id="9")._replace(slot=talk("", "18:00").slot._replace(said="11:00 PDT")),
    )
    (ants,) = result.conference.talks
    assert (result.changes, result.unchanged) == ((), 1)
    assert (ants.raw, ants.source_id, ants.slot.said, ants.modified, ants.sequence) == ("new", "9", "11:00 PDT", NOW, 0)


def test_a_change_tells_its_fields_before_and_after() -> None:
    """Every change names the title; a move its instants in UTC, an edit lists, a session by its title, a whole day plainly."""
    before = stored(talk("Ants", "18:00", speakers=ADA), talk("Hotel", slot=Slot(day=at("00:00").date()), session=None))
    result = after(
        before,
        talk("Ants", "20:00", speakers=BOB, session="s12"),
        talk("Hotel", slot=Slot(day=at("00:00").date(), last_day=at("00:00", 8).date()), session=None),
    )
    ants, hotel = result.changes
    assert ants.before == {
        "title": "Ants",
        "start": "2021-05-06T18:00:00+00:00",
        "end": "2021-05-06T18:15:00+00:00",
        "session": "Oral Session 11",
        "speakers": list(ADA),
    }
    assert ants.after["session"] == "Oral Session 12"
    assert (hotel.before, hotel.after) == ({"title": "Hotel", "end": None}, {"title": "Hotel", "end": "2021-05-08"})


def test_a_start_alone_is_a_move() -> None:
    """Where nobody knows the end: of a talk by its instants, of a whole day by its dates."""
    result = after(
        stored(talk("Ants", "18:00", minutes=None), talk("Hotel", slot=Slot(day=at("00:00").date()))),
        talk("Ants", "20:00", minutes=None),
        talk("Hotel", slot=Slot(day=at("00:00", 7).date())),
    )
    assert [(change.what, change.before["start"], change.after["start"]) for change in result.changes] == [
        ("moved", "2021-05-06T18:00:00+00:00", "2021-05-06T20:00:00+00:00"),
        ("moved", "2021-05-06", "2021-05-07"),
    ]
    assert [found.sequence for found in result.conference.talks] == [1, 1]


FIELDS: dict[str, tuple[Any, Any]] = {
    "session": ("s11", "s12"),
    "speakers": (ADA, BOB),
    "organisations": (("Old",), ("New",)),
    "abstract": ("Old.", "New."),
    "track": ("old", "new"),
    "url": ("https://old", "https://new"),
    "links": (("https://old",), ("https://new",)),
    "holds": ("old", "new"),
    "source_id": ("o1", "n1"),
    "degree": ("1", "2"),
    "reason": ("old", "new"),
    "raw": ("old", "new"),
}


def emptied(talk: Talk, field: str) -> Talk:
    """The talk without that field."""
    return talk._replace(**{field: Talk("", "", "")._asdict()[field]})


@pytest.mark.parametrize("field", FIELDS)
def test_what_is_said_wins_and_what_is_not_said_stays(field: str) -> None:
    """An empty field of a later version takes nothing away, a filled one replaces what there was, and fills what was empty."""
    old, new = FIELDS[field]
    base = talk("Ants", "18:00")
    with_old, with_new = (base._replace(**{field: value}) for value in (old, new))
    assert getattr(only(after(stored(with_old), emptied(base, field))), field) == old
    assert getattr(only(after(stored(with_old), with_new)), field) == new
    assert getattr(only(after(stored(emptied(base, field)), with_new)), field) == new


@pytest.mark.parametrize("field", FIELDS)
def test_a_row_of_a_list_fills_what_a_schedule_left_empty(field: str) -> None:
    """A schedule's words stay whatever a list says; what it does not say a list may; the list's own cells are the list's."""
    old, new = FIELDS[field]
    base, listed = (
        talk("Ants", "18:00"),
        row("Ants", raw="", **({field: new} if field != "raw" else {}))._replace(**{field: new}),
    )
    own = field in {"degree", "reason", "raw"}
    assert getattr(only(after(stored(base._replace(**{field: old})), listed, scope="list")), field) == (new if own else old)
    assert getattr(only(after(stored(emptied(base, field)), listed, scope="list")), field) == new


def test_a_title_of_signs_is_a_title_too() -> None:
    """A talk that is known by its id keeps its title of no letters where a later version leaves the title out."""
    result = after(stored(talk("?!", "18:00", source_id="x7")), talk("", "18:00", source_id="x7"))
    assert (only(result).title, only(result).kind, result.changes) == ("?!", "oral", ())


def test_a_list_corrects_its_own_rows() -> None:
    """A newer list replaces what the older one said of a row that no schedule has shown yet."""
    before = stored(row("Ants", abstract="Old.", speakers=ADA), scope="list")
    result = after(before, row("Ants", abstract="New.", speakers=BOB), scope="list")
    assert (only(result).abstract, only(result).speakers) == ("New.", BOB)


def test_another_zone_and_wording_of_a_time_replace_the_old_ones() -> None:
    """The zone in which a time was read and the page's words for it are those of the last reading."""
    new = talk("", "18:00").slot._replace(zone="Europe/Vienna", said="20:00")
    slot = only(after(stored(talk("Ants", "18:00")), talk("Ants", slot=new))).slot
    assert (slot.zone, slot.said) == ("Europe/Vienna", "20:00")


def test_a_talk_that_the_source_cancels_is_not_linked() -> None:
    """An oral that its source shows as cancelled is no other slot of the paper's poster."""
    oral = talk("Ants", "18:00", speakers=ADA, cancelled=True)
    poster = talk("Ants", "20:00", speakers=ADA, kind="poster", session="p1", ordinal=1)
    assert [one.also for one in merge(None, reading(oral, poster), now=NOW).conference.talks] == [(), ()]


def test_the_room_the_board_and_the_end_stay() -> None:
    """A later version that gives the same start without room, board, end, zone and wording takes none of them away."""
    slot = Slot(at("18:00"), at("18:15"), "Hall", "12", zone=ZONE, said="11:00 - 11:15 PDT")
    result = after(stored(talk("Ants", slot=slot)), talk("Ants", slot=Slot(at("18:00"))))
    assert (result.changes, only(result).slot) == ((), slot)
    whole = Slot(day=at("00:00").date(), last_day=at("00:00", 8).date(), room="Hall")
    result = after(stored(talk("Hotel", slot=whole)), talk("Hotel", slot=Slot(day=at("00:00").date())))
    assert (result.changes, only(result).slot) == ((), whole)


def test_a_day_does_not_outlive_its_first() -> None:
    """A stretch of days that begins on another day ends as the new version says."""
    whole = Slot(day=at("00:00").date(), last_day=at("00:00", 8).date())
    result = after(stored(talk("Hotel", slot=whole)), talk("Hotel", slot=Slot(day=at("00:00", 7).date())))
    assert only(result).slot.last_day is None


def test_a_talk_without_an_hour_any_more_keeps_its_place() -> None:
    """What loses its hour loses the end and the wording with it; the room and the board stay."""
    hour = talk("Ants", "18:00", room="Hall")
    before = stored(hour._replace(slot=hour.slot._replace(board="12")), talk("Bees", "19:00"))
    ants = after(before, talk("Ants"), talk("Bees", "19:00")).conference.talks[0]
    assert ants.slot == Slot(room="Hall", board="12")


def test_sessions_are_kept_up_to_date() -> None:
    """What a later version says of a session wins; what it does not say, chairs, room, address and hours, stays."""
    full = Session("s11", "Oral Session 11", ("Ada",), "oral", at("18:00"), at("19:00"), "Hall", "https://s11")
    before = stored(talk("Ants", "18:00"), sessions=(full,))
    assert after(before, talk("Ants", "18:00"), sessions=(Session("s11", "", kind="oral"),)).conference.sessions == (full,)
    new = Session("s11", "Oral 11", ("Bob",), "poster", at("20:00"), at("21:00"), "Foyer", "https://p11")
    assert after(before, talk("Ants", "18:00"), sessions=(new,)).conference.sessions == (new,)


def test_sessions_without_talks_go_with_a_whole_programme_only() -> None:
    """A whole programme leaves the sessions that it shows or that a stored talk belongs to; a page takes none away."""
    before = stored(talk("Ants", "18:00"), sessions=(Session("s11", "Eleven"), Session("s12", "Twelve")))
    page = after(before, talk("Bees", "19:00", session="s13"), scope="sessions")
    assert [session.key for session in page.conference.sessions] == ["s11", "s12", "s13"]
    whole = after(before, talk("Bees", "19:00", session="s13"))
    assert [session.key for session in whole.conference.sessions] == ["s11", "s13"]


def test_what_is_told_of_a_new_talk() -> None:
    """A new talk is told by title, hours, room and kind, those that it has; the rest is there to be read."""
    ants = talk("Ants", "18:00", room="Hall", speakers=ADA, abstract="Words.")
    hours = {"start": "2021-05-06T18:00:00+00:00", "end": "2021-05-06T18:15:00+00:00"}
    assert first_said(ants) == {"title": "Ants", **hours, "room": "Hall", "kind": "oral"}
    assert first_said(row("Bees")) == {"title": "Bees", "kind": "paper"}
    assert merge(None, reading(ants), now=NOW).changes == (Change(ants.uid, "added", {}, {}, NOW),)


@pytest.mark.parametrize("field", ["abstract", "track", "url", "links", "organisations", "degree", "reason"])
def test_every_field_that_one_sees_is_told(field: str) -> None:
    """A change of it is told before and after, under its own name, with lists as lists."""
    old, new = FIELDS[field]
    (change,) = after(stored(talk("Ants", "18:00", **{field: old})), talk("Ants", "18:00", **{field: new})).changes
    plain = [list(value) if isinstance(value, tuple) else value for value in (old, new)]
    assert (change.before, change.after) == ({"title": "Ants", field: plain[0]}, {"title": "Ants", field: plain[1]})


def test_another_kind_is_told() -> None:
    """An oral that became a keynote, before and after."""
    (change,) = after(stored(talk("Ants", "18:00")), talk("Ants", "18:00", kind="keynote")).changes
    assert (change.before, change.after) == ({"title": "Ants", "kind": "oral"}, {"title": "Ants", "kind": "keynote"})


LINKED: dict[str, tuple[Any, ...]] = {
    "oral and poster of the same speakers": (ADA, "oral", ADA, "poster", True),
    "speakers in another order": (ADA, "oral", ADA[::-1], "poster", True),
    "a poster without speakers": (ADA, "oral", (), "poster", True),
    "an oral without speakers": ((), "oral", ADA, "poster", True),
    "neither with speakers": ((), "oral", (), "poster", True),
    "other speakers": (ADA, "oral", BOB, "poster", False),
    "oral and spotlight": (ADA, "oral", ADA, "spotlight", True),
    "paper and talk": (ADA, "paper", ADA, "talk", True),
    "one poster twice": (ADA, "poster", ADA, "poster", True),
    "one kind, no speakers": ((), "talk", (), "talk", False),
    "one kind, speakers once": (ADA, "talk", (), "talk", False),
    "breaks": (ADA, "break", ADA, "break", False),
    "a keynote and a poster": (ADA, "keynote", ADA, "poster", False),
}


@pytest.mark.parametrize("case", LINKED)
def test_which_talks_are_of_one_paper(case: str) -> None:
    """Slots of one title name each other where speakers or kinds say that it is one paper."""
    speakers, kind, other_speakers, other_kind, linked = LINKED[case]
    one = talk("Ants", "18:00", speakers=speakers, kind=kind)
    other = talk("ANTS", "20:00", speakers=other_speakers, kind=other_kind, session="s12", ordinal=1)
    result = merge(None, reading(one, other), now=NOW).conference.talks
    assert [talk.also for talk in result] == ([(other.uid,), (one.uid,)] if linked else [(), ()])


def test_talks_that_are_given_one_title_are_of_one_paper() -> None:
    """Where both get another title, and now the same, the oral and the poster name each other."""
    before = stored(
        talk("Ants, the oral", "18:00", source_id="1", speakers=ADA),
        talk("Ants, the poster", "20:00", source_id="2", speakers=ADA, kind="poster"),
    )
    assert [one.also for one in before.talks] == [(), ()]
    result = after(before, *(one._replace(title="The ways of ants") for one in before.talks)).conference.talks
    assert [one.also for one in result] == [(before.talks[1].uid,), (before.talks[0].uid,)]


def test_links_of_the_source_are_kept_and_follow_the_uids() -> None:
    """What a source says belongs together names the stored uids; links add up; what is not there is not named."""
    one, other = talk("Ants", "18:00"), talk("Bees", "20:00")
    before = stored(one, other)
    other = other._replace(uid="b", source_id="b")
    result = after(before, one._replace(uid="a", also=("b", "nowhere", "a")), other._replace(also=("a",)))
    assert [talk.also for talk in result.conference.talks] == [(before.talks[1].uid,), (before.talks[0].uid,)]
    again = after(result.conference, one, other._replace(also=()))
    assert [talk.also for talk in again.conference.talks] == [talk.also for talk in result.conference.talks]


def test_a_cancelled_talk_is_nobody_s_other_slot() -> None:
    """A talk that no longer takes place is not linked to a new one of its title, and is no heir."""
    before = stored(talk("Ants", "18:00", speakers=ADA), talk("Bees", "18:15"), scope="sessions")
    gone = after(before, talk("Bees", "18:15"), scope="sessions").conference
    result = after(gone, talk("Ants", "20:00", speakers=ADA, kind="poster", session="p1", ordinal=1), talk("Bees", "18:15"))
    assert result.heirs == ()


def test_an_heir_is_of_the_same_kind() -> None:
    """An oral that is gone leaves nothing to its paper's poster: that is another thing to attend."""
    poster = talk("Ants", "20:00", speakers=ADA, kind="poster", session="p1", ordinal=1)
    before = stored(talk("Ants", "18:00", speakers=ADA), talk("Bees", "18:15"), poster)
    result = after(before, talk("Bees", "18:15"), poster)
    assert (whats(result), result.heirs) == ({"Ants": "cancelled"}, ())


def test_what_is_gone_is_no_heir() -> None:
    """Where both slots of a poster go at once neither inherits from the other."""
    first, bees = talk("Ants", "18:00", speakers=ADA, kind="poster"), talk("Bees", "18:15")
    second = talk("Ants", "20:00", speakers=ADA, kind="poster", session="s12", ordinal=1)
    result = after(stored(first, second, bees), bees)
    assert ([change.what for change in result.changes], result.heirs) == (["cancelled", "cancelled"], ())
    assert result.conference.talks[0].also == (second.uid,)


def test_an_heir_has_a_slot() -> None:
    """A poster that is gone leaves nothing to another slot of its paper of which nobody knows the hour."""
    gone, bees = talk("Ants", "18:00", speakers=ADA, kind="poster"), talk("Bees", "18:15")
    other = talk("Ants", speakers=ADA, kind="poster", session="s12", ordinal=1)
    result = after(stored(gone, bees, other), bees, other)
    assert (whats(result), result.heirs) == ({"Ants": "cancelled"}, ())
    assert result.conference.talks[0].also == (other.uid,)


def test_without_any_zone_days_are_counted_in_utc() -> None:
    """A day page of a conference without a zone speaks for days in the talks' own zone, else in UTC."""
    late, early = talk("Late", "23:00", day=6), talk("Early", "01:00", day=7)
    for zone, gone in ((None, {"Late"}), (ZONE, {"Late", "Early"})):
        talks = [found._replace(slot=found.slot._replace(zone=zone)) for found in (late, early)]
        noon = talk("Noon", "12:00", day=6)
        noon = noon._replace(slot=noon.slot._replace(zone=zone))
        result = after(stored(*talks, zone=None), noon, scope="days", zone=None)
        assert {title for title, what in whats(result).items() if what == "cancelled"} == gone


def test_a_day_page_without_a_zone_takes_the_conference_s() -> None:
    """Which day a talk belongs to is counted in the stored zone where the page names none."""
    slots = [found.slot._replace(zone=None) for found in (talk("", "06:00", day=7), talk("", "19:00", day=6))]
    before = stored(talk("Evening", slot=slots[0]))
    assert whats(after(before, talk("Noon", slot=slots[1]), scope="days", zone=None))["Evening"] == "cancelled"


def test_a_conference_without_a_zone_takes_the_day_page_s() -> None:
    """06:00 UTC on 7 May is 23:00 the evening before in Los Angeles, if only the page that is read says where that is."""
    slots = [found.slot._replace(zone=None) for found in (talk("", "06:00", day=7), talk("", "19:00", day=6))]
    before = stored(talk("Evening", slot=slots[0]), zone=None)
    assert whats(after(before, talk("Noon", slot=slots[1]), scope="days"))["Evening"] == "cancelled"


def test_the_end_of_the_conference_s_day_counts() -> None:
    """A talk at 02:00 belongs to the day before where the conference's day ends at four, and a page does not change that."""
    night = talk("Night", "09:00", day=7)  # 02:00 in Los Angeles
    before = stored(night, talk("Morning", "18:00"), day_change=240)
    result = after(before, talk("Morning", "18:00"), scope="days", day_change=0)
    assert whats(result) == {"Night": "cancelled"}
    assert result.conference.day_change == 240
    assert after(before, talk("Morning", "18:00"), day_change=300).conference.day_change == 300
    assert after(before, talk("Other", "18:00", day=9), scope="days", day_change=300).conference.day_change == 240
    before = stored(night, talk("Morning", "18:00"), day_change=0)
    assert after(before, talk("Other", "18:00", day=9), scope="days", day_change=300).conference.day_change == 300


def test_talks_without_a_slot_are_cancelled_by_sources_that_show_such_talks() -> None:
    """A calendar of hours says nothing of talks that have none; a programme that shows some without says it of all."""
    before = stored(talk("Ants"), talk("Bees", "18:00"))
    assert whats(after(before, talk("Bees", "18:00"))) == {}
    assert whats(after(before, talk("Bees", "18:00"), talk("Cats"))) == {"Ants": "cancelled", "Cats": "added"}


def test_name_source_and_layout_follow_the_last_that_says_them() -> None:
    """The conference's name and layout are the last that a source gave; its source is the last."""
    before = stored(talk("Ants", "18:00"), source="a", layout="| |")
    result = after(before, talk("Ants", "18:00"), name="", source="b")
    assert result.conference[1] == "ICLR 2021"
    assert after(before, talk("Ants", "18:00"), name="ICLR 2021 Virtual").conference.name == "ICLR 2021 Virtual"
    assert (result.conference.source, result.conference.layout, result.conference.read_at) == ("b", "| |", LATER)
    assert after(result.conference, talk("Ants", "18:00"), source="").conference.source == "b"


def test_an_end_does_not_outlive_its_start() -> None:
    """A talk that moves and is given no end has none: the old end would be a wrong hour."""
    result = after(stored(talk("Ants", "18:00")), talk("Ants", "20:00", minutes=None))
    assert only(result).slot[:2] == (at("20:00"), None)


def test_a_schedule_can_take_a_slot_away() -> None:
    """A source that gives other talks a slot and this one none says that it has none; one without any slot says nothing."""
    before = stored(talk("Ants", "18:00"), talk("Bees", "19:00"))
    assert whats(after(before, talk("Ants"), talk("Bees", "19:00"))) == {"Ants": "moved"}
    assert after(before, talk("Ants"), talk("Bees")).changes == ()


@pytest.mark.parametrize(
    ("known", "read", "kind"),
    [
        *(
            ("paper", "talk", "talk"),
            ("paper", "poster", "poster"),
            ("talk", "keynote", "keynote"),
            ("oral", "poster", "poster"),
        ),
        *(("keynote", "talk", "keynote"), ("keynote", "paper", "keynote")),
    ],
)
def test_the_kind_that_says_more_is_kept(known: str, read: str, kind: str) -> None:
    """Of two schedules the later says the kind, unless it calls the talk a paper or a talk only."""
    assert only(after(stored(talk("Ants", "18:00", kind=known)), talk("Ants", "18:00", kind=read))).kind == kind


def test_a_vague_kind_replaces_none() -> None:
    """A later source that calls everything a talk takes no kind away, and an untitled slot that gets a title gets its kind."""
    result = after(stored(talk("Ants", "18:00", kind="keynote"), talk("", "19:00")), talk("Ants", "18:00", kind="talk"))
    assert result.conference.talks[0].kind == "keynote"
    result = after(stored(talk("", "19:00")), talk("Bees", "19:00", kind="talk"))
    assert only(result).kind == "talk"


def test_close_titles_are_said() -> None:
    """A talk known by a close title only is told of in words that name both titles and the reason."""
    before = stored(talk("When Do Curricula Work?", "18:00", speakers=ADA))
    result = after(before, talk("When Do Curricula Really Work?", "20:00", speakers=ADA))
    assert result.near == (
        "'When Do Curricula Really Work?' is taken for the talk that was called 'When Do Curricula Work?': same speakers.",
    )


def test_of_two_close_titles_the_closer_one_is_taken() -> None:
    """Two corrected titles of one group of speakers are not mixed up."""
    before = stored(
        talk("Learning the shapes of leaves in spring", "18:00", speakers=ADA),
        talk("Learning the shapes of trees in autumn", "19:00", speakers=ADA),
    )
    result = after(
        before,
        talk("Learning the shapes of trees in the autumn", "20:00", speakers=ADA),
        talk("Learning the shapes of leaves in the spring", "21:00", speakers=ADA),
    )
    assert [talk.start for talk in result.conference.talks] == [at("21:00"), at("20:00")]


def test_one_talk_is_not_two() -> None:
    """Of two new titles that are close to one old one, and of two old ones close to a new one, the closer is taken."""
    plain, far = talk("Learning the shapes of leaves", "10:00", speakers=ADA), "Learning of the shapes of many leaves"
    near = talk("Learning the shape of leaves", "11:00", speakers=ADA)
    other = talk(far, "12:00", speakers=ADA)
    result = after(stored(plain), other, near)
    assert {one.title: one.uid == plain.uid for one in result.conference.talks} == {near.title: True, far: False}
    result = after(stored(other, near), plain)
    assert {one.title for one in result.conference.talks if one.cancelled} == {far}


def test_what_many_share_tells_none_of_them_apart() -> None:
    """Close titles in a slot that more than forty talks share are new talks; up to that they are corrected ones."""
    for many, kept in ((40, 40), (41, 0)):
        old = [talk(f"A talk about the animal called {chr(97 + n % 26)}{n}zz", "18:00") for n in range(many)]
        new = [one._replace(uid=f"new {n}", title=f"{one.title} of old") for n, one in enumerate(old)]
        result = after(stored(*old), *new)
        assert len(result.near) == kept
        assert sum(change.what == "added" for change in result.changes) == many - kept


def test_the_first_zone_is_the_conference_s() -> None:
    """A page that names another zone does not change the conference's, the first to name one does, a whole schedule may."""
    before = stored(talk("Ants", "18:00"), talk("Bees", "18:00", session="s12"), zone=None)
    first = after(before, talk("Ants", "18:00"), scope="sessions", zone="Europe/Vienna").conference
    assert first.zone == "Europe/Vienna"
    assert after(first, talk("Ants", "18:00"), scope="sessions", zone="Europe/Rome").conference.zone == "Europe/Vienna"
    assert after(first, talk("Ants", "18:00"), talk("Bees", "18:00"), zone="Europe/Rome").conference.zone == "Europe/Rome"


def test_a_page_speaks_for_the_session_of_its_talks() -> None:
    """Also where it says nothing of the session itself."""
    before = stored(talk("Ants", "18:00"), talk("Bees", "18:15"), talk("Cats", "18:00", session="s12"))
    assert whats(after(before, talk("Ants", "18:00"), scope="sessions", sessions=())) == {"Bees": "cancelled"}


def test_a_page_with_a_talk_of_no_session_speaks_for_no_other() -> None:
    """A welcome on the page of a session says nothing of lunch, which belongs to no session either."""
    before = stored(talk("Ants", "18:00"), talk("Lunch", "12:00", session=None))
    page = after(before, talk("Ants", "18:00"), talk("Welcome", "17:00", session=None), scope="sessions")
    assert whats(page) == {"Welcome": "added"}


def test_a_page_of_all_that_has_a_slot_may_correct_the_zone() -> None:
    """A listed paper without a slot is on no page of a session, and hinders none to speak for the whole."""
    before = after(stored(talk("Ants", "18:00")), row("Bees"), scope="list").conference
    page = after(before, talk("Ants", "18:00"), scope="sessions", zone="Europe/Rome").conference
    assert (len(page.talks), page.zone) == (2, "Europe/Rome")


def test_a_schedule_without_a_zone_takes_none_away() -> None:
    """The zone that an earlier import gave stays where a whole schedule does not say one."""
    before = stored(talk("Ants", "18:00"))
    assert after(before, talk("Ants", "18:00"), talk("Bees", "20:00"), zone=None).conference.zone == ZONE


def test_a_new_talk_joins_the_stored_conference() -> None:
    """A talk that its reader filed under another name of the conference is stored under the known one."""
    result = after(stored(talk("Ants", "18:00")), talk("Ants", "18:00"), talk("Bees", "20:00")._replace(conference="iclr"))
    assert [(found.title, found.conference) for found in result.conference.talks] == [("Ants", SLUG), ("Bees", SLUG)]


def test_an_untitled_slot_names_no_untitled_session() -> None:
    """Where neither the stored session nor a slot of the page has a title, the page did not name the session."""
    nameless = (Session("s12", ""),)
    before = stored(talk("Ants", "18:00", session="s12"), talk("", "19:00"), sessions=nameless)
    assert whats(after(before, talk("", "19:00"), scope="days", sessions=())) == {"Ants": "cancelled"}


def test_what_an_import_leads_to_is_nothing_unless_it_is_said() -> None:
    """Where only the conference is given, nothing changed and nothing was read."""
    conference = stored(talk("Ants", "18:00"))
    assert Merge(conference) == (conference, (), 0, (), ())


def test_the_order_of_the_source_is_kept() -> None:
    """A new talk stands after the one that it follows in its source; one of another page comes last."""
    before = stored(talk("Ants", "18:00"), talk("Bees", "18:15"))
    result = after(before, talk("Aardvarks", "17:45"), talk("Ants", "18:00"), talk("Apes", "18:05"), talk("Bees", "18:15"))
    assert [talk.title for talk in result.conference.talks] == ["Aardvarks", "Ants", "Apes", "Bees"]
    result = after(before, talk("Cats", "10:00", session="s12"), scope="sessions")
    assert [talk.title for talk in result.conference.talks] == ["Ants", "Bees", "Cats"]


# Promises on any schedule

TITLES = ("", "Coffee", "Ants", "Ants 2", "Bees and their hives", "Bees and the hives", "TBA", "Cats", "Keynote")
TALKS = st.builds(
    talk,
    st.sampled_from(TITLES),
    st.sampled_from(("", "18:00", "18:15", "20:00", "23:45")),
    kind=st.sampled_from(("oral", "poster", "break", "talk", "paper")),
    session=st.sampled_from((None, "s11", "s12")),
    room=st.sampled_from((None, "A", "B")),
    speakers=st.sampled_from(((), ADA, BOB)),
    source_id=st.sampled_from(("", "", "1", "2", "77")),
    day=st.sampled_from((6, 7)),
)
SCOPES = st.sampled_from(("conference", "sessions", "days", "list"))


@st.composite
def wild(draw: st.DrawFn) -> Reading:
    """Any version of any schedule: equal titles, equal ids on different talks, equal uids, in any scope."""
    talks = draw(st.lists(TALKS, min_size=1, max_size=8))
    return reading(*(found if found.title else found._replace(kind="untitled") for found in talks), scope=draw(SCOPES))


@st.composite
def versions(draw: st.DrawFn) -> Reading:
    """A version of a schedule as sources write them.

    All its talks have an id or none has, no two the same, nor the same for different titles. An untitled slot is a slot
    without a room; what has no hour has no room. The talks of a session's page belong to a session, those of a day's page
    have an hour. No title stands twice at one hour; a title says who speaks.
    """
    scope, ids = draw(SCOPES), draw(st.sampled_from(("", "a", "b")))
    talks: list[Talk] = []
    said = set()
    for found in draw(st.lists(TALKS, min_size=1, max_size=8)):
        if (not found.start and (not found.title or scope == "days")) or (found.title, found.start) in said:
            continue
        said.add((found.title, found.start))
        talks.append(
            found._replace(
                kind=found.kind if found.title else "untitled",
                slot=found.slot._replace(room=found.slot.room if found.title else None) if found.start else Slot(),
                session=found.session or ("s11" if scope == "sessions" else None),
                speakers=((), ADA, BOB)[TITLES.index(found.title) % 3],
                source_id=ids and f"{ids}{TITLES.index(found.title)}{len([one for one in talks if one.title == found.title])}",
            )
        )
    return reading(*talks, scope=scope)


@given(st.lists(wild(), min_size=1, max_size=4))
def test_no_talk_and_no_uid_is_ever_lost(history: list[Reading]) -> None:
    """Whatever is imported, every uid that was stored stays, uids are unique, and each talk that was read is stored."""
    state = None
    for version in history:
        result = merge(state, version, now=NOW)
        uids = [talk.uid for talk in result.conference.talks]
        assert len(uids) == len(set(uids))
        if state is not None:
            assert set(uids) >= {talk.uid for talk in state.talks}
        titles = Counter(talk.title for talk in version.conference.talks if talk.title)
        assert not titles - Counter(talk.title for talk in result.conference.talks) or version.scope == "list"
        state = result.conference


@given(st.lists(versions(), min_size=1, max_size=3))
def test_reading_the_same_again_changes_nothing(history: list[Reading]) -> None:
    """An import that is repeated at once changes nothing, and counts every talk that it read as unchanged."""
    state = None
    for version in history:
        state = merge(state, version, now=NOW).conference
    assert state is not None
    again = merge(state, history[-1], now=LATER)
    assert again.changes == ()
    assert again.unchanged == len(history[-1].conference.talks)
    assert again.conference.talks == state.talks


@given(wild(), wild())
def test_a_change_is_told_once_and_in_full(old: Reading, new: Reading) -> None:
    """Each talk has at most one change; what is told as before and after is what the talks say."""
    state = merge(None, old, now=NOW).conference
    result = merge(state, new, now=LATER)
    before = {talk.uid: talk for talk in state.talks}
    for new_talk in result.conference.talks:
        mine = [change for change in result.changes if change.uid == new_talk.uid]
        known = before.get(new_talk.uid)
        assert len(mine) <= 1
        if known is None:
            assert mine[0].what == "added"
        elif not mine:
            assert seen(new_talk) == seen(known)
            assert (new_talk.sequence, new_talk.modified) == (known.sequence, known.modified)
        else:
            assert (new_talk.sequence, new_talk.modified) == (known.sequence + (seen(new_talk) != seen(known)), LATER)


def seen(talk: Talk) -> tuple[object, ...]:
    """What raises the sequence: start, end, room, whole days, title and status."""
    return (*talk.slot[:3], *talk.slot[4:6], talk.title, talk.cancelled)


@given(st.permutations(["Ants", "Bees", "Cats", "Dogs", "Eels"]), st.integers(0, 4))
def test_a_unique_title_always_keeps_its_uid(titles: list[str], dropped: int) -> None:
    """Whatever happens to ids, hours, rooms and order, a title that is alone of its kind keeps its uid."""
    before = stored(*(talk(title, "18:00", source_id=str(index)) for index, title in enumerate(sorted(titles))))
    kept = [title for index, title in enumerate(titles) if index != dropped]
    result = after(before, *(talk(title, f"{10 + n}:00", source_id=str(n), room=str(n)) for n, title in enumerate(kept)))
    assert {known.uid: known.title for known in before.talks} == {new.uid: new.title for new in result.conference.talks}


def test_a_source_of_which_a_part_could_not_be_read_cancels_nothing() -> None:
    """What such a page lacks may stand in the part that could not be read, so it stays as it was."""
    before = stored(talk("One", "18:00"), talk("Two", "18:15"))
    result = merge(before, reading(talk("One", "18:00"), scope="sessions")._replace(partial=True), now=LATER)
    assert result.changes == ()
    whole = merge(before, reading(talk("One", "18:00"), scope="sessions"), now=LATER)
    assert whats(whole) == {"Two": "cancelled"}


def test_an_oral_without_a_slot_is_not_the_poster_of_another_session() -> None:
    """An oral whose time could not be read leaves the slot of the paper's poster alone."""
    before = stored(talk("A thing", "18:00", kind="poster", session="posters", room="Hall"))
    result = after(before, talk("A thing", kind="oral", session="orals"), scope="sessions")
    assert [(one.kind, one.slot.room, one.scheduled) for one in result.conference.talks] == [
        ("poster", "Hall", True),
        ("oral", None, False),
    ]


LEAVES = (
    talk("Leaves Fall", "18:00", speakers=ADA, session="trees"),
    talk("Roots Hold", "18:15", speakers=BOB, session="trees"),
)
TREES = Session("trees", "Oral 3B Trees", start=at("18:00"))


def renamed(*talks: Talk, key: str = "oral-3b-trees-and-woods", title: str = "Oral 3B: Trees and Woods") -> Merge:
    """A page of the session under another title, after one of the session with both its talks and of a second session."""
    other = talk("Lunch", "18:00", session="s11", kind="break")
    before = stored(*LEAVES, other, scope="sessions", sessions=(TREES, Session("s11", "Oral Session 11", start=at("18:00"))))
    moved = [one._replace(session=key) for one in talks]
    return after(before, *moved, scope="sessions", sessions=(Session(key, title, start=at("18:00")),))


def test_a_renamed_session_is_known_by_its_talks() -> None:
    """It keeps its key and takes the new title, and the talk that it lost is cancelled."""
    result = renamed(LEAVES[0])
    assert whats(result) == {"Leaves Fall": "edited", "Roots Hold": "cancelled"}
    assert [(one.key, one.title) for one in result.conference.sessions] == [
        ("trees", "Oral 3B: Trees and Woods"),
        ("s11", "Oral Session 11"),
    ]
    assert {one.session for one in result.conference.talks} == {"trees", "s11"}


def test_a_session_at_the_same_hour_with_other_talks_is_another() -> None:
    """Sessions that share a break, a paper at another hour, or a speaker, are not taken for each other."""
    lunch = talk("Lunch", "18:00", kind="break")
    for read in (
        (lunch,),
        (talk("Leaves Fall", "20:00", speakers=ADA, kind="poster"),),
        (talk("New", "18:00", speakers=ADA),),
    ):
        result = renamed(*read)
        assert "cancelled" not in whats(result).values()
        assert len(result.conference.sessions) == 3


def test_a_session_whose_page_now_has_an_address_is_the_same() -> None:
    """The key by the title and the key by the site's id are of one session where title and start agree."""
    new = talk("Branches", "18:00", speakers=("Eve",))
    before = stored(*LEAVES, scope="sessions", sessions=(Session("oral-3b-trees-2021", "Oral 3B Trees", start=at("18:00")),))
    old = before._replace(talks=tuple(one._replace(session="oral-3b-trees-2021") for one in before.talks))
    result = after(old, new._replace(session="session-7"), scope="sessions", sessions=(TREES._replace(key="session-7"),))
    assert [one.key for one in result.conference.sessions] == ["oral-3b-trees-2021"]
    twins = after(old, new._replace(session="s7"), scope="sessions", sessions=(TREES._replace(key="s7", start=at("20:00")),))
    assert len(twins.conference.sessions) == 2


def test_two_sessions_with_ids_of_their_site_are_two() -> None:
    """Sessions of one title at one hour under two ids stand side by side."""
    before = stored(*LEAVES, scope="sessions", sessions=(TREES._replace(key="trees", title="Posters"),))
    new = talk("Branches", "18:00", speakers=("Eve",), session="session-7")
    result = after(before, new, scope="sessions", sessions=(Session("session-7", "Posters", start=at("18:00")),))
    assert whats(result) == {"Branches": "added"}


def test_a_list_that_tells_kinds_is_a_list_all_the_same() -> None:
    """A poster that a list names is found in its slot, is never cancelled, and takes what a newer list corrects."""
    listed = row("A thing", kind="poster", speakers=ADA)
    before = stored(listed, scope="list")
    scheduled = after(before, talk("Another", "19:00"), talk("Third"))
    assert whats(scheduled) == {"Another": "added", "Third": "added"}
    corrected = after(before, row("A thing", kind="poster", speakers=BOB), scope="list")
    assert only(corrected).speakers == BOB
    found = after(before, talk("A thing", "18:00", kind="poster", speakers=ADA))
    assert (only(found).uid, only(found).scheduled) == (listed.uid, True)


def test_a_list_does_not_change_the_kind_of_a_slot() -> None:
    """Where only the paper's poster is stored, a list that calls the paper an oral leaves it a poster."""
    before = stored(talk("A thing", "18:00", kind="poster", speakers=ADA))
    assert only(after(before, row("A thing", kind="oral", speakers=ADA), scope="list")).kind == "poster"
    both = stored(talk("A thing", "18:00", kind="poster", ordinal=1), talk("A thing", "16:00", kind="oral"))
    result = after(both, row("A thing", kind="oral", reason="Good."), scope="list")
    assert [(one.kind, one.reason) for one in result.conference.talks] == [("poster", ""), ("oral", "Good.")]


def test_a_list_corrects_the_kind_of_its_own_row() -> None:
    """A paper that no schedule has shown is what the last list calls it."""
    result = after(stored(row("Ants", kind="poster"), scope="list"), row("Ants", kind="oral"), scope="list")
    assert [(found.title, found.kind) for found in result.conference.talks] == [("Ants", "oral")]


def test_a_page_of_one_session_finds_a_paper_without_a_slot() -> None:
    """A listed paper, which belongs to no session yet, is the talk of its title on the first page that shows it."""
    result = after(stored(row("Ants"), scope="list"), talk("Ants", "18:00"), scope="sessions")
    assert [(found.uid, found.start) for found in result.conference.talks] == [(row("Ants").uid, at("18:00"))]


@pytest.mark.parametrize(("other", "starts"), [("", {"20:00"}), ("2021-05-07", {"20:00"}), ("2021-05-06", {"09:00", "20:00"})])
def test_a_page_knows_talks_of_no_session_where_it_shows_all_of_the_day(other: str, starts: set[str]) -> None:
    """A welcome of no session is the one that the page moves, unless another session of that day may have one of its own."""
    there = Session("s11", "Oral Session 11", start=at("18:00"))
    more = (Session("s12", "Oral Session 12", start=at("18:00", int(other[-2:]))),) if other else ()
    before = stored(talk("Ants", "18:00"), talk("Welcome", "09:00", session=None), sessions=(there, *more))
    result = after(before, talk("Welcome", "20:00"), scope="sessions", sessions=(there,))
    found = [one for one in result.conference.talks if one.title == "Welcome"]
    assert {f"{one.start:%H:%M}" for one in found} == starts


def test_a_page_of_all_other_sessions_does_not_move_a_container() -> None:
    """What holds a session is that session's, and unknown to a page that does not show it, whatever else that shows."""
    there = Session("s11", "Oral Session 11", start=at("18:00"))
    before = stored(talk("Ants", "18:00"), talk("Welcome", "09:00", session=None, holds="s12"), sessions=(there,))
    result = after(before, talk("Welcome", "20:00"), scope="sessions", sessions=(there,))
    assert {found.start for found in result.conference.talks if found.title == "Welcome"} == {at("09:00"), at("20:00")}


def test_a_listed_talk_without_a_text_of_its_own_takes_the_schedule_s() -> None:
    """The text as it was read is the list's where it has one, else that of the first source that has."""
    before = stored(row("Ants", raw=""), scope="list", layout='["Title"]')
    assert only(after(before, talk("Ants", "18:00", raw="18:00 Ants"))).raw == "18:00 Ants"


def test_an_id_is_more_than_no_title() -> None:
    """Where neither source has a title, what stands for it stays."""
    bare, named = talk("", "18:00"), talk("HkX", "18:00", source_id="HkX")
    assert only(after(stored(bare), named)).title == "HkX"


def test_row_numbers_of_a_list_with_kinds_are_no_identity() -> None:
    """Row 5 of a newer list is another paper, and event 5 of a schedule is another talk."""
    before = stored(row("A thing", kind="oral", source_id="5"), scope="list")
    for read, scope in (
        (row("Of maps", kind="oral", source_id="5"), "list"),
        (talk("Of maps", "18:00", source_id="5"), "sessions"),
    ):
        assert whats(after(before, read, scope=scope)) == {"Of maps": "added"}


NAMELESS = {
    "an id in the title's place": (row("On Growth", source_id="HkX"), row("HkX", source_id="HkX", degree="7.5")),
    "a talk of a schedule": (talk("On Growth", "18:00", source_id="HkX"), talk("HkX", "18:00", source_id="HkX", degree="7.5")),
}


@pytest.mark.parametrize(("first", "then"), NAMELESS.values(), ids=NAMELESS)
def test_an_id_never_replaces_a_title(first: Talk, then: Talk) -> None:
    """What has no title takes none away, and its other cells are taken; the uid stays, and so would a star."""
    before = stored(first)
    found = after(before, then, scope="list" if not then.scheduled else "conference").conference.talks
    assert [(one.uid, one.title, one.degree) for one in found] == [(before.talks[0].uid, "On Growth", "7.5")]


def test_a_title_replaces_an_id() -> None:
    """A list that came before the titles has ids in their place; whatever names the paper then names it."""
    before = stored(row("HkX", source_id="HkX", degree="7.5"), scope="list")
    (found,) = after(before, row("On Growth", source_id="HkX"), scope="list").conference.talks
    assert (found.uid, found.title, found.degree) == (before.talks[0].uid, "On Growth", "7.5")
    (slotted,) = after(before, talk("On Growth", "18:00", kind="paper", source_id="HkX")).conference.talks
    assert (slotted.uid, slotted.title) == (before.talks[0].uid, "On Growth")
