"""The rule `grammar-slip`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docbot.facts import Facts, Need
from docbot.grammar import Slip
from docbot.grammar.allowed import KINDS
from docbot.markdown import Document
from docbot.markdown.sentences import Sentence, sentences
from docbot.rules.interface import Bad, Good, Kind, Rule, replace
from docbot.rules.unclear.next_word import is_plain, with_next_word
from docbot.rules.unclear.quoted import is_quoted
from docbot.text import Span
from docbot.types import Applicability, Evidence, EvidenceKind, Finding, Question, Severity

_WORD_BEFORE = re.compile(r"([\w'’-]{1,40}) ?\Z")


class GrammarSlip(Rule):
    """
    ## What it finds
    Slips of grammar that can't be meant: "the file will deleted by setup", "it has no affect on", "if you
    have ran it", "the your sensor", "these kind of files", "use it to setup the host".

    ## Why it matters
    Readers stumble and read again; those who read English as a foreign language may take it for a rule of
    the product.

    ## Evidence
    A grammar checker's parse and the words themselves must both say so. Of its some nine hundred rules only
    those are used that were read place by place on documentation and found right; each finding says of how
    many places. Sentences that aren't English, quotations, and words beside code are left alone.

    ## Fix
    Unsafe: what belongs there instead. Where several things may be meant ("allows to use"), it asks.
    """

    name = "grammar-slip"
    kind = Kind.UNCLEAR
    severity = Severity.INFO
    needs = frozenset({Need.GRAMMAR})
    title = "Correct slips of grammar in {name}"
    precision = (
        "read by hand on 44 docs repositories in November 2026, 16 of them only once the choice was made"
    )
    examples = (
        Good("The file will be deleted by setup. It affects the host. You must first create it."),
        Good("Select the devices that you allow to connect. It will proceed with setup."),
        Good("Set it to disabled. The setup is done. Learn how use cases are written."),
        Good(
            "Não use isso para to setup the host com os amigos. Die Datei will deleted, wenn das nicht ist."
        ),
        Bad("The file will deleted by setup.", fixed="The file will be deleted by setup."),
        Bad("The option has no affect on the result.", fixed="The option has no effect on the result."),
        Bad("If you have ran the script, stop.", fixed="If you have run the script, stop."),
        Bad("Configure the your sensor.", fixed="Configure your sensor."),
        Bad("Use this script to setup the host.", fixed="Use this script to set up the host."),
        Good('A reader wrote "the file will deleted by setup" in a report.'),
        Bad("This rule allows to group keys by name."),
    )

    def check(self, document: Document, facts: Facts) -> Iterator[Finding]:
        if document.path not in facts.grammar.pages:
            return
        for sentence in sentences(document):
            for slip in facts.grammar.slips.get(sentence.text, ()):
                quoted = is_quoted(sentence.text, slip.start)
                if not quoted and is_plain(document, sentence, slip.start, slip.end):
                    yield self._finding(document, sentence, slip)

    def _finding(self, document: Document, sentence: Sentence, slip: Slip) -> Finding:
        kind = KINDS[slip.rule]
        why = kind.why.format(slip=sentence.text[slip.start : slip.end].strip(), new=slip.replacement or "")
        measured = f"{kind.right} of {kind.of} places right, {self.precision}"
        fix = question = None
        if slip.replacement is None:
            question = Question("Who may do it?", ("allows you to …", "makes it possible to …"))
        else:
            title = f"Write “{slip.replacement.strip()}”" if slip.replacement else "Remove it"
            end = with_next_word(document, sentence, slip.start, slip.end)
            new = slip.replacement + sentence.text[slip.end : end]
            fix = replace(sentence.span_of(slip.start, end), new, title, Applicability.UNSAFE)
        return self.finding(
            document,
            _with_neighbours(document, sentence, slip),
            why,
            confidence=0.85,
            evidence=(Evidence(EvidenceKind.LANGUAGE, f"harper's rule {slip.rule}", f"{why}; {measured}"),),
            cause=f"{self.name} {slip.rule}",
            fix=fix,
            question=question,
        )


def _with_neighbours(document: Document, sentence: Sentence, slip: Slip) -> Span:
    """The slip, and a word on either side where these are plain: a “may” alone shows nobody what is wrong."""
    start, end = slip.start, slip.end
    before = _WORD_BEFORE.search(sentence.text[:start])
    if before and is_plain(document, sentence, before.start(1), end):
        start = before.start(1)
    return sentence.span_of(start, with_next_word(document, sentence, start, end))
