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
from concurrent.futures import ThreadPoolExecutor
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

DEBIAN = ("calcurse", "php-cli", "php-sabre-vobject", "chromium")
"""Debian's packages; the last is for the page that one reads and prints."""

PATIENCE = 300
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


def _node() -> str:
    """Put ical.js into its folder."""
    where = CACHE / "ical.js"
    if (where / NODE).exists():
        return ""
    fault = _run("npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", where, NODE)
    if not fault:
        (where / NODE).touch()
    return fault


def _debian() -> str:
    """Debian's packages, one by one where all together do not go."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return "only root installs them, and only where there is apt-get"
    wanted = [name for name in ("calcurse", "sabre", "chromium") if missing(name)]
    if not wanted:
        return ""
    os.environ["DEBIAN_FRONTEND"] = "noninteractive"
    fault = _run("apt-get", "update", "-qq")
    together = ("apt-get", "install", "-y", "-qq", "--no-install-recommends")
    if not _run(*together, *DEBIAN):
        return ""
    faults = [found for package in DEBIAN if (found := _run(*together, package))]
    return "; ".join(faults) or fault


def main() -> None:
    """Install what is not there yet, several at a time, and say how it went."""
    CACHE.mkdir(parents=True, exist_ok=True)
    with ThreadPoolExecutor(3) as several:
        running = {"Debian's": several.submit(_debian)} if "--debian" in sys.argv[1:] else {}
        running["ical.js"] = several.submit(_node)
        running.update({name: several.submit(_python, name) for name in PYTHON})
        for name, one in running.items():
            fault = one.result()
            sys.stdout.write(f"{name}: {f'not installed: {fault}' if fault else 'installed'}\n")


if __name__ == "__main__":
    main()
