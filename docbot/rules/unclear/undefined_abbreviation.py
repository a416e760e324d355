"""The rule `undefined-abbreviation`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docbot.facts import Facts, Need
from docbot.markdown import Document
from docbot.markdown.sentences import sentences
from docbot.rules.interface import Bad, Given, Good, Kind, Rule
from docbot.rules.records import is_record
from docbot.terms import Meaning, Term, key_of, uses
from docbot.text import Span
from docbot.types import Evidence, EvidenceKind, Finding, Question, Severity

_FEWEST, _SHARE = 3, 0.6
"""Pages that spell it out, and their share of all that use it: below these the repository proves nothing."""
_SURE_FEWEST, _SURE_SHARE = 8, 0.8
_EVERYWHERE, _MANY = 0.25, 12
"""Share of the repository's pages, and pages: what more of them speak of is what the docs are about."""
_USES = 2
_HIDDEN = re.compile(r"(?:^|/)\.")
_CODE = frozenset({"code", "front-matter"})
_PART_OF_NAME = re.compile(r"[\w.]*[A-Z.#+][\w.#+]* $")
"""A capitalised word before: "the .NET CLI"."""
_SENTENCE = ("paragraph", "table_cell")
_MOST_CHOICES = 4


_ELSEWHERE = Given(
    files={
        f"{name}.md": f"To {name} it ask the Local Queue Manager (LQM)." for name in ("start", "stop", "find")
    }
)


class UndefinedAbbreviation(Rule):
    """
    ## What it finds
    An abbreviation that a page uses and never spells out, though most pages of the repository that use it
    do.

    ## Why it matters
    Readers land on a page from a search. What other pages explain, they haven't read.

    ## Evidence
    How many pages use the abbreviation, how many of them spell it out, as what, and where one does. What
    nobody here spells out, everyone is taken to know. Silent where the page has the words anywhere, links the
    abbreviation, includes a page that explains it, or has it in code as a value.

    ## Fix
    None: what it stands for here is for people to say. docbot asks, with what it stands for elsewhere, and
    only with `--all`: in five repositories people mended none of 136 such places in two to five years.
    """

    name = "undefined-abbreviation"
    kind = Kind.UNCLEAR
    severity = Severity.INFO
    needs = frozenset({Need.TERMS, Need.SITE})
    title = "Say what {name} stands for"
    precision = (
        "35 of 36 places right by the repositories' own custom, on four Learn repositories, "
        "read in November 2026"
    )
    examples = (
        Bad("Restart the LQM. Then the LQM reads its queue.", given=_ELSEWHERE),
        Good("Restart the LQM, the local queue manager. Then the LQM reads its queue.", _ELSEWHERE),
        Good("Restart the [LQM](start.md). Then the LQM reads its queue.", _ELSEWHERE),
        Good("Restart the LQM.", _ELSEWHERE),
        Good("Set `Service` to `LQM`. Then the LQM starts. See what the LQM writes.", _ELSEWHERE),
        Good("Restart the LQM. Then the LQM reads its queue."),
    )

    def check(self, document: Document, facts: Facts) -> Iterator[Finding]:
        doubtful = {short: term for short, term in facts.terms.known.items() if _is_explained(term, facts)}
        text = document.text
        doubtful = {short: term for short, term in doubtful.items() if short in text}
        if not doubtful or _HIDDEN.search(document.path) or is_record(document):
            return
        spelled = _spelled(document, facts)
        for short, term in doubtful.items():
            places = list(_places(document, short))
            if short in spelled or len(places) < _USES or _is_known(document, short, term):
                continue
            yield self._finding(document, places[0], short, term)

    def _finding(self, document: Document, span: Span, short: str, term: Term) -> Finding:
        sure = term.spelled >= _SURE_FEWEST and term.spelled >= _SURE_SHARE * term.used
        meant = term.meanings[0]
        counted = f"spelled out on {term.spelled} of the {term.used} pages that use it"
        return self.finding(
            document,
            span,
            f"“{short}” is never spelled out on this page",
            confidence=0.75 if sure else 0.6,
            evidence=(
                Evidence(EvidenceKind.MAJORITY, meant.place, f"{counted}, as “{meant.long} ({short})”"),
            ),
            cause=f"{self.name} {short}",
            question=Question(f"What does “{short}” stand for here?", choices_of(term.meanings)),
        )


def choices_of(meanings: tuple[Meaning, ...]) -> tuple[str, ...]:
    """What an abbreviation may stand for, with the number of pages."""
    pages = ("pages", "page")
    shown = meanings[:_MOST_CHOICES]
    return tuple(f"{one.long} ({one.pages} {pages[one.pages == 1]})" for one in shown)


def _is_explained(term: Term, facts: Facts) -> bool:
    """Whether the repository thinks that its readers need this spelled out."""
    if term.used > max(_MANY, _EVERYWHERE * facts.terms.pages):
        return False
    return term.spelled >= _FEWEST and term.spelled >= _SHARE * term.used


def _spelled(document: Document, facts: Facts) -> frozenset[str]:
    """What the page and those it includes spell out."""
    included = (facts.site.included(document.path, one) for one in document.outline.includes)
    paths = (document.path, *(path for path in included if path))
    return frozenset(short for path in paths for short in facts.terms.spelled.get(path, ()))


def _places(document: Document, short: str) -> Iterator[Span]:
    for sentence in sentences(document):
        if sentence.kind not in _SENTENCE or short not in sentence.text or short == sentence.text:
            continue
        for use in uses(sentence.text):
            span = sentence.span_of(use.start(1), use.end(1))
            if use[1] == short and not _is_label(document.text, span) and not _is_value(sentence.text, use):
                yield span


def _is_label(page: str, span: Span) -> bool:
    """Whether it is all that is bold there: the name of a field."""
    return page.startswith("*", span.start - 1) and page.startswith("*", span.end)


def _is_value(sentence: str, use: re.Match[str]) -> bool:
    """Whether it is part of a name, or one of a list of values."""
    before, after = sentence[: use.start()], sentence[use.end() :]
    if after.startswith(("=", ":")) or (before.endswith(", ") and after.startswith(",")):
        return True
    return _PART_OF_NAME.search(before) is not None


def _is_known(document: Document, short: str, term: Term) -> bool:
    """Whether the page says what it means in another way, or has it as a value."""
    word = re.compile(rf"(?<![A-Za-z\d]){re.escape(short)}s?(?![A-Za-z\d])")
    if any(word.search(link.text) for link in document.outline.links):
        return True
    if any(f"({short})" in sentence.text for sentence in sentences(document)):
        return True
    masks = (mask.span for mask in document.masks if mask.kind in _CODE)
    if any(word.search(document.text, span.start, span.end) for span in masks):
        return True
    said = key_of(document.text)
    return any(key_of(meaning.long) in said for meaning in term.meanings)
