"""The page of the plan: what stands on it, that nothing in it runs or is fetched, and how a real browser shows it."""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from datetime import date, datetime
from itertools import pairwise
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import chromium
import pytest
from conftest import SCHEDULES
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import html as parser  # type: ignore[import-untyped]  # no stubs
from plans import LOS_ANGELES, at, evening, star, talk

from planner.export import html as pages
from planner.export.style import STYLE
from planner.model import Busy, Conference, Session, Slot
from planner.plan import Plan
from planner.text import clean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from conftest import Answer

    from planner.model import Talk

    Planner = Callable[..., Answer]

HOSTILE = (
    "<script>fetch('http://127.0.0.1:9/')</script><img src=http://127.0.0.1:9/a.png onerror=alert(1)>",
    "</title></style><style>@import 'http://127.0.0.1:9/b.css';</style><base href=//127.0.0.1:9/>",
    '"><iframe src="http://127.0.0.1:9/c"></iframe>',
    "' onmouseover='alert(1)",
    "&lt;b&gt; &amp; \x00\x1b]0;x\x07 \u202e",
    "{title} {0} %s <!-- --> ]]>",
)


def poster(number: int, board: str, title: str, **rest: Any) -> Talk:
    """A poster of a session that lasts from 20:00 to 22:00 UTC."""
    one = talk(f"p{number}", title, kind="poster", session="P", **rest)
    return one._replace(slot=Slot(at("20:00"), at("22:00"), "Hall B", board, zone=LOS_ANGELES))


TALKS = (
    talk(
        "vcnet",
        "VCNet and Functional Targeted Regularization",
        "18:00",
        speakers=("Lizhen Nie", "Mao Ye"),
        room="Hall A",
        url="https://iclr.cc/virtual/2021/poster/1?a=1&b=2",
        abstract="Motivated by the rising abundance of data.\n\nIn two paragraphs & more.",
    ),
    talk("performers", "Rethinking Attention with Performers", "18:05", 30, room="Hall C", session="12"),
    talk("curricula", "When Do Curricula Work?", "18:36", room="Hall A"),
    talk("gone", "A talk that was taken away", "19:00", cancelled=True),
    poster(1, "12", "Attention is not only weights"),
    poster(2, "9", "A poster <b>with</b> tags & more", abstract="Long."),
    talk("keynote", "A keynote without an end", "23:45", None, kind="keynote", room="Main"),
    talk("days", "Workshop days", session=None, kind="workshop")._replace(
        slot=Slot(day=date(2021, 5, 6), last_day=date(2021, 5, 8))
    ),
    talk("paper", "A paper without a slot", session=None, kind="paper", degree="4", reason="read it on the train"),
    talk("other", "Not in the plan", "18:00"),
)
MARKS = (
    star("vcnet", 5, "going", note="ask about\nthe <loss>"),
    star("performers", 3),
    *(star(uid) for uid in ("curricula", "gone", "p1", "p2", "keynote", "days", "paper")),
)


def plan(zone: str = "Europe/Berlin") -> Plan:
    """An evening with everything that a page can show."""
    sessions = (Session("11", "Oral Session 11"), Session("12", "Oral Session 12"), Session("P", "Poster Session 3"))
    conference = Conference("iclr-2021", "ICLR 2021", LOS_ANGELES, sessions, TALKS, read_at=at("08:00", "2021-04-01"))
    busy = (Busy(at("20:30"), at("21:00"), "DENTIST"),)
    return Plan({"iclr-2021": conference}, {mark.uid: mark for mark in MARKS}, busy, zone)


def five_minutes(_here: str, _there: str) -> int:
    """Every change of room takes 300 seconds."""
    return 300


def page(held: Plan | None = None, scope: str = "starred", **rest: Any) -> Any:
    """The page as another parser sees it."""
    return parser.document_fromstring(pages.written(held or plan(), scope, needs=five_minutes, **rest).decode())


def said(element: Any) -> str:
    """The text of an element in one line."""
    return " ".join(element.text_content().split())


def row(document: Any, title: str) -> Any:
    """The article of a talk, or its line in a visit."""
    (found,) = [one for one in document.iter("article", "li") if one.get("id") and said(next(one.iter("h3", "h4"))) == title]
    return found


# What stands on it


def test_talks_are_there_day_by_day_in_order() -> None:
    """Each starred talk once below the head of its day; all-day entries first, those without a slot last."""
    document = page()
    assert [said(one) for one in document.iter("h1", "h2", "h3", "h4")] == [
        "ICLR 2021",
        "Thu 6 May 2021 times in Europe/Berlin (CEST); the conference keeps PDT, 9 hours behind",
        "Workshop days",
        "VCNet and Functional Targeted Regularization",
        "Rethinking Attention with Performers",
        "When Do Curricula Work?",
        "A talk that was taken away",
        "2 posters in 120 min",
        "A poster <b>with</b> tags & more",
        "Attention is not only weights",
        "A keynote without an end",
        "No slot yet",
        "A paper without a slot",
    ]
    assert said(document.find(".//header")).startswith(
        "My plan ICLR 2021 Thu 6 May 2021 · 8 talks, 1 cancelled, 2 clashes, 1 tight change"
    )


@pytest.mark.parametrize("zone", ["Europe/Berlin", "Asia/Tokyo", "America/Los_Angeles", "Asia/Kathmandu", "Pacific/Honolulu"])
def test_both_clocks_are_those_of_zoneinfo(zone: str) -> None:
    """Yours and the conference's, each with the days that it is off the day it stands under; one where they agree."""
    document = page(plan(zone))
    for one in TALKS:
        if one.slot.start is None or one.slot.end is None or one.kind == "poster" or one.uid == "other":
            continue
        when = next(iter(row(document, one.title).iter("div")))
        expected = []
        for name in dict.fromkeys((zone, LOS_ANGELES)):
            first, last = (instant.astimezone(ZoneInfo(name)) for instant in (one.slot.start, one.slot.end))
            away = (first.date() - date(2021, 5, 6)).days
            shift = f" {'+' if away > 0 else '−'}{abs(away)} day" if away else ""
            expected.append(f"{first:%H:%M}–{last:%H:%M}{shift}{' PDT' if name == LOS_ANGELES != zone else ''}")
        assert said(when) == " ".join(expected)
        stamps = [datetime.fromisoformat(stamp.get("datetime")) for stamp in when.iter("time")]
        assert set(stamps) == {one.slot.start, one.slot.end}


def test_one_clock_where_both_show_the_same_and_a_moment_has_no_end() -> None:
    """Another zone that keeps the conference's time that day adds nothing; what takes no time shows when it begins alone."""
    document = page(evening(star("a"), talks=(talk("a", "Moment", "18:00", 0),), zone="America/Vancouver"))
    assert said(next(iter(row(document, "Moment").iter("div")))) == "11:00"


def test_a_talk_says_who_where_and_what_about() -> None:
    """Speakers, stars in signs and words, decision, room, session, kind, link; the abstract folded in paragraphs."""
    one = row(page(), "VCNet and Functional Targeted Regularization")
    assert one.find(".//h3/a").get("href") == "https://iclr.cc/virtual/2021/poster/1?a=1&b=2"
    assert [said(part) for part in one.iter("p")][:2] == [
        "Lizhen Nie · Mao Ye",
        "★★★★★ · ✓ going · Hall A · Oral Session 11 · oral",
    ]
    assert one.find(".//span[@role='img']").get("aria-label") == "5 of 5 stars"
    (folded,) = one.iter("details")
    assert folded.get("open") is None
    assert said(folded.find("summary")) == "Abstract of VCNet and Functional Targeted Regularization"
    assert folded.find("p").text == "Motivated by the rising abundance of data.\n\nIn two paragraphs & more."


def test_clashes_and_short_changes_are_told_in_words() -> None:
    """On both sides of a clash with a way to the other, once for a visit; the user's own calendar has no name here."""
    document = page()
    warnings = {
        said(one.getparent().find("h3")): [said(line) for line in one]
        for one in document.iter("ul")
        if one.get("class") == "warn"
    }
    assert warnings == {
        "VCNet and Functional Targeted Regularization": ["⚠ Clash: 10 min with Rethinking Attention with Performers"],
        "Rethinking Attention with Performers": ["⚠ Clash: 10 min with VCNet and Functional Targeted Regularization"],
        "When Do Curricula Work?": ["⚠ Tight: 1 min for a way of 5 min, from Hall C to Hall A"],
        "2 posters in 120 min": ["⚠ Clash: 30 min with your own calendar"],
    }
    assert "DENTIST" not in document.text_content()
    (link,) = row(document, "VCNet and Functional Targeted Regularization").xpath(".//ul[@class='warn']//a")
    assert document.get_element_by_id(link.get("href")[1:]) is row(document, "Rethinking Attention with Performers")


def test_an_early_leave_is_on_the_page_and_frees_the_rest() -> None:
    """The last talk before 20:00 UTC ends at 18:51; left at 18:41, ten more minutes are free."""
    held = plan().with_marks(star("curricula", leave_at=at("18:41")))
    document = page(held)
    when = row(document, "When Do Curricula Work?").find_class("when")[0]
    assert "leave at 20:41" in said(when)
    assert "20:51" in said(when)
    assert [said(one) for one in document.iter("li") if one.get("class") == "free"] == ["79 min free", "105 min free"]


def test_free_time_stands_between_the_talks() -> None:
    """Counted by hand: 18:51 to 20:00 UTC, 22:00 to 23:45; none on a page of all talks."""
    assert [said(one) for one in page().iter("li") if one.get("class") == "free"] == ["69 min free", "105 min free"]
    assert not [one for one in page(scope="all").iter("li") if one.get("class") == "free"]


def test_cancelled_and_assumed_are_words() -> None:
    """Not colour and strokes alone."""
    document = page()
    assert "Cancelled" in said(row(document, "A talk that was taken away"))
    assert "end assumed" in said(row(document, "A keynote without an end"))
    assert "until Sat 8 May" in said(row(document, "Workshop days"))


def test_scopes_and_notes() -> None:
    """Going has one talk, all has the rest too; notes and reasons only when asked for, with their line breaks."""
    assert [said(one) for one in page(scope="going").iter("h3")] == ["VCNet and Functional Targeted Regularization"]
    assert "Not in the plan" in page(scope="all").text_content()
    assert "ask about" not in page().text_content()
    asked = page(with_notes=True)
    assert row(asked, "VCNet and Functional Targeted Regularization").find(".//p[@class='note']").text_content() == (
        "Note: ask about\nthe <loss>"
    )
    assert "read it on the train" in said(row(asked, "A paper without a slot"))


def test_the_same_plan_gives_the_same_page_and_nothing_none() -> None:
    """No clock is read; an empty plan is no page."""
    assert pages.written(plan(), needs=five_minutes) == pages.written(plan(), needs=five_minutes)
    assert pages.written(evening()) == b""


# That nothing in it runs or is fetched


def test_the_policy_forbids_all_but_its_own_style() -> None:
    """default-src is none, the one style is named by its hash; no address is in the style, no attribute holds any."""
    document = page()
    (policy,) = [one.get("content") for one in document.iter("meta") if one.get("http-equiv") == "Content-Security-Policy"]
    digest = base64.b64encode(hashlib.sha256(document.find(".//style").text.encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert not re.search(r"url\(|@import|https?:|//", STYLE)
    assert not document.xpath("//*[@style or @src or @srcset or @action or @background]")


ALLOWED = {
    *("html", "head", "meta", "title", "style", "body", "header", "nav", "main", "footer", "section", "article", "div"),
    *("h1", "h2", "h3", "h4", "p", "ol", "ul", "li", "a", "b", "bdi", "span", "small", "time", "details", "summary"),
}
ATTRIBUTES = {
    *("lang", "charset", "http-equiv", "content", "name", "class", "id", "dir", "href", "rel", "role", "aria-label"),
    *("aria-labelledby", "datetime"),
}


@given(st.lists(st.one_of(st.sampled_from(HOSTILE), st.text(max_size=80)), min_size=9, max_size=9))
@example(list(HOSTILE[:3]) * 3)
@example(["\ud800\udfff\x85\u2028"] * 9)
def test_any_text_in_any_field_is_text(texts: list[str]) -> None:
    """Another parser finds no element and no attribute but the page's own, and each title as it is."""
    name, title, speaker, abstract, track, room, board, note, url = texts
    one = talk("one", title, "18:00", speakers=(speaker,), abstract=abstract, track=track, session="s", url=url)
    one = one._replace(slot=one.slot._replace(room=room, board=board))
    two = talk("two", title, "18:05", url=f"https://x.org/{url}", session="s", kind=room or "oral")
    conference = Conference(
        "c", name, "UTC", (Session("s", speaker),), tuple(one._replace(conference="c") for one in (one, two))
    )
    held = Plan({"c": conference}, {uid: star(uid, note=note) for uid in ("one", "two")}, zone="Europe/Berlin")
    document = page(held, with_notes=True)
    assert {element.tag for element in document.iter()} <= ALLOWED
    assert {key for element in document.iter() for key in element.attrib} <= ATTRIBUTES
    for link in document.iter("a"):
        assert re.match(r"(#|https?://)", link.get("href"))
    assert [said(one) for one in document.iter("h3")] == [" ".join(clean(title).split())] * 2


def test_ids_are_unique_and_every_way_leads_somewhere() -> None:
    """Each # link has its target; each section is named by its head; there is a language and one h1, heads skip no level."""
    document = page(scope="all")
    ids = Counter(element.get("id") for element in document.iter() if element.get("id"))
    assert set(ids.values()) == {1}
    assert {one.get("href")[1:] for one in document.iter("a") if one.get("href").startswith("#")} <= set(ids)
    assert {one.get("aria-labelledby") for one in document.iter("section")} <= set(ids)
    assert document.get("lang") == "en"
    levels = [int(one.tag[1]) for one in document.iter("h1", "h2", "h3", "h4")]
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_the_command_writes_it(planner: Planner, tmp_path: Path) -> None:
    """Real schedules of two conferences; each talk says which it belongs to."""
    planner("import", SCHEDULES / "iclr-2021", SCHEDULES / "fosdem-2025")
    planner("star", "DiffWave", "MapTCHA", "--rating", "4")
    path = tmp_path / "plan.html"
    assert planner("export", "--format", "html", path).code == 0
    document = parser.fromstring(path.read_bytes().decode())
    assert said(document.find(".//title")).endswith("· My plan")
    assert [said(one).rpartition(" · ")[2] for one in document.iter("p") if one.get("class") == "facts"] == [
        "ICLR 2021",
        "FOSDEM 2025",
    ]


# In a real browser

BROWSER = [
    pytest.mark.skipif(not chromium.PROGRAM, reason="Chromium (Debian package chromium) is not installed"),
    pytest.mark.xdist_group("chromium"),
]


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[chromium.Chromium]:
    """One browser for all tests of this file."""
    with chromium.Chromium(tmp_path_factory.mktemp("profile")) as started:
        yield started


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The page as a file, with hostile text in every field of one more talk."""
    bad = talk("bad", HOSTILE[0], "21:50", speakers=(HOSTILE[1],), abstract=HOSTILE[2], track=HOSTILE[3], url=HOSTILE[2])
    held = plan()
    conference = held.conferences["iclr-2021"]
    conference = conference._replace(talks=(*TALKS, bad, bad._replace(uid="long", title="x" * 400)))
    marks = {**held.marks, "bad": star("bad", note=HOSTILE[4]), "long": star("long")}
    path = tmp_path / "plan.html"
    path.write_bytes(pages.written(Plan({"iclr-2021": conference}, marks, held.busy, held.zone), with_notes=True))
    return path


CONTRASTS = """
(() => {
  const numbers = said => said.match(/[\\d.]+/g).map(Number);
  const light = said => {
    const linear = x => x <= .03928 ? x / 12.92 : ((x + .055) / 1.055) ** 2.4;
    const [r, g, b] = numbers(said).slice(0, 3).map(x => linear(x / 255));
    return .2126 * r + .7152 * g + .0722 * b;
  };
  const ground = element => {
    for (let at = element; at; at = at.parentElement) {
      const said = getComputedStyle(at).backgroundColor;
      if ((numbers(said)[3] ?? 1) > 0) return said;
    }
    return 'rgb(255, 255, 255)';
  };
  const found = {};
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim()) continue;
    const [low, high] = [light(getComputedStyle(element).color), light(ground(element))].sort((a, b) => a - b);
    found[element.tagName + '.' + element.className] = (high + .05) / (low + .05);
  }
  return found;
})()
"""


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280], ids=["phone", "desktop"])
class TestInChromium:
    """The page as a browser shows it, narrow and wide, in both colour schemes."""

    pytestmark = BROWSER

    def test_it_asks_for_nothing_and_complains_of_nothing(
        self, browser: chromium.Chromium, file: Path, width: int, *, dark: bool
    ) -> None:
        """No request but the file itself, no message, no dialog, no script, although its text tries."""
        browser.open(file, width=width, dark=dark)
        browser.value("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        assert browser.asked == [file.as_uri()]
        assert browser.said == []
        assert browser.value("document.querySelectorAll('script, img, iframe, base, link, object').length") == 0

    def test_it_fits_and_can_be_read(self, browser: chromium.Chromium, file: Path, width: int, *, dark: bool) -> None:
        """Nothing is wider than the screen; each text has a contrast of 4.5 : 1 (WCAG 2.2, 1.4.3); nothing is tiny."""
        browser.open(file, width=width, dark=dark)
        assert browser.value("document.documentElement.scrollWidth") == width
        browser.value("document.querySelectorAll('details').forEach(one => one.open = true)")
        assert browser.value("document.documentElement.scrollWidth") == width
        contrasts = browser.value(CONTRASTS)
        assert len(contrasts) > 15
        assert {key: ratio for key, ratio in contrasts.items() if ratio < 4.5} == {}
        sizes = browser.value(
            "[...document.querySelectorAll('body *')].map(one => parseFloat(getComputedStyle(one).fontSize))"
        )
        assert min(sizes) >= 12

    def test_a_picture_of_it(self, browser: chromium.Chromium, file: Path, width: int, *, dark: bool) -> None:
        """The picture is as wide as the screen, longer than it, and on the ground of its scheme."""
        browser.open(file, width=width, dark=dark)
        picture = browser.picture()
        assert chromium.size(picture)[0] == width
        assert chromium.corner(picture) == ((0x14, 0x17, 0x1C) if dark else (0xFB, 0xFA, 0xF7))


class TestOnPaper:
    """The page as it is printed."""

    pytestmark = BROWSER

    def test_it_prints_on_a4_in_black_on_white(self, browser: chromium.Chromium, file: Path) -> None:
        """Sheets of 210 × 297 mm, light also for those who read in the dark; folded abstracts are left out."""
        browser.open(file, width=1280, dark=True)
        printed = browser.pdf()
        boxes = {tuple(map(float, found.split())) for found in re.findall(rb"/MediaBox \[([\d. ]+)\]", printed)}
        assert {(round(box[2]), round(box[3])) for box in boxes} in ({(595, 842)}, {(596, 842)})
        browser.call("Emulation.setEmulatedMedia", media="print", features=[{"name": "prefers-color-scheme", "value": "dark"}])
        assert browser.value("getComputedStyle(document.documentElement).getPropertyValue('--ground')") == "#fff"
        assert browser.value("getComputedStyle(document.querySelector('h3')).color") == "rgb(38, 42, 49)"
        assert browser.value("[...document.querySelectorAll('details, nav')].every(one => one.offsetHeight === 0)")
        browser.value("document.querySelector('details').open = true")
        assert browser.value("document.querySelector('details').offsetHeight > 0")

    def test_no_sheet_ends_inside_a_talk(self, browser: chromium.Chromium, file: Path) -> None:
        """Neither a talk nor a poster is cut in two, and no head of a day stands alone at the foot of a sheet."""
        browser.open(file, width=1280)
        browser.call("Emulation.setEmulatedMedia", media="print", features=[])
        inside = (
            "[...document.querySelectorAll('.row:not(.visit), .boards > li')].map(one => getComputedStyle(one).breakInside)"
        )
        assert set(browser.value(inside)) == {"avoid"}
        assert set(browser.value("[...document.querySelectorAll('h2')].map(one => getComputedStyle(one).breakAfter)")) == {
            "avoid"
        }
