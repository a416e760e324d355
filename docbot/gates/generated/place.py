"""Gates that keep a generated draft inside its section, and there to the text."""

from __future__ import annotations

import re

from docbot.gates.generated.differences import Answer, differ, parting
from docbot.gates.generated.rewrite import Rewrite
from docbot.markdown import Document
from docbot.text import Edit, Span

_LINE_END = re.compile(r"\r\n|\r|\n")


def inside_section(rewrite: Rewrite) -> Answer:
    """Every edit lies in the body of the finding's section, and every other section reads as before.

    The heading is part of it only where the finding is about the heading; front matter and protected
    ranges never are.
    """
    page, finding = rewrite.page, rewrite.draft.finding
    section = next(
        (s for s in page.outline.sections if finding.section and s.span == finding.section.span), None
    )
    if section is None or not section.span.contains(finding.span):
        return False, "the finding names no section of the page"
    body = _body(page, section.span, finding.span)
    for edit in rewrite.draft.fix.edits:
        if not body.contains(edit.span):
            return False, f"the edit at offset {edit.span.start} reaches beyond the body of its section"
        if _is_protected(page, edit):
            return False, f"the edit at offset {edit.span.start} lies in a range that nobody may edit"
    if _outside(rewrite.before, rewrite.section_before) != _outside(rewrite.after, rewrite.section_after):
        return False, "another section would read differently"
    return True, "each edit stays inside its finding's section"


def only_prose(rewrite: Rewrite) -> Answer:
    """What stands between the texts of paragraphs, items and cells is the same, mark by mark.

    That is also where text hides whose structure docbot can't prove.
    """
    old, new = (
        _between(rewrite.before, rewrite.section_before),
        _between(rewrite.after, rewrite.section_after),
    )
    if len(old) != len(new):
        return False, "there would be more or fewer texts of paragraphs, items and cells"
    for was, now in zip(old, new, strict=True):
        if was != now:
            return False, _became(*parting(was, now))
    return True, "what stands between the texts is the same"


def _became(was: str, now: str) -> str:
    if was.split() == now.split():
        return "white space between two texts changed"
    return differ(
        [was] if was.strip() else [], [now] if now.strip() else [], "what stands between two texts:"
    )


def _between(document: Document, section: Span) -> list[str]:
    gaps, at = [], section.start
    for prose in document.prose:
        if section.overlaps(prose.span):
            gaps.append(document.text[at : prose.span.start])
            at = prose.span.end
    return [*gaps, document.text[at : section.end]]


def _body(page: Document, section: Span, finding: Span) -> Span:
    start = max(section.start, page.front_matter.span.end if page.front_matter else 0)
    for heading in page.outline.headings:
        if section.contains(heading.span) and not heading.span.overlaps(finding):
            line = _LINE_END.search(page.text, heading.span.end, section.end)
            start = max(start, line.end() if line else section.end)
    return Span(start, max(start, section.end))


def _is_protected(page: Document, edit: Edit) -> bool:
    return any(span.overlaps(edit.span) or span.contains(edit.span) for span in page.outline.protected)


def _outside(document: Document, section: Span) -> list[tuple[str, str]]:
    return [(p.kind, p.span.of(document.text)) for p in document.prose if not section.overlaps(p.span)]
