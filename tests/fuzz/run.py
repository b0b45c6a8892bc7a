"""Fuzz every reader and the store file with atheris, one target after the other: ``python tests/fuzz/run.py --seconds 120``.

Prints how many inputs each target took and what failed. An input that fails in a new way (by the error and its place) is kept
in ``tests/fuzz/crashers``, where the tests read it again. What was learnt of a target stays in ``.cache/fuzz`` for the next
run. Needs atheris: ``pip install -e '.[fuzz]'``, Linux or macOS.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import pkgutil
import re
import subprocess
import sys
import traceback
from hashlib import sha1
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
CACHE = ROOT / ".cache" / "fuzz"
LONGEST = 20_000
SLOWEST = 20  # seconds for one input: a hang


def main() -> int:
    """Fuzz all targets, or those that are named; 1 where something failed."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--seconds", type=int, default=60, help="for each target (60)")
    asked.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    asked.add_argument("targets", nargs="*", help="names of targets; all by default")
    flags = asked.parse_args()
    if importlib.util.find_spec("atheris") is None:
        sys.stderr.write("atheris is not installed: pip install -e '.[fuzz]' in an environment of its own, then try again.\n")
        return 2
    sys.path.insert(0, str(Path(__file__).parents[1]))
    if flags.inside:
        fuzz(flags.targets[0], flags.seconds)
        return 0
    from fuzz.targets import TARGETS

    unknown = [name for name in flags.targets if name not in TARGETS]
    if unknown:
        sys.stderr.write(f"There is no target {', '.join(unknown)}; the targets are {', '.join(TARGETS)}.\n")
        return 2
    return max([run(name, flags.seconds) for name in flags.targets or TARGETS])


def run(name: str, seconds: int) -> int:
    """Fuzz one target in a process of its own and print a line; 1 where something failed."""
    command = [sys.executable, __file__, "--inside", "--seconds", str(seconds), name]
    done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
    found = re.search(r"stat::number_of_executed_units:\s*(\d+)", done.stderr)
    kept = re.findall(r"^KEPT (.*)$", done.stdout, re.MULTILINE)
    inputs = f"{int(found[1]):,}" if found else "an unknown number of"
    print(f"{name:10} {inputs:>12} inputs in {seconds} s, {len(kept)} new failures", flush=True)
    for line in kept:
        print(f"    {line}", flush=True)
    if done.returncode:
        print("\n".join(f"    {line}" for line in done.stderr.splitlines()[-12:]), flush=True)
    return int(bool(done.returncode or kept))


def fuzz(name: str, seconds: int) -> None:
    """Fuzz one target here; never returns, since libFuzzer ends the process."""
    import atheris  # type: ignore[import-not-found, import-untyped, unused-ignore]  # only the extra fuzz brings it, without types

    with atheris.instrument_imports(include=["planner"]):
        import planner.cli
        import planner.dates
        import planner.ical
        import planner.readers
        import planner.store

        for package in (
            planner.readers,
            planner.ical,
            planner.dates,
            planner.store,
            planner.cli,
        ):  # they import each other only when asked
            for module in pkgutil.iter_modules(package.__path__):
                importlib.import_module(f"{package.__name__}.{module.name}")
    from fuzz.targets import CRASHERS, TARGETS, seeds

    corpus = CACHE / name
    corpus.mkdir(parents=True, exist_ok=True)
    for data in seeds(name):
        (corpus / sha1(data, usedforsecurity=False).hexdigest()).write_bytes(data)
    (CRASHERS / name).mkdir(parents=True, exist_ok=True)
    kept: set[Any] = set()

    def take(data: bytes) -> None:
        try:
            TARGETS[name].take(data)
        except Exception as error:  # noqa: BLE001  (any error is what is looked for; it is kept, and told)
            place = [(frame.filename, frame.lineno) for frame in traceback.extract_tb(error.__traceback__)][-2:]
            if (way := (type(error), *place)) not in kept:
                kept.add(way)
                path = CRASHERS / name / sha1(data, usedforsecurity=False).hexdigest()[:12]
                path.write_bytes(data)
                where = " < ".join(f"{Path(file).name}:{line}" for file, line in reversed(place))
                print(f"KEPT {path.name}: {type(error).__name__}: {str(error)[:100]!r} at {where}", flush=True)

    flags = [f"-max_total_time={seconds}", f"-max_len={LONGEST}", f"-timeout={SLOWEST}", "-rss_limit_mb=1500"]
    flags += ["-print_final_stats=1", f"-artifact_prefix={CRASHERS / name}/"]
    atheris.Setup([sys.argv[0], *flags, str(corpus)], take)
    atheris.Fuzz()


if __name__ == "__main__":
    sys.exit(main())
