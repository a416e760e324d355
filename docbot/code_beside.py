"""Whether edits leave all code as it is, but for the code spans that they are meant to change."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from docbot.markdown import Document
from docbot.text import Edit, Span
from docbot.types import EvidenceKind, Finding

TYPED = {"‘": ("'",), "’": ("'",), "“": ('"',), "”": ('"',), **dict.fromkeys("–—", ("-", "--"))}
"""Typographic signs, and what a program reads in their places. A word processor joins two dashes."""

_OF_CODE = frozenset({EvidenceKind.PRECEDENT, EvidenceKind.SOURCE_CODE})
"""Evidence that tells how code is written today."""


def proved_code(edited: Iterable[Finding], edits: Iterable[Edit]) -> tuple[Span, ...]:
    """The places of those findings whose own fix `edits` make, and that may speak of code.

    That is by their evidence, or since they only retype typographic signs.
    """
    made = set(edits)
    return tuple(
        finding.span
        for finding in edited
        if finding.fix is not None
        and (any(proof.kind in _OF_CODE for proof in finding.evidence) or _only_retypes(finding))
        and made.issuperset(finding.fix.edits)
    )


def _only_retypes(finding: Finding) -> bool:
    edits = finding.fix.edits if finding.fix else ()
    start = finding.span.start
    return all(
        finding.span.contains(edit.span)
        and _retypes(finding.excerpt[edit.span.start - start : edit.span.end - start], edit)
        for edit in edits
    )


def same_code_beside(before: Document, after: Document, edits: Sequence[Edit], meant: Sequence[Span]) -> bool:
    """Whether code changes at the places `meant` alone, and by the edits there alone.

    In code blocks these may retype typographic signs, and nothing else.
    """
    others = [edit for edit in edits if not any(place.contains(edit.span) for place in meant)]
    places = _Places(meant, [place for place in meant if _is_retyped(before.text, place, edits)])
    changed = [span for span, may_change in places.touched(before) if may_change]
    if any(_touches(span, (edit.span for edit in others)) for span in changed):
        return False
    moved = _Places(*([_after(place, edits) for place in group] for group in places))
    return _beside(before, places) == _beside(after, moved)


class _Places(NamedTuple):
    """Where code may change: code spans at the first, code blocks at the second."""

    inline: Sequence[Span]
    blocks: Sequence[Span]

    def touched(self, document: Document) -> list[tuple[Span, bool]]:
        """All code of the page, and whether it may change."""
        inline = {node.span for node in document.inlines() if node.kind == "code" and node.span is not None}
        code = document.parsed.inventory.code
        return [(span, _touches(span, self.inline if span in inline else self.blocks)) for span in code]


def _is_retyped(text: str, place: Span, edits: Iterable[Edit]) -> bool:
    inside = [edit for edit in edits if place.contains(edit.span)]
    return bool(inside) and all(_retypes(edit.span.of(text), edit) for edit in inside)


def _retypes(old: str, edit: Edit) -> bool:
    """Whether the edit of `old` puts a sign of the keyboard in the place of its typographic twin."""
    return edit.replacement in TYPED.get(old, ())


def _beside(document: Document, places: _Places) -> list[str]:
    return [span.of(document.text) for span, may_change in places.touched(document) if not may_change]


def _touches(span: Span, places: Iterable[Span]) -> bool:
    return any(span.overlaps(place) for place in places)


def _after(place: Span, edits: Iterable[Edit]) -> Span:
    """Where what stood at `place` stands after the edits, none of which reaches over its border."""
    grown = [(edit.span, len(edit.replacement) - len(edit.span)) for edit in edits]
    start = place.start + sum(by for span, by in grown if span.end <= place.start)
    return Span(start, place.end + sum(by for span, by in grown if span.end <= place.end))
