"""Rules small enough to see through, and drafts of their findings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import ClassVar

from docbot.facts import Facts
from docbot.markdown import Document
from docbot.rules.interface import Kind, Rule, replace
from docbot.text import Edit, Span
from docbot.types import Author, Draft, Evidence, EvidenceKind, Finding, Fix, Severity

PROOF = (Evidence(EvidenceKind.HISTORY, "page.md", "it stands there"),)


class WordRule(Rule):
    """Reports each place of `word`, wherever it stands, and offers `better` for it."""

    kind = Kind.UNCLEAR
    severity = Severity.WARNING
    word: ClassVar[str]
    better: ClassVar[str] = ""
    confidence: ClassVar[float] = 0.9

    def check(self, document: Document, facts: Facts) -> Iterator[Finding]:
        for match in re.finditer(rf"\b{self.word}\b", document.text):
            span = Span(match.start(), match.end())
            yield self.finding(
                document,
                span,
                f"“{self.word}” stands here",
                confidence=self.confidence,
                evidence=PROOF,
                fix=replace(span, self.better, "Say it better") if self.better else None,
            )


class BadWord(WordRule):
    """Reports "bad"."""

    name = "wrong-word"
    word, better = "bad", "good"


class WorseWord(WordRule):
    """Reports "worse", with a fix of its own."""

    name = "wicked-word"
    kind = Kind.OUTDATED
    severity = Severity.ERROR
    word, better = "worse", "good"


class DoubtfulWord(WordRule):
    """Reports "maybe", without being sure and without a fix."""

    name = "doubtful-word"
    severity = Severity.INFO
    word = "maybe"
    confidence = 0.5


def spot(text: str, part: str, nth: int = 0) -> Span:
    """The span of the `nth` occurrence of `part`."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(part, start + 1)
    return Span(start, start + len(part))


def draft(document: Document, rule: Rule, place: Span, *edits: Edit, author: str = "rule") -> Draft:
    """A draft with `edits` for a finding of `rule` at `place`."""
    finding = rule.finding(document, place, "It is bad", confidence=0.9, evidence=PROOF)
    return Draft(finding, Fix("Make it good", edits), Author(author), document.blob)
