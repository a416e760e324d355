"""Reads findings and drafts back from JSON Lines. Such a file may come from anyone.

Offsets count, lines and columns are for people. A line that contradicts itself is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

import msgspec
from msgspec import UNSET, UnsetType

from docbot.errors import UsageError
from docbot.reporters.locate import Locator
from docbot.reporters.plain import head, visible
from docbot.reporters.wire import EditItem, FindingLine, FixItem, Line, SectionItem, SectionLine
from docbot.text import Edit, Span
from docbot.types import (
    Author,
    Draft,
    Evidence,
    Finding,
    Fix,
    Question,
    SectionRef,
    Verdict,
)

_DECODER: msgspec.json.Decoder[Line] = msgspec.json.Decoder(Line)
_BOM = "\ufeff"
_DRIVE = re.compile("[A-Za-z]:")
_NO_TEXTS: Mapping[str, str] = {}
_SHOWN = 200


class _Refused(ValueError):
    """A line that decodes and still can't be right; the message says why."""


def read_findings(
    lines: Iterable[str | bytes], texts: Mapping[str, str] = _NO_TEXTS, *, source: str = "the findings file"
) -> tuple[Finding, ...]:
    """The findings in `lines`; lines about sections are checked and left out, drafts give their finding.

    A finding's section has lines only, so it comes back where `texts` (path to text) has the page, else
    it is None. Raises UsageError, naming `source` and the line, for the first line that isn't as docbot
    writes it.
    """
    locator = Locator(texts)
    found = []
    for number, line in _decoded(lines, source, "scan"):
        if isinstance(line, SectionLine):
            continue
        try:
            found.append(_finding(line, texts, locator))
        except _Refused as error:
            raise _problem(source, number, str(error), "scan") from error
    return tuple(found)


def read_drafts(
    lines: Iterable[str | bytes], texts: Mapping[str, str] = _NO_TEXTS, *, source: str = "the drafts file"
) -> tuple[Draft, ...]:
    """The drafts in `lines`; as `read_findings` otherwise. Questions are checked and left out.

    The words of a model come back as the draft's fix alone, never as the fix of its finding. Verdicts
    are what the file claims: run the gates again before anything rests on them.
    """
    locator = Locator(texts)
    drafts = []
    for number, line in _decoded(lines, source, "draft"):
        try:
            if not _is_question(line, texts, locator):
                drafts.append(_draft(line, texts, locator))
        except _Refused as error:
            raise _problem(source, number, str(error), "draft") from error
    return tuple(drafts)


def _decoded(lines: Iterable[str | bytes], source: str, verb: str) -> Iterator[tuple[int, Line]]:
    for number, line in enumerate(lines, start=1):
        try:
            text = line.decode("utf-8") if isinstance(line, bytes) else line
            text = text.removeprefix(_BOM) if number == 1 else text
            if text.strip():
                yield number, _DECODER.decode(text)
        except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
            raise _problem(source, number, str(error), verb) from error


def _problem(source: str, number: int, reason: str, verb: str) -> UsageError:
    what = head(visible(reason).rstrip("."), _SHOWN)
    return UsageError(
        f"line {number} of {visible(source)} can't be used ({what}): "
        f"write the file again with `docbot {verb} --format jsonl`"
    )


def _is_question(line: Line, texts: Mapping[str, str], locator: Locator) -> bool:
    """Whether a line between drafts asks a person, and holds no edit."""
    if isinstance(line, SectionLine) or line.question is None or line.blob is not UNSET:
        return False
    return _finding(line, texts, locator).fix is None


def _draft(line: Line, texts: Mapping[str, str], locator: Locator) -> Draft:
    if isinstance(line, SectionLine):
        raise _Refused("it is about a section and no draft")
    finding = _finding(line, texts, locator)
    if (
        isinstance(line.verdicts, UnsetType)
        or isinstance(line.author, UnsetType)
        or isinstance(line.blob, UnsetType)
        or finding.fix is None
    ):
        raise _Refused("it is a finding and no draft")
    return Draft(
        finding=msgspec.structs.replace(finding, fix=None) if line.author.prompt else finding,
        fix=finding.fix,
        author=Author(line.author.name, line.author.prompt),
        blob=line.blob,
        verdicts=tuple(Verdict(v.gate, v.passed, v.reason) for v in line.verdicts),
    )


def _finding(line: FindingLine, texts: Mapping[str, str], locator: Locator) -> Finding:
    if len({line.verdicts is UNSET, line.author is UNSET, line.blob is UNSET}) > 1:
        raise _Refused("verdicts, author and blob come together")
    if line.blob is not UNSET and line.fix is None:
        raise _Refused("a draft has a fix, this has not")
    _check_path(line.path)
    return Finding(
        rule=line.rule,
        path=line.path,
        span=_span(line.start, line.end, line.excerpt, "excerpt"),
        excerpt=line.excerpt,
        message=line.message,
        severity=line.severity,
        confidence=line.confidence,
        evidence=tuple(Evidence(e.kind, e.source, e.detail) for e in line.evidence),
        cause=line.cause,
        fix=_fix(line.fix) if line.fix else None,
        question=Question(line.question.text, line.question.choices) if line.question else None,
        section=_section(line.path, line.section, locator) if line.path in texts else None,
        fingerprint=line.fingerprint,
    )


def _check_path(path: str) -> None:
    """Refuses what could name a file outside the repository, or inside git's own folder, on any system."""
    parts = path.split("/")
    odd = any(part in ("", ".", "..") or part.rstrip(". ").lower() == ".git" for part in parts)
    if odd or "\\" in path or "\0" in path or _DRIVE.match(path):
        raise _Refused(f"{path!r} is no path inside a repository")


def _span(start: int, end: int, text: str, field: str) -> Span:
    if end - start != len(text):
        raise _Refused(f"start {start} and end {end} don't fit `{field}`, which has {len(text)} code points")
    return Span(start, end)


def _fix(item: FixItem) -> Fix:
    edits = tuple(_edit(edit) for edit in item.edits)
    ordered = sorted(set(edits))
    if any(a.conflicts(b) for a, b in pairwise(ordered)):
        raise _Refused("two edits of its fix overlap")
    return Fix(item.title, edits, item.applicability)


def _edit(item: EditItem) -> Edit:
    return Edit(_span(item.start, item.end, item.old, "old"), item.new)


def _section(path: str, item: SectionItem | None, locator: Locator) -> SectionRef | None:
    if item is None:
        return None
    span = locator.lines_span(path, item.line, item.end_line)
    if span is None:
        raise _Refused(f"{path} has no lines {item.line} to {item.end_line}")
    return SectionRef(item.headings, span)
