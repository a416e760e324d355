"""The rule `alert-outside-quote`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docbot.facts import Facts
from docbot.markdown import Document
from docbot.markdown.nodes import Block
from docbot.rules.interface import Bad, Good, Kind, Rule
from docbot.text import Span
from docbot.types import Finding, Question, Severity

_ALERT = re.compile(r"\[!(?:NOTE|TIP|IMPORTANT|CAUTION|WARNING)\](?![(\[:])", re.I)


class AlertOutsideQuote(Rule):
    """
    ## What it finds
    `[!NOTE]`, `[!TIP]` and their like at the start of a paragraph that is in no block quote.

    ## Why it matters
    No box appears: the reader sees the brackets, and doesn't see how far the note goes.

    ## Evidence
    On Learn and GitHub an alert is a block quote, each line of which begins with `>`. The rule's measured
    precision is shown with each finding.

    ## Fix
    None: where the note ends is the author's to say.
    """

    name = "alert-outside-quote"
    kind = Kind.UNCLEAR
    severity = Severity.WARNING
    title = "Mark the alerts of {name}"
    precision = "6 of 6 places right on three docs repositories, read by hand in November 2026"
    examples = (
        Good("> [!NOTE]\n> Mind the gap.\n"),
        Good("- Go in.\n\n  > [!TIP]\n  > Mind the gap.\n"),
        Good("Write `[!NOTE]` first. [!NOTE] stands in the middle here.\n"),
        Good("```\n[!NOTE]\nMind the gap.\n```\n"),
        Bad("[!NOTE]\nMind the gap.\n"),
        Bad("- Go in.\n\n  [!WARNING] Mind the gap.\n"),
    )

    def check(self, document: Document, facts: Facts) -> Iterator[Finding]:
        if "[!" in document.text:
            yield from self._in_blocks(document, document.blocks)

    def _in_blocks(self, document: Document, blocks: tuple[Block, ...]) -> Iterator[Finding]:
        for block in blocks:
            if block.kind == "paragraph" and block.content:
                match = _ALERT.match(document.text, block.content.start)
                if match:
                    yield self._finding(document, Span(match.start(), match.end()))
            elif block.kind in ("list", "list_item"):
                yield from self._in_blocks(document, block.children)

    def _finding(self, document: Document, span: Span) -> Finding:
        mark = span.of(document.text)
        return self.finding(
            document,
            span,
            f"{mark} is in no block quote, and is published as it stands",
            confidence=0.9,
            evidence=(self.language_evidence("an alert is a block quote: each of its lines begins with >"),),
            cause=f"{self.name} {document.name}",
            question=Question("How far does the alert go?", ("Put > before each of its lines",)),
        )
