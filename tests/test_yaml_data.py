"""YAML from outside: every scalar as written, and nothing that nests or unfolds without limit."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from planner.errors import ReadError
from planner.readers import yaml_data
from planner.readers.sources import Part

OWN = Path(__file__).parent / "data" / "miniconf"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 9:00\nb: 2020-11-16 16:00:00+00:00\nc: 010", {"a": "9:00", "b": "2020-11-16 16:00:00+00:00", "c": "010"}),
        ("a: ~\nb:\nc: null\nd: 'null'\ne: ''", {"a": None, "b": None, "c": None, "d": "null", "e": ""}),
        ("a: &x [1]\nb: *x\n", {"a": ["1"], "b": ["1"]}),
        ("a: &x {k: 1, l: 2}\nb: {<<: *x, l: 3}\n", {"a": {"k": "1", "l": "2"}, "b": {"k": "1", "l": "3"}}),
        ("- >\n  a\n  b\n- |\n  c\n  d\n", ["a b\n", "c\nd\n"]),
        ("a: 1\n---\nb: 2\n", {"a": "1"}),
        ("", None),
        ("{? [x] : y}", {"": "y"}),
    ],
)
def test_yaml_stays_as_written(text: str, expected: object) -> None:
    """Scalars stay text, so that no clock becomes a number; anchors are followed; only the first document counts."""
    assert yaml_data.load(text, Part("x.yml", b"")) == expected


BOMBS = {
    "deep": "[" * 200_000,
    "deep mappings": "{a: " * 100_000,
    "deep lists": "- " * 100_000,
    "aliases": "a: &a [1,1,1,1,1,1,1,1,1,1]\n"
    + "".join(f"{chr(98 + n)}: &{chr(98 + n)} [{','.join(['*' + chr(97 + n)] * 10)}]\n" for n in range(9)),
    "merges": "a: &a {x: 1}\n"
    + "".join(f"{chr(98 + n)}: &{chr(98 + n)} {{<<: [{','.join(['*' + chr(97 + n)] * 10)}]}}\n" for n in range(9)),
    "itself": "a: &a [*a]",
    "unclosed": '"' + "a\n" * 100_000,
    "tabs": "a:\n\t- b",
}


@pytest.mark.parametrize("name", BOMBS)
def test_yaml_that_nests_or_unfolds_is_refused(name: str) -> None:
    """Depth, aliases of aliases and broken YAML are refused with one sentence, at once."""
    with pytest.raises(ReadError) as caught:
        yaml_data.load(BOMBS[name], Part("x.yml", b""))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("path", sorted(OWN.glob("*.yml")), ids=lambda path: path.name)
def test_yaml_has_the_shape_that_another_loader_finds(path: Path) -> None:
    """The small files have the keys and lengths that PyYAML's safe loader finds."""

    def shape(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: shape(one) for key, one in value.items()}
        return [shape(one) for one in value] if isinstance(value, list) else None

    text = path.read_text(encoding="utf-8")
    assert shape(yaml_data.load(text, Part(path.name, b""))) == shape(yaml.safe_load(text))


@given(st.text(alphabet=st.sampled_from("ab:-[]{}&*!|>'\"#%, \n\t?~\x00\ud800"), max_size=80))
def test_any_text_is_data_or_refused(text: str) -> None:
    """Whatever stands there, it is data or refused with a sentence of the house."""
    with suppress(ReadError):
        yaml_data.load(text, Part("x.yml", b""))
