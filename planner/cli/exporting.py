"""The command that writes the plan for other programs: ``export``."""

from __future__ import annotations

import os

from planner.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from planner.cli.context import Context
    from planner.export import Choice
    from planner.model import Exported
    from planner.plan import Plan


def export(context: Context) -> int:
    """Write the plan in another program's format, to a file, a folder or stdout."""
    asked = context.asked
    vars(asked)["format"] = asked.format or _form(context, asked.file)
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


def _form(context: Context, path: str) -> str:
    """The format that a path asks for by its ending, a calendar where it has none or one that says nothing."""
    from planner.export import ENDINGS, form_of

    ending = os.path.splitext(path)[1]
    if ending and path != "-" and ending.lower() not in ENDINGS.values():
        context.tell(f"  ⚠ no format has files that end with {ending}: a calendar is written; --format says another.")
    return form_of(path, "ics")


def choice(context: Context) -> Choice:
    """What the flags and the settings say of a calendar."""
    from planner.export import Choice

    asked = context.asked
    return Choice(asked.scope, asked.times, context.settings.alarm, asked.with_notes)


def _calendar(context: Context, plan: Plan, target: str) -> int:
    """Write one calendar file, and remember what it was told."""
    from planner import export as exporting

    asked = context.asked
    made = exporting.calendar(plan, choice(context), remembered=context.store.exported(target or "stdout"))
    code = _write(context, target, made.data if made else b"", made.words if made else "")
    if made and asked.scope != "all":
        _remember(context, target, made.remember)
    return code


def _folder(context: Context, plan: Plan, target: str) -> int:
    """Bring a folder to the plan."""
    from planner.export import vdir

    asked = context.asked
    done = vdir.export(
        plan,
        target,
        choice(context),
        remembered=context.store.exported(target),
        remember=lambda told: _remember(context, target, told),
    )
    counts = done._asdict() if done else dict.fromkeys(("talks", "written", "removed", "unchanged"), 0)
    words = counts.pop("words", "")
    if asked.json:
        context.print_json(_answer(target if done else None, asked.format, **counts))
    elif done is None:
        context.tell(nothing(context))
    else:
        changed = f"{done.written} written, {done.removed} removed, {done.unchanged} unchanged"
        context.tell(f"{words} in {asked.file}: {changed}")
    return 0


def nothing(context: Context, verb: str = "export") -> str:
    """What to say where no talk goes out."""
    going = vars(context.asked).get("scope") == "going"
    does = "going TALK decides for one" if going else "star TALK puts a talk into the plan"
    return f"There is nothing to {verb}: planner {does}."


def _remember(context: Context, target: str, told: dict[str, Exported]) -> None:
    """Keep what a calendar is told, or say that it cannot be kept."""
    if context.store.read_only:
        from planner.export import FORGETS

        context.tell(FORGETS)
    else:
        context.store.remember_exported(target or "stdout", told, now=context.now)


def _answer(target: str | None, form: str, **counts: int) -> dict[str, object]:
    """The JSON document of an export."""
    return {"file": target, "format": form, **counts}


def _text(context: Context, plan: Plan) -> tuple[bytes, str]:
    """The plan in one of the formats that people and spreadsheets read, and what it is in words."""
    from planner.export import document

    asked = context.asked
    data = document(
        plan,
        asked.format,
        scope=asked.scope,
        now=context.now,
        needs=context.settings.walking_seconds,
        with_notes=asked.with_notes,
        raw=asked.raw,
    )
    return data, {"markdown": "the plan as Markdown", "html": "the plan as a page"}.get(
        asked.format, f"the plan as {asked.format.upper()}"
    )


def _write(context: Context, target: str, data: bytes, words: str) -> int:
    """Write the bytes of an export where they were asked for, and say so; nothing to export is no file."""
    from planner.export import NAMELESS, write_over

    if target and data and write_over(target, data, known=lambda: bool(context.store.exported(target))):
        _remember(context, target, NAMELESS)
    if context.asked.json:
        context.print_json(_answer(target if data else None, context.asked.format, bytes=len(data)))
    elif not data:
        context.tell(nothing(context))
    elif target:
        context.tell(f"{words} in {context.asked.file}")
    else:
        context.send(data)
        context.tell(words)
    return 0
