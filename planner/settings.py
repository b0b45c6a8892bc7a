"""``config.toml``, environment and flags become one frozen value: a flag beats the environment, the environment the file.

Paths are text and nothing is read at import: this module is on the agenda's path.
"""

from __future__ import annotations

import os

from planner.errors import UsageError
from planner.values import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

THEMES = ("dark", "light")


class Settings(NamedTuple):
    """What the user set, or the defaults.

    ``home`` is the data folder. ``zone`` is the display zone (IANA name), None for the machine's. ``alarm`` is in minutes
    before a talk, None for no alarm. ``day_hours`` are the first and last hour of a day in which free time counts.
    ``walking_minutes`` is what a change of room takes, ``walks`` the pairs of rooms that take another time. ``theme`` is
    None for the terminal's. ``keys`` maps the id of a command to the keys that call it.
    """

    home: str
    zone: str | None = None
    alarm: int | None = None
    day_hours: tuple[int, int] = (8, 22)
    walking_minutes: int = 5
    walks: tuple[tuple[str, str, int], ...] = ()
    theme: str | None = None
    keys: tuple[tuple[str, str], ...] = ()

    def walking_seconds(self, here: str, there: str) -> int:
        """How long the way from one room to another takes, in seconds; a pair counts in both directions."""
        for one, other, minutes in self.walks:
            if (here, there) in {(one, other), (other, one)}:
                return minutes * 60
        return self.walking_minutes * 60


def home_folder(flag: str | None, environ: Mapping[str, str], platform: str) -> str:
    """The data folder: ``--home``, else ``$PLANNER_HOME``, else the platform's folder for a user's data.

    On Linux and the BSDs that is ``$XDG_DATA_HOME`` (XDG Base Directory Specification); platformdirs knows the others.
    """
    chosen = flag or environ.get("PLANNER_HOME")
    if chosen:
        return os.path.abspath(os.path.expanduser(chosen))
    if platform in {"darwin", "win32"}:
        from platformdirs import user_data_dir  # 16 ms, only where it knows more than we do

        return user_data_dir("planner", appauthor=False)
    shared = environ.get("XDG_DATA_HOME", "")
    base = shared if os.path.isabs(shared) else os.path.join(environ.get("HOME") or os.path.expanduser("~"), ".local", "share")
    return os.path.join(base, "planner")


def load_settings(home: str, *, zone: str | None = None, alarm: int | None = None) -> Settings:
    """The settings of a data folder, with the flags ``zone`` and ``alarm`` put above its ``config.toml``.

    Raises :class:`~planner.errors.UsageError` naming file, line and key for a setting that cannot be understood.
    """
    path = os.path.join(home, "config.toml")
    try:
        with open(path, "rb") as file:
            data = file.read()
    except (FileNotFoundError, NotADirectoryError):
        read = Settings(home)
    except OSError as error:
        raise UsageError(f"{path} cannot be read ({error.strerror}): mend or remove it.") from error
    else:
        read = _parse(home, path, data)
    return read._replace(zone=zone or read.zone, alarm=read.alarm if alarm is None else alarm)


def setting_place(home: str, key: str, table: str = "") -> str:
    """Where ``config.toml`` of a data folder says a key, in a table or above all: file and line, for a refusal."""
    path = os.path.join(home, "config.toml")
    with open(path, encoding="utf-8") as file:
        text = file.read()
    head = _line(text, table) if table else 0
    below = _line("\n".join(text.splitlines()[head:]), key, default=0)  # 0: a table in one line
    return f"{path}, line {head + below}"


def _parse(home: str, path: str, data: bytes) -> Settings:
    import tomllib  # 13 ms, only where there is a file

    try:
        text = data.decode()
        said = tomllib.loads(text)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(f"{path} is not valid TOML: {error}.") from error
    settings = Settings(home)
    for key, value in said.items():
        if key not in _READ:
            raise UsageError(f"{path}, line {_line(text, key)}: there is no setting {key!r}; there are {', '.join(_READ)}.")
        try:
            settings = settings._replace(**_READ[key](value))
        except (ValueError, TypeError) as error:
            raise UsageError(f"{path}, line {_line(text, key)}: {key} {error}.") from error
    return settings


def _line(text: str, key: str, default: int = 1) -> int:
    for number, line in enumerate(text.splitlines(), 1):
        bare = line.strip().lstrip("[").strip().strip("\"'")
        if bare.startswith(key) and not bare[len(key) : len(key) + 1].isalnum():
            return number
    return default


def _whole(value: object, least: int, most: int, unit: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise ValueError(f"must be a whole number of {unit} from {least} to {most}, not {value!r}")
    return value


def _zone(value: object) -> dict[str, Any]:
    if not isinstance(value, str) or not value:
        raise ValueError(f"must be the name of a zone such as 'Europe/Berlin', not {value!r}")
    return {"zone": value}


def _alarm(value: object) -> dict[str, Any]:
    return {"alarm": _whole(value, 0, 7 * 24 * 60, "minutes")}


def _day_hours(value: object) -> dict[str, Any]:
    if not isinstance(value, list) or len(value) != 2:  # noqa: PLR2004  (a first and a last hour)
        raise ValueError(f"must be two hours such as [8, 22], not {value!r}")
    first, last = (_whole(hour, 0, 24, "hours") for hour in value)
    if first >= last:
        raise ValueError(f"must begin before it ends, not {value!r}")
    return {"day_hours": (first, last)}


def _walking(value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        return {"walking_minutes": _whole(value, 0, 240, "minutes")}
    walks = []
    for pair, minutes in value.items():
        if pair == "default":
            continue
        one, bar, other = pair.partition("|")
        if not bar:
            raise ValueError(f'names rooms in pairs such as "Hall A | Hall B" = 10, not {pair!r}')
        walks.append((one.strip(), other.strip(), _whole(minutes, 0, 240, "minutes")))
    default = _whole(value.get("default", Settings("").walking_minutes), 0, 240, "minutes")
    return {"walking_minutes": default, "walks": tuple(walks)}


def _theme(value: object) -> dict[str, Any]:
    if value not in THEMES:
        raise ValueError(f"must be {' or '.join(THEMES)}, not {value!r}")
    return {"theme": value}


def _keys(value: object) -> dict[str, Any]:
    if not isinstance(value, dict) or not all(isinstance(keys, str) and keys for keys in value.values()):
        raise ValueError('must be a table of commands and keys such as star = "s,space"')
    return {"keys": tuple(value.items())}


_READ = {
    "zone": _zone,
    "alarm": _alarm,
    "day_hours": _day_hours,
    "walking_minutes": _walking,
    "theme": _theme,
    "keys": _keys,
}
"""What ``config.toml`` may say, and what makes settings of it."""
