"""The rule `its-or-it-is`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docbot.facts import Facts
from docbot.markdown import Document
from docbot.markdown.english import is_english
from docbot.markdown.sentences import Sentence, sentences
from docbot.rules.interface import Bad, Good, Kind, Rule, replace
from docbot.rules.unclear.next_word import with_next_word
from docbot.rules.unclear.quoted import is_quoted
from docbot.types import Applicability, Finding, Severity

_NO_PART = (
    r"(?:advis\w+|all|also|always|an?|as|assumed|because|been|believed|best|better|both|clear|common|critical"
    r"|crucial|desirable|easy|essential|expected|fine|for|good|hard|here|his|how|ideal|if|imperative|important"
    r"|impossible|in|is|its|just|known|less|like|likely|necessary|no|normal|not|now|obvious|odd|often|on|one"
    r"|only|perhaps|plausible|plus|possible|preferable|preferred|probable|rare|recommended|required|safe"
    r"|sometimes|suggested|that|the|their|then|there|these|they|things|this|those|time|true|typical|unless"
    r"|unlikely|usual|versus|vital|was|we|what|when|where|which|who|why|worth|yes|you|your|[a-z]+ly)\b"
)
"""What can follow "it's" and have another sentence behind it ("it's likely ports are blocked")."""
_POSSESSIVE = re.compile(
    r"\b(?:against|at|between|by|for|from|in|into|of|on|through|to|under|upon|using|via|with|within|without) "
    r"(?P<in>[Ii]t['’]s) (?!(?:all|also|an?|been|being|how|just|not|now|only|so|that|the|they|this|too|very"
    r"|we|what|where|you)\b|[a-z]+ly\b)[a-z]{3,}"
    r"|\b(?P<own>[Ii]t['’]s) own\b"
    rf"|\b(?P<many>[Ii]t['’]s) (?:(?!{_NO_PART})[a-z]+ )?(?!{_NO_PART})[a-z]{{2,}}s (?:are|were)\b"
)
"""What a preposition, “own” or a verb of many things makes a possessive."""
_SHORT = re.compile(
    r"\b(?P<short>[Ii]ts) (?:(?:an?|the|not|been)(?![\w’'/-])|(?:common|difficult|easier|easy|hard|harder"
    r"|important|impossible|likely|necessary|possible|recommended|required|safe|unlikely|useful|worth)"
    r" (?:that|to)\b)"
)
"""What can't be anybody's: an article, “not”, “easy to”."""
_ITS = re.compile(r"\bit['’]?s\b", re.I)


class ItsOrItIs(Rule):
    """
    ## What it finds
    "it's" where only the possessive can stand ("it's own folder", "in it's default state"), and "its" where
    only "it is" can ("its not needed", "its easy to forget").

    ## Why it matters
    Readers take the one for the other at first, and read the sentence again.

    ## Evidence
    The words beside it leave no choice: a preposition, "own", or the verb of many things behind them ("it's
    primary goals are") makes it a possessive; an article, "not" or "easy to" behind it can't belong to
    anybody. Every other place ("it's primary goal") is left alone, right or wrong.

    ## Fix
    Unsafe: the other word.
    """

    name = "its-or-it-is"
    kind = Kind.UNCLEAR
    severity = Severity.WARNING
    title = "Correct “its” and “it's” in {name}"
    precision = (
        "31 of 31 places right on 44 docs repositories, and 3 of 3 before a verb of many things, "
        "read by hand in November 2026"
    )
    examples = (
        Good(
            "Its primary goals are simple. It's primary here. It's its own folder, and it's unlikely to move."
        ),
        Good("The file is where it's not needed, and what it's for is plain. It does its best to help."),
        Good("Set its A record and its not-null constraint. Of the two, it's the first."),
        Good('People write "in it\'s own folder" where they mean its own.'),
        Bad("Each process has it's own folder.", fixed="Each process has its own folder."),
        Bad("Leave the service in it’s default state.", fixed="Leave the service in its default state."),
        Good("It's likely ports are blocked. It's best files are kept. It's important that names are right."),
        Good("Its primary goals are simple. It's how things are."),
        Bad("It's primary goals are simple.", fixed="Its primary goals are simple."),
        Bad("It fails when it's names are null.", fixed="It fails when its names are null."),
        Bad("Stop it if its not needed.", fixed="Stop it if it's not needed."),
        Bad("Its easy to forget the name.", fixed="It's easy to forget the name."),
    )

    def check(self, document: Document, facts: Facts) -> Iterator[Finding]:
        if not _ITS.search(document.text):
            return
        for sentence in sentences(document):
            for pattern in (_POSSESSIVE, _SHORT):
                for match in pattern.finditer(sentence.text):
                    if is_english(sentence.text) and not is_quoted(sentence.text, match.start()):
                        yield self._finding(document, sentence, match)

    def _finding(self, document: Document, sentence: Sentence, match: re.Match[str]) -> Finding:
        group = match.lastgroup or 0
        wrong = match[group]
        right = wrong[:2] + ("'s" if group == "short" else "s")
        start, end = match.span(group)
        wide = with_next_word(document, sentence, start, end)
        new = right + sentence.text[end:wide]
        return self.finding(
            document,
            sentence.span_of(match.start(), match.end()),
            f"“{right}”, not “{wrong}”, is meant",
            confidence=0.9,
            evidence=(self.language_evidence(f"“{match[0]}” leaves no choice"),),
            cause=f"{self.name} {document.name}",
            fix=replace(sentence.span_of(start, wide), new, f"Write “{right}”", Applicability.UNSAFE),
        )
