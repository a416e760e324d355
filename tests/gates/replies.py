"""A page with one unclear section, and what the gates say of a reply about it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docbot import engine
from docbot.config import Config
from docbot.facts import Facts
from docbot.gates import Examiner
from docbot.gates.generated.rewrite import Rewrite
from docbot.markdown import Document, Parser
from docbot.rules.interface import Kind, Rule
from docbot.testing import PAGE, documents, facts_of
from docbot.text import Edit, Span, apply
from docbot.types import Applicability, Author, Draft, Evidence, EvidenceKind, Finding, Fix, Severity

MODEL = Author("a-model", "0123456789abcdef")
PAGE_AROUND = "# Guide\n\nWords before it.\n\n## Unclear\n\n{}\n\n## Next\n\nWords behind it.\n"
PROOF = (Evidence(EvidenceKind.READER, "issue 7", "somebody asked what it means"),)


class Unclear(Rule):
    """Reports one text, wherever it stands."""

    name = "unclear-text"
    kind = Kind.UNCLEAR
    severity = Severity.WARNING

    def __init__(self, said: str) -> None:
        self.said = said

    def check(self, document: Document, facts: Facts) -> Iterator[Finding]:
        at = document.text.find(self.said)
        if at >= 0:
            span = Span(at, at + len(self.said))
            yield self.finding(document, span, "A reader asked", confidence=0.9, evidence=PROOF)


def found(page: Document, rule: Rule) -> Finding:
    """The rule's finding as a scan hands it on, with its section."""
    findings = engine.check(page, [rule], Facts())
    (one,) = engine.settle(findings, {page.path: page.outline}, Config()).findings
    return one


def reply(
    text: str,
    said: str,
    *edits: Edit,
    applicability: Applicability = Applicability.UNSAFE,
    rules: Sequence[Rule] = (),
) -> Draft:
    """A model's draft with `edits` for the finding at `said`, with the verdicts of all gates."""
    rule = Unclear(said)
    pages = documents(text)
    page = pages[PAGE]
    examiner = Examiner(page, [rule, *rules], facts_of(pages), Parser())
    draft = Draft(found(page, rule), Fix("Say it clearly", edits, applicability), MODEL, page.blob)
    return examiner.examine(draft)


def rewritten(before: str, after: str, around: str = PAGE_AROUND, rules: Sequence[Rule] = ()) -> Draft:
    """The same where the reply replaces the whole section."""
    at = around.index("{}")
    text = around.replace("{}", before)
    return reply(text, before, Edit(Span(at, at + len(before)), after), rules=rules)


def rewrite_of(before: str, after: str) -> Rewrite:
    """The same as the gates of meaning see it."""
    at = PAGE_AROUND.index("{}")
    text = PAGE_AROUND.replace("{}", before)
    page = Document(PAGE, text)
    edit = Edit(Span(at, at + len(before)), after)
    draft = Draft(found(page, Unclear(before)), Fix("Say it clearly", (edit,)), MODEL, page.blob)
    return Rewrite(draft, page, page, page.with_text(apply(text, [edit])), (), (edit,))


def refusals(draft: Draft) -> dict[str, str]:
    """The gates that refused, with their reasons."""
    return {verdict.gate: verdict.reason for verdict in draft.verdicts if not verdict.passed}
