"""Abbreviations of time zones: which families of zones use ``CST``, and which of them a page means.

Letters are no zone: what is known of the conference picks a family, and inside it the precise zone; the date then decides the
offset. What the zone database knows of letters is asked from it; this table adds what people mean and the database lacks.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from planner import times
from planner.errors import MissingFactsError, ReadError, UsageError
from planner.values import NamedTuple

__all__ = ["FAMILIES", "PHRASES", "WORDLIKE", "Family", "choose", "families_of", "known_letters", "refuse_letters"]


class Family(NamedTuple):
    """Zones that call their time alike. ``zone`` stands for them where nothing more precise is known.

    ``uses`` maps letters to their minutes east of UTC; ``generic`` letters (``PT``) leave the offset to the date.
    ``also`` are zones that people count in though the database gives them other letters. ``usual`` is what the letters mean
    with nothing known, although another family uses them too. ``folk``: the database does not know these letters there.
    """

    zone: str
    uses: dict[str, int]
    generic: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    usual: bool = False
    folk: bool = False


_ARABIA = ("Asia/Riyadh", "Asia/Kuwait", "Asia/Qatar", "Asia/Bahrain", "Asia/Aden", "Asia/Baghdad")
_SYDNEY = ("Australia/Sydney", "Australia/Melbourne", "Australia/Hobart", "Australia/Brisbane", "Australia/Canberra")
_ALBERTA = ("America/Edmonton", "Canada/Mountain")
_COLUMBIA = ("America/Vancouver", "Canada/Pacific")


FAMILIES: tuple[Family, ...] = (
    # North America; British Columbia and Alberta stopped changing clocks in 2026 and the database renamed their time
    Family("America/Los_Angeles", {"PST": -480, "PDT": -420}, ("PT",), _COLUMBIA, usual=True),
    Family("America/Denver", {"MST": -420, "MDT": -360}, ("MT",), _ALBERTA, usual=True),
    Family("America/Chicago", {"CST": -360, "CDT": -300}, ("CT",)),
    Family("America/New_York", {"EST": -300, "EDT": -240}, ("ET",), usual=True),
    Family("America/Halifax", {"AST": -240, "ADT": -180}, ("AT",)),
    Family("America/St_Johns", {"NST": -210, "NDT": -150}, ("NT",)),
    Family("America/Anchorage", {"AKST": -540, "AKDT": -480}, ("AKT",)),
    Family("Pacific/Honolulu", {"HST": -600, "HDT": -540}),
    Family("America/Havana", {"CST": -300, "CDT": -240}),
    # South America: the database has only numbers
    Family("America/Sao_Paulo", {"BRT": -180, "BRST": -120}, folk=True),
    Family("America/Argentina/Buenos_Aires", {"ART": -180}, folk=True),
    Family("America/Santiago", {"CLT": -240, "CLST": -180}, folk=True),
    Family("America/Bogota", {"COT": -300}, folk=True),
    Family("America/Lima", {"PET": -300}, folk=True),
    Family("America/La_Paz", {"BOT": -240}, folk=True),
    Family("America/Caracas", {"VET": -240}, folk=True),
    Family("America/Montevideo", {"UYT": -180}, folk=True),
    Family("America/Asuncion", {"PYT": -180}, folk=True),
    Family("America/Guayaquil", {"ECT": -300}, folk=True),
    Family("America/Manaus", {"AMT": -240}, folk=True),
    # Europe and Africa
    Family("UTC", {"UTC": 0, "Z": 0, "ZULU": 0}),
    Family("Etc/GMT", {"GMT": 0}, also=("Europe/London", "Europe/Belfast", "GB")),
    Family("Europe/London", {"BST": 60}, usual=True),
    Family("Europe/Dublin", {"IST": 60}),
    Family("Europe/Lisbon", {"WET": 0, "WEST": 60}),
    Family("Europe/Berlin", {"CET": 60, "CEST": 120, "MEZ": 60, "MESZ": 120, "CEDT": 120}),
    Family("Europe/Athens", {"EET": 120, "EEST": 180, "EEDT": 180}),
    Family("Europe/Moscow", {"MSK": 180}),
    Family("Europe/Istanbul", {"TRT": 180}, folk=True),
    Family("Africa/Lagos", {"WAT": 60}),
    Family("Africa/Maputo", {"CAT": 120}),
    Family("Africa/Johannesburg", {"SAST": 120}),
    Family("Africa/Nairobi", {"EAT": 180}),
    # Asia
    Family("Asia/Jerusalem", {"IST": 120, "IDT": 180}),
    Family("Asia/Riyadh", {"AST": 180}, also=_ARABIA, folk=True),
    Family("Asia/Dubai", {"GST": 240}, folk=True),
    Family("Asia/Yerevan", {"AMT": 240}, folk=True),
    Family("Asia/Tbilisi", {"GET": 240}, folk=True),
    Family("Asia/Baku", {"AZT": 240}, folk=True),
    Family("Asia/Tehran", {"IRST": 210, "IRDT": 270}, folk=True),
    Family("Asia/Karachi", {"PKT": 300, "PKST": 360}),
    Family("Asia/Tashkent", {"UZT": 300}, folk=True),
    Family("Asia/Kolkata", {"IST": 330}),
    Family("Asia/Kathmandu", {"NPT": 345}, folk=True),
    Family("Asia/Dhaka", {"BST": 360, "BDT": 360}, folk=True),
    Family("Asia/Yangon", {"MMT": 390}, folk=True),
    Family("Asia/Bangkok", {"ICT": 420}, also=("Asia/Ho_Chi_Minh", "Asia/Phnom_Penh", "Asia/Vientiane"), folk=True),
    Family("Asia/Jakarta", {"WIB": 420}),
    Family("Asia/Makassar", {"WITA": 480}),
    Family("Asia/Jayapura", {"WIT": 540}),
    Family("Asia/Singapore", {"SST": 480, "SGT": 480}, folk=True),
    Family("Asia/Kuala_Lumpur", {"MYT": 480}, folk=True),
    Family("Asia/Manila", {"PST": 480, "PHT": 480, "PHST": 480}),
    Family("Asia/Hong_Kong", {"HKT": 480}),
    Family("Asia/Shanghai", {"CST": 480}),
    Family("Asia/Tokyo", {"JST": 540}),
    Family("Asia/Seoul", {"KST": 540}),
    # Australia and the Pacific
    Family("Australia/Perth", {"AWST": 480, "WST": 480}, folk=True),
    Family("Australia/Adelaide", {"ACST": 570, "ACDT": 630}, ("ACT",)),
    Family("Australia/Adelaide", {"CST": 570, "CDT": 630}, also=("Australia/Adelaide", "Australia/Darwin"), folk=True),
    Family("Australia/Sydney", {"AEST": 600, "AEDT": 660}, ("AET",)),
    Family("Australia/Sydney", {"EST": 600, "EDT": 660}, also=_SYDNEY, folk=True),
    Family("Pacific/Guam", {"CHST": 600}),
    Family("Pacific/Auckland", {"NZST": 720, "NZDT": 780}, ("NZT",)),
    Family("Pacific/Apia", {"WST": 780}, folk=True),
    Family("Pacific/Pago_Pago", {"SST": -660}),
    # Nowhere
    Family("Etc/GMT+12", {"AOE": -720}, folk=True),
)
"""Every family of letters that is in use, whether the database knows it or only people do."""

PHRASES = {
    "pacific time": "PT",
    "pacific standard time": "PST",
    "pacific daylight time": "PDT",
    "mountain time": "MT",
    "mountain standard time": "MST",
    "mountain daylight time": "MDT",
    "central time": "CT",
    "central daylight time": "CDT",
    "eastern time": "ET",
    "eastern standard time": "EST",
    "eastern daylight time": "EDT",
    "us pacific time": "PT",
    "us mountain time": "MT",
    "us central time": "CT",
    "us eastern time": "ET",
    "atlantic time": "AT",
    "central european time": "CET",
    "central european summer time": "CEST",
    "eastern european time": "EET",
    "eastern european summer time": "EEST",
    "western european time": "WET",
    "british summer time": "BST",
    "greenwich mean time": "GMT",
    "coordinated universal time": "UTC",
    "universal time": "UTC",
    "anywhere on earth": "AoE",
    "japan standard time": "JST",
    "korea standard time": "KST",
    "korean standard time": "KST",
    "hawaii standard time": "HST",
    "singapore standard time": "SGT",
    "moscow time": "MSK",
}
"""Letters for the names of times that pages write out, in small letters."""

WORDLIKE = frozenset({
    "ACT", "AET", "AKT", "AMT", "ART", "AST", "AT", "BOT", "BRT", "CAT", "COT", "CT", "EAT", "ECT", "ET", "GET", "GST",
    "HST", "ICT", "IST", "MT", "NST", "NT", "PET", "PT", "PYT", "SST", "VET", "WAT", "WEST", "WET", "WIT", "WST", "Z",
})  # fmt: skip
"""Letters that are also a word or a field's abbreviation (machine translation, a pet): a zone only where nothing follows."""

ONE_OFFSET = frozenset({"EST", "MST", "HST"})
"""Letters that the database has as a zone without summer time."""

_BY_LETTERS: dict[str, list[Family]] = {}
for _family in FAMILIES:
    for _name in (*_family.uses, *_family.generic):
        _BY_LETTERS.setdefault(_name, []).append(_family)


def known_letters(text: str) -> str:
    """The abbreviation that a text is, in capitals (``AOE`` for ``AoE``), or "" where no family uses it."""
    return text.upper() if text.upper() in _BY_LETTERS else ""


def families_of(letters: str) -> tuple[Family, ...]:
    """The families that use these letters, none for letters that nobody uses."""
    return tuple(_BY_LETTERS.get(letters.upper(), ()))


def refuse_letters(name: str) -> None:
    """Refuse letters where a person says a zone by hand, with the zones that use them; a UsageError.

    The database has ``EST``, ``MST`` and ``HST`` as zones of one offset all year, which is an hour off in summer where people
    say them. Names such as ``CET`` and ``EST5EDT`` are zones that change their clocks, and pass.
    """
    families = families_of(name)
    if not families or (times.is_zone(name) and (name not in ONE_OFFSET)):
        return
    keep = [f"{one.zone} keeps {' and '.join(one.uses)}" for one in sorted(families, key=lambda one: not one.usual)]
    minutes = families[0].uses.get(name.upper())
    fixed = f", or Etc/GMT{-minutes // 60:+d} for a fixed offset" if name in ONE_OFFSET and minutes is not None else ""
    which = "that" if len(keep) == 1 else "which of them you mean"
    raise UsageError(f"“{name}” are the letters of a time, not a zone: {', '.join(keep)}; say {which}{fixed}.")


def choose(letters: str, wall: datetime, known_zone: str | None = None) -> tuple[str, str]:
    """The zone in which clocks show the naive ``wall`` that a page prints with these letters, and a warning or "".

    ``known_zone`` is what is known of the conference: it picks among several families and is the precise zone inside its own;
    letters with one family in real use stay there wherever the conference is. The warning is the same sentence for a whole
    month, so that an import says it once. Raises MissingFactsError with ``zones`` where several families are left, and
    ReadError for letters that no family uses.
    """
    families = families_of(letters)
    if not families:
        why = (
            "could be an offset or the end of a range" if any(sign.isdigit() for sign in letters) else "is no known time zone"
        )
        raise ReadError(f"“{letters[:20]}” {why}; correct it in the page, or take it away and say the zone with --zone.")
    here = [family for family in families if known_zone and _belongs(family, known_zone, wall.year)]
    if here and known_zone:
        family = min(here, key=lambda one: one.folk)
        return known_zone, _warning(letters, family, known_zone, wall)
    usual = [family for family in families if family.usual] or list(families)
    if len(usual) > 1:
        zones = tuple(family.zone for family in families)
        raise MissingFactsError(
            f"“{letters}” can mean the time in {', '.join(zones[:-1])} or {zones[-1]}; say which with --zone.",
            zone=True,
            zones=zones,
        )
    return usual[0].zone, _warning(letters, usual[0], usual[0].zone, wall)


def _warning(letters: str, family: Family, name: str, wall: datetime) -> str:
    """What has to be said about reading these letters as the wall clock of this zone, or ""."""
    said = letters.upper()
    expected = family.uses.get(said)
    if expected is None:
        return ""
    here = times.zone(name)
    both = [wall.replace(tzinfo=here, fold=fold) for fold in (0, 1)]
    if timedelta(minutes=expected) not in {at.utcoffset() for at in both}:
        month = f"{times.MONTHS[wall.month - 1]} {wall.year}"
        used = times.letters(both[0].astimezone(UTC), name)
        return f"The page says {letters}, but {name} has {used} then ({month}); the wall clock there is taken."
    if family.folk and len(families_of(letters)) > 1:
        return f"{letters} is taken as the time in {name}; the zone database knows {letters} only elsewhere."
    return ""


def _belongs(family: Family, name: str, year: int) -> bool:
    """Whether a zone is of a family: it used its letters with its offsets in the years around, or people count it in."""
    if name == family.zone or name in family.also:
        return True
    if family.folk:
        return False
    uses = {(said, timedelta(minutes=minutes)) for said, minutes in family.uses.items()}
    seasons = [datetime(year + step, month, 1, tzinfo=UTC) for step in (-1, 0, 1) for month in (1, 4, 7, 10)]
    shown = [times.local(at, name) for at in seasons]
    return any(((at.tzname() or "").upper(), at.utcoffset()) in uses for at in shown)
