"""The rule `overtaken-by-date`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docbot.facts import Facts, Need
from docbot.markdown import Document
from docbot.markdown.sentences import Sentence, near, sentences
from docbot.rules.interface import Bad, Given, Good, Kind, Rule
from docbot.rules.outdated.ages import age_evidence, written
from docbot.rules.outdated.dates import YEAR, Dated, dates
from docbot.rules.records import is_record, is_recorded
from docbot.types import Evidence, EvidenceKind, Finding, Question, Severity

_ADVERB = r"(?:\w+ly |now |also |still |currently )?"
_PLANNED = (
    r"(?:planned|scheduled|expected|slated|targeted|anticipated|projected|going|due (?:on|in|by|for)"
    r"|(?:due|set) to (?:be|become|begin|change|close|end|expire|go|launch|move|retire|ship|start|stop|take))"
)
_WHEN = (
    r"(?:on|in|by|from|after|before|until|till|through|starting|beginning|effective|around|during|for"
    r"|(?<!as )of|at|to|than|within|since)"
)
_WILL = re.compile(
    rf"\b(?:will|won['’]t|shall|(?:is|are|being) {_ADVERB}{_PLANNED}|(?:has|have) been {_PLANNED}"
    r"|plans? to)\b"
)
_TO_COME = re.compile(rf"\b(?:planned|scheduled|expected|targeted|slated|coming|arriving|due) (?={_WHEN}\b)")
_UNTIL = re.compile(r"\b(?:until|till|through)(?: at least)? $")
_PRESENT = re.compile(
    r"\b(?:is|are|can|may|continues?|remains?|receives?|gets?|has|have|provides?|offers?)\b"
)
_SCHEDULED = re.compile(
    r"\b(?<!has )(?<!have )(?:retires|ends|expires|begins|starts|takes effect|goes out of support"
    r"|reaches (?:its )?end)\b[^.;:]{0,40}\b(?:on|in|by|at|from) $"
)
_MAYBE = re.compile(
    rf"{_WILL.pattern}|{_TO_COME.pattern}|{_SCHEDULED.pattern[:-1].partition('[^.;:]')[0]}|\b(?:until|till|through)\b"
)
"""Words of every form, to spare parsing a page that has none of them near a year."""
_LINK = re.compile(rf"(?:\b{_WHEN} |\(|^|^as of )$", re.I)
_LINK_OF_YEAR = re.compile(
    r"\b(?:on|in|by|from|after|before|until|till|starting in|beginning in|during|for|around|of) $", re.I
)
_AFTER_YEAR = re.compile(
    r"^(?:[.,;:)]|$| (?:at|to|for|with|when|as|by|but|so|on|the)\b| (?:and|or) (?=[a-z])(?!"
    r"later|newer|above|higher|earlier|below|older|onwards?))"
)
_APART = re.compile(r"[;(]")
"""What sets a date apart from the verb before it."""
_FIRST_YEAR = 1990
_OF_A_THING = re.compile(
    r"(?<!be )(?<!been )(?<!being )(?<!get )\b(?!planned|scheduled|expected|slated|targeted|anticipated)"
    r"(?:[a-z]+ed|sold|made|built|bought|begun) (?:on|in|by|after|before|since|from) $"
)
"""What a thing went through, as in "certificates issued after": the date tells which things are meant."""
_PASSIVE = re.compile(r"\b(?:be|been|being|get)(?: \w+){1,2} $")
_NEAR = 140
"""Characters between the verb and its date."""
_PAST = re.compile(
    r"\b(?:was|were|had|did|would|used to|previously|formerly|originally|ago|since then|back in)\b", re.I
)
_EXAMPLE = re.compile(
    r"\b(?:for example|for instance|e\.g|i\.e|such as|suppose|consider"
    r"|assum\w+|imagin\w+|let['’]s say|samples?"
    r"|examples?|scenario|fictional|hypothetical|copyright|quot(?:e|ed)|returns?|displays?|output|filters?|query"
    r"|queries|timestamps?|epoch)\b",
    re.I,
)


class OvertakenByDate(Rule):
    """
    ## What it finds
    A sentence that speaks of a day as if it were still to come, and that day has passed: "will be retired on
    March 31, 2024", "is planned for Q3 2024".

    ## Why it matters
    Readers can't tell whether it came to pass. Plans slip, and what was announced is either there by now, or
    gone, or was given up.

    ## Evidence
    The date, the day docbot takes for today, and the commit that wrote the line before that date.
    What the reader can't take for a plan is left alone: news, release notes, dated sections, examples,
    sentences in the past tense, quotations, dates that can be read in two ways, and lines written after that
    day.

    ## Fix
    None: only people know what became of it. docbot asks.
    """

    name = "overtaken-by-date"
    kind = Kind.OUTDATED
    severity = Severity.WARNING
    needs = frozenset({Need.TODAY, Need.LINES})
    precision = "27 of 27 places right at the default confidence, on states of four Learn repositories"
    title = "Update what {name} announces for a day that has passed"
    examples = (
        Good("The old API was retired on March 31, 2024.", Given(today="2026-01-15", written="2023-05-01")),
        Good(
            "The old API will be retired on March 31, 2024.", Given(today="2024-03-01", written="2023-05-01")
        ),
        Good("The old API will be retired on 03/04/2024.", Given(today="2026-01-15", written="2023-05-01")),
        Good("In 2019 and later versions, the task will run.", Given(written="2018-05-01")),
        Bad(
            "# Old API\n\nThe old API will be retired on March 31, 2024. Use the new one.\n",
            given=Given(today="2026-01-15", written="2023-05-01"),
        ),
        Bad("Support for proxies is planned for Q3 2024.", given=Given(written="2024-02-01")),
        Bad("By the end of June 2024, all tenants will be moved.", given=Given(written="2024-02-01")),
    )

    def check(self, document: Document, facts: Facts) -> Iterator[Finding]:
        if not near(document.text, YEAR, _MAYBE) or is_record(document):
            return
        for sentence in sentences(document):
            if sentence.kind == "heading" or _PAST.search(sentence.text) or _EXAMPLE.search(sentence.text):
                continue
            for dated, claim in _claims(sentence.text):
                if dated.last < facts.today:
                    yield from self._finding(document, facts, sentence, dated, claim)

    def _finding(
        self,
        document: Document,
        facts: Facts,
        sentence: Sentence,
        dated: Dated,
        claim: tuple[int, float],
    ) -> Iterator[Finding]:
        start, confidence = claim
        span = sentence.span_of(min(start, dated.start), max(start, dated.end))
        if is_recorded(document, span.start):
            return
        commit = written(document, facts.lines, span)
        if commit is not None and commit.date >= dated.last.isoformat():
            return
        said = sentence.text[dated.start : dated.end]
        passed = f"“{said}” had passed by {dated.last.isoformat()}; today is {facts.today.isoformat()}"
        yield self.finding(
            document,
            span,
            f"“{said}” has passed, and this still speaks of it as to come",
            confidence=confidence if commit is not None else min(confidence, 0.5),
            evidence=(Evidence(EvidenceKind.AGE, "the sentence's own date", passed), *age_evidence(commit)),
            cause=f"{self.name} {document.name}",
            question=Question("What became of this?", ("It came to pass", "It is put off", "It is given up")),
        )


def _claims(text: str) -> list[tuple[Dated, tuple[int, float]]]:
    """The dates that `text` speaks of as to come; of several for one verb ("from … to …") the last."""
    found: dict[int, tuple[Dated, tuple[int, float]]] = {}
    for dated in dates(text):
        claim = _claim(text, dated)
        if claim is not None and (claim[0] not in found or found[claim[0]][0].last <= dated.last):
            found[claim[0]] = (dated, claim)
    return list(found.values())


def _claim(text: str, dated: Dated) -> tuple[int, float] | None:
    """Where the words begin that make the date one to come, and how sure that is."""
    offset = max(0, dated.start - _NEAR)
    before, after = text[offset : dated.start], text[dated.end : dated.end + _NEAR]
    if not _LINK.search(before) or (dated.bare and not _is_year(before, dated, after)):
        return None
    thing = _OF_A_THING.search(before)
    if thing and not _PASSIVE.search(before[: thing.start()]):
        return None
    until = _UNTIL.search(before)
    if until and _PRESENT.search(before) and not _WILL.search(before):
        return offset + until.start(), 0.6
    verbs = [*_WILL.finditer(before), *_TO_COME.finditer(before)]
    if verbs and not _APART.search(before, verbs[-1].end()):
        return offset + verbs[-1].start(), 0.85
    scheduled = _SCHEDULED.search(before)
    if scheduled:
        return offset + scheduled.start(), 0.5
    verb = _WILL.search(after)
    if verb and dated.start < _NEAR / 2 and not re.search("[;:]", after[: verb.start()]):
        return dated.end + verb.end(), 0.85
    return None


def _is_year(before: str, dated: Dated, after: str) -> bool:
    """Whether a number of four digits between these is a year, and no amount and no version."""
    return bool(dated.last.year >= _FIRST_YEAR and _LINK_OF_YEAR.search(before) and _AFTER_YEAR.search(after))
