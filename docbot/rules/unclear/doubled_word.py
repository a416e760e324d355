"""The rule `doubled-word`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docbot.facts import Facts
from docbot.markdown import Document
from docbot.markdown.prose import Prose
from docbot.rules.interface import Bad, Good, Kind, Rule, replace
from docbot.rules.unclear.sounds import takes_article
from docbot.types import Finding, Question, Severity

_BEFORE = r"""(?<![\w\ufffc'’"“.\-/\\@#$])"""
_AFTER = r"""(?![\w\ufffc'’"”\-/\\(]|\.\w)"""
_DOUBLED = re.compile(_BEFORE + r"([A-Za-z]+(?:['’]t)?)([ \t]*\n[ \t]*|[ \t]+)\1" + _AFTER)
_ENGLISH = frozenset(
    "the and of with from for this these those which when your you they been are how what where into than "
    "then should would must".split()
)
"""Words of English alone that never stand twice in a row on purpose. Names, verbs and keywords ("use use
cases", "using using directives") may, and are not reported."""
_SHARED = frozenset("a an to at by as its be or but we our their".split())
"""The same, but other languages have them too: reported only beside words of English alone."""

_ARTICLES = frozenset("a an the".split())
_GAPS = re.compile(r"[\s\ufffc]+")


class DoubledWord(Rule):
    """
    ## What it finds
    A small word that stands twice in a row, as in "the the file", on one line or across a line break.

    ## Why it matters
    Readers stumble, read the sentence again, and wonder what else nobody proofread.

    ## Evidence
    English has no use for the doubled word; the rule's measured precision is shown with each finding.
    Words that do double ("that that", "had had") and anything that may be a name are left alone.

    ## Fix
    Safe: the second of the two and the space before it go. An article that stands twice where one of the two
    may be a slip for another word ("added the the list", "known a a rule") is only asked about.
    """

    name = "doubled-word"
    kind = Kind.UNCLEAR
    severity = Severity.WARNING
    title = "Remove doubled words in {name}"
    precision = (
        "54 of 54 places right on old states of a Learn repository and on 8 other repositories, read by hand "
        "in November 2026"
    )
    examples = (
        Good("I know that that file exists. Run `the the` now. The theme is Pago Pago."),
        Good("Use `-The` the parameter. See [the](x.md) the page."),
        Good('Log in in order to start. Search for the string "the the" in it.'),
        Good("You can use use cases to plan. Add using using directives. Das war war gut, was was kostet."),
        Good("Vou a a praia com os amigos."),
        Bad("Open the the file.", fixed="Open the file."),
        Bad("Open the file and\nand close it.", fixed="Open the file and\nclose it."),
        Bad("The key was added the the list."),
        Bad("The rule, also known a a guard, is one of these."),
        Bad("The value of the the key is used.", fixed="The value of the key is used."),
        Bad("> Open a\n> a file for the job.", fixed="> Open a\n> file for the job."),
        Bad(
            "| Name | Use |\n|---|---|\n| x | to to start the job |",
            fixed="| Name | Use |\n|---|---|\n| x | to start the job |",
        ),
    )

    def check(self, document: Document, facts: Facts) -> Iterator[Finding]:
        for prose in document.prose:
            for match in _DOUBLED.finditer(prose.text):
                if _is_sure(match.group(1), prose.text):
                    yield self._finding(document, prose, match)

    def _finding(self, document: Document, prose: Prose, match: re.Match[str]) -> Finding:
        word, gap = match.group(1), match.group(2)
        span = prose.span_of(match.start(), match.end())
        second = match.end() - len(word)
        across = "\n" in gap
        # Across a line break the second word goes with the space behind it, so that no line moves.
        start = second if across else match.end(1)
        end = match.end() + (1 if across and prose.text[match.end() : match.end() + 1] == " " else 0)
        question = _question(prose.text[: match.start()], word)
        return self.finding(
            document,
            span,
            f"“{word}” stands twice",
            confidence=0.92,
            evidence=(self.language_evidence(f"no English sentence needs “{word} {word}”"),),
            cause=f"{self.name} {document.name}",
            fix=None if question else replace(prose.span_of(start, end), "", f"Remove the second “{word}”"),
            question=question,
        )


def _question(before: str, word: str) -> Question | None:
    """What to ask where one of the two may be a slip for another word."""
    if word.lower() not in _ARTICLES or takes_article(_GAPS.sub(" ", before[-60:])):
        return None
    choices = (word, *(f"{other} {word}" for other in ("to", "of", "as", "that")))
    return Question(f"Is one “{word}” too many, or was another word meant?", choices)


def _is_sure(word: str, text: str) -> bool:
    """Whether `word`, which stands twice in `text`, does so by mistake beyond doubt."""
    lower = word.lower()
    if lower in _ENGLISH or word.endswith(("'t", "’t")):
        return True
    return lower in _SHARED and not _ENGLISH.isdisjoint(re.findall(r"[a-z]+", text.lower()))
