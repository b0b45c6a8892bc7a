"""Frozen values, and the module ``re``, at a price that a status bar can pay.

``planner agenda`` answers within a blink, and importing ``typing`` for its ``NamedTuple`` would cost it 2.4 ms, a fifth of
a bare interpreter's start. This one is read by type checkers as ``typing.NamedTuple`` and behaves like it for what the
house needs: annotated fields in order, defaults, methods, properties, ``_replace``, equality, hashing and pickling.

``re`` takes 5 ms, as long as reading 200 events of a calendar in which nothing needs a pattern: here it is imported when
something of it is first asked for.
"""

from __future__ import annotations

import gc

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re as re  # noqa: PLC0414  (the repeated name re-exports it)
    from types import TracebackType
    from typing import Any, TypeVar
    from typing import NamedTuple as NamedTuple  # noqa: PLC0414  (the same)

    Kind = TypeVar("Kind")
else:
    from collections import _tuplegetter

    _new = tuple.__new__
    _makers = {}  # the code that makes a tuple of so many fields; compiling it is half of what a class costs

    class _Value(tuple):
        """What all values share."""

        __slots__ = ()

        def _replace(self, /, **changed: object) -> _Value:
            """The same value with other fields."""
            made = _new(type(self), map(changed.pop, self._fields, self))
            if changed:
                raise ValueError(f"{type(self).__name__} has no {', '.join(changed)}")
            return made

        def _asdict(self) -> dict[str, object]:
            """The fields by name."""
            return dict(zip(self._fields, self, strict=True))

        def __repr__(self) -> str:
            return f"{type(self).__name__}({', '.join(f'{key}={value!r}' for key, value in self._asdict().items())})"

        def __getnewargs__(self) -> tuple[object, ...]:
            return tuple(self)

    class _FromAnnotations(type):
        """Turns an annotated class body into a class of tuples, in a fifth of the time of :func:`collections.namedtuple`."""

        def __new__(cls, name: str, _bases: tuple[type, ...], body: dict[str, object]) -> type:
            fields = tuple(body.get("__annotations__", ()))
            defaults = tuple([body[field] for field in fields if field in body])
            getters = {field: _tuplegetter(index, None) for index, field in enumerate(fields)}
            made = {"__slots__": (), "_fields": fields, "__match_args__": fields, "__new__": _maker(name, fields, defaults)}
            return type(name, (_Value,), body | getters | made)

    def _maker(name: str, fields: tuple[str, ...], defaults: tuple[object, ...]) -> object:
        """What makes a tuple of fields given by place or by name."""
        if len(fields) not in _makers:
            places = "".join(f"_{place}, " for place in range(len(fields)))
            _makers[len(fields)] = eval(f"lambda _cls, {places}: _new(_cls, ({places}))", {"_new": _new})  # noqa: S307  (as collections does)
        sample = _makers[len(fields)]
        code = sample.__code__.replace(co_varnames=("_cls", *fields), co_name="__new__", co_qualname=name)
        return type(sample)(code, sample.__globals__, "__new__", defaults)

    NamedTuple = type.__new__(_FromAnnotations, "NamedTuple", (), {})

    class _Later:
        """Stands for a module until something of it is asked for."""

        def __init__(self, name: str) -> None:
            self.__name__ = name

        def __getattr__(self, asked: str) -> object:
            module = __import__(self.__name__)
            self.__dict__.update(vars(module))
            return getattr(module, asked)

    re = _Later("re")


def maker(kind: Kind) -> Kind:
    """What makes values of a kind in half the time of a call of it, for loops over thousands."""
    from functools import partial  # what planner --help needs nothing of

    made: Any = kind
    return partial(made.__new__, made)  # type: ignore[return-value]


class Acyclic:
    """Surrounds work whose values are in no reference cycle: Python does not look for any meanwhile.

    Walking again and again through all that was made so far took a quarter of an import.
    """

    def __enter__(self) -> None:
        self._looks = gc.isenabled()
        gc.disable()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._looks:
            gc.enable()


__all__ = ["Acyclic", "NamedTuple", "maker", "re"]
