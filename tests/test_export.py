"""Export: what goes out, which sequence it carries, and files that are never half there."""

from __future__ import annotations

import os
import stat
from datetime import UTC
from typing import TYPE_CHECKING

import pytest
from icalendar import Calendar
from plans import at, evening, star, talk

from planner import export
from planner.errors import PlannerError
from planner.model import Slot

if TYPE_CHECKING:
    from pathlib import Path

    from planner.export import Exported, Made
    from planner.plan import Plan


def events(made: Made | None) -> dict[str, tuple[int, str]]:
    """Sequence and status of each event by its title, as the icalendar library reads them."""
    assert made is not None
    return {
        str(event["SUMMARY"]): (int(event["SEQUENCE"]), str(event["STATUS"])) for event in Calendar.from_ical(made.data).events
    }


def again(plan: Plan, before: Made | None) -> Made | None:
    """The export of a plan into a calendar that was told ``before``."""
    remembered: dict[str, Exported] = before.remember if before else {}
    return export.calendar(plan, remembered=remembered)


def test_each_scope_has_its_talks() -> None:
    """Starred means starred and not skipped; going only those; all everything with a title and a slot."""
    plan = evening(star("vcnet"), star("performers", decision="going"), star("curricula", decision="skipped"), star("paper"))
    found = {scope: [one.uid for one in export.chosen(plan, scope)] for scope in export.SCOPES}
    assert found == {
        "starred": ["vcnet", "performers"],
        "going": ["performers"],
        "all": ["vcnet", "performers", "curricula", "diffwave"],
    }


def test_nothing_to_write_is_none() -> None:
    """Neither an empty calendar nor a file comes of an empty plan."""
    assert export.calendar(evening()) is None
    assert export.calendar(evening(star("paper"))) is None


def test_the_same_plan_gives_the_same_bytes_and_sequence() -> None:
    """A second export of an untouched plan changes nothing, also after a talk left it."""
    plan = evening(star("vcnet"), star("diffwave"))
    first = again(plan, None)
    second = again(plan, first)
    assert first is not None
    assert second == first
    less = evening(star("vcnet"))
    left = again(less, second)
    assert left is not None
    assert again(less, left) == left


def test_a_change_raises_the_sequence_and_an_abstract_does_not() -> None:
    """Start, room, title and decision count; nothing else does; it never falls."""
    one = talk("a", "A", "18:00", room="Hall A")
    made = again(evening(star("a"), talks=(one,)), None)
    assert events(made) == {"A": (0, "TENTATIVE")}
    made = again(evening(star("a"), talks=(one._replace(abstract="new"),)), made)
    assert events(made) == {"A": (0, "TENTATIVE")}
    moved = one._replace(slot=Slot(at("18:30"), at("18:45"), "Hall A"), sequence=1)
    made = again(evening(star("a"), talks=(moved,)), made)
    assert events(made) == {"A": (1, "TENTATIVE")}
    made = again(evening(star("a", decision="going"), talks=(moved,)), made)
    assert events(made) == {"A": (2, "CONFIRMED")}
    made = again(evening(star("a", decision="going"), talks=(moved._replace(title="B", sequence=2),)), made)
    assert events(made) == {"B": (3, "CONFIRMED")}


@pytest.mark.parametrize("gone", ["unstarred", "skipped", "cancelled"])
def test_what_left_the_plan_goes_out_as_cancelled_and_can_come_back(gone: str) -> None:
    """With a higher sequence and "Cancelled: " before its name; back again it rises once more."""
    one = talk("a", "A", "18:00")
    here = evening(star("a"), talks=(one,))
    made = again(here, None)
    if gone == "unstarred":
        less = evening(talks=(one,))
    elif gone == "skipped":
        less = evening(star("a", decision="skipped"), talks=(one,))
    else:
        less = evening(star("a"), talks=(one._replace(cancelled=True, sequence=1),))
    made = again(less, made)
    assert events(made) == {"Cancelled: A": (1, "CANCELLED")}
    made = again(here, made)
    assert events(made) == {"A": (2, "TENTATIVE")}


def test_a_talk_that_lost_its_slot_is_cancelled_where_the_calendar_has_it() -> None:
    """The organisers took the time away: the entry is cancelled at the hour at which it stands in the calendar."""
    one = talk("a", "A", "18:00", room="Hall A")
    made = again(evening(star("a"), talks=(one,)), None)
    made = again(evening(star("a"), talks=(one._replace(slot=Slot(), sequence=1),)), made)
    assert made is not None
    (event,) = Calendar.from_ical(made.data).events
    assert (event["STATUS"], event.start.astimezone(UTC), event.end.astimezone(UTC)) == ("CANCELLED", at("18:00"), at("18:15"))


def test_everything_is_not_the_plan() -> None:
    """An export of all talks cancels nothing."""
    plan = evening(star("vcnet"))
    made = again(plan, None)
    assert made is not None
    whole = export.calendar(evening(), scope="all", remembered=made.remember)
    assert all(status != "CANCELLED" for _, status in events(whole).values())


def test_a_file_is_replaced_as_a_whole_and_keeps_its_permissions(tmp_path: Path) -> None:
    """The new bytes are there, nothing else is left beside them, and the mode is that of the old file."""
    path = tmp_path / "plan.ics"
    export.write_file(str(path), b"one")
    path.chmod(0o600)
    export.write_file(str(path), b"two")
    assert path.read_bytes() == b"two"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert os.listdir(tmp_path) == ["plan.ics"]


def test_what_cannot_be_written_is_one_sentence_and_the_old_file_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A missing folder, and a disk that is full while the new file is written beside the old one."""
    with pytest.raises(PlannerError, match="cannot be written"):
        export.write_file(str(tmp_path / "none" / "plan.ics"), b"x")
    path = tmp_path / "plan.ics"
    path.write_bytes(b"old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(PlannerError, match="no space left on device"):
        export.write_file(str(path), b"new")
    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["plan.ics"]
