"""The plan as Markdown, and a paper list as the table that it was."""

from __future__ import annotations

from planner import agenda
from planner.export.choice import clashes, listed
from planner.ical.lines import link

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from planner.clash import Tight
    from planner.model import Talk
    from planner.plan import Plan

_ESCAPED = {ord(sign): f"\\{sign}" for sign in "\\`*_[]<>|#"}


def markdown_list(plan: Plan, slug: str) -> str:
    """The paper list that a conference was imported from, cell for cell as it was; "" where it came from no Markdown list.

    The reason is filled with the note, the degree with the rating, where the user set them and the list has such columns.
    """
    from planner import tables
    from planner.model import fold

    layout = plan.conferences[slug].layout
    if not layout:
        return ""
    talks = plan.conferences[slug].talks
    by_id = {talk.source_id: talk.uid for talk in talks if talk.source_id}
    by_title = {fold(talk.title): talk.uid for talk in talks}

    def told(entry: tables.Entry) -> tuple[str | None, str | None]:
        known = entry.uid if entry.uid in plan.by_uid else by_id.get(entry.source_id) or by_title.get(fold(entry.title), "")
        mark = plan.mark(known)
        return mark.note or None, str(mark.rating) if mark.rating else None

    return tables.written(layout, told)


def written(
    plan: Plan, scope: str = "starred", *, needs: Callable[[str, str], int] | None = None, with_notes: bool = False
) -> bytes:
    """The talks of a scope as Markdown, a heading a day; with scope ``all`` a paper list goes out as the table that it was.

    Times are in the display zone, ``needs`` gives the seconds from one room to another. Cancelled talks and those without a
    slot are in it and say so. Nothing to write is empty.
    """
    blocks = []
    short = agenda.short(plan, needs)
    for slug in plan.conferences:
        rows = markdown_list(plan, slug) if scope == "all" else ""
        talks = [talk for talk in listed(plan, scope) if talk.conference == slug]
        if rows:
            blocks.append(rows)
            talks = [talk for talk in talks if talk.scheduled]
        lines = [] if rows or not talks else [f"# {_plain(plan.conferences[slug].name)}", ""]
        lines += _days(plan, talks, short, with_notes=with_notes)
        if lines:
            blocks.append("\n".join(lines))
    return "\n".join(blocks).encode("utf-8", "replace")


def _days(plan: Plan, talks: Sequence[Talk], short: Mapping[str, Tight], *, with_notes: bool) -> list[str]:
    """A heading a day, and below it a line a talk with what is to be known of it."""
    lines = []
    by_day: dict[date | None, list[Talk]] = {}
    for talk in talks:
        by_day.setdefault(plan.day_of(talk), []).append(talk)
    for day, here in by_day.items():
        lines += [f"## {_plain(agenda.head(plan, day, here)) if day else 'No slot yet'}", ""]
        for talk in here:
            lines.append(_talk(plan, talk, day))
            lines += [f"  - ⚠ {said}" for said in _warnings(plan, talk, short)]
            if with_notes and plan.note(talk):
                lines += ["", *(f"  > {_plain(line)}" for line in plan.note(talk).splitlines()), ""]
        lines.append("")
    return lines


def _talk(plan: Plan, talk: Talk, day: date | None) -> str:
    """A talk's line."""
    url = link(talk.url).replace("(", "%28").replace(")", "%29")
    title = f"[{_plain(talk.title)}]({url})" if url else _plain(talk.title)
    decided = {"going": "✓ going", "skipped": "✗ skipped"}.get(plan.mark(talk.uid).decision, "")
    what = (agenda.stars(plan, talk), decided, " · ".join(map(_plain, talk.speakers)), _plain(agenda.place(plan, talk)))
    when = f"**{agenda.clocks(plan, talk, day)}** " if day else ""
    return " — ".join([f"- {when}{'Cancelled: ' * talk.cancelled}{title}", *(part for part in what if part)])


def _warnings(plan: Plan, talk: Talk, short: Mapping[str, Tight]) -> list[str]:
    """What a talk clashes with, and a change of room before it that is too short."""
    found = clashes(plan, [talk], lambda other: _plain(other.title or "an untitled slot"))
    said = [f"Clash: {words}" for words in found]
    return said + ([f"Tight: {_plain(agenda.hurry(short[talk.uid]))}"] if talk.uid in short else [])


def _plain(text: str) -> str:
    """Text in which Markdown finds no markup of its own (CommonMark 2.4: a backslash before punctuation)."""
    return text.translate(_ESCAPED)
