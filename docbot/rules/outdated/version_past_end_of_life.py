"""The rule `version-past-end-of-life`."""

from __future__ import annotations

from collections.abc import Iterator

from docbot.facts import Facts, Need
from docbot.lifecycles import Ended
from docbot.markdown import Document
from docbot.markdown.sentences import Sentence, near, sentences
from docbot.rules.interface import Bad, Given, Good, Kind, Rule
from docbot.rules.outdated.currency import CURRENCY, Claim, claim_of
from docbot.rules.outdated.versions import IN_SOURCE, Mention, is_about, mentions
from docbot.rules.records import is_record, is_recorded
from docbot.types import Evidence, EvidenceKind, Finding, Question, Severity

_MOST_CHOICES = 4
_REACH = 120
"""Code points of a page's source between a version and what claims its currency."""


class VersionPastEndOfLife(Rule):
    """
    ## What it finds
    A sentence that calls a version of a product the latest, supported or recommended, or tells readers to
    install it, after support of that version has ended.

    ## Why it matters
    Readers who follow it run software that gets no more security fixes.

    ## Evidence
    The last day of support, from [endoflife.date](https://endoflife.date) (facts that docbot brings and
    `docbot data refresh` renews), with the page of the product's makers, which has the last word. Nothing is
    said of a version the facts don't know, nor where a version is named for another reason: "introduced in",
    "or later", migration, release notes, support tables, pages and sections about that version.

    ## Fix
    None: which version the page means is for its people to say. docbot asks, and names the supported ones.
    """

    name = "version-past-end-of-life"
    kind = Kind.OUTDATED
    severity = Severity.WARNING
    needs = frozenset({Need.TODAY, Need.LIFECYCLES})
    precision = "2 of 2 places of Learn repositories and 14 of 14 sentences of other repositories right"
    title = "Name a supported version of {name}"
    examples = (
        Good("This parameter was introduced in PowerShell 7.1. Python 3.6 is no longer supported."),
        Good("The latest version is Python 3.13.", Given(today="2026-01-15")),
        Good("Install Node.js 14 or later.", Given(today="2026-01-15")),
        Good("# Python 3.6\n\nInstall Python 3.6.", Given(today="2026-01-15")),
        Good("The latest version is Python 3.7.", Given(today="2022-01-15")),
        Bad("We recommend that you use Python 3.7.", given=Given(today="2026-01-15")),
        Bad("The latest version of PowerShell is 7.2.", given=Given(today="2026-01-15")),
        Bad("Node.js 14 is currently supported.", given=Given(today="2026-01-15")),
    )

    def check(self, document: Document, facts: Facts) -> Iterator[Finding]:
        if not near(document.text, CURRENCY, IN_SOURCE, _REACH) or is_record(document):
            return
        for sentence in sentences(document):
            if sentence.kind != "paragraph" or not CURRENCY.search(sentence.text):
                continue
            for mention in mentions(sentence.text):
                yield from self._finding(document, facts, sentence, mention)

    def _finding(
        self, document: Document, facts: Facts, sentence: Sentence, mention: Mention
    ) -> Iterator[Finding]:
        claim = claim_of(sentence.text, mention)
        product = facts.lifecycles.products.get(mention.naming.id)
        if claim is None or product is None:
            return
        ended = product.ended(mention.version, facts.today)
        span = sentence.span_of(mention.start, mention.end)
        if ended is None or (mention.naming.many_makers and _is_sold(ended, facts)):
            return
        if is_about(document, mention, span.start) or is_recorded(document, span.start):
            return
        name = mention.naming.name
        choices = [f"{name} {version}" for version in product.supported(facts.today)[:_MOST_CHOICES]]
        policy = f"; {product.policy} has the last word" if product.policy else ""
        yield self.finding(
            document,
            span,
            f"{claim.words}, but support of {name} {mention.said} ended on {ended.ends.isoformat()}",
            confidence=_confidence(claim, ended, facts),
            evidence=(
                Evidence(EvidenceKind.LIFECYCLE, facts.lifecycles.origin, _detail(mention, ended) + policy),
            ),
            cause=f"{self.name} {name}",
            question=Question(f"Which version of {name} is meant today?", tuple(choices)),
        )


def _confidence(claim: Claim, ended: Ended, facts: Facts) -> float:
    """Less while support can still be bought, save where that makes no difference."""
    return claim.confidence if claim.latest or not _is_sold(ended, facts) else min(claim.confidence, 0.6)


def _is_sold(ended: Ended, facts: Facts) -> bool:
    return ended.extended is not None and ended.extended >= facts.today


def _detail(mention: Mention, ended: Ended) -> str:
    beyond = f", extended support {ended.extended.isoformat()}" if ended.extended else ""
    return f"{mention.naming.name} {mention.said}: support ended {ended.ends.isoformat()}{beyond}"
