"""rdjson, the format of reviewdog: it shows findings and offers fixes wherever reviewdog does.

Lines count from 1 and columns from 1 in bytes of UTF-8; ends are exclusive (reviewdog.proto).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from docbot.reporters.interface import Options
from docbot.reporters.locate import Locator
from docbot.reporters.plain import visible
from docbot.text import Span
from docbot.types import Applicability, Finding, Report

Json = dict[str, Any]


def render(report: Report, options: Options) -> Iterator[str]:
    """One DiagnosticResult, in one piece. Raises KeyError when `report.texts` lacks the page of a finding."""
    locator = Locator(report.texts)
    result = {
        "source": {"name": "docbot"},
        "diagnostics": [_diagnostic(finding, locator) for finding in report.findings],
    }
    yield json.dumps(result, separators=(",", ":"), allow_nan=False) + "\n"


def _diagnostic(finding: Finding, locator: Locator) -> Json:
    diagnostic: Json = {
        "message": _message(finding),
        "location": {"path": finding.path, "range": _range(finding.path, finding.span, locator)},
        "severity": finding.severity.value.upper(),
        "code": {"value": finding.rule},
        # By this the finding is known in every format.
        "original_output": finding.fingerprint,
    }
    suggestions = _suggestions(finding, locator)
    return diagnostic | ({"suggestions": suggestions} if suggestions else {})


def _message(finding: Finding) -> str:
    said = [finding.message, *(f"proof: {proof.source}: {proof.detail}" for proof in finding.evidence)]
    if finding.question:
        said.append(f"question: {finding.question.text}")
        said += [f"- {choice}" for choice in finding.question.choices]
    return "\n".join(map(visible, said))


def _suggestions(finding: Finding, locator: Locator) -> list[Json]:
    """The fix, where it is one edit: of several, one alone could be taken, and a fix is all or none."""
    fix = finding.fix
    if fix is None or len(fix.edits) != 1 or fix.applicability is Applicability.DISPLAY:
        return []
    edit = fix.edits[0]
    return [{"range": _range(finding.path, edit.span, locator), "text": edit.replacement}]


def _range(path: str, span: Span, locator: Locator) -> Json:
    return {"start": _position(path, span.start, locator), "end": _position(path, span.end, locator)}


def _position(path: str, offset: int, locator: Locator) -> Json:
    place = locator.index(path).place(offset)
    before = locator.text(path)[offset - place.column + 1 : offset]
    return {"line": place.line, "column": len(before.encode("utf-8", "surrogatepass")) + 1}
