"""From pages and facts to findings: runs the rules, then settles what is shown.

Pure: everything it needs is handed to it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

import msgspec
from msgspec.structs import replace

from docbot.config import Config
from docbot.errors import RuleError
from docbot.facts import Facts
from docbot.markdown import Document
from docbot.markdown.nodes import Outline, Suppression
from docbot.measured import Measured
from docbot.rules.interface import Rule
from docbot.text import Span
from docbot.types import (
    Evidence,
    EvidenceKind,
    Finding,
    SectionRef,
    Severity,
    fingerprint,
    normalised,
)

UNUSED_SUPPRESSION = "unused-suppression"
UNSURE, ACCEPTED = "confidence", "baseline"
"""Why a finding is hidden that its page doesn't silence."""
_NOTHING: Mapping[str, Measured] = {}


class Silenced(msgspec.Struct, frozen=True):
    """A finding that its page hides, and every suppression there that does."""

    finding: Finding
    by: tuple[Suppression, ...]
    unsure: bool = False
    """Whether the confidence threshold would hide it as well."""


class Settled(msgspec.Struct, frozen=True):
    """The findings to show, in order, and how many are hidden, by reason."""

    findings: tuple[Finding, ...]
    hidden: Mapping[str, int]
    unsure: tuple[Finding, ...] = ()
    """Those that the confidence threshold alone hides, in order."""
    silenced: tuple[Silenced, ...] = ()
    """Those that their page hides, by page."""


def enabled(rules: Iterable[Rule], config: Config, only: Sequence[str], skip: Sequence[str]) -> list[Rule]:
    """The rules to run. `only` and `skip` come from the command line and win over the config.

    Raises RuleError for a name no rule has.
    """
    by_name = {rule.name: rule for rule in rules}
    for name in (*config.rules, *only):
        _known(name, by_name)
    for name in (*config.skip, *skip, *config.severity, *config.measured):
        _known(name, (*by_name, UNUSED_SUPPRESSION))
    wanted = set(only or config.rules or by_name)
    left_out = {*skip} | (set() if only else set(config.skip))
    return [rule for name, rule in by_name.items() if name in wanted and name not in left_out]


def _known(name: str, names: Collection[str]) -> None:
    if name not in names:
        raise RuleError(f"there is no rule {name!r}: `docbot rules` lists those there are")


def check(document: Document, rules: Iterable[Rule], facts: Facts) -> list[Finding]:
    """Everything `rules` say of one page, in order of place."""
    found: list[Finding] = []
    for rule in rules:
        for finding in rule.check(document, facts):
            if finding.span.of(document.text) != finding.excerpt or not finding.evidence:
                raise RuleError(
                    f"rule {rule.name} reports {finding.excerpt!r} on {document.path} without evidence or "
                    "off its place: report this to the rule's author"
                )
            found.append(finding)
    return sorted(found, key=lambda finding: finding.key)


def settle(
    findings: Iterable[Finding],
    outlines: Mapping[str, Outline],
    config: Config,
    *,
    baseline: frozenset[str] = frozenset(),
    show_all: bool = False,
    neglected: Mapping[str, Measured] = _NOTHING,
    keep: Callable[[Finding], bool] = lambda finding: True,
    ran: frozenset[str] = frozenset(),
) -> Settled:
    """Which findings are shown: each gets its section and fingerprint; then, in this order, protected
    ranges, suppressions, the baseline, the confidence threshold and `keep` hide some.

    `ran` names the rules that ran, with `*` if that is all of them: only suppressions of what it names can
    be unused. `neglected` are rules whose edits people here pass over, as their own recent edits show.
    """
    hidden: Counter[str] = Counter()
    shown: list[Finding] = []
    unsure: list[Finding] = []
    silenced: list[Silenced] = []
    by_page = _by_page(findings)
    for path in sorted({*by_page, *(p for p, o in outlines.items() if o.suppressions)}):
        outline = outlines[path]
        placed = _placed(by_page.get(path, []), outline, config, neglected)
        left, quiet = _unsuppressed(placed, outline, hidden)
        used = {suppression for one in quiet for suppression in one.by}
        for one in quiet:
            reason = _hides(one.finding, config, baseline, show_all)
            silenced += [replace(one, unsure=reason == UNSURE)] if reason != ACCEPTED else []
        left += _placed(list(_unused(path, outline, used, ran)), outline, config, neglected)
        for finding in left:
            reason = _hides(finding, config, baseline, show_all)
            if reason:
                hidden[reason] += 1
                unsure += [finding] if reason == UNSURE else []
            elif keep(finding):
                shown.append(finding)
    return Settled(_ordered(shown), dict(hidden), _ordered(unsure), tuple(silenced))


def _ordered(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda finding: finding.key))


def _by_page(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    pages: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        pages[finding.path].append(finding)
    return pages


def _placed(
    findings: list[Finding], outline: Outline, config: Config, neglected: Mapping[str, Measured]
) -> list[Finding]:
    seen: Counter[tuple[str, str]] = Counter()
    placed: list[Finding] = []
    for finding in sorted(findings, key=lambda f: f.key):
        key = (finding.rule, normalised(finding.excerpt))
        section = outline.section_at(finding.span.start)
        placed.append(
            replace(
                finding,
                severity=config.severity.get(finding.rule, finding.severity),
                confidence=_confidence(finding, config, neglected),
                section=SectionRef(section.headings, section.span) if section else None,
                fingerprint=fingerprint(finding.rule, finding.path, finding.excerpt, seen[key]),
            )
        )
        seen[key] += 1
    return placed


def _confidence(finding: Finding, config: Config, neglected: Mapping[str, Measured]) -> float:
    """The rule's own, or what this repository's history says of its edits: a backtest first of all."""
    if finding.fix is None:
        return finding.confidence
    measured = config.measured.get(finding.rule)
    if measured is not None and measured.enough and finding.confidence >= measured.above:
        return round(measured.agreement, 4)
    passed_over = neglected.get(finding.rule)
    return (
        finding.confidence if passed_over is None else min(finding.confidence, round(passed_over.strict, 4))
    )


def _unsuppressed(
    findings: list[Finding], outline: Outline, hidden: Counter[str]
) -> tuple[list[Finding], list[Silenced]]:
    silenced: list[Silenced] = []
    left: list[Finding] = []
    for finding in findings:
        if any(span.overlaps(finding.span) for span in outline.protected):
            hidden["protected"] += 1
            continue
        covering = [s for s in outline.suppressions if _covers(s, finding)]
        if covering:
            silenced.append(Silenced(finding, tuple(covering)))
            hidden["suppressed"] += 1
        else:
            left.append(finding)
    return left, silenced


def _covers(suppression: Suppression, finding: Finding) -> bool:
    return suppression.rule in (finding.rule, "*") and suppression.target.overlaps(_wide(finding.span))


def _wide(span: Span) -> Span:
    return span if len(span) else Span(span.start, span.end + 1)


def _unused(path: str, outline: Outline, used: set[Suppression], ran: frozenset[str]) -> Iterator[Finding]:
    for suppression in outline.suppressions:
        if suppression not in used and suppression.rule in ran and not suppression.foreign:
            yield Finding(
                rule=UNUSED_SUPPRESSION,
                path=path,
                span=suppression.span,
                excerpt=suppression.text,
                message=f"Nothing here needs this suppression of {suppression.rule}",
                severity=Severity.INFO,
                confidence=1.0,
                evidence=(_nothing_found(suppression.rule),),
                cause=f"{UNUSED_SUPPRESSION} {suppression.rule}",
            )


def _nothing_found(rule: str) -> Evidence:
    detail = f"{rule} finds nothing where this suppression applies"
    return Evidence(EvidenceKind.HISTORY, f"docbot scan --rule {rule} --all", detail)


def _hides(finding: Finding, config: Config, baseline: frozenset[str], show_all: bool) -> str:
    if finding.fingerprint in baseline:
        return ACCEPTED
    if finding.confidence < config.confidence and not show_all:
        return UNSURE
    return ""
