"""What a reader is given (named bytes and hints), what names the conference, and the refusal that says all that is missing."""

from __future__ import annotations

from planner.errors import FOR_EXAMPLE, MissingFactsError, ReadError
from planner.model import Part as Part  # noqa: PLC0414, TC001  (the repeated name re-exports it, also at run time)
from planner.values import NamedTuple, re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime


class Hints(NamedTuple):
    """What the user and the store know beside the bytes.

    ``now`` is the instant of reading (the near fit of a year hangs on it). ``name``, ``year``, ``zone`` and ``format`` are the
    flags ``--conference``, ``--year``, ``--zone`` and ``--format``, ``year_from`` the words for where the year is from if it
    is another part of the source that says it; ``url`` is where the bytes came from. ``known_zone`` is
    the zone that the conference got from an earlier import, and serves where ``zone`` is not said; ``known_zones`` are those
    of all stored conferences by slug, from which it is taken once the conference's name is known.
    """

    now: datetime
    name: str = ""
    year: int | None = None
    zone: str | None = None
    url: str = ""
    format: str = ""
    known_zone: str | None = None
    known_zones: Mapping[str, str] = {}
    year_from: str = "--year"


TALKS_CAP = 100_000
"""Talks that one file may hold; the largest real one has 12,000."""

_ACRONYMS = """
AAAI AACL ACL ACML AISTATS CIKM COLING COLM COLT CoRL CVPR DebConf DjangoCon EACL ECCV ECML EMNLP EuroPython EuroSciPy
EuroSys FOSDEM FOSSASIA ICASSP ICCV ICDM ICLR ICML ICRA ICWSM IJCAI IJCNLP Interspeech IROS ISMIR JuliaCon KDD KubeCon L4DC
LREC MICCAI MIDL MLSys NAACL NeurIPS NIPS NSDI OSDI PyCon PyData RecSys RLC SciPy SIGCOMM SIGGRAPH SIGIR SIGMOD SOSP UAI
USENIX VLDB WACV WSDM
"""
ACRONYMS = {name.casefold(): name for name in _ACRONYMS.split()}
"""How conferences write themselves, where it is neither the name in capitals nor with one capital at the head."""

_NO_NAME_WORDS = """
accepted all april archive aug august backup calendar conf conference copy data day dec december detail details draft
event events excerpt export feb february file files final friday full home html import index jan january jul july jun
june last list main mar march may meeting meetup monday multitrack new nov november oct october old oral orals page
pages paper papers poster posters program programme public saturday saved schedule schedules sep sept september session
sessions site spotlight spring summer summit sunday symposium talk talks test thursday tmp tuesday tutorial tutorials v
version virtual wednesday winter workshop workshops www year
"""
_NO_NAMES = frozenset(_NO_NAME_WORDS.split())
_NAME_AND_YEAR = r"(?<![A-Za-z])([A-Za-z]{2,14})[-_ .']{0,2}((?:19|20)\d\d)(?!\d)"
_YEAR_AND_NAME = r"(?<!\d)((?:19|20)\d\d)[-_ .]{1,2}([A-Za-z]{2,14})(?![A-Za-z])"
_SITE = (
    r"\bhttps?://(?:[\w-]{1,40}\.){0,4}?(?P<host>[A-Za-z][\w-]{1,40})\.(?:thecvf\.com|[a-z]{2,6})"
    r"/(?:virtual|conferences)/(?P<year>(?:19|20)\d\d)\b"
)
_ENDING = r"(?:\.[A-Za-z][A-Za-z0-9]{1,5}){1,2}$"


def shown(part: Part) -> str:
    """The part as a sentence names it: the file's own name, a URL whole, ``-`` as standard input."""
    if part.name == "-":
        return "standard input"
    if is_url(part.name):
        return part.name
    return part.name.replace("\\", "/").rstrip("/").rpartition("/")[2] or part.name


def not_too_many(talks: int) -> None:
    """Raise ReadError for a file with more talks than any conference has: reading it would take minutes."""
    if talks > TALKS_CAP:
        raise ReadError(f"It holds more than {TALKS_CAP:,} talks, which no conference has; export a part of it")


def is_url(name: str) -> bool:
    """Whether a part's name is an http(s) URL."""
    return name[:8].lower().startswith(("http://", "https://"))


def conference_name(part: Part, hints: Hints, own: str = "") -> str:
    """The conference's name, or ``""`` where nothing tells it.

    In this order: ``--conference``, the file's own name for itself, the URL, the file's or one of its two folders' names with
    an acronym and a year.
    """
    return hints.name or own or _from_url(part, hints) or _from_path(part)


def name_from_site(text: str) -> str:
    """The name in the address of a conference site: ``https://iclr.cc/virtual/2021/…`` is ``ICLR 2021``; else ``""``."""
    lower = text.lower()
    if "/virtual/" not in lower and "/conferences/" not in lower:  # compiling the pattern costs as much as reading 30 talks
        return ""
    found = re.search(_SITE, text, re.IGNORECASE)
    return conference(found["host"], found["year"]) if found else ""


def conference(acronym: str, year: str) -> str:
    """A name as people write it: ``conference("neurips", "2021")`` is ``NeurIPS 2021``."""
    known = ACRONYMS.get(acronym.casefold())
    if known == "NIPS" and int(year) > 2017:  # noqa: PLR2004  (the conference was renamed after its meeting of 2017)
        known = "NeurIPS"
    if known is None and acronym.islower():
        known = acronym.upper() if len(acronym) <= 5 else acronym.capitalize()  # noqa: PLR2004  (acronyms are short)
    return f"{known or acronym} {year}"


def place_in_path(part: Part) -> tuple[str, ...]:
    """The names of the file and of its two folders, nearest first; empty for standard input and for a URL."""
    if part.name == "-" or is_url(part.name):
        return ()
    return tuple(reversed([piece for piece in part.name.replace("\\", "/").split("/") if piece][-3:]))


def missing(
    part: Part,
    *,
    conference: bool = False,
    year: bool = False,
    zone: bool = False,
    years: Sequence[int] = (),
    zones: Sequence[str] = (),
    why: str = "",
) -> MissingFactsError:
    """The refusal that names in one go all that a part leaves open, with the command that would do.

    ``years`` are the years that fit, ``zones`` what the letters on the page may mean; ``why`` is put in front, without a stop.
    """
    facts = []
    if conference:
        facts.append("conference")
    if year:
        facts.append(f"year ({_listed(list(map(str, years)))} fit{'s' * (len(years) == 1)})" if years else "year")
    if zone:
        facts.append(f"time zone (it can be that of {_listed(zones, 'or')})" if zones else "time zone")
    import shlex  # only on the way to a refusal

    command = " ".join(["planner import", *_flags(conference, year, zone, years, zones), shlex.quote(part.name)])
    said = f"{shown(part)}: {why}; it" if why else shown(part)
    return MissingFactsError(
        f"{said} does not say its {_listed(facts)}{FOR_EXAMPLE}{command}",
        conference=conference,
        year=year,
        zone=zone,
        years=tuple(years),
        zones=tuple(zones),
    )


def _flags(conference: bool, year: bool, zone: bool, years: Sequence[int], zones: Sequence[str]) -> list[str]:
    """The flags that would say what is missing; the newest year and the first zone stand as examples."""
    flags = []
    example = max(years, default=0)
    if conference:
        flags.append(f'--conference "NAME {example or "YEAR"}"')
    elif year:
        flags.append(f"--year {example or 'YEAR'}")
    if zone:
        flags.append(f"--zone {zones[0] if zones else 'Europe/Berlin'}")
    return flags


def _listed(names: Sequence[str], last: str = "and") -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} {last} {names[-1]}"


def _from_url(part: Part, hints: Hints) -> str:
    for url in (hints.url, part.name if is_url(part.name) else ""):
        if name := name_from_site(url) or _with_year(url.partition("://")[2]):
            return name
    return ""


def _from_path(part: Part) -> str:
    for piece in place_in_path(part):
        if name := _with_year(piece):
            return name
    return ""


def _with_year(text: str) -> str:
    """The first acronym beside a year in a file name or URL: ``iclr2021-oral``, ``2021-iclr``; ``""`` where there is none.

    An acronym that is known need not stand beside it (``neurips-posters-2020``).
    """
    text = re.sub(_ENDING, "", text)
    words = [word for word in re.findall(r"[A-Za-z]{2,14}", text[:200]) if word.casefold() in ACRONYMS]
    years = set(re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", text[:200]))
    if words and len(years) == 1:
        return conference(words[0], years.pop())
    for found in re.finditer(_NAME_AND_YEAR, text):
        if found[1].casefold() not in _NO_NAMES:
            return conference(found[1], found[2])
    for found in re.finditer(_YEAR_AND_NAME, text):
        if found[2].casefold() not in _NO_NAMES:
            return conference(found[2], found[1])
    return ""
