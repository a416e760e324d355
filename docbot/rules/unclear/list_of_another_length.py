"""The rule `list-of-another-length`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docbot.facts import Facts
from docbot.markdown import Document
from docbot.markdown.nodes import Block
from docbot.markdown.sentences import Sentence, sentences
from docbot.rules.interface import Bad, Good, Kind, Rule
from docbot.types import Finding, Question, Severity

_NUMBERS = {word: n for n, word in enumerate("two three four five six seven eight nine ten".split(), 2)}
_WORD = "|".join(_NUMBERS)
_SAYS = re.compile(
    rf"\b(?:(?:the|these) following|[Tt]here are(?: the following)?) (?P<number>{_WORD}) "
    rf"(?P<things>(?:[a-z-]+ ){{0,2}}[a-z-]+s)\b(?P<rest>[^:;()]{{0,120}}):\Z"
)
_MORE = re.compile(rf"\b(?:and|or|plus|one|another|other|first|last|{_WORD}|at least|more than)\b", re.I)
"""What makes the number one of a part of the list only."""
_KEY = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+[^\n:]{1,40}:")
"""The start of an entry that names a property: several of them may describe one thing."""
_HINT = re.compile(rf"\b(?:following|there\s+are)\s+(?:the\s+following\s+)?(?:{_WORD})\b", re.I)


class ListOfAnotherLength(Rule):
    """
    ## What it finds
    A sentence that says how many things follow, and a list of more: "There are two ways:", then three.

    ## Why it matters
    The reader can't know whether the number is wrong or one entry doesn't belong there.

    ## Evidence
    The number in the sentence and the count of the list right after it. Lists of properties, and of twice as
    many entries, are passed over. Shown with `--all`: few were found so far to measure it by.

    ## Fix
    None: it asks which of the two is right.
    """

    name = "list-of-another-length"
    kind = Kind.UNCLEAR
    severity = Severity.WARNING
    title = "Make number and list agree in {name}"
    precision = "3 of 3 places right on three docs repositories, read by hand in November 2026"
    examples = (
        Good("There are two ways:\n\n- walk\n- ride\n"),
        Good("There are three ways:\n\n- walk\n- ride\n\nAnd a boat.\n"),
        Good("There are two ways for people and one for goods:\n\n- walk\n- ride\n- ship\n"),
        Good("There are two ways:\n\n- walk\n- up\n- ride\n- down\n"),
        Good("Make the following two entries:\n\n- Key: a\n- Value 1: b\n- Value 2: c\n"),
        Bad("There are two ways:\n\n- walk\n- ride\n- ship\n"),
        Bad("Take one of the following three ways to town:\n\n1. walk\n1. ride\n1. ship\n1. fly\n"),
    )

    def check(self, document: Document, facts: Facts) -> Iterator[Finding]:
        if not _HINT.search(document.text):
            return
        after = dict(_lists(document.blocks))
        for sentence in sentences(document):
            match = _SAYS.search(sentence.text)
            if match is None or _MORE.search(match["rest"]) or sentence.kind != "paragraph":
                continue
            found = after.get(sentence.places[-1] + 1)
            number = _NUMBERS[match["number"]]
            if found is None or len(found.children) <= number or len(found.children) % number == 0:
                continue
            if not all(_KEY.match(document.text, item.span.start) for item in found.children if item.span):
                yield self._finding(document, sentence, match, len(found.children))

    def _finding(self, document: Document, sentence: Sentence, match: re.Match[str], count: int) -> Finding:
        said, things = match["number"], match["things"]
        return self.finding(
            document,
            sentence.span_of(match.start("number"), match.end("things")),
            f"The sentence says {said} {things}, and the list after it has {count} entries",
            confidence=0.7,
            evidence=(self.language_evidence(f"“{said} {things}” here, {count} entries in the list below"),),
            cause=f"{self.name} {document.name}",
            question=Question(
                "Which is right, the number or the list?",
                (f"The list: say {_named(count)}", "The number: an entry is not one of them"),
            ),
        )


def _lists(blocks: tuple[Block, ...]) -> Iterator[tuple[int, Block]]:
    """Each list that follows a paragraph, with where the paragraph ends."""
    for before, block in zip(blocks, blocks[1:], strict=False):
        if block.kind == "list" and before.kind == "paragraph" and before.content:
            yield before.content.end, block
    for block in blocks:
        yield from _lists(block.children)


def _named(number: int) -> str:
    return next((word for word, n in _NUMBERS.items() if n == number), str(number))
