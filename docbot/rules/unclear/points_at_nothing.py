"""The rule `points-at-nothing`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docbot.facts import Facts
from docbot.markdown import Document
from docbot.markdown.nodes import Section
from docbot.markdown.sentences import Sentence, sentences
from docbot.rules.interface import Bad, Good, Kind, Rule
from docbot.rules.unclear.shown import ANYTHING, things
from docbot.text import Span
from docbot.types import Finding, Question, Severity

_PICTURE = "images?|screenshots?|screen shots?|figures?|diagrams?|illustrations?|pictures?"
_CODE = "example|(?:sample )?code|code (?:example|sample|fragment|snippet)|snippet|command|script"
_VERB = "shows?|lists?|illustrates?|describes?|summarizes?|compares?|depicts?|demonstrates?"
_FOLLOWING = re.compile(
    rf"(?<!see )\b(?:the|this|these) following (?:[a-z]+ )?(?P<thing>table|{_PICTURE}|{_CODE})"
    rf"(?=:\Z|\.(?:\Z| )|,? (?:{_VERB})\b)"
    rf"|\b(?:the|this|these) (?P<below>table|{_PICTURE}) below(?=:\Z|\.(?:\Z| )|,? (?:{_VERB})\b)",
    re.I,
)
_SECTION = re.compile(
    r"\b(?:[Ss]ee|[Rr]efer to) the [\"“]?(?P<name>[A-Z][\w-]*(?: [\w-]+){0,5})[\"”]? section"
    r"(?=\.|,|;|\)| (?:below|above|later|earlier)\b| (?:of|in|on) this (?:page|article|topic)\b)"
)
_HINT = re.compile(r"\b(?:following|below|section)\b")
_FOLLOWS = re.compile(r"\b(?:the|this|these)\s+following\b|\bbelow\b", re.I)
_NAMED = re.compile(r"\b(?:see|refer to) the\b[^.]{0,100}\bsection", re.I)
_NO_LETTER = re.compile(r"[\W_]+")


class PointsAtNothing(Rule):
    """
    ## What it finds
    A sentence that points at something on the page that isn't there: "the following table" with no table in
    the rest of the page, "the following example shows …" at the end of a section, "see the Remarks section"
    where no heading says so.

    ## Why it matters
    The reader searches for what the sentence promises, and can't know whether it was lost or never written.

    ## Evidence
    The page itself: what it shows after the sentence, and its headings. Where a template, a component or an
    included file may show it, nothing is said; the rule's measured precision is shown with each finding.

    ## Fix
    None: it asks whether the thing is to be added or the sentence to be changed.
    """

    name = "points-at-nothing"
    kind = Kind.UNCLEAR
    severity = Severity.WARNING
    title = "Mend what {name} points at"
    precision = "22 of 22 places right on six docs repositories, read by hand in November 2026"
    examples = (
        Good("The following table lists the parts.\n\n| a |\n|---|\n| b |\n"),
        Good("The following table lists the parts.\n\n- wheel\n- axle\n"),
        Good("The following image shows a wheel.\n\n<img src='a.png'>\n"),
        Good("The following table lists the parts.\n\n{{ parts }}\n"),
        Good("# A\n\n## B\n\nThe following example shows it.\n\n## Example\n\n```\nx\n```\n"),
        Good("See the Remarks section.\n\n## Remarks on use\n\nText.\n"),
        Good("See the Remarks section in [wheels](wheels.md). See the settings section."),
        Bad("The following table lists the parts.\n\nThat is all.\n"),
        Bad("Turn it as the diagram below shows.\n"),
        Bad("# A\n\n## B\n\nThe following example shows how to turn it.\n\n## C\n\nText.\n"),
        Bad("# A\n\nFor more information, see the Remarks section.\n\n## Use\n\nText.\n"),
    )

    def check(self, document: Document, facts: Facts) -> Iterator[Finding]:
        if not (_FOLLOWS.search(document.text) or _NAMED.search(document.text)):
            return
        for sentence in sentences(document):
            if sentence.kind != "paragraph" or not _HINT.search(sentence.text):
                continue
            if not _has_link(document, sentence):
                yield from self._lost_thing(document, sentence)
                yield from self._lost_section(document, sentence)

    def _lost_thing(self, document: Document, sentence: Sentence) -> Iterator[Finding]:
        for match in _FOLLOWING.finditer(sentence.text):
            thing = match["thing"] or match["below"]
            kind = _kind_of(thing)
            span = sentence.span_of(match.start(), match.end())
            if _is_shown(document, sentence, span, kind):
                continue
            said = f"“{match[0]}”, but none follows"
            detail = (
                f"from here to the end of the {'section' if kind == 'code' else 'page'} there is no {kind}"
            )
            yield self._finding(document, span, said, detail, f"Add the {thing}")

    def _lost_section(self, document: Document, sentence: Sentence) -> Iterator[Finding]:
        for match in _SECTION.finditer(sentence.text):
            wanted = _folded(match["name"])
            if any(_are_alike(wanted, _folded(title)) for title in _titles(document)):
                continue
            span = sentence.span_of(match.start("name"), match.end("name"))
            said = f"The page has no section “{match['name']}”"
            detail = f"none of the page's headings has “{match['name']}” in it"
            yield self._finding(document, span, said, detail, "Name the section that is meant, with a link")

    def _finding(self, document: Document, span: Span, message: str, detail: str, add: str) -> Finding:
        return self.finding(
            document,
            span,
            message,
            confidence=0.85,
            evidence=(self.language_evidence(detail),),
            cause=f"{self.name} {document.name}",
            question=Question("What is the sentence to point at?", (add, "Change or remove the sentence")),
        )


def _kind_of(thing: str) -> str:
    if thing.lower() == "table":
        return "table"
    return "picture" if re.fullmatch(_PICTURE, thing, re.I) else "code"


def _is_shown(document: Document, sentence: Sentence, span: Span, kind: str) -> bool:
    """Whether what is announced follows, or something that may stand for it."""
    section = document.outline.section_at(span.start)
    end, after = _scope(document, section)
    here = [thing.kind for thing in things(document) if thing.start >= span.start]
    near_by = {t.kind for t in things(document) if span.start <= t.start < end}
    if ANYTHING in here or near_by - {"name"}:
        return True
    if kind != "code":
        return kind in here
    # Code may stand in the sentence or in a section of its own.
    rest = document.text[sentence.places[-1] + 1 : end].strip()
    return bool(rest) or "name" in near_by or bool(re.search(r"exampl|sampl|code", after, re.I))


def _scope(document: Document, section: Section | None) -> tuple[int, str]:
    """Where a section ends with all those below it, and the heading after it."""
    if section is None:
        return len(document.text), ""
    for other in document.outline.sections:
        if other.span.start > section.span.start and other.level <= section.level:
            return other.span.start, other.headings[-1]
    return len(document.text), ""


def _has_link(document: Document, sentence: Sentence) -> bool:
    first, last = sentence.places[0], sentence.places[-1]
    links = (node.span for node in document.inlines() if node.kind in ("link", "autolink"))
    return any(span is not None and span.start <= last and first <= span.end for span in links)


def _titles(document: Document) -> Iterator[str]:
    yield from (heading.text for heading in document.outline.headings)
    for top in document.blocks:
        for block in top.walk():
            if block.inlines and block.inlines[0].kind == "strong" and block.inlines[0].span:
                yield block.inlines[0].span.of(document.text)


def _are_alike(wanted: str, title: str) -> bool:
    return wanted in title or (len(title) > 3 and title in wanted)


def _folded(title: str) -> str:
    return _NO_LETTER.sub("", title).lower() or "\0"
