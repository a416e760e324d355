"""The rule `minority-casing`."""

from __future__ import annotations

from collections.abc import Iterator

from docbot.facts import Facts, Need
from docbot.markdown import Document
from docbot.rules.interface import Bad, Given, Good, Kind, Rule, replace
from docbot.rules.records import is_record
from docbot.rules.unclear.word_places import WordPlace, word_places
from docbot.spelling import Minority
from docbot.types import Evidence, EvidenceKind, Finding, Severity

_OF_A_RECORD = 0.6
"""What told of its day is seldom edited, and often made from messages of commits."""
_GITHUB = Given(words={"GitHub": 400})


class MinorityCasing(Rule):
    """
    ## What it finds
    A name in a letter case that this repository hardly ever writes: "Github" where all others write "GitHub",
    "WIndows" where all others write "Windows".

    ## Why it matters
    A name in two forms looks like two names, and to those who know it like carelessness.

    ## Evidence
    How many distinct sentences of the repository have the name in each letter case: at least 100 of them, and
    98 of 100, have the usual one. For names whose owners' way is well known, five sentences and three of four
    are enough, but never does docbot go against the majority. Small letters and capitals alone are left: they
    are packages, commands, headings. So is a form that any code or link target here has.

    ## Fix
    Safe: the name as the others write it.
    """

    name = "minority-casing"
    kind = Kind.UNCLEAR
    severity = Severity.INFO
    needs = frozenset({Need.CASING})
    title = "Write names as the other pages do in {name}"
    precision = "46 of 46 places right on 33 docs repositories, read by hand in November 2026"
    examples = (
        Good("Clone it from GitHub, or from Github."),
        Good("Install the github package. GITHUB is a name in capitals.", given=_GITHUB),
        Good("Run `Github` and clone it from Github.", given=_GITHUB),
        Good('The page is called "Github". See Github.com and Github-Actions.', given=_GITHUB),
        Good("Select **Show Github** to start.", given=_GITHUB),
        Good("Clone it from Github.", given=Given(words={"GitHub": 40, "Github": 90})),
        Good("MacOS is a system.", given=Given(words={"macOS": 190})),
        Good("A Globally Unique IDentifier (GUID) is long.", given=Given(words={"identifier": 190})),
        Bad("Clone it from Github.", fixed="Clone it from GitHub.", given=_GITHUB),
        Bad("It runs on MacOS too.", fixed="It runs on macOS too.", given=Given(words={"macOS": 190})),
        Bad("It runs on WIndows too.", fixed="It runs on Windows too.", given=Given(words={"Windows": 190})),
        Bad("THis is the file.", fixed="This is the file.", given=Given(words={"this": 190})),
    )

    def check(self, document: Document, facts: Facts) -> Iterator[Finding]:
        if document.path not in facts.casing.pages:
            return
        minorities = facts.casing.minorities
        for place in word_places(document, minorities):
            usual = _right(place, minorities[place.word])
            if usual and not _is_label(document, place):
                yield self._finding(document, place, minorities[place.word], usual)

    def _finding(self, document: Document, place: WordPlace, minority: Minority, usual: str) -> Finding:
        how = (
            f"“{minority.usual}” is in {minority.there:,} sentences here, “{place.word}” in {minority.here:,}"
        )
        return self.finding(
            document,
            place.span,
            f"“{place.word}” is “{minority.usual}” elsewhere in this repository",
            confidence=_OF_A_RECORD if is_record(document) else 0.9,
            evidence=(
                Evidence(
                    EvidenceKind.MAJORITY,
                    "the repository's sentences",
                    f"{how}, and its owner writes “{minority.usual}”" if minority.known else how,
                ),
                self.language_evidence("letter case alone differs"),
            ),
            cause=f"{self.name} {document.name}",
            fix=replace(place.span, usual, f"Write “{usual}”"),
        )


def _right(place: WordPlace, minority: Minority) -> str:
    """The word as it is written at this place; empty where this place may be right as it is."""
    usual = minority.usual
    if place.word[1].isupper() and _is_spelled_out(place):
        return ""
    if usual[0].islower() and place.begins:
        return usual.capitalize() if usual.islower() else ""
    return usual


def _is_spelled_out(place: WordPlace) -> bool:
    """Whether its two capitals are in an abbreviation of the sentence, as in "Unique IDentifier (GUID)"."""
    both = place.word[:2]
    words = place.sentence.text.replace("(", " ").replace(")", " ").split()
    return any(both in word and word.isupper() for word in words)


def _is_label(document: Document, place: WordPlace) -> bool:
    """Whether it stands in bold type, as the label of a button."""
    return any(
        node.kind == "strong" and node.span is not None and node.span.contains(place.span)
        for node in document.inlines()
    )
