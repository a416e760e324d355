from __future__ import annotations

import pytest
from msgspec.structs import replace

from docbot.drafters.rule_fix import RuleFix
from docbot.drafting import draft_all
from docbot.facts import Facts
from docbot.markdown import Document
from docbot.measured import Measured
from docbot.repository.precedents.values import Precedents
from docbot.rules.interface import Given
from docbot.rules.outdated.precedent import PrecedentRule
from docbot.testing import PAGE, documents, facts_of
from docbot.text import apply
from docbot.types import EvidenceKind, Finding

RUNNING = Given(
    precedents={
        "is not": "isn't",
        "it is": "it's",
        "they are": "they're",
        "`$On`": "`$on`",
        "Dry Run": "dry run",
        "**Go**": "`Go`",
        "`Stop`": "**Stop**",
        "`While`": "`while`",
        "e-mail": "email",
    }
)
PAUSED = Given(paused=RUNNING.precedents)


def known(given: Given = RUNNING, measured: Measured | None = None) -> Facts:
    facts = facts_of(documents(""), given)
    return replace(facts, measured={"precedent": measured} if measured else {})


def found(text: str, facts: Facts | None = None, path: str = PAGE) -> list[Finding]:
    return list(PrecedentRule().check(Document(path, text), facts or known()))


def fixed(text: str) -> str:
    return apply(text, [edit for one in found(text) if one.fix for edit in one.fix.edits])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("This is not hot.", "This isn't hot."),
        ("- One is not, two is not.", "- One isn't, two isn't."),
        ("| a | it is on |\n|---|---|\n| is not | x |", "| a | it's on |\n|---|---|\n| isn't | x |"),
        ("> Say it is hot.\n> So it is hot.", "> Say it's hot.\n> So it's hot."),
        ("Read [what is not there](is%20not.md).", "Read [what isn't there](is%20not.md)."),
        ("Use `-X:$On` and `$On`.", "Use `-X:$on` and `$on`."),
        ("| `$On` |\n|---|\n| x |", "| `$on` |\n|---|\n| x |"),
        ("Press **Go** or `Stop` now.", "Press `Go` or **Stop** now."),
        ("Then do a Dry Run.", "Then do a dry run."),
        ("Loop with `While` there.", "Loop with `while` there."),
        ("\ufeffThis is not hot.\r\nIt is.\r\n", "\ufeffThis isn't hot.\r\nIt is.\r\n"),
    ],
)
def test_places_that_are_edited(text: str, expected: str) -> None:
    assert fixed(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Leave it as it is now.",
        "That's what it is.",
        "It matters what they are.",
        "See if it is, then go.",
        "Call it “is not” there.",
        'Call it "is not" there.',
        "The **is not** box and the *it is on* box.",
        "See <https://x.org/is not> or https://x.org/$On there.",
        "<p>This is not hot.</p>",
        "<!-- is not -->",
        "---\ntitle: is not\n---\n",
        "```\nis not `$On`\n```",
        "    is not `$On`",
        "[it is on]: is%20not.md",
        "![x](is%20not.md)",
        "Dry Run is done. Dry Run starts.",
        "- Dry Run",
        "Use `$OnOff`, `$x.$On` or `a$On`.",
        "Set $On to it.",
        "Loop with `Do While` there.",
        "The Go word and **Go away**",
        "This isn't hot.",
        "# What is this or is not",
    ],
)
def test_places_that_are_left_alone(text: str) -> None:
    assert found(text) == []


def test_of_two_forms_the_longer_is_taken() -> None:
    given = Given(precedents={"is not": "isn't", "it is not": "it isn't"})
    (one,) = found("So it is not hot.", known(given))
    assert one.excerpt == "it is not"


def test_what_a_finding_says() -> None:
    (one,) = found("This is not hot.")
    assert one.message == (
        "Changed this way 40 times in 10 pages by 2 people since 2023 (last 0123456); 3 places remain: "
        'people here write "isn\'t"'
    )
    assert [proof.kind for proof in one.evidence] == [EvidenceKind.PRECEDENT]
    assert one.confidence >= 0.8


def test_a_paused_campaign_is_asked_about_once_and_nothing_is_edited() -> None:
    asked = found("This is not hot, that is not cold, and `$On` is.", known(PAUSED))
    assert [one.excerpt for one in asked] == ["is not", "$On"]
    assert all(one.question and not one.fix and one.confidence < 0.8 for one in asked)
    assert found("This is not hot.", known(PAUSED), path="another.md") == []


GOOD, BAD, FEW = Measured(19, 1), Measured(15, 5), Measured(5, 1)


@pytest.mark.parametrize(
    ("measured", "drafted"), [(None, True), (GOOD, True), (BAD, False), (FEW, True)], ids=str
)
def test_a_backtest_that_was_written_down_wins(measured: Measured | None, drafted: bool) -> None:
    (one,) = found("This is not hot.", known(measured=measured))
    assert (one.fix is not None) is drafted
    assert (one.question is not None) is not drafted


def test_a_campaign_that_runs_is_drafted_when_a_backtest_says_so() -> None:
    facts = known(PAUSED)
    running = Precedents(tuple(replace(one, running=True) for one in facts.precedents.known))
    facts = replace(facts, precedents=running, measured={"precedent": GOOD})
    assert [one.fix is not None for one in found("This is not hot.", facts)] == [True]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Use `$On` here.", "Use `$on` here."),
        ("Use `-X:$On -Y` and `$On` here, it is hot.", "Use `-X:$on -Y` and `$on` here, it's hot."),
        ("Press **Go** here.", "Press `Go` here."),
        ("Press `Stop` here.", "Press **Stop** here."),
    ],
)
def test_the_gates_let_a_precedent_change_its_code_span(text: str, expected: str) -> None:
    pages = documents(text, RUNNING)
    facts = facts_of(pages, RUNNING)
    rule = PrecedentRule()
    drafted = draft_all(found(text, facts), [RuleFix()], [rule], facts, lambda _: pages[PAGE])
    assert [one.refusal for one in drafted.drafts] == ["" for _ in drafted.drafts]
    assert drafted.held == ()
    assert apply(text, [edit for one in drafted.drafts for edit in one.fix.edits]) == expected
