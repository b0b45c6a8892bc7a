"""Which columns a day has, and how the talks of one column share its width: in rows of time, before they become lines.

A column is a room or a track; or, where talks have sessions, a lane that sessions share one after the other.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from planner.tui.rows import short_name
from planner.visits import visits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from planner.model import Session, Talk
    from planner.plan import Plan

    Rows = Callable[[Talk], tuple[int, int]]

_FEW_PARTS = 2

NO_ROOM, NO_TRACK = "No room given", "No track"


class Stack(NamedTuple):
    """A column in the making: name, talks, and its parts as rows (from, to), words and what more is to say."""

    name: str
    talks: tuple[Talk, ...]
    parts: tuple[tuple[int, int, str, str], ...]


class Block(NamedTuple):
    """A rectangle of the grid: lines (here still rows) ``top`` to before ``bottom``, one of ``lanes`` side by side.

    It shows one talk; or several that are on at the same time, a pile: ``words`` names them and ``head`` is the uid of
    their container, which is the first of ``uids``. ``inside`` tells that a frame surrounds it. Column -1 is all of them.
    """

    column: int
    top: int
    bottom: int
    uids: tuple[str, ...]
    lane: int = 0
    lanes: int = 1
    words: str = ""
    head: str = ""
    inside: bool = False

    @property
    def pile(self) -> bool:
        """Whether it shows several talks."""
        return len(self.uids) > 1


_NOTHING = Block(0, 0, 0, ())


def modes(talks: Iterable[Talk]) -> list[str]:
    """What the columns of these talks can be, the one that suits them first: rooms where half of them have one."""
    held = list(talks)
    rooms = [talk.slot.room for talk in held if talk.slot.room]
    sessions = [talk.session for talk in held if talk.session]
    found = ["rooms"] * bool(rooms) + ["sessions"] * bool(sessions) + ["tracks"] * (len({talk.track for talk in held}) > 1)
    if sessions and len(rooms) * 2 < len(held):
        found.sort(key=lambda mode: mode != "sessions")
    return found or ["sessions"]


def stacks(plan: Plan, talks: Sequence[Talk], rows: Rows, mode: str) -> list[Stack]:
    """The columns of a day: rooms or tracks by name, each talk without one in lanes after them; or sessions in lanes."""
    named: dict[str, list[Talk]] = {}
    for talk in talks:
        name = {"rooms": talk.slot.room, "tracks": talk.track}.get(mode)
        named.setdefault(name or "", []).append(talk)
    loose = named.pop("", [])
    made = []
    for name in sorted(named, key=natural):
        others = [(plan.session(talk), talk.track) for talk in named[name]]
        said = [session.title if session else track or "" for session, track in others]
        made.append(
            Stack(name, tuple(named[name]), _runs(named[name], rows, [words if words != name else "" for words in said]))
        )
    lanes = _lanes(plan, loose, rows, named=mode == "sessions")
    rest = {"rooms": NO_ROOM, "tracks": NO_TRACK}.get(mode, "") if made else ""
    return [*made, *(lane._replace(name=rest) for lane in lanes)]


def natural(name: str) -> list[tuple[int, int, str]]:
    """Names with their numbers as numbers: Room 9 before Room 10."""
    pieces = re.split(r"([0-9]+)", name.casefold()[:200])
    return [(0, int(piece), "") if at % 2 else (1, 0, piece) for at, piece in enumerate(pieces)]


def _runs(talks: Sequence[Talk], rows: Rows, said: Sequence[str]) -> tuple[tuple[int, int, str, str], ...]:
    """Talks that follow each other under the same words are one part; words that change with every other talk say nothing."""
    parts: list[tuple[int, int, str, str]] = []
    for talk, words in sorted(zip(talks, said, strict=True), key=lambda one: rows(one[0])[0]):
        top, bottom = rows(talk)
        if parts and parts[-1][2] == words:
            parts[-1] = (parts[-1][0], max(parts[-1][1], bottom), words, "")
        else:
            parts.append((top, bottom, words, ""))
    if len(parts) > _FEW_PARTS and len(parts) * 2 > len(talks):
        return ((parts[0][0], max(bottom for _, bottom, _, _ in parts), "", ""),)
    return tuple(parts)


def _lanes(plan: Plan, talks: Sequence[Talk], rows: Rows, *, named: bool) -> list[Stack]:
    """Sessions one after the other in as few lanes as it takes, a row free above each for its name; others by themselves."""
    groups: dict[tuple[str, str], list[Talk]] = {}
    for talk in talks:
        groups.setdefault(_group(talk), []).append(talk)
    spans = []
    for key, held in groups.items():
        extents = [rows(talk) for talk in held]
        session = next((found for talk in held if (found := plan.session(talk))), None)
        container = next((talk.title for talk in held if talk.holds), "")
        words = session.title if session else container or (held[0].slot.room or "")
        more = _more(session) if session else ""
        spans.append((min(top for top, _ in extents), natural(words), key, max(end for _, end in extents), words, more))
    lanes: list[tuple[list[Talk], list[tuple[int, int, str, str]]]] = []
    for top, _, key, bottom, words, more in sorted(spans):
        free = (lane for lane in lanes if lane[1][-1][1] <= top - bool(words))
        lane = next(free, None)
        if lane is None:
            lane = ([], [])
            lanes.append(lane)
        lane[0].extend(groups[key])
        lane[1].append((top, bottom, words if named else "", more))
    return [Stack("", tuple(held), tuple(parts)) for held, parts in lanes]


def _group(talk: Talk) -> tuple[str, str]:
    """What it shares a lane with: its session, else its room."""
    session = talk.session or talk.holds
    return ("session", session) if session else ("room", talk.slot.room) if talk.slot.room else ("", talk.uid)


def _more(session: Session) -> str:
    """Where a session is, and who chairs it."""
    chairs = ", ".join(short_name(name) for name in session.chairs)
    return " · ".join(part for part in (session.room, chairs and f"chairs {chairs}") if part)


class _Room(NamedTuple):
    """What the talks of one column are placed by: the plan, their rows, their sessions, and how many fit side by side."""

    plan: Plan
    rows: Rows
    sessions: dict[str, str]
    most: int


def place(plan: Plan, talks: Sequence[Talk], rows: Rows, most: int) -> tuple[list[Block], list[tuple[int, int]]]:
    """The blocks of one column, and the rows of the frames around what containers hold."""
    items = {talk.uid: Block(0, *rows(talk), (talk.uid,)) for talk in talks}
    for visit in visits(plan, (talk._replace(cancelled=False) for talk in talks)):
        session = plan.session(visit.talks[0])
        pile = _pile([items.pop(talk.uid) for talk in visit.talks], session.title if session else visit.talks[0].track or "")
        items[pile.uids[0]] = pile
    room = _Room(plan, rows, {talk.uid: talk.session or "" for talk in talks}, most)
    framed: list[Talk] = []
    for container in (talk for talk in talks if talk.holds is not None):
        held = [
            item
            for item in items.values()
            if container.uid not in item.uids and room.sessions[item.uids[0]] == container.holds
        ]
        if not held or len(items.get(container.uid, _NOTHING).uids) != 1:  # a pile has it already
            continue
        own = items.pop(container.uid)
        together = _share(room, held)
        if len(together) == 1 and len(together[0].uids) > 1:
            for item in held:
                del items[item.uids[0]]
            pile = _pile([own, *together], container.title)._replace(head=container.uid)
            items[container.uid] = pile
        else:
            framed.append(container)
    return _frame(room, list(items.values()), framed)


def _pile(items: Sequence[Block], words: str) -> Block:
    uids = tuple(uid for item in items for uid in item.uids)
    head = next((item.head for item in items if item.head), "")
    return Block(0, min(item.top for item in items), max(item.bottom for item in items), uids, words=words, head=head)


def _frame(room: _Room, items: Sequence[Block], containers: Sequence[Talk]) -> tuple[list[Block], list[tuple[int, int]]]:
    """The blocks with containers around theirs; one that finds no free row for its name stands beside them."""
    blocks = _share(room, items)
    used = {row for one in blocks for row in range(one.top, one.bottom)}
    frames: list[tuple[int, int]] = []
    names: list[Block] = []
    for container in containers:
        top, bottom = room.rows(container)
        free = top
        while free < bottom and free not in used:
            free += 1
        if free == top and (top == 0 or top - 1 in used):
            beside = [Block(0, top, bottom, (container.uid,)), *items]
            return _frame(room, beside, [other for other in containers if other is not container])
        named = Block(0, *((top, free) if free > top else (top - 1, top)), (container.uid,))
        names.append(named)
        used.update(range(named.top, named.bottom))
        frames.append((named.top, bottom))
    inside = [one._replace(inside=any(top < one.bottom and one.top < bottom for top, bottom in frames)) for one in blocks]
    return sorted([*inside, *names], key=lambda one: (one.top, one.lane)), frames


def _share(room: _Room, items: Sequence[Block]) -> list[Block]:
    """Items that overlap share the width: side by side where they fit, else as piles."""
    done: list[Block] = []
    cluster: list[Block] = []
    until = 0
    for item in sorted(items, key=lambda item: (item.top, -item.bottom)):
        if cluster and item.top >= until:
            done += _divide(room, cluster)
            cluster = []
        until = max(until, item.bottom) if cluster else item.bottom
        cluster.append(item)
    return done + (_divide(room, cluster) if cluster else [])


def _divide(room: _Room, cluster: Sequence[Block]) -> list[Block]:
    """First fit in lanes. Where they are too many, a session or one time is one pile; else the last lane piles up."""
    ends: list[int] = []
    lanes: list[list[Block]] = []
    for item in cluster:
        lane = next((at for at, end in enumerate(ends) if end <= item.top), len(ends))
        if lane == len(ends):
            ends.append(0)
            lanes.append([])
        ends[lane] = item.bottom
        lanes[lane].append(item)
    if len(lanes) > room.most:
        sessions = {room.sessions[item.uids[0]] for item in cluster}
        if room.most == 1 or (len(sessions) == 1 and "" not in sessions) or len({item[1:3] for item in cluster}) == 1:
            return [_pile(cluster, _common(room.plan, cluster))]
        spare = sorted((item for lane in lanes[room.most - 1 :] for item in lane), key=lambda item: item.top)
        lanes = [*lanes[: room.most - 1], _merged(room.plan, spare)]
    return [item._replace(lane=at, lanes=len(lanes)) for at, lane in enumerate(lanes) for item in lane]


def _merged(plan: Plan, items: Sequence[Block]) -> list[Block]:
    """Items one after the other, those that overlap as one pile."""
    made: list[list[Block]] = []
    until = 0
    for item in items:
        if made and item.top < until:
            made[-1].append(item)
        else:
            made.append([item])
        until = max(until, item.bottom) if len(made[-1]) > 1 else item.bottom
    return [held[0] if len(held) == 1 else _pile(held, _common(plan, held)) for held in made]


def _common(plan: Plan, items: Sequence[Block]) -> str:
    """The session that all of them are in."""
    sessions = {plan.session(plan.by_uid[uid]) for item in items for uid in item.uids}
    session = sessions.pop() if len(sessions) == 1 else None
    return session.title if session else ""
