"""A real Radicale in this process, on a free port of this machine; it counts what it is asked and fails where it is told."""

from __future__ import annotations

import base64
import contextlib
import ssl
import threading
import urllib.request
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import TYPE_CHECKING, Any, NamedTuple
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

from radicale import config
from radicale.app import Application

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

CERTIFICATE = Path(__file__).parent / "data" / "fetch" / "localhost.pem"
USER, PASSWORD = "räd", "s3cret wörd: 漢字"

MAKE = b"""<?xml version="1.0" encoding="utf-8"?>
<C:mkcalendar xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><D:set><D:prop>
<C:supported-calendar-component-set><C:comp name="VEVENT"/></C:supported-calendar-component-set>
</D:prop></D:set></C:mkcalendar>"""


class Asked(NamedTuple):
    """One request: its method, its path and its headers, in capitals."""

    method: str
    path: str
    headers: dict[str, str]


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: refused handshakes and broken connections are what is tested."""


class _Handler(WSGIRequestHandler):
    def log_message(self, *args: object) -> None:
        """Say nothing."""


class Dav:
    """The running server. ``before`` may answer in its place (a status), ``after`` is called when it has done its work.

    ``hidden`` names headers that its answers do not show.
    """

    def __init__(self, folder: Path, scheme: str) -> None:
        folder.joinpath("collections", "collection-root").mkdir(parents=True)
        (folder / "users").write_text(f"{USER}:{PASSWORD}\n", encoding="utf-8")
        configuration = config.load()
        configuration.update(
            {
                "auth": {
                    "type": "htpasswd",
                    "htpasswd_filename": str(folder / "users"),
                    "htpasswd_encryption": "plain",
                    "delay": "0",
                },
                "storage": {"filesystem_folder": str(folder / "collections")},
                "logging": {"level": "critical"},
            },
            "test",
        )
        self.application = Application(configuration)
        self.asked: list[Asked] = []
        self.hidden: set[str] = set()
        self.before: Callable[[Asked], tuple[int, dict[str, str]] | None] = lambda _: None
        self.after: Callable[[Asked], None] = lambda _: None
        self.server = _Server(("127.0.0.1", 0), _Handler)
        self.server.set_app(self._answer)
        if scheme == "https":
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(CERTIFICATE)
            self.server.socket = context.wrap_socket(self.server.socket, server_side=True, do_handshake_on_connect=False)
        self.base = f"{scheme}://localhost:{self.server.server_port}"
        self.home = f"{self.base}/r%C3%A4d/"

    def _answer(self, environ: dict[str, Any], start: Callable[..., Any]) -> Any:
        headers = {key[5:].replace("_", "-"): value for key, value in environ.items() if key.startswith("HTTP_")}
        environ["PATH_INFO"] = environ["PATH_INFO"].encode("latin-1").decode()  # as Radicale's own server does
        one = Asked(environ["REQUEST_METHOD"], environ["PATH_INFO"], headers)
        if "AUTHORIZATION" in headers:  # what comes before the login is the library's way of asking for it
            self.asked.append(one)
            if (instead := self.before(one)) is not None:
                status, said = instead
                start(f"{status} instead", [*said.items(), ("Content-Length", "0")])
                return [b""]

        def shown(status: str, said: list[tuple[str, str]]) -> Any:
            return start(status, [(name, value) for name, value in said if name.lower() not in self.hidden])

        answer = self.application(environ, shown)
        if "AUTHORIZATION" in headers:
            self.after(one)
        return answer

    def count(self, *methods: str) -> int:
        """How many requests of these methods there were."""
        return sum(one.method in methods for one in self.asked)

    def request(self, method: str, url: str, data: bytes | None = None, **headers: str) -> tuple[int, bytes]:
        """Ask the server as another program would."""
        asked = urllib.request.Request(url, data, headers, method=method)  # noqa: S310  (its own address)
        asked.add_header("Authorization", "Basic " + base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode())
        context = ssl.create_default_context(cafile=CERTIFICATE) if url.startswith("https") else None
        with urllib.request.urlopen(asked, context=context, timeout=30) as answer:  # noqa: S310  (its own address)
            return answer.status, answer.read()

    def calendar(self, name: str = "conference") -> str:
        """A new calendar's address."""
        url = f"{self.home}{name}/"
        assert self.request("MKCALENDAR", url, MAKE)[0] == 201
        return url

    def objects(self, name: str = "conference") -> dict[str, bytes]:
        """Name -> bytes of what the server keeps on its disk for a calendar."""
        folder = Path(self.application.configuration.get("storage", "filesystem_folder"), "collection-root", "räd", name)
        return {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix == ".ics"}


@contextlib.contextmanager
def serving(folder: Path, scheme: str = "http") -> Iterator[Dav]:
    """A running server that keeps its data in a folder."""
    dav = Dav(folder, scheme)
    thread = threading.Thread(target=dav.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield dav
    finally:
        dav.server.shutdown()
        dav.server.server_close()
        thread.join(30)
