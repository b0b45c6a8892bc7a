"""The timetable's layout against brute force: every talk once, nothing over anything else, as tall as it is long."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from itertools import combinations
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tui_day import full_day, number
from tui_made import at, iclr, many, talk

from planner.model import Busy, Conference, Session, Slot, Talk
from planner.plan import Plan
from planner.readers import Hints, Part, read
from planner.tui.grid_columns import modes, natural
from planner.tui.grid_layout import STEPS, Block, Grid, lay, natural_step
from planner.tui.grid_moves import Moves

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

START = datetime(2021, 5, 6, 7, tzinfo=UTC)
LATER = datetime(2031, 1, 1, tzinfo=UTC)


@st.composite
def days(draw: st.DrawFn) -> tuple[Conference, Plan]:
    """A day of talks of any length at any time, in rooms and sessions or without, some of them containers and posters."""
    talks = []
    for n in range(draw(st.integers(0, 24))):
        begins = START + timedelta(
            minutes=draw(st.one_of(st.integers(0, 900), st.integers(0, 60).map(lambda five: five * 15)))
        )
        length = draw(st.sampled_from([None, 0, 1, 3, 5, 7, 10, 15, 20, 30, 45, 60, 90, 240, 700]))
        day = draw(st.sampled_from([None] * 9 + [date(2021, 5, 6)]))
        end = begins + timedelta(minutes=length) if length is not None else None
        slot = Slot(day=day) if day else Slot(begins, end, room=draw(st.sampled_from([None, "Hall A", "Hall B", "Room 10"])))
        session = draw(st.sampled_from([None, "1", "2", "3"]))
        holds = draw(st.sampled_from([None] * 5 + ["1", "2"]))
        talks.append(
            Talk(
                f"00000000-0000-5000-8000-{n:012}",
                "c",
                f"Talk {n}",
                draw(st.sampled_from(["talk", "oral", "poster", "untitled"])),
                session if holds is None else None,
                slot,
                track=draw(st.sampled_from([None, "Audio", "Vision"])),
                holds=holds,
                cancelled=draw(st.sampled_from([False, False, False, True])),
            )
        )
    sessions = tuple(Session(key, f"Session {key}") for key in "123")
    conference = Conference("c", "C", "UTC", sessions, tuple(talks))
    return conference, Plan({"c": conference}, {}, (), draw(st.sampled_from(["UTC", "Europe/Berlin", "Asia/Kathmandu"])))


def laid(plan: Plan, talks: Sequence[Talk], mode: str, step: int, most: int, *, now: datetime = LATER) -> Grid:
    """The grid, with so many blocks side by side at most."""
    return lay(plan, talks, now, mode=mode, step=step, lanes=lambda _columns: most)


drawn = given(days(), st.sampled_from(["rooms", "sessions", "tracks"]), st.sampled_from(STEPS), st.integers(1, 4))


@drawn
def test_every_talk_is_there_once(day: tuple[Conference, Plan], mode: str, step: int, most: int) -> None:
    """Each talk of the day is in exactly one block, alone or counted in a pile."""
    conference, plan = day
    counted = Counter(uid for block in laid(plan, conference.talks, mode, step, most).blocks for uid in block.uids)
    assert counted == Counter(one.uid for one in conference.talks)


@drawn
def test_no_two_blocks_overlap(day: tuple[Conference, Plan], mode: str, step: int, most: int) -> None:
    """Two blocks share no line, or stand in different columns, or side by side."""
    conference, plan = day
    grid = laid(plan, conference.talks, mode, step, most)
    for block in grid.blocks:
        assert 0 <= block.top < block.bottom <= len(grid.lines)
        assert -1 <= block.column < len(grid.columns)
        assert 0 <= block.lane < block.lanes
    for a, b in combinations(grid.blocks, 2):
        if a.column == b.column and a.top < b.bottom and b.top < a.bottom:
            ends = [(Fraction(one.lane, one.lanes), Fraction(one.lane + 1, one.lanes)) for one in (a, b)]
            assert ends[0][1] <= ends[1][0] or ends[1][1] <= ends[0][0], (a, b)


@drawn
def test_as_tall_as_long(day: tuple[Conference, Plan], mode: str, step: int, most: int) -> None:
    """A block has the lines of its time: each end within half a step, a line at least; and begins at the line of its clock."""
    conference, plan = day
    grid = laid(plan, conference.talks, mode, step, most)
    held = {one.session for one in conference.talks}
    for block in grid.blocks:
        one = plan.by_uid[block.uids[0]]
        if block.pile or one.slot.start is None or one.holds in held - {None}:
            continue
        until = plan.until(one)
        assert until is not None
        lines = grid.lines[block.top : block.bottom]
        assert {line.what for line in lines} == {"row"}
        minutes = (until - one.slot.start).total_seconds() / 60
        assert abs(len(lines) * step - minutes) <= step
        hour, minute = lines[0].mine.split(":")
        begins = one.slot.start.astimezone(ZoneInfo(plan.zone))
        apart = abs(int(hour) * 60 + int(minute) - begins.hour * 60 - begins.minute)
        assert min(apart, 1440 - apart) <= step / 2


@drawn
def test_time_adds_up(day: tuple[Conference, Plan], mode: str, step: int, most: int) -> None:
    """Rows and pressed breaks make up the whole day; no break of more than three rows is drawn, nor is a talk pressed."""
    conference, plan = day
    grid = laid(plan, conference.talks, mode, step, most)
    taken = {line for block in grid.blocks for line in range(block.top, block.bottom)}
    taken |= {line for frame in grid.frames for line in range(frame.top, frame.bottom)}
    free = 0
    for at_line, line in enumerate(grid.lines):
        assert line.what != "gap" or (at_line not in taken and line.seconds > 3 * step * 60)
        free = free + 1 if line.what == "row" and at_line not in taken else 0
        assert free <= 3
    timed = [one for one in conference.talks if one.slot.start is not None]
    if timed:
        first = min(one.slot.start for one in timed if one.slot.start)
        last = max(until for one in timed if (until := plan.until(one)))
        seconds = sum(line.seconds or step * 60 for line in grid.lines if line.what in {"row", "gap"})
        assert abs(seconds - (last - first).total_seconds()) < 4 * step * 60  # a step before, and the least rows of a talk


@drawn
def test_sessions_share_lanes(day: tuple[Conference, Plan], mode: str, step: int, most: int) -> None:
    """A session is in one lane, and two sessions of a lane are never on at one time."""
    del mode
    conference, plan = day
    grid = laid(plan, conference.talks, "sessions", step, most)
    lanes: dict[str, set[int]] = {}
    spans: dict[tuple[int, str], list[Block]] = {}
    for block in grid.blocks:
        for uid in block.uids:
            key = plan.by_uid[uid].session or plan.by_uid[uid].holds
            if block.column >= 0 and key:
                lanes.setdefault(key, set()).add(block.column)
                spans.setdefault((block.column, key), []).append(block)
    assert all(len(columns) == 1 for columns in lanes.values())
    for (one, a), (other, b) in combinations(spans.items(), 2):
        if one[0] == other[0]:
            assert max(x.bottom for x in a) <= min(x.top for x in b) or max(x.bottom for x in b) <= min(x.top for x in a)


@drawn
def test_containers_surround(day: tuple[Conference, Plan], mode: str, step: int, most: int) -> None:
    """A frame surrounds blocks that say so, and every block that says so is in one."""
    conference, plan = day
    grid = laid(plan, conference.talks, mode, step, most)
    for block in grid.blocks:
        around = [
            frame
            for frame in grid.frames
            if frame.column == block.column and frame.top < block.bottom and block.top < frame.bottom
        ]
        assert not block.inside or around
    for frame in grid.frames:
        assert any(
            block.column == frame.column and block.top == frame.top and plan.by_uid[block.uids[0]].holds
            for block in grid.blocks
        )


@drawn
def test_the_cursor_reaches_everything(day: tuple[Conference, Plan], mode: str, step: int, most: int) -> None:
    """Down goes through all talks of a column and stops; up comes back; sideways lands on what is on at that line."""
    conference, plan = day
    moves = Moves(laid(plan, conference.talks, mode, step, most))
    reached = set()
    for column in range(len(moves.columns)):
        uid = moves.along("", column, 0)
        way = [uid]
        while (following := moves.along(uid, column, 1)) != uid:
            uid = following
            way.append(uid)
        assert len(way) == len(set(way))
        back = [uid]
        while (before := moves.along(uid, column, -1)) != uid:
            uid = before
            back.append(uid)
        assert back == way[::-1]
        reached |= set(way)
        for one in way:
            line = moves.block[one].top
            for step_ in (1, -1):
                found, there = moves.across(one, column, line, step_)
                on = [block for block in moves.columns[there] if block.top <= line < block.bottom]
                if found != one and on:
                    assert moves.block[found] in on
    if moves.columns:
        assert reached == {one.uid for one in conference.talks}


# By hand


def numbers(grid: Grid, column: int) -> list[list[int]]:
    """The talks of each block of a column, by number."""
    return [[number(uid) for uid in block.uids] for block in grid.blocks if block.column == column]


def plan_of(conference: Conference, *busy: Busy, zone: str = "Europe/Berlin") -> Plan:
    """A plan of one conference."""
    return Plan({conference.slug: conference}, {}, busy, zone)


def on_the_sixth(plan: Plan) -> list[Talk]:
    """The talks of 6 May."""
    return [one for one in plan.by_uid.values() if plan.day_of(one) == date(2021, 5, 6)]


def test_a_full_day() -> None:
    """Halls are columns by name; posters are one block; five at a time are a pile, two stand side by side."""
    plan = plan_of(full_day())
    grid = laid(plan, on_the_sixth(plan), "rooms", 15, 2)
    assert [column.name for column in grid.columns] == ["Hall A", "Hall P", "Hall W"]
    posters, crowd, left, right = (block for block in grid.blocks if block.column == 1)
    assert (posters.words, len(posters.uids), posters.bottom - posters.top) == ("Poster Session 9", 41, 8)
    assert [number(uid) for uid in posters.uids] == list(range(200, 241))
    assert len(crowd.uids) == 5
    assert (left.lane, left.lanes, right.lane, right.lanes) == (0, 2, 1, 2)
    assert numbers(grid, -1) == [[280]]
    assert grid.lines[0].what == "day"


def test_a_workshop_surrounds_its_talks() -> None:
    """The container has its own block above the first talk, and a frame to its end."""
    plan = plan_of(full_day())
    grid = laid(plan, on_the_sixth(plan), "rooms", 15, 2)
    (frame,) = grid.frames
    own, *held, _endless = (block for block in grid.blocks if block.column == 2)
    assert number(own.uids[0]) == 120
    assert (own.top, own.bottom, frame.bottom - frame.top) == (frame.top, frame.top + 2, 16)
    assert [block.inside for block in held] == [True] * 3


def test_lanes_carry_sessions_one_after_the_other() -> None:
    """Two sessions at one time are two lanes; a later one goes below an earlier one, under its name."""
    conference = iclr()
    plan = plan_of(conference)
    grid = laid(plan, on_the_sixth(plan), "sessions", 5, 2)
    assert [column.parts[0].words for column in grid.columns] == ["Oral Session 11", "Oral Session 12"]
    assert grid.columns[0].parts[0].more == "chairs A. Kovashka, F. Huang, G. Montufar"
    later = talk(90, "Later", at(22), session="13")
    third = conference._replace(
        sessions=(*conference.sessions, Session("13", "Oral Session 13")), talks=(*conference.talks, later)
    )
    plan = plan_of(third)
    grid = laid(plan, on_the_sixth(plan), "sessions", 5, 2)
    assert [part.words for part in grid.columns[0].parts][:2] == ["Oral Session 11", "Oral Session 13"]
    (block,) = (block for block in grid.blocks if block.uids == (later.uid,))
    assert grid.labels[0, block.top - 1] == "Oral Session 13"


def test_both_clocks_and_the_date() -> None:
    """A line has the user's clock and the conference's, and +1 where the user's date is the day after."""
    plan = plan_of(full_day(), zone="Asia/Tokyo")
    line = next(line for line in laid(plan, on_the_sixth(plan), "rooms", 15, 2).lines if line.theirs == "09:00")
    assert (line.mine, line.shift) == ("01:00", "+1")
    plan = plan_of(full_day(), zone="America/Los_Angeles")
    assert {line.theirs for line in laid(plan, on_the_sixth(plan), "rooms", 15, 2).lines} == {""}


@pytest.mark.parametrize(("minute", "before"), [(0, "18:00"), (1, "18:15"), (15, "18:15"), (16, "18:30")])
def test_now_stands_before_the_next_line(minute: int, before: str) -> None:
    """The line at now is between the row in which now is and the next one."""
    plan = plan_of(full_day())
    grid = laid(plan, on_the_sixth(plan), "rooms", 15, 2, now=at(16, minute))
    where = next(n for n, line in enumerate(grid.lines) if line.what == "now")
    assert (grid.lines[where].mine, grid.lines[where + 1].mine) == (f"18:{minute:02}", before)


def test_now_is_shown_once_and_only_on_its_day() -> None:
    """In a pressed break, between rows and at the end there is one line at now; before and after the day there is none."""
    plan = plan_of(full_day())
    talks = [one for one in on_the_sixth(plan) if number(one.uid) != 114]
    for minute in range(0, 6 * 60, 7):
        lines = laid(plan, talks, "rooms", 15, 2, now=at(16, minute)).lines
        assert sum(line.what == "now" for line in lines) == 1
    for hour in (15, 23):
        assert "now" not in {line.what for line in laid(plan, talks, "rooms", 15, 2, now=at(hour)).lines}


def test_busy_time() -> None:
    """Busy time is on its lines; what is outside the day is not there."""
    busy = (Busy(at(16, 30), at(17, 15), "Team call"), Busy(at(3), at(4), "Night"), Busy(at(15), at(16, 30), "Before"))
    plan = plan_of(full_day(), *busy)
    grid = laid(plan, on_the_sixth(plan), "rooms", 15, 2)
    shown = {one.title: (grid.lines[one.top].mine, one.bottom - one.top) for one in grid.busy}
    assert shown == {"Before": ("17:45", 3), "Team call": ("18:30", 3)}


def test_steps() -> None:
    """The step suits the day: five minutes for short talks, a quarter of an hour for long ones; posters count once."""
    assert natural_step(plan_of(iclr()), on_the_sixth(plan_of(iclr()))) == 5
    assert natural_step(plan_of(many(40)), plan_of(many(40)).by_uid.values()) == 5
    long = [talk(n, "Long", at(16), 60, room=f"R{n}") for n in range(9)]
    assert natural_step(plan_of(full_day()), long) == 15
    short = [talk(50 + n, "Short", at(18, 10 * n), 10) for n in range(9)]
    posters = [talk(100 + n, "Poster", at(16), 120, kind="poster", session="p") for n in range(400)]
    assert natural_step(plan_of(full_day()), [*short, *posters]) == 5


def test_what_may_be_across() -> None:
    """Rooms where most have one, sessions where few have, tracks where there are several."""
    in_rooms = [talk(n, "T", at(16), room=f"R{n}", track=f"T{n}") for n in range(3)]
    in_sessions = [talk(n + 10, "T", at(16), session=f"S{n}") for n in range(7)]
    assert modes(in_rooms) == ["rooms", "tracks"]
    assert modes(in_sessions) == ["sessions"]
    assert modes([*in_rooms, *in_sessions])[0] == "sessions"
    assert modes([]) == ["sessions"]
    assert sorted(["Room 10", "room 9", "Aula"], key=natural) == ["Aula", "room 9", "Room 10"]


def test_fosdem(shared: Path) -> None:
    """A real conference of nine hundred talks in thirty rooms: every room is a column, every talk a block of its length."""
    path = shared / "samples" / "C" / "fosdem2025_pentabarf.xml"
    conference = read([Part(path.name, path.read_bytes())], Hints(now=LATER)).conference
    plan = plan_of(conference)
    for day in (date(2025, 2, 1), date(2025, 2, 2)):
        talks = [one for one in plan.by_uid.values() if plan.day_of(one) == day]
        grid = laid(plan, talks, "rooms", 5, 2)
        assert {column.name for column in grid.columns} == {one.slot.room for one in talks}
        assert not any(block.pile for block in grid.blocks)
        for block in grid.blocks:
            one = plan.by_uid[block.uids[0]]
            assert one.slot.start is not None
            assert one.slot.end is not None
            assert (block.bottom - block.top) * 300 == (one.slot.end - one.slot.start).total_seconds()
