"""The rule `asterisks-shown`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from docbot.facts import Facts
from docbot.markdown import Document
from docbot.markdown.nodes import Block
from docbot.rules.interface import Bad, Good, Kind, Rule
from docbot.text import Edit, Span
from docbot.types import Applicability, Finding, Fix, Question, Severity

_RUN = re.compile(r"(?<![*\\/])\*\*(?![*/])")
_OPENS = re.compile(r"(?<![^\s(\[\"“>|])\*\*(?=[^\s*])")
_GLOB_OR_TEMPLATE = re.compile(r"\*\*/|/\*\*|['\"]\*\*|\*\*['\"]|\{\{|\{%|\*\*\.\w")
_POWER = re.compile(r"[\w)]\s?\*\*\s?[\w(]")
_SENTENCES, _WORD, _ENDS = re.compile(r"[.!?]\s+\w"), re.compile(r"\w"), ":.,;!?"
_LONGEST = 150
"""Code points of text that people set in bold."""


class AsterisksShown(Rule):
    """
    ## What it finds
    Two asterisks before and after some words that don't make them bold, as in `**Note: **`, where a space
    stands before the second pair.

    ## Why it matters
    The reader sees the asterisks, and doesn't see what was to stand out.

    ## Evidence
    By CommonMark a pair behind a space, or between a mark and a letter, ends no bold text. Globs, templates
    and powers are passed over; the rule's measured precision is shown with each finding.

    ## Fix
    Unsafe, where a space stands before the second pair: it moves behind it, or goes where one is there. Else
    it asks.
    """

    name = "asterisks-shown"
    kind = Kind.UNCLEAR
    severity = Severity.WARNING
    title = "Close the bold text in {name}"
    precision = "48 of 48 places right on five docs repositories, read by hand in November 2026"
    examples = (
        Good("**Note:** Mind the gap. Pass `**` or **kwargs and **options on. It is 2 ** 3 or 2**3."),
        Good("Take all of src/**/*.py and **/*.md, and \\*\\*this\\*\\*."),
        Bad("**Note: ** Mind the gap.", fixed="**Note:** Mind the gap."),
        Bad("**Note: **Mind the gap.", fixed="**Note:** Mind the gap."),
        Bad("It takes two **`long`**s of it."),
    )

    def check(self, document: Document, facts: Facts) -> Iterator[Finding]:
        if "**" in document.text:
            for block in document.parsed.inventory.prose:
                text = block.content.of(document.text) if block.content else ""
                if "**" in text and not _GLOB_OR_TEMPLATE.search(text):
                    yield from self._in_block(document, block)

    def _in_block(self, document: Document, block: Block) -> Iterator[Finding]:
        at = 0
        for first, second in pairwise(_literal(document.text, block)):
            if first < at or not _is_pair(document.text, first, second):
                continue
            at = second + 2
            yield self._finding(document, Span(first, second + 2))

    def _finding(self, document: Document, span: Span) -> Finding:
        words = document.text[span.start + 2 : span.end - 2]
        space = len(words) - len(words.rstrip())
        fix = question = None
        if space and "\n" not in words[-space:]:
            after = document.text[span.end : span.end + 1]
            moved = words[-space:] if after.strip() and after != "|" else ""
            edits = (Edit(Span(span.end - 2 - space, span.end), "**" + moved),)
            fix = Fix("Close the bold text before the space", edits, Applicability.UNSAFE)
        else:
            choices = ("Include what touches it", "Put a space between", "Use <b> and </b>")
            question = Question("How is the bold text to end?", choices)
        return self.finding(
            document,
            span,
            "Nothing here becomes bold: readers see the asterisks",
            confidence=0.9,
            evidence=(self.language_evidence("by CommonMark this pair of asterisks ends no bold text"),),
            cause=f"{self.name} {document.name}",
            fix=fix,
            question=question,
        )


def _literal(text: str, block: Block) -> list[int]:
    """Where the block has two asterisks that are text."""
    found: list[int] = []
    for leaf in block.leaves():
        if leaf.kind == "text" and leaf.span and "**" in leaf.raw:
            found += (match.start() for match in _RUN.finditer(text, leaf.span.start, leaf.span.end))
    return found


def _is_pair(text: str, first: int, second: int) -> bool:
    """Whether the asterisks at `first` were to begin bold text, and those at `second` to end it."""
    words = text[first + 2 : second]
    if words.count("(") != words.count(")"):
        return False
    if not words.strip() or len(words) > _LONGEST or "\n\n" in words or not _OPENS.match(text, first):
        return False
    if _POWER.match(text, max(first - 1, 0)) or (words[-1].isspace() and _SENTENCES.search(words)):
        return False
    begins = (words[-1].isspace() or words[-1] in "([{") and _WORD.match(text, second + 2) is not None
    return not begins or words.rstrip()[-1] in _ENDS
