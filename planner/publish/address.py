"""Where to publish and as whom: a collection's address checked and taken apart, and the password that goes there.

A password comes from the environment or the system keyring, never from the command line, which other programs can read.
"""

from __future__ import annotations

import socket
from ipaddress import ip_address
from urllib.parse import quote, unquote, urlsplit

from planner.errors import UsageError
from planner.values import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

USER = "PLANNER_CALDAV_USER"
"""The environment variable that names the user where neither the flag nor the address does."""

PASSWORD = "PLANNER_CALDAV_PASSWORD"  # noqa: S105  (the name of a variable)
"""The environment variable that holds the password."""

_PORTS = {"http": 80, "https": 443}
_IN_PATH = "/%:@!$&'()*+,;=~-._"


class Place(NamedTuple):
    """A collection: its address without a user and with a slash at its end, the host with its port, and the user or ""."""

    url: str
    host: str
    user: str

    @property
    def service(self) -> str:
        """What the keyring knows the password by, together with the user."""
        return f"planner:{self.host}"


def place(said: str, *, user: str = "", otherwise: str = "", allow_private: bool = False) -> Place:
    """The collection at an address; ``user`` beats the one in the address, and that beats ``otherwise``.

    Plain http goes to this machine, and with ``allow_private`` to its network. Raises UsageError, in which a password that
    stood in the address is not repeated.
    """
    try:
        parts = urlsplit(said.strip())
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise UsageError("what is to be published to is no web address: give one such as https://host/me/calendar/.") from None
    if parts.password is not None:
        raise UsageError(
            f"the address holds a password, which other programs on this machine can read there: change it, and keep the new"
            f" one in the system keyring or in {PASSWORD}."
        )
    if parts.scheme not in _PORTS or not host or not said.strip().isprintable() or " " in said.strip():
        raise UsageError("what is to be published to is no http or https address: give one such as https://host/me/calendar/.")
    if parts.query or parts.fragment:
        raise UsageError("a collection's address ends with its path: give it without the ? or # and what comes after it.")
    port = port or _PORTS[parts.scheme]
    if parts.scheme == "http" and not _is_near(host, port, allow_private=allow_private):
        raise UsageError(
            f"plain http would show the password to all on the way to {host}: use https"
            + ("." if allow_private else ", or --allow-private where the server is on your own network.")
        )
    netloc = (f"[{host}]" if ":" in host else host) + ("" if port == _PORTS[parts.scheme] else f":{port}")
    path = quote(parts.path.rstrip("/") + "/", safe=_IN_PATH)
    return Place(f"{parts.scheme}://{netloc}{path}", netloc, user or unquote(parts.username or "") or otherwise)


def _is_near(host: str, port: int, *, allow_private: bool) -> bool:
    """Whether a host is this machine, or where that is allowed, on its network by each of its addresses."""
    try:
        return ip_address(host).is_loopback or (allow_private and not ip_address(host).is_global)
    except ValueError:
        if host == "localhost" or not allow_private:
            return host == "localhost"
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise UsageError(f"{host} was not found: check the address and the network.") from None
    return all(not ip_address(str(one[4][0]).partition("%")[0]).is_global for one in found)


def password(where: Place, environ: Mapping[str, str]) -> str:
    """The user's password for a place, from the environment, else from the system keyring; "" where nobody is named.

    Raises UsageError, which says how to give one, where there is none.
    """
    if not where.user:
        return ""
    found, reason = environ.get(PASSWORD, ""), ""
    if not found:
        found, reason = _kept(where)
    if not found:
        raise UsageError(
            f"there is no password for {where.user} at {where.host}{reason}: keep it in the system keyring"
            f" (keyring set {where.service} {where.user}) or in the environment variable {PASSWORD}."
        )
    return found


def _kept(where: Place) -> tuple[str, str]:
    """The password that the system keyring keeps, or why there is none."""
    try:
        import keyring  # 63 ms, only where the environment holds no password
        from keyring.errors import KeyringError
    except ImportError:
        return "", " (the keyring library is not installed)"
    try:
        return keyring.get_password(where.service, where.user) or "", ""
    except (KeyringError, OSError, RuntimeError) as error:
        return "", f" (the system keyring does not answer: {type(error).__name__})"
