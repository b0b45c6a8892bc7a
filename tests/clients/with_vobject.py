"""vobject (Radicale's and many a script's reader), strict: each component is validated."""

from __future__ import annotations

from typing import Any

import vobject
from answering import answer, moment


def read(text: str) -> list[dict[str, Any]]:
    """The entries of the one calendar in the text."""
    vobject.icalendar.registerTzid.__globals__["__tzidMap"].clear()  # it keeps the zones of every calendar before
    whole = vobject.readOne(text)
    whole.validate(raiseException=True)
    return [
        {
            "uid": one.uid.value,
            "start": moment(one.dtstart.value),
            "end": moment(one.dtend.value),
            "title": one.summary.value,
            "place": one.location.value if hasattr(one, "location") else "",
            "status": one.status.value,
            "description": one.description.value,
        }
        for one in whole.contents.get("vevent", [])
    ]


answer(read)
