"""Where a plan is published to and as whom: what is refused, and a password that is never repeated."""

from __future__ import annotations

import subprocess
import sys
from types import ModuleType
from typing import TYPE_CHECKING

import pytest

from planner.errors import UsageError
from planner.publish import address

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Answer


@pytest.mark.parametrize(
    ("said", "url", "host", "user"),
    [
        ("https://dav.example.org/me/cal", "https://dav.example.org/me/cal/", "dav.example.org", ""),
        ("https://m%C3%A9%40home@DAV.example.org:443/a b/", "", "", ""),
        ("https://m%C3%A9%40home@DAV.example.org:443/a%20b//", "https://dav.example.org/a%20b/", "dav.example.org", "mé@home"),
        (" https://dav.example.org:8443 ", "https://dav.example.org:8443/", "dav.example.org:8443", ""),
        ("https://[2001:db8::1]:8443/ü/", "https://[2001:db8::1]:8443/%C3%BC/", "[2001:db8::1]:8443", ""),
        ("http://127.0.0.1:5232/x/", "http://127.0.0.1:5232/x/", "127.0.0.1:5232", ""),
        ("http://[::1]/x/", "http://[::1]/x/", "[::1]", ""),
        ("http://localhost/x/", "http://localhost/x/", "localhost", ""),
    ],
)
def test_an_address_is_taken_apart(said: str, url: str, host: str, user: str) -> None:
    """One collection has one address: a slash at its end, no user, no usual port; a blank in it is refused."""
    if not url:
        with pytest.raises(UsageError, match="no http or https address"):
            address.place(said)
        return
    assert address.place(said) == (url, host, user)


@pytest.mark.parametrize(
    "said",
    [
        "",
        "x",
        "/home/me/cal",
        "ftp://h/",
        "file:///etc/passwd",
        "https://",
        "https:///x",
        "https://h:x/",
        "https://[::1/",
        "https://h/\x00",
        "https://h/\x1b[2J",
    ],
)
def test_what_is_no_web_address_is_refused(said: str) -> None:
    """One sentence with an example, exit code 2, and no sign of it that a terminal would obey."""
    with pytest.raises(UsageError, match=r"such as https://host/me/calendar/\.$") as caught:
        address.place(said)
    assert str(caught.value).isprintable()
    assert caught.value.exit_code == 2


@pytest.mark.parametrize(
    "said",
    [
        "https://me:s3cret@h/",
        "https://:s3cret@h/",
        "ftp://me:s3cret@h/",
        "https://me:s3cret@h:x/",
        "http://me:s3cret@example.org/",
    ],
)
def test_a_password_in_the_address_is_refused_and_not_repeated(said: str) -> None:
    """It names the two places where one may be kept; a broken address is not repeated either."""
    with pytest.raises(UsageError) as caught:
        address.place(said)
    assert "s3cret" not in str(caught.value)
    if ":x" not in said:
        assert "PLANNER_CALDAV_PASSWORD" in str(caught.value)
        assert "keyring" in str(caught.value)


@pytest.mark.parametrize("said", ["https://h/x?y", "https://h/x#y"])
def test_an_address_ends_with_its_path(said: str) -> None:
    """Objects' names come behind it."""
    with pytest.raises(UsageError, match="without the"):
        address.place(said)


@pytest.mark.parametrize(
    ("host", "found", "alone", "allowed"),
    [
        ("127.0.0.2", None, True, True),
        ("localhost", None, True, True),
        ("localhost.example.org", "93.184.215.14", False, False),
        ("192.168.1.5", None, False, True),
        ("10.0.0.1", None, False, True),
        ("[fd00::1]", None, False, True),
        ("8.8.8.8", None, False, False),
        ("nas.lan", "192.168.1.5", False, True),
        ("evil.example.org", "8.8.8.8", False, False),
    ],
)
def test_plain_http_stays_near(
    monkeypatch: pytest.MonkeyPatch, host: str, found: str | None, alone: bool, allowed: bool
) -> None:
    """To this machine always, to its network with --allow-private, to the world never."""

    def look_up(name: str, port: int, **_: object) -> list[tuple[object, ...]]:
        assert name == host
        return [(2, 1, 6, "", (found, port))]

    monkeypatch.setattr("socket.getaddrinfo", look_up)
    for allow_private, expected in ((False, alone), (True, allowed)):
        if expected:
            assert address.place(f"http://{host}/x/", allow_private=allow_private).url == f"http://{host}/x/"
        else:
            with pytest.raises(UsageError, match="plain http would show the password"):
                address.place(f"http://{host}/x/", allow_private=allow_private)


def test_the_user_is_that_of_the_flag_the_address_or_the_environment() -> None:
    """In this order."""
    assert address.place("https://b@h/", user="a", otherwise="c").user == "a"
    assert address.place("https://b@h/", otherwise="c").user == "b"
    assert address.place("https://h/", otherwise="c").user == "c"


def keyring(monkeypatch: pytest.MonkeyPatch, ask: Callable[[str, str], str | None]) -> None:
    """Put another library in the place of the system keyring's."""
    library, errors = ModuleType("keyring"), ModuleType("keyring.errors")
    library.get_password = ask  # type: ignore[attr-defined]
    errors.KeyringError = type("KeyringError", (Exception,), {})  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "keyring", library)
    monkeypatch.setitem(sys.modules, "keyring.errors", errors)


def test_a_password_is_that_of_the_environment_or_the_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    """The keyring knows it by host and user; nobody has none."""
    where = address.place("https://me@dav.example.org:8443/x/")
    keyring(monkeypatch, lambda *asked: {("planner:dav.example.org:8443", "me"): "kept"}.get(asked))
    assert address.password(where, {}) == "kept"
    assert address.password(where, {"PLANNER_CALDAV_PASSWORD": "said"}) == "said"
    assert address.password(where._replace(user=""), {"PLANNER_CALDAV_PASSWORD": "said"}) == ""
    with pytest.raises(
        UsageError, match=r"no password for other at dav\.example\.org:8443: keep it .*PLANNER_CALDAV_PASSWORD"
    ):
        address.password(where._replace(user="other"), {})


@pytest.mark.parametrize("kind", ["missing", "locked", "broken"])
def test_a_keyring_that_does_not_answer_is_said(monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    """Not installed, locked, or no service behind it: one sentence with the other way."""
    if kind == "missing":
        monkeypatch.setitem(sys.modules, "keyring", None)
    else:

        def fail(*_: str) -> str:
            raise sys.modules["keyring.errors"].KeyringError("locked") if kind == "locked" else RuntimeError("no service")

        keyring(monkeypatch, fail)
    with pytest.raises(UsageError, match=r"no password for me at h .*PLANNER_CALDAV_PASSWORD") as caught:
        address.password(address.place("https://me@h/"), {})
    assert {"missing": "not installed", "locked": "KeyringError", "broken": "RuntimeError"}[kind] in str(caught.value)


def test_without_the_library_the_command_says_how_to_get_it(
    planner: Callable[..., Answer], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The extra's name, and the other way: a folder and vdirsyncer."""
    monkeypatch.setitem(sys.modules, "caldav", None)
    monkeypatch.setitem(sys.modules, "caldav.davclient", None)
    monkeypatch.setenv("PLANNER_CALDAV_PASSWORD", "s3cret")
    answer = planner("publish", "https://me@127.0.0.1:1/x/")
    assert (answer.code, answer.out, answer.err.count("\n")) == (2, "", 1)
    for one in ("pip install 'planner[caldav]'", "planner export --format vdir", "vdirsyncer"):
        assert one in answer.err


@pytest.mark.parametrize(
    "words", [("https://me:s3cret@h/x/",), ("ftp://me:s3cret@h/x/", "--dry-run"), ("https://me@h:s3cret/x",)]
)
def test_a_refused_address_is_one_sentence(planner: Callable[..., Answer], words: tuple[str, ...]) -> None:
    """Exit code 2; no part of the address that may be a secret."""
    answer = planner("publish", *words)
    assert (answer.code, answer.out, answer.err.count("\n")) == (2, "", 1)
    assert "s3cret" not in answer.err


@pytest.mark.usefixtures("unmeasured")
def test_no_other_command_loads_what_publishing_needs(planner: Callable[..., Answer], tmp_path: object) -> None:
    """In a fresh interpreter an export loads neither caldav nor keyring nor what they bring."""
    code = "import sys\nfrom planner.cli import main\nmain(sys.argv[1:])\nsys.stderr.write('\\n' + '\\n'.join(sys.modules))"
    for words in (("export", "-"), ("conferences",), ("doctor",)):
        asked = [sys.executable, "-c", code, *words, "--home", f"{tmp_path}/home", "--tz", "Europe/Berlin"]
        done = subprocess.run(asked, capture_output=True, text=True, check=True)
        loaded = {name.split(".")[0] for name in done.stderr.splitlines()}
        assert "planner" in loaded
        assert not loaded & {"caldav", "keyring", "niquests", "lxml"}
