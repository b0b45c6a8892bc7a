"""The tests that must notice small changes of the code do notice them, and a test that looks at nothing is found out."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest
from mutation import EQUIVALENT, TESTS, mutants

HERE = Path(__file__).parent


def judged(*words: str) -> subprocess.CompletedProcess[str]:
    """A run of the mutator."""
    command = [sys.executable, str(HERE / "mutation.py"), *words]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_one_change_is_made_at_a_time() -> None:
    """Of two comparisons, a sum and a literal each has its own mutants; annotations and docstrings have none."""
    source = 'def f(a: int = 1) -> bool:\n    """Says."""\n    return a < 2 and a + 3 in b\n'
    tree = ast.parse(source)
    made = list(mutants(source, tree))
    assert {mutant.words for mutant in made} == {
        *("1 → 2", "2 → 3", "3 → 4", "a < 2 → a <= 2", "a + 3 in b → a + 3 not in b", "a + 3 → a - 3"),
        *(f"a < 2 and a + 3 in b → {left}" for left in ("a < 2 or a + 3 in b", "a < 2", "a + 3 in b")),
    }
    (other,) = [mutant for mutant in made if mutant.words == "2 → 3"]
    assert (other.function, other.line, other.number) == ("f", "return a < 2 and a + 3 in b", 3)
    assert ast.unparse(other.tree(tree)).endswith("return a < 3 and a + 3 in b")


def test_a_part_of_a_comprehension_is_in_its_line() -> None:
    """Its condition, which has no line of its own, is left out in the line of what it runs over."""
    source = "found = [\n    one\n    for one in two\n    if one\n]\n"
    (made,) = [
        mutant for mutant in mutants(source, ast.parse(source)) if mutant.words == "for one in two if one → for one in two"
    ]
    assert (made.line, made.number) == ("for one in two", 3)


def test_no_mutant_is_the_module_itself() -> None:
    """Neither here nor in a module that is judged: what changes nothing would live for ever."""
    sources = ["found = None\nleft = 1\n"]
    sources += [(HERE.parent / "planner" / f"{name.replace('.', '/')}.py").read_text(encoding="utf-8") for name in TESTS]
    for source in sources:
        tree = ast.parse(source)
        made = list(mutants(source, tree))
        assert made
        assert [mutant.words for mutant in made if ast.dump(mutant.old) == ast.dump(mutant.new)] == []


def test_every_mutant_that_is_excused_is_there_and_has_its_reason() -> None:
    """A line of the table that no longer fits the code is taken out."""
    rows = [line.split("\t") for line in EQUIVALENT.read_text(encoding="utf-8").splitlines()[1:]]
    for module in {row[0] for row in rows}:
        source = (HERE.parent / "planner" / f"{module.replace('.', '/')}.py").read_text(encoding="utf-8")
        made = {(mutant.function, mutant.line, mutant.words) for mutant in mutants(source, ast.parse(source))}
        assert [row for row in rows if row[0] == module and not (tuple(row[1:4]) in made and row[4])] == []


@pytest.mark.ci
@pytest.mark.skipif(not hasattr(os, "fork"), reason="mutants live in forked processes")
@pytest.mark.slow
def test_small_changes_are_noticed(request: pytest.FixtureRequest) -> None:
    """The tests of the interval arithmetic kill five of five; with --slow, those of every module nine of ten of sixty."""
    if request.config.getoption("--slow"):
        done = judged(*TESTS, "--sample", "60")
    else:
        done = judged("clash", "--sample", "5", "--least", "100")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.ci
@pytest.mark.skipif(not hasattr(os, "fork"), reason="mutants live in forked processes")
def test_tests_that_look_elsewhere_are_found_out() -> None:
    """Control: the tests of another module let a change of this one live."""
    done = judged("clash", "--sample", "1", "--tests", "tests/test_tables.py")
    assert done.returncode == 1
    assert "0 of 1 killed (0 %)" in done.stdout
