"""The rule `unescaped-placeholder`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher

from docbot.facts import Facts
from docbot.markdown import Document
from docbot.markdown.nodes import Inline
from docbot.rules.interface import Bad, Good, Kind, Rule, replace
from docbot.rules.unclear.html_elements import ELEMENTS
from docbot.text import Span
from docbot.types import Applicability, Finding, Severity

_TAG = re.compile(r"<(?P<end>/?)(?P<name>[A-Za-z][\w-]*)")
_SHORTEST, _ALIKE = 3, 0.75
"""Letters of an element that one may mistype and still be understood, and how alike the two must be."""
_PLACEHOLDER = re.compile(r"<([A-Za-z][\w-]*(?: [A-Za-z][\w-]*){0,3})>")


class UnescapedPlaceholder(Rule):
    """
    ## What it finds
    A placeholder such as `<name>` written in running text without a backslash or backticks, where
    Markdown takes it for an HTML tag.

    ## Why it matters
    The reader doesn't see it: "Replace <name> by yours" is published as "Replace by yours".

    ## Evidence
    HTML has no element of that name, and the page never closes it, so that browsers and Learn's
    sanitizer show nothing in its place.

    ## Fix
    Unsafe: a backslash before the bracket makes visible what the author typed. A person may prefer
    backticks.
    """

    name = "unescaped-placeholder"
    kind = Kind.UNCLEAR
    severity = Severity.ERROR
    title = "Make placeholders in {name} visible"
    precision = "250 of 250 places right on old states of a Learn repository, read by hand in November 2026"
    examples = (
        Good("Replace `<name>` and \\<name> by yours. Press <kbd>Ctrl</kbd>.<br>"),
        Good("A <my-app></my-app> element, <xref:System.String> and <https://example.com>."),
        Good("Press <kdb>Ctrl</kbd> and <stong>wait</strong>."),
        Bad("Replace <name> by yours.", fixed="Replace \\<name> by yours."),
        Bad("# Get-Item <Path>\n", fixed="# Get-Item \\<Path>\n"),
    )

    def check(self, document: Document, facts: Facts) -> Iterator[Finding]:
        closed = {
            node.raw[2:-1].strip().lower() for node in self._tags(document) if node.raw.startswith("</")
        }
        orphans = _orphans(node.raw for node in self._tags(document))
        for node in self._tags(document):
            match = _PLACEHOLDER.fullmatch(node.raw)
            if not match or node.span is None:
                continue
            name = match.group(1).split(" ")[0].lower()
            if name in ELEMENTS or name in closed or any(_is_slip(name, orphan) for orphan in orphans):
                continue
            yield self._finding(document, node.span)

    def _tags(self, document: Document) -> Iterator[Inline]:
        for block in document.parsed.inventory.prose:
            for node in block.leaves():
                if node.kind == "html":
                    yield node

    def _finding(self, document: Document, span: Span) -> Finding:
        tag = span.of(document.text)
        return self.finding(
            document,
            span,
            f"{tag} is taken for an HTML tag, and readers don't see it",
            confidence=0.9,
            evidence=(self.language_evidence(f"HTML has no element {tag}, and the page never closes it"),),
            cause=f"{self.name} {document.name}",
            fix=replace(Span(span.start, span.start + 1), "\\<", "Escape the bracket", Applicability.UNSAFE),
        )


def _orphans(tags: Iterable[str]) -> frozenset[str]:
    """The elements that these tags close oftener than they open them."""
    balance: Counter[str] = Counter()
    for tag in tags:
        match = _TAG.match(tag)
        if match and not tag.endswith("/>"):
            balance[match["name"].lower()] += 1 if match["end"] else -1
    return frozenset(name for name, more in balance.items() if more > 0 and name in ELEMENTS)


def _is_slip(name: str, element: str) -> bool:
    """Whether `name` is `element` with letters swapped, or with one missing, doubled or wrong."""
    if abs(len(name) - len(element)) > 1 or len(element) < _SHORTEST:
        return False
    return sorted(name) == sorted(element) or SequenceMatcher(None, name, element).ratio() >= _ALIKE
