"""The rule `misspelled-word`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docbot.facts import Facts, Need
from docbot.markdown import Document
from docbot.markdown.english import balance, english
from docbot.markdown.sentences import sentences
from docbot.rules.interface import Bad, Given, Good, Kind, Rule, replace
from docbot.rules.records import is_record
from docbot.rules.unclear.word_places import WordPlace, word_places
from docbot.spelling import Misspelling
from docbot.types import Applicability, Evidence, EvidenceKind, Finding, Question, Severity
from docbot.words import Words

_OFTEN = 10
"""Sentences with the right word that make a majority of it, with 20 times as many as with the wrong one."""
_SEEN = 3
_OF_A_RECORD = 0.6
"""What told of its day is seldom edited, and often made from messages of commits."""
_WORD = re.compile(r"[A-Za-z]+")
_LOAN = re.compile(r"\b[dl]['’][^\W\d_]")
"""As in raison d'être."""
_LONG = re.compile(r"[^\W\d_]{4,}")
_GIVEN = Given(misspelled={"paramter": "parameter", "Paramter": "Parameter"}, words={"parameter": 60})


class MisspelledWord(Rule):
    """
    ## What it finds
    A common misspelling of an English word, such as "paramter".

    ## Why it matters
    Readers doubt what was not proofread, and a search for the right word passes the section by.

    ## Evidence
    The list of common misspellings that the program `typos` brings, and how often this repository writes the
    right word and the wrong one. A word that code, link targets, headings or the repository's word lists
    (Vale, cspell, codespell, typos) have is no mistake, nor is one that people here write by habit. Names,
    quotations and sentences in other languages are left alone. Where the repository hardly writes the right
    word, and on pages that record the past, findings are shown with `--all`.

    ## Fix
    The right word. Safe where at least ten sentences here have it, twenty times as many as have the other.
    Where it may be one of several words, docbot asks.
    """

    name = "misspelled-word"
    kind = Kind.UNCLEAR
    severity = Severity.WARNING
    needs = frozenset({Need.SPELLING, Need.WORDS})
    title = "Correct spelling in {name}"
    precision = (
        "83 of 83 places right on 33 docs repositories and 23 of 24 on old states of one, read by hand in "
        "November 2026"
    )
    examples = (
        Good("Set the parameter of the file."),
        Good("Run `paramter` to set the paramter of the file.", given=_GIVEN),
        Good("# The paramter of the file\n\nThe text is here.", given=_GIVEN),
        Good('The key is called “paramter” in the file, or "paramter". It is a-paramter.', given=_GIVEN),
        Good("Words that are looked for:\n\n- paramter\n- plik paramter", given=_GIVEN),
        Good("It is its paramter d'être.", given=_GIVEN),
        Good("The file has a typo and says paramter.", given=_GIVEN),
        Good("Der paramter ist nicht in der Datei.", given=_GIVEN),
        Good(
            "The paramter of the file is here.",
            given=Given(misspelled={"paramter": "parameter"}, words={"paramter": 30, "parameter": 60}),
        ),
        Bad(
            "Set the paramter of the file.",
            fixed="Set the parameter of the file.",
            given=_GIVEN,
        ),
        Bad(
            "Set the file whith the key.",
            given=Given(misspelled={"whith": "with or which"}, words={"with": 60, "which": 9}),
        ),
        Bad(
            "Use these:\n\n- Paramter is what the file has.",
            fixed="Use these:\n\n- Parameter is what the file has.",
            given=_GIVEN,
        ),
    )

    def check(self, document: Document, facts: Facts) -> Iterator[Finding]:
        if document.path not in facts.spelling.pages:
            return
        mistakes = facts.spelling.mistakes
        found = word_places(document, mistakes)
        places = [place for place in found if _is_word(place) and _is_among_words(place, facts.words)]
        if not places:
            return
        spoken = frozenset(english(sentence.text for sentence in sentences(document)))
        accepted = _in_comments(document)
        for place in places:
            if place.sentence.text in spoken and place.word.lower() not in accepted:
                yield self._finding(document, place, mistakes[place.word])

    def _finding(self, document: Document, place: WordPlace, mistake: Misspelling) -> Finding:
        word, rights = place.word, mistake.rights
        major = mistake.there >= _OFTEN and mistake.there >= 20 * mistake.here
        likely = mistake.there >= _SEEN and len(rights) == 1
        confidence = 0.95 if major else 0.85 if likely else 0.7
        names = " or ".join(f"“{right}”" for right in rights)
        fix = replace(
            place.span, rights[0], f"Write {names}", Applicability.SAFE if major else Applicability.UNSAFE
        )
        return self.finding(
            document,
            place.span,
            f"“{word}” is misspelled",
            confidence=min(confidence, _OF_A_RECORD) if is_record(document) else confidence,
            evidence=(
                self.language_evidence(f"“{word}” is a common misspelling of {names}"),
                Evidence(EvidenceKind.MAJORITY, "the repository's sentences", _counted(word, mistake)),
            ),
            cause=f"{self.name} {document.name}",
            fix=fix if len(rights) == 1 else None,
            question=Question(f"Which word is “{word}” meant to be?", rights) if len(rights) > 1 else None,
        )


def _counted(word: str, mistake: Misspelling) -> str:
    names = " or ".join(f"“{right.lower()}”" for right in mistake.rights)
    return f"{names} is in {mistake.there:,} sentences here, “{word.lower()}” in {mistake.here:,}"


def _is_word(place: WordPlace) -> bool:
    """Whether it is no name, and no heading, whose anchor others may link to."""
    return place.sentence.kind != "heading" and (place.begins or place.word.islower())


def _is_among_words(place: WordPlace, words: Words) -> bool:
    """Whether the sentence is beyond doubt of English words.

    One without a single small word is so when its other words are common here: lists of keywords are not.
    """
    text = place.sentence.text
    if _LOAN.search(text):
        return False
    if balance(text)[1]:
        return True
    others = [word for word in _LONG.findall(text) if word != place.word]
    return bool(others) and all(words.prose.get(word, 0) >= _OFTEN for word in others)


def _in_comments(document: Document) -> frozenset[str]:
    """Words in the page's comments, where spelling checkers are told what to accept."""
    comments = (mask.span.of(document.text) for mask in document.masks if mask.kind == "comment")
    return frozenset(word.lower() for text in comments for word in _WORD.findall(text))
