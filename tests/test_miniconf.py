"""What the files of MiniConf sites become, alone and as a folder, and what bad ones may do."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
import yaml
from alone import HINTS, Alone, small_files, utc
from hypothesis import given
from hypothesis import strategies as st

from planner import readers
from planner.errors import MissingFactsError, PlannerError, ReadError
from planner.readers import miniconf, yaml_data
from planner.readers.miniconf_pieces import alias
from planner.readers.sources import Part

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from planner.model import Reading, Talk

OWN = small_files("miniconf")
NAME = "LANTERN 2031"
ALONE = Alone(miniconf, "main_calendar.json", OWN, NAME)
reading, own = ALONE.reading, ALONE.own


def folder(*files: str, **hints: Any) -> Reading:
    """Read some of the project's small files as one folder."""
    return readers.read([Part(file, (OWN / file).read_bytes()) for file in files], HINTS._replace(**hints))


def titled(found: Reading, title: str) -> list[Talk]:
    """The talks of that title."""
    return [talk for talk in found.conference.talks if talk.title == title]


# The real files, counted with json, yaml and csv


class Real(NamedTuple):
    """A real file: its talks, those of them with a slot, the first and last start in UTC, and its scope."""

    file: str
    talks: int
    slots: int
    first: str = ""
    last: str = ""
    scope: str = "conference"


SAMPLES = (
    Real("colt2020_main_calendar.json", 43, 43, "2020-07-08 15:00", "2020-07-13 10:00"),
    Real("colt2020_colt-calendar.json", 43, 43, "2020-07-08 15:00", "2020-07-13 10:00"),
    Real("icwsm2021_main_calendar.json", 49, 49, "2021-06-07 13:00", "2021-06-10 18:00"),
    Real("ismir2023_main_calendar.json", 37, 37, "2023-11-05 07:00", "2023-11-10 08:00"),
    Real("miniconf-demo_main_calendar.json", 56, 56, "2020-04-27 05:00", "2020-04-30 23:00"),
    Real("acl-emnlp_overall_calendar.yml", 5, 5, "2020-11-17 02:00", "2020-11-18 18:00"),
    Real("acl-emnlp_paper_sessions.yml", 115, 115, "2020-11-16 16:00", "2020-11-19 00:00", "list"),
    Real("acl-emnlp_plenary_sessions.yml", 8, 8, "2020-11-16 14:45", "2020-11-19 01:50", "list"),
    Real("iclr2020_schedule.yml", 32, 32, "2020-04-27 05:00", "2020-04-30 20:00"),
    Real("iclr2020_speakers.yml", 8, 0, scope="list"),
    Real("iclr2020_socials.yml", 20, 0, scope="list"),
    Real("iclr2020_workshops.yml", 15, 0, scope="list"),
    Real("icwsm2021_workshops.yml", 8, 0, scope="list"),
)


def told(path: Path) -> Iterator[datetime]:
    """The start of every entry of a real file, by json or PyYAML's own loader."""
    document = json.loads(path.read_bytes()) if path.suffix == ".json" else yaml.safe_load(path.read_bytes())
    if path.suffix == ".json":
        yield from (datetime.fromisoformat(one["start"]) for one in document)
    elif "overall" in path.name:
        yield from (one["start"] for one in document if one["view"] == "day")
    elif "paper_sessions" in path.name:
        yield from (one["start_time"] for one in document.values())
    elif "plenary" in path.name:
        yield from (slot["start_time"] for one in document for slot in one["sessions"])
    elif path.name == "iclr2020_schedule.yml":
        starts = {name: clock(span[0]) for name, span in document["time_slots"].items()}
        for day in document["conference"]:
            on = date.fromisoformat(day["day"])
            yield from (datetime.combine(on, starts[event["slot"]], UTC) for event in day["events"])


def clock(text: str) -> time:
    """``5:00 AM`` as a time of day."""
    return datetime.strptime(f"{text} +0000", "%I:%M %p %z").time()


@pytest.mark.parametrize("sample", SAMPLES, ids=[sample.file for sample in SAMPLES])
def test_every_sample_is_read_whole(sample: Real, shared: Path) -> None:
    """Each real file that holds talks gives the counted number of them, with the counted instants."""
    path = shared / "samples" / "B" / sample.file
    text = path.read_text(encoding="utf-8")
    assert miniconf.claims(text, Part(str(path), b""))
    found = reading(text, file=str(path), name="X 2020")
    starts = [talk.start for talk in found.conference.talks if talk.start]
    assert Counter(starts) == Counter(at.astimezone(UTC) for at in told(path))
    assert (len(found.conference.talks), len(starts), found.scope) == (sample.talks, sample.slots, sample.scope)
    if sample.slots:
        assert (min(starts), max(starts)) == (utc(sample.first), utc(sample.last))
    assert (found.format, found.conference.zone) == ("miniconf", None)
    assert len({talk.uid for talk in found.conference.talks}) == sample.talks


REFUSED = (
    ("acl2023_config.yml", r"is the configuration of a MiniConf site and holds no talk: nothing found"),
    ("colt2020_config.yml", r"is the configuration of a MiniConf site and holds no talk: nothing found"),
    ("emnlp2020_config.yml", r"is the configuration of a MiniConf site and holds no talk: nothing found"),
    ("icwsm2021_config.yml", r"is the configuration of a MiniConf site and holds no talk: nothing found"),
    ("miniconf-demo_config.yml", r"is the configuration of a MiniConf site and holds no talk: nothing found"),
    ("iclr2020_oral_schedule.yml", r"names papers by id and no time: nothing found"),
    ("iclr2020_poster_schedule.yml", r"names papers by id and no time: nothing found"),
)


@pytest.mark.parametrize(("file", "sentence"), REFUSED)
def test_what_holds_no_talk_by_itself_is_refused(file: str, sentence: str, shared: Path) -> None:
    """A configuration, and lists of ids without a time, say what they are and that the folder is to be read."""
    path = shared / "samples" / "B" / file
    with pytest.raises(ReadError, match=sentence):
        readers.read([Part(str(path), path.read_bytes())], HINTS)


def test_only_files_of_the_family_are_claimed(shared: Path) -> None:
    """Of all the real files this reader claims the family's calendars and YAML and no other, Markdown with YAML in it too."""
    paths = sorted((shared / "samples").glob("*/*"))
    claimed = {path.name for path in paths if miniconf.claims(path.read_bytes().decode(errors="replace"), Part("", b""))}
    assert claimed == {sample.file for sample in SAMPLES} | {file for file, _ in REFUSED}


OTHERS = (
    # the data files of B and C that other readers take: file -> format
    ("B/acl-emnlp_demo_papers.csv", "list-csv", 29),
    ("B/acl-emnlp_main_papers.csv", "list-csv", 781),
    ("B/colt2020_papers.csv", "list-csv", 120),
    ("B/ismir2023_papers.csv", "list-csv", 113),
    ("B/miniconf-demo_papers.csv", "list-csv", 687),
    ("B/miniconf-demo_workshops.csv", "list-csv", 2),
    ("B/iclr2020_papers.json", "list-json", 687),
    ("B/midl2024_papers.json", "list-json", 264),
    ("B/papercopilot_aistats2019.json", "list-json", 360),
    ("B/papercopilot_corl2024.json", "list-json", 264),
    ("C/camp2019_frab.json", "frab", 79),
    ("C/democon_pretalx_frab.json", "frab", 36),
    ("C/fosdem2024_fossy.json", "frab", 876),
    ("C/voc_invalid-example.json", "frab", 1),
)


@pytest.mark.parametrize(("file", "format_", "talks"), OTHERS)
def test_other_data_files_go_to_their_readers(file: str, format_: str, talks: int, shared: Path) -> None:
    """Every other JSON, YAML and CSV file is read by the reader of its family."""
    path = shared / "samples" / file
    found = readers.read([Part(str(path), path.read_bytes())], HINTS._replace(name="X 2020", zone="Europe/Berlin"))
    assert (found.format, len(found.conference.talks)) == (format_, talks)


# The small files


def test_calendar() -> None:
    """Offsets are exact, colours and titles tell kinds, a page is no room, two entries at one time are two."""
    found = own("main_calendar.json")
    assert [talk.kind for talk in found.conference.talks] == ["talk", "talk", "poster", "keynote", "break", "break", "break"]
    (first,) = titled(found, "Session 1A")
    assert (first.start, first.end, first.slot.room) == (utc("2031-06-03 03:00"), utc("2031-06-03 05:00"), None)
    assert [talk.slot.room for talk in titled(found, "Coffee")] == [None, "Garden"]
    assert titled(found, "Posters of the Evening")[0].slot.room == "Foyer"
    assert (found.conference.zone, first.slot.zone) == (None, "Etc/GMT+4")


def test_a_paper_gets_the_slots_of_its_sessions() -> None:
    """Two sessions make two talks that know each other, the first with the list's own identity; an unknown one none."""
    alone = folder("papers.csv", name=NAME)
    found = folder("config.yml", "main_calendar.json", "papers.csv")
    first, second = titled(found, "Lanterns and Their Shadows")
    assert (first.start, second.start) == (utc("2031-06-03 03:00"), utc("2031-06-03 13:00"))
    assert (first.also, second.also) == ((second.uid,), (first.uid,))
    assert first.uid == titled(alone, first.title)[0].uid
    assert (first.speakers, first.abstract) == (("Maya Pole", "Tenzin"), "First line.\nSecond line, with a comma.")
    (wicks,), (oil,) = titled(found, "Wicks"), titled(found, "Oil")
    assert (wicks.kind, wicks.start, wicks.slot.room) == ("poster", utc("2031-06-03 22:00"), "Foyer")
    assert (oil.scheduled, found.conference.name) == (False, NAME)
    assert titled(found, "Session 1A")[0].holds == first.session
    assert any("1 of 3 papers" in warning for warning in found.warnings)


def test_speakers_and_socials_beside_a_calendar() -> None:
    """A keynote adds to the entry that links to its page; a weekday is the day of the calendar, two or one beyond it none."""
    found = folder("config.yml", "main_calendar.json", "speakers.yml", "socials.yml")
    (keynote,) = titled(found, "Keynote 1: Ada Bright")
    assert (keynote.speakers, keynote.organisations) == (("Dr. Ada Bright",), ("Lamp Lab",))
    assert keynote.abstract.startswith("Light Through the Ages")
    (darkness,) = titled(found, "On Darkness")
    assert (darkness.start, darkness.end) == (utc("2031-06-03 23:30"), utc("2031-06-04 00:30"))
    assert [talk.start for talk in titled(found, "Walk in the Dark")] == [utc("2031-06-02 20:00")]
    (unclear,) = titled(found, "Two Days at Once")
    assert not unclear.scheduled
    assert any("name no date were left out: 2" in warning for warning in found.warnings)


def test_sessions_with_ids() -> None:
    """Papers of sessions are found by id in the list; ids that no list has are told; alone the sessions are what is there."""
    alone = own("paper_sessions.yml")
    assert [talk.title for talk in alone.conference.talks] == [
        "Q&A Session 1A: Light, Shade and Colour",
        "Poster Session 1B: Oil",
    ]
    assert any("3 (11, demo.4, 13" in warning for warning in alone.warnings)
    found = folder("paper_sessions.yml", "papers.csv", name=NAME)
    lanterns = titled(found, "Lanterns and Their Shadows")
    assert [(talk.kind, talk.start) for talk in lanterns] == [
        ("talk", utc("2031-06-02 16:00")),
        ("poster", utc("2031-06-03 00:00")),
    ]
    assert any("demo.4" in warning for warning in found.warnings)


def test_slots_of_the_day() -> None:
    """Named slots are in UTC because the file says so; without those words the zone is asked."""
    found = own("schedule.yml")
    assert [(talk.title, talk.start, talk.end) for talk in found.conference.talks] == [
        ("Poster session P1S1", utc("2031-06-02 05:00"), utc("2031-06-02 07:00")),
        ("Live QA: Ada Bright", utc("2031-06-02 12:00"), utc("2031-06-02 14:00")),
        ("Poster session P1S2", utc("2031-06-02 23:00"), utc("2031-06-03 00:30")),
    ]
    assert any("left out: 1" in warning for warning in found.warnings)
    text = (OWN / "schedule.yml").read_text(encoding="utf-8").replace("in UTC", "right")
    with pytest.raises(MissingFactsError, match="--zone"):
        reading(text, name=NAME)
    assert reading(text, name=NAME, zone="Asia/Tokyo").conference.talks[0].start == utc("2031-06-01 20:00")


def test_posters_by_the_names_of_sessions() -> None:
    """``Mon Session 2`` is the second poster session of that Monday; themes are the papers' tracks."""
    found = folder("schedule.yml", "poster_schedule.yml", "oral_schedule.yml", "papers.csv", name=NAME)
    lanterns, (wicks,) = titled(found, "Lanterns and Their Shadows"), titled(found, "Wicks")
    assert [talk.start for talk in lanterns] == [utc("2031-06-02 05:00"), utc("2031-06-02 23:00")]
    assert (wicks.start, wicks.kind, wicks.track) == (utc("2031-06-02 05:00"), "poster", "Wicks and Oil")


def test_plenaries_have_a_talk_for_each_session() -> None:
    """A panel and its replay are two talks that know each other."""
    found = own("plenary_sessions.yml")
    opening, panel, replay = found.conference.talks
    assert (opening.start, panel.kind, panel.speakers) == (utc("2031-06-02 14:45"), "panel", ("Maya Pole",))
    assert (panel.also, replay.start) == ((replay.uid,), utc("2031-06-04 03:00"))


def test_a_table_of_events_has_the_calendars_clock() -> None:
    """Local times are the calendar's where both show the same entries; alone they ask for their zone."""
    found = folder("main_calendar.json", "events.csv", name=NAME)
    (dance,) = titled(found, "Dance")
    assert (dance.start, dance.end) == (utc("2031-06-04 02:00"), utc("2031-06-04 05:00"))
    assert (dance.speakers, dance.organisations) == (("Tenzin",), ("Dance House",))
    assert len(titled(found, "Session 1B")) == 1
    assert len(titled(found, "Coffee")) == 2
    with pytest.raises(MissingFactsError, match="--zone"):
        folder("events.csv", name=NAME)


def test_reading_twice_gives_the_same() -> None:
    """The same folder, its files in another order, gives the same talks under the same uids."""
    files = ("config.yml", "main_calendar.json", "papers.csv", "speakers.yml")
    assert {talk.uid for talk in folder(*files).conference.talks} == {
        talk.uid for talk in folder(*reversed(files)).conference.talks
    }


def test_files_of_several_conferences_are_not_joined() -> None:
    """Files whose own names tell different conferences are read apart, and then refused as a folder."""
    calendar, papers = ((OWN / file).read_bytes() for file in ("main_calendar.json", "papers.csv"))
    with pytest.raises(ReadError, match="import them apart"):
        readers.read([Part("colt2020_calendar.json", calendar), Part("icwsm2021_papers.csv", papers)], HINTS)


def test_a_configuration_names_the_list_beside_it() -> None:
    """With a configuration and a list of papers only, the list is read under its name and cancels nothing."""
    found = folder("config.yml", "papers.csv")
    assert (found.conference.name, found.scope, len(found.conference.talks)) == (NAME, "list", 3)
    assert all(talk.kind == "paper" for talk in found.conference.talks)


@pytest.mark.parametrize(
    ("text", "name", "first"),
    [
        ("name: X\ndisplay_name: COLT 2020\ndate: 9-12 July 2020", "COLT 2020", date(2020, 7, 9)),
        ("name: ICWSM-2021\ndate: June 07th - 10th 2021", "ICWSM-2021", date(2021, 6, 7)),
        ("name: EMNLP\ndate: November 16 &ndash; 20 <br> 2020", "EMNLP 2020", date(2020, 11, 16)),
        ("name: X\npage_title:\n  prefix: 'MiniConf 2020'\ndate: May 2020", "MiniConf 2020", None),
        ("name: X\ncalendar:\n  start: '2020-11-16'\ncitation_date: November 2020", "X 2020", date(2020, 11, 16)),
        ("name: X\ntagline: none", "", None),
    ],
)
def test_configurations(text: str, name: str, first: date | None) -> None:
    """A configuration tells the name with its year, and the first day."""
    from planner.readers.miniconf_pieces import piece_of

    piece = piece_of(yaml_data.load(f"{text}\nchat_server: x\n", Part("", b"")), text, "config")
    assert piece is not None
    assert (piece.name, piece.first) == (name, first)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Tues Session 1", "Tuesday session 1"),
        ("Thurs+Session+4", "thu session 4"),
        ("Q&A 1A", "q a  1a"),
        ("Sunny Day", "sunny day"),
    ],
)
def test_names_of_sessions_fold(one: str, other: str) -> None:
    """Case, signs, plus signs and the length of a weekday do not tell sessions apart."""
    assert alias(one) == alias(other)


def test_weekdays_fold_only_as_weekdays() -> None:
    """``Sunny`` and ``Monitor`` are no weekdays."""
    assert alias("Sunny Session") != alias("Sun Session")
    assert alias("Monitors 1") == "monitors 1"


# Anything at all

TEXTS = [(path.name, path.read_text(encoding="utf-8")) for path in sorted(OWN.iterdir())]
SIGNS = st.sampled_from(
    [
        "",
        ",",
        "\n",
        ":",
        "- ",
        "|",
        '"',
        "'",
        "\t",
        "99:99",
        "2031-13-45",
        "GMT",
        "[",
        "{",
        "&a ",
        "*a ",
        "<<: ",
        "\x00",
        "\ud800",
    ]
)


@st.composite
def damaged(draw: st.DrawFn) -> list[Part]:
    """Some of the small files, each with a few pieces replaced."""
    parts = []
    for name, whole in draw(st.lists(st.sampled_from(TEXTS), min_size=1, max_size=3, unique_by=lambda one: one[0])):
        text = whole
        for _ in range(draw(st.integers(0, 4))):
            start = draw(st.integers(0, len(text)))
            text = text[:start] + draw(SIGNS) + text[start + draw(st.integers(0, 20)) :]
        parts.append(Part(name, text.encode("utf-8", "surrogatepass")))
    return parts


@given(damaged(), st.sampled_from([None, "Europe/Berlin", "Pacific/Apia"]), st.sampled_from(["", NAME]))
def test_whatever_stands_there_only_known_errors_come(parts: list[Part], zone: str | None, name: str) -> None:
    """Damaged files, alone or together, are read or refused with a sentence of the house; no two talks share a uid."""
    try:
        found = readers.read(parts, HINTS._replace(zone=zone, name=name))
    except PlannerError:
        return
    talks = found.conference.talks
    assert len({talk.uid for talk in talks}) == len(talks)


def test_lists_of_people_in_one_file_are_all_read() -> None:
    """Speakers and workshops are both read; beside a list of something else nothing of the file is dropped."""
    both = "speakers:\n- name: Ada Ek\n  title: On oil\nworkshops:\n- title: Wicks\n  abstract: Bring one.\n"
    assert [(talk.title, talk.kind) for talk in reading(both, name=NAME).conference.talks] == [
        ("On oil", "keynote"),
        ("Wicks", "workshop"),
    ]
    hall = "conference:\n- time: '10:00'\n  hall:\n    title: Shades\n    speakers: Bo Fuchs\n"
    more = reading(f"workshops:\n- time: '9:00'\n  title: Wicks\n{hall}", name=NAME, zone="UTC").conference
    assert [talk.title for talk in more.talks] == ["Wicks", "Shades"]
