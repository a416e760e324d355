"""What a rule is: one file that looks for one kind of problem, documents itself and tests itself."""

from __future__ import annotations

import inspect
from abc import ABC, abstractmethod
from collections.abc import Iterator
from enum import StrEnum
from typing import ClassVar

from docbot.facts import Facts, Need
from docbot.markdown import Document
from docbot.rules.examples import Bad, Given, Good
from docbot.text import Edit, Span
from docbot.types import (
    Applicability,
    Evidence,
    EvidenceKind,
    Finding,
    Fix,
    Question,
    Severity,
)

__all__ = ["Bad", "Given", "Good", "Kind", "Need", "Rule", "replace"]


class Kind(StrEnum):
    """Which half of the mission a rule serves."""

    OUTDATED = "outdated"
    UNCLEAR = "unclear"


class Rule(ABC):
    """Subclasses set the class variables and write `check`; the docstring is the rule's page.

    The docstring has the headings What it finds / Why it matters / Evidence / Fix. A rule keeps no
    state between pages and reads no file: all it may know is the document and the facts it `needs`.
    """

    name: ClassVar[str]
    """Kebab case; says the bad pattern; Learn's own code where there is one."""
    kind: ClassVar[Kind]
    severity: ClassVar[Severity]
    needs: ClassVar[frozenset[Need]] = frozenset()
    """A rule that needs nothing runs once per distinct text; its findings are kept by blob."""
    by_line: ClassVar[bool] = False
    """Whether it judges a line by itself, so that it can be tried on lines that people once edited."""
    version: ClassVar[int] = 1
    """A plugin raises it when `check` changes, so that kept findings are forgotten."""
    title: ClassVar[str] = ""
    """Title of a pull request for one cause; `{name}` stands for what the cause is about."""
    examples: ClassVar[tuple[Good | Bad, ...]] = ()
    precision: ClassVar[str] = ""
    """For rules of language: how many of how many findings were right, where, and when measured."""

    @abstractmethod
    def check(self, document: Document, facts: Facts) -> Iterator[Finding]:
        """Every finding on `document`, in any order."""

    def true_since(self, finding: Finding, facts: Facts) -> str:
        """The first day (`YYYY-MM-DD`) on which the finding held; empty where it always did."""
        return ""

    def finding(
        self,
        document: Document,
        span: Span,
        message: str,
        *,
        confidence: float,
        evidence: tuple[Evidence, ...],
        severity: Severity | None = None,
        cause: str = "",
        fix: Fix | None = None,
        question: Question | None = None,
    ) -> Finding:
        """A finding of this rule at `span`; the only way a rule speaks."""
        return Finding(
            rule=self.name,
            path=document.path,
            span=span,
            excerpt=span.of(document.text),
            message=message,
            severity=severity or self.severity,
            confidence=confidence,
            evidence=evidence,
            cause=cause or f"{self.name} {span.of(document.text)}",
            fix=fix,
            question=question,
        )

    def language_evidence(self, detail: str) -> Evidence:
        """Evidence for a rule of language: never without its measured precision."""
        return Evidence(EvidenceKind.LANGUAGE, f"rule {self.name}", f"{detail}; {self.precision}")

    @classmethod
    def page(cls) -> str:
        """The docstring as Markdown."""
        return inspect.cleandoc(cls.__doc__ or "")


def replace(
    span: Span,
    replacement: str,
    title: str,
    applicability: Applicability = Applicability.SAFE,
) -> Fix:
    """A fix of one edit."""
    return Fix(title, (Edit(span, replacement),), applicability)
