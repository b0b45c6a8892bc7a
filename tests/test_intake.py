"""From what a user names to what is stored: places, sources, what is understood, compared, kept and read again."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from planner import intake
from planner.errors import MissingFactsError
from planner.intake import Asked, Importer, Source
from planner.store import open_store

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
