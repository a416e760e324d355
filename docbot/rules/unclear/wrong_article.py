"""The rule `wrong-article`."""

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
from docbot.rules.unclear.sounds import sound, takes_article
from docbot.types import Applicability, Finding, Severity

_ARTICLE = re.compile(
    r"(?:(?<=[a-z,;:] )(?=a)|(?<=[a-z] \()(?=a)|\A)([Aa]n?) ([A-Za-z][\w'’-]*)(?![\w'’\-/\\@(*\ufffc]|\.\w)"
)
_NO_NOUN = frozenset(
    "a about after again against all also although always an and another any are as asks at away each either "
    "else etc even ever every if in inside instead into is isn it its of off on once only onto or other our "
    "out outside over under until up upon us "
    "be because before but by can could did do does for from get had has have he how let may me might must "
    "no nor not now per run shall she should so some than that the their them then there these they this "
    "those to via was we were what when where which while who why will with would you your".split()
)
"""What follows “a” or “an” only where that is a letter, a name or a slip for another word, such as “and”."""
_PLURAL = re.compile(r"[^sui'’]s\Z")
_DETERMINERS = frozenset("a an the this that these those its their your my our his her it them".split())


class WrongArticle(Rule):
    """
    ## What it finds
    "a" before a word that starts with the sound of a vowel, and "an" before one that doesn't: "a error",
    "an file", "a API".

    ## Why it matters
    Whoever reads aloud, or has the page read to them, stumbles; others wonder who proofread the page.

    ## Evidence
    How the next word sounds decides, and only words of a certain sound count: ordinary spellings, and
    abbreviations that sound alike spelled or said, or that can't be said for want of a vowel. Code, names in
    mixed case, "SQL" and whatever is said in two ways are left alone.

    ## Fix
    Safe where an "n" is missing. Unsafe where there is one too many, since "an" may be a slip for "and".
    """

    name = "wrong-article"
    kind = Kind.UNCLEAR
    severity = Severity.WARNING
    title = "Correct “a” and “an” in {name}"
    precision = "176 of 177 places right on 44 docs repositories, read by hand in November 2026"
    examples = (
        Good("It takes an hour, a user, a one-time code, a European date, a unique name, a URL and a UUID."),
        Good("A SQL server or an SQL server is a server. Write a `error` or an `file`."),
        Good("Step a is done. Choose option a or b. Build the app an then run it. Use plan A if you can."),
        Good("Uma pasta: a aplicação e a Azure. Fomos a uma escola."),
        Good("It's an XML file from an HTTP server for an MSI with an honest host."),
        Good("Write “an error”, not “a error”, when the command fails."),
        Bad("The command writes a error to the log.", fixed="The command writes an error to the log."),
        Bad("Open an file with the app.", fixed="Open a file with the app."),
        Bad("You can call a API.", fixed="You can call an API."),
        Bad("A user needs a *easy* way to do it.", fixed="A user needs an *easy* way to do it."),
    )

    def check(self, document: Document, facts: Facts) -> Iterator[Finding]:
        for sentence in sentences(document):
            for match in _ARTICLE.finditer(sentence.text):
                right = _right(sentence.text, match)
                if right and is_english(sentence.text) and not is_quoted(sentence.text, match.start()):
                    yield self._finding(document, sentence, match, right)

    def _finding(self, document: Document, sentence: Sentence, match: re.Match[str], right: str) -> Finding:
        wrong, word = match.groups()
        start, end = match.span(1)
        wide = with_next_word(document, sentence, start, end)
        mode = Applicability.SAFE if right.lower() == "an" else Applicability.UNSAFE
        return self.finding(
            document,
            sentence.span_of(match.start(), match.end()),
            f"“{right}”, not “{wrong}”, stands before the sound of “{word}”",
            confidence=0.9,
            evidence=(
                self.language_evidence(f"“{word}” starts with the sound that takes “{right.lower()}”"),
            ),
            cause=f"{self.name} {document.name}",
            fix=replace(
                sentence.span_of(start, wide),
                right + sentence.text[end:wide],
                f"Write “{right} {word}”",
                mode,
            ),
        )


def _right(text: str, match: re.Match[str]) -> str:
    """The article in the place of the one that `match` found; empty where it is right or can't be judged."""
    article, word = match.groups()
    right = sound(word)
    if not right or right == article.lower() or word.lower() in _NO_NOUN:
        return ""
    after = re.match(r"[ ,]+([A-Za-z]+)", text[match.end() : match.end() + 40])
    # “build an test the app”: “and” was meant.
    if article == "an" and after and after[1].lower() in _DETERMINERS:
        return ""
    # “routing an mail flow”: the same.
    if article == "an" and not takes_article(text[max(0, match.start() - 30) : match.start()]):
        return ""
    # “a external services”: the article is wrong, whichever it is.
    if _PLURAL.search(word) or (after and _PLURAL.search(after[1])):
        return ""
    return right if article.islower() else right.capitalize()
