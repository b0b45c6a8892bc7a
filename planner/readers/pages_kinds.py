"""Kinds and buttons in the words of the sites: ``(Oral)``, ``San Diego Poster``, ``Oral Session 11``; ``[ Slides ]``."""

from __future__ import annotations

import re

_KINDS = (
    ("break", r"\b(?:coffee|tea|lunch|breakfast|dinner)\b|\bbreaks?\b|\bregistration\b|\bbadge pickup\b"),
    ("spotlight", r"\bspotlights?\b|\blightning talks?\b"),
    ("oral", r"\borals?\b|\boral session\b"),
    ("poster", r"\bposters?\b"),
    ("keynote", r"\bkeynotes?\b|\binvited (?:talks?|speakers?)\b|\bplenary\b|\btest of time\b"),
    ("tutorial", r"\btutorials?\b"),
    ("workshop", r"\bworkshops?\b"),
    ("panel", r"\bpanels?\b|\btown ?hall\b|\bdebate\b"),
    ("social", r"\bsocials?\b|\breception\b|\bbanquet\b|\bmixer\b|\bhappy hour\b|\bmeet ?up\b|\bparty\b|\baffinity\b"),
    ("talk", r"\btalks?\b|\bremarks\b|\bsession\b|\bq ?& ?a\b|\bcompetitions?\b|\bdemos?\b|\bdemonstrations?\b|\bexpo\b"),
)
_PATTERNS = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _KINDS)
_KIND_NAMES = """
oral, spotlight, poster, talk, invited talk, keynote, keynote talk, workshop, affinity workshop, tutorial, session,
oral session, spotlight session, poster session, panel, panel discussion, social, affinity poster session, affinity
event, expo talk panel, expo workshop, expo demonstration, expo demo, expo, competition, demonstration, demo, town
hall, registration desk, break, mentorship, mentorship event, remarks, opening remarks, closing remarks, award,
spotlight poster, poster spotlight, in-person poster session, in-person oral presentation, virtual poster session,
oral poster, blog track poster, datasets and benchmarks poster, journal track poster, position paper poster, creative
ai, education outreach, test of time, special event, contributed talk, meetup, business meeting, event, live q&a, q&a,
featured poster, featured talk
"""
_NO_PERSON_WORDS = """
session sessions schedule workshop workshops tutorial tutorials program programme poster posters break lunch coffee keynote
talk talks opening closing remarks welcome online virtual hybrid tba tbd part track discussion panel accepted paper papers
abstract presentation zoom only
"""
NO_PERSON = frozenset(_NO_PERSON_WORDS.split())
"""Words of programmes that stand in nobody's name: ``Session II``, ``Accepted Papers``."""

_WHOLE = "(?:" + "|".join(name.strip() for name in _KIND_NAMES.split(",")) + ")"
_KIND_LINE = re.compile(
    rf"^(?:(?:19|20)\d\d )?{_WHOLE}$|^[A-Z][a-z]{{2,20}} (?:[A-Z][a-z]{{2,20}} )?(?:oral|poster|spotlight)$", re.IGNORECASE
)
_BUTTONS = (
    "abstract|slides|poster|openreview|paper|pdf|video|project page|website|supplemental|show abstract|visit poster|"
    "livestream|protected|code|lay summary|join zoom|zoom|recording|slideslive video|link|paper pdf|poster pdf|"
    "visit oral|visit workshop|proceedings|outstanding paper|best paper|summary|media|chat|hide abstract|read more|"
    "strong double blind|highlight"
)
_BUTTON_WORDS = frozenset(_BUTTONS.replace("|", " ").split())
_BUTTON_CAP, _TITLE_CAP = 120, 300  # signs
_BUTTON_ROW = re.compile(r"^(?:\[[^\[\]]{2,63}\]\s{0,3}){2,9}$")
_BUTTON_SIGNS = str.maketrans("", "", "[]|»🔗")
_TAIL = re.compile(rf"(?:\s*(?:\[\s*)?\b(?:{_BUTTONS})\b\s*»(?:\s*\])?|\s*[|🔗]|\s+>)+\s*$", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"^\((?P<said>[^()]{2,40})\)$")
_PREFIX = re.compile(rf"^(?P<said>{_WHOLE})\s*:\s+(?P<title>\S.*)$", re.IGNORECASE)
_SUFFIX = re.compile(r"^(?P<title>\S.*\S)\s+\(\s*(?P<said>[^()]{2,30}?)\s*\)$")


def kind_of(words: str) -> str:
    """The kind that words name, ``""`` where they name none: ``Spotlight Poster`` is a poster, ``Oral Session 11`` is oral."""
    if re.search(r"\bposter\s*$", words, re.IGNORECASE):
        return "poster"
    return next((kind for kind, pattern in _PATTERNS if pattern.search(words)), "")


_BREAK = (
    r"\b(?:coffee|tea|lunch|breakfast|dinner)\b|^breaks?\b|\bbreak$|\bbadge pickup\b|^(?:[\w'’-]{1,30} ){0,3}registration"
    r"(?:$|\s*[&+,/(:;–-]|\s+(?:desk|opens?|starts|begins|and (?:coffee|breakfast|welcome)))"
)
_TITLES = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        ("break", _BREAK),
        ("poster", r"\bposter session\b|^posters?$"),
        ("spotlight", r"\bspotlights?$"),
        ("oral", r"^oral (?:session\b|\d)|^orals?$"),
        ("keynote", r"^(?:keynote|invited talk|plenary talk)\b"),
        ("panel", r"^panel\b|\bpanel(?: discussion| session)?$|\bpanel discussion\b|^town ?hall\b|^round ?table\b"),
        ("workshop", r"^(?:the )?(?:\w+ )?workshop\b|\bworkshop$|\bworkshop on\b"),
        ("tutorial", r"^tutorial\b|\btutorial$"),
        ("social", r"\bsocials?$|\breception\b|\bbanquet\b|\bmixer$|\bhappy hour\b|\bmeet-?ups?$|\bparty$"),
    )
)


def kind_of_title(title: str) -> str:
    """The kind that a title tells by itself: ``Coffee Break``, ``Panel Session``; ``""`` for ``Social Intelligence``."""
    return next((kind for kind, pattern in _TITLES if pattern.search(title)), "")


def is_kind_line(text: str) -> bool:
    """Whether a line is nothing but a kind: ``Poster``, ``2024 Poster``, ``San Diego Poster``, ``Session``."""
    return len(text) <= 40 and _KIND_LINE.match(text) is not None  # noqa: PLR2004  (the longest name has 30 signs, and a year)


def bracketed(text: str) -> str:
    """What a line in round brackets of its own says: ``(Oral)`` is ``Oral``; ``""`` for any other line."""
    found = _IN_BRACKETS.match(text)
    return found["said"] if found else ""


def split_kind(title: str) -> tuple[str, str]:
    """A title without the kind that the site put before it or in brackets behind it, and that kind's words."""
    if found := _PREFIX.match(title):
        return found["title"], found["said"]
    if (found := _SUFFIX.match(title)) and kind_of(found["said"]):
        return found["title"], found["said"]
    return title, ""


def is_button(text: str) -> bool:
    """Whether a line is only buttons or links of a card: ``[ Slides ]``, ``Project Page``, ``[ Video » ]``."""
    if len(text) > _BUTTON_CAP:
        return False
    words = text.casefold().translate(_BUTTON_SIGNS).split()
    if words and words[0] in _BUTTON_WORDS and _BUTTON_ROW.match(text):
        return True  # "[ Abstract ] [ Livestream: Visit Oral 3F ]"
    return bool(words) and all(word in _BUTTON_WORDS for word in words)


def without_buttons(text: str) -> str:
    """A title line without the links that were saved behind it: ``Poster Session link » | 🔗 |``."""
    return _TAIL.sub("", text) if len(text) <= _TITLE_CAP else text
