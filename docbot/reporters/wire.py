"""One line of JSON Lines, as values: `docbot/data/finding.schema.json` says the same of the same fields.

Decoding is strict: each field must be there, have its type, and no other may be.
"""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import UNSET, Meta, UnsetType

from docbot.types import Applicability, EvidenceKind, Severity

LARGEST = 2**31 - 1
Offset = Annotated[int, Meta(ge=0, le=LARGEST)]
Count = Annotated[int, Meta(ge=1, le=LARGEST)]
Share = Annotated[float, Meta(ge=0, le=1)]
Name = Annotated[str, Meta(pattern=r"\A[A-Za-z0-9]+([._-][A-Za-z0-9]+)*\Z")]
Hash = Annotated[str, Meta(pattern=r"\A[0-9a-f]{16}\Z")]
Blob = Annotated[str, Meta(pattern=r"\A([0-9a-f]{40}|[0-9a-f]{64})\Z")]


class _Wire(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    pass


class EvidenceItem(_Wire, frozen=True):
    kind: EvidenceKind
    source: str
    detail: str


class QuestionItem(_Wire, frozen=True):
    text: str
    choices: tuple[str, ...]


class VerdictItem(_Wire, frozen=True):
    gate: str
    passed: bool
    reason: str


class AuthorItem(_Wire, frozen=True):
    name: str
    prompt: str


class EditItem(_Wire, frozen=True):
    """An edit; `old` is the text from `start` to `end`, which the offsets alone don't prove."""

    start: Offset
    end: Offset
    line: Count
    column: Count
    old: str
    new: str


class FixItem(_Wire, frozen=True):
    title: str
    applicability: Applicability
    edits: Annotated[tuple[EditItem, ...], Meta(min_length=1)]


class SectionItem(_Wire, frozen=True):
    headings: tuple[str, ...]
    line: Count
    end_line: Count


class FindingLine(_Wire, frozen=True, tag_field="kind", tag="finding"):
    """A finding; with the last three fields, all of them, a draft."""

    rule: Name
    path: Annotated[str, Meta(min_length=1)]
    line: Count
    column: Count
    end_line: Count
    end_column: Count
    start: Offset
    end: Offset
    excerpt: str
    message: str
    severity: Severity
    confidence: Share
    evidence: tuple[EvidenceItem, ...]
    cause: str
    fingerprint: Hash
    section: SectionItem | None
    fix: FixItem | None
    question: QuestionItem | None
    verdicts: tuple[VerdictItem, ...] | UnsetType = UNSET
    author: AuthorItem | UnsetType = UNSET
    blob: Blob | UnsetType = UNSET


class SectionLine(_Wire, frozen=True, tag_field="kind", tag="section"):
    """How a section stands."""

    path: Annotated[str, Meta(min_length=1)]
    headings: tuple[str, ...]
    line: Count
    end_line: Count
    unclear: Share
    outdated: Share
    attention: Share
    rank: Share
    reasons: tuple[str, ...]


Line = FindingLine | SectionLine
