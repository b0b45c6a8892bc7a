"""The plan written for other programs: which talks go out, what is remembered of them, and a file that is never half there."""

from __future__ import annotations

import os

from planner.errors import PlannerError
from planner.model import Exported, Slot
from planner.values import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner.model import Talk
    from planner.plan import Plan

SCOPES = ("starred", "going", "all")
"""Which talks: starred and not skipped, those that the user is going to, or every one."""

_BETWEEN = "\x1f"  # the unit separator: clean() leaves none in any text


class Made(NamedTuple):
    """A calendar ready to write: its bytes, what to remember of each talk in it, and a sentence on what it holds."""

    data: bytes
    remember: dict[str, Exported]
    words: str


def chosen(plan: Plan, scope: str) -> list[Talk]:
    """The talks of a scope that have a slot, in the order of time. Cancelled ones are in no scope."""
    return [talk for talk in plan.by_uid.values() if talk.scheduled and _wanted(plan, talk, scope)]


def _wanted(plan: Plan, talk: Talk, scope: str) -> bool:
    """Whether a scope holds the talk; none holds a cancelled one or one without a title."""
    if talk.cancelled or talk.untitled:
        return False
    return scope == "all" or (plan.planned(talk) and (scope == "starred" or plan.mark(talk.uid).decision == "going"))


def calendar(
    plan: Plan,
    *,
    scope: str = "starred",
    remembered: Mapping[str, Exported] | None = None,
    times: str = "zone",
    alarm: int | None = None,
    with_notes: bool = False,
) -> Made | None:
    """The plan as iCalendar, or None where there is nothing to write.

    ``remembered`` is what this calendar was told before: a talk that it knows and that left the plan goes out as cancelled,
    and the sequence of a talk rises when start, end, room, title or status did. ``times`` is ``zone`` or ``utc``, ``alarm``
    minutes before the start.
    """
    from planner.ical.write import calendar as write

    before = remembered or {}
    talks = chosen(plan, scope)
    here = {talk.uid for talk in talks}
    gone_uids = [] if scope == "all" else [uid for uid in before if uid in plan.by_uid and uid not in here]
    left = [talk for uid in gone_uids if (talk := _as_told(plan.by_uid[uid], before[uid])).scheduled]
    if not talks and not left:
        return None
    remember: dict[str, Exported] = {}
    numbered = [_numbered(plan, talk, before, remember, gone=False) for talk in talks]
    gone = [_numbered(plan, talk, before, remember, gone=True) for talk in left]
    names = [
        conference.name for slug, conference in plan.conferences.items() if any(t.conference == slug for t in talks + left)
    ]
    data = write(
        plan, numbered, left=gone, zone=plan.zone, name=", ".join(names), times=times, alarm=alarm, with_notes=with_notes
    )
    words = f"{len(talks)} talk{'s' * (len(talks) != 1)}" + (f" and {len(left)} cancelled" if left else "")
    return Made(data, remember, words)


def _as_told(talk: Talk, told: Exported) -> Talk:
    """A talk that left the plan; one that lost its slot in the source has the slot that the calendar was told."""
    if talk.scheduled:
        return talk
    from datetime import date, datetime

    start, end, _, day, last_day, room, board, _ = told.facts.split(_BETWEEN)[:8]
    if start:
        return talk._replace(
            slot=Slot(datetime.fromisoformat(start), datetime.fromisoformat(end), room or None, board or None)
        )
    days = (date.fromisoformat(day), date.fromisoformat(last_day)) if day else (None, None)
    return talk._replace(slot=Slot(None, None, room or None, board or None, *days))


def _facts(plan: Plan, talk: Talk, status: str) -> str:
    """What a sequence stands for: when, where, title and status. An abstract is none of it."""
    slot = talk.slot
    facts = (
        slot.start,
        plan.until(talk),
        plan.mark(talk.uid).leave_at,
        slot.day,
        slot.last_day or slot.day,
        slot.room,
        slot.board,
    )
    return _BETWEEN.join([*("" if fact is None else str(fact) for fact in facts), talk.title, status])


def _numbered(plan: Plan, talk: Talk, before: Mapping[str, Exported], remember: dict[str, Exported], *, gone: bool) -> Talk:
    """The talk with the sequence and the time of change that this calendar must be told."""
    mark = plan.mark(talk.uid)
    facts = _facts(plan, talk, "left" if gone else mark.decision)
    known = before.get(talk.uid)
    if known is None:
        sequence = talk.sequence
    elif known.facts == facts:
        sequence = known.sequence
    else:
        sequence = max(known.sequence + 1, talk.sequence)
    remember[talk.uid] = Exported(sequence, facts)
    changed = [at for at in (talk.modified, mark.at) if at is not None]
    return talk._replace(sequence=sequence, modified=max(changed, default=None))


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


def markdown(plan: Plan, scope: str = "starred") -> str:
    """The talks of a scope as Markdown, a heading a day; with scope ``all`` a paper list goes out as the table that it was.

    Times are in the display zone. Nothing to write is "".
    """
    from planner.agenda import clocks, head, place, stars

    blocks = []
    for slug, conference in plan.conferences.items():
        listed = markdown_list(plan, slug) if scope == "all" else ""
        talks = [talk for talk in plan.by_uid.values() if talk.conference == slug and _wanted(plan, talk, scope)]
        if listed:
            blocks.append(listed)
            talks = [talk for talk in talks if talk.scheduled]
        lines = [] if listed or not talks else [f"# {_plain(conference.name)}", ""]
        days = dict.fromkeys(plan.day_of(talk) for talk in talks)
        for day in days:
            here = [talk for talk in talks if plan.day_of(talk) == day]
            lines += [f"## {_plain(head(plan, day, here)) if day else 'No slot yet'}", ""]
            for talk in here:
                title = f"[{_plain(talk.title)}]({talk.url})" if talk.url else _plain(talk.title)
                what = (stars(plan, talk), " · ".join(map(_plain, talk.speakers)), _plain(place(plan, talk)))
                when = f"**{clocks(plan, talk, day)}** " if day else ""
                lines.append(" — ".join([f"- {when}{title}", *(part for part in what if part)]))
            lines.append("")
        if lines:
            blocks.append("\n".join(lines))
    return "\n".join(blocks)


def _plain(text: str) -> str:
    """Text in which Markdown finds no markup of its own (CommonMark 2.4: a backslash before punctuation)."""
    return "".join(f"\\{sign}" if sign in "\\`*_[]<>|#" else sign for sign in text)


def write_file(path: str, data: bytes) -> None:
    """Write beside, sync and rename, so that the file is the old one or the new one whatever happens.

    Raises PlannerError naming the path and the reason; the old file is then as it was.
    """
    import tempfile

    folder = os.path.dirname(os.path.abspath(path))
    temporary = ""
    try:
        handle, temporary = tempfile.mkstemp(prefix=".planner-", dir=folder)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, _mode(path))
        os.replace(temporary, path)
    except OSError as error:
        if temporary and os.path.exists(temporary):
            os.unlink(temporary)
        reason = (error.strerror or "unknown reason").lower()
        raise PlannerError(f"{path} cannot be written ({reason}): what was there is untouched; name another place.") from error


def _mode(path: str) -> int:
    """The permissions of the file that is replaced, else those that any new file gets."""
    try:
        return os.stat(path).st_mode & 0o777
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask
