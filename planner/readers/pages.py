"""Pages of the conference sites iclr.cc, neurips.cc, icml.cc, mlsys.org and their kin, as text, Markdown or saved HTML.

A page's way, from its text to talks; what a module finds it hands to the next one:

1. lines: :mod:`.pages_lines` (text, Markdown; :mod:`.pages_wrapped` joins what a tool broke at a column) or
   :mod:`.pages_html` with :mod:`.pages_microdata`; menus and footers go;
2. clean lines: :mod:`.pages_around` leaves out opening hours and deadlines and puts the only date of the head above the times,
   :mod:`.pages_forms` writes clocks and dates in the one way that :mod:`planner.dates` reads;
3. entries (cards of :mod:`.pages_cards` in blocks): :mod:`.pages_entries` where date lines stand alone; else, for programmes,
   :mod:`.pages_calendar`, whose reader keeps the open event (:mod:`.pages_events`), is told the days (:mod:`.pages_days`) and
   takes tables apart (:mod:`.pages_tables`, :mod:`.pages_columns`);
4. what the page says of itself: :mod:`.pages_facts`; the year, zone and instants of its date lines: :mod:`.pages_times`;
5. sessions and talks with their identities: :mod:`.pages_talks`.

Date lines are told from text in :mod:`.pages_dates`, kinds and buttons in :mod:`.pages_kinds`.
"""

from __future__ import annotations

import re
from collections import Counter

from planner.errors import MissingFactsError, ReadError
from planner.model import Conference, Reading, slug
from planner.readers import pages_calendar, pages_entries
from planner.readers.pages_around import under_its_date, without_hours
from planner.readers.pages_dates import date_line, is_programme, time_of
from planner.readers.pages_days import day_head
from planner.readers.pages_facts import facts_of, run_of
from planner.readers.pages_forms import cleared, dates_with_times, lines_closed, places_apart
from planner.readers.pages_html import as_html, holds_tables, html_page, is_html
from planner.readers.pages_kinds import bracketed, kind_of, split_kind
from planner.readers.pages_lines import content, first_of, is_clock, lines_of, says
from planner.readers.pages_talks import Maker, site_address
from planner.readers.pages_times import Times
from planner.readers.pages_wrapped import unwrapped
from planner.readers.sources import conference_name, missing, shown
from planner.values import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.readers.pages_cards import Card
    from planner.readers.pages_entries import Block
    from planner.readers.pages_lines import Line
    from planner.readers.sources import Hints, Part

FORMATS = ("page",)

CLAIM_CAP = 200_000
"""Signs of a text in which a sign of a page is looked for."""

LINES_CAP = 200_000
"""Lines of a page; a day with 4,000 posters has 30,000."""

_FAMILY = re.compile(
    r"Skip to yearly menu bar|Chat is not available\.|uses cookies for essential functions|/virtual/20\d\d/|^Timezone: »|"
    r"feature-limited version of the conference webpage|Schedule\?showParentSession=",
    re.MULTILINE,
)


_OTHER = re.compile(
    r"\s{0,100}(?:\{\s{0,100}[\"}]|\[\s{0,100}[\[{\"\]]|<\?xml|BEGIN:VCALENDAR|<schedule\b|<iCalendar\b)", re.IGNORECASE
)
_PHRASES = frozenset(("schedule", "abstract", "bookmark", "author information", "chat is not available"))
_SEVERAL = 4  # talks of which most have one title
_SAVE = "save it as HTML, or the page of a session, a day or a poster"
_COPYRIGHT = re.compile(
    r"(?:©|&copy;|\([cC]\)|[cC]opyright)[^\n\d]{0,40}(?:(?:19|20)[0-9]{2}\s?[-–]\s?)?((?:19|20)[0-9]{2})(?![0-9])"
)
_PUBLISHED = re.compile(
    r"^(?:date|last_?mod(?:ified)?|updated?|published?|publish_?date|created)\s?[:=].{0,60}$", re.MULTILINE | re.IGNORECASE
)
_PLACED = re.compile(r"^(?:location|venue|place|room|where)\s?[:=]", re.MULTILINE | re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,300}>")
_YAML_KEY = re.compile(r"[a-z_]{2,30}:")


def claims(text: str, part: Part) -> bool:  # noqa: ARG001  (every reader is asked in the same way)
    """Whether it is an HTML page, a page of the family or a text with dates or times; never JSON, XML, YAML or a calendar."""
    if is_html(text):
        return True
    head = text[:CLAIM_CAP]
    if _OTHER.match(head):
        return False
    lines = lines_of(_TAG.sub(" ", head) if holds_tables(head) else head)
    return _FAMILY.search(head) is not None or any(map(_is_day, lines)) or is_programme(lines)


def _is_day(line: Line) -> bool:
    if _YAML_KEY.match(line.text):
        return False
    said = says(line.text)
    if (said is None or not said.timed) and (head := day_head(line)) is not None:
        return head.sure and head.when is not None and head.when.day is not None
    if said is not None and said.weekday is not None and said.start is not None and said.end is not None:
        return True
    return said is not None and said.dated and (said.timed or not (said.before or said.after))


def _heads_day(line: Line) -> bool:
    """Whether a line is the head of a day and says no time."""
    said = says(line.text)
    return (said is None or not said.timed) and day_head(line) is not None


class _Apart(NamedTuple):
    """A page taken apart: its ``body`` without menus, the head of its programme, its blocks, and what is to be said of it.

    ``odd`` are doubts about what was read, ``notes`` say how it was read; ``is_calendar`` tells a programme from a session.
    """

    body: Sequence[Line]
    head: Sequence[Line]
    blocks: list[Block]
    odd: list[str]
    notes: list[str]
    is_calendar: bool


def _apart(lines: Sequence[Line], title: str) -> _Apart:
    """Take the lines of a page apart as a programme, or as a session with its talks."""
    odd: list[str] = []
    notes: list[str] = []
    body = under_its_date(dates_with_times(places_apart(without_hours(lines_closed(content(lines)), notes))), title, notes)
    if not pages_calendar.is_calendar(body) and not pages_calendar.is_calendar(cleared(body)):
        return _Apart(body, (), pages_entries.blocks_of(body), odd, notes, is_calendar=False)
    body = cleared(body)
    blocks = pages_calendar.blocks_of(body, odd, notes, run_of(lines, title))
    dated = [line for line in body if date_line(line) is not None]
    if dated and any(is_clock(line.text) for line in body) and not any(map(_heads_day, body)):
        odd.append(f"The times stand alone below {first_of(dated)}; nothing else of that day is taken for cancelled.")
    return _Apart(body, pages_calendar.head_of(body), blocks, odd, notes, is_calendar=True)


def read(text: str, part: Part, hints: Hints) -> Reading:
    """Read one page; ReadError where it has no talk or no sound times, MissingFactsError where a fact is nowhere said."""
    text = _without_post_date(text)
    text = text if is_html(text) or holds_tables(text) else unwrapped(text)
    lines, title, url = _lines(text, part)
    page = _apart(lines, title)
    _something_found(page.blocks, part, page.body)
    page.odd.extend(_odd_titles(page.blocks, part))
    facts = facts_of(lines, head=page.head, title=title, url=url, part=part, hints=hints, foot=_foot(text))
    name = conference_name(part, hints._replace(url=facts.url), facts.name)
    if name and not hints.known_zone:
        hints = hints._replace(known_zone=hints.known_zones.get(slug(name)))
    times = Times(page.blocks, facts, part, hints)
    name = name or facts.named(times.year)
    if not name or times.missing is not None:
        raise _missing(part, name, times)
    saved = () if is_html(text) else text.split("\n")
    made = Maker(slug(name), times.clock, facts, base=facts.base or site_address(name), source=saved).make(times.blocks)
    said = (*page.notes, *page.odd, *_unread(times.blocks), *times.warnings)
    return Reading(
        conference=Conference(
            slug=slug(name),
            name=name,
            zone=times.zone,
            sessions=made.sessions,
            talks=made.talks,
            source=hints.url or part.name,
            read_at=hints.now,
        ),
        format=FORMATS[0],
        scope="days" if page.is_calendar else "sessions",
        zone_from=times.zone_from,
        year=times.year,
        year_from=times.year_from,
        warnings=(*said, *_cut_off(page.body, times.blocks), *_left_out(times.blocks)),
        partial=any(card.unread for card in _cards(times.blocks)) or bool(page.odd),
    )


def _without_post_date(text: str) -> str:
    """A page of a static site without the date of its front matter, when it was published, unless a place stands there too."""
    mark = text[:3] if text.startswith(("---\n", "+++\n")) else "" if text.startswith("Title: ") else None
    head, end, body = text.partition(f"\n{mark}\n") if mark is not None else ("", "", text)
    return text if not end or _PLACED.search(head) else "".join((_PUBLISHED.sub("", head), end, body))


def _foot(text: str) -> int | None:
    """The year of the page's copyright, the last where it names several (``© 2019-2024``); None without one."""
    found = _COPYRIGHT.findall(text[-CLAIM_CAP:])
    return int(found[-1]) if found else None


def _lines(text: str, part: Part) -> tuple[Sequence[Line], str, str]:
    """The lines of the page, its HTML title and the address that it gives itself."""
    if not is_html(text) and holds_tables(text):
        page = html_page(as_html(text), shown(part))
        return page.lines, "", page.url
    if not is_html(text):
        _not_too_long(text.count("\n"), part)
        return lines_of(text), "", ""
    page = html_page(text, shown(part))
    _not_too_long(len(page.lines), part)
    return page.lines, page.title, page.url


def _not_too_long(lines: int, part: Part) -> None:
    if lines > LINES_CAP:
        raise ReadError(f"{shown(part)} has more than {LINES_CAP:,} lines, which no page has; save its day pages one by one")


def _something_found(blocks: Sequence[Block], part: Part, body: Sequence[Line]) -> None:
    """Refuse a page on which there is no title, and one whose times cannot be told which day they belong to."""
    cards = [card for block in blocks for card in (*block.entries, *(() if block.entries else (block.head,))) if card.lines]
    if not any(card.when is not None for card in cards):
        timed = [line for line in body if time_of(line) is not None]
        if len(timed) > 2:  # noqa: PLR2004  (one or two times may stand in a text)
            where = f"line {timed[0].number}, " if timed[0].number else ""
            raise ReadError(
                f"{shown(part)} has times ({where}“{timed[0].text[:60]}”) whose days cannot be told; save its day pages"
            )
    if any(card.title or card.when is not None for card in cards):
        return
    held = (
        f"{len(cards)} entr{'ies have' if len(cards) > 1 else 'y has'} neither a title nor a time"
        if cards
        else "no talk is on the page"
    )
    raise ReadError(f"Nothing found in {shown(part)}: {held}; save the page of a session, a day or a poster")


def _missing(part: Part, name: str, times: Times) -> MissingFactsError:
    """One refusal for the name, the year and the zone together."""
    error = times.missing
    if error is None:
        return missing(part, conference=True, years=(times.year,) if times.year else ())
    return missing(part, conference=not name, year=error.year, zone=error.zone, years=error.years, zones=error.zones)


def _cards(blocks: Sequence[Block]) -> list[Card]:
    """The heads and entries of the page, those of blocks without a head left out."""
    return [card for block in blocks for card in (block.head, *block.entries) if card.lines]


def _unread(blocks: Sequence[Block]) -> list[str]:
    """A warning for each line that looks like a date line and cannot be read."""
    return [
        f"{_where(card.date_number)}“{card.said[:80]}” looks like a time and cannot be read, so that its talk has no time and "
        "nothing is cancelled by this page."
        for card in _cards(blocks)
        if card.unread
    ]


def _where(number: int) -> str:
    return f"line {number}: " if number else ""


def _odd_titles(blocks: Sequence[Block], part: Part) -> list[str]:
    """A doubt about titles that name no talk, or about one on most talks; ReadError where no talk has any other."""
    cards = [card for block in blocks for card in block.entries or (block.head,) if card.title]
    odd = [card for card in cards if _names_nothing(split_kind(card.title)[0])]
    if odd:
        more = f" (and {len(odd) - 1} more like it)" if len(odd) > 1 else ""
        said = f"{_title_at(odd[0])}no talk can be called “{odd[0].title[:80]}”{more}"
        if len(odd) == len(cards) > 1:
            raise ReadError(f"{said}, and {shown(part)} has no other titles; {_SAVE}")
        return [f"{said}; compare the titles, and if they are wrong {_SAVE}."]
    title, times = Counter(card.title for card in cards).most_common(1)[0] if cards else ("", 0)
    if len(cards) < _SEVERAL or times * 2 <= len(cards) or kind_of(title):
        return []
    same = [card for card in cards if card.title == title]
    if same[0].speakers and all(card.speakers == same[0].speakers for card in same):
        return []  # one paper in several slots
    return [f"{_title_at(same[0])}{times} of {len(cards)} talks are called “{title[:80]}”; if that is no title, {_SAVE}."]


def _names_nothing(title: str) -> bool:
    """Whether a title is only a clock, a date, a number, a sign, words in brackets or a phrase of the site."""
    said = says(title)
    timed = said is not None and not (said.before or said.after) and any(map(str.isdigit, title))
    return timed or not any(map(str.isalpha, title)) or bool(bracketed(title)) or title.casefold().rstrip(".:") in _PHRASES


def _title_at(card: Card) -> str:
    """The line of a card's title."""
    return _where(next((line.number for line in card.lines if card.title in line.text), card.number))


def _cut_off(body: Sequence[Line], blocks: Sequence[Block]) -> tuple[str, ...]:
    """A warning where the page ends in the middle of an entry."""
    cards = _cards(blocks)
    if not body or not cards:
        return ()
    last, final = body[-1], cards[-1]
    where = _where(last.number)
    if final.when is not None and not final.title and final.said == last.text:
        return (
            f"{where}the page ends after “{last.text}”: that slot has no title; save the page again if it should have one.",
        )
    if final.abstract and len(last.text) > _LONG and last.text[-1].isalnum():
        return (f"{where}the page ends in the middle of a text (“…{last.text[-40:]}”); save it again to have all of it.",)
    return ()


_LONG = 60


def _left_out(blocks: Sequence[Block]) -> tuple[str, ...]:
    """A warning for a title that stands above entries which all belong to other sessions."""
    return tuple(
        f"{_where(block.head.number)}“{block.head.title}” has no time and no talks, and was left out."
        for block in blocks
        if block.head.title and block.entries and all(entry.parent for entry in block.entries)
    )
