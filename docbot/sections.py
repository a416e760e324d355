"""Ranks sections: what was found in them first, then how much people work on them.

No section is called anything because of a score alone.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from docbot.attention.scores import NOTHING, Attended
from docbot.repository.families import family
from docbot.rules.interface import Kind
from docbot.types import EvidenceKind, Finding, SectionRef, SectionScore, Severity

_WEIGHT = {Severity.ERROR: 1.0, Severity.WARNING: 0.7, Severity.INFO: 0.3}
_SURE = 0.8
"""The confidence from which a finding counts as proved."""
_PER_PAGE = 2

Place = tuple[str, SectionRef]
"""A section: its page's path, and where it is."""


def ranked(
    sections: Iterable[Place],
    findings: Iterable[Finding],
    kinds: Mapping[str, Kind],
    attention: Mapping[Place, Attended] | None = None,
) -> tuple[SectionScore, ...]:
    """All `sections`, by page and place; reasons are their findings' messages, then what people did.

    `kinds` gives each rule's kind; what `attention` doesn't know has none.
    """
    by_section: dict[Place, list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.section is not None:
            by_section[finding.path, finding.section].append(finding)
    known = attention or {}
    scores = [
        _score(place, by_section.get(place, ()), kinds, known.get(place, NOTHING))
        for place in dict.fromkeys(sections)
    ]
    return tuple(sorted(scores, key=lambda s: (s.path, s.span)))


def _score(
    place: Place, found: Sequence[Finding], kinds: Mapping[str, Kind], attended: Attended
) -> SectionScore:
    path, section = place
    unclear = _chance(f for f in found if kinds.get(f.rule) is Kind.UNCLEAR)
    outdated = _chance(f for f in found if kinds.get(f.rule) is Kind.OUTDATED)
    proved = any(_is_proof(f) and f.rule in kinds for f in found)
    return SectionScore(
        path=path,
        headings=section.headings,
        span=section.span,
        unclear=unclear,
        outdated=outdated,
        attention=attended.attention,
        rank=_rank(1 - (1 - unclear) * (1 - outdated), proved, attended.order),
        reasons=(
            *dict.fromkeys(f.message for f in sorted(found, key=_is_reported, reverse=True)),
            *attended.reasons,
        ),
    )


def _chance(findings: Iterable[Finding]) -> float:
    """The chance that at least one finding matters: they count by confidence and severity, and each further
    one adds less."""
    nothing = 1.0
    for finding in findings:
        nothing *= 1 - finding.confidence * _weight(finding)
    return round(1 - nothing, 4)


def _weight(finding: Finding) -> float:
    """Readers come first: where one of them stumbled, nobody needs to guess."""
    return 1.0 if _is_reported(finding) else _WEIGHT[finding.severity]


def _is_reported(finding: Finding) -> bool:
    return any(proof.kind is EvidenceKind.READER for proof in finding.evidence)


def _is_proof(finding: Finding) -> bool:
    return finding.confidence >= _SURE and finding.severity is not Severity.INFO


def _rank(chance: float, proved: bool, order: float) -> float:
    """In the upper half what is proved, by percent of its chance and then by `order`; the rest below."""
    if proved:
        return round(0.5 + (round(100 * chance) + order) / 202, 4)
    return round((1 - (1 - chance) * (1 - order)) / 2, 4)


def shortlist(sections: Iterable[SectionScore], count: int) -> list[SectionScore]:
    """The first `count` sections worth showing: at most two a page, and one copy of each in version folders.

    Without the limits three busy pages would fill any list.
    """
    shown: list[SectionScore] = []
    copies: set[tuple[str, tuple[str, ...]]] = set()
    pages: Counter[str] = Counter()
    for score in sorted(sections, key=lambda s: -s.rank):
        page = family(score.path)
        if len(shown) == count or score.rank == 0:
            break
        if (page, score.headings) in copies or pages[page] == _PER_PAGE:
            continue
        copies.add((page, score.headings))
        pages[page] += 1
        shown.append(score)
    return shown
