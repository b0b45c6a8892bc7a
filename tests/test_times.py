"""Zones, instants and clocks."""

from __future__ import annotations

import calendar
import os
import subprocess
import sys
import time
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from time_table import comparable, oracle

from planner import times
from planner.errors import ReadError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MAY_6 = datetime(2021, 5, 6, 18, 0, tzinfo=UTC)
INSTANTS = st.datetimes(datetime(2000, 1, 1), datetime(2040, 12, 31), timezones=st.just(UTC)).map(
    lambda at: at.replace(microsecond=0)
)
CHANGEABLE = (
    "America/Los_Angeles",
    "Europe/Berlin",
    "Europe/London",
    "Europe/Dublin",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
    "Asia/Beirut",
    "Asia/Tehran",
    "America/Sao_Paulo",
    "Pacific/Apia",
    "America/St_Johns",
    "Asia/Gaza",
    "America/Caracas",
    "Asia/Pyongyang",
    "Europe/Istanbul",
    "Antarctica/Troll",
    "America/Havana",
    "America/Vancouver",
    "Pacific/Norfolk",
    "Asia/Kathmandu",
)


def _fresh(code: str, **environ: str) -> str:
    """What a fresh interpreter prints."""
    whole = {**os.environ, **environ}
    return subprocess.run([sys.executable, "-c", code], env=whole, capture_output=True, text=True, check=True).stdout.strip()


@pytest.fixture
def _unread() -> Iterator[None]:
    """No zone has been read yet, and what the test reads is forgotten."""
    remembering = (times.zone, times.zone_folder, times._zone_file)
    for known in remembering:
        known.cache_clear()
    yield
    for known in remembering:
        known.cache_clear()


def _readings(around: datetime, name: str) -> dict[datetime, list[datetime]]:
    """What a clock of the second database shows at each quarter of an hour within 30 hours, and the instants that show it."""
    zone, found = oracle(name), dict[datetime, list[datetime]]()
    for step in range(-120, 121):
        at = around + timedelta(minutes=15 * step)
        found.setdefault(at.astimezone(zone).replace(tzinfo=None), []).append(at)
    return found


class TestZones:
    """The zone database."""

    @pytest.mark.parametrize("name", ["Europe/Berlin", "UTC", "Etc/GMT+12", "America/Argentina/Buenos_Aires", "US/Pacific"])
    def test_a_zone_is_known_by_its_name_and_made_once(self, name: str) -> None:
        """The same object comes at every call, and it carries its name."""
        assert times.zone(name).key == name
        assert times.zone(name) is times.zone(name)

    @pytest.mark.parametrize(
        ("name", "meant"),
        [
            ("Berlin", "Europe/Berlin"),
            ("europe/berlin", "Europe/Berlin"),
            ("America/Los_Angles", "America/Los_Angeles"),
            ("America/San Francisco", "like"),
            ("", "like"),
            ("../../../etc/passwd", "like"),
            ("/etc/localtime", "like"),
            ("Europe/../Europe/Berlin", "There is no time zone"),
            ("America", "like"),
            ("tzdata.zi", "like"),
            ("Factory", "like"),
            ("Europe/Berlin\x1b[31m", "Europe/Berlin"),
            ("Europe/Berlin/", "Europe/Berlin"),
            ("Europe\\Berlin", "Europe/Berlin"),
            ("Europe/Ber\0lin", "Europe/Berlin"),
            ("x" * 5000, "like"),
        ],
    )
    def test_a_name_that_is_none_is_refused_and_close_ones_are_named(self, name: str, meant: str) -> None:
        """A wrong or unsafe name never opens a file; the sentence is one printable line."""
        with pytest.raises(UsageError, match=meant) as refused:
            times.zone(name)
        assert str(refused.value).isprintable()
        assert len(str(refused.value)) < 250
        assert not times.is_zone(name)

    @pytest.mark.parametrize(
        ("name", "said"),
        [
            ("berlin", "There is no time zone called “berlin”. Did you mean Europe/Berlin?"),
            ("a\tb", "There is no time zone called “a?b”. Names look like Europe/Berlin or America/Los_Angeles."),
            ("Los Angeles", "There is no time zone called “Los Angeles”. Did you mean America/Los_Angeles?"),
            ("Samoa", "There is no time zone called “Samoa”. Did you mean Pacific/Samoa or US/Samoa?"),
            ("x" * 61, f"There is no time zone called “{'x' * 60}”. Names look like Europe/Berlin or America/Los_Angeles."),
        ],
    )
    def test_the_refusal_says_the_name_and_what_names_are_like(self, name: str, said: str) -> None:
        """What was asked for is cut at 60 signs and printable; a city alone leads to its zone."""
        with pytest.raises(UsageError) as refused:
            times.zone(name)
        assert str(refused.value) == said

    @pytest.mark.parametrize(
        ("name", "first", "count"), [("America/Samoa", "Pacific/Samoa", 4), ("Etc/GMT+15", "Etc/GMT+5", 3)]
    )
    def test_few_close_names_are_named(self, name: str, first: str, count: int) -> None:
        """There are two Samoas and many American names close to this one: four are said; of what is only close, three."""
        with pytest.raises(UsageError) as refused:
            times.zone(name)
        _, _, named = str(refused.value).partition("Did you mean ")
        assert named.startswith(first)
        assert named.count(" or ") == count - 1

    def test_every_name_of_the_database_opens(self) -> None:
        """What the picker offers, in order, can be chosen."""
        names = times.zone_names()
        assert list(names) == sorted(names)
        assert len(names) > 590
        assert all(times.is_zone(name) and times.zone(name).key == name for name in names)

    def test_reading_and_showing_use_one_database(self) -> None:
        """Zone objects come from pytz's files: they know what the 2026 rules brought."""
        assert times.database() >= "2026a"
        december = datetime(2026, 12, 7, 16, 0, tzinfo=UTC)
        assert times.clock(december, "America/Vancouver") == "09:00"

    def test_the_folder_that_pytz_is_told_to_read_is_read(self, tmp_path: Path) -> None:
        """PYTZ_TZDATADIR moves both halves of the database, or neither."""
        code = (
            "import os, shutil, sys, pytz; folder = sys.argv[1] if sys.argv[1:] else os.environ['PYTZ_TZDATADIR'];"
            "os.makedirs(folder + '/Europe'); here = os.path.dirname(pytz.__file__) + '/zoneinfo/Asia/Tokyo';"
            "shutil.copy(here, folder + '/Europe/Berlin'); from planner import times; from datetime import datetime, UTC;"
            "print(times.clock(datetime(2021, 5, 6, tzinfo=UTC), 'Europe/Berlin'), times.is_zone('Europe/Paris'))"
        )
        assert _fresh(code, PYTZ_TZDATADIR=f"{tmp_path}/zones") == "09:00 False"

    @pytest.mark.usefixtures("_unread")
    def test_that_folder_is_read_without_pytz(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Tokyo's file under Berlin's name shows Tokyo's hour, where pytz could not be imported."""
        (tmp_path / "Europe").mkdir()
        (tmp_path / "Europe" / "Berlin").write_bytes(times._zone_file("Asia/Tokyo") or b"")
        times.zone_folder.cache_clear()
        monkeypatch.setenv("PYTZ_TZDATADIR", str(tmp_path))
        monkeypatch.setitem(sys.modules, "pytz", None)
        assert times.clock(MAY_6, "Europe/Berlin") == "03:00"
        assert not times.is_zone("Europe/Paris")

    @pytest.mark.usefixtures("_unread")
    def test_pytz_is_found_where_python_finds_it(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """The first pytz on the path is the one, and its zones are read without importing it; without a folder it is asked."""
        monkeypatch.delenv("PYTZ_TZDATADIR", raising=False)
        with monkeypatch.context() as without:
            without.setitem(sys.modules, "pytz", None)
            assert times.clock(MAY_6, "Europe/Berlin") == "20:00"
        (tmp_path / "pytz").mkdir()
        times.zone_folder.cache_clear()
        monkeypatch.syspath_prepend(tmp_path)
        assert times.zone_folder() is not None  # a folder of that name is not yet a package
        (tmp_path / "pytz" / "__init__.py").touch()
        times.zone_folder.cache_clear()
        assert times.zone_folder() is None

    @pytest.mark.usefixtures("_unread")
    def test_a_pytz_without_a_folder_of_its_own_still_serves(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A pytz that a distribution pointed at the system's files is asked itself."""
        monkeypatch.setattr(times, "zone_folder", lambda: None)
        assert times.clock(MAY_6, "Europe/Berlin") == "20:00"
        assert not times.is_zone("Europe/Nowhere")

    def test_importing_the_module_loads_nothing_heavy(self) -> None:
        """The agenda pays for no zone reader, date parser or typing at start-up; what .pth files load is not counted."""
        heavy = "'pytz', 'dateutil', 'tzlocal', 'typing', 'dataclasses', 're', 'enum', 'tzdata', 'difflib'"
        code = f"import sys; sys.path += {sys.path}; import planner.times as t; t.zone('Europe/Berlin'); "
        code += f"print([m for m in ({heavy},) if m in sys.modules])"
        assert subprocess.run([sys.executable, "-S", "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"

    def test_countries_have_names_and_zones(self) -> None:
        """A country's code leads to its English name and its zones."""
        assert times.countries()["AT"] == ("Austria", ("Europe/Vienna",))
        assert len(times.countries()["US"][1]) > 20

    def test_a_newer_database_on_the_machine_is_named(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """The doctor hears of a newer version and where it is, and of nothing where there is none."""
        folder = f"{tmp_path}"
        monkeypatch.setattr(times, "_other_folders", lambda: [folder])
        assert times.newer_database() == ""
        endless, cut = "2099" + "x" * 500, "2099" + "x" * (80 - len("# version 2099"))
        for version, said in (
            *(("2099a", f"2099a ({folder})"), ("1999a", ""), (times.database(), ""), ("unknown", "")),
            *((endless, f"{cut} ({folder})"), ("2099é", f"2099\ufffd ({folder})")),
        ):
            with open(os.path.join(folder, "tzdata.zi"), "w", encoding="latin-1") as file:
                file.write(f"# version {version}\n# redo posix_only\n")
            assert times.newer_database() == said

    def test_a_machine_without_other_databases_has_no_newer_one(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """No folder of the system and no tzdata package is no fault."""
        monkeypatch.setitem(sys.modules, "tzdata", None)
        monkeypatch.setattr("zoneinfo.TZPATH", ())
        assert times.newer_database() == ""
        assert times.other_databases("Europe/Berlin") == ()

    def test_other_databases_are_found_or_left_out(self) -> None:
        """The tzdata package counts as one that other programs read; a zone that only we have is in none."""
        found = times.other_databases("Europe/Berlin")
        assert any(MAY_6.astimezone(zone).hour == 20 for zone in found)
        with pytest.raises(UsageError):
            times.other_databases("Europe/Nowhere")

    def test_the_tzdata_package_is_one_of_them(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Also on a machine without zone files of its own."""
        monkeypatch.setattr("zoneinfo.TZPATH", ())
        assert [zone.key for zone in times.other_databases("Europe/Berlin")] == ["Europe/Berlin"]

    def test_a_database_without_the_zone_hides_no_other(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """An empty folder and one whose file is no zone stand before the one that has it: Tokyo's, nine hours from UTC."""
        folders = [tmp_path / name for name in ("empty", "broken", "whole")]
        for folder, data in zip(folders, (None, b"no zone", times._zone_file("Asia/Tokyo")), strict=True):
            (folder / "Asia").mkdir(parents=True)
            if data is not None:
                (folder / "Asia" / "Tokyo").write_bytes(data)
        monkeypatch.setattr(times, "_other_folders", lambda: list(map(str, folders)))
        (found,) = times.other_databases("Asia/Tokyo")
        assert (found.key, MAY_6.astimezone(found).hour) == ("Asia/Tokyo", 3)


class TestMachineZone:
    """The zone of the machine."""

    @pytest.mark.parametrize(
        ("said", "zone"),
        [
            ("Europe/Vienna", "Europe/Vienna"),
            (":America/New_York", "America/New_York"),
            ("/usr/share/zoneinfo/Asia/Tokyo", "Asia/Tokyo"),
            (":/usr/share/zoneinfo/posix/Asia/Tokyo", "Asia/Tokyo"),
            ("/usr/share/zoneinfo/right/Asia/Tokyo", "Asia/Tokyo"),
            ("./zoneinfo/Asia/Tokyo", "Asia/Tokyo"),
            ("", "UTC"),
            (":", "UTC"),
            ("EST5EDT", "EST5EDT"),
            ("CET-1CEST,M3.5.0,M10.5.0/3", None),
            ("Europe/Nowhere", None),
            ("../../etc/passwd", None),
            ("X", None),
            ("XEurope/Berlin", None),
        ],
    )
    def test_the_environment_comes_first(self, said: str, zone: str | None) -> None:
        """$TZ decides, in every form that a C library takes and that names a zone."""
        assert times.machine_zone({"TZ": said}, lambda _: "/usr/share/zoneinfo/Asia/Seoul") == zone

    @pytest.mark.parametrize("folder", ["/usr/share/zoneinfo", "../usr/share/zoneinfo", "/var/db/timezone/zoneinfo"])
    def test_else_the_link_of_the_system(self, folder: str) -> None:
        """/etc/localtime is a link into the zone folder on Linux and macOS."""
        assert times.machine_zone({}, {"/etc/localtime": f"{folder}/Asia/Seoul"}.__getitem__) == "Asia/Seoul"

    @pytest.mark.parametrize(("found", "zone"), [("Europe/Rome", "Europe/Rome"), ("Mars/Olympus", None), (None, None)])
    def test_else_tzlocal(self, found: str | None, zone: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
        """Where there is no link tzlocal is asked, and a name that the database lacks is none."""
        monkeypatch.setattr("tzlocal.get_localzone_name", lambda: found)

        def no_link(_: str) -> str:
            raise OSError

        assert times.machine_zone({}, no_link) == zone

    def test_a_machine_that_contradicts_itself_has_none(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A complaint of tzlocal becomes None, not a traceback."""

        def complain() -> str:
            raise ValueError

        monkeypatch.setattr("tzlocal.get_localzone_name", complain)
        assert times.machine_zone({}, lambda _: "nowhere") is None


class TestInstants:
    """Wall clocks to instants."""

    @settings(max_examples=25)
    @given(at=INSTANTS)
    def test_every_zone_gives_an_instant_back(self, at: datetime) -> None:
        """In every zone of the database, 2000 to 2040: the clock of an instant, read again, is the instant, or its fold."""
        for name in times.zone_names():
            here = times.local(at, name)
            wall = here.replace(tzinfo=None, fold=0)
            back, warning = times.instant(wall, name, here.tzname() or "")
            assert times.local(back, name).replace(tzinfo=None, fold=0) == wall
            assert back == at or warning

    @settings(max_examples=25)
    @given(at=INSTANTS)
    def test_every_zone_shows_what_the_second_database_shows(self, at: datetime) -> None:
        """Zone objects made from pytz's files agree with those of the tzdata package."""
        for name in times.zone_names():
            if comparable(name):
                assert times.local(at, name).replace(tzinfo=None) == at.astimezone(oracle(name)).replace(tzinfo=None), name

    @pytest.mark.parametrize("name", CHANGEABLE)
    def test_around_every_change_of_clocks_the_rule_holds(self, name: str) -> None:
        """Near each transition, as a search of instants finds: none means the offset before, of two the first is taken."""
        zone = oracle(name)
        if not comparable(name):
            return
        hour = timedelta(hours=1)
        at = datetime(2006, 1, 1, tzinfo=UTC)
        while at.year < 2040:
            if at.astimezone(zone).utcoffset() == (at + hour).astimezone(zone).utcoffset():
                at += hour * 24 if at.astimezone(zone).utcoffset() == (at + hour * 25).astimezone(zone).utcoffset() else hour
                continue
            before, shown = at.astimezone(zone).utcoffset() or timedelta(), _readings(at, name)
            for minutes in range(-120, 180, 15):
                wall = at.astimezone(zone).replace(tzinfo=None) + timedelta(minutes=minutes)
                readings = shown.get(wall, [])
                if not readings and abs(((at + hour).astimezone(zone).utcoffset() or timedelta()) - before) > hour * 20:
                    continue  # a day left out is refused, below
                found, warning = times.instant(wall, name)
                assert found == (readings[0] if readings else (wall - before).replace(tzinfo=UTC))
                assert bool(warning) == (len(readings) != 1)
            at += hour

    def test_the_year_in_which_the_32_bits_end_has_its_summer(self) -> None:
        """Noon of 1 July 2038 is 10:00 UTC in Berlin, two hours ahead as in every July since 1996."""
        assert times.instant(datetime(2038, 7, 1, 12), "Europe/Berlin") == (datetime(2038, 7, 1, 10, tzinfo=UTC), "")

    @pytest.mark.parametrize("year", [2021, 2040])
    def test_an_hour_that_is_left_out_or_comes_twice_is_said(self, year: int) -> None:
        """Berlin's two nights of a year, before and after the 32 bits of pytz end; its letters choose of two."""
        spring, autumn = (date(year, month, 31) for month in (3, 10))
        spring, autumn = (last - timedelta(days=(last.weekday() + 1) % 7) for last in (spring, autumn))  # the last Sundays
        gap, fold = (datetime(of.year, of.month, of.day, 2, 30) for of in (spring, autumn))
        assert times.instant(gap, "Europe/Berlin") == (
            datetime(year, 3, spring.day, 1, 30, tzinfo=UTC),
            f"02:30 on Sun {spring.day} Mar {year} does not exist in Europe/Berlin, clocks go forward; 03:30 is taken.",
        )
        first, second = (datetime(year, 10, autumn.day, hour, 30, tzinfo=UTC) for hour in (0, 1))
        warning = f"02:30 on Sun {autumn.day} Oct {year} comes twice in Europe/Berlin, clocks go back; the first is taken."
        assert times.instant(fold, "Europe/Berlin") == times.instant(fold, "Europe/Berlin", "PDT") == (first, warning)
        assert [times.instant(fold, "Europe/Berlin", said) for said in ("CEST", "cet")] == [(first, ""), (second, "")]

    def test_a_day_that_a_zone_left_out_is_refused(self) -> None:
        """Samoa had no 30 December 2011."""
        said = r"^Fri 30 Dec 2011 did not exist in Pacific/Apia: the calendar there skipped it; check the date\.$"
        with pytest.raises(ReadError, match=said):
            times.instant(datetime(2011, 12, 30, 10, 0), "Pacific/Apia")

    @pytest.mark.parametrize("wall", [datetime(1, 1, 1), datetime(9999, 12, 31, 23, 59)])
    def test_the_ends_of_the_calendar_are_refused(self, wall: datetime) -> None:
        """A year that overflows is a sentence, not a traceback."""
        with pytest.raises(ReadError, match=rf"^The year {wall.year} is beyond the calendar; check the date\.$"):
            times.instant(wall, "Asia/Tokyo" if wall.year == 1 else "America/Los_Angeles")


class TestShown:
    """Instants shown."""

    def test_clock_and_letters_follow_the_zone_and_the_season(self) -> None:
        """The time of day and what the zone calls it."""
        winter = datetime(2021, 12, 6, 18, 0, tzinfo=UTC)
        assert [times.clock(MAY_6, "Europe/Berlin"), times.letters(MAY_6, "Europe/Berlin")] == ["20:00", "CEST"]
        assert [times.clock(winter, "Europe/Berlin"), times.letters(winter, "Europe/Berlin")] == ["19:00", "CET"]
        assert times.letters(winter, "Antarctica/Troll") == "UTC+00:00"

    def test_days_and_months_have_their_english_names(self) -> None:
        """As the standard library writes them in mails, on every day of a leap year, and in full in its calendar."""
        for number in range(366):
            at = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(days=number)
            name, of, month, year = format_datetime(at).replace(",", "").split()[:4]
            assert times.day(at.date()) == f"{name} {int(of)} {month}"
            assert times.long_day(at.date()) == f"{name} {int(of)} {month} {year}"
        assert list(times.DAYS) == list(calendar.day_name)
        assert ["", *times.MONTHS] == list(calendar.month_name)

    @pytest.mark.parametrize(
        ("name", "letters"),
        [("Asia/Kathmandu", "UTC+05:45"), ("America/Sao_Paulo", "UTC-03:00"), ("Etc/GMT+12", "UTC-12:00"), ("UTC", "UTC")],
    )
    def test_a_zone_without_letters_shows_its_offset(self, name: str, letters: str) -> None:
        """Where the database has only numbers they are written as an offset, signed as ISO 8601 signs."""
        assert times.letters(MAY_6, name) == letters

    @pytest.mark.parametrize(
        ("name", "city"),
        [
            ("Europe/Berlin", "Berlin"),
            ("America/Argentina/Buenos_Aires", "Buenos Aires"),
            ("Etc/GMT+12", "UTC-12"),
            ("Etc/GMT-2", "UTC+2"),
            ("Etc/GMT", "GMT"),
            ("Etc/GMT+0", "GMT+0"),
            ("UTC", "UTC"),
        ],
    )
    def test_a_city_is_its_zone_without_the_region(self, name: str, city: str) -> None:
        """Etc names have their sign reversed in the database, not on the screen."""
        assert times.city(name) == city

    @pytest.mark.parametrize(
        ("other", "words"),
        [
            ("America/Los_Angeles", "9 hours behind"),
            ("Asia/Kathmandu", "3 hours 45 minutes ahead"),
            ("Europe/London", "1 hour behind"),
            ("Europe/Paris", "the same time"),
        ],
    )
    def test_how_far_two_clocks_are_apart(self, other: str, words: str) -> None:
        """Seen from Berlin in May."""
        assert times.behind(MAY_6, "Europe/Berlin", other) == words

    def test_less_than_an_hour_apart_is_said_in_minutes(self) -> None:
        """Karachi is at +05:00 and Kolkata at +05:30 all year."""
        assert times.behind(MAY_6, "Asia/Karachi", "Asia/Kolkata") == "30 minutes ahead"
        assert times.behind(MAY_6, "Asia/Kolkata", "Asia/Karachi") == "30 minutes behind"

    def test_a_day_may_end_after_midnight(self) -> None:
        """A talk at 01:00 belongs to the evening before where the day changes at 04:00."""
        at = datetime(2021, 5, 7, 1, 0, tzinfo=UTC)
        assert times.local_day(at, "UTC", 240) == date(2021, 5, 6)
        assert times.local_day(at, "UTC") == date(2021, 5, 7)
        assert times.local_day(at, "America/Los_Angeles") == date(2021, 5, 6)
        midnight = datetime(2021, 5, 7, tzinfo=UTC)
        assert (times.local_day(midnight, "UTC"), times.day_start(date(2021, 5, 7), "UTC")) == (date(2021, 5, 7), midnight)

    @pytest.mark.parametrize("name", CHANGEABLE)
    def test_a_day_begins_where_the_days_meet(self, name: str) -> None:
        """Around each change of clocks, the first quarter of an hour that zoneinfo shows on the day or on a later one."""
        here, quarter, at = oracle(name), timedelta(minutes=15), datetime(2012, 1, 1, tzinfo=UTC)
        while comparable(name) and at.year < 2024:
            at += timedelta(days=1)
            if at.astimezone(here).utcoffset() == (at - timedelta(days=1)).astimezone(here).utcoffset():
                continue
            tried = [at + quarter * step for step in range(-4 * 96, 4 * 96)]
            walls = [one.astimezone(here).replace(tzinfo=None) for one in tried]
            for change in (0, 90, 150, 180, 300, 24 * 60):
                shown = [(wall - timedelta(minutes=change)).date() for wall in walls]
                for day in (at.date() + timedelta(days=off) for off in (-1, 0, 1)):
                    first = next(one for one, on in zip(tried, shown, strict=True) if on >= day)
                    assert times.day_start(day, name, change) == first, (day, change)
            at += timedelta(days=1)

    def test_the_night_on_which_clocks_go_forward_is_shorter(self) -> None:
        """Where days change at 05:00, 28 March 2021 ends in Berlin an hour earlier than a sum in UTC says."""
        assert times.day_start(date(2021, 3, 28), "Europe/Berlin", 300) == datetime(2021, 3, 28, 3, tzinfo=UTC)
        assert times.day_start(date(2021, 3, 27), "Europe/Berlin", 300) == datetime(2021, 3, 27, 4, tzinfo=UTC)
        assert times.day_start(date(2021, 3, 28), "Europe/Berlin", 150) == datetime(2021, 3, 28, 1, tzinfo=UTC)

    @pytest.mark.parametrize(
        ("seconds", "said"),
        [
            (0, "under 1 min"),
            (59, "under 1 min"),
            (60, "1 min"),
            (90, "1 min"),
            (75 * 60, "75 min"),
            (120 * 60 + 59, "120 min"),
            (121 * 60, "2 h 01 min"),
            (180 * 60, "3 h"),
            (125 * 60, "2 h 05 min"),
            (47 * 3600, "47 h"),
            (48 * 3600 - 60, "47 h 59 min"),
            (48 * 3600, "2 days"),
            (71 * 3600, "2 days"),
            (72 * 3600, "3 days"),
        ],
    )
    def test_lengths_are_said_in_the_shortest_way(self, seconds: int, said: str) -> None:
        """Up to two hours as minutes, never more than there is; the same for seconds and for a difference of instants."""
        assert times.lasting(seconds) == times.lasting(timedelta(seconds=seconds)) == said

    def test_dates_are_english_whatever_the_locale_and_the_machine(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Neither LC_ALL nor TZ reaches what is shown or read."""
        code = (
            "import locale\ntry: locale.setlocale(locale.LC_ALL, '')\nexcept locale.Error: pass\n"
            "from datetime import *; from planner import times, dates; d = date(2021, 5, 6)\n"
            "print(times.day(d), times.long_day(d), dates.resolve(dates.scan('Thu 6 May 2021 11:00 PDT')).start.isoformat())"
        )
        for where in ({"LC_ALL": "de_DE.UTF-8", "TZ": "Asia/Kolkata"}, {"LC_ALL": "tr_TR.UTF-8", "TZ": "Pacific/Apia"}):
            assert _fresh(code, **where) == "Thu 6 May Thu 6 May 2021 2021-05-06T18:00:00+00:00"
        monkeypatch.setenv("TZ", "Pacific/Apia")
        time.tzset()
        assert times.clock(MAY_6, "Europe/Berlin") == "20:00"
