"""URLs to bytes, against a server on this machine that does everything wrong that a server can."""

from __future__ import annotations

import gzip
import socket
import ssl
import threading
import tracemalloc
import zlib
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner import fetch as module
from planner.errors import ReadError
from planner.fetch import Fetched, fetch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PAGE = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"
CERTIFICATE = Path(__file__).parent / "data" / "fetch" / "localhost.pem"


class Site:
    """A server on loopback: ``site.at(path, answer)``, where the answer writes to the handler; ``asked`` are the requests."""

    def __init__(self, server: ThreadingHTTPServer, scheme: str) -> None:
        self.url = f"{scheme}://localhost:{server.server_port}"
        self.port = server.server_port
        self.answers: dict[str, Callable[[BaseHTTPRequestHandler], None]] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.over = threading.Event()

    def at(self, path: str, answer: Callable[[BaseHTTPRequestHandler], None]) -> str:
        """The address under which the answer is given."""
        self.answers[path] = answer
        return self.url + path

    def sends(self, path: str, body: bytes = PAGE, status: int = 200, **headers: str) -> str:
        """The address of a plain answer; header names have ``_`` for ``-``."""

        def answer(handler: BaseHTTPRequestHandler) -> None:
            handler.send_response(status)
            for name, value in {"Content_Length": str(len(body)), **headers}.items():
                handler.send_header(name.replace("_", "-"), value)
            handler.end_headers()
            handler.wfile.write(body)

        return self.at(path, answer)

    def says(self, path: str, raw: bytes) -> str:
        """The address of an answer that is written as it stands."""
        return self.at(path, lambda handler: void(handler.wfile.write(raw)))


def void(_: object) -> None:
    """Nothing, of anything."""


def serve(scheme: str) -> Iterator[Site]:
    """A running server."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append((self.path, dict(self.headers.items())))
            try:
                site.answers.get(self.path, lambda handler: handler.send_error(404))(self)
            except OSError:  # who asked has gone
                self.close_connection = True

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    if scheme == "https":
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(CERTIFICATE)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    server.handle_error = lambda *_: None  # type: ignore[method-assign,assignment]  # a refused handshake is what is tested
    site = Site(server, scheme)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield site
    site.over.set()
    server.shutdown()
    server.server_close()
    thread.join(30)


@pytest.fixture
def site() -> Iterator[Site]:
    """A server by http."""
    yield from serve("http")


@pytest.fixture
def secure() -> Iterator[Site]:
    """A server by https, with a certificate for localhost that nobody but the tests trusts."""
    yield from serve("https")


@pytest.fixture
def public(monkeypatch: pytest.MonkeyPatch) -> None:
    """Loopback counts as public, every other address as what it is: so that what comes after the first hop can be seen."""
    real = module._is_private
    monkeypatch.setattr(module, "_is_private", lambda address: address not in {"127.0.0.1", "::1"} and real(address))


def get(url: str, **more: Any) -> Fetched:
    """What an address on this machine answers."""
    return fetch(url, allow_private=True, **more)


def refused(url: str, **more: Any) -> str:
    """The sentence with which it is refused."""
    with pytest.raises(ReadError) as error:
        get(url, **more)
    return str(error.value).replace("localhost", "HOST")


# What works


def test_a_page_is_fetched_with_what_is_needed_at_the_next_time(site: Site) -> None:
    """Bytes, where they were, ETag and Last-Modified; the request says who asks and nothing of the machine."""
    url = site.sends("/a.ics", ETag='"v1"', Last_Modified="Thu, 06 May 2021 18:05:00 GMT")
    assert get(url) == Fetched(PAGE, url, '"v1"', "Thu, 06 May 2021 18:05:00 GMT")
    ((path, headers),) = site.asked
    assert path == "/a.ics"
    assert set(headers) == {"Host", "User-Agent", "Accept", "Accept-Encoding", "Connection"}
    assert headers["User-Agent"].startswith("planner/")


def test_a_page_that_did_not_change_is_not_fetched_again(site: Site) -> None:
    """The validators go out as they came, and 304 comes back without bytes."""
    url = site.says("/a.ics", b'HTTP/1.1 304 Not Modified\r\nETag: "v1"\r\n\r\n')
    found = get(url, etag='"v1"', last_modified="Thu, 06 May 2021 18:05:00 GMT")
    assert (found.data, found.not_modified, found.etag) == (b"", True, '"v1"')
    assert site.asked[0][1]["If-None-Match"] == '"v1"'
    assert site.asked[0][1]["If-Modified-Since"] == "Thu, 06 May 2021 18:05:00 GMT"


@pytest.mark.parametrize("etag", ["v1\r\nCookie: a=b", "é", "x" * 1000, "\x1b"])
def test_a_validator_with_anything_strange_in_it_is_not_sent(site: Site, etag: str) -> None:
    """No header is made of what a server once said, unless it is plain."""
    get(site.sends("/"), etag=etag)
    assert not {"Cookie", "If-None-Match"} & set(site.asked[0][1])


def packed(data: bytes, wbits: int) -> bytes:
    """Data compressed with a head of that kind (RFC 1950, 1951, 1952)."""
    packer = zlib.compressobj(wbits=wbits)
    return packer.compress(data) + packer.flush()


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("gzip", gzip.compress(PAGE)),
        ("x-gzip", gzip.compress(PAGE)),
        ("gzip", gzip.compress(PAGE[:10]) + gzip.compress(PAGE[10:])),
        ("gzip", gzip.compress(PAGE) + b"\0" * 512),
        ("gzip", gzip.compress(PAGE) + b"\0"),
        ("deflate", packed(PAGE, 15)),
        ("deflate", packed(PAGE, -15)),
        ("identity", PAGE),
    ],
    ids=["gzip", "x-gzip", "two members", "padding", "a byte of padding", "zlib", "raw deflate", "identity"],
)
def test_what_is_packed_is_unpacked(site: Site, encoding: str, body: bytes) -> None:
    """Every encoding that was asked for, also as servers get it nearly right."""
    assert get(site.sends("/", body, Content_Encoding=encoding)).data == PAGE


def test_chunks_and_answers_without_a_length(site: Site) -> None:
    """Both other ways in which HTTP ends an answer (RFC 9112 6.3)."""
    chunked = site.says("/1", b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nBEGIN\r\n3\r\n:VC\r\n0\r\n\r\n")
    assert get(chunked).data == b"BEGIN:VC"
    assert get(site.says("/2", b"HTTP/1.0 200 OK\r\n\r\n" + PAGE)).data == PAGE


def test_redirects_are_followed_and_the_last_address_is_told(site: Site) -> None:
    """Absolute and relative ones, five at most."""
    for number in range(5):
        site.sends(f"/{number}", b"", 302, Location=f"{site.url}/{number + 1}" if number % 2 else f"{number + 1}")
    site.sends("/5")
    assert get(f"{site.url}/0").url == f"{site.url}/5"
    site.sends("/before", b"", 301, Location="/0")
    assert "was redirected more than 5 times" in refused(f"{site.url}/before")


def test_a_path_is_written_as_the_web_writes_it(site: Site) -> None:
    """Blanks and letters beyond ASCII are encoded once, what is encoded stays, a fragment is not sent."""
    site.sends("/r%C3%A9union%20a%2Fb?q=%C3%BC&a=b")
    assert get(f"{site.url}/réunion a%2Fb?q=ü&a=b#top").data == PAGE


# What is refused


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://example.org/a.ics",
        "javascript:alert(1)",
        "data:text/calendar,BEGIN:VCALENDAR",
        "webcal://example.org/a.ics",
        "/etc/passwd",
        "example.org",
        "",
        "http://",
        "http:///a.ics",
        "http://[::1",
        "http://example.org:99999/",
        "http://user:secret@example.org/",
        "http://exa\nmple.org/",
        "http://example.org/\x1b[2J",
        f"http://{'a' * 70}.org/",
        "http://a..b/",
    ],
)
def test_what_is_no_public_web_address_is_refused_before_anything_is_asked(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    """No look-up, no connection; the sentence is one printable line and no password is in it."""
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_kwargs: pytest.fail("a name was looked up"))
    with pytest.raises(ReadError) as error:
        fetch(url)
    assert str(error.value).isprintable()
    assert "secret" not in str(error.value)


@pytest.mark.parametrize(
    ("address", "private"),
    [
        ("127.0.0.1", True),
        ("127.8.8.8", True),
        ("0.0.0.0", True),  # noqa: S104  (an address to refuse)
        ("10.1.2.3", True),
        ("172.16.0.1", True),
        ("192.168.1.1", True),
        ("100.64.0.1", True),
        ("169.254.169.254", True),
        ("224.0.0.1", True),
        ("255.255.255.255", True),
        ("::1", True),
        ("::", True),
        ("fe80::1%eth0", True),
        ("fc00::1", True),
        ("ff02::1", True),
        ("::ffff:127.0.0.1", True),
        ("::ffff:8.8.8.8", False),
        ("2002:7f00:1::", True),
        ("2001:0:4136:e378:8000:63bf:3fff:fdd2", True),
        ("64:ff9b::7f00:1", True),
        ("64:ff9b::808:808", False),
        ("8.8.8.8", False),
        ("93.184.216.34", False),
        ("2606:4700::1111", False),
    ],
)
def test_which_addresses_are_private(address: str, private: bool) -> None:
    """Loopback, private, link-local, shared, multicast, unspecified; also where IPv6 wraps them."""
    assert module._is_private(address) is private


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "127.1", "2130706433", "0x7f000001", "0.0.0.0"])  # noqa: S104  (to refuse)
def test_this_machine_is_not_asked_without_leave(site: Site, host: str) -> None:
    """However loopback is written: refused after the look-up, and nothing reaches the server."""
    site.sends("/")
    with pytest.raises(ReadError, match=r"--allow-private lets it be asked|was not found"):
        fetch(f"http://{host}:{site.port}/")
    assert site.asked == []


@pytest.mark.usefixtures("public")
@pytest.mark.parametrize(
    ("location", "sentence"),
    [
        ("file:///etc/passwd", "leads to file:///etc/passwd, which is no http or https address"),
        ("ftp://example.org/", "which is no http or https address"),
        ("http://169.254.169.254/latest/meta-data/", "is on this machine or its network (169.254.169.254)"),
        ("http://[::ffff:10.0.0.1]/", "is on this machine or its network"),
        ("//192.168.0.1/", "is on this machine or its network (192.168.0.1)"),
        ("http://a:b@example.org/", "with a password in its address"),
        ("http://exa\tmple.org/", "signs in it that no address has"),
        ("", "leads elsewhere without saying where"),
    ],
)
def test_every_redirect_is_checked_again(site: Site, location: str, sentence: str) -> None:
    """A public page cannot send the program to a file or into the network that it runs in."""
    url = site.sends("/", b"", 302, Location=location)
    with pytest.raises(ReadError) as error:
        fetch(url)
    assert sentence in str(error.value)
    assert str(error.value).isprintable()


@pytest.mark.usefixtures("public")
def test_the_address_that_was_checked_is_the_one_that_is_asked(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that answers otherwise the second time gains nothing: there is one look-up a hop, and its answer is used."""
    looked_up: list[str] = []

    def once(host: str, port: int, **_: object) -> list[tuple[Any, ...]]:
        looked_up.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    monkeypatch.setattr(socket, "getaddrinfo", once)
    site.sends("/")
    assert fetch(f"http://schedule.example:{site.port}/").data == PAGE
    assert looked_up == ["schedule.example"]
    assert site.asked[0][1]["Host"] == f"schedule.example:{site.port}"


@pytest.mark.usefixtures("public")
def test_private_addresses_among_public_ones_are_passed_over(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of several addresses only the public ones are tried, the next where one does not answer."""
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        dead = closed.getsockname()[1]
        found = [("10.0.0.1", site.port), ("127.0.0.1", dead), ("127.0.0.1", site.port)]
        entries = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", address) for address in found]
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_kwargs: entries)
        site.sends("/")
        assert fetch(f"http://schedule.example:{site.port}/").data == PAGE


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        (404, "is not there (404 Not Found): check the address"),
        (410, "is not there (410 Gone)"),
        (401, "wants a login (401 Unauthorized): save the page"),
        (403, "wants a login (403 Forbidden)"),
        (500, "answered 500 Internal Server Error: try again later"),
        (204, "answered 204 No Content"),
        (206, "answered 206 Partial Content"),
        (304, "answered 304 Not Modified"),
        (799, "answered 799: try again later"),
    ],
)
def test_an_answer_that_is_no_page_is_a_sentence(site: Site, status: int, sentence: str) -> None:
    """With the number, and what to do next; 304 too, when nothing was asked on condition."""
    assert sentence in refused(site.says("/", f"HTTP/1.1 {status} X\r\nContent-Length: 0\r\n\r\n".encode()))


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nBEGIN",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n64\r\nBEGIN",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + gzip.compress(PAGE * 99)[:-20],
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + gzip.compress(PAGE) + gzip.compress(PAGE * 99)[:-20],
    ],
    ids=["length", "chunks", "gzip", "second member"],
)
def test_half_an_answer_is_refused(site: Site, answer: bytes) -> None:
    """Wherever it can be known that something is missing, nothing is read."""
    assert "broke off in the middle" in refused(site.says("/", answer))


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"hello\r\n\r\n",
        b"HTTP/1.1 what OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X-A: 1\r\n" * 500 + b"\r\n",
        b"HTTP/1.1 200 OK\r\nX-A: " + b"a" * 100_000 + b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nnothex\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\nnot packed at all",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: deflate\r\n\r\n\xff\xff\xff\xff",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: br\r\n\r\nx",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip, gzip\r\n\r\nx",
    ],
)
def test_an_answer_that_cannot_be_read_is_a_sentence(site: Site, answer: bytes) -> None:
    """No answer, another protocol, endless headers, wrong packing: one printable line."""
    said = refused(site.says("/", answer))
    assert said.startswith("http://HOST:")
    assert said.isprintable()


# Limits


def test_a_bomb_is_stopped_while_it_is_unpacked(site: Site) -> None:
    """50 MB of nothing in 50 kB: what is made is counted, not what comes, and not all of it is made."""
    url = site.sends("/", gzip.compress(bytes(50_000_000)), Content_Encoding="gzip")
    tracemalloc.start()
    try:
        assert "is larger than 1 MB" in refused(url, largest=1_000_000)
        assert tracemalloc.get_traced_memory()[1] < 10_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("headers", [{"Content_Length": "2000"}, {"Content_Length": "99999999999"}])
def test_an_answer_is_not_read_beyond_its_limit(site: Site, headers: dict[str, str]) -> None:
    """Neither what says its size nor what does not."""
    assert "is larger than 0.001 MB: that is no schedule" in refused(site.sends("/", b"x" * 2000, **headers), largest=1000)
    assert "is larger than" in refused(site.says("/2", b"HTTP/1.0 200 OK\r\n\r\n" + b"x" * 2000), largest=1000)
    assert len(get(site.sends("/3", b"x" * 1000), largest=1000).data) == 1000


def test_the_promised_sizes() -> None:
    """64 MB of a schedule are read, within 20 seconds, over five redirects."""
    assert (module.LARGEST, module.SECONDS, module.REDIRECTS) == (64_000_000, 20, 5)


def drip(site: Site, head: bytes, drop: bytes) -> Callable[[BaseHTTPRequestHandler], None]:
    """An answer that never ends, a drop at a time, each soon enough to keep a naive timeout waiting."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(head)
        while not site.over.wait(0.02):
            handler.wfile.write(drop)

    return answer


@pytest.mark.parametrize(
    ("head", "drop"),
    [
        (b"", b""),
        (b"HTTP/1.1 200 OK\r\n", b"X"),
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
        (b"HTTP/1.0 200 OK\r\n\r\n", b"x"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
    ],
    ids=["silence", "header", "continue", "body", "chunks"],
)
def test_a_slow_answer_is_given_up(site: Site, head: bytes, drop: bytes) -> None:
    """All the time together counts, not the time between two bytes."""
    assert "took longer than 0.3 seconds" in refused(site.at("/", drip(site, head, drop)), seconds=0.3)


def test_slow_redirects_share_one_time(site: Site) -> None:
    """A loop of redirects, each with some delay, ends by the number or by the time."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        site.over.wait(0.1)
        handler.wfile.write(b"HTTP/1.1 302 Found\r\nLocation: /\r\n\r\n")

    assert "took longer than 0.25 seconds" in refused(site.at("/", answer), seconds=0.25)


def test_a_name_that_is_looked_up_for_ever_is_given_up(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """The operating system gives look-ups no time limit; this has one."""
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_kwargs: site.over.wait(30) and [])
    assert "took longer than 0.1 seconds" in refused("http://slow.example/", seconds=0.1)


def test_what_does_not_exist_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    """An unknown name; a port on which nobody listens."""

    def unknown(*_args: object, **_kwargs: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        assert "cannot be reached (connection refused)" in refused(f"http://127.0.0.1:{closed.getsockname()[1]}/")
    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    assert refused("http://nowhere.example/") == "nowhere.example was not found: check the address and the network."


# TLS


def test_a_certificate_is_checked(secure: Site) -> None:
    """One that nobody signed is refused."""
    assert "cannot be trusted" in refused(secure.sends("/"))
    assert secure.asked == []


def test_a_certificate_is_for_a_name(secure: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """With its signer trusted, localhost is served and 127.0.0.1, which it does not name, is not."""
    trusting = ssl.create_default_context(cafile=CERTIFICATE)
    monkeypatch.setattr(ssl, "create_default_context", lambda: trusting)
    secure.sends("/")
    assert get(f"{secure.url}/").data == PAGE
    assert "cannot be trusted" in refused(f"https://127.0.0.1:{secure.port}/")


def test_a_server_without_tls_is_a_sentence(site: Site) -> None:
    """An http server that is asked by https."""
    assert "cannot be trusted" in refused(site.url.replace("http:", "https:"))


@given(st.text(max_size=60))
def test_any_address_is_read_or_refused(url: str) -> None:
    """Whatever is typed: a sentence, because no name is known here."""
    patch = pytest.MonkeyPatch()
    patch.setattr(socket, "getaddrinfo", lambda *_args, **_kwargs: [])
    try:
        for whole in (url, f"http://{url}", f"https://example.org/{url}"):
            with pytest.raises(ReadError) as error:
                fetch(whole)
            assert str(error.value).isprintable()
    finally:
        patch.undo()
