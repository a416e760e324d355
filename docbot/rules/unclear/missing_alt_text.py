"""The rule `missing-alt-text`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docbot.facts import Facts, Need
from docbot.markdown import Document
from docbot.markdown.ranges import Ranges
from docbot.rules.interface import Bad, Good, Kind, Rule
from docbot.rules.records import is_record
from docbot.text import Span
from docbot.types import Evidence, EvidenceKind, Finding, Question, Severity

_CUSTOM = 0.95
"""Share of images with a text, from which one without stands out."""
_FEWEST = 20
"""Images, below which nothing is a custom."""
_SURE, _DOUBTFUL = 0.85, 0.5
_BADGE = re.compile(r"shields\.io|badge|/status\.svg|codecov|\.svg\?branch=", re.I)
_IMG = re.compile(r"<img\b[^<>]{0,2000}>", re.I)
_NO_NEED = re.compile(r"\balt\b|\brole\s*=\s*[\"']?(?:presentation|none)|aria-hidden", re.I)
_DIRECTIVE = re.compile(r":{3,}[ \t]*image(?![\w-])", re.I)
_DESCRIBED = re.compile(r"\balt-text\s*=\s*\"[^\"]*\S[^\"]*\"|\btype\s*=\s*\"icon\"", re.I)


_BRACKETS = frozenset({"directive", "include", "snippet"})


class MissingAltText(Rule):
    """
    ## What it finds
    An image without an alternative text, in Markdown, HTML or a directive of Learn. Icons, badges, and images
    that HTML marks as decoration are passed over.

    ## Why it matters
    Who can't see the image learns nothing of it, not even that it matters.

    ## Evidence
    How many of this repository's images have a text: 95 % at least, or the finding is only shown with
    `--all`. So are images in HTML, which aren't counted, on pages where most of them have one. Pages of
    history are passed over.

    ## Fix
    None: what a picture shows, only who sees it can say. It is asked.
    """

    name = "missing-alt-text"
    kind = Kind.UNCLEAR
    severity = Severity.INFO
    title = "Describe the images in {name}"
    needs = frozenset({Need.SITE, Need.CUSTOMS})
    examples = (
        Good("![A red box](a.png) ![`x`](b.png) `![](a.png)`"),
        Good('<img src="a.png" alt=""> <img src="b.png" role="presentation">'),
        Good("[![](https://img.shields.io/x.svg)](https://example.com)"),
        Good(':::image type="icon" source="a.png":::\n\n:::image source="a.png" alt-text="A box.":::'),
        Good('<img src="a.png"> <img src="b.png"> <img src="c.png">'),
        Bad("Look:\n\n![](a.png)"),
        Bad("Look: <img src='a.png'>"),
        Bad(':::image type="content" source="a.png":::'),
    )

    def check(self, document: Document, facts: Facts) -> Iterator[Finding]:
        if is_record(document):
            return
        yield from (self._finding(document, span, facts, counted=True) for span in _bare(document))
        yield from (self._finding(document, span, facts, counted=False) for span in _bare_html(document))

    def _finding(self, document: Document, span: Span, facts: Facts, *, counted: bool) -> Finding:
        custom = facts.customs.images
        known = counted and custom.holds(_CUSTOM, _FEWEST)
        said = f"{custom.kept:,} images of this repository have a text, {custom.broken:,} have none"
        return self.finding(
            document,
            span,
            "This image has no alternative text",
            confidence=_SURE if known else _DOUBTFUL,
            evidence=(Evidence(EvidenceKind.MAJORITY, "this repository's images", said),),
            cause=f"{self.name} {document.name}",
            question=Question("What does the image show that the text around it doesn't say?"),
        )


def _bare(document: Document) -> Iterator[Span]:
    """The images of Markdown and of Learn's directives that have no text and need one."""
    closed = Ranges(mask.span for mask in document.masks if mask.kind in _BRACKETS)
    for node in document.inlines():
        if node.kind != "image" or node.span is None or closed.holds(node.span.start):
            continue
        if not any(part.raw.strip() for part in node.walk()) and not _BADGE.search(node.destination):
            yield node.span
    for mask in document.masks:
        text = mask.span.of(document.text) if mask.kind == "directive" else ""
        if _DIRECTIVE.match(text) and not _DESCRIBED.search(text):
            yield mask.span


def _bare_html(document: Document) -> Iterator[Span]:
    """The same of HTML, on a page where most images have a text or say that they need none."""
    images = [
        match[0] for span in document.parsed.inventory.html for match in _IMG.finditer(span.of(document.text))
    ]
    if 2 * sum(_NO_NEED.search(image) is not None for image in images) < len(images) > 1:
        return
    for mask in document.masks:
        text = mask.span.of(document.text) if mask.kind == "html" else ""
        for match in _IMG.finditer(text) if not text.startswith("<!--") else ():
            if not _NO_NEED.search(match[0]) and not _BADGE.search(match[0]):
                yield Span(mask.span.start + match.start(), mask.span.start + match.end())
