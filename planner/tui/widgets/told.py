"""What a widget tells its screen, where that is one thing."""

from __future__ import annotations

from typing import Generic, TypeVar

from textual.message import Message

Value = TypeVar("Value")


class Told(Message, Generic[Value]):
    """A message with one thing in it, ``said``; the subclass says which."""

    def __init__(self, said: Value) -> None:
        super().__init__()
        self.said = said
