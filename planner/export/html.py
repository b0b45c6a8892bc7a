"""The plan as one page to read on a phone, to send or to print: HTML with nothing to fetch and nothing that runs.

What is on the page is text of the schedule, escaped, and links that the reader may follow. The user's own calendar is never
on it: a clash with it is told without a name.
"""

from __future__ import annotations

from base64 import b64encode
from datetime import date
from functools import partial
from hashlib import sha256
from html import escape

from planner import agenda, heads, times, visits
from planner.export.choice import clashes, listed
from planner.export.style import STYLE
from planner.ical.lines import link
from planner.text import clean
from planner.values import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import datetime

    from planner.clash import Tight
    from planner.model import Talk
    from planner.plan import Plan

HEADS = {"starred": "My plan", "going": "Where I am going", "all": "All talks"}
"""What a page of each scope is called."""

_PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="planner">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
{body}
</body>
</html>
"""


class _Page(NamedTuple):
    """What every part of the page needs: the plan, where each talk is on the page, short changes, and whether notes go out."""

    plan: Plan
    places: dict[str, str]
    short: dict[str, Tight]
    with_notes: bool
    scope: str
    several: bool


def written(
    plan: Plan,
    scope: str = "starred",
    *,
    needs: Callable[[str, str], int] | None = None,
    with_notes: bool = False,
) -> bytes:
    """The talks of a scope as a page, day by day; nothing to write is empty.

    ``needs`` gives the seconds from one room to another, for changes that are too short. Cancelled talks and those without
    a slot are on it and say so; free time is told for the plan, not for all talks.
    """
    talks = listed(plan, scope)
    if not talks:
        return b""
    places = {talk.uid: f"talk-{number}" for number, talk in enumerate(talks, 1)}
    short = agenda.short(plan, needs)
    slugs = list(dict.fromkeys(talk.conference for talk in talks))
    page = _Page(plan, places, short, with_notes, scope, len(slugs) > 1)
    name = ", ".join(plan.conferences[slug].name for slug in slugs)
    days = dict.fromkeys(sorted((day for talk in talks if (day := plan.day_of(talk))), key=date.toordinal))
    by_day: dict[date | None, list[Talk]] = {day: [] for day in (*days, None)}
    for talk in talks:
        by_day[plan.day_of(talk)].append(talk)
    held = [(day, some) for day, some in by_day.items() if some]
    body = [
        *_head(page, name, held),
        "<main>",
        *(line for day, some in held for line in _section(page, day, some)),
        "</main>",
        *_foot(page, slugs),
    ]
    digest = b64encode(sha256(STYLE.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    title = f"{_safe(name)} · {HEADS[scope]}"
    return _PAGE.format(policy=policy, title=title, style=STYLE, body="\n".join(body)).encode("utf-8", "replace")


def _safe(text: str | None, *, lines: bool = False) -> str:
    """Text as it may stand in an element and in a quoted attribute."""
    return escape(clean(text or "", lines=lines))


# The head and the foot


def _head(page: _Page, name: str, held: Sequence[tuple[date | None, list[Talk]]]) -> Iterator[str]:
    """What page this is, what is to be known of the whole, and a way to each day."""
    days = [day for day, _ in held if day is not None]
    yield "<header>"
    yield f'<p class="over">{HEADS[page.scope]}</p>'
    yield f'<h1 dir="auto">{_safe(name)}</h1>'
    said = dict.fromkeys(times.long_day(day) for day in (*days[:1], *days[-1:]))
    yield f'<p class="sum">{" · ".join([*[" – ".join(said)] * bool(said), _sum(page)])}</p>'
    if len(held) > 1:
        yield '<nav aria-label="Days"><ul>'
        for day, some in held:
            label = times.day(day) if day else "No slot yet"
            yield f'<li><a href="#{_anchor(day)}">{label} <small>{len(some)}</small></a></li>'
        yield "</ul></nav>"
    yield "</header>"


def _sum(page: _Page) -> str:
    """How many talks, clashes and short changes."""
    plan = page.plan
    talks = [plan.by_uid[uid] for uid in page.places]
    cancelled = sum(talk.cancelled for talk in talks)
    groups = sum(any(span.uid in page.places for span in group.spans) for group in plan.clashes())
    tight = sum(uid in page.places for uid in page.short)
    said = [f"<b>{_count(len(talks) - cancelled, 'talk')}</b>"]
    said += [f"{cancelled} cancelled"] * bool(cancelled)
    said += [f'<span class="clashes">{_count(groups, "clash")}</span>' if groups else "no clash"]
    said += [_count(tight, "tight change")] * bool(tight)
    return ", ".join(said)


def _count(number: int, word: str) -> str:
    return f"{number} {word}{('es' if word.endswith('sh') else 's') if number != 1 else ''}"


def _foot(page: _Page, slugs: Iterable[str]) -> Iterator[str]:
    """When the programme was read: never when the page was made, so that the same plan gives the same page."""
    read = []
    for slug in slugs:
        conference = page.plan.conferences[slug]
        if conference.read_at is not None:
            day = times.long_day(times.local_day(conference.read_at, page.plan.zone))
            read.append(f"{_safe(conference.name)} as read on {day}")
    yield f"<footer><p>{'; '.join(read) or 'Made with planner'}. What changed since then is not on this page.</p></footer>"


# A day


def _anchor(day: date | None) -> str:
    return f"day-{day.isoformat()}" if day else "no-slot"


def _section(page: _Page, day: date | None, talks: Sequence[Talk]) -> Iterator[str]:
    """A day: its talks and visits in order, free time between them."""
    plan, anchor = page.plan, _anchor(day)
    kept = agenda.head(plan, day, talks).partition(" · ")[2] if day else ""
    head = f"{times.long_day(day) if day else 'No slot yet'}{f' <small>{_safe(kept)}</small>' if kept else ''}"
    yield f'<section aria-labelledby="{anchor}">'
    yield f'<h2 id="{anchor}">{head}</h2>'
    yield "<ol>"
    gaps = agenda.free(plan, talks) if page.scope != "all" else []
    for item in visits.gathered(plan, talks):
        start = item.start if isinstance(item, visits.Visit) else item.slot.start
        while gaps and start is not None and start >= gaps[0][1]:
            since, until = gaps.pop(0)
            yield f'<li class="free">{times.lasting(until - since)} free</li>'
        yield from _visit(page, item, day) if isinstance(item, visits.Visit) else _row(page, item, day)
    yield "</ol>"
    yield "</section>"


# A talk


def _row(page: _Page, talk: Talk, day: date | None) -> Iterator[str]:
    """A talk with its clocks."""
    plan = page.plan
    yield f'<li><article class="{_classes(plan, talk, "row")}" id="{page.places[talk.uid]}">'
    yield f'<div class="when">{_when(plan, talk, day, agenda.leaving(plan, talk))}</div>'
    yield "<div>"
    yield from _talk(page, talk, "h3")
    yield "</div>"
    yield "</article></li>"


def _classes(plan: Plan, talk: Talk, first: str = "") -> str:
    state = "cancelled" if talk.cancelled else "skipped" if plan.mark(talk.uid).decision == "skipped" else ""
    return " ".join(one for one in (first, state) if one)


def _talk(page: _Page, talk: Talk, level: str) -> Iterator[str]:
    """What a talk is, who speaks, where, what it clashes with, the note where asked for, and the abstract folded away.

    A poster of a visit (``level`` is h4) leaves out what is said of the visit.
    """
    plan, url = page.plan, link(talk.url)
    title = _safe(talk.title)
    named = f'<a href="{_safe(url)}" rel="noopener noreferrer">{title}</a>' if url else title
    yield f'<{level} dir="auto">{named}</{level}>'
    if talk.speakers:
        yield f'<p class="who" dir="auto">{" · ".join(map(_safe, talk.speakers))}</p>'
    facts = [*_marked(plan, talk), *(_places(page, talk) if level == "h3" else _board(talk))]
    if facts:
        yield f'<p class="facts">{" · ".join(facts)}</p>'
    if level == "h3" and not talk.cancelled:
        yield from _warnings(page, [talk])
    if page.with_notes and plan.note(talk):
        yield f'<p class="note" dir="auto"><b>Note:</b> {_safe(plan.note(talk), lines=True)}</p>'
    if talk.abstract:
        yield f'<details><summary>Abstract<span class="hidden"> of {title}</span></summary>'
        yield f'<p dir="auto">{_safe(talk.abstract, lines=True)}</p></details>'


def _marked(plan: Plan, talk: Talk) -> Iterator[str]:
    """Cancelled, the stars, the decision."""
    mark = plan.mark(talk.uid)
    if talk.cancelled:
        yield '<span class="gone">Cancelled</span>'
    if mark.starred:
        said = f"{plan.rating(talk)} of 5 stars" if plan.rating(talk) else "starred"
        yield f'<span class="stars" role="img" aria-label="{said}">{agenda.stars(plan, talk)}</span>'
    if mark.decision == "going":
        yield '<span class="going">✓ going</span>'
    elif mark.decision == "skipped":
        yield "✗ skipped"


def _places(page: _Page, talk: Talk) -> Iterator[str]:
    """Room, session, board and track, the kind where it says something, and the conference where there are several."""
    plan, session = page.plan, page.plan.session(talk)
    board = f"board {talk.slot.board}" if talk.slot.board else ""
    where = (talk.slot.room, session.title if session else "", board, talk.track)
    yield from (_safe(one) for one in dict.fromkeys(where) if one)
    if talk.kind not in {"talk", "paper"}:
        yield _safe(talk.kind)
    if page.several:
        yield _safe(plan.conferences[talk.conference].name)


def _board(talk: Talk) -> Iterator[str]:
    if talk.slot.board:
        yield f"board {_safe(talk.slot.board)}"


def _warnings(page: _Page, talks: Sequence[Talk]) -> Iterator[str]:
    """Clashes and short changes of one talk or one visit, in words."""
    said = [f"<b>⚠ Clash:</b> {words}" for words in clashes(page.plan, talks, partial(_named, page))]
    for talk in talks:
        change = page.short.get(talk.uid)
        if change is not None:
            said.append(f"<b>⚠ Tight:</b> {_safe(agenda.hurry(change))}")
    if said:
        yield f'<ul class="warn">{"".join(f"<li>{one}</li>" for one in said)}</ul>'


def _named(page: _Page, talk: Talk) -> str:
    """The other side of a clash, with a way to it where it is on the page."""
    title = f"<bdi>{_safe(talk.title) or 'an untitled slot'}</bdi>"
    return f'<a href="#{page.places[talk.uid]}">{title}</a>' if talk.uid in page.places else title


def _visit(page: _Page, visit: visits.Visit, day: date | None) -> Iterator[str]:
    """The posters of one session: how many in how much time, what they clash with, and each in walking order."""
    plan = page.plan
    whole = visit.talks[0]._replace(slot=visit.talks[0].slot._replace(start=visit.start, end=visit.end))
    yield '<li><article class="row visit">'
    early = agenda.leave_words(plan, visit.leaves) if visit.leaves < visit.end else ""
    yield f'<div class="when">{_when(plan, whole, day, early)}</div>'
    yield f"<div><h3>{_safe(visit.words)}</h3>"
    place = visits.place(plan, visit)
    if place:
        yield f'<p class="facts">{_safe(place)}</p>'
    yield from _warnings(page, visit.talks)
    yield '<ul class="boards">'
    for talk in visit.talks:
        yield f'<li class="{_classes(plan, talk)}" id="{page.places[talk.uid]}">'
        yield from _talk(page, talk, "h4")
        yield "</li>"
    yield "</ul></div></article></li>"


# Clocks


def _when(plan: Plan, talk: Talk, day: date | None, early: str) -> str:
    """The user's clock, when they mean to leave early, and the conference's clock below where it shows another time."""
    slot = talk.slot
    if slot.start is None:
        if slot.last_day and slot.last_day != slot.day:
            return f'all day <span class="there">until {times.day(slot.last_day)}</span>'
        return "all day" if slot.day else '<span class="hidden">no slot yet</span>'
    until, theirs = plan.until(talk) or slot.start, plan.zone_of(talk)
    mine = _clock(slot.start, until, plan.zone, day, assumed=slot.end is None)
    mine += f' <span class="about">{early}</span>' if early else ""
    if times.local(slot.start, theirs).utcoffset() == times.local(slot.start, plan.zone).utcoffset():
        return mine
    there = _clock(slot.start, until, theirs, day, assumed=False)
    letters = heads.letters((slot.start, until), theirs)
    return f'{mine} <span class="there">{there} {_safe(letters)}</span>'


def _clock(start: datetime, until: datetime, zone: str, day: date | None, *, assumed: bool) -> str:
    """Start and end on one clock, with how many days it is off the day that it stands under."""
    first = times.local(start, zone)
    said = f'<time datetime="{first.isoformat(timespec="minutes")}">{first:%H:%M}</time>'
    if until > start:
        last = times.local(until, zone)
        said += f'–<time datetime="{last.isoformat(timespec="minutes")}">{last:%H:%M}</time>'
    whole = f'<span class="clock">{said}</span>'
    if assumed:
        whole += ' <span class="about">end assumed</span>'
    away = (first.date() - day).days if day else 0
    if away:
        whole += f' <span class="away">{"+" if away > 0 else "−"}{abs(away)} day{"s" * (abs(away) != 1)}</span>'
    return whole
