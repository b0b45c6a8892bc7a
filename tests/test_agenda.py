"""The agenda: the plan of a day as exact text and JSON."""

from __future__ import annotations

from datetime import date

import pytest
from plans import at, evening, star, talk

from planner import agenda
from planner.model import Busy, Conference, Slot
from planner.plan import Plan

DAY = date(2021, 5, 6)
FULL = (star("vcnet", 3), star("performers", 3), star("curricula", note="ask about\nthe pacing"), star("diffwave", 2, "going"))


def of(plan: Plan, now: str = "20:08", **rest: bool) -> agenda.Agenda:
    """The agenda of 6 May at a clock in UTC."""
    return agenda.agenda(plan, lambda _, day: day == DAY, at(now), **rest)


def test_the_text_is_the_evening_as_it_will_be_lived() -> None:
    """Head with both zones, clash and note below their talk, free time between, what is on now; Berlin is UTC+2, PDT UTC−7."""
    plan = evening(*FULL)
    assert agenda.text(plan, of(plan), at("20:08")).splitlines() == [
        "Thu 6 May 2021 · times in Europe/Berlin (CEST); the conference keeps PDT, 9 hours behind",
        "",
        "  20:00–20:15  ★★★  VCNet and Functional Targeted Regularization                 Oral Session 11",
        "  20:15–20:45  ★★★  Rethinking Attention with Performers                         Oral Session 12",
        "  20:30–20:45  ★    When Do Curricula Work?                                      Oral Session 11",
        "               ⚠ overlaps Rethinking Attention with Performers by 15 min",
        "               ✎ ask about",
        "               ✎ the pacing",
        "  ·  75 min free",
        "▶ 22:00–22:15  ★★   ✓ DiffWave: A Versatile Diffusion Model for Audio Synthesis  Oral Session 11   now, 7 min left",
        "",
        "4 talks, 1 clash. planner clashes shows it, planner suggest a way out.",
    ]


def test_the_document_has_talks_free_time_and_what_comes_next() -> None:
    """Instants in the display zone; next is the first that has not begun."""
    plan = evening(*FULL)
    document = agenda.document(plan, of(plan, "18:05"), at("18:05"))
    assert document["now"] == "2021-05-06T20:05:00+02:00"
    assert document["zone"] == "Europe/Berlin"
    assert [record["uid"] for record in document["talks"]] == ["vcnet", "performers", "curricula", "diffwave"]  # type: ignore[attr-defined]
    assert document["free"] == [{"start": "2021-05-06T20:45:00+02:00", "end": "2021-05-06T22:00:00+02:00"}]
    assert document["next"] == "performers"
    assert agenda.document(plan, of(plan, "21:00"), at("21:00"))["next"] is None


def test_only_next_keeps_what_is_on_and_what_begins_next() -> None:
    """At 20:20 in Berlin Performers is on and Curricula comes; between talks only the next one is left."""
    plan = evening(*FULL)
    assert [one.uid for one in of(plan, "18:20", only_next=True).talks] == ["performers", "curricula"]
    assert [one.uid for one in of(plan, "19:00", only_next=True).talks] == ["diffwave"]
    assert not of(plan, "23:00", only_next=True).talks


def test_every_shows_unstarred_and_untitled_ones_too() -> None:
    """--all: five slots of the day, the one without a title dim and not counted."""
    plan = evening(star("vcnet"))
    shown = of(plan, every=True)
    assert [one.uid for one in shown.talks] == ["vcnet", "performers", "curricula", "q-and-a", "diffwave"]
    text = agenda.text(plan, shown, at("12:00"))
    assert "· untitled slot ·" in text
    assert "4 talks, no clash." in text


def test_busy_time_is_not_free_and_is_named_where_it_clashes() -> None:
    """75 free minutes shrink to 45 and 15 around a call of a quarter of an hour."""
    plan = evening(*FULL, busy=(Busy(at("19:30"), at("19:45"), "Team call"), Busy(at("20:10"), at("20:30"), "Dinner")))
    assert of(plan).free == ((at("18:45"), at("19:30")), (at("19:45"), at("20:00")))
    assert "⚠ overlaps your “Dinner” by 5 min" in agenda.text(plan, of(plan), at("12:00"))


def test_busy_time_stands_in_its_place() -> None:
    """Calls of the day are lines among the talks, before them, between the free times and after them; no other day's are."""
    calls = {
        "Standup": ("17:00", "17:30"),
        "": ("19:00", "19:30"),
        "Dinner": ("20:20", "22:30"),
        "Noon call": ("06:00", "06:30"),
    }
    busy = tuple(Busy(at(since), at(until), title) for title, (since, until) in calls.items())
    plan = evening(*FULL, busy=busy)
    lines = [line for line in agenda.text(plan, of(plan), at("12:00")).splitlines() if "–" in line or "·  " in line]
    assert [line.split("  ")[1:4] if line.startswith("  ·") else line[2:7] for line in lines] == [
        ["·", "19:00–19:30", "busy: Standup"],
        "20:00",
        "20:15",
        "20:30",
        ["·", "15 min free"],
        ["·", "21:00–21:30", "busy"],
        ["·", "30 min free"],
        "22:00",
        ["·", "22:20–00:30 +1", "busy: Dinner"],
    ]


def test_next_names_only_the_busy_time_that_is_on() -> None:
    """--next is for a status bar: a call counts from its first minute to its last."""
    plan = evening(*FULL, busy=(Busy(at("19:00"), at("19:30"), "Team call"), Busy(at("19:40"), at("19:50"), "Other")))
    said = {now: agenda.text(plan, of(plan, now, only_next=True), at(now)) for now in ("18:59", "19:00", "19:29", "19:30")}
    assert [now for now, text in said.items() if "busy: Team call" in text] == ["19:00", "19:29"]
    assert not any("Other" in text for text in said.values())


def test_another_date_in_the_display_zone_is_said() -> None:
    """18:00 UTC on 6 May is 3:00 on 7 May in Tokyo: +1 beside the clock, under the conference's day."""
    plan = evening(star("vcnet"), zone="Asia/Tokyo")
    text = agenda.text(plan, of(plan), at("12:00"))
    assert text.startswith("Thu 6 May 2021 · times in Asia/Tokyo (JST); the conference keeps PDT, 16 hours behind")
    assert "03:00–03:15 +1" in text


def test_an_assumed_end_has_its_sign() -> None:
    """A talk whose end the source does not give ends with a ~."""
    plan = evening(star("a"), talks=(talk("a", "No end", "18:00", None),))
    assert "20:00–20:15~" in agenda.text(plan, of(plan), at("12:00"))


def test_a_cancelled_talk_is_said_to_be_and_an_all_day_one_comes_first() -> None:
    """Both stay visible, neither counts as a clash."""
    talks = (
        talk("a", "Gone", "18:00", cancelled=True),
        talk("w", "Workshop day")._replace(slot=Slot(day=DAY, last_day=DAY)),
        talk("b", "Here", "18:00"),
    )
    plan = evening(*(star(one.uid) for one in talks), talks=talks)
    lines = agenda.text(plan, of(plan), at("12:00")).splitlines()
    assert lines[2].split()[:2] == ["all", "day"]
    assert any("Cancelled: Gone" in line for line in lines)
    assert lines[-1] == "3 talks, no clash."


def test_an_early_leave_is_said_and_ends_the_talk() -> None:
    """Performers, 18:15 to 18:45 UTC, is left at 18:30: it is over then, the clash is gone and free time begins."""
    plan = evening(star("vcnet"), star("performers", leave_at=at("18:30")), star("diffwave"))
    lines = [" ".join(line.split()) for line in agenda.text(plan, of(plan), at("18:20")).splitlines()]
    performers = "▶ 20:15–20:45, leave at 20:30 ★ Rethinking Attention with Performers Oral Session 12 now, 10 min left"
    assert lines[3:5] == [performers, "· 90 min free"]
    document = agenda.document(plan, of(plan), at("18:35"))
    assert document["free"] == [{"start": "2021-05-06T20:30:00+02:00", "end": "2021-05-06T22:00:00+02:00"}]
    assert [one["end"][11:16] for one in document["talks"]] == ["20:15", "20:45", "22:15"]  # type: ignore[attr-defined]
    assert not any(agenda.is_on(plan, one, at("18:35")) for one in of(plan).talks)


def test_what_is_planned_on_the_day_before_is_no_free_time() -> None:
    """Tokyo's 7 May has talks at 00:00 and 04:00 UTC; in Los Angeles it is the evening of 6 May, with a talk at 02:00."""
    west = talk("west", "West", session=None)._replace(slot=Slot(at("02:00", "2021-05-07"), at("03:00", "2021-05-07")))
    east = tuple(
        talk(uid, uid, session=None)._replace(
            conference="east", slot=Slot(at(start, "2021-05-07"), at(end, "2021-05-07"), zone="Asia/Tokyo")
        )
        for uid, start, end in (("early", "00:00", "01:00"), ("late", "04:00", "05:00"))
    )
    first = evening(talks=(west,)).conferences
    conferences = {**first, "east": Conference("east", "East", "Asia/Tokyo", (), east)}
    plan = Plan(conferences, {uid: star(uid) for uid in ("west", "early", "late")}, (), "UTC")
    shown = agenda.agenda(plan, lambda _, day: day == date(2021, 5, 7), at("12:00"))
    assert [one.uid for one in shown.talks] == ["early", "late"]
    assert [(start.hour, end.hour) for start, end in shown.free] == [(1, 2), (3, 4)]


@pytest.mark.parametrize(("text", "cells"), [("abc", 3), ("東京", 4), ("é", 1), ("e\u0301", 1), ("★–", 2)])
def test_cells_are_the_columns_of_a_terminal(text: str, cells: int) -> None:
    """East Asian wide signs take two, combining marks none (UAX 11)."""
    assert agenda.cells(text) == cells
    assert len(agenda.pad(text, 10)) == 10 - cells + len(text)


@pytest.mark.parametrize("width", [60, 80, 200])
def test_no_talk_is_wider_than_the_terminal(width: int) -> None:
    """Titles give way first, with …, then the whole line; what it clashes with and for how long stands below in full."""
    plan = evening(*FULL)
    lines = agenda.text(plan, of(plan), at("20:08"), width=width).splitlines()
    rows = [line for line in lines[1:-1] if "–" in line]
    assert len(rows) == 4
    assert all(agenda.cells(line) <= width for line in rows)
    assert any("…" in line for line in rows) == (width < 200)
    assert all("Oral Session 1" in line for line in rows) == (width > 60)
    assert "⚠ overlaps Rethinking Attention with Performers by 15 min" in [line.strip() for line in lines]


def test_a_change_of_room_that_is_too_short_is_said() -> None:
    """5 minutes from Hall A where the way takes 10."""
    talks = (talk("a", "A", "18:00", room="Hall A"), talk("b", "B", "18:20", room="Hall B"))
    plan = evening(star("a"), star("b"), talks=talks)
    assert "⚠ tight: 5 min for a way of 10 min, from Hall A to Hall B" in agenda.text(
        plan, of(plan), at("12:00"), lambda *_: 600
    )


def test_no_time_at_all_for_a_change_is_said_so() -> None:
    """One ends as the other begins, in another hall."""
    assert agenda.too_short(0, 300) == "no time for a way of 5 min"


def test_what_was_skipped_has_its_sign_where_it_is_listed() -> None:
    """With --all a skipped talk stands there behind a ✗, one that one goes to behind a ✓."""
    plan = evening(star("vcnet", 0, "skipped"), star("curricula", 0, "going"))
    assert [agenda.title(plan, one)[:2] for one in of(plan, every=True).talks] == ["✗ ", "Re", "✓ ", "· ", "Di"]


def test_a_conference_without_a_clock_is_named_by_that_of_the_others() -> None:
    """A day of talks in Los Angeles and an all-day entry in Tokyo: the head says which clock each conference keeps."""
    fair = talk("fair", "Fair", session=None)._replace(conference="east", slot=Slot(day=DAY, last_day=DAY))
    plan = evening(star("vcnet"), star("fair"))
    plan = Plan({**plan.conferences, "east": Conference("east", "East", "Asia/Tokyo", (), (fair,))}, plan.marks, (), plan.zone)
    assert agenda.text(plan, of(plan), at("12:00")).splitlines()[0] == (
        "Thu 6 May 2021 · times in Europe/Berlin (CEST); East keeps JST, 7 hours ahead; ICLR 2021 keeps PDT, 9 hours behind"
    )
