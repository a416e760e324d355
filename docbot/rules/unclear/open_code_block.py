"""The rule `open-code-block`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docbot.facts import Facts
from docbot.markdown import Document
from docbot.markdown.nodes import Block
from docbot.rules.interface import Bad, Good, Kind, Rule
from docbot.text import Span
from docbot.types import Finding, Question, Severity

_FENCE = re.compile(r"(?P<marks>`{3,}|~{3,})[ \t]*(?P<info>[A-Za-z][^`\r\n]*)?")
_INNER = re.compile(r"^(?P<before>[ \t>]*)(?P<marks>`{3,}|~{3,})[ \t]*[A-Za-z][\w+#.-]*[ \t]*\r?$", re.M)
_SHOWS_MARKDOWN = re.compile(r"(?:markdown|md|mdx|rmd|text|txt|plain|html|rst|diff|djot|vue|astro)\b", re.I)


class OpenCodeBlock(Rule):
    """
    ## What it finds
    A line such as three backticks and `powershell` inside of a code block that is still open: the one before
    was never closed, or its closing line has a language behind it.

    ## Why it matters
    All text up to the next closing line is published as code, and so is what looks like a new block.

    ## Evidence
    By CommonMark a line with anything behind the backticks closes no block, and none opens in another. Blocks
    that show Markdown are passed over; the rule's measured precision is shown with each finding.

    ## Fix
    None: it asks where the block is to end.
    """

    name = "open-code-block"
    kind = Kind.UNCLEAR
    severity = Severity.ERROR
    title = "Close the code blocks of {name}"
    precision = "9 of 9 places right on four docs repositories, read by hand in November 2026"
    examples = (
        Good("```console\nls\n```\n\nText.\n\n```console\nls\n```\n"),
        Good("````markdown\n```console\nls\n```\n````\n"),
        Good("```markdown\n```console\nls\n```\n"),
        Good("```yaml\na: |\n    ```console\n```\n"),
        Good("````console\n```console\n````\n"),
        Bad("```console\nls\n\nThis lists files:\n\n```output\na.txt\n```\n"),
        Bad("```console\nls\n```console\n\nThis lists files.\n\n```\n"),
    )

    def check(self, document: Document, facts: Facts) -> Iterator[Finding]:
        for top in document.blocks:
            for block in top.walk():
                if block.kind == "code" and block.span and block.info:
                    yield from self._in_block(document, block.span, block)

    def _in_block(self, document: Document, span: Span, block: Block) -> Iterator[Finding]:
        opening = _FENCE.match(document.text, span.start)
        if opening is None or not block.content or _SHOWS_MARKDOWN.match(block.info.strip("{}. ")):
            return
        column = span.start - document.text.rfind("\n", 0, span.start) - 1
        for match in _INNER.finditer(document.text, block.content.start, block.content.end):
            if match["marks"] == opening["marks"] and len(match["before"]) == column:
                yield self._finding(
                    document, Span(match.start("marks"), len(match[0].rstrip()) + match.start())
                )
                return

    def _finding(self, document: Document, span: Span) -> Finding:
        return self.finding(
            document,
            span,
            f"“{span.of(document.text)}” opens no code block here: the one before it is still open",
            confidence=0.9,
            evidence=(
                self.language_evidence("a line with a language behind the marks closes no code block"),
            ),
            cause=f"{self.name} {document.name}",
            question=Question(
                "Where does the code block before this line end?",
                ("On a line before this one: add the closing marks there", "Here: remove the language"),
            ),
        )
