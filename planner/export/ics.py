"""The plan as calendars: which talks, as new or as cancelled, and under which sequence each calendar is told of them."""

from __future__ import annotations

from planner.export.choice import STARRED, Choice, chosen, wanted
from planner.model import Exported, Slot
from planner.values import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from planner.model import Talk
    from planner.plan import Plan

_BETWEEN = "\x1f"  # the unit separator: clean() leaves none in any text

NAMELESS = {"": Exported(0, _BETWEEN * 8)}
"""What is remembered of a file whose bytes do not tell that it is ours: its path, with no fact of no talk."""


class Made(NamedTuple):
    """A calendar ready to write: its bytes, what to remember of each talk in it, and a sentence on what it holds."""

    data: bytes
    remember: dict[str, Exported]
    words: str


class Pieces(NamedTuple):
    """A calendar in pieces, for a folder or a server that keeps one object a talk.

    ``data`` maps the uid of each talk to a calendar that holds it alone, ``cancelled`` counts those among them that are told
    as cancelled. ``gone`` are the uids of stored talks that have no place in it: what is there of them goes. ``remember`` is
    what the place is told of each talk, those that it was told to drop included.
    """

    data: dict[str, bytes]
    gone: frozenset[str]
    remember: dict[str, Exported]
    cancelled: int

    @property
    def words(self) -> str:
        """What it holds, in words: ``12 talks and 1 cancelled``."""
        return _words(len(self.data) - self.cancelled, self.cancelled)


def calendar(plan: Plan, choice: Choice = STARRED, *, remembered: Mapping[str, Exported] | None = None) -> Made | None:
    """The plan as iCalendar, or None where there is nothing to write.

    ``remembered`` is what this calendar was told before: a talk that it knows and that left the plan goes out as cancelled,
    and the sequence of a talk rises when start, end, room, title or status did.
    """
    before = remembered or {}
    talks = chosen(plan, choice.scope)
    here = {talk.uid for talk in talks}
    gone_uids = [] if choice.scope == "all" else [uid for uid in before if uid in plan.by_uid and uid not in here]
    left = [talk for uid in gone_uids if (talk := _as_told(plan.by_uid[uid], before[uid])).scheduled]
    if not talks and not left:
        return None
    remember: dict[str, Exported] = {}
    numbered = [_numbered(plan, talk, before, remember, gone=False) for talk in talks]
    gone = [_numbered(plan, talk, before, remember, gone=True) for talk in left]
    return Made(_written(plan, choice, numbered, gone), remember, _words(len(talks), len(left)))


def calendars(plan: Plan, choice: Choice = STARRED, *, remembered: Mapping[str, Exported] | None = None) -> Pieces:
    """The plan as one calendar a talk.

    What the user took out of the plan is ``gone``, for whoever keeps one object a talk can drop one. What the organisers
    cancelled, or left without a slot, stays as cancelled where ``remembered`` knows it: nobody should wonder where it went.
    With scope ``all`` nothing is told as cancelled.
    """
    before = remembered or {}
    talks = chosen(plan, choice.scope)
    here = {talk.uid for talk in talks}
    remember: dict[str, Exported] = {}
    data = {talk.uid: _written(plan, choice, [_numbered(plan, talk, before, remember, gone=False)], ()) for talk in talks}
    gone = []
    for uid, talk in plan.by_uid.items():
        if uid in here:
            continue
        told = _as_told(talk, before[uid]) if uid in before else talk
        if uid in before and choice.scope != "all" and told.scheduled and wanted(plan, talk, choice.scope):
            data[uid] = _written(plan, choice, (), [_numbered(plan, told, before, remember, gone=True)])
            continue
        gone.append(uid)
        if uid in before and told.scheduled:
            _numbered(plan, told, before, remember, gone=True)
    return Pieces(data, frozenset(gone), remember, len(data) - len(talks))


def _written(plan: Plan, choice: Choice, talks: Sequence[Talk], left: Sequence[Talk]) -> bytes:
    """One calendar of these talks and of those that left the plan, called like their conferences."""
    from planner.ical.write import calendar as write

    held = {talk.conference for talk in (*talks, *left)}
    return write(
        plan,
        talks,
        left=left,
        zone=plan.zone,
        name=", ".join(conference.name for slug, conference in plan.conferences.items() if slug in held),
        times=choice.times,
        alarm=choice.alarm,
        with_notes=choice.with_notes,
    )


def _words(talks: int, cancelled: int) -> str:
    return f"{talks} talk{'s' * (talks != 1)}" + (f" and {cancelled} cancelled" if cancelled else "")


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
