"""The house's words: who decides them, and where they are not asked for."""

from __future__ import annotations

import pytest

from docbot.rules.interface import Given
from docbot.rules.unclear.off_house_term import OffHouseTerm
from docbot.testing import found_in
from docbot.types import EvidenceKind, Finding

MAIL = "e-mail > email"
RULE = OffHouseTerm()


def found(text: str, *counts: int) -> list[Finding]:
    house, other, made, left = counts or (98, 1, 9, 1)
    return found_in(RULE, text, Given(wordings={MAIL: (house, other, made, left)}))


def test_majority_and_precedent_are_both_shown() -> None:
    (finding,) = found("Send an e-mail.")
    assert finding.confidence >= 0.8
    assert [(proof.kind, proof.detail) for proof in finding.evidence] == [
        (EvidenceKind.MAJORITY, "“email” stands in 98 sentences, “e-mail” in 1"),
        (
            EvidenceKind.PRECEDENT,
            "in lines edited in the last years, “e-mail” became “email” 9 times, the reverse 0 times, and "
            "was left 1 times",
        ),
    ]


@pytest.mark.parametrize(
    ("counts", "confidence"),
    [
        ((98, 1, 9, 1), 0.85),
        ((98, 1, 5, 2), 0.85),
        ((98, 1, 4, 0), 0.5),
        ((98, 1, 5, 3), 0.5),
        ((98, 1, 0, 0), 0.5),
        ((98, 1, 1, 3), None),
        ((19, 0, 9, 0), None),
        ((30, 10, 9, 0), None),
    ],
)
def test_how_sure_it_is(counts: tuple[int, ...], confidence: float | None) -> None:
    assert [finding.confidence for finding in found("Send an e-mail.", *counts)] == (
        [] if confidence is None else [confidence]
    )


@pytest.mark.parametrize(
    "text",
    [
        "# An e-mail\n",
        "Run `e-mail`.",
        "Select **E-mail**, or *e-mail*.",
        "See [the e-mail](x.md).",
        'It says "send an e-mail" there.',
        "> Send an e-mail.",
        "```text\ne-mail\n```",
        "# What's new\n\nSend an e-mail.",
    ],
)
def test_where_words_stay(text: str) -> None:
    assert found(text) == []


def test_words_across_a_line_break_stay() -> None:
    given = Given(wordings={"log in > sign in": (98, 1, 9, 1)})
    assert found_in(RULE, "You log\nin to it.", given) == []
    assert len(found_in(RULE, "You log in to it.", given)) == 1
