"""ics, the reader of many a script."""

from __future__ import annotations

from typing import Any

import ics
from answering import answer, moment


def read(text: str) -> list[dict[str, Any]]:
    """The entries of the one calendar in the text."""
    return [
        {
            "uid": one.uid,
            "start": moment(one.begin.date() if one.all_day else one.begin.datetime),
            "end": moment(one.end.date() if one.all_day else one.end.datetime),
            "title": one.name,
            "place": one.location,
            "status": one.status,
            "description": one.description,
        }
        for one in ics.Calendar(text).events
    ]


answer(read)
