"""Installs the calendar programs that judge an export, each where it disturbs nothing: ``python3 tests/clients/install.py``.

The Python ones get an environment each, since their requirements contradict each other, and ical.js a folder, all under
``.cache/clients``. With ``--debian``, and as root, Debian's packages are installed too. What cannot be installed is a printed
line, and its tests are skipped with the reason; the exit code is 0 all the same. Needs the standard library alone.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

CACHE = Path(__file__).parents[2] / ".cache" / "clients"
"""Where the programs are that no package manager of the system looks after."""

PYTHON = {
    "khal": "khal==0.14.1",
    "vobject": "vobject==0.9.9",
    "ics": "ics==0.7.3",
    "ical": "ical==14.3.1",  # Home Assistant's
    "radicale": "radicale==3.9.0",
}
"""The Python programs: the name of each environment, and what is in it."""

NODE = "ical.js@2.2.1"
"""The reader of Thunderbird and Nextcloud."""

DEBIAN = {
    "calcurse": ("calcurse",),
    "sabre": ("php-cli", "php-sabre-vobject"),
    "chromium": ("chromium",),  # no calendar: it opens, pictures and prints the page that is exported
    "npm": ("nodejs", "npm"),
}
"""Debian's packages for what is looked for by these names."""

PATIENCE = 240
"""Seconds for one package manager."""

SABRE = Path("/usr/share/php/Sabre/VObject/autoload.php")
"""Where Debian's php-sabre-vobject is; its own command does not find it."""


def python_of(name: str) -> Path:
    """The interpreter of a client's environment."""
    return CACHE / name / "bin" / "python"


def missing(name: str) -> str:
    """Why a client cannot be asked; empty where it can."""
    if name in PYTHON:
        return "" if (CACHE / name / PYTHON[name]).exists() else f"{PYTHON[name]} is not installed ({_how()})"
    if name == "ical.js":
        here = (CACHE / name / NODE).exists() and shutil.which("node")
        return "" if here else f"node and {NODE} are not installed ({_how()})"
    if name == "sabre":
        return "" if shutil.which("php") and SABRE.exists() else f"php-cli and php-sabre-vobject are not installed ({_how()})"
    return "" if shutil.which(name) else f"{name} is not installed ({_how()})"


def _how() -> str:
    return "python3 tests/clients/install.py --debian"


def _run(*command: str | Path) -> str:
    """Run a command; what went wrong, empty where nothing did."""
    try:
        subprocess.run(command, check=True, capture_output=True, text=True, timeout=PATIENCE, stdin=subprocess.DEVNULL)
    except FileNotFoundError:
        return f"there is no {command[0]}"
    except subprocess.TimeoutExpired:
        return f"{command[0]} took longer than {PATIENCE} s"
    except subprocess.CalledProcessError as error:
        said = (error.stderr or error.stdout).strip().splitlines()
        return said[-1] if said else f"{command[0]} ended with {error.returncode}"
    return ""


def _python(name: str) -> str:
    """Make the environment of a Python client; the mark at the end tells that it is whole."""
    if not missing(name):
        return ""
    shutil.rmtree(CACHE / name, ignore_errors=True)
    fault = _run(sys.executable, "-m", "venv", "--without-pip", CACHE / name)
    fault = fault or _run(sys.executable, "-m", "pip", "--python", python_of(name), "install", "-q", PYTHON[name])
    if not fault:
        (CACHE / name / PYTHON[name]).touch()
    return fault


def _debian() -> str:
    """Debian's packages, each by itself: one that cannot be had keeps no other away."""
    wanted = [packages for name, packages in DEBIAN.items() if missing(name)]
    if not wanted:
        return ""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return "only root installs them, and only where there is apt-get"
    os.environ["DEBIAN_FRONTEND"] = "noninteractive"
    fault = _run("apt-get", "update", "-qq")
    install = ("apt-get", "install", "-y", "-qq", "--no-install-recommends")
    faults = [found for packages in wanted if (found := _run(*install, *packages))]
    return "; ".join(faults and [*faults, fault])


def _node(debian: Future[str] | None) -> str:
    """Put ical.js into its folder, once npm is there."""
    where = CACHE / "ical.js"
    if (where / NODE).exists():
        return ""
    if debian is not None:
        debian.result()
    fault = _run("npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", where, NODE)
    if not fault:
        (where / NODE).touch()
    return fault


def main() -> None:
    """Install what is not there yet, several at a time, and say how it went."""
    CACHE.mkdir(parents=True, exist_ok=True)
    with ThreadPoolExecutor(3) as several:
        debian = several.submit(_debian) if "--debian" in sys.argv[1:] else None
        running = {name: several.submit(_python, name) for name in PYTHON}
        running["ical.js"] = several.submit(_node, debian)
        if debian is not None:
            running["Debian's packages"] = debian
        for name, one in running.items():
            fault = one.result()
            sys.stdout.write(f"{name}: {f'not installed: {fault}' if fault else 'installed'}\n")


if __name__ == "__main__":
    main()
