"""The plan as lines of a list: which talks a page shows, in which order, under which heads, and each talk as a row of words.

Nothing here decides anything: days, ends, clashes and ratings are the plan's. Rows are made only for lines that are drawn.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from planner import agenda, times

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from planner.model import Session, Talk
    from planner.plan import Plan


class Page(NamedTuple):
    """What one tab shows: a conference day with so many talks, or (None) so many titled talks with no slot yet.

    An all-day entry of several days is on each of them.
    """

    day: date | None
    talks: int


class Line(NamedTuple):
    """One line of the list: ``talk`` (with a uid), ``head`` (words left and right), ``words``, ``now`` or ``blank``."""

    what: str
    uid: str = ""
    words: str = ""
    more: str = ""
    right: str = ""


BLANK = Line("blank")


class Row(NamedTuple):
    """A talk as the list shows it.

    ``mine`` and ``theirs`` are the clocks of the display zone and of the conference, ``shift`` is ``+1`` where the display
    zone's date is the day after the tab's. ``rating`` is 0 to 5, ``clash`` the longest overlap in seconds or None,
    ``when`` is past, now or empty, ``day`` the tab's words where the list mixes days, ``said`` what is to be said of it now,
    ``heard`` the part of it (0 to 1) before the user means to leave.
    """

    uid: str
    title: str
    mine: str = ""
    theirs: str = ""
    shift: str = ""
    starred: bool = False
    rating: int = 0
    decision: str = "undecided"
    noted: bool = False
    clash: int | None = None
    when: str = ""
    untitled: bool = False
    cancelled: bool = False
    speakers: str = ""
    kind: str = ""
    place: str = ""
    day: str = ""
    open_end: bool = False
    said: str = ""
    heard: float = 1.0


def nearest(pages: Sequence[Page], today: date) -> int:
    """The page of today, else of the day nearest to it; the first where no page has a day."""
    dated = [(abs((page.day - today).days), at) for at, page in enumerate(pages) if page.day is not None]
    return min(dated)[1] if dated else 0


def by_session(plan: Plan, uids: Iterable[str], now: datetime) -> list[Line]:
    """The talks under a head for each session (else room), the blocks in the order in which they begin."""
    blocks: dict[tuple[str, str], list[Talk]] = {}
    for uid in uids:
        talk = plan.by_uid[uid]
        key = ("session", talk.session) if talk.session else ("room", talk.slot.room or "")
        blocks.setdefault(key, []).append(talk)
    lines: list[Line] = []
    marked = False
    for talks in blocks.values():
        head = _head(plan, talks)
        shown = _with_now(plan, talks, now, before=marked)
        marked = marked or any(line.what == "now" for line in shown)
        if shown and shown[0].what == "now":
            lines += [BLANK] * bool(lines)
            lines.append(shown.pop(0))
        lines += ([BLANK] if lines and lines[-1].what != "now" else []) + ([head] if head else [])
        lines += shown
    return lines


def by_time(plan: Plan, uids: Iterable[str], now: datetime) -> list[Line]:
    """The talks by their start, across sessions."""
    return _with_now(plan, [plan.by_uid[uid] for uid in uids], now, before=False)


def found(uids: Iterable[str]) -> list[Line]:
    """What a search found, best first."""
    return [Line("talk", uid) for uid in uids]


def _with_now(plan: Plan, talks: Sequence[Talk], now: datetime, *, before: bool) -> list[Line]:
    """The talks' lines with a now line before the first that is yet to begin.

    It is left out where all is over or, if an earlier block has one (``before``), where nothing has begun; and a day or
    more away from the talks it means nothing.
    """
    lines = [Line("talk", talk.uid) for talk in talks]
    starts = [talk.slot.start for talk in talks if talk.slot.start is not None]
    if not starts:
        return lines
    last = max(plan.until(talk) or starts[0] for talk in talks if talk.slot.start is not None)
    if not _same_day(plan, talks, now) or now >= last or (before and now < min(starts)):
        return lines
    at = next((i for i, talk in enumerate(talks) if talk.slot.start is not None and talk.slot.start > now), len(talks))
    return [*lines[:at], Line("now", words=f"now {times.clock(now, plan.zone)}"), *lines[at:]]


def _same_day(plan: Plan, talks: Sequence[Talk], now: datetime) -> bool:
    first = next(talk for talk in talks if talk.slot.start is not None)
    conference = plan.conferences[first.conference]
    return times.local_day(now, plan.zone_of(first), conference.day_change) == plan.day_of(first)


def _head(plan: Plan, talks: Sequence[Talk]) -> Line | None:
    """What the talks of a block have in common: their session, or else their room; where, who chairs, from when to when."""
    session: Session | None = plan.session(talks[0])
    rooms = {talk.slot.room for talk in talks}
    tracks = {talk.track for talk in talks}
    room = (session and session.room) or (rooms.pop() if len(rooms) == 1 else None)
    track = tracks.pop() if len(tracks) == 1 else None
    name = session.title if session else room
    if not name:
        return None
    chairs = ", ".join(short_name(chair) for chair in session.chairs) if session else ""
    more = (room if session else None, track if track != name else None, chairs and f"chairs {chairs}")
    starts = [talk.slot.start for talk in talks if talk.slot.start is not None]
    ends = [until for talk in talks if (until := plan.until(talk)) is not None]
    span = f"{times.clock(min(starts), plan.zone)}–{times.clock(max(ends), plan.zone)} · " if starts else ""
    titled = sum(not talk.untitled for talk in talks)
    return Line("head", words=name, more=" · ".join(part for part in more if part), right=span + count(titled, "talk"))


def short_name(name: str) -> str:
    """``Adriana Kovashka`` is ``A. Kovashka`` where a line is short; a name of one word stays whole."""
    first, blank, rest = name.strip().partition(" ")
    return f"{first[:1]}. {rest.strip().split()[-1]}" if blank and first[:1].isalpha() and rest.strip() else name


STARS = 5
"""Cells of a rating."""


def stars(row: Row) -> str:
    """The stars of a talk: ``★`` unrated, ``★★★··`` rated, ``☆☆☆··`` rated by a list and not starred by the user."""
    if not row.rating:
        return "★" if row.starred else ""
    return ("★" if row.starred else "☆") * row.rating + "·" * (STARS - row.rating)


def natural_order(plan: Plan, uids: Sequence[str]) -> str:
    """By session where there are sessions, else by time."""
    return "session" if any(plan.by_uid[uid].session for uid in uids) else "time"


def arranged(plan: Plan, uids: Sequence[str], order: str, now: datetime) -> list[Line]:
    """The lines of a page in an order."""
    return (by_session if order == "session" else by_time)(plan, uids, now)


def count(number: int, word: str) -> str:
    """``1 talk``, ``2 talks``, ``2 clashes``."""
    return f"{number:,} {word}" + ("" if number == 1 else "es" if word.endswith(("sh", "ch", "s")) else "s")


def row(plan: Plan, uid: str, now: datetime, *, live: bool, with_day: bool = False) -> Row:
    """A talk in words for the list; ``live`` says whether the conference is still on, so that what is past shows as past."""
    talk = plan.by_uid[uid]
    mark = plan.mark(uid)
    session = plan.session(talk)
    day = plan.day_of(talk)
    clashing = plan.clashing(uid)
    mine, theirs, shift = _clocks(plan, talk, day)
    said, heard = _leaving(plan, talk)
    return Row(
        uid,
        title=talk.title,
        mine=mine,
        theirs=theirs,
        shift=shift,
        starred=mark.starred,
        rating=plan.rating(talk),
        decision=mark.decision,
        noted=bool(plan.note(talk)),
        clash=max(seconds for _, seconds in clashing) if clashing else None,
        when=_when(plan, talk, now) if live else "",
        untitled=talk.untitled,
        cancelled=talk.cancelled,
        speakers=", ".join(talk.speakers),
        kind=talk.kind,
        place=talk.slot.room or (session.title if session else ""),
        day=(times.day(day) if day else "no slot") if with_day else "",
        open_end=talk.slot.start is not None and talk.slot.end is None,
        said=said,
        heard=heard,
    )


def _leaving(plan: Plan, talk: Talk) -> tuple[str, float]:
    """When the user means to leave early, in words, and the part of the talk before that; all of it for nobody who does."""
    leaves, start, until = plan.leaves(talk), talk.slot.start, plan.until(talk)
    if leaves is None or start is None or until is None or leaves == until:
        return "", 1.0
    return agenda.leaving(plan, talk), (leaves - start) / (until - start)


def _clocks(plan: Plan, talk: Talk, day: date | None) -> tuple[str, str, str]:
    """The talk's time in the display zone, its start in the conference's, and how many dates the first is off the tab's."""
    start, end = talk.slot.start, talk.slot.end
    if start is None:
        return ("all day" if talk.slot.day else "", "", "")
    mine = times.clock(start, plan.zone) + (f"–{times.clock(end, plan.zone)}" if end else "")
    off = (times.local_day(start, plan.zone) - day).days if day else 0
    return mine, times.clock(start, plan.zone_of(talk)), f"{off:+d}".replace("-", "−") if off else ""


def _when(plan: Plan, talk: Talk, now: datetime) -> str:
    start, until = talk.slot.start, plan.until(talk)
    if start is None or until is None or start > now:
        return ""
    return "past" if until <= now else "now"


def coming(plan: Plan, uids: Iterable[str], now: datetime) -> str:
    """The first talk that is not over; empty where all are."""
    ends = ((uid, plan.until(plan.by_uid[uid])) for uid in uids)
    return next((uid for uid, end in ends if end is not None and end > now), "")


def dates(pages: Sequence[Page]) -> str:
    """When the conference is: ``3–7 May 2021``, ``30 Apr – 2 May 2021``; empty while no talk has a day."""
    days = [page.day for page in pages if page.day is not None]
    if not days:
        return ""
    first, last = days[0], days[-1]
    end = f"{last.day} {times.MONTHS[last.month - 1][:3]} {last.year}"
    if first == last:
        return end
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{end}"
    year = f" {first.year}" if first.year != last.year else ""
    return f"{first.day} {times.MONTHS[first.month - 1][:3]}{year} – {end}"


def zone(name: str, letters: str) -> str:
    """The display zone as heads name it: ``Berlin CEST``; ``UTC`` once."""
    city = times.city(name)
    return city if city == letters else f"{city} {letters}"
