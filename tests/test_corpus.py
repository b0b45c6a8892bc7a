"""The corpus of broken inputs: each is read or refused with a sentence, in time, and nothing of what is refused is stored."""

from __future__ import annotations

import json
import os
import signal
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from fuzz.targets import TARGETS
from make_corpus import CORPUS, GOOD, Broken, kept

from planner.cli import main

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from types import FrameType

ALL = list(kept())
LONG = 30  # seconds of the processor in which every input has come to an end on any machine; the slowest takes two


@pytest.fixture(autouse=True)
def _in_time() -> Iterator[None]:
    """No input holds a reader for ever."""

    def late(_number: int, _frame: FrameType | None) -> None:
        raise AssertionError("the reader did not come to an end")

    before = signal.signal(signal.SIGPROF, late)
    signal.setitimer(signal.ITIMER_PROF, LONG)
    yield
    signal.setitimer(signal.ITIMER_PROF, 0)
    signal.signal(signal.SIGPROF, before)


def test_the_corpus_is_large_and_small() -> None:
    """At least 300 inputs of every family in less than a megabyte, no two of one name."""
    assert len(ALL) >= 300
    assert {family for family, _ in ALL} == {*GOOD, "small"}
    assert len({(family, one.name) for family, one in ALL}) == len(ALL)
    assert sum(path.stat().st_size for path in CORPUS.iterdir()) < 1_000_000


@pytest.mark.parametrize(("family", "one"), ALL, ids=[f"{family}: {one.name}" for family, one in ALL])
def test_a_broken_input(
    family: str, one: Broken, home: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The readers of its family give a sound reading or a PlannerError; import stores all of it, or says why and nothing."""
    tmp_path = home.parent
    if family != "small":
        TARGETS[family].take(one.data)
    (tmp_path / f"input.{one.ending}").write_bytes(one.data)
    monkeypatch.chdir(tmp_path)
    words = ["import", f"input.{one.ending}", "--conference", "Conf 2021", "--zone", "Europe/Berlin", "--home", str(home)]
    code = main([*words, "--now", "2021-05-06T11:05-07:00", "--tz", "Europe/Berlin"])
    out, err = capfd.readouterr()
    assert code in {0, 3}, err
    if code:
        assert err.rstrip().endswith("."), err
        assert not (home / "planner.db").exists() or stored(home) == "0"
    assert all(sign.isprintable() or sign == "\n" for sign in out + err)
    assert sorted(os.listdir(tmp_path)) in ([f"input.{one.ending}"], [home.name, f"input.{one.ending}"])


def stored(home: Path) -> str:
    """How many talks and conferences are stored."""
    from contextlib import closing
    from sqlite3 import connect

    with closing(connect(home / "planner.db")) as db:
        return str(db.execute("SELECT (SELECT count(*) FROM talk) + (SELECT count(*) FROM conference)").fetchone()[0])


def test_the_control() -> None:
    """A naive reader breaks on nearly all of the JSON and XML: these inputs are broken."""
    failed, tried = 0, 0
    for family, one in ALL:
        if family not in {"json", "frab", "xcal"} or "laughs" in one.name or "entity" in one.name:
            continue
        tried += 1
        try:
            if one.ending == "json":
                _ = [row["title"] + row["start"] for row in json.loads(one.data)["sessions"]]
            else:
                _ = [event.find("title").text + event.get("id") for event in ET.fromstring(one.data).iter("event")]  # noqa: S314  # type: ignore[union-attr,operator]
        except Exception:  # noqa: BLE001  (whatever breaks it)
            failed += 1
    assert failed > tried * 0.6
