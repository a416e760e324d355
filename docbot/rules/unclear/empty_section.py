"""The rule `empty-section`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docbot.facts import Facts, Need
from docbot.markdown import Document
from docbot.markdown.nodes import Outline, Section
from docbot.repository.section_names import SectionNames, name_above, name_of
from docbot.rules.interface import Bad, Given, Good, Kind, Rule
from docbot.types import Evidence, EvidenceKind, Finding, Question, Severity

_RELEASE = re.compile(r"\d+\.\d|\b(?:19|20)\d\d\b")
"""A version or a year: a release that changed nothing is a fact, too."""
_NO_DOCS = re.compile(r"(?:^|/)(?:tests?|[a-z]*tests?|testdata|testsuite|fixtures?|__\w+__|\.[^/]+)/", re.I)
_FORGOTTEN = 2
"""Pages that may leave sections of one name empty by mistake; where more do, it is a form."""


class EmptySection(Rule):
    """
    ## What it finds
    A heading with nothing below it: no text, no code, no heading of a lower level.

    ## Why it matters
    The heading promises what doesn't follow. The reader looks for it, and can't know whether it was
    forgotten, moved or commented out.

    ## Evidence
    How many pages here have text in a section of this name. Names that page after page leaves empty belong to
    a form and are passed over, and so are headings below which sections are often empty, versions and dates,
    pages whose headings come from a schema (`external help file`), tests, and pieces of other pages.

    ## Fix
    None: it asks whether the text is missing, the heading is left over, or its level is wrong.
    """

    name = "empty-section"
    kind = Kind.UNCLEAR
    severity = Severity.WARNING
    needs = frozenset({Need.SITE, Need.SECTION_NAMES})
    title = "Fill or remove the empty sections of {name}"
    examples = (
        Good("# Parts\n\n## Wheel\n\nIt is round.\n"),
        Good("# Parts\n\n## Wheel\n\n### Rim\n\nIt is round.\n"),
        Good("# Parts\n"),
        Good("# Changes\n\n## 2.1\n\n## 2.0\n\nMore speed.\n"),
        Good(
            "# Parts\n\n## Notes\n\n## Wheel\n\nIt is round.\n",
            Given(files={f"{name}.md": "# Page\n\n## Notes\n" for name in "abc"}),
        ),
        Good("---\nexternal help file: a.xml\nschema: 2.0.0\n---\n# Parts\n\n## Notes\n"),
        Bad("# Parts\n\n## Wheel\n\n## Axle\n\nIt is long.\n"),
        Bad("# Parts\n\n## Axle\n\nIt is long.\n\n## Wheel\n\n<!-- later -->\n"),
        Bad(
            "# Parts\n\n## Notes\n\n## Wheel\n\nIt is round.\n",
            given=Given(files={f"{name}.md": "# Page\n\n## Notes\n\nText.\n" for name in "abc"}),
        ),
    )

    def check(self, document: Document, facts: Facts) -> Iterator[Finding]:
        outline, names = document.outline, facts.section_names
        if not outline.empty or _is_a_form(outline) or _NO_DOCS.search(document.path):
            return
        if facts.site.is_shared(document.path):
            return
        starts = frozenset(outline.empty)
        for section in outline.sections:
            if section.span.start in starts and section.level > 1 and not _is_expected(section, names):
                yield self._finding(document, section, names)

    def _finding(self, document: Document, section: Section, names: SectionNames) -> Finding:
        heading = next(h for h in document.outline.headings if h.span.start == section.span.start)
        pages, empty = names.pages.get(name_of(section), 1), names.empty.get(name_of(section), 1)
        if pages > empty:
            detail = f"{pages - empty} of {pages} pages here with a section of this name have text in it"
        else:
            detail = "no other page here has an empty section of this name"
        commented = "<!--" in document.text[heading.span.end : section.span.end]
        choices = (
            *(("Take what is commented out into the page",) if commented else ()),
            "Write what the heading promises",
            "Remove the heading",
            "Give the headings that follow a lower level, if they belong to it",
        )
        return self.finding(
            document,
            heading.span,
            f"Nothing stands below the heading “{heading.text}”",
            confidence=0.85,
            evidence=(Evidence(EvidenceKind.MAJORITY, document.path, detail),),
            cause=f"{self.name} {document.name}",
            question=Question("What is to stand below this heading?", choices),
        )


def _is_a_form(outline: Outline) -> bool:
    return outline.meta("external help file") is not None and outline.meta("schema") is not None


def _is_expected(section: Section, names: SectionNames) -> bool:
    """Whether leaving it empty may be what people here mean by it."""
    empty, below = names.empty.get(name_of(section), 0), names.empty_below.get(name_above(section), 0)
    return max(empty, below) > _FORGOTTEN or bool(_RELEASE.search(section.headings[-1]))
