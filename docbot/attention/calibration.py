"""Which parts of attention foretold, in this very repository, what people went on to rewrite.

What foretells it in one repository may mislead in another: a part counts by how well it told, two years
ago, the sections that people rewrote since from the others, among sections of the same length.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from docbot.attention.lives import Life, one_copy_each
from docbot.attention.parts import MEASURES, Ages, ranks_of

USUAL = {
    "edits": 0.13,
    "facts": 0.08,
    "page": 0.14,
    "freshness": 0.13,
    "links": 0.06,
    "abbreviations": 0.05,
    "alerts": 0.03,
    "tables": 0.02,
}
"""How much more than chance (0.5) each part tells in other repositories; the mean of nine public ones."""
_TRUST = 100
"""Rewritten sections that weigh as much as what is usual elsewhere."""
ENOUGH = 30
"""Rewritten sections below which nothing is known."""
_TELLS = 0.03
"""What a part must tell more than chance. It counts by what goes beyond, so that none comes with a jump."""
_IN_STRATUM = 40
_MOST_STRATA = 25
_SPREAD = 2_654_435_761
"""Knuth's multiplier for hashing: what lies side by side comes to lie far apart."""


class Calibration(msgspec.Struct, frozen=True):
    """The parts that foretold, with their weights; none of them where `doubt` says why."""

    weights: Mapping[str, float] = msgspec.field(default_factory=dict)
    doubt: str = ""


def calibrate(lives: Sequence[Life], rewritten: Sequence[bool], ages: Ages) -> Calibration:
    """Weigh each part by what it told at the time of `ages`; `rewritten` is what became of each section.

    What happened to one copy of a section happened to it.
    """
    chosen = one_copy_each(lives)
    touched = {life.key for life, happens in zip(lives, rewritten, strict=True) if happens}
    happened = [lives[n].key in touched for n in chosen]
    positives = sum(happened)
    if min(positives, len(chosen) - positives) < ENOUGH:
        return Calibration(doubt="too few sections were rewritten, or left, in the past to learn from")
    strata = list(_strata([lives[n].signals.length for n in chosen]))
    weights = {}
    for name in MEASURES:
        ranks = ranks_of(name, lives, ages)
        if not any(ranks):
            continue
        told = auc([ranks[n] for n in chosen], happened, strata) - 0.5
        told = (positives * told + _TRUST * USUAL[name]) / (positives + _TRUST)
        if (more := round(told - _TELLS, 4)) > 0:
            weights[name] = more
    doubt = "" if weights else "nothing in its past foretold what people went on to rewrite"
    return Calibration(weights, doubt)


def auc(scores: Sequence[float], happened: Sequence[bool], strata: Sequence[Sequence[int]]) -> float:
    """How often, within a stratum, a section it happened to has the higher score; equals count half.

    The mean over `strata` (indexes of sections) by their size; 0.5 is chance.
    """
    total = weight = 0.0
    for stratum in strata:
        yes = [scores[n] for n in stratum if happened[n]]
        no = sorted(scores[n] for n in stratum if not happened[n])
        if yes and no:
            below = sum(bisect_left(no, score) + bisect_right(no, score) for score in yes) / 2
            total += len(stratum) * below / len(yes) / len(no)
            weight += len(stratum)
    return total / weight if weight else 0.5


def _strata(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Sections of about the same length; equals are spread, since neighbours share a page."""
    order = sorted(range(len(lengths)), key=lambda n: (lengths[n], n * _SPREAD % 2**32))
    count = max(1, min(_MOST_STRATA, len(order) // _IN_STRATUM))
    for number in range(count):
        yield order[number * len(order) // count : (number + 1) * len(order) // count]
