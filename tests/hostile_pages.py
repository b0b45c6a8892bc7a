"""One small schedule in each family of formats, with harmful text in each field."""

from __future__ import annotations

import json
from typing import NamedTuple
from xml.sax.saxutils import escape

from payloads import TERMINAL, storable

TEXT = " CANARY ".join(storable(text) for name, text in TERMINAL.items() if name not in {"NUL and DEL", "return", "line"})
LINE = TEXT.replace("\n", " ").replace("\r", " ")
VISIBLE = "".join(sign for sign in LINE if sign >= " ")  # XML has no other control signs
ROW = LINE.replace("|", "/").replace(",", ";").replace('"', "'")


class Page(NamedTuple):
    """The bytes of a file, and the ending of its name."""

    data: bytes
    ending: str


def _json(value: object) -> bytes:
    return json.dumps(value).encode()


_FRAB = f"""<?xml version="1.0" encoding="utf-8"?>
<schedule><conference><title>Conf 2021 {escape(VISIBLE)}</title><acronym>conf2021</acronym>
<start>2021-05-06</start><end>2021-05-06</end><days>1</days><time_zone_name>Europe/Berlin</time_zone_name></conference>
<day index="1" date="2021-05-06" start="2021-05-06T08:00:00+02:00" end="2021-05-06T20:00:00+02:00">
<room name="Hall"><event id="1" guid="11111111-1111-4111-8111-111111111111"><date>2021-05-06T10:00:00+02:00</date>
<start>10:00</start><duration>00:30</duration><room>{escape(VISIBLE)}</room><title>T {escape(VISIBLE)}</title>
<track>{escape(VISIBLE)}</track><type>{escape(VISIBLE)}</type><abstract>{escape(VISIBLE)}</abstract>
<persons><person id="1">{escape(VISIBLE)}</person></persons></event></room></day></schedule>"""

_EVENT = f"""BEGIN:VEVENT
UID:{ROW}
DTSTART:20210506T180000Z
DTEND:20210506T183000Z
SUMMARY:T {ROW}
LOCATION:{ROW}
CATEGORIES:{ROW}
DESCRIPTION:{ROW}
URL:https://example.org/{ROW}
END:VEVENT"""

_SESSION = {
    "id": LINE,
    "title": f"T {LINE}",
    "description": LINE,
    "startsAt": "2021-05-06T18:00:00Z",
    "endsAt": "2021-05-06T18:30:00Z",
    "speakers": [{"id": "1", "name": LINE}],
    "room": LINE,
    "roomId": 1,
    "categories": [],
}

PAGES = {
    "page": Page(
        f"Oral Session 1 {LINE}\n\nModerators: {LINE}\n\nThu 6 May 10 a.m. CEST - 11 a.m. CEST\n\n"
        f"Thu 6 May 10:00 - 10:15 CEST\n\n(Oral)\n\nT {LINE}\n\n{LINE}\n".encode(),
        "txt",
    ),
    "list-markdown": Page(f"| Title | Authors |\n|---|---|\n| T {ROW} | {ROW} |\n| Other | Ada |\n".encode(), "md"),
    "list-csv": Page(f"title,authors\nT {ROW},{ROW}\n".encode(), "csv"),
    "list-json": Page(_json([{"title": f"T {LINE}", "authors": [LINE], "abstract": LINE}]), "json"),
    "frab": Page(_FRAB.encode(), "xml"),
    "ical": Page(
        f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\nX-WR-CALNAME:{ROW}\n{_EVENT}\nEND:VCALENDAR\n".replace(
            "\n", "\r\n"
        ).encode(),
        "ics",
    ),
    "csv-schedule": Page(
        f"title,date,start,end,room,speakers,abstract\nT {ROW},2021-05-06,10:00,10:30,{ROW},{ROW},{ROW}\n".encode(), "csv"
    ),
    "sessionize": Page(
        _json([{"groupId": 1, "groupName": LINE, "sessions": [_SESSION]}]),
        "json",
    ),
    "site-json": Page(
        _json(
            {
                "count": 1,
                "next": None,
                "results": [
                    {
                        "id": 1,
                        "uid": LINE,
                        "name": f"T {LINE}",
                        "abstract": LINE,
                        "authors": [{"fullname": LINE, "institution": LINE}],
                        "starttime": "2021-05-06T10:00:00-07:00",
                        "endtime": "2021-05-06T10:15:00-07:00",
                        "eventtype": "Oral",
                        "event_type": "Oral",
                        "session": LINE,
                        "room_name": LINE,
                        "virtualsite_url": f"/virtual/2021/{LINE}",
                    }
                ],
            }
        ),
        "json",
    ),
}
"""A file for a format of each family."""
