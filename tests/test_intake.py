"""From what a user names to what is stored: places, sources, what is understood, compared, kept and read again."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from planner import intake
from planner.errors import MissingFactsError, StoreError
from planner.intake import Asked, Source, words
from planner.intake.importer import Importer
from planner.store import Store, open_store

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2021, 5, 6, 18, tzinfo=UTC)
PAGE = "Oral Session 1\n\nThu 6 May 10:00 - 10:15 PDT\n\nThe first thought\n\nAnn Ode\n"


@pytest.fixture
def importer(tmp_path: Path) -> Importer:
    """One over a new store."""
    return Importer(str(tmp_path / "home"), lambda: NOW)


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ("https://a.example/x y", "https://a.example/x y"),
        ("  page.txt ", "/work here/page.txt"),
        ("'/a b/c.txt'", "/a b/c.txt"),
        ("file:///a%20b/c.txt", "/a b/c.txt"),
        ("~/c.txt", "/home of mine/c.txt"),
        ("../c.txt", "/c.txt"),
    ],
)
def test_a_place(monkeypatch: pytest.MonkeyPatch, said: str, place: str) -> None:
    """What is typed or dropped on a terminal becomes an address or an absolute path."""
    monkeypatch.setenv("HOME", "/home of mine")
    monkeypatch.setattr(os, "getcwd", lambda: "/work here")
    assert intake.place(said) == place


def test_blanks_that_a_terminal_escaped(tmp_path: Path) -> None:
    """A dropped file's escaped blanks are blanks where such a file is."""
    (tmp_path / "a b.txt").write_text("x", encoding="utf-8")
    assert intake.place(f"{tmp_path}/a\\ b.txt") == f"{tmp_path}/a b.txt"


@pytest.mark.parametrize(("cancelled", "of", "part"), [(3, 4, False), (4, 12, True), (20, 100, False), (21, 100, True)])
def test_a_source_that_cancels_much_may_be_a_part(cancelled: int, of: int, *, part: bool) -> None:
    """More than three talks and more than a fifth of them."""
    assert words.perhaps_part(cancelled, of) is part


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2018-03-24", "Thu 22 Mar 2018 06:00 – Sat 24 Mar 2018 10:20 CET"),
        ("2018-03-25", "Thu 22 Mar 2018 06:00 CET – Sun 25 Mar 2018 11:20 CEST"),
    ],
)
def test_letters_at_both_ends_of_a_stretch(day: str, expected: str) -> None:
    """Berlin goes from CET, UTC+1, to CEST, UTC+2, on 25 March 2018: letters that hold at both ends are said once."""
    first, last = datetime(2018, 3, 22, 5, tzinfo=UTC), datetime.fromisoformat(f"{day}T09:20:00+00:00")
    assert words.stretch(first, last, "Europe/Berlin") == expected


def test_cancelled_talks_are_counted_apart(importer: Importer, tmp_path: Path) -> None:
    """What an import says it holds are the talks that the store counts, and beside them those that are cancelled."""
    calendar = "BEGIN:VCALENDAR\nVERSION:2.0\nX-WR-CALNAME:Fair 2021\n"
    for number, status in ((1, "CONFIRMED"), (2, "CONFIRMED"), (3, "CANCELLED")):
        calendar += f"BEGIN:VEVENT\nUID:{number}\nSUMMARY:Talk {number}\nSTATUS:{status}\n"
        calendar += f"DTSTART:20210506T1{number}0000Z\nDTEND:20210506T1{number}3000Z\nEND:VEVENT\n"
    (tmp_path / "fair.ics").write_text(calendar + "END:VCALENDAR\n", encoding="utf-8")
    (taken,) = importer.keep(importer.read([str(tmp_path / "fair.ics")], Asked()))
    assert taken.reading is not None
    assert words.counted(taken.reading) == "2 talks, 1 cancelled"
    assert words.told(taken.reading).unchanged == 3
    with open_store(importer.home, now=NOW) as store:
        assert store.counts() == {taken.reading.conference.slug: (2, 0)}


def test_nothing_is_stored_before_it_is_kept(importer: Importer, tmp_path: Path) -> None:
    """Reading compares; keeping stores, and then nothing would change any more."""
    (tmp_path / "iclr2021.txt").write_text(PAGE, encoding="utf-8")
    (found,) = importer.read([str(tmp_path / "iclr2021.txt")], Asked())
    assert found.saved is not None
    assert found.saved.added == 1
    with open_store(importer.home, now=NOW) as store:
        assert store.conferences() == ()
    assert importer.keep([found])[0].error is None
    (again,) = importer.read([str(tmp_path / "iclr2021.txt")], Asked())
    assert not intake.changed(again)


def test_an_answer_reads_the_same_bytes(importer: Importer, tmp_path: Path) -> None:
    """What was gathered is read again with what the user says, though the file is gone."""
    path = tmp_path / "page.txt"
    path.write_text(PAGE, encoding="utf-8")
    (found,) = importer.read([str(path)], Asked())
    assert isinstance(found.error, MissingFactsError)
    assert found.error.conference
    assert "planner import" in str(found.error)
    assert "planner import" not in found.error.question
    path.unlink()
    assert isinstance(found.gathered, Source)
    (answered,) = importer.read([found.gathered], Asked(name="ICLR 2021"))
    assert answered.reading is not None
    assert answered.reading.conference.slug == "iclr-2021"


def test_where_it_was_read_is_kept_until_an_undo(importer: Importer, tmp_path: Path) -> None:
    """Each source of a conference is known, in the order of reading; pasted text and what is taken back are none."""
    first, second = tmp_path / "iclr2021-a.txt", tmp_path / "iclr2021-b.txt"
    first.write_text(PAGE, encoding="utf-8")
    second.write_text(PAGE.replace("Session 1", "Session 2").replace("10:", "12:"), encoding="utf-8")
    times = iter([NOW, NOW, NOW.replace(hour=19), NOW.replace(hour=19), NOW.replace(hour=20), NOW.replace(hour=20)])
    importer.now = lambda: next(times)
    for one in (str(first), str(second), intake.pasted(PAGE.replace("Session 1", "Session 3").replace("10:", "14:"))):
        importer.keep(importer.read([one], Asked(name="ICLR 2021")))
    with open_store(importer.home, now=NOW) as store:
        assert store.sources("iclr-2021") == (str(first), str(second))
        store.undo(now=NOW)
        store.undo(now=NOW)
        assert store.sources("iclr-2021") == (str(first),)


def test_what_is_told_may_stop_it(importer: Importer, tmp_path: Path) -> None:
    """An exception out of the telling ends the reading, and nothing is stored."""
    (tmp_path / "iclr2021.txt").write_text(PAGE, encoding="utf-8")

    def stop(words: str) -> None:
        if words.startswith("reading"):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        importer.read([str(tmp_path)], Asked(), stop)
    with open_store(importer.home, now=NOW) as store:
        assert store.conferences() == ()


# Several sources


def pages(tmp_path: Path, **texts: str) -> list[str]:
    """Files of one conference, by the ends of their names."""
    paths = []
    for name, text in texts.items():
        path = tmp_path / f"iclr2021-{name}.txt"
        path.write_text(text, encoding="utf-8")
        paths.append(str(path))
    return paths


SECOND = "Oral Session 2\n\nThu 6 May 14:00 - 14:15 PDT\n\nThe second thought\n\nBo Dee\n"


def test_sources_are_compared_after_each_other(importer: Importer, tmp_path: Path) -> None:
    """Of two sources of one conference the second is told what it does after the first."""
    moved = PAGE.replace("10:00 - 10:15", "10:30 - 10:45")
    first, second = importer.read(pages(tmp_path, a=PAGE, b=moved), Asked())
    assert (first.saved and first.saved.added, second.saved and second.saved[:2]) == (1, (0, 1))
    (alone,) = importer.compare([], [second])
    assert alone.saved is not None
    assert alone.saved.added == 1
    (after,) = importer.compare([first], [second])
    assert after.saved == second.saved


def test_the_first_source_says_the_zone_for_the_next(importer: Importer, tmp_path: Path) -> None:
    """A page without a zone takes that of the page that was read before it, though nothing is stored yet."""
    bare = SECOND.replace(" PDT", "")
    (asks,) = importer.read(pages(tmp_path, b=bare), Asked())
    assert isinstance(asks.error, MissingFactsError)
    _, second = importer.read(pages(tmp_path, a="Timezone: America/Los_Angeles\n\n" + PAGE, b=bare), Asked())
    assert second.error is None
    assert second.reading is not None
    assert second.reading.conference.talks[0].start == datetime(2021, 5, 6, 21, tzinfo=UTC)


def test_what_is_kept_in_one_go_is_one_step(importer: Importer, tmp_path: Path) -> None:
    """One undo takes back all sources that were kept together, and where they were read."""
    kept = importer.keep(importer.read(pages(tmp_path, a=PAGE, b=SECOND), Asked()))
    assert [one.saved and one.saved.added for one in kept] == [None, 2]
    with open_store(importer.home, now=NOW) as store:
        assert len(store.sources("iclr-2021")) == 2
        assert store.undo(now=NOW) == "the import of 2 sources"
        assert (store.conferences(), store.last_step()) == ((), None)


def test_all_of_it_or_nothing(importer: Importer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the second place cannot be remembered nothing of both sources is stored, and both say why."""
    taken = importer.read(pages(tmp_path, a=PAGE, b=SECOND), Asked())
    remember = Store.remember_fetched

    def refuse(store: Store, url: str, *rest: object, **named: object) -> None:
        if url.endswith("b.txt"):
            raise StoreError("the disk is full.")
        remember(store, url, *rest, **named)  # type: ignore[arg-type]  # handed on as they came

    monkeypatch.setattr(Store, "remember_fetched", refuse)
    assert [str(one.error) for one in importer.keep(taken)] == ["the disk is full."] * 2
    with open_store(importer.home, now=NOW) as store:
        assert store.conferences() == ()
    monkeypatch.undo()
    assert [one.error for one in importer.keep(taken)] == [None, None]


def test_again_is_compared_at_its_end(importer: Importer, tmp_path: Path) -> None:
    """Read again in order, sources that correct each other change nothing; news of any of them is told against the store."""
    corrected = PAGE.replace("10:00 - 10:15", "10:30 - 10:45")
    said = pages(tmp_path, z=PAGE, a=corrected)
    importer.keep(importer.read(said, Asked()))
    with open_store(importer.home, now=NOW) as store:
        assert store.sources("iclr-2021") == tuple(said)
    found = importer.again(said, Asked(name="ICLR 2021", again=True))
    assert (len(found.taken), found.refusals, found.shown) == (2, (), None)
    pages(tmp_path, z=PAGE + "\nThu 6 May 11:00 - 11:15 PDT\n\nThe third thought\n\nCy Fee\n")
    found = importer.again(said, Asked(name="ICLR 2021", again=True))
    assert found.shown is None  # the later page shows the session without it
    pages(tmp_path, a=PAGE.replace("10:00 - 10:15", "10:45 - 11:00"))
    found = importer.again(said, Asked(name="ICLR 2021", again=True))
    assert found.shown is not None
    assert found.shown.saved is not None
    (change,) = [one for one in found.shown.saved.changes if one.what == "moved"]
    assert (change.before["start"], change.after["start"]) == ("2021-05-06T17:30:00+00:00", "2021-05-06T17:45:00+00:00")


def test_again_without_the_last_source_changes_nothing(importer: Importer, tmp_path: Path) -> None:
    """Where the source that corrected the hour is gone, the older one does not put it back; one read later than it counts."""
    said = pages(tmp_path, a=PAGE, b=PAGE.replace("10:00 - 10:15", "10:30 - 10:45"), c=SECOND)
    importer.keep(importer.read(said, Asked()))
    os.unlink(said[1])
    pages(tmp_path, c=SECOND.replace("14:00 - 14:15", "14:05 - 14:20"))
    found = importer.again(said, Asked(name="ICLR 2021", again=True))
    assert [one.source for one in found.taken] == [said[2]]
    assert found.shown is not None
    assert found.shown.saved is not None
    assert found.shown.saved.moved == 1
    assert "cannot be read" in found.refusals[0]
    assert "What was read before it stays as it is" in found.refusals[1]


def test_chairs_are_news(importer: Importer, tmp_path: Path) -> None:
    """A source of which only a session's chairs changed is told as changed."""
    (said,) = pages(tmp_path, a=PAGE)
    importer.keep(importer.read([said], Asked()))
    pages(tmp_path, a=PAGE.replace("Session 1\n", "Session 1\n\nModerators: Cy Fee\n"))
    found = importer.again([said], Asked(name="ICLR 2021", again=True))
    assert found.shown is not None
    assert found.shown.saved is not None
    assert found.shown.saved.facts == ("1 session",)
    assert words.stored(found.shown.saved) == "1 unchanged, 1 session changed"
