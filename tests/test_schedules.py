"""The schedules that ship: facts from the conferences, abstracts of the project's own, and something that clashes at once."""

from __future__ import annotations

import html
import itertools
import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID
from zoneinfo import ZoneInfo

from conftest import SCHEDULES
from lxml import etree

from planner.readers import frab
from planner.readers.sources import Hints, Part

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Answer

ICLR = SCHEDULES / "iclr-2021" / "oral-session-11.txt"
FOSDEM = SCHEDULES / "fosdem-2025" / "schedule.xml"
ORDER = "date start duration room url title subtitle track type language abstract persons".split()  # noqa: SIM905  (one line)
SLOT = re.compile(r"Thu 6 May (\d\d):(\d\d) - (\d\d):(\d\d) PDT")


def fosdem() -> list[etree._Element]:
    """The events of the FOSDEM file, by lxml."""
    return list(etree.parse(FOSDEM).iter("event"))


def runs(text: str) -> set[tuple[str, ...]]:
    """Every six words that follow each other, markup and case aside."""
    words = re.findall(r"\w+", html.unescape(re.sub(r"<[^>]{0,500}>", " ", html.unescape(text))).casefold())
    return set(zip(*(words[start:] for start in range(6)), strict=False))


def abstracts_of_iclr(text: str) -> list[str]:
    """The third paragraph of each slot of the page."""
    blocks = re.split(SLOT, text)[5::5]
    return [lines[2] for block in blocks if len(lines := [line for line in block.split("\n") if line.strip()]) > 2]


def test_nothing_else_ships() -> None:
    """Two conferences, one file each, small enough to come with every copy of the program."""
    files = [path for path in SCHEDULES.rglob("*") if path.is_file()]
    assert sorted(files) == sorted([ICLR, FOSDEM])
    assert sum(path.stat().st_size for path in files) < 120_000


def test_the_page_has_the_founding_shape() -> None:
    """Sixteen slots follow each other from 11:00 to 14:13, three of them without a title; no year is printed."""
    text = ICLR.read_text(encoding="utf-8")
    slots = [tuple(map(int, found)) for found in SLOT.findall(text)]
    assert len(slots) == 16
    assert slots[0][:2] == (11, 0)
    assert slots[-1][2:] == (14, 13)
    assert all(one[2:] == other[:2] for one, other in itertools.pairwise(slots))
    assert len(abstracts_of_iclr(text)) == 13
    assert "2021" not in text


def test_the_page_keeps_the_facts(shared: Path) -> None:
    """Session, moderators, times, titles and authors are the founding page's; only the abstracts differ."""
    mine = ICLR.read_text(encoding="utf-8").rstrip("\n").split("\n")
    theirs = (shared / "seeds" / "iclr2021-oral-session-11.txt").read_text(encoding="utf-8").rstrip("\n").split("\n")
    assert len(mine) == len(theirs)
    assert sum(one != other for one, other in zip(mine, theirs, strict=True)) == 13


def test_the_events_are_as_frab_has_them() -> None:
    """A hundred events of six tracks: elements in order, ids unique, start and date one instant in Brussels."""
    events = fosdem()
    assert len(events) == 100
    assert len({UUID(one.get("guid") or "") for one in events}) == 100
    assert len({one.get("id") for one in events}) == 100
    for one in events:
        assert [child.tag for child in one] == ORDER
        at = datetime.fromisoformat(one.findtext("date") or "")
        assert at.utcoffset() == at.astimezone(ZoneInfo("Europe/Brussels")).utcoffset()
        assert f"{at:%H:%M}" == one.findtext("start")
        room = one.getparent()
        assert room is not None
        assert room.get("name") == one.findtext("room")
        day = room.getparent()
        assert day is not None
        assert day.get("date") == f"{at:%Y-%m-%d}"


def test_the_events_keep_the_facts(shared: Path) -> None:
    """Titles, times, rooms, tracks, speakers and links are FOSDEM's own."""
    theirs = {one.get("id"): one for one in etree.parse(shared / "samples/C/fosdem2025_pentabarf.xml").iter("event")}
    for mine in fosdem():
        source = theirs[mine.get("id")]
        assert mine.get("guid") == source.get("guid")
        for tag in ORDER[:-2]:
            assert (mine.findtext(tag) or "") == (source.findtext(tag) or "")
        assert [one.text for one in mine.iter("person")] == [one.text for one in source.iter("person")]


def test_no_abstract_is_copied(shared: Path) -> None:
    """No six words in a row of an abstract occur in any abstract, description or subtitle of the sources."""
    tags = ("abstract", "description", "subtitle")
    source = [
        one.findtext(tag) or ""
        for one in etree.parse(shared / "samples/C/fosdem2025_pentabarf.xml").iter("event")
        for tag in tags
    ]
    source.append((shared / "seeds" / "iclr2021-oral-session-11.txt").read_text(encoding="utf-8"))
    known = set().union(*map(runs, source))
    mine = [one.findtext("abstract") or "" for one in fosdem()] + abstracts_of_iclr(ICLR.read_text(encoding="utf-8"))
    assert len(mine) == 113
    assert not set().union(*map(runs, mine)) & known


def test_abstracts_are_short() -> None:
    """Each is one or two sentences, none is empty and no two are the same."""
    mine = [one.findtext("abstract") or "" for one in fosdem()] + abstracts_of_iclr(ICLR.read_text(encoding="utf-8"))
    assert all(40 < len(one) < 240 and one.endswith((".", "?")) for one in mine)
    assert len(set(mine)) == len(mine)


def test_a_newcomer_can_find_a_clash_at_once() -> None:
    """At most times of both days talks in two or three rooms run at once."""
    spans = []
    for one in fosdem():
        start = datetime.fromisoformat(one.findtext("date") or "").astimezone(UTC)
        hours, minutes = map(int, (one.findtext("duration") or "").split(":"))
        spans.append((start, start + timedelta(hours=hours, minutes=minutes), one.findtext("room")))
    pairs = [
        (one, other)
        for one, other in itertools.combinations(spans, 2)
        if one[0] < other[1] and other[0] < one[1] and one[2] != other[2]
    ]
    assert len({one[0].date() for one, _ in pairs}) == 2
    assert len(pairs) > 100
    assert all(
        one[1] <= other[0] or other[1] <= one[0] for one, other in itertools.combinations(spans, 2) if one[2] == other[2]
    )


def test_the_file_is_read_without_a_warning() -> None:
    """The reader finds every talk, the zone and the name, and has nothing to say."""
    data = FOSDEM.read_bytes()
    found = frab.read(data.decode(), Part("schedule.xml", data), Hints(now=datetime(2026, 1, 1, tzinfo=UTC)))
    assert (found.conference.slug, found.conference.zone, found.warnings) == ("fosdem-2025", "Europe/Brussels", ())
    assert len(found.conference.talks) == 100
    assert min(talk.start for talk in found.conference.talks if talk.start) == datetime(2025, 2, 1, 9, 30, tzinfo=UTC)
    assert max(talk.end for talk in found.conference.talks if talk.end) == datetime(2025, 2, 2, 16, 0, tzinfo=UTC)


def test_an_excerpt_cancels_nothing(planner: Callable[..., Answer], tmp_path: Path) -> None:
    """The file of six rooms says that it is a selection: what else the organisers' whole schedule has stays in the plan."""
    room = '<room name="Janson"><event guid="3f1ba0c0-5b1d-5c2e-8f4e-2d6a8a9b7c10"><date>2025-02-01T09:30:00+01:00</date>'
    room += "<duration>00:25</duration><title>Welcome to all rooms</title></event></room>"
    text = FOSDEM.read_text(encoding="utf-8")
    whole = text.replace("selection of six devrooms", "latest").replace(
        '<room name="AW1.120">', room + '<room name="AW1.120">', 1
    )
    (tmp_path / "schedule.xml").write_text(whole, encoding="utf-8")
    assert planner("import", tmp_path / "schedule.xml", "--json").document["sources"][0]["added"] == 101
    again = planner("import", FOSDEM, "--json").document["sources"][0]
    assert (again["cancelled"], again["unchanged"], again["warnings"]) == (0, 100, [])
    assert planner("show", "Welcome to all rooms", "--json").document["talk"]["cancelled"] is False
