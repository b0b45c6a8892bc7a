"""Marks that travel alone: written, merged part by part, waiting for their talks, and two stores that come to agree."""

from __future__ import annotations

import json
import sqlite3
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from conftest import SCHEDULES
from hypothesis import given
from hypothesis import strategies as st

from planner import marks
from planner.errors import ReadError
from planner.marks import Carried, When
from planner.model import Conference, Mark, Reading, Talk, uid_for
from planner.store import Store, open_store, schema
from planner.store.access import Access

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from conftest import Answer

    Planner = Callable[..., Answer]

NOW = datetime(2021, 5, 1, 9, tzinfo=UTC)
ANTS = Talk(uid_for("c", title="Ants"), "c", "Ants")
BEES = Talk(uid_for("c", "b1"), "c", "Bees", source_id="b1")


def later(minutes: int) -> datetime:
    """So many minutes after the beginning."""
    return NOW + timedelta(minutes=minutes)


def schedule(*talks: Talk) -> Reading:
    """A conference of talks."""
    return Reading(Conference("c", "C", "Europe/Berlin", talks=talks), "made")


@pytest.fixture
def two(tmp_path: Path) -> Iterator[tuple[Store, Store]]:
    """Two stores with the same two talks."""
    with open_store(str(tmp_path / "a"), now=NOW) as a, open_store(str(tmp_path / "b"), now=NOW) as b:
        for store in (a, b):
            store.save(schedule(ANTS, BEES), source="made", now=NOW)
        yield a, b


def pass_on(one: Store, other: Store, minutes: int) -> Any:
    """Carry the marks of one store into another, through the file."""
    found, warnings = marks.read(marks.written(one.carried()), "marks.json", later(minutes))
    assert not warnings
    return other.merge(found, source="marks.json", now=later(minutes))


def plain(store: Store, *uids: str) -> list[Mark]:
    """Marks without their instant."""
    return [mark._replace(at=None) for mark in store.marks(uids or (ANTS.uid, BEES.uid)).values()]


def test_a_star_here_and_a_note_there_become_one_mark(two: tuple[Store, Store]) -> None:
    """Parts that the other side never touched are no conflict, whichever is newer."""
    a, b = two
    a.star([ANTS.uid], rating=4, now=later(1))
    b.note(ANTS.uid, "ask Ada", now=later(2))
    b.decide([BEES.uid], "skipped", now=later(3))
    assert pass_on(a, b, 4)[1:] == (1, 0, ())
    assert pass_on(b, a, 5).changed == 2
    assert plain(a) == plain(b) == [Mark(ANTS.uid, True, 4, note="ask Ada"), Mark(BEES.uid, decision="skipped")]


def test_of_two_changes_the_newer_wins_and_the_conflict_is_said(two: tuple[Store, Store]) -> None:
    """A rating of 5 after one of 2, going after skipped, an unstarring after a star: each side says what gave way."""
    a, b = two
    a.star([ANTS.uid, BEES.uid], rating=2, now=later(1))
    a.decide([ANTS.uid], "going", now=later(9))
    b.star([ANTS.uid], rating=5, now=later(5))
    b.star([BEES.uid], now=later(2))
    b.star([BEES.uid], starred=False, now=later(6))
    b.decide([ANTS.uid], "skipped", now=later(7))
    told = pass_on(b, a, 10)
    assert set(told.conflicts) == {
        "“Ants”: ★★★★★ in the file is newer than ★★ here and takes its place.",
        "“Ants”: going here is newer than skipped in the file and stays.",
        "“Bees”: no star in the file is newer than ★★ here and takes its place.",
    }
    pass_on(a, b, 11)
    assert plain(a) == plain(b) == [Mark(ANTS.uid, True, 5, "going"), Mark(BEES.uid)]


def test_no_note_is_lost(two: tuple[Store, Store]) -> None:
    """Two notes become one below the other, the newer first; one that holds all words of the other stands alone."""
    a, b = two
    a.note(ANTS.uid, "ask Ada", now=later(1))
    b.note(ANTS.uid, "bring\nquestions", now=later(2))
    a.note(BEES.uid, "ask", now=later(1))
    b.note(BEES.uid, "ask about honey", now=later(2))
    assert len(pass_on(b, a, 3).conflicts) == 1
    pass_on(a, b, 4)
    assert (
        [mark.note for mark in plain(a)]
        == [mark.note for mark in plain(b)]
        == ["bring\nquestions\nask Ada", "ask about honey"]
    )


def test_a_second_merge_changes_nothing(two: tuple[Store, Store]) -> None:
    """Neither a mark nor a step of undo."""
    a, b = two
    a.star([ANTS.uid], rating=4, now=later(1))
    a.note(ANTS.uid, "x", now=later(1))
    b.note(ANTS.uid, "y", now=later(2))
    pass_on(a, b, 3)
    before = plain(b)
    assert pass_on(a, b, 4)[1:] == (0, 0, ())
    assert plain(b) == before
    assert b.undo(now=later(5)) == "the marks of marks.json"
    assert plain(b)[0] == Mark(ANTS.uid, note="y")


def test_marks_wait_for_a_talk_and_are_on_it_when_it_comes(tmp_path: Path, two: tuple[Store, Store]) -> None:
    """By the uid, and where the source that came first gave another one, by the source's id or the title alone."""
    a, _ = two
    a.star([ANTS.uid, BEES.uid], rating=3, now=later(1))
    a.note(BEES.uid, "honey", now=later(1))
    with open_store(str(tmp_path / "new"), now=NOW) as new:
        assert pass_on(a, new, 2).waiting == 2
        assert len(new.carried()) == 2
        other = (
            Talk(uid_for("c", "17"), "c", "ants!", source_id="17"),
            Talk("other-uid", "c", "Bees, corrected", source_id="b1"),
        )
        saved = new.save(schedule(*other), source="made", now=later(3))
        assert len(saved.near) == 2
        assert plain(new, *(talk.uid for talk in other)) == [
            Mark(other[0].uid, True, 3),
            Mark("other-uid", True, 3, note="honey"),
        ]
        assert {one.mark.uid for one in new.carried()} == {talk.uid for talk in other}
        new.star([other[0].uid], starred=False, now=later(4))
        new.save(schedule(*other, Talk("third", "c", "Cats")), source="made", now=later(5))
        assert plain(new, other[0].uid) == [Mark(other[0].uid)]


def test_a_talk_that_is_taken_back_lets_its_marks_wait_again(tmp_path: Path, two: tuple[Store, Store]) -> None:
    """Undo of the import, and the import again: the star is there again."""
    a, _ = two
    a.star([ANTS.uid], rating=3, now=later(1))
    came = Talk("other-uid", "c", "Ants")
    with open_store(str(tmp_path / "new"), now=NOW) as new:
        pass_on(a, new, 2)
        new.save(schedule(came), source="made", now=later(3))
        new.undo(now=later(4))
        assert [one.mark.uid for one in new.carried()] == [ANTS.uid]
        new.save(schedule(came), source="made", now=later(5))
        assert plain(new, "other-uid") == [Mark("other-uid", True, 3)]


def test_a_title_that_two_talks_have_tells_neither(tmp_path: Path, two: tuple[Store, Store]) -> None:
    """An oral and its poster: the mark waits instead of being on the wrong one."""
    a, _ = two
    a.star([ANTS.uid], now=later(1))
    with open_store(str(tmp_path / "new"), now=NOW) as new:
        new.save(schedule(Talk("oral", "c", "Ants", "oral"), Talk("poster", "c", "Ants", "poster")), source="made", now=NOW)
        assert pass_on(a, new, 2).waiting == 1
        assert plain(new, "oral", "poster") == [Mark("oral"), Mark("poster")]


def test_the_store_knows_when_each_part_was_touched(two: tuple[Store, Store]) -> None:
    """Star at 1, note at 2, decision at 3, undone at 4: the undoing is a change too."""
    a, _ = two
    a.star([ANTS.uid], now=later(1))
    a.note(ANTS.uid, "x", now=later(2))
    a.decide([ANTS.uid], "going", now=later(3))
    (one,) = a.carried()
    assert one.when == When(later(1), later(3), later(2))
    a.undo(now=later(4))
    (one,) = a.carried()
    assert one.when == When(later(1), later(4), later(2))
    assert one[2:] == ("c", "", "Ants")
    assert a.carried(["d"]) == []


# Two people, any changes, in any order

ACTS = st.lists(
    st.tuples(
        st.booleans(),
        st.sampled_from([ANTS.uid, BEES.uid]),
        st.sampled_from(["star", "unstar", "rate", "going", "skipped", "undecided", "note", "undo", "pass"]),
    ),
    max_size=14,
)


@cache
def filled() -> sqlite3.Connection:
    """A store in memory with the two talks: a history takes 13 ms there, and 0.2 s with two files on a busy disk."""
    db = sqlite3.connect(":memory:", isolation_level=None)
    schema.prepare(db, "memory", copy=lambda: None)
    of(db).save(schedule(ANTS, BEES), source="made", now=NOW)
    return db


def of(db: sqlite3.Connection) -> Store:
    """A store on a connection; the day's copy is taken for made."""
    access = Access(db, "nowhere")
    access._copied = NOW.date()
    return Store(access)


def copied() -> Store:
    """Another store with the two talks."""
    db = sqlite3.connect(":memory:", isolation_level=None)
    filled().backup(db)
    return of(db)


@given(ACTS)
def test_two_stores_that_read_each_others_marks_agree(acts: list[tuple[bool, str, str]]) -> None:
    """After any history and one exchange in both directions both have the same marks, and every last note's words."""
    with copied() as a, copied() as b:
        for minute, (first, uid, act) in enumerate(acts, start=1):
            store, other = (a, b) if first else (b, a)
            if act in {"star", "unstar", "rate"}:
                store.star([uid], act != "unstar", minute % 5 + 1 if act == "rate" else None, now=later(minute))
            elif act == "note":
                store.note(uid, f"note {minute}", now=later(minute))
            elif act == "undo":
                if store._access.db.execute("SELECT count(*) FROM step").fetchone()[0] > 1:  # the first is the import
                    store.undo(now=later(minute))
            elif act == "pass":
                pass_on(store, other, minute)
            else:
                store.decide([uid], act, now=later(minute))
        notes = {word for store in (a, b) for mark in plain(store) for word in mark.note.split()}
        pass_on(a, b, 100)
        pass_on(b, a, 101)
        assert plain(a) == plain(b)
        assert notes == {word for mark in plain(a) for word in mark.note.split()}


# The document


def test_the_document_is_json_with_a_line_for_each_mark(two: tuple[Store, Store]) -> None:
    """uid, conference, title, the source's id, and each part with its instant."""
    a, _ = two
    a.star([BEES.uid], rating=2, now=later(1))
    data = marks.written(a.carried())
    document = json.loads(data)
    assert (document["format"], document["version"]) == ("planner marks", 1)
    assert document["marks"] == [
        {
            "uid": BEES.uid,
            "conference": "c",
            "source_id": "b1",
            "title": "Bees",
            "starred": True,
            "rating": 2,
            "star_at": "2021-05-01T09:01:00+00:00",
            "decision": "undecided",
            "leave_at": None,
            "kept": [],
            "decision_at": None,
            "note": "",
            "note_at": None,
            "at": "2021-05-01T09:01:00+00:00",
        }
    ]
    assert data.count(b"\n") == 3


@given(
    st.lists(
        st.builds(
            Carried,
            st.builds(
                Mark,
                st.uuids().map(str),
                st.just(True),
                st.integers(0, 5),
                st.sampled_from(["undecided", "going", "skipped"]),
                st.sampled_from(["", "a note", "zwei\nZeilen – “…”"]),
                st.none() | st.just(later(3)),
                st.frozensets(st.sampled_from(["x1", "y2"])),
                st.just(later(5)),
            ),
            st.builds(When, st.just(later(1)), st.just(later(2)), st.just(later(3))),
            st.sampled_from(["c", "iclr-2021"]),
            st.sampled_from(["", "17"]),
            st.sampled_from(["", "Über Ants | “x”"]),
        ),
        max_size=4,
    )
)
def test_what_is_written_is_read_as_it_was(carried: list[Carried]) -> None:
    """Every field, there and back."""
    data = marks.written(carried)
    assert marks.claims(data)
    assert marks.read(data, "m.json", later(9)) == (carried, [])


def test_a_hand_made_file_needs_little() -> None:
    """A uid and a star are enough: its instant is the mark's own, or now; a clock that is ahead counts as now."""
    data = json.dumps(
        {
            "format": "planner marks",
            "version": 1,
            "marks": [
                {"uid": "u1", "rating": 3},
                {"uid": "u2", "note": "n", "at": "2021-05-01T09:01:00+00:00"},
                {"uid": "u3", "starred": True, "star_at": "2999-01-01T00:00:00+00:00"},
            ],
        }
    ).encode()
    found, warnings = marks.read(data, "m.json", later(9))
    assert warnings == []
    assert [one.when for one in found] == [When(star=later(9)), When(note=later(1)), When(star=later(9))]
    assert (found[0].mark.starred, found[0].mark.rating) == (True, 3)


def test_the_first_and_the_last_time_of_a_mark_are_no_damage(planner: Planner, tmp_path: Path) -> None:
    """What a file of marks may say is what a store may hold: doctor finds nothing, and they go out as they came."""
    said = {f"u{number}": at for number, at in enumerate((marks.FIRST.isoformat(), marks.LAST.isoformat()))}
    found = [{"uid": uid, "starred": True, "leave_at": at, "conference": "c", "title": uid} for uid, at in said.items()]
    (tmp_path / "m.json").write_text(json.dumps({"format": "planner marks", "version": 1, "marks": found}))
    assert planner("import", tmp_path / "m.json").code == 0
    assert planner("doctor").code == 0
    out = planner("export", "--format", "marks").document["marks"]
    assert {one["uid"]: one["leave_at"] for one in out} == said


@pytest.mark.parametrize(
    "mark",
    [
        {},
        {"uid": ""},
        {"uid": 7},
        {"uid": "u" * 300},
        {"uid": "u", "rating": 6},
        {"uid": "u", "rating": "3"},
        {"uid": "u", "decision": "maybe"},
        {"uid": "u", "note": {"x": 1}},
        {"uid": "u", "kept": 3},
        {"uid": "u", "at": "yesterday"},
        {"uid": "u", "star_at": "2021-05-01T09:01:00"},
        {"uid": "u", "leave_at": "0001-01-01T00:00:00+00:00"},
        {"uid": "u", "leave_at": "9999-12-31T23:59:59+00:00"},
        {"uid": "u", "note_at": "0001-06-01T00:00:00+00:00"},
        {"uid": "u", "title": 1.5},
        "u",
        None,
    ],
)
def test_a_broken_mark_is_named_and_the_others_count(mark: object) -> None:
    """One sentence with its number."""
    data = json.dumps({"format": "planner marks", "version": 1, "marks": [mark, {"uid": "good", "starred": True}]}).encode()
    found, warnings = marks.read(data, "m.json", NOW)
    assert [one.mark.uid for one in found] == ["good"]
    assert len(warnings) == 1
    assert warnings[0].startswith("mark 1 cannot be read")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"{",
        b'{"format": "planner marks"}',
        b'{"format": "planner marks", "version": 2, "marks": []}',
        b'{"format": "planner marks", "version": 1, "marks": {}}',
        b"[" * 100_000,
        b"\xff\xfe\x00",
    ],
)
def test_what_is_no_document_is_refused(data: bytes) -> None:
    """With the file's name; a version of the future says to update."""
    with pytest.raises(ReadError, match=r"m\.json"):
        marks.read(data, "m.json", NOW)


# The commands


def test_marks_go_from_one_laptop_to_another(planner: Planner, tmp_path: Path, home: Path) -> None:
    """Exported alone, imported where the schedule comes only afterwards; a dry run stores nothing."""
    page, file = SCHEDULES / "iclr-2021" / "oral-session-11.txt", tmp_path / "marks.json"
    planner("import", page)
    planner("star", "DiffWave", "--rating", "4")
    planner("note", "SenSeI", "bring questions")
    assert planner("export", "--format", "marks", file).code == 0
    uid = planner("show", "DiffWave", "--json").document["talk"]["uid"]
    (home / "planner.db").unlink()
    for copy in (home / "backups").iterdir():
        copy.unlink()
    dry = planner("import", file, "--dry-run", "--json").document["sources"][0]
    assert (dry["format"], dry["marks"], dry["changed"], dry["waiting"]) == ("marks", 2, 2, 2)
    answer = planner("import", file)
    assert answer.code == 0
    assert "2 marks, 2 of them new or newer, 2 waiting for talks that are not here yet" in answer.out
    planner("import", page)
    talk = planner("show", uid, "--json").document["talk"]
    assert (talk["starred"], talk["rating"]) == (True, 4)
    assert planner("show", "SenSeI", "--json").document["talk"]["note"] == "bring questions"
    assert planner("import", file, "--json").document["sources"][0]["changed"] == 0


def test_a_broken_file_of_marks_is_an_input_that_cannot_be_read(planner: Planner, tmp_path: Path) -> None:
    """Exit 3 and a sentence; also where --format says that it is one."""
    (tmp_path / "m.json").write_text('{"format": "planner marks", "version": 1')
    assert planner("import", tmp_path / "m.json").code == 3
    (tmp_path / "other.json").write_text('{"talks": []}')
    answer = planner("import", tmp_path / "other.json", "--format", "marks")
    assert answer.code == 3
    assert "no file of marks" in answer.err


def test_no_marks_are_no_file(planner: Planner, tmp_path: Path) -> None:
    """As with every export: a sentence, exit 0."""
    planner("import", SCHEDULES / "iclr-2021")
    assert planner("export", "--format", "marks", tmp_path / "m.json").code == 0
    assert not (tmp_path / "m.json").exists()


def test_many_are_starred_at_once(planner: Planner) -> None:
    """All that a search lists, in one step; none is exit 4, nothing said is exit 2."""
    planner("import", SCHEDULES / "iclr-2021")
    listed = [one["uid"] for one in planner("talks", "learning", "--json").document["talks"]]
    assert len(listed) > 2
    answer = planner("star", "--search", "learning", "--rating", "2", "--json")
    assert [one["uid"] for one in answer.document["talks"]] == listed
    assert len(planner("talks", "--starred", "--json").document["talks"]) == len(listed)
    planner("undo")
    assert not planner("talks", "--starred", "--json").document["talks"]
    assert planner("star", "--search", "zzzz").code == 4
    assert planner("star").code == 2


def test_a_star_that_came_and_went_elsewhere_can_be_set_here(two: tuple[Store, Store]) -> None:
    """What a merge tells of a talk without a mark here (its star was taken away there) is no obstacle to one."""
    a, b = two
    a.star([ANTS.uid], now=later(1))
    a.star([ANTS.uid], starred=False, now=later(2))
    pass_on(a, b, 3)
    b.star([ANTS.uid], rating=2, now=later(4))
    assert plain(b, ANTS.uid) == [Mark(ANTS.uid, True, 2)]
    pass_on(b, a, 5)
    assert plain(a, ANTS.uid) == [Mark(ANTS.uid, True, 2)]
