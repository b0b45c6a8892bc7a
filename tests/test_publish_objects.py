"""Deciding what goes to a collection, on one in memory: whatever happens in between, a clean run leaves exactly the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Alarm, Calendar
from plans import at, evening, star

from planner import export
from planner.errors import PlannerError
from planner.export.vdir import file_name
from planner.model import Exported
from planner.publish import objects, publish
from planner.publish.server import Answer, Held

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planner.plan import Plan
    from planner.publish import Outcome

UIDS = ("vcnet", "performers", "curricula", "diffwave")
FOREIGN = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//EN\r\nBEGIN:VEVENT\r\nUID:mine\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
SECOND = "-//phone//EN"


class Memory:
    """A collection in memory. ``fails`` is the number of the change at which the connection breaks, done or not."""

    def __init__(self) -> None:
        self.held: dict[str, Held] = {}
        self.highest: dict[str, int] = {}
        self.changes = 0
        self.reads = 0
        self.fails: tuple[int, bool] | None = None
        self.version = 0

    def write(self, name: str, data: bytes) -> str:
        """Put something there, whoever asks."""
        self.version += 1
        self.held[name] = Held(data, f'"{self.version}"')
        return self.held[name].etag

    def listed(self) -> dict[str, str]:
        """Names and ETags."""
        return {name: one.etag for name, one in self.held.items()}

    def read(self, names: Iterable[str]) -> dict[str, Held]:
        """What is there of these."""
        asked = list(names)
        self.reads += len(asked)
        return {name: self.held[name] for name in asked if name in self.held}

    def put(self, name: str, data: bytes, etag: str | None) -> Answer:
        """Write under the condition; a sequence must not fall."""
        self._break(done=False)
        there = self.held.get(name)
        if (there.etag if there else None) != etag:
            return Answer(why="was changed")
        (event,) = Calendar.from_ical(data).events
        assert int(str(event["SEQUENCE"])) >= self.highest.get(name, 0)
        self.highest[name] = int(str(event["SEQUENCE"]))
        answer = Answer(self.write(name, data))
        self._break(done=True)
        return answer

    def delete(self, name: str, etag: str) -> Answer:
        """Remove under the condition."""
        self._break(done=False)
        if self.held[name].etag != etag:
            return Answer(why="was changed")
        del self.held[name]
        self._break(done=True)
        return Answer()

    def _break(self, *, done: bool) -> None:
        self.changes += not done
        if self.fails == (self.changes, done):
            raise PlannerError("the connection broke")


class Shop:
    """A collection with what one machine remembers of it."""

    def __init__(self) -> None:
        self.server = Memory()
        self.remembered: dict[str, Exported] = {}

    def run(self, plan: Plan, fails: tuple[int, bool] | None = None, scope: str = "starred") -> Outcome | None:
        """Publish; None where the connection broke."""
        self.server.changes, self.server.fails = 0, fails
        try:
            return publish(
                plan,
                self.server,  # type: ignore[arg-type]  # it has the four methods
                export.Choice(scope),
                remembered=dict(self.remembered),
                remember=self.remembered.update,
            )
        except PlannerError:
            return None


def planned(decisions: dict[str, str]) -> Plan:
    """The evening with these talks starred."""
    return evening(*(star(uid, decision=decision) for uid, decision in decisions.items()))


def alarmed(data: bytes) -> bytes:
    """An entry as a phone writes it back with an alarm."""
    calendar = Calendar.from_ical(data)
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", at("10:00"))
    calendar.events[0].add_component(alarm)
    calendar["PRODID"] = SECOND
    return calendar.to_ical()


def moved(data: bytes) -> bytes:
    """An entry as a phone writes it back at another time, under a higher sequence."""
    calendar = Calendar.from_ical(data)
    (event,) = calendar.events
    event.DTSTART, event.DTEND = at("03:00"), at("04:00")
    event["SEQUENCE"] = int(str(event["SEQUENCE"])) + 3
    calendar["PRODID"] = SECOND
    return calendar.to_ical()


decisions = st.dictionaries(st.sampled_from(UIDS), st.sampled_from(["undecided", "going", "skipped"]))
meddling = st.tuples(st.sampled_from(UIDS), st.sampled_from(["alarm", "move", "remove", "foreign", "forget"]))
rounds = st.lists(
    st.tuples(decisions, st.lists(meddling, max_size=2), st.none() | st.tuples(st.integers(1, 4), st.booleans())),
    min_size=1,
    max_size=4,
)


def meddle(shop: Shop, uid: str, what: str, foreign: set[str]) -> None:
    """What other programs and machines do in between; a phone leaves its own PRODID, so what it wrote has to be remembered."""
    name = file_name(uid)
    held = shop.server.held
    if what == "foreign":
        shop.server.write(name, FOREIGN)
        foreign.add(name)
    elif what == "forget" and not any(SECOND.encode() in one.data for one in held.values()):
        shop.remembered.clear()
        shop.server.highest = {key: sequence for key, sequence in shop.server.highest.items() if key in held}
    elif what == "remove" and name not in foreign:
        held.pop(name, None)
        if uid not in shop.remembered:  # then neither side knows the sequence any more
            shop.server.highest.pop(name, None)
    elif what in {"alarm", "move"} and name in held.keys() - foreign and uid in shop.remembered:
        shop.server.write(name, (alarmed if what == "alarm" else moved)(held[name].data))


Story = list[tuple[dict[str, str], list[tuple[str, str]], tuple[int, bool] | None]]


@pytest.mark.slow
def test_whatever_happens_a_clean_run_leaves_exactly_the_plan(request: pytest.FixtureRequest) -> None:
    """Marks change, runs break, phones meddle: then one run brings each talk, the next one changes and reads nothing.

    Nothing foreign is touched, and no sequence falls (the collection in memory holds that), also where memory was lost.
    """
    settings(max_examples=600 if request.config.getoption("--slow") else 30)(given(rounds)(_leaves_exactly_the_plan))()


def _leaves_exactly_the_plan(story: Story) -> None:
    """One such story."""
    shop = Shop()
    foreign: set[str] = set()
    for marks, acts, fails in story:
        shop.run(planned(marks), fails)
        for uid, what in acts:
            meddle(shop, uid, what, foreign)
    marks = story[-1][0]
    plan = planned(marks)
    done = shop.run(plan)
    assert done is not None
    expected = {uid for uid, decision in marks.items() if decision != "skipped"}
    taken = {uid for uid in UIDS if file_name(uid) in foreign}
    assert set(done.left) == expected & taken
    assert all(shop.server.held[name].data == FOREIGN for name in foreign)
    assert shop.server.held.keys() - foreign == {file_name(uid) for uid in expected - taken}
    pieces = export.calendars(plan)
    for uid in expected - taken:
        held, wanted = (
            Calendar.from_ical(data).events[0] for data in (shop.server.held[file_name(uid)].data, pieces.data[uid])
        )
        for key in ("SUMMARY", "STATUS", "DESCRIPTION"):
            assert str(held[key]) == str(wanted[key])
        assert (held.start, held.end) == (wanted.start, wanted.end)
    shop.server.reads = 0
    again = shop.run(plan)
    assert again is not None
    assert (shop.server.changes, again.unchanged, shop.server.reads) == (0, len(expected - taken), len(foreign))


@given(
    st.integers(0, 2**31),
    st.text(),
    st.text("0123456789abcdef"),
    st.text(st.characters(codec="ascii", exclude_categories=["Cc"])),
)
def test_what_is_packed_is_unpacked(sequence: int, facts: str, digest: str, etag: str) -> None:
    """Whatever clean facts and ETags hold; what an export remembered without them is read as never sent."""
    facts = facts.replace("\x1e", "")
    whole = objects.Told(Exported(sequence, facts), digest, etag)
    assert objects.told(whole.packed()) == whole
    assert objects.told(Exported(sequence, facts)) == objects.Told(Exported(sequence, facts), "", "")


OURS = export.calendars(evening(star("vcnet")), export.Choice(alarm=10)).data["vcnet"]


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        (b"", b"", True),
        (b"DTSTAMP:", b"DTSTAMP;X-A=b:", True),
        (b"SEQUENCE:0", b"SEQUENCE:4\r\nX-MOZ-GENERATION:4\r\nCREATED:20210101T000000Z", True),
        (b"TRANSP:OPAQUE", b"transp:OPAQUE", True),
        (b"T200000", b"T190000", False),
        (b"Europe/Berlin:20210506T200000", b"Europe/Paris:20210506T200000", False),
        (b"STATUS:TENTATIVE", b"STATUS:CONFIRMED", False),
        (b"STATUS:TENTATIVE", b"STATUS:TENTATIVE\r\nRRULE:FREQ=DAILY", False),
        (b"STATUS:TENTATIVE\r\n", b"", False),
        (b"TRIGGER:-PT10M", b"TRIGGER:-PT5M", False),
        (b"SUMMARY:VCNet", b"SUMMARY:VCNets", False),
        (b"END:VCALENDAR", b"BEGIN:VEVENT\r\nUID:vcnet\r\nEND:VEVENT\r\nEND:VCALENDAR", False),
        (b"VEVENT", b"VTODO", False),
    ],
)
def test_what_others_add_is_told_from_what_they_change(old: bytes, new: bytes, same: bool) -> None:
    """Names, stamps and additions do not count; time, words, status, repetition and our alarm do."""
    assert old in OURS
    assert objects.says(OURS.replace(old, new), OURS) is same


def test_line_ends_folds_and_escapes_of_a_server_do_not_count() -> None:
    """LF, no folds, and the library's own order of properties tell the same."""
    plain = OURS.replace(b"\r\n ", b"").replace(b"\r\n", b"\n")
    assert objects.says(plain, OURS)
    assert objects.says(Calendar.from_ical(OURS).to_ical(), OURS)
