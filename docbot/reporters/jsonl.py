"""JSON Lines: one finding, section or draft a line. Reading back is in `docbot.reporters.jsonl_reader`.

The lines are ASCII: whatever a page holds, no console, pager or line splitter changes them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from docbot.reporters.interface import Options
from docbot.reporters.locate import Locator
from docbot.reporters.wire import (
    AuthorItem,
    EditItem,
    EvidenceItem,
    FindingLine,
    FixItem,
    Line,
    QuestionItem,
    SectionItem,
    SectionLine,
    VerdictItem,
)
from docbot.text import Edit
from docbot.types import Draft, Finding, Fix, Report, SectionRef, SectionScore


def render(report: Report, options: Options) -> Iterator[str]:
    """A line for each finding, then one for each section, in the report's order.

    Raises KeyError when `report.texts` lacks the page of one of them.
    """
    locator = Locator(report.texts)
    for finding in report.findings:
        yield _encode(_finding_line(finding, finding.fix, locator))
    for section in report.sections:
        yield _encode(_section_line(section, locator))


def draft_lines(drafts: Iterable[Draft], texts: Mapping[str, str]) -> Iterator[str]:
    """A line for each draft: its finding's line with the draft's fix, then verdicts, author and blob.

    Raises KeyError when `texts` (path to text) lacks a draft's page.
    """
    locator = Locator(texts)
    for draft in drafts:
        line = _finding_line(draft.finding, draft.fix, locator)
        yield _encode(
            msgspec.structs.replace(
                line,
                verdicts=tuple(VerdictItem(v.gate, v.passed, v.reason) for v in draft.verdicts),
                author=AuthorItem(draft.author.name, draft.author.prompt),
                blob=draft.blob,
            )
        )


def question_lines(questions: Iterable[Finding], texts: Mapping[str, str]) -> Iterator[str]:
    """A line for each finding that asks a question, without any fix.

    Raises KeyError when `texts` (path to text) lacks the page of one of them.
    """
    locator = Locator(texts)
    for finding in questions:
        yield _encode(_finding_line(finding, None, locator))


def _encode(line: Line) -> str:
    return json.dumps(msgspec.to_builtins(line), separators=(",", ":"), allow_nan=False) + "\n"


def _finding_line(finding: Finding, fix: Fix | None, locator: Locator) -> FindingLine:
    region = locator.region(finding.path, finding.span)
    return FindingLine(
        rule=finding.rule,
        path=finding.path,
        line=region.line,
        column=region.column,
        end_line=region.end_line,
        end_column=region.end_column,
        start=finding.span.start,
        end=finding.span.end,
        excerpt=finding.excerpt,
        message=finding.message,
        severity=finding.severity,
        confidence=finding.confidence,
        evidence=tuple(EvidenceItem(e.kind, e.source, e.detail) for e in finding.evidence),
        cause=finding.cause,
        fingerprint=finding.fingerprint,
        section=_section(finding.path, finding.section, locator),
        fix=_fix(finding.path, fix, locator),
        question=QuestionItem(finding.question.text, finding.question.choices) if finding.question else None,
    )


def _section(path: str, section: SectionRef | None, locator: Locator) -> SectionItem | None:
    if section is None:
        return None
    line = locator.index(path).line(section.span.start)
    return SectionItem(section.headings, line, locator.last_line(path, section.span))


def _fix(path: str, fix: Fix | None, locator: Locator) -> FixItem | None:
    if fix is None:
        return None
    return FixItem(fix.title, fix.applicability, tuple(_edit(path, edit, locator) for edit in fix.edits))


def _edit(path: str, edit: Edit, locator: Locator) -> EditItem:
    place = locator.index(path).place(edit.span.start)
    return EditItem(
        start=edit.span.start,
        end=edit.span.end,
        line=place.line,
        column=place.column,
        old=edit.span.of(locator.text(path)),
        new=edit.replacement,
    )


def _section_line(score: SectionScore, locator: Locator) -> SectionLine:
    return SectionLine(
        path=score.path,
        headings=score.headings,
        line=locator.index(score.path).line(score.span.start),
        end_line=locator.last_line(score.path, score.span),
        unclear=score.unclear,
        outdated=score.outdated,
        attention=score.attention,
        rank=score.rank,
        reasons=score.reasons,
    )
