"""The rule `cell-beyond-table`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docbot.facts import Facts
from docbot.markdown import Document
from docbot.markdown.nodes import Block
from docbot.markdown.tables import split_cells
from docbot.rules.interface import Bad, Good, Kind, Rule
from docbot.text import Span
from docbot.types import Finding, Question, Severity

_LITERAL = re.compile(
    r"(?<!`)(`+)(?!`)[^\n]{0,400}?(?<!`)\1(?!`)|\[[^\[\]\n]{0,400}\](?=\()|\{\{[^{}]{0,400}\}\}"
)
"""Code, the text of a link, a template: some sites take a pipe in them for text."""


class CellBeyondTable(Rule):
    """
    ## What it finds
    A table row with more cells than the table has columns.

    ## Why it matters
    GitHub and most sites don't show what is in them, and Learn shows a column without a heading.

    ## Evidence
    The cells of the row and of the table's heading, counted. Pipes in code and in links are passed over; the
    rule's measured precision is shown with each finding.

    ## Fix
    None: it asks whether a pipe is text, or a column is missing.
    """

    name = "cell-beyond-table"
    kind = Kind.UNCLEAR
    severity = Severity.WARNING
    title = "Mend the tables of {name}"
    precision = "7 of 7 places right on three docs repositories, read by hand in November 2026"
    examples = (
        Good("| a | b |\n|---|---|\n| 1 | 2 |\n| 3 |\n"),
        Good("| a | b |\n|---|---|\n| 1 | 2 | |\n"),
        Good("| a | b |\n|---|---|\n| 1 | x \\| y |\n| 2 | `x | y` |\n"),
        Bad("| a | b |\n|---|---|\n| 1 | 2 | 3 |\n"),
        Bad("- x\n\n  | a | b |\n  |---|---|\n  | 1 | x | y |\n"),
    )

    def check(self, document: Document, facts: Facts) -> Iterator[Finding]:
        for top in document.blocks:
            for block in top.walk():
                if block.kind == "table" and block.children:
                    yield from self._in_table(document, block)

    def _in_table(self, document: Document, table: Block) -> Iterator[Finding]:
        width = len(table.children[0].children)
        for row in table.children[1:]:
            if row.span is None:
                continue
            text = row.span.of(document.text)
            beyond = split_cells(_LITERAL.sub(_without_pipes, text), row.span.start)[width:]
            full = [Span(start, end) for start, end in beyond if start < end]
            if full:
                yield self._finding(document, Span(full[0].start, full[-1].end), width, width + len(beyond))

    def _finding(self, document: Document, span: Span, columns: int, cells: int) -> Finding:
        return self.finding(
            document,
            span,
            f"The row has {cells} cells in a table of {columns} columns: the rest isn't shown in its place",
            confidence=0.9,
            evidence=(self.language_evidence(f"{columns} cells in the heading, {cells} in this row"),),
            cause=f"{self.name} {document.name}",
            question=Question(
                "Is a pipe in this row text, or is a column missing?",
                ("It is text: write \\|", "Add a column to the heading", "Remove the cell"),
            ),
        )


def _without_pipes(match: re.Match[str]) -> str:
    return match[0].replace("|", "x")
