"""What the gates say of a hunk: the change is tried on the page before it as if docbot had drafted it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from docbot.facts import Facts
from docbot.gates import Examiner
from docbot.markdown import Document, Parser
from docbot.review.values import Hunk
from docbot.text import Conflict, Edit, Span, apply
from docbot.types import (
    Applicability,
    Author,
    Draft,
    Evidence,
    EvidenceKind,
    Finding,
    Fix,
    SectionRef,
    Severity,
    Verdict,
)

_ABOUT_A_FINDING = frozenset(
    {
        "blob-unchanged",
        "edits-apply",
        "inside-block",
        "inside-section",
        "finding-gone",
        "nothing-new",
        "idempotent",
        "never-safe",
        "no-long-reply",
        "target-exists",
    }
)
"""Gates that ask whether a draft does what its finding asks for: a hunk has none."""

_ENDS = frozenset({"blob-unchanged", "edits-apply", "no-long-reply"})
"""Those of them after which no other gate is asked."""
_UNCOMPARED = Verdict("length", False, "so much is new that the gates can't compare it")


class Prover:
    """Asks the gates of hunks; each page is parsed once."""

    def __init__(
        self, document_of: Callable[[str], Document], facts: Facts, after: Mapping[str, str]
    ) -> None:
        self._document_of = document_of
        self._facts = facts
        self._after = after
        self._parser = Parser()
        self._known: dict[str, tuple[Document, Examiner]] = {}

    def verdicts(self, hunk: Hunk) -> tuple[Verdict, ...]:
        """What every gate that needs no finding says of it."""
        document, examiner = self._page(hunk.old_path)
        edit = Edit(hunk.before, hunk.after.of(self._after[hunk.path]))
        asked = examiner.examine(_draft(document, edit))
        told = tuple(verdict for verdict in asked.verdicts if verdict.gate not in _ABOUT_A_FINDING)
        ended = any(not verdict.passed and verdict.gate in _ENDS for verdict in asked.verdicts)
        return (*told, _UNCOMPARED) if ended else told

    def _page(self, path: str) -> tuple[Document, Examiner]:
        known = self._known.get(path)
        if known is None:
            document = self._document_of(path)
            known = self._known[path] = (document, Examiner(document, (), self._facts, self._parser))
        return known


def drafted(hunk: Hunk, findings: Sequence[Finding], before: str, after: str) -> bool:
    """Whether the fixes of `findings`, or some choice of docbot's, make exactly the hunk's lines."""
    edits = [edit for finding in findings if finding.fix for edit in finding.fix.edits]
    inside = [edit for edit in edits if hunk.before.contains(edit.span)]
    if not inside:
        return False
    try:
        made = apply(
            hunk.before.of(before), [Edit(e.span.shifted(-hunk.before.start), e.replacement) for e in inside]
        )
    except (Conflict, IndexError):
        return False
    return made == hunk.after.of(after)


def _draft(document: Document, edit: Edit) -> Draft:
    """The edit as a draft that nobody's finding asked for, judged as strictly as a model's."""
    proof = Evidence(EvidenceKind.HISTORY, document.path, "the change that is reviewed")
    finding = Finding(
        rule="review",
        path=document.path,
        span=edit.span,
        excerpt=edit.span.of(document.text),
        message="",
        severity=Severity.INFO,
        confidence=1.0,
        evidence=(proof,),
        section=_sections(document, edit.span),
    )
    fix = Fix("the change", (edit,), Applicability.UNSAFE)
    return Draft(finding, fix, Author("somebody", "review"), document.blob)


def _sections(document: Document, span: Span) -> SectionRef:
    """From the first section that the span touches to the last, as one."""
    touched = [s for s in document.outline.sections if s.span.overlaps(span) or s.span.contains(span)]
    if not touched:
        return SectionRef((), Span(0, len(document.text)))
    return SectionRef(touched[0].headings, Span(touched[0].span.start, touched[-1].span.end))
