"""Radicale: a CalDAV server (RFC 4791) on the loopback, with what its own storage and queries make of an entry."""

from __future__ import annotations

import http.client
import re
import socket
import subprocess
from base64 import b64encode
from threading import Thread
from typing import TYPE_CHECKING, Self
from urllib.parse import unquote

from clients import RefusedError
from clients.install import python_of

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

_CONFIG = """[server]
hosts = 127.0.0.1:{port}
[auth]
type = none
[storage]
filesystem_folder = {folder}
[logging]
level = info
"""
_QUERY = """<?xml version="1.0" encoding="utf-8"?>
<C:calendar-query xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><D:prop><D:getetag/></D:prop><C:filter>
<C:comp-filter name="VCALENDAR"><C:comp-filter name="VEVENT"><C:time-range start="{:%Y%m%dT%H%M%SZ}" end="{:%Y%m%dT%H%M%SZ}"/>
</C:comp-filter></C:comp-filter></C:filter></C:calendar-query>"""
_USER = "/someone/"
_WHO = f"Basic {b64encode(b'someone:anything').decode()}"


class Radicale:
    """A server that runs as long as the block; its settings and storage are in ``home``, any password is right."""

    def __init__(self, home: Path) -> None:
        home.mkdir(parents=True, exist_ok=True)
        config = home / "config"
        with socket.create_server(("127.0.0.1", 0)) as free:  # Radicale takes no port 0
            port = free.getsockname()[1]
        config.write_text(_CONFIG.format(port=port, folder=home / "storage"), encoding="utf-8")
        self._process = subprocess.Popen(
            [python_of("radicale"), "-m", "radicale", "--config", config],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        log = self._process.stderr
        assert log
        said = []
        for line in log:
            said.append(line)
            if "server ready" in line:
                break
        else:
            raise RefusedError("".join(said))
        self._rest = Thread(target=log.read)  # a full pipe would halt the server
        self._rest.start()
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()
        self._process.terminate()
        self._process.wait(60)
        self._rest.join()
        assert self._process.stderr
        self._process.stderr.close()

    def make(self, collection: str) -> None:
        """A new, empty calendar."""
        self._ask("MKCALENDAR", f"{_USER}{collection}/")

    def put(self, collection: str, name: str, data: bytes) -> None:
        """Store an object; raises RefusedError."""
        self._ask("PUT", f"{_USER}{collection}/{name}", data, "text/calendar; charset=utf-8")

    def get(self, collection: str, name: str) -> bytes:
        """An object as the server gives it out."""
        return self._ask("GET", f"{_USER}{collection}/{name}")

    def between(self, collection: str, start: datetime, end: datetime) -> set[str]:
        """The names of the objects that the server finds in a stretch of time (RFC 4791 9.9: the end is not in it)."""
        said = self._ask("REPORT", f"{_USER}{collection}/", _QUERY.format(start, end).encode(), "application/xml").decode()
        return {unquote(href.rsplit("/", 1)[1]) for href in re.findall(r"<href>([^<]+)</href>", said)}

    def _ask(self, method: str, path: str, body: bytes = b"", kind: str = "text/plain") -> bytes:
        self._connection.request(method, path, body, {"Content-Type": kind, "Authorization": _WHO, "Depth": "1"})
        answer = self._connection.getresponse()
        said = answer.read()
        if answer.status >= 400:
            raise RefusedError(f"{method}: {answer.status} {said.decode(errors='replace')}")
        return said
