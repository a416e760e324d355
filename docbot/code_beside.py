"""Whether edits leave all code as it is, but for the code spans that they are meant to change."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from docbot.markdown import Document
from docbot.text import Edit, Span
from docbot.types import EvidenceKind, Finding

_OF_CODE = frozenset({EvidenceKind.PRECEDENT, EvidenceKind.SOURCE_CODE})
"""Evidence that tells how code is written today."""


def proved_code(edited: Iterable[Finding], edits: Iterable[Edit]) -> tuple[Span, ...]:
    """The places of those findings whose evidence may speak of code, and whose own fix `edits` make."""
    made = set(edits)
    return tuple(
        finding.span
        for finding in edited
        if any(proof.kind in _OF_CODE for proof in finding.evidence)
        and finding.fix is not None
        and made.issuperset(finding.fix.edits)
    )


def same_code_beside(before: Document, after: Document, edits: Sequence[Edit], meant: Sequence[Span]) -> bool:
    """Whether code spans change at the places `meant` alone, and by the edits there alone.

    Code blocks never may.
    """
    others = [edit.span for edit in edits if not any(place.contains(edit.span) for place in meant)]
    changed = [span for span in _inline(before) if _touches(span, meant)]
    if any(_touches(span, others) for span in changed):
        return False
    moved = [_after(place, edits) for place in meant]
    return _beside(before, meant) == _beside(after, moved)


def _beside(document: Document, places: Sequence[Span]) -> list[str]:
    inline = _inline(document)
    code = document.parsed.inventory.code
    return [span.of(document.text) for span in code if span not in inline or not _touches(span, places)]


def _inline(document: Document) -> set[Span]:
    return {node.span for node in document.inlines() if node.kind == "code" and node.span is not None}


def _touches(span: Span, places: Iterable[Span]) -> bool:
    return any(span.overlaps(place) for place in places)


def _after(place: Span, edits: Iterable[Edit]) -> Span:
    """Where what stood at `place` stands after the edits, none of which reaches over its border."""
    grown = [(edit.span, len(edit.replacement) - len(edit.span)) for edit in edits]
    start = place.start + sum(by for span, by in grown if span.end <= place.start)
    return Span(start, place.end + sum(by for span, by in grown if span.end <= place.end))
