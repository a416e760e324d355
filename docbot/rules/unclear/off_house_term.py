"""The rule `off-house-term`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docbot.facts import Facts, Need
from docbot.markdown import Document
from docbot.markdown.nodes import Inline
from docbot.markdown.ranges import Ranges
from docbot.markdown.sentences import Sentence, sentences
from docbot.measured import Measured
from docbot.rules.interface import Bad, Given, Good, Kind, Rule, replace
from docbot.rules.records import is_record
from docbot.rules.unclear.next_word import is_plain
from docbot.rules.unclear.quoted import is_quoted
from docbot.text import Span
from docbot.types import Applicability, Evidence, EvidenceKind, Finding, Severity
from docbot.wordings import BY_NAME, Usage, Wording

_FEWEST = 20
"""Sentences with the house's words, below which nothing is a custom."""
_LIKELY = 0.8
"""Least share of the house's words."""
_AT_IT = 5
"""Times people changed the others to the house's words."""
_SEEN = 3
_SURE, _DOUBTFUL = 0.85, 0.5
_LABELS = frozenset({"strong", "emphasis", "link"})
"""What stands in these is often a label or a title, said as it is."""
_NONE = Measured()
_HOUSE = Given(wordings={"e.g. > for example": (412, 7, 9, 2), "e-mail > email": (98, 1, 0, 0)})
_LEFT = Given(wordings={"e.g. > for example": (412, 7, 0, 12)})
_YOUNG = Given(wordings={"log in > sign in": (12, 1, 0, 0)})
_SIGNED = Given(wordings={"log in > sign in": (140, 1, 0, 0)})


class OffHouseTerm(Rule):
    """
    ## What it finds
    A way to say or spell something that this repository hardly ever uses, beside the one that it does: "e.g."
    where other pages say "for example", "log in" for "sign in", "e-mail", "setup" as a verb.

    ## Why it matters
    A reader who meets two words for one thing wonders whether they mean the same, and a page in another
    language than its neighbours reads as if nobody looked after it.

    ## Evidence
    In how many distinct sentences of this repository each of the two stands: at least 20, and at least 80 %
    (the lower end of the interval that chance leaves) have the house's words. And its history: people changed
    the others to these at least five times in lines they edited, and left them half as often at most. With
    fewer changes the finding is shown with `--all`; where people mostly left them, nothing is said. No style
    guide counts.

    ## Fix
    Unsafe: the house's words. Code, quotations, headings, links, bold and slanted text, and pages that are a
    record of the past stay as they are.
    """

    name = "off-house-term"
    kind = Kind.UNCLEAR
    severity = Severity.INFO
    title = "Write {name} as the other pages do"
    needs = frozenset({Need.WORDINGS, Need.PRECEDENTS})
    examples = (
        Good("Use a tool, e.g. a hammer."),
        Good("Log in to the site.", _YOUNG),
        Good("Use a tool, e.g. a hammer.", _LEFT),
        Good('Use `e.g. x`. Say "e.g. this". Select **E-mail it**. See [e-mail me](x.md).', _HOUSE),
        Good("Look at the log in the folder. Errors are logged in the file. Log in\norder.", _SIGNED),
        Bad("Use a tool, e.g. a hammer.", fixed="Use a tool, for example, a hammer.", given=_HOUSE),
        Bad("Use a tool (e.g., a hammer).", fixed="Use a tool (for example, a hammer).", given=_HOUSE),
        Bad("Use a tool, e.g.: a hammer.", fixed="Use a tool, for example: a hammer.", given=_HOUSE),
        Bad("E-mails are sent.", fixed="Emails are sent.", given=_HOUSE),
        Bad("Log into the site.", fixed="Sign in to the site.", given=_SIGNED),
        Bad("The logged-in user owns it.", fixed="The signed-in user owns it.", given=_SIGNED),
    )

    def check(self, document: Document, facts: Facts) -> Iterator[Finding]:
        mine = [(BY_NAME[name], said) for name, said in facts.wordings.items() if name in BY_NAME]
        mine = [(wording, said) for wording, said in mine if _confidence(said, _past(facts, wording))]
        mine = [(wording, said) for wording, said in mine if wording.is_other.search(document.text)]
        if not mine or is_record(document):
            return
        labels = Ranges(node.span for node in document.inlines() if _is_label(node) and node.span)
        for sentence in sentences(document):
            if sentence.kind == "heading":
                continue
            for wording, said in mine:
                for match in wording.is_other.finditer(sentence.text):
                    span = sentence.span_of(*match.span())
                    if _is_prose(document, sentence, match) and not labels.holds(span.start):
                        yield self._finding(document, span, wording.rewrite(match), (wording, said), facts)

    def _finding(
        self, document: Document, span: Span, new: str, use: tuple[Wording, Usage], facts: Facts
    ) -> Finding:
        wording, said = use
        past = _past(facts, wording)
        counts = f"“{wording.house}” stands in {said.house:,} sentences, “{wording.other}” in {said.other:,}"
        proofs = [Evidence(EvidenceKind.MAJORITY, "this repository's sentences", counts)]
        if past.same:
            history = (
                f"in lines edited in the last years, “{wording.other}” became “{wording.house}” "
                f"{past.same:,} times, the reverse {past.other:,} times, and was left {past.kept:,} times"
            )
            proofs.append(Evidence(EvidenceKind.PRECEDENT, "this repository's history", history))
        return self.finding(
            document,
            span,
            f"“{wording.other}” is “{wording.house}” elsewhere here",
            confidence=_confidence(said, past),
            evidence=tuple(proofs),
            cause=f"{self.name} {wording.house}",
            fix=replace(span, new, f"Write “{new.strip(', ')}”", Applicability.UNSAFE),
        )


def _past(facts: Facts, wording: Wording) -> Measured:
    return facts.precedents.wordings.get(wording.name, _NONE)


def _confidence(said: Usage, past: Measured) -> float:
    """How sure it is that people here want the house's words; 0 where nothing is to be said."""
    if said.house < _FEWEST or said.least_share < _LIKELY or past.other > past.same:
        return 0.0
    if past.kept >= _SEEN and past.kept > past.same:
        return 0.0
    at_it = past.same >= _AT_IT and past.same >= 2 * past.kept
    return _SURE if at_it else _DOUBTFUL


def _is_label(node: Inline) -> bool:
    return node.kind in _LABELS


def _is_prose(document: Document, sentence: Sentence, match: re.Match[str]) -> bool:
    """Whether the words stand on one line without markup in between, and in nobody else's mouth."""
    return is_plain(document, sentence, *match.span()) and not is_quoted(sentence.text, match.start())
