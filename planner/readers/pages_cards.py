"""One entry of a conference-site page, or the head of a page: which of its lines are title, authors, place and abstract."""

from __future__ import annotations

import itertools
import re

from planner import text as texts
from planner.readers import pages_lines as on
from planner.readers.pages_kinds import bracketed, is_button, is_kind_line, kind_of_title, without_buttons
from planner.values import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.dates import DateLine
    from planner.readers.pages_lines import Line


class Card(NamedTuple):
    """One entry of a page as it was written, or the head of the page.

    ``lines`` are all its lines; ``when`` is its date line as understood, ``said`` as written. ``kind`` holds the page's own
    words, ``site`` the site's id (``poster/3253``), ``parent`` the title of the session that an ``In …`` line names.
    """

    lines: tuple[Line, ...] = ()
    when: DateLine | None = None
    said: str = ""
    title: str = ""
    kind: str = ""
    speakers: tuple[str, ...] = ()
    chairs: tuple[str, ...] = ()
    abstract: str = ""
    room: str = ""
    board: str = ""
    links: tuple[str, ...] = ()
    site: str = ""
    url: str = ""
    parent: str = ""

    @property
    def number(self) -> int:
        """The number of its first line in the file; 0 where the format has none."""
        return self.lines[0].number if self.lines else 0

    @property
    def date_number(self) -> int:
        """The number of its date line, or of its first line where its time stands on several lines."""
        return next((line.number for line in self.lines if line.text == self.said), self.number)

    @property
    def unread(self) -> bool:
        """Whether it has a line that looks like a date line and that cannot be read: its ``when`` then says nothing."""
        return self.when is not None and not (self.when.dated or self.when.timed or self.when.weekday is not None)


_EVENT = re.compile(
    r"/virtual/\d{4}/(?P<what>[a-z][a-z-]{1,30})/(?P<id>\d{1,9})\b|[?&]showEvent=(?P<event>\d{1,9})\b", re.IGNORECASE
)
AWARD = re.compile(
    r"^(?:outstanding|best|notable|honou?rable|runner)\b.{0,40}\b(?:paper|award|mention|presentation|up|top [\d.]{1,4}%)$",
    re.IGNORECASE,
)
_SPEAKER = re.compile(r"^(?P<title>\S.*\S)\s+\((?P<name>[^():]{3,60})(?::[^()]{0,20})?\)(?:\s+\w{1,20})?$")
_WEB = re.compile(r"https?://[^\s<>\"'»]{3,500}")
_PLACE_CAP = 60  # signs of a place above the chairs
_SENTENCE = 120  # signs from which on a line with a full stop at its end is running text, not a title
PEOPLE = frozenset(("moderator", "chair", "organizer", "host"))
_SPEAKERS = frozenset(("speaker", "presenter", "author"))
_PLACES = frozenset(("room", "location", "venue"))
_ADDRESSES = frozenset(("event url", "website", "url", "source"))


def card(lines: Sequence[Line], *, titled: bool = True, title: Line | None = None) -> Card:
    """The fields of one entry out of its lines, its date line left out.

    ``titled`` is false for text that has no title; ``title`` is the line that surely is it.
    """
    reader = _CardReader(lines, titled=titled, title=title)
    for line, after in itertools.zip_longest(lines, lines[1:]):
        reader.take(line, after)
    return reader.card()


def can_be_title(line: Line) -> bool:
    """Whether a line can be a title, by itself: no place, button, label, kind in brackets or line of authors."""
    return (
        len(line.text) <= on.TITLE_CAP
        and is_wordy(line)
        and not on.bare_address(line.text)
        and not on.has_separators(line.text)
        and not is_button(line.text)
        and not on.label(line.text)[0]
        and on.place(line.text) is None
        and not bracketed(line.text)
    )


def is_wordy(line: Line) -> bool:
    """Whether a line has a letter or a digit: the brackets around buttons and the bars between cells have none."""
    return any(map(str.isalnum, line.text))


def speaker_apart(title: str) -> tuple[str, str]:
    """A title without the speaker in brackets behind it, and the speaker: ``Unbound reflexives (Sanghoun Song: 10+10)``.

    Nobody speaks in a break, and a place is nobody: ``Lunch (On Your Own)``, ``Posters (Main Hall)``.
    """
    found = _SPEAKER.match(title)
    if found is None or not on.looks_like_names(found["name"]) or on.place(found["name"], sure=False):
        return title, ""
    nobodys = kind_of_title(found["title"]) in {"break", "poster", "social"} or found["title"].casefold().startswith(
        "session "
    )
    return (title, "") if nobodys else (found["title"], found["name"])


def room_apart(title: str) -> tuple[str, str]:
    """A title without the room behind ``at``, and the room: ``Testing 1 at Room 101``."""
    before, _, room = title.rpartition(" at ")
    return (before.strip(), room) if before and on.place(room, sure=False) else (title, "")


class _CardReader:
    """Takes the lines of an entry one by one; what a line is depends on what came before it."""

    def __init__(self, lines: Sequence[Line], *, titled: bool, title: Line | None) -> None:
        self.lines = tuple(lines)
        self.fields: dict[str, str] = {}
        self.kinds: list[str] = []
        self.kind_line = ""
        self.people: dict[str, tuple[str, ...]] = {}
        self.names = ""
        self.links: list[str] = []
        self.text: list[Line] = []
        self.title_line = title or (_sure_title(lines) if titled else None)
        self.state = "title" if titled else "text"

    def take(self, line: Line, after: Line | None) -> None:
        """Read one line; ``after`` is the one behind it."""
        self.links += line.links
        if self.state == "text":
            self._in_text(line)
        elif address := on.bare_address(line.text):
            self.links.append(address)
        elif self.state == "over" or not is_wordy(line):
            return
        elif line is self.title_line or not (self._labelled(line) or self._beside(line, after)):
            self._main(line)

    def _labelled(self, line: Line) -> bool:
        """A line that says itself what it is."""
        word, rest = on.label(line.text)
        if title := on.parent(line, sure=self.state == "title"):
            self.fields.setdefault("parent", texts.read_title(title))
        elif word == "abstract":
            self.state = "text"
            if rest:
                self.text.append(line._replace(text=rest))
        elif word in PEOPLE and rest:
            self.people["chairs"] = self.people.get("chairs", ()) + texts.names(rest)
        elif word in _SPEAKERS and rest:
            self.people["speakers"] = texts.names(rest)
        elif word in _PLACES and rest:
            self.fields.setdefault("room", rest)
        elif word in _ADDRESSES:
            self.links += _WEB.findall(rest)
        else:
            return word in {"timezone", "time zone", "lay summary"}
        return True

    def _beside(self, line: Line, after: Line | None) -> bool:
        """Kinds, places, awards and buttons around title and authors."""
        if said := bracketed(line.text):
            self.kinds.append(said)
        elif not self.fields.get("title") and AWARD.match(line.text):
            self.kinds.append(line.text)
        elif not self.fields.get("title") and is_kind_line(line.text):
            if self.kinds or (
                after is not None and on.has_separators(after.text)
            ):  # "(Oral)" was before it, or authors are behind
                return False
            self.kinds.append(line.text)
            self.kind_line = line.text
        elif found := on.place(line.text, sure="title" not in self.fields):
            self.fields.setdefault("room", found[0])
            self.fields.setdefault("board", found[1])
        else:
            return is_button(line.text) or is_kind_line(line.text)
        return True

    def _main(self, line: Line) -> None:
        """The title, then the authors, then the abstract."""
        if self.state == "title":
            if on.has_separators(line.text) and line is not self.title_line:
                self.names, self.state = line.text, "names"
            elif self.title_line is not None and line is not self.title_line:
                if self.title_line.heading and (found := on.place(line.text, sure=False)):
                    self.fields.setdefault("room", found[0])
            elif self.title_line is None and _is_prose(line.text):
                self.state = "text"
                self._in_text(line)
            else:
                self.fields["title"] = without_buttons(line.text)
                self.fields["site"] = site_of(line)
                self.fields["url"] = next(iter(line.links), "") if self.fields["site"] else ""
                self.state = "names?"
        elif self.state == "names?" and not self.people.get("speakers") and on.looks_like_names(line.text):
            self.names, self.state = line.text, "names"
        elif self.state == "names" and self.names.endswith(("·", "⋅")):
            self.names += f" {line.text}"
        else:
            self.state = "text"
            self._in_text(line)

    def _in_text(self, line: Line) -> None:
        word, rest = on.label(line.text)
        if word == "lay summary":
            self.state = "over"
        elif word == "abstract" and not self.text:
            self.text += [line._replace(text=rest)] if rest else []
        elif not self._place_of_head(line, word, rest) and not is_button(line.text) and line.text not in {"[", "]", "|"}:
            self.text.append(line)

    def _place_of_head(self, line: Line, word: str, rest: str) -> bool:
        """A place in brackets or the chairs right behind a line that then is no text but the place: ``Mission B4 & B10``."""
        above = self.text[0].text if len(self.text) == 1 and len(self.text[0].text) <= _PLACE_CAP else ""
        found = on.place(line.text)
        if not (above or not self.text) or not ((word in PEOPLE and rest) or found):
            return False
        if word in PEOPLE:
            self.people["chairs"] = self.people.get("chairs", ()) + texts.names(rest)
        room = found[0] if found else above
        if above and (not found or above.casefold() == room.casefold()):
            self.text = []
        if room:
            self.fields.setdefault("room", room)
        return True

    def card(self) -> Card:
        """What was understood."""
        title = self.fields.get("title", "")
        if not title and self.kind_line:
            title = self.kind_line
        links = tuple(dict.fromkeys(link for link in self.links if _WEB.match(link) and link != self.fields.get("url")))
        return Card(
            lines=self.lines,
            title=texts.read_title(title),
            kind=" ".join(self.kinds),
            speakers=self.people.get("speakers", ()) + texts.names(self.names),
            chairs=self.people.get("chairs", ()),
            abstract=texts.read_abstract(on.joined(self.text)),
            room=self.fields.get("room", ""),
            board=self.fields.get("board", ""),
            links=links,
            site=self.fields.get("site", ""),
            url=self.fields.get("url", ""),
            parent=self.fields.get("parent", ""),
        )


def _sure_title(lines: Sequence[Line]) -> Line | None:
    """The line of an entry that surely is its title: it has the link to the entry, or is a heading right below a place."""
    linked = next((line for line in lines if site_of(line) and not is_button(line.text)), None)
    headed = (line for place, line in itertools.pairwise(lines[:3]) if line.heading and on.place(place.text, sure=False))
    return linked or next(headed, None)


def _is_prose(text: str) -> bool:
    """Whether a line is running text and no title: too long, or a whole sentence."""
    return len(text) > on.TITLE_CAP or (len(text) > _SENTENCE and text.endswith("."))


def site_of(line: Line) -> str:
    """The site's id in the links of a line: ``poster/3253``, ``event/115033``; ``""`` where there is none."""
    for link in line.links:
        if found := _EVENT.search(link):
            return f"{found['what'].casefold()}/{found['id']}" if found["id"] else f"event/{found['event']}"
    return ""
