"""The command that writes the plan for other programs: ``export``."""

from __future__ import annotations

import os

from planner.errors import PlannerError, UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from planner.cli.context import Context
    from planner.plan import Plan

_NOTHING = "There is nothing to export: planner star TALK puts a talk into the plan."


def export(context: Context) -> int:
    """Write the plan in another program's format, to a file, a folder or stdout."""
    asked = context.asked
    if asked.json and asked.file == "-":
        raise UsageError("--json tells of a file that was written: name one, or leave --json out.")
    if asked.format == "vdir" and asked.file == "-":
        raise UsageError("vdir is a folder with one file a talk: name the folder, such as planner export --format vdir cal.")
    target = "" if asked.file == "-" else os.path.abspath(asked.file)
    if asked.format == "marks":
        from planner.cli.travelling import written

        return _write(context, target, written(context), "your marks")
    plan = context.store.load(context.zone, slugs=context.slugs())
    if asked.format == "vdir":
        return _folder(context, plan, target)
    if asked.format == "ics":
        return _calendar(context, plan, target)
    return _write(context, target, *_text(context, plan))


def _calendar(context: Context, plan: Plan, target: str) -> int:
    """Write one calendar file, and remember what it was told."""
    from planner import export as exporting

    asked = context.asked
    made = exporting.calendar(
        plan,
        scope=asked.scope,
        remembered=context.store.exported(target or "stdout"),
        times=asked.times,
        alarm=context.settings.alarm,
        with_notes=asked.with_notes,
    )
    code = _write(context, target, made.data if made else b"", made.words if made else "")
    if made and asked.scope != "all":
        if context.store.read_only:
            context.tell("The store is read-only: a later export will not know what this one told the calendar.")
        else:
            context.store.remember_exported(target or "stdout", made.remember, now=context.now)
    return code


def _folder(context: Context, plan: Plan, target: str) -> int:
    """Bring a folder to the plan.

    What it is told is remembered before it is written: an export that is interrupted is completed by the next one, under the
    same sequences.
    """
    from planner import export as exporting
    from planner.export import vdir

    asked, remembered = context.asked, context.store.exported(target)
    pieces = exporting.calendars(
        plan,
        scope=asked.scope,
        remembered=remembered,
        times=asked.times,
        alarm=context.settings.alarm,
        with_notes=asked.with_notes,
    )
    step = vdir.compared(target, pieces, remembered)
    if not pieces.data and not step.remove:
        if asked.json:
            context.print_json(_answer(None, asked.format, talks=0, written=0, removed=0, unchanged=0))
        else:
            context.tell(_NOTHING)
        return 0
    foreign = set(step.foreign.values())
    told = {uid: one for uid, one in pieces.remember.items() if uid not in foreign}
    if told != {uid: remembered[uid] for uid in told if uid in remembered}:
        context.store.remember_exported(target, told, now=context.now)
    vdir.bring(target, step)
    if step.foreign:
        raise PlannerError(_foreign(plan, step.foreign, asked.file))
    counts = {"talks": len(pieces.data), "written": len(step.write), "removed": len(step.remove), "unchanged": step.same}
    if asked.json:
        context.print_json(_answer(target, asked.format, **counts))
    else:
        context.tell(
            f"{pieces.words} in {asked.file}: {len(step.write)} written, {len(step.remove)} removed, {step.same} unchanged"
        )
    return 0


def _answer(target: str | None, form: str, **counts: int) -> dict[str, object]:
    """The JSON document of an export."""
    return {"file": target, "format": form, **counts}


def _foreign(plan: Plan, foreign: dict[str, str], folder: str) -> str:
    """The sentence on files that have a talk's name and are not ours."""
    name, uid = next(iter(foreign.items()))
    more = f" and {len(foreign) - 1} more" if len(foreign) > 1 else ""
    return (
        f"{os.path.join(folder, name)}{more} is not this program's file and was left as it is, so “{plan.by_uid[uid].title}”"
        f" is not in the folder; all else is: move the file away, or name another folder."
    )


def _text(context: Context, plan: Plan) -> tuple[bytes, str]:
    """The plan in one of the formats that people and spreadsheets read, and what it is in words."""
    from planner.export import csv, html, json, markdown

    asked = context.asked
    scope, with_notes = asked.scope, asked.with_notes
    if asked.format == "markdown":
        return markdown.written(plan, scope, with_notes=with_notes), "the plan as Markdown"
    if asked.format == "csv":
        return csv.written(plan, scope, with_notes=with_notes, raw=asked.raw), "the plan as CSV"
    if asked.format == "json":
        return json.written(plan, context.now, scope, with_notes=with_notes), "the plan as JSON"
    return html.written(plan, scope, needs=context.settings.walking_seconds, with_notes=with_notes), "the plan as a page"


def _write(context: Context, target: str, data: bytes, words: str) -> int:
    """Write the bytes of an export where they were asked for, and say so; nothing to export is no file."""
    from planner.export import write_file

    if target and data:
        write_file(target, data)
    if context.asked.json:
        context.print_json(_answer(target if data else None, context.asked.format, bytes=len(data)))
    elif not data:
        context.tell(_NOTHING)
    elif target:
        context.tell(f"{words} in {context.asked.file}")
    else:
        context.send(data)
        context.tell(words)
    return 0
