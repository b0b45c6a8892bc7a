"""Frozen values against :class:`typing.NamedTuple`, which they stand in for."""

from __future__ import annotations

import copy
import pickle
import subprocess
import sys
import typing

import pytest

from planner import values


class Place(values.NamedTuple):
    """Where something is."""

    name: str
    floor: int = 0
    said: str = ""

    @property
    def ground(self) -> bool:
        """Whether it is on the ground."""
        return self.floor == 0


class Theirs(typing.NamedTuple):
    """The same by the standard library."""

    name: str
    floor: int = 0
    said: str = ""


class Nothing(values.NamedTuple):
    """A value without a field."""


def test_a_value_without_a_field() -> None:
    """A class without fields makes an empty value of its own."""
    assert tuple(Nothing()) == ()
    assert repr(Nothing()) == "Nothing()"
    with pytest.raises(TypeError):
        Nothing(1)  # type: ignore[call-arg]


@pytest.mark.parametrize(
    ("by_place", "by_name"),
    [(("Hall",), {}), (("Hall", 2, "up"), {}), (("Hall",), {"said": "up"}), ((), {"floor": 1, "name": "Hall"})],
)
def test_made_as_the_standard_library_makes_it(by_place: tuple[typing.Any, ...], by_name: dict[str, typing.Any]) -> None:
    """Given by place, by name or not at all, each field gets what it gets in a NamedTuple of the standard library."""
    ours, theirs = Place(*by_place, **by_name), Theirs(*by_place, **by_name)
    assert tuple(ours) == tuple(theirs)
    assert (ours.name, ours.floor, ours.said) == theirs
    assert ours._asdict() == theirs._asdict()
    assert repr(ours).removeprefix("Place") == repr(theirs).removeprefix("Theirs")
    assert tuple(ours._replace(floor=7)) == tuple(theirs._replace(floor=7))
    assert hash(ours) == hash(theirs)


@pytest.mark.parametrize("wrong", [((), {}), ((1, 2, 3, 4), {}), (("a",), {"name": "b"}), (("a",), {"nowhere": 1})])
def test_what_does_not_fit_is_refused(wrong: tuple[typing.Any, typing.Any]) -> None:
    """Too few, too many, twice or unknown: a TypeError that names the class."""
    with pytest.raises(TypeError, match="Place"):
        Place(*wrong[0], **wrong[1])


def test_replacing_an_unknown_field_is_refused() -> None:
    """A field that is none cannot be replaced, and is named."""
    with pytest.raises(ValueError, match="cellar"):
        Place("Hall")._replace(cellar=1)  # type: ignore[call-arg]


def test_a_maker_makes_what_a_call_makes() -> None:
    """By place, by name and by default; a field that is missing is refused as it is there."""
    make = values.maker(Place)
    assert (make("Hall", said="up"), type(make("Hall"))) == (Place("Hall", said="up"), Place)
    with pytest.raises(TypeError, match="name"):
        make()  # type: ignore[call-arg]


def test_patterns_are_imported_when_they_are_asked_for() -> None:
    """Until then there is no re; then it is there whole, and what it lacks is missed as in the module itself."""
    code = (
        "import sys; from planner.values import re; print('re' in sys.modules, re.sub('a', 'o', 'hall'), 're' in sys.modules,"
        " re.IGNORECASE.value, hasattr(re, 'none'))"
    )
    done = subprocess.run([sys.executable, "-S", "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "holl", "True", "2", "False"]


def test_frozen() -> None:
    """Neither a field nor anything else can be set."""
    for name in ("floor", "cellar"):
        with pytest.raises(AttributeError):
            setattr(Place("Hall"), name, 1)


def test_methods_copies_and_patterns() -> None:
    """What a class body says beside fields is there, copies and pickles are equal values of the class, patterns match."""
    hall = Place("Hall", 0, "here")
    assert hall.ground
    assert Place.__doc__ == "Where something is."
    for other in (copy.copy(hall), copy.deepcopy(hall), pickle.loads(pickle.dumps(hall))):  # noqa: S301  (our own)
        assert type(other) is Place
        assert other == hall
    match hall:
        case Place(name, floor):
            assert (name, floor) == ("Hall", 0)
