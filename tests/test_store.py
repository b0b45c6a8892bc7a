"""The store: what goes in comes out, a mark outlives every import, undo takes back step by step, words find talks."""

from __future__ import annotations

import json
import os
import random
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from readings import LATER, NOW, SLUG, ZONE, at, reading, row, talk

from planner.errors import NoSuchTalkError, StoreError, UsageError
from planner.model import Busy, Conference, Exported, Mark, Reading, Session, Slot, Talk
from planner.store import Store, check_store, marks, open_store, saving, schedule, search

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DAY = timedelta(days=1)
ANTS = talk("Ants at work", "18:00", speakers=("Ada Lovelace", "Émile Borel"), room="Hall A", abstract="They carry leaves.")
BEES = talk("Bees and their hives", "18:15", speakers=("Bob Metcalfe",), track="Insects", minutes=None)
CATS = talk("Cats", "20:00", session="s12", minutes=60)
PAPER = row("Dogs in the paper list", degree="4", reason="for the train")


@pytest.fixture
def store(home: Path) -> Iterator[Store]:
    """A store of four talks."""
    with open_store(str(home), now=NOW) as opened:
        opened.save(reading(ANTS, BEES, CATS, PAPER), source="/somewhere/page.txt", now=NOW)
        yield opened


def sql(home: Path, query: str) -> list[tuple[Any, ...]]:
    """What another program sees in the file."""
    db = sqlite3.connect(home / "planner.db")
    try:
        return db.execute(query).fetchall()
    finally:
        db.close()


# What goes in comes out

TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=20)
LISTS = st.lists(TEXTS.filter(bool), max_size=3).map(tuple)
MAYBE = st.none() | TEXTS.filter(bool)
INSTANTS = st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC)).map(
    lambda found: found.replace(microsecond=0)
)
DAYS = st.dates(date(1900, 1, 1), date(2200, 1, 1))
NO_DAY = st.none()
SLOTS = (
    st.builds(Slot, st.none(), st.none(), MAYBE, MAYBE, NO_DAY, NO_DAY, MAYBE, TEXTS)
    | st.builds(Slot, INSTANTS, st.none() | INSTANTS, MAYBE, MAYBE, NO_DAY, NO_DAY, MAYBE, TEXTS)
    | st.builds(Slot, st.none(), st.none(), MAYBE, MAYBE, DAYS, st.none() | DAYS, MAYBE, TEXTS)
)
TALKS = st.builds(
    Talk,
    st.uuids().map(str),
    st.just("any"),
    TEXTS,
    st.sampled_from(("oral", "poster", "paper", "talk")),
    MAYBE,
    SLOTS,
    LISTS,
    LISTS,
    TEXTS,
    MAYBE,
    MAYBE,
    LISTS,
    st.just(()),
    MAYBE,
    TEXTS,
    TEXTS,
    TEXTS,
    TEXTS,
    st.booleans(),
)
SESSIONS = st.builds(Session, TEXTS, TEXTS, LISTS, st.just("oral"), st.none() | INSTANTS, st.none() | INSTANTS, MAYBE, MAYBE)


@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(st.lists(TALKS, max_size=5), st.lists(SESSIONS, max_size=3, unique_by=lambda found: found.key), MAYBE, TEXTS)
def test_what_is_saved_is_loaded(
    tmp_path_factory: pytest.TempPathFactory, talks: list[Talk], sessions: list[Session], zone: str | None, layout: str
) -> None:
    """Every field of every talk, session and conference comes back as it was read, whatever the text, before 1970 too."""
    home = str(tmp_path_factory.mktemp("home"))
    conference = Conference("any", "Any", zone, tuple(sessions), tuple(talks), 240, "", None, layout)
    with open_store(home, now=NOW) as store:
        store.save(Reading(conference, "x"), source="here", now=NOW)
    with open_store(home, now=LATER) as store:
        plan = store.load("UTC")
        found = plan.conferences["any"]
        assert found._replace(sessions=(), talks=()) == conference._replace(sessions=(), talks=(), source="here", read_at=NOW)
        assert [talk._replace(also=()) for talk in found.talks] == [talk._replace(modified=NOW) for talk in talks]
        assert found.sessions == (tuple(sessions) if talks else ())


def test_the_file_holds_seconds_and_names(store: Store, home: Path) -> None:
    """Times are whole UTC seconds, zones are names, whole days ISO dates: a person can read the file with sqlite3."""
    store.save(
        reading(talk("Hotel", session=None, slot=Slot(day=date(2021, 5, 6), last_day=date(2021, 5, 8))), slug="other"),
        source="x",
        now=NOW,
    )
    assert sql(home, "SELECT start_at, end_at, zone FROM talk WHERE title = 'Ants at work'") == [
        (1620324000, 1620324900, ZONE)
    ]
    assert sql(home, "SELECT day, last_day, start_at FROM talk WHERE title = 'Hotel'") == [("2021-05-06", "2021-05-08", None)]


def test_conferences_counts_and_stretch(store: Store) -> None:
    """Conferences are told without talks; untitled slots and cancelled talks do not count; a stretch ends with an end."""
    assert store.save(reading(ANTS, CATS, talk("", "23:00")), source="b", now=LATER).cancelled == 1
    store.star([ANTS.uid, BEES.uid], now=LATER)
    (conference,) = store.conferences()
    assert (conference.slug, conference.name, conference.zone, conference.source) == (SLUG, "ICLR 2021", ZONE, "b")
    assert (conference.read_at, conference.talks, conference.sessions) == (LATER, (), ())
    assert store.conference(SLUG) == conference
    assert store.conference("none") is None
    assert store.counts() == {SLUG: (3, 2)}
    assert store.stretch(SLUG) == (at("18:00"), at("23:15"))
    assert store.stretch("none") == (None, None)


def test_load_by_time(store: Store) -> None:
    """A stretch of time is half-open and asks for starts; whole-day entries come with the days that they touch."""
    hotel = talk("Hotel", session=None, slot=Slot(day=date(2021, 5, 5), last_day=date(2021, 5, 7)))
    store.save(reading(ANTS, BEES, CATS, hotel), source="x", now=LATER)

    def titles(start: datetime, end: datetime) -> set[str]:
        return {found.title for found in store.load("UTC", between=(start, end)).by_uid.values()}

    assert titles(at("18:00"), at("18:15")) == {"Ants at work", "Hotel"}
    assert titles(at("18:01"), at("20:00")) == {"Bees and their hives", "Hotel"}
    assert titles(at("20:00", 7), at("21:00", 7)) == {"Hotel"}
    assert titles(at("20:00", 8), at("21:00", 8)) == set()


def test_load_starred_alone_with_what_tells_their_end(store: Store) -> None:
    """Only starred talks come; where one has no end the plan knows the next start of its session all the same."""
    store.star([CATS.uid], now=LATER)
    assert set(store.load("UTC", only_starred=True).by_uid) == {CATS.uid}
    store.star([BEES.uid], now=LATER)
    dogs = talk("Dogs", "19:00")
    store.save(reading(ANTS, BEES, CATS, dogs, PAPER), source="x", now=LATER)
    plan = store.load("UTC", only_starred=True)
    assert plan.until(plan.by_uid[BEES.uid]) == at("19:00")
    assert set(plan.by_uid) == {CATS.uid, BEES.uid}
    evening = store.load("UTC", only_starred=True, between=(at("19:30"), at("23:00")))
    assert set(evening.by_uid) == {CATS.uid}


def test_a_page_is_a_stretch_and_the_stars_in_brief(store: Store) -> None:
    """Of what is loaded by time, or has no slot, and of all stars there is everything but the long texts."""
    full = store.load("UTC")
    texts = {"abstract": "", "organisations": (), "links": (), "raw": ""}
    store.star([CATS.uid, ANTS.uid], now=LATER)
    for between, expected in (((at("18:10"), at("18:20")), [BEES, CATS, ANTS]), (None, [PAPER, CATS, ANTS])):
        plan = store.page("UTC", [SLUG], between)
        for uid, one in plan.by_uid.items():
            said = full.by_uid[uid]
            assert one == said._replace(**texts, slot=said.slot._replace(said=""))  # type: ignore[arg-type]
            assert plan.until(one) == full.until(said)
        assert set(plan.by_uid) == {one.uid for one in expected}
        assert plan.marks == store.load("UTC").marks
    assert store.abstract(ANTS.uid) == "They carry leaves."
    assert store.abstract("none") == ""
    brief = store.load("UTC", brief=True)
    assert [one.title for one in brief.by_uid.values()] == [one.title for one in full.by_uid.values()]
    assert not any(one.abstract for one in brief.by_uid.values())


def test_what_can_be_filtered_by_is_counted(store: Store) -> None:
    """Each kind, track and room with its numbers of talks, stars and talks to go to, as counted by hand."""
    store.star([ANTS.uid], now=LATER)
    store.decide([BEES.uid], "going", now=LATER)
    assert set(store.offered(SLUG)) == {
        ("oral", None, "Hall A", 1, 1, 0),
        ("oral", None, None, 1, 0, 0),
        ("oral", "Insects", None, 1, 1, 1),
        ("paper", None, None, 1, 0, 0),
    }
    assert store.offered("none") == []


def test_who_stays_holds_little_of_the_file(store: Store) -> None:
    """Half a MiB of pages instead of SQLite's 2."""
    store.stay_small()
    assert store._access.db.execute("PRAGMA cache_size").fetchone() == (-512,)


def test_load_by_uid_and_conference(store: Store) -> None:
    """Uids ask for those talks, with the starred ones where wanted; a conference not asked for is not there."""
    store.star([CATS.uid], now=LATER)
    assert set(store.load("UTC", uids=[ANTS.uid, "nobody"]).by_uid) == {ANTS.uid}
    assert set(store.load("UTC", uids=[ANTS.uid], only_starred=True).by_uid) == {ANTS.uid, CATS.uid}
    assert store.load("UTC", slugs=[]).conferences == {}
    assert len(store.load("UTC", slugs=[SLUG]).by_uid) == 4
    assert [session.key for session in store.load("UTC").conferences[SLUG].sessions] == ["s11", "s12"]


# Marks


def test_marks_are_there_after_a_restart(store: Store, home: Path) -> None:
    """Star, rating, decision, note, leaving time and accepted overlap are on the disk when the verb returns."""
    store.star([ANTS.uid, BEES.uid], rating=5, now=LATER)
    store.decide([BEES.uid], "skipped", now=LATER)
    store.note(ANTS.uid, "ask about\nthe leaves", now=LATER)
    store.settle(leaving=[(ANTS.uid, at("18:10"))], now=LATER)
    store.settle(kept=[(ANTS.uid, BEES.uid)], now=LATER)
    expected = {
        ANTS.uid: Mark(
            ANTS.uid,
            starred=True,
            rating=5,
            note="ask about\nthe leaves",
            leave_at=at("18:10"),
            kept=frozenset({BEES.uid}),
            at=LATER,
        ),
        BEES.uid: Mark(BEES.uid, starred=True, rating=5, decision="skipped", kept=frozenset({ANTS.uid}), at=LATER),
    }
    with open_store(str(home), now=LATER) as again:
        assert again.marks([ANTS.uid, BEES.uid]) == expected
        assert again.load("UTC").marks == expected
        assert again.marks(["none"]) == {"none": Mark("none")}


def test_stars_and_ratings(store: Store) -> None:
    """A rating stars; a star alone keeps the rating; 0 takes it away; without a star there is none."""

    def starred(starred: bool = True, rating: int | None = None) -> tuple[bool, int]:
        store.star([ANTS.uid], starred, rating, now=LATER)
        mark = store.marks([ANTS.uid])[ANTS.uid]
        return mark.starred, mark.rating

    assert starred(rating=2) == (True, 2)
    assert starred() == (True, 2)
    assert starred(rating=0) == (True, 0)
    assert starred(rating=4) == (True, 4)
    assert starred(False) == (False, 0)


def test_a_talk_that_one_goes_to_is_starred(store: Store) -> None:
    """Going stars; skipping and being undecided do not, and leave a star as it is."""
    store.decide([ANTS.uid], "going", now=LATER)
    assert store.marks([ANTS.uid])[ANTS.uid].starred
    store.decide([ANTS.uid, BEES.uid], "skipped", now=LATER)
    assert [mark.starred for mark in store.marks([ANTS.uid, BEES.uid]).values()] == [True, False]


def test_what_marks_refuse(store: Store) -> None:
    """A rating of 6, a rated talk without a star, an unknown decision, an unknown uid: refused, and nothing is stored."""
    with pytest.raises(UsageError, match="1 to 5, not 6"):
        store.star([ANTS.uid], rating=6, now=LATER)
    with pytest.raises(UsageError, match="rated talk is a starred one"):
        store.star([ANTS.uid], False, 3, now=LATER)
    with pytest.raises(UsageError, match="undecided, going, skipped, not maybe"):
        store.decide([ANTS.uid], "maybe", now=LATER)
    with pytest.raises(NoSuchTalkError, match="no talk has the uid nobody"):
        store.star([ANTS.uid, "nobody"], now=LATER)
    assert store.marks([ANTS.uid]) == {ANTS.uid: Mark(ANTS.uid)}


def test_a_note_is_made_safe(store: Store) -> None:
    """A note holds no escape sequence, no lone surrogate and no NUL, whatever was typed."""
    store.note(ANTS.uid, "a\x1b]52;c;x\x07b\ud800c\0d\ne", now=LATER)
    note = store.marks([ANTS.uid])[ANTS.uid].note
    assert note.replace("\n", "").isprintable()
    assert note.endswith("\ne")


def test_marks_outlive_what_an_import_does(store: Store) -> None:
    """Cancelled, moved, retitled and back again: star, rating and note stay on the talk, under the same uid."""
    store.star([CATS.uid], rating=5, now=NOW)
    store.note(CATS.uid, "front row", now=NOW)
    mark = store.marks([CATS.uid])[CATS.uid]
    store.save(reading(ANTS), source="x", now=LATER)
    store.save(reading(ANTS, talk("CATS!", "09:00", day=7, room="Z", session="s12")), source="x", now=LATER + DAY)
    plan = store.load("UTC", only_starred=True)
    assert plan.marks == {CATS.uid: mark}
    assert (plan.by_uid[CATS.uid].title, plan.by_uid[CATS.uid].cancelled) == ("CATS!", False)


def test_a_mark_is_passed_on_to_the_other_slot(store: Store) -> None:
    """A starred talk that left one page for another has its marks there too; this is said, and undone with the import."""
    first = talk("Elephants", "18:45", speakers=("Ada Lovelace",))
    second = first._replace(session="s12", slot=Slot(at("21:00"), at("21:15")))
    store.save(reading(ANTS, BEES, first, scope="sessions"), source="11", now=LATER)
    store.star([first.uid], rating=4, now=LATER)
    store.save(reading(CATS, second, scope="sessions"), source="12", now=LATER + DAY)
    saved = store.save(reading(ANTS, BEES, scope="sessions"), source="11", now=LATER + 2 * DAY)
    assert saved.cancelled == 1
    assert saved.near == ("'Elephants' is cancelled in its old slot and stands in another: it has your marks too.",)
    plan = store.load("UTC", only_starred=True)
    stars = {talk.start for talk in plan.by_uid.values() if plan.marks[talk.uid].rating == 4}
    assert stars == {at("18:45"), at("21:00")}
    store.undo(now=LATER + 3 * DAY)
    assert [uid for uid, mark in store.load("UTC").marks.items() if mark.starred] == [first.uid]


def test_a_mark_is_passed_on_only_where_there_is_none(store: Store) -> None:
    """A talk without marks leaves nothing, and one that the user marked already keeps its own."""
    speakers = ("Ada Lovelace",)
    one, two = talk("Elephants", "18:45", speakers=speakers), talk("Foxes", "19:00", speakers=speakers)
    store.save(reading(ANTS, BEES, one, two, scope="sessions"), source="11", now=LATER)
    later = [found._replace(session="s12", slot=Slot(at("21:00"), at("21:15"))) for found in (one, two)]
    store.save(reading(CATS, *later, scope="sessions"), source="12", now=LATER + DAY)
    (heir,) = [found for found in store.load("UTC").by_uid.values() if found.title == "Foxes" and found.uid != two.uid]
    store.star([two.uid], rating=5, now=LATER)
    store.star([heir.uid], rating=1, now=LATER)
    saved = store.save(reading(ANTS, BEES, scope="sessions"), source="11", now=LATER + 2 * DAY)
    assert (saved.cancelled, saved.near) == (2, ())
    assert {uid: mark.rating for uid, mark in store.load("UTC").marks.items()} == {two.uid: 5, heir.uid: 1}


def test_a_moved_talk_forgets_when_it_was_to_be_left(store: Store) -> None:
    """An import that moves a talk takes back when it was to be left, says so on the conference's clock, and undo brings it."""
    store.settle(leaving=[(CATS.uid, at("20:10"))], now=LATER)
    saved = store.save(reading(CATS._replace(slot=Slot(at("20:05"), at("20:35")))), source="x", now=LATER)
    said = "'Cats' has another time: you meant to leave at 13:10 PDT; say anew when, if you still do."
    assert (saved.moved, said in saved.near) == (1, True)
    assert store.marks([CATS.uid])[CATS.uid].leave_at is None
    store.undo(now=LATER)
    assert store.marks([CATS.uid])[CATS.uid].leave_at == at("20:10")
    saved = store.save(reading(ANTS, BEES, CATS._replace(title="Cats!")), source="x", now=LATER)
    assert (saved.edited, saved.near) == (1, ())
    assert store.marks([CATS.uid])[CATS.uid].leave_at == at("20:10")


def test_a_moved_talk_forgets_the_overlaps_it_was_kept_with(store: Store) -> None:
    """A pair that was accepted is none after one of it moved, on whichever side it stands; other pairs stay."""
    store.settle(kept=[(ANTS.uid, CATS.uid)], now=LATER)
    store.settle(kept=[(BEES.uid, CATS.uid)], now=LATER)
    store.settle(kept=[(ANTS.uid, "busy:0a1b2c3d")], now=LATER)
    marked = store.marks([ANTS.uid])[ANTS.uid]
    saved = store.save(reading(ANTS._replace(slot=Slot(at("20:00"), at("20:30"))), BEES, CATS), source="x", now=LATER)
    assert sorted(saved.near) == [
        "'Ants at work' has another time: that it overlaps 'Cats' is no longer accepted.",
        "'Ants at work' has another time: that it overlaps your own calendar is no longer accepted.",
    ]
    kept = {uid: mark.kept for uid, mark in store.marks([ANTS.uid, BEES.uid, CATS.uid]).items()}
    assert kept == {ANTS.uid: frozenset(), BEES.uid: {CATS.uid}, CATS.uid: {BEES.uid}}
    store.undo(now=LATER)
    assert store.marks([ANTS.uid])[ANTS.uid].kept == marked.kept == {CATS.uid, "busy:0a1b2c3d"}
    assert store.marks([CATS.uid])[CATS.uid].kept == {ANTS.uid, BEES.uid}


def test_a_dry_run_tells_what_marks_will_lose(store: Store) -> None:
    """Before it is kept an import says the same, and the marks stay."""
    store.settle(leaving=[(CATS.uid, at("20:10"))], now=LATER)
    with store.rehearsal() as rehearsed:
        saved = rehearsed.save(reading(CATS._replace(slot=Slot(at("20:05"), at("20:35")))), source="x", now=LATER)
    assert any("you meant to leave at 13:10 PDT" in said for said in saved.near)
    assert store.marks([CATS.uid])[CATS.uid].leave_at == at("20:10")


def test_what_else_changed_is_said(store: Store) -> None:
    """A conference's zone and a session's chairs are news although no talk changed."""
    found = reading(ANTS, BEES, CATS, PAPER)
    sessions = tuple(one._replace(chairs=("New Chair",)) for one in found.conference.sessions[:1])
    new = found.conference._replace(zone="Europe/Berlin", sessions=(*sessions, *found.conference.sessions[1:]))
    saved = store.save(found._replace(conference=new), source="x", now=LATER)
    assert (saved.changes, saved.facts) == ((), ("zone", "1 session"))
    assert store.save(found._replace(conference=new), source="x", now=LATER).facts == ()


# Several as one


def test_several_imports_as_one(store: Store) -> None:
    """Two imports together are one step of undo; a talk that one moves and the other moves back has not moved."""
    store.settle(leaving=[(CATS.uid, at("20:10"))], now=LATER)
    before = snapshot(store)
    away = CATS._replace(slot=Slot(at("21:00"), at("21:30")))
    with store.together(now=LATER) as one:
        assert store.save(reading(ANTS, BEES, away, PAPER), source="monday", now=LATER).moved == 1
        assert store.save(reading(ANTS, BEES._replace(title="Bees!"), CATS, PAPER), source="friday", now=LATER).moved == 1
        store.remember_fetched("friday", SLUG, ("", ""), now=LATER)
    assert [(found.what, found.uid) for found in one.ended[SLUG].changes] == [("edited", BEES.uid)]
    assert one.ended[SLUG].unchanged == 3
    assert not any("another time" in said for said in one.ended[SLUG].near)
    assert store.changes() == one.ended[SLUG].changes
    assert store.marks([CATS.uid])[CATS.uid].leave_at == at("20:10")
    assert store.sources(SLUG) == ("friday",)
    assert store.undo(now=LATER) == "the import of 2 sources"
    assert snapshot(store) == before
    assert store.sources(SLUG) == ()


def test_several_imports_as_one_or_none(store: Store, home: Path) -> None:
    """Where one of them fails nothing of the others is stored, and what is stored next stands by itself."""
    before = snapshot(store)
    with pytest.raises(KeyError), store.together(now=LATER):  # noqa: PT012  (it fails after the first)
        store.save(reading(ANTS), source="monday", now=LATER)
        raise KeyError
    assert snapshot(store) == before
    store.star([ANTS.uid], now=LATER)
    with open_store(str(home), now=LATER) as again:
        assert again.marks([ANTS.uid])[ANTS.uid].starred


def test_a_rehearsal_stores_nothing(store: Store, home: Path) -> None:
    """What is written into a rehearsal is there for it alone: the file and its copies stay as they are."""
    before = (home / "planner.db").read_bytes()
    with store.rehearsal() as rehearsed:
        rehearsed.save(reading(ANTS), source="x", now=LATER + DAY)
        assert rehearsed.load("UTC").by_uid[BEES.uid].cancelled
    assert not store.load("UTC").by_uid[BEES.uid].cancelled
    assert (home / "planner.db").read_bytes() == before
    assert not (home / "backups").exists()


def test_sources_stand_in_the_order_of_their_reading(store: Store) -> None:
    """Also those of one second, whatever their names; what is read again comes last."""
    for name in ("b", "c", "a"):
        store.save(reading(ANTS, BEES, CATS, PAPER), source=name, now=LATER)
        store.remember_fetched(name, SLUG, ("", ""), now=LATER)
    assert store.sources(SLUG) == ("b", "c", "a")
    store.remember_fetched("c", SLUG, ("", ""), now=LATER)
    assert store.sources(SLUG) == ("b", "a", "c")


# Undo

STEPS = {
    "star on 'Ants at work'": lambda store: store.star([ANTS.uid], now=LATER),
    "star on 'Ants at work' and 'Cats'": lambda store: store.star([ANTS.uid, CATS.uid], now=LATER),
    "star on 3 talks": lambda store: store.star([ANTS.uid, BEES.uid, CATS.uid], now=LATER),
    "rating 4 of 'Ants at work'": lambda store: store.star([ANTS.uid], rating=4, now=LATER),
    "going to 'Cats'": lambda store: store.decide([CATS.uid], "going", now=LATER),
    "skipping 'Cats'": lambda store: store.decide([CATS.uid], "skipped", now=LATER),
    "deciding on 'Ants at work' and 'Cats'": lambda store: store.settle(
        [(ANTS.uid, "going"), (CATS.uid, "skipped")], now=LATER
    ),
    "note on 'Cats'": lambda store: store.note(CATS.uid, "x", now=LATER),
    "leaving time of 'Cats'": lambda store: store.settle(leaving=[(CATS.uid, at("20:10"))], now=LATER),
    "keeping 'Ants at work' and 'Cats'": lambda store: store.settle(kept=[(ANTS.uid, CATS.uid)], now=LATER),
    "the import of new.txt": lambda store: store.save(reading(ANTS), source="/a b/new.txt", now=LATER),
    "the import of https://x.org/2021/": lambda store: store.save(reading(ANTS), source="https://x.org/2021/", now=LATER),
    "the import of standard input": lambda store: store.save(reading(ANTS), source="-", now=LATER),
}


@pytest.mark.parametrize("words", STEPS)
def test_undo_says_what_it_takes_back(store: Store, home: Path, words: str) -> None:
    """After a restart undo takes the last step back, says it in words, and all is as before but the times of change."""
    before = snapshot(store)
    STEPS[words](store)
    assert snapshot(store) != before
    with open_store(str(home), now=LATER) as again:
        assert again.undo(now=LATER + DAY) == words
        assert snapshot(again) == before


def snapshot(store: Store) -> object:
    """What is stored, but when it was changed and how often."""
    plan = store.load("UTC")
    conferences = {
        slug: (found.sessions, tuple(talk._replace(sequence=0, modified=None) for talk in found.talks))
        for slug, found in plan.conferences.items()
    }
    blank = {uid: mark._replace(at=None) for uid, mark in plan.marks.items()}
    return conferences, {uid: mark for uid, mark in blank.items() if mark != Mark(uid)}, store.changes()


def test_undo_goes_many_steps_back_to_nothing(store: Store) -> None:
    """A hundred steps are taken back one by one, the first import last; then there is nothing to take back."""
    for number in range(100):
        store.note(ANTS.uid, f"note {number}", now=LATER)
    for number in reversed(range(99)):
        assert store.undo(now=LATER) == "note on 'Ants at work'"
        assert store.marks([ANTS.uid])[ANTS.uid].note == f"note {number}"
    assert store.undo(now=LATER) == "note on 'Ants at work'"
    assert store.undo(now=LATER) == "the import of page.txt"
    assert (store.conferences(), store.undo(now=LATER)) == ((), None)


def test_undoing_the_first_import_keeps_marks(store: Store, home: Path) -> None:
    """A star on a talk whose import was taken back waits for it, and is there when the page is read again."""
    db = sqlite3.connect(home / "planner.db")
    db.execute("DELETE FROM step WHERE words LIKE 'star%'")
    db.commit()
    store.star([ANTS.uid], now=LATER)
    db.execute("DELETE FROM step WHERE words LIKE 'star%'")
    db.commit()
    db.close()
    assert store.undo(now=LATER) == "the import of page.txt"
    assert store.load("UTC").by_uid == {}
    store.save(reading(ANTS, BEES), source="page.txt", now=LATER)
    assert store.load("UTC").marks[ANTS.uid].starred


def test_a_verb_that_changes_nothing_is_no_step(store: Store) -> None:
    """Starring a starred talk, the same note again and an unchanged import leave nothing to undo but what was before."""
    store.star([ANTS.uid], now=NOW)
    store.star([ANTS.uid], now=LATER)
    store.note(ANTS.uid, "", now=LATER)
    assert store.save(reading(ANTS, BEES, CATS, PAPER), source="y", now=LATER).unchanged == 4
    assert store.marks([ANTS.uid])[ANTS.uid].at == NOW
    assert store.undo(now=LATER) == "star on 'Ants at work'"
    assert store.undo(now=LATER) == "the import of page.txt"


def test_undo_raises_the_sequence(store: Store) -> None:
    """A calendar may hold what an import said: taking it back gives the talk a higher sequence, not its old one."""
    store.save(reading(ANTS._replace(slot=Slot(at("20:00"), at("20:15"))), BEES, CATS, PAPER), source="x", now=LATER)
    store.undo(now=LATER + DAY)
    ants = store.load("UTC").by_uid[ANTS.uid]
    assert (ants.start, ants.sequence, ants.modified) == (at("18:00"), 2, LATER + DAY)


def test_the_oldest_steps_go(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only so many steps are kept; what can no longer be taken back stays as it is."""
    monkeypatch.setattr(marks, "STEPS", 3)
    for number in range(5):
        store.note(ANTS.uid, f"note {number}", now=LATER)
    assert [store.undo(now=LATER) is not None for _ in range(4)] == [True, True, True, False]
    assert store.marks([ANTS.uid])[ANTS.uid].note == "note 1"


# Changes


def test_changes_are_those_of_the_last_import(store: Store) -> None:
    """Each import replaces what the one before it told; one that changes nothing has nothing to tell; undo brings it back."""
    first = store.changes()
    assert [change.what for change in first] == ["added"] * 4
    saved = store.save(reading(ANTS, CATS._replace(title="Cats!")), source="x", now=LATER)
    assert (saved.edited, saved.cancelled, saved.unchanged) == (1, 1, 1)
    assert store.changes() == saved.changes == store.changes(SLUG)
    store.save(reading(ANTS, CATS._replace(title="Cats!")), source="x", now=LATER + DAY)
    assert store.changes() == ()
    store.undo(now=LATER + DAY)
    assert store.changes() == first
    assert store.changes("none") == ()


def test_an_added_talk_is_told_by_what_the_store_has_of_it(store: Store) -> None:
    """By title, hours, room and kind, whatever else the import did and however many sources it had."""
    dogs, eels = talk("Dogs", "21:00", room="Hall"), talk("Eels")
    with store.together(now=LATER):
        store.save(reading(ANTS, CATS, dogs, talk("Frogs", "22:00")), source="a", now=LATER)
        store.save(reading(ANTS, dogs, CATS, eels), source="b", now=LATER)
    hours = {"start": "2021-05-06T21:00:00+00:00", "end": "2021-05-06T21:15:00+00:00"}
    assert [change.uid for change in store.changes(added=False)] == [BEES.uid]
    assert [change[:4] for change in store.changes() if change.what == "added"] == [
        (dogs.uid, "added", {}, {"title": "Dogs", **hours, "room": "Hall", "kind": "oral"}),
        (eels.uid, "added", {}, {"title": "Eels", "kind": "oral"}),
    ]
    assert {change.at for change in store.changes()} == {LATER}


def test_what_was_added_is_asked_for_apart(store: Store) -> None:
    """The talks that an import added are uids in its order, starred ones first; the other changes come without them."""
    assert (store.changes(added=False), store.added("none")) == ((), ())
    assert store.added(SLUG) == tuple(change.uid for change in store.changes())
    star, *others = reversed(store.added(SLUG))
    store.star([star], now=LATER)
    assert store.added(SLUG) == (star, *reversed(others))
    store.save(reading(ANTS, CATS._replace(title="Cats!"), talk("Dogs", "21:00")), source="x", now=LATER)
    assert [change.what for change in store.changes(SLUG, added=False)] == ["cancelled", "edited"]
    assert len(store.added(SLUG)) == 1


def test_the_sources_of_one_run_are_one_import(store: Store, home: Path) -> None:
    """Two pages that one command reads tell their changes together; the next command begins anew, at the same instant too."""
    store.save(reading(ANTS, BEES._replace(title="Bees!"), scope="sessions"), source="11", now=LATER)
    store.save(reading(CATS._replace(title="Cats!"), scope="sessions"), source="12", now=LATER)
    assert [change.before["title"] for change in store.changes()] == ["Bees and their hives", "Cats"]
    with open_store(str(home), now=LATER) as again:
        again.save(reading(CATS, scope="sessions"), source="12", now=LATER)
        assert [change.before["title"] for change in again.changes()] == ["Cats!"]
        again.save(reading(CATS._replace(abstract="x"), scope="sessions"), source="12", now=LATER)
        assert [change.after for change in again.changes()] == [{"title": "Cats", "abstract": "x"}]


def test_a_source_of_a_run_that_is_taken_back_leaves_what_the_others_changed(store: Store, home: Path) -> None:
    """Of three sources read at one instant: each undo leaves the changes as they were told before that source was read."""
    told = [store.changes()]
    sources = (
        reading(ANTS._replace(title="Ants!"), BEES, CATS, talk("Dogs", "21:00")),
        reading(ANTS._replace(title="Ants?"), CATS, talk("Dogs", "21:00"), talk("Eels", "22:00")),
        reading(talk("Frogs", "23:00"), scope="list"),
    )
    for number, source in enumerate(sources):
        store.save(source, source=f"{number}", now=LATER)
        told.append(store.changes())
    assert [len(changes) for changes in told[1:]] == [2, 5, 6]
    for changes in told[-2::-1]:
        assert store.undo(now=LATER)
        assert store.changes() == changes
    assert check_store(str(home)) == []


def test_nothing_stays_in_the_log_of_what_is_taken_back(store: Store, home: Path) -> None:
    """One source that is read twice at once, between others, is two imports in one step: undo leaves no row of either."""

    def logged() -> list[object]:
        with closing(sqlite3.connect(home / "planner.db")) as db:
            return [db.execute(f"SELECT * FROM {table}").fetchall() for table in ("change", "added")]  # noqa: S608  (names)

    before = logged()
    with store.together(now=LATER):
        for number, title in enumerate(("Cat", "Cats!", "Catty")):
            store.save(reading(ANTS, CATS._replace(title=title), talk(f"Dogs {title}")), source="b", now=LATER)
            store.save(reading(ANTS._replace(title=f"Ants {number}"), scope="sessions"), source="a", now=LATER)
    assert logged() != before
    store.undo(now=LATER)
    assert logged() == before


def test_a_dry_run_stores_nothing(store: Store, home: Path) -> None:
    """What an import would do is told, and the file stays as it is to the byte."""
    before = (home / "planner.db").read_bytes()
    with store.rehearsal() as rehearsed:
        saved = rehearsed.save(reading(ANTS), source="x", now=LATER)
    assert (saved.cancelled, saved.unchanged) == (2, 1)
    assert (home / "planner.db").read_bytes() == before


def test_two_conferences_do_not_touch_each_other(store: Store) -> None:
    """Another conference with the same page is another set of talks; undo of one leaves the other."""
    other = reading(ANTS, slug="iclr-2022", name="ICLR 2022")
    store.save(other, source="x", now=LATER)
    plan = store.load("UTC")
    assert len(plan.by_uid) == 5
    assert {len(found.talks) for found in plan.conferences.values()} == {4, 1}
    assert store.save(other, source="x", now=LATER + DAY).unchanged == 1
    store.undo(now=LATER)
    assert list(store.load("UTC").conferences) == [SLUG]


# Finding


def test_words_are_found_everywhere(store: Store) -> None:
    """Title, speaker, abstract, room, track and session answer, by their beginning, whatever case and accents."""
    cases = {
        "ANTS": [ANTS],
        "émile": [ANTS],
        "EMILE bo": [ANTS],
        "leav": [ANTS],
        "hall": [ANTS],
        "insect": [BEES],
        "session 12": [CATS],
        "bees hiv": [BEES],
        "bees leaves": [],
        "nts": [],
    }
    assert {words: store.search(words) for words in cases} == {
        words: [talk.uid for talk in talks] for words, talks in cases.items()
    }


def test_the_best_match_comes_first(home: Path) -> None:
    """A word in the title beats a speaker's name, that a session's or a track's, that the abstract."""
    talks = [
        talk("One", "10:00", abstract="a swarm of words about nothing else that matters"),
        talk("Two", "10:15", track="Swarm"),
        talk("Three", "10:30", speakers=("Anna Swarm",)),
        talk("The swarm", "10:45"),
    ]
    with open_store(str(home), now=NOW) as store:
        store.save(reading(*talks), source="x", now=NOW)
        assert store.search("swarm") == [talk.uid for talk in reversed(talks)]
        assert store.search("swarm", limit=2) == [talks[3].uid, talks[2].uid]


def test_search_in_some_conferences(store: Store) -> None:
    """Only the conferences asked for answer, together best first."""
    store.save(reading(talk("Ants", "10:00"), slug="b", name="B"), source="x", now=LATER)
    store.save(reading(talk("About ants, and much else besides", "10:00"), slug="c", name="C"), source="x", now=LATER)
    every = store.search("ants")
    assert len(every) == 3
    assert store.search("ants", slugs=[SLUG]) == [ANTS.uid]
    assert store.search("ants", slugs=[]) == store.search("ants", slugs=["none"]) == []
    some = store.search("ants", slugs=["b", "c"])
    assert some == [uid for uid in every if uid != ANTS.uid]
    assert store.search("ants", slugs=["b", "c"], limit=1) == some[:1]


SWARM = ("ants", "antlers", "bees", "carry", "leaves", "wings")


@pytest.mark.parametrize("most", [0, 4, 100])
def test_what_very_many_answer_to_is_not_ranked(store: Store, monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    """Above the bound titles with all the words are first, then the rest, both as they were read; the limit cuts only."""
    monkeypatch.setattr(search, "MOST_RANKED", most)
    chance = random.Random(most)
    told: list[tuple[str, str, str, str]] = []
    for slug in ("b", "c", "d"):
        made = [
            talk(f"{slug}{number} {' '.join(chance.sample(SWARM, 2))}", f"1{number % 10}:00", abstract=chance.choice(SWARM))
            for number in range(12)
        ]
        store.save(reading(*made, slug=slug, name=slug), source=slug, now=LATER)
        told += [(one.uid, slug, one.title, one.abstract) for one in made]

    def answers(words: str, text: str) -> bool:
        *whole, last = words.split()
        said = text.lower().split()
        return all(word in said for word in whole) and any(word.startswith(last) for word in said)

    for words in ("a", "ant", "bees", "wings c", "ants bees", "leaves leaves"):
        for slugs in (["b"], ["d", "b", "d"], ["b", "c", "d"]):
            hits = [row for row in told if row[1] in slugs and answers(words, f"{row[2]} {row[3]}")]
            expected = [row[0] for row in sorted(hits, key=lambda row: not answers(words, row[2]))]
            found = store.search(words, slugs=slugs)
            assert sorted(found) == sorted(expected)
            assert len(hits) <= most or found == expected
            assert [store.search(words, slugs=slugs, limit=limit) for limit in range(5)] == [
                found[:limit] for limit in range(5)
            ]


def test_two_thousand_hits_are_ranked(home: Path) -> None:
    """With 2,000 talks that answer a speaker's name is above the abstracts; with one more only what a title says is."""
    made = [talk(f"Talk {number}", "10:00", abstract="about ants") for number in range(1_998)]
    made += [talk("By somebody", "10:00", speakers=("Anna Ants",)), talk("Ants", "10:00")]
    with open_store(str(home), now=NOW) as store:
        store.save(reading(*made), source="x", now=NOW)
        assert store.search("ants", limit=3) == [made[-1].uid, made[-2].uid, made[0].uid]
        store.save(reading(*made, talk("More", "10:00", abstract="and ants")), source="x", now=LATER)
        assert store.search("ants", limit=3) == [made[-1].uid, made[0].uid, made[1].uid]


TYPED = ('"', "a*", "NEAR(a b", "a OR", "title:x", "{a}", "^a", "a AND NOT b", "--", "\0", "\ud800", "C++", "it's", "a:b")


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=30) | st.sampled_from(TYPED))
def test_no_words_are_a_syntax_error(store: Store, words: str) -> None:
    """Whatever is typed, quotes, operators and halves of letters, is looked for and never an error."""
    assert store.search(words) == store.search(words, slugs=[SLUG])
    store.find(words)


def test_the_index_keeps_step(store: Store, home: Path) -> None:
    """After edits, cancellations, renamed sessions and undo the index says what the rows say (FTS5's own check)."""

    def check() -> None:
        db = sqlite3.connect(home / "planner.db")
        db.execute("INSERT INTO search (search, rank) VALUES ('integrity-check', 1)")
        db.close()

    renamed = (Session("s11", "Insect hour"), Session("s12", "Oral Session 12"))
    store.save(reading(ANTS, BEES._replace(abstract="Honey."), CATS, PAPER, sessions=renamed), source="x", now=LATER)
    check()
    assert store.search("insect hour") == [ANTS.uid, BEES.uid] or store.search("insect hour") == [BEES.uid, ANTS.uid]
    assert store.search("honey") == [BEES.uid]
    assert store.search("session 11") == []
    store.undo(now=LATER)
    check()
    assert store.search("honey") == store.search("insect hour") == []
    store.undo(now=LATER)
    check()
    assert store.search("ants") == []


def test_what_a_talk_is_found_by(store: Store) -> None:
    """A uid, its first 4 signs, a title in any case, words that only one begins with, else every title that has the words."""
    more = (talk("Cats and ants", "21:00"), talk("Why cats and ants meet", "22:00"))
    store.save(reading(ANTS, BEES, CATS, PAPER, *more), source="x", now=LATER)

    def found(said: str) -> list[str]:
        return [talk.title for talk in store.find(said)]

    assert found(ANTS.uid) == found(ANTS.uid.upper()) == found(ANTS.uid[:4]) == ["Ants at work"]
    assert found("cats") == found(" CATS! ") == ["Cats"]
    assert found("cat") == ["Cats", "Cats and ants", "Why cats and ants meet"]
    assert found("ants") == ["Ants at work", "Cats and ants", "Why cats and ants meet"]
    assert found("at") == found("work an") == found("Ants at") == ["Ants at work"]
    assert found("cats and") == ["Cats and ants"]
    assert found("ants cats") == ["Cats and ants", "Why cats and ants meet"]
    assert found("giraffe") == found("") == found("?!") == found("\ud800") == []


def test_a_title_beats_the_beginning_of_a_uid(home: Path) -> None:
    """A talk called like the first signs of another's uid is the one that is meant."""
    with open_store(str(home), now=NOW) as store:
        store.save(reading(ANTS, talk(ANTS.uid[:4], "10:00")), source="x", now=NOW)
        assert [found.title for found in store.find(ANTS.uid[:4])] == [ANTS.uid[:4]]


def test_a_word_that_begins_a_uid_is_still_a_word(home: Path) -> None:
    """“face” may be the start of a uid and a word of a title: which is meant is asked, not guessed."""
    with open_store(str(home), now=NOW) as store:
        store.save(reading(ANTS, talk(f"On {ANTS.uid[:4]} values", "10:00")), source="x", now=NOW)
        assert [found.title for found in store.find(ANTS.uid[:4])] == [ANTS.title, f"On {ANTS.uid[:4]} values"]
        assert [found.title for found in store.find(ANTS.uid[:8])] == [ANTS.title]


# Calendars


def test_what_was_exported_is_remembered(store: Store) -> None:
    """Each calendar keeps what it was told last of each talk; another calendar knows nothing of it; it is no step of undo."""
    store.star([ANTS.uid], now=LATER)
    store.remember_exported("/a.ics", {ANTS.uid: Exported(0, "x"), BEES.uid: Exported(2, "y")}, now=LATER)
    store.remember_exported("/a.ics", {ANTS.uid: Exported(1, "z")}, now=LATER)
    assert store.exported("/a.ics") == {ANTS.uid: Exported(1, "z"), BEES.uid: Exported(2, "y")}
    assert store.exported("-") == {}
    assert store.undo(now=LATER) == "star on 'Ants at work'"


def test_paths_that_differ_in_bytes_beyond_utf_8_are_two(store: Store) -> None:
    """A path need not be UTF-8: what one calendar was told is not what another one was."""
    first, second = (os.fsdecode(b"/plan-%c.ics" % byte) for byte in (0xFE, 0xFF))
    store.remember_exported(first, {ANTS.uid: Exported(0, "x")}, now=LATER)
    assert (list(store.exported(first)), list(store.exported(second))) == ([ANTS.uid], [])


def test_what_an_address_said_holds_while_its_reading_does(store: Store) -> None:
    """The validators of an address are known until the conference is read again or the reading is taken back."""
    url = "https://example.org/2021"
    assert store.fetched(url) == ("", "", "")
    store.save(reading(ANTS), source=url, now=LATER)
    store.remember_fetched(url, SLUG, ('"a"', "Thu, 06 May 2021 18:00:00 GMT"), now=LATER)
    assert store.fetched(url) == (SLUG, '"a"', "Thu, 06 May 2021 18:00:00 GMT")
    assert store.undo(now=LATER) == f"the import of {url}"
    assert store.fetched(url) == ("", "", "")


# Cost

HOT = {
    "a day": (schedule.BETWEEN, (SLUG, 0, 10), "talk_start"),
    "whole days": (schedule.ALL_DAY, (SLUG, "2021-05-06", "2021-05-06"), "talk_day"),
    "a conference": (schedule.ALL, (SLUG,), "talk_order"),
    "starred": (schedule.STARRED, (), "mark_starred"),
    "the starts of a session": (schedule.STARTS_OF_SESSION, (SLUG, "s11"), "talk_session"),
    "a uid": (schedule.ONE, ("x",), "sqlite_autoindex_talk_1"),
    "the start of a uid": (schedule.BY_PREFIX, ("x", "y"), "sqlite_autoindex_talk_1"),
    "a mark": (marks.ONE, ("x",), "PRIMARY KEY"),
    "words": (search.MATCHING, ('"x"*', 0, 9, 5), "VIRTUAL TABLE INDEX"),
    "how many answer to words": (search.COUNT, ('"x"*', 0, 9, 5), "VIRTUAL TABLE INDEX"),
    "words of very many": (search.PLAIN, ('"x"*', 0, 9, 5), "VIRTUAL TABLE INDEX"),
    "a title": (search.TITLED, ('title : ("x"*)', 5), "VIRTUAL TABLE INDEX"),
    "changes": (saving.CHANGES, (SLUG,), "change_import"),
    "talks that were added": (saving.ADDED, (SLUG,), "PRIMARY KEY"),
}


@pytest.mark.parametrize("what", HOT)
def test_hot_queries_scan_no_table(store: Store, home: Path, what: str) -> None:
    """EXPLAIN QUERY PLAN: each goes by an index; what is scanned is an answer already (a full-text match, a subquery)."""
    query, values, index = HOT[what]
    db = sqlite3.connect(home / "planner.db")
    plan = [row[3] for row in db.execute("EXPLAIN QUERY PLAN " + query, values)]
    db.close()
    assert not [line for line in plan if _scans(line)]
    assert any(index in line for line in plan)


WHOLE = {
    "FROM conference ORDER BY slug": "every conference is wanted, of which there are few",
    "SELECT slug, zone FROM conference": "the same",
    "SELECT slug FROM conference ORDER BY slug": "the same",
    "SELECT 1 FROM conference UNION ALL SELECT 1 FROM mark LIMIT 1": "stops at the first row",
    "SELECT coalesce(max(number), 0) + 1 FROM conference": "stops at the end of an index",
    "SELECT count(*) FROM talk": "is counted in an index, once for a question of likeness",
    "FROM step ORDER BY id DESC LIMIT 1": "stops at the first row",
    "GROUP BY t.conference": "every talk is counted",
    "GROUP BY source": "every busy time is counted",
    "FROM busy_days ORDER BY": "every stretch of every calendar is wanted",
    "FROM mark JOIN talk ON": "every mark travels",
    "FROM mark ORDER BY uid": "the same",
    "FROM awaited ORDER BY": "every mark travels",
    "FROM mark WHERE kept <> ''": "accepted overlaps are few, and looked for only when talks moved",
    "FROM fetched WHERE conference =": "the places of all conferences are few",
    "UPDATE fetched SET etag = '', last_modified = '' WHERE conference =": "the same",
    "WHERE term =": "a term of the index's own vocabulary, which it looks up",
}
"""The statements that may look at a whole table, by words in them, and why."""


@pytest.mark.parametrize("zone", [ZONE, None])
def test_starts_are_in_the_order_of_time_whatever_index_they_come_from(store: Store, home: Path, zone: str | None) -> None:
    """An index that runs backwards gives them backwards to a query that does not say its order."""
    store.save(reading(ANTS, CATS, talk("Dogs", "21:00")), source="b.txt", now=LATER)
    with closing(sqlite3.connect(home / "planner.db", isolation_level=None)) as db:
        db.execute("UPDATE conference SET zone = ?", (zone,))
        db.execute("DROP INDEX talk_start")
        db.execute("CREATE INDEX talk_start ON talk (conference, start_at DESC, zone)")
    starts = [start.at for start in store.outlines()[SLUG].starts]
    assert at("21:00") in starts[1:]
    assert starts == sorted(starts)


def test_a_step_whose_talk_is_gone_is_refused_in_a_sentence(store: Store, home: Path) -> None:
    """Undo says so, takes nothing back, and the step stays."""
    store.save(reading(ANTS, CATS, talk("Dogs", "21:00")), source="b.txt", now=LATER)
    step = store.last_step()
    with closing(sqlite3.connect(home / "planner.db", isolation_level=None)) as db:
        db.execute("DELETE FROM talk WHERE title = 'Dogs'")
    before = list(store.load("UTC").by_uid)
    with pytest.raises(StoreError, match="is not there any more, so it stays: planner doctor says what to do"):
        store.undo(now=LATER)
    assert (list(store.load("UTC").by_uid), store.last_step()) == (before, step)


def _scans(line: str) -> bool:
    """Whether a line of a query's plan looks at a table from end to end: a full-text match and a subquery are answers."""
    match = "VIRTUAL TABLE INDEX" in line and ":M" in line
    return line.startswith("SCAN") and not match and line not in {"SCAN hit", "SCAN (subquery-1)", "SCAN CONSTANT ROW"}


def test_no_verb_scans_a_table(store: Store, home: Path) -> None:
    """Every statement that the store's verbs run is explained: none looks at a whole table but for a reason."""
    said: list[str] = []
    db = store._access.db
    db.set_trace_callback(lambda statement: said.append(" ".join(statement.split())))
    store.save(reading(ANTS, CATS, talk("Dogs", "21:00")), source="b.txt", now=LATER)
    with store.together(now=LATER):
        moved = ANTS._replace(slot=Slot(at("18:01"), at("18:15")))
        store.save(reading(moved, CATS, talk("Dogs", "21:00")), source="c.txt", now=LATER)
    store.star([ANTS.uid, CATS.uid], rating=3, now=LATER)
    store.decide([ANTS.uid], "going", now=LATER)
    store.note(ANTS.uid, "so", now=LATER)
    store.settle(kept=[(ANTS.uid, CATS.uid)], now=LATER)
    store.set_busy("me.ics", [Busy(NOW, LATER, "tea")], [(NOW, LATER)], now=LATER)
    store.remember_exported("a.ics", {ANTS.uid: Exported(0, "")}, now=LATER)
    store.remember_fetched("https://example.org", SLUG, ("e", ""), now=LATER)
    _ = store.conferences(), store.conference(SLUG), store.counts(), store.stretch(SLUG), store.outlines(), store.changes()
    _ = (
        store.changes(SLUG, added=False),
        store.added(SLUG),
        store.times("UTC"),
        store.fetched("https://example.org"),
        store.last_step(),
        store.busy_files(),
    )
    _ = store.load("UTC"), store.load("UTC", [SLUG], between=(NOW, LATER)), store.load("UTC", only_starred=True)
    _ = store.page("UTC", [SLUG], (NOW, LATER)), store.page("UTC", [SLUG], None), store.load("UTC", brief=True)
    _ = store.abstract(ANTS.uid), store.offered(SLUG)
    _ = store.search("ants", slugs=[SLUG]), store.search("a b"), store.find(ANTS.uid[:6]), store.find("ants")
    _ = store.similar([ANTS.uid]), store.marks([ANTS.uid]), store.exported("a.ics"), store.version()
    store.merge(store.carried(), source="marks.json", now=LATER)
    assert store.undo(now=LATER)
    assert store.clear_busy(now=LATER) == 1
    db.set_trace_callback(None)
    scans = {}
    for statement in dict.fromkeys(said):
        if statement.startswith(("SELECT", "INSERT", "UPDATE", "DELETE")) and not any(words in statement for words in WHOLE):
            lines = [row[3] for row in db.execute(f"EXPLAIN QUERY PLAN {statement}")]
            scans[statement] = [line for line in lines if _scans(line)]
    assert len(scans) > 40
    assert {statement: lines for statement, lines in scans.items() if lines} == {}


def test_the_index_is_at_most_one_and_a_half_times_the_table(home: Path) -> None:
    """2,000 talks with abstracts of 120 words each: the pages of the search index against those of the table."""
    words = [
        f"{one}{two}" for one in ("lear", "ana", "repre", "opti", "gen") for two in ("ning", "lysis", "sent", "mise", "erate")
    ]
    words += [f"{word}{number}" for word in words for number in range(80)]
    talks = [
        talk(
            f"Title {number} {words[number % 1999]}",
            "10:00",
            abstract=" ".join(words[(number * 37 + step * step) % len(words)] for step in range(120)),
        )
        for number in range(2000)
    ]
    with open_store(str(home), now=NOW) as store:
        store.save(reading(*talks), source="x", now=NOW)
    (table,) = sql(home, "SELECT sum(pgsize) FROM dbstat WHERE name = 'talk'")[0]
    (index,) = sql(home, "SELECT sum(pgsize) FROM dbstat WHERE name LIKE 'search%'")[0]
    assert index <= 1.5 * table


def test_the_agenda_s_path_loads_nothing_heavy(store: Store, home: Path) -> None:
    """Opening, loading a day and its stars imports neither json nor anything that only an import or a search needs."""
    code = (
        f"import sys; sys.path += {sys.path}; from datetime import *; from planner.store import open_store\n"
        f"now = datetime(2021, 5, 6, tzinfo=UTC)\n"
        f"with open_store({str(home)!r}, now=now) as store:\n"
        "    assert store.load('UTC', between=(now, now + timedelta(days=1))).by_uid\n"
        "    store.load('UTC', only_starred=True); store.conferences(); store.counts()\n"
        "print(' '.join(sys.modules))"
    )
    bare = [sys.executable, "-S", "-c", code]  # without the .pth files of some packages, which load half of this
    loaded = set(subprocess.run(bare, capture_output=True, text=True, check=True).stdout.split())
    heavy = {"json", "re", "typing", "dataclasses", "enum", "pathlib", "contextlib", "rapidfuzz", "uuid", "pytz", "dateutil"}
    heavy |= {"planner.changes", "planner.store.saving", "planner.store.search", "planner.store.safety", "unicodedata"}
    assert loaded & heavy == set()


# Two at once


def test_another_program_s_write_is_seen(store: Store, home: Path) -> None:
    """The version changes when somebody else wrote, not by our own writes; what they wrote is read."""
    version = store.version()
    store.star([ANTS.uid], now=LATER)
    assert store.version() == version
    with open_store(str(home), now=LATER) as other:
        other.star([BEES.uid], now=LATER)
    assert store.version() != version
    assert store.marks([BEES.uid])[BEES.uid].starred


WRITER = """
import json, sys
from datetime import datetime, UTC
from planner.store import open_store
home, mine = sys.argv[1], json.loads(sys.argv[2])
now = datetime(2021, 5, 1, 9, tzinfo=UTC)
with open_store(home, now=now) as store:
    for uid in mine:
        store.star([uid], now=now)
        store.note(uid, "by " + sys.argv[3], now=now)
"""


def test_two_processes_write_at_once(home: Path) -> None:
    """Two writers that open a new store together lose nothing and fail at nothing; every one of their steps can be undone."""
    talks = [talk(f"Talk {number}", "10:00", minutes=number) for number in range(1, 41)]
    with open_store(str(home), now=NOW) as store:
        store.save(reading(*talks), source="x", now=NOW)
    halves = [[found.uid for found in talks[::2]], [found.uid for found in talks[1::2]]]
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, str(home), json.dumps(half), str(number)], stderr=subprocess.PIPE)
        for number, half in enumerate(halves)
    ]
    assert [writer.communicate(timeout=120)[1] for writer in writers] == [b"", b""]
    with open_store(str(home), now=LATER) as store:
        found = store.load("UTC").marks
        assert {uid: (mark.starred, mark.note) for uid, mark in found.items()} == {
            uid: (True, f"by {number}") for number, half in enumerate(halves) for uid in half
        }
        taken = [store.undo(now=LATER) for _ in range(80)]
        assert all(taken)
        assert store.undo(now=LATER) == "the import of x"


# Against a model

NAMES = ("Ants", "Bees", "Cats", "Dogs", "Elks", "Foxes")


class Model(RuleBasedStateMachine):
    """The store against plain dictionaries: import, update, marks, undo, restart, another program beside it."""

    @initialize()
    def begin(self) -> None:
        """Open an empty store."""
        import tempfile

        self.folder = tempfile.TemporaryDirectory()
        self.now = NOW
        self.talks: dict[str, tuple[str | None, bool]] = {}
        self.marks: dict[str, tuple[bool, int, str, str]] = {}
        self.scheduled = False
        self.listed: set[str] = set()
        self.uids: dict[str, str] = {}
        self.history: list[tuple[Any, ...]] = []
        self.store = open_store(self.folder.name, now=self.now)

    def teardown(self) -> None:
        """Close the store."""
        if hasattr(self, "store"):
            self.store.close()
            self.folder.cleanup()

    def tick(self) -> datetime:
        """A later instant."""
        self.now += timedelta(minutes=1)
        return self.now

    def state(self) -> tuple[Any, ...]:
        """The model as it is, to go back to."""
        return dict(self.talks), dict(self.marks), self.scheduled, set(self.listed)

    def step(self, before: tuple[Any, ...]) -> None:
        """A step of undo, if anything changed."""
        if before != self.state():
            self.history.append(before)

    @rule(shown=st.dictionaries(st.sampled_from(NAMES), st.sampled_from(("10:00", "12:00", "14:00")), min_size=1))
    def import_schedule(self, shown: dict[str, str]) -> None:
        """A whole programme: what it shows takes place, the rest that had an hour is cancelled."""
        before = self.state()
        self.store.save(reading(*(talk(title, clock) for title, clock in shown.items())), source="all", now=self.tick())
        for title, (clock, _) in list(self.talks.items()):
            if title not in shown and clock is not None:
                self.talks[title] = (clock, True)
        self.talks |= {title: (clock, False) for title, clock in shown.items()}
        self.scheduled = True
        self.step(before)

    @rule(rows=st.lists(st.sampled_from(NAMES), min_size=1, unique=True))
    def import_list(self, rows: list[str]) -> None:
        """A paper list: what is new is there without an hour, and its rows are kept as they were written."""
        before = self.state()
        self.store.save(reading(*map(row, rows), scope="list"), source="list", now=self.tick())
        self.talks = dict.fromkeys(rows, (None, False)) | self.talks
        self.listed |= set(rows)
        self.step(before)

    @rule(title=st.sampled_from(NAMES), starred=st.booleans(), rating=st.integers(0, 5))
    def star(self, title: str, starred: bool, rating: int) -> None:
        """Star or unstar."""
        if title in self.talks:
            before = self.state()
            self.store.star([self.uids[title]], starred, rating if starred else None, now=self.tick())
            _, _, decision, note = self.marks.get(title, (False, 0, "undecided", ""))
            self.mark(title, starred, rating if starred else 0, decision, note)
            self.step(before)

    @rule(title=st.sampled_from(NAMES), decision=st.sampled_from(("undecided", "going", "skipped")))
    def decide(self, title: str, decision: str) -> None:
        """Decide."""
        if title in self.talks:
            before = self.state()
            self.store.decide([self.uids[title]], decision, now=self.tick())
            starred, rating, _, note = self.marks.get(title, (False, 0, "undecided", ""))
            self.mark(title, starred or decision == "going", rating, decision, note)
            self.step(before)

    @rule(title=st.sampled_from(NAMES), note=st.sampled_from(("", "front row", "ask")))
    def note(self, title: str, note: str) -> None:
        """Write a note."""
        if title in self.talks:
            before = self.state()
            self.store.note(self.uids[title], note, now=self.tick())
            self.mark(title, *self.marks.get(title, (False, 0, "undecided", ""))[:3], note)
            self.step(before)

    def mark(self, title: str, starred: bool, rating: int, decision: str, note: str) -> None:
        """Set a mark of the model; an empty one is none."""
        self.marks.pop(title, None)
        if (starred, rating, decision, note) != (False, 0, "undecided", ""):
            self.marks[title] = (starred, rating, decision, note)

    @rule()
    def undo(self) -> None:
        """Take the last step back; marks of talks that are gone by that wait for them."""
        assert (self.store.undo(now=self.tick()) is not None) == bool(self.history)
        if self.history:
            self.talks, self.marks, self.scheduled, self.listed = self.history.pop()

    @rule()
    def restart(self) -> None:
        """Close and open again."""
        self.store.close()
        self.store = open_store(self.folder.name, now=self.tick())

    @invariant()
    def the_store_is_the_model(self) -> None:
        """Every talk and every mark is there, under the uid that it always had."""
        if not hasattr(self, "store"):
            return
        plan = self.store.load("UTC")
        found = {talk.title: talk for talk in plan.by_uid.values()}
        assert {title: (talk.start and f"{talk.start:%H:%M}", talk.cancelled) for title, talk in found.items()} == self.talks
        for title, one in found.items():
            assert self.uids.setdefault(title, one.uid) == one.uid
        uids = {uid: title for title, uid in self.uids.items()}
        everything = {uids[uid]: mark for uid, mark in self.store.marks(uids).items() if mark._replace(at=None) != Mark(uid)}
        assert {
            title: (mark.starred, mark.rating, mark.decision, mark.note) for title, mark in everything.items()
        } == self.marks
        assert self.store.search("a") or "Ants" not in self.talks


Model.TestCase.settings = settings(max_examples=25, stateful_step_count=30, deadline=None)
test_the_store_equals_the_model = Model.TestCase
