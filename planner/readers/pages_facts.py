"""What a page says of itself beside its talks: its conference, its year, its address and the zone of its clock."""

from __future__ import annotations

import re
from itertools import takewhile

from planner.dates import DateLine, fixed_zone
from planner.dates.letters import FAMILIES, PHRASES, WORDLIKE, known_letters
from planner.dates.places import zone_of_city
from planner.dates.words import MONTH, MONTHS, offset_of
from planner.readers.pages_days import dates_in, exists
from planner.readers.pages_kinds import is_kind_line
from planner.readers.pages_lines import bare_address, label, own_name, says
from planner.readers.sources import ACRONYMS, conference, is_url, name_from_site, place_in_path
from planner.times import is_zone
from planner.values import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planner.readers.pages_lines import Line
    from planner.readers.sources import Hints, Part

HEAD = 200
"""Lines from the top of a page in which it can say what it is; real menus have up to 70."""

HEAD_CAP = 4000
"""Signs of a programme's head in which a year counts."""

_OWN = re.compile(r"\b(?P<name>[A-Z][A-Za-z0-9]{2,13})[ '’-]{0,2}(?P<year>(?:19|20)\d\d)\b")
_SELECTED = re.compile(r"Select Year:?\s*\((?P<year>\d{4})\)")
_COOKIES = re.compile(r"(?P<name>[A-Z][A-Za-z]{2,13}) uses cookies for essential functions")
_PATH = re.compile(r"/virtual/(?P<year>20\d\d)/(?P<what>[a-z][a-z-]{1,30})/(?P<id>\d{1,9})(?!\d)")
_ORIGIN = re.compile(r"^https?://[\w.-]{1,100}(?::\d{1,5})?")
_SITE_LINK = re.compile(r"https?://[\w.-]{1,100}/(?:virtual|Conferences)/(?:19|20)\d\d/[A-Za-z]")
_ADDRESS = re.compile(r"https?://[^\s<>\"')\]]{3,500}")
_ALL_TIMES = re.compile(
    r"(?i:\ball (?:the |session |listed )?times?\b|\btime ?zone\b|\btim(?:ing|e)s (?:are|below|listed|given|shown|in)\b)"
    r"(?P<about>[^.]{0,100})|"
    r"\bTime \((?P<column>[A-Z]{2,5})\)|^(?P<alone>[A-Z][A-Za-z]{2,20}/[A-Z][A-Za-z_]{2,20}) (?i:time ?zone)$"
)
_AT_END = re.compile(
    r"(?:\b(?P<area>[A-Z][A-Za-z]{2,20}/[A-Z][A-Za-z_/]{2,30})|"
    r"\((?:all times )?(?P<letters>[A-Z]{3,5}))[).*]{0,3}$"  # without brackets ROC is a curve
)
_TIMETABLE = re.compile(r"\b(?:program(?:me)?|schedule|agenda|timetable|outline|event|times?)\b", re.IGNORECASE)
_DUE = re.compile(r"\b(?:deadlines?|submi\w{1,9}|notifications?|due|closes?)\b", re.IGNORECASE)
_IN_WORDS = re.compile(r"\bin (?P<phrase>(?:[A-Z][a-z]{2,12} ){1,3}[Tt]ime)\b")
_DISPLAYED = re.compile(
    r"\b(?:displayed|shown|selected|current) time ?zone:\s?(?P<zone>[A-Z][\w&(),./ +-]{1,80})", re.IGNORECASE
)
_PHRASE = re.compile(r"(?:\b[A-Za-z]{2,12} ){0,3}\b(?P<city>[A-Z][a-z]{2,20}(?: [A-Z][a-z]{2,20})?) [Tt]ime\b")
_ZONES = re.compile(
    r"\b(?:(?:UTC|GMT)\s?[+−–-]\s?[0-9]{1,2}(?::?[0-9]{2})?|[A-Z][A-Za-z]{2,20}/[A-Z][A-Za-z_]{2,20}|[A-Z]{2,5})\b"
)
_BETWEEN = r"\s{0,3}(?:[-–—~/&]|to|and|through)\s{0,3}"
_RUN = re.compile(
    rf"(?<![0-9A-Za-z])(?:(?P<month>{MONTH})\.?\s(?P<first>[0-3]?[0-9])(?:st|nd|rd|th)?{_BETWEEN}(?P<last>[0-3]?[0-9])(?:st|nd|rd|th)?|"
    rf"(?P<first2>[0-3]?[0-9])(?:st|nd|rd|th|\.)?{_BETWEEN}(?P<last2>[0-3]?[0-9])(?:st|nd|rd|th|\.)?\s(?P<month2>{MONTH}))"
    r"(?![0-9A-Za-z:])(?:\.?,?\s{1,2}(?P<year>(?:19|20)[0-9]{2})(?![0-9]))?",
    re.IGNORECASE,
)
_WEEK = 7  # days of a run in which each weekday comes once
_YEAR = re.compile(r"(?<![\d.])((?:19|20)\d\d)(?![\d.])")


class Facts(NamedTuple):
    """What a page says of itself.

    ``name`` is its conference with the year, ``acronym`` without; ``url`` its address, ``base`` the origin of it, ``site`` the
    site's id of the page (``session/3155``), ``kind`` the page's own word for all that is on it; ``zone`` an IANA name and
    ``letters`` an abbreviation for all its times; ``years`` are texts that may name the year, each with the words for where
    it stood, in the order in which they count. ``run`` is the first of the conference's days and how many they are, where its
    head says it (``December 2 & 3, 2017``). ``foot`` is the year of the page's copyright, which
    may be another than that of its dates.
    """

    name: str = ""
    acronym: str = ""
    url: str = ""
    base: str = ""
    site: str = ""
    kind: str = ""
    zone: str | None = None
    letters: str = ""
    years: tuple[tuple[str, str], ...] = ()
    run: tuple[DateLine, int] | None = None
    foot: int | None = None

    def named(self, year: int | None) -> str:
        """The conference's name where only the year was missing for it; ``""`` where more is."""
        return conference(self.acronym, str(year)) if self.acronym and year else ""


def facts_of(
    lines: Sequence[Line], *, head: Sequence[Line], title: str, url: str, part: Part, hints: Hints, foot: int | None = None
) -> Facts:
    """Gather what the page and its address say; ``head`` are the lines above a programme, which are no talk's title."""
    address = hints.url or (part.name if is_url(part.name) else "") or url or _own_address(lines[:HEAD])
    origin = _ORIGIN.match(address)
    path = _PATH.search(address)
    selected = next((found["year"] for line in lines[:HEAD] if (found := _SELECTED.search(line.text))), "")
    acronym = next((found["name"] for line in reversed(lines) if (found := _COOKIES.search(line.text))), "")
    acronym = acronym or next((line.text for line in lines[:HEAD] if line.text in ACRONYMS.values()), "")
    name = _own_name(title, lines) or (conference(acronym, selected) if acronym and selected else "")
    zone, letters = _clock(lines)
    return Facts(
        name=name or ("" if address else _linked_name(lines)),
        acronym=acronym,
        url=address,
        base=origin[0] if origin else "",
        site=f"{path['what']}/{path['id']}" if path else "",
        kind=next((own[2] for line in _above(lines) if (own := own_name(line.text))), ""),
        zone=zone,
        letters=letters,
        years=tuple(_years(lines, selected, address, head=(title, *(line.text for line in head)), part=part, hints=hints)),
        run=run_of(lines, title),
        foot=foot,
    )


def run_in(text: str) -> tuple[DateLine, int] | None:
    """The first of a run of days that a text names and how many they are: ``December 2 & 3, 2017``; None else."""
    found = _RUN.search(text)
    if found is None:
        return None
    first, last = int(found["first"] or found["first2"]), int(found["last"] or found["last2"])
    month = MONTHS.index((found["month"] or found["month2"])[:3].lower()) + 1
    when = DateLine(day=first, month=month, year=int(found["year"]) if found["year"] else None)
    return (when, last - first + 1) if first < last < first + _WEEK and exists(when) else None


def run_of(lines: Sequence[Line], title: str) -> tuple[DateLine, int] | None:
    """The first of the conference's days and how many they are, where the head of a page names one run of them only."""
    texts = (title, *(line.text for line in lines[:HEAD]))
    runs = {found for text in texts if len(text) < HEAD and (found := run_in(text))}
    return runs.pop() if len(runs) == 1 else None


def _above(lines: Sequence[Line]) -> list[Line]:
    """The head of a page: the lines above its first time and its first kind."""
    above: list[Line] = []
    for line in lines[:HEAD]:
        if is_kind_line(line.text) or says(line.text) is not None:
            break
        above.append(line)
    return above


def _own_address(lines: Sequence[Line]) -> str:
    """The address in a line ``Source: https://…`` that a program put at the head of the page, or alone on a line there."""
    for line in lines:
        if label(line.text)[0] in {"source", "url"} and (
            found := _ADDRESS.search(line.text) or _ADDRESS.search(" ".join(line.links))
        ):
            return found[0]
    return next((url for line in _above(lines) if name_from_site(url := bare_address(line.text))), "")


def _own_name(title: str, lines: Sequence[Line]) -> str:
    """The conference and year in the page's HTML title or first heading (``RLC 2025 - Schedule``), or alone in its head."""
    heading = next((line.text for line in lines[:HEAD] if line.heading == 1), "")
    for text in (title, heading):
        for found in _OWN.finditer(text[:HEAD]):
            if found["name"].casefold() in ACRONYMS or sum(map(str.isupper, found["name"])) > 1:
                return conference(found["name"], found["year"])
    said = [conference(own[0], own[1]) for line in _above(lines) if (own := own_name(line.text))]
    return said[0] if len(set(said)) == 1 else ""


def _linked_name(lines: Sequence[Line]) -> str:
    """The conference that all whole links of the page to the sites' own pages lead to; ``""`` where they lead to several."""
    names = {name_from_site(link) for line in lines for link in line.links if _SITE_LINK.match(link)}
    return names.pop() if len(names) == 1 else ""


def _clock(lines: Sequence[Line]) -> tuple[str | None, str]:
    """The zone that the page names for all its times, as an IANA name or as letters."""
    for line in lines:
        word, rest = label(line.text)
        said = rest.rstrip(" »|").strip() if word in {"timezone", "time zone"} else ""
        if known_letters(said):  # the database has "EST" as a zone without summer time
            return None, said
        if is_zone(said):
            return said, ""
        if (found := _DISPLAYED.search(line.text)) and (named := _named_zone(found["zone"])) != (None, ""):
            return named
        if "im" in line.text and len(line.text) < HEAD and (found := _ALL_TIMES.search(line.text)):
            named = zone_named(found["about"] or found["column"] or found["alone"] or "")
            if named != (None, ""):
                return named
    return _clock_of_head(lines[:HEAD])


def _clock_of_head(lines: Sequence[Line]) -> tuple[str | None, str]:
    """The zone at the end or in the words of a line above the first time: ``July 7-11, Europe/Paris``, ``Program (PST)``."""
    for line in takewhile(lambda one: (said := says(one.text)) is None or not said.timed, lines):
        if _DUE.search(line.text):
            continue
        found = _AT_END.search(line.text)
        if found and found["area"] and is_zone(found["area"]):
            return found["area"], ""
        letters = found["letters"] if found else None
        told = run_in(line.text) or dates_in(line.text) or _TIMETABLE.search(line.text)  # else MST is a spanning tree
        if letters and told and known_letters(letters) and letters not in WORDLIKE and not _is_acronym(letters, line.text):
            return None, letters
        words = _IN_WORDS.search(line.text)
        if words and _TIMETABLE.search(line.text[: words.start()]) and (named := zone_named(words["phrase"])) != (None, ""):
            return named
    return None, ""


def _is_acronym(letters: str, text: str) -> bool:
    """Whether letters in brackets stand for the words before them: ``European School of Theory (EST)``."""
    return "".join(found[0] for found in re.findall(r"\b[A-Z]\w", text.rpartition("(")[0])).endswith(letters)


def zone_named(said: str) -> tuple[str | None, str]:
    """The first zone that is named in a sentence: ``in the UK (BST/UTC+01)`` are the letters BST."""
    for found in _PHRASE.finditer(said):
        words = found[0].lower()
        phrase = next((one for one in sorted(PHRASES, key=len, reverse=True) if words.endswith(one)), "")
        if phrase:
            return None, PHRASES[phrase]
        if city := zone_of_city(found["city"]):
            return city, ""
    for word in _ZONES.findall(said):
        if "/" in word and is_zone(word):
            return word, ""
        if letters := list(filter(known_letters, word.split("/"))):
            both = (one.generic for one in FAMILIES if one.usual and one.generic and set(letters) == one.uses.keys())
            return None, next(both, letters)[0]  # "PST/PDT" is PT: the date tells which
        if (offset := offset_of(word)) is not None and (fixed := fixed_zone(offset)):
            return fixed, ""
    return None, ""


def _named_zone(said: str) -> tuple[str | None, str]:
    """The zone that a site's menu calls ``Eastern Time (US & Canada)``, ``Amsterdam, Berlin, Bern`` or ``Tokyo``."""
    words = said.partition("(")[0].strip(" »|.").removesuffix(" change").strip()
    if letters := PHRASES.get(words.lower(), "") or (words if known_letters(words) else ""):
        return None, letters
    if is_zone(words):
        return words, ""
    return next(filter(None, (zone_of_city(city.strip()) for city in words.split(","))), None), ""


def _years(
    lines: Sequence[Line], selected: str, address: str, *, head: Sequence[str], part: Part, hints: Hints
) -> Iterator[tuple[str, str]]:
    """Where the year may stand, most trustworthy first; titles and abstracts are not among them."""
    if selected:
        yield selected, "the page's year menu"
    for line in lines[:HEAD]:
        if is_kind_line(line.text) and _YEAR.match(line.text):
            yield line.text, "the page's head"
    if name := _own_name(head[0], lines):
        yield name, "the page's head"
    if len(head) > 1:
        yield " ".join(head[1:])[:HEAD_CAP], "the page's head"
    if address:
        yield address, "the URL"
    paths = {found["year"] for line in lines for link in line.links if (found := _PATH.search(link))}
    if len(paths) == 1:
        yield paths.pop(), "the page's links"
    if linked := _linked_name(lines):
        yield linked, "the page's links"
    if hints.name:
        yield hints.name, f"the name {hints.name}"
    words = ("the file's name", "the folder's name", "the folder's name")
    yield from zip(place_in_path(part), words, strict=False)
