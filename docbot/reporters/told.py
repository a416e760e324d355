"""A finding as a page of HTML tells it: where it is, what it says, and the proof with how to check it."""

from __future__ import annotations

import msgspec

from docbot.reporters.locate import Locator
from docbot.reporters.story import Card, card_of
from docbot.types import Finding, Question, Severity

_MOST_CARDS = 4
_MOST_CHOICES = 5


class Told(msgspec.Struct, frozen=True):
    """A finding with its first proofs and choices; of the others only how many they are."""

    severity: Severity
    rule: str
    message: str
    path: str
    line: int
    cards: tuple[Card, ...]
    cards_left: int
    question: Question | None
    choices_left: int

    @property
    def weight(self) -> int:
        """Code points it takes on a page, roughly."""
        asked = len(self.question.text) + sum(map(len, self.question.choices)) if self.question else 0
        proofs = sum(500 + len(card.source) + len(card.detail) for card in self.cards)
        return 400 + len(self.message) + 2 * len(self.path) + asked + proofs


def told(finding: Finding, locator: Locator) -> Told:
    """`finding` for a page, nothing of it neutralised. Raises KeyError when `locator` lacks its page."""
    question = finding.question
    left = max(0, len(question.choices) - _MOST_CHOICES) if question else 0
    return Told(
        severity=finding.severity,
        rule=finding.rule,
        message=finding.message,
        path=finding.path,
        line=locator.region(finding.path, finding.span).line,
        cards=tuple(map(card_of, finding.evidence[:_MOST_CARDS])),
        cards_left=max(0, len(finding.evidence) - _MOST_CARDS),
        question=Question(question.text, question.choices[:_MOST_CHOICES]) if question else None,
        choices_left=left,
    )
