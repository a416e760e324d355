"""How much people work on each section now, and what of it a person can check."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from docbot.attention.calibration import Calibration
from docbot.attention.lives import Life
from docbot.attention.parts import DENSITY, HISTORY, Ages, ranks_of

_TWO_YEARS, _THREE_YEARS, _YEAR = 730, 1095, 365
_OFTEN = 3
_MUCH = 0.9
"""The share of sections that have less, from which it is worth saying."""
_NAMED = {
    "links": "links",
    "abbreviations": "unexplained abbreviations",
    "alerts": "notes and warnings",
    "tables": "table rows",
}


class Attended(msgspec.Struct, frozen=True, gc=False):
    """What is known of a section beside its findings; both numbers are 0 to 1."""

    attention: float = 0.0
    """How much people work here, beside the repository's other sections."""
    order: float = 0.0
    """As `attention`, with what there is in the section that can change."""
    reasons: tuple[str, ...] = ()


NOTHING = Attended()


def attended(lives: Sequence[Life], calibration: Calibration, ages: Ages) -> list[Attended]:
    """The attention to each section, of the parts that `calibration` found to tell something, by weight."""
    weights = calibration.weights
    if not weights:
        return [NOTHING] * len(lives)
    ranks = {name: ranks_of(name, lives, ages) for name in weights}
    history = {name: weight for name, weight in weights.items() if name in HISTORY}
    return [
        Attended(
            attention=_mean(ranks, history, number),
            order=_mean(ranks, weights, number),
            reasons=tuple(_reasons(life, {name: of[number] for name, of in ranks.items()}, ages)),
        )
        for number, life in enumerate(lives)
    ]


def _mean(ranks: Mapping[str, Sequence[float]], weights: Mapping[str, float], number: int) -> float:
    total = sum(weights.values())
    return round(sum(w * ranks[n][number] for n, w in weights.items()) / total, 4) if total else 0.0


def _reasons(life: Life, ranks: Mapping[str, float], ages: Ages) -> Iterator[str]:
    """Facts for a person to check, of the parts that count; every section that people work on has one."""
    if life.record:
        return
    told = bool(ranks.keys() & {"edits", "freshness"})
    said = (
        _edited(life.edits, ages) if told and life.edits else "",
        _corrected(life.facts, ages, told) if "facts" in ranks and life.facts else "",
        _page(life, ages, told) if "page" in ranks and life.page else "",
        *(_holds(life, name, ranks.get(name, 0.0), ages) for name in DENSITY),
    )
    yield from filter(None, said)


def _edited(edits: Sequence[int], ages: Ages) -> str:
    recent = _within(edits, _TWO_YEARS, ages)
    last = ages.date(edits[-1])
    if len(recent) > 1:
        return f"edited by hand {len(recent)} times in two years, last on {last}"
    return f"last edited by hand on {last}"


def _corrected(facts: Sequence[int], ages: Ages, told: bool) -> str:
    """`told`, here and below: the section's own edits were mentioned."""
    recent = _within(facts, _THREE_YEARS, ages)
    if len(recent) > 1:
        return f"versions, links or code were corrected {len(recent)} times in three years"
    return "" if told else f"a version, link or code name was last corrected on {ages.date(facts[-1])}"


def _page(life: Life, ages: Ages, told: bool) -> str:
    recent = _within(life.page, _YEAR, ages)
    if len(recent) >= _OFTEN:
        return f"the page had {len(recent)} hand edits in a year"
    if told and life.page == life.edits:
        return ""
    return f"the page was last edited by hand on {ages.date(life.page[-1])}"


def _holds(life: Life, name: str, rank: float, ages: Ages) -> str:
    number = int(DENSITY[name](life, ages))
    if rank < _MUCH or number <= 1:
        return ""
    return f"{number:,} {_NAMED[name]}, more than in {int(100 * min(rank, 0.99))} % of the sections"


def _within(commits: Iterable[int], days: int, ages: Ages) -> list[int]:
    return [commit for commit in commits if ages.days(commit) < days]
