"""Values as rows: what is written as JSON, held against the standard library."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.store.rows import written

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXTS, lambda inner: st.lists(inner) | st.dictionaries(TEXTS, inner)
)


@given(VALUES)
def test_what_is_written_is_json(value: object) -> None:
    """Signs as they are, no blanks: what json writes when it is told so."""
    assert written(value) == json.dumps(value, ensure_ascii=False, separators=(",", ":"))


@pytest.mark.parametrize("value", [b"bytes", [{1, 2}]])
def test_what_has_no_form_in_json_is_refused(value: object) -> None:
    """A damaged row may hold bytes where a text was."""
    with pytest.raises(TypeError, match="no form in JSON"):
        written(value)
