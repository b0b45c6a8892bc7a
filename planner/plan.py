"""The plan: the stored conferences as one person sees them, with stars, decisions and busy time.

A plan does not change; ``with_marks`` gives the next one. Every view (days, clashes, tight changes, free time, the record
that JSON prints) is derived from it, so that every output agrees with every other.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from planner import clash, times
from planner.model import UNRATED, Mark

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date

    from planner.model import Busy, Conference, Session, Talk

ASSUMED_MINUTES = 15
"""How long a talk without an end is taken to last where its session has no later start."""

ASSUMED_POSTER_MINUTES = 120
"""The same for a poster."""

BUSY_KEY = "busy:"
"""How the key of busy time begins; no uid has a colon, for it is safe as a file name."""

_NO_TALKS = frozenset({"untitled", "break"})
_LONGEST_ASSUMED = timedelta(hours=12)  # a session's next start further off is another day of it


class Plan:
    """Conferences and marks, seen in one display zone.

    ``conferences`` maps slugs to conferences with the talks that were loaded, ``marks`` uids to marks, ``busy`` is the
    user's own calendar, ``zone`` the IANA name of the display zone. Of a session that was loaded in part ``starts`` has every
    start in order, by conference and key, so that an assumed end does not hang on what was loaded. It has more than twenty
    methods because every output asks it, so that none decides for itself what is planned, on which day a talk is, when it
    ends or what it clashes with; each is a few lines, and what takes more is in :mod:`~planner.clash`.
    """

    def __init__(
        self,
        conferences: Mapping[str, Conference],
        marks: Mapping[str, Mark],
        busy: tuple[Busy, ...] = (),
        zone: str = "UTC",
        starts: Mapping[tuple[str, str], Sequence[datetime]] | None = None,
    ) -> None:
        self.conferences = conferences
        self.marks = marks
        self.busy = busy
        self.zone = zone
        self.starts = starts or {}
        self._by_uid: dict[str, Talk] | None = None
        self._sessions: dict[tuple[str, str], Session] | None = None
        self._starts: dict[tuple[str, str], Sequence[datetime]] | None = None
        self._planned: list[clash.Span] | None = None
        self._pairs: list[clash.Pair] | None = None
        self._groups: list[clash.Group] | None = None
        self._clashing: dict[str, list[tuple[str, int]]] | None = None

    def with_marks(self, *marks: Mark) -> Plan:
        """The plan after talks were marked."""
        marked = {**self.marks, **{mark.uid: mark for mark in marks}}
        new = Plan(self.conferences, marked, self.busy, self.zone, self.starts)
        new._by_uid, new._sessions, new._starts = self._by_uid, self._sessions, self._starts
        return new

    def with_talks(self, part: Plan) -> Plan:
        """The plan with the talks of another part of the conferences besides, their marks, and the busy time around them.

        None of them is planned, so what clashes is still known, unless busy time comes, whose uids are its places.
        """
        conferences = dict(self.conferences)
        for slug, more in part.conferences.items():
            held = conferences.get(slug, more)
            talks = (*held.talks, *(talk for talk in more.talks if talk.uid not in self.by_uid))
            conferences[slug] = held._replace(talks=talks, sessions=held.sessions or more.sessions)
        busy = tuple(sorted({*self.busy, *part.busy}))
        new = Plan(conferences, {**part.marks, **self.marks}, busy, self.zone, {**self.starts, **part.starts})
        if busy == self.busy:
            new._planned, new._pairs, new._groups, new._clashing = self._planned, self._pairs, self._groups, self._clashing
        return new

    def starred(self, *besides: str) -> Plan:
        """The plan of its starred talks alone, and of those besides."""
        wanted = {*besides, *(mark.uid for mark in self.marks.values() if mark.starred)}
        held = {
            slug: one._replace(talks=tuple(talk for talk in one.talks if talk.uid in wanted))
            for slug, one in self.conferences.items()
        }
        return Plan(held, self.marks, self.busy, self.zone, self.starts)

    def only(self, slugs: Iterable[str]) -> Plan:
        """The plan of some of its conferences; the user's own calendar stays in it."""
        return Plan({slug: self.conferences[slug] for slug in slugs}, self.marks, self.busy, self.zone, self.starts)

    @property
    def by_uid(self) -> Mapping[str, Talk]:
        """Every loaded talk by its uid, in the order of time: unscheduled ones last, then all by title."""
        if self._by_uid is None:
            talks = (talk for conference in self.conferences.values() for talk in conference.talks)
            self._by_uid = {talk.uid: talk for talk in sorted(talks, key=self._order)}
        return self._by_uid

    def _order(self, talk: Talk) -> tuple[float, str, str]:
        if talk.slot.start is not None:
            return talk.slot.start.timestamp(), talk.session or "", talk.title
        if talk.slot.day is not None:
            day = talk.slot.day
            midnight = datetime(day.year, day.month, day.day, tzinfo=times.zone(self.zone_of(talk)))
            return midnight.timestamp() - 1, "", talk.title
        return float("inf"), "", talk.title

    def mark(self, uid: str) -> Mark:
        """The user's mark on a talk, an empty one where there is none."""
        return self.marks.get(uid) or Mark(uid)

    def planned(self, talk: Talk) -> bool:
        """Whether it is in the plan: starred and not skipped."""
        mark = self.marks.get(talk.uid)
        return mark is not None and mark.starred and mark.decision != "skipped"

    def planned_talks(self) -> list[Talk]:
        """The talks in the plan, in no order: the marks are few where the talks are many."""
        by_uid = self.by_uid
        return [by_uid[uid] for uid in self.marks if uid in by_uid and self.planned(by_uid[uid])]

    def other_talks(self) -> list[str]:
        """The other talks of the papers in the plan, loaded or not: one may take them instead."""
        return [uid for talk in self.planned_talks() for uid in talk.also]

    def offered(self, talk: Talk, *, again: bool = False) -> bool:
        """Whether a talk may be proposed: it takes place at a known time, and the user did not skip it.

        With ``again`` also a starred one that was skipped.
        """
        if talk.slot.start is None or talk.cancelled or talk.kind in _NO_TALKS:
            return False
        mark = self.marks.get(talk.uid)
        return mark is None or mark.decision != "skipped" or (again and mark.starred)

    def rating(self, talk: Talk) -> int:
        """The user's rating, else a paper list's degree where it is a whole number from 1 to 5, else 0."""
        mark = self.marks.get(talk.uid)
        if mark is not None and mark.rating:
            return mark.rating
        return int(talk.degree) if talk.degree in {"1", "2", "3", "4", "5"} else 0

    def weight(self, talk: Talk) -> int:
        """What the talk counts in a choice between talks: its rating, or 3 for a star without one."""
        return self.rating(talk) or UNRATED

    def note(self, talk: Talk) -> str:
        """The user's note, else a paper list's reason."""
        return self.mark(talk.uid).note or talk.reason

    def session(self, talk: Talk) -> Session | None:
        """The session that the talk belongs to."""
        if talk.session is None:
            return None
        if self._sessions is None:
            self._sessions = {
                (slug, session.key): session
                for slug, conference in self.conferences.items()
                for session in conference.sessions
            }
        return self._sessions.get((talk.conference, talk.session))

    def zone_of(self, talk: Talk) -> str:
        """The zone that its conference keeps: the conference's, else the talk's own, else the display zone."""
        conference = self.conferences.get(talk.conference)
        return (conference and conference.zone) or talk.slot.zone or self.zone

    def day_of(self, talk: Talk) -> date | None:
        """The conference day of a talk, which may end after midnight; None without a slot."""
        if talk.slot.start is None:
            return talk.slot.day
        conference = self.conferences.get(talk.conference)
        return times.local_day(talk.slot.start, self.zone_of(talk), conference.day_change if conference else 0)

    def day_span(self, day: date, talks: Iterable[Talk]) -> tuple[datetime, datetime]:
        """From when to when that day of these talks lasts, in UTC: to midnight, or to where their conferences change it."""
        zones = {(self.zone_of(talk), self.conferences[talk.conference].day_change) for talk in talks}
        after = day + timedelta(days=1)
        since = min(times.day_start(day, zone, change) for zone, change in zones)
        return since, max(times.day_start(after, zone, change) for zone, change in zones)

    def days_of(self, talk: Talk) -> list[date]:
        """Every day that a talk is on: one, or all those of an all-day entry; none without a slot."""
        first, last = self.day_of(talk), talk.slot.last_day
        if first is None:
            return []
        return [first + timedelta(days=ahead) for ahead in range(max(0, (last - first).days) + 1 if last else 1)]

    def until(self, talk: Talk) -> datetime | None:
        """When it ends, in UTC; where the source gives no end, the next start in its session, else 15 or 120 minutes."""
        start = talk.slot.start
        if start is None or talk.slot.end is not None:
            return talk.slot.end
        if talk.session is not None and talk.kind != "poster":
            later = (at for at in self._session_starts(talk) if start < at <= start + _LONGEST_ASSUMED)
            following = next(later, None)
            if following is not None:
                return following
        return start + timedelta(minutes=ASSUMED_POSTER_MINUTES if talk.kind == "poster" else ASSUMED_MINUTES)

    def leaves(self, talk: Talk) -> datetime | None:
        """When one is free again, in UTC: as it ends, or earlier where the user means to leave; None without a clock."""
        start, until, mark = talk.slot.start, self.until(talk), self.marks.get(talk.uid)
        if start is None or until is None or mark is None or mark.leave_at is None:
            return until
        return mark.leave_at if start < mark.leave_at < until else until

    def _session_starts(self, talk: Talk) -> Sequence[datetime]:
        if self._starts is None:
            starts: dict[tuple[str, str], list[datetime]] = {}
            for other in self.by_uid.values():
                if other.session is not None and other.slot.start is not None and not other.cancelled:
                    starts.setdefault((other.conference, other.session), []).append(other.slot.start)
            self._starts = {**starts, **self.starts}
        return self._starts.get((talk.conference, talk.session or ""), [])

    def spans(self, talks: Iterable[Talk]) -> list[clash.Span]:
        """The stretches of time that talks take, for interval arithmetic; those without a clock take none.

        Posters of one session are one visit, a container names what it holds, the talks of one paper share its name.
        """
        spans = []
        for talk in talks:
            start, end = talk.slot.start, self.leaves(talk)
            if start is None or end is None or talk.cancelled:
                continue
            block = f"{talk.conference} {talk.session}" if talk.session is not None else ""
            spans.append(
                clash.Span(
                    start=int(start.timestamp()),
                    end=int(end.timestamp()),
                    uid=talk.uid,
                    visit=(block or f"{talk.conference} {start.isoformat()}") if talk.kind == "poster" else "",
                    inside=block,
                    holds=f"{talk.conference} {talk.holds}" if talk.holds is not None else "",
                    paper=min(talk.uid, *talk.also) if talk.also else "",
                    place=talk.slot.room or (session.title if (session := self.session(talk)) else ""),
                    kept=self._accepted(self.mark(talk.uid)),
                )
            )
        return spans

    def planned_spans(self) -> list[clash.Span]:
        """The stretches of time that the talks in the plan take, in no order."""
        if self._planned is None:
            self._planned = self.spans(self.planned_talks())
        return self._planned

    def _accepted(self, mark: Mark) -> frozenset[str]:
        """What a talk may overlap by the user's word, with busy time as :meth:`busy_spans` names it now."""
        if not any(key.startswith(BUSY_KEY) for key in mark.kept):
            return mark.kept
        busy = (span.uid for span in self.busy_spans())
        return mark.kept | {uid for uid in busy if self.busy_key(uid) in mark.kept}

    def pairs(self) -> list[clash.Pair]:
        """Every clash: two planned talks, or a planned talk and busy time, with the seconds that they share.

        Busy time is named as :meth:`busy_spans` names it; busy times never clash with each other.
        """
        if self._pairs is None:
            self._pairs = clash.pairs([*self.planned_spans(), *self.busy_spans()])
        return self._pairs

    def busy_spans(self) -> list[clash.Span]:
        """Busy time as spans: the uid is ``busy`` and its index in :attr:`busy`, all of it is one visit."""
        return [
            clash.Span(int(busy.start.timestamp()), int(busy.end.timestamp()), f"busy {index}", visit="busy")
            for index, busy in enumerate(self.busy)
        ]

    def clashes(self) -> list[clash.Group]:
        """The clashes in connected groups, in the order of time."""
        if self._groups is None:
            self._groups = clash.groups(self.pairs())
        return self._groups

    def busy_key(self, uid: str) -> str:
        """What a mark keeps of busy time whose overlap was accepted: a number that follows from its times and tells neither.

        It is the same after the calendar was read again, and another one once the entry moved.
        """
        from zlib import crc32

        busy = self.busy[int(uid.removeprefix("busy "))]
        return f"{BUSY_KEY}{crc32(f'{busy.start.timestamp():.0f} {busy.end.timestamp():.0f}'.encode()):08x}"

    def busy_title(self, uid: str) -> str | None:
        """The title of busy time for the uid that :meth:`pairs` gives it, None for a talk's uid."""
        return self.busy[int(uid.removeprefix("busy "))].title if uid.startswith("busy ") else None

    def clashing(self, uid: str) -> list[tuple[str, int]]:
        """What a talk clashes with: uids (a talk's, or ``busy`` and an index) and the seconds shared."""
        if self._clashing is None:
            self._clashing = {}
            for one, other, seconds in self.pairs():
                self._clashing.setdefault(one.uid, []).append((other.uid, seconds))
                self._clashing.setdefault(other.uid, []).append((one.uid, seconds))
        return self._clashing.get(uid, [])

    def tight(self, needs: Callable[[str, str], int]) -> list[clash.Tight]:
        """Changes of room between planned talks that leave too little time; ``needs`` gives the seconds from room to room.

        A pair that the user accepted is none.
        """
        found = clash.tight(self.planned_spans(), needs)
        return [one for one in found if one.after.uid not in one.before.kept and one.before.uid not in one.after.kept]

    def shown(self, at: datetime | None) -> str | None:
        """An instant as ISO 8601 in the display zone."""
        return None if at is None else at.astimezone(times.zone(self.zone)).isoformat()

    def record(self, talk: Talk) -> dict[str, object]:
        """The talk as every JSON document prints it."""
        mark, slot, session = self.mark(talk.uid), talk.slot, self.session(talk)
        return {
            "uid": talk.uid,
            "conference": talk.conference,
            "session": session.title if session else None,
            "chairs": list(session.chairs) if session else [],
            "kind": talk.kind,
            "title": talk.title,
            "speakers": list(talk.speakers),
            "organisations": list(talk.organisations),
            "abstract": talk.abstract,
            "track": talk.track,
            "room": slot.room,
            "board": slot.board,
            "url": talk.url,
            "links": list(talk.links),
            "also": list(talk.also),
            "start": slot.day.isoformat() if slot.day else self.shown(slot.start),
            "end": slot.last_day.isoformat() if slot.last_day else self.shown(slot.end),
            "zone": self.zone,
            "source_zone": slot.zone or self.zone_of(talk),
            "starred": mark.starred,
            "rating": self.rating(talk),
            "decision": mark.decision,
            "note": self.note(talk),
            "cancelled": talk.cancelled,
            "clashes": [other for other, _ in self.clashing(talk.uid) if not other.startswith("busy ")],
        }
