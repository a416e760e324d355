"""SARIF 2.1.0, for GitHub's code scanning and editors.

GitHub refuses a run of more than 25,000 results and keeps 5,000, so the gravest and surest come first.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from urllib.parse import quote

import msgspec

from docbot.reporters.interface import Options, RuleInfo
from docbot.reporters.locate import Locator
from docbot.reporters.plain import visible
from docbot.text import Edit, Span
from docbot.types import Applicability, Finding, Fix, Notice, Report, Severity

LARGEST_RUN = 25_000
"""Results. GitHub refuses the whole file beyond that."""

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}

Json = dict[str, Any]


def render(report: Report, options: Options) -> Iterator[str]:
    """One SARIF log with one run, in one piece.

    Raises KeyError when `report.texts` lacks the page of a finding.
    """
    findings = sorted(report.findings, key=_priority)
    kept = findings[:LARGEST_RUN]
    rules = _rules(options.rules, kept)
    order = {rule.name: number for number, rule in enumerate(rules)}
    locator = Locator(report.texts)
    run = {
        "tool": {"driver": _driver(options.version, rules)},
        "invocations": [_invocation(report.notices, len(findings) - len(kept))],
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, order[finding.rule], locator) for finding in kept],
    }
    log = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    yield json.dumps(log, separators=(",", ":"), allow_nan=False) + "\n"


def uri(path: str) -> str:
    """`path` as a relative URI reference; bytes that are no UTF-8 are kept."""
    return quote(path, safe="/", errors="surrogateescape")


def _priority(finding: Finding) -> tuple[int, float, tuple[str, int, int, str]]:
    return (-finding.severity.rank, -finding.confidence, finding.key)


def _message(text: str) -> Json:
    """A plain text message: braces are doubled as the standard asks, and no text becomes a link."""
    plain = visible(text).replace("{", "{{").replace("}", "}}")
    return {"text": plain.replace("](", "] (")}


def _driver(version: str, rules: Iterable[RuleInfo]) -> Json:
    driver: Json = {"name": "docbot", "rules": [_rule(rule) for rule in rules]}
    return driver | ({"version": version} if version else {})


def _rules(known: Iterable[RuleInfo], findings: Iterable[Finding]) -> list[RuleInfo]:
    """The known rules, then those that only a finding names."""
    rules = {rule.name: rule for rule in known}
    for finding in findings:
        rules.setdefault(finding.rule, RuleInfo(finding.rule, finding.rule))
    return list(rules.values())


def _rule(rule: RuleInfo) -> Json:
    described: Json = {"id": rule.name, "shortDescription": {"text": rule.summary}}
    return described | ({"help": {"text": rule.page, "markdown": rule.page}} if rule.page else {})


def _invocation(notices: Sequence[Notice], cut: int) -> Json:
    texts = [f"{notice.path}: {notice.text}" if notice.path else notice.text for notice in notices]
    if cut:
        texts.append(f"{cut:,} findings were left out: the format jsonl has them all")
    said = [{"level": "warning", "message": _message(text)} for text in texts]
    return {"executionSuccessful": True, "toolExecutionNotifications": said}


def _result(finding: Finding, rule: int, locator: Locator) -> Json:
    place = {
        "artifactLocation": {"uri": uri(finding.path)},
        "region": _region(finding.path, finding.span, locator),
    }
    result: Json = {
        "ruleId": finding.rule,
        "ruleIndex": rule,
        "level": _LEVELS[finding.severity],
        "message": _message(finding.message),
        "locations": [{"physicalLocation": place}],
        "partialFingerprints": {"docbot/v1": finding.fingerprint},
        "properties": _properties(finding),
    }
    if finding.fix and finding.fix.edits and finding.fix.applicability is not Applicability.DISPLAY:
        result["fixes"] = [_fix(finding.path, finding.fix, locator)]
    return result


def _properties(finding: Finding) -> Json:
    properties: Json = {
        "confidence": finding.confidence,
        "evidence": msgspec.to_builtins(finding.evidence),
        "cause": finding.cause,
    }
    if finding.section:
        properties["section"] = list(finding.section.headings)
    if finding.question:
        properties["question"] = msgspec.to_builtins(finding.question)
    return properties


def _region(path: str, span: Span, locator: Locator) -> Json:
    region = locator.region(path, span)
    return {
        "startLine": region.line,
        "startColumn": region.column,
        "endLine": region.end_line,
        "endColumn": region.end_column,
    }


def _fix(path: str, fix: Fix, locator: Locator) -> Json:
    return {
        "description": _message(fix.title),
        "artifactChanges": [
            {
                "artifactLocation": {"uri": uri(path)},
                "replacements": [_replacement(path, edit, locator) for edit in fix.edits],
            }
        ],
        "properties": {"applicability": fix.applicability.value},
    }


def _replacement(path: str, edit: Edit, locator: Locator) -> Json:
    offsets = {"charOffset": edit.span.start, "charLength": len(edit.span)}
    return {
        "deletedRegion": _region(path, edit.span, locator) | offsets,
        "insertedContent": {"text": edit.replacement},
    }
