"""The commands that put marks on talks: star, unstar, going, skip, undecided, note, undo. Each is one step of undo."""

from __future__ import annotations

from planner.errors import NoSuchTalkError, UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from planner.cli.context import Context
    from planner.model import Talk
    from planner.plan import Plan

_PREFIX = 8  # signs of a uid that name a talk among thousands
_LISTED = 20  # more than a screen of candidates helps nobody to choose


def find(context: Context, said: str) -> Talk:
    """The one talk that a uid, a unique prefix of one (4 characters or more) or words of a title name.

    What they name beside each other is :func:`planner.store.search.find`'s to say. Raises NoSuchTalkError for none and for
    several, which it lists.
    """
    found = context.store.find(said)
    if len(found) == 1:
        return found[0]
    if not found:
        raise NoSuchTalkError(f"no talk answers to “{said}”: planner talks WORDS searches.")
    plan = context.store.load(context.zone, uids=[talk.uid for talk in found[:_LISTED]])
    first = f"the first {_LISTED} of {len(found)}, {len(found) - _LISTED} are left out; " if len(found) > _LISTED else ""
    context.tell(f"  ({first}times in {context.zone})")
    for talk in plan.by_uid.values():
        when = plan.shown(talk.slot.start) or str(talk.slot.day or "no slot yet")
        context.tell(f"  {talk.uid}  {when[:16].replace('T', ' ')}  {talk.title}")
    title = " or its whole title" if len({talk.title for talk in found}) > 1 else ""
    raise NoSuchTalkError(f"“{said}” names {len(found)} talks: say one of them by its uid{title}.")


def _found(context: Context) -> list[Talk]:
    return [find(context, said) for said in context.asked.talks]


def _answer(context: Context, talks: list[Talk], done: str) -> int:
    if context.asked.json:
        plan = context.store.load(context.zone, uids=[talk.uid for talk in talks], only_starred=True)
        context.print_json({"talks": [plan.record(plan.by_uid[talk.uid]) for talk in talks]})
    else:
        for talk in talks:
            context.say(f"{done} {talk.title or 'an untitled slot'}")
    return 0


def _answering(context: Context, words: str) -> list[Talk]:
    """Every talk that answers to words and was not cancelled, best first; raises NoSuchTalkError for none."""
    uids = context.store.search(words, slugs=context.slugs())
    plan = context.store.load(context.zone, uids=uids)
    talks = [plan.by_uid[uid] for uid in uids if uid in plan.by_uid and not plan.by_uid[uid].cancelled]
    if not talks:
        raise NoSuchTalkError(f"no talk answers to “{words}”: planner talks WORDS searches.")
    return talks


def _named_or_answering(context: Context, verb: str) -> list[Talk]:
    """The talks that are named and those that answer to ``--search``, each once; UsageError where neither is said."""
    asked = context.asked
    if not asked.talks and asked.search is None:
        raise UsageError(f"name the talks to {verb}, or let --search WORDS find them; `planner {verb} --help` shows both.")
    found = _found(context) + (_answering(context, asked.search) if asked.search is not None else [])
    return list({talk.uid: talk for talk in found}.values())


def star(context: Context) -> int:
    """Star talks, each by its name or all that answer to a search, as one step; rating stars too."""
    talks, rating = _named_or_answering(context, "star"), context.asked.rating
    context.store.star([talk.uid for talk in talks], rating=rating, now=context.now)
    return _answer(context, talks, "★" * (rating or 1))


def unstar(context: Context) -> int:
    """Take stars away; rating, note and decision go with the star out of sight, not out of the store."""
    talks = _named_or_answering(context, "unstar")
    if context.asked.search is not None:  # what has no star is not named as if it had lost one
        starred = context.store.marks(talk.uid for talk in talks)
        talks = [talk for talk in talks if starred[talk.uid].starred]
        if not talks:
            raise NoSuchTalkError(f"no starred talk answers to “{context.asked.search}”: planner talks --starred lists them.")
    context.store.star([talk.uid for talk in talks], starred=False, now=context.now)
    return _answer(context, talks, "no star:")


def going(context: Context) -> int:
    """Decide to go, and with ``--skip-others`` skip what clashes with that, as one step; else say what still clashes."""
    from planner import ways

    talks = _found(context)
    uids = [talk.uid for talk in talks]
    plan = context.store.load(context.zone, only_starred=True, uids=uids)
    plan = plan.with_marks(*(plan.mark(uid)._replace(starred=True, decision="going") for uid in uids))
    others = ways.others(plan, uids)
    skipped = [plan.by_uid[uid] for uid in others] if context.asked.skip_others else []
    if skipped:
        decisions = {**dict.fromkeys(uids, "going"), **{talk.uid: "skipped" for talk in skipped}}
        context.store.settle(list(decisions.items()), now=context.now)
    else:
        context.store.decide(uids, "going", now=context.now)
    if context.asked.json:
        _answer(context, [*talks, *skipped], "")
    else:
        _answer(context, talks, "going:")
        _answer(context, skipped, "skipped:")
    if others and not skipped:
        _warn(context, plan, uids, others)
    return 0


def _warn(context: Context, plan: Plan, uids: list[str], others: dict[str, int]) -> None:
    """Say what clashes with talks that one goes to, and the command that skips it."""
    from planner import times

    for uid, seconds in others.items():
        shared = f"{times.lasting(seconds)} shared" if seconds else "at the same time"
        context.tell(f"⚠ clashes with {plan.by_uid[uid].title or 'an untitled slot'} ({shared}): planner skip {uid[:_PREFIX]}")
    named, them = " ".join(uid[:_PREFIX] for uid in uids), "them" if len(others) > 1 else "it"
    context.tell(f"planner going {named} --skip-others skips {them}.")


def skip(context: Context) -> int:
    """Decide to skip: the star stays, agenda, clashes and export leave it out."""
    return _decide(context, "skipped", "skipped:")


def undecided(context: Context) -> int:
    """Take a decision back."""
    return _decide(context, "undecided", "undecided:")


def _decide(context: Context, decision: str, done: str) -> int:
    talks = _found(context)
    context.store.decide([talk.uid for talk in talks], decision, now=context.now)
    return _answer(context, talks, done)


def note(context: Context) -> int:
    """Write a note on a talk, or remove it with an empty one."""
    from planner.text import clean

    talk, text = find(context, context.asked.talk), clean(context.asked.text, lines=True)
    context.store.note(talk.uid, text, now=context.now)
    return _answer(context, [talk], "note on" if text else "no note on")


def undo(context: Context) -> int:
    """Take back the last change, also one of an earlier run."""
    taken = context.store.undo(now=context.now)
    if context.asked.json:
        context.print_json({"undone": taken})
    else:
        context.say(f"Taken back: {taken}." if taken else "There is nothing to take back.")
    return 0
