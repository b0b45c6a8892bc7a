"""What schedule.xml and schedule.json of frab, Pentabarf, pretalx and wafer become, and what a bad one may do."""

from __future__ import annotations

import json
import unicodedata
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo

import pytest
from alone import utc
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import etree

from planner.errors import MissingFactsError, PlannerError, ReadError
from planner.readers import clocks, events, frab, markup
from planner.readers.sources import Hints, Part

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planner.model import Reading, Talk

DATA = Path(__file__).parent / "data" / "frab"
HINTS = Hints(now=datetime(2026, 1, 1, tzinfo=UTC))


def reading(data: str | bytes, *, file: str = "schedule.xml", **hints: Any) -> Reading:
    """Read text or bytes as the importer would hand them over."""
    data = data.encode() if isinstance(data, str) else data
    return frab.read(data.decode(), Part(file, data), HINTS._replace(**hints))


def own(file: str, **hints: Any) -> Reading:
    """Read one of the small files."""
    return reading((DATA / file).read_bytes(), file=file, **hints)


def event(body: str, head: str = "<time_zone_name>Europe/Berlin</time_zone_name>") -> str:
    """A schedule of one event."""
    return (
        f"<schedule><conference><title>Conf 2025</title>{head}</conference><day date='2025-06-01'><room name='R'>"
        f"<event id='7'><title>T</title>{body}</event></room></day></schedule>"
    )


def only(data: str, **hints: Any) -> Talk:
    """The one talk of a schedule."""
    (talk,) = reading(data, **hints).conference.talks
    return talk


# The real files


class Real(NamedTuple):
    """A real file: how many events it has, the first and last start in UTC and the last end, and its zone."""

    file: str
    talks: int
    first: str
    last: str
    end: str | None
    zone: str
    slug: str


BERLIN = "Europe/Berlin"
BRUSSELS = "Europe/Brussels"
SAMPLES = (
    Real("38c3_frab.xml", 1007, "2024-12-27 09:30", "2024-12-30 17:15", "2024-12-30 18:00", "Europe/Berlin", "38c3"),
    Real("debconf23_wafer.xml", 117, "2023-09-10 01:30", "2023-09-17 13:30", None, "Asia/Kolkata", "debconf-23"),
    Real("fosdem2007_pentabarf.xml", 215, "2007-02-25 09:00", "2007-02-26 16:30", "2007-02-26 17:15", BRUSSELS, "fosdem-2007"),
    Real("fosdem2013_pentabarf.xml", 487, "2013-02-02 09:30", "2013-02-03 16:50", "2013-02-03 17:00", BRUSSELS, "fosdem-2013"),
    Real("fosdem2016_pentabarf.xml", 617, "2016-01-30 08:30", "2016-01-31 16:50", "2016-01-31 17:00", BRUSSELS, "fosdem-2016"),
    Real("fosdem2019_pentabarf.xml", 775, "2019-02-02 08:30", "2019-02-03 16:55", "2019-02-03 17:00", BRUSSELS, "fosdem-2019"),
    Real("fosdem2020_pentabarf.xml", 872, "2020-02-01 08:30", "2020-02-02 16:50", "2020-02-02 17:15", BRUSSELS, "fosdem-2020"),
    Real("fosdem2024_pretalx-final.xml", 874, "2024-02-03 08:30", "2024-02-04 16:50", None, BRUSSELS, "fosdem-2024"),
    Real("fosdem2025_pentabarf.xml", 943, "2025-02-01 08:00", "2025-02-02 16:05", "2025-02-02 16:15", BRUSSELS, "fosdem-2025"),
    Real("europython2014_own.xml", 188, "2014-07-21 07:30", "2014-07-27 14:00", None, "Europe/Berlin", "europython-2014"),
    Real("camp2019_frab.json", 79, "2019-08-21 09:00", "2019-08-25 16:00", None, BERLIN, "chaos-communication-camp-2019"),
    Real("democon_pretalx_frab.json", 36, "2020-12-14 08:00", "2020-12-16 14:00", None, "UTC", "democon"),
    Real("fosdem2024_fossy.json", 876, "2024-02-03 08:30", "2024-02-04 16:00", None, "Europe/Berlin", "fosdem-2024"),
    Real("voc_invalid-example.json", 1, "2022-12-28 13:00", "2022-12-28 13:00", None, "Europe/Zurich", "winterchaos"),
)  # fmt: skip
ZONELESS = {"europython2014_own.xml", "fosdem2024_fossy.json"}


def told(path: Path) -> Iterator[tuple[str, datetime]]:
    """Title and start of every event, by lxml or by a walk through the JSON."""
    if path.suffix == ".json":
        yield from ((str(one["title"]), datetime.fromisoformat(one["date"])) for one in walked(json.loads(path.read_bytes())))
        return
    zone = ZoneInfo("Europe/Berlin" if "europython" in path.name else "Europe/Brussels")
    for element in etree.parse(path).iter("event", "entry"):
        said = element.findtext("date")
        if said is None:
            (day,) = element.iterancestors("day")
            clock = (element.findtext("start") or "").replace(":", "")
            yield (
                element.findtext("title") or "",
                datetime.strptime(f"{day.get('date')} {clock}", "%Y-%m-%d %H%M").replace(tzinfo=zone),
            )
        else:
            yield element.findtext("title") or "", datetime.fromisoformat(said)


def walked(value: Any) -> Iterator[dict[str, Any]]:
    """Every JSON object with a title and a date."""
    if isinstance(value, dict) and "date" in value and "title" in value:
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from walked(one)


@pytest.mark.parametrize("sample", SAMPLES, ids=[sample.file for sample in SAMPLES])
def test_every_sample_is_read_whole(sample: Real, shared: Path) -> None:
    """Each real file gives the counted number of talks, first and last instant, zone and name, each talk with its own uid."""
    path = shared / "samples" / "C" / sample.file
    text = path.read_text(encoding="utf-8")
    assert frab.claims(text, Part(str(path), b""))
    found = reading(text, file=str(path), zone="Europe/Berlin" if sample.file in ZONELESS else None)
    conference = found.conference
    starts = [talk.start for talk in conference.talks if talk.start]
    assert (len(conference.talks), len(starts)) == (sample.talks, sample.talks)
    assert (min(starts), max(starts)) == (utc(sample.first), utc(sample.last))
    assert sample.end is None or max(talk.end for talk in conference.talks if talk.end) == utc(sample.end)
    assert (conference.slug, conference.zone, found.scope) == (sample.slug, sample.zone, "conference")
    assert len({talk.uid for talk in conference.talks}) == sample.talks
    assert found.year == utc(sample.first).year


@pytest.mark.parametrize("sample", SAMPLES, ids=[sample.file for sample in SAMPLES])
def test_every_start_of_a_sample_is_what_another_parser_says(sample: Real, shared: Path) -> None:
    """Event by event, in the file's order, the instant is the one that lxml or json and zoneinfo find."""
    path = shared / "samples" / "C" / sample.file
    zone = "Europe/Berlin" if sample.file in ZONELESS else None
    talks = reading(path.read_text(encoding="utf-8"), file=str(path), zone=zone).conference.talks
    expected = [start.astimezone(UTC) for _, start in told(path)]
    assert [talk.start for talk in talks] == expected


def test_titles_and_speakers_of_a_sample_survive(shared: Path) -> None:
    """Of FOSDEM 2025 every title and every speaker is there as lxml reads it, blanks aside."""
    path = shared / "samples" / "C" / "fosdem2025_pentabarf.xml"
    talks = {talk.source_id: talk for talk in reading(path.read_text(encoding="utf-8")).conference.talks}
    for element in etree.parse(path).iter("event"):
        talk = talks[element.get("guid") or ""]
        assert talk.uid == element.get("guid")
        assert talk.slot.room == element.findtext("room")
        assert talk.track == element.findtext("track")
        assert len(talk.speakers) == len(list(element.iter("person")))
        assert talk.title.split()[:3] == (element.findtext("title") or "").split()[:3] or "&" in (
            element.findtext("title") or ""
        )


def test_only_schedules_are_claimed(shared: Path) -> None:
    """Of all the real files this reader claims those of its family and no other, the template included."""
    claimed = {
        path.name
        for path in sorted((shared / "samples").glob("*/*"))
        if frab.claims(path.read_bytes().decode("utf-8", errors="replace"), Part(path.name, b""))
    }
    assert claimed == {sample.file for sample in SAMPLES} | {"pretalx_template_schedule.xml"}


def test_a_template_holds_nothing(shared: Path) -> None:
    """The template that pretalx fills is refused with the words "nothing found"."""
    with pytest.raises(ReadError, match="nothing found"):
        reading((shared / "samples/C/pretalx_template_schedule.xml").read_bytes())


def test_dates_in_utc_beside_clocks_of_the_place(shared: Path) -> None:
    """DebConf's dates are in UTC and its starts are Kochi's: one instant, no warning; a start that is neither is told."""
    assert not reading((shared / "samples/C/debconf23_wafer.xml").read_bytes()).warnings
    odd = reading(event("<date>2031-05-06T10:00:00+00:00</date><start>13:30</start>"))
    assert (odd.conference.talks[0].start, len(odd.warnings)) == (utc("2031-05-06 10:00"), 1)
    assert "1 of 1" in odd.warnings[0]


def test_offsets_need_no_zone() -> None:
    """Times that carry their offset are read without a zone, said in a warning; without an offset the zone is asked for."""
    with_offset = event("<date>2025-06-01T10:00:00+02:00</date>", head="")
    found = reading(with_offset, year=2025)
    assert (found.conference.zone, found.conference.talks[0].start) == (None, utc("2025-06-01 08:00"))
    assert any("names no zone" in warning and "UTC+02:00" in warning for warning in found.warnings)


def test_democon_keeps_the_dates(shared: Path) -> None:
    """Where the zone says UTC and the dates +01:00, the dates win with a warning, and a --zone that fits them is taken."""
    data = (shared / "samples/C/democon_pretalx_frab.json").read_bytes()
    assert any("UTC+01:00" in warning for warning in reading(data).warnings)
    found = reading(data, zone="Europe/Berlin")
    assert (found.conference.zone, found.conference.talks[0].start) == ("Europe/Berlin", utc("2020-12-14 08:00"))


# The small files


def test_a_pretalx_schedule() -> None:
    """Times with offsets, texts cleaned, links made whole, ids kept: everything a talk can have."""
    found = own("evening.xml")
    conference = found.conference
    assert (conference.slug, conference.name, conference.zone) == ("lantern-days-2025", "Lantern Days 2025", "Europe/Vienna")
    assert (conference.day_change, found.year, found.scope) == (4 * 60, 2025, "conference")
    opening = conference.talks[0]
    assert opening.uid == "0f9be8a4-57a4-4d1c-9a45-2a0f7c1d0001"
    assert opening.title == "Opening: a [bold] beginning & more"
    assert (opening.kind, opening.track, opening.slot.room) == ("keynote", "Light & Shade", "Hall <A>")
    assert opening.speakers == ("Ada Bright", "Zoë Öst")
    assert opening.abstract.split("\n") == [
        "Welcome",
        "",
        "Lamps and shadows.",
        "Second paragraph: café.",
        "",
        "A longer text.",
    ]
    assert opening.url == "https://lantern.example/2025/talk/AAAAAA/"
    assert opening.links == ("https://lantern.example/opening", "https://lantern.example/2025/slides/11.pdf")
    assert (opening.start, opening.end) == (utc("2025-10-25 08:00"), utc("2025-10-25 08:45"))
    assert "<em>" in opening.raw


def test_one_submission_in_two_slots() -> None:
    """A workshop given twice is two talks that know each other."""
    _, first, second, *_ = own("evening.xml").conference.talks
    assert (first.kind, first.also, second.also) == ("workshop", (second.uid,), (first.uid,))
    assert (second.start, second.end) == (utc("2025-10-25 12:00"), utc("2025-10-25 13:30"))


def test_a_duration_over_the_clock_change_is_counted_in_utc() -> None:
    """Two hours from 01:30 summer time end at 02:30 winter time; the event's status makes it cancelled."""
    night = own("evening.xml").conference.talks[3]
    assert (night.start, night.end, night.cancelled) == (utc("2025-10-25 23:30"), utc("2025-10-26 01:30"), True)


def test_a_bad_event_stays_without_what_could_not_be_read() -> None:
    """A date that is none leaves no slot, a duration that is none no end; each is told with its event's id."""
    found = own("evening.xml")
    no_clock, untitled = found.conference.talks[4:]
    assert (no_clock.title, no_clock.scheduled, no_clock.slot.room) == ("No clock yet", False, "Cellar")
    assert (untitled.kind, untitled.title, untitled.start, untitled.end) == ("untitled", "", utc("2025-10-25 10:30"), None)
    assert len(found.warnings) == 2
    assert any("event 14" in warning for warning in found.warnings)
    assert any("event 15" in warning and "half an hour" in warning for warning in found.warnings)


def test_old_pentabarf() -> None:
    """Wall clocks in the city's zone; hours before the day changes are those of the next morning; the gap is told."""
    found = own("pentabarf.xml")
    midnight, gap, lunch, *morning = found.conference.talks
    assert (found.conference.zone, found.zone_from) == ("Europe/Brussels", "the conference's city, Brussels")
    assert (midnight.start, midnight.end) == (utc("2026-03-28 22:30"), utc("2026-03-28 23:30"))
    assert gap.start == utc("2026-03-29 01:30")
    assert any("02:30" in warning and "event 1" in warning for warning in found.warnings)
    assert (lunch.kind, lunch.slot.room) == ("break", "Attic")
    assert [(talk.start, talk.end) for talk in morning] == [
        (utc("2026-03-28 08:00"), utc("2026-03-28 11:00")),
        (utc("2026-03-28 14:00"), utc("2026-03-28 14:45")),
    ]
    assert all(talk.cancelled and talk.slot.room == "Yard" for talk in morning)


def test_one_id_on_two_events_keeps_both() -> None:
    """The same number twice gives two uids, the same at every reading, and the two talks know each other."""
    first, second = own("pentabarf.xml").conference.talks[3:]
    assert first.uid != second.uid
    assert (first.also, second.also) == ((second.uid,), (first.uid,))
    assert [talk.uid for talk in own("pentabarf.xml").conference.talks[3:]] == [first.uid, second.uid]


def test_europython_dialect() -> None:
    """Entries, times without a colon, minutes as a number, names inside speakers; the name comes from the file's."""
    found = own("entries.xml", name="EuroPython 2014", zone="Europe/Berlin")
    breakfast, keynote = found.conference.talks
    assert (breakfast.kind, breakfast.start, breakfast.end) == ("break", utc("2014-07-21 07:30"), utc("2014-07-21 08:00"))
    assert (keynote.kind, keynote.speakers, keynote.slot.room) == ("keynote", ("Guia Snake",), "C01")


def test_voc_json() -> None:
    """The JSON reads as the XML does: languages, persons, night hours, an id as text and an entry that is none."""
    found = own("voc.json")
    tents, stars = found.conference.talks
    assert (tents.title, tents.speakers, tents.track) == ("Tents for all", ("Tenzin", "Maya Pole"), None)
    assert tents.abstract == "How to pitch. And how to strike."
    assert (tents.start, stars.start) == (utc("2024-07-04 04:15"), utc("2024-07-04 19:15"))
    assert (found.conference.zone, found.conference.day_change) == ("Asia/Kathmandu", 120)
    assert len(found.warnings) == 2


def test_the_second_version_of_the_vocs_json() -> None:
    """Its events are one flat list: rooms and tracks are objects, speakers are participants; the day ends when it says."""
    day = {"index": 1, "date": "2031-12-27", "start": "2031-12-27T09:30:00+00:00", "end": "2031-12-28T06:00:00+01:00"}
    event_ = {
        "guid": "b1740c2f-0c44-5f1b-89ed-456a9eecf0b8",
        "title": "Ants",
        "start": "2031-12-28T00:15:00+01:00",
        "end": "2031-12-28T00:55:00+01:00",
        "room": {"name": "Saal 1", "guid": "62251a07"},
        "track": {"slug": "hardware"},
        "participants": [{"name": "Ada Ek", "role": "speaker"}],
    }
    conference = {
        "title": "LAMP 2031",
        "time_zone_name": "Europe/Berlin",
        "tracks": [{"name": "Hard & Soft", "slug": "hardware"}],
        "days": [day],
    }
    data = json.dumps({"schedule": {"conference": conference, "events": [event_]}})
    found = reading(data, file="schedule.json")
    (talk,) = found.conference.talks
    assert (talk.uid, talk.start, talk.end) == (event_["guid"], utc("2031-12-27 23:15"), utc("2031-12-27 23:55"))
    assert (talk.slot.room, talk.track, talk.speakers, found.conference.day_change) == (
        "Saal 1",
        "Hard & Soft",
        ("Ada Ek",),
        360,
    )


def test_a_night_behind_an_evening() -> None:
    """Without a word of when days change, 0:30 behind 23:00 in the same room is of the next date; in another it is not."""
    events_ = "".join(
        f"<event id='{n}'><title>t</title><start>{at}</start></event>" for n, at in enumerate(("23:00", "00:30"))
    )
    other = "<room name='B'><event id='9'><title>t</title><start>00:30</start></event></room>"
    data = (
        "<schedule><conference><title>LAMP 2031</title><time_zone_name>UTC</time_zone_name></conference>"
        f"<day date='2031-05-06'><room name='A'>{events_}</room>{other}</day></schedule>"
    )
    starts = [talk.start for talk in reading(data).conference.talks]
    assert starts == [utc("2031-05-06 23:00"), utc("2031-05-07 00:30"), utc("2031-05-06 00:30")]


def test_days_alone_need_a_name() -> None:
    """A list of days without a conference is refused; its offsets tell the hours, so it needs no zone."""
    with pytest.raises(MissingFactsError, match=r"--conference") as caught:
        own("days.json")
    assert (caught.value.conference, caught.value.zone, caught.value.exit_code) == (True, False, 3)
    welcome, late = own("days.json", name="FOSDEM 2024", known_zone="Europe/Brussels").conference.talks
    assert (welcome.end, late.end) == (utc("2024-02-03 08:55"), utc("2024-02-03 23:15"))


# Rules


@pytest.mark.parametrize(
    ("said", "minutes"),
    [
        ("00:30", 30),
        ("5:59", 359),
        ("00:05:00", 5),
        ("00:05:00:00", 300),
        ("30", 30),
        ("0.02000", 20),
        ("1.00000", 60),
        ("PT1H30M", 90),
    ],
)
def test_durations(said: str, minutes: int) -> None:
    """Every way of writing a duration that was met."""
    assert clocks.lasts(said) == timedelta(minutes=minutes)


@pytest.mark.parametrize("said", ["", "00:00", "-1:00", "1:2:3:4:5", "99999", "half", "P", "٣٠", "9" * 5000])
def test_no_durations(said: str) -> None:
    """Nothing, less than nothing, more than a month and what is no duration have no length."""
    assert clocks.lasts(said) is None


@pytest.mark.parametrize(
    ("said", "minutes"), [("10:30", 630), ("9:05:00", 545), ("0930", 570), ("25:30", 1530), ("24:00", 1440)]
)
def test_clocks(said: str, minutes: int) -> None:
    """Every way of writing a start that was met."""
    assert clocks.minutes(said) == minutes


@pytest.mark.parametrize("said", ["", "30", "10:60", "50:00", "1:2:3:4", "ten", "１０:30", "1" * 5000])
def test_no_clocks(said: str) -> None:
    """What is no clock has no minutes."""
    assert clocks.minutes(said) is None


@pytest.mark.parametrize(
    ("type_", "kind"),
    [
        ("devroom", "talk"),
        ("lightningtalk", "talk"),
        ("Long talk (45 minutes)", "talk"),
        ("maintrack", "talk"),
        ("keynote", "keynote"),
        ("Bits & Bäume - Workshop", "workshop"),
        ("BoF (45 minutes)", "social"),
        ("Panel", "panel"),
        ("Tutorial", "tutorial"),
        ("podium", "panel"),
        ("Poster session", "poster"),
        ("Coffee break", "break"),
        ("", "talk"),
    ],
)
def test_kinds(type_: str, kind: str) -> None:
    """The words of a type decide the kind."""
    assert events.kind_of(type_, "A title") == kind


@pytest.mark.parametrize(
    ("title", "cancelled"),
    [
        ("CANCELLED Full-text search", True),
        ("CANCELED: Minitel", True),
        ("[CANCELLED] gopy", True),
        ("Cancelling POSIX syscalls", False),
        ("CANCELLEDNESS in practice", False),
    ],
)
def test_cancelled_titles(title: str, *, cancelled: bool) -> None:
    """Organisers write it before the title, in capitals; a talk about cancelling is none."""
    data = event("<date>2025-06-01T10:00:00+02:00</date>").replace("<title>T<", f"<title>{title}<")
    assert only(data).cancelled is cancelled


def test_the_offset_of_a_date_beats_the_zone() -> None:
    """The instant follows the date's own offset, whatever --zone and --year say, and that is told."""
    found = reading(event("<date>2025-06-01T10:00:00+02:00</date>"), zone="Asia/Tokyo", year=2022)
    assert found.conference.talks[0].start == utc("2025-06-01 08:00")
    assert found.conference.zone == "Europe/Berlin"
    assert len(found.warnings) == 2


def test_an_unknown_zone_is_not_guessed() -> None:
    """A zone name that does not exist counts as none: refused, or --zone is taken with a warning."""
    data = event("<start>10:00</start>", head="<time_zone_name>Mars/Base</time_zone_name>")
    with pytest.raises(MissingFactsError, match="--zone"):
        reading(data)
    found = reading(data, zone="Asia/Tokyo")
    assert found.conference.talks[0].start == utc("2025-06-01 01:00")
    assert any("Mars/Base" in warning for warning in found.warnings)


def test_name_from_title_then_acronym_then_flag() -> None:
    """--conference beats the title, the title the acronym."""
    data = event("<start>10:00</start>", head="<acronym>conf25</acronym><time_zone_name>UTC</time_zone_name>")
    assert reading(data).conference.name == "Conf 2025"
    assert reading(data.replace("<title>Conf 2025</title>", "")).conference.name == "conf25"
    assert reading(data, name="Other 2025").conference.slug == "other-2025"


def test_markup_and_control_signs_never_come_through() -> None:
    """Escapes for the terminal and bidirectional overrides are gone from every text of a talk."""
    trap = "a\u202eb\u009b2J"
    body = "".join(f"<{tag}>{trap}</{tag}>" for tag in ("room", "track", "abstract"))
    body += f"<start>10:00</start><persons><person>{trap}</person></persons>"
    talk = only(event(body).replace("<title>T<", f"<title>{trap}<"))
    for text in (talk.title, talk.slot.room, talk.track, talk.abstract, *talk.speakers):
        assert text
        assert text.isprintable()


def test_many_bad_events_are_one_warning() -> None:
    """900 events with the same fault are one line that names the first five."""
    one = "<event id='{}'><title>T</title><start>soon</start></event>"
    many = "".join(one.format(number) for number in range(900))
    data = f"<conference><title>C 25</title><city>Vienna</city></conference><day date='2025-06-01'>{many}</day>"
    (warning,) = reading(f"<schedule>{data}</schedule>").warnings
    assert "events 0, 1, 2, 3, 4 and 895 more" in warning


# Broken and hostile files


def test_a_file_that_breaks_off_cancels_nothing() -> None:
    """Events before the break are read, the one that is cut is not, and the reading cancels nothing."""
    whole = (DATA / "evening.xml").read_text(encoding="utf-8")
    cut = whole[: whole.index("<title>Night walk") + 10]
    found = reading(cut)
    assert [talk.title for talk in found.conference.talks][1:] == ["Fold a lantern", "Fold a lantern"]
    assert found.partial
    assert any("breaks off" in warning and "line" in warning for warning in found.warnings)


def test_a_break_after_an_event_loses_none() -> None:
    """Where only the closing tags are missing every event is read."""
    whole = (DATA / "evening.xml").read_text(encoding="utf-8")
    found = reading(whole[: whole.rindex("</event>") + len("</event>")])
    assert (len(found.conference.talks), found.partial) == (6, True)


def test_stray_signs_are_mended() -> None:
    """A bare ampersand, an HTML entity and a control sign make no XML, but their events are read, with a warning."""
    found = reading(event("<start>10:00</start><abstract>Q&A&nbsp;\x0band &eacute; &#27; &lt;</abstract>"))
    assert found.conference.talks[0].abstract.startswith("Q&A")
    assert found.conference.talks[0].abstract.endswith("and é <")
    assert found.scope == "conference"
    assert any("not well-formed" in warning for warning in found.warnings)


BOMBS = (
    '<!DOCTYPE s [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>',
    '<!DOCTYPE s [<!ENTITY x SYSTEM "file:///etc/hostname">]>',
    '<!DOCTYPE s [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x.dtd"> %p;]>',
)


@pytest.mark.parametrize("bomb", BOMBS)
def test_entities_are_refused(bomb: str) -> None:
    """A document that declares entities is refused before one is used."""
    with pytest.raises(ReadError, match="entities"):
        reading(bomb + event("<start>10:00</start>"))


def test_a_plain_doctype_is_harmless() -> None:
    """A DOCTYPE without entities is read, and nothing is fetched for it."""
    talk = only('<!DOCTYPE schedule SYSTEM "http://127.0.0.1:9/schedule.dtd">' + event("<start>10:00</start>"))
    assert talk.start == utc("2025-06-01 08:00")


@pytest.mark.parametrize(
    "data",
    [
        "<schedule><conference><title>C</title></conference></schedule>",
        "<schedule><conference><title>{{ event.name }}</title></conference><day/></schedule>",
        '{"schedule": {"conference": {"days": []}}}',
        '{"schedule": []}',
        "<schedule",
        "{",
        "[" * 100_000,
    ],
)
def test_nothing_found_is_said(data: str) -> None:
    """A schedule without events is refused with the file's name and the words "nothing found"."""
    with pytest.raises(ReadError, match=r"schedule\.xml.*nothing found"):
        reading(data)


def test_depth_is_no_danger() -> None:
    """Elements 100,000 deep are read or refused, not crashed on."""
    deep = "<a>" * 100_000 + "</a>" * 100_000
    assert only(event(f"<start>10:00</start><abstract>{deep}</abstract>")).start


SEEDS = {name: (DATA / name).read_text(encoding="utf-8") for name in ("evening.xml", "pentabarf.xml", "voc.json", "days.json")}
TOKENS = st.sampled_from(
    (
        *(
            "<event",
            "</event>",
            "]]>",
            "<![CDATA[",
            "<!DOCTYPE a>",
            "&#0;",
            "&bad;",
            "\x00",
            "\ud7ff",
            '"',
            "<",
            "{",
            "[",
            "null",
        ),
        *("-1", "99:99", "9" * 5000, "Mars/Base", "{{ x }}", "true", "0000-00-00T00:00:00Z"),
        *("9999-12-31T23:59:59-23:59", "0001-01-01T00:00:00+23:59"),
    )
)


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """One of the small files with pieces cut out, doubled or replaced."""
    text = SEEDS[draw(st.sampled_from(sorted(SEEDS)))]
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(text)))
        to = min(len(text), at + draw(st.integers(0, 40)))
        text = text[:at] + draw(st.one_of(TOKENS, st.just(text[at:to] * 2), st.just(""), st.text(max_size=8))) + text[to:]
    return text


@given(mutated(), st.sampled_from([None, "Europe/Brussels", "Pacific/Apia"]))
@example(SEEDS["evening.xml"].replace("Europe/Vienna", "../../etc"), None)
def test_any_mutation_is_read_or_refused_by_a_sentence(text: str, zone: str | None) -> None:
    """Whatever is done to a file, the reader gives clean talks with their own uids or raises a PlannerError."""
    part = Part("x.xml", b"")
    frab.claims(text, part)
    with suppress(PlannerError):
        holds(frab.read(text, part, HINTS._replace(zone=zone, name="Fuzz 2025")).conference.talks)


def holds(talks: Sequence[Talk]) -> None:
    """Whatever was read: there are talks, each with a uid of its own, a clean title and an end after its start."""
    assert talks
    assert len({talk.uid for talk in talks}) == len(talks)
    for talk in talks:
        assert not {unicodedata.category(sign) for sign in talk.title} & {"Cc", "Cs", "Zl", "Zp"}
        assert not talk.start or not talk.end or talk.start < talk.end


@given(st.text(alphabet=st.sampled_from("<>&;/ae'\"=! []x#\n"), max_size=60))
def test_xml_never_raises_but_read_errors(text: str) -> None:
    """Any sequence of XML's signs is a tree or a ReadError."""
    with suppress(ReadError):
        assert markup.parse(text, Part("x", b"")).root is not None


@pytest.mark.parametrize(("last", "change"), [("19:00", 0), ("23:30", 540), ("02:00", 540)])
def test_a_day_changes_at_midnight_where_nobody_is_up(last: str, change: int) -> None:
    """A site's day_change of 9:00 counts only where something is on at night: at 8:00 it is the morning of the day."""
    data = f"""<schedule><conference><title>Calm 2025</title><time_zone_name>Europe/Brussels</time_zone_name>
    <day_change>09:00:00</day_change></conference><day index="1" date="2025-02-01"><room name="A">
    <event id="1"><title>Morning</title><start>09:30</start><duration>01:00</duration></event>
    <event id="2"><title>Last</title><start>{last}</start><duration>01:00</duration></event></room></day></schedule>"""
    assert reading(data.encode()).conference.day_change == change


def test_clocks_of_twelve_hours_are_read_with_their_half() -> None:
    """``1:30 PM`` is 13:30 and ``12:15am`` the start of the day, at the end of an event too."""
    told = [("9:00 AM", "15:00", "17:00"), ("1:30 PM", "19:30", "20:15"), ("12:15am", "06:15", "08:15")]
    for start, first, last in told:
        end = {"9:00 AM": "11:00 a.m.", "1:30 PM": "2:15 PM", "12:15am": "2:15 AM"}[start]
        head = "<time_zone_name>America/Denver</time_zone_name>"
        talk = only(event(f"<start>{start}</start><end>{end}</end>", head))
        assert (talk.start, talk.end) == (utc(f"2025-06-01 {first}"), utc(f"2025-06-01 {last}"))


def test_clocks_that_do_not_say_their_half_are_told_by_their_order() -> None:
    """After 9:00 and 11:30 comes 13:30, which is said; without such an order nothing is guessed."""
    day = event("<start>9:00</start>").replace("</room>", "{}</room>")
    later = "<event id='8'><title>U</title><start>1:30</start><end>2:00</end></event>"
    found = reading(day.format(later))
    assert [talk.start for talk in found.conference.talks] == [utc("2025-06-01 07:00"), utc("2025-06-01 11:30")]
    assert "were taken for afternoon" in found.warnings[0]
    with pytest.raises(ReadError, match="which half of the day"):
        reading(day.format("<event id='8'><title>U</title><start>11:30</start><end>1:00</end></event>"))


def test_a_start_that_is_utc_s_clock_and_the_place_s_is_refused() -> None:
    """``09:00:00Z`` beside ``09:00`` in Berlin is 9:00 or 11:00 there: only --zone UTC says which; one event decides."""
    body = "<date>2025-06-01T09:00:00Z</date><start>09:00</start>"
    with pytest.raises(ReadError, match=r"11:00 in Europe/Berlin.*--zone UTC"):
        reading(event(body))
    with pytest.raises(ReadError, match="11:00 in Europe/Berlin"):
        reading(event(body, ""), zone="Europe/Berlin")
    assert only(event(body, ""), zone="UTC").start == utc("2025-06-01 09:00")
    assert only(event(body, "<time_zone_name>Africa/Accra</time_zone_name>")).start == utc("2025-06-01 09:00")
    true = "<event id='8'><title>U</title><date>2025-06-01T10:00:00Z</date><start>12:00</start></event></room>"
    assert reading(event(body).replace("</room>", true)).conference.talks[1].start == utc("2025-06-01 10:00")
