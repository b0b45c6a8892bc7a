"""Session pages, poster pages and lists of talks: from lines to entries, each with its date line.

A page has a head (title, chairs, place, perhaps a date line of its own) and entries. An entry begins at its date line; on
pages of single events, and on lists of cards, title and authors stand before the date line; on pages without a time, entries
are told apart by the links on their titles or the lines of authors under them.
"""

from __future__ import annotations

import itertools
import re

from planner import text as texts
from planner.dates import DateLine
from planner.readers import pages_lines as on
from planner.readers.pages_cards import AWARD, PEOPLE, Card, can_be_title, card, site_of
from planner.readers.pages_dates import DATE_CAP, beside_kind, date_line, looks_dated
from planner.readers.pages_kinds import bracketed, is_button, is_kind_line, kind_of
from planner.values import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.readers.pages_lines import Line

_KIND_CAP = 40  # signs of a kind before a colon


class Block(NamedTuple):
    """A session with its talks: the card of its head (without a title where the page names no session) and its entries."""

    head: Card
    entries: tuple[Card, ...]


def blocks_of(lines: Sequence[Line]) -> list[Block]:
    """Take a page apart that has one entry under another (day and calendar pages: :mod:`planner.readers.pages_calendar`)."""
    heads = [at for at in range(len(lines) - 2) if _heads_session(lines[at : at + 3])]
    if len({lines[at + 1].text for at in heads}) > 1:  # pages of several sessions in one file
        return [one for start, end in itertools.pairwise((0, *heads[1:], len(lines))) for one in blocks_of(lines[start:end])]
    dated = [(place, when) for place, line in enumerate(lines) if (when := _begins(line)) is not None]
    if not dated:
        return [_undated(lines)]
    head = lines[: dated[0][0]]
    bounds = [place for place, _ in dated] + [len(lines)]
    bodies = [lines[start + 1 : end] for start, end in itertools.pairwise(bounds)]
    stamps = [(when, lines[place]) for place, when in dated]
    own = head[_head_start(head) :]
    if (top := card(own)).title and (labels := _slot_labels(top, own, stamps, bodies)):
        return _paper_with_slots(top, own, stamps, bodies, labels)
    if len(dated) == 1:
        return [_one_date(head, stamps[0], bodies[0])]
    if _titles_before([head, *bodies[:-1]], bodies) or _right_below_titles(head, bodies):
        return [_cards_before_dates(head, stamps, bodies)]
    return [_in_order(head, stamps, bodies)]


def _heads_session(lines: Sequence[Line]) -> bool:
    """Whether three lines head the page of a session: its kind, its title and its chairs."""
    kind, title, chairs = lines
    of_session = is_kind_line(kind.text) and "session" in kind.text.casefold()
    return of_session and can_be_title(title) and on.label(chairs.text)[0] in PEOPLE


def _in_order(head: Sequence[Line], stamps: Sequence[tuple[DateLine, Line]], bodies: Sequence[Sequence[Line]]) -> Block:
    """A page of several dates, each above or below all that belongs to it."""
    top = head_card(head)
    if top.title and _is_of_list(stamps, bodies):
        listed = _cards_before_dates(bodies[0], stamps[1:], bodies[1:])
        return Block(_dated_head(head, stamps[0], ()), listed.entries)
    if _dates_end(head, bodies):
        return _cards_before_dates(head, stamps, bodies, whole=True)
    if _below_headings(head, bodies):
        return _cards_before_dates(head, stamps, bodies)
    if top.title and _is_of_head(stamps[0][0], stamps[1][0], bodies[0]):
        top = _dated_head(head, stamps[0], bodies[0])
        stamps, bodies = stamps[1:], bodies[1:]
    bodies = _kinds_moved([head, *bodies])[1:]
    return Block(top, tuple(one for stamp, body in zip(stamps, bodies, strict=True) for one in _entries(stamp, body)))


def _begins(line: Line) -> DateLine | None:
    """What the date line says that begins an entry, nothing at all where it cannot be read; None for any other line."""
    when = date_line(line)
    return DateLine() if when is None and looks_dated(line) else when


def _is_of_head(first: DateLine, second: DateLine, body: Sequence[Line]) -> bool:
    """Whether the first date line of a page is that of its session: the second lies in it, or only an abstract follows it."""
    if first == DateLine() or _labelled_first(body):
        return not card(body).title
    begins = first.end is None and not second.dated and second.weekday in {None, first.weekday}
    return first.dated and (begins or _holds(first, second)) and not _begins_with_card(body)


def _is_of_list(stamps: Sequence[tuple[DateLine, Line]], bodies: Sequence[Sequence[Line]]) -> bool:
    """Whether the first date line is the session's and each other one stands below its own card.

    A page of cards above their date lines ends with a date line; behind it is at most text.
    """
    first, second = stamps[0][0], stamps[1][0]
    if not _holds(first, second) or (first.start, first.end) == (second.start, second.end) or card(bodies[-1]).title:
        return False
    return all(card(body).title for body in bodies[:-1])


def _slot_labels(
    top: Card, head: Sequence[Line], stamps: Sequence[tuple[DateLine, Line]], bodies: Sequence[Sequence[Line]]
) -> list[Line | None]:
    """What stands above each date line of a page with one paper, which says what and where; none for other pages.

    Such a page begins its date lines with ``on``, or has nothing between them but ``Oral presentation: Oral Session 3``.
    """
    above = [[line for line in region if not is_button(line.text)][-1:] for region in (head, *bodies[:-1])]
    if all(line.text.casefold().startswith("on ") for _, line in stamps):
        return [region[-1] if region else None for region in (head, *bodies[:-1])]
    between = [[line for line in body if not is_button(line.text)] for body in bodies[:-1]]
    if (
        not between
        or not top.speakers
        or _begins_with_card(bodies[-1])
        or not all(len(body) <= 1 and all(map(_presents, body)) for body in between)
    ):
        return []
    return [next(filter(_presents, lines), None) for lines in above]


def _presents(line: Line) -> bool:
    kind, colon, _ = line.text.partition(": ")
    return bool(colon and len(kind) <= _KIND_CAP and kind_of(kind) in {"oral", "poster", "spotlight"})


def _paper_with_slots(
    top: Card,
    head: Sequence[Line],
    stamps: Sequence[tuple[DateLine, Line]],
    bodies: Sequence[Sequence[Line]],
    labels: Sequence[Line | None],
) -> list[Block]:
    """A paper's page that lists its slots, each with the line above it that says what and in which session."""
    if None in labels[1:] and not top.speakers:
        return [Block(Card(), tuple(_stamped(top, stamp, (*head, stamp[1])) for stamp in stamps))]
    paper = card([*(line for line in head if line is not labels[0]), *bodies[-1]])
    blocks = []
    for stamp, label in zip(stamps, labels, strict=True):
        entry = _stamped(paper, stamp, (*head, *((label,) if label else ()), stamp[1]))
        if label is None:
            blocks.append(Block(Card(), (entry,)))
            continue
        kind, colon, session = label.text.partition(": ")
        if not (colon and kind_of(kind)):
            kind = session = label.text
        title = texts.read_title(re.sub(r"\s*\([^()]{0,40}\)$", "", session))
        blocks.append(Block(Card(lines=(label,), title="" if title == paper.title else title), (entry._replace(kind=kind),)))
    return blocks


def head_card(lines: Sequence[Line]) -> Card:
    """The head of a page: above its title may stand menus that nobody knows, so the surest sign of a title counts."""
    found = card(lines[_head_start(lines) :])
    only_kind = found.title == found.kind and "session" not in found.kind.casefold()
    return found._replace(title="") if only_kind and not found.chairs else found


def _head_start(lines: Sequence[Line]) -> int:
    """Where the head's own lines begin: at a line that is only a kind, at a heading, else at the line before the chairs."""
    for number, line in enumerate(lines[:-1]):
        if is_kind_line(line.text) and can_be_title(lines[number + 1]):
            return number
    for number, line in enumerate(lines):
        if line.heading and can_be_title(line):
            return number
    for number, line in enumerate(lines):
        if on.label(line.text)[0] in PEOPLE:
            return max((before for before in range(number) if can_be_title(lines[before])), default=0)
    return 0


def _one_date(head: Sequence[Line], stamp: tuple[DateLine, Line], body: Sequence[Line]) -> Block:
    """A page with one date line: a session with posters that share its time, a session with one talk, or a single event."""
    top = head_card(head)
    if len(cards := _undated_cards(body)) > 1 and top.title:
        return Block(_dated_head(head, stamp, body[: body.index(cards[0].lines[0])]), tuple(cards))
    whole_head = head[_head_start(head) :] if top.title or top.kind else ()
    if top.title and not top.speakers and (top.chairs or "session" in top.kind.casefold()):
        if _begins_with_card(body) or (card(body).title and not _labelled_first(body)):
            return Block(top, (_dated(stamp, body),))
        return Block(_dated_head(head, stamp, body), ())
    if top.title and not top.speakers and _begins_with_card(body):
        return Block(top, (_dated(stamp, body),))
    return Block(Card(), (_stamped(card([*whole_head, *body]), stamp, (*whole_head, stamp[1], *body)),))


def _labelled_first(body: Sequence[Line]) -> bool:
    return bool(body) and on.label(body[0].text)[0] in {"abstract", *PEOPLE}


def _dated_head(head: Sequence[Line], stamp: tuple[DateLine, Line], body: Sequence[Line]) -> Card:
    """The head of a session page that has its own date line, with the abstract that follows it."""
    top = head_card(head)
    after = card(body, titled=False)
    return _stamped(top, stamp, (*top.lines, stamp[1], *body))._replace(
        abstract=top.abstract or after.abstract, links=top.links + after.links, chairs=top.chairs or after.chairs
    )


def _dated(stamp: tuple[DateLine, Line], body: Sequence[Line]) -> Card:
    return _stamped(card(body), stamp, (stamp[1], *body))


def _entries(stamp: tuple[DateLine, Line], body: Sequence[Line]) -> list[Card]:
    """The entry of a date line, and those behind each ``-`` that stands where the date line of one without a time would."""
    bounds = [at for at, line in enumerate(body) if line.text == "-"]
    others = [card(body[start + 1 : end]) for start, end in itertools.pairwise([*bounds, len(body)])]
    if not bounds or not all(one.title and (one.kind or one.speakers) for one in others):  # the points of an abstract
        return [_dated(stamp, body)]
    return [_dated(stamp, body[: bounds[0]]), *others]


def _stamped(entry: Card, stamp: tuple[DateLine, Line], lines: tuple[Line, ...]) -> Card:
    """The card with its date line; the place behind an ``@`` is its room."""
    when, line = stamp
    where = on.place(when.place, sure=False) or (when.place, "")
    kind = " ".join(filter(None, (entry.kind, beside_kind(line.text)[1])))
    room, board = entry.room or where[0], entry.board or where[1]
    return entry._replace(when=when, said=line.text, kind=kind, room=room, board=board, lines=lines)


def _kinds_moved(bodies: Sequence[Sequence[Line]]) -> list[Sequence[Line]]:
    """Bodies where a kind that stands alone before the next date line is moved behind that line.

    So is a kind with its place below it, where they stand before each date line: ``Poster``, ``Hall C #2504``.
    """
    moved = [list(body) for body in bodies]
    if all(len(body) > 1 and is_kind_line(body[-2].text) and on.place(body[-1].text) for body in moved[:-1]):
        for body, following in itertools.pairwise(moved):
            following[:0] = body[-2:]
            del body[-2:]
    for body, following in itertools.pairwise(moved):
        alone = len(body) == 1 and (kind_of(body[0].text) == "break" or any(bracketed(line.text) for line in following[:1]))
        if (
            body
            and is_kind_line(body[-1].text)
            and not alone
            and (body[-1].after_blank or len(body) == 1 or _is_text(body[-2]))
        ):
            following.insert(0, body.pop())
    return [tuple(body) for body in moved]


def _is_text(line: Line) -> bool:
    """Whether a line belongs to an entry above it, and is not the head of what stands below."""
    return is_button(line.text) or len(line.text) > DATE_CAP or on.has_separators(line.text) or on.looks_like_names(line.text)


def _holds(session: DateLine, talk: DateLine) -> bool:
    """Whether the time of the first line can be the session's: the second begins on the same day, within it."""
    if session.end is None or session.start is None or talk.start is None:
        return False
    same_day = (
        (session.day, session.month) == (talk.day, talk.month)
        if talk.day is not None
        else session.weekday in {None, talk.weekday}
    )
    return same_day and session.start <= talk.start < session.end and (talk.end is None or talk.end <= session.end)


def _begins_with_card(lines: Sequence[Line]) -> bool:
    start = card(lines[:12])
    return bool(start.title and start.speakers)


def _titles_before(before: Sequence[Sequence[Line]], after: Sequence[Sequence[Line]]) -> bool:
    """Whether title and authors stand before each date line (lists of cards), not behind it (session pages)."""
    fronts = sum(map(_ends_with_card, before))
    return fronts * 2 >= len(before) and fronts > sum(map(_begins_with_card, after))


def _right_below_titles(head: Sequence[Line], bodies: Sequence[Sequence[Line]]) -> bool:
    """Whether each date line stands right below a title, and authors below date lines, never a title with its authors."""
    titled = all(region and can_be_title(region[-1]) for region in (head, *bodies[:-1]))
    named = any(body and on.has_separators(body[0].text) for body in bodies) and not any(map(_begins_with_card, bodies))
    return titled and named


def _below_headings(head: Sequence[Line], bodies: Sequence[Sequence[Line]]) -> bool:
    """Whether one heading stands above each date line and none below the last: each is the title of its entry."""
    one = all(sum(line.heading > 0 for line in body) == 1 for body in bodies[:-1])
    return one and any(line.heading for line in head) and not any(line.heading for line in bodies[-1])


def _dates_end(head: Sequence[Line], bodies: Sequence[Sequence[Line]]) -> bool:
    """Whether each date line ends its entry, title, names and abstract all above it: nothing stands behind the last one.

    The head is then as long as an entry, and no session's.
    """
    if any(not is_button(line.text) for line in bodies[-1]) or not all(card(body).title for body in bodies[:-1]):
        return False
    top = head_card(head)
    own = bool(top.chairs) or "session" in f"{top.kind} {top.title}".casefold()
    return bool(top.title) and not own and len(head) >= min(map(len, bodies[:-1]))


def _ends_with_card(lines: Sequence[Line]) -> bool:
    """Whether the last lines, places and buttons apart, are a title and its authors."""
    tail = [
        line for line in lines[-8:] if not (is_button(line.text) or on.place(line.text, sure=False) or is_kind_line(line.text))
    ]
    names = (
        on.has_separators(tail[-1].text) or (", " in tail[-1].text and on.looks_like_names(tail[-1].text)) if tail else False
    )
    return names and len(tail) > 1 and not on.label(tail[-1].text)[0] and can_be_title(tail[-2])


def _cards_before_dates(
    head: Sequence[Line], stamps: Sequence[tuple[DateLine, Line]], bodies: Sequence[Sequence[Line]], *, whole: bool = False
) -> Block:
    """A list of cards: title and authors, then the date line, then the abstract, which ``whole`` cards have above it."""
    regions = [head, *bodies[:-1]]
    if _right_below_titles(head, bodies):
        split = [_up(region, len(region) - 1) for region in regions]
    else:
        split = list(map(_heading_of if _below_headings(head, bodies) else _card_start, regions))
    if whole:
        named = any(on.looks_like_names(line.text) for line in head)
        split = [split[0] if named else len(head) - min(map(len, regions[1:])), *(0 for _ in regions[1:])]
    backs = [body[:at] for body, at in zip(bodies[:-1], split[1:], strict=True)] + [bodies[-1]]
    entries = [
        _stamped(card([*region[at:], *back]), stamp, (*region[at:], stamp[1], *back))
        for region, at, stamp, back in zip(regions, split, stamps, backs, strict=True)
    ]
    top = head_card(head[: split[0]])
    return Block(top if top.chairs or "session" in f"{top.kind} {top.title}".casefold() else Card(), tuple(entries))


def _heading_of(region: Sequence[Line]) -> int:
    """Where the card begins that has its title in a region's last heading."""
    return _up(region, max(at for at, line in enumerate(region) if line.heading))


def _card_start(region: Sequence[Line]) -> int:
    """Where the card begins that the end of a region holds: at its title, or at the board, kind or award above it."""
    authors = next((at for at in range(len(region) - 1, -1, -1) if on.looks_like_names(region[at].text)), len(region))
    return _title_start(region, authors)


def _title_start(region: Sequence[Line], authors: int) -> int:
    """The line where the card begins whose authors stand at ``authors``."""
    at = authors - 1
    while at > 0 and (is_button(region[at].text) or is_kind_line(region[at].text) or on.place(region[at].text) is not None):
        at -= 1
    if at < 0 or not can_be_title(region[at]):
        return authors
    while at > 0 and _above_title(region[at - 1]):
        at -= 1
    return at


def _above_title(line: Line) -> bool:
    return bool(on.place(line.text) is not None or is_kind_line(line.text) or bracketed(line.text) or AWARD.match(line.text))


def _undated(lines: Sequence[Line]) -> Block:
    """A page without a time: a list of cards under a head, or a single event."""
    cards = _undated_cards(lines)
    if len(cards) > 1:
        top = head_card(lines[: lines.index(cards[0].lines[0])])
        return Block(top if top.chairs or "session" in f"{top.kind} {top.title}".casefold() else Card(), tuple(cards))
    start = _head_start(lines)
    single = card(lines[start:])
    is_event = bool(single.title and (single.kind or single.speakers))
    return Block(Card(), (single,) if is_event else ())


def _undated_cards(lines: Sequence[Line]) -> list[Card]:
    """The cards of a stretch without date lines, told apart by the links on their titles, else by their lines of authors."""
    starts = [at for at, line in enumerate(lines) if site_of(line) and not is_button(line.text) and not on.label(line.text)[0]]
    levels = {lines[at].heading for at in starts}
    if len(starts) > 1 and len(levels) == 1 and not levels & {0}:  # a title above names whose link was lost is one too
        others = (at for at in range(starts[0], len(lines) - 1) if lines[at].heading in levels and can_be_title(lines[at]))
        starts = sorted({*starts, *(at for at in others if on.looks_like_names(lines[at + 1].text))})
    starts = [_up(lines, at) for at in starts if not on.parent(lines[at])]
    if len(starts) < 2:  # noqa: PLR2004  (one link can be anything)
        authors = [
            at
            for at, line in enumerate(lines)
            if on.has_separators(line.text) and not (at and on.has_separators(lines[at - 1].text))
        ]
        starts = [_title_start(lines, at) for at in authors if not on.label(lines[at].text)[0]]
    bounds = [*starts, len(lines)]
    return [card(lines[start:end]) for start, end in itertools.pairwise(bounds) if start < end]


def _up(lines: Sequence[Line], at: int) -> int:
    """The first line of the card whose title stands at ``at``."""
    while at > 0 and _above_title(lines[at - 1]):
        at -= 1
    return at
