"""The times of a page as instants: its year, its zone, and the dates of lines that name a weekday only."""

from __future__ import annotations

from datetime import timedelta

from planner import times
from planner.dates import resolve
from planner.dates.years import on_weekday, year_for
from planner.errors import MissingFactsError, ReadError
from planner.readers.clocks import clock_of
from planner.readers.sources import shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date, datetime

    from planner.dates import DateLine
    from planner.dates.years import Years
    from planner.readers.pages_cards import Card
    from planner.readers.pages_entries import Block
    from planner.readers.pages_facts import Facts
    from planner.readers.sources import Hints, Part


_NIGHT = timedelta(hours=16)  # no talk lasts longer: an end before its start is then a slip


class Times:
    """Reads all times of a page together, because its dates share a year and its clocks a zone.

    ``blocks`` are the page's blocks with the year on every date line; ``year`` and ``zone`` with the words for how they are
    known (``year_from``, ``zone_from``) are None where the page has no times; ``missing`` is what was not to be found out.
    A line whose weekday contradicts its date where most agree keeps no year, so that its clock means nothing. ``warnings``
    holds each sentence once, with the first line that it is about.
    """

    def __init__(self, blocks: Sequence[Block], facts: Facts, part: Part, hints: Hints) -> None:
        self.facts = facts
        self.part = part
        self.hints = hints
        self.year: int | None = None
        self.year_from = ""
        self.zone: str | None = None
        self.zone_from = ""
        self.missing: MissingFactsError | None = None
        self._warnings: dict[str, int] = {}
        self._numbers: dict[DateLine, int] = {}
        self._read: dict[DateLine, tuple[datetime | None, datetime | None, str | None]] = {}
        self.blocks = self._with_years(blocks)
        self._find_zone()

    @property
    def warnings(self) -> tuple[str, ...]:
        """What was odd about the times, each sentence once."""
        return tuple(f"line {number}: {said}" if number else said for said, number in self._warnings.items())

    def clock(self, line: DateLine) -> tuple[datetime | None, datetime | None, str | None]:
        """Start and end of a line in UTC and the zone in which its clock was read; Nones where the line names no day."""
        if not line.dated or line.year is None or line.start is None:
            return None, None, None
        if line not in self._read:
            found = resolve(
                line, zone=self._zone_for_bare_times(), known=self.hints.zone or self.hints.known_zone or self.facts.zone
            )
            for warning in found.warnings:
                self._warnings.setdefault(warning, self._numbers.get(line, 0))
            if found.start and found.end and line.until is None and found.end - found.start > _NIGHT:
                clocks = f"{clock_of(line.start)} to {clock_of(line.end or 0)}"
                self._warnings.setdefault(
                    f"{clocks} is read as lasting until the next day; check it.", self._numbers.get(line, 0)
                )
            self._read[line] = (found.start, found.end, found.zone)
        return self._read[line]

    def _with_years(self, blocks: Sequence[Block]) -> list[Block]:
        """The blocks with a whole date on every line that says a day or a weekday."""
        lines = [card.when for card in _cards(blocks) if card.when is not None]
        dated = list(dict.fromkeys(line for line in lines if line.dated))
        run = self.facts.run if not dated and any(line.weekday is not None for line in lines) else None
        dated = [run[0]] if run else dated
        if not dated and any(line.weekday is not None for line in lines):
            raise self._weekdays_only(blocks)
        found = self._years(dated)
        if found is None:
            return list(blocks)
        self.year, self.year_from = found.year, found.how
        known = dict(zip(dated, found.dates, strict=True))
        first = next(filter(None, found.dates), None)
        week = None
        if first:  # a weekday is that of the run, else one of the days around the first date
            week = (
                (first, first + timedelta(days=run[1] - 1)) if run else (first - timedelta(days=1), first + timedelta(days=5))
            )
            if any(line.weekday is not None and not line.dated and on_weekday(line.weekday, *week) is None for line in lines):
                raise self._weekdays_only(blocks)
        self._warn_of({dated[at]: day for at, day in found.odd.items()}, _cards(blocks))
        printed = {line.letters for line in lines if line.letters and line.letters.upper() != "AOE"}  # only deadlines are
        of_page = self.facts.letters or (printed.pop() if len(printed) == 1 and not self.facts.zone else "")

        def whole(line: DateLine) -> DateLine:
            letters = line.letters or ("" if line.zone or line.offset is not None else of_page)
            if line.dated:
                day = known[line]
                return line._replace(year=day.year if day else None, letters=letters)
            day = on_weekday(line.weekday, *week) if week and line.weekday is not None else None
            return line._replace(year=day.year, month=day.month, day=day.day, letters=letters) if day is not None else line

        stamped = [_restamped(block, whole) for block in blocks]
        for card in _cards(stamped):
            if card.when is not None:
                self._numbers.setdefault(card.when, card.date_number)
        return stamped

    def _years(self, dated: Sequence[DateLine]) -> Years | None:
        """The dates with their years; None, with what is missing noted, where their year is not to be had."""
        now = self.hints.now.date()
        try:
            return year_for(
                dated, year=self.hints.year, how=self.hints.year_from, texts=self.facts.years, now=now, lenient=True
            )
        except MissingFactsError as error:
            if self.facts.foot in error.years:
                how = "the foot of the page, whose year fits the weekdays"
                return year_for(dated, year=self.facts.foot, how=how, now=now, lenient=True)
            self.missing = error
            return None

    def _weekdays_only(self, blocks: Sequence[Block]) -> ReadError:
        """The refusal of weekdays whose dates are nowhere said."""
        said = next(card.said for card in _cards(blocks) if card.when is not None and not card.unread)
        return ReadError(
            f"{shown(self.part)} names weekdays only (“{said}”) and no line of it gives a date; save it with its head"
        )

    def _warn_of(self, odd: Mapping[DateLine, date], cards: Sequence[Card]) -> None:
        """Warn of the lines whose weekday is not that of their date, once for each date."""
        wrong: dict[tuple[int | None, date], list[Card]] = {}
        for card in cards:
            if card.when is not None and card.when in odd:
                wrong.setdefault((card.when.weekday, odd[card.when]), []).append(card)
        for (weekday, day), found in wrong.items():
            more = f" and {len(found) - 1} more" if len(found) > 1 else ""
            said = (
                f"“{found[0].said[:80]}”{more} says {times.DAYS[weekday or 0]}, but {day.day} {times.MONTHS[day.month - 1]} "
                f"{day.year} is a {times.DAYS[day.weekday()]}, so that what stands there has no time."
            )
            self._warnings.setdefault(said, found[0].date_number)

    def _zone_for_bare_times(self) -> str | None:
        """The zone of times that carry none: the page's own, else ``--zone``, else what an earlier import knew."""
        return self.facts.zone or self.hints.zone or self.hints.known_zone

    def _find_zone(self) -> None:
        """Find the conference's zone, and whether all times have one."""
        timed = [card.when for card in _cards(self.blocks) if card.when is not None and card.when.timed]
        zones: list[str] = []
        for line in dict.fromkeys(timed):
            try:
                letters = line.letters or ("" if line.zone or line.offset is not None else self.facts.letters)
                probe = line._replace(letters=letters)
                probe = (
                    probe if line.year else probe._replace(year=self.hints.now.year, weekday=None)
                )  # letters hang on no year
                zones += filter(None, [self.clock(probe)[2]])
            except MissingFactsError as error:
                self._also_missing(error)
                break
        self.zone, self.zone_from = self._zone_and_how(timed[0] if timed else None, zones)

    def _zone_and_how(self, first: DateLine | None, zones: Sequence[str]) -> tuple[str | None, str]:
        """The conference's zone and the words for how it is known; an offset alone names no zone."""
        if self.hints.zone:
            return self.hints.zone, "--zone"
        zone, how = self.facts.zone, f"Timezone: {self.facts.zone} on the page"
        if zone is None and first is not None and zones and first.offset is None:
            zone, how = zones[0], f"{first.letters or first.zone or first.place} on the page"
        if self.hints.known_zone and self.hints.known_zone != zone:
            return self.hints.known_zone, "an earlier import"
        return zone, how if zone else ""

    def _also_missing(self, error: MissingFactsError) -> None:
        """Put the missing zone to the missing year."""
        earlier = self.missing
        self.missing = MissingFactsError(
            str(error), year=earlier is not None, zone=True, years=earlier.years if earlier else (), zones=error.zones
        )


def _cards(blocks: Sequence[Block]) -> list[Card]:
    return [card for block in blocks for card in (block.head, *block.entries)]


def _restamped(block: Block, whole: Callable[[DateLine], DateLine]) -> Block:
    """The block with every date line made whole."""

    def stamped(card: Card) -> Card:
        return card._replace(when=whole(card.when)) if card.when is not None else card

    return block._replace(head=stamped(block.head), entries=tuple(map(stamped, block.entries)))
