"""Programmes made from known times in many styles of days, clocks and lines: what is read is what was meant, or refused."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from planner.errors import ReadError
from planner.readers import Hints, Part, read

if TYPE_CHECKING:
    from collections.abc import Callable

ENGLISH = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
FRENCH = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"]
MOIS = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
]
GERMAN = ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"]
MONATE = [
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
]
TITLES = [
    "Bees",
    "Wasps",
    "Ants",
    "Moths",
    "Flies",
    "Beetles",
    "Crickets",
    "Termites",
    "Mantises",
    "Ladybirds",
    "Dragonflies",
    "Cicadas",
    "Fleas",
    "Midges",
]


class Day(NamedTuple):
    """A day with the words that its styles need."""

    at: date

    def said(self, style: str) -> str:
        """The day in a style: a format of its words."""
        day, month, weekday = self.at.day, self.at.month - 1, self.at.weekday()
        ends = {1: "st", 2: "nd", 3: "rd"}
        return style.format(
            d=day,
            th=f"{day}{'th' if day in {11, 12, 13} else ends.get(day % 10, 'th')}",
            m=month + 1,
            y=self.at.year,
            W=ENGLISH[weekday],
            w=ENGLISH[weekday][:3],
            M=MONTHS[month],
            n=MONTHS[month][:3],
            lundi=FRENCH[weekday].capitalize(),
            mois=MOIS[month],
            montag=GERMAN[weekday],
            monat=MONATE[month],
            kanji="月火水木金土日"[weekday],
        )


DAYS = [
    "{W}, {d} {M} {y}", "{W}, {M} {d}, {y}", "{w} {d} {n}", "{W} {th} {M}", "{W} the {th} of {M} {y}", "{M} {th}, {y}",
    "{d} {M} {y}", "{y}-{m:02}-{d:02}", "{d:02}.{m:02}.{y}", "{w}, {d}.{m}.{y}", "{W} | {M} {d}", "{M} {d} ({W})",
    "{lundi} {d} {mois} {y}", "{montag}, {d}. {monat} {y}", "{y}年{m}月{d}日（{kanji}）", "Schedule for {W}, {M} {d}",
]  # fmt: skip


def twelve(minutes: int) -> str:
    """An hour of the clock of twelve hours with its minutes."""
    return f"{(minutes // 60 - 1) % 12 + 1}:{minutes % 60:02}"


def half(minutes: int, am: str = "am", pm: str = "pm") -> str:
    """The half of the day."""
    return am if minutes % 1440 < 720 else pm


def day(minutes: int, sign: str = ":") -> str:
    """A clock of 24 hours."""
    return f"{minutes // 60 % 24:02}{sign}{minutes % 60:02}"


def bare(minutes: int) -> str:
    """The same without the zero before its hour."""
    return day(minutes).removeprefix("0") if minutes % 1440 >= 60 else day(minutes)


CLOCKS: dict[str, Callable[[int, int], str]] = {
    "24": lambda a, b: f"{bare(a)} - {bare(b)}",
    "24 with dashes": lambda a, b: f"{day(a)}–{day(b)}",
    "24 with words": lambda a, b: f"{day(a)} to {day(b)}",
    "h": lambda a, b: f"{day(a, 'h')} - {day(b, 'h')}",
    "H": lambda a, b: f"{day(a, 'H')}-{day(b, 'H')}",
    "dots": lambda a, b: f"{day(a, '.')} - {day(b, '.')}",
    "figures": lambda a, b: f"{day(a, '')}-{day(b, '')}",
    "hrs": lambda a, b: f"{day(a, '')}hrs - {day(b, '')}hrs",
    "seconds": lambda a, b: f"{day(a)}:00 - {day(b)}:00",
    "bis": lambda a, b: f"{bare(a)} bis {bare(b)} Uhr",
    "à": lambda a, b: f"{day(a, 'h')} à {day(b, 'h')}",
    "kanji": lambda a, b: f"{a // 60 % 24}時{a % 60:02}分～{b // 60 % 24}時{b % 60:02}分",
    "halves": lambda a, b: f"{twelve(a)}{half(a)} - {twelve(b)}{half(b)}",
    "halves with dots": lambda a, b: f"{twelve(a)} {half(a, 'a.m.', 'p.m.')} – {twelve(b)} {half(b, 'a.m.', 'p.m.')}",
    "one half": lambda a, b: f"{twelve(a)}{'' if half(a) == half(b) else half(a)}-{twelve(b)} {half(b)}",
    "length": lambda a, b: f"{day(a)} ({b - a} min)",
    "start": lambda a, _: day(a),
    "start and half": lambda a, _: f"{twelve(a)} {half(a, 'AM', 'PM')}",
    "no halves": lambda a, b: f"{twelve(a)} - {twelve(b)}",
    "start, no half": lambda a, _: twelve(a),
}
DOUBTFUL = {"no halves", "start, no half"}
"""Clocks that may be of two halves of the day."""

AT_HEADS = {"H", "dots", "figures", "bis", "à", "kanji", "length"}
"""Clocks that are known at the head of a line only: elsewhere they may be a version, a year or a word."""

LINES = [
    "{c} {t}\n", "{c}: {t}\n", "{c}\t{t}\t{s}\n", "- {c} {t}\n", "* **{c}**: {t}\n", "[{c}] {t}\n", "{t} ({c})\n",
    "- {t} [{c}]\n", "{c}\n{t}\n{s}\n\n", "{c}\n\n{t}\n\n{s}\n\n", "{t}\n{c}\n{s}\n\n", "{t}\n{s}\n{c}\n\n",
    "### {c} {t}\n{s}\n\n", "### {t}\n{c}\n{s}\n\n", "### {t}\n**Time:** {c}\n**Speaker:** {s}\n\n", "| {c} | {t} |\n",
    "| {c} | {s} | {t} |\n",
]  # fmt: skip
ZONES = ["America/Los_Angeles", "Europe/Berlin", "Asia/Tokyo", "Australia/Sydney", "Asia/Kolkata", "UTC"]
NOISE = ["", "Registration is open until the end of May.\n\n", "Each talk has 20 minutes plus 5 minutes for questions.\n\n"]


class Programme(NamedTuple):
    """A programme in some style: its ``text``, and when each title begins and ends, in UTC."""

    text: str
    truth: dict[str, tuple[datetime, datetime]]
    zone: str
    year: int
    doubtful: bool


@st.composite
def programmes(draw: st.DrawFn) -> Programme:
    """Two days of talks, perhaps over a change of clocks or New Year, from the morning or noon on."""
    zone, style, line = draw(st.sampled_from(ZONES)), draw(st.sampled_from(DAYS)), draw(st.sampled_from(LINES))
    clock = draw(st.sampled_from(sorted(CLOCKS)))
    first = draw(st.dates(date(2019, 1, 1), date(2025, 12, 28)) | st.sampled_from([date(2024, 3, 30), date(2023, 11, 4)]))
    lengths = draw(st.lists(st.sampled_from([10, 15, 30, 45, 60, 90]), min_size=6, max_size=14))
    text = f"# Hive {first.year}\n\n{draw(st.sampled_from(NOISE))}"
    truth = {}
    titles = iter(TITLES)
    for number in range(2):
        at = Day(first + timedelta(days=number))
        rows, minutes = "", draw(st.sampled_from([480, 570, 600, 780]))
        for length in lengths[number::2]:
            title, wall = next(titles), datetime.combine(at.at, datetime.min.time(), ZoneInfo(zone))
            rows += line.format(
                c=CLOCKS[clock](minutes, minutes + length), t=title, s=draw(st.sampled_from(["Ada Lovelace", "Kurt Gödel"]))
            )
            truth[title] = tuple((wall + timedelta(minutes=one)).astimezone(UTC) for one in (minutes, minutes + length))
            minutes += length
        heads = (
            f"|Time|{'Speaker|' * (line.count('|') == 4)}Title|\n{'|---' * (line.count('|') - 1)}|\n" if line[0] == "|" else ""
        )
        text += f"## {at.said(style)}\n\n{draw(st.sampled_from(NOISE))}{heads}{rows}\n"
    doubtful = clock in DOUBTFUL or (clock in AT_HEADS and line.startswith(("{t} (", "- {t}", "[")))
    return Programme(text, truth, zone, first.year, doubtful)  # type: ignore[arg-type]


@given(programmes())
@settings(max_examples=200)
def test_what_is_read_is_what_was_meant(made: Programme) -> None:
    """No talk has another start or end than the one it was made from; only what is doubtful may be refused or have none."""
    hints = Hints(now=datetime(2026, 11, 22, tzinfo=UTC), name=f"Hive {made.year}", zone=made.zone)
    try:
        talks = read([Part("programme.md", made.text.encode())], hints).conference.talks
    except ReadError:
        assert made.doubtful, made.text
        return
    found = {title: talk for talk in talks for title in made.truth if title in talk.title}
    assert found.keys() == made.truth.keys() or made.doubtful, made.text
    for title, talk in found.items():
        start, end = made.truth[title]
        assert talk.start in ({start, None} if made.doubtful else {start}), made.text
        assert talk.end in {end, None}, made.text
