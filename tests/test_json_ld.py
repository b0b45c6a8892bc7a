"""Events of schema.org: in a file, in a graph with references, and inside a page that prints its programme too."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from planner.errors import ReadError
from planner.readers import Hints, Part, read

NOW = datetime(2026, 11, 22, tzinfo=UTC)
RIGA = ZoneInfo("Europe/Riga")
PLACE = {"@type": "Place", "name": "Congress Hall", "address": {"@type": "PostalAddress", "addressLocality": "Riga"}}
WHOLE: dict[str, Any] = {
    "@context": "https://schema.org",
    "@type": "Event",
    "name": "KiteConf 2031",
    "startDate": "2031-06-01",
    "location": PLACE,
    "subEvent": [
        {
            "@type": "Event",
            "name": "Opening",
            "startDate": "2031-06-01T09:00:00+03:00",
            "endDate": "2031-06-01T09:30:00+03:00",
            "location": {"@type": "VirtualLocation", "url": "https://kites.example/live"},
            "performer": [{"@type": "Person", "name": "Ada Ek", "affiliation": {"@type": "Organization", "name": "LU"}}],
            "offers": {"@type": "Offer", "name": "Early", "validFrom": "2031-01-01T00:00:00+02:00"},
        },
        {
            "@type": "EducationEvent",
            "name": "Winds",
            "startDate": "2031-06-01T10:00:00+03:00",
            "duration": "PT1H30M",
            "location": [{"@type": "VirtualLocation", "name": "Stream"}, {"@type": "Place", "name": "Room 2"}],
            "subEvent": {"@type": "Event", "name": "Part two", "startDate": "2031-06-01T10:45:00+03:00"},
        },
        {
            "@type": "Event",
            "name": "Off",
            "startDate": "2031-06-02T10:00:00+03:00",
            "eventStatus": "https://schema.org/EventPostponed",
        },
        {"@type": "Event", "name": "Deadline", "endDate": "2031-02-07T23:59:59+02:00"},
    ],
}


def part(document: object, *, body: str | None = None) -> Part:
    """A file of JSON-LD, or a page with that in its head and a body."""
    text = json.dumps(document)
    if body is None:
        return Part("programme.json", text.encode())
    script = f'<script type="application/ld+json">{text}</script>'
    return Part("programme.html", f"<!DOCTYPE html><html><head>{script}</head><body>{body}</body></html>".encode())


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """An instant on Riga's clock in June 2031."""
    return datetime(2031, 6, day, hour, minute, tzinfo=RIGA)


@pytest.mark.parametrize("body", [None, "<h1>Programme</h1><p>See the app.</p>"])
def test_a_conference_with_its_parts(body: str | None) -> None:
    """Instants, rooms without streams, performers and nested parts; what is postponed or only ends has no time."""
    found = read([part(WHOLE, body=body)], Hints(NOW))
    assert (found.format, found.conference.name, found.conference.zone) == ("schema-org", "KiteConf 2031", "Europe/Riga")
    assert found.scope == ("conference" if body is None else "days")
    assert [(talk.title, talk.start, talk.end, talk.slot.room) for talk in found.conference.talks] == [
        ("Opening", at(1, 9), at(1, 9, 30), None),
        ("Winds", at(1, 10), at(1, 11, 30), "Room 2"),
        ("Part two", at(1, 10, 45), None, "Room 2"),
        ("Off", None, None, None),
        ("Deadline", None, None, None),
    ]
    assert (found.conference.talks[0].speakers, found.conference.talks[0].organisations) == (("Ada Ek",), ("LU",))


def test_a_graph_with_references() -> None:
    """Parts, places and the whole event may be named by ``@id``; what belongs to nothing is left."""
    graph = [
        {"@type": "Organization", "@id": "#org", "name": "Kites"},
        {"@type": "Place", "@id": "#hall", **PLACE},
        {"@type": "Event", "@id": "#conf", "name": "KiteConf 2031", "startDate": "2031-06-01", "location": {"@id": "#hall"}},
        *(
            {"@type": "Event", "name": name, "startDate": start, "location": {"@id": "#hall"}, "superEvent": {"@id": "#conf"}}
            for name, start in (("Opening", "2031-06-01T09:00:00+03:00"), ("Winds", "2031-06-01T10:00"))
        ),
        {"@type": "Event", "name": "Another fair", "startDate": "2032-01-01T10:00"},
    ]
    found = read([part({"@context": "https://schema.org", "@graph": graph})], Hints(NOW))
    assert found.conference.name == "KiteConf 2031"
    assert [(talk.title, talk.start, talk.slot.room) for talk in found.conference.talks] == [
        ("Opening", at(1, 9), "Congress Hall"),
        ("Winds", at(1, 10), "Congress Hall"),
    ]


def test_the_text_of_a_page_is_taken_where_it_knows_more_or_another_hour() -> None:
    """A page with three talks beats data with two; where the hours differ those that people read are taken, and it is said."""
    data = {**WHOLE, "subEvent": WHOLE["subEvent"][:2]}
    shown = "<h2>Sunday, June 1, 2031</h2><ul>{}</ul><p>Timezone: Europe/Riga</p>"
    lines = "<li>9:00 - 9:30 Opening</li><li>10:00 - 11:30 Winds</li>"
    hints = Hints(NOW, name="KiteConf 2031")
    assert read([part(data, body=shown.format(lines))], hints).format == "schema-org"
    more = lines + "<li>11:30 - 11:45 Part two</li><li>12:00 - 13:00 Lunch</li>"
    assert read([part(data, body=shown.format(more))], hints).format == "page"
    odd = read([part(data, body=shown.format(lines.replace("9:00", "8:00")))], hints)
    assert [talk.start for talk in odd.conference.talks] == [at(1, 8), at(1, 10)]
    assert any("another hour of “Opening”" in one for one in odd.warnings)


def test_data_that_lacks_a_printed_time_is_not_taken() -> None:
    """Local clocks with a false offset, and talks that the data lacks: the text that people read is taken."""
    events = [
        {"@type": "Event", "name": name, "startDate": f"2031-06-01T{hour}:00:00Z"} for name, hour in (("A", "09"), ("B", "10"))
    ]
    shown = "<h2>Sunday, June 1, 2031</h2><p>9:00 - 9:30 A (Ada Ek, LU)</p><p>10:00 - 10:30 B (Bo Ek, LU)</p>"
    hints = Hints(NOW, name="KiteConf 2031", zone="Europe/Riga")
    for said in (hints, Hints(NOW)):  # or the city in the data names the zone
        found = read([part({**WHOLE, "subEvent": events}, body=shown)], said)
        assert [talk.start for talk in found.conference.talks] == [at(1, 9), at(1, 10)]
        assert any("JSON-LD) says other times than its text" in one for one in found.warnings)
    assert found.zone_from == "the conference's city, Riga"
    lines = "<h2>Sunday, June 1, 2031</h2><p>9:00 - 9:30 Opening</p><p>15:00 - 15:30 Tea</p>"
    found = read([part({**WHOLE, "subEvent": WHOLE["subEvent"][:2]}, body=lines)], hints)
    assert [talk.title for talk in found.conference.talks] == ["Opening", "Tea"]


def test_events_of_several_conferences_are_no_programme() -> None:
    """A page that lists what comes next belongs to no one conference: its text is read, or it is refused."""
    fairs = [{"@context": "https://schema.org", **WHOLE, "name": name, "@type": "Event"} for name in ("A 2031", "B 2031")]
    with pytest.raises(ReadError):
        read([part(fairs, body="<p>Next</p>")], Hints(NOW))
    broken = '<html><script type="application/ld+json">{"subEvent": [</script><body><p>Nothing</p></body></html>'
    with pytest.raises(ReadError):
        read([Part("a.html", broken.encode())], Hints(NOW))
