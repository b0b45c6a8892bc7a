"""What every test stands on: a pinned clock, zone, home and locale, the command line as a function, and the real files."""

from __future__ import annotations

import gc
import json
import os
import re
import shutil
import sys
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# On the machine that decides whether a change lands the examples are the same at every run and twice as many; everywhere else
# they are new ones.
settings.register_profile(
    "planner",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=bool(os.environ.get("CI")),
    max_examples=100 if os.environ.get("CI") else 50,
)
settings.load_profile("planner")

# The workers and the hundred programs that tests start compile every module once, not each for itself: half a minute.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# The tests' folders lie in memory where there is plenty of it: disks take a minute to flush what stores write.
MEMORY = "/dev/shm"  # noqa: S108  (pytest makes a folder of its own in it)
if os.path.isdir(MEMORY) and shutil.disk_usage(MEMORY).free > 2_000_000_000:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", MEMORY)
FOLDERS = count()

NOW = "2021-05-06T11:05-07:00"
SHARED = Path(__file__).parents[2] / "shared"
SCHEDULES = Path(__file__).parents[1] / "schedules"


class Answer(NamedTuple):
    """What a command answered: exit code, stdout and stderr."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> dict[str, Any]:
        """Stdout as the one JSON document that it must be."""
        return dict(json.loads(self.out))


def pytest_addoption(parser: pytest.Parser) -> None:
    """Offer the slow suites whole."""
    parser.addoption("--slow", action="store_true", help="run the slow suites whole instead of a small dose")


def pytest_collection_finish() -> None:
    """Let cycles be looked for seldom, and never among what stands until the end: it takes a fifth of the UI's tests."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 10, 10)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave what takes long and seldom changes to ``.ci/run``, which sets CI, and to ``--slow``."""
    if config.getoption("--slow") or os.environ.get("CI"):
        return
    for item in items:
        if item.get_closest_marker("ci"):
            item.add_marker(pytest.mark.skip(reason="a dose of .ci/run; here with CI=true or --slow"))


@pytest.fixture
def tmp_path(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder whose name no other test had: what of one is still being closed touches no file of the next.

    It is taken out unless the test failed. pytest's own would give free numbers again, or look through all there are; a number
    in base 16 is no year that a reader could take from it.
    """
    failed = request.session.testsfailed
    name = re.sub(r"\W", "_", request.node.name)[:30]
    path = tmp_path_factory.getbasetemp() / f"{name}_n{next(FOLDERS):x}"
    path.mkdir(0o700)
    yield path
    if request.session.testsfailed == failed:
        shutil.rmtree(path, ignore_errors=True)


@pytest.fixture(autouse=True)
def _pinned(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test sees the machine's home, zone, clock or locale; what it would write at home fails."""
    for name in ("PLANNER_HOME", "PLANNER_NOW", "XDG_DATA_HOME", "NO_COLOR", "COLUMNS", "LINES", "LC_ALL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", os.devnull + "/nobody")
    monkeypatch.setenv("TZ", "Europe/Berlin")
    monkeypatch.setenv("LANG", "C.UTF-8")


@pytest.fixture
def unmeasured(monkeypatch: pytest.MonkeyPatch) -> None:
    """The programs that a test starts run without coverage, which would be among what they load."""
    for name in [name for name in os.environ if name.startswith(("COVERAGE_", "COV_CORE_"))]:
        monkeypatch.delenv(name)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A data folder of its own, on a path with a blank and a letter beyond ASCII."""
    return tmp_path / "dätä folder"


@pytest.fixture
def planner(home: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., Answer]:
    """``planner("agenda", "--json")``: one command in the test's data folder, at the pinned now and zone."""
    from planner.cli import main

    def run(*words: object, now: str = NOW, tz: str = "Europe/Berlin") -> Answer:
        capsys.readouterr()
        code = main([*map(str, words), "--home", str(home), "--now", now, "--tz", tz])
        out, err = capsys.readouterr()
        return Answer(code, out, err)

    return run


@pytest.fixture
def shared() -> Path:
    """The folder of real files beside the project; the test is skipped where it is not there."""
    if not os.path.isdir(SHARED):
        pytest.skip("the real files (../shared) are not here")
    return SHARED
