"""Ranks sections by what was found in them. No section is called anything because of a score alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from docbot.rules.interface import Kind
from docbot.types import Finding, SectionRef, SectionScore, Severity

_WEIGHT = {Severity.ERROR: 1.0, Severity.WARNING: 0.7, Severity.INFO: 0.3}


def ranked(findings: Iterable[Finding], kinds: dict[str, Kind]) -> tuple[SectionScore, ...]:
    """The sections that have findings, worst first; each reason is a finding's message.

    A score is the chance that at least one finding of its kind matters: findings count by confidence
    and severity, and each further one adds less. `kinds` gives each rule's kind.
    """
    by_section: dict[tuple[str, SectionRef], list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.section is not None:
            by_section[finding.path, finding.section].append(finding)
    scores = [_score(path, section, found, kinds) for (path, section), found in by_section.items()]
    return tuple(sorted(scores, key=lambda s: (-s.rank, s.path, s.span)))


def _score(path: str, section: SectionRef, found: list[Finding], kinds: dict[str, Kind]) -> SectionScore:
    unclear = _chance(f for f in found if kinds.get(f.rule) is Kind.UNCLEAR)
    outdated = _chance(f for f in found if kinds.get(f.rule) is Kind.OUTDATED)
    return SectionScore(
        path=path,
        headings=section.headings,
        span=section.span,
        unclear=unclear,
        outdated=outdated,
        attention=0.0,
        rank=round(1 - (1 - unclear) * (1 - outdated), 4),
        reasons=tuple(dict.fromkeys(f.message for f in found)),
    )


def _chance(findings: Iterable[Finding]) -> float:
    nothing = 1.0
    for finding in findings:
        nothing *= 1 - finding.confidence * _WEIGHT[finding.severity]
    return round(1 - nothing, 4)
