"""ical, the reader of Home Assistant."""

from __future__ import annotations

from typing import Any

from answering import answer, moment
from ical.calendar_stream import IcsCalendarStream


def read(text: str) -> list[dict[str, Any]]:
    """The entries of the one calendar in the text, those that its own timeline has."""
    return [
        {
            "uid": one.uid,
            "start": moment(one.start),
            "end": moment(one.end),
            "title": one.summary,
            "place": one.location,
            "status": one.status.value if one.status else None,
            "description": one.description,
        }
        for one in IcsCalendarStream.calendar_from_ics(text).timeline
    ]


answer(read)
