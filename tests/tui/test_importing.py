"""Import: what was understood is shown before it is kept, can be corrected, called off and read again."""

from __future__ import annotations

import contextlib
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from textual import events
from tui_driver import SIZE, said, shows, text, until, write
from tui_made import EVE, iclr, uid

from planner import fetch
from planner.errors import StoreError
from planner.intake import Asked, Taken
from planner.intake.importer import Importer
from planner.store import open_store
from planner.tui.screens.facts import ConferenceZone, NamePicker, YearPicker
from planner.tui.screens.import_acts import ASK, SHOW, TALKS, WAIT
from planner.tui.screens.importing import Import
from planner.tui.screens.paste import PasteArea
from planner.tui.screens.schedule import Schedule
from planner.tui.widgets.source_field import PASTE, Offers, PathField
from planner.tui.widgets.talk_list import TalkList

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator, Sequence

    from textual.pilot import Pilot

    from planner.tui.app import PlannerApp

    Make = Callable[..., PlannerApp]

DATA = Path(__file__).parents[1] / "data"
SCHEDULES = Path(__file__).parents[2] / "schedules"
ORAL = SCHEDULES / "iclr-2021" / "oral-session-11.txt"
PAGE = """https://minds.org/virtual/2021/session/1

Timezone: Europe/Vienna

## Thu 6 May 2021

Oral Session 1

Thu 6 May 10:00 - 10:15 CEST

The first thought

Ann Ode

Thu 6 May 10:15 - 10:30 CEST

The second thought

Bo Dee
"""


def page(tmp_path: Path, content: str | None = None, name: str = "iclr2021-oral.txt") -> Path:
    """The founding page, or another, in the folder that the app runs in."""
    path = tmp_path / name
    path.write_text(content if content is not None else ORAL.read_text(encoding="utf-8"), encoding="utf-8")
    return path


@pytest.fixture
def minds(tmp_path: Path) -> Path:
    """A page of two talks, in the folder that the app runs in."""
    return page(tmp_path, PAGE, "minds-2021.txt")


@pytest.fixture
def app(make_app: Make) -> PlannerApp:
    """ICLR 2021 without marks."""
    return make_app(marks=())


def at(app: PlannerApp) -> Import:
    """The Import screen."""
    found = next(one for one in reversed(app.screen_stack) if isinstance(one, Import))
    assert isinstance(found, Import)
    return found


def mode(app: PlannerApp) -> str:
    """What the Import screen is at; empty where it is gone."""
    return next((one.mode for one in reversed(app.screen_stack) if isinstance(one, Import)), "")


def talks(app: PlannerApp, slug: str = "iclr-2021") -> int:
    """How many talks of a conference are kept, as another connection sees it."""
    with open_store(app.settings.home, now=EVE) as store:
        return store.counts().get(slug, (0, 0))[0]


async def name(pilot: Pilot[None], words: str) -> None:
    """Name a source in the field, as if it were typed."""
    pilot.app.screen.query_one(PathField).value = words
    await pilot.press("enter")


async def understood(pilot: Pilot[None], source: str | Path) -> None:
    """Open Import, name a source and wait until it is shown, and painted."""
    await pilot.press("i")
    await name(pilot, str(source))
    await until(pilot, lambda: mode(pilot.app) == SHOW)  # type: ignore[arg-type]
    await pilot.pause()


async def paste(pilot: Pilot[None], words: str) -> None:
    """What a terminal sends for a paste."""
    pilot.app.screen.focused.post_message(events.Paste(words))  # type: ignore[union-attr]
    await pilot.pause()


# Before it is kept


async def test_it_is_shown_before_it_is_kept(app: PlannerApp, tmp_path: Path) -> None:
    """Numbers, both clocks, name, year and zone with how they are known; nothing is stored before enter."""
    async with app.run_test(size=(120, 40)) as pilot:
        await understood(pilot, page(tmp_path, PAGE, "minds.txt"))
        shown = text(app)
        for words in (
            "2 talks",
            "Thu 6 May 2021 10:00 – 10:30 CEST",
            "Europe/Vienna",
            "first: The first thought",
            "New: 2 added",
        ):
            assert words in shown
        assert talks(app, "minds-2021") == 0


async def test_enter_keeps_it(app: PlannerApp, minds: Path) -> None:
    """A new conference is shown at its first talk, and what was stored is said; undo takes it back."""
    async with app.run_test(size=SIZE) as pilot:
        await understood(pilot, minds)
        slug = at(app).now.taken.reading.conference.slug  # type: ignore[union-attr]
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, Schedule))
        await shows(pilot, "▌ 10:00–10:15")
        assert app.desk.slug == slug
        assert app.desk.talk(app.screen.talks.uid).title == "The first thought"  # type: ignore[attr-defined]
        assert talks(app, slug) == 2
        await until(pilot, lambda: any("2 added" in one for one in said(app)))
        assert app.store.undo(now=EVE) == "the import of minds-2021.txt"


async def test_escape_leaves_it(app: PlannerApp, minds: Path) -> None:
    """Nothing is stored; the field keeps what was typed, and one more step leads back to the schedule."""
    async with app.run_test(size=SIZE) as pilot:
        await understood(pilot, minds)
        await pilot.press("escape")
        assert mode(app) == ASK
        assert app.screen.query_one(PathField).value == str(minds)
        await pilot.press("escape")
        assert isinstance(app.screen, Schedule)
        assert len(app.store.conferences()) == 1


async def test_every_talk(app: PlannerApp, tmp_path: Path) -> None:
    """All talks that were read are listed with both clocks; escape leads back to what was understood."""
    async with app.run_test(size=SIZE) as pilot:
        await understood(pilot, page(tmp_path))
        await pilot.press("d")
        assert mode(app) == TALKS
        assert len(app.screen.query_one(TalkList).lines) == 16
        await shows(pilot, "20:00–20:15     11:00")
        await pilot.press("j", "j", "escape")
        assert mode(app) == SHOW


# What it would change


async def test_what_would_change(make_app: Make, tmp_path: Path) -> None:
    """Moves and cancellations are told before they are stored, those of starred talks and large losses plainly."""
    importer = Importer(str(tmp_path / "home"), lambda: EVE)
    path = page(tmp_path)
    kept = importer.keep(importer.read([str(path)], Asked()))
    starred = [one.uid for one in kept[0].reading.conference.talks if "VCNet" in one.title]  # type: ignore[union-attr]
    page(tmp_path, "\n".join(ORAL.read_text(encoding="utf-8").replace("11:00 - 11:15", "11:05 - 11:20").splitlines()[:60]))
    app = make_app(empty=True)
    app.store.star(starred, now=EVE)
    app.desk.load("Europe/Berlin")
    async with app.run_test(size=(120, 50)) as pilot:
        await understood(pilot, path)
        shown = text(app)
        assert "It would change what is stored: 1 moved, 9 cancelled, 6 unchanged" in shown
        assert "of 13 talks would be cancelled: is this the whole schedule?" in shown
        assert "★ 1 starred talk would change: 1 moved." in shown
        assert "★ moved VCNet" in shown
        assert "Thu 6 May 20:00–20:15 → 20:05–20:20" in " ".join(shown.split())
        await pilot.press("enter")
        await until(pilot, lambda: "Changes" in text(app) and not isinstance(app.screen, Import))
        assert app.store.marks(starred)[starred[0]].starred
        assert len(app.store.changes("iclr-2021")) == 10


async def test_new_clashes(make_app: Make, tmp_path: Path) -> None:
    """A clash among the stars that keeping would bring is told before."""
    importer = Importer(str(tmp_path / "home"), lambda: EVE)
    path = page(tmp_path)
    kept = importer.keep(importer.read([str(path)], Asked()))
    page(tmp_path, ORAL.read_text(encoding="utf-8").replace("11:00 - 11:15", "11:05 - 11:20"))
    app = make_app(empty=True)
    app.store.star([one.uid for one in kept[0].reading.conference.talks[:2]], now=EVE)  # type: ignore[union-attr]
    app.desk.load("Europe/Berlin")
    async with app.run_test(size=(120, 50)) as pilot:
        await understood(pilot, path)
        assert "⚠ would clash for 5 min: VCNet" in text(app)


async def test_nothing_would_change(make_app: Make, tmp_path: Path) -> None:
    """That all of it is stored already is said."""
    importer = Importer(str(tmp_path / "home"), lambda: EVE)
    importer.keep(importer.read([str(page(tmp_path))], Asked()))
    async with make_app(empty=True).run_test(size=(120, 50)) as pilot:
        await understood(pilot, tmp_path / "iclr2021-oral.txt")
        assert "Nothing would change: 16 unchanged" in text(pilot.app)


# What is missing, and what can be changed


async def test_what_is_missing_is_asked_for(app: PlannerApp) -> None:
    """Name, year and letters with several zones (CST): each is asked for where it can be answered, and none is guessed."""
    async with app.run_test(size=SIZE) as pilot:
        await understood(pilot, DATA / "pages" / "neurips-poster-session.txt")
        assert "does not say its conference, year (2017 and 2023 fit) and time zone" in text(app)
        assert "planner import" not in text(app)
        await pilot.press("enter")
        await pilot.press("enter")  # nothing is known, and nothing taken for it
        assert isinstance(app.screen, NamePicker)
        await write(pilot, "My Meeting")
        await pilot.press("enter")
        await until(pilot, lambda: mode(app) == SHOW and isinstance(app.screen, Import) and "My Meeting" in text(app))
        await pilot.press("enter")
        assert isinstance(app.screen, YearPicker)
        assert [one.key for one in app.screen.choices_for(())] == ["2023", "2017"]
        await pilot.press("enter")
        assert isinstance(app.screen, YearPicker)
        await pilot.press("down", "enter")
        await until(pilot, lambda: mode(app) == SHOW and isinstance(app.screen, Import) and "2023" in text(app))
        await pilot.press("enter")
        assert isinstance(app.screen, ConferenceZone)
        assert app.screen.names[:4] == ("America/Chicago", "America/Havana", "Asia/Shanghai", "Australia/Adelaide")
        await pilot.press("enter")
        assert isinstance(app.screen, ConferenceZone)
        await pilot.press("down", "enter")
        await shows(pilot, "New: 2 added")
        assert "Wed 13 Dec 2023 08:45 – 10:45 CST, the conference's" in text(app)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, Schedule))
        assert talks(app, "my-meeting") == 2


async def test_a_year_that_is_typed(app: PlannerApp) -> None:
    """Four digits are a year, whatever else was offered; letters are none."""
    async with app.run_test(size=SIZE) as pilot:
        await understood(pilot, DATA / "pages" / "neurips-poster-session.txt")
        await pilot.press("y")
        await write(pilot, "abcd")
        await pilot.press("enter")
        assert isinstance(app.screen, YearPicker)
        await pilot.press(*["backspace"] * 4)
        await write(pilot, "2017")
        await pilot.press("enter")
        await until(pilot, lambda: at(app).now.asked.year == 2017)


async def test_what_was_understood_can_be_changed(app: PlannerApp, tmp_path: Path) -> None:
    """Another name, year and zone are read with at once; the letters of the page still tell its hours."""
    async with app.run_test(size=SIZE) as pilot:
        await understood(pilot, page(tmp_path))
        await pilot.press("n")
        await write(pilot, "Spring Talks")
        await pilot.press("enter")
        await shows(pilot, "Spring Talks  as you said")
        await pilot.press("y")
        await write(pilot, "2027")
        await pilot.press("enter")
        await shows(pilot, "Thu 6 May 2027 20:00")
        await pilot.press("z")
        await write(pilot, "tokyo")
        await pilot.press("enter")
        await shows(pilot, "Asia/Tokyo  as you said")
        assert "Fri 7 May 2027 03:00 – 06:13 JST, the conference's" in text(app)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, Schedule))
        assert talks(app, "spring-talks") == 13


async def test_a_picker_that_is_left_changes_nothing(app: PlannerApp, tmp_path: Path) -> None:
    """Escape in a picker leads back to what was understood, as it was."""
    async with app.run_test(size=SIZE) as pilot:
        await understood(pilot, page(tmp_path))
        before = text(app)
        for key in "nyz":
            await pilot.press(key, "escape")
            assert text(app) == before


# Pasting


async def test_a_page_that_is_pasted(app: PlannerApp) -> None:
    """Many lines in the field are a page by themselves, also as terminals send them; nothing can read it again."""
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("i")
        await paste(pilot, PAGE.replace("\n", "\r"))
        await until(pilot, lambda: mode(app) == SHOW)
        assert "pasted text" in text(app)
        await pilot.press("escape")
        assert app.screen.query_one(PathField).value == f"pasted text, {len(PAGE.splitlines())} lines"
        await paste(pilot, PAGE)
        await until(pilot, lambda: mode(app) == SHOW)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, Schedule))
        assert app.desk.name == "MINDS 2021"
        await pilot.press("R")
        await until(pilot, lambda: isinstance(app.screen, Schedule) and "was pasted or piped in" in " ".join(said(app)))


async def test_a_path_that_is_pasted(app: PlannerApp) -> None:
    """One line is text of the field, without signs that a terminal obeys."""
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("i")
        await paste(pilot, "  '/tmp/a\x1b]2;x\x07 b.txt' \n")
        assert app.screen.query_one(PathField).value == "'/tmp/a\ufffd]2;x\ufffd b.txt'"
        assert mode(app) == ASK


async def test_the_paste_area(app: PlannerApp) -> None:
    """A page can be written or pasted in an area of its own."""
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("i", "ctrl+t")
        assert isinstance(app.screen, PasteArea)
        await pilot.press("escape", "ctrl+t")
        await paste(pilot, PAGE)
        await pilot.press("ctrl+s")
        await shows(pilot, "2 talks")


# Refusals


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "cannot be read (no such file or directory)"),
        (b"\x00\x01\x02\xff", "is binary, not text"),
        (b"", "is empty"),
        (b"Nothing of a schedule.", "is in no known format"),
    ],
)
async def test_a_refusal_is_told_in_its_place(app: PlannerApp, tmp_path: Path, content: bytes | None, words: str) -> None:
    """What cannot be read is told under the field, which keeps what was typed; the next letter takes the sentence away."""
    if content is not None:
        (tmp_path / "some.txt").write_bytes(content)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("i")
        await write(pilot, "some.txt")
        await pilot.press("enter")
        await shows(pilot, words)
        assert mode(app) == ASK
        assert app.screen.query_one(PathField).value == "some.txt"
        await pilot.press("x")
        assert words not in text(app)


class Full(Importer):
    """Refuses to keep until ``full`` is None, by raising it or as the error of each source."""

    def __init__(self, home: Path, full: StoreError, *, raised: bool) -> None:
        super().__init__(str(home / "home"), lambda: EVE)
        self.full: StoreError | None = full
        self.raised = raised

    def keep(self, taken: Sequence[Taken]) -> list[Taken]:
        """As the real one, where there is room."""
        if self.full is None:
            return super().keep(taken)
        if self.raised:
            raise self.full
        return [one._replace(error=self.full) for one in taken]


async def test_what_cannot_be_kept(make_app: Make, tmp_path: Path, minds: Path) -> None:
    """Where the store refuses, its sentence is told beside what was understood, which can be kept once there is room."""
    importer = Full(tmp_path, StoreError("the disk is full [b]: make room."), raised=True)
    app = make_app(marks=(), importer=importer)
    async with app.run_test(size=SIZE) as pilot:
        await understood(pilot, minds)
        await pilot.press("enter")
        await shows(pilot, "the disk is full [b]: make room.")
        assert mode(app) == SHOW
        importer.full = None
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, Schedule))
        assert talks(app, app.desk.slug) == 2


async def test_a_fault_is_not_swallowed(app: PlannerApp, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is no refusal but a mistake of the program comes out of the thread."""

    def read(*_: object) -> list[Taken]:
        raise ZeroDivisionError

    monkeypatch.setattr(Importer, "read", read)
    with pytest.raises(ZeroDivisionError):  # noqa: PT012  (it comes out where the app ends)
        async with app.run_test(size=SIZE) as pilot:
            await pilot.press("i")
            await name(pilot, "x")
            await until(pilot, lambda: not app.is_running)


# Long work


class Slow(Importer):
    """Reads only when it is let go; ``ended`` is set when its thread is through, whatever came of it."""

    def __init__(self, home: str) -> None:
        super().__init__(home, lambda: EVE)
        self.go = threading.Event()
        self.ended = threading.Event()

    def read(self, said: Any, asked: Asked, tell: Callable[[str], object] = str) -> list[Taken]:
        """As the real one, after a while."""
        try:
            tell("reading 3 of 12 files")
            assert self.go.wait(20)
            return super().read(said, asked, tell)
        finally:
            self.ended.set()


@pytest.fixture
def slow(tmp_path: Path) -> Slow:
    """What reads for the app of the next tests."""
    return Slow(str(tmp_path / "home"))


@contextlib.asynccontextmanager
async def reading(make_app: Make, slow: Slow, source: Path) -> AsyncIterator[tuple[PlannerApp, Pilot[None]]]:
    """An app at its long work."""
    app = make_app(marks=(), importer=slow)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("i")
        await name(pilot, str(source))
        await shows(pilot, "reading 3 of 12 files")
        yield app, pilot


async def test_long_work_is_told_and_called_off(make_app: Make, slow: Slow, minds: Path) -> None:
    """How far it is is told in words while keys still work; escape calls it off, and nothing comes of it later."""
    async with reading(make_app, slow, minds) as (app, pilot):
        assert mode(app) == WAIT
        await pilot.press("enter", "d", "n", "escape")
        await shows(pilot, "Stopped; nothing was stored.")
        assert mode(app) == ASK
        slow.go.set()
        await until(pilot, slow.ended.is_set)
        await pilot.pause()
        assert mode(app) == ASK
        assert len(app.store.conferences()) == 1


async def test_help_during_long_work(make_app: Make, slow: Slow, minds: Path) -> None:
    """What comes while help covers the screen is shown when help is closed, and only then."""
    async with reading(make_app, slow, minds) as (app, pilot):
        await pilot.press("f1")
        slow.go.set()
        await until(pilot, lambda: at(app).held is not None)
        assert mode(app) == WAIT
        await pilot.press("escape")
        await shows(pilot, "New: 2 added")


async def test_the_program_is_left_during_long_work(make_app: Make, slow: Slow, minds: Path) -> None:
    """Leaving does not wait for what is read."""
    async with reading(make_app, slow, minds) as (_, pilot):
        await pilot.press("q")
    assert not slow.ended.is_set()
    slow.go.set()
    assert slow.ended.wait(20)


async def test_files_are_counted(make_app: Make, tmp_path: Path) -> None:
    """Each file of a folder is told before it is read."""
    (tmp_path / "some").mkdir()
    for number in range(3):
        page(tmp_path, name=f"some/iclr2021-{number}.txt")
    told: list[str] = []
    Importer(str(tmp_path / "home"), lambda: EVE).read([str(tmp_path / "some")], Asked(), told.append)
    assert [one for one in told if one.startswith("reading")] == [f"reading {number} of 3 files" for number in (1, 2, 3)]


# Several at once


async def test_several_conferences_one_after_the_other(app: PlannerApp, tmp_path: Path) -> None:
    """Each folder of a folder is shown by itself; one is left, the next is kept, and an unreadable file is told."""
    for folder in ("one", "two"):
        (tmp_path / "all" / folder).mkdir(parents=True)
    page(tmp_path, name="all/one/iclr2021.txt")
    (tmp_path / "all/two/schedule.xml").write_bytes((SCHEDULES / "fosdem-2025/schedule.xml").read_bytes())
    (tmp_path / "all/junk.bin").write_bytes(b"\x00\x01")
    async with app.run_test(size=SIZE) as pilot:
        await understood(pilot, tmp_path / "all")
        assert "1 of 2" in text(app)
        assert "junk.bin is binary" in text(app)
        await pilot.press("escape")
        await shows(pilot, "2 of 2")
        assert "junk.bin" not in text(app)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, Schedule))
        assert app.desk.slug == "fosdem-2025"
        assert {one.slug for one in app.store.conferences()} == {"iclr-2021", "fosdem-2025"}
        assert "16 added" not in " ".join(said(app))


async def test_what_is_left_is_no_ground_for_the_next(app: PlannerApp, tmp_path: Path) -> None:
    """Of two pages of one conference the second is shown as it comes after the first, and by itself once that is left."""
    for folder, text_ in (("one", PAGE), ("two", PAGE.replace("10:15 - 10:30", "10:30 - 10:45"))):
        (tmp_path / "all" / folder).mkdir(parents=True)
        page(tmp_path, text_, f"all/{folder}/minds-2021.txt")
    async with app.run_test(size=SIZE) as pilot:
        await understood(pilot, tmp_path / "all")
        await shows(pilot, "2 added")
        after = at(app).waiting[1].taken.saved
        assert after is not None
        assert after.moved == 1
        await pilot.press("escape")
        await shows(pilot, "2 of 2")
        await shows(pilot, "2 added")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, Schedule))
        assert talks(app, "minds-2021") == 2


async def test_marks_that_travel(make_app: Make, tmp_path: Path) -> None:
    """A file of marks is shown and merged the same way."""
    from planner import marks

    app = make_app()
    (tmp_path / "marks.json").write_bytes(marks.written(app.store.carried(None)))
    app.store.star([uid(1)], starred=False, now=EVE)
    app.desk.load("Europe/Berlin")
    async with app.run_test(size=SIZE) as pilot:
        await understood(pilot, tmp_path / "marks.json")
        assert "Marks: 6 marks" in text(app)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, Schedule) and "6 marks" in " ".join(said(app)))


# Addresses


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Any]]:
    """A server on loopback that counts as public: ``page`` is what it answers, ``asked`` the conditions of its requests."""
    found: dict[str, Any] = {"page": PAGE.encode(), "asked": []}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found["asked"].append(self.headers.get("If-None-Match"))
            same = self.headers.get("If-None-Match") == f'"{len(found["page"])}"'
            self.send_response(304 if same else 200)
            self.send_header("ETag", f'"{len(found["page"])}"')
            self.end_headers()
            if not same:
                self.wfile.write(found["page"])

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    found["url"] = f"http://127.0.0.1:{server.server_port}/minds2021/page"
    real = fetch._is_private
    monkeypatch.setattr(fetch, "_is_private", lambda address: address != "127.0.0.1" and real(address))
    yield found
    server.shutdown()
    server.server_close()
    thread.join(30)


async def test_an_address(app: PlannerApp, site: dict[str, Any]) -> None:
    """A page is fetched and shown; read again it is asked for only if it changed, and what changed is shown."""
    async with app.run_test(size=SIZE) as pilot:
        await understood(pilot, site["url"])
        assert "2 talks" in text(app)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, Schedule))
        await pilot.press("R")
        await until(pilot, lambda: isinstance(app.screen, Schedule) and "Nothing changed in MINDS" in " ".join(said(app)))
        assert site["asked"] == [None, f'"{len(PAGE)}"']
        site["page"] = PAGE.replace("first thought", "very first thought").encode()
        await pilot.press("R")
        await shows(pilot, "The very first thought")
        assert "Read again" in text(app)
        await pilot.press("escape")
        assert isinstance(app.screen, Schedule)
        assert talks(app, app.desk.slug) == 2


async def test_an_address_on_this_machine(app: PlannerApp) -> None:
    """A private address is refused, as on the command line."""
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("i")
        await name(pilot, "http://127.0.0.1:9/schedule")
        await shows(pilot, "is on this machine or its network")
        assert app.screen.query_one(PathField).value == "http://127.0.0.1:9/schedule"


# Read again


async def test_read_again(make_app: Make, tmp_path: Path) -> None:
    """A file is read again where it was; without a change that is said, with one it is shown, gone it is said."""
    importer = Importer(str(tmp_path / "home"), lambda: EVE)
    path = page(tmp_path, name="named.txt")
    importer.keep(importer.read([str(path)], Asked(name="ICLR 2021")))
    app = make_app(empty=True)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("R")
        await until(pilot, lambda: isinstance(app.screen, Schedule) and "Nothing changed in ICLR 2021" in " ".join(said(app)))
        page(tmp_path, ORAL.read_text(encoding="utf-8").replace("11:00 - 11:15", "11:05 - 11:20"), "named.txt")
        await pilot.press("R")
        await shows(pilot, "1 moved, 15 unchanged")
        await pilot.press("enter")
        await until(pilot, lambda: "Changes" in text(app) and not isinstance(app.screen, Import))
        assert [one.what for one in app.store.changes("iclr-2021")] == ["moved"]
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, Schedule))
        path.unlink()
        await pilot.press("R")
        await until(pilot, lambda: isinstance(app.screen, Schedule) and "cannot be read" in " ".join(said(app)))


async def test_all_sources_are_read_again(make_app: Make, tmp_path: Path) -> None:
    """A conference that came from two pages is read from both."""
    importer = Importer(str(tmp_path / "home"), lambda: EVE)
    lines = ORAL.read_text(encoding="utf-8")
    other = "Oral Session 12\n\nThu 6 May 13:00 - 13:15 PDT\n\nAnother thought\n\nAnn Ode\n"
    first, second = page(tmp_path), page(tmp_path, other, "iclr2021-two.txt")
    for path in (first, second):
        importer.keep(importer.read([str(path)], Asked()))
    app = make_app(empty=True)
    page(tmp_path, lines.replace("11:00 - 11:15", "11:05 - 11:20"))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("R")
        await shows(pilot, "1 moved")
        assert "iclr2021-oral.txt" in text(app)


async def test_a_later_source_keeps_its_word(make_app: Make, tmp_path: Path) -> None:
    """Reading again never puts back the hour that a later source corrected; all sources are kept as one, or none."""
    importer = Importer(str(tmp_path / "home"), lambda: EVE)
    lines = ORAL.read_text(encoding="utf-8")
    monday = page(tmp_path, lines, "iclr2021-z-monday.txt")
    thursday = page(tmp_path, lines.replace("11:00 - 11:15", "11:30 - 11:45"), "iclr2021-a-thursday.txt")
    for path in (monday, thursday):
        importer.keep(importer.read([str(path)], Asked()))
    app = make_app(empty=True)
    (moved,) = (change.uid for change in app.store.changes("iclr-2021"))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("R")
        await until(pilot, lambda: "Nothing changed in ICLR 2021: 2 sources read again." in " ".join(said(app)))
        page(tmp_path, lines.replace("11:15 - 11:25", "11:15 - 11:20"), monday.name)
        page(tmp_path, lines.replace("11:00 - 11:15", "11:35 - 11:50"), thursday.name)
        await pilot.press("R")
        await shows(pilot, "1 moved")
        assert " of 2" not in text(app)
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, Schedule))
        assert f"{app.store.load('UTC').by_uid[moved].start:%H:%M}" == "18:30"
        await pilot.press("R")
        await shows(pilot, "1 moved")
        await pilot.press("enter")
        await until(pilot, lambda: "Changes" in text(app) and not isinstance(app.screen, Import))
        assert f"{app.store.load('UTC').by_uid[moved].start:%H:%M}" == "18:35"
        assert [one.uid for one in app.store.changes("iclr-2021")] == [moved]
        assert app.store.undo(now=EVE)
        assert f"{app.store.load('UTC').by_uid[moved].start:%H:%M}" == "18:30"


async def test_leaving_waits_for_what_is_stored(make_app: Make, tmp_path: Path) -> None:
    """What was accepted is kept before the program is left; where that is refused the screen stays and says so."""
    importer = Full(tmp_path, StoreError("the disk is full: make room."), raised=False)
    for folder in ("one", "two"):
        (tmp_path / "all" / folder).mkdir(parents=True)
        page(tmp_path, PAGE, f"all/{folder}/minds-2021.txt")
    app = make_app(marks=(), importer=importer)
    async with app.run_test(size=SIZE) as pilot:
        await understood(pilot, tmp_path / "all")
        await pilot.press("enter")
        await shows(pilot, "2 of 2")
        await pilot.press("q")
        await shows(pilot, "the disk is full: make room.")
        assert mode(app) == SHOW
        await shows(pilot, "1 of 2")
        importer.full = None
        await pilot.press("enter", "q")
        await until(pilot, lambda: not app.is_running)
    with open_store(str(tmp_path / "home"), now=EVE) as store:
        assert "minds-2021" in {one.slug for one in store.conferences()}


# Hands


async def test_completion(app: PlannerApp, tmp_path: Path) -> None:
    """Tab completes a path as far as it is sure, arrows choose, a folder is gone into, a file is read."""
    (tmp_path / "pages").mkdir()
    page(tmp_path, PAGE, "pages/minds-2021.txt")
    page(tmp_path, PAGE, "pages/minds-2022.md")
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("i", "p", "tab")
        field = app.screen.query_one(PathField)
        assert field.value == "pages/"
        await pilot.press("m", "tab")
        assert field.value == "pages/minds-202"
        await pilot.press("down", "down", "up", "enter")
        await until(pilot, lambda: mode(app) == SHOW)
        assert "minds-2021.txt" in text(app)


async def test_letters_are_letters_in_the_field(app: PlannerApp) -> None:
    """No key of the screen acts while one types."""
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("i", *"qdnyzTR?ij")
        assert app.screen.query_one(PathField).value == "qdnyzTR?ij"


async def test_by_mouse(app: PlannerApp, minds: Path) -> None:
    """A click on a source reads it, one on a fact changes it, one on a key of the footer is that key."""
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("i")

        def row(words: str) -> int:
            return next(at for at, line in enumerate(text(app).splitlines()) if words in line)

        await pilot.click(offset=(6, row(minds.name)))
        await until(pilot, lambda: mode(app) == SHOW)
        await pilot.click(offset=(10, row("n Conference")))
        assert isinstance(app.screen, NamePicker)
        await pilot.press("escape")
        footer = text(app).splitlines()[-1]
        await pilot.click(offset=(footer.index("every talk"), 29))
        assert mode(app) == TALKS


async def test_text_is_data(app: PlannerApp, tmp_path: Path) -> None:
    """Whatever a page and its file's name hold appears as text and does nothing."""
    payload = "[/b] [@click=app.quit]x[/] \x1b]2;CANARY\x07 \x9b2J \u202egnp.exe"
    hostile = PAGE.replace("The first thought", payload).replace("Ann Ode", payload).replace("Session 1", payload)
    (tmp_path / "[red]folder[b]").mkdir()
    path = page(tmp_path, hostile, "[red]folder[b]/[@click=app.quit] 2021 \x1b]2;x\x07.txt")
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("i", "[", "tab")
        assert app.screen.query_one(PathField).value == "[red]folder[b]/"
        await pilot.press("escape")
        await understood(pilot, path)
        for key in ("n", "y", "z", "d"):
            await pilot.press(key)
            assert not set(text(app)) & set("\x1b\x07\x9b\u202e")
            await pilot.press("escape")
            assert not set(text(app)) & set("\x1b\x07\x9b\u202e")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, Schedule))
        assert app.is_running


KEYS = (*"dnyzijkRqx ", "enter", "escape", "tab", "up", "down", "ctrl+t", "ctrl+s", "pagedown", "f1", "backspace")


@settings(max_examples=4, suppress_health_check=list(HealthCheck))
@given(keys=st.lists(st.sampled_from([key for key in KEYS if key != "q"]), min_size=15, max_size=40))
async def test_random_keys(make_app: Make, tmp_path_factory: pytest.TempPathFactory, keys: list[str]) -> None:
    """Any keys in any order on what was understood, until the screen is left: no traceback, and the marks are kept."""
    folder = tmp_path_factory.mktemp("keys")
    app = make_app(iclr(), home=str(tmp_path_factory.mktemp("home")))
    async with app.run_test(size=SIZE) as pilot:
        await understood(pilot, page(folder, PAGE, "minds-2021.txt"))
        for key in keys:
            if app.is_running and mode(app):
                await pilot.press("space" if key == " " else key)
        await until(pilot, lambda: not app.is_running or mode(app) != WAIT or app.screen.is_modal)
        for _ in range(4 if app.is_running else 0):
            await pilot.press("escape")
            await until(pilot, lambda: mode(app) != WAIT)
        assert app.store.marks([uid(1)])[uid(1)].rating == 5


async def test_offers_are_chosen_by_the_arrows(app: PlannerApp, tmp_path: Path) -> None:
    """Down goes to what is offered and up back to the field alone; the paste area and a folder are gone into with enter."""
    (tmp_path / "sub").mkdir()
    page(tmp_path / "sub", PAGE, "minds-2021.txt")
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("i")
        offers = app.screen.query_one(Offers)
        assert offers.key == ""
        await pilot.press("down", "up")
        assert offers.key == ""
        while offers.key != PASTE:
            await pilot.press("down")
        await pilot.press("enter")
        assert isinstance(app.screen, PasteArea)
        await pilot.press("escape", *"su")
        await shows(pilot, "sub/")
        await pilot.press("down", "enter")
        assert app.screen.query_one(PathField).value == "sub/"
        await shows(pilot, "sub/minds-2021.txt")


async def test_a_page_is_pasted_over_what_is_shown(app: PlannerApp, minds: Path) -> None:
    """Where no field has the focus a paste is a page all the same; nothing but blanks is none."""
    async with app.run_test(size=SIZE) as pilot:
        await understood(pilot, minds)
        app.screen.post_message(events.Paste("  \n \n"))
        await pilot.pause()
        assert "minds-2021.txt" in text(app)
        app.screen.post_message(events.Paste(PAGE.replace("The first thought", "Another thought")))
        await shows(pilot, "Another thought")
        assert "pasted text" in text(app)
