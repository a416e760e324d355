"""The values that travel between docbot's stages. All frozen; every one is also a line of JSON.

Names and meanings follow the vocabulary of the field: a *rule* reports a *finding* at a *span* with
*evidence*; a *drafter* makes a *draft* of it; *gates* give *verdicts*; a *plan* makes *proposals* and
says of everything else why it is *held*.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from enum import StrEnum

import msgspec

from docbot.text import Edit, Span


class Severity(StrEnum):
    """How much a problem harms the reader."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """Larger is worse."""
        return {"error": 3, "warning": 2, "info": 1}[self.value]


class Applicability(StrEnum):
    """What may be done with a fix: only shown, offered to a person, or applied."""

    DISPLAY = "display"
    UNSAFE = "unsafe"
    SAFE = "safe"


class EvidenceKind(StrEnum):
    """Everything docbot accepts as proof. The list is closed on purpose."""

    REDIRECTION = "redirection"
    RENAME = "rename"
    CASE = "case"
    UNIQUE_NAME = "unique-name"
    HISTORY = "history"
    PRECEDENT = "precedent"
    SIBLING = "sibling"
    AGE = "age"
    LIFECYCLE = "lifecycle"
    PRODUCT_NAME = "product-name"
    SOURCE_CODE = "source-code"
    HTTP = "http"
    READER = "reader"
    MAJORITY = "majority"
    LANGUAGE = "language"


class Evidence(msgspec.Struct, frozen=True, gc=False):
    """One proof: its kind, where to look (`file:line`, a commit, a count), and what stands there."""

    kind: EvidenceKind
    source: str
    detail: str


class Fix(msgspec.Struct, frozen=True, gc=False):
    """A set of edits of one page, made all or none."""

    title: str
    edits: tuple[Edit, ...]
    applicability: Applicability = Applicability.UNSAFE


class Question(msgspec.Struct, frozen=True, gc=False):
    """Asked where the problem is certain and the right words are not. Never an edit."""

    text: str
    choices: tuple[str, ...] = ()


class SectionRef(msgspec.Struct, frozen=True, gc=False):
    """The section a finding stands in: the headings that lead to it, and its span."""

    headings: tuple[str, ...]
    span: Span


class Finding(msgspec.Struct, frozen=True, gc=False):
    """One place where a rule says something is wrong, with the proof.

    `span.of(text) == excerpt` always holds. `cause` names what many findings share (one deleted
    page, one renamed product). `section` and `fingerprint` are filled in by the engine.
    """

    rule: str
    path: str
    span: Span
    excerpt: str
    message: str
    severity: Severity
    confidence: float
    evidence: tuple[Evidence, ...]
    cause: str = ""
    fix: Fix | None = None
    question: Question | None = None
    section: SectionRef | None = None
    fingerprint: str = ""

    @property
    def key(self) -> tuple[str, int, int, str]:
        """Position in a report: by page, then by place."""
        return (self.path, self.span.start, self.span.end, self.rule)


class SectionScore(msgspec.Struct, frozen=True, gc=False):
    """How a section stands: each score is 0 to 1, each reason is one a person can check."""

    path: str
    headings: tuple[str, ...]
    span: Span
    unclear: float
    outdated: float
    attention: float
    rank: float
    reasons: tuple[str, ...]


class Notice(msgspec.Struct, frozen=True, gc=False):
    """Something the run couldn't do or looked at with less certainty, in one sentence with a remedy."""

    path: str
    text: str


class Report(msgspec.Struct, frozen=True, gc=False):
    """What a scan found. `texts` holds the text of every page that has a finding or a section here."""

    findings: tuple[Finding, ...]
    sections: tuple[SectionScore, ...] = ()
    notices: tuple[Notice, ...] = ()
    texts: Mapping[str, str] = msgspec.field(default_factory=dict)
    pages: int = 0
    words: int = 0
    hidden: int = 0
    """Findings below the confidence threshold, which are counted but not shown."""
    accepted: int = 0
    """Findings in the baseline, as above."""


class Author(msgspec.Struct, frozen=True, gc=False):
    """Who wrote a draft's words: a rule, or a model with the hash of its prompt."""

    name: str
    prompt: str = ""

    @property
    def generated(self) -> bool:
        """Whether a model wrote them."""
        return bool(self.prompt)


class Verdict(msgspec.Struct, frozen=True, gc=False):
    """A gate's answer on a draft, with its reason."""

    gate: str
    passed: bool
    reason: str


class Draft(msgspec.Struct, frozen=True, gc=False):
    """A fix for a finding, and what every gate says of it. `blob` is the text it was made for."""

    finding: Finding
    fix: Fix
    author: Author
    blob: str
    verdicts: tuple[Verdict, ...] = ()

    @property
    def passed(self) -> bool:
        return bool(self.verdicts) and all(verdict.passed for verdict in self.verdicts)

    @property
    def safe(self) -> bool:
        """Whether it may be applied before a person looks at it; what a model wrote never may."""
        return self.fix.applicability is Applicability.SAFE and not self.author.generated

    @property
    def refusal(self) -> str:
        """Why the first gate that refused did so; empty when all passed."""
        return next((f"{v.gate}: {v.reason}" for v in self.verdicts if not v.passed), "")


class Held(msgspec.Struct, frozen=True, gc=False):
    """A draft that isn't proposed now, and why."""

    draft: Draft
    reason: str


class FileChange(msgspec.Struct, frozen=True, gc=False):
    """One file of a proposal, before and after, byte for byte. `blob` is git's id of `before`."""

    path: str
    blob: str
    before: bytes
    after: bytes


class Proposal(msgspec.Struct, frozen=True, gc=False):
    """A pull request before it exists."""

    topic: str
    base: str
    branch: str
    title: str
    message: str
    body: str
    changes: tuple[FileChange, ...]
    fingerprints: tuple[str, ...]
    drafts: tuple[Draft, ...] = ()


class Plan(msgspec.Struct, frozen=True, gc=False):
    """What to propose now, and everything that isn't, with the reason."""

    proposals: tuple[Proposal, ...]
    held: tuple[Held, ...]
    large: tuple[tuple[Draft, ...], ...] = ()
    """Groups of held drafts that are too much for a pull request: to be asked about in an issue first."""


class OutcomeKind(StrEnum):
    """Every way publishing a proposal can end. A new one is a decision of design."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    DECLINED = "declined"
    EDITED = "edited"
    LIMITED = "limited"
    CONFLICTED = "conflicted"
    FORBIDDEN = "forbidden"


class Outcome(msgspec.Struct, frozen=True, gc=False):
    kind: OutcomeKind
    reason: str
    url: str = ""


_SPACE = re.compile(r"\s+")


def normalised(text: str) -> str:
    """`text` with every run of white space made one space, and none at the ends."""
    return _SPACE.sub(" ", text).strip()


def fingerprint(rule: str, path: str, excerpt: str, ordinal: int) -> str:
    """A finding's identity across runs: 16 hex digits, free of lines and offsets.

    `ordinal` counts from 0 among the findings of this rule and page with an equal excerpt.
    """
    return digest("finding", rule, path, normalised(excerpt), str(ordinal))


def content_key(rule: str, before: str, after: str) -> str:
    """Identity of a change wherever its text moves: rule, and the whole block before and after."""
    return digest("content", rule, normalised(before), normalised(after))


def digest(*parts: str) -> str:
    """16 hex digits of a SHA-256 over `parts`, each closed by a NUL so that borders count."""
    body = "".join(part + "\0" for part in parts)
    return hashlib.sha256(body.encode("utf-8", "surrogatepass")).hexdigest()[:16]
