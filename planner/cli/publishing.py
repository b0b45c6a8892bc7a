"""The command that keeps a CalDAV collection in step with the plan: ``publish``."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from planner.cli.context import Context
    from planner.model import Exported
    from planner.plan import Plan
    from planner.publish import Outcome


def publish(context: Context) -> int:
    """Bring the collection to the plan, or with ``--dry-run`` say what that would do."""
    from planner.cli.exporting import choice
    from planner.export import FORGETS
    from planner.publish import address, publish, unpublished
    from planner.publish.server import Server

    asked = context.asked
    where = address.place(
        asked.url, user=asked.user or "", otherwise=context.environ.get(address.USER, ""), allow_private=asked.allow_private
    )
    plan = context.store.load(context.zone, slugs=context.slugs())

    def remember(told: dict[str, Exported]) -> None:
        if not context.store.read_only:
            context.store.remember_exported(where.url, told, now=context.now)

    if context.store.read_only and not asked.dry_run:
        context.tell(FORGETS)
    authorities = context.environ.get("SSL_CERT_FILE", "")
    with Server(where, address.password(where, context.environ), authorities=authorities) as server:
        done = publish(
            plan,
            server,
            choice(context),
            remembered=context.store.exported(where.url),
            remember=remember,
            dry=asked.dry_run,
        )
    _answer(context, plan, where.url, done)
    if done.left and not asked.dry_run:
        raise unpublished(plan, done.left)
    return 0


def _answer(context: Context, plan: Plan, url: str, done: Outcome) -> None:
    """Say what was done, or would be."""
    from planner.cli.exporting import nothing

    dry = context.asked.dry_run
    if context.asked.json:
        document = done._asdict()
        del document["words"]
        left = [{"uid": uid, "why": why} for uid, why in done.left.items()]
        context.print_json({"collection": url, "dry_run": dry, **document, "left": left})
        return
    if dry:
        rows = [(word, uid) for word in ("new", "changed", "removed") for uid in getattr(done, word)]
        for word, uid in rows:
            context.say(f"{word:8} {plan.by_uid[uid].title}")
        for uid, why in done.left.items():
            context.say(f"{'left':8} {plan.by_uid[uid].title} ({why})")
    if not done.talks and not done.removed:
        context.tell(nothing(context, "publish"))
        return
    counts = f"{len(done.new)} new, {len(done.changed)} changed, {len(done.removed)} removed, {done.unchanged} unchanged"
    context.tell(f"{done.words} {'would be ' if dry else ''}in {url}: {counts}")
