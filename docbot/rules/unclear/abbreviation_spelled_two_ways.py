"""The rule `abbreviation-spelled-two-ways`."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher

from docbot.facts import Facts, Need
from docbot.markdown import Document
from docbot.markdown.abbreviations import Spelled, spelled_in
from docbot.markdown.sentences import Sentence, sentences
from docbot.rules.interface import Bad, Given, Good, Kind, Rule
from docbot.rules.records import is_record
from docbot.rules.unclear.undefined_abbreviation import choices_of
from docbot.terms import Meaning, Term, key_of, words_of_long
from docbot.types import Evidence, EvidenceKind, Finding, Question, Severity

_FEWEST, _TIMES = 4, 4
"""Pages with the other words, and how many times as many as have these, to be sure. More they must be."""
_LEAST_WORDS = 3
_ALIKE = 3
"""Letters that two words begin with alike, where one was written for the other."""
_SLIP = 0.8
"""From this likeness on two words are one of which a letter was missed."""
_SURE, _UNSURE = 0.85, 0.6


_ELSEWHERE = Given(
    files={
        f"{name}.md": f"To {name} it ask the Local Queue Manager (LQM)."
        for name in ("start", "stop", "find", "move")
    }
)


class AbbreviationSpelledTwoWays(Rule):
    """
    ## What it finds
    An abbreviation that this page spells out with one other word than most pages of the repository.

    ## Why it matters
    Readers can't tell whether two things have one name, and one of the two long forms is most often wrong.

    ## Evidence
    How many pages have the other words, and where one of them has. Copies of a page count once. Long forms
    that differ in more than one word may be two things with one abbreviation, and are left alone.

    ## Fix
    None: which words are right is for people to say. docbot asks, with both.
    """

    name = "abbreviation-spelled-two-ways"
    kind = Kind.UNCLEAR
    severity = Severity.WARNING
    needs = frozenset({Need.TERMS})
    title = "Spell out {name} in one way"
    precision = (
        "53 of 59 places right on five Learn repositories, read in November 2026, "
        "before the words had to begin alike"
    )
    examples = (
        Bad("Restart the Long Queue Manager (LQM).", given=_ELSEWHERE),
        Bad("LQM stands for Local Query Manager.", given=_ELSEWHERE),
        Good("Restart the local queue managers (LQMs).", _ELSEWHERE),
        Good("Weigh it with Light Quartz Mechanics (LQM).", _ELSEWHERE),
        Good("Restart the Long Queue Manager (LQM)."),
    )

    def check(self, document: Document, facts: Facts) -> Iterator[Finding]:
        rare = facts.terms.spelled.get(document.path, frozenset())
        rare = frozenset(short for short in rare if len(facts.terms.known[short].meanings) > 1)
        if not rare or is_record(document):
            return
        seen: set[str] = set()
        for sentence in sentences(document):
            for spelled in spelled_in(sentence.text):
                rival = _rival(spelled, facts.terms.known.get(spelled.short))
                if rival and spelled.short not in seen:
                    seen.add(spelled.short)
                    yield self._finding(document, sentence, spelled, rival, facts)

    def _finding(
        self, document: Document, sentence: Sentence, spelled: Spelled, rival: Meaning, facts: Facts
    ) -> Finding:
        short = spelled.short
        detail = f"“{rival.long} ({short})” on {rival.pages} pages"
        return self.finding(
            document,
            sentence.span_of(spelled.start, spelled.end),
            f"“{short}” is “{spelled.long}” here and “{rival.long}” elsewhere",
            confidence=_confidence(spelled, rival, facts.terms.known[short]),
            evidence=(Evidence(EvidenceKind.MAJORITY, rival.place, detail),),
            cause=f"{self.name} {short}",
            question=Question(
                f"What does “{short}” stand for here?", choices_of(facts.terms.known[short].meanings)
            ),
        )


def _rival(spelled: Spelled, term: Term | None) -> Meaning | None:
    """What most pages say instead, if it is the same but for one word."""
    if term is None:
        return None
    first, key = term.meanings[0], key_of(spelled.long)
    if key_of(first.long) == key or first.pages < max(_FEWEST, 1 + _own(spelled, term)):
        return None
    here, there = words_of_long(spelled.long), words_of_long(first.long)
    unlike = [(one, two) for one, two in zip(here, there, strict=False) if one != two]
    if len(here) != len(there) or len(here) < _LEAST_WORDS or len(unlike) != 1:
        return None
    one, two = unlike[0]
    return None if one.startswith(two) or two.startswith(one) else first


def _own(spelled: Spelled, term: Term) -> int:
    """How many pages have the same words as this one."""
    key = key_of(spelled.long)
    return next((one.pages for one in term.meanings if key_of(one.long) == key), 0)


def _confidence(spelled: Spelled, rival: Meaning, term: Term) -> float:
    """The last word says what a thing is: with another it may be another thing. And a word that begins like
    the other's is a slip for it; one that doesn't may be a second meaning (comma- or character-separated)."""
    here, there = words_of_long(spelled.long), words_of_long(rival.long)
    same = SequenceMatcher(None, here[-1], there[-1]).ratio() >= _SLIP
    alike = all(one[:_ALIKE] == two[:_ALIKE] for one, two in zip(here, there, strict=True))
    much = rival.pages >= _TIMES * _own(spelled, term)
    return _SURE if same and alike and much else _UNSURE
