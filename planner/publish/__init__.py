"""The plan in a CalDAV collection, kept in step: what is new is put there, what changed is replaced, what left is removed.

The collection may hold other people's entries. One is ours if it has the name that we give to a talk and holds that talk's
UID, and either our PRODID or bytes that we sent before; nothing else is replaced or removed, and no change is made to another
version than the one that was decided on.
"""

from __future__ import annotations

from planner.errors import PlannerError
from planner.export.ics import calendars
from planner.export.vdir import file_name
from planner.publish.objects import Told, digest, is_ours, recognised, says, told
from planner.values import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from planner.export.choice import Choice
    from planner.export.ics import Pieces
    from planner.model import Exported
    from planner.plan import Plan
    from planner.publish.server import Held, Server

NOT_OURS = "is there as an entry of another program"
"""Why a talk is not published: its place is taken."""


class There(NamedTuple):
    """What a collection holds of the talks of a plan, by uid.

    ``etags`` are those of everything that has a talk's name, ``sure`` what is as it was sent last, ``ours`` what was read and
    is ours, and ``before`` what the collection was told of each talk.
    """

    etags: dict[str, str]
    sure: frozenset[str]
    ours: dict[str, Held]
    before: dict[str, Told]


class Sent(NamedTuple):
    """What goes to the server for a talk: the bytes, and the ETag of what they replace; None for a new one."""

    data: bytes
    etag: str | None


class Step(NamedTuple):
    """What brings a collection to the plan, by uid.

    ``remove`` has the ETags of what goes, ``right`` those of what was read and found to be right, ``left`` says why a talk
    cannot be published. ``same`` counts what is known to be right without reading it.
    """

    send: dict[str, Sent]
    remove: dict[str, str]
    right: dict[str, str]
    same: int
    left: dict[str, str]


class Outcome(NamedTuple):
    """What publishing did to a collection, or would do: uids, and in ``left`` why a talk was left as it was there."""

    words: str
    talks: int
    new: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: int
    left: dict[str, str]


def publish(
    plan: Plan,
    server: Server,
    choice: Choice,
    *,
    remembered: Mapping[str, Exported],
    remember: Callable[[dict[str, Exported]], None],
    dry: bool = False,
) -> Outcome:
    """Bring a collection to the plan; ``dry`` changes nothing and remembers nothing.

    ``remembered`` is what the collection was told before. ``remember`` is given what it is going to be told before anything
    is sent, and each object again when the server has it: whenever a run ends, the next one completes it under the same
    sequences, and sends nothing twice. Raises PlannerError for what ends the work in the middle.
    """
    there = look(server, plan.by_uid, {uid: told(kept) for uid, kept in remembered.items()})
    known = {uid: one.exported for uid, one in there.before.items()}
    pieces = calendars(plan, choice, remembered=known)
    step = compared(there, pieces)
    left = dict(step.left)
    if not dry:
        _announce(step, pieces, there.before, remember)
        left |= bring(server, step, pieces, remember)
    done = [uid for uid in step.send if uid not in left]
    return Outcome(
        pieces.words,
        len(pieces.data),
        tuple(uid for uid in done if step.send[uid].etag is None),
        tuple(uid for uid in done if step.send[uid].etag is not None),
        tuple(uid for uid in step.remove if uid not in left),
        step.same + len(step.right),
        left,
    )


def look(server: Server, uids: Iterable[str], before: Mapping[str, Told]) -> There:
    """What is in a collection for these talks. What its ETag says is still as it was sent is not read again.

    A sequence that another machine, or a client of the user, has raised counts as told: sequences never fall.
    """
    names = {uid: file_name(uid) for uid in uids}
    listed = server.listed()
    etags = {uid: listed[name] for uid, name in names.items() if name in listed}
    sure = frozenset(uid for uid, etag in etags.items() if etag and uid in before and before[uid].etag == etag)
    held = server.read(names[uid] for uid in etags if uid not in sure)
    ours = {uid: one for uid in etags if (one := held.get(names[uid])) is not None and is_ours(one.data, uid, before.get(uid))}
    return There(etags, sure, ours, {**before, **{uid: recognised(before.get(uid), one.data) for uid, one in ours.items()}})


def compared(there: There, pieces: Pieces) -> Step:
    """What has to be done to a collection; nothing is asked or changed."""
    step = Step({}, {}, {}, 0, {})
    same = 0
    for uid, data in pieces.data.items():
        if uid in there.sure:
            if there.before[uid].digest == digest(data):
                same += 1
            else:
                step.send[uid] = Sent(data, there.etags[uid])
        elif uid not in there.etags:
            step.send[uid] = Sent(data, None)
        elif uid not in there.ours:
            step.left[uid] = NOT_OURS
        elif says(there.ours[uid].data, data):
            step.right[uid] = there.ours[uid].etag
        else:
            step.send[uid] = Sent(data, there.ours[uid].etag)
    for uid in sorted(pieces.gone):
        if uid in there.sure:
            step.remove[uid] = there.etags[uid]
        elif uid in there.ours:
            step.remove[uid] = there.ours[uid].etag
    return step._replace(same=same)


def _announce(step: Step, pieces: Pieces, before: Mapping[str, Told], remember: Callable[[dict[str, Exported]], None]) -> None:
    """Remember what is going to be sent and removed, before it is, and what was found to be right."""
    kept = {uid: Told(pieces.remember[uid], digest(one.data)) for uid, one in step.send.items()}
    kept |= {uid: Told(pieces.remember[uid], digest(pieces.data[uid]), etag) for uid, etag in step.right.items()}
    for uid in step.remove:
        if uid in before:
            kept[uid] = before[uid]._replace(exported=pieces.remember.get(uid, before[uid].exported))
    if kept:
        remember({uid: one.packed() for uid, one in kept.items()})


def bring(server: Server, step: Step, pieces: Pieces, remember: Callable[[dict[str, Exported]], None]) -> dict[str, str]:
    """Do what :func:`compared` found, and remember each object as soon as the server has answered for it.

    Gives back why a talk was left as it was: somebody else was faster, or the server does not take it.
    """
    left = {}
    for uid, one in step.send.items():
        answer = server.put(file_name(uid), one.data, one.etag)
        exported = pieces.remember[uid]
        if not answer.why:
            remember({uid: Told(exported, digest(one.data), answer.etag).packed()})
            continue
        left[uid] = answer.why
        if one.etag is None:  # what stands there is not ours
            remember({uid: Told(exported).packed()})
    for uid, etag in step.remove.items():
        answer = server.delete(file_name(uid), etag)
        if answer.why:
            left[uid] = answer.why
        elif uid in pieces.remember:
            remember({uid: Told(pieces.remember[uid]).packed()})
    return left


def unpublished(plan: Plan, left: Mapping[str, str]) -> PlannerError:
    """What to say of the talks that were left as they were."""
    uid, why = next(iter(left.items()))
    more = f", and {len(left) - 1} more were left so" if len(left) > 1 else ""
    return PlannerError(
        f"“{plan.by_uid[uid].title}” {why} and was left as it is{more}; all else is published: look at it in your calendar,"
        " and publish again."
    )
