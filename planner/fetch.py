"""A URL to bytes, within limits: http(s) only, no private address, so many bytes and seconds and redirects, and no more.

The address that was checked is the one that is connected to, at every redirect again; nothing of the machine (proxies,
cookies, passwords) goes out. A page that did not change is not fetched again (RFC 9110 13.1).
"""

from __future__ import annotations

import contextlib
import http.client
import io
import socket
import ssl
import threading
import time
import zlib
from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import quote, urljoin, urlsplit

from planner import __version__
from planner.errors import ReadError
from planner.text import clean
from planner.values import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    Buffer = Any
    _Address = tuple[int, tuple[Any, ...]]

__all__ = ["LARGEST", "REDIRECTS", "SECONDS", "Fetched", "fetch"]

LARGEST = 64_000_000
"""Bytes, after decompression, beyond which an answer is no schedule; the longest known has 20 million."""

SECONDS = 20.0
"""The time that everything together may take, from the first look-up to the last byte."""

REDIRECTS = 5
"""Redirects that are followed; browsers follow 20, schedules need two."""

_CHUNK = 65_536
_TO_CONNECT = 5.0  # seconds for one of several addresses, so that a dead one leaves time for the next
_MOVED = frozenset({301, 302, 303, 307, 308})
_PORTS = {"http": 80, "https": 443}
_ACCEPT = "text/calendar, application/json, application/xml, text/html, text/plain, text/csv, */*;q=0.5"
_NAT64 = bytes.fromhex("0064ff9b") + bytes(8)  # RFC 6052: IPv4 as IPv6-only networks see it
_IN_PATH = "/%:@!$&'()*+,;=~-._[]"
_IN_QUERY = _IN_PATH + "?"


class Fetched(NamedTuple):
    """What an address answered.

    ``url`` is where it was found, after redirects; ``etag`` and ``last_modified`` are to be said at the next time. With
    ``not_modified`` there are no bytes: those of the last time are still right.
    """

    data: bytes
    url: str
    etag: str = ""
    last_modified: str = ""
    not_modified: bool = False


class _Limits(NamedTuple):
    """What one fetch may use: the clock reading at which it has to be done, the bytes, and whether private addresses count."""

    deadline: float
    seconds: float
    largest: int
    allow_private: bool

    def left(self, url: str) -> float:
        """The seconds that are left; ReadError where there are none."""
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise ReadError(
                f"{url} took longer than {self.seconds:g} seconds: try again, or save the page and import the file."
            )
        return left


class _Target(NamedTuple):
    """An address taken apart: what is connected to, and what is asked for."""

    url: str
    scheme: str
    host: str
    port: int
    path: str


def fetch(
    url: str,
    *,
    allow_private: bool = False,
    etag: str = "",
    last_modified: str = "",
    largest: int = LARGEST,
    seconds: float = SECONDS,
) -> Fetched:
    """What an http(s) address answers, decompressed; ``etag`` and ``last_modified`` are those of the last time.

    ``allow_private`` lets it be on this machine or its network. Raises ReadError, with one sentence, for everything that can
    go wrong: another kind of address, a refused one, no answer, an error, an answer that is too large, too slow or cut off.
    """
    limits = _Limits(time.monotonic() + seconds, seconds, largest, allow_private)
    asked = {key: value for key, value in (("If-None-Match", etag), ("If-Modified-Since", last_modified)) if _is_plain(value)}
    target = _target(url)
    for _ in range(REDIRECTS + 1):
        moved, found = _ask(target, asked, limits)
        if found is not None:
            return found
        target = _target(moved, base=target.url)
    raise ReadError(f"{_shown(url)} was redirected more than {REDIRECTS} times: open it in a browser and save the page.")


# Where to


def _target(url: str, base: str = "") -> _Target:
    """An address checked and taken apart; ``base`` is what led there."""
    shown = _shown(url)
    led = f"{base} leads to {shown}" if base else shown
    if not url.strip().isprintable():
        raise ReadError(f"{led}, which has signs in it that no address has: check it.")
    try:
        parts = urlsplit(urljoin(base, url.strip()))
        port = parts.port or _PORTS.get(parts.scheme, 0)
        host = (parts.hostname or "").encode("idna").decode() if ":" not in (parts.hostname or "") else str(parts.hostname)
    except (ValueError, UnicodeError):
        raise ReadError(f"{led}, which is no web address: check it.") from None
    if parts.scheme not in _PORTS:
        raise ReadError(f"{led}, which is no http or https address: import a file by its path, or a page by its address.")
    if not host:
        raise ReadError(f"{led}, which names no host: check the address.")
    if parts.username is not None or parts.password is not None:
        raise ReadError(f"{_shown(host)} would be asked with a password in its address: save the page and import the file.")
    path = quote(parts.path or "/", safe=_IN_PATH) + (f"?{quote(parts.query, safe=_IN_QUERY)}" if parts.query else "")
    netloc = (f"[{host}]" if ":" in host else host) + ("" if port == _PORTS[parts.scheme] else f":{port}")
    return _Target(f"{parts.scheme}://{netloc}{path}", parts.scheme, host, port, path)


def _addresses(target: _Target, limits: _Limits) -> list[_Address]:
    """The addresses of a host that may be connected to; a look-up cannot be timed, so it has a thread of its own."""
    answer: list[_Address] = []

    def look_up() -> None:
        try:
            found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            return
        answer.extend((entry[0], entry[4]) for entry in found)

    thread = threading.Thread(target=look_up, daemon=True)
    thread.start()
    thread.join(limits.left(target.url))
    limits.left(target.url)
    found = list(dict.fromkeys(answer))
    if not found:
        raise ReadError(f"{target.host} was not found: check the address and the network.")
    allowed = [one for one in found if limits.allow_private or not _is_private(str(one[1][0]))]
    if not allowed:
        raise ReadError(
            f"{target.url} is on this machine or its network ({found[0][1][0]}), where schedules are not published: "
            "--allow-private lets it be asked."
        )
    return allowed


def _is_private(address: str) -> bool:
    """Whether an IP address is none of the public internet, by itself or by the IPv4 address that it stands for."""
    ip = ip_address(address.partition("%")[0])
    if isinstance(ip, IPv6Address):
        mapped = ip.ipv4_mapped or (IPv4Address(ip.packed[12:]) if ip.packed[:12] == _NAT64 else None)
        if mapped is not None:
            return _is_private(str(mapped))
        if ip.sixtofour is not None and _is_private(str(ip.sixtofour)):
            return True
    return not ip.is_global or ip.is_multicast or ip.is_reserved or ip.is_unspecified


# The conversation


def _ask(target: _Target, asked: dict[str, str], limits: _Limits) -> tuple[str, Fetched | None]:
    """One request: where it leads to, or what it found."""
    with (
        contextlib.closing(_connected(target, limits)) as wire,
        contextlib.closing(http.client.HTTPResponse(wire, method="GET")) as response,  # type: ignore[arg-type]  # it asks for makefile and no more
    ):
        try:
            wire.send(_request(target, asked))
            response.begin()
            if response.status in _MOVED:
                return _led_to(response, target), None
            headers = {name: value for name in ("ETag", "Last-Modified") if _is_plain(value := response.getheader(name) or "")}
            tags = (headers.get("ETag", ""), headers.get("Last-Modified", ""))
            if response.status == http.client.NOT_MODIFIED and asked:
                return "", Fetched(b"", target.url, *tags, not_modified=True)
            if response.status != http.client.OK:
                raise ReadError(_refusal(target.url, response.status))
            return "", Fetched(_body(response, target.url, limits), target.url, *tags)
        except TimeoutError:
            limits.left(target.url)
            raise ReadError(f"{target.url} does not answer: try again, or save the page and import the file.") from None
        except http.client.IncompleteRead:
            raise ReadError(_cut_off(target.url)) from None
        except (http.client.HTTPException, OSError, ValueError) as error:
            reason = clean(str(error))[:100] or type(error).__name__
            raise ReadError(f"{target.url} gave no answer that can be read ({reason}): try again, or save the page.") from None


def _connected(target: _Target, limits: _Limits) -> _Wire:
    """A connection to the first of the host's addresses that answers, encrypted and its certificate checked for https."""
    reason = ""
    for family, address in _addresses(target, limits):
        sock = socket.socket(family, socket.SOCK_STREAM)
        try:
            sock.settimeout(min(limits.left(target.url), _TO_CONNECT))
            sock.connect(address)
            sock.settimeout(limits.left(target.url))
            if target.scheme == "https":
                sock = ssl.create_default_context().wrap_socket(sock, server_hostname=target.host)
        except ReadError:
            sock.close()
            raise
        except ssl.SSLError as error:
            sock.close()
            why = clean(getattr(error, "verify_message", "") or error.reason or str(error))[:100]
            raise ReadError(
                f"{target.url} cannot be trusted ({why}): check the address, or save the page and import it."
            ) from None
        except OSError as error:
            sock.close()
            reason = clean(error.strerror or str(error))[:100].lower() or "no answer"
        else:
            return _Wire(sock, target.url, limits)
    limits.left(target.url)
    raise ReadError(f"{target.url} cannot be reached ({reason}): check the address and the network.")


class _Wire(io.RawIOBase):
    """A connection of which every single read ends when the time of the whole fetch does."""

    def __init__(self, sock: socket.socket, url: str, limits: _Limits) -> None:
        super().__init__()
        self.sock = sock
        self.url = url
        self.limits = limits

    def makefile(self, _mode: str) -> io.BufferedReader:
        """What :class:`http.client.HTTPResponse` reads from."""
        return io.BufferedReader(self, _CHUNK)

    def send(self, data: bytes) -> None:
        """Send all of it."""
        self.sock.settimeout(self.limits.left(self.url))
        self.sock.sendall(data)

    def readable(self) -> bool:
        """It can be read."""
        return True

    def readinto(self, buffer: Buffer) -> int:
        """What there is, waiting no longer than may be."""
        self.sock.settimeout(self.limits.left(self.url))
        return self.sock.recv_into(buffer)

    def close(self) -> None:
        """Close the connection."""
        self.sock.close()
        super().close()


def _request(target: _Target, asked: dict[str, str]) -> bytes:
    """The request (RFC 9112 3): nothing in it but what is asked for, and who asks."""
    headers = {
        "Host": urlsplit(target.url).netloc,
        "User-Agent": f"planner/{__version__}",
        "Accept": _ACCEPT,
        "Accept-Encoding": "gzip, deflate",
        "Connection": "close",
        **asked,
    }
    lines = [f"GET {target.path} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items()), "", ""]
    return "\r\n".join(lines).encode("ascii")


def _led_to(response: http.client.HTTPResponse, target: _Target) -> str:
    """Where a redirect leads."""
    location = response.getheader("Location")
    if not location:
        raise ReadError(f"{target.url} leads elsewhere without saying where: open it in a browser and save the page.")
    return location.encode("latin-1", errors="replace").decode("utf-8", errors="replace")


def _refusal(url: str, status: int) -> str:
    """The sentence for an answer that is no page."""
    said = f"{status} {http.client.responses.get(status, '')}".strip()
    if status in {401, 403, 407}:
        return f"{url} wants a login ({said}): save the page in a browser and import the file."
    if status in {404, 410}:
        return f"{url} is not there ({said}): check the address."
    return f"{url} answered {said}: try again later, or save the page in a browser and import the file."


# The answer


def _body(response: http.client.HTTPResponse, url: str, limits: _Limits) -> bytes:
    """The whole answer, decompressed, counted while it comes."""
    large = ReadError(f"{url} is larger than {limits.largest / 1e6:g} MB: that is no schedule.")
    if response.length is not None and response.length > limits.largest:
        raise large
    encoding = (response.getheader("Content-Encoding") or "identity").strip().lower()
    if encoding not in {"identity", "gzip", "x-gzip", "deflate"}:
        raise ReadError(f"{url} is packed as {clean(encoding)[:40]}, which was not asked for: save the page in a browser.")
    body = bytearray()
    packed = 0
    unpack = _Unpacker(encoding)
    while chunk := response.read(_CHUNK):
        packed += len(chunk)
        body += unpack.take(chunk, limits.largest + 1 - len(body))
        if max(len(body), packed) > limits.largest:
            raise large
    if response.length or not unpack.whole:
        raise ReadError(_cut_off(url))
    return bytes(body)


def _cut_off(url: str) -> str:
    return f"{url} broke off in the middle, and half a schedule is none: try again."


class _Unpacker:
    """Takes an encoding off, never making more bytes than it is asked for."""

    def __init__(self, encoding: str) -> None:
        self.encoding = encoding
        self.begun = self.done = False
        self.decoder = zlib.decompressobj(15 if encoding == "deflate" else 31)

    @property
    def whole(self) -> bool:
        """Whether the packed data came to its end."""
        return self.done or not self.begun or self.encoding == "identity"

    def take(self, data: bytes, most: int) -> bytes:
        """The bytes behind a piece of packed data, at most so many; what is left over then is lost. Raises ValueError."""
        if self.encoding == "identity":
            return data[:most]
        made = bytearray()
        while data and len(made) < most:
            before = len(made)
            try:
                made += self.decoder.decompress(data, most - len(made))
            except zlib.error:
                if self.done:  # padding behind the last member
                    return bytes(made)
                if self.begun or self.encoding != "deflate":
                    raise ValueError("it is packed wrongly") from None
                self.decoder = zlib.decompressobj(-15)  # some servers send deflate without its head
            else:
                data = self.decoder.unconsumed_tail
                self.done = self.done and len(made) == before
                if self.decoder.eof:
                    data, self.done = self.decoder.unused_data, True
                    self.decoder = zlib.decompressobj(31)
            self.begun = True
        return bytes(made)


def _is_plain(value: str) -> bool:
    """Whether a header's value may be kept and sent: printable ASCII, not empty, not long."""
    return 0 < len(value) <= 200 and value.isascii() and value.isprintable()  # noqa: PLR2004  (signs; real ETags have 40)


def _shown(url: str) -> str:
    """An address in a sentence."""
    text = "".join(sign if sign.isprintable() else "\ufffd" for sign in clean(url[:1000]))
    return f"{text[:200]}…" if len(text) > 200 else text  # noqa: PLR2004  (signs of a line)
