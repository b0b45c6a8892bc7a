"""A talk in full, as content for the pane beside the list; and in one line, for a narrow terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from planner import heads, times, visits
from planner.tui.widgets.draw import content

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from planner.model import Talk
    from planner.plan import Plan

_FAR = 7 * 86_400  # seconds; further away "in 3 months" helps nobody


def in_full(plan: Plan, uid: str, abstract: str | None, now: datetime, *, flat: bool = False) -> Content:
    """Everything that is known of a talk, the most wanted first; ``flat`` in few lines, for a pane that is wide and low.

    No plan on the desk has its ``abstract``; nothing is said of one that could not be read (None).
    """
    talk = plan.by_uid[uid]
    clashes, clocks = _clashes(plan, talk), _clocks(plan, talk, now)
    first = 2 if flat else len(clocks)  # a line holds two clocks
    blocks = [
        [_title(talk), _speakers(talk)],
        clocks[:first],
        [*clocks[first:], *_place(plan, talk)],
        _marks(plan, talk),
        *([clash[:1] for clash in clashes] if flat else [[line for clash in clashes for line in clash]]),
        [Content("") if talk.untitled and not abstract else _abstract(abstract)],
        [Content.assemble(_pair("page", _site(talk.url)), ("  o opens it", "$dim"))] if talk.url else [],
    ]
    return _joined(blocks, *("   ", "\n") if flat else ("\n", "\n\n"))


def beside_others(plan: Plan, uid: str, abstract: str | None, more: list[Content]) -> Content:
    """What one compares talks by: title, speakers, place, marks, ``more`` and the abstract; not when it is."""
    talk = plan.by_uid[uid]
    blocks = [[_title(talk), _speakers(talk)], [*_place(plan, talk), *_marks(plan, talk)], more, [_abstract(abstract)]]
    return _joined(blocks, "\n", "\n\n")


def _joined(blocks: Iterable[Iterable[Content]], within: str, between: str) -> Content:
    shown = [Content(within).join(kept) for block in blocks if (kept := [one for one in block if one.plain])]
    return Content(between).join(shown)


def in_a_line(plan: Plan, uid: str) -> Content:
    """Title and who, for the line under a narrow list."""
    talk = plan.by_uid[uid]
    session = plan.session(talk)
    who = ", ".join(talk.speakers) or (session.title if session else "")
    title = content(talk.title or "untitled slot", "$ink")
    return Content.assemble(title, "   " if who else "", content(who, "$dim"))


def _abstract(text: str | None) -> Content:
    if text is None:
        return Content("")
    return content(text, "$ink", lines=True) if text else Content.styled("No abstract was given.", "$dim")


def _title(talk: Talk) -> Content:
    if talk.cancelled:
        return Content.assemble(("Cancelled ", "bold $clash"), content(talk.title, "bold strike $dim"))
    return content(talk.title, "bold $ink") if talk.title else Content.styled("A slot without a title", "$dim")


def _speakers(talk: Talk) -> Content:
    return content(" · ".join(talk.speakers), "$blue") if talk.speakers else Content("")


def _clocks(plan: Plan, talk: Talk, now: datetime) -> list[Content]:
    """Both clocks, one under the other, and how far away that is."""
    start = talk.slot.start
    if start is None:
        if talk.slot.day is None:
            return [Content.styled("No slot yet", "$dim")]
        last = talk.slot.last_day
        days = times.long_day(talk.slot.day) + (f" – {times.long_day(last)}" if last and last != talk.slot.day else "")
        return [Content.assemble((days, "bold $ink"), ("  all day", "$dim"))]
    lines = [_clock(talk, plan.zone, "bold $ink", "your time")]
    theirs = plan.zone_of(talk)
    if times.behind(start, plan.zone, theirs) != times.SAME:
        lines.append(_clock(talk, theirs, "$ink", "conference"))
    until = plan.until(talk)
    said = []
    if until is not None:
        length = times.lasting(until - start)
        said.append(length if talk.slot.end else f"no end given, taken as {length}")
        away = _away(start, until, now)
        said += [away] if away else []
    return [*lines, Content.styled(" · ".join(said), "$dim")]


def _clock(talk: Talk, zone: str, style: str, whose: str) -> Content:
    start, end = talk.slot.start, talk.slot.end
    assert start is not None  # noqa: S101  (the caller looked)
    day = f"{times.day(times.local_day(start, zone)):<11}"
    clocks = times.clock(start, zone) + (f"–{times.clock(end, zone)}" if end else "")
    return Content.assemble(
        (day, "$dim"), (clocks, style), (f"  {heads.letters((start, end or start), zone)}", "$blue"), (f"  {whose}", "$dim")
    )


def _away(start: datetime, until: datetime, now: datetime) -> str:
    if start <= now < until:
        return f"now, {times.lasting(until - now)} left"
    seconds = int((start - now).total_seconds())
    if 0 < seconds < _FAR:
        return f"in {times.lasting(seconds)}"
    return "over" if -_FAR < seconds < 0 else ""


def _place(plan: Plan, talk: Talk) -> list[Content]:
    session = plan.session(talk)
    slot = talk.slot
    facts = [talk.kind, session.title if session else None, slot.room, slot.board and f"board {slot.board}", talk.track]
    lines = [content(" · ".join(fact for fact in facts if fact and fact != "untitled"), "$ink")]
    if session and session.chairs:
        lines.append(_pair("chairs", ", ".join(session.chairs)))
    return lines


def _marks(plan: Plan, talk: Talk) -> list[Content]:
    mark, rating, note = plan.mark(talk.uid), plan.rating(talk), plan.note(talk)
    said: list[tuple[str, str]] = []
    if mark.starred:
        said.append(("★" * (rating or 1), "$star"))
        said.append(("·" * (5 - rating) if rating else "", "$faint"))
        said.append((f" rated {rating} of 5" if rating else " starred", "$star"))
    elif rating:
        said.append((f"☆ the list gives it {rating} of 5", "$dim"))
    if mark.decision != "undecided":
        sign, style = ("✓ going", "$good") if mark.decision == "going" else ("× skipped", "$dim")
        said.append((("   " if said else "") + sign, style))
    lines = [Content.assemble(*said)] if said else []
    if mark.leave_at is not None:
        lines.append(_pair("leave", f"at {times.clock(mark.leave_at, plan.zone)}"))
    if note:
        lines.append(Content.assemble(("✎ ", "$dim"), content(note, "$ink", lines=True)))
    return lines


def _clashes(plan: Plan, talk: Talk) -> list[list[Content]]:
    """What a talk clashes with, for how long and, where that is a talk, when and where."""
    found = []
    shown, more = visits.first_clashes(plan.clashing(talk.uid))
    for uid, seconds in shown:
        other = plan.by_uid.get(uid)
        what = other.title if other is not None else f"your {plan.busy_title(uid)}"
        lines = [Content.assemble((f"⚠ {times.lasting(seconds)} shared with ", "$clash"), content(what, "$ink"))]
        if other is not None and other.slot.start is not None:
            session = plan.session(other)
            place = other.slot.room or (session.title if session else "")
            until = plan.until(other) or other.slot.start
            clocks = f"{times.clock(other.slot.start, plan.zone)}–{times.clock(until, plan.zone)}"
            abroad = plan.conferences[other.conference].name if other.conference != talk.conference else ""
            lines.append(content(" · ".join(part for part in (clocks, place, abroad) if part), "$dim"))
        found.append(lines)
    return found + ([[content(f"⚠ and with {more} more", "$clash")]] if more else [])


def _site(url: str) -> str:
    """Where a link leads, short enough for a line."""
    return url.partition("://")[2].partition("/")[0].removeprefix("www.") or url


def _pair(name: str, text: str) -> Content:
    return Content.assemble((f"{name}  ", "$dim"), content(text, "$ink"))
