"""The rule `skipped-heading-level`."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from docbot.customs import Custom
from docbot.facts import Facts, Need
from docbot.markdown import Document
from docbot.markdown.nodes import Outline, Section
from docbot.rules.interface import Bad, Given, Good, Kind, Rule
from docbot.rules.records import is_record
from docbot.text import Span
from docbot.types import Evidence, EvidenceKind, Finding, Severity

_CUSTOM = 0.97
"""Share of headings, or pages, that do as they should, from which one that doesn't stands out."""
_SURE, _DOUBTFUL = 0.85, 0.5
_GENERATED = ("external help file", "Module Name")
"""What the front matter of pages that a tool writes has."""


class SkippedHeadingLevel(Rule):
    """
    ## What it finds
    A heading that is two levels or more below the one before it, and on Microsoft Learn a second heading of
    the first level.

    ## Why it matters
    Tables of contents, and readers who listen to a page, take the gap for a part that is missing.

    ## Evidence
    How many of this repository's headings go down by one level, and how many of its pages have one title:
    97 % at least, or the finding is only shown with `--all`. Pages that a tool writes, parts of other pages,
    and pages of history are passed over.

    ## Fix
    None: whether this heading or those around it are at the wrong level, a person has to see.
    """

    name = "skipped-heading-level"
    kind = Kind.UNCLEAR
    severity = Severity.INFO
    title = "Mend the levels of headings in {name}"
    needs = frozenset({Need.SITE, Need.CUSTOMS})
    examples = (
        Good("# A\n\n## B\n\n### C\n\n## D\n"),
        Good("### A\n\ntext\n\n# B\n"),
        Good("---\nModule Name: x\n---\n# A\n\n### B\n"),
        Good("# A\n\n#### B\n", Given(files={"other.md": "[!INCLUDE [p](page.md)]\n"})),
        Bad("# A\n\n## B\n\n#### C\n\n#### D\n"),
        Good("# A\n\n# B\n", Given(learn=False)),
        Bad("# A\n\n# B\n\n# C\n"),
    )

    def check(self, document: Document, facts: Facts) -> Iterator[Finding]:
        outline = document.outline
        if _is_generated(outline) or facts.site.is_shared(document.path) or is_record(document):
            return
        sections = [section for section in outline.sections if section.level]
        for above, section in pairwise(sections):
            if section.level > above.level + 1:
                message = f"A heading of level {section.level} follows one of level {above.level}"
                yield self._finding(document, section, message, facts.customs.steps, "headings")
        titles = [section for section in sections if section.level == 1]
        if len(titles) > 1 and facts.site.on_learn(document.path):
            message = f"The page has {len(titles)} headings of level 1"
            yield self._finding(document, titles[1], message, facts.customs.titles, "pages")

    def _finding(
        self, document: Document, section: Section, message: str, custom: Custom, what: str
    ) -> Finding:
        known = custom.holds(_CUSTOM)
        good, bad = f"{custom.kept:,}", f"{custom.broken:,}"
        said = f"{good} headings of this repository go down by one level, {bad} by more"
        if what == "pages":
            said = f"{good} pages of this repository have one heading of level 1, {bad} more"
        return self.finding(
            document,
            _line(document, section),
            message,
            confidence=_SURE if known else _DOUBTFUL,
            evidence=(Evidence(EvidenceKind.MAJORITY, f"this repository's {what}", said),),
            cause=f"{self.name} {document.name}",
        )


def _is_generated(outline: Outline) -> bool:
    return any(outline.meta(key) for key in _GENERATED) or (outline.meta("schema") or "").startswith("2.")


def _line(document: Document, section: Section) -> Span:
    start = section.span.start
    end = document.text.find("\n", start, section.span.end)
    line = document.text[start : end if end >= 0 else section.span.end]
    return Span(start, start + len(line.rstrip()))
