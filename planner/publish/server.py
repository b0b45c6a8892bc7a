"""A CalDAV collection (RFC 4791) on its server: listed, read, written and removed object by object, by the caldav library.

Every change says which version it replaces (RFC 9110 13.1), so that nobody else's is lost. Certificates are always checked,
redirects stay on the host, and nothing of the machine (proxies, .netrc) goes into a request.
"""

from __future__ import annotations

import logging
import os
import ssl
from html import escape
from urllib.parse import quote, unquote, urljoin, urlsplit

from planner.errors import PlannerError
from planner.text import clean
from planner.values import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from types import TracebackType
    from typing import Any, Self
    from urllib.parse import SplitResult

    from planner.publish.address import Place

SECONDS = 30
"""The time that one request may take; a server that is asked for a thousand names needs five."""

REDIRECTS = 5
"""Redirects that are followed from the address that was given, all on its host."""

_AT_ONCE = 50  # objects that one request reads: with 30 kB each far below the 10 MB at which the XML parser stops
_DAV = "{DAV:}"
_CALENDAR = "{urn:ietf:params:xml:ns:caldav}calendar"
_MOVED = frozenset({301, 302, 303, 307, 308})
_GONE = frozenset({404, 410})
_REFUSED = {
    400: "was refused by the server as no calendar that it takes",
    409: "is in the collection already, as another entry",
    412: "was changed there by somebody else meanwhile",
    413: "is too large for the server",
    415: "was refused by the server as no calendar that it takes",
    422: "was refused by the server as no calendar that it takes",
}
_LIST = '<propfind xmlns="DAV:"><prop><resourcetype/><getetag/></prop></propfind>'
_READ = (
    '<c:calendar-multiget xmlns="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav">'
    "<prop><getetag/><c:calendar-data/></prop>{}</c:calendar-multiget>"
)


class Held(NamedTuple):
    """An object as the server holds it: its bytes and their ETag."""

    data: bytes
    etag: str


class Answer(NamedTuple):
    """What became of a change: the new ETag ("" where none was given), or why this object was left as it is."""

    etag: str = ""
    why: str = ""


class _Said(NamedTuple):
    """A server's answer: status, headers, the parsed body where there is one, and the conditions it says were not met."""

    status: int
    headers: Mapping[str, str]
    body: Any = None
    unmet: tuple[str, ...] = ()


class Server:
    """One collection. Every method raises PlannerError, with one sentence, for what ends the whole work."""

    def __init__(self, place: Place, password: str, *, authorities: str = "") -> None:
        """Connect to nothing yet. ``authorities`` is a file of certificates to trust instead of the machine's.

        Raises PlannerError where the caldav library is not installed.
        """
        try:
            from caldav.davclient import DAVClient  # 0.7 s
        except ImportError:
            raise PlannerError(
                "publishing needs the caldav library: pip install 'planner[caldav]', or write a folder with planner export"
                " --format vdir FOLDER and bring it to the server with vdirsyncer."
            ) from None
        if authorities and not os.path.isfile(authorities):
            raise PlannerError(f"there is no file {authorities}, which SSL_CERT_FILE names: mend it.")
        self.place = place
        self.url = place.url
        logging.getLogger("caldav").setLevel(logging.CRITICAL)  # what it has to say is said here, in a sentence
        self._client: Any = DAVClient(
            place.url,
            username=place.user or None,
            password=password or None,
            timeout=SECONDS,
            ssl_verify_cert=authorities or True,
            enable_rfc6764=False,
        )
        session: Any = self._client.session
        session.trust_env = False
        ask = session.request
        session.request = lambda *words, **named: ask(*words, **named, allow_redirects=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._client.close()

    # The collection

    def listed(self) -> dict[str, str]:
        """The names of the objects in the collection, with their ETags."""
        said = self._found()
        if said.status in _GONE:
            raise PlannerError(
                f"there is no collection at {self.url} ({said.status}): make a calendar on the server, and give its address."
            )
        if said.status not in {200, 207} or said.body is None or said.body.tree is None:
            raise PlannerError(f"{self.url} is no CalDAV collection (it answered {said.status}): check the address.")
        inside, calendars, names = False, [], {}
        for one in self._parsed(said.body.parse_propfind):
            kinds = one.properties.get(f"{_DAV}resourcetype") or []
            href = one.href or ""
            if href.rstrip("/") == _plain_path(self.url):
                inside = _CALENDAR in kinds
            elif _CALENDAR in kinds:
                calendars.append(urljoin(self.url, quote(href)))
            elif not kinds:
                names[href.rpartition("/")[2]] = one.properties.get(f"{_DAV}getetag") or ""
        if not inside:
            known = f"; there are {clean(', '.join(calendars[:5]))}" if calendars else ""
            raise PlannerError(f"{self.url} is no calendar: give the address of one{known}.")
        return names

    def _found(self) -> _Said:
        """The answer about the collection, where redirects on its host lead to it."""
        for _ in range(REDIRECTS):
            said = self._ask("PROPFIND", self.url, _LIST, {"Depth": "1"})
            if said.status not in _MOVED:
                return said
            here, parts = urlsplit(self.url), _target(self.url, said.headers.get("Location", ""))
            if (parts.scheme, parts.netloc) != (here.scheme, here.netloc):
                shown = f"{parts.scheme}://{parts.hostname or ''}"[:200]  # without a password that stands there
                raise PlannerError(f"{self.url} leads to {shown}, another host: give that address if you trust it.")
            self.url = f"{here.scheme}://{here.netloc}{parts.path.rstrip('/')}/"
        raise PlannerError(f"{self.place.url} was redirected more than {REDIRECTS} times: check the address.")

    # Its objects

    def read(self, names: Iterable[str]) -> dict[str, Held]:
        """The objects of these names, as far as they are there."""
        wanted, found = sorted(names), {}
        for start in range(0, len(wanted), _AT_ONCE):
            some = wanted[start : start + _AT_ONCE]
            hrefs = "".join(f"<href>{escape(urlsplit(self.url + name).path)}</href>" for name in some)
            said = self._ask("REPORT", self.url, _READ.format(hrefs), {"Depth": "1"})
            if said.status not in {200, 207} or said.body is None:
                raise PlannerError(f"{self.url} does not show its entries (it answered {said.status}): check the address.")
            for one in self._parsed(said.body.parse_calendar_query):
                if one.href and one.calendar_data and one.etag:
                    found[one.href.rpartition("/")[2]] = Held(one.calendar_data.encode(), one.etag)
        return found

    def put(self, name: str, data: bytes, etag: str | None) -> Answer:
        """Write an object in the place of the version with that ETag; None for one that must not be there yet."""
        only = {"If-None-Match": "*"} if etag is None else {"If-Match": etag}
        said = self._ask("PUT", self.url + name, data, {"Content-Type": "text/calendar; charset=utf-8", **only})
        if said.status in _GONE:
            raise PlannerError(f"the collection {self.url} went away ({said.status}): check it, and publish again.")
        return Answer(said.headers.get("ETag", ""), self._why(said))

    def delete(self, name: str, etag: str) -> Answer:
        """Remove an object if it is that version; that it is gone already is as good."""
        said = self._ask("DELETE", self.url + name, "", {"If-Match": etag})
        return Answer() if said.status in _GONE else Answer(why=self._why(said))

    def _why(self, said: _Said) -> str:
        """Why an object was left as it is, "" where it was not; what is no answer to a change ends the work."""
        if said.status in range(200, 300):
            return ""
        if said.unmet and said.status not in _REFUSED:
            return _REFUSED[409] if any("uid-conflict" in one for one in said.unmet) else _REFUSED[400]
        if said.status in _REFUSED:
            return _REFUSED[said.status]
        raise PlannerError(f"{self.url} takes no entries (it answered {said.status}): check the address.")

    # The conversation

    def _ask(self, method: str, url: str, body: str | bytes, headers: Mapping[str, str]) -> _Said:
        """One request, with the login that the server asks for."""
        from caldav.lib.error import AuthorizationError, DAVError, RateLimitError
        from lxml.etree import LxmlError

        try:
            got = self._client.request(url, method, body, headers)
        except AuthorizationError as error:
            unmet = tuple(error.preconditions)
            if error.status == 403 and unmet and method in {"PUT", "DELETE"}:  # noqa: PLR2004  (RFC 4791 5.3.2.1)
                return _Said(403, {}, unmet=unmet)
            raise PlannerError(self._not_let_in(error.status)) from None
        except RateLimitError:
            raise self._later("is busy") from None
        except (DAVError, LxmlError, NotImplementedError) as error:
            raise self._later(f"gave no answer that can be read ({type(error).__name__})") from None
        except (OSError, ValueError) as error:
            raise self._unreachable(error) from None
        if got.status == 507:  # noqa: PLR2004  (RFC 4918 11.5)
            raise PlannerError(f"the server of {self.url} is full (507): make room there, and publish again.")
        if got.status >= 500:  # noqa: PLR2004  (RFC 9110 15.6)
            raise self._later(f"answered {got.status}")
        if got.status in _MOVED and method != "PROPFIND":
            raise self._later(f"leads elsewhere in the middle ({got.status})")
        return _Said(got.status, got.headers, got)

    def _parsed(self, parse: Callable[[], list[Any]]) -> list[Any]:
        """The entries of an answer for several."""
        from caldav.lib.error import DAVError

        try:
            return parse()
        except (DAVError, ValueError) as error:
            raise self._later(f"gave no answer that can be read ({type(error).__name__})") from None

    def _not_let_in(self, status: int | None) -> str:
        """The sentence for a login that was not taken."""
        user = self.place.user
        if not user:
            return f"{self.url} wants a user ({status}): name yours with --user, and keep the password in the system keyring."
        if status == 403:  # noqa: PLR2004  (RFC 9110 15.5.4)
            return (
                f"{self.url} may not be used so by {user} (403): ask for the right to write there, or name another calendar."
            )
        return f"{self.url} does not let {user} in ({status}): check the user's name and the password that is kept."

    def _later(self, what: str) -> PlannerError:
        """A failure that may pass."""
        return PlannerError(f"{self.url} {what}: publish again later, and it goes on where it stopped.")

    def _unreachable(self, error: Exception) -> PlannerError:
        """The sentence for a connection that was refused, broken, too slow or not to be trusted."""
        causes = list(_causes(error))
        for cause in causes:
            if isinstance(cause, ssl.SSLError) or "SSL" in type(cause).__name__:
                inner = next((one for one in causes if isinstance(one, ssl.SSLCertVerificationError)), None)
                why = inner.verify_message if inner else "its encryption cannot be agreed on"
                return PlannerError(
                    f"{self.place.host} cannot be trusted ({clean(why)[:100]}): check the address; SSL_CERT_FILE names the"
                    " certificates of an authority of your own."
                )
        if any("Timeout" in type(cause).__name__ for cause in causes):
            return self._later(f"does not answer within {SECONDS} seconds")
        reason = next((one.strerror for one in causes if isinstance(one, OSError) and one.strerror), type(error).__name__)
        return PlannerError(
            f"{self.place.host} cannot be reached, or no longer ({clean(str(reason))[:100]}): check the address and the"
            " network, and publish again."
        )


def _target(url: str, location: str) -> SplitResult:
    """Where a redirect leads; what is no address leads nowhere."""
    try:
        return urlsplit(urljoin(url, clean(location)))
    except ValueError:
        return urlsplit("")


def _plain_path(url: str) -> str:
    """An address's path as the caldav library gives those of a listing: without escapes, and without its last slash."""
    return unquote(urlsplit(url).path).rstrip("/")


def _causes(error: BaseException) -> Iterable[BaseException]:
    """An error and everything that led to it, whichever way it was wrapped."""
    waiting: list[object] = [error]
    seen: set[int] = set()
    while waiting:
        one = waiting.pop(0)
        if isinstance(one, BaseException) and id(one) not in seen:
            seen.add(id(one))
            yield one
            waiting += [one.__cause__, one.__context__, *one.args, getattr(one, "reason", None)]
