"""Hand-made plans that several tests share: one evening of two parallel sessions, seen from Berlin."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from planner.model import Busy, Conference, Mark, Session, Slot, Talk
from planner.plan import Plan

LOS_ANGELES = "America/Los_Angeles"


def at(clock: str, day: str = "2021-05-06") -> datetime:
    """An instant in UTC."""
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=UTC)


def talk(uid: str, title: str, start: str = "", minutes: int | None = 15, **rest: object) -> Talk:
    """A talk of Oral Session 11, at a clock in UTC on 6 May 2021; without ``start`` no slot, with ``minutes`` None no end."""
    slot = Slot(zone=LOS_ANGELES)
    if start:
        begin = at(start)
        slot = Slot(begin, None if minutes is None else begin + timedelta(minutes=minutes), zone=LOS_ANGELES)
    room = rest.pop("room", None)
    fields = {"kind": "oral", "session": "11", "slot": slot._replace(room=room), "modified": at("09:00", "2021-04-20"), **rest}
    return Talk(uid=uid, conference="iclr-2021", title=title)._replace(**fields)


def evening(*marks: Mark, talks: tuple[Talk, ...] = (), busy: tuple[Busy, ...] = (), zone: str = "Europe/Berlin") -> Plan:
    """The founding page's evening with a parallel session, a poster row without a slot, and the marks given."""
    sessions = (
        Session("11", "Oral Session 11", ("Adriana Kovashka", "Furong Huang", "Guido Montufar"), "oral"),
        Session("12", "Oral Session 12", (), "oral"),
    )
    held = talks or (
        talk("vcnet", "VCNet and Functional Targeted Regularization", "18:00", speakers=("Lizhen Nie", "Mao Ye")),
        talk("performers", "Rethinking Attention with Performers", "18:15", 30, session="12"),
        talk("curricula", "When Do Curricula Work?", "18:30"),
        talk("q-and-a", "", "19:00", 10, kind="untitled"),
        talk("diffwave", "DiffWave: A Versatile Diffusion Model for Audio Synthesis", "20:00"),
        talk("paper", "A paper without a slot", session=None, kind="paper", degree="4", reason="read it on the train"),
    )
    conference = Conference("iclr-2021", "ICLR 2021", LOS_ANGELES, sessions, held)
    return Plan({"iclr-2021": conference}, {mark.uid: mark for mark in marks}, busy, zone)


def star(uid: str, rating: int = 0, decision: str = "undecided", note: str = "", **rest: object) -> Mark:
    """A star with what else was put on the talk."""
    return Mark(uid, starred=True, rating=rating, decision=decision, note=note)._replace(**rest)
