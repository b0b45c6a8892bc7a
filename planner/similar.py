"""Which words make talks alike, and why: a talk as weighted words, and the likeness of two talks by the words they share.

Plain TF-IDF and the angle between two talks (Salton and Buckley 1988, "Term-weighting approaches in automatic text
retrieval"); how rare a word is comes from whoever has counted. No model, no download, nothing heavy to import.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from math import log, sqrt

from planner.values import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

MOST_TERMS = 40
"""The heaviest words of a talk that are looked for; with 12 the mean average precision on FOSDEM's tracks was a fifth less."""

TITLE_COUNTS = 3
"""A word of the title counts like so many more of the abstract."""

_REASONS = 5  # words that are named as the reason; more are no better reason
_TENTH = 10
_FEW = 12  # talks that may share a word however few there are: a session on one subject is alike
_LONGEST = 40  # letters of a word; beyond this it is an address or a key
_STOP = """
a about above across after again against all almost along already also although always am among an and another any anyone
anything are around as ask asked asking asks at away back based be became because become been before behind being below
between both but by came can cannot com come could course day did different do does doing done down during each either else
end even ever every everything few find first for from full further get give given go going good got great had has have
having he help her here hers him his how however html http https i if in including instead into introduce is it its itself
just keep know last later least less let like little ll look lot made make makes making many may me might more most much must
my near need never new next no nor not nothing now of off often on once one ones only or org other others our out over own
paper part people per perhaps possible present presentation presents propose put quite rather re really s same say see seem
seen several shall she should show shows since so some something soon still such t take talk talks than that the their theirs
them then there these they thing things this those though through thus time to today together too toward towards two under
until up upon us use used uses using various ve very via want was way we well went were what when where whether which while
who whole whom whose why will with within without work works would www year years yes yet you your yours
"""


class Alike(NamedTuple):
    """A talk that is like others: ``score`` from 0 (nothing shared) to 1 (the same words), and the words that say why.

    ``also`` are the other talks of its paper.
    """

    uid: str
    title: str
    score: float
    because: tuple[str, ...]
    also: tuple[str, ...] = ()


def profile(title: str, abstract: str = "") -> dict[str, float]:
    """A talk as words with weights: how often each comes, damped; without those that every text has."""
    counts = Counter(_split(_folded(abstract)))
    for word in _split(_folded(title)):
        counts[word] += TITLE_COUNTS
    return {word: 1 + log(count) for word, count in counts.items() if _tells(word)}


def terms(profiles: Iterable[Mapping[str, float]], talks_with: Mapping[str, int], talks: int) -> dict[str, float]:
    """The heaviest words of some talks, heaviest first: what comes often in them and seldom elsewhere.

    ``talks_with`` tells in how many of all the ``talks`` a word is; one that a single talk has connects it with nothing,
    and one that a tenth of them have is the conference's subject (at FOSDEM "open", "source"), which makes no two alike.
    """
    most = max(_FEW, talks // _TENTH)
    weights: dict[str, float] = {}
    for one in profiles:
        for word, weight in one.items():
            weights[word] = weights.get(word, 0.0) + weight
    heavy = {
        word: weight * rarity(talks_with[word], talks)
        for word, weight in weights.items()
        if 1 < talks_with.get(word, 0) <= most
    }
    return {word: heavy[word] for word in sorted(heavy, key=lambda word: (-heavy[word], word))[:MOST_TERMS]}


def rarity(talks_with: int, talks: int) -> float:
    """How much a word tells that so many of all talks have: the logarithm of the odds against it (as in BM25), above 0."""
    return log(1 + (talks - talks_with + 0.5) / (talks_with + 0.5))


def likeness(wanted: Mapping[str, float], other: Mapping[str, float], rare: Mapping[str, float]) -> tuple[float, list[str]]:
    """How like a talk is to the wanted terms, and the words shared, the best reason first.

    The sum of the products of weights over the length of the other talk: a long text is not alike only for being long.
    """
    shared = {word: weight * other[word] * rare[word] for word, weight in wanted.items() if word in other}
    length = sqrt(sum(weight * weight for weight in other.values())) or 1.0
    return sum(shared.values()) / length, sorted(shared, key=lambda word: (-shared[word], word))[:_REASONS]


def as_written(text: str) -> dict[str, str]:
    """The words of a text as they are written, by their folded form; the first way of writing counts."""
    found: dict[str, str] = {}
    for written in _split(text):
        found.setdefault(_folded(written), written)
    return found


def _split(text: str) -> list[str]:
    """The words of a text: letters and digits between other signs, as the index of the store cuts them."""
    if text.isascii():
        return text.translate(_between()).split()
    return _words().findall(text)


def _tells(word: str) -> bool:
    """Whether a word can make talks alike: no single letter, no number, none that every text has."""
    return 1 < len(word) <= _LONGEST and not word.isdigit() and word not in _stop()


def _folded(text: str) -> str:
    """Case and diacritics folded, as the index of the store folds them."""
    if text.isascii():
        return text.lower()
    from unicodedata import combining, normalize

    return "".join(sign for sign in normalize("NFKD", text).casefold() if not combining(sign))


@cache
def _stop() -> frozenset[str]:
    return frozenset(_STOP.split())


@cache
def _words() -> re.Pattern[str]:
    return re.compile(r"[^\W_]+")


@cache
def _between() -> dict[int, str]:
    """Blanks for what is no letter and no digit: for ASCII six times as fast as the pattern."""
    return {number: " " for number in range(128) if not chr(number).isalnum()}
