"""Change one thing of a module, run its tests, and see whether they notice: ``python tests/mutation.py clash --sample 60``.

Prints what survived and how much was killed. Survivors that are the same program are in ``tests/data/equivalent_mutants.tsv``
with the reason, and count neither way. Each mutant lives in a forked process only, nothing of the project is written, and
a program that a test starts is the unchanged one. Needs Linux or macOS.
"""

from __future__ import annotations

import argparse
import ast
import copy
import gc
import importlib
import json
import os
import random
import signal
import sys
import tempfile
import time
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from types import CodeType, ModuleType

ROOT = Path(__file__).parents[1]
EQUIVALENT = ROOT / "tests" / "data" / "equivalent_mutants.tsv"
TESTS = {
    "times": ("times", "times_said"),
    "clash": ("clash",),
    "suggest": ("suggest",),
    "changes": ("changes",),
    "matching": ("matching", "changes"),
    "gaps": ("gaps",),
    "ways": ("ways",),
    "ical.write": ("ical_write",),
    "export.vdir": ("export_vdir",),
}
"""The modules whose tests are judged, and the test files that must notice."""

PLUGINS = ("pytest_asyncio.plugin", "_hypothesis_pytestplugin")
"""What the tests need of pytest; others, and a random order, would only take time."""

LOADED = ("hypothesis", "icalendar", "pytz", "tzdata", "dateutil", "rapidfuzz", "recurring_ical_events", *PLUGINS)
"""What is dear to import and the same in every mutant."""

EXAMPLES = 60
SETTINGS = "_hypothesis_internal_use_settings"  # where hypothesis keeps them; without it a run is only slower

PAIRS: tuple[tuple[type[ast.AST], type[ast.AST]], ...] = (
    *((ast.Lt, ast.LtE), (ast.Gt, ast.GtE), (ast.Eq, ast.NotEq), (ast.Is, ast.IsNot), (ast.In, ast.NotIn), (ast.And, ast.Or)),
    *((ast.Add, ast.Sub), (ast.FloorDiv, ast.Mult), (ast.BitOr, ast.BitAnd), (ast.Break, ast.Continue)),
)
SWAPS: dict[type[ast.AST], Any] = {ast.Div: ast.Mult, ast.Mod: ast.Mult} | dict(PAIRS) | {two: one for one, two in PAIRS}
"""What stands in for an operator."""


class Mutant(NamedTuple):
    """One change of a module: in which function, which node, what stands there instead, the first line of it, its number."""

    function: str
    old: ast.AST
    new: ast.AST
    line: str
    number: int

    @property
    def words(self) -> str:
        """The change in a line."""
        return f"{_text(self.old)} → {_text(self.new)}"

    def tree(self, whole: ast.Module) -> ast.Module:
        """The module with the change."""
        memo: dict[int, object] = {id(self.old): self.new}
        return copy.deepcopy(whole, memo)


class _Mutated(SourceFileLoader):
    """Loads a module from a tree instead of its file."""

    def __init__(self, name: str, path: str, tree: ast.Module) -> None:
        super().__init__(name, path)
        self._tree = tree

    def get_code(self, fullname: str) -> CodeType:
        return compile(self._tree, self.path, "exec")


class _Finder:
    """Finds the mutated module before the real one."""

    def __init__(self, name: str, path: Path, tree: ast.Module) -> None:
        self._name, self._loader = name, _Mutated(name, str(path), tree)

    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        """Where the module is, for that module only."""
        return spec_from_file_location(name, self._loader.path, loader=self._loader) if name == self._name else None


class _QuickFirst:
    """A pytest plugin: properties are tried on few examples, a failure is not made smaller, and what took long comes last."""

    def __init__(self, took: Mapping[str, float]) -> None:
        self.before, self.took = took, dict[str, float]()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note how long a test took."""
        self.took[report.nodeid] = self.took.get(report.nodeid, 0) + report.duration

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Settings of a test's own are cut too: thousands of examples for each mutant would take hours."""
        from hypothesis import Phase, settings

        for item in items:
            test = getattr(item, "obj", None)
            said = getattr(test, SETTINGS, None)
            if said is not None:
                few = min(said.max_examples, EXAMPLES)
                phases = (Phase.explicit, Phase.generate)
                setattr(
                    getattr(test, "__func__", test),
                    SETTINGS,
                    settings(said, max_examples=few, phases=phases, derandomize=True, database=None),
                )
        items.sort(key=lambda item: self.before.get(item.nodeid, 0))


def main() -> int:
    """Judge the tests of the modules that are named; 1 where they kill fewer than asked, 2 where they fail unchanged."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("modules", nargs="*", help=f"of {', '.join(TESTS)}; all by default")
    asked.add_argument("--sample", type=int, default=0, help="as many mutants of each, by chance; all by default")
    asked.add_argument("--seed", type=int, default=1, help="another seed is another sample")
    asked.add_argument("--least", type=int, default=90, help="the per cent that must be killed (90)")
    asked.add_argument("--tests", nargs="*", help="other test files than the module's own")
    flags = asked.parse_args()
    unknown = [name for name in flags.modules if name not in TESTS]
    if unknown:
        asked.error(f"there is no module {', '.join(unknown)}; the modules are {', '.join(TESTS)}")
    for name in LOADED:
        importlib.import_module(name)
    gc.freeze()  # what all mutants share, their collectors need not look at: half of the time
    os.chdir(ROOT)
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    return max([judge(name, flags) for name in flags.modules or TESTS])


def judge(module: str, flags: argparse.Namespace) -> int:
    """Try the mutants of one module, print the survivors and the share that was killed."""
    name, path = f"planner.{module}", ROOT / "planner" / (module.replace(".", "/") + ".py")
    tests = flags.tests or [f"tests/test_{name}.py" for name in TESTS[module]]
    source = path.read_text(encoding="utf-8")
    tree = ast.parse(source)
    began, took = time.monotonic(), dict[str, float]()
    if any(outcome(_Finder(name, path, tree), tests, 600, took) != "survived" for _ in range(2)):  # once in each order
        print(f"{module}: its tests fail without any change; nothing can be said of them.")
        return 2
    limit = 10 + 2 * int(time.monotonic() - began)
    same = equivalent(module)
    tried = list(mutants(source, tree))
    if flags.sample:
        tried = random.Random(flags.seed).sample(tried, min(flags.sample, len(tried)))
    tried = [mutant for mutant in tried if (mutant.function, mutant.line, mutant.words) not in same]
    counts = dict.fromkeys(("killed", "out of time", "survived"), 0)
    for mutant in tried:
        ended = outcome(_Finder(name, path, mutant.tree(tree)), tests, limit, took)
        counts[ended] += 1
        if ended != "killed":
            place = f"{path.relative_to(ROOT)}:{mutant.number} {mutant.function}"
            print(f"    {place}: {mutant.words}{' (out of time)' if ended != 'survived' else ''}", flush=True)
    killed = counts["killed"] + counts["out of time"]
    share = 100 * killed // len(tried) if tried else 100
    slow = f", {counts['out of time']} of them by time" if counts["out of time"] else ""
    print(f"{module:12} {killed} of {len(tried)} killed ({share} %){slow}; {time.monotonic() - began:.0f} s", flush=True)
    return int(share < flags.least)


def outcome(finder: _Finder, tests: Sequence[str], limit: int, took: dict[str, float]) -> str:
    """Run the tests on what the finder finds in a forked process: ``killed``, ``out of time`` or ``survived``.

    ``took`` has the seconds of each test, the order in which they run; where it is empty it is filled.
    """
    sys.stdout.flush()
    with tempfile.TemporaryFile("w+", encoding="utf-8") as told:
        child = os.fork()
        if not child:
            try:
                signal.alarm(limit)
                quick = _QuickFirst(took)
                failed = _run(finder, tests, quick)
                json.dump(quick.took, told)
                told.flush()
                os._exit(int(failed))
            finally:
                os._exit(1)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        if not took and status == 0:
            told.seek(0)
            took.update(json.load(told))
    return "survived" if status == 0 else "out of time" if status == -signal.SIGALRM else "killed"


def _run(finder: _Finder, tests: Sequence[str], quick: _QuickFirst) -> bool:
    """Run the tests with the module that the finder finds, without a word; whether one fails."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(nowhere, number)
    sys.meta_path.insert(0, finder)
    flags = ["-x", "--tb=native", "-o", "addopts=", "-p", "no:cacheprovider", "-W", "ignore::pytest.PytestWarning"]
    return pytest.main([*flags, *(f"-p{plugin}" for plugin in PLUGINS), *tests], plugins=[quick]) != 0


def equivalent(module: str) -> set[tuple[str, str, str]]:
    """Function, line and words of the mutants that are the same program; each row ends with the reason."""
    rows = (line.split("\t") for line in EQUIVALENT.read_text(encoding="utf-8").splitlines()[1:])
    return {(function, line, words) for name, function, line, words, _reason in rows if name == module}


def mutants(source: str, tree: ast.Module) -> Iterator[Mutant]:
    """Every change of one thing, in the order of the file."""
    lines = source.splitlines()
    for function, node in _places(tree, ""):
        for changed in _changes(node):
            number = getattr(node.target if isinstance(node, ast.comprehension) else node, "lineno", 0)
            new = ast.fix_missing_locations(ast.copy_location(changed, node))
            yield Mutant(function, node, new, lines[number - 1].strip(), number)


def _text(node: ast.AST) -> str:
    """A node in one line, cut where it is long."""
    if isinstance(node, ast.Constant):
        return repr(node.value)
    said = ast.unparse(node)
    said = " ".join(said.splitlines()[:1] if isinstance(node, (ast.If, ast.While)) else said.split())
    return said if len(said) <= 90 else f"{said[:60]} … {said[-25:]}"


def _places(node: ast.AST, function: str) -> Iterator[tuple[str, ast.AST]]:
    """The nodes that run, each with its function: no annotation, docstring, decorator or format, nothing for types only."""
    for field, value in ast.iter_fields(node):
        if field in {"annotation", "returns", "decorator_list", "format_spec", "type_params"}:
            continue
        for child in value if isinstance(value, list) else [value]:
            if not isinstance(child, ast.AST) or _idle(child):
                continue
            inner = f"{function}.{child.name}".strip(".") if isinstance(child, (ast.FunctionDef, ast.ClassDef)) else function
            yield inner, child
            yield from _places(child, inner)


def _idle(node: ast.AST) -> bool:
    """Whether a node does nothing as the program runs: a docstring, or what only a type checker reads."""
    if isinstance(node, ast.If):
        return isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
    if isinstance(node, ast.Assign):
        return ast.unparse(node.targets[0]) == "TYPE_CHECKING"
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _changes(node: ast.AST) -> Iterator[ast.AST]:
    """What a node may be replaced with: the other operator, a part left out, the other branch, another literal."""
    match node:
        case ast.Compare(ops=[one, *rest]):
            yield ast.Compare(node.left, [SWAPS[type(one)](), *rest], node.comparators)
        case ast.BinOp() if type(node.op) in SWAPS:
            yield ast.BinOp(node.left, SWAPS[type(node.op)](), node.right)
        case ast.BoolOp():
            yield ast.BoolOp(SWAPS[type(node.op)](), node.values)
            yield from (ast.BoolOp(node.op, left) if len(left) > 1 else left[0] for left in _one_out(node.values))
        case ast.UnaryOp(op=ast.Not() | ast.USub()):
            yield node.operand
        case ast.IfExp():
            yield from (node.body, node.orelse)
        case ast.Call(keywords=[_, *_]):
            yield from (ast.Call(node.func, node.args, left) for left in _one_out(node.keywords))
        case ast.Constant(value=bool()):
            yield ast.Constant(not node.value)
        case ast.Constant(value=int() as number):
            yield ast.Constant(number + 1)
        case ast.Constant(value=str() as text):
            yield ast.Constant(f"XX{text}XX")
        case _:
            yield from _statements(node)


def _statements(node: ast.AST) -> Iterator[ast.AST]:
    """Another statement, or none, and every element of a comprehension."""
    match node:
        case ast.If() | ast.While():
            yield type(node)(ast.UnaryOp(ast.Not(), node.test), node.body, node.orelse)
        case ast.comprehension(ifs=[_, *_]):
            yield ast.comprehension(node.target, node.iter, [], node.is_async)
        case ast.Return(value=ast.Name() | ast.Call() | ast.Tuple() | ast.BinOp() | ast.JoinedStr()):
            yield ast.Return(ast.Constant(None))
        case ast.Assign() if not isinstance(node.targets[0], ast.Tuple) and ast.unparse(node.value) != "None":
            yield ast.Assign(node.targets, ast.Constant(None))
        case ast.AugAssign() if type(node.op) in SWAPS:
            yield from (ast.AugAssign(node.target, SWAPS[type(node.op)](), node.value), ast.Pass())
        case ast.Expr(value=ast.Call()) | ast.Raise() | ast.Delete():
            yield ast.Pass()
        case ast.Break() | ast.Continue():
            yield SWAPS[type(node)]()


def _one_out(some: list[Any]) -> Iterator[list[Any]]:
    """The list without its first, without its second, and so on."""
    return (some[:place] + some[place + 1 :] for place in range(len(some)))


if __name__ == "__main__":
    sys.exit(main())
