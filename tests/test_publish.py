"""The plan in a real Radicale on this machine: exactly the plan after each run, other people's entries as they were."""

from __future__ import annotations

import base64
import logging
import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING
from urllib.parse import quote
from zoneinfo import ZoneInfo

import pytest
from conftest import NOW
from icalendar import Calendar

from planner.cli import main

for needed in ("caldav", "radicale"):
    pytest.importorskip(needed, reason=f"{needed} is not installed: pip install -e '.[test]'")

from caldav_server import CERTIFICATE, PASSWORD, USER, Asked, Dav, serving  # noqa: E402  (it needs what is asked for above)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from conftest import Answer

    Planner = Callable[..., Answer]

CHANGES = {"PUT", "DELETE"}
FOREIGN = (
    b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//someone//else//EN\r\nBEGIN:VEVENT\r\nUID:%s\r\nDTSTAMP:20210101T000000Z\r\n"
    b"DTSTART:20210506T080000Z\r\nDTEND:20210506T090000Z\r\nSUMMARY:Dentist\r\nX-MINE:kept\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)
T, C, X = "TENTATIVE", "CONFIRMED", "CANCELLED"


@pytest.fixture
def dav(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Dav]:
    """A server by http, and the password in the environment."""
    monkeypatch.setenv("PLANNER_CALDAV_USER", USER)
    monkeypatch.setenv("PLANNER_CALDAV_PASSWORD", PASSWORD)
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    with serving(tmp_path / "dav") as server:
        yield server


@pytest.fixture
def secure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Dav]:
    """A server by https, with a certificate for localhost that nobody trusts yet."""
    monkeypatch.setenv("PLANNER_CALDAV_USER", USER)
    monkeypatch.setenv("PLANNER_CALDAV_PASSWORD", PASSWORD)
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    with serving(tmp_path / "dav", "https") as server:
        yield server


TALKS = {"a": ("Alpha", "11:00"), "b": ("Beta", "12:00"), "c": ("Gamma", "13:00"), "d": ("Delta", "14:00")}


def read(planner: Planner, folder: Path, conference: str = "ICLR 2021", **changed: tuple[str, str] | None) -> None:
    """Import four talks of a day, some of them changed or gone."""
    rows = [f"{key},{one[0]},2021-05-06T{one[1]},Ann" for key, one in {**TALKS, **changed}.items() if one]
    page = folder / f"{conference.lower()}.csv"
    page.write_text("id,title,start,speakers\n" + "\n".join(rows) + "\n", encoding="utf-8")
    answer = planner("import", page, "--conference", conference, "--zone", "Europe/Berlin")
    assert answer.code == 0, answer.err


@pytest.fixture
def stored(planner: Planner, tmp_path: Path) -> Planner:
    """A conference of four talks, three of them starred."""
    read(planner, tmp_path)
    planner("star", "Alpha", "Beta", "Gamma")
    return planner


def state(dav: Dav, name: str = "conference") -> dict[str, tuple[str, int, str]]:
    """Title -> start in Berlin, sequence and status of the one event of each object, as the icalendar library reads them."""
    found = {}
    for key, data in dav.objects(name).items():
        (event,) = Calendar.from_ical(data).events
        assert key == f"{event['UID']}.ics"
        start = event.start.astimezone(ZoneInfo("Europe/Berlin")).strftime("%H:%M")
        found[str(event["SUMMARY"])] = (start, int(str(event["SEQUENCE"])), str(event["STATUS"]))
    return found


def changes(dav: Dav) -> list[str]:
    """What was changed on the server since the last look, by method."""
    found = [one.method for one in dav.asked if one.method in CHANGES]
    dav.asked.clear()
    return found


def object_of(dav: Dav, title: str) -> str:
    """The name of a talk's object."""
    return next(name for name, data in dav.objects().items() if f"SUMMARY:{title}".encode() in data)


# In step


def test_the_collection_follows_the_plan(stored: Planner, dav: Dav, tmp_path: Path) -> None:
    """New, moved, renamed, cancelled by the organisers, unstarred, back: one object a talk, at the new state."""
    url = dav.calendar()

    def published() -> dict[str, tuple[str, int, str]]:
        answer = stored("publish", url)
        assert (answer.code, answer.out) == (0, ""), answer.err
        return state(dav)

    assert published() == {"Alpha": ("11:00", 0, T), "Beta": ("12:00", 0, T), "Gamma": ("13:00", 0, T)}
    assert changes(dav) == ["PUT"] * 3
    read(stored, tmp_path, a=("Alpha", "11:30"), b=None)
    assert published() == {"Alpha": ("11:30", 1, T), "Cancelled: Beta": ("12:00", 1, X), "Gamma": ("13:00", 0, T)}
    assert changes(dav) == ["PUT"] * 2
    read(stored, tmp_path, a=("Alpha", "11:30"), b=None, c=("Gamma renamed", "13:00"))
    stored("unstar", "Alpha")
    assert published() == {"Cancelled: Beta": ("12:00", 1, X), "Gamma renamed": ("13:00", 1, T)}
    assert changes(dav) == ["PUT", "DELETE"]
    stored("going", "Alpha")
    assert published()["Alpha"][2] == C
    assert state(dav)["Alpha"][1] > 1, "it comes back under a higher sequence"


def test_what_is_right_already_is_not_sent_again(stored: Planner, dav: Dav) -> None:
    """A second run asks for the list alone; one change is one PUT, of the version that it replaces."""
    url = dav.calendar()
    stored("publish", url)
    assert [one.headers.get("IF-NONE-MATCH") for one in dav.asked if one.method == "PUT"] == ["*"] * 3
    dav.asked.clear()
    answer = stored("publish", url, "--json")
    assert {one.method for one in dav.asked} == {"PROPFIND"}
    expected = {
        "collection": url,
        "dry_run": False,
        "talks": 3,
        "new": [],
        "changed": [],
        "removed": [],
        "unchanged": 3,
        "left": [],
    }
    assert answer.document == expected
    dav.asked.clear()
    stored("going", "Beta")
    stored("skip", "Gamma")
    before = stored("publish", url, "--json").document
    assert (len(before["changed"]), len(before["removed"]), before["unchanged"]) == (1, 1, 1)
    conditions = [(one.method, one.headers.get("IF-MATCH", "")[:1]) for one in dav.asked if one.method in CHANGES]
    assert conditions == [("PUT", '"'), ("DELETE", '"')]


def test_a_server_that_gives_no_etag_is_read_once(stored: Planner, dav: Dav) -> None:
    """What it holds is compared with what was sent; then its ETag is known, and nothing is read or sent again."""
    url = dav.calendar()
    dav.hidden.add("etag")
    stored("publish", url)
    dav.hidden.clear()
    dav.asked.clear()
    for methods in ({"PROPFIND", "REPORT"}, {"PROPFIND"}):
        assert stored("publish", url, "--json").document["unchanged"] == 3
        assert {one.method for one in dav.asked} == methods
        dav.asked.clear()


def test_a_dry_run_does_nothing(stored: Planner, dav: Dav, home: Path) -> None:
    """It says what would be new, changed and removed; server and store are as they were."""
    url = dav.calendar()
    stored("publish", url)
    stored("star", "Delta")
    stored("going", "Beta")
    stored("unstar", "Alpha")
    held, kept = dav.objects(), (home / "planner.db").read_bytes()
    changes(dav)
    answer = stored("publish", url, "--dry-run")
    assert answer.code == 0
    assert sorted(answer.out.splitlines()) == ["changed  Beta", "new      Delta", "removed  Alpha"]
    assert "3 talks would be in" in answer.err
    assert (changes(dav), dav.objects(), (home / "planner.db").read_bytes()) == ([], held, kept)
    document = stored("publish", url, "--dry-run", "--json").document
    assert [len(document[key]) for key in ("new", "changed", "removed", "left")] == [1, 1, 1, 0]
    assert (document["dry_run"], document["unchanged"]) == (True, 1)


def test_two_conferences_share_a_collection_and_scopes_narrow_it(stored: Planner, dav: Dav, tmp_path: Path) -> None:
    """One conference's run leaves the other's alone; a narrower scope takes out what it does not hold."""
    read(stored, tmp_path, "ICML 2021", a=("Omega", "15:00"), b=None, c=None, d=None)
    stored("star", "Omega")
    url = dav.calendar()
    stored("publish", url, "--conference", "ICLR 2021")
    assert set(state(dav)) == {"Alpha", "Beta", "Gamma"}
    stored("publish", url, "--conference", "ICML 2021")
    assert set(state(dav)) == {"Alpha", "Beta", "Gamma", "Omega"}
    stored("going", "Beta")
    stored("publish", url, "--conference", "ICLR 2021", "--scope", "going")
    assert set(state(dav)) == {"Beta", "Omega"}
    stored("publish", url, "--scope", "all")
    assert set(state(dav)) == {"Alpha", "Beta", "Gamma", "Delta", "Omega"}


def test_the_flags_are_those_of_export(stored: Planner, dav: Dav) -> None:
    """Times in UTC, an alarm, and the note only when it is asked for; a run without the alarm takes it away."""
    url = dav.calendar()
    stored("note", "Alpha", "bring a pen")
    stored("publish", url, "--times", "utc", "--alarm", "10", "--with-notes")
    whole = b"".join(dav.objects().values())
    assert (b"TZID" in whole, whole.count(b"TRIGGER:-PT10M"), b"bring a pen" in whole) == (False, 3, True)
    stored("publish", url)
    whole = b"".join(dav.objects().values())
    assert (b"TZID" in whole, b"TRIGGER" in whole, b"bring a pen" in whole) == (True, False, False)


def test_another_machine_takes_over(stored: Planner, dav: Dav, tmp_path: Path) -> None:
    """A store that never published there finds the entries to be the program's: nothing twice, no sequence falls."""
    url = dav.calendar()
    stored("publish", url)
    stored("going", "Beta")
    stored("publish", url)
    held = dav.objects()
    changes(dav)
    there = tmp_path / "another home"

    def elsewhere(*words: object) -> None:
        assert main([*map(str, words), "--home", str(there), "--now", NOW, "--tz", "Europe/Berlin"]) == 0

    elsewhere("import", tmp_path / "iclr 2021.csv", "--conference", "ICLR 2021", "--zone", "Europe/Berlin")
    elsewhere("star", "Alpha", "Gamma")
    elsewhere("going", "Beta")
    elsewhere("publish", url)
    elsewhere("publish", url)
    assert (changes(dav), dav.objects()) == ([], held)
    elsewhere("undecided", "Beta")
    elsewhere("publish", url)
    assert state(dav)["Beta"][1] > 1


# Other people's entries


def test_entries_of_others_stay_to_the_byte(stored: Planner, dav: Dav) -> None:
    """A dentist, one under a talk's name, one with a talk's UID under another name: two of them are said, the rest goes on."""
    url = dav.calendar()
    stored("publish", url)
    names = {title: object_of(dav, title) for title in ("Alpha", "Beta", "Gamma")}
    stored("unstar", "Alpha", "Beta", "Gamma")
    stored("publish", url)
    assert dav.objects() == {}
    dav.request("PUT", url + "dentist.ics", FOREIGN % b"dentist")
    dav.request("PUT", url + names["Alpha"], FOREIGN % b"lunch")
    dav.request("PUT", url + "other.ics", FOREIGN % names["Beta"].removesuffix(".ics").encode())
    held = dav.objects()
    stored("star", "Alpha", "Beta", "Gamma")
    for words in (("Gamma",), ()):
        for one in words:
            stored("going", one)
        answer = stored("publish", url)
        assert (answer.code, answer.out) == (2, "")
        said = answer.err.splitlines()[-1]
        assert "“Alpha” is there as an entry of another program and was left as it is, and 1 more were left so" in said
        assert {name: data for name, data in dav.objects().items() if name in held} == held
        assert set(dav.objects()) == {*held, names["Gamma"]}
    stored("unstar", "Alpha", "Beta", "Gamma")
    stored("publish", url)
    assert dav.objects() == held


def test_an_alarm_of_the_user_stays_and_a_moved_talk_is_put_back(stored: Planner, dav: Dav) -> None:
    """What a phone adds to our entry is left while the talk is as it was; another hour than the plan's is not."""
    url = dav.calendar()
    stored("publish", url)
    alpha, beta = object_of(dav, "Alpha"), object_of(dav, "Beta")
    alarm = b"BEGIN:VALARM\r\nACTION:DISPLAY\r\nDESCRIPTION:x\r\nTRIGGER:-PT5M\r\nEND:VALARM\r\nEND:VEVENT"
    phone = dav.objects()[alpha].replace(b"END:VEVENT", alarm).replace(b"-//planner//conference planner//EN", b"-//phone//EN")
    dav.request("PUT", url + alpha, phone)
    moved = dav.objects()[beta].replace(b"T120000", b"T110000").replace(b"SEQUENCE:0", b"SEQUENCE:7")
    dav.request("PUT", url + beta, moved)
    held = dav.objects()[alpha]
    changes(dav)
    assert stored("publish", url).code == 0
    assert changes(dav) == ["PUT"]
    assert dav.objects()[alpha] == held
    assert state(dav)["Beta"] == ("12:00", 8, T)
    assert stored("publish", url).code == 0
    assert changes(dav) == []


@pytest.mark.parametrize("what", ["new", "changed", "removed"])
def test_who_is_faster_is_not_overwritten(stored: Planner, dav: Dav, what: str) -> None:
    """Another program writes between our look and our change: its version stays, it is said; the next run decides anew."""
    url = dav.calendar()
    if what == "new":
        stored("publish", url, "--dry-run")
        uid = next(uid for uid in stored("publish", url, "--dry-run", "--json").document["new"])
        name, theirs = f"{uid}.ics", FOREIGN % uid.encode()
    else:
        stored("publish", url)
        name = object_of(dav, "Beta")
        theirs = dav.objects()[name].replace(b"SUMMARY:Beta", b"SUMMARY:Mine")
        stored("going" if what == "changed" else "unstar", "Beta")
    dav.asked.clear()

    def faster(one: Asked) -> None:
        if one.method in CHANGES and one.path.endswith(name):
            dav.before = lambda _: None
            dav.request("PUT", url + name, theirs)

    dav.before = faster
    answer = stored("publish", url)
    assert answer.code == 2
    assert "was changed there by somebody else meanwhile and was left as it is" in answer.err.splitlines()[-1]
    assert dav.objects()[name].count(b"Dentist" if what == "new" else b"Mine") == 1
    answer = stored("publish", url)
    if what == "new":
        assert (answer.code, "is there as an entry of another program" in answer.err) == (2, True)
        assert b"Dentist" in dav.objects()[name]
    else:
        assert answer.code == 0, answer.err
        assert [one for title, one in state(dav).items() if title == "Beta"] == (
            [("12:00", 1, C)] if what == "changed" else []
        )
        assert b"Mine" not in b"".join(dav.objects().values())


# Interruptions


def unsettled(stored: Planner, dav: Dav) -> str:
    """A collection that needs two new objects, a changed one and a removal."""
    url = dav.calendar()
    stored("unstar", "Gamma")
    stored("publish", url)
    stored("going", "Alpha")
    stored("star", "Gamma", "Delta")
    stored("unstar", "Beta")
    dav.asked.clear()
    return url


SETTLED = {"Alpha": ("11:00", 1, C), "Gamma": ("13:00", 0, T), "Delta": ("14:00", 0, T)}


@pytest.mark.ci
@pytest.mark.parametrize(("number", "when"), [(1, "before"), (2, "after"), (3, "before"), (4, "after")])
def test_a_killed_run_is_completed_by_the_next(stored: Planner, dav: Dav, home: Path, number: int, when: str) -> None:
    """Killed (-9) before or after the server did its n-th change: the next run does what is missing, and nothing twice."""
    url = unsettled(stored, dav)
    done: list[str] = []
    running: list[subprocess.Popen[bytes]] = []

    def kill(one: Asked) -> None:
        if one.method not in CHANGES:
            return
        last = len(done) + 1 == number
        if when == "after" or not last:
            done.append(one.path)  # before the end of the run, which is waited for elsewhere too
        if last:
            os.kill(running[0].pid, signal.SIGKILL)
            running[0].wait(30)
            if when == "before":
                raise ConnectionAbortedError

    setattr(dav, when, kill)
    words = ("publish", url, "--home", str(home), "--now", NOW, "--tz", "Europe/Berlin")
    running.append(subprocess.Popen([sys.executable, "-m", "planner", *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE))
    running[0].communicate(timeout=60)
    assert running[0].returncode == -signal.SIGKILL
    dav.before = dav.after = lambda _: None
    dav.asked.clear()
    assert stored("publish", url).code == 0
    again = [one.path for one in dav.asked if one.method in CHANGES]
    assert sorted([*done, *again]) == sorted({*done, *again}), "an object was sent twice"
    assert len([*done, *again]) == 4
    assert state(dav) == SETTLED
    dav.asked.clear()
    assert stored("publish", url).code == 0
    assert {one.method for one in dav.asked} == {"PROPFIND"}


@pytest.mark.ci
@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (500, "answered 500"),
        (429, "is busy"),
        (507, "is full (507)"),
        (401, "does not let räd in (401)"),
        (403, "may not be used so by räd (403)"),
        (404, "went away (404)"),
        (302, "leads elsewhere in the middle (302)"),
        (418, "takes no entries (it answered 418)"),
        ("lost", "cannot be reached, or no longer"),
        ("answer lost", "cannot be reached, or no longer"),
    ],
)
@pytest.mark.parametrize("number", [2])
def test_a_fault_in_the_middle_loses_nothing(stored: Planner, dav: Dav, fault: int | str, said: str, number: int) -> None:
    """One sentence, exit code 2; what was sent is remembered, and the next run completes it and sends nothing twice."""
    url = unsettled(stored, dav)
    done: list[str] = []

    def fail(one: Asked) -> tuple[int, dict[str, str]] | None:
        if one.method != "PUT":
            return None
        if len(done) + 1 == number and fault != "answer lost":
            if fault == "lost":
                raise ConnectionAbortedError
            return int(fault), {"Location": dav.base}
        done.append(one.path)
        return None

    def lose(one: Asked) -> None:
        if one.method == "PUT" and len(done) == number and fault == "answer lost":
            raise ConnectionAbortedError

    dav.before, dav.after = fail, lose
    answer = stored("publish", url)
    assert (answer.code, answer.out, answer.err.count("\n")) == (2, "", 1), answer.err
    assert said in answer.err
    dav.before = dav.after = lambda _: None
    dav.asked.clear()
    assert stored("publish", url).code == 0
    again = [one.path for one in dav.asked if one.method == "PUT"]
    assert sorted([*done, *again]) == sorted({*done, *again})
    assert state(dav) == SETTLED


def test_one_talk_that_the_server_refuses_does_not_stop_the_others(stored: Planner, dav: Dav) -> None:
    """It is named, exit code 2; when the server takes it, the next run sends it alone."""
    url = dav.calendar()
    first: list[str] = []

    def refuse(one: Asked) -> tuple[int, dict[str, str]] | None:
        if one.method == "PUT" and one.path in (first or [one.path]):
            first[:] = [one.path]
            return 413, {}
        return None

    dav.before = refuse
    answer = stored("publish", url)
    assert (answer.code, len(dav.objects())) == (2, 2)
    assert "“Alpha” is too large for the server and was left as it is; all else is published" in answer.err
    dav.before = lambda _: None
    changes(dav)
    assert stored("publish", url).code == 0
    assert (changes(dav), len(dav.objects())) == (["PUT"], 3)


# Refusals


def refused(answer: Answer, *said: str) -> None:
    """Exit code 2 and one sentence, without the password."""
    assert (answer.code, answer.out, answer.err.count("\n")) == (2, "", 1), answer.err
    for one in said:
        assert one in answer.err
    assert "Traceback" not in answer.err
    assert PASSWORD not in answer.err


def test_places_that_are_no_calendar_are_one_sentence(stored: Planner, dav: Dav) -> None:
    """Missing, a folder of calendars, another's, a wrong user, a page; nothing was changed."""
    url = dav.calendar()
    refused(stored("publish", url + "none"), "there is no collection at", "(404)")
    refused(stored("publish", dav.home), "is no calendar", f"there are {url}")
    refused(stored("publish", dav.base + "/other/calendar/"), "(403)", "may not be used so by räd")
    refused(stored("publish", url, "--user", "nobody"), "does not let nobody in (401)")
    for status in (200, 204, 405):
        dav.before = lambda _, status=status: (status, {})
        refused(stored("publish", url), f"is no CalDAV collection (it answered {status})")
    assert changes(dav) == []
    assert dav.objects() == {}


def test_a_wrong_password_or_none_is_one_sentence(stored: Planner, dav: Dav, monkeypatch: pytest.MonkeyPatch) -> None:
    """It says where one is kept, and the wrong one is not repeated."""
    url = dav.calendar()
    monkeypatch.setenv("PLANNER_CALDAV_PASSWORD", "wrong-one")
    answer = stored("publish", url)
    refused(answer, "does not let räd in (401)")
    assert "wrong-one" not in answer.err
    monkeypatch.delenv("PLANNER_CALDAV_USER")
    refused(stored("publish", url), "wants a user (401)", "--user")


def test_a_server_that_is_not_there_is_one_sentence(stored: Planner) -> None:
    """Nobody listens on the port of a closed socket."""
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    refused(stored("publish", f"http://127.0.0.1:{port}/x/"), "cannot be reached", "onnection refused")


@pytest.mark.parametrize("there", ["https://localhost:1/elsewhere/", "http://example.org/", "//example.org/x"])
def test_a_redirect_to_another_host_is_not_followed(stored: Planner, dav: Dav, there: str) -> None:
    """The password goes to the host that was named, and to no other."""
    url = dav.calendar()
    dav.before = lambda _: (301, {"Location": there})
    refused(stored("publish", url), "another host: give that address if you trust it")


@pytest.mark.parametrize("there", ["http://[", "\x85:", "http://h:x/", ""])
def test_a_redirect_that_is_no_address_is_one_sentence(stored: Planner, dav: Dav, there: str) -> None:
    """Whatever stands there, the password goes nowhere."""
    url = dav.calendar()
    dav.before = lambda _: (301, {"Location": there})
    refused(stored("publish", url), "localhost")


def test_a_redirect_on_the_host_is_followed(stored: Planner, dav: Dav) -> None:
    """To a calendar that moved; one that leads to itself ends."""
    url = dav.calendar()
    old = f"{dav.home}old/"

    def moved(one: Asked) -> tuple[int, dict[str, str]] | None:
        return (301, {"Location": url}) if one.path.endswith("/old/") else None

    dav.before = moved
    assert stored("publish", old).code == 0
    assert len(dav.objects()) == 3
    dav.before = lambda _: (302, {"Location": url})
    refused(stored("publish", url), "redirected more than 5 times")


# Secrets and certificates


def test_a_certificate_is_checked(stored: Planner, secure: Dav, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody trusts it: no request arrives. SSL_CERT_FILE names it, for its own name alone."""
    url = f"{secure.home}conference/"
    refused(stored("publish", url), "localhost", "cannot be trusted", "certificate", "SSL_CERT_FILE")
    assert secure.asked == []
    monkeypatch.setenv("SSL_CERT_FILE", "/no/such/file.pem")
    refused(stored("publish", url), "there is no file /no/such/file.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    secure.calendar()
    secure.asked.clear()
    refused(stored("publish", url.replace("localhost", "127.0.0.1")), "127.0.0.1", "cannot be trusted")
    assert secure.asked == []
    assert stored("publish", url).code == 0
    assert len(secure.objects()) == 3


def test_the_password_is_nowhere_but_in_the_request(
    stored: Planner, dav: Dav, home: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Not in output, logs at their most talkative, JSON, or the data folder; whatever goes wrong."""
    url = dav.calendar()
    caplog.set_level(logging.DEBUG)
    said = []
    faults: list[Callable[[Asked], tuple[int, dict[str, str]] | None]] = [
        *((lambda _, status=status: (status, {})) for status in (200, 207, 400, 401, 403, 404, 500, 503, 507)),
        lambda _: None,
    ]
    for fault in faults:
        dav.before = fault
        for words in ((), ("--json",), ("--dry-run",)):
            answer = stored("publish", url, *words)
            said += [answer.out, answer.err]
    said += [caplog.text, *(path.read_bytes().decode("latin-1") for path in home.rglob("*") if path.is_file())]
    assert len(dav.objects()) == 3
    pair = f"{USER}:{PASSWORD}".encode()
    secrets = (PASSWORD, repr(PASSWORD), quote(PASSWORD), base64.b64encode(pair).decode(), PASSWORD.encode().decode("latin-1"))
    for text in said:
        assert not any(secret in text for secret in secrets)
        assert "Traceback" not in text


def test_no_password_of_the_machine_goes_into_a_request(
    stored: Planner, dav: Dav, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What .netrc keeps for the host is not sent: no request has a login in it."""
    url = dav.calendar()
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / ".netrc").write_text("machine localhost login me password plain\n", encoding="utf-8")
    (tmp_path / ".netrc").chmod(0o600)
    monkeypatch.delenv("PLANNER_CALDAV_USER")
    dav.asked.clear()
    refused(stored("publish", url), "wants a user (401)")
    assert dav.asked == []
