"""Frozen values at a price that a status bar can pay.

``planner agenda`` answers within a blink, and importing ``typing`` for its ``NamedTuple`` would cost it 2.4 ms, a fifth of
a bare interpreter's start. This one is read by type checkers as ``typing.NamedTuple`` and behaves like it for what the
house needs: annotated fields in order, defaults, methods, properties, ``_replace``, equality, hashing and pickling.
"""

from __future__ import annotations

import gc

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import TracebackType
    from typing import NamedTuple as NamedTuple  # noqa: PLC0414  (the repeated name re-exports it)
else:
    from collections import namedtuple

    class _FromAnnotations(type):
        """Turns an annotated class body into a :func:`collections.namedtuple` class with the body's methods."""

        def __new__(cls, name: str, _bases: tuple[type, ...], body: dict[str, object]) -> type:
            fields = tuple(body.get("__annotations__", ()))
            defaults = [body[field] for field in fields if field in body]
            made = namedtuple(name, fields, defaults=defaults, module=body["__module__"])  # noqa: PYI024  (it is what this builds)
            for key, value in body.items():
                if key not in fields and key not in {"__annotations__", "__module__"}:
                    setattr(made, key, value)
            return made

    NamedTuple = type.__new__(_FromAnnotations, "NamedTuple", (), {})


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


__all__ = ["Acyclic", "NamedTuple"]
