"""Every rule's examples are its tests, and its docstring is its page."""

from __future__ import annotations

import re

import pytest

from docbot.plugins import load_rules
from docbot.rules.interface import Bad, Good, Rule
from docbot.testing import verify

RULES = load_rules()
HEADINGS = ["What it finds", "Why it matters", "Evidence", "Fix"]


@pytest.mark.parametrize(
    ("rule", "example"),
    [
        pytest.param(rule, example, id=f"{rule.name}-{number}")
        for rule in RULES
        for number, example in enumerate(rule.examples)
    ],
)
def test_example_is_as_the_rule_says(rule: Rule, example: Good | Bad) -> None:
    verify(rule, example)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_rule_documents_itself(rule: Rule) -> None:
    assert re.findall(r"^## (.+)$", rule.page(), re.M) == HEADINGS
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.name)
    assert rule.title
    assert any(isinstance(example, Good) for example in rule.examples)
    assert any(isinstance(example, Bad) for example in rule.examples)


def test_verify_refuses_a_wrong_example() -> None:
    rule = next(rule for rule in RULES if rule.name == "doubled-word")
    with pytest.raises(AssertionError, match="good example"):
        verify(rule, Good("Open the the file."))
    with pytest.raises(AssertionError, match="not one"):
        verify(rule, Bad("Open the file.", fixed="Open file."))
    with pytest.raises(AssertionError, match="makes of its example"):
        verify(rule, Bad("Open the the file.", fixed="Open a file."))
