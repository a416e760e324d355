"""The rule `stale-claim`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from docbot.facts import Facts, Need
from docbot.markdown import Document
from docbot.markdown.sentences import Sentence, sentences
from docbot.rules.interface import Bad, Given, Good, Kind, Rule
from docbot.rules.outdated.ages import written
from docbot.rules.records import is_record, is_recorded
from docbot.types import Evidence, EvidenceKind, Finding, Question, Severity


class _Form(NamedTuple):
    """A way to claim that something is so at the time of writing."""

    pattern: re.Pattern[str]
    years: float
    """From this age on the claim is doubtful."""
    confidence: float
    question: str


_OUT = r"(?:announced|introduced|renamed|launched|deprecated|retired|rebranded|acquired|shipped)"
"""What happens to products. Data are added, changed, moved and removed as well, while a program runs."""
_PREVIEW = r"(?:(?:public|private|technical|limited|early) )?(?:preview|beta)\b"


def _form(pattern: str, years: float, confidence: float, question: str) -> _Form:
    return _Form(re.compile(pattern, re.I), years, confidence, question)


_FORMS = (
    _form(
        r"\bcoming (?:very )?soon\b|\b(?:will|to) be (?:available|released|added|supported) (?:very )?soon\b",
        *(2, 0.85, "Is it here by now?"),
    ),
    _form(
        rf"\b(?:has|have|was|were) (?:only |just )?recently (?:been )?{_OUT}\b",
        *(3, 0.7, "Is this still recent?"),
    ),
    _form(
        r"\b(?:has|have|was|were) recently (?:been )?(?:added|changed|extended|improved|released)\b",
        *(3, 0.6, "Is this still recent?"),
    ),
    _form(
        rf"\b(?:currently|still|now|presently) in {_PREVIEW}|\b(?:is|are) in (?:public|private) {_PREVIEW}",
        *(2, 0.6, "Is it still in preview?"),
    ),
    _form(
        r"\b(?:in the near future|in (?:an|the) upcoming (?:release|version|update)"
        r"|in the next (?:release|version))\b",
        *(3, 0.6, "Is it here by now?"),
    ),
    _form(
        r"\bnot yet (?:been )?(?:supported|available|implemented|released|possible|documented)\b",
        *(3, 0.5, "Is this still missing?"),
    ),
    _form(
        r"\b(?:at this time|at the moment(?! (?:of|when|that|you|it|an?|the)\b)|at present|for the time being"
        r"|as of this writing|at the time of (?:this )?writing)\b",
        *(3, 0.4, "Is this still so?"),
    ),
    _form(
        r"\bbrand(?:-| )new\b|\bis a new (?:feature|option|command|parameter|way|tool)\b|\bnew feature\b",
        *(3, 0.4, "Is this still new?"),
    ),
)
_CONDITION = re.compile(r"\b(?:if|whether|when|unless|in case|check|verify)\b", re.I)
"""Before a claim it makes of it something that may be so while a program runs."""
_ANY = re.compile("|".join(form.pattern.pattern for form in _FORMS), re.I)
_IN_SOURCE = re.compile(_ANY.pattern.replace(" ", r"[\s>*_]{1,8}"), re.I)
"""The same in a page's source, where lines break and words are bold: to spare parsing pages without any."""
_YEAR = timedelta(days=365.25)


class StaleClaim(Rule):
    """
    ## What it finds
    A sentence that calls something new, recent, in preview, not yet there or coming soon, on a line that
    nobody has written anew for years.

    ## Why it matters
    What was new is no more, and readers who trust "not yet supported" never try.

    ## Evidence
    The day the line was written, and the commit. News, release notes, dated sections and quotations are left
    alone.

    ## Fix
    None: whether it still holds is for people to say. docbot asks.
    """

    name = "stale-claim"
    kind = Kind.OUTDATED
    severity = Severity.INFO
    needs = frozenset({Need.TODAY, Need.LINES})
    precision = (
        "10 of 10 places that say “soon” right, on old states of Learn repositories, read in November 2026"
    )
    title = "Check what {name} calls new or coming"
    examples = (
        Good("Support for proxies is coming soon.", Given(today="2026-01-15", written="2025-06-01")),
        Good("The most recently changed file comes first.", Given(written="2015-01-01")),
        Bad("Support for proxies is coming soon.", given=Given(today="2026-01-15", written="2021-06-01")),
        Good("The preview has more options.", Given(today="2026-01-15", written="2015-01-01")),
        Bad("The option was recently introduced.", given=Given(today="2026-01-15", written="2021-06-01")),
    )

    def check(self, document: Document, facts: Facts) -> Iterator[Finding]:
        if not _IN_SOURCE.search(document.text) or is_record(document):
            return
        for sentence in sentences(document):
            for form in _FORMS if _ANY.search(sentence.text) else ():
                match = form.pattern.search(sentence.text)
                if match and not _CONDITION.search(sentence.text, 0, match.start()):
                    yield from self._finding(document, facts, sentence, form, match)
                    break

    def _finding(
        self, document: Document, facts: Facts, sentence: Sentence, form: _Form, match: re.Match[str]
    ) -> Iterator[Finding]:
        span = sentence.span_of(match.start(), match.end())
        commit = written(document, facts.lines, span)
        if commit is None or is_recorded(document, span.start):
            return
        age = facts.today - date.fromisoformat(commit.date)
        if age < form.years * _YEAR:
            return
        said = match[0].strip()
        old = f"written on {commit.date}, {age / _YEAR:.1f} years before {facts.today.isoformat()}"
        yield self.finding(
            document,
            span,
            f"“{said}” is {age / _YEAR:.0f} years old",
            confidence=form.confidence,
            evidence=(Evidence(EvidenceKind.AGE, f"commit {commit.id}", old),),
            cause=f"{self.name} {document.name}",
            question=Question(form.question, ("Yes", "No")),
        )
