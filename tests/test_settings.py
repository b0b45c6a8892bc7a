"""Settings: what config.toml, the environment and flags say, and how a mistake in them is named."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from planner.cli import main
from planner.errors import UsageError
from planner.settings import Settings, home_folder, load_settings

if TYPE_CHECKING:
    from pathlib import Path


def write(folder: Path, text: str) -> str:
    """A data folder whose config.toml holds the text."""
    folder.mkdir(exist_ok=True)
    (folder / "config.toml").write_text(text, encoding="utf-8")
    return str(folder)


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    """No config.toml, no folder: the defaults, and nothing is made."""
    home = str(tmp_path / "none")
    assert load_settings(home) == Settings(home)
    assert not os.path.exists(home)


def test_every_setting_is_read(tmp_path: Path) -> None:
    """Each key of the promised list arrives as a value."""
    home = write(
        tmp_path,
        'zone = "Asia/Tokyo"\nalarm = 10\nday_hours = [7, 23]\ntheme = "light"\n'
        '[walking_minutes]\ndefault = 4\n"Hall A | Hall B" = 12\n[keys]\nstar = "s,space"\n',
    )
    read = load_settings(home)
    assert (read.zone, read.alarm, read.day_hours, read.theme) == ("Asia/Tokyo", 10, (7, 23), "light")
    assert read.keys == (("star", "s,space"),)
    assert read.walking_seconds("Hall B", "Hall A") == 12 * 60
    assert read.walking_seconds("Hall A", "Hall C") == 4 * 60


def test_a_flag_beats_the_file(tmp_path: Path) -> None:
    """--tz and --alarm stand above config.toml, also an alarm of 0."""
    home = write(tmp_path, 'zone = "Asia/Tokyo"\nalarm = 10\n')
    read = load_settings(home, zone="Europe/Paris", alarm=0)
    assert (read.zone, read.alarm) == ("Europe/Paris", 0)


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        ("theme = 'dark'\nzoom = 3\n", 2, "zoom"),
        ("alarm = 'ten'\n", 1, "alarm"),
        ("alarm = true\n", 1, "alarm"),
        ("\nday_hours = [22, 8]\n", 2, "day_hours"),
        ("day_hours = 8\n", 1, "day_hours"),
        ("day_hours = [8, 8]\n", 1, "day_hours"),
        ("theme = 'pink'\n", 1, "theme"),
        ("walking_minutes = -1\n", 1, "walking_minutes"),
        ("\n\n[walking_minutes]\n'Hall A' = 3\n", 3, "walking_minutes"),
        ("[keys]\nstar = 3\n", 1, "keys"),
        ("zone = 5\n", 1, "zone"),
    ],
)
def test_a_mistake_is_named_with_its_line(tmp_path: Path, text: str, line: int, word: str) -> None:
    """An unknown key or a wrong value names the file, the line and the key."""
    with pytest.raises(UsageError) as caught:
        load_settings(write(tmp_path, text))
    assert f"config.toml, line {line}: " in str(caught.value)
    assert word in str(caught.value)


@pytest.mark.parametrize("zone", ["Mars/Olympus", "PST"])
def test_a_zone_that_is_none_is_named_with_its_line(tmp_path: Path, capsys: pytest.CaptureFixture[str], zone: str) -> None:
    """In the file, with its line; said by --tz the flag is to blame, not the file."""
    home = write(tmp_path, f'alarm = 10\nzone = "{zone}"\n')
    assert main(["agenda", "--home", home]) == 2
    assert "config.toml, line 2: " in capsys.readouterr().err
    assert main(["agenda", "--home", home, "--tz", zone]) == 2
    assert "config.toml" not in capsys.readouterr().err


@pytest.mark.parametrize("data", [b"zone = \n", b"zone = '\xff'\n"])
def test_a_file_that_is_no_toml_is_one_sentence(tmp_path: Path, data: bytes) -> None:
    """Broken TOML and broken UTF-8 alike."""
    (tmp_path / "config.toml").write_bytes(data)
    with pytest.raises(UsageError, match="not valid TOML"):
        load_settings(str(tmp_path))


def test_a_folder_called_config_toml_is_one_sentence(tmp_path: Path) -> None:
    """What cannot be read is said with its reason."""
    (tmp_path / "config.toml").mkdir()
    with pytest.raises(UsageError, match="cannot be read"):
        load_settings(str(tmp_path))


@pytest.mark.parametrize(
    ("flag", "environ", "expected"),
    [
        ("/x", {"PLANNER_HOME": "/y", "HOME": "/h"}, "/x"),
        (None, {"PLANNER_HOME": "/y", "XDG_DATA_HOME": "/z", "HOME": "/h"}, "/y"),
        (None, {"XDG_DATA_HOME": "/z", "HOME": "/h"}, "/z/planner"),
        (None, {"XDG_DATA_HOME": "relative", "HOME": "/h"}, "/h/.local/share/planner"),
        (None, {"HOME": "/h"}, "/h/.local/share/planner"),
    ],
)
def test_the_home_is_the_flags_then_the_environments_then_the_platforms(
    flag: str | None, environ: dict[str, str], expected: str
) -> None:
    """--home, $PLANNER_HOME, $XDG_DATA_HOME, the default of the XDG specification; a relative XDG path is ignored."""
    assert home_folder(flag, environ, "linux") == expected


def test_on_other_platforms_platformdirs_knows_the_home() -> None:
    """On macOS and Windows the answer is platformdirs' own."""
    from platformdirs import user_data_dir

    assert home_folder(None, {}, "darwin") == user_data_dir("planner", appauthor=False)
